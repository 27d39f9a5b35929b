"""Examples computed by hand from the text of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from random_cases import random_tables
from reference import (
    CaseReading,
    Found,
    Line,
    Reading,
    add_months,
    after_workdays,
    due_date,
    read,
    round_half_up,
    sunday_of_week,
)

Record = dict[str, Any]
FAR = date(2008, 12, 31)
OPEN = date(2006, 1, 1)


def d(text: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(text)


def span(first: str, last: str) -> frozenset[date]:
    """Every day from first to last."""
    return frozenset(d(first) + timedelta(days=n) for n in range((d(last) - d(first)).days + 1))


def case(start: str, end: str | None = None, benefit: str = "kontanthjaelp") -> Record:
    """A row of `sager`."""
    return {
        "sag_id": "A",
        "cpr": None,
        "ydelsestype": benefit,
        "anmodningsdato": d(start),
        "ophoersdato": d(end) if end else None,
        "team": None,
        "sagsbehandler": None,
    }


def talk(status: str = "afholdt", **values: Any) -> Record:
    """A row of `samtaler`; a held one has every step in order unless told otherwise. Dates may be given as text."""
    row: Record = {
        "samtale_id": "s1",
        "sag_id": "A",
        "type": "kontaktsamtale",
        "status": status,
        "indkaldt_dato": None,
        "planlagt_dato": None,
        "afholdt_dato": None,
        "opfoelgning_dato": None,
        "matchkategori": "3",
        "grovmatch": False,
        "opmaerksomhedsomraader": "bolig",
        "registreret_dato": None,
        "arbejdssoegende": "ja",
        "fritagelsesaarsag": None,
        "kontaktform": None,
        "team": None,
        "sagsbehandler": None,
    }
    for name, value in values.items():
        row[name] = d(value) if name.endswith("_dato") and value is not None else value
    return row


def period(kind: str, fra: str, til: str | None, documented: bool = False) -> Record:
    """A row of `perioder`."""
    return {"sag_id": "A", "type": kind, "fra": d(fra), "til": d(til) if til else None, "dokumenteret": documented}


def pay(fra: str, til: str, amount: int, benefit: str | None = None, offer: bool = False) -> Record:
    """A row of `udbetalinger`."""
    return {
        "udbetaling_id": None,
        "sag_id": "A",
        "fra": d(fra),
        "til": d(til),
        "beloeb": amount,
        "ydelsestype": benefit,
        "i_tilbud": offer,
        "anmeldt_refusion": None,
        "berigtiget_refusion": None,
        "konto": None,
    }


def note(dato: str, placed: str | None, areas: bool = False, job: bool = False, entered: str | None = None) -> Record:
    """A row of `journal`, already read."""
    return {
        "sag_id": "A",
        "notat_id": "n1",
        "dato": d(dato),
        "registreret_dato": d(entered) if entered else None,
        "placed": placed,
        "areas": areas,
        "jobseeker": job,
    }


def one(
    sag: Record,
    talks: Sequence[Record] = (),
    cutoff: str = "2006-05-31",
    window: tuple[str, str] | None = None,
    parameters: Record | None = None,
    **others: list[Record],
) -> CaseReading:
    """The reading of one case; the window is all three years unless told otherwise."""
    first, to = (d(window[0]), d(window[1])) if window else (OPEN, FAR)
    tables = {"sager": [sag], "samtaler": list(talks), **others}
    return read(tables, first, to, d(cutoff), parameters).cases["A"]


def codes(reading: CaseReading) -> list[tuple[str, int | None, str]]:
    """Code, step and certainty of each finding."""
    return [(found.code, found.step, found.certainty) for found in reading.found]


# A request on Tuesday 7 February 2006 is due on Sunday 7 May 2006; in time up to that same Sunday.
SUNDAY_CASE = "2006-02-07"


class TestCalendar:
    """Months, working days and weeks."""

    @pytest.mark.parametrize(
        ("day", "months", "expected"),
        [
            ("2006-11-30", 3, "2007-02-28"),
            ("2007-11-30", 3, "2008-02-29"),
            ("2006-02-03", 3, "2006-05-03"),
            ("2006-10-31", 13, "2007-11-30"),
        ],
    )
    def test_months(self, day: str, months: int, expected: str) -> None:
        """The day of the month is kept, cut to the month's last day."""
        assert add_months(d(day), months) == d(expected)

    @pytest.mark.parametrize(
        ("day", "count", "expected"),
        [
            ("2006-05-05", 1, "2006-05-08"),  # Friday to Monday
            ("2007-04-04", 1, "2007-04-10"),  # over Maundy Thursday to Easter Monday
            ("2006-12-22", 1, "2006-12-27"),  # over the weekend and both days of Christmas
            ("2006-05-11", 1, "2006-05-15"),  # 12 May 2006 is Great Prayer Day
            ("2006-06-05", 0, "2006-06-05"),  # nothing to count
            ("2006-05-04", 5, "2006-05-11"),
        ],
    )
    def test_workdays(self, day: str, count: int, expected: str) -> None:
        """Counting starts the day after and skips weekends and public holidays."""
        assert after_workdays(d(day), count) == d(expected)

    def test_sunday(self) -> None:
        """The week ends on its Sunday, which is its own Sunday."""
        assert sunday_of_week(d("2006-05-01")) == d("2006-05-07")
        assert sunday_of_week(d("2006-05-07")) == d("2006-05-07")

    @pytest.mark.parametrize(
        ("excluded", "expected"),
        [
            (frozenset(), "2006-04-01"),
            (span("2006-01-10", "2006-01-19"), "2006-04-11"),  # ten days do not count
            (span("2006-04-01", "2006-04-05"), "2006-04-06"),  # the due date is not an excluded day
            (span("2006-01-01", "2006-01-01"), "2006-04-02"),  # an excluded start day is not counted
            (span("2006-03-31", "2006-12-31"), None),  # never comes
        ],
    )
    def test_due_date(self, excluded: frozenset[date], expected: str | None) -> None:
        """1 January to 1 April 2006 is 90 days."""
        due = due_date(d("2006-01-01"), 3, excluded, d("2006-12-31"))
        assert due == (d(expected) if expected else None)


