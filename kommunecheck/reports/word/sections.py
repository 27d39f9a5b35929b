"""The sections on further supervisions, and those that plugins add."""

from kommunecheck.domain.report import Report
from kommunecheck.domain.section import Section, SectionTable
from kommunecheck.reports.pictures.of_section import drawn, titled
from kommunecheck.reports.section import is_number, shown, told_sections
from kommunecheck.reports.word.page import WIDTH
from kommunecheck.reports.word.paper import Column, Paper


def sections(paper: Paper, report: Report) -> None:
    """Each with its title, its paragraphs, its picture, its table, and its parts."""
    for section in told_sections(report):
        _section(paper, section, 1)


def _section(paper: Paper, section: Section, level: int) -> None:
    paper.heading(section.title, level)
    for paragraph in section.paragraphs:
        paper.paragraph(paragraph)
    if section.picture is not None:
        paper.picture(titled(section.picture), drawn("billede", section.picture), WIDTH)
    if section.table is not None:
        _table(paper, section.table, section.title)
    for part in section.parts:
        _section(paper, part, level + 1)


def _table(paper: Paper, table: SectionTable, about: str) -> None:
    width = WIDTH / len(table.headings)
    columns = [Column(title, width, is_number(table, place)) for place, title in enumerate(table.headings)]
    paper.table(columns, [[shown(cell) for cell in row] for row in table.rows], about)
