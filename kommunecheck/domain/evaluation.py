"""What a judged sample tells, as values; and how that compares with what we know of the whole."""

from fractions import Fraction
from typing import NamedTuple

from kommunecheck.domain.days import Day
from kommunecheck.domain.sampling import Sample

WRONG, RIGHT, LEFT = "fejl", "uden kritik", "udgår"
VERDICTS = (WRONG, RIGHT, LEFT)
"""What an item may be judged to be; what is left out of the audit is no error."""


class Judged(NamedTuple):
    """An item as a person judged it: what it is, the refund that must be given back in øre, who judged, and when."""

    id: str
    verdict: str
    oere: int
    by: str
    day: Day


class Bounded(NamedTuple):
    """An estimate and its two-sided bounds, half the risk at each end."""

    estimate: Fraction
    low: Fraction
    high: Fraction


class Part(NamedTuple):
    """What a stratum tells: of so many drawn so many wrong, the share of errors, and the amount in øre."""

    name: str
    population: int
    drawn: int
    wrong: int
    left: int
    share: Bounded
    oere: Bounded


class Whole(NamedTuple):
    """What our own run says of the population: how many are wrong, the amount in øre, and how it fits the sample.

    ``hidden`` is the chance that a sample drawn like this one meets none of the wrong ones, ``as_few`` the chance that
    it meets no more than were judged wrong (``None`` where it was drawn by money or divided). ``agreed`` counts the
    drawn that we and the judge say the same of; of ``stricter`` only we say that they are wrong, of ``milder`` only the
    judge.
    """

    wrong: int
    share: Fraction
    oere: int
    share_within: bool
    oere_within: bool
    hidden: Fraction
    as_few: Fraction | None
    agreed: int
    stricter: tuple[str, ...]
    milder: tuple[str, ...]


class Evaluation(NamedTuple):
    """A sample that is judged. ``total`` is the strata together; ``whole`` is our own run."""

    sample: Sample
    parts: tuple[Part, ...]
    total: Part
    whole: Whole
