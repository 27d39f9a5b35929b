"""Old workbooks (.xls), all sheets at once.

A .xls is a small file system (OLE) in which the stream ``Workbook`` is a row of records: a type, a length, the data.
Each sheet is a run of them. A formula always has a value there, so only errors are looked for.
"""

import struct
from collections.abc import Iterator
from functools import partial

from kommunecheck.adapters.unshown import NO_DAY, Damaged, Extent, Locked, Unshown

OLE = b"\xd0\xcf\x11\xe0"
"""How an OLE file begins."""

TABLE, LAST, NONE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
"""What stands in place of the next sector's number: a sector of the table, the last of a chain, none."""

LAST_SECTOR = 0xFFFFFFFA
"""From this number on, a sector's number means something else than a sector."""

LISTED_IN_HEADER = 109
"""Sectors of the table that the header has room for."""

SECTOR = 4096
SMALL_LIMIT = 4096
"""A stream with fewer bytes lies in small sectors; ours never does."""

OLD_ROWS, OLD_COLUMNS = 65_536, 256
"""As many as an old sheet has."""

_STREAM, _ROOT = 2, 5
_FILE_PASS, _SHEET, _BEGIN, _END = 0x002F, 0x0085, 0x0809, 0x000A
_FORMULA = frozenset({0x0006, 0x0206, 0x0406})
_BOOLEAN_OR_ERROR = 0x0205
_NUMBER, _SHORT_NUMBER, _MANY_NUMBERS = 0x0203, 0x027E, 0x00BD
_FILLED = _FORMULA | {_BOOLEAN_OR_ERROR, _NUMBER, _SHORT_NUMBER, 0x0204, 0x00FD, 0x00D6}
_DIMENSIONS = 0x0200


def xls_sheets(raw: bytes, name: str) -> tuple[list[Unshown], bytes]:
    """The valueless cells of each sheet, in the workbook's order; and the workbook alone, in a file that is sound.

    Given the file as it is, calamine would make room for whatever numbers stand in it. Raises ``Damaged``, ``Locked``,
    and ``UserError`` when a sheet's cells lie too far out.
    """
    try:
        stream = _workbook_stream(raw)
        sheets = [_sheet(stream, place, name) for place in _sheet_places(stream)]
    except (struct.error, LookupError, ValueError):
        raise Damaged from None
    for sheet in sheets:
        sheet.plain = partial(_with_plain_numbers, stream)
    return sheets, _in_sound_file(stream)


# The file system


def _workbook_stream(raw: bytes) -> bytes:
    """The stream with the workbook. Raises ``Damaged`` where there is none, ``Locked`` where it is encrypted."""
    (shift,) = struct.unpack_from("<H", raw, 30)
    if shift not in (9, 12):
        raise Damaged
    table = _sector_table(raw, 1 << shift)
    first_directory, small_limit, first_small = struct.unpack_from("<I4xII", raw, 48)
    entries: dict[str, tuple[int, int]] = {}
    directory = _chain(raw, table, first_directory, 1 << shift, 1 << shift)
    for at in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        title = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if kind in (_STREAM, _ROOT):
            entries[title if kind == _STREAM else ""] = struct.unpack_from("<II", directory, at + 116)
    if "EncryptedPackage" in entries:
        raise Locked
    found = entries.get("Workbook") or entries.get("Book")
    if found is None:
        raise Damaged
    start, size = found
    if size >= small_limit:
        stream = _chain(raw, table, start, 1 << shift, 1 << shift)
    else:
        small_table = _numbers(_chain(raw, table, first_small, 1 << shift, 1 << shift))
        small = _chain(raw, table, entries[""][0], 1 << shift, 1 << shift)
        stream = _chain(small, small_table, start, 64, 0)
    if len(stream) < size:
        raise Damaged  # the file was cut short: the last rows would be missing
    return stream[:size]


def _sector_table(raw: bytes, size: int) -> tuple[int, ...]:
    """Which sector comes after each. The table's own sectors are listed in the header, and on from there."""
    sectors = list(struct.unpack_from(f"<{LISTED_IN_HEADER}I", raw, 76))
    (more,) = struct.unpack_from("<I", raw, 68)
    while more < LAST_SECTOR and len(sectors) * size <= len(raw):
        listed = _numbers(raw[(more + 1) * size : (more + 2) * size])
        sectors += listed[:-1]
        more = listed[-1]
    used = [sector for sector in sectors if sector < LAST_SECTOR]
    return _numbers(b"".join(raw[(sector + 1) * size : (sector + 2) * size] for sector in used))


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(raw: bytes, table: tuple[int, ...], sector: int, size: int, header: int) -> bytes:
    """The sectors from one on, put together. Raises ``Damaged`` when they go round in a ring."""
    parts: list[bytes] = []
    while sector < LAST_SECTOR:
        if len(parts) > len(table):
            raise Damaged
        parts.append(raw[header + sector * size : header + (sector + 1) * size])
        sector = table[sector]
    return b"".join(parts)


