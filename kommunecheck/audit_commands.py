"""The revisor's commands: the reconciliation of what was claimed."""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommunecheck.commanding import FINDINGS, INCOMPLETE, Day, nearest
from kommunecheck.domain.errors import UserError

if TYPE_CHECKING:
    from kommunecheck.domain.report import Report

PATH = click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
CUTOFF = click.option(
    "--cutoff", type=Day(), envvar="KOMMUNECHECK_CUTOFF", help="Den sidste dag, udtrækket kender til."
)
OUTPUT = click.option(
    "-o",
    "--output",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FIL",
    help="Skriv til en fil, .xlsx eller .json. Kan gentages.",
)
FORMAT = click.option(
    "--format",
    "shown",
    type=click.Choice(["console", "json"]),
    default="console",
    envvar="KOMMUNECHECK_FORMAT",
    help="Hvad der skrives på skærmen.",
)


@click.command(options_metavar="[VALG]", short_help="Afstem anmeldt refusion mod det, der kan anmeldes.")
@PATH
@CUTOFF
@OUTPUT
@FORMAT
def reconcile(path: Path | None, cutoff: date | None, output: tuple[Path, ...], shown: str) -> int:
    """Afstem den anmeldte og berigtigede refusion mod det, der kan anmeldes, udbetaling for udbetaling.

    STI er en mappe med tabeller eller en opsætningsfil. Alle udbetalinger afstemmes, og alle frister vurderes; perioden
    i opsætningen bruges ikke. -o afstemning.xlsx skriver afstemningen med formler, felter til x og en liste at bogføre
    efter.
    """
    from kommunecheck import app
    from kommunecheck.auditing import reconciliation_of
    from kommunecheck.reports.reconciliation import console, excel, json

    files = checked(output)
    report, made = reconciliation_of(path or nearest(), app.Options(cutoff=cutoff, compare=False))
    write = {".json": lambda: json.write(report, made), ".xlsx": lambda: excel.write(report, made)}
    write_files(files, write, report, path or nearest())
    if shown == "json":
        sys.stdout.buffer.write(json.write(report, made))
    else:
        console.print_reconciliation(report, made)
    if not report.run.complete:
        return INCOMPLETE
    bound = made.fail_on
    return FINDINGS if any(placed.severity.at_least(bound) for placed in made.findings) else 0


def checked(output: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files to write. Raises ``UserError`` for one that cannot be written in any of our forms."""
    for file in output:
        if file.suffix.lower() not in (".json", ".xlsx"):
            raise UserError(f"-o {file.name}: endelsen kendes ikke. Der kan skrives .json, .xlsx.")
        if not file.absolute().parent.is_dir():
            raise UserError(f"-o {file.name}: mappen findes ikke. Lav den først.")
    return tuple(dict.fromkeys(file.resolve() for file in output))


def write_files(
    files: tuple[Path, ...], write: Mapping[str, Callable[[], bytes]], report: "Report", path: Path
) -> None:
    """Write every file whole or none at all, and none over a file of the municipality's."""
    from kommunecheck.ports import Pages
    from kommunecheck.writing import Output, write_all

    folder = path if path.is_dir() else path.parent
    read = (*(source.file for source in report.run.sources.values()), *report.run.left_out)
    sources = {(folder / file).resolve() for file in read if "\0" not in file}  # no file can have that name
    for file in files:
        if file in sources or file == path.resolve():
            raise UserError(f"-o {file.name}: filen er en af kilderne og bliver ikke overskrevet. Vælg et andet navn.")
    write_all([Output(file, Pages((write[file.suffix.lower()](),), ())) for file in files])
