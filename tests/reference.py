"""Slow reference reading of the contract: one day at a time, sets of dates, exact arithmetic."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import holidays

Row = Mapping[str, Any]
Day = date  # a second name, usable where a field is itself called "date"

ONE_DAY = timedelta(days=1)
KINDS = ("expected", "discretionary", "documentation")
AUDITED_BENEFITS = ("kontanthjaelp", "starthjaelp")
VALID_CATEGORIES = ("1", "2", "3", "4", "5")
ALWAYS_EXCLUDED = ("revalidering", "forrevalidering", "foertidspension", "orlovsydelse", "anden_ydelse")
REFORM_EXCLUDED = (
    "venter_folkepension",
    "venter_foertidspension",
    "under_18",
    "barsel",
    "langvarig_behandling",
    "job_inden_4_uger",
    "barsel_inden_4_uger",
)
NO_DAYS: frozenset[date] = frozenset()
DANISH_HOLIDAYS = holidays.country_holidays("DK", categories="public")


# ---------------------------------------------------------------------------------------------------------------
# What is handed back
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """One finding: the rule, the step, its date, its certainty and the lost days it covers."""

    code: str
    step: int | None
    date: Day | None
    certainty: str
    days: frozenset[Day]


@dataclass(frozen=True)
class Line:
    """One payment, one rate and one unbroken run of lost days of one kind."""

    payment: int
    first: date
    last: date
    rate: Fraction | None
    paid: int
    refund_lost: int


@dataclass(frozen=True)
class CaseReading:
    """Everything the reference says about one case."""

    state: str
    found: tuple[Found, ...]
    expected: frozenset[date]
    discretionary: frozenset[date]
    documentation: frozenset[date]
    lines: dict[str, tuple[Line, ...]] | None
    unpaid_days: int | None
    unpriced_days: int | None
    running_per_day: int | None


@dataclass(frozen=True)
class Reading:
    """The reading of every case in the table of cases."""

    cases: dict[str, CaseReading]


# ---------------------------------------------------------------------------------------------------------------
# Parameters (section 3)
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RefundRate:
    """The refund rates of one benefit over one stretch of time."""

    benefit: str
    first: date | None
    last: date | None
    passive: Fraction
    offer: Fraction


@dataclass(frozen=True)
class Settings:
    """The parameters of section 3 with their defaults."""

    interval_months: int = 3
    first_interview_months: int = 3
    registration_workdays: int = 1
    followup_workdays: int = 5
    sickness_workdays: int = 10
    long_sickness_days: int = 28
    reform_exclusions_from: date = date(2007, 3, 1)
    refund_rates: tuple[RefundRate, ...] = ()


def default_rates() -> list[RefundRate]:
    """The rates of the table: the same for kontanthjaelp and starthjaelp, none for introduktionsydelse."""
    rates = []
    for benefit in AUDITED_BENEFITS:
        half = Fraction(50, 100)
        rates.append(RefundRate(benefit, None, date(2006, 6, 30), half, half))
        rates.append(RefundRate(benefit, date(2006, 7, 1), date(2010, 12, 31), Fraction(35, 100), Fraction(65, 100)))
        rates.append(RefundRate(benefit, date(2011, 1, 1), date(2015, 12, 31), Fraction(30, 100), half))
    return rates


def settings_from(parameters: Mapping[str, Any] | None) -> Settings:
    """The defaults, overridden by name; given rates replace the defaults of the benefits they name."""
    given = dict(parameters or {})
    own_rates = given.pop("refund_rates", [])
    named = {rate["benefit"] for rate in own_rates}
    rates = [rate for rate in default_rates() if rate.benefit not in named]
    for rate in own_rates:
        rates.append(RefundRate(rate["benefit"], rate["from"], rate["to"], rate["passive"], rate["offer"]))
    return Settings(refund_rates=tuple(rates), **given)


# ---------------------------------------------------------------------------------------------------------------
# The calendar (section 3)
# ---------------------------------------------------------------------------------------------------------------


def each_day(first: date, last: date) -> list[date]:
    """Every day from first to last, both included; none when last is before first."""
    days = []
    day = first
    while day <= last:
        days.append(day)
        day += ONE_DAY
    return days


def add_months(day: date, months: int) -> date:
    """The same day of the month n months on, cut to that month's last day."""
    year = day.year
    month = day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def is_workday(day: date) -> bool:
    """Monday to Friday and not a Danish public holiday."""
    return day.weekday() < 5 and day not in DANISH_HOLIDAYS


def after_workdays(day: date, count: int) -> date:
    """The day that is `count` working days after `day`; counting starts the day after."""
    while count > 0:
        day += ONE_DAY
        if is_workday(day):
            count -= 1
    return day


def sunday_of_week(day: date) -> date:
    """The Sunday that ends the week (Monday to Sunday) of the day: the end of the falduge."""
    while day.weekday() != 6:
        day += ONE_DAY
    return day


