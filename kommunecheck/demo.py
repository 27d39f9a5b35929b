"""A made-up municipality of any size, to try the tool on and to measure it with.

Nothing here is or resembles a real person: every CPR number has 60 added to its day, and no names are used.
The same arguments give the same bytes on every machine: the only source of chance is ``random.Random(seed).random()``.
Inside, a day is the number of days since 2006-10-01 and an amount is a whole number of øre.
"""

from __future__ import annotations

import heapq
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

T = TypeVar("T")

_OPENS = date(2006, 10, 1)
_CUTOFF = date(2008, 6, 30)
_AUDIT_FROM = date(2007, 1, 1)
_NEVER = 100_000  # a day that does not come
_CHUNK = 10_000  # cases held in memory before their rows are put aside, sorted, on disk

_HOLIDAYS = {
    2006: ("12-25", "12-26"),
    2007: ("01-01", "04-05", "04-06", "04-09", "05-04", "05-17", "05-28", "12-25", "12-26"),
    2008: ("01-01", "03-20", "03-21", "03-24", "04-18", "05-01", "05-12", "12-25", "12-26"),
    2009: ("01-01", "04-09", "04-10", "04-13", "05-08", "05-21", "06-01"),
}

_SAGER = "sag_id;cpr;ydelsestype;anmodningsdato;ophoersdato;team;sagsbehandler"
_SAMTALER = (
    "samtale_id;sag_id;type;status;indkaldt_dato;planlagt_dato;afholdt_dato;opfoelgning_dato;matchkategori;grovmatch;"
    "opmaerksomhedsomraader;registreret_dato;arbejdssoegende;fritagelsesaarsag;kontaktform;team;sagsbehandler"
)
_PERIODER = "sag_id;type;fra;til;dokumenteret"
_UDBETALINGER = "udbetaling_id;sag_id;fra;til;beloeb;ydelsestype;i_tilbud;anmeldt_refusion;berigtiget_refusion;konto"
_JOURNAL = "notat_id;sag_id;dato;registreret_dato;tekst;forfatter"

_CATEGORIES = (("1", 12), ("2", 22), ("3", 30), ("4", 28), ("5", 8))
_AREAS = (
    ("helbred", 34),
    ("faglige_praktiske_kvalifikationer", 20),
    ("personlige_kompetencer", 14),
    ("oekonomi_netvaerk", 12),
    ("arbejdsmarkedsperspektiv", 8),
    ("helbred|oekonomi_netvaerk", 8),
    ("faglige_praktiske_kvalifikationer|personlige_kompetencer", 4),
)
_BENEFITS = (
    ("kontanthjaelp", 920),
    ("starthjaelp", 50),
    ("introduktionsydelse", 14),
    ("revalidering", 10),
    ("foertidspension", 3),
    ("anden", 3),
)
_EXEMPTIONS = ("sygdom", "barsel", "mangler børnepasning", "deltager i tilbud")
_FORMS = (("personligt", 90), ("telefon", 7), ("brev", 3))
_TEAMS = ("Team Nord", "Team Syd", "Team Vest", "Jobteam", "Ungeteam")
_EXCLUSIONS = ("orlovsydelse", "forrevalidering", "anden_ydelse", "barsel", "langvarig_behandling", "job_inden_4_uger")
_NOTES = (
    "Borgeren har ringet og spurgt til udbetalingen.",
    "Borgeren har afleveret lønsedler for sidste måned.",
    "Der er sendt brev om næste samtale.",
    "Borgeren oplyser, at der er søgt to job i denne uge.",
    "Virksomheden melder, at praktikken går godt.",
    "Borgeren har fået ny adresse i kommunen.",
    "Forventes indplaceret i matchkategori 2 efter endt tilbud.",
    "Borgeren var tidligere i matchkategori 4 i en anden kommune.",
)

