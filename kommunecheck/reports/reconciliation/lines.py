"""The tables of lines that the sums of a reconciliation's workbook go over: each figure as the formula that gives it.

What is 0 because there is nothing of the kind is written as 0, so that a large municipality's workbook can still be
worked out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kommunecheck.domain.days import Day, count
from kommunecheck.domain.months import days_by, months_of
from kommunecheck.domain.names import KINDS
from kommunecheck.domain.reconciliation import (
    NO_ACCOUNT,
    OF_LOSS,
    Booking,
    Figures,
    Reconciled,
    ReconciledCase,
    Reconciliation,
    divided_by,
)
from kommunecheck.domain.report import Report, Source
from kommunecheck.reports.excel.book import Column, Formula, Given, Row, Table, Written
from kommunecheck.reports.excel.names import yes_no
from kommunecheck.reports.reconciliation.reasons import reasons_of
from kommunecheck.reports.reconciliation.words import TITLES

BLANK = (None,) * 4
"""Cells that are left for the reader."""
MAY = "Må anmeldes"
MONEY = tuple(TITLES.items())
"""The figures by name and heading, in the order of their columns."""
PLACE = "Plads"
"""Where a payment stands in its table: looked up once a row, so that the tables may be sorted."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The tables that the others sum up. ``numbers`` are the numbers of the payments, by source and row."""

    numbers: Mapping[tuple[int, int], int]
    accounts: Mapping[str, int]
    runs: Table
    lost: Table
    payments: Table
    months: Table
    bookings: Table


def lines_of(report: Report, made: Reconciliation) -> Lines:
    """All the tables of lines."""
    numbers = {(one.payment.source, one.payment.row): place for place, one in enumerate(made.payments, 1)}
    accounts = {konto: place for place, (konto, _) in enumerate(made.by_account, 1)}
    runs, lost = _runs(made, numbers), _lost(made, numbers)
    payments = _payments(report.run.sources, made, accounts, runs, lost)
    return Lines(
        numbers,
        accounts,
        runs,
        lost,
        payments,
        _month_lines(made, numbers, payments),
        _bookings(made, numbers, accounts, payments),
    )


def _number(one: Reconciled, numbers: Mapping[tuple[int, int], int]) -> int:
    return numbers[one.payment.source, one.payment.row]


def _runs(made: Reconciliation, numbers: Mapping[tuple[int, int], int]) -> Table:
    """One row per run of one rate, of the payments that have several."""
    columns = [
        Column("Udbetaling nr", "plain number", 11),
        Column("Fra", "day", 11),
        Column("Til", "day", 11),
        Column("Dage", "count", 7, "=[@Til]-[@Fra]+1"),
        Column("Udbetalt", "money", 13),
        Column("Udbetalingens dage", "count", 12),
        Column("Sats", "fine rate", 9),
        Column(TITLES["claimable"], "money", 14, "=ROUND([@Udbetalt]*[@Dage]/[@Udbetalingens dage]*[@Sats],2)"),
    ]
    rows: list[Row] = []
    for one in made.payments:
        payment = one.payment
        if not _plain(one):
            for run in one.runs:
                days, length = run.last - run.first + 1, payment.til - payment.fra + 1
                what = run.first, run.last, days, payment.beloeb, length
                rows.append((_number(one, numbers), *what, float(run.rate), run.claimable))
    return Table("Satslinjer", columns, rows)


def _plain(one: Reconciled) -> bool:
    """Whether one rate holds on all days of the payment."""
    return one.judged and len(one.runs) == 1


def _lost(made: Reconciliation, numbers: Mapping[tuple[int, int], int]) -> Table:
    """One row per lost line, of any kind."""
    columns = [
        Column("Udbetaling nr", "plain number", 11),
        Column("Sag", "text", 13),
        Column("Tab", "text", 11),
        Column("Tabt fra", "day", 11),
        Column("Tabt til", "day", 11),
        Column("Tabte dage", "count", 8, "=[@Tabt til]-[@Tabt fra]+1"),
        Column("Udbetalt", "money", 13),
        Column("Udbetalingens dage", "count", 12),
        Column("Sats", "fine rate", 9),
        Column("Tabt refusion", "money", 14, "=ROUND([@Udbetalt]*[@Tabte dage]/[@Udbetalingens dage]*[@Sats],2)"),
    ]
    rows: list[Row] = []
    for case in made.cases:
        for one in case.payments:
            for kind, lines in zip(KINDS, one.lines, strict=True):
                for line in lines:
                    payment = line.payment
                    what = line.first, line.last, line.days, payment.beloeb, payment.til - payment.fra + 1
                    rate = None if line.rate is None else float(line.rate)
                    rows.append((_number(one, numbers), case.sag_id, kind.short, *what, rate, line.refund_lost))
    return Table("Tabslinjer", columns, rows)


