"""VT206: something else than 1-5 stands as match category."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, missed_step
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT206",
    name="ugyldig-matchkategori",
    title="Matchkategorien er ugyldig",
    severity=Severity.ERROR,
    citations=("BEK 1714/2006 § 5, stk. 1", "BEK 1714/2006 § 4, stk. 2, nr. 4", "vejl. til § 5, stk. 1"),
)

JUDGES: Final = "steps"
NEEDS = (
    "sager.ophoersdato",
    "samtaler.afholdt_dato",
    "samtaler.registreret_dato",
    "samtaler.matchkategori",
    "samtaler.grovmatch",
    "perioder?.til",
)

EXPLAIN = Explanation(
    says=(
        "Borgeren skal ved hver kontaktsamtale indplaceres i en af matchkategorierne 1-5. Andet er ikke en "
        "indplacering."
    ),
    fails=("Ved samtalen 4. juni 2007 står der 6 som matchkategori."),
    passes=("Ved samtalen står der 5. Det er en gyldig kategori."),
    costs=("Refusionen mistes fra samtalens dag til dagen før, borgeren blev indplaceret i en gyldig kategori."),
    remedy=("Ret kategorien. Er det en anden skrivemåde for 1-5, så oversæt den i opsætningen under [[sources]]."),
    blind=("Tjekket kan ikke se, hvilken kategori der var ment."),
    over=(
        "Tabet løber ikke mere. Er kategorien en anden skrivemåde for 1-5, så oversæt den i opsætningen under "
        "[[sources]]; ellers sæt refusionen ned for de tabte dage."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each judged interview whose category is none of 1-5."""
    for lapse in case.lapses:
        if lapse.code == RULE.code:
            held = danish(lapse.interview.held_on)
            message = (
                f"Samtalen {held} har en matchkategori, som ikke er 1-5, og borgeren er ikke indplaceret senest "
                f"{danish(lapse.limit)}. {days_lost(lapse.expected)}"
            )
            yield missed_step(RULE, lapse, message, "matchkategori")
