"""From judged cases to the municipality as a whole. Every total is the sum of what stands under the cases."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from kommunecheck.domain.report import (
    NO_EXPOSURE,
    Amounts,
    CaseResult,
    CodeTotal,
    Exposure,
    Loss,
    Outcome,
    Recounted,
    Remaining,
    Share,
    Summary,
    TeamTotal,
    nothing_lost,
)


def summarise(cases: Sequence[CaseResult], paid_known: bool) -> Summary:
    """§ 7's counts, the exposure of each kind, and the totals by rule, by team and by reading.

    ``paid_known``: whether there are any payments to price days by. Without, no amount is known, also of no cases.
    """
    outcomes = [case.outcome for case in cases]
    exposed = [case for case in cases if case.exposure != NO_EXPOSURE]
    exposures = [case.exposure for case in exposed] or [nothing_lost(paid_known)]
    return Summary(
        cases=len(cases),
        outcomes=MappingProxyType({outcome: outcomes.count(outcome) for outcome in Outcome}),
        expected=amounts_of(exposure.expected for exposure in exposures),
        discretionary=amounts_of(exposure.discretionary for exposure in exposures),
        documentation=amounts_of(exposure.documentation for exposure in exposures),
        running_per_day=summed(exposure.running_per_day for exposure in exposures),
        unpaid_days=summed(exposure.unpaid_days for exposure in exposures),
        unpriced_days=summed(exposure.unpriced_days for exposure in exposures),
        by_code=_by_code(exposed),
        by_team=_by_team(cases, exposed),
        rests_on=_by_reading(exposures),
    )


def summed(values: Iterable[int | None]) -> int | None:
    """The sum, in øre or days; ``None`` if any part is unknown."""
    values = list(values)
    return None if None in values else sum(value or 0 for value in values)


def amounts_of(losses: Iterable[Loss]) -> Amounts:
    """The days and amounts of several losses together; an amount is ``None`` if any of them is unknown."""
    losses = [loss for loss in losses if loss.periods or loss.lines is None]
    return Amounts(
        sum([loss.days for loss in losses]),
        summed([loss.paid for loss in losses]),
        summed([loss.refund_lost for loss in losses]),
    )


def remaining(cases: Sequence[CaseResult], anew: Mapping[str, Recounted], paid_known: bool) -> Remaining:
    """The three kinds of loss over all cases, with some of them counted ``anew``; ``paid_known`` as above."""
    none = nothing_lost(paid_known)
    own = (Recounted(case.exposure.kinds, case.exposure.running_per_day) for case in cases)
    counted = [anew.get(case.sag_id, ours) for case, ours in zip(cases, own, strict=True)]
    counted = counted or [Recounted(none.kinds, none.running_per_day)]
    kinds = [amounts_of(one.kinds[number] for one in counted) for number in range(3)]
    return Remaining(kinds[0], kinds[1], kinds[2], summed(one.running_per_day for one in counted))


def _by_code(cases: Sequence[CaseResult]) -> tuple[CodeTotal, ...]:
    findings = Counter([finding.rule.code for case in cases for finding in case.findings])
    found: dict[str, list[Share]] = {}
    for case in cases:
        for code, share in case.exposure.by_code:
            found.setdefault(code, []).append(share)
    return tuple(
        CodeTotal(
            code,
            findings[code],
            len(shares),
            sum([share.days for share in shares]),
            summed([share.refund_lost for share in shares]),
            sum([share.alone_days for share in shares]),
            summed([share.alone_refund_lost for share in shares]),
        )
        for code, shares in sorted(found.items())
    )


def _by_team(cases: Sequence[CaseResult], exposed: Sequence[CaseResult]) -> tuple[TeamTotal, ...]:
    counted = Counter(case.team for case in cases)
    with_loss = Counter(case.team for case in exposed if case.outcome is Outcome.ERROR_WITH_LOSS)
    lost: dict[str | None, list[int | None]] = {}
    for case in exposed:
        lost.setdefault(case.team, []).append(case.exposure.expected.refund_lost)
    teams = sorted(counted, key=lambda team: (team is not None, team or ""))
    return tuple(TeamTotal(team, counted[team], with_loss[team], summed(lost.get(team, ()))) for team in teams)


def _by_reading(exposures: Sequence[Exposure]) -> tuple[tuple[str, Amounts], ...]:
    found: dict[str, list[Loss]] = {}
    for exposure in exposures:
        for name, loss in exposure.rests_on:
            found.setdefault(name, []).append(loss)
    return tuple((name, amounts_of(found[name])) for name in sorted(found))
