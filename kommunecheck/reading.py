"""The municipality's files, read: what they hold, and which days are audited."""

from functools import partial
from typing import NamedTuple

from kommunecheck.domain.days import day_or_none
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.wording import whole
from kommunecheck.intake.records import Audited, Records, audited, dated_by, take_in
from kommunecheck.intake.sources import Opened, find_sources, open_sources, without_cases
from kommunecheck.journal.reader import quote_note, read_note
from kommunecheck.setup import Options, Setup


class Read(NamedTuple):
    """The files that were opened, what they hold, and which days are audited."""

    opened: Opened
    records: Records
    audit: Audited


def read_records(setup: Setup, options: Options, for_audit: bool = False) -> Read:
    """The files, what they hold, and which days are audited. Raises ``UserError`` when a table that must be is not."""
    shapes, opened = setup.plugins.tables, Opened()
    plugins = setup.plugins
    sources = find_sources(setup.folder, setup.config.sources, shapes, plugins.adapters, setup.further_tables)
    if setup.key is None and any(source.case_key == "cpr" for source in sources):
        raise UserError(
            '[[sources]]: case_key = "cpr" kræver en nøgle, så ingen CPR-numre vises. Læg mindst 16 tilfældige tegn i '
            'en fil uden for udtrækket, og skriv den i kommunecheck.toml: [privacy] key_file = "noegle.txt".'
        )
    given = {source.table for source in setup.config.sources}
    tables = open_sources(setup.folder, sources, shapes, plugins.adapters, opened, given)
    if "sager" not in tables:
        tables = without_cases(tables, sources, shapes, opened)
    read = partial(quote_note if setup.config.privacy.quote_notes else read_note, vocabulary=setup.vocabulary)
    known_on = day_or_none(options.known_on)
    records = take_in(tables, opened.files, read, setup.key, known_on, for_audit)
    if "samtaler" not in records.present:
        records = dated_by(records, [field for one in setup.supervisions for field in one.done])
    asked = setup.config.audit
    first, to, cutoff = options.first or asked.from_, options.to or asked.to, options.cutoff or asked.cutoff
    try:
        return Read(opened, records, audited(records, first, to, cutoff, known_on))
    except UserError:
        reason = _nothing_of_use(opened, records)
        if reason is None:
            raise
        raise UserError(reason) from None


def _nothing_of_use(opened: Opened, records: Records) -> str | None:
    """Why no row of any table can tell a day, where it is not that nobody wrote one."""
    if any(records.used.values()):
        return None
    if opened.left_out:
        return opened.left_out[min(opened.left_out)].reason
    rows = sum(records.rows.values())
    if not rows:
        return None
    none = "Den eneste række i udtrækket" if rows == 1 else f"Ingen af de {whole(rows)} rækker i udtrækket"
    file = opened.files[min(records.rows)].name
    return f"{none} kan {'ikke ' if rows == 1 else ''}bruges. Se hvorfor: kommunecheck inspect {masked(file)}."
