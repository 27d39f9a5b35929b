"""The pictures as the spreadsheet's own charts: drawn from the cells, so that they follow when a cell is changed.

Each is there where the drawing of the same is, and is told to a screen reader in the same words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from kommunecheck.domain.names import COUNTS
from kommunecheck.domain.report import Months, Report
from kommunecheck.reports.causes import by_cost
from kommunecheck.reports.excel.book import FIRST_ROW, Book, safe
from kommunecheck.reports.pictures import of_report
from kommunecheck.reports.pictures.look import light

SHEET = "Diagrammer"

WIDE, HIGH = 620, 320
"""The size of a chart, in pixels; two stand side by side."""

ACROSS, DOWN = 10, 17
"""The columns and rows, of a plain sheet, from one chart to the next."""

KIND_LOOKS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": light("k0")}},
    {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": light("k1"), "bg_color": light("k1b")}},
    {"pattern": {"pattern": "dotted_diamond", "fg_color": light("k2"), "bg_color": light("k2b")}},
)
"""Each kind of loss in a colour and a pattern of its own, as in the drawings."""

_PATTERNS = (
    ("k1", "wide_downward_diagonal"),
    ("k2", "wide_upward_diagonal"),
    ("ok", "light_vertical"),
    ("text", "large_check"),
)
ROW_LOOKS: tuple[dict[str, Any], ...] = (
    {"fill": {"color": light("own")}, "border": {"color": light("own")}},
    *(
        {
            "pattern": {"pattern": name, "fg_color": light(colour), "bg_color": light("bg")},
            "border": {"color": light(colour)},
        }
        for colour, name in _PATTERNS
    ),
)
"""Each row of columns in a colour and a pattern of its own: whoever sees no colours can tell them apart too."""

LOST = "Tabte dage"
"""What the line of the lost days is called on its axis."""


class Place(NamedTuple):
    """Where rows stand in a sheet: the first and the last of them, counted from 0."""

    sheet: str
    first: int
    last: int

    def column(self, column: int) -> list[str | int]:
        """A column of theirs, as a chart is told of it."""
        return [self.sheet, self.first, column, self.last, column]

    def of(self, rows: int) -> "Place":
        """The first so many of them."""
        return self._replace(last=min(self.last, self.first + rows - 1))


Chart = tuple[str, str, Any]
"""What stands over a chart, what a screen reader says of it, and the chart."""


def charts(book: Book, report: Report, blocks: Mapping[str, Place]) -> None:
    """The sheet of charts. ``blocks`` are those of the first sheet, by their headings."""
    if not report.summary.cases:
        return
    sheet = book.sheet(SHEET)
    sheet.fit_to_pages(1, 1)
    book.put(sheet, 0, 0, book.headed(SHEET), "title")
    about = "Tegnet efter tallene i de andre ark. Regler er fyldt som deres slags tab i »Hvor sikkert er tabet?«."
    book.put(sheet, 1, 0, about, "plain")
    side_by_side = list(_of_sums(book, report, blocks))
    below = None if report.months is None else _months(book, report, report.months)
    for place, chart in enumerate(side_by_side):
        down, aside = divmod(place, 2)
        _put(sheet, chart, (3 + down * DOWN, aside * ACROSS), WIDE)
    if below is not None:
        _put(sheet, below, (3 + -(-len(side_by_side) // 2) * DOWN, 0), 2 * WIDE)


def _put(sheet: Any, chart: Chart, where: tuple[int, int], wide: int) -> None:
    title, about, drawn = chart
    drawn.set_title({"name": title, "name_font": {"size": 12, "bold": True}, "overlay": False})
    drawn.set_size({"width": wide, "height": HIGH})
    drawn.set_chartarea({"border": {"none": True}})
    sheet.insert_chart(*where, drawn, {"description": safe(about), "object_position": 3})


def _of_sums(book: Book, report: Report, blocks: Mapping[str, Place]) -> Iterator[Chart]:
    """The charts of the first sheet's blocks."""
    days_only = report.summary.expected.refund_lost is None
    sure, came_out = of_report.how_sure(report), of_report.outcomes(report, key=False)
    if sure is not None:
        looks = [look | {"border": {"none": True}} for look in KIND_LOOKS]
        yield of_report.HOW_SURE, sure.about, _bars(book, blocks["Tab"], (1 if days_only else 3,), looks)
    if came_out is not None:
        counted = blocks["Sager"].of(len(COUNTS))  # the first of them is all cases
        yield of_report.CAME_OUT, came_out.about, _bars(book, counted._replace(first=counted.first + 1), (1,))
    rules = of_report.rules(replace(report, supervisions=()), key=False)
    if rules is not None:
        place, columns = blocks["Årsager"].of(of_report.BARS), (6, 4) if days_only else (7, 5)
        kinds = of_report.kinds_by_rule(report)
        codes = [total.code for total in sorted(report.summary.by_code, key=by_cost)][: place.last - place.first + 1]
        looks = [KIND_LOOKS[kinds[code][0] if kinds.get(code) else 0] for code in codes]
        chart = _bars(book, place, columns, looks, (of_report.IN_ALL, of_report.ALONE))
        chart.set_legend({"position": "bottom"})
        about = " i visitationstilsynet" if report.supervisions else ""
        yield f"{of_report.RULES_COST}{about}", rules.about, chart
    teams = of_report.teams(report)
    if teams is not None and len(report.summary.by_team) <= of_report.BARS:
        yield of_report.TEAMS_LOSE, teams.about, _bars(book, blocks["Team"], (3,), [{"fill": {"color": light("k0")}}])


