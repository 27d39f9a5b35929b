"""Complaints, quarter by quarter."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product
from typing import NamedTuple

from kommunecheck.domain.days import Day, Period
from kommunecheck.plugins.sagsbehandling.tables import CATEGORIES, CHANNELS, Complaint

MONTHS = 3


class Quarter(NamedTuple):
    """A calendar quarter, from 1 to 4."""

    year: int
    number: int

    @property
    def days(self) -> Period:
        """Its first and last day."""
        last = self.number * MONTHS
        ends = date(self.year, last, monthrange(self.year, last)[1])
        return Period(date(self.year, last - MONTHS + 1, 1).toordinal(), ends.toordinal())

    @property
    def next(self) -> "Quarter":
        """The one after it."""
        return Quarter(self.year, self.number + 1) if self.number < MONTHS + 1 else Quarter(self.year + 1, 1)

    @property
    def name(self) -> str:
        """``2007-Q1``."""
        return f"{self.year}-Q{self.number}"


class Counted(NamedTuple):
    """The complaints of a quarter. ``change`` is from the quarter before; ``None`` where one of them is not whole."""

    quarter: Quarter
    kategori: str
    kanal: str
    enhed: str | None
    received: int
    change: int | None
    partial: bool


def quarter_of(day: Day) -> Quarter:
    """The quarter of a day."""
    found = date.fromordinal(day)
    return Quarter(found.year, (found.month - 1) // MONTHS + 1)


def quarters(window: Period) -> list[Quarter]:
    """The quarters that the window has a day of."""
    found = [quarter_of(window.first)]
    while found[-1].days.last < window.last:
        found.append(found[-1].next)
    return found


def counted(complaints: Iterable[Complaint], window: Period, units: Iterable[str | None]) -> list[Counted]:
    """The complaints received in the window by quarter, category, channel and unit, noughts included.

    ``units`` are all that there are; the window ends by the cutoff.
    """
    every = quarters(window)
    whole = {one for one in every if window.first <= one.days.first and one.days.last <= window.last}
    numbers = Counter(
        (quarter_of(one.modtaget_dato), one.kategori, one.kanal, one.enhed)
        for one in complaints
        if window.first <= one.modtaget_dato <= window.last
    )
    told = []
    for place, quarter in enumerate(every):
        before = every[place - 1] if place else None
        for kategori, kanal, enhed in product(CATEGORIES, CHANNELS, in_order(units)):
            received = numbers[quarter, kategori, kanal, enhed]
            change = None
            if before is not None and {quarter, before} <= whole:
                change = received - numbers[before, kategori, kanal, enhed]
            told.append(Counted(quarter, kategori, kanal, enhed, received, change, quarter not in whole))
    return told


def in_order(names: Iterable[str | None]) -> Sequence[str | None]:
    """The names in order, each once; none last."""
    return sorted(set(names), key=lambda name: (name is None, name or ""))
