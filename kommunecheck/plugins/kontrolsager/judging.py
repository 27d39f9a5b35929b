"""The supervision: from the rows of ``kontrolsager`` to its measures and findings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kommunecheck.domain.days import NO_END, Day, Period, danish, day_of, iso
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.supervision import Judgement, Material
from kommunecheck.domain.wording import number
from kommunecheck.law.law import Law
from kommunecheck.plugins.kontrolsager.counting import (
    TRIN_2,
    TRIN_3,
    VIEWS,
    Counts,
    Tally,
    View,
    latest_days,
    month_of,
    whole_months,
    window_of,
)
from kommunecheck.plugins.kontrolsager.law import settings_of, threshold_on, thresholds_of
from kommunecheck.plugins.kontrolsager.oddities import out_of_order, unfit
from kommunecheck.plugins.kontrolsager.rules import RULES, low_use, low_use_ahead, not_screened
from kommunecheck.plugins.kontrolsager.table import DAYS, NAME, TRIN, Kontrolsag
from kommunecheck.plugins.kontrolsager.use import Run, Thresholds, Use, run_of, share, to_draw
from kommunecheck.ports import Supervision

JUDGED: Final = (TRIN_2, TRIN_3)
"""The views that the rules look at: each kontroltrin with all its benefits together."""

FAR_BEHIND: Final = 366
"""Days between the latest day and the one before it, or the earliest and the next, that may be a typing error."""


class Dates(NamedTuple):
    """What days are looked at. ``given`` tells that a person set the cutoff; ``first`` is the first day of a case.

    ``register_from`` is the first day from which the table has every case.
    """

    first: Day
    register_from: Day
    cutoff: Day
    given: bool

    @property
    def months(self) -> tuple[Period, ...]:
        """The whole months."""
        return whole_months(self.first, self.cutoff)

    @property
    def provisional(self) -> Period | None:
        """The month that a given cutoff cuts short, if it does."""
        month = month_of(self.cutoff)
        return month if self.given and self.first <= self.cutoff < month.last else None

    def complete(self, month: Period) -> bool:
        """Whether the register has all of the twelve months that end with the month."""
        return window_of(month).first >= self.register_from


class Standing(NamedTuple):
    """How a kontroltrin stands at the end of the last whole month, and what the coming one takes, if there is one."""

    trin: str
    run: Run
    to_draw: int | None
    to_draw_next: int | None


def judge(material: Material, law: Law) -> Judgement:
    """The measures of every month and view, and the findings."""
    present = material.present[NAME]
    given: tuple[Kontrolsag, ...] = material.rows[NAME]
    rows = [row for row in given if row.fits]
    odd = (*unfit(given), *out_of_order(rows, present))
    aside = (*material.aside.get(NAME, ()), *(row for row in given if not row.fits))
    dates = dates_of(rows, material, law)
    if dates is None:
        return Judgement(measures=_measures(None, law, aside, (), (), (), 0), oddities=odd)
    tallies = {view: Tally([row for row in rows if view.has(row)], present) for view in VIEWS}
    thresholds = thresholds_of(law)
    standings = []
    if {"udtaget_dato", "fjernet_dato"} <= present:
        standings = [_standing(view.kontroltrin, tallies[view], dates, thresholds) for view in JUDGED]
    findings = (*_low(standings, material, law), *_not_screened(rows, dates.cutoff, material, law))
    measures = _measures(
        dates,
        law,
        aside,
        [_month(view, month, tallies[view], dates) for month in dates.months for view in VIEWS],
        [_as_json(one) for one in standings],
        list(_provisional(tallies, dates, thresholds)),
        _result_unknown(rows, dates.cutoff),
    )
    return Judgement(
        findings=findings, measures=measures, oddities=odd, warnings=tuple(_warnings(rows, dates, material))
    )


def dates_of(rows: Sequence[Kontrolsag], material: Material, law: Law) -> Dates | None:
    """The days that are looked at; ``None`` without a row.

    The cutoff is our own where the configuration has one; else the run's, where a person gave it and it does not lie
    before every case, as that of another export does; else the last day of the latest month with anything in it.
    """
    if not rows:
        return None
    own = settings_of(law)
    first = min(row.udstillet_dato for row in rows)
    begins = month_of(first).first if own.register_from is None else day_of(own.register_from)
    if own.cutoff is not None:
        return Dates(first, begins, day_of(own.cutoff), True)
    if material.cutoff_given and material.cutoff >= first:
        return Dates(first, begins, material.cutoff, True)
    latest, _ = latest_days(rows)
    return Dates(first, begins, month_of(first if latest is None else latest).last, False)


def _uses(tally: Tally, dates: Dates, thresholds: Thresholds) -> Iterator[Use]:
    """The months of one kontroltrin against the threshold on their last days."""
    for month in dates.months:
        drawn, left = tally.drawn(window_of(month)), tally.left(month.last)
        yield Use(month, dates.complete(month), drawn, left, threshold_on(thresholds, month.last))


def _standing(trin: str, tally: Tally, dates: Dates, thresholds: Thresholds) -> Standing:
    uses = tuple(_uses(tally, dates, thresholds))
    if not uses:
        return Standing(trin, Run(()), None, None)
    last = uses[-1]
    to_draw_next = None
    if last.month.last < NO_END:
        coming = month_of(last.month.last + 1)
        kept = tally.drawn(Period(window_of(coming).first, last.month.last))
        to_draw_next = to_draw(kept, last.left, threshold_on(thresholds, coming.last))
    return Standing(trin, run_of(uses), to_draw(last.drawn, last.left, last.threshold), to_draw_next)


def _low(standings: Iterable[Standing], material: Material, law: Law) -> Iterator[Finding]:
    """KS101 where it has lasted, else KS102, for each kontroltrin that is under now."""
    for one in standings:
        if not one.run.months or one.to_draw is None:
            continue
        rule = low_use if one.run.complete >= law.number("low_months") else low_use_ahead
        if rule.RULE.code in material.rules:
            yield rule.finding(one.trin, one.run, one.to_draw, law)


def _not_screened(rows: Iterable[Kontrolsag], cutoff: Day, material: Material, law: Law) -> Iterator[Finding]:
    if not_screened.RULE.code in material.rules:
        for row in rows:
            found = not_screened.finding(row, cutoff, law)
            if found is not None:
                yield found


def _month(view: View, month: Period, tally: Tally, dates: Dates) -> dict[str, object]:
    """One month of one view, as the JSON report has it."""
    counts = tally.counts(window_of(month))
    return {
        "month": iso(month.first)[:7],
        "kontroltrin": view.kontroltrin,
        "ydelse": view.ydelse,
        "complete_window": dates.complete(month),
        "drawn": counts.drawn,
        "left": counts.left,
        "share": _share(counts),
        **{name: getattr(counts, name) for name in Counts._fields[2:]},
    }


def _share(counts: Counts) -> str | None:
    if counts.drawn is None or counts.left is None:
        return None
    return share(counts.drawn, counts.drawn + counts.left)


def _as_json(one: Standing) -> dict[str, object]:
    return {
        "kontroltrin": one.trin,
        "months_low": len(one.run.months),
        "months_low_complete": one.run.complete,
        "to_draw": one.to_draw,
        "to_draw_next": one.to_draw_next,
    }


def _provisional(tallies: Mapping[View, Tally], dates: Dates, thresholds: Thresholds) -> Iterator[dict[str, object]]:
    """The month that the cutoff cuts short, as it stands at the cutoff: no rule judges it."""
    month = dates.provisional
    if month is None:
        return
    for view in JUDGED:
        counts = tallies[view].counts(window_of(month, dates.cutoff))
        lacking = None
        if counts.drawn is not None and counts.left is not None:
            lacking = to_draw(counts.drawn, counts.left, threshold_on(thresholds, month.last))
        yield {
            "month": iso(month.first)[:7],
            "kontroltrin": view.kontroltrin,
            "drawn": counts.drawn,
            "left": counts.left,
            "share": _share(counts),
            "to_draw": lacking,
        }


def _result_unknown(rows: Iterable[Kontrolsag], cutoff: Day) -> int:
    """Of how many closed cases nobody can tell whether they came to a result."""
    closed = [row for row in rows if row.afsluttet_dato is not None and row.afsluttet_dato <= cutoff]
    return sum(row.with_result is None for row in closed)


def _measures(
    dates: Dates | None,
    law: Law,
    aside: Sequence[Kontrolsag],
    months: Sequence[object],
    standings: Sequence[object],
    provisional: Sequence[object],
    result_unknown: int,
) -> dict[str, object]:
    thresholds = thresholds_of(law)
    ends: list[Day | None] = [first - 1 for first, _ in thresholds[1:]]
    by_trin: Counter[str | None] = Counter(row.kontroltrin for row in aside)
    return {
        "cutoff": None if dates is None else iso(dates.cutoff),
        "register_from": None if dates is None else iso(dates.register_from),
        "denominator": law.parameters["draw_denominator"].value,
        "thresholds": [
            {"from": iso(first), "to": None if end is None else iso(end), "per_cent": per_cent}
            for (first, per_cent), end in zip(thresholds, [*ends, None], strict=True)
        ],
        "set_aside": len(aside),
        "months": months,
        "trin": standings,
        "set_aside_by_trin": [{"kontroltrin": trin, "rows": by_trin[trin]} for trin in (*TRIN, None) if by_trin[trin]],
        "provisional": provisional,
        "result_unknown": result_unknown,
    }


def _warnings(rows: Sequence[Kontrolsag], dates: Dates, material: Material) -> Iterator[str]:
    """What a single wrong day may have done to every figure."""
    yield from _far_ahead(rows, dates, material)
    yield from _far_back(rows)
    yield from _removed_too_early(rows)


def _far_back(rows: Sequence[Kontrolsag]) -> Iterator[str]:
    """A single mistyped year would move the beginning of the register, and perhaps the cutoff."""
    issued = sorted({row.udstillet_dato for row in rows})
    if len(issued) > 1 and issued[1] - issued[0] > FAR_BEHIND:
        row = min(row.row for row in rows if row.udstillet_dato == issued[0])
        yield (
            f"kontrolsager: den tidligste udstillet_dato er {danish(issued[0])}, i række {row}, og den næsttidligste "
            f"er {danish(issued[1])}. Er det en tastefejl, så ret cellen: registeret regnes fra den dag."
        )


def _removed_too_early(rows: Sequence[Kontrolsag]) -> Iterator[str]:
    """A case that left the list before it came on it is counted nowhere."""
    wrong = sorted(row.row for row in rows if row.fjernet_dato is not None and row.fjernet_dato < row.udstillet_dato)
    if wrong:
        more = f" og i {number(len(wrong) - 1, 'række', 'rækker')} mere" if len(wrong) > 1 else ""
        yield (
            f"kontrolsager: fjernet_dato er før udstillet_dato i række {wrong[0]}{more}. De sager tæller ikke blandt "
            "de tilgængelige. Ret datoerne."
        )


def _far_ahead(rows: Sequence[Kontrolsag], dates: Dates, material: Material) -> Iterator[str]:
    """A single mistyped year would add years of months. The run says so itself where it takes its cutoff from it."""
    latest, before = latest_days(rows)
    if latest is None or before is None or dates.given or material.cutoff == latest:
        return
    if latest - before > FAR_BEHIND:
        row, column = next((row.row, name) for row in rows for name in DAYS if getattr(row, name) == latest)
        yield (
            f"kontrolsager: den seneste dato er {danish(latest)}, i række {row}, kolonne {column}, og den næstseneste "
            f"er {danish(before)}. Er det en tastefejl, så ret cellen, eller skriv dagen i kommunecheck.toml under "
            "[kontrolsager]: cutoff."
        )


SUPERVISION = Supervision(
    NAME, "Kontrolsager", (NAME,), RULES, judge, done=tuple(f"{NAME}.{column}" for column in DAYS)
)