# The monthly rates in øre for 2006, 2007 and 2008, and how many in a hundred receive each.
_RATES = (
    ((1_162_500, 1_190_400, 1_224_900), 28),  # 25 or older, with child
    ((874_900, 895_900, 921_900), 48),  # 25 or older, without child
    ((563_800, 577_300, 594_000), 19),  # under 25, away from home
    ((272_100, 278_600, 286_700), 5),  # under 25, at home
)
_START_HELP = (560_000, 573_400, 590_000)

# What is wrong with a case, and how often among 10,000 cases; the rest have nothing wrong by design.
_FAULTS = (
    ("late", 230),
    ("late_in_wage_subsidy", 20),
    ("cancelled", 30),
    ("never_again", 80),
    ("summoned_late", 45),
    ("no_show", 110),
    ("followed_up", 120),
    ("ill", 55),
    ("no_category", 135),
    ("rough_category", 90),
    ("invalid_category", 20),
    ("no_areas", 155),
    ("registered_late", 165),
    ("note_only", 100),
    ("no_job_seeker", 135),
    ("excluded", 30),
    ("payment_gap", 20),
    ("not_in_drv", 12),
)
_UNKNOWN_CPR_MONTH = 0.0008  # the share of cases with an impossible CPR number
_BAD_ROW = 0.0012  # the share of rows of samtaler and udbetalinger with a data error


def write_demo(folder: Path, cases: int, seed: int) -> None:
    """Write a made-up municipality's five tables and its ``kommunecheck.toml`` into ``folder``.

    ``cases`` is the number of courses of benefit, D0000001 onwards. On average each has 5 rows in ``samtaler``,
    12 monthly payments, 1 journal note and 0.3 periods, between 2006-10-01 and 2008-06-30. Interviews and payments are
    in order of date over the whole municipality, so that a citizen's rows are scattered as in a real export. About
    one case in six has an error. ``seed`` chooses the municipality; existing files of the same names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kommunecheck.toml").write_text(_configuration(), encoding="utf-8", newline="\n")
    with ExitStack() as stack:
        runs = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=folder)))
        town = _Town(Random(seed))  # noqa: S311 - made-up data, no secrets
        sager, perioder, journal = (
            stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline="\n"))
            for name in ("sager", "perioder", "journal")
        )
        for out, header in ((sager, _SAGER), (perioder, _PERIODER), (journal, _JOURNAL)):
            out.write(header + "\n")
        chunks = 0
        for first in range(1, cases + 1, _CHUNK):
            for number in range(first, min(first + _CHUNK, cases + 1)):
                town.add_case(number)
            sager.writelines(_drain(town.sager))
            perioder.writelines(_drain(town.perioder))
            journal.writelines(_drain(town.journal))
            _put_aside(town.samtaler, runs / f"samtaler-{chunks}")
            _put_aside(town.udbetalinger, runs / f"udbetalinger-{chunks}")
            chunks += 1
        _merge(runs, "samtaler", chunks, folder, _SAMTALER, "S")
        _merge(runs, "udbetalinger", chunks, folder, _UDBETALINGER, "U")


def _configuration() -> str:
    return (
        '[municipality]\nname = "Demokommune"\nsynthetic = true\n\n'
        f"[audit]\nfrom = {_AUDIT_FROM}\nto = {_CUTOFF}\ncutoff = {_CUTOFF}\n"
    )


# Rows on their way to a file in order of date: each line starts with a sort key of fixed width and a mark.

_KEY_WIDTH = 18
_PLAIN, _TWICE, _TWICE_DIFFERENT = " ", "=", "~"


def _keyed(day: int, number: int, place: int, mark: str, fields: Sequence[str]) -> str:
    """Return one line, to be sorted by day, then case, then the row's place in the case."""
    return f"{day:05d}{number:09d}{place:03d}{mark}{';'.join(fields)}\n"


def _drain(lines: list[str]) -> Iterator[str]:
    yield from lines
    lines.clear()


def _put_aside(lines: list[str], path: Path) -> None:
    lines.sort()
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(_drain(lines))


