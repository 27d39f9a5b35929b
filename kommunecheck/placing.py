"""Every case judged, and every finding put in its place: the municipality's first, then case by case."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from kommunecheck import engine
from kommunecheck.config import Rules
from kommunecheck.domain.case import Municipality
from kommunecheck.domain.finding import Finding, Subject, in_order, of_problem
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.report import CaseResult, Outcome, Placed, nothing_lost
from kommunecheck.domain.rule import SUPERVISION
from kommunecheck.domain.supervision import Oddity
from kommunecheck.intake.cases import pieces, reported, untold
from kommunecheck.intake.records import Audited, Records
from kommunecheck.intake.screen import OUTSIDE, WITHDRAWN, screen, unscreened
from kommunecheck.intake.sources import Opened
from kommunecheck.judging import Bench, Helpers, judge_all, laid_out_anew, with_helpers
from kommunecheck.law.course import course
from kommunecheck.setup import Setup
from kommunecheck.supervising import Further, supervise

Progress = Callable[[int, int], None]
"""Told how many cases are judged, and of how many."""

TOLD_EVERY = 4096
"""Cases between two words of progress."""


def chosen(setup: Setup, records: Records) -> engine.Checks:
    """The checks that can be run. Without ``samtaler`` no case is judged by the visitationstilsyn or beside it."""
    checks, sources = setup.plugins.checks, frozenset(records.rows)
    if "samtaler" in records.present:
        return engine.choose(checks, records.present, sources)
    apart = [one for one in checks if one.RULE.supervision == SUPERVISION or one.JUDGES in engine.ASPECTS]
    rest = engine.choose([one for one in checks if one not in apart], records.present, sources)
    reasons = (*rest.not_run, *((one.RULE.code, "tabellen samtaler er ikke med") for one in apart))
    return replace(rest, not_run=tuple(sorted(reasons)))


class Judged(NamedTuple):
    """All that came of judging: the cases, the findings in the contract's order, and the rules that crashed where."""

    cases: list[CaseResult]
    placed: list[Placed]
    crashes: list[tuple[str, str | None]]
    outside: int


def judge_every(
    setup: Setup,
    records: Records,
    audit: Audited,
    checks: engine.Checks,
    progress: Progress | None,
    helpers: Helpers | None,
    timelines: bool,
) -> Judged:
    """Every case of the municipality judged, with what is found of its rows and of the municipality itself.

    ``progress``, ``helpers`` and ``timelines`` are as ``app.run`` has them.
    """
    judged = _judge_whole(setup, records, checks)
    if "samtaler" not in records.present:
        teams = _teams(records)
        for name in sorted(name for name in records.problems if name is not None):
            rows = engine.row_findings(records.problems[name], checks)
            _place(judged, name, teams.get(name), None, rows, setup.config.rules)
        return judged
    bench = Bench(checks, setup.law, records.udbetalinger is not None, timelines)
    count = len(records.names)
    with with_helpers(helpers, count) as others:
        screened = unscreened(count) if engine.looks_at_plain_cases(checks) else screen(records, audit, setup.law)
        wanted = untold(records, screened) | reported(records) if timelines else untold(records, screened)
        results = judge_all(pieces(records, audit, screened, wanted), bench, others)
        cases = zip(records.names, records.sager["team"].to_list(), screened.told, wanted.to_list(), strict=True)
        for number, (name, team, told, laid_out) in enumerate(cases, start=1):
            result = next(results) if laid_out else _plain(name, team, told, bench)
            problems = records.problems.get(name, ())
            if result is not None:
                judged.cases.append(result)
            if problems or (result is not None and (result.findings or result.crashed)):
                _place(judged, name, team, result, engine.row_findings(problems, checks), setup.config.rules)
            if progress is not None and (number % TOLD_EVERY == 0 or number == count):
                progress(number, count)
    return judged._replace(outside=count - len(judged.cases))


def _judge_whole(setup: Setup, records: Records, checks: engine.Checks) -> Judged:
    """What is found of the municipality itself and of rows that belong to no case."""
    municipality = municipality_of(setup)
    subject = Subject("kommune", masked(setup.config.municipality.code or ""))
    own = engine.municipality_findings(municipality, checks, setup.law)
    rows = engine.row_findings(records.problems.get(None, ()), checks)
    placed = _placed(own.findings + rows.findings, subject, None, None, setup.config.rules)
    crashes: list[tuple[str, str | None]] = [(code, None) for code in (*own.crashed, *rows.crashed)]
    return Judged([], sorted(placed, key=lambda one: in_order(one.finding, one.subject)), crashes, 0)


