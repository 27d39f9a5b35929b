"""A sample on the screen, and what the judged one tells."""

from fractions import Fraction

from rich.console import Console

from kommunecheck.domain.evaluation import Bounded, Evaluation, Part
from kommunecheck.domain.money import half_up
from kommunecheck.domain.report import Report
from kommunecheck.domain.sampling import MONEY, Sample
from kommunecheck.domain.wording import kroner, number, per_cent_of, span, whole
from kommunecheck.reports.console import print_reservations, screen, table_of
from kommunecheck.reports.sample.words import method, per_cent, unused

SHOWN = 40
"""Items the screen names; it says of how many."""


def print_sample(report: Report, sample: Sample, console: Console | None = None) -> None:
    """Print what was drawn, and what it takes to draw it again."""
    console = console or screen()
    _heading(report, "stikprøve", console)
    _facts(sample, console)
    table = table_of("Stratum", "Population", "Udtaget", right=(1, 2))
    for stratum in sample.strata:
        table.add_row(stratum.name, whole(stratum.population), whole(len(stratum.drawn)))
    console.print(table)
    console.print()
    names = [one.id for one in sample.drawn]
    console.print("Udtaget", style="bold")
    console.print(", ".join(names[:SHOWN]))
    if len(names) > SHOWN:
        console.print(f"Her er {SHOWN} af {whole(len(names))}. Resten er i Excel og JSON.")
    console.print()
    _again(sample, console)
    console.print()
    print_reservations(report, console)


def _heading(report: Report, what: str, console: Console) -> None:
    run = report.run
    console.print(f"{run.municipality_name or 'Kommunen'}: {what}", style="bold")
    if run.synthetic:
        console.print("OPDIGTEDE TAL", style="bold")
    console.print(f"Perioden {span(run.window)}.")
    console.print()


def _facts(sample: Sample, console: Console) -> None:
    design, planned = sample.design, sample.planned
    what = ("udbetaling", "udbetalinger") if design.method == MONEY else ("sag", "sager")
    console.print(f"Metode: {method(sample)}.")
    drawn = number(len(sample.drawn), *what)
    console.print(f"Udtaget {drawn} af {whole(sample.population)}.")
    if sample.unregistered:
        console.print(f"{number(sample.unregistered, 'sag', 'sager')} på listen er uden registrering i samtaler.")
    if sample.apart:
        why = (
            "vejer 0,00 kr. eller mindre"
            if design.method == MONEY
            else "har en person, hvis tidligere sag er på listen"
        )
        console.print(f"{number(len(sample.apart), *what)} er holdt udenfor: {why}.")
    if told := unused(sample):
        console.print(told)
    if design.method == MONEY:
        console.print(
            f"Listen vejer {kroner(sample.total)} ({sample.weighed_by}); interval {kroner(sample.interval)}, start "
            f"{kroner(sample.start)}"
        )
    shares = f"tålelig {per_cent(design.tolerable)}, forventet {per_cent(design.expected)}"
    exact = "" if planned.hypergeometric is None else f"{planned.hypergeometric} (eksakt hypergeometrisk), "
    console.print(
        f"Planlagt størrelse, ensidet, {per_cent(design.confidence)} sikkerhed, {shares}: {exact}{planned.poisson} "
        "(Poisson)."
    )
    console.print()


def _again(sample: Sample, console: Console) -> None:
    console.print("Sådan udtages den igen", style="bold")
    console.print(f"Frø: {sample.design.seed}")
    console.print(f"Listens SHA-256: {sample.list_hash}")
    if sample.design.method == MONEY:
        console.print("Start = SHA-256 af »frø:start« modulo intervallet, plus 1 øre; listen er efter sag og fra-dato.")
    else:
        console.print("Listen ordnes efter SHA-256 af »frø:sag«, og de første i hvert stratum tages.")


def print_evaluation(report: Report, made: Evaluation, console: Console | None = None) -> None:
    """Print what the judged sample tells, and how our own run of the whole compares."""
    console = console or screen()
    _heading(report, "vurderet stikprøve", console)
    _facts(made.sample, console)
    confidence = per_cent(made.sample.design.confidence)
    by_money = made.sample.design.method == MONEY
    table = table_of("Stratum", "Udtaget", "Fejl", "Udgår", "Fejlprocent", "Mindst", "Højst", right=range(1, 7))
    for part in _parts(made):
        shares = [per_cent_of(float(share)) for share in part.share]
        table.add_row(part.name, whole(part.drawn), whole(part.wrong), whole(part.left), *shares)
    console.print("Andelen af kroner med fejl" if by_money else "Andelen af sager med fejl", style="bold")
    console.print(table)
    how = "Stringers grænser" if by_money else "Eksakte grænser (hypergeometriske)"
    console.print(f"{how}, tosidede: {confidence} sikkerhed, halvdelen af risikoen i hver ende.")
    console.print()
    table = table_of("Stratum", "Beløb", "Mindst", "Højst", right=(1, 2, 3))
    for part in _parts(made):
        table.add_row(part.name, *_kroner(part.oere))
    console.print("Beløbet, regnet op til hele listen", style="bold")
    console.print(table)
    console.print(f"Stringers grænser, tosidede, {confidence} sikkerhed.")
    if len(made.parts) > 1:
        console.print(
            "For alle strata under ét deler strataene risikoen, så grænserne holder, hvordan fejlene end ligger."
        )
    console.print()
    _whole(made, console)
    console.print()
    print_reservations(report, console)


def _parts(made: Evaluation) -> tuple[Part, ...]:
    return (*made.parts, made.total) if len(made.parts) > 1 else made.parts


def _kroner(bounded: Bounded) -> list[str]:
    return [kroner(half_up(*value.as_integer_ratio())) for value in bounded]


def _whole(made: Evaluation, console: Console) -> None:
    told = made.whole
    by_money = made.sample.design.method == MONEY
    what = ("udbetaling", "udbetalinger") if by_money else ("sag", "sager")
    share = f"({per_cent_of(float(told.share))}{' af beløbet på listen' if by_money else ''})"
    amount = f"i alt {kroner(told.oere)}"
    wrong = f"{number(told.wrong, *what)} med fejl af {whole(made.sample.population)}"
    console.print("Holdt op imod hele listen, som check ser den", style="bold")
    console.print(f"{wrong}, {amount} {share}" if by_money else f"{wrong} {share}, {amount}")
    console.print(f"Andelen ligger {_within(told.share_within)}, og beløbet {_within(told.oere_within)}.")
    drawn = len(made.sample.drawn)
    console.print(f"Af de udtagne er {told.agreed} af {drawn} bedømt ens.")
    for said, names in (("Kun check siger fejl", told.stricter), ("Kun bedømmeren siger fejl", told.milder)):
        if names:
            console.print(f"{said}: {', '.join(names)}.")
    console.print(f"Chancen for, at en stikprøve som denne ingen af fejlene havde fundet: {_chance(told.hidden)}.")
    if told.as_few is not None:
        console.print(f"Chancen for højst så mange fejl, som her er fundet: {_chance(told.as_few)}.")


def _within(inside: bool) -> str:
    return "inden for grænserne" if inside else "uden for grænserne"


def _chance(share: Fraction) -> str:
    if 0 < share < Fraction(1, 10_000):
        return "under 0,01 %"
    return f"{float(share) * 100:.2f} %".replace(".", ",")