def due_date(start: date, months: int, excluded: frozenset[date], horizon: date) -> date | None:
    """The first non-excluded day on which N non-excluded days, counted from and with the start, have passed.

    None when no such day comes by the horizon: excluded days are known up to the horizon only.
    """
    needed = (add_months(start, months) - start).days
    passed = 0
    for day in each_day(start, horizon):
        if day in excluded:
            continue
        if passed >= needed:
            return day
        passed += 1
    return None


# ---------------------------------------------------------------------------------------------------------------
# One case and its rows
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One case with its own rows, the window and the sets of days that the rules speak of."""

    benefit: str
    start: date
    end: date | None
    last: date
    first: date
    to: date
    cutoff: date
    settings: Settings
    any_rows: bool
    contacts: tuple[Row, ...]
    summonses: tuple[Row, ...]
    held: tuple[Row, ...]
    notes: tuple[Row, ...]
    payments: tuple[tuple[int, Row], ...] | None
    excluded: frozenset[date]
    never_lost: frozenset[date]
    ill: frozenset[date]

    def in_window(self, day: date) -> bool:
        """Whether the day lies in the audited period, both ends included."""
        return self.first <= day <= self.to


def own_rows(tables: Mapping[str, Sequence[Row]], name: str, sag_id: str) -> list[Row]:
    """The rows of one table that belong to the case; an absent table has none."""
    return [row for row in tables.get(name, ()) if row["sag_id"] == sag_id]


def period_days(row: Row, cutoff: date) -> set[date]:
    """The days of a period, both ends included, as far as the cutoff; a blank `til` still runs.

    No rule needs a day after the cutoff: no interview, loss or due date that is judged lies beyond it.
    """
    til = cutoff if row["til"] is None else min(row["til"], cutoff)
    return set(each_day(row["fra"], til))


def days_of_types(periods: Iterable[Row], types: Sequence[str], cutoff: date) -> set[date]:
    """The union of the days of the periods of the given types."""
    days: set[date] = set()
    for row in periods:
        if row["type"] in types:
            days |= period_days(row, cutoff)
    return days


def excluded_days(periods: Sequence[Row], settings: Settings, cutoff: date) -> frozenset[date]:
    """Outside the target group: some types always, the others only from the reform's day on."""
    always = days_of_types(periods, ALWAYS_EXCLUDED, cutoff)
    reform = days_of_types(periods, REFORM_EXCLUDED, cutoff)
    return frozenset(always | {day for day in reform if day >= settings.reform_exclusions_from})


def illness_days(periods: Sequence[Row], settings: Settings, cutoff: date) -> frozenset[date]:
    """Days of a short recorded illness, or of a longer or still running one that is documented."""
    days: set[date] = set()
    for row in periods:
        if row["type"] != "sygdom":
            continue
        short = row["til"] is not None and (row["til"] - row["fra"]).days + 1 <= settings.long_sickness_days
        if short or row["dokumenteret"]:
            days |= period_days(row, cutoff)
    return frozenset(days)


def held_interviews(rows: Sequence[Row], start: date, last: date) -> list[Row]:
    """Kontaktsamtaler with status afholdt, held from the request to `last`, by day and then samtale_id."""
    held = []
    for row in rows:
        if row["type"] != "kontaktsamtale" or row["status"] != "afholdt" or row["afholdt_dato"] is None:
            continue
        if start <= row["afholdt_dato"] <= last:
            held.append(row)
    return sorted(held, key=lambda row: (row["afholdt_dato"], row["samtale_id"]))


def counting_payments(
    tables: Mapping[str, Sequence[Row]], sag_id: str, start: date, end: date | None
) -> tuple[tuple[int, Row], ...] | None:
    """The payments of the case with their place in the table; one wholly outside the case counts nowhere (DQ007)."""
    if "udbetalinger" not in tables:
        return None
    payments = []
    for index, row in enumerate(tables["udbetalinger"]):
        if row["sag_id"] != sag_id:
            continue
        before = row["til"] < start
        after = end is not None and row["fra"] > end
        if not before and not after:
            payments.append((index, row))
    return tuple(payments)


def build_case(
    tables: Mapping[str, Sequence[Row]], sag: Row, first: date, to: date, cutoff: date, settings: Settings
) -> Case:
    """Gather the rows and the sets of days of one case; `last` is the earlier of ophoersdato and cutoff."""
    sag_id, start, end = sag["sag_id"], sag["anmodningsdato"], sag["ophoersdato"]
    last = cutoff if end is None else min(end, cutoff)
    interviews = own_rows(tables, "samtaler", sag_id)
    periods = own_rows(tables, "perioder", sag_id)
    excluded = excluded_days(periods, settings, cutoff)
    return Case(
        benefit=sag["ydelsestype"],
        start=start,
        end=end,
        last=last,
        first=first,
        to=to,
        cutoff=cutoff,
        settings=settings,
        any_rows=bool(interviews),
        contacts=tuple(row for row in interviews if row["type"] == "foerste_henvendelse"),
        summonses=tuple(row for row in interviews if row["type"] == "kontaktsamtale"),
        held=tuple(held_interviews(interviews, start, last)),
        notes=tuple(own_rows(tables, "journal", sag_id)),
        payments=counting_payments(tables, sag_id, start, end),
        excluded=excluded,
        never_lost=excluded | frozenset(days_of_types(periods, ("loentilskud",), cutoff)),
        ill=illness_days(periods, settings, cutoff),
    )


