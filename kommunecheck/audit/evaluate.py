"""From judged items to what they tell of the population, with bounds that hold for every population."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import NamedTuple

from kommunecheck.audit.bounds import at_most, hypergeometric_limits, interval, poisson_limits, stringer
from kommunecheck.audit.draw import ALL
from kommunecheck.domain.days import Period, union
from kommunecheck.domain.evaluation import LEFT, WRONG, Bounded, Evaluation, Judged, Part, Whole
from kommunecheck.domain.sampling import MONEY, Drawn, Item, Sample, Stratum


class Known(NamedTuple):
    """What our own run says of every item of the population, by id.

    ``strata`` are the ids of each stratum, ``wrong`` those with an error, ``oere`` the refund they lose, ``weights``
    the most each item could cost. ``items`` are all payments in the order of the list, of a sample by money.
    """

    strata: Mapping[str, Collection[str]]
    wrong: frozenset[str]
    oere: Mapping[str, int]
    weights: Mapping[str, int]
    items: Sequence[Item] = ()


def evaluate(sample: Sample, judged: Mapping[str, Judged], known: Known) -> Evaluation:
    """What the judged sample tells of the population, stratum by stratum and together, and how our own run compares."""
    confidence = sample.design.confidence
    if sample.design.method == MONEY:
        parts: tuple[Part, ...] = (_by_money(sample, judged),)
    else:
        uncertain = sum(len(stratum.drawn) < stratum.population for stratum in sample.strata)
        shared = 1 - (1 - confidence) / max(1, uncertain)  # each of these strata bears its part of the risk
        parts = tuple(_by_cases(stratum, judged, confidence, known) for stratum in sample.strata)
        if len(parts) > 1:
            sure = [_by_cases(stratum, judged, shared, known) for stratum in sample.strata]
            return Evaluation(sample, parts, _together(sure), _whole(sample, judged, known, _together(sure)))
    total = parts[0]._replace(name=ALL)
    return Evaluation(sample, parts, total, _whole(sample, judged, known, total))


def _counts(drawn: Sequence[Drawn], judged: Mapping[str, Judged]) -> tuple[int, int]:
    verdicts = [judged[one.id].verdict for one in drawn]
    return verdicts.count(WRONG), verdicts.count(LEFT)


def _by_cases(stratum: Stratum, judged: Mapping[str, Judged], confidence: Fraction, known: Known) -> Part:
    """A stratum of cases: exact bounds of the share, and Stringer's of the amount.

    A case can cost no more than the largest in the stratum was claimed for; what it costs of that is its taint.
    """
    wrong, left = _counts(stratum.drawn, judged)
    many, drawn = stratum.population, len(stratum.drawn)
    low, high = interval(wrong, many, drawn, confidence)
    costs = [judged[one.id].oere for one in stratum.drawn if judged[one.id].verdict == WRONG]
    most = max([1, *costs, *(known.weights.get(one, 0) for one in known.strata[stratum.name])])
    lower, upper = hypergeometric_limits(len(costs), many, drawn, confidence)
    taints = [Fraction(cost, most) for cost in costs]
    oere = Bounded(
        Fraction(many * sum(costs), drawn), many * most * stringer(taints, lower), many * most * stringer(taints, upper)
    )
    share = Bounded(Fraction(wrong, drawn), Fraction(low, many), Fraction(high, many))
    return Part(stratum.name, many, drawn, wrong, left, share, oere)


def _by_money(sample: Sample, judged: Mapping[str, Judged]) -> Part:
    """A sample by money: the payments that were sure to be drawn count as they are, the others by their taint."""
    (stratum,) = sample.strata
    wrong, left = _counts(stratum.drawn, judged)
    sure, taints, rest = 0, [], sample.total
    for one in stratum.drawn:
        weight = one.item.oere if one.item is not None else 1
        cost = min(judged[one.id].oere, weight) if judged[one.id].verdict == WRONG else 0
        if one.sure:
            sure += cost
            rest -= weight
        elif cost:
            taints.append(Fraction(cost, weight))
    lower, upper = poisson_limits(len(taints), sample.design.confidence)
    if not rest:  # nothing was left to chance
        upper = [Fraction(0)] * len(upper)
    oere = Bounded(
        sure + sum(taints, Fraction(0)) * sample.interval,
        sure + stringer(taints, lower) * sample.interval,
        min(Fraction(sample.total), sure + stringer(taints, upper) * sample.interval),
    )
    total = max(1, sample.total)
    share = Bounded(oere.estimate / total, oere.low / total, oere.high / total)
    return Part(stratum.name, stratum.population, len(stratum.drawn), wrong, left, share, oere)


def _together(parts: Sequence[Part]) -> Part:
    """The strata together: each bears its part of the risk, so that the sums of their bounds hold."""
    many = sum(part.population for part in parts)
    share = _added([(part.share, Fraction(part.population, many)) for part in parts])
    oere = _added([(part.oere, Fraction(1)) for part in parts])
    drawn, wrong, left = (sum(some) for some in zip(*((one.drawn, one.wrong, one.left) for one in parts), strict=True))
    return Part(ALL, many, drawn, wrong, left, share, oere)


def _added(bounds: Sequence[tuple[Bounded, Fraction]]) -> Bounded:
    """Estimates and bounds added up, each with its weight."""
    return Bounded(
        sum((one.estimate * weight for one, weight in bounds), Fraction(0)),
        sum((one.low * weight for one, weight in bounds), Fraction(0)),
        sum((one.high * weight for one, weight in bounds), Fraction(0)),
    )


def _whole(sample: Sample, judged: Mapping[str, Judged], known: Known, total: Part) -> Whole:
    """How our own run compares: of the whole population, and item by item of those that were judged."""
    ours = {one.id for one in sample.drawn if one.id in known.wrong}
    theirs = {one.id for one in sample.drawn if judged[one.id].verdict == WRONG}
    everything = [name for names in known.strata.values() for name in names]
    wrong = sum(name in known.wrong for name in everything)
    oere = sum(known.oere.get(name, 0) for name in everything)
    by_money = sample.design.method == MONEY
    share = Fraction(oere, max(1, sample.total)) if by_money else Fraction(wrong, max(1, len(everything)))
    as_few = None
    if not by_money and len(sample.strata) == 1:
        as_few = at_most(total.wrong, len(everything), wrong, total.drawn)
    return Whole(
        wrong,
        share,
        oere,
        total.share.low <= share <= total.share.high,
        total.oere.low <= oere <= total.oere.high,
        _hidden_by_money(sample, known) if by_money else _hidden(sample, known),
        as_few,
        len(sample.drawn) - len(ours ^ theirs),
        tuple(sorted(ours - theirs)),
        tuple(sorted(theirs - ours)),
    )


def _hidden(sample: Sample, known: Known) -> Fraction:
    """The chance that none of the wrong cases is drawn: in no stratum."""
    return prod(
        (
            at_most(
                0,
                stratum.population,
                sum(name in known.wrong for name in known.strata[stratum.name]),
                len(stratum.drawn),
            )
            for stratum in sample.strata
        ),
        start=Fraction(1),
    )


def _hidden_by_money(sample: Sample, known: Known) -> Fraction:
    """The share of the starts from which no wrong payment is drawn."""
    hit: list[Period] = []
    before, size = 0, sample.interval
    for item in known.items:
        upto = before + item.oere
        if item.id in known.wrong:
            if item.oere >= size:
                return Fraction(0)
            first, last = before % size + 1, (upto - 1) % size + 1  # the starts that meet it, from 1 to the interval
            hit += [Period(first, last)] if first <= last else [Period(first, size), Period(1, last)]
        before = upto
    return Fraction(size - sum(last - first + 1 for first, last in union(hit)), size)
