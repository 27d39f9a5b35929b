"""``kommunecheck init``: the configuration it writes reads what is in the folder, and says nothing it should not."""

import csv
import os
import re
import shutil
import stat
import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import orjson
import pytest
from odd_exports import HEADINGS, Rows, lilleby, odd, renamed, written

from kommunecheck import app
from kommunecheck.cli import run
from kommunecheck.intake.tables import TABLES
from kommunecheck.plugins.host import load
from kommunecheck.reports import json
from kommunecheck.setup import configured_near

Capture = pytest.CaptureFixture[str]
CPR, NAME, NOTE = "010170-1234", "Kanarie Fuglsang", "Hun har sklerose og gæld og bor hos sin søster"


@pytest.fixture
def tidy(tmp_path: Path) -> Path:
    """Lilleby in our own layout, without a configuration."""
    folder = tmp_path / "ren"
    for table in TABLES:
        written(folder / f"{table}.csv", lilleby(table))
    return folder


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """The same, as other systems write it."""
    folder = tmp_path / "rodet"
    names = {
        "sager": "Sagsliste",
        "samtaler": "DRV",
        "udbetalinger": "KMD udtræk",
        "perioder": "Fravær",
        "journal": "Notater",
    }
    encodings = {"samtaler": "cp1252", "udbetalinger": "utf-16", "perioder": "cp850"}
    for table in TABLES:
        written(folder / f"{names[table]}.csv", odd(table), encodings.get(table, "utf-8-sig"), above="Udtræk\n\n")
    return folder


def initialised(folder: Path, status: int = 0, *arguments: str) -> dict[str, Any]:
    """What ``init`` writes; it is a configuration that can be read."""
    assert run(["init", str(folder), *arguments]) == status
    path = folder / "kommunecheck.toml"
    configured_near(path.parent)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def result(folder: Path) -> dict[str, Any]:
    report = orjson.loads(b"".join(json.write(app.check(folder))))
    for case in report["cases"]:
        for kind in ("expected", "discretionary", "documentation"):
            for line in case[kind]["lines"] or []:
                del line["file"], line["sheet"], line["row"]
    return {"summary": report["summary"], "cases": report["cases"], "not_run": report["run"]["not_run"]}


def sources(given: dict[str, Any], table: str) -> list[dict[str, Any]]:
    return [source for source in given["sources"] if source["table"] == table]


# What is written lets check read the folder


def test_other_headings_words_and_letters_give_the_same_result(tidy: Path, messy: Path) -> None:
    initialised(messy)
    assert result(messy) == result(tidy)


def test_our_own_layout_gives_the_same_result_with_and_without_it(tidy: Path) -> None:
    before = result(tidy)
    given = initialised(tidy)
    for source in given["sources"]:
        assert set(source) <= {"table", "file", "codes"}
        assert not any(source.get("codes", {}).values())
    assert result(tidy) == before


@pytest.mark.parametrize("table", TABLES)
def test_one_odd_table_among_our_own_is_enough(table: str, tidy: Path) -> None:
    before = result(tidy)
    written(tidy / f"{table}.csv", odd(table))
    initialised(tidy)
    assert result(tidy) == before


def test_several_files_of_a_table_are_one_source_by_what_they_are_all_called(tidy: Path) -> None:
    before = result(tidy)
    rows = odd("udbetalinger")
    (tidy / "udbetalinger.csv").unlink()
    for half, part in enumerate((rows[:500], rows[500:1000], rows[1000:])):
        written(tidy / "økonomi" / f"betalt-200{half}.csv", part)
    given = initialised(tidy)
    (source,) = sources(given, "udbetalinger")
    assert source["file"] == "økonomi/betalt-*.csv"
    assert result(tidy) == before


def test_files_with_nothing_in_common_are_named_one_by_one(tidy: Path) -> None:
    before = result(tidy)
    rows = lilleby("udbetalinger")
    (tidy / "udbetalinger.csv").unlink()
    written(tidy / "forår.csv", rows[:500])
    written(tidy / "vinter.csv", rows[500:])
    assert [one["file"] for one in sources(initialised(tidy), "udbetalinger")] == ["forår.csv", "vinter.csv"]
    assert result(tidy) == before


