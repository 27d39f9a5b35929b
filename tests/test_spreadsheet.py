"""Spreadsheets: every cell as text, at the place a person finds it; and a sentence where a file cannot be read."""

import io
import os
import re
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kommunecheck.adapters import files, spreadsheet
from kommunecheck.adapters.panics import without_panics
from kommunecheck.adapters.unshown import column_number
from kommunecheck.adapters.unshown.xlsx import _by_element as by_element
from kommunecheck.adapters.unshown.xlsx import _up_to as up_to
from kommunecheck.adapters.unshown.xlsx import in_xlsx_xml
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.wording import column_letters
from kommunecheck.intake.values import read_amount, read_date
from kommunecheck.plugins.builtin import kommunecheck_adapters
from kommunecheck.ports import UNREADABLE, TextTable, Wanted

CANARY = "Kanarie Navnesen"
SOFFICE = shutil.which("soffice") or shutil.which("soffice", path="/usr/lib/libreoffice/program")

Sheets = Mapping[str, Sequence[Sequence[Any]]]


def has_id(cells: Sequence[str]) -> bool:
    return "sag_id" in cells


def wanted(**other: Any) -> Wanted:
    return Wanted("sager", has_id, **other)


def made(path: Path, fill: Callable[[xlsxwriter.Workbook], object]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd-mm-yyyy"}) as book:
        fill(book)
    return path


def workbook(folder: Path, sheets: Sheets, name: str = "bog.xlsx") -> Path:
    def fill(book: xlsxwriter.Workbook) -> None:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    else:
                        sheet.write(number, column, cell)

    return made(folder / name, fill)


def cells_of(table: TextTable) -> list[tuple[Any, ...]]:
    """The rows, each with its number in the sheet first."""
    return table.frame.select("row", pl.exclude("row")).rows()


def sentence(path: Path, asked: Wanted | None = None) -> str:
    with pytest.raises(UserError) as raised:
        spreadsheet.read(path, asked or wanted())
    error = raised.value
    assert error.__suppress_context__ or error.__context__ is None, "the library's own words would be shown"
    return str(error)


# A workbook of our own, to write in it what no program writes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KEYS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="r" Type="{KEYS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KEYS}"><sheets><sheet name="Ark1" sheetId="1" r:id="s"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
    f'<Relationship Id="s" Type="{KEYS}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
}
SHEET = "xl/worksheets/sheet1.xml"


def packed(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def raw_workbook(folder: Path, rows: str, before: str = "") -> Path:
    return packed(folder / "bog.xlsx", {**PARTS, SHEET: sheet_xml(rows, before)})


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADING = f'<row r="1">{text_cell("A1", "sag_id")}{text_cell("B1", "beloeb")}</row>'

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def open_workbook(folder: Path, sheets: Mapping[str, str], manifest: str = "", doctype: str = "") -> Path:
    tables = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items())
    content = (
        f"{doctype}<office:document-content {SPACES} {CALC}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    listed = f'<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0">{manifest}</manifest:manifest>'
    return packed(folder / "bog.ods", {"mimetype": ODS, "META-INF/manifest.xml": listed, "content.xml": content})


def ods_row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def ods_text(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods_cell(attributes: str, inside: str = "") -> str:
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def ods_blank(times: int = 1) -> str:
    return f'<table:table-cell table:number-columns-repeated="{times}"/>'


def record(kind: int, *parts: bytes) -> bytes:
    return struct.pack("<HH", kind, sum(map(len, parts))) + b"".join(parts)


def old_text(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1), text.encode("utf-16-le"))


def old_number(row: int, column: int, number: float, look: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, look, number))


def old_error(row: int, column: int, *, formula: bool) -> bytes:
    if formula:  # the result says: an error, division by zero
        return record(0x0006, struct.pack("<HHH", row, column, 0), b"\x02\0\x07\0\0\0\xff\xff", bytes(8))
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, 0x07, 1))


def old_workbook(path: Path, *cells: bytes, protected: bool = False, size: int = 4096) -> Path:
    """A .xls by hand: the stream with the workbook, in as small a file system as can be."""
    version = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    looks = [record(0x00E0, struct.pack("<HH16x", 0, number)) for number in (0, 14)]  # 14 is a date
    start = record(0x0809, version) + (record(0x002F, bytes(6)) if protected else b"") + b"".join(looks)
    title = struct.pack("<BB", 4, 0) + b"Ark1"
    end = record(0x000A)
    place = len(start) + 4 + 6 + len(title) + len(end)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + b"".join(cells) + end
    stream = start + record(0x0085, struct.pack("<IBB", place, 0, 0), title) + end + sheet
    stream = stream.ljust(size, b"\0")
    path.write_bytes(in_ole(stream))
    return path


