"""Which files there are, and opening them. A source that cannot be used is left out, and the report says so."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from kommunecheck.config import SourceFile
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.wording import number as number_of
from kommunecheck.intake.read import File, Typed, read_table
from kommunecheck.intake.tables import REQUIRED
from kommunecheck.intake.values import fold
from kommunecheck.ports import Adapter, TableShape


@dataclass(slots=True)
class Opened:
    """What became of the sources: each file by its number, and what the report must say about them."""

    files: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    """Table, name and SHA-256."""
    names: dict[int, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    left_out: bool = False


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


def open_sources(
    folder: Path,
    sources: list[SourceFile],
    shapes: Mapping[str, TableShape],
    adapters: Mapping[str, Adapter],
    opened: Opened,
) -> Iterator[Typed]:
    """The tables one after another, each read when it is asked for; ``opened`` tells what became of the files.

    Raises ``UserError`` when one of ``sager`` and ``samtaler`` cannot be read.
    """
    for table, files in groupby(sources, key=lambda source: source.table):
        typed: Typed | None = None
        for source in files:
            try:
                one = _open(folder, source, shapes[table], adapters, opened)
            except UserError as error:
                if table in REQUIRED:
                    raise
                opened.warnings.append(masked(f"Kilden {source.file} er udeladt: {error}"))
                opened.left_out = True
                continue
            typed = one if typed is None else typed.joined_with(one)
        if typed is not None:
            yield typed


def _open(
    folder: Path, source: SourceFile, shape: TableShape, adapters: Mapping[str, Adapter], opened: Opened
) -> Typed:
    name = masked(source.file)
    adapter = adapters.get(Path(source.file).suffix.lower())
    if adapter is None:
        raise UserError(f"{name} har en filendelse, der ikke kan læses. Mulige: {', '.join(sorted(adapters))}.")
    text = adapter.read(folder / source.file, source.encoding, source.delimiter, source.header_row)
    number = len(opened.files)
    typed = read_table(shape, File(number, source.table, name, text, source.columns, source.codes))
    opened.files[number] = (source.table, name, text.sha256)
    opened.names[number] = name
    if typed.unknown_headings:
        columns = number_of(typed.unknown_headings, "kolonne", "kolonner")
        opened.warnings.append(f"{name}: {columns} med ukendt overskrift er ikke brugt.")
    return typed
