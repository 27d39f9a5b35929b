"""A night on which nothing is new beside the full run: ``quiet_night.py [--cases N] [--rounds N] [--work DIR]``."""

import argparse
import sys
from pathlib import Path
from statistics import median

from timing import Program, run_once

GOAL = 5
"""A quiet night should take less than one part in so many of the full run."""


def main() -> None:
    """Make the data if it is not there, run both in turn, and hold the bytes against each other."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--cases", type=int, default=100_000)
    told.add_argument("--rounds", type=int, default=3)
    told.add_argument("--work", type=Path, default=Path(__file__).parent / "data")
    asked = told.parse_args()
    folder = (asked.work / f"night-{asked.cases}").resolve()
    command = (sys.executable, "-m", "kommunecheck")
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        run_once(Program("demo", (*command, "demo", str(folder), "--cases", str(asked.cases)), 1), folder.parent)
        (folder / "kommunecheck.toml").write_text('[history]\ndatabase = "historik.sqlite"\n', encoding="utf-8")
    outputs = {name: folder.parent / f"{name}.json" for name in ("full", "quiet")}
    full, quiet = (
        Program(name, (*command, "check", str(folder), "-o", str(outputs[name]), *more), asked.rounds, (1,))
        for name, more in (("full", ("--no-cache",)), ("quiet", ()))
    )
    run_once(full, folder)  # stored once; what follows are repetitions of it
    shares = []
    for _ in range(asked.rounds):
        before, after = run_once(full, folder), run_once(quiet, folder)
        same = outputs["full"].read_bytes() == outputs["quiet"].read_bytes() and before.output == after.output
        shares.append(after.seconds / before.seconds)
        print(f"full {before.seconds:.1f} s, quiet {after.seconds:.1f} s: {shares[-1]:.3f}, bytes same: {same}")  # noqa: T201
    for file in outputs.values():
        file.unlink()
    print(f"median {median(shares):.3f} of the full run; the aim is below {1 / GOAL}")  # noqa: T201


if __name__ == "__main__":
    main()
