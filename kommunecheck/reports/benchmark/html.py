"""The benchmark as one page: the group, every municipality through the periods in one picture, and the figures."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from markupsafe import Markup

from kommunecheck.domain.benchmark import (
    Benchmark,
    Compared,
    Control,
    ControlView,
    Figures,
    Group,
    KindOfError,
    Rate,
    Row,
    Standing,
)
from kommunecheck.domain.days import danish
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.benchmark import words
from kommunecheck.reports.html.page import Cell, Column, Table, render
from kommunecheck.reports.pictures.intervals import Point, nice, on_a_line, over_time, ticks

NOTHING = "–"
DRAWN = "Interval, tegnet"
"""What a column of drawn intervals is called, by whoever reads it aloud and on a narrow screen."""
ORDER = (Standing.FEWER, Standing.MORE, Standing.LIKE, Standing.NOT_RANKED, Standing.WITHHELD)
"""The order in which municipalities are told: those that stand out first."""


class Strip(NamedTuple):
    """One municipality through the periods: its name, the picture, and its share in the latest."""

    name: str
    share: str
    picture: Markup


class Part(NamedTuple):
    """The municipalities that stand alike in the latest period."""

    title: str
    about: str
    strips: Sequence[Strip]
    table: Table | None
    names: Sequence[str]


class Section(NamedTuple):
    """One supervision."""

    anchor: str
    title: str
    said: Sequence[str]
    figures: Sequence[tuple[str, str, str]]
    latest: str
    scale: str
    chance: str
    periods: Table
    parts: Sequence[Part]
    shares: Table | None
    losses: Table | None
    kinds: Table | None
    counted_of: str
    best: str
    lessons: Sequence[tuple[str, str]]


def write(made: Benchmark) -> bytes:
    """The page."""
    return render(
        "benchmark.html",
        run=made,
        made=made,
        words=words,
        heading=words.title_of(made),
        named=words.what_of(made),
        several=made.municipalities > 1,
        over_time=len(made.periods) > 1,
        day=danish(made.cutoff),
        mark=words.MADE_UP if made.synthetic else "",
        sections=[_section(made, one) for one in made.compared],
        control=None if made.control is None else _control(made, made.control),
        month="" if made.control is None else words.month_named(made.control.month),
        apart=_apart(made),
        refused=_refused(made),
    )


def _caption(made: Benchmark, text: str) -> str:
    """What a table is called, marked where its figures are made up."""
    return f"{words.MADE_UP} · {text}" if made.synthetic else text


def _section(made: Benchmark, one: Compared) -> Section:
    several = made.municipalities > 1
    latest = words.period(one.periods[-1])
    return Section(
        anchor=f"t-{one.key}",
        title=words.supervision(one.name),
        said=words.group_said(one, made),
        figures=list(_figures(made, one)),
        latest=latest,
        scale=f"0 til {round(_tallest(one) * 100)} %",
        chance=words.by_chance(one),
        periods=_periods(made, one),
        parts=list(_parts(made, one)) if several else (),
        shares=_shares(made, one) if several and len(one.periods) > 1 else None,
        losses=_losses(made, one) if several else None,
        kinds=_kinds(made, one) if one.kinds else None,
        counted_of=words.counted_of(one),
        best=words.best_said(one) if several else "",
        lessons=[(f"{kind.code} {kind.title}".strip(), kind.remedy) for kind in one.learnt if kind.remedy],
    )


def _figures(made: Benchmark, one: Compared) -> Iterator[tuple[str, str, str]]:
    """The figures at the top: each with its name and what is said of it."""
    group = one.groups[-1]
    if group.rate is not None:
        yield "Fejlandel", words.per_cent(group.rate), f"{words.between(group.rate)}; {words.counted(group.rate)} sager"
    if made.municipalities > 1:
        for standing in (Standing.FEWER, Standing.MORE):
            if many := len(one.standing(standing)):
                about = f"{'kommune' if many == 1 else 'kommuner'}, med sikkerhed"
                yield words.STANDINGS[standing], whole(many), about
    if group.per_case is not None:
        yield "Forventet tab pr. sag", kroner(group.per_case), f"{_kroner(group.per_day)} pr. tabt dag"
    if group.goal is not None and group.reached is not None:
        yield "Årets mål", f"højst {words.goal(group.goal)}", words.GOALS[group.reached]


def _kroner(oere: int | None) -> str:
    return NOTHING if oere is None else kroner(oere)


def _scale(rates: Iterator[Rate | None]) -> float:
    return nice(max((one.high for one in rates if one is not None), default=0.1))


def _share_of(group: Group) -> float | None:
    return None if group.rate is None else group.rate.part / group.rate.of


def _ends_of(group: Rate | None) -> list[tuple[float | None, str]]:
    """The ends of the group's interval as lines to hold others against: what overlaps it does not stand out."""
    return [] if group is None else [(group.low, "i-group"), (group.high, "i-group")]


