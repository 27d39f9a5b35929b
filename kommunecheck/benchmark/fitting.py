"""Which reports can be compared in fairness, and one sentence for each that cannot."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from kommunecheck.domain.benchmark import Reported, Unread
from kommunecheck.domain.days import Period
from kommunecheck.domain.months import whole_months
from kommunecheck.domain.wording import span

Key = TypeVar("Key", bound=Hashable)


class Misfit(NamedTuple):
    """A report that is left out of the comparison, and why: what follows its name in a sentence."""

    report: Reported
    reason: str


class Fitting(NamedTuple):
    """The reports that are compared, by municipality and window; the windows in order of time; and the others."""

    owners: dict[str, dict[Period, Reported]]
    periods: tuple[Period, ...]
    apart: tuple[Misfit, ...]
    refused: tuple[Unread, ...]


def fit(reports: Sequence[Reported]) -> Fitting:
    """Sort out what can be compared: the same law and numbers, and windows of one length that do not overlap.

    Where reports differ, those that most of them agree with are compared. The order they are given in does not matter.
    """
    reports = sorted(reports, key=lambda one: (one.file, one.window))
    names = _owners(reports)
    reports, refused = _usable(reports, names)
    apart: list[Misfit] = []
    reports = _incomplete(reports, apart)
    reports = _alike(reports, apart, lambda one: one.ruleset, _other_ruleset)
    reports = _same_numbers(reports, apart)
    reports = _alike(reports, apart, lambda one: one.own_rules, _own_rules)
    reports = _alike(reports, apart, lambda one: length(one.window), _other_length)
    reports = _side_by_side(reports, apart)
    owners: dict[str, dict[Period, Reported]] = defaultdict(dict)
    for one in reports:
        owners[names[one.file]][one.window] = one
    windows = tuple(sorted({one.window for one in reports}))
    return Fitting(dict(owners), windows, tuple(sorted(apart, key=lambda one: one.report.file)), tuple(refused))


def _owners(reports: Iterable[Reported]) -> dict[str, str]:
    """Which municipality each file is of: its code, also where only the name is told but somebody tells both."""
    codes: dict[str, set[str]] = defaultdict(set)
    for one in reports:
        if one.code and one.name:
            codes[one.name].add(one.code)

    def of(one: Reported) -> str:
        known = codes.get(one.name or "", set())
        return one.code or (next(iter(known)) if len(known) == 1 else one.name or "")

    return {one.file: of(one) for one in reports}


def _usable(reports: Sequence[Reported], names: dict[str, str]) -> tuple[list[Reported], list[Unread]]:
    """Those that say whose they are, are as real as the others, and are alone of their municipality and window."""
    real = any(not one.synthetic for one in reports)
    twins: dict[tuple[str, Period], list[Reported]] = defaultdict(list)
    refused: list[Unread] = []
    for one in reports:
        if not names[one.file]:
            reason = "siger ikke, hvilken kommune den er fra. Skriv [municipality] code eller name, og kør check igen."
            refused.append(Unread(one.file, reason))
        elif one.synthetic and real:
            refused.append(Unread(one.file, "har opdigtede tal og kan ikke stå ved siden af rigtige rapporter."))
        else:
            twins[names[one.file], one.window].append(one)
    for (_, window), some in twins.items():
        if len(some) > 1:
            files = [one.file for one in some]
            refused += [
                Unread(file, f"er ikke den eneste rapport fra kommunen om {span(window)}: {_besides(file, files)}.")
                for file in files
            ]
    return [some[0] for some in twins.values() if len(some) == 1], sorted(refused)


def _besides(file: str, files: Sequence[str]) -> str:
    others = [one for one in files if one != file]
    return f"det er {' og '.join(others) if len(others) < 3 else f'{len(others)} andre filer'} også"


def _incomplete(reports: Iterable[Reported], apart: list[Misfit]) -> list[Reported]:
    whole = []
    for one in reports:
        if one.complete:
            whole.append(one)
        else:
            apart.append(Misfit(one, "er ufuldstændig: en fil er udeladt, eller en regel gik i stykker."))
    return whole


def _alike(
    reports: Sequence[Reported],
    apart: list[Misfit],
    key: Callable[[Reported], Key],
    why: Callable[[Reported, Reported], str],
) -> list[Reported]:
    """The largest part of the reports that have this in common; of two as large, the one with the latest window."""
    parts: dict[Key, list[Reported]] = defaultdict(list)
    for one in reports:
        parts[key(one)].append(one)
    if len(parts) < 2:
        return list(reports)
    kept = max(
        parts.values(), key=lambda some: (len(some), max(one.window for one in some), min(one.file for one in some))
    )
    apart += [Misfit(one, why(one, kept[0])) for some in parts.values() if some is not kept for one in some]
    return kept


def _other_ruleset(_: Reported, __: Reported) -> str:
    return "er opgjort efter et andet regelsæt end de andre."


def _same_numbers(reports: list[Reported], apart: list[Misfit]) -> list[Reported]:
    """Those that give each number the same value; a report without a supervision has none of its numbers."""
    for name in sorted({name for one in reports for name, _ in one.values}):
        asked = [one for one in reports if name in dict(one.values)]
        kept = _alike(asked, apart, partial(_value, name), _other_parameters)
        if len(kept) < len(asked):
            reports = [one for one in reports if one in kept or one not in asked]
    return reports


def _value(name: str, one: Reported) -> object:
    return dict(one.values)[name]


def _other_parameters(one: Reported, kept: Reported) -> str:
    ours, theirs = dict(one.values), dict(kept.values)
    names = sorted(name for name in ours.keys() & theirs.keys() if ours[name] != theirs[name])
    return f"er opgjort med en anden værdi af {', '.join(names)} end de andre."


def _own_rules(one: Reported, kept: Reported) -> str:
    codes = sorted({*one.own_rules} ^ {*kept.own_rules})
    return f"tæller ikke fejl efter de samme regler som de andre: {', '.join(codes)}."


def _other_length(one: Reported, _: Reported) -> str:
    return f"dækker en periode af en anden længde end de andre: {span(one.window)}."


def length(window: Period) -> tuple[str, int]:
    """How long a window is: in whole months where it is so many from its first day on, else in days."""
    months = whole_months(window)
    return ("days", window.last - window.first + 1) if months is None else ("months", months)


def _side_by_side(reports: Sequence[Reported], apart: list[Misfit]) -> list[Reported]:
    """Those whose windows do not overlap; of two that do, the one that most reports have, then the later one."""
    counted = Counter(one.window for one in reports)
    kept: list[Period] = []
    for window in sorted(counted, key=lambda window: (counted[window], window), reverse=True):
        if all(window.last < other.first or other.last < window.first for other in kept):
            kept.append(window)
    apart += [
        Misfit(one, f"dækker en periode, der overlapper en af de andres: {span(one.window)}.")
        for one in reports
        if one.window not in kept
    ]
    return [one for one in reports if one.window in kept]
