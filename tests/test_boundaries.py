"""Both sides of every boundary in the contract's sections on deadlines, steps, money and outcomes (3, 4, 5 and 7)."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from as_files import report_on

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Period, day_of, iso
from kommunecheck.domain.finding import Subject, fingerprint
from kommunecheck.domain.money import half_up
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.records import Interview, Note
from kommunecheck.domain.report import Line, Outcome
from kommunecheck.exposure import lines
from kommunecheck.testing import (
    a_case,
    attempt,
    cancelled,
    circumstance,
    codes_of,
    findings_of,
    first_contact,
    held,
    illness,
    judged,
    no_show,
    note,
    payment,
    planned,
    reported_ill,
    spans,
    the_law,
    wage_subsidy,
)

LONG = ("2006-01-01", "2009-12-31")
"""A window so wide that it decides nothing."""

OUTSIDE = "revalidering"
"""A circumstance that puts the citizen outside the supervision whenever it is."""


def either_side(*rows: Any) -> list[ParameterSet]:
    """Parameters from (id, ..., what is expected): each row is a boundary's one side."""
    return [pytest.param(*values, id=name) for name, *values in rows]


def due_9_may(*rows: Interview, cutoff: str = "2007-07-31", **told: Any) -> Case:
    """A case whose interview is due Wednesday 9 May 2007; its falduge ends Sunday 13 May."""
    return a_case("2007-01-09", interviews=[held("2007-02-09"), *rows], cutoff=cutoff, **told)


def due(case: Case) -> str | None:
    """The due date of the case's only broken deadline, or ``None``."""
    found = findings_of(case, "VT10")
    assert len(found) <= 1
    return iso(found[0].date) if found else None


def expected(case: Case) -> list[tuple[str, str]]:
    """The days of expected loss."""
    return spans(judged(case).exposure.expected.periods)


def discretionary(case: Case) -> list[tuple[str, str]]:
    """The days of discretionary loss."""
    return spans(judged(case).exposure.discretionary.periods)


# The falduge


@pytest.mark.parametrize("day", range(7, 14))
def test_held_on_the_sunday_of_the_due_week_is_in_time_and_on_the_monday_after_it_is_late(day: int) -> None:
    """Monday 7 to Sunday 13 May 2007 as the due date."""
    before = held(f"2007-02-{day:02}")
    in_time = a_case("2007-02-01", interviews=[before, held("2007-05-13")], cutoff="2007-07-31")
    late = a_case("2007-02-01", interviews=[before, held("2007-05-14")], cutoff="2007-07-31")
    assert codes_of(in_time) == []
    assert codes_of(late) == ["VT101"]
    assert expected(late) == [(f"2007-05-{day:02}", "2007-05-13")]


@pytest.mark.parametrize("day", ["2007-02-10", "2007-03-09", "2007-05-06"])
def test_held_before_the_week_of_the_due_date_is_in_time(day: str) -> None:
    assert codes_of(due_9_may(held(day), window=("2007-05-09", "2007-05-09"))) == []


def test_a_falduge_of_public_holidays_is_no_longer_than_another() -> None:
    """Due on Maundy Thursday 5 April 2007: Easter Sunday is the last day, though no office is open from Thursday."""
    rows = [held("2007-01-05"), held("2007-04-10")]
    assert expected(a_case("2006-12-01", interviews=rows, cutoff="2007-06-30")) == [("2007-04-05", "2007-04-09")]
    assert codes_of(a_case("2006-12-01", interviews=[rows[0], held("2007-04-08")], cutoff="2007-06-30")) == []


@pytest.mark.parametrize(
    ("cutoff", "codes"), either_side(("on the Sunday", "2007-05-13", ["VT102"]), ("the day before", "2007-05-12", []))
)
def test_an_interview_is_missing_when_the_cutoff_has_reached_the_sunday(cutoff: str, codes: list[str]) -> None:
    assert codes_of(due_9_may(cutoff=cutoff)) == codes


@pytest.mark.parametrize(
    ("ended", "codes"), either_side(("on the Sunday", "2007-05-13", ["VT102"]), ("on the Saturday", "2007-05-12", []))
)
def test_who_leaves_before_the_falduge_is_over_is_no_breach(ended: str | None, codes: list[str]) -> None:
    case = due_9_may(ended=ended)
    assert codes_of(case) == codes
    assert expected(case) == ([("2007-05-09", ended)] if codes else [])


def test_the_loss_of_an_interview_never_held_ends_with_the_benefit() -> None:
    assert expected(due_9_may(ended="2007-06-01")) == [("2007-05-09", "2007-06-01")]
    assert expected(due_9_may(ended="2007-12-24")) == [("2007-05-09", "2007-07-31")]


def test_an_interview_held_after_the_cutoff_is_not_known() -> None:
    assert codes_of(due_9_may(held("2007-06-20"), cutoff="2007-06-20")) == ["VT101"]
    assert codes_of(due_9_may(held("2007-06-20"), cutoff="2007-06-19")) == ["VT102"]


def test_an_interview_held_after_the_benefit_ended_meets_no_deadline() -> None:
    assert codes_of(due_9_may(held("2007-06-01"), ended="2007-06-01")) == ["VT101"]
    assert codes_of(due_9_may(held("2007-06-02"), ended="2007-06-01")) == ["VT102"]


@pytest.mark.parametrize(
    ("day", "next_due"),
    either_side(
        ("on the day help was asked for", "2007-01-08", "2007-04-08"), ("the day before it", "2007-01-07", "2007-02-08")
    ),
)
def test_an_interview_held_before_help_was_asked_for_meets_no_deadline(day: str, next_due: str) -> None:
    (finding,) = findings_of(a_case("2007-01-08", interviews=[held(day)]), "VT102", the_law(first_interview_months=1))
    assert (iso(finding.date), iso(finding.arose)) == (next_due, "2007-01-08")


@pytest.mark.parametrize("kind", ["foerste_henvendelse", "cv_samtale", "anden"])
def test_only_a_kontaktsamtale_meets_a_deadline(kind: str) -> None:
    assert codes_of(due_9_may(held("2007-05-09"), cutoff="2007-05-31")) == []
    assert "VT102" in codes_of(due_9_may(held("2007-05-09", type=kind), cutoff="2007-05-31"))


@pytest.mark.parametrize("status", ["udeblevet", "sygdom", "aflyst", "planlagt"])
def test_a_date_with_another_status_than_afholdt_meets_no_deadline(status: str) -> None:
    row = held("2007-05-09", status=status)
    assert codes_of(due_9_may(row, cutoff="2007-05-31")) == ["VT102"]


# Months


@pytest.mark.parametrize(
    ("start", "due_date"),
    either_side(
        ("30 November to 28 February", "2006-11-30", "2007-02-28"),
        ("28 November to 28 February", "2006-11-28", "2007-02-28"),
        ("30 November to 29 February in a leap year", "2007-11-30", "2008-02-29"),
        ("29 November to 29 February in a leap year", "2007-11-29", "2008-02-29"),
        ("28 November to 28 February in a leap year", "2007-11-28", "2008-02-28"),
        ("1 December to 1 March", "2006-12-01", "2007-03-01"),
        ("31 January to 30 April", "2007-01-31", "2007-04-30"),
        ("30 January to 30 April", "2007-01-30", "2007-04-30"),
        ("31 December to 31 March", "2006-12-31", "2007-03-31"),
        ("29 February to 29 May", "2008-02-29", "2008-05-29"),
        ("over new year", "2007-10-15", "2008-01-15"),
    ),
)
def test_three_months_keep_the_day_of_the_month_cut_to_the_months_last_day(start: str, due_date: str | None) -> None:
    assert due(a_case(start, window=LONG, cutoff="2008-08-31")) == due_date


def test_the_first_interval_and_the_others_have_numbers_of_their_own() -> None:
    law = the_law(first_interview_months=1, interval_months=2)
    assert iso(findings_of(a_case("2007-01-09"), "VT102", law)[0].date) == "2007-02-09"
    after_one = a_case("2007-01-09", interviews=[held("2007-02-09")])
    assert iso(findings_of(after_one, "VT102", law)[0].date) == "2007-04-09"


# Days outside the target group. From 1 January 2007 and without such days the interview is due on 1 April, a Sunday.


