"""The course of a case, day by day: interviews, deadlines, circumstances, payments, and which days are lost and why.

One lane under another on one scale of days, each with its name above it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kommunecheck.domain.days import Day, Period, danish
from kommunecheck.domain.names import CIRCUMSTANCES, KINDS, MEETINGS
from kommunecheck.domain.timeline import Due, Kept, LostRun, Meeting, Role, Spell, Timeline
from kommunecheck.domain.wording import kroner, number, span
from kommunecheck.reports.pictures.days import EDGE, Scale, months
from kommunecheck.reports.pictures.svg import along, block, element, hint, label, mark, picture, stroke

ROOM_FOR_A_NAME = 1.9
"""What a letter of a name takes on the narrowest screen, in per cent."""

HEAD, LANE_NAME = 30, 15
ROWS = 8
"""How many findings have a row of their own under the lost days."""


class Reason(NamedTuple):
    """A finding in the picture: its number among those of the case, its code, and the days it covers, by kind.

    ``date`` is the day something should have been done, at the interview on that day or else at the deadline.
    """

    number: int
    code: str
    days: tuple[tuple[int, Period], ...]
    date: Day | None
    at_interview: bool


class Course(NamedTuple):
    """What is drawn of a case: ``lost`` names findings by their place in ``reasons``."""

    name: str
    about: str
    timeline: Timeline
    cutoff: Day
    lost: Sequence[LostRun]
    reasons: Sequence[Reason]


def course(drawn: Course) -> Markup:
    """The picture of a case's course."""
    scale = Scale(drawn.timeline.first, drawn.timeline.last)
    lanes: list[Markup] = []
    top = HEAD
    for lane in (_meetings, _dues, _spells, _payments, _lost):
        made, height = lane(drawn, scale, top)
        lanes += made
        top += height
    behind = [*_after_cutoff(drawn, scale, top), *_shadows(drawn, scale, top), *months(scale, top)]
    lanes += _end(drawn.timeline, scale, top)
    return picture(drawn.name, drawn.about, top + 2, "course", [*behind, *lanes]).svg


WHOLE = along(EDGE), along(100 - EDGE)
"""From the first day to the last."""

_Lane = tuple[list[Markup], int]
"""What is drawn in a lane, and its height."""


def _lane_name(text: str, top: int) -> Markup:
    return label(text, 0, top + 11, "ln")


def _after_cutoff(drawn: Course, scale: Scale, bottom: int) -> Iterator[Markup]:
    """What lies after the last day the files know about is another ground, and begins with a line."""
    if drawn.timeline.last > drawn.cutoff:
        told = f"Efter opgørelsesdagen, {danish(drawn.cutoff)}"
        days = scale.run(drawn.cutoff + 1, drawn.timeline.last)
        yield block(days, 28, bottom - 28, "after", told)


def _end(timeline: Timeline, scale: Scale, bottom: int) -> Iterator[Markup]:
    """The last day with benefit, where the case ended."""
    if timeline.ended is not None and timeline.first <= timeline.ended <= timeline.last:
        x = scale.begin(timeline.ended + 1)
        told = f"{danish(timeline.ended)}: sidste dag med ydelse"
        yield element("line", hint(told), x1=along(x), x2=along(x), y1=14, y2=bottom, class_="end")
        if x > 30:
            yield label("ophør", along(x), 11, "mo", "end")


def _shadows(drawn: Course, scale: Scale, bottom: int) -> Iterator[Markup]:
    """The lost days through all lanes, faintly: so that one sees what was the matter on them."""
    for run in drawn.lost:
        yield block(scale.run(run.first, run.last), 28, bottom - 28, f"sh{run.kind}")


MARKS = {"afholdt": "held", "udeblevet": "absent", "sygdom": "ill", "aflyst": "off", "planlagt": "planned"}
"""The mark of a contact interview, by what became of it."""


def mark_of(meeting: Meeting) -> str:
    """The mark of a row of ``samtaler``."""
    if meeting.kind == "kontaktsamtale":
        return MARKS.get(meeting.status, "other")
    return "first" if meeting.kind == "foerste_henvendelse" else "other"


