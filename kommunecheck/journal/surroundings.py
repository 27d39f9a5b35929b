"""What stands around a word of a note, as signs that can be weighed one by one.

A sign says where a word stands from here and which it is, or which group of the vocabulary it belongs to: ``L0:g=plan``
is a word of a plan right before, ``CL:`` before in the same clause, ``SR:`` later in the sentence beyond it, ``P:`` and
``N:`` in the sentences before and after. Signs are a matter of counting, so that reading takes linear time.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from kommunecheck.journal.candidates import category_named
from kommunecheck.journal.sentences import Sentence
from kommunecheck.journal.tokens import Token

_TELLS_NOTHING = frozenset(
    {"kendt", "plads", "efter_tal", "ikke_foer_tal", "overskrift", "aaben", "laeser_videre", "verbum", "klart"}
)
"""Groups that only help to find where a sentence ends."""
_ENDS_CLAUSE = frozenset({",", ";", "(", ")"})
_LONGEST_WORD = 25
_NEAR_LEFT, _NEAR_RIGHT, _LEFT, _RIGHT, _BESIDE = 5, 4, 12, 8, 25
"""Words looked at: told by their distance, told of at all, and of the sentences beside."""


@lru_cache(maxsize=1 << 15)
def _names(kind: str, text: str, groups: frozenset[str], value: int) -> tuple[str, tuple[str, ...]]:
    if category_named(kind, groups, value):
        return "#", ("#c",)
    if kind == "number":
        return "#n", ("#n",)
    telling = sorted(groups - _TELLS_NOTHING)
    main = telling[0] if telling else text
    if kind == "box":
        return main, (f"box{value}",)
    own = (f"w={text}",) if len(text) < _LONGEST_WORD else ()
    return main, (*own, *(f"g={group}" for group in telling))


def names_of(token: Token) -> tuple[str, ...]:
    """What a word is called in a sign: itself and its groups; every number that may be a category is the same."""
    return _names(token.kind, token.text, token.groups, token.value)[1]


def main_name(token: Token) -> str:
    """The one name of a word in signs of several words: its first group, or itself."""
    return _names(token.kind, token.text, token.groups, token.value)[0]


def within(sentence: Sentence, place: int) -> Iterator[str]:
    """The signs of the sentence itself around the word at the place."""
    tokens = sentence.tokens
    left, right = tokens[:place], tokens[place + 1 :]
    yield from _near(left, right)
    first, last = _clause(tokens, place)
    for mark, words in (
        ("CL", tokens[first:place]), ("CR", tokens[place + 1 : last]), ("SL", tokens[:first]), ("SR", tokens[last:]),
        ("L*", left[-_LEFT:]), ("R*", right[:_RIGHT]),
    ):  # fmt: skip
        yield from (f"{mark}:{name}" for token in words for name in names_of(token))
    yield from _beginning("F", tokens[:3])
    yield from _beginning("CF", tokens[first : min(first + 3, place)])
    yield from _together(left, right)
    if sentence.question:
        yield "question"
    if sentence.alone:
        yield "alone"
    if sentence.listed:
        yield "listed"


def _near(left: Sequence[Token], right: Sequence[Token]) -> Iterator[str]:
    for distance, token in enumerate(reversed(left[-_NEAR_LEFT:])):
        yield from (f"L{distance}:{name}" for name in names_of(token))
    for distance, token in enumerate(right[:_NEAR_RIGHT]):
        yield from (f"R{distance}:{name}" for name in names_of(token))
    if not left:
        yield "L0:^"
    if not right:
        yield "R0:$"


def _clause(tokens: Sequence[Token], place: int) -> tuple[int, int]:
    """The first word of the clause of the place, and the first after it."""
    first, last = place, place + 1
    while first > 0 and tokens[first - 1].text not in _ENDS_CLAUSE:
        first -= 1
    while last < len(tokens) and tokens[last].text not in _ENDS_CLAUSE:
        last += 1
    return first, last


def _beginning(mark: str, tokens: Sequence[Token]) -> Iterator[str]:
    for distance, token in enumerate(tokens):
        yield from (f"{mark}{distance}:{name}" for name in names_of(token))


def _together(left: Sequence[Token], right: Sequence[Token]) -> Iterator[str]:
    """Signs of two and three words together."""
    for side, words in (("L", left[-8:]), ("R", right[:6])):
        mains = [main_name(token) for token in words]
        yield from (f"{side}B:{one}_{two}" for one, two in pairwise(mains))
        texts = [token.text for token in words]
        yield from (f"{side}W:{one}_{two}" for one, two in pairwise(texts))
    before, after = [main_name(token) for token in left[-3:]], [main_name(token) for token in right[:2]]
    yield "LM2:" + "_".join(before[-2:])
    yield "LM3:" + "_".join(before)
    yield "LW2:" + "_".join(token.text for token in left[-2:])
    yield "RM2:" + "_".join(after)
    yield "RW2:" + "_".join(token.text for token in right[:2])
    yield "LR:" + "_".join(before[-1:]) + "#" + "_".join(after[:1])


def before(sentence: Sentence | None) -> Iterator[str]:
    """The signs of the sentence before; ``None`` at the beginning of a note."""
    if sentence is None:
        yield "P:^"
        return
    for token in sentence.tokens[-_BESIDE:]:
        yield from (f"P:{name}" for name in names_of(token))
    if sentence.question:
        yield "P:?"
    if sentence.alone and sentence.tokens[-1].text == ":":
        for token in sentence.tokens[-_BESIDE:]:
            yield from (f"PH:{name}" for name in names_of(token))


def after(sentence: Sentence | None) -> Iterator[str]:
    """The signs of the sentence after; ``None`` at the end of a note."""
    if sentence is None:
        yield "N:$"
        return
    for token in sentence.tokens[:_BESIDE]:
        yield from (f"N:{name}" for name in names_of(token))
    yield from _beginning("NF", sentence.tokens[:2])


def distances(sentence: Sentence, place: int, marks: frozenset[str]) -> Iterator[str]:
    """How far it is to the words that show what the sentence speaks of."""
    tokens = sentence.tokens
    left = next((place - at for at in range(place - 1, -1, -1) if tokens[at].groups & marks), -1)
    right = next((at - place for at in range(place + 1, len(tokens)) if tokens[at].groups & marks), -1)
    yield f"md:{min(left, 9)}"
    yield f"mr:{min(right, 9)}"
