"""What must stay in the municipality's own files is planted in every column and looked for in all that comes out."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import docx
import openpyxl
import pytest
from as_files import rows_of, write_rows

from kommunecheck import app
from kommunecheck.cli import run
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.report import Fact, Reader, Report
from kommunecheck.plugins.host import Plugins
from kommunecheck.setup import set_up
from kommunecheck.splitting import by_team

LILLEBY = Path(__file__).parents[1] / "examples" / "lilleby"
CASES = ("L027", "L054", "L058", "L035")
TABLES = ("sager", "samtaler", "perioder", "udbetalinger", "journal")
ENDINGS = (".docx", ".xlsx", ".html", ".json", ".sarif", ".xml", ".csv", ".md", ".ics")

NUMBER, NAME, SENTENCE = "010170-1234", "Kanarie Fuglsang", "Borgeren har sklerose og er bange for sin nabo"
SECRETS = (NUMBER, NUMBER.replace("-", ""), NUMBER.replace("-", " "), "kanarie", "fuglsang", "sklerose", "nabo")
ASKED = app.Options(facts=frozenset(Fact))


@pytest.fixture
def lilleby(tmp_path: Path) -> Path:
    return lilleby_in(tmp_path / "lilleby")


def lilleby_in(folder: Path) -> Path:
    """A few of Lilleby's cases: an interview not held, a step missing, illness, a no-show."""
    shutil.copytree(LILLEBY, folder)
    for table in TABLES:
        every = rows_of(folder, table)
        write_rows(folder, table, [row for row in every if row["sag_id"] in CASES] or every[-1:])
    return folder


def with_setting(folder: Path, line: str) -> Path:
    file = folder / "kommunecheck.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n[privacy]\n{line}\n", encoding="utf-8")
    return folder


def texts(content: bytes) -> Iterator[str]:
    """All text of a file and, of one that is a zip, of its parts and their names."""
    if not is_zipfile(io.BytesIO(content)):
        yield content.decode("utf-8", "replace")
        return
    with ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            yield name
            yield parts.read(name).decode("utf-8", "replace")


def leaks(content: bytes) -> list[str]:
    found = "\n".join(texts(content)).lower()
    plain = re.sub(r"<[^>]*>", "", found)  # a secret may be cut in two by an element
    return [secret for secret in SECRETS if secret in found or secret in plain]


def every_output(folder: Path, capfd: pytest.CaptureFixture[str]) -> dict[str, bytes]:
    """What the command shows, and every file it can write: for every reader, and for every team."""
    files = [folder.parent / f"r{ending}" for ending in ENDINGS]
    teams = folder.parent / "teams"
    capfd.readouterr()
    given = [part for file in files for part in ("-o", str(file))]
    assert run(["check", str(folder), "--split", "team", "-o", str(teams), *given]) in (0, 1)
    said = capfd.readouterr()
    outputs = {file.name: file.read_bytes() for file in (*files, *teams.iterdir())}
    return outputs | {"screen": (said.out + said.err).encode()}


PLANTED: list[tuple[str, Callable[[str], str | None]]] = [
    ("a CPR number", lambda _: NUMBER),
    ("a CPR number in a text", lambda _: f"Team {NUMBER.replace('-', '')}"),
    (
        "a name and a sentence",
        lambda column: None if column == "team" or column.endswith("_id") else f"{NAME}. {SENTENCE}",
    ),
]
"""What is planted in a column. Teams and ids are shown as they are: a name there is taken for theirs."""


