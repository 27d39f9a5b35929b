"""The command line: arguments in, files and an exit status out.

Exit status: 0 nothing at or above ``fail_on``; 1 there is; 2 no report was written; 3 the report is incomplete.
Everything that goes wrong before a report, Ctrl-C and a broken pipe too, is 2 and never 1.
"""

import contextlib
import gc
import gettext
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kommunecheck.audit_commands import reconcile, sample
from kommunecheck.commanding import FINDINGS, INCOMPLETE, NO_REPORT, Day, nearest
from kommunecheck.domain.errors import UserError, why
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.wording import number

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kommunecheck.app import Options, Setup
    from kommunecheck.domain.report import Report
    from kommunecheck.inspection.folder import Progress
    from kommunecheck.judging import Helpers
    from kommunecheck.nightly.compare import Known
    from kommunecheck.nightly.history import History
    from kommunecheck.ports import Pages, ReportFormat

Formats = Mapping[Path, "ReportFormat"]
"""The files that the report is written to, each with its format."""

Made = Mapping[tuple[str, str | None], "Pages | None"]
"""What the formats of plugins made of the report; ``None`` of one that failed."""

MOST_PROCESSES = 4
"""Processes that judge cases at a time: each keeps some hundred MB, and reading and writing gain nothing by more."""


def _speak_danish() -> None:
    """Click finds its own texts by gettext: give it the Danish ones, whatever language the machine speaks."""
    os.environ["LANGUAGE"] = "da"
    with as_file(files("kommunecheck") / "locale") as folder:
        gettext.bindtextdomain("kommunecheck", str(folder))
        gettext.textdomain("kommunecheck")