@pytest.mark.parametrize(
    ("periods", "due_date"),
    either_side(
        ("none", [], "2007-04-01"),
        ("the day before the start", [("2006-12-31", "2006-12-31")], "2007-04-01"),
        ("the start itself", [("2007-01-01", "2007-01-01")], "2007-04-02"),
        ("a week on the way", [("2007-02-05", "2007-02-11")], "2007-04-08"),
        ("the same week twice", [("2007-02-05", "2007-02-11"), ("2007-02-07", "2007-02-11")], "2007-04-08"),
        ("two weeks side by side", [("2007-02-05", "2007-02-11"), ("2007-02-12", "2007-02-18")], "2007-04-15"),
        ("the day before the due date", [("2007-03-31", "2007-03-31")], "2007-04-02"),
        ("beginning on the due date", [("2007-04-01", "2007-04-05")], "2007-04-06"),
        ("beginning the day after the due date", [("2007-04-02", "2007-04-05")], "2007-04-01"),
        ("moved into another period", [("2007-01-01", "2007-01-03"), ("2007-04-04", "2007-04-06")], "2007-04-07"),
        ("moved to just before another", [("2007-01-01", "2007-01-03"), ("2007-04-05", "2007-04-06")], "2007-04-04"),
    ),
)
def test_excluded_days_do_not_count_and_are_no_due_date(periods: list[tuple[str, str]], due_date: str | None) -> None:
    circumstances = [circumstance(OUTSIDE, *period) for period in periods]
    assert due(a_case("2007-01-01", circumstances=circumstances, cutoff="2007-06-30")) == due_date


@pytest.mark.parametrize(
    ("begins", "due_date"),
    either_side(
        ("the day before the due date", "2007-03-31", None),
        ("on the due date", "2007-04-01", None),
        ("the day after the due date", "2007-04-02", "2007-04-01"),
    ),
)
def test_an_exclusion_that_still_runs_puts_the_deadline_off_for_good(begins: str, due_date: str | None) -> None:
    case = a_case("2007-01-01", circumstances=[circumstance(OUTSIDE, begins)], cutoff="2007-06-30")
    assert due(case) == due_date
    assert expected(case) == ([("2007-04-01", "2007-04-01")] if due_date else [])


def test_excluded_days_are_never_lost() -> None:
    case = due_9_may(held("2007-05-24"), circumstances=[circumstance(OUTSIDE, "2007-05-14", "2007-05-20")])
    assert expected(case) == [("2007-05-09", "2007-05-13"), ("2007-05-21", "2007-05-23")]


def test_days_of_wage_subsidy_are_never_lost_and_move_no_due_date() -> None:
    case = due_9_may(held("2007-05-24"), circumstances=[wage_subsidy("2007-03-01", "2007-05-10")])
    assert due(case) == "2007-05-09"
    assert expected(case) == [("2007-05-11", "2007-05-23")]


def test_a_discretionary_loss_has_no_excluded_days_either() -> None:
    case = due_9_may(
        no_show("2007-05-10", followed_up="2007-05-10"),
        held("2007-05-24"),
        circumstances=[circumstance(OUTSIDE, "2007-05-14", "2007-05-20")],
    )
    assert discretionary(case) == [("2007-05-09", "2007-05-13"), ("2007-05-21", "2007-05-23")]


def test_an_interview_on_an_excluded_day_meets_its_deadline_but_its_steps_are_not_judged() -> None:
    inside = circumstance(OUTSIDE, "2007-05-07", "2007-05-13")
    bare = held("2007-05-09", category=None, areas=None, job_seeker=None)
    assert codes_of(due_9_may(bare, circumstances=[inside])) == ["VT403"]
    after = held("2007-05-14", category=None, areas=None, job_seeker=None)
    assert codes_of(due_9_may(after, circumstances=[inside])) == ["VT201"]


@pytest.mark.parametrize(
    ("group", "day", "judged_at_all"),
    either_side(
        ("maternity on 28 February", "barsel", "2007-02-28", True),
        ("maternity on 1 March", "barsel", "2007-03-01", False),
        ("waiting for a pension on 28 February", "venter_folkepension", "2007-02-28", True),
        ("waiting for a pension on 1 March", "venter_folkepension", "2007-03-01", False),
        ("a job within four weeks on 28 February", "job_inden_4_uger", "2007-02-28", True),
        ("a job within four weeks on 1 March", "job_inden_4_uger", "2007-03-01", False),
        ("rehabilitation on 28 February", "revalidering", "2007-02-28", False),
        ("rehabilitation on 1 March", "revalidering", "2007-03-01", False),
    ),
)
def test_the_reforms_groups_are_outside_from_1_march_2007(group: str, day: str, judged_at_all: bool) -> None:
    case = a_case(
        "2007-01-02",
        interviews=[held(day, category=None)],
        circumstances=[circumstance(group, "2007-02-01", "2007-03-31")],
        cutoff="2007-05-15",
    )
    assert codes_of(case) == (["VT201"] if judged_at_all else ["VT403"])


def test_the_day_of_the_reform_is_a_parameter() -> None:
    case = a_case(
        "2007-01-02",
        interviews=[held("2007-03-01", category=None)],
        circumstances=[circumstance("barsel", "2007-02-01", "2007-03-31")],
        cutoff="2007-05-15",
    )
    assert codes_of(case, the_law(reform_exclusions_from="2007-03-02")) == ["VT201"]


# The window


@pytest.mark.parametrize(
    ("window", "codes"),
    either_side(
        ("due on the first day", ("2007-05-09", "2007-12-31"), ["VT101"]),
        ("due the day before the first", ("2007-05-10", "2007-12-31"), []),
        ("due on the last day", ("2007-01-01", "2007-05-09"), ["VT101"]),
        ("due the day after the last", ("2007-01-01", "2007-05-08"), []),
    ),
)
def test_a_deadline_is_judged_when_its_due_date_lies_in_the_window(window: tuple[str, str], codes: list[str]) -> None:
    assert codes_of(due_9_may(held("2007-05-24"), window=window)) == codes


@pytest.mark.parametrize(
    ("window", "codes"),
    either_side(
        ("held on the first day", ("2007-02-09", "2007-12-31"), ["VT201"]),
        ("held the day before the first", ("2007-02-10", "2007-12-31"), []),
        ("held on the last day", ("2007-01-01", "2007-02-09"), ["VT201"]),
        ("held the day after the last", ("2007-01-01", "2007-02-08"), []),
    ),
)
def test_an_interview_is_judged_when_it_was_held_in_the_window(window: tuple[str, str], codes: list[str]) -> None:
    case = a_case("2007-01-09", interviews=[held("2007-02-09", category=None)], window=window, cutoff="2007-05-01")
    assert codes_of(case) == codes


def test_the_window_does_not_cut_a_loss_short() -> None:
    late = due_9_may(held("2007-06-20"), window=("2007-05-09", "2007-05-09"))
    assert expected(late) == [("2007-05-09", "2007-06-19")]
    unplaced = due_9_may(held("2007-05-09", category=None), window=("2007-05-09", "2007-05-09"))
    assert expected(unplaced) == [("2007-05-09", "2007-07-31")]


@pytest.mark.parametrize(
    ("began", "ended", "counted"),
    either_side(
        ("ended on the window's first day", "2006-10-02", "2007-01-01", True),
        ("ended the day before", "2006-10-02", "2006-12-31", False),
        ("began on the window's last day", "2007-12-31", None, True),
        ("began the day after", "2008-01-01", None, False),
    ),
)
def test_a_case_is_in_with_one_day_of_benefit_in_the_window(began: str, ended: str | None, counted: bool) -> None:
    case = a_case(began, ended=ended, cutoff="2008-01-31")
    if counted:
        assert judged(case).outcome is not Outcome.WITHDRAWN
    else:
        with pytest.raises(LookupError):
            judged(case)


def test_days_after_the_cutoff_are_no_days_of_benefit() -> None:
    window = ("2007-06-01", "2007-06-30")
    assert judged(a_case("2007-06-01", window=window, cutoff="2007-06-01")).fully_assessed
    with pytest.raises(LookupError):
        judged(a_case("2007-06-02", window=window, cutoff="2007-06-01"))


@pytest.mark.parametrize(
    ("until", "withdrawn"),
    either_side(("all but the last day", "2007-12-30", False), ("every day", "2007-12-31", True)),
)
def test_a_case_is_withdrawn_when_all_its_days_in_the_window_are_excluded(until: str, withdrawn: bool) -> None:
    case = a_case("2006-10-02", circumstances=[circumstance(OUTSIDE, "2007-01-01", until)], cutoff="2008-01-31")
    assert (judged(case).outcome is Outcome.WITHDRAWN) == withdrawn


def test_a_withdrawn_case_has_no_loss() -> None:
    case = a_case("2006-10-02", circumstances=[circumstance(OUTSIDE, "2007-01-01")], cutoff="2007-12-31")
    assert expected(case) == []
    assert codes_of(case) == []


# Illness


