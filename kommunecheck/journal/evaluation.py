"""How well notes are read that a person has labelled: what is right, what is too much, and what is missed."""

from collections.abc import Iterable, Iterator

from kommunecheck.domain.statement import KINDS, Evaluation, Kind, Labelled, Miss, Score, Statement
from kommunecheck.journal.reader import statements_of
from kommunecheck.journal.vocabulary import Vocabulary


def evaluate(notes: Iterable[Labelled], vocabulary: Vocabulary) -> Evaluation:
    """Read the notes and compare. Areas count one by one; a wrong category is both too much and missed."""
    counts = {kind: [0, 0, 0] for kind in KINDS}
    misses: list[Miss] = []
    number = 0
    for number, note in enumerate(notes, start=1):
        statements = statements_of(note.text, vocabulary)
        for kind in KINDS:
            expected, read = note.says[kind], said(statements, kind)
            for place, some in enumerate((expected & read, read - expected, expected - read)):
                counts[kind][place] += len(some)
            if expected != read:
                reasons = tuple(dict.fromkeys(_reasons(statements, kind)))
                misses.append(Miss(number, kind, tuple(sorted(expected)), tuple(sorted(read)), reasons))
    return Evaluation(number, {kind: Score(*some) for kind, some in counts.items()}, tuple(misses))


def said(statements: list[Statement], kind: Kind) -> frozenset[str]:
    """What the statements say together; of several categories only one is accepted."""
    return frozenset(one.value for one in statements if one.kind == kind and one.accepted)


def _reasons(statements: list[Statement], kind: Kind) -> Iterator[str]:
    for one in statements:
        if one.kind == kind:
            yield f"{one.value}: {one.reason}"
