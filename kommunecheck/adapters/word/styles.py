"""The styles of a document: what each of them says of the paragraphs that have it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from kommunecheck.adapters.word.markup import VALUE, Element, W, is_on

_MARKS = ("b", "strike", "dstrike", "vanish")
"""How a text can be set that matters here: bold, struck out once or twice, or hidden."""


class Style(NamedTuple):
    """What is asked of a style: whether its text is a heading or a table of contents, and how it is set.

    ``marks`` are only those that it turns on or off.
    """

    heading: bool = False
    contents: bool = False
    marks: Mapping[str, bool] = MappingProxyType({})


def styles_of(element: Element) -> dict[str, Style]:
    """The document's styles by their ids, each with what it takes over from those it is based on."""
    own: dict[str, tuple[Style, str | None]] = {}
    for style in element.iter(W + "style"):
        name, based = style.find(W + "name"), style.find(W + "basedOn")
        called = "" if name is None else name.get(VALUE, "").lower()
        level = style.find(f"{W}pPr/{W}outlineLvl")
        found = Style(
            called.startswith(("heading ", "title", "subtitle")) or level is not None,
            called.startswith(("toc ", "table of ")),
            marks_of(style),
        )
        own[style.get(W + "styleId", "")] = (found, None if based is None else based.get(VALUE))
    return {name: _inherited(name, own) for name in own}


def _inherited(name: str | None, own: Mapping[str, tuple[Style, str | None]]) -> Style:
    """What a style and all those it is based on say together, even if they go in a ring."""
    found = Style()
    seen = set()
    while name is not None and name in own and name not in seen:
        seen.add(name)
        style, name = own[name]
        found = Style(found.heading or style.heading, found.contents or style.contents, {**style.marks, **found.marks})
    return found


def marks_of(element: Element) -> dict[str, bool]:
    """What a style or a run turns on or off."""
    return {mark: is_on(found) for mark in _MARKS if (found := element.find(f"{W}rPr/{W}{mark}")) is not None}
