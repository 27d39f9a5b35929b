"""Numbers and names as they stand in the document."""

from collections.abc import Iterable
from fractions import Fraction

from kommunecheck.domain.names import NO_TEAM
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.json import decimal
from kommunecheck.reports.word.paper import safe

NAME_LENGTH = 80
"""The signs of an id, a team or a file's name that are shown; one of more is visibly cut."""
ELSEWHERE = "Alle er med, når rapporten skrives som Excel (.xlsx) eller JSON."
"""Where the reader finds what the document has no room for."""


def per_cent(rate: Fraction) -> str:
    """A refund rate: ``35 %``."""
    return decimal(rate * 100).replace(".", ",") + " %"


def days(how_many: int) -> str:
    """A count of days."""
    return number(how_many, "dag", "dage")


def cases(how_many: int) -> str:
    """A count of cases."""
    return number(how_many, "sag", "sager")


def amount(oere: int | None) -> str:
    """An amount in a table, where ``ukendt beløb`` in every row would be in the way."""
    return "ukendt" if oere is None else kroner(oere)


def cost(oere: int | None, lost: int) -> str:
    """What lost days cost, in a table: the amount, the days where it is not known, and a dash where none are lost."""
    if not lost:
        return "–"
    return days(lost) if oere is None else kroner(oere)


def name(text: str | None) -> str:
    """An id, a team or a file's name; one that fills a page is visibly cut."""
    shown = safe(text or "")  # before it is cut: half a CPR number is not known for one
    return shown if len(shown) <= NAME_LENGTH else shown[: NAME_LENGTH - 1] + "…"


def team(text: str | None) -> str:
    """A team, or that there is none."""
    return name(text) or NO_TEAM


def of_how_many(there_are: int, shown: int, what: str) -> str:
    """How many of all are told, and where the rest are: said where the number stands. Nothing where all are told."""
    if there_are <= shown:
        return ""
    return f"Rapporten viser de {whole(shown)} dyreste af {whole(there_are)} {what}. {ELSEWHERE}"


def listed(items: Iterable[str]) -> str:
    """Items as in a sentence: ``a, b og c``."""
    *first, last = items
    return f"{', '.join(first)} og {last}" if first else last
