"""The note that a step rests on where the register does not show it: which it is, and what was read in it."""

from kommunecheck.domain.case import Case, Lapse
from kommunecheck.domain.days import danish
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.records import Note
from kommunecheck.law.steps import STEP_NAMES


def proving_note(case: Case, lapse: Lapse) -> Note | None:
    """The first note that says the step was done, in the order in which the steps are judged."""
    held = lapse.interview.held_on
    said = [
        note
        for note in case.notes
        if held <= note.dato <= case.last and note.day <= case.cutoff and _says(note, lapse.step)
    ]
    return min(said, key=lambda note: _order(note, lapse), default=None)


def _order(note: Note, lapse: Lapse) -> tuple[bool, int, str, str]:
    return (note.day > lapse.limit, note.day, note.notat_id or "", note.placed or "")


def _says(note: Note, step: int) -> bool:
    return bool((note.placed, note.areas, note.job_seeker)[step - 1])


def read_in(note: Note, step: int) -> Evidence:
    """Where the note stands, and its sentence only where the configuration asks for it."""
    return Evidence(note.source, note.row, "tekst", quote=note.quotes[step - 1] if note.quotes else None)


def told(note: Note, step: int) -> str:
    """In Danish, what was read in the note."""
    read = f"matchkategori {note.placed}" if step == 1 else STEP_NAMES[step]
    return f"Notatet {danish(note.dato)} er læst sådan: {read}."
