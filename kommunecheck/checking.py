"""What ``check`` does: a run, its files, what goes on the screen, and its exit status.

With a history, a run on the same grounds as the last one is answered with what that one wrote.
"""

import contextlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kommunecheck import app
from kommunecheck.commanding import FINDINGS, INCOMPLETE, say, sources_of, spare, with_progress
from kommunecheck.domain.days import danish
from kommunecheck.domain.errors import UserError, why_unwritten
from kommunecheck.domain.report import Fact, Report
from kommunecheck.domain.standing import State
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.evidence import Hashed, files_of, manifest_of, refuse_to_replace, told
from kommunecheck.grounds import Grounds, grounds_of, inputs_of
from kommunecheck.nightly.answer import Answer, Keeper, kept_answer, place_of
from kommunecheck.nightly.history import History
from kommunecheck.plugins.finished import made_by_plugins
from kommunecheck.ports import Pages, ReportFormat
from kommunecheck.setup import Options, Setup
from kommunecheck.writing import (
    Output,
    folder_of,
    noting_what_is_placed,
    refuse_no_folder,
    write_all,
    write_folder,
    write_whole,
)

Formats = Mapping[Path, ReportFormat]
"""The files that the report is written to, each with its format."""

Made = Mapping[tuple[str, str | None], Pages | None]
"""What the formats of plugins made of the report; ``None`` of one that failed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be written: ``files``, a ``bundle`` of evidence, and a document for each team in ``teams``.

    ``shown`` is the format on the screen; ``quiet``: nothing goes there where nothing is new. ``anew``: a run that was
    run before is run again.
    """

    files: tuple[Path, ...]
    bundle: Path | None
    teams: Path | None
    shown: str
    quiet: bool
    anew: bool


class Wanted(NamedTuple):
    """What is asked for, with what is known of it when everything is set up."""

    asked: Asked
    formats: Formats
    screen: ReportFormat | None
    """``None`` is the console."""


class Done(NamedTuple):
    """How a run came out, and what goes on the screen, in pieces."""

    answer: Answer
    screen: Iterable[bytes]


def places(output: tuple[str, ...], split: str | None) -> tuple[tuple[Path, ...], Path | None, Path | None]:
    """The files to write, the folder for a bundle, and the folder for a document of each team.

    A folder is there already or is written with a line behind it; for the teams, also one without an ending.
    """
    folders = [text for text in output if _is_folder(text) or (split is not None and not Path(text).suffix)]
    files = tuple(Path(text).resolve() for text in output if text not in folders)  # two paths may be one file
    if split is None and not folders:
        return files, None, None
    if len(folders) != 1:
        for_what = "dokumenterne, fx -o teams/" if split is not None else "bevismappen, fx -o bevis/"
        raise UserError(f"{'-o' if split is None else '--split team'}: skriv én mappe til {for_what}.")
    folder = Path(folders[0]).resolve()
    if split is None:
        refuse_to_replace(folder)
        return files, folder, None
    refuse_no_folder(folder, folder.name)
    return files, None, folder


def _is_folder(text: str) -> bool:
    return text.endswith(("/", os.sep)) or Path(text).is_dir()


def carry_out(path: Path, options: Options, asked: Asked) -> int:
    """Check what is at ``path``, write what is asked for, and give the exit status."""
    begun = time.monotonic()
    setup = app.set_up(path, options)
    formats = {file: _format_of(file, setup) for file in asked.files}
    wanted = Wanted(asked, formats, next((one for one in setup.plugins.formats if one.name == asked.shown), None))
    history = setup.tonight.history
    if history is None:
        done = _run(setup, options, wanted, None, None)
    else:
        with history.alone(lambda: say("Venter på en anden kørsel, som bruger historikken.")):
            done = _with_history(setup, options, wanted, history)
    answer = done.answer
    if not (asked.quiet and answer.nothing_new):
        _show(done.screen, wanted)
        if history is not None:  # not before: what cannot be shown ends otherwise than the line says
            say(f"kommunecheck: {answer.said}, {_seconds(time.monotonic() - begun)}.")
    return answer.status


def _plugins_aside() -> contextlib.AbstractContextManager[object]:
    """What a plugin prints is no part of the report."""
    return contextlib.redirect_stdout(sys.stderr)


def _show(screen: Iterable[bytes], wanted: Wanted) -> None:
    if wanted.screen is None:  # text, with the line ends of the machine
        sys.stdout.write(b"".join(screen).decode())
    else:
        for piece in screen:
            sys.stdout.buffer.write(piece)
    sys.stdout.flush()


def _seconds(passed: float) -> str:
    return f"{passed:.1f} s".replace(".", ",")