def state_of(case: Case) -> str:
    """Outside without a day of benefit in the window; withdrawn with another benefit or only excluded days."""
    days = [day for day in each_day(case.start, case.last) if case.in_window(day)]
    if not days:
        return "outside"
    if case.benefit not in AUDITED_BENEFITS:
        return "withdrawn"
    if all(day in case.excluded for day in days):
        return "withdrawn"
    return "judged"


# ---------------------------------------------------------------------------------------------------------------
# A finding under construction
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Loss:
    """A finding before the never-lost days are taken away; each kind of lost day has its own set."""

    code: str
    step: int | None
    date: Day
    expected: frozenset[Day] = field(default=NO_DAYS)
    discretionary: frozenset[Day] = field(default=NO_DAYS)
    documentation: frozenset[Day] = field(default=NO_DAYS)


def without_never_lost(loss: Loss, never_lost: frozenset[date]) -> Loss:
    """Excluded days and days of loentilskud are never lost."""
    return Loss(
        loss.code,
        loss.step,
        loss.date,
        loss.expected - never_lost,
        loss.discretionary - never_lost,
        loss.documentation - never_lost,
    )


def found_from(loss: Loss) -> Found:
    """The certainty is that of the first kind with a day left; with no day left the finding stands with none."""
    certainty = "none"
    if loss.expected:
        certainty = "expected"
    elif loss.discretionary:
        certainty = "discretionary"
    elif loss.documentation:
        certainty = "documentation"
    days = loss.expected | loss.discretionary | loss.documentation
    return Found(loss.code, loss.step, loss.date, certainty, days)


# ---------------------------------------------------------------------------------------------------------------
# The chain of deadlines (section 3)
# ---------------------------------------------------------------------------------------------------------------


def deadline_losses(case: Case) -> list[Loss]:
    """Walk the chain: the first from the request, each next from the day the previous one was held, one still open."""
    losses = []
    start = case.start
    months = case.settings.first_interview_months
    held_days: list[date | None] = [row["afholdt_dato"] for row in case.held]
    for held in [*held_days, None]:
        loss = judge_deadline(case, start, months, held)
        if loss is not None:
            losses.append(loss)
        if held is not None:
            start = held
            months = case.settings.interval_months
    return losses


def judge_deadline(case: Case, start: date, months: int, held: date | None) -> Loss | None:
    """A breach if due in the window, not held by the Sunday of the due week, and that Sunday is not after `last`."""
    due = due_date(start, months, case.excluded, case.cutoff)
    if due is None or not case.in_window(due):
        return None
    sunday = sunday_of_week(due)
    if held is not None and held <= sunday:
        return None
    if sunday > case.last:
        return None
    tried = attempts(case, start, held)
    ill_until = illness_end(case, tried, due, sunday)
    if ill_until is not None:
        return judge_illness(case, due, held, ill_until)
    no_shows = [row for row in tried if row["status"] == "udeblevet"]
    if no_shows:
        return judge_no_shows(case, due, sunday, held, no_shows)
    # Otherwise expected; a cancellation by the municipality excuses nothing.
    code = "VT102" if held is None else "VT101"
    return Loss(code, None, due, expected=lost_days(case, due, held))


def lost_days(case: Case, first: date, held: date | None) -> frozenset[date]:
    """From the given day to the day before it was held; never held: to `last`."""
    until = case.last if held is None else held - ONE_DAY
    return frozenset(each_day(first, until))


def attempts(case: Case, start: date, held: date | None) -> list[Row]:
    """Not held kontaktsamtaler planned after the interval's start, by the cutoff and before the day it was held."""
    tried = []
    for row in case.summonses:
        planned = row["planlagt_dato"]
        if planned is None or row["status"] == "afholdt":
            continue
        if planned <= start or planned > case.cutoff:
            continue
        if held is not None and planned >= held:
            continue
        tried.append(row)
    return tried


def run_of_illness(case: Case, day: date) -> date:
    """The last day of the unbroken run of days of illness from this day; with no run, the day itself."""
    if day not in case.ill:
        return day
    while day + ONE_DAY in case.ill:
        day += ONE_DAY
    return day


def illness_end(case: Case, tried: Sequence[Row], due: date, sunday: date) -> date | None:
    """The day an excusing illness ended, None if illness does not excuse.

    (a) an attempt by the Sunday was called off for illness, or missed on a day of illness: the latest end counts;
    (b) with no such attempt: every day from the due date to the Sunday is a day of illness.
    """
    ends = []
    for row in tried:
        planned = row["planlagt_dato"]
        if planned > sunday:
            continue
        if row["status"] == "sygdom" or (row["status"] == "udeblevet" and planned in case.ill):
            ends.append(run_of_illness(case, planned))
    if ends:
        return max(ends)
    if all(day in case.ill for day in each_day(due, sunday)):
        return run_of_illness(case, due)
    return None


