"""Reading a sheet of 100,000 rows and 14 columns, beside python-calamine alone: ``python benchmarks/spreadsheet.py``.

Both begin with the file on disk. python-calamine hands on rows of Python values; the adapter looks the sheet through
before, and turns the values into columns of text after.
"""

import argparse
import gc
import io
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import xlsxwriter
from python_calamine import CalamineWorkbook

from kommunecheck.adapters import spreadsheet
from kommunecheck.ports import Wanted

HEADINGS = [
    "samtale_id",
    "sag_id",
    "type",
    "status",
    "indkaldt_dato",
    "planlagt_dato",
    "afholdt_dato",
    "opfoelgning_dato",
    "matchkategori",
    "grovmatch",
    "opmaerksomhedsomraader",
    "registreret_dato",
    "arbejdssoegende",
    "beloeb",
]


def write(path: Path, rows: int) -> None:
    """A made-up sheet of interviews."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "dd-mm-yyyy"}) as book:
        sheet = book.add_worksheet("samtaler")
        sheet.write_row(0, 0, HEADINGS)
        for row in range(1, rows + 1):
            day = date(2006, 1, 2) + timedelta(row % 700)
            follow_up = day + timedelta(3) if row % 10 == 0 else None
            dates = (day - timedelta(14), day, day, follow_up)
            rest = (row % 5 + 1, "nej", "helbred|uddannelse", day, "ja", 8000 + row % 2000 + 0.5)
            sheet.write_row(row, 0, (f"M{row}", f"S{row // 5}", "kontaktsamtale", "afholdt", *dates, *rest))


def read_alone(path: Path) -> int:
    """The sheet as python-calamine gives it."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    return len(book.get_sheet_by_index(0).to_python(skip_empty_area=False)) - 1


def read_as_table(path: Path) -> int:
    """The sheet as kommunecheck reads it."""
    return spreadsheet.read(path, Wanted("samtaler", lambda cells: "sag_id" in cells)).frame.height


def seconds(read: Callable[[Path], int], path: Path, rows: int) -> float:
    """How long one reading takes. Ends the benchmark if a row is missing."""
    gc.collect()
    start = perf_counter()
    found = read(path)
    taken = perf_counter() - start
    if found != rows:
        raise SystemExit(f"{read.__name__} found {found} rows of {rows}")
    return taken


def main() -> None:
    """Print the seconds of each round, the two in turn, and the median of the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "samtaler.xlsx"
        write(path, options.rows)
        ratios: list[float] = []
        for _ in range(options.rounds):
            alone = seconds(read_alone, path, options.rows)
            table = seconds(read_as_table, path, options.rows)
            ratios.append(table / alone)
            print(f"python-calamine {alone:.2f} s   kommunecheck {table:.2f} s   ratio {table / alone:.2f}")  # noqa: T201
    print(f"ratio, median of {options.rounds}: {median(ratios):.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
