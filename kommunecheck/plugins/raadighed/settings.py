"""``[raadighed]`` in ``kommunecheck.toml``: the numbers that the municipality reads otherwise than we do."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Settings(BaseModel):
    """Days from 0 to 366; ``provisions_until`` is the last day on which the provisions we know are held against."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    assessment_days: int | None = Field(default=None, ge=0, le=366, strict=True)
    decision_days: int | None = Field(default=None, ge=0, le=366, strict=True)
    provisions_until: date | None = Field(default=None, strict=True)
