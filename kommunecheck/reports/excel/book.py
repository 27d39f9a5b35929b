"""A workbook of tables: safe text, Danish formats, and tables whose computed columns are formulas.

Nothing from the municipality's files can become a formula, a link or a number: text is written as text only.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from io import BytesIO
from textwrap import wrap
from typing import Any, NamedTuple

import xlsxwriter  # type: ignore[import-untyped] # the library has no py.typed
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped] # as above

from kommunecheck.domain.days import Day
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.wording import printable
from kommunecheck.ports import WRITTEN_BY

ROWS = 1_048_576
"""The rows a sheet can hold. A table with more goes on in another sheet."""
LINKS = 65_530
"""The links Excel takes in a sheet; what comes after stands as plain text."""
LONGEST = 32_767
"""The characters a cell can hold, counted as Excel does, in UTF-16."""
EPOCH = date(1899, 12, 30).toordinal()
"""Day 0 of a spreadsheet, for every day from 1 March 1900."""

KEPT = "History"
"""The name of a sheet that Excel keeps for itself."""

A3, A4 = 8, 9
"""Sizes of paper, by the numbers a spreadsheet knows them by."""
MARGIN = 0.5
"""The margins of a printed page, in inches."""
HEAD, INK, RULE_LINE = "#1F3864", "#1F3864", "#D9D9D9"
TO_FILL = "#FFF9E5"
"""Behind the cells that are left for the reader."""
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | int | float | None
"""Text, a count, a share, an amount in øre or a day, as the column says; ``None`` is blank."""


class Column(NamedTuple):
    """A column: its heading, the form of its cells, its width, and the formula if it is computed.

    Forms: ``text``, ``cpr`` (a CPR number that is to be shown), ``long`` (wrapped text), ``count``, ``money``
    (øre, shown as kroner), ``day``, ``share``; ``tick`` (to put an x in) and ``fill`` are left for the reader.
    A formula names cells of its own row as ``[@Heading]``.
    """

    title: str
    form: str = "text"
    width: float = 12
    formula: str | None = None


class Formula(NamedTuple):
    """A computed cell of its own: the formula, and the value the report gives it."""

    text: str
    value: Cell


class Given(NamedTuple):
    """A plain value in a computed column: there is nothing in this row to compute."""

    value: Cell


class Link(NamedTuple):
    """Text that leads to a place in this workbook."""

    text: str
    sheet: str
    cell: str


Written = Cell | Formula | Given | Link
Row = Sequence[Written]


@lru_cache(maxsize=1 << 16)
def safe(text: str) -> str:
    """Text as a cell can hold it: CPR numbers masked, unprintable signs replaced, and too long a text visibly cut."""
    shown = printable(masked(text))
    if len(shown) * 2 > LONGEST and len(shown.encode("utf-16-le")) // 2 > LONGEST:
        shown = shown.encode("utf-16-le")[: (LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "…"
    return shown


class Table:
    """Rows under headings. More rows than a sheet holds make several parts, and sums go over them all."""

    def __init__(self, name: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        self.name, self.columns, self.rows = name, columns, rows
        self._limit = ROWS - FIRST_ROW - 1

    def parts(self) -> Iterator[tuple[str, Sequence[Row]]]:
        """Each part's name in formulas, and its rows; a table without rows has one blank, as Excel wants."""
        rows = self.rows or [(None,) * len(self.columns)]
        for number, start in enumerate(range(0, len(rows), self._limit), 1):
            name = self.name.replace(" ", "_")
            yield name if number == 1 else f"{name}_{number}", rows[start : start + self._limit]

    def sum(self, title: str) -> str:
        """The formula for a column's sum."""
        return "=" + "+".join(f"SUM({name}[{title}])" for name, _ in self.parts())

    def sum_if(self, title: str, *conditions: tuple[str, str]) -> str:
        """The formula for a column's sum over the rows where each named column is what is asked for."""
        return "=" + "+".join(
            f"SUMIFS({name}[{title}],{','.join(f'{name}[{column}],{wanted}' for column, wanted in conditions)})"
            for name, _ in self.parts()
        )

    def count_if(self, *conditions: tuple[str, str]) -> str:
        """The formula for the number of such rows."""
        return "=" + "+".join(
            f"COUNTIFS({','.join(f'{name}[{column}],{wanted}' for column, wanted in conditions)})"
            for name, _ in self.parts()
        )

    def place(self, index: int, column: int = 0) -> tuple[str, str]:
        """The sheet and the cell of a row of a table that has sheets of its own."""
        part, row = divmod(index, self._limit)
        return (self.name if part == 0 else f"{self.name} {part + 1}"), f"{chr(65 + column)}{FIRST_ROW + 2 + row}"


