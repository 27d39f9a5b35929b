"""RT201: an act by a citizen who has other problems than unemployment."""

from collections.abc import Iterator

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import Judged

RULE = Rule(
    code="RT201",
    name="uden-for-maalgruppe",
    title="Hændelsen er uden for tilsynets målgruppe",
    severity=Severity.INFO,
    citations=("BEK 1404/2006 § 2, stk. 3",),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "samtaler.afholdt_dato",
    "samtaler.registreret_dato",
    "samtaler.matchkategori",
    "samtaler.grovmatch",
)

EXPLAIN = Explanation(
    says=("Tilsynet omfatter kun personer, der kun har ledighed som problem, altså matchkategori 1-3."),
    fails=("Borgeren er ved den seneste kontaktsamtale før hændelsen indplaceret i matchkategori 4."),
    passes=("Borgeren er ved den seneste kontaktsamtale før hændelsen indplaceret i matchkategori 3."),
    costs=("Intet: der spørges ikke om mere for den hændelse."),
    remedy=("Intet. Er indplaceringen forkert, så ret den."),
    blind=("Tjekket ser kun indplaceringen i samtaler og ikke det, der står i journalen."),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """One finding for an act in match category 4 or 5."""
    if judged.outside:
        yield Finding(
            RULE,
            f"Borgeren var i matchkategori {judged.placement} ved hændelsen {danish(judged.act.dato)}. Tilsynet "
            "omfatter kun kategori 1-3.",
            date=judged.act.dato,
            arose=judged.act.dato,
            evidence=(judged.seen(), judged.seen("type")),
        )
