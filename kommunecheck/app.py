"""A whole run, in the order it happens. Also the library call: ``check(path, options)`` gives a ``Report``."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kommunecheck import engine
from kommunecheck.asked import Material, with_facts
from kommunecheck.audit.assessments import with_judgements
from kommunecheck.config import Rules
from kommunecheck.domain.case import Municipality
from kommunecheck.domain.days import day_or_none
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.finding import Finding, Subject, in_order, of_problem
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.report import (
    CaseResult,
    Combined,
    Fact,
    Outcome,
    Placed,
    Reader,
    Report,
    nothing_lost,
)
from kommunecheck.domain.rule import SUPERVISION
from kommunecheck.domain.supervision import Oddity
from kommunecheck.facts import facts_of, people_of, shown
from kommunecheck.intake.cases import pieces, reported, untold
from kommunecheck.intake.records import Audited, Records, audited, dated_by, take_in
from kommunecheck.intake.screen import OUTSIDE, WITHDRAWN, screen, unscreened
from kommunecheck.intake.sources import Opened, find_sources, open_sources, without_cases
from kommunecheck.journal.reader import quote_note, read_note
from kommunecheck.judging import Bench, Helpers, judge_all, laid_out_anew, no_cyclic_gc, with_helpers
from kommunecheck.law.course import course
from kommunecheck.nightly.standing import stand
from kommunecheck.plugins.finished import with_sections
from kommunecheck.ports import ReportFormat
from kommunecheck.setup import Options, Setup, set_up
from kommunecheck.supervising import Further, combine, supervise
from kommunecheck.totals import summarise

__all__ = ["Options", "Progress", "Setup", "Stage", "check", "run", "set_up"]

Progress = Callable[[int, int], None]
"""Told how many cases are judged, and of how many."""

Stage = Callable[[str], None]
"""Told the name of each stage of the run as it begins: for whoever measures where the time goes."""

TOLD_EVERY = 4096
"""Cases between two words of progress."""


def check(
    path: Path,
    options: Options | None = None,
    progress: Progress | None = None,
    stage: Stage | None = None,
    timelines: bool = False,
) -> Report:
    """Judge every case of the municipality at ``path``. Raises ``UserError`` when no report can be made.

    With ``timelines``, a case with any finding has its course, which some formats draw.
    """
    options = options or Options()
    return run(set_up(path, options), options, progress, stage, timelines=timelines)


def run(
    setup: Setup,
    options: Options,
    progress: Progress | None = None,
    stage: Stage | None = None,
    helpers: Helpers | None = None,
    timelines: bool = False,
) -> Report:
    """Rows, records, cases, findings, exposure, report.

    ``helpers`` are given cases to judge where there are many; without them everything is done in this process. With
    ``timelines``, a case with any finding has its course, which some formats draw. Raises
    ``UserError`` when no report can be made; everything else that goes wrong stands in the report.
    """
    return work(setup, options, progress, stage, helpers, timelines)[0]


def work(
    setup: Setup,
    options: Options,
    progress: Progress | None = None,
    stage: Stage | None = None,
    helpers: Helpers | None = None,
    timelines: bool = False,
    for_audit: bool = False,
) -> tuple[Report, Material]:
    """As ``run``, and with the report what it was made from, for whoever works on with it.

    ``for_audit``: also what was claimed for the payments, and which cases are one person's.
    """
    begins = stage or (lambda _: None)
    with no_cyclic_gc():
        begins("read")
        opened, records, audit = read_records(setup, options, for_audit)
        begins("judge")
        checks = chosen(setup, records)
        judged = _judge(setup, records, audit, checks, progress, helpers, timelines)
        further = judge_further(setup, records, audit)
        begins("summarise")
        paid_known = records.udbetalinger is not None
        summary = summarise(judged.cases, paid_known)
        combined = Combined(summary.expected, 0)
        if further.rulings:
            every = [judged.cases, *(ruling.supervised.cases or () for ruling in further.rulings)]
            combined = combine(every, paid_known)
            _place_further(judged, further, setup, opened)
            if timelines:
                _draw_further(judged, records, audit, setup, checks.steps)
        stated = sorted((*(check.RULE for check in setup.plugins.checks), *further.rules), key=lambda rule: rule.code)
        not_run = tuple(sorted((*checks.not_run, *further.not_run)))
        run_facts = facts_of(
            setup, options, opened, records, audit, stated, not_run, further, judged.crashes, judged.outside
        )
        ignored = {code for code, _ in run_facts.ignored}
        findings = tuple(one for one in judged.placed if one.finding.rule.code not in ignored)
        report = Report(
            run_facts,
            summary,
            tuple(judged.cases),
            findings,
            rules=tuple(stated),
            explanations=MappingProxyType(
                {check.RULE.code: check.EXPLAIN for check in setup.plugins.stated if check.RULE in stated}
            ),
            acts=setup.law.acts,
            word_cases=setup.config.report.word_cases,
            combined=combined,
            word_template=setup.word_template,
            reader=options.reader,
            supervisions=tuple(ruling.supervised for ruling in further.rulings),
        )
        if setup.tonight.asked_for:
            report = stand(report, setup.tonight)
        if setup.judgements is not None:
            report = with_judgements(report, setup.judgements)
        begins("ask")
        material = Material(setup, records, audit, judged.placed, further, helpers)
        report = with_sections(with_facts(report, options.facts, material), setup.plugins)
        return replace(report, people=people_of(setup, records)), material


def for_formats(
    options: Options, formats: Iterable[ReportFormat], besides: Collection[Fact] = ()
) -> tuple[Options, bool]:
    """The options with the facts that the formats show, and whether the courses of cases are to be drawn."""
    formats = tuple(formats)
    facts = {*besides, *(fact for one in formats for fact in one.shows)}
    if options.reader is Reader.CASE_WORKER:
        facts.discard(Fact.READINGS)  # what a case worker has no use for, and takes long
    return replace(options, facts=frozenset(facts)), any(one.timelines for one in formats)


def chosen(setup: Setup, records: Records) -> engine.Checks:
    """The checks that can be run. Without ``samtaler`` no case is judged by the visitationstilsyn or beside it."""
    checks, sources = setup.plugins.checks, frozenset(records.rows)
    if "samtaler" in records.present:
        return engine.choose(checks, records.present, sources)
    apart = [one for one in checks if one.RULE.supervision == SUPERVISION or one.JUDGES in engine.ASPECTS]
    rest = engine.choose([one for one in checks if one not in apart], records.present, sources)
    reasons = (*rest.not_run, *((one.RULE.code, "tabellen samtaler er ikke med") for one in apart))
    return replace(rest, not_run=tuple(sorted(reasons)))


def judge_further(setup: Setup, records: Records, audit: Audited) -> Further:
    """Let the further supervisions judge whose own tables are among the sources."""
    return supervise(setup.supervisions, records, audit, _municipality(setup), setup.law, setup.files)


def _place_further(judged: "Judged", further: Further, setup: Setup, opened: Opened) -> None:
    """Put the findings of the further supervisions among those of the cases, in the contract's order."""
    rules = setup.config.rules
    whole = Subject("kommune", shown(setup.config.municipality.code) or "")
    for ruling in further.rulings:
        for case in ruling.supervised.cases or ():
            judged.placed.extend(
                _placed(list(case.findings), Subject("sag", case.sag_id), case.sag_id, case.team, rules)
            )
        judged.placed.extend(_placed(list(ruling.findings), whole, None, None, rules))
        for odd in ruling.oddities:
            subject = whole if odd.sag_id is None else Subject("sag", odd.sag_id)
            judged.placed.extend(_placed(_odd(odd, setup, opened), subject, odd.sag_id, None, rules))
    judged.placed.sort(key=lambda one: (one.sag_id is not None, one.sag_id or "", in_order(one.finding, one.subject)))


