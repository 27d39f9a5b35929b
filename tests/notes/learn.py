"""Learn from labelled notes what each sign around a word weighs: ``python tests/notes/learn.py`` writes the weights.

For each kind of step a logistic regression over the signs (scikit-learn). Where several words of a note may be the one
that a person labelled, the one that weighs most is taken, and the others are left out until it is known what they are.
What the rules say is learnt only from notes that the rules were not made by (``learnt.jsonl``): of the others they know
too much.

What the words say in their order is learnt by ``learn_order.py`` from the same rows; the two sums are added.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import learn_order
import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from kommunecheck.domain.statement import KINDS, Kind
from kommunecheck.inspection.notes import labelled
from kommunecheck.journal import rules
from kommunecheck.journal.noted import Found, found_in
from kommunecheck.journal.pieces import pieces_of
from kommunecheck.journal.vocabulary import our_own

HERE = Path(__file__).parent
JOURNAL = HERE.parents[1] / "kommunecheck" / "journal"
RULED, UNRULED = "learnt.jsonl", "tuned.jsonl"
"""The files that are learnt from, with what the rules say and without it. ``kept_apart.jsonl`` never is."""
ORDER = 0.7
"""What the logit of the order counts beside that of the signs: both were learnt from the same notes."""
BOUND = 0.65
"""From what probability on a reading counts: what is read too much is worse than what is missed."""
STRENGTH, ROUNDS, SURE, UNSURE, LEAST = 0.25, 3, 0.5, -1.0, 0.02
PARTS = 100
"""Weights are written as whole hundredths, so that no sum depends on the order of its parts."""


class Row(NamedTuple):
    """A word that may tell of a step: its note, what it would say, whether the note says so, and the signs."""

    note: tuple[str, int]
    value: str
    said: bool
    signs: tuple[str, ...]
    found: Found[Any]


def as_they_are(_kind: Kind, signs: Iterable[str]) -> tuple[str, ...]:
    """The signs themselves, not what they weigh."""
    return tuple(signs)


def rows_of(file: str) -> Iterator[tuple[Kind, Row]]:
    """The rows of a file of notes."""
    for number, note in enumerate(labelled(HERE / file)):
        pieces = tuple(pieces_of(note.text, our_own()))
        ruled = rules.statements_of(note.text, our_own(), pieces)
        for found in found_in(our_own(), as_they_are, pieces, ruled):
            signs = tuple(sign for sign in found.signs if file == RULED or not sign.startswith("rule:"))
            value = found.word.value
            yield found.kind, Row((file, number), value, value in note.says[found.kind], signs, found)


def learn(rows: Sequence[Row]) -> dict[str, Any]:
    """The weights of one kind, rounded, and the sum from which a reading counts."""
    counted = CountVectorizer(analyzer=lambda row: row.signs, binary=True, min_df=2)
    table = counted.fit_transform(rows)
    said = np.array([row.said for row in rows])
    together: dict[tuple[Any, ...], list[int]] = {}
    for place, row in enumerate(rows):
        if row.said:
            together.setdefault((row.note, row.value), []).append(place)
    several = [places for places in together.values() if len(places) > 1]
    used = np.ones(len(rows), dtype=bool)
    used[[place for places in several for place in places[:-1]]] = False
    for _ in range(ROUNDS):
        model = LogisticRegression(C=STRENGTH, max_iter=1000, solver="liblinear", random_state=1)
        model.fit(table[used], said[used])
        sums = model.decision_function(table)
        for places in several:
            best = max(places, key=lambda place: sums[place])
            for place in places:
                said[place] = place == best or sums[place] > SURE
                used[place] = said[place] or sums[place] < UNSURE
    names = counted.get_feature_names_out()
    signs = {
        name: round(PARTS * float(weight))
        for name, weight in sorted(zip(names, model.coef_[0], strict=True))
        if abs(weight) >= LEAST
    }
    bound = float((1 + ORDER) * np.log(BOUND / (1 - BOUND)) - model.intercept_[0])
    return {"bound": round(PARTS * bound), "signs": signs}


def main() -> None:
    """Write the weights, with what they were learnt from."""
    rows: dict[Kind, list[Row]] = {kind: [] for kind in KINDS}
    for file in (UNRULED, RULED):
        for kind, row in rows_of(file):
            rows[kind].append(row)
    examples = [learn_order.example(row.found, row.said, row.note[0] == RULED) for kind in KINDS for row in rows[kind]]
    record: dict[str, Any] = {
        "learnt_from": {file: hashlib.sha256((HERE / file).read_bytes()).hexdigest() for file in (UNRULED, RULED)}
    }
    for kind in KINDS:
        record[kind] = learn(rows[kind])
    learn_order.learn(examples, ORDER, JOURNAL / "order.npz")
    (JOURNAL / "weights.json").write_text(json.dumps(record, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
