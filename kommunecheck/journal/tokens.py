"""A note's text to words, numbers, boxes and marks, each with its place. Takes linear time, whatever the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kommunecheck.journal.vocabulary import Vocabulary, Word

_TOKEN = re.compile(
    r"(?P<line>\n[ \t\r\n]*)"
    r"|(?P<box>\[ ?[xX✓✔*]? ?\]|\( ?[xX]? ?\)|[☐☑☒✓✔□■])"
    r"|(?P<arrow>[-=–]{0,3}>|→|⇒)"
    r"|(?P<other>\d+(?:[./-]\d+){2,}|\d+[,:.]\d+(?!\w))"
    r"|(?P<number>\d+)(?P<suffix>['’-]?[^\W\d_]+)?"
    r"|(?P<word>[^\W\d_]+(?:[.'’-][^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w]|_+)"
)
_TICKED = re.compile(r"[xX✓✔*☑☒■]")
_NUMERAL = frozenset({"", "er", "eren", "ern", "tal", "tallet"})
"""What a digit may end in and still be that number."""
_NO_WORD = Word("", frozenset())
_DOUBT = frozenset({"tvivl"})


class Token(NamedTuple):
    """A word, number, box or mark, and where it stands. ``value`` is a number's; a box's is 1 if it is ticked."""

    start: int
    end: int
    kind: str
    text: str
    groups: frozenset[str]
    value: int = -1


def tokens_of(text: str, vocabulary: Vocabulary) -> Iterator[Token]:
    """The words, numbers and marks of a text, in order. Quotation marks are left out."""
    word = vocabulary.word
    for found in _TOKEN.finditer(text):
        kind, start, end = found.lastgroup, found.start(), found.end()
        if kind == "word":
            known = word(found[0])
            joined = len(known.text) < end - start and len(known.text) != len(found[0].lower())
            if found[0].startswith("AF-") or (joined and not known.groups):  # AF-tilmeldt is not aftilmeldt
                yield from _pieces(found[0], start, vocabulary)
            else:
                yield Token(start, end, "word", *known)
        elif kind in ("number", "suffix"):
            yield _number(found)
        elif kind == "box":
            yield Token(start, end, "box", "box", _NO_WORD.groups, 1 if _TICKED.search(found[0]) else 0)
        elif kind == "mark":
            if found[0] not in '"”“„»«´`':
                groups = _DOUBT if found[0] == "?" else _NO_WORD.groups
                yield Token(start, end, "mark", "-" if found[0] in "–—−" else found[0], groups)
        else:
            yield Token(start, end, kind or "", "->" if kind == "arrow" else found[0][:80], _NO_WORD.groups)


def _pieces(written: str, start: int, vocabulary: Vocabulary) -> Iterator[Token]:
    """The parts of an unknown word with full stops or hyphens inside: probably a missing space."""
    for part in re.finditer(r"[^.'’-]+|[.'’-]", written):
        if part[0] in ".-":
            yield Token(start + part.start(), start + part.end(), "mark", part[0], _NO_WORD.groups)
        elif part[0] not in "'’":
            yield Token(start + part.start(), start + part.end(), "word", *vocabulary.word(part[0]))


def _number(found: re.Match[str]) -> Token:
    """A number. With letters on it (``3-projekt``, ``4timer``) it is no category, except ``3'er`` and ``3-tallet``."""
    start, end = found.span()
    digits, suffix = found["number"], (found["suffix"] or "").lstrip("'’-").lower()
    field = len(digits) == 2 and digits[0] == "0" and not suffix  # a field of two digits: 03
    sound = field or (len(digits) == 1 and suffix in _NUMERAL)
    year = len(digits) == 4 and not suffix
    value = int(digits) if sound or year else 100
    return Token(start, end, "number", digits[:12] + suffix[:12], _NO_WORD.groups, value)
