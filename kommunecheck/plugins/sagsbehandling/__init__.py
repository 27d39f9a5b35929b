"""The supervision of casework: case times, notices, dead periods, legal safeguards and complaints.

A plugin like any other: it uses what a package from outside could. Every command loads this module, so what takes time
is imported when it is asked for.
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
    """Applications, steps and complaints."""
    from kommunecheck.plugins.sagsbehandling.tables import TABLES

    return TABLES


@hookimpl
def kommunecheck_law_texts() -> "Sequence[LawTexts]":
    """What the rules cite, and the limits they judge by."""
    from kommunecheck.plugins.sagsbehandling.texts import TEXTS

    return (TEXTS,)


@hookimpl
def kommunecheck_settings() -> "Mapping[str, type[BaseModel]]":
    """``[sagsbehandling]``."""
    from kommunecheck.plugins.sagsbehandling.settings import Settings

    return {"sagsbehandling": Settings}


@hookimpl
def kommunecheck_supervisions() -> "Sequence[Supervision]":
    """The supervision."""
    from kommunecheck.plugins.sagsbehandling.judging import NAME, REVIEW, judge
    from kommunecheck.plugins.sagsbehandling.rules import RULES
    from kommunecheck.plugins.sagsbehandling.tables import DONE, TABLES
    from kommunecheck.ports import Supervision

    names = tuple(table.name for table in TABLES)
    return (Supervision(NAME, "Sagsbehandling", names, RULES, judge, DONE, (REVIEW,)),)


@hookimpl
def kommunecheck_report_sections() -> "Sequence[ReportSection]":
    """The section of the report."""
    from kommunecheck.plugins.sagsbehandling.section import section
    from kommunecheck.ports import ReportSection

    return (ReportSection("sagsbehandling", section),)


@hookimpl
def kommunecheck_commands() -> "Sequence[click.Command]":
    """``review``: the review of cases for what no export shows."""
    from kommunecheck.plugins.sagsbehandling.commands import review

    return (review,)
