"""The reconciliation as a workbook to go through: every figure is a formula over the lines, with its value.

Sums go by a payment's, a case's and an account's number, never by a text: a spreadsheet compares texts loosely. What is
0 because there is nothing of the kind is written as 0, so that a large municipality's workbook can still be worked out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from kommunecheck.domain.days import count, danish
from kommunecheck.domain.months import days_by, months_of
from kommunecheck.domain.names import KINDS
from kommunecheck.domain.reconciliation import (
    NO_ACCOUNT,
    OF_LOSS,
    Booking,
    Figures,
    Reconciled,
    Reconciliation,
    divided_by,
)
from kommunecheck.domain.report import Report, Source
from kommunecheck.domain.wording import kroner
from kommunecheck.reports.excel.basis import basis
from kommunecheck.reports.excel.book import A3, Book, Column, Formula, Given, Link, Row, Table, Written
from kommunecheck.reports.excel.names import yes_no
from kommunecheck.reports.excel.page import Page
from kommunecheck.reports.reconciliation.words import ABOUT, TITLES

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


def write(report: Report, made: Reconciliation) -> bytes:
    """The workbook's bytes."""
    run = report.run
    book = Book(f"{run.municipality_name or 'Kommunen'}: afstemning", run.version, run.cutoff, run.synthetic)
    lines = _lines(report, made)
    cases, accounts = _cases(made, lines), _accounts(made, lines)
    months = _months(made, lines)
    _front(book, report, made, lines, (cases, months, accounts))
    book.table_sheets(
        lines.bookings,
        "Berigtigelser at bogføre. Positivt beløb: refusionen sættes ned. Negativt: den kan tages tilbage.",
        1,
        A3,
    )
    book.table_sheets(cases, "En række pr. sag: summer af Udbetalinger.", 2, A3)
    book.table_sheets(
        lines.payments, "En række pr. udbetaling, med grunden til hvert tal. Sæt x, når den er gennemgået.", 3, A3
    )
    book.table_sheets(accounts, "En række pr. konto: summer af Udbetalinger og af Berigtigelser.", 2, A3)
    book.table_sheets(months, "En række pr. måned: summer af Månedslinjer.", 1, A3)
    book.table_sheets(lines.runs, "Udbetalinger med flere satser: én sats og én ubrudt række dage pr. linje.", 1)
    book.table_sheets(
        lines.lost, "Tabte dage ifølge fundene: én udbetaling, én sats og én ubrudt række dage pr. linje.", 2
    )
    book.table_sheets(
        lines.months,
        "Hver udbetaling delt på måneder: det afrundede løbende beløb ved månedens udgang minus det forrige.",
        1,
        A3,
    )
    book.table_sheets(_not_reconciled(report, made), "Rækker i udbetalinger, der ikke kunne afstemmes, og hvorfor.")
    basis(book, report, links_cut=book.links_cut)
    return book.bytes()


def _lines(report: Report, made: Reconciliation) -> Lines:
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
    for number_, (case_number, sag_id, one) in enumerate(_numbered(made), 1):
        payment, source = one.payment, sources[one.payment.source]
        konto = one.konto or NO_ACCOUNT
        rows.append(
            (
                number_, case_number, sag_id, payment.udbetaling_id, source.file, source.sheet, payment.row,
                payment.fra, payment.til, payment.til - payment.fra + 1, accounts[konto], konto,
                yes_no(payment.i_tilbud), "ja" if one.judged else "nej", yes_no(one.fully), payment.beloeb,
                float(one.runs[0].rate) if _plain(one) else None, *_money(one, runs, lost), one.figures.may_claim,
                ", ".join(sorted({code for code, _ in one.codes})), " ".join(one.reasons), None, None,
            )
        )  # fmt: skip
    return Table("Udbetalinger", columns, rows)


def _numbered(made: Reconciliation) -> Iterable[tuple[int, str, Reconciled]]:
    """The payments with the number and the id of their case."""
    for place, case in enumerate(made.cases, 1):
        for one in case.payments:
            yield place, case.sag_id, one


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
    """One row per payment and month: each figure as its rounded running total less that of the month before."""
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


def _sums(table: Table, *conditions: tuple[str, str]) -> list[Column]:
    return [Column(title, "money", 14, table.sum_if(title, *conditions)) for _, title in MONEY]


