"""Comma-separated files: UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252; ``;`` ``,`` or tab.

Two readers that give the same rows. polars reads a file that is sound: no quotes, and exactly as many separators as
its lines call for. Everything else goes row by row through the standard library, which follows quotes and tells
which rows have too few or too many cells.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import polars as pl

from kommunecheck.adapters.files import digest, read_whole
from kommunecheck.adapters.prose import is_prose, read_prose
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.wording import number as number_of
from kommunecheck.ports import HEAD_ROWS, MOST_COLUMNS, UNREADABLE, TextTable, Wanted

SUFFIXES = (".csv", ".txt", ".tsv")
DELIMITERS = (";", "\t", ",")

PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How spreadsheets begin, new and old, whatever ending somebody gave them."""

PIECE = 1 << 16
"""Bytes that are decoded at a time to see whether they can be."""

LONGEST_CELL = (1 << 31) - 1
"""As long as a cell may be where it stands in quotes: as long as without."""


def sheets(_: Path) -> tuple[str, ...]:
    """A text file has none."""
    return ()


def read(path: Path, wanted: Wanted) -> TextTable:
    """The file's cells as text.

    Raises ``UserError`` when the file cannot be opened, is not text in a known encoding, is empty, has a quote that is
    never closed, or is not what the configuration says.
    """
    _as_configured(path.name, wanted)
    raw = read_whole(path)
    with ThreadPoolExecutor(1) as beside:  # a large file takes as long to digest as to take apart
        sha256 = beside.submit(digest, raw)
        content = _as_utf8(raw, path.name, wanted.encoding)
        del raw  # one copy of a large file is enough
        if path.suffix.lower() == ".txt" and is_prose(path, text := content.decode(), wanted):
            return read_prose(path, text, sha256.result())
        first, line, delimiter = _heading_line(content, path.name, wanted)
        headings = tuple(line.split(delimiter))
        frame = _columnar(content, len(headings), delimiter, first)
        if frame is not None:
            return TextTable(headings, first, frame, (), sha256.result())
        return _row_by_row(content, delimiter, wanted, sha256.result(), path.name)


