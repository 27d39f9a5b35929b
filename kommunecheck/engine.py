"""Every check over every case. A check that crashes is a value in the report, not the end of the run."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, get_args

from kommunecheck.domain import outside
from kommunecheck.domain.case import NOTHING_SETTLED, Case, Municipality, Settled
from kommunecheck.domain.finding import Finding, Subject, in_order
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.report import Outcome
from kommunecheck.domain.rule import DATA, SUPERVISION, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.law.measure import measure
from kommunecheck.law.steps import MISSING
from kommunecheck.ports import AnyCheck, CaseAspect, CaseCheck, MunicipalityCheck, RowCheck

ASPECTS: tuple[CaseAspect, ...] = get_args(CaseAspect)


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks that can be run on what the municipality's files hold, by what they look at."""

    of_cases: Mapping[CaseAspect, tuple[CaseCheck, ...]]
    of_rows: Mapping[str, RowCheck]
    of_municipality: tuple[MunicipalityCheck, ...]
    steps: frozenset[int]
    not_run: tuple[tuple[str, str], ...]
    """Code and reason, in Danish, of the checks that lack a table or a column."""
    complete: bool
    """Whether every rule that can find an error was run: else no case is fully assessed."""
    sources: frozenset[int] | None
    """The numbers of the files that were read: what evidence can point at. ``None`` is any."""


def choose(
    checks: Sequence[AnyCheck], present: Mapping[str, frozenset[str]], sources: frozenset[int] | None = None
) -> Checks:
    """Sort the checks by what they look at, and leave out those whose columns the files do not have."""
    run: list[AnyCheck] = []
    not_run: list[tuple[str, str]] = []
    for check in checks:
        lacking_column = missing(check.NEEDS, present)
        if lacking_column:
            not_run.append((check.RULE.code, lacking_column))
        else:
            run.append(check)
    codes = {check.RULE.code for check in run}
    lacking = [check.RULE for check in checks if check.RULE.code not in codes]
    return Checks(
        of_cases={aspect: tuple(c for c in run if aspect == c.JUDGES) for aspect in ASPECTS},
        of_rows={check.RULE.code: check for check in run if check.JUDGES == "rows"},
        of_municipality=tuple(c for c in run if c.JUDGES == "municipality"),
        steps=frozenset(step for step, code in MISSING.items() if code in codes),
        not_run=tuple(not_run),
        complete=not any(_finds_errors(rule) for rule in lacking),
        sources=sources,
    )


def missing(needs: Sequence[str], present: Mapping[str, frozenset[str]]) -> str:
    """Why a check with these needs cannot be run, in Danish, or an empty text."""
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


def looks_at_plain_cases(checks: Checks) -> bool:
    """Whether a check wants to see every case, also those the screen can tell something of.

    The supervision's own checks of absence and exclusion can find nothing in such a case.
    """
    apart = (*checks.of_cases["absence"], *checks.of_cases["exclusion"])
    return bool(checks.of_cases["case"]) or any(check.RULE.supervision != SUPERVISION for check in apart)


class Verdict(NamedTuple):
    """What a case came out as: its findings, and the case as the law measured it."""

    case: Case
    outcome: Outcome
    fully_assessed: bool
    findings: tuple[Finding, ...]
    crashed: tuple[str, ...]


def judge(case: Case, assessable: bool, checks: Checks, law: Law, settled: Settled = NOTHING_SETTLED) -> Verdict | None:
    """What one case came out as; ``None`` for a case without a day of benefit in the window.

    ``assessable``: whether nothing in its rows that could not be read keeps it from being fully assessed.
    """
    if not case.in_window:
        return None
    crashed: list[str] = []
    findings: list[Finding] = []
    sound = True
    try:
        case = measure(case, law, checks.steps, settled)
    except Exception:
        crashed.append("law")
        sound = False
    else:
        for check in _fitting(case, checks):
            try:
                findings.extend(_told(check, check.check(case, law), checks.sources))
            except KeyboardInterrupt:
                raise
            except BaseException:  # a plugin may raise anything, also what would end the run
                crashed.append(check.RULE.code)
                sound = sound and check.RULE.supervision != SUPERVISION
    fully = checks.complete and assessable and sound
    return Verdict(case, _outcome(case, findings, fully), fully, _sorted(case, findings), tuple(crashed))


