"""What the numbers rest on: the law and the readings of it, what was not looked at, and the files."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from kommunecheck.domain.names import sureness
from kommunecheck.domain.report import Report, Source
from kommunecheck.domain.wording import kroner, number, value, whole
from kommunecheck.reports.basis import (
    RATES,
    codes_by_reason,
    crash_places,
    cutoff_told,
    example_line,
    period_judged,
    rates,
    reservations,
    unassessed,
)
from kommunecheck.reports.ledger import COUNTED, LEDGER, account
from kommunecheck.reports.phrases import ELSEWHERE, amount, cases, days, listed, name, per_cent
from kommunecheck.reports.readings import ANEW, StepRow, step_cells, step_rows
from kommunecheck.reports.section import only_further, summaries
from kommunecheck.reports.word.losses import case_link
from kommunecheck.reports.word.paper import Bold, Cell, Column, Paper

NAMED = 50
"""How many cases or files a list names; it says of how many."""


def method(paper: Paper, report: Report) -> None:
    """The rules, the period, the numbers of the law with how sure each is, and how a line is counted."""
    run = report.run
    paper.heading("Metode", 1, new_page=True)
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
    paper.paragraph(
        "»Står i reglerne« er læst i bekendtgørelsen eller vejledningen, »fundet i en kilde« i en anden offentlig "
        "tekst. »En læsning« er et tal, vi har måttet vælge; det kan diskuteres og ændres i opsætningen.",
        keep=True,
    )
    paper.table(
        [Column("Tal", 6.2), Column("Værdi", 2.4, True), Column("Sikkerhed", 2.7), Column("Kilde", 5.3)],
        [
            [one.title, value(one.value), sureness(one.certainty, one.overridden), one.citation]
            for one in report.run.parameters
            if one.name != RATES
        ],
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
    rests_on = report.summary.rests_on
    paper.heading("Så meget hviler på en læsning", 2)
    if not rests_on:
        paper.paragraph("Intet af det forventede tab hviler på en læsning, der ikke er bekræftet.")
        return
    parameters = {one.name: one for one in report.run.parameters}
    total = report.summary.expected
    lost = days(total.days) if total.refund_lost is None else f"{kroner(total.refund_lost)} ({days(total.days)})"
    paper.paragraph(
        f"Af det forventede tab på {lost} hviler disse dele på tal, der ikke er bekræftet. Samme dag kan hvile på "
        "flere, så delene kan ikke lægges sammen.",
        keep=True,
    )
    paper.table(
        [Column("Læsning", 8.4), Column("Værdi", 2.6, True), Column("Dage", 2, True), Column("Refusion", 3.6, True)],
        [
            [parameters[one].title, value(parameters[one].value), whole(amounts.days), amount(amounts.refund_lost)]
            for one, amounts in sorted(rests_on, key=lambda found: (-(found[1].refund_lost or 0), -found[1].days))
        ],
        "Forventet tab, der hviler på hver læsning",
    )


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
        [_step(row, report) for row in step_rows(report)],
        "Det forventede tab, når hver læsning er et trin strengere eller lempeligere",
    )


def _step(row: StepRow, report: Report) -> list[Cell]:
    title = f"{row.title}: nu {value(row.now)}" if row.way == "strengere" else ""
    return [title, *step_cells(row, report)]


def _counting(paper: Paper, report: Report) -> None:
    """How a line is counted, with one of the report's own as the example."""
    paper.heading("Sådan regnes en linje", 2)
    paper.paragraph(
        "En linje er én udbetaling, én sats og en ubrudt række tabte dage. Det tabte er udbetalingens beløb gange de "
        "tabte dage, delt med de dage, udbetalingen dækker, gange refusionssatsen. Hver linje afrundes til nærmeste "
        "øre, og alle summer er summer af linjer. Dækker flere fund samme dag, tæller dagen én gang."
    )
    example = example_line(report)
    if example is not None:
        case, line = example
        payment, rate = line.payment, per_cent(line.rate or Fraction(0))
        paid, covers = kroner(payment.beloeb), payment.til - payment.fra + 1
        paper.paragraph(
            Bold("Eksempel: "),
            f"i sagen {name(case.sag_id)} er {paid} udbetalt for {days(covers)}, hvoraf {days(line.days)} er tabt: "
            f"{paid} × {line.days} / {covers} × {rate} = {kroner(line.refund_lost)}",
        )