def _in_sound_file(stream: bytes) -> bytes:
    """A file system with nothing but the workbook: its sectors, then the directory, a spare sector, and the table."""
    sectors = -(-max(len(stream), SMALL_LIMIT) // SECTOR)
    listed = -(-(sectors + 2) // (SECTOR // 4 - 1))
    if listed > LISTED_IN_HEADER:
        raise Damaged
    chain = [*range(1, sectors), LAST, LAST, LAST, *[TABLE] * listed]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(listed * SECTOR, b"\xff")
    places = [sectors + 2 + place for place in range(listed)]
    header = struct.pack("<8s16xHHHHH6x", OLE + b"\xa1\xb1\x1a\xe1", 62, 4, 0xFFFE, 12, 6)
    header += struct.pack("<9I", 1, listed, sectors, 0, SMALL_LIMIT, LAST, 0, LAST, 0)
    header += struct.pack(f"<{len(places)}I", *places).ljust(4 * LISTED_IN_HEADER, b"\xff")
    directory = _entry("Root Entry", _ROOT, sectors + 1, 64, 1)
    directory += _entry("Workbook", _STREAM, 0, max(len(stream), SMALL_LIMIT), NONE)
    parts = (header, stream.ljust(sectors * SECTOR, b"\0"), directory, b"", table)
    return b"".join(part.ljust(SECTOR, b"\0") for part in parts)


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    title = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII", len(title), kind, 1, NONE, NONE, child)
    return title.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


# The records


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Each record from a place on: its type, where its data begins, and how long that is."""
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, length
        place += 4 + length


def _sheet_places(stream: bytes) -> list[int]:
    """Where each sheet begins."""
    places: list[int] = []
    for kind, at, _ in _records(stream, 0):
        if kind == _FILE_PASS:
            raise Locked
        if kind == _SHEET:
            places.append(struct.unpack_from("<I", stream, at)[0])
        if kind == _END:
            break
    return places


def _sheet(stream: bytes, place: int, name: str) -> Unshown:
    found = Unshown()
    extent = Extent(name)
    depth = 0
    for kind, at, length in _records(stream, place):
        if kind == _BEGIN:  # a chart inside the sheet has a beginning and an end of its own
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
        elif kind in _FILLED:
            row, column = struct.unpack_from("<HH", stream, at)
            extent.reach(row + 1, column + 1)
            if _is_error(kind, stream, at):
                found.valueless.append((row, column))
        elif kind == _MANY_NUMBERS:
            (row,), (last,) = struct.unpack_from("<H", stream, at), struct.unpack_from("<H", stream, at + length - 2)
            extent.reach(row + 1, last + 1)
        elif kind == _DIMENSIONS:
            _check_claim(stream[at : at + length])
    else:
        raise Damaged  # the sheet does not end
    extent.check()
    return found


def _check_claim(dimensions: bytes) -> None:
    """Raises ``Damaged`` when the sheet claims to be what no sheet is: calamine makes room for what is claimed."""
    numbers = "<HHHH" if len(dimensions) == 10 else "<IIHH"
    row, rows, column, columns = struct.unpack_from(numbers, dimensions)
    if not (row <= rows <= OLD_ROWS and column <= columns <= OLD_COLUMNS):
        raise Damaged


def _is_error(kind: int, stream: bytes, at: int) -> bool:
    """Whether the record at ``at`` is an error, or a formula whose result is one."""
    if kind == _BOOLEAN_OR_ERROR:
        return stream[at + 7] == 1
    return kind in _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2


# Numbers that are no days

_WITHOUT_FORMAT = bytes(2)
"""The number of the first format, which every workbook has: it shows a number as it is."""


def _with_plain_numbers(stream: bytes) -> bytes:
    """The workbook, in a file that is sound, in which the numbers that are no days have no format."""
    plain = bytearray(stream)
    try:
        for place in _sheet_places(stream):
            for kind, at, length in _records(stream, place):
                for format_at in _formats_of_large(stream, kind, at, length):
                    plain[format_at : format_at + 2] = _WITHOUT_FORMAT
    except (struct.error, LookupError):
        raise Damaged from None
    return _in_sound_file(bytes(plain))


def _formats_of_large(stream: bytes, kind: int, at: int, length: int) -> Iterator[int]:
    """Where the formats of a record's numbers stand, of those that are no days."""
    if kind == _NUMBER or kind in _FORMULA:
        if abs(struct.unpack_from("<d", stream, at + 6)[0]) >= NO_DAY:
            yield at + 4
    elif kind in (_SHORT_NUMBER, _MANY_NUMBERS):
        for format_at in range(at + 4, at + length - 5, 6):
            if abs(_short_number(stream[format_at + 2 : format_at + 6])) >= NO_DAY:
                yield format_at


def _short_number(data: bytes) -> float:
    """A number in four bytes that is none of whole hundredths: the upper half of one in eight, but for its last bits.

    One that is a whole number has 30 bits, and is never so large.
    """
    (bits,) = struct.unpack("<I", data)
    if bits & 2:
        return 0
    value: float = struct.unpack("<d", bytes(4) + struct.pack("<I", bits & ~3))[0]
    return value / 100 if bits & 1 else value
