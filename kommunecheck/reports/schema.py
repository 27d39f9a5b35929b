"""What the JSON report looks like, as models: JSON Schema and tests are made from them, the report itself is not."""

from typing import Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field

from kommunecheck.config import Config
from kommunecheck.domain.errors import UserError

Kroner = str
"""An amount with two decimals and a dot."""


class Part(BaseModel):
    """A part of the document, with no keys but these."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Amount(Part):
    """Days of one kind of loss, the benefit paid on them and the refund lost; null where no payments were given."""

    days: int = Field(ge=0)
    paid: Kroner | None
    refund_lost: Kroner | None


class Days(Part):
    """Days and refund of one cause."""

    days: int = Field(ge=0)
    refund_lost: Kroner | None


class Span(Part):
    """A period, both days included."""

    from_: str = Field(alias="from")
    to: str


class Line(Part):
    """One payment, one refund rate, one unbroken run of lost days; ``rate`` is null where unpriced."""

    payment: str | None
    file: str
    sheet: str | None
    row: int
    amount: Kroner
    payment_days: int
    from_: str = Field(alias="from")
    to: str
    days: int
    in_offer: bool | None
    rate: str | None
    paid: Kroner
    refund_lost: Kroner


class Loss(Amount):
    """The lost days of one kind in one case, and the lines they cost."""

    periods: list[Span]
    lines: list[Line] | None


class CaseAfterAssessments(Part):
    """What the case loses when the judgements of persons are followed."""

    expected: Loss
    discretionary: Loss
    documentation: Loss
    running_per_day: Kroner | None


class Case(Part):
    """One case."""

    sag_id: str
    team: str | None
    outcome: Literal["withdrawn", "error_with_loss", "error_without_loss", "not_assessed", "no_criticism"]
    fully_assessed: bool
    expected: Loss
    discretionary: Loss
    documentation: Loss
    running_per_day: Kroner | None
    after_assessments: CaseAfterAssessments | None = None
    """Only there where a judgement that holds moves days of the case."""


class ByCode(Part):
    """What one rule found; ``touched`` overlaps with other rules, ``alone`` does not."""

    code: str
    findings: int
    cases: int
    touched: Days
    alone: Days


class ByTeam(Part):
    """One team."""

    team: str | None
    cases: int
    error_with_loss: int
    refund_lost: Kroner | None


class AfterWaivers(Part):
    """What would be lost if the accepted findings were none."""

    expected: Amount
    discretionary: Amount
    documentation: Amount
    running_per_day: Kroner | None


class AfterAssessments(Part):
    """What would be lost if the judgements of persons were followed, and how many there are of them.

    ``accepted`` and ``refused`` hold; the evidence of the ``expired`` has changed, and the findings of the ``gone`` are
    not in this run; ``open`` questions of discretion and of notes are not judged.
    """

    expected: Amount
    discretionary: Amount
    documentation: Amount
    running_per_day: Kroner | None
    accepted: int
    refused: int
    expired: int
    open: int
    gone: int


class Summary(Part):
    """The municipality as a whole."""

    cases: int
    error_with_loss: int
    error_without_loss: int
    not_assessed: int
    no_criticism: int
    withdrawn: int
    expected: Amount
    discretionary: Amount
    documentation: Amount
    running_per_day: Kroner | None
    unpaid_days: int | None
    unpriced_days: int | None
    by_code: list[ByCode]
    by_team: list[ByTeam]
    after_waivers: AfterWaivers | None = None
    """Only there where waivers are used."""
    after_assessments: AfterAssessments | None = None
    """Only there where ``[assessments]`` names a file."""


class Cell(Part):
    """Where something stands; ``value`` is null for CPR numbers, persons, free text and what could not be read."""

    file: str
    sheet: str | None
    row: int
    column: str
    value: str | None


class Subject(Part):
    """What a finding is about: sag, ansoegning, kontrolsag, kommune, kilde, or a plugin's own."""

    kind: str
    id: str


class Known(Part):
    """A finding as it was known before."""

    code: str
    fingerprint: str
    date: str | None
    from_: str | None = Field(alias="from")
    to: str | None
    days: int
    paid: Kroner | None
    refund_lost: Kroner | None


class Fixed(Known):
    """A known finding that is gone."""

    sag_id: str | None


class Waiver(Part):
    """What accepts a finding, and the last day it does so."""

    id: str
    expires: str


class Assessment(Part):
    """What a person has judged of one kind of a finding's days; it ``holds`` while the evidence is what it was."""

    kind: Literal["expected", "discretionary", "documentation"]
    verdict: Literal["accepted", "refused"]
    date: str
    holds: bool


class BrokenGate(Part):
    """A gate that broke, with its figure in Danish."""

    gate: str
    sentence: str


