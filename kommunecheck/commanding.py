"""What the commands share: exit statuses, how a day is typed, where to look, a run with a bar, files to write."""

import gc
import io
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from kommunecheck.domain.errors import UserError, is_full
from kommunecheck.domain.privacy import masked

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kommunecheck.app import Options, Setup
    from kommunecheck.domain.report import Report
    from kommunecheck.inspection.folder import Progress
    from kommunecheck.judging import Helpers

FINDINGS, NO_REPORT, INCOMPLETE = 1, 2, 3
"""Exit statuses, beside 0."""

MOST_PROCESSES = 4
"""Processes that judge cases at a time: each keeps some hundred MB, and reading and writing gain nothing by more."""


def say(text: str) -> None:
    """One line to whoever watches; never a part of the report. Where it cannot be said, nothing else goes wrong."""
    with suppress(OSError, ValueError):  # the disk that a log is on is full, or the stream is closed
        click.echo(text, err=True)


class ScreenError(Exception):
    """What was to be shown cannot be written. The text says in Danish why."""


class _Screen(io.RawIOBase):
    """Standard output. That nothing can be written there is told apart from what goes wrong with files."""

    def __init__(self, stream: io.RawIOBase | None) -> None:
        """``stream`` is ``None`` where whoever started us closed it."""
        self._stream = stream

    def writable(self) -> bool:
        """It is what it is for."""
        return True

    def fileno(self) -> int:
        """Its number among the open files, by which a terminal is asked of."""
        return super().fileno() if self._stream is None else self._stream.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._stream is not None and self._stream.isatty()

    def write(self, content: Any) -> int | None:
        """Write. Raises ``ScreenError`` where that cannot be done, and ``BrokenPipeError`` where nobody reads."""
        if self._stream is None:
            raise ScreenError("der er lukket for det")
        try:
            return self._stream.write(content)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise ScreenError("disken er fuld" if is_full(error) else "kontrollér, hvor det skal hen") from None


def screen_of(stream: TextIO | None) -> TextIO:
    """Standard output as a command may write to it, also where there is none."""
    if stream is None:
        return io.TextIOWrapper(io.BufferedWriter(_Screen(None)), encoding="utf-8")
    raw: Any = getattr(stream.buffer, "raw", stream.buffer)
    return io.TextIOWrapper(
        io.BufferedWriter(_Screen(raw)),
        encoding=stream.encoding,
        errors="replace",  # an old console lacks some signs; a report is better than none
        line_buffering=stream.isatty(),
    )


class Day(click.ParamType[date]):
    """A day, written in any of the ways the tables may write it."""

    name = "dato"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day as a date. Fails with a sentence that says how to write it."""
        from kommunecheck.intake.values import read_date

        if isinstance(value, date):
            return value
        day = read_date(str(value))
        if day is None:
            self.fail("der ventes en dato som 2007-03-31", param, ctx)
        return date.fromordinal(day)


class Seed(click.ParamType[str]):
    """What a draw starts from: any text that can be printed with what was drawn, so that anybody can draw it again."""

    name = "tekst"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as it is. Fails with a sentence for a CPR number, and for bytes that are no text."""
        seed = str(value)
        if masked(seed) != seed:
            self.fail("frøet skrives i det, der udtages, og må ikke ligne et CPR-nummer", param, ctx)
        if any("\ud800" <= sign <= "\udfff" for sign in seed):
            self.fail("frøet har tegn, der ikke kan læses", param, ctx)
        return seed


Command = TypeVar("Command", bound=Callable[..., Any])

PATH = click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
FROM = click.option("--from", "first", type=Day(), envvar="KOMMUNECHECK_FROM", help="Periodens første dag.")
TO = click.option("--to", type=Day(), envvar="KOMMUNECHECK_TO", help="Periodens sidste dag.")
CUTOFF = click.option(
    "--cutoff", type=Day(), envvar="KOMMUNECHECK_CUTOFF", help="Den sidste dag, udtrækket kender til."
)
TODAY = click.option(
    "--today", type=Day(), envvar="KOMMUNECHECK_TODAY", help="Dagen i dag. Intet er vurderet eller afgjort senere."
)
FORMAT = click.option(
    "--format",
    "shown",
    type=click.Choice(["console", "json"]),
    default="console",
    help="Hvad der skrives på skærmen.",
)


def writes(what: str) -> Callable[[Command], Command]:
    """``-o`` for any number of files, of the endings that ``what`` names in words."""
    return click.option(
        "-o",
        "--output",
        multiple=True,
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FIL",
        help=f"Skriv til en fil, {what}.",
    )


def codes_in(given: tuple[str, ...]) -> tuple[str, ...]:
    """Codes may stand one an option or several with commas between them."""
    return tuple(code.strip().upper() for part in given for code in part.split(",") if code.strip())