def _merge(runs: Path, table: str, chunks: int, folder: Path, header: str, prefix: str) -> None:
    """Merge the sorted runs of a table into its file and number the rows."""
    with ExitStack() as stack:
        out = stack.enter_context((folder / f"{table}.csv").open("w", encoding="utf-8", newline="\n"))
        sources = [
            stack.enter_context((runs / f"{table}-{n}").open(encoding="utf-8", newline="\n")) for n in range(chunks)
        ]
        out.write(header + "\n")
        out.writelines(_numbered(heapq.merge(*sources), prefix))


def _numbered(lines: Iterable[str], prefix: str) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        row = f"{prefix}{number:07d};{line[_KEY_WIDTH:]}"
        yield row
        mark = line[_KEY_WIDTH - 1]
        if mark == _TWICE:
            yield row
        elif mark == _TWICE_DIFFERENT:  # the last column is gone in the second
            yield row.rpartition(";")[0] + ";\n"


class _Calendar:
    """The days of the municipality as numbers, with the working days and the months among them."""

    def __init__(self) -> None:
        span = (_CUTOFF - _OPENS).days + 366
        days = [_OPENS + timedelta(n) for n in range(span)]
        self.iso = [day.isoformat() for day in days]
        self.sunday = [n + 6 - day.weekday() for n, day in enumerate(days)]
        self.three_months_later = [_three_months_after(day) for day in days]
        self._workdays = [n for n, day in enumerate(days) if _is_workday(day)]
        starts = [n for n, day in enumerate(days) if day.day == 1 and day <= _CUTOFF]
        self.months = [(n, n + _month_length(days[n]) - 1, days[n].year - 2006) for n in starts]
        self.cutoff = (_CUTOFF - _OPENS).days

    def workday_by(self, day: int) -> int:
        """Return the last working day on or before a day (the first of all, where there is none)."""
        return self._workdays[max(bisect_right(self._workdays, day) - 1, 0)]

    def workdays_after(self, day: int, count: int) -> int:
        """Return the day ``count`` working days after a day, itself not counted."""
        return self._workdays[bisect_right(self._workdays, day) + count - 1]

    def workday_from(self, day: int) -> int:
        """Return the first working day on or after a day."""
        return self._workdays[bisect_left(self._workdays, day)]


def _is_workday(day: date) -> bool:
    return day.weekday() < 5 and f"{day:%m-%d}" not in _HOLIDAYS[day.year]


def _month_length(first: date) -> int:
    return ((first.replace(day=28) + timedelta(4)).replace(day=1) - first).days


def _three_months_after(day: date) -> int:
    year, month = divmod(day.year * 12 + day.month - 1 + 3, 12)
    first = date(year, month + 1, 1)
    return (first.replace(day=min(day.day, _month_length(first))) - _OPENS).days


@dataclass(slots=True)
class _Course:
    """One citizen's course of benefit while its rows are being made up. ``last`` is inclusive."""

    number: int
    sag_id: str
    benefit: str
    start: int
    last: int
    category: str
    areas: str
    exemption: str
    team: str
    worker: str
    fault: str
    fault_at: int  # which interview has the fault, from 0
    postponed: int = 0  # excluded days still to be added to the next deadline
    rows: int = 0
    held: list[int] = field(default_factory=list)


