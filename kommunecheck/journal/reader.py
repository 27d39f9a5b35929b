"""A first, small reader: the plain sentences, and nothing that could be meant otherwise.

False evidence hides a loss and is worse than missed evidence. So a sentence that denies, plans, doubts, asks, looks
back or speaks of somebody else proves nothing, and neither does one with a grovmatch in it.
"""

import re

from kommunecheck.domain.records import Reading
from kommunecheck.journal.words import AREA_WORDS, UNCERTAIN_WORDS

_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]?")
_PLACED = re.compile(r"\bindplaceret i match(?:kategori|gruppe)? ([1-5])\b(?! ?(?:[-/–]|eller|og|til) ?\d)")
_AREAS = re.compile(r"\bopmærksomheds(?:område|områder|punkt|punkter): ?(.+)")
_JOB_SEEKER = re.compile(r"\bregistreret som (?:arbejds|job)søgende\b")
_UNCERTAIN = re.compile(r"\b(?:" + "|".join(UNCERTAIN_WORDS) + r")\b")
_AREA = re.compile("|".join(AREA_WORDS))
_INTERESTING = re.compile(r"match|opm(?:æ|ae)rksomheds|s(?:ø|oe)gende")

NOTHING = Reading(None, areas=False, job_seeker=False)


def read_note(text: str) -> Reading:
    """What a note says of the three steps. Of several placements the last one counts."""
    text = text.lower()
    if not _INTERESTING.search(text):
        return NOTHING
    text = text.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")
    placed, areas, job_seeker = None, False, False
    for sentence in _SENTENCE.findall(text):
        if sentence.endswith("?") or "grovmatch" in sentence or _UNCERTAIN.search(sentence):
            continue
        for match in _PLACED.finditer(sentence):
            placed = match[1]
        named = _AREAS.search(sentence)
        areas = areas or bool(named and _AREA.search(named[1]))
        job_seeker = job_seeker or bool(_JOB_SEEKER.search(sentence))
    return Reading(placed, areas, job_seeker)
