"""One file at a time: read it as text, guess what it holds, and tell what was seen without showing whom it is about."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import polars as pl

from kommunecheck.adapters import csv, word
from kommunecheck.adapters.files import read_whole
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.inspection import ColumnSeen, FileSeen, Form, Parts, TableSeen, UnknownCode
from kommunecheck.domain.privacy import masked
from kommunecheck.inspection.discretion import can_show_heading, shown_codes
from kommunecheck.inspection.text import BAR, HEAD, delimiter_of, encoding_of, line_of
from kommunecheck.intake.forms import amount_form, date_form
from kommunecheck.intake.guess import (
    Found,
    Guess,
    Key,
    Texts,
    guess_table,
    has_codes,
    holds_cpr_numbers,
    is_row_of_data,
    is_whole_heading,
    known_headings,
    translate,
)
from kommunecheck.intake.keys import shown_keys
from kommunecheck.intake.read import File, Typed, read_table
from kommunecheck.intake.tables import JOURNAL
from kommunecheck.intake.values import fold, read_amount, read_date
from kommunecheck.plugins.host import Plugins
from kommunecheck.ports import Adapter, AnyCheck, Column, TableShape, TextTable, Wanted

LEAST_KNOWN = 2
"""Headings of one table that must be known in a row before it is taken for the heading."""

ROWS_NAMED = 5
"""Rows that are told by their number where many are alike."""


class Looked(NamedTuple):
    """What was seen in a file, sheet by sheet, and a sentence for each sheet that could not be read."""

    seen: tuple[FileSeen, ...]
    refused: tuple[str, ...]


class Asked(NamedTuple):
    """A file to look at: what the configuration will call it, the table it is read for, and what tells the case."""

    path: Path
    file: str
    adapter: Adapter
    shapes: tuple[TableShape, ...]
    checks: tuple[AnyCheck, ...]
    table: str
    key: Key | None


def look_at(path: Path, plugins: Plugins, file: str | None = None, key: Key | None = None) -> Looked:
    """What the file holds. Raises ``UserError`` when nothing of it can be read."""
    adapter = plugins.adapters.get(path.suffix.lower())
    if path.is_dir():
        raise UserError(f"{path.name} er en mappe. Skriv filerne i den, eller brug: kommunecheck init MAPPE.")
    if adapter is None:
        endings = ", ".join(sorted(plugins.adapters))
        raise UserError(f"{path.name} har en filendelse, der ikke kan læses. Mulige: {endings}.")
    shapes = tuple(plugins.tables.values())
    table = JOURNAL.name if path.suffix.lower() in word.SUFFIXES else ""  # nothing else is read from a document
    asked = Asked(path, file or path.name, adapter, shapes, plugins.checks, table, key)
    if path.suffix.lower() in csv.SUFFIXES:
        return Looked((_look_at_text(asked),), ())
    return _look_at_sheets(asked)


def _look_at_text(asked: Asked) -> FileSeen:
    raw = read_whole(asked.path)
    encoding = encoding_of(raw)
    must_say: dict[str, str | int] = {} if encoding.is_found else {"encoding": encoding.codec}
    codec = None if encoding.is_found else encoding.codec
    text = _read(asked, encoding=codec)
    delimiter = delimiter_of(line_of(raw, encoding, text.header_row))
    if known_headings(asked.shapes, text.headings) < LEAST_KNOWN and BAR.encode() in raw[:HEAD]:
        barred = _read(asked, encoding=codec, delimiter=BAR)
        if known_headings(asked.shapes, barred.headings) >= LEAST_KNOWN:
            text, delimiter, must_say["delimiter"] = barred, BAR, BAR
    seen = _tell(text, asked, asked.path.stem, must_say)
    return replace(seen, encoding=encoding.name, delimiter=delimiter)


def _look_at_sheets(asked: Asked) -> Looked:
    """Every sheet for itself; one that cannot be read is no reason not to look at the others."""
    sheets = asked.adapter.sheets(asked.path)
    if len(sheets) <= 1:
        text = _read(asked)
        return Looked((replace(_tell(text, asked, asked.path.stem, {}), sheet=text.sheet),), ())
    seen, refused = [], []
    for sheet in sheets:
        try:
            seen.append(_look_at_sheet(asked, sheet))
        except UserError as error:
            refused.append(masked(str(error)))
    if not seen:
        raise UserError("\n".join(refused))
    return Looked(tuple(seen), tuple(refused))


def _look_at_sheet(asked: Asked, sheet: str) -> FileSeen:
    if masked(sheet) != sheet:
        raise UserError(f"{asked.path.name}: et ark har et CPR-nummer i navnet og kan ikke nævnes. Omdøb arket.")
    return replace(_tell(_read(asked, sheet=sheet), asked, sheet, {"sheet": sheet}), sheet=sheet)


def _read(
    asked: Asked, sheet: str | None = None, encoding: str | None = None, delimiter: str | None = None
) -> TextTable:
    """The file with the row as its heading that names a whole table, or else the one where most is known."""
    most = 0

    def is_whole(cells: Sequence[str]) -> bool:
        nonlocal most
        most = max(most, known_headings(asked.shapes, cells))
        return is_whole_heading(asked.shapes, cells)

    def read(is_heading: Callable[[Sequence[str]], bool]) -> TextTable:
        return asked.adapter.read(asked.path, Wanted(asked.table, is_heading, None, sheet, encoding, delimiter))

    text = read(is_whole)
    if most < LEAST_KNOWN or known_headings(asked.shapes, text.headings) == most:
        return text
    return read(lambda cells: known_headings(asked.shapes, cells) == most)


# What was read


def _tell(text: TextTable, asked: Asked, hint: str, must_say: Mapping[str, str | int]) -> FileSeen:
    """``hint`` is what the file or the sheet is called."""
    headings = [" ".join(heading.split()) for heading in text.headings]
    seen = FileSeen(
        name=masked(asked.file),
        file=_without_numbers(asked.file),
        sha256=text.sha256,
        header_row=text.header_row,
        headings=len(headings),
        must_say=must_say,
        is_hidden=text.is_hidden,
    )
    if known_headings(asked.shapes, headings) < LEAST_KNOWN or is_row_of_data(headings):
        return seen  # there is no heading, and the row is somebody's data
    key: Key | None = "sag_id" if text.ids_inside else asked.key
    guess = guess_table(asked.shapes, hint, text.headings, text.frame, key)
    if guess is None:
        return seen
    guess = _that_can_be_told(guess, headings)
    if text.header_row > 1 and any(column.required for column in guess.missing):  # else ``check`` knows the row itself
        seen = replace(seen, must_say={**must_say, "header_row": text.header_row})
    used = {found.place for found in guess.found.values()}
    others = {place: heading for place, heading in enumerate(headings) if heading and place not in used}
    counted = Counter(fold(heading) for heading in others.values())
    return replace(
        seen,
        table=_table(guess, text, masked(asked.file), _needing(guess.shape.name, asked.checks)),
        unused=tuple(_shown(heading, place) for place, heading in others.items()),
        twice=tuple(
            dict.fromkeys(_shown(heading, place) for place, heading in others.items() if counted[fold(heading)] > 1)
        ),
    )


def _needing(table: str, checks: Iterable[AnyCheck]) -> dict[str, tuple[str, ...]]:
    """For each column of the table, the rules that cannot be checked without it."""
    needing: dict[str, tuple[str, ...]] = {}
    for check in checks:
        for need in check.NEEDS:
            name, _, column = need.replace("?", "").partition(".")
            if name == table:
                needing[column] = (*needing.get(column, ()), check.RULE.code)
    return needing


def _without_numbers(file: str) -> str:
    """The file's name as a pattern where a CPR number stands in it: the number itself is never written."""
    return file if masked(file) == file else re.sub(r"\d", "?", file)


