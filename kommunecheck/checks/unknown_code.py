"""DQ008: a value that is not on a column's list."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.finding import Finding, of_problem
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.rule import Explanation, Rule, Severity

RULE = Rule(
    code="DQ008",
    name="ukendt-kode",
    title="En kode er ikke på listen",
    severity=Severity.ERROR,
    citations=("Dataaftale, kapitlet om værdier",),
    supervision="data",
    waivable=False,
)

JUDGES: Final = "rows"
NEEDS: tuple[str, ...] = ()

EXPLAIN = Explanation(
    says=(
        "Nogle kolonner har faste koder, og en anden bliver ikke gættet. Kan rækken ikke forstås uden koden, lægges "
        "den til side; ellers er kun det, der hviler på koden, ikke vurderet."
    ),
    fails=("I status står »Mødt«, og opsætningen siger ikke, hvad det betyder."),
    passes=("I status står »Afholdt« med stort. Det er samme kode."),
    costs=("Intet i sig selv, men sagen er ikke fuldt vurderet."),
    remedy=("Oversæt koden i kommunecheck.toml under [[sources]], fx codes.status, eller ret filen."),
    blind=("En forkert kode, som er på listen, kan tjekket ikke se."),
)


_SENTENCES = {
    "unknown": "Koden er ikke på listen, og rækken er ikke brugt. Mulige koder: {codes}. Ret den, eller oversæt den.",
    "cell_unused": (
        "Koden er ikke på listen. Rækken er brugt, men det, der hviler på koden, er ikke vurderet. Mulige koder: "
        "{codes}. Ret den, eller oversæt den."
    ),
    "otherwise": "Koden er ikke på listen og læses som {otherwise}. Mulige koder: {codes}. Ret eller oversæt den.",
}


def check(problem: Problem) -> Iterator[Finding]:
    """The finding for a problem of this kind."""
    yield of_problem(RULE, problem, _SENTENCES[problem.kind].format_map(problem.facts))
