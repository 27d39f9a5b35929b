"""SB103: the notice does not say when the decision can be expected."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course
from kommunecheck.plugins.sagsbehandling.texts import LEGAL_SECURITY

RULE = Rule(
    code="SB103",
    name="underretning-uden-dato",
    title="Underretningen siger ikke, hvornår afgørelsen kan ventes",
    severity=Severity.ERROR,
    citations=(f"{LEGAL_SECURITY} § 3, stk. 2",),
    supervision="sagsbehandling",
)

JUDGES: Final = "application"
NEEDS = (
    "ansoegninger.underretning_dato",
    "ansoegninger.forventet_dato",
)

EXPLAIN = Explanation(
    says="Beskeden til ansøgeren skal sige, hvornår der kan ventes en afgørelse.",
    fails="Borgeren er underrettet 20. april 2007 om, at sagen trækker ud, men der er ikke nævnt en dag.",
    passes="Underretningen 20. april 2007 lover en afgørelse senest 15. maj 2007.",
    costs="Ingen penge. Borgeren venter, og tallet indgår i kommunens egen måling.",
    remedy="Skriv til borgeren, hvilken dag afgørelsen kan ventes, og registrér dagen.",
    blind=(
        "Tjekket læser ikke brevet. Står dagen i brevet, men ikke i forventet_dato, er fundet et spørgsmål om "
        "registrering."
    ),
)


def check(course: Course, law: Law) -> Iterator[Finding]:
    """One finding for a notice without a day."""
    if course.notice is None or course.row.forventet_dato is not None or not course.knows("forventet_dato"):
        return
    yield Finding(
        RULE,
        f"Underretningen {danish(course.notice)} siger ikke, hvornår afgørelsen kan ventes.",
        date=course.notice,
        arose=course.received,
        evidence=course.seen("underretning_dato", "forventet_dato"),
        subject=course.subject,
    )
