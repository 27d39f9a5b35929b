"""The tables that carry the sums: lines, lost days, causes and readings by case, and the cases themselves.

Every row names its case by ``Nr``, its number in the workbook, and sums go by that number: a spreadsheet compares texts
loosely (``007`` equals ``7``, ``*`` equals everything), and ids are text.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from kommunecheck.domain.days import Day
from kommunecheck.domain.money import half_up
from kommunecheck.domain.names import KINDS, capital
from kommunecheck.domain.report import NO_EXPOSURE, UNKNOWN_EXPOSURE, CaseResult, Line, Loss, Months, People, Report
from kommunecheck.reports.excel.book import Cell, Column, Given, Row, Table
from kommunecheck.reports.excel.names import EXPECTED, OUTCOMES, losses, short, yes_no

CUTOFF = "Opgjort_pr"
"""The name in formulas of the cell that holds the cutoff day."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The tables, and each case's number in them."""

    numbers: dict[str, int]
    cases: Table
    lines: Table
    days: Table
    causes: Table
    readings: Table


def figures(report: Report) -> Figures:
    """All of a report's numbers as tables that sum up one another."""
    numbers = {case.sag_id: number for number, case in enumerate(report.cases, 1)}
    exposed = [
        (number, case)
        for number, case in enumerate(report.cases, 1)
        if case.exposure not in (NO_EXPOSURE, UNKNOWN_EXPOSURE)
    ]
    told = ((number, case.sag_id, losses(case)) for number, case in exposed)
    lines, days = lines_table("Tabslinjer", report, told), _lost_days(exposed)
    return Figures(numbers, _cases(report, lines, days), lines, days, _causes(exposed), _readings(exposed))


Numbered = list[tuple[int, CaseResult]]


def lines_table(name: str, report: Report, told: Iterable[tuple[Cell, str, Iterable[tuple[str, Loss]]]]) -> Table:
    """One row per payment, rate and unbroken run of lost days: what can be redone by hand.

    ``told`` has for each case its number or what stands for it, its id, and its losses by the names of their kinds.
    """
    sources, cutoff = report.run.sources, report.run.cutoff
    rows: list[Row] = []
    finest = 100
    for number, sag_id, kinds in told:
        for kind, loss in kinds:
            for line in loss.lines or ():
                source = sources[line.payment.source]
                place = (source.file, source.sheet, line.payment.row)
                per_day = _per_day(line, cutoff) if kind == EXPECTED else 0
                rows.append((number, sag_id, kind, line.payment.udbetaling_id, *place, *_figures(line), per_day))
                finest = max(finest, _parts_of(line.rate))
    return Table(name, _line_columns(finest), rows)


def further_lines(report: Report) -> Table:
    """The lines of the further supervisions, each with the supervision's name where the cases' number would stand.

    What runs on the cutoff day is left out: each supervision says itself what goes on being lost.
    """
    told = ((capital(one.title), case.sag_id, losses(case)) for one in report.supervisions for case in one.cases or ())
    whole = lines_table("Tilsynslinjer", report, told)
    columns = [Column("Tilsyn", "text", 20), *whole.columns[1:-1]]
    return Table(whole.name, columns, [row[:-1] for row in whole.rows])


def _line_columns(finest: int) -> list[Column]:
    """The columns of a line. ``finest`` is how fine the rates are: 100 for whole per cents.

    The formulas are what a reader would write. A spreadsheet's ROUND goes by the 15 digits it can show, so that half an
    øre is half an øre although few amounts have an exact binary form.
    """
    per_day = "[@Beløb]/[@Udbetalingens dage]*[@Sats]"
    runs = f'AND([@Tab]="{EXPECTED}",[@Tabt til]={CUTOFF})'
    return [
        Column("Nr", "plain number", 7),
        Column("Sag", "text", 13),
        Column("Tab", "text", 10),
        Column("Udbetaling", "text", 13),
        Column("Fil", "text", 17),
        Column("Ark", "text", 9),
        Column("Række", "plain number", 8),
        Column("Udbetalt fra", "day", 11),
        Column("Udbetalt til", "day", 11),
        Column("Beløb", "money", 12),
        Column("Udbetalingens dage", "count", 12, "=[@Udbetalt til]-[@Udbetalt fra]+1"),
        Column("Tabt fra", "day", 11),
        Column("Tabt til", "day", 11),
        Column("Tabte dage", "count", 8, "=[@Tabt til]-[@Tabt fra]+1"),
        Column("I tilbud", "text", 8),
        Column("Sats", "rate" if finest == 100 else "fine rate", 9),
        Column("Udbetalt i dagene", "money", 13, "=ROUND([@Beløb]*[@Tabte dage]/[@Udbetalingens dage],2)"),
        Column("Tabt refusion", "money", 13, "=ROUND([@Beløb]*[@Tabte dage]/[@Udbetalingens dage]*[@Sats],2)"),
        Column("Løber om dagen", "money", 11, f"=IF({runs},ROUND({per_day},2),0)"),
    ]


def _figures(line: Line) -> Row:
    """A line from the payment's first day to the refund lost."""
    payment = line.payment
    return (
        payment.fra,
        payment.til,
        payment.beloeb,
        payment.til - payment.fra + 1,
        line.first,
        line.last,
        line.days,
        yes_no(payment.i_tilbud),
        None if line.rate is None else float(line.rate),
        line.paid,
        line.refund_lost,
    )


def _per_day(line: Line, cutoff: Day) -> int:
    """The refund a line of expected loss costs on the cutoff day, in øre."""
    if line.last != cutoff or line.rate is None:
        return 0
    payment = line.payment
    days = payment.til - payment.fra + 1
    return half_up(payment.beloeb * line.rate.numerator, days * line.rate.denominator)