def judge_illness(case: Case, due: date, held: date | None, ill_until: date) -> Loss | None:
    """Held soon enough after the illness, or still time for it at the cutoff: nothing. Otherwise VT106, expected."""
    limit = after_workdays(ill_until, case.settings.sickness_workdays)
    if held is not None and held <= limit:
        return None
    if held is None and limit >= case.cutoff:
        return None
    first = max(due, ill_until + ONE_DAY)
    return Loss("VT106", None, due, expected=lost_days(case, first, held))


def judge_no_shows(case: Case, due: date, sunday: date, held: date | None, no_shows: Sequence[Row]) -> Loss:
    """VT104 if one is not followed up; VT105 if all are and one was in time; else VT103, split at the first one."""
    lost = lost_days(case, due, held)
    if not all(followed_up(case, row, held) for row in no_shows):
        return Loss("VT104", None, due, expected=lost)
    first_planned = min(row["planlagt_dato"] for row in no_shows)
    if first_planned <= sunday:
        return Loss("VT105", None, due, discretionary=lost)
    before = frozenset(day for day in lost if day < first_planned)
    return Loss("VT103", None, due, expected=before, discretionary=lost - before)


def followed_up(case: Case, no_show: Row, held: date | None) -> bool:
    """Acted upon from the planned day to the limit and by the cutoff, or the time to act has not run out."""
    planned = no_show["planlagt_dato"]
    limit = after_workdays(planned, case.settings.followup_workdays)
    if held is None and limit > case.cutoff:
        return True
    in_time = each_day(planned, min(limit, case.cutoff))
    if no_show["opfoelgning_dato"] in in_time:
        return True
    if held in in_time:
        return True
    for other in case.summonses:
        if other is not no_show and other["indkaldt_dato"] in in_time and is_later(other, planned, case.cutoff):
            return True
    return False


def is_later(other: Row, planned: date, cutoff: date) -> bool:
    """Planned later (also after the cutoff), or held later; what was held after the cutoff is not used."""
    if other["planlagt_dato"] is not None and other["planlagt_dato"] > planned:
        return True
    return other["afholdt_dato"] is not None and planned < other["afholdt_dato"] <= cutoff


# ---------------------------------------------------------------------------------------------------------------
# The steps at each interview (section 4)
# ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Evidence:
    """Something that shows a step was done: its day, its rank (row, note, later interview) and its category."""

    day: date
    rank: int
    category: str | None


def is_placed(row: Row) -> bool:
    """A category 1-5 that is not only a rough match."""
    return row["matchkategori"] in VALID_CATEGORIES and not row["grovmatch"]


def has_areas(row: Row) -> bool:
    """At least one area is named among those separated by |."""
    return any(part.strip() for part in (row["opmaerksomhedsomraader"] or "").split("|"))


def has_jobseeker(row: Row) -> bool:
    """Registered as job seeker, or a reason why not."""
    return row["arbejdssoegende"] in ("ja", True) or bool((row["fritagelsesaarsag"] or "").strip())


def drv_day(row: Row) -> date:
    """The later of the day of registration and the day it was held; a blank registration is the day it was held."""
    held: date = row["afholdt_dato"]
    registered: date | None = row["registreret_dato"]
    return held if registered is None else max(held, registered)


def note_day(note: Row) -> date:
    """A note counts from the later of its date and the day it was entered."""
    written: date = note["dato"]
    entered: date | None = note["registreret_dato"]
    return written if entered is None else max(written, entered)


def usable_notes(case: Case, held_day: date) -> list[Row]:
    """Notes dated from H to `last` and known by the cutoff, in the order in which ties are broken."""
    notes = [row for row in case.notes if held_day <= row["dato"] <= case.last and note_day(row) <= case.cutoff]
    return sorted(notes, key=lambda row: (note_day(row), row["notat_id"] or "", row["placed"] or ""))


def category_evidence(row: Row, notes: Sequence[Row], later: Sequence[Row]) -> list[Evidence]:
    """Step 1: the row itself if placed, a note that places, any later held interview that is placed."""
    evidence = []
    if is_placed(row):
        evidence.append(Evidence(drv_day(row), 0, row["matchkategori"]))
    for note in notes:
        if note["placed"] is not None:
            evidence.append(Evidence(note_day(note), 1, note["placed"]))
    for other in later:
        if is_placed(other):
            evidence.append(Evidence(drv_day(other), 2, other["matchkategori"]))
    return evidence


def area_evidence(row: Row, notes: Sequence[Row], later: Sequence[Row]) -> list[Evidence]:
    """Step 2: the row's own areas, a note naming areas, a later placed interview in category 1 or with areas."""
    evidence = []
    if has_areas(row):
        evidence.append(Evidence(drv_day(row), 0, None))
    for note in notes:
        if note["areas"]:
            evidence.append(Evidence(note_day(note), 1, None))
    for other in later:
        if is_placed(other) and (other["matchkategori"] == "1" or has_areas(other)):
            evidence.append(Evidence(drv_day(other), 2, None))
    return evidence


