"""Lilleby with the tables of the visitationstilsyn alone: for tests that are about that, or about other plugins."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
FILES = ("sager.csv", "samtaler.csv", "perioder.csv", "udbetalinger.csv", "journal.csv", "forventet.csv")
OWN_SECTION = "\n[sagsbehandling"
"""Where the first section of a further supervision begins in its configuration."""


@cache
def lilleby_alone() -> Path:
    """The folder; nobody may write in it."""
    parent = Path(mkdtemp())
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    folder = parent / "lilleby"
    folder.mkdir()
    for name in FILES:
        shutil.copy(LILLEBY / name, folder / name)
    text, _, _ = (LILLEBY / "kommunecheck.toml").read_text(encoding="utf-8").partition(OWN_SECTION)
    (folder / "kommunecheck.toml").write_text(text, encoding="utf-8")
    return folder