class TestWhoIsIn:
    """Outside, withdrawn and judged."""

    def test_outside(self) -> None:
        """The last day of benefit lies before the window."""
        reading = one(case("2006-02-07", "2006-06-30"), cutoff="2007-12-31", window=("2006-07-01", "2007-12-31"))
        assert (reading.state, reading.found, reading.lines) == ("outside", (), None)

    def test_one_day_is_enough(self) -> None:
        """One day of benefit in the window."""
        reading = one(case("2006-02-07", "2006-07-01"), cutoff="2007-12-31", window=("2006-07-01", "2007-12-31"))
        assert reading.state == "judged"

    def test_other_benefit(self) -> None:
        """Another benefit leaves the audit; its kontaktsamtale is VT403 and nothing else."""
        reading = one(case("2006-02-07", None, "introduktionsydelse"), [talk(afholdt_dato="2006-05-30")])
        assert reading.state == "withdrawn"
        assert reading.found == (Found("VT403", None, d("2006-05-30"), "none", frozenset()),)

    def test_all_days_excluded(self) -> None:
        """Every day in the window is excluded; the days outside the window do not matter."""
        periods = [period("revalidering", "2006-03-01", None)]
        assert one(case("2006-02-07"), perioder=periods).state == "judged"
        reading = one(case("2006-02-07"), window=("2006-03-01", "2006-12-31"), perioder=periods)
        assert (reading.state, reading.found) == ("withdrawn", ())

    def test_reform_types(self) -> None:
        """Maternity leave excludes from 1 March 2007 only."""
        periods = [period("barsel", "2007-01-01", "2007-03-31")]
        assert one(case("2007-02-28"), cutoff="2007-03-31", perioder=periods).state == "judged"
        assert one(case("2007-03-01"), cutoff="2007-03-31", perioder=periods).state == "withdrawn"