def _of(figures: Figures) -> tuple[int, ...]:
    return tuple(getattr(figures, name) for name, _ in MONEY)


def _cases(made: Reconciliation, lines: Lines) -> Table:
    own = ("Sag nr", "[@Nr]")
    columns = [
        Column("Nr", "plain number", 7),
        Column("Sag", "text", 13),
        Column("Udbetalinger", "count", 12, lines.payments.count_if(own)),
        *_sums(lines.payments, own),
        Column("Går op", "text", 8),
        Column("Gennemgået", "tick", 12),
        Column("Bemærkning", "fill", 24),
    ]
    rows: list[Row] = [
        (place, case.sag_id, len(case.payments), *_of(case.figures), "ja" if case.even else None, None, None)
        for place, case in enumerate(made.cases, 1)
    ]
    return Table("Sager", columns, rows)


def _accounts(made: Reconciliation, lines: Lines) -> Table:
    own = ("Konto nr", "[@Nr]")
    columns = [
        Column("Nr", "plain number", 7),
        Column("Konto", "text", 13),
        Column("Udbetalinger", "count", 12, lines.payments.count_if(own)),
        *_sums(lines.payments, own),
        Column("At bogføre", "money", 14, lines.bookings.sum_if("Beløb", own)),
        Column("Gennemgået", "tick", 12),
    ]
    booked: dict[str, int] = {}
    rows_of: dict[str, int] = {}
    for booking in made.bookings:
        konto = booking.reconciled.konto or NO_ACCOUNT
        booked[konto] = booked.get(konto, 0) + booking.oere
    for one in made.payments:
        rows_of[one.konto or NO_ACCOUNT] = rows_of.get(one.konto or NO_ACCOUNT, 0) + 1
    rows: list[Row] = [
        (lines.accounts[konto], konto, rows_of[konto], *_of(figures), booked.get(konto, 0), None)
        for konto, figures in made.by_account
    ]
    return Table("Konti", columns, rows)


def _months(made: Reconciliation, lines: Lines) -> Table:
    columns = [
        Column("Måned", "month day", 11),
        *_sums(lines.months, ("Måned", "[@Måned]")),
        Column("Gennemgået", "tick", 12),
    ]
    return Table("Måneder", columns, [(month, *_of(figures), None) for month, figures in made.by_month])


def _not_reconciled(report: Report, made: Reconciliation) -> Table:
    columns = [
        Column("Udbetaling", "text", 14),
        Column("Fil", "text", 20),
        Column("Ark", "text", 10),
        Column("Række", "plain number", 8),
        Column("Anmeldt", "money", 14),
        Column("Hvorfor", "long", 60),
        Column("Gennemgået", "tick", 12),
        Column("Bemærkning", "fill", 24),
    ]
    sources = report.run.sources
    rows: list[Row] = [
        (
            one.udbetaling_id,
            sources[one.source].file,
            sources[one.source].sheet,
            one.row,
            one.claimed,
            one.reason,
            None,
            None,
        )
        for one in made.not_reconciled
    ]
    return Table("Ikke afstemt", columns, rows)


