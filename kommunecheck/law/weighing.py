"""How a case was judged, step by step: the dates, the parameters and the exceptions that were weighed, with citations.

For ``explain --case``: the functions that judge, asked one by one, so that account and verdict cannot differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kommunecheck.domain.case import Case, Deadline
from kommunecheck.domain.days import NO_END, contains, danish
from kommunecheck.domain.names import sureness
from kommunecheck.domain.records import Interview
from kommunecheck.domain.wording import number, span, spans
from kommunecheck.law.calendar import workdays_after
from kommunecheck.law.deadlines import (
    acted_upon,
    attempts_at,
    chain,
    followed_up,
    followup_limit,
)
from kommunecheck.law.illness import illness_end, illness_limit, not_counted, sick_days
from kommunecheck.law.law import Law
from kommunecheck.law.steps import STEP_NAMES


@dataclass(frozen=True, slots=True)
class Weighed:
    """One thing that was looked at: what it is about, what was found, and the citation it rests on."""

    about: str
    found: str
    citation: str


_TIMELY = "vejl. til § 5, stk. 1"
_STEPS = "vejl. til § 5, stk. 1"
_TARGET = "vejl. til § 2, stk. 2"


def weigh_deadlines(case: Case, law: Law) -> Iterator[Weighed]:
    """Every deadline of the case, in order: how it was counted, and if it was broken, what was looked at as excuse."""
    yield from _outside(case)
    for deadline in chain(case, law):
        yield from weigh_deadline(case, deadline, law)


def _outside(case: Case) -> Iterator[Weighed]:
    if case.excluded:
        found = f"{_spans(case)}. Dagene tæller ikke med i fristen og kan ikke mistes."
    else:
        found = "Ingen dage er uden for målgruppen."
    yield Weighed("Dage uden for målgruppen", found, _TARGET)


def _spans(case: Case) -> str:
    """The excluded periods; one without an end is still running."""
    return " og ".join(f"fra {danish(p.first)} og frem" if p.last >= NO_END else span(p) for p in case.excluded)


def weigh_deadline(case: Case, deadline: Deadline, law: Law) -> Iterator[Weighed]:
    """One deadline: how it was counted, and if it was broken, what was looked at as excuse."""
    first = deadline.previous is None
    name = "first_interview_months" if first else "interval_months"
    since = "anmodningen om hjælp" if first else "samtalen"
    title = f"Frist {danish(deadline.due)}"
    yield Weighed(
        title,
        f"Regnet fra {since} {danish(deadline.start)} + {law.number(name)} måneder ({_certainty(law, name)}).",
        law.parameters[name].citation,
    )
    held = deadline.held.held_on if deadline.held else None
    if held is not None and held <= deadline.sunday:
        yield Weighed(title, f"Holdt {danish(held)}, senest {danish(deadline.sunday)}: rettidig.", _TIMELY)
        return
    if held is None and deadline.sunday > case.last:
        yield Weighed(
            title, f"Faldugen slutter {danish(deadline.sunday)}, efter sagens sidste dag: ingen fejl.", _TIMELY
        )
        return
    when = "ikke holdt" if held is None else f"holdt {danish(held)}"
    yield Weighed(title, f"Skulle være holdt senest {danish(deadline.sunday)}, men er {when}.", _TIMELY)
    if not case.window.first <= deadline.due <= case.window.last:
        yield Weighed(title, f"Forfaldsdagen ligger uden for perioden {span(case.window)}: ikke vurderet.", _TIMELY)
        return
    yield from _excuses(case, deadline, title, law)


def _certainty(law: Law, name: str) -> str:
    parameter = law.parameters[name]
    return sureness(parameter.certainty, parameter.overridden)


def _excuses(case: Case, deadline: Deadline, title: str, law: Law) -> Iterator[Weighed]:
    """Illness first, then no-shows: the guidance's order."""
    attempts = attempts_at(case, deadline)
    sick = sick_days(case, law)
    ended = illness_end(deadline, attempts, sick)
    yield from _unusable_illness(case, deadline, title, law)
    if ended is None:
        yield Weighed(title, "Sygdom: ingen sygdom hindrede samtalen i faldugen.", _TIMELY)
    else:
        until = "og frem" if ended >= NO_END else f"til {danish(ended)}"
        limit = illness_limit(ended, law)
        limits = "" if limit >= NO_END else f" Samtalen skulle så være holdt senest {danish(limit)}"
        name = "sickness_workdays"
        yield Weighed(
            title,
            f"Sygdom: hindrede samtalen {until}.{limits} ({law.number(name)} arbejdsdage, {_certainty(law, name)}).",
            law.parameters[name].citation,
        )
        return
    no_shows = [attempt for attempt in attempts if attempt.status == "udeblevet"]
    if not no_shows:
        yield Weighed(title, "Udeblivelse: ingen er registreret, så tabet undskyldes ikke.", _TIMELY)
    for row in no_shows:
        yield _no_show(case, deadline, row, title, law)


