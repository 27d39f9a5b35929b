"""The shape of ``kommunecheck.toml``, and the law as the configuration leaves it.

Everything that comes from outside is checked here, before any case is read. An unknown key is refused with the key
that was probably meant. Messages never repeat a value that was given, only where it stood and what was expected.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationError, create_model
from pydantic_core import PydanticCustomError

from kommunecheck.domain.days import Period, day_of, day_or_none
from kommunecheck.domain.errors import UserError, why
from kommunecheck.domain.rule import Severity
from kommunecheck.law.dated import Dated, DatedError, Value
from kommunecheck.law.law import Law, LawTexts, Parameter, Rate, Ruleset, Step

FILE_NAME = "kommunecheck.toml"


def _no_number(value: object) -> object:
    """A number is no day, though pydantic would count seconds with it."""
    if isinstance(value, int | float):
        raise PydanticCustomError("date_type", "no date")
    return value


Date = Annotated[date, BeforeValidator(_no_number)]
"""A day as TOML writes it."""


class Section(BaseModel):
    """A part of a file that people write: an unknown key is refused, and no message repeats a value."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Municipality(Section):
    """``[municipality]``: who is audited. ``synthetic`` marks made-up data in every report."""

    name: str | None = None
    code: str | None = None
    synthetic: bool = False
    procedures: dict[str, str] = Field(default_factory=dict)


class Audit(Section):
    """``[audit]``: the audited period and the last day the export knows about; all days included.

    ``supervisions`` are those that are run where their tables are there; ``None`` is: all.
    """

    from_: Date | None = Field(default=None, alias="from")
    to: Date | None = None
    cutoff: Date | None = None
    supervisions: list[str] | None = None


class SourceFile(Section):
    """``[[sources]]``: one file, or several by a pattern.

    ``columns`` is ours = theirs, ``codes`` is theirs = ours, by column.
    """

    table: str
    file: Annotated[str, Field(min_length=1)]
    sheet: str | None = None
    case_key: Literal["sag_id", "cpr"] = "sag_id"
    header_row: Annotated[int, Field(ge=1, strict=True)] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)


def _per_cent(value: object) -> Fraction:
    """A share from per cents as they are written: 35, 33.3 or "33.3". Exact, so that every øre can be redone."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("no number")
    match = re.fullmatch(r"(\d{1,3})(?:\.(\d{1,8}))?", str(value))
    if match is None or Fraction(str(value)) > 100:
        raise ValueError("no per cent")
    return Fraction(str(value)) / 100


PerCent = Annotated[Any, BeforeValidator(_per_cent), Field(json_schema_extra={"type": "number"})]


class RefundRate(Section):
    """``[[parameters.refund_rates]]``: the state's share in per cent. Given for a benefit, they replace all of ours."""

    benefit: Literal["kontanthjaelp", "starthjaelp", "introduktionsydelse", "revalidering", "foertidspension", "anden"]
    from_: Date | None = Field(default=None, alias="from")
    to: Date | None = None
    passive: PerCent
    offer: PerCent
    source: str = Field(min_length=1)


Days = Annotated[int, Field(ge=0, le=366, strict=True)]
Months = Annotated[int, Field(ge=1, le=24, strict=True)]


class Parameters(Section):
    """``[parameters]``: the numbers of the law that the municipality reads otherwise than the defaults."""

    interval_months: Months | None = None
    first_interview_months: Months | None = None
    registration_workdays: Days | None = None
    followup_workdays: Days | None = None
    sickness_workdays: Days | None = None
    long_sickness_days: Days | None = None
    reform_exclusions_from: Date | None = None
    refund_rates: list[RefundRate] = Field(default_factory=list)


class Rules(Section):
    """``[rules]``: what is shown and what decides the exit status. Never what a case came out as, nor the money."""

    select: list[str] = Field(default_factory=list)
    ignore: dict[str, Annotated[str, Field(min_length=1)]] = Field(default_factory=dict)
    fail_on: Severity = Severity.ERROR
    severity: dict[str, Severity] = Field(default_factory=dict)


class PluginChoice(Section):
    """``[plugins]``: which of the installed plugins are used. Without ``allow``, all but those in ``disable``."""

    allow: list[str] | None = None
    disable: list[str] = Field(default_factory=list)


class Privacy(Section):
    """``[privacy]``: ``key_file`` holds the key that hides identifiers which look like CPR numbers.

    ``cpr``: how much of the citizens' CPR numbers Word and Excel show; no other output ever shows any of them.
    ``quote_notes``: whether Word and Excel show the sentence of a note that a step rests on.
    """

    cpr: Literal["none", "masked", "full"] = "none"
    key_file: str | None = None
    quote_notes: Annotated[bool, Field(strict=True)] = False


