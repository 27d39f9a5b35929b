"""The last sheet: the rules, numbers and files that all the others follow from."""

from kommunecheck.domain.days import danish, day_of
from kommunecheck.domain.names import BENEFITS, capital, sureness
from kommunecheck.domain.report import ParameterUsed, Report, Run
from kommunecheck.domain.wording import span, value
from kommunecheck.reports.excel.book import Book, Cell, Column, Formula, Row
from kommunecheck.reports.excel.names import yes_no
from kommunecheck.reports.excel.page import Page
from kommunecheck.reports.method import period_judged
from kommunecheck.reports.section import only_further

WIDTHS = (40, 26, 26, 13, 13, 16, 24, 12)

METHOD = (
    "Tabslinjer: en linje er én udbetaling, én refusionssats og én ubrudt række tabte dage. "
    "Udbetalt i dagene = beløb × tabte dage / udbetalingens dage. Tabt refusion = det samme × sats. "
    "Hver linje rundes én gang til hele øre, og en halv øre rundes op.",
    "Sager lægger linjerne sammen efter sagens nummer (Nr), og Resumé lægger sagerne sammen. "
    "Arkene kan sorteres og filtreres, uden at summerne ændrer sig. Links fra Fund og Løbende tab peger på den række, "
    "sagen stod i, da arket blev skrevet.",
    "En tabt dag uden udbetaling koster intet. En dag uden refusionssats er udbetalt, men uden pris; satsen er tom.",
)
CUT = "Excel kan ikke have flere end 65.530 links i et ark. Sagerne står uden link i resten af Fund."


def basis(book: Book, report: Report, *, links_cut: bool) -> None:
    """Write the sheet."""
    page = Page(book, "Grundlag", WIDTHS)
    run = report.run
    page.line(f"Grundlag · {run.municipality_name or 'Kommunen'}", "title")
    if run.synthetic:
        page.line("OPDIGTEDE TAL", "mark")
    _run(page, run)
    method = (period_judged(report),) if only_further(report) else METHOD
    page.texts("Sådan er der regnet", (*method, CUT) if links_cut else method)
    _parameters(page, run)
    _rates(page, run)
    _sources(page, run)
    page.facts("Love og vejledninger", report.acts.items())
    plugins: list[Row] = list(run.plugins)
    page.block("Plugins", [Column("Plugin"), Column("Version")], plugins)
    crashes: list[Row] = list(run.crashes)
    page.block("Regler, der gik i stykker", [Column("Kode"), Column("Sag")], crashes)


def _run(page: Page, run: Run) -> None:
    cell = run.cutoff_from
    given = "Opgørelsesdagen er givet." if cell is None else f"{cell[0].place}, række {cell[1]}, kolonne {cell[2]}"
    facts: list[tuple[str, Cell]] = [
        ("Kommune", " ".join(part for part in (run.municipality_code, run.municipality_name) if part) or None),
        ("Periode", span(run.window)),
        ("Opgjort pr.", danish(run.cutoff)),
        ("Opgørelsesdagen kommer fra", given),
        ("Regelsæt", run.ruleset),
        ("Programmets version", f"kommunecheck {run.version}"),
        ("Kørslens fingeraftryk (SHA-256)", run.digest),
        ("Rapporten er fuldstændig", yes_no(run.complete)),
    ]
    page.facts("Kørslen", facts)


def _parameters(page: Page, run: Run) -> None:
    columns = [
        Column("Parameter", "long"),
        Column("Navn"),
        Column("Værdi", "value"),
        Column("Fra", "day"),
        Column("Til", "day"),
        Column("Sikkerhed", "long"),
        Column("Hjemmel", "long"),
    ]
    rows: list[Row] = [
        (
            one.title,
            one.name,
            number_used(one.value),
            one.first,
            one.last,
            capital(sureness(one.certainty, one.overridden)),
            one.citation,
        )
        for one in run.parameters
    ]
    note = "Et tal, der er »en læsning«, har vi måttet vælge. »Ændret af kommunen« er kommunens eget tal."
    page.block("Parametre", columns, rows, note)


def number_used(given: object) -> Cell:
    """The value of a parameter as a cell shows it: a plain number as a number."""
    if isinstance(given, int | float):
        return given
    return "Se Refusionssatser" if isinstance(given, list) else value(given)


def _rates(page: Page, run: Run) -> None:
    """The refund rates stand together in one parameter, as a list."""
    columns = [
        Column("Ydelse"),
        Column("Passiv, procent", "per cent"),
        Column("I tilbud, procent", "per cent"),
        Column("Fra", "day"),
        Column("Til", "day"),
        Column("Sikkerhed", "long"),
        Column("Hjemmel", "long"),
    ]
    page.block("Refusionssatser", columns, [row for one in run.parameters for row in _rates_of(one)])


def _rates_of(parameter: ParameterUsed) -> list[Row]:
    if not isinstance(parameter.value, list):
        return []
    return [
        (
            BENEFITS.get(rate["benefit"], rate["benefit"]),
            rate["passive"],
            rate["offer"],
            rate["from"] and day_of(rate["from"]),
            rate["to"] and day_of(rate["to"]),
            capital(sureness(rate["certainty"])),
            rate["citation"],
        )
        for rate in parameter.value
    ]


def _sources(page: Page, run: Run) -> None:
    columns = [
        Column("Fil", "long"),
        Column("Ark"),
        Column("Tabel"),
        Column("Rækker", "count"),
        Column("Brugt", "count"),
        Column("Meldt", "count"),
        Column("SHA-256", "long"),
    ]
    rows: list[Row] = [
        (
            source.file,
            source.sheet,
            source.table,
            source.rows,
            source.rows_used,
            Formula("=[@Rækker]-[@Brugt]", source.rows_reported),
            source.sha256,
        )
        for source in run.sources.values()
    ]
    page.block("Kilder", columns, rows, "Hver række i en fil er enten brugt eller meldt som et fund (DQ).")
    _control(page, run)


def _control(page: Page, run: Run) -> None:
    """The rows of all files together: what is read is used or reported."""
    files = list(run.sources.values())
    if not files:
        return
    counts = {
        "Rækker": sum(one.rows for one in files),
        "Brugt": sum(one.rows_used for one in files),
        "Meldt": sum(one.rows_reported for one in files),
    }
    cells = [Formula(f"=SUM(Grundlag_Kilder[{title}])", count) for title, count in counts.items()]
    difference = Formula("=[@Rækker]-[@Brugt]-[@Meldt]", 0)
    columns = [Column("Alle kilder"), *(Column(title, "count") for title in counts), Column("Forskel", "count")]
    page.block("Rækkeregnskab", columns, [("I alt", *cells, difference)], "Læste rækker = brugte + meldte rækker.")
