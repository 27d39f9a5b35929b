"""What python-calamine does not tell of a sheet: how far out its cells lie, and which of them hold no value.

calamine shows an error (#N/A) as blank, and a formula that was never worked out too. And it makes room for the whole
rectangle that a sheet's cells span, however few they are: two cells in opposite corners are 17,000 million. So the
file itself is looked at first. The modules here, one for each kind of workbook, name the cells without a value, and
refuse a sheet whose cells lie too far from each other.

It gives up at a number with the format of a date or a time that is far beyond all days. Then the modules give the
workbook once more, with such numbers as the numbers they are.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from kommunecheck.domain.errors import UserError
from kommunecheck.domain.wording import column_letters
from kommunecheck.ports import MOST_COLUMNS

MOST_ROWS = 1_048_576
"""As many as a spreadsheet has."""

ALWAYS_ROOM = 10_000_000
"""Cells a sheet may span however few of them are filled: some 300 MB."""

SPANNED_TIMES_FILLED = 10
"""How many times as many cells as are filled a larger sheet may span."""


NO_DAY = 1e9
"""A number from which none is a day, or a count of them, to calamine and Python. Excel's last day is 2,958,465."""


class Damaged(Exception):  # noqa: N818 - what the file is
    """The file is not what its kind of file is."""


class Locked(Exception):  # noqa: N818 - what the file is
    """The file is protected by a password."""


@dataclass(slots=True)
class Unshown:
    """The cells of a sheet that hold something without a value: (row, column), counted from 0.

    ``strange`` are the places in the sheet's XML of errors that calamine does not know; ``readable`` is then the
    workbook with others in their place. ``plain`` makes the workbook in which numbers that are no days have no format.
    """

    valueless: list[tuple[int, int]] = field(default_factory=list)
    strange: list[tuple[int, int]] = field(default_factory=list)
    readable: bytes | None = None
    plain: Callable[[], bytes] | None = None


@dataclass(slots=True)
class Extent:
    """How far a sheet's filled cells reach, and how many there are."""

    name: str
    rows: int = 0
    columns: int = 0
    filled: int = 0

    def reach(self, rows: int, columns: int) -> None:
        """Take in a cell, or a block of like ones, by its last row and column."""
        self.filled += 1
        if rows > self.rows:
            self.rows = rows
        if columns > self.columns:
            self.columns = columns

    def has_room(self) -> bool:
        """Whether the rectangle is no larger than what is in it can explain."""
        room = max(ALWAYS_ROOM, SPANNED_TIMES_FILLED * self.filled)
        return self.rows <= MOST_ROWS and self.columns <= MOST_COLUMNS and self.rows * self.columns <= room

    def check(self) -> None:
        """Raises ``UserError`` when there is not room for the cells."""
        if not self.has_room():
            raise UserError(
                f"{self.name} har en celle langt ude: et ark går til kolonne {column_letters(self.columns)} og række "
                f"{self.rows}, men er næsten tomt. Slet kolonnerne til højre for tabellen og rækkerne under den, og "
                "gem filen igen."
            )


@lru_cache(maxsize=MOST_COLUMNS)
def column_number(letters: str) -> int:
    """The number of a column, counted from 1: ``A`` is 1, ``AA`` is 27. Raises ``Damaged`` when it is none."""
    if not (letters.isascii() and letters.isalpha() and len(letters) < 6):
        raise Damaged
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
