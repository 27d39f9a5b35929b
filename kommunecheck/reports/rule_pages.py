"""The rules as pages of Markdown: one page a rule, an index, and the table of the README. Made from the checks."""

from collections.abc import Mapping, Sequence

from kommunecheck.domain.names import SEVERITIES
from kommunecheck.ports import Check
from kommunecheck.reports.explanation import PARTS, in_full

INDEX = "README.md"
"""The name of the page that lists the others."""


def pages(checks: Sequence[Check], acts: Mapping[str, str]) -> dict[str, str]:
    """Each page by its file's name: those of the rules, and the index."""
    made = {f"{check.RULE.code}.md": _page(check, acts) for check in checks}
    return made | {INDEX: _index(checks)}


def table(checks: Sequence[Check], folder: str = "") -> str:
    """All rules, a row each, linked to their pages in ``folder``."""
    rows = [
        f"| [{rule.code}]({folder}{rule.code}.md) | {rule.title} | {SEVERITIES[rule.severity]} |"
        for rule in (check.RULE for check in checks)
    ]
    return "\n".join(("| kode | regel | alvor |", "| :-- | :-- | :-- |", *rows)) + "\n"


def _index(checks: Sequence[Check]) -> str:
    return (
        "# Reglerne\n\n"
        "Siderne er lavet af de tjek, som programmet kører, med `python docs/make_regler.py`. Ret dem ikke i "
        "hånden.\n\n"
        f"{table(checks)}"
    )


def _page(check: Check, acts: Mapping[str, str]) -> str:
    rule = check.RULE
    parts = [f"# {rule.code}: {rule.title}", f"`{rule.name}` · alvor: {SEVERITIES[rule.severity]}"]
    parts += [f"## {title}\n\n{text}" for field, title in PARTS if (text := getattr(check.EXPLAIN, field))]
    cited = "\n".join(f"- {in_full(one, acts)}" for one in rule.citations)
    parts.append(f"## Hjemmel\n\n{cited}")
    if check.NEEDS:
        columns = ", ".join(f"`{need.replace('?', '')}`" for need in check.NEEDS)
        parts.append(f"## Læser kolonnerne\n\n{columns}")
    return "\n\n".join(parts) + "\n"
