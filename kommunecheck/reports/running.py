"""The losses that still run on the cutoff day: whose they are, what runs, and the step that stops it.

Every format that tells of them tells the same.
"""

from typing import NamedTuple

from kommunecheck.domain.days import Day
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.report import CaseResult, Report
from kommunecheck.domain.rule import SUPERVISION

STOPS = {
    "deadline": "Hold kontaktsamtalen",
    "step1": "Indplacér i matchkategori 1-5",
    "step2": "Angiv opmærksomhedsområder",
    "step3": "Registrér som arbejdssøgende, eller skriv årsagen",
}
"""The step that stops a running loss, by the duty it comes from."""


class Running(NamedTuple):
    """A case with an expected loss on the cutoff day: the findings that run, and the steps that stop them, in order."""

    case: CaseResult
    findings: tuple[Finding, ...]
    stops: tuple[str, ...]

    @property
    def told(self) -> str:
        """The steps as one sentence without its full stop; nothing where none is known."""
        return "; ".join(step if place == 0 else step[0].lower() + step[1:] for place, step in enumerate(self.stops))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the findings that run, each once."""
        return tuple(sorted({finding.rule.code for finding in self.findings}))


def still_running(report: Report) -> list[Running]:
    """The losses that can still be stopped, the dearest first."""
    cutoff = report.run.cutoff
    found = []
    for case in report.cases:
        periods = case.exposure.expected.periods
        if periods and periods[-1].last == cutoff:
            findings = tuple(one for one in case.findings if _runs(one, cutoff))
            duties = {finding.duty for finding in findings}
            found.append(Running(case, findings, tuple(step for duty, step in STOPS.items() if duty in duties)))
    return sorted(found, key=lambda one: (-(one.case.exposure.running_per_day or 0), one.case.sag_id))


def _runs(finding: Finding, cutoff: Day) -> bool:
    """Whether a finding of the visitationstilsyn, the only one that costs money here, costs on the cutoff day."""
    expected = finding.expected
    return bool(expected) and expected[-1].last == cutoff and finding.rule.supervision == SUPERVISION
