"""The sections on further supervisions, and those that plugins add."""

from collections.abc import Sequence

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
    last = len(section.paragraphs) - 1
    for place, paragraph in enumerate(section.paragraphs):
        paper.paragraph(paragraph, keep=place == last and section.picture is not None)
    if section.picture is not None:
        paper.picture(titled(section.picture), drawn("billede", section.picture), WIDTH)
    if section.table is not None:
        _table(paper, section.table, section.title)
    for part in section.parts:
        _section(paper, part, level + 1)


def _table(paper: Paper, table: SectionTable, about: str) -> None:
    rows = [[shown(cell) for cell in row] for row in table.rows]
    wanted = [_wanted((title, *(row[place] for row in rows))) for place, title in enumerate(table.headings)]
    columns = [
        Column(title, WIDTH * wanted[place] / sum(wanted), is_number(table, place))
        for place, title in enumerate(table.headings)
    ]
    paper.table(columns, rows, about)


NARROW, BROAD = 7, 24
"""The signs in a line that a column is given at least and at most, before all are stretched to the page."""


def _wanted(texts: Sequence[str]) -> int:
    """How broad a column should be beside the others: room for its longest word, and for short texts in one line."""
    words = max((len(word) for text in texts for word in text.split()), default=0)
    whole = max(map(len, texts))
    return max(NARROW, words, min(whole, BROAD)) + 2
