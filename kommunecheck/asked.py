"""The facts that are worked out only when a format shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

import polars as pl

from kommunecheck import engine
from kommunecheck.comparing import by_month, compare_teams
from kommunecheck.domain.days import iso
from kommunecheck.domain.report import (
    CaseResult,
    ComingDeadline,
    Fact,
    LedgerRow,
    Placed,
    Reading,
    Report,
    Stepped,
    Upcoming,
)
from kommunecheck.domain.rule import SUPERVISION
from kommunecheck.intake.applicable import aspects_of
from kommunecheck.intake.cases import lay_out, pieces, untold
from kommunecheck.intake.records import Audited, Records
from kommunecheck.intake.screen import ill, open_until, screen, unscreened, with_circumstance, with_status
from kommunecheck.intake.tables import TABLES
from kommunecheck.judging import Bench, Helpers, Others, judge_all, with_helpers
from kommunecheck.law.exclusions import REFORM
from kommunecheck.law.law import Law, Parameter
from kommunecheck.law.measure import laid_out
from kommunecheck.law.upcoming import coming_deadline
from kommunecheck.ledger import further_ledger, ledger
from kommunecheck.setup import Setup
from kommunecheck.supervising import Further
from kommunecheck.totals import amounts_of

NEEDS = ("samtaler.afholdt_dato", "samtaler.planlagt_dato", "sager.ophoersdato", "perioder?.til")
"""The columns without which nobody can tell which interviews are still to be held."""


class Material(NamedTuple):
    """What the facts are worked out from. ``placed`` are all findings, also those that are not shown."""

    setup: Setup
    records: Records
    audit: Audited
    placed: Sequence[Placed]
    further: Further
    helpers: Helpers | None = None


def with_facts(report: Report, wanted: frozenset[Fact], material: Material) -> Report:
    """The report with the facts that are wanted."""
    setup, records, audit = material.setup, material.records, material.audit
    if Fact.UPCOMING in wanted:
        ahead = look_ahead(records, audit, setup.law, setup.config.report.look_ahead_days)
        report = replace(report, upcoming=ahead)
    if Fact.LEDGER in wanted:
        report = replace(report, ledger=account_of_checks(report, material))
    if Fact.TEAMS in wanted:
        report = replace(report, teams=compare_teams(report.cases))
    if Fact.MONTHS in wanted:
        report = replace(report, months=by_month(report.findings, report.cases))
    if Fact.READINGS in wanted:
        report = replace(report, readings=tuple(other_readings(report, material)))
    return report


def account_of_checks(report: Report, material: Material) -> tuple[LedgerRow, ...]:
    """What each rule came to in each case: of the visitationstilsyn, of the data, and of the further supervisions."""
    setup, records, further = material.setup, material.records, material.further
    aspects: dict[str, frozenset[str]] = {}
    if records.samtaler is not None:
        told = aspects_of(records, material.audit, setup.law)
        aspects = dict(zip(records.names, told, strict=True))
    not_run = dict(report.run.not_run)
    found = {(one.finding.rule.code, one.sag_id) for one in material.placed if one.sag_id is not None}
    crashed = {(code, sag_id) for code, sag_id in report.run.crashes if sag_id is not None}
    rows = ledger(report.cases, setup.plugins.checks, not_run, found, crashed, aspects, _unassessable(records))
    for ruling in further.rulings:
        if ruling.supervised.cases is not None:
            (supervision,) = (one for one in setup.supervisions if one.name == ruling.supervised.name)
            own = [rule.RULE for rule in supervision.rules if getattr(rule, "JUDGES", None) != "municipality"]
            rows += further_ledger(ruling.supervised, own, not_run)
    return tuple(sorted(rows))


def _unassessable(records: Records) -> set[str]:
    """The cases with something in our own tables that keeps them from being fully assessed."""
    return {
        name
        for name, problems in records.problems.items()
        if name is not None and not all(one.assessable for one in problems if one.table in TABLES)
    }


def look_ahead(records: Records, audit: Audited, law: Law, days: int) -> Upcoming:
    """The deadlines that come in the next ``days`` days.

    Column by column it is told which cases can have one; the law's own functions then say which do.
    """
    lacking = engine.missing(NEEDS, records.present)
    if lacking or not days:
        return Upcoming(days, (), lacking or None)
    cutoff = audit.cutoff
    soon = pl.col("until").is_between(cutoff + 1, cutoff + days) | (pl.col("ill") & (pl.col("until") <= cutoff))
    screened = unscreened(len(records.names))
    wanted = untold(records, screened) & open_until(records, audit, law).select(soon.fill_null(value=False)).to_series()
    laid = chain.from_iterable(lay_out(make()) for make in pieces(records, audit, screened, wanted))
    cases = (laid_out(one.case, law) for one in laid)
    found = (coming_deadline(case, law, days) for case in cases)
    return Upcoming(days, tuple(sorted((one for one in found if one is not None), key=_soonest)))


def _soonest(one: ComingDeadline) -> tuple[int, bool, str, str]:
    return (one.last_day, one.team is None, one.team or "", one.sag_id)


def other_readings(report: Report, material: Material) -> Iterator[Reading]:
    """What all cases come to with each number that is a reading one step stricter, and one looser."""
    if material.records.samtaler is None:
        return
    with with_helpers(material.helpers, len(material.records.names)) as others:
        for parameter in material.setup.law.parameters.values():
            if parameter.certainty == "unverified" and parameter.step is not None:
                matters = may_matter(parameter.name, material.records)
                steps = [parameter.stepped(stricter=stricter) for stricter in (True, False)]
                told = [None if one is None else judged_with(one, matters, report, material, others) for one in steps]
                yield Reading(parameter.name, *told)


def may_matter(name: str, records: Records) -> pl.Series:
    """Whether a parameter can matter to each case, by number. The others came to what they came to in the run."""
    if name == "followup_workdays":
        cases = with_status(records, "udeblevet")
    elif name in ("sickness_workdays", "long_sickness_days"):
        cases = ill(records)
    elif name == "reform_exclusions_from":
        cases = with_circumstance(records, REFORM)
    else:
        return pl.repeat(value=True, n=len(records.names), eager=True)
    return pl.int_range(len(records.names), dtype=pl.UInt32, eager=True).is_in(cases.implode())


def judged_with(
    parameter: Parameter, matters: pl.Series, report: Report, material: Material, others: Others | None = None
) -> Stepped:
    """What all cases come to with this number in place of the law's: those to which it matters are judged anew."""
    touched = set(pl.Series(material.records.names).filter(matters))
    exposures = [one.exposure for one in report.cases if one.sag_id not in touched]
    exposures += [one.exposure for one in cases_with(parameter, matters, material, others)]
    return Stepped(
        iso(parameter.value) if parameter.is_date else parameter.value,
        amounts_of(exposure.expected for exposure in exposures),
        amounts_of(exposure.discretionary for exposure in exposures),
    )


def cases_with(
    parameter: Parameter, matters: pl.Series, material: Material, others: Others | None = None, plain: bool = False
) -> Iterator[CaseResult]:
    """The cases that ``matters`` tells by number, judged anew with this number in place of the law's.

    Those that are plainly sound with it, and cost nothing, are only among them when ``plain``.
    """
    setup, records, audit = material.setup, material.records, material.audit
    law = replace(setup.law, parameters=MappingProxyType({**setup.law.parameters, parameter.name: parameter}))
    own = [check for check in setup.plugins.checks if check.RULE.supervision == SUPERVISION]
    bench = Bench(engine.choose(own, records.present), law, records.udbetalinger is not None)
    screened = unscreened(len(records.names)) if plain else screen(records, audit, law)
    anew = pieces(records, audit, screened, untold(records, screened) & matters)
    yield from (one for one in judge_all(anew, bench, others) if one is not None)
