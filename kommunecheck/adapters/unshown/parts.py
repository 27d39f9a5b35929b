"""The files inside a packed workbook, and the XML in them.

expat is given no entities to expand: a document that defines any is refused.
"""

from collections.abc import Callable
from typing import Never
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - an exception, whatever it is called there

from kommunecheck.adapters.unshown import Damaged


def part_of(package: ZipFile, part: str) -> bytes:
    """A file of the package. Raises ``Damaged`` when it is not there or not whole."""
    try:
        return package.read(part)
    except (BadZipFile, ZlibError, KeyError, EOFError, OSError, ValueError, RuntimeError):
        raise Damaged from None


def local(tag: str) -> str:
    """An element's or an attribute's name without what stands before the colon."""
    return tag.rpartition(":")[2]


def parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
) -> None:
    """Go through a document, telling the functions of what is met. Raises ``Damaged`` when it is not sound."""
    run(parser(start, end, characters), xml)


def parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """A parser that refuses a document type: it can make a short document endless, and no spreadsheet has one."""

    def refuse(*_: object) -> Never:
        raise Damaged

    made = expat.ParserCreate()
    made.StartDoctypeDeclHandler = refuse
    made.StartElementHandler = start
    made.EndElementHandler = end
    made.CharacterDataHandler = characters
    return made


def run(made: expat.XMLParserType, xml: bytes) -> None:
    """Go through a document with a parser from ``parser``. Raises ``Damaged`` when it is not sound."""
    try:
        made.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Damaged from None
