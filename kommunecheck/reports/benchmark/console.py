"""The benchmark on the screen: the group first, who stands out from it, the kinds of error, and what is left out."""

from rich.console import Console

from kommunecheck.domain.benchmark import Benchmark, Compared, Control, Rate, Standing
from kommunecheck.domain.days import danish
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.benchmark import words
from kommunecheck.reports.console import screen, table_of

SHOWN = 12
"""How many municipalities the screen shows of those that stand alike, and how many files that are left out."""
ELSEWHERE = "Alle står i HTML og Excel: -o sammenligning.html."


def print_benchmark(made: Benchmark, console: Console | None = None) -> None:
    """Print it on the screen, or on the given console."""
    console = console or screen()
    console.print(f"{words.title_of(made)}, opgjort til og med {danish(made.cutoff)}", style="bold")
    console.print(f"{words.what_of(made)}.")
    if made.synthetic:
        console.print(words.MADE_UP, style="bold")
    console.print()
    for compared in made.compared:
        _supervision(made, compared, console)
    if made.control is not None:
        _control(made.control, console)
    _left_out(made, console)


def _supervision(made: Benchmark, compared: Compared, console: Console) -> None:
    console.print(words.supervision(compared.name), style="bold")
    console.print(" ".join(words.group_said(compared, made)))
    console.print()
    _periods(compared, console)
    if made.municipalities > 1:
        for standing in (Standing.FEWER, Standing.MORE, Standing.NOT_RANKED, Standing.WITHHELD):
            _standing(compared, standing, console)
        if len(compared.standing(Standing.LIKE)) <= SHOWN:
            _standing(compared, Standing.LIKE, console)
    _kinds(made, compared, console)
    console.print(words.INTERVAL)
    console.print()


def _periods(compared: Compared, console: Console) -> None:
    aims = any(group.goal is not None for group in compared.groups)
    of_goals = ("Mål", "Målet er") if aims else ()
    table = table_of("Periode", "Fejlandel", "Interval", "Sager", "Tab pr. sag", *of_goals, right=(1, 2, 3, 4, 5))
    for window, group in zip(compared.periods, compared.groups, strict=True):
        share = _rate(group.rate)
        aimed = "" if group.goal is None else words.goal(group.goal)
        reached = "" if group.reached is None else words.GOALS[group.reached]
        lost = "" if group.per_case is None else kroner(group.per_case)
        table.add_row(words.period(window), *share, lost, *((aimed, reached) if aims else ()))
    console.print(table)
    console.print()


def _standing(compared: Compared, standing: Standing, console: Console) -> None:
    rows = compared.standing(standing)
    if not rows:
        return
    console.print(f"{words.STANDINGS[standing]}: {whole(len(rows))}", style="bold")
    console.print(words.ABOUT[standing])
    since = ("Siden først",) if any(row.change is not None for row in rows[:SHOWN]) else ()
    table = table_of("Kommune", "Fejlandel", "Interval", "Sager", "Tab pr. sag", *since, right=(1, 2, 3, 4))
    for row in rows[:SHOWN]:
        one = row.figures[-1]
        if one is None or one.rate is None:
            table.add_row(row.name)
            continue
        lost = "ukendt" if one.per_case is None else kroner(one.per_case)
        change = "" if row.change is None else words.CHANGES[row.change]
        table.add_row(row.name, *_rate(one.rate), lost, *([change] if since else []))
    console.print(table)
    if len(rows) > SHOWN:
        console.print(f"Her er {SHOWN} af {whole(len(rows))}. {ELSEWHERE}")
    console.print()


def _rate(one: Rate | None) -> tuple[str, str, str]:
    return ("", "", "") if one is None else (words.per_cent(one), words.between(one), words.counted(one))


def _kinds(made: Benchmark, compared: Compared, console: Console) -> None:
    if not compared.kinds:
        return
    console.print(f"Fejltyper i {words.during(compared.periods[-1])}", style="bold")
    several = made.municipalities > 1
    more = ("Hos de bedste", "Hos de andre") if several else ()
    table = table_of("Regel", "Sager", "Andel", *more, right=(1, 2, 3, 4)[: 2 + len(more)])
    for kind in compared.kinds:
        apart = [_rate(one)[0] for one in (kind.best, kind.others)] if several else []
        name = f"{kind.code} {kind.title}".strip()
        table.add_row(name, words.counted(kind.group), words.per_cent(kind.group), *apart)
    console.print(table)
    if said := words.counted_of(compared):
        console.print(said)
    if several:
        console.print(words.best_said(compared))
    console.print()


def _control(control: Control, console: Console) -> None:
    console.print(f"Kontrolsager i {words.month_named(control.month)}", style="bold")
    for view in control.views:
        group = "" if view.group is None else f": {words.per_cent(view.group)} udtaget ({words.counted(view.group)})"
        console.print(f"{words.view_named(view)}{group}")
        table = table_of("Kommune", "Udtaget", "Interval", "Oprettet", "Med resultat", right=(1, 2, 3, 4))
        for row in view.rows[:SHOWN]:
            others = [_rate(one)[0] for one in (row.opened, row.with_result)]
            table.add_row(row.name, *_rate(row.drawn)[:2], *others)
        console.print(table)
        if len(view.rows) > SHOWN:
            console.print(f"Her er {SHOWN} af {whole(len(view.rows))}. {ELSEWHERE}")
        console.print()


def _left_out(made: Benchmark, console: Console) -> None:
    refused = [f"{one.file} {one.reason}" for one in made.refused]
    apart = [f"{one.file} {one.reason}" for one in made.apart]
    parts = (
        (f"Afvist: {number(len(refused), 'fil', 'filer')}", refused),
        (f"Ikke sammenlignet: {number(len(apart), 'rapport', 'rapporter')}", apart),
        ("Forbehold", made.notes),
    )
    for title, lines in parts:
        if not lines:
            continue
        console.print(title, style="bold")
        for line in lines[:SHOWN]:
            console.print(f"- {line}")
        if len(lines) > SHOWN:
            console.print(f"Her er {SHOWN} af {whole(len(lines))}. {ELSEWHERE}")
        console.print()
