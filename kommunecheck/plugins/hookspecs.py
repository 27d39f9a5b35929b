"""What a plugin can add. The one page to read: each hook is called once, at the start of a run, and returns values."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pluggy

from kommunecheck.law.law import LawTexts
from kommunecheck.ports import Adapter, AnyCheck, ReportFormat, ReportSection, Supervision, TableShape

if TYPE_CHECKING:
    import click
    from pydantic import BaseModel

hookspec = pluggy.HookspecMarker("kommunecheck")


@hookspec
def kommunecheck_tables() -> Sequence[TableShape]:  # type: ignore[empty-body]  # a hook specification has no body
    """Tables the plugin's checks look at."""


@hookspec
def kommunecheck_checks() -> Sequence[AnyCheck]:  # type: ignore[empty-body]  # a hook specification has no body
    """Check modules, see ``ports.Check``."""


@hookspec
def kommunecheck_adapters() -> Sequence[Adapter]:  # type: ignore[empty-body]  # a hook specification has no body
    """Modules that read a kind of file, see ``ports.Adapter``."""


@hookspec
def kommunecheck_report_formats() -> Sequence[ReportFormat]:  # type: ignore[empty-body]  # as above
    """Ways to write the report, see ``ports.ReportFormat``."""


@hookspec
def kommunecheck_law_texts() -> Sequence[LawTexts]:  # type: ignore[empty-body]  # as above
    """Acts that the plugin's rules cite, and the parameters they use: each with its dates, source and certainty."""


@hookspec
def kommunecheck_settings() -> "Mapping[str, type[BaseModel]]":  # type: ignore[empty-body]  # as above
    """Sections of ``kommunecheck.toml`` by name; every key has a default. A check finds them in ``law.settings``."""


@hookspec
def kommunecheck_supervisions() -> Sequence[Supervision]:  # type: ignore[empty-body]  # as above
    """Supervisions beside the visitationstilsyn, see ``ports.Supervision``."""


@hookspec
def kommunecheck_commands() -> "Sequence[click.Command]":  # type: ignore[empty-body]  # as above
    """Commands of their own, or groups of them; their help and errors are Danish, and they give an exit status."""


@hookspec
def kommunecheck_report_sections() -> Sequence[ReportSection]:  # type: ignore[empty-body]  # as above
    """Sections of their own in the report, on the screen and in Word, HTML, Excel and JSON."""
