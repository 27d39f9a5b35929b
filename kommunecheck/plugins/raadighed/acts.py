"""Which acts the supervision looks at, and all that was done about each: worked out once for every rule."""

from collections.abc import Iterable
from typing import NamedTuple

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Day, contains, iso
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.records import CATEGORIES, Content, Interview
from kommunecheck.plugins.raadighed.provisions import INTEGRATION, LAS
from kommunecheck.plugins.raadighed.tables import NEGATIVE, POSITIVE, SANCTIONS, Act, Handling
from kommunecheck.plugins.raadighed.texts import FIRST

ACT_OF = {"kontanthjaelp": LAS, "starthjaelp": LAS, "introduktionsydelse": INTEGRATION}
"""The benefits the supervision covers (BEK 1404/2006 § 2, stk. 3), and the act that each rests on."""

INSIDE, OUTSIDE = frozenset("123"), frozenset("45")
"""The match categories of those who are only unemployed, and of the others (BEK 1404/2006 § 2, stk. 3)."""

PLACING = frozenset({"afholdt_dato", "matchkategori", "grovmatch"})
"""The columns of ``samtaler`` that tell whether an interview places the citizen, in what, and when.

The day it was registered is none of them: that it is registered can be seen, and only one after the cutoff matters.
"""


class Assessment(NamedTuple):
    """What the municipality made of the act, and when; ``positive``: available, or with good reason."""

    day: Day
    positive: bool
    row: Handling


class Sanction(NamedTuple):
    """A sanction and the day it was decided: the day of the decision, or else the first day it holds."""

    day: Day
    row: Handling


class Judged(NamedTuple):
    """An act with all that was done about it by the cutoff.

    ``placement`` is the match category the citizen was last placed in, ``None`` where it is not known whether that is
    inside the target group. ``assessments`` are those on file, ``sanctions`` the decided ones, both in order of their
    day.
    """

    case: Case
    act: Act
    rows: tuple[Handling, ...]
    placement: str | None
    assessments: tuple[Assessment, ...]
    sanctions: tuple[Sanction, ...]

    @property
    def outside(self) -> bool:
        """Whether the citizen has other problems than unemployment: then nothing else is asked of the act."""
        return self.placement in OUTSIDE

    @property
    def known(self) -> Day:
        """The day from which the municipality could assess: it cannot before it knows."""
        return max(self.act.dato, self.act.underrettet_dato or 0)

    @property
    def doubtful(self) -> bool:
        """Whether something that may tell of an assessment or a sanction cannot be read."""
        return any(
            row.unreadable("vurdering", "vurdering_dato", "sanktion", "afgoerelse_dato")
            or (row.afgoerelse_dato is None and row.unreadable("sanktion_fra"))
            for row in self.rows
        )

    @property
    def assessed(self) -> Assessment | None:
        """The first assessment on file; of one day's the negative."""
        return min(self.assessments, key=lambda one: (one.day, one.positive), default=None)

    @property
    def first_assessed(self) -> Day | None:
        """The first day that an assessment or a sanction tells that the act was assessed: none before the act."""
        days = [one.day for one in self.assessments] + [one.day for one in self.sanctions]
        return min((day for day in days if day >= self.act.dato), default=None)

    def unreadable(self, *columns: str) -> bool:
        """Whether any row of the act has something that cannot be read in the columns of ``afgoerelser``."""
        return any(row.unreadable(*columns) for row in self.rows)

    def seen(self, column: str = "dato") -> Evidence:
        """A cell of the act's own row."""
        value = getattr(self.act, column)
        return Evidence(self.act.source, self.act.row, column, iso(value) if isinstance(value, int) else value)


def seen(row: Handling, column: str) -> Evidence:
    """A cell of a row of ``afgoerelser``: its value is told where it is a day, a code or yes/no, and of no text."""
    value = getattr(row, column)
    told: str | None
    if isinstance(value, bool):
        told = "ja" if value else "nej"
    elif isinstance(value, int):
        told = iso(value)
    else:
        told = value if column in ("vurdering", "sanktion") else None
    return Evidence(row.source, row.row, column, told)


