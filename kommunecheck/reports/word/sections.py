"""The sections on further supervisions, and those that plugins add."""

from collections.abc import Sequence

from kommunecheck.domain.report import Report
from kommunecheck.domain.section import Section, SectionTable
from kommunecheck.reports.phrases import safe
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
        paper.paragraph(paragraph, keep=place == last and (section.picture or section.table) is not None)
    if section.picture is not None:
        paper.picture(titled(section.picture), drawn("billede", section.picture), WIDTH)
    if section.table is not None:
        table(paper, section.table, section.title)
    for part in section.parts:
        _section(paper, part, level + 1)


def table(paper: Paper, told: SectionTable, about: str) -> None:
    """A table of a section, its columns as broad as what stands in them asks for; smaller where words would be cut."""
    rows = [[shown(cell) for cell in row] for row in told.rows]
    texts = [(title, *(row[place] for row in rows)) for place, title in enumerate(told.headings)]
    least = [max((len(word) for text in own for word in safe(text).split(" ")), default=0) + 2 for own in texts]
    columns = [
        Column(title, WIDTH * share, is_number(told, place))
        for place, (title, share) in enumerate(zip(told.headings, _shares(least, texts), strict=True))
    ]
    paper.table(columns, rows, about, style="Tabeltekst" if sum(least) <= SIGNS else "Tabeltekstlille")


SIGNS = 84
"""The signs that have room beside one another on a page."""
BROAD = 26
"""The signs in a line that a column of longer texts is given where there is room."""


def _shares(least: Sequence[int], texts: Sequence[Sequence[str]]) -> list[float]:
    """How much of the page each column gets: its longest word, and of what is left as its texts ask for."""
    broad = [min(max(map(len, own)), BROAD) for own in texts]
    asked = [max(0, most - own) + 1 for own, most in zip(least, broad, strict=True)]
    left = max(0, SIGNS - sum(least))
    widths = [own + left * more / sum(asked) for own, more in zip(least, asked, strict=True)]
    return [width / sum(widths) for width in widths]
