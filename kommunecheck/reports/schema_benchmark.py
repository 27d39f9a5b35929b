"""What the JSON of the benchmark looks like, as models, as ``schema.py`` says of the report."""

from typing import Any, Literal

from pydantic import Field

from kommunecheck.reports.schema import Kroner, Part

PerCent = str
"""A share in per cent, with two decimals and a dot."""

Stands = Literal["fewer", "like", "more", "not_ranked", "withheld"]
Reached = Literal["met", "missed", "unsure"]


class Window(Part):
    """A period, both days included."""

    from_: str = Field(alias="from")
    to: str


class Rate(Part):
    """A count of a count, its share, and the interval of 95 % after Wilson."""

    part: int = Field(ge=0)
    of: int = Field(ge=0)
    share: PerCent
    low: PerCent
    high: PerCent


class Group(Part):
    """All municipalities that can be ranked in one period; null where they are too few to show."""

    municipalities: int
    error_share: Rate | None
    loss_per_case: Kroner | None
    lost_days_per_case: str | None
    loss_per_day: Kroner | None
    goal: PerCent | None
    goal_reached: Reached | None


class Figures(Part):
    """One municipality in one period; where it is withheld, nothing stands but that."""

    standing: Stands
    error_share: Rate | None = None
    withdrawn: int | None = None
    not_assessed: int | None = None
    loss_per_case: Kroner | None = None
    lost_days_per_case: str | None = None
    loss_per_day: Kroner | None = None
    surely_fewer_errors_than: int | None = None
    surely_more_errors_than: int | None = None
    goal_reached: Reached | None = None
    kinds: dict[str, Rate] | None = None


class Municipality(Part):
    """A municipality through the periods; null is a period it has no report of."""

    code: str | None
    name: str
    change: Literal["fallen", "same", "risen"] | None
    periods: list[Figures | None]


class Kind(Part):
    """How often a rule is broken: by the group, by the best, and by the others."""

    code: str
    group: Rate
    best: Rate | None
    others: Rate | None
    the_best_do_not: bool


class Supervision(Part):
    """One supervision; group and municipalities have their figures in the order of the periods."""

    periods: list[Window]
    group: list[Group]
    municipalities: list[Municipality]
    kinds: list[Kind]
    best: list[str]


class ControlRow(Part):
    """The kontrolsager of one municipality; null where it is withheld or there is nothing to count."""

    name: str
    complete_window: bool
    standing: Stands
    drawn: Rate | None
    opened: Rate | None
    closed_with_result: Rate | None
    not_closed: Rate | None


class ControlView(Part):
    """A kontroltrin and a benefit; ``group`` is the drawn share of all together."""

    kontroltrin: Literal["2", "3", "alle"]
    ydelse: str
    group: Rate | None
    municipalities: list[ControlRow]


class Control(Part):
    """The kontrolsager in the latest month that all have."""

    month: str
    views: list[ControlView]


class Apart(Window):
    """A report that is not compared, and why, with its own shares."""

    file: str
    municipality: str
    reason: str
    error_share: dict[str, Rate | None]


class Refused(Part):
    """A file that cannot be used, and why."""

    file: str
    reason: str


class Benchmark(Part):
    """The benchmark, version 1; ``digest`` is the SHA-256 of the document with this value empty."""

    schema_: Literal["kommunecheck/benchmark/1"] = Field(alias="schema")
    digest: str
    version: str
    synthetic: bool
    ruleset: str
    parameters: dict[str, Any]
    reports: int
    municipalities: int
    periods: list[Window]
    supervisions: dict[str, Supervision]
    kontrolsager: Control | None
    apart: list[Apart]
    refused: list[Refused]
    notes: list[str]