def nearest() -> Path:
    """The configuration in this folder or the nearest above it. Raises ``UserError`` where there is none."""
    from kommunecheck import setup
    from kommunecheck.config import FILE_NAME

    found = setup.nearest(Path.cwd())
    if found is None:
        raise UserError(
            f"Der er ingen {FILE_NAME} i mappen eller over den. Skriv mappen med tabellerne: kommunecheck check MAPPE."
        )
    return found


def with_progress(setup: "Setup", options: "Options", timelines: bool = False) -> "Report":
    """Run, with a bar on a terminal and in silence elsewhere."""
    from kommunecheck import app

    if not sys.stderr.isatty():
        return app.run(setup, options, helpers=helpers(), timelines=timelines)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Læser filerne", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, description="Vurderer sagerne", completed=done, total=total)

        return app.run(setup, options, show, helpers=helpers(), timelines=timelines)


def helpers() -> "Helpers | None":
    """Processes that take part in the judging, should there be many cases; ``None`` where there is no core for them."""
    from kommunecheck.judging import Helpers

    spare = min(os.cpu_count() or 1, MOST_PROCESSES) - 1
    return Helpers(spare, partial(started, spare)) if spare else None


def started(helpers: int) -> "Executor":
    """So many processes that take part in a run."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(helpers, get_context("spawn"), _in_helper)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever starts now inherits it: Ctrl-C is ours to answer
    try:
        for _ in range(helpers):
            executor.submit(os.getpid)  # one more is started for each
    finally:
        signal.signal(signal.SIGINT, before)
    return executor


def _in_helper() -> None:
    """In a helper: whatever goes wrong there is told, or done again, by the process that the user started.

    As in that one, nobody looks for cycles. Is it killed, its helpers end too: nobody else would end them.
    """
    gc.disable()
    Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for as long as the helper lives


def _end_with_parent() -> None:
    """Wait for the process that started this one, and end with it."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(NO_REPORT)


@contextmanager
def bar_on_terminal(title: str) -> Iterator["Progress | None"]:
    """A bar on a terminal, to be told how far one has come; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def checked(output: tuple[Path, ...], endings: tuple[str, ...] = (".json", ".xlsx")) -> tuple[Path, ...]:
    """The files to write. Raises ``UserError`` for one that cannot be written in any of our forms."""
    for file in output:
        if file.suffix.lower() not in endings:
            raise UserError(f"-o {file.name}: endelsen kendes ikke. Der kan skrives {', '.join(endings)}.")
        if not file.absolute().parent.is_dir():
            raise UserError(f"-o {file.name}: mappen findes ikke. Lav den først.")
        if file.resolve().suffix.lower() != file.suffix.lower():
            raise UserError(f"-o {file.name}: den peger på {file.resolve().name}, som har en anden endelse.")
    return tuple(dict.fromkeys(file.resolve() for file in output))


def write_files(
    files: tuple[Path, ...],
    write: Mapping[str, Callable[[], bytes]],
    report: "Report",
    path: Path,
    renews: str | None = None,
) -> None:
    """Write every file whole or none at all, and none over a file of the municipality's.

    ``renews`` is the key (``[section] key``) of a file that the configuration names and this command is there to write.
    """
    from kommunecheck.ports import Pages
    from kommunecheck.setup import named_at
    from kommunecheck.writing import Output, write_all

    named = {file: what for file, what in named_at(path).items() if renews is None or not what.endswith(renews)}
    spare(dict.fromkeys(files), sources_of(report, path if path.is_dir() else path.parent), named)
    write_all([Output(file, Pages((write[file.suffix.lower()](),), ())) for file in files])


def sources_of(report: "Report", folder: Path) -> Iterator[Path]:
    """The files of the municipality's that the report was made from, and those that were left out."""
    read = (*(source.file for source in report.run.sources.values()), *report.run.left_out)
    yield from (folder / file for file in read if "\0" not in file)  # no file can have that name


def spare(files: Mapping[Path, Path | None], sources: Iterable[Path], named: Mapping[Path, str]) -> None:
    """Raises ``UserError`` where something would be written over a file that the municipality cannot get back.

    ``files`` are what is to be written, each with the folder that it takes beside it; ``named`` says what those are
    that the configuration names.
    """
    kept = {**{file.resolve(): "en af kilderne" for file in sources}, **named}
    for file, folder in files.items():
        place = file.resolve()
        for one, what in kept.items():
            if one == place or folder in one.parents:
                called = "filen" if one == place else masked(one.name)
                raise UserError(f"-o {file.name}: {called} er {what} og bliver ikke overskrevet. Vælg et andet navn.")


def refuse_if_filled(files: tuple[Path, ...]) -> None:
    """Raises ``UserError`` for a workbook that is there already: somebody may have filled it in."""
    for file in files:
        if file.suffix.lower() == ".xlsx" and file.exists():
            raise UserError(f"-o {file.name}: filen findes i forvejen og kan være udfyldt. Vælg et andet navn.")
