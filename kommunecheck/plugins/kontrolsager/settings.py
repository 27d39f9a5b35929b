"""``[kontrolsager]`` of the configuration."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Whole = Annotated[int, Field(ge=1, le=366, strict=True)]
Day = Annotated[date, Field(strict=True)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Limit(_Section):
    """A threshold in whole per cent that holds from a day on, until the next one's."""

    from_: Day = Field(alias="from")
    per_cent: Annotated[int, Field(ge=0, le=100, strict=True)]


class Settings(_Section):
    """What the municipality can say.

    ``cutoff`` is the last day that the table knows about, where it is another than that of the other tables.
    ``register_from`` is the first day from which the table has every case. ``thresholds`` are added to ours, and hold
    from their days on. The others take the place of the parameters of the same names.
    """

    cutoff: Day | None = None
    register_from: Day | None = None
    low_months: Whole | None = None
    screening_days: Whole | None = None
    thresholds: list[Limit] = Field(default_factory=list)
