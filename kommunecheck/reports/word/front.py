"""The first two pages: what it is, the number, and the summary that a leader can stop after."""

from collections.abc import Sequence

from kommunecheck.domain.days import danish
from kommunecheck.domain.names import COUNTS, capital
from kommunecheck.domain.report import Outcome, Reader, Report
from kommunecheck.domain.wording import kroner, share, span, whole
from kommunecheck.reports.advice import advice
from kommunecheck.reports.assessed import AFTER, FOLLOW, HEADINGS, after_rows, how_judged
from kommunecheck.reports.basis import NOT_IN_LOSS, first_reservations, may_come
from kommunecheck.reports.causes import causes_title, cost_of_cause, dearest_causes
from kommunecheck.reports.further import key_figures, title_of, words
from kommunecheck.reports.loss import beside_figures, loss_told, may_be_less, title_of_loss, title_of_running
from kommunecheck.reports.phrases import cases, days, named, shows_people, whose_cases
from kommunecheck.reports.pictures.of_report import CAME_OUT, HOW_SURE, how_sure, outcomes
from kommunecheck.reports.running import Running, cost_per_day, grows, is_stopped_by, none_runs, still_running
from kommunecheck.reports.section import only_further, together
from kommunecheck.reports.since import since_last
from kommunecheck.reports.telling import ToldCase
from kommunecheck.reports.word.losses import place_of
from kommunecheck.reports.word.page import WIDTH
from kommunecheck.reports.word.paper import Bold, Column, Link, Paper, Part
from kommunecheck.reports.word.sections import table


def front_page(paper: Paper, report: Report, told: Sequence[ToldCase]) -> None:
    """Title, period, what must be known before the numbers are believed, the three key figures, and the contents.

    ``told`` are the cases the document tells one by one: with them stand the CPR numbers, where they are asked for.
    """
    run = report.run
    paper.paragraph(title_of(report), style="Title")
    paper.paragraph(f"{named(report)} · {span(run.window)} · opgjort pr. {danish(run.cutoff)}", style="Subtitle")
    if report.team is not None:
        paper.paragraph(Bold(whose_cases(report)), " Tallene er disse sagers og ikke hele kommunens.")
    if run.synthetic:
        paper.paragraph("OPDIGTEDE TAL. Kommunen, sagerne og beløbene i denne rapport findes ikke.", style="Boks")
    if not run.complete:
        paper.paragraph(
            "RAPPORTEN ER UFULDSTÆNDIG. Noget kunne ikke læses eller kontrolleres, og det rigtige tab kan være et "
            "andet. Se afsnittet »Hvad der ikke er set på«.",
            style="Boks",
        )
    people = report.people
    if people is not None and any(case.sag_id in people.cpr for case in told):
        paper.paragraph(shows_people(people), style="Boks")
    _key_figures(paper, report)
    if report.reader is Reader.CASE_WORKER and (beside := beside_figures(report)):
        paper.paragraph(beside)
    sure = how_sure(report)
    if sure is not None:
        paper.picture(HOW_SURE, sure, WIDTH)
    paper.paragraph("Indhold", style="Indholdsoverskrift")
    paper.contents()


def glossary(paper: Paper, report: Report) -> None:
    """What a reader must know of our words."""
    paper.heading("Ord i rapporten", 1)
    paper.bullets([Bold(f"{word}: "), meaning] for word, meaning in words(report))


def _key_figures(paper: Paper, report: Report) -> None:
    if only_further(report):
        told = [(one.title, one.figure) for one in key_figures(report)]
        _figures(paper, told, f"Nøgletal: {' og '.join(title.lower() for title, _ in told)}")
        return
    figures = report.summary
    running = still_running(report)
    lost, per_day = figures.expected.refund_lost, cost_per_day(running)
    wrong = figures.outcomes[Outcome.ERROR_WITH_LOSS] + figures.outcomes[Outcome.ERROR_WITHOUT_LOSS]
    runs = title_of_running(report), kroner(per_day)
    shown = [
        (title_of_loss(report), kroner(lost) if lost is not None else days(figures.expected.days)),
        runs if per_day is not None else ("Løber stadig", cases(len(running))),
        ("Sager med fejl", f"{whole(wrong)} af {whole(figures.cases)}"),
    ]
    _figures(paper, shown, "Nøgletal: forventet tab, løbende tab om dagen og sager med fejl")


def _figures(paper: Paper, shown: Sequence[tuple[str, str]], about: str) -> None:
    paper.table(
        [Column(title, WIDTH / len(shown)) for title, _ in shown],
        [[Bold(figure) for _, figure in shown]],
        about,
        style="Noegletal",
        head="Tabeltekst",
    )


