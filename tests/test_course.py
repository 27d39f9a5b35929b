"""The course of a case as it is drawn: on the guidance's own examples, and never otherwise than it is judged."""

from pathlib import Path

from kommunecheck import app
from kommunecheck.demo import write_demo
from kommunecheck.domain.case import Case
from kommunecheck.domain.days import day_of, iso, sunday_of
from kommunecheck.domain.timeline import Due, Kept, Paid, Role, Timeline, lost_runs
from kommunecheck.exposure import of_kinds
from kommunecheck.testing import (
    a_case,
    cancelled,
    circumstance,
    first_contact,
    held,
    illness,
    judged,
    no_show,
    note,
    payment,
    planned,
    reported_ill,
    wage_subsidy,
)

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"


def course_of(case: Case) -> Timeline:
    drawn = judged(case).timeline
    assert drawn is not None
    return drawn


def dues(case: Case) -> list[tuple[str, str, str, Kept]]:
    return [(iso(due.start), iso(due.due), iso(due.sunday), due.kept) for due in course_of(case).dues]


def lost(case: Case) -> list[tuple[int, str, str, list[str]]]:
    """Each run of lost days: its kind, its days, and the codes of its reasons."""
    findings = judged(case).findings
    runs = lost_runs(findings, of_kinds(findings))
    return [
        (run.kind, iso(run.first), iso(run.last), [findings[place].rule.code for place in run.findings]) for run in runs
    ]


# Deadlines


def test_a_deadline_is_drawn_from_where_it_is_counted_to_the_sunday_of_its_week() -> None:
    case = a_case("2007-01-09", interviews=[held("2007-03-01"), held("2007-06-04")], cutoff="2007-06-30")
    assert dues(case) == [
        ("2007-01-09", "2007-04-09", "2007-04-15", Kept.IN_TIME),
        ("2007-03-01", "2007-06-01", "2007-06-03", Kept.BROKEN),
    ]


def test_excluded_days_move_the_falduge() -> None:
    leave = circumstance("orlovsydelse", "2007-02-01", "2007-02-07")
    case = a_case("2007-01-09", interviews=[held("2007-04-18")], circumstances=[leave], cutoff="2007-05-31")
    assert dues(case) == [("2007-01-09", "2007-04-16", "2007-04-22", Kept.IN_TIME)]
    assert [(one.type, one.role) for one in course_of(case).spells] == [("orlovsydelse", Role.EXCLUDED)]
    assert [(iso(first), iso(last)) for first, last in course_of(case).excluded] == [("2007-02-01", "2007-02-07")]


def test_a_deadline_that_illness_excuses_is_not_drawn_as_broken() -> None:
    ill = illness("2007-04-01", "2007-04-20")
    case = a_case("2007-01-09", interviews=[held("2007-04-25")], circumstances=[ill], cutoff="2007-05-31")
    assert [kept for *_, kept in dues(case)] == [Kept.EXCUSED]
    assert judged(case).findings == ()


def test_a_deadline_still_to_come_is_drawn_while_the_case_runs_and_is_soon() -> None:
    soon = a_case("2007-01-09", interviews=[held("2007-03-01")], cutoff="2007-05-20")
    assert [kept for *_, kept in dues(soon)] == [Kept.IN_TIME, Kept.OPEN]
    assert iso(course_of(soon).last) == "2007-06-03"
    later = a_case("2007-01-09", interviews=[held("2007-03-01")], cutoff="2007-03-20")
    assert [kept for *_, kept in dues(later)] == [Kept.IN_TIME]
    ended = a_case("2007-01-09", ended="2007-05-20", interviews=[held("2007-03-01")], cutoff="2007-05-31")
    assert [kept for *_, kept in dues(ended)] == [Kept.IN_TIME]


