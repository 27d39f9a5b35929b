"""What ``explain`` and ``rules`` print."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from kommunecheck.domain.finding import Finding
from kommunecheck.domain.names import SEVERITIES
from kommunecheck.domain.rule import Rule
from kommunecheck.domain.wording import spans
from kommunecheck.law.weighing import Weighed
from kommunecheck.ports import Check
from kommunecheck.reports.console import screen

PARTS = (
    ("says", "Hvad reglen siger"),
    ("fails", "En sag, der bryder reglen"),
    ("passes", "En sag, der går fri"),
    ("costs", "Hvad det koster"),
    ("remedy", "Sådan rettes det"),
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
        _part(console, title, getattr(check.EXPLAIN, field))
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


def print_account(
    rule: Rule,
    sag_id: str,
    weighed: Sequence[Weighed],
    findings: Sequence[Finding],
    not_run: str | None,
    readings: Mapping[str, str],
) -> None:
    """How a rule was used on one case: everything that was weighed, with its citation, and what came of it.

    ``readings`` are what the numbers are called that a finding may rest on, by their names.
    """
    console = screen()
    console.print(f"{rule.code} {rule.name} i sagen {sag_id}", style="bold")
    console.print()
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    for column in ("about", "found"):
        table.add_column(column, overflow="fold")
    about = ""
    for one in weighed:
        table.add_row("" if one.about == about else one.about, f"{one.found} [{one.citation}]")
        about = one.about
    if weighed:
        console.print(table)
        console.print()
    console.print("Resultat", style="bold")
    if not_run is not None:
        console.print(f"Reglen er ikke kontrolleret: {not_run}.")
    elif not findings:
        console.print(f"Ingen fund efter {rule.code}.")
    for finding in findings:
        console.print(finding.message)
        days = finding.expected + finding.discretionary + finding.documentation
        if days:
            console.print(f"Dage: {spans(days)}. Hjemmel: {'; '.join(rule.citations)}.")
        if finding.rests_on:
            told = "; ".join(f"{readings[name]} ({name})" if name in readings else name for name in finding.rests_on)
            console.print(f"Hviler på læsningerne: {told}.")


def print_rules(rules: Sequence[Rule]) -> None:
    """All rules, a line each."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in ("Kode", "Navn", "Alvor", "Titel"):
        table.add_column(column, overflow="fold")
    for rule in rules:
        table.add_row(rule.code, rule.name, SEVERITIES[rule.severity], rule.title)
    screen().print(table)
