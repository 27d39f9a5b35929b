"""The account of what was checked, in words. Every format that tells of it tells the same."""

from collections.abc import Sequence

from kommunecheck.domain.report import LedgerRow, Report
from kommunecheck.reports.section import only_further

COUNTED = ("Fund", "Intet fundet", "Ikke relevant", "Kan ikke vurderes", "Gik i stykker")
"""What a rule can come to in a case, in the order of ``LedgerRow.counts``."""

LEDGER = (
    "Hvad hver regel kom til i hver sag. De fem tal giver tilsammen antallet af sager. »Ikke relevant«: der var intet "
    "af det, reglen ser på, eller sagen er udgået. »Kan ikke vurderes«: noget i sagens rækker kunne ikke læses, eller "
    "reglen kunne ikke kontrolleres. Regler om kommunen selv, om ansøgninger og om lister er ikke med, og fund uden en "
    "sag tælles ikke her. I de øvrige tilsyn er »Intet fundet« også sager, hvor der intet var af det, reglen ser på."
)


def account(report: Report) -> Sequence[LedgerRow]:
    """The account; where only further supervisions were run, without the rules that were asked of no case."""
    told = report.ledger or ()
    return [one for one in told if one.cases] if only_further(report) else told