def _shown(heading: str, place: int) -> str:
    return heading if can_show_heading(heading) else f"kolonne {place + 1} (overskriften vises ikke)"


def _that_can_be_told(guess: Guess, headings: Sequence[str]) -> Guess:
    """Without the columns whose headings cannot be written anywhere: they may be persons."""
    found = {name: one for name, one in guess.found.items() if can_show_heading(headings[one.place])}
    parts = {
        name: shown
        for name, places in guess.partly.items()
        if (shown := tuple(place for place in places if can_show_heading(headings[place])))
    }
    return replace(guess, found=found, partly=parts, by_cpr=guess.by_cpr and "cpr" in found)


def _table(guess: Guess, text: TextTable, file: str, rules: Mapping[str, tuple[str, ...]]) -> TableSeen:
    """``rules`` are the codes of those that cannot be checked without a column of the table."""
    texts = {name: Texts(text.frame[str(found.place)]) for name, found in guess.found.items()}
    columns = {column.name: column for column in guess.shape.columns}
    in_order = [name for name in (*columns, "cpr") if name in guess.found]
    seen = [
        _column(columns.get(name) or Column("cpr", "cpr", required=True), guess, guess.found[name], texts[name], text)
        for name in dict.fromkeys(in_order)
    ]
    typed = _typed(guess, text, file, seen)
    rows = {*typed.frame["row"].gather(sorted({cell.place for cell in typed.cells})), *(row for row, _ in text.ragged)}
    return TableSeen(
        name=guess.shape.name,
        sure=guess.sure,
        columns=tuple(seen),
        missing={column.name: rules.get(column.name, ()) for column in guess.missing if not column.required},
        needed=tuple(column.name for column in guess.missing if column.required),
        parts={name: _parts(columns[name], places, text) for name, places in guess.partly.items()},
        by_cpr=guess.by_cpr,
        needs_key=guess.by_cpr
        or any(holds_cpr_numbers(texts[name]) for name in shown_keys(guess.shape) if name in texts),
        rows=typed.frame.height + len(text.ragged),
        unreadable=tuple(sorted(rows)),
    )