def _draw_further(judged: "Judged", records: Records, audit: Audited, setup: Setup, steps: frozenset[int]) -> None:
    """Give the cases their course in which only a further supervision found something."""
    found = {placed.sag_id for placed in judged.placed}
    undrawn = [case.sag_id for case in judged.cases if case.timeline is None and case.sag_id in found]
    laid = laid_out_anew(records, audit, undrawn, setup.law, steps) if undrawn else {}
    judged.cases[:] = [
        case._replace(timeline=course(laid[case.sag_id], setup.law)) if case.sag_id in laid else case
        for case in judged.cases
    ]


def _odd(odd: Oddity, setup: Setup, opened: Opened) -> list[Finding]:
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
    return [of_problem(rule, problem, masked(odd.sentence))]


def read_records(setup: Setup, options: Options, for_audit: bool = False) -> tuple[Opened, Records, Audited]:
    """The files, what they hold, and which days are audited. Raises ``UserError`` when a table that must be is not."""
    shapes, opened = setup.plugins.tables, Opened()
    plugins = setup.plugins
    sources = find_sources(setup.folder, setup.config.sources, shapes, plugins.adapters, setup.further_tables)
    if setup.key is None and any(source.case_key == "cpr" for source in sources):
        raise UserError(
            '[[sources]]: case_key = "cpr" kræver en nøgle, så ingen CPR-numre vises. Læg mindst 16 tilfældige tegn i '
            'en fil uden for udtrækket, og skriv den i kommunecheck.toml: [privacy] key_file = "noegle.txt".'
        )
    given = {source.table for source in setup.config.sources}
    tables = open_sources(setup.folder, sources, shapes, plugins.adapters, opened, given)
    if "sager" not in tables:
        tables = without_cases(tables, sources, shapes, opened)
    read = partial(quote_note if setup.config.privacy.quote_notes else read_note, vocabulary=setup.vocabulary)
    known_on = day_or_none(options.known_on)
    records = take_in(tables, opened.files, read, setup.key, known_on, for_audit)
    if "samtaler" not in records.present:
        records = dated_by(records, [field for one in setup.supervisions for field in one.done])
    asked = setup.config.audit
    first, to, cutoff = options.first or asked.from_, options.to or asked.to, options.cutoff or asked.cutoff
    return opened, records, audited(records, first, to, cutoff, known_on)


