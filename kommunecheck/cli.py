"""The command line: arguments in, files and an exit status out.

Exit status: 0 nothing at or above ``fail_on``; 1 there is; 2 no report was written; 3 the report is incomplete, or it
stands in its files but could not be shown. Everything that goes wrong before a report, Ctrl-C and a broken pipe too, is
2 and never 1.
"""

import contextlib
import gc
import gettext
import os
import signal
import sys
from collections.abc import Sequence
from datetime import date
from errno import ELOOP, ENAMETOOLONG
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NoReturn

import click

from kommunecheck import (
    audit_commands,
    benchmark_commands,
    documenting_commands,
    nightly_commands,
    returned_commands,
)
from kommunecheck.commanding import (
    CUTOFF,
    FINDINGS,
    FROM,
    INCOMPLETE,
    NO_REPORT,
    TO,
    Day,
    ScreenError,
    bar_on_terminal,
    codes_in,
    nearest,
    say,
    screen_of,
)
from kommunecheck.domain.errors import UserError, why
from kommunecheck.domain.privacy import masked
from kommunecheck.writing import filling, note_placed, noting_what_is_placed, write_whole


def _speak_danish() -> None:
    """Click finds its own texts by gettext: give it the Danish ones, whatever language the machine speaks."""
    os.environ["LANGUAGE"] = "da"
    with as_file(files("kommunecheck") / "locale") as folder:
        gettext.bindtextdomain("kommunecheck", str(folder))
        gettext.textdomain("kommunecheck")


def main() -> None:
    """The entry point of the ``kommunecheck`` command."""
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="replace")  # an old console lacks some signs
    sys.stdout = screen_of(sys.stdout)
    signal.signal(signal.SIGTERM, _end)
    gc.disable()  # a command runs once: looking for cycles among its millions of values finds none
    status = run(sys.argv[1:])
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with contextlib.suppress(OSError):  # nobody reads any more
            stream.flush()
    os._exit(status)  # taking a million values apart one by one would only keep the user waiting


def _end(number: int, _frame: object) -> NoReturn:
    """Whoever asks us to end is answered as Ctrl-C is. Once is enough: what was begun is to be taken away in peace."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line and give its exit status. Prints errors in Danish; never raises."""
    _speak_danish()
    with noting_what_is_placed() as placed:
        try:
            status = commands.main(list(arguments), prog_name="kommunecheck", standalone_mode=False)
            sys.stdout.flush()
        except click.ClickException as error:
            _complain(error)
        except UserError as error:
            say(" ".join((f"Fejl: {masked(str(error))}", *([_written(placed)] if placed else []))))
            return INCOMPLETE if placed else NO_REPORT
        except (click.Abort, KeyboardInterrupt):
            say(f"Afbrudt. {_written(placed)}")
        except (BrokenPipeError, SystemExit):  # click turns a broken pipe into the exit status of findings
            return _unseen(placed)
        except ScreenError as error:
            say(f"Fejl: det, der skulle vises, kan ikke skrives: {error}. {_written(placed)}")
            return _unseen(placed)
        except MemoryError:
            say(f"Fejl: der er ikke hukommelse nok. {_written(placed)}")
        except BaseException as error:  # a panic of polars is no Exception
            say(f"{_what_went_wrong(error)} {_written(placed)}")
        else:
            return status if isinstance(status, int) else 0
    return NO_REPORT


ENOUGH = 40
"""How much of too long a name tells which it is."""


def _what_went_wrong(error: BaseException) -> str:
    """What nobody foresaw: it is our fault, unless a path has no folder to start from or a name that no file can have.

    Such a path may stand on any command line and in many places of a configuration, and the first look at it fails.
    """
    if isinstance(error, FileNotFoundError) and not _is_somewhere():
        return "Fejl: den mappe, kommandoen er startet i, findes ikke mere. Gå til en anden, og kør igen."
    if isinstance(error, OSError) and error.errno == ENAMETOOLONG:
        longest = max(Path(masked(str(error.filename))).parts, key=len, default="")
        return f"Fejl: {longest[:ENOUGH]}… {why(error)}."
    if getattr(error, "errno", None) == ELOOP or (isinstance(error, RuntimeError) and "Symlink loop" in str(error)):
        return "Fejl: en genvej peger på sig selv, så der er ingen fil bag den. Slet genvejen, og kør igen."
    return f"Intern fejl i kommunecheck ({type(error).__name__}, {_where(error)})."


