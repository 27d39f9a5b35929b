"""What the numbers rest on: the law and the readings of it, what was not looked at, and the files."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from kommunecheck.domain.names import capital, sureness
from kommunecheck.domain.report import Report
from kommunecheck.domain.wording import kroner, number, value, whole
from kommunecheck.reports.basis import (
    RATES,
    codes_by_reason,
    crash_places,
    cutoff_told,
    example_line,
    period_judged,
    rates,
    reservations,
    unassessed,
)
from kommunecheck.reports.further import words
from kommunecheck.reports.html.losses import case_link
from kommunecheck.reports.html.page import Column, Table
from kommunecheck.reports.phrases import ELSEWHERE, amount, cases, days, listed, name, per_cent
from kommunecheck.reports.section import summaries

NAMED = 50
"""How many cases or files a list names; it says of how many."""


class Basis(NamedTuple):
    """The sections on method, on what was not looked at, on the files, and on our words."""

    method: tuple[str, ...]
    parameters: Table
    rates: Table | None
    readings_said: str
    readings: Table | None
    counting: bool
    example: str
    acts: Table
    not_seen: tuple[str, ...]
    groups: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    unassessed_said: str
    unassessed: Table | None
    sources: Table | None
    sources_said: str
    fingerprint: str
    words: tuple[tuple[str, str], ...]


def basis(report: Report, places: Mapping[str, str]) -> Basis:
    """All of it."""
    return Basis(
        tuple(_method(report)),
        _parameters(report),
        _rates(report),
        *_readings(report),
        bool(summaries(report)),
        _example(report),
        _acts(report),
        tuple(reservations(report)),
        tuple(_groups(report)),
        *_unassessed(report, places),
        *_sources(report),
        _fingerprint(report),
        tuple((word, capital(meaning)) for word, meaning in words(report)),
    )


def _method(report: Report) -> Iterator[str]:
    run = report.run
    yield period_judged(report)
    yield from cutoff_told(run)


def _parameters(report: Report) -> Table:
    columns = [Column("Tal"), Column("Værdi", True), Column("Sikkerhed"), Column("Kilde")]
    rows = [
        [one.title, value(one.value), sureness(one.certainty, one.overridden), one.citation]
        for one in report.run.parameters
        if one.name != RATES
    ]
    return Table("Tal, reglerne regnes med, med sikkerhed og kilde", columns, rows, tall=True, quiet=True)


def _rates(report: Report) -> Table | None:
    rows = rates(report)
    columns = [
        Column("Ydelse"),
        Column("Gælder"),
        Column("Passiv", True),
        Column("I tilbud", True),
        Column("Sikkerhed"),
        Column("Kilde"),
    ]
    if not rows:
        return None
    return Table("Refusionssatser: statens andel af den udbetalte ydelse", columns, rows, tall=True, quiet=True)


def _readings(report: Report) -> tuple[str, Table | None]:
    """How much of the expected loss rests on each reading."""
    rests_on, total = report.summary.rests_on, report.summary.expected
    if not rests_on:
        return "Intet af det forventede tab hviler på en læsning, der ikke er bekræftet.", None
    parameters = {one.name: one for one in report.run.parameters}
    lost = days(total.days) if total.refund_lost is None else f"{kroner(total.refund_lost)} ({days(total.days)})"
    said = (
        f"Af det forventede tab på {lost} hviler disse dele på tal, der ikke er bekræftet. Samme dag kan hvile på "
        "flere, så delene kan ikke lægges sammen."
    )
    rows = [
        [parameters[one].title, value(parameters[one].value), whole(amounts.days), amount(amounts.refund_lost)]
        for one, amounts in sorted(rests_on, key=lambda found: (-(found[1].refund_lost or 0), -found[1].days))
    ]
    columns = [Column("Læsning"), Column("Værdi", True), Column("Dage", True), Column("Refusion", True)]
    return said, Table("Forventet tab, der hviler på hver læsning", columns, rows, tall=True, quiet=True)


def _example(report: Report) -> str:
    found = example_line(report)
    if found is None:
        return ""
    case, line = found
    payment, rate = line.payment, per_cent(line.rate or Fraction(0))
    paid, covers = kroner(payment.beloeb), payment.til - payment.fra + 1
    return (
        f"I sagen {name(case.sag_id)} er {paid} udbetalt for {days(covers)}, hvoraf {days(line.days)} er tabt: "
        f"{paid} × {line.days} / {covers} × {rate} = {kroner(line.refund_lost)}"
    )


def _acts(report: Report) -> Table:
    columns = [Column("Kort navn"), Column("Titel")]
    return Table("Love og vejledninger", columns, list(report.acts.items()), tall=True, quiet=True)


def _groups(report: Report) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """Rules that were not used, by why: a title, what it means, and each reason with its codes."""
    run = report.run
    for title, about, pairs in (
        ("Regler, der ikke er kontrolleret", "", run.not_run),
        ("Regler, der er valgt fra", "Deres fund vises ikke, men tæller med i beløb og udfald.", run.ignored),
    ):
        if pairs:
            yield title, about, tuple((", ".join(codes), f"{why}.") for why, codes in codes_by_reason(pairs).items())
    crashes = crash_places(report)
    if crashes:
        about = "Det er en fejl i programmet og ikke i sagerne. Sagerne er ikke fuldt vurderet."
        told = tuple((code, f"{number(len(at), 'sted', 'steder')}: {_some(at)}") for code, at in crashes.items())
        yield "Regler, der gik i stykker", about, told


def _some(places: list[str]) -> str:
    shown = [name(place) for place in places[:10]]
    return listed(shown) if len(places) <= 10 else f"{', '.join(shown)} og {whole(len(places) - 10)} mere"


def _unassessed(report: Report, places: Mapping[str, str]) -> tuple[str, Table | None]:
    own, others = unassessed(report)
    said = ""
    if others:
        said = (
            f"{cases(others)} er ikke fuldt vurderet, fordi en regel ikke kunne kontrolleres, eller fordi det, der "
            "stod i vejen, ikke vises. "
        )
    if not own:
        return said, None
    first = f"De første {NAMED} af {cases(len(own))}" if len(own) > NAMED else f"{cases(len(own))}"
    said += f"{first} med data, der ikke kunne bruges. Ret dem, og kør igen."
    if len(own) > NAMED:
        said += f" {ELSEWHERE}"
    rows = [[case_link(case.sag_id, places), name(case.team), reason] for case, reason in own[:NAMED]]
    columns = [Column("Sag"), Column("Team"), Column("Hvad der stod i vejen")]
    return said, Table("Sager, der ikke er fuldt vurderet, og hvorfor", columns, rows, tall=True, quiet=True)


def _sources(report: Report) -> tuple[Table | None, str]:
    """The files, with the control totals: every row is used or reported."""
    files = list(report.run.sources.values())
    if not files:
        return None, "Der er ikke læst nogen filer."
    said = "Hver række i filerne er enten brugt eller meldt som et fund om data."
    if len(files) > NAMED:
        said += f" Tabellen viser de første {NAMED} af {whole(len(files))} filer. {ELSEWHERE}"
    columns = [
        Column("Tabel"),
        Column("Fil"),
        Column("Rækker", True),
        Column("Brugt", True),
        Column("Meldt", True),
        Column("SHA-256"),
    ]
    rows = [
        [one.table, name(one.place), whole(one.rows), whole(one.rows_used), whole(one.rows_reported), _hash(one.sha256)]
        for one in files[:NAMED]
    ]
    counts = zip(*((one.rows, one.rows_used, one.rows_reported) for one in files), strict=True)
    total = ["I alt", "", *(whole(sum(some)) for some in counts), ""]
    about = "Filerne med antal rækker og fingeraftryk"
    return Table(about, columns, rows, total, tall=True, quiet=True, small=True), said


def _hash(text: str) -> str:
    return " ".join(text[place : place + 8] for place in range(0, len(text), 8))


def _fingerprint(report: Report) -> str:
    run = report.run
    plugins = "".join(f" Plugin: {name(one)} {name(version)}." for one, version in run.plugins)
    return f"kommunecheck {run.version}.{plugins} Kørslens fingeraftryk: {_hash(run.digest)}"