def jobseeker_evidence(row: Row, notes: Sequence[Row], later: Sequence[Row]) -> list[Evidence]:
    """Step 3: on the row, in a note, or on a later held interview."""
    evidence = []
    if has_jobseeker(row):
        evidence.append(Evidence(drv_day(row), 0, None))
    for note in notes:
        if note["jobseeker"]:
            evidence.append(Evidence(note_day(note), 1, None))
    for other in later:
        if has_jobseeker(other):
            evidence.append(Evidence(drv_day(other), 2, None))
    return evidence


def earliest(evidence: Sequence[Evidence], held_day: date, limit: date, cutoff: date) -> Evidence | None:
    """The earliest evidence dated by the cutoff, with the day it counts as: a day up to the limit counts as H.

    On equal days the row goes before a note before a later interview; within a rank the given order stands.
    """
    best: Evidence | None = None
    for piece in evidence:
        if piece.day > cutoff:
            continue
        counted = Evidence(held_day if piece.day <= limit else piece.day, piece.rank, piece.category)
        if best is None or (counted.day, counted.rank) < (best.day, best.rank):
            best = counted
    return best


def step_days(case: Case, held_day: date, done: Evidence | None) -> frozenset[date]:
    """Done by the limit (counted as H): nothing. Otherwise from H to the day before it was done, or to `last`."""
    if done is None:
        return frozenset(each_day(held_day, case.last))
    return frozenset(each_day(held_day, min(done.day - ONE_DAY, case.last)))


def judge_steps(case: Case, place: int, notes: Sequence[Row]) -> dict[int, frozenset[date]]:
    """The days lost by each step of one interview; a step that is done or not asked for loses none."""
    row = case.held[place]
    later = case.held[place + 1 :]
    held_day: date = row["afholdt_dato"]
    limit = after_workdays(held_day, case.settings.registration_workdays)
    placing = earliest(category_evidence(row, notes, later), held_day, limit, case.cutoff)
    # The effective category: the row's own if placed (whenever registered), else that of step 1's evidence.
    category: str | None = None
    if is_placed(row):
        category = row["matchkategori"]
    elif placing is not None:
        category = placing.category
    lost = {1: step_days(case, held_day, placing), 2: NO_DAYS, 3: NO_DAYS}
    if category in ("2", "3", "4", "5"):
        areas = earliest(area_evidence(row, notes, later), held_day, limit, case.cutoff)
        lost[2] = step_days(case, held_day, areas)
    if category in ("1", "2", "3"):
        jobseeker = earliest(jobseeker_evidence(row, notes, later), held_day, limit, case.cutoff)
        lost[3] = step_days(case, held_day, jobseeker)
    return lost


def step_code(row: Row, step: int) -> str:
    """Too late registration goes before the other codes of the step."""
    if step == 1:
        if is_placed(row):
            return "VT204"
        if row["grovmatch"]:
            return "VT202"
        if (row["matchkategori"] or "").strip():
            return "VT206"
        return "VT201"
    if step == 2:
        return "VT204" if is_placed(row) and has_areas(row) else "VT203"
    return "VT204" if has_jobseeker(row) else "VT301"


def judged_places(case: Case) -> list[int]:
    """Interviews held in the window, on no excluded day, whose limit is not after the cutoff."""
    places = []
    for place, row in enumerate(case.held):
        held_day = row["afholdt_dato"]
        limit = after_workdays(held_day, case.settings.registration_workdays)
        if case.in_window(held_day) and held_day not in case.excluded and limit <= case.cutoff:
            places.append(place)
    return places


def step_losses(case: Case) -> list[Loss]:
    """One finding per step; the days that only a note saves are VT205 for that step."""
    losses = []
    for place in judged_places(case):
        row = case.held[place]
        held_day = row["afholdt_dato"]
        with_notes = judge_steps(case, place, usable_notes(case, held_day))
        without_notes = judge_steps(case, place, [])
        for step in (1, 2, 3):
            if with_notes[step]:
                losses.append(Loss(step_code(row, step), step, held_day, expected=with_notes[step]))
            saved = without_notes[step] - with_notes[step]
            if saved:
                losses.append(Loss("VT205", step, held_day, documentation=saved))
    return losses


# ---------------------------------------------------------------------------------------------------------------
# Findings without days
# ---------------------------------------------------------------------------------------------------------------


def only_first_contact(case: Case) -> list[Found]:
    """VT107: a first contact (held, else planned, else summoned by the cutoff) but no interview held by `last`."""
    if case.held:
        return []
    days = []
    for row in case.contacts:
        day = row["afholdt_dato"] or row["planlagt_dato"] or row["indkaldt_dato"]
        if day is not None and day <= case.cutoff:
            days.append(day)
    return [Found("VT107", None, min(days), "none", NO_DAYS)] if days else []


def benefit_not_shown(case: Case) -> list[Found]:
    """VT401: a judged interview on a day that no payment covers; only where payments are present."""
    if case.payments is None:
        return []
    found = []
    for place in judged_places(case):
        held_day = case.held[place]["afholdt_dato"]
        if not any(row["fra"] <= held_day <= row["til"] for _, row in case.payments):
            found.append(Found("VT401", None, held_day, "none", NO_DAYS))
    return found


