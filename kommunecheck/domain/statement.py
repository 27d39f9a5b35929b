"""What was read in a note, and what was looked at and set aside."""

from typing import Literal, NamedTuple

Kind = Literal["placed", "areas", "jobseeker"]


class Statement(NamedTuple):
    """One reading: what it says, the span of the sentence it rests on, and why it counts or does not, in Danish.

    ``value`` is the category, the name of the area, or ``ja``. ``at`` and ``to`` are the span of the words themselves.
    """

    kind: Kind
    value: str
    accepted: bool
    reason: str
    start: int
    end: int
    at: int
    to: int


class ReadNote(NamedTuple):
    """A note with all that was read in it. ``name`` is its id, or where it stands in its file."""

    name: str
    text: str
    statements: tuple[Statement, ...]


KINDS: tuple[Kind, ...] = ("placed", "areas", "jobseeker")
"""What can be read, in the order it is told."""


class Labelled(NamedTuple):
    """A note and what a person says it says, by ``journal-labels``: each kind as the set of its values."""

    text: str
    says: dict[Kind, frozenset[str]]


class Score(NamedTuple):
    """How many readings were right, how many too much, and how many were missed."""

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was read that is right; 1 where nothing was read."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """The share of what there is that was read; 1 where there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        whole = self.precision + self.recall
        return 2 * self.precision * self.recall / whole if whole else 0.0


class Miss(NamedTuple):
    """A note that was read otherwise than a person did: its number, what each says, and the reasons. Never its text."""

    number: int
    kind: Kind
    expected: tuple[str, ...]
    read: tuple[str, ...]
    reasons: tuple[str, ...]


class Evaluation(NamedTuple):
    """How well labelled notes were read."""

    notes: int
    scores: dict[Kind, Score]
    misses: tuple[Miss, ...]
