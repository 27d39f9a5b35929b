"""RT202: an act by a citizen of whom no match category is known."""

from collections.abc import Iterator

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import Judged

RULE = Rule(
    code="RT202",
    name="maalgruppe-ukendt",
    title="Det er uvist, om hændelsen er i tilsynets målgruppe",
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
    says=(
        "Tilsynet omfatter kun personer i matchkategori 1-3. Uden en indplacering, der kan læses, er det uvist, om "
        "hændelsen er med. Den vurderes som de andre."
    ),
    fails=("Der er ingen kontaktsamtale med en indplacering før hændelsen, kun en grovmatch."),
    passes=("Borgeren er indplaceret i matchkategori 2 ved en kontaktsamtale før hændelsen eller samme dag."),
    costs=("Intet."),
    remedy=("Indplacér borgeren ved næste kontaktsamtale."),
    blind=("Tjekket ser kun indplaceringen i samtaler og ikke det, der står i journalen."),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """One finding for an act on which no match category is known."""
    if judged.placement is None:
        yield Finding(
            RULE,
            f"Det kan ikke ses, hvilken matchkategori borgeren var indplaceret i ved hændelsen "
            f"{danish(judged.act.dato)}. Den er vurderet, som om den er omfattet.",
            date=judged.act.dato,
            arose=judged.act.dato,
            evidence=(judged.seen(), judged.seen("type")),
        )
