"""The list of what is to be judged, and what was read in of it, on the screen."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console

from kommunecheck.domain.assessment import Asked
from kommunecheck.domain.days import danish
from kommunecheck.domain.names import capital
from kommunecheck.domain.report import Report
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.assessment.words import KINDS
from kommunecheck.reports.console import print_after, print_reservations, screen, table_of


def print_asked(report: Report, asked: Sequence[Asked], console: Console | None = None) -> None:
    """How many questions there are of each kind, how many are judged, and the refund at stake."""
    console = console or screen()
    _heading(report, console)
    table = table_of("Slags", "Fund", "Vurderet", "Udløbet", "Refusion", right=(1, 2, 3, 4))
    for kind, name in KINDS.items():
        own = [one for one in asked if one.question.kind is kind]
        stand = Counter(one.judged.holds for one in own if one.judged is not None)
        known = [one.refund_lost for one in own]
        cost = None if None in known else sum(one or 0 for one in known)
        table.add_row(capital(name), whole(len(own)), whole(stand[True]), whole(stand[False]), kroner(cost))
    console.print(table)
    console.print("Fund kan ramme den samme dag, så beløbene kan ikke lægges sammen.")
    console.print()
    print_reservations(report, console)


def print_read(report: Report, file: str, new: int, read: int, console: Console | None = None) -> None:
    """How many judgements were read and written to the file, and what is lost when they are followed."""
    console = console or screen()
    _heading(report, console)
    known = f"; {whole(read - new)} stod der i forvejen" if read > new else ""
    console.print(f"{number(new, 'ny vurdering', 'nye vurderinger')} er skrevet i {file}{known}.")
    console.print()
    print_after(report, console)


def _heading(report: Report, console: Console) -> None:
    run = report.run
    console.print(f"{run.municipality_name or 'Kommunen'}: vurderinger", style="bold")
    if run.synthetic:
        console.print("OPDIGTEDE TAL", style="bold")
    console.print(f"Opgjort pr. {danish(run.cutoff)}.")
    console.print()
