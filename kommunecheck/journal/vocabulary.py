"""The words notes are read by: ``vocabulary.toml`` and a municipality's own, and what a written word stands for.

The words are data, so that a case worker can extend them. Typing errors are forgiven in the long words that matter
most, and nowhere else: a short word with another letter is often another word.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple, Protocol

from kommunecheck.domain.errors import UserError

_FORM = re.compile(r"\*?[^\W_][^\W_]+(?:[ .'’-]+[^\W_]+)*\.?\*?")
"""A word as it may be written: at least two letters, and a star first or last."""
LONGEST = 40
"""Letters of the longest word that is compared with others letter by letter."""

ONE_SLIP, TWO_SLIPS = 9, 12
"""Letters from which a word is known with one typing error, and with two."""

_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", ".": None, "-": None, "'": None, "’": None})


ANCHORS = frozenset({"match", "indplacering"})
"""A number right after such a word is a category."""
MATCH = ANCHORS | {"matchord"}
SPEAKS_OF = MATCH | {"kategoriord"}
"""A sentence with such a word speaks of the match."""
OF_THE_MATCH, _OF_A_STEP, _REGISTERS, _WITH = 4, 3, 2, 1
_ALONE = frozenset({OF_THE_MATCH, _OF_A_STEP})

TELLING = SPEAKS_OF | {
    "grov", "opm", "udslag", "fokus", "soegende", "fritaget", "tages_tilbage", "forkert_sag", "fjernes", "uafgjort",
}  # fmt: skip
"""The groups without any of which a sentence tells nothing of the steps."""


class Word(NamedTuple):
    """A written word in the form in which words are compared, and the groups it belongs to."""

    text: str
    groups: frozenset[str]


class Phrase(NamedTuple):
    """Words that mean something together: those after the first, and whether the last may go on."""

    rest: tuple[str, ...]
    open_end: bool
    groups: frozenset[str]


def fold(text: str) -> str:
    """A word as words are compared: small letters, ae for æ, no full stops or hyphens."""
    return text.lower().translate(_DANISH)


class Vocabulary:
    """The groups of words, ready to be asked; never changed after it is made."""

    def __init__(self, groups: Mapping[str, Sequence[str]], tolerant: Iterable[str], stops: Mapping[str, Any]) -> None:
        words: dict[str, set[str]] = {}
        for group, forms in groups.items():
            for form in forms:
                words.setdefault(" ".join(fold(part) for part in form.split()), set()).add(group)
        single = {form: frozenset(some) for form, some in words.items() if " " not in form}
        self._exact = {form: some for form, some in single.items() if "*" not in form}
        self._begins = {form[:-1]: some for form, some in single.items() if form.endswith("*")}
        self._ends = {form[1:]: some for form, some in single.items() if form.startswith("*")}
        self.phrases = _phrases({form: frozenset(some) for form, some in words.items() if " " in form})
        forgiving = frozenset(tolerant)
        self._tolerant: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for form, some in sorted(single.items()):
            known = form.strip("*")
            if some & forgiving and len(known) >= ONE_SLIP and not form.startswith("*"):
                self._tolerant.setdefault(known[0], []).append((known, some & forgiving))
        self.never_ends = frozenset(fold(form) for form in stops["altid"])
        self.seldom_ends = frozenset(fold(form) for form in stops["foer_smaat"])
        self.short = dict(stops["bogstaver"])
        self._parts = frozenset(
            max((part.rstrip("*") for part in form.split()), key=len)
            for form, some in words.items()
            if " " in form and some & TELLING
        )
        self.word = lru_cache(maxsize=1 << 16)(self._word)
        self.tells = lru_cache(maxsize=1 << 16)(self._tells)

    def _word(self, written: str) -> Word:
        text = fold(written)
        known = self._exact.get(text, frozenset()) | self._by_beginning(text) | self._by_end(text)
        return Word(text, known or self._with_slips(text))

    def _tells(self, written: str) -> int:
        """What a word can tell of, by itself or with another: see ``may_tell``."""
        if written == "af":
            return 0  # the preposition; where it is a name, the word before it tells
        parts = (written, *re.split(r"[.'’-]", written)) if not written.isalpha() else (written,)
        known = [self._word(part) for part in parts]
        groups = frozenset().union(*(word.groups for word in known))
        if groups & SPEAKS_OF:
            return OF_THE_MATCH
        if groups & TELLING or any(word.text in self._parts for word in known):
            return _OF_A_STEP
        return _REGISTERS if groups & {"registreret", "registrering"} else _WITH if "formidling" in groups else 0

    def may_tell(self, told: set[int]) -> bool:
        """Whether a sentence whose words tell of these things must be read."""
        return not told.isdisjoint(_ALONE) or (_REGISTERS in told and _WITH in told) or not told

    def _by_beginning(self, text: str) -> frozenset[str]:
        """The groups of all known beginnings of the word."""
        lengths = range(2, min(len(text), LONGEST) + 1)
        return frozenset().union(*(self._begins.get(text[:length], ()) for length in lengths))

    def _by_end(self, text: str) -> frozenset[str]:
        """The groups of all known ends of the word: Danish puts words together."""
        lengths = range(2, min(len(text), LONGEST))
        return frozenset().union(*(self._ends.get(text[-length:], ()) for length in lengths))

    def _with_slips(self, text: str) -> frozenset[str]:
        """The groups of a long word that was probably meant; endings after the known word are no slips."""
        if not ONE_SLIP - 1 <= len(text) <= LONGEST:
            return frozenset()
        for form, groups in self._tolerant.get(text[0], ()):
            slips = 2 if len(form) >= TWO_SLIPS else 1
            if len(text) >= len(form) - slips and slips_between(form, text) <= slips:
                return groups
        return frozenset()


def slips_between(form: str, text: str) -> int:
    """How many letters were left out, added, exchanged or swapped; what follows the known word does not count."""
    before, row = [0] * (len(form) + 1), list(range(len(form) + 1))
    best = row[-1]
    for place, letter in enumerate(text[: len(form) + 2], start=1):
        older, before, row = before, row, [place]
        for column, known in enumerate(form, start=1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != known))
            if place > 1 and column > 1 and letter == form[column - 2] and text[place - 2] == known:
                cost = min(cost, older[column - 2] + 1)
            row.append(cost)
        best = min(best, row[-1])
    return best


def _phrases(words: Mapping[str, frozenset[str]]) -> dict[str, tuple[Phrase, ...]]:
    """The phrases by their first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for form, groups in words.items():
        first, *rest = form.split()
        open_end = rest[-1].endswith("*")
        rest[-1] = rest[-1].removesuffix("*")
        found.setdefault(first, []).append(Phrase(tuple(rest), open_end, groups))
    return {first: tuple(sorted(some, key=lambda one: (-len(one.rest), one.rest))) for first, some in found.items()}


