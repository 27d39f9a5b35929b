"""The cases that a report tells of one by one, whatever format it is in."""

from itertools import groupby
from typing import NamedTuple

from kommunecheck.domain.report import CaseResult, Placed, Report
from kommunecheck.reports.section import judged


class ToldCase(NamedTuple):
    """A case that is told, with its findings. ``result`` is ``None`` where no supervision that is told counts it.

    ``number`` is its place among those told, by their ids.
    """

    sag_id: str
    number: int
    result: CaseResult | None
    findings: tuple[Placed, ...]

    @property
    def team(self) -> str | None:
        """Whose case it is; the findings tell where no supervision counts it."""
        return self.result.team if self.result else next((one.team for one in self.findings if one.team), None)


def cases_to_tell(report: Report) -> list[ToldCase]:
    """The cases with findings or lost days, by their id; those of other supervisions too.

    Something may be found of a case that no supervision counts, such as one without a day of benefit in the period.
    """
    results = {case.sag_id: case for case in judged(report)}
    found = {
        sag_id: tuple(some)
        for sag_id, some in groupby(report.findings, key=lambda placed: placed.sag_id)
        if sag_id is not None
    }
    lost = {case.sag_id for case in results.values() if any(loss.days for loss in case.exposure.kinds)}
    return [
        ToldCase(sag_id, number, results.get(sag_id), found.get(sag_id, ()))
        for number, sag_id in enumerate(sorted(lost | found.keys()), 1)
    ]
