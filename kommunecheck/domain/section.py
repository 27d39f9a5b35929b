"""A section that a plugin adds to the report, looked over before any format shows it."""

from decimal import Decimal

from kommunecheck.domain.outside import MOST, text, texts, whole
from kommunecheck.domain.report import Section, SectionCell, SectionTable

MOST_COLUMNS = 63
"""As many as a table of a Word document can have."""


def plain(section: Section) -> Section:
    """The section without CPR numbers. Raises ``TypeError`` or ``ValueError`` for what a format could not show."""
    if not isinstance(section, Section):
        raise TypeError("no section")
    if not text(section.title).strip():
        raise ValueError("a section has no title")
    table = None if section.table is None else _table(section.table)
    return Section(text(section.title), texts(section.paragraphs), table)


def _table(table: SectionTable) -> SectionTable:
    if not isinstance(table, SectionTable):
        raise TypeError("no table")
    if not 0 < len(table.headings) <= MOST_COLUMNS or any(len(row) != len(table.headings) for row in table.rows):
        raise ValueError("no columns or too many, or a row has not as many cells as there are headings")
    return SectionTable(texts(table.headings), tuple(tuple(map(_cell, row)) for row in table.rows))


def _cell(cell: SectionCell) -> SectionCell:
    if isinstance(cell, Decimal):
        if not cell.is_finite() or abs(cell) > MOST:
            raise ValueError("a number that no cell can hold")
        return cell
    if cell is None:
        return None
    return whole(cell) if isinstance(cell, int) else text(cell)
