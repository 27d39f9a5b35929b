"""Illness as an excuse for an interview that was not held in time: which days count, when it ended, and the limit then.

The guidance to § 5, stk. 1, "Samtalen er holdt rettidigt".
"""

from collections.abc import Iterator, Sequence

from kommunecheck.domain.case import Case, Deadline
from kommunecheck.domain.days import NO_END, Day, Days, Period, contains, union
from kommunecheck.domain.records import Circumstance, Interview
from kommunecheck.law.calendar import workdays_after
from kommunecheck.law.law import Law


def excuses(illness: Circumstance, law: Law) -> bool:
    """Whether the days of an illness count: short illness as it stands, long or still running illness if documented."""
    return illness.dokumenteret or illness.til - illness.fra + 1 <= law.number("long_sickness_days")


def sick_days(case: Case, law: Law) -> Days:
    """The days the citizen counts as ill."""
    if not case.circumstances:
        return ()
    return union(Period(one.fra, one.til) for one in case.circumstances if one.type == "sygdom" and excuses(one, law))


def undocumented(case: Case, first: Day, last: Day) -> list[Circumstance]:
    """The illnesses without documentation that touch the days."""
    return [
        one
        for one in case.circumstances
        if one.type == "sygdom" and not one.dokumenteret and one.fra <= last and one.til >= first
    ]


def not_counted(case: Case, deadline: Deadline, law: Law) -> Iterator[Circumstance]:
    """The illnesses before the end of the falduge that are too long to count without documentation."""
    return (one for one in undocumented(case, deadline.start, deadline.sunday) if not excuses(one, law))


def met_illness(deadline: Deadline, attempts: Sequence[Interview], sick: Days) -> list[Interview]:
    """The attempts by the falduge's Sunday that illness came in the way of."""
    return [
        row
        for row in attempts
        if row.planned_for <= deadline.sunday
        and (row.status == "sygdom" or (row.status == "udeblevet" and contains(sick, row.planned_for)))
    ]


def illness_end(deadline: Deadline, attempts: Sequence[Interview], sick: Days) -> Day | None:
    """The last day of the illness that kept the interview from being held in time; ``None`` if none did.

    Either an attempt by the falduge's Sunday that met illness, or, with no such attempt, illness on every day from
    the due date to that Sunday. Of several attempts, the end that is latest counts.
    """
    ends = [_end_of_run(sick, row.planned_for) for row in met_illness(deadline, attempts, sick)]
    if ends:
        return max(ends)
    end = _end_of_run(sick, deadline.due)
    return end if contains(sick, deadline.due) and end >= deadline.sunday else None


def _end_of_run(sick: Days, day: Day) -> Day:
    return next((last for first, last in sick if first <= day <= last), day)


def illness_limit(ended: Day, law: Law) -> Day:
    """The last day on which holding the interview is still as soon as possible after the illness."""
    return NO_END if ended >= NO_END else workdays_after(ended, law.number("sickness_workdays"))