class Finding(Part):
    """A breach of a rule."""

    code: str
    rule: str
    supervision: str
    severity: Literal["info", "warning", "error"]
    certainty: Literal["expected", "discretionary", "documentation", "none"]
    subject: Subject
    sag_id: str | None
    step: int | None
    date: str | None
    from_: str | None = Field(alias="from")
    to: str | None
    message: str
    citations: list[str]
    rests_on: list[str]
    evidence: list[Cell]
    fingerprint: str
    team: str | None
    days: int
    """The lost days it alone covers, of all three kinds; what they cost by themselves; and whether the loss runs on."""
    paid: Kroner | None
    refund_lost: Kroner | None
    runs: bool
    state: Literal["new", "unchanged", "changed", "reopened"] | None = None
    """This and the next three only where there are waivers or gates, or something known to compare with."""
    worse: bool = False
    before: Known | None = None
    waiver: Waiver | None = None
    assessments: list[Assessment] = Field(default_factory=list)
    """Only there where a person has judged the finding."""


class Parameter(Part):
    """A number of the law as it was used."""

    value: int | str | list[dict[str, object]]
    from_: str | None = Field(alias="from")
    to: str | None
    certainty: Literal["seed", "found", "unverified"]
    citation: str
    overridden: bool


class Source(Part):
    """A file that was read: ``rows`` = ``rows_used`` + ``rows_reported``."""

    table: str
    file: str
    sheet: str | None
    sha256: str
    rows: int
    rows_used: int
    rows_reported: int


class Plugin(Part):
    """A plugin from outside."""

    name: str
    version: str


class Reason(Part):
    """A rule and why it was not run or is not shown."""

    code: str
    reason: str


class Crash(Part):
    """A rule that failed in a case through a mistake of ours."""

    code: str
    sag_id: str | None


class Municipality(Part):
    """Who was audited."""

    code: str | None
    name: str | None


class CutoffCell(Part):
    """The cell that set the cutoff."""

    file: str
    sheet: str | None
    row: int
    column: str


class Run(Part):
    """The facts of the run."""

    version: str
    digest: str
    """The SHA-256 of the document with this value empty."""
    synthetic: bool
    municipality: Municipality
    ruleset: str
    from_: str = Field(alias="from")
    to: str
    cutoff: str
    cutoff_from: CutoffCell | None
    parameters: dict[str, Parameter]
    sources: list[Source]
    plugins: list[Plugin]
    rules_run: list[str]
    not_run: list[Reason]
    ignored: list[Reason]
    warnings: list[str]
    crashes: list[Crash]
    cases_outside_window: int
    complete: bool
    grounds: str
    """A hash of what the result follows from: files, period, parameters, version and plugins."""
    today: str | None = None
    """Only there where waivers or gates are judged by it."""


class Combined(Part):
    """All supervisions together, no day counted twice."""

    expected: Amount
    shared_days: int


class Supervision(BaseModel):
    """A further supervision; the first two are there where it judges cases, and beside them its own measures."""

    model_config = ConfigDict(extra="allow")
    summary: Summary | None = None
    cases: list[Case] | None = None


class Table(Part):
    """A table in a section; a number with decimals is a text."""

    headings: list[str]
    rows: list[list[str | int | None]]


class Picture(BaseModel):
    """A picture in a section, by what it is drawn from; a value with decimals is a text."""

    model_config = ConfigDict(extra="allow")
    kind: Literal["bars", "columns", "lanes"]
    title: str


class Section(Part):
    """What a plugin adds for a reader; ``picture`` and ``parts`` only where it has them."""

    title: str
    paragraphs: list[str]
    table: Table | None
    picture: Picture | None = None
    parts: "list[Section]" = Field(default_factory=list)


class Report(Part):
    """The JSON report, version 1."""

    schema_: Literal["kommunecheck/report/1"] = Field(alias="schema")
    run: Run
    summary: Summary
    cases: list[Case]
    supervisions: dict[str, Supervision]
    combined: Combined
    findings: list[Finding]
    fixed: list[Fixed] = Field(default_factory=list)
    gates: list[BrokenGate] = Field(default_factory=list)
    """These two only where there are waivers or gates, or something known to compare with."""
    sections: list[Section] = Field(default_factory=list)
    """Only there where a plugin adds one."""


def schema_of(what: str) -> bytes:
    """The JSON Schema of a document, by the name of what writes it. Raises ``UserError`` for anything else."""
    from kommunecheck.reports import schema_audit as audit
    from kommunecheck.reports.schema_benchmark import Benchmark

    models: dict[str, type[BaseModel]] = {
        "report": Report,
        "config": Config,
        "reconcile": audit.Reconciliation,
        "sample": audit.DrawnSample,
        "sample-evaluate": audit.Evaluation,
        "supervised": audit.AfterSupervision,
        "benchmark": Benchmark,
    }
    if what not in models:
        raise UserError(f"Der er schema for {', '.join(models)}. Skriv fx schema report.")
    made = models[what].model_json_schema(by_alias=True)
    return orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
