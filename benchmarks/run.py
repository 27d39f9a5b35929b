"""How long kommunecheck takes, beside a plain scan of the same files and beside two other tools.

    python benchmarks/run.py --cases 200000 --rounds 3

Never a test: it passes no judgement, and nothing depends on it. ``README.md`` says how to read the figures.
"""

import argparse
import importlib.util
import json
import multiprocessing
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import tables
from timing import Program, run_in_turn, run_once

from kommunecheck.demo import write_demo

HERE = Path(__file__).resolve().parent
SEED = 1
WARM_UP_CASES = 200
FILES = tuple(f"{name}.csv" for name in ("sager", "samtaler", "perioder", "udbetalinger", "journal"))
LARGE_FILES = ("samtaler.csv", "udbetalinger.csv")

PRODUCT = "kommunecheck check, JSON report"
SCAN = "DuckDB, scan of all five files"
SCAN_LARGE = "DuckDB, scan of samtaler.csv and udbetalinger.csv"
PEERS = {
    "frictionless": (("frictionless, six row checks of samtaler.csv", "checks_frictionless.py", ()),),
    "gx": (
        ("Great Expectations, the same six", "checks_gx.py", ("strptime",)),
        ("Great Expectations, the same six, dates by a pattern", "checks_gx.py", ("regex",)),
    ),
}
NEEDS = {"scan": "duckdb", "frictionless": "frictionless", "gx": "great_expectations"}


def main() -> None:
    """Measure what the command line asks for, and write the tables."""
    arguments = read_arguments()
    arguments.work.mkdir(parents=True, exist_ok=True)
    text = ["# kommunecheck benchmark\n\n", tables.machine()]
    with tempfile.TemporaryDirectory(dir=arguments.work) as scratch:
        if arguments.compare:
            text.append(compare(arguments, Path(scratch)))
        if arguments.scaling:
            text.append(scale(arguments, Path(scratch)))
        if arguments.stages:
            text.append(clock_stages(arguments, Path(scratch)))
    sys.stdout.write("".join(text))
    if arguments.output is not None:
        arguments.output.write_text("".join(text), encoding="utf-8")


def read_arguments() -> argparse.Namespace:
    """Return the arguments, with folders made absolute. Ends with a sentence where something is missing."""
    parser = argparse.ArgumentParser(description="Measure kommunecheck. Without --scaling or --stages: --compare.")
    parser.add_argument("--compare", action="store_true", help="beside a scan of the same files, and the peers")
    parser.add_argument("--scaling", action="store_true", help="alone, at a hundredth, a tenth and all of the cases")
    parser.add_argument("--stages", action="store_true", help="alone, with a clock on each stage")
    parser.add_argument("--cases", type=_positive, default=200_000, help="cases of the made-up municipality")
    parser.add_argument("--rounds", type=_positive, default=3, help="times every program is run")
    parser.add_argument("--peers", choices=("none", "all", *PEERS), default="all", help="other tools to run (slow)")
    parser.add_argument("--peer-rounds", type=_positive, default=1, help="rounds the peers take part in")
    parser.add_argument("--work", type=_folder, default=HERE / "data", metavar="DIR", help="where data is made")
    parser.add_argument("--data", type=_folder, metavar="DIR", help="a municipality that is there already")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the tables to this file too")
    arguments = parser.parse_args()
    arguments.compare = arguments.compare or not (arguments.scaling or arguments.stages)
    missing = [package for package in _needed(arguments) if importlib.util.find_spec(package) is None]
    if missing:
        parser.error(f'{", ".join(missing)} not installed. Run: pip install -e ".[bench]"')
    if arguments.data is not None and not all((arguments.data / name).is_file() for name in FILES):
        parser.error(f"--data must hold {', '.join(FILES)}, as `kommunecheck demo` writes them")
    return arguments


def _needed(arguments: argparse.Namespace) -> list[str]:
    return [NEEDS[name] for name in ("scan", *_peers(arguments))] if arguments.compare else []


def _peers(arguments: argparse.Namespace) -> list[str]:
    return [name for name in PEERS if arguments.peers in (name, "all")]


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number, 1 or more")
    return int(text)


def _folder(text: str) -> Path:
    return Path(text).resolve()


