"""The JSON report against the contract (domain.md section 9): its shape, order, sums, sameness and privacy."""

import csv
import hashlib
import hmac
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

import pytest
from as_files import rows_of, write_rows
from jsonschema import Draft202012Validator

from kommunecheck import app
from kommunecheck.cli import run
from kommunecheck.demo import write_demo
from kommunecheck.reports import json as json_format

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
TABLES = ("sager", "samtaler", "perioder", "udbetalinger", "journal")
KINDS = ("expected", "discretionary", "documentation")
Report = dict[str, Any]


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KOMMUNECHECK_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Lilleby, and a made-up municipality of 300 cases."""
    demo = tmp_path_factory.mktemp("demo")
    write_demo(demo, 300, 1)
    return {"lilleby": LILLEBY, "demo": demo}


@pytest.fixture(scope="module")
def reports(folders: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    target = tmp_path_factory.mktemp("reports")
    return {name: checked(folder, target / f"{name}.json") for name, folder in folders.items()}


@pytest.fixture(params=["lilleby", "demo"])
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def report(name: str, reports: dict[str, Report]) -> Report:
    return reports[name]


def checked(folder: Path, file: Path, *arguments: str) -> Report:
    assert run(["check", str(folder), "-o", str(file), "--format", "json", *arguments]) in (0, 1)
    return json.loads(file.read_bytes())


def a_case_alone(folder: Path, case: str = "L027") -> Path:
    """Lilleby's configuration and one of its cases (L027: an interview that is not held)."""
    folder.mkdir(parents=True)
    shutil.copy(LILLEBY / "kommunecheck.toml", folder)
    for table in TABLES:
        rows = rows_of(LILLEBY, table)
        own = [row for row in rows if row["sag_id"] == case]
        if own:
            write_rows(folder, table, own)
    return folder


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def losses(report: Report) -> Iterator[dict[str, Any]]:
    for case in report["cases"]:
        yield from (case[kind] for kind in KINDS)


def lines(report: Report) -> Iterator[dict[str, Any]]:
    for loss in losses(report):
        yield from loss["lines"]