def _payments(
    sources: Mapping[int, Source], made: Reconciliation, accounts: Mapping[str, int], runs: Table, lost: Table
) -> Table:
    """One row per payment: what its row says, and each figure as the formula that gives it."""
    held = "[@Anmeldt]-[@Berigtiget]"
    losses = "-".join(f"[@{TITLES[name]}]" for name in ("lost", "discretionary", "documentation"))
    surely = f"[@{TITLES['claimable']}]-{losses}"
    judged, fully = '[@Afstemmes]="ja"', '[@Fuldt vurderet]="ja"'
    formulas = {
        "remaining": f"=IF({judged},MAX(0,ROUND({held}-[@{MAY}],2)),0)",
        "corrected_too_much": f"=IF(AND({judged},{fully}),MIN([@Berigtiget],MAX(0,ROUND({surely}-({held}),2))),0)",
        "unclaimed": f"=IF({judged},MAX(0,ROUND({surely}-[@Anmeldt],2)),0)",
        "unpriced_claimed": f"=IF({judged},0,[@Anmeldt])",
    }
    columns = [
        Column("Nr", "plain number", 7),
        Column("Sag nr", "plain number", 7),
        Column("Sag", "text", 13),
        Column("Udbetaling", "text", 13),
        Column("Fil", "text", 17),
        Column("Ark", "text", 9),
        Column("Række", "plain number", 8),
        Column("Fra", "day", 11),
        Column("Til", "day", 11),
        Column("Dage", "count", 7, "=[@Til]-[@Fra]+1"),
        Column("Måned", "month day", 10),
        Column("Konto nr", "plain number", 7),
        Column("Konto", "text", 11),
        Column("I tilbud", "text", 8),
        Column("Afstemmes", "text", 10),
        Column("Fuldt vurderet", "text", 9),
        Column("Udbetalt", "money", 13),
        Column("Sats", "fine rate", 9),
        *(Column(title, "money", 14, formulas.get(name)) for name, title in MONEY),
        Column(MAY, "money", 14, f"=MAX(0,ROUND([@{TITLES['claimable']}]-[@{TITLES['lost']}],2))"),
        Column("Fund", "text", 14),
        Column("Grunden til hvert tal", "long", 60),
        Column("Gennemgået", "tick", 12),
        Column("Bemærkning", "fill", 24),
    ]
    rows: list[Row] = []
    for number_, (case_number, case, one) in enumerate(_numbered(made), 1):
        payment, source = one.payment, sources[one.payment.source]
        konto = one.konto or NO_ACCOUNT
        rows.append(
            (
                number_, case_number, case.sag_id, payment.udbetaling_id, source.file, source.sheet, payment.row,
                payment.fra, payment.til, payment.til - payment.fra + 1, _only_month(one), accounts[konto], konto,
                yes_no(payment.i_tilbud), "ja" if one.judged else "nej", yes_no(one.fully), payment.beloeb,
                float(one.runs[0].rate) if _plain(one) else None, *_money(one, runs, lost), one.figures.may_claim,
                ", ".join(sorted({code for code, _ in one.codes})), " ".join(reasons_of(one, case)), None, None,
            )
        )  # fmt: skip
    return Table("Udbetalinger", columns, rows)


def _only_month(one: Reconciled) -> Day | None:
    """The month of a payment that lies in one; the others are divided among the month lines."""
    return one.by_month[0][0] if len(one.by_month) == 1 else None


def _numbered(made: Reconciliation) -> Iterable[tuple[int, ReconciledCase, Reconciled]]:
    """The payments with their case and its number."""
    for place, case in enumerate(made.cases, 1):
        for one in case.payments:
            yield place, case, one


def _money(one: Reconciled, runs: Table, lost: Table) -> Iterable[Written]:
    """The figures of a payment: what its row says, or the formula over its lines."""
    own = ("Udbetaling nr", "[@Nr]")
    over: dict[str, str] = {}
    if _plain(one):
        over["claimable"] = "=ROUND([@Udbetalt]*[@Sats],2)"
    elif one.runs:
        over["claimable"] = runs.sum_if(TITLES["claimable"], own)
    for name, kind, lines in zip(("lost", "discretionary", "documentation"), KINDS, one.lines, strict=True):
        if lines:
            over[name] = lost.sum_if("Tabt refusion", own, ("Tab", f'"{kind.short}"'))
    if one.partner is not None and not one.silent:
        over |= {
            "claimed": _both(one.claim, one.figures.claimed),
            "corrected": _both(one.correction, one.figures.corrected),
        }
    for name, _ in MONEY:
        oere = getattr(one.figures, name)
        if name in over:
            yield Formula(over[name], oere)
        else:
            yield oere if name in ("remaining", "corrected_too_much", "unclaimed", "unpriced_claimed") else Given(oere)


