"""``kommunecheck inspect``: what files are taken for, the lines it gives to paste, and what it never shows."""

import contextlib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odd_exports import HEADINGS, LILLEBY, Rows, lilleby, renamed, written

from kommunecheck import app
from kommunecheck.cli import run
from kommunecheck.config import Config
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.inspection import FileSeen, TableSeen
from kommunecheck.inspection.discretion import can_show_code, can_show_heading
from kommunecheck.inspection.files import look_at
from kommunecheck.intake.forms import OTHER, amount_form, date_form
from kommunecheck.intake.guess import names_of
from kommunecheck.intake.tables import TABLES
from kommunecheck.intake.values import fold
from kommunecheck.intake.vocabulary import By, bare, vocabulary
from kommunecheck.plugins.host import load
from kommunecheck.reports.configuration import quoted, source_block
from kommunecheck.reports.inspection import print_seen

CPR, NAME, NOTE = "010170-1234", "Kanarie Fuglsang", "Hun har sklerose og gæld og bor hos sin søster"

Capture = pytest.CaptureFixture[str]


def file_of(folder: Path, text: str, name: str = "udtræk.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def seen_in(path: Path) -> FileSeen:
    (seen,) = look_at(path, load()).seen
    return seen


def table_in(path: Path) -> TableSeen:
    table = seen_in(path).table
    assert table is not None
    return table


def mapping(path: Path) -> dict[str, str]:
    """Ours = theirs."""
    return {column.ours: column.theirs for column in table_in(path).columns}


def inspected(capsys: Capture, *paths: Path) -> str:
    assert run(["inspect", *map(str, paths)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


def block_of(shown: str) -> dict[str, Any]:
    """The lines to paste, as TOML; they are a configuration that can be read."""
    _, _, text = shown.partition("Indsæt i kommunecheck.toml\n")
    given = tomllib.loads(text)
    Config.model_validate(given)
    (source,) = given["sources"]
    return source


# What a file is taken for


@pytest.mark.parametrize("table", TABLES)
def test_our_own_layout_is_known_beyond_doubt_and_needs_no_mapping(table: str, capsys: Capture) -> None:
    shown = inspected(capsys, LILLEBY / f"{table}.csv")
    assert f"{table} (sikker)" in shown
    assert "formodet" not in shown
    assert set(block_of(shown)) <= {"table", "file", "codes"}


@pytest.mark.parametrize("table", HEADINGS)
def test_every_column_is_known_by_a_heading_of_ordinary_danish(table: str, tmp_path: Path) -> None:
    path = written(tmp_path / "udtræk.csv", renamed(lilleby(table), table))
    assert table_in(path).name == table
    assert mapping(path) == HEADINGS[table]


@pytest.mark.parametrize("table", HEADINGS)
def test_the_lines_to_paste_name_the_table_and_every_column_by_its_heading(
    table: str, tmp_path: Path, capsys: Capture
) -> None:
    path = written(tmp_path / "udtræk.csv", renamed(lilleby(table), table))
    block = block_of(inspected(capsys, path))
    assert (block["table"], block["file"]) == (table, "udtræk.csv")
    assert block["columns"] == {ours: theirs for ours, theirs in HEADINGS[table].items() if fold(ours) != fold(theirs)}


@pytest.mark.parametrize(
    ("heading", "ours", "sure"),
    [
        ("Matchgr.", "matchkategori", False),
        ("Matchgruppe", "matchkategori", True),
        ("MATCHKATEGORI", "matchkategori", True),
        ("Afholdt den", "afholdt_dato", True),
        ("Samtaledato", "afholdt_dato", False),
        ("Opf. dato", "opfoelgning_dato", False),
        ("Opfølgningsdato", "opfoelgning_dato", True),
        ("Afholdt dato kl.", "afholdt_dato", False),
    ],
)
def test_a_guess_says_how_sure_it_is(heading: str, ours: str, sure: bool, tmp_path: Path) -> None:
    value = "3" if ours == "matchkategori" else "2007-02-01"
    text = f"samtale_id;sag_id;type;status;{heading}\n1;A;kontaktsamtale;afholdt;{value}\n"
    (column,) = [one for one in table_in(file_of(tmp_path, text)).columns if one.theirs == heading]
    assert (column.ours, column.sure) == (ours, sure)


def test_a_heading_whose_values_do_not_fit_is_not_taken(tmp_path: Path) -> None:
    text = "sag_id;type;fra;Slut\nA;sygdom;2007-01-01;ja\nB;barsel;2007-02-01;nej\n"
    assert "til" not in mapping(file_of(tmp_path, text))


def test_a_column_without_a_telling_heading_is_known_by_its_values(tmp_path: Path) -> None:
    text = "Sagsnr.;Kolonne X;Ansøgt;Kolonne Y\nA;Kontanthjælp;2007-01-01;0101701234\nB;STH;2007-02-01;0201701234\n"
    path = file_of(tmp_path, text)
    assert mapping(path) == {
        "sag_id": "Sagsnr.", "cpr": "Kolonne Y", "ydelsestype": "Kolonne X", "anmodningsdato": "Ansøgt"
    }  # fmt: skip
    assert {column.ours for column in table_in(path).columns if not column.sure} == {"cpr", "ydelsestype"}


def test_two_columns_that_would_both_do_are_left_to_a_person(tmp_path: Path) -> None:
    text = "Sagsnr.;A;B;Ydelse\n1;2007-01-01;2007-02-01;KTH\n"
    assert "anmodningsdato" in table_in(file_of(tmp_path, text, "sager.csv")).needed


def test_a_heading_that_stands_twice_is_not_used_and_named(tmp_path: Path, capsys: Capture) -> None:
    text = "Sagsnr.;Ydelse;Ansøgt;Ansøgt\n1;KTH;2007-01-01;2007-02-01\n"
    shown = inspected(capsys, file_of(tmp_path, text, "sager.csv"))
    assert "Overskriften Ansøgt findes flere gange" in shown
    assert "columns" not in block_of(shown) or "anmodningsdato" not in block_of(shown)["columns"]


@pytest.mark.parametrize(
    ("headings", "column", "taken", "sure"),
    [
        (["Beløb", "Bruttobeløb"], "beloeb", "Beløb", False),
        (["Udbetalt", "Ydelsesbeløb brutto"], "beloeb", "Ydelsesbeløb brutto", False),
        (["beloeb", "Bruttobeløb"], "beloeb", "beloeb", True),
        (["Bruttobeløb", "I alt"], "beloeb", "Bruttobeløb", True),
        (["Bruttobeløb"], "beloeb", "Bruttobeløb", True),
    ],
)
def test_where_two_headings_mean_a_column_a_person_must_say_which(
    tmp_path: Path, headings: list[str], column: str, taken: str, sure: bool
) -> None:
    heads = ["Sagsnr.", "Udbetalt fra", "Udbetalt til", *headings]
    values = ["S1", "2007-01-01", "2007-01-31", *("8959,00" for _ in headings)]
    table = table_in(file_of(tmp_path, f"{';'.join(heads)}\n{';'.join(values)}\n", "udbetalinger.csv"))
    (found,) = [one for one in table.columns if one.ours == column]
    assert (found.theirs, found.sure) == (taken, sure)


@pytest.mark.parametrize("heading", ["Beløb i øre", "Beløb (øre)", "Øre"])
def test_an_amount_in_oere_is_not_taken_for_one_in_kroner(tmp_path: Path, heading: str) -> None:
    text = f"Sagsnr.;Udbetalt fra;Udbetalt til;{heading}\nS1;2007-01-01;2007-01-31;895900\n"
    assert table_in(file_of(tmp_path, text, "udbetalinger.csv")).needed == ("beloeb",)


@given(st.lists(st.sampled_from(sorted({name for names in HEADINGS.values() for name in names.values()})), max_size=12))
def test_no_column_of_theirs_is_two_of_ours(headings: list[str]) -> None:
    import polars as pl

    from kommunecheck.intake.guess import guess_table

    frame = pl.DataFrame({"row": [2], **{str(place): ["2007-01-01"] for place in range(len(headings))}})
    guess = guess_table(TABLES.values(), "", headings, frame)
    if guess is not None:
        places = [found.place for found in guess.found.values()]
        assert len(places) == len(set(places))


def test_a_day_that_stands_at_interviews_not_held_is_the_planned_day(tmp_path: Path, capsys: Capture) -> None:
    text = (
        "Samtale nr.;Sagsnr.;Samtaletype;Status;Samtaledato\n"
        "1;A;Kontaktsamtale;Gennemført;2007-02-01\n2;A;Kontaktsamtale;Udeblev;2007-05-01\n"
    )
    path = file_of(tmp_path, text)
    assert mapping(path)["planlagt_dato"] == "Samtaledato"
    assert "Ikke fundet: afholdt_dato. Uden den kontrolleres" in inspected(capsys, path)


def test_yes_and_no_are_not_put_together_to_a_code(tmp_path: Path, capsys: Capture) -> None:
    text = "Samtale nr.;Sagsnr.;Samtaletype;Samtaledato;Udeblevet?;Syg\n1;A;KS;2007-02-01;nej;nej\n2;A;KS;;ja;nej\n"
    shown = inspected(capsys, file_of(tmp_path, text))
    assert "Mangler: status skal være der. »Udeblevet?« og »Syg« er ja/nej" in shown
    assert "status" not in block_of(shown)["columns"]
    assert '#status = "?"' in shown


def test_a_file_that_is_no_table_is_told_so_and_none_of_it_is_shown(capsys: Capture, tmp_path: Path) -> None:
    path = file_of(tmp_path, f"Vare;Antal\n{NAME};3\n")
    shown = inspected(capsys, path)
    assert "Ligner ingen af tabellerne" in shown
    assert "[[sources]]" not in shown
    assert "Vare" not in shown


def test_a_file_without_headings_shows_nothing_of_its_first_row(capsys: Capture, tmp_path: Path) -> None:
    row = f"L001;{CPR};Afholdt;2007-02-01;Tilmeldt;{NAME};{NOTE}\n"
    shown = inspected(capsys, file_of(tmp_path, row * 3, "samtaler.csv"))
    assert "Har filen ingen overskrifter, så sæt dem ind." in " ".join(shown.split())
    for secret in (CPR, "Kanarie", "sklerose", "L001"):
        assert secret not in shown


@pytest.mark.parametrize("table", HEADINGS)
def test_check_itself_guesses_nothing(table: str, tmp_path: Path) -> None:
    for name in TABLES:
        rows = lilleby(name)
        written(tmp_path / f"{name}.csv", renamed(rows, table) if name == table else rows)
    if table in ("sager", "samtaler"):
        with pytest.raises(UserError, match="mangler overskrift"):
            app.check(tmp_path)
    else:
        assert any(f"{table}.csv er udeladt" in warning for warning in app.check(tmp_path).run.warnings)


# Keys


def test_a_cpr_number_is_the_key_where_there_is_no_id(tmp_path: Path, capsys: Capture) -> None:
    text = "Cpr-nr.;Fra;Til;Beløb\n010170-1234;2007-01-01;2007-01-31;100,00\n"
    block = block_of(inspected(capsys, file_of(tmp_path, text)))
    assert block["case_key"] == "cpr"
    assert block["columns"] == {"cpr": "Cpr-nr."}


def test_a_cpr_number_beside_an_id_is_no_key(tmp_path: Path, capsys: Capture) -> None:
    text = "Cpr-nr.;Sagsnr.;Fra;Til;Beløb\n010170-1234;A;2007-01-01;2007-01-31;100,00\n"
    block = block_of(inspected(capsys, file_of(tmp_path, text)))
    assert "case_key" not in block
    assert block["columns"] == {"sag_id": "Sagsnr."}


def test_cpr_numbers_under_a_heading_that_promises_ids_are_the_key(tmp_path: Path, capsys: Capture) -> None:
    text = "Sagsnr.;Fra;Til;Beløb\n0101701234;2007-01-01;2007-01-31;100,00\n0201701234;2007-01-01;2007-01-31;1,00\n"
    block = block_of(inspected(capsys, file_of(tmp_path, text)))
    assert (block["case_key"], block["columns"]) == ("cpr", {"cpr": "Sagsnr."})


# How the file is written


@pytest.mark.parametrize(
    ("encoding", "delimiter", "told", "said"),
    [
        ("utf-8", ";", "UTF-8, semikolon", {}),
        ("utf-8-sig", ",", "UTF-8 med BOM, komma", {}),
        ("cp1252", "\t", "Windows-1252, tabulator", {}),
        ("utf-16", ";", "UTF-16, semikolon", {}),
        ("utf-16-le", ";", "UTF-16 uden BOM, semikolon", {"encoding": "utf-16-le"}),
        ("utf-16-be", ";", "UTF-16 uden BOM, semikolon", {"encoding": "utf-16-be"}),
        ("cp850", ";", "DOS (cp850), semikolon", {"encoding": "cp850"}),
        ("utf-8", "|", "UTF-8, lodret streg", {"delimiter": "|"}),
    ],
)
def test_letters_and_separator_are_told_and_written_down_only_where_check_would_not_find_them(
    encoding: str, delimiter: str, told: str, said: dict[str, str], tmp_path: Path, capsys: Capture
) -> None:
    rows = [
        {"Sagsnr.": f"A{n}", "Ydelse": "Kontanthjælp", "Ansøgt": "2007-01-02", "Ophør": "", "Rådgiver": "Æblegrød"}
        for n in range(20)
    ]
    shown = inspected(capsys, written(tmp_path / "f.csv", rows, encoding, delimiter))
    assert told in shown
    block = block_of(shown)
    assert {key: block[key] for key in ("encoding", "delimiter", "header_row") if key in block} == said
    assert block["codes"] == {} if "codes" in block else True


def test_titles_above_the_headings_are_passed_over(tmp_path: Path, capsys: Capture) -> None:
    above = "Udtræk fra systemet\n\nBorger;;;Ydelse\n"
    rows = renamed(lilleby("perioder"), "perioder")
    shown = inspected(capsys, written(tmp_path / "f.csv", rows, above=above))
    assert "række 4" in shown
    assert "header_row" not in block_of(shown)


def test_the_row_of_the_headings_is_written_down_where_check_would_not_know_it(tmp_path: Path, capsys: Capture) -> None:
    rows = [
        {theirs: value for theirs, value in row.items() if theirs != "Fraværstype"}
        for row in renamed(lilleby("perioder"), "perioder")
    ]
    shown = inspected(capsys, written(tmp_path / "perioder.csv", rows, above="Udtræk\n\n"))
    assert block_of(shown)["header_row"] == 3


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2007-03-31", "åååå-mm-dd"),
        ("31-03-2007", "dd-mm-åååå"),
        ("1.3.2007", "dd.mm.åååå"),
        ("31/03/2007 12:30", "dd/mm/åååå tt:mm"),
        ("20070331", "ååååmmdd"),
        ("31-03-07", "dd-mm-åå"),
        ("03/31/2007", "mm/dd/åååå"),
        ("31. marts 2007", "d. måned åååå"),
        ("31032007", "ddmmåååå"),
        ("snart", OTHER),
        ("4711", OTHER),
    ],
)
def test_a_date_is_told_by_its_form(text: str, form: str) -> None:
    assert date_form(text) == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("8.959,00", "1.234,56"),
        ("8959,00", "1234,56"),
        ("8959.00", "1234.56"),
        ("8 959,00", "1 234,56"),
        ("8.959", "1.234"),
        ("8959", "1234"),
        ("8,959.00", "1,234.56"),
        ("8.959,00 kr.", "1.234,56 kr."),
        ("kr. 8.959", "1.234,56 kr."),
        ("8.959,00-", "1.234,56-"),
        ("meget", OTHER),
        ("kr.", OTHER),
    ],
)
def test_an_amount_is_told_by_its_form(text: str, form: str) -> None:
    assert amount_form(text) == form


