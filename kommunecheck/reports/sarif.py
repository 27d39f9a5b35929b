"""The report as SARIF 2.1.0, for tools that show findings of any linter.

Rows of text files are lines; cells of workbooks and paragraphs of documents are logical locations, for SARIF's lines
are lines of text. No value of a cell stands in it.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import orjson

from kommunecheck.domain.days import iso
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import fingerprint
from kommunecheck.domain.report import Outcome, Placed, Report, Source
from kommunecheck.domain.rule import DATA, Certainty, Explanation, Rule, Severity
from kommunecheck.domain.standing import Remembered, State

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
STATES = {
    State.NEW: "new",
    State.REOPENED: "new",
    State.CHANGED: "updated",
    State.UNCHANGED: "unchanged",
}
TEXT = frozenset((".csv", ".txt", ".tsv"))
"""Files whose rows are lines."""
BATCH = 4096
"""Findings a piece of the output holds."""


def write(report: Report) -> Iterator[bytes]:
    """The report in pieces of UTF-8."""
    ran = _rules(report)
    places = {rule.code: place for place, rule in enumerate(ran)}
    artifacts = {number: place for place, number in enumerate(report.run.sources)}
    begins = orjson.dumps({"$schema": SCHEMA, "version": VERSION})[:-1]
    run = {
        "tool": {"driver": _driver(report, ran)},
        "language": "da",
        "invocations": [_invocation(report)],
        "artifacts": [_artifact(source) for source in report.run.sources.values()],
        "columnKind": "unicodeCodePoints",
    }
    yield begins + b',"runs":[' + orjson.dumps(run)[:-1] + b',"results":['
    before = b"\n"
    results = _results(report, places, artifacts)
    while batch := [orjson.dumps(result) for _, result in zip(range(BATCH), results, strict=False)]:
        yield before + b",\n".join(batch)
        before = b",\n"
    yield b"]}]}\n"


def _rules(report: Report) -> list[Rule]:
    """The rules that ran, and any that a finding is of."""
    ran = set(report.run.rules_run) | {placed.finding.rule.code for placed in report.findings}
    return [rule for rule in report.rules if rule.code in ran]


def _driver(report: Report, rules: list[Rule]) -> dict[str, Any]:
    levels = {placed.finding.rule.code: placed.severity for placed in report.findings}
    return {
        "name": "kommunecheck",
        "version": report.run.version,
        "semanticVersion": report.run.version,
        "rules": [
            _rule(rule, levels.get(rule.code, rule.severity), report.explanations.get(rule.code)) for rule in rules
        ],
    }


def _rule(rule: Rule, severity: Severity, explained: Explanation | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {"tags": [rule.supervision], "citations": rule.citations},
    }
    if explained is not None:
        said["fullDescription"] = {"text": explained.says}
        said["help"] = {"text": f"{explained.costs}\n\n{explained.remedy}"}
    return said


def _invocation(report: Report) -> dict[str, Any]:
    run = report.run
    told = [{"level": "warning", "message": {"text": sentence}} for sentence in run.warnings]
    crashed = [
        {
            "level": "error",
            "message": {"text": f"{code} gik i stykker{'' if sag_id is None else f' i sagen {sag_id}'}."},
            "associatedRule": {"id": code},
        }
        for code, sag_id in run.crashes
    ]
    return {"executionSuccessful": run.complete, "toolExecutionNotifications": told + crashed}


def _artifact(source: Source) -> dict[str, Any]:
    return {
        "location": {"uri": _uri(source.file)},
        "hashes": {"sha-256": source.sha256},
        "description": {"text": source.table},
    }


def _uri(file: str) -> str:
    return quote(file, safe="/")


def _results(report: Report, rules: Mapping[str, int], artifacts: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    """Each finding; those that are fixed since stand last as absent."""
    assessed = {case.sag_id for case in report.cases if case.outcome is Outcome.WITHDRAWN}
    for placed in report.findings:
        withdrawn = placed.sag_id in assessed
        yield _result(placed, rules, artifacts, report.run.sources, withdrawn)
    for one in report.nightly.fixed if report.nightly is not None else ():
        yield _absent(one, rules)


def _result(
    placed: Placed,
    rules: Mapping[str, int],
    artifacts: Mapping[int, int],
    sources: Mapping[int, Source],
    withdrawn: bool,
) -> dict[str, Any]:
    finding, rule, standing = placed.finding, placed.finding.rule, placed.standing
    kind = _kind(placed, withdrawn)
    said: dict[str, Any] = {
        "ruleId": rule.code,
        "ruleIndex": rules[rule.code],
        "kind": kind,
        "level": LEVELS[placed.severity] if kind == "fail" else "none",
        "message": {"text": finding.message},
        "locations": [_location(cell, sources[cell.source], artifacts[cell.source]) for cell in finding.evidence[:1]],
        "relatedLocations": [
            {"id": number} | _location(cell, sources[cell.source], artifacts[cell.source])
            for number, cell in enumerate(finding.evidence[1:], start=1)
        ],
        "partialFingerprints": {"kommunecheck/v1": fingerprint(finding, placed.subject)},
        "properties": {
            "sag_id": placed.sag_id,
            "subject": {"kind": placed.subject.kind, "id": placed.subject.id},
            "certainty": finding.certainty,
            "team": placed.team,
        },
    }
    if standing.state is not None:
        said["baselineState"] = STATES[standing.state]
    if standing.accepted is not None:
        by = standing.accepted
        reason = f"Accepten {by.id} ({by.legal_basis}), til og med {iso(by.expires)}"
        said["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return said


def _kind(placed: Placed, withdrawn: bool) -> str:
    """``fail`` an error; ``review`` what a person must judge; ``open`` what could not be read or assessed."""
    finding = placed.finding
    if finding.rule.supervision == DATA:
        return "open"
    if finding.certainty in (Certainty.DISCRETIONARY, Certainty.DOCUMENTATION):
        return "review"
    return "notApplicable" if withdrawn else "fail"


def _location(cell: Evidence, source: Source, artifact: int) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": {"uri": _uri(source.file), "index": artifact}}
    if PurePosixPath(source.file).suffix.lower() in TEXT:
        where["region"] = {"startLine": cell.row}
        name = cell.column
    else:
        sheet = "" if source.sheet is None else f"ark {source.sheet}, "
        name = f"{sheet}række {cell.row}, {cell.column}"
    logical = {"name": name, "fullyQualifiedName": f"{source.place}: række {cell.row}, {cell.column}", "kind": "member"}
    return {"physicalLocation": where, "logicalLocations": [logical]}


def _absent(one: Remembered, rules: Mapping[str, int]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "ruleId": one.code,
        "kind": "pass",
        "level": "none",
        "message": {"text": "Løst: fundet er der ikke mere."},
        "partialFingerprints": {"kommunecheck/v1": one.fingerprint},
        "baselineState": "absent",
        "properties": {"sag_id": one.sag_id},
    }
    return said | ({"ruleIndex": rules[one.code]} if one.code in rules else {})