def not_in_drv(case: Case) -> list[Found]:
    """VT402: payments cover more than `interval_months` months of the window, and no row at all in `samtaler`."""
    if case.payments is None or case.any_rows:
        return []
    covered: set[date] = set()
    starts = []
    for _, row in case.payments:
        days = {day for day in each_day(row["fra"], row["til"]) if case.in_window(day) and day <= case.cutoff}
        if days:
            covered |= days
            starts.append(row["fra"])
    if not covered:
        return []
    first_day = min(covered)
    months = (add_months(first_day, case.settings.interval_months) - first_day).days
    return [Found("VT402", None, min(starts), "none", NO_DAYS)] if len(covered) > months else []


def outside_target_group(case: Case, state: str) -> list[Found]:
    """VT403: a kontaktsamtale dated on an excluded day, or in a withdrawn case; one per case, the first."""
    days = []
    for row in case.summonses:
        day = row["afholdt_dato"] or row["planlagt_dato"]
        if day is None or day > case.cutoff or not case.in_window(day):
            continue
        if state == "withdrawn" or day in case.excluded:
            days.append(day)
    return [Found("VT403", None, min(days), "none", NO_DAYS)] if days else []


# ---------------------------------------------------------------------------------------------------------------
# Money (section 5)
# ---------------------------------------------------------------------------------------------------------------


def round_half_up(amount: Fraction) -> int:
    """Half up to the whole øre; half away from zero for a negative amount."""
    size = abs(amount)
    whole = size.numerator // size.denominator
    if size - whole >= Fraction(1, 2):
        whole += 1
    return -whole if amount < 0 else whole


def rate_on(case: Case, payment: Row, day: date) -> Fraction | None:
    """The rate of the payment's own benefit where given, else the case's, on this day; None is unpriced."""
    benefit = payment["ydelsestype"] or case.benefit
    for rate in case.settings.refund_rates:
        if rate.benefit != benefit:
            continue
        if rate.first is not None and day < rate.first:
            continue
        if rate.last is not None and day > rate.last:
            continue
        return rate.offer if payment["i_tilbud"] else rate.passive
    return None


def runs_of(case: Case, payment: Row, lost: frozenset[date]) -> list[list[date]]:
    """The unbroken runs of lost days inside the payment, cut where the rate changes."""
    runs: list[list[date]] = []
    for day in each_day(payment["fra"], payment["til"]):
        if day not in lost:
            continue
        rate = rate_on(case, payment, day)
        if runs and runs[-1][-1] + ONE_DAY == day and rate_on(case, payment, runs[-1][-1]) == rate:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def money_lines(case: Case, payments: Sequence[tuple[int, Row]], lost: frozenset[date]) -> tuple[Line, ...]:
    """Paid = A*k/L, lost refund = A*k/L*rate, each rounded; L is the payment's full length, overlaps both count."""
    lines = []
    for index, payment in payments:
        length = len(each_day(payment["fra"], payment["til"]))
        for run in runs_of(case, payment, lost):
            rate = rate_on(case, payment, run[0])
            paid = Fraction(payment["beloeb"]) * len(run) / length
            refund = Fraction(0) if rate is None else paid * rate
            lines.append(Line(index, run[0], run[-1], rate, round_half_up(paid), round_half_up(refund)))
    return tuple(sorted(lines, key=lambda line: (line.payment, line.first)))


def unpaid(payments: Sequence[tuple[int, Row]], lost: frozenset[date]) -> int:
    """How many lost days no counting payment covers."""
    count = 0
    for day in lost:
        if not any(row["fra"] <= day <= row["til"] for _, row in payments):
            count += 1
    return count


def unpriced(case: Case, payments: Sequence[tuple[int, Row]], lost: frozenset[date]) -> int:
    """How many lost days at least one counting payment without a rate covers."""
    count = 0
    for day in lost:
        covering = [row for _, row in payments if row["fra"] <= day <= row["til"]]
        if any(rate_on(case, row, day) is None for row in covering):
            count += 1
    return count


def running_cost(case: Case, payments: Sequence[tuple[int, Row]], expected: frozenset[date]) -> int | None:
    """An expected loss whose last day is the cutoff still runs and costs the refund of that day; else None."""
    if case.cutoff not in expected:
        return None
    return sum(line.refund_lost for line in money_lines(case, payments, frozenset({case.cutoff})))


# ---------------------------------------------------------------------------------------------------------------
# The reading
# ---------------------------------------------------------------------------------------------------------------


def sort_key(found: Found) -> tuple[str, int, date, str, list[date]]:
    """By code, step, date, certainty and days."""
    return (found.code, found.step or 0, found.date or date.min, found.certainty, sorted(found.days))


def union(sets: Iterable[frozenset[date]]) -> frozenset[date]:
    """All the days of all the sets."""
    days: set[date] = set()
    for one in sets:
        days |= one
    return frozenset(days)


