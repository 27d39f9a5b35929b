"""One JSON report read for the benchmark: whole, unchanged since it was written, and with sums that agree.

What is wrong with it is told in one sentence that holds nothing of what stands in it.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from kommunecheck.benchmark.agreeing import CONTROL, oere, sums_agree
from kommunecheck.domain.benchmark import ControlMonth, ControlReport, Counts, Number, Reported
from kommunecheck.domain.days import Period, day_of, iso
from kommunecheck.domain.errors import why
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.report import Outcome
from kommunecheck.domain.rule import SUPERVISION

SCHEMA = "kommunecheck/report/1"
LONGEST = 80
"""The signs of a municipality's or a supervision's name that are shown."""
LAST = day_of("9000-12-31")
"""Far beyond any period that was audited, and far from where the calendar ends."""
_SEAL = b'"digest":"'

_WRITE_AGAIN = "Skriv rapporten igen med: kommunecheck check -o rapport.json."


class UnreadableError(Exception):
    """A report that cannot be used: one Danish sentence that may be shown."""


def read(file: Path) -> Reported:
    """What the benchmark takes from the report. Raises ``UnreadableError`` for one that cannot be trusted."""
    raw = _content(file)
    try:
        said = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise UnreadableError("er ikke hel: den er afkortet eller slet ikke en rapport som JSON.") from None
    schema = said.get("schema") if isinstance(said, dict) else None
    if not isinstance(schema, str) or not schema.startswith("kommunecheck/report/"):
        raise UnreadableError("er ikke en rapport fra kommunecheck check.")
    if schema != SCHEMA:
        raise UnreadableError(f"er skrevet i en anden form end {SCHEMA}, som er den, der kan læses.")
    try:
        if not _is_sealed(raw, said["run"]["digest"]):
            raise UnreadableError(
                "er ændret, siden den blev skrevet, eller af en ældre udgave: kontrolsummen passer ikke. "
                f"{_WRITE_AGAIN}"
            )
        if not sums_agree(said):
            raise UnreadableError(f"har tal, der ikke stemmer med hinanden. {_WRITE_AGAIN}")
        return _reported(_shown(file.name), said)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise UnreadableError(f"er ikke bygget op som {SCHEMA}. {_WRITE_AGAIN}") from None


def _content(file: Path) -> bytes:
    if file.exists() and not file.is_file():  # a pipe would never end
        raise UnreadableError("er ikke en almindelig fil.")
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{why(error)}.") from None


def _is_sealed(raw: bytes, digest: str) -> bool:
    """Whether the digest is that of the document with this value empty. Against accidents, not forgery."""
    before, _, rest = raw.partition(_SEAL)
    stands, after = rest[: len(digest)], memoryview(rest)[len(digest) :]
    if stands != digest.encode():
        return False
    sealed = hashlib.sha256(before + _SEAL)
    sealed.update(after)
    return sealed.hexdigest() == digest


def _reported(file: str, said: Mapping[str, Any]) -> Reported:
    run = said["run"]
    further = said["supervisions"]
    supervisions = {SUPERVISION: _counts(said["summary"])}
    judged = {name: one["summary"] for name, one in further.items() if one.get("summary") is not None}
    supervisions |= {_shown(name)[:LONGEST]: _counts(summary) for name, summary in judged.items()}
    owner = run["municipality"]
    window = Period(day_of(run["from"]), day_of(run["to"]))
    if not window.first <= window.last < LAST:
        raise ValueError("no period")
    return Reported(
        file=file,
        code=_text(owner["code"]),
        name=_text(owner["name"]),
        synthetic=bool(run["synthetic"]),
        version=_shown(run["version"]),
        ruleset=_shown(run["ruleset"]),
        window=window,
        cutoff=day_of(run["cutoff"]),
        parameters=tuple(_number(_shown(name), one) for name, one in sorted(run["parameters"].items())),
        own_rules=tuple(_shown(one["code"]) for one in said["summary"]["by_code"] if not one["code"].startswith("VT")),
        complete=bool(run["complete"]),
        supervisions={name: counts for name, counts in supervisions.items() if counts is not None},
        control=_control(further[CONTROL]) if CONTROL in further else None,
    )


def _shown(given: str) -> str:
    """A text of another report as it may stand on a screen: unprintable signs steer a terminal or hide a CPR number."""
    return masked("".join(sign for sign in " ".join(given.split()) if sign.isprintable()))


def _text(given: object) -> str | None:
    """A name as it may be shown, cut where it would fill a page; a blank one is none."""
    return _shown(given).strip()[:LONGEST] or None if isinstance(given, str) else None


def _number(name: str, parameter: Mapping[str, Any]) -> Number:
    """What a parameter was; neither its source nor how sure it is."""
    value = parameter["value"]
    if isinstance(value, list):
        value = _dated(value)
    elif isinstance(value, str):
        value = _shown(value)
    told = [value, parameter["from"], parameter["to"]]
    return Number(name, orjson.dumps(value).decode(), orjson.dumps(told).decode())


_BESIDE = ("from", "to", "certainty", "citation")
"""Of a value in a dated list, what is not the value itself."""


def _dated(values: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The values of a dated list, each with the days it holds from and to.

    Neither their order nor how they are divided makes a difference: one that was renewed unchanged is one value.
    """
    runs: list[dict[str, Any]] = []
    split = [({key: one[key] for key in sorted(one) if key not in _BESIDE}, one["from"], one["to"]) for one in values]
    for own, first, last in sorted(split, key=lambda one: (orjson.dumps(one[0]), one[1] or "")):
        if runs and first and runs[-1] == own | {"from": runs[-1]["from"], "to": _day_before(first)}:
            runs[-1]["to"] = last
        else:
            runs.append(own | {"from": first, "to": last})
    return runs


