"""Opening what a municipality gives us: whole files, and packages (.xlsx, .ods, .docx) that cannot blow up."""

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from copy import copy
from pathlib import Path

from kommunecheck.domain.errors import UserError, why

MOST_BYTES = 4 << 30
"""Bytes a file may have: it is read whole. A municipality's largest table has a tenth of that."""

MOST_UNPACKED = 2 << 30
"""Bytes a package may hold when it is unpacked: more than any spreadsheet can show."""

MOST_TIMES_PACKED = 200
"""How many times its own size a package may hold. Real tables grow some 10-40 times."""

SMALL = 64 << 20
"""Packages that unpack to less are let through however well they were packed."""


def refuse_endless(path: Path) -> None:
    """Raises ``UserError`` for a pipe or a device, which may never end. What else is wrong, reading tells."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise UserError(f"{path.name} er ikke en almindelig fil. Skriv stien til en fil.")


def read_named(path: Path, called: str | None = None, lacking: str = "") -> bytes:
    """The bytes of a file that a command or the configuration names, and that is no table of the municipality's.

    ``called`` is what a sentence about the file begins with, its name where nothing else is said; ``lacking`` is added
    where there is none. Raises ``UserError`` when it is a pipe or a device, or cannot be read.
    """
    refuse_endless(path)
    try:
        return path.read_bytes()
    except OSError as error:
        more = f" {lacking}" if lacking and isinstance(error, FileNotFoundError) else ""
        raise UserError(f"{called or path.name or path} {why(error)}.{more}") from None


def read_whole(path: Path) -> bytes:
    """The bytes of a file with rows of the municipality's.

    Raises ``UserError`` when it is no file, cannot be read, or changed while it was read.
    """
    name = path.name
    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            what = "en mappe" if stat.S_ISDIR(before.st_mode) else "ikke en almindelig fil"
            raise UserError(f"{name} er {what}. Skriv stien til en fil.")
        if before.st_size > MOST_BYTES:
            raise UserError(
                f"{name} fylder mere end {MOST_BYTES >> 30} GB. Del filen i flere, og skriv dem alle under [[sources]]."
            )
        raw = path.read_bytes()
        after = path.stat()
    except (FileNotFoundError, ValueError):  # a name with a NUL in it is no file's name
        raise UserError(f"{name} findes ikke. Læg filen dér, eller ret stien i kommunecheck.toml.") from None
    except OSError as error:
        raise UserError(f"{name} {why(error)}.") from None
    if len(raw) != before.st_size or after.st_size != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise UserError(f"{name} blev ændret, mens den blev læst. Vent, til filen er skrevet færdig, og kør igen.")
    return raw


def digest(raw: bytes) -> str:
    """The SHA-256 of a file's bytes, by which a report names just this file."""
    return hashlib.sha256(raw).hexdigest()


def refuse_settings(name: str, kind: str, settings: Mapping[str, object]) -> None:
    """Raises ``UserError`` when the configuration says of a file what only files of another kind have.

    ``kind`` is what the file is, ``settings`` the keys such a file does not have, with what was given.
    """
    given = [f"`{key}`" for key, value in settings.items() if value is not None]
    if given:
        raise UserError(
            f"{name} er {kind} og læses uden {' og '.join(given)}. Fjern det for kilden i kommunecheck.toml."
        )


def open_package(raw: bytes, name: str, made_by: str) -> zipfile.ZipFile:
    """The zip file that ``raw`` is; ``made_by`` is the program it should be saved from.

    Raises ``UserError`` when it is none, is protected by a password, would unpack to more than anybody needs, or holds
    something else than it says.
    """
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(
            f"{name} er beskyttet med en adgangskode eller gemt i et ældre format. "
            f"Åbn filen i {made_by}, fjern adgangskoden, og gem den igen."
        )
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
        members = package.infolist()
    except _NO_PACKAGE:
        raise UserError(_damaged(name, made_by)) from None
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED or unpacked > max(SMALL, MOST_TIMES_PACKED * len(raw)):
        raise UserError(
            f"{name} fylder mere, end en rigtig fil gør, når den pakkes ud, og er ikke åbnet. "
            f"Åbn filen i {made_by}, og gem den igen, eller hent den på ny."
        )
    if any(member.flag_bits & 1 for member in members):
        raise UserError(f"{name} er beskyttet med en adgangskode. Fjern den i {made_by}, og gem filen igen.")
    if not all(_is_as_told(package, member) for member in members):
        raise UserError(_damaged(name, made_by))
    return package


_NO_PACKAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, NotImplementedError)
"""What ``zipfile`` raises of what it cannot open."""


def _damaged(name: str, made_by: str) -> str:
    return f"{name} er beskadiget og kan ikke åbnes. Åbn filen i {made_by}, og gem den igen, eller hent den på ny."


def _is_as_told(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a file in the package is whole and unpacks to as many bytes as it says: others read it to its end.

    It is unpacked a little at a time, and one byte further than it says. Office programs pack in one way only; in
    others a few bytes can be millions.
    """
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return False
    further = copy(member)
    further.file_size += 1
    unpacked = 0
    try:
        with package.open(further) as part:
            while piece := part.read(_PIECE):
                unpacked += len(piece)
    except _NO_PACKAGE:
        return False
    return unpacked == member.file_size


_PIECE = 1 << 16
"""Bytes unpacked at a time."""
