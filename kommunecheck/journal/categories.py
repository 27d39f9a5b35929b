"""Which numbers of a sentence are match categories: those that a match word leads to, or that stand where one would."""

from collections.abc import Iterator
from typing import NamedTuple

from kommunecheck.journal.slots import WORDS_STAND_AFTER, in_slot, it_is, number_name
from kommunecheck.journal.tokens import Token
from kommunecheck.journal.vocabulary import ANCHORS, SPEAKS_OF

_FILLERS = frozenset(
    {"er", "fastholdelse", "vurdering", "aendring", "nu", "kategori", "match", "borger", "indplacering", "andre"}
)


_FILLER_WORDS = frozenset(
    {
        ":",
        "=",
        "(",
        ")",
        "-",
        "nr",
        "i",
        "til",
        "som",
        "at",
        "paa",
        "grad",
        "kategori",
        "af",
        "som:",
        "nummer",
        "d",
        "dags",
    }
)


_REACH = 9
"""Words that may stand between the match word and its number."""


_ROMAN = {"II": 2, "III": 3, "IV": 4, "V": 5, "I": 1}


_NUMERALS = frozenset(
    {"match", *(f"{kind}_{number}" for kind in ("tal", "talnavn", "romertal") for number in range(1, 6))}
)
"""The groups of words that can be a number, or have one before them."""


class Category(NamedTuple):
    """A number that is a category, and the places of its first and last word."""

    value: int
    first: int
    place: int
    direct: bool


def categories_of(tokens: tuple[Token, ...], text: str, topic: bool = False) -> Iterator[Category]:
    """The categories of a sentence, in order. Dates, scales, and numbers that count or name something are none.

    ``topic``: the note has spoken of the match before this sentence.
    """
    spoken_of = any(token.groups & SPEAKS_OF for token in tokens)
    other = _scale(tokens) | _dates(tokens)
    for place, token in enumerate(tokens):
        if token.kind != "number" and token.groups.isdisjoint(_NUMERALS):
            continue
        if ordinal := _ordinal(tokens, place):
            yield ordinal
        value = _value(tokens, place, text, spoken_of)
        if value is None or place in other or _names_another(tokens, place):
            continue
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if after is not None and _counts(after) and not ("opm" in after.groups and _touches(tokens, place)):
            continue
        anchor = _anchor(tokens, place)
        if anchor is not None and _fits(tokens, anchor, place, after):
            yield Category(value, anchor, place, True)
        elif anchor is None and in_slot(tokens, place, after, spoken_of, topic):
            yield Category(value, place, place, False)


def _ordinal(tokens: tuple[Token, ...], place: int) -> Category | None:
    """*Indplaceret i tredje matchkategori*, *den 4. matchkategori*: but a third match is none."""
    if not tokens[place].text.startswith(("matchk", "matchg")) or not place:
        return None
    before = tokens[place - 1]
    named = next((int(group[-1]) for group in before.groups if group.startswith("orden_")), before.value)
    put = any(token.groups & {"indplacering", "vurdering", "fastholdelse", "aendring"} for token in tokens[:place])
    return Category(named, place - 1, place, True) if 1 <= named <= 5 and put else None


def _counts(after: Token) -> bool:
    return bool(after.groups & {"enhed", "opm"}) or after.text == "+"


def _fits(tokens: tuple[Token, ...], anchor: int, place: int, after: Token | None) -> bool:
    """Whether a number after *placeret* alone can be a category: it is not followed by what it counts."""
    named = any(token.groups & {"match", "kategori"} for token in tokens[anchor:place])
    return named or after is None or after.kind != "word" or bool(after.groups & {"efter_tal", "nu", "aarsag", "opm"})


