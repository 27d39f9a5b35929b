"""The section that answers § 13: the numbers first, why, what to do, and what is uncertain; in every format."""

import shutil
from pathlib import Path

import docx
import openpyxl
import orjson
import pytest

from kommunecheck import app, cli
from kommunecheck.domain.report import Report
from kommunecheck.domain.section import Section

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"


def section_of(report: Report) -> Section:
    (found,) = [one for one in report.sections if one.title == "Rådighedstilsyn"]
    return found


@pytest.fixture(scope="module")
def told() -> Section:
    report = app.check(LILLEBY)
    assert report.run.complete, report.run.warnings
    return section_of(report)


def test_it_leads_with_the_two_answers_and_then_says_why_and_what_to_do(told: Section) -> None:
    assert told.paragraphs[0] == "23 af 37 hændelser er behandlet efter reglerne (62,2 %), og 14 er med fejl."
    assert told.paragraphs[2].startswith(
        "Udbetalt fejlagtigt: 43 dage, hvor hjælpen var ophørt. Det koster 5.047,70 kr."
    )
    assert any(one.startswith("De hyppigste fejl: ") for one in told.paragraphs)
    costs = "4 sager løber stadig, 101,15 kr. om dagen i forventet tab og 231,51 kr. om dagen i muligt tab."
    assert any(costs in one for one in told.paragraphs)


def test_its_tables_agree_with_one_another(told: Section) -> None:
    tables = [told.table, *(part.table for part in told.parts if part.title in ("Efter team", "Efter sanktion"))]
    assert len(tables) == 3
    for table in tables:
        assert table is not None
        assert table.rows[-1][:5] == ("I alt", 38, 23, 14, 1)
        for place in range(1, 5):
            assert sum(int(str(row[place])) for row in table.rows[:-1]) == table.rows[-1][place]
    assert told.table is not None
    assert str(told.table.rows[-1][5]) == "62.16"


def test_each_part_the_order_asks_for_is_there(told: Section) -> None:
    parts = {part.title: part for part in told.parts}
    assert list(parts) == [
        "Efter team",
        "Efter sanktion",
        "Er der udbetalt fejlagtigt?",
        "Løber stadig",
        "Introduktionsydelse (§ 14)",
        "Ankesager, der skal gives besked om (§ 5)",
        "Sager, direktoratet kan udtage (§§ 6, 8 og 10)",
        "Forretningsgange (§ 4)",
        "Metode, og hvad der er usikkert",
    ]
    appealed = parts["Ankesager, der skal gives besked om (§ 5)"].table
    assert appealed is not None
    assert [row[0] for row in appealed.rows] == ["L091"]
    assert "har ikke angivet en forretningsgang" in parts["Forretningsgange (§ 4)"].paragraphs[0]
    method = " ".join(parts["Metode, og hvad der er usikkert"].paragraphs)
    assert "sætter ingen frist" in method
    assert "28 kalenderdage til vurderingen" in method


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(LILLEBY, tmp_path / "l")
    return tmp_path / "l"


def test_a_rule_that_was_not_run_leaves_the_answer_open(copy: Path) -> None:
    file = copy / "afgoerelser.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(";hjemmel;", ";paragraffen;"), encoding="utf-8")
    said = section_of(app.check(copy)).paragraphs[0]
    assert said.startswith("12 hændelser af 38 er behandlet med fejl.")
    assert "RT103 er ikke kørt" in said


def test_a_named_procedure_stands_there(copy: Path) -> None:
    file = copy / "kommunecheck.toml"
    named = 'raadighed = "Sanktioner, 2007", visitation ='
    file.write_text(file.read_text(encoding="utf-8").replace("visitation =", named, 1), encoding="utf-8")
    report = app.check(copy)
    (part,) = [part for part in section_of(report).parts if part.title == "Forretningsgange (§ 4)"]
    assert "Sanktioner, 2007" in part.paragraphs[0]
    assert not [one for one in report.findings if one.finding.rule.code == "RT301"]


def test_without_acts_it_says_what_is_missing(copy: Path) -> None:
    (copy / "haendelser.csv").unlink()
    assert section_of(app.check(copy)).paragraphs == ("Intet er vurderet, fordi tabellen haendelser ikke er med.",)


def test_it_stands_in_every_format_with_its_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {ending: tmp_path / f"r.{ending}" for ending in ("docx", "xlsx", "html", "json", "sarif")}
    assert cli.run(["check", str(LILLEBY), *(word for file in files.values() for word in ("-o", str(file)))]) == 1
    lead = "23 af 37 hændelser er behandlet efter reglerne"
    assert lead in " ".join(capsys.readouterr().out.split())
    assert any(lead in one.text for one in docx.Document(str(files["docx"])).paragraphs)
    sheets = openpyxl.load_workbook(files["xlsx"])
    assert any(lead in str(row[0]) for row in sheets["Rådighedstilsyn"].iter_rows(values_only=True))
    assert lead in files["html"].read_text(encoding="utf-8")
    found = orjson.loads(files["json"].read_bytes())
    codes = {one["code"] for one in found["findings"] if one["supervision"] == "raadighed"}
    shown = {one["ruleId"] for one in orjson.loads(files["sarif"].read_bytes())["runs"][0]["results"]}
    assert codes <= shown
    assert len(codes) == 14
