"""One library call with a clock on its stages. ``python stages.py DIR FILE`` writes the JSON report to FILE.

Prints the seconds of each stage, in order. A version of kommunecheck whose ``app.check`` takes no ``stage`` is timed
as one stage.
"""

import inspect
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any


class StageClock:
    """Told the name of each stage as it begins; the stage before it ends at that moment."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name: str | None = None
        self._since = 0.0

    def __call__(self, name: str) -> None:
        """End the stage that runs and begin the one named."""
        self.stop()
        self._name, self._since = name, perf_counter()

    def stop(self) -> None:
        """End the stage that runs, if any."""
        if self._name is not None:
            self.seconds[self._name] = self.seconds.get(self._name, 0.0) + perf_counter() - self._since
            self._name = None


def time_stages(folder: Path, output: Path) -> dict[str, float]:
    """Check a folder, write the report and return the seconds of each stage."""
    clock = StageClock()
    clock("import")
    from kommunecheck import app
    from kommunecheck.reports import json as report_as_json

    hook: dict[str, Any] = {"stage": clock} if "stage" in inspect.signature(app.check).parameters else {}
    clock("set up" if hook else "check")
    report = app.check(folder, **hook)
    clock("write")
    with output.open("wb") as out:
        out.writelines(report_as_json.write(report))
    clock.stop()
    return clock.seconds


if __name__ == "__main__":
    sys.stdout.write(json.dumps(time_stages(Path(sys.argv[1]), Path(sys.argv[2]))))
