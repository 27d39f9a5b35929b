"""The six row checks by frictionless. ``python checks_frictionless.py DIR`` prints how many values fail each."""

# The package may be absent.
# mypy: disable-error-code="import-not-found"

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from frictionless import Dialect, Resource, Schema
from frictionless.formats import CsvControl
from row_checks import CHECKS, DELIMITER, FILE, RowCheck, find_check, read_columns

NO_LIMIT = 10**9
"""Errors frictionless may find before it stops looking; it stops at 1000 unless told otherwise."""


def schema(columns: Iterable[str]) -> dict[str, Any]:
    """Return the Table Schema that says the six checks."""
    fields: dict[str, dict[str, Any]] = {name: {"name": name, "type": "string", "constraints": {}} for name in columns}
    for check in CHECKS:
        for name in check.columns:
            constraints = fields[name]["constraints"]
            if check.kind == "date":
                fields[name]["type"] = "date"
            elif check.kind == "allowed":
                constraints["enum"] = list(check.allowed)
            else:
                constraints[check.kind] = True
    return {"fields": list(fields.values())}


def check_of(error: Any) -> RowCheck:
    """Return which of the six checks an error of frictionless belongs to. Fails on any other error."""
    if error.type == "constraint-error":
        kind = "allowed" if '"enum"' in error.note else "required"
    else:
        kind = {"type-error": "date", "unique-error": "unique"}[error.type]
    return find_check(kind, error.field_name)


def count_failures(folder: Path) -> dict[str, int]:
    """Return the number of values that fail each check; for ``unique`` the number of ids that stand more than once."""
    table = Resource(
        path=FILE,
        basepath=str(folder),
        encoding="utf-8",
        dialect=Dialect(controls=[CsvControl(delimiter=DELIMITER)]),
        schema=Schema.from_descriptor(schema(read_columns(folder))),
    )
    report = table.validate(limit_errors=NO_LIMIT)
    failing: dict[str, set[object]] = {check.name: set() for check in CHECKS}
    for error in report.task.errors:
        check = check_of(error)
        failing[check.name].add(error.cell if check.kind == "unique" else (error.row_number, error.field_name))
    return {name: len(values) for name, values in failing.items()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(count_failures(Path(sys.argv[1]))))
