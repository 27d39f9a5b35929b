"""VT401: no payment covers the day of an interview, so the form of benefit cannot be told."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, seen
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT401",
    name="ydelse-ikke-oplyst",
    title="Det fremgår ikke, hvilken ydelse borgeren fik ved samtalen",
    severity=Severity.WARNING,
    citations=(
        "BEK 1714/2006 § 4, stk. 2, nr. 6",
        "vejl. til § 4, stk. 2",
    ),
)

JUDGES: Final = "unpaid"
NEEDS: tuple[str, ...] = (
    "sager.ophoersdato",
    "samtaler.afholdt_dato",
    "udbetalinger.fra",
    "perioder?.til",
)

EXPLAIN = Explanation(
    says=(
        "Når direktoratet beder om materialet i en sag, skal kommunen kunne oplyse, hvilken form for ydelse borgeren "
        "fik på samtalens tidspunkt."
    ),
    fails=("Samtalen blev holdt 4. juni 2007, men ingen udbetaling dækker den dag."),
    passes=("Samtalen blev holdt 30. juni 2007, og udbetalingen for juni dækker 1.-30. juni."),
    costs=("Intet i sig selv, men oplysningen mangler i svaret til direktoratet."),
    remedy=("Find udbetalingen for dagen, eller skriv i sagen, hvorfor der ingen er."),
    blind=("Tjekket ser kun de udbetalinger, der er med i udtrækket."),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each judged interview on a day that no payment covers."""
    for row in case.unpaid:
        held = row.held_on
        message = f"Ingen udbetaling dækker samtalen {danish(held)}, så ydelsen på den dag kan ikke oplyses."
        yield Finding(RULE, message, date=held, arose=held, evidence=(seen(row, "afholdt_dato"),))
