"""A section that a plugin adds to the report: what it may hold, and that it is looked over before a format shows it."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from kommunecheck.domain.days import Day, Period
from kommunecheck.domain.outside import MOST, day, text, texts, whole

SectionCell = str | int | Decimal | None
"""A text, a count, a number with two decimals, or nothing."""

Value = int | Decimal
"""What a picture shows the size of; never below 0."""


@dataclass(frozen=True, slots=True)
class SectionTable:
    """A table in a section: the headings, and rows of as many cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[SectionCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of bars under one another, each named and with its value, followed by ``unit`` (``%``, ``dage``).

    ``least`` is what a value should not be under: a line is drawn there, and a bar that is under looks otherwise.
    """

    title: str
    unit: str
    bars: tuple[tuple[str, Value], ...]
    least: Value | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """A picture of columns side by side, in one row or several of the same scale, each row named.

    ``heads`` are what the columns are called, with as many values in each row; ``None`` is: no value. ``unit`` and
    ``least`` are as for ``Bars``.
    """

    title: str
    unit: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Value | None, ...]], ...]
    least: Value | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """A named course in a picture of days: ``spans`` are its periods, both ends included, each of one of the kinds.

    ``marks`` are single days with what happened. Spans may not overlap.
    """

    title: str
    spans: tuple[tuple[Period, int], ...]
    marks: tuple[tuple[Day, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lanes:
    """A picture of courses on one scale of days; ``kinds`` are the names of the kinds of period, by their number."""

    title: str
    kinds: tuple[str, ...]
    lanes: tuple[Lane, ...]


Picture = Bars | Columns | Lanes


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: a Danish title, then what it wants of paragraphs, a picture and a table, in that order.

    ``parts`` are sections under it, which have none themselves.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    table: SectionTable | None = None
    picture: Picture | None = None
    parts: "tuple[Section, ...]" = ()


MOST_COLUMNS = 63
"""As many as a table of a Word document can have."""

MOST_KINDS = 5
"""The kinds of period that can be told apart in a picture."""


def plain(section: object) -> Section:
    """The section without CPR numbers. Raises ``TypeError`` or ``ValueError`` for what a format could not show."""
    made = _plain(section)
    if any(part.parts for part in made.parts):
        raise ValueError("a part has parts")
    return made


def _plain(section: object) -> Section:
    if not isinstance(section, Section):
        raise TypeError("no section")
    return Section(
        _named(section.title),
        texts(section.paragraphs),
        None if section.table is None else _table(section.table),
        None if section.picture is None else _picture(section.picture),
        tuple(map(_plain, _tuple(section.parts))),
    )


def _named(given: object) -> str:
    found = text(given)
    if not found.strip():
        raise ValueError("something has no name")
    return found


T = TypeVar("T")


def _tuple(given: tuple[T, ...]) -> tuple[T, ...]:
    if not isinstance(given, tuple):
        raise TypeError("no tuple")
    return given


def _table(table: SectionTable) -> SectionTable:
    if not isinstance(table, SectionTable):
        raise TypeError("no table")
    if not 0 < len(table.headings) <= MOST_COLUMNS or any(len(row) != len(table.headings) for row in table.rows):
        raise ValueError("no columns or too many, or a row has not as many cells as there are headings")
    return SectionTable(texts(table.headings), tuple(tuple(map(_cell, row)) for row in table.rows))


def _cell(cell: SectionCell) -> SectionCell:
    if isinstance(cell, Decimal):
        return _decimal(cell)
    if cell is None:
        return None
    return whole(cell) if isinstance(cell, int) else text(cell)


def _decimal(given: Decimal) -> Decimal:
    if not given.is_finite() or abs(given) > MOST:
        raise ValueError("a number that no cell can hold")
    return given


def _picture(picture: Picture) -> Picture:
    if isinstance(picture, Bars):
        bars = tuple((_named(name), _value(value)) for name, value in _tuple(picture.bars))
        return Bars(_named(picture.title), text(picture.unit), _some(bars), _least(picture.least))
    if isinstance(picture, Columns):
        rows = tuple((_named(name), tuple(map(_least, _tuple(values)))) for name, values in _tuple(picture.rows))
        if any(len(values) != len(picture.heads) for _, values in rows):
            raise ValueError("a row has not as many values as there are columns")
        heads = _some(texts(picture.heads))
        return Columns(_named(picture.title), text(picture.unit), heads, _some(rows), _least(picture.least))
    if isinstance(picture, Lanes):
        kinds = texts(picture.kinds)
        if len(kinds) > MOST_KINDS:
            raise ValueError("too many kinds of period to tell apart")
        lanes = _some(tuple(_lane(lane, len(kinds)) for lane in _tuple(picture.lanes)))
        if not any(lane.spans or lane.marks for lane in lanes):
            raise ValueError("a picture of days has none")
        return Lanes(_named(picture.title), kinds, lanes)
    raise TypeError("no picture")


def _some(given: tuple[T, ...]) -> tuple[T, ...]:
    if not given:
        raise ValueError("a picture of nothing")
    return given


def _value(value: Value) -> Value:
    found = _decimal(value) if isinstance(value, Decimal) else whole(value)
    if found < 0:
        raise ValueError("nothing can be drawn less than nothing")
    return found


def _least(value: Value | None) -> Value | None:
    return None if value is None else _value(value)


def _lane(lane: Lane, kinds: int) -> Lane:
    if not isinstance(lane, Lane):
        raise TypeError("no lane")
    spans = tuple((Period(_day(period[0]), _day(period[1])), whole(kind)) for period, kind in _tuple(lane.spans))
    in_order = sorted(period for period, _ in spans)
    follows = all(one.last < two.first for one, two in pairwise(in_order))
    if not follows or any(period.last < period.first or not 0 <= kind < kinds for period, kind in spans):
        raise ValueError("periods that overlap or are empty, or a kind that has no name")
    return Lane(_named(lane.title), spans, tuple((_day(on), text(said)) for on, said in _tuple(lane.marks)))


def _day(given: object) -> Day:
    found = day(given)
    if found is None:
        raise ValueError("no day")
    return found