class TestDeadlines:
    """The falduge and what is lost."""

    def test_in_time(self) -> None:
        """Due Wednesday 3 May 2006, held Friday 5 May."""
        assert one(case("2006-02-03"), [talk(afholdt_dato="2006-05-05")]).found == ()

    def test_one_day_late(self) -> None:
        """Due Sunday 7 May 2006, held Monday 8 May: one day lost."""
        reading = one(case(SUNDAY_CASE), [talk(afholdt_dato="2006-05-08")])
        assert reading.found == (Found("VT101", None, d("2006-05-07"), "expected", span("2006-05-07", "2006-05-07")),)

    def test_lost_from_the_due_date(self) -> None:
        """Due Wednesday 3 May 2006, held Monday 8 May: five days, not from the end of the falduge."""
        reading = one(case("2006-02-03"), [talk(afholdt_dato="2006-05-08")])
        assert reading.expected == span("2006-05-03", "2006-05-07")

    def test_never_held(self) -> None:
        """Never held: to `last`; on the Sunday itself it is a breach, on the Saturday not yet."""
        assert one(case("2006-02-03"), cutoff="2006-05-06").found == ()
        reading = one(case("2006-02-03"), cutoff="2006-05-07")
        assert codes(reading) == [("VT102", None, "expected")]
        assert reading.expected == span("2006-05-03", "2006-05-07")

    def test_left_before_the_sunday(self) -> None:
        """Whoever leaves before the falduge is over is no breach."""
        assert one(case("2006-02-03", "2006-05-06")).found == ()
        assert codes(one(case("2006-02-03", "2006-05-07"))) == [("VT102", None, "expected")]

    def test_chain_from_the_held_day(self) -> None:
        """Held on 2 May, the next is due on Wednesday 2 August and is lost from then."""
        reading = one(case("2006-02-03"), [talk(afholdt_dato="2006-05-02")], cutoff="2006-08-10")
        assert reading.found == (Found("VT102", None, d("2006-08-02"), "expected", span("2006-08-02", "2006-08-10")),)

    def test_window_does_not_cut_a_loss(self) -> None:
        """Judged when the due date is in the window; the loss goes on beyond it."""
        sag = case("2006-02-03")
        inside = one(sag, cutoff="2006-05-20", window=("2006-05-03", "2006-05-03"))
        assert inside.expected == span("2006-05-03", "2006-05-20")
        assert one(sag, cutoff="2006-05-20", window=("2006-05-04", "2006-12-31")).found == ()

    def test_never_lost(self) -> None:
        """Excluded days and loentilskud are never lost; a finding without days stands with certainty none."""
        periods = [
            period("loentilskud", "2006-05-04", "2006-05-05"),
            period("revalidering", "2006-05-06", "2006-05-06"),
        ]
        reading = one(case("2006-02-03"), [talk(afholdt_dato="2006-05-08")], perioder=periods)
        assert reading.expected == {d("2006-05-03"), d("2006-05-07")}
        whole = [period("loentilskud", "2006-05-03", None)]
        reading = one(case("2006-02-03"), [talk(afholdt_dato="2006-05-08")], perioder=whole)
        assert reading.found == (Found("VT101", None, d("2006-05-03"), "none", frozenset()),)

    def test_held_on_excluded_day(self) -> None:
        """It meets its deadline, its steps are not judged, and the row is VT403."""
        talks = [talk(afholdt_dato="2006-05-02", matchkategori=None)]
        reading = one(case("2006-02-03"), talks, perioder=[period("revalidering", "2006-05-02", "2006-05-02")])
        assert reading.found == (Found("VT403", None, d("2006-05-02"), "none", frozenset()),)

    def test_other_types_meet_nothing(self) -> None:
        """A cv interview is not a kontaktsamtale."""
        reading = one(case("2006-02-03"), [talk(type="cv_samtale", afholdt_dato="2006-05-02")], cutoff="2006-05-07")
        assert codes(reading) == [("VT102", None, "expected")]


