"""The days of a set, one by one: the references are slow and plain on purpose."""

from collections.abc import Iterator

from kommunecheck.domain.days import Day, Days


def each(days: Days) -> Iterator[Day]:
    """Every day of the set, in order."""
    for first, last in days:
        yield from range(first, last + 1)
