"""The sections that plugins add, a sheet each. Their cells are texts and numbers, never formulas."""

import re
from decimal import Decimal

from kommunecheck.domain.report import Report, SectionTable
from kommunecheck.reports.excel.book import Book, Column, Table, safe
from kommunecheck.reports.excel.page import Page
from kommunecheck.reports.section import is_number

LONGEST_NAME = 31
"""The characters the name of a sheet can have."""
WIDTH, NARROWEST = 150.0, 14.0
"""The characters there are to share between the columns, and the fewest that one of them gets."""


def sections(book: Book, report: Report) -> None:
    """Write the sheets."""
    for number, section in enumerate(report.sections, 1):
        columns = [Column("")] if section.table is None else _columns(section.table)
        page = Page(book, book.free_name(_sheet_name(section.title)), [column.width for column in columns])
        page.line(section.title, "title")
        page.paragraphs(section.paragraphs)
        if section.table is not None:
            page.space()
            rows = [tuple(map(_cell, row)) for row in section.table.rows]
            book.rows(page.sheet, Table(f"Afsnit {number}", columns, rows), page.top)


def _columns(table: SectionTable) -> list[Column]:
    width = max(NARROWEST, WIDTH / len(table.headings))
    titles: list[str] = []
    for title in table.headings:  # a table's headings must differ, and none may be blank
        shown = safe(title).strip() or "Kolonne"
        titles.append(shown if shown.lower() not in map(str.lower, titles) else f"{shown} {len(titles) + 1}")
    return [Column(title, _form(table, place), width) for place, title in enumerate(titles)]


def _form(table: SectionTable, place: int) -> str:
    if not is_number(table, place):
        return "long"
    return "decimal" if any(isinstance(row[place], Decimal) for row in table.rows) else "count"


def _cell(cell: str | int | Decimal | None) -> str | int | float | None:
    return float(cell) if isinstance(cell, Decimal) else cell


def _sheet_name(title: str) -> str:
    """The title as a sheet can be called: without the signs Excel refuses, and short enough."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", safe(title))
    return " ".join(plain.split())[:LONGEST_NAME].strip() or "Afsnit"
