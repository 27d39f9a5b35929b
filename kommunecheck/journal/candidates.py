"""The words of a note that may tell of a step: numbers that may be a category, names of areas, words of registration.

Which of them do is weighed by what stands around them (``weighing.py``).
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kommunecheck.domain.statement import Kind
from kommunecheck.journal import areas, job_seeker
from kommunecheck.journal.sentences import Sentence
from kommunecheck.journal.tokens import Token
from kommunecheck.journal.vocabulary import SPEAKS_OF

MARKS: dict[Kind, frozenset[str]] = {
    "placed": SPEAKS_OF - {"indplacering"},
    "areas": areas.TRIGGERS,
    "jobseeker": job_seeker.TRIGGERS,
}
"""The groups of words that show what a sentence speaks of."""

_SHORT = frozenset({"en", "et", "i", "v"})
"""Words that are a number only right after the match word."""
_BEFORE_SHORT = frozenset({"match", "kategori", "indplacering", "kategoriord"})


@lru_cache(maxsize=1 << 15)
def category_named(kind: str, groups: frozenset[str], value: int) -> int | None:
    """The category a number, a numeral or its name (*treer*) would be; ``None`` for any other word."""
    if kind == "number":
        if 1 <= value <= 5:
            return value
    else:
        for group in groups:
            if group.startswith(("tal_", "talnavn_", "romertal_")):
                return int(group[-1])
    return None


def candidates_in(kind: Kind, sentence: Sentence, text: str) -> Iterator[tuple[str, int]]:
    """The candidates of a kind in a sentence, in order: what each would say, and its place."""
    find = {"placed": _categories, "areas": _areas, "jobseeker": _registrations}[kind]
    return find(sentence.tokens, text)


def _categories(tokens: Sequence[Token], text: str) -> Iterator[tuple[str, int]]:
    for place, token in enumerate(tokens):
        value = category_named(token.kind, token.groups, token.value) or _ordinal(tokens, place)
        if value is None:
            continue
        if token.text in _SHORT:
            after_match = place > 0 and tokens[place - 1].groups & _BEFORE_SHORT
            roman = token.text in ("i", "v") and not text[token.start : token.end].isupper()
            if not after_match or roman:
                continue
        yield str(value), place


def _ordinal(tokens: Sequence[Token], place: int) -> int | None:
    """*Tredje matchkategori*, *den tredje*: but *anden* alone is no number."""
    number = next((int(group[-1]) for group in tokens[place].groups if group.startswith("orden_")), None)
    before_match = place + 1 < len(tokens) and tokens[place + 1].groups & _BEFORE_SHORT
    the = place > 0 and tokens[place - 1].text == "den" and tokens[place].text != "anden"
    return number if before_match or the else None


def _areas(tokens: Sequence[Token], _text: str) -> Iterator[tuple[str, int]]:
    for place, token in enumerate(tokens):
        for group in sorted(token.groups & areas.AREAS.keys()):
            yield areas.AREAS[group], place


def _registrations(tokens: Sequence[Token], text: str) -> Iterator[tuple[str, int]]:
    for place, token in enumerate(tokens):
        if token.groups & MARKS["jobseeker"] and (token.text != "af" or text[token.start : token.end] == "AF"):
            yield "ja", place
