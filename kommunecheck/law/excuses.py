"""What stands in a case about why a deadline was not kept, or was: what the municipality can invoke, and what not.

The guidance to § 2, stk. 2 and § 5, stk. 1. The functions that judge are asked for what they saw, so that an excuse and
a verdict cannot differ.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from kommunecheck.domain.case import Breach, Case, Deadline
from kommunecheck.domain.days import NO_END, Day, Period, danish, iso, with_weekday, within
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import seen
from kommunecheck.domain.names import CIRCUMSTANCES, capital
from kommunecheck.domain.records import Circumstance, Interview
from kommunecheck.domain.wording import span, spans
from kommunecheck.law.deadlines import (
    acted_upon,
    attempts_at,
    chain,
    followed_up,
    followup_limit,
)
from kommunecheck.law.exclusions import ALWAYS, EXCLUDING
from kommunecheck.law.illness import illness_end, illness_limit, met_illness, not_counted, sick_days
from kommunecheck.law.law import Law

TIMELY = "vejl. til § 5, stk. 1"
TARGET = "vejl. til § 2, stk. 2"


class Told(NamedTuple):
    """What the files say, in Danish, and the cells it stands in; ``quote`` is the one sentence used of a note."""

    text: str
    cells: tuple[Evidence, ...] = ()
    quote: str | None = None


class Weight(StrEnum):
    """What an excuse does by the rules."""

    HOLDS = "holds"
    DISCRETION = "discretion"
    """The directorate decides whether it does."""
    FAILS = "fails"
    """It was looked at and changes nothing."""


class Excuse(NamedTuple):
    """Something that bears on a deadline or on what is lost: its name, what stands in the files, and what it does."""

    name: str
    told: Told
    weight: Weight
    effect: str
    citation: str


def judged_deadlines(case: Case, law: Law) -> Iterator[Deadline]:
    """The deadlines due in the audited period. None in a withdrawn case."""
    for deadline in () if case.withdrawn else chain(case, law):
        if case.window.first <= deadline.due <= case.window.last and deadline.due <= case.last:
            yield deadline


def is_late(case: Case, deadline: Deadline) -> bool:
    """Whether the interview was held after the falduge, or not at all though it is over."""
    if deadline.held is None:
        return deadline.sunday <= case.last
    return deadline.held.held_on > deadline.sunday


def excuses_at(case: Case, deadline: Deadline, law: Law) -> Iterator[Excuse]:
    """What bears on one deadline: the falduge where it was kept; where not illness, no-shows and cancellations."""
    if not is_late(case, deadline):
        yield from _falduge(case, deadline)
        return
    breach = next((one for one in case.breaches if one.deadline == deadline), None)
    attempts = attempts_at(case, deadline)
    sick = sick_days(case, law)
    ended = illness_end(deadline, attempts, sick)
    if ended is not None:
        rows = met_illness(deadline, attempts, sick)
        yield _illness(case, rows, deadline, ended, breach, law)
        attempts = tuple(row for row in attempts if row not in rows)
    yield from _undocumented(case, deadline, law)
    for row in attempts:
        yield _attempt(case, deadline, row, breach, law)


def _falduge(case: Case, deadline: Deadline) -> Iterator[Excuse]:
    due, sunday = with_weekday(deadline.due), danish(deadline.sunday)
    if deadline.held is not None and deadline.held.held_on > deadline.due:
        held = with_weekday(deadline.held.held_on)
        told = Told(f"Samtalen forfaldt {due} og blev holdt {held}.", (seen(deadline.held, "afholdt_dato"),))
        yield Excuse("Falduge", told, Weight.HOLDS, f"Rettidig: holdt senest søndag den {sunday}.", TIMELY)
    elif deadline.held is None and case.ophoersdato is not None and case.ophoersdato <= case.cutoff:
        ended = Evidence(case.source, case.row, "ophoersdato", iso(case.ophoersdato))
        told = Told(f"Samtalen forfaldt {due}. Sidste dag med ydelse er {danish(case.ophoersdato)}.", (ended,))
        effect = f"Ydelsen ophørte, før faldugen sluttede søndag den {sunday}: ingen frist er overskredet."
        yield Excuse("Falduge", told, Weight.HOLDS, effect, TIMELY)


def _illness(
    case: Case, rows: list[Interview], deadline: Deadline, ended: Day, breach: Breach | None, law: Law
) -> Excuse:
    """The illness that kept the interview from being held in time, with the attempts and the periods that show it."""
    days = [row.planned_for for row in rows] or [deadline.due]
    periods = [
        one
        for one in case.circumstances
        if one.type == "sygdom" and any(one.fra <= day <= one.til for day in [*days, min(ended, case.cutoff)])
    ]
    shown = [
        f"samtalen {danish(row.planned_for)} er registreret som ikke holdt på grund af sygdom"
        if row.status == "sygdom"
        else f"borgeren udeblev {danish(row.planned_for)}, mens sygdom var registreret"
        for row in rows
    ]
    shown += [f"sygdom {_days(one)}{', dokumenteret' if one.dokumenteret else ''}" for one in periods]
    cells = [seen(row, column) for row in rows for column in ("planlagt_dato", "status")]
    cells += [cell for one in periods for cell in _cells(one)]
    told = Told(f"{capital('; '.join(shown))}.", tuple(cells))
    if ended >= NO_END:
        effect = "Sygdommen løber stadig, og ingen refusion mistes."
    elif breach is None:
        effect = f"Samtalen skulle så holdes senest {danish(illness_limit(ended, law))}. Ingen refusion mistes."
    else:
        limit = danish(illness_limit(ended, law))
        effect = f"Til og med {danish(ended)} mistes ingen refusion. Derefter skulle samtalen holdes senest {limit}."
    return Excuse("Sygdom", told, Weight.HOLDS, effect, TIMELY)


def _undocumented(case: Case, deadline: Deadline, law: Law) -> Iterator[Excuse]:
    longest = law.number("long_sickness_days")
    for one in not_counted(case, deadline, law):
        told = Told(f"Sygdom {_days(one)}, ikke registreret som dokumenteret.", _cells(one))
        effect = f"Sygdom over {longest} dage skal være dokumenteret. Uden dokumentation undskylder den ikke."
        yield Excuse("Sygdom", told, Weight.FAILS, effect, TIMELY)


def _attempt(case: Case, deadline: Deadline, row: Interview, breach: Breach | None, law: Law) -> Excuse:
    """A summons that came to nothing and that illness does not explain."""
    planned, summoned = danish(row.planned_for), row.indkaldt_dato
    when = "" if summoned is None else f", indkaldt {danish(summoned)}"
    columns = ["planlagt_dato", "status", *(() if summoned is None else ("indkaldt_dato",))]
    if row.status != "udeblevet":
        what = {"aflyst": "blev aflyst", "sygdom": "blev aflyst på grund af sygdom"}.get(row.status, "blev ikke holdt")
        told = Told(f"Samtalen {planned}{when}, {what}.", tuple(seen(row, column) for column in columns))
        return Excuse("Aflysning", told, Weight.FAILS, "Undskylder ikke, at samtalen er holdt for sent.", TIMELY)
    days = acted_upon(case, deadline, row)
    acted = f" Første skridt derefter: {danish(days[0])}." if days else " Intet skridt er registreret."
    cells = (*(seen(row, column) for column in columns), *(_step(case, row, days[0]) if days else ()))
    told = Told(f"Borgeren udeblev {planned}{when}.{acted}", cells)
    if not followed_up(case, deadline, row, law):
        effect = f"Undskylder ikke: intet skridt er registreret senest {danish(followup_limit(row, law))}."
        return Excuse("Udeblivelse", told, Weight.FAILS, effect, TIMELY)
    if breach is not None and breach.discretionary:
        waits = "" if days else f"Der kan følges op til og med {danish(followup_limit(row, law))}. "
        effect = f"{waits}Direktoratet kan vurdere, at refusionen ikke mistes {spans(breach.discretionary)}."
        return Excuse("Udeblivelse, fulgt op" if days else "Udeblivelse", told, Weight.DISCRETION, effect, TIMELY)
    return Excuse("Udeblivelse, fulgt op", told, Weight.FAILS, "Ændrer ikke, hvilke dage der mistes.", TIMELY)


def _step(case: Case, no_show: Interview, day: Day) -> Iterator[Evidence]:
    """The cell that shows how a no-show was acted upon on a day."""
    if no_show.opfoelgning_dato == day:
        yield seen(no_show, "opfoelgning_dato")
        return
    for row in case.interviews:
        for column in ("indkaldt_dato", "afholdt_dato"):
            if row is not no_show and row.type == "kontaktsamtale" and getattr(row, column) == day:
                yield seen(row, column)
                return


def excuses_of(case: Case, law: Law, days: Period) -> Iterator[Excuse]:
    """What bears on the days themselves: circumstances outside the supervision, and wage subsidy."""
    reform_from = law.number("reform_exclusions_from")
    for one in case.circumstances:
        if not within((Period(one.fra, one.til),), (days,)):
            continue
        told = Told(f"{capital(CIRCUMSTANCES[one.type])} {_days(one)}.", _cells(one))
        if one.type == "loentilskud":
            effect = "Refusionen kan ikke fratages for dage med løntilskud."
            yield Excuse("Løntilskud", told, Weight.HOLDS, effect, TARGET)
        elif one.type in EXCLUDING and one.type not in ALWAYS and one.til < reform_from:
            effect = f"Gruppen er først uden for tilsynet fra {danish(reform_from)}."
            yield Excuse("Uden for målgruppen", told, Weight.FAILS, effect, TARGET)
        elif one.type in EXCLUDING:
            since = f" fra {danish(reform_from)}" if one.type not in ALWAYS and one.fra < reform_from else ""
            effect = f"Dagene tæller{since} ikke med i fristen, og ingen refusion mistes for dem."
            yield Excuse("Uden for målgruppen", told, Weight.HOLDS, effect, TARGET)


def _days(one: Circumstance) -> str:
    return f"fra {danish(one.fra)} og frem" if one.til >= NO_END else span(Period(one.fra, one.til))


def _cells(one: Circumstance) -> tuple[Evidence, ...]:
    columns = ["type", "fra", "til", *(("dokumenteret",) if one.type == "sygdom" else ())]
    return tuple(Evidence(one.source, one.row, column) for column in columns)