@pytest.mark.parametrize(
    ("last", "documented", "codes"),
    either_side(
        ("28 days", "2007-05-31", False, []),
        ("29 days", "2007-06-01", False, ["VT104"]),
        ("29 days, documented", "2007-06-01", True, []),
        ("still running", None, False, ["VT104"]),
        ("still running, documented", None, True, []),
    ),
)
def test_illness_of_more_than_28_days_must_be_documented(last: str | None, documented: bool, codes: list[str]) -> None:
    case = due_9_may(
        no_show("2007-05-10"),
        held("2007-06-05"),
        circumstances=[illness("2007-05-04", last, documented=documented)],
    )
    assert codes_of(case) == codes


@pytest.mark.parametrize(
    ("status", "codes"),
    either_side(
        ("the day before the illness", "2007-05-09", ["VT104"]),
        ("its first day", "2007-05-10", []),
        ("its last day", "2007-05-11", []),
        ("the day after the illness", "2007-05-12", ["VT104"]),
    ),
)
def test_a_no_show_on_a_day_of_illness_is_excused(status: str, codes: list[str]) -> None:
    case = due_9_may(no_show(status), held("2007-05-24"), circumstances=[illness("2007-05-10", "2007-05-11")])
    assert codes_of(case) == codes


@pytest.mark.parametrize(
    ("day", "codes"),
    either_side(("on the Sunday", "2007-05-13", []), ("on the Monday", "2007-05-14", ["VT101"])),
)
def test_only_an_attempt_by_the_sunday_lets_illness_excuse(day: str, codes: list[str]) -> None:
    assert codes_of(due_9_may(reported_ill(day), held("2007-05-18"))) == codes


@pytest.mark.parametrize(
    ("day", "codes"),
    either_side(("the day after the last interview", "2007-02-10", []), ("on its day", "2007-02-09", ["VT101"])),
)
def test_only_an_attempt_after_the_interval_began_lets_illness_excuse(day: str, codes: list[str]) -> None:
    ill = illness("2007-02-09", "2007-05-08", documented=True)
    assert codes_of(due_9_may(reported_ill(day), held("2007-05-18"), circumstances=[ill])) == codes


@pytest.mark.parametrize(
    ("held_on", "codes"),
    either_side(("the tenth working day", "2007-05-29", []), ("the eleventh", "2007-05-30", ["VT106"])),
)
def test_after_illness_there_are_ten_working_days_to_hold_the_interview(held_on: str, codes: list[str]) -> None:
    """From Friday 11 May 2007; Ascension Day 17 May and Whit Monday 28 May are no working days."""
    case = due_9_may(reported_ill("2007-05-09"), held(held_on), circumstances=[illness("2007-05-08", "2007-05-11")])
    assert codes_of(case) == codes
    assert expected(case) == ([("2007-05-12", "2007-05-29")] if codes else [])


@pytest.mark.parametrize(
    ("cutoff", "codes"),
    either_side(("on the tenth working day", "2007-05-29", []), ("the day after", "2007-05-30", ["VT106"])),
)
def test_while_the_ten_working_days_last_a_missing_interview_is_no_finding(cutoff: str, codes: list[str]) -> None:
    case = due_9_may(reported_ill("2007-05-09"), circumstances=[illness("2007-05-08", "2007-05-11")], cutoff=cutoff)
    assert codes_of(case) == codes
    assert expected(case) == ([("2007-05-12", cutoff)] if codes else [])


def test_an_attempt_called_off_for_illness_with_no_period_of_illness_ends_on_its_own_day() -> None:
    """The tenth working day after Wednesday 9 May is Thursday 24 May."""
    assert codes_of(due_9_may(reported_ill("2007-05-09"), held("2007-05-24"))) == []
    late = due_9_may(reported_ill("2007-05-09"), held("2007-05-25"))
    assert codes_of(late) == ["VT106"]
    assert expected(late) == [("2007-05-10", "2007-05-24")]


def test_illness_that_ended_before_the_due_date_loses_from_the_due_date() -> None:
    case = due_9_may(reported_ill("2007-04-10"), held("2007-05-24"))
    assert codes_of(case) == ["VT106"]
    assert expected(case) == [("2007-05-09", "2007-05-23")]


@pytest.mark.parametrize(
    ("second", "lost"),
    either_side(
        ("side by side", "2007-05-21", []),
        ("a day between", "2007-05-22", [("2007-05-21", "2007-06-11")]),
    ),
)
def test_short_periods_of_illness_side_by_side_are_one_unbroken_run(second: str, lost: list[tuple[str, str]]) -> None:
    """Two undocumented periods of at most 28 days each; the tenth working day after 20 May is 5 June 2007."""
    case = due_9_may(
        reported_ill("2007-05-09"),
        held("2007-06-12"),
        circumstances=[illness("2007-05-01", "2007-05-20"), illness(second, "2007-06-08")],
    )
    assert expected(case) == lost


def test_of_several_attempts_the_illness_that_ended_last_counts() -> None:
    """The tenth working day after 11 May is 29 May, and after 4 May long before."""
    rows = (reported_ill("2007-05-10"), reported_ill("2007-04-25"), held("2007-05-29"))
    periods = [illness("2007-04-23", "2007-05-04"), illness("2007-05-10", "2007-05-11")]
    assert codes_of(due_9_may(*rows, circumstances=periods)) == []


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    either_side(
        ("from the due date to the Sunday", "2007-05-09", "2007-05-13", []),
        ("from the day after the due date", "2007-05-10", "2007-05-20", ["VT101"]),
        ("to the Saturday", "2007-05-01", "2007-05-12", ["VT101"]),
        ("before and after", "2007-05-01", "2007-05-20", []),
    ),
)
def test_illness_without_an_attempt_excuses_when_it_fills_the_rest_of_the_falduge(
    first: str, last: str, codes: list[str]
) -> None:
    assert codes_of(due_9_may(held("2007-05-24"), circumstances=[illness(first, last)])) == codes


def test_illness_that_fills_the_falduge_ends_ten_working_days_later() -> None:
    """Illness to Sunday 13 May: the tenth working day is 29 May 2007."""
    period = illness("2007-05-09", "2007-05-13")
    assert codes_of(due_9_may(held("2007-05-29"), circumstances=[period])) == []
    assert expected(due_9_may(held("2007-05-30"), circumstances=[period])) == [("2007-05-14", "2007-05-29")]


def test_an_attempt_after_the_cutoff_is_not_known() -> None:
    law = the_law(followup_workdays=0)
    case = due_9_may(no_show("2007-05-16"), cutoff="2007-05-15")
    assert codes_of(case, law) == ["VT102"]
    assert codes_of(due_9_may(no_show("2007-05-16"), cutoff="2007-05-16"), law) == ["VT104"]


def test_illness_goes_before_a_no_show() -> None:
    rows = (no_show("2007-05-09"), reported_ill("2007-05-10"), held("2007-05-18"))
    assert codes_of(due_9_may(*rows)) == []


@pytest.mark.parametrize("row", [cancelled("2007-05-09"), planned("2007-05-09")], ids=["cancelled", "planned"])
def test_neither_a_cancellation_nor_a_plan_excuses_anything(row: Interview) -> None:
    case = due_9_may(row, held("2007-05-24"))
    assert codes_of(case) == ["VT101"]


# No-shows. The fifth working day after Wednesday 9 May 2007 is Wednesday 16 May; 17 May is Ascension Day.

FIFTH, SIXTH = "2007-05-16", "2007-05-18"


def followed_up_by_note(day: str) -> list[Interview]:
    return [no_show("2007-05-09", followed_up=day), held("2007-06-20")]


def followed_up_by_a_summons(day: str) -> list[Interview]:
    return [no_show("2007-05-09"), held("2007-06-20", summoned=day, planned="2007-06-20")]


def followed_up_by_a_summons_to_another_attempt(day: str) -> list[Interview]:
    return [no_show("2007-05-09"), cancelled("2007-05-30", summoned=day), held("2007-06-20")]


def followed_up_by_the_interview(day: str) -> list[Interview]:
    return [no_show("2007-05-09"), held(day)]


ACTIONS = [
    followed_up_by_note, followed_up_by_a_summons, followed_up_by_a_summons_to_another_attempt,
    followed_up_by_the_interview,
]  # fmt: skip


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
@pytest.mark.parametrize(
    ("day", "codes"), either_side(("fifth working day", FIFTH, ["VT105"]), ("sixth", SIXTH, ["VT104"]))
)
def test_a_no_show_is_followed_up_to_the_fifth_working_day(
    action: Callable[[str], list[Interview]], day: str, codes: list[str]
) -> None:
    assert codes_of(due_9_may(*action(day))) == codes


@pytest.mark.parametrize("action", ACTIONS[:3], ids=lambda action: action.__name__)
@pytest.mark.parametrize(
    ("day", "codes"), either_side(("on its day", "2007-05-09", ["VT105"]), ("the day before", "2007-05-08", ["VT104"]))
)
def test_a_no_show_is_followed_up_from_its_own_day(
    action: Callable[[str], list[Interview]], day: str, codes: list[str]
) -> None:
    assert codes_of(due_9_may(*action(day))) == codes