def _unusable_illness(case: Case, deadline: Deadline, title: str, law: Law) -> Iterator[Weighed]:
    """Long illness without documentation near the deadline: looked at, and why it does not count."""
    longest = law.number("long_sickness_days")
    for one in not_counted(case, deadline, law):
        found = f"Sygdom fra {danish(one.fra)} varer over {longest} dage uden dokumentation og tæller ikke med."
        yield Weighed(title, found, law.parameters["long_sickness_days"].citation)


def _no_show(case: Case, deadline: Deadline, row: Interview, title: str, law: Law) -> Weighed:
    planned, limit = row.planned_for, followup_limit(row, law)
    timely = "indkaldt rettidigt" if planned <= deadline.sunday else "indkaldt for sent"
    days = acted_upon(case, deadline, row)
    acted = f"første skridt {danish(days[0])}" if days else "intet skridt er registreret"
    kept = "fulgt op" if followed_up(case, deadline, row, law) else "ikke fulgt op"
    name = "followup_workdays"
    found = (
        f"Udeblivelse {danish(planned)} ({timely}): {kept}; {acted}, frist {danish(limit)} ({_certainty(law, name)})."
    )
    return Weighed(title, found, law.parameters[name].citation)


def weigh_steps(case: Case, law: Law) -> Iterator[Weighed]:
    """Every held interview of the case: whether its steps are judged, by when they were due, and what was found."""
    yield from _outside(case)
    name = "registration_workdays"
    for row in case.held:
        held = row.held_on
        title = f"Samtale {danish(held)}"
        limit = workdays_after(held, law.number(name))
        if row not in case.judged:
            yield Weighed(title, f"Ikke vurderet: {_why_not(case, row, limit)}.", _STEPS)
            continue
        yield Weighed(
            title,
            f"Registrering senest {danish(limit)} "
            f"({number(law.number(name), 'arbejdsdag', 'arbejdsdage')}, {_certainty(law, name)}); "
            f"rækken er registreret {danish(row.drv_day)}.",
            law.parameters[name].citation,
        )
        lapses = [lapse for lapse in case.lapses if lapse.interview is row]
        if not lapses:
            yield Weighed(title, "Alle skridt er taget i tide.", _STEPS)
        for lapse in lapses:
            done = "aldrig" if lapse.proof is None else danish(lapse.proof.day)
            days = lapse.expected or lapse.documentation
            lost = spans(days) if days else "ingen dage"
            kind = "kan mistes uden notatet" if lapse.code == "VT205" else "mistes"
            yield Weighed(title, f"{lapse.code} {STEP_NAMES[lapse.step]}: dokumenteret {done}; {kind}: {lost}.", _STEPS)


def _why_not(case: Case, row: Interview, limit: int) -> str:
    if case.excluded and contains(case.excluded, row.held_on):
        return "borgeren var uden for målgruppen den dag"
    if not case.window.first <= row.held_on <= case.window.last:
        return f"samtalen ligger uden for perioden {span(case.window)}"
    return f"fristen for at registrere ({danish(limit)}) er ikke udløbet, da udtrækket blev opgjort"


def weigh_case(case: Case) -> Iterator[Weighed]:
    """What is known of a case as a whole, for the rules that turn on neither a deadline nor a step."""
    ended = "løber stadig" if case.ophoersdato is None else f"ophørte {danish(case.ophoersdato)}"
    yield Weighed("Sagen", f"{case.ydelsestype} fra {danish(case.anmodningsdato)}; {ended}.", _TARGET)
    yield from _outside(case)
    rows = number(len(case.interviews), "række", "rækker")
    yield Weighed(
        "Samtaler", f"{rows} i samtaler, heraf {len(case.held)} holdte kontaktsamtaler.", "BEK 1714/2006 § 3, stk. 1"
    )
    paid = spans(case.paid) if case.paid else "ingen dage"
    yield Weighed("Udbetalinger", f"Dækker {paid}.", "BEK 1714/2006 § 4, stk. 2, nr. 6")
