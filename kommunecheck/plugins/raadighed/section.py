"""The section of the report that answers § 13: whether decisions follow the rules, and benefit was paid wrongly."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kommunecheck.domain.days import danish
from kommunecheck.domain.money import half_up
from kommunecheck.domain.report import CaseResult, Outcome, Report, Supervised
from kommunecheck.domain.section import Bars, Section, SectionCell, SectionTable
from kommunecheck.domain.wording import kroner, number, share, whole
from kommunecheck.plugins.raadighed.account import INTRODUCTION, Account, Decision, Drawable
from kommunecheck.plugins.raadighed.supervision import FOLLOW, SUPERVISION
from kommunecheck.plugins.raadighed.tables import KINDS, SANCTIONS
from kommunecheck.plugins.raadighed.texts import ASSESSMENT_DAYS, DECISION_DAYS, PROVISIONS_UNTIL
from kommunecheck.ports import ReportSection

SHOWN = 40
"""Cases that a table names; it says of how many."""

CAUSES = 3
"""The most common errors that are told first."""

COUNTED = ("Hændelser", "Efter reglerne", "Med fejl", "Uvist", "Efter reglerne, %")


class Told(NamedTuple):
    """What came of the supervision, and what it handed on beside it."""

    report: Report
    own: Supervised
    account: Account

    @property
    def cases(self) -> tuple[CaseResult, ...]:
        """The judged cases."""
        return self.own.cases or ()


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
        return Section(SUPERVISION.title, said, parts=(_procedure(told), _method(told)))
    decisions = told.account.decisions
    by_kind = _grouped(decisions, lambda one: KINDS[one.kind])
    lead = (*_follow(told), *_wrongly_paid(told), *_why(told), *_do(told))
    parts = (
        _by("Efter team", "Team", decisions, lambda one: one.team or "(intet team)"),
        _by("Efter sanktion", "Sanktion", decisions, lambda one: SANCTIONS.get(one.sanction or "", "ingen sanktion")),
        _money(told),
        _running(told),
        _introduction(told),
        _appealed(told),
        _pool(told),
        _procedure(told),
        _method(told),
    )
    table = _table("Hændelse", by_kind) if decisions else None
    return Section(SUPERVISION.title, lead, table, _picture(by_kind), tuple(part for part in parts if part is not None))


# Do the decisions follow the rules? (§ 13, stk. 2, nr. 1)


def _follow(told: Told) -> Iterator[str]:
    decisions = told.account.decisions
    good, bad, unknown = _counts(decisions)
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


def _counts(decisions: Iterable[Decision]) -> tuple[int, int, int]:
    """Those that follow the rules, those that do not, and those of which it cannot be told."""
    counted = Counter(one.follows for one in decisions)
    return counted[True], counted[False], counted[None]


def _grouped(decisions: Iterable[Decision], name: Callable[[Decision], str]) -> list[tuple[str, list[Decision]]]:
    groups: dict[str, list[Decision]] = {}
    for one in decisions:
        groups.setdefault(name(one), []).append(one)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _row(name: str, decisions: Sequence[Decision]) -> tuple[SectionCell, ...]:
    good, bad, unknown = _counts(decisions)
    return name, len(decisions), good, bad, unknown, _per_cent(good, good + bad)


def _per_cent(part: int, of: int) -> Decimal | None:
    return Decimal(half_up(part * 10_000, of)).scaleb(-2) if of else None


def _table(heading: str, groups: Sequence[tuple[str, Sequence[Decision]]]) -> SectionTable:
    rows = [_row(name, some) for name, some in groups]
    if len(groups) > 1:
        rows.append(_row("I alt", [one for _, some in groups for one in some]))
    return SectionTable((heading, *COUNTED), tuple(rows))


def _by(title: str, heading: str, decisions: Sequence[Decision], name: Callable[[Decision], str]) -> Section | None:
    return Section(title, table=_table(heading, _grouped(decisions, name))) if decisions else None


def _picture(groups: Sequence[tuple[str, Sequence[Decision]]]) -> Bars | None:
    bars = []
    for name, some in groups:
        good, bad, _ = _counts(some)
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
            f"Udbetalt fejlagtigt: {number(summary.expected.days, 'dag', 'dage')} efter, at hjælpen var ophørt. Det "
            "koster "
            f"{kroner(summary.expected.refund_lost)} i refusion."
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
        per_day = told.own.summary.running_per_day if told.own.summary else None
        yield (
            f"Det gør I i dag: {number(len(running), 'sag løber', 'sager løber')} stadig og koster {kroner(per_day)} i "
            "refusion om dagen. Vurdér rådigheden, træf afgørelsen, eller stands udbetalingen i sagerne nedenfor."
        )
    if counted:
        code = min(counted, key=lambda one: (-counted[one], one))
        yield f"Den hyppigste fejl rettes sådan: {told.report.explanations[code].remedy}"
    if told.account.appealed:
        many = len(told.account.appealed)
        yield (
            f"{number(many, 'sag er', 'sager er')} i ankesystemet. Giv direktoratet besked om dem, der er udtaget "
            "(§ 5)."
        )


def _still(told: Told) -> list[tuple[CaseResult, str, str]]:
    """The cases with a loss that still runs: what runs, and what stops it."""
    cutoff = told.report.run.cutoff
    stops = {"RT101": "vurdér rådigheden", "RT102": "træf afgørelsen", "RT108": "stands udbetalingen"}
    found = []
    for case in told.cases:
        codes = [one.rule.code for one in case.findings if one.runs_on(cutoff)]
        if codes:
            found.append(
                (case, ", ".join(dict.fromkeys(codes)), "; ".join(dict.fromkeys(stops[code] for code in codes)))
            )
    return sorted(found, key=lambda one: (-(one[0].exposure.running_per_day or 0), one[0].sag_id))


def _running(told: Told) -> Section | None:
    running = _still(told)
    if not running:
        return None
    rows = tuple(
        (
            case.sag_id,
            case.team or "",
            codes,
            None if (cost := case.exposure.running_per_day) is None else Decimal(cost).scaleb(-2),
            stop,
        )
        for case, codes, stop in running[:SHOWN]
    )
    headings = ("Sag", "Team", "Regel", "Refusion om dagen, kr.", "Det standser den")
    return Section("Løber stadig", _of_many(len(running)), SectionTable(headings, rows))


def _of_many(many: int) -> tuple[str, ...]:
    return (f"Her er {SHOWN} af {whole(many)} sager. Alle står i Excel og JSON under fundene.",) if many > SHOWN else ()


# § 14, § 5, §§ 6, 8 and 10, § 4


def _introduction(told: Told) -> Section | None:
    own = [one for one in told.account.decisions if one.benefit == INTRODUCTION]
    if not own:
        return None
    good, bad, _ = _counts(own)
    said = (
        f"{whole(good)} af {number(good + bad, 'hændelse', 'hændelser')} om introduktionsydelse er behandlet efter "
        "reglerne. "
        "Integrationsministeriet får resultatet for sig.",
    )
    return Section("Introduktionsydelse (§ 14)", said, _table("Hændelse", _grouped(own, lambda one: KINDS[one.kind])))


def _appealed(told: Told) -> Section | None:
    cases = told.account.appealed
    if not cases:
        return None
    said = (
        "Disse sager er eller har været i ankesystemet og udgår af tilsynet. Er en af dem udtaget, skal kommunen give "
        "direktoratet besked.",
        *_of_many(len(cases)),
    )
    rows = tuple((one.sag_id, one.team or "") for one in cases[:SHOWN])
    return Section("Ankesager, der skal gives besked om (§ 5)", said, SectionTable(("Sag", "Team"), rows))


def _pool(told: Told) -> Section:
    account = told.account
    rows: tuple[tuple[str, Sequence[Drawable]], ...] = (
        ("Kan udtages", account.drawable),
        ("Uvist, om borgeren er registreret som arbejdssøgende eller er i målgruppen", account.unknown),
        ("Ikke registreret som arbejdssøgende", account.others),
        ("Udgået, fordi sagen er i ankesystemet", account.appealed),
    )
    said = (
        "Direktoratet udtager blandt sager i målgruppen, hvor borgeren er registreret som arbejdssøgende og har "
        "handlet "
        "sådan, at kommunen har pligt til at vurdere rådigheden. Udtag selv med: kommunecheck raadighed draw.",
    )
    table = SectionTable(("Sager", "Antal"), tuple((name, len(some)) for name, some in rows))
    return Section("Sager, direktoratet kan udtage (§§ 6, 8 og 10)", said, table)


def _procedure(told: Told) -> Section:
    named = told.account.procedure
    if named:
        said = f"Kommunen har angivet en forretningsgang: {named}. Om den følges, kan tjekket ikke se."
    else:
        said = (
            "Kommunen har ikke angivet en forretningsgang for rådighed og sanktioner. Direktoratet kan henstille, at "
            "den "
            "bliver lavet, og at revisor inddrages (§ 13, stk. 4). Skriv den i kommunecheck.toml under [municipality]."
        )
    return Section("Forretningsgange (§ 4)", (said,))


def _method(told: Told) -> Section:
    values = {one.name: one.value for one in told.report.run.parameters}
    until = values[PROVISIONS_UNTIL]
    outside = sum(1 for case in told.cases for one in case.findings if one.rule.code == "RT201")
    unknown = sum(1 for case in told.cases for one in case.findings if one.rule.code == "RT202")
    left = sum(case.outcome is Outcome.WITHDRAWN for case in told.cases)
    said = [
        f"BEK 1404/2006 sætter ingen frist for vurderingen eller afgørelsen og siger intet om, hvad der mistes. "
        f"{values[ASSESSMENT_DAYS]} kalenderdage til vurderingen, {values[DECISION_DAYS]} til afgørelsen og de to "
        "perioder, "
        "som direktoratet kan skønne over, er vores læsning. Intet af det er bekræftet, og dagene kan ændres i "
        "opsætningen "
        "under [raadighed].",
        "Det forventede tab (RT108) hviler på § 13, stk. 2, nr. 2. Sanktionernes beløb efterregnes ikke.",
        f"Hjemlen holdes op imod bestemmelserne i § 2 for afgørelser til og med {_day(until)}; derefter kræves kun, "
        "at en "
        "bestemmelse er nævnt. At en bestemmelse ikke er omfattet, gør ikke afgørelsen ulovlig.",
        "At borgeren skal være vejledt skriftligt før hændelsen (RT107), er ikke bekræftet for 2007. At en "
        "partshøring samme "
        "dag som afgørelsen ikke er nok (RT104), er en læsning.",
    ]
    if outside or unknown or left:
        said.append(
            f"{number(outside, 'hændelse er', 'hændelser er')} uden for målgruppen (matchkategori 4-5), og for "
            f"{number(unknown, 'hændelse', 'hændelser')} er målgruppen ukendt; de sidste er vurderet. "
            f"{number(left, 'sag er', 'sager er')} udgået."
        )
    return Section("Metode, og hvad der er usikkert", tuple(said))


def _day(value: object) -> str:
    from datetime import date

    return danish(date.fromisoformat(str(value)).toordinal())


SECTION = ReportSection("raadighed", written)
