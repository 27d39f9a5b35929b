"""The facts that are worked out only when a format shows them."""

from dataclasses import replace
from itertools import chain

import polars as pl

from kommunecheck import engine
from kommunecheck.domain.report import ComingDeadline, Fact, Report, Upcoming
from kommunecheck.intake.cases import lay_out, pieces, untold
from kommunecheck.intake.records import Audited, Records
from kommunecheck.intake.screen import open_until, unscreened
from kommunecheck.law.law import Law
from kommunecheck.law.measure import laid_out
from kommunecheck.law.upcoming import coming_deadline
from kommunecheck.setup import Setup

NEEDS = ("samtaler.afholdt_dato", "samtaler.planlagt_dato", "sager.ophoersdato", "perioder?.til")
"""The columns without which nobody can tell which interviews are still to be held."""


def with_facts(report: Report, wanted: frozenset[Fact], setup: Setup, records: Records, audit: Audited) -> Report:
    """The report with the facts that are wanted."""
    if Fact.UPCOMING in wanted:
        ahead = look_ahead(records, audit, setup.law, setup.config.report.look_ahead_days)
        report = replace(report, upcoming=ahead)
    return report


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
    cases = (
        laid_out(laid.case, law) for laid in chain.from_iterable(map(lay_out, pieces(records, audit, screened, wanted)))
    )
    found = (coming_deadline(case, law, days) for case in cases)
    return Upcoming(days, tuple(sorted((one for one in found if one is not None), key=_soonest)))


def _soonest(one: ComingDeadline) -> tuple[int, bool, str, str]:
    return (one.last_day, one.team is None, one.team or "", one.sag_id)
