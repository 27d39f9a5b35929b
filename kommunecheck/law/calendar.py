"""How the law measures time: months, working days, and the falduge's Sunday (``domain.days.sunday_of``)."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import holidays

from kommunecheck.domain.days import NO_END, Day, Days


@cache
def months_after(day: Day, months: int) -> Day:
    """The same day of the month ``months`` later, cut to that month's last day.

    30 November + 3 months is 28 or 29 February. Where the calendar ends, its last day; before it begins, its first.
    """
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > date.max.year:
        return NO_END
    if year < date.min.year:
        return date.min.toordinal()
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal()


@cache
def _public_holidays(year: int) -> frozenset[Day]:
    return frozenset(day.toordinal() for day in danish_holidays()(years=year))


@cache
def danish_holidays() -> Callable[..., Iterable[date]]:
    """What gives the Danish public holidays of the ``years`` it is called with.

    The package loads the countries of all the world with the first it is asked for: a tenth of a short run's time. Its
    module of Denmark needs none of them, and is loaded alone where that can be done.
    """
    spec = spec_from_file_location("denmark", Path(holidays.__file__).with_name("countries") / "denmark.py")
    try:
        assert spec is not None and spec.loader is not None  # noqa: S101, PT018 - so it is of a file that ends in .py
        module: Any = module_from_spec(spec)
        spec.loader.exec_module(module)
        denmark: Callable[..., Iterable[date]] = module.Denmark
    except (OSError, ImportError, AttributeError):  # another version of the package may be laid out otherwise
        return partial(holidays.country_holidays, "DK")
    return denmark


def is_workday(day: Day) -> bool:
    """Monday to Friday and no Danish public holiday."""
    return day % 7 not in (6, 0) and day not in _public_holidays(date.fromordinal(day).year)


@cache
def workdays_after(day: Day, number: int) -> Day:
    """The ``number``-th working day after ``day``; counting starts the day after it. 0 is the day itself."""
    while number > 0 and day < NO_END:
        day += 1
        if is_workday(day):
            number -= 1
    return day


def due_date(start: Day, months: int, excluded: Days) -> Day | None:
    """The day an interval of ``months`` from ``start`` is over when excluded days do not count.

    With N the number of days from ``start`` to ``start`` + ``months``: the first non-excluded day on which N
    non-excluded days, counted from and with ``start``, have passed. ``None`` when that day never comes.
    """
    due = months_after(start, months)
    if not excluded:
        return due
    day, left = start, due - start
    for period in excluded:
        if period.last < day:
            continue
        free = max(period.first - day, 0)
        if left < free:
            break
        if period.last >= NO_END:
            return None
        left -= free
        day = period.last + 1
    return day + left
