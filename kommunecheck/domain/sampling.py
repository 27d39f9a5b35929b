"""A sample as values: what was drawn of what, how anybody can draw it again, and what the judged items tell."""

from fractions import Fraction
from typing import NamedTuple

from kommunecheck.domain.days import Day, Period

DIRECTORATE, SIMPLE, STRATIFIED, MONEY = "directorate", "simple", "stratified", "money"
METHODS = (DIRECTORATE, SIMPLE, STRATIFIED, MONEY)
"""The ways to draw."""

TEAM, BENEFIT, CATEGORY = "team", "type", "category"
STRATA = (TEAM, BENEFIT, CATEGORY)
"""What a stratified sample may be divided by."""


class Unit(NamedTuple):
    """A case that can be drawn. ``registered``: whether it has any row in ``samtaler``.

    ``category`` is the match category of the latest interview that placed the citizen. ``person`` is a number for the
    person, the same for all of one person's cases; ``None`` where the CPR number is not known.
    """

    id: str
    team: str | None
    benefit: str
    registered: bool
    category: str | None
    began: Day
    person: int | None = None


class Item(NamedTuple):
    """A payment that can be drawn by its kroner; ``oere`` is what it weighs. ``id`` is that of the case and its own."""

    id: str
    sag_id: str
    udbetaling_id: str | None
    source: int
    row: int
    period: Period
    oere: int


class Design(NamedTuple):
    """How a sample is drawn: all that is needed to draw it again from the same list.

    ``size`` is ``None`` where it is planned from the shares: the ``expected`` and the ``tolerable`` share of errors.
    """

    method: str
    by: str | None
    seed: str
    size: int | None
    confidence: Fraction
    expected: Fraction
    tolerable: Fraction


class Planned(NamedTuple):
    """The sizes that suffice, one-sided: exact for this population (``None`` by money), and by the Poisson."""

    hypergeometric: int | None
    poisson: int


class Drawn(NamedTuple):
    """What was drawn: a case, or a payment with its weight. ``order`` is the hash, or the øre, that it was drawn by.

    ``sure``: it weighs a whole interval and had to be drawn.
    """

    id: str
    sag_id: str
    stratum: str
    order: str
    unit: Unit | None = None
    item: Item | None = None
    sure: bool = False


class Stratum(NamedTuple):
    """A part of the population and what was drawn of it, in the order drawn."""

    name: str
    population: int
    drawn: tuple[Drawn, ...]


class Sample(NamedTuple):
    """A drawn sample. ``list_hash`` is SHA-256 of the ids of the whole list, sorted, each with a line feed.

    ``apart`` are cases left out because their person has an earlier one, or payments that weigh nothing or less; they
    cannot be drawn. ``interval`` and ``start`` are in øre, of a sample by money; ``total`` is what the list weighs, and
    ``unused`` how many rows of ``udbetalinger`` are not on it because they cannot be used.
    """

    design: Design
    window: Period
    cutoff: Day
    planned: Planned
    list_hash: str
    strata: tuple[Stratum, ...]
    apart: tuple[str, ...]
    unregistered: int
    weighed_by: str | None = None
    total: int = 0
    interval: int = 0
    start: int = 0
    unused: int | None = None

    @property
    def population(self) -> int:
        """How many could be drawn."""
        return sum(stratum.population for stratum in self.strata)

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """All that was drawn, stratum by stratum."""
        return tuple(one for stratum in self.strata for one in stratum.drawn)
