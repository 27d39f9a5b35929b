"""Records become cases, some thousands at a time, so that memory does not grow with the municipality."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeVar, overload

import polars as pl

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import NO_END, Day, Period, day_of, iso
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.records import Circumstance, Interview, Note, Payment, Reading
from kommunecheck.intake.link import Linked, Linker, bad_cprs, impossible_orders, odd_payments, overlapping
from kommunecheck.intake.read import Typed

CHUNK = 8192
"""Cases made at a time."""

_DAY_BITS = 22
"""Every day (up to the year 9999) is below 2**22, so that a case and a day fit in one sortable integer."""


class Audited(NamedTuple):
    """The audited period, the last day the export knows about, and the cell that set it (``None`` if it was given)."""

    window: Period
    cutoff: Day
    cutoff_from: tuple[int, int, str] | None


class Course(NamedTuple):
    """A row of ``sager``, as far as a case is made of it."""

    team: str | None
    ydelsestype: str
    anmodningsdato: Day
    ophoersdato: Day | None
    source: int
    row: int


class Rows(NamedTuple):
    """The rows of one table in order of case and day; those of case ``n`` begin at ``starts[n]``."""

    frame: pl.DataFrame
    starts: list[int]


@dataclass(frozen=True, slots=True)
class Records:
    """All tables of a municipality, read and put to their cases.

    ``problems`` are what could not be used, by the case's name (``None``: of no case). ``rows`` and ``used`` count,
    by source, the rows there are and those that are used; the others are reported.
    """

    names: list[str]
    sager: Mapping[int, Course]
    samtaler: Rows
    perioder: Rows | None
    udbetalinger: Rows | None
    paid: Rows | None
    journal: Rows | None
    problems: Mapping[str | None, Sequence[Problem]]
    present: Mapping[str, frozenset[str]]
    rows: Mapping[int, int]
    used: Mapping[int, int]


def take_in(
    tables: Mapping[str, Typed], files: Mapping[int, str], read_note: Callable[[str], Reading], key: bytes | None
) -> Records:
    """Put the rows of the tables to their cases. Raises ``UserError`` when ``sag_id`` needs a key to hide it."""
    linker = Linker(tables["sager"], files, key)
    linked = {"sager": linker.sager} | {name: linker.link(typed) for name, typed in tables.items() if name != "sager"}
    impossible_orders(linker, linked)
    problems: list[Problem] = []
    udbetalinger = paid = None
    if "udbetalinger" in linked:
        odd_payments(linker, linked["udbetalinger"])
        ordered, coverage = _payments(linked["udbetalinger"])
        problems += overlapping(linker, linked["udbetalinger"], ordered)
        cases = len(linker.names)
        udbetalinger = Rows(ordered.select(Payment._fields), _starts(ordered, cases))
        paid = Rows(coverage, _starts(coverage, cases))
    problems += bad_cprs(linker)
    problems += [problem for table in linked.values() for problem in table.problems]
    return Records(
        names=linker.names,
        sager=_courses(linker.sager.used),
        samtaler=_rows(_interviews(linked["samtaler"]), "afholdt_dato", linker),
        perioder=_rows(_circumstances(linked["perioder"]), "fra", linker) if "perioder" in linked else None,
        udbetalinger=udbetalinger,
        paid=paid,
        journal=_notes(linked, linker, read_note),
        problems=_by_case(problems),
        present={name: table.typed.present for name, table in linked.items()},
        rows=Counter(_count(linked, pl.lit(value=True))) + _count_ragged(linked),
        used=_count(linked, ~pl.col("aside")),
    )


def _courses(used: pl.DataFrame) -> dict[int, Course]:
    """The usable rows of ``sager`` by the case's number."""
    rows = used.filter(pl.col("case").is_not_null()).select("case", *Course._fields)
    return {row[0]: Course(*row[1:]) for row in rows.iter_rows()}


def _count(linked: Mapping[str, Linked], which: pl.Expr) -> dict[int, int]:
    """Rows by source."""
    found: dict[int, int] = {}
    for table in linked.values():
        counted = table.typed.frame.filter(which).group_by("source").len()
        found |= dict(counted.iter_rows())
    return found


def _count_ragged(linked: Mapping[str, Linked]) -> Counter[int]:
    return Counter(ragged.source for table in linked.values() for ragged in table.typed.ragged)


def _by_case(problems: list[Problem]) -> dict[str | None, list[Problem]]:
    """The problems of each case, in an order that the order of rows does not change."""
    found: dict[str | None, list[Problem]] = {}
    for problem in sorted(problems, key=_order):
        found.setdefault(problem.sag_id, []).append(problem)
    return found


