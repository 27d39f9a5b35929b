"""From a file's text to typed columns. Each distinct text is read once, by the parsers of ``values``."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

import polars as pl

from kommunecheck.domain.days import NO_END
from kommunecheck.domain.errors import UserError
from kommunecheck.intake.values import EARLIEST_YEAR, fold, read_amount, read_date, read_text, read_yes_no
from kommunecheck.ports import UNREADABLE, Column, TableShape, TextTable

_TYPES: dict[str, tuple[Any, Callable[[str], Any]]] = {
    "date": (pl.Int32(), read_date),
    "amount": (pl.Int64(), read_amount),
    "yes_no": (pl.Boolean(), read_yes_no),
    "text": (pl.Categorical(), lambda text: None if text == UNREADABLE else read_text(text)),
}
"""What each kind of column holds, and its parser. Texts repeat: a row holds the number of its text, not the text."""


TOGETHER = 2
"""Columns read at a time. More would keep more of a large file's text in memory."""

WORTH_SHARING = 20_000
"""Rows from which columns are read together: those of a smaller table are read sooner than two threads take turns."""


class OpenedFile(NamedTuple):
    """A source that was read, as the report shows it."""

    table: str
    name: str
    sheet: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class File:
    """One source file, opened: which table it holds, its number in the run, and how its names map to ours."""

    source: int
    table: str
    name: str
    text: TextTable
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    by_cpr: bool = False
    """Whether the key column holds CPR numbers in place of ids."""


class Cell(NamedTuple):
    """A cell that could not be used: its place in the frame, the column, and why.

    ``kind`` is ``blank`` (and may not be), ``unreadable``, ``unknown`` (not on the column's list), ``otherwise`` (the
    same, but it is read as another code), or ``heading`` (the row says the headings once more).
    """

    place: int
    column: str
    kind: str
    said: int = 0
    """A number for what stands there, so that two rows can be seen to say the same; never the text itself."""


class Ragged(NamedTuple):
    """A row with another number of cells than there are headings: nothing in it can be told apart."""

    source: int
    row: int
    cells: int
    headings: int


@dataclass(slots=True)
class Typed:
    """A table, read. ``frame`` has every column of the shape, then ``source``, ``row``, ``unread`` and ``aside``.

    ``unread`` names the columns, separated by spaces, whose value could not be read; ``aside`` rows are not used.
    ``present`` are the columns the files really have; the others are all null. ``unknown`` are the places of the
    headings, counted from 1, that are none of ours; of a single file.
    """

    shape: TableShape
    frame: pl.DataFrame
    cells: list[Cell]
    present: frozenset[str]
    unknown: tuple[int, ...]
    ragged: tuple["Ragged", ...] = ()
    by_cpr: frozenset[int] = frozenset()
    ids_inside: frozenset[int] = frozenset()
    """The sources whose ``sag_id`` holds a CPR number, and those where an id stands somewhere in its text."""

    def joined_with(self, other: "Typed") -> "Typed":
        """Two files of one table as one; only the columns both have are present."""
        height = self.frame.height
        return Typed(
            self.shape,
            self.frame.vstack(other.frame),
            self.cells + [cell._replace(place=cell.place + height) for cell in other.cells],
            self.present & other.present,
            (),
            self.ragged + other.ragged,
            self.by_cpr | other.by_cpr,
            self.ids_inside | other.ids_inside,
        )


def unread(frame: pl.DataFrame, column: str) -> pl.Expr:
    """Whether a row's value in the column could not be read."""
    named = [names for names in frame["unread"].unique() if column in names.split()]
    return pl.col("unread").is_in(named)


def find_columns(shape: TableShape, headings: Sequence[str], theirs: Mapping[str, str]) -> dict[str, list[int]]:
    """Where each column of the shape stands among the headings; ``theirs`` is what the configuration calls them."""
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        places.setdefault(fold(heading), []).append(place)
    wanted = {column.name: fold(theirs.get(column.name, column.name)) for column in shape.columns}
    return {name: places[folded] for name, folded in wanted.items() if folded in places}


def is_heading(shape: TableShape, theirs: Mapping[str, str], cells: Sequence[str]) -> bool:
    """Whether a row can be the table's heading: every column that cannot be done without stands in it."""
    found = find_columns(shape, cells, theirs)
    return all(column.name in found for column in shape.columns if column.required)


