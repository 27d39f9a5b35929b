"""The report after the supervision as Word: what there is to learn, rule by rule, the cases, and the readings."""

from kommunecheck.domain.days import danish
from kommunecheck.domain.decisions import Compared, Comparison, Relation
from kommunecheck.domain.report import Report
from kommunecheck.domain.wording import number, span, whole
from kommunecheck.reports.decisions.words import (
    FIT_HEADINGS,
    HOW,
    HOW_FITS,
    HOW_RULES,
    RELATIONS,
    RULE_HEADINGS,
    TITLE,
    amounts_told,
    case_cells,
    fit_cells,
    fits_told,
    lessons,
    rule_cells,
    shares,
)
from kommunecheck.reports.phrases import name, named
from kommunecheck.reports.word.binding import bound
from kommunecheck.reports.word.paper import Column, Paper


def write(report: Report, made: Comparison) -> bytes:
    """The document's bytes. Raises ``UserError`` where the municipality's template cannot be written in."""

    def fill(paper: Paper) -> None:
        _front(paper, report, made)
        _lessons(paper, report, made)
        _rules(paper, report, made)
        _cases(paper, made)
        _readings(paper, report, made)

    return bound(report, TITLE, fill)


def _front(paper: Paper, report: Report, made: Comparison) -> None:
    run = report.run
    paper.paragraph(TITLE, style="Title")
    paper.paragraph(f"{named(report)} · {span(run.window)} · opgjort pr. {danish(run.cutoff)}", style="Subtitle")
    if run.synthetic:
        paper.paragraph("OPDIGTEDE TAL. Kommunen, sagerne og beløbene i denne rapport findes ikke.", style="Boks")
    agreed = made.count(Relation.AGREED)
    decided = number(len(made.cases), "sag", "sager")
    paper.paragraph(f"Enige om {whole(agreed)} af {decided}.", style="Kommunenstal")
    paper.paragraph(
        f"Direktoratet har afgjort {decided} (BEK 1714/2006 § 6). Her er de holdt op imod det, vores egen kontrol "
        "fandt."
    )
    columns = [Column("Afgjorte sager", 9), Column("Antal", 2.5, True), Column("Andel", 2.5, True)]
    paper.table(columns, shares(made), "Hvor mange afgjorte sager vi er enige om")
    paper.paragraph(HOW, style="Smaat")
    told = amounts_told(made)
    if told:
        paper.paragraph(told)
    paper.paragraph("Indhold", style="Indholdsoverskrift")
    paper.contents()


def _lessons(paper: Paper, report: Report, made: Comparison) -> None:
    paper.heading("Hvad der er at lære", 1)
    paper.bullets(lessons(made, report))


def _rules(paper: Paper, report: Report, made: Comparison) -> None:
    paper.heading("Regel for regel", 1)
    if made.rules:
        widths = (1.7, 5.4, 1.6, 2.0, 2.0, 1.9, 2.0)
        columns = [
            Column(title, width, place > 1)
            for place, (title, width) in enumerate(zip(RULE_HEADINGS, widths, strict=True))
        ]
        rows = [rule_cells(row, made, report) for row in made.rules]
        paper.table(columns, rows, "Hvad direktoratet sagde om det, hver regel fandt")
    paper.paragraph(HOW_RULES, style="Smaat")
    if made.unshared:
        paper.paragraph(f"{number(made.unshared, 'sag siger', 'sager siger')} ikke, hvilket skridt det gælder.")


def _cases(paper: Paper, made: Comparison) -> None:
    paper.heading("Sager, hvor vi ikke sagde det samme", 1)
    if not made.misfits:
        paper.paragraph("Ingen.")
        return
    columns = [
        Column("Sag", 2.0),
        Column("Vi sagde", 2.4),
        Column("Direktoratet", 2.4),
        Column("Forskel", 3.2),
        Column("Regler", 1.8),
        Column("Vores tab", 2.4, True),
        Column("Deres tab", 2.4, True),
    ]
    paper.table(columns, [_case(one) for one in made.misfits], "Sager, vi og direktoratet ser forskelligt på")


def _case(one: Compared) -> list[str]:
    ours, theirs, *rest = case_cells(one)
    return [name(one.decision.sag_id), ours, theirs, RELATIONS[one.relation], *rest]


def _readings(paper: Paper, report: Report, made: Comparison) -> None:
    paper.heading("Hvilke læsninger ville have passet bedst", 1)
    paper.paragraph(HOW_FITS)
    widths = (5.7, 2.2, 2.1, 1.5, 1.6, 1.7, 1.8)
    columns = [
        Column(title, width, 1 < place < 6)
        for place, (title, width) in enumerate(zip(FIT_HEADINGS, widths, strict=True))
    ]
    titles = {one.name: one.title for one in report.run.parameters}
    fits, others = fits_told(made)
    rows = [fit_cells(fit, made, titles) for fit in fits]
    paper.table(columns, rows, "Hvor godt hver læsning passer til afgørelserne")
    if others:
        paper.paragraph(others, style="Smaat")
