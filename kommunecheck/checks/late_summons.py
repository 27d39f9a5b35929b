"""VT103: the citizen was summoned too late and stayed away, but the no-show was acted upon."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import count, danish
from kommunecheck.domain.finding import Finding, broken_deadline, seen
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost, number
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT103",
    name="sen-indkaldelse",
    title="Borgeren er indkaldt for sent og udeblev",
    severity=Severity.ERROR,
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
        "Er borgeren indkaldt så sent, at samtalen ikke kan holdes rettidigt, og udebliver borgeren, mistes "
        "refusionen til dagen før den samtale, der var planlagt. Resten afhænger af direktoratets skøn, hvis "
        "kommunen straks har fulgt op."
    ),
    fails=(
        "Samtalen forfaldt 3. september 2007. Borgeren blev indkaldt til 17. september, altså efter faldugen, og "
        "udeblev. Kommunen sendte en ny indkaldelse dagen efter."
    ),
    passes=(
        "Samtalen forfaldt 3. september 2007, og borgeren var indkaldt til 7. september i samme uge. Udeblivelsen "
        "vurderes da efter VT105."
    ),
    costs=(
        "Forventet tab fra forfaldsdagen til dagen før den første planlagte samtale. Tiden derefter, til samtalen "
        "holdes, er et muligt tab, som direktoratet skønner over."
    ),
    remedy=("Indkald i god tid inden faldugen. Gem indkaldelsen og opfølgningen på udeblivelsen i sagen."),
    blind=(
        "Tjekket kan ikke se, om borgeren havde en rimelig grund til at udeblive. Fem arbejdsdage til at følge op er "
        "en læsning af »straks« og kan ændres i opsætningen."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each deadline whose first planned day lay after the falduge and whose no-shows were acted upon."""
    for breach in case.breaches:
        if breach.code == RULE.code:
            first = breach.no_shows[0]
            message = (
                f"Samtalen forfaldt {danish(breach.deadline.due)}, men blev først planlagt til "
                f"{danish(first.planned_for)}, hvor borgeren udeblev. {days_lost(breach.expected)} "
                f"Desuden er {number(count(breach.discretionary), 'dag', 'dage')} et muligt tab efter et skøn."
            )
            rows = (seen(row, "planlagt_dato") for row in breach.no_shows)
            yield broken_deadline(RULE, case, breach, message, *rows)
