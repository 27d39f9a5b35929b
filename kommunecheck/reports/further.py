"""What a report says first where only further supervisions were run: their figures, and in words what these are of.

What nobody judged is not said to cost nothing. Every format that a person reads says the same.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from kommunecheck.domain.names import KINDS, capital
from kommunecheck.domain.report import Amounts, Placed, Report
from kommunecheck.domain.rule import DATA
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.phrases import TITLE, WORDS, cases, days, listed
from kommunecheck.reports.section import counted_once, judged_by, losing, named_in_sentence, only_further, summaries

EXPECTED = WORDS[0]
POSSIBLE = ("Muligt tab", "dage, hvor det er et skøn, om refusionen mistes.")
"""Words that are not the visitationstilsyn's own."""


class KeyFigure(NamedTuple):
    """A key figure: what it is, the figure, and a few words about it."""

    title: str
    figure: str
    about: str


def title_of(report: Report) -> str:
    """What the report is called: by the visitationstilsyn, or by the supervisions that were run without it."""
    if not only_further(report):
        return TITLE
    one = report.supervisions[0]
    return f"Før-tilsyn: {named_in_sentence(one) if len(report.supervisions) == 1 else judged_by(report)}"


def key_figures(report: Report) -> Iterator[KeyFigure]:
    """What is expected lost, where any of the supervisions counts refund, and how much was found."""
    if summaries(report):
        lost = report.combined.expected
        where = f"i {cases(_with_loss(report))}"
        title = capital(KINDS[0].full)
        if lost.refund_lost is None:
            yield KeyFigure(title, days(lost.days), where if lost.days else "")
        else:
            yield KeyFigure(title, kroner(lost.refund_lost), f"for {days(lost.days)} {where}" if lost.days else "")
    yield KeyFigure("Fund", whole(len(own_findings(report))), _where(report))


def _where(report: Report) -> str:
    """In how many cases there are findings, applications among them, and how many are of the municipality itself."""
    found = own_findings(report)
    in_cases = [placed for placed in found if placed.about is not None]
    others = len(found) - len(in_cases)
    if not in_cases:
        return "om kommunen selv" if others else ""
    where = f"i {cases(len({(placed.subject.kind, placed.about) for placed in in_cases}))}"
    return f"{whole(len(in_cases))} {where} og {whole(others)} om kommunen selv" if others else where


def _with_loss(report: Report) -> int:
    """The cases that one or more of the supervisions expect a loss in."""
    lossy = (case for one in report.supervisions for case in one.cases or () if case.exposure.expected.days)
    return len({case.sag_id for case in lossy})


def own_findings(report: Report) -> list[Placed]:
    """The findings of the supervisions, and not those about the files."""
    names = {one.name for one in report.supervisions}
    return [placed for placed in report.findings if placed.finding.rule.supervision in names]


def in_a_sentence(report: Report) -> str:
    """What it came to: the expected loss or, where no supervision counts refund, how much was found."""
    lost = report.combined.expected
    if not summaries(report):
        found = len(own_findings(report))
        return f"Der er {number(found, 'fund', 'fund')}." if found else "Der er ingen fund."
    if not lost.days:
        return "Der er ikke fundet fejl, der koster refusion."
    if lost.refund_lost is None:
        return f"Kommunen står til at miste refusion for {days(lost.days)} i {cases(_with_loss(report))}."
    return f"Kommunen står til at miste {kroner(lost.refund_lost)} i refusion."


def made_of(report: Report) -> str:
    """What the amount is of, in which supervisions there are findings, and which of them count no refund."""
    return " ".join(sentence for sentence in (_amount(report), _findings(report), _no_refund(report)) if sentence)


def _amount(report: Report) -> str:
    lost, shared = report.combined.expected, report.combined.shared_days
    if not summaries(report) or not lost.days:
        return ""
    if lost.refund_lost is None:
        return "Beløbet kan ikke regnes ud, fordi udtrækket er uden udbetalinger."
    broken = losing(report)
    once = "Ingen dag er talt to gange."
    if shared:
        once = f"{counted_once(report)}."
    unpriced = any(one.summary.unpriced_days for one in report.supervisions if one.summary is not None)
    where = f"{days(lost.days)} i {cases(_with_loss(report))}"
    broken_rules = f"reglerne i {listed(map(named_in_sentence, broken))}"
    return f"{share_of_paid(lost, where, broken_rules, bool(unpriced))} {once}"


def share_of_paid(lost: Amounts, where: str, rules: str, unpriced: bool) -> str:
    """What the refund is a share of; ``unpriced``: whether days were paid that no rate is known for."""
    part = "det, der har en refusionssats" if unpriced else "det"
    paid = f"Der er i alt udbetalt {kroner(lost.paid)} for de dage"
    return f"Refusionen mistes for {where}, hvor {rules} ikke er fulgt. {paid}; beløbet er statens andel af {part}."


def _findings(report: Report) -> str:
    """How many findings there are, which the amount does not say, and how several supervisions share them."""
    found = Counter(placed.finding.rule.supervision for placed in own_findings(report))
    said = [f"Der er {number(found.total(), 'fund', 'fund')}."] if found and summaries(report) else []
    if found and len(report.supervisions) > 1:
        shares = [f"{whole(found[one.name])} i {named_in_sentence(one)}" for one in report.supervisions]
        said.append(f"De fordeler sig med {listed(shares)}.")
    data = sum(placed.finding.rule.supervision == DATA for placed in report.findings)
    if data:
        said.append(f"{'Dertil kommer' if found else 'Der er'} {number(data, 'fund', 'fund')} om data i filerne.")
    return " ".join(said)


def _no_refund(report: Report) -> str:
    """Which of the supervisions say nothing of refund."""
    silent = [named_in_sentence(one) for one in report.supervisions if one.summary is None]
    if not silent:
        return ""
    if len(report.supervisions) == 1:
        return "Tilsynet regner ikke på refusion, så rapporten nævner intet beløb."
    so = "fundene dér er ikke med i beløbet" if summaries(report) else "rapporten nævner intet beløb"
    return f"{capital(listed(silent))} regner ikke på refusion, så {so}."


def words(report: Report) -> tuple[tuple[str, str], ...]:
    """What a reader must know of our words: those of the visitationstilsyn are not explained where it was not run."""
    if not only_further(report):
        return WORDS
    own = {one.name for one in report.supervisions}
    first = {rule.supervision: rule.code for rule in reversed(report.rules) if rule.supervision in own}
    codes = (
        f"{', '.join(sorted(first.values()))}, DQ003 …",
        "reglernes numre. Bogstaverne siger, hvilket tilsyn reglen hører til, og DQ er regler om, hvorvidt udtrækket "
        "kan læses. Hver regel med fund står i »Fund efter regel«.",
    )
    return (*((EXPECTED, POSSIBLE) if summaries(report) else ()), codes)