class Reporting(Section):
    """``[report]``: how much the reports tell. Never what they say in all."""

    word_template: Annotated[str, Field(min_length=1)] | None = None
    word_cases: Annotated[int, Field(ge=0, le=10_000, strict=True)] = 50
    look_ahead_days: Annotated[int, Field(ge=0, le=366, strict=True)] = 28


class Journal(Section):
    """``[journal]``: a municipality's own words, by the groups of ``journal/vocabulary.toml``."""

    words: dict[str, list[Annotated[str, Field(min_length=1)]]] = Field(default_factory=dict)


class WaiversChoice(Section):
    """``[waivers]``: the file of accepted findings, and how many days ahead one may expire."""

    file: Annotated[str, Field(min_length=1)] | None = None
    longest_days: Annotated[int, Field(ge=1, le=3660, strict=True)] = 366


class AssessmentsChoice(Section):
    """``[assessments]``: the file of what persons have judged."""

    file: Annotated[str, Field(min_length=1)] | None = None


class BaselineChoice(Section):
    """``[baseline]``: the file of known findings."""

    file: Annotated[str, Field(min_length=1)] | None = None


class HistoryChoice(Section):
    """``[history]``: the file in which every run is kept."""

    database: Annotated[str, Field(min_length=1)] | None = None


