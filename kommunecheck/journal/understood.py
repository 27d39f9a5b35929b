"""Whether a sentence is understood as far as it bears on a category: a word nobody knows may turn it into anything.

*Chaufføren er match 3* and *match 3 er taget af bordet* are full of sense, and none of it is in the vocabulary. So what
the statement hangs on must be known words: the subject and what else stands before the category in its own clause, the
clause that governs it, the label above it, and what is said of a category that is itself the subject.
"""

from collections.abc import Iterable, Iterator

from kommunecheck.journal.categories import Category
from kommunecheck.journal.clauses import Clause, Link
from kommunecheck.journal.scope import Scene
from kommunecheck.journal.subjects import inherited
from kommunecheck.journal.tokens import Token

_ONLY_NAMES = frozenset({"ikke_register", "andet"})
"""Words known for what they name alone: *klubformanden* is no citizen."""
_SAID_OF_IT = 4
"""Words right after a category that is not part of a sentence with a verb: these must be known."""


def not_understood(scene: Scene, one: Category) -> Token | None:
    """The first word that the statement hangs on and the vocabulary does not have."""
    number = scene.clause_at(one.first)
    clause = scene.clauses[number]
    ahead = _without_reason(clause, clause.tokens[: max(0, one.first - clause.first)])
    return next(
        _unknown(
            (*ahead, *inherited(scene.clauses, number), *_governing(scene.clauses, number), *_said_of(scene, one))
        ),
        None,
    )


def _unknown(tokens: Iterable[Token]) -> Iterator[Token]:
    return (
        token for token in tokens if token.kind == "word" and not token.groups - _ONLY_NAMES and len(token.text) > 2
    )


def _without_reason(clause: Clause, ahead: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words before the category; what stands in a reason is free: *trods fem års ledighed er borger match 3*."""
    if clause.link is not Link.FREE and "forholdsgrund" not in clause.tokens[0].groups:
        return ahead
    verb = next((at for at, token in enumerate(ahead) if "verbum" in token.groups), None)
    return ahead if verb is None else ahead[verb:]


def _governing(clauses: list[Clause], number: int) -> Iterator[Token]:
    """The words of the clauses that govern this one, and of its label."""
    label = clauses[number].label
    if label is not None and label != number:
        yield from clauses[label].tokens
    while number and clauses[number].link is Link.THAT:
        number -= 1
        yield from clauses[number].tokens


def _said_of(scene: Scene, one: Category) -> Iterator[Token]:
    """What is said of the category where it is the subject, or where there is no verb before it."""
    clause = scene.clauses[scene.clause_at(one.place)]
    ahead, after = clause.tokens[: max(0, one.first - clause.first)], clause.tokens[one.place + 1 - clause.first :]
    if any("verbum" in token.groups for token in ahead):
        if after and after[0].text in ("i", "fra", "hos"):
            yield from after[1:2]  # another municipality
        return
    is_subject = any("verbum" in token.groups for token in after)
    yield from after if is_subject else after[: 1 if scene.sentence.loose else _SAID_OF_IT]
