"""Reading against the contract (domain.md section 2): what is absent, what is written otherwise, what is spoiled."""

import csv
import io
import json
import os
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from alone import lilleby_alone

from kommunecheck.cli import run
from kommunecheck.intake import read as reading
from kommunecheck.intake.tables import TABLES
from kommunecheck.plugins.host import load

LILLEBY = lilleby_alone()
ALL_RULES = {check.RULE.code for check in load().checks}
Row = dict[str, str]
Report = dict[str, Any]


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KOMMUNECHECK_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def lilleby(tmp_path: Path) -> Path:
    shutil.copytree(LILLEBY, tmp_path / "lilleby")
    return tmp_path / "lilleby"


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What is found in Lilleby as it is."""
    return checked(LILLEBY, tmp_path_factory.mktemp("usual") / "report.json")[1]


def checked(folder: Path, file: Path | None = None, *arguments: str) -> tuple[int, Report]:
    file = file or folder.parent / "report.json"
    status = run(["check", str(folder), "-o", str(file), "--format", "json", *arguments])
    assert status != 2, "no report was written"
    return status, json.loads(file.read_bytes())


def read(folder: Path, table: str) -> list[Row]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write(folder: Path, table: str, rows: list[Row], delimiter: str = ";", quoting: int = csv.QUOTE_MINIMAL) -> None:
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]), delimiter=delimiter, quoting=quoting, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / f"{table}.csv").write_text(made.getvalue(), encoding="utf-8")


def change_cells(folder: Path, change: Callable[[str, str, str], str], *tables: str) -> None:
    """Give every cell what ``change`` makes of its table, its column and its text."""
    for table in tables or TABLES:
        rows = read(folder, table)
        changed = [{column: change(table, column, text) for column, text in row.items()} for row in rows]
        write(folder, table, changed)


def judged(report: Report) -> tuple[object, object]:
    """The summary and the cases without the file and the row that a line of a loss names."""

    def without_place(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: without_place(value) for key, value in part.items() if key not in ("file", "row")}
        return [without_place(one) for one in part] if isinstance(part, list) else part

    return without_place(report["summary"]), without_place(report["cases"])


def found(report: Report) -> list[tuple[str | None, str]]:
    return [(finding["sag_id"], finding["code"]) for finding in report["findings"]]


# What is absent is not blank


OPTIONAL = [
    (table, column.name)
    for table, shape in TABLES.items()
    for column in shape.columns
    if not column.required and (LILLEBY / f"{table}.csv").exists()
]
STEPS = {"VT201", "VT202", "VT203", "VT204", "VT205", "VT206", "VT301"}
DEADLINES = {"VT101", "VT102", "VT103", "VT104", "VT105", "VT106"}
NEEDED = {
    ("sager", "cpr"): {"DQ001"},
    ("sager", "ophoersdato"): DEADLINES,
    ("samtaler", "afholdt_dato"): DEADLINES | STEPS | {"VT107", "VT401"},
    ("samtaler", "planlagt_dato"): DEADLINES,
    ("samtaler", "opfoelgning_dato"): {"VT104", "VT105"},
    ("samtaler", "indkaldt_dato"): {"VT104", "VT105"},
    ("samtaler", "matchkategori"): STEPS,
    ("samtaler", "grovmatch"): {"VT201", "VT202"},
    ("samtaler", "opmaerksomhedsomraader"): {"VT203"},
    ("samtaler", "registreret_dato"): {"VT204"},
    ("samtaler", "arbejdssoegende"): {"VT301"},
    ("samtaler", "fritagelsesaarsag"): {"VT301"},
    ("perioder", "dokumenteret"): {"VT106"},
    ("perioder", "til"): DEADLINES,
}
"""What rests on a column by the contract's own words; more may."""


def without_column(folder: Path, table: str, column: str) -> None:
    write(folder, table, [{key: text for key, text in row.items() if key != column} for row in read(folder, table)])


@pytest.fixture(scope="module", params=OPTIONAL, ids=".".join)
def reduced(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, int, Report]:
    """Lilleby without one of its optional columns: the table and the column, the exit status and the report."""
    table, column = request.param
    folder = tmp_path_factory.mktemp("reduced") / "lilleby"
    shutil.copytree(LILLEBY, folder)
    without_column(folder, table, column)
    return table, column, *checked(folder)


def test_without_an_optional_column_no_check_crashes_and_those_that_need_it_are_not_run(
    reduced: tuple[str, str, int, Report],
) -> None:
    table, column, status, report = reduced
    run_facts = report["run"]
    assert status in (0, 1)
    assert run_facts["crashes"] == []
    assert run_facts["complete"] is True
    not_run = {one["code"]: one["reason"] for one in run_facts["not_run"]}
    assert set(not_run) | set(run_facts["rules_run"]) == ALL_RULES
    assert NEEDED.get((table, column), set()) <= set(not_run)
    for reason in not_run.values():
        assert column in reason
        assert table in reason
    assert not {finding["code"] for finding in report["findings"]} & set(not_run)


