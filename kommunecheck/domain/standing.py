"""How a finding stands: whether it was known before, what has moved since, and who has accepted it.

What is remembered of a finding from one run to the next holds no row, no text and no person: rows move and texts are
reworded, and the matter is still the same.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from kommunecheck.domain.days import Day, danish
from kommunecheck.domain.wording import number


class State(StrEnum):
    """How a finding stands against what was known before."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    REOPENED = "reopened"


class Remembered(NamedTuple):
    """A finding as it is remembered. ``paid`` and ``refund_lost`` are øre, ``None`` where no payments were given.

    ``days`` counts the lost days of all three kinds, from ``first`` to ``last``, both included. ``runs`` tells that a
    loss of any kind still ran on the cutoff.
    """

    fingerprint: str
    code: str
    kind: str
    subject: str
    sag_id: str | None
    step: int | None
    date: Day | None
    first: Day | None
    last: Day | None
    days: int
    paid: int | None
    refund_lost: int | None
    runs: bool

    def named(self, now: Mapping[str, str]) -> "Remembered":
        """The same with the code that its rule has now; ``now`` is by former code."""
        return self._replace(code=now[self.code]) if self.code in now else self


class Accepted(NamedTuple):
    """The waiver that covers a finding: its id, the last day it does so, and what it rests on."""

    id: str
    expires: Day
    legal_basis: str


class Standing(NamedTuple):
    """How one finding stands. ``state`` is ``None`` where nothing was known to compare with.

    ``before`` is what was known of the same matter, where it has moved; ``worse`` whether it has moved for the worse.
    ``lapsed``: somebody had accepted it, and the acceptance has expired.
    """

    state: State | None = None
    before: Remembered | None = None
    worse: bool = False
    accepted: Accepted | None = None
    lapsed: bool = False

    @property
    def counts(self) -> bool:
        """Whether the finding counts for the exit status: nobody accepts it, and it is new, worse, or was accepted."""
        if self.accepted is not None:
            return False
        return self.worse or self.lapsed or self.state in (None, State.NEW, State.REOPENED)


class Use(NamedTuple):
    """What became of a waiver in a run. ``expires`` is the last day it is valid.

    ``covered`` is how many findings it accepted or, once ``expired``, would have. ``ran`` tells whether any of its
    rules did: a waiver that matched nothing is stale if one did, and dormant if none did.
    """

    id: str
    expires: Day
    codes: tuple[str, ...]
    covered: int
    expired: bool
    ran: bool

    @property
    def stale(self) -> bool:
        """Its rules ran and found nothing for it to cover."""
        return self.ran and not self.covered

    @property
    def sound(self) -> bool:
        """It is valid and covers something."""
        return not self.expired and self.covered > 0

    @property
    def sentence(self) -> str:
        """What became of it, in Danish."""
        name, ends = self.id, danish(self.expires)
        found = number(self.covered, "fund", "fund")
        if self.expired:
            what = f"{found} er ikke længere accepteret" if self.covered else "den dækker intet mere. Fjern den"
            return f"Accepten {name} udløb {ends}: {what}."
        if not self.ran:
            return f"Accepten {name} hviler: ingen af dens regler ({', '.join(self.codes)}) er kørt."
        if self.stale:
            return f"Accepten {name} dækker intet: dens regler er kørt og har ikke fundet det. Fjern den."
        return f"Accepten {name} dækker {found} til og med {ends}."


class Ruled(NamedTuple):
    """What one rule, or one team, came to in a run: findings or cases with errors, and the refund lost in øre."""

    name: str | None
    found: int
    refund_lost: int | None


class StoredRun(NamedTuple):
    """A stored run. ``errors`` counts cases; ``expected`` and ``running`` are øre, a day for the latter."""

    number: int
    key: str
    version: str
    first: Day
    last: Day
    cutoff: Day
    complete: bool
    synthetic: bool
    cases: int
    errors: int
    expected: int | None
    running: int | None
    rules: tuple[Ruled, ...]
    teams: tuple[Ruled, ...]
    ran: tuple[str, ...]


class Side(NamedTuple):
    """One of two runs that are held against each other: what it is called, and its expected loss in øre."""

    called: str
    cutoff: Day
    expected: int | None


class Difference(NamedTuple):
    """Two runs held against each other. ``moved`` has each finding that moved, as it is now and how it stands.

    ``not_seen`` are those of the first that the second did not look for, ``not_seen_before`` the other way round.
    """

    before: Side
    after: Side
    came: tuple[Remembered, ...]
    gone: tuple[Remembered, ...]
    not_seen: tuple[Remembered, ...]
    not_seen_before: tuple[Remembered, ...]
    moved: tuple[tuple[Remembered, Standing], ...]
    unchanged: int

    @property
    def is_worse(self) -> bool:
        """Whether anything came, or moved for the worse."""
        return bool(self.came) or any(standing.worse for _, standing in self.moved)


class Month(NamedTuple):
    """A calendar month (1 to 12) of a trend, and the run that stands for it, if there was one."""

    year: int
    month: int
    run: StoredRun | None
