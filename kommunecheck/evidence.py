"""A bundle of evidence: the outputs of a run in a folder, and a manifest that says what they follow from.

``differences`` runs it again and names whatever is not the same: a file, a rule, a number of the law, the program, a
plugin, the configuration, or an output.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kommunecheck import app
from kommunecheck.adapters.files import read_named, refuse_endless
from kommunecheck.domain.errors import UserError, why
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.report import Reader, Report
from kommunecheck.grounds import Grounds, grounds_of
from kommunecheck.intake.sources import is_hidden
from kommunecheck.nightly.baseline import written
from kommunecheck.nightly.compare import Known
from kommunecheck.ports import Pages, ReportFormat, folder_beside
from kommunecheck.setup import Options, Setup
from kommunecheck.writing import refuse_no_folder

MANIFEST = "manifest.json"
NAME = "rapport"
SUFFIXES = (".json", ".xlsx", ".docx", ".html")
"""What a bundle holds: the report for a program, and for each who reads it."""

Sha256 = str


class Manifest(BaseModel):
    """``manifest.json``: what the outputs follow from, and what they are."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True, populate_by_name=True)

    schema_: Literal["kommunecheck/manifest/1"] = Field(default="kommunecheck/manifest/1", alias="schema")
    digest: str
    version: str
    program: Sha256
    libraries: dict[str, str]
    plugins: dict[str, str]
    options: dict[str, Any]
    configuration: dict[str, Sha256]
    rules: dict[str, Sha256]
    parameters: dict[str, Any]
    inputs: dict[str, Sha256]
    held_against: Sha256 | None
    """What was known before: of the baseline, or of the run before in the history."""
    outputs: dict[str, Sha256]

    @property
    def asked(self) -> Options:
        """What the command line said."""
        one = _Asked.model_validate_json(orjson.dumps(self.options))
        return Options(
            one.from_, one.to, one.cutoff, one.select, one.ignore, one.today, one.known_on, reader=one.for_
        )  # fmt: skip


class _Asked(BaseModel):
    """The ``options`` of a manifest."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, hide_input_in_errors=True)

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    cutoff: date | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    today: date | None = None
    known_on: date | None = None
    for_: Reader | None = Field(default=None, alias="for")


def files_of(setup: Setup, folder: Path) -> dict[Path, ReportFormat]:
    """The files of a bundle, each with its format."""
    by_suffix = {one.suffix: one for one in setup.plugins.formats}
    return {folder / f"{NAME}{suffix}": by_suffix[suffix] for suffix in SUFFIXES}


def refuse_to_replace(folder: Path) -> None:
    """Raises ``UserError`` where a folder is somebody else's: neither empty nor a bundle."""
    refuse_no_folder(folder, f"{folder.name}/")
    try:
        if folder.exists() and any(folder.iterdir()):
            read_manifest(folder)
    except (OSError, UserError):
        raise UserError(
            f"-o {folder.name}/: mappen er ikke tom, og kommunecheck har ikke skrevet den. Vælg en ny mappe."
        ) from None


class Hashed:
    """The SHA-256 of every file that is written, by its name in the bundle."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        self._hashes: dict[str, Any] = {}

    def hashing(self, file: str, pages: Pages) -> Pages:
        """The same pages, hashed as they are taken."""
        folder = folder_beside(file)
        beside = ((name, self._taken(f"{folder}/{name}", pieces)) for name, pieces in pages.beside)
        return Pages(self._taken(file, pages.first), beside)

    def _taken(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        sha256 = self._hashes[name] = hashlib.sha256()
        for piece in pieces:
            sha256.update(piece)
            yield piece

    @property
    def outputs(self) -> dict[str, Sha256]:
        """By name, in order of the names."""
        return {name: self._hashes[name].hexdigest() for name in sorted(self._hashes)}


def manifest_of(setup: Setup, grounds: Grounds, report: Report, outputs: Mapping[str, Sha256]) -> Manifest:
    """The manifest of a run."""
    known = _known(setup, report)
    return Manifest.model_validate(
        grounds.told
        | {
            "digest": report.run.digest,
            "held_against": None if known is None else hashlib.sha256(written(known)).hexdigest(),
            "outputs": outputs,
        }
    )


def told(manifest: Manifest) -> tuple[str, bytes]:
    """The manifest's file name and content."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return MANIFEST, orjson.dumps(manifest.model_dump(mode="json", by_alias=True), option=options)


def _known(setup: Setup, report: Report) -> Known | None:
    tonight, nightly = setup.tonight, report.nightly
    if tonight.known is not None or tonight.history is None or nightly is None or nightly.run is None:
        return tonight.known
    return tonight.history.known_before(nightly.run.key, report.run)


def read_manifest(bundle: Path) -> Manifest:
    """The manifest in a folder. Raises ``UserError`` where there is none of ours."""
    content = read_named(bundle / MANIFEST, f"{bundle.name}: filen {MANIFEST}")
    refused = UserError(f"{bundle.name}: {MANIFEST} er ikke skrevet af kommunecheck, eller den er ændret.")
    try:
        manifest = Manifest.model_validate_json(content)
        _Asked.model_validate_json(orjson.dumps(manifest.options))
    except ValidationError:
        raise refused from None
    if "schema_" not in manifest.model_fields_set:
        raise refused
    return manifest


