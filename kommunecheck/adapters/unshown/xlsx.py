"""Workbooks of Excel's (.xlsx, .xlsm), a sheet at a time.

A sheet as Excel and most others write it is searched (``_by_search``). Any other is read element by element, which
takes many times longer and finds the same.
"""

import io
import re
from collections.abc import Mapping
from functools import partial
from posixpath import join, normpath
from zipfile import ZipFile

from kommunecheck.adapters.unshown import MOST_ROWS, NO_DAY, Damaged, Extent, Unshown, column_number
from kommunecheck.adapters.unshown.parts import local, parse, parser, part_of, run
from kommunecheck.domain.wording import column_letters
from kommunecheck.ports import MOST_COLUMNS

KNOWN_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"})
"""The errors calamine can read. At any other (#SPILL!, #GETTING_DATA) it gives up the whole sheet."""


def xlsx_parts(package: ZipFile) -> dict[str, str]:
    """Where in the package each sheet lies, by its name. Raises ``Damaged``."""
    files = {_folded(name): name for name in package.namelist()}
    main = next((to for kind, to in _relations(package, files, "").values() if kind == "officeDocument"), "")
    if main not in files:
        raise Damaged
    targets = _relations(package, files, main)
    sheets: list[tuple[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "sheet":
            plain = {local(name): value for name, value in attributes.items()}
            sheets.append((plain.get("name", ""), plain.get("id", "")))

    parse(part_of(package, files[main]), start=start)
    return {name: files[targets[key][1]] for name, key in sheets if key in targets and targets[key][1] in files}


def _relations(package: ZipFile, files: Mapping[str, str], part: str) -> dict[str, tuple[str, str]]:
    """What a part of the package points to: the kind and the file, by the key the part calls it."""
    folder, _, name = part.rpartition("/")
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = _folded(normpath(join("/", folder, attributes.get("Target", "").replace("\\", "/"))))
            found[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2], target

    relations = files.get(_folded(f"{folder}/_rels/{name}.rels"))
    if relations is None:
        raise Damaged
    parse(part_of(package, relations), start=start)
    return found


def _folded(name: str) -> str:
    """A file's name as names in a package are compared: without case, and from the root."""
    return name.replace("\\", "/").lstrip("/").lower()


def xlsx_sheet(package: ZipFile, part: str, name: str) -> Unshown:
    """The valueless cells of a sheet. Raises ``Damaged``, and ``UserError`` when its cells lie too far out."""
    xml = _without_prefix(part_of(package, part))
    found = in_xlsx_xml(xml, name)
    if found.strange:
        found.readable = _with_sheet(package, part, _with_known_errors(xml, found.strange))
    found.plain = partial(_with_plain_numbers, package, part, found.strange)
    return found


_PREFIX = re.compile(rb"<(\w+):worksheet[\s>]")


def _without_prefix(xml: bytes) -> bytes:
    """The sheet with its elements called ``c`` and ``row``, where a program calls them ``x:c`` and ``x:row``."""
    prefix = _PREFIX.search(xml, 0, HEAD)
    if prefix is None:
        return xml
    return xml.replace(b"<%b:" % prefix[1], b"<").replace(b"</%b:" % prefix[1], b"</")


def _with_known_errors(xml: bytes, strange: list[tuple[int, int]]) -> bytes:
    """The sheet with ``#N/A`` for the errors calamine does not know: any is as unreadable as another."""
    pieces: list[bytes] = []
    done = 0
    for begins, ends in sorted(strange):
        pieces += [xml[done:begins], b"#N/A"]
        done = ends
    return b"".join([*pieces, xml[done:]])


_FORMATTED = re.compile(
    rb'(<c\s[^>]*?)\ss="[0-9]+"([^>]*>(?:<f[^>]*>[^<]*</f>)?<v>)(-?[0-9.]+(?:[eE]\+?[0-9]+)?)(?=</v>)'
)
"""A cell with a format and a number: what stands before the format, between the two, and the number."""


def _with_plain_numbers(package: ZipFile, part: str, strange: list[tuple[int, int]]) -> bytes:
    """The workbook in which the sheet's numbers that are no days have no format."""

    def plain(cell: re.Match[bytes]) -> bytes:
        return cell[1] + cell[2] + cell[3] if abs(_float(cell[3])) >= NO_DAY else cell[0]

    xml = _with_known_errors(_without_prefix(part_of(package, part)), strange)
    return _with_sheet(package, part, _FORMATTED.sub(plain, xml))


def _float(digits: bytes) -> float:
    try:
        return float(digits)
    except ValueError:
        raise Damaged from None


def _with_sheet(package: ZipFile, part: str, xml: bytes) -> bytes:
    """The workbook with this for one of its parts."""
    target = io.BytesIO()
    with ZipFile(target, "w") as copy:
        for name in dict.fromkeys(package.namelist()):
            copy.writestr(name, xml if name == part else part_of(package, name))
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
        guess.reach(int(digits), column_number(letters.decode()))
    last = _LAST_ROW.match(xml, max(0, xml.rfind(b"<row ")))
    guess.reach(int(last[1]) if last else 1, 1)
    if guess.has_room() and _outside(guess.rows, guess.columns).search(xml) is None:
        return guess
    if _outside(MOST_ROWS, MOST_COLUMNS).search(xml) is not None:
        return None
    places = _FILLED.findall(xml)
    rows = max((int(digits) for digits in {digits for _, digits in places}), default=0)
    columns = max((column_number(letters.decode()) for letters in {letters for letters, _ in places}), default=0)
    return Extent(name, rows, columns, len(places))


def _outside(rows: int, columns: int) -> re.Pattern[bytes]:
    """Finds a cell that lies outside the first rows and columns, or whose place is written in another way."""
    within = _up_to(column_letters(columns), "A", "Z") + _up_to(str(rows), "0", "9")
    return re.compile(f'<c(?! r="{within}")[\\s/>]'.encode())


def _up_to(last: str, least: str, most: str) -> str:
    """A pattern for what is counted no further than ``last``, in digits or in the letters of columns."""
    sign = f"[{least}-{most}]"
    choices = [f"{sign}{{1,{len(last) - 1}}}"] if len(last) > 1 else []
    for place in range(len(last)):
        final = place == len(last) - 1
        highest = last[place] if final else chr(ord(last[place]) - 1)
        if highest >= least:
            choices.append(f"{last[:place]}[{least}-{highest}]" + sign * (len(last) - 1 - place))
    return f"(?:{'|'.join(choices)})"


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
    return int(cell[2]) - 1, column_number(cell[1].decode()) - 1


def _by_element(xml: bytes, name: str) -> Unshown:
    """Every cell looked at. Cells that only have a colour or a border are none."""
    reader = _XlsxReader(name)
    run(reader.parser, xml)
    reader.extent.check()
    if reader.extent.filled and b"sheetData" not in xml:
        raise Damaged  # written in two bytes a sign, which calamine takes for a sheet without cells
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
        self.parser = parser(self.start)

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
    return _row(reference[len(letters) :], row), column_number(letters) - 1


def _row(number: str | None, row: int) -> int:
    if number is None:
        return row
    if not number.isdecimal() or int(number) == 0:
        raise Damaged
    return int(number) - 1
