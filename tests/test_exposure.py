"""Money: sums redone by hand, and what stands under a total."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Period, day_of, iso
from kommunecheck.domain.money import half_up
from kommunecheck.domain.records import Interview, Payment
from kommunecheck.domain.report import CaseResult, Outcome
from kommunecheck.exposure import lines
from kommunecheck.testing import (
    a_case,
    circumstance,
    codes_of,
    held,
    illness,
    judged,
    no_show,
    note,
    payment,
    spans,
    the_law,
    wage_subsidy,
)
from kommunecheck.totals import summarise


def lost(
    first: str, last: str, *payments: Payment, benefit: str = "kontanthjaelp", **parameters: Any
) -> list[tuple[str, str, Fraction | None, int, int]]:
    """What the days from ``first`` to ``last`` cost with these payments: (first, last, rate, paid, refund) a line."""
    days = (Period(day_of(first), day_of(last)),)
    made = lines(days, benefit, payments, the_law(**parameters))
    return [(iso(one.first), iso(one.last), one.rate, one.paid, one.refund_lost) for one in made]


def due_9_may(*rows: Interview, **told: Any) -> Case:
    """A case whose interview is due Wednesday 9 May 2007; its falduge ends Sunday 13 May."""
    return a_case("2007-01-09", interviews=[held("2007-02-09"), *rows], **{"cutoff": "2007-07-31"} | told)


# Lines redone by hand

PASSIVE, OFFER = Fraction(35, 100), Fraction(65, 100)


def test_a_month_of_kontanthjaelp_of_which_six_days_are_lost() -> None:
    """8.959,00 kr. * 6 / 31 = 1.734,00 kr.; 35 per cent of 1.734 kr. = 606,90 kr."""
    made = lost("2007-05-03", "2007-05-08", payment("2007-05-01", "2007-05-31", "8.959,00"))
    assert made == [("2007-05-03", "2007-05-08", PASSIVE, 1_734_00, 606_90)]


def test_the_same_month_in_an_offer() -> None:
    """65 per cent of 1.734 kr. = 1.127,10 kr."""
    made = lost("2007-05-03", "2007-05-08", payment("2007-05-01", "2007-05-31", "8.959,00", in_offer=True))
    assert made == [("2007-05-03", "2007-05-08", OFFER, 1_734_00, 1_127_10)]


def test_amount_and_refund_are_each_rounded_from_the_exact_share() -> None:
    """100,00 kr. * 1 / 3 = 33,333... kr. is 33,33; 65 per cent of the exact share is 21,666... kr., so 21,67.

    65 per cent of 33,33 would have been 21,6645 kr., so 21,66.
    """
    made = lost("2007-05-01", "2007-05-01", payment("2007-05-01", "2007-05-03", "100,00", in_offer=True))
    assert made == [("2007-05-01", "2007-05-01", OFFER, 33_33, 21_67)]


def test_a_loss_over_a_change_of_month_is_a_line_for_each_payment() -> None:
    paid = (payment("2007-04-01", "2007-04-30", "3.000,00"), payment("2007-05-01", "2007-05-31", "6.200,00"))
    assert lost("2007-04-29", "2007-05-03", *paid) == [
        ("2007-04-29", "2007-04-30", PASSIVE, 200_00, 70_00),
        ("2007-05-01", "2007-05-03", PASSIVE, 600_00, 210_00),
    ]


def test_a_payment_that_does_not_touch_the_lost_days_is_no_line() -> None:
    paid = (payment("2007-04-01", "2007-04-30", "3.000,00"), payment("2007-06-01", "2007-06-30", "3.000,00"))
    assert lost("2007-05-01", "2007-05-31", *paid) == []


@pytest.mark.parametrize(
    ("first", "last", "touching"),
    [
        ("2007-05-09", "2007-05-09", True),
        ("2007-05-12", "2007-05-31", True),
        ("2007-05-01", "2007-05-08", False),
        ("2007-05-13", "2007-05-31", False),
    ],
)
def test_a_payment_touches_the_lost_days_by_its_first_or_last_day(first: str, last: str, touching: bool) -> None:
    assert bool(lost("2007-05-09", "2007-05-12", payment(first, last, "10,00"))) == touching


def test_no_lost_days_cost_nothing() -> None:
    assert lines((), "kontanthjaelp", [payment("2007-05-01", "2007-05-31", "10,00")], the_law()) == ()


def test_a_payment_back_counts_as_it_stands_and_is_rounded_as_a_spreadsheet_does() -> None:
    """-10,00 kr. * 1 / 4 = -2,50 kr.; 35 per cent is -0,875 kr., in a spreadsheet -0,88."""
    made = lost("2007-05-01", "2007-05-01", payment("2007-05-01", "2007-05-04", "-10,00"))
    assert made == [("2007-05-01", "2007-05-01", PASSIVE, -2_50, -88)]


def test_a_rate_of_ones_own_is_exact() -> None:
    """A third in eight decimals: 33,33333333 per cent of 300,00 kr. is 99,99999999 kr."""
    own = {"benefit": "kontanthjaelp", "passive": "33.33333333", "offer": 50, "source": "egen aftale"}
    made = lost("2007-05-01", "2007-05-01", payment("2007-05-01", "2007-05-01", "300,00"), refund_rates=[own])
    assert made == [("2007-05-01", "2007-05-01", Fraction(3333333333, 10**10), 300_00, 100_00)]


def test_rates_of_ones_own_replace_all_of_ours_for_that_benefit_and_no_other() -> None:
    own = {"benefit": "kontanthjaelp", "from": "2007-01-01", "passive": 10, "offer": 20, "source": "egen aftale"}

    def rate(day: str, benefit: str) -> Fraction | None:
        return lost(day, day, payment(day, day, "1,00", benefit=benefit), refund_rates=[own])[0][2]

    assert rate("2007-01-01", "kontanthjaelp") == Fraction(1, 10)
    assert rate("2006-12-31", "kontanthjaelp") is None
    assert rate("2006-12-31", "starthjaelp") == PASSIVE


def test_an_unchanged_rate_that_was_renewed_is_one_line() -> None:
    own = [
        {"benefit": "kontanthjaelp", "to": "2007-04-30", "passive": 35, "offer": 65, "source": "a"},
        {"benefit": "kontanthjaelp", "from": "2007-05-01", "passive": 35, "offer": 50, "source": "b"},
    ]
    for in_offer, number in ((False, 1), (True, 2)):
        paid = payment("2007-04-01", "2007-05-31", "6.100,00", in_offer=in_offer)
        assert len(lost("2007-04-20", "2007-05-10", paid, refund_rates=own)) == number


@given(st.integers(-(10**30), 10**30), st.integers(1, 10**12))
def test_rounding_is_exact_however_great_the_amount(numerator: int, denominator: int) -> None:
    rounded = half_up(numerator, denominator)
    assert abs(Fraction(numerator, denominator) - rounded) <= Fraction(1, 2)
    if abs(Fraction(numerator, denominator) - rounded) == Fraction(1, 2):
        assert abs(rounded) > abs(Fraction(numerator, denominator))


# A case


def test_paid_and_unpaid_and_unpriced_days_of_all_kinds_are_counted() -> None:
    """Three weeks: one paid, one paid without a rate, and one not paid at all."""
    rows = [no_show("2007-05-09", followed_up="2007-05-09"), held("2007-05-30")]
    paid = [
        payment("2007-05-09", "2007-05-15", "700,00"),
        payment("2007-05-16", "2007-05-22", "700,00", benefit="introduktionsydelse"),
    ]
    result = judged(due_9_may(*rows, payments=paid))
    weighed = result.exposure.discretionary
    assert (weighed.days, weighed.paid, weighed.refund_lost) == (21, 1_400_00, 245_00)
    assert (result.exposure.unpaid_days, result.exposure.unpriced_days) == (7, 7)


def test_a_cost_per_day_is_the_refund_of_the_last_day_alone() -> None:
    """8.959,00 kr. / 31 = 289,00 kr. a day; 65 per cent is 187,85 kr."""
    paid = [payment("2007-07-01", "2007-07-31", "8.959,00", in_offer=True)]
    assert judged(due_9_may(payments=paid)).exposure.running_per_day == 187_85


def test_a_loss_that_runs_where_nothing_is_paid_costs_nothing_a_day() -> None:
    assert judged(due_9_may(payments=[payment("2007-05-01", "2007-07-30", "9,00")])).exposure.running_per_day == 0


def test_a_withdrawn_case_costs_nothing() -> None:
    exposure = judged(due_9_may(benefit="introduktionsydelse")).exposure
    assert (exposure.expected.days, exposure.expected.paid, exposure.running_per_day) == (0, 0, 0)


def test_each_cause_is_told_with_all_its_days_and_those_no_other_covers() -> None:
    """Never placed on 9 February and again on 9 May: two findings of one cause are one cause."""
    rows = [held("2007-02-09", category=None), held("2007-05-09", category=None)]
    case = a_case("2007-01-09", interviews=rows, ended="2007-05-31")
    shares = dict(judged(case).exposure.by_code)
    assert codes_of(case) == ["VT201", "VT201"]
    assert (shares["VT201"].days, shares["VT201"].alone_days) == (112, 112)
    assert shares["VT201"].refund_lost == shares["VT201"].alone_refund_lost == 112 * 35_00


def test_what_rests_on_a_reading_is_told_in_days_and_kroner() -> None:
    exposure = judged(a_case("2007-01-09", cutoff="2007-04-30")).exposure
    ((name, loss),) = exposure.rests_on
    assert name == "first_interview_months"
    assert (loss.days, loss.refund_lost) == (22, 22 * 35_00)


def test_a_finding_that_costs_nothing_has_a_share_of_nothing() -> None:
    case = due_9_may(held("2007-05-24"), circumstances=[wage_subsidy("2007-05-01", "2007-05-31")])
    ((code, share),) = judged(case).exposure.by_code
    assert (code, share.days, share.refund_lost, share.alone_days) == ("VT101", 0, 0, 0)


def test_without_payments_a_share_has_days_and_no_amount() -> None:
    ((code, share),) = judged(due_9_may(), without=["udbetalinger"]).exposure.by_code
    assert (code, share.days, share.refund_lost, share.alone_refund_lost) == ("VT102", 84, None, None)


def test_loss_in_several_pieces_is_told_in_periods_that_do_not_touch() -> None:
    weeks = [circumstance("orlovsydelse", "2007-05-14", "2007-05-20"), illness("2007-05-21", "2007-05-21")]
    case = due_9_may(held("2007-05-24"), circumstances=weeks)
    assert spans(judged(case).exposure.expected.periods) == [("2007-05-09", "2007-05-13"), ("2007-05-21", "2007-05-23")]


# The municipality as a whole


def several() -> list[CaseResult]:
    return [
        judged(due_9_may(held("2007-05-24"), team="Nord", sag_id="S1")),
        judged(due_9_may(held("2007-05-24", category=None), team="Nord", sag_id="S2")),
        judged(due_9_may(no_show("2007-05-09", followed_up="2007-05-09"), held("2007-05-24"), team="Syd", sag_id="S3")),
        judged(due_9_may(held("2007-05-09"), sag_id="S4")),
        judged(a_case("2007-01-09", benefit="anden", team="Syd", sag_id="S5")),
        judged(
            due_9_may(
                held("2007-05-09", category=None),
                notes=[note("2007-05-09", placed="3")],
                ended="2007-05-31",
                sag_id="S6",
            )
        ),
    ]


def test_the_municipalitys_totals_are_those_of_its_cases() -> None:
    """15 days late, and 15 days late with 69 more until the cutoff for a category never given; 100 kr. a day."""
    summary = summarise(several(), paid_known=True)
    assert (summary.expected.days, summary.expected.paid, summary.expected.refund_lost) == (99, 9_900_00, 3_465_00)
    assert (summary.discretionary.days, summary.discretionary.refund_lost) == (15, 525_00)
    assert (summary.documentation.days, summary.documentation.refund_lost) == (23, 805_00)
    assert summary.running_per_day == 35_00
    assert summary.outcomes == {
        Outcome.WITHDRAWN: 1,
        Outcome.ERROR_WITH_LOSS: 2,
        Outcome.ERROR_WITHOUT_LOSS: 1,
        Outcome.NOT_ASSESSED: 0,
        Outcome.NO_CRITICISM: 2,
    }


def test_the_municipalitys_causes_count_findings_cases_and_days() -> None:
    causes = {one.code: one for one in summarise(several(), paid_known=True).by_code}
    assert list(causes) == ["VT101", "VT105", "VT201", "VT205"]
    late = causes["VT101"]
    assert (late.findings, late.cases, late.touched_days, late.touched_refund) == (2, 2, 30, 1_050_00)
    assert (late.alone_days, late.alone_refund) == (30, 1_050_00)
    assert (causes["VT201"].touched_days, causes["VT201"].alone_days) == (69, 69)


def test_the_municipalitys_teams_stand_in_order_those_without_a_team_first() -> None:
    teams = summarise(several(), paid_known=True).by_team
    assert [(one.team, one.cases, one.error_with_loss, one.refund_lost) for one in teams] == [
        (None, 2, 0, 0),
        ("Nord", 2, 2, 3_465_00),
        ("Syd", 2, 0, 0),
    ]


def test_the_order_of_cases_changes_no_total() -> None:
    assert summarise(several(), paid_known=True) == summarise(several()[::-1], paid_known=True)


def test_without_payments_the_municipalitys_amounts_are_unknown_and_not_zero() -> None:
    results = [
        judged(case, without=["udbetalinger"])
        for case in (due_9_may(held("2007-05-24")), due_9_may(held("2007-05-09")))
    ]
    summary = summarise(results, paid_known=True)
    assert (summary.expected.days, summary.expected.paid, summary.expected.refund_lost) == (15, None, None)
    assert (summary.running_per_day, summary.unpaid_days, summary.unpriced_days) == (None, None, None)
    assert [team.refund_lost for team in summary.by_team] == [None]
    assert [cause.touched_refund for cause in summary.by_code] == [None]


def test_a_municipality_without_cases_has_nothing_to_lose() -> None:
    summary = summarise([], paid_known=True)
    assert (summary.cases, summary.expected.days, summary.expected.refund_lost) == (0, 0, 0)
    assert summary.by_code == summary.by_team == ()