def _parts_of(rate: Fraction | None) -> int:
    """The power of ten, at least 100, of which the rate is a whole number of parts."""
    parts = 100
    while rate is not None and (rate * parts).denominator != 1:
        parts *= 10
    return parts


def _lost_days(exposed: Numbered) -> Table:
    """One row per unbroken run of lost days, whether a payment covers them or not."""
    columns = [
        Column("Nr", "plain number", 7),
        Column("Sag", "text", 16),
        Column("Tab", "text", 11),
        Column("Fra", "day", 12),
        Column("Til", "day", 12),
        Column("Dage", "count", 9, "=[@Til]-[@Fra]+1"),
    ]
    rows: list[Row] = [
        (number, case.sag_id, kind, first, last, last - first + 1)
        for number, case in exposed
        for kind, loss in losses(case)
        for first, last in loss.periods
    ]
    return Table("Tabte dage", columns, rows)


def _causes(exposed: Numbered) -> Table:
    """One row per case and rule: what the rule touches in the case, and what it alone touches."""
    columns = [
        Column("Nr", "plain number", 7),
        Column("Sag", "text", 16),
        Column("Kode", "text", 10),
        Column("Fund", "count", 8),
        Column("Berørte dage", "count", 10),
        Column("Berørt refusion", "money", 14),
        Column("Alene dage", "count", 10),
        Column("Alene refusion", "money", 14),
    ]
    rows: list[Row] = []
    for number, case in exposed:
        found = Counter(finding.rule.code for finding in case.findings)
        rows += [(number, case.sag_id, code, found[code], *share) for code, share in case.exposure.by_code]
    return Table("Årsager", columns, rows)


def _readings(exposed: Numbered) -> Table:
    """One row per case and unverified parameter: the expected loss that rests on it."""
    columns = [
        Column("Nr", "plain number", 7),
        Column("Sag", "text", 16),
        Column("Parameter", "text", 24),
        Column("Dage", "count", 9),
        Column("Udbetalt", "money", 14),
        Column("Tabt refusion", "money", 14),
    ]
    rows: list[Row] = [
        (number, case.sag_id, name, loss.days, loss.paid, loss.refund_lost)
        for number, case in exposed
        for name, loss in case.exposure.rests_on
    ]
    return Table("Læsninger", columns, rows)


def months(told: Months, days: Table, found: Table) -> Table:
    """One row per month: how many findings of each rule, and the days of expected loss."""
    after, begins = "EDATE([@Måned],1)", "[@Måned]"
    columns = [Column("Måned", "month day", 11)]
    for cause in told.causes:
        within = ("Dato", f'">="&{begins}'), ("Dato", f'"<"&{after}')
        columns.append(Column(cause.code, "count", 9, found.count_if(("Kode", f'"{cause.code}"'), *within)))
    low, high = "{0}[Fra]", "{0}[Til]"
    ends = f"(({high}+{after}-1)-ABS({high}-{after}+1))/2"  # the smaller of two numbers, where MIN would take them all
    starts = f"(({low}+{begins})+ABS({low}-{begins}))/2"
    product = f'({{0}}[Tab]="{EXPECTED}")*({low}<{after})*({high}>={begins})*({ends}-{starts}+1)'
    lost = "=" + "+".join(f"SUMPRODUCT({product.format(name)})" for name, _ in days.parts())
    columns.append(Column("Tabte dage", "count", 11, lost))
    counts = zip(*(cause.findings for cause in told.causes), strict=True) if told.causes else ((),) * len(told.months)
    rows: list[Row] = [
        (month, *own, many) for month, own, many in zip(told.months, counts, told.lost_days, strict=True)
    ]
    return Table("Måneder", columns, rows)


def _cases(report: Report, lines: Table, days: Table) -> Table:
    """One row per case: how it came out, and what its lines add up to."""
    people = report.people
    columns = [
        Column("Nr", "plain number", 7),
        Column("Sag", "text", 14),
        *([] if people is None else [Column("CPR", "cpr", 13)]),
        Column("Team", "text", 14),
        Column("Udfald", "text", 21),
        Column("Fuldt vurderet", "text", 9),
    ]
    for kind in map(short, KINDS):
        own = ("Nr", "[@Nr]"), ("Tab", f'"{kind}"')
        columns += [
            Column(f"{kind} dage", "count", 10, days.sum_if("Dage", *own)),
            Column(f"{kind} udbetalt", "money", 13, lines.sum_if("Udbetalt i dagene", *own)),
            Column(f"{kind} tabt refusion", "money", 13, lines.sum_if("Tabt refusion", *own)),
        ]
    columns += [
        Column("Løber om dagen", "money", 11, lines.sum_if("Løber om dagen", ("Nr", "[@Nr]"))),
        Column("Dage uden udbetaling", "count", 12),
        Column("Dage uden sats", "count", 9),
    ]
    return Table("Sager", columns, [_case(number, case, people) for number, case in enumerate(report.cases, 1)])


def _case(number: int, case: CaseResult, people: People | None) -> Row:
    exposure = case.exposure
    sums: list[Cell] = [part for _, loss in losses(case) for part in (loss.days, loss.paid, loss.refund_lost)]
    sums.append(exposure.running_per_day)
    whose = () if people is None else (people.cpr.get(case.sag_id),)
    told = number, case.sag_id, *whose, case.team, OUTCOMES[case.outcome], yes_no(case.fully_assessed)
    lost = any(loss.periods for _, loss in losses(case))
    shown = sums if lost else [Given(value) for value in sums]  # most cases: 200,000 sums of nothing take long to redo
    return (*told, *shown, exposure.unpaid_days, exposure.unpriced_days)
