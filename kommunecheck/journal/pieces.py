"""A note to pieces that can be read one by one: each ends where a sentence certainly does.

Most tell nothing of the steps, which their words show; and in a journal the same sentences stand again and again. So
what is passed over is found out before anything else is done.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kommunecheck.journal.times import MONTHS
from kommunecheck.journal.vocabulary import Vocabulary, Word

_END = re.compile(r"(?<=[a-zæøåA-ZÆØÅ0-9)]{2})[.!?](?= [A-ZÆØÅ]|[ \t\r]*\n)")
"""A full stop after a word or a number, with a capital or the end of the line after it."""
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_SPACE = re.compile(r"\s*")
_LONGEST_WORD = 40
_CATEGORY = re.compile(
    r"\b(?:til|t|i|på|paa|er|er den|det|fra|men|nu|sat|kat\.?)[ :]+(?:[1-5]\b|(?:to|tre|fire|fem)\b)"
    r"(?! ?(?:[-/.]? ?\d|uger?|dage?|timer?|t\b|mdr|år|børn|kr|km|stk|pct|%|min"
    r"|(?!efter|herefter|der)[a-zæøå]{3,}er?\b))"
    r"|\b[1-5]['’-]?er|\b(?:et|to|tre|fir|fire|fem|femm)(?:er|eren|tal|tallet)\b",
    re.IGNORECASE,
)
"""What may be a category in a sentence that does not name the match, after one that does."""


class Piece(NamedTuple):
    """A part of a text. ``indent``: letters before it on its line; ``blank``: a blank line or nothing before it."""

    text: str
    begin: int
    indent: int
    blank: bool


def pieces_of(text: str, vocabulary: Vocabulary) -> Iterator[Piece]:
    """The pieces of a text, in order, without the space before them."""
    begin = line = 0
    blank = True
    for end in (*(found.end() for found in _END.finditer(text)), len(text)):
        if end < len(text) and text[end] != "\n" and _abbreviated(text, end - 1, vocabulary):
            continue
        space = _SPACE.match(text, begin, end)
        first = space.end() if space else begin
        if breaks := text.count("\n", begin, first):
            line, blank = first, (blank and not begin) or breaks > 1
        if first < end:
            yield Piece(text[first:end], first, first - line, blank)
            blank = False
        last = text.rfind("\n", first, end)
        line = last + 1 if last >= 0 else line
        begin = end


def _abbreviated(text: str, stop: int, vocabulary: Vocabulary) -> bool:
    """Whether a full stop ends no sentence: after an abbreviation or a day. A capital after capitals tells nothing."""
    if not text[stop - 1].isalpha():
        following = text[stop + 1 : stop + 1 + _LONGEST_WORD].split(maxsplit=1)
        return bool(following) and vocabulary.word(following[0].rstrip(".,:;")).text in MONTHS
    words = text[max(0, stop - _LONGEST_WORD) : stop].split()
    last = words[-1].lstrip("(\"'»/-") if words else ""
    known = vocabulary.word(last).text
    return known in vocabulary.never_ends or (known in vocabulary.seldom_ends and last.isupper())


def words_if_untelling(text: str, vocabulary: Vocabulary, topic: bool) -> list[Word] | None:
    """The words of a piece that tells nothing of the steps, and ``None`` of one that may."""
    if "\n" in text:
        return None
    words = _WORD.findall(text)
    told = set(map(vocabulary.tells, words))
    if vocabulary.may_tell(told) or (topic and _CATEGORY.search(text)):
        return None
    return [vocabulary.word(word) for word in words]
