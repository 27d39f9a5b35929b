"""What is put on the paper: headings, paragraphs, tables and the table of contents, each safe to put any text in.

Text becomes text only: no field, link or markup can come of what stands in the municipality's files.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml.etree import SubElement  # type: ignore[import-untyped] # the library has no types

from kommunecheck.reports.phrases import safe
from kommunecheck.reports.pictures.png import png
from kommunecheck.reports.pictures.svg import Drawn

TWIPS_PER_CM = 567
_APART = "170"
"""The indent, in twips, of text in a column that follows numbers."""


class Bold(NamedTuple):
    """Text in bold."""

    text: str


class Link(NamedTuple):
    """Text that leads to a bookmark of this document."""

    text: str
    place: str


class Cpr(NamedTuple):
    """A CPR number as the municipality asks for it to be shown; in any other text it would be masked."""

    text: str


class Missing(NamedTuple):
    """Text that says what is missing: bold and red, also on a municipality's own paper."""

    text: str


class ToFill(NamedTuple):
    """What a person is to fill in: in brackets and marked with yellow, on paper too.

    It is no field of Word's own: programs that make a PDF of one show it as any other text.
    """

    text: str


FEW = 6
"""A table of so many rows is kept together: two or three rows alone on the next page are soon overlooked."""

Part = str | Bold | Link | Cpr | Missing | ToFill
Cell = Part | Sequence[Part]


class Column(NamedTuple):
    """A column: its heading, its width in centimetres, and whether it holds numbers, which stand to the right."""

    title: str
    width: float
    right: bool = False


def add(parent: Any, tag: str, **attributes: str) -> Any:
    """A new last child of an element; names are WordprocessingML's."""
    return SubElement(parent, _qualified(tag), {_qualified(name): value for name, value in attributes.items()})


@cache
def _qualified(name: str) -> str:
    return qn(f"w:{name}")


class Paper:
    """The body of a document, filled from the top. ``finish`` must be called last."""

    def __init__(self, document: Document) -> None:
        self._part: Any = document.part
        self._body: Any = document.element.body
        self._section = self._body.sectPr
        self._body.remove(self._section)
        self._bookmarks = 0
        self._contents: Any = None
        self._sections: list[tuple[str, str]] = []

    def paragraph(self, *parts: Part, style: str = "Normal", keep: bool = False) -> None:
        """A paragraph; with ``keep`` on the same page as what follows."""
        self._paragraph(self._body, parts, style, keep)

    def heading(self, text: str, level: int, place: str | None = None, new_page: bool = False) -> None:
        """A heading with a bookmark that links lead to. Those of the first level stand in the table of contents."""
        place = place or f"afsnit_{self._bookmarks + 1}"
        paragraph = self._paragraph(self._body, (text,), f"Heading{level}", False)
        if new_page:
            add(paragraph.find(qn("w:pPr")), "pageBreakBefore")
        self._bookmark(paragraph, place)
        if level == 1:
            self._sections.append((text, place))

    def bullets(self, items: Iterable[Cell]) -> None:
        """A list with bullets."""
        for item in items:
            self.paragraph(*_parts(item), style="ListBullet")

    def contents(self) -> None:
        """The place of the table of contents, which ``finish`` fills in."""
        self._contents = add(self._body, "p")

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        about: str,
        total: Sequence[Cell] | None = None,
        style: str = "Tabeltekst",
        head: str | None = None,
        whole: bool = False,
    ) -> None:
        """A table with a heading row that is repeated on each page; ``about`` says what it shows, to a screen reader.

        No row is split over two pages, and neither the first nor the last stands alone. ``head`` is the style of the
        heading row where it is not that of the others; a ``whole`` table, and any of few rows, is not divided over two
        pages where it fits on one. What follows a table brings its own distance from it.
        """
        whole = whole or len(rows) <= FEW
        table = add(self._body, "tbl")
        _properties(table, columns, about, total is not None)
        self._row(table, columns, [Bold(column.title) for column in columns], head or style, keep=True, header=True)
        for place, row in enumerate(rows, 1):
            rest = len(rows) - place + (total is not None)
            self._row(table, columns, row, style, keep=rest == 1 or (rest > 0 and (whole or place == 1)))
        if total is not None:
            self._row(table, columns, [Bold(str(cell)) for cell in total], style)

    def picture(self, title: str, drawn: Drawn, width: float) -> None:
        """A picture under its title, as wide as asked for in centimetres; a screen reader says what it shows."""
        self.paragraph(title, style="Billedtitel", keep=True)
        shown = png(drawn)
        inline = self._part.new_pic_inline(BytesIO(shown.content), Cm(width), Cm(width * shown.ratio))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        inline.docPr.set("name", safe(title))
        inline.docPr.set("descr", safe(drawn.about))
        paragraph = add(self._body, "p")
        add(add(paragraph, "pPr"), "pStyle", val="Normal")
        add(add(paragraph, "r"), "drawing").append(inline)

    def finish(self) -> None:
        """Fill in the table of contents and close the document."""
        self._fill_contents()
        self._body.append(self._section)

    def _row(
        self,
        table: Any,
        columns: Sequence[Column],
        cells: Sequence[Cell],
        style: str,
        keep: bool = False,
        header: bool = False,
    ) -> None:
        row = add(table, "tr")
        properties = add(row, "trPr")
        add(properties, "cantSplit")
        if header:
            add(properties, "tblHeader")
        after_number = False
        for column, cell in zip(columns, cells, strict=True):
            box = add(row, "tc")
            add(add(box, "tcPr"), "tcW", w=_twips(column.width), type="dxa")
            apart = after_number and not column.right  # else text would touch the number to its left
            self._paragraph(box, _parts(cell), style, keep, column.right, _APART if apart else None)
            after_number = column.right

    def _paragraph(
        self, parent: Any, parts: Sequence[Part], style: str, keep: bool, right: bool = False, left: str | None = None
    ) -> Any:
        paragraph = add(parent, "p")
        properties = add(paragraph, "pPr")
        add(properties, "pStyle", val=style)
        if keep:
            add(properties, "keepNext")
        if left is not None:
            add(properties, "ind", left=left)
        if right:
            add(properties, "jc", val="right")
        for part in parts:
            put(paragraph, part)
        return paragraph

    def _bookmark(self, paragraph: Any, place: str) -> None:
        """Put the whole paragraph in a bookmark."""
        self._bookmarks += 1
        start = add(paragraph, "bookmarkStart", id=str(self._bookmarks), name=place)
        paragraph.insert(1, start)
        add(paragraph, "bookmarkEnd", id=str(self._bookmarks))

    def _fill_contents(self) -> None:
        r"""A field that Word can update, with its result already in it, so that nothing is asked when it is opened.

        The entries have no page numbers (``\n``): only a program that lays out the pages knows them.
        """
        if self._contents is None:
            return
        lines = []
        for text, place in self._sections:
            paragraph = self._paragraph(self._body, (Link(text, place),), "TOC1", False)
            self._contents.addprevious(paragraph)
            lines.append(paragraph)
        self._body.remove(self._contents)
        if lines:
            start, end = _field(r'TOC \o "1-1" \n \h \z \u')
            for after, run in enumerate(start, 1):
                lines[0].insert(after, run)
            lines[-1].append(end)


