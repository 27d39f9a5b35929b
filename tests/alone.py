"""Lilleby with the tables of the visitationstilsyn alone: for tests that are about that, or about other plugins."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from kommunecheck import app
from kommunecheck.domain.report import Fact, Report

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


FURTHER = {
    "raadighed": ("sager", "udbetalinger", "haendelser", "afgoerelser"),
    "sagsbehandling": ("sager", "ansoegninger", "sagsskridt", "klager"),
    "kontrolsager": ("kontrolsager",),
}
"""The tables of each further supervision that comes along."""


@cache
def lilleby_without_samtaler(*supervisions: str) -> Path:
    """Lilleby with the tables of these further supervisions alone; nobody may write in it."""
    folder = Path(mkdtemp()) / "lilleby"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    folder.mkdir()
    for name in {f"{table}.csv" for one in supervisions for table in FURTHER[one]} | {"kommunecheck.toml"}:
        shutil.copy(LILLEBY / name, folder / name)
    return folder


@cache
def everything_of(folder: Path) -> Report:
    """The report on one of these folders, with all that a format can show: it is made once for all tests that ask."""
    return app.check(folder, app.Options(facts=frozenset(Fact)))


def report_without_samtaler(*supervisions: str) -> Report:
    """The report on Lilleby with the tables of these further supervisions alone."""
    return everything_of(lilleby_without_samtaler(*supervisions))


LOSES = "Kommunen står til at miste 5.047,70 kr. i refusion."
WITHOUT_SAMTALER = (
    (tuple(FURTHER), "kontrolsager, rådighedstilsyn og sagsbehandling", LOSES),
    (("raadighed",), "rådighedstilsynet", LOSES),
    (("sagsbehandling",), "sagsbehandling", "Der er 37 fund."),
    (("kontrolsager",), "kontrolsager", "Der er 3 fund."),
)
"""Which supervisions are run without the visitationstilsyn, what the report is then called, and what it says first."""

OF_VISITATION = ("0,00 kr.", "0 af 0", "vejledningens § 7", "om kontaktsamtaler", "Løber stadig", "Falduge")
"""What would be believed of the visitationstilsyn where nobody carried it out."""
