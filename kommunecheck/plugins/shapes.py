"""Whether what a plugin brings is as its types say; what is not would break a run where nobody could tell why."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, get_args

import click

from kommunecheck.domain import outside
from kommunecheck.domain.report import Fact
from kommunecheck.domain.rule import Explanation, Former, Rule, Severity
from kommunecheck.law.law import LawTexts, Parameter, Step
from kommunecheck.ports import (
    CASE_KEY,
    Adapter,
    AnyCheck,
    Brought,
    CaseAspect,
    Check,
    Column,
    Kind,
    ReportFormat,
    ReportSection,
    Supervision,
    TableShape,
)

if TYPE_CHECKING:
    from pydantic import BaseModel

JUDGED = (*get_args(CaseAspect), "rows", "municipality")
"""What a check can say that it judges."""

PLACES = frozenset(("source", "row"))
BESIDE = PLACES | {"unread"}
"""What a record can have beside the columns of its table."""

RESERVED = BESIDE | {"case", "aside", "its day"}
"""What no column of a plugin's table can be called."""

CERTAINTIES = ("seed", "found", "unverified")
"""How sure a parameter can be said to be."""


class RefusedError(Exception):
    """A plugin cannot be used; the message says why, in Danish."""


def refuse_misshapen(one: Brought) -> None:
    """Raises what is wrong with the shape of anything the plugin brings."""
    for table in one.tables:
        _table(table)
    for check in one.checks:
        _check(check)
    for adapter in one.adapters:
        _adapter(adapter)
    for made in one.formats:
        _format(made)
    for texts in one.law_texts:
        _law_texts(texts)
    for name, model in one.settings.items():
        _settings(name, model)
    for command in one.commands:
        _demand(isinstance(command, click.Command), "en kommando er ikke en click.Command.")
        _demand(_can_be_shown(command.name), "en kommandos navn er ikke en tekst, der kan vises.")
    for supervision in one.supervisions:
        _supervision(supervision, one.tables)
        named = {f"{section}.{key}" for section, model in one.settings.items() for key in model.model_fields}
        good = _texts(supervision.files) and set(supervision.files) <= named
        _demand(good, f"tilsynet {supervision.name} har files, der ikke er nøgler i dets egne afsnit af opsætningen.")
    for section in one.sections:
        _demand(isinstance(section, ReportSection), "et afsnit er ikke en ReportSection.")
        _demand(_can_be_shown(section.name), "et afsnits navn er ikke en tekst, der kan vises.")
        _demand(callable(section.write), f"afsnittet {section.name} har en write, der ikke er en funktion.")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise RefusedError(otherwise)


def _can_be_shown(text: object) -> bool:
    """Whether it is a text that says something, without CPR numbers and signs that no format can show."""
    return isinstance(text, str) and _says_something(text)


@lru_cache(maxsize=8192)  # several commands in one process look over the same plugins
def _says_something(text: str) -> bool:
    return bool(text.strip()) and outside.text(text) == text


def _texts(given: object, allowed: Callable[[str], bool] = _can_be_shown) -> bool:
    """Whether it is a tuple of texts. A text in its place would be taken for many of one letter."""
    return isinstance(given, tuple) and all(isinstance(text, str) and allowed(text) for text in given)


def _is_name(text: object) -> bool:
    """Whether a table, column or section can be called so: it is typed in a file's name or in the configuration."""
    return _can_be_shown(text) and re.fullmatch(r"[a-zæøå][a-zæøå0-9_-]*", str(text)) is not None


def _is_ending(text: str) -> bool:
    return re.fullmatch(r"\.[a-z0-9]+", text) is not None


