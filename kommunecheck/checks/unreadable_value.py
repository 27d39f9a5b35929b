"""DQ003: a value that cannot be read, or that is missing where there must be one."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.finding import Finding, of_problem
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.rule import Explanation, Rule, Severity

RULE = Rule(
    code="DQ003",
    name="ulaeselig-vaerdi",
    title="En værdi kan ikke læses",
    severity=Severity.ERROR,
    citations=("Dataaftale, kapitlet om værdier",),
    supervision="data",
    waivable=False,
)

JUDGES: Final = "rows"
NEEDS: tuple[str, ...] = ()

EXPLAIN = Explanation(
    says=(
        "En værdi, der ikke kan læses med sikkerhed, bliver hverken gættet eller smidt væk. Den står her, og sagen "
        "er ikke fuldt vurderet."
    ),
    fails=("I afholdt_dato står 31-02-2007. Den dag findes ikke."),
    passes=("I afholdt_dato står 28.02.2007. Det er en af de skrivemåder, der kan læses."),
    costs=("Intet i sig selv, men tallene for sagen kan være forkerte, til værdien er rettet."),
    remedy=("Ret værdien i filen eller i fagsystemet, og kør igen."),
    blind=("En forkert værdi, som ser rigtig ud, kan tjekket ikke se."),
)


_SENTENCES = {
    "blank": "Der mangler en værdi i kolonnen, og rækken er ikke brugt. Udfyld den, og kør igen.",
    "unreadable": "Værdien kan ikke læses. Der ventes {expected}. Ret den, og kør igen.",
    "ragged": "Rækken har {cells}, men der er {headings}, og den er ikke brugt. Ret dens skilletegn og anførselstegn.",
    "many_ragged": (
        "Herfra og til række {last} har yderligere {rows} et andet antal celler, end der er overskrifter, og de er "
        "ikke brugt. Kontrollér skilletegn og anførselstegn, eller hent udtrækket igen."
    ),
    "heading": "Overskrifterne står her igen, og rækken er ikke brugt. Slet den, og kør igen.",
}


def check(problem: Problem) -> Iterator[Finding]:
    """The finding for a problem of this kind."""
    yield of_problem(RULE, problem, _SENTENCES[problem.kind].format_map(problem.facts))
