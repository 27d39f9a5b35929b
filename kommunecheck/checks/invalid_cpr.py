"""DQ001: a CPR number that cannot be right."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.finding import Finding, of_problem
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.rule import Explanation, Rule, Severity

RULE = Rule(
    code="DQ001",
    name="ugyldigt-cpr",
    title="CPR-nummeret kan ikke være rigtigt",
    severity=Severity.WARNING,
    citations=(
        "CPR-kontoret",
        "Dataaftale, kapitlet om værdier",
    ),
    supervision="data",
    waivable=False,
)

JUDGES: Final = "rows"
NEEDS: tuple[str, ...] = ("sager.cpr",)

EXPLAIN = Explanation(
    says=(
        "Et CPR-nummer er en dato på seks cifre og fire cifre mere. Erstatningsnumre har 60 lagt til dagen. Numre "
        "fra før 1. oktober 2007 har et kontrolciffer; det har senere numre ikke altid."
    ),
    fails=("De første to cifre er 45. Det er hverken en dag eller en dag plus 60."),
    passes=("De første to cifre er 61: den første i måneden plus 60, altså et erstatningsnummer."),
    costs=("Intet. Sagen bliver vurderet som de andre."),
    remedy=("Slå nummeret op, og ret det i fagsystemet."),
    blind=("Et nummer kan være gyldigt og alligevel høre til en anden person."),
)


_SENTENCES = {
    "invalid": "CPR-nummeret kan ikke være rigtigt: det er ingen dato, eller kontrolcifret passer ikke. Ret det.",
}


def check(problem: Problem) -> Iterator[Finding]:
    """The finding for a problem of this kind."""
    yield of_problem(RULE, problem, _SENTENCES[problem.kind].format_map(problem.facts))
