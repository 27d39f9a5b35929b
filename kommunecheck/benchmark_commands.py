"""The command that holds reports against one another."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommunecheck.commanding import FORMAT, INCOMPLETE, bar_on_terminal, checked, spare, writes
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked

if TYPE_CHECKING:
    from kommunecheck.benchmark.measuring import Told
    from kommunecheck.plugins.host import Plugins

ENDINGS = (".html", ".json", ".xlsx")


@click.command(options_metavar="[VALG]", short_help="Sammenlign kommuners rapporter, eller én kommunes over tid.")
@click.argument("reports", metavar="RAPPORT [RAPPORT ...]", nargs=-1, required=True)
@writes(".html, .xlsx eller .json. Kan gentages")
@FORMAT
def benchmark(reports: tuple[str, ...], output: tuple[Path, ...], shown: str) -> int:
    """Sammenlign flere kommuners rapporter, én kommunes rapporter over tid, eller begge dele.

    RAPPORT er en rapport fra check -o rapport.json, en mappe med rapporter eller et mønster som 2007/*.json. Kun det,
    der er opgjort ens, sammenlignes; resten er nævnt med grunden. Målene læses i den nærmeste kommunecheck.toml.
    """
    from kommunecheck.benchmark.whole import benchmark as compared
    from kommunecheck.reports.benchmark import console, excel, html, json
    from kommunecheck.setup import configured_near, named_at, nearest

    files = checked(output, ENDINGS)
    sources = found(reports, files)
    configuration = nearest(Path.cwd())
    spare(dict.fromkeys(files), (), {} if configuration is None else named_at(configuration))
    config, plugins = configured_near(Path.cwd())
    with bar_on_terminal("Læser rapporterne") as told:
        made = compared(sources, config.benchmark.goals, _told(plugins), told or _in_silence)
    write = {".html": html.write, ".json": json.write, ".xlsx": excel.write}
    _write(files, {file: write[file.suffix.lower()](made) for file in files})
    if shown == "json":
        sys.stdout.buffer.write(json.write(made))
    else:
        console.print_benchmark(made)
    return INCOMPLETE if made.refused else 0


def _in_silence(_done: int, _total: int) -> None:
    """Nobody watches."""


def found(reports: Iterable[str], outputs: Sequence[Path]) -> list[Path]:
    """The files of reports that were asked for, each once. In a folder, what is to be written is no report.

    Raises ``UserError`` for a folder or a pattern without reports, and where a report would be written over.
    """
    files: dict[Path, Path] = {}
    for text in reports:
        path = Path(text)
        if path.is_dir():
            some = [file for file in sorted(path.glob("*.json")) if file.resolve() not in outputs]
        elif not path.exists() and any(sign in path.name for sign in "*?["):
            some = [file for file in sorted(path.parent.glob(path.name)) if file.resolve() not in outputs]
        else:
            some = [path]
        if not some:
            raise UserError(f"{masked(path.name)}: der er ingen rapporter (.json).")
        files |= {file.resolve(): file for file in some}
    for file in outputs:
        if file in files:
            raise UserError(f"-o {masked(file.name)}: filen er en af rapporterne og bliver ikke overskrevet.")
    return list(files.values())


def _write(files: Iterable[Path], made: Mapping[Path, bytes]) -> None:
    """Every file whole, or none."""
    from kommunecheck.ports import Pages
    from kommunecheck.writing import Output, write_all

    write_all([Output(file, Pages((made[file],), ())) for file in files])


def _told(plugins: "Plugins") -> "Told":
    """What is known here of each rule."""
    from kommunecheck.benchmark.measuring import Told

    stated = {one.RULE.code: one for one in plugins.stated}
    return Told({code: one.RULE for code, one in stated.items()}, {code: one.EXPLAIN for code, one in stated.items()})


COMMANDS: tuple[click.Command, ...] = (benchmark,)
"""What the command line adds."""
