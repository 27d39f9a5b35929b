"""The form for the directorate's decisions: a row for each case, with what we found beside it."""

from collections.abc import Iterable, Mapping, Sequence

from kommunecheck.domain.decisions import DUTIES
from kommunecheck.domain.forms import Form, Kind, Question
from kommunecheck.domain.report import CaseResult, Report
from kommunecheck.reports.decisions.words import DECIDED, DUTY_NAMES, HOW, RESULTS
from kommunecheck.reports.excel.book import Book, Cell, Column, Row, Table, safe
from kommunecheck.reports.excel.form import facts_of_run, form_sheet, form_table
from kommunecheck.reports.excel.names import OUTCOMES
from kommunecheck.reports.excel.page import Page

DECISIONS = "kommunecheck/decisions-form/1"
"""What the workbook says it is."""
FACTS, LISTED = "Om listen", "Listen"
RESULT, FIRST, LAST, REFUND, DAY, REMARK = (
    "Resultat",
    "Mistet fra",
    "Mistet til",
    "Mistet refusion",
    "Afgjort",
    "Bemærk",
)
LOSS, ERROR, IN_ORDER = "tab", "fejl uden tab", "i orden"
_TOLD = (Column("Sag", "text", 14),)
_SHOWN = (
    Column("Team", "text", 14),
    Column("Vores udfald", "text", 24),
    Column("Vores regler", "text", 18),
    Column("Vi venter fra", "day", 12),
    Column("Vi venter til", "day", 12),
    Column("Ventet tab", "money", 13),
)
FORM = Form(
    "Direktoratets afgørelser",
    "Sag",
    tuple(column.title for column in _TOLD),
    (),
    (
        Question(RESULT, Kind.CHOICE, tuple(RESULTS[one] for one in DECIDED)),
        *(Question(DUTY_NAMES[duty], Kind.CHOICE, (LOSS, ERROR, IN_ORDER)) for duty in DUTIES),
        Question(FIRST, Kind.DAY),
        Question(LAST, Kind.DAY),
        Question(REFUND, Kind.MONEY),
        Question(DAY, Kind.DAY),
        Question(REMARK, Kind.TEXT),
    ),
    tuple(column.title for column in _SHOWN),
)


def key_of(sag_id: str) -> str:
    """A case as its row names it."""
    return safe(sag_id).strip()


def sent(keys: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """What must come back as it was: the case, and nothing else."""
    return {key: {FORM.key: key} for key in keys}


def write(report: Report, cases: Sequence[CaseResult], list_hash: str) -> bytes:
    """The workbook's bytes. ``list_hash`` is that of the cases' keys."""
    run = report.run
    book = Book(f"{run.municipality_name or 'Kommunen'}: afgørelser", run.version, run.cutoff, run.synthetic)
    rows: list[Row] = [(case.sag_id, *_shown(case)) for case in cases]
    explanation = (
        f"Udfyld {RESULT} for de sager, direktoratet har afgjort, og resten af de gule felter, så vidt det er oplyst. "
        "Lad de andre rækker stå tomme."
    )
    form_sheet(book, FORM, form_table(FORM, (*_TOLD, *_SHOWN), (), rows), explanation, 1)
    page = Page(book, FACTS, (32, 96))
    page.line(f"{run.municipality_name or 'Kommunen'}: afgørelser", "title")
    if run.synthetic:
        page.line("OPDIGTEDE TAL", "mark")
    page.facts("Sådan er listen lavet", facts_of_run(DECISIONS, run.window, run.cutoff, list_hash))
    page.texts("Læs det sådan", (*_HOW, HOW))
    listed: list[Row] = [(case.sag_id,) for case in cases]
    book.table_sheets(Table(LISTED, _TOLD, listed), "De samme sager, så det kan ses, om en mangler.")
    return book.bytes()


def _shown(case: CaseResult) -> tuple[Cell, ...]:
    expected = case.exposure.expected
    codes = sorted({one.rule.code for one in case.findings if one.rule.code.startswith("VT")})
    days = (expected.periods[0].first, expected.periods[-1].last) if expected.periods else (None, None)
    return case.team, OUTCOMES[case.outcome], ", ".join(codes), *days, expected.refund_lost if expected.days else None


_HOW = (
    f"{RESULT} er direktoratets vurdering af sagen efter § 6: tab, fejl uden tab, uden kritik eller udgået.",
    f"{', '.join(DUTY_NAMES.values())} er de fire pligter, tilsynet ser på. Udfyld dem, der er sagt noget om; er én "
    "udfyldt, regnes de andre for at være i orden.",
    f"{FIRST} og {LAST} er den første og den sidste dag, refusionen er mistet. Begge dage er med.",
    f"{REMARK} er til jer selv og bliver ikke læst ind.",
    "Når listen er udfyldt: kommunecheck supervised read FIL STI.",
)
