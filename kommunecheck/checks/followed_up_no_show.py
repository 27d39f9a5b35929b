"""VT105: the citizen was summoned in time and stayed away, and the municipality acted at once."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import count, danish
from kommunecheck.domain.finding import Finding, broken_deadline, seen
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import number
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT105",
    name="udeblivelse-fulgt-op",
    title="Borgeren udeblev, og kommunen fulgte op",
    severity=Severity.WARNING,
    citations=("BEK 1714/2006 § 5, stk. 1", "vejl. til § 5, stk. 1"),
)

JUDGES: Final = "deadlines"
NEEDS = (
    "sager.ophoersdato",
    "samtaler.afholdt_dato",
    "samtaler.planlagt_dato",
    "samtaler.indkaldt_dato",
    "samtaler.opfoelgning_dato",
    "perioder?.til",
    "perioder?.dokumenteret",
)

EXPLAIN = Explanation(
    says=(
        "Er borgeren indkaldt rettidigt og udebliver, kan direktoratet vurdere, at refusionen ikke skal mistes. Det "
        "lægger vægt på, om kommunen straks har gjort det fornødne."
    ),
    fails=(
        "Samtalen forfaldt 3. september 2007. Borgeren var indkaldt til 5. september, udeblev og blev dagen efter "
        "indkaldt til 20. september, hvor samtalen blev holdt. Det er et muligt tab."
    ),
    passes=(
        "Samtalen blev flyttet med to dage efter en udeblivelse og holdt inden faldugens søndag. Så er fristen "
        "holdt, og der er intet at vurdere."
    ),
    costs=(
        "Hele perioden fra forfaldsdagen til dagen før, samtalen blev holdt, er et muligt tab. Det regnes ikke med i "
        "det forventede."
    ),
    remedy=("Læg indkaldelsen, udeblivelsen og opfølgningen klar som dokumentation, hvis sagen udtages."),
    blind=("Direktoratets skøn kan ikke forudsiges. Tjekket viser derfor kun, hvor meget der er på spil."),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each deadline whose timely summons was followed by no-shows that were all acted upon."""
    for breach in case.breaches:
        if breach.code == RULE.code:
            message = (
                f"Samtalen forfaldt {danish(breach.deadline.due)}. Borgeren var indkaldt rettidigt, men udeblev "
                f"{danish(breach.no_shows[0].planlagt_dato or 0)}, og der er fulgt op. "
                f"{number(count(breach.discretionary), 'dag', 'dage')} er et muligt tab efter direktoratets skøn."
            )
            rows = (seen(row, column) for row in breach.no_shows for column in SHOWN)
            yield broken_deadline(RULE, case, breach, message, *rows)


SHOWN = ("indkaldt_dato", "planlagt_dato", "opfoelgning_dato")
"""What of a no-show the finding rests on: a summons in time, the day, and what was done about it."""