def _whole(name: str) -> str:
    """The name of what a sheet is a part of."""
    return re.sub(r" \d+$", "", name)


def _wide_enough(table: Table) -> Table:
    """The table with its columns of ids and names as wide as what stands in them, within reason."""
    columns = list(table.columns)
    for place, column in enumerate(columns):
        if column.form == "text":
            longest = max((_length(row[place]) for row in table.rows), default=0)
            columns[place] = column._replace(width=max(column.width, min(WIDEST, longest + 3)))
    return Table(table.name, columns, table.rows)


def _length(cell: Written) -> int:
    return len(cell.text if isinstance(cell, Link) else cell if isinstance(cell, str) else "")


WIDEST = 32
"""The widest that a column becomes by itself, in characters."""
LINE = 13.0
"""The height of a line of text, in points."""
PLAIN = 15.0
"""The height of a row that nobody has said anything about."""
FIRST_ROW = 3
"""The row of the headings in a sheet that is one table: below its title and explanation. Counted from 0."""


class _Sheet(Worksheet):  # type: ignore[misc] # the library has no py.typed
    """A sheet that prepares each distinct formula once: the library tries 29 patterns on every cell's.

    Should the library call the method something else one day, the sheet is only slower.
    """

    def __init__(self) -> None:
        super().__init__()
        self._prepared: dict[tuple[object, ...], str] = {}

    def _prepare_formula(self, *formula: object) -> str:
        made = self._prepared.get(formula)
        if made is None:
            made = self._prepared[formula] = super()._prepare_formula(*formula)
        return made


