"""How the numbers were come by: the period, the law's rates, what rests on readings, an example, and the files.

Every format that tells of it tells the same.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from kommunecheck.domain.days import danish, day_of
from kommunecheck.domain.names import BENEFITS, sureness
from kommunecheck.domain.report import CaseResult, Line, Report, Run
from kommunecheck.domain.wording import kroner, span, value, whole
from kommunecheck.reports.basis import NAMED
from kommunecheck.reports.causes import costliest
from kommunecheck.reports.phrases import ELSEWHERE, amount, days, name, per_cent
from kommunecheck.reports.section import only_further

RATES = "refund_rates"
"""The one parameter that is a list, and has a table of its own."""

RESTING = "Forventet tab, der hviler på hver læsning"
"""What the table of readings is called."""
HOW_SURE = (
    "»Læst i kilden«: tallet er læst i den tekst, der er nævnt. »Fundet i en anden tekst«: det er fundet i en anden "
    "offentlig tekst end reglerne. »En læsning« er et tal, vi har måttet vælge; det kan diskuteres og ændres i "
    "opsætningen."
)
"""What is said of how sure the numbers of the rules are."""
FILES = "Filerne med antal rækker og fingeraftryk"
"""What the table of files is called."""


def period_judged(report: Report) -> str:
    """By which rules, in which period and up to which day it was judged; a further supervision has its own rules."""
    run = report.run
    if only_further(report):
        return (
            f"Tilsynene er ført i perioden {span(run.window)} og opgjort pr. {danish(run.cutoff)}: det, der er sket "
            "senere, er ikke brugt, og intet tab løber længere."
        )
    return (
        f"Sagerne er vurderet efter regelsættet {run.ruleset} i perioden {span(run.window)}. En frist vurderes, når "
        "forfaldsdagen ligger i perioden, og en samtale, når den er holdt i perioden. Alt er opgjort pr. "
        f"{danish(run.cutoff)}: det, der er sket senere, er ikke brugt, og intet tab løber længere."
    )


def cutoff_told(run: Run) -> Iterator[str]:
    """Where the cutoff was found, if nobody gave it."""
    if run.cutoff_from is not None:
        source, row, column = run.cutoff_from
        yield f"Opgørelsesdagen er den seneste dato i {name(source.place)}: række {row}, kolonne {name(column)}."


def parameters(report: Report) -> list[list[str]]:
    """The law's numbers, each with its value, how sure it is, and its source."""
    return [
        [one.title, value(one.value), sureness(one.certainty, one.overridden), one.citation]
        for one in report.run.parameters
        if one.name != RATES
    ]


class Rate(NamedTuple):
    """A refund rate as it is told: the benefit, when it holds, the two shares, how sure it is, and its source."""

    benefit: str
    holds: str
    passive: str
    offer: str
    sureness: str
    citation: str


def rates(report: Report) -> list[Rate]:
    """The refund rates, each with its dates."""
    return [
        Rate(
            BENEFITS.get(rate["benefit"], rate["benefit"]),
            _dates(rate["from"], rate["to"]),
            f"{value(rate['passive'])} %",
            f"{value(rate['offer'])} %",
            sureness(rate["certainty"]),
            rate["citation"],
        )
        for one in report.run.parameters
        if one.name == RATES
        for rate in _listed(one.value)
    ]


def _listed(given: Any) -> Iterable[Any]:
    return given  # type: ignore[no-any-return]  # the value of the one parameter that is a list


def _dates(first: str | None, last: str | None) -> str:
    begins = "" if first is None else f"fra {danish(day_of(first))}"
    ends = "" if last is None else f"til {danish(day_of(last))}"
    return " ".join(part for part in (begins, ends) if part) or "altid"


def resting_told(report: Report) -> str:
    """How much of the expected loss rests on readings."""
    total = report.summary.expected
    if not report.summary.rests_on:
        return "Intet af det forventede tab hviler på en læsning, der ikke er bekræftet."
    lost = days(total.days) if total.refund_lost is None else f"{kroner(total.refund_lost)} ({days(total.days)})"
    return (
        f"Af det forventede tab på {lost} hviler disse dele på tal, der ikke er bekræftet. Samme dag kan hvile på "
        "flere, så delene kan ikke lægges sammen."
    )


def resting(report: Report) -> list[list[str]]:
    """The readings that some of the expected loss rests on, the dearest first."""
    numbers = {one.name: one for one in report.run.parameters}
    dearest = sorted(report.summary.rests_on, key=lambda found: (-(found[1].refund_lost or 0), -found[1].days))
    return [
        [numbers[one].title, value(numbers[one].value), whole(amounts.days), amount(amounts.refund_lost)]
        for one, amounts in dearest
    ]


def example(report: Report) -> str:
    """A line of the report's own, worked out; nothing where no line has a price."""
    found = _example(report)
    if found is None:
        return ""
    case, line = found
    payment, rate = line.payment, per_cent(line.rate or Fraction(0))
    paid, covers = kroner(payment.beloeb), payment.til - payment.fra + 1
    return (
        f"i sagen {name(case.sag_id)} er {paid} udbetalt for {days(covers)}, hvoraf {days(line.days)} er tabt: "
        f"{paid} × {line.days} / {covers} × {rate} = {kroner(line.refund_lost)}"
    )


def _example(report: Report) -> tuple[CaseResult, Line] | None:
    """The first line of expected loss in the costliest case that has a rate, one of part of a payment if there is."""
    for case in costliest(report):
        priced = [line for line in case.exposure.expected.lines or () if line.rate is not None]
        parts = [line for line in priced if line.days < line.payment.til - line.payment.fra + 1]
        if priced:
            return case, (parts or priced)[0]
    return None


def files_told(report: Report) -> str:
    """The control totals in a sentence: every row is used or reported."""
    many = len(report.run.sources)
    if not many:
        return "Der er ikke læst nogen filer."
    said = "Hver række i filerne er enten brugt eller meldt som et fund om data."
    return said if many <= NAMED else f"{said} Tabellen viser de første {NAMED} af {whole(many)} filer. {ELSEWHERE}"


def files_total(report: Report) -> list[str]:
    """The last row of the table of files: all of them, also those that it does not name."""
    files = report.run.sources.values()
    counts = zip(*((one.rows, one.rows_used, one.rows_reported) for one in files), strict=True)
    return ["I alt", "", *(whole(sum(some)) for some in counts), ""]


def fingerprint(report: Report, digest: str) -> str:
    """What tells two runs apart: the program, its plugins, and a hash of everything the result follows from."""
    run = report.run
    plugins = "".join(f" Plugin: {name(one)} {name(version)}." for one, version in run.plugins)
    return f"kommunecheck {run.version}.{plugins} Kørslens fingeraftryk: {digest}"
