"""SB301: too few applications of a type are decided by their deadline."""

from collections.abc import Iterator, Sequence
from typing import Final

from kommunecheck.domain.days import Period
from kommunecheck.domain.finding import Finding, Subject
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import number, share, whole
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course
from kommunecheck.plugins.sagsbehandling.measuring import by, measured
from kommunecheck.plugins.sagsbehandling.texts import NOTE, TARGET_SHARE

RULE = Rule(
    code="SB301",
    name="overholdelse",
    title="For få ansøgninger af en sagstype er afgjort inden fristen",
    severity=Severity.WARNING,
    citations=(f"{NOTE}, pkt. 6.3",),
    supervision="sagsbehandling",
)

JUDGES: Final = "municipality"
NEEDS = (
    "ansoegninger.afgoerelse_dato",
    "ansoegninger.udfald",
)

EXPLAIN = Explanation(
    says=(
        "Socialforvaltningen i København satte som mål, at mindst 80 % af sagerne i hver sagstype bliver afgjort "
        "inden fristen."
    ),
    fails="Af 40 ansøgninger om hjælpemidler er 31 afgjort inden fristen: 77,5 %.",
    passes="32 af 40 er afgjort inden fristen: præcis 80 %.",
    costs="Ingen penge. Borgeren venter, og tallet indgår i kommunens egen måling.",
    remedy="Se i kataloget over døde perioder, hvor tiden går i den sagstype.",
    blind=(
        "Målet er kommunens eget. Ansøgninger, der er frafaldet inden fristen, er ikke med; uafgjorte efter "
        "fristen er ikke overholdt."
    ),
)


def check(courses: Sequence[Course], window: Period, law: Law) -> Iterator[Finding]:
    """One finding for each type of case in which the share of deadlines kept is under the target, exactly."""
    target = law.number(TARGET_SHARE)
    for sagstype, own in sorted(by(courses, lambda one: one.row.sagstype).items()):
        found = measured(own, window)
        if found.kept * 100 < target * found.due:
            yield Finding(
                RULE,
                f"{sagstype}: {whole(found.kept)} af {number(found.due, 'ansøgning', 'ansøgninger')} er afgjort inden "
                f"fristen ({share(found.kept, found.due)}). Målet er {target} %.",
                subject=Subject("kommune", sagstype),
            )
