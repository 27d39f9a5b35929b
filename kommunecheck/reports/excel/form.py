"""A form as a sheet: what is asked about, the formulas, and yellow cells for the answers."""

from collections.abc import Iterable, Mapping, Sequence

from kommunecheck.domain.days import Day, Period, iso
from kommunecheck.domain.forms import DAYS, Form, Kind
from kommunecheck.reports.excel.book import A3, FIRST_ROW, Book, Cell, Column, Row, Table, safe

KIND, FROM, TO, CUTOFF, LIST = "Slags", "Fra", "Til", "Opgjort pr.", "Listens SHA-256"
"""The names of the facts that say what a workbook is, and of which run: it is made once more when it comes back."""

_FORMS = {Kind.TEXT: "fill", Kind.DAY: "fill day", Kind.MONEY: "fill money", Kind.CHOICE: "fill"}
_WIDTHS = {Kind.TEXT: 24, Kind.DAY: 12, Kind.MONEY: 14, Kind.CHOICE: 16}


def facts_of_run(kind: str, window: Period, cutoff: Day, list_hash: str) -> list[tuple[str, Cell]]:
    """What must stand on the sheet of facts for ``filled.made_from`` to make the list once more."""
    return [
        (KIND, kind),
        (FROM, iso(window.first)),
        (TO, iso(window.last)),
        (CUTOFF, iso(cutoff)),
        (LIST, list_hash),
    ]


def sent(form: Form, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> dict[str, dict[str, str]]:
    """What is told in each row by its key and heading, as text: it must come back like that.

    ``columns`` are those of what is told, ``rows`` their cells.
    """
    told = {}
    for row in rows:
        said = {column.title: _as_text(cell, column.form) for column, cell in zip(columns, row, strict=True)}
        told[said[form.key]] = said
    return told


def _as_text(cell: Cell, form: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe(cell).strip()
    if form == "day":
        return iso(int(cell))
    return f"{cell / 100:.2f}".rstrip("0").rstrip(".") if form == "money" else str(cell)


def form_table(form: Form, told: Sequence[Column], computed: Sequence[Column], rows: Sequence[Row]) -> Table:
    """The table of a form; ``rows`` hold what is told, shown and computed, and the answers are left blank."""
    widths = [max(_WIDTHS[one.kind], len(one.title) + 3) for one in form.questions]
    questions = [Column(one.title, _FORMS[one.kind], width) for one, width in zip(form.questions, widths, strict=True)]
    blank = (None,) * len(questions)
    return Table(form.sheet, (*told, *computed, *questions), [(*row, *blank) for row in rows])


def form_sheet(book: Book, form: Form, table: Table, explanation: str, frozen: int) -> None:
    """The sheet; a spreadsheet then offers the choices and refuses what is no day or amount."""
    (sheet,) = book.table_sheets(table, explanation, frozen, A3)
    first, last = FIRST_ROW + 1, FIRST_ROW + max(1, len(table.rows))
    for place, question in enumerate(form.questions, len(table.columns) - len(form.questions)):
        if question.kind is not Kind.TEXT:
            rule = dict(_RULES[question.kind])
            if question.choices:
                rule["source"] = list(question.choices)
            sheet.data_validation(first, place, last, place, rule)


_RULES: Mapping[Kind, Mapping[str, object]] = {
    Kind.CHOICE: {
        "validate": "list",
        "error_title": "Vælg fra listen",
        "error_message": "Vælg et af svarene på listen.",
    },
    Kind.MONEY: {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_title": "Et beløb",
        "error_message": "Skriv et beløb i kroner, ikke under 0.",
    },
    Kind.DAY: {
        "validate": "date",
        "criteria": "between",
        "minimum": DAYS[0],
        "maximum": DAYS[1],
        "error_title": "En dato",
        "error_message": "Skriv en dato som 31-03-2007.",
    },
}
