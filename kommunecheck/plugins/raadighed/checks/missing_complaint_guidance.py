"""RT106: a sanction without guidance on how to complain."""

from collections.abc import Iterator

from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import Judged
from kommunecheck.plugins.raadighed.sanctions import without

RULE = Rule(
    code="RT106",
    name="manglende-klagevejledning",
    title="Sanktionen er uden klagevejledning",
    severity=Severity.ERROR,
    citations=(
        "forvaltningsloven § 25",
        "BEK 1404/2006 § 13, stk. 2, nr. 1",
    ),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "afgoerelser.sanktion",
    "afgoerelser.afgoerelse_dato",
    "afgoerelser.sanktion_fra",
    "afgoerelser.klagevejledning",
)

EXPLAIN = Explanation(
    says=("En skriftlig afgørelse, der kan påklages, og som ikke giver fuldt medhold, skal have en klagevejledning."),
    fails=("Hjælpen er sat ned 3. juli 2007, og i klagevejledning står »nej«."),
    passes=("I klagevejledning står »ja«."),
    costs=("Intet i sig selv, men afgørelsen kan blive tilsidesat."),
    remedy=("Send borgeren en klagevejledning til beskæftigelsesankenævnet, og gem den i sagen."),
    blind=("Tjekket ser kun, om der er en klagevejledning, og ikke, om den er rigtig."),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """A finding for each sanction of which the column says no, or nothing."""
    return without(judged, RULE, "klagevejledning")
