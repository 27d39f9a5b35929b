"""A whole folder: which of its files hold which tables, and files that stand for one another put together."""

import glob
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import groupby, takewhile
from pathlib import Path, PurePosixPath

from kommunecheck.domain.errors import UserError
from kommunecheck.domain.inspection import ColumnSeen, FileSeen, FolderSeen, Form, TableSeen, UnknownCode
from kommunecheck.domain.privacy import masked
from kommunecheck.inspection.files import ROWS_NAMED, look_at
from kommunecheck.intake.sources import is_hidden, required
from kommunecheck.plugins.host import Plugins

FEW = 10
"""Files that are named one by one, where all they have in common is their ending."""

OURS = ("noegle.txt", "rapporter")
"""What ``init`` makes itself, and is no table: the key, and the folder that the start file writes reports in."""

Progress = Callable[[int, int], None]
"""Told how many files have been looked at, and of how many."""


def look_in(folder: Path, plugins: Plugins, progress: Progress | None = None) -> FolderSeen:
    """What the files of a folder hold, and those of the folders in it.

    Raises ``UserError`` when there is no file that can be read.
    """
    paths = sorted(_readable(folder, tuple(plugins.adapters)))
    if not paths:
        raise UserError(
            f"{folder.name or folder} har ingen filer, der kan læses. Læg tabellerne dér; de kan ende på "
            f"{', '.join(sorted(plugins.adapters))}."
        )
    looked: list[tuple[Path, FileSeen]] = []
    refused: list[str] = []
    for place, path in enumerate(paths):
        try:
            one = look_at(path, plugins, path.relative_to(folder).as_posix())
        except UserError as error:
            refused.append(masked(str(error)))
        else:
            looked.extend((path, seen) for seen in one.seen)
            refused.extend(one.refused)
        if progress is not None:
            progress(place + 1, len(paths))
    names = [path.relative_to(folder).as_posix() for path in paths]
    return _sorted_out(_keyed_alike(folder, plugins, looked), names, refused, plugins)


def _readable(folder: Path, endings: Sequence[str]) -> Iterator[Path]:
    places = [path for path in folder.iterdir() if path.is_dir() and path.name not in OURS and not is_hidden(path)]
    for path in (path for place in (folder, *places) for path in place.iterdir()):
        if path.is_file() and path.suffix.lower() in endings and path.name not in OURS and not is_hidden(path):
            yield path


def _keyed_alike(folder: Path, plugins: Plugins, looked: Sequence[tuple[Path, FileSeen]]) -> list[FileSeen]:
    """Where ``sager`` has no ids of its own, those of the other tables lead nowhere: their CPR numbers are used."""
    seen = [one for _, one in looked]
    sager = [one.table for one in seen if one.table is not None and one.table.name == "sager"]
    if not sager or not all(table.by_cpr for table in sager):
        return seen
    again: list[FileSeen] = []
    for path, one in looked:
        if one.table is None or one.table.by_cpr:
            again.append(one)
        else:
            keyed = look_at(path, plugins, path.relative_to(folder).as_posix(), "cpr").seen
            again.extend(other for other in keyed if other.sheet == one.sheet)
    return again


def _sorted_out(
    looked: Sequence[FileSeen], names: Sequence[str], refused: Sequence[str], plugins: Plugins
) -> FolderSeen:
    order = list(plugins.tables)
    holding = [one for one in looked if one.table is not None]
    originals, copies = _without_copies(holding)
    together, unnamed = _named(list(_together(originals, names)), names)
    sources = sorted(together, key=lambda one: (order.index(_table(one).name), one.file))
    there = {_table(one).name for one in sources}
    needed = required(there, plugins.tables, plugins.further_tables)
    return FolderSeen(
        sources=tuple(sources),
        strange=tuple(_shown(one) for one in looked if one.table is None),
        copies=tuple(_shown(one) for one in copies),
        refused=(*refused, *(f"{one.name}: navnet rummer et CPR-nummer. Omdøb filen, og kør igen." for one in unnamed)),
        missing=tuple(name for name in order if name in needed and name not in there),
        absent=tuple(name for name in order if name not in needed and name not in there),
        keyless=tuple(one.name for one in sources if _is_keyless(one, sources)),
    )


def _shown(seen: FileSeen) -> str:
    return seen.name if seen.sheet is None else f"{seen.name}, arket {seen.sheet}"


def _table(seen: FileSeen) -> TableSeen:
    assert seen.table is not None  # noqa: S101 - only files that hold a table come here
    return seen.table


def _without_copies(looked: Iterable[FileSeen]) -> tuple[list[FileSeen], list[FileSeen]]:
    """The files, and those whose very bytes stand in one before them."""
    originals: list[FileSeen] = []
    copies: list[FileSeen] = []
    known = set()
    for one in looked:
        (copies if (one.sha256, one.sheet) in known else originals).append(one)
        known.add((one.sha256, one.sheet))
    return originals, copies


def _is_keyless(seen: FileSeen, sources: Sequence[FileSeen]) -> bool:
    """Whether the rows are known by CPR number, and ``sager`` has none to find them by; or the other way round."""
    sager = [_table(one) for one in sources if _table(one).name == "sager"]
    table = _table(seen)
    if table.name == "sager" or not sager:
        return False
    if table.by_cpr:
        return not any(column.ours == "cpr" for one in sager for column in one.columns)
    return all(one.by_cpr for one in sager) and any(column.ours == "sag_id" for column in table.columns)


