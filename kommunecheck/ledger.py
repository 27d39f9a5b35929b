"""The account of what was checked: what each rule came to in each case, so that "nothing found" says something."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from kommunecheck.domain.report import CaseResult, LedgerRow, Outcome, Supervised
from kommunecheck.domain.rule import Rule
from kommunecheck.ports import AnyCheck

LAW = "law"
"""What stands among the crashes of a case that could not be measured: none of its own rules was checked on it."""

Pairs = Collection[tuple[str, str]]
"""Codes, each with the case it concerns."""


def ledger(
    cases: Sequence[CaseResult],
    checks: Iterable[AnyCheck],
    not_run: Mapping[str, str],
    found: Pairs,
    crashed: Pairs,
    aspects: Mapping[str, frozenset[str]],
    unassessable: Collection[str],
) -> list[LedgerRow]:
    """The row of each check that looks at cases or their rows; of the municipality's own rules there is none.

    ``aspects`` are what there is to look at in a case, by its name, and ``unassessable`` the cases with something in
    their rows that cannot be read.
    """
    return [
        _row(check.RULE, [_of_case(check, case, found, crashed, aspects, unassessable) for case in cases], not_run)
        for check in checks
        if check.JUDGES != "municipality"
    ]


def further_ledger(supervised: Supervised, rules: Iterable[Rule], not_run: Mapping[str, str]) -> list[LedgerRow]:
    """The rows of a further supervision that judges cases: what it did not find, it says nothing of."""
    cases = supervised.cases or ()
    return [_row(rule, [_in_further(rule.code, case) for case in cases], not_run) for rule in rules]


def _in_further(code: str, case: CaseResult) -> int:
    if any(finding.rule.code == code for finding in case.findings):
        return FOUND
    if case.outcome is Outcome.WITHDRAWN:
        return NOT_APPLICABLE
    return NOTHING if case.fully_assessed else NOT_ASSESSABLE


CRASHED, FOUND, NOT_ASSESSABLE, NOT_APPLICABLE, NOTHING = range(5)
"""What a rule came to in a case, in the order in which it is asked."""


def _of_case(
    check: AnyCheck,
    case: CaseResult,
    found: Pairs,
    crashed: Pairs,
    aspects: Mapping[str, frozenset[str]],
    unassessable: Collection[str],
) -> int:
    name, code, of_rows = case.sag_id, check.RULE.code, check.JUDGES == "rows"
    if (code, name) in crashed or (not of_rows and (LAW, name) in crashed):
        return CRASHED
    if (code, name) in found:
        return FOUND
    if of_rows:
        return NOTHING
    looked_at = check.JUDGES in aspects[name]
    if case.outcome is not Outcome.WITHDRAWN and name in unassessable:
        return NOT_ASSESSABLE
    return NOTHING if looked_at else NOT_APPLICABLE


def _row(rule: Rule, came_to: Sequence[int], not_run: Mapping[str, str]) -> LedgerRow:
    count: Callable[[int], int] = came_to.count
    reason, cases = not_run.get(rule.code), len(came_to)
    if reason is not None:
        return LedgerRow(rule.code, cases, 0, 0, 0, cases, 0, reason)
    return LedgerRow(
        rule.code,
        cases,
        found=count(FOUND),
        nothing_found=count(NOTHING),
        not_applicable=count(NOT_APPLICABLE),
        not_assessable=count(NOT_ASSESSABLE),
        crashed=count(CRASHED),
        reason=None,
    )
