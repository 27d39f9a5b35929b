"""The sections on further supervisions and those that plugins add, a sheet each.

Their cells are texts and numbers, never formulas. Bars and columns are charts of cells that stand under them.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any

from kommunecheck.domain.report import Report
from kommunecheck.domain.section import Bars, Columns, Lanes, Section, SectionCell, SectionTable
from kommunecheck.reports.excel.book import PLAIN, Book, Column, Row, Table, safe
from kommunecheck.reports.excel.charts import ROW_LOOKS
from kommunecheck.reports.excel.order import SHEETS
from kommunecheck.reports.excel.page import Page
from kommunecheck.reports.pictures.look import light
from kommunecheck.reports.pictures.of_section import drawn, in_words, titled
from kommunecheck.reports.pictures.png import SHARPNESS, png
from kommunecheck.reports.section import is_number, sections_after, told_number, unit_of

LONGEST_NAME = 31
"""The characters the name of a sheet can have."""
WIDTH, NARROWEST = 150.0, 14.0
"""The characters there are to share between the columns, and the fewest that one of them gets."""

CHART_WIDE, CHART_HIGH = 760, 300
"""The size of a chart, in pixels."""
PIXEL = 0.75
"""The points of a pixel."""


def sections(book: Book, report: Report) -> list[tuple[str, str]]:
    """Write the sheets. Gives the name of each, and the title of what stands in it."""
    numbers, written = count(1), []
    for section in sections_after(report):
        tables = [table for one in (section, *section.parts) for table in _tables(one)]
        widest = max((len(table.headings) for table in tables), default=1)
        name = book.free_name(_sheet_name(section.title), (name for name, _ in SHEETS))
        page = Page(book, name, [max(NARROWEST, WIDTH / widest)] * widest)
        written.append((page.name, section.title))
        page.line(section.title, "title")
        _part(page, section, numbers)
        for part in section.parts:
            page.begin(_together(part))
            page.line(part.title, "heading")
            _part(page, part, numbers)
    return written


def _together(part: Section) -> float:
    """The points of a part's heading and what must stand on the same page: its picture, or a few lines."""
    picture = CHART_HIGH if part.picture is not None else 0
    return 4 * PLAIN + picture * PIXEL + PLAIN * 2 * len(part.paragraphs)


def _tables(section: Section) -> Iterator[SectionTable]:
    if isinstance(section.picture, Bars | Columns):
        yield _numbers(section.picture)
    if section.table is not None:
        yield section.table


def _part(page: Page, section: Section, numbers: Iterator[int]) -> None:
    page.paragraphs(section.paragraphs)
    if isinstance(section.picture, Lanes):
        _drawing(page, section.picture)
    elif section.picture is not None:
        _chart(page, section.picture, next(numbers))
    if section.table is not None:
        _write(page, section.table, next(numbers))


def _write(page: Page, table: SectionTable, number: int) -> None:
    page.table(Table(f"Afsnit {number}", _columns(table), rows_of(table)))


def _drawing(page: Page, picture: Lanes) -> None:
    """A picture that no chart can draw, as it is drawn in the other formats."""
    made = drawn("billede", picture)
    page.begin(made.height * PIXEL + 3 * PLAIN)
    page.line(picture.title, "plain bold")
    scale = 1 / SHARPNESS
    how = {"image_data": BytesIO(png(made).content), "x_scale": scale, "y_scale": scale, "object_position": 3}
    page.sheet.insert_image(page.top, 0, "billede.png", {**how, "description": safe(made.about)})
    _leave(page, made.height)


