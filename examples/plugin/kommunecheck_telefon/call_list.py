"""A list of whom to invite, as plain text: a line for each interview held by telephone."""

from collections.abc import Iterator

from kommunecheck.domain.report import Report
from kommunecheck_telefon.by_telephone import RULE


def write(report: Report) -> Iterator[bytes]:
    """The list in UTF-8, in the order of the report."""
    own = [one for one in report.findings if one.finding.rule == RULE]
    yield f"Indkald til samtale ved fremmøde ({len(own)}):\n".encode()
    for one in own:
        yield f"{one.sag_id}: {one.finding.message}\n".encode()
