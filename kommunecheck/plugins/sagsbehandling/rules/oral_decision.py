"""SB204: the decision was not given in writing."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course
from kommunecheck.plugins.sagsbehandling.texts import GOOD_PRACTICE, NOTE

RULE = Rule(
    code="SB204",
    name="mundtlig-afgoerelse",
    title="Afgørelsen er ikke meddelt skriftligt",
    severity=Severity.WARNING,
    citations=(
        GOOD_PRACTICE,
        f"{NOTE}, pkt. 4.2",
    ),
    supervision="sagsbehandling",
)

JUDGES: Final = "application"
NEEDS = (
    "ansoegninger.afgoerelse_dato",
    "ansoegninger.udfald",
    "ansoegninger.skriftlig",
)

EXPLAIN = Explanation(
    says=(
        "Det er god forvaltningsskik, at en afgørelse, som borgeren ikke får fuldt medhold i, bliver meddelt "
        "skriftligt."
    ),
    fails="Ansøgningen er afslået mundtligt.",
    passes="Afslaget er sendt i et brev. Eller ansøgningen er mundtligt imødekommet.",
    costs="Ingen penge. En afgørelse uden garantien kan blive ændret eller være ugyldig, hvis borgeren klager.",
    remedy="Send borgeren afgørelsen på skrift med begrundelse og klagevejledning.",
    blind=(
        "At det er en pligt, er ikke bekræftet; fundet er en advarsel. Ved en mundtlig afgørelse spørges der ikke "
        "om begrundelse og klagevejledning."
    ),
)


def check(course: Course, law: Law) -> Iterator[Finding]:
    """One finding for a decision against the citizen that was not given in writing."""
    if not course.refused or not course.knows("skriftlig") or course.end is None or course.row.skriftlig:
        return
    yield Finding(
        RULE,
        f"Afgørelsen {danish(course.end)} giver ikke borgeren fuldt medhold og er ikke meddelt skriftligt.",
        date=course.end,
        arose=course.received,
        evidence=course.seen("afgoerelse_dato", "udfald", "skriftlig"),
        subject=course.subject,
    )
