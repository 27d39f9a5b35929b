"""The commands that write to the directorate: the material it asks for, and a draft answer to its hearing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommunecheck.commanding import CUTOFF, FROM, INCOMPLETE, TO, Day
from kommunecheck.domain.days import day_of, with_weekday
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.wording import number

if TYPE_CHECKING:
    from kommunecheck.domain.report import Report
    from kommunecheck.law.answering import AnswerBy
    from kommunecheck.law.material import Dossier

RECEIVED = click.option(
    "--received",
    type=Day(),
    metavar="DATO",
    help="Den dag, direktoratets brev kom. Fristen regnes fra den. Skal angives.",
)
WORD = ".docx"


@click.command(options_metavar="[VALG]", short_help="Saml det materiale, direktoratet kan bede om (§ 4).")
@click.argument("words", metavar="[SAG ...] STI", nargs=-1, required=True)
@click.option(
    "--drawn",
    metavar="FIL",
    type=click.Path(path_type=Path),
    help="Stikprøven fra sample (.xlsx, .json) i stedet for sager.",
)
@RECEIVED
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="MAPPE",
    help="Mappen, der skal laves; ved én sag også FIL.docx.",
)
@FROM
@TO
@CUTOFF
def dossier(
    words: tuple[str, ...],
    drawn: Path | None,
    received: date | None,
    output: Path,
    first: date | None,
    to: date | None,
    cutoff: date | None,
) -> int:
    """Saml de seks oplysninger i § 4, stk. 2, om hver kontaktsamtale i perioden, med kilde og det, der mangler.

    SAG er sagernes numre, og STI er mappen eller opsætningsfilen, de findes i. I mappen efter -o lægges et
    Word-dokument for hver sag og en oversigt. Af notaterne gengives kun de sætninger, en oplysning hviler på.
    """
    from kommunecheck.documenting import drawn_in, material_for
    from kommunecheck.setup import Options

    *sag_ids, path = words
    if bool(sag_ids) == (drawn is not None):
        raise UserError(
            "Skriv sagerne og til sidst mappen med tabellerne, fx kommunecheck dossier 1234 udtræk, eller en stikprøve "
            "med --drawn og kun mappen."
        )
    by = _answer_by(received)
    _refuse_place(output)
    options = Options(first, to, cutoff, compare=False)
    if drawn is not None:
        sample = drawn_in(drawn)
        sag_ids = list(sample.sag_ids)
        options = Options(first or sample.first, to or sample.to, cutoff or sample.cutoff, compare=False)
    if output.suffix.lower() == WORD and len(sag_ids) > 1:
        raise UserError(f"-o {output.name}: {len(sag_ids)} sager skal i en mappe. Skriv en mappe i stedet for en fil.")
    report, dossiers = material_for(Path(path), options, sag_ids)
    _write_material(output, report, dossiers, by)
    missing = sum(one.missing for one in dossiers)
    cases = number(len(dossiers), "sag", "sager")
    told = f"{number(missing, 'oplysning', 'oplysninger')} mangler" if missing else "ingen oplysning mangler"
    click.echo(f"Skrev {output.name}: {cases}, {told}. Send senest {with_weekday(by.send)}.")
    return 0 if report.run.complete else INCOMPLETE


def _write_material(output: Path, report: "Report", dossiers: Sequence["Dossier"], by: "AnswerBy") -> None:
    """One document, or a folder with one for each case and an index; whole or not at all."""
    from kommunecheck.ports import Pages
    from kommunecheck.reports.word.material import INDEX, case_document, case_files, index_document
    from kommunecheck.writing import Output, write_folder, write_whole

    if output.suffix.lower() == WORD:
        write_whole(output, case_document(report, dossiers[0], by))
        return
    files = [
        Output(output / name, Pages((case_document(report, one, by),), ()))
        for name, one in zip(case_files(dossiers), dossiers, strict=True)
    ]
    write_folder(output, files, lambda: (INDEX, index_document(report, dossiers, by)))


@click.command(options_metavar="[VALG]", short_help="Skriv et udkast til svar på en høring (§ 6).")
@click.argument("sag_id", metavar="SAG")
@click.argument("path", metavar="STI", type=click.Path(path_type=Path))
@RECEIVED
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FIL.docx",
    help="Dokumentet, der skal skrives.",
)
@FROM
@TO
@CUTOFF
def hearing(
    sag_id: str,
    path: Path,
    received: date | None,
    output: Path,
    first: date | None,
    to: date | None,
    cutoff: date | None,
) -> int:
    """Skriv et udkast til svar, når direktoratet hører kommunen om en sag: forløb, beløb, undtagelser og forslag.

    SAG er sagens nummer, og STI er mappen eller opsætningsfilen, den findes i. Udkastet har gule felter, en
    medarbejder udfylder, og siger ikke mere, end registreringerne viser.
    """
    from kommunecheck.documenting import hearing_for
    from kommunecheck.reports.word.hearing import hearing_document
    from kommunecheck.setup import Options
    from kommunecheck.writing import write_whole

    if output.suffix.lower() != WORD:
        raise UserError(f"-o {output.name}: udkastet skrives som Word. Lad filens navn ende på {WORD}.")
    by = _answer_by(received)
    _refuse_place(output)
    report, case, made = hearing_for(path, Options(first, to, cutoff, compare=False), sag_id)
    write_whole(output, hearing_document(report, case, made, by))
    click.echo(f"Skrev udkastet {output.name}. Svar senest {with_weekday(by.send)}.")
    return 0 if report.run.complete else INCOMPLETE


def _answer_by(received: date | None) -> "AnswerBy":
    """The deadline. Raises ``UserError`` where nobody says from which day it runs."""
    from kommunecheck.law.answering import ANSWER_DAYS, answer_by

    if received is None:
        raise UserError(
            f"Skriv, hvilken dag direktoratets brev kom, fx --received 2008-03-14. Fristen på {ANSWER_DAYS} dage "
            "regnes fra den."
        )
    if received.year == date.max.year:
        raise UserError("--received: dagen ligger for langt ude i fremtiden.")
    return answer_by(day_of(received))


def _refuse_place(output: Path) -> None:
    """Raises ``UserError`` where there is something already: somebody may have written on in it."""
    if not output.absolute().parent.is_dir():
        raise UserError(f"-o {output.name}: mappen, den skal ligge i, findes ikke. Lav den først.")
    if output.exists() or output.is_symlink():
        raise UserError(
            f"-o {output.name}: der er allerede noget med det navn, og der kan være skrevet videre i det. Vælg et "
            "andet navn."
        )


COMMANDS: tuple[click.Command, ...] = (dossier, hearing)
"""What the command line adds."""
