"""The revisor's commands: the reconciliation of what was claimed, and samples."""

import re
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from kommunecheck.commanding import (
    CUTOFF,
    FINDINGS,
    FORMAT,
    FROM,
    INCOMPLETE,
    PATH,
    TO,
    TODAY,
    Seed,
    checked,
    nearest,
    refuse_if_filled,
    write_files,
    writes,
)
from kommunecheck.domain.errors import UserError

OUTPUT = writes(".xlsx eller .json. Kan gentages")


@click.command(options_metavar="[VALG]", short_help="Afstem anmeldt refusion mod det, der kan anmeldes.")
@PATH
@CUTOFF
@OUTPUT
@FORMAT
def reconcile(path: Path | None, cutoff: date | None, output: tuple[Path, ...], shown: str) -> int:
    """Afstem den anmeldte og berigtigede refusion mod det, der kan anmeldes, udbetaling for udbetaling.

    STI er en mappe med tabeller eller en opsætningsfil. Alle udbetalinger afstemmes, og alle frister vurderes; perioden
    i opsætningen bruges ikke. -o afstemning.xlsx skriver afstemningen med formler, felter til x og en liste at bogføre
    efter.
    """
    from kommunecheck import app
    from kommunecheck.auditing import reconciliation_of
    from kommunecheck.reports.reconciliation import console, excel, json

    files = checked(output)
    report, made = reconciliation_of(path or nearest(), app.Options(cutoff=cutoff, compare=False))
    write = {".json": lambda: json.write(report, made), ".xlsx": lambda: excel.write(report, made)}
    write_files(files, write, report, path or nearest())
    if shown == "json":
        sys.stdout.buffer.write(json.write(report, made))
    else:
        console.print_reconciliation(report, made)
    if not report.run.complete:
        return INCOMPLETE
    bound = made.fail_on
    return FINDINGS if any(placed.severity.at_least(bound) for placed in made.findings) else 0


class Percent(click.ParamType[Fraction]):
    """A share in per cent, with a comma or a dot."""

    name = "procent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """The share. Fails with a sentence for what is none."""
        if isinstance(value, Fraction):
            return value
        match = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,6}))? ?%?", str(value).strip())
        if match is None or (share := Fraction(f"{match[1]}.{match[2] or 0}") / 100) > 1:
            self.fail("der ventes et tal fra 0 til 100, fx 5 eller 0,5", param, ctx)
        return share


class _Sampling(click.Group):
    """``sample STI`` draws: a first word that is no command is where the tables are."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["draw", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Sampling,
    options_metavar="[VALG]",
    subcommand_metavar="[draw] [STI] | evaluate FIL [STI]",
    short_help="Udtag en stikprøve, og regn en vurderet stikprøve op.",
)
def sample() -> None:
    """Udtag en stikprøve, og regn den op, når den er vurderet."""


@sample.command(options_metavar="[VALG]", short_help="Udtag en stikprøve, som enhver kan udtage igen.")
@PATH
@click.option(
    "--method",
    type=click.Choice(["directorate", "simple", "stratified", "money"]),
    default="directorate",
    show_default=True,
    help="Som direktoratet (ydelse og registrering), simpel tilfældig, stratificeret, eller efter kroner.",
)
@click.option(
    "--by", type=click.Choice(["team", "type", "category"]), help="Hvad en stratificeret stikprøve deles efter."
)
@click.option(
    "--size", type=click.IntRange(1, 1_000_000_000), metavar="ANTAL", help="Hvor mange. Standard: det, der er planlagt."
)
@click.option(
    "--seed", type=Seed(), default="1", show_default=True, metavar="TEKST", help="Samme frø giver samme stikprøve."
)
@click.option("--confidence", type=Percent(), default="95", show_default=True, help="Sikkerheden i procent.")
@click.option("--expected", type=Percent(), default="0", show_default=True, help="Ventet andel med fejl i procent.")
@click.option("--tolerable", type=Percent(), default="5", show_default=True, help="Tålelig andel med fejl i procent.")
@FROM
@TO
@CUTOFF
@OUTPUT
@FORMAT
def draw(
    path: Path | None,
    method: str,
    by: str | None,
    size: int | None,
    seed: str,
    confidence: Fraction,
    expected: Fraction,
    tolerable: Fraction,
    first: date | None,
    to: date | None,
    cutoff: date | None,
    output: tuple[Path, ...],
    shown: str,
) -> int:
    """Udtag en stikprøve af sagerne, eller af udbetalingerne efter kroner. Enhver kan udtage den samme med frøet.

    STI er en mappe med tabeller eller en opsætningsfil. -o stikproeve.xlsx skriver et regneark at vurdere den i. Når
    det er udfyldt: kommunecheck sample evaluate stikproeve.xlsx STI.
    """
    from kommunecheck import app
    from kommunecheck.auditing import sample_of
    from kommunecheck.domain.sampling import STRATIFIED, Design
    from kommunecheck.reports.sample import console, excel, json

    if (by is not None) != (method == STRATIFIED):
        raise UserError("--by hører til --method stratified, og den skal have det: --by team, type eller category.")
    if not 0 < confidence < 1 or not expected < tolerable:
        raise UserError("--confidence skal ligge mellem 0 og 100, og --expected skal være under --tolerable.")
    files = checked(output)
    refuse_if_filled(files)
    design = Design(method, by, seed, size, confidence, expected, tolerable)
    drawing = sample_of(path or nearest(), app.Options(first, to, cutoff, compare=False), design)
    report, drawn = drawing.report, drawing.sample
    write = {
        ".json": lambda: json.write_sample(report, drawn),
        ".xlsx": lambda: excel.write(report, drawn, drawing.known.strata),
    }
    write_files(files, write, report, path or nearest())
    if shown == "json":
        sys.stdout.buffer.write(json.write_sample(report, drawn))
    else:
        console.print_sample(report, drawn)
    return 0 if report.run.complete else INCOMPLETE


@sample.command("evaluate", options_metavar="[VALG]", short_help="Regn en vurderet stikprøve op.")
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@PATH
@TODAY
@writes(".json")
@FORMAT
def evaluate_sample(file: Path, path: Path | None, today: date | None, output: tuple[Path, ...], shown: str) -> int:
    """Regn en vurderet stikprøve op til hele listen, med grænser, og hold den op imod det, check finder.

    FIL er regnearket fra sample, udfyldt. STI er det samme udtræk, som stikprøven er udtaget af. Er noget galt med
    regnearket, bliver intet læst ind.
    """
    from kommunecheck.auditing import evaluation_of
    from kommunecheck.reports.sample import console, json
    from kommunecheck.setup import the_day_it_is

    files = checked(output, (".json",))
    report, made = evaluation_of(file, path or nearest(), today or the_day_it_is())
    write_files(files, {".json": lambda: json.write_evaluation(report, made)}, report, path or nearest())
    if shown == "json":
        sys.stdout.buffer.write(json.write_evaluation(report, made))
    else:
        console.print_evaluation(report, made)
    return 0 if report.run.complete else INCOMPLETE


COMMANDS: tuple[click.Command, ...] = (reconcile, sample)
"""What the command line adds."""
