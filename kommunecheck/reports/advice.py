"""What to do first: recommendations tied to the causes and the teams, each with what is at stake.

Every format that recommends anything recommends the same.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from kommunecheck.domain.finding import Finding
from kommunecheck.domain.report import Report
from kommunecheck.domain.rule import Severity
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.basis import unassessed
from kommunecheck.reports.causes import (
    Cause,
    RuleTotal,
    by_cost,
    cause_of,
    dearest_causes,
    not_expected,
    of_rule,
    possible_too,
    rule_totals,
)
from kommunecheck.reports.comparing import team_shares
from kommunecheck.reports.phrases import amount_or_days, cases, cost, days
from kommunecheck.reports.running import cost_per_day, steps_that_stop, still_running
from kommunecheck.reports.section import only_further

RULES = 3
"""How many rules of each further supervision are among the recommendations, beside the dearest causes."""
TO_MEND = (Severity.ERROR, Severity.WARNING)


class Advice(NamedTuple):
    """A recommendation: what is lost already or at stake, and what to do.

    ``about`` is where more is told; ``code`` is the rule's.
    """

    worth: str
    text: str
    about: Literal["running", "rule", "not seen"] | None = None
    code: str = ""


def advice(report: Report) -> Iterator[Advice]:
    """The recommendations, the most urgent first."""
    figures, running = report.summary, still_running(report)
    if running:
        per_day = cost_per_day(running)
        worth = f"{kroner(per_day)} om dagen" if per_day is not None else cases(len(running))
        about: Literal["running"] | None = None if only_further(report) else "running"
        yield Advice(worth, f"Stop det, der løber: {steps_that_stop(running)}.", about)
    yield from _of_causes(report)
    yield from _of_further(report)
    if figures.discretionary.days:
        text = "Læg dokumentationen klar for sager, hvor borgeren udeblev, og kommunen fulgte op: direktoratet skønner."
        yield Advice(f"{amount_or_days(figures.discretionary)} (muligt tab)", text)
    if figures.documentation.days:
        text = "Find de journalnotater frem, som alene viser et skridt. Holder de ikke, mistes refusionen."
        yield Advice(amount_or_days(figures.documentation), text)
    unsure = unassessed(report).told
    if unsure:
        those = "Sagen" if len(unsure) == 1 else "Sagerne"
        text = f"Ret de data, der ikke kunne bruges, og kør igen. {those} er ikke fuldt vurderet."
        yield Advice(cases(len(unsure)), text, "not seen")
    if report.run.not_run:
        text = "Hent de tabeller og kolonner, der mangler i udtrækket, så alle regler kan kontrolleres."
        yield Advice(number(len(report.run.not_run), "regel", "regler"), text, "not seen")


def _of_causes(report: Report) -> Iterator[Advice]:
    titles = {rule.code: rule.title for rule in report.rules}
    shares = team_shares(report)
    for cause in dearest_causes(report):
        text = _remedy(report, cause.code, titles[cause.code])
        yield Advice(_lost(cause), f"{text}{_where(cause, shares)}", "rule", cause.code)


def _lost(cause: Cause) -> str:
    """What a cause has cost already, and what else it may: days where amounts are not known."""
    if cause.total.alone_refund is None:
        return f"{days(cause.total.touched_days)} tabt{possible_too(cause)}"
    return f"{' og '.join((f'{amount_or_days(cause.expected)} tabt', *not_expected(cause)))}"


def to_do(report: Report, finding: Finding) -> str:
    """What to do about a finding: while its loss runs, and after; nothing where the rule does not explain itself."""
    explained = report.explanations.get(finding.rule.code)
    if explained is None:
        return ""
    runs = not finding.lost or finding.runs_on(report.run.cutoff)
    return explained.remedy if runs else explained.over or explained.remedy


def mend(report: Report, code: str) -> str:
    """What to do about all that a rule found: of those that still run, if any does, and how many these are."""
    found = [placed.finding for placed in of_rule(report, code)]
    running = [finding for finding in found if finding.runs_on(report.run.cutoff)]
    told = to_do(report, (running or found)[0])
    if not told or not running or len(running) == len(found):
        return told
    return f"{told} {whole(len(running))} af {whole(len(found))} fund løber stadig."


def _remedy(report: Report, code: str, title: str) -> str:
    """What is wrong, and what to do about it."""
    found, told = of_rule(report, code), mend(report, code)
    if len(found) == 1 and found[0].about is None:  # of the municipality: what was found says how much is lacking
        return f"{found[0].finding.message} {told}".rstrip()
    return f"{title}: {told}" if told else title


def _of_further(report: Report) -> Iterator[Advice]:
    """What else each further supervision found: what is expected lost, what may be, and what was found most often."""
    told = {cause.code for cause in dearest_causes(report)}
    others = [total for total in rule_totals(report) if total.rule.code not in told]
    expects = {placed.finding.rule.code for placed in report.findings if placed.finding.expected}
    for supervision in sorted(report.supervisions, key=lambda one: one.summary is None):
        own = [one for one in others if one.rule.supervision == supervision.name and one.rule.severity in TO_MEND]
        own.sort(key=lambda one: (one.rule.code not in expects, by_cost(one.lost)[:2], -one.findings, one.rule.code))
        for one in own[:RULES]:
            yield Advice(_worth(report, one), _remedy(report, one.rule.code, one.rule.title), "rule", one.rule.code)


def _worth(report: Report, total: RuleTotal) -> str:
    """What the days of a rule cost, and that it is no expected loss where it is not; or how often it was broken."""
    lost = total.lost
    if not lost.alone_days:
        return number(total.findings, "fund", "fund")
    if any(placed.finding.expected for placed in of_rule(report, total.rule.code)):
        return _lost(cause_of(report, lost))
    return f"{cost(lost.alone_refund, lost.alone_days)} (muligt tab)"


def _where(cause: Cause, shares: dict[tuple[str, str], int | None]) -> str:
    """The team in which a cause costs most, where there is more than one."""
    teams = {team: lost for (code, team), lost in shares.items() if code == cause.code and lost}
    if len(teams) < 2:
        return ""
    most = min(teams, key=lambda team: (-(teams[team] or 0), team))
    return f" Begynd i {most}, hvor det koster {kroner(teams[most])}{possible_too(cause)}"
