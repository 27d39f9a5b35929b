"""What the supervision hands on beside its findings: the answer to § 13, and what is drawn of (§§ 6, 8, 10)."""

from collections.abc import Iterable
from typing import NamedTuple

from kommunecheck.domain.case import Case
from kommunecheck.plugins.raadighed.acts import INSIDE, Judged, job_seeker_on

INTRODUCTION = "introduktionsydelse"
"""The benefit that is told apart: the ministry of integration is informed of it by itself (§ 14)."""


class Decision(NamedTuple):
    """An act that was judged, what it led to, and whether it follows the rules; ``None``: that cannot be told.

    ``kind`` is the act's, ``sanction`` the last one's kind, ``None`` where there is none.
    """

    benefit: str
    kind: str
    sanction: str | None
    team: str | None
    sag_id: str
    follows: bool | None


class Drawable(NamedTuple):
    """A case that can be drawn, with its team and benefit."""

    sag_id: str
    team: str | None
    benefit: str


class Pool:
    """The cases that the directorate can draw, and those it cannot, as they are told of one by one.

    A case can be drawn when the last contact interview held by one of its acts in the target group says that the
    citizen is registered as a job seeker (§ 6, stk. 1). Where it is not known of any, or whether the case has left the
    supervision, it stands apart.
    """

    def __init__(self) -> None:
        self.drawable: list[Drawable] = []
        self.unknown: list[Drawable] = []
        self.others: list[Drawable] = []
        self.appealed: list[Drawable] = []

    def add(self, case: Case, acts: Iterable[Judged], appealed: bool | None) -> None:
        """Put a case where it belongs; one without an act that is judged belongs nowhere.

        ``appealed`` is ``None`` where that cannot be told.
        """
        own = Drawable(case.sag_id, case.team, case.ydelsestype)
        acts = tuple(acts)
        if appealed:
            self.appealed.append(own)
            return
        if appealed is None:
            self.unknown.append(own)
            return
        told = [job_seeker_on(case, one.act.dato) if one.placement in INSIDE else None for one in acts]
        if True in told:
            self.drawable.append(own)
        elif None in told:
            self.unknown.append(own)
        elif told:
            self.others.append(own)


class Account(NamedTuple):
    """``complete``: every rule that a decision must keep was run. The lists of cases are in order of ``sag_id``.

    ``procedure`` is the written procedure that the configuration names, blank where it names none.
    """

    decisions: tuple[Decision, ...]
    complete: bool
    procedure: str
    drawable: tuple[Drawable, ...]
    unknown: tuple[Drawable, ...]
    others: tuple[Drawable, ...]
    appealed: tuple[Drawable, ...]


def account_of(decisions: Iterable[Decision], pool: Pool, complete: bool, procedure: str) -> Account:
    """All of it together."""
    told = decisions if complete else (one._replace(follows=None if one.follows else one.follows) for one in decisions)
    lists: tuple[list[Drawable], ...] = (pool.drawable, pool.unknown, pool.others, pool.appealed)
    return Account(
        tuple(told), complete, procedure, *(tuple(sorted(some, key=lambda one: one.sag_id)) for some in lists)
    )
