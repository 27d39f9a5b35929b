"""Bars under one another, each with what it tells and how much; and one bar of several parts."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from kommunecheck.reports.pictures.svg import along, block, label, picture

ROW, THICK = 44, 16
"""The height of a bar with its text, and of the bar alone, in pixels."""

LONGEST = 58.0
"""The width of the longest bar in per cent; the amount stands to its right."""

LETTERS = 50
"""How many letters a line holds on the narrowest screen."""


class Bar(NamedTuple):
    """A bar: what it is of, how much in words, and its length, of which the first ``own`` is filled as ``fill``.

    The rest is drawn as an outline: it belongs to others too.
    """

    title: str
    amount: str
    length: int
    own: int
    fill: str


def bars(name: str, about: str, shown: Sequence[Bar]) -> Markup:
    """Bars, each as long as it is of the longest."""
    longest = max((bar.length for bar in shown), default=0) or 1
    drawn: list[Markup] = []
    for place, bar in enumerate(shown):
        top = place * ROW
        whole, own = bar.length * LONGEST / longest, bar.own * LONGEST / longest
        drawn.append(label(_short(bar.title), 0, top + 13, "tx"))
        if whole > own:
            drawn.append(block(("0", along(whole)), top + 20, THICK, "rest"))
        if own:
            drawn.append(block(("0", along(own)), top + 20, THICK, bar.fill))
        drawn.append(label(bar.amount, along(whole + 1.2), top + 33, "tx am"))
    return picture(name, about, len(shown) * ROW, "bars", drawn)


def _short(title: str) -> str:
    return title if len(title) <= LETTERS else title[: LETTERS - 1].rstrip() + "…"


class Part(NamedTuple):
    """A part of a whole: what it is, how many, and its fill."""

    title: str
    cases: int
    fill: str


KEY = 24
"""The height of a line of the key under a bar of parts."""


def parts(name: str, about: str, shown: Sequence[Part]) -> Markup:
    """One bar that is the whole, and under it a line for each part with its count."""
    whole = sum(part.cases for part in shown) or 1
    drawn: list[Markup] = []
    before = 0
    for part in shown:
        if part.cases:
            told = f"{part.title}: {part.cases}"
            x, width = along(before * 100 / whole), along(part.cases * 100 / whole)
            drawn.append(block((x, width), 0, 28, part.fill, told))
        before += part.cases
    return picture(name, about, 28, "parts", drawn)
