"""The tables of a municipality become records: rows put to their cases, ready to be made into cases."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from kommunecheck.domain.days import NO_END, Day, Period, day_of, iso
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.records import Circumstance, Content, Interview, Note, Payment, QuotedReading, Reading
from kommunecheck.intake.keys import Cases, name_courses, with_hidden_keys, without_remarks
from kommunecheck.intake.link import Linked, link, link_sager, report_overlaps
from kommunecheck.intake.read import OpenedFile, Ragged, Typed, unread

ReadNote = Callable[[str], Reading | QuotedReading]
"""What a note's text is read with."""

_DAY_BITS = 22
"""Every day (up to the year 9999) is below 2**22, so that a case and a day fit in one sortable integer."""


class Audited(NamedTuple):
    """The audited period, the last day the export knows about, and the cell that set it (``None`` if it was given)."""

    window: Period
    cutoff: Day
    cutoff_from: tuple[int, int, str] | None


class Latest(NamedTuple):
    """The latest day in ``samtaler`` that something was held or registered, its cell, and the latest day before it."""

    day: Day
    cell: tuple[int, int, str]
    before: Day | None


COURSE_COLUMNS = ("team", "ydelsestype", "anmodningsdato", "ophoersdato", "source", "row")
"""The columns of ``sager`` that a case is made of."""


class Rows(NamedTuple):
    """The rows of one table in order of case and day; those of case ``n`` begin at ``starts[n]``."""

    frame: pl.DataFrame
    starts: list[int]


class Claims(NamedTuple):
    """Every row of ``udbetalinger`` with what was claimed for it, used or not; ``ragged`` rows cannot be told apart.

    ``frame`` has ``case``, ``aside`` and ``unread`` beside the columns of a payment and of its claim.
    """

    frame: pl.DataFrame
    ragged: tuple[Ragged, ...]


@dataclass(slots=True)
class Records:
    """All tables of a municipality, read and put to their cases.

    ``names`` are the cases in order; a case's number is its place there, and the place of its row in ``sager``
    (``anmodningsdato`` is null where the case's own row cannot be used). ``contents`` are what the rows of ``samtaler``
    say, by number; ``latest`` is the latest day something was held or registered, with its cell; ``in_register`` are
    the cases with any row there, used or not. ``problems`` are what could not be used, by the case's name (``None``: of
    no case). ``rows`` and ``used`` count, by source, the rows there are and those that are used; the others are
    reported.
    """

    names: list[str]
    sager: pl.DataFrame
    samtaler: Rows | None = None
    contents: list[Content] = field(default_factory=list)
    latest: Latest | None = None
    earliest: Day | None = None
    """The earliest day something was done, where there are no cases to tell."""
    in_register: frozenset[int] = frozenset()
    perioder: Rows | None = None
    udbetalinger: Rows | None = None
    paid: Rows | None = None
    journal: Rows | None = None
    claims: Claims | None = None
    """What was claimed for the payments, where it is asked for."""
    persons: list[int | None] = field(default_factory=list)
    """A number for the person of each case, the same for cases of one CPR number, where it is asked for."""
    others: dict[str, tuple[type[Any], Rows]] = field(default_factory=dict)
    """The tables that plugins brought, with what their rows become."""
    apart: dict[str, tuple[type[Any], pl.DataFrame]] = field(default_factory=dict)
    """Those of them whose rows belong to no case."""
    aside: dict[str, tuple[type[Any], pl.DataFrame]] = field(default_factory=dict)
    """The rows of all tables that plugins brought that are not used, but for doubles of a row that is."""
    problems: dict[str | None, list[Problem]] = field(default_factory=dict)
    present: dict[str, frozenset[str]] = field(default_factory=dict)
    rows: Counter[int] = field(default_factory=Counter)
    used: Counter[int] = field(default_factory=Counter)
    nameless: int = 0
    """Rows of ``sager`` that do not say whose they are: those cases are missing altogether."""
    later: Counter[str] = field(default_factory=Counter)
    """Rows by table that were registered after the day that is judged by: neither used nor a fault."""


