"""Workbooks of LibreOffice's (.ods), all sheets at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kommunecheck.adapters.unshown import Damaged, Extent, Unshown
from kommunecheck.adapters.unshown.parts import local, parse

_SHOWN_ERROR = re.compile(r"\s*(#\S.*[!?]|#N/A|#I/T|(Err|Fejl):\d+)\s*")
"""What a program shows for a formula that failed, in English or Danish."""


@dataclass(slots=True)
class _Table:
    """One sheet of an .ods while it is read. ``valueless`` are blocks: row, rows, column, columns."""

    extent: Extent
    row: int = 0
    rows: int = 1
    column: int = 0
    valueless: list[tuple[int, int, int, int]] = field(default_factory=list)

    def places(self) -> Iterator[tuple[int, int]]:
        """Every cell of the blocks. Only asked for when the extent is known to be bounded."""
        for row, rows, column, columns in self.valueless:
            for down in range(rows):
                yield from ((row + down, column + right) for right in range(columns))


def ods_sheets(content: bytes, name: str) -> dict[str, Unshown]:
    """The valueless cells of each sheet. Raises ``Damaged``, and ``UserError`` when its cells lie too far out.

    A cell and a row can say that they stand there many times: few bytes can be many cells.
    """
    reader = _OdsReader(name)
    parse(content, reader.start, reader.end, reader.characters)
    found: dict[str, Unshown] = {}
    for sheet, table in reader.tables.items():
        table.extent.check()
        found[sheet] = Unshown(list(table.places()))
    return found


class _OdsReader:
    """Goes through an .ods and notes where its filled and its valueless cells are."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tables: dict[str, _Table] = {}
        self.depth = 0
        self.columns = 1
        self.formula = self.valued = self.error = self.paragraph = False
        self.shown = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.table = self.tables[attributes.get("table:name", "")] = _Table(Extent(self.name))
        elif self.depth != 1:
            return
        elif tag == "table-row":
            self.table.rows = _repeated(attributes.get("table:number-rows-repeated"))
            self.table.column = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self.columns = _repeated(attributes.get("table:number-columns-repeated"))
            self.formula = "table:formula" in attributes
            self.valued = "office:value-type" in attributes
            self.error = attributes.get("calcext:value-type") == "error"
            self.paragraph, self.shown = False, ""
        elif tag == "p":
            self.paragraph = True

    def characters(self, data: str) -> None:
        if self.formula:
            self.shown += data

    def end(self, tag: str) -> None:
        tag = local(tag)
        if tag == "table":
            self.depth -= 1
        elif self.depth != 1:
            return
        elif tag == "table-row":
            self.table.row += self.table.rows
        elif tag in ("table-cell", "covered-table-cell"):
            self.end_of_cell()

    def end_of_cell(self) -> None:
        """A formula that gives an empty text has an empty paragraph and no type; one never worked out has neither."""
        table = self.table
        waiting = self.formula and not self.valued and not self.paragraph
        valueless = self.error or waiting or (self.formula and _SHOWN_ERROR.fullmatch(self.shown) is not None)
        if self.valued or valueless:
            table.extent.reach(table.row + table.rows, table.column + self.columns)
        if valueless:
            table.valueless.append((table.row, table.rows, table.column, self.columns))
        table.column += self.columns
        self.formula = False


def _repeated(times: str | None) -> int:
    if times is None:
        return 1
    if not (times.isascii() and times.isdecimal() and len(times) < 10):
        raise Damaged
    return int(times)