def municipality(work: Path, cases: int) -> Path:
    """Return a folder with a made-up municipality of that size: the one that is there, or a new one."""
    folder = work / f"municipality-{cases}-seed-{SEED}"
    if not folder.exists():
        sys.stderr.write(f"making {cases} cases in {folder.name}\n")
        unfinished = folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        # In a process of its own: timing.Run says why this one must stay small.
        maker = multiprocessing.get_context("spawn").Process(target=write_demo, args=(unfinished, cases, SEED))
        maker.start()
        maker.join()
        if maker.exitcode != 0:
            raise SystemExit("The made-up municipality could not be made.")
        unfinished.rename(folder)
    return folder


def check_command(folder: Path, report: Path, rounds: int, name: str = PRODUCT) -> Program:
    """Return the program that all this is about. Its exit status 1 means that it found something."""
    command = (sys.executable, "-m", "kommunecheck", "check", str(folder), "-o", str(report))
    return Program(name, command, rounds, fine=(0, 1))


def compare(arguments: argparse.Namespace, scratch: Path) -> str:
    """Return kommunecheck beside the scans and the peers, all on the same files."""
    folder = arguments.data or municipality(arguments.work, arguments.cases)
    report = scratch / "report.json"
    for program in programs(arguments, municipality(arguments.work, WARM_UP_CASES), report):
        run_once(program, scratch)  # compiles what it imports, and fails now rather than in an hour
    sizes = tables.files(folder, FILES)
    runs = run_in_turn(programs(arguments, folder, report), arguments.rounds, scratch)
    written = f"The JSON report takes {report.stat().st_size / 2**20:.1f} MiB.\n\n"
    text = "## Beside a scan and other tools\n\n" + sizes + tables.comparison(runs, SCAN, PRODUCT) + written
    peers = [name for peer in _peers(arguments) for name, _, _ in PEERS[peer]]
    if peers:
        text += tables.failures({name: json.loads(runs[name][0].output) for name in peers})
    return text


def programs(arguments: argparse.Namespace, folder: Path, report: Path) -> list[Program]:
    """Return what is run in each round, in this order."""
    rounds = arguments.rounds
    chosen = [
        check_command(folder, report, rounds),
        _script(SCAN, "scan_duckdb.py", [str(folder / name) for name in FILES], rounds),
        _script(SCAN_LARGE, "scan_duckdb.py", [str(folder / name) for name in LARGE_FILES], rounds),
    ]
    for peer in _peers(arguments):
        for name, script, more in PEERS[peer]:
            chosen.append(_script(name, script, [str(folder), *more], arguments.peer_rounds))
    return chosen


def _script(name: str, file: str, arguments: Sequence[str], rounds: int) -> Program:
    return Program(name, (sys.executable, str(HERE / file), *arguments), rounds)


def scale(arguments: argparse.Namespace, scratch: Path) -> str:
    """Return kommunecheck alone at three sizes."""
    report = scratch / "report.json"
    sizes = [max(arguments.cases // 100, 1), max(arguments.cases // 10, 1)]
    folders = {f"{cases:,}": municipality(arguments.work, cases) for cases in sizes}
    folders[f"{arguments.cases:,}"] = arguments.data or municipality(arguments.work, arguments.cases)
    conversations = {name: tables.count_rows(folder / "samtaler.csv") for name, folder in folders.items()}
    all_sizes = [check_command(folder, report, arguments.rounds, name) for name, folder in folders.items()]
    run_once(all_sizes[0], scratch)  # warm
    runs = run_in_turn(all_sizes, arguments.rounds, scratch)
    return "## At three sizes\n\n" + tables.scaling(runs, conversations)


def clock_stages(arguments: argparse.Namespace, scratch: Path) -> str:
    """Return the stages of one library call."""
    folder = arguments.data or municipality(arguments.work, arguments.cases)
    program = _script("library call", "stages.py", [str(folder), str(scratch / "report.json")], arguments.rounds)
    runs = run_in_turn([program], arguments.rounds, scratch)["library call"]
    text = "## Stages of the library call\n\n" + tables.stages([json.loads(run.output) for run in runs])
    if set(json.loads(runs[0].output)) == {"import", "check", "write"}:
        text += "This version of kommunecheck does not tell its stages: `check` is all of them.\n\n"
    return text


if __name__ == "__main__":
    main()
