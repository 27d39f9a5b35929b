"""Spreadsheets: .xlsx and .xlsm (the macros are not run), .xls, and .ods. One sheet is one table.

python-calamine reads the cells. What it does not tell, ``unshown`` finds in the file itself: a cell with an error, or
with a formula that was never worked out, is unreadable and not blank.

Some things no reader can see. A program that writes formulas without working them out may store 0 as their value, and
in a .xls it always does: then 0 is read. And a tabulator inside the text of a cell of an .ods is lost.
"""

import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kommunecheck.adapters.files import digest, open_package, read_whole, refuse_settings
from kommunecheck.adapters.panics import is_panic, without_panics
from kommunecheck.adapters.unshown import Damaged, Locked, Unshown
from kommunecheck.adapters.unshown.ods import ods_sheets
from kommunecheck.adapters.unshown.parts import part_of
from kommunecheck.adapters.unshown.xls import OLE, xls_sheets
from kommunecheck.adapters.unshown.xlsx import xlsx_parts, xlsx_sheet
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.wording import number
from kommunecheck.ports import HEAD_ROWS, UNREADABLE, WRITTEN_BY, TextTable, Wanted

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")

ODS_CONTENT = "content.xml"
ODS_MANIFEST = "META-INF/manifest.xml"

MADE_BY = "Excel eller LibreOffice"

TOGETHER = 1000
"""Rows turned into columns at a time: a large sheet is not held twice, and few rows stay near the processor."""

MOST_KEPT = 100_000
"""Distinct values of one type whose text is kept."""

TEXT_LOOKED_AT = 1000
"""Bytes that show whether a file is text."""

_SIGNS = bytes([*b"\t\r\n", *range(0x20, 0x100)])
"""The bytes that text is made of, in whatever encoding."""

MOST_NAMES = 12
"""Sheets that are named to the user."""

FLOAT_DECIMALS = 10
"""As many as a number written with two can be trusted to; what comes after is the noise of binary fractions."""

EXACT = 10**15
"""From here on a spreadsheet keeps fewer digits of a number than it has: of a long id, the last have become 0."""


def sheets(path: Path) -> tuple[str, ...]:
    """The names of the workbook's sheets, in its order; none of one that we wrote ourselves: it is no export.

    Raises ``UserError`` as ``read``.
    """
    book = _opened(read_whole(path), path.name)
    return () if book.is_ours else book.names


def read(path: Path, wanted: Wanted) -> TextTable:
    """One sheet's cells as text.

    Raises ``UserError`` when the file cannot be opened, is no workbook, is damaged, has a password, is empty, lacks the
    sheet or the row of headings that is asked for, has a cell so far out that it would fill the memory, or is told to
    be a text file.
    """
    refuse_settings(path.name, "et regneark", {"encoding": wanted.encoding, "delimiter": wanted.delimiter})
    raw = read_whole(path)
    sha256 = digest(raw)
    book = _opened(raw, path.name)
    del raw
    sheet, heading = _chosen(book, wanted)
    frame = _frame(sheet, path.name, heading)
    headings = [*heading.cells, *[""] * (frame.width - 1 - len(heading.cells))]
    kept = len(headings)
    while kept and not headings[kept - 1].strip() and not _holds_text(frame[str(kept - 1)]):
        kept -= 1
    frame = frame.select([*(str(place) for place in range(kept)), "row"])
    return TextTable(
        tuple(headings[:kept]),
        heading.row,
        frame,
        (),
        sha256,
        sheet.name,
        is_hidden=sheet.name in book.hidden,
        others=tuple(name for name in book.names if name != sheet.name and name not in book.hidden),
    )


def _holds_text(cells: pl.Series) -> bool:
    return bool((cells.str.strip_chars() != "").any())


