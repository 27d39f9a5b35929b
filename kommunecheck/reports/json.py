"""The JSON report, version 1: written case by case, so that memory does not grow with the text of the report.

``schema.py`` says what it looks like; the writer here makes plain dictionaries, since a model per case would take
longer than judging it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain
from tempfile import SpooledTemporaryFile

import orjson

from kommunecheck.domain.assessment import Judged
from kommunecheck.domain.cost import case_of, cost_of
from kommunecheck.domain.days import Day, count, iso
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import fingerprint
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.report import (
    Amounts,
    CaseResult,
    Line,
    Loss,
    Nightly,
    Outcome,
    ParameterUsed,
    Placed,
    Recounted,
    Remaining,
    Report,
    Run,
    Source,
    Summary,
    Supervised,
    nothing_lost,
)
from kommunecheck.domain.rule import Certainty, Rule, Severity
from kommunecheck.domain.standing import Remembered, Standing
from kommunecheck.reports.json_sections import sections

SCHEMA = "kommunecheck/report/1"
BATCH = 4096
"""Cases or findings a piece of the output holds."""
UNSEALED = b'"digest":""'
"""Where the digest of the document is to stand; the first such place is the run's."""
IN_MEMORY, PIECE = 1 << 28, 1 << 20
"""The bytes that are kept in memory until the digest is known, and those handed on at a time."""


def write(report: Report) -> Iterator[bytes]:
    """The report in pieces of UTF-8. The same report gives the same bytes, whatever the machine and the time."""
    return seal(_unsealed(report))


