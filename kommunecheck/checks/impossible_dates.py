"""DQ005: dates that cannot follow each other, or that the status denies."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.finding import Finding, of_problem
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.rule import Explanation, Rule, Severity

RULE = Rule(
    code="DQ005",
    name="umulig-datofoelge",
    title="Datoerne kan ikke følge efter hinanden",
    severity=Severity.WARNING,
    citations=("Dataaftale, kapitlet om værdier",),
    supervision="data",
    waivable=False,
)

JUDGES: Final = "rows"
NEEDS: tuple[str, ...] = ()

EXPLAIN = Explanation(
    says=(
        "Nogle datoer skal komme i rækkefølge: en periode slutter ikke, før den begynder, og en samtale holdes ikke, "
        "før der er indkaldt til den."
    ),
    fails=("En samtale har status udeblevet og alligevel en afholdt_dato."),
    passes=("Samtalen er indkaldt, holdt og registreret samme dag."),
    costs=("Intet i sig selv. Giver rækken ikke mening, er sagen ikke fuldt vurderet."),
    remedy=("Ret den dato eller den status, der er forkert."),
    blind=("Tjekket kan ikke se, hvilken af to datoer der er forkert."),
)


_SENTENCES = {
    "ends_before_request": "Ophørsdatoen er før anmodningsdatoen, så sagen kan ikke vurderes. Ret datoerne.",
    "ends_before_it_begins": "Perioden slutter, før den begynder, og rækken er ikke brugt. Ret datoerne.",
    "held_before_summons": "Samtalen er holdt, før der blev indkaldt til den. Den er brugt med sin afholdt_dato.",
    "held_before_request": "Samtalen er holdt, før borgeren bad om hjælp, og møder derfor ingen frist i sagen.",
    "registered_before_held": "Samtalen er registreret, før den blev holdt. Den regnes som registreret samme dag.",
    "held_without_date": "Samtalen er afholdt, men der er ingen dato, så den kan ikke bruges. Skriv datoen.",
    "dated_but_not_held": "Samtalen har en afholdt_dato, men en anden status end afholdt. Ret en af dem.",
}


def check(problem: Problem) -> Iterator[Finding]:
    """The finding for a problem of this kind."""
    yield of_problem(RULE, problem, _SENTENCES[problem.kind].format_map(problem.facts))
