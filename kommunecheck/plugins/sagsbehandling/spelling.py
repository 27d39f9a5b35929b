"""One name for what is written in several ways: types of case and units, where only letter case and blanks differ."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from kommunecheck.plugins.sagsbehandling.tables import Application, Complaint


def alike(name: str) -> str:
    """A name as it is compared: without case, and blanks are one."""
    return " ".join(name.casefold().split())


def in_one_spelling(
    applications: Sequence[Application], complaints: Sequence[Complaint]
) -> tuple[list[Application], list[Complaint]]:
    """The rows with every name in the spelling that is used most; of those used as often, the first by the alphabet."""
    types = _spellings(row.sagstype for row in applications)
    units = _spellings(chain((row.enhed for row in applications), (row.enhed for row in complaints)))
    return (
        [row._replace(sagstype=types[row.sagstype], enhed=row.enhed and units[row.enhed]) for row in applications],
        [row._replace(enhed=row.enhed and units[row.enhed]) for row in complaints],
    )


def _spellings(names: Iterable[str | None]) -> dict[str, str]:
    """For each way a name is written, the one that stands for all of them."""
    used = Counter(name for name in names if name)
    chosen: dict[str, str] = {}
    for name in sorted(used, key=lambda name: (-used[name], name)):
        chosen.setdefault(alike(name), name)
    return {name: chosen[alike(name)] for name in used}
