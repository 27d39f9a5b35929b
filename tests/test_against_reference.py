"""The product and the independent slow reading agree on random cases that sit on the boundaries."""

import csv
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from random_cases import random_tables
from reference import CaseReading, Found, Line, read

from kommunecheck import app
from kommunecheck.intake.tables import TABLES
from kommunecheck.reports import json

SEEDS = int(os.environ.get("KOMMUNECHECK_SEEDS", "100"))
"""Municipalities; raise it to look harder."""
SIZES = (5, 15, 25, 35)
"""Cases in each, some 2,000 together: most of what a run takes is the same however few they are."""
BATCH = 20
KINDS = ("expected", "discretionary", "documentation")

Record = dict[str, Any]


def written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return value.isoformat() if isinstance(value, date) else str(value)


def note_text(note: Record) -> str:
    said = ["Samtale holdt."]
    if note["placed"]:
        said.append(f"Borgeren er indplaceret i matchkategori {note['placed']}.")
    if note["areas"]:
        said.append("Opmærksomhedsområder: helbred.")
    if note["jobseeker"]:
        said.append("Borgeren er registreret som arbejdssøgende.")
    return " ".join(said)


def write_tables(tables: dict[str, list[Record]], folder: Path) -> None:
    for name, rows in tables.items():
        out = [dict(row) for row in rows]
        for row in out:
            if name == "journal":
                row["tekst"] = note_text(row)
                for key in ("placed", "areas", "jobseeker"):
                    del row[key]
            if name == "udbetalinger":
                row["beloeb"] = (
                    f"{'-' if row['beloeb'] < 0 else ''}{abs(row['beloeb']) // 100},{abs(row['beloeb']) % 100:02d}"
                )
        columns = list(out[0]) if out else COLUMNS[name]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, delimiter=";")
            writer.writeheader()
            writer.writerows({key: written(value) for key, value in row.items()} for row in out)


def random_municipality(seed: int, parent: Path, sizes: Sequence[int] = SIZES) -> tuple[Path, app.Options]:
    """A folder with random cases that sit on the boundaries, and what is asked of it."""
    tables, first, to, cutoff, parameters = random_tables(seed, sizes)
    folder = parent / str(seed)
    folder.mkdir()
    write_tables(tables, folder)
    (folder / "kommunecheck.toml").write_text(configuration(parameters), encoding="utf-8")
    return folder, app.Options(first, to, cutoff)


COLUMNS = {name: [column.name for column in shape.columns] for name, shape in TABLES.items()}


def configuration(parameters: Record) -> str:
    lines = ["[parameters]"]
    for name, value in parameters.items():
        if name != "refund_rates":
            lines.append(f"{name} = {value.isoformat() if isinstance(value, date) else value}")
    for rate in parameters.get("refund_rates", ()):
        lines += ["[[parameters.refund_rates]]", f'benefit = "{rate["benefit"]}"', 'source = "prøve"']
        lines += [f"{end} = {rate[end].isoformat()}" for end in ("from", "to") if rate[end]]
        lines += [f"{share} = {float(rate[share] * 100)}" for share in ("passive", "offer")]
    return "\n".join(lines)


def days_of(loss: Record) -> frozenset[date]:
    return frozenset(
        date.fromordinal(day)
        for period in loss["periods"]
        for day in range(
            date.fromisoformat(period["from"]).toordinal(), date.fromisoformat(period["to"]).toordinal() + 1
        )
    )


def oere(text: str | None) -> int | None:
    return None if text is None else round(float(text) * 100)


def line_key(line: Line, payments: Sequence[Record]) -> tuple[object, ...]:
    payment = payments[line.payment]
    rate = None if line.rate is None else float(line.rate)
    return (payment["udbetaling_id"], line.first, line.last, rate, line.paid, line.refund_lost)


def product_line_key(line: Record) -> tuple[object, ...]:
    return (
        line["payment"],
        date.fromisoformat(line["from"]),
        date.fromisoformat(line["to"]),
        None if line["rate"] is None else float(line["rate"]),
        oere(line["paid"]),
        oere(line["refund_lost"]),
    )


def compare_case(expected: CaseReading, case: Record | None, findings: list[Record], tables: Record) -> None:
    if expected.state == "outside":
        assert case is None
        return
    assert case is not None
    assert (case["outcome"] == "withdrawn") == (expected.state == "withdrawn")
    seen = sorted(
        (f["code"], f["step"] or 0, f["date"], f["certainty"], f["from"] or "", f["to"] or "") for f in findings
    )
    assert seen == sorted(found_key(found) for found in expected.found)
    for kind in KINDS:
        assert days_of(case[kind]) == getattr(expected, kind), kind
        if expected.lines is None:
            assert case[kind]["lines"] is None
            assert case[kind]["refund_lost"] is None
        else:
            lines = expected.lines.get(kind, ())
            made = sorted(map(product_line_key, case[kind]["lines"]), key=str)
            assert made == sorted((line_key(line, tables["udbetalinger"]) for line in lines), key=str), kind
            assert oere(case[kind]["refund_lost"]) == sum(line.refund_lost for line in lines)
            assert oere(case[kind]["paid"]) == sum(line.paid for line in lines)
    if expected.lines is not None:
        assert (oere(case["running_per_day"]) or 0) == (expected.running_per_day or 0)


def found_key(found: Found) -> tuple[object, ...]:
    days = sorted(found.days)
    return (
        found.code,
        found.step or 0,
        found.date.isoformat() if found.date else None,
        found.certainty,
        days[0].isoformat() if days else "",
        days[-1].isoformat() if days else "",
    )


def compare(seed: int, folder: Path) -> None:
    tables, first, to, cutoff, parameters = random_tables(seed, SIZES)
    folder.mkdir()
    write_tables(tables, folder)
    (folder / "kommunecheck.toml").write_text(configuration(parameters), encoding="utf-8")
    report = app.check(folder, app.Options(first, to, cutoff))
    made = orjson.loads(b"".join(json.write(report)))
    expected = read(tables, first, to, cutoff, parameters)
    assert not report.run.crashes
    cases = {case["sag_id"]: case for case in made["cases"]}
    for sag_id, reading in expected.cases.items():
        findings = [f for f in made["findings"] if f["sag_id"] == sag_id and f["supervision"] == "visitation"]
        compare_case(reading, cases.get(sag_id), findings, tables)
    assert made["run"]["cases_outside_window"] == sum(one.state == "outside" for one in expected.cases.values())
    summed = [one for one in expected.cases.values() if one.unpaid_days is not None]
    if "udbetalinger" in tables:
        assert made["summary"]["unpaid_days"] == sum(one.unpaid_days or 0 for one in summed)
        assert made["summary"]["unpriced_days"] == sum(one.unpriced_days or 0 for one in summed)


@pytest.mark.parametrize("start", range(0, SEEDS, BATCH))
def test_product_and_reference_agree(start: int, tmp_path: Path) -> None:
    for seed in range(start, min(start + BATCH, SEEDS)):
        try:
            compare(seed, tmp_path / str(seed))
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
