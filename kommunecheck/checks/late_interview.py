"""VT101: the contact interview was held after the end of its falduge, and nothing excuses it."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, broken_deadline
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT101",
    name="sen-samtale",
    title="Kontaktsamtalen er holdt for sent",
    severity=Severity.ERROR,
    citations=("BEK 1714/2006 § 5, stk. 1", "BEK 1714/2006 § 4, stk. 2, nr. 1-3", "vejl. til § 5, stk. 1"),
)

JUDGES: Final = "deadlines"
NEEDS = (
    "sager.ophoersdato",
    "samtaler.afholdt_dato",
    "samtaler.planlagt_dato",
    "perioder?.til",
    "perioder?.dokumenteret",
)

EXPLAIN = Explanation(
    says=(
        "Der skal holdes en kontaktsamtale, hver gang der er gået tre måneder. Samtalen er rettidig, når den holdes "
        "senest søndagen i faldugen, altså den uge (mandag til søndag), som forfaldsdagen ligger i. Dage, hvor "
        "borgeren er uden for målgruppen, tæller ikke med, når fristen regnes ud."
    ),
    fails=(
        "Samtalen skulle være holdt søndag den 7. maj 2006, men blev holdt mandag den 8. maj. Ugen var forbi, og "
        "samtalen er holdt én dag for sent."
    ),
    passes=(
        "Samtalen skulle være holdt onsdag den 3. maj 2006 og blev holdt fredag den 5. maj. Det er samme uge, og "
        "samtalen er rettidig."
    ),
    costs=(
        "Refusionen mistes fra den dag, samtalen skulle være holdt, til dagen før den blev holdt. Der regnes fra "
        "forfaldsdagen og ikke fra ugens udløb."
    ),
    remedy=(
        "De tabte dage kan ikke reddes. Sæt refusionen ned for dem, og læg næste samtale i kalenderen, så snart den "
        "forrige er holdt."
    ),
    blind=(
        "Tjekket ser kun det, der står i tabellerne. Særlige grunde, som direktoratet kan lægge vægt på i den enkelte "
        "sag, kender det ikke. Tre måneder til første samtale er en læsning af reglerne og kan ændres i opsætningen."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each deadline in the window whose interview came late without an excuse."""
    for breach in case.breaches:
        if breach.code == RULE.code and breach.deadline.held is not None:
            held = danish(breach.deadline.held.held_on)
            message = (
                f"Samtalen forfaldt {danish(breach.deadline.due)} og skulle være holdt senest "
                f"{danish(breach.deadline.sunday)}, men blev holdt {held}. {days_lost(breach.expected)}"
            )
            yield broken_deadline(RULE, case, breach, message)
