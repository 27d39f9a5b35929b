"""A case on the page: what it came to, its course as a picture and in words, its findings, and every line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kommunecheck.domain.days import Day, Period, danish, union
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.names import CERTAINTIES, KINDS, OUTCOMES, SEVERITIES, capital
from kommunecheck.domain.report import CaseResult, Loss, Outcome, Placed, Reader, Report, Source
from kommunecheck.domain.rule import SUPERVISION, Certainty
from kommunecheck.domain.timeline import LostRun, Timeline, lost_runs
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.advice import to_do
from kommunecheck.reports.html.page import Column, Table
from kommunecheck.reports.lines import days_told, in_kroner, in_words, line_cells, refund_of, total_of
from kommunecheck.reports.phrases import NOT_COUNTED, days, name, team
from kommunecheck.reports.pictures.course import (
    Course,
    Reason,
    course,
    due_told,
    lost_told,
    meeting_told,
    spell_told,
)
from kommunecheck.reports.section import judged
from kommunecheck.reports.since import mark
from kommunecheck.reports.telling import ToldCase, lost_twice, outcome, runs_beside, stands

COSTS = tuple(CERTAINTIES[one] for one in (Certainty.EXPECTED, Certainty.DISCRETIONARY, Certainty.DOCUMENTATION))
"""What the kinds of loss are called in a case, in the order of ``KINDS``."""

KIND_OF = {Certainty.EXPECTED: 0, Certainty.DISCRETIONARY: 1, Certainty.DOCUMENTATION: 2}
"""The place in ``KINDS`` of what a finding may cost."""


class Shown(NamedTuple):
    """A finding as it is shown: its number in the case, and what is said of it.

    The ``remedy`` stands with it for whoever is to act upon it.
    """

    number: int
    code: str
    title: str
    message: str
    severity: str
    certainty: str
    kind: int | None
    stands: str
    remedy: str


class Sum(NamedTuple):
    """A kind of loss in a case: its place among the kinds, what it is called, the amount, and the days."""

    kind: int
    title: str
    amount: str
    days: str


class View(NamedTuple):
    """A case as it is shown."""

    anchor: str
    sag_id: str
    team: str
    facts: tuple[str, ...]
    words: str
    sums: tuple[Sum, ...]
    picture: Markup | None
    not_drawn: str
    findings: tuple[Shown, ...]
    events: tuple[tuple[str, str], ...]
    losses: tuple[tuple[str, Table | None, str], ...]


class Without(NamedTuple):
    """Cases without a finding that came out alike; their ids, where they are not too many to name."""

    outcome: str
    cases: int
    ids: tuple[str, ...]


def without_findings(report: Report, told: set[str], most: int) -> list[Without]:
    """The cases of which nothing is told, by how they came out."""
    ids: dict[Outcome, list[str]] = {}
    for case in judged(report):
        if case.sag_id not in told:
            ids.setdefault(case.outcome, []).append(name(case.sag_id))
    return [
        Without(capital(OUTCOMES[outcome]), len(ids[outcome]), tuple(ids[outcome]) if len(ids[outcome]) <= most else ())
        for outcome in OUTCOMES
        if outcome in ids
    ]


def view(report: Report, told: ToldCase) -> View:
    """The case with all that is shown of it."""
    result, sources = told.result, report.run.sources
    findings = [placed.finding for placed in told.findings]
    runs = lost_runs(findings, told.lost)
    reasons = [
        Reason(place, one.rule.code, _days_of(one), one.date, one.step is not None)
        for place, one in enumerate(findings, 1)
    ]
    timeline = result.timeline if result else None
    picture = None
    if timeline is not None:
        about = _about(told, timeline, runs)
        picture = course(Course(f"{anchor(told)}-t", about, timeline, report.run.cutoff, runs, reasons))
    words = {placed.finding.rule.code for placed in told.findings}
    return View(
        anchor(told),
        name(told.sag_id),
        team(told.team),
        tuple(_facts(told)),
        " ".join(sorted(words | set(_kinds_told(result, report.run.cutoff)))),
        (*_sums(result, ""), *(one for where, own in told.beside for one in _sums(own, f" i {where}"))),
        picture,
        "" if picture else _not_drawn(report, result),
        tuple(_shown(place, placed, report) for place, placed in enumerate(told.findings, 1)),
        tuple(_events(timeline, runs, reasons)) if timeline else (),
        tuple(_losses_told(told, sources)),
    )


def _not_drawn(report: Report, result: CaseResult | None) -> str:
    """Why a case has no course, where others have."""
    if all(case.timeline is None for case in report.cases):
        return ""
    if result is None:
        return "Forløbet er ikke tegnet: sagen er ikke vurderet i visitationstilsynet."
    return "Forløbet kan ikke tegnes: sagens egen række i sager kan ikke bruges."


def anchor(told: ToldCase) -> str:
    """Where a case stands on its page."""
    return f"sag-{told.number}"


def _days_of(finding: Finding) -> tuple[tuple[int, Period], ...]:
    kinds = (finding.expected, finding.discretionary, finding.documentation)
    return tuple((kind, period) for kind, days_lost in enumerate(kinds) for period in days_lost)


RUNNING, UNSURE = "loeber", "usikker"
"""Words a case is found by, beside its codes and kinds of loss."""


def _kinds_told(result: CaseResult | None, cutoff: Day) -> Iterator[str]:
    """The words a case is found by."""
    if result is None:
        return
    for kind, loss in enumerate(result.exposure.kinds):
        if loss.days:
            yield f"tab{kind}"
    periods = result.exposure.expected.periods
    if periods and periods[-1].last == cutoff:
        yield RUNNING
    if not result.fully_assessed and result.outcome is not Outcome.WITHDRAWN:
        yield UNSURE


def _facts(told: ToldCase) -> Iterator[str]:
    result = told.result
    if result is None:
        yield NOT_COUNTED
        yield from runs_beside(told)
        return
    yield outcome(told, result)
    if not result.fully_assessed and result.outcome not in (Outcome.WITHDRAWN, Outcome.NOT_ASSESSED):
        yield "ikke alt kunne vurderes"
    exposure = result.exposure
    if exposure.running_per_day:
        yield f"løber stadig med {kroner(exposure.running_per_day)} om dagen"
    if exposure.unpaid_days:
        yield f"{number(exposure.unpaid_days, 'tabt dag', 'tabte dage')} uden udbetaling"
    if exposure.unpriced_days:
        yield f"{number(exposure.unpriced_days, 'tabt dag', 'tabte dage')} uden kendt sats"
    yield from runs_beside(told)


def _sums(result: CaseResult | None, where: str) -> Iterator[Sum]:
    """Each kind of loss; ``where`` says in which supervision, if it is not the one that is told."""
    for kind, loss in enumerate(result.exposure.kinds if result else ()):
        if loss.days:
            yield Sum(kind, capital(COSTS[kind]) + where, refund_of(loss), days(loss.days))


def _about(told: ToldCase, timeline: Timeline, runs: Sequence[LostRun]) -> str:
    """What a screen reader says of the picture; the same stands under it in words."""
    lost = sum(run.last - run.first + 1 for run in runs)
    return (
        f"Forløbet i sag {name(told.sag_id)} fra {danish(timeline.first)} til {danish(timeline.last)}: "
        f"{number(len(timeline.meetings), 'samtale', 'samtaler')}, {number(len(timeline.dues), 'frist', 'frister')} og "
        f"{number(lost, 'tabt dag', 'tabte dage')}. Det samme står under billedet som tekst."
    )


def _shown(place: int, placed: Placed, report: Report) -> Shown:
    finding = placed.finding
    return Shown(
        place,
        finding.rule.code,
        finding.rule.title,
        finding.message + mark(placed),
        SEVERITIES[placed.severity],
        CERTAINTIES[finding.certainty] if finding.rule.supervision == SUPERVISION or finding.lost else "",
        KIND_OF.get(finding.certainty),
        stands(finding, report.run.sources),
        to_do(report, finding) if report.reader is Reader.CASE_WORKER else "",
    )


def _events(timeline: Timeline, runs: Sequence[LostRun], reasons: Sequence[Reason]) -> Iterator[tuple[str, str]]:
    """The course in words, day by day."""
    told: list[tuple[Day, int, str]] = [(timeline.begun, 0, "Der blev anmodet om hjælp")]
    told += [(one.day, 3, meeting_told(one)) for one in timeline.meetings]
    told += [(one.due, 2, due_told(one)) for one in timeline.dues]
    told += [(day, 4, "Journalnotat, der viser et skridt") for day in timeline.notes]
    told += [(one.first, 1, f"{spell_told(one)}. {_until(one.first, one.last)}") for one in timeline.spells]
    paid = union(Period(one.first, one.last) for one in timeline.payments)
    told += [(one.first, 5, f"Ydelse udbetalt. {_until(one.first, one.last)}") for one in paid]
    told += [(run.first, 6, f"{lost_told(run, reasons)}. {_until(run.first, run.last)}") for run in runs]
    if timeline.ended is not None and timeline.ended <= timeline.last:
        told.append((timeline.ended, 7, "Sidste dag med ydelse"))
    return ((danish(day), text) for day, _, text in sorted(told))


def _until(first: Day, last: Day) -> str:
    return "Kun denne dag." if first == last else f"Til {danish(last)}."


def _losses_told(told: ToldCase, sources: Mapping[int, Source]) -> Iterator[tuple[str, Table | None, str]]:
    """The losses in each supervision that counts the case."""
    if told.result is not None:
        yield from _losses(told.result, sources, "")
    for one in told.beside:
        for title, table, said in _losses(one.result, sources, f" i {one.where}"):
            yield title, table, " ".join(filter(None, (said, lost_twice(told, one))))


def _losses(result: CaseResult, sources: Mapping[int, Source], where: str) -> Iterator[tuple[str, Table | None, str]]:
    """Each kind of loss: its title, its lines, and what is said beside them or where there are none."""
    for kind, loss in zip(KINDS, result.exposure.kinds, strict=True):
        if not loss.days:
            continue
        title = capital(kind.full) + where
        told = f"{title}: {in_words(loss)}"
        if loss.lines is None:
            yield told, None, days_told(loss.periods)
        elif not loss.lines:
            yield told, None, f"Ingen udbetaling dækker dagene. {days_told(loss.periods)}"
        else:
            yield told, _lines(loss, sources, f"{title} i sag {name(result.sag_id)}, linje for linje"), ""


LINES = (
    Column("Fra", fixed=True),
    Column("Til", fixed=True),
    Column("Dage", True),
    Column("Udbetalt beløb, kr.", True),
    Column("Dækker dage", True),
    Column("Sats", True),
    Column("Heraf udbetalt, kr.", True),
    Column("Tabt refusion, kr.", True),
)


def _lines(loss: Loss, sources: Mapping[int, Source], about: str) -> Table:
    """The lines. Where all payments are of one file, it is named once."""
    lines = loss.lines or ()
    files = {line.payment.source for line in lines}
    one_file = len(files) == 1
    total = ["I alt", "", whole(sum(line.days for line in lines)), "", "", "", in_kroner(loss.paid)]
    said = "Udbetalt beløb × tabte dage / dage, det dækker × sats."
    if one_file:
        said += f" Udbetalingerne står i {name(sources[files.pop()].place)}."
    return Table(
        said,
        (*LINES, Column("Række", True) if one_file else Column("Står i")),
        [line_cells(line, None if one_file else sources) for line in lines],
        [*total, total_of(loss), ""],
        small=True,
        tall=True,
        about=about,
    )
