"""What a sample is drawn of: the cases in which an interview ought to stand in the register, or their payments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kommunecheck.domain.case import Case, Settled
from kommunecheck.domain.days import Period, within
from kommunecheck.domain.privacy import has_cpr
from kommunecheck.domain.records import CATEGORIES
from kommunecheck.domain.sampling import Item, Unit
from kommunecheck.intake.records import Records
from kommunecheck.law.deadlines import chain
from kommunecheck.law.law import Law
from kommunecheck.law.measure import measure


def units_of(
    cases: Iterable[Case], numbers: Mapping[str, int], persons: Sequence[int | None], law: Law
) -> Iterator[Unit]:
    """The cases that can be drawn, of cases as they are laid out.

    Those in the audit that were paid on a day of the window and in which a deadline fell due or an interview was held
    in it, as the directorate's list has them (guidance to § 3).
    """
    for laid in cases:
        case = measure(laid, law, frozenset(), Settled(deadlines=True, steps=True, unpaid=True))
        if case.in_window and not case.withdrawn and within(case.paid, (case.window,)) and _ought_to_meet(case, law):
            yield Unit(
                case.sag_id,
                case.team,
                case.ydelsestype,
                case.in_register,
                _category(case),
                case.anmodningsdato,
                persons[numbers[case.sag_id]],
            )


def _ought_to_meet(case: Case, law: Law) -> bool:
    first, last = case.window
    if any(first <= row.held_on <= last for row in case.held):
        return True
    return any(first <= deadline.due <= min(last, case.last) for deadline in chain(case, law))


def _category(case: Case) -> str | None:
    """The match category of the latest held interview that placed the citizen."""
    placed = [row.content.matchkategori for row in case.held if row.content.placed]
    return placed[-1] if placed and placed[-1] in CATEGORIES else None


def one_a_person(units: Iterable[Unit]) -> tuple[list[Unit], list[Unit]]:
    """The earliest case of each person, and the others. A case whose person is not known stands for itself."""
    first: dict[int, Unit] = {}
    kept: list[Unit] = []
    ordered = sorted(units, key=lambda unit: (unit.began, unit.id))
    for unit in ordered:
        if unit.person is None or unit.person not in first:
            kept.append(unit)
        if unit.person is not None:
            first.setdefault(unit.person, unit)
    chosen = {unit.id for unit in kept}
    return kept, [unit for unit in ordered if unit.id not in chosen]


def items_of(records: Records, units: Iterable[Unit], window: Period) -> tuple[list[Item], str]:
    """The payments of the cases on days of the window, by case and first day, and the column they are weighed by.

    That is what was claimed; what was paid where the files do not say what was claimed. A payment without an id that
    can be shown is called by its row: what is hidden would be the same for several.
    """
    claims = records.claims
    assert claims is not None  # noqa: S101 - whoever draws has asked for them
    column = "anmeldt_refusion" if "anmeldt_refusion" in records.present["udbetalinger"] else "beloeb"
    numbers = {name: number for number, name in enumerate(records.names)}
    wanted = {numbers[unit.id] for unit in units}
    items = []
    for row in claims.frame.iter_rows(named=True):
        if not _can_weigh(row, column) or row["case"] not in wanted:
            continue
        if row["fra"] <= window.last and row["til"] >= window.first:
            name = records.names[row["case"]]
            given = row["udbetaling_id"]
            own = given if given and not has_cpr(given) else f"række {row['source']}:{row['row']}"
            period = Period(row["fra"], row["til"])
            what = row["udbetaling_id"], row["source"], row["row"], period, row[column] or 0
            items.append(Item(f"{name}/{own}", name, *what))
    return sorted(items, key=lambda item: (item.sag_id, item.period, item.id, item.source, item.row)), column


def _can_weigh(row: Mapping[str, Any], column: str) -> bool:
    """Whether a payment is used, and what it weighs can be read: what cannot be read does not weigh nothing."""
    return not row["aside"] and column not in row["unread"].split()


def unused_of(records: Records, column: str) -> int:
    """How many rows of ``udbetalinger`` can be on no list, for they or the row of their case cannot be used."""
    claims, begins = records.claims, records.sager["anmodningsdato"].to_list()
    assert claims is not None  # noqa: S101 - as above
    used = (
        _can_weigh(row, column) and row["case"] is not None and begins[row["case"]] is not None
        for row in claims.frame.iter_rows(named=True)
    )
    return claims.frame.height - sum(used) + len(claims.ragged)
