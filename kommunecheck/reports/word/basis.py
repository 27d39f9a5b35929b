"""What the numbers rest on: the law and the readings of it, what was not looked at, and the files."""

from collections.abc import Mapping

from kommunecheck.domain.report import Report, Source
from kommunecheck.domain.wording import whole
from kommunecheck.reports.basis import (
    NAMED,
    NOT_ASSESSED,
    Unused,
    crashed,
    others_told,
    own_told,
    reservations,
    unassessed,
    unused,
)
from kommunecheck.reports.ledger import COUNTED, LEDGER, account
from kommunecheck.reports.method import (
    FILES,
    HOW_SURE,
    RESTING,
    cutoff_told,
    example,
    files_told,
    files_total,
    fingerprint,
    parameters,
    period_judged,
    rates,
    resting,
    resting_told,
)
from kommunecheck.reports.phrases import name
from kommunecheck.reports.readings import ANEW, step_cells, step_rows
from kommunecheck.reports.section import only_further, summaries
from kommunecheck.reports.word.losses import case_link
from kommunecheck.reports.word.paper import Bold, Cell, Column, Paper


def method(paper: Paper, report: Report) -> None:
    """The rules, the period, the numbers of the law with how sure each is, and how a line is counted."""
    run = report.run
    paper.heading("Metode", 1)
    paper.paragraph(period_judged(report))
    for told in cutoff_told(run):
        paper.paragraph(told)
    _parameters(paper, report)
    _rates(paper, report)
    if not only_further(report):
        _readings(paper, report)
        _steps(paper, report)
    if summaries(report):
        _counting(paper, report)
    paper.heading("Love og vejledninger", 2)
    paper.bullets([[Bold(f"{act}: "), title] for act, title in report.acts.items()])


def _parameters(paper: Paper, report: Report) -> None:
    paper.heading("Tal, reglerne regnes med", 2)
    paper.paragraph(HOW_SURE, keep=True)
    paper.table(
        [Column("Tal", 6.2), Column("Værdi", 2.4, True), Column("Sikkerhed", 2.7), Column("Kilde", 5.3)],
        parameters(report),
        "Parametre med værdi, sikkerhed og kilde",
    )


def _rates(paper: Paper, report: Report) -> None:
    """The refund rates, each with its dates."""
    given = rates(report)
    if not given:
        return
    paper.heading("Refusionssatser", 2)
    paper.paragraph("Statens andel af den udbetalte ydelse, uden tilbud (passiv) og i tilbud.", keep=True)
    paper.table(
        [
            Column("Ydelse", 2.6),
            Column("Gælder", 4.4),
            Column("Passiv", 1.5, True),
            Column("I tilbud", 1.6, True),
            Column("Sikkerhed", 2.4),
            Column("Kilde", 4.1),
        ],
        given,
        "Refusionssatser med gyldighed og kilde",
    )


def readings(paper: Paper, report: Report) -> None:
    """What rests on readings, for whoever does not read the whole method."""
    paper.heading("Hvad tallene hviler på", 1)
    _readings(paper, report)
    _steps(paper, report)


def _readings(paper: Paper, report: Report) -> None:
    """How much of the expected loss rests on each reading."""
    rows = resting(report)
    paper.heading("Så meget hviler på en læsning", 2)
    paper.paragraph(resting_told(report), keep=bool(rows))
    if rows:
        numbers = Column("Værdi", 2.6, True), Column("Dage", 2, True), Column("Refusion", 3.6, True)
        paper.table([Column("Læsning", 8.4), *numbers], rows, RESTING)


def _steps(paper: Paper, report: Report) -> None:
    """What the total would be with each reading one step stricter and looser."""
    if not report.readings:
        return
    paper.heading("Et trin strengere eller lempeligere", 2)
    paper.paragraph(ANEW, keep=True)
    paper.table(
        [
            Column("Læsning", 6),
            Column("Trin", 2.3),
            Column("Værdi", 2.5, True),
            Column("Forventet tab", 3, True),
            Column("Forskel", 2.8, True),
        ],
        [step_cells(row, report) for row in step_rows(report)],
        "Det forventede tab, når hver læsning er et trin strengere eller lempeligere",
    )


