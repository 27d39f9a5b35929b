"""The styles of a document: what each of them says of the paragraphs that have it."""

from collections.abc import Mapping
from typing import NamedTuple

from kommunecheck.adapters.word.markup import VALUE, Element, W, is_on


class Style(NamedTuple):
    """What is asked of a style: whether its text is a heading, is bold, or is a table of contents."""

    heading: bool = False
    bold: bool = False
    contents: bool = False


def styles_of(element: Element) -> dict[str, Style]:
    """The document's styles by their ids, each with what it takes over from those it is based on."""
    own: dict[str, tuple[Style, str | None]] = {}
    for style in element.iter(W + "style"):
        name, based = style.find(W + "name"), style.find(W + "basedOn")
        called = "" if name is None else name.get(VALUE, "").lower()
        level, bold = style.find(f"{W}pPr/{W}outlineLvl"), style.find(f"{W}rPr/{W}b")
        found = Style(
            called.startswith(("heading ", "title", "subtitle")) or level is not None,
            bold is not None and is_on(bold),
            called.startswith(("toc ", "table of ")),
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
        found = Style(*(ours or theirs for ours, theirs in zip(found, style, strict=True)))
    return found