def case_reading(case: Case, state: str, found: Sequence[Found], losses: Sequence[Loss]) -> CaseReading:
    """No day counts twice: expected, discretionary without expected, documentation without both."""
    expected = union(loss.expected for loss in losses)
    discretionary = union(loss.discretionary for loss in losses) - expected
    documentation = union(loss.documentation for loss in losses) - expected - discretionary
    ordered = tuple(sorted(found, key=sort_key))
    if case.payments is None:
        return CaseReading(state, ordered, expected, discretionary, documentation, None, None, None, None)
    lost = expected | discretionary | documentation
    lines = {}
    for kind, days in zip(KINDS, (expected, discretionary, documentation), strict=True):
        lines[kind] = money_lines(case, case.payments, days)
    return CaseReading(
        state,
        ordered,
        expected,
        discretionary,
        documentation,
        lines,
        unpaid(case.payments, lost),
        unpriced(case, case.payments, lost),
        running_cost(case, case.payments, expected),
    )


def read_case(case: Case) -> CaseReading:
    """Outside: nothing. Withdrawn: only VT403. Judged: everything."""
    state = state_of(case)
    if state == "outside":
        return case_reading(case, state, [], [])
    if state == "withdrawn":
        return case_reading(case, state, outside_target_group(case, state), [])
    losses = [without_never_lost(loss, case.never_lost) for loss in deadline_losses(case) + step_losses(case)]
    found = [found_from(loss) for loss in losses]
    found += only_first_contact(case)
    found += benefit_not_shown(case)
    found += not_in_drv(case)
    found += outside_target_group(case, state)
    return case_reading(case, state, found, losses)


def read(
    tables: Mapping[str, Sequence[Row]],
    first: date,
    to: date,
    cutoff: date,
    parameters: Mapping[str, Any] | None = None,
) -> Reading:
    """Read every case of `sager` in the window `first`-`to`, knowing nothing that happened after `cutoff`."""
    settings = settings_from(parameters)
    cases = {}
    for sag in tables.get("sager", ()):
        cases[sag["sag_id"]] = read_case(build_case(tables, sag, first, to, cutoff, settings))
    return Reading(cases)


# ---------------------------------------------------------------------------------------------------------------
# The reconciliation (domain-further, Reconciliation)
# ---------------------------------------------------------------------------------------------------------------


@dataclass
class PaymentReading:
    """What the reference says of one row of payments; `months` are the figures by the first day of each month."""

    figures: dict[str, int]
    months: dict[date, dict[str, int]]
    codes: list[tuple[str, int]]


FIGURES = (
    "claimable", "claimed", "lost", "discretionary", "documentation",
    "corrected", "remaining", "corrected_too_much", "unclaimed", "unpriced_claimed",
)  # fmt: skip


def reconcile(
    tables: Mapping[str, Sequence[Row]],
    cutoff: date,
    parameters: Mapping[str, Any] | None,
    tolerance: int,
    fully: Mapping[str, bool],
) -> tuple[dict[int, PaymentReading], set[int]]:
    """Each payment by its place in the table, and the places of those that are not reconciled."""
    settings = settings_from(parameters)
    first = min(sag["anmodningsdato"] for sag in tables["sager"])
    found: dict[int, PaymentReading] = {}
    left = set(range(len(tables["udbetalinger"])))
    for sag in tables["sager"]:
        case = build_case(tables, sag, first, cutoff, cutoff, settings)
        own = [(i, row) for i, row in enumerate(tables["udbetalinger"]) if row["sag_id"] == sag["sag_id"]]
        made = reconcile_case(case, own, read_case(case), tolerance, fully.get(sag["sag_id"], True))
        found |= made
        left -= set(made)
    return found, left


def reconcile_case(
    case: Case, own: list[tuple[int, Row]], reading: CaseReading, tolerance: int, fully: bool
) -> dict[int, PaymentReading]:
    """The payments of a case; a negative one is read with the first that it takes back."""
    counting = {index for index, _ in case.payments or ()}
    found = {}
    taken: set[int] = set()
    for index, row in own:
        if row["beloeb"] >= 0:
            partner = next(((i, other) for i, other in own if i not in taken and takes_back(case, row, other)), None)
            if partner is not None:
                taken.add(partner[0])
                found[partner[0]] = PaymentReading(dict.fromkeys(FIGURES, 0), {}, [])
            paid = Paid(case, index, row, None if partner is None else partner[1], index in counting, reading)
            found[index] = read_payment(paid, fully)
            found[index].codes = codes_of_payment(paid, found[index].figures, tolerance)
    return found


@dataclass(frozen=True)
class Paid:
    """A row of payments, and what it is read with."""

    case: Case
    index: int
    row: Row
    partner: Row | None
    counts: bool
    reading: CaseReading

    @property
    def days(self) -> list[date]:
        return each_day(self.row["fra"], self.row["til"])

    @property
    def priced(self) -> bool:
        """Whether anything can be claimed for it at all."""
        return self.counts and self.partner is None

    @property
    def has_unpriced_day(self) -> bool:
        return self.priced and any(rate_on(self.case, self.row, day) is None for day in self.days)

    def lines(self, kind: str) -> list[Line]:
        return [line for line in (self.reading.lines or {}).get(kind, ()) if line.payment == self.index]

    def lost_days(self, kind: str) -> list[date]:
        return [day for line in self.lines(kind) for day in each_day(line.first, line.last)]


