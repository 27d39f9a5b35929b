"""The files of a report: every one is written whole or none is, and what an earlier run left is replaced.

All is first written beside its place, and moved into it when everything is written.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple

from kommunecheck.domain.errors import UserError, why_unwritten
from kommunecheck.ports import Pages, folder_beside

ABOUT = "OM-MAPPEN.txt"
"""The file that tells a reader, and the next run, that a folder of pages is ours to replace."""

OURS = "Mappen er skrevet af kommunecheck"


_PLACED: ContextVar[list[Path] | None] = ContextVar("placed", default=None)


@contextmanager
def noting_what_is_placed() -> Iterator[list[Path]]:
    """The files and folders that come to their places meanwhile: what goes wrong after that must not deny them."""
    placed: list[Path] = []
    before = _PLACED.set(placed)
    try:
        yield placed
    finally:
        _PLACED.reset(before)


def note_placed(*places: Path) -> None:
    """Tell whoever asks that something stands in its place now."""
    placed = _PLACED.get()
    if placed is not None:
        placed.extend(places)


class Output(NamedTuple):
    """A report to be written: its file, and what goes into it and into the folder beside it."""

    file: Path
    pages: Pages


def folder_of(file: Path) -> Path:
    """The folder for the pages of a report that is more than one file."""
    return file.with_name(folder_beside(file.name))


def refuse_to_replace(file: Path) -> None:
    """Raises ``UserError`` where the folder beside the file is somebody else's."""
    folder = folder_of(file)
    if (folder.exists() or folder.is_symlink()) and not _is_ours(folder):
        raise UserError(
            f"-o {file.name}: rapporten skal bruge mappen {folder.name}, men der er allerede en, som kommunecheck ikke "
            "har skrevet. Vælg et andet navn til rapporten."
        )


def _is_ours(folder: Path) -> bool:
    """Whether the folder is one of pages that we wrote."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    try:
        return (folder / ABOUT).read_text(encoding="utf-8").startswith(OURS)
    except (OSError, UnicodeDecodeError):
        return False


def write_all(outputs: Sequence[Output], replaceable: Iterable[Path] = ()) -> None:
    """Write every file and folder, or none. Raises ``UserError`` when that cannot be done.

    ``replaceable`` are the files of all formats that may take a folder: what an earlier run left beside one that now
    needs none is taken away.
    """
    _put_all(outputs, replaceable)
    note_placed(*(output.file for output in outputs))


def _put_all(outputs: Sequence[Output], replaceable: Iterable[Path] = (), *, about: bool = True) -> None:
    moves: dict[Path, Path] = {}
    try:
        for output in outputs:
            _write(output, moves, about)
        left = {folder for folder in map(folder_of, replaceable) if folder not in moves and _is_ours(folder)}
        with _out_of_the_way([*moves, *left]):
            for place, made in moves.items():
                made.replace(place)
    except OSError as error:
        raise UserError(f"Rapporten kan ikke skrives: {why_unwritten(error)}.") from None
    finally:
        for made in moves.values():
            _remove(made)


def write_whole(file: Path, content: bytes) -> None:
    """Write one file, or leave it as it is. Raises ``UserError`` when that cannot be done."""
    made = _beside(file)
    try:
        made.write_bytes(content)
        made.replace(file)
        note_placed(file)
    except OSError as error:
        raise UserError(f"{file.name} kan ikke skrives: {why_unwritten(error)}.") from None
    finally:
        _remove(made)


def refuse_no_folder(folder: Path, called: str) -> None:
    """Raises ``UserError`` where no folder can be or is made at the place. ``called`` is how the user wrote it."""
    if not folder.parent.is_dir():
        raise UserError(f"-o {called}: mappen, den skal ligge i, findes ikke. Lav den først.")
    if folder.exists() and not folder.is_dir():
        raise UserError(f"-o {called}: det er en fil og ikke en mappe. Vælg et andet navn.")


def write_folder(folder: Path, outputs: Sequence[Output], last: Callable[[], tuple[str, bytes]]) -> None:
    """Write a folder with everything in it, or leave what was there. Raises ``UserError`` when that cannot be done.

    The folder is replaced as a whole, so none within it tells that it is ours. ``outputs`` have the places they
    will have. ``last`` is asked for one more file and its name when they are written.
    """
    made = _beside(folder)
    try:
        made.mkdir()
        _put_all([output._replace(file=made / output.file.name) for output in outputs], about=False)
        name, content = last()
        (made / name).write_bytes(content)
        with _out_of_the_way([folder]):
            made.replace(folder)
        note_placed(folder)
    except OSError as error:
        raise UserError(f"Mappen {folder.name} kan ikke skrives: {why_unwritten(error, 'den')}.") from None
    finally:
        _remove(made)


@contextmanager
def filling(folder: Path) -> Iterator[None]:
    """Fill a folder that is new or empty, or leave it as it was. Raises ``UserError`` when that cannot be done."""
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException as error:  # also who is interrupted
        for one in folder.iterdir() if folder.is_dir() else ():
            _remove(one)
        for one in filter(Path.is_dir, new):
            one.rmdir()
        if isinstance(error, OSError):
            raise UserError(f"Mappen {folder.name} kan ikke skrives: {why_unwritten(error, 'den')}.") from None
        raise
    note_placed(folder)


def _write(output: Output, moves: dict[Path, Path], about: bool) -> None:
    """Write one report beside its place. ``moves`` is told what was begun, whether it comes to an end or not.

    ``about``: whether a folder of pages tells that it is ours.
    """
    file, folder = output.file, folder_of(output.file)
    moves[file] = _beside(file)
    with moves[file].open("wb") as target:
        target.writelines(output.pages.first)
    pages = iter(output.pages.beside)
    first = next(pages, None)
    if first is None:
        return
    refuse_to_replace(file)
    made = moves[folder] = _beside(folder)
    made.mkdir()
    if about:
        _tell_about(made, file.name)
    for name, pieces in _chained(first, pages):
        with (made / name).open("wb") as target:
            target.writelines(pieces)


def _tell_about(folder: Path, file: str) -> None:
    said = f"{OURS} og hører til rapporten {file}.\nHele mappen bliver erstattet, når rapporten skrives igen.\n"
    (folder / ABOUT).write_text(said, encoding="utf-8", newline="\r\n")


def _chained(
    first: tuple[str, Iterable[bytes]], rest: Iterator[tuple[str, Iterable[bytes]]]
) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield first
    yield from rest


def _beside(place: Path) -> Path:
    return place.with_name(f".{place.name}.{os.getpid()}.tmp")


@contextmanager
def _out_of_the_way(places: Iterable[Path]) -> Iterator[None]:
    """Move the folders of an earlier run aside; put them back if what is to replace them cannot be put there."""
    aside = {place: place.with_name(f".{place.name}.{os.getpid()}.old") for place in places if place.is_dir()}
    moved: Mapping[Path, Path] = {}
    try:
        for place, away in aside.items():
            place.rename(away)
            moved = {**moved, place: away}
        yield
    except BaseException:  # also who is interrupted
        for place, away in moved.items():
            if not place.exists():
                away.rename(place)
        raise
    for away in moved.values():
        _remove(away)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