def test_without_an_optional_column_no_case_is_blamed_for_what_it_would_have_said(
    reduced: tuple[str, str, int, Report], usual: Report
) -> None:
    """Absent is not blank: nothing is found that was not found with the column."""
    assert set(found(reduced[3])) <= set(found(usual))


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("perioder", set()),
        ("udbetalinger", {"VT401", "VT402", "DQ006", "DQ007"}),
        ("journal", {"VT205"}),
    ],
)
def test_without_an_optional_table_no_check_crashes_and_those_that_need_it_are_not_run(
    table: str, codes: set[str], lilleby: Path
) -> None:
    (lilleby / f"{table}.csv").unlink()
    status, report = checked(lilleby)
    run_facts = report["run"]
    assert status == 1
    assert run_facts["crashes"] == []
    assert run_facts["complete"] is True
    assert table not in {source["table"] for source in run_facts["sources"]}
    not_run = {one["code"]: one["reason"] for one in run_facts["not_run"]}
    assert codes <= set(not_run)
    assert all(table in reason for reason in not_run.values())


def test_without_payments_days_are_judged_and_every_amount_is_null(lilleby: Path, usual: Report) -> None:
    (lilleby / "udbetalinger.csv").unlink()
    report = checked(lilleby)[1]
    summary = report["summary"]
    kinds = ("expected", "discretionary", "documentation")
    assert [summary[kind]["days"] for kind in kinds] == [usual["summary"][kind]["days"] for kind in kinds]
    for amounts in (*(summary[kind] for kind in kinds), report["combined"]["expected"]):
        assert (amounts["paid"], amounts["refund_lost"]) == (None, None)
    for told in ("running_per_day", "unpaid_days", "unpriced_days"):
        assert summary[told] is None
    for code in summary["by_code"]:
        assert (code["touched"]["refund_lost"], code["alone"]["refund_lost"]) == (None, None)
    assert {team["refund_lost"] for team in summary["by_team"]} == {None}
    for case in report["cases"]:
        assert case["running_per_day"] is None
        for kind in kinds:
            loss = case[kind]
            assert (loss["paid"], loss["refund_lost"], loss["lines"]) == (None, None, None)
    assert b'"0.00"' not in (lilleby.parent / "report.json").read_bytes()


def test_without_payments_the_screen_shows_no_amount(lilleby: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lilleby / "udbetalinger.csv").unlink()
    run(["check", str(lilleby)])
    shown = capsys.readouterr().out
    assert "0,00 kr." not in shown
    assert "1.938" in shown


def test_with_nothing_but_the_two_required_tables_and_columns_the_chain_is_not_judged_and_nothing_crashes(
    lilleby: Path,
) -> None:
    for table in ("perioder", "udbetalinger", "journal"):
        (lilleby / f"{table}.csv").unlink()
    for table in ("sager", "samtaler"):
        required = [column.name for column in TABLES[table].columns if column.required]
        write(lilleby, table, [{column: row[column] for column in required} for row in read(lilleby, table)])
    status, report = checked(lilleby)
    assert status in (0, 1)
    assert {one["code"] for one in report["run"]["not_run"]} >= DEADLINES | STEPS
    assert not {one["code"] for one in report["findings"]} & (DEADLINES | STEPS)


# Tolerant reading: the same municipality, written otherwise


