"""The benchmark as a workbook: every share and interval a formula over its counts, and nothing that is withheld.

Sums go by a municipality's number and never by its name: a spreadsheet compares texts loosely.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from kommunecheck.domain.benchmark import Benchmark, Compared, Figures, Rate, Standing
from kommunecheck.domain.days import danish
from kommunecheck.domain.rule import SUPERVISION
from kommunecheck.domain.wilson import Z
from kommunecheck.reports.benchmark import words
from kommunecheck.reports.excel.book import A3, FIRST_ROW, Book, Column, Given, Row, Table
from kommunecheck.reports.excel.page import Page
from kommunecheck.reports.pictures.intervals import nice
from kommunecheck.reports.pictures.look import light

HIDDEN = "skjult"
WIDE, HIGH = 1300, 380
"""The size of a chart, in pixels."""

_N = f"{Z!r}^2"
_SPREAD = f"{Z!r}*SQRT([@Fejlandel]*(1-[@Fejlandel])/[@Vurderet]+{_N}/(4*[@Vurderet]^2))"
_CENTRE = f"[@Fejlandel]+{_N}/(2*[@Vurderet])"
_UNDER = f"(1+{_N}/[@Vurderet])"

SHARE = (
    Column("Sager med fejl", "count", 11),
    Column("Uden kritik", "count", 10),
    Column("Vurderet", "count", 10, "=[@Sager med fejl]+[@Uden kritik]"),
    Column("Fejlandel", "share", 10, "=[@Sager med fejl]/[@Vurderet]"),
    Column("Mindst", "share", 9, f"=IF([@Sager med fejl]=0,0,MAX(0,({_CENTRE}-{_SPREAD})/{_UNDER}))"),
    Column("Højst", "share", 9, f"=IF([@Uden kritik]=0,1,MIN(1,({_CENTRE}+{_SPREAD})/{_UNDER}))"),
)
"""A share with what it is of, and its interval."""

LOSS = (
    Column("Forventet tab", "money", 14),
    Column("Tab pr. sag", "money", 12, "=ROUND([@Forventet tab]/[@Vurderet],2)"),
    Column("Tabte dage", "count", 10),
    Column("Tab pr. tabt dag", "money", 13, "=ROUND([@Forventet tab]/[@Tabte dage],2)"),
)


def write(made: Benchmark) -> bytes:
    """The workbook's bytes."""
    book = Book(words.title_of(made), made.version, made.cutoff, made.synthetic)
    _front(book, made)
    for one in made.compared:
        _supervision(book, made, one)
    _control(book, made)
    _left_out(book, made)
    return book.bytes()


def _front(book: Book, made: Benchmark) -> None:
    page = Page(book, "Overblik", (44, 22, 22, 22))
    page.line(words.title_of(made), "title")
    if made.synthetic:
        page.line(words.MADE_UP, "mark")
    page.line(f"{words.what_of(made)}. Opgjort til og med {danish(made.cutoff)}.")
    for one in made.compared:
        page.texts(words.supervision(one.name), words.group_said(one, made))
        if made.municipalities > 1:
            told = [(words.STANDINGS[standing], len(one.standing(standing))) for standing in Standing]
            page.facts("Kommunerne i den seneste periode", told)
            page.texts("Hvad de bedste ikke gør forkert", [words.best_said(one)])
    about = [words.INTERVAL, words.ORDER, words.GROUP, words.LOSS, words.NOT_RANKED, words.HIDDEN, words.OVER_TIME]
    page.texts("Sådan læses tallene", about)
    if made.notes:
        page.texts("Forbehold", made.notes)


def _name(base: str, one: Compared) -> str:
    """The name of a sheet: the visitationstilsyn's has the plain one."""
    return base if one.name == SUPERVISION else f"{base} {one.key}"


def _supervision(book: Book, made: Benchmark, one: Compared) -> None:
    figures, groups = _figures(one), _groups(one)
    several = made.municipalities > 1
    latest = _latest(one, figures)
    if several:
        book.table_sheets(latest, f"{words.period(one.periods[-1])}, efter navn. Tallene står i {figures.name}.", 2, A3)
        (sheet,) = book.table_sheets(_matrix(one, figures), f"Fejlandel i hver periode. {MARKED}", 2, A3)
        _marked(book, sheet, one, figures)
    book.table_sheets(groups, "Gruppen i hver periode: alle, der kan rangeres." if several else "Hver periode.", 1)
    about = "Sager i den seneste periode, hvor reglen er brudt, af de vurderede."
    book.table_sheets(_kinds(one), f"{about} {words.counted_of(one)}".strip(), 1, A3)
    book.table_sheets(figures, "En række pr. kommune og periode: det, alt andet er regnet af.", 2, A3)
    _charts(book, made, one, latest if several else None, groups)


