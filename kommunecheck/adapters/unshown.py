"""What python-calamine does not tell of a sheet: how far out its cells lie, and which of them hold no value.

calamine shows an error (#N/A) as blank, and a formula that was never worked out too. And it makes room for the whole
rectangle that a sheet's cells span, however few they are: two cells in opposite corners are 17,000 million. So the
sheet's XML is looked at first. Each reader here names the cells without a value, and refuses a sheet whose cells lie
too far from each other.

A .xlsx sheet as Excel and others write it is searched (``_by_search``); any other is read element by element, which
takes longer and finds the same. expat is given no entities to expand: a document that defines one is refused.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from posixpath import join, normpath
from typing import Never
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - an exception, whatever it is called there

from kommunecheck.domain.errors import UserError
from kommunecheck.ports import MOST_COLUMNS

MOST_ROWS = 1_048_576
"""As many as a spreadsheet has."""

ALWAYS_ROOM = 10_000_000
"""Cells a sheet may span however few of them are filled: some 300 MB."""

SPANNED_TIMES_FILLED = 10
"""How many times as many cells as are filled a larger sheet may span."""

KNOWN_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"})
"""The errors calamine can read. At any other (#SPILL!, #GETTING_DATA) it gives up the whole sheet."""

_SHOWN_ERROR = re.compile(r"\s*(#\S.*[!?]|#N/A|#I/T|(Err|Fejl):\d+)\s*")
"""What a program shows for a formula that failed, in English or Danish."""


class Damaged(Exception):  # noqa: N818 - what the file is
    """The file is not what its kind of file is."""


class Locked(Exception):  # noqa: N818 - what the file is
    """The file is protected by a password."""


@dataclass(slots=True)
class Unshown:
    """The cells of a sheet that hold something without a value: (row, column), counted from 0.

    ``strange`` are the places in the sheet's XML of errors that calamine does not know; ``readable`` is then the
    workbook with others in their place.
    """

    valueless: list[tuple[int, int]] = field(default_factory=list)
    strange: list[tuple[int, int]] = field(default_factory=list)
    readable: bytes | None = None


@dataclass(slots=True)
class Extent:
    """How far a sheet's filled cells reach, and how many there are."""

    name: str
    rows: int = 0
    columns: int = 0
    filled: int = 0

    def reach(self, rows: int, columns: int) -> None:
        """Take in a cell, or a block of like ones, by its last row and column."""
        self.filled += 1
        if rows > self.rows:
            self.rows = rows
        if columns > self.columns:
            self.columns = columns

    def has_room(self) -> bool:
        """Whether the rectangle is no larger than what is in it can explain."""
        room = max(ALWAYS_ROOM, SPANNED_TIMES_FILLED * self.filled)
        return self.rows <= MOST_ROWS and self.columns <= MOST_COLUMNS and self.rows * self.columns <= room

    def check(self) -> None:
        """Raises ``UserError`` when there is not room for the cells."""
        if not self.has_room():
            raise UserError(
                f"{self.name} har en celle langt ude: arket går til række {self.rows} og kolonne "
                f"{self.columns}, men er næsten tomt. Slet rækkerne under og kolonnerne til højre for tabellen, og "
                "gem filen igen."
            )


# .xlsx


def part_of(package: ZipFile, part: str) -> bytes:
    """A file of the package. Raises ``Damaged`` when it is not there or not whole."""
    try:
        return package.read(part)
    except (BadZipFile, ZlibError, KeyError, EOFError, OSError, ValueError, RuntimeError):
        raise Damaged from None


def xlsx_parts(package: ZipFile) -> dict[str, str]:
    """Where in the package each sheet lies, by its name. Raises ``Damaged``."""
    files = {_folded(name): name for name in package.namelist()}
    main = next((to for kind, to in _relations(package, files, "").values() if kind == "officeDocument"), None)
    if main is None:
        raise Damaged
    targets = _relations(package, files, main)
    sheets: list[tuple[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            plain = {_local(name): value for name, value in attributes.items()}
            sheets.append((plain.get("name", ""), plain.get("id", "")))

    _parse(part_of(package, files[main]), start=start)
    return {name: files[targets[key][1]] for name, key in sheets if key in targets and targets[key][1] in files}


def _relations(package: ZipFile, files: Mapping[str, str], part: str) -> dict[str, tuple[str, str]]:
    """What a part of the package points to: the kind and the file, by the key the part calls it."""
    folder, _, name = part.rpartition("/")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = _folded(normpath(join("/", folder, attributes.get("Target", "").replace("\\", "/"))))
            found[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2], target

    relations = files.get(_folded(f"{folder}/_rels/{name}.rels"))
    if relations is None:
        raise Damaged
    _parse(part_of(package, relations), start=start)
    return found


def _folded(name: str) -> str:
    """A file's name as names in a package are compared: without case, and from the root."""
    return name.replace("\\", "/").lstrip("/").lower()


def xlsx_sheet(package: ZipFile, part: str, name: str) -> Unshown:
    """The valueless cells of a sheet. Raises ``Damaged``, and ``UserError`` when its cells lie too far out."""
    xml = part_of(package, part)
    found = in_xlsx_xml(xml, name)
    if found.strange:
        found.readable = _with_known_errors(package, part, xml, found.strange)
    return found


def _with_known_errors(package: ZipFile, part: str, xml: bytes, strange: list[tuple[int, int]]) -> bytes:
    """The workbook with ``#N/A`` for the errors calamine does not know: any is as unreadable as another."""
    pieces: list[bytes] = []
    done = 0
    for begins, ends in sorted(strange):
        pieces += [xml[done:begins], b"#N/A"]
        done = ends
    target = io.BytesIO()
    with ZipFile(target, "w") as copy:
        for name in dict.fromkeys(package.namelist()):
            copy.writestr(name, b"".join([*pieces, xml[done:]]) if name == part else part_of(package, name))
    return target.getvalue()


def in_xlsx_xml(xml: bytes, name: str) -> Unshown:
    """As ``xlsx_sheet``, of the sheet's XML."""
    if b"<sheetData" in xml and not _is_unusual(xml):
        extent = _extent(xml, name)
        if extent is not None:
            extent.check()
            return _by_search(xml)
    return _by_element(xml, name)


_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
_REFERENCE = re.compile(rb'[":]([A-Z]{1,3})([1-9][0-9]{0,6})"')
_LAST_ROW = re.compile(rb'<row r="([1-9][0-9]{0,6})"')
_FILLED = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>/]*>')
HEAD = 1 << 16
"""Bytes at a sheet's beginning that tell how wide it is: the headings and some hundred rows."""


def _is_unusual(xml: bytes) -> bool:
    """Whether a ``<`` can be something else than an element's beginning, or an element's name or type be hidden.

    A single byte is found much faster than two, so that is looked for first.
    """
    comments = b"!" in xml and b"<!" in xml
    single_quotes = b"'" in xml and b"='" in xml
    return comments or single_quotes or _PREFIXED.search(xml) is not None


def _extent(xml: bytes, name: str) -> Extent | None:
    """A rectangle that no cell lies outside of; ``None`` unless every cell says its place first of all.

    It is guessed from the beginning and the end of the sheet. That nothing lies outside is then searched for, which
    is many times faster than looking at each place; they are looked at only if the guess is wrong or too large.
    """
    guess = Extent(name)
    for letters, digits in _REFERENCE.findall(xml, 0, HEAD):
        guess.reach(int(digits), _column(letters.decode()))
    last = _LAST_ROW.match(xml, max(0, xml.rfind(b"<row ")))
    guess.reach(int(last[1]) if last else 1, 1)
    if guess.has_room() and _outside(guess.rows, guess.columns).search(xml) is None:
        return guess
    if _outside(MOST_ROWS, MOST_COLUMNS).search(xml) is not None:
        return None
    places = _FILLED.findall(xml)
    rows = max((int(digits) for digits in {digits for _, digits in places}), default=0)
    columns = max((_column(letters.decode()) for letters in {letters for letters, _ in places}), default=0)
    return Extent(name, rows, columns, len(places))


def _outside(rows: int, columns: int) -> re.Pattern[bytes]:
    """Finds a cell that lies outside the first rows and columns, or whose place is written in another way."""
    within = _up_to(_letters(columns), "A", "Z") + _up_to(str(rows), "0", "9")
    return re.compile(f'<c(?! r="{within}")[\\s/>]'.encode())


def _up_to(last: str, least: str, most: str) -> str:
    """A pattern for what is counted no further than ``last``, in digits or in the letters of columns."""
    choices = [f"[{least}-{most}]{{1,{len(last) - 1}}}"] if len(last) > 1 else []
    for place, sign in enumerate(last):
        if sign > least:
            choices.append(f"{last[:place]}[{least}-{chr(ord(sign) - 1)}][{least}-{most}]{{{len(last) - place - 1}}}")
    return f"(?:{'|'.join([*choices, last])})"


@lru_cache(maxsize=MOST_COLUMNS)
def _column(letters: str) -> int:
    """The number of a column, counted from 1: ``A`` is 1, ``AA`` is 27. Raises ``Damaged`` when it is none."""
    if not (letters.isascii() and letters.isalpha() and len(letters) < 6):
        raise Damaged
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    """A column's letters."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


_FORMULA = re.compile(rb"<f[\s/>]")
_ERROR = re.compile(rb'\st="e"')
_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^>]*)>')
_VALUE = re.compile(rb"<v(?:\s[^>]*)?>([^<]+)")


def _by_search(xml: bytes) -> Unshown:
    """Only formulas and errors looked at. A formula comes first in its cell; an error's value begins with ``#``."""
    found = Unshown()
    for formula in _FORMULA.finditer(xml):
        cell = _CELL.match(xml, xml.rfind(b"<", 0, formula.start()))
        if cell is None:
            continue
        end = xml.find(b"</c>", formula.end())
        empty_text = b't="str"' in cell[3] and xml.find(b"<v", formula.end(), end) >= 0
        if not empty_text and _VALUE.search(xml, formula.end(), end) is None:
            found.valueless.append(_place_of(cell))
    for error in _ERROR.finditer(xml) if b"#" in xml else ():
        cell = _CELL.match(xml, xml.rfind(b"<", 0, error.start()))
        if cell is None:
            continue
        found.valueless.append(_place_of(cell))
        value = _VALUE.search(xml, cell.end(), xml.find(b"</c>", cell.end()))
        if value is not None and value[1].decode(errors="replace") not in KNOWN_ERRORS:
            found.strange.append(value.span(1))
    return found


def _place_of(cell: re.Match[bytes]) -> tuple[int, int]:
    return int(cell[2]) - 1, _column(cell[1].decode()) - 1


def _by_element(xml: bytes, name: str) -> Unshown:
    """Every cell looked at. Cells that only have a colour or a border are none."""
    reader = _XlsxReader(name)
    _run(reader.parser, xml)
    reader.extent.check()
    return reader.found


class _XlsxReader:
    """Goes through a sheet. What a cell holds is only followed in those with a formula or an error."""

    def __init__(self, name: str) -> None:
        self.found = Unshown()
        self.extent = Extent(name)
        self.row = self.column = -1
        self.kind = self.text = ""
        self.valued = False
        self.began = 0
        self.parser = _parser(self.start)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag[tag.rfind(":") + 1 :]
        if tag == "c":
            self.row, self.column = _place(attributes.get("r"), self.row, self.column + 1)
            self.kind, self.text, self.valued = attributes.get("t", ""), "", False
            if self.kind == "e":
                self.follow()
        elif tag in ("v", "is"):
            self.extent.reach(self.row + 1, self.column + 1)
            self.valued = True
            self.parser.CharacterDataHandler = self.characters if self.parser.EndElementHandler else None
        elif tag == "row":
            self.row, self.column = _row(attributes.get("r"), self.row + 1), -1
        elif tag == "f":
            self.follow()

    def follow(self) -> None:
        self.parser.EndElementHandler = self.end

    def characters(self, data: str) -> None:
        self.began = self.began if self.text else self.parser.CurrentByteIndex
        self.text += data

    def end(self, tag: str) -> None:
        tag = tag[tag.rfind(":") + 1 :]
        if tag == "v":
            self.parser.CharacterDataHandler = None
            if self.kind == "e" and self.text and self.text not in KNOWN_ERRORS:
                self.found.strange.append((self.began, self.parser.CurrentByteIndex))
        elif tag == "c":
            self.parser.EndElementHandler = self.parser.CharacterDataHandler = None
            empty_text = self.kind == "str" and self.valued
            if self.kind == "e" or not (self.text or empty_text):
                self.found.valueless.append((self.row, self.column))
                self.extent.reach(self.row + 1, self.column + 1)


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """The place a cell says it has; without one it stands beside the cell before it."""
    if reference is None:
        return row, column
    letters = reference.rstrip("0123456789")
    return _row(reference[len(letters) :], row), _column(letters) - 1


def _row(number: str | None, row: int) -> int:
    if number is None:
        return row
    if not number.isdecimal() or int(number) == 0:
        raise Damaged
    return int(number) - 1


# .ods


@dataclass(slots=True)
class _Table:
    """One sheet of an .ods while it is read. ``valueless`` are blocks: row, rows, column, columns."""

    extent: Extent
    row: int = 0
    rows: int = 1
    column: int = 0
    valueless: list[tuple[int, int, int, int]] = field(default_factory=list)

    def places(self) -> Iterator[tuple[int, int]]:
        """Every cell of the blocks. Only asked for when the extent is known to be bounded."""
        for row, rows, column, columns in self.valueless:
            for down in range(rows):
                yield from ((row + down, column + right) for right in range(columns))


def ods_sheets(content: bytes, name: str) -> dict[str, Unshown]:
    """The valueless cells of each sheet. Raises ``Damaged``, and ``UserError`` when its cells lie too far out.

    A cell and a row can say that they stand there many times: few bytes can be many cells.
    """
    reader = _OdsReader(name)
    _parse(content, reader.start, reader.end, reader.characters)
    found: dict[str, Unshown] = {}
    for sheet, table in reader.tables.items():
        table.extent.check()
        found[sheet] = Unshown(list(table.places()))
    return found


class _OdsReader:
    """Goes through an .ods and notes where its filled and its valueless cells are."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tables: dict[str, _Table] = {}
        self.depth = 0
        self.columns = 1
        self.formula = self.valued = self.error = self.paragraph = False
        self.shown = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.table = self.tables[attributes.get("table:name", "")] = _Table(Extent(self.name))
        elif self.depth != 1:
            return
        elif tag == "table-row":
            self.table.rows = _repeated(attributes.get("table:number-rows-repeated"))
            self.table.column = 0
        elif tag in ("table-cell", "covered-table-cell"):
            self.columns = _repeated(attributes.get("table:number-columns-repeated"))
            self.formula = "table:formula" in attributes
            self.valued = "office:value-type" in attributes
            self.error = attributes.get("calcext:value-type") == "error"
            self.paragraph, self.shown = False, ""
        elif tag == "p":
            self.paragraph = True

    def characters(self, data: str) -> None:
        if self.formula:
            self.shown += data

    def end(self, tag: str) -> None:
        tag = _local(tag)
        if tag == "table":
            self.depth -= 1
        elif self.depth != 1:
            return
        elif tag == "table-row":
            self.table.row += self.table.rows
        elif tag in ("table-cell", "covered-table-cell"):
            self.end_of_cell()

    def end_of_cell(self) -> None:
        """A formula that gives an empty text has an empty paragraph and no type; one never worked out has neither."""
        table = self.table
        waiting = self.formula and not self.valued and not self.paragraph
        if self.valued or waiting:
            table.extent.reach(table.row + table.rows, table.column + self.columns)
        if self.error or waiting or (self.formula and _SHOWN_ERROR.fullmatch(self.shown)):
            table.valueless.append((table.row, table.rows, table.column, self.columns))
        table.column += self.columns
        self.formula = False


def _repeated(times: str | None) -> int:
    if times is None:
        return 1
    if not (times.isascii() and times.isdecimal() and len(times) < 10):
        raise Damaged
    return int(times)


# XML


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _parse(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
) -> None:
    _run(_parser(start, end, characters), xml)


def _parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """A parser that refuses a document type: it can make a short document endless, and no spreadsheet has one."""

    def refuse(*_: object) -> Never:
        raise Damaged

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    return parser


def _run(parser: expat.XMLParserType, xml: bytes) -> None:
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError):
        raise Damaged from None
