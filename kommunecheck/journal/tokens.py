"""A note's text to words, numbers, boxes and marks, each with its place. Takes linear time, whatever the text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kommunecheck.journal.vocabulary import OF_THE_MATCH, Vocabulary, Word

_TOKEN = re.compile(
    r"(?P<line>\n[ \t\r\n]*)"
    r"|(?P<box>\[ ?[xX✓✔*]? ?\]|\( ?[xX]? ?\)|[☐☑☒✓✔□■])"
    r"|(?P<arrow>[-=–]{0,3}>|→|⇒)"
    r"|(?P<other>\d+(?:[./-]\d+){2,}|\d+[,:.]\d+(?!\w))"
    r"|(?P<number>\d+)(?P<suffix>['’-]?[^\W\d_]+)?"
    r"|(?P<word>[^\W\d_]+(?:[.'’-][^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w]|_+)"
)
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_CERTAIN_END = re.compile(r"(?<=[a-zæøåA-ZÆØÅ0-9]{2})[.!?](?= [A-ZÆØÅ])")
"""A full stop after a word or a number, with a capital after it on the same line."""
_CATEGORY = re.compile(
    r"\b(?:til|t|i|på|paa|er|er den|det|fra|men|nu|sat|kat\.?)[ :]+(?:[1-5]\b|(?:to|tre|fire|fem)\b)"
    r"(?! ?(?:[-/.]? ?\d|uger?|dage?|timer?|t\b|mdr|år|børn|kr|km|stk|pct|%|min"
    r"|(?!efter|herefter|der)[a-zæøå]{3,}er?\b))"
    r"|\b[1-5]['’-]?er|\b(?:et|to|tre|fir|fire|fem|femm)(?:er|eren|tal|tallet)\b",
    re.IGNORECASE,
)
"""What may be a category in a sentence that does not name the match, after one that does."""
_TICKED = re.compile(r"[xX✓✔*☑☒■]")
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
    """The words, numbers and marks of a text, in order. Quotation marks are left out.

    A sentence that certainly ends where it seems to, and tells nothing of the steps, is one token with its first word;
    of several in a row only the last is given. After one that tells of a step, those with numbers are read as well.
    """
    begin, passed, topic = 0, None, False
    for end in (*(found.end() for found in _CERTAIN_END.finditer(text)), len(text)):
        words = _WORD.findall(text, begin, end)
        if end < len(text) and words and text[end - 2].isalpha() and _abbreviated(words[-1], vocabulary):
            continue
        told = set(map(vocabulary.tells, words))
        topic = topic or OF_THE_MATCH in told
        if (
            vocabulary.may_tell(told)
            or text.find("\n", begin, end) >= 0
            or (topic and _CATEGORY.search(text, begin, end))
        ):
            if passed is not None:
                yield passed
            passed = None
            yield from _tokens(text, begin, end, vocabulary)
        else:
            passed = Token(begin, end, "passed", *vocabulary.word(words[0]))
        begin = end


def _abbreviated(last: str, vocabulary: Vocabulary) -> bool:
    """Whether the last word is an abbreviation; in capitals, a capital after it tells nothing."""
    known = vocabulary.word(last).text
    return known in vocabulary.never_ends or (known in vocabulary.seldom_ends and last.isupper())


def _tokens(text: str, begin: int, until: int, vocabulary: Vocabulary) -> Iterator[Token]:
    word = vocabulary.word
    for found in _TOKEN.finditer(text, begin, until):
        kind, start, end = found.lastgroup, found.start(), found.end()
        if kind == "word":
            known = word(found[0])
            if not known.groups and len(known.text) < end - start and len(known.text) != len(found[0].lower()):
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
    """A number. With letters on it (``3-projekt``, ``4timer``) it is no category, except ``3'er``."""
    start, end = found.span()
    digits, suffix = found["number"], (found["suffix"] or "").lstrip("'’-").lower()
    sound = len(digits) == 1 and suffix in ("", "er", "eren", "ern")
    year = len(digits) == 4 and not suffix
    value = int(digits) if sound or year else 100
    return Token(start, end, "number", digits[:12] + suffix[:12], _NO_WORD.groups, value)
