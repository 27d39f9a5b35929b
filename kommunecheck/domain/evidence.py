"""Where something stands in the municipality's own files."""

from collections.abc import Iterable
from typing import NamedTuple


class Evidence(NamedTuple):
    """A cell of a source: the file's number in the run, the row as a person counts it, and the column.

    ``value`` is the value as understood; ``None`` for CPR numbers, persons, free text and what could not be read.
    ``quote`` is the sentence of a note, only where the configuration asks for it; the JSON report never has it.
    """

    source: int
    row: int
    column: str
    value: str | None = None
    quote: str | None = None


def by_row(cells: Iterable[Evidence]) -> dict[tuple[int, int], list[Evidence]]:
    """The cells of each row, by its source and row; rows stand in the order they are first pointed at."""
    rows: dict[tuple[int, int], list[Evidence]] = {}
    for cell in cells:
        rows.setdefault((cell.source, cell.row), []).append(cell)
    return rows