def _table(table: TableShape) -> None:
    _demand(isinstance(table, TableShape), "en tabel er ikke en TableShape.")
    _demand(_is_name(table.name), "en tabels navn er ikke små bogstaver, cifre, _ og -.")
    what, columns = f"tabellen {table.name}", table.columns
    whole = isinstance(columns, tuple) and all(isinstance(column, Column) for column in columns)
    _demand(whole, f"{what} har columns, der ikke er en tuple af Column.")
    said = (table.also, *(one.also for one in columns), *(pair for one in columns for pair in one.also_codes))
    _demand(all(map(_texts, said)), f"{what} har also eller also_codes, der ikke er tupler af tekster.")
    kinds = {column.name: column.kind for column in columns}
    _demand(len(kinds) == len(columns), f"{what} har to kolonner med samme navn.")
    for column in columns:
        good = _is_name(column.name) and column.name not in RESERVED and column.kind in get_args(Kind)
        unfit = f"{what} har en kolonne, hvis navn, kind eller codes ikke kan bruges."
        _demand(good and isinstance(column.codes, frozenset), unfit)
        _demand(column.otherwise is None or column.otherwise in column.codes, unfit)
        _demand(isinstance(column.known_only, bool), unfit)
    _demand(any(column.required for column in columns), f"{what} har ingen kolonne, der er required.")
    _demand(kinds.get(CASE_KEY, "key") == "key", f"{what} har en {CASE_KEY}, der ikke er af slagsen key.")
    keyed = table.key is None or isinstance(table.key, str) or (isinstance(table.key, tuple) and bool(table.key))
    keyed = keyed and all(kinds.get(name) == "key" for name in table.keys)
    _demand(keyed, f"{what} har en key, der ikke er en kolonne eller en tuple af kolonner af den slags.")
    dated = _texts(table.days, lambda name: kinds.get(name) == "date")
    _demand(dated, f"{what} har days, der ikke er en tuple af datokolonner.")
    if table.record is not None:
        fields = getattr(table.record, "_fields", ())
        is_record = isinstance(table.record, type) and issubclass(table.record, tuple) and bool(fields)
        _demand(is_record, f"{what} har en record, der ikke er en NamedTuple.")
        strange = sorted(set(fields) - set(kinds) - BESIDE)
        _demand(not strange, f"{what} har en record med felter, der ikke er kolonner: {', '.join(strange)}.")


def _check(check: AnyCheck) -> None:
    _stated(check)
    code = check.RULE.code
    _demand(callable(check.check), f"{code} har en check, der ikke er en funktion.")
    _demand(check.JUDGES in JUDGED, f"{code} har JUDGES »{outside.text(str(check.JUDGES))}«, som ikke findes.")


def _stated(check: Check) -> None:
    """Raises what is wrong with what a rule says of itself."""
    rule = check.RULE
    _demand(_can_be_shown(rule.code), "en regels kode er ikke en tekst, der kan vises.")
    whole = isinstance(rule, Rule) and isinstance(rule.severity, Severity)
    texts = _texts((rule.name, rule.title, rule.supervision)) and _texts(rule.citations) and _texts(check.NEEDS)
    _demand(whole and texts, f"{rule.code} har en RULE eller NEEDS, hvor noget er af en forkert slags.")
    former = isinstance(rule.formerly, tuple) and all(isinstance(one, Former) for one in rule.formerly)
    former = former and all(_texts(tuple(one)) for one in rule.formerly)
    _demand(former, f"{rule.code} har formerly, der ikke er en tuple af Former.")
    _demand(isinstance(check.EXPLAIN, Explanation), f"{rule.code} har en EXPLAIN, der ikke er en Explanation.")
    parts = [(getattr(check.EXPLAIN, part.name), part.default) for part in dataclasses.fields(Explanation)]
    said = tuple(text for text, left_out in parts if text != left_out)
    _demand(_texts(said), f"{rule.code} har en EXPLAIN, hvor noget ikke er en tekst, der kan vises.")


def _adapter(adapter: Adapter) -> None:
    endings = adapter.SUFFIXES
    good = _texts(endings, _is_ending) and ".toml" not in endings
    _demand(good, "en adapter har SUFFIXES, der ikke er en tuple af endelser som .prv.")
    whole = callable(adapter.sheets) and callable(adapter.read)
    _demand(whole, "en adapter har en sheets eller read, der ikke er en funktion.")


