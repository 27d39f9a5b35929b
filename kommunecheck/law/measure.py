"""From the rows of a case to what the law makes of them: worked out once, for every check to use."""

from kommunecheck.domain.case import NOTHING_SETTLED, Case, Settled
from kommunecheck.domain.days import Days, contains, minus
from kommunecheck.domain.records import Interview
from kommunecheck.law.calendar import workdays_after
from kommunecheck.law.deadlines import breaches
from kommunecheck.law.exclusions import excluded_days, never_lost_days
from kommunecheck.law.law import Law
from kommunecheck.law.steps import lapses

BENEFITS = frozenset({"kontanthjaelp", "starthjaelp"})
"""The benefits the visitationstilsyn looks at (§ 2, stk. 2)."""


def measure(case: Case, law: Law, steps: frozenset[int], settled: Settled = NOTHING_SETTLED) -> Case:
    """The case with its excluded days, held interviews, broken deadlines and steps not done.

    ``steps`` are those that the municipality's columns can answer for; what is ``settled`` is not looked for again. A
    withdrawn case is measured no further.
    """
    excluded: Days = ()
    never_lost: Days = ()
    if case.circumstances:
        excluded = excluded_days(case.circumstances, law)
        never_lost = never_lost_days(case.circumstances, excluded)
    if case.ydelsestype not in BENEFITS or (excluded and not minus(case.days_in_window, excluded)):
        return case.measured(excluded, never_lost, withdrawn=True)
    held = held_interviews(case)
    judged = judged_interviews(case, held, excluded, law)
    unpaid = () if settled.unpaid else tuple([row for row in judged if not contains(case.paid, row.afholdt_dato or 0)])
    case = case.measured(excluded, never_lost, withdrawn=False, held=held, judged=judged, unpaid=unpaid)
    broken = () if settled.deadlines else tuple(breaches(case, law))
    missed = () if settled.steps else tuple(lapses(case, law, steps))
    return case.found_lacking(broken, missed) if broken or missed else case


def laid_out(case: Case, law: Law) -> Case:
    """The case with its excluded days and held interviews, and no more: what a further supervision looks at."""
    excluded = excluded_days(case.circumstances, law)
    return case.measured(
        excluded, never_lost_days(case.circumstances, excluded), withdrawn=False, held=held_interviews(case)
    )


def held_interviews(case: Case) -> tuple[Interview, ...]:
    """The contact interviews that were held while the case ran, in order of the day and then of id."""
    first, last = case.anmodningsdato, case.last
    held = [row for row in case.interviews if row.content.held and first <= (row.afholdt_dato or 0) <= last]
    days = [row.afholdt_dato or 0 for row in held]
    if sorted(set(days)) != days:
        held.sort(key=lambda row: (row.held_on, row.samtale_id))
    return tuple(held)


def judged_interviews(case: Case, held: tuple[Interview, ...], excluded: Days, law: Law) -> tuple[Interview, ...]:
    """The held interviews whose steps are judged.

    Those in the window, on no excluded day, whose limit for registering is not after the cutoff.
    """
    allowed = law.number("registration_workdays")
    (first, last), cutoff = case.window, case.cutoff
    return tuple(
        [
            row
            for row in held
            if first <= (day := row.afholdt_dato or 0) <= last
            and workdays_after(day, allowed) <= cutoff
            and not (excluded and contains(excluded, day))
        ]
    )
