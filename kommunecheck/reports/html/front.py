"""What a leader reads first: the number, what still runs, the counts, the causes, and what to do."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from kommunecheck.domain.days import danish
from kommunecheck.domain.names import COUNTS, capital
from kommunecheck.domain.report import Outcome, Report
from kommunecheck.domain.wording import kroner, share, span, whole
from kommunecheck.reports.advice import Advice, advice, mend
from kommunecheck.reports.assessed import AFTER, HEADINGS, after_rows, how_judged
from kommunecheck.reports.basis import NOT_IN_LOSS, first_reservations, may_come
from kommunecheck.reports.causes import causes_title, cost_of_cause, dearest_causes
from kommunecheck.reports.further import key_figures
from kommunecheck.reports.html.page import Column, Table, link
from kommunecheck.reports.loss import beside_figures, loss_told, may_be_less, title_of_loss, title_of_running
from kommunecheck.reports.phrases import cases, days
from kommunecheck.reports.pictures.of_report import OUTCOME_FILLS, how_sure, outcomes
from kommunecheck.reports.pictures.svg import Drawn, swatch
from kommunecheck.reports.running import Running, cost_per_day, grows, in_cases, is_stopped_by, none_runs, still_running
from kommunecheck.reports.section import only_further
from kommunecheck.reports.since import since_last


class Figure(NamedTuple):
    """A key figure: what it is, the figure, and a sentence about it. ``tone`` is how it is coloured."""

    title: str
    figure: str
    about: str
    tone: str = ""


class Cause(NamedTuple):
    """One of the dearest causes: its code, what it is, what it costs, and what to do."""

    code: str
    place: str
    title: str
    cost: str
    remedy: str


class Front(NamedTuple):
    """The summary and the recommendations."""

    period: str
    figures: tuple[Figure, ...]
    loss: str
    about_loss: str
    may_be_less: str
    runs: str
    since: tuple[str, ...]
    beside_figures: str
    how_sure: Drawn | None
    outcomes: Drawn | None
    counts: Table | None
    after: Table | None
    how_judged: str
    causes_title: str
    causes: tuple[Cause, ...]
    may_come_title: str
    may_come: tuple[tuple[str, str], ...]
    reservations: tuple[str, ...]
    advice: tuple[tuple[Advice, Markup | None], ...]


def front(report: Report) -> Front:
    """What stands before everything else."""
    run, running = report.run, still_running(report)
    further, causes = only_further(report), tuple(_causes(report))
    return Front(
        f"{span(run.window)}, opgjort pr. {danish(run.cutoff)}",
        tuple(_figures_of_further(report) if further else _figures(report, running)),
        *loss_told(report),
        may_be_less(report),
        _runs(report, running),
        tuple(since_last(report)),
        beside_figures(report),
        how_sure(report),
        outcomes(report, key=False),
        None if further else _counts(report),
        *_after(report),
        causes_title(report, len(causes)),
        causes,
        NOT_IN_LOSS,
        tuple(may_come(report)),
        tuple(first_reservations(report)),
        tuple(_advice(report)),
    )


def _figures_of_further(report: Report) -> Iterator[Figure]:
    for place, one in enumerate(key_figures(report)):
        yield Figure(*one, "" if place else "bad")


def _figures(report: Report, running: Sequence[Running]) -> Iterator[Figure]:
    figures, outcomes = report.summary, report.summary.outcomes
    lost, per_day = figures.expected.refund_lost, cost_per_day(running)
    with_loss = outcomes[Outcome.ERROR_WITH_LOSS]
    where = f"for {days(figures.expected.days)} i {cases(with_loss)}"
    if lost is None:
        yield Figure(title_of_loss(report), days(figures.expected.days), f"i {cases(with_loss)}", "bad")
    else:
        yield Figure(title_of_loss(report), kroner(lost), where if figures.expected.days else "", "bad")
    if not running:
        yield Figure("Løber stadig", "intet", "intet tab vokser")
    elif per_day is None:
        yield Figure("Løber stadig", cases(len(running)), "uden kendt beløb", "warn")
    else:
        yield Figure(title_of_running(report), kroner(per_day), f"i {in_cases(report, running)}", "warn")
    wrong = with_loss + outcomes[Outcome.ERROR_WITHOUT_LOSS]
    of_all = f"{share(wrong, figures.cases)} af sagerne" if figures.cases else ""
    yield Figure("Sager med fejl", f"{whole(wrong)} af {whole(figures.cases)}", of_all)


def _runs(report: Report, running: Sequence[Running]) -> str:
    if not running:
        return none_runs(report) if report.summary.expected.days else ""
    return f"{grows(report, running)} {is_stopped_by(running)}"


def _counts(report: Report) -> Table:
    """The guidance's § 7: cases drawn, with errors, without criticism, withdrawn; and what could not be assessed."""
    figures = report.summary
    rows: list[list[str | Markup]] = []
    for one in COUNTS:
        how_many = sum(figures.outcomes[outcome] for outcome in one.outcomes)
        fill = OUTCOME_FILLS[one.outcomes[0]] if len(one.outcomes) == 1 else ""
        rows.append([_keyed(fill, capital(one.title)), whole(how_many), share(how_many, figures.cases)])
        if one.within:
            rest = figures.outcomes[Outcome.ERROR_WITHOUT_LOSS]
            rows.append([_keyed("o1", "Heraf uden forventet tab"), whole(rest), share(rest, figures.cases)])
    columns = [Column("Sager (vejledningens § 7)"), Column("Antal", True), Column("Andel", True)]
    return Table("Sagerne talt op som i vejledningens § 7", columns, rows, quiet=True)


def _after(report: Report) -> tuple[Table | None, str]:
    """What is lost when the judgements of persons are followed, beside our own count; nothing where there are none."""
    if report.assessed is None or only_further(report):
        return None, ""
    columns = [Column(title, place > 0) for place, title in enumerate(HEADINGS)]
    rows = after_rows(report, report.assessed)
    return Table(AFTER, columns, rows, quiet=True, tall=True), how_judged(report.assessed)


def _keyed(fill: str, title: str) -> Markup:
    """A title behind the fill that stands for it in the picture."""
    return swatch(fill) + title if fill else escape(title)


def _causes(report: Report) -> Iterator[Cause]:
    titles = {rule.code: rule.title for rule in report.rules}
    for cause in dearest_causes(report):
        said = cost_of_cause(cause)
        yield Cause(cause.code, place_of_rule(cause.code), titles[cause.code], said, mend(report, cause.code))


def place_of_rule(code: str) -> str:
    """Where a rule stands on the page."""
    return "regel-" + "".join(sign if sign.isascii() and sign.isalnum() else f"_{ord(sign):x}_" for sign in code)


def _advice(report: Report) -> Iterator[tuple[Advice, Markup | None]]:
    """The recommendations, each with a link to where more is told."""
    for one in advice(report):
        if one.about == "running":
            yield one, link("Se sagerne", "#loeber")
        elif one.about == "rule":
            yield one, link(f"Se {one.code}", f"#{place_of_rule(one.code)}")
        else:
            yield one, link("Se hvilke", "#ikke-set") if one.about else None