def take_in(
    tables: Mapping[str, Callable[[], Typed | None]],
    files: Mapping[int, OpenedFile],
    read_note: ReadNote,
    key: bytes | None,
    known_on: Day | None = None,
    for_audit: bool = False,
) -> Records:
    """Put the rows of the tables to their cases, those of ``sager`` first, and read the next ones meanwhile.

    Rows of ``samtaler`` and ``journal`` registered after ``known_on`` are set aside, and counted. What was claimed for
    the payments, and which cases are one person's, is kept only ``for_audit``: few ask, and it takes memory. Raises
    ``UserError`` when a table that must be there cannot be read, and when ``sag_id`` needs a key to hide it.
    """
    cases, records = Cases(None, key), Records([], pl.DataFrame(schema={"anmodningsdato": pl.Int32}))
    for name, typed in _read_ahead(tables):
        if name == "sager":
            cases, records = _take_cases(typed, files, key)
            records.persons = cases.persons() if for_audit else []
        elif typed is not None:
            _add(records, _take(with_hidden_keys(typed, key), cases, files, read_note, known_on, for_audit))
        del typed  # not kept while the next is waited for
    records.problems = {name: sorted(some, key=_order) for name, some in records.problems.items()}
    return records


AHEAD = 2
"""Tables that are read while one is put to its cases: often a small one stands between two large ones."""


def _read_ahead(tables: Mapping[str, Callable[[], Typed | None]]) -> Iterator[tuple[str, Typed | None]]:
    """The tables in order, each read while those before it are worked on, and none lying about for long."""
    waiting: deque[tuple[str, Future[Typed | None]]] = deque()
    reader = ThreadPoolExecutor(1)
    try:
        for name, read in tables.items():
            waiting.append((name, reader.submit(read)))
            if len(waiting) > AHEAD:
                yield _next(waiting)
        while waiting:
            yield _next(waiting)
    finally:
        reader.shutdown(cancel_futures=True)


def _next(waiting: deque[tuple[str, Future[Typed | None]]]) -> tuple[str, Typed | None]:
    """The first of the tables, when it is read; nothing else keeps it."""
    name, reading = waiting.popleft()
    return name, reading.result()


def _take_cases(courses: Typed | None, files: Mapping[int, OpenedFile], key: bytes | None) -> tuple[Cases, Records]:
    """The cases that ``sager`` names, with its rows."""
    assert courses is not None  # noqa: S101 - sager is read, or the run ends
    if courses.frame.is_empty() and not courses.ragged:
        raise UserError("sager har ingen rækker under overskrifterne. Hent udtrækket igen.")
    courses = name_courses(without_remarks(courses))
    cases = Cases(courses, key)
    sager = link_sager(courses, cases, files)
    headings = sum(cell.kind == "heading" for cell in courses.cells)  # said once more, they are no case's
    nameless = sager.frame["case"].null_count() + len(sager.ragged) - headings
    records = Records(cases.names, _courses(sager), nameless=nameless)
    _add(records, _taken(sager))
    return cases, records


@dataclass(slots=True)
class Taken:
    """One table, taken in: its columns, what could not be used, and how many rows of each source there are and used.

    ``fields`` are those of ``Records`` that it fills.
    """

    table: str
    present: frozenset[str]
    problems: list[Problem]
    rows: Counter[int]
    used: Counter[int]
    fields: dict[str, object] = field(default_factory=dict)
    others: dict[str, tuple[type[Any], Rows]] = field(default_factory=dict)
    apart: dict[str, tuple[type[Any], pl.DataFrame]] = field(default_factory=dict)
    aside: dict[str, tuple[type[Any], pl.DataFrame]] = field(default_factory=dict)
    later: int = 0
    """Rows registered after the day that is judged by."""


def _taken(table: Linked) -> Taken:
    """What is to be told of any table."""
    rows = Counter(ragged.source for ragged in table.ragged)
    used: Counter[int] = Counter()
    for source, count, aside in table.frame.group_by("source").agg(pl.len(), pl.col("aside").sum()).iter_rows():
        rows[source] += count
        used[source] += count - aside
    return Taken(table.shape.name, table.present, table.problems, rows, used)


