"""Six checks of single rows of ``samtaler.csv``, written once as data: every peer is told the same."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FILE = "samtaler.csv"
DELIMITER = ";"

Kind = Literal["date", "required", "allowed", "unique"]


@dataclass(frozen=True)
class RowCheck:
    """One thing every value of some columns must be. A blank value passes all kinds but ``required``."""

    name: str
    kind: Kind
    columns: tuple[str, ...]
    allowed: tuple[str, ...] = ()


CHECKS = (
    RowCheck(
        "date: a day of the calendar, as 2007-03-31",
        "date",
        ("indkaldt_dato", "planlagt_dato", "afholdt_dato", "opfoelgning_dato", "registreret_dato"),
    ),
    RowCheck("required: not blank", "required", ("samtale_id", "sag_id", "type", "status")),
    RowCheck(
        "type: one of four", "allowed", ("type",), ("foerste_henvendelse", "kontaktsamtale", "cv_samtale", "anden")
    ),
    RowCheck("status: one of five", "allowed", ("status",), ("afholdt", "udeblevet", "sygdom", "aflyst", "planlagt")),
    RowCheck("matchkategori: 1 to 5, or blank", "allowed", ("matchkategori",), ("1", "2", "3", "4", "5")),
    RowCheck("samtale_id: unique (ids that are not)", "unique", ("samtale_id",)),
)


def find_check(kind: str, column: str) -> RowCheck:
    """Return the check of that kind that looks at that column."""
    return next(check for check in CHECKS if check.kind == kind and column in check.columns)


def read_columns(folder: Path) -> list[str]:
    """Return the names of the columns of the file the checks look at."""
    with (folder / FILE).open(encoding="utf-8") as lines:
        return next(lines).rstrip("\n").split(DELIMITER)