# Opening


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook that calamine has opened. ``look`` finds what calamine does not show of a sheet."""

    file: str
    workbook: CalamineWorkbook
    names: tuple[str, ...]
    hidden: frozenset[str]
    look: Callable[[str], Unshown]
    is_ours: bool = False

    def sheet(self, name: str) -> "_Sheet | None":
        """The sheet of that name; ``None`` if it has no cells."""
        with _readable(self.file):
            unshown = self.look(name)
            workbook = _loaded(unshown.readable) if unshown.readable else self.workbook
            cells = workbook.get_sheet_by_name(name)
        return None if cells.start is None else _Sheet(name, cells, cells.start[1], unshown)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet with cells in it. calamine's columns begin at ``left``, its rows at the sheet's first."""

    name: str
    cells: CalamineSheet
    left: int
    unshown: Unshown

    def rows(self) -> Iterator[Sequence[Any]]:
        """The rows. Where calamine gives up a row for a number that is no day, they are taken from a plainer sheet."""
        done = 0
        try:
            for row in self.cells.iter_rows():
                yield row
                done += 1
        except BaseException as error:
            if self.unshown.plain is None or not (isinstance(error, ArithmeticError) or is_panic(error)):
                raise
        else:
            return
        plain = _loaded(self.unshown.plain()).get_sheet_by_name(self.name)
        yield from islice(plain.iter_rows(), done, None)


def _opened(raw: bytes, name: str) -> _Book:
    """The workbook. What kind it is shows from its bytes: only an old one may look as a protected new one does."""
    if raw.startswith(OLE) and name.lower().endswith(".xls"):
        with _readable(name):
            found, sound = xls_sheets(raw, name)
            workbook = _loaded(sound)
            order = [sheet.name for sheet in workbook.sheets_metadata]
            if len(order) != len(found):
                raise Damaged
        return _book(name, workbook, dict(zip(order, found, strict=True)).__getitem__)
    if _is_text(raw):
        raise UserError(
            f"{name} er en tekstfil, selv om den er kaldt et regneark. Åbn den i {MADE_BY}, og gem den som .xlsx."
        )
    package = open_package(raw, name, MADE_BY)
    with _readable(name):
        if len(set(package.namelist())) < len(package.namelist()):
            raise Damaged  # two files of one name: which of them calamine would read is not known
        look = _look_in(package, name)
        workbook = _loaded(raw)
    return replace(_book(name, workbook, look), is_ours=_is_ours(package))


_AUTHOR = "docProps/core.xml", f"creator>{WRITTEN_BY}".encode()


def _is_ours(package: ZipFile) -> bool:
    """Whether the workbook says that we wrote it; whoever saves it again remains its author."""
    part, author = _AUTHOR
    return part in package.namelist() and author in part_of(package, part)


def _is_text(raw: bytes) -> bool:
    """Whether it is lines of text, or a web page: many systems call their exports workbooks."""
    head = raw[:TEXT_LOOKED_AT]
    return head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or (b"\n" in head and not head.translate(None, _SIGNS))


def _look_in(package: ZipFile, name: str) -> Callable[[str], Unshown]:
    """How to look at a sheet of a packed workbook. An .ods is looked at as a whole, before calamine reads it so."""
    if ODS_MANIFEST in package.namelist() and b"encryption-data" in part_of(package, ODS_MANIFEST):
        raise Locked
    if ODS_CONTENT in package.namelist():
        found = ods_sheets(part_of(package, ODS_CONTENT), name)
        return lambda sheet: found.get(sheet) or Unshown()
    parts = xlsx_parts(package)

    def look(sheet: str) -> Unshown:
        if sheet not in parts:
            raise Damaged
        return xlsx_sheet(package, parts[sheet], name)

    return look


def _loaded(raw: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(raw))


def _book(name: str, workbook: CalamineWorkbook, look: Callable[[str], Unshown]) -> _Book:
    """The workbook with the sheets that have cells at all: a diagram can be a sheet too."""
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    hidden = frozenset(sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible)
    return _Book(name, workbook, tuple(sheet.name for sheet in sheets), hidden, look)


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """What cannot be read of the file becomes a sentence of ours.

    calamine has its own exceptions, lets some of Python's through, and can panic.
    """
    try:
        with without_panics():
            yield
    except (PasswordError, Locked):
        raise UserError(f"{name} er beskyttet med en adgangskode. Fjern den i {MADE_BY}, og gem filen igen.") from None
    except (CalamineError, Damaged, OSError, ValueError, ArithmeticError):
        raise UserError(_damaged(name)) from None
    except BaseException as error:
        if not is_panic(error):
            raise
        raise UserError(_damaged(name)) from None


def _damaged(name: str) -> str:
    return (
        f"{name} er beskadiget eller ikke et regneark og kan ikke læses. "
        f"Åbn filen i {MADE_BY}, og gem den igen, eller hent den på ny."
    )


# Choosing

_Merged = tuple[tuple[int, int], tuple[int, int]]
"""Cells shown as one, from the first (row, column) to the last, counted from 0."""


