"""The numbers that are readings, a step stricter and looser, in words: every format tells the same."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kommunecheck.domain.report import Report, Stepped
from kommunecheck.domain.wording import kroner, value, whole
from kommunecheck.reports.phrases import days

ANEW = (
    "Alle sager er vurderet forfra med hvert tal et trin strengere og et trin lempeligere, ét tal ad gangen. Så meget "
    "ville det forventede tab da være. Er der intet trin, kan tallet ikke gå længere den vej."
)


class StepRow(NamedTuple):
    """One step: of which number, which way, and what came of it; ``None`` where there is no such step."""

    name: str
    title: str
    now: object
    way: str
    stepped: Stepped | None


def step_rows(report: Report) -> Iterator[StepRow]:
    """The steps, two for each number."""
    parameters = {one.name: one for one in report.run.parameters}
    for reading in report.readings or ():
        one = parameters[reading.name]
        for way, stepped in (("strengere", reading.stricter), ("lempeligere", reading.looser)):
            yield StepRow(reading.name, one.title, one.value, way, stepped)


def _more(difference: int, said: Callable[[int], str]) -> str:
    """A difference with its sign."""
    return f"+{said(difference)}" if difference > 0 else said(difference)


def step_cells(row: StepRow, report: Report) -> list[str]:
    """A step as it is told: the number as it is now, the way, the value, the expected loss and the difference.

    Days in place of kroner where no payments were given. Both steps name the number: a row may begin a page, and a
    screen reader reads it alone.
    """
    told = [f"{row.title}: nu {value(row.now)}", row.way]
    if row.stepped is None:
        return [*told, "intet trin", "", ""]
    now, then = report.summary.expected, row.stepped.expected
    if now.refund_lost is None or then.refund_lost is None:
        return [*told, value(row.stepped.value), days(then.days), _more(then.days - now.days, whole)]
    more = _more(then.refund_lost - now.refund_lost, kroner)
    return [*told, value(row.stepped.value), kroner(then.refund_lost), more]
