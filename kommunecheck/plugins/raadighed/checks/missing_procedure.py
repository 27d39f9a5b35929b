"""RT301: the municipality names no written procedure for availability and sanctions."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Municipality
from kommunecheck.domain.finding import Finding, Subject
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law

RULE = Rule(
    code="RT301",
    name="manglende-forretningsgang",
    title="Kommunen har ikke angivet en forretningsgang for rådighed",
    severity=Severity.INFO,
    citations=(
        "BEK 1404/2006 § 4",
        "BEK 1404/2006 § 13, stk. 4",
    ),
    supervision="raadighed",
)

NEEDS: tuple[str, ...] = ()
JUDGES: Final = "municipality"

EXPLAIN = Explanation(
    says=(
        "Direktoratet kan bede kommunen oplyse, om der er forretningsgange for sagerne, og kan henstille, at de "
        "bliver lavet, og at revisor tages med på råd."
    ),
    fails=("Opsætningen nævner ingen forretningsgang for rådighed."),
    passes=("I kommunecheck.toml står: procedures = { raadighed = »Forretningsgang for rådighed, 2007« }."),
    costs=("Intet."),
    remedy=("Skriv navnet på forretningsgangen i kommunecheck.toml under [municipality], eller få den lavet."),
    blind=("Tjekket læser ikke forretningsgangen og ved ikke, om den følges."),
)


def check(municipality: Municipality, law: Law) -> Iterator[Finding]:
    """One finding if no procedure for ``raadighed`` is named."""
    if not municipality.procedures.get("raadighed", "").strip():
        yield Finding(
            RULE,
            "Der er ikke angivet en skriftlig forretningsgang for rådighed og sanktioner i opsætningen.",
            subject=Subject("kommune", municipality.code),
        )
