"""What the directorate decided case by case, held against what we had found: agreed, stricter, or left open by us."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from kommunecheck.domain.days import Days, Period


class Result(StrEnum):
    """What a case, or a duty in it, came out as: with a loss of refund, an error without, no criticism, or withdrawn.

    Two are ours alone: ``OPEN`` is a loss at the directorate's discretion or resting on notes, ``UNKNOWN`` a case that
    could not be fully assessed.
    """

    LOSS = "loss"
    ERROR = "error_without_loss"
    NONE = "no_criticism"
    WITHDRAWN = "withdrawn"
    OPEN = "left_open"
    UNKNOWN = "not_assessed"


RANK = {Result.NONE: 0, Result.ERROR: 1, Result.LOSS: 2}
"""How strict each of the results is that can be told to be stricter than another."""

DUTIES = ("deadline", "step1", "step2", "step3")
"""The duties that are looked at, as findings name them: the interview, and the three steps at it."""


class Relation(StrEnum):
    """How we and the directorate stand to each other.

    ``APART``: only one of us holds the case to be outside the supervision. ``OPEN``: we left it to the directorate.
    """

    AGREED = "agreed"
    WE_STRICTER = "we_stricter"
    THEY_STRICTER = "they_stricter"
    OPEN = "left_open"
    APART = "withdrawn_by_one"
    UNKNOWN = "not_assessed"


DISAGREE = (Relation.WE_STRICTER, Relation.THEY_STRICTER, Relation.APART)


class Decision(NamedTuple):
    """The directorate's result in a case.

    ``duties`` has what was said of each duty, and is empty where that is not told. ``lost`` are the days of refund that
    are lost, both ends included, and ``refund_lost`` the amount in øre; ``None`` where not told.
    """

    sag_id: str
    result: Result
    duties: Mapping[str, Result]
    lost: Period | None
    refund_lost: int | None
    never_lost: Days = ()
    """Days of the case on which no refund can be lost: a decision names one period, and may have them in it."""


class Compared(NamedTuple):
    """A case as we and the directorate see it; ``codes`` and ``refund_lost`` (expected, øre) are ours.

    ``only_ours`` and ``only_theirs`` count the days that only one of us holds for lost; ``None`` where the days of the
    directorate are not told.
    """

    decision: Decision
    team: str | None
    ours: Result
    codes: tuple[str, ...]
    refund_lost: int | None
    relation: Relation
    only_ours: int | None
    only_theirs: int | None


class RuleRow(NamedTuple):
    """How often we and the directorate agreed on what a rule found; ``code`` is ``None`` where we found nothing.

    Of what we left open, ``taken`` became a loss and ``let_go`` did not.
    """

    code: str | None
    duty: str
    agreed: int
    we_stricter: int
    they_stricter: int
    taken: int
    let_go: int


class Fit(NamedTuple):
    """How a reading fits the decisions: cases agreed and disagreed upon, and the days that only one holds for lost.

    ``stricter`` tells which way the number ``name`` was stepped to ``value``; it is ``None`` for the run as it is.
    """

    name: str | None
    stricter: bool | None
    value: object
    agreed: int
    disagreed: int
    days: int

    @property
    def score(self) -> tuple[int, int]:
        """What is higher fits better: cases first, then days."""
        return self.agreed - self.disagreed, -self.days

    def beats(self, other: "Fit") -> bool:
        """Whether it fits better: no worse in agreement nor in disagreement; where both are alike, by days."""
        if (self.agreed, self.disagreed) == (other.agreed, other.disagreed):
            return self.days < other.days
        return self.agreed >= other.agreed and self.disagreed <= other.disagreed


class Comparison(NamedTuple):
    """The supervision held against our own run. ``unshared`` decided cases do not say which duty was at fault."""

    cases: tuple[Compared, ...]
    rules: tuple[RuleRow, ...]
    unshared: int
    now: Fit
    fits: tuple[Fit, ...]

    def count(self, relation: Relation) -> int:
        """The cases that stand so."""
        return sum(one.relation is relation for one in self.cases)

    @property
    def misfits(self) -> tuple[Compared, ...]:
        """The cases that we and the directorate do not agree on, also those that we left open."""
        return tuple(one for one in self.cases if one.relation is not Relation.AGREED)

    @property
    def better(self) -> tuple[Fit, ...]:
        """The readings that fit better than the run as it is, the best first."""
        better = (one for one in self.fits if one.beats(self.now))
        return tuple(sorted(better, key=lambda one: one.score, reverse=True))