def every_value(part: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value in the report with the names that lead to it."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from every_value(value, f"{path}.{key}")
    elif isinstance(part, list):
        for value in part:
            yield from every_value(value, path)
    else:
        yield path, part


# The shape


def test_the_report_is_as_the_schema_says(report: Report, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    capsysbinary.readouterr()
    run(["schema", "report"])
    schema = json.loads(capsysbinary.readouterr().out)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(report)


AMOUNTS = ["days", "paid", "refund_lost"]
PROMISED = {
    "": ["schema", "run", "summary", "cases", "supervisions", "combined", "findings"],
    "run": [
        *("version", "digest", "synthetic", "municipality", "ruleset", "from", "to", "cutoff", "cutoff_from"),
        *("parameters", "sources", "plugins", "rules_run", "not_run", "ignored", "warnings", "crashes"),
        *("cases_outside_window", "complete", "grounds"),
    ],
    "run.municipality": ["code", "name"],
    "run.parameters.*": ["value", "from", "to", "certainty", "citation", "overridden"],
    "run.sources": ["table", "file", "sheet", "sha256", "rows", "rows_used", "rows_reported"],
    "run.plugins": ["name", "version"],
    "run.not_run": ["code", "reason"],
    "run.ignored": ["code", "reason"],
    "run.crashes": ["code", "sag_id"],
    "summary": [
        *("cases", "error_with_loss", "error_without_loss", "not_assessed", "no_criticism", "withdrawn"),
        *(*KINDS, "running_per_day", "unpaid_days", "unpriced_days", "by_code", "by_team"),
    ],
    **{f"summary.{kind}": AMOUNTS for kind in KINDS},
    "summary.by_code": ["code", "findings", "cases", "touched", "alone"],
    "summary.by_code.touched": ["days", "refund_lost"],
    "summary.by_code.alone": ["days", "refund_lost"],
    "summary.by_team": ["team", "cases", "error_with_loss", "refund_lost"],
    "cases": ["sag_id", "team", "outcome", "fully_assessed", *KINDS, "running_per_day"],
    **{f"cases.{kind}": ["periods", *AMOUNTS, "lines"] for kind in KINDS},
    **{f"cases.{kind}.periods": ["from", "to"] for kind in KINDS},
    **{
        f"cases.{kind}.lines": [
            *("payment", "file", "sheet", "row", "amount", "payment_days", "from", "to", "days", "in_offer", "rate"),
            *("paid", "refund_lost"),
        ]
        for kind in KINDS
    },
    "combined": ["expected", "shared_days"],
    "findings": [
        *("code", "rule", "supervision", "severity", "certainty", "subject", "sag_id", "step", "date", "from", "to"),
        *("message", "citations", "rests_on", "evidence", "fingerprint", "team", "days", "paid", "refund_lost", "runs"),
    ],
    "findings.subject": ["kind", "id"],
    "findings.evidence": ["file", "sheet", "row", "column", "value"],
}
"""The keys of the contract in the contract's order; ``*`` is any name."""


def objects(part: object, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        yield path, part
        for key, value in part.items():
            inside = "*" if path == "run.parameters" else key
            yield from objects(value, f"{path}.{inside}".lstrip("."))
    elif isinstance(part, list):
        for one in part:
            yield from objects(one, path)


def test_every_key_is_where_the_contract_puts_it(report: Report) -> None:
    """Keys may be added within version 1, so those the contract does not know are passed over."""
    seen = Counter()
    for path, found in objects(report):
        if path in PROMISED:
            seen[path] += 1
            assert [key for key in found if key in PROMISED[path]] == PROMISED[path], path
    never_there_in_a_whole_report = {"run.plugins", "run.not_run", "run.ignored", "run.crashes"}
    assert set(PROMISED) - set(seen) <= never_there_in_a_whole_report


def test_the_report_is_version_1_in_utf_8_without_a_byte_order_mark(
    folders: dict[str, Path], name: str, tmp_path: Path
) -> None:
    checked(folders[name], tmp_path / "report.json")
    content = (tmp_path / "report.json").read_bytes()
    assert content.startswith(b'{"schema":"kommunecheck/report/1"')
    assert "æ" in content.decode("utf-8")


def test_what_was_not_checked_and_what_is_not_shown_stand_with_their_reasons(tmp_path: Path) -> None:
    folder = a_case_alone(tmp_path / "kommune")
    (folder / "udbetalinger.csv").unlink()
    told = checked(folder, tmp_path / "report.json", "--ignore", "VT1")["run"]
    for part in ("not_run", "ignored"):
        assert told[part]
        assert all(list(one) == ["code", "reason"] and one["reason"] for one in told[part])
    assert set(told["rules_run"]) & {one["code"] for one in told["not_run"]} == set()


def test_amounts_are_texts_with_two_decimals_and_days_are_iso(report: Report) -> None:
    amounts = days = 0
    for path, value in every_value(report):
        key = path.rpartition(".")[2]
        if key in ("paid", "refund_lost", "amount", "running_per_day"):
            assert re.fullmatch(r"-?\d+\.\d\d", value), path
            amounts += 1
        elif key in ("from", "to", "date", "cutoff") and value is not None:
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", value), path
            days += 1
        else:
            assert not isinstance(value, float) or path.startswith(".run.parameters"), path
    assert amounts > 500
    assert days > 100


def test_each_finding_stands_in_the_words_of_the_contract(report: Report) -> None:
    outcomes = {"withdrawn", "error_with_loss", "error_without_loss", "not_assessed", "no_criticism"}
    assert {case["outcome"] for case in report["cases"]} <= outcomes
    for finding in report["findings"]:
        assert finding["severity"] in ("info", "warning", "error")
        assert finding["certainty"] in ("expected", "discretionary", "documentation", "none")
        assert finding["subject"]["kind"] in ("sag", "ansoegning", "kontrolsag", "kommune", "kilde")
        assert re.fullmatch(r"[0-9a-f]{8,}", finding["fingerprint"])
        assert finding["citations"]
        assert finding["evidence"] or finding["subject"]["kind"] == "kommune"
        assert (finding["sag_id"] is None) == (finding["subject"]["kind"] != "sag")


# The order


def test_cases_stand_in_order_of_sag_id(report: Report) -> None:
    ids = [case["sag_id"] for case in report["cases"]]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)


def test_findings_stand_in_the_order_of_the_contract(report: Report) -> None:
    """By sag_id (null first), date, code, step, from and fingerprint; what is blank comes first."""
    keys = [
        (
            finding["sag_id"] is not None,
            finding["sag_id"] or "",
            finding["date"] or "",
            finding["code"],
            finding["step"] or 0,
            finding["from"] or "",
            finding["fingerprint"],
        )
        for finding in report["findings"]
    ]
    assert keys == sorted(keys)
    assert len(keys) > 30
    assert not keys[0][0], "there is a finding of no case to be put first"


def test_periods_and_lines_stand_in_order_and_touching_days_are_one_period(report: Report) -> None:
    for loss in losses(report):
        spans = [(one["from"], one["to"]) for one in loss["periods"]]
        assert spans == sorted(spans)
        numbers = [(day(first), day(last)) for first, last in spans]
        assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(numbers))
        assert [line["from"] for line in loss["lines"]] == sorted(line["from"] for line in loss["lines"])


# The sums


def half_up(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def test_every_line_can_be_redone_by_hand(report: Report) -> None:
    some = 0
    for line in lines(report):
        share = Fraction(line["amount"]) * line["days"] / line["payment_days"]
        assert line["days"] == day(line["to"]) - day(line["from"]) + 1
        assert Decimal(line["paid"]) == half_up(share)
        rate = Fraction(0) if line["rate"] is None else Fraction(line["rate"])
        assert Decimal(line["refund_lost"]) == half_up(share * rate)
        some += 1
    assert some > 30


def test_a_line_names_the_row_of_the_payment_it_rests_on(
    name: str, folders: dict[str, Path], reports: dict[str, Report]
) -> None:
    rows = rows_of(folders[name], "udbetalinger")
    for line in lines(reports[name]):
        row = rows[line["row"] - 2]
        assert line["file"] == "udbetalinger.csv"
        assert line["payment"] == row["udbetaling_id"]
        assert Decimal(line["amount"]) == Decimal(row["beloeb"].replace(".", "").replace(",", "."))
        assert line["payment_days"] == day(row["til"]) - day(row["fra"]) + 1


def test_every_total_is_the_sum_of_its_lines(report: Report) -> None:
    summary = report["summary"]
    for kind in KINDS:
        for amount in ("paid", "refund_lost"):
            for case in report["cases"]:
                assert Decimal(case[kind][amount]) == sum(Decimal(line[amount]) for line in case[kind]["lines"])
            total = sum(Decimal(case[kind][amount]) for case in report["cases"])
            assert Decimal(summary[kind][amount]) == total
        assert summary[kind]["days"] == sum(case[kind]["days"] for case in report["cases"])
    for case in report["cases"]:
        for kind in KINDS:
            assert case[kind]["days"] == sum(day(one["to"]) - day(one["from"]) + 1 for one in case[kind]["periods"])
    further = [one["summary"]["expected"]["days"] for one in report["supervisions"].values() if "summary" in one]
    together, shared = report["combined"]["expected"], report["combined"]["shared_days"]
    assert together["days"] == summary["expected"]["days"] + sum(further) - shared
    assert further or together == summary["expected"]


def test_no_day_of_a_case_is_lost_twice(report: Report) -> None:
    for case in report["cases"]:
        days = [
            number
            for kind in KINDS
            for one in case[kind]["periods"]
            for number in range(day(one["from"]), day(one["to"]) + 1)
        ]
        assert len(days) == len(set(days)), case["sag_id"]


def test_the_counts_of_the_summary_are_those_of_the_cases(report: Report) -> None:
    summary, cases = report["summary"], report["cases"]
    assert summary["cases"] == len(cases)
    outcomes = Counter(case["outcome"] for case in cases)
    for outcome in ("withdrawn", "error_with_loss", "error_without_loss", "not_assessed", "no_criticism"):
        assert summary[outcome] == outcomes[outcome]
    assert Decimal(summary["running_per_day"]) == sum(Decimal(case["running_per_day"]) for case in cases)
    by_team = {one["team"]: one for one in summary["by_team"]}
    assert {case["team"] for case in cases} == set(by_team)
    for team, told in by_team.items():
        own = [case for case in cases if case["team"] == team]
        assert told["cases"] == len(own)
        assert told["error_with_loss"] == sum(case["outcome"] == "error_with_loss" for case in own)
        assert Decimal(told["refund_lost"]) == sum(Decimal(case["expected"]["refund_lost"]) for case in own)


def test_what_a_code_touches_is_never_less_than_what_it_touches_alone(report: Report) -> None:
    found = Counter(one["code"] for one in report["findings"])
    cases = {case["sag_id"] for case in report["cases"]}
    for told in report["summary"]["by_code"]:
        own = {one["sag_id"] for one in report["findings"] if one["code"] == told["code"]}
        assert told["findings"] == found[told["code"]]
        assert told["cases"] == len(own & cases)
        assert 0 <= told["alone"]["days"] <= told["touched"]["days"]
        assert Decimal(told["alone"]["refund_lost"]) <= Decimal(told["touched"]["refund_lost"])


CASEWORK = ("ansoegninger", "sagsskridt", "klager")
"""The tables of the supervision of casework."""


def test_every_row_of_every_source_is_used_or_reported(
    name: str, folders: dict[str, Path], reports: dict[str, Report]
) -> None:
    report, folder = reports[name], folders[name]
    named = {
        (cell["file"], cell["row"])
        for finding in report["findings"]
        if finding["code"].startswith("DQ")
        for cell in finding["evidence"]
    }
    assert [source["table"] for source in report["run"]["sources"]] == [
        *TABLES,
        *(("kontrolsager", "haendelser", "afgoerelser", *CASEWORK) if name == "lilleby" else ()),
    ]
    for source in report["run"]["sources"]:
        content = (folder / source["file"]).read_bytes()
        assert source["sha256"] == hashlib.sha256(content).hexdigest()
        assert source["rows"] == len(content.splitlines()) - 1
        assert source["rows"] == source["rows_used"] + source["rows_reported"]
        assert source["rows_reported"] <= sum(file == source["file"] for file, _ in named)


def test_in_lilleby_exactly_the_rows_that_cannot_be_used_are_reported(reports: dict[str, Report]) -> None:
    """L096 once too often, both of L097, L106 and the row of L999; L100's period; L094's and L104's payments.

    And the control case of trin 2 that is about sygedagpenge, the step of an application and the assessment of an act
    that are not there.
    """
    aside = {source["table"]: source["rows_reported"] for source in reports["lilleby"]["run"]["sources"]}
    others = {"kontrolsager": 1, "haendelser": 0, **dict.fromkeys(CASEWORK, 0), "afgoerelser": 1, "sagsskridt": 1}
    assert aside == {"sager": 0, "samtaler": 5, "perioder": 1, "udbetalinger": 2, "journal": 0} | others


# Lilleby's own list of what must be found


def test_in_lilleby_exactly_what_is_expected_is_found(reports: dict[str, Report]) -> None:
    report = reports["lilleby"]
    with (LILLEBY / "forventet.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    with (LILLEBY / "forventet_raadighed.csv").open(encoding="utf-8", newline="") as file:
        of_acts = {(row["sag_id"] or None, row["kode"]) for row in csv.DictReader(file, delimiter=";")}
    expected = {(row["sag_id"] or None, row["kode"]) for row in rows if row["kode"] != "ingen"}
    found = {(finding["sag_id"], finding["code"]) for finding in report["findings"]}
    assert found == expected | {one for one in of_acts if one[1] != "ingen"}
    silent = {row["sag_id"] for row in rows if row["kode"] == "ingen"}
    assert len(silent) > 40
    assert silent.isdisjoint(sag_id for sag_id, code in found if (sag_id, code) not in of_acts)


# The period and the cutoff


SAGER = [
    {"sag_id": "A1", "ydelsestype": "kontanthjaelp", "anmodningsdato": "2007-02-05", "ophoersdato": ""},
    {"sag_id": "A2", "ydelsestype": "kontanthjaelp", "anmodningsdato": "2007-01-08", "ophoersdato": "2007-12-31"},
]


def samtaler(*rows: tuple[str, str, str, str]) -> list[dict[str, str]]:
    names = ("samtale_id", "planlagt_dato", "afholdt_dato", "registreret_dato")
    return [
        dict(zip(names, row, strict=True))
        | {"sag_id": "A1", "type": "kontaktsamtale", "status": "afholdt" if row[2] else "planlagt"}
        for row in rows
    ]


@pytest.mark.parametrize(
    ("held", "cutoff", "row", "column"),
    [
        ("2007-09-03", "2007-09-03", 3, "afholdt_dato"),
        ("2007-08-01", "2007-08-20", 4, "registreret_dato"),
    ],
)
def test_the_files_themselves_tell_the_period_and_the_cutoff(
    held: str, cutoff: str, row: int, column: str, tmp_path: Path
) -> None:
    """A planned day never sets the cutoff, nor does a course that ends later."""
    write_rows(tmp_path, "sager", SAGER)
    rows = samtaler(
        ("M1", "", "2007-05-02", "2007-05-02"), ("M2", "", held, ""), ("M3", "", "2007-08-10", "2007-08-20"),
        ("M4", "2007-11-30", "", ""),
    )  # fmt: skip
    write_rows(tmp_path, "samtaler", rows)
    run_facts = checked(tmp_path, tmp_path / "report.json")["run"]
    assert (run_facts["from"], run_facts["to"], run_facts["cutoff"]) == ("2007-01-08", cutoff, cutoff)
    cell = run_facts["cutoff_from"]
    assert (cell["file"], cell["row"], cell["column"]) == ("samtaler.csv", row, column)


def test_a_given_cutoff_comes_from_no_row_and_ends_the_period(tmp_path: Path) -> None:
    write_rows(tmp_path, "sager", SAGER)
    write_rows(tmp_path, "samtaler", samtaler(("M1", "", "2007-05-02", "2007-05-02")))
    run_facts = checked(tmp_path, tmp_path / "report.json", "--cutoff", "2007-06-30")["run"]
    assert (run_facts["to"], run_facts["cutoff"], run_facts["cutoff_from"]) == ("2007-06-30", "2007-06-30", None)


def test_without_any_day_to_tell_the_cutoff_the_command_asks_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rows(tmp_path, "sager", SAGER)
    write_rows(tmp_path, "samtaler", samtaler(("M1", "2007-05-02", "", "")))
    assert run(["check", str(tmp_path)]) == 2
    assert "--cutoff" in capsys.readouterr().err
    assert run(["check", str(tmp_path), "--cutoff", "2007-05-31"]) in (0, 1)


def test_a_cutoff_before_the_period_is_told(tmp_path: Path) -> None:
    write_demo(tmp_path, 3, 1)
    days = date(2007, 1, 1), date(2007, 12, 31)
    told = [app.check(tmp_path, app.Options(*days, cutoff=day)).run.warnings for day in (date(2006, 6, 30), days[0])]
    assert any("30. juni 2006 ligger før perioden" in one for one in told[0])
    assert not any("ligger før perioden" in one for one in told[1])


def test_cases_without_benefit_in_the_period_are_counted_and_left_out(tmp_path: Path) -> None:
    write_rows(tmp_path, "sager", [*SAGER, SAGER[0] | {"sag_id": "A3", "ophoersdato": "2007-02-28"}])
    write_rows(tmp_path, "samtaler", samtaler(("M1", "", "2007-05-02", "2007-05-02")))
    report = checked(tmp_path, tmp_path / "report.json", "--from", "2007-03-01")
    assert [case["sag_id"] for case in report["cases"]] == ["A1", "A2"]
    assert report["run"]["cases_outside_window"] == 1


def test_a_period_outside_what_the_rules_are_vouched_for_gives_a_warning(tmp_path: Path) -> None:
    folder = a_case_alone(tmp_path / "kommune")
    inside = checked(folder, tmp_path / "inside.json")["run"]["warnings"]
    outside = checked(folder, tmp_path / "outside.json", "--from", "2006-12-31")["run"]["warnings"]
    assert len(outside) == len(inside) + 1


# The same files give the same bytes


def bytes_in_a_process(arguments: list[str], cwd: Path, **environment: str) -> bytes:
    command = [sys.executable, "-m", "kommunecheck", "check", *arguments, "--format", "json"]
    settings = {**os.environ, **environment}
    done = subprocess.run(command, cwd=cwd, env=settings, capture_output=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_the_report_is_byte_identical_whatever_the_machine(folders: dict[str, Path], name: str, tmp_path: Path) -> None:
    folder = folders[name]
    copy = tmp_path / "et andet sted" / "kopi"
    shutil.copytree(folder, copy)
    for file in sorted(copy.iterdir(), reverse=True):
        os.utime(file, (0, 0))
    here = bytes_in_a_process(
        [str(folder)], Path("/"), PYTHONHASHSEED="1", LANG="C", LC_ALL="C", TZ="Pacific/Kiritimati", COLUMNS="40",
        POLARS_MAX_THREADS="4",
    )  # fmt: skip
    there = bytes_in_a_process(
        ["."], copy, PYTHONHASHSEED="2", LANG="da_DK.UTF-8", LC_ALL="da_DK.UTF-8", TZ="Pacific/Pago_Pago",
        POLARS_MAX_THREADS="1",
    )  # fmt: skip
    assert here == there


def without_places(report: Report) -> Report:
    """The report without row numbers and hashes of the files, which are all that the order of rows may change."""

    def cleaned(part: Any) -> Any:
        if isinstance(part, dict):
            of_places = ("row", "sha256", "digest", "grounds")
            return {key: cleaned(value) for key, value in part.items() if key not in of_places}
        if isinstance(part, list):
            return [cleaned(one) for one in part]
        return re.sub(r"række \d+", "række", part) if isinstance(part, str) else part

    return cleaned(report)


@pytest.mark.parametrize("seed", [1, 2])
def test_rows_in_another_order_change_row_numbers_and_hashes_only(
    folders: dict[str, Path], name: str, seed: int, reports: dict[str, Report], tmp_path: Path
) -> None:
    copy = tmp_path / "kopi"
    shutil.copytree(folders[name], copy)
    chance = random.Random(seed)
    for table in TABLES:
        rows = rows_of(copy, table)
        chance.shuffle(rows)
        write_rows(copy, table, rows)
    shuffled = checked(copy, tmp_path / "report.json")
    assert shuffled["run"]["digest"] != reports[name]["run"]["digest"]
    assert without_places(shuffled) == without_places(reports[name])


def test_the_row_that_set_the_cutoff_is_still_told_when_rows_are_shuffled(tmp_path: Path) -> None:
    write_rows(tmp_path, "sager", SAGER)
    rows = samtaler(*((f"M{number}", "", "2007-05-02", "2007-05-02") for number in range(5)))
    rows.append(samtaler(("M9", "", "2007-05-09", "2007-05-10"))[0])
    for place in (0, 3, 5):
        write_rows(tmp_path, "samtaler", [*rows[:place], rows[-1], *rows[place:-1]])
        cell = checked(tmp_path, tmp_path / "report.json")["run"]["cutoff_from"]
        assert (cell["row"], cell["column"]) == (place + 2, "registreret_dato")


def test_without_payments_no_amount_is_known_also_where_there_are_no_cases(tmp_path: Path) -> None:
    write_rows(tmp_path, "sager", SAGER)
    write_rows(tmp_path, "samtaler", samtaler(("M1", "", "2007-09-03", "2007-09-03")))
    report = checked(tmp_path, tmp_path / "report.json", "--from", "2005-01-01", "--to", "2005-12-31")
    summary = report["summary"]
    assert (summary["cases"], report["run"]["cases_outside_window"]) == (0, 2)
    unknown = {"days": 0, "paid": None, "refund_lost": None}
    assert [summary[kind] for kind in KINDS] == [unknown] * 3
    assert [summary[name] for name in ("running_per_day", "unpaid_days", "unpriced_days")] == [None] * 3
    assert report["combined"] == {"expected": unknown, "shared_days": 0}


@pytest.mark.parametrize(
    "later",
    [
        {"samtale_id": "M1", "status": "udeblevet"},
        {"status": "udeblevet", "afholdt_dato": "2007-08-01"},
        {"planlagt_dato": "snart"},
        {"type": "noget andet"},
        {"sag_id": "A9"},
    ],
    ids=[
        "the id of another",
        "days that deny each other",
        "a day that cannot be read",
        "no known type",
        "no known case",
    ],
)
def test_a_row_that_was_registered_later_changes_nothing_of_what_was_known(
    later: dict[str, str], tmp_path: Path
) -> None:
    known = samtaler(("M1", "", "2007-04-02", "2007-04-02"), ("M2", "", "2007-06-01", "2007-06-01"))
    more = samtaler(("M3", "", "2007-06-02", "2007-09-01"))[0] | later
    made = []
    for name, rows in (("før", known), ("efter", [*known, more])):
        (tmp_path / name).mkdir()
        write_rows(tmp_path / name, "sager", SAGER)
        write_rows(tmp_path / name, "samtaler", rows)
        made.append(
            checked(tmp_path / name, tmp_path / f"{name}.json", "--known-on", "2007-07-01", "--cutoff", "2007-07-01")
        )
    before, after = made
    assert after["findings"] == before["findings"]
    assert (after["cases"], after["summary"]) == (before["cases"], before["summary"])
    (source,) = [one for one in after["run"]["sources"] if one["table"] == "samtaler"]
    assert (source["rows"], source["rows_used"], source["rows_reported"]) == (3, 2, 1)
    assert any("1 række i samtaler er registreret senere" in one for one in after["run"]["warnings"])


def test_of_rows_in_two_files_that_set_the_cutoff_one_is_told_and_not_a_mixture(tmp_path: Path) -> None:
    write_rows(tmp_path, "sager", SAGER)
    days = ("2007-03-01", "2007-04-02", "2007-05-09")
    first = samtaler(*((f"M{number}", "", day, day) for number, day in enumerate(days)))
    for name, rows in (("a", first), ("b", samtaler(("M9", "", "2007-05-09", "2007-05-09")))):
        write_rows(tmp_path, name, rows)
    named = (f'[[sources]]\ntable = "samtaler"\nfile = "{name}.csv"\n' for name in ("a", "b"))
    (tmp_path / "kommunecheck.toml").write_text("".join(named), encoding="utf-8")
    cell = checked(tmp_path, tmp_path / "report.json")["run"]["cutoff_from"]
    assert (cell["file"], cell["row"]) == ("a.csv", 4)


def test_payments_that_only_their_benefit_tells_apart_stand_in_one_order(tmp_path: Path) -> None:
    write_rows(tmp_path, "sager", SAGER)
    write_rows(tmp_path, "samtaler", samtaler(("M1", "", "2007-09-03", "2007-09-03")))
    alike = {"sag_id": "A1", "fra": "2007-05-01", "til": "2007-05-31", "beloeb": "8959,00", "i_tilbud": "nej"}
    paid = [alike | {"ydelsestype": benefit} for benefit in ("kontanthjaelp", "anden")]
    made = []
    for rows in (paid, paid[::-1]):
        write_rows(tmp_path, "udbetalinger", rows)
        made.append(checked(tmp_path, tmp_path / "report.json"))
    assert [line["rate"] for line in made[0]["cases"][0]["expected"]["lines"]].count(None) == 1
    assert without_places(made[0]) == without_places(made[1])


def test_the_order_in_which_files_are_named_changes_nothing(tmp_path: Path) -> None:
    """The interviews in two files, named in both orders; the report of one file says the same of every case."""
    whole = checked(LILLEBY, tmp_path / "whole.json")
    folder = tmp_path / "kommune"
    shutil.copytree(LILLEBY, folder)
    rows = rows_of(folder, "samtaler")
    (folder / "samtaler.csv").unlink()
    write_rows(folder, "første", rows[::2])
    write_rows(folder, "anden", rows[1::2])
    configuration = (folder / "kommunecheck.toml").read_text(encoding="utf-8")
    made = []
    for order in (("første", "anden"), ("anden", "første")):
        named = "".join(f'\n[[sources]]\ntable = "samtaler"\nfile = "{name}.csv"\n' for name in order)
        (folder / "kommunecheck.toml").write_text(configuration + named, encoding="utf-8")
        checked(folder, tmp_path / "report.json")
        made.append((tmp_path / "report.json").read_bytes())
    assert made[0] == made[1]
    assert json.loads(made[0])["summary"] == whole["summary"]
    assert json.loads(made[0])["cases"] == whole["cases"]


def test_the_digest_is_that_of_the_document_with_this_value_empty(tmp_path: Path) -> None:
    digest = checked(a_case_alone(tmp_path / "kommune"), tmp_path / "report.json")["run"]["digest"]
    written = (tmp_path / "report.json").read_bytes()
    assert digest == hashlib.sha256(written.replace(f'"digest":"{digest}"'.encode(), b'"digest":""')).hexdigest()


def test_a_report_that_is_put_aside_in_a_file_comes_out_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = app.check(a_case_alone(tmp_path / "kommune"))
    whole = b"".join(json_format.write(report))
    monkeypatch.setattr(json_format, "IN_MEMORY", 10)
    monkeypatch.setattr(json_format, "PIECE", 100)
    pieces = list(json_format.write(report))
    assert len(pieces) > 10
    assert b"".join(pieces) == whole


def test_anything_the_result_follows_from_changes_the_digest(tmp_path: Path) -> None:
    folder = a_case_alone(tmp_path / "kommune")
    digests = [checked(folder, tmp_path / "report.json")["run"]["digest"]]
    digests.append(checked(folder, tmp_path / "report.json", "--cutoff", "2007-11-30")["run"]["digest"])
    digests.append(checked(folder, tmp_path / "report.json", "--from", "2007-02-01")["run"]["digest"])
    with (folder / "kommunecheck.toml").open("a") as file:
        file.write("\n[parameters]\nfollowup_workdays = 7\n")
    digests.append(checked(folder, tmp_path / "report.json")["run"]["digest"])
    (folder / "sager.csv").write_text((folder / "sager.csv").read_text() + "\n")
    digests.append(checked(folder, tmp_path / "report.json")["run"]["digest"])
    assert len(set(digests)) == len(digests)


# The fingerprint


def test_a_missing_interview_that_is_held_late_is_the_same_matter(tmp_path: Path) -> None:
    folder = a_case_alone(tmp_path / "kommune")
    missing = checked(folder, tmp_path / "report.json")["findings"]
    rows = rows_of(folder, "samtaler")
    held = rows[-1] | {"samtale_id": "ny", "status": "afholdt", "type": "kontaktsamtale"}
    held |= dict.fromkeys(("planlagt_dato", "afholdt_dato", "registreret_dato"), "2007-11-05")
    write_rows(folder, "samtaler", [*rows, held | {"indkaldt_dato": ""}])
    late = checked(folder, tmp_path / "report.json")["findings"]
    assert [one["code"] for one in missing] == ["VT102"]
    assert [one["code"] for one in late] == ["VT101"]
    assert late[0]["fingerprint"] == missing[0]["fingerprint"]


def test_two_matters_of_the_supervision_never_share_a_fingerprint(report: Report) -> None:
    matters = [one["fingerprint"] for one in report["findings"] if one["code"].startswith("VT")]
    again = {print_: number for print_, number in Counter(matters).items() if number > 1}
    for print_ in again:
        shared = [one for one in report["findings"] if one["fingerprint"] == print_]
        assert {(one["sag_id"], one["step"]) for one in shared} == {(shared[0]["sag_id"], shared[0]["step"])}
        assert {"VT205"} < {one["code"] for one in shared}, "only a step that notes show in part is told twice"


# Privacy


KEY = b"noegle-som-kun-kommunen-kender"
NUMBER, HYPHENED, SPACED = "0101701234", "010170-1234", "010170 1234"
SECRETS = (NUMBER, HYPHENED, SPACED, "kanarie", "sklerose", "fuglsang")
"""What must be in no output, whatever the case of the letters."""


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """Two cases of Lilleby to plant secrets in: an interview not held, and one without a match category."""
    folder = a_case_alone(tmp_path / "planted", "L027")
    for table in TABLES:
        rows = [row for row in rows_of(LILLEBY, table) if row["sag_id"] in ("L027", "L054")]
        if rows:
            write_rows(folder, table, rows)
    return folder


def plant(folder: Path, table: str, column: str, value: str) -> None:
    """Put the value in the table's last row: one of L054, which has a finding of its own."""
    rows = rows_of(folder, table)
    rows[-1][column] = value
    write_rows(folder, table, rows)


def seen(folder: Path, capfd: pytest.CaptureFixture[str], *more: str, explained: str | None = None) -> str:
    """Everything the commands show of the folder: both streams, the JSON report, and the account of every rule.

    ``explained``: the one case whose rules are accounted for; else those of every case.
    """
    capfd.readouterr()
    told = []
    file = folder.parent / "seen.json"
    run(["check", str(folder), "-o", str(file), *more])
    if file.exists():
        told.append(file.read_text(encoding="utf-8"))
        report = json.loads(told[0])
        found = {(one["code"], one["sag_id"]) for one in report["findings"] if one["sag_id"]}
        for code, case in {one for one in found if explained in (None, one[1])}:
            run(["explain", code, "--case", case, str(folder)])
    said = capfd.readouterr()
    return "\n".join([*told, said.out, said.err])


def leaks(text: str) -> list[str]:
    found = text.lower()
    joined = "".join(found.split())
    return [secret for secret in SECRETS if secret in found or secret.replace(" ", "") in joined]


PLANTED = [
    ("sager", "cpr", NUMBER),
    ("sager", "cpr", "4513701234 Kanarie"),
    ("sager", "sagsbehandler", f"Kanarie Fuglsang {HYPHENED}"),
    ("sager", "team", f"Team {HYPHENED}"),
    ("sager", "team", f"Team {NUMBER}"),
    ("sager", "ophoersdato", f"Kanarie {NUMBER}"),
    ("sager", "anmodningsdato", "Fuglsang"),
    ("sager", "ydelsestype", f"Kanarie {HYPHENED}"),
    ("samtaler", "sagsbehandler", "Kanarie Fuglsang"),
    ("samtaler", "team", f"Hold {SPACED}"),
    ("samtaler", "fritagelsesaarsag", f"Kanarie har sklerose {NUMBER}"),
    ("samtaler", "kontaktform", f"Hos Kanarie Fuglsang {HYPHENED}"),
    ("samtaler", "opmaerksomhedsomraader", "Sklerose"),
    ("samtaler", "matchkategori", f"Kanarie {NUMBER}"),
    ("samtaler", "grovmatch", "Kanarie"),
    ("samtaler", "arbejdssoegende", HYPHENED),
    ("samtaler", "planlagt_dato", NUMBER),
    ("samtaler", "afholdt_dato", f"{HYPHENED} Kanarie"),
    ("samtaler", "registreret_dato", "Fuglsang"),
    ("samtaler", "status", f"Kanarie {NUMBER}"),
    ("samtaler", "type", f"sklerose {HYPHENED}"),
    ("samtaler", "samtale_id", HYPHENED),
    ("samtaler", "sag_id", HYPHENED),
    ("udbetalinger", "udbetaling_id", NUMBER),
    ("udbetalinger", "udbetaling_id", f"UDB-{HYPHENED}"),
    ("udbetalinger", "sag_id", NUMBER),
    ("udbetalinger", "beloeb", f"{NUMBER} kr. til Kanarie"),
    ("udbetalinger", "fra", "Kanarie"),
    ("udbetalinger", "ydelsestype", f"Kanarie {SPACED}"),
    ("udbetalinger", "konto", NUMBER),
    ("udbetalinger", "i_tilbud", "Kanarie"),
    ("udbetalinger", "anmeldt_refusion", "Fuglsang"),
    ("journal", "tekst", f"Kanarie Fuglsang, {NUMBER}, har sklerose og er i match 3."),
    ("journal", "forfatter", f"Kanarie Fuglsang {HYPHENED}"),
    ("journal", "dato", f"Kanarie {NUMBER}"),
    ("journal", "notat_id", NUMBER),
    ("journal", "sag_id", "Kanarie Fuglsang"),
]


ALONE = [one for one in PLANTED if one[:2] in (("sager", "anmodningsdato"), ("sager", "ydelsestype"))]
"""Where something else stands there, the case cannot be used, and little is told of its rows."""
BY_TABLE = [[one for one in PLANTED if one[0] == table and one not in ALONE] for table in TABLES]
TOGETHER = [*([one] for one in ALONE), *(list(filter(None, some)) for some in zip_longest(*BY_TABLE))]


@pytest.mark.parametrize("plants", TOGETHER)
def test_nothing_a_person_wrote_is_in_any_output(
    plants: list[tuple[str, str, str]], planted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """One secret in each table at a time: a row that cannot be used would hide what else stands in it."""
    for one in plants:
        plant(planted, *one)
    shown = seen(planted, capfd, explained="L054")
    assert "kommunecheck/report/1" in shown
    assert leaks(shown) == []


def test_everything_planted_at_once_is_in_no_output(planted: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for one in PLANTED:
        if one not in ALONE:
            plant(planted, *one)
    shown = seen(planted, capfd)
    assert '"DQ003"' in shown
    assert '"DQ008"' in shown
    assert leaks(shown) == []


def test_a_running_loss_of_a_team_with_a_cpr_number_does_not_show_it(
    planted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = rows_of(planted, "sager")
    write_rows(planted, "sager", [row | {"team": f"Team {HYPHENED}"} for row in rows])
    shown = seen(planted, capfd)
    assert "Løber stadig" in shown
    assert leaks(shown) == []


@pytest.mark.parametrize("sag_id", [NUMBER, HYPHENED])
def test_a_sag_id_that_looks_like_a_cpr_number_needs_a_key(
    sag_id: str, planted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for table in ("sager", "samtaler", "udbetalinger", "journal"):
        rows = rows_of(planted, table)
        write_rows(planted, table, [row | {"sag_id": row["sag_id"].replace("L027", sag_id)} for row in rows])
    assert run(["check", str(planted)]) == 2
    refused = capfd.readouterr()
    assert "key_file" in refused.err
    assert leaks(refused.out + refused.err) == []

    (planted / "noegle.txt").write_bytes(KEY)
    with (planted / "kommunecheck.toml").open("a") as file:
        file.write('\n[privacy]\nkey_file = "noegle.txt"\n')
    shown = seen(planted, capfd)
    pseudonym = hmac.new(KEY, sag_id.encode(), hashlib.sha256).hexdigest()[:12]
    assert leaks(shown) == []
    report = checked(planted, planted.parent / "report.json")
    assert {case["sag_id"] for case in report["cases"]} == {pseudonym, "L054"}
    assert {one["subject"]["id"] for one in report["findings"] if one["code"] == "VT102"} == {pseudonym}
    assert KEY.decode() not in shown


@pytest.mark.parametrize("key", [None, b"", b"kort"])
def test_a_key_that_hides_nothing_is_refused(
    key: bytes | None, planted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    if key is not None:
        (planted / "noegle.txt").write_bytes(key)
    with (planted / "kommunecheck.toml").open("a") as file:
        file.write('\n[privacy]\nkey_file = "noegle.txt"\n')
    assert run(["check", str(planted)]) == 2
    assert "key_file" in capfd.readouterr().err


def test_the_key_decides_the_pseudonym(planted: Path, tmp_path: Path) -> None:
    for table in ("sager", "samtaler", "udbetalinger"):
        rows = rows_of(planted, table)
        write_rows(planted, table, [row | {"sag_id": row["sag_id"].replace("L027", NUMBER)} for row in rows])
    with (planted / "kommunecheck.toml").open("a") as file:
        file.write('\n[privacy]\nkey_file = "noegle.txt"\n')
    shown = []
    for key in (KEY, KEY[::-1]):
        (planted / "noegle.txt").write_bytes(key)
        shown.append({case["sag_id"] for case in checked(planted, tmp_path / "report.json")["cases"]})
    assert shown[0] & shown[1] == {"L054"}


@pytest.mark.parametrize(
    "name",
    [f"samtaler {NUMBER}.csv", f"samtaler_{HYPHENED}_2007.csv", f"samtaler{NUMBER}.csv", f"{NUMBER}samtaler.csv"],
)
def test_a_cpr_number_in_the_name_of_a_file_is_masked(
    name: str, planted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (planted / "samtaler.csv").rename(planted / name)
    with (planted / "kommunecheck.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[sources]]\ntable = "samtaler"\nfile = "{name}"\n')
    shown = seen(planted, capfd)
    assert leaks(shown) == []
    assert "xxxxxx-xxxx" in shown


def test_no_citizens_cpr_number_is_in_any_output(
    name: str, folders: dict[str, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    run(["check", str(folders[name]), "-o", str(tmp_path / "report.json")])
    said = capfd.readouterr()
    shown = said.out + said.err + (tmp_path / "report.json").read_text(encoding="utf-8")
    numbers = {row["cpr"] for row in rows_of(folders[name], "sager")}
    assert len(numbers) > 100
    assert numbers.isdisjoint(re.findall(r"\d{10}", shown.replace("-", "")))


@pytest.mark.parametrize(
    "setting",
    [
        f'[municipality]\nname = "Lilleby {NUMBER}"\n',
        f'[municipality]\ncode = "{HYPHENED}"\n',
        f'[rules]\nignore = {{ VT1 = "Aftalt i {NUMBER}" }}\n',
        f'[[parameters.refund_rates]]\nbenefit = "kontanthjaelp"\npassive = 35\noffer = 65\nsource = "sag {NUMBER}"\n',
        f'[[sources]]\ntable = "perioder"\nfile = "perioder {NUMBER}.csv"\n',
    ],
)
def test_a_cpr_number_in_the_configuration_is_masked(
    setting: str, planted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (planted / "kommunecheck.toml").write_text(setting, encoding="utf-8")
    shown = seen(planted, capfd)
    assert "kommunecheck/report/1" in shown
    assert leaks(shown) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", f"udtræk {NUMBER}"],
        ["check", ".", "-o", f"rapport {HYPHENED}.pdf"],
        ["check", ".", "-o", f"ikke her/rapport {HYPHENED}.json"],
        ["check", ".", "--from", HYPHENED],
        ["check", ".", "--select", NUMBER],
        ["check", ".", NUMBER],
        ["explain", NUMBER],
        ["explain", "VT101", "--case", NUMBER, "."],
        ["demo", "x", "--cases", HYPHENED],
        [HYPHENED],
        [f"--{NUMBER}"],
    ],
)
def test_a_cpr_number_that_was_typed_is_not_said_back(
    arguments: list[str], planted: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(planted)
    assert run(arguments) == 2
    said = capfd.readouterr()
    assert said.err
    assert leaks(said.out + said.err) == []


@pytest.mark.parametrize(
    ("file", "content"),
    [
        (f"samtaler {NUMBER}.csv", None),
        (f"samtaler {NUMBER}.csv", ""),
        (f"samtaler {NUMBER}.csv", "samtale_id;sag_id\n"),
        (f"samtaler {NUMBER}.csv", '"samtale_id\n'),
        (f"samtaler {NUMBER}.pdf", "x"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_without_its_cpr_number(
    file: str, content: str | None, planted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (planted / file).write_text(content)
    with (planted / "kommunecheck.toml").open("a") as opened:
        opened.write(f'\n[[sources]]\ntable = "samtaler"\nfile = "{file}"\n')
    assert run(["check", str(planted)]) == 2
    said = capfd.readouterr()
    assert "xxxxxx-xxxx" in said.err
    assert leaks(said.out + said.err) == []


def test_a_heading_nobody_knows_is_told_by_its_place_and_not_said(
    planted: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = rows_of(planted, "sager")
    write_rows(planted, "sager", [row | {f"Kanarie {NUMBER}": "Fuglsang"} for row in rows])
    shown = seen(planted, capfd)
    assert "kolonne 8 (H): overskriften kendes ikke" in shown
    assert leaks(shown) == []


FREE_TEXT = {
    *("cpr", "team", "sagsbehandler", "forfatter", "tekst", "kontaktform", "konto"),
    *("fritagelsesaarsag", "opmaerksomhedsomraader"),
}


def test_no_value_of_a_person_or_text_column_stands_as_evidence(report: Report) -> None:
    cells = [cell for finding in report["findings"] for cell in finding["evidence"]]
    assert {cell["value"] for cell in cells if cell["column"] in FREE_TEXT} <= {None}
    assert any(cell["column"] in FREE_TEXT for cell in cells)
    assert any(cell["value"] for cell in cells)


def test_no_value_that_could_not_be_read_stands_as_evidence(report: Report) -> None:
    unreadable = [one for one in report["findings"] if one["code"] in ("DQ001", "DQ003", "DQ008")]
    assert unreadable
    assert {cell["value"] for one in unreadable for cell in one["evidence"]} == {None}


def test_the_match_category_is_a_text_column_and_its_value_is_not_shown(report: Report) -> None:
    cells = [cell for finding in report["findings"] for cell in finding["evidence"]]
    values = {cell["value"] for cell in cells if cell["column"] == "matchkategori"}
    assert values == {None}
