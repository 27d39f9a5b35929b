"""SB205: a case was decided without a single note in it."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course, State
from kommunecheck.plugins.sagsbehandling.tables import NOTE
from kommunecheck.plugins.sagsbehandling.texts import OPENNESS

RULE = Rule(
    code="SB205",
    name="manglende-notat",
    title="Sagen er afgjort uden et eneste notat",
    severity=Severity.WARNING,
    citations=(f"{OPENNESS} § 6",),
    supervision="sagsbehandling",
)

JUDGES: Final = "application"
NEEDS = (
    "ansoegninger.afgoerelse_dato",
    "ansoegninger.udfald",
    "sagsskridt.type",
)

EXPLAIN = Explanation(
    says=("Oplysninger om faktiske forhold, som er modtaget mundtligt og har betydning for afgørelsen, skal noteres."),
    fails="Sagen er afgjort 10. maj 2007, og der er ikke et eneste notat i den.",
    passes="Der er ét notat, uanset hvornår, til og med opgørelsesdagen.",
    costs="Ingen penge. En afgørelse uden garantien kan blive ændret eller være ugyldig, hvis borgeren klager.",
    remedy="Skriv de oplysninger ned, som afgørelsen hviler på, med dato og navn.",
    blind=(
        "At der er et notat, viser ikke, at notatpligten er opfyldt; og en sag uden mundtlige oplysninger behøver "
        "intet."
    ),
)


def check(course: Course, law: Law) -> Iterator[Finding]:
    """One finding for a decided case in which no step is a note."""
    if course.state is not State.DECIDED or course.end is None or any(step.type == NOTE for step in course.steps):
        return
    if not course.steps_known:
        return
    yield Finding(
        RULE,
        f"Sagen er afgjort {danish(course.end)}, og der er ikke et eneste notat i den.",
        date=course.end,
        arose=course.received,
        evidence=course.seen("afgoerelse_dato"),
        subject=course.subject,
    )
