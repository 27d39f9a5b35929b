"""What must hold of every case, whatever its rows: shown on random cases between October 2006 and June 2008."""

import csv
import random
import re
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import holidays
import orjson
import pytest
from as_files import report_on
from each_day import each
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kommunecheck import app
from kommunecheck.domain.days import (
    NO_END,
    Day,
    Days,
    Period,
    contains,
    count,
    day_of,
    minus,
    run_of,
    sunday_of,
    union,
    within,
)
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.money import half_up
from kommunecheck.domain.records import Interview, Note, Payment
from kommunecheck.domain.report import CaseResult, Loss
from kommunecheck.law.calendar import danish_holidays, due_date, is_workday, months_after, workdays_after
from kommunecheck.law.dated import Dated, DatedError, Value
from kommunecheck.law.exclusions import ALWAYS, CIRCUMSTANCES, REFORM
from kommunecheck.reports import json
from kommunecheck.testing import (
    a_case,
    cancelled,
    circumstance,
    first_contact,
    held,
    judged,
    no_show,
    note,
    payment,
    planned,
    reported_ill,
    the_law,
)
from kommunecheck.totals import summarise

Words = dict[str, Any]
Rows = list[Any]
Span = tuple[int | None, int | None]

EARLIEST, LATEST = day_of("2006-10-01"), day_of("2008-06-30")
WINDOW = ("2007-01-01", "2007-12-31")
KINDS = ("expected", "discretionary", "documentation")


# Strategies: a case is drawn as its words, so that a property can tell it again with a word changed. Few draws make a
# case, each of a whole row, so that hypothesis has time for many.

days = st.integers(EARLIEST, LATEST)

HELD = [
    None, {}, {}, {}, {"category": None}, {"category": None, "areas": None, "job_seeker": None},
    {"category": "2", "rough": True}, {"category": "7"}, {"category": "1", "areas": None},
    {"category": "5", "job_seeker": None}, {"areas": None}, {"job_seeker": False},
    {"job_seeker": False, "exempt": "barsel"}, {"category": "1", "areas": None, "job_seeker": None},
]  # fmt: skip
"""What an interview was like; ``None`` is one that was not held."""

ON_THE_WAY = [
    no_show,
    lambda day: no_show(day, followed_up=day),
    lambda day: no_show(day, followed_up=day + 7),
    lambda day: no_show(day, followed_up=day + 8, summoned=day - 7),
    reported_ill,
    cancelled,
    lambda day: cancelled(day, summoned=day - 10),
    lambda day: planned(day, summoned=day - 5),
    first_contact,
]
"""What else can happen in an interval."""

DELAYS = st.sampled_from([None, None, None, 0, 1, 2, 3, 4, 10, 40, 100])
"""Days from an interview or a note to its registration."""


Intervals = st.SearchStrategy[list[tuple[int, dict[str, Any] | None, int | None, list[tuple[Any, int]]]]]


def intervals_with(was_like: list[dict[str, Any] | None]) -> Intervals:
    """Intervals, most of them about three months, with what happened on the way.

    To make them anew for each case would take longer than to draw from them.
    """
    attempts = st.lists(st.tuples(st.sampled_from(ON_THE_WAY), st.integers(0, 30)), max_size=2)
    lengths = st.integers(85, 110) | st.integers(0, 150)
    return st.lists(st.tuples(lengths, st.sampled_from(was_like), DELAYS, attempts), max_size=6)


@st.composite
def interviews(draw: st.DrawFn, began: Day, intervals: Intervals) -> list[Interview]:
    """Rows in a chain of intervals."""
    rows, day = [], began
    for length, was, delay, attempts in draw(intervals):
        day = min(day + length, LATEST)
        rows += [attempt(day - before) for attempt, before in attempts]
        if was is not None:
            registered = None if delay is None else day + delay
            rows.append(held(day, planned=day, summoned=day - 14, registered=registered, **was))
    return numbered(rows, "samtale_id")