class TestIllness:
    """Illness that excuses, and for how long."""

    def ill(self, held: str | None, periods: Sequence[Record] = (), cutoff: str = "2006-12-31") -> CaseReading:
        """Called off for illness on Friday 5 May 2006; the case ends on 30 June."""
        talks = [talk("sygdom", planlagt_dato="2006-05-05")]
        if held:
            talks.append(talk(afholdt_dato=held))
        return one(case(SUNDAY_CASE, "2006-06-30"), talks, cutoff, perioder=list(periods))

    def test_ten_workdays(self) -> None:
        """Ten working days after 5 May 2006, with Great Prayer Day on the 12th, is Monday 22 May."""
        assert self.ill("2006-05-22").found == ()
        late = self.ill("2006-05-23")
        assert late.found == (Found("VT106", None, d("2006-05-07"), "expected", span("2006-05-07", "2006-05-22")),)

    def test_not_held_until_the_limit(self) -> None:
        """Not held: nothing while the limit is not before the cutoff."""
        assert self.ill(None, cutoff="2006-05-22").found == ()
        assert codes(self.ill(None, cutoff="2006-05-23")) == [("VT106", None, "expected")]

    @pytest.mark.parametrize(
        ("til", "documented", "first_lost"),
        [
            ("2006-05-31", False, "2006-06-01"),  # 27 days
            ("2006-06-01", False, "2006-06-02"),  # 28 days
            ("2006-06-02", False, "2006-05-07"),  # 29 days: the run is not illness, the end is the planned day
            ("2006-06-02", True, "2006-06-03"),
        ],
    )
    def test_long_illness(self, til: str, documented: bool, first_lost: str) -> None:
        """Illness from 5 May; never held, lost from the day after it ended to the end of the case."""
        reading = self.ill(None, [period("sygdom", "2006-05-05", til, documented)])
        assert reading.found[0].code == "VT106"
        assert reading.expected == span(first_lost, "2006-06-30")

    def test_adjacent_periods(self) -> None:
        """Two periods without a day between them are one run; with a day between they are not."""
        first = period("sygdom", "2006-05-05", "2006-05-10")
        assert min(self.ill(None, [first, period("sygdom", "2006-05-11", "2006-05-20")]).expected) == d("2006-05-21")
        assert min(self.ill(None, [first, period("sygdom", "2006-05-12", "2006-05-20")]).expected) == d("2006-05-11")

    def test_still_running(self) -> None:
        """A still running illness must be documented."""
        talks = [talk("udeblevet", planlagt_dato="2006-05-05")]
        sag = case(SUNDAY_CASE)
        documented = one(sag, talks, "2006-12-31", perioder=[period("sygdom", "2006-05-01", None, True)])
        assert documented.found == ()
        undocumented = one(sag, talks, "2006-12-31", perioder=[period("sygdom", "2006-05-01", None)])
        assert codes(undocumented) == [("VT104", None, "expected")]

    def test_without_an_attempt(self) -> None:
        """Every day from the due date to the Sunday must be a day of illness."""
        sag = case("2006-02-03", "2006-06-30")  # due Wednesday 3 May, Sunday 7 May
        whole = one(sag, cutoff="2006-12-31", perioder=[period("sygdom", "2006-05-03", "2006-05-07")])
        assert codes(whole) == [("VT106", None, "expected")]
        assert whole.expected == span("2006-05-08", "2006-06-30")
        short = one(sag, cutoff="2006-12-31", perioder=[period("sygdom", "2006-05-03", "2006-05-06")])
        assert codes(short) == [("VT102", None, "expected")]

    def test_attempt_after_the_sunday(self) -> None:
        """An attempt called off on the Monday excuses nothing."""
        talks = [talk("sygdom", planlagt_dato="2006-05-08"), talk(afholdt_dato="2006-05-10")]
        assert codes(one(case(SUNDAY_CASE), talks)) == [("VT101", None, "expected")]


