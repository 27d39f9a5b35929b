"""VT102: the falduge ended without a contact interview, and nothing excuses it."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, broken_deadline
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT102",
    name="manglende-samtale",
    title="Kontaktsamtalen er ikke holdt",
    severity=Severity.ERROR,
    citations=("BEK 1714/2006 § 5, stk. 1", "BEK 1714/2006 § 4, stk. 2, nr. 1-3", "vejl. til § 5, stk. 1"),
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
        "Der skal holdes en kontaktsamtale, hver gang der er gået tre måneder, og senest søndagen i den uge, fristen "
        "udløber i."
    ),
    fails=(
        "Samtalen forfaldt onsdag den 3. oktober 2007. Udtrækket går til 31. december 2007, og der er hverken holdt "
        "eller forsøgt holdt en samtale."
    ),
    passes=(
        "Samtalen forfaldt onsdag den 3. oktober 2007, men hjælpen ophørte fredag den 5. oktober. Ugen nåede ikke at "
        "gå, mens sagen løb, og der er ingen fejl."
    ),
    costs=(
        "Refusionen mistes fra forfaldsdagen og så længe, samtalen ikke er holdt, dog længst til hjælpens sidste dag "
        "eller til den dag, udtrækket er opgjort."
    ),
    remedy=("Hold samtalen nu. Tabet stopper dagen før, den holdes."),
    blind=(
        "En samtale, som er holdt uden at blive registreret, kan tjekket ikke se. Find dokumentationen, og ret "
        "registreringen."
    ),
    over=(
        "Tabet løber ikke mere. Sæt refusionen ned for de tabte dage, og find ud af, hvorfor samtalen ikke blev holdt."
    ),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """A finding for each deadline in the window whose falduge ended without an interview or an excuse."""
    for breach in case.breaches:
        if breach.code == RULE.code:
            message = (
                f"Samtalen forfaldt {danish(breach.deadline.due)} og skulle være holdt senest "
                f"{danish(breach.deadline.sunday)}, men er ikke holdt. {days_lost(breach.expected)}"
            )
            yield broken_deadline(RULE, case, breach, message)
