"""Twelve months of stored runs as one page: what was lost and still ran in each, and each rule and team."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kommunecheck.domain.days import MONTHS
from kommunecheck.domain.money import half_up
from kommunecheck.domain.names import NO_TEAM
from kommunecheck.domain.standing import Month, Ruled, StoredRun
from kommunecheck.domain.wording import kroner, share, whole
from kommunecheck.reports.html.page import Column, Table, render
from kommunecheck.reports.phrases import WHOSE, amount, name
from kommunecheck.reports.pictures.bars import Bar, bars, whole_bar

TITLE = "Udviklingen måned for måned"
TEAMS = 100
"""How many teams a table shows; it says of how many."""

Told = tuple[Month, StoredRun]
"""A month with the run that stands for it."""


class Part(NamedTuple):
    """The rules, or the teams: what is found and what is lost, month by month."""

    found: Table
    lost: Table
    said: str


def trend_page(months: Sequence[Month], municipality: str | None) -> bytes:
    """The page. There is at least one run among the months."""
    told = [(month, month.run) for month in months if month.run is not None]
    (first, before), (last, now) = told[0], told[-1]
    return render(
        "trend.html",
        run=now,
        heading=TITLE,
        named=name(municipality) or "Kommunen",
        whose=WHOSE,
        period=f"{_called(months[0])} til {_called(months[-1])}",
        synthetic=any(run.synthetic for _, run in told),
        incomplete=[_called(month) for month, run in told if not run.complete],
        figures=[
            ("Forventet tab", _moved(amount(before.expected), amount(now.expected), first, last)),
            ("Løber om dagen", _moved(amount(before.running), amount(now.running), first, last)),
            ("Sager med fejl", _moved(_errors(before), _errors(now), first, last)),
        ],
        pictures=_pictures(months),
        months=_months(months),
        rules=_part(months, "Regel", "Fund", _by_rule),
        teams=_part(months, "Team", "Sager med tab", lambda run: {one.name: one for one in run.teams}),
    )


def _called(month: Month) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def _in_short(month: Month) -> str:
    return f"{MONTHS[month.month - 1][:3]} {month.year % 100:02d}"


def _moved(before: str, now: str, first: Month, last: Month) -> tuple[str, str]:
    """A figure as it is, and what it was in the first month that is told of."""
    return now, "" if first == last else f"{before} i {_called(first)}"


def _errors(run: StoredRun) -> str:
    return f"{share(run.errors, run.cases) or '–'}"


def _pictures(months: Sequence[Month]) -> list[tuple[str, Markup]]:
    """A bar for each month that has a run: what was lost, what still ran, and how many cases had errors."""
    drawn: list[tuple[str, str, str, Callable[[StoredRun], int], Callable[[StoredRun], str]]] = [
        ("Forventet tab", "tab", "k0", lambda run: run.expected or 0, lambda run: kroner(run.expected)),
        ("Tab, der løber, om dagen", "loeb", "own", lambda run: run.running or 0, lambda run: kroner(run.running)),
        (
            "Andelen af sager med fejl",
            "fejl",
            "own",
            lambda run: half_up(run.errors * 10_000, run.cases) if run.cases else 0,
            lambda run: f"{_errors(run)} ({whole(run.errors)} af {whole(run.cases)})",
        ),
    ]
    pictures = []
    for title, place, fill, length, told in drawn:
        shown = [
            Bar(_called(month), "ingen kørsel", 0)
            if month.run is None
            else whole_bar(_called(month), told(month.run), length(month.run), fill)
            for month in months
        ]
        about = f"{title}, måned for måned. Tallene står i tabellen »Måned for måned«."
        pictures.append((title, bars(f"b-{place}", about, shown).svg))
    return pictures


def _months(months: Sequence[Month]) -> Table:
    columns = [
        Column("Måned", fixed=True),
        Column("Sager", True),
        Column("Med fejl", True),
        Column("Andel", True),
        Column("Forventet tab", True),
        Column("Løber om dagen", True),
    ]
    rows = [[_called(month), *_cells(month.run)] for month in months]
    return Table("Måned for måned: den sidste kørsel i hver", columns, rows, tall=True, quiet=True)


def _cells(run: StoredRun | None) -> list[str]:
    if run is None:
        return ["–"] * 5
    return [whole(run.cases), whole(run.errors), _errors(run), amount(run.expected), amount(run.running)]


def _by_rule(run: StoredRun) -> dict[str | None, Ruled]:
    """What each rule came to; one that ran and found nothing found 0."""
    return {**{code: Ruled(code, 0, 0) for code in run.ran}, **{one.name: one for one in run.rules}}


def _part(
    months: Sequence[Month], title: str, counted: str, parts_of: Callable[[StoredRun], Mapping[str | None, Ruled]]
) -> Part | None:
    """What each rule or team came to in each month, the dearest of the latest first."""
    by_month = [None if month.run is None else parts_of(month.run) for month in months]
    latest = next(parts for parts in reversed(by_month) if parts is not None)
    everyone = {one.name for parts in by_month if parts for one in parts.values() if one.found or one.refund_lost}
    ranked = sorted(everyone, key=lambda one: (-((latest[one].refund_lost or 0) if one in latest else 0), one or ""))
    if not ranked:
        return None
    columns = [Column(title, fixed=True), *(Column(_in_short(month), True) for month in months)]
    shown = ranked[:TEAMS]

    def table(caption: str, cell: Callable[[Ruled], str]) -> Table:
        rows = [
            [
                name(one) or NO_TEAM,
                *("–" if parts is None or one not in parts else cell(parts[one]) for parts in by_month),
            ]
            for one in shown
        ]
        return Table(caption, columns, rows, small=True)

    said = f" Tabellen viser de {whole(TEAMS)} dyreste af {whole(len(ranked))}." if len(ranked) > TEAMS else ""
    return Part(
        table(f"{counted} efter {title.lower()}, måned for måned", lambda one: whole(one.found)),
        table(
            f"Tabt refusion efter {title.lower()}, måned for måned, i hele kroner",
            lambda one: "ukendt" if one.refund_lost is None else whole(half_up(one.refund_lost, 100)),
        ),
        said,
    )
