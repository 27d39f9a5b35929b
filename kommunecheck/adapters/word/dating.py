"""The date a line or a cell begins with. One that is not whole is left as it stands: nothing is guessed."""

import re
from typing import NamedTuple

from kommunecheck.adapters.word.markup import BLANK

LOOKED_AT = 120
"""Characters of a line in which a date or a label must have ended."""

BETWEEN = BLANK + ":;,.)]|–—-"
"""What may stand between a date or a label and the text after it."""

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = (
    r"(?:januar|jan|februar|feb|marts|mar|april|apr|maj|juni|jun|juli|jul|august|aug|september|sept|sep|oktober|okt"
    r"|november|nov|december|dec)\b\.?"
)
_DM = r"(?:0?[1-9]|[12]\d|3[01])\s*(?P<mark>[-./])\s*(?:0?[1-9]|1[0-2])"

_WHOLE = (
    r"(?:(?P<iso>\d{4}-\d{1,2}-\d{1,2}|(?:19|20)\d\d(?P<dot>[./])(?:0?[1-9]|1[0-2])(?P=dot)(?:0?[1-9]|[12]\d|3[01])"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!-\d{4}))"
    r"|(?P<day>\d{1,2})\s*(?P<sign>[-./–])\s*(?P<month>\d{1,2})(?:\s*(?P<again>[-./–])\s*|\s+)(?P<year>\d{4})"
    rf"|(?P<day_said>\d{{1,2}})\.?\s*(?P<month_said>{_MONTH})\s*,?\s*(?P<year_said>\d{{4}}))"
)
_WITHOUT_CENTURY = rf"(?:{_DM}\s*(?:(?P=mark)|[-/])\s*'?\d\d(?![-./]\d)|\d{{1,2}}\.?\s*{_MONTH}\s*'?\d\d)"
_WITHOUT_YEAR = rf"(?:(?:\d{{1,2}}/\d{{1,2}}|\d{{1,2}}\.?\s*{_MONTH})(?=\s*(?::|$)))"
_DATE = rf"(?:{_WHOLE}|(?P<part>{_WITHOUT_CENTURY}|{_WITHOUT_YEAR}))(?!\d)"
"""A date, whole or in ``part``: without a century, or, where nothing but a colon comes after it, without a year."""

_DATE_WITHIN = re.compile(rf"(?<![\w./-])(?:{_WHOLE}|(?P<part>{_WITHOUT_CENTURY}))(?!\d)", re.IGNORECASE)
"""A date with its year, wherever it stands."""

_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2212", "-"))
"""What a program puts in place of a hyphen."""

_LEAD = (
    r"[\s•*·(\[–-]*(?:(?:notat|journal)?dato\s*:?\s*)?(?:(?:man|tirs|ons|tors|fre|lør|søn)(?:dag|\.)?,?\s+)?"
    r"(?P<den>d(?:en|\.)\s*)?"
)
_TIME = (
    r"(?:T\d\d:\d\d(?::\d\d)?|[,\s]*kl\.?\s*\d{1,2}(?:[.:]\d\d)?(?:\s*[-–]\s*\d{1,2}(?:[.:]\d\d)?)?(?!\d)"
    r"|\s+\d{1,2}:\d\d(?::\d\d)?(?!\d))?"
)
_KIND = (
    r"(?P<kind>(?:(?:§\s*|\d{1,2}\.\s+|dato\s+for\s+)?"
    r"[\w-]*(?:notat|samtale|møde|besøg|opkald|henvendelse|opfølgning|visitation|udeblivelse|telefon|kontakt)\w*"
    r"(?:\s+nr\.?\s*\d{1,3})?"
    r"(?:\s+(?:med|hos|på|i)\s+(?:borger(?:en)?|jobcent\w+|kommunen|rådhuset|kontoret)){0,2}"
    r"(?:\s+(?:pr\.|via|over)\s+(?:telefon|tlf\.?|mail))?"
    r"|oprettet|skrevet|(?-i:[A-ZÆØÅ]{2,4})(?=,)))"
    r"[\s,:–-]+(?:(?:af|fra|afholdt|holdt|oprettet)\s+)?"
)
_BEGINS_DATED = re.compile(_LEAD + _DATE + _TIME, re.IGNORECASE)
_HEADED_DATED = re.compile(_KIND + _LEAD + _DATE + _TIME, re.IGNORECASE)
"""A heading may say what kind of note it is, or who wrote it, before the date: "Kontaktsamtale den 12. marts 2007"."""