class TestNoShows:
    """No-shows, followed up or not. Due Sunday 7 May 2006."""

    def missed(self, planned: str, cutoff: str = "2006-05-31", held: str | None = None, **values: Any) -> CaseReading:
        """One no-show, perhaps followed by the interview."""
        talks = [talk("udeblevet", planlagt_dato=planned, **values)]
        if held:
            talks.append(talk(samtale_id="s2", afholdt_dato=held))
        return one(case(SUNDAY_CASE), talks, cutoff)

    def test_followed_up_at_the_limit(self) -> None:
        """Missed Thursday 4 May; five working days after is Thursday 11 May."""
        in_time = self.missed("2006-05-04", held="2006-05-20", opfoelgning_dato="2006-05-11")
        days = span("2006-05-07", "2006-05-19")
        assert in_time.found == (Found("VT105", None, d("2006-05-07"), "discretionary", days),)
        too_late = self.missed("2006-05-04", held="2006-05-20", opfoelgning_dato="2006-05-12")
        assert too_late.found == (Found("VT104", None, d("2006-05-07"), "expected", days),)

    def test_held_at_the_limit(self) -> None:
        """The interview itself is the follow-up."""
        assert codes(self.missed("2006-05-04", held="2006-05-11")) == [("VT105", None, "discretionary")]
        assert codes(self.missed("2006-05-04", held="2006-05-12")) == [("VT104", None, "expected")]

    def test_time_has_not_run_out(self) -> None:
        """Not held, and the limit (11 May) lies after the cutoff."""
        assert codes(self.missed("2006-05-04", "2006-05-10")) == [("VT105", None, "discretionary")]
        assert codes(self.missed("2006-05-04", "2006-05-11")) == [("VT104", None, "expected")]

    def test_new_summons(self) -> None:
        """A summons sent in time for a later day counts, also one planned after the cutoff."""
        first = talk("udeblevet", planlagt_dato="2006-05-04")
        for sent, code in (("2006-05-11", "VT105"), ("2006-05-12", "VT104"), ("2006-05-03", "VT104")):
            again = talk("planlagt", samtale_id="s2", indkaldt_dato=sent, planlagt_dato="2006-06-20")
            assert [found.code for found in one(case(SUNDAY_CASE), [first, again]).found] == [code]

    def test_summoned_too_late(self) -> None:
        """Missed Wednesday 10 May: expected before that day, discretionary from it."""
        reading = self.missed("2006-05-10", held="2006-05-20", opfoelgning_dato="2006-05-10")
        assert codes(reading) == [("VT103", None, "expected")]
        assert reading.found[0].days == span("2006-05-07", "2006-05-19")
        assert reading.expected == span("2006-05-07", "2006-05-09")
        assert reading.discretionary == span("2006-05-10", "2006-05-19")

    def test_planned_before_the_interval(self) -> None:
        """A no-show on the day of the request is no attempt."""
        assert codes(self.missed(SUNDAY_CASE)) == [("VT102", None, "expected")]


