"""The further supervisions: what each of them judged becomes outcomes, amounts and totals, as the visitationstilsyn's.

A supervision brings one function, from what the municipality's files hold to findings. What its days cost, how its
cases came out and what all supervisions cost together is worked out here, alike for all.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import NamedTuple

from kommunecheck.domain import outside
from kommunecheck.domain.case import Case, Municipality
from kommunecheck.domain.cost import cut
from kommunecheck.domain.days import count, union, within
from kommunecheck.domain.finding import Finding, Subject, in_order
from kommunecheck.domain.privacy import has_cpr
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.report import Amounts, CaseResult, Combined, Loss, Outcome, Supervised, loss_of, nothing_lost
from kommunecheck.domain.rule import Rule, Severity
from kommunecheck.domain.supervision import JudgedCase, Judgement, Material, Oddity
from kommunecheck.engine import missing
from kommunecheck.exposure import expose
from kommunecheck.intake.cases import lay_out, pieces, untold
from kommunecheck.intake.records import Audited, Records, aside_of_cases, last_done, made
from kommunecheck.intake.screen import unscreened
from kommunecheck.law.law import Law
from kommunecheck.law.measure import laid_out
from kommunecheck.ports import Supervision
from kommunecheck.totals import amounts_of, summarise

BESIDE = ("summary", "cases")
"""What stands beside the measures of a supervision, and is not theirs to name."""


ODD = ("DQ002", "DQ005", "DQ008")
"""The rules of data that a supervision finds breaches of itself."""


class Ruling(NamedTuple):
    """What came of a supervision: what the report says of it, what it found of no case, and what else must be said."""

    supervised: Supervised
    findings: tuple[Finding, ...]
    oddities: tuple[Oddity, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllCases:
    """The cases of the municipality, made as they are asked for; asked again, they are made again."""

    records: Records
    audit: Audited
    law: Law

    def __iter__(self) -> Iterator[Case]:
        """Every case whose own row can be used, in order of ``sag_id``."""
        nothing_told = unscreened(len(self.records.names))
        for make in pieces(self.records, self.audit, nothing_told, untold(self.records, nothing_told)):
            for laid in lay_out(make()):
                yield laid_out(laid.case, self.law)


class Further(NamedTuple):
    """What came of the further supervisions that were run; ``failures`` has a sentence for each that failed.

    ``rules`` are those of all whose tables are there, ``not_run`` code and reason of those of them that were not run.
    """

    rulings: tuple[Ruling, ...]
    rules: tuple[Rule, ...]
    not_run: tuple[tuple[str, str], ...]
    failures: tuple[str, ...]


def supervise(
    supervisions: Sequence[Supervision],
    records: Records,
    audit: Audited,
    municipality: Municipality,
    law: Law,
    files: Mapping[str, bytes | None],
) -> Further:
    """Let each supervision judge whose own tables are among the sources. One that fails is left out, and named.

    ``files`` is what stands in those that the settings of plugins name, by ``section.key``.
    """
    asked = [one for one in supervisions if any(name in records.present for name in one.tables)]
    rows = {name: made(record, frame) for name, (record, frame) in records.apart.items()} if asked else {}
    aside = {name: made(*records.aside[name]) for name in rows}
    of_cases = aside_of_cases(records) if asked else {}
    paid_known = records.udbetalinger is not None
    rulings: list[Ruling] = []
    failures: list[str] = []
    not_run: list[tuple[str, str]] = []
    for one in asked:
        reasons = lacking(one, records.present)
        run = frozenset(rule.RULE.code for rule in one.rules) - set(reasons)
        named = {name: files[name] for name in one.files if name in files}
        own = own_cutoff(one, records, audit)
        cases, given = AllCases(records, own, law), own.cutoff_from is None
        material = Material(
            own.window, own.cutoff, given, municipality, cases, rows, records.present, run, aside, named, of_cases
        )
        try:
            rulings.append(rule_on(one, material, law, records.rows, records.problems, paid_known))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin may raise anything, also what would end the run
            failures.append(f"Tilsynet {one.name} er udeladt: det gik i stykker ({type(error).__name__}).")
            reasons = {rule.RULE.code: f"tilsynet {one.name} gik i stykker" for rule in one.rules}
        not_run += reasons.items()
    rules = tuple(rule.RULE for one in asked for rule in one.rules)
    return Further(tuple(rulings), rules, tuple(not_run), tuple(failures))


def own_cutoff(supervision: Supervision, records: Records, audit: Audited) -> Audited:
    """The days to audit with the supervision's own last day, where neither a person nor ``samtaler`` sets one for all.

    Without ``samtaler`` each supervision knows the days that its own tables tell of, and what another one's do is not
    known to it.
    """
    if audit.cutoff_from is None or "samtaler" in records.present:
        return audit
    last = last_done(records, supervision.done)
    return audit if last is None else audit._replace(cutoff=min(last, audit.cutoff))


def lacking(supervision: Supervision, present: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Code and reason, in Danish, of the supervision's rules that the files do not hold the columns for."""
    said = ((rule.RULE.code, missing(rule.NEEDS, present)) for rule in supervision.rules)
    return {code: reason for code, reason in said if reason}


