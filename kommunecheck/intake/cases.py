"""Records become cases, some thousands at a time, so that memory does not grow with the municipality."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

import polars as pl

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Period
from kommunecheck.domain.records import Circumstance, Interview, Note, Payment
from kommunecheck.intake.records import COURSE_COLUMNS, Audited, Records, Rows, starts_of

CHUNK = 8192
"""Cases made at a time."""


class Entry(NamedTuple):
    """A case of the municipality: laid out in ``case``, or told to be ``sound`` without being laid out.

    Neither: the case's own row in ``sager`` cannot be used, and nothing can be judged.
    """

    name: str
    team: str | None
    case: Case | None
    sound: bool = False


def chunks(records: Records, audit: Audited, sound: pl.Series | None = None) -> Iterator[list[Entry]]:
    """The cases in order of their names, ``CHUNK`` at a time; those told to be ``sound`` are not laid out."""
    count = len(records.names)
    if sound is None:
        sound = pl.Series([False]).new_from_index(0, count)
    wanted = replace(
        records,
        samtaler=_without(records.samtaler, sound),
        perioder=_without(records.perioder, sound),
        udbetalinger=_without(records.udbetalinger, sound),
        paid=_without(records.paid, sound),
        journal=_without(records.journal, sound),
    )
    for start in range(0, count, CHUNK):
        numbers = range(start, min(start + CHUNK, count))
        yield list(_entries(wanted, audit, numbers, sound[numbers.start : numbers.stop].to_list()))


def _without(rows: Rows | None, sound: pl.Series) -> Rows | None:
    """The rows of the cases that are laid out."""
    if rows is None or not sound.any():
        return rows
    frame = rows.frame.filter(~sound.gather(rows.frame["case"]))
    return Rows(frame, starts_of(frame, len(sound)))


def _entries(records: Records, audit: Audited, numbers: range, sound: list[bool]) -> Iterator[Entry]:
    samtaler = _of_cases(records.samtaler, numbers, Interview, content=records.contents)
    perioder = _of_cases(records.perioder, numbers, Circumstance)
    udbetalinger = _of_cases(records.udbetalinger, numbers, Payment)
    paid = _of_cases(records.paid, numbers, Period)
    notes = _of_cases(records.journal, numbers, Note)
    courses = records.sager[numbers.start : numbers.stop].select(COURSE_COLUMNS).rows()
    window, cutoff = audit.window, audit.cutoff
    for number, plainly_sound, course in zip(numbers, sound, courses, strict=True):
        name = records.names[number]
        team, benefit, request, ended, source, row = course
        if plainly_sound or request is None:
            yield Entry(name, team, None, plainly_sound)
            continue
        last = cutoff if ended is None or ended > cutoff else ended
        case = Case(
            name, team, benefit, request, ended, last, window, cutoff, samtaler(number), perioder(number),
            udbetalinger(number), paid(number), notes(number), source, row, number in records.in_register,
        )  # fmt: skip
        yield Entry(name, team, case)


Made = TypeVar("Made", bound=tuple[Any, ...])


def _of_cases(
    rows: Rows | None, numbers: range, record: type[Made], **shared: list[Any]
) -> Callable[[int], tuple[Made, ...]]:
    """The records of a run of cases, made all at once; asked for by the case's number.

    A column in ``shared`` holds numbers, and its values stand there once. ``tuple.__new__`` makes a named tuple
    without a call of Python's own: this is where a million rows become objects.
    """
    if rows is None:
        return lambda _: ()
    starts, base = rows.starts, rows.starts[numbers.start]
    part = rows.frame.slice(base, starts[numbers.stop] - base)
    names: tuple[str, ...] = record._fields  # type: ignore[attr-defined]  # a named tuple's columns
    columns = [
        [shared[name][place] for place in part[name].to_list()] if name in shared else part[name].to_list()
        for name in names
    ]
    made = list(map(partial(tuple.__new__, record), zip(*columns, strict=True)))
    return lambda number: tuple(made[starts[number] - base : starts[number + 1] - base])
