"""The history: every run in one local SQLite file, never changed again.

A run is known by the digest of everything its result follows from, so the same run is stored once, however often it is
repeated; if the files were something else in between, it is another run. No person stands in it, beyond what ``sag_id``
says.
"""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import orjson

from kommunecheck.domain.days import Day
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.report import Outcome, Report, Run
from kommunecheck.domain.standing import Remembered, Ruled, StoredRun
from kommunecheck.nightly.compare import Known

FORM = 1
"""What ``PRAGMA user_version`` says of a file that this version can read."""
PATIENCE = 60.0
"""Seconds to wait for another program that is writing."""
TURN = 1800.0
"""Seconds to wait for another run to be over."""

_TABLES = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    cutoff INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    synthetic INTEGER NOT NULL,
    cases INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    expected INTEGER,
    running INTEGER,
    rules TEXT NOT NULL,
    teams TEXT NOT NULL,
    ran TEXT NOT NULL
) STRICT;
CREATE TABLE findings (
    run INTEGER NOT NULL REFERENCES runs (number),
    fingerprint TEXT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    sag_id TEXT,
    step INTEGER,
    date INTEGER,
    first INTEGER,
    last INTEGER,
    days INTEGER NOT NULL,
    paid INTEGER,
    refund_lost INTEGER,
    runs INTEGER NOT NULL
) STRICT;
CREATE INDEX findings_of ON findings (run);
CREATE INDEX findings_by ON findings (fingerprint);
CREATE TRIGGER no_run_is_changed BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'never changed'); END;
CREATE TRIGGER no_run_is_deleted BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'never deleted'); END;
CREATE TRIGGER no_finding_is_changed BEFORE UPDATE ON findings BEGIN SELECT RAISE(ABORT, 'never changed'); END;
CREATE TRIGGER no_finding_is_deleted BEFORE DELETE ON findings BEGIN SELECT RAISE(ABORT, 'never deleted'); END;
"""


def key_of(report: Report, remembered: Sequence[Remembered]) -> str:
    """What the run is known by: what its figures follow from, what of them is shown, and all that is stored of it."""
    run = report.run
    severities = [one.severity for one in report.findings]
    said = [run.digest, run.ignored, run.crashes, severities, _values(report), [tuple(one) for one in remembered]]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


class Place(NamedTuple):
    """Where a run stands in the history: its number, and a hash of it and of the runs before it, which never change."""

    number: int
    so_far: str


class History:
    """The stored runs. Errors of the file become ``UserError``."""

    def __init__(self, path: Path, named: Mapping[str, str]) -> None:
        """``path`` need not exist yet; its folder must. ``named`` is what former codes are called now."""
        self.path = path
        self._named = named
        self._held: sqlite3.Connection | None = None

    @contextmanager
    def alone(self, waits: Callable[[], None]) -> Iterator[None]:
        """A whole run, during which no other one is under way.

        It is a transaction: what is stored is there when it is over, and where the run fails or is killed the file is
        as it was, and free. ``waits`` is told once, where another run is under way. Raises ``UserError`` when that
        takes too long.
        """
        with self._opened() as base:
            _take_turn(base, waits)
            self._held = base
            try:
                yield
                base.execute("COMMIT")
            finally:
                self._held = None

    def runs(self) -> list[StoredRun]:
        """Every run, in the order they were stored."""
        if not self.path.exists():
            return []
        with self._opened() as base, _sound():
            return [_run(row, self._named) for row in base.execute(f"SELECT {_COLUMNS} FROM runs ORDER BY number")]  # noqa: S608 - our own names

    def findings(self, number: int) -> tuple[Remembered, ...]:
        """The findings of a run."""
        with self._opened() as base, _sound():
            rows = base.execute(f"SELECT {_FIELDS} FROM findings WHERE run = ? ORDER BY rowid", (number,))  # noqa: S608 - our own names
            return tuple(_remembered(row).named(self._named) for row in rows)

    def known_before(self, key: str, run: Run) -> Known | None:
        """What an earlier run found, and what runs before that had found; ``None`` where there is none to be held to.

        The earlier run is of those that saw no later day than this ``run`` the one that saw most days, and of equals
        the latest: one that looked at all that this one looks at, from no later than its first day and with its rules,
        or, where none did, any. A run that is repeated is held against the one that stood before it the first time.
        """
        if not self.path.exists():
            return None
        with self._opened() as base:
            own = "SELECT number FROM runs WHERE key = ?"
            earlier = base.execute(
                "SELECT last, cutoff, number, first, ran FROM runs "  # noqa: S608 - our own words
                f"WHERE number < ifnull(({own}), number + 1) AND last <= ? AND cutoff <= ?",
                (key, run.window.last, run.cutoff),
            ).fetchall()
            if not earlier:
                return None
            whole = [one for one in earlier if one[3] <= run.window.first and self._codes(one[4]) >= run.rules_shown]
            number = max(whole or earlier)[2]
            rows = base.execute("SELECT DISTINCT fingerprint FROM findings WHERE run < ?", (number,))
            ever = {fingerprint for (fingerprint,) in rows}
            findings = self.findings(number)
        return Known(findings, frozenset(ever - {finding.fingerprint for finding in findings}))

    def _codes(self, ran: str) -> set[str]:
        """The rules that a run is stored with, as they are called now."""
        return {self._named.get(code, code) for code in orjson.loads(ran)}

    def turn_of(self, key: str) -> str:
        """What a run with this key is stored under: the key itself, or the one of its latest turn.

        It is a new turn where a later run of the same days, cutoff and rules came to something else: the files have
        gone back to what they were, and what was mended since is broken again. The run of an earlier night is not:
        nothing says that the files were otherwise then.
        """
        if not self.path.exists():
            return key
        with self._opened() as base:
            stored, turn, one = None, 1, key
            while base.execute("SELECT 1 FROM runs WHERE key = ?", (one,)).fetchone() is not None:
                stored, turn = one, turn + 1
                one = hashlib.sha256(f"{key} {turn}".encode()).hexdigest()
            otherwise = base.execute(_OTHERWISE_SINCE, (stored,)).fetchone() is not None
        return one if stored is None or otherwise else stored

    def place_of(self, key: str) -> Place | None:
        """Where the run stands in the history; ``None`` where it does not."""
        with self._opened() as base:
            keys = base.execute("SELECT number, key FROM runs ORDER BY number").fetchall()
        so_far = hashlib.sha256()
        for number, one in keys:
            so_far.update(one.encode())
            if one == key:
                return Place(number, so_far.hexdigest())
        return None

    def store(self, report: Report) -> None:
        """Store a run that has been held against the one before it; one that is there already is left as it is."""
        if report.nightly is None or report.nightly.run is None:
            raise ValueError("the report was never held against the history")
        key, findings = report.nightly.run
        with self._opened() as base, _at_once(base):
            if base.execute("SELECT 1 FROM runs WHERE key = ?", (key,)).fetchone() is not None:
                return
            columns = _COLUMNS.split(", ")[1:]
            marks = ", ".join("?" * len(columns))
            cursor = base.execute(f"INSERT INTO runs ({', '.join(columns)}) VALUES ({marks})", (key, *_values(report)))  # noqa: S608 - our own names
            places = ", ".join("?" * (len(Remembered._fields) + 1))
            base.executemany(f"INSERT INTO findings VALUES ({places})", [(cursor.lastrowid, *one) for one in findings])  # noqa: S608 - our own names

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        if self._held is not None:
            yield self._held
            return
        name = self.path.name
        damaged = (
            f"[history] database: {name} er ikke en historik, eller den er beskadiget. Flyt filen, eller hent en ældre "
            "udgave af den."
        )
        try:
            with closing(sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)) as base:
                _prepare(base, name)
                yield base
        except sqlite3.OperationalError as error:
            if any(part in str(error) for part in ("no such", "decode")):  # a table is gone, or a text is none
                raise UserError(damaged) from None
            busy = "locked" in str(error)
            why = "bruges af en anden kørsel. Vent, og kør igen" if busy else "kan ikke åbnes eller skrives"
            raise UserError(f"[history] database: {name} {why}.") from None
        except (sqlite3.DatabaseError, orjson.JSONDecodeError):
            raise UserError(damaged) from None


_OTHERWISE_SINCE = """
SELECT 1 FROM runs AS own JOIN runs AS later
ON later.number > own.number AND later.first = own.first AND later.last = own.last AND later.cutoff = own.cutoff
AND later.ran = own.ran WHERE own.key = ?
"""
"""Whether a later run of the same days and rules than the one with this key is stored."""
_COLUMNS = ", ".join(StoredRun._fields)
_FIELDS = ", ".join(Remembered._fields)


def _prepare(base: sqlite3.Connection, name: str) -> None:
    """Make the tables in a new file. Raises ``UserError`` for one of a later version."""
    form = base.execute("PRAGMA user_version").fetchone()[0]
    if form == FORM:
        return
    if form != 0:
        raise UserError(f"[history] database: {name} er skrevet af en nyere version. Opdatér kommunecheck.")
    with _at_once(base):
        if base.execute("PRAGMA user_version").fetchone()[0] == FORM:
            return
        if base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise sqlite3.DatabaseError
        for statement in _statements(_TABLES):
            base.execute(statement)
        base.execute(f"PRAGMA user_version = {FORM}")


def _statements(script: str) -> Iterator[str]:
    """The statements one by one: a script as a whole would commit what stands before it."""
    waiting = ""
    for line in script.splitlines():
        waiting += line + "\n"
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""


def _take_turn(base: sqlite3.Connection, waits: Callable[[], None]) -> None:
    """Begin to write as the only one. SQLite's own lock is held by the system, which frees it when a run is killed."""
    told, until = False, time.monotonic() + TURN
    base.execute("PRAGMA busy_timeout = 0")  # Ctrl-C would not be heard while SQLite waits
    while True:
        try:
            base.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        else:
            break
        if not told:
            told = True
            waits()
        time.sleep(0.1)
    base.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")