def headings_of(shape: TableShape, file: File) -> dict[str, str]:
    """Which column of the file (by its name in the frame) holds which of ours.

    Raises ``UserError`` when a heading is there twice or one that cannot be done without is missing.
    """
    found = find_columns(shape, file.text.headings, file.columns)
    for name, places in found.items():
        if len(places) > 1:
            raise UserError(
                f"{file.name}, række {file.text.header_row}: overskriften {name} findes {len(places)} gange. "
                "Lad kun én af kolonnerne hedde sådan."
            )
    missing = [column.name for column in shape.columns if column.required and column.name not in found]
    if file.by_cpr and "sag_id" in missing:
        missing[missing.index("sag_id")] = "cpr"
    if missing:
        raise UserError(
            f"{file.name}, række {file.text.header_row}: der mangler overskrift for {', '.join(missing)}. "
            "Ret overskriften i filen, eller skriv i kommunecheck.toml under [[sources]], hvad kolonnen hedder: "
            f'columns = {{ {missing[0]} = "..." }}.'
        )
    return {name: str(places[0]) for name, places in found.items()}


def read_table(shape: TableShape, file: File) -> Typed:
    """The typed columns of one file.

    Raises ``UserError`` when the table's own columns cannot be found, or when no row has as many cells as there are
    headings. Each column's text is let go as soon as it is read: a large file is not held twice.
    """
    found = headings_of(shape, file)
    headings = len(file.text.headings)
    if file.text.ragged and file.text.frame.is_empty():
        raise UserError(
            f"{file.name}: ingen række har {headings} celler, som der er overskrifter i række {file.text.header_row}. "
            "Kontrollér, at rækkerne er adskilt af samme tegn som overskrifterne."
        )
    unknown = _unknown(file.text, found)
    text = _without_blank_rows(file.text.frame, found)
    text, repeated = _without_headings(text, file.text.headings, found)
    rows = text["row"].cast(pl.UInt32)
    waiting = Counter(found.values())

    def read(column: Column) -> tuple[pl.Series, list[Cell]]:
        place = found.get(column.name)
        if place is None:
            return pl.Series(column.name, [None], dtype=_parsed_as(column)[0]).new_from_index(0, len(rows)), []
        with lock:
            waiting[place] -= 1
            own = text[place] if waiting[place] else text.drop_in_place(place)
        return _read_column(column, own, file)

    lock = Lock()
    if len(rows) < WORTH_SHARING:
        columns = list(map(read, shape.columns))
    else:
        with ThreadPoolExecutor(TOGETHER) as pool:
            columns = list(pool.map(read, shape.columns))
    cells = [cell for _, found_bad in columns for cell in found_bad if cell.place not in repeated]
    first = next(column.name for column in shape.columns if column.required)
    cells += [Cell(place, first, "heading") for place in sorted(repeated)]
    frame = pl.DataFrame([values for values, _ in columns]).with_columns(
        pl.lit(file.source, pl.UInt16).alias("source"), rows.alias("row"), *_marks(shape, cells, len(rows))
    )
    ragged = tuple(Ragged(file.source, row, got, headings) for row, got in file.text.ragged)
    own = frozenset((file.source,))
    return Typed(
        shape,
        frame,
        cells,
        frozenset(found),
        unknown,
        ragged,
        by_cpr=own if file.by_cpr else frozenset(),
        ids_inside=own if file.text.ids_inside else frozenset(),
    )


def _unknown(text: TextTable, found: Mapping[str, str]) -> tuple[int, ...]:
    """The places, counted from 1, of the headings that are none of ours; a blank one counts if the column has text."""
    used = set(found.values())
    others = [(place, heading) for place, heading in enumerate(text.headings) if str(place) not in used]
    return tuple(place + 1 for place, heading in others if heading.strip() or _has_text(text.frame[str(place)]))


def _has_text(cells: pl.Series) -> bool:
    return bool((cells.str.strip_chars() != "").any())


def _without_blank_rows(text: pl.DataFrame, found: Mapping[str, str]) -> pl.DataFrame:
    """Rows without any text are not rows of the table. Only looked for where a first column is blank."""
    first = next(iter(found.values()))
    if not text[first].null_count() and not (text[first] == "").any():
        return text
    cells = [column for column in text.columns if column != "row"]
    return text.filter(pl.any_horizontal(pl.col(name).str.strip_chars().str.len_bytes() > 0 for name in cells))


def _without_headings(
    text: pl.DataFrame, headings: Sequence[str], found: Mapping[str, str]
) -> tuple[pl.DataFrame, set[int]]:
    """The rows that say the headings once more, made blank, and their places: files are put together by hand."""
    first = next(iter(found.values()))
    if not (text[first] == headings[int(first)]).any():
        return text, set()
    cells = [column for column in text.columns if column != "row"]
    again = pl.all_horizontal(pl.col(name).fill_null("") == headings[int(name)] for name in cells)
    places = set(text.select(again).to_series().arg_true())
    return text.with_columns(pl.when(~again).then(pl.col(cells))), places


