"""Columns side by side, a row of them for each thing that is counted, on one scale of months."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kommunecheck.domain.wording import whole
from kommunecheck.reports.pictures.svg import Drawn, along, block, label, picture, shortened, stroke

TITLE, COUNT, TALLEST, BELOW = 16, 17, 30, 9
"""What a row is made of from the top, in pixels: its title, the count above a column, the tallest column, and air."""

ROW = TITLE + COUNT + TALLEST + BELOW
FOOT = 30
"""The height of the names of the months and years."""

BROAD = 0.62
"""The part of a month's room that its column takes."""

DIGITS = 3
"""So many signs of a count there is room for on the narrowest screen; one with more is hidden there."""


class Row(NamedTuple):
    """What is counted, how many each month, and how its columns are filled. ``most`` is what the tallest stands for."""

    title: str
    counts: Sequence[int]
    most: int
    fill: str


def columns(name: str, about: str, months: Sequence[tuple[str, str]], rows: Sequence[Row]) -> Drawn:
    """The rows under one another; ``months`` are the short name of each month, and its year where it is to stand."""
    room = 100 / len(months)
    drawn: list[Markup] = []
    for place, row in enumerate(rows):
        drawn += _row(row, place * ROW, room)
    bottom = len(rows) * ROW
    for place, (month, year) in enumerate(months):
        middle = along((place + 0.5) * room)
        drawn.append(label(month, middle, bottom + 8, "tx", "middle"))
        if year:
            drawn.append(label(year, middle, bottom + 23, "tx am", "middle"))
    return picture(name, about, bottom + FOOT, "bars", drawn)


def _row(row: Row, top: int, room: float) -> Iterator[Markup]:
    base = top + TITLE + COUNT + TALLEST
    yield label(shortened(row.title), 0, top + 11, "tx")
    for place, count in enumerate(row.counts):
        if count:
            tall = max(2, round(count * TALLEST / row.most))
            left = (place + (1 - BROAD) / 2) * room
            yield block((along(left), along(BROAD * room)), base - tall, tall, row.fill)
            said = whole(count)
            css = "tx" if len(said) <= DIGITS else "tx alt"
            yield label(said, along((place + 0.5) * room), base - tall - 4, css, "middle")
    yield stroke(("0", "100%"), (base, base), "ax")
