"""The supervision: from the acts of every case to findings, and to what § 13 and the drawing of samples ask."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.supervision import JudgedCase, Judgement, Material, Oddity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.account import Decision, Pool, account_of
from kommunecheck.plugins.raadighed.acts import Judged, acts_in, sanctioned_on, seen
from kommunecheck.plugins.raadighed.checks import (
    CHECKS,
    OF_ACTS,
    act_not_registered,
    missing_procedure,
    outside_target_group,
    under_appeal,
)
from kommunecheck.plugins.raadighed.tables import Act, Handling
from kommunecheck.ports import Supervision

FOLLOW = frozenset({"RT101", "RT102", "RT103", "RT104", "RT105", "RT106", "RT108", "RT111"})
"""The rules that a decision must keep to follow the rules of the field (§ 13, stk. 2, nr. 1)."""


class _Told(NamedTuple):
    """What came of one case: how it was judged (``None``: nothing to judge), its decisions, and how it can be drawn.

    ``appealed`` is ``None`` where that cannot be told.
    """

    judged: JudgedCase | None
    decisions: tuple[Decision, ...] = ()
    acts: tuple[Judged, ...] = ()
    appealed: bool | None = False


def judge(material: Material, law: Law) -> Judgement:
    """Every case with an act that is looked at, or with a no-show that ought to have been one."""
    cases: list[JudgedCase] = []
    oddities: list[Oddity] = []
    decisions: list[Decision] = []
    pool = Pool()
    for case in material.cases:
        if "haendelser" in material.present:
            oddities += _odd(case, material.aside_of_cases.get(case.sag_id, {}).get("haendelser", ()))
        told = _judge(case, material.rules, law)
        if told.judged is not None:
            cases.append(told.judged)
            decisions += told.decisions
            pool.add(case, told.acts, told.appealed)
    found: tuple[Finding, ...] = ()
    if missing_procedure.RULE.code in material.rules:
        found = tuple(missing_procedure.check(material.municipality, law))
    procedure = material.municipality.procedures.get("raadighed", "").strip()
    account = account_of(decisions, pool, material.rules >= FOLLOW, procedure)
    return Judgement(tuple(cases), found, oddities=tuple(oddities), beside=account)


def _judge(case: Case, rules: frozenset[str], law: Law) -> _Told:
    acts = acts_in(case)
    placed = outside_target_group.RULE.code in rules
    if not placed:  # what the files do not hold is not known
        acts = tuple(one._replace(placement=None) for one in acts)
    unregistered: tuple[Finding, ...] = ()
    if act_not_registered.RULE.code in rules:
        unregistered = tuple(act_not_registered.check(case, law, placed=placed))
    if not acts and not unregistered:
        return _Told(None)
    inside = tuple(one for one in acts if not one.outside)
    if under_appeal.RULE.code in rules:
        appealed = [finding for one in inside for finding in under_appeal.check(one, law)]
        if appealed:
            return _Told(JudgedCase(case, (appealed[0],), withdrawn=True), acts=inside, appealed=True)
        if any(one.unreadable("ankesag") for one in inside):
            return _left_or_not(case, inside)
    checks = [check for check in OF_ACTS if check.RULE.code in rules]
    by_act = [tuple(finding for check in checks for finding in check.check(one, law)) for one in inside]
    beyond = tuple(finding for one in acts for finding in outside_target_group.check(one, law))
    readable = not any(one.unreadable("hjemmel") for one in inside)
    findings = (*(finding for some in by_act for finding in some), *beyond, *unregistered)
    return _Told(
        JudgedCase(case, findings, withdrawn=bool(acts) and not inside, fully_assessed=readable),
        tuple(_decision(one, found) for one, found in zip(inside, by_act, strict=True)),
        inside,
    )


def _left_or_not(case: Case, acts: tuple[Judged, ...]) -> _Told:
    """A case of which it cannot be read whether it is under appeal: if it is, nothing of it may be found (§ 5)."""
    decisions = tuple(_decision(one, ())._replace(follows=None) for one in acts)
    return _Told(JudgedCase(case, fully_assessed=False), decisions, acts, appealed=None)


def _decision(judged: Judged, findings: tuple[Finding, ...]) -> Decision:
    """What § 13 asks of the act: whether all that was decided about it follows the rules."""
    wrong = any(finding.rule.code in FOLLOW for finding in findings)
    unread = bool(judged.act.unread) or any(row.unread for row in judged.rows)
    sanction = judged.sanctions[-1].row.sanktion if judged.sanctions else None
    follows = False if wrong else None if unread else True
    return Decision(judged.case.ydelsestype, judged.act.type, sanction, judged.case.team, judged.case.sag_id, follows)


def _odd(case: Case, aside: Iterable[Act]) -> Iterator[Oddity]:
    """Rows of ``afgoerelser`` that name no act of the case, or whose days cannot follow each other.

    An act that was set ``aside`` is reported itself, and its rows are no strangers.
    """
    acts: dict[str, Act] = {act.haendelse_id: act for act in case.rows.get("haendelser", ())}
    unusable = {act.haendelse_id for act in aside}
    for row in case.rows.get("afgoerelser", ()):
        act = acts.get(row.haendelse_id)
        if act is not None:
            yield from _disordered(case, act, row)
        elif row.haendelse_id not in unusable:
            sentence = (
                "Hændelsen findes ikke blandt sagens hændelser, og rækken er ikke brugt. Ret haendelse_id, eller tag "
                "hændelsen med."
            )
            yield Oddity("DQ002", sentence, (seen(row, "haendelse_id"),), date=_day_of(row), set_aside=True)


def _disordered(case: Case, act: Act, row: Handling) -> Iterator[Oddity]:
    when, own = _day_of(row), case.sag_id
    if row.vurdering_dato is not None and row.vurdering_dato < act.dato:
        sentence = f"Vurderingen er før hændelsen ({danish(act.dato)}) og tæller ikke. Ret datoen."
        yield Oddity("DQ005", sentence, (seen(row, "vurdering_dato"),), own, when)
    if row.partshoering_dato is not None and row.partshoering_dato < act.dato:
        sentence = f"Partshøringen er før hændelsen ({danish(act.dato)}) og tæller ikke. Ret datoen."
        yield Oddity("DQ005", sentence, (seen(row, "partshoering_dato"),), own, when)
    decided = sanctioned_on(row)
    if decided is not None and decided < act.dato:
        column = "sanktion_fra" if row.afgoerelse_dato is None else "afgoerelse_dato"
        sentence = (
            f"Sanktionen er før hændelsen ({danish(act.dato)}) og tæller ikke som en vurdering af den. Ret datoen."
        )
        yield Oddity("DQ005", sentence, (seen(row, column),), own, when)
    if None not in (row.afgoerelse_dato, row.vurdering_dato) and (row.afgoerelse_dato or 0) < (row.vurdering_dato or 0):
        cells = (seen(row, "afgoerelse_dato"), seen(row, "vurdering_dato"))
        yield Oddity("DQ005", "Afgørelsen er før sin vurdering. Ret datoerne.", cells, own, when, assessable=True)
    if None not in (row.sanktion_fra, row.sanktion_til) and (row.sanktion_til or 0) < (row.sanktion_fra or 0):
        cells = (seen(row, "sanktion_til"), seen(row, "sanktion_fra"))
        yield Oddity("DQ005", "Sanktionen slutter, før den begynder. Ret datoerne.", cells, own, when)


def _day_of(row: Handling) -> int | None:
    days = (row.afgoerelse_dato, row.vurdering_dato, row.partshoering_dato, row.vejledt_dato)
    return next((day for day in days if day is not None), None)


SUPERVISION = Supervision(
    "raadighed",
    "Rådighedstilsyn",
    ("haendelser", "afgoerelser"),
    CHECKS,
    judge,
    done=(
        "haendelser.dato",
        "haendelser.underrettet_dato",
        "afgoerelser.vejledt_dato",
        "afgoerelser.partshoering_dato",
        "afgoerelser.vurdering_dato",
        "afgoerelser.afgoerelse_dato",
    ),
)
