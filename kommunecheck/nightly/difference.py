"""What came, went and moved between two runs, stored or written as JSON, and what it means in kroner."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kommunecheck.adapters.files import read_named
from kommunecheck.domain.days import Period, day_of, day_or_none
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.standing import Difference, Remembered, Side, State, StoredRun
from kommunecheck.nightly.compare import Known, Looked, compare
from kommunecheck.nightly.history import History

Kroner = Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]{2}$")]
Date = date | None


class _Part(BaseModel):
    """What is compared of a JSON report; what else stands in it is passed over."""

    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)


class _Rule(_Part):
    code: str


class _Municipality(_Part):
    code: str | None


class _TheRun(_Part):
    municipality: _Municipality
    rules_run: tuple[str, ...]
    ignored: tuple[_Rule, ...]
    from_: date = Field(alias="from")
    to: date
    cutoff: date


class _Amount(_Part):
    refund_lost: Kroner | None


class _Summary(_Part):
    expected: _Amount


class _Case(_Part):
    sag_id: str


class _Subject(_Part):
    kind: str
    id: str


class _Finding(_Part):
    fingerprint: str
    code: str
    subject: _Subject
    sag_id: str | None
    step: int | None
    date: Date
    from_: Date = Field(alias="from")
    to: Date
    days: Annotated[int, Field(ge=0)]
    paid: Kroner | None
    refund_lost: Kroner | None
    runs: bool


class _Report(_Part):
    schema_: Literal["kommunecheck/report/1"] = Field(alias="schema")
    run: _TheRun
    summary: _Summary
    cases: tuple[_Case, ...]
    findings: tuple[_Finding, ...]


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

    Raises ``UserError`` for a file that is none, and where the two are of different municipalities.
    """
    reports = _report_in(before), _report_in(after)
    codes = {report.run.municipality.code for report in reports} - {None}
    if len(codes) > 1:
        both = f"{masked(before.name)} og {masked(after.name)}"
        raise UserError(f"{both} er fra hver sin kommune. Skriv to rapporter fra samme kommune.")
    return _between(_reported(before, reports[0], named), _reported(after, reports[1], named))


def _between(before: _Run, after: _Run) -> Difference:
    compared = compare(after.findings, Known(tuple(before.findings)), after.looked)
    pairs = list(zip(after.findings, compared.standings, strict=True))
    new = [one for one, standing in pairs if standing.state is State.NEW]
    return Difference(
        before.side,
        after.side,
        came=tuple(filter(before.looked.looked_for, new)),
        gone=compared.fixed,
        not_seen=compared.not_seen,
        not_seen_before=tuple(one for one in new if not before.looked.looked_for(one)),
        moved=tuple((one, standing) for one, standing in pairs if standing.state is State.CHANGED),
        unchanged=sum(standing.state is State.UNCHANGED for _, standing in pairs),
    )


def _stored(run: StoredRun, history: History) -> _Run:
    side = Side(f"kørsel {run.number}", run.cutoff, run.expected)
    looked = Looked(frozenset(run.ran), None, Period(run.first, run.last), run.cutoff)
    return _Run(side, history.findings(run.number), looked)


def _report_in(file: Path) -> _Report:
    content = read_named(file, lacking="Skriv to rapporter (.json), eller numre fra kommunecheck history.")
    try:
        return _Report.model_validate_json(content)
    except ValidationError:
        raise UserError(
            f"{file.name} er ikke en rapport, som denne version kan sammenligne. Skriv den igen med: kommunecheck "
            "check -o rapport.json."
        ) from None


def _reported(file: Path, report: _Report, named: Mapping[str, str]) -> _Run:
    shown = {*report.run.rules_run} - {one.code for one in report.run.ignored}
    side = Side(masked(file.name), day_of(report.run.cutoff), _oere(report.summary.expected.refund_lost))
    ran = frozenset(named.get(code, code) for code in shown)
    window = Period(day_of(report.run.from_), day_of(report.run.to))
    looked = Looked(ran, frozenset(case.sag_id for case in report.cases), window, side.cutoff)
    return _Run(side, [_remembered(one).named(named) for one in report.findings], looked)


def _remembered(one: _Finding) -> Remembered:
    return Remembered(
        one.fingerprint,
        one.code,
        one.subject.kind,
        one.subject.id,
        one.sag_id,
        one.step,
        day_or_none(one.date),
        day_or_none(one.from_),
        day_or_none(one.to),
        one.days,
        _oere(one.paid),
        _oere(one.refund_lost),
        one.runs,
    )


def _oere(kroner: str | None) -> int | None:
    return None if kroner is None else int(kroner.replace(".", ""))
