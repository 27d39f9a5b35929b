"""The deadlines that come soon: which they are, that none is missed, and how the calendar tells them."""

import dataclasses
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import polars as pl
import pytest
from test_against_reference import random_municipality

from kommunecheck import app
from kommunecheck.asked import look_ahead
from kommunecheck.cli import run
from kommunecheck.demo import write_demo
from kommunecheck.domain.case import Case
from kommunecheck.domain.days import day_of, iso
from kommunecheck.domain.report import ComingDeadline, Fact, Report
from kommunecheck.intake.cases import lay_out, pieces
from kommunecheck.intake.records import Audited, Records
from kommunecheck.intake.screen import unscreened
from kommunecheck.law.law import Law
from kommunecheck.law.measure import laid_out, measure
from kommunecheck.law.upcoming import coming_deadline
from kommunecheck.reading import read_records
from kommunecheck.reports import calendar, json
from kommunecheck.testing import (
    a_case,
    attempt,
    cancelled,
    circumstance,
    held,
    illness,
    planned,
    reported_ill,
    the_law,
)

icalendar = pytest.importorskip("icalendar")

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
ASKED = app.Options(facts=frozenset({Fact.UPCOMING}))


def coming(case: Case, days: int = 28) -> ComingDeadline | None:
    law = the_law()
    return coming_deadline(laid_out(case, law), law, days)


def due_9_may(*rows: object, cutoff: str = "2007-05-01", **told: object) -> Case:
    """A case whose interview is due Wednesday 9 May 2007, at the latest Sunday 13 May."""
    return a_case("2007-01-09", interviews=[held("2007-02-09"), *rows], cutoff=cutoff, **told)  # type: ignore[arg-type]


# Which they are


def test_an_interview_that_is_not_booked_comes_with_the_days_it_is_counted_by() -> None:
    found = coming(due_9_may(team="Nord", sag_id="S7"))
    assert found == ComingDeadline(
        "S7", "Nord", day_of("2007-02-09"), day_of("2007-05-09"), day_of("2007-05-13"), first=False
    )


def test_the_first_interview_comes_as_the_others_do() -> None:
    found = coming(a_case("2007-01-09", cutoff="2007-04-01"))
    assert found is not None
    assert found.first
    assert iso(found.due) == "2007-04-09"


@pytest.mark.parametrize(
    ("cutoff", "days", "comes"),
    [
        ("2007-05-12", 1, True),
        ("2007-05-12", 0, False),
        ("2007-05-13", 28, False),  # not held by the Sunday: a breach
        ("2007-05-10", 28, True),  # after the due date, within the week
        ("2007-04-15", 28, True),
        ("2007-04-14", 28, False),
    ],
)
def test_the_last_day_in_time_is_one_of_the_next_days(cutoff: str, days: int, comes: bool) -> None:
    assert (coming(due_9_may(cutoff=cutoff), days) is not None) == comes


def test_what_comes_is_no_breach_and_a_breach_no_longer_comes() -> None:
    law = the_law()
    for number in range(1, 31):
        case = due_9_may(cutoff=f"2007-05-{number:02}")
        broken = measure(case, law, frozenset()).breaches
        assert (coming(case, 366) is None) == bool(broken)


def test_a_booking_in_time_is_enough_and_one_too_late_is_shown() -> None:
    assert coming(due_9_may(planned("2007-05-13"))) is None
    late = coming(due_9_may(planned("2007-05-14")))
    assert late is not None
    assert late.booked == day_of("2007-05-14")
    assert coming(due_9_may(planned("2007-05-14"), planned("2007-05-02"))) is None


def test_what_is_no_booking() -> None:
    for row in (
        cancelled("2007-05-10"),
        attempt("planlagt", "2007-05-10", type="cv_samtale"),
        planned("2007-05-10", summoned="2007-05-02"),  # summoned after the cutoff: not yet known
        planned("2007-04-30"),  # the day has gone
    ):
        found = coming(due_9_may(row))
        assert found is not None
        assert found.booked is None
    assert coming(due_9_may(planned("2007-05-01"))) is None  # today


def test_who_leaves_before_the_last_day_needs_no_interview() -> None:
    assert coming(due_9_may(ended="2007-05-12")) is None
    assert coming(due_9_may(ended="2007-05-13")) is not None
    assert coming(due_9_may(ended="2007-04-20")) is None


def test_excluded_days_still_to_come_put_the_deadline_off() -> None:
    away = circumstance("revalidering", "2007-05-03", "2007-05-09")
    found = coming(due_9_may(circumstances=[away]))
    assert found is not None
    assert iso(found.due) == "2007-05-16"
    assert coming(due_9_may(circumstances=[circumstance("revalidering", "2007-05-03")])) is None


def test_an_interview_that_illness_put_off_comes_by_its_own_limit() -> None:
    case = due_9_may(reported_ill("2007-05-09"), cutoff="2007-05-15")
    found = coming(case)
    assert found is not None
    assert found.after_illness
    assert iso(found.last_day) == "2007-05-24"  # ten working days, Ascension Day apart
    still_ill = due_9_may(circumstances=[illness("2007-05-01", documented=True)], cutoff="2007-05-20")
    assert coming(still_ill) is None


# That none is missed


def one_by_one(records: Records, audit: Audited, law: Law, days: int) -> set[ComingDeadline]:
    """Every case in the window laid out and asked, with no short cut."""
    screened = unscreened(len(records.names))
    laid = chain.from_iterable(
        lay_out(make()) for make in pieces(records, audit, screened, records.sager["anmodningsdato"].is_not_null())
    )
    asked = [measure(one.case, law, frozenset()) for one in laid if one.case.in_window]
    found = (coming_deadline(case, law, days) for case in asked if not case.withdrawn)
    return {one for one in found if one is not None}


