"""From the rows of a case to what the law makes of them: worked out once, for every check to use."""

from itertools import pairwise

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Days, contains, minus
from kommunecheck.domain.records import Interview
from kommunecheck.law.calendar import workdays_after
from kommunecheck.law.deadlines import breaches
from kommunecheck.law.exclusions import excluded_days, never_lost_days
from kommunecheck.law.law import Law
from kommunecheck.law.steps import lapses

BENEFITS = frozenset({"kontanthjaelp", "starthjaelp"})
"""The benefits the visitationstilsyn looks at (§ 2, stk. 2)."""


def measure(case: Case, law: Law, steps: frozenset[int]) -> Case:
    """The case with its excluded days, held interviews, broken deadlines and steps not done.

    ``steps`` are those that the municipality's columns can answer for. A withdrawn case is measured no further.
    """
    excluded = excluded_days(case.circumstances, law) if case.circumstances else ()
    never_lost = never_lost_days(case.circumstances, excluded) if case.circumstances else ()
    withdrawn = case.ydelsestype not in BENEFITS or (excluded != () and _all_excluded(case, excluded))
    case = case._replace(excluded=excluded, never_lost=never_lost, withdrawn=withdrawn)
    if withdrawn:
        return case
    held = held_interviews(case)
    case = case._replace(held=held, judged=judged_interviews(case, held, law))
    return case._replace(breaches=tuple(breaches(case, law)), lapses=tuple(lapses(case, law, steps)))


def _all_excluded(case: Case, excluded: Days) -> bool:
    return not minus(case.days_in_window, excluded)


def held_interviews(case: Case) -> tuple[Interview, ...]:
    """The contact interviews that were held while the case ran, in order of the day and then of id."""
    held = [
        row
        for row in case.interviews
        if row.type == "kontaktsamtale"
        and row.status == "afholdt"
        and row.afholdt_dato is not None
        and case.anmodningsdato <= row.afholdt_dato <= case.last
    ]
    if any(row.held_on >= after.held_on for row, after in pairwise(held)):
        held.sort(key=lambda row: (row.held_on, row.samtale_id))
    return tuple(held)


def judged_interviews(case: Case, held: tuple[Interview, ...], law: Law) -> tuple[Interview, ...]:
    """The held interviews whose steps are judged.

    Those in the window, on no excluded day, whose limit for registering is not after the cutoff.
    """
    allowed = law.number("registration_workdays")
    return tuple(
        row
        for row in held
        if row.afholdt_dato is not None
        and case.window.first <= row.afholdt_dato <= case.window.last
        and workdays_after(row.afholdt_dato, allowed) <= case.cutoff
        and not (case.excluded and contains(case.excluded, row.afholdt_dato))
    )
