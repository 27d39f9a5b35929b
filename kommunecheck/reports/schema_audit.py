"""What the JSON of the revisor's tools looks like, as models, as ``schema.py`` says of the report."""

from typing import Literal

from pydantic import Field

from kommunecheck.reports.schema import Finding, Kroner, Part, Run


class Figures(Part):
    """What was claimed and what may be: of a payment, a case, a month, an account, or all."""

    claimable: Kroner | None
    claimed: Kroner | None
    lost: Kroner | None
    discretionary: Kroner | None
    documentation: Kroner | None
    corrected: Kroner | None
    remaining: Kroner | None
    corrected_too_much: Kroner | None
    unclaimed: Kroner | None
    unpriced_claimed: Kroner | None


class OfMonth(Figures):
    """The figures of a month, ``2007-05``."""

    month: str


class OfAccount(Figures):
    """The figures of an account."""

    konto: str


class CodeAmount(Part):
    """What of a payment's figures one rule found."""

    code: str
    amount: Kroner | None


class Place(Part):
    """Where a payment stands."""

    payment: str | None
    file: str
    sheet: str | None
    row: int


class Payment(Place, Figures):
    """A payment that is reconciled, with a reason in words for every figure."""

    from_: str = Field(alias="from")
    to: str
    konto: str
    paid: Kroner
    codes: list[CodeAmount]
    reasons: list[str]


class OfCase(Figures):
    """The figures of a case, and its payments."""

    sag_id: str
    payments: list[Payment]


class NotReconciled(Place):
    """A payment that is not reconciled, and why."""

    reason: str
    claimed: Kroner | None


class Rows(Part):
    """Payments in the files = those reconciled + those not."""

    in_: int = Field(alias="in")
    reconciled: int
    not_reconciled: int


class Rounding(Part):
    """What rounding every line has added to two of the figures, in øre with four decimals."""

    claimable: str
    lost: str


class Reconciliation(Part):
    """The reconciliation, version 1."""

    schema_: Literal["kommunecheck/reconcile/1"] = Field(alias="schema")
    run: Run
    tolerance_oere: int
    rows: Rows
    rounding_oere: Rounding
    total: Figures
    by_month: list[OfMonth]
    by_account: list[OfAccount]
    cases: list[OfCase]
    not_reconciled: list[NotReconciled]
    not_reconciled_claimed: Kroner
    findings: list[Finding]


class Drawn(Part):
    """A case that was drawn, or a payment: the last three are there for a payment only."""

    id: str
    sag_id: str
    order: str
    amount: Kroner | None = None
    row: int | None = None
    sure: bool | None = None


class Stratum(Part):
    """A part of the list, and what was drawn of it, in the order of the draw."""

    name: str
    population: int
    drawn: list[Drawn]


class Planned(Part):
    """The sizes that were planned, one-sided."""

    hypergeometric: int | None
    poisson: int | None
    sided: Literal["one"]


class Sample(Part):
    """How a sample was drawn, and what was drawn. Shares are texts."""

    method: str
    by: str | None
    seed: str
    list_sha256: str
    population: int
    unregistered: int
    confidence: str
    expected: str
    tolerable: str
    size: int
    size_asked: int | None
    planned: Planned
    weighed_by: str | None
    total: Kroner
    interval: Kroner
    start: Kroner
    apart: list[str]
    unused_rows: int | None
    strata: list[Stratum]


class DrawnSample(Part):
    """A sample, version 1."""

    schema_: Literal["kommunecheck/sample/1"] = Field(alias="schema")
    run: Run
    sample: Sample


class Bounded(Part):
    """An estimate with its two-sided bounds."""

    estimate: str | None
    low: str | None
    high: str | None


class Judged(Part):
    """What the judged sample tells of a stratum, or of all."""

    name: str
    population: int
    drawn: int
    wrong: int
    withdrawn: int
    share: Bounded
    amount: Bounded


class Bounds(Part):
    """How the bounds are meant."""

    sided: Literal["two"]
    confidence: str


class Whole(Part):
    """The sample beside the whole list, as ``check`` sees it."""

    wrong: int
    share: str
    amount: Kroner | None
    share_within: bool
    amount_within: bool | None
    hidden: str
    as_few: str | None
    agreed: int
    stricter: list[str]
    milder: list[str]


class Evaluation(Part):
    """What a judged sample tells, version 1."""

    schema_: Literal["kommunecheck/sample-evaluation/1"] = Field(alias="schema")
    run: Run
    sample: Sample
    bounds: Bounds
    total: Judged
    strata: list[Judged]
    whole: Whole


class RuleFared(Part):
    """How often we and the directorate agreed on what a rule found; ``code`` is null where we found nothing.

    Of what we left open, ``taken`` became a loss and ``let_go`` did not.
    """

    code: str | None
    duty: Literal["deadline", "step1", "step2", "step3"]
    agreed: int
    we_stricter: int
    they_stricter: int
    taken: int
    let_go: int


class Fitted(Part):
    """How a reading fits: cases agreed and disagreed upon, and the days that only one of us holds for lost."""

    agreed: int
    disagreed: int
    days: int


class Stepped(Fitted):
    """A number one step stricter or looser, and how it fits."""

    name: str
    stricter: bool
    value: int | str


class Better(Part):
    """A step that would have fitted better."""

    name: str
    stricter: bool


class Readings(Part):
    """The run as it is, and every step."""

    now: Fitted
    steps: list[Stepped]


Said = Literal["loss", "error_without_loss", "no_criticism", "withdrawn"]


class Decided(Part):
    """A case as we and the directorate see it; ``from`` and ``to`` bound the days it took, both included."""

    sag_id: str
    team: str | None
    ours: Literal[Said, "left_open", "not_assessed"]
    theirs: Said
    relation: Literal["agreed", "we_stricter", "they_stricter", "left_open", "withdrawn_by_one", "not_assessed"]
    codes: list[str]
    duties: dict[Literal["deadline", "step1", "step2", "step3"], Said]
    from_: str | None = Field(alias="from")
    to: str | None
    refund_lost: Kroner | None
    refund_lost_theirs: Kroner | None
    days_only_ours: int | None
    days_only_theirs: int | None


class AfterSupervision(Part):
    """The directorate's decisions held against ours, version 1; ``better`` has the best reading first."""

    schema_: Literal["kommunecheck/after-supervision/1"] = Field(alias="schema")
    run: Run
    decided: int
    agreed: int
    we_stricter: int
    they_stricter: int
    left_open: int
    withdrawn_by_one: int
    not_assessed: int
    by_rule: list[RuleFared]
    without_duty: int
    readings: Readings
    better: list[Better]
    cases: list[Decided]
