"""Notes looked at outside a run: read for a person to check, or compared with what a person says they say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kommunecheck.adapters.files import read_named
from kommunecheck.config import SourceFile
from kommunecheck.domain.days import danish
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.names import AREAS
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.statement import Evaluation, Kind, Labelled, ReadNote
from kommunecheck.intake.sources import Opened, open_sources
from kommunecheck.journal.evaluation import evaluate
from kommunecheck.journal.reader import statements_of
from kommunecheck.journal.vocabulary import with_words
from kommunecheck.plugins.host import Plugins
from kommunecheck.setup import configured_near


def read_notes(path: Path) -> Iterator[ReadNote]:
    """The notes of a journal file, or of labelled notes, with all that was read in them.

    The municipality's own words stand in the nearest configuration at the file or above it. Raises ``UserError`` when
    the file cannot be read.
    """
    config, plugins = configured_near(path.parent)
    vocabulary = with_words(config.journal.words)
    named = enumerate(labelled(path), start=1) if path.suffix.lower() == ".jsonl" else None
    notes = ((f"linje {number}", note.text) for number, note in named) if named else _journal(path, plugins)
    for name, text in notes:
        yield ReadNote(name, text, tuple(statements_of(text, vocabulary)))


def _journal(path: Path, plugins: Plugins) -> Iterator[tuple[str, str]]:
    if path.is_dir():
        raise UserError(f"Skriv en fil med journalnotater og ikke en mappe: {path}.")
    opened = Opened()
    source = SourceFile(table="journal", file=path.name)
    table = open_sources(path.parent, [source], plugins.tables, plugins.adapters, opened)["journal"]()
    if table is None:
        raise UserError("\n".join(left.reason for left in opened.left_out.values()))
    if "tekst" not in table.present:
        raise UserError(f"{path.name} har ingen kolonne tekst. Skriv en fil med journalnotater.")
    for row, day, case, text in table.frame.select("row", "dato", "sag_id", "tekst").iter_rows():
        when = "uden dag" if day is None else danish(day)
        whose = "uden sag" if case is None else f"sag {masked(case)}"
        yield f"række {row}, {when}, {whose}", text or ""


def evaluate_file(path: Path) -> Evaluation:
    """How well the labelled notes of a file are read: one JSON object a line; the words as in ``read_notes``.

    Raises ``UserError`` when the file cannot be read, or a line is not as it should be; the line is named, never shown.
    """
    return evaluate(labelled(path), with_words(configured_near(path.parent)[0].journal.words))


def labelled(path: Path) -> Iterator[Labelled]:
    """The labelled notes of a file: one JSON object a line. Raises ``UserError`` where one is not as it should be."""
    try:
        lines = read_named(path).decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise UserError(f"{path.name} er ikke gemt som UTF-8. Gem filen som UTF-8, og kør igen.") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _label(line, path.name, number)


def _label(line: str, name: str, number: int) -> Labelled:
    """One line; ``text``, ``placed``, ``areas`` and ``jobseeker``, and what else there may be."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):  # lists in hundreds of layers
        given = None
    wrong = _wrong(given)
    if wrong:
        raise UserError(f"{name}, linje {number}: {wrong}")
    placed: frozenset[str] = frozenset({given["placed"]} if given["placed"] else ())
    jobseeker: frozenset[str] = frozenset({"ja"} if given["jobseeker"] else ())
    says: dict[Kind, frozenset[str]] = {"placed": placed, "areas": frozenset(given["areas"]), "jobseeker": jobseeker}
    return Labelled(given["text"], says)


def _wrong(given: Any) -> str | None:
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return "der ventes et JSON-objekt med text, placed, areas og jobseeker."
    if "placed" not in given or given["placed"] not in (None, "1", "2", "3", "4", "5"):
        return 'placed skal være null eller "1" til "5".'
    areas = given.get("areas")
    if not isinstance(areas, list) or not all(isinstance(area, str) and area in AREAS for area in areas):
        return f"areas skal være en liste af {', '.join(sorted(AREAS))}."
    return None if isinstance(given.get("jobseeker"), bool) else "jobseeker skal være true eller false."
