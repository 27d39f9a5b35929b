"""SB102: the deadline was not kept, and the citizen had no notice in time."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.days import Period, danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course
from kommunecheck.plugins.sagsbehandling.texts import LEGAL_SECURITY

RULE = Rule(
    code="SB102",
    name="manglende-underretning",
    title="Borgeren er ikke underrettet, før fristen udløb",
    severity=Severity.ERROR,
    citations=(f"{LEGAL_SECURITY} § 3, stk. 2",),
    supervision="sagsbehandling",
)

JUDGES: Final = "application"
NEEDS = (
    "ansoegninger.afgoerelse_dato",
    "ansoegninger.underretning_dato",
    "ansoegninger.forventet_dato",
)

EXPLAIN = Explanation(
    says=(
        "Kan fristen ikke overholdes, skal ansøgeren skriftligt have besked om, hvornår der kan ventes en afgørelse."
    ),
    fails=("Fristen er 26. april 2007, og sagen er først afgjort 15. maj 2007. Borgeren fik besked 27. april 2007."),
    passes="Borgeren fik besked 26. april 2007, på fristens sidste dag.",
    costs="Ingen penge. Borgeren venter, og tallet indgår i kommunens egen måling.",
    remedy=(
        "Underret borgeren straks om, hvornår afgørelsen kan ventes. Se efter fristerne hver uge, og underret, før"
        " de udløber."
    ),
    blind=(
        "Tjekket ser den første underretning og ikke, hvad der stod i den. En underretning, som ikke er "
        "registreret, kan det ikke se."
    ),
)


def check(course: Course, law: Law) -> Iterator[Finding]:
    """One finding where SB101 is found and no notice was sent on or before the deadline."""
    if course.deadline is None or not course.overdue or not course.knows("underretning_dato"):
        return
    if course.notice is not None and course.notice <= course.deadline:
        return
    sent = "ikke underrettet" if course.notice is None else f"først underrettet {danish(course.notice)}"
    yield Finding(
        RULE,
        f"Fristen {danish(course.deadline)} er ikke overholdt, og borgeren er {sent}.",
        date=course.deadline,
        arose=course.received,
        evidence=course.seen("modtaget_dato", "underretning_dato"),
        subject=course.subject,
        period=Period(course.deadline + 1, course.last),
    )
