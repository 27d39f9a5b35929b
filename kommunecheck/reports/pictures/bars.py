"""Bars under one another, each with what it tells and how much; and one bar of several parts."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kommunecheck.domain.wording import whole as counted
from kommunecheck.reports.pictures.svg import Drawn, along, block, element, label, picture, shortened, stroke

ROW, THICK = 44, 16
"""The height of a bar with its text, and of the bar alone, in pixels."""

LONGEST = 58.0
"""The width of the longest bar in per cent; the amount stands to its right."""

KEY = 22
"""The height of a line that says what a fill stands for."""


class Bar(NamedTuple):
    """A bar: what it is of, how much in words, its length, and the parts it is filled with, each with its fill.

    What the parts leave is drawn as an outline: it belongs to others too.
    """

    title: str
    amount: str
    length: int
    filled: tuple[tuple[int, str], ...] = ()


def whole_bar(title: str, amount: str, length: int, fill: str) -> Bar:
    """A bar with one fill from end to end."""
    return Bar(title, amount, length, ((length, fill),))


def bars(name: str, about: str, shown: Sequence[Bar], key: Sequence[tuple[str, str]] = (), least: int = 0) -> Drawn:
    """Bars, each as long as it is of the longest. Where something is the ``least`` that should be, a line shows it.

    ``key`` is what the fills stand for, where that is to be told: on a page that has room for it, and for whole titles.
    """
    longest = max([least, *(bar.length for bar in shown)]) or 1
    drawn = list(key_of(key, 0))
    below = height_of_key(key)
    for place, bar in enumerate(shown):
        top = below + place * ROW
        whole, own = bar.length * LONGEST / longest, sum(part for part, _ in bar.filled) * LONGEST / longest
        drawn.append(label(bar.title if key else shortened(bar.title), 0, top + 13, "tx"))
        if whole > own:
            drawn.append(block(("0", along(whole)), top + 20, THICK, "rest"))
        before = 0.0
        for part, fill in bar.filled:
            drawn.append(block((along(before), along(part * LONGEST / longest)), top + 20, THICK, fill))
            before += part * LONGEST / longest
        at = least * LONGEST / longest
        if least:
            drawn.append(stroke((along(at), along(at)), (top + 16, top + 40), "least"))
        drawn.append(label(bar.amount, along(max(whole, at) + 1.2), top + 33, "tx am"))
    return picture(name, about, below + len(shown) * ROW, "bars", drawn)


ACROSS = 3
"""How many of the fills a line of the key tells: it is for pages that are wide enough."""


def key_of(told: Sequence[tuple[str, str]], top: int, across: int = ACROSS) -> Iterator[Markup]:
    """What each fill stands for: a square of it, and the words. One on a line fits the narrowest screen."""
    for place, (fill, text) in enumerate(told):
        down, aside = divmod(place, across)
        x, y = aside * 100 / across, top + down * KEY
        yield element("rect", x=along(x + 0.2), y=y + 2, width=13, height=13, class_=f"{fill} key")
        yield label(text, 20 if across == 1 else along(x + 3.4), y + 13, "tx")


def height_of_key(told: Sequence[object], across: int = ACROSS) -> int:
    """The height of the key, in pixels."""
    return -(-len(told) // across) * KEY


class Part(NamedTuple):
    """A part of a whole: what it is, how many, and its fill."""

    title: str
    cases: int
    fill: str


WHOLE = 28
"""The height of a bar of parts."""


def parts(name: str, about: str, shown: Sequence[Part], *, key: bool) -> Drawn:
    """One bar that is the whole and, with the ``key``, a line under it for each part with its count."""
    whole = sum(part.cases for part in shown) or 1
    drawn: list[Markup] = []
    before = 0
    for part in shown:
        if part.cases:
            told = f"{part.title}: {part.cases}"
            x, width = along(before * 100 / whole), along(part.cases * 100 / whole)
            drawn.append(block((x, width), 0, WHOLE, part.fill, told))
        before += part.cases
    if not key:
        return picture(name, about, WHOLE, "parts", drawn)
    told_parts = [(part.fill, f"{part.title}: {counted(part.cases)}") for part in shown if part.cases]
    drawn += key_of(told_parts, WHOLE + 8)
    return picture(name, about, WHOLE + 8 + height_of_key(told_parts), "parts", drawn)