def _take(
    typed: Typed,
    cases: Cases,
    files: Mapping[int, OpenedFile],
    read_note: ReadNote,
    known_on: Day | None,
    for_audit: bool,
) -> Taken:
    """Put one table's rows to their cases; those registered after ``known_on`` are counted and looked at no further."""
    typed, later = _known_by(typed, known_on, cases)
    table = link(typed, cases, files)
    fields: dict[str, object] = {}
    others: dict[str, tuple[type[Any], Rows]] = {}
    apart: dict[str, tuple[type[Any], pl.DataFrame]] = {}
    aside: dict[str, tuple[type[Any], pl.DataFrame]] = {}
    if table.shape.name == "samtaler":
        fields["samtaler"], fields["contents"] = _interviews(table)
        fields["in_register"] = frozenset(pl.concat([table.frame["case"], later["case"]]).drop_nulls().unique())
        columns = ("registreret_dato", "afholdt_dato", "source", "row")
        known = later.filter(~pl.col("aside") & pl.col("case").is_not_null()).select(columns)
        fields["latest"] = _latest(pl.concat([table.used(*columns), known]))  # how far the files go
    elif table.shape.name == "perioder":
        fields["perioder"] = _circumstances(table)
    elif table.shape.name == "udbetalinger":
        fields["udbetalinger"], fields["paid"] = _payments(table)
        fields["claims"] = Claims(table.frame.select(CLAIM_COLUMNS), table.ragged) if for_audit else None
    elif table.shape.name == "journal":
        fields["journal"] = _notes(table, read_note)
    elif table.shape.record is not None and table.shape.of_cases:
        others[table.shape.name] = (table.shape.record, _others(table, table.shape.record))
        aside[table.shape.name] = (table.shape.record, _unused(table, table.shape.record))
    elif table.shape.record is not None:
        record = table.shape.record
        apart[table.shape.name] = (record, _in_order_of_day(table, record))
        aside[table.shape.name] = (record, _unused(table, record))
    taken = _taken(table)
    taken.rows.update(later["source"])
    taken.fields, taken.others, taken.apart, taken.aside, taken.later = fields, others, apart, aside, later.height
    return taken


_REGISTERED = {"samtaler": "afholdt_dato", "journal": "dato"}
"""The tables whose rows tell when they were registered, and the day that a blank there stands for."""


def _known_by(typed: Typed, known_on: Day | None, cases: Cases) -> tuple[Typed, pl.DataFrame]:
    """The table as it was known on the day, and the rows that were registered later, with their cases.

    An interview without a day of registration was registered on the day it was held, a note on its own.
    """
    frame, own = typed.frame, _REGISTERED.get(typed.shape.name)
    if known_on is None or own is None:
        return typed, _NO_ROWS
    blank = ~unread(frame, "registreret_dato")
    registered = pl.coalesce("registreret_dato", pl.when(blank).then(own))
    later = frame.select((registered > known_on).fill_null(value=False)).to_series()
    place = (~later).cum_sum() - 1
    cells = [cell._replace(place=place[cell.place]) for cell in typed.cells if not later[cell.place]]
    rows = frame.filter(later)
    cases_of_rows = cases.of(replace(typed, frame=rows)).alias("case")
    return replace(typed, frame=frame.filter(~later), cells=cells), rows.with_columns(cases_of_rows)


_DAY, _PLACE = pl.Int32, {"source": pl.UInt16, "row": pl.UInt32}
_NO_ROWS = pl.DataFrame(
    schema={"case": pl.UInt32, "aside": pl.Boolean, "registreret_dato": _DAY, "afholdt_dato": _DAY, **_PLACE}
)
"""What is registered later where nobody asks for a day."""


def _add(records: Records, taken: Taken) -> None:
    records.present[taken.table] = taken.present
    records.rows += taken.rows
    records.used += taken.used
    for problem in taken.problems:
        records.problems.setdefault(problem.sag_id, []).append(problem)
    for name, value in taken.fields.items():
        setattr(records, name, value)
    records.later[taken.table] += taken.later
    records.others |= taken.others
    records.apart |= taken.apart
    records.aside |= taken.aside