def seal(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A document in pieces, with its digest at the place in the first of them that is left for it.

    The digest is the SHA-256 of the document with this value empty. It stands in front of what it is of, so all is
    put aside, in a file without a name where it is much, until the end is known.
    """
    digest = hashlib.sha256()
    before, _, after = next(pieces).partition(UNSEALED)
    with SpooledTemporaryFile(IN_MEMORY) as aside:
        digest.update(before + UNSEALED)
        for piece in chain((after,), pieces):
            digest.update(piece)
            aside.write(piece)
        aside.seek(0)
        yield before + b'"digest":"' + digest.hexdigest().encode() + b'"'
        while piece := aside.read(PIECE):
            yield piece


def sealed(said: dict[str, object], place: dict[str, object]) -> bytes:
    """A document of one piece, with the SHA-256 of itself put into its ``digest``, which stands in ``place``."""
    place["digest"] = ""
    place["digest"] = hashlib.sha256(orjson.dumps(said) + b"\n").hexdigest()
    return orjson.dumps(said) + b"\n"


def _unsealed(report: Report) -> Iterator[bytes]:
    """The report with an empty digest; the first piece holds its place."""
    run = report.run
    nightly = report.nightly
    today = {} if nightly is None or nightly.today is None else {"today": iso(nightly.today)}
    after = {} if nightly is None or nightly.after_waivers is None else {"after_waivers": _left(nightly.after_waivers)}
    assessed = report.assessed
    if assessed is not None:
        after["after_assessments"] = _left(assessed.after) | assessed.total._asdict() | {"gone": assessed.gone}
    anew: Mapping[str, Recounted] = {} if assessed is None else assessed.cases
    yield b'{"schema":' + orjson.dumps(SCHEMA) + b',"run":' + orjson.dumps(run_as_json(run) | today)
    yield b',"summary":' + orjson.dumps(_summary(report.summary) | after) + b',"cases":['
    yield from _list(_case(case, run.sources, anew.get(case.sag_id)) for case in report.cases)
    yield b'],"supervisions":{'
    for place, supervised in enumerate(report.supervisions):
        yield from _supervised(supervised, run.sources, b"," if place else b"")
    combined = {"expected": _amounts(report.combined.expected), "shared_days": report.combined.shared_days}
    yield b'},"combined":' + orjson.dumps(combined) + b',"findings":['
    standing = nightly is not None
    cases = case_of(report)
    yield from _list(finding_as_json(placed, cases(placed), report, standing) for placed in report.findings)
    yield b"]" + _nightly(nightly) + sections(report.sections) + b"}\n"


def _left(left: Remaining) -> dict[str, object]:
    """The exposure once more, by another count."""
    return {
        "expected": _amounts(left.expected),
        "discretionary": _amounts(left.discretionary),
        "documentation": _amounts(left.documentation),
        "running_per_day": amount(left.running_per_day),
    }


def _nightly(nightly: Nightly | None) -> bytes:
    """What is gone since last, and the gates that broke; nothing, not even the keys, where nobody asks for them."""
    if nightly is None:
        return b""
    gates = [{"gate": one.gate, "sentence": one.sentence} for one in nightly.broken]
    fixed = orjson.dumps([_known(one) | {"sag_id": one.sag_id} for one in nightly.fixed])
    return b',"fixed":' + fixed + b',"gates":' + orjson.dumps(gates)


def _known(one: Remembered) -> dict[str, object]:
    """A finding as it was remembered."""
    return {
        "code": one.code,
        "fingerprint": one.fingerprint,
        "date": _day(one.date),
        "from": _day(one.first),
        "to": _day(one.last),
        "days": one.days,
        "paid": amount(one.paid),
        "refund_lost": amount(one.refund_lost),
    }


def _standing(standing: Standing) -> dict[str, object]:
    """How a finding stands; ``before`` is what was known of it, where it has moved."""
    accepted, before = standing.accepted, standing.before
    return {
        "state": standing.state,
        "worse": standing.worse,
        "before": before and _known(before),
        "waiver": accepted and {"id": accepted.id, "expires": iso(accepted.expires)},
    }


def _supervised(supervised: Supervised, sources: Mapping[int, Source], before: bytes) -> Iterator[bytes]:
    """A further supervision under its name: summary and cases as above, where it judges cases, and its measures."""
    yield before + orjson.dumps(supervised.name) + b":{"
    if supervised.summary is not None:
        yield b'"summary":' + orjson.dumps(_summary(supervised.summary)) + b',"cases":['
        yield from _list(_case(case, sources) for case in supervised.cases or ())
        yield b"]," if supervised.measures else b"]"
    yield orjson.dumps(supervised.measures)[1:]


def _list(items: Iterable[bytes]) -> Iterator[bytes]:
    batch: list[bytes] = []
    separator = b"\n"
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield separator + b",\n".join(batch)
            batch, separator = [], b",\n"
    if batch:
        yield separator + b",\n".join(batch)


def amount(oere: int | None) -> str | None:
    """Kroner with two decimals, as text; ``None`` where there are no payments to tell."""
    if oere is None:
        return None
    if oere < 0:
        return f"-{amount(-oere)}"
    return f"{oere // 100}{_OERE[oere % 100]}"


_OERE = tuple(f".{oere:02d}" for oere in range(100))
"""What stands behind the kroner: a report has half a million amounts."""


def decimal(value: Fraction) -> str:
    """A share as a decimal text, exact: shares come from per cents with a finite number of decimals."""
    return _decimal(*value.as_integer_ratio())  # a fraction itself takes long to look up


@cache
def _decimal(numerator: int, denominator: int) -> str:
    value, digits = Fraction(numerator, denominator), 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    text = f"{int(value * 10**digits):0{digits + 1}d}"
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text


def _day(day: Day | None) -> str | None:
    return None if day is None else iso(day)


def run_as_json(run: Run) -> dict[str, object]:
    """The facts of the run; ``digest`` is left for whoever seals the document."""
    cell = run.cutoff_from
    return {
        "version": run.version,
        "digest": "",
        "synthetic": run.synthetic,
        "municipality": {"code": run.municipality_code, "name": run.municipality_name},
        "ruleset": run.ruleset,
        "from": iso(run.window.first),
        "to": iso(run.window.last),
        "cutoff": iso(run.cutoff),
        "cutoff_from": cell and {"file": cell[0].file, "sheet": cell[0].sheet, "row": cell[1], "column": cell[2]},
        "parameters": {parameter.name: _parameter(parameter) for parameter in run.parameters},
        "sources": [_source(source) for source in run.sources.values()],
        "plugins": [{"name": name, "version": version} for name, version in run.plugins],
        "rules_run": run.rules_run,
        "not_run": [{"code": code, "reason": reason} for code, reason in run.not_run],
        "ignored": [{"code": code, "reason": reason} for code, reason in run.ignored],
        "warnings": run.warnings,
        "crashes": [{"code": code, "sag_id": sag_id} for code, sag_id in run.crashes],
        "cases_outside_window": run.cases_outside_window,
        "complete": run.complete,
        "grounds": run.digest,
    }


def _parameter(parameter: ParameterUsed) -> dict[str, object]:
    return {
        "value": parameter.value,
        "from": _day(parameter.first),
        "to": _day(parameter.last),
        "certainty": parameter.certainty,
        "citation": masked(parameter.citation),
        "overridden": parameter.overridden,
    }


def _source(source: Source) -> dict[str, object]:
    return {
        "table": source.table,
        "file": source.file,
        "sheet": source.sheet,
        "sha256": source.sha256,
        "rows": source.rows,
        "rows_used": source.rows_used,
        "rows_reported": source.rows_reported,
    }


def _summary(summary: Summary) -> dict[str, object]:
    return {
        "cases": summary.cases,
        **{
            outcome.value: summary.outcomes[outcome]
            for outcome in (
                Outcome.ERROR_WITH_LOSS,
                Outcome.ERROR_WITHOUT_LOSS,
                Outcome.NOT_ASSESSED,
                Outcome.NO_CRITICISM,
                Outcome.WITHDRAWN,
            )
        },
        "expected": _amounts(summary.expected),
        "discretionary": _amounts(summary.discretionary),
        "documentation": _amounts(summary.documentation),
        "running_per_day": amount(summary.running_per_day),
        "unpaid_days": summary.unpaid_days,
        "unpriced_days": summary.unpriced_days,
        "by_code": [
            {
                "code": total.code,
                "findings": total.findings,
                "cases": total.cases,
                "touched": {"days": total.touched_days, "refund_lost": amount(total.touched_refund)},
                "alone": {"days": total.alone_days, "refund_lost": amount(total.alone_refund)},
            }
            for total in summary.by_code
        ],
        "by_team": [
            {
                "team": total.team,
                "cases": total.cases,
                "error_with_loss": total.error_with_loss,
                "refund_lost": amount(total.refund_lost),
            }
            for total in summary.by_team
        ],
    }


def _amounts(amounts: Amounts) -> dict[str, object]:
    return {"days": amounts.days, "paid": amount(amounts.paid), "refund_lost": amount(amounts.refund_lost)}


def _case(case: CaseResult, sources: Mapping[int, Source], anew: Recounted | None = None) -> bytes:
    expected, discretionary, documentation = case.exposure.kinds
    if anew is None and not (expected.periods or discretionary.periods or documentation.periods):
        known = expected.lines is not None
        rest = _lost_nothing(case.team, case.outcome, case.fully_assessed, known)
        return b'{"sag_id":' + orjson.dumps(case.sag_id) + rest
    said: dict[str, object] = {
        "sag_id": case.sag_id,
        "team": case.team,
        "outcome": case.outcome,
        "fully_assessed": case.fully_assessed,
        **_losses(case.exposure.kinds, sources),
        "running_per_day": amount(case.exposure.running_per_day),
    }
    if anew is not None:
        after = _losses(anew.kinds, sources) | {"running_per_day": amount(anew.running_per_day)}
        said["after_assessments"] = after
    return orjson.dumps(said)


@cache
def _lost_nothing(team: str | None, outcome: Outcome, fully: bool, known: bool) -> bytes:
    """All of a case that lost nothing, but its id: most cases, and they differ in little else.

    ``known``: whether there are payments to tell.
    """
    nothing = nothing_lost(known)
    rest: dict[str, object] = {"team": team, "outcome": outcome, "fully_assessed": fully}
    rest |= _losses(nothing.kinds, {}) | {"running_per_day": amount(nothing.running_per_day)}
    return b"," + orjson.dumps(rest)[1:]


_NOTHING = orjson.Fragment(b'{"periods":[],"days":0,"paid":"0.00","refund_lost":"0.00","lines":[]}')
"""Most cases lose nothing of each kind: written once."""


def _losses(kinds: Sequence[Loss], sources: Mapping[int, Source]) -> dict[str, object]:
    """The three kinds of loss, each by its name."""
    names = ("expected", "discretionary", "documentation")
    return {name: _loss(loss, sources) for name, loss in zip(names, kinds, strict=True)}


def _loss(loss: Loss, sources: Mapping[int, Source]) -> dict[str, object] | orjson.Fragment:
    if not loss.periods and loss.lines is not None:
        return _NOTHING
    return {
        "periods": [{"from": iso(first), "to": iso(last)} for first, last in loss.periods],
        "days": loss.days,
        "paid": amount(loss.paid),
        "refund_lost": amount(loss.refund_lost),
        "lines": None if loss.lines is None else [_line(line, sources) for line in loss.lines],
    }


def _line(line: Line, sources: Mapping[int, Source]) -> dict[str, object]:
    payment = line.payment
    source = sources[payment.source]
    return {
        "payment": None if payment.udbetaling_id is None else masked(payment.udbetaling_id),
        "file": source.file,
        "sheet": source.sheet,
        "row": payment.row,
        "amount": amount(payment.beloeb),
        "payment_days": payment.til - payment.fra + 1,
        "from": iso(line.first),
        "to": iso(line.last),
        "days": line.days,
        "in_offer": payment.i_tilbud,
        "rate": None if line.rate is None else decimal(line.rate),
        "paid": amount(line.paid),
        "refund_lost": amount(line.refund_lost),
    }


def finding_as_json(placed: Placed, case: CaseResult | None, report: Report, standing: bool = False) -> bytes:
    """A finding, its evidence and what it costs in its case; ``standing``: how it stands against what was known."""
    finding, subject = placed.finding, placed.subject
    rule, sources = finding.rule, report.run.sources
    days = finding.days
    lost = finding.lost
    paid, refund_lost = cost_of(lost, case) if report.summary.paid_known else (None, None)
    found: dict[str, object] = {
        "subject": {"kind": subject.kind, "id": subject.id},
        "sag_id": placed.sag_id,
        "step": finding.step,
        "date": _day(finding.date),
        "from": days and iso(days[0]),
        "to": days and iso(days[1]),
        "message": finding.message,
        "citations": rule.citations,
        "rests_on": finding.rests_on,
        "evidence": [_cell(cell, sources[cell.source]) for cell in finding.evidence],
        "fingerprint": fingerprint(finding, subject),
        "team": placed.team,
        "days": count(lost),
        "paid": amount(paid),
        "refund_lost": amount(refund_lost),
        "runs": finding.runs_on(report.run.cutoff),
    }
    if standing:
        found |= _standing(placed.standing)
    if placed.judged:
        found["assessments"] = [_judged(one) for one in placed.judged]
    return _broken(rule, placed.severity, finding.certainty) + orjson.dumps(found)[1:]


def _judged(judged: Judged) -> dict[str, object]:
    """What was judged of one kind of a finding's days; never by whom or why."""
    return {"kind": judged.kind, "verdict": judged.verdict, "date": iso(judged.day), "holds": judged.holds}


def _cell(cell: Evidence, source: Source) -> dict[str, object]:
    return {
        "file": source.file,
        "sheet": source.sheet,
        "row": cell.row,
        "column": cell.column,
        "value": cell.value,
    }


@cache
def _broken(rule: Rule, severity: Severity, certainty: Certainty) -> bytes:
    """How a finding begins: the same for many."""
    said = {
        "code": rule.code,
        "rule": rule.name,
        "supervision": rule.supervision,
        "severity": severity,
        "certainty": certainty,
    }
    return orjson.dumps(said)[:-1] + b","