class _Heading(NamedTuple):
    """The row with the headings, counted from 1, and its cells."""

    row: int
    cells: list[str]


def _chosen(book: _Book, wanted: Wanted) -> tuple[_Sheet, _Heading]:
    """The sheet that is asked for, else the table's own, else the first with its headings, else the first with cells.

    A hidden sheet is only looked at when no other has the headings: nobody can see that it is read.
    """
    if book.is_ours and wanted.sheet is None:
        raise UserError(f"{book.file} er skrevet af kommunecheck selv og er ikke et udtræk. Læg den et andet sted.")
    name = _named(book, wanted)
    fallback: _Sheet | None = None
    for candidate in sorted(book.names, key=book.hidden.__contains__) if name is None else (name,):
        sheet = book.sheet(candidate)
        if sheet is None:
            continue
        heading = _find_heading(sheet, book.file, wanted)
        if heading is not None:
            return sheet, heading
        fallback = fallback or sheet
    if fallback is None:
        which = book.file if name is None or len(book.names) == 1 else f"{book.file}: arket {_quoted(name)}"
        empty = "er tom" if which == book.file else "er tomt"
        raise UserError(f"{which} {empty}. Der ventes en række med overskrifter og derunder en række for hver linje.")
    return fallback, _first_row(fallback, book.file, wanted)


def _named(book: _Book, wanted: Wanted) -> str | None:
    """The sheet with the name that is asked for, or with the table's. Case and blanks around it do not matter."""
    by_name = {name.strip().casefold(): name for name in reversed(book.names)}
    if wanted.sheet is None:
        return by_name.get(wanted.table.casefold())
    found = by_name.get(wanted.sheet.strip().casefold())
    if found is None:
        listed = ", ".join(_quoted(name) for name in book.names[:MOST_NAMES])
        raise UserError(
            f"{book.file} har intet ark med navnet {_quoted(wanted.sheet)}. Filen har "
            f"{number(len(book.names), 'ark', 'ark')}{': ' + listed if listed else ''}. "
            "Ret `sheet` for kilden i kommunecheck.toml."
        )
    return found


def _quoted(name: str) -> str:
    """A sheet's name as it may be shown: it can be a person's number."""
    return f"»{masked(name.strip())}«"


def _find_heading(sheet: _Sheet, file: str, wanted: Wanted) -> _Heading | None:
    """The first row that can be the headings, else the first that can with the row above it; ``None`` if none can."""
    head = _head(sheet, file, wanted.header_row or HEAD_ROWS)
    rows = range(len(head)) if wanted.header_row is None else range(wanted.header_row - 1, len(head))
    for row in rows:
        if wanted.is_heading(head[row]):
            return _Heading(row + 1, head[row])
    with _readable(file):
        ranges = sheet.cells.merged_cell_ranges
    merged = None if ranges is None else [one for one in ranges if one[0][0] < len(head)]
    for row in rows:
        cells = _with_row_above(head, row, merged)
        if wanted.is_heading(cells):
            return _Heading(row + 1, cells)
    return None


def _with_row_above(head: list[list[str]], row: int, merged: Sequence[_Merged] | None) -> list[str]:
    """The row's cells, where a blank one that is merged with a cell above it holds what stands in that.

    So a heading can be two rows high: a title over some columns and their names under it, beside names that take up
    both rows. A .ods does not tell what is merged; there any blank cell borrows from the one above.
    """
    cells = list(head[row])
    if row and merged is None:
        return [cell if cell.strip() else above for cell, above in zip(cells, head[row - 1], strict=True)]
    for (top, left), (bottom, _) in merged or ():
        if top < row <= bottom and left < len(cells) and not cells[left].strip():
            cells[left] = head[top][left]
    return cells


def _first_row(sheet: _Sheet, file: str, wanted: Wanted) -> _Heading:
    """The row to take for the headings where none looks like them. Raises ``UserError``."""
    head = _head(sheet, file, wanted.header_row or HEAD_ROWS)
    begins = wanted.header_row or 1
    for row, cells in enumerate(head[begins - 1 :], start=begins):
        if any(cell.strip() for cell in cells):
            return _Heading(row, cells)
    where = f"{file}, arket {_quoted(sheet.name)}"
    if wanted.header_row is not None:
        raise UserError(
            f"{where}, har ingen overskrifter i række {wanted.header_row}. "
            "Ret `header_row` for kilden i kommunecheck.toml."
        )
    raise UserError(
        f"{where}: de første {HEAD_ROWS} rækker er tomme. Slet de tomme rækker over overskrifterne, "
        "eller skriv `header_row` for kilden i kommunecheck.toml."
    )


