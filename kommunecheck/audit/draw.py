"""Drawing a sample that anybody can draw again: nothing but SHA-256 decides, so no machine or version differs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

from kommunecheck.domain.names import BENEFITS
from kommunecheck.domain.sampling import (
    BENEFIT,
    DIRECTORATE,
    SIMPLE,
    STRATIFIED,
    TEAM,
    Design,
    Drawn,
    Item,
    Stratum,
    Unit,
)

ALL = "alle"
"""The name of the only stratum where a population is not divided."""
LEAST = 2
"""Cases drawn in each stratum, at least: fewer tell nothing of how they differ."""


def hash_of_list(ids: Iterable[str]) -> str:
    """SHA-256 of the sorted ids as UTF-8, each followed by a line feed: what ``sha256sum`` gives of a file of them."""
    return sha256("".join(f"{one}\n" for one in sorted(ids)).encode()).hexdigest()


def order(seed: str, name: str) -> str:
    """What a list is ordered by: SHA-256 of ``seed:id`` as UTF-8, in hexadecimal."""
    return sha256(f"{seed}:{name}".encode()).hexdigest()


def draw_cases(units: Sequence[Unit], design: Design, size: int) -> tuple[Stratum, ...]:
    """The first cases of each stratum in the order of the seed, ``size`` in all, and never fewer than two in each.

    A simple sample has no strata, and is as large as is asked for.
    """
    part_of = divider(design)
    strata: dict[str, list[Unit]] = {}
    for unit in units:
        strata.setdefault(part_of(unit), []).append(unit)
    populations = {name: len(some) for name, some in strata.items()}
    sizes = {ALL: min(size, len(units))} if design.method == SIMPLE else allocated(populations, size)
    return tuple(
        Stratum(name, len(strata[name]), tuple(_first(strata[name], name, design.seed, sizes[name])))
        for name in sorted(strata)
    )


def divider(design: Design) -> Callable[[Unit], str]:
    """Tells the name of the stratum that a case is in."""
    if design.method == DIRECTORATE:  # it searches by benefit and by registration, guidance to § 3, stk. 1
        return lambda unit: f"{_benefit(unit)}, {'med' if unit.registered else 'uden'} registrering"
    if design.method != STRATIFIED:
        return lambda _: ALL
    if design.by == TEAM:
        return lambda unit: unit.team or "(intet team)"
    if design.by == BENEFIT:
        return _benefit
    return lambda unit: f"matchkategori {unit.category}" if unit.category else "ingen matchkategori"


def _benefit(unit: Unit) -> str:
    return BENEFITS.get(unit.benefit, unit.benefit)


def _first(units: Sequence[Unit], stratum: str, seed: str, size: int) -> list[Drawn]:
    ordered = sorted((order(seed, unit.id), unit.id, unit) for unit in units)
    return [Drawn(name, name, stratum, place, unit) for place, name, unit in ordered[:size]]


def allocated(populations: Mapping[str, int], size: int) -> dict[str, int]:
    """How many to draw of each stratum: in proportion, by the largest remainder, and at least two of each.

    The two are drawn also where that makes the sample larger than asked for; of a smaller stratum all are.
    """
    whole = sum(populations.values())
    size = min(size, whole)
    shares = {name: divmod(size * many, whole) for name, many in populations.items()}
    left = size - sum(part for part, _ in shares.values())
    by_remainder = sorted(populations, key=lambda name: (-shares[name][1], name))
    more = set(by_remainder[:left])
    return {name: max(shares[name][0] + (name in more), min(LEAST, many)) for name, many in populations.items()}


def draw_money(items: Sequence[Item], size: int, seed: str) -> tuple[Stratum, int, int]:
    """The payments that every ``interval``-th øre falls in, from the seed's start; with interval and start, in øre.

    The list is in its order and all weigh more than 0. Who weighs an interval or more is always drawn.
    """
    total = sum(item.oere for item in items)
    interval = max(1, total // size)
    start = 1 + int(order(seed, "start"), 16) % interval
    drawn, before = [], 0
    for item in items:
        upto = before + item.oere
        if hit(before, upto, start, interval):
            sure = item.oere >= interval
            drawn.append(Drawn(item.id, item.sag_id, ALL, f"{before + 1}-{upto}", item=item, sure=sure))
        before = upto
    return Stratum(ALL, len(items), tuple(drawn)), interval, start


def hit(before: int, upto: int, start: int, interval: int) -> bool:
    """Whether any of the chosen øre, every ``interval``-th from ``start``, is one of ``before + 1`` to ``upto``."""
    return (upto - start) // interval > (before - start) // interval