def _axis(most: float) -> Markup:
    """The heading of a column of intervals: its scale, and what it is for whoever hears it."""
    return Markup('<span class="vh">{}</span>{}').format(DRAWN, ticks(most))


def _periods(made: Benchmark, one: Compared) -> Table:
    """The group, or the one municipality, period by period."""
    most = _scale(group.rate for group in one.groups)
    columns = [
        Column("Periode", fixed=True),
        Column(_axis(most), label=DRAWN),
        Column("Fejlandel", True),
        Column("Interval", True),
        Column("Sager", True),
        Column("Tab pr. sag", True),
        Column("Tab pr. tabt dag", True),
    ]
    aims = any(group.goal is not None for group in one.groups)
    columns += [Column("Mål", True), Column("Målet er")] if aims else []
    rows: list[list[Cell]] = []
    for window, group in zip(one.periods, one.groups, strict=True):
        aimed = NOTHING if group.goal is None else f"højst {words.goal(group.goal)}"
        reached = NOTHING if group.reached is None else words.GOALS[group.reached]
        drawn: Cell = NOTHING
        if group.rate is not None:
            goal = None if group.goal is None else float(group.goal)
            drawn = on_a_line(group.rate, Standing.LIKE, most, [(goal, "i-goal")])
        rows.append(
            [
                words.period(window),
                drawn,
                *_rate_cells(group.rate),
                _kroner(group.per_case),
                _kroner(group.per_day),
                *([aimed, reached] if aims else []),
            ]
        )
    whose = "Gruppen, periode for periode" if made.municipalities > 1 else "Periode for periode"
    return Table(_caption(made, whose), columns, rows, small=True, tall=True)


def _rate_cells(one: Rate | None) -> list[str]:
    if one is None:
        return [NOTHING] * 3
    return [words.per_cent(one), words.between(one), words.counted(one)]


def _parts(made: Benchmark, one: Compared) -> Iterator[Part]:
    """The municipalities by how they stand in the latest period."""
    most = _tallest(one)
    here = _scale(cell.rate for row in one.rows if (cell := row.figures[-1]) is not None)
    places = {row.name: place for place, row in enumerate(one.rows)}
    for standing in ORDER:
        rows = one.standing(standing)
        if not rows:
            continue
        told = standing is not Standing.WITHHELD
        yield Part(
            title=f"{words.STANDINGS[standing]}: {whole(len(rows))}",
            about=words.ABOUT[standing],
            strips=[_strip(made, one, row, most, places[row.name]) for row in rows] if len(one.periods) > 1 else (),
            table=_standing(made, one, rows, standing, here) if told else None,
            names=() if told else [row.name for row in rows],
        )
    absent = [row.name for row in one.rows if row.figures[-1] is None]
    if absent:
        title = f"Ingen rapport om {words.period(one.periods[-1])}: {whole(len(absent))}"
        rows = tuple(row for row in one.rows if row.figures[-1] is None)
        strips = [_strip(made, one, row, most, places[row.name]) for row in rows]
        yield Part(title, "De er med i de perioder, de har rapporter om.", strips, None, absent)


def _tallest(one: Compared) -> float:
    """Where the pictures of shares over time end: above the highest share there is."""
    rates = [cell.rate for row in one.rows for cell in row.figures if cell is not None and cell.rate is not None]
    return nice(max((rate.part / rate.of for rate in rates), default=0.1))