@pytest.mark.parametrize(
    ("row", "codes"),
    either_side(
        ("planned the day after", planned("2007-05-10", summoned="2007-05-09"), ["VT105"]),
        ("planned on the same day", planned("2007-05-09", summoned="2007-05-09"), ["VT104"]),
        ("planned after the cutoff", planned("2007-12-03", summoned="2007-05-10"), ["VT105"]),
        (
            "not a kontaktsamtale",
            attempt("planlagt", "2007-05-30", summoned="2007-05-10", type="cv_samtale"),
            ["VT104"],
        ),
        ("no summons, only a plan", planned("2007-05-30"), ["VT104"]),
    ),
)
def test_a_summons_is_an_action_when_it_is_to_a_later_kontaktsamtale(row: Interview, codes: list[str]) -> None:
    assert codes_of(due_9_may(no_show("2007-05-09"), row, held("2007-06-20"))) == codes


@pytest.mark.parametrize(
    ("cutoff", "codes"),
    either_side(("held on the cutoff", "2007-06-20", ["VT105"]), ("held the day after", "2007-06-19", ["VT104"])),
)
def test_a_summons_without_a_planned_day_counts_by_the_day_it_was_held(cutoff: str, codes: list[str]) -> None:
    case = due_9_may(no_show("2007-05-09"), held("2007-06-20", summoned="2007-05-10"), cutoff=cutoff)
    assert codes_of(case) == codes


@pytest.mark.parametrize(
    ("cutoff", "codes"),
    either_side(("the limit lies after it", "2007-05-15", ["VT105"]), ("it has reached the limit", FIFTH, ["VT104"])),
)
def test_while_the_time_to_act_has_not_run_out_a_no_show_counts_as_followed_up(cutoff: str, codes: list[str]) -> None:
    assert codes_of(due_9_may(no_show("2007-05-09"), cutoff=cutoff)) == codes


@pytest.mark.parametrize(
    ("cutoff", "codes"), either_side(("by the cutoff", "2007-05-16", ["VT105"]), ("after it", "2007-05-15", ["VT105"]))
)
def test_an_action_known_or_not_makes_no_difference_while_there_is_time(cutoff: str, codes: list[str]) -> None:
    assert codes_of(due_9_may(no_show("2007-05-09", followed_up="2007-05-16"), cutoff=cutoff)) == codes


@pytest.mark.parametrize(
    ("day", "code", "lost", "weighed"),
    either_side(
        ("on the Sunday", "2007-05-13", "VT105", [], [("2007-05-09", "2007-06-19")]),
        (
            "on the Monday after", "2007-05-14", "VT103",
            [("2007-05-09", "2007-05-13")], [("2007-05-14", "2007-06-19")],
        ),
    ),
)  # fmt: skip
def test_a_summons_is_timely_when_planned_no_later_than_the_sunday(
    day: str, code: str, lost: list[tuple[str, str]], weighed: list[tuple[str, str]]
) -> None:
    case = due_9_may(no_show(day, followed_up=day), held("2007-06-20"))
    assert codes_of(case) == [code]
    assert expected(case) == lost
    assert discretionary(case) == weighed


def test_one_timely_summons_among_late_ones_makes_the_whole_loss_discretionary() -> None:
    rows = [no_show("2007-05-30", followed_up="2007-05-30"), no_show("2007-05-10", followed_up="2007-05-10")]
    case = due_9_may(*rows, held("2007-06-20"))
    assert codes_of(case) == ["VT105"]
    assert discretionary(case) == [("2007-05-09", "2007-06-19")]


def test_of_several_late_summonses_the_first_ends_the_expected_loss() -> None:
    rows = [no_show("2007-05-30", followed_up="2007-05-30"), no_show("2007-05-21", followed_up="2007-05-21")]
    case = due_9_may(*rows, held("2007-06-20"))
    assert codes_of(case) == ["VT103"]
    assert expected(case) == [("2007-05-09", "2007-05-20")]


def test_one_no_show_that_was_not_followed_up_is_enough() -> None:
    rows = [no_show("2007-05-09", followed_up="2007-05-09"), no_show("2007-05-30")]
    assert codes_of(due_9_may(*rows, held("2007-06-20"))) == ["VT104"]


@pytest.mark.parametrize(
    ("day", "codes"),
    either_side(("the day after the last interview", "2007-02-10", ["VT104"]), ("on its day", "2007-02-09", ["VT101"])),
)
def test_an_attempt_belongs_to_the_interval_it_was_planned_in(day: str, codes: list[str]) -> None:
    assert codes_of(due_9_may(no_show(day), held("2007-06-20"))) == codes


@pytest.mark.parametrize(
    ("day", "codes"),
    either_side(("the day before it was held", "2007-06-19", ["VT104"]), ("on its day", "2007-06-20", ["VT101"])),
)
def test_an_attempt_counts_when_planned_before_the_day_the_interview_was_held(day: str, codes: list[str]) -> None:
    law = the_law(followup_workdays=0)
    assert codes_of(due_9_may(no_show(day), held("2007-06-20")), law) == codes


def test_a_no_show_before_an_interview_in_time_is_nothing() -> None:
    assert codes_of(due_9_may(no_show("2007-05-07"), held("2007-05-13"))) == []


# Registration

FRIDAY_IN_JUNE = ("2007-06-01", "2007-06-04", "2007-06-05")
LIMITS = {
    "over a weekend": FRIDAY_IN_JUNE,
    "on a Tuesday": ("2007-06-12", "2007-06-13", "2007-06-14"),
    "over Easter 2007": ("2007-04-04", "2007-04-10", "2007-04-11"),
    "over Store bededag": ("2007-05-03", "2007-05-07", "2007-05-08"),
    "over Christmas": ("2007-12-24", "2007-12-27", "2007-12-28"),
    "Christmas Eve is a working day": ("2007-12-21", "2007-12-24", "2007-12-27"),
    "over New Year": ("2007-12-31", "2008-01-02", "2008-01-03"),
    "on a Sunday": ("2007-06-10", "2007-06-11", "2007-06-12"),
}


def an_interview(day: str, cutoff: str = "2008-02-29", **told: Any) -> Case:
    """A case with one interview in time, and no other due before the benefit ends two months later."""
    began = iso(day_of(day) - 60)
    notes = told.pop("notes", ())
    ended = told.pop("ended", iso(day_of(day) + 60))
    rows = [held(day, **told)]
    return a_case(began, ended=ended, interviews=rows, notes=notes, window=LONG, cutoff=cutoff)


@pytest.mark.parametrize(("day", "limit", "after"), LIMITS.values(), ids=LIMITS)
def test_registration_is_straight_away_to_the_end_of_the_next_working_day(day: str, limit: str, after: str) -> None:
    assert codes_of(an_interview(day, registered=limit)) == []
    late = an_interview(day, registered=after)
    assert codes_of(late) == ["VT204", "VT204", "VT204"]
    assert expected(late) == [(day, iso(day_of(after) - 1))]


@pytest.mark.parametrize(("day", "limit", "after"), LIMITS.values(), ids=LIMITS)
def test_a_note_by_the_limit_counts_from_the_interview_and_a_later_one_from_its_day(
    day: str, limit: str, after: str
) -> None:
    kept = an_interview(day, category=None, notes=[note(limit, placed="3")])
    assert expected(kept) == []
    late = an_interview(day, category=None, notes=[note(after, placed="3")])
    assert expected(late) == [(day, iso(day_of(after) - 1))]


@pytest.mark.parametrize(("day", "limit"), [row[:2] for row in LIMITS.values()], ids=LIMITS)
def test_an_interview_whose_limit_lies_after_the_cutoff_is_not_judged_yet(day: str, limit: str) -> None:
    assert codes_of(an_interview(day, category=None, cutoff=limit)) == ["VT201"]
    assert codes_of(an_interview(day, category=None, cutoff=iso(day_of(limit) - 1))) == []


def test_no_working_days_means_the_same_day() -> None:
    law = the_law(registration_workdays=0)
    assert codes_of(an_interview("2007-06-12", registered="2007-06-12"), law) == []
    assert set(codes_of(an_interview("2007-06-12", registered="2007-06-13"), law)) == {"VT204"}


def test_a_blank_registration_is_the_day_of_the_interview_and_an_earlier_one_too() -> None:
    assert codes_of(an_interview("2007-06-12", registered=None)) == []
    assert codes_of(an_interview("2007-06-12", registered="2007-06-01")) == []


