"""How teams and months compare: values worked out by hand, and small teams that cannot be found."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunecheck import app
from kommunecheck.comparing import LEAST, by_month, compare_teams
from kommunecheck.domain.days import count, day_of, iso
from kommunecheck.domain.report import NO_EXPOSURE, CaseResult, Fact, Outcome
from kommunecheck.domain.rule import SUPERVISION
from kommunecheck.domain.wilson import wilson

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"


def some(team: str | None, wrong: int, right: int, withdrawn: int = 0) -> list[CaseResult]:
    """The cases of a team."""
    outcomes = [
        *[Outcome.ERROR_WITH_LOSS, Outcome.ERROR_WITHOUT_LOSS] * wrong,
        *[Outcome.NO_CRITICISM] * right,
        *[Outcome.WITHDRAWN] * withdrawn,
    ]
    outcomes = outcomes[wrong:] if wrong else outcomes
    return [CaseResult(f"{team}{n}", team, one, True, (), NO_EXPOSURE) for n, one in enumerate(outcomes)]


@pytest.mark.parametrize(
    ("errors", "cases", "low", "high"),
    [  # by hand: (p + z²/2n ± z√(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1,96
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (10, 20, 0.2993, 0.7007),
        (10, 100, 0.0552, 0.1744),
        (5, 5, 0.5655, 1.0),
        (500, 1000, 0.4691, 0.5309),
    ],
)
def test_the_interval_is_the_one_worked_out_by_hand(errors: int, cases: int, low: float, high: float) -> None:
    assert wilson(errors, cases) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_the_interval_lies_around_the_share(errors: int, cases: int) -> None:
    errors = min(errors, cases)
    low, high = wilson(errors, cases)
    assert 0 <= low <= errors / cases <= high <= 1
    assert low < high


def test_a_share_is_of_the_cases_that_were_not_withdrawn() -> None:
    teams = compare_teams([*some("A", 2, 8, withdrawn=90), *some("B", 1, 9)])
    assert [(one.teams, one.cases, one.errors) for one in teams.shares] == [(("A",), 10, 2), (("B",), 10, 1)]
    assert (teams.whole.cases, teams.whole.errors) == (20, 3)
    assert teams.joined is None


def test_a_case_that_could_not_be_assessed_in_full_is_counted() -> None:
    unsure = CaseResult("x", "A", Outcome.NOT_ASSESSED, False, (), NO_EXPOSURE)
    assert compare_teams([*some("A", 2, 8), unsure]).whole.cases == 11


def test_small_teams_are_joined() -> None:
    teams = compare_teams([*some("A", 1, 9), *some("B", 1, 2), *some("C", 0, 4)])
    assert [one.teams for one in teams.shares] == [("A",)]
    assert teams.joined is not None
    assert (teams.joined.teams, teams.joined.cases, teams.joined.errors) == (("B", "C"), 7, 1)


def test_one_small_team_takes_the_next_smallest_with_it() -> None:
    teams = compare_teams([*some("A", 1, 9), *some("B", 1, 5), *some("C", 0, 4)])
    assert teams.joined is not None
    assert teams.joined.teams == ("C", "B")
    assert [one.teams for one in teams.shares] == [("A",)]


def test_small_teams_that_are_few_together_take_another_with_them() -> None:
    teams = compare_teams([*some("A", 1, 9), *some("B", 1, 1), *some(None, 1, 1)])
    assert teams.joined is not None
    assert teams.joined.teams == (None, "B", "A")
    assert teams.shares == ()
    assert teams.shown_as("A") == teams.shown_as("B") == (None, "B", "A")


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(0, 3)), max_size=8))
def test_no_small_team_is_shown_and_none_can_be_found_by_subtraction(drawn: list[tuple[int, int, int]]) -> None:
    cases = [case for number, told in enumerate(drawn) for case in some(f"T{number}", *told)]
    teams = compare_teams(cases)
    sizes = Counter(case.team for case in cases if case.outcome is not Outcome.WITHDRAWN)
    assert all(one.cases == sizes[one.teams[0]] >= LEAST for one in teams.shares)
    joined = teams.joined
    assert sum(one.cases for one in teams.shares) + (joined.cases if joined else 0) == teams.whole.cases
    if joined and teams.shares:
        assert len(joined.teams) > 1
        assert joined.cases >= LEAST
    assert {team for one in (*teams.shares, *([joined] if joined else [])) for team in one.teams} == set(sizes)


def test_findings_stand_in_the_month_the_step_should_have_been_taken_in() -> None:
    report = app.check(LILLEBY, app.Options(facts=frozenset({Fact.MONTHS})))
    assert report.months is not None
    expected = Counter(
        (one.finding.rule.code, iso(one.finding.date)[:7])
        for one in report.findings
        if one.finding.rule.supervision == SUPERVISION and one.finding.date is not None
    )
    told = {
        (cause.code, iso(month)[:7]): many
        for cause in report.months.causes
        for month, many in zip(report.months.months, cause.findings, strict=True)
        if many
    }
    assert told == dict(expected)
    assert sum(report.months.lost_days) == report.summary.expected.days


def test_months_follow_each_other_without_a_gap() -> None:
    report = app.check(LILLEBY, app.Options(facts=frozenset({Fact.MONTHS})))
    assert report.months is not None
    months = [iso(month) for month in report.months.months]
    assert all(month.endswith("-01") for month in months)
    for before, after in pairwise(report.months.months):
        assert 28 <= after - before <= 31
    assert report.months.months[-1] <= report.run.cutoff


def test_days_are_counted_in_their_own_months() -> None:
    report = app.check(LILLEBY)
    months = by_month(report.findings, report.cases)
    place = months.months.index(day_of("2007-07-01"))
    days = [
        count(tuple(p for p in case.exposure.expected.periods)) for case in report.cases if case.exposure.expected.days
    ]
    assert sum(days) == sum(months.lost_days)
    within = sum(
        max(0, min(p.last, day_of("2007-07-31")) - max(p.first, day_of("2007-07-01")) + 1)
        for case in report.cases
        for p in case.exposure.expected.periods
    )
    assert months.lost_days[place] == within


def test_nothing_found_is_no_months() -> None:
    assert by_month((), ()).months == ()
    assert compare_teams(()).whole.cases == 0
