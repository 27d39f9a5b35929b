"""Word documents: the journal as people write it, one row for each note.

A note begins at a dated heading, at a line whose first words are a date, or as a row of a table with a column of dates;
lines without a date belong to the note above. Nothing is guessed: what has no date is handed on without one, a date
that is not whole is handed on as it stands, and of the case's id only the text in which it stands is handed on.
"""

from itertools import count
from pathlib import Path

import polars as pl

from kommunecheck.adapters.files import digest, read_whole, refuse_settings
from kommunecheck.adapters.word.body import blocks_in
from kommunecheck.adapters.word.cases import case_of_document
from kommunecheck.adapters.word.notes import Note, Notes
from kommunecheck.adapters.word.package import opened
from kommunecheck.domain.errors import UserError
from kommunecheck.ports import TextTable, Wanted

SUFFIXES = (".docx",)
HEADINGS = ("sag_id", "dato", "tekst", "forfatter")
REGISTERED = "registreret_dato"
"""A column more, where a note says when it was entered."""


def sheets(_: Path) -> tuple[str, ...]:
    """A document has none."""
    return ()


def read(path: Path, wanted: Wanted) -> TextTable:
    """The document's notes, a row each, in the document's order.

    ``row`` is the number of the note's first paragraph, counted from 1 through the body, blank ones too. Each row of a
    table counts as one paragraph, however much stands in it, and a text box belongs to the paragraph it hangs on. Page
    headers and footers are not counted; comments, footnotes and endnotes are not read, and told of.

    ``sag_id`` is what stands after the nearest line above that names a case ("Sag: L001"). A note without one has what
    the whole document says of its case: its title, its page header, its first table and its file's name, a line each;
    those behind one that names the case are left out. ``tekst`` has a line for each line of the note. There is a column
    ``registreret_dato`` if any note says when it was entered.

    Raises ``UserError`` when another table than the journal is asked for, or the file is no sound Word document or one
    without any text.
    """
    _as_configured(path.name, wanted)
    raw = read_whole(path)
    sha256 = digest(raw)
    document = opened(raw, path.name)
    blocks = list(blocks_in(document.body, count(1), document.styles))
    if not any(block.text for block in blocks):
        raise UserError(
            f"{path.name} indeholder ingen tekst, der kan læses. Er siderne scannet eller sat ind som billeder, så "
            "skriv notaterne ind som tekst; er der ingen notater, så fjern filen."
        )
    notes = Notes(document.title)
    for block in blocks:
        notes.add(block)
    frame = frame_of(notes, (document.title, document.header), path.stem)
    headings = (*HEADINGS, REGISTERED)[: frame.width - 1]
    return TextTable(headings, 0, frame, (), sha256, ids_inside=True, beside=document.beside)


def _as_configured(name: str, wanted: Wanted) -> None:
    """Raises ``UserError`` when something is asked of the file that a document does not have."""
    if wanted.table != "journal":
        raise UserError(f"{name} er et Word-dokument, og kun journalen kan læses fra Word. Gem tabellen som CSV.")
    if wanted.sheet is not None:
        raise UserError(f"{name} er et Word-dokument og har ingen ark. Fjern `sheet` for kilden i kommunecheck.toml.")
    others = {"header_row": wanted.header_row, "encoding": wanted.encoding, "delimiter": wanted.delimiter}
    refuse_settings(name, "et Word-dokument", others)


def frame_of(notes: Notes, said: tuple[str, str], stem: str) -> pl.DataFrame:
    """The notes as rows. ``said``: the document's title and page header, which may name the case."""
    everywhere = case_of_document(said, notes.first_table, stem)
    kept = notes.kept()
    columns: dict[str, list[str | None]] = {
        "0": [_said_of_case(note, everywhere) or None for note in kept],
        "1": [note.dato for note in kept],
        "2": ["\n".join(note.lines) or None for note in kept],
        "3": [note.forfatter for note in kept],
    }
    if any(note.registreret for note in kept):
        columns["4"] = [note.registreret for note in kept]
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return frame.with_columns(pl.Series("row", [note.row for note in kept], dtype=pl.UInt32))


def _said_of_case(note: Note, everywhere: str) -> str:
    """What is said of a note's case: nothing where a column of cases is blank, and more than one id where in doubt."""
    return "" if note.case == "" else "\n".join((note.case or everywhere, *note.doubts))