@pytest.mark.parametrize("start", [0, 10])
def test_the_short_cut_by_column_misses_none(start: int, tmp_path: Path) -> None:
    for seed in range(start, start + 10):
        folder, options = random_municipality(seed, tmp_path)
        setup = app.set_up(folder, options)
        _, records, audit = read_records(setup, options)
        for days in (28, 150):
            told = look_ahead(records, audit, setup.law, days).deadlines
            assert set(told) == one_by_one(records, audit, setup.law, days), f"seed {seed}"


def test_the_cases_that_are_plainly_sound_are_asked_too(tmp_path: Path) -> None:
    write_demo(tmp_path, 600, 5)
    report = app.check(tmp_path, ASKED)
    assert report.upcoming is not None
    assert len(report.upcoming.deadlines) > 20
    setup = app.set_up(tmp_path)
    _, records, audit = read_records(setup, app.Options())
    assert set(report.upcoming.deadlines) == one_by_one(records, audit, setup.law, 28)
    days = [one.last_day for one in report.upcoming.deadlines]
    assert days == sorted(days)


def test_nobody_asks_for_them_for_a_json_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("worked out for nobody")

    monkeypatch.setattr("kommunecheck.asked.look_ahead", refuse)
    assert run(["check", str(LILLEBY), "-o", str(tmp_path / "r.json")]) == 1
    assert app.check(LILLEBY).upcoming is None


def test_the_json_report_is_the_same_with_and_without_them() -> None:
    assert b"".join(json.write(app.check(LILLEBY))) == b"".join(json.write(app.check(LILLEBY, ASKED)))


def test_where_a_column_is_missing_it_is_said_and_nothing_is_guessed(tmp_path: Path) -> None:
    write_demo(tmp_path, 50, 5)
    frame = pl.read_csv(tmp_path / "samtaler.csv", separator=";", infer_schema=False)
    if frame.width == 1:
        frame = pl.read_csv(tmp_path / "samtaler.csv", infer_schema=False)
    frame.drop("planlagt_dato").write_csv(tmp_path / "samtaler.csv", separator=";")
    ahead = app.check(tmp_path, ASKED).upcoming
    assert ahead is not None
    assert ahead.deadlines == ()
    assert ahead.not_told == "kolonnen planlagt_dato mangler i samtaler"


def test_the_configuration_says_how_far_ahead(tmp_path: Path) -> None:
    write_demo(tmp_path, 300, 5)
    found = {}
    for days in (0, 28, 90):
        (tmp_path / "kommunecheck.toml").write_text(f"[report]\nlook_ahead_days = {days}\n", encoding="utf-8")
        ahead = app.check(tmp_path, ASKED).upcoming
        assert ahead is not None
        assert ahead.days == days
        found[days] = len(ahead.deadlines)
    assert found[0] == 0 < found[28] < found[90]


# The calendar


def written(report: Report) -> bytes:
    return b"".join(calendar.write(report))


@cache
def lilleby() -> Report:
    return app.check(LILLEBY, ASKED)


def test_the_calendar_is_as_the_standard_wants_it() -> None:
    content = written(lilleby())
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(b"\n" not in line and b"\r" not in line and len(line) <= 75 for line in lines)
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert any(line.startswith(b" ") for line in lines)


def test_an_event_is_the_week_in_which_the_interview_must_be_held() -> None:
    report = lilleby()
    assert report.upcoming is not None
    events = icalendar.Calendar.from_ical(written(report)).walk("VEVENT")
    assert len(events) == len(report.upcoming.deadlines) > 5
    for event, one in zip(events, report.upcoming.deadlines, strict=True):
        assert one.sag_id in event["summary"]
        assert event.decoded("dtend") == date.fromordinal(one.last_day + 1)
        if not one.after_illness:
            assert event.decoded("dtstart").weekday() == 0
            assert (event.decoded("dtend") - event.decoded("dtstart")).days == 7
        assert event.decoded("dtstamp").date() == date.fromordinal(report.run.cutoff)
    assert len({str(event["uid"]) for event in events}) == len(events)


def test_the_same_report_gives_the_same_calendar_and_a_deadline_keeps_its_uid() -> None:
    assert written(lilleby()) == written(lilleby())

    def uids(cutoff: date) -> set[str]:
        report = app.check(LILLEBY, app.Options(cutoff=cutoff, facts=ASKED.facts))
        return {str(event["uid"]) for event in icalendar.Calendar.from_ical(written(report)).walk("VEVENT")}

    both = uids(date(2007, 12, 30)) & uids(date(2007, 12, 31))
    assert len(both) > 5


def test_texts_are_escaped_and_nothing_of_a_person_is_told() -> None:
    report = lilleby()
    assert report.upcoming is not None
    bad = report.upcoming.deadlines[0]._replace(sag_id="S;1,2\\n\r\nATTENDEE:x", team="0101010101")
    content = written(dataclasses.replace(report, upcoming=report.upcoming._replace(deadlines=(bad,))))
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert "S;1,2\\n" in event["summary"]
    assert "attendee" not in event
    assert b"0101010101" not in content


def test_the_command_writes_it_by_its_suffix(tmp_path: Path) -> None:
    assert run(["check", str(LILLEBY), "-o", str(tmp_path / "frister.ics")]) == 1
    assert (tmp_path / "frister.ics").read_bytes() == written(lilleby())
