"""A sheet of several headed blocks, one below the other: the first sheet and the last."""

from collections.abc import Iterable, Sequence
from typing import Any

from kommunecheck.reports.excel.book import LINE, MARGIN, PLAIN, Book, Cell, Column, Formula, Link, Row, Table, height

ACROSS, DOWN = (11.69 - 2 * MARGIN) * 72, (8.27 - 2 * MARGIN) * 72
"""The points there are to print on."""

CHARACTER = 6.0
"""The points a column takes for each of its characters, in the widest of the fonts a machine may have."""


class Page:
    """Writes blocks downwards. ``top`` is the next free row, counted from 0.

    ``blocks`` tells the first and the last row of each, by its heading.

    A block is not divided between two printed pages if it fits on one. Excel breaks pages by itself where a sheet is
    fitted to its width, so these are scaled instead.
    """

    def __init__(self, book: Book, name: str, widths: Sequence[float]) -> None:
        self.book, self.name, self.top = book, name, 0
        self.blocks: dict[str, tuple[int, int]] = {}
        self.sheet: Any = book.sheet(name)
        self._widths, self._breaks = widths, list[int]()
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)
        scale = min(1.0, ACROSS / (CHARACTER * sum(widths)))
        self.sheet.set_print_scale(int(scale * 100))
        self._room, self._used = DOWN / scale * 0.96, 0.0

    def line(self, text: str, form: str = "plain") -> None:
        """A line of text that may run on over the cells to its right."""
        self.book.put(self.sheet, self.top, 0, text, form)
        self.down(18 if form in ("title", "heading", "mark") else PLAIN)

    def paragraphs(self, texts: Iterable[str]) -> None:
        """Texts over the page's whole width, each as high as it needs to be: merged cells do not grow by themselves."""
        across = [Column("", "long", sum(self._widths))]
        for text in texts:
            if len(self._widths) > 1:  # a single cell cannot be merged
                self.sheet.merge_range(self.top, 0, self.top, len(self._widths) - 1, "", self.book.form("note"))
            self.book.put(self.sheet, self.top, 0, text, "note")
            self.down(height([text], across))

    def amount(self, label: str, cell: Cell | Formula, form: str) -> None:
        """An amount beside its label, in large letters."""
        self.book.put(self.sheet, self.top, 0, label, "big label")
        self.sheet.merge_range(self.top, 1, self.top, 3, "", self.book.form(form))
        self.book.put(self.sheet, self.top, 1, cell, form)
        self.down(30)

    def fact(self, label: str, cell: Cell, form: str = "plain") -> str:
        """A label and what it says. Gives the place of the latter, for formulas."""
        self.book.put(self.sheet, self.top, 0, label, "plain bold")
        self.book.put(self.sheet, self.top, 1, cell, form)
        self.down(PLAIN)
        return f"'{self.name}'!$B${self.top}"

    def facts(self, heading: str, facts: Iterable[tuple[str, Cell]]) -> None:
        """A heading, and below it labels with what they say; nothing where there are none."""
        told = list(facts)
        if told:
            self.begin(18 + PLAIN * len(told))
            self.line(heading, "heading")
            for label, cell in told:
                self.fact(label, cell)

    def leads(self, heading: str, leads: Iterable[tuple[Link, str]]) -> None:
        """A heading, and below it links, each with what it leads to."""
        told = list(leads)
        self.begin(18 + PLAIN * len(told))
        self.line(heading, "heading")
        for link, about in told:
            self.book.put(self.sheet, self.top, 0, link, "link")
            self.book.put(self.sheet, self.top, 1, about, "plain")
            self.down(PLAIN)

    def block(self, heading: str, columns: Sequence[Column], rows: Sequence[Row], note: str | None = None) -> None:
        """A heading and a table below it; none of them where there are no rows."""
        if not rows:
            return
        columns = [one._replace(width=width) for one, width in zip(columns, self._widths, strict=False)]
        self.begin(18 + (LINE + 4 if note else 0) + _height(columns, rows))
        self.line(heading, "heading")
        if note is not None:
            self.paragraphs([note])
        self.blocks[heading] = self.top + 1, self.top + len(rows)
        self._table(Table(self.called(heading), columns, rows))

    def called(self, heading: str) -> str:
        """The name in formulas of the block with this heading."""
        name = "".join(sign for sign in heading.title() if sign.isalpha())
        return f"{self.name}_{name}"[:60]

    def table(self, table: Table) -> None:
        """A table without a heading of its own."""
        columns = [one._replace(width=width) for one, width in zip(table.columns, self._widths, strict=False)]
        self.begin(_height(columns, table.rows))
        self._table(Table(table.name, columns, table.rows))

    def _table(self, table: Table) -> None:
        self.top = self.book.rows(self.sheet, table, self.top)
        self._used += _height(table.columns, table.rows)

    def texts(self, heading: str, texts: Iterable[str]) -> None:
        """A heading and paragraphs below it."""
        self.begin(4 * LINE)
        self.line(heading, "heading")
        self.paragraphs(texts)

    def space(self) -> None:
        """A blank line."""
        self.down(PLAIN)

    def down(self, points: float) -> None:
        """Leave the row, giving it its height."""
        self.sheet.set_row(self.top, points)
        self.top += 1
        self._used += points

    def begin(self, needed: float) -> None:
        """A blank line, or a new page where the block would not fit on this one."""
        self.space()
        if self._used + needed > self._room:
            self._breaks.append(self.top)
            self.sheet.set_h_pagebreaks(self._breaks)
            self._used = 0


def _height(columns: Sequence[Column], rows: Sequence[Row]) -> float:
    """The points that a table takes."""
    heads = height([one.title for one in columns], columns, bold=True)
    return sum((height(row, columns) for row in rows), heads)