def _order(problem: Problem) -> tuple[object, ...]:
    columns = [one.column for one in problem.evidence]
    rows = [(one.source, one.row) for one in problem.evidence]
    return (problem.code, problem.table, problem.kind, problem.date or 0, columns, rows)


def _key(day: str) -> pl.Expr:
    return pl.col("case").cast(pl.Int64) * (1 << _DAY_BITS) + pl.col(day).fill_null(0)


def _starts(frame: pl.DataFrame, cases: int) -> list[int]:
    """Where the rows of each case begin in a frame in order of case; one more at the end."""
    places: list[int] = frame["case"].search_sorted(pl.int_range(cases + 1, dtype=pl.UInt32, eager=True)).to_list()
    return places


def _rows(used: pl.DataFrame, day: str, linker: Linker) -> Rows:
    frame = used.with_columns(_key(day).alias("key")).sort("key")
    return Rows(frame, _starts(frame, len(linker.names)))


def _interviews(samtaler: Linked) -> pl.DataFrame:
    """The rows of ``samtaler``; a blank grovmatch is no."""
    return samtaler.used.with_columns(pl.col("grovmatch").fill_null(value=False)).select("case", *Interview._fields)


def _circumstances(perioder: Linked) -> pl.DataFrame:
    """The rows of ``perioder``; one without an end is still running."""
    filled = pl.col("til").fill_null(NO_END), pl.col("dokumenteret").fill_null(value=False)
    return perioder.used.with_columns(*filled).select("case", *Circumstance._fields)


