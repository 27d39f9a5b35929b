"""Which files are read, and which case their rows are put to: patterns, sheets, CPR numbers as keys."""

import csv
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import orjson
import pytest
from as_files import rows_of

from kommunecheck import app
from kommunecheck.cli import run
from kommunecheck.demo_group import write_group
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.wording import kroner
from kommunecheck.reading import read_records
from kommunecheck.reports import json
from kommunecheck.reports.basis import first_reservations, reservations_in_lines, unplaced
from kommunecheck.reports.loss import may_be_less

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
KEY = "[privacy]\nkey_file = 'noegle.txt'\n"

Rows = list[dict[str, str]]


def read_rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=";"))


def write_rows(path: Path, rows: Rows) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def lilleby(tmp_path: Path) -> Path:
    folder = tmp_path / "lilleby"
    shutil.copytree(LILLEBY, folder)
    (folder / "noegle.txt").write_text("seksten tegn eller flere", encoding="utf-8")
    return folder


def configure(folder: Path, more: str) -> None:
    with (folder / "kommunecheck.toml").open("a", encoding="utf-8") as config:
        config.write("\n" + more)


def result(folder: Path) -> dict[str, object]:
    """The report without what differs because rows stand elsewhere."""
    report = orjson.loads(b"".join(json.write(app.check(folder))))
    for case in report["cases"]:
        for kind in ("expected", "discretionary", "documentation"):
            for line in case[kind]["lines"] or []:
                del line["file"], line["sheet"], line["row"]
    return {"summary": report["summary"], "cases": report["cases"]}


