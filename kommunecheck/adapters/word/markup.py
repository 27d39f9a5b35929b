"""What the XML of a document calls things."""

from typing import Any, TypeAlias

Element: TypeAlias = Any  # lxml's, which has no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
VALUE, HEADER = W + "val", W + "headerReference"
PARAGRAPH, TABLE, ROW, CELL, BOX = W + "p", W + "tbl", W + "tr", W + "tc", W + "txbxContent"
RUN, TEXT = W + "r", W + "t"
NOTES = (W + "comment", W + "footnote", W + "endnote")
FOREIGN = (W + "altChunk", W + "subDoc")


BLANK = " \t\r\u00a0\u200b\ufeff"
"""What is blank in a line."""


def is_on(switch: Element) -> bool:
    """Whether an element that turns something on does so: it can also say that it does not."""
    return switch.get(VALUE, "1") not in ("0", "false", "off", "none")
