"""A note's text to sentences of words, as hurried notes are written: missing full stops, abbreviations, lists, templates.

Every step looks at each letter or word a fixed number of times, so that no text takes more than linear time.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from kommunecheck.journal.vocabulary import Vocabulary, Word, with_phrases

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
_TICKED = re.compile(r"[xX✓✔*☑☒■]")
_BULLET = frozenset("-*•–·o")
_NO_WORD = Word("", frozenset())
_DOUBT = frozenset({"tvivl"})
_ENDS = frozenset(".!?|")
_LONG = 80
"""Words and marks from which a sentence is divided at the next mark, and at twice as many wherever it is."""
_WRAPPED = 45
"""Letters from which a line without an end may have been broken by its width alone."""


class Token(NamedTuple):
    """A word, number, box or mark, and where it stands. ``value`` is a number's; a box's is 1 if it is ticked."""

    start: int
    end: int
    kind: str
    text: str
    groups: frozenset[str]
    value: int = -1


class Sentence(NamedTuple):
    """Words that are read together. ``alone`` if it is a line of its own without an end: perhaps a heading."""

    tokens: tuple[Token, ...]
    question: bool
    alone: bool
    after_blank: bool
    listed: bool

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.tokens[-1].end


def tokens_of(text: str, vocabulary: Vocabulary) -> Iterator[Token]:
    """The words, numbers and marks of a text, in order. Quotation marks are left out.

    A sentence that certainly ends where it seems to, and tells nothing of the steps, is one token with its first word.
    """
    begin = 0
    for end in (*(found.end() for found in _CERTAIN_END.finditer(text)), len(text)):
        first = _WORD.search(text, begin, end)
        if end < len(text) and vocabulary.word(text[text.rfind(" ", begin, end) + 1 : end]).text in vocabulary.never_ends:
            continue
        if first is None or end == len(text) or "\n" in text[begin:end] or _tells(text, begin, end, vocabulary):
            yield from _tokens(text, begin, end, vocabulary)
        else:
            yield Token(first.start(), end, "passed", *vocabulary.word(first[0]))
        begin = end


def _tells(text: str, begin: int, end: int, vocabulary: Vocabulary) -> bool:
    return any(map(vocabulary.tells, _WORD.findall(text, begin, end)))


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
            if found[0] not in "\"”“„»«´`":
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


def sentences_of(text: str, vocabulary: Vocabulary) -> Iterator[Sentence]:
    """The sentences of a text."""
    gathered: list[Token] = []
    line_start, after_blank, fresh = 0, True, True
    tokens = list(tokens_of(text, vocabulary))
    listing = False
    for at, token in enumerate(tokens):
        if token.kind == "passed" and not gathered:
            yield Sentence((token,), False, False, after_blank and fresh, False)
            fresh = False
            continue
        if token.kind == "line":
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            if gathered and following is not None and _bullet_goes_on(tokens, at, gathered, listing):
                gathered.append(Token(token.start, token.start + 1, "mark", ";", _NO_WORD.groups))
                listing, line_start = True, token.end
                continue
            if gathered and following is not None and _line_goes_on(gathered, following, text, token, line_start):
                line_start = token.end
                continue
            if gathered:
                yield _sentence(gathered, False, True, after_blank, listing, vocabulary)
            gathered, line_start, fresh, listing = [], token.end, True, False
            after_blank = text.count("\n", token.start, token.end) > 1
            continue
        if token.kind == "mark":
            if token.text in _ENDS and not _stays(token, at, tokens, vocabulary, text):
                if gathered:
                    yield _sentence(gathered, token.text == "?", False, after_blank and fresh, listing, vocabulary)
                    fresh = False
                gathered, listing = [], False
                continue
            if len(gathered) >= _LONG and token.text in (",", ";", "-", ":", ")"):
                yield _sentence(gathered, False, False, after_blank and fresh, listing, vocabulary)
                gathered, fresh, listing = [], False, False
                continue
            if token.text == "." or (not gathered and token.text in _BULLET):
                continue
        gathered.append(token)
        if len(gathered) >= 2 * _LONG:
            yield _sentence(gathered, False, False, after_blank and fresh, listing, vocabulary)
            gathered, fresh, listing = [], False, False
    if gathered:
        yield _sentence(gathered, False, True, after_blank, listing, vocabulary)


def _stays(token: Token, at: int, tokens: list[Token], vocabulary: Vocabulary, text: str) -> bool:
    """Whether a full stop or the like ends no sentence: after an abbreviation or an ordinal, or a lone ``(?)``."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.text == "?":
        return after is not None and after.text == ")"
    if token.text != "." or before is None or after is None or before.end != token.start:
        return False
    small = after.kind != "line" and not text[after.start].isupper()
    if before.kind == "word":
        if before.text in vocabulary.never_ends:
            return after.kind != "line"
        return before.text in vocabulary.seldom_ends and small
    if before.kind != "number" or after.kind != "word" or not small:
        return False
    earlier = tokens[at - 2].groups if at > 1 else _NO_WORD.groups
    return "enhed" in after.groups or not (earlier & _BEFORE_CATEGORY)


_BEFORE_CATEGORY = frozenset({"match", "kategori", "indplacering", "plads"})


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


def _sentence(
    gathered: list[Token], question: bool, alone: bool, after_blank: bool, listed: bool, vocabulary: Vocabulary
) -> Sentence:
    words = [Word(token.text, token.groups) for token in gathered]
    at, merged = 0, []
    for length, word in with_phrases(words, vocabulary.phrases):
        first, last = gathered[at], gathered[at + length - 1]
        merged.append(first if length == 1 else Token(first.start, last.end, "word", *word))
        at += length
    return Sentence(tuple(merged), question, alone, after_blank, listed)