def sources(folder: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = orjson.loads(b"".join(json.write(app.check(folder))))["run"]["sources"]
    return found


def in_two_by(rows: Rows, is_first: Callable[[dict[str, str]], bool]) -> tuple[Rows, Rows]:
    return [row for row in rows if is_first(row)], [row for row in rows if not is_first(row)]


def test_a_pattern_stands_for_several_files(lilleby: Path) -> None:
    before = result(lilleby)
    rows = read_rows(lilleby / "udbetalinger.csv")
    early, late = in_two_by(rows, lambda row: row["fra"] < "2007-06")
    write_rows(lilleby / "betalt" / "a.csv", early)
    write_rows(lilleby / "betalt" / "b.csv", late)
    (lilleby / "udbetalinger.csv").unlink()
    configure(lilleby, '[[sources]]\ntable = "udbetalinger"\nfile = "betalt/*.csv"\n')
    assert result(lilleby) == before
    read = [(one["file"], one["rows"]) for one in sources(lilleby) if one["table"] == "udbetalinger"]
    assert read == [("betalt/a.csv", len(early)), ("betalt/b.csv", len(late))]


def test_a_pattern_that_fits_nothing_is_a_source_left_out(lilleby: Path) -> None:
    configure(lilleby, '[[sources]]\ntable = "udbetalinger"\nfile = "betalt/*.csv"\n')
    report = app.check(lilleby)
    assert not report.run.complete
    assert any("betalt/*.csv" in warning and "findes ikke" in warning for warning in report.run.warnings)


def in_sheets(folder: Path, hidden: bool = False) -> None:
    """The conversations as a workbook of two sheets that are called otherwise."""
    book = openpyxl.Workbook()
    rows = read_rows(folder / "samtaler.csv")
    for sheet, own in ((book.active, rows[:200]), (book.create_sheet("2. halvår"), rows[200:])):
        sheet.append(list(rows[0]))
        for row in own:
            sheet.append([*row.values()])
    book.worksheets[0].title = "1. halvår"
    book.worksheets[1].sheet_state = "hidden" if hidden else "visible"
    book.create_sheet("Forklaring").append(["Arkene er hentet hver for sig."])
    (folder / "samtaler.csv").unlink()
    book.save(folder / "samtaler.xlsx")


def test_a_second_sheet_with_the_tables_headings_is_not_passed_over_in_silence(lilleby: Path) -> None:
    in_sheets(lilleby)
    report = app.check(lilleby)
    assert not report.run.complete
    assert report.run.left_out == ("samtaler.xlsx, ark 2. halvår",)
    assert [one for one in report.run.warnings if "»1. halvår«" in one and "2. halvår er udeladt" in one]


def test_a_hidden_sheet_or_one_that_is_not_chosen_is_passed_over(lilleby: Path) -> None:
    shutil.copytree(lilleby, hidden := lilleby.with_name("skjult"))
    in_sheets(hidden, hidden=True)
    assert app.check(hidden).run.complete
    in_sheets(lilleby)
    configure(lilleby, '[[sources]]\ntable = "samtaler"\nfile = "samtaler.xlsx"\nsheet = "1. halvår"\n')
    assert app.check(lilleby).run.complete


def test_both_sheets_are_read_where_both_are_named(lilleby: Path) -> None:
    before = result(lilleby)
    in_sheets(lilleby)
    both = ("1. halvår", "2. halvår")
    table = '[[sources]]\ntable = "samtaler"\nfile = "samtaler.xlsx"\nsheet = "{}"\n'
    configure(lilleby, "".join(table.format(sheet) for sheet in both))
    assert result(lilleby) == before


def test_a_heading_that_only_the_configuration_knows_is_told(lilleby: Path) -> None:
    configure(lilleby, '[[sources]]\ntable = "sager"\nfile = "sager.csv"\ncolumns = { ophoersdato = "Nix" }\n')
    told = [one for one in app.check(lilleby).run.warnings if "Nix" in one]
    assert len(told) == 1
    assert told[0].endswith("opsætningen siger, at ophoersdato hedder »Nix«, men ingen overskrift hedder det.")


@pytest.mark.parametrize(
    ("code", "meant"), [("afholt", "Mente du »afholdt«?"), ("?", "Mulige koder: afholdt, aflyst,")]
)
def test_a_code_that_there_is_none_of_is_refused_with_the_one_that_was_meant(
    lilleby: Path, code: str, meant: str
) -> None:
    codes = f'[sources.codes.status]\n"mødt" = "{code}"\nukendt = ""\n'
    configure(lilleby, f'[[sources]]\ntable = "samtaler"\nfile = "samtaler.csv"\n{codes}')
    with pytest.raises(UserError, match=re.escape(f"codes.status: koden »{code}« findes ikke. {meant}")):
        app.check(lilleby)


@pytest.mark.parametrize("second", ["udbetalinger.csv", "./udbetalinger.csv", "udb*.csv"])
def test_a_file_named_twice_is_refused(lilleby: Path, second: str) -> None:
    configure(lilleby, f'[[sources]]\ntable = "udbetalinger"\nfile = "udbetalinger.csv"\n'
                       f'[[sources]]\ntable = "udbetalinger"\nfile = "{second}"\n')  # fmt: skip
    with pytest.raises(UserError, match="nævnt 2 gange"):
        app.check(lilleby)


def test_a_folder_with_the_tables_name_holds_its_files(lilleby: Path) -> None:
    before = result(lilleby)
    (lilleby / "udbetalinger").mkdir()
    (lilleby / "udbetalinger.csv").rename(lilleby / "udbetalinger" / "2007.csv")
    assert result(lilleby) == before


def test_what_a_tables_folder_holds_and_nobody_can_read_is_named(lilleby: Path) -> None:
    whole = app.check(lilleby).run.left_out
    notes = lilleby / "journal"
    notes.mkdir(exist_ok=True)
    for name in ("L066.doc", "skannet.pdf", "Thumbs.db", "~$L066.doc", ".DS_Store"):
        (notes / name).write_bytes(b"x")
    run = app.check(lilleby).run
    assert [one for one in run.left_out if one not in whole] == ["journal/L066.doc", "journal/skannet.pdf"]
    assert any("Kilden journal/L066.doc er udeladt: filer af den slags kan ikke læses." in one for one in run.warnings)


def test_of_a_column_that_hardly_can_be_read_it_is_said_and_the_loss_is_told_with_a_reservation(lilleby: Path) -> None:
    rows = read_rows(lilleby / "samtaler.csv")
    for row in rows:
        year, month, day = (row["afholdt_dato"] or "--").split("-")
        row["afholdt_dato"] = f"{day}-{month}-{year[2:]}".strip("-")  # no century: a date to nobody
    write_rows(lilleby / "samtaler.csv", rows)
    report = app.check(lilleby)
    told = [one for one in report.run.warnings if "kan ikke læses" in one]
    held = sum(bool(row["afholdt_dato"]) for row in rows)
    assert told == [
        f"samtaler.csv, række 1: de fleste værdier kan ikke læses i afholdt_dato ({held} af {held}), så tallene kan "
        "ikke bruges endnu. Fundene om data siger, hvad der er galt."
    ]
    doubtful = [case.exposure.expected for case in report.cases if not case.fully_assessed]
    lost = sum(one.refund_lost or 0 for one in doubtful)
    cases = sum(one.days > 0 for one in doubtful)
    assert f"{kroner(lost)} ligger i {cases} sager, hvor noget i rækkerne ikke kan bruges" in may_be_less(report)


def test_a_row_that_cannot_be_told_apart_makes_the_report_say_that_cases_are_judged_without_it(lilleby: Path) -> None:
    with (lilleby / "udbetalinger.csv").open("a", encoding="utf-8") as file:
        file.write("U9;L001;2007-04-01\n")
    report = app.check(lilleby)
    assert unplaced(report) == [
        "1 fund om data er i en række, der ikke kan føres til en sag (DQ003). Sagerne er vurderet uden den, så tab og "
        "udfald kan være forkerte."
    ]
    assert unplaced(report)[0] in first_reservations(report)
    assert unplaced(report)[0] in reservations_in_lines(report)


def keyed_by_cpr(folder: Path, table: str) -> None:
    """Put the CPR number of each row's case in the place of its id."""
    cpr = {row["sag_id"]: row["cpr"] for row in read_rows(folder / "sager.csv")}
    rows = read_rows(folder / f"{table}.csv")
    write_rows(folder / f"{table}.csv", [{"Cpr-nr.": cpr.get(row.pop("sag_id"), ""), **row} for row in rows])
    configure(folder, f'[[sources]]\ntable = "{table}"\nfile = "{table}.csv"\ncase_key = "cpr"\n'
                      f'columns = {{ cpr = "Cpr-nr." }}\n')  # fmt: skip


def test_a_table_whose_rows_are_no_cases_has_no_cpr_number_as_key(lilleby: Path) -> None:
    configure(lilleby, '[[sources]]\ntable = "klager"\nfile = "klager.csv"\ncase_key = "cpr"\n')
    with pytest.raises(UserError, match=r'for klager: rækkerne hører ikke til sager, og `case_key = "cpr"` kan ikke'):
        app.check(lilleby)


def two_courses(folder: Path) -> None:
    """A municipality where one person has two courses, another has one, and each has a payment."""
    folder.mkdir()
    (folder / "noegle.txt").write_text("seksten tegn eller flere", encoding="utf-8")
    (folder / "kommunecheck.toml").write_text(
        KEY + "[audit]\nfrom = 2007-01-01\nto = 2007-12-31\ncutoff = 2007-12-31\n"
        '[[sources]]\ntable = "udbetalinger"\nfile = "udbetalinger.csv"\ncase_key = "cpr"\n', encoding="utf-8"
    )  # fmt: skip
    (folder / "sager.csv").write_text(
        "sag_id;cpr;ydelsestype;anmodningsdato;ophoersdato\n"
        "A;620256-0037;kontanthjaelp;2007-01-01;2007-03-31\n"
        "B;6202560037;kontanthjaelp;2007-06-01;\n"
        "C;6303570074;kontanthjaelp;2007-06-01;\n",
        encoding="utf-8",
    )
    (folder / "samtaler.csv").write_text(
        "samtale_id;sag_id;type;status;afholdt_dato\n1;A;kontaktsamtale;afholdt;2007-02-01\n", encoding="utf-8"
    )


def payments_of(folder: Path, *rows: str) -> list[tuple[str | None, str]]:
    """Which case each payment came to, with what was found about it."""
    (folder / "udbetalinger.csv").write_text("\n".join(("cpr;fra;til;beloeb", *rows)) + "\n", encoding="utf-8")
    report = app.check(folder)
    return [(one.sag_id, one.finding.rule.code) for one in report.findings if one.finding.rule.code == "DQ002"]


def test_a_row_belongs_to_the_course_that_covers_its_day(tmp_path: Path) -> None:
    folder = tmp_path / "k"
    two_courses(folder)
    (folder / "udbetalinger.csv").write_text(
        "cpr;fra;til;beloeb\n6202560037;2007-03-31;2007-03-31;1\n620256-0037;2007-06-01;2007-06-30;1\n",
        encoding="utf-8",
    )
    setup = app.set_up(folder)
    _, records, _ = read_records(setup, app.Options())
    assert records.udbetalinger is not None
    assert [records.names[case] for case in records.udbetalinger.frame["case"]] == ["A", "B"]


@pytest.mark.parametrize(
    "row",
    [
        "6202560037;2007-04-01;2007-04-30;1",
        "6404580111;2007-06-01;2007-06-30;1",
        "6202560037;2006-12-31;2007-01-31;1",
    ],
)
def test_a_row_that_no_course_covers_is_of_an_unknown_case(tmp_path: Path, row: str) -> None:
    folder = tmp_path / "k"
    two_courses(folder)
    assert payments_of(folder, row) == [(None, "DQ002")]
    said = [one.finding.message for one in app.check(folder).findings if one.finding.rule.code == "DQ002"]
    assert ["CPR-nummeret står der ikke, ingen af borgerens sager dækker rækkens dag" in one for one in said] == [True]


def test_a_cpr_number_that_lost_its_zero_gets_it_back(tmp_path: Path) -> None:
    folder = tmp_path / "k"
    two_courses(folder)
    sager = (folder / "sager.csv").read_text(encoding="utf-8").replace("6303570074", "0303570074")
    (folder / "sager.csv").write_text(sager, encoding="utf-8")
    assert payments_of(folder, "303570074;2007-06-01;2007-06-30;1") == []


def test_courses_that_overlap_are_not_guessed_between(tmp_path: Path) -> None:
    folder = tmp_path / "k"
    two_courses(folder)
    with (folder / "sager.csv").open("a", encoding="utf-8") as sager:
        sager.write("D;6202560037;kontanthjaelp;2007-06-15;\n")
    assert payments_of(folder, "6202560037;2007-06-10;2007-06-30;1", "6202560037;2007-06-15;2007-06-30;1") == [
        (None, "DQ002")
    ]


def test_cpr_as_key_needs_a_key_file(tmp_path: Path) -> None:
    folder = tmp_path / "k"
    two_courses(folder)
    config = (folder / "kommunecheck.toml").read_text(encoding="utf-8").removeprefix(KEY)
    (folder / "kommunecheck.toml").write_text(config, encoding="utf-8")
    with pytest.raises(UserError, match="key_file"):
        payments_of(folder)


def test_a_register_without_ids_calls_a_course_by_cpr_and_day(tmp_path: Path) -> None:
    folder = tmp_path / "k"
    two_courses(folder)
    sager = (folder / "sager.csv").read_text(encoding="utf-8").splitlines()
    (folder / "sager.csv").write_text("\n".join(line.split(";", 1)[1] for line in sager), encoding="utf-8")
    samtaler = (folder / "samtaler.csv").read_text(encoding="utf-8")
    samtaler = samtaler.replace("sag_id", "cpr").replace(";A;", ";6202560037;")
    (folder / "samtaler.csv").write_text(samtaler, encoding="utf-8")
    for table in ("sager", "samtaler"):
        configure(folder, f'[[sources]]\ntable = "{table}"\nfile = "{table}.csv"\ncase_key = "cpr"\n')
    (folder / "udbetalinger.csv").write_text("cpr;fra;til;beloeb\n6202560037;2007-06-01;2007-06-30;1\n")
    report = app.check(folder)
    names = [case.sag_id for case in report.cases]
    assert len(set(names)) == 3
    assert sorted(name.split("-")[1] for name in names) == ["20070101", "20070601", "20070601"]
    assert all(len(name.split("-")[0]) == 12 for name in names)
    written = b"".join(json.write(report))
    assert b"620256" not in written
    assert b"DQ002" not in written.split(b'"findings":')[1]


@pytest.mark.parametrize("typed", ["6313570074", "63035700741", "Prøve Person", "630357-007"])
def test_what_stands_for_a_person_is_never_shown_though_it_is_no_cpr_number(typed: str, tmp_path: Path) -> None:
    folder = tmp_path / "k"
    two_courses(folder)
    sager = (folder / "sager.csv").read_text(encoding="utf-8").replace("6303570074", typed).splitlines()
    (folder / "sager.csv").write_text("\n".join(line.split(";", 1)[1] for line in sager), encoding="utf-8")
    configure(folder, '[[sources]]\ntable = "sager"\nfile = "sager.csv"\ncase_key = "cpr"\n')
    (folder / "udbetalinger.csv").write_text("cpr;fra;til;beloeb\n6202560037;2007-06-01;2007-06-30;1\n")
    report = app.check(folder)
    assert all(re.fullmatch("[0-9a-f]{12}-20070[16]01", case.sag_id) for case in report.cases)
    written = b"".join(json.write(report)).decode()
    assert typed not in written
    assert typed.replace(" ", "") not in written


def test_a_cpr_number_that_lost_its_zero_is_hidden_beside_others_that_did_not(tmp_path: Path) -> None:
    folder = tmp_path / "k"
    two_courses(folder)
    for name in ("sager.csv", "samtaler.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("A;", "6202560037;").replace("B;", "101701234;"), encoding="utf-8")
    (folder / "udbetalinger.csv").write_text("cpr;fra;til;beloeb\n6202560037;2007-06-01;2007-06-30;1\n")
    assert b"101701234" not in b"".join(json.write(app.check(folder)))


def test_lilleby_keyed_by_cpr_gives_the_same_result(lilleby: Path) -> None:
    """Payments without their ids; those outside every course are then rows of no case, and counted nowhere before."""
    before = result(lilleby)
    (lilleby / "kommunecheck.toml").write_text(
        KEY + (lilleby / "kommunecheck.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    keyed_by_cpr(lilleby, "udbetalinger")
    after = result(lilleby)
    different = [
        case for case, other in zip(after["cases"], before["cases"], strict=True) if case != other  # type: ignore[call-overload]
    ]  # fmt: skip
    assert len(different) < 5


def interviews(folder: Path, *days: str) -> list[str]:
    """The warnings of a municipality whose interviews were held on these days."""
    two_courses(folder)
    (folder / "kommunecheck.toml").unlink()
    rows = [f"{place};B;kontaktsamtale;afholdt;{day}" for place, day in enumerate(days)]
    (folder / "samtaler.csv").write_text("samtale_id;sag_id;type;status;afholdt_dato\n" + "\n".join(rows) + "\n")
    return [one for one in app.check(folder).run.warnings if "Opgørelsesdagen" in one]


def test_a_mistyped_year_that_sets_the_cutoff_is_named(tmp_path: Path) -> None:
    (warning,) = interviews(tmp_path / "k", "2007-06-04", "2070-03-31", "2007-09-03")
    assert "2070-03-31 kommer fra samtaler.csv, række 3, kolonne afholdt_dato" in warning
    assert "--cutoff 2007-09-03" in warning


@pytest.mark.parametrize(("last", "warned"), [("2008-09-03", False), ("2008-09-04", False), ("2008-09-05", True)])
def test_a_cutoff_a_year_after_the_day_before_it_is_believed(tmp_path: Path, last: str, warned: bool) -> None:
    assert bool(interviews(tmp_path / "k", "2007-09-04", last)) == warned


def test_a_report_of_ours_beside_the_tables_is_no_export(tmp_path: Path) -> None:
    (tmp_path / "kontrolsager.csv").write_bytes((LILLEBY / "kontrolsager.csv").read_bytes())
    for _ in range(2):
        assert run(["check", str(tmp_path), "-o", str(tmp_path / "rapport.xlsx")]) == 1


def test_no_workbook_that_we_write_is_taken_for_an_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet of it is called as a table, and its headings are much like one."""
    folder, ours = tmp_path / "udtraek", "er skrevet af kommunecheck selv og er ikke et udtræk."
    for made in (folder, tmp_path / "mange"):
        made.mkdir()
    for name in ("sager.csv", "samtaler.csv"):
        shutil.copy(LILLEBY / name, folder)
    write_group(tmp_path / "mange", 2, 2, seed=1)
    assert run(["benchmark", str(tmp_path / "mange"), "-o", str(folder / "sammenligning.xlsx")]) == 0
    assert run(["check", str(folder), "-o", str(folder / "rapport.xlsx")]) == 1
    assert app.check(folder).run.complete
    capsys.readouterr()
    assert run(["inspect", str(folder / "rapport.xlsx")]) == 2
    assert run(["init", str(folder)]) == 0
    said = capsys.readouterr()
    assert ours in said.err
    assert all(f"{name}.xlsx {ours}" in said.out for name in ("rapport", "sammenligning"))
    assert ".xlsx" not in (folder / "kommunecheck.toml").read_text(encoding="utf-8")


def a_book(path: Path, **sheets: Path) -> None:
    """A workbook with a sheet for each of these CSV files."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, file in sheets.items():
        sheet = book.create_sheet(name)
        for line in file.read_text(encoding="utf-8").splitlines():
            sheet.append(line.split(";"))
    book.save(path)


def as_sheet(folder: Path, half: Path) -> str:
    a_book(folder / "Udtræk.xlsx", samtaler=half)
    return "Udtræk.xlsx, ark samtaler"


def as_workbook(folder: Path, half: Path) -> str:
    a_book(folder / "samtaler.xlsx", Ark1=half)
    return "samtaler.xlsx"


def in_folder(folder: Path, half: Path) -> str:
    (folder / "samtaler" / "2007").mkdir(parents=True)
    shutil.copy(half, folder / "samtaler" / "2007" / "forår.csv")
    return "samtaler/2007/forår.csv"


def damaged(folder: Path, half: Path) -> str:
    (folder / "samtaler.xlsx").write_bytes(half.read_bytes().replace(b"\n", b" "))
    return "samtaler.xlsx"


@pytest.mark.parametrize("put", [as_sheet, as_workbook, in_folder, damaged])
def test_what_is_also_called_as_a_table_is_named_and_the_report_is_not_whole(
    put: Callable[[Path, Path], str], tmp_path: Path
) -> None:
    for name in ("sager", "samtaler", "perioder", "udbetalinger", "journal"):
        shutil.copy(LILLEBY / f"{name}.csv", tmp_path)
    half = tmp_path / "half"
    rows = (tmp_path / "samtaler.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    half.write_text("".join([rows[0], *rows[200:]]), encoding="utf-8")
    (tmp_path / "samtaler.csv").write_text("".join(rows[:200]), encoding="utf-8")
    other = put(tmp_path, half)
    run_facts = app.check(tmp_path).run
    (said,) = [one for one in run_facts.warnings if "er udeladt" in one]
    assert said.startswith(f"Kilden {other} er udeladt: den kan også være samtaler, men kun samtaler.csv er læst.")
    assert not run_facts.complete
    chosen = '[[sources]]\ntable = "samtaler"\nfile = "samtaler.csv"\n'
    (tmp_path / "kommunecheck.toml").write_text(chosen, encoding="utf-8")
    assert app.check(tmp_path).run.complete


def test_a_sheet_without_rows_of_the_table_is_not_taken_for_its_other_half(tmp_path: Path) -> None:
    for name in ("sager", "samtaler"):
        shutil.copy(LILLEBY / f"{name}.csv", tmp_path)
    notes = tmp_path / "notes"
    notes.write_text("Husk\nat ringe til KMD\n", encoding="utf-8")
    a_book(tmp_path / "Noter.xlsx", samtaler=notes)
    assert app.check(tmp_path).run.complete


def test_the_files_of_a_table_may_lie_in_folders_in_its_folder(tmp_path: Path) -> None:
    shutil.copy(LILLEBY / "sager.csv", tmp_path)
    rows = (LILLEBY / "samtaler.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    for name, own in (("2006/a.csv", rows[1:200]), ("b.csv", rows[200:])):
        (tmp_path / "samtaler" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "samtaler" / name).write_text("".join([rows[0], *own]), encoding="utf-8")
    read = [(one.file, one.rows) for one in app.check(tmp_path).run.sources.values() if one.table == "samtaler"]
    assert read == [("samtaler/2006/a.csv", 199), ("samtaler/b.csv", len(rows) - 200)]


def test_three_decimals_in_a_cell_are_no_thousands_and_an_id_without_its_last_digits_is_none(tmp_path: Path) -> None:
    """A spreadsheet keeps 15 digits of a number: of a longer id the rest have become 0, and it may be another's."""
    for name in ("sager", "samtaler"):
        shutil.copy(LILLEBY / f"{name}.csv", tmp_path)
    book = openpyxl.Workbook()
    rows = [("U1", "L001", 466.775), ("U2", "L001", 466.77), ("U3", 2007000000012345000, 100)]
    for row in [
        ("udbetaling_id", "sag_id", "beloeb", "fra", "til"),
        *((*row, "2007-05-01", "2007-05-31") for row in rows),
    ]:
        book.active.append(row)
    book.save(tmp_path / "udbetalinger.xlsx")
    report = app.check(tmp_path)
    assert {
        (one.finding.evidence[0].row, one.finding.evidence[0].column)
        for one in report.findings
        if one.finding.rule.code == "DQ003" and "udbetalinger" in one.finding.message
    } == {(2, "beloeb"), (4, "sag_id")}
    (used,) = [one.rows_used for one in report.run.sources.values() if one.table == "udbetalinger"]
    assert used == 1


@pytest.mark.parametrize(("known", "said"), [(0, "Ingen af 12"), (5, "Kun 5 af 12"), (6, None)])
def test_a_table_of_which_most_rows_are_of_no_use_is_named(tmp_path: Path, known: int, said: str | None) -> None:
    (tmp_path / "sager.csv").write_text("sag_id;ydelsestype;anmodningsdato\nA1;kontanthjaelp;2007-01-08\n")
    rows = [f"M{n};{'A1' if n < known else 'a1'};kontaktsamtale;afholdt;2007-0{n % 9 + 1}-05" for n in range(12)]
    (tmp_path / "samtaler.csv").write_text("samtale_id;sag_id;type;status;afholdt_dato\n" + "\n".join(rows) + "\n")
    checked = app.check(tmp_path, app.Options(cutoff=date(2007, 12, 31)))
    warnings = [one for one in checked.run.warnings if "rækker i samtaler er brugt" in one]
    assert [one.split(" rækker")[0] for one in warnings] == ([said] if said else [])


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Opmærksomhedsområder: helbred".encode().decode("cp1252"), True),
        ("Opmærksomhedsområder: helbred".encode("mac_roman").decode("cp1252"), True),
        ("Opmærksomhedsområder: helbred, ½ time, ¿Qué?, Œuvre", False),
    ],
)
def test_notes_whose_letters_were_lost_are_told(tmp_path: Path, text: str, warned: bool) -> None:
    for name in ("sager", "samtaler"):
        shutil.copy(LILLEBY / f"{name}.csv", tmp_path)
    (tmp_path / "journal.csv").write_text(f"notat_id;sag_id;dato;tekst\nN1;L001;2007-05-02;{text}\n", encoding="utf-8")
    assert any("i stedet for æ, ø og å i 1 række" in one for one in app.check(tmp_path).run.warnings) == warned


def test_a_word_for_nothing_where_a_step_is_shown_is_told_and_can_be_said_to_be_blank(tmp_path: Path) -> None:
    shutil.copy(LILLEBY / "sager.csv", tmp_path)
    areas = "opmaerksomhedsomraader"
    for name, word in (("tom", ""), ("ord", "-")):
        write_rows(
            tmp_path / f"{name}.csv", [row | {areas: row[areas] or word} for row in rows_of(LILLEBY, "samtaler")]
        )
    found = {}
    for name, more in (("tom", ""), ("ord", ""), ("ord", 'codes.opmaerksomhedsomraader = { "-" = "" }\n')):
        source = f'[[sources]]\ntable = "samtaler"\nfile = "{name}.csv"\n{more}'
        (tmp_path / "kommunecheck.toml").write_text(source, encoding="utf-8")
        report = app.check(tmp_path)
        told = sum("opmaerksomhedsomraader siger »-« i" in one for one in report.run.warnings)
        found[name, more] = report.summary.expected.days, told
    plain, words, mended = found.values()
    assert words[0] < plain[0]
    assert (plain[1], words[1], mended) == (0, 1, plain)


def test_days_that_cannot_be_read_are_not_said_to_be_missing(tmp_path: Path) -> None:
    head = "kontrolsag_id;kontroltrin;ydelse;udstillet_dato;udtaget_dato;fjernet_dato;oprettet_dato;afsluttet_dato"
    row = "1;3;sygedagpenge;01.09.22;;;;"
    (tmp_path / "kontrolsager.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"række i udtrækket kan ikke bruges\. Se hvorfor: kommunecheck inspect"):
        app.check(tmp_path)


def test_a_source_that_was_left_out_is_why_there_are_no_days(tmp_path: Path) -> None:
    (tmp_path / "ansoegninger.csv").write_text("sagstype;modtaget_dato\nBolig;2007-03-01\n", encoding="utf-8")
    with pytest.raises(UserError, match="der mangler overskrift for ansoegning_id"):
        app.check(tmp_path)


def a_word_journal(folder: Path, text: str, name: str = "journal.docx") -> None:
    document = docx.Document()
    document.add_heading("14-03-2007", 2)
    document.add_paragraph(text)
    document.save(folder / name)


def test_a_document_that_names_no_case_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "k"
    two_courses(folder)
    a_word_journal(folder, "Borgeren er indplaceret i matchkategori 3.")
    (folder / "udbetalinger.csv").write_text("cpr;fra;til;beloeb\n6202560037;2007-06-01;2007-06-30;1\n")
    (own,) = [one.finding for one in app.check(folder).findings if one.finding.rule.code == "DQ002"]
    assert "Dokumentet nævner ingen af dem, eller mere end én. Skriv sagens id" in own.message


def test_a_document_cannot_be_put_to_its_case_by_cpr_number(tmp_path: Path) -> None:
    folder = tmp_path / "k"
    two_courses(folder)
    a_word_journal(folder, "Borgeren er indplaceret i matchkategori 3.")
    configure(folder, '[[sources]]\ntable = "journal"\nfile = "journal.docx"\ncase_key = "cpr"\n')
    (folder / "udbetalinger.csv").write_text("cpr;fra;til;beloeb\n6202560037;2007-06-01;2007-06-30;1\n")
    assert any('`case_key = "cpr"` kan ikke bruges' in one for one in app.check(folder).run.warnings)
