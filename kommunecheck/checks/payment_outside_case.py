"""DQ007: a payment wholly outside its case."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.finding import Finding, of_problem
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.rule import Explanation, Rule, Severity

RULE = Rule(
    code="DQ007",
    name="udbetaling-uden-for-sag",
    title="Udbetalingen ligger uden for sagen",
    severity=Severity.WARNING,
    citations=("Dataaftale, kapitlet om værdier",),
    supervision="data",
    waivable=False,
)

JUDGES: Final = "rows"
NEEDS: tuple[str, ...] = ("udbetalinger.fra", "sager.anmodningsdato", "sager.ophoersdato")

EXPLAIN = Explanation(
    says=(
        "En udbetaling, der helt ligger før anmodningsdatoen eller efter ophørsdatoen, hører ikke til forløbet og "
        "tæller ikke med."
    ),
    fails=("Hjælpen ophørte 31. maj 2007, og en udbetaling dækker 1.-30. juni."),
    passes=(
        "Hjælpen ophørte 15. juni 2007, og udbetalingen dækker 1.-30. juni. Den ligger delvis i sagen og tæller med."
    ),
    costs=("Intet. Beløbet er ikke regnet med nogen steder."),
    remedy=("Kontrollér ophørsdatoen, eller flyt udbetalingen til det rigtige forløb."),
    blind=("Tjekket kan ikke se, om beløbet er udbetalt med urette."),
)


_SENTENCES = {
    "outside": "Udbetalingen ligger helt uden for sagen og er ikke regnet med. Kontrollér ophørsdatoen.",
}


def check(problem: Problem) -> Iterator[Finding]:
    """The finding for a problem of this kind."""
    yield of_problem(RULE, problem, _SENTENCES[problem.kind].format_map(problem.facts))
