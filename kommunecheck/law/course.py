"""The course of a measured case, to be drawn: the functions that judge, asked for what they saw on the way.

A picture and a verdict therefore cannot differ.
"""

from collections.abc import Iterable, Iterator

from kommunecheck.domain.case import Case, Deadline
from kommunecheck.domain.days import Day, Days, Period, within
from kommunecheck.domain.records import Circumstance, Interview, Note
from kommunecheck.domain.timeline import Due, Kept, Meeting, Paid, Role, Spell, Timeline
from kommunecheck.law.deadlines import chain
from kommunecheck.law.exclusions import ALWAYS
from kommunecheck.law.illness import excuses
from kommunecheck.law.law import Law

SOON = 45
"""A deadline still to come is drawn when it is due no more days than this after the case's last one."""


def course(case: Case, law: Law) -> Timeline:
    """The days from the interval of the first deadline that reaches into the audited period to the case's last day.

    A falduge and what is planned are drawn to their end, also where that is later.
    """
    deadlines = () if case.withdrawn else tuple(chain(case, law))
    reaching = [one for one in deadlines if _ends(one) >= case.window.first]
    first = min((one.start for one in reaching), default=max(case.anmodningsdato, case.window.first))
    first = min(first, case.last)
    drawn = [one for one in reaching if one.due <= _latest_due(case)]
    meetings = [one for row in case.interviews for one in _meeting(row) if first <= one.day <= _known(case, one)]
    last = max([case.last, *(one.day for one in meetings), *(one.sunday for one in drawn)])
    bounds = (Period(first, last),)
    return Timeline(
        first,
        last,
        case.anmodningsdato,
        case.ophoersdato,
        tuple(sorted(meetings, key=_in_order)),
        tuple(_due(case, one) for one in drawn),
        tuple(_spells(case.circumstances, law, bounds)),
        within(case.excluded, bounds),
        tuple(_payments(case, bounds)),
        tuple(sorted({note.dato for note in case.notes if first <= note.dato <= last and _shows(note)})),
    )


def _ends(deadline: Deadline) -> Day:
    """The last day that has to do with a deadline."""
    return deadline.sunday if deadline.held is None else max(deadline.sunday, deadline.held.held_on)


def _latest_due(case: Case) -> Day:
    """The latest due day that is drawn: one still to come only while the case runs."""
    return case.last + SOON if case.last == case.cutoff else case.last


def _due(case: Case, deadline: Deadline) -> Due:
    held = deadline.held.held_on if deadline.held else None
    return Due(deadline.start, deadline.due, deadline.sunday, held, _kept(case, deadline, held))


def _kept(case: Case, deadline: Deadline, held: Day | None) -> Kept:
    """What became of a deadline. One that is broken, judged and no breach of the case is excused."""
    if held is not None and held <= deadline.sunday:
        return Kept.IN_TIME
    if held is None and deadline.sunday > case.last:
        return Kept.OPEN
    if not case.window.first <= deadline.due <= case.window.last:
        return Kept.NOT_JUDGED
    return Kept.BROKEN if any(one.deadline == deadline for one in case.breaches) else Kept.EXCUSED


def _meeting(row: Interview) -> Iterator[Meeting]:
    """The row on its day; nothing where it has none."""
    day = row.contact_day
    if day is not None:
        yield Meeting(day, row.type, row.status, row.indkaldt_dato, row.registreret_dato, row.opfoelgning_dato)


def _known(case: Case, meeting: Meeting) -> Day:
    """The last day on which such a row is drawn: what was done is known to the cutoff, what is planned also after."""
    return _latest_due(case) if meeting.status == "planlagt" else case.cutoff


def _in_order(meeting: Meeting) -> tuple[object, ...]:
    days = (meeting.summoned, meeting.registered, meeting.followed_up)
    return (meeting.day, meeting.kind, meeting.status, *(day or 0 for day in days))


def _spells(circumstances: Iterable[Circumstance], law: Law, bounds: Days) -> Iterator[Spell]:
    """What was the matter on the days that are drawn; one that the reform made count is cut where it begins to."""
    reform_from = law.number("reform_exclusions_from")
    for one in sorted(circumstances, key=lambda c: (c.fra, c.til, c.type, c.dokumenteret)):
        if one.type in ("sygdom", "loentilskud") or one.type in ALWAYS:
            parts = [(_role(one, law), Period(one.fra, one.til))]
        else:
            before, after = Period(one.fra, min(one.til, reform_from - 1)), Period(max(one.fra, reform_from), one.til)
            parts = [(Role.NOT_YET, before), (Role.EXCLUDED, after)]
        for role, days in parts:
            for first, last in within((days,), bounds) if days.first <= days.last else ():
                yield Spell(one.type, role, first, last)


def _role(one: Circumstance, law: Law) -> Role:
    if one.type == "loentilskud":
        return Role.SUBSIDY
    if one.type != "sygdom":
        return Role.EXCLUDED
    return Role.ILLNESS if excuses(one, law) else Role.NO_EXCUSE


def _payments(case: Case, bounds: Days) -> Iterator[Paid]:
    for one in case.payments:
        for first, last in within((Period(one.fra, one.til),), bounds):
            yield Paid(first, last, one.beloeb, one.i_tilbud)


def _shows(note: Note) -> bool:
    """Whether a note proves a step."""
    return note.placed is not None or note.areas or note.job_seeker