@contextmanager
def _at_once(base: sqlite3.Connection) -> Iterator[None]:
    """All that is written within, or none of it; within a run, together with the run."""
    if base.in_transaction:
        yield
        return
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")


def _values(report: Report) -> tuple[object, ...]:
    """The columns behind the key."""
    run, summary = report.run, report.summary
    outcomes, shown = summary.outcomes, run.rules_shown
    return (
        run.version,
        run.window.first,
        run.window.last,
        run.cutoff,
        int(run.complete),
        int(run.synthetic),
        summary.cases,
        outcomes[Outcome.ERROR_WITH_LOSS] + outcomes[Outcome.ERROR_WITHOUT_LOSS],
        summary.expected.refund_lost,
        summary.running_per_day,
        _packed([(one.code, one.findings, one.touched_refund) for one in summary.by_code]),
        _packed([(one.team, one.error_with_loss, one.refund_lost) for one in summary.by_team]),
        _packed([code for code in run.rules_run if code in shown]),
    )


def _packed(values: Sequence[object]) -> str:
    return orjson.dumps(values).decode()


@contextmanager
def _sound() -> Iterator[None]:
    """What a row holds that none of ours does shows that the file is damaged."""
    try:
        yield
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError from error


def _run(row: Sequence[object], named: Mapping[str, str]) -> StoredRun:
    *plain, rules, teams, ran = row
    found = StoredRun._make([*plain, (), (), ()])
    _demand_days(found.first, found.last, found.cutoff)
    return found._replace(
        complete=bool(found.complete),
        synthetic=bool(found.synthetic),
        rules=tuple(one._replace(name=named.get(one.name or "", one.name)) for one in _unpacked(rules)),
        teams=tuple(_unpacked(teams)),
        ran=tuple(named.get(code, code) for code in orjson.loads(str(ran))),
    )


def _unpacked(values: object) -> Iterator[Ruled]:
    for name, *amounts in orjson.loads(str(values)):
        if not isinstance(name, str | None) or not all(isinstance(one, int | None) for one in amounts):
            raise TypeError
        yield Ruled(name, *amounts)


def _remembered(row: Sequence[object]) -> Remembered:
    one = Remembered._make([*row[:-1], bool(row[-1])])
    _demand_days(one.date, one.first, one.last)
    return one


def _demand_days(*days: Day | None) -> None:
    """Raises ``ValueError`` for a number that is no day."""
    for day in days:
        if day is not None and not 0 < day <= date.max.toordinal():
            raise ValueError