def _head(sheet: _Sheet, file: str, rows: int) -> list[list[str]]:
    """The sheet's first rows as text, from its first column."""
    left = [""] * sheet.left
    with _readable(file):
        return [left + [_TEXTS[type(cell)](cell) for cell in row] for row in islice(sheet.rows(), rows)]


# The table


def _frame(sheet: _Sheet, file: str, heading: _Heading) -> pl.DataFrame:
    """The rows below the headings: every column of the sheet as text, and ``row``.

    What has no value may lie outside of what calamine takes for the sheet.
    """
    columns = _columns(sheet, file, heading.row)
    below = [(row - heading.row, column) for row, column in sheet.unshown.valueless if row >= heading.row]
    height = max([len(columns[0]) if columns else 0, *(row + 1 for row, _ in below)])
    width = max([len(heading.cells), sheet.left + len(columns), *(column + 1 for _, column in below)])
    blank = pl.Series([None], dtype=pl.String).new_from_index(0, height)
    if columns and len(columns[0]) < height:
        columns = [column.extend_constant(None, height - len(column)) for column in columns]
    columns = [blank] * sheet.left + columns + [blank] * (width - sheet.left - len(columns))
    unreadable: dict[int, set[int]] = {}
    for row, column in below:
        unreadable.setdefault(column, set()).add(row)
    for place, rows in unreadable.items():
        columns[place] = columns[place].clone().scatter(sorted(rows), UNREADABLE)
    frame = pl.DataFrame([column.alias(str(place)) for place, column in enumerate(columns)])
    numbers = pl.int_range(heading.row + 1, heading.row + 1 + height, dtype=pl.UInt32, eager=True)
    return frame.with_columns(pl.when(pl.all() != "").then(pl.all()), numbers.alias("row"))


def _columns(sheet: _Sheet, file: str, header_row: int) -> list[pl.Series]:
    """The columns from calamine's first, as far down as it has cells; blank cells are empty texts."""
    written = {kind: _Written(text) for kind, text in _TEXTS.items()}
    parts: list[list[pl.Series]] = []
    with _readable(file):
        rows = islice(sheet.rows(), header_row, None)
        while batch := list(islice(rows, TOGETHER)):
            parts.append([_column(cells, written) for cells in zip(*batch, strict=True)])
    return [pl.concat(column) for column in zip(*parts, strict=True)]


class _Written(dict[Any, str]):
    """The text of each value of one type, written when it is first asked for; and blank for a blank cell."""

    def __init__(self, text: Callable[[Any], str]) -> None:
        super().__init__()
        self.text = text

    def __missing__(self, value: Any) -> str:
        if len(self) >= MOST_KEPT:
            self.clear()
        text = self[value] = value if type(value) is str else self.text(value)
        return text


def _column(cells: Sequence[Any], written: Mapping[type, _Written]) -> pl.Series:
    """The cells' texts. Types are kept apart: 1, 1.0 and true would be the same value to a ``dict``."""
    kinds = set(map(type, cells)) - {str}
    if len(kinds) == 1:
        cells = list(map(written[kinds.pop()].__getitem__, cells))
    elif kinds:
        cells = [written[type(cell)][cell] for cell in cells]
    return pl.Series(cells, dtype=pl.String)


def _number_text(value: float) -> str:
    """The number as it was meant: ``123`` and not ``123.0``, ``0,3`` and not ``0.30000000000000004``.

    Decimals stand behind a comma: behind a dot, three of them would be thousands.
    """
    if not isfinite(value) or abs(value) >= EXACT:
        return UNREADABLE
    value = round(value, FLOAT_DECIMALS)
    if value.is_integer():
        return str(int(value))
    text = repr(value)
    return (text if "e" not in text else f"{value:.{FLOAT_DECIMALS}f}".rstrip("0")).replace(".", ",")


def _moment_text(value: datetime) -> str:
    """A day, with the time of day if there is one."""
    midnight = value.time() == time()
    return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: _number_text,
    date: date.isoformat,
    datetime: _moment_text,
    time: time.isoformat,
    timedelta: str,
}
"""How each type of cell that calamine gives is written."""
