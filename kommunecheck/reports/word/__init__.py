"""The report as a Word document, for a jobcenter leader: the number first, then why, then what to do.

The same report gives the same bytes: the document is dated by the cutoff day.
"""

from collections.abc import Iterator

from kommunecheck.domain.report import Report


def write(report: Report) -> Iterator[bytes]:
    """The document, as one piece. A rule without an explanation is told by its title and citations alone."""
    from kommunecheck.reports.word.document import document

    yield document(report)
