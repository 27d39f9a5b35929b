"""What a note quotes: what is said of the words before a quotation holds for all sentences in it."""

import re
from collections import deque
from typing import NamedTuple

from kommunecheck.journal.vocabulary import Vocabulary

_QUOTED = re.compile(
    r"\"[^\"]+\"|”[^”]+”|“[^”“]+[”“]|»[^«»]+«|«[^«»]+»|„[^“„]+“|(?<!\w)'(?=\w)[^']+'(?!\w)|(?<!\w)´(?=\w)[^´]+´"
)
_MARK = re.compile("[\"”“„»«´']")
_GOES_ON = re.compile(r"[.!?\n]\s+\S")
_AHEAD = 160
"""Letters before a quotation in which it is said whose it is."""
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-ZÆØÅ])|\n")
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")


class Quotation(NamedTuple):
    """A quotation that goes on over the end of a sentence, and the group and the word that say whose or when it is."""

    start: int
    end: int
    group: str
    word: str


def quotations(text: str, vocabulary: Vocabulary, groups: frozenset[str]) -> deque[Quotation]:
    """The quotations of a text that something in ``groups`` is said of, in order."""
    found: deque[Quotation] = deque()
    if not _MARK.search(text):
        return found
    for quoted in _QUOTED.finditer(text):
        if not _GOES_ON.search(quoted[0]):
            continue
        before = _SENTENCE.split(text[max(0, quoted.start() - _AHEAD) : quoted.start()])[-1]
        for written in _WORD.findall(before):
            word = vocabulary.word(written)
            if word.groups & groups:
                found.append(Quotation(*quoted.span(), min(word.groups & groups), word.text))
                break
    return found


def quoted_in(quoted: deque[Quotation], begin: int, end: int) -> tuple[str, str] | None:
    """What is said of the quotation that stands at least in part between two places; those before are forgotten."""
    while quoted and quoted[0].end <= begin:
        quoted.popleft()
    return (quoted[0].group, quoted[0].word) if quoted and quoted[0].start < end else None
