"""The list of what a person is to judge, as a workbook: a row to fill in for each, and what the answers do."""

from collections.abc import Mapping, Sequence

from kommunecheck.domain.assessment import Asked, Question
from kommunecheck.domain.days import count
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.forms import Form, Kind
from kommunecheck.domain.forms import Question as Field
from kommunecheck.domain.names import VERDICTS, capital
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.report import Report
from kommunecheck.reports.assessed import judged_as
from kommunecheck.reports.assessment.words import KINDS, MEANS, consider
from kommunecheck.reports.excel.book import Book, Cell, Column, Row
from kommunecheck.reports.excel.form import facts_of_run, form_sheet, form_table
from kommunecheck.reports.excel.form import sent as told_in
from kommunecheck.reports.excel.page import Page

LIST_OF_QUESTIONS = "kommunecheck/assessments/1"
"""What the workbook says it is."""
FACTS = "Om listen"
VERDICT, BY, DAY, WHY = "Vurdering", "Vurderet af", "Dato", "Hvorfor"
_TOLD = (
    Column("Id", "text", 27),
    Column("Slags", "text", 16),
    Column("Sag", "text", 13),
    Column("Regel", "text", 8),
    Column("Tabt fra", "day", 11),
    Column("Tabt til", "day", 11),
    Column("Dage", "count", 7),
    Column("Fundet", "long", 52),
)
_SHOWN = (
    Column("Refusion", "money", 12),
    Column("Team", "text", 12),
    Column("Står i", "long", 26),
    Column("Overvej", "long", 44),
    Column("Vurderet før", "long", 17),
)
_ANSWERS = ",".join(f"[@{title}]" for title in (VERDICT, BY, DAY, WHY))
_COMPUTED = (Column("Mangler svar", "count", 9, f"=IF(OR(COUNTA({_ANSWERS})=0,COUNTA({_ANSWERS})=4),0,1)"),)
FORM = Form(
    "Vurdering",
    "Id",
    tuple(column.title for column in _TOLD),
    tuple(column.title for column in _COMPUTED),
    (
        Field(VERDICT, Kind.CHOICE, tuple(VERDICTS.values())),
        Field(BY, Kind.TEXT),
        Field(DAY, Kind.DAY),
        Field(WHY, Kind.TEXT),
    ),
    tuple(column.title for column in _SHOWN),
)


def told(question: Question) -> tuple[Cell, ...]:
    """What the form tells of a question, and what must come back as it was."""
    first, last = question.days[0].first, question.days[-1].last
    said = " ".join(dict.fromkeys(finding.message for finding in question.findings))
    kind, days = capital(KINDS[question.kind]), count(question.days)
    return question.id, kind, question.sag_id, question.code, first, last, days, said


def sent(questions: Sequence[Question]) -> Mapping[str, Mapping[str, str]]:
    """What is told of each question by its id and heading, as text: it must come back like that."""
    return told_in(FORM, _TOLD, map(told, questions))


def write(report: Report, asked: Sequence[Asked], list_hash: str) -> bytes:
    """The workbook's bytes. ``list_hash`` is that of the questions with what they rest on."""
    run = report.run
    book = Book(f"{run.municipality_name or 'Kommunen'}: vurderinger", run.version, run.cutoff, run.synthetic)
    rows: list[Row] = [(*told(one.question), *_shown(one, report), 0) for one in asked]
    explanation = (
        "Vurdér de rækker, du vil, og udfyld alle fire gule felter i dem. Lad resten stå. Hvad svarene gør: se arket "
        f"{FACTS}."
    )
    form_sheet(book, FORM, form_table(FORM, (*_TOLD, *_SHOWN), _COMPUTED, rows), explanation, 3)
    page = Page(book, FACTS, (32, 96))
    page.line(f"{run.municipality_name or 'Kommunen'}: vurderinger", "title")
    if run.synthetic:
        page.line("OPDIGTEDE TAL", "mark")
    page.facts("Sådan er listen lavet", facts_of_run(LIST_OF_QUESTIONS, run.window, run.cutoff, list_hash))
    page.texts("Hvad svarene gør", MEANS)
    page.texts("Læs det sådan", _HOW)
    return book.bytes()


def _shown(one: Asked, report: Report) -> tuple[Cell, ...]:
    places = "; ".join(dict.fromkeys(place for finding in one.question.findings for place in _places(finding, report)))
    return one.refund_lost, one.question.team, places, consider(one.question), judged_as(one.judged) or None


def _places(finding: Finding, report: Report) -> list[str]:
    """Where the finding stands in the files, and the sentences of notes where the configuration asks for them."""
    said = [f"{report.run.sources[cell.source].place}, række {cell.row}" for cell in finding.evidence]
    return said + [f"»{masked(cell.quote)}«" for cell in finding.evidence if cell.quote]


_HOW = (
    "Der er en række for hvert fund, hvor en person må skønne, og for hvert forventet tab, som kan være et særligt "
    "tilfælde. »Vurderet før« er, hvad der stod i vurderingernes fil, da listen blev skrevet.",
    "En vurdering gælder det, der er fundet, og de dage, der står her. Ændres det, fundet hviler på, er vurderingen "
    "udløbet, og rækken skal vurderes igen. Løber tabet videre, gælder vurderingen kun til og med »Tabt til«.",
    "Skriv ingen CPR-numre. Det, der står under »Vurderet af« og »Hvorfor«, gemmes kun i vurderingernes fil.",
    "Når rækkerne er udfyldt: kommunecheck assess read FIL STI.",
)
