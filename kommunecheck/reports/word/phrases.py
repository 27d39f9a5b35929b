"""Numbers and names as a Danish reader writes them."""

import re
from collections.abc import Iterable
from fractions import Fraction

from kommunecheck.domain.days import danish, day_of
from kommunecheck.domain.report import Outcome
from kommunecheck.domain.wording import kroner, number
from kommunecheck.reports.json import decimal
from kommunecheck.reports.word.paper import safe

NAME_LENGTH = 80
"""The signs of an id, a team or a file's name that are shown; one of more is visibly cut."""

NO_TEAM = "(intet team)"

OUTCOMES = {
    Outcome.ERROR_WITH_LOSS: "fejl med forventet tab",
    Outcome.ERROR_WITHOUT_LOSS: "fejl uden forventet tab",
    Outcome.NOT_ASSESSED: "ikke fuldt vurderet",
    Outcome.NO_CRITICISM: "uden kritik",
    Outcome.WITHDRAWN: "udgået",
}

BENEFITS = {"kontanthjaelp": "kontanthjælp", "starthjaelp": "starthjælp"}
"""The benefits whose code is not how they are written."""

_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def whole(value: int) -> str:
    """A count with points between the thousands."""
    return f"{value:,}".replace(",", ".")


def share(part: int, of: int) -> str:
    """A share in per cent with one decimal, rounded half up; blank of nothing."""
    if not of:
        return ""
    tenths = (part * 2000 + of) // (2 * of)
    return f"{tenths // 10},{tenths % 10} %"


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


def value(given: object) -> str:
    """The value of a parameter: dates in words, the rest as it is."""
    if isinstance(given, str) and _ISO.fullmatch(given):
        return danish(day_of(given))
    if isinstance(given, float):
        return f"{given:g}".replace(".", ",")
    return whole(given) if isinstance(given, int) else str(given)


def listed(items: Iterable[str]) -> str:
    """Items as in a sentence: ``a, b og c``."""
    *first, last = items
    return f"{', '.join(first)} og {last}" if first else last
