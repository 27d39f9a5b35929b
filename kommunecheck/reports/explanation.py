"""What ``explain`` and ``rules`` print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from kommunecheck.domain.evidence import Evidence, by_row
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.names import SEVERITIES, sureness
from kommunecheck.domain.report import ParameterUsed
from kommunecheck.domain.rule import Rule
from kommunecheck.domain.wording import number, spans, value
from kommunecheck.law.weighing import Weighed
from kommunecheck.ports import Check
from kommunecheck.reports.console import screen

PARTS = (
    ("says", "Hvad reglen siger"),
    ("fails", "En sag, der bryder reglen"),
    ("passes", "En sag, der går fri"),
    ("costs", "Hvad det koster"),
    ("remedy", "Sådan rettes det"),
    ("over", "Når tabet ikke løber mere"),
    ("blind", "Hvad tjekket ikke kan se"),
)
"""The parts of an explanation, in the order they are read."""


def print_explanation(check: Check, acts: Mapping[str, str]) -> None:
    """The rule, its explanation part by part, its citations with the acts' full names, and what it reads."""
    console = screen()
    rule = check.RULE
    console.print(f"{rule.code} {rule.name}: {rule.title}", style="bold")
    console.print(f"Alvor: {SEVERITIES[rule.severity]}")
    for field, title in PARTS:
        if text := getattr(check.EXPLAIN, field):
            _part(console, title, text)
    console.print()
    console.print("Hjemmel", style="bold")
    for citation in rule.citations:
        console.print(f"- {in_full(citation, acts)}")
    if check.NEEDS:
        _part(console, "Læser kolonnerne", ", ".join(need.replace("?", "") for need in check.NEEDS))


def in_full(citation: str, acts: Mapping[str, str]) -> str:
    """A citation with the full name of its act; as it stands where a plugin does not say which act it means."""
    title = next((title for act, title in acts.items() if citation.startswith(act)), None)
    return citation if title is None else f"{citation} ({title})"


def _part(console: Console, title: str, text: str) -> None:
    console.print()
    console.print(title, style="bold")
    console.print(text)


@dataclass(frozen=True, slots=True)
class Account:
    """How one rule was used on one case; ``not_run`` says why the rule was not checked at all.

    ``doubts`` tell what in the case could not be used, and that it is not fully assessed. ``readings`` are the numbers
    that its findings may rest on, by their names, and ``places`` the files, by the number that evidence knows them by.
    """

    rule: Rule
    sag_id: str
    weighed: tuple[Weighed, ...]
    findings: tuple[Finding, ...]
    not_run: str | None
    doubts: tuple[str, ...]
    readings: Mapping[str, ParameterUsed]
    places: Mapping[int, str]


def print_account(account: Account) -> None:
    """How a rule was used on one case: everything that was weighed, with its citation, and what came of it."""
    console = screen()
    console.print(f"{account.rule.code} {account.rule.name} i sagen {account.sag_id}", style="bold")
    console.print()
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    for column in ("about", "found"):
        table.add_column(column, overflow="fold")
    about = ""
    for one in account.weighed:
        table.add_row("" if one.about == about else one.about, f"{one.found} [{one.citation}]")
        about = one.about
    if account.weighed:
        console.print(table)
        console.print()
    console.print("Resultat", style="bold")
    _result(account, console)
    if account.doubts:
        console.print()
        console.print("Forbehold", style="bold")
    for doubt in account.doubts:
        console.print(f"- {doubt}")


def _result(account: Account, console: Console) -> None:
    """What the rule found in the case, what it rests on, and where that stands."""
    if account.not_run is not None:
        console.print(f"Reglen er ikke kontrolleret: {account.not_run}.")
    elif not account.findings:
        console.print(f"Ingen fund efter {account.rule.code}.")
    for place, finding in enumerate(account.findings):
        if place:
            console.print()
        console.print(finding.message)
        days = finding.expected + finding.discretionary + finding.documentation
        if days:
            console.print(f"Dage: {spans(days)}.")
        console.print(f"Hjemmel: {'; '.join(account.rule.citations)}.")
        rows = list(_rows(finding.evidence, account.places))
        for row in rows[:ROWS]:
            console.print(f"Set i {row}.")
        if len(rows) > ROWS:
            console.print(f"Og i {number(len(rows) - ROWS, 'række', 'rækker')} mere.")
        for name in finding.rests_on:
            console.print(f"Hviler på {_reading(name, account.readings.get(name))}.")


ROWS = 20
"""How many rows are told of a finding: one about the municipality may rest on all there are."""


def _rows(cells: Iterable[Evidence], places: Mapping[int, str]) -> Iterator[str]:
    """Each row that shows a finding, once, with what stands in its cells where that is told."""
    for (source, row), own in by_row(cells).items():
        told = dict.fromkeys(one.column if one.value is None else f"{one.column} {value(one.value)}" for one in own)
        yield f"{places[source]}, række {row}: {', '.join(told)}"


def _reading(name: str, used: ParameterUsed | None) -> str:
    """A number that a finding rests on: what it is, how sure it is, and its citation; a plugin's may be unknown."""
    if used is None:
        return f"læsningen {name}"
    sure = sureness(used.certainty, used.overridden)
    return f"læsningen »{used.title}« ({name}): {value(used.value)}, {sure} [{used.citation}]"


def print_rules(rules: Sequence[Rule]) -> None:
    """All rules, a line each."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in ("Kode", "Navn", "Alvor", "Titel"):
        table.add_column(column, overflow="fold")
    for rule in rules:
        table.add_row(rule.code, rule.name, SEVERITIES[rule.severity], rule.title)
    screen().print(table)
