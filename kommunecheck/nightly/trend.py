"""Twelve rolling months of stored runs: the last run of each month stands for it."""

from collections.abc import Sequence
from datetime import date

from kommunecheck.domain.standing import Month, StoredRun

MONTHS = 12


def months_of(runs: Sequence[StoredRun]) -> tuple[Month, ...]:
    """The twelve months up to that of the latest cutoff, in order; a month without a run is there, and empty.

    Of several runs in a month the one with the latest cutoff counts, and of those the one stored last.
    """
    if not runs:
        return ()
    by_month: dict[int, StoredRun] = {}
    for run in sorted(runs, key=lambda run: (run.cutoff, run.number)):
        by_month[_number(run)] = run
    last = max(by_month)
    return tuple(Month(*_of(number), by_month.get(number)) for number in range(last - MONTHS + 1, last + 1))


def _number(run: StoredRun) -> int:
    day = date.fromordinal(run.cutoff)
    return day.year * 12 + day.month - 1


def _of(number: int) -> tuple[int, int]:
    year, month = divmod(number, 12)
    return year, month + 1
