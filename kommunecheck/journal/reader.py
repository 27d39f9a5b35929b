"""A first, small reader: the plain sentences, and nothing that could be meant otherwise.

False evidence hides a loss and is worse than missed evidence. So a sentence counts only if it begins as a plain one
does, and if nothing in it denies, plans, doubts, asks, looks back or speaks of somebody else. A line break ends no
sentence, and neither does the full stop of an abbreviation.
"""

import re
from collections.abc import Iterator

from kommunecheck.domain.records import Reading
from kommunecheck.journal.words import ABBREVIATIONS, AREA_WORDS, UNCERTAIN_WORDS

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
    text = text.lower()
    if not _INTERESTING.search(text):
        return NOTHING
    placed, areas, job_seeker = None, False, False
    for sentence in _sentences(text.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")):
        if _UNCERTAIN.search(sentence):
            continue
        if match := _PLACED.search(sentence):
            placed = match[1]
        if match := _AREAS.search(sentence):
            areas = areas or _AREA.search(match[1]) is not None
        job_seeker = job_seeker or _JOB_SEEKER.search(sentence) is not None
    return Reading(placed, areas, job_seeker)


def _sentences(text: str) -> Iterator[str]:
    """The sentences, each on one line with single spaces and without its full stop; a question keeps its mark."""
    words: list[str] = []
    for word in text.split():
        words.append(word)
        if word[-1] in ".!?" and word not in ABBREVIATIONS:
            yield " ".join(words).rstrip(".!")
            words = []
    if words:
        yield " ".join(words)
