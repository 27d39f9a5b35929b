"""The findings as CSV that a Danish spreadsheet opens as it is: semicolons, a BOM, CRLF, and no cell a formula."""

import csv
import io
from collections.abc import Iterator

from kommunecheck.domain.cost import case_of, cost_of
from kommunecheck.domain.days import count, iso
from kommunecheck.domain.finding import fingerprint
from kommunecheck.domain.names import SEVERITIES, STATE, capital, kind_of_loss
from kommunecheck.domain.report import CaseResult, Placed, Report
from kommunecheck.domain.wording import printable

HEADINGS = (
    "Regel",
    "Titel",
    "Alvor",
    "Tilstand",
    "Accepteret til",
    "Sag",
    "Team",
    "Dato",
    "Første dag",
    "Sidste dag",
    "Tab",
    "Dage",
    "Udbetalt",
    "Refusion",
    "Fundet",
    "Fil",
    "Ark",
    "Række",
    "Kolonne",
    "Kendemærke",
)
BATCH = 4096
"""Findings a piece of the output holds."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def write(report: Report) -> Iterator[bytes]:
    """One line for each finding, in pieces of UTF-8."""
    cases = case_of(report)
    yield "\ufeff".encode() + _lines([HEADINGS])
    for start in range(0, len(report.findings), BATCH):
        batch = report.findings[start : start + BATCH]
        yield _lines([_row(placed, report, cases(placed)) for placed in batch])


def _lines(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _row(placed: Placed, report: Report, case: CaseResult | None) -> tuple[str, ...]:
    finding, standing = placed.finding, placed.standing
    days = finding.days
    lost = finding.lost
    paid, refund = cost_of(lost, case) if report.summary.paid_known else (None, None)
    cell = finding.evidence[0] if finding.evidence else None
    source = None if cell is None else report.run.sources[cell.source]
    told = (
        finding.rule.code,
        finding.rule.title,
        capital(SEVERITIES[placed.severity]),
        "" if standing.state is None else capital(STATE[standing.state]),
        "" if standing.accepted is None else iso(standing.accepted.expires),
        placed.about or "",
        placed.team or "",
        "" if finding.date is None else iso(finding.date),
        "" if days is None else iso(days[0]),
        "" if days is None else iso(days[1]),
        kind_of_loss(finding),
        str(count(lost)),
        _kroner(paid),
        _kroner(refund),
        finding.message,
        "" if source is None else source.file,
        "" if source is None else source.sheet or "",
        "" if cell is None else str(cell.row),
        "" if cell is None else cell.column,
        fingerprint(finding, placed.subject),
    )
    return tuple(map(_harmless, told))


def _kroner(oere: int | None) -> str:
    """Kroner with a decimal comma and no points: a number to any Danish spreadsheet."""
    return "" if oere is None else f"{oere // 100},{oere % 100:02d}"


def _harmless(text: str) -> str:
    """The text, with a sign before it where a spreadsheet would take it for a formula."""
    text = printable(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
