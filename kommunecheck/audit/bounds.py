"""How sure a sample makes us: exact bounds on the errors in a population, reliability factors, sizes to plan with.

The hypergeometric distribution is summed in whole numbers, so no bound rests on an approximation; the Poisson's factors
are found with ``decimal``, whose exponential is rounded alike on every machine. Shares are ``Fraction``. A confidence
of 95 % leaves a risk of 5 %: all of it at one end for a size or a factor, half at each end for an interval.
"""

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from math import ceil, comb

_EXACT = Context(prec=40)


def at_most(errors: int, population: int, wrong: int, drawn: int) -> Fraction:
    """The chance of at most ``errors`` wrong items among ``drawn`` of a population with ``wrong`` of them."""
    return Fraction(_ways(errors, population, wrong, drawn), _all_ways(population, drawn))


_all_ways = cache(comb)


def _ways(errors: int, population: int, wrong: int, drawn: int) -> int:
    """In how many ways the items can be drawn with no more than so many wrong ones.

    Each number of ways follows from the one before it: whole numbers throughout, and only one of them from scratch.
    """
    right = population - wrong
    first = max(0, drawn - right)
    ways = total = comb(wrong, first) * comb(right, drawn - first)
    if errors < first:
        return 0
    for some in range(first, min(errors, drawn, wrong)):
        ways = ways * (wrong - some) * (drawn - some) // ((some + 1) * (right - drawn + some + 1))
        total += ways
    return total


def highest(errors: int, population: int, drawn: int, risk: Fraction) -> int:
    """The most wrong items there can be in the population, given the errors found; wrong with at most the risk.

    Any higher number would have given no more errors than these with a chance of at most ``risk``.
    """
    least, most = errors, population - drawn + errors
    while least < most:
        middle = (least + most + 1) // 2
        if _ways(errors, population, middle, drawn) > risk * _all_ways(population, drawn):
            least = middle
        else:
            most = middle - 1
    return least


def lowest(errors: int, population: int, drawn: int, risk: Fraction) -> int:
    """The fewest wrong items there can be in the population, given the errors found; wrong with at most the risk."""
    return population - highest(drawn - errors, population, drawn, risk)


def interval(errors: int, population: int, drawn: int, confidence: Fraction) -> tuple[int, int]:
    """The fewest and the most wrong items there can be: two-sided, half the risk at each end."""
    half = (1 - confidence) / 2
    return lowest(errors, population, drawn, half), highest(errors, population, drawn, half)


@cache
def poisson_factor(errors: int, confidence: Fraction) -> Decimal:
    """The reliability factor: the mean at which a Poisson gives no more than ``errors`` with just the risk; one-sided.

    Exact to twelve decimals. 95 %: 2.9957, 4.7439, 6.2958, 7.7537 for 0-3 errors.
    """
    risk = _EXACT.divide(Decimal((1 - confidence).numerator), Decimal((1 - confidence).denominator))
    low, high = Decimal(0), Decimal(2 * errors + 60)
    while high - low > Decimal("1e-14"):
        middle = _EXACT.divide(low + high, Decimal(2))
        low, high = (middle, high) if _poisson_at_most(errors, middle) > risk else (low, middle)
    return low.quantize(Decimal("1e-12"))


def _poisson_at_most(errors: int, mean: Decimal) -> Decimal:
    term = total = Decimal(1)
    for number in range(1, errors + 1):
        term = _EXACT.divide(_EXACT.multiply(term, mean), Decimal(number))
        total = _EXACT.add(total, term)
    return _EXACT.multiply(total, _EXACT.exp(-mean))


def size_by_poisson(expected: Fraction, tolerable: Fraction, confidence: Fraction) -> int:
    """The smallest sample that shows the share of errors to be below the tolerable, should it have the expected share.

    Raises ``ValueError`` when no sample of reasonable size does: the expected share is too near to the tolerable.
    """
    for drawn in range(1, LARGEST + 1):
        allowed = ceil(expected * drawn)
        if Fraction(poisson_factor(allowed, confidence)) <= tolerable * drawn:
            return drawn
    raise ValueError("no size")


def size_by_hypergeometric(population: int, expected: Fraction, tolerable: Fraction, confidence: Fraction) -> int:
    """As ``size_by_poisson``, exact for a population of this size; at most the whole of it."""
    wrong, risk = ceil(tolerable * population), 1 - confidence
    for drawn in range(1, min(population, LARGEST) + 1):
        if at_most(ceil(expected * drawn), population, wrong, drawn) <= risk:
            return drawn
    if population <= LARGEST:
        return population
    raise ValueError("no size")


LARGEST = 5000
"""The largest sample that is planned: a person is to look at each of its items."""


def stringer(taints: Sequence[Fraction], limits: Sequence[Fraction]) -> Fraction:
    """Stringer's bound on the mean taint: the limit of no error, and each step to the next limit by a taint.

    ``limits[i]`` is the limit, upper or lower, of the share of errors when ``i`` are found; there is one more than
    there are taints. The largest taint comes first, which is the careful way for both.
    """
    total = limits[0]
    for place, taint in enumerate(sorted(taints, reverse=True), 1):
        total += (limits[place] - limits[place - 1]) * taint
    return total


def poisson_limits(errors: int, confidence: Fraction) -> tuple[list[Fraction], list[Fraction]]:
    """The lower and the upper limits of the mean of a Poisson for 0 to ``errors`` found, half the risk at each end."""
    half = (1 - confidence) / 2
    lower = [Fraction(0), *(Fraction(poisson_factor(number, half)) for number in range(errors))]
    return lower, [Fraction(poisson_factor(number, 1 - half)) for number in range(errors + 1)]


def hypergeometric_limits(
    errors: int, population: int, drawn: int, confidence: Fraction
) -> tuple[list[Fraction], list[Fraction]]:
    """The lower and the upper limits of the share of errors for 0 to ``errors`` found, half the risk at each end."""
    both = [interval(number, population, drawn, confidence) for number in range(errors + 1)]
    return [Fraction(low, population) for low, _ in both], [Fraction(high, population) for _, high in both]
