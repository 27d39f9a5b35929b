"""Notes on the screen: what was read in them, marked in the text, and how well labelled notes are read.

``print_notes`` shows note text, for the person who asked to see it. Nothing else does.
"""

import json
from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kommunecheck.domain.privacy import masked
from kommunecheck.domain.statement import KINDS, Evaluation, Kind, ReadNote, Statement
from kommunecheck.domain.wording import number, printable
from kommunecheck.reports.console import screen

NAMES: dict[Kind, str] = {
    "placed": "Matchkategori",
    "areas": "Opmærksomhedsområder",
    "jobseeker": "Arbejdssøgende",
}
"""What each kind of reading is called."""

_COUNTS, _REJECTED = "bold green", "strike red"


def print_notes(notes: Iterable[ReadNote], console: Console | None = None) -> None:
    """Every note with what was read in it in green and what was rejected in red, and why."""
    console = console or screen()
    for note in notes:
        console.print(note.name, style="bold")
        console.print(_marked(note), soft_wrap=True)
        for one in note.statements:
            sign, style = ("+", "green") if one.accepted else ("-", "red")
            console.print(f"  {sign} {NAMES[one.kind]} {one.value}: {one.reason}", style=style)
        if not note.statements:
            console.print("  Intet læst.", style="dim")
        console.print()


def _marked(note: ReadNote) -> Text:
    text = Text(printable(note.text))
    for one in sorted(note.statements, key=_accepted_last):
        text.stylize("underline", one.start, one.end)
        text.stylize(_COUNTS if one.accepted else _REJECTED, one.at, one.to)
    return text


def _accepted_last(statement: Statement) -> tuple[bool, int]:
    return statement.accepted, statement.at


def print_evaluation(evaluation: Evaluation, console: Console | None = None) -> None:
    """Precision, recall and F1 for each kind, and every note that was read otherwise, with the reasons."""
    console = console or screen()
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for heading in ("rigtige", "for meget", "overset", "præcision", "genkaldelse", "F1"):
        table.add_column(heading, justify="right")
    for kind in KINDS:
        score = evaluation.scores[kind]
        shares = (_share(one) for one in (score.precision, score.recall, score.f1))
        table.add_row(NAMES[kind], str(score.right), str(score.false), str(score.missed), *shares)
    console.print(f"{number(evaluation.notes, 'notat', 'notater')} læst.")
    console.print(table)
    for miss in evaluation.misses:
        expected, read = (", ".join(some) or "intet" for some in (miss.expected, miss.read))
        console.print(f"Notat {miss.number}, {NAMES[miss.kind].lower()}: skulle være {expected}, læst som {read}.")
        for reason in miss.reasons:
            console.print(f"  {masked(reason)}")


def _share(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")


def evaluation_as_json(evaluation: Evaluation) -> str:
    """The three shares of each kind, for programs."""
    scores = {
        kind: {"precision": round(score.precision, 6), "recall": round(score.recall, 6), "f1": round(score.f1, 6)}
        for kind, score in evaluation.scores.items()
    }
    return json.dumps(scores)
