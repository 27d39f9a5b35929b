"""What the documents say holds: commands, links, and everything they show of a report."""

import contextlib
import io
import json
import os
import re
from pathlib import Path

import pytest

from kommunecheck.cli import run

ROOT = Path(__file__).parent.parent
README, GUIDE = ROOT / "README.md", ROOT / "docs" / "brugervejledning.md"
DOCUMENTS = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "benchmarks" / "README.md"]

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#([^)\s]+))?\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def blocks(document: Path, language: str) -> list[str]:
    return [text for name, text in _BLOCK.findall(document.read_text(encoding="utf-8")) if name == language]


def links(document: Path) -> list[tuple[str, str]]:
    """The files and headings a document links to; the addresses of other places are left out."""
    return _LINK.findall(_BLOCK.sub("", document.read_text(encoding="utf-8")))


def anchors(document: Path) -> set[str]:
    """The names that the headings of a document can be linked to by."""
    headings = _HEADING.findall(_BLOCK.sub("", document.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def printed(*arguments: str) -> str:
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(said):
        run(arguments)
        said.flush()
    return said.buffer.getvalue().decode("utf-8")


def in_one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def shown() -> str:
    """All that the documents show parts of, as it comes out today, without regard to where lines end."""
    report = printed("check", "examples/lilleby")
    explained = printed("explain", "VT104", "--case", "L035", "examples/lilleby")
    return in_one_line(report + explained + printed("inspect", "examples/lilleby-raa/DRV udtræk samtaler.csv"))


def test_the_readme_gives_one_command_to_run_and_one_to_test():
    for language, slash in (("sh", "/"), ("powershell", "\\")):
        run, test = blocks(README, language)
        assert run.endswith(f" check examples{slash}lilleby\n")
        assert test.endswith(" -m pytest -n auto\n")


def test_the_test_command_is_the_one_that_ci_runs():
    (command,) = (block for block in blocks(README, "sh") if "pytest" in block)
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").endswith(f"\n{command}")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bit")
def test_ci_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document):
    for file, heading in links(document):
        target = document.parent / file if file else document
        assert target.exists(), file
        assert not heading or heading in anchors(target), f"{file}#{heading}"


@pytest.mark.parametrize("document", [README, GUIDE], ids=lambda path: path.name)
def test_what_is_shown_of_a_report_is_what_is_printed(document, shown):
    lines = [in_one_line(line) for block in blocks(document, "text") for line in block.splitlines()]
    assert [line for line in lines if line not in shown] == []


def test_the_amount_that_is_redone_by_hand_is_the_one_in_the_report():
    (told,) = (json.loads(block) for block in blocks(GUIDE, "json"))
    cases = json.loads(printed("check", "examples/lilleby", "--format", "json"))["cases"]
    assert told in next(case["expected"]["lines"] for case in cases if case["sag_id"] == "L011")