_ELSEWHERE = re.compile(r"\b(?:næste|ny|kommende|frist|senest|inden|indkald\w*|aftalt|udskrevet|født)\b", re.IGNORECASE)
"""What says that the date in a heading is another than the note's."""

_REGISTERED = (
    r"(?:(?:registreret|indtastet|inddateret)(?:\s+d(?:en|\.))?"
    r"|(?:registrerings|indtastnings|inddaterings|reg\.? ?)dato)"
    rf"\s*:?\s*{_DATE}{_TIME}(?:\s+af\s.{{1,60}})?[\s).\]]*$"
)
_SAYS_REGISTERED = re.compile(r"[\s(\[,;–-]*" + _REGISTERED, re.IGNORECASE)
_ENDS_REGISTERED = re.compile(r"[(\[,;–-]\s*" + _REGISTERED, re.IGNORECASE)
"""The day a note was entered, alone on a line or last in a heading: "Registreret 14-03-2007 af MH". A sentence may
register something else, such as a job seeker."""


class Dated(NamedTuple):
    """A line that begins with a date: the date, what kind of note it says before it, and what stands after it.

    ``sentence`` is whether it reads on as a sentence would.
    """

    dato: str
    kind: str
    after: str
    sentence: bool


def read_dated(text: str, heading: bool) -> Dated | None:
    """What a line says if it begins with a date."""
    begins = text[:LOOKED_AT].translate(_HYPHENS)
    found = _BEGINS_DATED.match(begins)
    kind = ""
    if found is None and heading and (found := _HEADED_DATED.match(begins)):
        kind = found["kind"]
    if found is None:
        return None
    rest = text[found.end() :]
    if kind and days_within(rest) and not (_ELSEWHERE.search(rest) or read_registered(rest, heading)):
        return None  # nobody can tell which of the dates is the note's
    sentence = found["den"] is not None and rest[:1] == " " and rest[1:2].islower()
    return Dated(_dato(found), kind, rest, sentence)


def read_registered(text: str, heading: bool) -> str | None:
    """The day a note was entered, where a line says that and nothing else; a heading may say it last."""
    if len(text) > LOOKED_AT:
        return None
    text = text.translate(_HYPHENS)
    found = _SAYS_REGISTERED.match(text) or (_ENDS_REGISTERED.search(text) if heading else None)
    return None if found is None else _dato(found)


def _dato(found: re.Match[str]) -> str:
    """The date as the intake reads dates; one that is not whole is left as it stands."""
    if year := found["year"]:
        day, month, sign = found["day"], found["month"], found["sign"]
        if sign == found["again"] and sign != "–":
            return f"{day}{sign}{month}{sign}{year}"
        return f"{year}-{month:0>2}-{day:0>2}"
    if year := found["year_said"]:
        month = str(_MONTHS.index(found["month_said"][:3].lower()) + 1)
        return f"{year}-{month:0>2}-{found['day_said']:0>2}"
    return re.sub("[./]", "-", found["iso"]) if found["iso"] else found["part"]


def days_within(text: str) -> list[str]:
    """The dates with a year that stand anywhere in a text."""
    return [_dato(found) for found in _DATE_WITHIN.finditer(text.translate(_HYPHENS))]


def is_same_day(one: str | None, other: str) -> bool:
    """Whether two dates are the same, however they are written."""
    return one is not None and _in_order(one) == _in_order(other)


def _in_order(dato: str) -> tuple[int, ...] | str:
    parts = re.findall(r"\d+", dato)
    if len(parts) != 3:
        return dato
    return tuple(int(part) for part in (parts if len(parts[0]) == 4 else reversed(parts)))


def points_elsewhere(text: str) -> bool:
    """Whether a text says before its date that it is another's than the note's: the next interview's, a deadline's."""
    found = _DATE_WITHIN.search(text.translate(_HYPHENS))
    return found is not None and _ELSEWHERE.search(text, 0, found.start()) is not None


def date_of_cell(text: str) -> tuple[str, str] | None:
    """The date in a cell that holds one and no other number, and what else it holds."""
    found = read_dated(" ".join(text.split()), heading=False)
    if found is None or any(sign.isdecimal() for sign in found.after):
        return None
    return found.dato, found.after.lstrip(BETWEEN).strip()
