"""The commands for workbooks that are sent out and come back: what persons judge, and what the directorate decided."""

import sys
from datetime import date
from pathlib import Path

import click

from kommunecheck.commanding import (
    CUTOFF,
    FORMAT,
    FROM,
    INCOMPLETE,
    PATH,
    TO,
    TODAY,
    checked,
    nearest,
    refuse_if_filled,
    write_files,
    writes,
)
from kommunecheck.domain.errors import UserError

FILE = click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
WORKBOOK = click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FIL",
    help="Regnearket, der skal udfyldes (.xlsx).",
)


@click.group(
    options_metavar="[VALG]",
    subcommand_metavar="draw [STI] -o FIL | read FIL [STI]",
    short_help="Lad en person vurdere det, ingen maskine kan.",
)
def assess() -> None:
    """Skriv en liste over det, en person skal vurdere, og læs den ind, når den er udfyldt.

    Det er tab efter skøn, tab, der hviler på notater, og særlige tilfælde. Vurderingerne gemmes i den fil, som
    [assessments] file i kommunecheck.toml siger, og rapporterne viser tallene efter dem ved siden af vores egne.
    """


@assess.command("draw", options_metavar="[VALG]", short_help="Skriv listen over det, der skal vurderes.")
@PATH
@FROM
@TO
@CUTOFF
@WORKBOOK
def draw_questions(path: Path | None, first: date | None, to: date | None, cutoff: date | None, output: Path) -> int:
    """Skriv listen over det, en person skal vurdere, som et regneark med felter at udfylde.

    STI er en mappe med tabeller eller en opsætningsfil. Når listen er udfyldt: kommunecheck assess read FIL STI.
    """
    from kommunecheck.assessing import questions_for
    from kommunecheck.reports.assessment import console, excel
    from kommunecheck.setup import Options

    files = checked((output,), (".xlsx",))
    refuse_if_filled(files)
    made = questions_for(path or nearest(), Options(first, to, cutoff, compare=False))
    write = {".xlsx": lambda: excel.write(made.report, made.asked, made.list_hash)}
    write_files(files, write, made.report, path or nearest())
    console.print_asked(made.report, made.asked)
    return 0 if made.report.run.complete else INCOMPLETE


@assess.command("read", options_metavar="[VALG]", short_help="Læs en udfyldt liste ind.")
@FILE
@PATH
@TODAY
def read_judgements(file: Path, path: Path | None, today: date | None) -> int:
    """Læs vurderingerne i en udfyldt liste ind i vurderingernes fil.

    FIL er regnearket fra assess draw. STI er det samme udtræk, som listen er skrevet af. Er noget galt med regnearket,
    bliver intet læst ind. Det, der er vurderet før, bliver stående i filen; den seneste vurdering gælder.
    """
    from kommunecheck.assessing import judgements_in
    from kommunecheck.reports.assessment import console
    from kommunecheck.setup import the_day_it_is
    from kommunecheck.writing import write_whole

    read = judgements_in(file, path or nearest(), today or the_day_it_is())
    if not read.file.parent.is_dir():
        raise UserError(f"[assessments] file: mappen, {read.file.name} skal ligge i, findes ikke. Lav den først.")
    write_whole(read.file, read.content)
    console.print_read(read.report, read.file.name, read.new, read.read)
    return 0 if read.report.run.complete else INCOMPLETE


@click.group(
    options_metavar="[VALG]",
    subcommand_metavar="draw [STI] -o FIL | read FIL [STI]",
    short_help="Efter tilsynet: hold direktoratets afgørelser op imod vores.",
)
def supervised() -> None:
    """Skriv et skema til direktoratets afgørelser, og hold dem op imod det, vores egen kontrol fandt."""


@supervised.command("draw", options_metavar="[VALG]", short_help="Skriv skemaet til direktoratets afgørelser.")
@PATH
@click.option(
    "--cases",
    "wanted",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Kun sagerne i denne tekstfil, én på hver linje. Standard: alle sager i tilsynet.",
)
@FROM
@TO
@CUTOFF
@WORKBOOK
def draw_form(
    path: Path | None, wanted: Path | None, first: date | None, to: date | None, cutoff: date | None, output: Path
) -> int:
    """Skriv et skema med en række for hver sag, til det, direktoratet afgjorde om den.

    STI er en mappe med tabeller eller en opsætningsfil. Når det er udfyldt: kommunecheck supervised read FIL STI.
    """
    from kommunecheck.after_supervision import form_for
    from kommunecheck.reports.decisions import console, excel
    from kommunecheck.setup import Options

    files = checked((output,), (".xlsx",))
    refuse_if_filled(files)
    made = form_for(path or nearest(), Options(first, to, cutoff, compare=False), wanted)
    write = {".xlsx": lambda: excel.write(made.report, made.cases, made.list_hash)}
    write_files(files, write, made.report, path or nearest())
    console.print_form(made.report, len(made.cases), output.name)
    return 0 if made.report.run.complete else INCOMPLETE


@supervised.command("read", options_metavar="[VALG]", short_help="Læs de udfyldte afgørelser, og sammenlign.")
@FILE
@PATH
@TODAY
@writes(".docx eller .json. Kan gentages")
@FORMAT
def read_decisions(file: Path, path: Path | None, today: date | None, output: tuple[Path, ...], shown: str) -> int:
    """Hold direktoratets afgørelser op imod vores: hvor vi er enige, hvem der var strengest, og hvad der er at lære.

    FIL er skemaet fra supervised draw, udfyldt. STI er udtrækket. De læsninger, der ville have passet bedst, er fundet
    ved at vurdere sagerne forfra. Er noget galt med skemaet, bliver intet læst ind.
    """
    from kommunecheck.after_supervision import comparison_of
    from kommunecheck.reports.decisions import console, json, word
    from kommunecheck.setup import the_day_it_is

    files = checked(output, (".docx", ".json"))
    report, made = comparison_of(file, path or nearest(), today or the_day_it_is())
    write = {".json": lambda: json.write(report, made), ".docx": lambda: word.write(report, made)}
    write_files(files, write, report, path or nearest())
    if shown == "json":
        sys.stdout.buffer.write(json.write(report, made))
    else:
        console.print_comparison(report, made)
    return 0 if report.run.complete else INCOMPLETE


COMMANDS: tuple[click.Command, ...] = (assess, supervised)
"""What the command line adds."""