def numbered(rows: Rows, column: str) -> Rows:
    """The rows with an id each, so that none depends on its place."""
    return [row._replace(**{column: f"{place:02}"}) for place, row in enumerate(rows)]


spells = st.builds(
    lambda kind, first, length, documented: circumstance(
        kind, first, None if length > 60 else first + length, documented=documented
    ),
    st.sampled_from([*sorted(CIRCUMSTANCES), *["sygdom"] * 6, "loentilskud", "loentilskud"]),
    days,
    st.integers(0, 70),
    st.booleans(),
)
"""A period of any type, one in seven still running."""

amounts = st.integers(1, 2_000_000).map(lambda oere: f"{oere // 100},{oere % 100:02}")
paid = st.builds(
    lambda first, length, amount, offer, benefit: payment(
        first, first + length, amount, in_offer=offer, benefit=benefit
    ),
    days,
    st.integers(0, 62),
    amounts,
    st.sampled_from([False, False, True, None]),
    st.sampled_from([None, None, "starthjaelp", "introduktionsydelse"]),
)
"""A payment that may overlap others, in an offer or not, or without a rate."""


CATEGORIES = st.sampled_from([None, None, "1", "2", "3", "4", "5"])


@st.composite
def written(draw: st.DrawFn) -> Note:
    """A note of any kind, some entered later."""
    day, delay = draw(days), draw(DELAYS)
    said = draw(CATEGORIES), draw(st.booleans()), draw(st.booleans())
    registered = None if delay is None else day + delay
    return note(day, placed=said[0], areas=said[1], job_seeker=said[2], registered=registered)


BENEFITS = st.sampled_from(["kontanthjaelp", "starthjaelp"])
circumstances_if_any = st.lists(spells, max_size=3)
payments = st.lists(paid, max_size=5).map(lambda rows: numbered(rows, "udbetaling_id"))
payments_if_any = st.none() | payments
notes = st.lists(written(), max_size=4).map(lambda rows: numbered(rows, "notat_id"))


@st.composite
def told_cases(draw: st.DrawFn, intervals: Intervals) -> Words:
    """The words of a case of which some day lies in the window; ``a_case(**words)`` makes it."""
    began = draw(st.integers(EARLIEST, day_of("2007-11-30")))
    cutoff = draw(st.integers(max(began, day_of("2007-06-30")), LATEST))
    ended = draw(st.none() | st.integers(max(began, day_of("2007-01-01")), LATEST))
    return {
        "began": began,
        "ended": ended,
        "benefit": draw(BENEFITS),
        "interviews": draw(interviews(began, intervals)),
        "circumstances": draw(circumstances_if_any),
        "payments": draw(payments_if_any),
        "notes": draw(notes),
        "window": WINDOW,
        "cutoff": cutoff,
    }


cases = told_cases(intervals_with(HELD))
placed_cases = told_cases(
    intervals_with(
        [None, {}, {"category": "1", "areas": None}, {"category": "4"}, {"areas": None}, {"job_seeker": None}]
    )
)


def days_of(result: CaseResult, *kinds: str) -> set[Day]:
    """The lost days of the kinds, as a Python set."""
    return {day for kind in kinds or KINDS for day in each(getattr(result.exposure, kind).periods)}


def days_found(finding: Finding) -> set[Day]:
    """The lost days of a finding, as a Python set."""
    return set(each(finding.expected)) | set(each(finding.discretionary)) | set(each(finding.documentation))


def told(result: CaseResult) -> tuple[object, ...]:
    """What a result says, apart from the place of rows in the files and the order of equal lines."""
    exposure = result.exposure
    return (
        [(f.rule.code, f.step, f.date, f.expected, f.discretionary, f.documentation, f.message, f.rests_on)
         for f in result.findings],
        [(getattr(exposure, kind).periods, lines_of(getattr(exposure, kind))) for kind in KINDS],
        (exposure.running_per_day, exposure.unpaid_days, exposure.unpriced_days, exposure.by_code),
    )  # fmt: skip


