"""What a reader must know before believing the numbers: what may come, what was not looked at, and why.

Every format that tells of it tells the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kommunecheck.domain.report import Amounts, CaseResult, Outcome, Report, Summary
from kommunecheck.domain.rule import DATA
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.phrases import ELSEWHERE, cases, days, listed, name
from kommunecheck.reports.section import judged, named_in_sentence, only_further, summaries
from kommunecheck.reports.since import kept_in_view

NAMED = 50
"""How many cases or files a list names; it says of how many."""
WARNINGS = 4
"""How many of the warnings a summary repeats; it says how many more there are."""


POSSIBLE = (
    "hvor borgeren udeblev, og kommunen fulgte op. Direktoratet afgør efter et skøn, om refusionen mistes. Læg "
    "dokumentationen klar."
)
POSSIBLE_FURTHER = "hvor det er et skøn, om refusionen mistes. Læg dokumentationen klar."
"""What a possible loss is in the visitationstilsyn, and in any other supervision."""


NOT_IN_LOSS = "Det er ikke regnet med i tabet"
"""What stands over it."""


def may_come(report: Report) -> list[tuple[str, str]]:
    """What is not in the expected loss but may become one, and what has no price: what it is called, and a sentence."""
    possible = POSSIBLE_FURTHER if only_further(report) else POSSIBLE
    return [item for figures in summaries(report) for item in _may_come(figures, possible)]


def _may_come(figures: Summary, possible: str) -> list[tuple[str, str]]:
    items: list[tuple[str, str]] = []
    if figures.discretionary.days:
        items.append(("Muligt tab:", f"{_sum(figures.discretionary)}, {possible}"))
    if figures.documentation.days:
        text = (
            f"{_sum(figures.documentation)}, hvor skridtet kun kan ses i journalen. Det koster intet, så længe "
            "notaterne kan bruges som dokumentation. Find dem frem."
        )
        items.append(("Hviler på journalen:", text))
    if figures.unpaid_days:
        text = f"{number(figures.unpaid_days, 'tabt dag er', 'tabte dage er')} ikke dækket af en udbetaling."
        items.append(("Uden udbetaling:", text + " De koster intet her."))
    if figures.unpriced_days:
        text = f"{number(figures.unpriced_days, 'tabt dag er', 'tabte dage er')} udbetalt, men har ingen kendt sats."
        items.append(("Uden sats:", text + " De er ikke med i beløbet."))
    return items


def _sum(amounts: Amounts) -> str:
    if amounts.refund_lost is None:
        return f"refusion for {days(amounts.days)}"
    return f"{kroner(amounts.refund_lost)} for {days(amounts.days)}"


def first_reservations(report: Report) -> list[str]:
    """What must be known before the number is believed; all of it stands in ``reservations`` and beside it."""
    run = report.run
    said = [*kept_in_view(report), *unplaced(report), *run.warnings[:WARNINGS]]
    if len(run.warnings) > WARNINGS:
        said.append(f"Og {number(len(run.warnings) - WARNINGS, 'forbehold', 'forbehold')} mere.")
    if run.not_run:
        said.append(f"{number(len(run.not_run), 'regel', 'regler')} er ikke kontrolleret.")
    if run.ignored:
        said.append(f"{number(len(run.ignored), 'regel', 'regler')} er valgt fra; deres fund vises ikke.")
    unsure = _unsure(report)
    if unsure:
        wrong = sum(case.outcome is not Outcome.NOT_ASSESSED for case, _ in unsure)
        those = "den" if len(unsure) == 1 else f"{whole(wrong)} af dem"
        also = f"; i {those} er der alligevel fundet fejl" if wrong else ""
        beside = Counter(where for _, where in unsure if where)
        named = "".join(f", heraf {whole(many)} kun i {where}" for where, many in beside.items())
        said.append(f"{cases(len(unsure))} er ikke fuldt vurderet{named}{also}.")
    return said


OF_CASES = ("samtaler", "perioder", "udbetalinger", "journal")
"""The tables of the visitationstilsyn whose rows belong to cases."""


def unplaced(report: Report) -> list[str]:
    """That rows belong to some case, and nobody can know which: those cases are judged without them."""
    many = sum(
        placed.sag_id is None
        and placed.finding.rule.code == "DQ003"
        and report.run.sources[placed.finding.evidence[0].source].table in OF_CASES
        for placed in report.findings
    )
    if not many:
        return []
    rows = "en række" if many == 1 else "rækker"
    those = "den" if many == 1 else "dem"
    return [
        f"{number(many, 'fund', 'fund')} om data er i {rows}, der ikke kan føres til en sag (DQ003). Sagerne er "
        f"vurderet uden {those}, så tab og udfald kan være forkerte."
    ]


def reservations_in_lines(report: Report) -> list[str]:
    """All that must be known before the numbers are believed, a line each."""
    run = report.run
    lines = [*unplaced(report), *run.warnings]
    lines += [f"{code} er ikke kontrolleret: {reason}." for code, reason in _merged(run.not_run)]
    lines += [f"{code} vises ikke: {reason}." for code, reason in _merged(run.ignored)]
    lines += [_crash(code, sag_id) for code, sag_id in run.crashes]
    return lines if run.complete else [*lines, "Rapporten er ufuldstændig."]


def _crash(code: str, sag_id: str | None) -> str:
    if sag_id is None:
        return f"{code} gik i stykker: reglen er ikke kontrolleret for kommunen eller filerne."
    return f"{code} gik i stykker i sagen {sag_id}: reglen er ikke kontrolleret dér."


def _merged(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Codes with one reason in one line."""
    by_reason: dict[str, list[str]] = {}
    for code, reason in pairs:
        by_reason.setdefault(reason, []).append(code)
    return [(", ".join(codes), reason) for reason, codes in by_reason.items()]


