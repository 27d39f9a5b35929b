"""What the rules about a sanction's own row share."""

from collections.abc import Iterator

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Rule
from kommunecheck.plugins.raadighed.acts import Judged, seen
from kommunecheck.plugins.raadighed.words import sanction_of


def without(judged: Judged, rule: Rule, column: str) -> Iterator[Finding]:
    """A finding for each sanction of which the yes/no column, called as what it tells of, says no or nothing."""
    for sanction in judged.sanctions:
        row = sanction.row
        if not getattr(row, column) and not row.unreadable(column):
            yield Finding(
                rule,
                f"Afgørelsen {danish(sanction.day)} om {sanction_of(row)} er uden {column}.",
                date=sanction.day,
                arose=sanction.day,
                evidence=(seen(row, column), seen(row, "sanktion"), judged.seen()),
            )
