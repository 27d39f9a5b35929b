"""The benchmark as values: municipalities side by side, over time, or both (BEK 1714/2006 § 8, BEK 1404/2006 § 15).

Money is integer øre and ``None`` where no payments were given; a share is a count of a count, never a float.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from kommunecheck.domain.days import Day, Period

LEAST = 5
"""Nothing whose denominator is smaller is shown: it says nothing, and may be one person's."""

MOST_NOT_ASSESSED = Fraction(5, 100)
"""A municipality with a greater share of cases not fully assessed is shown and not ranked."""


class Counts(NamedTuple):
    """What one report tells of one supervision. ``errors`` are the cases with an error, with a loss or without.

    ``by_code`` is how many cases each rule was broken in; ``lost_days`` and ``refund_lost`` are the expected loss.
    """

    errors: int
    no_criticism: int
    withdrawn: int
    not_assessed: int
    lost_days: int
    refund_lost: int | None
    by_code: Mapping[str, int]

    @property
    def judged(self) -> int:
        """The cases that the share of errors is of."""
        return self.errors + self.no_criticism

    @property
    def is_ranked(self) -> bool:
        """Whether so many cases are fully assessed that the share can be held against others."""
        return self.not_assessed <= MOST_NOT_ASSESSED * (self.judged + self.not_assessed)


class Number(NamedTuple):
    """A number of the law as one report used it: its ``value`` as a text, and ``told`` with the dates it stands with.

    Only values are compared. The dates are those of the source it was read in, which a municipality that writes the
    same number in its configuration has not; the periods of a dated list are part of its value.
    """

    name: str
    value: str
    told: str


class Reported(NamedTuple):
    """What the benchmark takes from one report; ``file`` is its name as it may be shown.

    ``parameters`` are the numbers of the law, in order of name. ``own_rules`` are rules of the
    municipality's own that count in its visitationstilsyn. ``control`` is ``supervisions.kontrolsager``, where the
    report carries it.
    """

    file: str
    code: str | None
    name: str | None
    synthetic: bool
    version: str
    ruleset: str
    window: Period
    cutoff: Day
    parameters: tuple[Number, ...]
    own_rules: tuple[str, ...]
    complete: bool
    supervisions: Mapping[str, Counts]
    control: "ControlReport | None"

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """The value of each number of the law."""
        return tuple((one.name, one.value) for one in self.parameters)


class Rate(NamedTuple):
    """A count of a count, and the interval that the share behind it lies in with 95 % confidence (Wilson)."""

    part: int
    of: int
    low: float
    high: float


class Standing(StrEnum):
    """How a municipality stands to the whole group: told only where their intervals do not overlap."""

    FEWER = "fewer"
    LIKE = "like"
    MORE = "more"
    NOT_RANKED = "not_ranked"
    WITHHELD = "withheld"


class Goal(StrEnum):
    """Whether a goal is met: told only where the interval lies on one side of it."""

    MET = "met"
    MISSED = "missed"
    UNSURE = "unsure"


class Figures(NamedTuple):
    """One municipality in one period. All but ``standing`` is ``None`` where it is withheld.

    ``rate`` is the share of cases with errors. ``lost_days`` and ``per_day`` (øre for each lost day) are ``None`` too
    where there are too few lost days to show. ``surely_fewer`` and ``surely_more`` are how many of the others it surely
    has fewer or more errors than. ``kinds`` is how many of the judged cases each rule was broken in.
    """

    standing: Standing
    counts: Counts | None = None
    rate: Rate | None = None
    per_case: int | None = None
    lost_days: int | None = None
    per_day: int | None = None
    surely_fewer: int = 0
    surely_more: int = 0
    goal: Goal | None = None
    kinds: Mapping[str, Rate] | None = None


class Change(StrEnum):
    """Where a share has moved to, told only where the two intervals do not overlap."""

    FALLEN = "fallen"
    SAME = "same"
    RISEN = "risen"


def moved(rates: Iterable[Rate | None]) -> Change | None:
    """Where a share has moved to from the first of those that are shown to the last; ``None`` of fewer than two."""
    shown = [one for one in rates if one is not None]
    if len(shown) < 2:
        return None
    first, last = shown[0], shown[-1]
    if last.high < first.low:
        return Change.FALLEN
    return Change.RISEN if last.low > first.high else Change.SAME


class Row(NamedTuple):
    """A municipality through the periods; ``None`` is a period it has no report of.

    ``change`` is from its first shown period to its last; ``None`` where only one is shown.
    """

    code: str | None
    name: str
    figures: tuple[Figures | None, ...]
    change: Change | None


