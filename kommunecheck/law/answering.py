"""By when the municipality must answer the directorate: § 4, stk. 3 (material) and § 6, stk. 2 (a hearing)."""

from typing import NamedTuple

from kommunecheck.domain.days import Day
from kommunecheck.law.calendar import is_workday

ANSWER_DAYS = 14
"""Days from the directorate asks to the material must be sent, and from a hearing to the answer."""


class AnswerBy(NamedTuple):
    """A letter of the directorate's, ``received`` on a day, and the last day to answer it.

    ``send`` is the last working day up to ``last``: the rules do not say that the deadline moves when it ends on a
    Saturday, a Sunday or a public holiday, so only whoever sends it before is sure to be in time.
    """

    received: Day
    last: Day
    send: Day

    @property
    def why(self) -> str:
        """Why ``send`` is before ``last``, in Danish; nothing where it is not."""
        if self.send == self.last:
            return ""
        return (
            "Reglerne siger ikke, at fristen flytter sig, når den ender på en lørdag, en søndag eller en helligdag. "
            "Her er derfor regnet med den sidste arbejdsdag inden."
        )


def answer_by(received: Day) -> AnswerBy:
    """The deadline for a letter: 14 days after the day it was received, which is not counted itself."""
    last = send = received + ANSWER_DAYS
    while not is_workday(send):
        send -= 1
    return AnswerBy(received, last, send)
