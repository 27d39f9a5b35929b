"""The municipality's own template: its paper, header, footer and styles in place of ours.

Word knows a style by an id that differs from language to language (``Overskrift1``) and by a name that does not
(``heading 1``). Ours are looked up by name in the template; those it does not have are added, in its own typeface.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, NamedTuple

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm

from kommunecheck.domain.errors import UserError
from kommunecheck.domain.report import Report
from kommunecheck.reports.word.page import OWN_STYLES, TABLE, WIDTH, add_own_style, bands, facts, style_id, width_of

NAMED_BY_WORD = {
    "Normal": "Normal",
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "ListBullet": "List Bullet",
    "TOC1": "toc 1",
    "Hyperlink": "Hyperlink",
    "Strong": "Strong",
    "Kommunetabel": "Kommunetabel",
}
"""The styles that are Word's own, by the id we write, with the name that is the same in every language."""

INSTEAD = {"Title": "heading 1", "Subtitle": "Normal", "Heading3": "heading 2", "TOC1": "Normal", "Hyperlink": "Strong"}
"""What is used where the template lacks one of them."""

BULLET = "–\u00a0"
"""What stands before an item where the template has no style for lists."""


class Dress(NamedTuple):
    """How our document is dressed: the template's id for each of ours, and how wide its text is beside ours."""

    styles: Mapping[str, str | None]
    width: float


def opened(report: Report, template: bytes, title: str) -> tuple[Document, Dress]:
    """The template without its text, and how to dress what is written in it.

    Raises ``UserError`` when it is no document that can be written in.
    """
    try:
        document = docx.Document(BytesIO(template))
        body = document.element.body
        for part in list(body):
            if part is not body.sectPr:
                body.remove(part)
        styles = _styles(document)
        section = document.sections[-1]
        bands(document, section, report, title, keep=True)
        facts(document, report, title)
    except Exception as error:
        raise UserError(
            "[report] word_template: skabelonen kan ikke bruges. Åbn den i Word, gem den som .docx, og prøv igen."
        ) from error
    return document, Dress(styles, width_of(section) / Cm(WIDTH))


def _styles(document: Document) -> dict[str, str | None]:
    """The template's id for each of our styles; ``None`` where there is nothing like it."""
    theirs: dict[str, str] = {}
    for one in document.styles.element.findall(qn("w:style")):
        theirs.setdefault(one.find(qn("w:name")).get(qn("w:val")).lower(), one.get(qn("w:styleId")))
    found: dict[str, str | None] = {}
    if "kommunetabel" not in theirs:
        document.styles.element.append(parse_xml(TABLE))
        theirs["kommunetabel"] = "Kommunetabel"
    for ours, name in NAMED_BY_WORD.items():
        found[ours] = theirs.get(name.lower()) or theirs.get(INSTEAD.get(ours, "").lower())
    for own in OWN_STYLES:
        if own.called.lower() not in theirs:
            add_own_style(document, own)
            theirs[own.called.lower()] = style_id(own.called)
        found[style_id(own.called)] = theirs[own.called.lower()]
    return found


def dress(document: Document, how: Dress) -> None:
    """Give every paragraph, run and table the template's style, and tables and pictures its width."""
    body: Any = document.element.body
    for tag in ("w:pStyle", "w:rStyle", "w:tblStyle"):
        for named in list(body.iter(qn(tag))):
            ours = named.get(qn("w:val"))
            theirs = how.styles.get(ours, ours)
            if theirs is not None:
                named.set(qn("w:val"), theirs)
                continue
            if ours == "ListBullet":
                _put_bullet(named.getparent().getparent())
            named.getparent().remove(named)
    _scale(body, how.width)


def _scale(body: Any, width: float) -> None:
    """Make tables and pictures as much wider as the template's text is beside ours."""
    for tag, sides in (("w:tblW", "w:w"), ("w:gridCol", "w:w"), ("w:tcW", "w:w"), ("wp:extent", ""), ("a:ext", "")):
        for sized in body.iter(qn(tag)):
            for side in (qn(sides),) if sides else ("cx", "cy"):
                if sized.get(side) is not None:
                    sized.set(side, str(round(int(sized.get(side)) * width)))


def _put_bullet(paragraph: Any) -> None:
    text = next(paragraph.iter(qn("w:t")), None)
    if text is not None:
        text.text = f"{BULLET}{text.text or ''}"