def rule_on(
    supervision: Supervision,
    material: Material,
    law: Law,
    sources: Collection[int],
    problems: Mapping[str | None, Sequence[Problem]],
    paid_known: bool,
) -> Ruling:
    """Let one supervision judge, and work out what follows from it; ``sources`` are the numbers of the files read.

    Raises whatever the supervision raises, and ``ValueError`` or ``TypeError`` for a judgement that cannot be used.
    """
    judgement = _looked_over(supervision.judge(material, law))
    _usable(supervision, judgement, sources)
    judged = sorted(judgement.cases or (), key=lambda one: one.case.sag_id)
    complete = not any(
        rule.RULE.severity is Severity.ERROR for rule in supervision.rules if rule.RULE.code not in material.rules
    )
    rows: Iterable[Problem | Oddity] = chain(judgement.oddities, *problems.values())
    doubtful = {row.sag_id for row in rows if not row.assessable}
    cases = None
    if judgement.cases is not None:
        cases = tuple(
            _result(one, supervision.name, law, paid_known, complete and one.case.sag_id not in doubtful)
            for one in judged
        )
    return Ruling(
        Supervised(
            supervision.name,
            supervision.title,
            None if cases is None else summarise(cases, paid_known),
            cases,
            judgement.measures,
            judgement.beside,
        ),
        judgement.findings,
        judgement.oddities,
        judgement.warnings,
    )


def _looked_over(judgement: Judgement) -> Judgement:
    """The judgement as the report can hold it. Raises ``TypeError`` or ``ValueError`` for any other."""
    if not isinstance(judgement, Judgement):
        raise TypeError("no judgement")
    if judgement.cases is not None and not isinstance(judgement.cases, tuple):
        raise TypeError("the cases are no tuple")
    return Judgement(
        None if judgement.cases is None else tuple(map(_judged, judgement.cases)),
        tuple(map(outside.finding, judgement.findings)),
        {outside.text(name): outside.measure(value) for name, value in judgement.measures.items()},
        tuple(map(_oddity, judgement.oddities)),
        outside.texts(judgement.warnings),
        judgement.beside,
    )


def _judged(one: JudgedCase) -> JudgedCase:
    if not (isinstance(one, JudgedCase) and isinstance(one.case, Case)):
        raise TypeError("no judged case")
    if has_cpr(one.case.sag_id):
        raise ValueError("a case is called by a CPR number")
    if not (isinstance(one.withdrawn, bool) and isinstance(one.fully_assessed, bool)):
        raise TypeError("neither yes nor no")
    return one._replace(findings=tuple(map(outside.finding, one.findings)))


