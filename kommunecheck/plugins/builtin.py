"""What kommunecheck brings itself, offered through the hooks.

Modules are imported when asked for: ``kommunecheck --help`` needs none of them.
"""

from collections.abc import Sequence

import pluggy

from kommunecheck.domain.report import Fact
from kommunecheck.law.law import LawTexts
from kommunecheck.ports import Adapter, AnyCheck, ReportFormat, TableShape

hookimpl = pluggy.HookimplMarker("kommunecheck")


@hookimpl
def kommunecheck_tables() -> Sequence[TableShape]:
    """The canonical tables of the visitationstilsyn."""
    from kommunecheck.intake.tables import TABLES

    return tuple(TABLES.values())


@hookimpl
def kommunecheck_checks() -> Sequence[AnyCheck]:
    """The rules of the visitationstilsyn and of data quality."""
    from kommunecheck.checks import CHECKS

    return CHECKS


@hookimpl
def kommunecheck_adapters() -> Sequence[Adapter]:
    """The file formats that can be read."""
    from kommunecheck.adapters import csv, spreadsheet, word

    return (csv, spreadsheet, word)


@hookimpl
def kommunecheck_law_texts() -> Sequence[LawTexts]:
    """The acts and parameters of the visitationstilsyn: nobody else can bring one of the same name."""
    from kommunecheck.config import read_law

    law = read_law()
    return (LawTexts(law.acts, tuple(law.parameters.values())),)


@hookimpl
def kommunecheck_report_formats() -> Sequence[ReportFormat]:
    """The formats a report can be written in."""
    from kommunecheck.reports import calendar, digest, excel, html, json, junit, sarif, table, word

    everything = frozenset(Fact)
    return (
        ReportFormat("json", ".json", json.write),
        ReportFormat("excel", ".xlsx", excel.write, shows=everything),
        ReportFormat("word", ".docx", word.write, shows=everything),
        ReportFormat("html", ".html", html.write, timelines=True, pages=html.pages, shows=frozenset(Fact)),
        ReportFormat("calendar", ".ics", calendar.write, shows=frozenset({Fact.UPCOMING})),
        ReportFormat("sarif", ".sarif", sarif.write),
        ReportFormat("junit", ".xml", junit.write),
        ReportFormat("csv", ".csv", table.write),
        ReportFormat("markdown", ".md", digest.write),
        ReportFormat("subject", None, digest.subject),
    )
