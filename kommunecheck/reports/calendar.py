"""The deadlines that come soon as a calendar (RFC 5545), for whoever plans the interviews.

An event is the week, or the last day after an illness, in which an interview must be held. It names the case by its id
and holds nothing of a person. The same report gives the same bytes, and the same deadline has the same UID from one run
to the next, so that a calendar that takes the file in again does not show it twice.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from kommunecheck.domain.days import Day, iso
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.report import ComingDeadline, Report
from kommunecheck.domain.wording import printable
from kommunecheck.reports.upcoming import told

if TYPE_CHECKING:
    from icalendar import Event

WEEK = 7


def write(report: Report) -> Iterator[bytes]:
    """The calendar, as one piece."""
    from icalendar import Calendar

    run = report.run
    calendar = Calendar()
    calendar.add("prodid", f"-//kommunecheck//{run.version}//DA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    mark = " (OPDIGTEDE TAL)" if run.synthetic else ""
    calendar.add("x-wr-calname", _text(f"Kommende frister, {run.municipality_name or 'Kommunen'}{mark}"))
    for deadline in report.upcoming.deadlines if report.upcoming else ():
        calendar.add_component(_event(deadline, report, mark))
    yield calendar.to_ical()


def _event(deadline: ComingDeadline, report: Report, mark: str) -> "Event":
    from icalendar import Event

    begins = deadline.last_day if deadline.after_illness else deadline.last_day - WEEK + 1
    event = Event()
    event.add("uid", _uid(deadline, report))
    event.add("dtstamp", datetime.combine(_date(report.run.cutoff), datetime.min.time(), UTC))
    event.add("dtstart", _date(begins))
    event.add("dtend", _date(deadline.last_day) + timedelta(days=1))  # the first day after the event
    event.add("summary", _text(f"Hold kontaktsamtale: sag {deadline.sag_id}{mark}"))
    event.add("description", _text(told(deadline)))
    event.add("transp", "TRANSPARENT")
    if deadline.team is not None:
        event.add("categories", [_text(deadline.team)])
    return event


def _uid(deadline: ComingDeadline, report: Report) -> str:
    """What stays the same while the deadline does: whose it is, and the day it is counted from."""
    parts = (report.run.municipality_code or report.run.municipality_name or "", deadline.sag_id, iso(deadline.start))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32] + "@kommunecheck"


def _text(text: str) -> str:
    """A text without CPR numbers and signs that cannot be shown."""
    return printable(masked(text))


def _date(day: Day) -> date:
    return date.fromordinal(day)