class TestSteps:
    """The steps at an interview on Friday 5 May 2006; the limit is Monday 8 May."""

    def steps(self, cutoff: str = "2006-05-31", journal: Sequence[Record] = (), **values: Any) -> CaseReading:
        """One interview in time, with its columns as given."""
        talks = [talk(afholdt_dato="2006-05-05", **values)]
        return one(case("2006-02-03"), talks, cutoff, journal=list(journal))

    def test_registered_in_time(self) -> None:
        """Registered on the limit."""
        assert self.steps(registreret_dato="2006-05-08").found == ()

    def test_registered_late(self) -> None:
        """Registered the day after the limit: all three steps, from H to the day before."""
        reading = self.steps(registreret_dato="2006-05-09")
        assert codes(reading) == [("VT204", step, "expected") for step in (1, 2, 3)]
        assert {found.days for found in reading.found} == {span("2006-05-05", "2006-05-08")}

    def test_not_judged_yet(self) -> None:
        """The limit lies after the cutoff."""
        assert self.steps(cutoff="2006-05-07", matchkategori=None).found == ()
        assert codes(self.steps(cutoff="2006-05-08", matchkategori=None)) == [("VT201", 1, "expected")]

    @pytest.mark.parametrize(
        ("values", "code"),
        [
            ({"matchkategori": None}, "VT201"),
            ({"matchkategori": "9"}, "VT206"),
            ({"grovmatch": True}, "VT202"),
            ({"matchkategori": "9", "grovmatch": True}, "VT202"),
        ],
    )
    def test_codes_of_step_1(self, values: Record, code: str) -> None:
        """With no evidence of any category the other steps are not asked for."""
        reading = self.steps(**values, arbejdssoegende=None, opmaerksomhedsomraader=None)
        assert reading.found == (Found(code, 1, d("2006-05-05"), "expected", span("2006-05-05", "2006-05-31")),)

    @pytest.mark.parametrize(
        ("category", "expected"),
        [("1", ["VT301"]), ("2", ["VT203", "VT301"]), ("3", ["VT203", "VT301"]), ("4", ["VT203"]), ("5", ["VT203"])],
    )
    def test_which_steps_are_asked_for(self, category: str, expected: list[str]) -> None:
        """Areas in 2-5, job seeker in 1-3."""
        reading = self.steps(matchkategori=category, opmaerksomhedsomraader=None, arbejdssoegende="nej")
        assert [found.code for found in reading.found] == expected

    def test_exemption_is_enough(self) -> None:
        """A reason why not is evidence of step 3."""
        assert self.steps(arbejdssoegende="nej", fritagelsesaarsag="barsel").found == ()

    def test_note_in_time(self) -> None:
        """Only the note saves the step: every day is documentation."""
        reading = self.steps(journal=[note("2006-05-08", "4", True)], matchkategori=None, opmaerksomhedsomraader=None)
        assert codes(reading) == [("VT205", 1, "documentation")]
        assert reading.documentation == span("2006-05-05", "2006-05-31")
        assert reading.expected == frozenset()

    def test_late_note(self) -> None:
        """A note entered on 12 May is done that day: expected before it, documentation from it."""
        notes = [note("2006-05-08", "3", True, True, entered="2006-05-12")]
        reading = self.steps(journal=notes, matchkategori=None)
        assert codes(reading) == [("VT201", 1, "expected"), ("VT205", 1, "documentation")]
        assert reading.expected == span("2006-05-05", "2006-05-11")
        assert reading.documentation == span("2006-05-12", "2006-05-31")

    def test_note_before_the_interview(self) -> None:
        """A note dated before H is no evidence."""
        reading = self.steps(journal=[note("2006-05-04", "3", True, True)], matchkategori=None)
        assert codes(reading) == [("VT201", 1, "expected")]

    def test_later_interview(self) -> None:
        """A later placed interview ends the loss on its DRV day; its category 1 also answers step 2."""
        talks = [
            talk(afholdt_dato="2006-05-05", matchkategori="2", opmaerksomhedsomraader=None),
            talk(
                samtale_id="s2",
                afholdt_dato="2006-05-20",
                registreret_dato="2006-05-22",
                matchkategori="1",
                opmaerksomhedsomraader=None,
            ),
        ]
        reading = one(case("2006-02-03"), talks)
        assert reading.found == (Found("VT203", 2, d("2006-05-05"), "expected", span("2006-05-05", "2006-05-21")),)

    def test_placed_but_registered_after_the_cutoff(self) -> None:
        """No evidence, but still the effective category, and VT204."""
        reading = self.steps(registreret_dato="2006-06-30", matchkategori="4")
        assert codes(reading) == [("VT204", 1, "expected"), ("VT204", 2, "expected")]
        assert reading.expected == span("2006-05-05", "2006-05-31")

    def test_two_notes_the_same_counted_day(self) -> None:
        """Both count as H; the earlier real day gives the category (4), so step 3 is not asked for."""
        notes = [note("2006-05-08", "3", True), note("2006-05-06", "4", True)]
        reading = self.steps(journal=notes, matchkategori=None, arbejdssoegende=None)
        assert codes(reading) == [("VT205", 1, "documentation")]