@pytest.mark.parametrize(
    ("cutoff", "running"),
    either_side(("registered on the cutoff", "2007-06-20", 0), ("registered the day after", "2007-06-19", 35_00)),
)
def test_a_registration_after_the_cutoff_is_no_evidence(cutoff: str, running: int) -> None:
    case = an_interview("2007-06-12", registered="2007-06-20", cutoff=cutoff)
    assert expected(case) == [("2007-06-12", "2007-06-19")]
    assert judged(case).exposure.running_per_day == running


def test_a_registration_after_the_benefit_ended_loses_to_the_last_day() -> None:
    case = an_interview("2007-06-12", registered="2007-07-20", ended="2007-06-30")
    assert expected(case) == [("2007-06-12", "2007-06-30")]


# Notes as evidence


@pytest.mark.parametrize(
    ("day", "codes"),
    either_side(("on the day of the interview", "2007-06-12", ["VT205"]), ("the day before", "2007-06-11", ["VT201"])),
)
def test_a_note_counts_from_the_day_of_the_interview(day: str, codes: list[str]) -> None:
    assert codes_of(an_interview("2007-06-12", category=None, notes=[note(day, placed="3")])) == codes


@pytest.mark.parametrize(
    ("proof", "codes"),
    either_side(
        ("areas on the day", note("2007-06-12", areas=True), ["VT205", "VT301"]),
        ("areas the day before", note("2007-06-11", areas=True), ["VT203", "VT301"]),
        ("job seeker on the day", note("2007-06-12", job_seeker=True), ["VT203", "VT205"]),
        ("job seeker the day before", note("2007-06-11", job_seeker=True), ["VT203", "VT301"]),
        ("both", note("2007-06-12", areas=True, job_seeker=True), ["VT205", "VT205"]),
        ("a placement proves neither", note("2007-06-12", placed="3"), ["VT203", "VT301"]),
    ),
)
def test_a_note_proves_the_step_it_names(proof: Note, codes: list[str]) -> None:
    case = an_interview("2007-06-12", category="2", areas=None, job_seeker=None, notes=[proof])
    assert codes_of(case) == codes


def test_a_note_after_the_last_day_of_benefit_does_not_count() -> None:
    def case(day: str) -> Case:
        return an_interview("2007-06-12", category=None, ended="2007-06-30", notes=[note(day, placed="3")])

    assert expected(case("2007-06-30")) == [("2007-06-12", "2007-06-29")]
    assert expected(case("2007-07-01")) == [("2007-06-12", "2007-06-30")]


def test_a_note_entered_later_than_its_date_counts_from_the_day_it_was_entered() -> None:
    def case(registered: str) -> Case:
        proof = note("2007-06-12", placed="3", registered=registered)
        return an_interview("2007-06-12", category=None, notes=[proof])

    assert expected(case("2007-06-13")) == []
    assert expected(case("2007-06-14")) == [("2007-06-12", "2007-06-13")]


@pytest.mark.parametrize(
    ("cutoff", "codes"),
    either_side(
        ("entered on it", "2007-06-20", ["VT201", "VT203", "VT205", "VT301"]),
        ("the day after", "2007-06-19", ["VT201"]),
    ),
)
def test_a_note_entered_after_the_cutoff_is_not_known(cutoff: str, codes: list[str]) -> None:
    """Known, it tells a category, and with it that the areas and the registration are missing too."""
    proof = note("2007-06-12", placed="3", registered="2007-06-20")
    bare = {"category": None, "areas": None, "job_seeker": None}
    case = an_interview("2007-06-12", **bare, notes=[proof], cutoff=cutoff)
    assert codes_of(case) == codes
    assert expected(case)[0][0] == "2007-06-12"


def test_documentation_days_are_those_that_no_other_evidence_saves() -> None:
    """The row itself is registered on 20 June, so the note of 12 June only saves the days before."""
    proof = note("2007-06-12", placed="3", areas=True, job_seeker=True)
    result = judged(an_interview("2007-06-12", registered="2007-06-20", notes=[proof]))
    assert spans(result.exposure.documentation.periods) == [("2007-06-12", "2007-06-19")]
    assert {finding.rule.code for finding in result.findings} == {"VT205"}
    assert [finding.step for finding in result.findings] == [1, 2, 3]


# Match categories


@pytest.mark.parametrize(
    ("category", "code"),
    either_side(
        ("blank", None, "VT201"), ("0", "0", "VT206"), ("1", "1", None), ("5", "5", None), ("6", "6", "VT206"),
        ("a word", "tre", "VT206"), ("a range", "1-3", "VT206"), ("with a point", "3.", "VT206"),
    ),
)  # fmt: skip
def test_a_category_is_one_of_1_to_5(category: str | None, code: str | None) -> None:
    assert codes_of(an_interview("2007-06-12", category=category)) == ([code] if code else [])


@pytest.mark.parametrize("category", [None, "3", "7"])
def test_a_grovmatch_is_a_grovmatch_whatever_the_category(category: str | None) -> None:
    assert codes_of(an_interview("2007-06-12", category=category, rough=True)) == ["VT202"]


def test_with_no_evidence_of_any_category_only_the_first_step_is_asked_for() -> None:
    case = an_interview("2007-06-12", category=None, areas=None, job_seeker=None)
    assert codes_of(case) == ["VT201"]


@pytest.mark.parametrize(
    ("category", "codes"),
    either_side(
        ("1", "1", ["VT201", "VT301"]), ("2", "2", ["VT201", "VT203", "VT301"]),
        ("3", "3", ["VT201", "VT203", "VT301"]), ("4", "4", ["VT201", "VT203"]), ("5", "5", ["VT201", "VT203"]),
    ),
)  # fmt: skip
def test_the_category_of_the_evidence_decides_which_steps_are_asked_for(category: str, codes: list[str]) -> None:
    """The interview has nothing; the next one, held a month later, places the citizen and says no more."""
    rows = [
        held("2007-06-12", category=None, areas=None, job_seeker=None),
        held("2007-07-12", category=category, areas=None, job_seeker=None),
    ]
    case = a_case("2007-05-01", interviews=rows, window=("2007-06-01", "2007-06-30"), cutoff="2007-08-31")
    assert codes_of(case) == codes


@pytest.mark.parametrize(
    ("later", "lost_to"),
    either_side(
        ("in category 1", {"category": "1", "areas": None}, "2007-07-11"),
        ("with areas", {"category": "2"}, "2007-07-11"),
        ("without areas", {"category": "2", "areas": None}, "2007-08-31"),
        ("with areas but only a grovmatch", {"category": "2", "rough": True}, "2007-08-31"),
    ),
)
def test_a_later_interview_shows_the_areas_when_it_is_placed_and_in_category_1_or_has_areas(
    later: dict[str, Any], lost_to: str
) -> None:
    rows = [held("2007-06-12", category="2", areas=None), held("2007-07-12", **later)]
    case = a_case("2007-05-01", interviews=rows, window=("2007-06-01", "2007-06-30"), cutoff="2007-08-31")
    assert codes_of(case) == ["VT203"]
    assert expected(case) == [("2007-06-12", lost_to)]


@pytest.mark.parametrize(
    ("later", "lost_to"),
    either_side(
        ("registered", {"job_seeker": True}, "2007-07-11"),
        ("with a reason why not", {"job_seeker": False, "exempt": "sygdom"}, "2007-07-11"),
        ("registered but not placed", {"category": None}, "2007-07-11"),
        ("not registered", {"job_seeker": False}, "2007-08-31"),
        ("registered in DRV a week later", {"registered": "2007-07-19"}, "2007-07-18"),
    ),
)
def test_a_later_interview_shows_the_registration_as_job_seeker(later: dict[str, Any], lost_to: str) -> None:
    rows = [held("2007-06-12", job_seeker=None), held("2007-07-12", **later)]
    case = a_case("2007-05-01", interviews=rows, window=("2007-06-01", "2007-06-30"), cutoff="2007-08-31")
    assert codes_of(case) == ["VT301"]
    assert expected(case) == [("2007-06-12", lost_to)]


def test_of_evidence_on_equal_days_the_note_goes_before_a_later_interview() -> None:
    """Both place the citizen by the limit: the note in category 4, the interview in 1, which asks for job seekers."""
    rows = [
        held("2007-06-12", category=None, areas=None, job_seeker=None),
        held("2007-06-13", category="1", areas=None, job_seeker=None),
    ]
    case = a_case("2007-05-01", interviews=rows, window=("2007-06-12", "2007-06-12"), cutoff="2007-08-31")
    assert codes_of(case) == ["VT301"]
    assert codes_of(case._replace(notes=(note("2007-06-12", placed="4"),))) == ["VT205"]


@pytest.mark.parametrize(
    ("areas", "codes"),
    either_side(("two areas", "helbred|netværk", set()), ("a separator alone", "|", {"VT203"})),
)
def test_a_separator_alone_names_no_area(tmp_path: Path, areas: str, codes: set[str]) -> None:
    """The areas of a row are separated by |, so a lone separator is an empty list; read from a file."""
    report = report_on([an_interview("2007-06-12", areas=areas)], tmp_path)
    assert {placed.finding.rule.code for placed in report.findings} - {"VT405"} == codes