def _figures(one: Compared) -> Table:
    """One row for each municipality and period: counts, and what follows from them."""
    columns = [
        Column("Nr", "plain number", 6),
        Column("Kommune", "text", 18),
        Column("Fra", "day", 11),
        Column("Til", "day", 11),
        *SHARE,
        Column("Mod gruppen", "text", 14),
        Column("Ikke fuldt vurderet", "count", 12),
        Column("Udgået", "count", 9),
        *LOSS,
        Column("Sikkert færre fejl end", "count", 12),
        Column("Sikkert flere fejl end", "count", 12),
        Column("Ned til mindst", "share", 9, "=[@Fejlandel]-[@Mindst]"),
        Column("Op til højst", "share", 9, "=[@Højst]-[@Fejlandel]"),
    ]
    rows: list[Row] = []
    for number, row in enumerate(one.rows, 1):
        for window, cell in zip(one.periods, row.figures, strict=True):
            rows.append((number, row.name, window.first, window.last, *_cells(cell)))
    return Table(_name("Tal", one), columns, rows)


def _cells(cell: Figures | None) -> Row:
    """A municipality in a period; a word where there is nothing to show."""
    if cell is None or cell.counts is None or cell.rate is None:
        said = "ingen rapport" if cell is None else HIDDEN
        return (None, None, None, Given(said), None, None, said, *[None] * 10)
    counts, rate = cell.counts, cell.rate
    share = rate.part / rate.of
    return (
        rate.part,
        rate.of - rate.part,
        rate.of,
        share,
        rate.low,
        rate.high,
        words.IN_SHORT[cell.standing],
        counts.not_assessed,
        counts.withdrawn,
        counts.refund_lost,
        cell.per_case,
        cell.lost_days,
        cell.per_day,
        cell.surely_fewer,
        cell.surely_more,
        share - rate.low,
        rate.high - share,
    )


def _from_figures(title: str, one: Compared, figures: Table, place: int) -> str:
    """The formula for a cell of ``Tal``: the municipality of the row, and a period by its place."""
    name = figures.name.replace(" ", "_")
    return f"=INDEX({name}[{title}],([@Nr]-1)*{len(one.periods)}+{place + 1})"


LATEST = (
    *("Sager med fejl", "Vurderet", "Fejlandel", "Mindst", "Højst", "Mod gruppen", "Sikkert færre fejl end"),
    *("Sikkert flere fejl end", "Ikke fuldt vurderet", "Udgået", "Tab pr. sag", "Tab pr. tabt dag"),
    *("Ned til mindst", "Op til højst"),
)
"""What is told of the latest period, by the columns of ``Tal``."""


def _latest(one: Compared, figures: Table) -> Table:
    """The latest period, municipality by municipality."""
    last = len(one.periods) - 1
    places = {column.title: place for place, column in enumerate(figures.columns)}
    columns = [Column("Nr", "plain number", 6), Column("Kommune", "text", 18)]
    columns += [
        figures.columns[places[title]]._replace(formula=_from_figures(title, one, figures, last)) for title in LATEST
    ]
    columns += [Column("Siden første periode", "text", 18), Column("Målet er", "text", 14)]
    rows: list[Row] = []
    for number, row in enumerate(one.rows, 1):
        source = figures.rows[(number - 1) * len(one.periods) + last]
        change = None if row.change is None else words.CHANGES[row.change]
        latest = row.figures[-1]
        goal = None if latest is None or latest.goal is None else words.GOALS[latest.goal]
        rows.append((number, row.name, *(source[places[title]] for title in LATEST), change, goal))
    return Table(_name("Kommuner", one), columns, rows)


def _matrix(one: Compared, figures: Table) -> Table:
    """Every municipality's share in every period."""
    columns = [Column("Nr", "plain number", 6), Column("Kommune", "text", 18)]
    columns += [
        Column(words.in_short(window), "share", 11, _from_figures("Fejlandel", one, figures, place))
        for place, window in enumerate(one.periods)
    ]
    rows: list[Row] = [
        (number, row.name, *(_share_or_word(cell) for cell in row.figures)) for number, row in enumerate(one.rows, 1)
    ]
    return Table(_name("Udvikling", one), columns, rows)


def _share_or_word(cell: Figures | None) -> float | Given:
    if cell is None or cell.rate is None:
        return Given("ingen rapport" if cell is None else HIDDEN)
    return cell.rate.part / cell.rate.of


MARKED = "▼ (grøn): færre fejl end gruppen. ▲ (rød): flere. Uden mærke: kan ikke skelnes."
"""What the shares of ``Udvikling`` are marked with."""


