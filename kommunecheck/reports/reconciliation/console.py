"""The reconciliation on the screen: what remains first, then by account, month and case, and what is not reconciled."""

from collections.abc import Iterable

from rich.console import Console

from kommunecheck.domain.days import danish
from kommunecheck.domain.reconciliation import Figures, Reconciliation
from kommunecheck.domain.report import Report
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.console import print_reservations, screen, table_of
from kommunecheck.reports.reconciliation.words import ABOUT, TITLES, month_name, rounded, scope

CASES = 10
"""Cases the screen shows, those with most to correct first; it says of how many."""
NARROW = ("claimable", "lost", "claimed", "corrected", "remaining")
WIDE = (*NARROW, "corrected_too_much", "discretionary", "unclaimed")
WIDE_FROM = 130
"""Columns a screen must have for the wide tables."""


def print_reconciliation(report: Report, made: Reconciliation, console: Console | None = None) -> None:
    """Print it on the screen, or on the given console."""
    console = console or screen()
    run = report.run
    name = run.municipality_name or "Kommunen"
    console.print(f"{name}: afstemning af refusion, opgjort pr. {danish(run.cutoff)}", style="bold")
    if run.synthetic:
        console.print("OPDIGTEDE TAL", style="bold")
    console.print(scope(report))
    console.print()
    _total(made, console)
    _sums("Konto", ((konto, figures) for konto, figures in made.by_account), console)
    _sums("Måned", ((month_name(month), figures) for month, figures in made.by_month), console)
    _cases(made, console)
    _not_reconciled(report, made, console)
    print_reservations(report, console)


def _total(made: Reconciliation, console: Console) -> None:
    table = table_of("", "Kroner", "", right=(1,))
    for name, title in TITLES.items():
        oere = getattr(made.total, name)
        if oere or name in NARROW:
            style = "bold" if name == "remaining" else ""
            table.add_row(title, _plain(oere), ABOUT[name], style=style)
    console.print(table)
    unpriced = sum(not one.judged for one in made.payments)
    console.print(
        f"{number(made.rows, 'udbetaling', 'udbetalinger')}: {whole(len(made.payments) - unpriced)} afstemt, "
        f"{f'{whole(unpriced)} uden sats, ' if unpriced else ''}{whole(len(made.not_reconciled))} ikke afstemt."
    )
    shown = ", ".join(
        f"{TITLES[name].lower()} {rounded(oere, exact)}"
        for name, oere, exact in (
            ("claimable", made.total.claimable, made.exact[0]),
            ("lost", made.total.lost, made.exact[1]),
        )
    )
    console.print(f"Hver linje er afrundet til hele øre. Det gør i alt: {shown}.")
    if made.tolerance:
        console.print(f"En forskel på højst {kroner(made.tolerance)} pr. udbetaling er intet fund.")
    console.print()


def _plain(oere: int) -> str:
    """An amount without its unit, which stands above."""
    return kroner(oere).removesuffix(" kr.")


def _sums(first: str, rows: Iterable[tuple[str, Figures]], console: Console) -> None:
    names = WIDE if console.width >= WIDE_FROM else NARROW
    titles = {**TITLES, "lost": "Tabt", "remaining": "Mangler", "corrected_too_much": "For meget"}
    titles["discretionary"] = "Muligt tab"
    table = table_of(first, *(titles[name] for name in names), right=range(1, len(names) + 1))
    for title, figures in rows:
        table.add_row(title, *(_plain(getattr(figures, name)) for name in names))
    console.print(table)
    console.print()


def _cases(made: Reconciliation, console: Console) -> None:
    off = [case for case in made.cases if case.bookings]
    off.sort(key=lambda case: (-case.figures.remaining, -case.figures.corrected_too_much, case.sag_id))
    if not off:
        console.print("Ingen sager skal berigtiges.")
        console.print()
        return
    shown = off[:CASES]
    title = f"Sager at berigtige: {len(shown)} af {whole(len(off))}, de største først"
    console.print(title if len(off) > len(shown) else "Sager at berigtige", style="bold")
    table = table_of("Sag", "Mangler", "For meget", "Udbetalinger", "Regler", right=(1, 2, 3))
    for case in shown:
        codes = sorted({code for one in case.payments for code, _ in one.codes})
        even = " (går op)" if case.even else ""
        figures = case.figures
        table.add_row(
            case.sag_id,
            _plain(figures.remaining),
            _plain(figures.corrected_too_much),
            whole(len(case.bookings)),
            ", ".join(codes) + even,
        )
    console.print(table)
    console.print("Berigtigelseslisten med alle linjer er i Excel: -o afstemning.xlsx.")
    console.print()


def _not_reconciled(report: Report, made: Reconciliation, console: Console) -> None:
    if not made.not_reconciled:
        return
    console.print("Ikke afstemt", style="bold")
    table = table_of("Fil", "Række", "Anmeldt", "Hvorfor", right=(1, 2))
    for one in made.not_reconciled[:CASES]:
        claimed = "" if one.claimed is None else _plain(one.claimed)
        table.add_row(report.run.sources[one.source].file, str(one.row), claimed, one.reason)
    console.print(table)
    total = sum(one.claimed or 0 for one in made.not_reconciled)
    shown = min(CASES, len(made.not_reconciled))
    more = f" Her er {shown} af {whole(len(made.not_reconciled))}." if shown < len(made.not_reconciled) else ""
    console.print(f"Anmeldt på dem i alt: {kroner(total)}{more}")
    console.print()
