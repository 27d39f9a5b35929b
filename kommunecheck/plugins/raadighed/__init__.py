"""Rådighedstilsynet (BEK 1404/2006): availability, consequences and sanctions of those who are only unemployed.

A plugin like any other: it uses the hooks and what they speak of, and nothing of kommunecheck knows it. Everything is
imported when it is asked for: every command loads this page.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    import click
    from pydantic import BaseModel

    from kommunecheck.law.law import LawTexts
    from kommunecheck.ports import ReportSection, Supervision, TableShape

hookimpl = pluggy.HookimplMarker("kommunecheck")


@hookimpl
def kommunecheck_tables() -> "Sequence[TableShape]":
    """``haendelser`` and ``afgoerelser``."""
    from kommunecheck.plugins.raadighed.tables import AFGOERELSER, HAENDELSER

    return (HAENDELSER, AFGOERELSER)


@hookimpl
def kommunecheck_law_texts() -> "Sequence[LawTexts]":
    """The acts it cites, and its numbers."""
    from kommunecheck.plugins.raadighed.texts import TEXTS

    return (TEXTS,)


@hookimpl
def kommunecheck_settings() -> "Mapping[str, type[BaseModel]]":
    """``[raadighed]``."""
    from kommunecheck.plugins.raadighed.settings import Settings

    return {"raadighed": Settings}


@hookimpl
def kommunecheck_supervisions() -> "Sequence[Supervision]":
    """The supervision itself."""
    from kommunecheck.plugins.raadighed.supervision import SUPERVISION

    return (SUPERVISION,)


@hookimpl
def kommunecheck_report_sections() -> "Sequence[ReportSection]":
    """The answer to § 13."""
    from kommunecheck.plugins.raadighed.section import SECTION

    return (SECTION,)


@hookimpl
def kommunecheck_commands() -> "Sequence[click.Command]":
    """``kommunecheck raadighed draw``."""
    from kommunecheck.plugins.raadighed.commands import raadighed

    return (raadighed,)
