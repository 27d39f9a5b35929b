"""Numbers that belong together: ranges and alternatives place nobody, a change places in the last (labels 5 and 10)."""

from itertools import pairwise

from kommunecheck.journal.categories import Category
from kommunecheck.journal.tokens import Token

_LINKS = frozenset(
    {
        "-",
        "/",
        "eller",
        "el",
        "og",
        "samt",
        "til",
        "tom",
        ",",
        "(",
        "og/eller",
        "en",
        "et",
        "hhv",
        "evt",
        "maaske",
        "t",
        "o",
        "m",
        "&",
        "+",
    }
)


LEFT = "Fravalgt: ændret fra denne"


def together(tokens: tuple[Token, ...], found: list[Category]) -> dict[int, str]:
    """Which of the categories are a range, alternatives, or what was changed from."""
    against: dict[int, str] = {}
    for number, (one, two) in enumerate(pairwise(found)):
        between = tokens[one.place + 1 : two.place]
        words = [token for token in between if not token.groups & {"match", "kategori"} and token.text != ":"]
        if _is_change(tokens, one, two, words):
            against[number] = LEFT
        elif all(token.text in _LINKS or "tvivl" in token.groups for token in words) and not _separate(words, one, two):
            told = "Afvist: interval eller flere muligheder"
            against[number] = against[number + 1] = told
    for number, one in enumerate(found):
        if number not in against and _goes_on(tokens, one.place):
            against[number] = "Afvist: interval eller flere muligheder"
        if number not in against and _after_from(tokens, one):
            against[number] = LEFT
    return against


def _goes_on(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether another number follows as the end of a range, though it is no category by itself."""
    if place + 2 >= len(tokens) or tokens[place + 1].text not in ("-", "/", "til", "tom", "eller", "el"):
        return False
    after = tokens[place + 3] if place + 3 < len(tokens) else None
    counted = after is not None and bool(after.groups & {"enhed", "opm"})
    return tokens[place + 2].kind == "number" and 0 <= tokens[place + 2].value <= 9 and not counted


def _separate(words: list[Token], one: Category, two: Category) -> bool:
    """The same category twice is no range, nor are two complete statements with a comma between them."""
    return one.value == two.value or (
        bool(words) and words[-1].text in (",", "(") and two.direct and two.first != two.place
    )


def _after_from(tokens: tuple[Token, ...], one: Category) -> bool:
    return (one.first > 0 and "fra" in (tokens[one.first - 1].text, tokens[one.place - 1].text) and not one.direct) or (
        one.first > 0 and tokens[one.first - 1].text == "fra"
    )


def _is_change(tokens: tuple[Token, ...], one: Category, two: Category, words: list[Token]) -> bool:
    texts = [token.text for token in words]
    if "->" in texts:
        return len(texts) <= 2
    if not texts or len(texts) > 4 or texts[-1] not in ("til", "i", "ned i", "op i"):
        return False
    if any(token.kind == "mark" and token.text != "," for token in words):
        return False
    from_ = _after_from(tokens, one)
    moved = any(token.groups & {"aendring"} for token in tokens[max(0, one.place - 8) : two.place])
    return from_ or moved
