"""Danish phrases for days, numbers and amounts, as they stand in findings and reports."""

import re
from fractions import Fraction

from kommunecheck.domain.days import Days, Period, count, danish, day_of
from kommunecheck.domain.money import half_up

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""What no file of text can hold or no printer shows, and the signs that turn the direction of the text around."""


def printable(text: str) -> str:
    """The text with a visible sign in place of each that cannot be shown; tabs and line breaks stay."""
    return _UNPRINTABLE.sub("\ufffd", text)


def days_lost(days: Days) -> str:
    """The last sentence of a finding with a loss: ``Refusion mistes 3. maj 2006 til 8. maj 2006 (6 dage).``."""
    if not days:
        return "Ingen dage mister refusion, fordi de alle er undtaget."
    return f"Refusion mistes {spans(days)} ({number(count(days), 'dag', 'dage')})."


def spans(days: Days) -> str:
    """The periods of a set of days, in words."""
    return " og ".join(span(period) for period in days)


def span(period: Period) -> str:
    """A period from its first to its last day, both included; a single day as that day."""
    first, last = danish(period.first), danish(period.last)
    return first if period.first == period.last else f"{first} til {last}"


def number(how_many: int, one: str, more: str) -> str:
    """A count with its noun: ``1 dag``, ``6 dage``, ``1.204 dage``."""
    return f"{whole(how_many)} {one if how_many == 1 else more}"


def whole(value: int) -> str:
    """A whole number with points between the thousands."""
    return f"{value:,}".replace(",", ".")


def share(part: int, of: int) -> str:
    """A share in per cent with one decimal, rounded half up; blank of nothing."""
    if not of:
        return ""
    tenths = half_up(part * 1000, of)
    return f"{tenths // 10},{tenths % 10} %"


def per_cent_of(given: float) -> str:
    """A share that is no count, in per cent with one decimal."""
    return f"{given * 100:.1f} %".replace(".", ",")


def rate(share: Fraction) -> str:
    """A refund rate in per cent, as a Danish reader writes it."""
    return f"{float(share * 100):g} %".replace(".", ",")


def sentence(text: str) -> str:
    """The text with one full stop: an amount has its own."""
    return f"{text.rstrip('.')}."


def kroner(oere: int | None) -> str:
    """An amount as a Danish reader writes it: ``1.234,50 kr.``; ``ukendt beløb`` where no payments were given."""
    if oere is None:
        return "ukendt beløb"
    before, rest = divmod(abs(oere), 100)
    return f"{'-' if oere < 0 else ''}{whole(before)},{rest:02d} kr."


def value(given: object) -> str:
    """The value of a parameter: a day in words, a number as a Danish reader writes it, the rest as it is."""
    if isinstance(given, str) and _ISO.fullmatch(given):
        return danish(day_of(given))
    if isinstance(given, float):
        return f"{given:g}".replace(".", ",")
    return whole(given) if isinstance(given, int) else str(given)


def place_of(file: str, sheet: str | None) -> str:
    """The file, and the sheet in it, as a Danish reader is told."""
    return file if sheet is None else f"{file}, ark {sheet}"


def column_letters(number: int) -> str:
    """A column's letters, as spreadsheets count: 1 is ``A``, 27 is ``AA``."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
