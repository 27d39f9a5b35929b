"""Finds the plugins, asks each once what it brings, and hands on plain values.

Each plugin is loaded and asked on its own: one that fails is named in the report and left out whole, and takes nothing
else down with it.
"""

import difflib
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import Distribution, EntryPoint, entry_points
from itertools import chain
from typing import TYPE_CHECKING

import pluggy

from kommunecheck import __version__
from kommunecheck.audit.rules import RULES as RECONCILING
from kommunecheck.config import Config
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.rule import DATA, SUPERVISION, Rule
from kommunecheck.law.law import LawTexts
from kommunecheck.plugins import builtin, hookspecs
from kommunecheck.plugins.commands import GROUP
from kommunecheck.plugins.guarded import Guarded
from kommunecheck.plugins.shapes import RefusedError, refuse_misshapen
from kommunecheck.ports import (
    Adapter,
    AnyCheck,
    Brought,
    Check,
    ReportFormat,
    ReportSection,
    Supervision,
    TableShape,
)

if TYPE_CHECKING:
    from pydantic import BaseModel

OURS = "kommunecheck"
"""The name of the parts that are built in."""


@dataclass(frozen=True, slots=True)
class Plugins:
    """Everything the plugins bring together, the built-in parts first. ``brought`` are the plugins one by one."""

    tables: dict[str, TableShape]
    checks: tuple[AnyCheck, ...]
    adapters: dict[str, Adapter]
    """By file ending."""
    formats: tuple[ReportFormat, ...]
    law_texts: tuple[LawTexts, ...] = ()
    settings: "Mapping[str, type[BaseModel]]" = field(default_factory=dict)
    supervisions: tuple[Supervision, ...] = ()
    """In order of their names."""
    sections: tuple[tuple[str, ReportSection], ...] = ()
    """Each with the name of the plugin that brings it."""
    brought: tuple[Brought, ...] = field(default=())
    off: frozenset[str] = frozenset()
    """The names of installed plugins that the configuration does not want."""
    unknown: tuple[str, ...] = ()
    """The names it does not want of plugins that are not installed."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules of all of them, by code."""
        return tuple(check.RULE for check in self.stated)

    @property
    def stated(self) -> tuple[Check, ...]:
        """Everything that states a rule, in order of code: checks, rules of supervisions, and of the reconciliation."""
        of_supervisions = chain.from_iterable(one.rules for one in self.supervisions)
        return tuple(sorted((*self.checks, *of_supervisions, *RECONCILING), key=lambda check: check.RULE.code))

    @property
    def further_tables(self) -> frozenset[str]:
        """The tables that a supervision beside the visitationstilsyn is run for."""
        return frozenset(name for one in self.supervisions for name in one.tables)

    def idle_parameters(self, tables: Collection[str]) -> frozenset[str]:
        """The parameters of plugins whose supervisions none of these tables are for: they are no part of the run."""
        idle = (one for one in self.brought if _is_idle(one, tables))
        return frozenset(parameter.name for one in idle for texts in one.law_texts for parameter in texts.parameters)

    def idle_acts(self, tables: Collection[str]) -> frozenset[str]:
        """The acts that none but such plugins bring: nothing in the report rests on them."""
        idle, used = set[str](), set[str]()
        for one in self.brought:
            (idle if _is_idle(one, tables) else used).update(act for texts in one.law_texts for act in texts.acts)
        return frozenset(idle - used)

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Name and version of the plugins from outside that are used; what comes with kommunecheck is part of it."""
        return tuple((one.name, one.version) for one in self.brought if one.origin != OURS and one.failed is None)

    @property
    def formats_from_outside(self) -> tuple[tuple[str, ReportFormat], ...]:
        """The report formats of plugins, each with the name of the one that brings it."""
        used = (one for one in self.brought if one.name != OURS and one.failed is None)
        return tuple((one.name, made) for one in used for made in one.formats)

    @property
    def failures(self) -> tuple[str, ...]:
        """A sentence for each plugin that is left out because it failed."""
        return tuple(
            f"Pluginet {one.name} er udeladt: {one.failed} Ret det, eller slå det fra under [plugins]: "
            f'disable = ["{one.name}"].'
            for one in self.brought
            if one.failed is not None
        )

    @property
    def remarks(self) -> tuple[str, ...]:
        """A sentence for each plugin that is turned off and not installed: another may have been meant."""
        there = [one.name for one in self.brought if one.name != OURS]
        return tuple(_not_installed(masked(name), difflib.get_close_matches(name, there, n=1)) for name in self.unknown)


def _not_installed(name: str, near: Sequence[str]) -> str:
    meant = f" Mente du »{near[0]}«? Det er ikke slået fra." if near else ""
    return f"[plugins] disable: pluginet »{name}« er ikke installeret.{meant}"


def load(allow: Sequence[str] | None = None, disable: Sequence[str] = ()) -> Plugins:
    """The built-in parts and those of the installed plugins; what a plugin prints meanwhile is no part of any output.

    Of the installed ones only those in ``allow``, where it is given, and none that is in ``disable``.
    """
    with redirect_stdout(sys.stderr):
        return _load(allow, disable)


def _load(allow: Sequence[str] | None, disable: Sequence[str]) -> Plugins:
    points = sorted(entry_points(group=GROUP), key=_turn)
    found = dict.fromkeys(point.name for point in points)
    wanted = [name for name in found if name not in disable and (allow is None or name in allow)]
    brought = [_asked(OURS, __version__, OURS, builtin)]
    for point in points:
        if point.name not in wanted:
            continue
        if any(one.name == masked(point.name) for one in brought[1:]):
            failed = "et andet plugin hedder det samme, og kun det ene kan bruges."
            brought.append(Brought(masked(point.name), *_package_of(point), failed=failed))
        else:
            brought.append(_unlike(_from(point), brought))
    absent = sorted(set(allow or ()) - set(found))
    brought += [Brought(masked(name), "", "", failed="det er ikke installeret.") for name in absent]
    off, unknown = frozenset(set(found) - set(wanted)), tuple(sorted(set(disable) - set(found)))
    return replace(_together(tuple(brought)), off=off, unknown=unknown)


def modules() -> dict[str, str]:
    """The module of each installed plugin, by the plugin's name."""
    return {masked(point.name): point.module for point in entry_points(group=GROUP)}


