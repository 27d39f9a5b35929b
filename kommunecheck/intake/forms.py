"""How dates and amounts are written: the names of the forms, never the text itself."""

import re
from functools import lru_cache

from kommunecheck.intake.values import read_amount, read_date

OTHER = "en anden skrivemåde"
"""The form of a text that looks like nothing we know."""

_TIME = re.compile(r"[ T]\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?$")

_PART = r"(0?[1-9]|[12]\d|3[01])"
"""A day or a month: which of them it is, is told by the form. An account as 5.57.73 is no date."""

_DATES = (
    (re.compile(rf"\d{{4}}-{_PART}-{_PART}"), "åååå-mm-dd"),
    (re.compile(rf"\d{{4}}[./]{_PART}[./]{_PART}"), "åååå/mm/dd"),
    (re.compile(rf"{_PART}-{_PART}-\d{{4}}"), "dd-mm-åååå"),
    (re.compile(rf"{_PART}\.{_PART}\.\d{{4}}"), "dd.mm.åååå"),
    (re.compile(rf"{_PART}/{_PART}/\d{{4}}"), "dd/mm/åååå"),
    (re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"), "ååååmmdd"),
    (re.compile(r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d{2}"), "ddmmåååå"),
    (re.compile(rf"{_PART}-{_PART}-\d{{2}}"), "dd-mm-åå"),
    (re.compile(rf"{_PART}\.{_PART}\.\d{{2}}"), "dd.mm.åå"),
    (re.compile(rf"{_PART}/{_PART}/\d{{2}}"), "dd/mm/åå"),
    (re.compile(r"\d{1,2}\. ?[a-zæøå]{3,9}\.? \d{4}", re.IGNORECASE), "d. måned åååå"),
)
"""Whole texts that are meant as dates, whether we can read them or not."""

_MONTH_FIRST = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})")
MONTHS = 12

_AMOUNTS = (
    (re.compile(r"-?\d{1,3}(\.\d{3})+,\d{1,2}"), "1.234,56"),
    (re.compile(r"-?\d+,\d{1,2}"), "1234,56"),
    (re.compile(r"-?\d+\.\d{1,2}"), "1234.56"),
    (re.compile(r"-?\d{1,3}([ \u00a0\u202f]\d{3})+(,\d{1,2})?"), "1 234,56"),
    (re.compile(r"-?\d{1,3}(\.\d{3})+"), "1.234"),
    (re.compile(r"-?\d+"), "1234"),
    (re.compile(r"-?\d{1,3}(,\d{3})+\.\d{1,2}"), "1,234.56"),
    (re.compile(r"-?[\d. ]+(,\d{1,2})?-"), "1.234,56-"),
    (re.compile(r"(kr\.? ?)?-?[\d. \u00a0]+(,(\d{1,2}|-))?( ?kr\.?)?", re.IGNORECASE), "1.234,56 kr."),
)
"""Whole texts that are meant as amounts; the name is the form of one thousand two hundred and thirty-four kroner."""

WHOLE_KRONER = "1234"


@lru_cache(maxsize=65536)
def date_form(text: str) -> str:
    """How a date is written, as ``dd-mm-åååå``; ``OTHER`` if the text is not meant as a date."""
    text = text.strip()
    day = _TIME.sub("", text)
    form = next((name for shape, name in _DATES if shape.fullmatch(day)), OTHER)
    if form == OTHER:
        return OTHER
    match = _MONTH_FIRST.fullmatch(day)
    if match and int(match[1]) <= MONTHS < int(match[3]):
        form = f"mm{match[2]}dd{match[2]}åååå"
    return form if day == text else f"{form} tt:mm"


@lru_cache(maxsize=65536)
def amount_form(text: str) -> str:
    """How an amount is written, as ``1.234,56``; ``OTHER`` if the text is not meant as an amount."""
    text = text.strip()
    if not any(sign.isdecimal() for sign in text):
        return OTHER
    return next((name for shape, name in _AMOUNTS if shape.fullmatch(text)), OTHER)


def looks_like_date(text: str) -> bool:
    """Whether the text is meant as a date, also in a form we cannot read."""
    return read_date(text) is not None or date_form(text) != OTHER


def looks_like_amount(text: str) -> bool:
    """Whether the text is meant as an amount, and is no date."""
    return not looks_like_date(text) and (read_amount(text) is not None or amount_form(text) != OTHER)
