"""Where a category would stand though no match word leads to it: *match er nu sat til 3*, *han beholdes i fireren*."""

from kommunecheck.journal.tokens import Token
from kommunecheck.journal.vocabulary import ANCHORS, MATCH

WORDS_STAND_AFTER = frozenset({"fra", "til", "i", "men", "er"})
"""After these a word for a number may be a category, where the sentence speaks of the match."""

_NEAR = 18
"""Words to look back for what the clause is about."""
_CARRIES = frozenset(
    {"kontrast", "nu", "fortid", "negation", "fastholdelse", "aendring", "vurdering", "indplacering", "rettelse", "er"}
)
"""So begins what still speaks of the match after a comma."""
_PLACING = frozenset({"indplacering", "aendring", "rettelse", "fastholdelse", "vurdering"})
_CITIZEN = frozenset({"borger", "pronomen"})
_HIM = frozenset({"ham", "hende", "dig", "mig"})
_ANSWERS = frozenset(
    {"svaret", "resultatet", "afgoerelsen", "konklusionen", "kategorien", "matchet", "tallet", "krydset"}
)
_DECIDES = frozenset({"besluttet", "fastholdelse", "sikkert"})


def in_slot(tokens: tuple[Token, ...], place: int, after: Token | None, spoken_of: bool, topic: bool) -> bool:
    """Whether the number or number's name at ``place`` stands where a category would.

    ``spoken_of``: the sentence speaks of the match; ``topic``: the note did so before.
    """
    if not _ends(after):
        return False
    if not place and spoken_of and _beside_match(tokens, place):
        return True
    if number_name(tokens[place]) is not None and place:
        return spoken_of or (topic and _is_put_there(tokens, place))
    if (tokens[place].kind == "number" or spoken_of) and _beside_match(tokens, place):
        return True
    return bool(place) and (spoken_of or topic) and _told_by_verb(tokens, place, after, spoken_of)


def number_name(token: Token) -> int | None:
    """The number that is named by a noun: *fireren*, *et tretal*, *3'er*."""
    if token.kind == "number" and len(token.text) > 1 and 1 <= token.value <= 5:
        return token.value
    return next((int(group[-1]) for group in token.groups if group.startswith("talnavn_")), None)


def it_is(tokens: tuple[Token, ...], place: int) -> bool:
    """``nu er den 3``: the category, and no date."""
    ends = place + 1 == len(tokens) or tokens[place + 1].text in (",", ";", ")")
    return tokens[place - 1].text == "den" and place > 1 and "er" in tokens[place - 2].groups and ends


def _ends(after: Token | None) -> bool:
    if after is None:
        return True
    if after.text in ("%", "§"):
        return False
    return after.kind in ("mark", "arrow") or bool(
        after.groups & {"efter_tal", "nu", "aarsag", "ledsaetning", "fastholdelse"}
    )


