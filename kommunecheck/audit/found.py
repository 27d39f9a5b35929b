"""The findings of a case's reconciliation, and what to book."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from kommunecheck.audit.reconcile import parts_of
from kommunecheck.audit.rules import GROUNDLESS, NOT_CORRECTED, WRONG_RATE, WRONGLY_CORRECTED, Stated
from kommunecheck.domain.days import Days, Period, danish, union, within
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.reconciliation import Booking, Reconciled
from kommunecheck.domain.rule import Severity
from kommunecheck.domain.wording import kroner, rate, sentence

Explain = Callable[[Reconciled], Fraction | None]
"""Finds the other rate that explains what was claimed for a payment."""


class Found(NamedTuple):
    """A finding of a payment: the rule, how serious it is, its part of what remains, its days and what it says."""

    stated: Stated
    severity: Severity
    oere: int
    days: Days
    said: str


def found(one: Reconciled, explained_by: Explain, tolerance: int) -> Iterator[Found]:
    """What is wrong with a payment. The amounts add up to what remains, where that is above the tolerance."""
    if one.silent:
        return
    figures = one.figures
    if not one.judged:
        if figures.claimed:
            said = f"Der er anmeldt {kroner(figures.claimed)}, men udbetalingen kan ikke afstemmes: ingen sats."
            yield Found(GROUNDLESS, Severity.WARNING, 0, (), said)
        return
    if figures.remaining > tolerance:
        yield from _remaining(one, explained_by(one))
    if figures.corrected_too_much > tolerance:
        said = f"Der er berigtiget {kroner(figures.corrected_too_much)} for meget."
        yield Found(WRONGLY_CORRECTED, Severity.WARNING, 0, (), said)
    if figures.unclaimed > tolerance:
        other = explained_by(one)
        if other is not None:
            said = f"Der er anmeldt {kroner(figures.claimed)}, som svarer til satsen {rate(other)}: for lidt."
            yield Found(WRONG_RATE, Severity.WARNING, 0, (), said)


def _remaining(one: Reconciled, other: Fraction | None) -> Iterator[Found]:
    """What remains: first what stands on lost days, then what is above that."""
    on_lost, above = parts_of(one)
    figures = one.figures
    if on_lost:
        lost = union([Period(line.first, line.last) for line in one.lines[0]])
        stated = WRONGLY_CORRECTED if figures.corrected else NOT_CORRECTED
        done = f"der er kun berigtiget {kroner(figures.corrected)}" if figures.corrected else "intet er berigtiget"
        said = f"Der er anmeldt refusion for tabte dage, og {done}. Der mangler {kroner(on_lost)}."
        yield Found(stated, Severity.ERROR, on_lost, lost, said)
    if not above:
        return
    whole: Days = (Period(one.payment.fra, one.payment.til),)
    claimed, gives = kroner(figures.claimed), kroner(figures.claimable)
    if other is not None:
        said = (
            f"Der er anmeldt {claimed}, som svarer til satsen {rate(other)}, men satsen giver {gives}. Der mangler at "
            f"blive berigtiget {kroner(above)}."
        )
        yield Found(WRONG_RATE, Severity.ERROR, above, whole, said)
        return
    why = f"satsen giver {gives}"
    if not one.counts:
        why = "udbetalingen ligger uden for sagens periode"
    elif not one.payment.beloeb or one.partner is not None:
        why = "der er udbetalt 0,00 kr."
    said = f"Der er anmeldt {claimed}, men {why}. Der mangler at blive berigtiget {kroner(above)}."
    yield Found(GROUNDLESS, Severity.ERROR, above, whole, said)


def is_even(payments: Sequence[Reconciled], tolerance: int) -> bool:
    """Whether what is wrong in one payment of a case is evened out by another, within the tolerance."""
    off = [one.difference for one in payments]
    return max(off, default=0) > tolerance and min(off) < 0 and abs(sum(off)) <= tolerance


def evened_out(one: Reconciled, payments: Sequence[Reconciled]) -> str:
    """What a finding of an even case says beside: which payments even it out."""
    others = [other for other in payments if other.difference * one.difference < 0]
    named = ", ".join(
        f"{_name(other)} ({kroner(abs(other.difference))} {'for lidt' if other.difference < 0 else 'for meget'})"
        for other in others
    )
    return f"Sagen går op: forskellen modsvares af {named}."


def _name(one: Reconciled) -> str:
    name, row = one.payment.udbetaling_id, f"række {one.payment.row}"
    return f"udbetaling {masked(name)}, {row}" if name else row


def bookings(payments: Sequence[Reconciled], even: bool, tolerance: int) -> Iterator[Booking]:
    """What to book: refund that remains to be given back, and corrections that were too large.

    In an even case every payment that is off is listed with the amount that evens it, so that the case comes to 0.
    """
    for one in payments:
        figures = one.figures
        off = abs(one.difference) > tolerance or (even and one.difference)
        if even and off:
            yield Booking(one, one.difference, "Modposteres med sagens øvrige udbetalinger", netted=True)
        elif figures.remaining > tolerance:
            yield Booking(one, figures.remaining, "Refusionen sættes ned", netted=False)
        elif figures.corrected_too_much > tolerance:
            yield Booking(one, -figures.corrected_too_much, "Der er berigtiget for meget", netted=False)


def as_finding(one: Reconciled, made: Found, beside: str, case: Sequence[Finding]) -> Finding:
    """The finding as the report has it. It rests on the numbers that the findings of its lost days rest on."""
    payment = one.payment
    place = f"Udbetalingen {danish(payment.fra)} til {danish(payment.til)}: "
    evidence = [_cell(one, "anmeldt_refusion", one.claim), _cell(one, "berigtiget_refusion", one.correction)]
    if one.partner is not None:
        evidence.append(Evidence(one.partner.source, one.partner.row, "anmeldt_refusion"))
    on_lost = made.stated in (NOT_CORRECTED, WRONGLY_CORRECTED) and made.days
    rests_on = {name for other in case if on_lost and within(other.expected, made.days) for name in other.rests_on}
    return Finding(
        made.stated.RULE,
        f"{place}{sentence(made.said)}{' ' if beside else ''}{beside}",
        date=payment.fra,
        arose=payment.fra,
        expected=made.days,
        evidence=tuple(evidence),
        rests_on=tuple(sorted(rests_on)),
    )


def _cell(one: Reconciled, column: str, oere: int | None) -> Evidence:
    sign = "-" if (oere or 0) < 0 else ""
    value = None if oere is None else f"{sign}{abs(oere) // 100}.{abs(oere) % 100:02d}"
    return Evidence(one.payment.source, one.payment.row, column, value)
