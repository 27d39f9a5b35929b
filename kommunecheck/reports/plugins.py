"""What ``plugins`` prints: each plugin with where it comes from and what it adds."""

from collections.abc import Iterable, Sequence

from rich.table import Table

from kommunecheck.ports import Brought, Check
from kommunecheck.reports.console import screen


def print_plugins(brought: Sequence[Brought]) -> None:
    """Each plugin: name, version, the package it comes in, and what it adds, or why it is left out."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in ("Navn", "Version", "Pakke", "Bringer"):
        table.add_column(column, overflow="fold")
    for one in brought:
        said = f"UDELADT: {one.failed}" if one.failed else "\n".join(_added(one))
        table.add_row(one.name, one.version, one.origin, said)
    screen().print(table)


def _added(one: Brought) -> Iterable[str]:
    """What the plugin adds, a line for each kind."""
    kinds = (
        ("regler", [check.RULE.code for check in (*one.checks, *_rules_of(one))]),
        ("tabeller", [table.name for table in one.tables]),
        ("filer", sorted(ending for adapter in one.adapters for ending in adapter.SUFFIXES)),
        ("rapporter", [made.name for made in one.formats]),
        ("love", [act for texts in one.law_texts for act in texts.acts]),
        ("parametre", [own.name for texts in one.law_texts for own in texts.parameters]),
        ("opsætning", [f"[{section}]" for section in one.settings]),
        ("tilsyn", [supervision.name for supervision in one.supervisions]),
        ("kommandoer", [str(command.name) for command in one.commands]),
        ("afsnit i rapporten", [section.name for section in one.sections]),
    )
    return (f"{kind}: {', '.join(names)}" for kind, names in kinds if names)


def _rules_of(one: Brought) -> Iterable[Check]:
    return (rule for supervision in one.supervisions for rule in supervision.rules)
