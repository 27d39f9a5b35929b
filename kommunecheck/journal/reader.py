"""A first, small reader: the plain sentences, and nothing that could be meant otherwise.

False evidence hides a loss and is worse than missed evidence. So a sentence counts only if it begins as a plain one
does, and if nothing in it denies, plans, doubts, asks, looks back or speaks of somebody else. The full stop of an
abbreviation ends no sentence. A line break does where a statement that proves something stands above it and one that
begins with a capital below: a line alone can also be a heading ("Mål") that the next one falls under.
"""

import re
from collections.abc import Iterator

from kommunecheck.domain.records import Reading
from kommunecheck.journal.words import ABBREVIATIONS, AREA_WORDS, READS_ON, UNCERTAIN_WORDS

_BEGINS = (
    r"^(?:(?:borgeren|borger|hun|han|vedkommende) )?(?:(?:er|bliver|blev i dag) )?(?:(?:i dag|nu|fortsat|stadig) )?"
    r"|^(?:i dag|nu|efter drøftelse|ved samtalen|ved dagens samtale) (?:er|bliver|blev) (?:borgeren|hun|han) "
)
"""How a plain sentence about this citizen begins, up to the word that matters."""

_PLACED = re.compile(rf"(?:{_BEGINS})indplaceret i match(?:kategori|gruppe)? ([1-5])(?!\d)([^\d/]*)$")
_AREAS = re.compile(r"^opmærksomheds(?:område|områder|punkt|punkter): ?(.+)")
_JOB_SEEKER = re.compile(rf"(?:{_BEGINS})registreret som (?:arbejds|job)søgende\b")
_UNCERTAIN = re.compile(r"\b(?:" + "|".join(UNCERTAIN_WORDS) + r")\b|\bgrov[ -]?match|\?")
_AREA = re.compile("|".join(AREA_WORDS))
_INTERESTING = re.compile(r"match|opm(?:æ|ae)rksomheds|s(?:ø|oe)gende")

NOTHING = Reading(None, areas=False, job_seeker=False)


def read_note(text: str) -> Reading:
    """What a note says of the three steps. Of several placements the last one counts."""
    if not _INTERESTING.search(text.lower()):
        return NOTHING
    placed, areas, job_seeker = None, False, False
    for sentence in _sentences(text):
        said = ""
        for statement in map(_plain, sentence):
            said = f"{said} {statement}"
            if _UNCERTAIN.search(said):
                break
            placement, named = _PLACED.search(statement), _AREAS.search(statement)
            registered = _JOB_SEEKER.search(statement)
            if not (placement or named or registered):
                break
            placed = placement[1] if placement else placed
            areas = areas or (named is not None and _AREA.search(named[1]) is not None)
            job_seeker = job_seeker or registered is not None
    return Reading(placed, areas, job_seeker)


def _plain(statement: str) -> str:
    return statement.lower().replace("ae", "æ").replace("oe", "ø").replace("aa", "å").rstrip(".!")


def _sentences(text: str) -> Iterator[list[str]]:
    """The sentences, each as the statements that line breaks divide it into, on one line with single spaces."""
    statements: list[list[str]] = [[]]
    for line in text.split("\n"):
        words = line.split()
        if statements[-1] and words and _begins_statement(line, words[0], statements[-1][-1]):
            statements.append([])
        for word in words:
            statements[-1].append(word)
            if word[-1] in ".!?" and word.lower() not in ABBREVIATIONS:
                yield [" ".join(words) for words in statements]
                statements = [[]]
    if statements[-1]:
        yield [" ".join(words) for words in statements]


def _begins_statement(line: str, first: str, last: str) -> bool:
    """Whether a line can begin a statement of its own, by its first word and the last one above it."""
    if line.isupper() or not first[0].isupper() or last[-1] in ",:;-–/(":
        return False
    return not _plain(first).startswith(READS_ON)
