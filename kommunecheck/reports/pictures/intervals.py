"""Shares with their intervals: one on a line, to stand in the row of a table, and many over time in a small picture."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from markupsafe import Markup

from kommunecheck.domain.benchmark import Rate, Standing
from kommunecheck.reports.pictures.svg import Drawn, Value, along, block, element, label, picture, stroke

MARKS = {
    Standing.FEWER: "i-few",
    Standing.LIKE: "i-like",
    Standing.MORE: "i-more",
    Standing.NOT_RANKED: "i-not",
    Standing.WITHHELD: "i-not",
}
"""The mark of a share, by how it stands to the group; each has a form of its own beside its colour."""

LINE, MIDDLE = 18, 9
"""The height of a share on a line, and where its middle is, in pixels."""

TALL = 26
"""The height of a share over time."""

COLUMNS = {
    Standing.FEWER: "i-cfew",
    Standing.LIKE: "i-clike",
    Standing.MORE: "i-cmore",
    Standing.NOT_RANKED: "i-cnot",
    Standing.WITHHELD: "i-cnot",
}
"""How a column is filled, by how it stands to the group."""


def nice(most: float) -> float:
    """The end of a scale that holds a share: the next whole ten per cent."""
    return min(1.0, max(0.1, ceil(most * 10 - 1e-9) / 10))


def on_a_line(own: Rate, standing: Standing, most: float, lines: Sequence[tuple[float | None, str]]) -> Markup:
    """A share and its interval, from nothing to ``most``; ``lines`` are shares to hold it against, and their looks.

    It stands in a row that tells the same in numbers, and is not read aloud.
    """
    drawn = [stroke(("0", "100%"), (MIDDLE, MIDDLE), "i-ax")]
    drawn += [
        stroke((along(100 * at / most),) * 2, (0, LINE), css) for at, css in lines if at is not None and at <= most
    ]
    low, high = 100 * own.low / most, 100 * own.high / most
    drawn.append(block((along(low), along(max(0.6, high - low))), MIDDLE - 3, 6, "i-bar"))
    drawn.append(_mark(standing, 100 * own.part / own.of / most, MIDDLE))
    attributes: dict[str, Value] = {"class_": "i-line", "width": "100%", "height": LINE, "aria_hidden": "true"}
    return element("svg", *drawn, **attributes)


def ticks(most: float) -> Markup:
    """The scale over the shares on lines: nothing, the middle and the end."""
    drawn = [
        label(f"{round(share * 100)} %", along(100 * share / most), 11, "i-tick", anchor)
        for share, anchor in ((0.0, "start"), (most / 2, "middle"), (most, "end"))
    ]
    attributes: dict[str, Value] = {"class_": "i-line", "width": "100%", "height": 13, "aria_hidden": "true"}
    return element("svg", *drawn, **attributes)


def key(css: str) -> Markup:
    """What a part of the pictures looks like, to stand before its name."""
    lines = {"i-group": ((0, 16), (7, 7)), "i-goal": ((8, 8), (0, 14)), "i-span": ((8, 8), (0, 14))}
    if css in lines:
        (x1, x2), ys = lines[css]
        drawn = stroke((str(x1), str(x2)), ys, css)
    else:
        drawn = block(("3", "10"), 1, 12, css)
    return element("svg", drawn, class_="mk", width=16, height=14, aria_hidden="true")


class Point(NamedTuple):
    """A share in one period, or that there is none to show; and the group's share in it."""

    rate: Rate | None
    standing: Standing
    group: float | None


def over_time(name: str, about: str, points: Sequence[Point], most: float) -> Drawn:
    """A share period by period as columns, with the interval as a line up through each, and the group's share.

    ``most`` is where the picture ends above; an interval that goes on is cut there.
    """
    drawn = [stroke(("0", "100%"), (TALL, TALL), "i-ax")]
    room = 100 / len(points)
    for place, point in enumerate(points):
        middle = (place + 0.5) * room
        if point.rate is None:
            drawn.append(stroke((along(middle - room * 0.2), along(middle + room * 0.2)), (TALL - 2, TALL - 2), "i-ax"))
            continue
        top = _down(point.rate.part / point.rate.of, most)
        where = along(middle - room * 0.36), along(room * 0.72)
        drawn.append(block(where, top, max(1, TALL - top), COLUMNS[point.standing]))
        drawn.append(
            stroke((along(middle),) * 2, (_down(point.rate.high, most), _down(point.rate.low, most)), "i-span")
        )
    drawn += _group_line(points, room, most)
    return picture(name, about, TALL + 1, "i-strip", drawn)


def _group_line(points: Sequence[Point], room: float, most: float) -> Iterator[Markup]:
    """The group's share, a step for each period."""
    for place, point in enumerate(points):
        if point.group is not None:
            y = _down(point.group, most)
            yield stroke((along(place * room), along((place + 1) * room)), (y, y), "i-group")


def _down(share: float, most: float) -> int:
    """How far down a share stands."""
    return round(TALL - min(share, most) / most * TALL)


def _mark(standing: Standing, middle: float, y: int) -> Markup:
    css = MARKS[standing]
    if standing is Standing.MORE:  # a square, also for whoever sees no colours
        square: dict[str, Value] = {"x": along(middle), "y": y - 3, "width": 7, "height": 7, "class_": css}
        return element("rect", transform="translate(-3.5 -0.5)", **square)
    radius = 3.5 if standing is Standing.FEWER else 2.6
    return element("circle", cx=along(middle), cy=y, r=radius, class_=css)
