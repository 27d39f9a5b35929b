"""A note to its sentences, each with the words that may tell of a step and the signs around them.

The same sentences stand again and again in a journal, so what a sentence says by itself is found out once. What is made
of the signs is up to who asks: their sum to read a note, the signs themselves to learn from it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from kommunecheck.domain.statement import KINDS, Kind, Statement
from kommunecheck.journal import surroundings
from kommunecheck.journal.candidates import MARKS, candidates_in
from kommunecheck.journal.pieces import Piece
from kommunecheck.journal.scope import AGAINST
from kommunecheck.journal.sentences import Sentence, sentences_of
from kommunecheck.journal.tokens import Token
from kommunecheck.journal.vocabulary import Vocabulary

Sum = TypeVar("Sum", int, tuple[str, ...])
Weigh = Callable[[Kind, Iterable[str]], Sum]
"""What signs come to for a kind; two results can be added."""


class Word(NamedTuple, Generic[Sum]):
    """A word that may tell of a step: what it would say, its place in its sentence, what the signs there come to."""

    value: str
    place: int
    signs: Sum


class Part(NamedTuple, Generic[Sum]):
    """A sentence, its words for each kind, what it speaks of, and what it is to the sentence after and before it.

    The last two are empty until somebody asks: most sentences stand beside none that tells of a step.
    """

    sentence: Sentence
    words: dict[Kind, tuple[Word[Sum], ...]]
    marked: frozenset[Kind]
    to_next: dict[Kind, Sum]
    to_last: dict[Kind, Sum]

    def before(self, weigh: Weigh[Sum], kind: Kind) -> Sum:
        """What it is to the sentence after it, which it stands before."""
        if kind not in self.to_next:
            self.to_next[kind] = weigh(kind, surroundings.before(self.sentence))
        return self.to_next[kind]

    def after(self, weigh: Weigh[Sum], kind: Kind) -> Sum:
        """What it is to the sentence before it, which it stands after."""
        if kind not in self.to_last:
            self.to_last[kind] = weigh(kind, surroundings.after(self.sentence))
        return self.to_last[kind]


class Found(NamedTuple, Generic[Sum]):
    """A word of a note that may tell of a step, where its sentence begins in the text, and all signs around it.

    ``ruled`` is what the rules said of the word; of a registration, of its sentence. ``denied``: they know surely that
    it does not count. ``sentences`` are those of the note, and its own has the ``number``.
    """

    kind: Kind
    word: Word[Sum]
    offset: int
    signs: Sum
    ruled: Statement | None
    denied: bool
    sentences: Sequence[Sentence]
    number: int

    @property
    def sentence(self) -> Sentence:
        """Its own sentence."""
        return self.sentences[self.number]

    @property
    def token(self) -> Token:
        """The word itself; its place in the text is counted from ``offset``."""
        return self.sentence.tokens[self.word.place]


class Ruled:
    """What the rules found of one kind in a note, by where it stands."""

    def __init__(self, kind: Kind, statements: Sequence[Statement]) -> None:
        of_kind = [one for one in statements if one.kind == kind]
        accepted = [one for one in of_kind if one.accepted]
        self.last = accepted[-1] if accepted else None
        self.accepted = min(2, len({one.value for one in accepted}))
        self._by_sentence = kind == "jobseeker"
        self._here = {self._place(one.value, one.start, one.to): one for one in (*of_kind, *accepted)}

    def _place(self, value: str, sentence: int, end: int) -> tuple[str, int]:
        return (value, sentence if self._by_sentence else end)

    def of(self, word: Word[Any], sentence: Sentence, offset: int) -> Statement | None:
        """What was said of a word, or of its sentence."""
        end = sentence.tokens[word.place].end
        return self._here.get(self._place(word.value, offset + sentence.start, offset + end))

    def standing(self, own: Statement | None) -> str:
        """Whether what was said of a word is the last that was accepted."""
        if own is None or not own.accepted:
            return ""
        return "rule:last" if own is self.last else "rule:not last"


class Note(NamedTuple):
    """What the note as a whole says of a word: what it speaks of, its other words of the kind, and what rules say."""

    spoken: tuple[bool, bool, bool]
    words: int
    left: int
    right: int
    last: str
    next: str
    verdict: str
    standing: str
    accepted: int
    denied: bool

    def signs(self) -> Iterator[str]:
        """The same as signs."""
        yield f"note:{self.spoken[0]}{self.spoken[1]}{self.spoken[2]}"
        yield f"words:{self.words}"
        yield f"left:{self.left}"
        yield f"right:{self.right}"
        yield f"rule:{self.verdict}"
        yield f"rule:accepted:{self.accepted}"
        if self.denied:
            yield "rule:denied"
        yield from filter(None, (self.last, self.next, self.standing))


@lru_cache(maxsize=1 << 14)
def _of_note(weigh: Weigh[Any], kind: Kind, note: Note) -> Any:
    return weigh(kind, note.signs())


def found_in(
    vocabulary: Vocabulary, weigh: Weigh[Sum], pieces: Iterable[Piece], said: Sequence[Statement]
) -> Iterator[Found[Sum]]:
    """The words of a note that may tell of a step, by kind and in order. ``said``: what the rules found in it."""
    parts = [
        (part, piece.begin)
        for piece in pieces
        for part in _parts(vocabulary, weigh, piece.text, piece.blank, piece.indent if "\n" in piece.text else 0)
    ]
    sentences = [part.sentence for part, _ in parts]
    for kind in KINDS:
        marked = [kind in part.marked for part, _ in parts]
        if kind == "areas" and True not in marked:
            continue  # what hurts or is owed, and of what nobody says that it is an area of attention
        rows = [(number, word) for number, (part, _) in enumerate(parts) for word in part.words[kind]]
        if not rows:
            continue
        ruled = Ruled(kind, said)
        begins, ends = (_at_edge(weigh, kind, side) for side in (surroundings.before, surroundings.after))
        first = marked.index(True) if True in marked else len(parts)
        for row, (number, word) in enumerate(rows):
            part, offset = parts[number]
            own = ruled.of(word, part.sentence, offset)
            note = Note(
                (first < len(parts), first < number, number > 0 and marked[number - 1]),
                min(4, len(rows)), min(3, row), min(3, len(rows) - 1 - row),
                _beside(rows, row, -1), _beside(rows, row, 1),
                verdict(own) if own else "none", ruled.standing(own), ruled.accepted,
                _denied(kind, own, part.sentence),
            )  # fmt: skip
            before = parts[number - 1][0].before(weigh, kind) if number else begins
            after = parts[number + 1][0].after(weigh, kind) if number + 1 < len(parts) else ends
            signs = word.signs + before + after + _of_note(weigh, kind, note)
            yield Found(kind, word, offset, signs, own, note.denied, sentences, number)


@lru_cache(maxsize=16)
def _at_edge(weigh: Weigh[Any], kind: Kind, side: Callable[[None], Iterator[str]]) -> Any:
    """What the beginning or the end of a note comes to, where no sentence stands."""
    return weigh(kind, side(None))


@lru_cache(maxsize=1 << 15)
def _parts(vocabulary: Vocabulary, weigh: Weigh[Any], text: str, blank: bool, indent: int) -> tuple[Part[Any], ...]:
    return tuple(_part(sentence, text, weigh) for sentence in sentences_of(text, vocabulary, blank, indent))


def _part(sentence: Sentence, text: str, weigh: Weigh[Any]) -> Part[Any]:
    words = {kind: tuple(_words(sentence, text, kind, weigh)) for kind in KINDS}
    groups = frozenset().union(*(token.groups for token in sentence.tokens))
    return Part(
        sentence,
        words,
        frozenset(kind for kind in KINDS if groups & MARKS[kind]),
        {},
        {},
    )


def _words(sentence: Sentence, text: str, kind: Kind, weigh: Weigh[Any]) -> Iterator[Word[Any]]:
    found = list(candidates_in(kind, sentence, text))
    for value, place in found:
        signs = _of_word(sentence, kind, value, place) if len(found) <= _MOST else ()
        yield Word(value, place, weigh(kind, signs))


_MOST = 20
"""Words of a sentence that can be weighed; more are a table or a list, which tells nothing of one citizen."""


def _of_word(sentence: Sentence, kind: Kind, value: str, place: int) -> Iterator[str]:
    """The signs of the word itself and of its sentence."""
    token = sentence.tokens[place]
    if kind == "placed":
        yield f"value:{value}"
        yield "self:digit" if token.text.isdigit() else f"self:{token.kind}"
    else:
        yield f"self:{token.text}"
        yield from (f"self:g={group}" for group in token.groups & MARKS[kind])
        yield f"value:{value}"
    yield from surroundings.within(sentence, place)
    yield from surroundings.distances(sentence, place, MARKS[kind])


def _beside(rows: Sequence[tuple[int, Word[Any]]], row: int, side: int) -> str:
    """The sign of the next word of the kind on one side, if it is in the same sentence."""
    other = row + side
    if not 0 <= other < len(rows) or rows[other][0] != rows[row][0]:
        return ""
    one, two = rows[row][1], rows[other][1]
    same = "same" if one.value == two.value else "other"
    return f"{'last' if side < 0 else 'next'}:{same}:{min(5, abs(one.place - two.place))}"


_PLAIN = 16
"""Words of the longest sentence in which the rules surely know what they deny."""
_DENIED: dict[Kind, frozenset[str]] = {
    "placed": frozenset(AGAINST[group] for group in AGAINST if group not in ("andet", "flere", "tale"))
    | {"Fravalgt", "taget tilbage i næste sætning", "grovmatch"},
    "areas": frozenset({AGAINST["tvivl"], AGAINST["betingelse"], AGAINST["senere"]}),
    "jobseeker": frozenset(AGAINST[group] for group in ("tvivl", "betingelse", "plan", "senere", "forsoeg", "andre")),
}
"""What the rules know surely in a plain sentence."""
_NEVER = frozenset({"interval eller flere muligheder", AGAINST["andre"]})
"""What they know surely of a category in any sentence."""


def _denied(kind: Kind, ruled: Statement | None, sentence: Sentence) -> bool:
    """Whether the rules know surely that the word does not count."""
    if ruled is None or ruled.accepted:
        return False
    told = verdict(ruled)
    never = kind == "placed" and told in _NEVER
    return never or (told in _DENIED[kind] and len(sentence.tokens) <= _PLAIN)


def verdict(one: Statement) -> str:
    """What a reason says without the words it quotes."""
    return "ok" if one.accepted else _without_quotes(one.reason)


@lru_cache(maxsize=1 << 12)
def _without_quotes(reason: str) -> str:
    return reason.removeprefix("Afvist: ").split(" - ")[0].split(":")[0]