def _kroner(value: object) -> int:
    """Øre, from kroner as they are written: 1000, 1000.50 or "1000.50"."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise PydanticCustomError("kroner", "no amount")
    match = re.fullmatch(r"(\d{1,12})(?:\.(\d{1,2}))?", str(value))
    if match is None:
        raise PydanticCustomError("kroner", "no amount")
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


Kroner = Annotated[int, BeforeValidator(_kroner), Field(json_schema_extra={"type": "number"})]
Whole = Annotated[int, Field(ge=0, strict=True)]


class Gate(Section):
    """``[gate]``: what must not pass in silence. Amounts are kroner, and øre once read."""

    max_findings: Whole | None = None
    max_new: Whole | None = None
    max_expected_loss: Kroner | None = None
    max_new_loss: Kroner | None = None
    max_error_share: PerCent | None = None
    min_cases: Whole | None = None
    must_run: list[str] = Field(default_factory=list)
    max_export_age_days: Whole | None = None


class Reconciling(Section):
    """``[reconcile]``: ``tolerance_oere`` is how far off a payment may be before it is a finding."""

    tolerance_oere: Whole = 0


Year = Annotated[str, Field(pattern=r"^\d{4}$")]


class Benchmarking(Section):
    """``[benchmark]``: ``goals`` is the share of cases with errors aimed at, by supervision and year."""

    goals: dict[str, dict[Year, PerCent]] = Field(default_factory=dict)


class Config(Section):
    """The whole of ``kommunecheck.toml``; every section may be left out."""

    municipality: Municipality = Municipality()
    audit: Audit = Audit()
    sources: list[SourceFile] = Field(default_factory=list)
    parameters: Parameters = Parameters()
    rules: Rules = Rules()
    plugins: PluginChoice = PluginChoice()
    privacy: Privacy = Privacy()
    report: Reporting = Reporting()
    journal: Journal = Journal()
    waivers: WaiversChoice = WaiversChoice()
    assessments: AssessmentsChoice = AssessmentsChoice()
    baseline: BaselineChoice = BaselineChoice()
    history: HistoryChoice = HistoryChoice()
    gate: Gate = Gate()
    reconcile: Reconciling = Reconciling()
    benchmark: Benchmarking = Benchmarking()
    _sections: dict[str, BaseModel] = PrivateAttr(default_factory=dict)

    @property
    def sections(self) -> Mapping[str, BaseModel]:
        """The sections of plugins, by name, with their defaults where the file says nothing."""
        return self._sections


def open_config(path: Path) -> dict[str, Any]:
    """What stands in the file, unchecked. Raises ``UserError`` when it is no TOML or cannot be read."""
    if path.exists() and not path.is_file() and not path.is_dir():  # a pipe would never end
        raise UserError(f"{path.name} er ikke en almindelig fil. Skriv stien til en fil.")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        where = str(error).rpartition("(")[2].rstrip(")")
        raise UserError(f"{path.name} er ikke gyldig TOML ({_place(where)}). Ret linjen, og kør igen.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path.name} er ikke gemt som UTF-8. Gem filen som UTF-8, og kør igen.") from None
    except OSError as error:
        raise UserError(f"{path.name} {why(error)}.") from None
    except (RecursionError, ValueError):  # what the library reads no deeper and no longer
        raise UserError(
            f"{path.name} har lister eller tabeller i hundredvis af lag eller et tal med tusindvis af cifre og kan "
            "ikke læses. Ret det, og kør igen."
        ) from None


def plugin_choice(file: str, given: dict[str, Any]) -> PluginChoice:
    """Which plugins to use: what must be known before it is known which sections there can be."""
    return as_config(file, {"plugins": given["plugins"]} if "plugins" in given else {}, {}).plugins


def as_config(file: str, given: dict[str, Any], sections: Mapping[str, type[BaseModel]]) -> Config:
    """The configuration, with the sections that plugins bring.

    Raises ``UserError`` with a Danish sentence for each thing that is wrong.
    """
    config = as_section(file, given, _with_sections(tuple(sections.items())))
    config._sections = {name: getattr(config, name) for name in sections}
    return config


@cache
def _with_sections(sections: tuple[tuple[str, type[BaseModel]], ...]) -> type[Config]:
    """The shape of the configuration with the sections of plugins; to make it takes longer than to use it."""
    fields: dict[str, Any] = {name: (model, Field(default_factory=model)) for name, model in sections}
    whole: type[Config] = create_model("Config", __base__=Config, **fields) if fields else Config
    return whole


Made = TypeVar("Made", bound=BaseModel)


def as_section(file: str, given: Mapping[str, Any], shape: type[Made]) -> Made:
    """What stands in a file, as its shape has it. Raises ``UserError`` with a sentence for each thing that is wrong."""
    try:
        return shape.model_validate(given)
    except ValidationError as error:
        said = (_in_danish(file, shape, one) for one in error.errors(include_input=False))
        raise UserError("\n".join(said)) from None


def _place(where: str) -> str:
    return where.replace("at line", "linje").replace("column", "kolonne").replace("at end of document", "sidst i filen")


_EXPECTED = {
    "missing": "nøglen mangler; skriv den",
    "bool_type": "der ventes true eller false",
    "bool_parsing": "der ventes true eller false",
    "string_type": "der ventes en tekst i anførselstegn",
    "string_too_short": "der ventes en tekst, som ikke er tom",
    "too_short": "listen skal have mindst én værdi",
    "list_type": "der ventes en liste i kantede parenteser",
    "dict_type": "der ventes en tabel i krøllede parenteser",
    "int_type": "der ventes et helt tal",
    "greater_than_equal": "tallet er for lille",
    "less_than_equal": "tallet er for stort",
    "date_type": "der ventes en dato som 2007-03-31 uden anførselstegn",
    "date_parsing": "der ventes en dato som 2007-03-31",
    "date_from_datetime_parsing": "der ventes en dato som 2007-03-31",
    "date_from_datetime_inexact": "der ventes en dato som 2007-03-31, altså en dato uden klokkeslæt",
    "string_pattern_mismatch": "der ventes et årstal som 2008",
    "kroner": "der ventes et beløb i kroner som 1000 eller 1000.50",
    "value_error": "der ventes et tal i procent fra 0 til 100",
}


def _in_danish(file: str, whole: type[BaseModel], error: Any) -> str:
    """One pydantic error as a Danish sentence, without the value that was given."""
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        siblings = _siblings(whole, error["loc"])
        near = difflib.get_close_matches(str(error["loc"][-1]), siblings, n=1, cutoff=0.5)
        meant = f" Mente du »{near[0]}«?" if near else f" Mulige nøgler: {', '.join(siblings)}." if siblings else ""
        return f"{file}: nøglen »{where}« findes ikke.{meant}"
    if error["type"] in ("enum", "literal_error"):
        expected = error["ctx"]["expected"].replace(" or ", " eller ")
        return f"{file}: »{where}«: der ventes {expected}."
    if error["type"] == "danish":  # a plugin says itself what it expected
        return f"{file}: »{where}«: {error['msg']}."
    return f"{file}: »{where}«: {_EXPECTED.get(error['type'], 'værdien kan ikke bruges')}."


def _siblings(whole: type[BaseModel], loc: tuple[Any, ...]) -> list[str]:
    """The keys that may stand where an unknown one stood; none where they are the user's own."""
    model: Any = whole
    for part in loc[:-1]:
        if isinstance(part, str):
            if not isinstance(model, type) or not issubclass(model, BaseModel):
                return []
            field = next(f for name, f in model.model_fields.items() if part in (name, f.alias))
            model = field.annotation
            model = getattr(model, "__args__", (model,))[0]
    if not isinstance(model, type) or not issubclass(model, BaseModel):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


# The law files are ours, but read as carefully as a stranger's: a value without its source is refused.


class _StepRecord(Section):
    size: int = Field(ge=1)
    stricter: Literal["lower", "higher"]
    least: int = 0