def test_a_hidden_sheet_is_said_to_be_hidden(tidy: Path, capsys: Capture) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Gammel")
    for row in csv.reader((tidy / "perioder.csv").read_text(encoding="utf-8").splitlines(), delimiter=";"):
        sheet.append(row)
    sheet.sheet_state = "hidden"
    book.save(tidy / "perioder.xlsx")
    (tidy / "perioder.csv").unlink()
    initialised(tidy)
    assert "perioder.xlsx, arket Gammel (skjult)" in " ".join(capsys.readouterr().out.split())
    assert "# Arket er skjult i filen" in (tidy / "kommunecheck.toml").read_text(encoding="utf-8")


def test_a_pattern_never_takes_a_file_that_holds_something_else(tidy: Path) -> None:
    rows = lilleby("udbetalinger")
    (tidy / "udbetalinger.csv").unlink()
    written(tidy / "udtræk-1.csv", rows[:500])
    written(tidy / "udtræk-2.csv", rows[500:])
    (tidy / "perioder.csv").rename(tidy / "udtræk-3.csv")
    assert [one["file"] for one in sources(initialised(tidy), "udbetalinger")] == ["udtræk-1.csv", "udtræk-2.csv"]


def test_a_copy_of_a_file_is_left_out_and_named(tidy: Path, capsys: Capture) -> None:
    before = result(tidy)
    shutil.copy(tidy / "udbetalinger.csv", tidy / "udbetalinger - kopi.csv")
    given = initialised(tidy)
    assert len(sources(given, "udbetalinger")) == 1
    assert "magen til en anden fil" in capsys.readouterr().out
    assert result(tidy) == before


def test_what_is_no_table_is_left_out_and_named(tidy: Path, capsys: Capture) -> None:
    (tidy / "indkøb.csv").write_text("Vare;Antal\nKaffe;3\n", encoding="utf-8")
    (tidy / "~$samtaler.csv").write_text("x", encoding="utf-8")
    (tidy / ".skjult.csv").write_text("x", encoding="utf-8")
    initialised(tidy)
    said = capsys.readouterr().out
    assert "indkøb.csv: ligner ingen af tabellerne." in said
    assert "skjult" not in said
    assert "~$" not in said


def test_a_file_that_cannot_be_read_is_no_reason_to_write_nothing(tidy: Path, capsys: Capture) -> None:
    (tidy / "tom.csv").write_text("")
    initialised(tidy)
    assert "tom.csv er tom" in capsys.readouterr().out


# CPR numbers as keys


def by_cpr(table: str) -> Rows:
    """The rows with the CPR number of their case in place of its id; those of no known case are left out."""
    cpr = {row["sag_id"]: row["cpr"] for row in lilleby("sager")}
    rows = [row for row in lilleby(table) if cpr.get(row["sag_id"])]
    return [
        {"Cpr-nr.": cpr[row["sag_id"]]} | {name: text for name, text in row.items() if name != "sag_id"} for row in rows
    ]


def test_where_a_table_has_cpr_numbers_for_ids_a_key_is_made(tidy: Path, capsys: Capture) -> None:
    written(tidy / "udbetalinger.csv", by_cpr("udbetalinger"))
    given = initialised(tidy)
    (source,) = sources(given, "udbetalinger")
    assert (source["case_key"], source["columns"]) == ("cpr", {"cpr": "Cpr-nr."})
    assert given["privacy"] == {"key_file": "noegle.txt"}
    key = (tidy / "noegle.txt").read_text(encoding="utf-8").strip()
    assert re.fullmatch(r"[0-9a-f]{64}", key)
    said = capsys.readouterr().out
    assert "noegle.txt" in said
    assert key not in said
    assert app.check(tidy).run.complete


def test_a_key_is_made_too_where_applications_are_called_by_cpr_numbers(tmp_path: Path) -> None:
    rows = [
        {"ansoegning_id": f"6{place}01705555", "sagstype": "Bolig", "modtaget_dato": "2007-03-01"} for place in "123"
    ]
    written(tmp_path / "ansoegninger.csv", rows)
    assert initialised(tmp_path)["privacy"] == {"key_file": "noegle.txt"}
    assert b"01705555" not in b"".join(json.write(app.check(tmp_path)))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_only_the_owner_can_read_the_key(tidy: Path) -> None:
    written(tidy / "udbetalinger.csv", by_cpr("udbetalinger"))
    initialised(tidy)
    assert stat.S_IMODE((tidy / "noegle.txt").stat().st_mode) == 0o600


