"""Records become cases, some thousands at a time, so that memory does not grow with the municipality."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

import polars as pl

from kommunecheck.domain.case import Case, Settled
from kommunecheck.domain.days import Period
from kommunecheck.domain.records import Circumstance, Content, Interview, Note, Payment
from kommunecheck.intake.records import COURSE_COLUMNS, Audited, Records, Rows, starts_of
from kommunecheck.intake.screen import UNTOLD, Screened
from kommunecheck.intake.tables import TABLES

CASES = 4096
"""Cases in a piece, laid out or not."""


class Course(NamedTuple):
    """A case that is to be laid out: its number in the piece, its row in ``sager``, and what is known of it already.

    ``assessable`` tells that nothing unreadable in our own tables keeps the case from being fully assessed; ``odd``
    that something in its rows is reported.
    """

    number: int
    name: str
    row: tuple[Any, ...]
    in_register: bool
    settled: Settled
    assessable: bool
    odd: bool


class Piece(NamedTuple):
    """Some of a municipality's cases and just the rows that belong to them: what one process is given at a time."""

    audit: Audited
    courses: list[Course]
    contents: Mapping[int, Content]
    samtaler: Rows | None
    perioder: Rows | None
    udbetalinger: Rows | None
    paid: Rows | None
    journal: Rows | None
    others: Mapping[str, tuple[type[Any], Rows]]


class LaidOut(NamedTuple):
    """A case, with what is settled of it before the law has measured it."""

    case: Case
    settled: Settled
    assessable: bool
    odd: bool


def untold(records: Records, screened: Screened) -> pl.Series:
    """Whether each case is to be laid out: nothing is told of it, and its own row in ``sager`` can be used."""
    return (pl.Series(screened.told, dtype=pl.UInt8) == UNTOLD) & records.sager["anmodningsdato"].is_not_null()


def reported(records: Records) -> pl.Series:
    """Whether something in the rows of each case is reported, and its own row in ``sager`` can be used."""
    named = pl.Series([name in records.problems for name in records.names], dtype=pl.Boolean)
    return named & records.sager["anmodningsdato"].is_not_null()


MakePiece = Callable[[], Piece]
"""Puts a piece together, when it is its turn."""


def pieces(records: Records, audit: Audited, screened: Screened, wanted: pl.Series) -> list[MakePiece]:
    """The wanted cases in order of their names, in pieces."""
    rows = replace(
        records,
        samtaler=_of(wanted, records.samtaler),
        perioder=_of(wanted, records.perioder),
        udbetalinger=_of(wanted, records.udbetalinger),
        paid=_of(wanted, records.paid),
        journal=_of(wanted, records.journal),
        others={name: (record, _wanted(wanted, own)) for name, (record, own) in records.others.items()},
    )
    count = len(records.names)
    runs = (range(start, min(start + CASES, count)) for start in range(0, count, CASES))
    return [partial(_piece, rows, audit, screened, wanted, run) for run in runs if wanted[run.start : run.stop].any()]


def _of(wanted: pl.Series, rows: Rows | None) -> Rows | None:
    """The rows of the wanted cases, where there is such a table."""
    return None if rows is None else _wanted(wanted, rows)


def _wanted(wanted: pl.Series, rows: Rows) -> Rows:
    """The rows of the wanted cases."""
    if wanted.all():
        return rows
    frame = rows.frame.filter(wanted.gather(rows.frame["case"]))
    return Rows(frame, starts_of(frame, len(wanted)))


def _piece(records: Records, audit: Audited, screened: Screened, wanted: pl.Series, numbers: range) -> Piece:
    names, problems, register = records.names, records.problems, records.in_register
    own = wanted[numbers.start : numbers.stop].arg_true()
    sager = records.sager[numbers.start : numbers.stop].select(COURSE_COLUMNS)[own].rows()
    courses = []
    for place, row in zip(own, sager, strict=True):
        number = numbers[place]
        name = names[number]
        told = problems.get(name)
        assessable = told is None or all(one.assessable for one in told if one.table in TABLES)
        settled = screened.settled[number]
        courses.append(Course(place, name, row, number in register, settled, assessable, told is not None))
    samtaler = _part(records.samtaler, numbers)
    said = () if samtaler is None else samtaler.frame["content"].unique().to_list()
    return Piece(
        audit,
        courses,
        {content: records.contents[content] for content in said},
        samtaler,
        _part(records.perioder, numbers),
        _part(records.udbetalinger, numbers),
        _part(records.paid, numbers),
        _part(records.journal, numbers),
        {name: (record, _run(rows, numbers)) for name, (record, rows) in records.others.items()},
    )


def _part(rows: Rows | None, numbers: range) -> Rows | None:
    """The rows of a run of cases, where there is such a table."""
    return None if rows is None else _run(rows, numbers)


def _run(rows: Rows, numbers: range) -> Rows:
    """The rows of a run of cases, whose numbers begin from 0 there."""
    base, end = rows.starts[numbers.start], rows.starts[numbers.stop]
    starts = [start - base for start in rows.starts[numbers.start : numbers.stop + 1]]
    return Rows(rows.frame.slice(base, end - base), starts)


def lay_out(piece: Piece) -> Iterator[LaidOut]:
    """The cases of a piece with all their rows."""
    samtaler = _records(piece.samtaler, Interview, content=piece.contents)
    perioder = _records(piece.perioder, Circumstance)
    udbetalinger = _records(piece.udbetalinger, Payment)
    paid = _records(piece.paid, Period)
    notes = _records(piece.journal, Note)
    others = {name: _records(rows, record) for name, (record, rows) in piece.others.items()}
    window, cutoff = piece.audit.window, piece.audit.cutoff
    for number, name, own_row, in_register, settled, assessable, odd in piece.courses:
        team, benefit, request, ended, source, row = own_row
        last = cutoff if ended is None or ended > cutoff else ended
        case = Case(
            name, team, benefit, request, ended, last, window, cutoff, samtaler(number), perioder(number),
            udbetalinger(number), paid(number), notes(number), source, row, in_register,
            {name: own(number) for name, own in others.items()},
        )  # fmt: skip
        yield LaidOut(case, settled, assessable, odd)


Made = TypeVar("Made", bound=tuple[Any, ...])


def _records(rows: Rows | None, record: type[Made], **shared: Mapping[int, Any]) -> Callable[[int], tuple[Made, ...]]:
    """The records of a piece's cases, made all at once; asked for by the case's number.

    A column in ``shared`` holds numbers, and its values stand there once. ``tuple.__new__`` makes a named tuple
    without a call of Python's own: this is where a million rows become objects.
    """
    if rows is None:
        return lambda _: ()
    starts, frame = rows.starts, rows.frame
    names: tuple[str, ...] = record._fields  # type: ignore[attr-defined]  # a named tuple's columns
    columns = [
        [shared[name][place] for place in frame[name].to_list()] if name in shared else frame[name].to_list()
        for name in names
    ]
    made = tuple(map(partial(tuple.__new__, record), zip(*columns, strict=True)))
    return lambda number: made[starts[number] : starts[number + 1]]
