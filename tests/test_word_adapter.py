"""Journals in Word: every note becomes a row with its date, its text and the words in which its case stands."""

import io
import re
import shutil
import time
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import polars as pl
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from kommunecheck import app
from kommunecheck.adapters import files, word
from kommunecheck.adapters.word.tables import is_label
from kommunecheck.domain.errors import UserError
from kommunecheck.inspection.notes import read_notes
from kommunecheck.intake.values import read_date
from kommunecheck.journal.evaluation import said
from kommunecheck.plugins.builtin import kommunecheck_adapters
from kommunecheck.ports import TextTable, Wanted

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
WANTED = Wanted("journal", lambda _: False)
CANARY = "Kanarietekst om Kanarie Navnesen"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PARTS = f'{nsdecls("w", "wp", "a", "r")} xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml"'

USED = ("Normal", "heading 1", "heading 2", "heading 3", "Title", "Table Grid", "Normal Table")


@lru_cache(maxsize=1)
def small() -> bytes:
    """An empty document without the many styles of python-docx's own, which take most of the time to read."""
    document = docx.Document()
    for style in list(document.styles.element.style_lst):
        if style.name_val not in USED:
            document.styles.element.remove(style)
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(("stylesWithEffects", "thumbnail"))]:
            del rels[key]
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def blank() -> Document:
    return docx.Document(io.BytesIO(small()))


Row = tuple[str | None, str | None, str | None, str | None, int]


def table_in(document: Document, folder: Path, name: str = "Journal L001.docx") -> TextTable:
    path = folder / name
    document.save(str(path))
    return word.read(path, WANTED)


def rows_of(document: Document, folder: Path, name: str = "Journal L001.docx") -> list[Row]:
    return table_in(document, folder, name).frame.select("0", "1", "2", "3", "row").rows()


def dated(document: Document, folder: Path) -> list[tuple[str | None, str | None]]:
    return [(row[1], row[2]) for row in rows_of(document, folder)]


def cases(document: Document, folder: Path, name: str = "Uden nummer.docx") -> list[str | None]:
    return [row[0] for row in rows_of(document, folder, name)]


def written(*lines: str) -> Document:
    document = blank()
    for line in lines:
        document.add_paragraph(line)
    return document


def add_table(document: Document, rows: Sequence[Sequence[str]]) -> Any:
    table = document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def in_table(*rows: Sequence[str]) -> Document:
    document = blank()
    add_table(document, rows)
    return document