def test_days_and_amounts_are_told_with_the_first_and_the_last(tmp_path: Path, capsys: Capture) -> None:
    text = (
        "sag_id;fra;til;beloeb\nA;01-02-2007;28-02-2007;1.000,50\nA;01-03-2007;31-03-07;900,00\n"
        "A;01-04-2007;30-04-2007;900 kr.\n"
    )
    shown = inspected(capsys, file_of(tmp_path, text))
    assert re.search(r"fra\b.*dd-mm-åååå\s+1\. februar 2007 til 1\. april 2007", shown)
    assert "kan ikke læses: dd-mm-åå (1)" in shown
    assert "900,00 kr. til 1.000,50 kr." in shown
    assert "3, og i 2 er der noget, som ikke kan læses: række 3, 4" in shown


def test_months_before_days_are_warned_of(tmp_path: Path, capsys: Capture) -> None:
    text = "sag_id;ydelsestype;anmodningsdato\nA;KTH;03/31/2007\nB;KTH;04/05/2007\n"
    assert "nogle datoer har måneden først" in inspected(capsys, file_of(tmp_path, text))


# Codes


def test_words_for_our_codes_are_translated_and_the_others_left_to_a_person(tmp_path: Path, capsys: Capture) -> None:
    text = "samtale_id;sag_id;type;status\n" + "".join(
        f"{n};A;Kontaktsamtale;{status}\n"
        for n, status in enumerate(["Gennemført", "Mødte ikke", "Syg", "Aflyst af borger", "Ombooket", "Ombooket"])
    )
    shown = inspected(capsys, file_of(tmp_path, text))
    assert block_of(shown)["codes"]["status"] == {
        "Gennemført": "afholdt", "Mødte ikke": "udeblevet", "Syg": "sygdom", "Aflyst af borger": "aflyst"
    }  # fmt: skip
    assert '# "Ombooket" = "?"' in shown
    assert "status: ukendte ord: »Ombooket« (2 rækker)." in shown