def takes_back(case: Case, row: Row, other: Row) -> bool:
    alike = all(row[name] == other[name] for name in ("fra", "til", "i_tilbud"))
    benefits = (row["ydelsestype"] or case.benefit) == (other["ydelsestype"] or case.benefit)
    return other["beloeb"] < 0 and alike and benefits and row["beloeb"] == -other["beloeb"]


def read_payment(paid: Paid, fully: bool) -> PaymentReading:
    row, days = paid.row, paid.days
    figures = dict.fromkeys(FIGURES, 0)
    rows = [row] if paid.partner is None else [row, paid.partner]
    figures["claimed"] = sum(one["anmeldt_refusion"] or 0 for one in rows)
    figures["corrected"] = sum(one["berigtiget_refusion"] or 0 for one in rows)
    if paid.priced:
        for run in runs_of(paid.case, row, frozenset(days)):
            rate = rate_on(paid.case, row, run[0])
            if rate is not None:
                figures["claimable"] += round_half_up(Fraction(row["beloeb"]) * len(run) / len(days) * rate)
        for kind, name in zip(KINDS, ("lost", "discretionary", "documentation"), strict=True):
            figures[name] = sum(line.refund_lost for line in paid.lines(kind))
    if paid.has_unpriced_day:
        figures["unpriced_claimed"] = figures["claimed"]
    else:
        may_claim = max(0, figures["claimable"] - figures["lost"])
        sure = figures["claimable"] - figures["lost"] - figures["discretionary"] - figures["documentation"]
        kept = figures["claimed"] - figures["corrected"]
        if kept > may_claim:
            figures["remaining"] = kept - may_claim
        if sure > kept and fully:
            figures["corrected_too_much"] = min(sure - kept, figures["corrected"])
        if sure > figures["claimed"]:
            figures["unclaimed"] = sure - figures["claimed"]
    return PaymentReading(figures, months_of_payment(paid, figures), [])


def months_of_payment(paid: Paid, figures: dict[str, int]) -> dict[date, dict[str, int]]:
    """Every figure day by day: the share of the base days that have passed when the month ends, rounded."""
    kinds = {"discretionary": "discretionary", "documentation": "documentation"}
    kinds |= dict.fromkeys(("lost", "corrected", "remaining", "corrected_too_much"), "expected")
    months: dict[date, dict[str, int]] = {}
    for name in FIGURES:
        base = paid.days
        if name in kinds and paid.partner is None:
            base = paid.lost_days(kinds[name]) or base
        before = 0
        for month in sorted({day.replace(day=1) for day in paid.days}):
            passed = sum(day.replace(day=1) <= month for day in base)
            now = round_half_up(Fraction(figures[name] * passed, len(base)))
            months.setdefault(month, {})[name] = now - before
            before = now
    return months


def codes_of_payment(paid: Paid, figures: dict[str, int], tolerance: int) -> list[tuple[str, int]]:
    if paid.has_unpriced_day:
        return [("VT504", 0)] if figures["claimed"] else []
    explained = paid.priced and paid.row["beloeb"] != 0 and a_rate_explains(paid, figures["claimed"], tolerance)
    codes: list[tuple[str, int]] = []
    if figures["remaining"] > tolerance:
        # the claim takes the days that may be claimed first, then the lost ones, then what there is no ground for
        may_claim = max(0, figures["claimable"] - figures["lost"])
        on_lost = max(0, min(figures["claimed"], figures["claimable"]) - may_claim)
        above = max(0, figures["claimed"] - figures["claimable"])
        settled = min(figures["corrected"], on_lost)
        on_lost -= settled
        above -= min(figures["corrected"] - settled, above)
        assert on_lost + above == figures["remaining"]
        if on_lost:
            codes.append(("VT502" if figures["corrected"] else "VT501", on_lost))
        if above:
            codes.append(("VT503" if explained else "VT504", above))
    if figures["corrected_too_much"] > tolerance:
        codes.append(("VT502", 0))
    if figures["unclaimed"] > tolerance and explained:
        codes.append(("VT503", 0))
    return codes


def a_rate_explains(paid: Paid, claimed: int, tolerance: int) -> bool:
    benefit = paid.row["ydelsestype"] or paid.case.benefit
    rates = [rate for rate in paid.case.settings.refund_rates if rate.benefit == benefit]
    table = {share for rate in rates for share in (rate.passive, rate.offer)}
    used = {rate_on(paid.case, paid.row, day) for day in paid.days}
    if len(used) == 1:
        table -= used
    for rate in table:
        whole = Fraction(paid.row["beloeb"]) * rate
        per_day = whole / len(paid.days)
        free = round_half_up(per_day * (len(paid.days) - len(paid.lost_days("expected"))))
        runs = [len(each_day(one.first, one.last)) for one in paid.lines("expected")]
        less = round_half_up(whole) - sum(round_half_up(per_day * length) for length in runs)
        if any(abs(claimed - oere) <= tolerance for oere in (round_half_up(whole), free, less)):
            return True
    return False