def _courses(sager: Linked) -> pl.DataFrame:
    """The usable rows of ``sager``, one place for every case."""
    used = sager.used("case", *COURSE_COLUMNS, "cpr")
    teams = used["team"].unique().drop_nulls()
    shown = pl.Series([masked(team) for team in teams], dtype=pl.String)
    used = used.with_columns(pl.col("team").replace_strict(teams, shown, default=None))
    return sager.cases.keys.select("case").join(used, on="case", how="left", maintain_order="left")


def _order(problem: Problem) -> tuple[object, ...]:
    columns = [one.column for one in problem.evidence]
    rows = [(one.source, one.row) for one in problem.evidence]
    return (problem.code, problem.table, problem.kind, problem.date or 0, columns, rows)


def _key(day: str) -> pl.Expr:
    return pl.col("case").cast(pl.Int64) * (1 << _DAY_BITS) + pl.col(day).fill_null(0)


def starts_of(frame: pl.DataFrame, cases: int) -> list[int]:
    """Where the rows of each case begin in a frame in order of case; one more at the end."""
    places: list[int] = frame["case"].search_sorted(pl.int_range(cases + 1, dtype=pl.UInt32, eager=True)).to_list()
    return places


def _rows(frame: pl.DataFrame, day: str, cases: int) -> Rows:
    ordered = frame.sort(_key(day)) if frame.height else frame
    return Rows(ordered, starts_of(ordered, cases))


CONTENT_COLUMNS = [one.name for one in fields(Content) if one.init]


def _interviews(samtaler: Linked) -> tuple[Rows, list[Content]]:
    """The rows of ``samtaler``; a blank grovmatch is no.

    What rows say apart from id and dates is shared between them.
    """
    used = samtaler.used("case", *CONTENT_COLUMNS, *(set(Interview._fields) - {"content"}))
    said = used.select(CONTENT_COLUMNS).unique().with_row_index("content")
    coded = used.join(said, on=CONTENT_COLUMNS, how="left", nulls_equal=True).select("case", *Interview._fields)
    areas = pl.col("opmaerksomhedsomraader").cast(pl.String)
    named = areas.str.strip_chars("| ").str.len_bytes() > 0  # separators alone name no area
    told = said.with_columns(pl.col("grovmatch").fill_null(value=False), pl.when(named).then(areas))
    contents = [Content(*values) for values in told.select(CONTENT_COLUMNS).rows()]
    return _rows(coded, "afholdt_dato", len(samtaler.cases.names)), contents


def _circumstances(perioder: Linked) -> Rows:
    """The rows of ``perioder``; one without an end is still running."""
    filled = pl.col("til").fill_null(NO_END), pl.col("dokumenteret").fill_null(value=False)
    frame = perioder.used("case", *Circumstance._fields).with_columns(*filled)
    return _rows(frame, "fra", len(perioder.cases.names))


def _payments(payments: Linked) -> tuple[Rows, Rows]:
    """The payments in order, and the days they cover together; those that share days are reported.

    A blank ``i_tilbud`` is no; one that is absent or cannot be read is unknown, and the payment has no rate.
    """
    used = payments.used("case", "unread", *Payment._fields)
    if "i_tilbud" in payments.present:
        offer = pl.when(payments.unread("i_tilbud")).then(None).otherwise(pl.col("i_tilbud").fill_null(value=False))
        used = used.with_columns(offer.alias("i_tilbud"))
    used = used.drop("unread").with_columns(_key("fra").alias("fra_key"), _key("til").alias("til_key"))
    ordered = used.sort("fra_key")
    if (ordered["fra_key"].diff() == 0).any():  # by one column is quicker, and most often enough
        ordered = ordered.sort("fra_key", "til_key", "udbetaling_id", "beloeb", "i_tilbud", "ydelsestype")
    ordered = ordered.with_columns(pl.col("til_key").cum_max().shift(1).fill_null(-1).alias("reach"))
    report_overlaps(payments, ordered)
    covered = _covered(ordered)
    cases = len(payments.cases.names)
    return Rows(ordered.select("case", *Payment._fields), starts_of(ordered, cases)), Rows(
        covered, starts_of(covered, cases)
    )


