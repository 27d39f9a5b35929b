"""DQ006: payments of one case that share days."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.finding import Finding, of_problem
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.rule import Explanation, Rule, Severity

RULE = Rule(
    code="DQ006",
    name="overlappende-udbetalinger",
    title="To udbetalinger dækker samme dage",
    severity=Severity.WARNING,
    citations=("Dataaftale, kapitlet om værdier",),
    supervision="data",
    waivable=False,
)

JUDGES: Final = "rows"
NEEDS: tuple[str, ...] = ("udbetalinger.fra",)

EXPLAIN = Explanation(
    says=("To udbetalinger kan godt dække samme dage, fx en efterregulering. Begge tæller, og det siges her."),
    fails=("Én udbetaling dækker 1.-31. marts 2007, og en anden i samme sag 31. marts-30. april."),
    passes=("Den ene slutter 31. marts 2007, og den næste begynder 1. april."),
    costs=("Intet i sig selv. På de fælles dage regnes tabet af begge beløb."),
    remedy=("Kontrollér, om den ene er en fejl eller en efterregulering."),
    blind=("Tjekket kan ikke se, om beløbene er rigtige."),
)


_SENTENCES = {
    "overlap": "Udbetalingen dækker dage, som en anden udbetaling i sagen også dækker. Begge er regnet med.",
}


def check(problem: Problem) -> Iterator[Finding]:
    """The finding for a problem of this kind."""
    yield of_problem(RULE, problem, _SENTENCES[problem.kind].format_map(problem.facts))