def lines_of(loss: Loss) -> Counter[tuple[object, ...]]:
    return Counter((*line.payment._replace(row=0, source=0, udbetaling_id=None), *line[1:]) for line in loss.lines)


# Every case


@given(cases)
def test_no_day_is_counted_in_two_kinds_and_none_twice(words: Words) -> None:
    result = judged(a_case(**words))
    for kind in KINDS:
        periods = getattr(result.exposure, kind).periods
        assert all(first <= last for first, last in periods)
        assert all(before.last + 1 < after.first for before, after in pairwise(periods))
    assert sum(getattr(result.exposure, kind).days for kind in KINDS) == len(days_of(result))


@given(cases)
def test_the_kinds_are_the_days_of_the_findings_the_strongest_first(words: Words) -> None:
    result = judged(a_case(**words))
    expected = {day for finding in result.findings for day in each(finding.expected)}
    discretionary = {day for finding in result.findings for day in each(finding.discretionary)} - expected
    documentation = {day for f in result.findings for day in each(f.documentation)} - expected - discretionary
    assert days_of(result, "expected") == expected
    assert days_of(result, "discretionary") == discretionary
    assert days_of(result, "documentation") == documentation


@given(cases)
def test_lost_days_lie_between_the_request_for_help_and_the_last_day(words: Words) -> None:
    case = a_case(**words)
    assert all(case.anmodningsdato <= day <= case.last for day in days_of(judged(case)))


@given(cases)
def test_days_that_are_never_lost_are_never_lost(words: Words) -> None:
    case = a_case(**words)
    reform = day_of("2007-03-01")
    never = {
        day
        for one in case.circumstances
        for day in range(one.fra, min(one.til, LATEST) + 1)
        if one.type in ALWAYS or one.type == "loentilskud" or (one.type in REFORM and day >= reform)
    }
    result = judged(case)
    assert not never & days_of(result)
    assert not any(never & days_found(finding) for finding in result.findings)


@given(cases)
def test_no_rule_is_broken_twice_for_one_duty(words: Words) -> None:
    """One finding per deadline, and one per interview, step and kind of loss."""
    case = a_case(**words)
    duties = Counter(
        (f.duty, f.arose, f.rule.code == "VT205", [e.row for e in f.evidence][:1] and f.evidence[0].row)
        for f in judged(case).findings
        if f.duty
    )
    assert all(number == 1 for number in duties.values())


@given(cases)
def test_findings_stand_in_order_of_date_code_and_step(words: Words) -> None:
    found = judged(a_case(**words)).findings
    keys = [(finding.date or 0, finding.rule.code, finding.step or 0) for finding in found]
    assert keys == sorted(keys)


@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(words: Words, rng: Random) -> None:
    mixed = dict(words)
    for table in ("interviews", "circumstances", "payments", "notes"):
        if mixed[table]:
            mixed[table] = rng.sample(mixed[table], len(mixed[table]))
    one, other = judged(a_case(**mixed)), judged(a_case(**words))
    assert (one.outcome, told(one)) == (other.outcome, told(other))


@given(cases)
def test_a_case_judged_again_comes_out_the_same(words: Words) -> None:
    assert judged(a_case(**words)) == judged(a_case(**words))


# Money


@given(cases)
def test_every_line_can_be_redone_by_hand(words: Words) -> None:
    case, law = a_case(**words), the_law()
    result = judged(case)
    for kind in KINDS:
        loss = getattr(result.exposure, kind)
        for line in loss.lines:
            length = line.payment.til - line.payment.fra + 1
            share = Fraction(line.payment.beloeb * line.days, length)
            assert line.paid == half_up(share.numerator, share.denominator)
            refund = share * (line.rate or 0)
            assert line.refund_lost == half_up(refund.numerator, refund.denominator)
            assert abs(refund - line.refund_lost) <= Fraction(1, 2)
            assert line.payment.fra <= line.first <= line.last <= line.payment.til
            benefit = line.payment.ydelsestype or case.ydelsestype
            rates = {
                share for period, share in law.shares(benefit, line.payment.i_tilbud) if contains((period,), line.first)
            }
            assert rates == ({line.rate} if line.rate is not None else set())


