"""VT104: the citizen stayed away and the municipality did not act at once."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, broken_deadline, seen
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost
from kommunecheck.law.deadlines import followup_limit
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT104",
    name="udeblivelse-uden-opfoelgning",
    title="Der er ikke fulgt op på en udeblivelse",
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
        "Udebliver borgeren, skal kommunen straks gøre det fornødne, herunder indkalde til en ny samtale. Sker det "
        "ikke, mistes refusionen, til samtalen er holdt, også selv om indkaldelsen var rettidig."
    ),
    fails=(
        "Borgeren udeblev mandag den 3. september 2007. Først mandag den 17. september, ti arbejdsdage efter, sendte "
        "kommunen en ny indkaldelse."
    ),
    passes=(
        "Borgeren udeblev mandag den 3. september 2007, og kommunen sendte en ny indkaldelse mandag den 10. "
        "september. Det er den femte arbejdsdag og i tide."
    ),
    costs=(
        "Refusionen mistes fra forfaldsdagen til dagen før, samtalen blev holdt. Er den ikke holdt, løber tabet videre."
    ),
    remedy=(
        "Følg op samme dag: ring, skriv opfølgningsdatoen på samtalen, og send en ny indkaldelse. Er samtalen stadig "
        "ikke holdt, så hold den nu."
    ),
    blind=(
        "Opfølgning, der ikke er registreret, kan tjekket ikke se. Fem arbejdsdage er en læsning af »straks« og kan "
        "ændres i opsætningen."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each deadline where at least one no-show was not acted upon in time."""
    for breach in case.breaches:
        if breach.code == RULE.code:
            ignored = breach.ignored[0]
            message = (
                f"Samtalen forfaldt {danish(breach.deadline.due)}. Borgeren udeblev {danish(ignored.planned_for)}, "
                f"og der er ikke fulgt op senest {danish(followup_limit(ignored, law))}. {days_lost(breach.expected)}"
            )
            rows = (seen(row, column) for row in breach.no_shows for column in ("planlagt_dato", "opfoelgning_dato"))
            yield broken_deadline(RULE, case, breach, message, *rows)
