"""What the cases of a page can be searched by. The page's script shows it; without a script all cases are read."""

from collections.abc import Sequence
from typing import NamedTuple

from kommunecheck.domain.names import KINDS, capital
from kommunecheck.domain.report import Report
from kommunecheck.reports.html.cases import RUNNING, UNSURE
from kommunecheck.reports.phrases import team
from kommunecheck.reports.telling import ToldCase


class Choices(NamedTuple):
    """The values a reader can choose among: rules, teams, and what a case costs, each with what is shown."""

    rules: tuple[tuple[str, str], ...]
    teams: tuple[str, ...]
    costs: tuple[tuple[str, str], ...]


COSTS = (
    *((f"tab{place}", capital(kind.full)) for place, kind in enumerate(KINDS)),
    (RUNNING, "Tabet løber stadig"),
    (UNSURE, "Ikke fuldt vurderet"),
)


def choices(told: Sequence[ToldCase], report: Report) -> Choices:
    """What is among these cases to choose."""
    titles = {rule.code: rule.title for rule in report.rules}
    codes = {placed.finding.rule.code for one in told for placed in one.findings}
    teams = {team(one.result.team if one.result else None) for one in told}
    return Choices(
        tuple((code, f"{code} {titles.get(code, '')}".strip()) for code in sorted(codes)),
        tuple(sorted(teams)),
        COSTS,
    )