@given(cases)
def test_lines_hold_exactly_the_lost_days_that_each_payment_covers(words: Words) -> None:
    case = a_case(**words)
    result = judged(case)
    for kind in KINDS:
        loss = getattr(result.exposure, kind)
        found = Counter((line.payment, day) for line in loss.lines for day in range(line.first, line.last + 1))
        lost = set(each(loss.periods))
        assert found == Counter(
            (one, day) for one in case.payments for day in range(one.fra, one.til + 1) if day in lost
        )


@given(cases)
def test_totals_are_the_sums_of_their_lines_and_days_are_paid_or_counted_as_unpaid(words: Words) -> None:
    case = a_case(**words)
    result = judged(case)
    for kind in KINDS:
        loss = getattr(result.exposure, kind)
        assert loss.paid == sum(line.paid for line in loss.lines)
        assert loss.refund_lost == sum(line.refund_lost for line in loss.lines)
    paid = {day for one in case.payments for day in range(one.fra, one.til + 1)}
    assert result.exposure.unpaid_days == len(days_of(result) - paid)


@given(st.lists(cases, min_size=0, max_size=4))
def test_the_summary_is_the_sum_of_the_cases(several: list[Words]) -> None:
    results = [judged(a_case(**words, team=f"Team {place % 2}")) for place, words in enumerate(several)]
    summary = summarise(results, paid_known=True)
    assert summary.cases == sum(summary.outcomes.values()) == len(results)
    for kind in KINDS:
        total, parts = getattr(summary, kind), [getattr(result.exposure, kind) for result in results]
        assert total.days == sum(part.days for part in parts)
        assert total.paid == sum(part.paid for part in parts)
        assert total.refund_lost == sum(part.refund_lost for part in parts)
    assert summary.running_per_day == sum(result.exposure.running_per_day for result in results)
    assert summary.unpaid_days == sum(result.exposure.unpaid_days for result in results)
    assert sum(team.refund_lost for team in summary.by_team) == summary.expected.refund_lost
    assert sum(team.cases for team in summary.by_team) == summary.cases
    found = Counter(finding.rule.code for result in results for finding in result.findings)
    assert {one.code: one.findings for one in summary.by_code} == dict(found)


@given(cases)
def test_by_cause_alone_is_never_more_than_touched_and_one_cause_stands_alone(words: Words) -> None:
    result = judged(a_case(**words))
    for code, share in result.exposure.by_code:
        touched = {day for finding in result.findings if finding.rule.code == code for day in days_found(finding)}
        others = {day for finding in result.findings if finding.rule.code != code for day in days_found(finding)}
        assert share.days == len(touched)
        assert share.alone_days == len(touched - others)


@given(cases)
def test_a_cost_per_day_runs_when_and_only_when_the_expected_loss_reaches_the_cutoff(words: Words) -> None:
    case = a_case(**words)
    result = judged(case)
    if case.cutoff in days_of(result, "expected"):
        today = [one for one in case.payments if one.fra <= case.cutoff <= one.til]
        assert (result.exposure.running_per_day > 0) <= bool(today)
        if words["payments"] is None:
            assert result.exposure.running_per_day == 35_00
    else:
        assert result.exposure.running_per_day == 0


@given(cases, st.integers(1, 500_00), st.integers(1, 200), st.data())
def test_splitting_a_payment_at_the_daily_rate_changes_totals_by_rounding_only(
    words: Words, per_day: int, length: int, data: st.DataObject
) -> None:
    first = data.draw(days)
    cut = data.draw(st.integers(1, length))

    def pay(start: Day, number: int) -> Payment:
        return payment(start, start + number - 1, f"{per_day * number // 100},{per_day * number % 100:02}")

    whole = [*(words["payments"] or ()), pay(first, length)]
    parts = [*(words["payments"] or ()), pay(first, cut), *([pay(first + cut, length - cut)] if cut < length else [])]
    before, after = judged(a_case(**words | {"payments": whole})), judged(a_case(**words | {"payments": parts}))
    for kind in KINDS:
        one, other = getattr(before.exposure, kind), getattr(after.exposure, kind)
        assert one.periods == other.periods
        assert one.paid == other.paid
        assert abs(one.refund_lost - other.refund_lost) <= Fraction(len(one.lines) + len(other.lines), 2)
    assert before.exposure.unpaid_days == after.exposure.unpaid_days


