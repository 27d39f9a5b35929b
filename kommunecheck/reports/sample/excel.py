"""A sample as a workbook to judge it in: a row to fill in for each item, how it was drawn, and the whole list."""

from collections.abc import Collection, Mapping

from kommunecheck.domain.evaluation import VERDICTS, WRONG
from kommunecheck.domain.forms import Form, Kind, Question
from kommunecheck.domain.names import BENEFITS
from kommunecheck.domain.report import Report
from kommunecheck.domain.sampling import MONEY, Drawn, Sample
from kommunecheck.reports.excel.book import Book, Cell, Column, Row, Table
from kommunecheck.reports.excel.form import facts_of_run, form_sheet, form_table
from kommunecheck.reports.excel.form import sent as told_in
from kommunecheck.reports.excel.names import yes_no
from kommunecheck.reports.excel.page import Page
from kommunecheck.reports.sample.json import SAMPLE
from kommunecheck.reports.sample.words import method, plain, unused

FACTS = "Om stikprøven"
DRAWN_BY, BY, SEED, SIZE = "Metode", "Delt efter", "Frø", "Ønsket størrelse"
CONFIDENCE, EXPECTED, TOLERABLE = "Sikkerhed i procent", "Forventet i procent", "Tålelig i procent"
"""The names of the facts that the sample is drawn again from when it comes back."""

VERDICT, AMOUNT, JUDGE, DAY, REMARK = "Vurderet", "Beløb", "Vurderet af", "Dato", "Bemærkning"
QUESTIONS = (
    Question(VERDICT, Kind.CHOICE, VERDICTS, required=True),
    Question(AMOUNT, Kind.MONEY),
    Question(JUDGE, Kind.TEXT, required=True),
    Question(DAY, Kind.DAY, required=True),
    Question(REMARK, Kind.TEXT),
)
CASES = Form("Stikprøve", "Sag", ("Sag", "Stratum", "Team", "Ydelse", "Registreret"), ("Mangler svar",), QUESTIONS)
PAYMENTS = Form(
    "Stikprøve",
    "Id",
    ("Id", "Sag", "Udbetaling", "Række", "Udbetalt fra", "Udbetalt til", "Vægt"),
    ("Mangler svar", "Andel"),
    QUESTIONS,
)


def form_of(sample: Sample) -> Form:
    """The form that the sample is judged in."""
    return PAYMENTS if sample.design.method == MONEY else CASES


def told(one: Drawn) -> tuple[Cell, ...]:
    """What the form tells of an item."""
    if one.item is not None:
        item = one.item
        return item.id, item.sag_id, item.udbetaling_id, item.row, *item.period, item.oere
    unit = one.unit
    assert unit is not None  # noqa: S101 - what is drawn is a case or a payment
    return unit.id, one.stratum, unit.team, BENEFITS.get(unit.benefit, unit.benefit), yes_no(unit.registered)


def sent(sample: Sample) -> Mapping[str, Mapping[str, str]]:
    """What is told of each item by its key and heading, as text: it must come back like that."""
    return told_in(form_of(sample), _told_columns(sample), (told(one) for one in sample.drawn))


def write(report: Report, sample: Sample, ids: Mapping[str, Collection[str]]) -> bytes:
    """The workbook's bytes. ``ids`` are all that could be drawn, by stratum."""
    run, form = report.run, form_of(sample)
    book = Book(f"{run.municipality_name or 'Kommunen'}: stikprøve", run.version, run.cutoff, run.synthetic)
    costs = f'AND([@{VERDICT}]="{WRONG}",[@{AMOUNT}]="")'
    blank = f'=IF(OR([@{VERDICT}]="",[@{JUDGE}]="",[@{DAY}]="",{costs}),1,0)'
    computed = [Column("Mangler svar", "count", 9, blank)]
    if form is PAYMENTS:
        computed.append(Column("Andel", "share", 9, f"=IF([@Vægt]>0,MIN(1,[@{AMOUNT}]/[@Vægt]),0)"))
    start: Row = (1, 0)[: len(computed)]
    table = form_table(form, _told_columns(sample), computed, [(*told(one), *start) for one in sample.drawn])
    what = (
        "det, der er udbetalt med urette" if sample.weighed_by == "beloeb" else "den refusion, der skal gives tilbage"
    )
    form_sheet(
        book,
        form,
        table,
        f"Vurdér hver række, og udfyld de gule felter. {AMOUNT}: {what}, ved hver fejl. Lad resten stå.",
        1,
    )
    _facts(book, report, sample)
    columns = [Column("Id", "text", 30), Column("Stratum", "text", 34)]
    rows: list[Row] = [(one, name) for name in sorted(ids) for one in sorted(ids[name])]
    book.table_sheets(
        Table("Listen", columns, rows), "Alt, der kunne udtages. Listens SHA-256 er af disse id'er, sorteret."
    )
    return book.bytes()


def _told_columns(sample: Sample) -> tuple[Column, ...]:
    if sample.design.method == MONEY:
        return (
            Column("Id", "text", 24),
            Column("Sag", "text", 13),
            Column("Udbetaling", "text", 13),
            Column("Række", "plain number", 8),
            Column("Udbetalt fra", "day", 12),
            Column("Udbetalt til", "day", 12),
            Column("Vægt", "money", 14),
        )
    return (
        Column("Sag", "text", 14),
        Column("Stratum", "text", 32),
        Column("Team", "text", 16),
        Column("Ydelse", "text", 14),
        Column("Registreret", "text", 11),
    )


def _facts(book: Book, report: Report, sample: Sample) -> None:
    """How the sample was drawn: what a reader needs, and what it is drawn again from when it comes back."""
    design = sample.design
    page = Page(book, FACTS, (32, 70))
    page.line(f"{report.run.municipality_name or 'Kommunen'}: stikprøve", "title")
    if report.run.synthetic:
        page.line("OPDIGTEDE TAL", "mark")
    kind, *run = facts_of_run(SAMPLE, sample.window, sample.cutoff, sample.list_hash)
    facts: list[tuple[str, Cell]] = [
        kind,
        (DRAWN_BY, design.method),
        (BY, design.by or "-"),
        (SEED, design.seed),
        (SIZE, "-" if design.size is None else str(design.size)),
        (CONFIDENCE, plain(design.confidence * 100)),
        (EXPECTED, plain(design.expected * 100)),
        (TOLERABLE, plain(design.tolerable * 100)),
        *run,
    ]
    page.facts("Sådan er den udtaget", facts)
    planned = sample.planned
    more: list[tuple[str, Cell]] = [
        ("Udtaget", f"{len(sample.drawn)} af {sample.population}, {method(sample)}"),
        ("Planlagt, ensidet, Poisson", str(planned.poisson)),
    ]
    if planned.hypergeometric is not None:
        more.append(("Planlagt, ensidet, hypergeometrisk", str(planned.hypergeometric)))
    page.facts("Størrelse", more)
    page.texts("Læs det sådan", (*filter(None, [unused(sample)]), *_HOW))


_HOW = (
    "Enhver kan udtage den samme stikprøve af den samme liste med frøet: listen ordnes efter SHA-256 af »frø:id«, og "
    "de første i hvert stratum tages. Efter kroner er starten SHA-256 af »frø:start« modulo intervallet, plus 1 øre.",
    "Listens SHA-256 er af id'erne på arket Listen, sorteret og med linjeskift efter hver.",
    "Når alle rækker er udfyldt: kommunecheck sample evaluate FIL STI.",
)