def _number(fault: Reason, drawn: Course, x: float, y: int, anchor: str) -> Markup:
    """The numbers of the findings that are about the same thing on the same day."""
    return label(_alike(fault, drawn), along(x), y, "no bad", anchor)


def _alike(fault: Reason, drawn: Course) -> str:
    about = (fault.date, fault.at_interview)
    return _numbers([one.number for one in drawn.reasons if (one.date, one.at_interview) == about])


def _numbers(given: Sequence[int]) -> str:
    """Numbers as short as can be: ``1``, ``1+3``, ``2-5``."""
    if len(given) > 2 and given[-1] - given[0] == len(given) - 1:
        return f"{given[0]}-{given[-1]}"
    return "+".join(map(str, given))


def _room_for(text: str) -> float:
    """The width of a few numbers on the narrowest screen, in per cent."""
    return 1.4 + 2.0 * len(text)


def meeting_told(meeting: Meeting) -> str:
    """A row of ``samtaler`` in words."""
    kind = MEETINGS.get(meeting.kind, meeting.kind)
    said = {
        "afholdt": f"{kind} holdt",
        "udeblevet": f"udeblevet fra {kind}",
        "sygdom": f"{kind} aflyst på grund af sygdom",
        "aflyst": f"{kind} aflyst",
        "planlagt": f"{kind} planlagt",
    }.get(meeting.status, kind)
    more = []
    if meeting.summoned is not None and meeting.status != "afholdt":
        more.append(f"indkaldt {danish(meeting.summoned)}")
    if meeting.followed_up is not None:
        more.append(f"fulgt op {danish(meeting.followed_up)}")
    if meeting.registered is not None and meeting.registered > meeting.day:
        more.append(f"registreret {danish(meeting.registered)}")
    return said[:1].upper() + said[1:] + (f" ({'; '.join(more)})" if more else "")


def _meetings(drawn: Course, scale: Scale, top: int) -> _Lane:
    """What was held stands on the line, and what came to nothing above it; notes that show a step below."""
    timeline = drawn.timeline
    line = top + LANE_NAME + 25
    made = [
        _lane_name("Samtaler", top),
        stroke(WHOLE, (line, line), "ax"),
    ]
    faults = {reason.date: reason for reason in reversed(drawn.reasons) if reason.at_interview}
    before = -9.0
    for meeting in timeline.meetings:
        kind = mark_of(meeting)
        middle = scale.middle(meeting.day)
        if kind == "held" and meeting.day in faults:
            fault = faults.pop(meeting.day)
            if middle - before > _room_for(_alike(fault, drawn)):
                made.append(_number(fault, drawn, middle, line - 10, "middle"))
                before = middle
        y = line - 16 if kind in ("absent", "ill", "off") else line
        made.append(mark(kind, along(middle), y, f"{danish(meeting.day)}: {meeting_told(meeting)}"))
    made += [
        mark("note", along(scale.middle(day)), line + 13, f"{danish(day)}: journalnotat, der viser et skridt")
        for day in timeline.notes
    ]
    return made, LANE_NAME + 25 + (24 if timeline.notes else 12)


KEPT = {
    Kept.IN_TIME: "holdt i tide",
    Kept.BROKEN: "ikke overholdt",
    Kept.EXCUSED: "undskyldt af sygdom",
    Kept.OPEN: "ikke udløbet",
    Kept.NOT_JUDGED: "uden for perioden, ikke vurderet",
}
"""What became of a deadline, in words."""

_SIGN = {Kept.IN_TIME: "yes", Kept.BROKEN: "no", Kept.EXCUSED: "excused"}


def due_told(due: Due) -> str:
    """A deadline in words."""
    held = "" if due.held is None else f", holdt {danish(due.held)}"
    return f"Frist for samtale, senest søndag {danish(due.sunday)}{held}: {KEPT[due.kept]}"


