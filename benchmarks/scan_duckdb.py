"""The yardstick: DuckDB reads every value of some CSV files as text. ``python scan_duckdb.py FILE...``.

The length of every value is added up, so that no column can be skipped: the cheapest way we know to read them all.
"""

# The package may be absent.
# mypy: disable-error-code="import-not-found"

import json
import sys

import duckdb

_SCAN = "SELECT count(*), sum(strlen(COLUMNS(*))) FROM read_csv(?, delim = ';', header = true, all_varchar = true)"


def scan(file: str) -> tuple[int, int]:
    """Return the number of rows of a file, and the number of bytes in all its values."""
    rows, *lengths = duckdb.execute(_SCAN, [file]).fetchall()[0]
    return int(rows), int(sum(length or 0 for length in lengths))


if __name__ == "__main__":
    totals = [scan(file) for file in sys.argv[1:]]
    sys.stdout.write(json.dumps({"rows": sum(rows for rows, _ in totals), "bytes": sum(size for _, size in totals)}))
