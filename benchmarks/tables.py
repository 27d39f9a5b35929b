"""What was measured, as Markdown."""

import os
import platform
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from timing import Run, Runs, median_seconds, paired_ratios

PACKAGES = ("kommunecheck", "polars", "orjson", "duckdb", "frictionless", "great-expectations", "pandas", "pyarrow")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table: the first column to the left, the others to the right."""
    lines = [heads, [":--"] + ["--:"] * (len(heads) - 1), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines) + "\n"


def machine() -> str:
    """Return what the figures were measured on."""
    parts = [f"{_cores()} cores", *_memory(), f"{platform.system()} {platform.machine()}"]
    python = f"{platform.python_implementation()} {platform.python_version()}"
    packages = ", ".join(f"{name} {number}" for name, number in _versions())
    busy = f"Load when the benchmark began: {os.getloadavg()[0]:.1f}.\n" if sys.platform != "win32" else ""
    return f"Machine: {', '.join(parts)}. {python}; {packages}.\n{busy}\n"


def files(folder: Path, names: Iterable[str]) -> str:
    """Return the size of each file. Reads them all, so that the operating system has them in memory afterwards."""
    rows = []
    for name in names:
        path = folder / name
        rows.append((name, f"{count_rows(path):,}", f"{path.stat().st_size / 2**20:.1f}"))
    return table(("file", "rows", "MiB"), rows)


def count_rows(path: Path) -> int:
    """Return the number of lines under the header."""
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(2**20), b"")) - 1


def comparison(runs: Runs, scan: str, product: str) -> str:
    """Return what each program took, and how many times what the scan and what the product took."""
    heads = ("program", *_FIGURES, "× scan (min-max)", "× kommunecheck (min-max)")
    rows = [
        (name, *_figures(own), _ratios(runs, name, scan), _ratios(runs, name, product)) for name, own in runs.items()
    ]
    return table(heads, rows)


def failures(found: Mapping[str, Mapping[str, int]]) -> str:
    """Return how many values failed each row check by each peer, and whether the peers agree."""
    names = next(iter(found.values()))
    rows = [(name, *(f"{one[name]:,}" for one in found.values())) for name in names]
    verdict = "All agree.\n\n"
    if any(dict(one) != dict(names) for one in found.values()):
        verdict = "**They do not agree**: the seconds above are not for the same work.\n\n"
    elif not any(names.values()):
        verdict = "**Nothing was found**: take more cases.\n\n"
    return table(("values that fail", *found), rows) + (verdict if len(found) > 1 else "")


def scaling(runs: Runs, conversations: Mapping[str, int]) -> str:
    """Return the time per conversation at each size: over all, and for each conversation more than the size before."""
    rows = []
    before, seconds_before = 0, 0.0
    for name, own in runs.items():
        seconds, count = median_seconds(own), conversations[name]
        further = f"{(seconds - seconds_before) / (count - before) * 1e6:.1f}" if before else ""
        rows.append((name, f"{count:,}", *_figures(own), f"{seconds / count * 1e6:.1f}", further))
        before, seconds_before = count, seconds
    heads = ("cases", "conversations", *_FIGURES, "µs per conversation", "µs per further conversation")
    return table(heads, rows)


def stages(runs: Sequence[Mapping[str, float]]) -> str:
    """Return the median of each stage and its share of all of them."""
    medians = {name: median(run[name] for run in runs) for name in runs[0]}
    total = sum(medians.values())
    rows = [(name, f"{seconds:.2f}", f"{100 * seconds / total:.0f} %") for name, seconds in medians.items()]
    return table(("stage", "s median", "share"), [*rows, ("together", f"{total:.2f}", "100 %")])


_FIGURES = ("s median", "s min", "s max", "s processor", "peak MiB", "runs")


def _figures(runs: Sequence[Run]) -> tuple[str, ...]:
    seconds = [run.seconds for run in runs]
    processor = [run.cpu_seconds for run in runs if run.cpu_seconds is not None]
    peaks = [run.peak_mib for run in runs if run.peak_mib is not None]
    return (
        f"{median(seconds):.2f}",
        f"{min(seconds):.2f}",
        f"{max(seconds):.2f}",
        f"{median(processor):.2f}" if processor else "-",
        f"{max(peaks):.0f}" if peaks else "-",
        str(len(runs)),
    )


def _ratios(runs: Runs, over: str, under: str) -> str:
    if over == under:
        return "1"
    values = paired_ratios(runs, over, under)
    middle = f"{median(values):.2f}"
    return middle if len(values) == 1 else f"{middle} ({min(values):.2f}-{max(values):.2f})"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _memory() -> list[str]:
    if sys.platform == "win32":
        return []
    return [f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"]


def _versions() -> Iterable[tuple[str, str]]:
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue
