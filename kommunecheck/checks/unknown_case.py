"""DQ002: a row whose case is not in sager."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.finding import Finding, of_problem
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.rule import Explanation, Rule, Severity

RULE = Rule(
    code="DQ002",
    name="ukendt-sag",
    title="Rækken hører til en sag, der ikke er i sager",
    severity=Severity.ERROR,
    citations=("Dataaftale, kapitlet om værdier",),
    supervision="data",
    waivable=False,
)

JUDGES: Final = "rows"
NEEDS: tuple[str, ...] = ()

EXPLAIN = Explanation(
    says=("Hver række hører til en sag i tabellen sager. En række uden sag kan ikke bruges."),
    fails=("En udbetaling har et sag_id, som ikke findes i sager."),
    passes=("Sagen står i sager, også selv om den er ophørt før perioden."),
    costs=("Intet i sig selv. Er det en samtale, kan en sag mangle en samtale, der er holdt."),
    remedy=("Hent begge udtræk fra samme dag og samme udvalg af sager."),
    blind=("Tjekket kan ikke se, om det er sagen eller rækken, der er forkert."),
)


_SENTENCES = {
    "no_course": (
        "Det kan ikke ses, hvilken sag i sager rækken hører til, så den kan ikke bruges: CPR-nummeret står der ikke, "
        "ingen af borgerens sager dækker rækkens dag, flere gør det, eller dagen mangler. Hent begge udtræk fra samme "
        "dag, eller ret dagen."
    ),
    "in_document": (
        "Notatet kan ikke bruges: det kan ikke ses, hvilken sag i sager det handler om. Dokumentet nævner ingen af "
        "dem, eller mere end én. Skriv sagens id i filens navn eller på en linje over notaterne."
    ),
    "unknown": "Sagen findes ikke i sager, så rækken kan ikke bruges. Hent begge udtræk fra samme dag.",
}


def check(problem: Problem) -> Iterator[Finding]:
    """The finding for a problem of this kind."""
    yield of_problem(RULE, problem, _SENTENCES[problem.kind].format_map(problem.facts))
