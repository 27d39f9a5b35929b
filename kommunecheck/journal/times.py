"""Whether a clause tells of another time than the note's own day: *i 2005*, *i marts*, *om et halvt år*."""

from itertools import pairwise

from kommunecheck.journal.tokens import Token

MONTHS = frozenset(
    {"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
     "december", "jan", "feb", "apr", "aug", "sept", "okt", "nov", "dec", "foraaret", "efteraaret", "sommer",
     "sommeren", "vinter", "vinteren", "jul", "nytaar", "paaske", "ferien", "sommerferien"}
)  # fmt: skip
_WEEKDAYS = frozenset({"mandag", "tirsdag", "onsdag", "torsdag", "fredag", "loerdag", "soendag"})
_AT = frozenset({"i", "til", "fra", "pr", "inden", "efter", "omkring", "primo", "ultimo", "medio"})
_PART = frozenset({"d", "den", "start", "starten", "slut", "slutningen", "begyndelsen", "midten", "af", "."})
_TODAY = frozenset({"nu", "i dag", "idag", "dd", "d d", "dags dato", "hermed"})
_THEN = frozenset({"blev", "meldte sig", "tilmeldte sig", "registrerede sig"})
"""Past tenses that tell of the note's own day only where the note says so."""
_AMOUNTS = frozenset({"et", "en", "halvt", "halv", "halvandet", "nogle", "faa", "kort", "par", "lille", "stykke", "to"})


def other_time(tokens: tuple[Token, ...], first: int, last: int, now: bool) -> tuple[str, str] | None:
    """The group and the word that tell of another time in a clause with its statement at places ``first`` to ``last``.

    ``now``: the clause says of the statement that it is so now.
    """
    ahead, after = tokens[: max(0, first)], tokens[last + 1 :]
    if not any(token.text in _TODAY for token in tokens):
        month = _month(ahead, _AT) or _month(after[:4], frozenset({"fra"}))
        if month is not None:
            return "fortid", month
    later = _after_a_while(ahead) or week(ahead) or _from_then(after[:3])
    if later is not None:
        return "senere", later
    until = next((token.text for token in ahead if token.text == "indtil"), None)
    if until is not None:
        return "fortid", until
    then = next((token.text for token in tokens if token.text in _THEN), None)
    if then is not None and not now:
        return "fortid", then
    year = past_year(tokens)
    return ("fortid", year) if year else None


def past_year(tokens: tuple[Token, ...]) -> str | None:
    """A year that something is told of: *i 2005*."""
    for before, token in pairwise(tokens):
        if token.kind == "number" and 1900 <= token.value < 2100 and before.text in ("i", "fra", "aar"):
            return token.text
    return None


def label_time(tokens: tuple[Token, ...]) -> str | None:
    """The year or month that a label is of: *Notat fra marts:*."""
    return past_year(tokens) or _month(tokens, _AT)


def _month(tokens: tuple[Token, ...], prepositions: frozenset[str]) -> str | None:
    for at, token in enumerate(tokens):
        if token.text not in prepositions:
            continue
        for following in tokens[at + 1 : at + 5]:
            if following.text in MONTHS:
                return following.text
            if following.kind != "number" and following.text not in _PART:
                break
    return None


def _after_a_while(tokens: tuple[Token, ...]) -> str | None:
    """*Om et halvt år*, *om 3 måneder*."""
    for at, token in enumerate(tokens):
        if token.text != "om":
            continue
        for following in tokens[at + 1 : at + 5]:
            if "enhed" in following.groups or following.text in ("tid", "stund"):
                return following.text
            if following.kind != "number" and following.text not in _AMOUNTS and not _counts(following):
                break
    return None


def week(tokens: tuple[Token, ...]) -> str | None:
    """*I uge 40*."""
    for one, two, three in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if one.text in _AT and two.text == "uge" and three.kind == "number":
            return two.text
    return None


def _from_then(after: tuple[Token, ...]) -> str | None:
    """What follows the statement at once: *på mandag*, *fra uge 40*, *i næste uge*."""
    for one, two in pairwise(after):
        if one.text == "paa" and two.text in _WEEKDAYS:
            return two.text
        if one.text in ("fra", "i") and (
            two.text in ("naeste", "kommende") or (two.text == "uge" and one.text == "fra")
        ):
            return two.text
        if one.text == "fra" and two.text in _WEEKDAYS:
            return two.text
    return None


def _counts(token: Token) -> bool:
    return any(group.startswith("tal_") for group in token.groups)
