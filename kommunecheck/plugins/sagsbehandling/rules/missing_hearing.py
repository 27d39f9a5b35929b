"""SB201: the citizen was not heard before the decision."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course
from kommunecheck.plugins.sagsbehandling.texts import PUBLIC_ADMINISTRATION

RULE = Rule(
    code="SB201",
    name="manglende-partshoering",
    title="Borgeren er ikke partshørt før afgørelsen",
    severity=Severity.ERROR,
    citations=(f"{PUBLIC_ADMINISTRATION} § 19",),
    supervision="sagsbehandling",
)

JUDGES: Final = "application"
NEEDS = (
    "ansoegninger.afgoerelse_dato",
    "ansoegninger.udfald",
    "ansoegninger.partshoering_kraevet",
    "ansoegninger.partshoering_dato",
)

EXPLAIN = Explanation(
    says=(
        "Har kommunen oplysninger, som parten ikke ved, den har, og som er til ugunst for parten og væsentlige, må"
        " den ikke træffe afgørelse, før parten er gjort bekendt med dem og har kunnet udtale sig."
    ),
    fails="Partshøring var krævet. Ansøgningen er afslået 10. maj 2007, og partshøringen er dateret samme dag.",
    passes="Partshøringen er dateret 9. maj 2007. Eller ansøgningen er fuldt imødekommet.",
    costs="Ingen penge. En afgørelse uden garantien kan blive ændret eller være ugyldig, hvis borgeren klager.",
    remedy="Partshør, og tag sagen op igen, hvis det, borgeren siger, kan ændre afgørelsen.",
    blind=(
        "Om høring var krævet, er kommunens egen registrering. Hvor lang en frist borgeren fik til at svare, ses ikke."
    ),
)


def check(course: Course, law: Law) -> Iterator[Finding]:
    """One finding for a decision against the citizen without a hearing before its day."""
    if not course.refused or not course.knows("partshoering_kraevet", "partshoering_dato"):
        return
    if not course.row.partshoering_kraevet or course.end is None:
        return
    if course.hearing is not None and course.hearing < course.end:
        return
    heard = "ikke partshørt" if course.hearing is None else f"først partshørt {danish(course.hearing)}"
    yield Finding(
        RULE,
        f"Partshøring var krævet, men borgeren er {heard}. Afgørelsen er truffet {danish(course.end)}.",
        date=course.end,
        arose=course.received,
        evidence=course.seen("afgoerelse_dato", "udfald", "partshoering_dato"),
        subject=course.subject,
    )
