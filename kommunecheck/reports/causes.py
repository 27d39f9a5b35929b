"""What the loss comes from: the causes, the rules with what they found, and the dearest cases.

Every format that tells of them tells the same.
"""

from collections.abc import Sequence
from typing import NamedTuple

from kommunecheck.domain.report import CaseResult, CodeTotal, Placed, Report
from kommunecheck.domain.rule import SUPERVISION, Rule
from kommunecheck.domain.wording import kroner
from kommunecheck.reports.phrases import cases, days
from kommunecheck.reports.section import judged, only_further, summaries

CAUSES = 3
"""How many causes a summary names."""


def dearest_causes(report: Report) -> list[CodeTotal]:
    """The rules that make up most of the expected loss, among those that are shown."""
    expected = {placed.finding.rule.code for placed in report.findings if placed.finding.expected}
    causes = [total for figures in summaries(report) for total in figures.by_code if total.code in expected]
    return sorted(causes, key=by_cost)[:CAUSES]


def by_cost(total: CodeTotal) -> tuple[int, int, str]:
    """The order of the causes: what each costs alone; days where amounts are not known."""
    return (-(total.alone_refund or 0), -total.alone_days, total.code)


def cost_of_cause(report: Report, cause: CodeTotal) -> str:
    """What a cause costs: alone, and with the days that other errors share."""
    where = f"i {cases(cause.cases)}{possible_too(report, cause.code)}"
    if cause.alone_refund is None:
        return f"{days(cause.touched_days)} {where}"
    if cause.alone_refund == cause.touched_refund:
        return f"{kroner(cause.alone_refund)} {where}"
    return (
        f"{kroner(cause.alone_refund)} {where} på dage uden andre fejl, og {kroner(cause.touched_refund)} når dage med "
        "flere fejl tælles med"
    )


def of_rule(report: Report, code: str) -> list[Placed]:
    """The findings of one rule, in their order."""
    return [placed for placed in report.findings if placed.finding.rule.code == code]


def possible_too(report: Report, code: str) -> str:
    """That what a rule costs is not all expected, where it is not."""
    found = (placed.finding for placed in of_rule(report, code))
    return ", muligt tab medregnet" if any(one.discretionary or one.documentation for one in found) else ""


class RuleTotal(NamedTuple):
    """A rule with what it found. ``lost`` is nothing for what is no matter of the audit."""

    rule: Rule
    findings: int
    cases: int
    lost: CodeTotal


def rule_totals(report: Report) -> list[RuleTotal]:
    """The rules with findings that are shown, the dearest first; of those that cost nothing, the audit's own first."""
    figures = (report.summary, *(one.summary for one in report.supervisions if one.summary is not None))
    costs = {total.code: total for one in figures for total in one.by_code}
    totals = []
    for code, found in findings_by_code(report.findings).items():
        ids = {placed.sag_id for placed in found} - {None}
        totals.append(RuleTotal(found[0].finding.rule, len(found), len(ids), costs.get(code) or _nothing(code)))
    return sorted(totals, key=_dearest_first)


def _dearest_first(total: RuleTotal) -> tuple[bool, tuple[int, int, str]]:
    return (not total.lost.touched_days and total.rule.supervision != SUPERVISION, by_cost(total.lost))


def _nothing(code: str) -> CodeTotal:
    return CodeTotal(code, 0, 0, 0, 0, 0, 0)


def findings_by_code(findings: Sequence[Placed]) -> dict[str, list[Placed]]:
    """The findings of each rule, in their order."""
    found: dict[str, list[Placed]] = {}
    for placed in findings:
        found.setdefault(placed.finding.rule.code, []).append(placed)
    return found


def of_no_case(report: Report) -> list[Placed]:
    """The findings of the municipality itself, of files, and of what is no case, such as an application."""
    return [placed for placed in report.findings if placed.sag_id is None]


def lost_by_rule(lost: CodeTotal) -> str:
    """What a rule's findings touch, and what they alone touch."""
    if not lost.touched_days:
        return "Ingen tabte dage."
    if lost.touched_refund is None:
        return f"{days(lost.touched_days)}; beløbet er ukendt, fordi udtrækket er uden udbetalinger."
    if lost.alone_days == lost.touched_days:
        return f"{kroner(lost.touched_refund)} for {days(lost.touched_days)}, som ingen anden regel rammer."
    return (
        f"{kroner(lost.alone_refund)} for {days(lost.alone_days)}, som ingen anden regel rammer; "
        f"{kroner(lost.touched_refund)} for {days(lost.touched_days)} i alt."
    )


def costliest(report: Report) -> list[CaseResult]:
    """The cases with lost days of any kind: the expected loss decides, then the possible, then the journal's."""
    return sorted(
        (case for case in judged(report) if any(loss.days for loss in case.exposure.kinds)), key=_dearest_case
    )


def dearest_cases(report: Report) -> str:
    """What the list of the dearest cases is called: only the visitationstilsyn's amounts decide, where it was run."""
    of_several = report.supervisions and not only_further(report)
    return f"De dyreste sager{' i visitationstilsynet' if of_several else ''}"


def _dearest_case(case: CaseResult) -> tuple[object, ...]:
    losses = case.exposure.kinds
    return (*(-(loss.refund_lost or 0) for loss in losses), *(-loss.days for loss in losses), case.sag_id)
