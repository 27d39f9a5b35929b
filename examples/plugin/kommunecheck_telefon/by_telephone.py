"""TE101: the contact interview was held by telephone."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, seen
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law

RULE = Rule(
    code="TE101",
    name="samtale-pr-telefon",
    title="Kontaktsamtalen er holdt pr. telefon",
    severity=Severity.INFO,
    citations=("Telefonaftalen § 1",),
    supervision="telefon",
)

JUDGES: Final = "case"
NEEDS = ("samtaler.kontaktform", "samtaler.afholdt_dato")

EXPLAIN = Explanation(
    says="Efter kommunens egen aftale holdes kontaktsamtaler ved fremmøde, medmindre borgeren har ringet om samtalen.",
    fails="Samtalen 4. juni 2007 er holdt pr. telefon, og der er intet opkald om den.",
    passes="Samtalen 4. juni 2007 er holdt pr. telefon, og borgeren ringede om den samme dag.",
    costs="Intet: det er kommunens egen regel.",
    remedy="Indkald borgeren til en samtale ved fremmøde.",
    blind="Tjekket ser kun den kontaktform, der er registreret.",
)


def check(case: Case, law: Law) -> Iterator[Finding]:  # noqa: ARG001 - every check is given the law
    """A finding for each held interview by telephone on a day without a call about it."""
    rung = {call.dato for call in case.rows.get("opkald", ()) if call.emne == "samtale"}
    for row in case.held:
        if row.content.kontaktform == "telefonisk" and row.held_on not in rung:
            message = f"Kontaktsamtalen {danish(row.held_on)} er holdt pr. telefon, og der er intet opkald om den."
            yield Finding(RULE, message, date=row.held_on, arose=row.held_on, evidence=(seen(row, "afholdt_dato"),))