class TestOtherFindings:
    """Findings without days."""

    def test_only_first_contact(self) -> None:
        """VT107 on the first contact's day, also when it was only planned."""
        contact = talk("aflyst", type="foerste_henvendelse", planlagt_dato="2006-02-10")
        assert codes(one(case("2006-02-03"), [contact], "2006-04-01")) == [("VT107", None, "none")]
        assert one(case("2006-02-03"), [contact], "2006-02-09").found == ()

    def test_benefit_not_shown(self) -> None:
        """VT401 where no payment covers H; not at all without the table."""
        talks = [talk(afholdt_dato="2006-05-05")]
        assert codes(one(case("2006-02-03"), talks, udbetalinger=[])) == [("VT401", None, "none")]
        covered = one(case("2006-02-03"), talks, udbetalinger=[pay("2006-05-05", "2006-05-05", 1)])
        assert covered.found == ()

    def test_not_in_drv(self) -> None:
        """From 1 January 2006 three months are 90 days: 90 days are not more, 91 are."""
        sag = case("2006-01-01")
        enough = one(sag, cutoff="2006-04-01", udbetalinger=[pay("2006-01-01", "2006-04-30", 1)])
        assert ("VT402", None, "none") in codes(enough)
        short = one(sag, cutoff="2006-03-31", udbetalinger=[pay("2006-01-01", "2006-04-30", 1)])
        assert codes(short) == []

    def test_outside_target_group(self) -> None:
        """One VT403 per case, on the first row; after the cutoff or outside the window does not count."""
        talks = [talk("planlagt", planlagt_dato="2006-05-20"), talk("aflyst", planlagt_dato="2006-05-10")]
        periods = [period("revalidering", "2006-05-05", None)]
        reading = one(case("2006-03-07"), talks, perioder=periods)
        assert reading.found == (Found("VT403", None, d("2006-05-10"), "none", frozenset()),)
        assert one(case("2006-03-07"), talks, "2006-05-09", perioder=periods).found == ()


