"""What of a file may be shown when nobody has said yet what its columns hold. In doubt, it is told by its place."""

import re
from collections.abc import Mapping

from kommunecheck.domain.privacy import masked
from kommunecheck.intake.vocabulary import vocabulary

LONGEST_CODE = 30
LONGEST_HEADING = 60
MOST_VALUES = 20
"""Different values a column of codes may have; one with more holds something else."""

LEAST_ROWS = 2
"""Rows a code must stand in. What stands in one only may be a name or a remark in the wrong column."""

_LONG_NUMBER = re.compile(r"\d[\d -]{4,}\d")
"""Six digits or more, also with a hyphen or a blank among them: as CPR numbers and telephone numbers are written."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")


def can_show_heading(text: str) -> bool:
    """Whether a heading tells of a column and not of a person."""
    names, known = _written_as_names(text)
    return len(text) <= LONGEST_HEADING and not _has_long_number(text) and names - known <= 1


def can_show_code(text: str, rows: int) -> bool:
    """Whether a value that is none of our codes can be one of theirs.

    Two words with capitals are a name, unless both are words of the trade.
    """
    names, known = _written_as_names(text)
    short_and_common = len(text) <= LONGEST_CODE and rows >= LEAST_ROWS
    return short_and_common and not _has_long_number(text) and (names <= 1 or names == known)


def shown_codes(unknown: Mapping[str, int], different: int) -> dict[str, int]:
    """Those of a column's unknown values that can be shown, with how many rows they stand in."""
    if different > MOST_VALUES:
        return {}
    return {text: rows for text, rows in unknown.items() if can_show_code(text, rows)}


def _has_long_number(text: str) -> bool:
    return masked(text) != text or _LONG_NUMBER.search(text) is not None


def _written_as_names(text: str) -> tuple[int, int]:
    """How many words begin with a capital, and how many of those are words of the trade."""
    words = [word for word in _WORD.findall(text) if word[0].isupper() and len(word) > 1]
    return len(words), sum(1 for word in words if vocabulary().knows(word))
