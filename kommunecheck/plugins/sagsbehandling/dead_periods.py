"""Where the time goes: the days on which nothing happened in a case, and whom they are put down to."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from kommunecheck.domain.days import Day, Period
from kommunecheck.plugins.sagsbehandling.tables import CITIZEN, MUNICIPALITY, WAIT_ENDS, WAITS, Step


class Idle(NamedTuple):
    """Unbroken days without a step, put down to one party; ``after`` is why the case stood still, if that was said."""

    period: Period
    cause: str
    after: str | None

    @property
    def days(self) -> int:
        """How many days it is."""
        return self.period.last - self.period.first + 1


class Wait(NamedTuple):
    """Days from the step that began the wait to the one that ended it, both days of a step."""

    began: Day
    party: str
    ended: Day


def idle_runs(received: Day, until: Day, steps: Sequence[Step], letters: Iterable[Day]) -> tuple[Idle, ...]:
    """Every unbroken run of days without a step, from the day after receipt to the day before ``until``.

    ``letters`` are days of steps that no row tells of. Every wait begins and ends with a step, so all days of a run are
    put down to the same party.
    """
    days = {*(step.dato for step in steps), *letters}
    stops = [received, *sorted(day for day in days if received < day < until), until]
    waits = _waits(steps)
    return tuple(
        Idle(Period(before + 1, after - 1), _cause(waits, before + 1), _reason(steps, before))
        for before, after in pairwise(stops)
        if after - before > 1
    )


def _waits(steps: Sequence[Step]) -> list[Wait]:
    """The waits of a case. A row of the day a wait begins does not end it: ends come before beginnings."""
    waits = []
    for begun in (step for step in steps if step.type in WAITS):
        party = WAITS[begun.type]
        ends = (step.dato for step in steps if step.dato > begun.dato and _ends(step, party))
        waits.append(Wait(begun.dato, party, min(ends, default=begun.dato + _FOR_EVER)))
    return waits


_FOR_EVER = 10**7
"""Days after which nobody waits."""


def _ends(step: Step, party: str) -> bool:
    """Whether the step ends a wait for that party: it acted itself, or all waits are over."""
    return step.type == WAIT_ENDS or (step.aktoer == party and step.type not in WAITS)


def _cause(waits: list[Wait], day: Day) -> str:
    """Whom a day without a step is put down to: of two waits the one that began first, then the citizen."""
    running = [(wait.began, wait.party != CITIZEN, wait.party) for wait in waits if wait.began < day < wait.ended]
    return min(running)[2] if running else MUNICIPALITY


def _reason(steps: Sequence[Step], day: Day) -> str | None:
    """Why the case stood still after that day, as a step of that day says; of several the first by name."""
    return min((step.aarsag for step in steps if step.dato == day and step.aarsag is not None), default=None)
