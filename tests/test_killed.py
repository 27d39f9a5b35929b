"""A run that is killed at any moment, and two runs at once: the history opens, no output is half, the next is right."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from alone import lilleby_alone

TIMES = int(os.environ.get("KOMMUNECHECK_KILLS", "4"))
"""How often a run is killed. More take longer and say the same more surely."""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    folder = tmp_path / "by"
    shutil.copytree(lilleby_alone(), folder)
    file = folder / "kommunecheck.toml"
    file.write_text(file.read_text(encoding="utf-8") + '\n[history]\ndatabase = "h.sqlite"\n', encoding="utf-8")
    return folder


def started(folder: Path, output: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kommunecheck", "check", str(folder), "-o", str(output), *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own words


def runs_in(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "h.sqlite")) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        runs: int = base.execute("SELECT count(*) FROM runs").fetchone()[0]
        whole = base.execute("SELECT count(DISTINCT run) FROM findings").fetchone()[0]
        assert whole == runs
        return runs


@pytest.mark.skipif(os.name == "nt", reason="only POSIX kills a process at once")
def test_a_run_may_be_killed_at_any_moment(town: Path, tmp_path: Path) -> None:
    output = tmp_path / "r.json"
    begun = time.monotonic()
    started(town, output).wait()
    lasts = time.monotonic() - begun
    right = output.read_bytes()
    (town / "h.sqlite").unlink()
    moments = random.Random(1)
    for _ in range(TIMES):
        output.unlink(missing_ok=True)
        anew = ("--no-cache",) if moments.random() < 0.7 else ()  # else what an earlier run wrote may be the answer
        run = started(town, output, *anew)
        time.sleep(moments.uniform(0.3, 1.05) * lasts)
        run.kill()
        run.wait()
        if output.exists():
            assert output.read_bytes() == right
        if (town / "h.sqlite").exists() and (town / "h.sqlite").stat().st_size:
            assert runs_in(town) in (0, 1)
    for _ in range(2):
        assert started(town, output).wait(timeout=60) == 1, "no lock is left behind"
        assert output.read_bytes() == right
    assert runs_in(town) == 1


ENDED = """
import os, signal, time
from kommunecheck.cli import main
from kommunecheck.reports import json

def halfway(report):
    yield b'{"half": '
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(60)

json.write = halfway
main()
"""
"""A run that is asked to end while it writes, as a nightly job is when its time is up."""


@pytest.mark.skipif(os.name == "nt", reason="Windows asks nobody to end")
def test_who_is_asked_to_end_leaves_nothing_behind(town: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ud"
    folder.mkdir()
    outputs = [part for name in ("r.html", "r.xlsx", "r.json") for part in ("-o", str(folder / name))]
    command = [sys.executable, "-c", ENDED, "check", str(town), *outputs]
    done = subprocess.run(command, check=False, capture_output=True, timeout=60)  # noqa: S603 - our own words
    assert done.returncode == 2
    assert done.stderr.decode().strip() == "Afbrudt. Der er ikke skrevet nogen rapport."
    assert list(folder.iterdir()) == []
    assert runs_in(town) == 0


def test_two_runs_at_once_are_both_right(town: Path, tmp_path: Path) -> None:
    outputs = [tmp_path / f"r{number}.json" for number in range(3)]
    assert [run.wait() for run in [started(town, output) for output in outputs]] == [1, 1, 1]
    assert len({output.read_bytes() for output in outputs}) == 1
    assert runs_in(town) == 1


HELPED = """
import os, time
from kommunecheck.commanding import started

executor = started(1)
print(executor.submit(os.getpid).result(), flush=True)
time.sleep(60)
"""
"""A run whose helper waits for something to do."""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells of a process that is not our own")
def test_no_helper_outlives_a_run_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", HELPED], stdout=subprocess.PIPE) as run:  # noqa: S603 - our own words
        assert run.stdout is not None
        helper = int(run.stdout.readline())
        assert lives(helper)
        run.kill()
    for _ in range(100):
        if not lives(helper):
            return
        time.sleep(0.1)
    os.kill(helper, 9)
    pytest.fail("the helper lives on")


def lives(process: int) -> bool:
    """Whether there is such a process that is more than a name nobody has asked about."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")
