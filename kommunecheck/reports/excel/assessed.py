"""What is lost after the judgements of persons: the cases they move days in, and the lines of these, as formulas."""

from dataclasses import dataclass

from kommunecheck.domain.names import KINDS, capital
from kommunecheck.domain.report import Assessed, CaseResult, Recounted, Report
from kommunecheck.reports.excel.book import Column, Formula, Row, Table
from kommunecheck.reports.excel.figures import Figures, lines_table
from kommunecheck.reports.excel.names import short

SHEET, LINES = "Efter vurdering", "Vurderingslinjer"
RUNS = "Løber om dagen"
AFTER_CASES = "Sagerne, som vurderinger flytter dage i: tabet efter vores egne tal og efter vurderingerne."
AFTER_LINES = "Linjerne i de sager, som de er efter vurderingerne. De er ikke med i nogen anden sum."


@dataclass(frozen=True, slots=True)
class After:
    """The two tables: the cases before and after, and the lines after."""

    cases: Table
    lines: Table


def after(report: Report, assessed: Assessed, figures: Figures) -> After:
    """The tables; a case stands in them by its number in the workbook."""
    judged = [(figures.numbers[case.sag_id], case) for case in report.cases if case.sag_id in assessed.cases]
    names = [short(kind) for kind in KINDS]
    told = (
        (number, case.sag_id, zip(names, assessed.cases[case.sag_id].kinds, strict=True)) for number, case in judged
    )
    lines = lines_table(LINES, report, told)
    columns = [Column("Nr", "plain number", 7), Column("Sag", "text", 13), Column("Team", "text", 14)]
    for kind in KINDS:
        own = ("Nr", "[@Nr]"), ("Tab", f'"{short(kind)}"')
        columns += [
            Column(f"{short(kind)} før", "money", 13, figures.lines.sum_if("Tabt refusion", *own)),
            Column(f"{short(kind)} efter", "money", 13, lines.sum_if("Tabt refusion", *own)),
            Column(f"{short(kind)} dage før", "count", 9, figures.days.sum_if("Dage", *own)),
            Column(f"{short(kind)} dage efter", "count", 9),
        ]
    running = (("Nr", "[@Nr]"),)
    columns += [
        Column(f"{RUNS} før", "money", 11, figures.lines.sum_if(RUNS, *running)),
        Column(f"{RUNS} efter", "money", 11, lines.sum_if(RUNS, *running)),
    ]
    cases = Table(SHEET, columns, [_row(number, case, assessed.cases[case.sag_id]) for number, case in judged])
    return After(cases, lines)


def _row(number: int, case: CaseResult, anew: Recounted) -> Row:
    cells: list[int | None] = []
    for own, moved in zip(case.exposure.kinds, anew.kinds, strict=True):
        cells += [own.refund_lost, moved.refund_lost, own.days, moved.days]
    cells += [case.exposure.running_per_day, anew.running_per_day]
    return (number, case.sag_id, case.team, *cells)


def sums(report: Report, assessed: Assessed, made: After, figures: Figures) -> list[Row]:
    """For each kind of loss the refund and the days, by our own count and after: sums of the sheets."""
    rows: list[Row] = []
    for kind, own, left in zip(KINDS, report.summary.kinds, assessed.after.kinds, strict=True):
        name = short(kind)
        refund = figures.cases.sum(f"{name} tabt refusion")
        days = figures.cases.sum(f"{name} dage")
        moved, moved_days = (_difference(made.cases, f"{name}{what}") for what in ("", " dage"))
        rows.append(
            (
                capital(kind.full),
                None if own.refund_lost is None else Formula(refund, own.refund_lost),
                None if left.refund_lost is None else Formula(refund + moved, left.refund_lost),
                Formula(days, own.days),
                Formula(days + moved_days, left.days),
            )
        )
    runs, after = report.summary.running_per_day, assessed.after.running_per_day
    if runs is not None and after is not None and (runs or after):
        total = figures.cases.sum(RUNS)
        moved = _difference(made.cases, RUNS)
        rows.append((RUNS, Formula(total, runs), Formula(total + moved, after), None, None))
    return rows


def _difference(cases: Table, name: str) -> str:
    """What the judgements add, as the end of a formula."""
    return f"+({cases.sum(f'{name} efter')[1:]})-({cases.sum(f'{name} før')[1:]})"