@given(cases, payments)
def test_payments_change_what_a_loss_costs_and_never_which_days_are_lost(words: Words, others: list[Payment]) -> None:
    before, after = judged(a_case(**words)), judged(a_case(**words | {"payments": others}))
    assert [getattr(before.exposure, kind).periods for kind in KINDS] == [
        getattr(after.exposure, kind).periods for kind in KINDS
    ]
    assert before.outcome == after.outcome


# Notes. A note that places the citizen can bring steps with it that nobody would have asked for without a category,
# so that more days are lost with it than without. What does follow from the contract is this.


@given(cases)
def test_notes_touch_no_deadline(words: Words) -> None:
    def deadlines(result: CaseResult) -> list[Finding]:
        return [finding for finding in result.findings if finding.duty == "deadline"]

    assert deadlines(judged(a_case(**words))) == deadlines(judged(a_case(**words | {"notes": []})))


@given(cases)
def test_no_day_that_is_lost_without_notes_is_forgotten_with_them(words: Words) -> None:
    """It is lost, or it stands as documentation: days that rest on the notes."""
    assert days_of(judged(a_case(**words | {"notes": []}))) <= days_of(judged(a_case(**words)))


@given(cases, notes)
def test_a_note_that_does_not_place_never_loses_a_day(words: Words, added: list[Note]) -> None:
    added = [one._replace(placed=None) for one in added]
    more = judged(a_case(**words | {"notes": [*words["notes"], *added]}))
    assert days_of(more, "expected") <= days_of(judged(a_case(**words)), "expected")


@given(placed_cases, notes)
def test_where_every_interview_is_placed_no_note_loses_a_day(words: Words, added: list[Note]) -> None:
    more = judged(a_case(**words | {"notes": [*words["notes"], *added]}))
    assert days_of(more, "expected") <= days_of(judged(a_case(**words)), "expected")


@given(cases)
def test_without_notes_nothing_rests_on_a_note(words: Words) -> None:
    result = judged(a_case(**words | {"notes": []}))
    assert result.exposure.documentation.days == 0
    assert "VT205" not in {finding.rule.code for finding in result.findings}


# Time


@given(cases, st.integers(0, 200))
def test_what_is_lost_at_a_cutoff_is_still_lost_at_a_later_one(words: Words, later: int) -> None:
    """What is known later is dated later, and a loss up to the earlier cutoff was not stopped by it.

    So for expected days; a discretionary day can become expected when the time to act upon a no-show runs out.
    """
    early = a_case(**words)
    late = a_case(**words | {"cutoff": words["cutoff"] + later})
    assert days_of(judged(early), "expected") <= days_of(judged(late), "expected")
    if later:
        lost = days_of(judged(early), "expected", "discretionary")
        assert lost <= days_of(judged(late), "expected", "discretionary")


@given(cases)
def test_what_happened_after_the_cutoff_is_not_used(words: Words) -> None:
    """Rows that lie wholly after the cutoff, and notes entered after it, could as well not be there."""
    case = a_case(**words)
    known = [
        row
        for row in words["interviews"]
        if min(filter(None, (row.afholdt_dato, row.planlagt_dato, row.indkaldt_dato))) <= case.cutoff
    ]
    noted = [one for one in words["notes"] if one.day <= case.cutoff]
    assume(known)
    assert told(judged(a_case(**words | {"interviews": known, "notes": noted}))) == told(judged(case))


