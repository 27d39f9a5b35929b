"""What the documents to the directorate have in common: the deadline, whose case it is, and tables with sources."""

from collections.abc import Mapping, Sequence

from kommunecheck.domain.days import with_weekday
from kommunecheck.domain.report import Report, Source
from kommunecheck.domain.rule import SUPERVISION
from kommunecheck.law.answering import ANSWER_DAYS, AnswerBy
from kommunecheck.law.excuses import Told
from kommunecheck.reports.lines import where
from kommunecheck.reports.phrases import shows_people
from kommunecheck.reports.word.paper import Cpr, Paper, Part, ToFill

SOURCE = 4.6
"""The width of a column with sources, in centimetres."""


def marks(paper: Paper, report: Report, sag_ids: Sequence[str]) -> None:
    """What must be known first: made-up numbers, and CPR numbers where they are shown."""
    if report.run.synthetic:
        paper.paragraph("OPDIGTEDE TAL. Kommunen, sagerne og beløbene i dette dokument findes ikke.", style="Boks")
    people = report.people
    if people is not None and any(sag_id in people.cpr for sag_id in sag_ids):
        paper.paragraph(shows_people(people), style="Boks")


def deadline(paper: Paper, by: AnswerBy, what: str, rule: str, citation: str) -> None:
    """The last day to send ``what`` in large, and how it is counted: ``rule`` is what the order says of it."""
    paper.paragraph(f"{what} senest {with_weekday(by.send)}", style="Kommunenstal")
    paper.paragraph(
        f"Direktoratets brev er modtaget {with_weekday(by.received)}. {rule} ({citation}). {ANSWER_DAYS} dage efter er "
        f"{with_weekday(by.last)}."
    )
    if by.why:
        paper.paragraph(by.why)


def person(report: Report, sag_id: str) -> Part:
    """The citizen's CPR number as the municipality asks for it to be shown; else a field for it.

    The directorate draws its cases by CPR number (§ 3), so it must stand on what is sent.
    """
    cpr = None if report.people is None else report.people.cpr.get(sag_id)
    return ToFill("indsæt CPR-nr.") if cpr is None else Cpr(cpr)


def said(told: Told) -> str:
    """What the files say, with the sentence of the note where one is used."""
    return told.text if told.quote is None else f"{told.text} I notatet står: »{told.quote}«."


def sourced(told: Told, sources: Mapping[int, Source]) -> str:
    """Where it stands; a dash for what follows from other things."""
    return where(told.cells, sources) or "–"


def unusable(report: Report, sag_id: str) -> list[str]:
    """What could not be used of the rows of a case that is not fully assessed for it."""
    if any(case.sag_id == sag_id and case.fully_assessed for case in report.cases):
        return []
    found = [one.finding for one in report.findings if one.sag_id == sag_id]
    return [f"{one.rule.title}: {one.message}" for one in found if one.rule.supervision != SUPERVISION]


def to_enclose(paper: Paper) -> None:
    """What is to be done before it is sent: the order asks for copies (§ 4, stk. 2), and for nothing else."""
    paper.paragraph(
        ToFill(
            "før det sendes: læg kopi ved af de rækker, der står under Kilde, stryg i kopierne det, der ikke angår "
            "tilsynet, og slet denne linje"
        )
    )
