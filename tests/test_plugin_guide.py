"""docs/plugins.md, followed to the letter: what stands there to be typed and written makes a check that works."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import orjson
import pytest
from test_example_plugin import environment, install_there

GUIDE = Path(__file__).parent.parent / "docs" / "plugins.md"
ALREADY_DONE = ("python -m venv .venv", ". .venv/bin/activate", "python -m pip install . pytest")
"""Our test makes its own environment, without asking the network for anything."""


def blocks() -> Iterator[tuple[list[str], str]]:
    """What each block is, and what it holds."""
    for said, body in re.findall(
        r"^```(\S.*?)\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        yield said.split(), body


def typed(line: str, python: Path, folder: Path) -> tuple[int, str]:
    """A command of the guide, in the folder; its exit status and what it printed."""
    words = shlex.split(line)
    if words[:5] == ["python", "-m", "pip", "install", "-e"]:
        install_there(python, folder / words[5])
        return 0, ""
    words = words[1:] if words[0] == "python" else ["-m", *words]
    done = subprocess.run([python, *words], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, tuple[int, str]]]:
    """The folder after everything is done as it says, and what came of each command, the last time it was typed."""
    folder = tmp_path_factory.mktemp("guide")
    python = environment(folder / "env")
    came: dict[str, tuple[int, str]] = {}
    for said, body in blocks():
        if said == ["sh"]:
            for line in body.splitlines():
                if line not in ALREADY_DONE:
                    came[line] = typed(line, python, folder)
        elif len(said) == 2 and said[0] == "python":
            (folder / said[1]).write_text(body, encoding="utf-8")
            if said[1].endswith("rule.py") and "tests" not in said[1]:
                for installed in (folder / "env").rglob("rule.py"):  # it is not there as it is written, for this test
                    shutil.copy(folder / said[1], installed)
    return folder, came


def test_every_command_does_what_it_says(followed: tuple[Path, dict[str, tuple[int, str]]]) -> None:
    _, came = followed
    check = next(line for line in came if line.startswith("kommunecheck check"))
    assert {line: status for line, (status, _) in came.items()} == dict.fromkeys(came, 0) | {check: 1}
    assert "2 passed" in came["python -m pytest telefon"][1]
    assert "regler: KK901" in came["kommunecheck plugins"][1]
    assert "Efter kommunens egen aftale holdes kontaktsamtaler ved fremmøde." in came["kommunecheck explain KK901"][1]
    assert "KK901   Kontaktsamtalen er holdt pr. telefon" in came[check][1]


def test_the_check_stands_in_json_word_and_excel(followed: tuple[Path, dict[str, tuple[int, str]]]) -> None:
    folder, _ = followed
    findings = orjson.loads((folder / "rapport.json").read_bytes())["findings"]
    assert any(one["code"] == "KK901" for one in findings)
    paragraphs = [one.text for one in docx.Document(str(folder / "rapport.docx")).paragraphs]
    assert "KK901 Kontaktsamtalen er holdt pr. telefon" in paragraphs
    sheet = openpyxl.load_workbook(folder / "rapport.xlsx")["Fund"]
    assert any(row[0] == "KK901" for row in sheet.iter_rows(values_only=True) if row)
