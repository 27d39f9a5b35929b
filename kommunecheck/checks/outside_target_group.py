"""VT403: a contact interview is registered for a citizen outside the target group."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import contains, danish
from kommunecheck.domain.finding import Finding, seen
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT403",
    name="uden-for-maalgruppe",
    title="Der er en kontaktsamtale, mens borgeren er uden for målgruppen",
    severity=Severity.INFO,
    citations=(
        "BEK 1714/2006 § 2, stk. 2",
        "vejl. til § 2, stk. 2",
    ),
)

JUDGES: Final = "exclusion"
NEEDS: tuple[str, ...] = (
    "sager.ophoersdato",
    "samtaler.afholdt_dato",
    "samtaler.planlagt_dato",
    "perioder?.til",
)

EXPLAIN = Explanation(
    says=(
        "Tilsynet ser kun på borgere, der får kontant- eller starthjælp og hører til målgrupperne. Andre skal ikke "
        "registreres i DRV og indgår ikke i tilsynet."
    ),
    fails=(
        "Borgeren er under revalidering fra 1. februar til 31. august 2007, og en kontaktsamtale er registreret 4. "
        "juni."
    ),
    passes=("Kontaktsamtalen blev holdt 31. januar 2007, dagen før revalideringen begyndte."),
    costs=("Intet. Dagene uden for målgruppen kan ikke koste refusion."),
    remedy=("Undersøg, om perioden eller samtalen er registreret forkert. Udtages sagen, så giv direktoratet besked."),
    blind=("Tjekket tager perioderne og ydelsestypen, som de står."),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """One finding for the first contact interview in the window on an excluded day or in a withdrawn case."""
    if not case.withdrawn and not case.excluded:
        return
    rows = sorted(
        ((row.day, row.samtale_id), row)
        for row in case.interviews
        if row.type == "kontaktsamtale"
        and row.day is not None
        and case.window.first <= row.day <= min(case.window.last, case.cutoff)
        and (case.withdrawn or contains(case.excluded, row.day))
    )
    if rows:
        row = rows[0][1]
        day = row.day or 0
        message = f"Kontaktsamtalen {danish(day)} ligger på en dag, hvor borgeren ikke hører til tilsynets målgruppe."
        column = "planlagt_dato" if row.afholdt_dato is None else "afholdt_dato"
        yield Finding(RULE, message, date=day, arose=day, evidence=(seen(row, column),))
