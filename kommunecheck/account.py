"""How one rule was used on one case: what was weighed, and what came of it."""

import difflib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import polars as pl

from kommunecheck import engine
from kommunecheck.audit.rules import RULES as RECONCILING
from kommunecheck.domain.case import Case
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.rule import DATA, Rule
from kommunecheck.domain.wording import place_of
from kommunecheck.facts import parameters_used
from kommunecheck.intake.cases import lay_out, pieces, untold
from kommunecheck.intake.records import Audited, Records
from kommunecheck.intake.screen import unscreened
from kommunecheck.law.law import Law
from kommunecheck.law.measure import measure
from kommunecheck.law.weighing import Weighed, weigh_case, weigh_deadlines, weigh_steps
from kommunecheck.placing import chosen, judge_further, of_oddity
from kommunecheck.plugins.host import load
from kommunecheck.ports import AnyCheck, Check
from kommunecheck.reading import read_records
from kommunecheck.reports.explanation import Account
from kommunecheck.setup import Options, Setup, set_up
from kommunecheck.supervising import Further

NOT_FULLY = "Sagen er ikke fuldt vurderet: at noget ikke er fundet, er intet bevis."


def find_check(code: str) -> Check:
    """The check with this code, or the supervision's rule.

    Raises ``UserError`` if there is none, with the nearest that there is.
    """
    checks = {one.RULE.code: one for one in load().stated}
    if code not in checks:
        near = difflib.get_close_matches(code, checks, n=1)
        meant = f" Mente du {near[0]}?" if near else ""
        raise UserError(f"Der er ingen regel med den kode.{meant} Se alle med: kommunecheck rules.")
    return checks[code]


def account_for(path: Path, code: str, sag_id: str, options: Options) -> Account:
    """How a rule was used on one case: what was weighed, and what came of it.

    Raises ``UserError`` if there is no such rule or case.
    """
    rule = find_check(code).RULE
    if any(one.RULE is rule for one in RECONCILING):
        raise UserError(
            f"{code} bliver fundet af afstemningen. Se hvert tal med dets grund: kommunecheck reconcile STI -o "
            "afstemning.xlsx."
        )
    setup = set_up(path, options)
    opened, records, audit = read_records(setup, options)
    found = next((one for one in setup.plugins.checks if one.RULE.code == code), None)
    if found is None:
        left_out = rule.supervision not in {one.name for one in setup.supervisions}
        used = _of_further(judge_further(setup, records, audit), rule, sag_id, left_out)
        if not used.findings and not used.doubts and not _is_told_of(records, sag_id):
            raise UserError("Ingen tabel nævner sagen. Skriv den, som rapporten viser den.")
    else:
        used = _of_case(setup, records, audit, found, sag_id)
        if rule.supervision == DATA:  # a further supervision too can find that rows do not fit each other
            odd = (one for ruling in judge_further(setup, records, audit).rulings for one in ruling.oddities)
            own = [of_oddity(one, setup, opened) for one in odd if (one.code, one.sag_id) == (code, sag_id)]
            used = used._replace(findings=(*used.findings, *own))
    readings = {one.name: one for one in parameters_used(setup.law)}
    places = {number: place_of(one.name, one.sheet) for number, one in opened.files.items()}
    return Account(rule, sag_id, *used, readings, places)


class _Used(NamedTuple):
    """What was weighed by a rule and found by it, why it was not checked at all, and what is doubtful."""

    weighed: tuple[Weighed, ...]
    findings: tuple[Finding, ...]
    not_run: str | None
    doubts: tuple[str, ...]


def _of_case(setup: Setup, records: Records, audit: Audited, found: AnyCheck, sag_id: str) -> _Used:
    """What came of a check in a case of ``sager``. Raises ``UserError`` if there is no such case."""
    if sag_id not in records.names:
        raise UserError("Sagen findes ikke i sager. Skriv sag_id, som rapporten viser det.")
    code, checks = found.RULE.code, chosen(setup, records)
    problems = records.problems.get(sag_id, ())
    findings = engine.row_findings(problems, checks).findings
    doubts = [one.message for one in findings if one.rule.code != code]
    weighed: tuple[Weighed, ...] = ()
    screened = unscreened(len(records.names))
    wanted = untold(records, screened) & (pl.Series(records.names) == sag_id)
    for laid in chain.from_iterable(lay_out(make()) for make in pieces(records, audit, screened, wanted)):
        verdict = engine.judge(laid.case, laid.assessable, checks, setup.law)
        findings = [*(verdict.findings if verdict else ()), *findings]
        doubts = [*([NOT_FULLY] if verdict and not verdict.fully_assessed else []), *doubts]
        weighed = tuple(weigh(measure(laid.case, setup.law, checks.steps), found, setup.law))
    own = tuple(finding for finding in findings if finding.rule.code == code)
    return _Used(weighed, own, dict(checks.not_run).get(code), tuple(doubts))


def _of_further(further: Further, rule: Rule, subject: str, left_out: bool) -> _Used:
    """What a further supervision found by one of its rules in a case, of a subject of its own, or of the municipality.

    ``left_out``: the configuration does not name the supervision.
    """
    own: list[Finding] = []
    doubts: list[str] = []
    for ruling in further.rulings:
        for case in ruling.supervised.cases or ():
            if case.sag_id == subject:
                own += case.findings
                doubts += [NOT_FULLY] if ruling.supervised.name == rule.supervision and not case.fully_assessed else []
        about = ((one, one.subject) for one in ruling.findings if one.subject is not None)
        own += [one for one, what in about if subject == what.id or what.kind == "kommune"]
        doubts += [masked(odd.sentence) for odd in ruling.oddities if odd.sag_id == subject]
    not_run = dict(further.not_run).get(rule.code)
    if left_out:
        not_run = f"tilsynet {rule.supervision} er ikke valgt under [audit] supervisions"
    elif rule not in further.rules:
        not_run = f"ingen af tabellerne til tilsynet {rule.supervision} er med"
    return _Used((), tuple(one for one in own if one.rule == rule), not_run, tuple(doubts))


def _is_told_of(records: Records, subject: str) -> bool:
    """Whether it is one of our cases, or what a row of a further supervision's tables is about."""
    frames = [frame.select(pl.col(pl.String)) for _, frame in (*records.apart.values(), *records.aside.values())]
    return subject in records.names or any((column == subject).any() for frame in frames for column in frame)


def weigh(case: Case, found: AnyCheck, law: Law) -> Iterator[Weighed]:
    """What was weighed in a measured case for a rule of this kind."""
    if found.JUDGES == "deadlines":
        return weigh_deadlines(case, law)
    if found.JUDGES == "steps":
        return weigh_steps(case, law)
    return weigh_case(case)