def _both(own: int | None, together: int) -> str:
    """What two rows say together, as a sum of the two."""
    return f"={(own or 0) / 100:.2f}+({(together - (own or 0)) / 100:.2f})"


def _part(table: Table, place: int) -> str:
    """The name in formulas of the part of a table that a row stands in, counted from 1."""
    sheet, _ = table.place(place - 1)
    return sheet.replace(" ", "_")


def _at(table: Table, place: int, title: str) -> str:
    return f"INDEX({_part(table, place)}[{title}],[@{PLACE}])"


def _month_lines(made: Reconciliation, numbers: Mapping[tuple[int, int], int], payments: Table) -> Table:
    """One row per month of each payment that touches several: the rounded running total less the one before."""
    kinds = ("Alle", *(kind.short.capitalize() for kind in KINDS))
    columns = [
        Column("Udbetaling nr", "plain number", 11),
        Column(PLACE, "plain number", 8),
        Column("Måned", "month day", 10),
        *(Column(f"{kind} dage {what}", "count", 9) for kind in kinds for what in ("før", "til og med", "i alt")),
        *(Column(title, "money", 13) for _, title in MONEY),
    ]
    rows: list[Row] = []
    for one in made.payments:
        if len(one.by_month) < 2:
            continue
        place, bases = _number(one, numbers), divided_by(one.payment, one.lines)
        found = Formula(f"=MATCH([@Udbetaling nr],{_part(payments, place)}[Nr],0)", 1 + (place - 1) % _rows(payments))
        before = 0
        for month, (first, figures) in zip(months_of(one.payment.fra, one.payment.til), one.by_month, strict=False):
            days = [bases[name] for name in ("claimed", "lost", "discretionary", "documentation")]
            counts = [part for own in days for part in (days_by(own, before), days_by(own, month.last), count(own))]
            rows.append((place, found, first, *counts, *_of_month(one.figures, figures, payments, place)))
            before = month.last
    return Table("Månedslinjer", columns, rows)


def _rows(table: Table) -> int:
    """The rows of a table that a sheet holds."""
    return max(1, len(next(table.parts())[1]))


def _of_month(whole: Figures, own: Figures, payments: Table, place: int) -> Iterable[Written]:
    kinds = ("Alle", *(kind.short.capitalize() for kind in KINDS))
    for name, title in MONEY:
        if getattr(whole, name):
            kind = kinds[OF_LOSS[name] + 1] if name in OF_LOSS else kinds[0]
            total, all_days = _at(payments, place, title), f"[@{kind} dage i alt]"
            until, before = (f"ROUND({total}*[@{kind} dage {what}]/{all_days},2)" for what in ("til og med", "før"))
            yield Formula(f"=ROUND({until}-{before},2)", getattr(own, name))
        else:
            yield Given(0)


def _bookings(
    made: Reconciliation, numbers: Mapping[tuple[int, int], int], accounts: Mapping[str, int], payments: Table
) -> Table:
    """The correction list: what to book, case by case."""
    columns = [
        Column("Sag", "text", 13),
        Column("Udbetaling nr", "plain number", 11),
        Column(PLACE, "plain number", 8),
        Column("Udbetaling", "text", 13),
        Column("Fra", "day", 11),
        Column("Til", "day", 11),
        Column("Konto nr", "plain number", 7),
        Column("Konto", "text", 11),
        Column("Beløb", "money", 14),
        Column("Hvad der bogføres", "long", 34),
        Column("Fund", "text", 14),
        Column("Bogført", "tick", 9),
        Column("Bilag", "fill", 14),
        Column("Dato", "fill day", 12),
        Column("Af", "fill", 14),
    ]
    rows: list[Row] = []
    for case in made.cases:
        for booking in case.bookings:
            one = booking.reconciled
            payment, place, konto = one.payment, _number(one, numbers), one.konto or NO_ACCOUNT
            found = Formula(
                f"=MATCH([@Udbetaling nr],{_part(payments, place)}[Nr],0)", 1 + (place - 1) % _rows(payments)
            )
            codes = ", ".join(sorted({code for code, _ in one.codes}))
            rows.append(
                (
                    case.sag_id, place, found, payment.udbetaling_id, payment.fra, payment.til, accounts[konto], konto,
                    Formula(_booked(booking, payments, place), booking.oere), booking.why, codes, *BLANK,
                )
            )  # fmt: skip
    return Table("Berigtigelser", columns, rows)


def _booked(booking: Booking, payments: Table, place: int) -> str:
    """The formula for what is booked."""
    if booking.netted:
        held, corrected, may = (_at(payments, place, title) for title in ("Anmeldt", "Berigtiget", MAY))
        return f"=ROUND({held}-{corrected}-{may},2)"
    if booking.oere > 0:
        return "=" + _at(payments, place, TITLES["remaining"])
    return "=-" + _at(payments, place, TITLES["corrected_too_much"])
