"""RT111: a sanction although the last assessment was in the citizen's favour."""

from collections.abc import Iterator

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import Judged, seen
from kommunecheck.plugins.raadighed.tables import ASSESSED
from kommunecheck.plugins.raadighed.words import sanction_of

RULE = Rule(
    code="RT111",
    name="sanktion-trods-vurdering",
    title="Sanktionen strider mod den seneste vurdering",
    severity=Severity.ERROR,
    citations=("BEK 1404/2006 § 13, stk. 2, nr. 1",),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "afgoerelser.sanktion",
    "afgoerelser.afgoerelse_dato",
    "afgoerelser.sanktion_fra",
    "afgoerelser.vurdering",
    "afgoerelser.vurdering_dato",
)

EXPLAIN = Explanation(
    says=(
        "En sanktion kræver, at borgeren ikke står til rådighed eller ikke har en rimelig grund. Siger den "
        "seneste vurdering det modsatte, mangler grundlaget."
    ),
    fails=("Vurderingen 25. juni 2007 er »rimelig grund«, og hjælpen er sat ned 3. juli 2007."),
    passes=(
        "Vurderingen 25. juni 2007 er »rimelig grund«, men den 2. juli er den »ikke rimelig grund«, og hjælpen er"
        " sat ned 3. juli."
    ),
    costs=("Intet i sig selv, men afgørelsen kan blive tilsidesat."),
    remedy=(
        "Tag sagen op igen: er vurderingen rigtig, skal sanktionen falde. Er forholdene blevet andre, så skriv en"
        " ny vurdering."
    ),
    blind=("Er der flere vurderinger samme dag, skal de alle være positive, før det er et fund."),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """A finding for each sanction where all assessments of the last assessed day on or before it are positive."""
    if judged.unreadable("vurdering", "vurdering_dato"):
        return
    for sanction in judged.sanctions:
        before = [one for one in judged.assessments if one.day <= sanction.day]
        last = [one for one in before if one.day == before[-1].day]
        if last and all(one.positive for one in last):
            told = last[-1]
            yield Finding(
                RULE,
                f"Borgeren fik {sanction_of(sanction.row)} ved afgørelsen {danish(sanction.day)}, men den seneste "
                f"vurdering {danish(told.day)} er »{ASSESSED[told.row.vurdering or '']}«.",
                date=sanction.day,
                arose=sanction.day,
                evidence=(
                    seen(told.row, "vurdering"),
                    seen(told.row, "vurdering_dato"),
                    seen(sanction.row, "sanktion"),
                ),
            )
