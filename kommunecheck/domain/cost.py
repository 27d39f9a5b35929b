"""What lost days cost: the line of one payment, and the cost of any of the days a case has lost."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from kommunecheck.domain.days import Days, Period, union, within
from kommunecheck.domain.money import half_up
from kommunecheck.domain.records import Payment
from kommunecheck.domain.report import CaseResult, Line, Placed, Report


def line_of(payment: Payment, run: Period, rate: Fraction | None) -> Line:
    """The line of one unbroken run of lost days within a payment, both ends included, at one rate."""
    length = payment.til - payment.fra + 1
    first, last = run
    amount = payment.beloeb * (last - first + 1)
    refund = 0 if rate is None else half_up(amount * rate.numerator, length * rate.denominator)
    return Line(payment, first, last, rate, half_up(amount, length), refund)


def cost_of(days: Days, case: CaseResult | None) -> tuple[int | None, int | None]:
    """What has been paid for some lost days of a case, and what refund they lose, in øre.

    Worked out from the case's own lines, so that it can be redone by hand from the report; ``None`` where it has none.
    """
    if not days:
        return 0, 0
    for loss in () if case is None else case.exposure.kinds:
        if loss.periods == days:  # most often the finding is the only one: its days are priced already
            return loss.paid, loss.refund_lost
    known = None if case is None else lines_of(case)
    if known is None:
        return None, None
    priced = list(cut(known, days))
    return sum(line.paid for line in priced), sum(line.refund_lost for line in priced)


def lines_of(case: CaseResult) -> list[Line] | None:
    """The lines of all three kinds; ``None`` where no payments were given."""
    kinds = [loss.lines for loss in case.exposure.kinds]
    if None in kinds:
        return None
    return [line for lines in kinds for line in lines or ()]


def cut(lines: Iterable[Line], days: Days) -> Iterator[Line]:
    """The lines of these days alone: each payment and rate once for every unbroken run of them."""
    spans: dict[object, list[Line]] = {}
    for line in lines:
        spans.setdefault((line.payment, line.rate), []).append(line)
    for alike in spans.values():
        covered = union([Period(line.first, line.last) for line in alike])
        first = alike[0]
        for run in within(days, covered):
            yield line_of(first.payment, run, first.rate)


def case_of(report: Report) -> Callable[[Placed], CaseResult | None]:
    """Finds the judged case that a finding is in, by the supervision it belongs to; ``None`` where it is in none."""
    own = {case.sag_id: case for case in report.cases}
    further = {one.name: {case.sag_id: case for case in one.cases or ()} for one in report.supervisions}
    return lambda placed: further.get(placed.finding.rule.supervision, own).get(placed.sag_id or "")
