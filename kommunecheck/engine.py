"""Every check over every case. A check that crashes is a value in the report, not the end of the run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from kommunecheck.domain.case import Case, Municipality
from kommunecheck.domain.finding import Finding, Subject, in_order
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.report import NO_EXPOSURE, UNKNOWN_EXPOSURE, CaseResult, Outcome
from kommunecheck.domain.rule import Severity
from kommunecheck.exposure import expose
from kommunecheck.law.law import Law
from kommunecheck.law.measure import measure
from kommunecheck.law.steps import AREAS, JOB_SEEKER, MATCH
from kommunecheck.ports import AnyCheck, CaseAspect, CaseCheck, MunicipalityCheck, RowCheck

SUPERVISION = "visitation"

_STEP_OF = {"VT201": MATCH, "VT203": AREAS, "VT301": JOB_SEEKER}
"""The checks whose columns tell whether a step can be answered at all."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks that can be run on what the municipality's files hold, by what they look at."""

    of_cases: Mapping[CaseAspect, tuple[CaseCheck, ...]]
    of_rows: Mapping[str, RowCheck]
    of_municipality: tuple[MunicipalityCheck, ...]
    steps: frozenset[int]
    not_run: tuple[tuple[str, str], ...]
    """Code and reason, in Danish, of the checks that lack a table or a column."""


def choose(checks: Iterable[AnyCheck], present: Mapping[str, frozenset[str]]) -> Checks:
    """Sort the checks by what they look at, and leave out those whose columns the files do not have."""
    run, not_run = [], []
    for check in checks:
        missing = _missing(check.NEEDS, present)
        if missing:
            not_run.append((check.RULE.code, missing))
        else:
            run.append(check)
    codes = {check.RULE.code for check in run}
    return Checks(
        of_cases={aspect: tuple(check for check in run if aspect == check.JUDGES) for aspect in get_args(CaseAspect)},
        of_rows={check.RULE.code: check for check in run if check.JUDGES == "rows"},
        of_municipality=tuple(check for check in run if check.JUDGES == "municipality"),
        steps=frozenset(step for code, step in _STEP_OF.items() if code in codes),
        not_run=tuple(not_run),
    )


def _missing(needs: Sequence[str], present: Mapping[str, frozenset[str]]) -> str:
    """Why the check cannot be run, or an empty text."""
    for need in needs:
        table, _, column = need.partition(".")
        if table.endswith("?"):
            table = table[:-1]
            if table not in present:
                continue
        if table not in present:
            return f"tabellen {table} er ikke med"
        if column not in present[table]:
            return f"kolonnen {column} mangler i {table}"
    return ""


def judge(
    name: str, case: Case | None, problems: Sequence[Problem], checks: Checks, law: Law, paid_known: bool
) -> CaseResult | None:
    """What one case came out as; ``None`` for a case without a day of benefit in the window.

    ``case`` is ``None`` when its own row could not be used: then only what is wrong with the rows can be told.
    """
    fully = all(problem.assessable for problem in problems)
    if case is None:
        exposure = NO_EXPOSURE if paid_known else UNKNOWN_EXPOSURE
        return CaseResult(name, None, Outcome.NOT_ASSESSED, False, (), exposure)
    if not case.in_window:
        return None
    crashed: list[str] = []
    findings: list[Finding] = []
    try:
        case = measure(case, law, checks.steps)
    except Exception:
        crashed.append("law")
    else:
        for check in _fitting(case, checks):
            try:
                findings.extend(check.check(case, law))
            except Exception:
                crashed.append(check.RULE.code)
    return _result(case, findings, tuple(crashed), fully, law, paid_known)


def _fitting(case: Case, checks: Checks) -> tuple[CaseCheck, ...]:
    """The checks that have something to look at in this case."""
    fitting = checks.of_cases["case"]
    if case.breaches:
        fitting = checks.of_cases["deadlines"] + fitting
    if case.lapses:
        fitting = checks.of_cases["steps"] + fitting
    if case.excluded or case.withdrawn:
        fitting = checks.of_cases["exclusion"] + fitting
    return fitting if case.held else checks.of_cases["absence"] + fitting


def _result(
    case: Case, findings: list[Finding], crashed: tuple[str, ...], fully: bool, law: Law, paid_known: bool
) -> CaseResult:
    fully = fully and not crashed
    outcome = Outcome.WITHDRAWN if case.withdrawn else Outcome.NO_CRITICISM if fully else Outcome.NOT_ASSESSED
    exposure = NO_EXPOSURE if paid_known else UNKNOWN_EXPOSURE
    if not findings:
        return CaseResult(case.sag_id, case.team, outcome, fully, (), exposure, crashed)
    supervised = [finding for finding in findings if finding.rule.supervision == SUPERVISION]
    if supervised:
        outcome = _outcome(supervised, outcome)
        exposure = expose(supervised, case, law, paid_known)
    return CaseResult(case.sag_id, case.team, outcome, fully, _sorted(case, findings), exposure, crashed)


def _sorted(case: Case, findings: list[Finding]) -> tuple[Finding, ...]:
    if len(findings) < 2:
        return tuple(findings)
    subject = Subject("sag", case.sag_id)
    return tuple(sorted(findings, key=lambda finding: in_order(finding, subject)))


def _outcome(findings: list[Finding], without: Outcome) -> Outcome:
    """The first that fits, § 7; ``without`` is the outcome if no finding weighs.

    Only the supervision's own findings count, at their default severity.
    """
    if without is Outcome.WITHDRAWN:
        return without
    if any(finding.expected for finding in findings):
        return Outcome.ERROR_WITH_LOSS
    if any(finding.discretionary or _is_error(finding) for finding in findings):
        return Outcome.ERROR_WITHOUT_LOSS
    return without


def _is_error(finding: Finding) -> bool:
    return finding.rule.severity is Severity.ERROR and finding.rule.code[:3] in ("VT1", "VT2", "VT3")


def row_findings(problems: Sequence[Problem], checks: Checks) -> list[Finding]:
    """The findings about rows and values that could not be used."""
    return [
        finding
        for problem in problems
        if problem.code in checks.of_rows
        for finding in checks.of_rows[problem.code].check(problem)
    ]


def municipality_findings(municipality: Municipality, checks: Checks, law: Law) -> list[Finding]:
    """The findings about the municipality itself."""
    return [finding for check in checks.of_municipality for finding in check.check(municipality, law)]