def _payments(payments: Linked) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The payments in order, each with how far the earlier ones of its case reach; and the days they cover together.

    A blank ``i_tilbud`` is no; one that is absent or cannot be read is unknown, and the payment has no rate.
    """
    used = payments.used
    if "i_tilbud" in payments.typed.present:
        unread = pl.col("unread").str.contains("i_tilbud", literal=True)
        used = used.with_columns(
            pl.when(unread).then(None).otherwise(pl.col("i_tilbud").fill_null(value=False)).alias("i_tilbud")
        )
    ends = pl.col("case").cast(pl.Int64) * (1 << _DAY_BITS) + pl.col("til")
    ordered = used.with_columns(_key("fra").alias("fra_key"), ends.alias("til_key")).sort("fra_key")
    if ordered["fra_key"].is_duplicated().any():
        ordered = ordered.sort("fra_key", "til_key", "udbetaling_id", "beloeb", "i_tilbud")
    ordered = ordered.with_columns(pl.col("til_key").cum_max().shift(1).fill_null(-1).alias("reach"))
    begins = (pl.col("fra_key") > pl.col("reach") + 1) | (pl.col("case") != pl.col("case").shift(1))
    runs = ordered.select("case", "fra", "til", begins.fill_null(value=True).cum_sum().alias("run"))
    covered = runs.group_by("run").agg(
        pl.col("case").first(), pl.col("fra").min().alias("first"), pl.col("til").max().alias("last")
    )
    covered = covered.sort("run")
    return ordered, covered


def _notes(linked: Mapping[str, Linked], linker: Linker, read_note: Callable[[str], Reading]) -> Rows | None:
    """The notes, read; each distinct text once. Only what it says goes on, not the text."""
    if "journal" not in linked:
        return None
    used = linked["journal"].used
    texts = used["tekst"].unique().drop_nulls()
    readings = [read_note(text) for text in texts]
    said = pl.DataFrame(
        {
            "tekst": texts,
            "placed": [reading.placed for reading in readings],
            "areas": [reading.areas for reading in readings],
            "job_seeker": [reading.job_seeker for reading in readings],
        },
        schema={"tekst": pl.String, "placed": pl.String, "areas": pl.Boolean, "job_seeker": pl.Boolean},
    ).filter(pl.col("placed").is_not_null() | pl.col("areas") | pl.col("job_seeker"))
    frame = used.join(said, on="tekst", how="inner").drop("tekst")
    counts_from = pl.max_horizontal("dato", "registreret_dato")
    frame = frame.with_columns(counts_from.alias("day"), _key("dato").alias("key")).sort("key")
    return Rows(frame, _starts(frame, len(linker.names)))


def audited(records: Records, first: date | None, to: date | None, cutoff: date | None) -> Audited:
    """The window and the cutoff, as given or as the files themselves say.

    Raises ``UserError`` when they cannot be told, or when the window ends before it begins.
    """
    cell = None
    if cutoff is None:
        cell = _latest(records.samtaler.frame)
        if cell is None:
            raise UserError(
                "samtaler har ingen datoer, som kan fortælle, til hvilken dag udtrækket er opgjort. "
                "Skriv den: --cutoff 2007-12-31."
            )
    last = cell[0] if cell else day_of(cutoff or date.min)
    requests = [row.anmodningsdato for row in records.sager.values()]
    if first is None and not requests:
        raise UserError(
            "sager har ingen rækker, der kan bruges, og perioden kan ikke findes. Skriv den: --from 2007-01-01."
        )
    begins = min(requests) if first is None else day_of(first)
    ends = last if to is None else day_of(to)
    if ends < begins:
        raise UserError(
            f"Perioden slutter {iso(ends)}, før den begynder {iso(begins)}. Ret from og to (--from og --to)."
        )
    return Audited(Period(begins, ends), last, cell[1] if cell else None)


def _latest(samtaler: pl.DataFrame) -> tuple[Day, tuple[int, int, str]] | None:
    """The latest day something was held or registered, and the cell it stands in."""
    found = None
    for column in ("registreret_dato", "afholdt_dato"):
        day = samtaler[column].max()
        if isinstance(day, int) and (found is None or day > found[0]):
            place = samtaler.filter(pl.col(column) == day).select("source", "row").min().row(0)
            found = (day, (place[0], place[1], column))
    return found


class PaymentRows(Sequence[Payment]):
    """The payments of one case, made into records when somebody looks: most cases lose nothing and nobody does."""

    __slots__ = ("_count", "_frame", "_made", "_start")

    def __init__(self, frame: pl.DataFrame, start: int, count: int) -> None:
        self._frame, self._start, self._count = frame, start, count
        self._made: list[Payment] | None = None

    @overload
    def __getitem__(self, index: int) -> Payment: ...
    @overload
    def __getitem__(self, index: slice) -> list[Payment]: ...
    def __getitem__(self, index: int | slice) -> Payment | list[Payment]:
        if self._made is None:
            rows = self._frame.slice(self._start, self._count).rows()
            self._made = list(map(Payment._make, rows))
        return self._made[index]

    def __len__(self) -> int:
        return self._count


def chunks(records: Records, audit: Audited) -> Iterator[list[tuple[str, Case | None]]]:
    """The cases in order of their names, ``CHUNK`` at a time.

    ``None`` stands for a case whose row in ``sager`` cannot be used: it is there, but nothing can be judged.
    """
    for start in range(0, len(records.names), CHUNK):
        numbers = range(start, min(start + CHUNK, len(records.names)))
        yield list(_cases(records, audit, numbers))


def _cases(records: Records, audit: Audited, numbers: range) -> Iterator[tuple[str, Case | None]]:
    samtaler = _of_cases(records.samtaler, numbers, Interview)
    perioder = _of_cases(records.perioder, numbers, Circumstance)
    paid = _of_cases(records.paid, numbers, Period)
    notes = _of_cases(records.journal, numbers, Note)
    for number in numbers:
        name, row = records.names[number], records.sager.get(number)
        if row is None:
            yield name, None
            continue
        ended = row.ophoersdato
        yield (
            name,
            Case(
                sag_id=name,
                team=row.team,
                ydelsestype=row.ydelsestype,
                anmodningsdato=row.anmodningsdato,
                ophoersdato=ended,
                last=audit.cutoff if ended is None else min(ended, audit.cutoff),
                window=audit.window,
                cutoff=audit.cutoff,
                interviews=samtaler(number),
                circumstances=perioder(number),
                payments=_payments_of(records.udbetalinger, number),
                paid=paid(number),
                notes=notes(number),
                source=row.source,
                row=row.row,
            ),
        )


Made = TypeVar("Made", bound=tuple[Any, ...])


def _of_cases(rows: Rows | None, numbers: range, record: type[Made]) -> Callable[[int], tuple[Made, ...]]:
    """The records of a run of cases, made all at once; asked for by the case's number.

    ``tuple.__new__`` makes a named tuple without a call of Python's own: this is where a million rows become objects.
    """
    if rows is None:
        return lambda _: ()
    starts, base = rows.starts, rows.starts[numbers.start]
    part = rows.frame.slice(base, starts[numbers.stop] - base)
    columns = [part[name].to_list() for name in record._fields]  # type: ignore[attr-defined]  # a named tuple's columns
    made = list(map(partial(tuple.__new__, record), zip(*columns, strict=True)))
    return lambda number: tuple(made[starts[number] - base : starts[number + 1] - base])


def _payments_of(rows: Rows | None, number: int) -> Sequence[Payment]:
    if rows is None or rows.starts[number] == rows.starts[number + 1]:
        return ()
    return PaymentRows(rows.frame, rows.starts[number], rows.starts[number + 1] - rows.starts[number])