def main() -> None:
    """The entry point of the ``kommunecheck`` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an old console lacks some signs; a report is better than none
    gc.disable()  # a command runs once: looking for cycles among its millions of values finds none
    status = run(sys.argv[1:])
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with contextlib.suppress(OSError):  # nobody reads any more
            stream.flush()
    os._exit(status)  # taking a million values apart one by one would only keep the user waiting


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line and give its exit status. Prints errors in Danish; never raises."""
    _speak_danish()
    try:
        status = commands.main(list(arguments), prog_name="kommunecheck", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        _complain(error)
    except UserError as error:
        _say(f"Fejl: {masked(str(error))}")
    except (click.Abort, KeyboardInterrupt):
        _say("Afbrudt. Der er ikke skrevet nogen rapport.")
    except (BrokenPipeError, SystemExit):  # click turns a broken pipe into the exit status of findings
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - nothing more can be said there
    except MemoryError:
        _say("Fejl: der er ikke hukommelse nok. Der er ikke skrevet nogen rapport.")
    except Exception as error:
        _say(
            f"Intern fejl i kommunecheck ({type(error).__name__}, {_where(error)}). Der er ikke skrevet nogen rapport."
        )
    else:
        return status if isinstance(status, int) else 0
    return NO_REPORT


def _complain(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        _say(error.format_message())
        return
    if context is not None:
        _say(masked(context.get_usage()))
    _say(f"Fejl: {masked(error.format_message())}")


def _say(text: str) -> None:
    click.echo(text, err=True)


def _where(error: BaseException) -> str:
    """Module and line of the error; never its text, which could hold a value."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "ukendt sted" if trace is None else f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


class Format(click.ParamType[str]):
    """The name of a way to write the report."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if there is such a format."""
        from kommunecheck.plugins.host import load

        names = ["console", *(one.name for one in load().formats)]
        if value not in names:
            self.fail(f"der ventes et af formaterne {', '.join(names)}", param, ctx)
        return str(value)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[VALG]",
    subcommand_metavar="KOMMANDO [ARGUMENTER]...",
)
@click.version_option(package_name="kommunecheck", message="kommunecheck %(version)s", help="Vis versionen, og slut.")
def commands() -> None:
    """Find sagsbehandlingsskridt, der mangler eller er for sene, og hvad de koster i refusion - før staten gør det."""


@commands.command(options_metavar="[VALG]", short_help="Vurdér alle sager i en mappe med tabeller.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
@click.option("--from", "first", type=Day(), envvar="KOMMUNECHECK_FROM", help="Periodens første dag.")
@click.option("--to", type=Day(), envvar="KOMMUNECHECK_TO", help="Periodens sidste dag.")
@click.option("--cutoff", type=Day(), envvar="KOMMUNECHECK_CUTOFF", help="Den sidste dag, udtrækket kender til.")
@click.option(
    "--today",
    type=Day(),
    envvar="KOMMUNECHECK_TODAY",
    help="Dagen, accepter og grænser vurderes efter. Standard: i dag.",
)
@click.option(
    "--known-on",
    type=Day(),
    envvar="KOMMUNECHECK_KNOWN_ON",
    help="Vurdér med kun det, der var registreret til og med den dag.",
)
@click.option(
    "--select",
    multiple=True,
    envvar="KOMMUNECHECK_SELECT",
    metavar="KODE",
    help="Vis kun disse regler; kode eller begyndelsen af en. Kan gentages.",
)
@click.option(
    "--ignore",
    multiple=True,
    envvar="KOMMUNECHECK_IGNORE",
    metavar="KODE",
    help="Vis ikke disse regler. De tæller stadig i beløb og udfald. Kan gentages.",
)
@click.option(
    "-o",
    "--output",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Skriv rapporten til en fil; endelsen bestemmer formatet. Kan gentages.",
)
@click.option(
    "--for",
    "reader",
    type=click.Choice(["leder", "revisor", "sagsbehandler"]),
    envvar="KOMMUNECHECK_FOR",
    help="Hvem Word og Excel skrives for: samme tal i en anden rækkefølge og dybde.",
)
@click.option(
    "--split",
    type=click.Choice(["team"]),
    help="Skriv et Word-dokument for hvert team, med kun dets sager, i mappen efter -o.",
)
@click.option(
    "--format",
    "shown",
    type=Format(),
    default="console",
    envvar="KOMMUNECHECK_FORMAT",
    help="Hvad der skrives på skærmen: console, json, subject eller et andet format.",
)
@click.option(
    "--quiet-if-unchanged",
    "quiet",
    is_flag=True,
    envvar="KOMMUNECHECK_QUIET_IF_UNCHANGED",
    help="Skriv intet på skærmen, når intet er nyt eller værre. Kræver noget at sammenligne med.",
)
def check(
    path: Path | None,
    first: date | None,
    to: date | None,
    cutoff: date | None,
    today: date | None,
    known_on: date | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output: tuple[Path, ...],
    reader: str | None,
    split: str | None,
    shown: str,
    quiet: bool,
) -> int:
    """Vurdér alle sager i en mappe med tabeller, eller som en kommunecheck.toml siger.

    STI er en mappe eller en opsætningsfil. Uden STI bruges den nærmeste kommunecheck.toml i denne mappe eller over den.
    """
    from kommunecheck import app
    from kommunecheck.domain.report import Fact, Reader
    from kommunecheck.plugins.finished import made_by_plugins

    whom = None if reader is None else Reader(reader)
    options = app.Options(first, to, cutoff, _codes(select), _codes(ignore), today, known_on, reader=whom)
    files, folder = _divided(output, split)
    files = tuple(file.resolve() for file in files)  # a plugin may change the folder, and two paths be one file
    folder = folder and folder.resolve()
    with contextlib.redirect_stdout(sys.stderr):  # what a plugin prints is no part of the report
        setup = app.set_up(path or nearest(), options)
        formats = {file: _format_of(file, setup) for file in files}
        asked = [one for one in setup.plugins.formats if one.name == shown or one in formats.values()]
        facts = {fact for one in asked for fact in one.shows} | ({Fact.UPCOMING} if folder else set())
        if whom is Reader.CASE_WORKER:
            facts.discard(Fact.READINGS)  # what a case worker has no use for, and takes long
        drawn = any(one.timelines for one in asked)
        report = _with_progress(setup, replace(options, facts=frozenset(facts)), drawn)
        wanted = {(shown, None), *((one.name, file.name) for file, one in formats.items())}
        report, made = made_by_plugins(report, wanted, setup.plugins)
    parts = _by_team(report, folder, setup)
    _spare_the_sources({**formats, **{file: one for file, (one, _) in parts.items()}}, report, setup)
    with _made_if_needed(folder):
        _write_files(report, formats, parts, made)
    if setup.tonight.history is not None:
        setup.tonight.history.store(report)
    status = _status(report, setup)
    nothing_new = status == 0 and report.nightly is not None and report.nightly.compared
    if not (quiet and nothing_new):
        _show(report, shown, setup, made)
    return status


def _codes(given: tuple[str, ...]) -> tuple[str, ...]:
    """Codes may stand one an option or several with commas between them."""
    return tuple(code.strip().upper() for part in given for code in part.split(",") if code.strip())


def _format_of(file: Path, setup: "Setup") -> "ReportFormat":
    suffixes = {one.suffix: one for one in setup.plugins.formats if one.suffix is not None}
    if file.suffix.lower() not in suffixes:
        raise UserError(f"-o {file.name}: endelsen kendes ikke. Der kan skrives {', '.join(sorted(suffixes))}.")
    if not file.absolute().parent.is_dir():
        raise UserError(f"-o {file.name}: mappen findes ikke. Lav den først.")
    return suffixes[file.suffix.lower()]


def _divided(output: tuple[Path, ...], split: str | None) -> tuple[tuple[Path, ...], Path | None]:
    """The files to write, and the folder for a document of each team; a folder is there already or has no ending."""
    folders = [path for path in output if path.is_dir() or (split is not None and not path.suffix)]
    if split is None:
        if folders:
            raise click.BadParameter(f"{str(folders[0])!r} er en mappe.", param_hint="'-o' / '--output'")
        return output, None
    if len(folders) != 1:
        raise UserError("--split team: skriv én mappe til dokumenterne, fx -o teams/.")
    (folder,) = folders
    if not folder.parent.is_dir():
        raise UserError(f"-o {folder.name}: mappen, den skal ligge i, findes ikke. Lav den først.")
    if folder.exists() and not folder.is_dir():
        raise UserError(f"-o {folder.name}: det er en fil og ikke en mappe. Vælg et andet navn.")
    return tuple(path for path in output if path != folder), folder


Parts = Mapping[Path, "tuple[ReportFormat, Report]"]
"""The file of each part of a divided report, and what is to be written in it."""


def _by_team(report: "Report", folder: Path | None, setup: "Setup") -> Parts:
    """A Word document for each team."""
    if folder is None:
        return {}
    from kommunecheck.splitting import by_team, file_names

    word = next(one for one in setup.plugins.formats if one.suffix == ".docx")
    parts = by_team(report)
    return {folder / f"{name}.docx": (word, parts[team]) for team, name in file_names(parts).items()}


def _spare_the_sources(formats: Formats, report: "Report", setup: "Setup") -> None:
    """Raises ``UserError`` when a report would be written over a file of the municipality's."""
    from kommunecheck.writing import folder_of

    template = setup.config.report.word_template
    read = (source.file for source in report.run.sources.values())
    files = (*read, *report.run.left_out, *([template] if template else []))
    sources = {(setup.folder / file).resolve() for file in files if "\0" not in file}  # no file can have that name
    for file, one in formats.items():
        folder = None if one.pages is None else folder_of(file)
        if file in sources or any(folder in source.parents for source in sources):
            raise UserError(f"-o {file.name}: filen er en af kilderne og bliver ikke overskrevet. Vælg et andet navn.")


def _with_progress(setup: "Setup", options: "Options", timelines: bool = False) -> "Report":
    """Run, with a bar on a terminal and in silence elsewhere."""
    from kommunecheck import app

    if not sys.stderr.isatty():
        return app.run(setup, options, helpers=_helpers(), timelines=timelines)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Læser filerne", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, description="Vurderer sagerne", completed=done, total=total)

        return app.run(setup, options, show, helpers=_helpers(), timelines=timelines)


def _helpers() -> "Helpers | None":
    """Processes that take part in the judging, should there be many cases; ``None`` where there is no core for them."""
    from kommunecheck.judging import Helpers

    spare = min(os.cpu_count() or 1, MOST_PROCESSES) - 1
    return Helpers(spare, partial(_start, spare)) if spare else None


def _start(helpers: int) -> "Executor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(helpers, get_context("spawn"), _be_quiet)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever starts now inherits it: Ctrl-C is ours to answer
    try:
        for _ in range(helpers):
            executor.submit(os.getpid)  # one more is started for each
    finally:
        signal.signal(signal.SIGINT, before)
    return executor


def _be_quiet() -> None:
    """In a helper: whatever goes wrong there is told, or done again, by the process that the user started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for as long as the helper lives


@contextlib.contextmanager
def _made_if_needed(folder: Path | None) -> Iterator[None]:
    """The folder for the parts of a report; taken away again where nothing comes to be written in it."""
    new = folder is not None and not folder.exists()
    try:
        if folder is not None:
            folder.mkdir(exist_ok=True)
        yield
    except OSError as error:
        raise UserError(f"Rapporten kan ikke skrives: mappen {why(error)}.") from None
    finally:
        if new and folder is not None:
            with contextlib.suppress(OSError):  # there is something in it
                folder.rmdir()


def _write_files(report: "Report", formats: Formats, parts: Parts, made: Made) -> None:
    """Write every file whole or none at all.

    The file of a plugin's format that failed is not written, and the screen says so.
    """
    from kommunecheck.writing import Output, write_all

    outputs = []
    for file, one in formats.items():
        pages = made[one.name, file.name] if (one.name, file.name) in made else one.made(report, file.name)
        if pages is None:
            _say(f"{file.name} er ikke skrevet: formatet {one.name} gik i stykker.")
        else:
            outputs.append(Output(file, pages))
    outputs += [Output(file, one.made(part, file.name)) for file, (one, part) in parts.items()]
    write_all(outputs, [file for file, one in formats.items() if one.pages is not None])


def _show(report: "Report", shown: str, setup: "Setup", made: Made) -> None:
    if shown == "console":
        from kommunecheck.reports.console import print_report

        print_report(report)
        return
    one = next(one for one in setup.plugins.formats if one.name == shown)
    pages = made[shown, None] if (shown, None) in made else one.made(report, None)
    if pages is None:
        _say(f"Formatet {shown} gik i stykker, og der er intet at vise.")
        return
    for piece in pages.first:
        sys.stdout.buffer.write(piece)


def _status(report: "Report", setup: "Setup") -> int:
    if not report.run.complete:
        return INCOMPLETE
    if report.nightly is not None and report.nightly.broken:
        return FINDINGS
    bound = setup.config.rules.fail_on
    counting = (placed for placed in report.findings if placed.standing.counts)
    return FINDINGS if any(placed.severity.at_least(bound) for placed in counting) else 0


@commands.command(options_metavar="[VALG]", short_help="Forklar en regel, også i en bestemt sag.")
@click.argument("code", metavar="KODE")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
@click.option("--case", "sag_id", metavar="SAG", help="Forklar, hvordan denne sag er vurderet.")
@click.option("--from", "first", type=Day(), envvar="KOMMUNECHECK_FROM", help="Periodens første dag.")
@click.option("--to", type=Day(), envvar="KOMMUNECHECK_TO", help="Periodens sidste dag.")
@click.option("--cutoff", type=Day(), envvar="KOMMUNECHECK_CUTOFF", help="Den sidste dag, udtrækket kender til.")
def explain(
    code: str, path: Path | None, sag_id: str | None, first: date | None, to: date | None, cutoff: date | None
) -> None:
    """Forklar en regel; med --case også, hvordan den er brugt på en bestemt sag.

    KODE er reglens kode, fx VT101. STI er mappen eller opsætningsfilen, som sagen findes i.
    """
    from kommunecheck.account import account_for, find_check
    from kommunecheck.config import read_law
    from kommunecheck.plugins.host import load
    from kommunecheck.reports.explanation import print_account, print_explanation
    from kommunecheck.setup import Options

    if sag_id is None:
        if path is not None:
            raise UserError("Skriv også sagen: kommunecheck explain KODE --case SAG STI.")
        print_explanation(find_check(code.upper()), read_law(texts_besides=load().law_texts).acts)
        return
    account = account_for(path or nearest(), code.upper(), sag_id, Options(first, to, cutoff))
    print_account(account.rule, account.sag_id, account.weighed, account.findings, account.not_run)


@commands.command(options_metavar="[VALG]", short_help="Vis alle regler.")
def rules() -> None:
    """Vis alle regler med kode, navn, alvor og titel."""
    from kommunecheck.plugins.host import load
    from kommunecheck.reports.explanation import print_rules

    print_rules([one.RULE for one in load().stated])


@commands.command(options_metavar="[VALG]", short_help="Vis de dele og udvidelser, der er installeret.")
def plugins() -> int:
    """Vis, hvad kommunecheck selv og de installerede plugins bringer. Et plugin, der fejler, er nævnt med grunden."""
    from kommunecheck.plugins.host import load
    from kommunecheck.reports.plugins import print_plugins

    found = load()
    print_plugins(found.brought)
    return INCOMPLETE if found.failures else 0


@commands.command("new-check", options_metavar="[VALG]", short_help="Skriv et plugin med en ny regel, til at rette i.")
@click.argument("folder", metavar="MAPPE", type=click.Path(path_type=Path))
@click.option("--code", required=True, metavar="KODE", help="Reglens kode: to bogstaver og tre cifre, fx KK901.")
@click.option("--name", required=True, metavar="NAVN", help="Reglens og pluginets navn, fx telefonsamtale.")
def new_check(folder: Path, code: str, name: str) -> None:
    """Skriv et lille plugin med en regel, der virker, dens test og det, kommunecheck finder den ved.

    MAPPE er en ny mappe. Ret reglen til jeres egen; vejledningen docs/plugins.md følger den skridt for skridt.
    """
    from kommunecheck.plugins.host import load
    from kommunecheck.scaffold import write_check

    places = write_check(folder, code, name, load())
    click.echo(f"Skrev {len(places)} filer i {folder.name}; reglen {code} står i {places[3]}. Kør nu:")
    for command in ("-m pip install -e", "-m pytest"):
        click.echo(f"  python {command} {_typed(folder)}")
    click.echo(f"  kommunecheck explain {code}")


@commands.command(options_metavar="[VALG]", short_help="Skriv JSON Schema for rapport eller opsætning.")
@click.argument("what", metavar="report|config")
def schema(what: str) -> None:
    """Skriv JSON Schema for rapporten (report) eller opsætningen (config)."""
    from kommunecheck.reports.schema import schema_of

    sys.stdout.buffer.write(schema_of(what))


@commands.command(options_metavar="[VALG]", short_help="Se, hvad filer ligner, og hvad der skal stå om dem.")
@click.argument("paths", metavar="FIL [FIL ...]", nargs=-1, required=True, type=click.Path(path_type=Path))
def inspect(paths: tuple[Path, ...]) -> int:
    """Se, hvilke tabeller filer ligner, og få de linjer, der skal stå om dem i kommunecheck.toml.

    FIL er en fil med en tabel. Intet bliver ændret, og der vises hverken CPR-numre, navne eller tekster.
    """
    from kommunecheck.inspection.files import look_at
    from kommunecheck.plugins.host import load
    from kommunecheck.reports.inspection import print_seen

    plugins = load()
    status = 0
    for path in paths:
        try:
            looked = look_at(path, plugins)
        except UserError as error:
            _say(f"Fejl: {masked(str(error))}")
            status = NO_REPORT
            continue
        for seen in looked.seen:
            print_seen(seen, tuple(plugins.tables))
        for sentence in looked.refused:
            _say(sentence)
    return status


@commands.command(options_metavar="[VALG]", short_help="Skriv en opsætning til en mappe med tabeller.")
@click.argument("folder", metavar="MAPPE", type=click.Path(path_type=Path))
@click.option(
    "--start-file",
    is_flag=True,
    default=os.name == "nt",
    help="Skriv også kontroller.cmd, som kontrollerer mappen, når man dobbeltklikker på den. Sker altid på Windows.",
)
def init(folder: Path, start_file: bool) -> int:
    """Se på filerne i en mappe, og skriv den kommunecheck.toml, som check skal bruge for at læse dem.

    MAPPE er en mappe med tabeller. En opsætning, der er der i forvejen, bliver ikke overskrevet.
    """
    from kommunecheck.inspection.folder import look_in
    from kommunecheck.inspection.starting import refuse_to_overwrite, write_setup
    from kommunecheck.plugins.host import load
    from kommunecheck.reports.inspection import print_folder

    refuse_to_overwrite(folder)
    plugins = load()
    with _bar("Ser på filerne") as told:
        seen = look_in(folder, plugins, told)
    written = write_setup(folder, seen, [one.suffix for one in plugins.formats], start_file)
    print_folder(masked(folder.name or str(folder)), seen, written)
    command = f"kommunecheck check {_typed(folder)}"
    if seen.is_enough:
        click.echo(f"Kør nu: {command}")
        return 0
    click.echo(f"Udfyld det, der mangler, i kommunecheck.toml. Kør så: {command}")
    return FINDINGS


@commands.group(
    options_metavar="[VALG]",
    subcommand_metavar="KOMMANDO [ARGUMENTER]...",
    short_help="Vis og mål læsningen af notater.",
)
def journal() -> None:
    """Se, hvordan journalnotater bliver læst, og mål, hvor godt det går."""


@journal.command("read", options_metavar="[VALG]", short_help="Vis notater med det, der er læst i dem.")
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@click.option("--html", "page", metavar="FIL", type=click.Path(path_type=Path), help="Skriv det som en side i FIL.")
def read_journal(file: Path, page: Path | None) -> None:
    """Vis hvert notat med det, der er læst og afvist, og grunden til det.

    FIL er en fil med journalnotater, som check læser den, eller notater med facit (.jsonl). Notaternes tekst bliver
    vist. Kommunens egne ord læses i den nærmeste kommunecheck.toml.
    """
    from kommunecheck.inspection.notes import read_notes
    from kommunecheck.plugins.host import load
    from kommunecheck.reports.journal import print_notes
    from kommunecheck.reports.notes_page import notes_page

    notes = read_notes(file, load())
    if page is None:
        print_notes(notes)
        return
    if page.exists() and file.exists() and page.samefile(file):
        raise UserError(f"{page.name} er filen med notater. Skriv siden i en anden fil.")
    written = "".join(notes_page(notes))
    try:
        page.write_text(written, encoding="utf-8")
    except OSError as error:
        raise UserError(f"{page.name} {why(error)}.") from None


@journal.command("evaluate", options_metavar="[VALG]", short_help="Mål læsningen mod notater med facit.")
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv kun tallene, som JSON.")
def evaluate_journal(file: Path, as_json: bool) -> None:
    """Mål, hvor meget af det læste der er rigtigt, og hvor meget der er overset. Notaternes tekst bliver ikke vist.

    FIL har et JSON-objekt på hver linje: text, placed (null eller "1" til "5"), areas (en liste) og jobseeker (true
    eller false).
    """
    from kommunecheck.inspection.notes import evaluate_file
    from kommunecheck.plugins.host import load
    from kommunecheck.reports.journal import evaluation_as_json, print_evaluation

    evaluation = evaluate_file(file, load())
    if as_json:
        click.echo(evaluation_as_json(evaluation))
    else:
        print_evaluation(evaluation)


@contextlib.contextmanager
def _bar(title: str) -> Iterator["Progress | None"]:
    """A bar on a terminal, to be told how far one has come; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _typed(path: Path) -> str:
    """The path as it is typed on a command line."""
    text = str(path)
    return f'"{text}"' if set(text) & set(" &()") else text


@commands.command(options_metavar="[VALG]", short_help="Skriv en opdigtet kommune at prøve på.")
@click.argument("folder", metavar="MAPPE", type=click.Path(path_type=Path))
@click.option(
    "--cases",
    type=click.IntRange(1, 10_000_000),
    default=1000,
    show_default=True,
    metavar="ANTAL",
    help="Hvor mange sager.",
)
@click.option("--seed", type=int, default=1, show_default=True, metavar="TAL", help="Samme tal giver samme kommune.")
def demo(folder: Path, cases: int, seed: int) -> None:
    """Skriv en opdigtet kommune med kendte slags fejl, til at prøve på."""
    from kommunecheck.demo import write_demo

    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder.name} er en fil. Vælg en ny mappe.")
    if folder.exists() and any(folder.iterdir()):
        raise UserError(f"{folder.name} er ikke tom. Vælg en ny mappe, så intet bliver overskrevet.")
    folder.mkdir(parents=True, exist_ok=True)
    write_demo(folder, cases, seed)
    click.echo(f"Skrev {cases} opdigtede sager i {folder.name}. Prøv: kommunecheck check {folder}")


@commands.group(
    options_metavar="[VALG]", subcommand_metavar="KOMMANDO", short_help="Kendte fund, som ikke tæller igen."
)
def baseline() -> None:
    """Gem de fund, kommunen kender, så kun det, der er nyt eller værre, tæller i næste kørsel.

    Filen står som [baseline] file i kommunecheck.toml. Alle fund vises stadig i rapporten.
    """


@baseline.command(options_metavar="[VALG]", short_help="Gem alle fund som kendte.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def create(path: Path | None) -> int:
    """Gem alle fund som kendte i en ny fil. En fil, der er der i forvejen, bliver ikke overskrevet."""
    from kommunecheck.app import Options
    from kommunecheck.nightly.baseline import known_by

    setup, file = _with_baseline(path, Options(compare=False))
    if file.exists():
        raise UserError(f"{file.name} findes i forvejen. Tag nye fund med: kommunecheck baseline update.")
    report = _with_progress(setup, Options(compare=False))
    return _keep(report, file, known_by(report))


@baseline.command(options_metavar="[VALG]", short_help="Tag nye fund med, og husk dem, der er løst.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def update(path: Path | None) -> int:
    """Tag nye fund med blandt de kendte. Løste fund huskes: kommer et tilbage, er det genopstået."""
    from kommunecheck.app import Options
    from kommunecheck.nightly.baseline import updated

    setup, file = _with_baseline(path, Options())
    report = _with_progress(setup, Options())
    assert setup.tonight.known is not None  # noqa: S101 - the file is read, or the run ends
    return _keep(report, file, updated(setup.tonight.known, report))


@baseline.command(options_metavar="[VALG]", short_help="Vis de kendte fund.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def show(path: Path | None) -> None:
    """Vis, hvor mange fund der er kendte, regel for regel, og hvad de koster."""
    from kommunecheck.app import Options
    from kommunecheck.reports.keeping import print_known

    setup, _ = _with_baseline(path, Options())
    assert setup.tonight.known is not None  # noqa: S101 - the file is read, or the run ends
    print_known(setup.tonight.known.findings, len(setup.tonight.known.gone), setup.plugins.rules)


def _with_baseline(path: Path | None, options: "Options") -> tuple["Setup", Path]:
    """The setup, and the file of known findings that it names."""
    from kommunecheck import app

    setup = app.set_up(path or nearest(), options)
    if setup.config.baseline.file is None:
        raise UserError('Skriv i kommunecheck.toml, hvor de kendte fund skal stå: [baseline] file = "baseline.json".')
    return setup, setup.folder / setup.config.baseline.file


def _keep(report: "Report", file: Path, known: "Known") -> int:
    """Write the known findings, unless the run that found them was incomplete."""
    from kommunecheck.nightly.baseline import written
    from kommunecheck.writing import write_whole

    if not report.run.complete:
        _say("Kørslen er ufuldstændig. De kendte fund er ikke skrevet.")
        return INCOMPLETE
    write_whole(file, written(known))
    click.echo(f"{file.name}: {number(len(known.findings), 'kendt fund', 'kendte fund')}.")
    return 0


@commands.group(options_metavar="[VALG]", subcommand_metavar="KOMMANDO", short_help="Fund, kommunen har accepteret.")
def waiver() -> None:
    """Accepter fund med en grund, en hjemmel, en godkender og en sidste dag.

    Filen står som [waivers] file i kommunecheck.toml. Et accepteret fund vises stadig i rapporten, og begge beløb står.
    """


@waiver.command(options_metavar="[VALG]", short_help="Accepter et fund, eller fund af en regel.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
@click.option("--id", "name", required=True, metavar="ID", help="Et navn til accepten, som ingen anden har.")
@click.option("--code", "codes", multiple=True, required=True, metavar="KODE", help="Reglens kode. Kan gentages.")
@click.option("--fingerprint", metavar="KENDEMÆRKE", help="Ét fund, ved dets kendemærke fra JSON-rapporten.")
@click.option("--case", "sag_id", metavar="SAG", help="Fund i denne sag.")
@click.option("--date", "day", type=Day(), help="Kun fund med denne dato; hører til --case.")
@click.option("--from", "first", type=Day(), help="Alle fund med dato fra og med denne dag.")
@click.option("--to", type=Day(), help="Til og med denne dag.")
@click.option("--reason", required=True, metavar="TEKST", help="Hvorfor fundet accepteres.")
@click.option("--legal-basis", required=True, metavar="TEKST", help="Hjemlen, fx »særlige tilfælde, vejl. til § 5«.")
@click.option("--author", required=True, metavar="HVEM", help="Den, der skriver.")
@click.option("--approved-by", required=True, metavar="HVEM", help="Den, der godkender; en anden.")
@click.option("--expires", required=True, type=Day(), help="Acceptens sidste dag.")
@click.option("--today", type=Day(), envvar="KOMMUNECHECK_TODAY", help="Dagen i dag.")
def add(
    path: Path | None,
    name: str,
    codes: tuple[str, ...],
    fingerprint: str | None,
    sag_id: str | None,
    day: date | None,
    first: date | None,
    to: date | None,
    reason: str,
    legal_basis: str,
    author: str,
    approved_by: str,
    expires: date,
    today: date | None,
) -> None:
    """Skriv en accept sidst i filen. Er noget galt med den, bliver intet skrevet."""
    from kommunecheck.nightly.waivers import added
    from kommunecheck.writing import write_whole

    setup, file = _with_waivers(path, today)
    asked = {
        "id": name,
        "codes": list(_codes(codes)),
        "fingerprint": fingerprint,
        "sag_id": sag_id,
        "date": day,
        "from": first,
        "to": to,
        "reason": reason,
        "legal_basis": legal_basis,
        "author": author,
        "approved_by": approved_by,
        "expires": expires,
    }
    given = {key: value for key, value in asked.items() if value is not None}
    content = added(file, given, setup.plugins.rules, setup.tonight.today, setup.config.waivers.longest_days)
    write_whole(file, content)
    click.echo(f"{file.name}: accepten {name} er skrevet.")


@waiver.command("list", options_metavar="[VALG]", short_help="Vis accepterne, den der udløber først øverst.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
@click.option("--expiring-in", type=click.IntRange(0), metavar="DAGE", help="Kun dem, der udløber inden så mange dage.")
@click.option("--today", type=Day(), envvar="KOMMUNECHECK_TODAY", help="Dagen i dag.")
def list_(path: Path | None, expiring_in: int | None, today: date | None) -> None:
    """Vis accepterne, den der udløber først øverst."""
    from kommunecheck.reports.keeping import print_waivers

    setup, _ = _with_waivers(path, today)
    now = setup.tonight.today
    shown = [
        (one.id, ", ".join(one.codes), one.what, one.expires.toordinal())
        for one in setup.tonight.waivers or ()
        if expiring_in is None or now <= one.expires <= now + timedelta(days=expiring_in)
    ]
    print_waivers(shown, now.toordinal())


@waiver.command("check", options_metavar="[VALG]", short_help="Se, om accepterne stadig dækker noget.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
@click.option("--today", type=Day(), envvar="KOMMUNECHECK_TODAY", help="Dagen i dag.")
def check_waivers(path: Path | None, today: date | None) -> int:
    """Se, hvad hver accept dækker i udtrækket. Udløbne accepter og dem, der intet dækker, er nævnt."""
    from kommunecheck.app import Options
    from kommunecheck.reports.keeping import print_uses

    setup, _ = _with_waivers(path, today)
    report = _with_progress(setup, Options(today=today))
    uses = () if report.nightly is None else report.nightly.uses
    print_uses(uses)
    return FINDINGS if any(not use.sound for use in uses) else 0


def _with_waivers(path: Path | None, today: date | None) -> tuple["Setup", Path]:
    """The setup, and the file of accepted findings that it names."""
    from kommunecheck import app

    setup = app.set_up(path or nearest(), app.Options(today=today))
    if setup.config.waivers.file is None:
        raise UserError('Skriv i kommunecheck.toml, hvor accepterne skal stå: [waivers] file = "waivers.toml".')
    return setup, setup.folder / setup.config.waivers.file


@commands.command(options_metavar="[VALG]", short_help="Vis de kørsler, der er gemt.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def history(path: Path | None) -> None:
    """Vis de kørsler, der er gemt i [history] database, den ældste først."""
    from kommunecheck.reports.keeping import print_runs

    print_runs(_history(path).runs())


@commands.command(options_metavar="[VALG]", short_help="Sammenlign to kørsler.")
@click.argument("before", metavar="A", type=int)
@click.argument("after", metavar="B", type=int)
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def diff(before: int, after: int, path: Path | None) -> int:
    """Vis, hvad der er kommet, gået og ændret fra kørsel A til kørsel B, og hvad det betyder i kroner.

    A og B er numre fra kommunecheck history.
    """
    from kommunecheck.nightly.difference import between
    from kommunecheck.reports.keeping import print_difference

    kept = _history(path)
    difference = between(kept, before, after)
    print_difference(difference)
    return FINDINGS if difference.is_worse else 0


@commands.command(options_metavar="[VALG]", short_help="Vis de seneste tolv måneder.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
def trend(path: Path | None) -> None:
    """Vis de seneste tolv måneder: fejl, tab og det, der løber, og hvad hver regel og hvert team er kommet til.

    Den sidste kørsel i hver måned står for den.
    """
    from kommunecheck.nightly.trend import months_of
    from kommunecheck.reports.keeping import print_trend

    print_trend(months_of(_history(path).runs()))


def _history(path: Path | None) -> "History":
    from kommunecheck import app

    setup = app.set_up(path or nearest(), app.Options(compare=False))
    if setup.tonight.history is None:
        raise UserError(
            'Skriv i kommunecheck.toml, hvor kørslerne skal gemmes: [history] database = "historik.sqlite".'
        )
    return setup.tonight.history


commands.add_command(reconcile)
commands.add_command(sample)
