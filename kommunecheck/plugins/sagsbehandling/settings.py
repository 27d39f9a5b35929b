"""``[sagsbehandling]`` of the configuration: the municipality's own deadlines, and the limits it judges by."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from kommunecheck.domain.days import NO_END, Day
from kommunecheck.plugins.sagsbehandling.spelling import alike

DEFAULT = "default"
"""The key of the deadline for every type of case without one of its own."""

Days = Annotated[int, Field(ge=1, le=3660, strict=True)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class DatedDays(_Section):
    """A deadline in calendar days, for applications received from one day to another, both included."""

    days: Days
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    @property
    def span(self) -> tuple[Day, Day]:
        """Its first and last day."""
        return (
            1 if self.from_ is None else self.from_.toordinal(),
            NO_END if self.to is None else self.to.toordinal(),
        )


def _as_dated(given: object) -> object:
    """A number holds for ever."""
    if isinstance(given, list):
        return given
    if isinstance(given, int) and not isinstance(given, bool):
        return [{"days": given}]
    raise PydanticCustomError("danish", "der ventes et helt antal dage eller en liste af tidsrum")


def _in_turn(given: list[DatedDays]) -> list[DatedDays]:
    spans = sorted(one.span for one in given)
    follows = all(one[1] < two[0] for one, two in pairwise(spans))
    if not given or not follows or any(last < first for first, last in spans):
        raise PydanticCustomError("danish", "der ventes mindst ét tidsrum, og de må ikke overlappe")
    return given


Deadline = Annotated[list[DatedDays], BeforeValidator(_as_dated), AfterValidator(_in_turn)]


class Settings(_Section):
    """``[sagsbehandling]``.

    ``deadlines`` has calendar days by ``sagstype`` and under ``default``: a number, or dated values. The limits that
    are ``None`` are the parameters of the same names. ``review`` names the kept answers of a review of cases.
    """

    deadlines: dict[str, Deadline] = Field(default_factory=dict)
    target_share: Annotated[int, Field(ge=0, le=100, strict=True)] | None = None
    dead_period_days: Annotated[int, Field(ge=1, le=366, strict=True)] | None = None
    receipt_days: Annotated[int, Field(ge=0, le=366, strict=True)] | None = None
    review: Annotated[str, Field(min_length=1)] | None = None
    _by_type: dict[str, list[tuple[Day, Day, int]]] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _laid_out(self) -> Self:
        for name, dated in self.deadlines.items():
            if alike(name) in self._by_type:
                raise PydanticCustomError("danish", "to frister gælder samme sagstype; skriv hver sagstype én gang")
            self._by_type[alike(name)] = [(*one.span, one.days) for one in dated]
        return self

    def days(self, sagstype: str, received: Day) -> int | None:
        """The deadline in calendar days for an application of that type received that day; ``None`` without one."""
        for name in (alike(sagstype), DEFAULT):
            for first, last, days in self._by_type.get(name, ()):
                if first <= received <= last:
                    return days
        return None