def can_be_judged(case: Case, day: Day) -> bool:
    """Whether an act on the day would be looked at: in the window, while the case ran, on no excluded day.

    The order is in force from 1 January 2007 (§ 16): acts before that day are not its business.
    """
    first, last = max(case.window.first, FIRST), case.window.last
    inside = first <= day <= min(last, case.cutoff) and day >= case.anmodningsdato
    ran = case.ophoersdato is None or day <= case.ophoersdato
    return inside and ran and case.ydelsestype in ACT_OF and not contains(case.excluded, day)


def acts_in(case: Case) -> tuple[Judged, ...]:
    """The acts of the case that are looked at, by day and id, each with what was done about it."""
    handlings: dict[str, list[Handling]] = {}
    for row in case.rows.get("afgoerelser", ()):
        handlings.setdefault(row.haendelse_id, []).append(row)
    acts: Iterable[Act] = case.rows.get("haendelser", ())
    looked_at = sorted(
        (act for act in acts if can_be_judged(case, act.dato)), key=lambda one: (one.dato, one.haendelse_id)
    )
    return tuple(_judged(case, act, tuple(handlings.get(act.haendelse_id, ()))) for act in looked_at)


def _judged(case: Case, act: Act, rows: tuple[Handling, ...]) -> Judged:
    assessments = sorted(_assessments(act, rows, case.cutoff), key=lambda one: (one.day, one.row.afgoerelse_id))
    sanctions = sorted(_sanctions(rows, case.cutoff), key=lambda one: (one.day, one.row.afgoerelse_id))
    return Judged(case, act, rows, placement_on(case, act.dato), tuple(assessments), tuple(sanctions))


def _assessments(act: Act, rows: Iterable[Handling], cutoff: Day) -> Iterable[Assessment]:
    for row in rows:
        day = row.vurdering_dato
        if day is not None and act.dato <= day <= cutoff and row.vurdering in POSITIVE | NEGATIVE:
            yield Assessment(day, row.vurdering in POSITIVE, row)


def _sanctions(rows: Iterable[Handling], cutoff: Day) -> Iterable[Sanction]:
    for row in rows:
        day = sanctioned_on(row)
        if day is not None and day <= cutoff:
            yield Sanction(day, row)


def sanctioned_on(row: Handling) -> Day | None:
    """The day of the row's sanction, if it has one. A day that cannot be read is not guessed from another."""
    if row.sanktion not in SANCTIONS:
        return None
    blank = row.afgoerelse_dato is None and not row.unreadable("afgoerelse_dato")
    return row.sanktion_fra if blank else row.afgoerelse_dato


def placement_on(case: Case, day: Day) -> str | None:
    """The category of the latest held contact interview by the day that places, registered by the cutoff.

    A later one with something that cannot be read may place or not: then no category is known, unless it would be on
    the same side of the target group.
    """
    possible: set[str] = set()
    for row in (*_undated(case), *reversed(_held_by(case, day))):
        said = row.content
        if not PLACING.isdisjoint(said.unread.split()):
            possible |= _may_place_in(said)
        elif said.placed:
            side = INSIDE if said.matchkategori in INSIDE else OUTSIDE
            return said.matchkategori if possible <= side else None
    return None


def _may_place_in(said: Content) -> frozenset[str]:
    """The categories that an interview may place in of which something cannot be read."""
    if said.grovmatch:
        return frozenset()
    category = said.matchkategori
    return CATEGORIES if category is None and "matchkategori" in said.unread.split() else CATEGORIES & {category}


def _undated(case: Case) -> list[Interview]:
    """The contact interviews that were held on a day that cannot be read: it may be any."""
    held = (row for row in case.interviews if row.content.held and row.afholdt_dato is None)
    return [row for row in held if "afholdt_dato" in row.content.unread.split()]


def job_seeker_on(case: Case, day: Day) -> bool | None:
    """Whether the last held contact interview by the day says that the citizen is registered as a job seeker."""
    held = _held_by(case, day)
    return held[-1].content.arbejdssoegende if held else None


def _held_by(case: Case, day: Day) -> list[Interview]:
    return [row for row in case.held if row.held_on <= day and row.drv_day <= case.cutoff]
