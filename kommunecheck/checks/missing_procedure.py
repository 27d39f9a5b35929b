"""VT405: the municipality names no written procedure for the contact interviews."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Municipality
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT405",
    name="manglende-forretningsgang",
    title="Kommunen har ikke angivet en skriftlig forretningsgang",
    severity=Severity.INFO,
    citations=("BEK 1714/2006 § 7, stk. 3",),
)

JUDGES: Final = "municipality"
NEEDS: tuple[str, ...] = ()

EXPLAIN = Explanation(
    says=(
        "Findes der ingen retningslinjer eller beskrivelser af forretningsgange i kommunen, kan direktoratet "
        "henstille, at de bliver lavet, og at revisor tages med på råd."
    ),
    fails=("Opsætningen nævner ingen forretningsgang for visitation."),
    passes=("I kommunecheck.toml står: procedures = { visitation = »Forretningsgang for kontaktsamtaler, 2007« }."),
    costs=("Intet."),
    remedy=("Skriv navnet på forretningsgangen i kommunecheck.toml under [municipality], eller få den lavet."),
    blind=("Tjekket læser ikke forretningsgangen og ved ikke, om den følges."),
)


def check(municipality: Municipality, law: Law) -> Iterator[Finding]:
    """One finding if no procedure for ``visitation`` is named."""
    if not municipality.procedures.get("visitation", "").strip():
        yield Finding(RULE, "Der er ikke angivet en skriftlig forretningsgang for kontaktsamtalerne i opsætningen.")
