"""What rules say of a note: each statement of a step with its reason, counted or rejected.

Rules and vocabulary follow section 6 of the contract. They know the plain cases and can say why; what the words around
weigh together (``weighing.py``) decides.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from kommunecheck.domain.statement import Statement
from kommunecheck.journal import areas, job_seeker, placement
from kommunecheck.journal.grovmatch import is_rough
from kommunecheck.journal.pieces import Piece, words_if_untelling
from kommunecheck.journal.quotations import quotations, quoted_in
from kommunecheck.journal.scope import REPORTED, Reason, Scene, headed, speaks_of_other, takes_back
from kommunecheck.journal.sentences import Sentence, sentences_of
from kommunecheck.journal.tokens import Token
from kommunecheck.journal.vocabulary import SPEAKS_OF, Vocabulary, Word

_SOME = SPEAKS_OF | areas.TRIGGERS | job_seeker.TRIGGERS


class Before(NamedTuple):
    """What of the text before a piece holds for it.

    A heading, whose quotation it stands in, whether the sentence before was of somebody else, a grovmatch told, the
    match named; whether the citizen is *han* or *hun*, which the sentences tell up to the first that names another.
    """

    heading: Reason | None = None
    quoted: Reason | None = None
    other: bool = False
    grov: bool = False
    topic: bool = False
    pronoun: str = ""
    others: bool = False

    def then(self, words: Sequence[Word | Token]) -> "Before":
        """What holds after a sentence that tells nothing of the steps."""
        first = words[0]
        pronoun = self.pronoun or (first.text if first.text in _PRONOUNS and not self.others else "")
        others = self.others or any("andre" in word.groups for word in words)
        return self._replace(other="andre" in first.groups, grov=False, pronoun=pronoun, others=others)


class Read(NamedTuple):
    """What was read in a piece; how much of what was said before it is taken back; and what holds for the next."""

    statements: tuple[Statement, ...]
    taken_back: int
    then: Before


def statements_of(text: str, vocabulary: Vocabulary, pieces: Iterable[Piece]) -> list[Statement]:
    """Everything that was read in a note, what proves nothing too, in the order of the text."""
    found: list[Statement] = []
    before = Before()
    quoted = quotations(text, vocabulary, REPORTED)
    for piece in pieces:
        if quoted:
            reason = quoted_in(quoted, piece.begin, piece.begin + len(piece.text))
            before = before._replace(quoted=Reason(*reason) if reason else None)
        read = _again if len(piece.text) <= _SEEN_AGAIN else _read
        said, taken_back, before = read(
            vocabulary, piece.text, piece.blank, piece.indent if "\n" in piece.text else 0, before
        )
        _take_back(found, taken_back)
        if said:
            at = piece.begin
            found += [
                one._replace(start=one.start + at, end=one.end + at, at=one.at + at, to=one.to + at) for one in said
            ]
    return found


def _take_back(found: list[Statement], count: int) -> None:
    """Reject the last statements."""
    for place in range(max(0, len(found) - count), len(found)):
        found[place] = found[place]._replace(accepted=False, reason=_TAKEN_BACK)


def _read(vocabulary: Vocabulary, text: str, blank: bool, indent: int, before: Before) -> Read:
    """Read a piece of a note."""
    if blank and (before.heading or before.other):
        before = before._replace(heading=None, other=False)
    words = words_if_untelling(text, vocabulary, before.topic)
    if words is not None:
        return Read((), 0, before.then(words))
    found: list[Statement] = []
    taken_back = 0
    for sentence in sentences_of(text, vocabulary, blank, indent):
        if sentence.after_blank:
            before = before._replace(heading=None, other=False)
        groups = frozenset().union(*[token.groups for token in sentence.tokens])
        first_word = sentence.tokens[0]
        if took := _ALL if "forkert_sag" in groups else int(takes_back(sentence.tokens)):
            taken_back = max(taken_back, took - len(found))
            _take_back(found, took)
        elif not (groups & _SOME or before.topic) and len(sentence.tokens) > _HEADING:
            before = before.then(sentence.tokens)
            continue
        another = first_word.text in _PRONOUNS and before.pronoun not in ("", first_word.text)
        other = another or (before.other and first_word.text in _GOES_ON)
        scene = Scene(sentence, before.quoted or before.heading, other, before.topic)
        found += placement.placements(scene, text, before.grov)
        if groups & areas.TRIGGERS:
            found += areas.areas(scene)
        if groups & job_seeker.TRIGGERS:
            found += job_seeker.registrations(scene, text)
        before = before.then(sentence.tokens)._replace(
            heading=_heading(scene, sentence, before.heading),
            other=speaks_of_other(scene),
            grov="grov" in groups and is_rough(scene),
            topic=before.topic or bool(groups & SPEAKS_OF),
        )
    return Read(tuple(found), taken_back, before)


_again = lru_cache(maxsize=1 << 15)(_read)
"""The same sentences stand in many notes."""
_SEEN_AGAIN = 400
"""Letters of the longest piece that is remembered."""
_HEADING = 6
"""Words of the longest heading."""
_TAKEN_BACK = "Afvist: taget tilbage i næste sætning"
_ALL = 1 << 30
"""Everything before: the note is another person's."""
_PRONOUNS = frozenset({"han", "hun"})
_GOES_ON = frozenset({"han", "hun", "denne", "vedkommende", "er", "bliver", "indplaceret", "indplaceres"})


def _heading(scene: Scene, sentence: Sentence, heading: Reason | None) -> Reason | None:
    """The heading that holds for the next line: this one, the one before it, or none if another began."""
    new = headed(scene)
    if new is not None:
        return new
    return None if sentence.alone and sentence.tokens[-1].text == ":" else heading