def _with_history(setup: Setup, options: Options, wanted: Wanted, history: History) -> Done:
    """A run that is kept, or the answer that is kept of the same run."""
    if _cannot_be_kept(setup, wanted):
        return _run(setup, options, wanted, None, None)
    grounds = grounds_of(setup, options, tuple(wanted.formats))
    labels = {file: _label(one, file.name) for file, one in wanted.formats.items()}
    on_screen = _screen_label(wanted)
    kept = None if wanted.asked.anew else kept_answer(history, grounds.key, {*labels.values(), on_screen})
    if kept is None:
        return _run(setup, options, wanted, grounds, Keeper())
    _spare(wanted.formats, (setup.folder / name for name in grounds.inputs), setup)
    outputs = [Output(file, kept.outputs[label]) for file, label in labels.items()]
    write_all(outputs, [file for file, one in wanted.formats.items() if one.pages is not None])
    said = f"{kept.answer.said}, uændret og besvaret fra historikken"
    return Done(kept.answer._replace(said=said), kept.outputs[on_screen].first)


def _cannot_be_kept(setup: Setup, wanted: Wanted) -> bool:
    """Whether what is written may hold more than may be kept, or is more than a report.

    Sentences of notes and CPR numbers do, and what a plugin's own format writes nobody knows. Evidence is a run, and no
    answer.
    """
    privacy = setup.config.privacy
    outside = {one.name for _, one in setup.plugins.formats_from_outside}
    named = {one.name for one in wanted.formats.values()} | {wanted.asked.shown}
    more = wanted.asked.bundle is not None or wanted.asked.teams is not None
    return more or privacy.quote_notes or privacy.cpr != "none" or not outside.isdisjoint(named)


def _label(one: ReportFormat, file: str) -> str:
    """What an output is kept under: one of more than one file names its own files in it."""
    return f"file {one.name}" if one.pages is None else f"file {one.name} {file}"


def _screen_label(wanted: Wanted) -> str:
    if wanted.screen is not None:
        return f"screen {wanted.screen.name}"
    from kommunecheck.reports.console import screen

    console = screen()
    return f"console {console.width} {console.encoding} {console.color_system}"


def _run(setup: Setup, options: Options, wanted: Wanted, grounds: Grounds | None, keeper: Keeper | None) -> Done:
    """Run, write the files, and store and keep the run where there is a history."""
    asked, formats = wanted.asked, dict(wanted.formats)
    bundled = {} if asked.bundle is None else files_of(setup, asked.bundle)
    used = [*formats.values(), *bundled.values(), *([wanted.screen] if wanted.screen else [])]
    if bundled and grounds is None:
        grounds = grounds_of(setup, options, tuple(formats))
    besides = () if asked.teams is None else (Fact.UPCOMING,)
    names = {(asked.shown, None), *((one.name, file.name) for file, one in formats.items())}
    needed, drawn = app.for_formats(options, used, besides)
    with _plugins_aside():
        report = with_progress(setup, needed, drawn or asked.teams is not None)
        report, made = made_by_plugins(report, names, setup.plugins)
    parts = _by_team(report, asked.teams, setup)
    written = {**formats, **bundled, **{file: one for file, (one, _) in parts.items()}}
    _spare(written, sources_of(report, setup.folder), setup, asked.bundle)
    if asked.bundle is not None and grounds is not None:
        _write_bundle(asked.bundle, bundled, report, setup, grounds)
    with _made_if_needed(asked.teams):
        _write_files(report, formats, parts, made, keeper)
    shown = _shown(report, wanted, made)
    answer = _answer(report, setup)
    history = setup.tonight.history
    if history is not None:
        history.store(report)
        answer = answer._replace(said=_said(report, history, answer.status))
        if keeper is not None and grounds is not None and _is_of(report, grounds):
            shown = tuple(keeper.keeping(_screen_label(wanted), Pages(shown, ())).first)
            _keep(keeper, grounds, history, report, answer)
    return Done(answer, shown)


def _keep(keeper: Keeper, grounds: Grounds, history: History, report: Report, answer: Answer) -> None:
    if report.nightly is None or report.nightly.run is None:
        return
    content = keeper.content(grounds.key, history, report.nightly.run.key, answer)
    # the run is done; it will only not be answered from here, and it is no report that must not be denied
    with contextlib.suppress(UserError), noting_what_is_placed():
        write_whole(place_of(history), content)


def _is_of(report: Report, grounds: Grounds) -> bool:
    """Whether the report is whole, and of the very files that were looked at before it was made."""
    return report.run.complete and {one.sha256 for one in report.run.sources.values()} <= {*grounds.inputs.values()}


def _said(report: Report, history: History, status: int) -> str:
    """The line that a log has of the run: what it came to, and nothing of any case."""
    run, nightly, summary = report.run, report.nightly, report.summary
    stands = None if nightly is None or nightly.run is None else history.place_of(nightly.run.key)
    new = sum(placed.standing.state in (State.NEW, State.REOPENED) for placed in report.findings)
    parts = [
        f"kørsel {stands.number}" if stands else "kørsel",
        f"opgjort pr. {danish(run.cutoff)}",
        number(summary.cases, "sag", "sager"),
        number(len(report.findings), "fund", "fund"),
        *([f"{whole(new)} {'nyt' if new == 1 else 'nye'}"] if nightly is not None and nightly.compared else []),
        f"forventet tab {kroner(summary.expected.refund_lost)}",
        f"afslutningskode {status}",
    ]
    return ", ".join(parts)