def test_of_two_interviews_on_one_day_the_one_with_the_greater_id_is_the_later() -> None:
    first = held("2007-06-12", category=None, areas=None, job_seeker=None, id="A")
    second = held("2007-06-12", id="B")
    case = a_case("2007-05-01", interviews=[second, first], cutoff="2007-08-31")
    assert codes_of(case) == []
    swapped = [second._replace(samtale_id="A"), first._replace(samtale_id="B")]
    assert codes_of(a_case("2007-05-01", interviews=swapped, cutoff="2007-08-31")) == ["VT201"]


# What rests on a reading


def placed_at_the_next(day: str, registered: str) -> Case:
    """Not placed at the interview of 12 June, but at the next."""
    rows = [held("2007-06-12", category=None), held(day, registered=registered)]
    return a_case("2007-05-01", interviews=rows, cutoff="2007-08-31")


@pytest.mark.parametrize(
    ("case", "code", "rests_on"),
    either_side(
        ("the first interview", a_case("2007-01-09", cutoff="2007-05-31"), "VT102", {"first_interview_months"}),
        ("a later one", due_9_may(), "VT102", set()),
        ("a no-show nobody acted upon", due_9_may(no_show("2007-05-09")), "VT104", set()),
        ("a no-show acted upon too late", due_9_may(no_show("2007-05-09", followed_up=SIXTH)), "VT104",
         {"followup_workdays"}),
        ("a no-show acted upon in time", due_9_may(no_show("2007-05-09", followed_up=FIFTH)), "VT105",
         {"followup_workdays"}),
        ("after illness", due_9_may(reported_ill("2007-05-09")), "VT106", {"sickness_workdays"}),
        ("long illness without documentation", due_9_may(circumstances=[illness("2007-05-01")]), "VT102",
         {"long_sickness_days"}),
        ("long illness with documentation", due_9_may(
            reported_ill("2007-05-09"),
            circumstances=[illness("2007-05-01", "2007-06-20", documented=True)]), "VT106", {"sickness_workdays"}),
        ("registered too late", an_interview("2007-06-12", registered="2007-06-20"), "VT204",
         {"registration_workdays"}),
        ("never placed", an_interview("2007-06-12", category=None), "VT201", set()),
        ("placed at an interview a day later", placed_at_the_next("2007-06-13", "2007-06-14"), "VT201",
         {"registration_workdays"}),
        ("placed at an interview a week later", placed_at_the_next("2007-06-19", "2007-06-19"), "VT201", set()),
        ("a group of the reform", due_9_may(circumstances=[circumstance("barsel", "2007-03-01", "2007-03-07")]),
         "VT102", {"reform_exclusions_from"}),
        ("another group", due_9_may(circumstances=[circumstance(OUTSIDE, "2007-03-01", "2007-03-07")]), "VT102", set()),
    ),
)  # fmt: skip
def test_a_finding_names_the_readings_it_turns_on(case: Case, code: str, rests_on: set[str]) -> None:
    assert set(findings_of(case, code)[0].rests_on) == rests_on


# The findings without a loss


@pytest.mark.parametrize(
    ("last", "codes"),
    either_side(("exactly three months", "2007-03-31", []), ("one day more", "2007-04-01", ["VT402"])),
)
def test_a_case_is_not_in_the_register_when_more_than_three_months_were_paid(last: str, codes: list[str]) -> None:
    """Paid from 1 January 2007; help was asked for on 1 March, so that no interview is due yet."""
    case = a_case("2007-03-01", payments=[payment("2007-01-01", last, "9.000,00")], cutoff="2007-04-30")
    assert codes_of(case) == codes
    assert [iso(finding.date) for finding in findings_of(case)] == (["2007-01-01"] if codes else [])


@pytest.mark.parametrize("row", [first_contact("2007-03-01"), planned("2007-06-01")], ids=["first contact", "a plan"])
def test_one_row_of_any_kind_is_enough_to_be_in_the_register(row: Interview) -> None:
    case = a_case(
        "2007-03-01", interviews=[row], payments=[payment("2007-01-01", "2007-04-30", "9,00")], cutoff="2007-04-30"
    )
    assert "VT402" not in codes_of(case)


@pytest.mark.parametrize(
    ("window", "codes"),
    either_side(
        ("one day more than three months of the window", ("2007-01-01", "2007-04-01"), ["VT402"]),
        ("exactly three months of the window", ("2007-01-01", "2007-03-31"), []),
        ("exactly three months from the window's first day", ("2007-01-31", "2007-04-29"), []),
        ("one day more from the window's first day", ("2007-01-31", "2007-04-30"), ["VT402"]),
    ),
)
def test_only_days_paid_in_the_window_count_towards_the_three_months(window: tuple[str, str], codes: list[str]) -> None:
    """Three months from 31 January go to 30 April: 89 days."""
    paid = [payment("2006-12-01", "2007-04-30", "9,00")]
    assert codes_of(a_case("2007-03-01", payments=paid, window=window, cutoff="2007-04-30")) == codes


def test_a_case_not_in_the_register_has_the_date_of_its_first_payment_in_the_window() -> None:
    """The payment for December touches the window not at all, that over new year does."""
    paid = [payment("2006-12-01", "2006-12-24", "9,00"), payment("2006-12-25", "2007-04-30", "9,00")]
    (finding,) = findings_of(a_case("2006-12-01", ended="2007-02-28", payments=paid, cutoff="2007-04-30"), "VT402")
    assert iso(finding.date or 0) == "2006-12-25"


def test_a_case_not_in_the_register_is_the_same_matter_whatever_the_window() -> None:
    """The duty arose on the day help was asked for; the payment that shows it is another as the window moves on."""
    paid = [payment("2006-12-01", "2006-12-31", "9,00"), payment("2007-01-01", "2007-12-31", "9,00")]
    arose = set()
    for window in (("2006-12-01", "2007-06-30"), ("2007-01-01", "2007-12-31"), ("2007-07-01", "2007-12-31")):
        case = a_case("2006-12-01", payments=paid, window=window, cutoff="2007-12-31")
        arose |= {iso(one.arose or 0) for one in findings_of(case, "VT402")}
    assert arose == {"2006-12-01"}


@pytest.mark.parametrize(
    ("day", "codes"),
    either_side(("on the cutoff", "2007-03-31", ["VT107"]), ("after it", "2007-04-01", [])),
)
def test_a_first_contact_after_the_cutoff_is_not_known(day: str, codes: list[str]) -> None:
    assert codes_of(a_case("2007-02-01", interviews=[first_contact(day)], cutoff="2007-03-31")) == codes


@pytest.mark.parametrize(
    ("day", "codes"),
    either_side(("by the last day", "2007-03-15", []), ("after it", "2007-03-16", ["VT107"])),
)
def test_a_first_contact_is_alone_until_an_interview_is_held(day: str, codes: list[str]) -> None:
    rows = [first_contact("2007-02-01"), held(day)]
    assert codes_of(a_case("2007-02-01", ended="2007-03-15", interviews=rows, cutoff="2007-04-30")) == codes


@pytest.mark.parametrize(
    ("last", "codes"),
    either_side(("to the day of the interview", "2007-06-12", []), ("to the day before", "2007-06-11", ["VT401"])),
)
def test_the_benefit_is_known_when_a_payment_covers_the_day_of_the_interview(last: str, codes: list[str]) -> None:
    paid = [payment("2007-05-01", last, "9.000,00")]
    case = a_case("2007-05-01", interviews=[held("2007-06-12")], payments=paid, cutoff="2007-07-31")
    assert codes_of(case) == codes


def test_the_benefit_is_asked_for_at_judged_interviews_only() -> None:
    rows = [held("2007-06-12")]
    assert codes_of(a_case("2007-05-01", interviews=rows, payments=[], cutoff="2007-06-13")) == ["VT401"]
    assert codes_of(a_case("2007-05-01", interviews=rows, payments=[], cutoff="2007-06-12")) == []


@pytest.mark.parametrize(
    ("day", "codes"),
    either_side(
        ("the day before", "2007-06-03", []), ("the first day", "2007-06-04", ["VT403"]),
        ("the last day", "2007-06-10", ["VT403"]), ("the day after", "2007-06-11", []),
    ),
)  # fmt: skip
def test_an_interview_dated_on_an_excluded_day_is_told(day: str, codes: list[str]) -> None:
    period = circumstance(OUTSIDE, "2007-06-04", "2007-06-10")
    for row in (held(day), cancelled(day)):
        case = a_case("2007-05-01", interviews=[row], circumstances=[period], cutoff="2007-07-31")
        assert codes_of(case) == codes


