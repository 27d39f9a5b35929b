"""The sections on further supervisions, and those that plugins add."""

from collections.abc import Sequence

from kommunecheck.domain.report import Report
from kommunecheck.domain.section import Section, SectionTable
from kommunecheck.reports.pictures.of_section import drawn, titled
from kommunecheck.reports.section import is_number, sections_after, shown
from kommunecheck.reports.word.page import WIDTH
from kommunecheck.reports.word.paper import Column, Paper


def sections(paper: Paper, report: Report) -> None:
    """Each with its title, its paragraphs, its picture, its table, and its parts."""
    for section in sections_after(report):
        _section(paper, section, 1)


def _section(paper: Paper, section: Section, level: int) -> None:
    paper.heading(section.title, level)
    last = len(section.paragraphs) - 1
    for place, paragraph in enumerate(section.paragraphs):
        paper.paragraph(paragraph, keep=place == last and section.picture is not None)
    if section.picture is not None:
        paper.picture(titled(section.picture), drawn("billede", section.picture), WIDTH)
    if section.table is not None:
        table(paper, section.table, section.title)
    for part in section.parts:
        _section(paper, part, level + 1)


def table(paper: Paper, told: SectionTable, about: str) -> None:
    """A table of a section, its columns as broad as what stands in them asks for."""
    rows = [[shown(cell) for cell in row] for row in told.rows]
    wanted = [_wanted((title, *(row[place] for row in rows))) for place, title in enumerate(told.headings)]
    columns = [
        Column(title, WIDTH * wanted[place] / sum(wanted), is_number(told, place))
        for place, title in enumerate(told.headings)
    ]
    paper.table(columns, rows, about)


NARROW, BROAD = 7, 24
"""The signs in a line that a column is given at least and at most, before all are stretched to the page."""


def _wanted(texts: Sequence[str]) -> int:
    """How broad a column should be beside the others: room for its longest word, and for short texts in one line."""
    words = max((len(word) for text in texts for word in text.split()), default=0)
    whole = max(map(len, texts))
    return max(NARROW, words, min(whole, BROAD)) + 2
