"""VT106: illness kept the interview from being held in time, but it was not held soon enough after the illness."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, broken_deadline
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost
from kommunecheck.law.illness import illness_limit
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT106",
    name="sen-samtale-efter-sygdom",
    title="Samtalen er ikke holdt hurtigt nok efter sygdom",
    severity=Severity.ERROR,
    citations=("BEK 1714/2006 § 5, stk. 1", "vejl. til § 5, stk. 1"),
)

JUDGES: Final = "deadlines"
NEEDS = (
    "sager.ophoersdato",
    "samtaler.afholdt_dato",
    "samtaler.planlagt_dato",
    "perioder?.til",
    "perioder?.dokumenteret",
)

EXPLAIN = Explanation(
    says=(
        "Kan samtalen ikke holdes, fordi borgeren er syg, mistes refusionen ikke. Det forudsætter, at samtalen holdes "
        "hurtigst muligt, når sygdommen er forbi, og at længerevarende sygdom er dokumenteret."
    ),
    fails=(
        "Borgeren meldte sig syg til samtalen 3. september 2007 og var rask igen 14. september. Samtalen blev først "
        "holdt 15. oktober, mere end ti arbejdsdage efter."
    ),
    passes=(
        "Borgeren var rask igen 14. september 2007, og samtalen blev holdt fredag den 28. september. Det er den tiende "
        "arbejdsdag og i tide."
    ),
    costs=(
        "Refusionen mistes fra dagen efter sygdommens ophør, dog tidligst fra forfaldsdagen, og til dagen før samtalen "
        "blev holdt."
    ),
    remedy=(
        "Indkald til en ny samtale, så snart raskmeldingen kommer. Hent lægelig dokumentation, når sygdommen varer "
        "mere end fire uger."
    ),
    blind=(
        "Tjekket kender kun den sygdom, der er registreret. Ti arbejdsdage og 28 dage er læsninger af »hurtigst "
        "muligt« og »længerevarende« og kan ændres i opsætningen."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each deadline that illness delayed and whose interview then came too late or not at all."""
    for breach in case.breaches:
        if breach.code == RULE.code:
            ended = breach.ill_until or 0
            message = (
                f"Samtalen forfaldt {danish(breach.deadline.due)} og kunne ikke holdes på grund af sygdom til "
                f"{danish(ended)}. Den er ikke holdt senest {danish(illness_limit(ended, law))}. "
                f"{days_lost(breach.expected)}"
            )
            yield broken_deadline(RULE, case, breach, message)