def test_interviews_outside_the_target_group_are_told_once_with_the_date_of_the_first() -> None:
    period = circumstance(OUTSIDE, "2007-06-04", "2007-06-10")
    rows = [held("2007-06-08"), held("2007-06-05")]
    (finding,) = findings_of(a_case("2007-05-01", interviews=rows, circumstances=[period], cutoff="2007-07-31"))
    assert (finding.rule.code, iso(finding.date)) == ("VT403", "2007-06-05")


@pytest.mark.parametrize(
    ("window", "cutoff", "codes"),
    either_side(
        ("on the window's first day", ("2007-06-08", "2007-12-31"), "2007-12-31", ["VT403"]),
        ("the day before the window", ("2007-06-09", "2007-12-31"), "2007-12-31", []),
        ("on the window's last day", ("2007-05-01", "2007-06-08"), "2007-12-31", ["VT403"]),
        ("the day after the window", ("2007-05-01", "2007-06-07"), "2007-12-31", []),
        ("on the cutoff", ("2007-05-01", "2007-12-31"), "2007-06-08", ["VT403"]),
        ("the day after the cutoff", ("2007-05-01", "2007-12-31"), "2007-06-07", []),
    ),
)
def test_an_interview_outside_the_target_group_is_told_when_it_lies_in_the_window_and_is_known(
    window: tuple[str, str], cutoff: str, codes: list[str]
) -> None:
    """Planned for 8 June 2007 and cancelled; the benefit ended two days later."""
    period = circumstance(OUTSIDE, "2007-06-04", "2007-06-08")
    case = a_case(
        "2007-05-01", ended="2007-06-10", interviews=[cancelled("2007-06-08")], circumstances=[period],
        window=window, cutoff=cutoff,
    )  # fmt: skip
    found = findings_of(case)
    assert [finding.rule.code for finding in found] == codes
    assert all(finding.evidence[0].column == "planlagt_dato" for finding in found)


def test_a_withdrawn_case_is_told_neither_of_its_first_contact_nor_that_it_is_not_in_the_register() -> None:
    assert codes_of(a_case("2007-01-08", benefit="anden", interviews=[first_contact("2007-01-08")])) == []
    assert codes_of(a_case("2007-01-08", benefit="anden")) == []


def test_an_interview_in_a_withdrawn_case_is_told() -> None:
    case = a_case("2007-01-08", benefit="introduktionsydelse", interviews=[held("2007-03-05")])
    assert codes_of(case) == ["VT403"]
    assert judged(case).outcome is Outcome.WITHDRAWN


# What is absent


@pytest.mark.parametrize(
    ("lacking", "row", "codes"),
    either_side(
        ("nothing lacks", (), {"category": None}, ["VT201"]),
        ("the column of the category", ("samtaler.matchkategori",), {"category": None}, []),
        ("the column of areas", ("samtaler.opmaerksomhedsomraader",), {"areas": None}, []),
        ("the column of job seekers", ("samtaler.arbejdssoegende",), {"job_seeker": None}, []),
        ("the column of reasons", ("samtaler.fritagelsesaarsag",), {"job_seeker": None}, []),
        ("another step's column", ("samtaler.arbejdssoegende",), {"category": "4", "areas": None}, ["VT203"]),
        ("the day of registration", ("samtaler.registreret_dato",), {"category": None}, []),
    ),
)
def test_a_check_does_not_run_where_a_column_lacks(
    lacking: tuple[str, ...], row: dict[str, Any], codes: list[str]
) -> None:
    result = judged(an_interview("2007-06-12", **row), without=lacking)
    assert [finding.rule.code for finding in result.findings] == codes


def test_without_payments_days_are_judged_and_amounts_are_unknown() -> None:
    result = judged(due_9_may(held("2007-05-24")), without=["udbetalinger"])
    assert result.outcome is Outcome.ERROR_WITH_LOSS
    exposure = result.exposure
    assert (exposure.expected.days, exposure.expected.lines) == (15, None)
    assert (exposure.expected.paid, exposure.expected.refund_lost) == (None, None)
    assert (exposure.running_per_day, exposure.unpaid_days, exposure.unpriced_days) == (None, None, None)


# Money


def one_day(day: str, amount: str, **told: Any) -> Line:
    """The single line of a payment for one day that is lost."""
    when = day_of(day)
    (line,) = lines((Period(when, when),), "kontanthjaelp", [payment(day, day, amount, **told)], the_law())
    return line


@pytest.mark.parametrize(
    ("day", "passive", "offer"),
    either_side(
        ("30 June 2006", "2006-06-30", 50, 50),
        ("1 July 2006", "2006-07-01", 35, 65),
        ("31 December 2010", "2010-12-31", 35, 65),
        ("1 January 2011", "2011-01-01", 30, 50),
        ("31 December 2015", "2015-12-31", 30, 50),
        ("1 January 2016", "2016-01-01", None, None),
    ),
)
@pytest.mark.parametrize("benefit", ["kontanthjaelp", "starthjaelp"])
def test_the_day_decides_the_refund_rate(benefit: str, day: str, passive: int | None, offer: int | None) -> None:
    for in_offer, per_cent in ((False, passive), (True, offer)):
        line = one_day(day, "100,00", in_offer=in_offer, benefit=benefit)
        assert line.rate == (None if per_cent is None else Fraction(per_cent, 100))
        assert (line.paid, line.refund_lost) == (100_00, (per_cent or 0) * 100)


def test_a_payment_over_a_change_of_rate_is_two_lines_and_over_an_unchanged_rate_one() -> None:
    first, last = day_of("2006-06-01"), day_of("2006-07-31")
    paid = [payment("2006-06-01", "2006-07-31", "6.100,00")]
    found = lines((Period(first, last),), "kontanthjaelp", paid, the_law())
    assert [(iso(line.first), iso(line.last), line.rate) for line in found] == [
        ("2006-06-01", "2006-06-30", Fraction(1, 2)),
        ("2006-07-01", "2006-07-31", Fraction(35, 100)),
    ]
    assert sum(line.paid for line in found) == 6_100_00


@pytest.mark.parametrize(
    ("benefit", "in_offer", "priced"),
    either_side(
        ("the payment's own kontanthjaelp", "kontanthjaelp", False, True),
        ("introduktionsydelse", "introduktionsydelse", False, False),
        ("another benefit", "anden", False, False),
        ("an offer that is not told", None, None, False),
    ),
)
def test_a_payment_without_a_rate_is_paid_and_unpriced(
    benefit: str | None, in_offer: bool | None, priced: bool
) -> None:
    paid = [payment("2007-05-01", "2007-05-31", "3.100,00", benefit=benefit, in_offer=in_offer)]
    result = judged(due_9_may(held("2007-05-24"), payments=paid))
    assert result.exposure.expected.paid == 1_500_00
    assert result.exposure.expected.refund_lost == (525_00 if priced else 0)
    assert result.exposure.unpriced_days == (0 if priced else 15)
    assert result.exposure.unpaid_days == 0


def test_a_rate_for_introduktionsydelse_comes_from_the_configuration() -> None:
    rate = {"benefit": "introduktionsydelse", "passive": 50, "offer": 75, "source": "kommunens egen"}
    paid = [payment("2007-05-01", "2007-05-31", "3.100,00", benefit="introduktionsydelse")]
    result = judged(due_9_may(held("2007-05-24"), payments=paid), the_law(refund_rates=[rate]))
    assert (result.exposure.expected.refund_lost, result.exposure.unpriced_days) == (750_00, 0)


@pytest.mark.parametrize(
    ("amount", "in_offer", "refund"),
    either_side(
        ("0.35 øre is less than a half", "0,01", False, 0),
        ("0.65 øre is more", "0,01", True, 1),
        ("3.5 øre", "0,10", False, 4),
        ("6.5 øre, where bankers would say 6", "0,10", True, 7),
        ("10.5 øre, where bankers would say 10", "0,30", False, 11),
        ("3.85 øre", "0,11", False, 4),
        ("3.15 øre", "0,09", False, 3),
    ),
)
def test_the_refund_is_rounded_half_up_to_the_oere(amount: str, in_offer: bool, refund: int) -> None:
    assert one_day("2007-05-09", amount, in_offer=in_offer).refund_lost == refund


