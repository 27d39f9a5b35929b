"""What is known before a file is opened: the configuration, the law, the plugins, and what was asked for."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from kommunecheck.audit.assessments import read_lines
from kommunecheck.config import FILE_NAME, Config, Gate, as_config, open_config, plugin_choice, read_law
from kommunecheck.domain.assessment import Judgement
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.report import Fact, Reader
from kommunecheck.domain.rule import SUPERVISION, codes_now
from kommunecheck.journal.vocabulary import Vocabulary, with_words
from kommunecheck.law.law import Law
from kommunecheck.nightly.baseline import read_baseline
from kommunecheck.nightly.history import History
from kommunecheck.nightly.standing import Tonight
from kommunecheck.nightly.waivers import read_waivers
from kommunecheck.plugins.host import Plugins, load
from kommunecheck.ports import Supervision

MINIMUM_KEY = 16
"""Bytes a key must have before it hides anything."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line or a script asks for beside the configuration; ``None`` and empty mean not said.

    ``facts`` are those the report is to hold beside the findings and their cost: what the formats it will be written in
    show. ``reader`` is whom they are written for.
    """

    first: date | None = None
    to: date | None = None
    cutoff: date | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    today: date | None = None
    """The day waivers and gates are judged by."""
    known_on: date | None = None
    """Judge with only what was registered by that day."""
    compare: bool = True
    """Whether findings are held against those known before, accepted and gated."""
    facts: frozenset[Fact] = frozenset()
    reader: Reader | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """All that is known before a file is opened."""

    file: Path
    """The configuration; it need not be there."""
    config: Config
    law: Law
    plugins: Plugins
    key: bytes | None
    vocabulary: Vocabulary
    tonight: Tonight
    word_template: bytes | None = None
    judgements: tuple[Judgement, ...] | None = None
    """What persons have judged; ``None`` where the configuration names no file of it."""
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    """What stands in the files that settings of plugins name, by ``section.key``; ``None`` where it cannot be read."""

    @property
    def folder(self) -> Path:
        """Where the configuration is, or would be: what it names is found from there."""
        return self.file.parent

    @property
    def named(self) -> dict[Path, str]:
        """The configuration and every file that it names; see ``named_at``."""
        return _named(self.file, self.config, self.plugins)

    @property
    def supervisions(self) -> tuple[Supervision, ...]:
        """The further supervisions that are wanted; each is run where its tables are there."""
        wanted = self.config.audit.supervisions
        return tuple(one for one in self.plugins.supervisions if wanted is None or one.name in wanted)

    @property
    def further_tables(self) -> frozenset[str]:
        """The tables that a supervision beside the visitationstilsyn is run for."""
        return frozenset(name for one in self.supervisions for name in one.tables)


def set_up(path: Path, options: Options | None = None) -> Setup:
    """Read the configuration at ``path`` (a file, or a folder with or without one) and the law.

    Raises ``UserError`` for anything that is wrong with them or with the options.
    """
    file, config, plugins = _configured(path)
    options = options or Options()
    _known_codes(config, options, plugins)
    law = read_law(config.parameters, plugins.law_texts, config.sections)
    return Setup(
        file,
        config,
        law,
        plugins,
        _read_key(file.parent, config),
        with_words(config.journal.words),
        _tonight(file.parent, config, plugins, options),
        _read_template(file.parent, config),
        _read_judgements(file.parent, config),
        _read_files(file.parent, config, plugins),
    )


def nearest(folder: Path) -> Path | None:
    """The configuration in a folder or the nearest above it; ``None`` where there is none."""
    folder = folder.absolute()
    return next((one / FILE_NAME for one in (folder, *folder.parents) if (one / FILE_NAME).is_file()), None)


def configured_near(folder: Path) -> tuple[Config, Plugins]:
    """What stands in the nearest configuration, and the plugins it wants; without any, what a blank one would say.

    Raises ``UserError`` for anything that is wrong with it.
    """
    file = nearest(folder)
    return (Config(), load()) if file is None else _configured(file)[1:]


def named_at(path: Path) -> dict[Path, str]:
    """The configuration at ``path`` and every file that it names, each with what it is to the municipality.

    The sources are not among them: the report tells what they were. Raises ``UserError`` as ``set_up``.
    """
    return _named(*_configured(path))


def _configured(path: Path) -> tuple[Path, Config, Plugins]:
    """The configuration's file, whether it is there or not, what stands in it, and the plugins it wants."""
    if not path.exists():
        raise UserError(f"{path.name} findes ikke. Skriv en mappe med tabeller eller en {FILE_NAME}.")
    file = path / FILE_NAME if path.is_dir() else path
    given = open_config(file) if file.exists() else {}
    choice = plugin_choice(file.name, given)
    plugins = load(choice.allow, choice.disable)
    unread = plugins.off - set(Config.model_fields)  # a plugin that is turned off may keep its section
    wanted = {name: some for name, some in given.items() if name not in unread}
    config = as_config(file.name, wanted, plugins.settings)
    _known_supervisions(file.name, config, plugins)
    return file, config, plugins


def _named(file: Path, config: Config, plugins: Plugins) -> dict[Path, str]:
    """As ``named_at``, of a configuration that is read."""
    given = {
        "[privacy] key_file": config.privacy.key_file,
        "[report] word_template": config.report.word_template,
        "[waivers] file": config.waivers.file,
        "[assessments] file": config.assessments.file,
        "[baseline] file": config.baseline.file,
        "[history] database": config.history.database,
    }
    for section, _, key in (place.partition(".") for one in plugins.supervisions for place in one.files):
        given[f"[{section}] {key}"] = getattr(config.sections[section], key)
    # no file can have a name with a NUL in it
    named = {(file.parent / name).resolve(): said for said, name in given.items() if name and "\0" not in name}
    return {file.resolve(): "selve opsætningen"} | {one: f"opsætningens {said}" for one, said in named.items()}


