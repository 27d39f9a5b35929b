"""The sections of the document, in the order they are read."""

from kommunecheck.domain.report import Report
from kommunecheck.reports.word.ahead import upcoming
from kommunecheck.reports.word.basis import method, not_looked_at, sources
from kommunecheck.reports.word.cases import costliest, costliest_cases
from kommunecheck.reports.word.front import front_page, summary
from kommunecheck.reports.word.losses import by_month, by_rule, by_team, still_runs
from kommunecheck.reports.word.page import as_bytes, blank
from kommunecheck.reports.word.paper import Paper
from kommunecheck.reports.word.phrases import of_how_many
from kommunecheck.reports.word.sections import sections


def document(report: Report) -> bytes:
    """The whole document."""
    made = blank(report)
    paper = Paper(made)
    with_loss = costliest(report)
    told = with_loss[: report.word_cases]
    not_all = of_how_many(len(with_loss), len(told), "sager med tabte dage")
    places = {case.sag_id: f"sag_{place}" for place, case in enumerate(told, 1)}
    front_page(paper, report)
    summary(paper, report, not_all)
    still_runs(paper, report, places)
    upcoming(paper, report, places)
    by_rule(paper, report)
    by_team(paper, report)
    by_month(paper, report)
    costliest_cases(paper, report, told, places, not_all)
    sections(paper, report)
    method(paper, report)
    not_looked_at(paper, report, places)
    sources(paper, report)
    paper.finish()
    return as_bytes(made)
