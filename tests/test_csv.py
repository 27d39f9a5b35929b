"""The two readers of text files give the same rows, and what is written can be read back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kommunecheck.adapters import csv
from kommunecheck.intake.values import read_amount, read_date, read_yes_no
from kommunecheck.ports import TextTable, Wanted

HEADINGS = ("sag_id", "dato", "tekst")
WANTED = Wanted("journal", lambda cells: tuple(cells) == HEADINGS)

cells = st.text(st.characters(codec="cp1252", exclude_characters='\0\r\n";,\t\x1c\x1d\x1e\x85\x0b\x0c'), max_size=8)
rows = st.lists(st.lists(cells, min_size=1, max_size=5), max_size=12)


def as_text(lines: Sequence[Sequence[str]], delimiter: str, line_end: str) -> str:
    return line_end.join(delimiter.join(line) for line in lines)


def told(table: TextTable) -> tuple[object, ...]:
    return table.headings, table.header_row, table.frame.cast({"row": pl.UInt32}).rows(), table.ragged


def without_blank_rows(table: TextTable) -> TextTable:
    """The rows that hold anything: the intake leaves the blank ones out, whichever reader kept them."""
    texts = [str(place) for place in range(len(table.headings))]
    filled = pl.any_horizontal(pl.col(name).str.strip_chars().str.len_bytes() > 0 for name in texts)
    columns = [*texts, "row"]
    return TextTable(table.headings, table.header_row, table.frame.select(columns).filter(filled), table.ragged, "")


@given(rows, st.sampled_from(";,\t"), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
@example([["a", "b", "c"], ["", "", ""], ["d", "e", ""]], ";", "\n", True)
@example([["a", "b"], ["c", "d", "e", "f"]], ";", "\n", False)
def test_the_two_readers_give_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]], delimiter: str, line_end: str, ended: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "tabel.csv"
    text = as_text([HEADINGS, *lines], delimiter, line_end) + (line_end if ended else "")
    path.write_bytes(text.encode())
    quick = without_blank_rows(csv.read(path, WANTED))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv, "_columnar", lambda *_: None)
        slow = without_blank_rows(csv.read(path, WANTED))
    assert told(quick) == told(slow)


@given(rows, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_an_encoding_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]], encoding: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "tabel.csv"
    text = as_text([HEADINGS, *lines, ["æ", "ø", "å"]], ";", "\n")
    path.write_bytes(text.encode())
    plain = told(csv.read(path, WANTED))
    path.write_bytes(text.encode(encoding))
    assert told(csv.read(path, WANTED)) == plain


@pytest.mark.parametrize("above", [["Udtræk fra DRV"], ["Udtræk; fra; DRV; nu", "", "Dannet i dag"], ["", ""]])
def test_titles_above_the_heading_are_counted_and_passed_over(tmp_path: Path, above: list[str]) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text("\n".join([*above, ";".join(HEADINGS), "1;2007-01-01;a"]), encoding="utf-8")
    table = csv.read(path, WANTED)
    assert table.headings == HEADINGS
    assert table.header_row == len(above) + 1
    assert table.frame["row"].to_list() == [len(above) + 2]


def test_a_heading_in_quotes_is_found_below_a_title(tmp_path: Path) -> None:
    path = tmp_path / "tabel.csv"
    path.write_text('Titel\n"sag_id";"dato";"tekst"\n1;2007-01-01;"a;\nb"\n', encoding="utf-8")
    table = csv.read(path, WANTED)
    assert table.headings == HEADINGS
    assert told(table)[1:] == (2, [("1", "2007-01-01", "a;\nb", 3)], ())


days = st.dates(date(1900, 1, 1), date(9999, 12, 30))


@given(days, st.sampled_from(["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y%m%d"]))
def test_a_day_is_read_as_it_was_written(day: date, form: str) -> None:
    text = form.replace("%Y", f"{day.year:04}").replace("%m", f"{day.month:02}").replace("%d", f"{day.day:02}")
    assert read_date(text) == day.toordinal()
    assert read_date(f" {text} 13:45") == day.toordinal()


@given(st.text("aæ€😀\n", max_size=20), st.integers(0, 255), st.integers(0, 80), st.integers(1, 9))
@example("ææææ", 0xC3, 7, 3)
@example("😀", 0xF0, 0, 1)
def test_what_is_no_utf8_is_found_where_it_begins_however_little_is_looked_at(
    text: str, wrong: int, place: int, piece: int
) -> None:
    content = text.encode()
    content = content[:place] + bytes([wrong]) + content[place + 1 :]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(csv, "PIECE", piece)
        assert csv._broken_at(content) == where_it_breaks(content)


def where_it_breaks(content: bytes) -> int | None:
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def grouped(whole: int, separator: str) -> str:
    return f"{whole:,}".replace(",", separator)


@given(st.integers(-(10**11), 10**11), st.sampled_from([".", " ", ""]))
def test_an_amount_is_read_as_it_was_written(oere: int, separator: str) -> None:
    whole, cents = divmod(abs(oere), 100)
    text = f"{'-' if oere < 0 else ''}{grouped(whole, separator)},{cents:02}"
    assert read_amount(text) == oere
    assert read_amount(f"{'-' if oere < 0 else ''}{whole}.{cents:02}") == oere


@given(st.booleans(), st.sampled_from([str.lower, str.upper, str.title]))
def test_yes_and_no_are_read_as_they_were_written(answer: bool, form: object) -> None:
    for text in ("ja", "j", "1", "true", "x") if answer else ("nej", "n", "0", "false"):
        assert read_yes_no(form(text)) is answer  # type: ignore[operator]


@pytest.mark.parametrize(
    ("lines", "cells", "ragged"),
    [
        pytest.param(['a;"x";1', 'b;"y";2'], [("a", "x", "1"), ("b", "y", "2")], [], id="quotes that quote"),
        pytest.param(['a;"to', 'linjer";1'], [("a", "to\nlinjer", "1")], [], id="a text of two lines"),
        pytest.param(['a;"to; med', 'to";1'], [("a", "to; med\nto", "1")], [], id="a text with a separator"),
        pytest.param(['a;";1', 'b;";2', "c;z;3"], [("c", "z", "3")], [(2, 5)], id="the same as above"),
        pytest.param(['a;"x;1', "b;y;2", 'c;z";3'], [], [(2, 7)], id="one that is closed two rows below"),
    ],
)
def test_a_quote_that_takes_rows_into_a_cell_is_told(
    tmp_path: Path, lines: list[str], cells: list[tuple[str, ...]], ragged: list[tuple[int, int]]
) -> None:
    (tmp_path / "a.csv").write_text("\n".join(["sag_id;b;c", *lines, ""]), encoding="utf-8")
    table = csv.read(tmp_path / "a.csv", Wanted("t", lambda row: "sag_id" in row))
    assert table.frame.select("0", "1", "2").rows() == cells
    assert list(table.ragged) == ragged
