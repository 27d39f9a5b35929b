"""``kommunecheck raadighed draw``: cases the directorate could ask for, drawn so that anybody can draw them again."""

from datetime import date
from pathlib import Path

import click

from kommunecheck.commanding import CUTOFF, FROM, INCOMPLETE, PATH, TO, Day, Seed, checked, nearest, write_files, writes
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.wording import number


@click.group(options_metavar="[VALG]", subcommand_metavar="draw [STI]", short_help="Udtag sager til rådighedstilsynet.")
def raadighed() -> None:
    """Udtag sager, som direktoratet kan: til central stikprøvekontrol, et tilsynsbesøg eller en spotundersøgelse."""


@raadighed.command(options_metavar="[VALG]", short_help="Udtag sager, som enhver kan udtage igen.")
@PATH
@click.option(
    "--for",
    "way",
    type=click.Choice(["central", "visit", "spot"]),
    default="central",
    show_default=True,
    help="Central stikprøvekontrol (§ 6), tilsynsbesøg (§ 8) eller spotundersøgelse (§ 10).",
)
@click.option(
    "--size",
    type=click.IntRange(1, 1_000_000_000),
    default=20,
    show_default=True,
    metavar="ANTAL",
    help="Hvor mange sager.",
)
@click.option(
    "--seed", type=Seed(), default="1", show_default=True, metavar="TEKST", help="Samme frø giver samme sager."
)
@click.option("--day", type=Day(), help="Dagen, kommunen bliver bedt om sagerne, eller dagen for besøget.")
@FROM
@TO
@CUTOFF
@writes(".xlsx eller .json. Kan gentages")
def draw(
    path: Path | None,
    way: str,
    size: int,
    seed: str,
    day: date | None,
    first: date | None,
    to: date | None,
    cutoff: date | None,
    output: tuple[Path, ...],
) -> int:
    """Udtag sager til rådighedstilsynet blandt dem, direktoratet kan udtage. Enhver kan udtage de samme med frøet.

    STI er en mappe med tabeller eller en opsætningsfil. Sager i ankesystemet udgår og står på en liste over dem,
    direktoratet skal have besked om. -o sagsliste.xlsx skriver listen, varsel og frister.
    """
    from kommunecheck import app
    from kommunecheck.plugins.raadighed import drawn
    from kommunecheck.plugins.raadighed.account import Account
    from kommunecheck.plugins.raadighed.sample import Way
    from kommunecheck.plugins.raadighed.sample import draw as draw_cases

    if day is not None and day.year == date.max.year:
        raise UserError("--day ligger så sent, at fristerne ikke kan regnes ud. Skriv en tidligere dag.")
    files = checked(output)
    where = path or nearest()
    report = app.check(where, app.Options(first, to, cutoff, compare=False))
    account = next((one.beside for one in report.supervisions if one.name == "raadighed"), None)
    if "haendelser" not in {one.table for one in report.run.sources.values()}:
        raise UserError("Der er ingen hændelser at udtage sager efter. Læg tabellen haendelser i mappen, og kør igen.")
    if not isinstance(account, Account):
        raise UserError("Rådighedstilsynet er ikke kørt, så der er ingen sager at udtage. Se kommunecheck check.")
    if not account.drawable:
        raise UserError(_none(len(account.unknown)))
    sample = draw_cases(account, Way(way), size, seed, None if day is None else day.toordinal())
    write = {".json": lambda: drawn.as_json(report, sample), ".xlsx": lambda: drawn.as_workbook(report, sample)}
    write_files(files, write, report, where)
    for line in drawn.as_text(report, sample):
        click.echo(line)
    return 0 if report.run.complete else INCOMPLETE


def _none(unknown: int) -> str:
    """Why there is no case to draw: none is registered, or of ``unknown`` cases it cannot be told."""
    said = (
        "Ingen sag kan udtages: ingen borger i målgruppen med en hændelse i perioden er registreret som arbejdssøgende"
    )
    if not unknown:
        return f"{said}."
    return f"{said}, så vidt det kan ses. I {number(unknown, 'sag', 'sager')} er det uvist."
