"""The six row checks by Great Expectations on pandas. ``python checks_gx.py DIR strptime|regex``.

Prints how many values fail each check. The last argument says how dates are checked: ``strptime`` knows the calendar;
``regex`` takes half the time and lets 29 February 2007 pass.
"""

# The packages may be absent, and where they are not their types are incomplete or missing.
# mypy: disable-error-code="import-not-found, import-untyped, attr-defined, union-attr"

import json
import sys
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations import expectations as gxe
from row_checks import CHECKS, DELIMITER, FILE, RowCheck

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
    frame = pd.read_csv(folder / FILE, sep=DELIMITER, dtype="str", encoding="utf-8")
    source = gx.get_context(mode="ephemeral").data_sources.add_pandas("benchmark")
    whole = source.add_dataframe_asset(FILE).add_batch_definition_whole_dataframe("whole")
    suite = gx.ExpectationSuite("six row checks")
    for check in CHECKS:
        for column in check.columns:
            suite.add_expectation(expectation(check, column, dates))
    batch = whole.get_batch(batch_parameters={"dataframe": frame})
    failing = dict.fromkeys((check.name for check in CHECKS), 0)
    unique = {check.name: check.columns[0] for check in CHECKS if check.kind == "unique"}
    for one in batch.validate(suite, result_format="COMPLETE").results:
        name = one.expectation_config.meta["check"]
        rows = one.result["unexpected_index_list"]  # all of them; unexpected_list stops at 200 values
        failing[name] += frame[unique[name]].iloc[rows].nunique() if name in unique else len(rows)
    return failing


if __name__ == "__main__":
    sys.stdout.write(json.dumps(count_failures(Path(sys.argv[1]), sys.argv[2])))
