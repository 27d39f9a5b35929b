"""How much of the list is used: the share against the threshold, in whole numbers, and what must be drawn."""

from collections.abc import Sequence
from typing import NamedTuple

from kommunecheck.domain.days import Day, Period
from kommunecheck.domain.money import decimals

Thresholds = tuple[tuple[Day, int], ...]


class Use(NamedTuple):
    """A month of one kontroltrin: what was drawn and left, and the threshold on its last day, if there was one."""

    month: Period
    complete: bool
    drawn: int
    left: int
    threshold: int | None

    @property
    def low(self) -> bool:
        """Whether the share is under the threshold. Nothing drawn and nothing left is no share."""
        return self.threshold is not None and self.drawn * 100 < self.threshold * (self.drawn + self.left)


class Run(NamedTuple):
    """The months in a row, up to the latest, at whose end the share was under the threshold."""

    months: tuple[Use, ...]

    @property
    def complete(self) -> int:
        """How many of the months have a complete window."""
        return sum(one.complete for one in self.months)

    @property
    def period(self) -> Period:
        """From the first day of the first month to the last day of the last."""
        return Period(self.months[0].month.first, self.months[-1].month.last)


def run_of(months: Sequence[Use]) -> Run:
    """The run that ends with the last month; of no months where that one is not under."""
    low: list[Use] = []
    for one in reversed(months):
        if not one.low:
            break
        low.append(one)
    return Run(tuple(reversed(low)))


def share(drawn: int | None, of: int | None) -> str | None:
    """The share in per cent with two decimals, rounded half up; ``None`` of nothing, and of what is not known."""
    return None if drawn is None or not of else decimals(drawn * 100, of, 2)


def to_draw(drawn: int, left: int, threshold: int | None) -> int | None:
    """The smallest number that lifts the share to the threshold: what is drawn is no longer left."""
    if threshold is None:
        return None
    return max(0, -((drawn * 100 - threshold * (drawn + left)) // 100))
