"""One payment held against what was claimed for it, BEK 1714/2006 § 5, stk. 3-4.

Everything is exact: øre are integers, rates are fractions, and each run of days at one rate is rounded once.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from kommunecheck.domain.cost import line_of
from kommunecheck.domain.days import Day, Days, Period, count, minus, within
from kommunecheck.domain.money import half_up
from kommunecheck.domain.months import days_by, months_of
from kommunecheck.domain.reconciliation import NO_LINES, Figures, Lines, Reconciled, Run, days_of_lines, divided_by
from kommunecheck.domain.records import Payment
from kommunecheck.law.law import Law


class Claimed(NamedTuple):
    """A row of ``udbetalinger`` with its claim. ``benefit`` decides the rate; ``counts`` is false outside its case."""

    payment: Payment
    benefit: str
    claim: int | None
    correction: int | None
    konto: str | None
    counts: bool


def in_pairs(rows: Sequence[Claimed]) -> tuple[list[tuple[Claimed, Claimed | None]], list[Claimed]]:
    """Each payment with the negative one that takes it back, and the negative payments that have no such partner.

    Partners are of the same days, benefit and offer and of the opposite amount; each has at most one.
    """
    waiting: dict[tuple[object, ...], list[Claimed]] = {}
    for row in rows:
        if row.payment.beloeb < 0:
            waiting.setdefault(_key(row, -row.payment.beloeb), []).append(row)
    units: list[tuple[Claimed, Claimed | None]] = []
    for row in rows:
        if row.payment.beloeb >= 0:
            partners = waiting.get(_key(row, row.payment.beloeb))
            units.append((row, partners.pop(0) if partners else None))
    return units, [row for left in waiting.values() for row in left]


def _key(row: Claimed, oere: int) -> tuple[object, ...]:
    payment = row.payment
    return payment.fra, payment.til, row.benefit, payment.i_tilbud, oere


def runs_of(payment: Payment, benefit: str, law: Law) -> tuple[tuple[Run, ...], Days]:
    """What may be claimed for the payment, run by run of one rate, and its days that have no rate."""
    whole = Period(payment.fra, payment.til)
    shares = law.shares(benefit, payment.i_tilbud)
    for (first, last), rate in shares:
        if first <= whole.first and whole.last <= last:  # most payments
            return (Run(*whole, rate, line_of(payment, whole, rate).refund_lost),), ()
    runs = [(run, rate) for period, rate in shares for run in within((whole,), (period,))]
    unpriced = minus((whole,), tuple(period for period, _ in shares))
    return tuple(Run(*run, rate, line_of(payment, run, rate).refund_lost) for run, rate in runs), unpriced


def reconciled(row: Claimed, partner: Claimed | None, lines: Lines, fully: bool, law: Law) -> Reconciled:
    """The payment's figures, with those of the negative payment it is judged as one with; not yet its findings."""
    runs, unpriced = runs_of(row.payment, row.benefit, law) if row.counts else ((), ())
    claimed = (row.claim or 0) + (partner.claim or 0 if partner else 0)
    corrected = (row.correction or 0) + (partner.correction or 0 if partner else 0)
    if partner is not None:
        runs, lines = (), NO_LINES  # what is paid and taken back is nothing
    losses = [sum(line.refund_lost for line in own) for own in lines]
    judged = not unpriced or partner is not None
    figures = Figures(sum(run.claimable for run in runs), claimed, losses[0], losses[1], losses[2], corrected)
    figures = _judged(figures, fully) if judged else figures._replace(unpriced_claimed=claimed)
    return Reconciled(
        row.payment, row.konto, row.claim, row.correction, figures, by_month(row.payment, figures, lines), runs, lines,
        None if partner is None else partner.payment, row.counts, judged, fully,
    )  # fmt: skip


def _judged(figures: Figures, fully: bool) -> Figures:
    """What remains, what was corrected too much and what was not claimed."""
    held = figures.claimed - figures.corrected
    surely = figures.claimable - figures.losses
    too_much = min(figures.corrected, max(0, surely - held)) if fully else 0
    return figures._replace(
        remaining=max(0, held - figures.may_claim),
        corrected_too_much=too_much,
        unclaimed=max(0, surely - figures.claimed),
    )


def taken_back(row: Claimed, partner: Payment) -> Reconciled:
    """The negative payment of a pair: its figures stand at its partner."""
    return Reconciled(row.payment, row.konto, row.claim, row.correction, Figures(), (), partner=partner)


def by_month(payment: Payment, figures: Figures, lines: Lines) -> tuple[tuple[Day, Figures], ...]:
    """The figures divided over the months the payment touches, each named by its first day.

    Each month is the rounded running total to its end less that of the month before, so that the months always add
    up.
    """
    touched = months_of(payment.fra, payment.til)
    if len(touched) == 1:  # most payments
        return ((touched[0].first, figures),)
    bases = divided_by(payment, lines)
    of_all = {name: count(days) for name, days in bases.items()}
    some = [(place, oere, bases[name], of_all[name]) for place, (name, oere) in enumerate(figures.named()) if oere]
    before, months = [0] * len(figures), []
    for month in touched:
        running = [0] * len(figures)
        for place, oere, days, all_days in some:
            running[place] = half_up(oere * days_by(days, month.last), all_days)
        months.append((month.first, Figures(*(now - then for now, then in zip(running, before, strict=True)))))
        before = running
    return tuple(months)


def explaining_rate(one: Reconciled, benefit: str, law: Law, tolerance: int) -> Fraction | None:
    """The other rate of the benefit's table, of either kind and any date, that the claim was made at; if there is one.

    It explains a claim that equals, within the tolerance, the payment or its days without expected loss at that rate.
    """
    if not one.counts or not one.payment.beloeb or one.partner is not None:
        return None
    own = {run.rate for run in one.runs}
    rates = {rate for in_offer in (False, True) for _, rate in law.shares(benefit, in_offer)}
    for rate in sorted(rates - own if len(own) == 1 else rates):
        if any(abs(one.figures.claimed - oere) <= tolerance for oere in _at(one, rate)):
            return rate
    return None


def _at(one: Reconciled, rate: Fraction) -> tuple[int, int, int]:
    """The whole payment at a rate, and its days without expected loss: at once, and as the whole less the lost runs."""
    payment, lost = one.payment, one.lines[0]
    whole = Period(payment.fra, payment.til)
    free = count(minus((whole,), days_of_lines(lost)))
    length = payment.til - payment.fra + 1
    at_once = half_up(payment.beloeb * free * rate.numerator, length * rate.denominator)
    all_of_it = line_of(payment, whole, rate).refund_lost
    taken = sum(line_of(payment, Period(line.first, line.last), rate).refund_lost for line in lost)
    return all_of_it, at_once, all_of_it - taken


def parts_of(one: Reconciled) -> tuple[int, int]:
    """What remains, as what stands on lost days and what is above that; a correction settles lost days first."""
    figures = one.figures
    on_lost = min(figures.claimable - figures.may_claim, max(0, figures.claimed - figures.may_claim))
    above = max(0, figures.claimed - figures.claimable)
    left = max(0, on_lost - figures.corrected)
    return left, max(0, above - max(0, figures.corrected - on_lost))