def test_a_word_in_doubt_is_not_translated(tmp_path: Path, capsys: Capture) -> None:
    text = "samtale_id;sag_id;type;status\n1;A;kontaktsamtale;gennemført?\n2;A;kontaktsamtale;gennemført?\n"
    shown = inspected(capsys, file_of(tmp_path, text))
    assert '# "gennemført?" = "?"' in shown


def test_match_categories_in_words_are_translated(tmp_path: Path, capsys: Capture) -> None:
    text = (
        "samtale_id;sag_id;type;status;Match\n1;A;KS;Mødt;Match 3\n2;A;KS;Mødt;2 - Høj grad af match\n3;A;KS;Mødt;4\n"
    )
    block = block_of(inspected(capsys, file_of(tmp_path, text)))
    assert block["codes"]["matchkategori"] == {"Match 3": "3", "2 - Høj grad af match": "2"}


def test_yes_and_no_in_other_words_are_translated(tmp_path: Path, capsys: Capture) -> None:
    text = "sag_id;fra;til;beloeb;Aktiv/passiv\nA;2007-01-01;2007-01-31;1,00;Aktiv\nA;2007-02-01;2007-02-28;1,00;P\n"
    block = block_of(inspected(capsys, file_of(tmp_path, text)))
    assert block["codes"] == {"i_tilbud": {"Aktiv": "ja"}}


