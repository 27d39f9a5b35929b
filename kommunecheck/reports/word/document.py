"""The sections of the document, in the order they are read."""

from collections.abc import Mapping

from kommunecheck.config import read_law
from kommunecheck.domain.report import Report
from kommunecheck.domain.rule import Explanation
from kommunecheck.reports.word.basis import method, not_looked_at, sources
from kommunecheck.reports.word.cases import costliest, costliest_cases
from kommunecheck.reports.word.front import front_page, summary
from kommunecheck.reports.word.losses import by_rule, by_team, still_runs
from kommunecheck.reports.word.page import as_bytes, blank
from kommunecheck.reports.word.paper import Paper
from kommunecheck.reports.word.sections import sections


def document(report: Report, explanations: Mapping[str, Explanation], how_many: int) -> bytes:
    """The whole document. ``how_many`` of the costliest cases are told in full."""
    made = blank(report)
    paper = Paper(made)
    told = costliest(report)[: max(how_many, 0)]
    places = {case.sag_id: f"sag_{place}" for place, case in enumerate(told, 1)}
    front_page(paper, report)
    summary(paper, report, explanations)
    still_runs(paper, report, places)
    by_rule(paper, report, explanations)
    by_team(paper, report)
    costliest_cases(paper, report, told, places)
    sections(paper, report)
    method(paper, report, read_law().acts)
    not_looked_at(paper, report, places)
    sources(paper, report)
    paper.finish()
    return as_bytes(made)
