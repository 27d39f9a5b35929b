"""One cell of text to one value: tolerant of how it is written, and never guessing.

Each function gives the value, or ``None`` for a text it cannot read with certainty. Blank cells never come here.
"""

import re
from datetime import date
from functools import lru_cache

import polars as pl

from kommunecheck.domain.days import Day

_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})", re.ASCII)
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIME = re.compile(r"[ T]\d{1,2}([:.])\d{2}(\1\d{2}(\.\d+)?)?$", re.ASCII)
_AMOUNT = re.compile(r"(-?)(\d+|[1-9]\d{0,2}(?:[. \u00a0\u202f]\d{3})+)(?:,(\d{1,2}))?", re.ASCII)
_DOT_AMOUNT = re.compile(r"(-?)(\d+)\.(\d{1,2})", re.ASCII)
_YES = frozenset({"ja", "j", "1", "true", "x"})
_NO = frozenset({"nej", "n", "0", "false"})
_FOLD = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "", "-": "", "_": "", "\u00a0": ""})

EARLIEST_YEAR = 1900
LONGEST_AMOUNT = 15
"""Digits and separators before the decimals; a longer amount is no benefit, but a number in the wrong column."""
MODULUS_11_UNTIL: Day = date(2007, 10, 1).toordinal()
"""From this day new CPR numbers need not pass the modulus 11 check (CPR-kontoret)."""


def fold(text: str) -> str:
    """The text as headings and codes are compared: without case, spaces, hyphens and underscores, æøå as ae oe aa."""
    return text.strip().lower().translate(_FOLD)


def read_date(text: str) -> Day | None:
    """A day: ``2007-03-31``, ``31-03-2007``, ``31.03.2007``, ``31/03/2007``, ``20070331``; a time of day is dropped."""
    text = _TIME.sub("", text.strip())
    if match := _YEAR_FIRST.fullmatch(text) or _PLAIN.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text):
        day, _, month, year = match.groups()
    else:
        return None
    if int(year) < EARLIEST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day)).toordinal()
    except ValueError:
        return None


def read_amount(text: str) -> int | None:
    """An amount in øre: ``8.959,00``, ``8959,00``, ``8959.00``, ``8 959,00``, ``8959``.

    A dot before three digits groups thousands, which never begin with 0: ``0.125`` may be an eighth of a krone.
    """
    text = text.strip()
    match = _DOT_AMOUNT.fullmatch(text) or _AMOUNT.fullmatch(text)
    if match is None:
        return None
    sign, whole, cents = match.groups()
    if len(whole) > LONGEST_AMOUNT:
        return None
    oere = int(re.sub(r"\D", "", whole)) * 100 + int((cents or "0").ljust(2, "0"))
    return -oere if sign else oere


def read_yes_no(text: str) -> bool | None:
    """``ja nej j n 1 0 true false x``, in any case."""
    text = text.strip().lower()
    return True if text in _YES else False if text in _NO else None


def read_text(text: str) -> str | None:
    """The text without blanks around it; a number that a spreadsheet has put ``.0`` behind loses it."""
    text = text.strip()
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def valid_cpr(text: str, began: Day | None) -> bool:
    """Whether the text can be a CPR number: a date, or a date with day + 60, and four digits.

    Modulus 11 is asked for only of persons whose case began before 1 October 2007, and never with day + 60.
    """
    digits = text if text.isdecimal() else text.replace("-", "").replace(" ", "")
    digits = digits.zfill(10) if len(digits) == 9 else digits
    if len(digits) != 10 or not digits.isdecimal() or not digits.isascii() or not _has_birthday(digits[:7]):
        return False
    if digits[0] >= "6" or began is None or began >= MODULUS_11_UNTIL:
        return True
    return sum(int(d) * w for d, w in zip(digits, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11 == 0


def is_plain_replacement(cpr: pl.Series) -> pl.Series:
    """Whether each text is plainly a replacement number: ten digits, and a day + 60 that exists in every year."""
    return cpr.str.contains(r"^(6[1-9]|7[0-9]|8[0-8])(0[1-9]|1[0-2])[0-9]{6}$").fill_null(value=False)


@lru_cache(maxsize=65536)
def _has_birthday(digits: str) -> bool:
    """Whether the first seven digits of a CPR number tell a day that exists."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    return _is_date(day - 60 if day > 60 else day, month, _century(int(digits[6]), year) + year)


def _century(seventh: int, year: int) -> int:
    """The century a CPR number's seventh digit and year tell."""
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def _is_date(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
