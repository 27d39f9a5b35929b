"""Values that hold from one day to another, each with its source in the same record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from kommunecheck.domain.days import NO_END, Day, iso

T = TypeVar("T")


class DatedError(ValueError):
    """The values of one number leave a gap or overlap. The text is a Danish sentence."""


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """A value in force from ``first`` to ``last``, both included; ``None`` is open.

    ``certainty`` is ``seed`` (read in one of the primary sources), ``found`` (read elsewhere) or ``unverified`` (a
    reading, background knowledge, or the municipality's own).
    """

    value: T
    first: Day | None
    last: Day | None
    certainty: str
    citation: str


class Dated(Generic[T]):
    """The values of one number over time, without gap or overlap.

    Raises ``DatedError`` when built of values that leave a day between them without a value or with two.
    """

    __slots__ = ("values",)

    def __init__(self, name: str, values: Iterable[Value[T]]) -> None:
        self.values = tuple(sorted(values, key=lambda v: v.first or 0))
        if not self.values:
            raise DatedError(f"{name}: der er ingen værdi.")
        for value in self.values:
            if (value.first or 0) > (value.last or NO_END):
                raise DatedError(f"{name}: perioden begynder {iso(value.first or 0)}, efter at den slutter.")
        for before, after in zip(self.values, self.values[1:], strict=False):
            if before.last is None or after.first is None or after.first <= before.last:
                raise DatedError(f"{name}: to værdier gælder samtidig. Ret `from` og `to`, så de ikke overlapper.")
            if after.first > before.last + 1:
                raise DatedError(
                    f"{name}: ingen værdi gælder fra {iso(before.last + 1)} til {iso(after.first - 1)}. "
                    "Giv en værdi for perioden, eller lad værdierne støde op til hinanden."
                )

    def on(self, day: Day) -> T | None:
        """The value in force on the day, or ``None`` outside: a number nobody renewed is not used for ever."""
        for value in self.values:
            if (value.first or 0) <= day <= (value.last or NO_END):
                return value.value
        return None