def _is_somewhere() -> bool:
    """Whether the folder that the command was started in is still there."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return False
    return True


def _written(placed: Sequence[Path]) -> str:
    """What was written before something went wrong."""
    if not placed:
        return "Der er ikke skrevet nogen rapport."
    return f"{masked(placed[0].name)} er skrevet." if len(placed) == 1 else f"{len(placed)} filer er skrevet."


def _unseen(placed: Sequence[Path]) -> int:
    """The exit status where what was to be shown could not be: of what was asked for, only ``placed`` is written."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - nothing more can be said there
    return INCOMPLETE if placed else NO_REPORT


def _complain(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        say(error.format_message())
        return
    if context is not None:
        say(masked(context.get_usage()))
    say(f"Fejl: {masked(error.format_message())}")


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
        if value == "console":  # the usual one, for which no plugin need be asked
            return "console"
        from kommunecheck.plugins.host import load

        names = ["console", *(one.name for one in load().formats)]
        if value not in names:
            self.fail(f"der ventes et af formaterne {', '.join(names)}", param, ctx)
        return str(value)


class Commands(click.Group):
    """Our commands, and those of plugins, which are looked for where we have none of the name."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of the name."""
        return super().get_command(ctx, cmd_name) or _of_plugins(ctx).get(cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all of them."""
        return sorted({*super().list_commands(ctx), *_of_plugins(ctx)})


def _of_plugins(ctx: click.Context) -> dict[str, click.Command]:
    """The commands of plugins, looked for once in a command line."""
    from kommunecheck.plugins.commands import commands

    if commands.__module__ not in ctx.meta:
        ctx.meta[commands.__module__] = commands()
    found: dict[str, click.Command] = ctx.meta[commands.__module__]
    return found


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[VALG]",
    subcommand_metavar="KOMMANDO [ARGUMENTER]...",
)
@click.version_option(package_name="kommunecheck", message="kommunecheck %(version)s", help="Vis versionen, og slut.")
def commands() -> None:
    """Find sagsbehandlingsskridt, der mangler eller er for sene, og hvad de koster i refusion - før staten gør det."""


@commands.command(options_metavar="[VALG]", short_help="Vurdér alle sager i en mappe med tabeller.")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
@FROM
@TO
@CUTOFF
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
    type=click.Path(),
    metavar="FIL",
    help="Skriv rapporten til en fil; endelsen bestemmer formatet. Kan gentages. MAPPE/ giver en bevismappe.",
)
@click.option(
    "--for",
    "reader",
    type=click.Choice(["leder", "revisor", "sagsbehandler"]),
    envvar="KOMMUNECHECK_FOR",
    help="Hvem Word, Excel og HTML skrives for: samme tal i en anden rækkefølge og dybde.",
)
@click.option(
    "--split",
    type=click.Choice(["team"]),
    help="Skriv et Word-dokument og en HTML-side for hvert team, med kun dets sager, i mappen efter -o.",
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
@click.option(
    "--no-cache",
    "anew",
    is_flag=True,
    envvar="KOMMUNECHECK_NO_CACHE",
    help="Kør, også når historikken har svaret fra en kørsel på det samme.",
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
    output: tuple[str, ...],
    reader: str | None,
    split: str | None,
    shown: str,
    quiet: bool,
    anew: bool,
) -> int:
    """Vurdér alle sager i en mappe med tabeller, eller som en kommunecheck.toml siger.

    STI er en mappe eller en opsætningsfil. Uden STI bruges den nærmeste kommunecheck.toml i denne mappe eller over den.
    """
    from kommunecheck.checking import Asked, carry_out, places
    from kommunecheck.domain.report import Reader
    from kommunecheck.setup import Options

    whom = None if reader is None else Reader(reader)
    options = Options(first, to, cutoff, codes_in(select), codes_in(ignore), today, known_on, reader=whom)
    files, bundle, teams = places(output, split)
    return carry_out(path or nearest(), options, Asked(files, bundle, teams, shown, quiet, anew))


@commands.command(options_metavar="[VALG]", short_help="Forklar en regel, også i en bestemt sag.")
@click.argument("code", metavar="KODE")
@click.argument("path", metavar="[STI]", required=False, type=click.Path(path_type=Path))
@click.option("--case", "sag_id", metavar="SAG", help="Forklar, hvordan denne sag er vurderet.")
@FROM
@TO
@CUTOFF
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
    print_account(account_for(path or nearest(), code.upper(), sag_id, Options(first, to, cutoff)))


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
@click.argument("what", metavar="report|config|reconcile|sample|sample-evaluate|supervised|benchmark")
def schema(what: str) -> None:
    """Skriv JSON Schema for rapporten (report), opsætningen (config) eller det, som en anden kommando skriver."""
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
            say(f"Fejl: {masked(str(error))}")
            status = NO_REPORT
            continue
        for seen in looked.seen:
            print_seen(seen, tuple(plugins.tables))
        for sentence in looked.refused:
            say(sentence)
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
    with bar_on_terminal("Ser på filerne") as told:
        seen = look_in(folder, plugins, told)
    written = write_setup(folder, seen, [one.suffix for one in plugins.formats], start_file)
    note_placed(*(folder / name for name in written))
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
    from kommunecheck.reports.journal import print_notes
    from kommunecheck.reports.notes_page import notes_page

    notes = read_notes(file)
    if page is None:
        print_notes(notes)
        return
    if page.exists() and file.exists() and page.samefile(file):
        raise UserError(f"{page.name} er filen med notater. Skriv siden i en anden fil.")
    if page.suffix.lower() not in (".html", ".htm"):  # so it is written over no table either
        raise UserError(f"--html {page.name}: siden kan kun skrives som .html.")
    write_whole(page, "".join(notes_page(notes)).encode())


@journal.command("evaluate", options_metavar="[VALG]", short_help="Mål læsningen mod notater med facit.")
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Skriv kun tallene, som JSON.")
def evaluate_journal(file: Path, as_json: bool) -> None:
    """Mål, hvor meget af det læste der er rigtigt, og hvor meget der er overset. Notaternes tekst bliver ikke vist.

    FIL har et JSON-objekt på hver linje: text, placed (null eller "1" til "5"), areas (en liste) og jobseeker (true
    eller false).
    """
    from kommunecheck.inspection.notes import evaluate_file
    from kommunecheck.reports.journal import evaluation_as_json, print_evaluation

    evaluation = evaluate_file(file)
    if as_json:
        click.echo(evaluation_as_json(evaluation))
    else:
        print_evaluation(evaluation)


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
@click.option(
    "--kommuner",
    "municipalities",
    type=click.IntRange(2, 999),
    metavar="ANTAL",
    help="Skriv i stedet rapporter fra så mange opdigtede kommuner, til benchmark.",
)
@click.option(
    "--quarters",
    type=click.IntRange(1, 12),
    default=12,
    show_default=True,
    metavar="ANTAL",
    help="Hvor mange kvartaler fra 2007 hver kommune har en rapport om; hører til --kommuner.",
)
def demo(folder: Path, cases: int, seed: int, municipalities: int | None, quarters: int) -> None:
    """Skriv en opdigtet kommune med kendte slags fejl, til at prøve på; eller rapporter fra mange."""
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder.name} er en fil. Vælg en ny mappe.")
    if folder.exists() and any(folder.iterdir()):
        raise UserError(f"{folder.name} er ikke tom. Vælg en ny mappe, så intet bliver overskrevet.")
    if municipalities is not None:
        from kommunecheck.demo_group import write_group

        with filling(folder), bar_on_terminal("Skriver rapporterne") as told:
            written = write_group(folder, municipalities, quarters, seed, told)
        click.echo(f"Skrev {written} opdigtede rapporter i {folder.name}. Prøv:")
        click.echo(f"  kommunecheck benchmark {_typed(folder)} -o sammenligning.html")
        return
    from kommunecheck.demo import write_demo

    with filling(folder):
        write_demo(folder, cases, seed)
    click.echo(f"Skrev {cases} opdigtede sager i {folder.name}. Prøv: kommunecheck check {_typed(folder)}")


for command in (
    *nightly_commands.COMMANDS,
    *audit_commands.COMMANDS,
    *benchmark_commands.COMMANDS,
    *documenting_commands.COMMANDS,
    *returned_commands.COMMANDS,
):
    commands.add_command(command)
