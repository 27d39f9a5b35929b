"""The rows of the canonical tables, as values.

Field names are the column names of the contract, so that a field, a column and the evidence for a finding are
called the same. Each record knows its ``source`` (the number of the file in the run) and its ``row`` there.
"""

from typing import NamedTuple

from kommunecheck.domain.days import Day


class Interview(NamedTuple):
    """A row of ``samtaler``: a summons or an interview."""

    samtale_id: str
    type: str
    status: str
    indkaldt_dato: Day | None
    planlagt_dato: Day | None
    afholdt_dato: Day | None
    opfoelgning_dato: Day | None
    matchkategori: str | None
    grovmatch: bool
    opmaerksomhedsomraader: str | None
    registreret_dato: Day | None
    arbejdssoegende: bool | None
    fritagelsesaarsag: str | None
    source: int
    row: int
    unread: str = ""
    """The columns, separated by spaces, whose value could not be read."""

    @property
    def placed(self) -> bool:
        """Whether the row places the citizen: a category 1-5 that is not a grovmatch."""
        return not self.grovmatch and self.matchkategori in CATEGORIES

    @property
    def drv_day(self) -> Day:
        """The day the row counts from: the later of its registration and the interview (a held one)."""
        return max(self.registreret_dato or 0, self.held_on)

    @property
    def job_seeker(self) -> bool:
        """Whether the row registers the citizen as job seeker, or says why not."""
        return bool(self.arbejdssoegende) or self.fritagelsesaarsag is not None

    @property
    def held_on(self) -> Day:
        """The day a held interview was held. Only asked of rows that have one."""
        return self.afholdt_dato or 0

    @property
    def planned_for(self) -> Day:
        """The day an attempt was planned for. Only asked of rows that have one."""
        return self.planlagt_dato or 0

    @property
    def contact_day(self) -> Day | None:
        """The first day the row knows: held, else planned, else summoned."""
        return self.indkaldt_dato if self.day is None else self.day

    @property
    def day(self) -> Day | None:
        """The row's own day: the day it was held, else the day it was planned for."""
        return self.planlagt_dato if self.afholdt_dato is None else self.afholdt_dato


CATEGORIES = frozenset("12345")


class Circumstance(NamedTuple):
    """A row of ``perioder``; ``til`` is ``NO_END`` while the circumstance is still running."""

    type: str
    fra: Day
    til: Day
    dokumenteret: bool
    source: int
    row: int


class Payment(NamedTuple):
    """A row of ``udbetalinger``; ``beloeb`` is in øre and covers ``fra`` to ``til``, both included.

    ``i_tilbud`` is ``None`` where the municipality's file does not say: then the payment has no rate.
    """

    fra: Day
    til: Day
    udbetaling_id: str | None
    beloeb: int
    ydelsestype: str | None
    i_tilbud: bool | None
    source: int
    row: int


class Note(NamedTuple):
    """A row of ``journal``, read: what the note says, never its text.

    ``day`` is the day the note counts from: the later of its date and its registration.
    """

    dato: Day
    day: Day
    notat_id: str | None
    placed: str | None
    areas: bool
    job_seeker: bool
    source: int
    row: int


class Reading(NamedTuple):
    """What a note's text says of the steps at an interview."""

    placed: str | None
    areas: bool
    job_seeker: bool
