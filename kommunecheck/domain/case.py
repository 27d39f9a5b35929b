"""A case, and what the law makes of it.

``Case`` begins as the rows of one course of benefit. ``law.measure`` adds what every check needs and none should
work out for itself: the chain of deadlines, the steps that were not done in time, the days that are never lost.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from kommunecheck.domain.days import Day, Days, Period
from kommunecheck.domain.records import Circumstance, Interview, Note, Payment


class Deadline(NamedTuple):
    """A day an interview was due, counted from ``start``: the previous interview, or the request for help.

    In time is held on or before ``sunday``, the end of the falduge. ``held`` is the interview that met it, in
    time or not, and ``None`` if there was none by the case's last day.
    """

    start: Day
    previous: Interview | None
    due: Day
    sunday: Day
    held: Interview | None


class Breach(NamedTuple):
    """A deadline that was not kept, the reason found, and the days lost by it.

    ``code`` is the rule for the reason. ``ill_until`` is the last day of an illness that delayed the interview;
    ``no_shows`` are those that were weighed, ``ignored`` those of them that nobody acted upon.
    """

    deadline: Deadline
    code: str
    expected: Days
    discretionary: Days
    ill_until: Day | None = None
    no_shows: tuple[Interview, ...] = ()
    ignored: tuple[Interview, ...] = ()
    rests_on: tuple[str, ...] = ()


class Proof(NamedTuple):
    """Evidence that a step was done: the day it counts from and the row or note that shows it.

    ``rank`` puts the interview's own row (0) before a note (1) before a later interview (2) on equal days.
    ``category`` is the match category it places in, where it places.
    """

    counts_from: Day
    rank: int
    day: Day
    category: str | None
    shown_by: Interview | Note


class Lapse(NamedTuple):
    """A step at an interview that was not done by ``limit``, and the days lost by it.

    ``documentation`` is for a step that only a note proves: the days that would be lost without it.
    """

    interview: Interview
    step: int
    code: str
    limit: Day
    expected: Days
    documentation: Days
    proof: Proof | None
    rests_on: tuple[str, ...] = ()


class Settled(NamedTuple):
    """What is known of a case before it is measured; false is: not known.

    That no deadline is broken, that no step is missed, and that every judged interview was on a day of benefit.
    """

    deadlines: bool = False
    steps: bool = False
    unpaid: bool = False


NOTHING_SETTLED = Settled()


class Case(NamedTuple):
    """One course of benefit with its rows; the fields from ``excluded`` on are what the law makes of them.

    ``last`` is the earlier of ``ophoersdato`` and ``cutoff``. ``interviews`` are all rows of ``samtaler``, in order
    of the day held; ``in_register`` tells whether there is any row there, used or not. ``payments`` are those that
    count (``DQ007`` apart), ``paid`` the days they cover. ``rows`` are those of tables that plugins brought, by table.
    ``held`` are the contact interviews held while the case ran, ``judged`` those of them whose steps are judged, and
    ``unpaid`` those of them on a day no payment covers.
    """

    sag_id: str
    team: str | None
    ydelsestype: str
    anmodningsdato: Day
    ophoersdato: Day | None
    last: Day
    window: Period
    cutoff: Day
    interviews: tuple[Interview, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    payments: Sequence[Payment] = ()
    paid: Days = ()
    notes: tuple[Note, ...] = ()
    source: int = 0
    row: int = 0
    in_register: bool = False
    rows: Mapping[str, tuple[Any, ...]] = MappingProxyType({})
    excluded: Days = ()
    never_lost: Days = ()
    withdrawn: bool = False
    held: tuple[Interview, ...] = ()
    judged: tuple[Interview, ...] = ()
    unpaid: tuple[Interview, ...] = ()
    breaches: tuple[Breach, ...] = ()
    lapses: tuple[Lapse, ...] = ()

    def measured(
        self,
        excluded: Days,
        never_lost: Days,
        withdrawn: bool,
        held: tuple[Interview, ...] = (),
        judged: tuple[Interview, ...] = (),
        unpaid: tuple[Interview, ...] = (),
    ) -> "Case":
        """The same rows with what the law makes of them; put together by place, which is quicker than ``_replace``."""
        return tuple.__new__(Case, (*self[:_ROWS], excluded, never_lost, withdrawn, held, judged, unpaid, (), ()))

    def found_lacking(self, breaches: tuple[Breach, ...], lapses: tuple[Lapse, ...]) -> "Case":
        """The measured case with its broken deadlines and missed steps."""
        return tuple.__new__(Case, (*self[:-2], breaches, lapses))

    @property
    def in_window(self) -> bool:
        """Whether there is a day of benefit in the audited period."""
        return max(self.anmodningsdato, self.window.first) <= min(self.last, self.window.last)

    @property
    def days_in_window(self) -> Days:
        """The days of benefit that lie in the audited period."""
        first, last = max(self.anmodningsdato, self.window.first), min(self.last, self.window.last)
        return (Period(first, last),) if first <= last else ()


_ROWS = Case._fields.index("excluded")
"""How many fields a case has from its rows."""


class Municipality(NamedTuple):
    """What the checks of the municipality look at: the procedures it names, by supervision, and its code.

    The code is the id by which findings about the municipality know it; an empty text where the configuration has none.
    """

    procedures: dict[str, str]
    code: str = ""
