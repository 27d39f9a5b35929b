"""What a sample and its figures are called, and how they are written, wherever they are told."""

from fractions import Fraction

from kommunecheck.domain.sampling import BENEFIT, CATEGORY, DIRECTORATE, MONEY, SIMPLE, STRATIFIED, TEAM, Sample
from kommunecheck.domain.wording import number

METHODS = {
    DIRECTORATE: "som direktoratet: efter ydelse og registrering",
    SIMPLE: "simpel tilfældig",
    STRATIFIED: "stratificeret",
    MONEY: "efter kroner (monetary unit)",
}
BY = {TEAM: "team", BENEFIT: "ydelse", CATEGORY: "matchkategori"}


def per_cent(share: Fraction) -> str:
    """A share in per cent as it was asked for, exact: ``95 %``, ``0,5 %``."""
    return f"{plain(share * 100)} %".replace(".", ",")


def plain(value: Fraction) -> str:
    """A number with the few decimals it has, and a dot."""
    return f"{float(value):.10f}".rstrip("0").rstrip(".")


def method(sample: Sample) -> str:
    """How the sample is drawn, in words."""
    design = sample.design
    return METHODS[design.method] + (f" efter {BY[design.by]}" if design.by else "")


def unused(sample: Sample) -> str:
    """That payments are missing on the list, so that nobody takes it for all of them; nothing where none are."""
    if not sample.unused:
        return ""
    return (
        f"{number(sample.unused, 'række', 'rækker')} i udbetalinger kan ikke bruges og er ikke på listen. Se hvorfor "
        "med: kommunecheck check og kommunecheck reconcile."
    )
