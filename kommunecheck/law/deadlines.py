"""The chain of deadlines: when each contact interview was due, whether it was held in time, and if not, why.

The guidance to § 5, stk. 1, "Samtalen er holdt rettidigt". Pure functions of a case and the law.
"""

from collections.abc import Iterator
from functools import partial

from kommunecheck.domain.case import Breach, Case, Deadline
from kommunecheck.domain.days import Day, Days, minus, run_of, sunday_of
from kommunecheck.domain.records import Interview
from kommunecheck.law.calendar import due_date, workdays_after
from kommunecheck.law.exclusions import touches_reform
from kommunecheck.law.illness import illness_end, illness_limit, sick_days, undocumented
from kommunecheck.law.law import Law


def chain(case: Case, law: Law) -> Iterator[Deadline]:
    """Every deadline of the case, in and outside the window; the last one may still be open.

    A due date that never comes, because the citizen has left the target group for good, makes no deadline.
    """
    start, previous, excluded = case.anmodningsdato, None, case.excluded
    months, interval = law.number("first_interview_months"), law.number("interval_months")
    for held in (*case.held, None):
        due = due_date(start, months, excluded)
        if due is not None:
            yield _deadline((start, previous, due, sunday_of(due), held))
        if held is not None:
            start, previous, months = held.afholdt_dato or 0, held, interval


_deadline = partial(tuple.__new__, Deadline)
"""A deadline from its fields in order, without a call of Python's own: every case has several."""


def breaches(case: Case, law: Law) -> Iterator[Breach]:
    """The deadlines due in the window that were not kept and that illness does not excuse, each with its reason.

    Held on or before the Sunday of the falduge is in time. Never held is a breach when that Sunday has passed by
    the case's last day: whoever leaves before the falduge is over is none.
    """
    (first, last), case_last = case.window, case.last
    for deadline in chain(case, law):
        held = deadline.held
        late = deadline.sunday <= case_last if held is None else (held.afholdt_dato or 0) > deadline.sunday
        if late and first <= deadline.due <= last:
            breach = weigh_reason(case, deadline, law)
            if breach is not None:
                yield breach


def weigh_reason(case: Case, deadline: Deadline, law: Law) -> Breach | None:
    """Why a deadline was broken, weighed in the guidance's order: illness, then no-shows, then nothing.

    ``None`` when illness excuses and the interview came, or can still come, soon enough after it.
    """
    attempts = attempts_at(case, deadline)
    to = last_lost_day(case, deadline)
    ended = illness_end(deadline, attempts, sick_days(case, law))
    if ended is not None:
        limit = illness_limit(ended, law)
        if deadline.held.held_on <= limit if deadline.held else limit >= case.cutoff:
            return None
        lost = run_of(max(deadline.due, ended + 1), to)
        rests = (*_rests_on(case, deadline, law), "sickness_workdays")
        return _breach(case, deadline, "VT106", lost, (), law, rests, ill_until=ended)
    no_shows = tuple(attempt for attempt in attempts if attempt.status == "udeblevet")
    if no_shows:
        return _weigh_no_shows(case, deadline, no_shows, to, law)
    code = "VT101" if deadline.held else "VT102"
    rests = _rests_on(case, deadline, law)
    return _breach(case, deadline, code, run_of(deadline.due, to), (), law, rests)


def _weigh_no_shows(case: Case, deadline: Deadline, no_shows: tuple[Interview, ...], to: Day, law: Law) -> Breach:
    ignored = tuple(row for row in no_shows if not followed_up(case, deadline, row, law))
    whole = run_of(deadline.due, to)
    first = no_shows[0].planlagt_dato or deadline.due
    expected: Days = ()
    discretionary: Days = ()
    if ignored:
        code, expected = "VT104", whole
    elif first <= deadline.sunday:
        code, discretionary = "VT105", whole
    else:
        code, expected, discretionary = "VT103", run_of(deadline.due, min(first - 1, to)), run_of(first, to)
    rests = _rests_on(case, deadline, law)
    if all(acted_upon(case, deadline, row) for row in ignored):  # somebody acted: how soon is "at once"?
        rests = (*rests, "followup_workdays")
    return _breach(case, deadline, code, expected, discretionary, law, rests, no_shows=no_shows, ignored=ignored)


