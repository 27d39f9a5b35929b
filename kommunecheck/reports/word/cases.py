"""The costliest cases, each with its findings and the lines that can be redone by hand."""

from collections.abc import Mapping, Sequence

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import with_quotes
from kommunecheck.domain.names import KINDS, capital
from kommunecheck.domain.report import CaseResult, Loss, Placed, Report, Source
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.causes import DAYS_LOST, dearest_cases
from kommunecheck.reports.lines import days_told, in_kroner, in_words, line_cells, refund_of, total_of
from kommunecheck.reports.phrases import all_cases, name, team
from kommunecheck.reports.since import mark
from kommunecheck.reports.telling import ToldCase, lost_twice, outcome, runs_beside, stands
from kommunecheck.reports.word.losses import place_of
from kommunecheck.reports.word.paper import Cell, Column, Cpr, Link, Paper, Part


def costliest_cases(
    paper: Paper, report: Report, told: Sequence[ToldCase], places: Mapping[str, str], not_all: str
) -> None:
    """A table of them, and then one by one. ``not_all`` says how many of all they are, where it is not all."""
    paper.heading(dearest_cases(report), 1)
    if not told and not not_all:
        paper.paragraph("Ingen sager har tabte dage.")
        return
    said = not_all or f"Her er {all_cases(len(told))}, hvor dage er eller kan være tabt."
    if report.summary.expected.refund_lost is None:
        said += " Uden udbetalinger er de ordnet efter antal dage."
    paper.paragraph(said, keep=bool(told))
    if not told:
        return
    paper.table(
        [
            Column("Nr.", 1.1, True),
            Column("Sag", 3.2),
            Column("Team", 3.3),
            Column(DAYS_LOST, 1.8, True),
            Column("Forventet tab", 2.5, True),
            Column("Muligt tab", 2.3, True),
            Column("Journal", 2.4, True),
        ],
        [_row(place, one.result, places) for place, one in enumerate(told, 1) if one.result],
        f"{dearest_cases(report)}: dage og beløb",
    )
    for one in told:
        if one.result:  # as all have that have lost days
            _case(paper, report, one, one.result, places[one.sag_id])


def _row(place: int, case: CaseResult, places: Mapping[str, str]) -> list[Cell]:
    losses = case.exposure.kinds
    sums = [refund_of(loss) for loss in losses]
    lost = whole(sum(loss.days for loss in losses))
    return [str(place), Link(name(case.sag_id), places[case.sag_id]), name(case.team), lost, *sums]


def _case(paper: Paper, report: Report, told: ToldCase, case: CaseResult, place: str) -> None:
    paper.heading(f"Sag {name(case.sag_id)}", 2, place)
    facts = [team(case.team), outcome(told, case)]
    if not case.fully_assessed:
        facts.append("ikke alt kunne vurderes")
    if case.exposure.running_per_day:
        facts.append(f"løber stadig med {kroner(case.exposure.running_per_day)} om dagen")
    if case.exposure.unpaid_days:
        facts.append(f"{number(case.exposure.unpaid_days, 'tabt dag', 'tabte dage')} uden udbetaling")
    if case.exposure.unpriced_days:
        facts.append(f"{number(case.exposure.unpriced_days, 'tabt dag', 'tabte dage')} uden kendt sats")
    facts += runs_beside(told)
    paper.paragraph(*person(report, case.sag_id), " · ".join(facts), keep=True)
    if told.findings:
        paper.table(
            [Column("Dato", 2.7), Column("Regel", 1.5), Column("Fundet", 8.6), Column("Står i", 3.8)],
            [_finding_row(placed, report.run.sources) for placed in told.findings],
            f"Fund i sagen {name(case.sag_id)}",
            style="Tabeltekstlille",
        )
    _losses(paper, report, case, "")
    for one in told.beside:
        _losses(paper, report, one.result, f" i {one.where}")
        twice = lost_twice(told, one)
        if twice:
            paper.paragraph(twice)


def _losses(paper: Paper, report: Report, case: CaseResult, where: str) -> None:
    """Each kind of loss; ``where`` says in which supervision, if it is not the one that is told."""
    for kind, loss in zip(KINDS, case.exposure.kinds, strict=True):
        if loss.days:
            loss_lines(paper, case, capital(kind.full) + where, loss, report.run.sources)


def person(report: Report, sag_id: str) -> Sequence[Part]:
    """Whose case it is, where the municipality asks for it to be shown."""
    cpr = None if report.people is None else report.people.cpr.get(sag_id)
    return () if cpr is None else ("CPR ", Cpr(cpr), " · ")


def _finding_row(placed: Placed, sources: Mapping[int, Source]) -> list[Cell]:
    finding, code = placed.finding, placed.finding.rule.code
    date = "" if finding.date is None else danish(finding.date)
    return [date, Link(code, place_of(code)), with_quotes(finding) + mark(placed), stands(finding, sources)]


def loss_lines(paper: Paper, case: CaseResult, title: str, loss: Loss, sources: Mapping[int, Source]) -> None:
    """One kind of loss in a case: its lines, or its days where there are no payments."""
    paper.heading(f"{title}: {in_words(loss)}", 3)
    if loss.lines is None:
        paper.paragraph(days_told(loss.periods))
        return
    if not loss.lines:
        paper.paragraph(f"Ingen udbetaling dækker dagene. {days_told(loss.periods)}")
        return
    one_file = len({line.payment.source for line in loss.lines}) == 1
    if one_file:
        place = name(sources[loss.lines[0].payment.source].place)
        paper.paragraph(f"Udbetalingerne står i {place}.", style="Smaat", keep=True)
    paper.table(
        _line_columns(one_file),
        [line_cells(line, None if one_file else sources) for line in loss.lines],
        f"{title} i sagen {name(case.sag_id)}, linje for linje",
        total=["I alt", "", "", "", "", "", in_kroner(loss.paid), total_of(loss), ""],
        style="Tabeltekstlille",
    )


def _line_columns(one_file: bool) -> list[Column]:
    """The columns of the lines. Days fit on one line, unless files must be named too."""
    day = 2.65 if one_file else 2.1
    return [
        Column("Fra", day),
        Column("Til", day),
        Column("Tabte dage", 1.15, True),
        Column("Udbetaling, kr.", 1.9, True),
        Column("Dækker dage", 1.25, True),
        Column("Sats", 1.95, True),
        Column("Udbetalt, kr.", 1.9, True),
        Column("Tabt refusion, kr.", 1.9, True),
        Column("Række", 1.25, True) if one_file else Column("Række", 2.35),
    ]
