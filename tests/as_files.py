"""Cases of the builders, written as a municipality's files: what the engine is told, told to the whole program."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from kommunecheck import app
from kommunecheck.domain.case import Case
from kommunecheck.domain.days import NO_END, Day, iso
from kommunecheck.domain.records import Interview, Note
from kommunecheck.domain.report import Report
from kommunecheck.intake.tables import TABLES

EVERY_COLUMN = {name: frozenset(column.name for column in shape.columns) for name, shape in TABLES.items()}
"""What the files of a municipality hold that has every table and column."""


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table of a municipality's folder."""
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write_rows(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    """Write a table of a municipality's folder."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


Files = tuple[tuple[str, bytes], ...]


def files_of(folder: Path) -> Files:
    """What a municipality's folder holds, but for workbooks: what is made of the same files can be made once."""
    return tuple((file.name, file.read_bytes()) for file in sorted(folder.iterdir()) if file.suffix != ".xlsx")


@contextmanager
def folder_with(files: Files) -> Iterator[Path]:
    """A folder with these files, for as long as it is needed."""
    with TemporaryDirectory() as folder:
        for name, content in files:
            (Path(folder) / name).write_bytes(content)
        yield Path(folder)


def report_on(cases: Iterable[Case], folder: Path, timelines: bool = False) -> Report:
    """The report of a municipality with these cases, which have ids of their own and window and cutoff in common."""
    cases = list(cases)
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in TABLES}
    for case in cases:
        for name, row in _rows(case):
            rows[name].append({"sag_id": case.sag_id} | row)
    for name, shape in TABLES.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [column.name for column in shape.columns], delimiter=";")
            writer.writeheader()
            writer.writerows(rows[name])
    window, cutoff = cases[0].window, cases[0].cutoff
    first, to, last = (date.fromordinal(day) for day in (window.first, window.last, cutoff))
    return app.check(folder, app.Options(first, to, last), timelines=timelines)


def _rows(case: Case) -> Iterable[tuple[str, dict[str, str]]]:
    yield (
        "sager",
        {
            "ydelsestype": case.ydelsestype,
            "anmodningsdato": _date(case.anmodningsdato),
            "ophoersdato": _date(case.ophoersdato),
            "team": case.team or "",
        },
    )
    for row in case.interviews:
        yield "samtaler", _interview(case, row)
    for one in case.circumstances:
        yield (
            "perioder",
            {
                "type": one.type,
                "fra": _date(one.fra),
                "til": "" if one.til >= NO_END else _date(one.til),
                "dokumenteret": _yes_no(one.dokumenteret),
            },
        )
    for place, paid in enumerate(case.payments):
        yield (
            "udbetalinger",
            {
                "udbetaling_id": f"{case.sag_id}-{paid.udbetaling_id or place}",
                "fra": _date(paid.fra),
                "til": _date(paid.til),
                "beloeb": f"{paid.beloeb // 100},{paid.beloeb % 100:02}",
                "ydelsestype": paid.ydelsestype or "",
                "i_tilbud": "ulæseligt" if paid.i_tilbud is None else _yes_no(paid.i_tilbud),
            },
        )
    for place, note in enumerate(case.notes):
        yield "journal", _note(note) | {"notat_id": f"{case.sag_id}-{note.notat_id or place}"}


def _interview(case: Case, row: Interview) -> dict[str, str]:
    said = row.content
    return {
        "samtale_id": f"{case.sag_id}-{row.samtale_id}",
        "type": said.type,
        "status": said.status,
        "indkaldt_dato": _date(row.indkaldt_dato),
        "planlagt_dato": _date(row.planlagt_dato),
        "afholdt_dato": _date(row.afholdt_dato),
        "opfoelgning_dato": _date(row.opfoelgning_dato),
        "registreret_dato": _date(row.registreret_dato),
        "matchkategori": said.matchkategori or "",
        "grovmatch": _yes_no(said.grovmatch),
        "opmaerksomhedsomraader": said.opmaerksomhedsomraader or "",
        "arbejdssoegende": _yes_no(said.arbejdssoegende),
        "fritagelsesaarsag": said.fritagelsesaarsag or "",
    }


def _note(note: Note) -> dict[str, str]:
    said = ["Talt med borgeren."]
    if note.placed:
        said.append(f"Borgeren er indplaceret i matchkategori {note.placed}.")
    if note.areas:
        said.append("Opmærksomhedsområder: helbred.")
    if note.job_seeker:
        said.append("Borgeren er registreret som arbejdssøgende.")
    return {
        "dato": _date(note.dato),
        "registreret_dato": "" if note.day == note.dato else _date(note.day),
        "tekst": " ".join(said),
    }


def _date(day: Day | None) -> str:
    return "" if day is None else iso(day)


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "ja" if value else "nej"
