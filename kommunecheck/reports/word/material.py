"""The material of a case, as the directorate may ask for it (§ 4, stk. 2), and an index of several."""

from collections.abc import Iterator, Mapping, Sequence

from kommunecheck.domain.days import danish
from kommunecheck.domain.report import Report, Source
from kommunecheck.domain.wording import number, span
from kommunecheck.law.answering import AnswerBy
from kommunecheck.law.excuses import Told
from kommunecheck.law.material import ASKED, Dossier, Item, Material
from kommunecheck.reports.phrases import listed, name, named
from kommunecheck.reports.word.binding import bound
from kommunecheck.reports.word.letters import (
    SOURCE,
    deadline,
    marks,
    person,
    said,
    sourced,
    to_enclose,
    unusable,
)
from kommunecheck.reports.word.page import WIDTH
from kommunecheck.reports.word.paper import Bold, Cell, Column, Missing, Paper, ToFill

TITLE = "Materiale til visitationstilsynet"
INDEX = "00 oversigt.docx"
"""The name of the index beside the cases."""
_RULE = "Materialet skal sendes senest 14 dage efter, at direktoratet har bedt om det"
_CITATION = "BEK 1714/2006 § 4, stk. 3"
_NUMBER, _ASKED = 1.1, 4.4


def case_document(report: Report, dossier: Dossier, by: AnswerBy) -> bytes:
    """The document of one case."""
    return bound(report, f"{TITLE} · sag {name(dossier.sag_id)}", lambda paper: _case(paper, report, dossier, by))


def index_document(report: Report, dossiers: Sequence[Dossier], by: AnswerBy) -> bytes:
    """The document that says what is in the others, and what is missing in them."""
    return bound(report, TITLE, lambda paper: _index(paper, report, dossiers, by))


def case_files(dossiers: Sequence[Dossier]) -> list[str]:
    """The names of the files of cases, in order: each with a number, for an id may hold signs that no name can."""
    width = max(2, len(str(len(dossiers))))  # the index is number 00
    plain = ["".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in name(one.sag_id)) for one in dossiers]
    return [f"{place:0{width}} sag {one}.docx" for place, one in enumerate(plain, 1)]


def _case(paper: Paper, report: Report, dossier: Dossier, by: AnswerBy) -> None:
    run = report.run
    paper.paragraph(TITLE, style="Title")
    paper.paragraph(
        f"{named(report)} · sag {name(dossier.sag_id)} · {span(run.window)} · opgjort pr. {danish(run.cutoff)}",
        style="Subtitle",
    )
    marks(paper, report, [dossier.sag_id])
    deadline(paper, by, "Send materialet", _RULE, _CITATION)
    paper.paragraph(Bold("Borger: "), person(report, dossier.sag_id), ". ", Bold("Sag: "), f"{name(dossier.sag_id)}.")
    _what_is_missing(paper, dossier)
    _unusable(paper, report, dossier)
    if dossier.outside:
        _outside(paper, dossier.outside, report.run.sources)
    elif not dossier.interviews:
        paper.heading("Ingen kontaktsamtale i perioden", 1)
        paper.paragraph("Der er ikke holdt nogen kontaktsamtale i perioden, og ingen frist er overskredet i den.")
    for one in dossier.interviews:
        _interview(paper, one, run.sources)
    _withheld(paper, report, dossier)


def _what_is_missing(paper: Paper, dossier: Dossier) -> None:
    if dossier.missing:
        at = listed(_title(one) for one in dossier.interviews if one.missing)
        paper.paragraph(
            f"MANGLER: {number(dossier.missing, 'oplysning', 'oplysninger')} ({at}). Se det, der er markeret nedenfor, "
            "og find det i sagen, eller skriv, at det ikke findes.",
            style="Boks",
        )
    elif dossier.interviews:
        held = number(len(dossier.interviews), "samtale", "samtaler")
        paper.paragraph(f"Ingen oplysning mangler ved {held} i perioden.")


def _unusable(paper: Paper, report: Report, dossier: Dossier) -> None:
    """What could not be used of the case's rows: it may be what is asked for."""
    problems = unusable(report, dossier.sag_id)
    if problems:
        paper.paragraph(
            "SE EFTER I FAGSYSTEMET: noget i sagens rækker kunne ikke bruges. Det kan være noget, der skal med.",
            style="Boks",
            keep=True,
        )
        paper.bullets(problems)


def _outside(paper: Paper, why: Sequence[Told], sources: Mapping[int, Source]) -> None:
    paper.heading("Sagen hører ikke under tilsynet", 1)
    paper.paragraph(
        "Efter registreringerne er borgeren ikke omfattet af § 2, stk. 2, i perioden. Sagen skal så ikke indgå, og "
        "direktoratet skal have besked hurtigst muligt (vejl. til § 3, stk. 2)."
    )
    paper.table(
        [Column("Det, der er registreret", WIDTH - SOURCE), Column("Kilde", SOURCE)],
        [[one.text, sourced(one, sources)] for one in why],
        "Hvorfor sagen ikke hører under tilsynet",
    )


def _title(one: Material) -> str:
    return f"samtalen {danish(one.day)}" if one.held else f"samtalen, der forfaldt {danish(one.day)}"


