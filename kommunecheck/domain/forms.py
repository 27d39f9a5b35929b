"""A form: a sheet that is sent out with questions and comes back with answers; one shape to write and read it by."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kommunecheck.domain.days import Day

Answer = str | int | Day | None
"""A text or a choice, øre, a day, or nothing."""


DAYS = date(2000, 1, 1), date(2099, 12, 31)
"""The first and the last day that an answer can be; another year is a slip of the finger."""


class Kind(StrEnum):
    """What may be answered."""

    TEXT = "text"
    DAY = "day"
    MONEY = "money"
    CHOICE = "choice"


class Question(NamedTuple):
    """A column to fill in. ``choices`` are the words of a choice; a ``required`` one is answered in every row."""

    title: str
    kind: Kind
    choices: tuple[str, ...] = ()
    required: bool = False


class Form(NamedTuple):
    """A sheet of rows that are told apart by what stands under ``key``.

    ``told`` are the headings of the columns that say what is asked about, the key among them; they must come back as
    they were sent. ``shown`` are those that help whoever answers; what stands in them is not read. ``computed`` are the
    headings of columns of formulas. ``questions`` are to be answered.
    """

    sheet: str
    key: str
    told: tuple[str, ...]
    computed: tuple[str, ...]
    questions: tuple[Question, ...]
    shown: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """All columns; nobody may add one."""
        return (*self.told, *self.shown, *self.computed, *(question.title for question in self.questions))
