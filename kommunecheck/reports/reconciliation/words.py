"""What the figures of a reconciliation are called, wherever they are told."""

from fractions import Fraction

from kommunecheck.domain.days import MONTHS, Day, iso
from kommunecheck.domain.report import Report
from kommunecheck.reports.phrases import listed
from kommunecheck.reports.section import losing, named_in_sentence

TITLES = {
    "claimable": "Kan anmeldes",
    "lost": "Tabt ifølge fundene",
    "claimed": "Anmeldt",
    "unpriced_claimed": "Heraf kan ikke afstemmes",
    "corrected": "Berigtiget",
    "remaining": "Mangler at blive berigtiget",
    "corrected_too_much": "Berigtiget for meget",
    "discretionary": "Muligt tab ifølge fundene",
    "documentation": "Hviler på journalen",
    "unclaimed": "Ikke anmeldt",
}
"""In the order a reader goes through them."""

ABOUT = {
    "claimable": "udbetalt gange satsen, før tab",
    "lost": "det forventede tab; det må ikke anmeldes",
    "claimed": "det, der står i anmeldt_refusion",
    "corrected": "det, der står i berigtiget_refusion",
    "remaining": "for hver udbetaling med sats: anmeldt minus berigtiget minus (kan anmeldes minus tabt), hvis over 0",
    "corrected_too_much": "ud over alle tre slags tab",
    "discretionary": "efter direktoratets skøn; må gerne berigtiges",
    "documentation": "hviler alene på notater; må gerne berigtiges",
    "unclaimed": "kan anmeldes efter alle tab og er det ikke",
    "unpriced_claimed": "anmeldt på udbetalinger med dage uden sats",
}
"""What each figure is, in a few words."""


def scope(report: Report) -> str:
    """What is looked at, and why its loss may be another than that of the audit."""
    said = (
        "Afstemningen tager alle udbetalinger i udtrækket med og vurderer alle frister, ikke kun dem i perioden. "
        "Derfor kan »Tabt ifølge fundene« her være større end det forventede tab i check."
    )
    others = losing(report)
    return f"{said} Tabet i {listed(map(named_in_sentence, others))} er ikke med." if others else said


def rounded(oere: int, exact: Fraction) -> str:
    """What rounding has added to an amount, in øre with one decimal: ``+1,5 øre``."""
    return f"{float(oere - exact):+.1f} øre".replace(".", ",")


def month_name(month: Day) -> str:
    """A month, given by its first day: ``maj 2007``."""
    year, number, _ = iso(month).split("-")
    return f"{MONTHS[int(number) - 1]} {year}"