@given(cases, st.integers(1, 60))
def test_a_longer_time_to_register_never_loses_a_day(words: Words, longer: int) -> None:
    strict = judged(a_case(**words))
    loose = judged(a_case(**words), the_law(registration_workdays=1 + longer))
    late = {day for f in loose.findings if f.duty.startswith("step") for day in each(f.expected)}
    assert late <= {day for f in strict.findings if f.duty.startswith("step") for day in each(f.expected)}


@given(cases, st.integers(1, 60))
def test_a_longer_time_to_act_upon_a_no_show_never_loses_a_day(words: Words, longer: int) -> None:
    strict = judged(a_case(**words))
    loose = judged(a_case(**words), the_law(followup_workdays=5 + longer))
    assert days_of(loose, "expected") <= days_of(strict, "expected")
    assert days_of(loose, "expected", "discretionary") == days_of(strict, "expected", "discretionary")


# Sets of days

periods = st.builds(lambda first, length: Period(first, first + length), st.integers(1, 60), st.integers(-3, 12))
sets = st.lists(periods, max_size=6).map(union)


def as_set(some: Days) -> set[Day]:
    return {day for first, last in some for day in range(first, last + 1)}


def is_in_one_form(some: Days) -> bool:
    """Sorted, disjoint, not touching, and no period empty."""
    return all(first <= last for first, last in some) and all(
        before.last + 1 < after.first for before, after in pairwise(some)
    )


@given(st.lists(periods, max_size=8))
def test_a_union_holds_the_days_of_its_periods_in_one_form(some: Days) -> None:
    assert as_set(union(some)) == as_set(some)
    assert is_in_one_form(union(some))


@given(sets, sets)
def test_minus_and_within_are_difference_and_intersection(one: Days, other: Days) -> None:
    assert as_set(minus(one, other)) == as_set(one) - as_set(other)
    assert as_set(within(one, other)) == as_set(one) & as_set(other)
    assert is_in_one_form(minus(one, other))
    assert is_in_one_form(within(one, other))


@given(sets, st.integers(0, 80))
def test_counting_and_asking_agree_with_the_days_themselves(some: Days, day: Day) -> None:
    assert count(some) == len(as_set(some)) == len(list(each(some)))
    assert contains(some, day) == (day in as_set(some))
    assert list(each(some)) == sorted(as_set(some))


@given(st.integers(1, 60), st.integers(1, 60))
def test_a_run_is_the_days_from_first_to_last_and_none_when_they_are_the_wrong_way_round(first: int, last: int) -> None:
    assert as_set(run_of(first, last)) == set(range(first, last + 1))


# The calendar

HOLIDAYS = holidays.country_holidays("DK", years=range(2005, 2010))


