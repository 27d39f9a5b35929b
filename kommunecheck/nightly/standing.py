"""A report as it stands tonight: each finding against what was known and accepted, and both exposures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kommunecheck.config import Gate
from kommunecheck.domain.cost import cost_of
from kommunecheck.domain.days import Period, day_or_none, union
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.report import CaseResult, KeptRun, Nightly, Placed, Remaining, Report
from kommunecheck.domain.rule import SUPERVISION, Severity
from kommunecheck.domain.standing import Remembered, Standing, State, Use
from kommunecheck.exposure import recounted
from kommunecheck.nightly.compare import Known, Looked, compare
from kommunecheck.nightly.gates import Counted, broken_gates
from kommunecheck.nightly.history import History, key_of
from kommunecheck.nightly.remembered import remember
from kommunecheck.nightly.waivers import Waiver, apply
from kommunecheck.totals import remaining, summed


@dataclass(frozen=True, slots=True)
class Tonight:
    """What a report is held against. ``today`` is ``None`` where neither ``waivers`` nor a gate asks for the day.

    What is ``known`` comes from the baseline; without one, from the run before this in the ``history``.
    """

    waivers: tuple[Waiver, ...] | None
    known: Known | None
    history: History | None
    gate: Gate
    fail_on: Severity
    today: date | None

    @property
    def asked_for(self) -> bool:
        """Whether the configuration asks for any of it."""
        asked = self.waivers, self.known, self.history
        return any(one is not None for one in asked) or self.gate != Gate()


def stand(report: Report, tonight: Tonight) -> Report:
    """The report with how each finding stands, what is fixed, the exposure after waivers, and the gates that broke."""
    run, today = report.run, day_or_none(tonight.today)
    ran = run.rules_shown
    standings = [Standing()] * len(report.findings)
    fixed: tuple[Remembered, ...] = ()
    not_seen: tuple[Remembered, ...] = ()
    remembered: tuple[Remembered, ...] = ()
    known, kept = tonight.known, None
    if known is not None or tonight.history is not None:
        remembered = tuple(remember(report))
    if tonight.history is not None:
        kept = KeptRun(tonight.history.turn_of(key_of(report, remembered)), remembered)
        if known is None:
            known = tonight.history.known_before(kept.key, run)
    if known is not None:
        looked = Looked(ran, frozenset(case.sag_id for case in report.cases), run.window, run.cutoff)
        compared = compare(remembered, known, looked)
        standings, fixed, not_seen = list(compared.standings), compared.fixed, compared.not_seen
    uses: tuple[Use, ...] = ()
    if tonight.waivers is not None and today is not None:
        applied = apply(tonight.waivers, report.findings, ran, today)
        uses = applied.uses
        marks = zip(standings, applied.accepted, applied.lapsed, strict=True)
        alone = tonight.known is None  # what the baseline knows is accepted there too
        standings = [one._replace(accepted=by, lapsed=lapsed and alone) for one, by, lapsed in marks]
    findings = tuple(one._replace(standing=its) for one, its in zip(report.findings, standings, strict=True))
    remaining = _remaining(report, findings) if tonight.waivers is not None else None
    counted = _counted(report, findings, remembered, remaining, tonight.fail_on)
    nightly = Nightly(
        today=today,
        compared=known is not None,
        after_waivers=remaining,
        fixed=fixed,
        not_seen=not_seen,
        uses=uses,
        broken=broken_gates(tonight.gate, report, counted, today),
        run=kept,
    )
    run = replace(run, warnings=(*run.warnings, *(use.sentence for use in uses if not use.sound)))
    return replace(report, run=run, findings=findings, nightly=nightly)


def _remaining(report: Report, findings: Sequence[Placed]) -> Remaining:
    """What would be lost if every accepted finding were none, of the visitationstilsyn."""
    accepted: dict[str | None, list[Finding]] = {}
    for placed in findings:
        if placed.standing.accepted is not None and placed.finding.rule.supervision == SUPERVISION:
            accepted.setdefault(placed.sag_id, []).append(placed.finding)
    anew = {
        case.sag_id: recounted(case, _left(case, accepted[case.sag_id]), report.run.cutoff)
        for case in report.cases
        if case.sag_id in accepted
    }
    return remaining(report.cases, anew, report.summary.paid_known)


def _left(case: CaseResult, accepted: Sequence[Finding]) -> list[Finding]:
    """The findings of a case that nobody has accepted."""
    return [one for one in case.findings if one not in accepted and one.rule.supervision == SUPERVISION]


def _counted(
    report: Report,
    findings: Sequence[Placed],
    remembered: Sequence[Remembered],
    remaining: Remaining | None,
    fail_on: Severity,
) -> Counted:
    """What the gates count. Nothing is new where nothing is known to compare with."""
    open_ = [one for one in findings if one.standing.accepted is None and one.severity.at_least(fail_on)]
    new = [one for one in open_ if one.standing.state in _NEW]
    expected = report.summary.expected if remaining is None else remaining.expected
    return Counted(len(open_), len(new), expected.refund_lost, _new_loss(report, findings, remembered))


_NEW = (State.NEW, State.REOPENED)


def _new_loss(report: Report, findings: Sequence[Placed], remembered: Sequence[Remembered]) -> int | None:
    """The expected loss of new findings, no day of a case twice, and by how much known ones have grown."""
    cases = {case.sag_id: case for case in report.cases}
    days: dict[str, list[Period]] = {}
    grown: list[int | None] = []
    for placed, now in zip(findings, remembered, strict=False):
        standing = placed.standing
        if standing.accepted is not None or placed.sag_id is None:
            continue
        if standing.state in _NEW:
            days.setdefault(placed.sag_id, []).extend(placed.finding.expected)
        elif standing.worse and standing.before is not None and placed.finding.expected:
            grown.append(None if now.refund_lost is None else now.refund_lost - (standing.before.refund_lost or 0))
    costs = [cost_of(union(some), cases.get(sag_id))[1] for sag_id, some in days.items()]
    return summed([*costs, *grown])