def _parts(column: Column, places: Sequence[int], text: TextTable) -> Parts:
    headings = tuple(" ".join(text.headings[place].split()) for place in places)
    return Parts(headings, tuple(sorted(column.codes)))


def _typed(guess: Guess, text: TextTable, file: str, seen: Iterable[ColumnSeen]) -> Typed:
    """The table as ``check`` would read it with these names and codes, but for the columns that are not there."""
    theirs = {one.ours: one.theirs for one in seen}
    codes = {one.ours: one.codes for one in seen if one.codes}
    if guess.by_cpr:
        theirs["sag_id"] = theirs["cpr"]
    there = tuple(column for column in guess.shape.columns if column.name in theirs)
    as_read = replace(text, frame=text.frame.clone())  # reading lets go of columns, and they are looked at again
    return read_table(
        replace(guess.shape, columns=there), File(0, guess.shape.name, file, as_read, theirs, codes, guess.by_cpr)
    )


def _column(column: Column, guess: Guess, found: Found, texts: Texts, text: TextTable) -> ColumnSeen:
    theirs = text.headings[found.place]
    seen = ColumnSeen(
        ours=column.name,
        kind=column.kind,
        required=column.required,
        theirs=theirs,
        sure=found.sure,
        is_named_as_ours=fold(theirs) == fold(column.name),
        blank=not texts.sample,
    )
    if column.kind == "date":
        return _with_values(seen, texts.counts, date_form, read_date)
    if column.kind == "amount":
        return _with_values(seen, texts.counts, amount_form, read_amount)
    if has_codes(guess.shape.name, column):
        return _with_codes(seen, column, guess.shape.name, texts.counts, text.frame.select("row", str(found.place)))
    return seen


def _with_values(
    seen: ColumnSeen, counts: Mapping[str, int], form_of: Callable[[str], str], read: Callable[[str], int | None]
) -> ColumnSeen:
    """How dates or amounts are written, and the least and the most of those that can be read."""
    forms: dict[tuple[str, bool], int] = {}
    values = []
    for text, rows in counts.items():
        value = read(text)
        if value is not None:
            values.append(value)
        key = (form_of(text), value is not None)
        forms[key] = forms.get(key, 0) + rows
    in_order = sorted(forms.items(), key=lambda one: (-one[1], one[0]))
    return replace(
        seen,
        forms=tuple(Form(name, rows, readable) for (name, readable), rows in in_order),
        least=min(values, default=None),
        most=max(values, default=None),
    )


def _with_codes(
    seen: ColumnSeen, column: Column, table: str, counts: Mapping[str, int], frame: pl.DataFrame
) -> ColumnSeen:
    """What to put in place of their codes, and the ones we do not know."""
    codes, unknown = translate(table, column, counts)
    shown = shown_codes({text: counts[text] for text in unknown}, len(counts))
    hidden = [text for text in unknown if text not in shown]
    texts = frame.to_series(1).str.strip_chars()
    rows = frame["row"].filter(texts.is_in(hidden)).head(ROWS_NAMED)
    return replace(
        seen,
        codes=dict(sorted(codes.items())),
        unknown=tuple(UnknownCode(text, shown[text]) for text in shown),
        hidden=len(hidden),
        hidden_rows=tuple(rows),
    )
