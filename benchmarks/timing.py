"""Whole processes, timed in turn: seconds on the clock, seconds of processor, and memory at its highest."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Program:
    """A command, what to call it, how many rounds it takes part in, and the exit statuses that are no failure."""

    name: str
    command: Sequence[str]
    rounds: int
    fine: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Run:
    """One process from start to end. Windows does not tell processor time and memory: they are ``None`` there.

    ``peak_mib`` is that of the largest process, where the program started more of them. It is never below the memory
    of the process that measures, which a child inherits for an instant; so that one must stay small.
    """

    seconds: float
    cpu_seconds: float | None
    peak_mib: float | None
    output: str


Runs = Mapping[str, Sequence[Run]]
"""Every run of each program, by the program's name: the first is of the first round, and so on."""


def run_once(program: Program, folder: Path) -> Run:
    """Run a program in ``folder`` and wait for it. Ends the benchmark if it fails."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        start = perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own commands
            program.command, stdout=out, stderr=err, cwd=folder, env=_environment()
        )
        cpu_seconds, peak_mib = _wait(process)
        seconds = perf_counter() - start
        for stream in (out, err):
            stream.seek(0)
        if process.returncode not in program.fine:
            raise SystemExit(f"{program.name} failed with exit status {process.returncode}:\n{err.read()[-2000:]}")
        return Run(seconds, cpu_seconds, peak_mib, out.read())


def run_in_turn(
    programs: Sequence[Program], rounds: int, folder: Path, tell: Callable[[str], object] = sys.stderr.write
) -> dict[str, list[Run]]:
    """Run A B C, A B C, ...: what disturbs the machine for a while disturbs all programs of a round alike."""
    runs: dict[str, list[Run]] = {program.name: [] for program in programs}
    for number in range(rounds):
        for program in programs:
            if number < program.rounds:
                run = run_once(program, folder)
                runs[program.name].append(run)
                tell(f"round {number + 1} of {rounds}: {run.seconds:8.2f} s  {program.name}\n")
    return runs


def paired_ratios(runs: Runs, over: str, under: str) -> list[float]:
    """Return how many times as long ``over`` took as ``under``, within each round that has both."""
    return [one.seconds / other.seconds for one, other in zip(runs[over], runs[under], strict=False)]


def median_seconds(runs: Sequence[Run]) -> float:
    """Return the median of the seconds on the clock."""
    return median(run.seconds for run in runs)


def _environment() -> dict[str, str]:
    """The environment of a user's own shell: compiled modules are kept, and nobody is told that we run a peer."""
    environment = dict(os.environ, GX_ANALYTICS_ENABLED="false", PYTHONIOENCODING="utf-8")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _wait(process: subprocess.Popen[bytes]) -> tuple[float | None, float | None]:
    if sys.platform == "win32":
        process.wait()
        return None, None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024  # bytes a unit of ru_maxrss stands for
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**20
