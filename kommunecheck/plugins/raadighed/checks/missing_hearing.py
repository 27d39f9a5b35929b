"""RT104: a sanction was decided before the citizen was heard."""

from collections.abc import Iterator

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import Judged, seen
from kommunecheck.plugins.raadighed.words import sanction_of

RULE = Rule(
    code="RT104",
    name="manglende-partshoering",
    title="Borgeren er ikke hørt før sanktionen",
    severity=Severity.ERROR,
    citations=(
        "forvaltningsloven § 19",
        "BEK 1404/2006 § 13, stk. 2, nr. 1",
    ),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "afgoerelser.sanktion",
    "afgoerelser.afgoerelse_dato",
    "afgoerelser.sanktion_fra",
    "afgoerelser.partshoering_dato",
)

EXPLAIN = Explanation(
    says=(
        "Borgeren skal kunne udtale sig, før kommunen træffer en afgørelse til ugunst. Er borgeren ikke hørt, er "
        "afgørelsen som hovedregel ugyldig."
    ),
    fails=("Hjælpen er sat ned 3. juli 2007, og borgeren er hørt samme dag. Så har der ikke været tid til at svare."),
    passes=("Borgeren er hørt 2. juli 2007, dagen før afgørelsen 3. juli."),
    costs=("Intet i sig selv, men afgørelsen kan blive tilsidesat."),
    remedy=("Hør borgeren, og tag stilling igen. Skriv dagen for høringen i sagen."),
    blind=(
        "At samme dag ikke er tid nok, er en læsning. Tjekket ser ikke, hvad borgeren er hørt om, eller om "
        "høringen kunne undlades."
    ),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """A finding for each sanction without a hearing from the act to the day before the decision."""
    if judged.unreadable("partshoering_dato"):
        return
    heard = [row.partshoering_dato for row in judged.rows if row.partshoering_dato is not None]
    for sanction in judged.sanctions:
        if not any(judged.act.dato <= day < sanction.day for day in heard):
            yield Finding(
                RULE,
                f"Der er ingen partshøring mellem hændelsen {danish(judged.act.dato)} og dagen før afgørelsen "
                f"{danish(sanction.day)} om {sanction_of(sanction.row)}.",
                date=sanction.day,
                arose=sanction.day,
                evidence=(seen(sanction.row, "partshoering_dato"), seen(sanction.row, "sanktion"), judged.seen()),
            )
