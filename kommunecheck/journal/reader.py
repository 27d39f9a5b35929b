"""A note to what it says of the steps at an interview, each reading with its sentence and its reason.

Section 6 of the contract: false evidence hides a loss and is worse than missed evidence. Rules say what stands for and
against a reading (``rules.py``); what all words around it weigh together decides (``weighing.py``).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from kommunecheck.domain.records import QuotedReading, Reading
from kommunecheck.domain.statement import KINDS, Kind, Statement
from kommunecheck.journal import rules
from kommunecheck.journal.noted import Found, found_in
from kommunecheck.journal.pieces import pieces_of
from kommunecheck.journal.vocabulary import Vocabulary, our_own
from kommunecheck.journal.weighing import learnt, weigh, weightiest

NOTHING = Reading(None, areas=False, job_seeker=False)

_QUOTED = 300
"""Letters of a sentence that are quoted."""

DENIED = 200
"""What must weigh for a reading beside all else where the rules surely know that it does not count."""
UNSETTLED = (200, 100)
"""How far below and above the bound the sum of the words is asked after their order, which takes longer."""


class Decided(NamedTuple):
    """A word that may tell of a step, whether enough weighs for it, and whether it counts."""

    found: Found[int]
    likely: bool
    counts: bool


def read_note(text: str, vocabulary: Vocabulary | None = None) -> Reading:
    """What a note says of the three steps, and no more."""
    counting = [one.found for one in _decided(text, vocabulary or our_own()) if one.counts]
    if not counting:
        return NOTHING
    kinds = {one.kind for one in counting}
    category = next((one.word.value for one in counting if one.kind == "placed"), None)
    return Reading(category, areas="areas" in kinds, job_seeker="jobseeker" in kinds)


def quote_note(text: str, vocabulary: Vocabulary | None = None) -> QuotedReading:
    """What a note says of the three steps, each with the sentence it rests on."""
    said = statements_of(text, vocabulary)
    placed, *others = (_first(said, kind) for kind in KINDS)
    quotes = tuple(one and _shortened(text[one.start : one.end]) for one in (placed, *others))
    return QuotedReading(placed and placed.value, others[0] is not None, others[1] is not None, quotes)


def _shortened(sentence: str) -> str:
    plain = " ".join(sentence.split())
    return plain if len(plain) <= _QUOTED else f"{plain[:_QUOTED]} ..."


def _first(statements: Iterable[Statement], kind: Kind) -> Statement | None:
    return next((one for one in statements if one.kind == kind and one.accepted), None)


def statements_of(text: str, vocabulary: Vocabulary | None = None) -> list[Statement]:
    """Everything that was read in a note, what proves nothing too, in the order of the text."""
    decided = _decided(text, vocabulary or our_own())
    said = [_statement(one, text) for one in decided if one.likely or one.found.ruled is not None]
    return sorted(said, key=lambda one: (one.start, KINDS.index(one.kind), one.at))


def _decided(text: str, vocabulary: Vocabulary) -> Iterator[Decided]:
    """What was found in a note, by kind: of a registration one for each sentence, of the categories one that counts."""
    pieces = tuple(pieces_of(text, vocabulary))
    all_found = found_in(vocabulary, weigh, pieces, rules.statements_of(text, vocabulary, pieces))
    for kind, some in groupby(all_found, key=lambda one: one.kind):
        found = list(some)
        if kind == "jobseeker":
            by_sentence = groupby(found, key=lambda one: one.offset + one.sentence.start)
            found = [max(same, key=lambda one: one.signs) for _, same in by_sentence]
        found = [_in_order(one) for one in found]
        bound = learnt()[kind].bound
        decided = [Decided(one, one.signs >= bound, one.signs >= bound + DENIED * one.denied) for one in found]
        counting = [one.found for one in decided if one.counts] if kind == "placed" else []
        if counting:
            surest = max(counting, key=lambda one: one.signs).word.value
            decided = [one._replace(counts=one.counts and one.found.word.value == surest) for one in decided]
        yield from decided


def _in_order(found: Found[int]) -> Found[int]:
    """With what the order of the words weighs too, where neither the words alone nor the rules settle it."""
    bound = learnt()[found.kind].bound
    settled = found.denied or not found.word.signs  # a word of a table or a list weighs nothing by itself
    if settled or not bound - UNSETTLED[0] <= found.signs <= bound + UNSETTLED[1]:
        return found
    from kommunecheck.journal import order  # its library is loaded only where a note needs it

    return found._replace(signs=found.signs + order.weight(found))


def _statement(decided: Decided, text: str) -> Statement:
    found = decided.found
    at, sentence, ruled = found.offset, found.sentence, found.ruled
    reason = _as_written(_told(decided), found, text)
    return Statement(
        found.kind, found.word.value, decided.counts, reason, at + sentence.start, at + sentence.end,
        ruled.at if ruled else at + found.token.start, ruled.to if ruled else at + found.token.end,
    )  # fmt: skip


def _as_written(reason: str, found: Found[int], text: str) -> str:
    """The reason with the words it quotes as they stand in the note: »Så længe«, not »saa laenge«."""
    words = {token.text: text[found.offset + token.start : found.offset + token.end] for token in found.sentence.tokens}
    return _QUOTE.sub(lambda quote: f"»{words.get(quote[1], quote[1])}«", reason)


_QUOTE = re.compile("»([^«]*)«")


def _told(decided: Decided) -> str:
    """The reason in words: that of the rules where they say the same, else the words that weighed most."""
    found, counts = decided.found, decided.counts
    if found.ruled is not None and found.ruled.accepted == counts:
        return found.ruled.reason
    if decided.likely and not counts:
        return "Afvist: et andet sted i notatet er sikrere"
    words = " og ".join(f"»{word}«" for word in weightiest(found, 1 if counts else -1))
    if counts:
        return f"Læst af ordene omkring: {words}" if words else "Læst af sammenhængen"
    return f"Afvist: for usikkert - {words}" if words else "Afvist: for usikkert"