def _strip(made: Benchmark, one: Compared, row: Row, most: float, place: int) -> Strip:
    """A municipality through the periods."""
    points = [
        Point(
            None if cell is None else cell.rate, Standing.WITHHELD if cell is None else cell.standing, _share_of(group)
        )
        for cell, group in zip(row.figures, one.groups, strict=True)
    ]
    last = row.figures[-1]
    rate = None if last is None else last.rate
    told = "; ".join(
        f"{words.in_short(window)}: {words.per_cent(point.rate) if point.rate is not None else 'ikke vist'}"
        for window, point in zip(one.periods, points, strict=True)
    )
    drawn = over_time(f"{one.key}-{place}", _caption(made, f"{row.name}, fejlandel. {told}."), points, most)
    return Strip(row.name, NOTHING if rate is None else words.per_cent(rate), drawn.svg)


def _standing(made: Benchmark, one: Compared, rows: Sequence[Row], standing: Standing, most: float) -> Table:
    """Those that stand alike in the latest period, each with its interval drawn."""
    group = one.groups[-1]
    goal = None if group.goal is None else float(group.goal)
    lines = [*_ends_of(group.rate), (goal, "i-goal")]
    ranked, moved = standing is not Standing.NOT_RANKED, any(row.change is not None for row in rows)
    columns = [Column("Kommune", fixed=True), Column(_axis(most), label=DRAWN), Column("Fejlandel", True)]
    columns += [Column("Interval", True), Column("Sager", True)]
    columns += [Column("Sikkert færre fejl end", True), Column("Sikkert flere fejl end", True)] if ranked else []
    columns += [Column("Siden første periode")] if moved else []
    columns += [Column("Målet er")] if ranked and goal is not None else []
    cells: list[list[Cell]] = []
    for row in rows:
        last = row.figures[-1]
        if last is None or last.rate is None:
            continue
        cell: list[Cell] = [row.name, on_a_line(last.rate, standing, most, lines), *_rate_cells(last.rate)]
        cell += [_others(last.surely_fewer), _others(last.surely_more)] if ranked else []
        cell += [NOTHING if row.change is None else words.CHANGES[row.change]] if moved else []
        cell += [NOTHING if last.goal is None else words.GOALS[last.goal]] if ranked and goal is not None else []
        cells.append(cell)
    title = f"{words.STANDINGS[standing]}, {words.period(one.periods[-1])}"
    return Table(_caption(made, title), columns, cells, small=True, tall=True)


def _others(many: int) -> str:
    """How many other municipalities."""
    return number(many, "kommune", "kommuner") if many else NOTHING


def _shares(made: Benchmark, one: Compared) -> Table:
    """The numbers under the picture: every municipality's share in every period."""
    columns = [Column("Kommune", fixed=True), *(Column(words.in_short(window), True) for window in one.periods)]
    rows: list[list[Cell]] = [[row.name, *(_share_cell(cell) for cell in row.figures)] for row in one.rows]
    total: list[Cell] = ["Gruppen", *(NOTHING if g.rate is None else words.per_cent(g.rate) for g in one.groups)]
    caption = _caption(made, "Fejlandel i hver periode. »skjult«: færre end 5 sager, eller kunne ellers regnes ud")
    return Table(caption, columns, rows, total, small=True)


def _share_cell(cell: Figures | None) -> str:
    if cell is None:
        return NOTHING
    return "skjult" if cell.rate is None else words.per_cent(cell.rate)


def _losses(made: Benchmark, one: Compared) -> Table:
    """What is lost in each municipality, for each case and for each lost day, and what the share is not of."""
    columns = [
        Column("Kommune", fixed=True),
        Column("Tab pr. sag", True),
        Column("Tabte dage pr. sag", True),
        Column("Tab pr. tabt dag", True),
        Column("Vurderede sager", True),
        Column("Ikke fuldt vurderet", True),
        Column("Udgået", True),
    ]
    rows: list[list[Cell]] = []
    for row in one.rows:
        last = row.figures[-1]
        if last is None or last.counts is None or last.rate is None:
            continue
        days = None if last.lost_days is None else Fraction(last.lost_days, last.rate.of)
        rows.append(
            [
                row.name,
                "ukendt" if last.per_case is None else kroner(last.per_case),
                "skjult" if days is None else words.one_decimal(days),
                _kroner(last.per_day),
                whole(last.rate.of),
                whole(last.counts.not_assessed),
                whole(last.counts.withdrawn),
            ]
        )
    title = f"Forventet tab, {words.period(one.periods[-1])}"
    return Table(_caption(made, title), columns, rows, small=True)