# Several files, and files that cannot be read


def test_a_file_that_cannot_be_read_gives_2_and_a_sentence_and_the_others_are_shown(
    tmp_path: Path, capsys: Capture
) -> None:
    gone, empty = tmp_path / "væk.csv", file_of(tmp_path, "", "tom.csv")
    strange = file_of(tmp_path, "x", "billede.png")
    assert run(["inspect", str(gone), str(LILLEBY / "sager.csv"), str(empty), str(strange), str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert "sager (sikker)" in said.out
    sentences = said.err.splitlines()
    assert len(sentences) == 4
    assert all(one.startswith("Fejl: ") and one.endswith(".") for one in sentences)
    for word in ("væk.csv findes ikke", "tom.csv er tom", "billede.png", "er en mappe"):
        assert sum(word in one for one in sentences) == 1


def test_nothing_is_read_without_a_file(capsys: Capture) -> None:
    assert run(["inspect"]) == 2
    assert "Der mangler et argument: 'FIL [FIL ...]'" in capsys.readouterr().err


def test_what_is_shown_fits_an_old_danish_console_and_has_no_escape_codes(capsys: Capture) -> None:
    shown = inspected(capsys, *sorted(LILLEBY.glob("*.csv")))
    assert "\x1b" not in shown
    assert shown.encode("cp850").decode("cp850") == shown
    assert max(len(line) for line in shown.splitlines()) <= 120


# What is never shown


def planted(rows: Rows, secret: str) -> Rows:
    """The secret in every column of the table, each in three rows of its own, and nothing else is changed."""
    columns = list(rows[0])
    wide = rows * (4 * len(columns) // len(rows) + 1)
    copied = [dict(row) for row in wide]
    for place, column in enumerate(columns):
        for row in copied[3 * place : 3 * place + 3]:
            row[column] = secret
    return copied


@pytest.mark.parametrize("secret", [CPR, CPR.replace("-", ""), NAME, NAME.upper(), "Fuglsang, Kanarie", NOTE])
@pytest.mark.parametrize("odd", [False, True])
@pytest.mark.parametrize("table", TABLES)
def test_a_number_a_name_and_a_sentence_are_never_shown_whatever_column_they_stand_in(
    table: str, odd: bool, secret: str, tmp_path: Path, capsys: Capture
) -> None:
    rows = planted(lilleby(table), secret)
    path = written(tmp_path / f"{table}.csv", renamed(rows, table) if odd else rows)
    shown = inspected(capsys, path)
    assert f"{table} (" in shown
    assert secret.casefold() not in " ".join(shown.split()).casefold()


@pytest.mark.parametrize("secret", [CPR, CPR.replace("-", ""), NAME, NOTE + " i Lilleby nu og også til næste år"])
@pytest.mark.parametrize("table", TABLES)
def test_what_stands_in_a_heading_is_not_shown_either(table: str, secret: str, tmp_path: Path, capsys: Capture) -> None:
    rows = [row | {secret: "x"} for row in renamed(lilleby(table), table)]
    shown = inspected(capsys, written(tmp_path / f"{table}.csv", rows))
    assert secret not in " ".join(shown.split())
    assert f"kolonne {len(rows[0])} (overskriften vises ikke)" in " ".join(shown.split())


def test_a_cpr_number_in_the_name_of_a_file_is_not_shown(tmp_path: Path, capsys: Capture) -> None:
    path = written(tmp_path / "sager 010170-1234.csv", lilleby("sager"))
    shown = inspected(capsys, path)
    assert "010170" not in shown
    pattern = block_of(shown)["file"]
    assert [found.name for found in tmp_path.glob(pattern)] == [path.name]


def test_a_cpr_number_in_the_name_of_a_file_that_cannot_be_read_is_not_shown(tmp_path: Path, capsys: Capture) -> None:
    assert run(["inspect", str(tmp_path / "010170-1234.csv")]) == 2
    assert "010170" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "rows", "can"),
    [
        ("Ombooket", 2, True),
        ("Ombooket", 1, False),
        ("aflyst af ægtefælle", 2, True),
        ("KTH-2", 5, True),
        ("Kontanthjælp Passiv", 5, True),
        ("Kanarie Fuglsang", 5, False),
        ("K. Fuglsang", 5, False),
        ("FUGLSANG, KANARIE", 5, False),
        ("Kontaktsamtale Kanarie", 5, False),
        ("tlf. 12 34 56 78", 5, False),
        ("0101701234", 5, False),
        ("x" * 31, 5, False),
    ],
)
def test_a_word_is_shown_only_if_it_can_be_nobody(text: str, rows: int, can: bool) -> None:
    assert can_show_code(text, rows) == can


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("Bemærkninger", True),
        ("Oprettet af bruger", True),
        ("SAGS NR", True),
        ("Dato (1.)", True),
        ("Kanarie Fuglsang", False),
        ("Sag 0101701234", False),
        (NOTE * 2, False),
    ],
)
def test_a_heading_is_shown_only_if_it_tells_of_a_column(text: str, can: bool) -> None:
    assert can_show_heading(text) == can


