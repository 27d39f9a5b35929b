"""The sections of the document, in the order in which its reader wants them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kommunecheck.domain.report import Reader, Report
from kommunecheck.reports.causes import LOSING, costliest
from kommunecheck.reports.further import title_of
from kommunecheck.reports.phrases import of_how_many
from kommunecheck.reports.section import only_further
from kommunecheck.reports.telling import ToldCase, cases_to_tell
from kommunecheck.reports.word.ahead import upcoming
from kommunecheck.reports.word.basis import method, not_looked_at, readings, sources
from kommunecheck.reports.word.binding import bound
from kommunecheck.reports.word.cases import costliest_cases
from kommunecheck.reports.word.front import front_page, glossary, recommendations, summary
from kommunecheck.reports.word.losses import by_month, by_rule, by_team, still_runs
from kommunecheck.reports.word.paper import Paper
from kommunecheck.reports.word.sections import sections
from kommunecheck.reports.word.tasks import tasks, worklist

FEW = 10
"""How many of the deadlines that come a leader is shown."""
MANY = 1_000
"""How many of the losses that run, and of the deadlines that come, a case worker is shown."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What every section is written from. ``told`` are the cases that are told line by line, each at its place."""

    paper: Paper
    report: Report
    told: Sequence[ToldCase]
    places: Mapping[str, str]
    not_all: str


Section = Callable[[Draft], None]


def _summary(draft: Draft) -> None:
    summary(draft.paper, draft.report, draft.not_all)


def _advice(draft: Draft) -> None:
    recommendations(draft.paper, draft.report, with_links=_rules in ORDERS[draft.report.reader])


def _runs(draft: Draft) -> None:
    still_runs(draft.paper, draft.report, draft.places)


def _all_that_runs(draft: Draft) -> None:
    still_runs(draft.paper, draft.report, draft.places, MANY, new_page=True)


def _words(draft: Draft) -> None:
    glossary(draft.paper, draft.report)


def _upcoming(draft: Draft) -> None:
    upcoming(draft.paper, draft.report, draft.places)


def _upcoming_in_short(draft: Draft) -> None:
    upcoming(draft.paper, draft.report, draft.places, FEW)


def _all_upcoming(draft: Draft) -> None:
    upcoming(draft.paper, draft.report, draft.places, MANY)


def _rules(draft: Draft) -> None:
    by_rule(draft.paper, draft.report)


def _rules_in_short(draft: Draft) -> None:
    by_rule(draft.paper, draft.report, in_full=False)


def _teams(draft: Draft) -> None:
    by_team(draft.paper, draft.report)


def _months(draft: Draft) -> None:
    by_month(draft.paper, draft.report)


def _cases(draft: Draft) -> None:
    costliest_cases(draft.paper, draft.report, draft.told, draft.places, draft.not_all)


def _tasks(draft: Draft) -> None:
    tasks(draft.paper, draft.report, draft.told, draft.places, draft.not_all)


def _sections(draft: Draft) -> None:
    sections(draft.paper, draft.report)


def _method(draft: Draft) -> None:
    method(draft.paper, draft.report)


def _readings(draft: Draft) -> None:
    readings(draft.paper, draft.report)


def _not_looked_at(draft: Draft) -> None:
    not_looked_at(draft.paper, draft.report, draft.places)


def _reservations(draft: Draft) -> None:
    not_looked_at(draft.paper, draft.report, draft.places, in_full=False)


def _sources(draft: Draft) -> None:
    sources(draft.paper, draft.report)


EVERYBODY: tuple[Section, ...] = (
    _summary, _advice, _runs, _upcoming, _rules, _teams, _months, _cases, _sections, _method, _not_looked_at, _sources,
    _words,
)  # fmt: skip
ORDERS: Mapping[Reader | None, tuple[Section, ...]] = {
    None: EVERYBODY,
    Reader.LEADER: (
        _summary, _advice, _teams, _months, _runs, _upcoming_in_short, _rules_in_short, _sections, _readings,
        _reservations, _sources, _words,
    ),
    Reader.AUDITOR: (
        _summary, _sources, _method, _not_looked_at, _rules, _cases, _teams, _months, _sections, _runs, _upcoming,
        _words,
    ),
    Reader.CASE_WORKER: (_all_that_runs, _all_upcoming, _tasks, _rules, _reservations, _words),
}  # fmt: skip
"""The sections after the first page: first what the reader acts upon. What is left out stands in the other orders."""

OF_FURTHER: Mapping[Reader | None, tuple[Section, ...]] = {
    None: (_summary, _advice, _sections, _rules, _cases, _method, _not_looked_at, _sources, _words),
    Reader.LEADER: (_summary, _advice, _sections, _rules_in_short, _reservations, _sources, _words),
    Reader.AUDITOR: (_summary, _sources, _method, _not_looked_at, _rules, _cases, _sections, _words),
    Reader.CASE_WORKER: (_tasks, _sections, _rules, _reservations, _words),
}
"""The same where the visitationstilsyn was not run: without the sections that are about it alone."""


def with_loss(report: Report) -> list[ToldCase]:
    """The cases with lost days, the costliest first."""
    told = {one.sag_id: one for one in cases_to_tell(report)}
    return [told[case.sag_id] for case in costliest(report)]


def document(report: Report) -> bytes:
    """The whole document."""
    order = (OF_FURTHER if only_further(report) else ORDERS)[report.reader]
    tell, what = (worklist, "sager med fund") if _tasks in order else (with_loss, LOSING)
    every = tell(report) if {_tasks, _cases} & set(order) else []
    if only_further(report) and not every:
        order = tuple(section for section in order if section not in (_tasks, _cases))
    told = every[: report.word_cases]
    first = "dyreste" if report.summary.paid_known else "første"
    not_all = of_how_many(len(every), len(told), what, first)
    places = {one.sag_id: f"sag_{place}" for place, one in enumerate(told, 1)}

    def fill(paper: Paper) -> None:
        front_page(paper, report, told)
        draft = Draft(paper, report, told, places, not_all)
        for write in order:
            write(draft)

    return bound(report, title_of(report), fill)
