"""Which numbers of a sentence are match categories: those that a match word leads to, or that stand where one would."""

from collections.abc import Iterator
from typing import NamedTuple

from kommunecheck.journal.tokens import Token

ANCHORS = frozenset({"match", "indplacering"})
"""A sentence without such a word places nobody."""

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


class Category(NamedTuple):
    """A number that is a category, and the places of its first and last word."""

    value: int
    first: int
    place: int
    direct: bool


def categories_of(tokens: tuple[Token, ...], text: str) -> Iterator[Category]:
    """The categories of a sentence, in order. Dates, scales, and numbers that count or name something are none."""
    other = _scale(tokens) | _dates(tokens)
    for place in range(len(tokens)):
        value = _value(tokens, place, text)
        if value is None or place in other or _names_another(tokens, place):
            continue
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if after is not None and "enhed" in after.groups and not ("opm" in after.groups and _touches(tokens, place)):
            continue
        anchor = _anchor(tokens, place)
        if anchor is not None and _fits(tokens, anchor, place, after):
            yield Category(value, anchor, place, True)
        elif anchor is None and tokens[place].kind == "number" and _in_slot(tokens, place, after):
            yield Category(value, place, place, False)


def _fits(tokens: tuple[Token, ...], anchor: int, place: int, after: Token | None) -> bool:
    """Whether a number after *placeret* alone can be a category: it is not followed by what it counts."""
    named = any(token.groups & {"match", "kategori"} for token in tokens[anchor:place])
    return named or after is None or after.kind != "word" or bool(after.groups & {"efter_tal", "nu", "aarsag", "opm"})


def _names_another(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether the word before makes it the number of something else: *kl. 3*, *hold 2*; but *match nr. 3*."""
    before = tokens[place - 1].groups if place else frozenset()
    if "ikke_foer_tal" not in before or before & ANCHORS or _it_is(tokens, place):
        return False
    numbered = tokens[place - 1].text in ("nr", "nummer") and place > 1
    return not (numbered and tokens[place - 2].groups & {"match", "kategori"})


def _it_is(tokens: tuple[Token, ...], place: int) -> bool:
    """``nu er den 3``: the category, and no date."""
    ends = place + 1 == len(tokens) or tokens[place + 1].text in (",", ";", ")")
    return tokens[place - 1].text == "den" and place > 1 and "er" in tokens[place - 2].groups and ends


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


def _value(tokens: tuple[Token, ...], place: int, text: str) -> int | None:
    """The category a number, a word for a number or a Roman numeral would be; words only right after a match word."""
    token = tokens[place]
    if token.kind == "number":
        return token.value if 1 <= token.value <= 5 else None
    if token.kind != "word" or not place:
        return None
    before = tokens[place - 1]
    if before.text in ("i", "til", "som", ":", "er", "=", "paa") and place > 1:
        near = any("match" in one.groups or "indplacering" in one.groups for one in tokens[max(0, place - 4) : place])
    else:
        near = bool(before.groups & {"match", "kategori"})
    if not near:
        return None
    for group in token.groups:
        if group.startswith("tal_") and (group != "tal_1" or _ends_here(tokens, place)):
            return int(group[-1])
    written = text[token.start : token.end]
    if (
        written.upper() in _ROMAN
        and (len(written) > 1 or written.isupper())
        and (len(written) > 1 or (before.groups & {"match", "kategori"} and _ends_here(tokens, place)))
    ):
        return _ROMAN[written.upper()]
    return None


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
        if token.groups & ANCHORS:
            return None if token.text == "matcher" and back == place - 1 else back
        if token.kind == "number":
            in_scale = token.value == 5 and back > 1 and tokens[back - 2].value == 1
            in_parentheses = 1 <= token.value <= 5 and back > 0 and tokens[back - 1].text == "("
            if not (in_scale or in_parentheses):
                return None
        elif not (token.groups & _FILLERS or token.text in _FILLER_WORDS):
            return None
    return None


def _in_slot(tokens: tuple[Token, ...], place: int, after: Token | None) -> bool:
    """Whether a number stands where a category would, in a sentence that speaks of the match."""
    before = tokens[place - 1] if place else None
    if before is None:
        return len(tokens) > 2 and tokens[1].text == "(" and "match" in tokens[2].groups
    slot = (
        "plads" in before.groups
        or _it_is(tokens, place)
        or before.text in ("->", "/", "-", "(", ",", ":", "=")
        or "kategori" in before.groups
    )
    if (
        before.text in ("-", "/")
        and place > 1
        and tokens[place - 2].kind == "number"
        and not _led_to(tokens, place - 2)
    ):
        return False
    if before.text == "," and not (place > 1 and 1 <= tokens[place - 2].value <= 5):
        return False
    if not slot:
        return False
    fits = (
        after is None
        or after.kind in ("mark", "arrow")
        or "efter_tal" in after.groups
        or bool(after.groups & {"nu", "aarsag"})
    )
    if not fits or (after is not None and after.text in ("%", "§")):
        return False
    return _clause_speaks_of_match(tokens, place)


def _led_to(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether the first of two numbers is itself a category: *match sluttede 3-2* names none."""
    leads = place > 0 and ("plads" in tokens[place - 1].groups or tokens[place - 1].text in (":", "(", "="))
    return _anchor(tokens, place) is not None or leads


def _clause_speaks_of_match(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether what stands around the number, up to a comma without a contrast, has the match word or a move."""
    first = place - 1
    crossed = 0
    while first >= 0 and place - first < 2 * _REACH:
        token = tokens[first]
        if token.text in (";", ",") or token.kind == "line":
            beginning = tokens[first + 1]
            carries = beginning.groups & {
                "kontrast",
                "nu",
                "fortid",
                "negation",
                "fastholdelse",
                "aendring",
                "vurdering",
                "indplacering",
                "rettelse",
                "er",
            }
            if not (carries or beginning.kind == "number" or beginning.text in ("ogsaa", "fra")) or crossed > 2:
                return False
            crossed += 1
        if token.groups & ANCHORS and token.text != "matcher":
            return True
        first -= 1
    for token in tokens[place + 1 : place + 6]:
        if token.text in (",", ";"):
            return False
        if "match" in token.groups:
            return True
    return False
