"""Which files there are, and opening them. A source that cannot be used is left out, and the report says so."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path

from kommunecheck.config import SourceFile
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.wording import number as number_of
from kommunecheck.intake.read import File, Typed, is_heading, read_table
from kommunecheck.intake.tables import REQUIRED
from kommunecheck.intake.values import fold
from kommunecheck.ports import Adapter, TableShape, Wanted


@dataclass(slots=True)
class Opened:
    """What became of the sources, each by its number: its place among those there are to open."""

    names: dict[int, str] = field(default_factory=dict)
    files: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    """Table, name and SHA-256 of those that were read."""
    left_out: dict[int, str] = field(default_factory=dict)
    unknown_headings: dict[int, str] = field(default_factory=dict)
    """What the report must say about them."""

    @property
    def warnings(self) -> list[str]:
        """What the report must say, in the order of the sources."""
        said = self.left_out | self.unknown_headings
        return [said[number] for number in sorted(said)]


def find_sources(folder: Path, given: list[SourceFile], shapes: Mapping[str, TableShape]) -> list[SourceFile]:
    """The configured sources, and for tables without one the file in the folder that has the table's name.

    Raises ``UserError`` when a configured table is unknown, or ``sager`` or ``samtaler`` is nowhere to be found.
    """
    for source in given:
        if source.table not in shapes:
            near = difflib.get_close_matches(source.table, shapes, n=1)
            meant = f" Mente du »{near[0]}«?" if near else f" Mulige tabeller: {', '.join(shapes)}."
            raise UserError(f"[[sources]]: tabellen »{masked(source.table)}« findes ikke.{meant}")
        _known_columns(source, shapes[source.table])
    sources = list(given)
    named = {source.table for source in given}
    there = {fold(path.stem): path for path in sorted(folder.glob("*.csv"), reverse=True)}
    sources += [SourceFile(table=name, file=there[name].name) for name in shapes if name not in named and name in there]
    for name in REQUIRED:
        if not any(source.table == name for source in sources):
            raise UserError(
                f"{name}.csv findes ikke i mappen. Læg filen dér, eller skriv i kommunecheck.toml under [[sources]], "
                f'hvilken fil der er {name}: table = "{name}" og file = "...".'
            )
    order = list(shapes)
    return sorted(sources, key=lambda source: (order.index(source.table), source.file))


def _known_columns(source: SourceFile, shape: TableShape) -> None:
    """Raises ``UserError`` when the configuration maps a column that the table does not have."""
    columns = [column.name for column in shape.columns]
    for name in (*source.columns, *source.codes):
        if name not in columns:
            near = difflib.get_close_matches(name, columns, n=1)
            meant = f" Mente du »{near[0]}«?" if near else f" Mulige kolonner: {', '.join(columns)}."
            raise UserError(f"[[sources]] for {shape.name}: kolonnen »{masked(name)}« findes ikke.{meant}")


Opener = Callable[[], Typed | None]
"""Reads a table; ``None`` if none of its files can be read."""


def open_sources(
    folder: Path,
    sources: list[SourceFile],
    shapes: Mapping[str, TableShape],
    adapters: Mapping[str, Adapter],
    opened: Opened,
) -> list[Opener]:
    """The tables in the order of ``shapes``, each to be read when it is asked for; ``opened`` tells of the files."""
    opened.names = {number: masked(source.file) for number, source in enumerate(sources)}
    tables = groupby(enumerate(sources), key=lambda numbered: numbered[1].table)
    return [partial(_open_table, folder, list(files), shapes[table], adapters, opened) for table, files in tables]


def _open_table(
    folder: Path,
    files: list[tuple[int, SourceFile]],
    shape: TableShape,
    adapters: Mapping[str, Adapter],
    opened: Opened,
) -> Typed | None:
    """The rows of all the table's files. Raises ``UserError`` when ``sager`` or ``samtaler`` cannot be read."""
    typed: Typed | None = None
    for number, source in files:
        try:
            one = _open(folder, number, source, shape, adapters, opened)
        except UserError as error:
            if shape.name in REQUIRED:
                raise
            opened.left_out[number] = masked(f"Kilden {source.file} er udeladt: {error}")
            continue
        typed = one if typed is None else typed.joined_with(one)
    return typed


def _open(
    folder: Path,
    number: int,
    source: SourceFile,
    shape: TableShape,
    adapters: Mapping[str, Adapter],
    opened: Opened,
) -> Typed:
    name = opened.names[number]
    adapter = adapters.get(Path(source.file).suffix.lower())
    if adapter is None:
        raise UserError(f"{name} har en filendelse, der ikke kan læses. Mulige: {', '.join(sorted(adapters))}.")
    heading = partial(is_heading, shape, source.columns)
    wanted = Wanted(shape.name, heading, source.header_row, encoding=source.encoding, delimiter=source.delimiter)
    text = adapter.read(folder / source.file, wanted)
    typed = read_table(shape, File(number, source.table, name, text, source.columns, source.codes))
    opened.files[number] = (source.table, name, text.sha256)
    if typed.unknown_headings:
        columns = number_of(typed.unknown_headings, "kolonne", "kolonner")
        opened.unknown_headings[number] = f"{name}: {columns} med ukendt overskrift er ikke brugt."
    return typed
