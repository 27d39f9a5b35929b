"""The deadlines that come soon, in words. Every format that tells of them tells the same."""

from collections.abc import Sequence
from typing import TypeVar

from kommunecheck.domain.days import Day, danish
from kommunecheck.domain.report import ComingDeadline, Report, Upcoming
from kommunecheck.domain.wording import number
from kommunecheck.reports.phrases import name

NOTHING_STOPS = "Det er ikke fejl: holdes samtalen inden fristen, mistes intet."


def about(ahead: Upcoming) -> str:
    """What the list holds."""
    until = f"inden for de næste {number(ahead.days, 'dag', 'dage')} efter opgørelsesdagen"
    return f"Kontaktsamtaler, der skal holdes {until}, og som ikke er booket til en dag i tide."


def counted_from(deadline: ComingDeadline) -> str:
    """What the deadline is counted from."""
    since = "anmodningen om hjælp" if deadline.first else "den forrige samtale"
    return f"{since} {danish(deadline.start)}"


def remark(deadline: ComingDeadline) -> str:
    """What is special about the deadline; most often nothing."""
    said = []
    if deadline.after_illness:
        said.append("udsat på grund af sygdom")
    if deadline.booked is not None:
        said.append(f"booket {danish(deadline.booked)}, men det er for sent")
    return "; ".join(said)


def told(deadline: ComingDeadline) -> str:
    """All there is to know of a deadline, in sentences."""
    latest = danish(deadline.last_day)
    said = f"Fristen er regnet fra {counted_from(deadline)} og forfalder {danish(deadline.due)}. "
    if deadline.after_illness:
        said += f"Samtalen er udsat på grund af sygdom og skal holdes senest {latest}. "
    else:
        said += f"Samtalen skal være holdt senest {latest}. "
    if deadline.booked is None:
        return f"{said}Der er ikke booket nogen samtale."
    return f"{said}Der er booket {danish(deadline.booked)}, og det er for sent."


SPANS = ((7, "Inden 7 dage"), (14, "8-14 dage"))
"""How the deadlines are counted by how soon they come; those after the last day stand as later."""


def by_team(report: Report, deadlines: Sequence[ComingDeadline]) -> list[tuple[str | None, list[int]]]:
    """For each team how many come in each of ``SPANS``, later, and in all; the team with most first."""
    counted: dict[str | None, list[int]] = {}
    for one in deadlines:
        counts = counted.setdefault(one.team, [0] * (len(SPANS) + 2))
        counts[_span(one.last_day - report.run.cutoff)] += 1
        counts[-1] += 1
    return sorted(counted.items(), key=lambda team: (-team[1][-1], team[0] is None, team[0] or ""))


def _span(days: Day) -> int:
    return next((place for place, (most, _) in enumerate(SPANS) if days <= most), len(SPANS))


SOON = (*(title for _, title in SPANS), "Senere", "I alt")
"""The headings of what ``by_team`` counts."""


def in_all(teams: Sequence[tuple[str | None, list[int]]]) -> list[int]:
    """The counts of all teams together."""
    return [sum(column) for column in zip(*(counts for _, counts in teams), strict=True)]


Linked = TypeVar("Linked")


def deadline_cells(one: ComingDeadline, case: Linked) -> list[str | Linked]:
    """A deadline as a row tells it; ``case`` is the case's id as the format shows it, leading to where it is told."""
    said = remark(one)
    since = counted_from(one) + (f" ({said})" if said else "")
    return [danish(one.last_day), case, name(one.team), danish(one.due), since]