def _read_column(column: Column, text: pl.Series, file: File) -> tuple[pl.Series, list[Cell]]:
    """One column's values, and the cells without a usable one.

    The configuration's ``codes``, theirs = ours, are put in place of the text first.
    """
    codes = file.codes.get(column.name, {})
    if codes:
        text = _stripped(text).replace(list(codes), list(codes.values()))
    if column.kind in _IDS:
        values, unreadable = _keys(text)
    elif column.kind == "date":
        values, unreadable = _read_dates(text)
    else:
        values, unreadable = _parsed(text, *_parsed_as(column))
    bad = set(unreadable or ())
    coded = column.kind == "code" and not column.known_only
    unknown = {place for place in bad if text[place] != UNREADABLE} if coded else set()
    if unknown and column.otherwise is not None:
        values = values.scatter(sorted(unknown), column.otherwise)
    kind = "unknown" if column.otherwise is None else "otherwise"
    cells = [
        Cell(place, column.name, kind if place in unknown else "unreadable", hash(text[place]))
        for place in unreadable or ()
    ]
    if column.required and values.null_count():
        cells += [Cell(place, column.name, "blank") for place in values.is_null().arg_true() if place not in bad]
    return values.alias(column.name), cells


_IDS = ("key", "cpr")
"""Kinds of column that are taken as they are: nearly every row has a text of its own."""


def _parsed_as(column: Column) -> tuple[Any, Callable[[str], Any]]:
    """What a column holds, and its parser."""
    if column.kind in _IDS:
        return pl.String(), read_text
    if column.kind == "code":
        return pl.Enum(sorted(column.codes)), _code_parser(column.codes)
    return _TYPES["text" if column.kind == "person" else column.kind]


def _keys(text: pl.Series) -> tuple[pl.Series, list[int] | None]:
    """As ``_parsed``, for texts that are taken as they are."""
    values = _stripped(text)
    bad = (values == UNREADABLE).arg_true().to_list()
    return (values.scatter(bad, None), bad) if bad else (values, None)


def _stripped(text: pl.Series) -> pl.Series:
    """The texts without blanks around them; a number that a spreadsheet has put ``.0`` behind loses it."""
    text = pl.select(pl.lit(text).str.strip_chars().replace("", None)).to_series()
    return text.str.replace(r"^(\d+)\.0$", "${1}") if text.str.ends_with(".0").any() else text


def _parsed(text: pl.Series, dtype: Any, parse: Callable[[str], Any]) -> tuple[pl.Series, list[int] | None]:
    """The values, and the places of the texts that could not be read (``None`` if all could)."""
    distinct = text.unique().drop_nulls()
    texts = distinct.to_list()
    values = [parse(one) if one.strip() else None for one in texts]
    read = pl.Series(values, dtype=dtype)[text.cast(pl.Enum(distinct)).to_physical()]
    bad = [one for one, value in zip(texts, values, strict=True) if value is None and one.strip()]
    return read, text.is_in(bad).arg_true().to_list() if bad else None


def _read_dates(text: pl.Series) -> tuple[pl.Series, list[int] | None]:
    """As ``_parsed``, for days: a column that is all plain ISO dates is read at once, any other text by text."""
    days = text.str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32) + EPOCH
    plain = (text.str.len_bytes() == PLAIN_LENGTH) & days.is_between(*PLAIN_DAYS)
    if plain.all() and text.null_count() == days.null_count():
        return days, None
    return _parsed(text, pl.Int32(), read_date)


EPOCH = date(1970, 1, 1).toordinal()
"""The day polars counts its days from."""
PLAIN_LENGTH = len("2007-03-31")
PLAIN_DAYS = date(EARLIEST_YEAR, 1, 1).toordinal(), NO_END


def _code_parser(allowed: frozenset[str]) -> Callable[[str], str | None]:
    """A parser for one column's codes, compared as headings are."""
    ours = {fold(code): code for code in allowed}
    return lambda text: ours.get(fold(text))


def _marks(shape: TableShape, cells: list[Cell], height: int) -> tuple[pl.Series, pl.Series]:
    """The columns ``unread`` and ``aside``."""
    unread: dict[int, list[str]] = {}
    aside: set[int] = set()
    for cell in cells:
        if cell.kind == "otherwise":
            continue
        column = shape.column(cell.column)
        unread.setdefault(cell.place, []).append(cell.column)
        if column.required or column.vital:
            aside.add(cell.place)
    names = pl.Series("unread", [""], dtype=pl.Categorical).new_from_index(0, height)
    flags = pl.Series("aside", [False], dtype=pl.Boolean).new_from_index(0, height)
    if unread:
        places = sorted(unread)
        names = names.scatter(places, [" ".join(unread[place]) for place in places])
    if aside:
        flags = flags.scatter(sorted(aside), True)
    return names, flags
