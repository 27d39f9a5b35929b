"""The six row checks by Great Expectations on pandas. ``python checks_gx.py DIR strptime|regex``.

Prints how many values fail each check. The last argument says how dates are checked: ``strptime`` knows the calendar;
``regex`` is much faster and lets 29 February 2007 pass.
"""

# The package may be absent, and where it is not its own types are incomplete.
# mypy: disable-error-code="import-not-found, attr-defined, union-attr"

import json
import sys
from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations import expectations as gxe
from row_checks import CHECKS, DELIMITER, FILE, RowCheck, read_columns

DATE_FORMAT = "%Y-%m-%d"
DATE_PATTERN = r"^\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))$"


def expectation(check: RowCheck, column: str, dates: str) -> Any:
    """Return what Great Expectations calls the check of one column; the check's name goes along with it."""
    name = {"check": check.name}
    if check.kind == "date" and dates == "regex":
        return gxe.ExpectColumnValuesToMatchRegex(column=column, regex=DATE_PATTERN, meta=name)
    if check.kind == "date":
        return gxe.ExpectColumnValuesToMatchStrftimeFormat(column=column, strftime_format=DATE_FORMAT, meta=name)
    if check.kind == "allowed":
        return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(check.allowed), meta=name)
    if check.kind == "unique":
        return gxe.ExpectColumnValuesToBeUnique(column=column, meta=name)
    return gxe.ExpectColumnValuesToNotBeNull(column=column, meta=name)


def count_failures(folder: Path, dates: str) -> dict[str, int]:
    """Return the number of values that fail each check; for ``unique`` the number of ids that stand more than once."""
    context = gx.get_context(mode="ephemeral")
    text = dict.fromkeys(read_columns(folder), "str")
    batch = context.data_sources.pandas_default.read_csv(folder / FILE, sep=DELIMITER, dtype=text)
    suite = gx.ExpectationSuite("six row checks")
    for check in CHECKS:
        for column in check.columns:
            suite.add_expectation(expectation(check, column, dates))
    failing = dict.fromkeys((check.name for check in CHECKS), 0)
    unique = {check.name for check in CHECKS if check.kind == "unique"}
    for one in batch.validate(suite, result_format="COMPLETE").results:
        name = one.expectation_config.meta["check"]
        found = one.result["unexpected_list"] if name in unique else one.result["unexpected_index_list"]
        failing[name] += len(set(found))
    return failing


if __name__ == "__main__":
    sys.stdout.write(json.dumps(count_failures(Path(sys.argv[1]), sys.argv[2])))
