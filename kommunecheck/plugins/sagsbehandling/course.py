"""An application as it was known on the cutoff: what had happened by then, and what cannot be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kommunecheck.domain.days import Day, iso
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Subject
from kommunecheck.plugins.sagsbehandling.dead_periods import Idle, idle_runs
from kommunecheck.plugins.sagsbehandling.tables import PARTLY, REFUSED, WITHDRAWN, Application, Step


class State(Enum):
    """How an application stood on the cutoff."""

    OPEN = auto()
    DECIDED = auto()
    WITHDRAWN = auto()
    ENDED = auto()
    """It was decided or withdrawn, and which of them cannot be told."""
    UNKNOWN = auto()
    """Whether or when it ended cannot be told."""


@dataclass(frozen=True, slots=True)
class Course:
    """One application. Days after the cutoff are ``None``: nobody knew of them.

    ``end`` is the day it was decided or withdrawn. ``deadline`` is ``None`` without one for its type of case.
    ``unknown`` names the columns that cannot be read in its row, or that the files do not have, and ``unread`` the
    former alone. ``steps_known`` is false when one of its steps could not be used. ``idle`` are the days on which
    nothing happened; ``None`` where that cannot be told.
    """

    row: Application
    received: Day
    cutoff: Day
    deadline: Day | None
    state: State
    end: Day | None
    receipt: Day | None
    notice: Day | None
    promised: Day | None
    hearing: Day | None
    steps: tuple[Step, ...]
    unknown: frozenset[str]
    unread: frozenset[str]
    steps_known: bool
    idle: tuple[Idle, ...] | None

    @property
    def last(self) -> Day:
        """The day it ended, or the cutoff."""
        return self.cutoff if self.end is None else self.end

    @property
    def refused(self) -> bool:
        """Whether it was decided and not granted in full; false also where that cannot be told."""
        return self.state is State.DECIDED and self.row.udfald in (PARTLY, REFUSED)

    @property
    def overdue(self) -> bool:
        """Whether it was decided or withdrawn after its deadline, or is undecided after it."""
        return self.deadline is not None and self.state is not State.UNKNOWN and self.last > self.deadline

    @property
    def subject(self) -> Subject:
        """What its findings are about."""
        return Subject("ansoegning", self.row.ansoegning_id)

    def knows(self, *columns: str) -> bool:
        """Whether these columns of its row can be told."""
        return self.unknown.isdisjoint(columns)

    def seen(self, *columns: str) -> tuple[Evidence, ...]:
        """The columns of its row as evidence."""
        return tuple(Evidence(self.row.source, self.row.row, name, _told(getattr(self.row, name))) for name in columns)


def _told(value: object) -> str | None:
    """A value as evidence may show it: days, yes and no, and codes."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return iso(value) if isinstance(value, int) else value if isinstance(value, str) else None


LETTERS = frozenset({"kvittering_dato", "underretning_dato", "partshoering_dato"})
"""The columns whose days are steps, beside the rows of ``sagsskridt``."""


def course_of(
    row: Application,
    steps: Iterable[Step],
    cutoff: Day,
    days: int | None,
    absent: frozenset[str],
    steps_known: bool,
) -> Course:
    """The course of an application that was received by the cutoff; ``days`` is its deadline in days."""
    received = row.modtaget_dato or 0
    unread = frozenset(row.unread.split())
    unknown = unread | absent
    state, end = _ended(row, received, cutoff, unknown)
    notice, receipt, hearing = (
        by(day, cutoff) for day in (row.underretning_dato, row.kvittering_dato, row.partshoering_dato)
    )
    known = tuple(step for step in steps if step.dato <= cutoff)
    idle = None
    if steps_known and state is not State.UNKNOWN and unread.isdisjoint(LETTERS):
        letters = [day for day in (notice, receipt, hearing) if day is not None]
        idle = idle_runs(received, cutoff + 1 if end is None else end, known, letters)
    promise_known = row.underretning_dato is None or notice is not None
    return Course(
        row,
        received,
        cutoff,
        None if days is None else received + days,
        state,
        end,
        receipt,
        notice,
        row.forventet_dato if promise_known else None,
        hearing,
        known,
        unknown,
        unread,
        steps_known,
        idle,
    )


def by(day: Day | None, cutoff: Day) -> Day | None:
    """The day, if it was known of on the cutoff."""
    return day if day is not None and day <= cutoff else None


def _ended(row: Application, received: Day, cutoff: Day, unknown: frozenset[str]) -> tuple[State, Day | None]:
    day = row.afgoerelse_dato
    if "afgoerelse_dato" in unknown:
        return State.UNKNOWN, None
    if day is None:
        said = row.udfald is not None or "udfald" in row.unread.split()
        return (State.UNKNOWN if said else State.OPEN), None
    if day > cutoff:
        return State.OPEN, None
    if day < received:
        return State.UNKNOWN, None
    if "udfald" in unknown:
        return State.ENDED, day
    return (State.WITHDRAWN if row.udfald == WITHDRAWN else State.DECIDED), day


def decided(courses: Sequence[Course], first: Day, last: Day) -> list[Course]:
    """Those that were decided on one of the days from ``first`` to ``last``."""
    return [one for one in courses if one.state is State.DECIDED and one.end is not None and first <= one.end <= last]
