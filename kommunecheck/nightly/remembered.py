"""The findings of a report as they are remembered: what each costs by itself, and no row, text or person."""

from collections.abc import Iterator

from kommunecheck.domain.cost import case_of, cost_of
from kommunecheck.domain.days import Day, count
from kommunecheck.domain.finding import fingerprint
from kommunecheck.domain.report import CaseResult, Placed, Report
from kommunecheck.domain.standing import Remembered


def remember(report: Report) -> Iterator[Remembered]:
    """Every finding of the report, in its order."""
    cases = case_of(report)
    for placed in report.findings:
        yield _remembered(placed, cases(placed), report.run.cutoff)


def _remembered(placed: Placed, case: CaseResult | None, cutoff: Day) -> Remembered:
    finding = placed.finding
    days = finding.lost
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
        bool(days) and days[-1].last >= cutoff,
    )
