"""Elements of SVG as text: what stands in them and in their attributes becomes text only."""

from collections.abc import Iterable
from functools import cache
from html import escape as quoted
from typing import NamedTuple

from markupsafe import Markup, escape

from kommunecheck.reports.phrases import safe

Value = str | int | float


def element(tag: str, *inside: Markup, **attributes: Value) -> Markup:
    """An element. ``class_`` is the attribute ``class``, and an underscore in a name is a hyphen.

    Attributes hold no text of the municipality's: what is said of a picture stands in its elements.
    """
    told = "".join([f' {_named(name)}="{_value(value)}"' for name, value in attributes.items()])
    held = "".join(inside)
    return Markup(f"<{tag}{told}>{held}</{tag}>" if held else f"<{tag}{told}/>")  # noqa: S704 - each part is escaped


@cache
def _named(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else quoted(value) if isinstance(value, str) else str(value)


def written(text: str) -> Markup:
    """A text, to stand in an element."""
    return escape(safe(text))


def hint(text: str) -> Markup:
    """What is said of an element when somebody points at it."""
    return element("title", written(text))


def along(share: float) -> str:
    """A place along the picture: per cent of its width."""
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"


def block(where: tuple[str, str], y: int, height: int, css: str, told: str = "") -> Markup:
    """A rectangle; ``where`` is its place along the picture and its width. Most of a picture is made of them."""
    x, width = where
    text = f'<rect x="{x}" width="{width}" y="{y}" height="{height}" class="{css}"'
    return Markup(f"{text}>{hint(told)}</rect>" if told else f"{text}/>")  # noqa: S704 - ours, but for the hint


def mark(kind: str, x: str | int, y: int, told: str = "") -> Markup:
    """One of the marks that stand once on the page, its middle at ``x`` and ``y``."""
    return element("use", *([hint(told)] if told else ()), href=f"#m-{kind}", x=x, y=y)


def stroke(xs: tuple[str, str], ys: tuple[int, int], css: str) -> Markup:
    """A line."""
    (x1, x2), (y1, y2) = xs, ys
    return Markup(f'<line x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}" class="{css}"/>')  # noqa: S704 - all of it is ours


def label(text: str, x: str | int, y: int, css: str, anchor: str = "start") -> Markup:
    """A text in the picture; ``anchor`` is which part of it stands at ``x``."""
    at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return Markup(f'<text x="{x}" y="{y}" class="{css}"{at}>{written(text)}</text>')  # noqa: S704 - written escapes


LETTERS = 48
"""How many letters a line holds on the narrowest screen."""


def shortened(title: str) -> str:
    """A title as a line of a picture can hold it."""
    return title if len(title) <= LETTERS else title[: LETTERS - 1].rstrip() + "…"


class Drawn(NamedTuple):
    """A picture: its element, its height in pixels, and what a screen reader says of it."""

    svg: Markup
    height: int
    about: str


def picture(name: str, about: str, height: int, css: str, drawn: Iterable[Markup]) -> Drawn:
    """The whole picture. ``about`` is what a screen reader says of it, and ``name`` its only one on the page."""
    svg = element(
        "svg",
        element("title", written(about), id=name),
        *drawn,
        class_=css,
        width="100%",
        height=height,
        role="img",
        aria_labelledby=name,
    )
    return Drawn(svg, height, about)


def swatch(fill: str) -> Markup:
    """A little square of what a part of a picture is filled with, to stand before its name."""
    square = element("rect", x=0.5, y=0.5, width=13, height=13, class_=fill)
    return element("svg", square, class_="sw", width=14, height=14, aria_hidden="true")