def _marked(book: Book, sheet: Any, one: Compared, figures: Table) -> None:
    """Mark the shares that stand out from the group's, with a sign and a colour: the words for it stand in ``Tal``."""
    top, many = FIRST_ROW + 1, len(one.periods)
    place = next(p for p, column in enumerate(figures.columns) if column.title == "Mod gruppen")
    letter = chr(65 + place)
    stands = f"'{figures.name}'!${letter}${FIRST_ROW + 2}:${letter}${FIRST_ROW + 1 + len(figures.rows)}"
    for column in range(many):
        for standing, form in ((Standing.FEWER, "fewer"), (Standing.MORE, "more")):
            told = f'=INDEX({stands},($A{top + 1}-1)*{many}+{column + 1})="{words.IN_SHORT[standing]}"'
            rule = {"type": "formula", "criteria": told, "format": book.form(form)}
            sheet.conditional_format(top, 2 + column, top + len(one.rows) - 1, 2 + column, rule)


def _groups(one: Compared) -> Table:
    """The group in each period."""
    columns = [
        Column("Periode", "text", 18),
        Column("Fra", "day", 11),
        Column("Til", "day", 11),
        Column("Kommuner", "count", 10),
        *SHARE,
        Column("Tab pr. sag", "money", 12),
        Column("Tab pr. tabt dag", "money", 13),
        Column("Mål", "share", 8),
        Column("Målet er", "text", 14),
        Column("Ned til mindst", "share", 9, "=[@Fejlandel]-[@Mindst]"),
        Column("Op til højst", "share", 9, "=[@Højst]-[@Fejlandel]"),
    ]
    rows: list[Row] = []
    for window, group in zip(one.periods, one.groups, strict=True):
        begins = (words.period(window), window.first, window.last, group.municipalities)
        goal = None if group.goal is None else float(group.goal)
        reached = None if group.reached is None else words.GOALS[group.reached]
        if group.rate is None:
            rows.append((*begins, None, None, None, Given(HIDDEN), None, None, None, None, goal, reached, None, None))
            continue
        rate, share = group.rate, group.rate.part / group.rate.of
        counts = (rate.part, rate.of - rate.part, rate.of, share, rate.low, rate.high)
        ends = (group.per_case, group.per_day, goal, reached, share - rate.low, rate.high - share)
        rows.append((*begins, *counts, *ends))
    return Table(_name("Gruppen", one), columns, rows)


def _kinds(one: Compared) -> Table:
    """The kinds of error: of the group, of the best and of the others."""
    columns = [Column("Regel", "text", 9), Column("Hvad", "long", 44)]
    for whose in ("gruppen", "de bedste", "de andre"):
        columns += [
            Column(f"Brudt, {whose}", "count", 10),
            Column(f"Af, {whose}", "count", 10),
            Column(f"Andel, {whose}", "share", 10, f"=[@Brudt, {whose}]/[@Af, {whose}]"),
        ]
    columns.append(Column("De bedste sikkert sjældnere", "text", 13))
    rows: list[Row] = []
    for kind in one.kinds:
        told: list[float | int | None] = []
        for rate in (kind.group, kind.best, kind.others):
            told += [None] * 3 if rate is None else [rate.part, rate.of, rate.part / rate.of]
        rows.append((kind.code, kind.title, *told, "ja" if kind.the_best_do_not else "nej"))
    return Table(_name("Fejltyper", one), columns, rows)


class _Shares(NamedTuple):
    """Where shares stand in a sheet, for a chart: the sheet, its columns, and the first and last row."""

    table: Table
    first: int
    last: int

    def column(self, title: str) -> list[str | int]:
        place = next(p for p, column in enumerate(self.table.columns) if column.title == title)
        return [self.table.name, self.first, place, self.last, place]

    def cells(self, title: str) -> str:
        _, first, place, last, _ = self.column(title)
        letter = chr(65 + int(place))
        return f"='{self.table.name}'!${letter}${int(first) + 1}:${letter}${int(last) + 1}"


def _charts(book: Book, made: Benchmark, one: Compared, latest: Table | None, groups: Table) -> None:
    """The group over time and every municipality in the latest period, with their intervals."""
    sheet = book.sheet(_name("Diagrammer", one))
    sheet.fit_to_pages(1, 1)
    book.put(sheet, 0, 0, book.headed(_name("Diagrammer", one)), "title")
    book.put(sheet, 1, 0, "Tegnet efter tallene i de andre ark. Stregerne er intervallerne.", "plain")
    mark = f" · {words.MADE_UP}" if made.synthetic else ""
    place = _Shares(groups, FIRST_ROW + 1, FIRST_ROW + len(groups.rows))
    whose = "Gruppens fejlandel" if made.municipalities > 1 else "Fejlandel"
    chart = _drawn(book, place, "Periode", f"{whose} i hver periode{mark}")
    if any(group.goal is not None for group in one.groups):
        chart.combine(_goals(book, place))
        chart.set_legend({"position": "bottom"})
    said = " ".join(words.group_said(one, made))
    sheet.insert_chart(3, 0, chart, {"description": f"{said} Tallene står i arket {groups.name}."})
    if latest is not None:
        place = _Shares(latest, FIRST_ROW + 1, FIRST_ROW + len(latest.rows))
        below = _drawn(book, place, "Kommune", f"Fejlandel i {words.period(one.periods[-1])}{mark}")
        sheet.insert_chart(24, 0, below, {"description": f"Hver kommunes fejlandel. Tallene står i {latest.name}."})


