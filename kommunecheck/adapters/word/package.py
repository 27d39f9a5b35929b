"""Opening a document: its body, its styles, and what stands beside them about the whole."""

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from kommunecheck.adapters.files import open_package
from kommunecheck.adapters.word.body import blocks_in
from kommunecheck.adapters.word.markup import BLANK, FOREIGN, HEADER, NOTES, RELATION, TEXT, Element, W, is_on
from kommunecheck.adapters.word.styles import Style, styles_of
from kommunecheck.domain.errors import UserError

_EVEN = W + "evenAndOddHeaders"
_ASKED_BY = {W + "titlePg": "first", _EVEN: "even"}
"""What asks for a page header of its own on first and on even pages."""

BESIDE = ("/comments", "/footnotes", "/endnotes")
"""The parts of a document with texts that stand beside its own."""


class Document(NamedTuple):
    """A document: its body, its styles by their ids, its title, what its page headers say, and how many notes it has.

    ``beside`` are its comments, footnotes and endnotes that hold a text.
    """

    body: Element
    styles: Mapping[str, Style]
    title: str
    header: str
    beside: int


def opened(raw: bytes, name: str) -> Document:
    """The document.

    Raises ``UserError`` when it is no sound Word document, or holds what only Word can put together.
    """
    open_package(raw, name, "Word").close()
    import docx  # slow to start, and few runs read Word
    from docx.oxml.parser import parse_xml

    try:
        part = docx.Document(io.BytesIO(raw)).part
        styles = _related(part, "/styles")
        headers = [part.rels[rel].target_part for rel in _headers_shown(part)]
        about = _related(part.package, "/core-properties")
        beside = [parse_xml(one.blob) for kind in BESIDE for one in _related(part, kind)]
        own_styles = styles_of(styles[0].element) if styles else {}
        document = Document(
            part.element.body,
            own_styles,
            (about[0].core_properties.title if about else "").strip(),
            _text_of_headers([header.element for header in headers], own_styles),
            sum(_says_something(note) for one in beside for note in one.iter(*NOTES)),
        )
        parts = [*(one.element for one in (part, *styles, *headers, *about)), *beside]
    except Exception:  # python-docx and lxml fail in a dozen ways on what is not as they expect it
        raise UserError(
            f"{name} er beskadiget eller ikke et Word-dokument. Åbn filen i Word, og gem den som Word-dokument "
            "(.docx), eller hent den på ny."
        ) from None
    _nothing_missing(name, document.body, parts)
    return document


def _nothing_missing(name: str, body: Element, parts: Sequence[Element]) -> None:
    """Raises ``UserError`` when some of the text stands elsewhere: in entities, or in other files put into this one."""
    if any(part.getroottree().docinfo.internalDTD is not None for part in parts):
        raise UserError(
            f"{name} indeholder definitioner, som et Word-dokument ikke har, og er ikke læst. "
            "Åbn filen i Word, og gem den igen, eller hent den på ny."
        )
    if next(body.iter(*FOREIGN), None) is not None:
        raise UserError(
            f"{name} indeholder tekst fra en anden fil, som først sættes ind, når dokumentet åbnes i Word. "
            "Åbn filen i Word, gem den, og kør igen."
        )


def _related(part: Any, kind: str) -> list[Any]:
    """The parts of that kind that a part or the package leads to."""
    return [one.target_part for one in part.rels.values() if one.reltype.endswith(kind) and not one.is_external]


def _says_something(note: Element) -> bool:
    """Whether a comment, footnote or endnote holds a text; Word keeps some for the lines above them."""
    return any((text.text or "").strip(BLANK) for text in note.iter(TEXT))


def _headers_shown(part: Any) -> Iterator[str]:
    """Which page headers anybody sees: Word keeps those for first and even pages when they are no longer asked for."""
    body = part.element.body
    asked = [*body.iter(W + "titlePg"), *(one for of in _related(part, "/settings") for one in of.element.iter(_EVEN))]
    shown = {"default", *(_ASKED_BY[one.tag] for one in asked if is_on(one))}
    for header in body.iter(HEADER):
        if header.get(W + "type", "default") in shown:
            yield header.get(RELATION)


def _text_of_headers(headers: Sequence[Element], styles: Mapping[str, Style]) -> str:
    lines = [block.text for header in headers for block in blocks_in(header, repeat(0), styles)]
    return " ".join(dict.fromkeys(lines))
