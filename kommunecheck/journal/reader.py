"""A note to what it says of the steps at an interview, each reading with its sentence and its reason.

Rules and vocabulary follow section 6 of the contract: false evidence hides a loss and is worse than missed evidence.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kommunecheck.domain.records import QuotedReading, Reading
from kommunecheck.domain.statement import KINDS, Kind, Statement
from kommunecheck.journal import areas, job_seeker, placement
from kommunecheck.journal.grovmatch import is_rough
from kommunecheck.journal.pieces import pieces_of, words_if_untelling
from kommunecheck.journal.quotations import quotations, quoted_in
from kommunecheck.journal.scope import REPORTED, Reason, Scene, headed, speaks_of_other, takes_back
from kommunecheck.journal.sentences import Sentence, sentences_of
from kommunecheck.journal.tokens import Token
from kommunecheck.journal.vocabulary import SPEAKS_OF, Vocabulary, Word, our_own

NOTHING = Reading(None, areas=False, job_seeker=False)

_QUOTED = 300
"""Letters of a sentence that are quoted."""
_SOME = SPEAKS_OF | areas.TRIGGERS | job_seeker.TRIGGERS


def read_note(text: str, vocabulary: Vocabulary | None = None) -> Reading:
    """What a note says of the three steps, and no more."""
    said = statements_of(text, vocabulary)
    if not said:
        return NOTHING
    kinds = {one.kind for one in said if one.accepted}
    return Reading(placed_by(said), areas="areas" in kinds, job_seeker="jobseeker" in kinds)


def quote_note(text: str, vocabulary: Vocabulary | None = None) -> QuotedReading:
    """What a note says of the three steps, each with the sentence it rests on."""
    said = statements_of(text, vocabulary)
    placed, *others = (_placing(said), *(_first(said, kind) for kind in KINDS[1:]))
    quotes = tuple(one and _shortened(text[one.start : one.end]) for one in (placed, *others))
    return QuotedReading(placed and placed.value, others[0] is not None, others[1] is not None, quotes)


def _shortened(sentence: str) -> str:
    plain = " ".join(sentence.split())
    return plain if len(plain) <= _QUOTED else f"{plain[:_QUOTED]} ..."


def _first(statements: list[Statement], kind: Kind) -> Statement | None:
    return next((one for one in statements if one.kind == kind and one.accepted), None)


def _placing(statements: list[Statement]) -> Statement | None:
    """The placement that counts: the last correction, else the last of all."""
    placing = [one for one in statements if one.kind == "placed" and one.accepted]
    corrections = [one for one in placing if one.correction]
    return (corrections or placing)[-1] if placing else None


def placed_by(statements: list[Statement]) -> str | None:
    """The category the statements place in: that of the last correction, else of the last placement."""
    placing = _placing(statements)
    return placing and placing.value


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


def statements_of(text: str, vocabulary: Vocabulary | None = None) -> list[Statement]:
    """Everything that was read in a note, what proves nothing too, in the order of the text."""
    vocabulary = vocabulary or our_own()
    found: list[Statement] = []
    before = Before()
    quoted = quotations(text, vocabulary, REPORTED)
    for piece in pieces_of(text, vocabulary):
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
