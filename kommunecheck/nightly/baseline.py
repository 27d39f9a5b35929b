"""The baseline: findings a municipality knows of and has accepted as known, in one file under its own control.

It holds neither rows, texts nor persons, and the same findings give the same bytes.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kommunecheck.adapters.files import read_named
from kommunecheck.domain.days import Day, day_or_none, iso
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.report import Report
from kommunecheck.domain.standing import Remembered
from kommunecheck.nightly.compare import Known
from kommunecheck.nightly.remembered import remember

SCHEMA: Literal["kommunecheck/baseline/1"] = "kommunecheck/baseline/1"

Oere = Annotated[int, Field(ge=0, strict=True)]
Fingerprint = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


Date = date | None


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, populate_by_name=True)


class _Finding(_Part):
    """A remembered finding as the file has it, with days as ISO dates."""

    fingerprint: Fingerprint
    code: str
    kind: str
    subject: str
    sag_id: str | None
    step: int | None
    date: Date
    from_: Date = Field(alias="from")
    to: Date
    days: int
    paid_oere: Oere | None
    refund_lost_oere: Oere | None
    runs: bool


class _File(_Part):
    schema_: Literal["kommunecheck/baseline/1"] = Field(alias="schema")
    findings: tuple[_Finding, ...]
    gone: tuple[Fingerprint, ...]


def read_baseline(path: Path, named: Mapping[str, str]) -> Known:
    """What the file knows; ``named`` is what former codes are called now.

    Raises ``UserError`` when it is not there, or is no baseline of ours.
    """
    content = read_named(path, f"[baseline] file: {path.name}", "Lav den med: kommunecheck baseline create.")
    try:
        file = _File.model_validate_json(content)
    except ValidationError:
        raise UserError(
            f"{path.name} er ikke en baseline, som denne version kan læse. Hent en ældre udgave af filen, eller slet "
            "den, og lav den om med: kommunecheck baseline create."
        ) from None
    return Known(tuple(_remembered(one).named(named) for one in file.findings), frozenset(file.gone))


def written(known: Known) -> bytes:
    """The file's content: one finding a line, in a fixed order, so that a change shows as changed lines."""
    lines = sorted(orjson.dumps(_told(finding)) for finding in known.findings)
    body = b",\n".join(lines)
    gone = orjson.dumps(sorted(known.gone))
    return b'{"schema":"%b",\n"findings":[\n%b\n],\n"gone":%b}\n' % (SCHEMA.encode(), body, gone)


def known_by(report: Report) -> Known:
    """All the findings of a report, as known."""
    return Known(tuple(remember(report)))


def updated(known: Known, report: Report) -> Known:
    """The baseline after a run: what was found, and what the run could not see; what is fixed is gone."""
    nightly = report.nightly
    fixed, not_seen = ((), ()) if nightly is None else (nightly.fixed, nightly.not_seen)
    findings = (*remember(report), *not_seen)
    gone = known.gone | {finding.fingerprint for finding in fixed}
    return Known(findings, gone - {finding.fingerprint for finding in findings})


def _date(day: Day | None) -> str | None:
    return None if day is None else iso(day)


def _remembered(one: _Finding) -> Remembered:
    return Remembered(
        one.fingerprint,
        one.code,
        one.kind,
        one.subject,
        one.sag_id,
        one.step,
        day_or_none(one.date),
        day_or_none(one.from_),
        day_or_none(one.to),
        one.days,
        one.paid_oere,
        one.refund_lost_oere,
        one.runs,
    )


def _told(finding: Remembered) -> dict[str, object]:
    return {
        "sag_id": finding.sag_id,
        "code": finding.code,
        "date": _date(finding.date),
        "step": finding.step,
        "from": _date(finding.first),
        "to": _date(finding.last),
        "days": finding.days,
        "paid_oere": finding.paid,
        "refund_lost_oere": finding.refund_lost,
        "runs": finding.runs,
        "kind": finding.kind,
        "subject": finding.subject,
        "fingerprint": finding.fingerprint,
    }
