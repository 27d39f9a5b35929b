"""What a draft answer to a hearing says of a case: its course, each finding, and what can be invoked (§ 6, stk. 2).

It proposes and never claims more than the files show: what the directorate decides is said to be its to decide, and a
note is evidence of no more than what stands in it.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from kommunecheck.domain.case import Case, Deadline, Lapse
from kommunecheck.domain.days import Day, Period, danish, iso, with_weekday
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding, seen
from kommunecheck.domain.records import Interview, Note
from kommunecheck.domain.rule import SUPERVISION
from kommunecheck.law.course import course
from kommunecheck.law.excuses import (
    TIMELY,
    Excuse,
    Told,
    Weight,
    excuses_at,
    excuses_of,
    is_late,
    judged_deadlines,
)
from kommunecheck.law.law import Law
from kommunecheck.law.material import note_told, outside_because
from kommunecheck.law.proving import proving_note
from kommunecheck.law.steps import STEP_NAMES
from kommunecheck.law.weighing import Weighed, weigh_deadline


class Stance(StrEnum):
    """What the draft proposes to answer to a finding."""

    CONCEDED = "conceded"
    """Nothing in the files excuses it."""
    PARTLY = "partly"
    """Some days are conceded, and of others the directorate decides."""
    DISCRETION = "discretion"
    """The directorate decides whether the days are lost."""
    DOCUMENTED = "documented"
    """Only a note shows that the step was done."""
    NO_LOSS = "no_loss"
    """It costs nothing."""


class Point(NamedTuple):
    """A finding, what is proposed to be answered, and how its deadline was counted and weighed, where it is one."""

    finding: Finding
    stance: Stance
    weighed: tuple[Weighed, ...]


class Event(NamedTuple):
    """Something that happened on a day."""

    day: Day
    told: Told


class Hearing(NamedTuple):
    """All that a draft answer about one case is written from.

    ``outside`` is why the case is not the supervision's business, where it is not; then there is nothing else.
    """

    sag_id: str
    points: tuple[Point, ...]
    excuses: tuple[Excuse, ...]
    events: tuple[Event, ...]
    outside: tuple[Told, ...] = ()

    def weighing(self, *weights: Weight) -> tuple[Excuse, ...]:
        """The excuses that weigh as told."""
        return tuple(one for one in self.excuses if one.weight in weights)


def hearing_of(case: Case, findings: Sequence[Finding], law: Law) -> Hearing:
    """What is to be answered about a measured case with its findings; those of other supervisions are left out."""
    if case.withdrawn:
        return Hearing(case.sag_id, (), (), (), tuple(outside_because(case)))
    deadlines = tuple(judged_deadlines(case, law))
    points = tuple(_point(case, one, deadlines, law) for one in findings if one.rule.supervision == SUPERVISION)
    days = Period(course(case, law).first, case.last)
    excuses = [one for deadline in deadlines for one in excuses_at(case, deadline, law)]
    excuses += [*excuses_of(case, law, days), *_documented(case)]
    events = sorted(_events(case, deadlines, days), key=lambda one: (one.day, one.told.text))
    return Hearing(case.sag_id, points, tuple(dict.fromkeys(excuses)), tuple(events))


def _point(case: Case, finding: Finding, deadlines: Sequence[Deadline], law: Law) -> Point:
    own = next((one for one in deadlines if finding.duty == "deadline" and one.start == finding.arose), None)
    weighed = () if own is None else tuple(weigh_deadline(case, own, law))
    return Point(finding, _stance(finding), weighed)


def _stance(finding: Finding) -> Stance:
    if finding.expected:
        return Stance.PARTLY if finding.discretionary else Stance.CONCEDED
    if finding.discretionary:
        return Stance.DISCRETION
    return Stance.DOCUMENTED if finding.documentation else Stance.NO_LOSS


def _documented(case: Case) -> Iterator[Excuse]:
    """The notes that are the only evidence of a step, each once, also where one ended a loss that had begun."""
    ended: set[tuple[Interview, int]] = set()
    for lapse in sorted(case.lapses, key=lambda lapse: lapse.code == "VT205"):
        note, matter = _note(case, lapse), (lapse.interview, lapse.step)
        if note is None or matter in ended:
            continue
        if lapse.code == "VT205":
            effect = "Registreringen viser ikke skridtet. Kun notatet gør, og direktoratet afgør, om det er nok."
        else:
            ended.add(matter)
            effect = (
                f"Kun notatet viser skridtet, fra {danish(note.day)}. De tabte dage er regnet til dagen før, og "
                "direktoratet afgør, om notatet er nok."
            )
        yield Excuse(
            f"Journalnotat om {STEP_NAMES[lapse.step]}", note_told(note, lapse.step), Weight.DISCRETION, effect, TIMELY
        )


def _note(case: Case, lapse: Lapse) -> Note | None:
    if lapse.code == "VT205":
        return proving_note(case, lapse)
    by = lapse.proof.shown_by if lapse.proof is not None else None
    return by if isinstance(by, Note) else None


def _events(case: Case, deadlines: Sequence[Deadline], days: Period) -> Iterator[Event]:
    """The course of the case as far as it bears on the deadlines and the interviews, in no order."""
    if days.first <= case.anmodningsdato:
        cell = Evidence(case.source, case.row, "anmodningsdato", iso(case.anmodningsdato))
        yield Event(case.anmodningsdato, Told("Anmodning om hjælp.", (cell,)))
    for deadline in deadlines:
        late = ", ikke overholdt" if is_late(case, deadline) else ""
        told = f"Frist for kontaktsamtale{late}. Rettidig til og med {with_weekday(deadline.sunday)}."
        yield Event(deadline.due, Told(told))
    for row in case.interviews:
        known = row.day is not None and (row.day <= days.last or row.status == "planlagt")
        if row.type == "kontaktsamtale" and known and days.first <= (row.day or 0):
            yield Event(row.day or 0, _interview(row, case.cutoff))
    if case.ophoersdato is not None and case.ophoersdato <= case.cutoff:
        cell = Evidence(case.source, case.row, "ophoersdato", iso(case.ophoersdato))
        yield Event(case.ophoersdato, Told("Sidste dag med ydelse.", (cell,)))


_BECAME = {
    "afholdt": "Kontaktsamtale holdt",
    "udeblevet": "Kontaktsamtale, borgeren udeblev",
    "sygdom": "Kontaktsamtale, ikke holdt på grund af sygdom",
    "aflyst": "Kontaktsamtale aflyst",
    "planlagt": "Kontaktsamtale planlagt",
}


def _interview(row: Interview, cutoff: Day) -> Told:
    """A row of ``samtaler`` in words, with the days it knows up to the cutoff."""
    more, columns = [], ["status", "planlagt_dato" if row.afholdt_dato is None else "afholdt_dato"]
    for column, name in (
        ("indkaldt_dato", "indkaldt"), ("opfoelgning_dato", "fulgt op"), ("registreret_dato", "registreret")
    ):  # fmt: skip
        day = getattr(row, column)
        if day is not None and day <= cutoff:
            more.append(f"{name} {danish(day)}")
            columns.append(column)
    said = _BECAME.get(row.status, "Kontaktsamtale")
    return Told(f"{said}{': ' if more else ''}{', '.join(more)}.", tuple(seen(row, column) for column in columns))
