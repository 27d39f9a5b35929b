"""``new-check``: what it writes works as it is, and refuses what would not."""

import subprocess
import sys
from pathlib import Path

import pytest
from test_example_plugin import environment, install_there

from kommunecheck import cli

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
WRITTEN = ("--code", "KK901", "--name", "telefon-samtale")


def run(*words: object) -> tuple[int, str]:
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def test_what_it_writes_is_found_tested_and_of_good_style(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "regel"
    assert cli.run(["new-check", str(folder), *WRITTEN]) == 0
    assert "reglen KK901 står i kommunecheck_telefon_samtale/rule.py" in capsys.readouterr().out
    python = environment(tmp_path / "env")
    install_there(python, folder)
    status, shown = run(python, "-m", "kommunecheck", "plugins")
    assert status == 0
    assert "telefon-samtale" in shown
    assert "regler: KK901" in shown
    assert "telefon-samtale-aftalen § 1 (Kommunens egen" in run(python, "-m", "kommunecheck", "explain", "KK901")[1]
    assert run(python, "-m", "kommunecheck", "check", LILLEBY, "-o", tmp_path / "r.json")[0] == 1
    assert b'"plugins":[{"name":"telefon-samtale","version":"0.1"}]' in (tmp_path / "r.json").read_bytes()
    status, shown = run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", folder)
    assert "2 passed" in shown
    for words in (["check"], ["format", "--check"]):
        assert run(sys.executable, "-m", "ruff", *words, "--no-cache", folder)[0] == 0


@pytest.mark.parametrize("name", ["a", "a" * 40, "a-b-c-1"])
def test_a_name_of_any_length_is_written_in_good_style(tmp_path: Path, name: str) -> None:
    assert cli.run(["new-check", str(tmp_path / "regel"), "--code", "KK901", "--name", name]) == 0
    for words in (["check"], ["format", "--check"]):
        status, shown = run(sys.executable, "-m", "ruff", *words, "--no-cache", tmp_path / "regel")
        assert status == 0, shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--code", "kk901", "--name", "a"), "--code: der ventes to store bogstaver (A-Z) og tre cifre, fx KK901."),
        (("--code", "KK9011", "--name", "a"), "--code: der ventes to store bogstaver"),
        (("--code", "VT901", "--name", "a"), "--code: VT, DQ, RT, SB, KS er kommunechecks egne."),
        (("--code", "KK901", "--name", "Æble"), "--name: der ventes højst 40 små bogstaver"),
        (("--code", "KK901", "--name", "a" * 41), "--name: der ventes højst 40 små bogstaver"),
        (("--code", "KK901", "--name", "../a"), "--name: der ventes højst 40 små bogstaver"),
        (("--code", "KK901", "--name", "visitation"), "--name: navnet er allerede taget. Vælg et andet."),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert cli.run(["new-check", str(tmp_path / "regel"), *words]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "regel").exists()


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "noget.txt").write_text("mit")
    assert cli.run(["new-check", str(tmp_path), *WRITTEN]) == 2
    assert "er ikke tom. Vælg en ny mappe, så intet bliver overskrevet." in capsys.readouterr().err
    assert cli.run(["new-check", str(tmp_path / "noget.txt"), *WRITTEN]) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["noget.txt"]


def test_an_empty_folder_can_be_used(tmp_path: Path) -> None:
    assert cli.run(["new-check", str(tmp_path), *WRITTEN]) == 0
