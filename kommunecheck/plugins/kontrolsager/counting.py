"""STAR's measures: how many cases were drawn, left, opened and closed over the twelve months that end with a month."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from kommunecheck.domain.days import Day, Period
from kommunecheck.domain.months import months_of
from kommunecheck.law.calendar import months_after
from kommunecheck.plugins.kontrolsager.table import AMOUNTS, BENEFITS, DAYS, Kontrolsag

ALL: Final = "alle"

WINDOW: Final = 12
"""Months of a window."""


class View(NamedTuple):
    """The cases that are counted together: a kontroltrin and a benefit, or ``alle`` of either."""

    kontroltrin: str
    ydelse: str

    def has(self, row: Kontrolsag) -> bool:
        """Whether the row is counted here."""
        return self.kontroltrin in (row.kontroltrin, ALL) and self.ydelse in (row.ydelse, ALL)


TRIN_3, TRIN_2, TOGETHER = View("3", ALL), View("2", ALL), View(ALL, ALL)
VIEWS: Final = (TRIN_3, *(View("3", benefit) for benefit in BENEFITS), TRIN_2, TOGETHER)
"""As STAR shows them, trin 3 in all first; the two together are our own sum."""


class Counts(NamedTuple):
    """What a window came to, as of its last day.

    A count is ``None`` where the files lack a column that it rests on, or a value that decides it cannot be read.
    """

    drawn: int | None
    left: int | None
    opened: int | None
    closed: int | None
    closed_with_result: int | None
    opened_in_window: int | None
    not_closed: int | None


class Tally:
    """The cases of one view, in the orders that counting needs. ``present`` are the columns that the files have."""

    def __init__(self, rows: Iterable[Kontrolsag], present: frozenset[str]) -> None:
        own = list(rows)
        self._present = present
        self._drawn = _Dated(own, lambda row: row.udtaget_dato)
        self._opened = _Dated(own, lambda row: row.oprettet_dato)
        self._closed = _Dated(own, lambda row: row.afsluttet_dato)
        stays = [(row.udstillet_dato, _gone(row)) for row in own]
        stays = [(issued, gone) for issued, gone in stays if gone is None or issued < gone]
        self._issued = sorted(issued for issued, _ in stays)
        self._gone = sorted(gone for _, gone in stays if gone is not None)

    def drawn(self, window: Period) -> int:
        """How many were drawn in the window."""
        return len(self._drawn.within(window))

    def left(self, day: Day) -> int:
        """How many were issued by the day, and by then neither drawn nor taken off."""
        return bisect_right(self._issued, day) - bisect_right(self._gone, day)

    def counts(self, window: Period) -> Counts:
        """Everything as of the window's last day. Two populations: what was drawn, and what was opened or closed."""
        last = window.last
        drawn, opened = self._drawn.within(window), self._opened.within(window)
        closed = self._closed.within(window)

        def counted(number: int | None, *columns: str) -> int | None:
            return number if self._present.issuperset(columns) else None

        return Counts(
            drawn=counted(len(drawn), "udtaget_dato"),
            left=counted(self.left(last), "udtaget_dato", "fjernet_dato"),
            opened=counted(sum(_by(row.oprettet_dato, last) for row in drawn), "udtaget_dato", "oprettet_dato"),
            closed=counted(len(closed), "afsluttet_dato"),
            closed_with_result=counted(_with_result(closed), "afsluttet_dato", *AMOUNTS),
            opened_in_window=counted(len(opened), "oprettet_dato"),
            not_closed=counted(
                sum(not _by(row.afsluttet_dato, last) for row in opened), "oprettet_dato", "afsluttet_dato"
            ),
        )


class _Dated:
    """The rows that have a day of one kind, in order of it."""

    def __init__(self, rows: Sequence[Kontrolsag], day_of: Callable[[Kontrolsag], Day | None]) -> None:
        dated = [(day, row) for row in rows if (day := day_of(row)) is not None]
        dated.sort(key=lambda one: one[0])
        self._days = [day for day, _ in dated]
        self._rows = [row for _, row in dated]

    def within(self, window: Period) -> Sequence[Kontrolsag]:
        return self._rows[bisect_left(self._days, window.first) : bisect_right(self._days, window.last)]


def _gone(row: Kontrolsag) -> Day | None:
    """The day it was drawn or taken off, the first of them: from then on it is not left."""
    return min((day for day in (row.udtaget_dato, row.fjernet_dato) if day is not None), default=None)


def _with_result(closed: Iterable[Kontrolsag]) -> int | None:
    """How many came to a result; ``None`` where that cannot be told of one of them, for it may be either."""
    results = [row.with_result for row in closed]
    return None if None in results else results.count(True)


def _by(day: Day | None, last: Day) -> bool:
    return day is not None and day <= last


def whole_months(first: Day, cutoff: Day) -> tuple[Period, ...]:
    """The months from that of ``first`` to the last that ends on or before ``cutoff``."""
    return tuple(month for month in months_of(first, cutoff) if month.last <= cutoff)


def window_of(month: Period, last: Day | None = None) -> Period:
    """The twelve months that end with a month, or with a day in it."""
    return Period(months_after(month.first, 1 - WINDOW), month.last if last is None else last)


def month_of(day: Day) -> Period:
    """The month that a day lies in."""
    return months_of(day, day)[0]


def latest_days(rows: Iterable[Kontrolsag]) -> tuple[Day | None, Day | None]:
    """The latest day of anything in the rows, and the latest other day."""
    days = {day for row in rows for name in DAYS if (day := getattr(row, name)) is not None}
    last = max(days, default=None)
    return last, max(days - {last}, default=None)
