"""The cases as a case worker meets them: what was found in each, where it stands, and what to do."""

from collections.abc import Iterator, Mapping, Sequence

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import with_quotes
from kommunecheck.domain.report import NO_EXPOSURE, Placed, Report
from kommunecheck.domain.wording import kroner
from kommunecheck.reports.advice import to_do
from kommunecheck.reports.lines import refund_of
from kommunecheck.reports.phrases import NOT_COUNTED, all_cases, days, name, team
from kommunecheck.reports.running import still_running
from kommunecheck.reports.since import mark
from kommunecheck.reports.telling import ToldCase, cases_to_tell, outcome, runs_beside, stands
from kommunecheck.reports.word.cases import person
from kommunecheck.reports.word.losses import place_of
from kommunecheck.reports.word.paper import Bold, Cell, Column, Link, Paper


def worklist(report: Report) -> list[ToldCase]:
    """The cases with findings that are shown: those that still lose first, the dearest before the others."""
    runs = {one.sag_id: one for one in still_running(report)}

    def dearest_first(told: ToldCase) -> tuple[bool, int, int, int, str]:
        still = runs.get(told.sag_id)
        per_day = still.per_day if still else None
        expected = (told.result.exposure if told.result else NO_EXPOSURE).expected
        return (still is None, -(per_day or 0), -(expected.refund_lost or 0), -expected.days, told.sag_id)

    return sorted((one for one in cases_to_tell(report) if one.findings), key=dearest_first)


def tasks(paper: Paper, report: Report, told: Sequence[ToldCase], places: Mapping[str, str], not_all: str) -> None:
    """The cases one by one, each with its findings and the remedy. ``not_all`` says of how many, if not all."""
    paper.heading("Sagerne og det, der skal gøres", 1, new_page=bool(told))
    if not told and not not_all:
        paper.paragraph("Der er ikke fundet noget i nogen sag.")
        return
    paper.paragraph(not_all or f"Her er {all_cases(len(told))} med fund. De, der stadig taber refusion, står først.")
    steps = {one.sag_id: one.told for one in still_running(report)}
    for case in told:
        facts = " · ".join((team(case.team), *_facts(case), *runs_beside(case)))
        paper.heading(f"Sag {name(case.sag_id)}", 2, places[case.sag_id])
        paper.paragraph(*person(report, case.sag_id), facts, keep=True)
        if steps.get(case.sag_id):
            paper.paragraph(Bold("Stop tabet: "), f"{steps[case.sag_id]}.", keep=True)
        paper.table(
            [Column("Dato", 2.7), Column("Regel", 1.5), Column("Fundet", 6.4), Column("Gør sådan", 6)],
            [_row(placed, report) for placed in case.findings],
            f"Fund i sagen {name(case.sag_id)}, og hvad der skal gøres",
            style="Tabeltekstlille",
        )


def _facts(told: ToldCase) -> Iterator[str]:
    case = told.result
    if case is None:
        yield NOT_COUNTED
        return
    expected, per_day = case.exposure.expected, case.exposure.running_per_day
    yield outcome(told, case)
    if expected.days:
        lost = f" ({refund_of(expected)})" if expected.refund_lost is not None else ""
        yield f"{days(expected.days)} tabt{lost}"
    if per_day:
        yield f"taber stadig {kroner(per_day)} om dagen"
    if not case.fully_assessed:
        yield "ikke alt kunne vurderes"


def _row(placed: Placed, report: Report) -> list[Cell]:
    finding, code = placed.finding, placed.finding.rule.code
    where = stands(finding, report.run.sources)
    return [
        "" if finding.date is None else danish(finding.date),
        Link(code, place_of(code)),
        with_quotes(finding) + (f" ({where})" if where else "") + mark(placed),
        to_do(report, finding),
    ]
