"""Journals as they are written, in Word and as text: whatever the layout, the notes are read one by one, in place."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document

from kommunecheck.inspection.notes import read_notes
from kommunecheck.journal.evaluation import said

FIRST = "Kontaktsamtale. Borger er indplaceret i match 3."
SECOND = "Opmærksomhedsområder: helbred. Borger er tilmeldt AF."
Layout = Callable[[Document], tuple[int, int]]


def headings(document: Document) -> tuple[int, int]:
    document.add_heading("12-03-2007", 2)
    document.add_paragraph(FIRST)
    document.add_heading("15-04-2007", 2)
    document.add_paragraph(SECOND)
    return 1, 3


def bold_lines(document: Document) -> tuple[int, int]:
    document.add_paragraph("Journalark")
    for day, text in (("12.03.2007", FIRST), ("15.04.2007", SECOND)):
        document.add_paragraph().add_run(f"Samtale den {day}").bold = True
        document.add_paragraph(text)
    return 2, 4


def dates_in_front(document: Document) -> tuple[int, int]:
    document.add_paragraph(f"12-03-2007: {FIRST}")
    document.add_paragraph(f"15-04-2007: {SECOND}")
    return 1, 2


def days_in_words(document: Document) -> tuple[int, int]:
    document.add_paragraph("Den 12. marts 2007")
    document.add_paragraph(FIRST)
    document.add_paragraph("")
    document.add_paragraph("15. april 2007")
    document.add_paragraph(SECOND)
    return 1, 4


def lines_in_a_paragraph(document: Document) -> tuple[int, int]:
    document.add_paragraph(f"12/3-2007\n{FIRST}")
    document.add_paragraph(f"15/4-2007\n{SECOND}")
    return 1, 2


def a_table(document: Document) -> tuple[int, int]:
    _table(document, ("Dato", "Notat"), ("12-03-2007", FIRST), ("15-04-2007", SECOND))
    return 2, 3


def a_table_in_another_order(document: Document) -> tuple[int, int]:
    document.add_paragraph("Journal")
    _table(document, ("Medarbejder", "Tekst", "Dato"), ("HN", FIRST, "12-03-2007"), ("LK", SECOND, "15-04-2007"))
    return 3, 4


def a_table_without_headings(document: Document) -> tuple[int, int]:
    _table(document, ("12-03-2007", FIRST), ("15-04-2007", SECOND))
    return 1, 2


def a_form_for_each_note(document: Document) -> tuple[int, int]:
    for day, text in (("12-03-2007", FIRST), ("15-04-2007", SECOND)):
        _table(document, ("Dato:", day), ("Notat:", text))
        document.add_paragraph("")
    return 1, 4


def under_cases(document: Document) -> tuple[int, int]:
    document.add_heading("Sag: L001", 1)
    document.add_paragraph(f"12-03-2007 {FIRST}")
    document.add_heading("Sag: L002", 1)
    document.add_paragraph(f"15-04-2007 {SECOND}")
    return 2, 4


def several_paragraphs(document: Document) -> tuple[int, int]:
    document.add_heading("Journal", 1)
    for day, text in (("12-03-2007", FIRST), ("15-04-2007", SECOND)):
        document.add_heading(f"{day} Samtale", 2)
        for sentence in text.split(". ", 1):
            document.add_paragraph(f"{sentence.rstrip('.')}.")
    return 2, 5


def _table(document: Document, *rows: tuple[str, ...]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


LAYOUTS: list[Layout] = [
    headings, bold_lines, dates_in_front, days_in_words, lines_in_a_paragraph, a_table, a_table_in_another_order,
    a_table_without_headings, a_form_for_each_note, under_cases, several_paragraphs,
]  # fmt: skip


def read_one_by_one(file: Path, places: tuple[int, int]) -> None:
    notes = list(read_notes(file))
    assert [note.name.split(",")[0] for note in notes] == [f"række {place}" for place in places]
    first, second = (list(note.statements) for note in notes)
    assert (said(first, "placed"), said(first, "areas"), said(first, "jobseeker")) == ({"3"}, set(), set())
    assert (said(second, "placed"), said(second, "areas"), said(second, "jobseeker")) == (set(), {"helbred"}, {"ja"})
    for note in notes:
        for one in note.statements:
            assert note.text[one.at : one.to]
            assert note.text[one.start : one.end].rstrip(".") in FIRST + SECOND


def built(layout: Layout, folder: Path) -> tuple[Path, tuple[int, int]]:
    document = docx.Document()
    places = layout(document)
    file = folder / f"Journal {layout.__name__}.docx"
    document.save(str(file))
    return file, places


@pytest.mark.parametrize("layout", LAYOUTS)
def test_word_journals_are_read_note_by_note(layout: Layout, tmp_path: Path) -> None:
    read_one_by_one(*built(layout, tmp_path))


@pytest.fixture(scope="session")
def saved_by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, tuple[int, int]]]:
    """Every layout as LibreOffice saves it; all at once, for it takes seconds to start."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder, saved = tmp_path_factory.mktemp("word"), tmp_path_factory.mktemp("libreoffice")
    made = {layout.__name__: built(layout, folder) for layout in LAYOUTS}
    profile = f"-env:UserInstallation={(saved / 'profile').as_uri()}"
    for convert, source, out in (("odt", folder, saved), ("docx", saved, saved)):
        files = sorted(source.glob("*.docx" if convert == "odt" else "*.odt"))
        command = [office, profile, "--headless", "--convert-to", convert, "--outdir", str(out), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)  # noqa: S603 - our own command
    return {name: (saved / file.name, places) for name, (file, places) in made.items()}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_so_are_those_that_libreoffice_wrote(
    layout: Layout, saved_by_libreoffice: dict[str, tuple[Path, tuple[int, int]]]
) -> None:
    read_one_by_one(*saved_by_libreoffice[layout.__name__])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f"12-03-2007\n{FIRST}\n15-04-2007\n{SECOND}\n", (1, 3)),
        (f"Journal for sag L001\r\n\r\n12.03.2007: {FIRST}\r\n\r\n15.04.2007: {SECOND}\r\n", (3, 5)),
        (f"Den 12. marts 2007\n{FIRST}\n\nDen 15. april 2007, telefon\n{SECOND}", (1, 4)),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_so_are_journals_of_plain_text(text: str, places: tuple[int, int], encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "journal.txt"
    file.write_bytes(text.encode(encoding))
    read_one_by_one(file, places)


def test_a_text_file_with_columns_is_still_a_table(tmp_path: Path) -> None:
    file = tmp_path / "journal.txt"
    file.write_text(f"sag_id;dato;tekst\nL001;12-03-2007;{FIRST}\nL001;15-04-2007;{SECOND}\n", encoding="utf-8")
    read_one_by_one(file, (2, 3))


def test_what_was_read_is_told_with_the_day_the_case_and_notes_that_say_nothing(tmp_path: Path) -> None:
    file = tmp_path / "journal.csv"
    file.write_text("sag_id;dato;tekst\nL001;2007-03-12;Ringet.\n;12. marts;\n", encoding="utf-8")
    told = [(note.name, note.text) for note in read_notes(file)]
    assert told == [("række 2, 12. marts 2007, sag L001", "Ringet."), ("række 3, uden dag, uden sag", "")]