def _told(check: AnyCheck, found: Iterable[Finding], sources: frozenset[int] | None) -> Iterable[Finding]:
    """What a check found, as the report can hold it. Our own checks are tested; a plugin's finding is looked at.

    Raises ``TypeError`` or ``ValueError`` for one no report could hold: something in it is of a wrong kind, it is of
    another rule, or points at a file that was not read.
    """
    if check.RULE.supervision in (SUPERVISION, DATA):
        return found
    findings = list(map(outside.finding, found))
    shown = {cell.source for finding in findings for cell in finding.evidence}
    if any(finding.rule != check.RULE for finding in findings) or not (sources is None or shown <= sources):
        raise ValueError("a finding is of another rule, or its evidence is in no file")
    return findings


def _fitting(case: Case, checks: Checks) -> list[CaseCheck]:
    """The checks that have something to look at in this case."""
    there: tuple[tuple[CaseAspect, object], ...] = (
        ("deadlines", case.breaches),
        ("steps", case.lapses),
        ("absence", not case.held),
        ("exclusion", case.excluded or case.withdrawn),
        ("unpaid", case.unpaid),
        ("case", True),
    )
    fitting: list[CaseCheck] = []
    for aspect, something in there:
        if something:
            fitting += checks.of_cases[aspect]
    return fitting


def _sorted(case: Case, findings: list[Finding]) -> tuple[Finding, ...]:
    if len(findings) < 2:
        return tuple(findings)
    subject = Subject("sag", case.sag_id)
    return tuple(sorted(findings, key=lambda finding: in_order(finding, subject)))


def _outcome(case: Case, findings: list[Finding], fully: bool) -> Outcome:
    """The first that fits, § 7. Only the supervision's own findings count, at their default severity."""
    if case.withdrawn:
        return Outcome.WITHDRAWN
    outcome = None
    for finding in findings:
        if finding.rule.supervision != SUPERVISION:
            continue
        if finding.expected:
            return Outcome.ERROR_WITH_LOSS
        if finding.discretionary or _finds_errors(finding.rule):
            outcome = Outcome.ERROR_WITHOUT_LOSS
    if outcome:
        return outcome
    return Outcome.NO_CRITICISM if fully else Outcome.NOT_ASSESSED


def _finds_errors(rule: Rule) -> bool:
    """Whether a finding of the rule is an error in the sense of § 7."""
    return rule.severity is Severity.ERROR and rule.code[:3] in ("VT1", "VT2", "VT3")


class Found(NamedTuple):
    """What checks found outside the cases, and the codes of those that crashed through a mistake of ours."""

    findings: list[Finding]
    crashed: tuple[str, ...]


def row_findings(problems: Sequence[Problem], checks: Checks) -> Found:
    """The findings about rows and values that could not be used."""
    return _collect(
        (
            (check, partial(check.check, problem))
            for problem in problems
            if (check := checks.of_rows.get(problem.code)) is not None
        ),
        checks.sources,
    )


def municipality_findings(municipality: Municipality, checks: Checks, law: Law) -> Found:
    """The findings about the municipality itself."""
    calls = ((check, partial(check.check, municipality, law)) for check in checks.of_municipality)
    return _collect(calls, checks.sources)


def _collect(
    calls: Iterable[tuple[AnyCheck, Callable[[], Iterable[Finding]]]], sources: frozenset[int] | None
) -> Found:
    findings: list[Finding] = []
    crashed: list[str] = []
    for check, call in calls:
        try:
            findings.extend(_told(check, call(), sources))
        except KeyboardInterrupt:
            raise
        except BaseException:  # as in judge
            crashed.append(check.RULE.code)
    return Found(findings, tuple(crashed))
