"""Records become cases, some thousands at a time, so that memory does not grow with the municipality."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, TypeVar

import polars as pl

from kommunecheck.domain.case import NOTHING_SETTLED, Case, Settled
from kommunecheck.domain.days import Period
from kommunecheck.domain.records import Circumstance, Interview, Note, Payment
from kommunecheck.intake.records import COURSE_COLUMNS, Audited, Records, Rows, starts_of
from kommunecheck.intake.screen import UNTOLD, Screened, unscreened

CHUNK = 8192
"""Cases made at a time."""


class Entry(NamedTuple):
    """A case of the municipality: laid out in ``case``, with what is ``settled`` of it, or ``told`` without being so.

    Neither: the case's own row in ``sager`` cannot be used, and nothing can be judged.
    """

    name: str
    team: str | None
    case: Case | None
    told: int = UNTOLD
    settled: Settled = NOTHING_SETTLED


def chunks(records: Records, audit: Audited, screened: Screened | None = None) -> Iterator[list[Entry]]:
    """The cases in order of their names, ``CHUNK`` at a time; those of which something is told are not laid out."""
    count = len(records.names)
    screened = screened or unscreened(count)
    wanted = pl.Series(screened.told) == UNTOLD
    rows = replace(
        records,
        samtaler=_of(wanted, records.samtaler),
        perioder=_of(wanted, records.perioder),
        udbetalinger=_of(wanted, records.udbetalinger),
        paid=_of(wanted, records.paid),
        journal=_of(wanted, records.journal),
        others={name: (record, _wanted(wanted, own)) for name, (record, own) in records.others.items()},
    )
    for start in range(0, count, CHUNK):
        yield list(_entries(rows, audit, range(start, min(start + CHUNK, count)), screened))


def _of(wanted: pl.Series, rows: Rows | None) -> Rows | None:
    """The rows of the wanted cases, where there is such a table."""
    return None if rows is None else _wanted(wanted, rows)


def _wanted(wanted: pl.Series, rows: Rows) -> Rows:
    """The rows of the wanted cases."""
    if wanted.all():
        return rows
    frame = rows.frame.filter(wanted.gather(rows.frame["case"]))
    return Rows(frame, starts_of(frame, len(wanted)))


def _entries(records: Records, audit: Audited, numbers: range, screened: Screened) -> Iterator[Entry]:
    samtaler = _of_cases(records.samtaler, numbers, Interview, content=records.contents)
    perioder = _of_cases(records.perioder, numbers, Circumstance)
    udbetalinger = _of_cases(records.udbetalinger, numbers, Payment)
    paid = _of_cases(records.paid, numbers, Period)
    notes = _of_cases(records.journal, numbers, Note)
    others = {name: _of_cases(rows, numbers, record) for name, (record, rows) in records.others.items()}
    courses = records.sager[numbers.start : numbers.stop].select(COURSE_COLUMNS).rows()
    window, cutoff = audit.window, audit.cutoff
    for number, course in zip(numbers, courses, strict=True):
        name, told = records.names[number], screened.told[number]
        team, benefit, request, ended, source, row = course
        if told or request is None:
            yield Entry(name, team, None, told)
            continue
        last = cutoff if ended is None or ended > cutoff else ended
        case = Case(
            name, team, benefit, request, ended, last, window, cutoff, samtaler(number), perioder(number),
            udbetalinger(number), paid(number), notes(number), source, row, number in records.in_register,
            {name: own(number) for name, own in others.items()},
        )  # fmt: skip
        yield Entry(name, team, case, settled=screened.settled[number])


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
