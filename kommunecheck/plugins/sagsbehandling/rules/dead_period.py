"""SB106: the case stood still, and nobody was waited for."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.days import Period, iso
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import number, span
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course
from kommunecheck.plugins.sagsbehandling.tables import MUNICIPALITY
from kommunecheck.plugins.sagsbehandling.texts import DEAD_PERIOD_DAYS, LEGAL_SECURITY, NOTE

RULE = Rule(
    code="SB106",
    name="doed-periode",
    title="Sagen har ligget stille hos kommunen",
    severity=Severity.WARNING,
    citations=(
        f"{LEGAL_SECURITY} § 3, stk. 1",
        f"{NOTE}, pkt. 6.3",
    ),
    supervision="sagsbehandling",
)

JUDGES: Final = "application"
NEEDS = (
    "ansoegninger.afgoerelse_dato",
    "sagsskridt.ansoegning_id",
)

EXPLAIN = Explanation(
    says=(
        "Spørgsmål om hjælp skal behandles så hurtigt som muligt, og en sag må ikke trække unødigt ud. En død "
        "periode er tid, hvor sagen ligger stille, uden at det skyldes andre."
    ),
    fails="Efter et notat 1. marts 2007 sker der intet før et brev 24. marts 2007. Det er 22 dage i træk.",
    passes=(
        "Brevet er sendt 23. marts 2007: 21 dage. Eller der er ventet på borgeren i tiden; så er perioden borgerens."
    ),
    costs="Ingen penge. Borgeren venter, og tallet indgår i kommunens egen måling.",
    remedy=(
        "Se, hvad sagen ventede på, og registrér ventetid, når der ventes på andre. Fordel sager, som ingen har "
        "rørt i tre uger."
    ),
    blind=(
        "Tjekket ser kun de skridt, der er registreret. De 21 dage er vores tal: notatet taler om døde perioder "
        "uden at sige, hvor lange."
    ),
)


def check(course: Course, law: Law) -> Iterator[Finding]:
    """One finding for each dead period that is put down to the municipality."""
    most = law.number(DEAD_PERIOD_DAYS)
    for run in course.idle or ():
        if run.cause == MUNICIPALITY and run.days > most:
            yield Finding(
                RULE,
                f"Der er ikke sket noget i sagen {span(run.period)} ({number(run.days, 'dag', 'dage')}), og der er "
                "ikke ventet på andre.",
                date=run.period.first + most,
                arose=run.period.first,
                evidence=(*course.seen("modtaget_dato"), *_steps_beside(course, run.period)),
                rests_on=law.unverified(DEAD_PERIOD_DAYS),
                subject=course.subject,
                period=run.period,
            )


def _steps_beside(course: Course, period: Period) -> Iterator[Evidence]:
    """The steps just before and just after the period."""
    for step in course.steps:
        if step.dato in (period.first - 1, period.last + 1):
            yield Evidence(step.source, step.row, "dato", iso(step.dato))
