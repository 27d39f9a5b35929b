"""The report as a workbook, for a revisor who redoes every krone: each computed cell is a formula with its value.

Sums go from the lines to the cases and from the cases to the whole, so that any amount can be followed down to a row of
the municipality's own files. The same report gives the same bytes.
"""

from collections.abc import Iterator

from kommunecheck.domain.report import Report


def write(report: Report) -> Iterator[bytes]:
    """The workbook, as one piece."""
    from kommunecheck.reports.excel.workbook import workbook

    yield workbook(report)
