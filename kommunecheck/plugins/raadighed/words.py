"""How the supervision says things in Danish."""

from kommunecheck.domain.days import Days, count
from kommunecheck.domain.wording import number, spans
from kommunecheck.plugins.raadighed.tables import KINDS, SANCTIONS, Act, Handling


def at_discretion(days: Days) -> str:
    """The last sentence of a finding whose days are at the directorate's discretion."""
    if not days:
        return "Ingen dage er et muligt tab."
    return f"{spans(days)} ({number(count(days), 'dag', 'dage')}) er et muligt tab efter et skøn."


def kind_of(act: Act) -> str:
    """What the citizen did, inside a sentence."""
    return _IN_SENTENCE.get(act.type) or KINDS[act.type]


_IN_SENTENCE = {
    "andet": "hændelsen",
    "ikke_aktivt_soegende": "manglende aktiv jobsøgning",
    "intet_cv": "manglende cv",
}
"""Kinds whose name is no noun."""


def sanction_of(row: Handling) -> str:
    """The sanction, inside a sentence."""
    return f"{SANCTIONS[row.sanktion or '']} af hjælpen" if row.sanktion != "fradrag" else "fradrag i hjælpen"
