"""SB101: the application was not decided by its deadline."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.days import Period, danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import number
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course, State
from kommunecheck.plugins.sagsbehandling.texts import LEGAL_SECURITY

RULE = Rule(
    code="SB101",
    name="frist-overskredet",
    title="Ansøgningen er ikke afgjort inden fristen",
    severity=Severity.ERROR,
    citations=(f"{LEGAL_SECURITY} § 3, stk. 2",),
    supervision="sagsbehandling",
)

JUDGES: Final = "application"
NEEDS = ("ansoegninger.afgoerelse_dato",)

EXPLAIN = Explanation(
    says=(
        "Kommunen skal behandle spørgsmål om hjælp så hurtigt som muligt og fastsætte en frist for, hvor lang tid "
        "der må gå, før der er truffet en afgørelse."
    ),
    fails=(
        "Fristen for hjælpemidler er 56 dage. Ansøgningen er modtaget 1. marts 2007, fristen er 26. april 2007, og"
        " afgørelsen er truffet 27. april 2007."
    ),
    passes="Afgørelsen er truffet 26. april 2007, på fristens sidste dag.",
    costs="Ingen penge. Borgeren venter, og tallet indgår i kommunens egen måling.",
    remedy=("Afgør sagen, og giv borgeren besked om, hvornår afgørelsen kan ventes, hvis det ikke kan ske straks."),
    blind=(
        "Tjekket kender ikke grunden til, at det trak ud. Fristen er kommunens egen; den flyttes ikke af "
        "weekender, helligdage eller af, at der ventes på borgeren."
    ),
)


def check(course: Course, law: Law) -> Iterator[Finding]:
    """One finding for an application that ended after its deadline, or has not ended on the cutoff after it."""
    if course.deadline is None or not course.overdue:
        return
    how = {State.OPEN: "er ikke afgjort", State.WITHDRAWN: "er frafaldet"}.get(course.state, "er afgjort")
    when = "" if course.end is None else f" {danish(course.end)}"
    late = number(course.last - course.deadline, "dag", "dage")
    yield Finding(
        RULE,
        f"Ansøgningen er modtaget {danish(course.received)} og {how}{when}. Fristen var {danish(course.deadline)}: "
        f"{late} for sent.",
        date=course.deadline,
        arose=course.received,
        evidence=course.seen("modtaget_dato", "afgoerelse_dato"),
        subject=course.subject,
        period=Period(course.deadline + 1, course.last),
    )
