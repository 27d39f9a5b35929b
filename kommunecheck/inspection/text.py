"""How a text file is written: its letters and its separator."""

import codecs
import re
from typing import NamedTuple

from kommunecheck.adapters.csv import DELIMITERS

BAR = "|"
"""A separator that is not looked for, because it also stands inside our own values."""

HEAD = 1 << 20
"""Bytes of a file in which the heading stands."""

_DOS_LETTERS = frozenset(b"\x86\x91\x9b\x8f\x92\x9d")
_WINDOWS_LETTERS = frozenset(b"\xe5\xe6\xf8\xc5\xc6\xd8")
"""The Danish letters æøåÆØÅ in code page 850, as DOS wrote them, and in Windows-1252."""


class Encoding(NamedTuple):
    """The name a person knows, the one Python knows, and whether it is found without being named."""

    name: str
    codec: str
    is_found: bool = True


def encoding_of(raw: bytes) -> Encoding:
    """How the letters are written. It is what the adapter for text files finds, and two kinds it does not look for."""
    if raw.startswith(codecs.BOM_UTF8):
        return Encoding("UTF-8 med BOM", "utf-8-sig")
    if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return Encoding("UTF-16", "utf-16")
    head = raw[:HEAD]
    if head.count(0) * 3 > len(head):
        little = head[1::2].count(0) > head[::2].count(0)
        return Encoding("UTF-16 uden BOM", "utf-16-le" if little else "utf-16-be", is_found=False)
    try:
        raw.decode()
    except UnicodeDecodeError:
        dos = sum(1 for byte in head if byte in _DOS_LETTERS)
        windows = sum(1 for byte in head if byte in _WINDOWS_LETTERS)
        return Encoding("DOS (cp850)", "cp850", is_found=False) if dos > windows else Encoding("Windows-1252", "cp1252")
    return Encoding("UTF-8", "utf-8")


def line_of(raw: bytes, encoding: Encoding, number: int) -> str:
    """A line of the file's beginning, counted from 1."""
    lines = re.split(r"\r\n|\r|\n", raw[:HEAD].decode(encoding.codec, errors="ignore"))
    return lines[number - 1] if number <= len(lines) else ""


def delimiter_of(line: str) -> str:
    """The separator of the line's cells."""
    return max(DELIMITERS, key=line.count)
