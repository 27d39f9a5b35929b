"""RT105: a sanction without reasons."""

from collections.abc import Iterator

from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import Judged
from kommunecheck.plugins.raadighed.sanctions import without

RULE = Rule(
    code="RT105",
    name="manglende-begrundelse",
    title="Sanktionen er ikke begrundet",
    severity=Severity.ERROR,
    citations=(
        "forvaltningsloven § 22",
        "BEK 1404/2006 § 13, stk. 2, nr. 1",
    ),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "afgoerelser.sanktion",
    "afgoerelser.afgoerelse_dato",
    "afgoerelser.sanktion_fra",
    "afgoerelser.begrundelse",
)

EXPLAIN = Explanation(
    says=("En skriftlig afgørelse, der ikke giver borgeren fuldt medhold, skal være begrundet."),
    fails=("Hjælpen er sat ned 3. juli 2007, og i begrundelse står »nej«."),
    passes=("I begrundelse står »ja«."),
    costs=("Intet i sig selv, men afgørelsen kan blive tilsidesat."),
    remedy=("Giv borgeren en begrundelse, og gem den i sagen."),
    blind=("Tjekket ser kun, om der er en begrundelse, og ikke, om den er god nok."),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """A finding for each sanction of which the column says no, or nothing."""
    return without(judged, RULE, "begrundelse")
