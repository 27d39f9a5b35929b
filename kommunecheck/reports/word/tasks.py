"""The cases as a case worker meets them: what was found in each, where it stands, and what to do."""

from collections.abc import Mapping, Sequence

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import with_quotes
from kommunecheck.domain.names import OUTCOMES
from kommunecheck.domain.report import NO_EXPOSURE, CaseResult, Outcome, Placed, Report
from kommunecheck.domain.wording import kroner
from kommunecheck.reports.phrases import NOT_COUNTED, cases, days, name, team
from kommunecheck.reports.running import still_running
from kommunecheck.reports.section import judged
from kommunecheck.reports.word.cases import of_cases, person, stands
from kommunecheck.reports.word.losses import place_of
from kommunecheck.reports.word.paper import Bold, Cell, Column, Link, Paper


def worklist(report: Report) -> list[CaseResult]:
    """The cases with findings that are shown: those that still lose first, the dearest before the others.

    Something may be found of a case that no supervision counts too, such as one without a day of benefit in the period.
    """
    found: dict[str, str | None] = {}
    for placed in report.findings:
        if placed.sag_id is not None:
            found[placed.sag_id] = found.get(placed.sag_id) or placed.team
    counted = [case for case in judged(report) if case.sag_id in found]
    others = found.keys() - {case.sag_id for case in counted}
    return sorted((*counted, *(_not_counted(sag_id, found[sag_id]) for sag_id in others)), key=_dearest_first)


def _not_counted(sag_id: str, team: str | None) -> CaseResult:
    return CaseResult(sag_id, team, Outcome.NOT_ASSESSED, fully_assessed=False, findings=(), exposure=NO_EXPOSURE)


def _dearest_first(case: CaseResult) -> tuple[int, int, int, str]:
    expected = case.exposure.expected
    return (-(case.exposure.running_per_day or 0), -(expected.refund_lost or 0), -expected.days, case.sag_id)


def tasks(paper: Paper, report: Report, told: Sequence[CaseResult], places: Mapping[str, str], not_all: str) -> None:
    """The cases one by one, each with its findings and the remedy. ``not_all`` says of how many, if not all."""
    paper.heading("Sagerne og det, der skal gøres", 1, new_page=bool(told))
    if not told and not not_all:
        paper.paragraph("Der er ikke fundet noget i nogen sag.")
        return
    paper.paragraph(not_all or f"Her er alle {cases(len(told))} med fund. De, der stadig taber refusion, står først.")
    found = of_cases(report, {case.sag_id for case in told})
    steps = {one.case.sag_id: "; ".join(one.stops) for one in still_running(report)}
    counted = {case.sag_id for case in judged(report)}
    for case in told:
        facts = _facts(case) if case.sag_id in counted else [team(case.team), NOT_COUNTED]
        paper.heading(f"Sag {name(case.sag_id)}", 2, places[case.sag_id])
        paper.paragraph(*person(report, case), " · ".join(facts), keep=True)
        if steps.get(case.sag_id):
            paper.paragraph(Bold("Stop tabet: "), f"{steps[case.sag_id]}.", keep=True)
        paper.table(
            [Column("Dato", 2.7), Column("Regel", 1.5), Column("Fundet", 6.4), Column("Gør sådan", 6)],
            [_row(placed, report) for placed in found.get(case.sag_id, ())],
            f"Fund i sagen {name(case.sag_id)}, og hvad der skal gøres",
            style="Tabeltekstlille",
        )


def _facts(case: CaseResult) -> list[str]:
    expected, per_day = case.exposure.expected, case.exposure.running_per_day
    facts = [team(case.team), OUTCOMES[case.outcome]]
    if expected.days:
        lost = f" ({kroner(expected.refund_lost)})" if expected.refund_lost is not None else ""
        facts.append(f"{days(expected.days)} tabt{lost}")
    if per_day:
        facts.append(f"taber stadig {kroner(per_day)} om dagen")
    if not case.fully_assessed:
        facts.append("ikke alt kunne vurderes")
    return facts


def _row(placed: Placed, report: Report) -> list[Cell]:
    finding, code = placed.finding, placed.finding.rule.code
    explained = report.explanations.get(code)
    where = stands(finding, report.run.sources)
    return [
        "" if finding.date is None else danish(finding.date),
        Link(code, place_of(code)),
        f"{with_quotes(finding)} ({where})" if where else with_quotes(finding),
        "" if explained is None else explained.remedy,
    ]
