"""The report on the screen: the amount first, then the four counts, what still runs and stops how, and the rules.

rich draws the tables on a terminal; piped, the same text comes out plain. Only signs that an old Danish console
(code page 850) has are used.
"""

import shutil
import sys
from collections.abc import Sequence
from typing import Any, Literal

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult, detect_legacy_windows
from rich.table import Table
from rich.text import Text

from kommunecheck.domain.days import danish
from kommunecheck.domain.names import COUNTS, KINDS, capital
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.report import Amounts, Report
from kommunecheck.domain.wording import kroner, number, printable, share, span, value, whole
from kommunecheck.reports.assessed import AFTER, HEADINGS, after_rows, how_judged
from kommunecheck.reports.basis import reservations_in_lines
from kommunecheck.reports.causes import rule_totals
from kommunecheck.reports.loss import NOT_EXAMINED, is_examined, may_be_less, with_further
from kommunecheck.reports.running import Running, cost_per_day, in_cases, still_running
from kommunecheck.reports.section import is_number, judged_by, only_further, shown, told_sections
from kommunecheck.reports.since import kept_in_view, since_last

RUNNING = 10
"""How many running losses the screen shows; it says of how many."""
PIPED_WIDTH = 100
ON_PAPER = "Læs videre i rapporten som HTML, Word eller Excel (fx -o rapport.html):"
"""Where the parts of a section are: with their tables they fill several screens."""


def print_report(report: Report, console: Console | None = None) -> None:
    """Print the report on the screen, or on the given console."""
    console, running = console or screen(), still_running(report)
    _heading(report, console)
    if not only_further(report):
        _amounts(report, running, console)
        _counts(report, console)
    _nightly(report, console)
    print_after(report, console)
    _running(running, console)
    _rules(report, console)
    _readings(report, console)
    _sections(report, console)
    print_reservations(report, console)
    _sources(report, console)


class Screen(Console):
    """What is printed on: no sign of a file's can move the cursor, change colours or turn the writing around."""

    def render_str(self, text: str, **how: Any) -> Text:
        """What rich asks of every text that it prints, cells of tables among them."""
        return super().render_str(_printed(text), **how)


def _printed(text: object) -> str:
    return printable(masked(str(text)))


def screen() -> Console:
    """The terminal at its own width, or plain text of a fixed width when the output is piped."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPED_WIDTH
    colours: Literal["auto"] | None = None if detect_legacy_windows() else "auto"  # an old one knows no codes for them
    return Screen(file=sys.stdout, width=width, color_system=colours, highlight=False, emoji=False, markup=False)


def _heading(report: Report, console: Console) -> None:
    run = report.run
    name = run.municipality_name or "Kommunen"
    console.print(f"{name}: {judged_by(report)}, opgjort pr. {danish(run.cutoff)}", style="bold")
    console.print(f"Perioden {span(run.window)}.")
    if run.synthetic:
        console.print("OPDIGTEDE TAL", style="bold")
    if not run.complete:
        console.print("RAPPORTEN ER UFULDSTÆNDIG: se Forbehold", style="bold")
    if run.cutoff_from is not None:
        source, row, column = run.cutoff_from
        console.print(f"Opgørelsesdagen er den seneste dato i {source.place}: række {row}, kolonne {column}.")
    console.print()


def _amounts(report: Report, running: Sequence[Running], console: Console) -> None:
    summary = report.summary
    table = table_of("", "Refusion", "Dage", "Udbetalt", right=(1, 2, 3))
    for kind, amounts in zip(KINDS, summary.kinds, strict=True):
        told = [kroner(amounts.refund_lost), whole(amounts.days), kroner(amounts.paid)]
        shown = told if is_examined(report, kind) else [NOT_EXAMINED, "", ""]
        table.add_row(capital(kind.full), *shown, style="bold" if amounts is summary.expected else "")
    console.print(table)
    less = may_be_less(report)
    if less:
        console.print(less)
    per_day = cost_per_day(running)
    if running:
        grows = f"med {kroner(per_day)} om dagen " if per_day is not None else ""
        console.print(f"Det forventede tab vokser stadig {grows}i {in_cases(report, running)}, til skridtene tages.")
    beside = with_further(report)
    if beside:
        console.print(beside)
    if summary.unpaid_days:
        console.print(
            f"{number(summary.unpaid_days, 'tabt dag', 'tabte dage')} er ikke dækket af en udbetaling og koster intet."
        )
    if summary.unpriced_days:
        console.print(
            f"{number(summary.unpriced_days, 'tabt dag', 'tabte dage')} er udbetalt, men har ingen refusionssats."
        )
    console.print()


def _counts(report: Report, console: Console) -> None:
    """The guidance's § 7: cases drawn, with errors, without criticism, withdrawn; and what could not be assessed."""
    table = table_of("Sager", "Antal", "Andel", right=(1, 2))
    for one in COUNTS:
        count = sum(report.summary.outcomes[outcome] for outcome in one.outcomes)
        title = f"  {one.title}" if one.within else capital(one.title)
        table.add_row(title, whole(count), share(count, report.summary.cases))
    console.print(table)
    outside = report.run.cases_outside_window
    if outside:
        console.print(f"{number(outside, 'sag', 'sager')} uden ydelse i perioden er ikke talt med.")
    console.print()


