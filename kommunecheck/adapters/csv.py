"""Comma-separated files: UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252; ``;`` ``,`` or tab.

Two readers that give the same rows. polars reads a file that is sound: no quotes, and exactly as many separators as
its lines call for. Everything else goes row by row through the standard library, which follows quotes and tells
which rows have too few or too many cells.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import polars as pl

from kommunecheck.adapters.files import read_whole
from kommunecheck.domain.errors import UserError
from kommunecheck.ports import HEAD_ROWS, MOST_COLUMNS, TextTable, Wanted

SUFFIXES = (".csv", ".txt", ".tsv")
DELIMITERS = (";", "\t", ",")


def sheets(_: Path) -> tuple[str, ...]:
    """A text file has none."""
    return ()


def read(path: Path, wanted: Wanted) -> TextTable:
    """The file's cells as text.

    Raises ``UserError`` when the file cannot be opened, is not text in a known encoding, is empty, or has a quote
    that is never closed.
    """
    raw, sha256 = read_whole(path)
    content = _as_utf8(raw, path.name, wanted.encoding)
    del raw  # one copy of a large file is enough
    first, line, delimiter = _heading_line(content, path.name, wanted)
    headings = tuple(line.split(delimiter))
    if len(headings) > MOST_COLUMNS:
        raise UserError(
            f"{path.name}, række {first}: rækken har {len(headings)} celler og kan ikke være overskrifter. "
            "Hent udtrækket igen."
        )
    frame = _columnar(content, len(headings), delimiter, first)
    if frame is not None:
        return TextTable(headings, first, frame, (), sha256)
    return _row_by_row(content, delimiter, wanted, sha256, path.name)


def _as_utf8(raw: bytes, name: str, encoding: str | None) -> bytes:
    """The bytes as UTF-8 without BOM and with plain line ends."""
    content = raw.removeprefix(codecs.BOM_UTF8)
    if encoding is None and raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        encoding = "utf-16"
    if encoding is None and not _is_utf8(content):
        encoding = "cp1252"
    if encoding is not None:
        try:
            content = content.decode(encoding).removeprefix("\ufeff").encode()
        except (UnicodeDecodeError, LookupError):
            raise UserError(
                f"{name} kan ikke læses som tekst. Gem filen som CSV i UTF-8 eller Windows-1252, "
                "eller skriv `encoding` for kilden i kommunecheck.toml."
            ) from None
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in content else content


def _is_utf8(content: bytes) -> bool:
    if content.isascii():
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _heading_line(content: bytes, name: str, wanted: Wanted) -> tuple[int, str, str]:
    """The line with the headings: its number, counted from 1, its text, and the separator of its cells."""
    first: tuple[int, str, str] | None = None
    delimiters = (wanted.delimiter,) if wanted.delimiter else DELIMITERS
    for number, line in _first_lines(content, wanted.header_row or 1):
        delimiter = max(delimiters, key=line.count)
        first = first or (number, line, delimiter)
        if wanted.header_row or wanted.is_heading([cell.strip('"') for cell in line.split(delimiter)]):
            return number, line, delimiter
    if first is None:
        raise UserError(f"{name} er tom. Der ventes en linje med overskrifter og en linje for hver række.")
    return first


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
    row with too few ends in a cell without a value, and so may a row whose last cell is blank: then the separators are
    counted.
    """
    if columns == 1 or b'"' in content or b"\0" in content:
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
            row_index_name="row",
            row_index_offset=first + 1,
        )
    except pl.exceptions.NoDataError:
        return pl.DataFrame(schema={"row": pl.UInt32, **dict.fromkeys(names, pl.String)})
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError):
        return None
    if frame[names[-1]].null_count():
        lines = content.count(b"\n") + (not content.endswith(b"\n")) - (first - 1)
        if content.count(delimiter.encode()) != lines * (columns - 1):
            return None
    return frame


def _row_by_row(content: bytes, delimiter: str, wanted: Wanted, sha256: str, name: str) -> TextTable:
    rows = _rows(content, delimiter, name)
    begins = wanted.header_row or 1
    head = [(number, row) for number, row in islice(rows, begins + HEAD_ROWS) if number >= begins]
    place = next((place for place, (_, row) in enumerate(head) if wanted.header_row or wanted.is_heading(row)), 0)
    header_row, headings = head[place]
    numbers: list[int] = []
    kept: list[list[str | None]] = []
    ragged: list[tuple[int, int]] = []
    for number, row in chain(head[place + 1 :], rows):
        while len(row) > len(headings) and not row[-1].strip():
            row.pop()
        if len(row) != len(headings):
            ragged.append((number, len(row)))
            continue
        numbers.append(number)
        kept.append([cell or None for cell in row])
    schema = {str(column): pl.String for column in range(len(headings))}
    frame = pl.DataFrame(kept, schema=schema, orient="row").with_columns(pl.Series("row", numbers, dtype=pl.UInt32))
    return TextTable(tuple(headings), header_row, frame, tuple(ragged), sha256)


def _rows(content: bytes, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with its number, by the rules of quotes."""
    number = 0
    try:
        for number, row in enumerate(
            csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter, strict=True), start=1
        ):
            if any(cell.strip() for cell in row):
                yield number, row
    except csv.Error:
        raise UserError(
            f"{name} kan ikke læses fra omkring række {number + 1}: et anførselstegn er ikke lukket, eller en celle er "
            "for lang. Ret rækken i filen, eller hent udtrækket igen."
        ) from None
