"""Calendar months, and how many of some days have passed at the end of each."""

from calendar import monthrange
from datetime import date
from functools import lru_cache

from kommunecheck.domain.days import Day, Days, Period


@lru_cache(maxsize=4096)  # payments are of few periods
def months_of(first: Day, last: Day) -> tuple[Period, ...]:
    """The calendar months that the days from ``first`` to ``last`` touch, each whole."""
    months: list[Period] = []
    begins = date.fromordinal(first).replace(day=1).toordinal()
    while begins <= last:
        month = date.fromordinal(begins)
        ends = begins + monthrange(month.year, month.month)[1] - 1
        months.append(Period(begins, ends))
        begins = ends + 1
    return tuple(months)


def whole_months(period: Period) -> int | None:
    """How many months a period is from its first day on; ``None`` where it is not whole months."""
    first, last = date.fromordinal(period.first), date.fromordinal(period.last)
    months = (last.year - first.year) * 12 + last.month - first.month
    longest = monthrange(last.year, last.month)[1]
    if first.day == 1:
        return months + 1 if last.day == longest else None
    return months if last.day == first.day - 1 < longest else None


def days_by(days: Days, last: Day) -> int:
    """How many of the days come no later than ``last``."""
    return sum(min(to, last) - first + 1 for first, to in days if first <= last)