def _day_before(day: str) -> str:
    return iso(day_of(day) - 1)


def _counts(summary: Mapping[str, Any]) -> Counts | None:
    """The counts of one supervision; ``None`` where it had no cases at all."""
    if not summary["cases"]:
        return None
    expected = summary["expected"]
    return Counts(
        errors=_count(summary[Outcome.ERROR_WITH_LOSS]) + _count(summary[Outcome.ERROR_WITHOUT_LOSS]),
        no_criticism=_count(summary[Outcome.NO_CRITICISM]),
        withdrawn=_count(summary[Outcome.WITHDRAWN]),
        not_assessed=_count(summary[Outcome.NOT_ASSESSED]),
        lost_days=_count(expected["days"]),
        refund_lost=None if expected["refund_lost"] is None else oere(expected["refund_lost"]),
        by_code={_shown(one["code"]): _count(one["cases"]) for one in summary["by_code"]},
    )


def _control(said: Mapping[str, Any]) -> ControlReport:
    reckoned = orjson.dumps([said.get("denominator"), said.get("thresholds")], option=orjson.OPT_SORT_KEYS).decode()
    months = tuple(
        ControlMonth(
            _one_of(one["month"], MONTH),
            _one_of(one["kontroltrin"], STEP),
            _shown(one["ydelse"]),
            bool(one["complete_window"]),
            *(None if one[name] is None else _count(one[name]) for name in CONTROL_COUNTS),
        )
        for one in said["months"]
    )
    return ControlReport(reckoned, months)


CONTROL_COUNTS = ("drawn", "left", "opened", "closed", "closed_with_result", "opened_in_window", "not_closed")
MONTH, STEP = re.compile(r"\d{4}-(0[1-9]|1[0-2])"), re.compile(r"2|3|alle")


def _one_of(given: str, form: re.Pattern[str]) -> str:
    if form.fullmatch(given) is None:
        raise ValueError("another form")
    return given


def _count(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise ValueError("no count")
    return given
