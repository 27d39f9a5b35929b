"""The section of the report that answers § 13: whether decisions follow the rules, and benefit was paid wrongly."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kommunecheck.domain.money import half_up
from kommunecheck.domain.report import CaseResult, Report
from kommunecheck.domain.section import Bars, Section, SectionCell, SectionTable
from kommunecheck.domain.wording import kroner, number, share, whole
from kommunecheck.plugins.raadighed.account import INTRODUCTION, Account, Decision
from kommunecheck.plugins.raadighed.parts import appealed, introduction, method, pool, procedure
from kommunecheck.plugins.raadighed.supervision import FOLLOW, SUPERVISION
from kommunecheck.plugins.raadighed.tables import KINDS, SANCTIONS
from kommunecheck.plugins.raadighed.told import SHOWN, Told, counts, grouped, of_many, table_of
from kommunecheck.ports import ReportSection

CAUSES = 3
"""The most common errors that are told first."""


def written(report: Report) -> Section | None:
    """The section; nothing where the supervision was not run."""
    own = next((one for one in report.supervisions if one.name == SUPERVISION.name), None)
    if own is None or not isinstance(own.beside, Account):
        return None
    told = Told(report, own, own.beside)
    if "haendelser" not in {one.table for one in report.run.sources.values()}:
        return Section(SUPERVISION.title, ("Intet er vurderet, fordi tabellen haendelser ikke er med.",))
    if not told.cases:
        said = (
            "Ingen hændelse i perioden giver kommunen pligt til at vurdere rådigheden, og ingen udeblivelse mangler.",
        )
        return Section(SUPERVISION.title, said, parts=(procedure(told), method(told)))
    decisions = told.account.decisions
    by_kind = grouped(decisions, lambda one: KINDS[one.kind])
    lead = (*_follow(told), *_wrongly_paid(told), *_why(told), *_do(told))
    parts = (
        _by("Efter team", "Team", decisions, lambda one: one.team or "(intet team)"),
        _by("Efter sanktion", "Sanktion", decisions, lambda one: SANCTIONS.get(one.sanction or "", "ingen sanktion")),
        _money(told),
        _running(told),
        introduction(told),
        appealed(told),
        pool(told),
        procedure(told),
        method(told),
    )
    table = table_of("Hændelse", by_kind) if decisions else None
    return Section(SUPERVISION.title, lead, table, _picture(by_kind), tuple(part for part in parts if part is not None))


# Do the decisions follow the rules? (§ 13, stk. 2, nr. 1)


def _follow(told: Told) -> Iterator[str]:
    decisions = told.account.decisions
    good, bad, unknown = counts(decisions)
    if not decisions:
        yield "Ingen hændelse i målgruppen er vurderet."
    elif told.account.complete:
        yield (
            f"{whole(good)} af {number(good + bad, 'hændelse', 'hændelser')} er behandlet efter reglerne "
            f"({share(good, good + bad) or 'ingen'}), og {whole(bad)} er med fejl."
        )
    else:
        missing = [code for code, _ in told.report.run.not_run if code in FOLLOW]
        yield (
            f"{number(bad, 'hændelse', 'hændelser')} af {whole(len(decisions))} er behandlet med fejl. Om de andre "
            "følger "
            f"reglerne, er uvist: {', '.join(missing)} er ikke kørt, fordi udtrækket mangler noget."
        )
    if told.account.complete and unknown:
        yield f"{number(unknown, 'hændelse', 'hændelser')} kan ikke vurderes, fordi noget i rækkerne ikke kan læses."


def _by(title: str, heading: str, decisions: Sequence[Decision], name: Callable[[Decision], str]) -> Section | None:
    return Section(title, table=table_of(heading, grouped(decisions, name))) if decisions else None


def _picture(groups: Sequence[tuple[str, Sequence[Decision]]]) -> Bars | None:
    bars = []
    for name, some in groups:
        good, bad, _ = counts(some)
        if good + bad:
            bars.append((f"{name} ({good + bad})", Decimal(half_up(good * 1000, good + bad)).scaleb(-1)))
    return Bars("Behandlet efter reglerne, af hver slags hændelse", "%", tuple(bars)) if bars else None


# Was benefit paid wrongly? (§ 13, stk. 2, nr. 2)


def _wrongly_paid(told: Told) -> Iterator[str]:
    summary = told.own.summary
    if summary is None:
        return
    if "RT108" in dict(told.report.run.not_run):
        yield "Om der er udbetalt fejlagtigt, kan ikke ses: udbetalingerne eller sanktionernes dage er ikke med."
    else:
        yield (
            f"Udbetalt fejlagtigt: {number(summary.expected.days, 'dag', 'dage')}, hvor hjælpen var ophørt. "
            f"Det koster {kroner(summary.expected.refund_lost)} i refusion."
        )
    if summary.unpriced_days:
        days = number(summary.unpriced_days, "dag er", "dage er")
        yield f"{days} uden pris, fordi der ikke er en refusionssats for ydelsen. Skriv den i opsætningen."
    yield (
        f"Ved siden af står {number(summary.discretionary.days, 'dag', 'dage')} og "
        f"{kroner(summary.discretionary.refund_lost)} i refusion, som direktoratet kan skønne over: rådigheden er ikke "
        "vurderet, eller vurderingen er ikke fulgt op."
    )


def _money(told: Told) -> Section:
    rows: list[tuple[SectionCell, ...]] = []
    introduction = frozenset(_introduction_cases(told))
    for name, some in (
        ("Kontanthjælp og starthjælp", [one for one in told.cases if one.sag_id not in introduction]),
        ("Introduktionsydelse", [one for one in told.cases if one.sag_id in introduction]),
    ):
        for kind, place in (("udbetalt fejlagtigt", 0), ("muligt efter et skøn", 1)):
            losses = [one.exposure.kinds[place] for one in some]
            unknown = any(one.refund_lost is None for one in losses)
            if some:
                paid = None if unknown else Decimal(sum(one.paid or 0 for one in losses)).scaleb(-2)
                lost = None if unknown else Decimal(sum(one.refund_lost or 0 for one in losses)).scaleb(-2)
                rows.append((f"{name}, {kind}", sum(one.days for one in losses), paid, lost))
    headings = ("Ydelse", "Dage", "Udbetalt, kr.", "Refusion, kr.")
    said = (
        "Udbetalt fejlagtigt er RT108: dage, hvor hjælpen var ophørt, og som en udbetaling dækker. Det mulige er "
        "RT101 og "
        "RT102. Dage med løntilskud og dage uden for målgruppen tæller aldrig.",
    )
    return Section("Er der udbetalt fejlagtigt?", said, SectionTable(headings, tuple(rows)))


def _introduction_cases(told: Told) -> Iterator[str]:
    for one in told.account.decisions:
        if one.benefit == INTRODUCTION:
            yield one.sag_id
    for case in (*told.account.drawable, *told.account.unknown, *told.account.others, *told.account.appealed):
        if case.benefit == INTRODUCTION:
            yield case.sag_id


# Why, and what to do


def _why(told: Told) -> Iterator[str]:
    counted = Counter(one.rule for case in told.cases for one in case.findings if one.rule.code in FOLLOW)
    common = sorted(counted.items(), key=lambda one: (-one[1], one[0].code))[:CAUSES]
    if common:
        said = "; ".join(f"{rule.title.lower()} ({rule.code}, {whole(count)})" for rule, count in common)
        yield f"De hyppigste fejl: {said}."


def _do(told: Told) -> Iterator[str]:
    running = _still(told)
    counted = Counter(one.rule.code for case in told.cases for one in case.findings if one.rule.code in FOLLOW)
    if running:
        costs = " og ".join(f"{kroner(per_day)} om dagen i {kind} tab" for kind, per_day in _per_day(running))
        yield (
            f"Det gør I i dag: {number(len(running), 'sag løber', 'sager løber')} stadig, {costs}. Vurdér rådigheden, "
            "træf afgørelsen, eller stands udbetalingen i sagerne under »Løber stadig«."
        )
    if counted:
        code = min(counted, key=lambda one: (-counted[one], one))
        yield f"Den hyppigste fejl rettes sådan: {told.report.explanations[code].remedy}"
    if told.account.appealed:
        many = len(told.account.appealed)
        told_of = "den er" if many == 1 else "nogen af dem er"
        yield (
            f"{number(many, 'sag er', 'sager er')} i ankesystemet. Giv direktoratet besked, hvis {told_of} udtaget "
            "(§ 5)."
        )


class _Still(NamedTuple):
    """A case with a loss that still runs: of which kind it is, the rules, and what stops it."""

    case: CaseResult
    kind: str
    codes: tuple[str, ...]
    stops: str


def _still(told: Told) -> list[_Still]:
    """The cases with a loss that still runs, the dearest first."""
    found = []
    for case in told.cases:
        running = [one for one in case.findings if one.runs_on(told.report.run.cutoff)]
        if running:
            kind = "forventet" if any(one.expected for one in running) else "muligt"
            codes = tuple(dict.fromkeys(one.rule.code for one in running))
            stops = "; ".join(told.report.explanations[code].stops for code in codes)
            found.append(_Still(case, kind, codes, stops))
    return sorted(found, key=lambda one: (-(one.case.exposure.running_per_day or 0), one.case.sag_id))


def _per_day(running: Sequence[_Still]) -> Iterator[tuple[str, int | None]]:
    """What they cost a day, by the kind of loss; ``None`` where amounts are not known."""
    for kind in sorted({one.kind for one in running}):
        costs = [one.case.exposure.running_per_day for one in running if one.kind == kind]
        yield kind, None if None in costs else sum(cost or 0 for cost in costs)


def _running(told: Told) -> Section | None:
    running = _still(told)
    if not running:
        return None
    rows = tuple(
        (
            one.case.sag_id,
            one.case.team or "",
            ", ".join(one.codes),
            one.kind,
            None if (cost := one.case.exposure.running_per_day) is None else Decimal(cost).scaleb(-2),
            one.stops,
        )
        for one in running[:SHOWN]
    )
    headings = ("Sag", "Team", "Regel", "Tab", "Refusion om dagen, kr.", "Det standser den")
    return Section("Løber stadig", of_many(len(running)), SectionTable(headings, rows))


SECTION = ReportSection("raadighed", written)