def summary(paper: Paper, report: Report, not_all: str) -> None:
    """One page: the loss in a sentence, what still runs, § 7's counts, the dearest causes, and what may come on top.

    ``not_all`` says that the document does not tell every case, and where they are; nothing where it does.
    """
    paper.heading("Ledelsesresumé", 1, new_page=True)
    further = only_further(report)
    _loss(paper, report)
    if not_all:
        paper.paragraph(not_all)
    if not further:
        _runs(paper, report)
        _counts(paper, report)
    _since_last(paper, report)
    _causes(paper, report)
    _may_come(paper, report)
    _reservations(paper, report)
    _after(paper, report)


def _loss(paper: Paper, report: Report) -> None:
    """What is lost and what it is made of; where only further supervisions were run, all of them beside one another."""
    said, about = loss_told(report)
    paper.paragraph(said, style="Kommunenstal")
    if about:
        paper.paragraph(about)
    less = may_be_less(report)
    if less:
        paper.paragraph(Bold(less))
    beside = together(report)
    if beside is not None and beside.table is not None:
        paper.heading(beside.title, 2)
        table(paper, beside.table, beside.title)


def _runs(paper: Paper, report: Report) -> None:
    running = still_running(report)
    if not running:
        if report.summary.expected.days:
            paper.paragraph(none_runs(report))
        return
    paper.paragraph(Bold(grows(report, running)), f" {is_stopped_by(running)} {_stand(running)} i »Det løber stadig«.")


def _stand(running: Sequence[Running]) -> str:
    return "Sagen står" if len(running) == 1 else "Sagerne står"


def _since_last(paper: Paper, report: Report) -> None:
    """What is new or worse, where the run is held against an earlier one."""
    said = since_last(report)
    if said:
        paper.heading("Siden sidst", 2)
        paper.paragraph(said[0])
        paper.bullets(said[1:])


def _counts(paper: Paper, report: Report) -> None:
    """The guidance's § 7: cases drawn, with errors, without criticism, withdrawn; and what could not be assessed."""
    figures, counted = report.summary, []
    for one in COUNTS:
        title = f"– {one.title}" if one.within else capital(one.title)
        counted.append((title, sum(figures.outcomes[outcome] for outcome in one.outcomes)))
    paper.table(
        [Column("Sager (vejledningens § 7)", 7), Column("Antal", 2.5, True), Column("Andel", 2.5, True)],
        [[title, whole(how_many), share(how_many, figures.cases)] for title, how_many in counted],
        "Sagerne talt op som i vejledningens § 7",
    )
    drawn = outcomes(report, key=True)
    if drawn is not None:
        paper.picture(CAME_OUT, drawn, WIDTH)


def _causes(paper: Paper, report: Report) -> None:
    """The dearest causes of the expected loss, by what each costs on days with no other error."""
    causes = dearest_causes(report)
    if not causes:
        return
    titles = {rule.code: rule.title for rule in report.rules}
    paper.heading(causes_title(report, len(causes)), 2)
    for place, cause in enumerate(causes, 1):
        said = f" ({cause.code}): {cost_of_cause(cause)}."
        paper.paragraph(f"{place}. ", Bold(titles[cause.code]), said, style="Taet")


def _after(paper: Paper, report: Report) -> None:
    """What is lost when the judgements of persons are followed, beside our own count."""
    if report.assessed is None or only_further(report):
        return
    paper.heading(AFTER, 2)
    widths = (5.6, 3.4, 3.4, 2.1, 2.1)
    columns = [
        Column(title, width, place > 0) for place, (title, width) in enumerate(zip(HEADINGS, widths, strict=True))
    ]
    paper.table(columns, after_rows(report, report.assessed), "Tabet efter vores egne tal og efter vurdering")
    paper.paragraph(f"{how_judged(report.assessed)} {FOLLOW}", style="Smaat")


def _may_come(paper: Paper, report: Report) -> None:
    """What is not in the expected loss but may become one, and what has no price."""
    items = may_come(report)
    if items:
        paper.heading(NOT_IN_LOSS, 2)
        paper.bullets([Bold(what), f" {text}"] for what, text in items)


def _reservations(paper: Paper, report: Report) -> None:
    """What must be known before the number is believed; all of it stands in a section of its own."""
    said = first_reservations(report)
    if said:
        paper.heading("Forbehold", 2)
        paper.bullets(said)
    paper.paragraph("Hvad der ikke er set på, står i et afsnit for sig.", style="Smaat")


def recommendations(paper: Paper, report: Report, *, with_links: bool) -> None:
    """What to do first, each with what it is worth; the rules lead to where they are told, ``with_links``."""
    paper.heading("Anbefalinger", 1)
    told = list(advice(report))
    if not told:
        paper.paragraph("Der er intet at gøre.")
        return
    paper.table(
        [Column("Det gælder", 3.6), Column("Gør det", WIDTH - 3.6 - 1.6), Column("Regel", 1.6)],
        [[Bold(one.worth), one.text, _rule(one.code, with_links)] for one in told],
        "Anbefalinger, de vigtigste først, og hvad hver er værd",
    )


def _rule(code: str, with_link: bool) -> Part:
    return Link(code, place_of(code)) if code and with_link else code
