"""Lost days x payments x refund rate. Exact arithmetic, never floats; every krone can be redone by hand.

§ 5, stk. 1 and § 6, stk. 3: both the benefit paid in the period and the refund lost, in an offer or not.
"""

from collections.abc import Sequence

from kommunecheck.domain.case import Case
from kommunecheck.domain.cost import cut, line_of, lines_of
from kommunecheck.domain.days import Day, Days, Period, count, minus, together, union, within
from kommunecheck.domain.finding import Finding, of_kinds
from kommunecheck.domain.records import Payment
from kommunecheck.domain.report import (
    NO_LOSS,
    UNKNOWN_LOSS,
    CaseResult,
    Exposure,
    Line,
    Loss,
    Recounted,
    Share,
    loss_of,
    nothing_lost,
)
from kommunecheck.domain.rule import SUPERVISION
from kommunecheck.law.law import Law


def expose(
    findings: Sequence[Finding], case: Case, law: Law, paid_known: bool, supervision: str = SUPERVISION
) -> Exposure:
    """What the findings of the supervision in a case cost together; ``None`` amounts where no payments were given."""
    own = [finding for finding in findings if finding.rule.supervision == supervision]
    if not own:
        return nothing_lost(paid_known)
    price = Price(case, law, paid_known)
    expected, discretionary, documentation = of_kinds(own)
    losses = price(expected), price(discretionary), price(documentation)
    return Exposure(
        *losses,
        running_per_day=_running_per_day(own, case.cutoff, price),
        unpaid_days=_unpaid_days(losses, case) if paid_known else None,
        unpriced_days=_unpriced_days(losses) if paid_known else None,
        by_code=_by_code(own, price),
        rests_on=_resting(own, price),
    )


def lines(days: Days, benefit: str, payments: Sequence[Payment], law: Law) -> tuple[Line, ...]:
    """The lines of a set of lost days of one kind: by payment, then by day.

    A payment of A øre over L days, of which k are lost: paid A*k/L, refund lost A*k/L*rate, each rounded. The
    payment's own ``ydelsestype`` decides the rate where it has one, else ``benefit``, the case's.
    """
    if not days:
        return ()
    begins, ends = days[0].first, days[-1].last
    found: list[Line] = []
    for payment in [one for one in payments if one.fra <= ends and one.til >= begins]:
        lost = within(days, (Period(payment.fra, payment.til),))
        if lost:
            found += _priced(payment, lost, benefit, law)
    return tuple(found)


def _priced(payment: Payment, lost: Days, benefit: str, law: Law) -> list[Line]:
    """The lost days within one payment, cut where the rate changes; days without a rate are paid but unpriced."""
    shares = law.shares(payment.ydelsestype or benefit, payment.i_tilbud)
    for period, share in shares:
        if period.first <= lost[0].first and lost[-1].last <= period.last:
            return [line_of(payment, run, share) for run in lost]
    made = [line_of(payment, run, share) for period, share in shares for run in within(lost, (period,))]
    unpriced = minus(lost, tuple(period for period, _ in shares))
    return sorted((*made, *(line_of(payment, run, None) for run in unpriced)), key=lambda line: line.first)


class Price:
    """The price of sets of lost days in one case. Asked for the same days again, it does not count again."""

    __slots__ = ("_case", "_law", "_made", "_paid_known")

    def __init__(self, case: Case, law: Law, paid_known: bool) -> None:
        self._case, self._law, self._paid_known = case, law, paid_known
        self._made: dict[Days, Loss] = {(): NO_LOSS if paid_known else UNKNOWN_LOSS}

    def __call__(self, days: Days) -> Loss:
        """The days and what they cost; no lines at all (``None``, not zero) where no payments were given."""
        made = self._made.get(days)
        if made is None:
            case = self._case
            priced = lines(days, case.ydelsestype, case.payments, self._law) if self._paid_known else None
            made = self._made[days] = loss_of(days, priced)
        return made


def recounted(case: CaseResult, findings: Sequence[Finding], cutoff: Day) -> Recounted:
    """What a judged case would lose with these findings, whose days are all among those it has lost.

    Worked out from the case's own lines, so that it can be redone by hand from the report.
    """
    known = lines_of(case)

    def price(days: Days) -> Loss:
        return loss_of(days, None if known is None else tuple(cut(known, days)))

    expected, discretionary, documentation = of_kinds(findings)
    runs = bool(expected) and expected[-1].last == cutoff
    on_cutoff = price((Period(cutoff, cutoff),) if runs else ())
    return Recounted((price(expected), price(discretionary), price(documentation)), on_cutoff.refund_lost)


def _running_per_day(findings: Sequence[Finding], cutoff: Day, price: Price) -> int | None:
    """The refund lost on the cutoff day, in øre, when a loss still runs there; else 0."""
    still_runs = any(finding.runs_on(cutoff) for finding in findings)
    return price((Period(cutoff, cutoff),) if still_runs else ()).refund_lost


def _unpaid_days(losses: Sequence[Loss], case: Case) -> int:
    """Lost days that no payment covers."""
    return sum([count(minus(loss.periods, case.paid)) for loss in losses if loss.periods])


def _unpriced_days(losses: Sequence[Loss]) -> int:
    """Lost days that a payment without a rate covers."""
    lines = [line for loss in losses for line in loss.lines or () if line.rate is None]
    return count(union([Period(line.first, line.last) for line in lines])) if lines else 0


def _by_code(findings: Sequence[Finding], price: Price) -> tuple[tuple[str, Share], ...]:
    """For each code: all days its findings cover, and those no other code covers, each with the refund."""
    touched: dict[str, Days] = {}
    for finding in findings:
        code = finding.rule.code
        touched[code] = together((touched.get(code, ()), finding.lost))
    shares = []
    for code, days in sorted(touched.items()):
        whole = only = price(days)
        if len(touched) > 1 and days:
            only = price(minus(days, together([theirs for other, theirs in touched.items() if other != code])))
        shares.append((code, Share(whole.days, whole.refund_lost, only.days, only.refund_lost)))
    return tuple(shares)


def _resting(findings: Sequence[Finding], price: Price) -> tuple[tuple[str, Loss], ...]:
    """For each unverified parameter: the expected days of the findings that turn on it, and what they cost."""
    days: dict[str, Days] = {}
    for finding in findings:
        for name in finding.rests_on if finding.expected else ():
            days[name] = together((days.get(name, ()), finding.expected))
    return tuple((name, price(taken)) for name, taken in sorted(days.items()))
