"""Where something stands in the municipality's own files."""

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
