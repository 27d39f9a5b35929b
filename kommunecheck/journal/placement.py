"""Placement in a match category: the statements of a sentence, each counted or rejected with its reason.

Labels 1-16: a present statement, a filled field or one ticked box places; what is denied, planned, supposed, past,
doubted, proposed, told by others or said of others does not, nor does a range, an alternative or a grovmatch.
"""

from collections.abc import Iterator
from itertools import pairwise

from kommunecheck.domain.statement import Statement
from kommunecheck.journal.assertion import unasserted
from kommunecheck.journal.categories import Category, categories_of
from kommunecheck.journal.grovmatch import grovmatch
from kommunecheck.journal.ranges import LEFT, together
from kommunecheck.journal.scope import Scene
from kommunecheck.journal.ticks import ticked
from kommunecheck.journal.understood import not_understood
from kommunecheck.journal.vocabulary import SPEAKS_OF

_MOST = 10
"""Categories in a sentence that can be read; more are a table or a list."""


def placements(scene: Scene, text: str, grov_before: bool) -> Iterator[Statement]:
    """What the sentence says of placement, in order. ``grov_before``: the sentence before it told of a grovmatch."""
    tokens = scene.sentence.tokens
    if not (scene.topic or any(token.groups & SPEAKS_OF for token in tokens)):
        return
    chosen = ticked(tokens) if any(token.groups & SPEAKS_OF for token in tokens) else None
    if chosen is not None:
        value, place = chosen
        reason = scene.against(place, place) if value else None
        chosen_one = Category(value, place, place, True)
        if value == 0:
            yield _statement(scene, chosen_one, "Afvist: ikke præcis ét kryds", False)
        else:
            yield _statement(scene, chosen_one, reason.told if reason else "Afkrydset", reason is None)
        return
    denies_areas = frozenset(place for place, (_, two) in enumerate(pairwise(tokens)) if "opm" in two.groups)
    found = list(categories_of(tokens, text, scene.topic))
    if len(found) > _MOST:
        yield from (_statement(scene, one, "Afvist: for mange kategorier i sætningen", False) for one in found)
        return
    against = together(tokens, found)
    for number, one in enumerate(found):
        others = tuple(other.place for other in found if other is not one)
        moved = against.get(number - 1) == LEFT
        named = None if moved else unasserted(scene, one)
        told = against.get(number) or grovmatch(scene, one, grov_before) or named
        if told is None and (unknown := not_understood(scene, one)):
            told = f"Afvist: ikke forstået - »{unknown.text}«"
        if told is None:
            against_it = scene.against(one.first, one.place, others, denies_areas)
            told = against_it.told if against_it else None
        yield _statement(scene, one, told or _accepted(against, found, number), told is None)


def _statement(scene: Scene, one: Category, told: str, accepted: bool) -> Statement:
    tokens, sentence = scene.sentence.tokens, scene.sentence
    return Statement(
        "placed", str(one.value), accepted, told, sentence.start, sentence.end,
        tokens[one.first].start, tokens[one.place].end,
    )  # fmt: skip


def _accepted(against: dict[int, str], found: list[Category], number: int) -> str:
    if number and against.get(number - 1) == LEFT:
        return f"Ændret fra {found[number - 1].value} til {found[number].value}: den sidste gælder"
    return "Indplaceret"