def _answer(report: Report, setup: Setup) -> Answer:
    status = _status(report, setup)
    return Answer(status, status == 0 and report.nightly is not None and report.nightly.compared, "")


def _status(report: Report, setup: Setup) -> int:
    if not report.run.complete:
        return INCOMPLETE
    if report.nightly is not None and report.nightly.broken:
        return FINDINGS
    bound = setup.config.rules.fail_on
    counting = (placed for placed in report.findings if placed.standing.counts)
    return FINDINGS if any(placed.severity.at_least(bound) for placed in counting) else 0


def _format_of(file: Path, setup: Setup) -> ReportFormat:
    suffixes = {one.suffix: one for one in setup.plugins.formats if one.suffix is not None}
    if file.suffix.lower() not in suffixes:
        raise UserError(f"-o {file.name}: endelsen kendes ikke. Der kan skrives {', '.join(sorted(suffixes))}.")
    if not file.absolute().parent.is_dir():
        raise UserError(f"-o {file.name}: mappen findes ikke. Lav den først.")
    return suffixes[file.suffix.lower()]


Parts = Mapping[Path, tuple[ReportFormat, Report]]
"""The file of each part of a divided report, and what is to be written in it."""


def _by_team(report: Report, folder: Path | None, setup: Setup) -> Parts:
    """A Word document and an HTML page for each team."""
    if folder is None:
        return {}
    from kommunecheck.splitting import by_team, file_names

    parts = by_team(report)
    if not parts:
        say("--split team: der er intet at dele. Kun sager, som visitationstilsynet vurderer, deles efter team.")
    return {
        folder / f"{name}{one.suffix}": (one, parts[team])
        for team, name in file_names(parts).items()
        for one in _of_a_team(setup)
    }


def _of_a_team(setup: Setup) -> list[ReportFormat]:
    """The formats that each team's part of a divided report is written in."""
    return [one for one in setup.plugins.formats if one.suffix in (".docx", ".html")]


def _spare(formats: Formats, sources: Iterable[Path], setup: Setup, bundle: Path | None = None) -> None:
    """Raises ``UserError`` when a report, or a whole ``bundle``, would replace a file of the municipality's."""
    folders = {file: None if one.pages is None else folder_of(file) for file, one in formats.items()}
    spare(folders if bundle is None else {**folders, bundle: bundle}, sources, setup.named)


@contextlib.contextmanager
def _made_if_needed(folder: Path | None) -> Iterator[None]:
    """The folder for the parts of a report; taken away again where nothing comes to be written in it."""
    new = folder is not None and not folder.exists()
    try:
        if folder is not None:
            folder.mkdir(exist_ok=True)
        yield
    except OSError as error:
        raise UserError(f"Rapporten kan ikke skrives: {why_unwritten(error, 'mappen')}.") from None
    finally:
        if new and folder is not None:
            with contextlib.suppress(OSError):  # there is something in it
                folder.rmdir()


def _write_bundle(folder: Path, formats: Formats, report: Report, setup: Setup, grounds: Grounds) -> None:
    """The outputs of a bundle and its manifest, all or none of them.

    Raises ``UserError`` where the files are not those any more that were hashed before they were read.
    """
    if inputs_of(setup) != grounds.inputs:
        raise UserError("Udtrækket blev ændret, mens det blev kontrolleret. Vent, til det er færdigt, og kør igen.")
    hashed = Hashed()
    outputs = [Output(file, hashed.hashing(file.name, one.made(report, file.name))) for file, one in formats.items()]
    write_folder(folder, outputs, lambda: told(manifest_of(setup, grounds, report, hashed.outputs)))


def _write_files(report: Report, formats: Formats, parts: Parts, made: Made, keeper: Keeper | None) -> None:
    """Write every file whole or none at all.

    The file of a plugin's format that failed is not written, and the screen says so.
    """
    outputs = []
    for file, one in formats.items():
        pages = made[one.name, file.name] if (one.name, file.name) in made else one.made(report, file.name)
        if pages is None:
            say(f"{file.name} er ikke skrevet: formatet {one.name} gik i stykker.")
        else:
            kept = pages if keeper is None else keeper.keeping(_label(one, file.name), pages)
            outputs.append(Output(file, kept))
    outputs += [Output(file, one.made(part, file.name)) for file, (one, part) in parts.items()]
    write_all(outputs, [file for file, one in formats.items() if one.pages is not None])


def _shown(report: Report, wanted: Wanted, made: Made) -> Iterable[bytes]:
    """What goes on the screen."""
    one = wanted.screen
    if one is None:
        from kommunecheck.reports.console import print_report, screen

        console = screen()
        with console.capture() as text:
            print_report(report, console)
        return (text.get().encode(errors="replace"),)
    pages = made[one.name, None] if (one.name, None) in made else one.made(report, None)
    if pages is None:
        say(f"Formatet {one.name} gik i stykker, og der er intet at vise.")
        return ()
    return pages.first
