"""The course of a case as values that can be drawn: what happened, what was due, and which days are lost and why.

Nothing here says whom a case is about: days, codes and amounts only.
"""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from kommunecheck.domain.days import Day, Days, Period, within
from kommunecheck.domain.finding import Finding


class Meeting(NamedTuple):
    """A row of ``samtaler`` on the day it was held, else planned for, else summoned.

    ``followed_up`` is the day a no-show was acted upon, as its own row says it.
    """

    day: Day
    kind: str
    status: str
    summoned: Day | None = None
    registered: Day | None = None
    followed_up: Day | None = None


class Kept(StrEnum):
    """What became of a deadline."""

    IN_TIME = "in_time"
    BROKEN = "broken"
    EXCUSED = "excused"
    """Not kept, but illness excuses it."""
    OPEN = "open"
    """The falduge was not over on the case's last day."""
    NOT_JUDGED = "not_judged"
    """Not kept, but due outside the audited period."""


class Due(NamedTuple):
    """A deadline: counted from ``start``, due on ``due``, in time until ``sunday``, the end of the falduge."""

    start: Day
    due: Day
    sunday: Day
    held: Day | None
    kept: Kept


class Role(StrEnum):
    """What a circumstance does."""

    ILLNESS = "illness"
    """The citizen counts as ill."""
    NO_EXCUSE = "no_excuse"
    """Illness that was long and is not documented: it excuses nothing."""
    SUBSIDY = "subsidy"
    """Wage subsidy: no refund is lost."""
    EXCLUDED = "excluded"
    """Outside the target group: no deadline runs and no refund is lost."""
    NOT_YET = "not_yet"
    """Would be outside the target group, but from a later day."""


class Spell(NamedTuple):
    """A circumstance with what it does; cut to the days that are drawn."""

    type: str
    role: Role
    first: Day
    last: Day


class Paid(NamedTuple):
    """A payment: its days, its amount in øre, and whether the citizen was in an offer."""

    first: Day
    last: Day
    amount: int
    in_offer: bool | None


class Timeline(NamedTuple):
    """The course of a case from ``first`` to ``last``, the days worth drawing.

    ``begun`` is the day help was asked for and ``ended`` the last day with benefit; both may lie outside. ``excluded``
    are the days outside the target group, ``notes`` the days of journal notes that show a step. Payments and spells
    that reach beyond are cut, all else outside is left out.
    """

    first: Day
    last: Day
    begun: Day
    ended: Day | None
    meetings: tuple[Meeting, ...]
    dues: tuple[Due, ...]
    spells: tuple[Spell, ...]
    excluded: Days
    payments: tuple[Paid, ...]
    notes: tuple[Day, ...]


class LostRun(NamedTuple):
    """Lost days of one kind (its place in ``domain.names.KINDS``) that the same findings cover.

    ``findings`` are the places of those findings among the ones that were given.
    """

    kind: int
    first: Day
    last: Day
    findings: tuple[int, ...]


def lost_runs(findings: Sequence[Finding], kinds: Sequence[Days]) -> tuple[LostRun, ...]:
    """The lost days of each kind, cut where other findings cover them: each run with all its reasons, in order.

    ``kinds`` are the days of each kind as they are settled, no day in two of them.
    """
    covered = [(place, (*one.expected, *one.discretionary, *one.documentation)) for place, one in enumerate(findings)]
    cuts = sorted({day for _, days in covered for first, last in days for day in (first, last + 1)})
    runs: list[LostRun] = []
    for kind, settled in enumerate(kinds):
        for period in settled:
            edges = [period.first, *(day for day in cuts if period.first < day <= period.last), period.last + 1]
            for first, after in pairwise(edges):
                one_day = (Period(first, first),)
                reasons = tuple(place for place, days in covered if any(within((day,), one_day) for day in days))
                runs.append(LostRun(kind, first, after - 1, reasons))
    return tuple(sorted(runs, key=lambda run: run.first))
