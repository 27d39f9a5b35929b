"""SB303: no deadline is set for a type of case."""

from collections.abc import Iterator, Sequence
from typing import Final

from kommunecheck.domain.days import Period
from kommunecheck.domain.finding import Finding, Subject
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import number
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course
from kommunecheck.plugins.sagsbehandling.measuring import by
from kommunecheck.plugins.sagsbehandling.texts import LEGAL_SECURITY

RULE = Rule(
    code="SB303",
    name="manglende-frist",
    title="Sagstypen har ingen frist",
    severity=Severity.WARNING,
    citations=(f"{LEGAL_SECURITY} § 3, stk. 2",),
    supervision="sagsbehandling",
)

JUDGES: Final = "municipality"
NEEDS = ("ansoegninger.ansoegning_id",)

EXPLAIN = Explanation(
    says="Kommunen skal fastsætte en frist for, hvor lang tid der må gå, før der er truffet en afgørelse.",
    fails=(
        "Der er ansøgninger om boligstøtte, men opsætningen har ingen frist for boligstøtte og ingen standardfrist."
    ),
    passes="Opsætningen har en frist for boligstøtte, eller en standardfrist.",
    costs="Ingen penge. Borgeren venter, og tallet indgår i kommunens egen måling.",
    remedy="Skriv fristen i kommunecheck.toml under [sagsbehandling.deadlines], eller få den fastsat.",
    blind="Tjekket kender kun opsætningen. Er fristen fastsat et andet sted, så skriv den af.",
)


def check(courses: Sequence[Course], window: Period, law: Law) -> Iterator[Finding]:
    """One finding for each type of case with applications that no deadline is set for."""
    without = by((one for one in courses if one.deadline is None), lambda one: one.row.sagstype)
    for sagstype, own in sorted(without.items()):
        yield Finding(
            RULE,
            f"{sagstype}: der er ingen frist i opsætningen for {number(len(own), 'ansøgning', 'ansøgninger')}. SB101, "
            "SB102 og SB104 er ikke vurderet for dem.",
            subject=Subject("kommune", sagstype),
        )
