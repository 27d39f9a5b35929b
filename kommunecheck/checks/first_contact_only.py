"""VT107: there was a first contact, but no contact interview by the case's last day."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Day, danish
from kommunecheck.domain.finding import Finding, seen
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT107",
    name="kun-foerste-henvendelse",
    title="Der er kun en første henvendelse og ingen kontaktsamtale",
    severity=Severity.INFO,
    citations=(
        "BEK 1714/2006 § 4, stk. 2, nr. 2",
        "vejl. til § 5, stk. 1",
    ),
)

JUDGES: Final = "absence"
NEEDS: tuple[str, ...] = (
    "sager.ophoersdato",
    "samtaler.afholdt_dato",
)

EXPLAIN = Explanation(
    says=(
        "En første henvendelse er ikke en kontaktsamtale. Fristen for den første kontaktsamtale regnes fra den dag, "
        "borgeren bad om hjælp."
    ),
    fails=(
        "Borgeren henvendte sig 2. juli 2007. Udtrækket går til 31. december, og der er ikke holdt nogen "
        "kontaktsamtale."
    ),
    passes=("Borgeren henvendte sig 2. juli 2007, og den første kontaktsamtale blev holdt 20. september."),
    costs=("Intet i sig selv. Er fristen for den første samtale overskredet, står tabet under VT102."),
    remedy=("Hold den første kontaktsamtale inden faldugens udløb."),
    blind=("En henvendelse, som er registreret som kontaktsamtale ved en fejl, ser ud som en samtale."),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """One finding if there was a first contact by the cutoff and no contact interview was held."""
    if case.held or case.withdrawn:
        return
    contacts = sorted(
        ((row.contact_day, row.samtale_id), row)
        for row in case.interviews
        if row.type == "foerste_henvendelse" and row.contact_day is not None and row.contact_day <= case.cutoff
    )
    if contacts:
        first = contacts[0][1]
        day: Day = first.contact_day or 0
        message = (
            f"Borgeren henvendte sig {danish(day)}, men der er ikke holdt nogen kontaktsamtale "
            f"til og med {danish(case.last)}."
        )
        yield Finding(RULE, message, date=day, arose=day, evidence=(seen(first, "type"),))
