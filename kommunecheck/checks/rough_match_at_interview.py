"""VT202: a grovmatch was used where a real placement was due."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, missed_step
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT202",
    name="grovmatch-ved-samtale",
    title="Grovmatch er brugt ved en kontaktsamtale",
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
        "En grovmatch kan kun bruges ved borgerens første henvendelse. Ved en kontaktsamtale gælder den ikke som en "
        "indplacering i en matchkategori."
    ),
    fails=("Ved kontaktsamtalen 4. juni 2007 er registreret kategori 3 med mærket grovmatch."),
    passes=(
        "Ved den første henvendelse 5. marts 2007 er registreret en grovmatch, og ved kontaktsamtalen 4. juni en "
        "rigtig indplacering i kategori 3."
    ),
    costs=("Refusionen mistes fra samtalens dag til dagen før, borgeren blev rigtigt indplaceret."),
    remedy=("Indplacér borgeren i kategori 1-5, og fjern mærket grovmatch."),
    blind=("En grovmatch, der er skrevet som en almindelig kategori, kan tjekket ikke kende."),
    over=(
        "Tabet løber ikke mere. Blev borgeren indplaceret ved samtalen, så find journalnotatet fra dagen; ellers "
        "sæt refusionen ned for de tabte dage."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each judged interview that only has a grovmatch."""
    for lapse in case.lapses:
        if lapse.code == RULE.code:
            held = danish(lapse.interview.held_on)
            message = (
                f"Samtalen {held} har kun en grovmatch, og borgeren er ikke indplaceret senest {danish(lapse.limit)}. "
                f"{days_lost(lapse.expected)}"
            )
            yield missed_step(RULE, lapse, message, "grovmatch", "matchkategori")