def _parts(cell: Cell) -> Sequence[Part]:
    return (cell,) if isinstance(cell, (str, Bold, Link, Cpr, Missing, ToFill)) else cell


def put(paragraph: Any, part: Part) -> None:
    """Put a part of a text at the end of a paragraph."""
    if isinstance(part, Link):
        _run(add(paragraph, "hyperlink", anchor=part.place, history="1"), safe(part.text), "Hyperlink")
    elif isinstance(part, Bold):
        _run(paragraph, safe(part.text), "Strong")
    elif isinstance(part, Cpr):
        _run(paragraph, part.text, None)
    elif isinstance(part, Missing):
        _marked(_run(paragraph, safe(part.text), None), "b", ("color", "9C1C1C"))
    elif isinstance(part, ToFill):
        _marked(_run(paragraph, safe(f"[{part.text}]"), None), ("highlight", "yellow"))
    elif part:
        _run(paragraph, safe(part), None)


def _marked(run: Any, *marks: str | tuple[str, str]) -> None:
    """Set a run apart by itself and not by a style, which a template may lack."""
    properties = run.makeelement(qn("w:rPr"), {})
    run.insert(0, properties)
    for mark in marks:
        add(properties, mark) if isinstance(mark, str) else add(properties, mark[0], val=mark[1])


def _run(parent: Any, text: str, style: str | None) -> Any:
    """A run of text that is safe to show."""
    run = add(parent, "r")
    if style is not None:
        add(add(run, "rPr"), "rStyle", val=style)
    held = add(run, "t")
    held.text = text
    held.set(qn("xml:space"), "preserve")
    return run


def _field(instruction: str) -> tuple[list[Any], Any]:
    """The runs that open a field before its result, and the run that closes it."""
    opening = []
    for kind, said in (("begin", None), (None, instruction), ("separate", None)):
        run: Any = OxmlElement("w:r")
        if kind is not None:
            add(run, "fldChar", fldCharType=kind)
        else:
            held = add(run, "instrText")
            held.text = said
            held.set(qn("xml:space"), "preserve")
        opening.append(run)
    closing: Any = OxmlElement("w:r")
    add(closing, "fldChar", fldCharType="end")
    return opening, closing


def add_field(paragraph: Any, instruction: str, result: str) -> None:
    """Put a field of ours, such as the page number, at the end of a paragraph."""
    opening, closing = _field(instruction)
    paragraph.extend(opening)
    _run(paragraph, safe(result), None)
    paragraph.append(closing)


def _twips(width: float) -> str:
    return str(round(width * TWIPS_PER_CM))


def _properties(table: Any, columns: Sequence[Column], about: str, has_total: bool) -> None:
    """Style, widths and the text a screen reader says, in the order the format wants them."""
    properties = add(table, "tblPr")
    add(properties, "tblStyle", val="Kommunetabel")
    add(properties, "tblW", w=_twips(sum(column.width for column in columns)), type="dxa")
    add(properties, "tblLayout", type="fixed")
    look = {"firstRow": "1", "lastRow": "1" if has_total else "0", "firstColumn": "0", "lastColumn": "0"}
    add(properties, "tblLook", val="0660" if has_total else "0620", **look, noHBand="1", noVBand="1")
    add(properties, "tblCaption", val=safe(about))
    grid = add(table, "tblGrid")
    for column in columns:
        add(grid, "gridCol", w=_twips(column.width))
