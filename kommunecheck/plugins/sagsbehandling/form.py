"""The review as a workbook: a row to answer for each case and safeguard, and the answers when it comes back."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kommunecheck.domain.days import Day, iso
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.forms import Form, Kind, Question
from kommunecheck.domain.report import Run
from kommunecheck.filled import facts_in, read_answers
from kommunecheck.plugins.sagsbehandling.names import GROUPS, named
from kommunecheck.plugins.sagsbehandling.review import ANSWERS, SAFEGUARDS, SCHEMA, Answered, Drawn
from kommunecheck.reports.excel.book import Book, Cell, Column, Row, safe
from kommunecheck.reports.excel.form import form_sheet, form_table
from kommunecheck.reports.excel.page import Page

FACTS = "Om gennemgangen"
KIND, SEED, SIZE, FROM, TO, CUTOFF, LIST = (
    "Slags", "Frø", "Sager pr. målgruppe og enhed", "Fra", "Til", "Opgjort pr.", "Listens SHA-256",
)  # fmt: skip
"""The names of the facts that the cases are drawn again from when the workbook comes back."""

ANSWER, REMARK = "Svar", "Bemærkning"
FORM = Form(
    "Gennemgang",
    "Nr.",
    ("Nr.", "Ansøgning", "Sagstype", "Enhed", "Målgruppe", "Afgjort", "Garanti", "Spørgsmål"),
    ("Mangler svar",),
    (Question(ANSWER, Kind.CHOICE, ANSWERS, required=True), Question(REMARK, Kind.TEXT)),
)
_COLUMNS = (
    Column("Nr.", "text", 9),
    Column("Ansøgning", "text", 13),
    Column("Sagstype", "text", 18),
    Column("Enhed", "text", 16),
    Column("Målgruppe", "text", 22),
    Column("Afgjort", "day", 11),
    Column("Garanti", "text", 20),
    Column("Spørgsmål", "long", 44),
)


class Asked(NamedTuple):
    """How a review was drawn, as its workbook says."""

    seed: str
    n: int
    first: date
    to: date
    cutoff: date
    list_hash: str


def _rows(drawn: Drawn) -> Iterator[tuple[tuple[Cell, ...], tuple[int, str]]]:
    """What the form tells of each row, and which case and safeguard it is."""
    for place, course in enumerate(drawn.courses):
        row = course.row
        for number, (name, question) in enumerate(SAFEGUARDS, 1):
            told = (
                f"{place + 1:03d}-{number:02d}", row.ansoegning_id, row.sagstype, row.enhed,
                named(GROUPS, row.maalgruppe), course.end, name, question,
            )  # fmt: skip
            yield told, (place, name)


def _sent(drawn: Drawn) -> Mapping[str, Mapping[str, str]]:
    """What is told of each row by its key and heading, as text: it must come back like that."""
    rows = {}
    for cells, _ in _rows(drawn):
        texts = {title: _as_text(cell) for title, cell in zip(FORM.told, cells, strict=True)}
        rows[texts[FORM.key]] = texts
    return rows


def _as_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return safe(cell).strip()
    return "" if cell is None else iso(int(cell))


def keeps(seed: str) -> bool:
    """Whether a seed comes back from the workbook as it was: blank, masked or trimmed, no answers could be read."""
    return bool(seed) and safe(seed).strip() == seed


def write(run: Run, drawn: Drawn, seed: str, n: int) -> bytes:
    """The workbook's bytes."""
    book = Book(f"{run.municipality_name or 'Kommunen'}: gennemgang af sager", run.version, run.cutoff, run.synthetic)
    computed = [Column("Mangler svar", "count", 9, f'=IF([@{ANSWER}]="",1,0)')]
    rows: list[Row] = [(*cells, 1) for cells, _ in _rows(drawn)]
    table = form_table(FORM, _COLUMNS, computed, rows)
    form_sheet(book, FORM, table, "Læs sagen, og vælg et svar i hver gul celle. Lad resten stå.", 1)
    _facts(book, run, drawn, seed, n)
    return book.bytes()


def _facts(book: Book, run: Run, drawn: Drawn, seed: str, n: int) -> None:
    page = Page(book, FACTS, (34, 70))
    page.line(f"{run.municipality_name or 'Kommunen'}: gennemgang af sager", "title")
    if run.synthetic:
        page.line("OPDIGTEDE TAL", "mark")
    days: list[tuple[str, Day]] = [(FROM, run.window.first), (TO, run.window.last), (CUTOFF, run.cutoff)]
    facts: list[tuple[str, Cell]] = [(KIND, SCHEMA), (SEED, seed), (SIZE, str(n))]
    facts += [(name, iso(day)) for name, day in days]
    page.facts("Sådan er sagerne udtaget", [*facts, (LIST, drawn.list_hash)])
    strata: list[tuple[str, Cell]] = [
        (f"{named(GROUPS, group)}, {unit or 'uden enhed'}", f"{taken} af {of} afgjorte")
        for group, unit, of, taken in drawn.strata
    ]
    page.facts("Udtaget i hver målgruppe og enhed", strata)
    page.texts("Læs det sådan", _HOW)


_HOW = (
    "Udtaget er de første i hver målgruppe og enhed, når de sager, der er afgjort i perioden, ordnes efter SHA-256 af "
    "»frø:ansøgning«. Enhver kan udtage de samme med frøet.",
    "opfyldt: sagen viser det. ikke opfyldt: sagen viser, at det ikke er sket. ikke relevant: spørgsmålet opstod ikke. "
    "kan ikke ses: sagen viser det ikke.",
    "Bemærkninger bliver i regnearket. Svarene tælles i rapporten for sig og blandes ikke med det, programmet finder.",
    "Når alle rækker er besvaret: kommunecheck review read FIL.xlsx MAPPE -o gennemgang.json.",
)


def asked(file: Path) -> Asked:
    """How the review was drawn. Raises ``UserError`` where the workbook does not say."""
    facts = facts_in(file, FACTS)
    try:
        if facts[KIND] != SCHEMA:
            raise ValueError("no review of ours")
        first, to, cutoff = (date.fromisoformat(facts[name]) for name in (FROM, TO, CUTOFF))
        return Asked(facts[SEED], int(facts[SIZE]), first, to, cutoff, facts[LIST])
    except (KeyError, ValueError):
        raise UserError(
            f"{file.name}, ark {FACTS}: det, der står om, hvordan sagerne er udtaget, er ændret. Skriv det tilbage."
        ) from None


def answers(file: Path, drawn: Drawn) -> list[Answered]:
    """The answers. Raises ``UserError`` with a sentence for each thing that is wrong; then nothing is read."""
    given = read_answers(file, FORM, _sent(drawn))
    found = []
    for cells, (place, name) in _rows(drawn):
        row = drawn.courses[place].row
        said = str(given[_as_text(cells[0])][ANSWER])
        found.append(
            Answered.model_validate(
                {
                    "ansoegning_id": row.ansoegning_id,
                    "enhed": row.enhed,
                    "maalgruppe": row.maalgruppe,
                    "garanti": name,
                    "svar": said,
                }
            )
        )
    return found
