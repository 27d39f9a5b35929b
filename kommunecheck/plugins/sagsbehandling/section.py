"""The section of the report: how many deadlines were kept, why not, and what to do; then the figures behind it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import chain

from kommunecheck.domain.days import Period, danish
from kommunecheck.domain.report import Report
from kommunecheck.domain.section import Bars, Columns, Lane, Lanes, Section, SectionCell, SectionTable
from kommunecheck.domain.wording import number, share, span, whole
from kommunecheck.plugins.sagsbehandling.complaints import Counted, Quarter
from kommunecheck.plugins.sagsbehandling.course import Course, State
from kommunecheck.plugins.sagsbehandling.judging import NAME, Dead, Found, waited
from kommunecheck.plugins.sagsbehandling.measuring import Measured, by, is_due, measured
from kommunecheck.plugins.sagsbehandling.names import CATEGORIES, CAUSES, CHANNELS, GROUPS, PARTIES, named
from kommunecheck.plugins.sagsbehandling.review import ANSWERS, Answered, Review
from kommunecheck.plugins.sagsbehandling.tables import CITIZEN, MERITS, MUNICIPALITY, THIRD_PARTY

LONGEST = 10
"""Dead periods that are drawn and named one by one."""
MOST_QUARTERS = 8
"""Quarters of complaints that are drawn: the latest."""

NO_UNIT = "(uden enhed)"


def section(report: Report) -> Section | None:
    """The section; ``None`` where the supervision did not run."""
    found = next((one.beside for one in report.supervisions if one.name == NAME), None)
    if not isinstance(found, Found):
        return None
    if not found.courses:
        return Section("Sagsbehandling", ("Der er ingen ansøgninger at måle på.",), parts=tuple(_complaints(found)))
    types = _groups(found, lambda one: one.row.sagstype)
    parts = chain(
        (_times("Sagsbehandlingstid pr. sagstype", "Sagstype", types, found, _HOW_TIMES),),
        (_times("Sagsbehandlingstid pr. enhed", "Enhed", _groups(found, lambda one: one.row.enhed or NO_UNIT), found),),
        (_times("Sagsbehandlingstid pr. målgruppe", "Målgruppe", _groups(found, _group), found),),
        _dead_periods(found),
        _waits(types, found),
        _complaints(found),
        _review(found),
        (_method(found),),
    )
    return Section("Sagsbehandling", tuple(_lead(found)), picture=_kept(types, found), parts=tuple(parts))


def _group(course: Course) -> str:
    return named(GROUPS, course.row.maalgruppe)


def _groups(found: Found, key: Callable[[Course], str]) -> dict[str, list[Course]]:
    return dict(sorted(by(found.courses, key).items()))


def _lead(found: Found) -> Iterator[str]:
    """First the number, then why, then what to do."""
    one = measured(found.courses, found.window)
    if one.due:
        yield (
            f"{share(one.kept, one.due)} af ansøgningerne er afgjort inden kommunens frist: {whole(one.kept)} af "
            f"{whole(one.due)} med frist i perioden {span(found.window)}. Målet er {found.target} % i hver sagstype. "
            "København nåede 90 % i alt i maj 2005."
        )
    else:
        yield "Ingen ansøgninger har en frist i perioden, så andelen kan ikke måles."
    if one.overdue:
        yield from _notices(one)
    own = [dead for dead in found.dead if dead.run.cause == MUNICIPALITY]
    if own:
        yield _stalled(own, found)
    yield from _to_do(found)
    if found.not_assessed:
        told = number(found.not_assessed, "ansøgning", "ansøgninger")
        yield f"{told} af {whole(found.applications)} kan ikke vurderes fuldt ud; se fundene om data."


def _stalled(own: Sequence[Dead], found: Found) -> str:
    """How many lay still with the municipality itself, and how many of them are among those that came too late."""
    stalled = {dead.course.row.ansoegning_id for dead in own}
    late = {one.row.ansoegning_id for one in found.courses if is_due(one, found.window) and one.overdue}
    days = number(sum(dead.run.days for dead in own), "dag", "dage")
    which = ""
    if late:
        both = len(stalled & late)
        which = f" {whole(both) if both else 'Ingen'} af dem er blandt dem, der er over fristen."
    return (
        f"{number(len(stalled), 'ansøgning', 'ansøgninger')} har ligget stille hos kommunen i "
        f"{number(len(own), 'død periode', 'døde perioder')}, i alt {days}.{which} En død periode er mere end "
        f"{found.most} dage i træk uden et skridt."
    )


def _notices(one: Measured) -> Iterator[str]:
    told = one.overdue - one.notice_unknown
    if one.overdue_with_notice is None or not told:
        yield f"{number(one.overdue, 'frist', 'frister')} er overskredet. Udtrækket viser ikke underretninger."
        return
    yield (
        f"{number(one.overdue, 'frist', 'frister')} er overskredet. I {whole(one.overdue_with_notice)} af "
        f"{whole(told)} sager ({share(one.overdue_with_notice, told)}) fik borgeren inden fristen besked om, hvornår "
        "afgørelsen kunne ventes. I København var det 11 % i 2005."
    )


def _to_do(found: Found) -> Iterator[str]:
    waiting = [one for one in found.courses if one.state is State.OPEN and one.overdue]
    silent = [one for one in waiting if one.promised is None or one.promised < found.cutoff]
    if waiting:
        them = "den ansøgning" if len(waiting) == 1 else f"de {whole(len(waiting))} ansøgninger"
        yield f"Gør nu: afgør {them}, der er over fristen."
    if silent:
        of_them = "Her" if len(silent) == len(waiting) else f"I {whole(len(silent))} af dem"
        yield f"{of_them} venter borgeren uden en dag, der stadig gælder: underret først dér."


def _kept(types: dict[str, list[Course]], found: Found) -> Bars | None:
    """The share of deadlines kept in each type of case; none under the goal is rounded up to it."""
    bars = []
    for name, own in types.items():
        one = measured(own, found.window)
        if one.due:
            exact = Decimal(100 * one.kept) / one.due
            nearest = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
            hides = exact < found.target <= nearest
            bars.append((name, exact.quantize(Decimal("0.1"), ROUND_FLOOR) if hides else nearest))
    return Bars("Afgjort inden fristen", "%", tuple(bars), found.target) if bars else None


def _times(
    title: str, what: str, groups: dict[str, list[Course]], found: Found, paragraphs: tuple[str, ...] = ()
) -> Section:
    headings = (
        what, "Frister", "Holdt", "Afgjort", "50 % på", "90 % på", "Åbne", "50 % i alt", "90 % i alt",
    )  # fmt: skip
    rows = [_row(name, own, found) for name, own in groups.items()]
    if len(rows) > 1:
        rows.append(_row("I alt", found.courses, found))
    return Section(title, paragraphs, SectionTable(headings, tuple(rows)))


def _row(name: str, own: Sequence[Course], found: Found) -> tuple[SectionCell, ...]:
    one = measured(own, found.window)
    return (
        name, one.due, share(one.kept, one.due), one.decided, one.median, one.p90, one.undecided,
        _reached(one.survival_median, one.observed), _reached(one.survival_p90, one.observed),
    )  # fmt: skip


def _reached(days: int | None, observed: int) -> str:
    return f"over {whole(observed)} dage" if days is None else number(days, "dag", "dage")


_HOW_TIMES = (
    "Frister er de frister, der ligger i perioden, og Holdt andelen af dem. »50 % på« er det antal dage, som mindst "
    "halvdelen af de afgjorte i perioden tog højst; »90 % på« er det samme for ni af ti.",
    "En bunke af gamle, åbne sager kan ikke ses i de tal. »I alt« tæller derfor også de åbne med, så længe de har "
    "ventet (Kaplan-Meier); »over« betyder, at så mange endnu ikke er afgjort.",
)


def _waits(types: dict[str, list[Course]], found: Found) -> Iterator[Section]:
    """The days without a step that others than the municipality are waited for."""
    if not found.steps_told:
        return
    rows = tuple((name, waited(own, CITIZEN), waited(own, THIRD_PARTY)) for name, own in types.items())
    if any(citizen or third for _, citizen, third in rows):
        said = "Dage uden skridt, hvor sagen venter på andre, også de korte perioder."
        yield Section("Ventetid på andre", (said,), SectionTable(("Sagstype", "Borgeren", "Tredjepart"), rows))


def _dead_periods(found: Found) -> Iterator[Section]:
    if not found.steps_told:
        yield Section("Døde perioder", ("Uden tabellen sagsskridt kan det ikke ses, hvor tiden går.",))
        return
    if not found.dead:
        yield Section("Døde perioder", (f"Ingen sag har ligget stille mere end {found.most} dage i træk.",))
        return
    in_order = sorted(found.dead, key=lambda one: (-one.run.days, one.course.row.ansoegning_id, one.run.period))
    longest = in_order[:LONGEST]
    total = number(len(found.dead), "død periode", "døde perioder")
    said = (
        f"{total} i alt, også uden for perioden. De {len(longest)} længste er nævnt her, og deres "
        "ansøgninger er tegnet; alle står i JSON-rapporten, og kommunens egne er fund (SB106).",
    )
    headings = ("Ansøgning", "Sagstype", "Enhed", "Periode", "Dage", "Hos", "Årsag", "Lovet dag")
    rows = tuple(_dead_row(one) for one in longest)
    yield Section("De længste døde perioder", said, SectionTable(headings, rows), _lanes(longest, found.dead))
    yield Section(
        "Døde perioder i alt",
        ("Hvor tiden går, og hos hvem: kommunens egen gang, eller ventetid på borgeren eller en tredjepart.",),
        _dead_totals(found.dead),
    )
    reasons = Counter(dict.fromkeys(CAUSES, 0))
    for one in found.dead:
        if one.run.after is not None:
            reasons[one.run.after] += one.run.days
    rows_of_reasons = tuple((CAUSES[name], days) for name, days in reasons.items() if days)
    if rows_of_reasons:
        unknown = sum(one.run.days for one in found.dead if one.run.after is None)
        rows_of_reasons += (("(ingen årsag er registreret)", unknown),) if unknown else ()
        yield Section(
            "Årsager til døde perioder",
            ("Dage i døde perioder efter den årsag, der er registreret på skridtet lige før.",),
            SectionTable(("Årsag", "Dage"), rows_of_reasons),
        )


def _dead_row(one: Dead) -> tuple[SectionCell, ...]:
    row = one.course.row
    promised = f"ja, {danish(one.course.promised)}" if one.promised and one.course.promised is not None else "nej"
    reason = "" if one.run.after is None else CAUSES[one.run.after]
    return (
        row.ansoegning_id, row.sagstype, row.enhed, span(one.run.period), one.run.days, PARTIES[one.run.cause], reason,
        promised,
    )  # fmt: skip


def _lanes(longest: Sequence[Dead], every: Sequence[Dead]) -> Lanes:
    """The course of each application with one of the longest periods, from receipt to decision or cutoff.

    All its dead periods are drawn, also those that are not among the longest.
    """
    kinds = (*PARTIES.values(), "anden tid")
    courses = {one.course.row.ansoegning_id: one.course for one in longest}
    lanes = []
    for name, course in courses.items():
        dead = {one.run.period: one.run.cause for one in every if one.course is course}
        lanes.append(Lane(f"{name}, {course.row.sagstype}", _spans(course, dead, list(PARTIES)), _marks(course)))
    return Lanes("Hvor tiden gik", kinds, tuple(lanes))


def _spans(course: Course, dead: dict[Period, str], kinds: list[str]) -> tuple[tuple[Period, int], ...]:
    spans, day = [], course.received
    for period in sorted(dead):
        if day < period.first:
            spans.append((Period(day, period.first - 1), len(kinds)))
        spans.append((period, kinds.index(dead[period])))
        day = period.last + 1
    if day <= course.last:
        spans.append((Period(day, course.last), len(kinds)))
    return tuple(spans)


def _marks(course: Course) -> tuple[tuple[int, str], ...]:
    ended = "frafaldet" if course.state is State.WITHDRAWN else "afgjort"
    marks = [(course.deadline, "frist"), (course.notice, "underrettet"), (course.end, ended)]
    return tuple((day, what) for day, what in marks if day is not None and day <= course.cutoff)


def _dead_totals(dead: Sequence[Dead]) -> SectionTable:
    periods: Counter[tuple[str, str, str]] = Counter()
    days: Counter[tuple[str, str, str]] = Counter()
    for one in dead:
        key = (one.course.row.sagstype, one.course.row.enhed or NO_UNIT, one.run.cause)
        periods[key] += 1
        days[key] += one.run.days
    rows = tuple((key[0], key[1], PARTIES[key[2]], periods[key], days[key]) for key in sorted(periods))
    return SectionTable(("Sagstype", "Enhed", "Hos", "Perioder", "Dage"), rows)


def _complaints(found: Found) -> Iterator[Section]:
    if not found.complaints:
        return
    every = list(dict.fromkeys(one.quarter for one in found.complaints))
    shown = every[-MOST_QUARTERS:]
    numbers: Counter[tuple[Quarter, str]] = Counter()
    for one in found.complaints:
        numbers[one.quarter, one.kategori] += one.received
    whole_quarters = {one.quarter for one in found.complaints if not one.partial}
    categories = [name for name in CATEGORIES if name != MERITS]
    rows = tuple(_quarter_row(every, place, numbers, whole_quarters, categories) for place in range(len(every)))
    heads = tuple(_quarter(one) for one in shown)
    picture = Columns(
        "Klager pr. kvartal",
        "",
        heads,
        tuple((CATEGORIES[name], tuple(numbers[one, name] for one in shown)) for name in CATEGORIES),
    )
    said = "Klager over afgørelsens indhold (realitet) hører under klageinstansen og står for sig."
    if not whole_quarters.issuperset(every):
        said += " * er et kvartal, som perioden kun har en del af; det kan ikke sammenlignes."
    headings = ("Kvartal", *(CATEGORIES[name] for name in categories), "I alt", "Ændring", CATEGORIES[MERITS])
    yield Section("Klager pr. kvartal", (said,), SectionTable(headings, rows), picture)
    yield from _latest(found.complaints, every, whole_quarters)


def _quarter(one: Quarter) -> str:
    return f"{one.number}. kvt. {one.year}"


def _quarter_row(
    every: Sequence[Quarter],
    place: int,
    numbers: Counter[tuple[Quarter, str]],
    whole_quarters: set[Quarter],
    categories: Sequence[str],
) -> tuple[SectionCell, ...]:
    quarter = every[place]
    total = sum(numbers[quarter, name] for name in categories)
    change = ""
    if place and {quarter, every[place - 1]} <= whole_quarters:
        change = f"{total - sum(numbers[every[place - 1], name] for name in categories):+d}"
    name = _quarter(quarter) if quarter in whole_quarters else f"{_quarter(quarter)} *"
    return (name, *(numbers[quarter, one] for one in categories), total, change, numbers[quarter, MERITS])


def _latest(complaints: Sequence[Counted], every: Sequence[Quarter], whole_quarters: set[Quarter]) -> Iterator[Section]:
    """The latest whole quarter by unit, category and channel, without the noughts that did not change."""
    latest = next((one for one in reversed(every) if one in whole_quarters), None)
    if latest is None:
        return
    rows = tuple(
        (one.enhed or NO_UNIT, CATEGORIES[one.kategori], CHANNELS[one.kanal], one.received, _change(one.change))
        for one in sorted(complaints, key=lambda one: _by_name(one.enhed))
        if one.quarter == latest and (one.received or one.change)
    )
    if rows:
        yield Section(
            f"Klager i {_quarter(latest)}",
            ("Rækker uden klager i kvartalet og det forrige er udeladt; JSON-rapporten har dem alle.",),
            SectionTable(("Enhed", "Kategori", "Kanal", "Klager", "Ændring"), rows),
        )


def _by_name(name: str | None) -> tuple[bool, str]:
    """By name, and what has none last."""
    return name is None, name or ""


def _change(change: int | None) -> str:
    return "" if change is None else f"{change:+d}"


def _review(found: Found) -> Iterator[Section]:
    """What people saw in a few cases, beside what the machine found and never mixed with it."""
    review = found.review
    if review is None:
        return
    drawn = Period(review.from_.toordinal(), review.to.toordinal())
    said = (
        f"Fagfolk har gennemgået {number(review.cases, 'ansøgning', 'ansøgninger')}, afgjort {span(drawn)}, for det, "
        "som intet udtræk viser. Det er ikke programmets fund og er ikke lagt sammen med dem.",
        "Andelen er opfyldt af de sager, hvor svaret er opfyldt eller ikke opfyldt. Intervallet (Wilson, 95 %) siger, "
        "hvor usikker den er. Der er udtaget lige mange i hver målgruppe og enhed, så andelene er ikke regnet op til "
        "alle.",
    )
    yield _counted("Gennemgang af sager", said, review, None, lambda _: None)
    yield _counted("Gennemgang pr. enhed", (), review, "Enhed", lambda one: one.enhed or NO_UNIT)
    yield _counted("Gennemgang pr. målgruppe", (), review, "Målgruppe", lambda one: named(GROUPS, one.maalgruppe))


def _counted(
    title: str, said: tuple[str, ...], review: Review, what: str | None, part_of: Callable[[Answered], str | None]
) -> Section:
    headings = ("Garanti", *(() if what is None else (what,)), *(one.capitalize() for one in ANSWERS), "Andel", "95 %")
    rows = []
    for one in review.counts(part_of):
        low, high = (end.replace(".", ",") for end in one.interval)
        part = () if what is None else (one.part,)
        known = (share(one.numbers[0], one.asked), f"{low}-{high} %") if one.asked else ("", "")
        rows.append((one.safeguard, *part, *one.numbers, *known))
    return Section(title, said, SectionTable(headings, tuple(rows)))


def _method(found: Found) -> Section:
    """How it was measured, and what is uncertain."""
    receipts = [one for one in found.courses if one.receipt is not None]
    stated = sum(bool(one.row.kvittering_frist) for one in receipts)
    said = [
        "Fristen er modtagelsesdagen plus kommunens egen frist i kalenderdage. Weekender, helligdage og ventetid "
        "flytter den ikke. Andelen er af ansøgninger med frist i perioden; frafaldne inden fristen er ikke med, og "
        "uafgjorte "
        "efter fristen er ikke overholdt.",
        f"En død periode er mere end {found.most} dage i træk uden et registreret skridt. Tallet er vores: Københavns "
        "notat fra 2006 taler om døde perioder uden at sige, hvor lange. Venter sagen registreret på borgeren eller en "
        "tredjepart, er dagene deres.",
        "Kravet om kvittering bygger på et forslag fra 2006, og at en afgørelse skal meddeles skriftligt, er god "
        "forvaltningsskik og ikke bekræftet som en pligt. Begge dele giver kun advarsler.",
    ]
    if receipts:
        told = number(len(receipts), "kvittering", "kvitteringer")
        said.append(f"Af {told} nævner {whole(stated)} fristen ({share(stated, len(receipts))}).")
    return Section("Sådan er der målt", tuple(said))
