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
from kommunecheck.adapters.word.styles import Style

_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_READ = frozenset({PARAGRAPH, TABLE, ROW, CELL, BOX, RUN, TEXT, *_SIGNS})
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
        said = _text_of(run, boxes)
        bold = bold and (_is_bold(run, style, styles) or not said.strip())
        parts.append(said)
    text = "".join(parts)
    level = paragraph.find(f"{W}pPr/{W}outlineLvl")
    heading = (style.heading or level is not None or bold) and len(text) <= LONGEST_HEADING
    for line in text.split("\n"):
        if stripped := line.strip(BLANK):
            yield Line(number, stripped, heading)
    for box in boxes:
        yield from blocks_in(box, repeat(number), styles)


def _text_of(run: Element, boxes: list[Element]) -> str:
    """A run's text; the text boxes in it are put with the others. What is struck out or hidden has been taken out."""
    if any(is_on(found) for off in _OFF if (found := run.find(f"{W}rPr/{W}{off}")) is not None):
        return ""
    parts: list[str] = []
    for inner in _within(run):
        if inner.tag == BOX:
            boxes.append(inner)
        elif inner.tag == RUN:
            parts.append(_text_of(inner, boxes))
        else:
            parts.append(_SIGNS.get(inner.tag) or (inner.text or "").replace("\n", " "))
    return "".join(parts)


def _row(row: Element, number: int, styles: Mapping[str, Style]) -> Row:
    """A row of a table; one that has been taken out is blank."""
    cells: dict[int, Cell] = {}
    if row.find(f"{W}trPr/{W}del") is not None:
        return Row(number, cells)
    column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in _within(row):
        blocks = tuple(blocks_in(cell, repeat(number), styles))
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        merged = merge is not None and merge.get(VALUE, "continue") == "continue"
        cells[column] = Cell(blocks, "\n".join(block.text for block in blocks), merged)
        column += _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
    return Row(number, cells)


def _number(element: Element, otherwise: int) -> int:
    value = "" if element is None else element.get(VALUE, "")
    return min(int(value), MOST_COLUMNS) if value.isdecimal() and len(value) < 5 else otherwise


def _is_bold(run: Element, style: Style, styles: Mapping[str, Style]) -> bool:
    bold = run.find(f"{W}rPr/{W}b")
    if bold is not None:
        return is_on(bold)
    named = run.find(f"{W}rPr/{W}rStyle")
    return style.bold or (named is not None and styles.get(named.get(VALUE), style).bold)
