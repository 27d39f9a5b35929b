"""VT203: the opmærksomhedsområder behind a placement in category 2-5 are missing."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, missed_step
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT203",
    name="manglende-opmaerksomhedsomraader",
    title="Opmærksomhedsområder mangler ved samtalen",
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
    "samtaler.opmaerksomhedsomraader",
)

EXPLAIN = Explanation(
    says=(
        "Indplaceres borgeren i matchkategori 2-5, skal det ved hver samtale registreres, hvilke "
        "opmærksomhedsområder der har været udslagsgivende."
    ),
    fails=(
        "Ved samtalen 4. juni 2007 er borgeren indplaceret i kategori 4, men ingen områder er angivet, hverken i "
        "registreringen eller i et notat."
    ),
    passes=("Borgeren er indplaceret i kategori 1 uden områder. Det er rigtigt, for kravet gælder kun kategori 2-5."),
    costs=("Refusionen mistes fra samtalens dag til dagen før, områderne blev angivet."),
    remedy=("Angiv områderne nu, eller find notatet fra samtalen, hvor de står."),
    blind=("Tjekket vurderer ikke, om områderne passer på borgeren."),
    over=(
        "Tabet løber ikke mere. Står områderne i et notat fra samtalen, så find det frem; ellers sæt refusionen "
        "ned for de tabte dage."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each judged interview in category 2-5 without areas in time."""
    for lapse in case.lapses:
        if lapse.code == RULE.code:
            held = danish(lapse.interview.held_on)
            message = (
                f"Samtalen {held} har ingen opmærksomhedsområder, selv om borgeren er i matchkategori 2-5. "
                f"{days_lost(lapse.expected)}"
            )
            yield missed_step(RULE, lapse, message, "matchkategori", "opmaerksomhedsomraader")
