"""The lines of a loss, and its days where there are none, as they are told to whoever redoes them by hand."""

from collections.abc import Iterable, Mapping

from kommunecheck.domain.days import Days, danish
from kommunecheck.domain.evidence import Evidence, by_row
from kommunecheck.domain.report import Line, Source
from kommunecheck.domain.wording import spans, whole
from kommunecheck.reports.phrases import amount, name, per_cent

PERIODS = 60
"""How many periods of lost days are told of a case that has no amounts."""


def days_told(periods: Days) -> str:
    """The periods of lost days; some of them, where they are very many."""
    shown = spans(periods[:PERIODS])
    return f"{shown}." if len(periods) <= PERIODS else f"{shown} og {len(periods) - PERIODS} perioder mere."


def where(cells: Iterable[Evidence], sources: Mapping[int, Source]) -> str:
    """Where cells stand: each row of a file once, with its columns: ``sager.csv, række 2: team``."""
    return "; ".join(
        f"{name(sources[source].place)}, række {row}: {', '.join(dict.fromkeys(cell.column for cell in own))}"
        for (source, row), own in by_row(cells).items()
    )


def line_cells(line: Line, sources: Mapping[int, Source] | None) -> list[str]:
    """What is told of a line, in the order of the columns; with the name of its file where ``sources`` are given."""
    payment = line.payment
    row = whole(payment.row)
    rate = "ingen" if line.rate is None else per_cent(line.rate)
    return [
        danish(line.first),
        danish(line.last),
        whole(line.days),
        amount(payment.beloeb),
        whole(payment.til - payment.fra + 1),
        f"{rate} i tilbud" if payment.i_tilbud else rate,
        amount(line.paid),
        amount(line.refund_lost),
        row if sources is None else f"{name(sources[payment.source].place)}, række {row}",
    ]