class Book:
    """A workbook in the making. ``day`` is written as the day it was created, so that no clock is read.

    ``title`` stands on every sheet; ``called`` says what the whole file is, to a reader of its properties, where the
    title does not.
    """

    def __init__(self, title: str, version: str, day: Day, synthetic: bool, called: str = "") -> None:
        self._bytes = BytesIO()
        never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        self._book: Any = xlsxwriter.Workbook(self._bytes, {"in_memory": True, **never})
        self._book.set_calc_mode("auto", 191029)  # a newer Excel would else redo every sum as it opens the file
        self._book.calc_on_load = False
        created = datetime.combine(date.fromordinal(day), datetime.min.time(), UTC).replace(tzinfo=None)
        self._book.set_properties({"title": safe(called or title), "author": WRITTEN_BY + version, "created": created})
        self._title, self._synthetic = safe(title), synthetic
        self._formats: dict[tuple[str, bool], Any] = {}
        self._links: Counter[str] = Counter()

    @property
    def links_cut(self) -> bool:
        """Whether a sheet wanted more links than Excel takes."""
        return any(many > LINKS for many in self._links.values())

    def bytes(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._bytes.getvalue()

    def name(self, name: str, place: str) -> None:
        """Give a cell a name for formulas."""
        self._book.define_name(name, f"={place}")

    def free_name(self, wanted: str, coming: Iterable[str]) -> str:
        """A name for a sheet that none has yet, and none that is ``coming``, with the parts it may be divided into.

        Excel sees no difference between small and capital letters.
        """
        taken = {name.lower() for name in (*self._book.sheetnames, *coming, KEPT)}
        name, number = wanted, 1
        while name.lower() in taken or _whole(name.lower()) in taken:
            number += 1
            name = f"{wanted[:26]} ({number})"
        return name

    def arrange(self, order: Sequence[str], hidden: Collection[str]) -> None:
        """Put the sheets in this order, those it does not name last, and hide some; parts of a table go together."""
        sheets = self._book.worksheets_objs
        names = {sheet: _whole(sheet.name) if sheet.name not in order else sheet.name for sheet in sheets}
        sheets.sort(key=lambda sheet: order.index(names[sheet]) if names[sheet] in order else len(order))
        for place, sheet in enumerate(sheets):
            sheet.index = place  # by which the names of print titles and filters know it
            if names[sheet] in hidden:
                sheet.hide()

    def sheet(self, name: str, paper: int = A4) -> Any:
        """A new sheet, to be printed across the paper."""
        sheet = self._book.add_worksheet(name, _Sheet)
        sheet.hide_gridlines(2)
        sheet.set_paper(paper)
        sheet.set_landscape()
        sheet.set_margins(MARGIN, MARGIN, MARGIN, MARGIN)
        mark = " · OPDIGTEDE TAL" if self._synthetic else ""
        sheet.set_footer(f"&L&8{self._title.replace('&', '&&')[:100]}{mark}&C&8&A&R&8Side &P af &N")
        return sheet

    def chart(self, kind: str, subtype: str | None = None) -> Any:
        """A new chart, of cells that a reader may not see too."""
        made = self._book.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
        made.show_hidden_data()
        return made

    def headed(self, name: str) -> str:
        """The title of a sheet: what it is, whose, and that its numbers are made up where they are."""
        return f"{name} · {self._title}{' · OPDIGTEDE TAL' if self._synthetic else ''}"

    def table_sheets(
        self, table: Table, explanation: str, frozen: int = 0, paper: int = A4, *, summed: bool = False
    ) -> list[Any]:
        """A table in a sheet of its own, or in as many as it needs. Gives the sheets.

        Of a ``summed`` one the counts and amounts are summed above the headings, where they are always in sight.
        """
        table, made = _wide_enough(table), []
        for number, _ in enumerate(table.parts(), 1):
            name = table.name if number == 1 else f"{table.name} {number}"
            sheet = self.sheet(name, paper)
            sheet.fit_to_pages(1, 0)
            self.put(sheet, 0, 0, self.headed(name), "title")
            self.put(sheet, 1, 0, explanation if table.rows else f"{explanation} Ingen rækker.", "plain")
            for place, column in enumerate(table.columns):
                sheet.set_column(place, place, column.width)
            if summed and table.rows:
                self._sums(sheet, table)
            sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS}"})  # an id of digits is an id
            self.rows(sheet, table, FIRST_ROW, part=number, filters=True)
            sheet.freeze_panes(FIRST_ROW + 1, frozen)
            sheet.repeat_rows(FIRST_ROW)
            made.append(sheet)
        return made

    def _sums(self, sheet: Any, table: Table) -> None:
        self.put(sheet, FIRST_ROW - 1, 0, "I alt", "plain bold")
        for place, column in enumerate(table.columns):
            if column.form in ("count", "money"):
                total = sum(cell for row in table.rows if isinstance(cell := row[place], int))
                self.put(sheet, FIRST_ROW - 1, place, Formula(table.sum(column.title), total), f"sum {column.form}")

    def rows(self, sheet: Any, table: Table, top: int, *, part: int = 1, filters: bool = False) -> int:
        """A part of a table with its headings from row ``top`` on. Gives the first row below it."""
        name, rows = list(table.parts())[part - 1]
        head = self.form("head")
        heads = [
            {"header": column.title, "header_format": self.form("head right") if _is_number(column) else head}
            for column in table.columns
        ]
        bottom = top + len(rows)
        sheet.add_table(
            top,
            0,
            bottom,
            len(heads) - 1,
            {"name": name, "columns": heads, "style": None, "autofilter": filters, "banded_rows": False},
        )
        sheet.set_row(top, height([column.title for column in table.columns], table.columns, bold=True))
        wrapped = any(column.form == "long" for column in table.columns)
        for place, column in enumerate(table.columns):
            if column.form == "tick":
                sheet.data_validation(top + 1, place, bottom, place, {"validate": "list", "source": ["x"]})
        own = [column.formula and _of_row(column.formula, name) for column in table.columns]
        for number, row in enumerate(rows, top + 1):
            if wrapped:
                sheet.set_row(number, height(row, table.columns))
            for place, cell in enumerate(row):
                formula = own[place]
                if isinstance(cell, Formula):
                    cell = Formula(_of_row(cell.text, name), cell.value)
                elif formula is not None and isinstance(cell, int | float):
                    cell = Formula(formula, cell)
                self.put(sheet, number, place, cell, table.columns[place].form)
        return bottom + 1

    def put(self, sheet: Any, row: int, column: int, cell: Written, form: str) -> None:
        """Write a cell in one of the forms."""
        if isinstance(cell, Given):
            cell = cell.value
        if isinstance(cell, str):
            text = cell if form == "cpr" else safe(cell)
            sheet.write_string(row, column, text, self.form(form, quoted=text.startswith(_FORMULA_LIKE)))
        elif cell is None:
            sheet.write_blank(row, column, None, self.form(form))
        elif isinstance(cell, Formula):
            value = cell.value if isinstance(cell.value, str) else _stored(cell.value, form)
            sheet.write_formula(row, column, cell.text, self.form(form), value)
        elif isinstance(cell, Link):
            self._put_link(sheet, row, column, cell)
        else:
            sheet.write_number(row, column, _stored(cell, form), self.form(form))

    def _put_link(self, sheet: Any, row: int, column: int, link: Link) -> None:
        text = safe(link.text)
        self._links[sheet.name] += 1
        if self._links[sheet.name] > LINKS:
            self.put(sheet, row, column, text, "text")
            return
        form = self.form("link", quoted=text.startswith(_FORMULA_LIKE))
        sheet.write_url(row, column, f"internal:'{link.sheet}'!{link.cell}", form, text)

    def form(self, name: str, *, quoted: bool = False) -> Any:
        """A format by its name; ``quoted`` keeps Excel from reading the text as a formula when it is edited."""
        made = self._formats.get((name, quoted))
        if made is None:
            properties = FORMS[name] | ({"quote_prefix": True} if quoted else {})
            made = self._formats[name, quoted] = self._book.add_format(properties)
        return made