# Several files for one table


def _together(looked: Sequence[FileSeen], names: Sequence[str]) -> Iterator[FileSeen]:
    """Files that are read alike and whose names differ in one part as one source, by a pattern."""
    for _, group in groupby(sorted(looked, key=_way_of_reading), key=_way_of_reading):
        files = sorted(group, key=lambda one: one.file)
        pattern = _pattern([one.file for one in files], names)
        if pattern is None:
            yield from files
        else:
            yield replace(reduce(_joined, files), file=pattern, name=masked(pattern), files=len(files))


def _named(sources: Sequence[FileSeen], names: Sequence[str]) -> tuple[list[FileSeen], list[FileSeen]]:
    """The sources, and those that cannot be named: a number in a name is left out, and then others are called so too.

    Files of one kind that are called alike but for their numbers are one source.
    """
    named: list[FileSeen] = []
    unnamed: list[FileSeen] = []
    for file in dict.fromkeys(one.file for one in sources):
        called = [one for one in sources if one.file == file]
        fitting = len(_fitting(file, names))
        if file in names or fitting == 1 or any(one.files > 1 for one in called):
            named += called
        elif fitting == len(called) and len({_way_of_reading(one) for one in called}) == 1:
            named.append(replace(reduce(_joined, called), files=len(called)))
        else:
            unnamed += called
    return named, unnamed


def _fitting(pattern: str, names: Sequence[str]) -> set[str]:
    """The files that a pattern stands for."""
    parent = PurePosixPath(pattern).parent
    return {name for name in names if PurePosixPath(name).parent == parent and PurePosixPath(name).match(pattern)}


def _way_of_reading(seen: FileSeen) -> tuple[str, ...]:
    """What a source says beside the file's own name."""
    table = _table(seen)
    renamed = [f"{column.ours}={column.theirs}" for column in table.columns if not column.is_named_as_ours]
    said = [f"{key}={value}" for key, value in seen.must_say.items()]
    path = PurePosixPath(seen.file)
    return (table.name, str(path.parent), path.suffix.lower(), str(table.by_cpr), *said, *renamed)


def _pattern(files: Sequence[str], names: Sequence[str]) -> str | None:
    """What all the files are called and no other; ``None`` if they are one, or have too little in common.

    What differs in their names is left out in whole words: of 2006 and 2007 not the 200 they share.
    """
    folder = PurePosixPath(files[0]).parent
    own = [PurePosixPath(file).name for file in files]
    begins = _in_whole_words(own)
    ends = _in_whole_words([name[::-1] for name in own])[::-1]
    if len(files) == 1 or "." not in ends or not (begins or str(folder) != "." or len(files) > FEW):
        return None
    pattern = (folder / f"{glob.escape(begins)}*{glob.escape(ends)}").as_posix()
    return pattern if _fitting(pattern, names) == set(files) and masked(pattern) == pattern else None


def _in_whole_words(names: Sequence[str]) -> str:
    """What all the names begin with, without the beginning of a word that they end differently."""
    pairs = zip(min(names), max(names), strict=False)  # what the first and the last share, all between them share
    shared = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    cut = any(name[len(shared) : len(shared) + 1].isalnum() for name in names)
    return re.sub(r"[^\W_]+$", "", shared) if cut else shared


def _joined(one: FileSeen, other: FileSeen) -> FileSeen:
    """Two files that are read alike as one."""
    left, right = _table(one), _table(other)
    columns = {column.ours: column for column in left.columns}
    for column in right.columns:
        columns[column.ours] = _both(columns[column.ours], column) if column.ours in columns else column
    present = {column.ours for column in left.columns} & {column.ours for column in right.columns}
    table = replace(
        left,
        sure=left.sure and right.sure,
        columns=tuple(columns.values()),
        missing={**dict.fromkeys(sorted(set(columns) - present), ()), **left.missing, **right.missing},
        needed=tuple(dict.fromkeys((*left.needed, *right.needed))),
        needs_key=left.needs_key or right.needs_key,
        rows=left.rows + right.rows,
        unreadable=(*left.unreadable, *right.unreadable),
    )
    return replace(one, table=table, unused=tuple(dict.fromkeys((*one.unused, *other.unused))))


def _both(one: ColumnSeen, other: ColumnSeen) -> ColumnSeen:
    forms: dict[tuple[str, bool], int] = {}
    for form in (*one.forms, *other.forms):
        forms[form.name, form.readable] = forms.get((form.name, form.readable), 0) + form.rows
    unknown: dict[str, int] = {}
    for code in (*one.unknown, *other.unknown):
        unknown[code.text] = unknown.get(code.text, 0) + code.rows
    values = [value for value in (one.least, one.most, other.least, other.most) if value is not None]
    return replace(
        one,
        sure=one.sure and other.sure,
        forms=tuple(Form(name, rows, readable) for (name, readable), rows in forms.items()),
        least=min(values, default=None),
        most=max(values, default=None),
        codes={**one.codes, **other.codes},
        unknown=tuple(UnknownCode(text, rows) for text, rows in unknown.items()),
        hidden=one.hidden + other.hidden,
        hidden_rows=(*one.hidden_rows, *other.hidden_rows)[:ROWS_NAMED],
        blank=one.blank and other.blank,
    )
