"""Whether the sums of a report agree: lines with their cases, cases with the summary, findings with their counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from kommunecheck.domain.days import Period, count, day_of, union
from kommunecheck.domain.report import Outcome
from kommunecheck.domain.rule import SUPERVISION

CONTROL = "kontrolsager"
KINDS = ("expected", "discretionary", "documentation")
Json = Mapping[str, Any]


def sums_agree(report: Json) -> bool:
    """Whether they do, in every supervision. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for another form."""
    hidden = {one["code"] for one in report["run"]["ignored"]}
    found = _found(report["findings"])
    parts = [(SUPERVISION, report["summary"], report["cases"])]
    parts += [
        (name, one["summary"], one["cases"])
        for name, one in report["supervisions"].items()
        if one.get("summary") is not None
    ]
    if not _control_agrees(report["supervisions"].get(CONTROL)) or not _together_agrees(report, parts):
        return False
    return all(_agrees(summary, cases, found[name], hidden) for name, summary, cases in parts)


def _together_agrees(report: Json, parts: Iterable[tuple[str, Json, Sequence[Json]]]) -> bool:
    """Whether the days of all supervisions together are those of their cases, each counted once."""
    lost: dict[str, list[Period]] = defaultdict(list)
    for _, _, cases in parts:
        for case in cases:
            lost[case["sag_id"]] += [Period(_day(one["from"]), _day(one["to"])) for one in case["expected"]["periods"]]
    days = sum(count(union(periods)) for periods in lost.values() if periods)
    return bool(report["combined"]["expected"]["days"] == days)


PARTS = (("opened", "drawn"), ("closed_with_result", "closed"), ("not_closed", "opened_in_window"))
"""Of the kontrolsager, what is counted and what it is a part of."""


def _control_agrees(control: Json | None) -> bool:
    """Whether each month of a view is told once, and no part is greater than its whole."""
    months = [] if control is None else control["months"]
    if len({(one["month"], one["kontroltrin"], one["ydelse"]) for one in months}) != len(months):
        return False
    pairs = [(one[part], one[whole]) for one in months for part, whole in PARTS]
    return all(part is None or whole is None or part <= whole for part, whole in pairs)


Found = Mapping[str, tuple[int, int]]
"""Of each code, how many findings there are in cases, and in how many cases."""


def _found(findings: Iterable[Json]) -> Mapping[str, Found]:
    """The findings in cases, by supervision and code."""
    cases: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in findings:
        if one["sag_id"] is not None:
            cases[one["supervision"], one["code"]].append(one["sag_id"])
    by_supervision: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for (name, code), ids in cases.items():
        by_supervision[name][code] = len(ids), len(set(ids))
    return by_supervision


def _agrees(summary: Json, cases: Sequence[Json], found: Found, hidden: set[str]) -> bool:
    outcomes = Counter(case["outcome"] for case in cases)
    if summary["cases"] != len(cases) or any(summary[outcome] != outcomes[outcome] for outcome in Outcome):
        return False
    if sum(outcomes[outcome] for outcome in Outcome) != len(cases):
        return False
    if not all(_kind_agrees(kind, summary[kind], cases) for kind in KINDS):
        return False
    if not _teams_agree(summary["by_team"], cases):
        return False
    told = {one["code"]: (one["findings"], one["cases"]) for one in summary["by_code"] if one["code"] not in hidden}
    return told == {code: counted for code, counted in found.items() if code not in hidden}


def _teams_agree(teams: Iterable[Json], cases: Iterable[Json]) -> bool:
    """Whether each team's cases, those that lose, and what they lose are those of its own cases."""
    found: dict[str | None, list[Json]] = defaultdict(list)
    for case in cases:
        found[case["team"]].append(case)
    told = {one["team"]: (one["cases"], one["error_with_loss"], _known(one["refund_lost"])) for one in teams}
    return told.keys() == found.keys() and all(told[team] == _of_team(own) for team, own in found.items())


def _of_team(cases: Sequence[Json]) -> tuple[int, int, int | None]:
    lost = [case["expected"]["refund_lost"] for case in cases]
    total = None if None in lost else sum(map(oere, lost))
    return len(cases), sum(case["outcome"] == Outcome.ERROR_WITH_LOSS for case in cases), total


def _known(amount: str | None) -> int | None:
    """An amount in øre; ``None`` where there are no payments to tell."""
    return None if amount is None else oere(amount)


def _kind_agrees(kind: str, total: Json, cases: Sequence[Json]) -> bool:
    """Whether one kind of loss is, in each case, what its lines and periods say, and in all what the summary says."""
    days = paid = lost = 0
    known = True
    for case in cases:
        one = case[kind]
        if one["lines"] is None:
            known = False
        elif not one["days"] and not one["lines"] and one["paid"] == one["refund_lost"] == "0.00":
            continue
        elif (oere(one["paid"]), oere(one["refund_lost"])) != _summed(one["lines"]):
            return False
        if one["days"] != sum(_day(run["to"]) - _day(run["from"]) + 1 for run in one["periods"]):
            return False
        days += one["days"]
        paid += oere(one["paid"]) if known else 0
        lost += oere(one["refund_lost"]) if known else 0
    if not known or (not cases and total["paid"] is None):
        return bool(total["days"] == days) and total["paid"] is None and total["refund_lost"] is None
    return (total["days"], oere(total["paid"]), oere(total["refund_lost"])) == (days, paid, lost)


def _summed(lines: Iterable[Json]) -> tuple[int, int]:
    amounts = [(oere(line["paid"]), oere(line["refund_lost"])) for line in lines]
    return sum(paid for paid, _ in amounts), sum(lost for _, lost in amounts)


@lru_cache(maxsize=1 << 14)
def _day(text: str) -> int:
    return day_of(text)


def oere(amount: str) -> int:
    """An amount of the report in øre. Raises ``ValueError`` for what is none."""
    kroner, dot, rest = amount.rpartition(".")
    if not dot or len(rest) != 2:
        raise ValueError("no amount")
    return int(kroner + rest)
