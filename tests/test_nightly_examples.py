"""examples/nightly: each file is what its own program reads, its command runs, and the guide quotes it as it is."""

import configparser
import re
import shlex
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from alone import lilleby_alone

from kommunecheck.cli import run

ROOT = Path(__file__).parent.parent
NIGHTLY = ROOT / "examples" / "nightly"
JOBS = ("crontab", "kommunecheck.service", "natlig-koersel.cmd", "gitlab-ci.yml", "github-workflow.yml")


def command_in(name: str) -> list[str]:
    """The arguments of the one command in the file."""
    found = re.findall(r"kommunecheck (check .*)$", (NIGHTLY / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(found) == 1
    return shlex.split(found[0])


@pytest.mark.parametrize("name", JOBS)
def test_the_command_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(lilleby_alone(), tmp_path / "udtraek")
    for file in ("kommunecheck.toml", "waivers.toml"):
        shutil.copy(NIGHTLY / file, tmp_path / "udtraek")
    monkeypatch.chdir(tmp_path)
    command = command_in(name)
    assert run(command) == 1
    outputs = [file for option, file in pairwise(command) if option == "-o"]
    assert outputs
    assert all((tmp_path / file).stat().st_size for file in outputs)
    assert (tmp_path / "udtraek" / "historik.sqlite").exists()


@pytest.mark.parametrize("name", sorted(file.name for file in NIGHTLY.iterdir() if file.name != "waivers.toml"))
def test_the_guide_quotes_it(name: str) -> None:
    guide = (ROOT / "docs" / "brugervejledning.md").read_text(encoding="utf-8")
    assert f"\n{(NIGHTLY / name).read_text(encoding='utf-8')}```\n" in guide


def test_the_line_of_cron_has_five_times_and_a_command() -> None:
    lines = (NIGHTLY / "crontab").read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if not line.startswith("#") and "=" not in line.split()[0])
    assert re.fullmatch(r"(?:[\d*,/-]+\s+){5}cd \S+ && \S+/kommunecheck check .*", line)
    assert "%" not in line, "cron takes a per cent sign for the end of the line"


def test_the_units_of_systemd_are_sound(tmp_path: Path) -> None:
    for name in ("kommunecheck.service", "kommunecheck.timer"):
        unit = configparser.ConfigParser(interpolation=None)
        unit.read(NIGHTLY / name, encoding="utf-8")
        assert "Unit" in unit
        shutil.copy(NIGHTLY / name, tmp_path)
    calendar = shutil.which("systemd-analyze")
    if calendar is not None:
        subprocess.run([calendar, "calendar", "Mon..Fri 05:30"], check=True, capture_output=True)  # noqa: S603 - our own words


@pytest.mark.parametrize("name", ["gitlab-ci.yml", "github-workflow.yml"])
def test_the_jobs_are_yaml(name: str) -> None:
    assert isinstance(yaml.safe_load((NIGHTLY / name).read_text(encoding="utf-8")), dict)