def not_looked_at(paper: Paper, report: Report, places: Mapping[str, str], *, in_full: bool = True) -> None:
    """Everything a reader must know before believing that no finding means no error.

    ``in_full`` with the account of what each rule came to.
    """
    paper.heading("Hvad der ikke er set på", 1)
    said = list(reservations(report))
    paper.paragraph("En sag uden fund er kun uden fejl, så langt der er set. Dette er ikke set:")
    paper.bullets(said)
    _groups(paper, "Regler, der ikke er kontrolleret", codes_by_reason(report.run.not_run))
    _groups(
        paper,
        "Regler, der er valgt fra",
        codes_by_reason(report.run.ignored),
        "Deres fund vises ikke, men tæller med i beløb og udfald.",
    )
    if in_full:
        _ledger(paper, report)
    _crashes(paper, report)
    _not_assessed(paper, report, places)


def _groups(paper: Paper, title: str, groups: Mapping[str, Sequence[str]], about: str | None = None) -> None:
    if not groups:
        return
    paper.heading(title, 2)
    if about is not None:
        paper.paragraph(about)
    paper.bullets([[Bold(f"{', '.join(codes)}: "), f"{reason}."] for reason, codes in groups.items()])


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


def _crashes(paper: Paper, report: Report) -> None:
    """The rules that failed: ours to mend, and said with the cases they failed on."""
    crashes = report.run.crashes
    if not crashes:
        return
    paper.heading("Regler, der gik i stykker", 2)
    paper.paragraph("Det er en fejl i programmet og ikke i sagerne. Sagerne er ikke fuldt vurderet.")
    for code, places in crash_places(report).items():
        where = [name(place) for place in places]
        shown = listed(where[:10]) if len(where) <= 10 else f"{', '.join(where[:10])} og {whole(len(where) - 10)} mere"
        paper.bullets([[Bold(f"{code}: "), f"{number(len(where), 'sted', 'steder')}: {shown}"]])


def _not_assessed(paper: Paper, report: Report, places: Mapping[str, str]) -> None:
    """The cases that could not be assessed in full, with what stood in the way."""
    own, others = unassessed(report)
    if not own and not others:
        return
    paper.heading("Sager, der ikke er fuldt vurderet", 2)
    if others:
        paper.paragraph(
            f"{cases(others)} er ikke fuldt vurderet, fordi en regel ikke kunne kontrolleres, eller fordi det, der "
            "stod i vejen, ikke vises."
        )
    if not own:
        return
    first = f"De første {NAMED} af {cases(len(own))}" if len(own) > NAMED else f"{cases(len(own))}"
    said = f"{first} med data, der ikke kunne bruges. Ret dem, og kør igen."
    paper.paragraph(f"{said} {ELSEWHERE}" if len(own) > NAMED else said, keep=True)
    paper.table(
        [Column("Sag", 4), Column("Team", 4.3), Column("Hvad der stod i vejen", 8.3)],
        [[case_link(case.sag_id, places), name(case.team), reason] for case, reason in own[:NAMED]],
        "Sager, der ikke er fuldt vurderet, og hvorfor",
    )


def sources(paper: Paper, report: Report) -> None:
    """The files, with the control totals: every row is used or reported."""
    paper.heading("Kilder", 1)
    files = list(report.run.sources.values())
    if not files:
        paper.paragraph("Der er ikke læst nogen filer.")
        return
    said = "Hver række i filerne er enten brugt eller meldt som et fund om data."
    if len(files) > NAMED:
        said += f" Tabellen viser de første {NAMED} af {whole(len(files))} filer. {ELSEWHERE}"
    paper.paragraph(said, keep=True)
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
        "Filerne med antal rækker og fingeraftryk",
        total=[
            "I alt",
            "",
            whole(sum(source.rows for source in files)),
            whole(sum(source.rows_used for source in files)),
            whole(sum(source.rows_reported for source in files)),
            "",
        ],
        style="Tabeltekstlille",
    )
    _fingerprint(paper, report)


def _fingerprint(paper: Paper, report: Report) -> None:
    """What tells two runs apart: the program, its plugins, and a hash of everything the result follows from."""
    run = report.run
    plugins = "".join(f" Plugin: {name(one)} {name(version)}." for one, version in run.plugins)
    paper.paragraph(f"kommunecheck {run.version}.{plugins} Kørslens fingeraftryk: {run.digest}", style="Smaat")


def _source_row(source: Source) -> list[Cell]:
    hashed = " ".join(source.sha256[place : place + 32] for place in range(0, len(source.sha256), 32))
    counted = [whole(source.rows), whole(source.rows_used), whole(source.rows_reported)]
    return [source.table, name(source.place), *counted, hashed]
