"""The findings of a report as they are remembered: what each costs by itself, and no row, text or person."""

from collections.abc import Iterable, Iterator

from kommunecheck.domain.days import Day, Days, Period, count, union, within
from kommunecheck.domain.finding import fingerprint
from kommunecheck.domain.report import CaseResult, Line, Placed, Report
from kommunecheck.domain.standing import Remembered
from kommunecheck.exposure import line_of


def remember(report: Report) -> Iterator[Remembered]:
    """Every finding of the report, in its order."""
    own = {case.sag_id: case for case in report.cases}
    further = {one.name: {case.sag_id: case for case in one.cases or ()} for one in report.supervisions}
    for placed in report.findings:
        cases = further.get(placed.finding.rule.supervision, own)
        yield _remembered(placed, cases.get(placed.sag_id or ""), report.run.cutoff)


def _remembered(placed: Placed, case: CaseResult | None, cutoff: Day) -> Remembered:
    finding = placed.finding
    days = union([*finding.expected, *finding.discretionary, *finding.documentation])
    paid, lost = cost_of(days, case)
    return Remembered(
        fingerprint(finding, placed.subject),
        finding.rule.code,
        placed.subject.kind,
        placed.subject.id,
        placed.sag_id,
        finding.step,
        finding.date,
        days[0].first if days else None,
        days[-1].last if days else None,
        count(days),
        paid,
        lost,
        bool(finding.expected) and finding.expected[-1].last >= cutoff,
    )


def cost_of(days: Days, case: CaseResult | None) -> tuple[int | None, int | None]:
    """What has been paid for some lost days of a case, and what refund they lose, in øre.

    Worked out from the case's own lines, so that it can be redone by hand from the report; ``None`` where it has none.
    """
    if not days:
        return 0, 0
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
