"""Cases drawn as the directorate may, so that anybody can draw them again, with deadlines and whom to tell."""

import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import openpyxl
import orjson
import pytest

from kommunecheck import app
from kommunecheck.cli import run
from kommunecheck.domain.days import day_of, iso
from kommunecheck.law.answering import answer_by
from kommunecheck.plugins.raadighed.account import Account
from kommunecheck.plugins.raadighed.sample import Way, deadlines, draw
from kommunecheck.plugins.raadighed.supervision import SUPERVISION
from kommunecheck.plugins.raadighed.tables import TABLES, Act, Handling
from kommunecheck.plugins.raadighed.texts import TEXTS
from kommunecheck.testing import a_case, held, ruled, the_law

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"


def account(**cases: object) -> Account:
    """What is handed on of cases with an act of 4 June 2007, by what their interviews say."""
    law = the_law()
    numbers = {one.name: one for one in TEXTS.parameters}
    made = []
    for sag_id, interviews in cases.items():
        appealed = dict.fromkeys(Handling._fields) | {
            "afgoerelse_id": "A", "haendelse_id": sag_id, "ankesag": interviews == "anke", "unread": "",
            "source": 7, "row": 2,
        }  # fmt: skip
        own = [held("2007-02-01")] if interviews == "anke" else interviews
        case = a_case("2007-01-02", interviews=own, sag_id=sag_id)  # type: ignore[arg-type]
        acts = (Act(sag_id, day_of("2007-06-04"), "andet", None, "", 6, 2),)
        made.append(case._replace(rows={"haendelser": acts, "afgoerelser": (Handling(**appealed),)}))
    changed = replace(law, parameters={**law.parameters, **numbers})
    found = ruled(SUPERVISION, made, changed, tables=TABLES).supervised.beside
    assert isinstance(found, Account)
    return found


def test_the_pool_is_of_registered_job_seekers_in_the_target_group() -> None:
    told = account(
        ja=[held("2007-02-01")],
        nej=[held("2007-02-01", job_seeker=False)],
        blank=[held("2007-02-01", job_seeker=None)],
        ingen=[],
        anke="anke",
        fire=[held("2007-02-01", category="4")],
        senest_nej=[held("2007-02-01"), held("2007-06-04", job_seeker=False)],
        senest_ja=[held("2007-02-01", job_seeker=False), held("2007-06-04")],
        for_sent=[held("2007-02-01", job_seeker=False), held("2007-06-05")],
        ukendt=[held("2007-02-01", category=None)],
    )
    assert [one.sag_id for one in told.drawable] == ["ja", "senest_ja"]
    assert [one.sag_id for one in told.unknown] == ["blank", "ingen", "ukendt"]
    assert [one.sag_id for one in told.others] == ["for_sent", "nej", "senest_nej"]
    assert [one.sag_id for one in told.appealed] == ["anke"]


def test_the_first_in_the_order_of_the_seed_are_drawn() -> None:
    told = account(**{f"S{number}": [held("2007-02-01")] for number in range(9)})
    ids = [one.sag_id for one in told.drawable]
    by_hand = sorted(ids, key=lambda one: sha256(f"frø:{one}".encode()).hexdigest())[:4]
    sample = draw(told, Way.SPOT, 4, "frø", None)
    assert [one.case.sag_id for one in sample.drawn] == by_hand
    assert sample.list_hash == sha256("".join(f"{one}\n" for one in sorted(ids)).encode()).hexdigest()
    assert len(draw(told, Way.SPOT, 99, "frø", None).drawn) == 9
    assert [one.case.sag_id for one in draw(told, Way.CENTRAL, 9, "frø", None).drawn][:4] == by_hand


@pytest.mark.parametrize(
    ("way", "days"),
    [(Way.CENTRAL, ["2008-03-17"]), (Way.SPOT, ["2008-03-17"]), (Way.VISIT, ["2008-02-18", "2008-03-17"])],
)
def test_fourteen_days_are_counted_from_the_request_or_around_the_visit(way: Way, days: list[str]) -> None:
    told = account(ja=[held("2007-02-01")])
    found = deadlines(draw(told, way, 1, "1", day_of("2008-03-03")))
    assert [iso(one.day) for one in found if one.day is not None] == days
    assert [one.day for one in deadlines(draw(told, way, 1, "1", None))] == [None] * len(days)


def test_a_deadline_that_ends_on_a_holiday_is_told_as_the_material_for_the_directorate_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """14 days after 10 March 2008 is Easter Monday: the last working day before it is the Wednesday before Easter."""
    told = account(ja=[held("2007-02-01")])
    received = day_of("2008-03-10")
    (one,) = deadlines(draw(told, Way.CENTRAL, 1, "1", received))
    assert one.day is not None
    assert (iso(one.day), one.by) == ("2008-03-19", answer_by(received))
    book, document = tmp_path / "l.xlsx", tmp_path / "l.json"
    words = ["raadighed", "draw", str(LILLEBY), "--day", "2008-03-10", "-o", str(book), "-o", str(document)]
    assert run(words) == 0
    sentence = f"14 dage efter er mandag den 24. marts 2008. {answer_by(received).why}"
    assert sentence in capsys.readouterr().out
    page = openpyxl.load_workbook(book)["Frister og udtagning"]
    assert any(sentence in str(cell.value) for row in page.iter_rows() for cell in row)
    (told_json,) = orjson.loads(document.read_bytes())["deadlines"]
    assert (told_json["day"], told_json["last_day"]) == ("2008-03-19", "2008-03-24")


