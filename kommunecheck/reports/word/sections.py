"""The sections that plugins add."""

from kommunecheck.domain.report import Report, SectionTable
from kommunecheck.reports.section import is_number, shown
from kommunecheck.reports.word.page import WIDTH
from kommunecheck.reports.word.paper import Column, Paper


def sections(paper: Paper, report: Report) -> None:
    """Each with its title, its paragraphs and its table."""
    for section in report.sections:
        paper.heading(section.title, 1)
        for paragraph in section.paragraphs:
            paper.paragraph(paragraph)
        if section.table is not None:
            _table(paper, section.table, section.title)


def _table(paper: Paper, table: SectionTable, about: str) -> None:
    width = WIDTH / len(table.headings)
    columns = [Column(title, width, is_number(table, place)) for place, title in enumerate(table.headings)]
    paper.table(columns, [[shown(cell) for cell in row] for row in table.rows], about)
