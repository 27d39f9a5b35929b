"""The report as a Word document, for a jobcenter leader: the number first, then why, then what to do.

The same report gives the same bytes: the document is dated by the cutoff day.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kommunecheck.domain.report import Report
from kommunecheck.domain.rule import Explanation

CASES = 50
"""How many of the costliest cases are told in full unless the configuration says otherwise."""


def write(
    report: Report, explanations: Mapping[str, Explanation] = MappingProxyType({}), cases: int = CASES
) -> Iterator[bytes]:
    """The document, as one piece. A rule that is not in ``explanations`` is told by its title and citations alone."""
    from kommunecheck.reports.word.document import document

    yield document(report, explanations, cases)
