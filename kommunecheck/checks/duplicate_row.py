"""DQ004: several rows with one key."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.finding import Finding, of_problem
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.rule import Explanation, Rule, Severity

RULE = Rule(
    code="DQ004",
    name="dublet",
    title="Flere rækker har samme nøgle",
    severity=Severity.ERROR,
    citations=("Dataaftale, kapitlet om værdier",),
    supervision="data",
    waivable=False,
)

JUDGES: Final = "rows"
NEEDS: tuple[str, ...] = ()

EXPLAIN = Explanation(
    says=(
        "En nøgle må kun stå på én række. Ens rækker tæller én gang. Er de forskellige, kan ingen vide, hvilken der "
        "gælder, og alle lægges til side."
    ),
    fails=("To rækker i samtaler har samme samtale_id og hver sin dato."),
    passes=("To samtaler samme dag har hver sit samtale_id."),
    costs=("Intet i sig selv, men sagen er ikke fuldt vurderet, når rækkerne er forskellige."),
    remedy=("Find ud af, hvilken række der gælder, og fjern de andre fra udtrækket."),
    blind=("To rækker om den samme samtale med hver sin nøgle kan tjekket ikke kende."),
)


_SENTENCES = {
    "equal": "{rows} ens rækker har samme nøgle. De tæller én gang. Fjern de overflødige fra udtrækket.",
    "differing": "{rows} forskellige rækker har samme nøgle, og ingen af dem er brugt. Ret udtrækket, så én gælder.",
}


def check(problem: Problem) -> Iterator[Finding]:
    """The finding for a problem of this kind."""
    yield of_problem(RULE, problem, _SENTENCES[problem.kind].format_map(problem.facts))
