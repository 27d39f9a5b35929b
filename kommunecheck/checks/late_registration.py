"""VT204: a step was taken at the interview but registered too late."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, missed_step
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost
from kommunecheck.law.law import Law
from kommunecheck.law.steps import STEP_NAMES

RULE = Rule(
    code="VT204",
    name="sen-registrering",
    title="Samtalen er registreret for sent",
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
        "Registreringen skal ske under samtalen eller straks efter. Sker den senere, skal kommunen dokumentere på "
        "anden vis, at skridtet blev taget ved samtalen."
    ),
    fails=(
        "Samtalen blev holdt fredag den 1. juni 2007 med kategori 3, men rækken er først registreret onsdag den 6. "
        "juni. Intet notat dokumenterer kategorien."
    ),
    passes=(
        "Samtalen blev holdt fredag den 1. juni 2007, og rækken er registreret mandag den 4. juni. Det er næste "
        "arbejdsdag og dermed straks."
    ),
    costs=("Refusionen mistes fra samtalens dag til dagen før registreringen, for hvert skridt der kun står i rækken."),
    remedy=("Registrér, mens borgeren er der. Find notatet fra samtalen; det kan redde dagene."),
    blind=(
        "Én arbejdsdag er en læsning af »straks« og kan ændres i opsætningen. Datoen for registreringen tages, som "
        "den står."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each judged interview and step that was registered after its limit."""
    for lapse in case.lapses:
        if lapse.code == RULE.code:
            held = danish(lapse.interview.held_on)
            message = (
                f"Samtalen {held}: {STEP_NAMES[lapse.step]} er registreret {danish(lapse.interview.drv_day)} og skulle "
                f"være registreret senest {danish(lapse.limit)}. {days_lost(lapse.expected)}"
            )
            yield missed_step(RULE, lapse, message, "registreret_dato")