CLAIM_COLUMNS = ["case", "aside", "unread", *Payment._fields, "anmeldt_refusion", "berigtiget_refusion", "konto"]


def _covered(ordered: pl.DataFrame) -> pl.DataFrame:
    """The unbroken runs of days that the payments of each case cover: ``case``, ``first`` and ``last``."""
    begins = (pl.col("fra_key") > pl.col("reach") + 1) | (pl.col("case") != pl.col("case").shift(1))
    starts = ordered.select(begins.fill_null(value=True)).to_series().arg_true()
    reach = ordered["til_key"].cum_max()
    ends = reach.gather(starts.shift(-1, fill_value=len(reach)) - 1)
    first = ordered.select("case", pl.col("fra").alias("first"))[starts]
    return first.with_columns((ends % (1 << _DAY_BITS)).cast(pl.Int32).alias("last"))


def _others(table: Linked, record: type[Any]) -> Rows:
    """The rows of a plugin's table, case by case."""
    frame = _in_order_of_day(table, record).sort("case", maintain_order=True)
    return Rows(frame, starts_of(frame, len(table.cases.names)))


def _in_order_of_day(table: Linked, record: type[Any], *, aside: bool = False) -> pl.DataFrame:
    """The rows of a plugin's table by day and then by what they say: the file's own order changes nothing.

    With ``aside``, those that are not used.
    """
    days, fields = table.shape.days, list(record._fields)
    columns = ("case", *dict.fromkeys((*fields, *days)))
    frame = table.unused(*columns) if aside else table.used(*columns)
    day = pl.coalesce(*days) if days else pl.lit(None, pl.Int32)
    said = [name for name in fields if name not in ("source", "row")]
    places = [name for name in ("source", "row") if name in fields]
    return frame.with_columns(day.alias("its day")).sort("its day", *said, *places).select("case", *fields)


def _unused(table: Linked, record: type[Any]) -> pl.DataFrame:
    """The rows that are not used, with null in every column that could not be told."""
    frame = _in_order_of_day(table, record, aside=True)
    places = [{"source": ragged.source, "row": ragged.row, "unread": ""} for ragged in table.ragged]
    unknown = [{name: place.get(name) for name in frame.columns} for place in places]
    return frame.vstack(pl.DataFrame(unknown, schema=frame.schema)) if unknown else frame


def aside_of_cases(records: Records) -> dict[str, dict[str, tuple[Any, ...]]]:
    """The rows that are not used of each case that has any, by its name and their table."""
    found: dict[str, dict[str, list[Any]]] = {}
    for table, (record, frame) in records.aside.items():
        own = frame.drop_nulls("case")
        for case, row in zip(own["case"].to_list(), made(record, own), strict=True):
            found.setdefault(records.names[case], {}).setdefault(table, []).append(row)
    return {name: {table: tuple(rows) for table, rows in own.items()} for name, own in found.items()}


def made(record: type[Any], frame: pl.DataFrame) -> tuple[Any, ...]:
    """The rows of a frame as records."""
    columns = [frame[name].to_list() for name in record._fields]
    return tuple(record(*values) for values in zip(*columns, strict=True))


