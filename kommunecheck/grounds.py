"""What a result follows from: the files, the configuration, the rules, the law's numbers, the program and the plugins.

Two runs on the same grounds give the same bytes. They are what a repeated run is known by before it is run, and what a
bundle of evidence vouches for.
"""

import hashlib
import platform
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from re import match

import orjson

from kommunecheck import __version__
from kommunecheck.domain.privacy import masked, pseudonym
from kommunecheck.facts import parameters_used
from kommunecheck.intake.sources import find_sources, readable
from kommunecheck.nightly.baseline import written
from kommunecheck.plugins.host import Plugins, modules
from kommunecheck.ports import Check
from kommunecheck.setup import Options, Setup


@dataclass(frozen=True, slots=True)
class Grounds:
    """All of it, with a SHA-256 of whatever is long. ``inputs`` have the names of the files as they are."""

    version: str
    program: str
    libraries: Mapping[str, str]
    """Python and the packages we rest on, each with its version."""
    plugins: Mapping[str, str]
    """The plugins from outside: version and SHA-256 of the code, with a space between."""
    options: Mapping[str, object]
    configuration: Mapping[str, str]
    """By section, and what the configuration names besides by its key."""
    rules: Mapping[str, str]
    parameters: Mapping[str, object]
    inputs: Mapping[str, str]
    """The sources."""
    besides: Mapping[str, str]
    """What else in the folder can be read: a table that is nowhere else is looked for there. It vouches for nothing."""

    @property
    def told(self) -> dict[str, dict[str, object] | str]:
        """The grounds as they may be told: names of files without CPR numbers."""
        plain = {
            "libraries": self.libraries,
            "plugins": self.plugins,
            "options": self.options,
            "configuration": self.configuration,
            "rules": self.rules,
            "parameters": self.parameters,
        }
        told: dict[str, dict[str, object] | str] = {name: dict(some) for name, some in plain.items()}
        return {"version": self.version, "program": self.program} | told | {"inputs": dict(_distinct(self.inputs))}

    @property
    def key(self) -> str:
        """One hash of it all."""
        said = [self.told, sorted(self.inputs.items()), sorted(self.besides.items())]
        return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def grounds_of(setup: Setup, options: Options, outputs: Collection[Path] = ()) -> Grounds:
    """The grounds of a run, which is not run yet. ``outputs`` are files it will write: they are nobody's input.

    Raises ``UserError`` where the run would, for want of a table.
    """
    plugins, inputs = setup.plugins, inputs_of(setup)
    written = {file.resolve() for file in outputs}
    others = (file for file in readable(setup.folder, plugins.adapters) if file.resolve() not in written)
    besides = sorted({file.name for file in others} - inputs.keys())
    return Grounds(
        __version__,
        _code_of("kommunecheck"),
        dict(_libraries()),
        _plugins(plugins),
        dict(_asked(setup, options)),
        dict(_configured(setup)),
        {check.RULE.code: _stated(check) for check in plugins.stated},
        {one.name: one.value for one in parameters_used(setup.law)},
        inputs,
        {name: _file(setup.folder / name) for name in besides},
    )


def inputs_of(setup: Setup) -> dict[str, str]:
    """The SHA-256 of each source, by its name. Raises ``UserError`` where the run would, for want of a table."""
    plugins = setup.plugins
    found = find_sources(setup.folder, setup.config.sources, plugins.tables, plugins.adapters, setup.further_tables)
    return {name: _file(setup.folder / name) for name in sorted({source.file for source in found})}


def _distinct(inputs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names without CPR numbers; a second one that then is the same is told by its number."""
    seen: dict[str, int] = {}
    for name, sha256 in inputs.items():
        shown = masked(name)
        seen[shown] = seen.get(shown, 0) + 1
        yield (shown if seen[shown] == 1 else f"{shown} ({seen[shown]})"), sha256


def _file(path: Path) -> str:
    """The SHA-256 of a file; nothing where it is none that can be read: the run says so."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _text(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()


def _configured(setup: Setup) -> Iterator[tuple[str, str]]:
    """Each section of the configuration, and what stands in the files that it names."""
    tonight, config = setup.tonight, setup.config
    for name in type(config).model_fields:
        if name != "history":  # where it is kept changes nothing
            yield name, _text(getattr(config, name))
    if tonight.waivers is not None:
        yield "waivers.file", _text(tonight.waivers)
    if setup.judgements is not None:
        yield "assessments.file", _text(setup.judgements)
    if tonight.known is not None:
        yield "baseline.file", hashlib.sha256(written(tonight.known)).hexdigest()
    if setup.word_template is not None:
        yield "report.word_template", hashlib.sha256(setup.word_template).hexdigest()
    for place, content in sorted(setup.files.items()):
        yield place, "" if content is None else hashlib.sha256(content).hexdigest()
    if setup.key is not None:
        yield "privacy.key_file", pseudonym("kommunecheck", setup.key)


def _asked(setup: Setup, options: Options) -> Iterator[tuple[str, object]]:
    """What the command line says; the day only where waivers or a gate ask for it."""
    days: dict[str, date | None] = {
        "from": options.first,
        "to": options.to,
        "cutoff": options.cutoff,
        "known_on": options.known_on,
        "today": setup.tonight.today,
    }
    yield from ((name, None if day is None else day.isoformat()) for name, day in days.items())
    yield "select", list(options.select)
    yield "ignore", list(options.ignore)
    yield "for", options.reader and str(options.reader)


def _stated(check: Check) -> str:
    """A rule: what it says of itself, and the code that looks for breaches of it."""
    said = _text((check.RULE, check.EXPLAIN, tuple(check.NEEDS), getattr(check, "JUDGES", None)))
    file = getattr(check, "__file__", None)
    return hashlib.sha256((said + (_file(Path(file)) if file else "")).encode()).hexdigest()


def _plugins(plugins: Plugins) -> dict[str, str]:
    where = modules()
    return {name: f"{number} {_code_of(where.get(name, ''))}".strip() for name, number in plugins.names}


def _code_of(module: str) -> str:
    """The files of the package that a module is in, as one hash; nothing where they cannot be found."""
    package = module.partition(".")[0]
    try:
        spec = find_spec(package) if package else None
    except (ImportError, ValueError):
        spec = None
    if spec is None:
        return ""
    if spec.submodule_search_locations is None:
        return "" if spec.origin is None else _file(Path(spec.origin))
    folders = [Path(place) for place in spec.submodule_search_locations]
    compiled = {"__pycache__", ".pyc", ".pyo"}  # another run may be writing these just now
    own = {
        path.relative_to(folder).as_posix(): path
        for folder in folders
        for path in folder.rglob("*")
        if compiled.isdisjoint((path.parent.name, path.suffix)) and path.is_file()
    }
    return _text([(name, _file(path)) for name, path in sorted(own.items())])


def _libraries() -> Iterator[tuple[str, str]]:
    yield "Python", platform.python_version()
    try:
        needed = requires("kommunecheck") or []
    except PackageNotFoundError:
        needed = []
    for requirement in sorted(one for one in needed if "extra ==" not in one):
        named = match(r"[\w.-]+", requirement)
        try:
            yield (named[0], version(named[0])) if named else ("", "")
        except PackageNotFoundError:
            continue