def recoded(encoding: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        for table in TABLES:
            file = folder / f"{table}.csv"
            file.write_bytes(file.read_text(encoding="utf-8").encode(encoding))

    return change


def utf_16_big_endian(folder: Path) -> None:
    for table in TABLES:
        file = folder / f"{table}.csv"
        file.write_bytes(b"\xfe\xff" + file.read_text(encoding="utf-8").encode("utf-16-be"))


def separated(delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        for table in TABLES:
            write(folder, table, read(folder, table), delimiter, quoting)

    return change


def line_ends(ending: bytes, at_the_end: bool = True) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        for table in TABLES:
            file = folder / f"{table}.csv"
            content = file.read_bytes() if at_the_end else file.read_bytes().removesuffix(b"\n")
            file.write_bytes(content.replace(b"\n", ending))

    return change


def other_column_order(folder: Path) -> None:
    for table in TABLES:
        rows = read(folder, table)
        columns = [*list(rows[0])[::-2], *list(rows[0])[-2::-2]]
        write(folder, table, [{column: row[column] for column in columns} for row in rows])


def more_columns(folder: Path) -> None:
    for table in TABLES:
        write(folder, table, [{"Nr.": str(number)} | row | {"": ""} for number, row in enumerate(read(folder, table))])


def headings(change_one: Callable[[str], str]) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        for table in TABLES:
            write(
                folder, table, [{change_one(name): text for name, text in row.items()} for row in read(folder, table)]
            )

    return change


def danish(name: str) -> str:
    """A heading as a person writes it: ``ophoersdato`` is ``Ophørsdato``."""
    for ascii_letters, letter in (("maerksom", "mærksom"), ("oegende", "øgende"), ("raader", "råder"), ("hoer", "hør")):
        name = name.replace(ascii_letters, letter)
    return name.replace("aarsag", "årsag").replace("opfoel", "opføl").replace("beloeb", "beløb").capitalize()


@cache
def kinds(kind: str) -> set[tuple[str, str]]:
    return {(table, column.name) for table, shape in TABLES.items() for column in shape.columns if column.kind == kind}


DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def days_as(pattern: str) -> Callable[[Path], None]:
    """Every date that is written 2007-03-31 written otherwise; ``{y}``, ``{m}`` and ``{d}`` are its parts."""

    def change_one(table: str, column: str, text: str) -> str:
        match = DAY.fullmatch(text)
        if (table, column) not in kinds("date") or match is None:
            return text
        year, month, day = match.groups()
        return pattern.format(y=year, m=month, d=day)

    return lambda folder: change_cells(folder, change_one)


def amounts_as(thousands: str, point: str) -> Callable[[Path], None]:
    def change_one(table: str, column: str, text: str) -> str:
        if (table, column) not in kinds("amount") or not re.fullmatch(r"\d+,\d\d", text):
            return text
        return f"{float(text.replace(',', '.')):,.2f}".replace(",", "'").replace(".", point).replace("'", thousands)

    return lambda folder: change_cells(folder, change_one)


def yes_and_no_as(yes: str, no: str) -> Callable[[Path], None]:
    def change_one(table: str, column: str, text: str) -> str:
        return {"ja": yes, "nej": no}.get(text, text) if (table, column) in kinds("yes_no") else text

    return lambda folder: change_cells(folder, change_one)


def codes_as(change_code: Callable[[str], str]) -> Callable[[Path], None]:
    return lambda folder: change_cells(
        folder, lambda table, column, text: change_code(text) if (table, column) in kinds("code") else text
    )


def blanks_around(folder: Path) -> None:
    change_cells(folder, lambda _, column, text: text if column == "tekst" or not text else f"  {text} ")


def numbers_from_a_spreadsheet(folder: Path) -> None:
    change_cells(folder, lambda _, column, text: f"{text}.0" if column == "matchkategori" and text else text)


def blank_rows(folder: Path) -> None:
    for table in TABLES:
        heading, *rest = (folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()
        nothing = ";" * heading.count(";")
        (folder / f"{table}.csv").write_text(f"\n{heading}\n{nothing}\n" + f"\n{nothing}\n".join(rest) + "\n\n")


def trailing_separator(folder: Path) -> None:
    for table in TABLES:
        file = folder / f"{table}.csv"
        file.write_text(file.read_text(encoding="utf-8").replace("\n", ";\n"), encoding="utf-8")


def line_break_in_a_note(folder: Path) -> None:
    rows = read(folder, "journal")
    write(folder, "journal", [row | {"tekst": row["tekst"] + "\nNoteret i journalen."} for row in rows])


OTHERWISE = {
    "UTF-8 with BOM": recoded("utf-8-sig"),
    "UTF-16": recoded("utf-16"),
    "UTF-16 big-endian": utf_16_big_endian,
    "Windows-1252": recoded("cp1252"),
    "commas": separated(","),
    "tabs": separated("\t"),
    "all cells in quotes": separated(";", csv.QUOTE_ALL),
    "all cells in quotes with commas": separated(",", csv.QUOTE_ALL),
    "CRLF": line_ends(b"\r\n"),
    "CR": line_ends(b"\r"),
    "no line end at the end": line_ends(b"\n", at_the_end=False),
    "other column order": other_column_order,
    "more columns": more_columns,
    "headings in capitals": headings(str.upper),
    "headings with spaces": headings(lambda name: f" {name.replace('_', ' ')} "),
    "headings with hyphens": headings(lambda name: name.replace("_", "-").title()),
    "headings with æ, ø and å": headings(danish),
    "dates as 31-03-2007": days_as("{d}-{m}-{y}"),
    "dates as 31.03.2007": days_as("{d}.{m}.{y}"),
    "dates as 31/03/2007": days_as("{d}/{m}/{y}"),
    "dates as 20070331": days_as("{y}{m}{d}"),
    "dates with a time of day": days_as("{y}-{m}-{d} 00:00:00"),
    "dates with a T and a time": days_as("{y}-{m}-{d}T12:30:00"),
    "Danish dates with a time": days_as("{d}-{m}-{y} 14:05"),
    "amounts as 8.959,00": amounts_as(".", ","),
    "amounts as 8959.00": amounts_as("", "."),
    "amounts as 8 959,00": amounts_as(" ", ","),
    "amounts with a hard space": amounts_as("\u00a0", ","),
    "j and n": yes_and_no_as("j", "n"),
    "J and blank": yes_and_no_as("J", ""),
    "1 and 0": yes_and_no_as("1", "0"),
    "true and false": yes_and_no_as("TRUE", "false"),
    "x and blank": yes_and_no_as("x", ""),
    "codes in capitals": codes_as(str.upper),
    "codes with æ, ø and å": codes_as(lambda code: code.replace("hjaelp", "hjælp").replace("foer", "før").title()),
    "blanks around values": blanks_around,
    "categories as 3.0": numbers_from_a_spreadsheet,
    "blank rows": blank_rows,
    "a separator too many in every row": trailing_separator,
    "line breaks in notes": line_break_in_a_note,
}
"""Lilleby itself is UTF-8 with semicolons, dates as 2007-03-31 and amounts as 8959,00."""


@pytest.mark.parametrize("otherwise", OTHERWISE)
def test_the_same_municipality_written_otherwise_gives_the_same_summary_and_cases(
    otherwise: str, lilleby: Path, usual: Report
) -> None:
    before = {file.name: file.read_bytes() for file in lilleby.iterdir()}
    OTHERWISE[otherwise](lilleby)
    assert {file.name: file.read_bytes() for file in lilleby.iterdir()} != before
    assert judged(checked(lilleby)[1]) == judged(usual)


def test_a_table_so_large_that_columns_are_read_together_gives_the_same(
    tmp_path: Path, usual: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "WORTH_SHARING", 0)
    assert checked(LILLEBY, tmp_path / "report.json")[1] == usual


def test_a_heading_may_stand_below_title_lines_that_the_configuration_passes_over(lilleby: Path, usual: Report) -> None:
    file = lilleby / "samtaler.csv"
    file.write_text("Udtræk fra DRV;;\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    with (lilleby / "kommunecheck.toml").open("a") as opened:
        opened.write('\n[[sources]]\ntable = "samtaler"\nfile = "samtaler.csv"\nheader_row = 3\n')
    report = checked(lilleby)[1]
    assert judged(report) == judged(usual)
    assert rows_named(report, "samtaler.csv") == {row + 2 for row in rows_named(usual, "samtaler.csv")}


@pytest.mark.parametrize(
    "text",
    [
        "Borgeren kan ikke\nvære indplaceret i matchkategori 3.",
        "Borgeren forventes at blive\nindplaceret i matchkategori 3.",
        "Borgeren var tidligere\nindplaceret i matchkategori 3.",
    ],
)
def test_a_note_that_is_wrapped_in_the_middle_of_a_sentence_proves_no_more_than_the_sentence(
    text: str, lilleby: Path, usual: Report
) -> None:
    """L054's note denies a placement; wrapped lines must not turn a denial or a plan into evidence."""
    rows = read(lilleby, "journal")
    write(lilleby, "journal", [row | {"tekst": text if row["sag_id"] == "L054" else row["tekst"]} for row in rows])
    assert judged(checked(lilleby)[1]) == judged(usual)


def rows_named(report: Report, file: str) -> set[int]:
    return {cell["row"] for one in report["findings"] for cell in one["evidence"] if cell["file"] == file}


def test_rows_are_counted_as_a_person_counts_them(lilleby: Path, usual: Report) -> None:
    """A blank row above the heading counts; so do those between; a line break inside quotes does not."""
    rows = read(lilleby, "samtaler")
    rows[0]["kontaktform"] = "personligt\npå kontoret"
    write(lilleby, "samtaler", rows)
    heading, rest = (lilleby / "samtaler.csv").read_text(encoding="utf-8").split("\n", 1)
    (lilleby / "samtaler.csv").write_text(f"\n{heading}\n\n{rest}", encoding="utf-8")
    report = checked(lilleby)[1]
    assert rows_named(report, "samtaler.csv") == {row + 2 for row in rows_named(usual, "samtaler.csv")}


def test_the_id_of_a_case_that_a_spreadsheet_made_a_number_of_is_still_the_same(lilleby: Path) -> None:
    """A number in a text column loses a trailing .0: a sag_id is text."""
    change_cells(lilleby, lambda _, column, text: text.replace("L", "1") if column == "sag_id" else text)
    expected = judged(checked(lilleby)[1])
    change_cells(lilleby, lambda _, column, text: f"{text}.0" if column == "sag_id" else text, "samtaler")
    assert judged(checked(lilleby)[1]) == expected


@pytest.mark.parametrize(("written", "codes"), [("101701239", []), ("0101701239", []), ("101701238", ["DQ001"])])
def test_a_cpr_number_of_nine_digits_gets_its_zero_back(written: str, codes: list[str], small: Path) -> None:
    spoil(small, "sager", 0, cpr=written)
    assert [code for sag_id, code in found(checked(small)[1]) if sag_id == "L001"] == codes


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16-le"])
def test_an_encoding_may_be_told_in_the_configuration(encoding: str, lilleby: Path, usual: Report) -> None:
    recoded(encoding)(lilleby)
    with (lilleby / "kommunecheck.toml").open("a") as file:
        file.writelines(
            f'\n[[sources]]\ntable = "{table}"\nfile = "{table}.csv"\nencoding = "{encoding}"\n' for table in TABLES
        )
    assert judged(checked(lilleby)[1]) == judged(usual)


def test_a_delimiter_may_be_told_in_the_configuration(lilleby: Path, usual: Report) -> None:
    separated("|", csv.QUOTE_ALL)(lilleby)
    with (lilleby / "kommunecheck.toml").open("a") as file:
        file.writelines(
            f'\n[[sources]]\ntable = "{table}"\nfile = "{table}.csv"\ndelimiter = "|"\n' for table in TABLES
        )
    assert judged(checked(lilleby)[1]) == judged(usual)


# Spoiled copies: what cannot be used is told, and the rest is judged


SMALL = {"L001": set(), "L011": {"VT101"}, "L027": {"VT102"}, "L052": {"VT201"}}
"""Four cases of Lilleby and what is found in them; L001 is the one that is spoiled."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    shutil.copy(LILLEBY / "kommunecheck.toml", folder)
    for table in ("sager", "samtaler", "udbetalinger"):
        write(folder, table, [row for row in read(LILLEBY, table) if row["sag_id"] in SMALL])
    period = {"sag_id": "L001", "type": "sygdom", "fra": "2007-02-05", "til": "2007-02-09", "dokumenteret": "nej"}
    write(folder, "perioder", [period])
    note = {"notat_id": "N1", "sag_id": "L001", "dato": "2007-02-12", "tekst": "Borgeren har ringet."}
    write(folder, "journal", [note])
    return folder


def spoil(folder: Path, table: str, number: int, **values: str) -> int:
    """Change cells of the row with this place in the table; gives the row as a person counts it."""
    rows = read(folder, table)
    assert rows[number]["sag_id"] == "L001"
    rows[number] |= values
    write(folder, table, rows)
    return number + 2


def add(folder: Path, table: str, *new: Row) -> int:
    """Put rows at the end of the table; gives the first new row as a person counts it."""
    rows = read(folder, table)
    write(folder, table, [*rows, *new])
    return len(rows) + 2


def the_other_cases_are_judged_as_before(report: Report) -> None:
    by_case = {case["sag_id"]: case for case in report["cases"]}
    for sag_id, codes in SMALL.items():
        if sag_id != "L001":
            assert {code for case, code in found(report) if case == sag_id} == codes
            assert (by_case[sag_id]["outcome"], by_case[sag_id]["fully_assessed"]) == ("error_with_loss", True)


def the_only_data_finding(report: Report) -> dict[str, Any]:
    (finding,) = [one for one in report["findings"] if one["code"].startswith("DQ")]
    return finding


CAN_BE_READ = ("DQ005", "DQ006", "DQ007")
"""The rules about values that can be read, and do not fit."""


def says_where(finding: dict[str, Any], table: str, row: int, column: str) -> None:
    """The message begins with file, row and column in Danish, and the evidence is that cell, with what can be read."""
    assert finding["message"].startswith(f"{table}.csv, række {row}, kolonne {column}: ")
    assert len(finding["message"].split(": ", 1)[1]) > 30
    first = finding["evidence"][0]
    assert (first["file"], first["row"], first["column"]) == (f"{table}.csv", row, column)
    assert (first["value"] is not None) == (finding["code"] in CAN_BE_READ)


def assessed(report: Report) -> bool:
    return next(case["fully_assessed"] for case in report["cases"] if case["sag_id"] == "L001")


def test_the_small_copy_itself_has_no_data_finding(small: Path) -> None:
    report = checked(small)[1]
    the_other_cases_are_judged_as_before(report)
    assert not [code for _, code in found(report) if code.startswith("DQ")]
    assert assessed(report)


SPOILED = [
    # code, table, place of the row, what is changed, the column that is told, whether the case is still fully assessed
    ("DQ001", "sager", 0, {"cpr": "4513702345"}, "cpr", True),
    ("DQ001", "sager", 0, {"cpr": "310270-1234"}, "cpr", True),
    ("DQ001", "sager", 0, {"cpr": "0101701233"}, "cpr", True),
    ("DQ001", "sager", 0, {"cpr": "ukendt"}, "cpr", True),
    ("DQ003", "sager", 0, {"anmodningsdato": "2006-02-30"}, "anmodningsdato", False),
    ("DQ003", "sager", 0, {"anmodningsdato": ""}, "anmodningsdato", False),
    ("DQ003", "sager", 0, {"ophoersdato": "løbende"}, "ophoersdato", False),
    ("DQ003", "samtaler", 2, {"afholdt_dato": "31-02-2007"}, "afholdt_dato", False),
    ("DQ003", "samtaler", 2, {"afholdt_dato": "04/13/2007"}, "afholdt_dato", False),
    ("DQ003", "samtaler", 2, {"afholdt_dato": "2-4-07"}, "afholdt_dato", False),
    ("DQ003", "samtaler", 2, {"registreret_dato": "i går"}, "registreret_dato", False),
    ("DQ003", "samtaler", 2, {"planlagt_dato": "uge 14"}, "planlagt_dato", False),
    ("DQ003", "samtaler", 2, {"grovmatch": "måske"}, "grovmatch", False),
    ("DQ003", "samtaler", 2, {"arbejdssoegende": "delvis"}, "arbejdssoegende", False),
    ("DQ003", "samtaler", 2, {"status": ""}, "status", False),
    ("DQ003", "udbetalinger", 2, {"beloeb": "ca. 9000"}, "beloeb", False),
    ("DQ003", "udbetalinger", 2, {"beloeb": "8.959,5,0"}, "beloeb", False),
    ("DQ003", "udbetalinger", 2, {"beloeb": ""}, "beloeb", False),
    ("DQ003", "udbetalinger", 2, {"fra": "primo december"}, "fra", False),
    ("DQ003", "perioder", 0, {"fra": "februar"}, "fra", False),
    ("DQ003", "perioder", 0, {"til": "?"}, "til", False),
    ("DQ003", "journal", 0, {"dato": "12. februar"}, "dato", False),
    ("DQ005", "sager", 0, {"ophoersdato": "2006-10-01"}, "ophoersdato", False),
    ("DQ005", "samtaler", 2, {"indkaldt_dato": "2007-04-03"}, "afholdt_dato", True),
    ("DQ005", "samtaler", 2, {"registreret_dato": "2007-04-01"}, "registreret_dato", True),
    ("DQ005", "samtaler", 2, {"afholdt_dato": ""}, "status", False),
    ("DQ005", "samtaler", 2, {"status": "aflyst"}, "status", False),
    ("DQ005", "perioder", 0, {"til": "2007-02-04"}, "til", False),
    ("DQ008", "sager", 0, {"ydelsestype": "dagpenge"}, "ydelsestype", False),
    ("DQ008", "samtaler", 2, {"status": "mødt"}, "status", False),
    ("DQ008", "samtaler", 2, {"type": "telefonsamtale"}, "type", False),
    ("DQ008", "perioder", 0, {"type": "ferie"}, "type", False),
    ("DQ008", "udbetalinger", 2, {"ydelsestype": "dagpenge"}, "ydelsestype", False),
]


@pytest.mark.parametrize(("code", "table", "place", "values", "column", "still"), SPOILED)
def test_a_spoiled_row_is_told_and_the_good_rows_are_judged(
    code: str, table: str, place: int, values: dict[str, str], column: str, still: bool, small: Path
) -> None:
    row = spoil(small, table, place, **values)
    report = checked(small)[1]
    finding = the_only_data_finding(report)
    assert (finding["code"], finding["sag_id"], finding["supervision"]) == (code, "L001", "data")
    says_where(finding, table, row, column)
    assert assessed(report) is still
    the_other_cases_are_judged_as_before(report)


REMARKS = ("I alt", "Total:", "SUM", "Udskrevet af Kanarie Fuglsang den 3-1-2008", "Bemærk: 620256-0037 er flyttet")


def test_a_line_under_the_table_is_a_row_that_cannot_be_used_and_no_case(small: Path) -> None:
    before = checked(small)[1]
    file = small / "sager.csv"
    heads, *rows = file.read_text(encoding="utf-8").splitlines()
    blank = ";" * heads.count(";")
    file.write_text("\n".join([heads, *rows, *(f"{one}{blank}" for one in REMARKS)]) + "\n", encoding="utf-8")
    assert heads.startswith("sag_id;")
    _, report = checked(small)
    assert judged(report) == judged(before)
    lost = [one for one in report["findings"] if one["code"] == "DQ003"]
    assert {one["sag_id"] for one in lost} == {None}
    assert {cell["row"] for one in lost for cell in one["evidence"]} == {len(rows) + 2 + n for n in range(5)}
    (source,) = [one for one in report["run"]["sources"] if one["table"] == "sager"]
    assert (source["rows"], source["rows_reported"]) == (len(rows) + 5, 5)
    assert "Fuglsang" not in json.dumps(report, ensure_ascii=False)


def test_an_id_with_a_blank_in_it_is_a_case_where_the_row_says_anything_of_it(small: Path) -> None:
    spoil(small, "sager", 0, sag_id="L 001", ydelsestype="")
    assert "L 001" in {case["sag_id"] for case in checked(small)[1]["cases"]}


def test_an_unknown_code_is_told_with_the_codes_there_are(small: Path) -> None:
    spoil(small, "samtaler", 2, status="mødt")
    message = the_only_data_finding(checked(small)[1])["message"]
    for code in ("afholdt", "udeblevet", "sygdom", "aflyst", "planlagt"):
        assert code in message
    assert "mødt" not in message


@pytest.mark.parametrize(
    "cpr", ["6101701234", "9112701234", "610170-1234", "0101702344"], ids=["61", "91", "hyphen", "begun later"]
)
def test_a_cpr_number_that_may_be_right_is_not_told(cpr: str, small: Path) -> None:
    """Day + 60 is never asked for modulus 11, nor are persons whose case began on or after 1 October 2007."""
    later = {"anmodningsdato": "2007-10-01"} if cpr == "0101702344" else {}
    spoil(small, "sager", 0, cpr=cpr, **later)
    assert "DQ001" not in {code for _, code in found(checked(small)[1])}


def test_a_cpr_number_fails_modulus_11_only_in_a_case_begun_before_october_2007(small: Path) -> None:
    spoil(small, "sager", 0, cpr="0101702344", anmodningsdato="2007-09-30")
    assert ("L001", "DQ001") in found(checked(small)[1])


@pytest.mark.parametrize("table", ["samtaler", "perioder", "udbetalinger", "journal"])
def test_a_row_of_a_case_that_is_not_in_sager_belongs_to_no_case(table: str, small: Path) -> None:
    new = read(small, table)[0] | {"sag_id": "L999"}
    key = TABLES[table].key
    row = add(small, table, new | ({key: "ny"} if key else {}))
    status, report = checked(small)
    finding = the_only_data_finding(report)
    assert status == 1
    assert (finding["code"], finding["sag_id"], finding["subject"]["kind"]) == ("DQ002", None, "kilde")
    says_where(finding, table, row, "sag_id")
    source = next(one for one in report["run"]["sources"] if one["table"] == table)
    assert source["rows_reported"] == 1
    assert assessed(report)
    assert "L999" not in {case["sag_id"] for case in report["cases"]}
    the_other_cases_are_judged_as_before(report)


@pytest.mark.parametrize("table", ["sager", "samtaler", "udbetalinger", "journal"])
def test_equal_rows_count_once(table: str, small: Path) -> None:
    before = checked(small)[1]
    row = add(small, table, read(small, table)[0])
    report = checked(small)[1]
    finding = the_only_data_finding(report)
    assert (finding["code"], finding["sag_id"]) == ("DQ004", "L001")
    says_where(finding, table, 2, str(TABLES[table].key))
    assert [cell["row"] for cell in finding["evidence"]] == [2, row]
    assert judged(report) == judged(before)


def test_a_blank_yes_or_no_is_no_and_what_cannot_be_read_is_equal_to_itself(small: Path) -> None:
    first, *rest = read(small, "samtaler")
    unread = first | {"indkaldt_dato": "30-02-2007", "grovmatch": ""}
    write(small, "samtaler", [unread, *rest])
    before = checked(small)[1]
    add(small, "samtaler", unread | {"grovmatch": "nej"})
    report = checked(small)[1]
    (double,) = [one for one in report["findings"] if one["code"] == "DQ004"]
    assert "2 ens rækker" in double["message"]
    assert judged(report) == judged(before)
    add(small, "samtaler", unread | {"indkaldt_dato": "31-02-2007"})
    (double,) = [one for one in checked(small)[1]["findings"] if one["code"] == "DQ004"]
    assert "3 forskellige rækker" in double["message"]


@pytest.mark.parametrize("column", ["matchkategori", "opmaerksomhedsomraader", "fritagelsesaarsag"])
def test_a_text_that_checks_look_at_and_that_cannot_be_read_leaves_the_case_not_fully_assessed(
    column: str, small: Path
) -> None:
    first, *rest = read(small, "samtaler")
    write(small, "samtaler", [first | {column: "\0"}, *rest])
    report = checked(small)[1]
    says_where(the_only_data_finding(report), "samtaler", 2, column)
    assert not assessed(report)
    the_other_cases_are_judged_as_before(report)


def test_rows_of_sager_that_name_no_case_are_a_reservation(small: Path) -> None:
    rows = read(small, "sager")
    write(small, "sager", [*rows, rows[0] | {"sag_id": ""}, rows[0] | {"sag_id": " "}])
    said = checked(small)[1]["run"]["warnings"]
    assert next(one for one in said if "slet ikke med" in one).startswith(
        "I sager er der 2 rækker, hvor det ikke kan ses"
    )
    write(small, "sager", [*rows, {column: column for column in rows[0]}])
    assert not [one for one in checked(small)[1]["run"]["warnings"] if "slet ikke med" in one]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("sager", {"ydelsestype": "starthjaelp"}),
        ("samtaler", {"afholdt_dato": "2006-10-03"}),
        ("udbetalinger", {"beloeb": "1,00"}),
        ("journal", {"dato": "2007-02-13"}),
    ],
)
def test_differing_rows_with_one_key_are_all_set_aside(table: str, change: dict[str, str], small: Path) -> None:
    row = add(small, table, read(small, table)[0] | change)
    report = checked(small)[1]
    finding = the_only_data_finding(report)
    assert (finding["code"], finding["sag_id"]) == ("DQ004", "L001")
    assert sorted(cell["row"] for cell in finding["evidence"]) == [2, row]
    source = next(one for one in report["run"]["sources"] if one["table"] == table)
    assert source["rows_reported"] == 2
    assert not assessed(report)
    the_other_cases_are_judged_as_before(report)


def test_rows_without_a_key_are_no_doubles(small: Path) -> None:
    rows = [row | {"udbetaling_id": ""} for row in read(small, "udbetalinger")]
    write(small, "udbetalinger", rows)
    assert not [code for _, code in found(checked(small)[1]) if code.startswith("DQ")]


def test_an_interview_held_before_help_was_asked_for_is_told(small: Path) -> None:
    new = read(small, "samtaler")[1] | {"samtale_id": "ny", "indkaldt_dato": "", "planlagt_dato": ""}
    row = add(small, "samtaler", new | {"afholdt_dato": "2006-10-01", "registreret_dato": "2006-10-01"})
    report = checked(small)[1]
    finding = the_only_data_finding(report)
    assert finding["code"] == "DQ005"
    says_where(finding, "samtaler", row, "afholdt_dato")
    assert assessed(report)


def test_a_row_registered_before_it_was_held_still_meets_its_deadline(small: Path) -> None:
    spoil(small, "samtaler", 2, registreret_dato="2007-04-01")
    report = checked(small)[1]
    assert [code for sag_id, code in found(report) if sag_id == "L001"] == ["DQ005"]
    assert next(case for case in report["cases"] if case["sag_id"] == "L001")["outcome"] == "no_criticism"


def test_payments_that_overlap_are_told_and_both_count(small: Path) -> None:
    """L027 loses every day from July, and a second payment for its August is lost as well."""
    before = next(case for case in checked(small)[1]["cases"] if case["sag_id"] == "L027")
    new = {"udbetaling_id": "ny", "sag_id": "L027", "fra": "2007-08-05", "til": "2007-08-14", "beloeb": "1000,00"}
    row = add(small, "udbetalinger", dict.fromkeys(read(small, "udbetalinger")[0], "") | new)
    status, report = checked(small)
    finding = the_only_data_finding(report)
    after = next(case for case in report["cases"] if case["sag_id"] == "L027")
    assert status == 1
    assert (finding["code"], finding["sag_id"], finding["severity"]) == ("DQ006", "L027", "warning")
    says_where(finding, "udbetalinger", row, "fra")
    assert {cell["column"]: cell["value"] for cell in finding["evidence"]} == {"fra": "2007-08-05", "til": "2007-08-14"}
    more = float(after["expected"]["paid"]) - float(before["expected"]["paid"])
    assert more == pytest.approx(1000)
    assert after["expected"]["days"] == before["expected"]["days"]
    assert after["fully_assessed"]


@pytest.mark.parametrize(("first", "last"), [("2006-08-01", "2006-08-31"), ("2007-07-01", "2007-07-31")])
def test_a_payment_wholly_outside_its_case_is_told_and_counts_nowhere(first: str, last: str, small: Path) -> None:
    rows = read(small, "udbetalinger")
    write(small, "udbetalinger", [row for row in rows if row["sag_id"] != "L001" or row["til"] <= "2007-06-30"])
    spoil(small, "sager", 0, ophoersdato="2007-06-30")
    before = checked(small)[1]
    new = {"udbetaling_id": "ny", "sag_id": "L001", "fra": first, "til": last, "beloeb": "1000,00"}
    row = add(small, "udbetalinger", dict.fromkeys(rows[0], "") | new)
    report = checked(small)[1]
    finding = the_only_data_finding(report)
    assert (finding["code"], finding["sag_id"]) == ("DQ007", "L001")
    says_where(finding, "udbetalinger", row, "fra")
    assert judged(report) == judged(before)


def test_a_payment_partly_in_its_case_counts(small: Path) -> None:
    spoil(small, "sager", 0, ophoersdato="2007-12-10")
    assert "DQ007" not in {code for _, code in found(checked(small)[1])}


@pytest.mark.parametrize("cells", [3, 20])
def test_a_row_with_too_few_or_too_many_cells_is_told_and_not_used(cells: int, small: Path) -> None:
    file = small / "samtaler.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, ";".join(["X"] * cells)]) + "\n", encoding="utf-8")
    status, report = checked(small)
    finding = the_only_data_finding(report)
    assert status == 1
    assert (finding["code"], finding["sag_id"]) == ("DQ003", None)
    assert finding["message"].startswith(f"samtaler.csv, række {len(lines) + 1}, ")
    assert f"{cells} celler" in finding["message"]
    source = next(one for one in report["run"]["sources"] if one["table"] == "samtaler")
    assert (source["rows"], source["rows_reported"]) == (len(lines), 1)
    the_other_cases_are_judged_as_before(report)


def test_a_case_whose_own_row_cannot_be_used_is_in_the_report_and_not_assessed(small: Path) -> None:
    spoil(small, "sager", 0, anmodningsdato="snart")
    report = checked(small)[1]
    case = next(case for case in report["cases"] if case["sag_id"] == "L001")
    assert (case["outcome"], case["fully_assessed"]) == ("not_assessed", False)
    assert report["summary"]["cases"] == len(SMALL)
    assert report["summary"]["not_assessed"] == 1


def test_a_case_with_an_error_and_something_not_assessed_says_both(small: Path) -> None:
    rows = read(small, "udbetalinger")
    last = max(number for number, row in enumerate(rows) if row["sag_id"] == "L027")
    rows[last]["beloeb"] = "ulæseligt"
    write(small, "udbetalinger", rows)
    case = next(case for case in checked(small)[1]["cases"] if case["sag_id"] == "L027")
    assert (case["outcome"], case["fully_assessed"]) == ("error_with_loss", False)


def test_two_spoiled_values_in_one_row_are_both_told(small: Path) -> None:
    spoil(small, "samtaler", 2, afholdt_dato="31-02-2007", status="mødt")
    told = {(one["code"], one["evidence"][0]["column"]) for one in checked(small)[1]["findings"]}
    assert {("DQ003", "afholdt_dato"), ("DQ008", "status")} <= told


def test_the_heading_of_a_table_twice_is_refused(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = small / "samtaler.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(";team;", ";Sag-ID;", 1), encoding="utf-8")
    assert run(["check", str(small)]) == 2
    assert "overskriften sag_id findes 2 gange" in capsys.readouterr().err


def test_empty_tables_are_no_mistake(small: Path) -> None:
    for table in ("perioder", "udbetalinger", "journal"):
        file = small / f"{table}.csv"
        file.write_text(file.read_text(encoding="utf-8").split("\n", 1)[0] + "\n", encoding="utf-8")
    report = checked(small)[1]
    assert report["run"]["complete"] is True
    assert {one["table"]: one["rows"] for one in report["run"]["sources"]}["udbetalinger"] == 0
    assert report["summary"]["expected"]["refund_lost"] == "0.00"
