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