class Judged(NamedTuple):
    """All that came of judging: the cases, the findings in the contract's order, and the rules that crashed where."""

    cases: list[CaseResult]
    placed: list[Placed]
    crashes: list[tuple[str, str | None]]
    outside: int


def _judge(
    setup: Setup,
    records: Records,
    audit: Audited,
    checks: engine.Checks,
    progress: Progress | None,
    helpers: Helpers | None,
    timelines: bool,
) -> Judged:
    judged = _judge_whole(setup, records, checks)
    if "samtaler" not in records.present:
        for name in sorted(name for name in records.problems if name is not None):
            _place(judged, name, None, None, engine.row_findings(records.problems[name], checks), setup.config.rules)
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
    municipality = _municipality(setup)
    subject = Subject("kommune", shown(setup.config.municipality.code) or "")
    own = engine.municipality_findings(municipality, checks, setup.law)
    rows = engine.row_findings(records.problems.get(None, ()), checks)
    placed = _placed(own.findings + rows.findings, subject, None, None, setup.config.rules)
    crashes: list[tuple[str, str | None]] = [(code, None) for code in (*own.crashed, *rows.crashed)]
    return Judged([], sorted(placed, key=lambda one: in_order(one.finding, one.subject)), crashes, 0)


def _municipality(setup: Setup) -> Municipality:
    given = setup.config.municipality
    return Municipality(dict(given.procedures), shown(given.code) or "")


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