def _notes(journal: Linked, read_note: ReadNote) -> Rows:
    """The notes, read; each distinct text once. Only what it says goes on, not the text."""
    used = journal.used("case", "tekst", "dato", "registreret_dato", "notat_id", "source", "row")
    texts = used["tekst"].unique().drop_nulls()
    readings = [read_note(text) for text in texts]
    said = pl.DataFrame(
        {
            "tekst": texts,
            "placed": [reading.placed for reading in readings],
            "areas": [reading.areas for reading in readings],
            "job_seeker": [reading.job_seeker for reading in readings],
            "quotes": [list(one.quotes) if isinstance(one, QuotedReading) else None for one in readings],
        },
        schema={
            "tekst": pl.Categorical,
            "placed": pl.String,
            "areas": pl.Boolean,
            "job_seeker": pl.Boolean,
            "quotes": pl.List(pl.String),
        },
    ).filter(pl.col("placed").is_not_null() | pl.col("areas") | pl.col("job_seeker"))
    counts_from = pl.max_horizontal("dato", "registreret_dato").alias("day")
    frame = used.join(said, on="tekst", how="inner").with_columns(counts_from).select("case", *Note._fields)
    return _rows(frame, "dato", len(journal.cases.names))


def audited(
    records: Records, first: date | None, to: date | None, cutoff: date | None, known_on: Day | None = None
) -> Audited:
    """The window and the cutoff, as given or as the files themselves say; nothing is judged after ``known_on``.

    Raises ``UserError`` when they cannot be told, or when the window ends before it begins.
    """
    latest = None
    if cutoff is None:
        latest = records.latest
        if latest is None:
            raise UserError(
                f"{'Udtrækket' if records.samtaler is None else 'samtaler'} har ingen datoer, som kan fortælle, til "
                "hvilken dag udtrækket er opgjort. Skriv den: --cutoff 2007-12-31."
            )
    last = latest.day if latest else day_of(cutoff or date.min)
    if known_on is not None and known_on < last:
        last, latest = known_on, None
    earliest = records.sager["anmodningsdato"].min() if records.names else records.earliest
    if first is None and not isinstance(earliest, int):
        raise UserError(
            f"{'sager' if records.names else 'Udtrækket'} har ingen rækker, der kan bruges, og perioden kan ikke "
            "findes. Skriv den: --from 2007-01-01."
        )
    begins = day_of(first) if first is not None else earliest if isinstance(earliest, int) else last
    ends = last if to is None else day_of(to)
    if ends < begins:
        raise UserError(
            f"Perioden slutter {iso(ends)}, før den begynder {iso(begins)}. Ret from og to (--from og --to)."
        )
    return Audited(Period(begins, ends), last, latest.cell if latest else None)


def dated_by(records: Records, done: Sequence[str]) -> Records:
    """The records without ``samtaler``, dated by what further supervisions say was done: fields as ``table.column``."""
    told = list(_done(records, done))
    latest = [found for found, _ in told]
    earliest = [first for _, first in told]
    days = sorted({day for one in latest for day in (one.day, one.before) if day is not None})
    last = max(latest, key=lambda one: one.day, default=None)
    before = days[-2] if len(days) > 1 else None
    return replace(records, latest=last and last._replace(before=before), earliest=min(earliest) if earliest else None)


def last_done(records: Records, done: Sequence[str]) -> Day | None:
    """The latest day in the fields, as ``table.column``; ``None`` where there is none."""
    return max((found.day for found, _ in _done(records, done)), default=None)


def _done(records: Records, done: Sequence[str]) -> Iterator[tuple[Latest, Day]]:
    """The latest and the earliest day of each field that has any."""
    for table, _, column in (one.partition(".") for one in done):
        frame = records.others[table][1].frame if table in records.others else None
        frame = records.apart[table][1] if table in records.apart else frame
        found = None if frame is None else _latest(frame, (column,))
        if frame is not None and found is not None:
            yield found, frame.select(pl.col(column).min()).item()


def _latest(frame: pl.DataFrame, columns: Sequence[str] = ("registreret_dato", "afholdt_dato")) -> Latest | None:
    """The latest day something was held or registered, and the cell it stands in."""
    days = (
        pl.concat([frame[column].rename("day") for column in columns])
        .drop_nulls()
        .unique()
        .top_k(2)
        .sort(descending=True)
    )
    if days.is_empty():
        return None
    day = days[0]
    column = next(column for column in columns if frame[column].max() == day)
    source, row = frame.filter(pl.col(column) == day).select("source", "row").sort("source", "row").row(0)
    return Latest(day, (source, row, column), days[1] if len(days) > 1 else None)
