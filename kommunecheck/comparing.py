"""How teams and months compare: the share of cases with errors in each team, and the causes month by month."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import accumulate

from kommunecheck.domain.days import Day, Period
from kommunecheck.domain.months import months_of
from kommunecheck.domain.names import ERRORS
from kommunecheck.domain.report import CaseResult, MonthlyCause, Months, Outcome, Placed, Teams, TeamShare
from kommunecheck.domain.rule import SUPERVISION
from kommunecheck.domain.wilson import wilson

LEAST = 5
"""A team with fewer cases is not shown by itself: a share of so few says nothing, and may be one person's."""


def compare_teams(cases: Iterable[CaseResult]) -> Teams:
    """The share of cases with errors in each team. Withdrawn cases are not counted.

    Teams with few cases are joined. Where what is joined could be found by taking the others from the whole, the next
    smallest team joins them.
    """
    examined: Counter[str | None] = Counter()
    errors: Counter[str | None] = Counter()
    for case in cases:
        if case.outcome is not Outcome.WITHDRAWN:
            examined[case.team] += 1
            errors[case.team] += case.outcome in ERRORS
    by_size = sorted(examined, key=lambda team: (examined[team], team is not None, team or ""))
    many = sum(examined[team] < LEAST for team in by_size)
    while 0 < many < len(by_size) and (many == 1 or sum(examined[team] for team in by_size[:many]) < LEAST):
        many += 1
    joined, shown = by_size[:many], by_size[many:]
    shares = [_share((team,), examined, errors) for team in shown]
    return Teams(
        tuple(sorted(shares, key=lambda one: (-one.errors / one.cases, -one.cases, one.teams[0] or ""))),
        _share(joined, examined, errors) if joined else None,
        _share(by_size, examined, errors),
    )


def _share(teams: Sequence[str | None], examined: Counter[str | None], errors: Counter[str | None]) -> TeamShare:
    cases, wrong = sum(examined[team] for team in teams), sum(errors[team] for team in teams)
    return TeamShare(tuple(teams), cases, wrong, *wilson(wrong, cases))


def by_month(findings: Iterable[Placed], cases: Iterable[CaseResult]) -> Months:
    """The findings of the visitationstilsyn that are shown, by the month the step should have been taken in.

    Beside them the days of expected loss in each month, no day counted twice. All months from the first to the last.
    """
    found: Counter[tuple[str, Day]] = Counter()
    for one in findings:
        if one.finding.rule.supervision == SUPERVISION and one.finding.date is not None:
            found[one.finding.rule.code, month_of(one.finding.date)] += 1
    beyond, rest = _lost_by_month(run for case in cases for run in case.exposure.expected.periods)
    told = {month for _, month in found} | set(beyond)
    months = months_of(min(told), max(told)) if told else []
    codes = sorted({code for code, _ in found})
    causes = tuple(MonthlyCause(code, tuple(found[code, month.first] for month in months)) for code in codes)
    running = accumulate(beyond[month.first] for month in months)
    lost = tuple(
        many * (month.last - month.first + 1) + rest[month.first] for many, month in zip(running, months, strict=True)
    )
    return Months(tuple(month.first for month in months), causes, lost)


def _lost_by_month(runs: Iterable[Period]) -> tuple[Counter[Day], Counter[Day]]:
    """By month how many more runs of lost days go on beyond its end than into it, and the days that leaves to add.

    A run is counted in the months of its first and its last day alone, however many lie between them: a mistyped year
    may make thousands.
    """
    beyond: Counter[Day] = Counter()
    rest: Counter[Day] = Counter()
    for first, last in runs:
        begins, ends = month_of(first), month_of(last)
        beyond[begins] += 1
        beyond[ends] -= 1
        rest[begins] -= first - begins
        rest[ends] += last - ends + 1
    return beyond, rest


@cache
def month_of(day: Day) -> Day:
    """The first day of the day's month."""
    return day - date.fromordinal(day).day + 1