def _interview(paper: Paper, one: Material, sources: Mapping[int, Source]) -> None:
    """The six things about one interview."""
    title = f"Samtalen {danish(one.day)}" if one.held else f"Samtalen, der forfaldt {danish(one.day)}: ikke holdt"
    paper.heading(title, 1)
    columns = [
        Column("§ 4", _NUMBER),
        Column("Oplysning", _ASKED),
        Column("Det, der er registreret", WIDTH - _NUMBER - _ASKED - SOURCE),
        Column("Kilde", SOURCE),
    ]
    rows = [row for item in one.items for row in _rows(item, sources)]
    paper.table(columns, rows, f"De seks oplysninger om {_title(one)}", whole=True)
    if one.about_deadline:
        paper.heading("Om fristen for denne samtale", 2)
        paper.table(
            [Column("Det, der er registreret", WIDTH - SOURCE), Column("Kilde", SOURCE)],
            [[told.text, sourced(told, sources)] for told in one.about_deadline],
            f"Fristen for {_title(one)}",
        )


def _rows(item: Item, sources: Mapping[int, Source]) -> Iterator[list[Cell]]:
    """A row for each thing that is told, and one for what is missing; the number and what is asked stand once."""
    told: list[list[Cell]] = [[said(one), sourced(one, sources)] for one in item.told]
    if item.missing is not None:
        field = ToFill("skriv oplysningen og vedlæg kopi")
        told.append([[Missing("MANGLER. "), f"{item.missing} ", field], ""])
    for place, cells in enumerate(told):
        yield [item.number, ASKED[item.number], *cells] if not place else ["", "", *cells]


def _withheld(paper: Paper, report: Report, dossier: Dossier) -> None:
    """What is not sent, and why: the guidance asks that nothing else is."""
    paper.heading("Holdt tilbage", 1)
    only = (
        ""
        if dossier.outside
        else " Dokumentet har kun de seks oplysninger om kontaktsamtalerne i perioden og det, der er registreret om "
        "overskredne frister."
    )
    told = f"Forhold, der ikke angår tilsynet, må ikke sendes til direktoratet (vejl. til § 4, stk. 2).{only}"
    paper.paragraph(told, keep=True)
    if not any(source.table == "journal" for source in report.run.sources.values()):
        notes = "Udtrækket har ingen journal. Fører kommunen journalark med oplysningerne, skal de sendes med."
    elif dossier.quotes:
        notes = (
            f"Af sagens notater er kun gengivet {number(dossier.quotes, 'sætning', 'sætninger')}, som en oplysning "
            "hviler på. Resten af notaterne er holdt tilbage."
        )
    else:
        notes = "Ingen oplysning hviler på et notat, og alle sagens notater er holdt tilbage."
    paper.bullets([notes, "Sagens øvrige samtaler, perioder og beløb er holdt tilbage."])
    to_enclose(paper)


def _index(paper: Paper, report: Report, dossiers: Sequence[Dossier], by: AnswerBy) -> None:
    run = report.run
    paper.paragraph(TITLE, style="Title")
    cases = number(len(dossiers), "sag", "sager")
    paper.paragraph(
        f"{named(report)} · {cases} · {span(run.window)} · opgjort pr. {danish(run.cutoff)}", style="Subtitle"
    )
    marks(paper, report, [one.sag_id for one in dossiers])
    deadline(paper, by, "Send materialet", _RULE, _CITATION)
    missing = sum(one.missing for one in dossiers)
    lacking = number(sum(1 for one in dossiers if one.missing), "sag", "sager")
    if missing:
        paper.paragraph(
            f"MANGLER: {number(missing, 'oplysning', 'oplysninger')} i {lacking}, markeret i sagens dokument.",
            style="Boks",
        )
    else:
        paper.paragraph("Ingen oplysning mangler.")
    paper.heading("Sagerne", 1)
    if any(one.outside for one in dossiers):
        paper.paragraph(
            "Sager uden for tilsynet skal ikke indgå. Giv direktoratet besked hurtigst muligt (vejl. til § 3, stk. 2).",
            keep=True,
        )
    rows = [_row(report, one, file) for one, file in zip(dossiers, case_files(dossiers), strict=True)]
    paper.table(
        [
            Column("Sag", 2.6),
            Column("Borger", 3),
            Column("Samtaler", 1.9, True),
            Column("Mangler", 5.2),
            Column("Fil", WIDTH - 12.7),
        ],
        rows,
        "Sagerne, hvad der mangler i dem, og deres filer",
    )
    paper.heading("Hvis fristen ikke kan holdes", 1)
    paper.paragraph("Oplys direktoratet om, hvorfor materialet ikke kan sendes, og hvornår det kommer (§ 4, stk. 3):")
    paper.paragraph(ToFill("hvorfor materialet ikke kan sendes i tide"))
    paper.paragraph(ToFill("hvornår det bliver sendt"))


def _row(report: Report, one: Dossier, file: str) -> list[Cell]:
    lacking = [
        f"{_title(part)}: nr. {listed(item.number for item in part.missing)}" for part in one.interviews if part.missing
    ]
    missing: Cell = Missing("; ".join(lacking)) if lacking else "–"
    if unusable(report, one.sag_id):
        missing = Missing("; ".join([*lacking, "se efter i fagsystemet"]))
    if one.outside:
        missing = Bold("Uden for tilsynet")
    held = sum(part.held for part in one.interviews)
    return [name(one.sag_id), person(report, one.sag_id), str(held), missing, file]
