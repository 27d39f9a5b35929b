"""The law of one run: every number with its dates, how sure it is, and its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, NamedTuple

from kommunecheck.domain.days import NO_END, Day, Period
from kommunecheck.law.calendar import months_after
from kommunecheck.law.dated import Dated


class Rate(NamedTuple):
    """The state's share of the benefit: while the citizen is in no activation offer, and while in one."""

    passive: Fraction
    offer: Fraction


class Step(NamedTuple):
    """One step of a number that is a reading, for telling what the total would be with another.

    ``size`` is in the number's own unit, of a date in months. ``stricter`` is the way in which the municipality loses
    more by the sign: 1 for a higher number, -1 for a lower. No step goes below ``least``.
    """

    size: int
    stricter: int
    least: int


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the ruleset, a date, or one of several readings by its name.

    One value; outside ``first``-``last`` nobody vouches for it.
    ``title`` says in Danish what it is. ``overridden`` tells that the municipality's configuration set it.
    """

    name: str
    title: str
    value: int | Day | str
    is_date: bool
    first: Day | None
    last: Day | None
    certainty: str
    citation: str
    overridden: bool = False
    step: Step | None = None

    def stepped(self, *, stricter: bool) -> "Parameter | None":
        """The number one step stricter, or one looser; ``None`` where there is no such step."""
        if self.step is None or isinstance(self.value, str):
            return None
        by = self.step.size * (self.step.stricter if stricter else -self.step.stricter)
        value = months_after(self.value, by) if self.is_date else self.value + by
        return None if value < self.step.least else replace(self, value=value)


class LawTexts(NamedTuple):
    """What a plugin adds to the law: acts by the short name citations begin with, and parameters of its own."""

    acts: Mapping[str, str]
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The rules as they stood: ``vouched`` is the period we stand behind."""

    name: str
    title: str
    vouched: Period


@dataclass(frozen=True, slots=True)
class Law:
    """What every judgement is made with. Immutable; the same for all cases of a run."""

    ruleset: Ruleset
    acts: Mapping[str, str]
    """The short name of each act and guidance, and its full title."""
    parameters: Mapping[str, Parameter]
    rates: Mapping[str, Dated[Rate]]
    """Refund rates by benefit. A benefit that is not there is paid but unpriced."""
    overridden_rates: frozenset[str] = frozenset()
    settings: Mapping[str, Any] = field(default_factory=dict)
    """The sections of the configuration that plugins brought, by name."""
    _shares: dict[tuple[str, bool], tuple[tuple[Period, Fraction], ...]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Lay out the shares once; every line of every case asks for them."""
        for benefit, dated in self.rates.items():
            for in_offer in (False, True):
                self._shares[benefit, in_offer] = _shares(dated, in_offer)

    def shares(self, benefit: str, in_offer: bool | None) -> tuple[tuple[Period, Fraction], ...]:
        """The state's share of a benefit, period by period. A day in none of the periods is unpriced."""
        return () if in_offer is None else self._shares.get((benefit, in_offer), ())

    def number(self, name: str) -> int:
        """The value of a parameter of the ruleset: a count of months or days, or a day. Raises ``TypeError``."""
        value = self.parameters[name].value
        if isinstance(value, str):
            raise TypeError("no number")
        return value

    def unverified(self, *names: str) -> tuple[str, ...]:
        """Those of the named parameters that rest on a reading and not on a source."""
        return tuple(name for name in names if self.parameters[name].certainty == "unverified")


def _shares(dated: Dated[Rate], in_offer: bool) -> tuple[tuple[Period, Fraction], ...]:
    """The periods of one share; a share that was renewed unchanged is one share."""
    found: list[tuple[Period, Fraction]] = []
    for value in dated.values:
        share = value.value.offer if in_offer else value.value.passive
        period = Period(value.first or 0, value.last or NO_END)
        if found and found[-1][1] == share:
            period = Period(found.pop()[0].first, period.last)
        found.append((period, share))
    return tuple(found)
