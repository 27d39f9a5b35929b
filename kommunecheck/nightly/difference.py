"""What came, went and moved between two runs, stored or written as JSON, and what it means in kroner."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from kommunecheck.adapters.files import refuse_endless
from kommunecheck.domain.days import Day, day_of
from kommunecheck.domain.errors import UserError, why
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.standing import Difference, Remembered, Side, State, StoredRun
from kommunecheck.nightly.compare import Known, Looked, compare
from kommunecheck.nightly.history import History

SCHEMA = "kommunecheck/report/1"


class _Run(NamedTuple):
    side: Side
    findings: Sequence[Remembered]
    looked: Looked


def between(history: History, before: int, after: int) -> Difference:
    """From one stored run to another, by their numbers. Raises ``UserError`` when there is no such run."""
    runs = {run.number: run for run in history.runs()}
    for number in (before, after):
        if number not in runs:
            raise UserError(f"Der er ingen kørsel {number}. Se numrene med: kommunecheck history.")
    return _between(_stored(runs[before], history), _stored(runs[after], history))


def between_reports(before: Path, after: Path, named: Mapping[str, str]) -> Difference:
    """From one JSON report to another; ``named`` is what former codes are called now.

    Raises ``UserError`` for a file that is none.
    """
    return _between(_reported(before, named), _reported(after, named))


def _between(before: _Run, after: _Run) -> Difference:
    compared = compare(after.findings, Known(tuple(before.findings)), after.looked)
    pairs = list(zip(after.findings, compared.standings, strict=True))
    return Difference(
        before.side,
        after.side,
        came=tuple(one for one, standing in pairs if standing.state is State.NEW),
        gone=compared.fixed,
        not_seen=compared.not_seen,
        moved=tuple((one, standing) for one, standing in pairs if standing.state is State.CHANGED),
        unchanged=sum(standing.state is State.UNCHANGED for _, standing in pairs),
    )


def _stored(run: StoredRun, history: History) -> _Run:
    side = Side(f"kørsel {run.number}", run.cutoff, run.expected)
    return _Run(side, history.findings(run.number), Looked(frozenset(run.ran), None))


def _reported(file: Path, named: Mapping[str, str]) -> _Run:
    refuse_endless(file)
    try:
        report = orjson.loads(file.read_bytes())
        if report["schema"] != SCHEMA:
            raise ValueError("another form")
        run = report["run"]
        shown = {*run["rules_run"]} - {one["code"] for one in run["ignored"]}
        side = Side(
            masked(file.name),
            day_of(date.fromisoformat(run["cutoff"])),
            _oere(report["summary"]["expected"]["refund_lost"]),
        )
        ran = frozenset(named.get(code, code) for code in shown)
        looked = Looked(ran, frozenset(case["sag_id"] for case in report["cases"]))
        return _Run(side, [_finding(one).named(named) for one in report["findings"]], looked)
    except FileNotFoundError:
        raise UserError(
            f"{file.name} findes ikke. Skriv to rapporter (.json), eller numre fra kommunecheck history."
        ) from None
    except OSError as error:
        raise UserError(f"{file.name} {why(error)}.") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UserError(
            f"{file.name} er ikke en rapport, som denne version kan sammenligne. Skriv den igen med: kommunecheck "
            "check -o rapport.json."
        ) from None


def _finding(one: Mapping[str, Any]) -> Remembered:
    return Remembered(
        one["fingerprint"],
        one["code"],
        one["subject"]["kind"],
        one["subject"]["id"],
        one["sag_id"],
        one["step"],
        _day(one["date"]),
        _day(one["from"]),
        _day(one["to"]),
        one["days"],
        _oere(one["paid"]),
        _oere(one["refund_lost"]),
        one["runs"],
    )


def _day(text: str | None) -> Day | None:
    return day_of(date.fromisoformat(text)) if text is not None else None


def _oere(text: str | None) -> int | None:
    return None if text is None else int(text.replace(".", ""))