def test_a_column_of_codes_with_very_many_values_shows_none_of_them(tmp_path: Path, capsys: Capture) -> None:
    text = "samtale_id;sag_id;type;status\n" + "".join(f"{n};A;kontaktsamtale;ord{n % 30}\n" for n in range(90))
    shown = inspected(capsys, file_of(tmp_path, text))
    assert "ord1" not in shown
    assert "30 ukendte værdier vises ikke" in shown


# The vocabulary


def sure_names(table: str) -> Iterable[tuple[str, str]]:
    for column, names in names_of(TABLES[table]).items():
        yield from ((name, column) for name, (by, _) in names.items() if by <= By.NAME)


@pytest.mark.parametrize("table", TABLES)
def test_no_heading_is_surely_two_columns_of_a_table(table: str) -> None:
    names = [name for name, _ in sure_names(table)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_known_by_more_than_our_own_name(table: str) -> None:
    for column, names in names_of(TABLES[table]).items():
        assert len(names) > 3, column


@pytest.mark.parametrize("table", TABLES)
def test_every_word_for_a_code_stands_for_one_of_ours(table: str) -> None:
    for column in TABLES[table].columns:
        if column.codes:
            assert set(vocabulary().codes(table, column).values()) == set(column.codes), column.name


def test_the_vocabulary_names_tables_columns_and_codes_that_there_are() -> None:
    path = Path(app.__file__).parent / "intake" / "headings.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(words["tables"]) == set(TABLES)
    columns = {name: {column.name for column in shape.columns} for name, shape in TABLES.items()}
    columns["any"] = set().union(*columns.values())
    for part in ("headings", "partly", "codes"):
        for table, given_columns in words[part].items():
            assert set(given_columns) <= columns[table], (part, table)
    for table, given_columns in words["codes"].items():
        for column, codes in given_columns.items():
            shapes = [TABLES[table]] if table != "any" else [s for s in TABLES.values() if column in columns[s.name]]
            for shape in shapes:
                ours = shape.column(column)
                kinds = {"yes_no": {"ja", "nej"}, "text": set("12345")}
                assert set(codes) <= (set(ours.codes) or kinds[ours.kind]), (table, column)


def test_no_word_stands_for_two_codes() -> None:
    path = Path(app.__file__).parent / "intake" / "headings.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))["codes"]
    for table, columns in words.items():
        for column, codes in columns.items():
            said = [bare(name) for names in codes.values() for name in {bare(one): one for one in names}.values()]
            assert len(said) == len(set(said)), (table, column)


@given(st.text(max_size=40))
def test_any_text_is_written_as_toml_that_reads_as_the_same_text(text: str) -> None:
    assert tomllib.loads(f"x = {quoted(text)}")["x"] == text


CELLS = st.one_of(
    st.sampled_from(
        ["Sagsnr.", "Ydelse", "Ansøgt", "Status", "Udeblevet?", "Fra", "T.o.m.", "Beløb", "", "Afholdt den"]
    ),
    st.sampled_from(["2007-01-01", "31/12/2007", "8.959,00", "KTH", "ja", "\x00", '"', CPR, NAME]),
    st.text(max_size=5),
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6), st.sampled_from([";", ",", "|"]), st.sampled_from("\n\r"))
def test_no_text_file_makes_it_stumble(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str, end: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "tilfældig.csv"
    path.write_bytes(end.join(delimiter.join(row) for row in rows).encode("utf-8", "ignore"))
    with contextlib.suppress(UserError):
        for seen in look_at(path, load()).seen:
            print_seen(seen, tuple(TABLES))
            if seen.table is not None:
                Config.model_validate(tomllib.loads(source_block(seen)))


@given(st.binary(max_size=200))
def test_no_bytes_make_it_stumble(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(raw)
    with contextlib.suppress(UserError):
        look_at(path, load())
