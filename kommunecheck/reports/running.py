"""The losses that still run on the cutoff day: whose they are, what runs, and the step that stops it.

Those of all supervisions stand together, and a day that several expect lost is counted once. Every format that tells of
them tells the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kommunecheck.domain.days import Day, danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.names import capital
from kommunecheck.domain.report import CaseResult, Report
from kommunecheck.domain.wording import kroner, whole
from kommunecheck.reports.lines import NO_RATE
from kommunecheck.reports.phrases import amount, cases, listed
from kommunecheck.reports.section import losing, named_in_sentence

STOPS = {
    "deadline": "Hold kontaktsamtalen",
    "step1": "Indplacér i matchkategori 1-5",
    "step2": "Angiv opmærksomhedsområder",
    "step3": "Registrér som arbejdssøgende, eller skriv årsagen",
}
"""The step that stops a running loss, by the duty it comes from; of other duties the rule's explanation says it."""


class Running(NamedTuple):
    """A case with an expected loss on the cutoff day: the findings that run, and the steps that stop them, in order.

    ``per_day`` is the refund that day costs, in øre, ``None`` where amounts are not known; ``unpriced`` is whether it
    is paid without a rate of refund. ``since`` is the first day of the loss that runs; ``beside`` is whether none of
    the visitationstilsyn runs.
    """

    sag_id: str
    team: str | None
    per_day: int | None
    since: Day
    beside: bool
    findings: tuple[Finding, ...]
    stops: tuple[str, ...]
    unpriced: bool = False

    @property
    def daily(self) -> str:
        """What the day costs, in a table."""
        return NO_RATE if self.unpriced and not self.per_day else amount(self.per_day)

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
    found = {case.sag_id: [case] for case in report.cases if _loses(case, cutoff)}
    own = frozenset(found)
    for one in report.supervisions:
        for case in one.cases or ():
            if _loses(case, cutoff):
                found.setdefault(case.sag_id, []).append(case)
    running = [_running(report, results, sag_id not in own) for sag_id, results in found.items()]
    return sorted(running, key=lambda one: (-(one.per_day or 0), one.sag_id))


def _loses(case: CaseResult, cutoff: Day) -> bool:
    periods = case.exposure.expected.periods
    return bool(periods) and periods[-1].last == cutoff


def _running(report: Report, results: Sequence[CaseResult], beside: bool) -> Running:
    """What runs in a case, of one or more supervisions."""
    first = results[0]
    findings = tuple(one for result in results for one in result.findings if _runs(one, report.run.cutoff))
    per_day = max((result.exposure.running_per_day or 0 for result in results), default=0)
    known = first.exposure.running_per_day is not None
    since = first.exposure.expected.periods[-1].first
    stops = tuple(_stops(report, findings))
    unpriced = any(_is_unpriced(result, report.run.cutoff) for result in results)
    return Running(first.sag_id, first.team, per_day if known else None, since, beside, findings, stops, unpriced)


def _is_unpriced(case: CaseResult, cutoff: Day) -> bool:
    """Whether the cutoff day is paid without a rate."""
    return any(line.rate is None and line.last == cutoff for line in case.exposure.expected.lines or ())


def _runs(finding: Finding, cutoff: Day) -> bool:
    """Whether the finding costs on the cutoff day."""
    return bool(finding.expected) and finding.expected[-1].last == cutoff


def _stops(report: Report, findings: Sequence[Finding]) -> Iterator[str]:
    """The steps that stop them, each once: those of the duties first."""
    duties = {finding.duty for finding in findings}
    yield from (step for duty, step in STOPS.items() if duty in duties)
    for code in sorted({finding.rule.code for finding in findings if finding.duty not in STOPS}):
        if code in report.explanations and report.explanations[code].stops:
            yield report.explanations[code].stops


def cost_per_day(running: Sequence[Running]) -> int | None:
    """What they cost together on that day, in øre.

    ``None`` where amounts are not known, and where they grow by days alone: nothing was paid, or it has no rate.
    """
    known = [one.per_day for one in running if one.per_day is not None]
    if len(known) < len(running) or (running and not any(known)):
        return None
    return sum(known)


def steps_that_stop(running: Iterable[Running]) -> str:
    """The steps that stop what runs, the most frequent first, each with its number of cases."""
    counted = Counter(step for one in running for step in one.stops)
    return "; ".join(
        f"{step[0].lower()}{step[1:]} ({cases(how_many)})" for step, how_many in counted.most_common()
    ) or "se sagerne"  # fmt: skip


def none_runs(report: Report) -> str:
    """That nothing more is lost, where something was."""
    return f"Intet tab løber videre efter {danish(report.run.cutoff)}."


def grows(report: Report, running: Sequence[Running]) -> str:
    """How the loss goes on while nothing is done, in a sentence."""
    per_day = cost_per_day(running)
    how = f"vokser med {kroner(per_day)} om dagen" if per_day is not None else "vokser stadig"
    return f"Tabet {how} i {in_cases(report, running)}."


def is_stopped_by(running: Iterable[Running]) -> str:
    """What stops it, in a sentence."""
    running = list(running)
    one = len({step for each in running for step in each.stops}) == 1 and len(running) == 1
    return f"Det stopper, når {'skridtet' if one else 'skridtene'} er taget: {steps_that_stop(running)}."


UNTIL = "Tabet stopper dagen før, skridtet bliver taget."
"""The last day that is lost."""


def in_cases(report: Report, running: Sequence[Running]) -> str:
    """In how many cases, and how many only in further supervisions: ``6 sager, heraf 1 i rådighedstilsynet``."""
    beside = _beside(report, running)
    return f"{cases(len(running))}{beside and f', heraf {beside}'}"


def taking(report: Report, running: Sequence[Running]) -> str:
    """How many cases lose, how much a day, and how many of them only in further supervisions, in sentences."""
    per_day, beside = cost_per_day(running), _beside(report, running)
    said = f"{cases(len(running))} taber stadig refusion pr. {danish(report.run.cutoff)}"
    said += f", i alt {kroner(per_day)} om dagen." if per_day is not None else "."
    return f"{said} {capital(f'heraf er {beside}.')}" if beside else said


def _beside(report: Report, running: Sequence[Running]) -> str:
    """How many run only in further supervisions; nothing where none does, or all."""
    beside = sum(one.beside for one in running)
    if not beside or beside == len(running):
        return ""
    return f"{whole(beside)} i {listed(map(named_in_sentence, losing(report)))}"