class Verified(NamedTuple):
    """What came of running a bundle again: how much was compared, and a Danish sentence for each difference."""

    inputs: int
    outputs: int
    differences: tuple[str, ...]


Judge = Callable[[Setup, Options, bool], Report]
"""Runs what was set up; the last is whether the courses of cases are wanted."""


def verify(bundle: Path, path: Path, judge: Judge) -> Verified:
    """Run what a bundle is of again, on what is at ``path``. Nothing is written, and no run is stored.

    Raises ``UserError`` where there is no such bundle, or no report can be made.
    """
    before = read_manifest(bundle)
    options = before.asked
    setup = app.set_up(path, options)
    files = files_of(setup, bundle)
    grounds = grounds_of(setup, options)
    report = judge(setup, *app.for_formats(options, files.values()))
    hashed = Hashed()
    for file, one in files.items():
        _exhaust(hashed.hashing(file.name, one.made(report, file.name)))
    _, content = told(manifest_of(setup, grounds, report, hashed.outputs))
    now = Manifest.model_validate_json(content)
    said = (*_changed_since(bundle, before), *_differences(before, now))
    return Verified(len(before.inputs), len(before.outputs), tuple(said))


def _exhaust(pages: Pages) -> None:
    for _ in pages.first:
        pass
    for _, pieces in pages.beside:
        for _ in pieces:
            pass


def _changed_since(bundle: Path, manifest: Manifest) -> Iterator[str]:
    """The files of the bundle that are not as they were written, and those that were not written with it."""
    for name, sha256 in manifest.outputs.items():
        file = bundle / name
        try:
            refuse_endless(file)
            with file.open("rb") as opened:
                if hashlib.file_digest(opened, "sha256").hexdigest() != sha256:
                    yield f"Filen {name} i mappen er ændret, siden den blev skrevet."
        except OSError as error:
            yield f"Filen {name} i mappen {why(error)}."
        except (UserError, ValueError):  # a name with a NUL in it is no file's
            yield f"Filen {masked(name)} i mappen er ikke en almindelig fil."
    there = (file.relative_to(bundle).as_posix() for file in bundle.rglob("*") if file.is_file())
    for name in sorted(set(there) - {MANIFEST, *manifest.outputs}):
        file = Path(name)
        if not is_hidden(file):
            yield f"Filen {masked(name)} i mappen er lagt der bagefter."


class _Kind(NamedTuple):
    """A kind of thing that can differ: what one is called, what it is not, and whether its values can be told."""

    called: str
    same: str
    told: bool = False


_INPUT = _Kind("Kilden {}", "den samme")
_SECTION = _Kind("Opsætningen {}", "den samme")
_RULE = _Kind("Reglen {}", "den samme")
_PARAMETER = _Kind("Parameteren {}", "den samme", told=True)
_PLUGIN = _Kind("Pluginet {}", "det samme")
_OUTPUT = _Kind("Rapporten {}", "den samme")
_LIBRARY = _Kind("{}", "den samme udgave", told=True)


def _differences(before: Manifest, now: Manifest) -> Iterator[str]:
    if before.version != now.version:
        yield f"Versionen var {before.version} og er {now.version}."
    elif before.program != now.program:
        yield f"Programmets egne filer er ikke de samme, selv om versionen er {now.version}."
    yield from _parts(_INPUT, before.inputs, now.inputs)
    yield from _parts(_SECTION, _by_place(before.configuration), _by_place(now.configuration))
    yield from _parts(_RULE, before.rules, now.rules)
    yield from _parts(_PARAMETER, before.parameters, now.parameters)
    yield from _parts(_PLUGIN, before.plugins, now.plugins)
    if before.held_against != now.held_against:
        yield "Det, der var kendt i forvejen, og som fundene er holdt op imod, er ikke det samme."
    outputs = tuple(_parts(_OUTPUT, before.outputs, now.outputs))
    yield from outputs
    if outputs:  # another Python matters only where something came of it
        yield from _parts(_LIBRARY, before.libraries, now.libraries)
    elif before.digest != now.digest:
        yield f"Rapportens kontrolsum (digest) i {MANIFEST} er ændret."


def _by_place(configuration: Mapping[str, Sha256]) -> dict[str, Sha256]:
    """The sections and keys as they are written: ``[waivers] file``."""
    parted = {name.partition("."): sha256 for name, sha256 in configuration.items()}
    return {f"[{section}] {key}".rstrip(): sha256 for (section, _, key), sha256 in parted.items()}


def _parts(kind: _Kind, before: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    """A sentence for each part that is not the same; with the values, where they are short."""
    for name in sorted(before.keys() | now.keys()):
        called = kind.called.format(name)
        if name not in now:
            yield f"{called} er der ikke mere."
        elif name not in before:
            yield f"{called} er kommet til."
        elif before[name] != now[name]:
            short = kind.told and all(isinstance(value, str | int) for value in (before[name], now[name]))
            values = f": {before[name]} er blevet til {now[name]}" if short else ""
            yield f"{called} er ikke {kind.same}{values}."
