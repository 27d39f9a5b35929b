"""What must never leave the municipality's own files: CPR numbers."""

import hashlib
import hmac
import re

_CPR = re.compile(r"(?<!\d)((?:[0-8]\d|9[01])(?:0[1-9]|1[0-2])\d{2})[- ]?\d{4}(?!\d)")
"""Six digits that can be a date (day + 60 included) and four more, with no other digit beside them."""


def looks_like_cpr(text: str) -> bool:
    """Whether the whole text could be a CPR number, with or without a hyphen."""
    return _CPR.fullmatch(text.strip()) is not None


def masked(text: str) -> str:
    """The text with every CPR number in it replaced by ``xxxxxx-xxxx``."""
    return _CPR.sub("xxxxxx-xxxx", text)


def without_last_four(cpr: str) -> str:
    """A CPR number of ten digits by its first six: ``010170-xxxx``."""
    return f"{cpr[:6]}-xxxx"


def with_hyphen(cpr: str) -> str:
    """A CPR number of ten digits as it is written: ``010170-1234``."""
    return f"{cpr[:6]}-{cpr[6:]}"


def pseudonym(text: str, key: bytes) -> str:
    """What stands for an identifier in every output: the first 12 hex digits of its HMAC-SHA256 under ``key``."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:12]
