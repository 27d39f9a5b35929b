"""Calendar months, and how many of some days have passed at the end of each."""

from kommunecheck.domain.days import NO_END, Day, Days, Period, count, iso, within


def months_of(first: Day, last: Day) -> list[Period]:
    """The calendar months that the days from ``first`` to ``last`` touch, each whole."""
    months, day = [], first
    while day <= last:
        begins = day - int(iso(day)[8:]) + 1
        ends = begins + 27  # no month is shorter
        while ends < NO_END and iso(ends + 1)[8:] != "01":
            ends += 1
        months.append(Period(begins, ends))
        day = ends + 1
    return months


def days_by(days: Days, last: Day) -> int:
    """How many of the days come no later than ``last``."""
    return count(within(days, (Period(days[0].first, last),))) if days else 0
