"""SB203: the decision does not say how to complain."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course
from kommunecheck.plugins.sagsbehandling.texts import PUBLIC_ADMINISTRATION

RULE = Rule(
    code="SB203",
    name="manglende-klagevejledning",
    title="Afgørelsen har ingen klagevejledning",
    severity=Severity.ERROR,
    citations=(f"{PUBLIC_ADMINISTRATION} § 25, stk. 1",),
    supervision="sagsbehandling",
)

JUDGES: Final = "application"
NEEDS = (
    "ansoegninger.afgoerelse_dato",
    "ansoegninger.udfald",
    "ansoegninger.klagevejledning",
    "ansoegninger.skriftlig",
)

EXPLAIN = Explanation(
    says=(
        "En skriftlig afgørelse, der kan påklages, skal vejlede om klageinstans, fremgangsmåde og frist, medmindre"
        " borgeren fuldt ud har fået medhold."
    ),
    fails="Ansøgningen er delvis imødekommet skriftligt, og afgørelsen har ingen klagevejledning.",
    passes="Borgeren har fuldt ud fået medhold. Eller afgørelsen har klagevejledning.",
    costs="Ingen penge. En afgørelse uden garantien kan blive ændret eller være ugyldig, hvis borgeren klager.",
    remedy="Send borgeren en klagevejledning. Klagefristen kan da regnes fra den dag.",
    blind="Tjekket ser kun, om der er en klagevejledning, og ikke om den er rigtig.",
)


def check(course: Course, law: Law) -> Iterator[Finding]:
    """One finding for a written decision against the citizen without guidance on how to complain."""
    if not course.refused or not course.knows("klagevejledning", "skriftlig") or course.end is None:
        return
    if not course.row.skriftlig or course.row.klagevejledning:
        return
    yield Finding(
        RULE,
        f"Afgørelsen {danish(course.end)} giver ikke borgeren fuldt medhold og har ingen klagevejledning.",
        date=course.end,
        arose=course.received,
        evidence=course.seen("afgoerelse_dato", "udfald", "klagevejledning"),
        subject=course.subject,
    )