class Group(NamedTuple):
    """All municipalities that can be ranked in one period, those that are withheld among them."""

    municipalities: int
    rate: Rate | None
    per_case: int | None
    days_per_case: Fraction | None
    per_day: int | None
    goal: Fraction | None
    reached: Goal | None


class KindOfError(NamedTuple):
    """How often one rule is broken in the latest period: by the whole group, by the best, and by all others.

    ``the_best_do_not`` tells that the best surely break it less often: the two intervals do not overlap.
    """

    code: str
    title: str
    remedy: str
    group: Rate
    best: Rate | None
    others: Rate | None

    @property
    def the_best_do_not(self) -> bool:
        """Whether the best surely break it less often than the others do."""
        return self.best is not None and self.others is not None and self.best.high < self.others.low

    @property
    def how_much_less(self) -> float:
        """The share of the best by that of the others: the smaller, the more they differ."""
        if self.best is None or self.others is None or not self.others.part:
            return 1.0
        return self.best.part * self.others.of / (self.best.of * self.others.part)


@dataclass(frozen=True, slots=True)
class Compared:
    """One supervision, compared. ``rows`` are in order of name, ``groups`` and each row's figures in that of periods.

    ``best`` are the municipalities with surely fewer errors than the group in the latest period.
    """

    name: str
    periods: tuple[Period, ...]
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    kinds: tuple[KindOfError, ...]
    best: tuple[str, ...]

    @property
    def key(self) -> str:
        """The name as it can stand in the name of a sheet and of a place on a page, whatever a plugin called it."""
        return re.sub(r"\W+", "_", self.name)[:18]

    @property
    def learnt(self) -> tuple[KindOfError, ...]:
        """What the best surely do not get wrong as often as the others, what they differ most in first."""
        return tuple(sorted((kind for kind in self.kinds if kind.the_best_do_not), key=lambda kind: kind.how_much_less))

    def standing(self, wanted: Standing) -> tuple[Row, ...]:
        """The municipalities that stand so in the latest period."""
        return tuple(row for row in self.rows if (one := row.figures[-1]) is not None and one.standing is wanted)

    @property
    def moved(self) -> Change | None:
        """Where the group's share has moved to."""
        return moved(group.rate for group in self.groups)


class ControlMonth(NamedTuple):
    """One month of a report's kontrolsager, over the twelve months that end with it, for one view of the cases.

    A count is ``None`` where the municipality's files lack a column that it rests on.
    """

    month: str
    step: str
    benefit: str
    complete: bool
    drawn: int | None
    left: int | None
    opened: int | None
    closed: int | None
    with_result: int | None
    opened_in_window: int | None
    not_closed: int | None


class ControlReport(NamedTuple):
    """``supervisions.kontrolsager`` of one report; ``reckoned`` is its denominator and thresholds, as a text."""

    reckoned: str
    months: tuple[ControlMonth, ...]


class ControlFigures(NamedTuple):
    """One municipality's measures; a rate is ``None`` where it is withheld or there is nothing to count.

    ``complete`` tells that the twelve months are whole.
    """

    name: str
    complete: bool
    standing: Standing
    drawn: Rate | None
    opened: Rate | None
    with_result: Rate | None
    not_closed: Rate | None


class ControlView(NamedTuple):
    """One view of the kontrolsager: a kontroltrin and a benefit, with ``group`` the drawn share of all together."""

    step: str
    benefit: str
    group: Rate | None
    rows: tuple[ControlFigures, ...]


class Control(NamedTuple):
    """The kontrolsager compared, in the latest month that all have."""

    month: str
    views: tuple[ControlView, ...]


class Unread(NamedTuple):
    """A report that is refused, and why: one sentence."""

    file: str
    reason: str


class Apart(NamedTuple):
    """A report that cannot be compared with the others in fairness: why, and its own share of each supervision."""

    file: str
    name: str
    window: Period
    reason: str
    rates: Mapping[str, Rate | None]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The whole of it. ``notes`` are what a reader must know of what is compared all the same."""

    version: str
    synthetic: bool
    cutoff: Day
    reports: int
    periods: tuple[Period, ...]
    municipalities: int
    ruleset: str
    parameters: tuple[Number, ...]
    compared: tuple[Compared, ...]
    control: Control | None
    apart: tuple[Apart, ...]
    refused: tuple[Unread, ...]
    notes: tuple[str, ...]