def _dues(drawn: Course, scale: Scale, top: int) -> _Lane:
    """Each deadline: a line from where it is counted to the day it is due, and the falduge to its Sunday as a box.

    An interview held early begins the next interval before this one is over, so they stand by turns on two rows.
    """
    timeline = drawn.timeline
    if not timeline.dues:
        return [], 0
    made = [_lane_name("Frister, med faldugen som boks", top)]
    faults = {reason.date: reason for reason in reversed(drawn.reasons) if not reason.at_interview and reason.days}
    for place, due in enumerate(timeline.dues):
        y = top + LANE_NAME + 4 + (place % 2) * 16
        start, last = max(due.start, timeline.first), min(due.sunday, timeline.last)
        x1, x2 = along(scale.middle(start)), along(scale.begin(due.due))
        told = f"{danish(due.due)}: {due_told(due)}"
        made.append(stroke((x1, x2), (y + 6, y + 6), "du"))
        made.append(stroke((x1, x1), (y + 2, y + 10), "du"))
        week = scale.run(due.sunday - 6, last)
        made.append(block(week, y, 12, f"fw {due.kept.value}", told))
        sign = _SIGN.get(due.kept)
        if sign is not None:
            made.append(mark(sign, along(scale.begin(last + 1) + 1.6), y + 6, f"{danish(due.due)}: {due_told(due)}"))
        if due.kept is Kept.BROKEN and due.due in faults:
            end = scale.begin(last + 1)
            x, anchor = (end + 3.4, "start") if end < 92 else (scale.begin(due.due) - 1, "end")
            made.append(_number(faults[due.due], drawn, x, y + 10, anchor))
    return made, LANE_NAME + 4 + (34 if len(timeline.dues) > 1 else 18)


SPELLS = {
    Role.ILLNESS: "sygdom",
    Role.NO_EXCUSE: "lang sygdom uden dokumentation, undskylder ikke",
    Role.SUBSIDY: "løntilskud, refusion kan ikke mistes",
    Role.EXCLUDED: "uden for målgruppen, fristen står stille",
    Role.NOT_YET: "tæller ikke med endnu",
}
"""What a circumstance does, in words."""


def spell_told(spell: Spell) -> str:
    """A circumstance in words."""
    kind = CIRCUMSTANCES.get(spell.type, spell.type)
    does = SPELLS[spell.role]
    said = does if does.startswith(kind) else f"{kind}: {does}"
    return said[:1].upper() + said[1:]


def _spells(drawn: Course, scale: Scale, top: int) -> _Lane:
    """Illness and other circumstances, under one another where they overlap."""
    if not drawn.timeline.spells:
        return [], 0
    made = [_lane_name("Sygdom og andre perioder", top)]
    rows: list[tuple[int, Spell, int]] = []
    ends: list[Day] = []
    for spell in drawn.timeline.spells:
        row = next((row for row, end in enumerate(ends) if end < spell.first), len(ends))
        ends[row : row + 1] = [spell.last]
        y = top + LANE_NAME + 1 + row * 18
        told = f"{span(Period(spell.first, spell.last))}: {spell_told(spell)}"
        where = scale.run(spell.first, spell.last)
        made.append(block(where, y, 14, f"sp {spell.role.value}", told))
        rows.append((row, spell, y))
    for row, spell, y in rows:
        made += _spell_name(spell, [other for at, other, _ in rows if at == row], scale, y)
    return made, LANE_NAME + 4 + len(ends) * 18


def _spell_name(spell: Spell, beside: Sequence[Spell], scale: Scale, y: int) -> Iterator[Markup]:
    """The name of a circumstance, to the right of it or to the left, where no other stands too near."""
    name = CIRCUMSTANCES.get(spell.type, spell.type)
    begin, end = scale.begin(spell.first), scale.begin(spell.last + 1)
    after = min((scale.begin(one.first) for one in beside if one.first > spell.last), default=100.0)
    before = max((scale.begin(one.last + 1) for one in beside if one.last < spell.first), default=0.0)
    room = ROOM_FOR_A_NAME * len(name)
    if after - end > room or begin - before <= room:
        css = "in" if after - end > room else "in alt"
        yield label(name, along(end + 0.8), y + 11, css)
    else:
        yield label(name, along(begin - 0.8), y + 11, "in", "end")