def reservations(report: Report) -> Iterator[str]:
    """Everything a reader must know before believing that no finding means no error."""
    run, figures = report.run, report.summary
    yield from kept_in_view(report)
    yield from unplaced(report)
    yield from run.warnings
    if not run.complete:
        yield "Rapporten er ufuldstændig: noget kunne ikke læses eller kontrolleres."
    if figures.unpaid_days:
        yield (
            f"{number(figures.unpaid_days, 'tabt dag', 'tabte dage')} er ikke dækket af en udbetaling og koster intet "
            "her. Mangler en udbetaling i udtrækket, er tabet større."
        )
    if figures.unpriced_days:
        yield (
            f"{number(figures.unpriced_days, 'tabt dag', 'tabte dage')} er udbetalt, men har ingen kendt "
            "refusionssats og er ikke med i beløbet."
        )
    if run.cases_outside_window:
        yield f"{number(run.cases_outside_window, 'sag', 'sager')} uden ydelse i perioden er ikke talt med."
    withdrawn = figures.outcomes[Outcome.WITHDRAWN]
    if withdrawn:
        yield (
            f"{number(withdrawn, 'sag er udgået', 'sager er udgået')}, fordi borgeren får en anden ydelse eller hele "
            "perioden er uden for målgruppen."
        )
    yield (
        "Særlige grunde, som direktoratet kan lægge vægt på i den enkelte sag, kan ikke ses i tabellerne. Rapporten er "
        "kommunens egen kontrol og ikke en afgørelse."
    )


def _is_unsure(case: CaseResult) -> bool:
    """Whether a case is in the audit and was not assessed in full."""
    return not case.fully_assessed and case.outcome is not Outcome.WITHDRAWN


class Unassessed(NamedTuple):
    """The cases that could not be assessed in full: those with what stood in the way, and how many others."""

    told: list[tuple[CaseResult, str]]
    others: int


def unassessed(report: Report) -> Unassessed:
    """The cases that were not assessed in full, with what stood in the way."""
    found = _unsure(report)
    reasons: dict[str, set[str]] = {}
    for placed in report.findings:
        if placed.sag_id is not None and placed.finding.rule.supervision == DATA:
            reasons.setdefault(placed.sag_id, set()).add(placed.finding.rule.code)
    titles = {rule.code: rule.title for rule in report.rules}
    told = []
    for case, where in found:
        said = [f"{titles.get(code, '')} ({code})".strip() for code in sorted(reasons.get(case.sag_id, ()))]
        said += [f"{code} gik i stykker" for code in sorted(set(case.crashed))]
        if said:
            told.append((case, "; ".join(said) + (where and f", i {where}")))
    return Unassessed(told, len(found) - len(told))


def _unsure(report: Report) -> list[tuple[CaseResult, str]]:
    """The cases not assessed in full, by their id; of those only a further supervision did not, its name."""
    found = {case.sag_id: (case, "") for case in judged(report) if _is_unsure(case)}
    for one in () if only_further(report) else report.supervisions:
        for case in filter(_is_unsure, one.cases or ()):
            found.setdefault(case.sag_id, (case, named_in_sentence(one)))
    return [found[sag_id] for sag_id in sorted(found)]


NOT_ASSESSED = "Sager, der ikke er fuldt vurderet, og hvorfor"
"""What the list of them is called."""


def others_told(others: int) -> str:
    """Of the cases that were not assessed in full, those of which nothing that stood in the way is shown."""
    return (
        f"{cases(others)} er ikke fuldt vurderet, fordi en regel ikke kunne kontrolleres, eller fordi det, der stod i "
        "vejen, ikke vises."
    )


def own_told(many: int) -> str:
    """How many cases a list of those not assessed in full names, and what to do."""
    first = f"De første {NAMED} af {cases(many)}" if many > NAMED else cases(many)
    said = f"{first} med data, der ikke kunne bruges. Ret dem, og kør igen."
    return f"{said} {ELSEWHERE}" if many > NAMED else said


class Unused(NamedTuple):
    """Rules that were not used, by why: a title, what it means, and what is said of codes, a line each."""

    title: str
    about: str
    lines: tuple[tuple[str, str], ...]


def unused(report: Report) -> list[Unused]:
    """The rules that were not run, and those that are not shown."""
    run = report.run
    groups = (
        ("Regler, der ikke er kontrolleret", "", run.not_run),
        ("Regler, der er valgt fra", "Deres fund vises ikke, men tæller med i beløb og udfald.", run.ignored),
    )
    return [
        Unused(title, about, tuple((codes, f"{why}.") for codes, why in _merged(pairs)))
        for title, about, pairs in groups
        if pairs
    ]


def crashed(report: Report) -> Unused | None:
    """The rules that failed: ours to mend, and said with the cases they failed on."""
    by_code: dict[str, list[str]] = {}
    for code, sag_id in report.run.crashes:
        by_code.setdefault(code, []).append("kommunens egne forhold" if sag_id is None else sag_id)
    told = tuple((code, f"{number(len(at), 'sted', 'steder')}: {_some(at)}") for code, at in sorted(by_code.items()))
    about = "Det er en fejl i programmet og ikke i sagerne. Sagerne er ikke fuldt vurderet."
    return Unused("Regler, der gik i stykker", about, told) if told else None


def _some(places: Sequence[str]) -> str:
    shown = [name(place) for place in places[:10]]
    return listed(shown) if len(places) <= 10 else f"{', '.join(shown)} og {whole(len(places) - 10)} mere"
