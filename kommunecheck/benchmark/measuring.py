"""One supervision compared: each municipality in each period, the whole group, and the kinds of error."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kommunecheck.benchmark.withholding import may_be_told, withheld
from kommunecheck.domain.benchmark import (
    LEAST,
    Compared,
    Counts,
    Figures,
    Goal,
    Group,
    KindOfError,
    Rate,
    Row,
    Standing,
    moved,
)
from kommunecheck.domain.days import Period
from kommunecheck.domain.money import half_up
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wilson import wilson

Counted = Mapping[str, Mapping[Period, Counts]]
"""What the reports of one supervision tell, by municipality and window."""

Names = Mapping[str, tuple[str | None, str]]
"""Code and name of each municipality, in the order in which they are told."""

Goals = Mapping[str, Fraction]
"""The share of cases with errors aimed at in each year."""


class Told(NamedTuple):
    """The rules that are known here, by code, and what is told of each."""

    rules: Mapping[str, Rule]
    explanations: Mapping[str, Explanation]


def rate(part: int, of: int) -> Rate:
    """A share with its interval."""
    return Rate(part, of, *wilson(part, of))


def standing(own: Rate, group: Rate) -> Standing:
    """How one stands to the whole group, itself in it: told only where the two intervals do not overlap."""
    if own.high < group.low:
        return Standing.FEWER
    return Standing.MORE if own.low > group.high else Standing.LIKE


def compare(supervision: str, counted: Counted, names: Names, goals: Goals, told: Told) -> Compared:
    """Everything that is told of one supervision."""
    periods = tuple(sorted({window for by_window in counted.values() for window in by_window}))
    owners = [owner for owner in names if owner in counted]
    cells = {(owner, window): one for owner in owners for window, one in counted[owner].items()}
    together = {cell for cell, one in cells.items() if one.is_ranked or len(owners) == 1}
    hidden = withheld({cell: one.judged for cell, one in cells.items()}, together)
    days = {cell: one.lost_days for cell, one in cells.items() if one.lost_days}
    few_days = withheld(days, together & days.keys(), hidden)
    figures: dict[tuple[str, Period], Figures] = {}
    groups = []
    for window in periods:
        own = {owner: cells[owner, window] for owner in owners if (owner, window) in cells}
        pool = [cell for cell in together if cell[1] == window]
        group = _group(
            [cells[cell] for cell in pool],
            _goal(goals, window),
            told=may_be_told([cells[cell].judged for cell in pool if cell in hidden]),
            days_told=may_be_told([days[cell] for cell in pool if cell in few_days]),
        )
        shown = {owner: one for owner, one in own.items() if (owner, window) not in hidden}
        few = {owner for owner in own if (owner, window) in few_days}
        figures |= {(owner, window): Figures(Standing.WITHHELD) for owner in own}
        figures |= {(owner, window): one for owner, one in _figures(shown, few, group, supervision, told).items()}
        groups.append(group)
    rows = tuple(_row(*names[owner], tuple(figures.get((owner, window)) for window in periods)) for owner in owners)
    best = tuple(row.name for row in rows if row.figures[-1] and row.figures[-1].standing is Standing.FEWER)
    latest = [one for row in rows if (one := row.figures[-1])]
    return Compared(supervision, periods, rows, tuple(groups), _kinds(latest, told), best)


def _row(code: str | None, name: str, figures: tuple[Figures | None, ...]) -> Row:
    ranked = [one for one in figures if one is not None and one.standing is not Standing.NOT_RANKED]
    return Row(code, name, figures, moved(one.rate for one in ranked))


def _goal(goals: Goals, window: Period) -> Fraction | None:
    """The goal of the year in which the window ends."""
    return goals.get(str(date.fromordinal(window.last).year))


def _reached(own: Rate, goal: Fraction | None) -> Goal | None:
    if goal is None:
        return None
    if own.high <= goal:
        return Goal.MET
    return Goal.MISSED if own.low > goal else Goal.UNSURE


def _group(own: Collection[Counts], goal: Fraction | None, *, told: bool, days_told: bool) -> Group:
    """All together. Nothing of them is told where they are too few, or where one could be found from the others."""
    judged, days = sum(one.judged for one in own), sum(one.lost_days for one in own)
    days_told = days_told and (not days or days >= LEAST)
    if judged < LEAST or not told:
        return Group(len(own), None, None, None, None, goal, None)
    priced = [one.refund_lost for one in own if one.refund_lost is not None]
    lost = sum(priced) if len(priced) == len(own) else None
    whole = rate(sum(one.errors for one in own), judged)
    return Group(
        municipalities=len(own),
        rate=whole,
        per_case=None if lost is None else half_up(lost, judged),
        days_per_case=Fraction(days, judged) if days_told else None,
        per_day=half_up(lost, days) if days_told and days and lost is not None else None,
        goal=goal,
        reached=_reached(whole, goal) if all(one.is_ranked for one in own) else None,
    )


def _figures(
    shown: Mapping[str, Counts], few_days: Collection[str], group: Group, supervision: str, told: Told
) -> dict[str, Figures]:
    """What is told of each municipality in one period; nothing of the lost days of those with ``few_days``."""
    rates = {owner: rate(one.errors, one.judged) for owner, one in shown.items()}
    lows = sorted(rates[owner].low for owner, one in shown.items() if one.is_ranked)
    highs = sorted(rates[owner].high for owner, one in shown.items() if one.is_ranked)
    made = {}
    for owner, one in shown.items():
        own = rates[owner]
        is_ranked = one.is_ranked and group.rate is not None
        days_told = owner not in few_days
        per_day = half_up(one.refund_lost, one.lost_days) if one.lost_days and one.refund_lost is not None else None
        counting = {code: many for code, many in one.by_code.items() if _counts(code, supervision, told)}
        # A rule that is not known here may be broken in withdrawn cases too, and in more than were judged.
        counting = {code: many for code, many in counting.items() if many <= one.judged}
        made[owner] = Figures(
            standing=standing(own, group.rate) if is_ranked and group.rate is not None else Standing.NOT_RANKED,
            counts=one,
            rate=own,
            per_case=None if one.refund_lost is None else half_up(one.refund_lost, one.judged),
            lost_days=one.lost_days if days_told else None,
            per_day=per_day if days_told else None,
            surely_fewer=len(lows) - bisect_right(lows, own.high) if is_ranked else 0,
            surely_more=bisect_left(highs, own.low) if is_ranked else 0,
            goal=_reached(own, group.goal) if is_ranked else None,
            kinds={code: rate(many, one.judged) for code, many in counting.items()},
        )
    return made


def _counts(code: str, supervision: str, told: Told) -> bool:
    """Whether a breach of the rule makes a case one with an error; a rule that is not known here is taken at its word.

    VT105 is no error by itself, but its loss is a matter of discretion, and the case counts as one with an error.
    """
    rule = told.rules.get(code)
    return rule is None or (rule.supervision == supervision and (rule.severity is Severity.ERROR or code == "VT105"))


def _kinds(latest: Collection[Figures], told: Told) -> tuple[KindOfError, ...]:
    """The kinds of error of those that can be ranked, the most frequent first."""
    ranked = [one for one in latest if one.standing in (Standing.FEWER, Standing.LIKE, Standing.MORE)]
    best = [one for one in ranked if one.standing is Standing.FEWER]
    others = [one for one in ranked if one.standing is not Standing.FEWER]
    codes = {code for one in ranked for code in one.kinds or ()}
    made = [
        KindOfError(
            code,
            told.rules[code].title if code in told.rules else "",
            told.explanations[code].remedy if code in told.explanations else "",
            group,
            _pooled(best, code),
            _pooled(others, code),
        )
        for code in sorted(codes)
        if (group := _pooled(ranked, code)) is not None
    ]
    return tuple(sorted(made, key=lambda kind: (-kind.group.part, kind.code)))


def _pooled(some: Iterable[Figures], code: str) -> Rate | None:
    """How often a rule is broken by several together; ``None`` where they are too few to show."""
    some = list(some)
    judged = sum(one.rate.of for one in some if one.rate is not None)
    broken = sum(one.kinds[code].part for one in some if one.kinds is not None and code in one.kinds)
    return rate(broken, judged) if judged >= LEAST else None
