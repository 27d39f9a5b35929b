"""The reconciliation as a workbook to go through: every figure is a formula over the lines, with its value.

Sums go by a payment's, a case's and an account's number, never by a text: a spreadsheet compares texts loosely.
"""

from fractions import Fraction

from kommunecheck.domain.days import danish
from kommunecheck.domain.names import KINDS
from kommunecheck.domain.reconciliation import NO_ACCOUNT, Figures, Reconciliation
from kommunecheck.domain.report import Report
from kommunecheck.domain.wording import kroner
from kommunecheck.reports.basis import reservations_in_lines
from kommunecheck.reports.excel.basis import basis
from kommunecheck.reports.excel.book import A3, Book, Column, Formula, Given, Link, Row, Table
from kommunecheck.reports.excel.page import Page
from kommunecheck.reports.reconciliation.lines import MONEY, Lines, lines_of
from kommunecheck.reports.reconciliation.words import ABOUT, TITLES, scope


def write(report: Report, made: Reconciliation) -> bytes:
    """The workbook's bytes."""
    run = report.run
    book = Book(f"{run.municipality_name or 'Kommunen'}: afstemning", run.version, run.cutoff, run.synthetic)
    lines = lines_of(report, made)
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
    book.table_sheets(
        months, "En række pr. måned: summer af Udbetalinger og, for dem over flere, af Månedslinjer.", 1, A3
    )
    book.table_sheets(lines.runs, "Udbetalinger med flere satser: én sats og én ubrudt række dage pr. linje.", 1)
    book.table_sheets(
        lines.lost, "Tabte dage ifølge fundene: én udbetaling, én sats og én ubrudt række dage pr. linje.", 2
    )
    book.table_sheets(
        lines.months,
        "Udbetalinger over flere måneder, delt: det afrundede løbende beløb ved månedens udgang minus det forrige.",
        1,
        A3,
    )
    book.table_sheets(_not_reconciled(report, made), "Rækker i udbetalinger, der ikke kunne afstemmes, og hvorfor.")
    basis(book, report, links_cut=book.links_cut)
    return book.bytes()


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
    own = ("Måned", "[@Måned]")
    sums = [
        Column(title, "money", 14, f"{lines.payments.sum_if(title, own)}+{lines.months.sum_if(title, own)[1:]}")
        for _, title in MONEY
    ]
    columns = [Column("Måned", "month day", 11), *sums, Column("Gennemgået", "tick", 12)]
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
    page.line(f"Opgjort pr. {danish(run.cutoff)}.")
    page.paragraphs([scope(report)])
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
            "Taget med",
            Formula("=" + "+".join(f"COUNT({name}[Nr])" for name, _ in lines.payments.parts()), len(made.payments)),
        ),
        ("Ikke afstemt", Given(len(made.not_reconciled))),
    ]
    page.block("Rækker", [Column("Rækker"), Column("Antal", "count")], counted)
    page.facts("Sådan er der regnet", [("Tolerance pr. udbetaling", kroner(made.tolerance)), ("Version", run.version)])
    page.leads("Ark", ((Link(name, name, "A1"), what) for name, what in _SHEETS))
    page.texts("Læs det sådan", _HOW)
    said = reservations_in_lines(report)
    if said:
        page.texts("Forbehold", said)


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


_SHEETS = (
    ("Berigtigelser", "det, der skal bogføres, med plads til bilag og dato"),
    ("Sager", "en række pr. sag"),
    ("Udbetalinger", "en række pr. udbetaling, med grunden til hvert tal"),
    ("Konti", "summer pr. konto"),
    ("Måneder", "summer pr. måned"),
    ("Satslinjer", "udbetalinger med flere satser, sats for sats"),
    ("Tabslinjer", "de tabte dage, linje for linje"),
    ("Månedslinjer", "udbetalinger over flere måneder, delt på dem"),
    ("Ikke afstemt", "rækker, der ikke kunne afstemmes, og hvorfor"),
    ("Grundlag", "metode, lovens tal og filerne"),
)
_HOW = (
    "Hver linje afrundes for sig til hele øre, og hver sum er en sum af linjer. En udbetaling, der er delt i flere, "
    "kan derfor afvige fra den samme udbetaling i én, højst en øre pr. linje. Afrundingen står ovenfor.",
    "»Muligt tab« og »hviler på journalen« er et råderum: er de ikke berigtiget, mangler intet, og er de "
    "berigtiget, er det ikke for meget.",
    "Gule felter er til jer. Kommunecheck ændrer ikke noget i regnskabet.",
)
