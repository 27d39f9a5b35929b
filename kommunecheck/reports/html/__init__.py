"""The report as HTML, to be read in any browser: no network, nothing to install, and no script needed to read it.

One file; of many cases the cases stand in pages in a folder beside it. The same report gives the same bytes.
"""

from collections.abc import Iterator

from kommunecheck.domain.report import Report
from kommunecheck.ports import Pages

ONE_FILE = 500
"""So many cases a report can be of and still be one file."""


def write(report: Report) -> Iterator[bytes]:
    """The report as one file. Of more than ``ONE_FILE`` cases it tells the dearest, and where all of them are."""
    from kommunecheck.reports.html.document import whole

    yield whole(report)


def pages(report: Report, file: str) -> Pages | None:
    """The report with its cases in pages in the folder beside ``file``; ``None`` where one file holds all it tells."""
    from kommunecheck.reports.html.order import tells_cases

    if len(report.cases) <= ONE_FILE or not tells_cases(report.reader):
        return None
    from kommunecheck.reports.html.document import split

    return split(report, file)
