"""What a person judges where no machine can: what is asked of a finding, what was answered, and how that stands.

The directorate may let a loss fall away where the citizen stayed away and was summoned anew, believe a note, or see a
case as a special one (guidance to § 5, stk. 1). Who judged, and why, are a person's words: they stay in the file of
judgements and are in no value that a report is made from.
"""

from enum import StrEnum
from typing import NamedTuple

from kommunecheck.domain.days import Day, Days
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Certainty


class Verdict(StrEnum):
    """What was answered. ``WITHDRAWN`` takes an earlier answer back: nobody has judged then."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Question(NamedTuple):
    """One kind of lost days of one matter in a case, for a person to judge.

    ``findings`` share rule and fingerprint, and are most often one; ``days`` are all their lost days of the kind.
    ``evidence`` is a hash of what is judged.
    """

    id: str
    sag_id: str
    team: str | None
    kind: Certainty
    findings: tuple[Finding, ...]
    evidence: str
    days: Days

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.findings[0].rule.code


class Judgement(NamedTuple):
    """An answer to a question, on its ``evidence`` and of no day after ``through``; ``day`` is when it was given."""

    question: str
    evidence: str
    through: Day
    verdict: Verdict
    day: Day


class Judged(NamedTuple):
    """How a judgement stands in a run. It ``holds`` while the evidence is what it was."""

    kind: Certainty
    verdict: Verdict
    day: Day
    holds: bool


class Asked(NamedTuple):
    """A question as it is put: the refund at stake in øre, and how the last answer to it stands, if there is one."""

    question: Question
    refund_lost: int | None
    judged: Judged | None


LETTERS = {Certainty.DISCRETIONARY: "S", Certainty.DOCUMENTATION: "J", Certainty.EXPECTED: "F"}
"""What stands for each kind in the id of a question: skøn, journal, forventet. In the order they are asked in."""