def test_two_keys_are_never_the_same(tidy: Path) -> None:
    written(tidy / "udbetalinger.csv", by_cpr("udbetalinger"))
    keys = set()
    for _ in range(2):
        initialised(tidy)
        keys.add((tidy / "noegle.txt").read_bytes())
        (tidy / "noegle.txt").unlink()
        (tidy / "kommunecheck.toml").unlink()
    assert len(keys) == 2


def test_a_key_that_is_there_is_kept(tidy: Path) -> None:
    written(tidy / "udbetalinger.csv", by_cpr("udbetalinger"))
    (tidy / "noegle.txt").write_text("seksten tegn eller flere")
    initialised(tidy)
    assert (tidy / "noegle.txt").read_text() == "seksten tegn eller flere"


def test_a_key_that_is_too_short_is_refused_and_nothing_is_written(tidy: Path, capsys: Capture) -> None:
    written(tidy / "udbetalinger.csv", by_cpr("udbetalinger"))
    (tidy / "noegle.txt").write_text("kort")
    assert run(["init", str(tidy)]) == 2
    assert "for kort" in capsys.readouterr().err
    assert not (tidy / "kommunecheck.toml").exists()


def test_no_key_is_made_where_there_is_nothing_to_hide(tidy: Path) -> None:
    assert "privacy" not in initialised(tidy)
    assert not (tidy / "noegle.txt").exists()


def test_where_sager_has_no_ids_the_ids_of_others_are_not_used(tidy: Path) -> None:
    rows = [{name: text for name, text in row.items() if name != "sag_id"} for row in lilleby("sager") if row["cpr"]]
    written(tidy / "sager.csv", rows)
    cpr = {row["sag_id"]: row["cpr"] for row in lilleby("sager")}
    for table in ("samtaler", "perioder", "udbetalinger", "journal"):
        written(tidy / f"{table}.csv", [row | {"Personnummer": cpr.get(row["sag_id"], "")} for row in lilleby(table)])
    given = initialised(tidy)
    assert all(source["case_key"] == "cpr" for source in given["sources"])
    assert len(app.check(tidy).cases) > 90


def test_rows_that_can_be_put_to_no_case_are_told_of(tidy: Path, capsys: Capture) -> None:
    rows = [{name: text for name, text in row.items() if name != "sag_id"} for row in lilleby("sager") if row["cpr"]]
    written(tidy / "sager.csv", rows)
    initialised(tidy, 1)
    assert "samtaler.csv: sager har ikke den nøgle" in capsys.readouterr().out


# What is missing


@pytest.mark.parametrize("table", ["sager", "samtaler"])
def test_a_table_that_cannot_be_done_without_has_a_place_to_be_filled_in(
    table: str, tidy: Path, capsys: Capture
) -> None:
    (tidy / f"{table}.csv").unlink()
    initialised(tidy, 1)
    text = (tidy / "kommunecheck.toml").read_text(encoding="utf-8")
    assert f"# MANGLER: {table}" in text
    said = capsys.readouterr().out
    assert f"{table}: ingen fil ligner tabellen, og uden den kan intet kontrolleres." in said
    assert "Udfyld det, der mangler" in said
    filled = re.sub(r"^#(?=\[\[|table = |file = )", "", text, flags=re.MULTILINE)
    assert f'table = "{table}"\nfile = "{table}.csv"' in filled
    tomllib.loads(filled)