def test_a_deadline_outside_the_audited_period_is_drawn_as_not_judged() -> None:
    case = a_case(
        "2006-10-02",
        interviews=[held("2007-02-10")],
        window=("2007-02-01", "2007-04-30"),
        cutoff="2007-04-30",
    )
    assert dues(case)[0] == ("2006-10-02", "2007-01-02", "2007-01-07", Kept.NOT_JUDGED)


def test_what_lies_before_the_first_deadline_of_the_period_is_not_drawn() -> None:
    rows = [held("2006-03-20"), held("2006-06-12"), held("2006-09-04"), held("2006-11-27"), held("2007-02-19")]
    case = a_case("2006-01-02", interviews=rows, window=("2007-01-01", "2007-03-31"), cutoff="2007-03-31")
    drawn = course_of(case)
    assert iso(drawn.first) == "2006-11-27"
    assert iso(drawn.begun) == "2006-01-02"
    assert [iso(one.day) for one in drawn.meetings] == ["2006-11-27", "2007-02-19"]


# What happened


def test_every_kind_of_row_is_drawn_on_its_own_day() -> None:
    rows = [
        first_contact("2007-01-10"),
        no_show("2007-03-05", followed_up="2007-03-07"),
        reported_ill("2007-03-19"),
        cancelled("2007-03-26"),
        held("2007-04-02", registered="2007-04-20"),
        planned("2007-05-10"),
    ]
    drawn = course_of(a_case("2007-01-09", interviews=rows, cutoff="2007-05-01"))
    assert [(iso(one.day), one.kind, one.status) for one in drawn.meetings] == [
        ("2007-01-10", "foerste_henvendelse", "afholdt"),
        ("2007-03-05", "kontaktsamtale", "udeblevet"),
        ("2007-03-19", "kontaktsamtale", "sygdom"),
        ("2007-03-26", "kontaktsamtale", "aflyst"),
        ("2007-04-02", "kontaktsamtale", "afholdt"),
        ("2007-05-10", "kontaktsamtale", "planlagt"),
    ]
    assert drawn.meetings[1].followed_up == day_of("2007-03-07")
    assert drawn.meetings[4].registered == day_of("2007-04-20")


def test_illness_is_drawn_as_it_counts() -> None:
    periods = [
        illness("2007-02-01", "2007-02-10"),
        illness("2007-03-01", "2007-05-10"),
        illness("2007-06-01", documented=True),
        wage_subsidy("2007-05-12", "2007-05-20"),
    ]
    drawn = course_of(a_case("2007-01-09", circumstances=periods, cutoff="2007-07-31"))
    assert [(one.role, iso(one.first)) for one in drawn.spells] == [
        (Role.ILLNESS, "2007-02-01"),
        (Role.NO_EXCUSE, "2007-03-01"),
        (Role.SUBSIDY, "2007-05-12"),
        (Role.ILLNESS, "2007-06-01"),
    ]
    assert drawn.spells[-1].last == drawn.last


def test_a_group_of_the_reform_is_outside_the_target_group_from_the_day_it_counts() -> None:
    drawn = course_of(
        a_case("2007-01-09", circumstances=[circumstance("barsel", "2007-02-20", "2007-03-10")], cutoff="2007-04-30")
    )
    assert [(one.role, iso(one.first), iso(one.last)) for one in drawn.spells] == [
        (Role.NOT_YET, "2007-02-20", "2007-02-28"),
        (Role.EXCLUDED, "2007-03-01", "2007-03-10"),
    ]


def test_payments_are_drawn_with_their_amount_and_whether_in_an_offer() -> None:
    payments = [
        payment("2007-01-09", "2007-01-31", "5.000,00"),
        payment("2007-02-01", "2007-02-28", "8.959,00", in_offer=True),
    ]
    drawn = course_of(a_case("2007-01-09", payments=payments, cutoff="2007-02-28"))
    assert drawn.payments == (
        Paid(day_of("2007-01-09"), day_of("2007-01-31"), 500000, False),
        Paid(day_of("2007-02-01"), day_of("2007-02-28"), 895900, True),
    )


