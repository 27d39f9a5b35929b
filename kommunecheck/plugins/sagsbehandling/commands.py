"""``kommunecheck review``: draw cases to review, and take the answers back."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommunecheck.commanding import CUTOFF, FROM, INCOMPLETE, PATH, TO, nearest
from kommunecheck.domain.errors import UserError

if TYPE_CHECKING:
    from kommunecheck.domain.report import Report
    from kommunecheck.plugins.sagsbehandling.course import Course
    from kommunecheck.plugins.sagsbehandling.judging import Found
    from kommunecheck.plugins.sagsbehandling.review import Count


@click.group(
    options_metavar="[VALG]",
    subcommand_metavar="draw [STI] | read FIL [STI]",
    short_help="Gennemgå afgjorte sager for det, intet udtræk viser.",
)
def review() -> None:
    """Gennemgå nogle af de afgjorte ansøgninger for de garantier, som intet udtræk viser."""


@review.command(options_metavar="[VALG]", short_help="Udtag sager, og skriv et regneark at gennemgå dem i.")
@PATH
@click.option(
    "--n",
    "size",
    type=click.IntRange(1, 1000),
    default=5,
    show_default=True,
    metavar="ANTAL",
    help="Sager i hver målgruppe og enhed.",
)
@click.option("--seed", default="1", show_default=True, metavar="TEKST", help="Samme frø giver samme sager.")
@FROM
@TO
@CUTOFF
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FIL",
    help="Regnearket, .xlsx.",
)
def draw(
    path: Path | None, size: int, seed: str, first: date | None, to: date | None, cutoff: date | None, output: Path
) -> int:
    """Udtag ANTAL afgjorte ansøgninger i hver målgruppe og enhed, og skriv et regneark at gennemgå dem i.

    STI er en mappe med tabeller eller en opsætningsfil. Når alle rækker er besvaret: kommunecheck review read FIL STI.
    """
    from kommunecheck.commanding import checked, refuse_if_filled, write_files
    from kommunecheck.plugins.sagsbehandling import form
    from kommunecheck.plugins.sagsbehandling.review import draw as draw_cases

    (file,) = checked((output,), (".xlsx",))
    refuse_if_filled((file,))
    if not form.keeps(seed):
        raise UserError("--seed: frøet kan ikke stå i et regneark. Skriv bogstaver eller tal uden blanktegn om.")
    report, found = _judged(path or nearest(), first, to, cutoff)
    drawn = draw_cases(_decided(found), size, seed)
    if not drawn.courses:
        raise UserError("Ingen ansøgninger er afgjort i perioden. Vælg en anden periode med --from og --to.")
    write_files((file,), {".xlsx": lambda: form.write(report.run, drawn, seed, size)}, report, path or nearest())
    click.echo(f"Udtaget {len(drawn.courses)} af {sum(of for *_, of, _ in drawn.strata)} afgjorte ansøgninger.")
    return 0 if report.run.complete else INCOMPLETE


@review.command(options_metavar="[VALG]", short_help="Tag svarene tilbage, og tæl dem.")
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path))
@PATH
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FIL",
    help="Gem svarene, .json, til rapporten.",
)
def read(file: Path, path: Path | None, output: Path | None) -> int:
    """Tag svarene tilbage fra et udfyldt regneark, tæl dem, og gem dem til rapporten.

    FIL er regnearket fra review draw, udfyldt. STI er det samme udtræk. Er noget galt med regnearket, bliver intet læst
    ind. -o gennemgang.json gemmer svarene; nævn filen i kommunecheck.toml under [sagsbehandling]: review =
    "gennemgang.json".
    """
    from kommunecheck.commanding import checked, write_files
    from kommunecheck.plugins.sagsbehandling import form
    from kommunecheck.plugins.sagsbehandling.review import Review, kept
    from kommunecheck.plugins.sagsbehandling.review import draw as draw_cases

    files = checked(() if output is None else (output,), (".json",))
    asked = form.asked(file)
    report, found = _judged(path or nearest(), asked.first, asked.to, asked.cutoff)
    drawn = draw_cases(_decided(found), asked.n, asked.seed)
    if drawn.list_hash != asked.list_hash:
        raise UserError(
            f"{file.name}: sagerne er udtaget af en anden liste. Brug det samme udtræk og den samme opsætning, som "
            "da de blev udtaget."
        )
    dates = asked.first, asked.to, asked.cutoff
    content = kept(form.answers(file, drawn), drawn, dates, asked.seed, asked.n)
    write_files(files, {".json": lambda: content}, report, path or nearest(), renews="[sagsbehandling] review")
    made = Review.model_validate_json(content)
    click.echo(f"Gennemgang af {made.cases} sager.")
    for one in made.counts(lambda _: None):
        click.echo(_line(one))
    return 0 if report.run.complete else INCOMPLETE


def _line(one: "Count") -> str:
    from kommunecheck.plugins.sagsbehandling.review import ANSWERS

    said = ", ".join(f"{answer} {number}" for answer, number in zip(ANSWERS, one.numbers, strict=True))
    return f"{one.safeguard}: {said}"


def _judged(path: Path, first: date | None, to: date | None, cutoff: date | None) -> "tuple[Report, Found]":
    """The run, and what the supervision found. Raises ``UserError`` where it did not run."""
    from kommunecheck import app
    from kommunecheck.plugins.sagsbehandling.judging import NAME, Found

    report = app.check(path, app.Options(first, to, cutoff, compare=False))
    found = next((one.beside for one in report.supervisions if one.name == NAME), None)
    if not isinstance(found, Found) or not found.courses:
        raise UserError("En gennemgang kræver tabellen ansoegninger. Læg den i mappen, og kør igen.")
    return report, found


def _decided(found: "Found") -> "list[Course]":
    from kommunecheck.plugins.sagsbehandling.course import decided

    return decided(found.courses, *found.window)
