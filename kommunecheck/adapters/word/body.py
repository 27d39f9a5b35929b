"""The body of a document, as the lines and tables that a person sees.

The XML is walked directly: python-docx leaves out text boxes and content controls.
"""

from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import NamedTuple

from kommunecheck.adapters.word.markup import (
    BLANK,
    BOX,
    CELL,
    MC,
    PARAGRAPH,
    ROW,
    RUN,
    TABLE,
    TEXT,
    VALUE,
    Element,
    W,
    is_on,
)
from kommunecheck.adapters.word.signs import CHECKBOX, DROPDOWN, SYMBOL, as_drawn, sign_of
from kommunecheck.adapters.word.styles import Style, marks_of

_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_DRAWN = frozenset({SYMBOL, CHECKBOX, DROPDOWN})
_READ = frozenset({PARAGRAPH, TABLE, ROW, CELL, BOX, RUN, TEXT, *_SIGNS, *_DRAWN})
"""The elements that are looked at. All others (hyperlinks, content controls, inserted text, ...) only wrap them."""

_GONE = frozenset(W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr"))
"""What has been taken out, and what is about a text and not text."""

_OFF = ("strike", "dstrike", "vanish")
"""How a text is struck out, once or twice, or hidden."""

MOST_COLUMNS = 63
"""As many as a table in Word has."""

LONGEST_HEADING = 120
"""Characters; a longer paragraph is prose, whatever its style."""


class Line(NamedTuple):
    """A line of a paragraph: its number in the body, its text, and whether it stands out as a heading."""

    row: int
    text: str
    heading: bool


class Cell(NamedTuple):
    """A cell of a table. ``merged`` is one that the cell above reaches down into."""

    blocks: tuple["Line | Table", ...]
    text: str
    merged: bool


class Row(NamedTuple):
    """A row of a table: its number in the body, and its cells, each by the column in which it begins."""

    row: int
    cells: Mapping[int, Cell]

    @property
    def text(self) -> str:
        """Everything in it."""
        return "\n".join(cell.text for cell in self.cells.values() if cell.text)


class Table(NamedTuple):
    """A table."""

    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """Everything in it."""
        return "\n".join(row.text for row in self.rows if row.text)


Block = Line | Table


def _within(element: Element) -> Iterator[Element]:
    """What is looked at inside an element, whatever it is wrapped in.

    What is there in two versions (a text box, for new and for old programs) is read in the first.
    """
    for child in element:
        tag = child.tag
        if tag in _READ:
            yield child
        elif tag == MC + "AlternateContent":
            version = next(child.iter(MC + "Choice", MC + "Fallback"), None)
            yield from () if version is None else _within(version)
        elif tag == W + "sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            continue  # the program's own words: "Klik her for at angive tekst"
        elif tag not in _GONE:
            yield from _within(child)


def blocks_in(element: Element, numbers: Iterator[int], styles: Mapping[str, Style]) -> Iterator[Block]:
    """The lines and tables inside an element; each paragraph, and each row of a table, takes one of the numbers."""
    for inner in _within(element):
        if inner.tag == PARAGRAPH:
            yield from _lines(inner, next(numbers), styles)
        elif inner.tag == TABLE:
            yield Table(tuple(_row(row, next(numbers), styles) for row in _within(inner) if row.tag == ROW))


def _lines(paragraph: Element, number: int, styles: Mapping[str, Style]) -> Iterator[Block]:
    """A paragraph's lines that are not blank, and then what stands in its text boxes."""
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    style = styles.get("" if named is None else named.get(VALUE), Style())
    if style.contents:  # says the headings once more
        return
    parts: list[str] = []
    boxes: list[Element] = []
    bold = True
    for run in _within(paragraph):
        marks = _marks_of(run, style.marks, styles)
        said = _text_of(run, marks, styles, boxes)
        bold = bold and (marks.get("b", False) or not said.strip())
        parts.append(said)
    text = "".join(parts)
    level = paragraph.find(f"{W}pPr/{W}outlineLvl")
    heading = (style.heading or level is not None or bold) and len(text) <= LONGEST_HEADING
    for line in text.split("\n"):
        if stripped := line.strip(BLANK):
            yield Line(number, stripped, heading)
    for box in boxes:
        yield from blocks_in(box, repeat(number), styles)


def _marks_of(run: Element, around: Mapping[str, bool], styles: Mapping[str, Style]) -> Mapping[str, bool]:
    """How a run is set: as it says itself, else as its own style says, else as what is ``around`` it."""
    named = run.find(f"{W}rPr/{W}rStyle")
    style = {} if named is None else styles.get(named.get(VALUE), Style()).marks
    return {**around, **style, **marks_of(run)}


def _text_of(run: Element, marks: Mapping[str, bool], styles: Mapping[str, Style], boxes: list[Element]) -> str:
    """A run's text; the text boxes in it are put with the others. What is struck out or hidden has been taken out."""
    if any(marks.get(off) for off in _OFF):
        return ""
    parts: list[str] = []
    fonts = run.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""
    for inner in _within(run):
        if inner.tag == BOX:
            boxes.append(inner)
        elif inner.tag == RUN:
            parts.append(_text_of(inner, _marks_of(inner, marks, styles), styles, boxes))
        elif inner.tag in _DRAWN:
            parts.append(sign_of(inner))
        else:
            parts.append(_SIGNS.get(inner.tag) or as_drawn((inner.text or "").replace("\n", " "), font))
    return "".join(parts)


def _row(row: Element, number: int, styles: Mapping[str, Style]) -> Row:
    """A row of a table; one that has been taken out or is hidden is blank, and so is a cell."""
    cells: dict[int, Cell] = {}
    hidden = row.find(f"{W}trPr/{W}hidden")
    if row.find(f"{W}trPr/{W}del") is not None or (hidden is not None and is_on(hidden)):
        return Row(number, cells)
    column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in _within(row):
        gone = cell.find(f"{W}tcPr/{W}cellDel") is not None
        blocks = () if gone else tuple(blocks_in(cell, repeat(number), styles))
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        merged = merge is not None and merge.get(VALUE, "continue") == "continue"
        cells[column] = Cell(blocks, "\n".join(block.text for block in blocks), merged)
        column += _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
    return Row(number, cells)


def _number(element: Element, otherwise: int) -> int:
    value = "" if element is None else element.get(VALUE, "")
    return min(int(value), MOST_COLUMNS) if value.isdecimal() and len(value) < 5 else otherwise
