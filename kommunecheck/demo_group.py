"""Reports of many made-up municipalities, quarter by quarter, so that a benchmark can be seen at its full size.

No municipality here is or resembles a real one: they are called by numbers, and every report is marked ``synthetic``.
The cases with something wrong are judged and priced by the real engine; the same arguments give the same bytes.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from kommunecheck import __version__
from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Day, Period, day_of
from kommunecheck.domain.finding import Subject
from kommunecheck.domain.records import Interview, Payment
from kommunecheck.domain.report import (
    NO_EXPOSURE,
    CaseResult,
    Combined,
    Outcome,
    ParameterUsed,
    Placed,
    Report,
    Run,
    Source,
)
from kommunecheck.facts import parameters_used
from kommunecheck.law.calendar import months_after
from kommunecheck.reports.json import write
from kommunecheck.testing import a_case, held, judged, no_show, the_law
from kommunecheck.totals import summarise

FIRST_YEAR = 2007
TABLES = ("sager", "samtaler", "perioder", "udbetalinger", "journal")
TEAMS = ("Jobteam", "Ungeteam", "Team Nord")


class Town(NamedTuple):
    """A made-up municipality: how many cases it has a quarter, how often something is wrong, and what.

    ``moves`` is what its share of errors is multiplied by from one quarter to the next; ``unclear`` is the share of
    its cases that cannot be fully assessed.
    """

    name: str
    code: str
    cases: int
    errors: float
    moves: float
    unclear: float
    faults: tuple[tuple[str, float], ...]


def write_group(
    folder: Path, municipalities: int, quarters: int, seed: int, told: Callable[[int, int], None] | None = None
) -> int:
    """Write a report for each municipality and quarter into ``folder``, from 2007 on. Gives how many there are.

    ``told`` is told how many municipalities are written, and of how many.
    """
    chance = Random(seed)  # noqa: S311 - made-up data, no secrets
    parameters = parameters_used(the_law())
    for number in range(1, municipalities + 1):
        town = _town(number, chance)
        if told is not None:
            told(number - 1, municipalities)
        for quarter in range(quarters):
            year, place = FIRST_YEAR + quarter // 4, quarter % 4
            window = _window(year, place)
            report = _report(town, window, quarter, parameters, chance)
            file = folder / f"kommune-{number:03d}-{year}-k{place + 1}.json"
            file.write_bytes(b"".join(write(report)))
    return municipalities * quarters


def _window(year: int, place: int) -> Period:
    first = day_of(date(year, place * 3 + 1, 1))
    return Period(first, months_after(first, 3) - 1)


SIZES = ((0.04, 3, 5), (0.2, 25, 60), (0.7, 60, 160), (0.94, 160, 320), (1.0, 320, 700))
"""Up to which part of the municipalities how many cases a quarter they have: few, and many."""


def _town(number: int, chance: Random) -> Town:
    """A municipality's own ways; where errors are few, some kinds of them are fewest."""
    place = chance.random()
    low, high = next((low, high) for upto, low, high in SIZES if place < upto)
    errors = 0.04 + 0.26 * chance.random() ** 1.5
    weights = tuple(
        (fault, (0.3 + chance.random()) * (0.05 if errors < 0.1 and fault in ROUTINE else 1.0)) for fault in FAULTS
    )
    return Town(
        name=f"Kommune {number:03d}",
        code=f"{number:03d}",
        cases=low + int(chance.random() * (high - low)),
        errors=errors,
        moves=0.93 + 0.1 * chance.random(),
        unclear=0.12 if chance.random() < 0.04 else 0.015 * chance.random(),
        faults=weights,
    )


def _report(town: Town, window: Period, quarter: int, parameters: tuple[ParameterUsed, ...], chance: Random) -> Report:
    cases = list(_cases(town, window, min(0.6, town.errors * town.moves**quarter), chance))
    summary = summarise(cases, paid_known=True)
    found = tuple(
        Placed(finding, Subject("sag", case.sag_id), case.sag_id, case.team, finding.rule.severity)
        for case in cases
        for finding in case.findings
    )
    return Report(
        run=_run(town, window, parameters),
        summary=summary,
        cases=tuple(cases),
        findings=found,
        rules=(),
        explanations=MappingProxyType({}),
        acts=MappingProxyType({}),
        word_cases=0,
        combined=Combined(summary.expected, 0),
    )


