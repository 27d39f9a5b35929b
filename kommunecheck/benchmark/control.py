"""The kontrolsager compared: each municipality's measures in the latest month that all of them have."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from kommunecheck.benchmark.measuring import rate, standing
from kommunecheck.benchmark.withholding import withheld
from kommunecheck.domain.benchmark import (
    LEAST,
    Control,
    ControlFigures,
    ControlMonth,
    ControlReport,
    ControlView,
    Rate,
    Standing,
)

ALL = "alle"
Owned = Sequence[tuple[str, ControlReport]]
"""The latest report of each municipality, by name in order."""

View = tuple[str, str]
"""A kontroltrin and a benefit, or ``alle`` of either."""

Cell = tuple[str, str]
"""A municipality and a measure."""

MEASURES = ("drawn", "opened", "with_result", "not_closed")


class Compared(NamedTuple):
    """What came of it; ``apart`` are the names of those that reckon otherwise than the others."""

    control: Control | None
    apart: tuple[str, ...]
    no_month: bool


def compare_control(owned: Owned) -> Compared:
    """The measures of those that reckon alike; ``no_month`` where no month is told by all of them."""
    counted = Counter(one.reckoned for _, one in owned)
    alike = max(counted, key=lambda reckoned: (counted[reckoned], reckoned), default="")
    kept = [(name, one) for name, one in owned if one.reckoned == alike]
    apart = tuple(name for name, one in owned if one.reckoned != alike)
    if len(kept) < 2:
        return Compared(None, apart, False)
    told = [{month.month for month in one.months} for _, one in kept]
    common = set.intersection(*told)
    if not common:
        return Compared(None, apart, True)
    latest = max(common)
    months = {name: {(m.step, m.benefit): m for m in one.months if m.month == latest} for name, one in kept}
    views = {view for of_one in months.values() for view in of_one}
    by_view = {view: {name: m[view] for name, m in months.items() if view in m} for view in _in_order(views)}
    hidden = _hidden(by_view)
    shown = tuple(_view(view, own, hidden[view]) for view, own in by_view.items())
    return Compared(Control(latest, shown), apart, False)


def _in_order(views: set[View]) -> list[View]:
    """Trin 3 in all first, as STAR shows it, then trin 3 by benefit, trin 2, and our own sum of both last."""
    return sorted(views, key=lambda view: (-int(view[0]) if view[0] != ALL else 0, view[1] != ALL, view[1]))


def _parts(month: ControlMonth) -> dict[str, tuple[int, int]]:
    """Count and denominator of each measure; nothing of nothing where either is not known."""
    available = None if month.drawn is None or month.left is None else month.drawn + month.left
    told = {
        "drawn": (month.drawn, available),
        "opened": (month.opened, month.drawn),
        "with_result": (month.with_result, month.closed),
        "not_closed": (month.not_closed, month.opened_in_window),
    }
    return {name: (0, 0) if part is None or of is None else (part, of) for name, (part, of) in told.items()}


def _hidden(by_view: Mapping[View, Mapping[str, ControlMonth]]) -> Mapping[View, frozenset[Cell]]:
    """What is withheld in each view, so that it is found neither there nor from the views that it adds up with.

    A denominator of nothing is no small one: there is just nothing to tell.
    """
    sizes = {view: _sizes(months) for view, months in by_view.items()}
    hidden: dict[View, frozenset[Cell]] = dict.fromkeys(by_view, frozenset())
    before = None
    while hidden != before:
        before = dict(hidden)
        for view in by_view:
            hidden[view] |= withheld(sizes[view], already=hidden[view])
        for line in _sums(by_view):
            across = {(cell, view): of for view in line for cell, of in sizes[view].items()}
            already = {(cell, view) for view in line for cell in hidden[view]}
            found = withheld(across, frozenset(), already)
            hidden |= {view: frozenset(cell for cell, of_view in found if of_view == view) for view in line}
    return hidden


def _sizes(months: Mapping[str, ControlMonth]) -> dict[Cell, int]:
    """The denominator of each measure of each municipality, where there is any."""
    return {(name, measure): of for name, month in months.items() for measure, (_, of) in _parts(month).items() if of}


def _sums(views: Collection[View]) -> Iterable[list[View]]:
    """The views that add up: a kontroltrin and its benefits, and both kontroltrin and our own sum of them."""
    if (ALL, ALL) in views:
        yield [view for view in views if view[1] == ALL]
    for step in [step for step, benefit in views if benefit == ALL]:
        yield [view for view in views if view[0] == step]


def _view(view: View, months: Mapping[str, ControlMonth], hidden: Collection[Cell]) -> ControlView:
    """One view, without the cells that are ``hidden``."""
    parts = {(name, measure): part for name, month in months.items() for measure, part in _parts(month).items()}
    whole = sum(of for (_, measure), (_, of) in parts.items() if measure == "drawn")
    drawn = sum(part for (_, measure), (part, _) in parts.items() if measure == "drawn")
    group = rate(drawn, whole) if whole >= LEAST else None

    def shown(name: str, measure: str) -> Rate | None:
        part, of = parts[name, measure]
        return rate(part, of) if of and (name, measure) not in hidden else None

    rows = []
    for name, month in months.items():
        rates = {measure: shown(name, measure) for measure in MEASURES}
        rows.append(ControlFigures(name, month.complete, _stands(rates["drawn"], group, month), **rates))
    return ControlView(*view, group, tuple(rows))


def _stands(drawn: Rate | None, group: Rate | None, month: ControlMonth) -> Standing:
    if drawn is None:
        return Standing.WITHHELD if _parts(month)["drawn"][1] else Standing.NOT_RANKED
    return standing(drawn, group) if group is not None and month.complete else Standing.NOT_RANKED