NONE, LAST, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def in_ole(stream: bytes, stream_name: str = "Workbook") -> bytes:
    """Sector 0 is the table of sectors, 1 the directory, 2 the table of small sectors; then comes the stream.

    A stream below 4096 bytes is stored in small sectors, which are themselves in the stream of the root.
    """
    small = len(stream) < 4096
    sectors, parts = -(-len(stream) // 512), -(-len(stream) // 64)
    chain = [TABLE, LAST, LAST, *range(4, sectors + 3), LAST]
    table = struct.pack("<128I", *chain, *[NONE] * (128 - len(chain)))
    small_chain = [*range(1, parts), LAST] if small else []
    small_table = struct.pack("<128I", *small_chain, *[NONE] * (128 - len(small_chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 2 if small else LAST, int(small), LAST, 0, 0)
    header += struct.pack("<108I", *[NONE] * 108)

    def entry(title: str, kind: int, start: int, size: int, child: int) -> bytes:
        name = (title + "\0").encode("utf-16-le") if title else b""
        return (
            name.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(name), kind, 1, NONE, NONE, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    root = entry("Root Entry", 5, 3 if small else LAST, sectors * 512 if small else 0, 1)
    directory = root + entry(stream_name, 2, 0 if small else 3, len(stream), NONE) + entry("", 0, 0, 0, NONE) * 2
    return header + table + directory + small_table + stream.ljust(sectors * 512, b"\0")


# Places


def test_title_rows_and_blank_rows_count(tmp_path):
    rows = [["Udtræk fra DRV"], [], ["sag_id", "team"], ["S1", "Øst"], [], ["S2", "Åen"]]
    table = spreadsheet.read(workbook(tmp_path, {"Ark1": rows}), wanted())
    assert (table.headings, table.header_row, table.sheet, table.ragged) == (("sag_id", "team"), 3, "Ark1", ())
    assert cells_of(table) == [(4, "S1", "Øst"), (5, None, None), (6, "S2", "Åen")]
    assert table.frame.schema == {"0": pl.String, "1": pl.String, "row": pl.UInt32}
    assert table.sha256 == sha256((tmp_path / "bog.xlsx").read_bytes()).hexdigest()


def test_a_table_further_down_and_to_the_right_keeps_its_place(tmp_path):
    rows = [[], [], [None, None, "sag_id", "team"], [None, None, "S1", "Øst"]]
    table = spreadsheet.read(workbook(tmp_path, {"Ark1": rows}), wanted())
    assert (table.headings, table.header_row) == (("", "", "sag_id", "team"), 3)
    assert cells_of(table) == [(4, None, None, "S1", "Øst")]


def test_columns_without_heading_and_cells_are_dropped_at_the_end_only(tmp_path):
    rows = [["Titel", None, None, None, "uden for"], ["sag_id", None, "team"], ["S1", None, None, "bemærkning", "  "]]
    table = spreadsheet.read(workbook(tmp_path, {"Ark1": rows}), wanted())
    assert table.headings == ("sag_id", "", "team", "")
    assert cells_of(table) == [(3, "S1", None, None, "bemærkning")]


def test_a_heading_without_rows_is_a_table_without_rows(tmp_path):
    table = spreadsheet.read(workbook(tmp_path, {"Ark1": [["sag_id", "team"]]}), wanted())
    assert table.headings == ("sag_id", "team")
    assert table.frame.schema == {"0": pl.String, "1": pl.String, "row": pl.UInt32}
    assert table.frame.height == 0


def test_more_rows_than_are_turned_at_a_time_keep_their_numbers(tmp_path):
    many = 2 * spreadsheet.TOGETHER + 7
    rows = [["sag_id"], *([number] for number in range(many))]
    table = spreadsheet.read(workbook(tmp_path, {"Ark1": rows}), wanted())
    assert table.frame["row"].to_list() == list(range(2, many + 2))
    assert table.frame["0"].to_list() == [str(number) for number in range(many)]


# Which sheet

TABLE_ROWS = [["sag_id"], ["S1"]]
OTHER_ROWS = [["notat"], ["N1"]]


def test_the_sheet_that_is_asked_for(tmp_path):
    path = workbook(tmp_path, {"sager": TABLE_ROWS, "Noter 2007": OTHER_ROWS})
    assert spreadsheet.read(path, wanted(sheet=" noter 2007 ")).sheet == "Noter 2007"


def test_the_sheet_with_the_table_s_name(tmp_path):
    path = workbook(tmp_path, {"Kopi": TABLE_ROWS, " Sager": OTHER_ROWS})
    assert spreadsheet.read(path, wanted()).sheet == " Sager"


def test_the_first_sheet_with_the_headings(tmp_path):
    path = workbook(tmp_path, {"Forside": OTHER_ROWS, "Tom": [], "Data": TABLE_ROWS, "Kopi": TABLE_ROWS})
    assert spreadsheet.read(path, wanted()).sheet == "Data"


def test_the_first_sheet_with_cells(tmp_path):
    path = workbook(tmp_path, {"Tom": [], "Data": OTHER_ROWS, "Mere": OTHER_ROWS})
    assert spreadsheet.read(path, wanted()).sheet == "Data"


def test_a_hidden_sheet_comes_last_and_a_diagram_not_at_all(tmp_path):
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_chartsheet("Graf").set_chart(chart := book.add_chart({"type": "line"}))
        hidden, seen = book.add_worksheet("Gammel"), book.add_worksheet("Ny")
        seen.activate()
        hidden.hide()
        for sheet, text in ((hidden, "gammel"), (seen, "ny")):
            sheet.write_column(0, 0, ["sag_id", text])
        chart.add_series({"values": "=Ny!$A$2"})

    path = made(tmp_path / "bog.xlsx", fill)
    assert spreadsheet.sheets(path) == ("Gammel", "Ny")
    assert cells_of(spreadsheet.read(path, wanted())) == [(2, "ny")]
    assert cells_of(spreadsheet.read(path, wanted(sheet="Gammel"))) == [(2, "gammel")]
    assert [spreadsheet.read(path, wanted(sheet=name)).is_hidden for name in ("Gammel", "Ny")] == [True, False]


def test_a_missing_sheet_names_those_there_are_without_numbers_of_persons(tmp_path):
    path = workbook(tmp_path, {"Samtaler": OTHER_ROWS, "Sag 610107-1234": TABLE_ROWS})
    said = sentence(path, wanted(sheet="670107-4321"))
    assert said == (
        "bog.xlsx har intet ark med navnet »xxxxxx-xxxx«. Filen har 2 ark: »Samtaler«, »Sag xxxxxx-xxxx«. "
        "Ret `sheet` for kilden i kommunecheck.toml."
    )


def test_a_workbook_without_a_cell_is_empty(tmp_path):
    path = workbook(tmp_path, {"Ark1": [], "Ark2": []})
    assert sentence(path).startswith("bog.xlsx er tom. ")
    assert sentence(path, wanted(sheet="Ark2")).startswith("bog.xlsx: arket »Ark2« er tomt. ")


# Which row


def test_the_row_that_is_asked_for(tmp_path):
    path = workbook(tmp_path, {"Ark1": [["sag_id"], ["titel"], ["S1"]]})
    table = spreadsheet.read(path, wanted(header_row=2))
    assert (table.headings, cells_of(table)) == (("titel",), [(3, "S1")])


@pytest.mark.parametrize("row", [3, 5, 10**9])
def test_a_row_that_is_not_there_cannot_be_the_heading(tmp_path, row):
    said = sentence(workbook(tmp_path, {"Ark1": [["sag_id"], ["S1"], [], ["S2"]]}), wanted(header_row=row))
    assert said == (
        f"bog.xlsx, arket »Ark1«, har ingen overskrifter i række {row}. "
        "Ret `header_row` for kilden i kommunecheck.toml."
    )


def test_without_a_heading_the_first_row_that_is_not_blank_is_taken(tmp_path):
    table = spreadsheet.read(workbook(tmp_path, {"Ark1": [[], ["  "], ["sag"], ["S1"]]}), wanted())
    assert (table.header_row, table.headings, cells_of(table)) == (3, ("sag",), [(4, "S1")])


def test_only_the_first_rows_are_searched(tmp_path):
    said = sentence(workbook(tmp_path, {"Ark1": [*[[]] * 50, ["sag_id"]]}))
    assert "de første 50 rækker er tomme" in said


def two_rows_high(path: Path, *, merged: bool = True) -> Path:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Ark1")
        sheet.merge_range("A1:E1", "Samtaler i 2007")
        if merged:
            sheet.merge_range("A3:A4", "sag_id")
            sheet.merge_range("B3:B4", "team")
        else:
            sheet.write_row("A3", ["sag_id", "team"])
        sheet.merge_range("C3:E3", "Samtale")
        sheet.write_row("C4", ["type", "status", "holdt"])
        sheet.write_row("A5", ["S1", "Øst", "kontaktsamtale", "afholdt", "ja"])

    return made(path, fill)


@pytest.mark.parametrize("header_row", [None, 4])
def test_a_heading_two_rows_high(tmp_path, header_row):
    asked = Wanted("samtaler", lambda cells: {"sag_id", "type"} <= set(cells), header_row)
    table = spreadsheet.read(two_rows_high(tmp_path / "bog.xlsx"), asked)
    assert (table.headings, table.header_row) == (("sag_id", "team", "type", "status", "holdt"), 4)
    assert cells_of(table) == [(5, "S1", "Øst", "kontaktsamtale", "afholdt", "ja")]


def test_only_a_cell_that_is_merged_with_it_lends_its_heading(tmp_path):
    asked = Wanted("samtaler", lambda cells: {"sag_id", "type"} <= set(cells))
    table = spreadsheet.read(two_rows_high(tmp_path / "bog.xlsx", merged=False), asked)
    assert (table.headings[0], table.header_row) == ("Samtaler i 2007", 1)


def test_a_heading_two_rows_high_in_an_ods(tmp_path):
    covered = "<table:covered-table-cell/>"
    rows = (
        ods_row(ods_cell('table:number-rows-spanned="2" office:value-type="string"', "<text:p>sag_id</text:p>"))
        + ods_row(covered, ods_text("type"))
        + ods_row(ods_text("S1"), ods_text("anden"))
    )
    asked = Wanted("samtaler", lambda cells: {"sag_id", "type"} <= set(cells))
    table = spreadsheet.read(open_workbook(tmp_path, {"Ark1": rows}), asked)
    assert (table.headings, table.header_row, cells_of(table)) == (("sag_id", "type"), 2, [(3, "S1", "anden")])


# Cells to text

WRITTEN = [
    ("Ærø & Øster <Å>", "Ærø & Øster <Å>"),
    ("  med blanke ", "  med blanke "),
    ("to\nlinjer", "to\nlinjer"),
    ("0012345678", "0012345678"),
    ("#N/A", "#N/A"),
    (True, "true"),
    (False, "false"),
    (0, "0"),
    (-7, "-7"),
    (123, "123"),
    (20070331, "20070331"),
    (123456789012345, "123456789012345"),
    (999999999999999, "999999999999999"),
    (1e15, UNREADABLE),
    (-1e15, UNREADABLE),
    (1e20, UNREADABLE),
    (8959.5, "8959,5"),
    (8959.55, "8959,55"),
    (466.775, "466,775"),
    (1234.56, "1234,56"),
    (-0.05, "-0,05"),
    (0.1 + 0.2, "0,3"),
    (3 * 8959.1, "26877,3"),
    (1234.567, "1234,567"),
    (0.00001, "0,00001"),
    (1e-12, "0"),
    (-1e-12, "0"),
    (date(2007, 3, 31), "2007-03-31"),
    (datetime(2007, 3, 31), "2007-03-31"),  # noqa: DTZ001 - a sheet knows no time zones
    (datetime(2007, 3, 31, 10, 30), "2007-03-31 10:30:00"),  # noqa: DTZ001
    (date(1900, 3, 1), "1900-03-01"),
]


def in_formats(book: xlsxwriter.Workbook, cells: Sequence[Any]) -> None:
    """A sheet with one cell a row; times have a format of their own."""
    sheet = book.add_worksheet("Ark1")
    sheet.write_string(0, 0, "sag_id")
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    clock, hours = book.add_format({"num_format": "hh:mm"}), book.add_format({"num_format": "[h]:mm"})
    for row, cell in enumerate(cells, start=1):
        if isinstance(cell, str):
            sheet.write_string(row, 0, cell)
        elif isinstance(cell, datetime):
            sheet.write_datetime(row, 0, cell, moment)
        elif isinstance(cell, time | timedelta):
            sheet.write_datetime(row, 0, cell, clock if isinstance(cell, time) else hours)
        else:
            sheet.write(row, 0, cell)


def test_cells_are_written_as_they_were_meant(tmp_path):
    path = made(tmp_path / "bog.xlsx", lambda book: in_formats(book, [cell for cell, _ in WRITTEN]))
    assert spreadsheet.read(path, wanted()).frame["0"].to_list() == [text for _, text in WRITTEN]


def test_times_of_day_are_not_taken_for_days(tmp_path):
    path = made(tmp_path / "bog.xlsx", lambda book: in_formats(book, [time(10, 30), timedelta(hours=30)]))
    texts = spreadsheet.read(path, wanted()).frame["0"].to_list()
    assert texts[0] == "10:30:00"
    assert [read_date(text) for text in texts] == [None, None]


def test_types_are_not_mixed_up_within_a_column(tmp_path):
    cells = [1, True, 1.0, "1", "", "true", 0, False, date(1900, 3, 1)]
    path = made(tmp_path / "bog.xlsx", lambda book: in_formats(book, cells))
    texts = spreadsheet.read(path, wanted()).frame["0"].to_list()
    assert texts == ["1", "true", "1", "1", None, "true", "0", "false", "1900-03-01"]


def test_amounts_and_days_can_be_read_from_what_is_written(tmp_path):
    cells = [8959, 8959.5, 8959.55, 1234.56, 0.1 + 0.2, date(2007, 3, 31), datetime(2007, 3, 31, 10, 30)]  # noqa: DTZ001
    path = made(tmp_path / "bog.xlsx", lambda book: in_formats(book, cells))
    texts = spreadsheet.read(path, wanted()).frame["0"].to_list()
    assert [read_amount(text) for text in texts[:5]] == [895900, 895950, 895955, 123456, 30]
    assert [read_date(text) for text in texts[5:]] == [date(2007, 3, 31).toordinal()] * 2


def test_the_calendar_from_1904(tmp_path):
    path = tmp_path / "bog.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True, "default_date_format": "dd-mm-yyyy"}) as book:
        in_formats(book, [date(2007, 3, 31)])
    assert cells_of(spreadsheet.read(path, wanted())) == [(2, "2007-03-31")]


# Errors and formulas

LACKING = [
    ('<c r="B2" t="e"><v>#N/A</v></c>', UNREADABLE),
    ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', UNREADABLE),
    ('<c r="B2" t="e"><v>#REF!</v></c>', UNREADABLE),
    ('<c r="B2" t="e"><v>#VALUE!</v></c>', UNREADABLE),
    ('<c r="B2" t="e"><v>#NAME?</v></c>', UNREADABLE),
    ('<c r="B2" t="e"><v>#NULL!</v></c>', UNREADABLE),
    ('<c r="B2" t="e"><v>#NUM!</v></c>', UNREADABLE),
    ('<c r="B2" t="e"><v>#GETTING_DATA</v></c>', UNREADABLE),
    ('<c r="B2" s="0" t="e" cm="1"><f t="array" ref="B2">X()</f><v>#SPILL!</v></c>', UNREADABLE),
    ('<c r="B2"><f>A2</f></c>', UNREADABLE),
    ('<c r="B2"><f>A2</f><v/></c>', UNREADABLE),
    ('<c r="B2"><f>A2</f><v></v></c>', UNREADABLE),
    ('<c r="B2"><f t="shared" si="0"/></c>', UNREADABLE),
    ('<c r="B2" t="str"><f>A2</f></c>', UNREADABLE),
    ('<c r="B2" t="str"><f>""</f><v></v></c>', None),
    ('<c r="B2" t="str"><f>""</f><v/></c>', None),
    ('<c r="B2" t="str"><f>A2</f><v>ja</v></c>', "ja"),
    ('<c r="B2"><f>1+1</f><v>2</v></c>', "2"),
    ('<c r="B2" t="b"><f>1=1</f><v>1</v></c>', "true"),
    ('<c r="B2" t="inlineStr"><is><t># t="e" &lt;f&gt;</t></is></c>', '# t="e" <f>'),
    ("<c r='B2' t='e'><v>#N/A</v></c>", UNREADABLE),
    ('<c t="e" r="B2"><v>#N/A</v></c>', UNREADABLE),
    ('<c r="B2"><!-- <f>A2</f> --><v>5</v></c>', "5"),
    ('<c r="B2"/>', None),
]


@pytest.mark.parametrize(("cell", "text"), LACKING)
def test_what_has_no_value_is_unreadable_and_not_blank(tmp_path, cell, text):
    row = f'<row r="2">{text_cell("A2", "S1")}{cell}{text_cell("C2", "her")}</row>'
    table = spreadsheet.read(raw_workbook(tmp_path, HEADING + row), wanted())
    assert cells_of(table) == [(2, "S1", text, "her")]


def test_formulas_beyond_the_last_value_are_rows_too(tmp_path):
    below = '<row r="4"><c r="A4"><f>A1</f></c><c r="D4"><f>A1</f></c></row>'
    table = spreadsheet.read(
        raw_workbook(tmp_path, f'{HEADING}<row r="2">{text_cell("A2", "S1")}</row>{below}'), wanted()
    )
    assert table.headings == ("sag_id", "beloeb", "", "")
    assert cells_of(table) == [
        (2, "S1", None, None, None),
        (3, None, None, None, None),
        (4, UNREADABLE, None, None, UNREADABLE),
    ]


def test_a_heading_without_a_value_is_blank(tmp_path):
    heading = f'<row r="1">{text_cell("A1", "sag_id")}<c r="B1" t="e"><v>#REF!</v></c></row>'
    table = spreadsheet.read(raw_workbook(tmp_path, heading + '<row r="2"><c r="B2"><v>1</v></c></row>'), wanted())
    assert (table.headings, cells_of(table)) == (("sag_id", ""), [(2, None, "1")])


def test_errors_of_a_real_writer(tmp_path):
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Ark1")
        sheet.write_row(0, 0, ["sag_id", "beloeb"])
        sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 1, "=1+1", None, 2)
        sheet.write_formula(2, 0, "=A1", None, "")
        sheet.write_string(2, 1, "#DIV/0!")

    assert cells_of(spreadsheet.read(made(tmp_path / "bog.xlsx", fill), wanted())) == [
        (2, UNREADABLE, "2"),
        (3, UNREADABLE, "#DIV/0!"),
    ]


def test_cells_that_do_not_say_where_they_stand(tmp_path):
    rows = "<row><c t='str'><v>sag_id</v></c><c t='str'><v>b</v></c></row><row><c><v>1</v></c><c><f>A1</f></c></row>"
    assert cells_of(spreadsheet.read(raw_workbook(tmp_path, rows), wanted())) == [(2, "1", UNREADABLE)]


def test_elements_with_a_prefix(tmp_path):
    xml = sheet_xml(f'{HEADING}<row r="2"><c r="A2" t="e"><v>#SPILL!</v></c><c r="B2"><v>5</v></c></row>')
    xml = xml.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("<x:?", "<?")
    path = packed(tmp_path / "bog.xlsx", {**PARTS, SHEET: xml.replace("xmlns=", "xmlns:x=")})
    assert cells_of(spreadsheet.read(path, wanted())) == [(2, UNREADABLE, "5")]


references = st.builds("{}{}".format, st.sampled_from(["A", "B", "Z", "AA", "AB", "ZZ"]), st.integers(1, 30))
cell_texts = st.sampled_from(
    ["<v>1</v>", "", "<f>A1</f>", "<f>A1</f><v/>", "<f>A1</f><v>2</v>", "<f/><v></v>", "<v>#N/A</v>", "<v>#SPILL!</v>"]
)
cell_kinds = st.sampled_from(["", ' t="e"', ' t="str"', ' s="1" t="e"', ' t="n"', ' t="b"'])


@given(st.lists(st.tuples(references, cell_kinds, cell_texts), max_size=12))
def test_searching_a_sheet_finds_what_going_through_it_finds(cells):
    rows = [f'<row r="{place.lstrip("ABZ")}"><c r="{place}"{kind}>{inside}</c></row>' for place, kind, inside in cells]
    rows.append('<row r="31"><c r="A31" t="e"><v>#REF!</v></c></row>')
    xml = sheet_xml("".join(rows)).encode()
    searched, gone_through = in_xlsx_xml(xml, "bog.xlsx"), by_element(xml, "bog.xlsx")
    assert set(searched.valueless) == set(gone_through.valueless)
    assert set(searched.strange) == set(gone_through.strange)


# How far out cells may lie


@pytest.mark.parametrize("last", [1, 9, 10, 26, 27, 52, 100, 702, 703, 1999, 16384])
def test_a_pattern_counts_as_far_as_it_is_told(last):
    digits, letters = re.compile(up_to(str(last), "0", "9")), re.compile(up_to(column_letters(last), "A", "Z"))
    for number in range(1, 2 * last + 30):
        assert (digits.fullmatch(str(number)) is not None) == (number <= last)
        assert (letters.fullmatch(column_letters(number)) is not None) == (number <= last)
        assert column_number(column_letters(number)) == number


@pytest.mark.parametrize(
    "cell",
    ['<c r="XFD1048576"><v>1</v></c>', '<c r="XFD1048576"><f>A1</f></c>', "<c r='XFD1048576'><v>1</v></c>"],
)
def test_a_cell_far_out_fills_no_memory(tmp_path, cell):
    said = sentence(raw_workbook(tmp_path, f'{HEADING}<row r="1048576">{cell}</row>'))
    assert said.startswith("bog.xlsx har en celle langt ude: et ark går til kolonne XFD og række 1048576, ")


def test_a_cell_in_another_row_than_it_stands_in_is_found(tmp_path):
    said = sentence(raw_workbook(tmp_path, f'{HEADING}<row r="2"><c r="XFD1048576"><v>1</v></c></row>'))
    assert "celle langt ude" in said


def test_a_place_that_no_sheet_has_is_refused(tmp_path):
    said = sentence(raw_workbook(tmp_path, f'{HEADING}<row r="2"><c r="ZZZZ2"><v>1</v></c></row>'))
    assert "celle langt ude" in said


@pytest.mark.parametrize("before", ["", '<dimension ref="A1:XFD1048576"/>'])
def test_cells_with_only_a_colour_and_claims_of_size_are_no_cells(tmp_path, before):
    rows = f'{HEADING}<row r="2">{text_cell("A2", "S1")}</row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    table = spreadsheet.read(raw_workbook(tmp_path, rows, before), wanted())
    assert (table.headings, cells_of(table)) == (("sag_id", "beloeb"), [(2, "S1", None)])


def test_an_ods_that_repeats_its_cells_fills_no_memory(tmp_path):
    many = 'table:number-columns-repeated="16384" office:value-type="string"'
    rows = ods_row(ods_text("sag_id")) + ods_row(ods_cell(many, "<text:p>x</text:p>"), times=1_000_000)
    assert "celle langt ude" in sentence(open_workbook(tmp_path, {"Ark1": rows}))
    rows = ods_row(ods_text("sag_id")) + ods_row(ods_cell('table:formula="of:=A1"'), times=900_000_000)
    assert "celle langt ude" in sentence(open_workbook(tmp_path, {"Ark1": rows}))


def test_an_old_workbook_with_a_cell_far_out(tmp_path):
    path = old_workbook(tmp_path / "bog.xls", old_text(0, 0, "sag_id"), old_number(65535, 255, 1.0))
    assert "kolonne IV og række 65536" in sentence(path)


# The other formats


def test_an_ods(tmp_path):
    rows = (
        ods_row(ods_text("Titel"), ods_blank(16383))
        + ods_row(ods_blank(16384), times=2)
        + ods_row(ods_blank(), *map(ods_text, ("sag_id", "dato", "beloeb", "ja", "fejl", "venter", "tom")))
        + ods_row(
            ods_blank(),
            ods_text("0012"),
            ods_cell('office:value-type="date" office:date-value="2007-03-31"'),
            ods_cell('office:value-type="currency" office:value="8959.55"'),
            ods_cell('office:value-type="boolean" office:boolean-value="true"'),
            ods_cell(
                'table:formula="of:=NA()" office:value-type="string" office:string-value="" '
                'calcext:value-type="error"',
                "<text:p>#N/A</text:p>",
            ),
            ods_cell('table:formula="of:=A1"'),
            ods_cell('table:formula="of:=&quot;&quot;"', "<text:p/>"),
            ods_blank(16376),
        )
        + ods_row(ods_blank(5), ods_cell('table:formula="of:=1/0" office:value-type="float" office:value="0"',
                                         "<text:p>#DIVISION/0!</text:p>"), times=2)
        + ods_row(ods_blank(16384), times=1_000_000)
    )  # fmt: skip
    table = spreadsheet.read(open_workbook(tmp_path, {"Forside": "", "Data": rows}), wanted())
    assert (table.headings[:3], table.header_row, table.sheet) == (("", "sag_id", "dato"), 4, "Data")
    wrong = (None, None, None, None, None, UNREADABLE, None, None)
    assert cells_of(table) == [
        (5, None, "0012", "2007-03-31", "8959,55", "true", UNREADABLE, UNREADABLE, None),
        (6, *wrong),
        (7, *wrong),
    ]


def test_a_note_beside_an_ods_cell_is_not_its_text(tmp_path):
    note = "<office:annotation><text:p>husk</text:p></office:annotation>"
    cell = ods_cell('office:value-type="string"', f"{note}<text:p>S1</text:p>")
    path = open_workbook(tmp_path, {"Ark1": ods_row(ods_text("sag_id")) + ods_row(cell)})
    assert cells_of(spreadsheet.read(path, wanted())) == [(2, "S1")]


@pytest.mark.parametrize("size", [4096, 6000, 2000])
def test_an_old_workbook(tmp_path, size):
    path = old_workbook(
        tmp_path / "bog.xls",
        old_text(2, 1, "sag_id"), old_text(2, 2, "dato"), old_text(2, 3, "beløb"),
        old_text(3, 1, "Sø1"), old_number(3, 2, 39172.0, look=1), old_number(3, 3, 8959.55),
        record(0x0205, struct.pack("<HHHBB", 4, 1, 0, 1, 0)),
        old_error(4, 2, formula=False), old_error(4, 3, formula=True),
        size=size,
    )  # fmt: skip
    assert spreadsheet.sheets(path) == ("Ark1",)
    table = spreadsheet.read(path, wanted())
    assert (table.headings, table.header_row, table.sheet) == (("", "sag_id", "dato", "beløb"), 3, "Ark1")
    assert cells_of(table) == [
        (4, None, "Sø1", "2007-03-31", "8959,55"),
        (5, None, "true", UNREADABLE, UNREADABLE),
    ]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: nothing else here writes .xls and .ods")
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_what_libreoffice_writes_is_read_as_the_workbook_it_was_made_from(tmp_path, ending):
    def fill(book: xlsxwriter.Workbook) -> None:
        in_formats(book, [cell for cell, _ in WRITTEN if not isinstance(cell, bool)])  # it makes numbers of yes and no
        two = book.add_worksheet("Øvrige")
        two.write_row(3, 2, ["sag_id", "fejl"])
        two.write_formula(4, 3, "=1/0", None, "#DIV/0!")
        two.write_row(6, 2, ["S1", "sidste"])

    path = made(tmp_path / "bog.xlsx", fill)
    home = f"-env:UserInstallation={(tmp_path.parent / 'libreoffice').as_uri()}"
    subprocess.run(  # noqa: S603 - a program that is installed, on a file of our own
        [str(SOFFICE), home, "--headless", "--convert-to", ending, "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    copy = path.with_suffix(f".{ending}")
    assert spreadsheet.sheets(copy) == spreadsheet.sheets(path)
    for sheet in spreadsheet.sheets(path):
        theirs, ours = (spreadsheet.read(one, wanted(sheet=sheet)) for one in (copy, path))
        assert (theirs.headings, theirs.header_row) == (ours.headings, ours.header_row)
        assert cells_of(theirs) == cells_of(ours)


def test_a_workbook_with_macros_is_read_and_nothing_is_run(tmp_path):
    path = workbook(tmp_path, {"Ark1": TABLE_ROWS}, "bog.xlsm")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub Auto_Open()")
    assert cells_of(spreadsheet.read(path, wanted())) == [(2, "S1")]


NO_DAYS = (1e9, 1e12, -1e12, 1e300)


@pytest.mark.parametrize("look", ["dd-mm-yyyy", "[h]:mm"])
@pytest.mark.parametrize("number", NO_DAYS)
def test_a_number_that_is_no_day_is_a_number_whatever_its_format(tmp_path, capfd, number, look):
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Ark1")
        odd, money = book.add_format({"num_format": look}), book.add_format({"num_format": "0.00"})
        sheet.write_row(0, 0, ["sag_id", "dato", "beløb"])
        sheet.write_row(1, 0, ["S1", date(2007, 3, 31)])
        sheet.write(2, 0, "S2")
        sheet.write_number(2, 1, number, odd)
        sheet.write_number(2, 2, 0.5, money)
        sheet.write_row(3, 0, ["S3", date(2007, 4, 1)])
        sheet.write_formula(3, 2, "=B3", odd, number)
        sheet.write_formula(4, 2, "=NOT.WORKED.OUT()", odd, "")

    rows = cells_of(spreadsheet.read(made(tmp_path / "bog.xlsx", fill), wanted()))
    shown = str(int(number)) if abs(number) < 1e15 else UNREADABLE
    assert rows[:2] == [(2, "S1", "2007-03-31", None), (3, "S2", shown, "0,5")]
    assert rows[2] == (4, "S3", "2007-04-01", shown)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("number", NO_DAYS)
def test_a_number_that_is_no_day_is_a_number_in_an_old_workbook_too(tmp_path, capfd, number):
    short = struct.pack("<I", struct.unpack("<I", struct.pack("<d", number)[4:])[0] & ~3)
    value = struct.unpack("<d", bytes(4) + short)[0]
    path = old_workbook(
        tmp_path / "bog.xls",
        old_text(0, 0, "sag_id"), old_text(1, 0, "S1"), old_number(1, 1, 39172.0, look=1),
        old_number(2, 1, number, look=1),
        record(0x027E, struct.pack("<HHH", 3, 1, 1), short),
        record(0x00BD, struct.pack("<HHH", 4, 0, 1), short, struct.pack("<H", 1), short, struct.pack("<H", 1)),
        record(0x0006, struct.pack("<HHHd", 5, 1, 1, number), bytes(8)),
        old_number(6, 1, 39173.0, look=1),
    )  # fmt: skip
    rows = cells_of(spreadsheet.read(path, wanted()))
    shown, shortened = (str(int(one)) if abs(one) < 1e15 else UNREADABLE for one in (number, value))
    assert rows == [
        (2, "S1", "2007-03-31"),
        (3, None, shown),
        (4, None, shortened),
        (5, shortened, shortened),
        (6, None, shown),
        (7, None, "2007-04-01"),
    ]
    assert capfd.readouterr().err == ""


def test_what_the_library_says_when_it_panics_reaches_nobody(tmp_path, capfd):
    path = old_workbook(tmp_path / "bog.xls", old_text(0, 0, "sag_id"), record(0x0203, struct.pack("<HHH", 1, 0, 0)))
    with pytest.raises(UserError, match="er beskadiget eller ikke et regneark"):
        spreadsheet.read(path, wanted())
    assert capfd.readouterr().err == ""


def test_what_others_say_meanwhile_is_kept(capfd):
    with without_panics():
        os.write(2, b"en linje\n")
    assert capfd.readouterr().err == "en linje\n"


# Files that cannot be read

LIBRARY_WORDS = ("error", "zip", "xml", "calamine", "invalid", "expect", "traceback", "panic", CANARY.lower())
BOMB = '<!DOCTYPE b [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'


def with_sheet(xml: str | bytes) -> Callable[[Path], Path]:
    return lambda folder: packed(folder / "bog.xlsx", {**PARTS, SHEET: xml})


def with_part(part: str, xml: str) -> Callable[[Path], Path]:
    return lambda folder: packed(
        folder / "bog.xlsx", {**PARTS, SHEET: sheet_xml(HEADING.replace("sag_id", CANARY)), part: xml}
    )


def with_bytes(name: str, raw: bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(raw)
        return folder / name

    return write


def cut_short(folder: Path) -> Path:
    path = workbook(folder, {"Ark1": [["sag_id"], *[[CANARY]] * 50]})
    path.write_bytes(path.read_bytes()[:-100])
    return path


def spoiled(folder: Path) -> Path:
    """A package that is whole, but for a byte in the middle of the sheet."""
    path = packed(folder / "bog.xlsx", {**PARTS, SHEET: sheet_xml(HEADING)})
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        place = package.getinfo(SHEET).header_offset + 30 + len(SHEET) + 60
    raw[place] ^= 0xFF
    path.write_bytes(raw)
    return path


def named_twice(folder: Path) -> Path:
    path = raw_workbook(folder, HEADING)
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr(SHEET, sheet_xml(HEADING))
    return path


def too_large(folder: Path) -> Path:
    return packed(folder / "bog.xlsx", {**PARTS, SHEET: bytes(files.SMALL + 1)})


def old_cut_short(folder: Path) -> Path:
    path = old_workbook(folder / "bog.xls", old_text(0, 0, "sag_id"))
    path.write_bytes(path.read_bytes()[:700])
    return path


def old_without_its_last_rows(folder: Path) -> Path:
    many = [old_text(row, 0, "sag_id") for row in range(400)]
    path = old_workbook(folder / "bog.xls", *many)
    path.write_bytes(path.read_bytes()[:-2048])
    return path


def old_that_does_not_end(folder: Path) -> Path:
    path = old_workbook(folder / "bog.xls", old_text(0, 0, "sag_id"))
    path.write_bytes(path.read_bytes().replace(record(0x000A).ljust(64, b"\0"), bytes(64)))
    return path


def old_in_a_ring(folder: Path) -> Path:
    path = old_workbook(folder / "bog.xls", old_text(0, 0, "sag_id"))
    raw = bytearray(path.read_bytes())
    struct.pack_into("<I", raw, 512 + 4 * 4, 3)  # the sector after the stream's second is its first
    path.write_bytes(raw)
    return path


LOCKED = "adgangskode"
BROKEN = "beskadiget"
REFUSED = {
    "no zip": (with_bytes("bog.xlsx", CANARY.encode() * 50), BROKEN),
    "nothing": (with_bytes("bog.xlsx", b""), BROKEN),
    "a page from the web": (with_bytes("bog.xls", b"<html><table><tr><td>S1</td></tr></table></html>"), BROKEN),
    "cut short": (cut_short, BROKEN),
    "spoiled": (spoiled, BROKEN),
    "a zip bomb": (too_large, "fylder mere, end en rigtig fil gør"),
    "two files of one name": (named_twice, BROKEN),
    "a zip of something else": (lambda folder: packed(folder / "bog.xlsx", {"a.txt": CANARY}), BROKEN),
    "no sheet where it should be": (lambda folder: packed(folder / "bog.xlsx", PARTS), BROKEN),
    "an encrypted workbook": (with_bytes("bog.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)), LOCKED),
    "an encrypted ods": (
        lambda folder: open_workbook(folder, {"Ark1": ""}, "<manifest:encryption-data/>"), LOCKED,
    ),
    "an encrypted old workbook": (
        lambda folder: old_workbook(folder / "bog.xls", old_text(0, 0, "sag_id"), protected=True), LOCKED,
    ),
    "another old file": (with_bytes("bog.xls", in_ole(b"x" * 4096, "WordDocument")), BROKEN),
    "no workbook where it should be": (with_bytes("bog.xls", in_ole(b"x" * 4096)), BROKEN),
    "an encrypted new workbook with an old ending": (
        with_bytes("bog.xls", in_ole(b"x" * 4096, "EncryptedPackage")), LOCKED,
    ),
    "an old workbook cut short": (old_cut_short, BROKEN),
    "an old workbook in a ring": (old_in_a_ring, BROKEN),
    "an old workbook without its last rows": (old_without_its_last_rows, BROKEN),
    "an old workbook that does not end": (old_that_does_not_end, BROKEN),
    "an old workbook that claims too much": (
        lambda folder: old_workbook(folder / "bog.xls", record(0x0200, struct.pack("<IIHHH", 0, 2**32 - 9, 0, 2, 0))),
        BROKEN,
    ),
    "entities in the sheet": (
        with_sheet(sheet_xml(HEADING.replace("beloeb", "&c;")).replace("?>", f"?>{BOMB}")), BROKEN,
    ),
    "entities in the list of sheets": (with_part("xl/workbook.xml", BOMB + PARTS["xl/workbook.xml"]), BROKEN),
    "entities in the texts": (
        with_part("xl/sharedStrings.xml", f'{BOMB}<sst xmlns="{MAIN}"><si><t>&c;</t></si></sst>'), BROKEN,
    ),
    "entities in an ods": (
        lambda folder: open_workbook(folder, {"Ark1": ods_row(ods_text("&c;"))}, doctype=BOMB), BROKEN,
    ),
    "a sheet that ends too soon": (with_sheet(sheet_xml(HEADING)[:-40]), BROKEN),
    "a sheet in two bytes a sign": (
        with_sheet(sheet_xml(HEADING).replace("?>", ' encoding="UTF-16"?>').encode("utf-16")), BROKEN,
    ),
    "a cell without a place": (with_sheet(sheet_xml(HEADING.replace('"B1"', '"1B"'))), BROKEN),
    "a text that is not there": (
        with_sheet(sheet_xml(HEADING + '<row r="2"><c r="A2" t="s"><v>7</v></c></row>')), BROKEN,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("write", "word"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_is_told_of_in_a_sentence(tmp_path, write, word):
    path = write(tmp_path)
    said = sentence(path)
    assert said.startswith(path.name)
    assert word in said
    assert said.endswith(".")
    assert not [one for one in LIBRARY_WORDS if one in said.lower()]


def test_a_file_that_is_not_there(tmp_path):
    assert sentence(tmp_path / "bog.xlsx").startswith("bog.xlsx findes ikke")
    with pytest.raises(UserError):
        spreadsheet.sheets(tmp_path / "bog.xlsx")


def test_every_ending_is_read_by_this_adapter():
    assert spreadsheet in kommunecheck_adapters()
    assert spreadsheet.SUFFIXES == (".xlsx", ".xlsm", ".xls", ".ods")


# What is written is what is read

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="_\ufffe\uffff")
values = st.one_of(
    st.none(),
    st.booleans(),
    st.text(LETTERS, max_size=8),
    st.integers(1 - 10**15, 10**15 - 1),
    st.integers(-(10**11), 10**11).map(lambda oere: oere / 100),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
)


def as_text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0" if value == 0 else "-0", 1).replace(".", ",")
    return None if value is None or value == "" else str(value)


@given(st.lists(st.lists(values, min_size=3, max_size=3), max_size=6), st.integers(0, 3), st.integers(0, 3))
def test_a_table_comes_back_as_it_was_written(tmp_path_factory, rows, above, before):
    filled = [*[[]] * above, *([*[None] * before, *row] for row in [["sag_id", "b", "c"], *rows])]
    path = workbook(tmp_path_factory.mktemp("bog"), {"Ark1": filled})
    table = spreadsheet.read(path, wanted())
    assert (table.header_row, table.headings) == (above + 1, ("",) * before + ("sag_id", "b", "c"))
    expected = [(above + 2 + at, *[None] * before, *map(as_text, row)) for at, row in enumerate(rows)]
    while expected and not any(expected[-1][1:]):
        expected.pop()
    assert [row for row in cells_of(table) if row[0] <= (expected[-1][0] if expected else 0)] == expected
