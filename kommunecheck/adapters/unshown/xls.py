"""Old workbooks (.xls), all sheets at once.

A .xls is a small file system (OLE) in which the stream ``Workbook`` is a row of records: a type, a length, the data.
Each sheet is a run of them. A formula always has a value there, so only errors are looked for.
"""

import struct
from collections.abc import Iterator

from kommunecheck.adapters.unshown import Damaged, Extent, Locked, Unshown

OLE = b"\xd0\xcf\x11\xe0"
"""How an OLE file begins."""

LAST_SECTOR = 0xFFFFFFFA
"""From this number on, a sector's number means something else than a sector."""

_STREAM, _ROOT = 2, 5
_FILE_PASS, _SHEET, _BEGIN, _END = 0x002F, 0x0085, 0x0809, 0x000A
_FORMULA = frozenset({0x0006, 0x0206, 0x0406})
_BOOLEAN_OR_ERROR = 0x0205
_FILLED = _FORMULA | {_BOOLEAN_OR_ERROR, 0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6}
_MANY_NUMBERS = 0x00BD


def xls_sheets(raw: bytes, name: str) -> list[Unshown]:
    """The valueless cells of each sheet, in the workbook's order.

    Raises ``Damaged``, ``Locked``, and ``UserError`` when a sheet's cells lie too far out.
    """
    try:
        stream = _workbook_stream(raw)
        places = _sheet_places(stream)
        return [_sheet(stream, place, name) for place in places]
    except (struct.error, IndexError, ValueError):
        raise Damaged from None


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
        return _chain(raw, table, start, 1 << shift, 1 << shift)[:size]
    small_table = _numbers(_chain(raw, table, first_small, 1 << shift, 1 << shift))
    small = _chain(raw, table, entries[""][0], 1 << shift, 1 << shift)
    return _chain(small, small_table, start, 64, 0)[:size]


def _sector_table(raw: bytes, size: int) -> tuple[int, ...]:
    """Which sector comes after each. The table's own sectors are listed in the header, and on from there."""
    sectors = list(struct.unpack_from("<109I", raw, 76))
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
    extent.check()
    return found


def _is_error(kind: int, stream: bytes, at: int) -> bool:
    """Whether the record at ``at`` is an error, or a formula whose result is one."""
    if kind == _BOOLEAN_OR_ERROR:
        return stream[at + 7] == 1
    return kind in _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2
