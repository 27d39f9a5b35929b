"""The rows of the canonical tables, as values.

Field names are the column names of the contract, so that a field, a column and the evidence for a finding are
called the same. Each record knows its ``source`` (the number of the file in the run) and its ``row`` there.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from kommunecheck.domain.days import Day

CATEGORIES = frozenset("12345")
"""The match categories that place a citizen."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a row of ``samtaler`` says apart from its id and dates. Rows that say the same share one value.

    ``unread`` names the columns, separated by spaces, whose value could not be read. The last five fields follow from
    the others: they are worked out once here and asked for a million times.
    """

    type: str
    status: str
    matchkategori: str | None = None
    grovmatch: bool = False
    opmaerksomhedsomraader: str | None = None
    arbejdssoegende: bool | None = None
    fritagelsesaarsag: str | None = None
    kontaktform: str | None = None
    source: int = 0
    unread: str = ""
    held: bool = field(init=False)
    """Whether it is a contact interview that was held."""
    attempt: bool = field(init=False)
    """Whether it is a contact interview that was not held, or not yet."""
    placed: bool = field(init=False)
    """Whether the row places the citizen: a category 1-5 that is not a grovmatch."""
    job_seeker: bool = field(init=False)
    """Whether the row registers the citizen as job seeker, or says why not."""
    complete: bool = field(init=False)
    """Whether the row shows every step that its own category asks for."""

    def __post_init__(self) -> None:
        """Work out what follows."""
        category = self.matchkategori
        placed = not self.grovmatch and category in CATEGORIES
        job_seeker = bool(self.arbejdssoegende) or self.fritagelsesaarsag is not None
        areas_done = category == "1" or self.opmaerksomhedsomraader is not None
        complete = placed and not self.unread and areas_done and (category in ("4", "5") or job_seeker)
        object.__setattr__(self, "held", self.type == "kontaktsamtale" and self.status == "afholdt")
        object.__setattr__(self, "attempt", self.type == "kontaktsamtale" and self.status != "afholdt")
        object.__setattr__(self, "placed", placed)
        object.__setattr__(self, "job_seeker", job_seeker)
        object.__setattr__(self, "complete", complete)


class Interview(NamedTuple):
    """A row of ``samtaler``: a summons or an interview."""

    samtale_id: str
    indkaldt_dato: Day | None
    planlagt_dato: Day | None
    afholdt_dato: Day | None
    opfoelgning_dato: Day | None
    registreret_dato: Day | None
    row: int
    content: Content

    @property
    def type(self) -> str:
        """The kind of row; only a ``kontaktsamtale`` meets a deadline."""
        return self.content.type

    @property
    def status(self) -> str:
        """What became of it."""
        return self.content.status

    @property
    def source(self) -> int:
        """The number of the file in the run."""
        return self.content.source

    @property
    def drv_day(self) -> Day:
        """The day the row counts from: the later of its registration and the interview (a held one)."""
        return max(self.registreret_dato or 0, self.held_on)

    @property
    def held_on(self) -> Day:
        """The day a held interview was held. Only asked of rows that have one."""
        return self.afholdt_dato or 0

    @property
    def planned_for(self) -> Day:
        """The day an attempt was planned for. Only asked of rows that have one."""
        return self.planlagt_dato or 0

    @property
    def day(self) -> Day | None:
        """The row's own day: the day it was held, else the day it was planned for."""
        return self.planlagt_dato if self.afholdt_dato is None else self.afholdt_dato

    @property
    def contact_day(self) -> Day | None:
        """The first day the row knows: held, else planned, else summoned."""
        return self.indkaldt_dato if self.day is None else self.day


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

    ``day`` is the day the note counts from: the later of its date and its registration. ``quotes`` are the sentences
    that the three readings rest on, and only where the configuration asks for them.
    """

    dato: Day
    day: Day
    notat_id: str | None
    placed: str | None
    areas: bool
    job_seeker: bool
    source: int
    row: int
    quotes: tuple[str | None, ...] | None = None


class Reading(NamedTuple):
    """What a note's text says of the steps at an interview."""

    placed: str | None
    areas: bool
    job_seeker: bool


class QuotedReading(NamedTuple):
    """A reading with the sentence that each of the three rests on."""

    placed: str | None
    areas: bool
    job_seeker: bool
    quotes: tuple[str | None, ...]
