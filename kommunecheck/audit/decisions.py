"""The directorate's decisions held against our own run: case by case, rule by rule, and reading by reading.

A case we left open - a loss at discretion, or one that only notes keep away - is neither agreed nor disagreed upon: we
said that it could go either way.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kommunecheck.domain.days import Days, count, minus
from kommunecheck.domain.decisions import (
    DISAGREE,
    DUTIES,
    RANK,
    Compared,
    Decision,
    Fit,
    Relation,
    Result,
    RuleRow,
)
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.report import CaseResult, Outcome
from kommunecheck.domain.rule import SUPERVISION, Severity


def compared(decisions: Iterable[Decision], cases: Mapping[str, CaseResult]) -> tuple[Compared, ...]:
    """Each decided case as we and the directorate see it, in the order given."""
    return tuple(_compared(one, cases[one.sag_id]) for one in decisions)


def _compared(decision: Decision, case: CaseResult) -> Compared:
    ours = result_of(case)
    codes = tuple(sorted({one.rule.code for one in case.findings if _level(one) is not Result.NONE}))
    expected = case.exposure.expected
    theirs = days_of(decision)
    apart: tuple[int | None, int | None] = (None, None)
    if theirs is not None:
        apart = count(minus(expected.periods, theirs)), count(minus(theirs, expected.periods))
    relation = relation_of(ours, decision.result)
    return Compared(decision, case.team, ours, codes, expected.refund_lost, relation, *apart)


def result_of(case: CaseResult) -> Result:
    """What we say of a case."""
    if case.outcome is Outcome.WITHDRAWN:
        return Result.WITHDRAWN
    if case.exposure.expected.days:
        return Result.LOSS
    if case.exposure.discretionary.days or case.exposure.documentation.days:
        return Result.OPEN
    if case.outcome is Outcome.ERROR_WITHOUT_LOSS:
        return Result.ERROR
    return Result.UNKNOWN if case.outcome is Outcome.NOT_ASSESSED else Result.NONE


def relation_of(ours: Result, theirs: Result) -> Relation:
    """How what we say stands to what the directorate said."""
    if ours is theirs:
        return Relation.AGREED
    if Result.WITHDRAWN in (ours, theirs):
        return Relation.APART
    if ours is Result.OPEN:
        return Relation.OPEN
    if ours is Result.UNKNOWN:
        return Relation.UNKNOWN
    return Relation.WE_STRICTER if RANK[ours] > RANK[theirs] else Relation.THEY_STRICTER


def days_of(decision: Decision) -> Days | None:
    """The days the directorate holds for lost; ``None`` where there are some and it is not told which."""
    if decision.result is not Result.LOSS:
        return ()
    return None if decision.lost is None else minus((decision.lost,), decision.never_lost)


def _level(finding: Finding) -> Result:
    """What a finding of the visitationstilsyn alone would make of a case."""
    if finding.rule.supervision != SUPERVISION:
        return Result.NONE
    if finding.expected:
        return Result.LOSS
    if finding.discretionary or finding.documentation:
        return Result.OPEN
    return Result.ERROR if finding.rule.severity is Severity.ERROR else Result.NONE


_STRENGTH = (Result.LOSS, Result.OPEN, Result.ERROR)
"""What decides of several findings of one duty, the first that there is."""


def by_rule(decisions: Sequence[Decision], cases: Mapping[str, CaseResult]) -> tuple[tuple[RuleRow, ...], int]:
    """How each rule fared, and how many decided cases do not say which duty was at fault.

    Where several rules found something of one duty, those that decide what we say of it are counted.
    """
    counted: dict[tuple[str | None, str], Counter[str]] = defaultdict(Counter)
    unshared = 0
    for decision in decisions:
        case = cases[decision.sag_id]
        if case.outcome is Outcome.WITHDRAWN:
            continue
        ours = {duty: [one for one in case.findings if one.duty == duty] for duty in DUTIES}
        theirs = _by_duty(decision, {duty for duty, found in ours.items() if any(map(_counts, found))})
        if theirs is None:
            unshared += decision.result is not Result.WITHDRAWN
            continue
        for duty, said in theirs.items():
            level, codes = _strongest(ours[duty])
            relation = relation_of(level, said)
            if relation is Relation.AGREED and level is Result.NONE:
                continue
            word = relation.value if relation is not Relation.OPEN else "taken" if said is Result.LOSS else "let_go"
            for code in codes or (None,):
                counted[code, duty][word] += 1
    rows = [
        RuleRow(code, duty, some["agreed"], some["we_stricter"], some["they_stricter"], some["taken"], some["let_go"])
        for (code, duty), some in counted.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.code is None, row.code or "", row.duty))), unshared


def _counts(finding: Finding) -> bool:
    return _level(finding) is not Result.NONE


def _by_duty(decision: Decision, found: set[str]) -> Mapping[str, Result] | None:
    """What the directorate said of each duty; ``None`` where that cannot be told.

    A duty that is not mentioned beside others is in order. With no criticism all are; and a result with nothing said of
    the duties is about the one duty that we found something of, if there is just one.
    """
    if decision.result is Result.WITHDRAWN:
        return None
    if decision.duties or decision.result is Result.NONE:
        return {duty: decision.duties.get(duty, Result.NONE) for duty in DUTIES}
    return {next(iter(found)): decision.result} if len(found) == 1 else None


def _strongest(findings: Sequence[Finding]) -> tuple[Result, tuple[str, ...]]:
    """What the findings of one duty come to, and the codes of those that decide it."""
    levels = [(_level(one), one.rule.code) for one in findings]
    for level in _STRENGTH:
        codes = sorted({code for found, code in levels if found is level})
        if codes:
            return level, tuple(codes)
    return Result.NONE, ()


def fit_of(
    decisions: Iterable[Decision],
    cases: Mapping[str, CaseResult],
    name: str | None = None,
    stricter: bool | None = None,
    value: object = None,
) -> Fit:
    """How well these results of ours fit the decisions. A case that is in no audit of ours any more is withdrawn."""
    relations: Counter[Relation] = Counter()
    days = 0
    for decision in decisions:
        case = cases.get(decision.sag_id)
        relations[relation_of(Result.WITHDRAWN if case is None else result_of(case), decision.result)] += 1
        theirs = days_of(decision)
        if theirs is not None:
            ours = () if case is None else case.exposure.expected.periods
            days += count(minus(ours, theirs)) + count(minus(theirs, ours))
    return Fit(name, stricter, value, relations[Relation.AGREED], sum(relations[one] for one in DISAGREE), days)
