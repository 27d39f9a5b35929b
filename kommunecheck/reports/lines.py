"""The lines of a loss, and its days where there are none, as they are told to whoever redoes them by hand."""

from collections.abc import Iterable, Mapping

from kommunecheck.domain.days import Days, Period, count, danish, union
from kommunecheck.domain.evidence import Evidence, by_row
from kommunecheck.domain.report import Line, Loss, Source
from kommunecheck.domain.wording import kroner, spans, whole
from kommunecheck.reports.phrases import amount, cost, days, name, per_cent

PERIODS = 60
"""How many periods of lost days are told of a case that has no amounts."""


def days_told(periods: Days) -> str:
    """The periods of lost days; some of them, where they are very many."""
    shown = spans(periods[:PERIODS])
    return f"{shown}." if len(periods) <= PERIODS else f"{shown} og {len(periods) - PERIODS} perioder mere."


NO_RATE = "uden sats"
"""What stands in place of the refund of a line, or of a loss, that no rate is known for: it is not nothing."""


def refund_of(loss: Loss) -> str:
    """The refund of a loss in a table."""
    return NO_RATE if _has_no_rate(loss) else cost(loss.refund_lost, loss.days)


def in_words(loss: Loss) -> str:
    """What refund is lost, and for how many days."""
    if loss.lines is None or _has_no_rate(loss):
        return f"{days(loss.days)}, ukendt beløb"
    unpriced = count(union([Period(line.first, line.last) for line in loss.lines if line.rate is None]))
    return (
        f"{kroner(loss.refund_lost)} for {days(loss.days)}{f', heraf {whole(unpriced)} uden sats' if unpriced else ''}"
    )


def _has_no_rate(loss: Loss) -> bool:
    return bool(loss.lines) and all(line.rate is None for line in loss.lines or ())


def where(cells: Iterable[Evidence], sources: Mapping[int, Source]) -> str:
    """Where cells stand: each row of a file once, with its columns: ``sager.csv, række 2: team``."""
    return "; ".join(
        f"{name(sources[source].place)}, række {row}: {', '.join(dict.fromkeys(cell.column for cell in own))}"
        for (source, row), own in by_row(cells).items()
    )


def in_kroner(oere: int | None) -> str:
    """An amount in a column whose heading says that it is kroner: many are long, and the columns are narrow."""
    return amount(oere).removesuffix(" kr.")


def total_of(loss: Loss) -> str:
    """The refund of a loss under its lines."""
    return NO_RATE if _has_no_rate(loss) else in_kroner(loss.refund_lost)


def line_cells(line: Line, sources: Mapping[int, Source] | None) -> list[str]:
    """What is told of a line, in the order of the columns; with the name of its file where ``sources`` are given.

    A row is told as everywhere: without points between the thousands, as the program that shows the file does.
    """
    payment = line.payment
    row = str(payment.row)
    rate = "ingen" if line.rate is None else per_cent(line.rate)
    return [
        danish(line.first),
        danish(line.last),
        whole(line.days),
        in_kroner(payment.beloeb),
        whole(payment.til - payment.fra + 1),
        f"{rate} i tilbud" if payment.i_tilbud else rate,
        in_kroner(line.paid),
        NO_RATE if line.rate is None else in_kroner(line.refund_lost),
        row if sources is None else f"{name(sources[payment.source].place)}, række {row}",
    ]
