"""A note's words to sentences, as hurried notes are written: missing full stops, abbreviations, lists, templates.

Every step looks at each word a fixed number of times, so that no text takes more than linear time.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kommunecheck.journal.times import MONTHS
from kommunecheck.journal.tokens import Token, tokens_of
from kommunecheck.journal.vocabulary import Vocabulary, with_phrases

_BULLET = frozenset("-*•·")
_ENDS = frozenset(".!?|")
_PAUSES = frozenset(",;-:)")
_LONG = 80
"""Words and marks from which a sentence is divided at the next pause, and at twice as many wherever it is."""
_WRAPPED = 45
"""Letters from which a line without an end may have been broken by its width alone."""
_ABBREVIATED = re.compile(r"match[gk]\w*[^aeiouyn\W\d]")
"""*Matchgrp.*, *matchktg.*: cut short."""
_BEFORE_CATEGORY = frozenset({"match", "kategori", "indplacering", "plads"})
"""After such a word a number is no ordinal, though a small letter follows its full stop."""


class Sentence(NamedTuple):
    """Words that are read together. ``alone`` if it is a line of its own without an end: perhaps a heading.

    ``loose``: it begins without a capital, as in notes with few marks.
    """

    tokens: tuple[Token, ...]
    question: bool
    alone: bool
    after_blank: bool
    listed: bool
    loose: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.tokens[-1].end


class _Gathering:
    """The words of the sentence that is being read, and what is to be told of its line."""

    def __init__(self, vocabulary: Vocabulary, text: str, after_blank: bool, indent: int) -> None:
        self.vocabulary, self.text = vocabulary, text
        self.words: list[Token] = []
        self.item = -1
        """The place of what stands after the number of an item of a list."""
        self.line_start, self.first_of_line, self.after_blank, self.listed = -indent, True, after_blank, False

    def ended(self, question: bool = False, alone: bool = False) -> Iterator[Sentence]:
        """The sentence, if there is one; then nothing is gathered."""
        if self.words:
            tokens = _with_phrases(self.words, self.vocabulary)
            loose = self.text[tokens[0].start].islower()
            yield Sentence(tokens, question, alone, self.after_blank and self.first_of_line, self.listed, loose)
            self.first_of_line = False
        self.words, self.listed = [], False

    def begin_line(self, line: Token, text: str) -> None:
        """A line break that ends what stood above it."""
        self.line_start, self.first_of_line = line.end, True
        self.after_blank = text.count("\n", line.start, line.end) > 1


def sentences_of(text: str, vocabulary: Vocabulary, after_blank: bool = True, indent: int = 0) -> Iterator[Sentence]:
    """The sentences of a text. ``indent``: how many letters stand before it on its line."""
    tokens, now = list(tokens_of(text, vocabulary)), _Gathering(vocabulary, text, after_blank, indent)
    for at, token in enumerate(tokens):
        if at in (now.item - 1, now.item):
            continue
        if token.kind == "line":
            if not _runs_on(now, tokens, at, text):
                yield from now.ended(alone=True)
                now.begin_line(token, text)
        elif token.kind == "mark" and token.text in _ENDS and not _stays(token, at, tokens, vocabulary, text):
            yield from now.ended(question=token.text == "?")
        elif token.kind == "mark" and len(now.words) >= _LONG and token.text in _PAUSES:
            yield from now.ended()
        elif token.text != "." and (now.words or token.kind != "mark" or token.text not in _BULLET):
            now.words.append(token)
            if len(now.words) >= 2 * _LONG:
                yield from now.ended()
    yield from now.ended(alone=True)


def _runs_on(now: _Gathering, tokens: list[Token], at: int, text: str) -> bool:
    """Whether a line break falls inside a sentence, or between the items of a list that a colon began."""
    if not now.words or at + 1 == len(tokens):
        return False
    line = tokens[at]
    if _bullet_goes_on(tokens, at, now.words, now.listed):
        now.words.append(line._replace(kind="mark", text=";", end=line.start + 1))
        now.listed, now.line_start = True, line.end
        now.item = at + 2 if tokens[at + 1].kind == "number" else now.item
        return True
    if _line_goes_on(now.words, tokens[at + 1], text, line, now.line_start):
        now.line_start = line.end
        return True
    return False


def _with_phrases(words: list[Token], vocabulary: Vocabulary) -> tuple[Token, ...]:
    texts = {token.text for token in words}
    if not texts.isdisjoint(vocabulary.short):
        words = [_in_full(words, at, vocabulary) for at in range(len(words))]
    if texts.isdisjoint(vocabulary.phrases):
        return tuple(words)
    at, merged = 0, []
    for length, word in with_phrases(words, vocabulary.phrases):
        first, last = words[at], words[at + length - 1]
        merged.append(first if word is None else Token(first.start, last.end, "word", *word))
        at += length
    return tuple(merged)


def _in_full(words: list[Token], at: int, vocabulary: Vocabulary) -> Token:
    """A word; one that is cut to a letter as the whole word: *rykket t match 2*, but *25 t*."""
    token = words[at]
    full = vocabulary.short.get(token.text)
    if full is None or (at and words[at - 1].kind == "number"):
        return token
    return Token(token.start, token.end, token.kind, *vocabulary.word(full))


def _stays(token: Token, at: int, tokens: list[Token], vocabulary: Vocabulary, text: str) -> bool:
    """Whether a full stop or the like ends no sentence: after an abbreviation or an ordinal, or a lone ``(?)``."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.text == "?":
        return after is not None and after.text == ")"
    if token.text != "." or before is None or after is None or before.end != token.start:
        return False
    if after.kind == "mark" and after.text in (",", ";"):
        return True
    small = after.kind != "line" and not text[after.start].isupper()
    if before.kind == "word":
        if before.text in vocabulary.never_ends or _ABBREVIATED.fullmatch(before.text):
            return after.kind != "line"
        return before.text in vocabulary.seldom_ends and (small or text[before.start : before.end].isupper())
    if before.kind == "number" and after.text in MONTHS:
        return True
    if before.kind != "number" or after.kind != "word" or not small:
        return False
    if after.groups & {"verbum", "er", "registreret", "borger"}:
        return False
    lead = at - 3 if at > 2 and tokens[at - 2].text in (":", "=") else at - 2
    earlier = tokens[lead].groups if lead >= 0 else frozenset()
    return "enhed" in after.groups or not (earlier & _BEFORE_CATEGORY)


def _bullet_goes_on(tokens: list[Token], at: int, gathered: list[Token], listing: bool) -> bool:
    """Whether the next line is an item of the list that the line before began with a colon."""
    if not listing and gathered[-1].text != ":":
        return False
    mark, after = tokens[at + 1], tokens[at + 2] if at + 2 < len(tokens) else None
    if mark.kind == "mark" and mark.text in _BULLET:
        return True
    return mark.kind == "number" and after is not None and after.text in (")", ".")


def _line_goes_on(gathered: list[Token], following: Token, text: str, line: Token, line_start: int) -> bool:
    """Whether a line break falls inside a sentence: an open word before it, or one that reads on after it."""
    last = gathered[-1]
    if text.count("\n", line.start, line.end) > 1 or last.text == ":":
        return False
    if last.text in (",", "-", "/", "(") or ("aaben" in last.groups and len(gathered) > 1):
        return True
    if "laeser_videre" in following.groups:
        return True
    if following.kind == "mark" and following.text == "-":
        return following.end < len(text) and any(sign.isdigit() for sign in text[following.end : following.end + 2])
    small = text[following.start].islower() and following.kind == "word"
    return small and line.start - line_start >= _WRAPPED
