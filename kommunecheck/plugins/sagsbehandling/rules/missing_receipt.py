"""SB105: the citizen had no receipt for the application in time."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course, State
from kommunecheck.plugins.sagsbehandling.texts import NOTE, RECEIPT_DAYS

RULE = Rule(
    code="SB105",
    name="manglende-kvittering",
    title="Borgeren har ikke fået kvittering for ansøgningen",
    severity=Severity.WARNING,
    citations=(f"{NOTE}, pkt. 6.3",),
    supervision="sagsbehandling",
)

JUDGES: Final = "application"
NEEDS = (
    "ansoegninger.afgoerelse_dato",
    "ansoegninger.kvittering_dato",
)

EXPLAIN = Explanation(
    says=(
        "Forslaget om en skriftlig tilbagemeldingsgaranti: tager sagen mere end 10 dage, skal borgeren have en "
        "kvittering for henvendelsen med oplysning om sagsbehandlingstiden."
    ),
    fails=(
        "Ansøgningen er modtaget 1. marts 2007 og er ikke afgjort 11. marts 2007. Kvitteringen er sendt 12. marts 2007."
    ),
    passes="Kvitteringen er sendt 11. marts 2007, på den tiende dag. Er sagen afgjort den dag, kræves ingen.",
    costs="Ingen penge. Borgeren venter, og tallet indgår i kommunens egen måling.",
    remedy="Send kvitteringen, så snart ansøgningen er registreret, og skriv fristen i den.",
    blind=(
        "Garantien var et forslag i 2006, ikke en pligt efter loven. De 10 dage kan ændres i opsætningen. Om "
        "kvitteringen nævner fristen, er kun talt."
    ),
)


def check(course: Course, law: Law) -> Iterator[Finding]:
    """One finding for an application that took longer than the guarantee allows without a receipt."""
    last = course.received + law.number(RECEIPT_DAYS)
    if course.state is State.UNKNOWN or not course.knows("kvittering_dato") or course.last <= last:
        return
    if course.receipt is not None and course.receipt <= last:
        return
    sent = "ikke sendt" if course.receipt is None else f"først sendt {danish(course.receipt)}"
    yield Finding(
        RULE,
        f"Ansøgningen er modtaget {danish(course.received)}. En kvittering skulle være sendt senest {danish(last)}, "
        f"men er {sent}.",
        date=last,
        arose=course.received,
        evidence=course.seen("modtaget_dato", "kvittering_dato"),
        rests_on=law.unverified(RECEIPT_DAYS),
        subject=course.subject,
    )