def add_xml(document: Document, xml: str) -> None:
    """Put an element last in the body."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(xml.replace("PARTS", PARTS, 1)))


# What a note is


def test_a_note_for_each_dated_heading(tmp_path: Path) -> None:
    document = blank()
    document.add_heading("Journal for sag L001", 1)
    document.add_heading("12-03-2007", 2)
    document.add_paragraph("Samtale holdt.")
    document.add_paragraph("Borgeren er indplaceret i match 2.")
    document.add_heading("Den 15. april 2007 – telefon", 2)
    document.add_paragraph("Ringet op.")
    table = table_in(document, tmp_path)
    assert (table.headings, table.header_row, table.sheet, table.ragged) == (word.HEADINGS, 0, None, ())
    assert table.ids_inside
    assert table.sha256 == sha256((tmp_path / "Journal L001.docx").read_bytes()).hexdigest()
    assert table.frame.schema == {**dict.fromkeys("0123", pl.String), "row": pl.UInt32}
    assert table.frame.rows() == [
        ("L001", "12-03-2007", "Samtale holdt.\nBorgeren er indplaceret i match 2.", None, 2),
        ("L001", "2007-04-15", "telefon\nRinget op.", None, 5),
    ]


def test_a_bold_line_is_a_heading(tmp_path: Path) -> None:
    document = blank()
    document.add_paragraph().add_run("Journalark for jobcentret").bold = True
    document.add_paragraph().add_run("Kontaktsamtale den 12.03.2007").bold = True
    document.add_paragraph("Mødt til tiden.")
    document.add_paragraph("Samtale 13.03.2007 er aflyst, men det er ingen overskrift.")
    assert dated(document, tmp_path) == [
        ("12.03.2007", "Kontaktsamtale\nMødt til tiden.\nSamtale 13.03.2007 er aflyst, men det er ingen overskrift.")
    ]


@pytest.mark.parametrize(
    ("line", "dato", "text"),
    [
        ("12-03-2007 Samtale holdt", "12-03-2007", "Samtale holdt"),
        ("12.03.2007: Samtale holdt", "12.03.2007", "Samtale holdt"),
        ("12/03/2007 – Samtale holdt", "12/03/2007", "Samtale holdt"),
        ("2007-03-12\tSamtale holdt", "2007-03-12", "Samtale holdt"),
        ("20070312 Samtale holdt", "20070312", "Samtale holdt"),
        ("2007.03.12 Samtale holdt", "2007-03-12", "Samtale holdt"),
        ("2007/03/12: Samtale holdt", "2007-03-12", "Samtale holdt"),
        ("12\u201103\u20112007 Samtale holdt", "12-03-2007", "Samtale holdt"),
        ("12\u201003\u20102007 Samtale holdt", "12-03-2007", "Samtale holdt"),
        ("12. marts, 2007 Samtale holdt", "2007-03-12", "Samtale holdt"),
        ("12. 3. 2007 Samtale holdt", "12.3.2007", "Samtale holdt"),
        ("d. 12/3-2007 Samtale holdt", "2007-03-12", "Samtale holdt"),
        ("12/3 2007 Samtale holdt", "2007-03-12", "Samtale holdt"),
        ("Den 12. marts 2007 Samtale holdt", "2007-03-12", "Samtale holdt"),
        ("den 1. SEPT. 2007: samtale holdt", "2007-09-01", "samtale holdt"),
        ("Mandag den 12. marts 2007, kl. 10.15-11.00: Samtale holdt", "2007-03-12", "Samtale holdt"),
        ("man. 12-03-2007 10:15 Samtale holdt", "12-03-2007", "Samtale holdt"),
        ("Dato: 12-03-2007. Samtale holdt", "12-03-2007", "Samtale holdt"),
        ("(12-03-2007) Samtale holdt", "12-03-2007", "Samtale holdt"),
        ("• 12-03-2007 2 samtaler holdt", "12-03-2007", "2 samtaler holdt"),
        ("31. februar 2007 Samtale holdt", "2007-02-31", "Samtale holdt"),
        ("12-03-2007", "12-03-2007", None),
    ],
)
def test_first_words_that_are_a_date(tmp_path: Path, line: str, dato: str, text: str | None) -> None:
    assert dated(written(line), tmp_path) == [(dato, text)]
    assert (read_date(dato) is None) == ("februar" in line)


@pytest.mark.parametrize(
    ("line", "dato"),
    [
        ("12-03-07 Samtale holdt", "12-03-07"),
        ("12.3.07: Samtale holdt", "12.3.07"),
        ("12/3-07 Samtale holdt", "12/3-07"),
        ("Den 12. marts 07 Samtale holdt", "12. marts 07"),
        ("12. marts '07 Samtale holdt", "12. marts '07"),
        ("12/3: Samtale holdt", "12/3"),
        ("d. 12. marts: Samtale holdt", "12. marts"),
    ],
)
def test_a_date_that_is_not_whole_is_handed_on_as_it_stands(tmp_path: Path, line: str, dato: str) -> None:
    assert dated(written("11-03-2007 Før.", line), tmp_path) == [("11-03-2007", "Før."), (dato, "Samtale holdt")]
    assert read_date(dato) is None


@pytest.mark.parametrize(
    "line",
    [
        "3 samtaler er holdt i 2007.",
        "1/2 time forsinket.",
        "700101-1234 står på kortet.",
        "19700101-1234 står på kortet.",
        "12. marts ringede han.",
        "2.1 Helbred",
        "12 34 56 78 er nummeret.",
        "2007 var et år.",
        "Indkaldt til 12-03-2007.",
    ],
)
def test_what_only_looks_like_a_date_belongs_to_the_note_above(tmp_path: Path, line: str) -> None:
    assert dated(written("11-03-2007 Før.", line), tmp_path) == [("11-03-2007", f"Før.\n{line}")]


def test_a_sentence_under_a_dated_heading_may_begin_with_a_day(tmp_path: Path) -> None:
    document = blank()
    document.add_heading("15-03-2007", 2)
    document.add_paragraph("Den 12. marts 2007 ringede borgeren.")
    document.add_paragraph("16-03-2007 ringet igen.")
    assert dated(document, tmp_path) == [
        ("15-03-2007", "Den 12. marts 2007 ringede borgeren."),
        ("16-03-2007", "ringet igen."),
    ]


def test_a_note_may_say_its_date_twice(tmp_path: Path) -> None:
    document = blank()
    document.add_heading("15-03-2007", 2)
    document.add_paragraph("15-03-2007 Samtale.")
    document.add_paragraph("15-03-2007 Endnu en.")
    assert rows_of(document, tmp_path)[0][1:] == ("15-03-2007", "Samtale.", None, 1)
    assert dated(document, tmp_path)[1:] == [("15-03-2007", "Endnu en.")]
    document = blank()
    document.add_heading("15. marts 2007", 2)
    document.add_paragraph("15-03-2007 Samtale.")
    assert dated(document, tmp_path) == [("2007-03-15", "Samtale.")]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Telefonsamtale med borger den 15. april 2007", "Telefonsamtale med borger"),
        ("Opfølgning 15-04-2007", "Opfølgning"),
        ("Udeblivelse, 15. april 2007", "Udeblivelse"),
        ("Møde på jobcentret 15-04-2007", "Møde på jobcentret"),
        ("MH, 15. april 2007", "MH"),
        ("Oprettet 15-04-2007", "Oprettet"),
        ("Notat nr. 3, 15. april 2007", "Notat nr. 3"),
        ("Samtale pr. telefon 15-04-2007", "Samtale pr. telefon"),
        ("§ 15-samtale 15-04-2007", "§ 15-samtale"),
        ("1. samtale: 15.04.2007", "1. samtale"),
        ("Dato for samtale: 15-04-2007", "Dato for samtale"),
        ("Kontaktsamtale 15-04-2007, ny tid 15-07-2007", "Kontaktsamtale ny tid 15-07-2007"),
    ],
)
def test_a_heading_may_say_more_before_the_date(tmp_path: Path, heading: str, said: str) -> None:
    document = written("12-03-2007 Samtale.")
    document.add_heading(heading, 2)
    document.add_paragraph("Mødt.")
    (first, second) = dated(document, tmp_path)
    assert first == ("12-03-2007", "Samtale.")
    assert (read_date(second[0] or ""), second[1]) == (date(2007, 4, 15).toordinal(), f"{said}\nMødt.")


@pytest.mark.parametrize(
    "heading",
    [
        "Samtaler 15-04-2007 og 16-04-2007", "Opfølgning på samtale 15-04-2007", "Uge 15 (15-04-2007)",
        "Lægeerklæring af 15. april 2007", "OBS: 15-04-2007", "Lilleby, den 15. april 2007", "Jobplan 15-04-07",
    ],
)  # fmt: skip
def test_a_heading_with_a_date_that_may_be_anothers_is_never_part_of_the_note_above(
    tmp_path: Path, heading: str
) -> None:
    document = written("12-03-2007 Samtale.")
    document.add_heading(heading, 2)
    document.add_paragraph("Mødt.")
    assert dated(document, tmp_path) == [("12-03-2007", "Samtale."), (heading, f"{heading}\nMødt.")]
    assert read_date(heading) is None


@pytest.mark.parametrize("heading", ["Aftalt 12. marts 2007", "Vi aftalte 15-04-2007.", "Afsnit 1-2-3", "Match 1/2"])
def test_a_heading_without_another_date_belongs_to_the_note_above(tmp_path: Path, heading: str) -> None:
    document = written("12-03-2007 Samtale.")
    document.add_heading(heading, 3)
    document.add_paragraph("Mødt.")
    assert dated(document, tmp_path) == [("12-03-2007", f"Samtale.\n{heading}\nMødt.")]


@pytest.mark.parametrize("heading", ["Næste samtale: 12-06-2007", "Indkaldt til 12. juni 2007", "Frist 12-06-2007"])
def test_the_next_date_may_end_a_note(tmp_path: Path, heading: str) -> None:
    document = written("12-03-2007 Samtale.")
    document.add_heading(heading, 3)
    document.add_heading("Ny tid 13-06-2007", 3)
    document.add_paragraph("15-04-2007 Ringet op.")
    document.add_heading(heading, 3)
    document.add_paragraph("Borgeren er indplaceret.")
    assert dated(document, tmp_path) == [
        ("12-03-2007", f"Samtale.\n{heading}\nNy tid 13-06-2007"),
        ("15-04-2007", f"Ringet op.\n{heading}"),
        (heading, "Borgeren er indplaceret."),
    ]


def test_lines_within_a_paragraph_are_lines(tmp_path: Path) -> None:
    document = written("12-03-2007\nSamtale holdt.\n15-04-2007 Ny samtale.", "Slut.")
    assert [row[1:3] + row[4:] for row in rows_of(document, tmp_path)] == [
        ("12-03-2007", "Samtale holdt.", 1),
        ("15-04-2007", "Ny samtale.\nSlut.", 1),
    ]


def test_undated_prose_is_not_lost(tmp_path: Path) -> None:
    document = blank()
    document.add_heading("Journal", 0)
    document.add_paragraph("Navn: Kanarie Navnesen")
    document.add_paragraph("CPR-nr.: 700101-1234")
    document.add_paragraph("Borger: Kanarie Navnesen")
    document.add_paragraph("Borger: Kanarie Navnesen, cpr 700101-1234 (CPR-nr.: 700101 1234)")
    document.add_paragraph("Borgeren er indplaceret i match 2.")
    document.add_paragraph("Mere.")
    document.add_paragraph("12-03-2007 Samtale.")
    assert [row[1:] for row in rows_of(document, tmp_path)] == [
        (None, "Borgeren er indplaceret i match 2.\nMere.", None, 6),
        ("12-03-2007", "Samtale.", None, 8),
    ]


@pytest.mark.parametrize("line", ["Borger: er indplaceret i match 3", "Konklusion: match 3", "Notat om match 3"])
def test_a_label_is_no_excuse_to_lose_prose(tmp_path: Path, line: str) -> None:
    assert dated(written(line, "12-03-2007 Samtale."), tmp_path) == [(None, line), ("12-03-2007", "Samtale.")]


def test_a_document_without_any_date_is_one_row(tmp_path: Path) -> None:
    assert rows_of(written("", "Samtale holdt.", "Mødt."), tmp_path) == [
        ("Journal L001", None, "Samtale holdt.\nMødt.", None, 2)
    ]
    assert dated(written("Sag: L001", "Navn: Kanarie Navnesen"), tmp_path) == [
        (None, "Sag: L001\nNavn: Kanarie Navnesen")
    ]


def test_a_document_without_any_text_is_not_taken_for_one_without_notes(tmp_path: Path) -> None:
    blank_lines, picture, hidden = written("", "  "), blank(), blank()
    add_xml(picture, '<w:p PARTS><w:r><w:drawing><a:blip r:embed="rId9"/></w:drawing></w:r></w:p>')
    add_xml(hidden, "<w:p PARTS><w:r><w:rPr><w:vanish/></w:rPr><w:t>12-03-2007 Samtale.</w:t></w:r></w:p>")
    path = tmp_path / "L001.docx"
    for document in (blank_lines, picture, hidden):
        document.save(str(path))
        assert "indeholder ingen tekst, der kan læses. Er siderne scannet" in sentence(path)


# Tables


def test_a_table_with_headings_in_any_order(tmp_path: Path) -> None:
    document = written("Journal for sag L001")
    add_table(
        document,
        [
            ("Notat", "Sagsbehandler", "Dato"),
            ("Samtale holdt.\nMødt.", "KN", "12-03-2007"),
            ("Ringet op.", "", "Den 15. april 2007 kl. 10.15"),
            ("", "", ""),
            ("Notat", "Sagsbehandler", "Dato"),
            ("Uden dag.", "KN", ""),
            ("Mail.", "KN", "marts 2007"),
        ],
    )
    assert rows_of(document, tmp_path) == [
        ("L001", "12-03-2007", "Samtale holdt.\nMødt.", "KN", 3),
        ("L001", "2007-04-15", "Ringet op.", None, 4),
        ("L001", None, "Uden dag.", "KN", 7),
        ("L001", "marts 2007", "Mail.", "KN", 8),
    ]


def test_a_table_without_headings(tmp_path: Path) -> None:
    document = in_table(("12-03-2007", "KN", "Samtale holdt."), ("15. april 2007", "KN", "Ringet op."), ("", "", ""))
    assert dated(document, tmp_path) == [("12-03-2007", "Samtale holdt.\nKN"), ("2007-04-15", "Ringet op.\nKN")]


def test_a_table_with_headings_nobody_knows(tmp_path: Path) -> None:
    document = in_table(
        ("Hvornår", "Initialer", "Hvad"), ("12-03-2007", "KN", "Samtale holdt."), ("15-04-2007", "KN", "Ringet op.")
    )
    assert [row[1:] for row in rows_of(document, tmp_path)] == [
        ("12-03-2007", "Samtale holdt.", "KN", 2),
        ("15-04-2007", "Ringet op.", "KN", 3),
    ]


def test_a_title_above_a_table_without_headings(tmp_path: Path) -> None:
    document = blank()
    table = add_table(document, [("Journal for sag L001", ""), ("12-03-2007", "Samtale.")])
    table.cell(0, 0).merge(table.cell(0, 1))
    assert rows_of(document, tmp_path) == [("L001", "12-03-2007", "Samtale.", None, 2)]


@pytest.mark.parametrize("first", [("", "Indplaceret i match 2"), ("Uden dag", "Er indplaceret.")])
def test_a_first_row_without_a_date_is_not_taken_for_headings(tmp_path: Path, first: tuple[str, str]) -> None:
    document = in_table(first, ("12-03-2007", "Samtale."), ("13-03-2007", "Mødt."))
    assert dated(document, tmp_path) == [
        (None, "\n".join(filter(None, first))),
        ("12-03-2007", "Samtale."),
        ("13-03-2007", "Mødt."),
    ]


def test_columns_that_are_not_known_come_after_the_text(tmp_path: Path) -> None:
    document = in_table(("Dato", "Emne", "Notat"), ("12-03-2007", "Helbred", "Samtale holdt."))
    assert dated(document, tmp_path) == [("12-03-2007", "Samtale holdt.\nEmne: Helbred")]


def test_a_table_with_a_column_of_cases(tmp_path: Path) -> None:
    document = in_table(
        ("Sagsnr.", "Dato", "Notat"),
        ("L001", "12-03-2007", "Samtale."),
        ("L002", "12-03-2007", "Samtale."),
        ("", "13-03-2007", "Samtale."),
    )
    assert cases(document, tmp_path, "L003.docx") == ["L001", "L002", None]


@pytest.mark.parametrize("above", ["", "Sag: L003"])
def test_a_case_in_merged_cells_is_that_of_every_row(tmp_path: Path, above: str) -> None:
    document = written(above)
    table = add_table(
        document,
        [
            ("Sagsnr.", "Dato", "Notat"),
            ("L001", "12-03-2007", "Samtale."),
            ("", "13-03-2007", "Samtale."),
            ("L002", "14-03-2007", "Samtale."),
        ],
    )
    table.cell(1, 0).merge(table.cell(2, 0))
    assert cases(document, tmp_path, "L003.docx") == ["L001", "L001", "L002"]


@pytest.mark.parametrize("label", ["Matchkategori", "Matchkategori:"])
def test_a_label_and_its_value_are_one_line(tmp_path: Path, label: str) -> None:
    document = written("12-03-2007", "Samtale.")
    add_table(document, [(label, "3"), ("Opmærksomhedsområder", "helbred")])
    text = "Samtale.\nMatchkategori: 3\nOpmærksomhedsområder: helbred"
    assert dated(document, tmp_path) == [("12-03-2007", text)]
    document = in_table(("Dato", "12-03-2007"), (label, "3"), ("Konklusion", "Mødt."), ("Notat", "Samtale."))
    assert dated(document, tmp_path) == [("12-03-2007", "Matchkategori: 3\nKonklusion\nMødt.\nSamtale.")]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("13-03-2007", [("12-03-2007", "Samtale.\nAfholdt"), ("13-03-2007", None)]),
        ("Kontaktsamtale 13-03-2007", [("12-03-2007", "Samtale.\nAfholdt\nKontaktsamtale 13-03-2007")]),
        ("Ja.\n13-03-2007 Ringet.", [("12-03-2007", "Samtale.\nAfholdt\nJa."), ("13-03-2007", "Ringet.")]),
    ],
)
def test_a_date_beside_a_label_is_still_read(tmp_path: Path, value: str, found: list[tuple[str, str | None]]) -> None:
    document = written("12-03-2007", "Samtale.")
    add_table(document, [("Afholdt", value)])
    assert dated(document, tmp_path) == found


@pytest.mark.parametrize("above", ["Sag: L001", ""])
def test_a_small_table_of_the_same_case_is_part_of_the_note(tmp_path: Path, above: str) -> None:
    document = written(above, "12-03-2007", "Samtale.")
    add_table(document, [("Sagsnr.", "L001"), ("Matchkategori", "3"), ("Er arbejdssøgende.", "")])
    document.add_paragraph("Mødt.")
    assert [row[:3] for row in rows_of(document, tmp_path, "Uden.docx")] == [
        ("L001", "12-03-2007", "Samtale.\nMatchkategori: 3\nEr arbejdssøgende.\nMødt.")
    ]


def test_a_small_table_of_another_case_ends_the_note(tmp_path: Path) -> None:
    document = written("Sag: L001", "12-03-2007", "Samtale.")
    add_table(document, [("Sagsnr.", "L002"), ("Navn", "Kanarie Navnesen")])
    document.add_paragraph("13-03-2007 Mødt.")
    assert [row[:3] for row in rows_of(document, tmp_path)] == [
        ("L001", "12-03-2007", "Samtale."),
        ("L002", "13-03-2007", "Mødt."),
    ]


def test_merged_cells(tmp_path: Path) -> None:
    document = blank()
    table = add_table(
        document,
        [
            ("Notater fra samtaler", "", ""),
            ("Dato", "Notat", "Init."),
            ("Sag: L002", "", ""),
            ("12-03-2007", "Samtale.", "KN"),
            ("", "Ringet op.", "KN"),
        ],
    )
    for row in (0, 2):
        table.cell(row, 0).merge(table.cell(row, 2))
    table.cell(3, 0).merge(table.cell(4, 0))
    assert rows_of(document, tmp_path) == [
        ("L002", "12-03-2007", "Samtale.", "KN", 4),
        ("L002", "12-03-2007", "Ringet op.", "KN", 5),
    ]


def test_what_comes_after_a_table_is_not_its_last_note(tmp_path: Path) -> None:
    document = in_table(("Dato", "Notat"), ("12-03-2007", "Samtale."))
    document.add_paragraph("Borgeren er indplaceret i match 2.")
    assert dated(document, tmp_path) == [("12-03-2007", "Samtale."), (None, "Borgeren er indplaceret i match 2.")]


def test_a_form_for_each_note(tmp_path: Path) -> None:
    document = blank()
    for day, case in ((12, "L001"), (13, "L002")):
        add_table(
            document,
            [
                ("Sagsnr.", case),
                ("Dato", f"{day}-03-2007"),
                ("Sagsbehandler", "KN"),
                ("Notat", f"Samtale {day}.\nMødt."),
            ],
        )
    assert rows_of(document, tmp_path) == [
        ("L001", "12-03-2007", "Samtale 12.\nMødt.", "KN", 2),
        ("L002", "13-03-2007", "Samtale 13.\nMødt.", "KN", 6),
    ]


def test_a_table_that_only_lays_out_the_page_is_read_as_text(tmp_path: Path) -> None:
    document = in_table(("Samtaler",), ("",), ("12-03-2007 Samtale.\nMødt.",))
    cell = document.tables[0].cell(1, 0)
    inner = cell.add_table(rows=2, cols=2)
    for place, text in enumerate(("Dato", "Notat", "11-03-2007", "Indkaldt.")):
        inner.cell(place // 2, place % 2).text = text
    document.add_paragraph("Slut.")
    assert [row[1:] for row in rows_of(document, tmp_path)] == [
        (None, "Samtaler", None, 1),
        ("11-03-2007", "Indkaldt.", None, 2),
        ("12-03-2007", "Samtale.\nMødt.\nSlut.", None, 3),
    ]


def test_an_empty_table_of_notes_has_no_rows(tmp_path: Path) -> None:
    document = blank()
    document.add_heading("Journal for sag L001")
    add_table(document, [("Dato", "Notat"), ("", "")])
    assert rows_of(document, tmp_path) == []


# Whose notes they are


@pytest.mark.parametrize(
    "line",
    [
        "Sag: L001",
        "Sag L001",
        "Sagsnr. L001",
        "Sagsnr.: L001.",
        "Sags-id L001",
        "Sag nr. L001",
        "SAGSNUMMER: L001",
        "J.nr. L001",
        "Vedr. sag L001",
        "Journal for sag L001",
        "Sag: L001 Kanarie Navnesen",
        "Sagsnr. L001 (Kanarie Navnesen, 700101-1234)",
    ],
)
def test_a_line_that_names_a_case(tmp_path: Path, line: str) -> None:
    document = written("Sag: L009", "11-03-2007 Før.", line, "12-03-2007 Samtale.", "Mødt.")
    assert [row[:3] for row in rows_of(document, tmp_path)] == [
        ("L009", "11-03-2007", "Før."),
        ("L001", "12-03-2007", "Samtale.\nMødt."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Sag L001 blev drøftet med lederen.",
        "Sagen drøftet.",
        "Sag: drøftet med 2 ledere.",
        "Sag 2007",
        "Sagsbehandler 6",
        "Sag: 3 samtaler er holdt.",
        "Journalen er ført.",
    ],
)
def test_a_sentence_about_a_case_is_text(tmp_path: Path, line: str) -> None:
    document = written("Sag: L009", "11-03-2007 Før.", line)
    assert [row[:3] for row in rows_of(document, tmp_path)] == [("L009", "11-03-2007", f"Før.\n{line}")]


def test_what_else_a_label_says_is_read(tmp_path: Path) -> None:
    document = written(
        "Sag: L001, 12-03-2007: Samtale.",
        "13-03-2007, sag: L002: Samtale.",
        "Sagsnr. L003 14-03-2007 Samtale.",
        "Sagsnr. L004 – indplaceret i match 2.",
        "Sagsnr. L005 – mødt, se bilag om børnene.",
    )
    assert [row[:3] for row in rows_of(document, tmp_path)] == [
        ("L001", "12-03-2007", "Samtale."),
        ("L002", "13-03-2007", "Samtale."),
        ("L003", "14-03-2007", "Samtale."),
        ("L004", None, "indplaceret i match 2."),
        ("L005", None, "mødt, se bilag om børnene."),
    ]


def test_the_archives_number_stands_beside_the_cases(tmp_path: Path) -> None:
    document = written("Sagsnr. L001", "J.nr. 2007-15", "Navn: Kanarie Navnesen", "12-03-2007 Samtale.", "Sag: L002")
    document.add_paragraph("13-03-2007 Samtale.")
    document.add_heading("J.nr. 2007-16, sagsnr. L003", 2)
    document.add_paragraph("14-03-2007 Samtale.")
    assert cases(document, tmp_path) == ["L001 2007-15", "L002", "2007-16 L003"]
    assert cases(with_header("J.nr. 2007-15", "Sagsnr. L001"), tmp_path) == ["2007-15 L001"]
    document = in_table(("J.nr.", "2007-15"), ("Sagsnr.", "L001"))
    document.add_paragraph("12-03-2007 Samtale.")
    assert cases(document, tmp_path) == ["2007-15 L001"]


def test_a_label_said_again_changes_nothing(tmp_path: Path) -> None:
    document = written("Sag: L001", "12-03-2007 Samtale.", "Sag: L001", "Mødt.")
    assert dated(document, tmp_path) == [("12-03-2007", "Samtale.\nMødt.")]


def test_several_cases_in_one_document(tmp_path: Path) -> None:
    document = blank()
    document.add_heading("Samtaler i marts", 0)
    document.add_heading("Kanarie Navnesen, sagsnr. L001", 1)
    document.add_paragraph("12-03-2007 Samtale.")
    document.add_heading("L002", 1)
    document.add_paragraph("13-03-2007 Samtale.")
    document.add_paragraph("14-03-2007 Samtale.")
    document.add_paragraph("Sag: L003")
    document.add_paragraph("Navn: Kanarie Navnesen")
    document.add_paragraph("Ikke mødt.")
    document.add_heading("15-03-2007 – Sag: L004", 2)
    document.add_paragraph("Samtale.")
    assert [row[:3] for row in rows_of(document, tmp_path)] == [
        ("L001", "12-03-2007", "Samtale."),
        ("L002", "13-03-2007", "Samtale."),
        ("L002", "14-03-2007", "Samtale."),
        ("L003", None, "Ikke mødt."),
        ("L004", "15-03-2007", "Samtale."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Se også sag L001 vedr. ægtefællen.", "Sag L001 lukket.", "Vedr. ægtefællens sag L001", "Overført fra sag L001",
        "Sag: L001 (ægtefælle)", "Sagsnr. L001 – se der.", "Sagen L001 er overdraget.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("bold", [False, True])
def test_a_remark_on_another_case_is_text(tmp_path: Path, line: str, bold: bool) -> None:
    document = written("Sag: L009", "11-03-2007 Før.")
    document.add_paragraph().add_run(line).bold = bold
    document.add_paragraph("12-03-2007 Samtale.")
    assert [row[:3] for row in rows_of(document, tmp_path)] == [
        ("L009", "11-03-2007", f"Før.\n{line}"),
        ("L009", "12-03-2007", "Samtale."),
    ]


def test_a_dated_heading_names_a_case_only_by_a_label(tmp_path: Path) -> None:
    document = written("Sag: L009")
    for heading in ("12-03-2007 Samtale (se også sag L001)", "Kontaktsamtale 13-03-2007, sag: L002"):
        document.add_heading(heading, 2)
        document.add_paragraph("Mødt.")
    assert [row[:3] for row in rows_of(document, tmp_path)] == [
        ("L009", "12-03-2007", "Samtale (se også sag L001)\nMødt."),
        ("L002", "13-03-2007", "Kontaktsamtale\nMødt."),
    ]


def test_a_heading_that_says_more_than_a_label_leaves_the_case_in_doubt(tmp_path: Path) -> None:
    document = written("Sag: L009")
    document.add_heading("12-03-2007 Samtale om arbejde, sag L001", 2)
    document.add_heading("13-03-2007 Samtale", 2)
    document.add_heading("Drøftelse af sag L002 og andet", 3)
    document.add_paragraph("Mødt.")
    document.add_heading("14-03-2007 Samtale", 2)
    document.add_paragraph("Sag: L003")
    document.add_heading("15-03-2007 Samtale", 2)
    assert cases(document, tmp_path) == ["L009\nL001", "L009\nL002", "L009\nL002", "L003"]


@pytest.mark.parametrize("line", ["Sag L001: Borgeren er indplaceret.", "Sagsnr. L001 – Borgeren er indplaceret."])
@pytest.mark.parametrize("bold", [False, True])
def test_what_is_said_after_the_notes_own_case_is_kept(tmp_path: Path, line: str, bold: bool) -> None:
    document = written("Sag: L001", "12-03-2007 Samtale.")
    document.add_paragraph().add_run(line).bold = bold
    document.add_paragraph("Mødt.")
    (note,) = rows_of(document, tmp_path)
    assert note[:2] == ("L001", "12-03-2007")
    assert re.fullmatch(r"Samtale\.\n(Sag L001: )?Borgeren er indplaceret\.\nMødt\.", note[2] or "")


def test_what_is_said_after_another_case_is_that_cases(tmp_path: Path) -> None:
    document = written("Sag: L009", "12-03-2007 Samtale.")
    document.add_paragraph().add_run("Sag L001: Borgeren er indplaceret.").bold = True
    assert [row[:3] for row in rows_of(document, tmp_path)] == [
        ("L009", "12-03-2007", "Samtale."),
        ("L001", None, "Borgeren er indplaceret."),
    ]


@pytest.mark.parametrize("heading", ["L002 Kanarie", "L002 – Kanarie Navnesen", "Kanarie, L002", "Kanarie Ø. (L002)"])
@pytest.mark.parametrize("first", ["L001", "Sagsnr. L001"])
def test_an_id_beside_a_name_begins_a_case_where_ids_look_like_that(tmp_path: Path, first: str, heading: str) -> None:
    document = blank()
    for line, day in ((first, "12-03-2007"), (heading, "13-03-2007")):
        document.add_heading(line, 1)
        add_table(document, [("Dato", "Notat"), (day, "Samtale.")])
    assert cases(document, tmp_path) == ["L001", "L002"]


def test_ids_beside_names_from_the_beginning(tmp_path: Path) -> None:
    document = blank()
    for line, day in (("Kanarie Navnesen (L001)", "12-03-2007"), ("Kanarie Ø. (L002)", "13-03-2007")):
        document.add_heading(line, 1)
        document.add_paragraph(f"{day} Samtale.")
    assert cases(document, tmp_path) == ["Uden nummer\nL001", "L002"]


@pytest.mark.parametrize("heading", ["Bilag L002", "L002 tidligere forløb"])
@pytest.mark.parametrize("first", ["Sag: L001", ""])
def test_another_word_that_may_be_an_id_leaves_the_case_in_doubt(tmp_path: Path, first: str, heading: str) -> None:
    document = written(first, "12-03-2007 Samtale.")
    document.add_heading(heading, 2)
    document.add_paragraph("13-03-2007 Samtale.")
    assert cases(document, tmp_path, "L001.docx") == ["L001\nL002", "L001\nL002"]


@pytest.mark.parametrize("heading", ["2007", "14.30", "Match-3", "Opfølgning", "12. samtale"])
def test_a_heading_that_is_no_id_belongs_to_the_note_above(tmp_path: Path, heading: str) -> None:
    document = written("12-03-2007 Samtale.")
    document.add_heading(heading, 3)
    assert rows_of(document, tmp_path) == [("Journal L001", "12-03-2007", f"Samtale.\n{heading}", None, 1)]


def with_title(title: str) -> Document:
    document = written("12-03-2007 Samtale.")
    document.core_properties.title = title
    return document


def with_header(*lines: str) -> Document:
    document = written("12-03-2007 Samtale.")
    header = document.sections[0].header
    for line in lines:
        header.add_paragraph(line)
    return document


def test_the_case_may_stand_in_the_title_the_header_or_the_files_name(tmp_path: Path) -> None:
    assert cases(with_title("Journal L001"), tmp_path) == ["Journal L001\nUden nummer"]
    assert cases(with_title("Journal, sagsnr. L001"), tmp_path) == ["L001"]
    assert cases(with_header("Lilleby", "Torvet 3 L001"), tmp_path) == ["Lilleby Torvet 3 L001\nUden nummer"]
    assert cases(with_header("Lilleby", "Sagsnr.: L001", "Side 1"), tmp_path) == ["L001"]
    assert cases(written("12-03-2007 Samtale."), tmp_path, "L001_notater.docx") == ["L001_notater"]


def test_the_nearest_comes_first(tmp_path: Path) -> None:
    document = with_header("Lilleby")
    document.core_properties.title = "L001"
    assert cases(document, tmp_path) == ["L001\nLilleby\nUden nummer"]
    document.core_properties.title = "Sag: L001"
    assert cases(document, tmp_path) == ["L001"]
    document.add_paragraph("Sag: L000")
    document.add_paragraph("13-03-2007 Samtale.")
    assert cases(document, tmp_path, "L003.docx") == ["L001\nL003", "L000"]


def test_title_header_and_file_name_that_disagree_are_all_handed_on(tmp_path: Path) -> None:
    document = with_header("Sag: L002")
    for title, name, told in (
        ("L001", "L003.docx", "L001\nL002\nL003"),
        ("Sag: L001", "L002.docx", "L001\nL002"),
        ("Sag: L001", "Uden nummer.docx", "L001\nL002"),
        ("Sag: L002", "L002 2007-03-12.docx", "L002"),
        ("Referat", "Journal_L002_(2).docx", "L002"),
        ("", "L003-Navnesen.docx", "L002\nL003-Navnesen"),
    ):
        document.core_properties.title = title
        assert cases(document, tmp_path, name) == [told]
    document = written("12-03-2007 Samtale.")
    add_table(document, [("Sagsnr.", "L001"), ("Navn", "Kanarie Navnesen")])
    assert cases(document, tmp_path, "L002.docx") == ["L001\nL002"]


def test_a_page_header_that_nobody_sees_names_no_case(tmp_path: Path) -> None:
    document = with_header("Lilleby")
    section = document.sections[0]
    section.first_page_header.paragraphs[0].text = "Sagsnr. L002"
    section.even_page_header.paragraphs[0].text = "Sagsnr. L003"
    section.different_first_page_header_footer = False
    assert cases(document, tmp_path, "L001.docx") == ["Lilleby\nL001"]
    section.different_first_page_header_footer = True
    assert cases(document, tmp_path, "L001.docx") == ["L002\nL001"]
    section.different_first_page_header_footer = False
    document.settings.odd_and_even_pages_header_footer = True
    assert cases(document, tmp_path, "L001.docx") == ["L003\nL001"]


def test_a_document_that_says_nothing_of_itself_has_no_title(tmp_path: Path) -> None:
    path = tmp_path / "L001.docx"
    document = written("12-03-2007 Samtale.")
    core = next(key for key, rel in document.part.package.rels.items() if rel.reltype.endswith("/core-properties"))
    del document.part.package.rels[core]
    document.save(str(path))
    assert word.read(path, WANTED).frame["0"].to_list() == ["L001"]


@pytest.mark.parametrize(
    "rows",
    [
        [("Sagsnummer", "L001"), ("Navn", "Kanarie Navnesen"), ("Kontor", "Nord")],
        [("Navn", "Kanarie Navnesen", "Sagsnr.:", "L001"), ("Team", "Nord", "", "")],
        [("Sag", "Navn", "Team"), ("L001", "Kanarie Navnesen", "Nord")],
    ],
)
def test_the_first_table_may_tell_the_case(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    document = in_table(*rows)
    document.add_paragraph("12-03-2007 Samtale.")
    assert [(row[0], row[4]) for row in rows_of(document, tmp_path, "Uden.docx")] == [("L001", len(rows) + 1)]
    after = written("12-03-2007 Samtale.")
    add_table(after, rows)
    assert cases(after, tmp_path) == ["L001"]


# Where Word hides text


def test_tracked_changes(tmp_path: Path) -> None:
    document = written("12-03-2007 Samtale")
    add_xml(
        document,
        "<w:p PARTS><w:r><w:t>Han er </w:t></w:r>"
        '<w:del w:id="1" w:author="KN"><w:r><w:delText>ikke </w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="KN"><w:r><w:t xml:space="preserve">nu </w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3" w:author="KN"><w:r><w:t>aldrig </w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="4" w:author="KN"><w:r><w:t>mødt.</w:t></w:r></w:moveTo></w:p>',
    )
    add_xml(
        document,
        "<w:tbl PARTS><w:tr><w:trPr><w:del w:id='5' w:author='KN'/></w:trPr><w:tc><w:p><w:r><w:t>13-03-2007 Slettet."
        "</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>14-03-2007 Nyt.</w:t></w:r></w:p></w:tc></w:tr>"
        "</w:tbl>",
    )
    text = "Samtale\nHan er nu mødt."
    assert [row[1:3] + row[4:] for row in rows_of(document, tmp_path)] == [
        ("12-03-2007", text, 1),
        ("14-03-2007", "Nyt.", 4),
    ]


@pytest.mark.parametrize("how", ["<w:strike/>", '<w:dstrike w:val="1"/>', "<w:vanish/>"])
def test_what_is_struck_out_or_hidden_is_no_evidence(how: str, tmp_path: Path) -> None:
    document = written("12-03-2007 Samtale")
    add_xml(
        document,
        f"<w:p PARTS><w:r><w:rPr>{how}</w:rPr><w:t>Indplaceret i matchkategori 3. </w:t></w:r>"
        '<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>Han mødte.</w:t></w:r></w:p>',
    )
    assert [row[2] for row in rows_of(document, tmp_path)] == ["Samtale\nHan mødte."]


def add_style(document: Document, kind: str, name: str, how: str) -> None:
    document.styles.element.append(
        parse_xml(f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{how}</w:style>')
    )


@pytest.mark.parametrize("how", ["<w:strike/>", "<w:dstrike/>", "<w:vanish/>"])
@pytest.mark.parametrize("kind", ["paragraph", "character"])
def test_nor_is_what_a_style_strikes_out_or_hides(kind: str, how: str, tmp_path: Path) -> None:
    document = written("12-03-2007 Samtale")
    add_style(document, kind, "Udgaaet", f"<w:rPr>{how}</w:rPr>")
    add_style(document, kind, "Afledt", '<w:basedOn w:val="Udgaaet"/>')
    shown = how.replace("/", ' w:val="0"/')
    add_style(document, kind, "Igen", f'<w:basedOn w:val="Udgaaet"/><w:rPr>{shown}</w:rPr>')
    for name, own in (("Udgaaet", ""), ("Afledt", ""), ("Igen", ""), ("Udgaaet", shown)):
        paragraph, run = f'<w:pPr><w:pStyle w:val="{name}"/></w:pPr>', f'<w:rStyle w:val="{name}"/>'
        paragraph, run = (paragraph, "") if kind == "paragraph" else ("", run)
        add_xml(
            document,
            f"<w:p PARTS>{paragraph}<w:r><w:rPr>{run}{own}</w:rPr>"
            f"<w:t>Match 3 {name}{own and ' vist'}</w:t></w:r></w:p>",
        )
    assert dated(document, tmp_path) == [("12-03-2007", "Samtale\nMatch 3 Igen\nMatch 3 Udgaaet vist")]


def test_a_runs_style_goes_before_its_paragraphs(tmp_path: Path) -> None:
    document = written("12-03-2007 Samtale")
    add_style(document, "paragraph", "Udgaaet", "<w:rPr><w:strike/></w:rPr>")
    add_style(document, "character", "Vist", '<w:rPr><w:strike w:val="0"/></w:rPr>')
    add_xml(
        document,
        '<w:p PARTS><w:pPr><w:pStyle w:val="Udgaaet"/></w:pPr><w:r><w:t>Match 3</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="Vist"/></w:rPr><w:t>Han mødte.</w:t></w:r></w:p>',
    )
    assert dated(document, tmp_path) == [("12-03-2007", "Samtale\nHan mødte.")]


@pytest.mark.parametrize(
    ("row", "cell"),
    [("<w:trPr><w:hidden/></w:trPr>", ""), ("", '<w:tcPr><w:cellDel w:id="1" w:author="KN"/></w:tcPr>')],
)
def test_nor_are_rows_that_are_hidden_and_cells_that_are_deleted(row: str, cell: str, tmp_path: Path) -> None:
    def line(how: str, *texts: str) -> str:
        own = cell if how else ""
        cells = (f"<w:tc>{own}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
        return f"<w:tr>{how}{''.join(cells)}</w:tr>"

    document = blank()
    head, shown = line("", "Dato", "Notat"), line("", "13-03-2007", "Mødt.")
    add_xml(document, f"<w:tbl PARTS>{head}{line(row or '<w:trPr/>', '12-03-2007', 'Match 3')}{shown}</w:tbl>")
    assert dated(document, tmp_path) == [("13-03-2007", "Mødt.")]


def sign(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def typed(text: str, font: str = "Wingdings") -> str:
    return f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t>{text}</w:t></w:r>'


def form(field: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/>{field}</w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def tick(states: str) -> str:
    return form(f"<w:checkBox><w:sizeAuto/>{states}</w:checkBox>")


ON, OFF = '<w:checked w:val="1"/>', '<w:checked w:val="0"/>'


@pytest.mark.parametrize(
    ("drawn", "shown"),
    [
        (tick(""), "☐"), (tick('<w:default w:val="0"/>'), "☐"), (tick('<w:default w:val="1"/>' + OFF), "☐"),
        (tick('<w:default w:val="1"/>'), "☒"), (tick('<w:default w:val="0"/><w:checked/>'), "☒"), (tick(ON), "☒"),
        (sign("Wingdings", "F0A8"), "☐"), (sign("Wingdings", "6F"), "☐"), (sign("wingdings", "f071"), "☐"),
        (sign("Wingdings", "F0FE"), "☒"), (sign("Wingdings", "F0FD"), "☒"), (sign("Wingdings", "F078"), "☒"),
        (sign("Wingdings", "F0FC"), "✓"), (sign("Wingdings 2", "F0A3"), "☐"), (sign("Wingdings 2", "F052"), "☒"),
        (sign("Webdings", "F063"), "☐"), (sign("Symbol", "F0A8"), ""), (sign("Wingdings", "kanarie"), ""),
        (typed("o"), "☐"), (typed("\u00a8"), "☐"), (typed("\uf0a8"), "☐"), (typed("\u00fe"), "☒"), (typed("x"), "☒"),
        (typed("\uf0a8", "Arial"), "☐"), (typed("\uf0fe", "Arial"), "☒"), (typed("o", "Arial"), "o"),
        (typed("\uf0a8", "Symbol"), "\uf0a8"), (typed("£", "Wingdings 2"), "☐"), (typed("§"), "§"),
    ],
)  # fmt: skip
def test_a_box_is_read_as_it_is_drawn(drawn: str, shown: str, tmp_path: Path) -> None:
    document = written("12-03-2007 Samtale")
    add_xml(document, f"<w:p PARTS><w:r><w:t>Match</w:t></w:r>{drawn}<w:r><w:t>3</w:t></w:r></w:p>")
    assert dated(document, tmp_path) == [("12-03-2007", f"Samtale\nMatch{shown}3")]


@pytest.mark.parametrize(
    ("states", "chosen"),
    [
        ('<w:result w:val="2"/>', "3"), ('<w:default w:val="1"/>', "2"), ("", "Vælg"),
        ('<w:result w:val="0"/><w:default w:val="1"/>', "Vælg"), ('<w:result w:val="9"/>', ""),
    ],
)  # fmt: skip
def test_what_is_chosen_in_a_list_is_read(states: str, chosen: str, tmp_path: Path) -> None:
    entries = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in ("Vælg", "2", "3"))
    document = written("12-03-2007 Samtale")
    add_xml(document, f"<w:p PARTS><w:r><w:t>Match:</w:t></w:r>{form(f'<w:ddList>{states}{entries}</w:ddList>')}</w:p>")
    assert dated(document, tmp_path) == [("12-03-2007", f"Samtale\nMatch:{chosen}")]


@pytest.mark.parametrize("box", [tick, lambda on: sign("Wingdings", "F0FE" if on == ON else "F0A8")])
@pytest.mark.parametrize("ticked", [0, 3])
def test_only_a_ticked_box_places(box: Callable[[str], str], ticked: int, tmp_path: Path) -> None:
    document = written("12-03-2007 Samtale")
    boxes = (f"{box(ON if place == ticked else OFF)}<w:r><w:t> {place} </w:t></w:r>" for place in range(1, 6))
    add_xml(document, f"<w:p PARTS><w:r><w:t>Matchkategori: </w:t></w:r>{''.join(boxes)}</w:p>")
    add_xml(document, f"<w:p PARTS>{box(ON if ticked else OFF)}<w:r><w:t> Match 3</w:t></w:r></w:p>")
    document.save(str(tmp_path / "L001.docx"))
    (note,) = read_notes(tmp_path / "L001.docx")
    assert said(list(note.statements), "placed") == ({"3"} if ticked else set())


def test_hyperlinks_fields_tags_and_signs(tmp_path: Path) -> None:
    document = blank()
    add_xml(
        document,
        '<w:p PARTS><w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>'
        '<w:smartTag w:uri="x" w:element="date"><w:r><w:t>12-03-2007</w:t></w:r></w:smartTag>'
        '<w:r><w:tab/></w:r><w:hyperlink w:anchor="x"><w:r><w:t>Samtale</w:t></w:r></w:hyperlink>'
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText></w:r>'
        '<w:fldSimple w:instr="X"><w:r><w:t xml:space="preserve"> nr. 2</w:t></w:r></w:fldSimple>'
        "<w:r><w:noBreakHyphen/><w:t>A</w:t><w:br/><w:t>slut</w:t></w:r></w:p>",
    )
    assert dated(document, tmp_path) == [("12-03-2007", "Samtale nr. 2-A\nslut")]


def test_content_controls(tmp_path: Path) -> None:
    document = blank()
    add_xml(
        document,
        "<w:sdt PARTS><w:sdtPr/><w:sdtContent><w:p><w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent><w:r>"
        "<w:t>12-03-2007</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>: Samtale.</w:t></w:r></w:p>"
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Klik her for at angive tekst."
        "</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>",
    )
    add_xml(
        document,
        "<w:tbl PARTS><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc><w:p><w:r><w:t>13-03-2007</w:t></w:r></w:p>"
        "</w:tc></w:sdtContent></w:sdt><w:tc><w:p><w:r><w:t>Mødt.</w:t></w:r></w:p></w:tc></w:tr></w:sdtContent></w:sdt>"
        "</w:tbl>",
    )
    assert [row[1:] for row in rows_of(document, tmp_path)] == [
        ("12-03-2007", "Samtale.", None, 1),
        ("13-03-2007", "Mødt.", None, 3),
    ]


BOX = "<w:txbxContent><w:p><w:r><w:t>Borgeren er indplaceret.</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    "drawn",
    [
        f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>",
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><a:any>{BOX}</a:any></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
    ],
)
def test_a_text_box_is_read_once_where_it_hangs(tmp_path: Path, drawn: str) -> None:
    document = blank()
    add_xml(document, f"<w:p PARTS><w:r><w:t>12-03-2007 Samtale.</w:t></w:r><w:r>{drawn}</w:r></w:p>")
    document.add_paragraph("13-03-2007 Mødt.")
    assert [row[1:] for row in rows_of(document, tmp_path)] == [
        ("12-03-2007", "Samtale.\nBorgeren er indplaceret.", None, 1),
        ("13-03-2007", "Mødt.", None, 2),
    ]


FOOTNOTES = (
    f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
    '</w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>Indplaceret i match 3.</w:t></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)


def with_texts_beside() -> Document:
    """A note with a comment on it, and with a footnote."""
    document = written("4. juni 2007", "Samtale holdt.")
    document.add_comment(document.paragraphs[1].runs, text="Husk match", author=CANARY, initials="K")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, FOOTNOTES.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return document


def test_comments_and_footnotes_are_counted_and_not_read(tmp_path: Path) -> None:
    table = table_in(with_texts_beside(), tmp_path)
    assert table.beside == 2
    assert table.frame["2"].to_list() == ["Samtale holdt."]
    assert table_in(written("4. juni 2007", "Samtale holdt."), tmp_path).beside == 0


def test_the_report_tells_of_comments_and_footnotes(tmp_path: Path) -> None:
    folder = tmp_path / "lilleby"
    shutil.copytree(LILLEBY, folder)
    (folder / "journal.csv").unlink()
    (folder / "journal").mkdir()
    for name in ("L001", "L002"):
        with_texts_beside().save(str(folder / "journal" / f"{name}.docx"))
    written("4. juni 2007", "Samtale holdt.").save(str(folder / "journal" / "L003.docx"))
    (told,) = [warning for warning in app.check(folder).run.warnings if "fodnoter" in warning]
    assert told == (
        "journal/L001.docx og 1 fil mere: 4 kommentarer og fodnoter er ikke læst. Viser de, at et skridt er taget, så "
        "skriv det i selve notatet."
    )


def test_a_table_of_contents_repeats_no_note(tmp_path: Path) -> None:
    document = blank()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("12-03-2007\t1", style="toc 1")
    document.add_heading("12-03-2007", 1)
    document.add_paragraph("Samtale.")
    assert [row[1:] for row in rows_of(document, tmp_path)] == [("12-03-2007", "Samtale.", None, 2)]


def test_a_style_based_on_a_heading_is_a_heading(tmp_path: Path) -> None:
    document = blank()
    style = document.styles.add_style("Notathoved", 1)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Kontaktsamtale 12-03-2007", style="Notathoved")
    document.add_paragraph("Mødt.")
    assert dated(document, tmp_path) == [("12-03-2007", "Kontaktsamtale\nMødt.")]


def test_rows_are_counted_as_a_person_counts_them(tmp_path: Path) -> None:
    document = written("Journal for sag L001", "", "12-03-2007 Samtale.", "Mødt.")
    add_table(document, [("Dato", "Notat"), ("13-03-2007", "To\nlinjer."), ("14-03-2007", "Mere.")])
    document.add_paragraph("15-03-2007 Slut.")
    assert [row[4] for row in rows_of(document, tmp_path)] == [3, 6, 7, 8]


# What cannot be read


def sentence(path: Path, wanted: Wanted = WANTED) -> str:
    with pytest.raises(UserError) as told:
        word.read(path, wanted)
    said = str(told.value)
    assert said.startswith(path.name)
    assert said.endswith(".")
    assert told.value.__suppress_context__ or told.value.__context__ is None
    for hidden in (CANARY, "Kanarie", "docx.", "xml", "Error", "line"):
        assert hidden not in said.removeprefix(path.name)
    return said


def saved(folder: Path) -> bytes:
    packed = io.BytesIO()
    document = written(f"12-03-2007 {CANARY}")
    document.core_properties.title = CANARY
    document.save(packed)
    (folder / "journal.docx").write_bytes(packed.getvalue())
    return packed.getvalue()


def changed(folder: Path, change: Callable[[str, bytes], bytes | None], name: str = "journal.docx") -> Path:
    """A sound document with some of its parts changed, or left out."""
    path = folder / name
    raw = saved(folder)
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            content = change(member, old.read(member))
            if content is not None:
                new.writestr(member, content)
    return path


MAIN = "word/document.xml"


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: content[: len(content) // 2] if name == MAIN else content,
        lambda name, content: content.replace(b"</w:body>", b"&kanarie;</w:body>") if name == MAIN else content,
        lambda name, content: None if name == MAIN else content,
        lambda name, content: None if name == "[Content_Types].xml" else content,
        lambda name, content: None if name.endswith(".rels") else content,
        lambda name, content: b"<a/>" if name == MAIN else content,
        lambda name, content: b"<a/>" if name == "[Content_Types].xml" else content,
        lambda name, content: b"\xff\xfe\x00" if name == MAIN else content,
        lambda _, content: content.replace(b"document.main", b"sheet.main"),
        lambda name, content: b"\0" * 100 if name == "docProps/core.xml" else content,
    ],
)
def test_a_damaged_document(tmp_path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    assert "er beskadiget eller ikke et Word-dokument" in sentence(changed(tmp_path, change))


def test_what_is_no_word_document(tmp_path: Path) -> None:
    path = tmp_path / "Journal L001.docx"
    for raw in (b"", b"tekst", saved(tmp_path)[:500]):
        path.write_bytes(raw)
        assert "er beskadiget og kan ikke åbnes" in sentence(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert "adgangskode eller gemt i et ældre format" in sentence(path)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", CANARY)
    assert "ikke et Word-dokument" in sentence(path)
    assert "findes ikke" in sentence(tmp_path / "andet.docx")
    assert "er en mappe" in sentence(tmp_path.parent / tmp_path.name)


def test_a_damaged_part_in_the_zip(tmp_path: Path) -> None:
    raw = bytearray(saved(tmp_path))
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as package:
        begins = package.getinfo(MAIN).header_offset + 100
    raw[begins : begins + 40] = b"\x55" * 40
    (tmp_path / "journal.docx").write_bytes(bytes(raw))
    assert "er beskadiget" in sentence(tmp_path / "journal.docx")


def test_a_package_with_a_password(tmp_path: Path) -> None:
    raw = bytearray(saved(tmp_path))
    for found in re.finditer(b"PK\x01\x02", bytes(raw)):
        raw[found.start() + 8] |= 1
    (tmp_path / "journal.docx").write_bytes(bytes(raw))
    assert "adgangskode" in sentence(tmp_path / "journal.docx")


def test_a_zip_bomb_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SMALL", 1 << 20)
    padding = b"<!--" + b" " * (40 << 20) + b"-->"
    path = changed(tmp_path, lambda name, content: content + padding if name == MAIN else content)
    assert "fylder mere, end en rigtig fil gør" in sentence(path)


def bomb(levels: int) -> bytes:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, levels))
    return b'<!DOCTYPE x [<!ENTITY l0 "' + CANARY.encode() * 20 + b'">' + entities + b"]>"


@pytest.mark.parametrize("part", [MAIN, "word/styles.xml", "docProps/core.xml"])
@pytest.mark.parametrize(
    ("doctype", "used"),
    [
        (bomb(10), b"&l9;"),
        (b'<!DOCTYPE x [<!ENTITY e "Kanarie">]>', b"&e;"),
        (b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', b"&e;"),
        (b'<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">', b""),
    ],
    ids=["bomb", "entity", "file", "dtd"],
)
def test_entities_are_never_followed(tmp_path: Path, part: str, doctype: bytes, used: bytes) -> None:
    def with_entity(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        head, mark, rest = content.partition(b"?>")
        return head + mark + doctype + re.sub(rb">([^<\s][^<]*)<", b">" + used + b"<", rest, count=1)

    begun = time.perf_counter()
    said = sentence(changed(tmp_path, with_entity))
    assert "definitioner" in said or "beskadiget" in said
    assert time.perf_counter() - begun < 60  # a blow-up would take for ever; a busy machine takes a while


def test_an_entity_in_an_attribute_does_not_blow_up(tmp_path: Path) -> None:
    def with_entity(name: str, content: bytes) -> bytes:
        if name != MAIN:
            return content
        head, mark, rest = content.partition(b"?>")
        return head + mark + bomb(10) + rest.replace(b"<w:p>", b'<w:p w:rsidR="&l9;">', 1)

    sentence(changed(tmp_path, with_entity))


def test_text_that_only_word_can_put_in_is_not_lost(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        lambda name, content: content.replace(b"<w:sectPr", b"<w:altChunk/><w:sectPr", 1) if name == MAIN else content,
    )
    assert "tekst fra en anden fil" in sentence(path)


def test_what_a_document_does_not_have(tmp_path: Path) -> None:
    saved(tmp_path)
    path = tmp_path / "journal.docx"
    assert "kun journalen kan læses fra Word" in sentence(path, Wanted("sager", lambda _: False))
    assert "har ingen ark" in sentence(path, Wanted("journal", lambda _: False, sheet="Ark1"))
    assert word.sheets(path) == ()


def test_deep_nesting_and_odd_numbers_do_no_harm(tmp_path: Path) -> None:
    begins = "<w:tbl><w:tr><w:tc>"
    for depth in (50, 80, 200):
        nested = (
            f"{begins * depth}<w:p><w:r><w:t>12-03-2007 Inderst</w:t></w:r></w:p>{'</w:tc></w:tr></w:tbl>' * depth}"
        )
        path = changed(
            tmp_path,
            lambda name, content, nested=nested: (
                content.replace(b"<w:sectPr", nested.encode() + b"<w:sectPr", 1) if name == MAIN else content
            ),
        )
        if depth < 100:
            assert word.read(path, WANTED).frame["2"].to_list() == [CANARY, "Inderst"]
        else:
            sentence(path)
    wide = '<w:tcPr><w:gridSpan w:val="999999999999"/></w:tcPr>'
    document = blank()
    add_xml(
        document, f"<w:tbl PARTS><w:tr><w:tc>{wide}<w:p><w:r><w:t>12-03-2007 A</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert dated(document, tmp_path) == [("12-03-2007", "A")]


def test_long_lines_and_many_of_them_take_no_time(tmp_path: Path) -> None:
    lines = ["Sag: L001 " + "A-" * 5000, "dato" + " " * 5000, "Sag: L001" + " A" * 5000, "1" * 5000, "-" * 5000]
    document = written(*(f"12-03-2007 {line}" for line in lines), *lines)
    body = document.element.body
    for _ in range(9):
        for paragraph in list(body)[:20]:
            body.insert(0, deepcopy(paragraph))
    begun = time.perf_counter()
    assert table_in(document, tmp_path).frame.height
    assert time.perf_counter() - begun < 60  # a blow-up would take for ever; a busy machine takes a while


def test_it_is_among_the_built_in_adapters() -> None:
    assert word in kommunecheck_adapters()


# The day a note was entered


def entered(document: Document, folder: Path) -> list[tuple[str | None, str | None, str | None]]:
    """Date, day of entering and text of each note; there must be such a column."""
    table = table_in(document, folder)
    assert table.headings == ("sag_id", "dato", "tekst", "forfatter", "registreret_dato")
    return table.frame.select("1", "4", "2").rows()


@pytest.mark.parametrize(
    "stamp",
    [
        "Registreret 14-03-2007", "Registreret: 14-03-2007", "registreret den 14-03-2007", "REGISTRERET D. 14-03-2007.",
        "(registreret 14-03-2007)", "[Indtastet 14-03-2007 kl. 10.30]", "Registreringsdato: 14-03-2007",
        "Reg.dato 14-03-2007", "Inddateret 14-03-2007 af MH",
    ],
)  # fmt: skip
def test_a_line_may_say_when_the_note_was_entered(tmp_path: Path, stamp: str) -> None:
    below = written("12-03-2007", "Samtale holdt.", stamp, "13-03-2007 Ringet op.")
    assert entered(below, tmp_path) == [
        ("12-03-2007", "14-03-2007", f"Samtale holdt.\n{stamp}"),
        ("13-03-2007", None, "Ringet op."),
    ]
    beside = written(f"12-03-2007 {stamp}", "Samtale holdt.")
    assert [row[:2] for row in entered(beside, tmp_path)] == [("12-03-2007", "14-03-2007")]


@pytest.mark.parametrize(
    ("heading", "dato"),
    [
        ("Kontaktsamtale den 12. marts 2007, registreret 14. marts 2007", "2007-03-12"),
        ("12-03-2007 – telefon (registreret den 14. marts 2007)", "12-03-2007"),
        ("Notat 12-03-2007 registreret 14. marts 2007", "12-03-2007"),
    ],
)
def test_a_heading_may_say_last_when_the_note_was_entered(tmp_path: Path, heading: str, dato: str) -> None:
    document = blank()
    document.add_heading(heading, 2)
    document.add_paragraph("Samtale holdt.")
    assert [row[:2] for row in entered(document, tmp_path)] == [(dato, "2007-03-14")]


def test_a_heading_below_the_date_may_say_when_the_note_was_entered(tmp_path: Path) -> None:
    document = blank()
    for line in ("12-03-2007", "Registreret 14-03-2007"):
        document.add_heading(line, 2)
    document.add_paragraph("Samtale holdt.")
    assert [row[:2] for row in entered(document, tmp_path)] == [("12-03-2007", "14-03-2007")]


@pytest.mark.parametrize(
    "line",
    [
        "Registreret 14-03-2007 som arbejdssøgende.", "Registreret som arbejdssøgende 14-03-2007",
        "Borgeren er registreret 14-03-2007", "Registreret i AF 14-03-2007", "Ikke registreret 14-03-2007",
        "Registreret", "Møde, registreret 14-03-2007",
    ],
)  # fmt: skip
def test_a_sentence_says_nothing_of_when_the_note_was_entered(tmp_path: Path, line: str) -> None:
    table = table_in(written("12-03-2007", "Samtale holdt.", line), tmp_path)
    assert table.headings == word.HEADINGS
    assert table.frame["2"].to_list() == [f"Samtale holdt.\n{line}"]


def test_the_day_of_entering_alone_is_not_a_notes_date(tmp_path: Path) -> None:
    document = blank()
    for line in ("Registreret 14-03-2007", "Registreret 15-03-2007"):
        document.add_heading(line, 2)
        document.add_paragraph("Samtale holdt.")
    assert table_in(document, tmp_path).headings == word.HEADINGS
    assert [dato for dato, _ in dated(document, tmp_path)] == [None]


@pytest.mark.parametrize("heading", ["Registreret", "Registreringsdato", "Reg. dato", "Indtastet den"])
def test_a_table_may_have_a_column_of_days_of_entering(tmp_path: Path, heading: str) -> None:
    document = in_table(
        ("Dato", heading, "Notat"),
        ("12-03-2007", "14. marts 2007", "Samtale holdt."),
        ("13-03-2007", "", "Ringet op."),
        ("14-03-2007", "senere", "Brev sendt."),
    )
    assert entered(document, tmp_path) == [
        ("12-03-2007", "2007-03-14", "Samtale holdt."),
        ("13-03-2007", None, "Ringet op."),
        ("14-03-2007", "senere", "Brev sendt."),
    ]


def test_a_first_column_of_days_of_entering_is_the_only_date_there_is(tmp_path: Path) -> None:
    document = in_table(("Registreret", "Hvad"), ("12-03-2007", "Samtale holdt."))
    assert dated(document, tmp_path) == [("12-03-2007", "Samtale holdt.")]


# What is written can be read back

words = st.text("abcdefghijklmnoprstuvæøåABCÆØÅ", min_size=1, max_size=9)
texts = st.lists(words, min_size=1, max_size=6).map(" ".join).filter(lambda text: not is_label(text))
"""Notes of one line, of words without figures."""

DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))
MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()
FORMS: list[Callable[[date], str]] = [
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day.isoformat()}",
    lambda day: f"{day.day}/{day.month}-{day.year}",
    lambda day: f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
]
notes = st.lists(st.tuples(DAYS, st.lists(texts, min_size=1, max_size=3)), min_size=1, max_size=8)


def as_headings(told: list[tuple[str, list[str]]]) -> Document:
    document = blank()
    for day, lines in told:
        document.add_heading(day, 2)
        for line in lines:
            document.add_paragraph(line)
    return document


def as_paragraphs(told: list[tuple[str, list[str]]]) -> Document:
    return written(*(line for day, lines in told for line in (f"{day}: {lines[0]}", *lines[1:])))


def as_table(told: list[tuple[str, list[str]]]) -> Document:
    return in_table(("Notat", "Dato"), *(("\n".join(lines), day) for day, lines in told))


@given(notes, st.sampled_from(FORMS), st.sampled_from([as_headings, as_paragraphs, as_table]))
def test_notes_come_back_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    told: list[tuple[date, list[str]]],
    form: Callable[[date], str],
    layout: Callable[[list[tuple[str, list[str]]]], Document],
) -> None:
    document = layout([(form(day), lines) for day, lines in told])
    found = rows_of(document, tmp_path_factory.getbasetemp())
    assert [(read_date(row[1] or ""), row[2]) for row in found] == [
        (day.toordinal(), "\n".join(lines)) for day, lines in told
    ]
    assert {row[0] for row in found} == {"Journal L001"}


PIECES: dict[str, Callable[[Document, str], object]] = {
    "prose": lambda document, text: document.add_paragraph(text),
    "dated prose": lambda document, text: document.add_paragraph(f"12-03-2007 {text}"),
    "dated heading": lambda document, text: document.add_heading(f"12. marts 2007 {text}", 2),
    "label": lambda document, text: document.add_paragraph(f"Sag: L002 – {text}"),
    "heading with label": lambda document, _: document.add_heading("Sagsnr. L003", 1),
    "label alone": lambda document, _: document.add_paragraph("Sag: L004"),
    "blank": lambda document, _: document.add_paragraph(""),
    "notes": lambda document, text: add_table(document, [("Dato", "Notat"), ("", text)]),
    "dates": lambda document, text: add_table(document, [("12-03-2007", "KN", text)]),
    "form": lambda document, text: add_table(document, [("Sagsnr.", "L005"), ("Notat", text)]),
    "layout": lambda document, text: add_table(document, [("Dato", "Emne"), ("Match", text), ("", "")]),
}


@given(st.lists(st.sampled_from(sorted(PIECES)), max_size=12))
def test_no_prose_is_lost_or_told_twice(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    document = written("Journal")
    expected = []
    for place, piece in enumerate(pieces):
        text = f"Sætning nr. {place} er her."
        PIECES[piece](document, text)
        if piece not in ("heading with label", "label alone", "blank"):
            expected.append(text)
    found = "\n".join(row[2] or "" for row in rows_of(document, tmp_path_factory.getbasetemp()))
    assert re.findall(r"Sætning nr\. \d+ er her\.", found) == expected
