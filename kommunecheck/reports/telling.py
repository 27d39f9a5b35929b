"""The cases that a report tells of one by one, whatever format it is in."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from kommunecheck.domain.days import Days, count, minus, union, within
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.names import OUTCOMES
from kommunecheck.domain.report import CaseResult, Placed, Report, Source
from kommunecheck.domain.wording import kroner
from kommunecheck.reports.phrases import days, listed, name
from kommunecheck.reports.section import judged, named_in_sentence

PLACES = 3
"""How many rows of the files are named beside a finding."""


class Beside(NamedTuple):
    """What a case came to in a further supervision, beside its result; ``where`` names that in a sentence."""

    where: str
    result: CaseResult


class ToldCase(NamedTuple):
    """A case that is told, with its findings. ``result`` is ``None`` where no supervision that is told counts it.

    ``number`` is its place among those told, by their ids; ``beside`` has the further supervisions that count lost
    days.
    """

    sag_id: str
    number: int
    result: CaseResult | None
    beside: tuple[Beside, ...]
    findings: tuple[Placed, ...]

    @property
    def team(self) -> str | None:
        """Whose case it is; the findings tell where no supervision counts it."""
        return self.result.team if self.result else next((one.team for one in self.findings if one.team), None)

    @property
    def results(self) -> Iterator[CaseResult]:
        """What it came to in each supervision."""
        if self.result is not None:
            yield self.result
        yield from (one.result for one in self.beside)

    @property
    def lost(self) -> list[Days]:
        """The lost days of each kind in all supervisions; a day of two kinds is of the surer one."""
        kinds: list[Days] = []
        for kind in range(3):
            own = union(period for one in self.results for period in one.exposure.kinds[kind].periods)
            kinds.append(minus(own, union(period for surer in kinds for period in surer)))
        return kinds


def cases_to_tell(report: Report) -> list[ToldCase]:
    """The cases with findings or lost days, by their id; those of other supervisions too.

    Something may be found of a case that no supervision counts, such as one without a day of benefit in the period.
    """
    results = {case.sag_id: case for case in judged(report)}
    beside: dict[str, list[Beside]] = {}
    for one in report.supervisions:
        for case in one.cases or ():
            if case is not results.get(case.sag_id) and _has_lost(case):
                beside.setdefault(case.sag_id, []).append(Beside(named_in_sentence(one), case))
    found = {
        sag_id: tuple(some)
        for sag_id, some in groupby(report.findings, key=lambda placed: placed.sag_id)
        if sag_id is not None
    }
    lost = {case.sag_id for case in results.values() if _has_lost(case)}
    return [
        ToldCase(sag_id, number, results.get(sag_id), tuple(beside.get(sag_id, ())), found.get(sag_id, ()))
        for number, sag_id in enumerate(sorted(lost | beside.keys() | found.keys()), 1)
    ]


def _has_lost(case: CaseResult) -> bool:
    return any(loss.days for loss in case.exposure.kinds)


def outcome(told: ToldCase, result: CaseResult) -> str:
    """How the case came out; in which supervision, where another has something to say too."""
    return OUTCOMES[result.outcome] + (" i visitationstilsynet" if told.beside else "")


def runs_beside(told: ToldCase) -> Iterator[str]:
    """What still runs in the further supervisions."""
    for where, result in told.beside:
        exposure = result.exposure
        if exposure.running_per_day:
            what = "" if exposure.expected.days else "muligt tab "
            yield f"{what}løber stadig med {kroner(exposure.running_per_day)} om dagen i {where}"


def lost_twice(told: ToldCase, beside: Beside) -> str:
    """That days which a further supervision counts are lost in the case's own result too; nothing where none are."""
    if told.result is None:
        return ""
    both = count(within(told.result.exposure.expected.periods, beside.result.exposure.expected.periods))
    return f"Heraf er {days(both)} også tabt i visitationstilsynet og kun talt én gang i alt." if both else ""


def stands(finding: Finding, sources: Mapping[int, Source]) -> str:
    """The rows of the files that a finding rests on, each once."""
    rows: dict[int, list[int]] = {}
    for cell in finding.evidence:
        if cell.row not in rows.setdefault(cell.source, []):
            rows[cell.source].append(cell.row)
    left = PLACES
    named, more = [], 0
    for source, own in rows.items():
        shown = own[:left]
        left, more = left - len(shown), more + len(own) - len(shown)
        if shown:
            named.append(f"{name(sources[source].place)}, række {listed([str(row) for row in shown])}")
    return "; ".join(named) + (f" og {more} mere" if more else "")