def _format(made: ReportFormat) -> None:
    _demand(isinstance(made, ReportFormat), "et format er ikke et ReportFormat.")
    _demand(_can_be_shown(made.name) and made.name != "console", "et formats navn kan ikke bruges.")
    good = made.suffix is None or _texts((made.suffix,), _is_ending)
    _demand(good, f"formatet {made.name} har en suffix, der ikke er en endelse som .liste.")
    _demand(callable(made.write), f"formatet {made.name} har en write, der ikke er en funktion.")
    told = isinstance(made.shows, frozenset) and all(isinstance(one, Fact) for one in made.shows)
    _demand(told, f"formatet {made.name} har shows, der ikke er et frozenset af Fact.")
    paged = made.pages is None or callable(made.pages)
    _demand(paged, f"formatet {made.name} har en pages, der hverken er en funktion eller None.")
    _demand(isinstance(made.timelines, bool), f"formatet {made.name} har en timelines, der ikke er ja eller nej.")


def _law_texts(texts: LawTexts) -> None:
    _demand(isinstance(texts, LawTexts) and isinstance(texts.acts, Mapping), "en lovtekst er ikke en LawTexts.")
    named = _texts((*texts.acts, *texts.acts.values()))
    _demand(named, "en lovs navn er ikke en tekst, der kan vises.")
    _demand(isinstance(texts.parameters, tuple), "en LawTexts har parameters, der ikke er en tuple.")
    for own in texts.parameters:
        _demand(isinstance(own, Parameter), "en parameter er ikke en Parameter.")
        shown = _texts((own.name, own.title, own.citation)) and own.certainty in CERTAINTIES
        _demand(shown and own.name != "refund_rates", "en parameter har et felt, der ikke kan bruges.")
        for day in (own.first, own.last, own.value if own.is_date else None):
            outside.day(day)
        if not isinstance(own.value, str):
            outside.whole(own.value)
        else:
            _demand(_can_be_shown(own.value) and not own.is_date, "en parameter har en value, der ikke kan bruges.")
        _demand(own.step is None or isinstance(own.step, Step), "en parameter har en step, der ikke er en Step.")


def _settings(name: str, model: "type[BaseModel]") -> None:
    from pydantic import BaseModel

    _demand(_is_name(name) and "-" not in name, "et afsnit af opsætningen har et navn, der ikke kan bruges.")
    good = isinstance(model, type) and issubclass(model, BaseModel)
    _demand(good, f"afsnittet [{name}] er ikke en pydantic-model.")
    required = any(one.is_required() for one in model.model_fields.values())
    _demand(not required, f"afsnittet [{name}] har en nøgle uden standardværdi.")
    model().model_dump(mode="json")


def _supervision(supervision: Supervision, tables: tuple[TableShape, ...]) -> None:
    """Raises what is wrong with a supervision, also where it does not hang together with its rules and tables."""
    _demand(isinstance(supervision, Supervision), "et tilsyn er ikke en Supervision.")
    _demand(_texts((supervision.name, supervision.title)), "et tilsyns navn eller titel kan ikke vises.")
    what = f"tilsynet {supervision.name}"
    good = _texts(supervision.tables) and isinstance(supervision.rules, tuple) and _texts(supervision.done)
    _demand(good and callable(supervision.judge), f"{what} har tables, rules, done eller judge af en forkert slags.")
    for rule in supervision.rules:
        _stated(rule)
        own = rule.RULE.supervision == supervision.name
        _demand(own, f"koden {rule.RULE.code} siger ikke, at den hører til {what}.")
    fields = {table.name: getattr(table.record, "_fields", ()) for table in tables}
    for name in supervision.tables:
        _demand(bool(fields.get(name)), f"{what} har ikke selv en tabel {name} med en record.")
    kinds = {f"{table.name}.{column.name}": column.kind for table in tables for column in table.columns}
    for place in supervision.done:
        table, _, column = place.partition(".")
        lacking = f"{what} siger done {place}, men tabellens record mangler {column}, source eller row."
        _demand({column} | PLACES <= set(fields.get(table, ())), lacking)
        _demand(kinds.get(place) == "date", f"{what} siger done {place}, som ikke er en dato.")