def test_only_notes_that_show_a_step_are_drawn() -> None:
    notes = [note("2007-03-01", placed="2"), note("2007-03-02")]
    drawn = course_of(a_case("2007-01-09", interviews=[held("2007-03-01")], notes=notes, cutoff="2007-04-30"))
    assert [iso(day) for day in drawn.notes] == ["2007-03-01"]


def test_a_withdrawn_case_has_no_deadlines() -> None:
    drawn = course_of(a_case("2007-01-09", benefit="revalidering", interviews=[held("2007-03-01")]))
    assert drawn.dues == ()


# Which days are lost, and why


def test_each_run_of_lost_days_has_all_its_reasons() -> None:
    rows = [held("2007-04-03", category=None)]
    case = a_case("2007-01-09", interviews=rows, cutoff="2007-07-31")
    assert lost(case) == [
        (0, "2007-04-03", "2007-07-02", ["VT201"]),
        (0, "2007-07-03", "2007-07-31", ["VT201", "VT102"]),
    ]


def test_the_three_kinds_of_loss_stand_apart() -> None:
    late_summons = a_case(
        "2007-02-01", interviews=[no_show("2007-05-09", followed_up="2007-05-10"), held("2007-05-20")]
    )
    assert lost(late_summons)[:2] == [
        (0, "2007-05-01", "2007-05-08", ["VT103"]),
        (1, "2007-05-09", "2007-05-19", ["VT103"]),
    ]


def test_days_that_are_never_lost_are_not_drawn_as_lost() -> None:
    subsidy = wage_subsidy("2007-05-03", "2007-05-04")
    case = a_case("2007-02-01", interviews=[held("2007-05-08")], circumstances=[subsidy], cutoff="2007-05-31")
    assert lost(case) == [
        (0, "2007-05-01", "2007-05-02", ["VT101"]),
        (0, "2007-05-05", "2007-05-07", ["VT101"]),
    ]


def test_no_days_have_no_reasons() -> None:
    assert lost_runs((), ((), (), ())) == ()


# Never otherwise than it is judged


def test_of_any_case_what_is_drawn_is_what_is_judged(tmp_path: Path) -> None:
    write_demo(tmp_path / "kommune", 400, seed=3)
    report = app.check(tmp_path / "kommune", timelines=True)
    drawn = [case for case in report.cases if case.timeline is not None]
    assert len(drawn) > 60
    for case in drawn:
        timeline = case.timeline
        assert timeline is not None
        runs = lost_runs(case.findings, [loss.periods for loss in case.exposure.kinds])
        assert sum(run.last - run.first + 1 for run in runs) == sum(loss.days for loss in case.exposure.kinds)
        assert all(run.findings and timeline.first <= run.first <= run.last <= timeline.last for run in runs)
        broken = {due.due for due in timeline.dues if due.kept is Kept.BROKEN}
        assert broken == {one.date for one in case.findings if one.duty == "deadline"}
        assert all(due.sunday == sunday_of(due.due) for due in timeline.dues)
        for days in (*timeline.spells, *timeline.payments):
            assert timeline.first <= days.first <= days.last <= timeline.last
        assert all(timeline.first <= one.day <= timeline.last for one in timeline.meetings)


# Only where it is wanted


def test_the_courses_are_made_only_when_a_format_wants_them_and_only_for_cases_with_findings() -> None:
    assert all(case.timeline is None for case in app.check(LILLEBY).cases)
    drawn = app.check(LILLEBY, timelines=True)
    found = {placed.sag_id for placed in drawn.findings}
    assert all((case.timeline is not None) == (case.sag_id in found) for case in drawn.cases)
    assert isinstance(drawn.cases[10].timeline, Timeline)
    assert isinstance(drawn.cases[10].timeline.dues[0], Due)