def _goals(book: Book, place: _Shares) -> Any:
    """The yearly goals as a line."""
    line = book.chart("line")
    line.add_series(
        {
            "name": "Mål",
            "categories": place.column("Periode"),
            "values": place.column("Mål"),
            "line": {"color": light("ok"), "width": 2.25},
        }
    )
    return line


def _drawn(book: Book, place: _Shares, names: str, title: str) -> Any:
    """Columns with their intervals as bars upon them, all of which are in the picture."""
    high = next(p for p, column in enumerate(place.table.columns) if column.title == "Højst")
    highs = [cell for row in place.table.rows if isinstance(cell := row[high], int | float)]
    most = nice(max(highs, default=0.1))
    chart = book.chart("column")
    chart.add_series(
        {
            "name": "Fejlandel",
            "categories": place.column(names),
            "values": place.column("Fejlandel"),
            "fill": {"color": light("pay")},
            "gap": 40,
            "y_error_bars": {
                "type": "custom",
                "plus_values": place.cells("Op til højst"),
                "minus_values": place.cells("Ned til mindst"),
                "line": {"color": light("text")},
            },
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}, "overlay": False})
    chart.set_size({"width": WIDE, "height": HIGH})
    chart.set_legend({"none": True})
    grid = {"visible": True, "line": {"color": light("line")}}
    chart.set_y_axis({"num_format": "0 %", "min": 0, "max": most, "major_gridlines": grid})
    chart.set_x_axis({"num_font": {"size": 9}})
    return chart


def _control(book: Book, made: Benchmark) -> None:
    """The kontrolsager: a row for each view and municipality."""
    if made.control is None:
        return
    measures = (
        ("Udtaget", "Udtaget eller tilbage"),
        ("Oprettet", "Af udtagne"),
        ("Med resultat", "Af afsluttede"),
        ("Ikke afsluttet", "Af oprettede i året"),
    )
    columns = [Column("Visning", "text", 30), Column("Kommune", "text", 18), Column("Helt år", "text", 9)]
    for part, of in measures:
        columns += [Column(part, "count", 11), Column(of, "count", 12)]
        columns.append(Column(f"Andel {part.lower()}", "share", 11, f"=[@{part}]/[@{of}]"))
    columns.append(Column("Mod gruppen", "text", 18))
    rows: list[Row] = []
    for view in made.control.views:
        for row in view.rows:
            told = [_three(one) for one in (row.drawn, row.opened, row.with_result, row.not_closed)]
            stands = words.CONTROL_STANDINGS[row.standing]
            whole = "ja" if row.complete else "nej"
            rows.append((words.view_named(view), row.name, whole, *(cell for some in told for cell in some), stands))
    said = f"{words.month_named(made.control.month).capitalize()}. {words.CONTROL}"
    book.table_sheets(Table("Kontrolsager", columns, rows), said, 2, A3)


def _three(one: Rate | None) -> Sequence[float | int | None]:
    return (None, None, None) if one is None else (one.part, one.of, one.part / one.of)


def _left_out(book: Book, made: Benchmark) -> None:
    """The files that are not compared, each with the reason; those that could be read with their own shares."""
    columns = [
        Column("Fil", "text", 30),
        Column("Kommune", "text", 18),
        Column("Fra", "day", 11),
        Column("Til", "day", 11),
        Column("Fejl", "count", 9),
        Column("Af", "count", 9),
        Column("Fejlandel", "share", 10, "=[@Fejl]/[@Af]"),
        Column("Hvorfor", "long", 70),
    ]
    rows: list[Row] = []
    for one in made.apart:
        rate = next(iter(one.rates.values()), None)
        rows.append((one.file, one.name, one.window.first, one.window.last, *_three(rate), f"Rapporten {one.reason}"))
    rows += [(one.file, None, None, None, None, None, None, f"Afvist: filen {one.reason}") for one in made.refused]
    book.table_sheets(Table("Ikke sammenlignet", columns, rows), "Rapporter, der ikke kan stilles op imod de andre.", 1)