def _nightly(report: Report, console: Console) -> None:
    """What is new and what is gone, what is accepted, and the gates that broke."""
    kept, since = kept_in_view(report), since_last(report)
    for sentence in kept:
        console.print(sentence, style="bold" if sentence.startswith("Grænsen") else "")
    if since:
        console.print(f"Siden sidst: {since[0]}")
    for sentence in since[1:]:
        console.print(f"- {sentence}")
    if kept or since:
        console.print()


def print_after(report: Report, console: Console) -> None:
    """What is lost by our own count and after the judgements of persons, and how these stand."""
    if report.assessed is None or only_further(report):
        return
    console.print(AFTER, style="bold")
    table = table_of(*HEADINGS, right=(1, 2, 3, 4))
    for row in after_rows(report, report.assessed):
        table.add_row(*row)
    console.print(table)
    console.print(how_judged(report.assessed))
    console.print()


def _sections(report: Report, console: Console) -> None:
    """What the further supervisions came to, and what plugins add: what leads each, and what else there is to read."""
    for section in told_sections(report):
        console.print(section.title, style="bold")
        for paragraph in section.paragraphs:
            console.print(paragraph)
        if section.table is not None:
            numbers = [place for place, _ in enumerate(section.table.headings) if is_number(section.table, place)]
            table = table_of(*section.table.headings, right=numbers)
            for row in section.table.rows:
                table.add_row(*map(shown, row))
            console.print(table)
        if section.parts:
            console.print(f"{ON_PAPER} {' · '.join(part.title for part in section.parts)}")
        console.print()


def _running(running: Sequence[Running], console: Console) -> None:
    """The losses that can still be stopped, the dearest first."""
    if not running:
        return
    shown = running[:RUNNING]
    title = f"Løber stadig: de {len(shown)} dyreste af {whole(len(running))}"
    console.print(title if len(running) > len(shown) else "Løber stadig", style="bold")
    table = table_of("Sag", "Team", "Refusion om dagen", "Stop tabet", right=(2,))
    for one in shown:
        table.add_row(one.sag_id, one.team or "", one.daily, one.told)
    console.print(table)
    console.print()


def _rules(report: Report, console: Console) -> None:
    """Every rule with findings: dearest first by what it alone costs."""
    table = table_of("Regel", "", "Fund", "Sager", "Tab, alene", "Tab, i alt", right=(2, 3, 4, 5))
    for rule, findings, cases, lost in rule_totals(report):
        costs = (kroner(lost.alone_refund), kroner(lost.touched_refund)) if lost.touched_days else ("", "")
        table.add_row(rule.code, rule.title, whole(findings), whole(cases) if cases else "", *costs)
    console.print("Regler med fund", style="bold")
    if not table.row_count:
        console.print("Ingen.")
        console.print()
        return
    console.print(table)
    console.print("Fund overlapper. »Alene« er de dage, ingen anden regel rammer; »i alt« kan ikke lægges sammen.")
    console.print("Læs mere om en regel: kommunecheck explain KODE")
    console.print()


def _readings(report: Report, console: Console) -> None:
    if not report.summary.rests_on:
        return
    parameters = {one.name: one for one in report.run.parameters}
    console.print("Så meget af det forventede tab hviler på en læsning af reglerne", style="bold")
    table = table_of("Parameter", "Værdi", "Refusion", "Dage", right=(2, 3))
    for name, amounts in report.summary.rests_on:
        one = parameters[name]
        table.add_row(f"{one.title} ({name})", value(one.value), *_cells(amounts))
    console.print(table)
    console.print()


def _cells(amounts: Amounts) -> tuple[str, str]:
    return kroner(amounts.refund_lost), whole(amounts.days)


def print_reservations(report: Report, console: Console) -> None:
    """What a reader must know before believing the numbers."""
    lines = reservations_in_lines(report)
    if lines:
        console.print("Forbehold", style="bold")
        for line in lines:
            console.print(f"- {line}")
        console.print()


def _sources(report: Report, console: Console) -> None:
    """The control totals: every row is used or reported."""
    console.print("Kilder", style="bold")
    table = table_of("Tabel", "Fil", "Rækker", "Brugt", "Meldt", right=(2, 3, 4))
    for source in report.run.sources.values():
        table.add_row(
            source.table, source.place, whole(source.rows), whole(source.rows_used), whole(source.rows_reported)
        )
    console.print(table)


class Fitting(Table):
    """A table that gives way where it is too broad: the headings of numbers take more lines, and words stay whole."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What rich asks of what it prints. Where all fits, the widths are given: rich takes long to find them."""
        columns = [(str(column.header), list(map(_printed, column.cells))) for column in self.columns]
        widths = [max(map(cell_len, (heading, *cells))) for heading, cells in columns]
        fits = sum(widths) + BETWEEN * (len(columns) - 1) <= options.max_width
        for column, width, (heading, cells) in zip(self.columns, widths, columns, strict=True):
            if fits:
                column.no_wrap, column.width = True, width
            elif column.no_wrap:
                column.no_wrap, column.width = False, max(map(cell_len, (*heading.split(), *cells)), default=1)
        return super().__rich_console__(console, options)


BETWEEN = 3
"""The signs between two columns."""


def table_of(*columns: str, right: Sequence[int]) -> Table:
    """An empty table; the columns at the places ``right`` hold numbers, which are never broken."""
    table = Fitting(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place in right else "left", overflow="fold", no_wrap=place in right)
    return table