class _Town:
    """Makes up case after case; the finished lines gather in one list per table."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance.random
        self._calendar = _Calendar()
        self._notes = 0
        self._category = _picker(_CATEGORIES)
        self._areas = _picker(_AREAS)
        self._benefit = _picker(_BENEFITS)
        self._form = _picker(_FORMS)
        self._rates = _picker(_RATES)
        self._fault = _picker((*_FAULTS, ("", 10_000 - sum(weight for _, weight in _FAULTS))))
        self.sager: list[str] = []
        self.samtaler: list[str] = []
        self.perioder: list[str] = []
        self.udbetalinger: list[str] = []
        self.journal: list[str] = []
        self._hold: dict[str, Callable[[_Course, int], int]] = {
            "late": lambda _, due: self._after_falduge(due, 45),
            "late_in_wage_subsidy": self._late_in_wage_subsidy,
            "cancelled": self._cancelled,
            "never_again": lambda _course, _due: _NEVER,
            "summoned_late": self._summoned_late,
            "no_show": self._no_show,
            "followed_up": self._followed_up,
            "ill": self._ill,
            "excluded": self._excluded,
        }

    def add_case(self, number: int) -> None:
        """Make up one case with all its rows."""
        course = self._course(number)
        self._sag(course)
        if course.fault != "not_in_drv":
            self._first_contact(course)
            self._interviews(course)
        self._everyday_period(course)
        self._payments(course)
        self._everyday_notes(course)

    # The case itself

    def _below(self, limit: int) -> int:
        return int(self._chance() * limit)

    def _course(self, number: int) -> _Course:
        days = self._calendar
        waiting = self._chance() < 0.45  # on benefit when the export begins
        start = days.workday_from(self._below(60) if waiting else 60 + self._below(430))
        stays = self._chance()
        if stays < 0.51:
            length = 2_000
        elif stays < 0.93:
            length = 80 + self._below(330)
        else:
            length = 14 + self._below(70)
        fault = self._fault(self._chance())
        category = self._category(self._chance())
        if fault == "no_areas" and category == "1":
            category = "2"
        if fault == "no_job_seeker" and category in "45":
            category = "3"
        if fault:
            length = max(length, 150)
        worker = self._below(40)
        return _Course(
            number=number,
            sag_id=f"D{number:07d}",
            benefit=self._benefit(self._chance()) if not fault else "kontanthjaelp",
            start=start,
            last=min(start + length, days.cutoff),
            category=category,
            areas="" if category == "1" else self._areas(self._chance()),
            exemption=_EXEMPTIONS[self._below(4)] if category in "123" and self._chance() < 0.06 else "",
            team=_TEAMS[worker % len(_TEAMS)],
            worker=f"Sagsbehandler {worker + 1}",
            fault=fault,
            fault_at=self._below(3) if start + length > days.cutoff and start < 300 else 0,
        )

    def _sag(self, course: _Course) -> None:
        days = self._calendar
        ended = days.iso[course.last] if course.last < days.cutoff else ""
        cpr = _cpr(course.number, impossible=self._chance() < _UNKNOWN_CPR_MONTH)
        fields = (course.sag_id, cpr, course.benefit, days.iso[course.start], ended, course.team, course.worker)
        self.sager.append(";".join(fields) + "\n")

    # The interviews: when they are held

    def _interviews(self, course: _Course) -> None:
        """Hold one interview after another until the case ends; at most one of them has the case's fault."""
        previous, count = course.start, 0
        while True:
            due = self._calendar.three_months_later[previous] + course.postponed
            course.postponed = 0
            fault = course.fault if count == course.fault_at else ""
            held = self._hold.get(fault, self._in_time)(course, due)
            if held > course.last:
                self._next_summons(course, held)
                return
            self._interview(course, held, fault)
            previous, count = held, count + 1

    def _next_summons(self, course: _Course, planned: int) -> None:
        """Write the interview that is summoned but not yet held when the export ends."""
        if course.last == self._calendar.cutoff and planned - 14 <= course.last:
            self._samtale(course, "kontaktsamtale", "planlagt", planned)

    def _in_time(self, course: _Course, due: int) -> int:
        luck = self._chance()
        if luck < 0.035:
            due = self._outside_for_a_while(course, due)
        elif luck < 0.06 and due <= course.last:
            return self._excused_by_illness(course, due)
        elif luck < 0.09:
            self._attempt(course, "udeblevet", due - 16, follow_up=1)
        elif luck < 0.11:
            self._attempt(course, "aflyst", due - 14)
        return self._calendar.workday_by(due - self._below(8))

    def _outside_for_a_while(self, course: _Course, due: int) -> int:
        """Place a spell outside the target group between two interviews; the deadline moves by as many days."""
        first, length = due - 60, 7 + self._below(50)
        kind = _EXCLUSIONS[self._below(len(_EXCLUSIONS) if self._calendar.iso[first] >= "2007-03-01" else 3)]
        if first + length > course.last:
            return due
        self._period(course, kind, first, first + length - 1)
        return due + length

    def _excused_by_illness(self, course: _Course, due: int) -> int:
        planned = self._calendar.workday_by(due)
        self._attempt(course, "sygdom", planned)
        length = 4 + self._below(16)
        self._period(course, "sygdom", planned - 2, planned - 2 + length)
        return self._calendar.workdays_after(planned - 2 + length, 2 + self._below(6))

    def _after_falduge(self, due: int, within: int) -> int:
        return self._calendar.workday_from(self._calendar.sunday[due] + 1 + self._below(within))

    def _late_in_wage_subsidy(self, course: _Course, due: int) -> int:
        self._period(course, "loentilskud", due - 20, due + 60)
        return self._after_falduge(due, 45)

    def _cancelled(self, course: _Course, due: int) -> int:
        self._attempt(course, "aflyst", self._calendar.workday_by(due))
        return self._after_falduge(due, 30)

    def _summoned_late(self, course: _Course, due: int) -> int:
        planned = self._after_falduge(due, 12)
        self._attempt(course, "udeblevet", planned, follow_up=1 + self._below(5))
        return self._calendar.workday_from(planned + 10 + self._below(20))

    def _no_show(self, course: _Course, due: int) -> int:
        planned = self._calendar.workday_by(due + 1)
        self._attempt(course, "udeblevet", planned)
        return self._calendar.workday_from(planned + 31 + self._below(30))

    def _followed_up(self, course: _Course, due: int) -> int:
        planned = self._calendar.workday_by(due + 1)
        self._attempt(course, "udeblevet", planned, follow_up=1 + self._below(5))
        return self._calendar.workday_from(planned + 14 + self._below(20))

    def _ill(self, course: _Course, due: int) -> int:
        planned = self._calendar.workday_by(due)
        self._attempt(course, "sygdom", planned)
        well = planned + 3 + self._below(12)
        self._period(course, "sygdom", planned - 2, well)
        return self._calendar.workdays_after(well, 12 + self._below(15))

    def _excluded(self, course: _Course, due: int) -> int:
        held = self._calendar.workday_by(due - 7)
        length = 14 + self._below(40)
        self._period(course, _EXCLUSIONS[self._below(3)], held, held + length - 1)
        course.postponed = length
        return held

    # The rows of samtaler

    def _first_contact(self, course: _Course) -> None:
        rough = ("3" if course.category in "123" else "4", "ja", "", "", "")
        self._samtale(course, "foerste_henvendelse", "afholdt", course.start, steps=rough)
        for kind, share, wait in (("cv_samtale", 0.26, 20), ("anden", 0.07, 50)):
            held = self._calendar.workday_from(course.start + wait)
            if held <= course.last and self._chance() < share:
                self._samtale(course, kind, "afholdt", held)

    def _interview(self, course: _Course, held: int, fault: str) -> None:
        """Write a held interview with its steps, as far as the fault leaves them."""
        category, rough, areas, job_seeker, exemption = self._steps(course)
        delay = 1 if self._chance() < 0.2 else 0
        if fault in ("no_category", "note_only", "excluded"):
            category = ""
        elif fault == "invalid_category":
            category = ("6", "0", "1-3")[self._below(3)]
        elif fault == "rough_category":
            rough = "ja"
        elif fault == "no_areas":
            areas = ""
        elif fault == "no_job_seeker":
            job_seeker, exemption = "nej", ""
        elif fault == "registered_late":
            delay = 2 + self._below(20)
        if fault == "note_only":
            self._note(course, held, f"Borgeren er indplaceret i matchkategori {course.category}.")
        course.held.append(held)
        steps = (category, rough, areas, job_seeker, exemption)
        self._samtale(course, "kontaktsamtale", "afholdt", held, delay=delay, steps=steps)

    def _steps(self, course: _Course) -> tuple[str, str, str, str, str]:
        """Return match category, grovmatch, areas, job seeker and exemption as a sound interview has them."""
        if course.category in "45":
            return (course.category, "nej", course.areas, "nej", "")
        return (course.category, "nej", course.areas, "nej" if course.exemption else "ja", course.exemption)

    def _attempt(self, course: _Course, status: str, planned: int, follow_up: int = 0) -> None:
        """Write a summons that came to nothing; acted upon ``follow_up`` working days later, 0 = never."""
        planned = self._calendar.workday_from(planned)
        followed = self._calendar.workdays_after(planned, follow_up) if follow_up else None
        if planned <= course.last and (followed is None or followed <= self._calendar.cutoff):
            self._samtale(course, "kontaktsamtale", status, planned, followed=followed)

    def _samtale(
        self,
        course: _Course,
        kind: str,
        status: str,
        day: int,
        *,
        followed: int | None = None,
        delay: int = 0,
        steps: tuple[str, str, str, str, str] = ("", "nej", "", "", ""),
    ) -> None:
        """Write one row: held on the day if the status says so, else planned for it.

        ``followed`` is the day a no-show was acted upon, ``delay`` the working days until a held one was registered.
        """
        days, iso = self._calendar, self._calendar.iso
        summoned = kind == "kontaktsamtale"
        held = status == "afholdt"
        category, rough, areas, job_seeker, exemption = steps
        fields = [
            course.sag_id,
            kind,
            status,
            iso[max(day - 14, course.start)] if summoned else "",
            iso[day] if summoned else "",
            iso[day] if held else "",
            iso[followed] if followed is not None else "",
            category,
            rough,
            areas,
            iso[min(days.workdays_after(day, delay), days.cutoff) if delay else day] if held else "",
            job_seeker,
            exemption,
            self._form(self._chance()) if held else "",
            course.team,
            course.worker,
        ]
        mark = self._damage_samtale(fields) if self._chance() < _BAD_ROW else _PLAIN
        self.samtaler.append(_keyed(day, course.number, course.rows, mark, fields))
        course.rows += 1

    # The other tables

    def _period(self, course: _Course, kind: str, first: int, last: int) -> None:
        first = max(first, course.start)
        if first > course.last:
            return
        until = self._calendar.iso[last] if last <= self._calendar.cutoff else ""
        proof = "nej" if kind == "sygdom" and until and last - first < 28 else "ja"
        self.perioder.append(f"{course.sag_id};{kind};{self._calendar.iso[first]};{until};{proof}\n")

    def _everyday_period(self, course: _Course) -> None:
        """Place a spell of illness or wage subsidy that changes nothing, in some cases."""
        if self._chance() < 0.11:
            first = course.start + 10 + self._below(60)
            kind = "sygdom" if self._chance() < 0.75 else "loentilskud"
            self._period(course, kind, first, first + 5 + self._below(20))

    def _payments(self, course: _Course) -> None:
        """Pay once a month, for the days of the month that belong to the case."""
        rates = _START_HELP if course.benefit == "starthjaelp" else self._rates(self._chance())
        offer = (0, -1)
        if self._chance() < 0.3:
            begins = course.start + 60 + self._below(120)
            offer = (begins, begins + 90 + self._below(120))
        missing = course.held[0] if course.fault == "payment_gap" and course.held else -1
        months = [month for month in self._calendar.months if month[1] >= course.start and month[0] <= course.last]
        for place, (first, last, year) in enumerate(months):
            if first <= missing <= last:
                continue
            begins, ends = max(first, course.start), min(last, course.last)
            amount = _part(rates[year], ends - begins + 1, last - first + 1)
            self._payment(course, place, begins, ends, amount, offer[0] <= begins <= offer[1])
        if course.last + 31 < self._calendar.cutoff and self._chance() < 0.01:  # paid after the end
            self._payment(course, len(months), course.last + 1, course.last + 30, rates[2], False)

    def _payment(self, course: _Course, place: int, first: int, last: int, amount: int, offer: bool) -> None:
        refunded = course.benefit in ("kontanthjaelp", "starthjaelp")
        fields = [
            course.sag_id,
            self._calendar.iso[first],
            self._calendar.iso[last],
            _kroner(amount),
            course.benefit,
            "ja" if offer else "nej",
            _kroner(_part(amount, 65 if offer else 35, 100)) if refunded else "",
            "",
            "5.57.75" if offer else "5.57.73",
        ]
        mark = self._damage_payment(fields) if self._chance() < _BAD_ROW else _PLAIN
        self.udbetalinger.append(_keyed(first, course.number, place, mark, fields))

    def _everyday_notes(self, course: _Course) -> None:
        span = course.last - course.start + 1
        for limit in (0.62, 0.25, 0.1):
            if self._chance() < limit:
                self._note(course, course.start + self._below(span), _NOTES[self._below(len(_NOTES))])

    def _note(self, course: _Course, day: int, text: str) -> None:
        self._notes += 1
        self.journal.append(f"N{self._notes:07d};{course.sag_id};{self._calendar.iso[day]};;{text};{course.worker}\n")

    # Data errors

    def _damage_samtale(self, fields: list[str]) -> str:
        """Spoil one row of samtaler (without its id) and say whether it is to be written twice."""
        kind = self._below(6)
        if kind == 0:
            fields[0] = f"X{self._below(10_000):04d}"  # no such case
        elif kind == 1:
            fields[2] = "gennemført"  # no such status
        elif kind == 2:
            fields[10] = "31-02-2007"  # no such day
        elif kind == 3 and fields[5]:
            fields[10] = self._calendar.iso[0]  # registered before it was held
        elif kind == 4:
            return _TWICE
        elif kind == 5:
            return _TWICE_DIFFERENT
        return _PLAIN

    def _damage_payment(self, fields: list[str]) -> str:
        """Spoil one payment (without its id) and say whether it is to be written twice."""
        kind = self._below(7)
        if kind == 0:
            fields[0] = f"X{self._below(10_000):04d}"
        elif kind == 1:
            fields[4] = "kontanthjælpen"  # no such benefit
        elif kind == 2:
            fields[3] = "ca. 9000"
        elif kind == 3:
            fields[1], fields[2] = fields[2], fields[1]  # the end before the beginning
        elif kind == 4:
            fields[1] = self._calendar.iso[max(self._calendar.iso.index(fields[1]) - 3, 0)]  # overlaps the one before
        elif kind == 5:
            return _TWICE
        elif kind == 6:
            return _TWICE_DIFFERENT
        return _PLAIN


def _picker(weighted: Sequence[tuple[T, int]]) -> Callable[[float], T]:
    """Return a function from a number in [0, 1) to one of the values, each as often as its weight says."""
    total = sum(weight for _, weight in weighted)
    limits, reached = [], 0
    for _, weight in weighted:
        reached += weight
        limits.append(reached / total)
    values = [value for value, _ in weighted]
    return lambda luck: values[bisect_right(limits, luck)]


def _cpr(number: int, impossible: bool) -> str:
    """Return a CPR number that no person can have: 60 is added to the day. Distinct for 60 million cases."""
    day, rest = number % 28, number // 28
    month, rest = rest % 12, rest // 12
    year, rest = rest % 45, rest // 45
    return f"{61 + day}{13 if impossible else 1 + month:02d}{45 + year}{rest * 1237 % 4000:04d}"


def _part(amount: int, numerator: int, denominator: int) -> int:
    """Return a share of an amount in øre, rounded half up."""
    return (2 * amount * numerator + denominator) // (2 * denominator)


def _kroner(amount: int) -> str:
    """Write an amount in øre as Danes do: 895900 is 8959,00."""
    return f"{amount // 100},{amount % 100:02d}"
