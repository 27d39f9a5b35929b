"""VT301: a citizen in category 1-3 is not registered as job seeker, and no reason is given."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, missed_step
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT301",
    name="manglende-arbejdssoegende-registrering",
    title="Registrering som arbejdssøgende mangler",
    severity=Severity.ERROR,
    citations=("BEK 1714/2006 § 5, stk. 1", "BEK 1714/2006 § 4, stk. 2, nr. 5", "vejl. til § 4, stk. 2"),
)

JUDGES: Final = "steps"
NEEDS = (
    "sager.ophoersdato",
    "samtaler.afholdt_dato",
    "samtaler.registreret_dato",
    "samtaler.matchkategori",
    "samtaler.grovmatch",
    "perioder?.til",
    "samtaler.arbejdssoegende",
    "samtaler.fritagelsesaarsag",
)

EXPLAIN = Explanation(
    says=(
        "Indplaceres borgeren i matchkategori 1-3, skal kommunen sikre sig, at borgeren er registreret som "
        "arbejdssøgende hos staten i jobcenteret, eller angive, hvorfor det for en tid ikke skal ske."
    ),
    fails=(
        "Ved samtalen 4. juni 2007 er borgeren i kategori 2, men feltet arbejdssøgende er tomt, og der er ingen årsag."
    ),
    passes=(
        "Borgeren er i kategori 3 og ikke registreret, men årsagen er angivet: barns sygdom. Så er kravet opfyldt."
    ),
    costs=("Refusionen mistes fra samtalens dag til dagen før, registreringen eller årsagen findes."),
    remedy=("Registrér borgeren som arbejdssøgende, eller skriv årsagen til, at det for en tid ikke skal ske."),
    blind=("Tjekket kan ikke se, om årsagen er god nok, eller om borgeren faktisk søger arbejde."),
    over=(
        "Tabet løber ikke mere. Var borgeren registreret, eller var der en årsag til at lade være, så ret det i "
        "DRV; ellers sæt refusionen ned for de tabte dage."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each judged interview in category 1-3 without registration or reason in time."""
    for lapse in case.lapses:
        if lapse.code == RULE.code:
            held = danish(lapse.interview.held_on)
            message = (
                f"Samtalen {held}: borgeren er i matchkategori 1-3, men hverken registreret som arbejdssøgende eller "
                f"fritaget med en årsag. {days_lost(lapse.expected)}"
            )
            yield missed_step(RULE, lapse, message, "arbejdssoegende", "fritagelsesaarsag")
