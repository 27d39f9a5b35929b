"""Days and sets of days.

A day is an ``int``: Python's proleptic ordinal (``date.toordinal``). Integers are compared and counted
several times faster than ``datetime.date``, and a run looks at millions of days. Dates appear at the
borders: ``day_of`` on the way in, ``iso`` and ``danish`` on the way out.

A set of days is ``Days``: a tuple of periods, sorted, disjoint and not touching, so that one set has one form.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

Day = int

NO_END: Day = date.max.toordinal()
"""The last day of a period that is still running."""

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


class Period(NamedTuple):
    """Days from ``first`` to ``last``, both included, as the law speaks."""

    first: Day
    last: Day


Days = tuple[Period, ...]


def day_of(value: date | str) -> Day:
    """The day of a date or of an ISO text. Raises ``ValueError`` for a text that is no date."""
    return (date.fromisoformat(value) if isinstance(value, str) else value).toordinal()


def day_or_none(value: date | str | None) -> Day | None:
    """As ``day_of``; nothing where nothing is given."""
    return None if value is None else day_of(value)


@cache
def iso(day: Day) -> str:
    """The day as ``2007-03-31``."""
    return date.fromordinal(day).isoformat()


@cache
def danish(day: Day) -> str:
    """The day as a Danish reader writes it: ``31. marts 2007``."""
    value = date.fromordinal(day)
    return f"{value.day}. {MONTHS[value.month - 1]} {value.year}"


def with_weekday(day: Day) -> str:
    """The day with its name: ``lørdag den 31. marts 2007``."""
    return f"{WEEKDAYS[date.fromordinal(day).weekday()]} den {danish(day)}"


def sunday_of(day: Day) -> Day:
    """The Sunday of the day's week (Monday to Sunday)."""
    return day + (-day) % 7  # ordinal 7 was a Sunday


def union(periods: Iterable[Period]) -> Days:
    """All the days of the periods, each once. Touching periods become one; empty ones (last < first) vanish."""
    merged: list[Period] = []
    ordered = sorted(periods)
    if len(ordered) == 1 and ordered[0].first <= ordered[0].last:
        return (ordered[0],)
    for period in ordered:
        if period.last < period.first:
            continue
        if merged and period.first <= merged[-1].last + 1:
            if period.last > merged[-1].last:
                merged[-1] = Period(merged[-1].first, period.last)
        else:
            merged.append(period)
    return tuple(merged)


def together(sets: Iterable[Days]) -> Days:
    """The days of all the sets, each once. Most often at most one of them has any."""
    some = [days for days in sets if days]
    if len(some) < 2:
        return some[0] if some else ()
    return union([period for days in some for period in days])


def minus(days: Days, taken: Days) -> Days:
    """The days of ``days`` that are not in ``taken``."""
    if not days or not taken:
        return days
    left: list[Period] = []
    for first, last in days:
        start = first
        for cut in taken:
            if cut.last < start:
                continue
            if cut.first > last:
                break
            if cut.first > start:
                left.append(Period(start, cut.first - 1))
            start = cut.last + 1
        if start <= last:
            left.append(Period(start, last))
    return tuple(left)


def within(days: Days, bounds: Days) -> Days:
    """The days that are in both sets."""
    both: list[Period] = []
    for first, last in days:
        for begin, end in bounds:
            if end < first:
                continue
            if begin > last:
                break
            both.append(Period(max(first, begin), min(last, end)))
    return tuple(both)


def count(days: Days) -> int:
    """How many days there are in the set."""
    return sum(last - first + 1 for first, last in days)


def contains(days: Days, day: Day) -> bool:
    """Whether the day is in the set."""
    for first, last in days:  # noqa: SIM110 - any() takes three times as long, and this is asked a million times
        if first <= day <= last:
            return True
    return False


def run_of(first: Day, last: Day) -> Days:
    """The days from ``first`` to ``last``, both included; none when ``last`` is before ``first``."""
    return (Period(first, last),) if first <= last else ()