_BODY = {"font_size": 10, "valign": "vcenter", "indent": 1, "bottom": 1, "bottom_color": RULE_LINE}
_HEAD = {
    "font_size": 10,
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": HEAD,
    "valign": "vcenter",
    "text_wrap": True,
    "indent": 1,
}
FORMS: dict[str, dict[str, Any]] = {
    "text": _BODY,
    "cpr": _BODY,
    "long": {**_BODY, "text_wrap": True},
    "value": {**_BODY, "num_format": "General", "align": "left"},
    "count": {**_BODY, "num_format": "#,##0", "align": "right", "indent": 0},
    "plain number": {**_BODY, "num_format": "0", "align": "right", "indent": 0},
    "days": {**_BODY, "num_format": '[=1]0 "dag";#,##0 "dage"', "align": "right", "indent": 0},
    "change": {**_BODY, "num_format": "+0;-0;+0", "align": "right", "indent": 0},
    "decimal": {**_BODY, "num_format": "#,##0.00", "align": "right", "indent": 0},
    "money": {**_BODY, "num_format": "#,##0.00", "align": "right", "indent": 0},
    "exact": {**_BODY, "num_format": "#,##0.0000", "align": "right", "indent": 0},
    "day": {**_BODY, "num_format": "dd-mm-yyyy", "align": "left"},
    "month day": {**_BODY, "num_format": "mm-yyyy", "align": "left"},
    "share": {**_BODY, "num_format": "0.0 %", "align": "right", "indent": 0},
    "rate": {**_BODY, "num_format": "0 %", "align": "right", "indent": 0},
    "per cent": {**_BODY, "num_format": "General", "align": "right", "indent": 0},
    "fine rate": {**_BODY, "num_format": "0.00###### %", "align": "right", "indent": 0},
    "tick": {**_BODY, "align": "center", "indent": 0, "bg_color": TO_FILL},
    "fill": {**_BODY, "bg_color": TO_FILL},
    "fill money": {**_BODY, "num_format": "#,##0.00", "align": "right", "indent": 0, "bg_color": TO_FILL},
    "fill day": {**_BODY, "num_format": "dd-mm-yyyy", "align": "left", "bg_color": TO_FILL},
    "link": {**_BODY, "font_color": "#0563C1", "underline": 1},
    "head": _HEAD,
    "head right": {**_HEAD, "align": "right", "indent": 0},
    "title": {"font_size": 14, "bold": True, "font_color": INK},
    "heading": {"font_size": 12, "bold": True, "font_color": INK},
    "sum count": {"font_size": 10, "bold": True, "num_format": "#,##0", "align": "right"},
    "sum money": {"font_size": 10, "bold": True, "num_format": "#,##0.00", "align": "right"},
    "plain": {"font_size": 10},
    "plain bold": {"font_size": 10, "bold": True},
    "plain day": {"font_size": 10, "num_format": "dd-mm-yyyy", "align": "left"},
    "note": {"font_size": 10, "text_wrap": True, "valign": "top"},
    "mark": {"font_size": 12, "bold": True, "font_color": "#C00000"},
    "fewer": {"num_format": '"▼ "0.0 %', "bg_color": "#CFE3D6", "font_color": "#17693F", "bold": True},
    "more": {"num_format": '"▲ "0.0 %', "bg_color": "#F8D7D3", "font_color": "#A8201A", "bold": True},
    "big label": {"font_size": 14, "bold": True, "valign": "vcenter"},
    "big money": {"font_size": 18, "bold": True, "num_format": '#,##0.00 "kr."', "align": "left", "valign": "vcenter"},
    "big count": {"font_size": 18, "bold": True, "num_format": "#,##0", "align": "left", "valign": "vcenter"},
    "big text": {"font_size": 14, "bold": True, "align": "left", "valign": "vcenter"},
}
"""Every look a cell can have."""


