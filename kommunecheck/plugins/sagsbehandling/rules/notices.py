"""SB302: citizens whose case took too long were not told when to expect a decision."""

from collections.abc import Iterator, Sequence
from typing import Final

from kommunecheck.domain.days import Period
from kommunecheck.domain.finding import Finding, Subject
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import number, share, whole
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course
from kommunecheck.plugins.sagsbehandling.measuring import measured
from kommunecheck.plugins.sagsbehandling.texts import LEGAL_SECURITY, NOTE

RULE = Rule(
    code="SB302",
    name="underretningsandel",
    title="Borgere med overskredne frister er ikke underrettet i tide",
    severity=Severity.INFO,
    citations=(
        f"{LEGAL_SECURITY} § 3, stk. 2",
        f"{NOTE}, pkt. 6.3",
    ),
    supervision="sagsbehandling",
)

JUDGES: Final = "municipality"
NEEDS = (
    "ansoegninger.afgoerelse_dato",
    "ansoegninger.udfald",
    "ansoegninger.underretning_dato",
    "ansoegninger.forventet_dato",
)

EXPLAIN = Explanation(
    says=(
        "Kan fristen ikke overholdes, skal ansøgeren have besked om, hvornår der kan ventes en afgørelse. I "
        "København var det i 2005 sket i 11 % af sagerne."
    ),
    fails="20 frister er overskredet. I 19 af sagerne fik borgeren inden fristen besked med en dag.",
    passes="I alle 20 sager fik borgeren det.",
    costs="Ingen penge. Borgeren venter, og tallet indgår i kommunens egen måling.",
    remedy="Lad fristlisten minde om underretningen ugen før, fristen udløber.",
    blind="Andelen siger ikke, om den lovede dag blev overholdt; det siger SB104.",
)


def check(courses: Sequence[Course], window: Period, law: Law) -> Iterator[Finding]:
    """One finding where an overdue application had no notice with a day on or before its deadline."""
    found = measured(courses, window)
    told = found.overdue - found.notice_unknown
    if found.overdue_with_notice is None or found.overdue_with_notice == told:
        return
    yield Finding(
        RULE,
        f"{number(told, 'frist', 'frister')} er overskredet. I {whole(found.overdue_with_notice)} af sagerne "
        f"({share(found.overdue_with_notice, told)}) fik borgeren inden fristen besked om, hvornår afgørelsen kunne "
        "ventes. I København var det 11 % i 2005.",
        subject=Subject("kommune", "alle"),
    )
