"""What the parts of the section share: what is told of, the counts of acts that follow the rules, and their table."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from kommunecheck.domain.money import half_up
from kommunecheck.domain.report import CaseResult, Report, Supervised
from kommunecheck.domain.section import SectionCell, SectionTable
from kommunecheck.domain.wording import whole
from kommunecheck.plugins.raadighed.account import Account, Decision

SHOWN = 40
"""Cases that a table names; it says of how many."""

COUNTED = ("Hændelser", "Efter reglerne", "Med fejl", "Uvist", "Efter reglerne, %")


class Told(NamedTuple):
    """What came of the supervision, and what it handed on beside it."""

    report: Report
    own: Supervised
    account: Account

    @property
    def cases(self) -> tuple[CaseResult, ...]:
        """The judged cases."""
        return self.own.cases or ()


def counts(decisions: Iterable[Decision]) -> tuple[int, int, int]:
    """Those that follow the rules, those that do not, and those of which it cannot be told."""
    counted = Counter(one.follows for one in decisions)
    return counted[True], counted[False], counted[None]


def grouped(decisions: Iterable[Decision], name: Callable[[Decision], str]) -> list[tuple[str, list[Decision]]]:
    """The acts by a name, the largest group first."""
    groups: dict[str, list[Decision]] = {}
    for one in decisions:
        groups.setdefault(name(one), []).append(one)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _row(name: str, decisions: Sequence[Decision]) -> tuple[SectionCell, ...]:
    good, bad, unknown = counts(decisions)
    return name, len(decisions), good, bad, unknown, _per_cent(good, good + bad)


def _per_cent(part: int, of: int) -> Decimal | None:
    return Decimal(half_up(part * 10_000, of)).scaleb(-2) if of else None


def table_of(heading: str, groups: Sequence[tuple[str, Sequence[Decision]]]) -> SectionTable:
    """The counts of each group, and of all together."""
    rows = [_row(name, some) for name, some in groups]
    if len(groups) > 1:
        rows.append(_row("I alt", [one for _, some in groups for one in some]))
    return SectionTable((heading, *COUNTED), tuple(rows))


def of_many(many: int) -> tuple[str, ...]:
    """What is said of a table that does not name all the cases there are."""
    return (f"Her er {SHOWN} af {whole(many)} sager. Alle står i Excel og JSON under fundene.",) if many > SHOWN else ()
