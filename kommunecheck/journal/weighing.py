"""What the words of a note weigh together: for and against each step that it may tell of.

The weights were learnt from labelled notes (``tests/notes/learn.py``). Each sign has one number, and their sum tells
how likely it is that a person would read the step there; what the rules found (``rules.py``) is a sign among the
others. So every reading can be told by the words that weighed most, and the same note is always read alike.
"""

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import orjson

from kommunecheck.domain.statement import KINDS, Kind
from kommunecheck.journal import surroundings
from kommunecheck.journal.noted import Found


class Weights(NamedTuple):
    """What each sign weighs for a kind, and from what sum on a reading counts.

    Whole numbers, a hundredth of a logit each: their sum is the same in whatever order they are added.
    """

    signs: dict[str, int]
    bound: int


@lru_cache(maxsize=1)
def learnt() -> dict[Kind, Weights]:
    """The weights as they are shipped."""
    record = orjson.loads((files("kommunecheck.journal") / "weights.json").read_bytes())
    return {kind: Weights(**record[kind]) for kind in KINDS}


def weigh(kind: Kind, signs: Iterable[str]) -> int:
    """The sum of what the signs weigh; each counts once."""
    of = learnt()[kind].signs.get
    return sum(filter(None, map(of, set(signs))))


def weightiest(found: Found[int], side: int) -> list[str]:
    """The two words of the sentence that weighed most: for the reading (``side`` 1) or against it (-1), in order."""
    of, sentence = learnt()[found.kind].signs, found.sentence
    by_name: dict[str, int] = {}
    for sign in set(surroundings.within(sentence, found.word.place)):
        name = sign.partition(":")[2]
        by_name[name] = by_name.get(name, 0) + side * of.get(sign, 0)
    weights = {
        token.text: sum(by_name.get(name, 0) for name in surroundings.names_of(token))
        for token in sentence.tokens
        if token.kind == "word" and surroundings.main_name(token) != "#"
    }
    most = sorted(weights, key=lambda word: (-weights[word], word))[:2]
    return [word for word in weights if word in most and weights[word] > _TELLS]


_TELLS = 20
"""What a word must weigh to be named as a reason."""
