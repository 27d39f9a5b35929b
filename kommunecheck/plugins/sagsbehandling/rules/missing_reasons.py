"""SB202: the decision has no reasons."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course
from kommunecheck.plugins.sagsbehandling.texts import PUBLIC_ADMINISTRATION

RULE = Rule(
    code="SB202",
    name="manglende-begrundelse",
    title="Afgørelsen er ikke begrundet",
    severity=Severity.ERROR,
    citations=(
        f"{PUBLIC_ADMINISTRATION} § 22",
        f"{PUBLIC_ADMINISTRATION} § 24",
    ),
    supervision="sagsbehandling",
)

JUDGES: Final = "application"
NEEDS = (
    "ansoegninger.afgoerelse_dato",
    "ansoegninger.udfald",
    "ansoegninger.begrundelse",
    "ansoegninger.skriftlig",
)

EXPLAIN = Explanation(
    says=(
        "En skriftlig afgørelse skal være begrundet, medmindre borgeren fuldt ud har fået medhold. Begrundelsen "
        "henviser til reglerne og til de hovedhensyn, der har været bestemmende."
    ),
    fails="Ansøgningen er afslået skriftligt, og afgørelsen har ingen begrundelse.",
    passes="Borgeren har fuldt ud fået medhold. Eller afslaget er begrundet.",
    costs="Ingen penge. En afgørelse uden garantien kan blive ændret eller være ugyldig, hvis borgeren klager.",
    remedy="Send borgeren en begrundelse.",
    blind=(
        "Tjekket ser kun, om der er en begrundelse, og ikke om den er fyldestgørende. Det ser en gennemgang af "
        "sager på."
    ),
)


def check(course: Course, law: Law) -> Iterator[Finding]:
    """One finding for a written decision against the citizen without reasons."""
    if not course.refused or not course.knows("begrundelse", "skriftlig") or course.end is None:
        return
    if not course.row.skriftlig or course.row.begrundelse:
        return
    yield Finding(
        RULE,
        f"Afgørelsen {danish(course.end)} giver ikke borgeren fuldt medhold og er ikke begrundet.",
        date=course.end,
        arose=course.received,
        evidence=course.seen("afgoerelse_dato", "udfald", "begrundelse"),
        subject=course.subject,
    )