def _is_put_there(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether somebody is a *treer*, or put or kept there."""
    span = _clause_back(tokens, place)
    someone = any(token.groups & _CITIZEN or token.text in _HIM for token in span)
    return someone and any(token.groups & (_PLACING | {"er"}) for token in span)


def _told_by_verb(tokens: tuple[Token, ...], place: int, after: Token | None, spoken_of: bool) -> bool:
    """*Rettes hermed til 4*, *forbliver derfor i 4*, *svaret er 4*, *det er 3, der gælder*."""
    before, span = tokens[place - 1], _clause_back(tokens, place)
    if before.text in ("til", "i") and not spoken_of and not _of_somebody(span):
        return False
    if before.text in ("til", "i") or (before.text == "paa" and spoken_of):
        if spoken_of and {"er", "nu"} <= frozenset().union(*(token.groups for token in span)):
            return True
        return any(token.groups & _PLACING for token in span) or any(
            token.text in _ANSWERS
            for token in span
            if "er" in tokens[place - 2].groups or "nu" in tokens[place - 2].groups
        )
    if before.text.startswith("valg") and any("myndighed" in token.groups for token in span):
        return True
    if before.text == "nu" and place > 1 and "er" in tokens[place - 2].groups:
        return any(token.text == "det" or token.text in _ANSWERS for token in span)
    if "er" in before.groups and span[0].text in ("der", "som") and place > len(span) + 1:
        return bool(tokens[place - len(span) - 2].groups & MATCH)
    if "er" in before.groups and len(span) == 1:
        return _after_relative(tokens, place)
    if "er" in before.groups or before.text == "det":
        verb = before.text != "det" or (place > 1 and "er" in tokens[place - 2].groups)
        if verb and any(token.text in _ANSWERS for token in span):
            return True
        applies = after is not None and after.text.startswith("der")
        decided = applies or any(token.groups & _DECIDES for token in tokens[:place])
        return verb and decided and any(token.text == "det" for token in span)
    return False


def _of_somebody(span: tuple[Token, ...]) -> bool:
    """Whether the citizen or the case worker is named, or nothing at all: *mødet er flyttet til 3* is of neither."""
    if any(token.groups & (_CITIZEN | {"myndighed"}) or token.text in _HIM for token in span[:-1]):
        return True
    known = _PLACING | {"er", "nu", "klart"}
    return all(token.groups & known or token.text in ("tilbage", "op", "ned") for token in span[:-1])


def _after_relative(tokens: tuple[Token, ...], place: int) -> bool:
    """*Borgers match, som vi har drøftet, er 3*."""
    comma = next((at for at, token in enumerate(tokens[:place]) if token.text == ","), 0)
    relative = comma and tokens[comma + 1].text in ("som", "der") and tokens[place - 2].text == ","
    return bool(relative) and bool(tokens[comma - 1].groups & MATCH)


def _clause_back(tokens: tuple[Token, ...], place: int) -> tuple[Token, ...]:
    """The words before the place, back to a mark or to *og* or *men*."""
    first = place
    while first > max(0, place - _NEAR) and tokens[first - 1].text not in (",", ";", "(", ")", "og", "men"):
        first -= 1
    return tokens[first:place]


def _led_by_match(tokens: tuple[Token, ...], place: int) -> bool:
    return place > 0 and bool(tokens[place - 1].groups & ANCHORS)


def _beside_match(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a number stands where a category would, in a sentence that speaks of the match."""
    before = tokens[place - 1] if place else None
    if before is None:
        if len(tokens) > 2 and "er" in tokens[1].groups:
            return any("match" in token.groups for token in tokens[2:5])
        return len(tokens) > 2 and tokens[1].text == "(" and "match" in tokens[2].groups
    slot = (
        "plads" in before.groups
        or it_is(tokens, place)
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
    return _clause_speaks_of_match(tokens, place)


def _led_to(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether the first of two numbers is itself a category: *match sluttede 3-2* names none."""
    leads = place > 0 and ("plads" in tokens[place - 1].groups or tokens[place - 1].text in (":", "(", "="))
    return _led_by_match(tokens, place) or leads


def _clause_speaks_of_match(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether what stands around the number, up to a comma without a contrast, has the match word or a move."""
    first = place - 1
    crossed = 0
    while first >= 0 and place - first < _NEAR:
        token = tokens[first]
        if token.text in (";", ",") or token.kind == "line":
            beginning = tokens[first + 1]
            carries = beginning.groups & _CARRIES
            if not (carries or beginning.kind == "number" or beginning.text in ("ogsaa", "fra")) or crossed > 2:
                return False
            crossed += 1
        if token.groups & MATCH and token.text != "matcher":
            return True
        first -= 1
    for at, token in enumerate(tokens[place + 1 : place + 6], start=place + 2):
        if token.text in (",", ";") and not (at < len(tokens) and "fortid" in tokens[at].groups):
            return False
        if "match" in token.groups:
            return True
    return False
