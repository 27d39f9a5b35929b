"""The whole workbook, sheet by sheet."""

from kommunecheck.domain.names import capital
from kommunecheck.domain.report import Report
from kommunecheck.reports.comparing import BY_MONTH
from kommunecheck.reports.excel import adjustment as adjusted
from kommunecheck.reports.excel import further
from kommunecheck.reports.excel.assessed import AFTER_CASES, AFTER_LINES, after
from kommunecheck.reports.excel.basis import basis
from kommunecheck.reports.excel.book import A3, Book, Table
from kommunecheck.reports.excel.charts import charts
from kommunecheck.reports.excel.figures import figures, further_lines, months
from kommunecheck.reports.excel.findings import findings, ledger, rules, running, upcoming
from kommunecheck.reports.excel.front import front, has_further_lines
from kommunecheck.reports.excel.order import HIDDEN, OF_FURTHER, ORDERS
from kommunecheck.reports.further import title_of
from kommunecheck.reports.ledger import LEDGER, account
from kommunecheck.reports.phrases import named
from kommunecheck.reports.section import judged_by, only_further
from kommunecheck.reports.upcoming import NOTHING_STOPS, about

NO_AMOUNTS = " Der er ingen udbetalinger i udtrækket: beløbene er tomme, fordi de ikke kendes."

FURTHER_LINES = (
    "Én udbetaling, én sats og én ubrudt række tabte dage pr. linje i de øvrige tilsyn. Hvert tilsyns tab er summen af "
    "dets linjer af samme slags; den samme dag kan stå under flere tilsyn."
)

RULES = "Alle regler: hvor mange fund de gav, om de er kontrolleret, hvad de siger, og hvordan fejlen rettes."


def workbook(report: Report) -> bytes:
    """The file's bytes."""
    run, made = report.run, figures(report)
    unpaid = NO_AMOUNTS if report.summary.expected.paid is None else ""
    found = findings(report, made)
    called = f"{title_of(report)}, {named(report)}"
    book = Book(run.municipality_name or capital(judged_by(report)), run.version, run.cutoff, run.synthetic, called)
    if only_further(report):
        return _of_further(book, report, found)
    assessed = report.assessed
    judged = None if assessed is None else after(report, assessed, made)
    charts(book, report, front(book, report, made, judged))
    book.table_sheets(
        made.cases,
        f"En række pr. sag. Tallene er summer af Tabslinjer og Tabte dage; en sag uden tabte dage har 0.{unpaid}",
        2,
    )
    book.table_sheets(
        running(report, made),
        f"Forventede tab, der stadig løber på opgørelsesdagen, de dyreste først, og hvad der standser dem.{unpaid}",
    )
    if report.upcoming is not None and report.upcoming.days:
        lacking = report.upcoming.not_told
        said = f"Kan ikke ses: {lacking}." if lacking else f"{about(report.upcoming)} {NOTHING_STOPS}"
        book.table_sheets(upcoming(report, report.upcoming, made), said)
    if judged is not None:
        book.table_sheets(judged.cases, f"{AFTER_CASES}{unpaid}", 2)
        book.table_sheets(judged.lines, f"{AFTER_LINES}{unpaid}", 2)
    book.table_sheets(found, "En række pr. fund. Sagen er et link til dens række i Sager.", 1, A3)
    book.table_sheets(
        made.lines,
        f"Én udbetaling, én sats og én ubrudt række tabte dage pr. linje. Alle kronebeløb er summer af disse.{unpaid}",
        2,
    )
    _further_lines(book, report)
    book.table_sheets(adjusted.adjustment(report, made), f"{adjusted.about(report)}{unpaid}", 2, summed=True)
    book.table_sheets(made.days, "De tabte dage i hver sag, også dem ingen udbetaling dækker.", 2)
    book.table_sheets(
        made.causes,
        f"Hvad hver regel rammer i hver sag. »Alene« er de dage, ingen anden regel rammer.{unpaid}",
        2,
    )
    if report.months is not None and report.months.months:
        book.table_sheets(months(report.months, made.days, found), BY_MONTH, 1)
    book.table_sheets(made.readings, f"Det forventede tab, der hviler på et tal, vi har måttet vælge.{unpaid}", 2)
    book.table_sheets(rules(report, found), RULES)
    if report.ledger is not None:
        book.table_sheets(ledger(report, report.ledger), LEDGER)
    basis(book, report, links_cut=book.links_cut)
    book.arrange(ORDERS[report.reader], HIDDEN.get(report.reader, ()))
    return book.bytes()


def _of_further(book: Book, report: Report, found: Table) -> bytes:
    """The file where the visitationstilsyn was not run: no formula of these sheets goes to one that is left out."""
    further.front(book, report)
    book.table_sheets(found, "En række pr. fund.", 1, A3)
    _further_lines(book, report)
    book.table_sheets(rules(report, found), RULES)
    told = account(report)
    if told:
        book.table_sheets(ledger(report, told), LEDGER)
    basis(book, report, links_cut=book.links_cut)
    if report.reader is not None:
        book.arrange(OF_FURTHER[report.reader], HIDDEN.get(report.reader, ()))
    return book.bytes()


def _further_lines(book: Book, report: Report) -> None:
    """The lines of the further supervisions, where they have any."""
    if has_further_lines(report):
        book.table_sheets(further_lines(report), FURTHER_LINES, 2)
