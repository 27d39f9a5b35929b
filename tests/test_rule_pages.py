"""The pages of the rules, and the README's table, say what the checks say."""

import importlib.util
from pathlib import Path

import pytest

from kommunecheck.plugins.host import OURS, load

ROOT = Path(__file__).parent.parent


def made() -> dict[Path, str]:
    spec = importlib.util.spec_from_file_location("make_regler", ROOT / "docs" / "make_regler.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[Path, str] = module.made()
    return found


@pytest.mark.parametrize("path", sorted(made()), ids=lambda path: path.name)
def test_the_page_is_what_the_checks_say(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == made()[path], "skriv siderne igen: python docs/make_regler.py"


def test_there_is_a_page_for_each_rule_and_no_other() -> None:
    there = {path.stem for path in (ROOT / "docs" / "regler").iterdir()}
    own = [one.name for one in load().brought if one.origin == OURS]
    assert there == {check.RULE.code for check in load(own).stated} | {"README"}