def _run(town: Town, window: Period, parameters: tuple[ParameterUsed, ...]) -> Run:
    """The facts of a run that never was: its files are not there, and their hashes are of their names."""
    seal = hashlib.sha256(f"{town.name} {window}".encode()).hexdigest()
    sources = {
        number: Source(table, f"{table}.csv", None, hashlib.sha256(f"{seal} {table}".encode()).hexdigest(), 0, 0)
        for number, table in enumerate(TABLES)
    }
    return Run(
        version=__version__,
        digest=seal,
        synthetic=True,
        municipality_code=town.code,
        municipality_name=town.name,
        ruleset=the_law().ruleset.name,
        window=window,
        cutoff=window.last,
        cutoff_from=None,
        parameters=parameters,
        sources=MappingProxyType(sources),
        left_out=(),
        plugins=(),
        rules_run=(),
        not_run=(),
        ignored=(),
        warnings=(),
        crashes=(),
        cases_outside_window=0,
        complete=True,
    )


def _cases(town: Town, window: Period, errors: float, chance: Random) -> Iterator[CaseResult]:
    """The cases of one quarter. How many there are moves a little from one to the next."""
    for number in range(1, max(2, round(town.cases * (0.92 + 0.16 * chance.random()))) + 1):
        sag_id = f"K{town.code}-{number:04d}"
        team = TEAMS[int(chance.random() * len(TEAMS))]
        drawn = chance.random()
        if drawn < errors:
            yield judged(_faulty(town, sag_id, team, window, chance), the_law())
        elif drawn < errors + town.unclear:
            yield CaseResult(sag_id, team, Outcome.NOT_ASSESSED, False, (), NO_EXPOSURE)
        elif drawn > 0.98:
            yield CaseResult(sag_id, team, Outcome.WITHDRAWN, True, (), NO_EXPOSURE)
        else:
            yield CaseResult(sag_id, team, Outcome.NO_CRITICISM, True, (), NO_EXPOSURE)


Fault = Callable[[Day, Random], list[Interview]]
"""What was held in a case whose first interview was due on a day, when something is wrong with it."""


def _faulty(town: Town, sag_id: str, team: str, window: Period, chance: Random) -> Case:
    """A case with one of the things that go wrong in this municipality, due in the first half of the quarter."""
    due = window.first + 3 + int(chance.random() * 40)
    interviews = _fault(town, chance)(due, chance)
    began = months_after(due, -3)
    passive = Payment(began, window.last, None, (window.last - began + 1) * PER_DAY, None, chance.random() < 0.3, 3, 0)
    return a_case(
        began, interviews=interviews, payments=[passive], window=(window.first, window.last), sag_id=sag_id, team=team
    )


PER_DAY = 295_00
"""What a day of benefit costs, in øre."""


def _fault(town: Town, chance: Random) -> Fault:
    drawn = chance.random() * sum(weight for _, weight in town.faults)
    for name, weight in town.faults:
        drawn -= weight
        if drawn < 0:
            return FAULTS[name]
    return _late


def _late(due: Day, chance: Random) -> list[Interview]:
    return [held(due + 8 + int(chance.random() * 35))]


def _never(_due: Day, _chance: Random) -> list[Interview]:
    return []


def _stayed_away(due: Day, chance: Random) -> list[Interview]:
    return [no_show(due - 2, summoned=due - 14), held(due + 20 + int(chance.random() * 20))]


def _not_placed(due: Day, chance: Random) -> list[Interview]:
    return [held(due, category=None), held(due + 10 + int(chance.random() * 25))]


def _roughly(due: Day, chance: Random) -> list[Interview]:
    return [held(due, rough=True), held(due + 10 + int(chance.random() * 25))]


def _no_areas(due: Day, chance: Random) -> list[Interview]:
    return [held(due, areas=None), held(due + 10 + int(chance.random() * 25))]


def _registered_late(due: Day, chance: Random) -> list[Interview]:
    return [held(due, registered=due + 4 + int(chance.random() * 25))]


def _no_job_seeker(due: Day, chance: Random) -> list[Interview]:
    return [held(due, job_seeker=None), held(due + 10 + int(chance.random() * 25))]


FAULTS: dict[str, Fault] = {
    "late": _late,
    "never": _never,
    "stayed_away": _stayed_away,
    "not_placed": _not_placed,
    "roughly": _roughly,
    "no_areas": _no_areas,
    "registered_late": _registered_late,
    "no_job_seeker": _no_job_seeker,
}
"""What can be wrong with a case, each by its name."""

ROUTINE = ("roughly", "registered_late", "no_job_seeker")
"""What hardly goes wrong where a routine sees to it: in the municipalities with few errors."""
