"""What must be put right in the refund claimed: the expected loss by the month of the payment and by rate."""

from datetime import date
from fractions import Fraction

from kommunecheck.domain.days import Day
from kommunecheck.domain.report import Amounts, Report
from kommunecheck.domain.wording import kroner
from kommunecheck.reports.excel.book import Column, Row, Table
from kommunecheck.reports.excel.figures import Figures
from kommunecheck.reports.excel.names import EXPECTED
from kommunecheck.reports.phrases import days
from kommunecheck.reports.section import losing, named_in_sentence


def about(report: Report) -> str:
    """What the table holds, and what it does not."""
    said = (
        "Det forventede tab efter den måned, udbetalingen begynder i, og sats: det, refusionen skal berigtiges med, "
        "når fejlene ikke kan forklares. Linjer uden sats og muligt tab tæller ikke."
    )
    beside = [_not_in_it(named_in_sentence(one), one.summary.expected) for one in losing(report) if one.summary]
    return " ".join([said, *beside])


def _not_in_it(where: str, lost: Amounts) -> str:
    """That the loss of a further supervision is not in the table, and where it stands."""
    amount = days(lost.days) if lost.refund_lost is None else f"{kroner(lost.refund_lost)} for {days(lost.days)}"
    return f"Tabet i {where} ({amount}) står i Tilsynslinjer og er ikke med."


def adjustment(report: Report, figures: Figures) -> Table:
    """One row per month and rate; the sums are those of the lines."""
    found: dict[tuple[Day, Fraction], list[int]] = {}
    for case in report.cases:
        for line in case.exposure.expected.lines or ():
            if line.rate is not None:
                sums = found.setdefault((_month(line.payment.fra), line.rate), [0, 0, 0, 0])
                for place, value in enumerate((1, line.days, line.paid, line.refund_lost)):
                    sums[place] += value
    own = (
        ("Tab", f'"{EXPECTED}"'),
        ("Udbetalt fra", '">="&[@Måned]'),
        ("Udbetalt fra", '"<"&EDATE([@Måned],1)'),
        ("Sats", "[@Sats]"),
    )
    lines = figures.lines
    columns = [
        Column("Måned", "month day", 11),
        Column("Sats", lines.columns[_place(lines, "Sats")].form, 10),
        Column("Linjer", "count", 10, lines.count_if(*own)),
        Column("Tabte dage", "count", 11, lines.sum_if("Tabte dage", *own)),
        Column("Udbetalt i dagene", "money", 15, lines.sum_if("Udbetalt i dagene", *own)),
        Column("Refusion at berigtige", "money", 15, lines.sum_if("Tabt refusion", *own)),
    ]
    rows: list[Row] = [(month, float(rate), *sums) for (month, rate), sums in sorted(found.items())]
    return Table("Berigtigelse", columns, rows)


def _month(day: Day) -> Day:
    return date.fromordinal(day).replace(day=1).toordinal()


def _place(table: Table, title: str) -> int:
    return [column.title for column in table.columns].index(title)
