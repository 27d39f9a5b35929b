"""Writing what a folder needs to be checked: its configuration, a key if something must be hidden, a start file."""

import os
import secrets
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from kommunecheck.adapters.files import read_named
from kommunecheck.config import FILE_NAME
from kommunecheck.domain.errors import UserError, why_unwritten
from kommunecheck.domain.inspection import FolderSeen
from kommunecheck.reports.configuration import configuration

KEY_FILE, START_FILE = "noegle.txt", "kontroller.cmd"
KEY_BYTES = 32
LEAST_KEY = 16
"""Bytes that ``check`` wants of a key."""

START = """\
@echo off
chcp 65001 >nul
rem Kontrollerer sagerne i denne mappe. Dobbeltklik på filen.
pushd "%~dp0"
if not exist rapporter mkdir rapporter
"{python}" -m kommunecheck check . -o {report}
set KODE=%ERRORLEVEL%
popd
echo.
if %KODE%==0 echo Der er intet at følge op på. Rapporten er {report}.
if %KODE%==1 echo Der er fund. Rapporten er {report}.
if %KODE%==2 echo Der kom ingen rapport. Læs fejlen ovenfor.
if %KODE%==3 echo Rapporten er ufuldstændig. Læs Forbehold. Rapporten er {report}.
pause
exit /b %KODE%
"""

REPORTS = (".html", ".docx", ".xlsx", ".json")
"""What the start file writes: the first of these that can be written. In a folder of its own, so that no report is
taken for a table."""


def refuse_to_overwrite(folder: Path) -> None:
    """Raises ``UserError`` when the folder is none, or has a configuration already."""
    if not folder.is_dir():
        raise UserError(
            f"{folder.name} {'er en fil' if folder.exists() else 'findes ikke'}. Skriv en mappe med tabeller."
        )
    if (folder / FILE_NAME).exists():
        raise UserError(
            f"{FILE_NAME} findes i forvejen i mappen og bliver ikke overskrevet. Slet eller omdøb den, og kør igen."
        )


def write_setup(folder: Path, seen: FolderSeen, endings: Iterable[str | None], with_start_file: bool) -> list[str]:
    """Write the files, whole or not at all; the names of those that were written.

    A key that is there already is kept. Raises ``UserError`` when something cannot be written.
    """
    key_file = KEY_FILE if seen.needs_key else None
    text = configuration(seen.sources, seen.missing, seen.absent, key_file)
    files = {FILE_NAME: text.encode()}
    if key_file is not None and not _has_key(folder / KEY_FILE):
        files[KEY_FILE] = f"{secrets.token_hex(KEY_BYTES)}\n".encode()
    if with_start_file and not (folder / START_FILE).exists():
        files[START_FILE] = _start_file([one for one in endings if one is not None])
    return _write(folder, files)


def _has_key(path: Path) -> bool:
    if not path.exists():
        return False
    if len(read_named(path).strip()) < LEAST_KEY:
        raise UserError(
            f"{path.name} findes i forvejen, men nøglen i den er for kort. Slet filen, og kør igen; så laves der en ny."
        )
    return True


def _start_file(endings: list[str]) -> bytes:
    report = r"rapporter\rapport" + next((ending for ending in REPORTS if ending in endings), ".json")
    python = sys.executable.replace("%", "%%")  # cmd takes a single one for the beginning of a variable
    return START.format(python=python, report=report).replace("\n", "\r\n").encode()


def _write(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Each file beside its place first, and into it when all are written; the configuration last."""
    made: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    try:
        for name, content in files.items():
            beside = folder / f".{name}.{os.getpid()}.tmp"
            made.append((beside, folder / name))
            mode = 0o600 if name == KEY_FILE else 0o666
            with open(beside, "wb", opener=partial(os.open, mode=mode)) as target:
                target.write(content)
        for beside, file in reversed(made):
            beside.replace(file)
            placed.append(file)
    except OSError as error:
        for file in placed:
            file.unlink(missing_ok=True)
        raise UserError(f"Opsætningen kan ikke skrives: {why_unwritten(error)}.") from None
    finally:
        for beside, _ in made:
            beside.unlink(missing_ok=True)
    return list(files)