@pytest.mark.parametrize("here", [True, False], ids=["its module stands by itself", "it does not"])
def test_the_public_holidays_are_those_of_the_package_whichever_way_they_are_loaded(
    here: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    danish_holidays.cache_clear()
    if not here:
        monkeypatch.setattr(Path, "with_name", lambda path, _: path / "nowhere")
    try:
        for year in (1990, 2007, 2023, 2024, 2100):
            assert list(danish_holidays()(years=year)) == list(holidays.country_holidays("DK", years=year))
    finally:
        danish_holidays.cache_clear()


@given(days)
def test_the_sunday_of_a_week_is_the_first_sunday_from_the_day(day: Day) -> None:
    sunday = sunday_of(day)
    assert date.fromordinal(sunday).weekday() == 6
    assert 0 <= sunday - day <= 6


@given(days, st.integers(0, 24))
@example(day_of("2006-11-30"), 3)
@example(day_of("2007-11-30"), 3)
def test_months_later_is_the_same_day_of_the_month_or_the_months_last(day: Day, months: int) -> None:
    start, found = date.fromordinal(day), date.fromordinal(months_after(day, months))
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day == start.day or (found.day < start.day and (found + timedelta(1)).day == 1)


@given(days, st.integers(0, 30))
def test_working_days_are_counted_from_the_day_after(day: Day, number: int) -> None:
    found = workdays_after(day, number)
    between = [date.fromordinal(one) for one in range(day + 1, found + 1)]
    assert sum(one.weekday() < 5 and one not in HOLIDAYS for one in between) == number
    assert is_workday(found) or number == 0


@given(days, st.integers(1, 6), st.lists(st.tuples(days, st.none() | st.integers(0, 90)), max_size=5))
def test_the_due_date_is_the_one_a_slow_count_finds(
    start: Day, months: int, spells: list[tuple[Day, int | None]]
) -> None:
    excluded = union(Period(first, NO_END if length is None else first + length) for first, length in spells)
    assert due_date(start, months, excluded) == slow_due_date(start, months, excluded)


def slow_due_date(start: Day, months: int, excluded: Days) -> Day | None:
    """Day by day: the first day that is not excluded when as many as there are in the months have passed."""
    needed, passed, day = months_after(start, months) - start, 0, start
    while day < start + 3000:
        if not contains(excluded, day):
            if passed == needed:
                return day
            passed += 1
        day += 1
    return None


# Values with dates


def dated(*ends: Span) -> Dated[int]:
    return Dated("Tallet", [Value(place, first, last, "seed", "kilde") for place, (first, last) in enumerate(ends)])


@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=6),
    st.booleans(),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_values_that_meet_are_taken_in_any_order_and_each_holds_on_its_own_days(
    lengths: list[int], from_ever: bool, for_ever: bool, rng: Random
) -> None:
    ends: list[Span] = []
    day = start = day_of("2006-01-01")
    for length in lengths:
        ends.append((day, day + length - 1))
        day += length
    first, last = start, day - 1
    if from_ever:
        ends[0] = (None, ends[0][1])
    if for_ever:
        ends[-1] = (ends[-1][0], None)
    values = [Value(place, *pair, "seed", "kilde") for place, pair in enumerate(ends)]
    number = Dated("Tallet", rng.sample(values, len(values)))
    for place, (begins, ends_on) in enumerate(ends):
        assert number.on(first if begins is None else begins) == place
        assert number.on(last if ends_on is None else ends_on) == place
    assert number.on(first - 1) == (0 if from_ever else None)
    assert number.on(last + 1) == (len(ends) - 1 if for_ever else None)


@given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 400))
def test_values_with_a_gap_or_an_overlap_are_refused(one: int, other: int, by: int) -> None:
    start = day_of("2006-01-01")
    first, next_day = (start, start + one - 1), start + one
    with pytest.raises(DatedError, match="ingen værdi gælder"):
        dated(first, (next_day + by, next_day + by + other))
    with pytest.raises(DatedError, match="samtidig"):
        dated(first, (next_day - min(by, one), next_day + other))


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param([(None, None), (10, None)], id="open at both ends beside another"),
        pytest.param([(1, None), (10, None)], id="two that never end"),
        pytest.param([(None, 10), (None, 20)], id="two that always were"),
        pytest.param([(1, 10), (10, 20)], id="one day in common"),
        pytest.param([(1, 10), (1, 10)], id="the same twice"),
        pytest.param([(10, 1)], id="the wrong way round"),
        pytest.param([], id="none at all"),
    ],
)
def test_values_that_do_not_follow_each_other_are_refused(ends: list[Span]) -> None:
    with pytest.raises(DatedError):
        dated(*ends)


# The files themselves


@settings(max_examples=15)
@given(st.lists(cases, min_size=10, max_size=25), st.integers(day_of("2007-06-30"), LATEST))
def test_the_whole_program_says_of_files_what_the_engine_says_of_cases(several: list[Words], cutoff: str) -> None:
    known = [words | {"cutoff": cutoff} for words in several if words["began"] <= cutoff]
    told_of = {case.sag_id: case for case in (a_case(**words, sag_id=f"S{n:02}") for n, words in enumerate(known))}
    assume(told_of)
    with TemporaryDirectory() as folder:
        report = report_on(told_of.values(), Path(folder))
    assert {case.sag_id for case in report.cases} == set(told_of)
    for result in report.cases:
        alone = judged(told_of[result.sag_id])
        assert told(result) == told(alone)
        assert result.outcome == alone.outcome or not result.fully_assessed


LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
TABLES = tuple(sorted(file.stem for file in LILLEBY.glob("*.csv") if not file.stem.startswith("forventet")))


@cache
def lilleby() -> dict[str, Any]:
    return report_of(LILLEBY)


def report_of(folder: Path) -> dict[str, Any]:
    """The JSON report without what the place of a row may change: row numbers and hashes of files."""
    made = orjson.loads(b"".join(json.write(app.check(folder))))
    for name in ("digest", "grounds"):
        made["run"].pop(name)
    for source in made["run"]["sources"]:
        source.pop("sha256")
    return without_rows(made)


def without_rows(value: object) -> Any:
    if isinstance(value, dict):
        return {key: without_rows(one) for key, one in value.items() if key != "row"}
    if isinstance(value, list):
        return [without_rows(one) for one in value]
    return re.sub(r"række \d+", "række", value) if isinstance(value, str) else value


def shuffled(folder: Path, into: Path, seed: int) -> None:
    """The same tables with their rows in another order."""
    rng = random.Random(seed)
    (into / "kommunecheck.toml").write_bytes((folder / "kommunecheck.toml").read_bytes())
    for table in TABLES:
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            heading, *rows = list(csv.reader(file, delimiter=";"))
        with (into / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([heading, *rng.sample(rows, len(rows))])


@pytest.mark.parametrize("seed", range(5))
def test_rows_in_another_order_change_nothing_but_row_numbers_and_hashes(tmp_path: Path, seed: int) -> None:
    shuffled(LILLEBY, tmp_path, seed)
    assert report_of(tmp_path) == lilleby()


DOUBLES = {
    "interviews": (
        "samtaler",
        "samtale_id;sag_id;type;status;afholdt_dato",
        ["1;A;kontaktsamtale;afholdt;2007-03-05", "1;A;kontaktsamtale;afholdt;2007-03-07"],
    ),
    "notes": ("journal", "notat_id;sag_id;dato;tekst", ["1;A;2007-03-05;Ja.", "1;A;2007-03-07;Nej."]),
    "payments": (
        "udbetalinger",
        "udbetaling_id;sag_id;fra;til;beloeb",
        ["1;A;2007-01-01;2007-01-31;100,00", "1;A;2007-02-01;2007-02-28;100,00"],
    ),
    "payments that overlap": (
        "udbetalinger",
        "udbetaling_id;sag_id;fra;til;beloeb",
        ["1;A;2007-01-01;2007-01-31;100,00", "2;A;2007-01-01;2007-01-31;200,00"],
    ),
    "cases": (
        "sager",
        "sag_id;ydelsestype;anmodningsdato",
        ["A;kontanthjaelp;2007-01-01", "A;kontanthjaelp;2007-01-02"],
    ),
}


@pytest.mark.parametrize(("table", "heading", "rows"), DOUBLES.values(), ids=DOUBLES)
def test_differing_rows_of_one_key_come_out_the_same_whichever_stands_first(
    tmp_path: Path, table: str, heading: str, rows: Rows
) -> None:
    reports = []
    for name, order in (("one", rows), ("other", rows[::-1])):
        folder = tmp_path / name
        folder.mkdir()
        files = {
            "sager": ["sag_id;ydelsestype;anmodningsdato", "A;kontanthjaelp;2007-01-01"],
            "samtaler": ["samtale_id;sag_id;type;status;afholdt_dato", "9;A;kontaktsamtale;afholdt;2007-03-30"],
        } | {table: [heading, *order]}
        for file, lines in files.items():
            (folder / f"{file}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / "kommunecheck.toml").write_text(
            "audit = { from = 2007-01-01, cutoff = 2007-05-31 }\n", encoding="utf-8"
        )
        reports.append(report_of(folder))
    assert reports[0] == reports[1]