def _tonight(folder: Path, config: Config, plugins: Plugins, options: Options) -> Tonight:
    """What the report is held against. All of it is read now: a mistake in it must not show after an hour's run."""
    waivers, baseline, gate = config.waivers, config.baseline.file, config.gate
    database, fail_on = config.history.database, config.rules.fail_on
    if baseline is None and database is None and (gate.max_new is not None or gate.max_new_loss is not None):
        raise UserError(
            "[gate] max_new og max_new_loss kræver noget at sammenligne med. Skriv [baseline] file eller [history] "
            "database."
        )
    named, today = codes_now(plugins.rules), None
    history = None if database is None else History(folder / database, named)
    if not options.compare:  # nor does the day it is run decide anything
        return Tonight(None, None, history, Gate(), fail_on, None)
    if waivers.file is not None or gate.max_export_age_days is not None:
        today = options.today or the_day_it_is()
    return Tonight(
        None
        if waivers.file is None or today is None
        else read_waivers(folder / waivers.file, plugins.rules, today, waivers.longest_days),
        read_baseline(folder / baseline, named) if baseline is not None else None,
        history,
        gate,
        fail_on,
        today,
    )


def the_day_it_is() -> date:
    """The day it is in Copenhagen."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Europe/Copenhagen")).date()


def _known_supervisions(file: str, config: Config, plugins: Plugins) -> None:
    wanted = config.audit.supervisions
    known = [SUPERVISION, *(one.name for one in plugins.supervisions)]
    where, procedures = f"{file}: [audit] supervisions:", f"{file}: [municipality] procedures:"
    goals = f"{file}: [benchmark] goals:"
    for place, names, off in (
        (where, wanted or (), ()),
        (procedures, config.municipality.procedures, plugins.off),
        (goals, config.benchmark.goals, plugins.off),
    ):
        unknown = next((name for name in names if name not in known and name not in off), None)
        if unknown is not None:
            near = difflib.get_close_matches(unknown, known, n=1, cutoff=0.5)
            meant = f"Mente du »{near[0]}«?" if near else f"Mulige: {', '.join(known)}."
            raise UserError(f"{place} der er intet tilsyn af det navn. {meant}")
    if wanted is not None and SUPERVISION not in wanted:
        raise UserError(
            f"{where} der ses altid på {SUPERVISION}, når tabellen samtaler er der. Skriv det også, og vis de andre "
            "regler alene med [rules] select."
        )


def _known_codes(config: Config, options: Options, plugins: Plugins) -> None:
    rules = config.rules
    codes = [check.RULE.code for check in plugins.stated]
    whole = [("[rules] severity", code) for code in rules.severity]
    whole += [("[gate] must_run", code) for code in config.gate.must_run]
    for where, given in whole:
        if given not in codes:
            raise UserError(f"{where}: der ventes en hel kode, fx {codes[-1]}. Se dem med: kommunecheck rules.")
    for given in (*rules.select, *rules.ignore, *options.select, *options.ignore):
        if not any(code.startswith(given) for code in codes):
            raise UserError(f"Ingen regel har en kode, der begynder med »{given}«. Se dem med: kommunecheck rules.")


def _read_template(folder: Path, config: Config) -> bytes | None:
    """The municipality's own Word document. Raises ``UserError`` where it is none."""
    given = config.report.word_template
    if given is None:
        return None
    file = folder / given
    try:
        template = file.read_bytes() if file.is_file() else None  # a pipe would never end
        with ZipFile(BytesIO(template or b"")) as parts:
            parts.getinfo("word/document.xml")
    except (OSError, BadZipFile, KeyError):
        raise UserError(
            "[report] word_template: skabelonen kan ikke læses som et Word-dokument (.docx). Kontrollér stien i "
            f"{FILE_NAME}, og gem skabelonen som .docx."
        ) from None
    return template


def _read_judgements(folder: Path, config: Config) -> tuple[Judgement, ...] | None:
    given = config.assessments.file
    return None if given is None else tuple(line.judgement for line in read_lines(folder / given))


def _read_files(folder: Path, config: Config, plugins: Plugins) -> dict[str, bytes | None]:
    """The files that supervisions' settings name. One that cannot be read is the supervision's to tell of."""
    found: dict[str, bytes | None] = {}
    for place in (place for one in plugins.supervisions for place in one.files):
        section, _, key = place.partition(".")
        given = getattr(config.sections[section], key)
        if given is not None:
            file = folder / given
            try:
                found[place] = file.read_bytes() if file.is_file() else None  # a pipe would never end
            except (OSError, ValueError):
                found[place] = None
    return found


def _read_key(folder: Path, config: Config) -> bytes | None:
    if config.privacy.key_file is None:
        return None
    file = folder / config.privacy.key_file
    try:
        key = file.read_bytes().strip() if file.is_file() else None  # a pipe would never end
    except OSError:
        key = None
    if key is None:
        raise UserError("[privacy] key_file: nøglefilen kan ikke læses. Kontrollér stien i kommunecheck.toml.")
    if len(key) < MINIMUM_KEY:
        raise UserError(f"[privacy] key_file: nøglen er for kort. Brug mindst {MINIMUM_KEY} tilfældige tegn.")
    return key