def _counting(paper: Paper, report: Report) -> None:
    """How a line is counted, with one of the report's own as the example."""
    paper.heading("Sådan regnes en linje", 2)
    paper.paragraph(
        "En linje er én udbetaling, én sats og en ubrudt række tabte dage. Det tabte er udbetalingens beløb gange de "
        "tabte dage, delt med de dage, udbetalingen dækker, gange refusionssatsen. Hver linje afrundes til nærmeste "
        "øre, og alle summer er summer af linjer. Dækker flere fund samme dag, tæller dagen én gang."
    )
    shown = example(report)
    if shown:
        paper.paragraph(Bold("Eksempel: "), shown)


def not_looked_at(paper: Paper, report: Report, places: Mapping[str, str], *, in_full: bool = True) -> None:
    """Everything a reader must know before believing that no finding means no error.

    ``in_full`` with the account of what each rule came to.
    """
    paper.heading("Hvad der ikke er set på", 1)
    said = list(reservations(report))
    paper.paragraph("En sag uden fund er kun uden fejl, så langt der er set. Dette er ikke set:")
    paper.bullets(said)
    for group in unused(report):
        _unused(paper, group)
    if in_full:
        _ledger(paper, report)
    failed = crashed(report)
    if failed is not None:
        _unused(paper, failed)
    _not_assessed(paper, report, places)


def _unused(paper: Paper, group: Unused) -> None:
    paper.heading(group.title, 2)
    if group.about:
        paper.paragraph(group.about)
    paper.bullets([[Bold(f"{codes}: "), told] for codes, told in group.lines])


def _ledger(paper: Paper, report: Report) -> None:
    """What each rule came to in the cases, so that to have found nothing says something."""
    told = account(report)
    if not told:
        return
    paper.heading("Regnskab over kontrollen", 2)
    paper.paragraph(LEDGER, keep=True)
    paper.table(
        [
            Column("Kode", 2.1),
            *(Column(title, 2.5, True) for title in COUNTED),
            Column("Sager", 2, True),
        ],
        [[one.code, *map(whole, one.counts), whole(one.cases)] for one in told],
        "Hvad hver regel kom til i hver sag",
    )


def _not_assessed(paper: Paper, report: Report, places: Mapping[str, str]) -> None:
    """The cases that could not be assessed in full, with what stood in the way."""
    own, others = unassessed(report)
    if not own and not others:
        return
    paper.heading("Sager, der ikke er fuldt vurderet", 2)
    if others:
        paper.paragraph(others_told(others))
    if not own:
        return
    paper.paragraph(own_told(len(own)), keep=True)
    paper.table(
        [Column("Sag", 4), Column("Team", 4.3), Column("Hvad der stod i vejen", 8.3)],
        [[case_link(case.sag_id, places), name(case.team), reason] for case, reason in own[:NAMED]],
        NOT_ASSESSED,
    )


def sources(paper: Paper, report: Report) -> None:
    """The files, with the control totals: every row is used or reported."""
    paper.heading("Kilder", 1)
    files = list(report.run.sources.values())
    paper.paragraph(files_told(report), keep=bool(files))
    if not files:
        return
    paper.table(
        [
            Column("Tabel", 2.5),
            Column("Fil", 3.6),
            Column("Rækker", 1.8, True),
            Column("Brugt", 1.8, True),
            Column("Meldt", 1.5, True),
            Column("SHA-256", 5.4),
        ],
        [_source_row(source) for source in files[:NAMED]],
        FILES,
        total=files_total(report),
        style="Tabeltekstlille",
    )
    paper.paragraph(fingerprint(report, report.run.digest), style="Smaat")


def _source_row(source: Source) -> list[Cell]:
    hashed = " ".join(source.sha256[place : place + 32] for place in range(0, len(source.sha256), 32))
    counted = [whole(source.rows), whole(source.rows_used), whole(source.rows_reported)]
    return [source.table, name(source.place), *counted, hashed]