def height(row: Row, columns: Sequence[Column], *, bold: bool = False) -> float:
    """The height in points that a row needs for its wrapped text. Said outright: not every program finds it itself."""
    if not bold and not any(column.form == "long" for column in columns):
        return PLAIN
    lines = 1
    for cell, column in zip(row, columns, strict=True):
        if isinstance(cell, str) and (bold or column.form == "long"):
            room = max(1, int((column.width - 1) * (1.1 if bold else 1.25)))
            lines = max(lines, len(wrap(cell, room)))
    return min(409.0, LINE * lines + 4)


_SHARES = frozenset({"share", "rate", "fine rate", "per cent"})
_NUMBERS = _SHARES | {"count", "plain number", "days", "change", "decimal", "money", "exact"}


def _is_number(column: Column) -> bool:
    return column.form in _NUMBERS


def _stored(value: int | float | None, form: str) -> int | float | str:
    """A value as the file holds it: øre as kroner, a day as the spreadsheet's number for it."""
    if value is None:
        return ""
    if form.endswith("money"):
        return value / 100
    return value - EPOCH if form.endswith("day") else value


def _of_row(formula: str, table: str) -> str:
    """``[@Heading]`` as the file format writes it: ``Table[[#This Row],[Heading]]``."""
    return re.sub(r"\[@([^\]]+)\]", rf"{table}[[#This Row],[\1]]", formula)
