"""RT109: a no-show that nobody registered as an act."""

from collections.abc import Iterator

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding, seen
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import OUTSIDE, can_be_judged, placement_on
from kommunecheck.plugins.raadighed.tables import STAYED_AWAY

RULE = Rule(
    code="RT109",
    name="haendelse-ikke-registreret",
    title="En udeblivelse er ikke registreret som en hændelse",
    severity=Severity.WARNING,
    citations=("BEK 1404/2006 § 6, stk. 1",),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "samtaler.planlagt_dato",
    "samtaler.status",
)

EXPLAIN = Explanation(
    says=(
        "En udeblivelse fra en samtale giver kommunen pligt til at vurdere rådigheden. Så skal den også stå "
        "blandt hændelserne."
    ),
    fails=("Borgeren udeblev fra samtalen 4. juni 2007, og der er ingen hændelse om det fra 4. til 11. juni."),
    passes=("Udeblivelsen 4. juni 2007 er registreret som hændelse 11. juni, på den syvende dag."),
    costs=("Intet i sig selv."),
    remedy=("Registrér hændelsen, og vurdér rådigheden."),
    blind=(
        "Syv dage er valgt, fordi hændelsen kan være skrevet på den dag, kommunen opdagede den. Borgere i "
        "matchkategori 4-5 er uden for tilsynet og ses ikke efter."
    ),
)


WITHIN_DAYS = 7
"""An act may bear the day it was noticed: as late as this after the no-show, and with that day."""


def check(case: Case, law: Law, *, placed: bool = True) -> Iterator[Finding]:
    """A finding for each no-show in the target group without an act, when the last day for one is past.

    ``placed``: the files tell of placements; where they do not, the target group is unknown, as it is of an act.
    """
    days = [act.dato for act in case.rows.get("haendelser", ()) if act.type == STAYED_AWAY]
    for row in case.interviews:
        day = row.planlagt_dato
        if row.status != "udeblevet" or day is None or not can_be_judged(case, day) or day + WITHIN_DAYS > case.cutoff:
            continue
        outside = placed and placement_on(case, day) in OUTSIDE
        if outside or any(day <= one <= day + WITHIN_DAYS for one in days):
            continue
        yield Finding(
            RULE,
            f"Borgeren udeblev fra samtalen {danish(day)}, og der er ingen hændelse om det senest "
            f"{danish(day + WITHIN_DAYS)}.",
            date=day,
            arose=day,
            evidence=(seen(row, "planlagt_dato"), seen(row, "status")),
        )