@pytest.mark.parametrize(
    ("amount", "days", "lost", "paid"),
    either_side(
        ("half an øre", "0,01", 2, 1, 1),
        ("one and a half", "0,03", 2, 1, 2),
        ("two and a half", "0,05", 2, 1, 3),
        ("a third", "0,01", 3, 1, 0),
        ("two thirds", "0,01", 3, 2, 1),
        ("all of it", "0,01", 3, 3, 1),
    ),
)
def test_the_amount_paid_is_rounded_half_up_to_the_oere(amount: str, days: int, lost: int, paid: int) -> None:
    first = day_of("2007-05-01")
    money = [payment(first, first + days - 1, amount)]
    (line,) = lines((Period(first, first + lost - 1),), "kontanthjaelp", money, the_law())
    assert line.paid == paid


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"), [(1, 2, 1), (3, 2, 2), (5, 2, 3), (49, 100, 0), (0, 7, 0), (-49, 100, 0)]
)
def test_half_up(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded


def test_a_payment_partly_outside_the_case_counts_with_its_full_length() -> None:
    """3.100 kr. for the 31 days of May; the benefit ended on 20 May, and 12 days are lost."""
    paid = [payment("2007-05-01", "2007-05-31", "3.100,00")]
    result = judged(due_9_may(ended="2007-05-20", payments=paid))
    assert [(line.days, line.paid) for line in result.exposure.expected.lines] == [(12, 1_200_00)]


def test_a_payment_that_runs_past_the_cutoff_counts_with_its_full_length() -> None:
    paid = [payment("2007-05-01", "2007-05-31", "3.100,00")]
    result = judged(due_9_may(cutoff="2007-05-20", payments=paid))
    assert [(line.days, line.paid) for line in result.exposure.expected.lines] == [(12, 1_200_00)]
    assert result.exposure.running_per_day == 35_00


def test_overlapping_payments_both_count() -> None:
    paid = [payment("2007-05-01", "2007-05-31", "3.100,00"), payment("2007-05-21", "2007-05-22", "10,00")]
    result = judged(due_9_may(held("2007-05-24"), payments=paid))
    assert [line.paid for line in result.exposure.expected.lines] == [1_500_00, 10_00]
    assert result.exposure.unpaid_days == 0


def test_lost_days_that_no_payment_covers_are_counted_and_cost_nothing() -> None:
    paid = [payment("2007-05-01", "2007-05-13", "1.300,00"), payment("2007-05-20", "2007-05-31", "1.200,00")]
    result = judged(due_9_may(held("2007-05-24"), payments=paid))
    assert (result.exposure.expected.days, result.exposure.unpaid_days, result.exposure.expected.paid) == (
        15,
        6,
        900_00,
    )


def test_an_unbroken_run_of_lost_days_is_a_line_and_a_gap_begins_another() -> None:
    case = due_9_may(held("2007-05-24"), circumstances=[wage_subsidy("2007-05-14", "2007-05-20")])
    assert [(iso(line.first), iso(line.last)) for line in judged(case).exposure.expected.lines] == [
        ("2007-05-09", "2007-05-13"),
        ("2007-05-21", "2007-05-23"),
    ]


@pytest.mark.parametrize(
    ("ended", "cost"),
    either_side(("still there at the cutoff", None, 35_00), ("ended the day before", "2007-07-30", 0)),
)
def test_a_loss_that_still_runs_at_the_cutoff_has_a_cost_per_day(ended: str | None, cost: int) -> None:
    assert judged(due_9_may(ended=ended)).exposure.running_per_day == cost


def test_a_discretionary_loss_that_runs_has_no_cost_per_day() -> None:
    case = due_9_may(no_show("2007-05-09", followed_up="2007-05-09"))
    result = judged(case)
    assert spans(result.exposure.discretionary.periods) == [("2007-05-09", "2007-07-31")]
    assert result.exposure.running_per_day == 0


def test_a_day_is_lost_once_however_many_findings_cover_it() -> None:
    """Never placed on 9 February, and the next interview never held: expected from 9 February, 100 kr. a day once."""
    rows = [held("2007-02-09", category=None)]
    result = judged(a_case("2007-01-09", interviews=rows, cutoff="2007-05-20"))
    assert [finding.rule.code for finding in result.findings] == ["VT201", "VT102"]
    assert spans(result.exposure.expected.periods) == [("2007-02-09", "2007-05-20")]
    assert result.exposure.expected.paid == 101 * 100_00
    shares = dict(result.exposure.by_code)
    assert (shares["VT102"].days, shares["VT102"].alone_days) == (12, 0)
    assert (shares["VT201"].days, shares["VT201"].alone_days) == (101, 89)
    assert (shares["VT201"].refund_lost, shares["VT201"].alone_refund_lost) == (101 * 35_00, 89 * 35_00)


def test_expected_goes_before_discretionary_and_both_before_documentation() -> None:
    rows = [held("2007-02-09", category=None), no_show("2007-05-09", followed_up="2007-05-09"), held("2007-05-24")]
    unplaced = a_case("2007-01-09", interviews=rows, cutoff="2007-06-30")
    result = judged(unplaced)
    assert spans(result.exposure.expected.periods) == [("2007-02-09", "2007-05-23")]
    assert result.exposure.discretionary.days == 0
    noted = unplaced._replace(notes=(note("2007-02-09", placed="3"),))
    result = judged(noted)
    assert result.exposure.expected.days == 0
    assert spans(result.exposure.discretionary.periods) == [("2007-05-09", "2007-05-23")]
    assert spans(result.exposure.documentation.periods) == [("2007-02-09", "2007-05-08")]


# The outcome of a case


PROBLEM = Problem("DQ003", "unreadable", "samtaler", "samtaler.csv", (), "S1", set_aside=True, assessable=False)
HARMLESS = Problem("DQ006", "overlap", "udbetalinger", "udbetalinger.csv", (), "S1")


@pytest.mark.parametrize(
    ("case", "problems", "outcome", "fully"),
    either_side(
        ("in order", due_9_may(held("2007-05-09")), [], Outcome.NO_CRITICISM, True),
        ("in order with a harmless oddity", due_9_may(held("2007-05-09")), [HARMLESS], Outcome.NO_CRITICISM, True),
        ("in order but something unread", due_9_may(held("2007-05-09")), [PROBLEM], Outcome.NOT_ASSESSED, False),
        ("a loss and something unread", due_9_may(), [PROBLEM], Outcome.ERROR_WITH_LOSS, False),
        ("one day of loss", due_9_may(held("2007-05-24"), circumstances=[wage_subsidy("2007-05-10")]), [],
         Outcome.ERROR_WITH_LOSS, True),
        ("an error without a day", due_9_may(held("2007-05-24"), circumstances=[wage_subsidy("2007-05-09")]), [],
         Outcome.ERROR_WITHOUT_LOSS, True),
        ("a discretionary loss", due_9_may(no_show("2007-05-09", followed_up="2007-05-09"), held("2007-05-24")), [],
         Outcome.ERROR_WITHOUT_LOSS, True),
        ("a warning only", due_9_may(held("2007-05-09"), payments=[]), [], Outcome.NO_CRITICISM, True),
        ("a note only", an_interview("2007-06-12", category=None, notes=[note("2007-06-12", placed="3")]), [],
         Outcome.NO_CRITICISM, True),
        ("withdrawn with something unread", a_case("2007-01-08", benefit="anden"), [PROBLEM], Outcome.WITHDRAWN, False),
    ),
)  # fmt: skip
def test_the_first_outcome_that_fits(case: Case, problems: list[Problem], outcome: Outcome, fully: bool) -> None:
    result = judged(case, problems=problems)
    assert (result.outcome, result.fully_assessed) == (outcome, fully)


def test_a_no_show_followed_up_whose_days_all_fall_away_is_no_error() -> None:
    """VT105 is a warning: with no discretionary day left, nothing in the case is an error."""
    case = due_9_may(
        no_show("2007-05-09", followed_up="2007-05-09"), held("2007-05-24"),
        circumstances=[wage_subsidy("2007-05-09")],
    )  # fmt: skip
    assert codes_of(case) == ["VT105"]
    assert judged(case).outcome is Outcome.NO_CRITICISM


# The fingerprint


def test_the_same_matter_keeps_its_fingerprint_when_the_interview_is_held_at_last() -> None:
    subject = Subject("sag", "S1")
    (missing,) = findings_of(due_9_may(cutoff="2007-05-20"))
    (late,) = findings_of(due_9_may(held("2007-05-24")))
    (ignored,) = findings_of(due_9_may(no_show("2007-05-09"), held("2007-05-24")))
    assert (missing.rule.code, late.rule.code, ignored.rule.code) == ("VT102", "VT101", "VT104")
    assert fingerprint(missing, subject) == fingerprint(late, subject) == fingerprint(ignored, subject)


def test_other_cases_steps_and_days_have_other_fingerprints() -> None:
    steps = findings_of(an_interview("2007-06-12", registered="2007-06-20"))
    assert len({fingerprint(finding, Subject("sag", "S1")) for finding in steps}) == 3
    (one,) = findings_of(due_9_may(cutoff="2007-05-20"))
    assert fingerprint(one, Subject("sag", "S1")) != fingerprint(one, Subject("sag", "S2"))
