"""A document from an empty sheet to its bytes: on our paper, or on the municipality's own where it has one."""

from collections.abc import Callable

from kommunecheck.domain.report import Report
from kommunecheck.reports.word.page import as_bytes, blank
from kommunecheck.reports.word.paper import Paper
from kommunecheck.reports.word.template import dress, opened


def bound(report: Report, title: str, fill: Callable[[Paper], None]) -> bytes:
    """The bytes of a document with this title that ``fill`` puts its text in.

    Raises ``UserError`` when the municipality's template is no document that can be written in.
    """
    template = report.word_template
    made, how = (blank(report, title), None) if template is None else opened(report, template, title)
    paper = Paper(made)
    fill(paper)
    paper.finish()
    if how is not None:
        dress(made, how)
    return as_bytes(made)
