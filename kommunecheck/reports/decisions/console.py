"""The directorate's decisions and ours on the screen."""

from rich.console import Console

from kommunecheck.domain.days import danish
from kommunecheck.domain.decisions import Comparison
from kommunecheck.domain.report import Report
from kommunecheck.domain.wording import number, whole
from kommunecheck.reports.console import print_reservations, screen, table_of
from kommunecheck.reports.decisions.words import (
    FIT_HEADINGS,
    HOW,
    HOW_FITS,
    RULE_HEADINGS,
    amounts_told,
    case_cells,
    fit_cells,
    fits_told,
    lessons,
    rule_cells,
    shares,
)

SHOWN = 40
"""Cases the screen names; it says of how many."""


def print_form(report: Report, cases: int, file: str) -> None:
    """How many cases the form is for."""
    console = screen()
    _heading(report, console)
    console.print(f"{file}: {number(cases, 'sag', 'sager')}. Udfyld dem, direktoratet har afgjort.")


def print_comparison(report: Report, made: Comparison, console: Console | None = None) -> None:
    """How the decisions stand to ours, rule by rule and reading by reading, and what there is to learn."""
    console = console or screen()
    _heading(report, console)
    table = table_of("Afgjorte sager", "Antal", "Andel", right=(1, 2))
    for row in shares(made):
        table.add_row(*row)
    console.print(table)
    console.print(f"{number(len(made.cases), 'sag', 'sager')} er afgjort. {HOW}")
    told = amounts_told(made)
    if told:
        console.print(told)
    console.print()
    if made.rules:
        console.print("Regel for regel", style="bold")
        table = table_of(*RULE_HEADINGS, right=range(2, 7))
        for rule in made.rules:
            table.add_row(*rule_cells(rule, made, report))
        console.print(table)
    if made.unshared:
        console.print(f"{number(made.unshared, 'sag siger', 'sager siger')} ikke, hvilket skridt det gælder.")
    console.print()
    _cases(made, console)
    console.print("Hvilke læsninger ville have passet bedst", style="bold")
    table = table_of(*FIT_HEADINGS, right=range(2, 6))
    fits, others = fits_told(made)
    for fit in fits:
        table.add_row(*fit_cells(fit, made, {}))
    console.print(table)
    console.print(f"{HOW_FITS} {others}")
    console.print()
    console.print("Hvad der er at lære", style="bold")
    for sentence in lessons(made, report):
        console.print(f"- {sentence}")
    console.print()
    print_reservations(report, console)


def _cases(made: Comparison, console: Console) -> None:
    found = made.misfits
    if not found:
        return
    console.print("Sager, hvor vi ikke sagde det samme", style="bold")
    table = table_of("Sag", "Team", "Vi sagde", "Direktoratet", "Regler", "Vores tab", "Deres tab", right=(5, 6))
    for one in found[:SHOWN]:
        table.add_row(one.decision.sag_id, one.team or "", *case_cells(one))
    console.print(table)
    if len(found) > SHOWN:
        console.print(f"Her er {SHOWN} af {whole(len(found))}. Resten er i Word og JSON.")
    console.print()


def _heading(report: Report, console: Console) -> None:
    run = report.run
    console.print(f"{run.municipality_name or 'Kommunen'}: visitationstilsyn, efter tilsynet", style="bold")
    if run.synthetic:
        console.print("OPDIGTEDE TAL", style="bold")
    console.print(f"Vores kørsel er opgjort pr. {danish(run.cutoff)}.")
    console.print()
