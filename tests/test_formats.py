"""The formats that other programs read: SARIF, JUnit, CSV and Markdown, each read back by a reader that is not ours."""

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from junitparser import Error, Failure, JUnitXml, Skipped

from kommunecheck import app
from kommunecheck.cli import run
from kommunecheck.domain.report import Report
from kommunecheck.reports import digest, junit, sarif, table

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
UNTIDY = Path(__file__).parent.parent / "examples" / "lilleby-raa"
SCHEMA = "@microsoft/sarif-multitool-linux/sarif-2.1.0.json"
"""The published schema, as a package of npm carries it."""

WAIVER = """[[waivers]]
id = "A1"
codes = ["VT203", "VT101"]
from = 2007-01-01
to = 2007-12-31
reason = "Ikke til andre end os."
legal_basis = "særlige tilfælde, vejl. til § 5, stk. 1"
author = "en"
approved_by = "en anden"
expires = 2007-12-31
"""


@cache
def lilleby() -> Report:
    return app.check(LILLEBY)


@pytest.fixture(scope="module")
def stood(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Lilleby with a baseline that knows of some, has lost some, and a waiver."""
    folder = tmp_path_factory.mktemp("stood") / "by"
    shutil.copytree(LILLEBY, folder)
    file = folder / "kommunecheck.toml"
    file.write_text(
        file.read_text(encoding="utf-8") + '\n[waivers]\nfile = "w.toml"\n[baseline]\nfile = "b.json"\n',
        encoding="utf-8",
    )
    (folder / "w.toml").write_text(WAIVER, encoding="utf-8")
    assert run(["baseline", "create", str(folder)]) == 0
    known = json.loads((folder / "b.json").read_text(encoding="utf-8"))
    known["findings"].remove(next(one for one in known["findings"] if one["code"] == "VT102"))
    known["findings"][3]["days"] += 1
    known["findings"].append(known["findings"][0] | {"fingerprint": "0" * 16, "sag_id": "L001", "subject": "L001"})
    (folder / "b.json").write_text(json.dumps(known), encoding="utf-8")
    options = app.Options(today=date(2007, 12, 31))
    return app.check(folder, options)


def text_of(write: Callable[[Report], Any], report: Report) -> str:
    return b"".join(write(report)).decode()


# SARIF


@cache
def schema() -> Any:
    """Skips where the package that carries the schema is not installed."""
    npm = shutil.which("npm")
    roots = [Path(__file__).parent.parent / "node_modules"]
    if npm is not None:
        found = subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=False)  # noqa: S603 - our own words
        roots.append(Path(found.stdout.strip()))
    file = next((root / SCHEMA for root in roots if (root / SCHEMA).is_file()), None)
    if file is None:
        pytest.skip(f"the schema of SARIF is not here: npm install -g {SCHEMA.rpartition('/')[0]}")
    return json.loads(file.read_text(encoding="utf-8-sig"))


def sarif_of(report: Report) -> Any:
    return json.loads(text_of(sarif.write, report))


@pytest.mark.parametrize("which", ["lilleby", "untidy", "stood"])
def test_sarif_is_valid(which: str, request: pytest.FixtureRequest) -> None:
    report = {"lilleby": lilleby, "untidy": lambda: app.check(UNTIDY)}.get(
        which, lambda: request.getfixturevalue("stood")
    )()
    checker = jsonschema.validators.validator_for(schema())(schema())
    assert [error.message for error in checker.iter_errors(sarif_of(report))] == []


def test_another_reader_finds_every_result(tmp_path: Path) -> None:
    loader = pytest.importorskip("sarif.loader")
    file = tmp_path / "r.sarif"
    file.write_text(text_of(sarif.write, lilleby()), encoding="utf-8")
    assert loader.load_sarif_file(str(file)).get_result_count() == len(lilleby().findings)


def test_sarif_names_every_rule_that_ran() -> None:
    said = sarif_of(lilleby())["runs"][0]
    rules = said["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(lilleby().run.rules_run)
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in said["results"])
    assert all(one["level"] == "none" for one in said["results"] if one["kind"] != "fail")
    kinds = {one["ruleId"]: one["kind"] for one in said["results"]}
    assert (kinds["VT102"], kinds["VT105"], kinds["VT205"], kinds["DQ002"]) == ("fail", "review", "review", "open")


def test_sarif_points_at_lines_of_text_and_at_cells_of_workbooks() -> None:
    of_text = next(one for one in sarif_of(lilleby())["runs"][0]["results"] if one["ruleId"] == "VT101")
    where = of_text["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "sager.csv"
    assert where["region"] == {"startLine": 12}
    results = sarif_of(app.check(UNTIDY))["runs"][0]["results"]
    cells = [place for one in results for place in one["locations"] if ".xlsx" in json.dumps(place)]
    assert cells
    assert all("region" not in cell["physicalLocation"] for cell in cells)
    assert all("række" in cell["logicalLocations"][0]["name"] for cell in cells)


def test_sarif_tells_how_findings_stand(stood: Report) -> None:
    results = sarif_of(stood)["runs"][0]["results"]
    states = [one["baselineState"] for one in results]
    assert {state: states.count(state) for state in ("new", "updated", "absent")} == {
        "new": 1,
        "updated": 1,
        "absent": 1,
    }
    suppressed = {one["ruleId"] for one in results if "suppressions" in one}
    assert suppressed == {"VT101", "VT203"}
    reason = next(one["suppressions"][0] for one in results if "suppressions" in one)
    assert reason["justification"] == "Accepten A1 (særlige tilfælde, vejl. til § 5, stk. 1), til og med 2007-12-31"
    assert "Ikke til andre" not in json.dumps(results, ensure_ascii=False)


# JUnit


def cases_of(report: Report) -> dict[tuple[str, str], Any]:
    suites = JUnitXml.fromstring(b"".join(junit.write(report)))
    return {(one.classname, one.name.split()[0]): one.result for suite in suites for one in suite}


def test_junit_has_every_rule_for_every_source() -> None:
    cases = cases_of(lilleby())
    sources = {source.place for source in lilleby().run.sources.values()}
    assert {place for place, _ in cases} >= sources
    assert all(
        {code for of, code in cases if of == place} == {rule.code for rule in lilleby().rules} for place in sources
    )
    assert isinstance(cases["sager.csv", "VT101"][0], Failure)
    assert cases["perioder.csv", "VT101"] == []
    found = sum(
        int(result[0].message.split()[0]) for result in cases.values() if result and isinstance(result[0], Failure)
    )
    assert found == len(lilleby().findings)


def test_junit_skips_what_is_accepted_and_what_did_not_run(stood: Report, tmp_path: Path) -> None:
    accepted = cases_of(stood)["sager.csv", "VT101"][0]
    assert isinstance(accepted, Skipped)
    assert accepted.message.startswith("Accepten A1 (særlige tilfælde")
    for name in ("sager", "samtaler"):
        shutil.copy(LILLEBY / f"{name}.csv", tmp_path)
    not_run = cases_of(app.check(tmp_path))["sager.csv", "VT205"][0]
    assert (type(not_run), not_run.message) == (Skipped, "tabellen journal er ikke med")


def test_junit_says_what_crashed(monkeypatch: pytest.MonkeyPatch) -> None:
    from kommunecheck.checks import late_interview

    def fails(*_: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(late_interview, "check", fails)
    assert isinstance(cases_of(app.check(LILLEBY))["sager.csv", "VT101"][0], Error)


def suites_of(report: Report) -> dict[tuple[str, str], Any]:
    suites = JUnitXml.fromstring(b"".join(junit.write(report)))
    return {(one.classname, one.name.split()[0]): one for suite in suites for one in suite}


def test_junit_is_not_green_where_nobody_looked(tmp_path: Path) -> None:
    shutil.copytree(LILLEBY, tmp_path / "by")
    settings = tmp_path / "by" / "kommunecheck.toml"
    told = f'{settings.read_text(encoding="utf-8")}\n[rules.ignore]\nVT101 = "Vi retter dem først til maj"\n'
    settings.write_text(told, encoding="utf-8")
    ignored = cases_of(app.check(tmp_path / "by"))["sager.csv", "VT101"][0]
    assert (type(ignored), ignored.message) == (Skipped, "Vises ikke: Vi retter dem først til maj")
    selected = cases_of(app.check(LILLEBY, app.Options(select=("VT101",))))
    assert isinstance(selected["sager.csv", "VT101"][0], Failure)
    others = [result for (_, code), result in selected.items() if code != "VT101"]
    assert {(type(one), one.message) for (one,) in others} == {(Skipped, "Vises ikke: ikke blandt de valgte regler")}


def test_junit_fails_for_a_gate_that_broke(tmp_path: Path) -> None:
    shutil.copytree(LILLEBY, tmp_path / "by")
    settings = tmp_path / "by" / "kommunecheck.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[gate]\nmin_cases = 9999\n", encoding="utf-8")
    report = app.check(tmp_path / "by")
    suites = {suite.name: suite for suite in JUnitXml.fromstring(b"".join(junit.write(report)))}
    (case,) = suites["[gate]"]
    assert report.nightly is not None
    (broken,) = report.nightly.broken
    assert (case.name, case.result[0].message) == ("Grænsen min_cases", broken.sentence)
    assert (suites["[gate]"].tests, suites["[gate]"].failures) == (1, 1)
    assert "[gate]" not in {place for place, _ in cases_of(lilleby())}


def test_junit_names_what_is_accepted_also_beside_what_is_not(stood: Report) -> None:
    cases = suites_of(stood)
    whole = cases["sager.csv", "VT101"].system_out
    by = "Accepteret med A1 til og med 31. december 2007: L011: "
    assert whole.startswith(by)
    first = next(one for one in stood.findings if one.finding.rule.code == "VT101")
    some = tuple(
        one._replace(standing=one.standing._replace(accepted=None)) if one is first else one for one in stood.findings
    )
    case = suites_of(replace(stood, findings=some))["sager.csv", "VT101"]
    assert isinstance(case.result[0], Failure)
    assert case.result[0].message == "1 fund"
    assert case.system_out.count("Accepteret med A1") == whole.count("Accepteret med A1") - 1


# CSV


def rows_of(report: Report) -> list[dict[str, str]]:
    content = b"".join(table.write(report))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_has_a_line_for_every_finding() -> None:
    rows = rows_of(lilleby())
    assert [row["Regel"] for row in rows] == [placed.finding.rule.code for placed in lilleby().findings]
    late = next(row for row in rows if row["Regel"] == "VT101")
    assert (late["Sag"], late["Dage"], late["Refusion"]) == ("L011", "6", "391,07")


def test_a_finding_of_an_application_names_it(tmp_path: Path) -> None:
    (tmp_path / "ansoegninger.csv").write_text(
        "ansoegning_id;sagstype;modtaget_dato;afgoerelse_dato\nA7;Bolig;2007-03-01;2007-03-12\n", encoding="utf-8"
    )
    (tmp_path / "kommunecheck.toml").write_text("[sagsbehandling.deadlines]\ndefault = 10\n", encoding="utf-8")
    report = app.check(tmp_path)
    assert [(row["Regel"], row["Sag"]) for row in rows_of(report)] == [("SB101", "A7")]
    (found,) = json.loads(b"".join(sarif.write(report)))["runs"][0]["results"]
    assert found["properties"]["subject"] == {"kind": "ansoegning", "id": "A7"}


def test_csv_tells_a_loss_that_is_only_expected_in_part() -> None:
    kinds = {row["Sag"]: row["Tab"] for row in rows_of(lilleby()) if row["Regel"] == "VT103"}
    assert kinds["L033"] == "forventet og muligt tab"


def test_without_payments_csv_has_no_amount(tmp_path: Path) -> None:
    for name in ("sager", "samtaler"):
        shutil.copy(LILLEBY / f"{name}.csv", tmp_path)
    assert {(row["Udbetalt"], row["Refusion"]) for row in rows_of(app.check(tmp_path))} == {("", "")}


def test_the_amounts_of_csv_are_those_of_the_cases_with_one_finding() -> None:
    rows = rows_of(lilleby())
    seen = [row["Sag"] for row in rows]
    for case in lilleby().cases:
        if seen.count(case.sag_id) == 1 and case.exposure.expected.refund_lost:
            row = next(row for row in rows if row["Sag"] == case.sag_id)
            total = sum(loss.refund_lost or 0 for loss in case.exposure.kinds)
            assert int(row["Refusion"].replace(",", "")) == total


@pytest.mark.parametrize("name", ["=1+1", "+45", "-x", "@x", "\t=1"])
def test_no_cell_of_csv_is_a_formula(tmp_path: Path, name: str) -> None:
    shutil.copytree(LILLEBY, tmp_path / "by")
    file = tmp_path / "by" / "sager.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Team Nord", name), encoding="utf-8")
    cells = [cell for row in rows_of(app.check(tmp_path / "by")) for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    assert any(name.strip() in cell for cell in cells)


# Markdown and the subject of a mail


def test_markdown_begins_with_the_loss() -> None:
    said = text_of(digest.write, lilleby())
    assert said.startswith("# Lilleby: visitationstilsyn pr. 31. december 2007\n\n**OPDIGTEDE TAL**\n\n**Forventet tab")
    assert "192.193,90 kr." in said


def test_markdown_tells_what_is_new(stood: Report) -> None:
    said = text_of(digest.write, stood)
    assert "Siden sidst: 1 nyt, 1 ændret" in said
    assert "Nyt eller værre: 1 fund" in said


def test_nothing_from_the_files_becomes_markdown(tmp_path: Path) -> None:
    shutil.copytree(LILLEBY, tmp_path / "by")
    file = tmp_path / "by" / "sager.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Team Nord", "<b>|[x](y)`"), encoding="utf-8")
    said = text_of(digest.write, app.check(tmp_path / "by"))
    assert r"\<b\>\|\[x\](y)\`" in said
    assert "<b>" not in said


def test_the_subject_is_one_line(stood: Report) -> None:
    said = text_of(digest.subject, stood)
    assert said.count("\n") == 1
    assert said.startswith("Lilleby: 192.193,90 kr. forventet tab, 1 nyt fund, 601,46 kr. løber på om dagen")
    assert "intet nyt" not in said


@pytest.mark.parametrize("write", [sarif.write, junit.write, table.write, digest.write, digest.subject])
def test_the_same_report_gives_the_same_bytes(write: Callable[[Report], Any]) -> None:
    assert text_of(write, lilleby()) == text_of(write, app.check(LILLEBY))