def _records() -> dict[str, Any]:
    return tomllib.loads((files("kommunecheck.journal") / "vocabulary.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def our_own() -> Vocabulary:
    """The vocabulary as it is shipped."""
    records = _records()
    return Vocabulary(records["ord"], records["tastefejl"]["grupper"], records["forkortelser"])


def with_words(words: Mapping[str, Sequence[str]]) -> Vocabulary:
    """The vocabulary with a municipality's own words. Raises ``UserError`` for a group that there is not."""
    if not words:
        return our_own()
    records = _records()
    for group in words:
        if group not in records["ord"]:
            near = difflib.get_close_matches(group, records["ord"], n=1, cutoff=0.5)
            meant = f" Mente du »{near[0]}«?" if near else f" Der er: {', '.join(records['ord'])}."
            raise UserError(f"[journal] words: gruppen findes ikke.{meant}")
        for form in words[group]:
            if not _FORM.fullmatch(form):
                raise UserError(
                    f"[journal] words, {group}: ord nr. {list(words[group]).index(form) + 1} kan ikke bruges. Skriv "
                    "bogstaver, med en stjerne sidst for alle endelser: visitgruppe*."
                )
    groups = {group: [*forms, *words.get(group, ())] for group, forms in records["ord"].items()}
    return Vocabulary(groups, records["tastefejl"]["grupper"], records["forkortelser"])


class Written(Protocol):
    """A word in the form in which words are compared."""

    @property
    def text(self) -> str:
        """The word."""


def with_phrases(
    words: Sequence[Written], phrases: Mapping[str, tuple[Phrase, ...]]
) -> Iterator[tuple[int, Word | None]]:
    """How many words belong together at each place, and what they mean together; ``None`` for one by itself."""
    at, count = 0, len(words)
    while at < count:
        length, word = 1, None
        for phrase in phrases.get(words[at].text, ()) if at + 1 < count else ():
            if words[at + 1].text.startswith(phrase.rest[0]) and _stands_at(phrase, words, at + 1):
                length = 1 + len(phrase.rest)
                word = Word(" ".join((words[at].text, *phrase.rest)), phrase.groups)
                break
        yield length, word
        at += length


def _stands_at(phrase: Phrase, words: Sequence[Written], at: int) -> bool:
    there = words[at : at + len(phrase.rest)]
    if len(there) < len(phrase.rest):
        return False
    last = there[-1].text.startswith(phrase.rest[-1]) if phrase.open_end else there[-1].text == phrase.rest[-1]
    return last and all(word.text == part for word, part in zip(there[:-1], phrase.rest, strict=False))
