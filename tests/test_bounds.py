"""Bounds, factors and sizes: the published tables, and the confidence that is promised, for every population tried."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunecheck.audit.bounds import (
    at_most,
    highest,
    interval,
    lowest,
    poisson_factor,
    poisson_limits,
    size_by_hypergeometric,
    size_by_poisson,
    stringer,
)

NINETY_FIVE, NONE = Fraction(95, 100), Fraction(0)


@pytest.mark.parametrize(
    ("confidence", "factors"),
    [
        (95, ["2.9957", "4.7439", "6.2958", "7.7537"]),
        (90, ["2.3026", "3.8897", "5.3223", "6.6808"]),
        (99, ["4.6052", "6.6384", "8.4059", "10.0451"]),
    ],
)
def test_the_reliability_factors_are_the_published_ones(confidence: int, factors: list[str]) -> None:
    found = [f"{poisson_factor(errors, Fraction(confidence, 100)):.4f}" for errors in range(4)]
    assert found == factors


def test_the_sizes_are_the_published_ones() -> None:
    assert size_by_poisson(NONE, Fraction(3, 100), NINETY_FIVE) == 100
    assert size_by_poisson(NONE, Fraction(5, 100), NINETY_FIVE) == 60
    assert size_by_hypergeometric(500, NONE, Fraction(5, 100), NINETY_FIVE) == 56


def test_a_planned_size_shows_what_it_was_planned_for_and_no_smaller_one_does() -> None:
    for population in (20, 137, 500, 2000):
        size = size_by_hypergeometric(population, NONE, Fraction(5, 100), NINETY_FIVE)
        wrong = -(-population * 5 // 100)
        assert at_most(0, population, wrong, size) <= Fraction(5, 100)
        assert size == population or at_most(0, population, wrong, size - 1) > Fraction(5, 100)


def test_with_expected_errors_more_is_drawn_and_a_hopeless_plan_is_refused() -> None:
    plain = size_by_hypergeometric(1000, NONE, Fraction(5, 100), NINETY_FIVE)
    assert size_by_hypergeometric(1000, Fraction(1, 100), Fraction(5, 100), NINETY_FIVE) > plain
    with pytest.raises(ValueError, match="no size"):
        size_by_poisson(Fraction(49, 1000), Fraction(50, 1000), Fraction(999, 1000))


def coverage(population: int, drawn: int, wrong: int, confidence: Fraction) -> Fraction:
    """How often the interval holds the truth: the chance of every outcome whose interval does, added up."""
    total, before = Fraction(0), Fraction(0)
    for errors in range(drawn + 1):
        upto = at_most(errors, population, wrong, drawn)
        low, high = interval(errors, population, drawn, confidence)
        if low <= wrong <= high:
            total += upto - before
        before = upto
    return total


@pytest.mark.parametrize("confidence", [Fraction(80, 100), NINETY_FIVE, Fraction(99, 100)])
@pytest.mark.parametrize("population", [1, 2, 7, 16, 25])
def test_the_exact_bounds_hold_as_often_as_they_promise_for_every_population(
    population: int, confidence: Fraction
) -> None:
    for drawn in range(1, population + 1):
        for wrong in range(population + 1):
            assert coverage(population, drawn, wrong, confidence) >= confidence, (drawn, wrong)


@pytest.mark.parametrize(("population", "drawn", "wrong"), [(101, 25, 41), (500, 56, 25), (1200, 60, 3)])
def test_the_coverage_of_larger_populations_is_what_simulation_finds(population: int, drawn: int, wrong: int) -> None:
    exact = coverage(population, drawn, wrong, NINETY_FIVE)
    assert exact >= NINETY_FIVE
    chance, times, held = random.Random(7), 2000, 0
    bounds = [interval(errors, population, drawn, NINETY_FIVE) for errors in range(min(drawn, wrong) + 1)]
    for _ in range(times):
        errors = sum(one < wrong for one in chance.sample(range(population), drawn))
        held += bounds[errors][0] <= wrong <= bounds[errors][1]
    error = (float(exact) * (1 - float(exact)) / times) ** 0.5
    assert abs(held / times - float(exact)) <= 3 * error + 1 / times


@given(st.data(), st.integers(1, 60))
def test_the_bounds_are_the_numbers_that_would_not_be_too_unlikely(data: st.DataObject, population: int) -> None:
    """By trying every number, where the bounds are found by halving."""
    drawn = data.draw(st.integers(1, population))
    errors = data.draw(st.integers(0, drawn))
    risk = Fraction(data.draw(st.integers(1, 30)), 100)
    possible = range(errors, population - drawn + errors + 1)
    upper = [wrong for wrong in possible if at_most(errors, population, wrong, drawn) > risk]
    lower = [wrong for wrong in possible if 1 - (at_most(errors - 1, population, wrong, drawn) if errors else 0) > risk]
    assert (lowest(errors, population, drawn, risk), highest(errors, population, drawn, risk)) == (lower[0], upper[-1])


def test_a_whole_population_leaves_nothing_unsure() -> None:
    assert interval(3, 10, 10, NINETY_FIVE) == (3, 3)


def test_stringers_bound_is_the_factor_without_errors_and_more_with_each() -> None:
    _, upper = poisson_limits(2, Fraction(90, 100))
    assert stringer([], upper[:1]) == upper[0]
    assert round(float(upper[0]), 4) == 2.9957  # half of 10 % at each end
    half = stringer([Fraction(1, 2)], upper[:2])
    assert half == upper[0] + (upper[1] - upper[0]) / 2
    assert stringer([Fraction(1, 4), Fraction(1)], upper) == stringer([Fraction(1), Fraction(1, 4)], upper)


def test_stringers_bounds_hold_at_least_as_often_as_they_promise() -> None:
    """By simulation: payments of many sizes, some of them a little wrong and some wholly."""
    chance = random.Random(3)
    payments = [(chance.randint(1, 1000), chance.choice([0] * 9 + [0.1, 0.5, 1])) for _ in range(400)]
    truth = sum(weight * taint for weight, taint in payments)
    weights = [weight for weight, _ in payments]
    drawn, times, held = 40, 600, 0
    total = sum(weights)
    lower, upper = poisson_limits(drawn, NINETY_FIVE)
    for _ in range(times):
        taints = [Fraction(taint) for _, taint in chance.choices(payments, weights, k=drawn) if taint]
        low, high = (stringer(taints, limits[: len(taints) + 1]) * total / drawn for limits in (lower, upper))
        held += low <= truth <= high
    assert held / times >= 0.95
