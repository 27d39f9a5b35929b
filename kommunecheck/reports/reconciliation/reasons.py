"""Why each figure of a payment is what it is, in Danish: what a reader can redo by hand."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from kommunecheck.domain.days import Days, Period
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.names import KINDS
from kommunecheck.domain.reconciliation import Reconciled, ReconciledCase
from kommunecheck.domain.report import Line
from kommunecheck.domain.wording import kroner, number, rate, sentence, span, whole

LOST_BY: tuple[Callable[[Finding], Days], ...] = (
    attrgetter("expected"),
    attrgetter("discretionary"),
    attrgetter("documentation"),
)
"""The days of each kind that a finding covers."""


def reasons_of(one: Reconciled, case: ReconciledCase) -> list[str]:
    """A sentence for each figure that is not 0, for what the payment may be claimed with, and for what evens it out."""
    beside = [one.beside] if one.beside else []
    return [*map(sentence, _reasons(one, case.findings)), *beside]


def _reasons(one: Reconciled, findings: Sequence[Finding]) -> Iterator[str]:
    figures = one.figures
    if one.silent and one.partner is not None:
        yield f"Modposten til udbetalingen i række {one.partner.row}: de to er afstemt som én, og tallene står dér."
        return
    yield _claimable(one)
    yield "Anmeldt refusion er blank og regnes som 0,00 kr." if one.claim is None else f"Anmeldt {kroner(one.claim)}."
    if one.partner is not None:
        yield (
            f"Udbetalingen er taget tilbage i række {one.partner.row}: de to er afstemt som én, og der er i alt "
            f"anmeldt {kroner(figures.claimed)} og berigtiget {kroner(figures.corrected)}."
        )
    for kind, lines, days in zip(KINDS, one.lines, LOST_BY, strict=True):
        if lines:
            codes = sorted({found.rule.code for found in findings if any(_meets(line, days(found)) for line in lines)})
            total = kroner(sum(line.refund_lost for line in lines))
            yield f"{_NAMES[kind.short]} {total}: {_lost(lines)} ({', '.join(codes)})."
    if figures.corrected and one.partner is None:
        yield f"Berigtiget {kroner(figures.corrected)}."
    yield from _differences(one)


_NAMES = {"forventet": "Tabt ifølge fundene", "muligt": "Muligt tab ifølge fundene", "journal": "Hviler på journalen"}


def _claimable(one: Reconciled) -> str:
    if not one.counts:
        return "Udbetalingen ligger uden for sagens periode og giver ingen refusion."
    if one.partner is not None:
        return "Udbetalt og taget tilbage er 0,00 kr., og der kan intet anmeldes."
    if not one.judged and not one.runs:
        return "Kan ikke afstemmes: ingen sats."
    payment = one.payment
    length = payment.til - payment.fra + 1
    total = kroner(one.figures.claimable)
    if one.judged and len(one.runs) == 1:
        return f"Kan anmeldes {total}: {kroner(payment.beloeb)} × {rate(one.runs[0].rate)}."
    parts = " + ".join(
        f"{kroner(payment.beloeb)} × {run.last - run.first + 1}/{whole(length)} × {rate(run.rate)}" for run in one.runs
    )
    rest = "" if one.judged else " Resten af dagene har ingen sats: udbetalingen kan ikke afstemmes."
    return f"Kan anmeldes {total}: {parts}.{rest}"


def _meets(line: Line, days: Days) -> bool:
    return any(first <= line.last and last >= line.first for first, last in days)


def _lost(lines: Sequence[Line]) -> str:
    days = sum(line.days for line in lines)
    shown = " og ".join(span(Period(line.first, line.last)) for line in lines)
    return f"{shown} ({number(days, 'dag', 'dage')})"


def _differences(one: Reconciled) -> Iterator[str]:
    """What remains, is too much or is not claimed, each as the subtraction that gives it."""
    figures = one.figures
    held = f"anmeldt {kroner(figures.claimed)} minus berigtiget {kroner(figures.corrected)}"
    if figures.remaining:
        yield (
            f"Mangler at blive berigtiget {kroner(figures.remaining)}: {held} minus må anmeldes "
            f"{kroner(figures.may_claim)}."
        )
    surely = kroner(figures.claimable - figures.losses)
    if figures.corrected_too_much:
        yield f"Berigtiget for meget {kroner(figures.corrected_too_much)}: {surely} efter alle tab minus ({held})."
    if figures.unclaimed:
        claimed = kroner(figures.claimed)
        yield f"Ikke anmeldt {kroner(figures.unclaimed)}: {surely} efter alle tab minus anmeldt {claimed}."
    if figures.unpriced_claimed:
        yield f"{kroner(figures.unpriced_claimed)} er anmeldt uden en sats at holde det op imod."
