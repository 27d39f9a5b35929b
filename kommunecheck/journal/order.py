"""What the words before and after a word that may tell of a step say in their order.

``weighing.py`` counts words wherever they stand. *Ikke match 3, men 4* and *ikke 4, men match 3* are nearly the same
words, so here the text is read from the left up to the word and from the right back to it, and each word changes what
is held in mind (two gated recurrent units, Cho et al. 2014). What is in mind at the word weighs for or against it.

The numbers were learnt from labelled notes (``tests/notes/learn_order.py``). Their sum is rounded to whole
hundredths of a logit, so that its last bits, which differ between processors, decide nothing.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kommunecheck.domain.statement import KINDS
from kommunecheck.journal import surroundings
from kommunecheck.journal.noted import Found, verdict
from kommunecheck.journal.sentences import Sentence
from kommunecheck.journal.tokens import Token

REACH = 24
"""Words looked at on each side."""
END = ("</s>",)
"""What stands between two sentences."""
UNKNOWN = 0
"""The row of a word that was not learnt."""
NO_WORD: tuple[str, ...] = ()
"""What stands where the note has not begun or is over."""

Numbers = NDArray[np.float32]


class Order(NamedTuple):
    """What was learnt. Both directions lie side by side, from the left first.

    ``words``: what each name of a word means. ``inward``: what a word does to what is in mind, ``onward``: what that
    does to itself; each in three parts: how much of it is asked, how much is kept, what is new. ``seen`` is made of
    what is in mind at the word, of the kind and of the verdict of the rules; ``weight`` of that.
    """

    names: dict[str, int]
    verdicts: dict[str, int]
    words: Numbers
    inward: Numbers
    inward_bias: Numbers
    onward: Numbers
    onward_bias: Numbers
    kinds: Numbers
    seen: Numbers
    seen_of_kind: Numbers
    seen_of_verdict: Numbers
    weight: Numbers
    weight_bias: Numbers


@lru_cache(maxsize=1)
def learnt() -> Order:
    """The numbers as they are shipped."""
    with (files("kommunecheck.journal") / "order.npz").open("rb") as file, np.load(file, allow_pickle=False) as record:
        known = json.loads(record["known"].tobytes())
        numbers = {name: record[name].astype(np.float32) for name in Order._fields[2:]}
    return Order({name: at for at, name in enumerate(known["names"])}, known["verdicts"], **numbers)


def weight(found: Found[int]) -> int:
    """What the order of the words weighs for the reading, in hundredths of a logit."""
    said = verdict(found.ruled) if found.ruled else "none"
    return _weight(KINDS.index(found.kind), said, window(found))


@lru_cache(maxsize=1 << 12)
def _weight(kind: int, said: str, words: tuple[tuple[str, ...], ...]) -> int:
    order = learnt()
    empty = next(at for at in range(REACH + 1) if words[at] or words[-1 - at])
    mind = _begun()[empty]
    for before, after in zip(words[empty:REACH], words[2 * REACH - empty : REACH : -1], strict=True):
        mind = _changed(mind, _step(before)[0] + _step(after)[1])
    mind = _changed(mind, sum(_step(words[REACH]), order.kinds[kind]))
    seen = mind @ order.seen + order.seen_of_kind[kind] + order.seen_of_verdict[order.verdicts.get(said, 0)]
    return round(100 * float(np.maximum(seen, 0) @ order.weight + order.weight_bias))


def window(found: Found[Any]) -> tuple[tuple[str, ...], ...]:
    """What the word itself and those around it are called, ``REACH`` on each side, from left to right."""
    tokens, place, number = found.sentence.tokens, found.word.place, found.number
    before = tokens[max(0, place - REACH) : place][::-1]
    after = tokens[place + 1 : place + 1 + REACH]
    return (
        *_read_on(before, found.sentences[max(0, number - REACH) : number][::-1], -1)[::-1],
        surroundings.names_of(tokens[place]),
        *_read_on(after, found.sentences[number + 1 : number + 1 + REACH], 1),
    )


def _read_on(tokens: Sequence[Token], sentences: Sequence[Sentence], step: int) -> list[tuple[str, ...]]:
    """The names of the words from the word on in one direction, on into the next sentences, until enough are read."""
    names = [surroundings.names_of(token) for token in tokens]
    for sentence in sentences:
        if len(names) >= REACH:
            break
        names += [END, *(surroundings.names_of(token) for token in sentence.tokens[::step])]
    return [*names[:REACH], *[NO_WORD] * (REACH - len(names))]


@lru_cache(maxsize=1 << 14)
def _step(names: tuple[str, ...]) -> tuple[Numbers, Numbers]:
    """What a word does to what is in mind, read from the left and from the right.

    A word nobody knows does what the unknown does.
    """
    order = learnt()
    known = [order.names[name] for name in names if name in order.names] or [UNKNOWN] * bool(names)
    step = order.words[known].mean(axis=0) @ order.inward if known else 0
    both = (step + order.inward_bias).reshape(3, 2, -1)
    left, right = (np.zeros_like(both) for _ in range(2))
    left[:, 0], right[:, 1] = both[:, 0], both[:, 1]
    return left.reshape(-1), right.reshape(-1)


def _changed(mind: Numbers, step: Numbers) -> Numbers:
    """What is in mind after one more word from each side."""
    order, size = learnt(), len(mind)
    own = mind @ order.onward
    gates, new = own[: 2 * size], own[2 * size :]  # the same numbers are worked on, since making others takes as long
    gates += step[: 2 * size]
    np.negative(gates, out=gates)
    np.exp(gates, out=gates)
    gates += 1
    np.reciprocal(gates, out=gates)
    new += order.onward_bias
    new *= gates[:size]
    new += step[2 * size :]
    np.tanh(new, out=new)
    changed: Numbers = mind - new
    changed *= gates[size:]
    changed += new
    return changed


@lru_cache(maxsize=1)
def _begun() -> tuple[Numbers, ...]:
    """What is in mind before the first word, by how many places were empty on both sides."""
    order = learnt()
    begun = [np.zeros(len(order.onward), np.float32)]
    for _ in range(REACH):
        begun.append(_changed(begun[-1], order.inward_bias))
    return tuple(begun)