class _ParameterRecord(Section):
    name: str
    title: str
    value: int | date
    from_: Date | None = Field(default=None, alias="from")
    to: Date | None = None
    certainty: Literal["seed", "found", "unverified"]
    citation: str = Field(min_length=1)
    step: _StepRecord


class _RateRecord(Section):
    benefit: str
    from_: Date | None = Field(default=None, alias="from")
    to: Date | None = None
    passive: PerCent
    offer: PerCent
    certainty: Literal["seed", "found", "unverified"]
    citation: str = Field(min_length=1)


class _Numbers(Section):
    parameter: list[_ParameterRecord]
    refund_rates: list[_RateRecord]


class _RulesetRecord(Section):
    name: str
    title: str
    from_: date = Field(alias="from")
    to: date


class _Texts(Section):
    ruleset: _RulesetRecord
    acts: dict[str, str]


def read_law(
    parameters: Parameters | None = None,
    texts_besides: Sequence[LawTexts] = (),
    settings: Mapping[str, BaseModel] | None = None,
) -> Law:
    """The law as its files say, with the configuration's own numbers in place of ours, and what plugins add.

    Raises ``UserError`` when the configured refund rates leave a gap or overlap.
    """
    numbers, texts = _shipped()
    ruleset = texts.ruleset
    given = parameters or Parameters()
    rates, overridden = _rates(numbers, given)
    return Law(
        ruleset=Ruleset(ruleset.name, ruleset.title, Period(day_of(ruleset.from_), day_of(ruleset.to))),
        acts=MappingProxyType(texts.acts | {name: title for one in texts_besides for name, title in one.acts.items()}),
        parameters=MappingProxyType(
            _parameters(numbers, given)
            | {p.name: _as_set(p, settings or {}) for one in texts_besides for p in one.parameters}
        ),
        rates=MappingProxyType(dict(rates)),
        overridden_rates=overridden,
        settings=MappingProxyType(dict(settings or {})),
    )


@cache
def _shipped() -> tuple[_Numbers, _Texts]:
    """What our own law files say. Nobody may change it: a run asks for it more than once."""
    folder = files("kommunecheck.law")
    numbers = tomllib.loads((folder / "parameters.toml").read_text(encoding="utf-8"))
    texts = tomllib.loads((folder / "texts.toml").read_text(encoding="utf-8"))
    return _Numbers.model_validate(numbers), _Texts.model_validate(texts)


def _parameters(numbers: _Numbers, given: Parameters) -> dict[str, Parameter]:
    found = {}
    for record in numbers.parameter:
        is_date = isinstance(record.value, date)
        value = day_of(record.value) if isinstance(record.value, date) else record.value
        parameter = Parameter(
            record.name,
            record.title,
            value,
            is_date,
            day_or_none(record.from_),
            day_or_none(record.to),
            record.certainty,
            record.citation,
            step=Step(record.step.size, 1 if record.step.stricter == "higher" else -1, record.step.least),
        )
        found[record.name] = _overridden(parameter, getattr(given, record.name))
    return found


def _as_set(parameter: Parameter, settings: Mapping[str, BaseModel]) -> Parameter:
    """A plugin's parameter as a key of that name in a plugin's section of the configuration sets it."""
    given = (getattr(section, parameter.name, None) for section in settings.values())
    return _overridden(parameter, next((own for own in given if isinstance(own, int | date)), None))


def _overridden(parameter: Parameter, own: int | date | None) -> Parameter:
    """The parameter as the municipality sets it; as it is where the municipality does not."""
    if own is None:
        return parameter
    value = day_of(own) if isinstance(own, date) else own
    source = f"kommunens egen opsætning, i stedet for {parameter.citation}"
    return replace(
        parameter, value=value, first=None, last=None, certainty="unverified", citation=source, overridden=True
    )


def _rates(numbers: _Numbers, given: Parameters) -> tuple[Mapping[str, Dated[Rate]], frozenset[str]]:
    values: dict[str, list[Value[Rate]]] = {}
    for record in numbers.refund_rates:
        value = Value(
            Rate(record.passive, record.offer),
            day_or_none(record.from_),
            day_or_none(record.to),
            record.certainty,
            record.citation,
        )
        values.setdefault(record.benefit, []).append(value)
    own: dict[str, list[Value[Rate]]] = {}
    for rate in given.refund_rates:
        value = Value(
            Rate(rate.passive, rate.offer), day_or_none(rate.from_), day_or_none(rate.to), "unverified", rate.source
        )
        own.setdefault(rate.benefit, []).append(value)
    try:
        rates = {name: Dated(f"Refusionssatsen for {name}", some) for name, some in {**values, **own}.items()}
    except DatedError as error:
        raise UserError(str(error)) from None
    return rates, frozenset(own)