def _kinds(made: Benchmark, one: Compared) -> Table:
    """The kinds of error: the group's, and beside it the best and the others."""
    several = made.municipalities > 1
    rates = [rate for kind in one.kinds for rate in (kind.group, kind.best, kind.others)]
    most = nice(max((rate.high for rate in rates if rate is not None), default=0.1))
    columns = [Column("Regel"), Column("Sager", True), Column("Andel", True)]
    apart = [Column("De bedste", True), Column("De andre", True), Column("Forskel")]
    columns += [Column(_axis(most), label=DRAWN), *(apart if several else [Column("Interval", True)])]
    rows = [_kind(kind, most, several) for kind in one.kinds]
    title = f"Fejltyper, {words.period(one.periods[-1])}: sager, hvor reglen er brudt, af de vurderede"
    return Table(_caption(made, title), columns, rows, tall=True)


def _kind(kind: KindOfError, most: float, several: bool) -> list[Cell]:
    named = f"{kind.code} {kind.title}".strip()
    first: list[Cell] = [named, words.counted(kind.group), words.per_cent(kind.group)]
    if not several:
        return [*first, on_a_line(kind.group, Standing.LIKE, most, []), words.between(kind.group)]
    best = kind.best
    drawn = on_a_line(kind.group, Standing.LIKE, most, [])
    if best is not None and kind.others is not None:
        stands = Standing.MORE if kind.the_best_do_not else Standing.LIKE
        good = Standing.FEWER if kind.the_best_do_not else Standing.LIKE
        drawn = on_a_line(best, good, most, []) + on_a_line(kind.others, stands, most, [])
    told = "de bedste sikkert sjældnere" if kind.the_best_do_not else "ingen sikker forskel"
    apart: list[Cell] = [NOTHING if one is None else words.per_cent(one) for one in (best, kind.others)]
    return [*first, drawn, *apart, told if best is not None else NOTHING]


def _control(made: Benchmark, control: Control) -> list[tuple[str, Table]]:
    return [(words.view_named(view), _view(made, view)) for view in control.views]


def _view(made: Benchmark, view: ControlView) -> Table:
    """One view of the kontrolsager, municipality by municipality."""
    most = _scale(row.drawn for row in view.rows)
    columns = [
        Column("Kommune", fixed=True),
        Column(_axis(most), label=DRAWN),
        Column("Udtaget", True),
        Column("Interval", True),
        Column("Sager", True),
        Column("Oprettet", True),
        Column("Med resultat", True),
        Column("Ikke afsluttet", True),
        Column("Mod gruppen", fixed=True),
    ]
    rows: list[list[Cell]] = []
    for row in view.rows:
        drawn: Cell = NOTHING
        if row.drawn is not None:  # much use is no error, so no standing has a colour here
            drawn = on_a_line(row.drawn, Standing.LIKE, most, _ends_of(view.group))
        others = [
            NOTHING if one is None else words.per_cent(one) for one in (row.opened, row.with_result, row.not_closed)
        ]
        told = words.CONTROL_STANDINGS[row.standing] if row.complete else "ikke helt år"
        rows.append([row.name, drawn, *_rate_cells(row.drawn), *others, told])
    total = "" if view.group is None else f": gruppen {words.per_cent(view.group)} ({words.counted(view.group)})"
    return Table(_caption(made, f"{words.view_named(view)}{total}"), columns, rows, small=True, tall=True)


def _refused(made: Benchmark) -> Table | None:
    rows = [[one.file, f"{one.file} {one.reason}"] for one in made.refused]
    return Table(_caption(made, "Afviste filer"), [Column("Fil"), Column("Hvorfor")], rows, tall=True) if rows else None


def _apart(made: Benchmark) -> Table | None:
    """The reports that are not compared, with their own figures."""
    if not made.apart:
        return None
    columns = [Column("Fil"), Column("Kommune"), Column("Periode"), Column("Fejlandel", True), Column("Interval", True)]
    columns.append(Column("Hvorfor"))
    rows: list[list[Cell]] = []
    for one in made.apart:
        rate = next(iter(one.rates.values()), None)
        share, interval, _ = _rate_cells(rate)
        rows.append([one.file, one.name, words.period(one.window), share, interval, f"Rapporten {one.reason}"])
    return Table(_caption(made, "Rapporter, der ikke er sammenlignet"), columns, rows, tall=True)
