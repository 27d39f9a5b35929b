"""What was read in a note, and what was looked at and set aside."""

from typing import Literal, NamedTuple

Kind = Literal["placed", "areas", "jobseeker"]


class Statement(NamedTuple):
    """One reading: what it says, the span of the sentence it rests on, and why it counts or does not, in Danish.

    ``value`` is the category, the name of the area, or ``ja``. ``at`` and ``to`` are the span of the words themselves.
    A ``correction`` counts whatever the note says elsewhere.
    """

    kind: Kind
    value: str
    accepted: bool
    reason: str
    start: int
    end: int
    at: int
    to: int
    correction: bool = False