def _names_another(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether the word before makes it the number of something else: *kl. 3*, *hold 2*; but *match nr. 3*."""
    before = tokens[place - 1].groups if place else frozenset()
    if "ikke_foer_tal" not in before or before & ANCHORS or it_is(tokens, place):
        return False
    numbered = tokens[place - 1].text in ("nr", "nummer") and place > 1
    return not (numbered and tokens[place - 2].groups & {"match", "kategori"})


def _dates(tokens: tuple[Token, ...]) -> frozenset[int]:
    """The places of numbers that are a day and a month: ``d. 3/4``."""
    found: set[int] = set()
    for place in range(1, len(tokens) - 2):
        if tokens[place - 1].text in ("d", "den", "dato", "pr") and tokens[place + 1].text in ("/", "-", "."):
            found |= {place, place + 2}
    return frozenset(found)


def _touches(tokens: tuple[Token, ...], place: int) -> bool:
    lead = place - 2 if place > 1 and tokens[place - 1].text in (":", "=") else place - 1
    return lead >= 0 and "match" in tokens[lead].groups


def _value(tokens: tuple[Token, ...], place: int, text: str, spoken_of: bool) -> int | None:
    """The category a number, a word for a number or a Roman numeral would be; words only where one would stand."""
    token = tokens[place]
    name = number_name(token)
    if name is not None:
        return name
    if token.kind == "number":
        return token.value if 1 <= token.value <= 5 else None
    if token.kind != "word":
        return None
    near = bool(place) and _near_match(tokens, place)
    first = not place and len(tokens) > 2 and "er" in tokens[1].groups
    if not near and not first and not (spoken_of and tokens[place - 1].text in WORDS_STAND_AFTER):
        return None
    for group in token.groups:
        if group.startswith("tal_") and (group != "tal_1" or (near and _ends_here(tokens, place))):
            return int(group[-1])
    return _roman(tokens, place, text) if near else None


def _near_match(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether the match word stands right before, or with *i*, *til* or a colon between."""
    before = tokens[place - 1]
    if before.text in ("i", "til", "som", ":", "er", "=", "paa") and place > 1:
        return any(one.groups & ANCHORS for one in tokens[max(0, place - 4) : place])
    return bool(before.groups & {"match", "kategori"})


def _roman(tokens: tuple[Token, ...], place: int, text: str) -> int | None:
    """A Roman numeral; of one letter only in capitals, right after the match word, with nothing after it."""
    written = text[tokens[place].start : tokens[place].end]
    ends = _ends_here(tokens, place) or (written == "V" and tokens[place + 1].groups & {"vurdering", "fastholdelse"})
    led = written.isupper() and tokens[place - 1].groups & {"match", "kategori"} and ends
    return _ROMAN.get(written.upper()) if len(written) > 1 or led else None


def _ends_here(tokens: tuple[Token, ...], place: int) -> bool:
    return place + 1 == len(tokens) or tokens[place + 1].kind == "mark"


def _scale(tokens: tuple[Token, ...]) -> frozenset[int]:
    """The places of the numbers of a scale that a field names in parentheses: ``Matchkategori (1-5):``."""
    for place in range(1, len(tokens) - 3):
        one, dash, five = tokens[place : place + 3]
        if one.value == 1 and five.value == 5 and dash.text in ("-", "til", "/") and tokens[place - 1].text == "(":
            return frozenset({place, place + 2})
    return frozenset()


def _anchor(tokens: tuple[Token, ...], place: int) -> int | None:
    """The place of the match word that the number belongs to, with nothing but fillers between."""
    for back in range(place - 1, max(-1, place - 1 - _REACH), -1):
        token = tokens[back]
        if token.groups & ANCHORS or ("kategoriord" in token.groups and _whose_category(tokens, back)):
            return None if token.text == "matcher" and back == place - 1 else back
        if token.kind == "number":
            in_scale = token.value == 5 and back > 1 and tokens[back - 2].value == 1
            in_parentheses = 1 <= token.value <= 5 and back > 0 and tokens[back - 1].text == "("
            if not (in_scale or in_parentheses):
                return None
        elif not (token.groups & _FILLERS or token.text in _FILLER_WORDS):
            return None
    return None


def _whose_category(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether *kategori 3* without a match word is the citizen's: somebody is put or kept there."""
    near = tokens[max(0, at - 6) : at]
    placed = any(token.groups & {"indplacering", "vurdering", "aendring", "fastholdelse"} for token in near)
    kept = any("fastholdelse" in token.groups for token in tokens[at + 1 : at + 4])
    return (placed and not any(token.text in ("bil", "koerekort") for token in near)) or kept