def _front(book: Book, report: Report, made: Reconciliation, lines: Lines, summed: tuple[Table, Table, Table]) -> None:
    """The first sheet: what remains, each figure summed in four ways, the rows, and where the rest stands."""
    run = report.run
    page = Page(book, "Afstemning", (34, 17, 17, 17, 17, 12, 46))
    page.line(f"{run.municipality_name or 'Kommunen'}: afstemning af refusion", "title")
    if run.synthetic:
        page.line("OPDIGTEDE TAL", "mark")
    page.line(
        f"Opgjort pr. {danish(run.cutoff)}. Alle udbetalinger i udtrækket er afstemt, og alle frister er vurderet."
    )
    page.space()
    page.amount(
        "Mangler at blive berigtiget",
        Formula(lines.payments.sum(TITLES["remaining"]), made.total.remaining),
        "big money",
    )
    cases, months, accounts = summed
    columns = [
        Column("Tal", "text"),
        Column("Udbetalinger", "money"),
        Column("Sum af sager", "money"),
        Column("Sum af måneder", "money"),
        Column("Sum af konti", "money"),
        Column("Forskel", "money"),
        Column("Hvad det er", "long"),
    ]
    rows: list[Row] = []
    for name, title in MONEY:
        oere = getattr(made.total, name)
        sums = [Formula(table.sum(title), oere) for table in (lines.payments, cases, months, accounts)]
        apart = "ABS([@Udbetalinger]-[@{0}])"
        off = "+".join(apart.format(column.title) for column in columns[2:5])
        rows.append((title, *sums, Formula(f"=ROUND({off},2)", 0), ABOUT[name]))
    page.block("Tallene", columns, rows, "Hver sum står fire gange: regnet af udbetalinger, sager, måneder og konti.")
    page.block("Afrunding", _ROUNDING, _rounded(made, lines), "Hver linje er afrundet til hele øre.")
    counted: list[Row] = [
        ("Rækker i udbetalinger", Given(made.rows)),
        (
            "Afstemt",
            Formula("=" + "+".join(f"COUNT({name}[Nr])" for name, _ in lines.payments.parts()), len(made.payments)),
        ),
        ("Ikke afstemt", Given(len(made.not_reconciled))),
    ]
    page.block("Rækker", [Column("Rækker"), Column("Antal", "count")], counted)
    page.facts("Sådan er der regnet", [("Tolerance pr. udbetaling", kroner(made.tolerance)), ("Version", run.version)])
    sheets = ("Berigtigelser", "Sager", "Udbetalinger", "Konti", "Måneder", "Satslinjer", "Tabslinjer", "Månedslinjer")
    page.leads("Ark", ((Link(name, name, "A1"), what) for name, what in zip(sheets, _SHEETS, strict=True)))
    page.texts("Læs det sådan", _HOW)
    if run.warnings:
        page.texts("Forbehold", run.warnings)


_ROUNDING = (
    Column("Tal", "text"),
    Column("Afrundet", "money"),
    Column("Uden afrunding", "exact"),
    Column("Afrunding", "exact", formula="=ROUND([@Afrundet]-[@Uden afrunding],4)"),
)


def _rounded(made: Reconciliation, lines: Lines) -> list[Row]:
    """What the rounding of each line comes to: each total as it is, and as it would be without."""
    days = "{0}[Udbetalt]*{0}[%s]/{0}[Udbetalingens dage]*{0}[Sats]"
    claimable = [f"SUMPRODUCT({name}[Udbetalt],{name}[Sats])" for name, _ in lines.payments.parts()]
    claimable += [f"SUMPRODUCT({(days % 'Dage').format(name)})" for name, _ in lines.runs.parts() if lines.runs.rows]
    lost = [
        f'SUMPRODUCT(({name}[Tab]="{KINDS[0].short}")*{(days % "Tabte dage").format(name)})'
        for name, _ in lines.lost.parts()
        if lines.lost.rows
    ]
    told = (("claimable", claimable, made.exact[0]), ("lost", lost or ["0"], made.exact[1]))
    rows: list[Row] = []
    for name, parts, exact in told:
        oere = getattr(made.total, name)
        apart = float(round(Fraction(oere) / 100 - exact / 100, 4))
        total = Formula(lines.payments.sum(TITLES[name]), oere)
        rows.append((TITLES[name], total, Formula("=" + "+".join(parts), float(exact / 100)), apart))
    return rows


BLANK = (None,) * 4
"""Cells that are left for the reader."""

_SHEETS = (
    "det, der skal bogføres, med plads til bilag og dato",
    "en række pr. sag",
    "en række pr. udbetaling, med grunden til hvert tal",
    "summer pr. konto",
    "summer pr. måned",
    "udbetalinger med flere satser, sats for sats",
    "de tabte dage, linje for linje",
    "hver udbetaling delt på måneder",
)
_HOW = (
    "Hver linje afrundes for sig til hele øre, og hver sum er en sum af linjer. En udbetaling, der er delt i flere, "
    "kan derfor afvige fra den samme udbetaling i én, højst en øre pr. linje. Afrundingen står ovenfor.",
    "»Muligt tab« og »hviler på journalen« er et råderum: er de ikke berigtiget, mangler intet, og er de "
    "berigtiget, er det ikke for meget.",
    "Gule felter er til jer. Kommunecheck ændrer ikke noget i regnskabet.",
)
