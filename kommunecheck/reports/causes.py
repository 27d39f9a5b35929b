"""What the loss comes from: the causes, the rules with what they found, and the dearest cases.

Every format that tells of them tells the same.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kommunecheck.domain.cost import cost_of
from kommunecheck.domain.days import Days, count, minus, together
from kommunecheck.domain.finding import Finding, of_kinds
from kommunecheck.domain.names import KINDS
from kommunecheck.domain.report import Amounts, CaseResult, CodeTotal, Placed, Report
from kommunecheck.domain.rule import SUPERVISION, Rule
from kommunecheck.domain.wording import kroner
from kommunecheck.reports.phrases import amount_or_days, cases, days
from kommunecheck.reports.section import every_case, judged, only_further, summaries

CAUSES = 3
"""How many causes a summary names."""


class Cause(NamedTuple):
    """A rule with an expected loss. ``alone`` is what the days that no other rule covers cost, by the kinds of loss."""

    total: CodeTotal
    alone: tuple[Amounts, ...]

    @property
    def code(self) -> str:
        """The rule's."""
        return self.total.code

    @property
    def expected(self) -> Amounts:
        """What of it is expected lost."""
        return self.alone[0]


def dearest_causes(report: Report) -> list[Cause]:
    """The rules that make up most of the expected loss, among those that are shown."""
    expected = {placed.finding.rule.code for placed in report.findings if placed.finding.expected}
    totals = [total for figures in summaries(report) for total in figures.by_code if total.code in expected]
    causes = [cause_of(report, total) for total in totals]
    return sorted(causes, key=lambda one: (-(one.expected.refund_lost or 0), -one.expected.days, one.code))[:CAUSES]


def causes_title(report: Report, how_many: int) -> str:
    """What stands over so many of the dearest causes."""
    if how_many == 1:
        return "Årsagen"
    return f"De årsager, der {'koster mest' if report.summary.paid_known else 'giver flest tabte dage'}"


def cause_of(report: Report, total: CodeTotal) -> Cause:
    """A rule with what it alone costs told apart by the kinds of loss: one rule may find more than one of them."""
    found = [_days_of(placed.finding) for placed in of_rule(report, total.code)]
    kinds = [any(one[place] for one in found) for place in range(len(KINDS))]
    if sum(kinds) < 2:
        whole = Amounts(total.alone_days, None, total.alone_refund)
        return Cause(total, tuple(whole if has else Amounts(0, None, 0) for has in kinds))
    known = total.alone_refund is not None
    alone = [[(0, 0)] * len(KINDS), *filter(None, (_alone(case, total.code) for case in every_case(report)))]
    sums = [[sum(numbers) for numbers in zip(*kind, strict=True)] for kind in zip(*alone, strict=True)]
    return Cause(total, tuple(Amounts(days, None, lost if known else None) for days, lost in sums))


def _days_of(finding: Finding) -> tuple[Days, ...]:
    return finding.expected, finding.discretionary, finding.documentation


def _alone(case: CaseResult, code: str) -> list[tuple[int, int]]:
    """By kind, the days that no other rule covers in a case and the refund they lose; nothing where it found none."""
    own = [finding for finding in case.findings if finding.rule.code == code]
    others = together([finding.lost for finding in case.findings if finding.rule.code != code]) if own else ()
    alone = [minus(days, others) for days in of_kinds(own)] if own else []
    return [(count(days), cost_of(days, case)[1] or 0) for days in alone]


def by_cost(total: CodeTotal) -> tuple[int, int, str]:
    """The order of the causes: what each costs alone; days where amounts are not known."""
    return (-(total.alone_refund or 0), -total.alone_days, total.code)


def cost_of_cause(cause: Cause) -> str:
    """What a cause costs: alone, and with the days that other errors share."""
    total, where = cause.total, f"i {cases(cause.total.cases)}"
    if total.alone_refund is None:
        return f"{days(total.touched_days)} {where}{possible_too(cause)}"
    alone = " og ".join((f"{amount_or_days(cause.expected)} {where}", *not_expected(cause)))
    if total.alone_refund == total.touched_refund:
        return alone
    return (
        f"{alone} på dage uden andre fejl, og {kroner(total.touched_refund)}{possible_too(cause)}, når dage med flere "
        "fejl tælles med"
    )


def not_expected(cause: Cause) -> Iterator[str]:
    """What it alone costs beside what is expected lost, each kind by its name."""
    for lost, kind in zip(cause.alone[1:], ("muligt tab", "der hviler på journalen"), strict=True):
        if lost.days:
            yield f"{amount_or_days(lost)} {kind}"


def possible_too(cause: Cause) -> str:
    """That what a rule costs is not all expected, where it is not."""
    return ", muligt tab medregnet" if any(lost.days for lost in cause.alone[1:]) else ""


def of_rule(report: Report, code: str) -> list[Placed]:
    """The findings of one rule, in their order."""
    return [placed for placed in report.findings if placed.finding.rule.code == code]


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


def lost_by_rule(report: Report, lost: CodeTotal) -> str:
    """What a rule's findings touch, what they alone touch, and what of that is not expected lost."""
    return f"{_touched_and_alone(lost)}{_of_which(cause_of(report, lost))}"


def _of_which(cause: Cause) -> str:
    parts = list(not_expected(cause))
    if cause.expected.days or len(parts) > 1:
        return f" Heraf {' og '.join(parts)}." if parts else ""
    if not parts:
        return ""
    return " Alt sammen muligt tab." if cause.alone[1].days else " Alt sammen hviler på journalen."


def _touched_and_alone(lost: CodeTotal) -> str:
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


LOSING = "sager, hvor dage er eller kan være tabt"
"""What the dearest cases are drawn from."""
DAYS_LOST = "Dage i alt"
"""What stands over their days, for they are of all three kinds of loss."""


def dearest_cases(report: Report) -> str:
    """What the list of the dearest cases is called: only the visitationstilsyn's amounts decide, where it was run."""
    of_several = report.supervisions and not only_further(report)
    which = "De dyreste sager" if report.summary.paid_known else "Sagerne med flest tabte dage"
    return f"{which}{' i visitationstilsynet' if of_several else ''}"


def _dearest_case(case: CaseResult) -> tuple[object, ...]:
    losses = case.exposure.kinds
    return (*(-(loss.refund_lost or 0) for loss in losses), *(-loss.days for loss in losses), case.sag_id)
