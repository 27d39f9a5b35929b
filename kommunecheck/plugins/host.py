"""Asks the plugins what they bring, once, and hands on plain values."""

from dataclasses import dataclass
from itertools import chain
from types import ModuleType

import pluggy

from kommunecheck.domain.errors import UserError
from kommunecheck.plugins import builtin, hookspecs
from kommunecheck.ports import Adapter, AnyCheck, ReportFormat, TableShape


@dataclass(frozen=True, slots=True)
class Plugins:
    """Everything the plugins bring. ``names`` are name and version of those from outside."""

    tables: dict[str, TableShape]
    checks: tuple[AnyCheck, ...]
    adapters: dict[str, Adapter]
    """By file ending."""
    formats: tuple[ReportFormat, ...]
    names: tuple[tuple[str, str], ...] = ()


def load(*modules: ModuleType) -> Plugins:
    """The built-in parts and those of ``modules``.

    Raises ``UserError`` when a hook is misspelt or a code, table or file ending has two owners.
    """
    manager = pluggy.PluginManager("kommunecheck")
    manager.add_hookspecs(hookspecs)
    for module in (builtin, *modules):
        manager.register(module)
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise UserError(f"Et plugin bruger en krog, der ikke findes: {error}") from None
    hook = manager.hook
    tables = list(chain.from_iterable(reversed(hook.kommunecheck_tables())))
    checks = list(chain.from_iterable(reversed(hook.kommunecheck_checks())))
    adapters = list(chain.from_iterable(reversed(hook.kommunecheck_adapters())))
    endings = [(ending, adapter) for adapter in adapters for ending in adapter.SUFFIXES]
    _once("koden", [check.RULE.code for check in checks])
    _once("tabellen", [table.name for table in tables])
    _once("filendelsen", [ending for ending, _ in endings])
    return Plugins(
        tables={table.name: table for table in tables},
        checks=tuple(sorted(checks, key=lambda check: check.RULE.code)),
        adapters=dict(endings),
        formats=tuple(chain.from_iterable(reversed(hook.kommunecheck_report_formats()))),
    )


def _once(what: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"To plugins bringer {what} {name}. Slå det ene fra.")
