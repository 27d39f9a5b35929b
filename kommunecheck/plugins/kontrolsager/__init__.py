"""The supervision of how a municipality uses the control cases that Den Fælles Dataenhed hands it.

A plugin like any other: it uses the hooks, ``domain``, ``law`` and ``ports`` alone, and no other part of kommunecheck
knows it.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from pydantic import BaseModel

    from kommunecheck.law.law import LawTexts
    from kommunecheck.ports import ReportSection, Supervision, TableShape

hookimpl = pluggy.HookimplMarker("kommunecheck")


@hookimpl
def kommunecheck_tables() -> "Sequence[TableShape]":
    """The table ``kontrolsager``."""
    from kommunecheck.plugins.kontrolsager.table import KONTROLSAGER

    return (KONTROLSAGER,)


@hookimpl
def kommunecheck_law_texts() -> "Sequence[LawTexts]":
    """STAR's texts, and the numbers that are read from them."""
    from kommunecheck.plugins.kontrolsager.law import LAW_TEXTS

    return (LAW_TEXTS,)


@hookimpl
def kommunecheck_settings() -> "Mapping[str, type[BaseModel]]":
    """``[kontrolsager]`` of the configuration."""
    from kommunecheck.plugins.kontrolsager.settings import Settings

    return {"kontrolsager": Settings}


@hookimpl
def kommunecheck_supervisions() -> "Sequence[Supervision]":
    """The supervision, with its three rules."""
    from kommunecheck.plugins.kontrolsager.judging import SUPERVISION

    return (SUPERVISION,)


@hookimpl
def kommunecheck_report_sections() -> "Sequence[ReportSection]":
    """Its section of the report."""
    from kommunecheck.plugins.kontrolsager.section import SECTION

    return (SECTION,)
