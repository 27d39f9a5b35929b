"""What is not shown: small denominators, and what could be found from them by subtraction."""

from collections.abc import Collection, Hashable, Mapping, Set
from typing import TypeVar

from kommunecheck.domain.benchmark import LEAST

Owner = TypeVar("Owner", bound=Hashable)
Place = TypeVar("Place", bound=Hashable)


def withheld(
    sizes: Mapping[tuple[Owner, Place], int],
    together: Set[tuple[Owner, Place]] | None = None,
    already: Set[tuple[Owner, Place]] = frozenset(),
) -> frozenset[tuple[Owner, Place]]:
    """The cells that are not shown, of those whose denominators are given by municipality and period (or measure).

    A denominator under ``LEAST`` is. Where only one would be in a row or a column, or all in it come to less than
    ``LEAST``, the next smallest is too. ``together`` are the cells that are added up in their column's total; others
    cannot be found from it. ``already`` are withheld for another reason.
    """
    hidden = {cell for cell, size in sizes.items() if size < LEAST or cell in already}
    added = together if together is not None else sizes.keys()
    columns = [{cell for cell in added if cell[1] == place} for place in dict.fromkeys(place for _, place in sizes)]
    rows = [{cell for cell in sizes if cell[0] == owner} for owner in dict.fromkeys(owner for owner, _ in sizes)]
    before = -1
    while len(hidden) != before:
        before = len(hidden)
        for line in (*columns, *rows):
            _cover(line, hidden, sizes)
    return frozenset(hidden)


def may_be_told(hidden: Collection[int]) -> bool:
    """Whether a sum may be told, of whose parts those of these sizes are withheld: none of them can be found."""
    return not hidden or (len(hidden) > 1 and sum(hidden) >= LEAST)


def _cover(
    line: Set[tuple[Owner, Place]], hidden: set[tuple[Owner, Place]], sizes: Mapping[tuple[Owner, Place], int]
) -> None:
    """Hide the next smallest in a line as long as what is hidden in it could be found."""
    own = line & hidden
    shown = sorted(line - hidden, key=lambda cell: (sizes[cell], str(cell)))
    while shown and not may_be_told([sizes[cell] for cell in own]):
        own = {*own, shown.pop(0)}
    hidden |= own
