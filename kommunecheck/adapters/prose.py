"""Journals as plain text: dated lines and what stands below them, as in Word, and no columns."""

from collections.abc import Sequence
from pathlib import Path

from kommunecheck.adapters.word import HEADINGS, REGISTERED, frame_of
from kommunecheck.adapters.word.body import Line
from kommunecheck.adapters.word.dating import read_dated
from kommunecheck.adapters.word.notes import Notes
from kommunecheck.ports import HEAD_ROWS, TextTable, Wanted

_SUFFIX = ".txt"
_BETWEEN_COLUMNS = (";", "\t", ",", "|")


def is_prose(path: Path, text: str, wanted: Wanted) -> bool:
    """Whether a file is a journal written as text: it has a line that begins with a date, and no line of headings."""
    given = (wanted.header_row, wanted.delimiter)
    if wanted.table != "journal" or path.suffix.lower() != _SUFFIX or given != (None, None):
        return False
    head = [line for line in text.split("\n", 4 * HEAD_ROWS)[: 4 * HEAD_ROWS] if line.strip()]
    if any(wanted.is_heading(line.split(mark)) for line in head for mark in _BETWEEN_COLUMNS if mark in line):
        return False
    return any(read_dated(line.strip(), False) for line in head)


def read_prose(path: Path, text: str, sha256: str) -> TextTable:
    """The notes, a row each; ``row`` is the number of the note's first line."""
    lines = text.split("\n")
    title = next((line.strip() for line in lines if line.strip()), "")
    notes = Notes(title)
    for row, line in enumerate(lines, start=1):
        if line.strip():
            notes.add(Line(row, line.strip(), False))
    frame = frame_of(notes, (_unless_dated(title), ""), path.stem)
    headings: Sequence[str] = (*HEADINGS, REGISTERED)[: frame.width - 1]
    return TextTable(tuple(headings), 0, frame, (), sha256, ids_inside=True)


def _unless_dated(title: str) -> str:
    return "" if read_dated(title, False) else title
