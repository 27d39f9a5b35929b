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
    """What is counted, how many each month, and how its columns are filled. ``most`` is what the tallest stands for.

    ``said`` is what stands over each column where that is not its count. Columns under ``least`` are filled as what is
    lost, and a line shows where it is.
    """

    title: str
    counts: Sequence[int]
    most: int
    fill: str
    said: Sequence[str] | None = None
    least: int = 0


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
    over: list[Markup] = []
    yield label(shortened(row.title), 0, top + 11, "tx")
    for place, count in enumerate(row.counts):
        said = row.said[place] if row.said is not None else whole(count) if count else ""
        if said:
            tall = max(2, round(count * TALLEST / row.most)) if count else 0
            left = (place + (1 - BROAD) / 2) * room
            fill = "k0" if count < row.least else row.fill
            if tall:
                yield block((along(left), along(BROAD * room)), base - tall, tall, fill)
            css = "tx" if len(said) <= DIGITS else "tx alt"
            over.append(label(said, along((place + 0.5) * room), base - tall - 4, f"{css} ov", "middle"))
    if row.least:
        at = base - round(row.least * TALLEST / row.most)
        yield stroke(("0", "100%"), (at, at), "least")
    yield from over
    yield stroke(("0", "100%"), (base, base), "ax")
