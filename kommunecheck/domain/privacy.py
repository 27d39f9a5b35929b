"""What must never leave the municipality's own files: CPR numbers."""

import hashlib
import hmac
import re

_DAY, _MONTH = r"(?:[0-8]\d|9[01])", r"(?:0[1-9]|1[0-2])"
_CPR = re.compile(rf"{_DAY}{_MONTH}\d\d[- ]?\d{{4}}")
"""Six digits that can be a date (day + 60 included) and four more."""

_BETWEEN = r"(?:[-\s./_\u00ad\u200b-\u200d\u2010-\u2015\u2060\u2212\ufeff]{0,7}|[^\w\s])"
"""What people and programs put before the last four: hyphens and dashes of all kinds, blanks seen and unseen, or one
sign of any other kind."""
_ANY_WAY = rf"(?<!\d){_DAY}(?P<sign>[-. /]?){_MONTH}(?P=sign)(?:19|20)?\d\d{_BETWEEN}\d{{4}}(?!\d)"
_HIDDEN = re.compile(_ANY_WAY)
"""A CPR number in any way of writing it, with no other digit beside it."""
_NUMBER = re.compile(
    r"(?P<other>(?<!\w)(?:[0-9a-f]{64}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})(?!\w))|" + _ANY_WAY
)
"""The same, or a SHA-256 or UUID: chance puts ten such digits in a row into one of some hundreds of them."""


def looks_like_cpr(text: str) -> bool:
    """Whether the whole text could be a CPR number, with or without a hyphen."""
    return _CPR.fullmatch(text.strip()) is not None


def masked(text: str) -> str:
    """The text with every CPR number in it replaced by ``xxxxxx-xxxx``, however it is written."""
    if _HIDDEN.search(text) is None:  # most texts, and quicker to tell
        return text
    return _NUMBER.sub(lambda found: found["other"] or "xxxxxx-xxxx", text)


def has_cpr(text: str) -> bool:
    """Whether a CPR number stands in the text, however it is written."""
    return masked(text) != text


def without_last_four(cpr: str) -> str:
    """A CPR number of ten digits by its first six: ``010170-xxxx``."""
    return f"{cpr[:6]}-xxxx"


def with_hyphen(cpr: str) -> str:
    """A CPR number of ten digits as it is written: ``010170-1234``."""
    return f"{cpr[:6]}-{cpr[6:]}"


def pseudonym(text: str, key: bytes) -> str:
    """What stands for an identifier in every output: the first 12 hex digits of its HMAC-SHA256 under ``key``."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:12]
