"""Tables of notes, with a row for each, and small tables of labels that say what a document is about."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kommunecheck.adapters.word.body import Row, Table
from kommunecheck.adapters.word.cases import LONGEST_LABEL, is_case_label, is_label_about
from kommunecheck.adapters.word.dating import date_of_cell

DATE_NAMES = (
    "dato", "notatdato", "datofornotat", "notatetsdato", "journaldato", "aktdato", "samtaledato", "hændelsesdato",
    "dag", "notatdag", "datoogtid", "tidspunkt", "skrevet", "skrevetden", "journalført", "journalførtden",
)  # fmt: skip
TEXT_NAMES = (
    "tekst", "notat", "notattekst", "notatetstekst", "journalnotat", "journaltekst", "notater", "notatindhold",
    "indhold", "fritekst", "referat", "journal", "beskrivelse", "bemærkninger", "bemærkning", "kommentar", "note",
)  # fmt: skip
AUTHOR_NAMES = (
    "sagsbehandler", "sagsbeh", "forfatter", "skrevetaf", "forfattetaf", "udarbejdetaf", "oprettetaf",
    "journalførtaf", "medarbejder", "rådgiver", "socialrådgiver", "jobkonsulent", "konsulent", "initialer", "init",
)  # fmt: skip
REGISTERED_NAMES = (
    "registreret", "registreretden", "registreringsdato", "registreringsdag", "datoforregistrering", "regdato",
    "indtastet", "indtastetden", "indtastningsdato", "inddateret", "inddateretden", "inddateringsdato",
)  # fmt: skip
"""What the columns of a table of notes are called, without blanks and signs, the surest first."""


OF_A_NOTE = frozenset({*DATE_NAMES, *TEXT_NAMES})
"""What says that a date or a text is a note's, and not the document's."""


def plain(text: str) -> str:
    """A heading as headings are compared: in small letters, without blanks and signs."""
    return re.sub(r"[\W_]", "", text.lower())


class Layout(NamedTuple):
    """What stands where in a table of notes: the rows ``above`` it, the place of the ``first`` note, the columns."""

    above: int
    first: int
    dato: int
    tekst: int
    forfatter: int | None
    sag: int | None
    registreret: int | None
    headings: Mapping[int, str]


def layout_of(table: Table) -> Layout | None:
    """The columns of a table of notes; ``None`` if it is another table."""
    for place, row in enumerate(table.rows[:HEAD_ROWS]):
        headings = {column: cell.text for column, cell in row.cells.items()}
        dato, tekst = _called(headings, DATE_NAMES), _called(headings, TEXT_NAMES)
        if dato is not None and tekst is not None:
            return Layout(place, place + 1, dato, tekst, *_others(headings), headings)
    return _layout_by_dates(table)


HEAD_ROWS = 5
"""The headings stand in one of a table's first rows; a title may come before them."""


def _layout_by_dates(table: Table) -> Layout | None:
    """The columns of a table with a date at the beginning of every row, but for a title and headings perhaps.

    The text is in the column that holds most of it.
    """
    filled = [(place, row) for place, row in enumerate(table.rows) if row.text]
    if filled and len(filled[0][1].cells) == 1:
        filled = filled[1:]
    begins = 1 if filled and _are_headings(filled[0][1]) else 0
    if not filled[begins:] or not all(_is_dated(row) for _, row in filled[begins:]):
        return None
    headings = {column: cell.text for column, cell in filled[0][1].cells.items()} if begins else {}
    forfatter, sag, registreret = _others({column: text for column, text in headings.items() if column})
    written: Counter[int] = Counter()
    for _, row in filled[begins:]:
        written.update({column: len(cell.text) for column, cell in row.cells.items()})
    others = [column for column in written if column not in (0, forfatter, sag, registreret)]
    if not others:
        return None
    tekst = max(others, key=lambda column: written[column])
    return Layout(filled[0][0], filled[begins][0], 0, tekst, forfatter, sag, registreret, headings)


def _is_dated(row: Row) -> bool:
    return 0 in row.cells and date_of_cell(row.cells[0].text) is not None


def _are_headings(row: Row) -> bool:
    """Whether a row can be headings that are not known: words, one in each column, and no sentence."""
    texts = [cell.text for cell in row.cells.values()]
    return all(_is_name(text) for text in texts)


def _is_name(text: str) -> bool:
    return 0 < len(text) <= LONGEST_NAME and not re.search(r"\d|[.!?]$", text)


LONGEST_NAME = 30
"""Characters of a column's heading."""


def _called(headings: Mapping[int, str], known: Sequence[str]) -> int | None:
    """The column whose heading stands first among those known."""
    columns = {plain(text): column for column, text in reversed(list(headings.items()))}
    return next((columns[name] for name in known if name in columns), None)


def _others(headings: Mapping[int, str]) -> tuple[int | None, int | None, int | None]:
    """The columns that a table of notes may have beside date and text: author, case, and the day of entering."""
    case = next((column for column, text in headings.items() if is_case_label(text)), None)
    return _called(headings, AUTHOR_NAMES), case, _called(headings, REGISTERED_NAMES)


def is_label(text: str) -> bool:
    """Whether a cell says what the cell beside it holds."""
    return plain(text) in (*OF_A_NOTE, *AUTHOR_NAMES, *REGISTERED_NAMES) or is_case_label(text) or is_label_about(text)


def case_of_table(table: Table) -> str | None:
    """The case that a small table of labels and values is about.

    Beside each other or above each other. ``None`` if it is another table: one that holds a note's date or text is.
    """
    rows = [[cell.text for cell in row.cells.values()] for row in table.rows if row.text]
    if len(rows) > MOST_LABELS or any(len(text) > LONGEST_LABEL for row in rows for text in row):
        return None
    if is_headed(table):
        pairs = list(zip(*rows, strict=False))
    elif all(len(row) == 1 or len(row) % 2 == 0 for row in rows):
        pairs = [pair for row in rows for pair in zip(row[::2], row[1::2], strict=False)]
    else:
        return None
    if any(plain(label) in OF_A_NOTE for label, _ in pairs):
        return None
    return " ".join(value for label, value in pairs if value and is_case_label(label)) or None


def is_headed(table: Table) -> bool:
    """Whether a table is a row of labels, and a row of values below it."""
    rows = [[cell.text for cell in row.cells.values()] for row in table.rows if row.text]
    return len(rows) == 2 and all(is_label(text) for text in rows[0] if text)


def is_like_label(text: str) -> bool:
    """Whether a text can be a label that is not known: a few words, and no sentence, or ending in a colon."""
    return _is_name(text.removesuffix(":"))


MOST_LABELS = 15
"""Rows of a table of labels and values."""
