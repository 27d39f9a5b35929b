"""From judged cases to the municipality as a whole. Every total is the sum of what stands under the cases."""

from collections.abc import Iterable, Sequence

from kommunecheck.domain.report import Amounts, CaseResult, CodeTotal, Loss, Outcome, Summary, TeamTotal


def summarise(cases: Sequence[CaseResult]) -> Summary:
    """§ 7's counts, the exposure of each kind, and the totals by rule, by team and by reading."""
    return Summary(
        cases=len(cases),
        outcomes={outcome: sum(case.outcome is outcome for case in cases) for outcome in Outcome},
        expected=_amounts(case.exposure.expected for case in cases),
        discretionary=_amounts(case.exposure.discretionary for case in cases),
        documentation=_amounts(case.exposure.documentation for case in cases),
        running_per_day=_sum(case.exposure.running_per_day for case in cases),
        unpaid_days=_sum(case.exposure.unpaid_days for case in cases),
        unpriced_days=_sum(case.exposure.unpriced_days for case in cases),
        by_code=_by_code(cases),
        by_team=_by_team(cases),
        rests_on=_by_reading(cases),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    """The sum; ``None`` if any part is unknown."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _amounts(losses: Iterable[Loss]) -> Amounts:
    losses = [loss for loss in losses if loss.periods or loss.lines is None]
    return Amounts(
        sum(loss.days for loss in losses), _sum(loss.paid for loss in losses), _sum(loss.refund_lost for loss in losses)
    )


def _by_code(cases: Sequence[CaseResult]) -> tuple[CodeTotal, ...]:
    found: dict[str, CodeTotal] = {}
    for case in cases:
        for code, share in case.exposure.by_code:
            total = found.get(code) or CodeTotal(code, 0, 0, 0, 0, 0, 0)
            found[code] = CodeTotal(
                code,
                total.findings + sum(finding.rule.code == code for finding in case.findings),
                total.cases + 1,
                total.touched_days + share.days,
                _sum((total.touched_refund, share.refund_lost)),
                total.alone_days + share.alone_days,
                _sum((total.alone_refund, share.alone_refund_lost)),
            )
    return tuple(found[code] for code in sorted(found))


def _by_team(cases: Sequence[CaseResult]) -> tuple[TeamTotal, ...]:
    found: dict[str | None, TeamTotal] = {}
    for case in cases:
        total = found.get(case.team) or TeamTotal(case.team, 0, 0, 0)
        found[case.team] = TeamTotal(
            case.team,
            total.cases + 1,
            total.error_with_loss + (case.outcome is Outcome.ERROR_WITH_LOSS),
            _sum((total.refund_lost, case.exposure.expected.refund_lost)),
        )
    return tuple(found[team] for team in sorted(found, key=lambda team: (team is not None, team or "")))


def _by_reading(cases: Sequence[CaseResult]) -> tuple[tuple[str, Amounts], ...]:
    found: dict[str, list[Loss]] = {}
    for case in cases:
        for name, loss in case.exposure.rests_on:
            found.setdefault(name, []).append(loss)
    return tuple((name, _amounts(found[name])) for name in sorted(found))