def _bars(
    book: Book,
    place: Place,
    columns: tuple[int, ...],
    points: list[dict[str, Any]] | None = None,
    names: tuple[str, ...] = (),
) -> Any:
    """Bars of the columns, the first row on top. Of two columns the second lies upon the first, which is outlined."""
    chart = book.chart("bar")
    for number, column in enumerate(columns):
        upmost = number == len(columns) - 1
        series: dict[str, Any] = {
            "categories": place.column(0),
            "values": place.column(column),
            "fill": {"color": light("own")} if upmost else {"none": True},
            "border": {"color": light("own")},
            "gap": 60,
            "overlap": 100,
            "data_labels": {"value": not number, "font": {"size": 9}},
        }
        if points and upmost:
            series["points"] = points * (1 if len(points) > 1 else place.last - place.first + 1)
        if names:
            series["name"] = names[number]
        chart.add_series(series)
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return chart


def _months(book: Book, report: Report, told: Months) -> Chart | None:
    """Columns of the most frequent rules, one upon the other, and the lost days as a line.

    Where no rule is shown with a finding in those months, the line stands alone.
    """
    drawn = of_report.months(report)
    if drawn is None:
        return None
    many = len(told.months)
    first = FIRST_ROW + 1 + max(0, many - of_report.MONTHS_SHOWN)
    place = Place("Måneder", first, FIRST_ROW + many)
    codes = [one.code for one in told.causes]
    found = [codes.index(code) + 1 for code, _ in of_report.most_frequent(told)]
    line = _lost_days(book, place, len(codes) + 1, beside=bool(found))
    chart = line
    if found:
        chart = _findings(book, place, found)
        chart.combine(line)
        line.set_y2_axis({"name": LOST, "min": 0})
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis({"num_format": "mm-yyyy", "text_axis": True, "num_font": {"size": 9}})
    lines = {"major_gridlines": {"visible": True, "line": {"color": light("line")}}}
    chart.set_y_axis({"name": "Fund", **lines} if found else {"name": LOST, "min": 0, **lines})
    title = f"{of_report.BY_MONTH}, og tabte dage" if found else f"{LOST}, måned for måned"
    return title, drawn.about, chart


def _findings(book: Book, place: Place, columns: Sequence[int]) -> Any:
    """The findings of some rules, one upon the other; ``columns`` are where they stand in the sheet of the months."""
    chart = book.chart("column", "stacked")
    for look, column in zip(ROW_LOOKS, columns, strict=False):
        chart.add_series(
            {
                "name": [place.sheet, FIRST_ROW, column],
                "categories": place.column(0),
                "values": place.column(column),
                **look,
                "gap": 60,
            }
        )
    return chart


def _lost_days(book: Book, place: Place, column: int, *, beside: bool) -> Any:
    """The lost days as a line, with an axis of their own where they stand ``beside`` findings."""
    line = book.chart("line")
    line.add_series(
        {
            "name": [place.sheet, FIRST_ROW, column],
            "categories": place.column(0),
            "values": place.column(column),
            "y2_axis": beside,
            "line": {"color": light("k0"), "width": 2.25},
            "marker": {"type": "circle", "size": 6, "fill": {"color": light("k0")}, "border": {"color": light("k0")}},
        }
    )
    return line
