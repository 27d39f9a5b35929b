"""The interview a case waits for: when it must be held at the latest, and whether it is booked. No breach as yet."""

from kommunecheck.domain.case import Case, Deadline
from kommunecheck.domain.days import NO_END, Day
from kommunecheck.domain.records import Interview
from kommunecheck.domain.report import ComingDeadline
from kommunecheck.law.deadlines import attempts_at, chain
from kommunecheck.law.illness import illness_end, illness_limit, sick_days
from kommunecheck.law.law import Law


def coming_deadline(case: Case, law: Law, days: int) -> ComingDeadline | None:
    """The case's open deadline, if the last day in time is one of the next ``days`` days after the cutoff.

    ``None`` where an interview is booked for a day in time, and where the case is known to end before that day. The
    case must have its excluded days and held interviews.
    """
    deadline = next((one for one in chain(case, law) if one.held is None), None)
    if deadline is None:
        return None
    after_illness = deadline.sunday <= case.cutoff
    last_day = _after_illness(case, deadline, law) if after_illness else deadline.sunday
    if last_day is None or not case.cutoff < last_day <= min(case.cutoff + days, NO_END - 1):  # NO_END is: never
        return None
    if case.ophoersdato is not None and case.ophoersdato < last_day:
        return None
    booked = booked_for(case)
    if booked is not None and booked <= last_day:
        return None
    return ComingDeadline(
        case.sag_id,
        case.team,
        deadline.start,
        deadline.due,
        last_day,
        first=deadline.previous is None,
        after_illness=after_illness,
        booked=booked,
    )


def _after_illness(case: Case, deadline: Deadline, law: Law) -> Day | None:
    """The last day for an interview that illness put off; ``None`` where none did, or where the illness goes on."""
    ended = illness_end(deadline, attempts_at(case, deadline), sick_days(case, law))
    return None if ended is None or ended >= NO_END else illness_limit(ended, law)


def booked_for(case: Case) -> Day | None:
    """The first day a contact interview is booked for, as far as was known at the cutoff.

    One planned for the cutoff day itself counts while nothing says what became of it. What was summoned for or
    cancelled is taken as the row says; what became of it after the cutoff is not known.
    """
    return min((row.planned_for for row in case.interviews if _is_booked(row, case.cutoff)), default=None)


def _is_booked(row: Interview, cutoff: Day) -> bool:
    if row.type != "kontaktsamtale" or row.status == "aflyst" or row.planlagt_dato is None:
        return False
    known = row.indkaldt_dato is None or row.indkaldt_dato <= cutoff
    return known and (row.planlagt_dato > cutoff or (row.planlagt_dato == cutoff and row.status == "planlagt"))
