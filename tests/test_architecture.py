"""What a compiler would say elsewhere: imports go downward only, types fit, and the style is one."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

TOOLS = {
    "imports go downward only (import-linter)": (
        ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"],
        "A room imports one it must not know. See docs/architecture.md and [tool.importlinter] in pyproject.toml.",
    ),
    "the rules of style are kept (ruff check)": (
        ["-m", "ruff", "check", "--output-format", "concise"],
        "Run: python -m ruff check --fix, and put right what is left.",
    ),
    "the code is laid out in one way (ruff format)": (
        ["-m", "ruff", "format", "--check"],
        "Run: python -m ruff format.",
    ),
    "types fit (mypy)": (
        ["-m", "mypy"],
        "A type does not fit. See [tool.mypy] in pyproject.toml.",
    ),
}
"""What holds, the arguments to Python that tell whether it does, and what to do if it does not."""


@pytest.mark.parametrize(("arguments", "advice"), TOOLS.values(), ids=TOOLS)
def test_of_the_whole_project(arguments, advice):
    done = subprocess.run(  # noqa: S603 - our own tools, and nothing from outside
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    assert done.returncode == 0, f"{advice}\n\n{done.stdout}{done.stderr}"