def attempts_at(case: Case, deadline: Deadline) -> tuple[Interview, ...]:
    """The attempts at holding the interview, in order of the day they were planned for.

    Kontaktsamtale rows that were not held, planned after the interval began, by the cutoff, and before the
    interview that was held at last.
    """
    before = deadline.held.afholdt_dato if deadline.held else None
    start, cutoff = deadline.start, case.cutoff
    rows = [
        row
        for row in case.interviews
        if row.planlagt_dato is not None
        and start < row.planlagt_dato <= cutoff
        and row.content.attempt
        and (before is None or row.planlagt_dato < before)
    ]
    if len(rows) > 1:
        rows.sort(key=lambda row: (row.planned_for, row.samtale_id))
    return tuple(rows)


def last_lost_day(case: Case, deadline: Deadline) -> Day:
    """The day before the interview was held, or the case's last day if it never was."""
    if deadline.held is None or deadline.held.afholdt_dato is None:
        return case.last
    return deadline.held.afholdt_dato - 1


def followup_limit(no_show: Interview, law: Law) -> Day:
    """The last day on which acting upon a no-show is still at once."""
    return workdays_after(no_show.planned_for, law.number("followup_workdays"))


def followed_up(case: Case, deadline: Deadline, no_show: Interview, law: Law) -> bool:
    """Whether the municipality acted upon a no-show at once, or still has time to."""
    limit = followup_limit(no_show, law)
    if deadline.held is None and limit > case.cutoff:
        return True
    return any(day <= limit for day in acted_upon(case, deadline, no_show))


def acted_upon(case: Case, deadline: Deadline, no_show: Interview) -> list[Day]:
    """The days on which the municipality acted upon a no-show, in order, as far as the cutoff knows.

    Acting is a follow-up noted on the row, a summons to an interview planned or held later, or the interview itself.
    """
    days = [no_show.opfoelgning_dato, deadline.held.afholdt_dato if deadline.held else None]
    days += [
        row.indkaldt_dato
        for row in case.interviews
        if row is not no_show and row.type == "kontaktsamtale" and _is_later(row, no_show.planned_for, case.cutoff)
    ]
    return sorted(day for day in days if day is not None and no_show.planned_for <= day <= case.cutoff)


def _is_later(row: Interview, day: Day, cutoff: Day) -> bool:
    """Whether a row was planned for a later day, known or still to come, or is known to have been held on one."""
    return row.planned_for > day or (row.afholdt_dato is not None and day < row.afholdt_dato <= cutoff)


def _breach(
    case: Case,
    deadline: Deadline,
    code: str,
    expected: Days,
    discretionary: Days,
    law: Law,
    rests_on: tuple[str, ...],
    ill_until: Day | None = None,
    no_shows: tuple[Interview, ...] = (),
    ignored: tuple[Interview, ...] = (),
) -> Breach:
    return Breach(
        deadline,
        code,
        minus(expected, case.never_lost),
        minus(discretionary, case.never_lost),
        ill_until,
        no_shows,
        ignored,
        law.unverified(*rests_on),
    )


def _rests_on(case: Case, deadline: Deadline, law: Law) -> tuple[str, ...]:
    """The parameters the due date and the days lost turn on."""
    months = "first_interview_months" if deadline.previous is None else "interval_months"
    to = last_lost_day(case, deadline)
    reform = ("reform_exclusions_from",) if touches_reform(case, deadline.start, to, law) else ()
    long_illness = ("long_sickness_days",) if undocumented(case, deadline.start, to) else ()
    return (months, *reform, *long_illness)
