"""A scale of days along a picture, with the names of its months and years."""

from collections.abc import Iterator
from datetime import date

from markupsafe import Markup

from kommunecheck.domain.days import Day
from kommunecheck.domain.months import months_of
from kommunecheck.reports.pictures.svg import along, label, stroke

EDGE = 2.0
"""What is kept free at either end, in per cent: a mark on the first day is a whole mark."""

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
ROOM = 30, 11
"""How many names of months there is room for on a wide screen, and on the narrowest one, where some are hidden."""

YEAR_NAME = 14
"""What a year's name takes on the narrowest screen, in per cent."""

LONG, MOST_YEARS = 30 * 366, 6
"""The days from which no month is told apart, and how many names of years there is room for then."""


class Scale:
    """Where a day stands along the picture, in per cent of its width."""

    def __init__(self, first: Day, last: Day) -> None:
        self.first, self.last = first, last
        self._a_day = (100 - 2 * EDGE) / (last - first + 1)

    def begin(self, day: Day) -> float:
        """Where the day begins."""
        return EDGE + (day - self.first) * self._a_day

    def middle(self, day: Day) -> float:
        """The middle of the day."""
        return self.begin(day) + self._a_day / 2

    def run(self, first: Day, last: Day) -> tuple[str, str]:
        """Where days from the first to the last stand, and how wide they are."""
        return along(self.begin(first)), along((last - first + 1) * self._a_day)


def months(scale: Scale, bottom: int) -> Iterator[Markup]:
    """A line where a month begins, the names of as many as there is room for, and the year where it begins."""
    if scale.last - scale.first >= LONG:
        yield from _years(scale, bottom)
        return
    starts = [month.first for month in months_of(scale.first, scale.last) if month.first >= scale.first]
    wide, narrow = (next((step for step in (1, 2, 3, 6, 12) if len(starts) <= most * step), 24) for most in ROOM)
    if not any(date.fromordinal(day).month == 1 and scale.begin(day) < YEAR_NAME for day in starts):
        yield label(str(date.fromordinal(scale.first).year), along(EDGE), 11, "yr")
    for day in starts:
        month = date.fromordinal(day)
        x = along(scale.begin(day))
        yield stroke((x, x), (28, bottom), "yl" if month.month == 1 else "ml")
        if month.month == 1 and scale.begin(day) < 90:
            yield label(str(month.year), x, 11, "yr")
        if (month.month - 1) % wide == 0 and scale.begin(day) < 95:
            yield label(MONTHS[month.month - 1], x, 24, "mo" if (month.month - 1) % narrow == 0 else "mo alt")


def _years(scale: Scale, bottom: int) -> Iterator[Markup]:
    """A line where a year begins, and its name, for as many round years as there is room for."""
    first, last = (date.fromordinal(day).year for day in (scale.first, scale.last))
    step = next(step for step in (10, 20, 50, 100, 200, 500, 1000, 2000) if last - first <= step * MOST_YEARS)
    for year in range(first // step * step + step, last + 1, step):
        begins = scale.begin(date(year, 1, 1).toordinal())
        yield stroke((along(begins), along(begins)), (28, bottom), "yl")
        if begins < 90:
            yield label(str(year), along(begins), 11, "yr")