def _from(point: EntryPoint) -> Brought:
    """What the plugin at an entry point brings."""
    name = masked(point.name)
    version, origin = _package_of(point)
    try:
        module = point.load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin may raise anything, also what would end the run
        return Brought(name, version, origin, failed=f"det kunne ikke indlæses ({type(error).__name__}).")
    return _asked(name, version, origin, module)


def _package_of(point: EntryPoint) -> tuple[str, str]:
    """The version and the name of the package that an entry point is of; blank where nobody knows."""
    return _package(point.dist) if point.dist else ("", "")


def _turn(point: EntryPoint) -> tuple[bool, str, str]:
    """What decides who is asked first, and owns what two bring: ours, then by the plugin's name and its package's."""
    _, origin = _package_of(point)
    return origin != OURS, point.name, origin


@lru_cache(maxsize=64)  # each look for plugins finds them as new objects, which nobody need keep for ever
def _package(found: Distribution) -> tuple[str, str]:
    """The version and the name of a package, read once: several plugins may come in one."""
    return found.metadata["Version"], found.metadata["Name"]


def _asked(name: str, version: str, origin: str, plugin: object) -> Brought:
    """Ask one plugin all hooks. Whatever it raises, it is left out whole."""
    try:
        manager = pluggy.PluginManager("kommunecheck")
        manager.add_hookspecs(hookspecs)
        manager.register(plugin, name)
        manager.check_pending()
        hook = manager.hook
        return Brought(
            name,
            version,
            origin,
            tuple(chain.from_iterable(hook.kommunecheck_tables())),
            tuple(chain.from_iterable(hook.kommunecheck_checks())),
            tuple(chain.from_iterable(hook.kommunecheck_adapters())),
            tuple(chain.from_iterable(hook.kommunecheck_report_formats())),
            tuple(chain.from_iterable(hook.kommunecheck_law_texts())),
            {section: model for some in hook.kommunecheck_settings() for section, model in some.items()},
            tuple(chain.from_iterable(hook.kommunecheck_supervisions())),
            tuple(chain.from_iterable(hook.kommunecheck_report_sections())),
            tuple(chain.from_iterable(hook.kommunecheck_commands())),
        )
    except pluggy.PluginValidationError:
        return Brought(name, version, origin, failed="det bruger en krog, der ikke findes eller er stavet forkert.")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # as above
        return Brought(name, version, origin, failed=f"det fejlede, da det blev spurgt ({type(error).__name__}).")


