"""RT107: a sanction without written guidance on the consequences before the act."""

from collections.abc import Iterator

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import Judged, seen
from kommunecheck.plugins.raadighed.words import sanction_of

RULE = Rule(
    code="RT107",
    name="manglende-vejledning",
    title="Borgeren er ikke vejledt om konsekvenserne før hændelsen",
    severity=Severity.WARNING,
    citations=(
        "vejl. om rådighed",
        "BEK 1404/2006 § 2",
    ),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "afgoerelser.sanktion",
    "afgoerelser.afgoerelse_dato",
    "afgoerelser.sanktion_fra",
    "afgoerelser.vejledt_dato",
)

EXPLAIN = Explanation(
    says=(
        "Borgeren bør skriftligt være vejledt om, hvad det kan koste ikke at stå til rådighed, før det sker. I "
        "dag er det en betingelse for en sanktion; for 2007 er det meget sandsynligt, men ikke bekræftet."
    ),
    fails=("Hændelsen er 4. juni 2007, og borgeren er først vejledt 4. juni 2007."),
    passes=("Borgeren er vejledt 3. juni 2007, dagen før hændelsen."),
    costs=("Intet i sig selv."),
    remedy=(
        "Giv den skriftlige vejledning, når borgeren søger om hjælp, og igen ved hvert tilbud. Skriv dagen i sagen."
    ),
    blind=("Tjekket ser kun den vejledning, der er registreret ved afgørelsen, og ikke, hvad der stod i den."),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """A finding for each sanction where no row of the act tells of guidance before the act's day."""
    if judged.unreadable("vejledt_dato"):
        return
    if any(row.vejledt_dato is not None and row.vejledt_dato < judged.act.dato for row in judged.rows):
        return
    for sanction in judged.sanctions:
        yield Finding(
            RULE,
            f"Borgeren fik {sanction_of(sanction.row)} ved afgørelsen {danish(sanction.day)}, men er ikke skriftligt "
            f"vejledt om konsekvenserne før hændelsen {danish(judged.act.dato)}.",
            date=sanction.day,
            arose=sanction.day,
            evidence=(seen(sanction.row, "vejledt_dato"), seen(sanction.row, "sanktion"), judged.seen()),
        )
