"""What the commands share: their exit statuses, the ways a day is typed, and the nearest configuration."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from kommunecheck.domain.errors import UserError

FINDINGS, NO_REPORT, INCOMPLETE = 1, 2, 3
"""Exit statuses, beside 0."""


class Day(click.ParamType[date]):
    """A day, written in any of the ways the tables may write it."""

    name = "dato"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day as a date. Fails with a sentence that says how to write it."""
        from kommunecheck.intake.values import read_date

        if isinstance(value, date):
            return value
        day = read_date(str(value))
        if day is None:
            self.fail("der ventes en dato som 2007-03-31", param, ctx)
        return date.fromordinal(day)


def nearest() -> Path:
    """The configuration in the folder or above it. Raises ``UserError`` when there is none."""
    from kommunecheck.config import FILE_NAME

    here = Path.cwd()
    found = next((folder / FILE_NAME for folder in (here, *here.parents) if (folder / FILE_NAME).is_file()), None)
    if found is None:
        raise UserError(
            f"Der er ingen {FILE_NAME} i mappen eller over den. Skriv mappen med tabellerne: kommunecheck check MAPPE."
        )
    return found