def _unlike(one: Brought, before: Iterable[Brought]) -> Brought:
    """The plugin, if nothing it brings has an owner already; else left out whole."""
    if one.failed is not None:
        return one
    try:
        _refuse(one, before)
    except RefusedError as error:
        return Brought(one.name, one.version, one.origin, failed=str(error))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # as above
        return Brought(one.name, one.version, one.origin, failed=f"det bringer noget, der ikke kan bruges "
                       f"({type(error).__name__}).")  # fmt: skip
    return one


def _refuse(one: Brought, before: Iterable[Brought]) -> None:
    """Raises what is wrong with what the plugin brings."""
    refuse_misshapen(one)
    before = [other for other in before if other.failed is None]
    owners = {f"tilsynet {ours}": OURS for ours in (SUPERVISION, DATA)}
    owners |= {owned: other.name for other in before for owned in _owned(other)}
    alike = {f"loven {act}" for act, title in _acts(one) if any((act, title) in _acts(other) for other in before)}
    for owned in _owned(one):
        if owned in owners and owned not in alike:
            raise RefusedError(f"{owned} hører allerede til {owners[owned]}.")
        owners[owned] = one.name
    for section in one.settings:
        if hasattr(Config, section) or section in Config.model_fields:
            raise RefusedError(f"afsnittet [{section}] hører allerede til {OURS}.")
    for check in one.checks:
        if check.RULE.supervision in (SUPERVISION, DATA):
            raise RefusedError(
                f"koden {check.RULE.code} siger, at den hører til tilsynet {check.RULE.supervision}, men det er kun "
                "for vores egne regler. Giv reglen et tilsyn for sig."
            )


def _is_idle(one: Brought, tables: Collection[str]) -> bool:
    """Whether a plugin brings supervisions, and none of them is for any of these tables."""
    if one.failed is not None or not one.supervisions:
        return False
    return not any(name in tables for own in one.supervisions for name in own.tables)


def _acts(one: Brought) -> set[tuple[str, str]]:
    """The acts a plugin brings: two may cite the same act, if they call it the same."""
    return {named for texts in one.law_texts for named in texts.acts.items()}


def _owned(one: Brought) -> list[str]:
    """What only one plugin may bring."""
    return [
        *(f"koden {code}" for rule in one.rules for code in (rule.code, *(former.code for former in rule.formerly))),
        *(f"tilsynet {supervision.name}" for supervision in one.supervisions),
        *(f"tabellen {table.name}" for table in one.tables),
        *(f"filendelsen {ending}" for adapter in one.adapters for ending in adapter.SUFFIXES),
        *(f"formatet {made.name}" for made in one.formats),
        *(f"rapporter med endelsen {made.suffix}" for made in one.formats if made.suffix is not None),
        *(f"afsnittet [{section}]" for section in one.settings),
        *(f"loven {act}" for texts in one.law_texts for act in texts.acts),
        *(f"kommandoen {command.name}" for command in one.commands),
        *(f"parameteren {own.name}" for texts in one.law_texts for own in texts.parameters),
    ]


def _together(brought: tuple[Brought, ...]) -> Plugins:
    used = [one for one in brought if one.failed is None]
    checks = chain.from_iterable(one.checks for one in used)
    adapters = chain.from_iterable(
        one.adapters if one.name == OURS else (Guarded(one.name, adapter) for adapter in one.adapters) for one in used
    )
    supervisions = chain.from_iterable(one.supervisions for one in used)
    return Plugins(
        tables={table.name: table for one in used for table in one.tables},
        checks=tuple(sorted(checks, key=lambda check: check.RULE.code)),
        adapters={ending: adapter for adapter in adapters for ending in adapter.SUFFIXES},
        formats=tuple(chain.from_iterable(one.formats for one in used)),
        law_texts=tuple(chain.from_iterable(one.law_texts for one in used if one.name != OURS)),
        settings={section: model for one in used for section, model in one.settings.items()},
        supervisions=tuple(sorted(supervisions, key=lambda supervision: supervision.name)),
        sections=tuple((one.name, section) for one in used for section in one.sections),
        brought=brought,
    )