def municipality_of(setup: Setup) -> Municipality:
    """What is known of the municipality itself."""
    given = setup.config.municipality
    return Municipality(dict(given.procedures), masked(given.code or ""))


def _plain(name: str, team: str | None, told: int, bench: Bench) -> CaseResult | None:
    """What a case came out as that was not laid out; ``None`` if it has no day of benefit in the window.

    It was told to be plain, or its own row could not be used and nothing can be judged.
    """
    if told == OUTSIDE:
        return None
    fully = bool(told) and bench.checks.complete
    outcome = Outcome.NO_CRITICISM if fully else Outcome.NOT_ASSESSED
    nothing = nothing_lost(bench.paid_known)
    return CaseResult(name, team, Outcome.WITHDRAWN if told == WITHDRAWN else outcome, fully, (), nothing)


def _place(
    judged: Judged, name: str, team: str | None, result: CaseResult | None, rows: engine.Found, rules: Rules
) -> None:
    """Put the findings of one case, and of its rows, behind those of the cases before it."""
    findings = [*(result.findings if result else ()), *rows.findings]
    own = _placed(findings, Subject("sag", name), name, team, rules)
    if rows.findings:
        own.sort(key=lambda one: in_order(one.finding, one.subject))
    judged.placed.extend(own)
    judged.crashes.extend((code, name) for code in (*(result.crashed if result else ()), *rows.crashed))


def judge_further(setup: Setup, records: Records, audit: Audited) -> Further:
    """Let the further supervisions judge whose own tables are among the sources."""
    return supervise(setup.supervisions, records, audit, municipality_of(setup), setup.law, setup.files)


def place_further(judged: Judged, further: Further, setup: Setup, opened: Opened, records: Records) -> None:
    """Put the findings of the further supervisions among those of the cases, in the contract's order."""
    rules, teams = setup.config.rules, _teams(records)
    whole = Subject("kommune", masked(setup.config.municipality.code or ""))
    for ruling in further.rulings:
        for case in ruling.supervised.cases or ():
            judged.placed.extend(
                _placed(list(case.findings), Subject("sag", case.sag_id), case.sag_id, case.team, rules)
            )
        judged.placed.extend(_placed(list(ruling.findings), whole, None, None, rules))
        for odd in ruling.oddities:
            subject = whole if odd.sag_id is None else Subject("sag", odd.sag_id)
            team = teams.get(odd.sag_id or "")
            judged.placed.extend(_placed([of_oddity(odd, setup, opened)], subject, odd.sag_id, team, rules))
    judged.placed.sort(key=lambda one: (one.sag_id is not None, one.sag_id or "", in_order(one.finding, one.subject)))


def _teams(records: Records) -> dict[str, str | None]:
    """The team of each case that ``sager`` names."""
    return dict(zip(records.names, records.sager["team"], strict=True)) if records.names else {}


def of_oddity(odd: Oddity, setup: Setup, opened: Opened) -> Finding:
    """The finding for a row that a further supervision found not to fit the others."""
    rule = next(check.RULE for check in setup.plugins.checks if check.RULE.code == odd.code)
    file = opened.files[odd.evidence[0].source]
    problem = Problem(
        odd.code,
        "odd",
        file.table,
        file.name,
        odd.evidence,
        odd.sag_id,
        odd.date,
        odd.set_aside,
        odd.assessable,
        {},
        file.sheet,
    )
    return of_problem(rule, problem, masked(odd.sentence))


def _placed(
    findings: list[Finding], subject: Subject, sag_id: str | None, team: str | None, rules: Rules
) -> list[Placed]:
    return [
        Placed(
            finding,
            finding.subject or subject,
            sag_id,
            team,
            rules.severity.get(finding.rule.code, finding.rule.severity),
        )
        for finding in findings
    ]


def draw_further(judged: Judged, records: Records, audit: Audited, setup: Setup, steps: frozenset[int]) -> None:
    """Give the cases their course in which only a further supervision found something."""
    found = {placed.sag_id for placed in judged.placed}
    undrawn = [case.sag_id for case in judged.cases if case.timeline is None and case.sag_id in found]
    laid = laid_out_anew(records, audit, undrawn, setup.law, steps) if undrawn else {}
    judged.cases[:] = [
        case._replace(timeline=course(laid[case.sag_id], setup.law)) if case.sag_id in laid else case
        for case in judged.cases
    ]
