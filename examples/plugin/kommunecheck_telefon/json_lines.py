"""Files with one JSON object a line (``.jsonl``). The first line's keys are the headings."""

import json
from pathlib import Path

import polars as pl

from kommunecheck.adapters.files import digest, read_whole
from kommunecheck.domain.errors import UserError
from kommunecheck.ports import TextTable, Wanted

SUFFIXES = (".jsonl",)


def sheets(_: Path) -> tuple[str, ...]:
    """There are none."""
    return ()


def read(path: Path, wanted: Wanted) -> TextTable:  # noqa: ARG001 - there is only one way to read the file
    """Every value as text. Raises ``UserError`` when a line is no JSON object."""
    raw = read_whole(path)
    objects = [_object(line, number, path.name) for number, line in enumerate(raw.splitlines(), 1) if line.strip()]
    headings = tuple(objects[0]) if objects else ()
    columns = {str(place): [one.get(name) for one in objects] for place, name in enumerate(headings)}
    frame = pl.DataFrame(
        {"row": range(1, len(objects) + 1), **columns},
        schema={"row": pl.UInt32, **dict.fromkeys(columns, pl.String)},
    )
    return TextTable(headings, 1, frame, (), digest(raw))


def _object(line: bytes, number: int, name: str) -> dict[str, str | None]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise UserError(f"{name}, række {number}: linjen er ikke et JSON-objekt. Hent filen igen.")
    return {key: None if value is None else str(value) for key, value in found.items()}