class TestMoney:
    """Lines, rounding, rates and the days without money."""

    def lost(self, payments: list[Record], held: str = "2006-05-08", **more: Any) -> CaseReading:
        """Due Sunday 7 May 2006, held late."""
        return one(case(SUNDAY_CASE), [talk(afholdt_dato=held)], udbetalinger=payments, **more)

    def test_one_day(self) -> None:
        """8.959,00 kr. over 31 days is 289,00 kr. a day; half of it is lost."""
        reading = self.lost([pay("2006-05-01", "2006-05-31", 895900)])
        assert reading.lines is not None
        seventh = d("2006-05-07")
        assert reading.lines["expected"] == (Line(0, seventh, seventh, Fraction(1, 2), 28900, 14450),)
        assert (reading.unpaid_days, reading.unpriced_days, reading.running_per_day) == (0, 0, None)

    @pytest.mark.parametrize(
        ("amount", "expected"), [("1/2", 1), ("-1/2", -1), ("49/100", 0), ("-3/2", -2), ("5/2", 3), ("0", 0)]
    )
    def test_rounding(self, amount: str, expected: int) -> None:
        """Half up, away from zero for a negative amount."""
        assert round_half_up(Fraction(amount)) == expected

    def test_rate_changes(self) -> None:
        """Two lines where the rate changes on 1 July 2006: 50 % before, 65 % in an offer from then."""
        sag = case("2006-03-29")  # due Thursday 29 June 2006, Sunday 2 July
        reading = one(sag, cutoff="2006-07-02", udbetalinger=[pay("2006-06-26", "2006-07-05", 1000, offer=True)])
        assert reading.lines is not None
        assert reading.lines["expected"] == (
            Line(0, d("2006-06-29"), d("2006-06-30"), Fraction(1, 2), 200, 100),
            Line(0, d("2006-07-01"), d("2006-07-02"), Fraction(65, 100), 200, 130),
        )
        assert reading.running_per_day == 65

    def test_unpaid_and_unpriced(self) -> None:
        """7 May paid with another benefit, 8 May not paid, 9 May paid twice."""
        payments = [
            pay("2006-05-07", "2006-05-07", 100, "introduktionsydelse"),
            pay("2006-05-09", "2006-05-10", 101),
            pay("2006-05-09", "2006-05-09", 10, "anden"),
        ]
        reading = self.lost(payments, "2006-05-10")
        assert reading.lines is not None
        ninth = d("2006-05-09")
        assert reading.lines["expected"] == (
            Line(0, d("2006-05-07"), d("2006-05-07"), None, 100, 0),
            Line(1, ninth, ninth, Fraction(1, 2), 51, 25),  # 50.5 and 25.25
            Line(2, ninth, ninth, None, 10, 0),
        )
        assert (reading.unpaid_days, reading.unpriced_days) == (1, 2)

    def test_given_rates(self) -> None:
        """Given rates replace the defaults of the benefits they name only."""
        rates = [
            {
                "benefit": "introduktionsydelse",
                "from": None,
                "to": None,
                "passive": Fraction(3, 4),
                "offer": Fraction(1),
            }
        ]
        payments = [pay("2006-05-07", "2006-05-07", 100, "introduktionsydelse"), pay("2006-05-07", "2006-05-07", 100)]
        reading = self.lost(payments, parameters={"refund_rates": rates})
        assert reading.lines is not None
        assert [line.refund_lost for line in reading.lines["expected"]] == [75, 50]

    def test_payment_outside_the_case(self) -> None:
        """A payment wholly before the request counts nowhere; one that only starts before it counts in full."""
        payments = [pay("2006-01-01", "2006-02-06", 100), pay("2006-02-06", "2006-05-07", 9100)]
        reading = self.lost(payments)
        assert reading.lines is not None
        assert [(line.payment, line.paid) for line in reading.lines["expected"]] == [(1, 100)]

    def test_running(self) -> None:
        """An expected loss that runs at the cutoff costs the refund of that day; unpaid it costs nothing."""
        sag = case(SUNDAY_CASE)
        paid = one(sag, cutoff="2006-05-10", udbetalinger=[pay("2006-05-01", "2006-05-31", 895900)])
        assert paid.running_per_day == 14450
        assert one(sag, cutoff="2006-05-10", udbetalinger=[]).running_per_day == 0
        assert one(sag, cutoff="2006-05-10").running_per_day is None

    def test_no_day_counts_twice(self) -> None:
        """A late interview (expected) whose step is also late: the days are one set, the kinds are disjoint."""
        talks = [
            talk("udeblevet", samtale_id="s0", planlagt_dato="2006-08-04", opfoelgning_dato="2006-08-07"),
            talk(afholdt_dato="2006-05-05", matchkategori=None),
        ]
        reading = one(case("2006-02-03"), talks, "2006-08-10")
        assert codes(reading) == [("VT105", None, "discretionary"), ("VT201", 1, "expected")]
        assert reading.found[0].days == span("2006-08-05", "2006-08-10")
        assert reading.expected == span("2006-05-05", "2006-08-10")
        assert reading.discretionary == frozenset()


class TestRandomCases:
    """Properties that must hold whatever the rows are."""

    def read_seed(self, seed: int) -> Reading:
        """The reading of one seed."""
        return read(*random_tables(seed))

    def test_reproducible(self) -> None:
        """The same seed gives the same tables and the same reading."""
        assert random_tables(7) == random_tables(7)
        assert self.read_seed(7) == self.read_seed(7)

    def test_ids_are_unique(self) -> None:
        """Ids are unique and every case is read."""
        for seed in range(200):
            tables, first, to, cutoff, parameters = random_tables(seed)
            assert first <= to
            ids = [row["samtale_id"] for row in tables["samtaler"]]
            assert len(ids) == len(set(ids))
            reading = read(tables, first, to, cutoff, parameters)
            assert set(reading.cases) == {row["sag_id"] for row in tables["sager"]}

    def test_kinds_are_disjoint(self) -> None:
        """No day counts twice, none runs past the cutoff, and every day belongs to a finding."""
        for seed in range(300):
            tables, first, to, cutoff, parameters = random_tables(seed)
            for reading in read(tables, first, to, cutoff, parameters).cases.values():
                kinds = (reading.expected, reading.discretionary, reading.documentation)
                together = frozenset().union(*kinds)
                assert len(together) == sum(len(kind) for kind in kinds)
                assert together == frozenset().union(*(found.days for found in reading.found))
                assert all(day <= cutoff for day in together)
