"""VT201: no match category was given at an interview."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, missed_step
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT201",
    name="manglende-matchkategori",
    title="Matchkategori mangler ved samtalen",
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
        "Ved hver kontaktsamtale skal borgeren indplaceres i matchkategori 1-5, også selv om intet er ændret siden "
        "sidst. Registreringen skal ske under samtalen eller straks efter."
    ),
    fails=(
        "Samtalen blev holdt 4. juni 2007, men feltet for matchkategori er tomt, og ingen journal fortæller "
        "kategorien. Først ved næste samtale 3. september blev borgeren indplaceret."
    ),
    passes=(
        "Samtalen blev holdt fredag den 1. juni 2007, og kategorien blev registreret mandag den 4. juni. Det er næste "
        "arbejdsdag og dermed straks efter samtalen."
    ),
    costs=("Refusionen mistes fra samtalens dag til dagen før, borgeren blev indplaceret."),
    remedy=("Indplacér borgeren nu, og registrér det. Er det sket ved samtalen, så find journalnotatet fra dagen."),
    blind=("Tjekket vurderer ikke, om kategorien er den rigtige. Det gør direktoratet heller ikke."),
    over=(
        "Tabet løber ikke mere. Blev kategorien valgt ved samtalen, så find journalnotatet fra dagen; ellers sæt "
        "refusionen ned for de tabte dage."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each judged interview without any category in time."""
    for lapse in case.lapses:
        if lapse.code == RULE.code:
            held = danish(lapse.interview.held_on)
            message = (
                f"Samtalen {held} har ingen matchkategori, som er registreret senest {danish(lapse.limit)}. "
                f"{days_lost(lapse.expected)}"
            )
            yield missed_step(RULE, lapse, message, "matchkategori")