def _payments(drawn: Course, scale: Scale, top: int) -> _Lane:
    if not drawn.timeline.payments:
        return [], 0
    made = [_lane_name("Udbetalt ydelse", top)]
    for paid in drawn.timeline.payments:
        offer = ", i tilbud" if paid.in_offer else ""
        told = f"{span(Period(paid.first, paid.last))}: {kroner(paid.amount)}{offer}"
        where = scale.run(paid.first, paid.last)
        css = "pay offer" if paid.in_offer else "pay"
        made.append(block(where, top + LANE_NAME + 1, 9, css, told))
    return made, LANE_NAME + 18


def lost_told(run: LostRun, reasons: Sequence[Reason]) -> str:
    """A run of lost days in words."""
    days = number(run.last - run.first + 1, "dag", "dage")
    why = " og ".join(f"fund {reasons[place].number} ({reasons[place].code})" for place in run.findings)
    return f"{KINDS[run.kind].full.capitalize()}, {days}" + (f": {why}" if why else "")


def _lost(drawn: Course, scale: Scale, top: int) -> _Lane:
    """The lost days as they are settled, with the numbers of the findings; under them a row for each of several."""
    if not drawn.lost:
        return [_lane_name("Tabte dage: ingen", top)], LANE_NAME + 2
    made = [_lane_name("Tabte dage", top)]
    y = top + LANE_NAME + 13
    made.append(stroke(WHOLE, (y + 16, y + 16), "ax"))
    before = -9.0
    for run in drawn.lost:
        told = f"{span(Period(run.first, run.last))}: {lost_told(run, drawn.reasons)}"
        made.append(block(scale.run(run.first, run.last), y, 16, f"k{run.kind}", told))
        middle = (scale.begin(run.first) + scale.begin(run.last + 1)) / 2
        text = _numbers([drawn.reasons[place].number for place in run.findings])
        if middle - before > _room_for(text):
            anchor = "start" if middle < 6 else "end" if middle > 94 else "middle"
            made.append(label(text, along(middle), y - 3, "no", anchor))
            before = middle
    rows = _rows(drawn.reasons)
    for place, row in enumerate(rows):
        made += _row(row, scale, y + 24 + place * 14)
    return made, LANE_NAME + 36 + len(rows) * 14


class _Row(NamedTuple):
    """The days that one finding covers, or all of one rule where findings are many; by kind."""

    text: str
    days: tuple[tuple[int, Period], ...]


def _rows(reasons: Sequence[Reason]) -> list[_Row]:
    """What covers which days, where it is more than one thing."""
    costly = [reason for reason in reasons if reason.days]
    if len(costly) < 2:
        return []
    if len(costly) <= ROWS:
        return [_Row(f"{one.number} {one.code}", one.days) for one in costly]
    by_code: dict[str, list[Reason]] = {}
    for reason in costly:
        by_code.setdefault(reason.code, []).append(reason)
    return [
        _Row(code if len(some) == 1 else f"{code}: {len(some)} fund", tuple(day for one in some for day in one.days))
        for code, some in sorted(by_code.items())
    ]


def _row(row: _Row, scale: Scale, y: int) -> Iterator[Markup]:
    """The days of a row, with what covers them beside them."""
    for kind, (first, last) in row.days:
        first, last = max(first, scale.first), min(last, scale.last)
        if first <= last:
            yield block(scale.run(first, last), y, 8, f"k{kind}")
    first = max(min(period.first for _, period in row.days), scale.first)
    last = min(max(period.last for _, period in row.days), scale.last)
    if scale.begin(last + 1) < 80:
        yield label(row.text, along(scale.begin(last + 1) + 0.8), y + 8, "in")
    elif scale.begin(first) > 20:
        yield label(row.text, along(scale.begin(first) - 0.8), y + 8, "in", "end")
    else:
        yield label(row.text, "50%", y + 8, "in on", "middle")