def _chart(page: Page, picture: Bars | Columns, number: int) -> None:
    """A chart, and the numbers it is drawn from."""
    chart = page.book.chart("bar" if isinstance(picture, Bars) else "column")
    page.begin(CHART_HIGH * PIXEL + 2 * PLAIN)
    where = page.top
    _leave(page, CHART_HIGH)
    numbers = _numbers(picture)
    first, last = page.top + 2, page.top + 1 + len(numbers.rows)
    _write(page, numbers, number)
    line = isinstance(picture, Columns) and picture.least is not None
    columns = range(1, len(numbers.headings) - line)
    for column in columns:
        chart.add_series(
            {
                **_series(page, column, first, last),
                **ROW_LOOKS[(column - 1) % len(ROW_LOOKS)],
                "gap": 60,
                "data_labels": {"value": len(columns) == 1, "font": {"size": 9}},
            }
        )
    if line:
        drawn_line = page.book.chart("line")
        look = {"color": light("text"), "width": 1.5, "dash_type": "dash"}
        drawn_line.add_series({**_series(page, len(columns) + 1, first, last), "line": look})
        chart.combine(drawn_line)
    chart.set_title({"name": safe(titled(picture)), "name_font": {"size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"none": True} if len(columns) + line == 1 else {"position": "bottom"})
    _axes(chart, picture)
    chart.set_size({"width": CHART_WIDE, "height": CHART_HIGH})
    page.sheet.insert_chart(where, 0, chart, {"description": safe(in_words(picture)), "object_position": 3})


def _series(page: Page, column: int, first: int, last: int) -> dict[str, Any]:
    """A column of cells as a chart is told of it: its name, what its values are of, and the values."""
    return {
        "name": [page.name, first - 1, column],
        "categories": [page.name, first, 0, last, 0],
        "values": [page.name, first, column, last, column],
    }


def _axes(chart: Any, picture: Bars | Columns) -> None:
    if isinstance(picture, Bars):
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}, "major_tick_mark": "none"})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        return
    chart.set_x_axis({"num_font": {"size": 9}, "text_axis": True})
    chart.set_y_axis({"name": safe(picture.unit), "min": 0, "major_gridlines": {"visible": True}})


def _numbers(picture: Bars | Columns) -> SectionTable:
    """What a chart is drawn from, one row for each of its bars or columns."""
    unit = safe(picture.unit) or "Tal"
    if isinstance(picture, Bars):
        return SectionTable((picture.title, unit), picture.bars)
    drawn_rows = picture.rows
    if picture.least is not None:
        drawn_rows = (*drawn_rows, ("mindst", (picture.least,) * len(picture.heads)))
    values = zip(*(row for _, row in drawn_rows), strict=True)
    rows = tuple((head, *cells) for head, cells in zip(picture.heads, values, strict=True))
    return SectionTable((unit, *(title for title, _ in drawn_rows)), rows)


def _leave(page: Page, pixels: int) -> None:
    """Rows for a picture so high."""
    for _ in range(int(pixels * PIXEL // PLAIN) + 2):
        page.down(PLAIN)


def _columns(table: SectionTable) -> list[Column]:
    width = max(NARROWEST, WIDTH / len(table.headings))
    titles: list[str] = []
    for title in table.headings:  # a table's headings must differ, and none may be blank
        shown = safe(title).strip() or "Kolonne"
        titles.append(shown if shown.lower() not in map(str.lower, titles) else f"{shown} {len(titles) + 1}")
    return [Column(title, form(table, place), width) for place, title in enumerate(titles)]


FORMS = {"%": "share", "dage": "days", "+": "change"}
"""The form of numbers that texts tell, by what they tell of."""


def form(table: SectionTable, place: int) -> str:
    """The form of a column's cells."""
    if not is_number(table, place):
        return "long"
    unit = unit_of(table, place)
    if unit is not None:
        return FORMS[unit]
    return "decimal" if any(isinstance(row[place], Decimal) for row in table.rows) else "count"


def rows_of(table: SectionTable) -> list[Row]:
    """The cells as a sheet holds them: what tells a number as one, so that it can be summed and sorted."""
    numbers = [is_number(table, place) for place in range(len(table.headings))]
    return [tuple(map(_as_cell, row, numbers)) for row in table.rows]


def _as_cell(cell: SectionCell, is_a_number: bool) -> str | int | float | None:
    if isinstance(cell, Decimal):
        return float(cell)
    told = told_number(cell) if is_a_number and isinstance(cell, str) else None
    if told is None:
        return cell or None if is_a_number and isinstance(cell, str) else cell
    return float(told.value / 100) if told.unit == "%" else int(told.value)


def _sheet_name(title: str) -> str:
    """The title as a sheet can be called: without the signs Excel refuses, and short enough."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", safe(title))
    return " ".join(plain.split())[:LONGEST_NAME].strip() or "Afsnit"
