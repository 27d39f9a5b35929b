"""A section that a plugin adds to the report, looked over before any format shows it."""

from decimal import Decimal

from kommunecheck.domain.privacy import masked
from kommunecheck.domain.report import Section, SectionCell, SectionTable


def plain(section: Section) -> Section:
    """The section without CPR numbers. Raises ``TypeError`` or ``ValueError`` for what a format could not show."""
    if not _text(section.title).strip():
        raise ValueError("a section has no title")
    return Section(
        masked(section.title), tuple(map(_text, section.paragraphs)), section.table and _table(section.table)
    )


def _table(table: SectionTable) -> SectionTable:
    if not table.headings or any(len(row) != len(table.headings) for row in table.rows):
        raise ValueError("a row has not as many cells as there are headings")
    headings = tuple(map(_text, table.headings))
    return SectionTable(headings, tuple(tuple(map(_cell, row)) for row in table.rows))


def _text(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError("no text")
    return masked(text)


def _cell(cell: SectionCell) -> SectionCell:
    if isinstance(cell, bool) or not isinstance(cell, str | int | Decimal | None):
        raise TypeError("neither text nor number")
    return masked(cell) if isinstance(cell, str) else cell