def test_the_command_writes_the_list_and_whom_to_tell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, document = tmp_path / "sagsliste.xlsx", tmp_path / "sagsliste.json"
    words = ["raadighed", "draw", str(LILLEBY), "--for", "visit", "--size", "5", "--day", "3-3-2008"]
    assert run([*words, "-o", str(book), "-o", str(document)]) == 0
    said = capsys.readouterr().out
    assert "Senest 18. februar 2008: besøget skal være varslet" in said
    assert "Giv direktoratet besked (§ 5): L091." in said
    told = orjson.loads(document.read_bytes())
    drawn = [one["sag_id"] for one in told["drawn"]]
    assert (told["schema"], told["for"], len(drawn), told["appealed"]) == (
        "kommunecheck/raadighed-sample/1", "visit", 5, ["L091"]
    )  # fmt: skip
    assert ", ".join(drawn) in said
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["Sagsliste", "Frister og udtagning", "Besked", "Uvist", "Listen"]
    assert [row[1].value for row in sheets["Sagsliste"].iter_rows(min_row=5)] == drawn
    assert [row[0].value for row in sheets["Besked"].iter_rows(min_row=5)] == ["L091"]
    again = tmp_path / "igen.json"
    assert run([*words, "-o", str(again)]) == 0
    assert again.read_bytes() == document.read_bytes()


def test_where_nobody_told_what_is_under_appeal_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(LILLEBY, folder := tmp_path / "l")
    file = folder / "afgoerelser.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("ankesag", "andet"), encoding="utf-8")
    assert run(["raadighed", "draw", str(folder), "-o", str(tmp_path / "l.json"), "-o", str(tmp_path / "l.xlsx")]) == 0
    assert "Udtrækket siger ikke, hvilke sager der er i ankesystemet" in capsys.readouterr().out
    assert orjson.loads((tmp_path / "l.json").read_bytes())["appealed"] is None
    page = openpyxl.load_workbook(tmp_path / "l.xlsx")["Frister og udtagning"]
    assert any("i ankesystemet" in str(cell.value) for row in page.iter_rows() for cell in row)


def test_without_its_tables_there_is_nothing_to_draw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(LILLEBY, tmp_path / "l")
    (tmp_path / "l" / "haendelser.csv").unlink()
    assert run(["raadighed", "draw", str(tmp_path / "l")]) == 2
    assert "Læg tabellen haendelser i mappen" in capsys.readouterr().err


def test_a_form_it_cannot_write_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["raadighed", "draw", str(LILLEBY), "-o", str(tmp_path / "liste.pdf")]) == 2
    assert "endelsen kendes ikke" in capsys.readouterr().err


def test_the_report_of_lilleby_hands_the_account_on() -> None:
    own = next(one for one in app.check(LILLEBY).supervisions if one.name == "raadighed")
    assert isinstance(own.beside, Account)
    assert {one.sag_id for one in own.beside.appealed} == {"L091"}
    assert sum(one.benefit == "introduktionsydelse" for one in own.beside.decisions) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--day", "9999-12-18"], "--day ligger så sent"),
        (["--for", "visit", "--day", "9999-12-31"], "--day ligger så sent"),
        (["--seed", "frø 010170-1234"], "må ikke ligne et CPR-nummer"),
        (["--seed", "fr\udcf8"], "ikke kan læses"),
        (["--size", "0"], "--size"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence_and_nothing_is_told(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["raadighed", "draw", str(LILLEBY), *words]) == 2
    told = capsys.readouterr()
    assert (told.out, said in told.err, "1234" in told.err) == ("", True, False)


def tiny(folder: Path, haendelser: str) -> str:
    sager = "sag_id;ydelsestype;anmodningsdato;ophoersdato\nS1;kontanthjaelp;2007-01-02;\n"
    (folder / "sager.csv").write_text(sager, encoding="utf-8")
    (folder / "haendelser.csv").write_text(haendelser, encoding="utf-8")
    return str(folder)


ACTS = "haendelse_id;sag_id;dato;type\nH1;S1;2007-06-04;andet\n"


def test_a_pool_of_which_nothing_is_known_is_not_called_unregistered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["raadighed", "draw", tiny(tmp_path, ACTS)]) == 2
    assert "så vidt det kan ses. I 1 sag er det uvist." in capsys.readouterr().err


def test_where_the_supervision_is_not_run_nobody_is_sent_for_a_table_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = tiny(tmp_path, ACTS)
    shutil.copy(LILLEBY / "samtaler.csv", tmp_path)
    (tmp_path / "kommunecheck.toml").write_text('[audit]\nsupervisions = ["visitation"]\n', encoding="utf-8")
    assert run(["raadighed", "draw", where, "--cutoff", "2007-12-31"]) == 2
    assert "Rådighedstilsynet er ikke kørt" in capsys.readouterr().err
