"""Drawing cases as the directorate may: for the central sample, for a visit, and for a spot survey (§§ 6, 8 and 10)."""

from enum import StrEnum
from typing import NamedTuple

from kommunecheck.audit.draw import hash_of_list, order
from kommunecheck.domain.days import Day
from kommunecheck.law.answering import AnswerBy, answer_by
from kommunecheck.plugins.raadighed.account import Account, Drawable

NOTICE_DAYS = 14
"""A visit is announced, with the cases it is about, so many days before (§ 9, stk. 2)."""


class Way(StrEnum):
    """What the cases are drawn for."""

    CENTRAL = "central"
    VISIT = "visit"
    SPOT = "spot"


TITLES = {
    Way.CENTRAL: "central stikprøvekontrol (§ 6)",
    Way.VISIT: "tilsynsbesøg (§ 8)",
    Way.SPOT: "spotundersøgelse (§ 10)",
}


class Drawn(NamedTuple):
    """A drawn case, and the hash it was drawn by."""

    case: Drawable
    order: str


class Sample(NamedTuple):
    """What was drawn of what. ``day`` is that of the request, or of the visit; ``None`` where it is not told.

    ``list_hash`` is SHA-256 of the ids of all that could be drawn, sorted, each with a line feed.
    """

    way: Way
    seed: str
    asked: int
    day: Day | None
    list_hash: str
    drawn: tuple[Drawn, ...]
    account: Account


class Deadline(NamedTuple):
    """Something that must be done by a day, and where that stands; ``day`` is ``None`` where none was told.

    ``by`` is how it was counted where something is sent to the directorate: as every answer to it.
    """

    what: str
    day: Day | None
    citation: str
    by: AnswerBy | None = None


def draw(account: Account, way: Way, size: int, seed: str, day: Day | None) -> Sample:
    """The first ``size`` of the cases that can be drawn, in the order of SHA-256 of ``seed:id``; or all of them."""
    by_hash = sorted((order(seed, one.sag_id), one.sag_id, one) for one in account.drawable)
    drawn = tuple(Drawn(case, hashed) for hashed, _, case in by_hash[:size])
    return Sample(way, seed, size, day, hash_of_list(one.sag_id for one in account.drawable), drawn, account)


def deadlines(sample: Sample) -> tuple[Deadline, ...]:
    """What must be done by when.

    The documents are sent 14 days after they were asked for, or after the visit (§ 7, stk. 1 and § 9, stk. 4).
    """
    day = sample.day
    by = None if day is None else answer_by(day)
    send = None if by is None else by.send
    sent = "Kopi af sagsakterne skal være sendt til direktoratet, eller der skal være oplyst hvorfor og hvornår"
    if sample.way is not Way.VISIT:
        where = "BEK 1404/2006 § 7, stk. 1" if sample.way is Way.CENTRAL else "BEK 1404/2006 § 11, jf. § 7, stk. 1"
        return (Deadline(sent, send, where, by),)
    return (
        Deadline(
            "Besøget skal være varslet, og det skal være oplyst, hvilke sager der indgår",
            None if day is None else day - NOTICE_DAYS,
            "BEK 1404/2006 § 9, stk. 2",
        ),
        Deadline(f"{sent}, hvis de ikke forelå ved besøget", send, "BEK 1404/2006 § 9, stk. 4", by),
    )


def within(sample: Sample) -> str:
    """How the deadlines are counted, in words."""
    if sample.way is Way.VISIT:
        return "Besøget varsles 14 dage før. Akter, der mangler ved besøget, sendes senest 14 dage efter."
    return "Akterne sendes senest 14 dage efter, at kommunen er blevet bedt om dem."