def _as_configured(name: str, wanted: Wanted) -> None:
    """Raises ``UserError`` when the configuration says of the file what a text file cannot be."""
    if wanted.sheet is not None:
        raise UserError(f"{name} er en tekstfil og har ingen ark. Fjern `sheet` for kilden i kommunecheck.toml.")
    delimiter = wanted.delimiter
    if delimiter is not None and (len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n\0'):
        raise UserError(f"{name}: `delimiter` for kilden i kommunecheck.toml skal være ét tegn, fx ; eller , eller |.")
    if wanted.encoding is not None:
        try:
            codecs.lookup(wanted.encoding)
        except (LookupError, ValueError):
            raise UserError(
                f"{name}: `encoding` for kilden i kommunecheck.toml kendes ikke. Skriv fx utf-8, utf-16 eller cp1252."
            ) from None


def _as_utf8(raw: bytes, name: str, encoding: str | None) -> bytes:
    """The bytes as UTF-8 without BOM and with plain line ends."""
    if raw.startswith(PACKED):
        raise UserError(
            f"{name} er ikke en tekstfil, men ligner et regneark. Giv filen regnearkets endelse, eller gem den som CSV."
        )
    content = raw.removeprefix(codecs.BOM_UTF8)
    found = encoding or _encoding(raw, content, name)
    if found is not None:
        try:
            content = content.decode(found).removeprefix("\ufeff").encode()
        except (UnicodeError, LookupError):
            remedy = "skriv" if encoding is None else "ret"
            raise UserError(
                f"{name} kan ikke læses som tekst. Gem filen som CSV i UTF-8 eller Windows-1252, "
                f"eller {remedy} `encoding` for kilden i kommunecheck.toml."
            ) from None
    if content[:4096].count(0) > len(content[:4096]) // 4:
        raise UserError(
            f"{name} består mest af nul-tegn: filen er beskadiget eller gemt som UTF-16 uden BOM. Hent udtrækket igen, "
            "gem filen som CSV i UTF-8, eller skriv `encoding` for kilden i kommunecheck.toml."
        )
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in content else content


def _encoding(raw: bytes, content: bytes, name: str) -> str | None:
    """What the file is encoded in; ``None`` for UTF-8.

    Raises ``UserError`` for UTF-8 that is broken: read as Windows-1252 it would turn every æ, ø and å into two signs.
    """
    if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    broken_at = _broken_at(content)
    if broken_at is None:
        return None
    text = content.decode(errors="replace")
    broken = text.count("\ufffd")
    if len(text) - len(text.encode("ascii", "ignore")) <= 2 * broken:
        return "cp1252"
    row = content.count(b"\n", 0, broken_at) + 1
    raise UserError(
        f"{name}, række {row}: filen er gemt i UTF-8, men her står noget andet, eller filen er ikke hel. "
        "Hent udtrækket igen, eller gem hele filen i UTF-8."
    )


def _broken_at(content: bytes) -> int | None:
    """Where the first byte stands that is no UTF-8; ``None`` where all is.

    Asked a little at a time: a large file is quick to look through, and slow to copy.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(content) + PIECE, PIECE):  # the last piece lies behind the end, and is empty
        try:
            decoder.decode(content[start : start + PIECE], final=start >= len(content))
        except UnicodeDecodeError as error:
            kept = len(decoder.getstate()[0])  # of the piece before, where a sign is cut in two
            return min(start, len(content)) - kept + error.start
    return None


def _heading_line(content: bytes, name: str, wanted: Wanted) -> tuple[int, str, str]:
    """The line with the headings: its number, counted from 1, its text, and the separator of its cells."""
    found = _find_heading(content, wanted)
    if found is None:
        raise UserError(_no_heading(content, name, wanted))
    number, line, delimiter = found
    cells = line.count(delimiter) + 1
    if cells > MOST_COLUMNS:
        raise UserError(
            f"{name}, række {number}: rækken har {number_of(cells, 'celle', 'celler')} og kan ikke være overskrifter. "
            "Hent udtrækket igen."
        )
    if wanted.delimiter and any(_is_heading(line, other, wanted) for other in DELIMITERS if other != delimiter):
        raise UserError(
            f"{name}, række {number}: overskrifterne er adskilt af et andet tegn end det, der står som `delimiter` for "
            "kilden i kommunecheck.toml. Ret eller fjern det."
        )
    return found


def _find_heading(content: bytes, wanted: Wanted) -> tuple[int, str, str] | None:
    """The first line that can be the headings, else the first that is not blank; ``None`` if there is none."""
    first = None
    delimiters = (wanted.delimiter,) if wanted.delimiter else DELIMITERS
    for number, line in _first_lines(content, wanted.header_row or 1):
        delimiter = max(delimiters, key=line.count)
        first = first or (number, line, delimiter)
        if wanted.header_row or _is_heading(line, delimiter, wanted):
            return number, line, delimiter
    return first


def _is_heading(line: str, delimiter: str, wanted: Wanted) -> bool:
    """Whether the line's cells can be the table's headings; a line with more than those is not taken apart."""
    if line.count(delimiter) >= MOST_COLUMNS:
        return False
    return wanted.is_heading([cell.strip('"') for cell in line.split(delimiter)])


def _no_heading(content: bytes, name: str, wanted: Wanted) -> str:
    """Why there is no line to take for the headings."""
    if not content.strip():
        return f"{name} er tom. Der ventes en linje med overskrifter og en linje for hver række."
    if wanted.header_row is not None:
        return (
            f"{name} har ingen overskrifter i række {wanted.header_row}. "
            "Ret `header_row` for kilden i kommunecheck.toml."
        )
    return (
        f"{name}: de første {HEAD_ROWS} rækker er tomme. Slet de tomme rækker over overskrifterne, "
        "eller skriv `header_row` for kilden i kommunecheck.toml."
    )


def _first_lines(content: bytes, begins: int) -> Iterator[tuple[int, str]]:
    """The first lines from ``begins`` that are not blank, each with its number."""
    start = number = 0
    while start < len(content) and number < begins + HEAD_ROWS:
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        number += 1
        line = content[start:end].decode()
        if line.strip() and number >= begins:
            yield number, line
        start = end + 1


def _columnar(content: bytes, columns: int, delimiter: str, first: int) -> pl.DataFrame | None:
    """All columns at once; ``None`` if the file is not sound and must be read row by row.

    Sound is: no quotes, and as many cells in every row as there are headings. polars refuses a row with too many; a
    row with too few ends in a cell without a value, and so may a row whose last cell is blank: then all bytes are
    accounted for, those of the cells and one behind each.
    """
    if columns == 1 or b'"' in content or b"\0" in content:
        return None
    _, line = next(_first_lines(content, first + 1), (0, ""))
    if line.count(delimiter) != columns - 1:  # polars makes room for as many columns as the first row has
        return None
    names = [str(number) for number in range(columns)]
    try:
        frame = pl.read_csv(
            content,
            separator=delimiter,
            has_header=False,
            skip_lines=first,
            schema=dict.fromkeys(names, pl.String),
            quote_char=None,
        )
    except pl.exceptions.NoDataError:
        return pl.DataFrame(schema={"row": pl.UInt32, **dict.fromkeys(names, pl.String)})
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError):
        return None
    if frame[names[-1]].null_count():
        cells = sum(frame.select(pl.all().str.len_bytes().sum()).row(0))
        if cells + frame.height * columns != len(content) - _behind(content, first) + (not content.endswith(b"\n")):
            return None
    return frame.with_row_index("row", first + 1)


def _behind(content: bytes, line: int) -> int:
    """Where the line behind the one with this number, counted from 1, begins."""
    begins = 0
    for _ in range(line):
        begins = content.find(b"\n", begins) + 1 or len(content)
    return begins


def _row_by_row(content: bytes, delimiter: str, wanted: Wanted, sha256: str, name: str) -> TextTable:
    found = _heading_row(_rows(content, delimiter, name), wanted)
    if found is None:
        raise UserError(_no_heading(content, name, wanted))
    header_row, headings = found
    damaged = b"\0" in content
    numbers: list[int] = []
    kept: list[list[str | None]] = []
    ragged: list[tuple[int, int]] = []
    for number, row in _rows(content, delimiter, name):
        if number <= header_row:
            continue
        while len(row) > len(headings) and not row[-1].strip():
            row.pop()
        swallowed = sum(_swallowed(cell, place, len(row), delimiter) for place, cell in enumerate(row) if "\n" in cell)
        if len(row) != len(headings) or swallowed:
            ragged.append((number, len(row) + swallowed))
            continue
        numbers.append(number)
        if damaged:
            row = [UNREADABLE if "\0" in cell else cell for cell in row]
        kept.append([cell or None for cell in row])
    schema = {str(column): pl.String for column in range(len(headings))}
    frame = pl.DataFrame(kept, schema=schema, orient="row").with_columns(pl.Series("row", numbers, dtype=pl.UInt32))
    return TextTable(tuple(headings), header_row, frame, tuple(ragged), sha256)


def _swallowed(cell: str, place: int, columns: int, delimiter: str) -> int:
    """How many cells of this row and those below it stand in one, behind a quote that was not meant to open a cell.

    Each line then has just the separators that it would have without quotes. In a text of several lines, that is meant
    to stand in one cell, they do not.
    """
    first, *between, last = (line.count(delimiter) for line in cell.split("\n"))
    whole = columns - 1
    is_rows = (first, last) == (whole - place, place) and all(one == whole for one in between)
    return cell.count(delimiter) if is_rows and whole > 1 else 0


def _heading_row(rows: Iterator[tuple[int, list[str]]], wanted: Wanted) -> tuple[int, list[str]] | None:
    """The row with the headings by the rules of quotes: a heading may hold a separator or a line break."""
    first = None
    begins = wanted.header_row or 1
    for number, row in islice(rows, begins + HEAD_ROWS):
        if number < begins or len(row) > MOST_COLUMNS:
            continue
        first = first or (number, row)
        if wanted.header_row or wanted.is_heading(row):
            return number, row
    return first


def _rows(content: bytes, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with its number, by the rules of quotes."""
    number = 0
    csv.field_size_limit(LONGEST_CELL)
    lines = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="\n")
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), start=1):
            if any(cell.strip() for cell in row):
                yield number, row
    except csv.Error:
        raise UserError(
            f"{name} kan ikke læses fra omkring række {number + 1}: et anførselstegn er ikke lukket, eller der står "
            "noget efter det. Ret rækken i filen, eller hent udtrækket igen."
        ) from None
