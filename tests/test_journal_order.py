"""What the words of a note weigh in their order: the sums done again slowly, and notes that order alone tells apart."""

from math import exp, tanh
from pathlib import Path

import numpy as np
import pytest

from kommunecheck.domain.statement import KINDS
from kommunecheck.inspection.notes import labelled
from kommunecheck.journal import order, rules
from kommunecheck.journal.noted import Found, found_in, verdict
from kommunecheck.journal.order import END, NO_WORD, REACH, UNKNOWN, window
from kommunecheck.journal.pieces import pieces_of
from kommunecheck.journal.reader import read_note
from kommunecheck.journal.vocabulary import our_own
from kommunecheck.journal.weighing import weigh

NOTES = Path(__file__).parent / "notes" / "tuned.jsonl"


def found(text: str) -> list[Found[int]]:
    pieces = tuple(pieces_of(text, our_own()))
    return list(found_in(our_own(), weigh, pieces, rules.statements_of(text, our_own(), pieces)))


def slowly(one: Found[int]) -> float:
    """Word by word and number by number, each side by itself, as the two units were learnt."""
    learnt = order.learnt()
    names, size = window(one), len(learnt.onward) // 2
    mind: list[float] = []
    for side in range(2):
        own = slice(side * size, (side + 1) * size)
        asked, kept, new = ([part * 2 * size + side * size + at for at in range(size)] for part in range(3))
        held = [0.0] * size
        for place in range(REACH + 1):
            known = [learnt.names.get(name, UNKNOWN) for name in names[place if side == 0 else -1 - place]]
            known = [at for at in known if at != UNKNOWN] or known[:1]
            step = learnt.inward_bias + (learnt.words[known].mean(axis=0) @ learnt.inward if known else 0)
            step = step + (learnt.kinds[KINDS.index(one.kind)] if place == REACH else 0)
            to_itself = np.array(held) @ learnt.onward[own]
            ask, keep = ([1 / (1 + exp(-step[at] - to_itself[at])) for at in gate] for gate in (asked, kept))
            bias = learnt.onward_bias[own]
            turned = [tanh(step[at] + ask[n] * (to_itself[at] + bias[n])) for n, at in enumerate(new)]
            held = [(1 - keep[n]) * turned[n] + keep[n] * held[n] for n in range(size)]
        mind += held
    said = verdict(one.ruled) if one.ruled else "none"
    seen = (
        np.array(mind) @ learnt.seen
        + learnt.seen_of_kind[KINDS.index(one.kind)]
        + learnt.seen_of_verdict[learnt.verdicts.get(said, 0)]
    )
    return 100 * float(np.maximum(seen, 0) @ learnt.weight + learnt.weight_bias)


def test_the_sums_are_those_of_two_units_that_read_word_by_word() -> None:
    texts = [note.text for note in labelled(NOTES)]
    some = [one for text in texts[::60] for one in found(text)]
    assert len(some) > 60
    assert {one.kind for one in some} == set(KINDS)
    for one in some:
        assert order.weight(one) == pytest.approx(slowly(one), abs=0.51)


def test_what_was_read_before_changes_no_sum() -> None:
    texts = ["Match 4 fastholdes. Opm.: helbred.", "Ægtefællen er match 3, og borgeren er match 2."]
    one_way = [order.weight(one) for text in texts for one in found(text)]
    for remembered in (order._weight, order._step, order._begun):
        remembered.cache_clear()
    other_way = [order.weight(one) for text in reversed(texts) for one in found(text)]
    assert sorted(one_way) == sorted(other_way)
    assert {type(one) for one in one_way} == {int}


def test_the_window_goes_on_into_the_sentences_beside_and_is_empty_beyond_the_note() -> None:
    (one,) = found("Mødt. Borgeren er match 4. Aftalt ny tid.")
    names = window(one)
    assert len(names) == 2 * REACH + 1
    assert names[REACH] == ("#c",)
    told = [name for name in names if name != NO_WORD]
    assert told.count(END) == 2
    left = REACH - sum(name == NO_WORD for name in names[:REACH])
    assert names[: REACH - left] == (NO_WORD,) * (REACH - left)
    assert names[-1] == NO_WORD


def test_a_long_note_is_looked_at_only_around_the_word() -> None:
    (one,) = found("Han har det godt. " * 400 + "Borgeren er match 4. " + "Hun har det skidt. " * 400)
    assert len(window(one)) == 2 * REACH + 1
    assert NO_WORD not in window(one)


def test_the_same_words_in_another_order_are_another_note() -> None:
    assert read_note("Borger var match 3 sidste år, men er i dag rykket til match 4.").placed == "4"
    assert read_note("Borger er i dag rykket til match 3, men var match 4 sidste år.").placed == "3"