@pytest.mark.parametrize(("what", "planted"), PLANTED, ids=[what for what, _ in PLANTED])
def test_what_is_planted_in_every_column_of_every_table_is_in_no_output(
    what: str, planted: Callable[[str], str | None], lilleby: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each time in another row, and beside them the rows that were there: all formats have something to tell."""
    for table in TABLES:
        rows = rows_of(lilleby, table)
        every = [row | {} for row in rows]
        for place, column in enumerate(rows[0]):
            value = None if column == "sag_id" else planted(column)
            if value is not None:
                every.append(rows[place % len(rows)] | _ids(rows[0], table, place) | {column: value})
        write_rows(lilleby, table, every)
    outputs = every_output(lilleby, capfd)
    assert {name: leaks(content) for name, content in outputs.items() if leaks(content)} == {}, what
    assert all(len(content) > 100 for content in outputs.values())
    assert b"DQ003" in outputs["r.json"]


def _ids(row: dict[str, str], table: str, place: int) -> dict[str, str]:
    """Ids of its own for a row that is put in; a case of its own in ``sager``."""
    own = [column for column in row if column.endswith("_id") and (column != "sag_id" or table == "sager")]
    return dict.fromkeys(own, f"K{place}")


WRITTEN = (
    "0101701234-001", "010170-1234/1", "S0101701234", "0101701234 5", "010170\u20131234", "010170\u20111234",
    "010170\u22121234", "010170\u00a01234", "010170\u200b1234", "010170\u00ad1234", "010170 - 1234", "010170.1234",
    "010170/1234", "010170_1234", "010170:1234", "010170+1234", "010170  -  1234", "010170\ufeff1234",
    "01.01.70-1234", "01-01-70-1234", "01 01 70 1234", "01011970-1234", "010119701234",
)  # fmt: skip
"""A CPR number as people and programs write it."""


@pytest.mark.parametrize("text", WRITTEN)
def test_a_cpr_number_is_hidden_however_it_is_written(text: str) -> None:
    assert "xxxxxx-xxxx" in masked(f"Team {text}.")


@pytest.mark.parametrize(
    "text",
    [
        "2007-03-31 2007-04-30", "20070331-1234", "31/12/2007", "12.12.2007 10.000,00", "S00012", "5.57.73 1234",
        "9e934c2f1cdb0101701234c1626" + "a" * 37, "123e4567-e89b-12d3-a456-a01017012345",
    ],
)  # fmt: skip
def test_what_is_no_cpr_number_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("text", WRITTEN)
def test_an_id_with_a_cpr_number_in_it_needs_a_key_and_is_then_shown_as_another(text: str, tmp_path: Path) -> None:
    folder = lilleby_in(tmp_path / "lilleby")
    for file in folder.glob("*.csv"):
        if file.stem not in TABLES:
            file.unlink()
    for table in TABLES:
        rows = [row | {"sag_id": text if row["sag_id"] == "L027" else row["sag_id"]} for row in rows_of(folder, table)]
        write_rows(folder, table, rows)
    assert run(["check", str(folder), "-o", str(tmp_path / "r.json")]) == 2
    (tmp_path / "noegle.txt").write_text("opdigtet" * 4, encoding="utf-8")
    report = app.check(with_setting(folder, 'key_file = "../noegle.txt"'))
    ids = {case.sag_id for case in report.cases}
    assert text not in ids
    assert sum(re.fullmatch("[0-9a-f]{12}", one) is not None for one in ids) == 1
    assert report.run.complete


def test_no_sign_of_the_files_moves_the_cursor_or_turns_the_writing(
    lilleby: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for table in TABLES:
        rows = rows_of(lilleby, table)
        write_rows(lilleby, table, [row | {"sag_id": row["sag_id"].replace("L027", "L0\u202e27")} for row in rows])
    rows = rows_of(lilleby, "sager")
    write_rows(lilleby, "sager", [row | {"team": "X\x1b[2J\x9b31m"} for row in rows])
    assert run(["check", str(lilleby)]) == 1
    shown = capsys.readouterr()
    assert not re.search("[\x1b\x9b\u202e]", shown.out + shown.err)
    assert "udeladt" not in shown.out


# Where CPR numbers are asked for


def told(folder: Path) -> Report:
    return app.check(folder, ASKED, timelines=True)


def number_of(folder: Path, sag_id: str) -> str:
    (row,) = [row for row in rows_of(folder, "sager") if row["sag_id"] == sag_id]
    plain = row["cpr"].replace("-", "")
    return f"{plain[:6]}-{plain[6:]}"


def written(report: Report, plugins: Plugins, ending: str) -> bytes:
    (one,) = [one for one in plugins.formats if one.suffix == ending]
    return b"".join(one.made(report, f"r{ending}").first)


def word(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    opened = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in opened}


def test_by_default_no_cpr_number_reaches_the_report(lilleby: Path) -> None:
    assert told(lilleby).people is None


@pytest.mark.parametrize(("setting", "front"), [("full", "FULDE CPR-NUMRE"), ("masked", "UDEN DE SIDSTE FIRE CIFRE")])
def test_word_and_excel_show_them_where_they_are_asked_for_and_say_so_first(
    setting: str, front: str, lilleby: Path
) -> None:
    report = told(with_setting(lilleby, f'cpr = "{setting}"'))
    plugins = set_up(lilleby, app.Options()).plugins
    whole = number_of(lilleby, "L027")
    shown, hidden = (whole, "xxxx") if setting == "full" else (f"{whole[:6]}-xxxx", whole)
    document = word(written(report, plugins, ".docx"))
    assert front in document.split("Indhold")[0].upper()
    assert f"CPR {shown} · " in document.split("Sag L027")[1]
    assert hidden not in document
    book = sheets(written(report, plugins, ".xlsx"))
    assert any(front in str(row[0]).upper() for row in book["Resumé"][:6])
    heads = next(row for row in book["Sager"] if "Sag" in row)
    assert [row[heads.index("CPR")] for row in book["Sager"] if "L027" in row] == [shown]


@pytest.fixture(scope="module")
def without_and_with(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Report]:
    folder = lilleby_in(tmp_path_factory.mktemp("shown") / "lilleby")
    return told(folder), told(with_setting(folder, 'cpr = "full"'))


@pytest.mark.parametrize("ending", [one for one in ENDINGS if one not in (".docx", ".xlsx")])
def test_no_other_format_is_given_them(ending: str, without_and_with: tuple[Report, Report]) -> None:
    plugins = set_up(LILLEBY, app.Options()).plugins
    without, shown = without_and_with
    assert shown.people is not None
    assert written(shown, plugins, ending) == written(without, plugins, ending)


def test_what_is_no_cpr_number_is_not_shown_in_place_of_one(lilleby: Path) -> None:
    rows = rows_of(lilleby, "sager")
    write_rows(lilleby, "sager", [row | {"cpr": NAME if row["sag_id"] == "L027" else row["cpr"]} for row in rows])
    report = told(with_setting(lilleby, 'cpr = "full"'))
    assert report.people is not None
    assert set(report.people.cpr) == {row["sag_id"] for row in rows} - {"L027"}


def test_a_teams_document_has_only_its_own(lilleby: Path) -> None:
    report = told(with_setting(lilleby, 'cpr = "full"'))
    for part in by_team(report).values():
        assert part.people is not None
        assert set(part.people.cpr) == {case.sag_id for case in part.cases}


def test_a_document_without_cases_does_not_say_that_it_shows_them(lilleby: Path) -> None:
    report = told(with_setting(lilleby, 'cpr = "full"'))
    plugins = set_up(lilleby, app.Options()).plugins
    document = word(written(replace(report, reader=Reader.LEADER), plugins, ".docx"))
    assert "CPR-NUMRE" not in document.upper()


def test_they_stand_in_no_text_of_a_report_in_memory(lilleby: Path) -> None:
    report = told(with_setting(lilleby, 'cpr = "full"'))
    assert number_of(lilleby, "L027") not in repr(report)


def test_another_word_is_refused(lilleby: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(with_setting(lilleby, 'cpr = "alle"'))]) == 2
    assert "privacy.cpr" in capsys.readouterr().err
