"""An adapter from outside: whatever goes wrong in it is told as a file that cannot be read, and the rest is judged."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import polars as pl

from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked
from kommunecheck.ports import Adapter, TextTable, Wanted

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A plugin's adapter that raises nothing but ``UserError`` and hands on nothing but tables of text."""

    plugin: str
    adapter: Adapter

    @property
    def SUFFIXES(self) -> tuple[str, ...]:  # noqa: N802 - as in ports.Adapter
        """The file endings, with their dot."""
        return self.adapter.SUFFIXES

    def sheets(self, path: Path) -> tuple[str, ...]:
        """The names of the sheets in the file."""
        return self._done(path, lambda: tuple(map(str, self.adapter.sheets(path))))

    def read(self, path: Path, wanted: Wanted) -> TextTable:
        """The table's cells as text."""
        return self._done(path, lambda: _whole(self.adapter.read(path, wanted)))

    def _done(self, path: Path, act: Callable[[], Made]) -> Made:
        try:
            return act()
        except (UserError, KeyboardInterrupt):
            raise
        except BaseException as error:  # a plugin may raise anything, also what would end the run
            raise UserError(
                f"{masked(path.name)} kan ikke læses: pluginet {self.plugin} gik i stykker ({type(error).__name__}). "
                "Gem filen som CSV, eller få pluginet rettet."
            ) from None


def _whole(table: TextTable) -> TextTable:
    """The table, if it is as ``TextTable`` says. Raises ``TypeError`` if not: it would break where nobody can tell."""
    columns = [str(place) for place in range(len(table.headings))]
    schema = dict(table.frame.schema)
    if schema.pop("row", None) is None or schema != dict.fromkeys(columns, pl.String):
        raise TypeError("the frame is not one column of text for each heading, and row")
    return table