def _oddity(odd: Oddity) -> Oddity:
    if not (isinstance(odd, Oddity) and isinstance(odd.assessable, bool) and isinstance(odd.set_aside, bool)):
        raise TypeError("no oddity")
    sag_id = None if odd.sag_id is None else outside.text(odd.sag_id)
    return odd._replace(
        sentence=outside.text(odd.sentence),
        evidence=outside.evidence(odd.evidence),
        sag_id=sag_id,
        date=outside.day(odd.date),
    )


def _usable(supervision: Supervision, judgement: Judgement, sources: Collection[int]) -> None:
    """Raises ``ValueError`` for what the report could not hold."""
    judged = judgement.cases or ()
    own = {rule.RULE for rule in supervision.rules}
    if len({one.case.sag_id for one in judged}) < len(judged):
        raise ValueError("a case is judged twice")
    findings = tuple(chain(judgement.findings, *(one.findings for one in judged)))
    if not {finding.rule for finding in findings} <= own:
        raise ValueError("a finding is of no rule of the supervision's own")
    shown = chain(*(one.evidence for one in findings), *(one.evidence for one in judgement.oddities))
    if not {cell.source for cell in shown} <= set(sources):
        raise ValueError("evidence points at no file that was read")
    if any(one.code not in ODD or not one.evidence for one in judgement.oddities):
        raise ValueError("an oddity is of no kind there is, or nowhere")
    if any(finding.subject is None for finding in judgement.findings):
        raise ValueError("a finding of no case does not say its subject")
    if set(BESIDE) & set(judgement.measures):
        raise ValueError("a measure is called as what stands beside it")


def _result(judged: JudgedCase, supervision: str, law: Law, paid_known: bool, seen: bool) -> CaseResult:
    """A judged case with its outcome and what its lost days cost."""
    case = judged.case
    subject = Subject("sag", case.sag_id)
    findings = tuple(sorted(judged.findings, key=lambda finding: in_order(finding, subject)))
    fully = seen and judged.fully_assessed
    exposure = expose(findings, case, law, paid_known, supervision)
    return CaseResult(case.sag_id, case.team, _outcome(judged, fully), fully, findings, exposure)


def _outcome(judged: JudgedCase, fully: bool) -> Outcome:
    """The first that fits, as in the visitationstilsyn."""
    if judged.withdrawn:
        return Outcome.WITHDRAWN
    if any(finding.expected for finding in judged.findings):
        return Outcome.ERROR_WITH_LOSS
    if any(finding.discretionary or finding.rule.severity is Severity.ERROR for finding in judged.findings):
        return Outcome.ERROR_WITHOUT_LOSS
    return Outcome.NO_CRITICISM if fully else Outcome.NOT_ASSESSED


def all_together(own: Amounts, cases: Sequence[CaseResult], further: Further, paid_known: bool) -> Combined:
    """What the visitationstilsyn expects lost of these cases (``own``), with the further supervisions."""
    if not further.rulings:
        return Combined(own, 0)
    return combine([cases, *(ruling.supervised.cases or () for ruling in further.rulings)], paid_known)


def combine(supervisions: Iterable[Sequence[CaseResult]], paid_known: bool) -> Combined:
    """All supervisions together: a day that several expect lost is counted once.

    Worked out from the cases' own lines, so that it can be redone by hand from the report. ``paid_known``: whether
    there are any payments to price days by.
    """
    by_case: dict[str, list[Loss]] = {}
    for result in chain.from_iterable(supervisions):
        by_case.setdefault(result.sag_id, []).append(result.exposure.expected)
    together: list[Loss] = []
    shared = 0
    for losses in by_case.values():
        some = [loss for loss in losses if loss.periods] or losses[:1]
        if len(some) == 1:
            together += some
            continue
        sets = [loss.periods for loss in some]
        shared += count(union(chain.from_iterable(within(one, other) for one, other in combinations(sets, 2))))
        days = union(chain.from_iterable(sets))
        known = [loss.lines for loss in some if loss.lines is not None]
        lines = None if len(known) < len(some) else tuple(cut(chain.from_iterable(known), days))
        together.append(loss_of(days, lines))
    return Combined(amounts_of(together or [nothing_lost(paid_known).expected]), shared)