def test_a_column_that_cannot_be_done_without_has_a_place_to_be_filled_in(tidy: Path, capsys: Capture) -> None:
    rows = [
        {"Resultat x" if name == "status" else name: text for name, text in row.items()} for row in lilleby("samtaler")
    ]
    rows = [row | {"Resultat x": f"kode {row['Resultat x'][:2]}"} for row in rows]
    written(tidy / "samtaler.csv", rows)
    given = initialised(tidy, 1)
    assert "status" not in sources(given, "samtaler")[0].get("columns", {})
    assert "samtaler.csv: kolonnen status." in capsys.readouterr().out
    path = tidy / "kommunecheck.toml"
    filled = re.sub(r'^#status = "\?"', 'status = "Resultat x"', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(filled, encoding="utf-8")
    assert configured_near(path.parent)[0].sources[1].columns == {"status": "Resultat x"}


def test_a_table_that_can_be_done_without_is_told_of(tidy: Path, capsys: Capture) -> None:
    (tidy / "journal.csv").unlink()
    initialised(tidy)
    assert "journal: ingen fil ligner tabellen. Den kan undværes." in capsys.readouterr().out
    assert '#table = "journal"' in (tidy / "kommunecheck.toml").read_text(encoding="utf-8")


def test_what_is_guessed_is_marked_in_the_file_and_on_the_screen(messy: Path, capsys: Capture) -> None:
    initialised(messy)
    text = (messy / "kommunecheck.toml").read_text(encoding="utf-8")
    assert re.search(r'^opfoelgning_dato = "Opf\. dato" +# formodet: se efter$', text, re.MULTILINE)
    assert "er »Opf. dato« vores opfoelgning_dato?" in " ".join(capsys.readouterr().out.split())


# What is written, and what not


def test_the_screen_ends_with_the_command_to_run(tidy: Path, capsys: Capture) -> None:
    initialised(tidy)
    assert capsys.readouterr().out.splitlines()[-1] == f"Kør nu: kommunecheck check {tidy}"


def test_a_folder_with_a_blank_in_its_name_is_quoted_in_the_command(tidy: Path, capsys: Capture) -> None:
    folder = tidy.rename(tidy.parent / "vores udtræk")
    initialised(folder)
    assert capsys.readouterr().out.splitlines()[-1] == f'Kør nu: kommunecheck check "{folder}"'


def test_a_configuration_that_is_there_is_not_overwritten(tidy: Path, capsys: Capture) -> None:
    (tidy / "kommunecheck.toml").write_text("# vores egen\n", encoding="utf-8")
    before = sorted(tidy.iterdir())
    assert run(["init", str(tidy)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "kommunecheck.toml findes i forvejen" in said.err
    assert (tidy / "kommunecheck.toml").read_text(encoding="utf-8") == "# vores egen\n"
    assert sorted(tidy.iterdir()) == before


@pytest.mark.parametrize("path", ["findes ikke", "en fil.txt", "tom"])
def test_a_folder_without_tables_is_refused(path: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "en fil.txt").write_text("x")
    (tmp_path / "tom").mkdir()
    assert run(["init", str(tmp_path / path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Fejl: ")
    assert said.err.count("\n") == 1
    assert list((tmp_path / "tom").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="folders are protected otherwise elsewhere")
@pytest.mark.parametrize("fails", ["kommunecheck.toml", "noegle.txt", "kontroller.cmd"])
def test_if_one_file_cannot_be_written_none_is(
    fails: str, tidy: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    written(tidy / "udbetalinger.csv", by_cpr("udbetalinger"))
    before = sorted(tidy.iterdir())
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name == fails:
            raise PermissionError
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    assert run(["init", str(tidy), "--start-file"]) == 2
    assert "Opsætningen kan ikke skrives" in capsys.readouterr().err
    assert sorted(tidy.iterdir()) == before


def test_the_start_file_runs_the_check_in_its_own_folder(tidy: Path) -> None:
    initialised(tidy, 0, "--start-file")
    raw = (tidy / "kontroller.cmd").read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n")
    text = raw.decode()
    assert 'pushd "%~dp0"' in text
    assert re.search(
        r'^"[^"]+" -m kommunecheck check \. -o rapporter\\rapport\.\w+$', text.replace("\r", ""), re.MULTILINE
    )
    assert text.index("chcp 65001") < min(text.index(sign) for sign in "æøå" if sign in text)


def test_without_being_asked_no_start_file_is_written_but_on_windows(tidy: Path) -> None:
    initialised(tidy)
    assert (tidy / "kontroller.cmd").exists() == (os.name == "nt")


def test_the_same_folder_gives_the_same_configuration(messy: Path) -> None:
    first = initialised(messy)
    text = (messy / "kommunecheck.toml").read_bytes()
    (messy / "kommunecheck.toml").unlink()
    assert initialised(messy) == first
    assert (messy / "kommunecheck.toml").read_bytes() == text


def test_a_number_a_name_and_a_sentence_are_in_neither_the_file_nor_on_the_screen(
    tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "k"
    for table in TABLES:
        rows = [dict(row) for row in lilleby(table) * 20][:400]
        for place, column in enumerate(rows[0]):
            for number, secret in enumerate((CPR, NAME, NOTE)):
                for row in rows[9 * place + 3 * number : 9 * place + 3 * number + 3]:
                    row[column] = secret
        rows = [row | {f"Sag {CPR}": "x", NAME: "x"} for row in renamed(rows, table)]
        written(folder / f"{table} {CPR}.csv", rows)
    assert run(["init", str(folder), "--start-file"]) in (0, 1)
    said = capsys.readouterr()
    shown = " ".join((said.out + said.err).split())
    text = "".join((folder / name).read_text(encoding="utf-8") for name in ("kommunecheck.toml", "kontroller.cmd"))
    for secret in (CPR, "010170", "Kanarie", "sklerose"):
        assert secret not in shown
        assert secret not in text
    given = tomllib.loads((folder / "kommunecheck.toml").read_text(encoding="utf-8"))
    assert sorted(source["table"] for source in given["sources"]) == sorted(HEADINGS)
    assert all(len(list(folder.glob(source["file"]))) == 1 for source in given["sources"])


# Workbooks and Word

UNTIDY = Path(__file__).parent.parent / "examples" / "lilleby-raa"
READS_ALL = {".xlsx", ".docx"} <= set(load().adapters) and UNTIDY.exists()


@pytest.mark.skipif(not READS_ALL, reason="there is no adapter for workbooks and Word documents")
def test_the_exports_of_a_real_municipality_are_read_without_a_word_from_anybody(tmp_path: Path) -> None:
    """A workbook with titles, an old text file, payments by CPR number, and journals in Word."""
    folder = tmp_path / "kommune"
    shutil.copytree(UNTIDY, folder)
    (folder / "kommunecheck.toml").unlink()
    given = initialised(folder)
    assert [source["file"] for source in sources(given, "journal")] == ["journal/*.docx"]
    assert {source["sheet"] for source in given["sources"] if "sheet" in source} == {"Sagsliste", "Perioder"}
    shutil.copytree(UNTIDY.parent / "lilleby", tmp_path / "lilleby")
    (tmp_path / "lilleby" / "kommunecheck.toml").unlink()
    assert result(folder)["summary"] == result(tmp_path / "lilleby")["summary"]


@pytest.mark.skipif(not READS_ALL, reason="there is no adapter for workbooks and Word documents")
def test_journals_named_by_cpr_number_are_called_by_a_pattern(tidy: Path, capsys: Capture) -> None:
    (tidy / "journal.csv").unlink()
    for place, path in enumerate(sorted((UNTIDY / "journal").glob("*.docx"))):
        (tidy / "journal").mkdir(exist_ok=True)
        shutil.copy(path, tidy / "journal" / f"01017012{place:02}.docx")
    (source,) = sources(initialised(tidy), "journal")
    assert source["file"] == "journal/??????????.docx"
    assert "0101701" not in capsys.readouterr().out
    assert app.check(tidy).run.complete


def test_tables_named_by_cpr_numbers_alone_cannot_be_told_apart(tidy: Path, capsys: Capture) -> None:
    (tidy / "perioder.csv").rename(tidy / "0101701234.csv")
    (tidy / "journal.csv").rename(tidy / "0201701234.csv")
    given = initialised(tidy)
    assert {source["table"] for source in given["sources"]} == {"sager", "samtaler", "udbetalinger"}
    said = capsys.readouterr().out
    assert said.count("navnet rummer et CPR-nummer. Omdøb filen, og kør igen.") == 2
    assert "01701234" not in said


def test_a_file_of_which_most_rows_cannot_be_read_is_to_be_looked_at(tmp_path: Path, capsys: Capture) -> None:
    head = "sag_id;ydelsestype;anmodningsdato"
    for name, days in (("godt", ["2007-01-01", "x"]), ("skidt", ["2007-01-01", "x", "y"])):
        folder = tmp_path / name
        folder.mkdir()
        rows = [f"S{place};kontanthjaelp;{day}" for place, day in enumerate(days)]
        (folder / "sager.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
        run(["init", str(folder)])
        said = " ".join(capsys.readouterr().out.split())
        told = "sager.csv: 2 af 3 rækker har en værdi, der ikke kan læses. Se hvilke: kommunecheck inspect sager.csv."
        assert (told in said) == (name == "skidt")
