"""A sentence to clauses, and which of them speak of each other: what denies, plans or doubts reaches only so far."""

from enum import Enum
from functools import cached_property

from kommunecheck.journal.runs import BEGINNERS, BEGINNING, begins_statement
from kommunecheck.journal.sentences import Sentence
from kommunecheck.journal.tokens import Token


class Link(Enum):
    """How a clause hangs on the one before it."""

    FIRST = "first"
    COMMA = "comma"
    """After a comma or a dash."""
    STRONG = "strong"
    """After a semicolon: as good as a sentence of its own."""
    THAT = "that"
    """A content or relative clause: the one before it governs it."""
    IF = "if"
    """A condition."""
    FREE = "free"
    """A reason: it governs nothing and nothing governs it."""
    BUT = "but"
    AND = "and"
    COLON = "colon"
    """What a label governs."""
    PAREN = "paren"
    RUN = "run"
    """After something else, with no mark between."""
    RESUME = "resume"
    """What goes on after a parenthesis."""


class Clause:
    """Some words of a sentence, from place ``first`` up to ``end``."""

    def __init__(self, sentence: Sentence, first: int, end: int, link: Link, label: int | None) -> None:
        self.tokens: tuple[Token, ...] = sentence.tokens[first:end]
        self.first, self.end, self.link, self.label = first, end, link, label
        self.resumes: int | None = None
        """The number of the clause that it goes on after something was put in between."""

    @cached_property
    def groups(self) -> frozenset[str]:
        """All groups that any of its words belongs to."""
        return frozenset().union(*(token.groups for token in self.tokens))

    @cached_property
    def has_verb(self) -> bool:
        """Whether it has a finite verb, as far as the vocabulary knows."""
        return "verbum" in self.groups

    @cached_property
    def own_subject(self) -> bool:
        """Whether it speaks of the citizen or the authority by name."""
        return any(token.groups & _SUBJECTS for token in self.tokens)


_SUBJECTS = frozenset({"borger", "myndighed"})
_WANTS = frozenset({"indplacering", "vurdering", "aendring", "fastholdelse"})
_ADVERBS = frozenset({"derfor", "saa", "siden", "hvorfor"})
"""Reasons only where they begin a clause."""
_AFTER_AND = frozenset({"verbum", "nu", "borger", "indplacering", "myndighed"})
_OPENERS = BEGINNERS | {"aarsag", "betingelse", "kontrast", "ledsaetning"}
_OPENING = BEGINNING | {"at", "og", "samt"}
"""The groups and the words that a clause begins with."""


def clauses_of(sentence: Sentence) -> list[Clause]:
    """The clauses of a sentence, in order; none is empty."""
    tokens, found = sentence.tokens, []
    first, link, label = 0, Link.FIRST, None
    for at, token in enumerate(tokens):
        if token.kind != "mark" and token.text not in _OPENING and token.groups.isdisjoint(_OPENERS):
            continue
        begun = _begins(tokens, at, first, sentence.loose)
        if begun is None:
            continue
        new, skipped = begun
        if at > first:
            found.append(Clause(sentence, first, at, link, label))
            label = (
                len(found) - 1 if new is Link.COLON else None if new is Link.STRONG and not sentence.listed else label
            )
            link = new
        else:
            link = _closer(link, new)
        first = at + skipped
    if first < len(tokens):
        found.append(Clause(sentence, first, len(tokens), link, label))
    for number in range(2, len(found)):
        found[number].resumes = _resumed(found, number)
    return found


def _resumed(clauses: list[Clause], number: int) -> int | None:
    """*Sættes nu, efter tre møder, i match 3*: what has the verb that a fragment with the category wants."""
    tokens = clauses[number].tokens
    fragment = len(tokens) > 1 and tokens[0].text in ("i", "til", "som") and not clauses[number].has_verb
    if not fragment or not tokens[1].groups & {"match", "kategori"} or clauses[number].link is Link.COLON:
        return None
    for back in range(number - 2, max(-1, number - 6), -1):
        clause = clauses[back]
        if clause.groups & _WANTS and not any(1 <= token.value <= 5 for token in clause.tokens):
            return back
    return None


def _closer(link: Link, new: Link) -> Link:
    """Of two signs that stand together, the one that says more: ``, men`` is *men*, ``men hvis`` stays *men*."""
    if link is Link.BUT or (link is Link.AND and new is Link.IF):
        return link
    return link if new in (Link.COMMA, Link.RESUME) and link is not Link.FIRST else new


def _begins(tokens: tuple[Token, ...], at: int, first: int, loose: bool) -> tuple[Link, int] | None:
    """Whether a clause begins at a word or mark: how it hangs on, and how many marks do not belong to it."""
    token = tokens[at]
    if token.kind == "mark":
        return _by_mark(tokens, at, first)
    groups = token.groups
    if begins_statement(tokens, at, first, loose):
        return Link.RUN, 0
    if "aarsag" in groups:
        reason = _by_reason(tokens, at, first)
        if reason is not None:
            return reason, 0
    if "betingelse" in groups:
        return Link.IF, 0
    if "kontrast" in groups and (token.text != "dog" or at == first):
        return Link.BUT, 0
    if token.text == "at" or ("ledsaetning" in groups and at == first and at > 0):
        return Link.THAT, 0
    if token.text in ("og", "samt") and at + 1 < len(tokens):
        after = tokens[at + 1]
        if after.groups & _AFTER_AND or after.text in ("han", "hun", "saa"):
            return Link.AND, 1
    return None


def _by_reason(tokens: tuple[Token, ...], at: int, first: int) -> Link | None:
    text = tokens[at].text
    if text == "hvorfor" and any("kilde" in one.groups for one in tokens[max(0, at - 3) : at]):
        return Link.THAT
    if text == "saa" and at and tokens[at - 1].text == "og":
        return None
    return Link.FREE if at == first or text not in _ADVERBS else None


def _by_mark(tokens: tuple[Token, ...], at: int, first: int) -> tuple[Link, int] | None:
    mark = tokens[at].text
    if mark == ",":
        told = any("kilde" in token.groups for token in tokens[max(first, at - 2) : at])
        return (Link.THAT if told else Link.COMMA), 1
    if mark == ";":
        return Link.STRONG, 1
    if mark == ":":
        return Link.COLON, 1
    if mark in "()":
        return (Link.PAREN, 1) if mark == "(" else (Link.RESUME, 1)
    if mark == "-" and at and at + 1 < len(tokens):
        spaced = tokens[at - 1].end < tokens[at].start and tokens[at].end < tokens[at + 1].start
        numbers = tokens[at - 1].kind == tokens[at + 1].kind == "number"
        return (Link.COMMA, 1) if spaced and not numbers else None
    return None
