"""An example of a plugin: interviews held by telephone, and what the municipality rang about.

It has one of each of the most common parts: a check, a table, an adapter and a report format.
"""

from collections.abc import Sequence

import pluggy

from kommunecheck.law.law import LawTexts
from kommunecheck.ports import Adapter, AnyCheck, ReportFormat, TableShape
from kommunecheck_telefon import by_telephone, call_list, calls, json_lines

hookimpl = pluggy.HookimplMarker("kommunecheck")


@hookimpl
def kommunecheck_law_texts() -> Sequence[LawTexts]:
    """What the rule cites."""
    return (LawTexts({"Telefonaftalen": "Kommunens egen aftale om samtaler pr. telefon (et eksempel)"}),)


@hookimpl
def kommunecheck_tables() -> Sequence[TableShape]:
    """The table of calls."""
    return (calls.CALLS,)


@hookimpl
def kommunecheck_checks() -> Sequence[AnyCheck]:
    """The one check."""
    return (by_telephone,)


@hookimpl
def kommunecheck_adapters() -> Sequence[Adapter]:
    """Files with one JSON object a line."""
    return (json_lines,)


@hookimpl
def kommunecheck_report_formats() -> Sequence[ReportFormat]:
    """A list of whom to invite, as plain text."""
    return (ReportFormat("ringeliste", ".txt", call_list.write),)
