"""A whole run, in the order it happens. Also the library call: ``check(path, options)`` gives a ``Report``."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from kommunecheck.asked import Material, with_facts
from kommunecheck.audit.assessments import with_judgements
from kommunecheck.domain.report import Fact, Reader, Report
from kommunecheck.engine import Checks
from kommunecheck.facts import facts_of, people_of
from kommunecheck.judging import Helpers, no_cyclic_gc
from kommunecheck.nightly.standing import stand
from kommunecheck.placing import (
    Judged,
    Progress,
    chosen,
    draw_further,
    judge_every,
    judge_further,
    place_further,
)
from kommunecheck.plugins.finished import with_sections
from kommunecheck.ports import ReportFormat
from kommunecheck.reading import Read, read_records
from kommunecheck.setup import Options, Setup, set_up
from kommunecheck.supervising import Further, all_together
from kommunecheck.totals import summarise

__all__ = ["Options", "Progress", "Setup", "Stage", "check", "run", "set_up"]

Stage = Callable[[str], None]
"""Told the name of each stage of the run as it begins: for whoever measures where the time goes."""


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
        read = read_records(setup, options, for_audit)
        opened, records, audit = read
        begins("judge")
        checks = chosen(setup, records)
        judged = judge_every(setup, records, audit, checks, progress, helpers, timelines)
        further = judge_further(setup, records, audit)
        begins("summarise")
        if further.rulings:
            place_further(judged, further, setup, opened, records)
        if further.rulings and timelines:
            draw_further(judged, records, audit, setup, checks.steps)
        report = _report(setup, options, read, checks, judged, further)
        if setup.tonight.asked_for:
            report = stand(report, setup.tonight)
        if setup.judgements is not None:
            report = with_judgements(report, setup.judgements)
        begins("ask")
        material = Material(setup, records, audit, judged.placed, further, helpers)
        report = with_sections(with_facts(report, options.facts, material), setup.plugins)
        return replace(report, people=people_of(setup, records)), material


def _report(setup: Setup, options: Options, read: Read, checks: Checks, judged: Judged, further: Further) -> Report:
    """The report of one night, before anything is asked of it. Findings of ignored rules are not in it."""
    rules = sorted((*(check.RULE for check in setup.plugins.checks), *further.rules), key=lambda rule: rule.code)
    run = facts_of(setup, options, read, rules, checks, judged, further)
    ignored = {code for code, _ in run.ignored}
    paid_known = read.records.udbetalinger is not None
    summary = summarise(judged.cases, paid_known)
    idle = setup.plugins.idle_acts(read.records.present)
    explained = {check.RULE.code: check.EXPLAIN for check in setup.plugins.stated if check.RULE in rules}
    return Report(
        run,
        summary,
        tuple(judged.cases),
        tuple(one for one in judged.placed if one.finding.rule.code not in ignored),
        rules=tuple(rules),
        explanations=MappingProxyType(explained),
        acts=MappingProxyType({name: title for name, title in setup.law.acts.items() if name not in idle}),
        word_cases=setup.config.report.word_cases,
        combined=all_together(summary.expected, judged.cases, further, paid_known),
        word_template=setup.word_template,
        reader=options.reader,
        supervisions=tuple(ruling.supervised for ruling in further.rulings),
    )


def for_formats(
    options: Options, formats: Iterable[ReportFormat], besides: Collection[Fact] = ()
) -> tuple[Options, bool]:
    """The options with the facts that the formats show, and whether the courses of cases are to be drawn."""
    formats = tuple(formats)
    facts = {*besides, *(fact for one in formats for fact in one.shows)}
    if options.reader is Reader.CASE_WORKER:
        facts.discard(Fact.READINGS)  # what a case worker has no use for, and takes long
    return replace(options, facts=frozenset(facts)), any(one.timelines for one in formats)
