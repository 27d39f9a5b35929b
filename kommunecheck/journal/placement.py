"""Placement in a match category: which numbers of a sentence are categories, and which of them place the citizen.

Labels 1-16: a present statement, a filled field or one ticked box places; what is denied, planned, supposed, past, doubted,
proposed, told by others or said of others does not, nor does a range, an alternative or a grovmatch.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kommunecheck.journal.clauses import Clause, Link
from kommunecheck.journal.scope import Reason, Scene
from kommunecheck.journal.sentences import Token
from kommunecheck.journal.statement import Statement

ANCHORS = frozenset({"match", "indplacering"})
"""A sentence without such a word places nobody."""

_FILLERS = frozenset({"er", "fastholdelse", "vurdering", "aendring", "nu", "kategori", "match", "borger", "indplacering", "andre"})
_FILLER_WORDS = frozenset(
    {":", "=", "(", "-", "nr", "i", "til", "som", "at", "paa", "grad", "kategori", "af", "som:", "nummer", "d", "dags"}
)
_LINKS = frozenset({"-", "/", "eller", "el", "og", "samt", "til", "tom", ",", "(", "og/eller", "hhv", "evt", "maaske", "t", "o", "m", "&", "+"})
_MOVES = frozenset({"aendring", "indplacering", "vurdering", "fastholdelse"})
_REACH = 9
"""Words that may stand between the match word and its number."""
_ROMAN = {"II": 2, "III": 3, "IV": 4, "V": 5, "I": 1}


class Category(NamedTuple):
    """A number that is a category, and the places of its first and last word."""

    value: int
    first: int
    place: int
    direct: bool


def placements(scene: Scene, text: str, grov_before: bool) -> Iterator[Statement]:
    """What the sentence says of placement, in order. ``grov_before``: the sentence before it told of a grovmatch."""
    tokens = scene.sentence.tokens
    if not any(token.groups & ANCHORS for token in tokens):
        return
    correction = any("rettelse" in token.groups for token in tokens)
    ticked = _ticked(tokens)
    if ticked is not None:
        value, place = ticked
        reason = scene.against(place, place) if value else None
        told = reason.told if reason else "Afkrydset" if value else "Afvist: ikke præcis ét kryds"
        yield _statement(scene, Category(value, place, place, True), told, bool(value) and reason is None, correction)
        return
    found = list(_categories(tokens, text))
    against = _together(tokens, found)
    for number, one in enumerate(found):
        others = tuple(other.place for other in found if other is not one)
        told = against.get(number) or _grov(scene, one, grov_before) or _unasserted(scene, one)
        if told is None:
            reason = scene.against(one.first, one.place, others, "opm")
            told = reason.told if reason and not _corrects(reason, correction) else None
        yield _statement(scene, one, told or _accepted(against, found, number), told is None, correction)


def _corrects(reason: Reason, correction: bool) -> bool:
    """In a correction, *skulle være 4* says what is so."""
    return correction and reason.word in ("skulle", "skal", "fejl", "fejlagtigt", "ved en fejl", "forkert", "burde")


def _statement(scene: Scene, one: Category, told: str, accepted: bool, correction: bool) -> Statement:
    tokens, sentence = scene.sentence.tokens, scene.sentence
    return Statement(
        "placed", str(one.value), accepted, told, sentence.start, sentence.end,
        tokens[one.first].start, tokens[one.place].end, correction and accepted,
    )  # fmt: skip


def _accepted(against: dict[int, str], found: list[Category], number: int) -> str:
    if number and against.get(number - 1) == _LEFT:
        return f"Ændret fra {found[number - 1].value} til {found[number].value}: den sidste gælder"
    return "Indplaceret"


# Which numbers are categories


def _categories(tokens: tuple[Token, ...], text: str) -> Iterator[Category]:
    scale = _scale(tokens) | _dates(tokens)
    for place, token in enumerate(tokens):
        value = _value(tokens, place, text)
        if value is None or place in scale:
            continue
        if place and "ikke_foer_tal" in tokens[place - 1].groups and not _it_is(tokens, place) and not tokens[place - 1].groups & {"match", "indplacering"}:
            if not (tokens[place - 1].text in ("nr", "nummer") and place > 1 and tokens[place - 2].groups & {"match", "kategori"}):
                continue
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if after is not None and "enhed" in after.groups and not (_touches(tokens, place) and "opm" in after.groups):
            if "opm" not in after.groups or not _touches(tokens, place):
                continue
        anchor = _anchor(tokens, place)
        if anchor is not None:
            yield Category(value, anchor, place, True)
        elif token.kind == "number" and _in_slot(tokens, place, after):
            yield Category(value, place, place, False)


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
    return place > 0 and "match" in tokens[place - 1].groups


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
    if written in _ROMAN and before.groups & {"match", "kategori"} and (len(written) > 1 or _ends_here(tokens, place)):
        return _ROMAN[written]
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
    category = False
    for back in range(place - 1, max(-1, place - 1 - _REACH), -1):
        token = tokens[back]
        if "match" in token.groups or ("indplacering" in token.groups):
            verb = "match" not in token.groups
            if verb and category is False and back == place - 1 and token.text == "matcher":
                return None
            return back
        if token.kind == "number" and not (1 <= token.value <= 5 and back > 0 and tokens[back - 1].text == "("):
            if not (token.value == 5 and back > 1 and tokens[back - 2].value == 1):
                return None
        category = category or "kategori" in token.groups
        scale = token.text in (")", "-", "(", "til") or token.kind == "number"
        if not (token.groups & _FILLERS or token.text in _FILLER_WORDS or scale):
            return None
    return None


def _in_slot(tokens: tuple[Token, ...], place: int, after: Token | None) -> bool:
    """Whether a number stands where a category would, in a sentence that speaks of the match."""
    before = tokens[place - 1] if place else None
    if before is None:
        return len(tokens) > 2 and tokens[1].text == "(" and "match" in tokens[2].groups
    slot = "plads" in before.groups or _it_is(tokens, place) or before.text in ("->", "/", "-", "(", ",", ":", "=") or "kategori" in before.groups
    if before.text == "," and not (place > 1 and 1 <= tokens[place - 2].value <= 5):
        return False
    if not slot:
        return False
    fits = after is None or after.kind in ("mark", "arrow") or "efter_tal" in after.groups or bool(after.groups & {"nu", "aarsag"})
    if not fits or (after is not None and after.text in ("%", "§")):
        return False
    return _clause_speaks_of_match(tokens, place)


def _clause_speaks_of_match(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether what stands around the number, up to a comma without a contrast, has the match word or a move."""
    first = place - 1
    crossed = 0
    while first >= 0 and place - first < 2 * _REACH:
        token = tokens[first]
        if token.text in (";", ",") or token.kind == "line":
            beginning = tokens[first + 1]
            carries = beginning.groups & {"kontrast", "nu", "fortid", "negation", "fastholdelse", "aendring", "vurdering", "indplacering", "rettelse"}
            if not (carries or beginning.kind == "number" or beginning.text == "ogsaa") or crossed > 2:
                return False
            crossed += 1
        if token.groups & ANCHORS and "matcher" != token.text:
            return True
        first -= 1
    for token in tokens[place + 1 : place + 6]:
        if token.text in (",", ";"):
            return False
        if "match" in token.groups:
            return True
    return False


# Numbers that belong together

_LEFT = "Fravalgt: ændret fra denne"


def _together(tokens: tuple[Token, ...], found: list[Category]) -> dict[int, str]:
    """Which of the categories are a range, alternatives, or what was changed from."""
    against: dict[int, str] = {}
    for number, (one, two) in enumerate(zip(found, found[1:], strict=False)):
        between = tokens[one.place + 1 : two.place]
        words = [token for token in between if not token.groups & {"match", "kategori"} and token.text not in (":",)]
        if _is_change(tokens, one, two, words):
            against[number] = _LEFT
        elif all(token.text in _LINKS or "tvivl" in token.groups for token in words) and not _separate(words, one, two):
            told = "Afvist: interval eller flere muligheder"
            against[number] = against[number + 1] = told
    for number, one in enumerate(found):
        if number not in against and _goes_on(tokens, one.place):
            against[number] = "Afvist: interval eller flere muligheder"
        if number not in against and _after_from(tokens, one):
            against[number] = _LEFT
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
    return one.value == two.value or (bool(words) and words[-1].text in (",", "(") and two.direct and two.first != two.place)


def _after_from(tokens: tuple[Token, ...], one: Category) -> bool:
    return one.first > 0 and "fra" in (tokens[one.first - 1].text, tokens[one.place - 1].text) and not one.direct or (
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


# What a statement must have


def _grov(scene: Scene, one: Category, grov_before: bool) -> str | None:
    """A grovmatch in the sentence, or in the one before it, unless this placement takes its place."""
    told = "Afvist: grovmatch"
    rough = [at for at, clause in enumerate(scene.clauses) if "grov" in clause.groups and not is_denied(scene, at)]
    own = scene.clause_at(one.place)
    clause = scene.clauses[own]
    moved = "grov_afloest" in clause.groups
    if rough:
        decided = moved or (clause.link in (Link.BUT, Link.STRONG) and "indplacering" in clause.groups)
        fresh = own > max(rough) and clause.label not in rough and decided
        replaced = own in rough and moved and _grov_first(scene, own, one)
        return None if fresh or replaced else told
    strong = {"indplacering", "vurdering", "grov_afloest"} & scene.clauses[own].groups
    return told if grov_before and not strong else None


def _grov_first(scene: Scene, own: int, one: Category) -> bool:
    """``Grovmatch ændret til match 3``: the rough word stands before, and the change between."""
    clause = scene.clauses[own]
    places = [place for place, token in enumerate(clause.tokens, start=clause.first) if "grov" in token.groups]
    moves = [place for place, token in enumerate(clause.tokens, start=clause.first) if "grov_afloest" in token.groups]
    return max(places) < one.place and any(max(places) < place < one.place for place in moves)


def is_denied(scene: Scene, number: int) -> bool:
    """Whether the grovmatch of a clause is said not to be: ``Grovmatch: nej``, or an empty box."""
    clauses = scene.clauses
    words = [token.text for token in clauses[number].tokens]
    place = next(at for at, token in enumerate(clauses[number].tokens) if "grov" in token.groups)
    following = words[place + 1 : place + 2] or [token.text for one in clauses[number + 1 : number + 2] for token in one.tokens[:1]]
    boxes = [token for token in clauses[number].tokens[max(0, place - 1) : place + 2] if token.kind == "box"]
    denied = bool(following) and following[0] in ("nej", "n", "-", "0", "ikke", "ingen", "ej")
    return denied or (bool(boxes) and not any(box.value == 1 for box in boxes))


def _unasserted(scene: Scene, one: Category) -> str | None:
    """A category that is only named: *om match 3*, *projekt for match 4*, *match 2 borgere*."""
    tokens = scene.sentence.tokens
    own = scene.clause_at(one.first)
    clause = scene.clauses[own]
    if "andet" in clause.groups or _counted(tokens, one):
        return "Afvist: ikke en matchkategori"
    if _named_in_passing(tokens, one, clause) or _to_be_done(scene, own, one):
        return _NAMED
    number = scene.clause_at(one.place) + 1
    if number < len(scene.clauses) and scene.clauses[number].link is Link.THAT and "fastholdelse" in scene.clauses[number].groups:
        return None
    if one.first == clause.first:
        return None
    before = tokens[one.first - 1]
    if "forholdsord" in before.groups and "nu" not in before.groups:
        return _NAMED
    if before.text in ("til", "i", "som", "paa", "fra"):
        return None if _belongs(scene, own, one, before.text) else _NAMED
    if before.groups & _LEADS_IN or before.kind != "word" or before.text in _NEUTRAL:
        return None
    return _NAMED if before.text.endswith(("er", "te", "t", "ede", "es", "aa")) or before.groups & _VERBS else None


_NAMED = "Afvist: matchkategorien er kun nævnt"
_LEADS_IN = frozenset(
    {"er", "nu", "fastholdelse", "vurdering", "indplacering", "aendring", "borger", "match", "negation", "fortid", "rettelse",
     "klart", "kategori", "aarsag", "myndighed"}
)  # fmt: skip
_NEUTRAL = frozenset(
    {"og", "samt", "eller", "en", "et", "at", "ok", "afholdt", "holdt", "moedt", "fremmoedt", "gennemfoert", "borgerens",
     "hans", "hendes", "dit", "din", "af", "den", "det", "han", "hun"}
)  # fmt: skip
_PLACES = frozenset({"indplacering", "vurdering", "fastholdelse"})
_KNOWN_AFTER = _PLACES | {"er", "nu", "enhed", "opm", "klart", "aarsag", "udslag", "aendring", "efter_tal", "grov_afloest"}


def _counted(tokens: tuple[Token, ...], one: Category) -> bool:
    """``3. match``: the match is counted, and no category."""
    before = tokens[one.first - 1] if one.first else None
    return before is not None and before.kind == "number" and one.direct and before.end + 2 >= tokens[one.first].start


def _named_in_passing(tokens: tuple[Token, ...], one: Category, clause: Clause) -> bool:
    """What follows at once makes it a name or the subject of something else: *match 2 borgere*, *match 3 kræver*."""
    if one.place + 1 >= clause.end:
        return False
    after = tokens[one.place + 1]
    if after.kind != "word" or after.groups & _KNOWN_AFTER:
        return False
    return bool(after.groups & {"ikke_register", "flere"}) or (len(after.text) > 4 and after.text.endswith(("es", "er", "erne")))


def _to_be_done(scene: Scene, own: int, one: Category) -> bool:
    """*at indplacere i match 3*: an infinitive says that it was done only after a decision."""
    clause = scene.clauses[own]
    at = next((at for at, token in enumerate(clause.tokens) if "navnemaade" in token.groups and clause.first + at < one.place), None)
    if at is None or any(token.groups & {"verbum"} for token in clause.tokens[:at]):
        return False
    governing = scene.clauses[own - 1].groups if own else frozenset()
    return "besluttet" not in governing | clause.groups


def _belongs(scene: Scene, own: int, one: Category, preposition: str) -> bool:
    """Whether a verb puts the citizen *i*, *til* or *som* the category."""
    clause = scene.clauses[own]
    governing = scene.clauses[own - 1].groups if own and clause.link in (Link.THAT, Link.COLON, Link.BUT, Link.FREE) else frozenset()
    ahead = scene.sentence.tokens[clause.first : one.first - 1]
    if clause.groups & _PLACES or any("aendring" in token.groups for token in ahead):
        return True
    if "aendring" in governing or ({"indplacering", "fastholdelse"} & governing and not clause.has_verb):
        return True
    if preposition == "til":
        return False
    for token in reversed(ahead):
        if token.groups & {"er"}:
            return True
        if not token.groups & {"nu", "klart", "borger", "pronomen", "er", "fastholdelse", "negation", "fortid", "tvivl", "plan"}:
            break
    return preposition == "i" and not clause.has_verb and "flere" not in clause.groups


_VERBS = frozenset({"tale", "forslag", "kilde", "plan", "verbum"})


def _ticked(tokens: tuple[Token, ...]) -> tuple[int, int] | None:
    """The category that is ticked, with its place; 0 if not exactly one is. ``None`` where there is nothing to tick."""
    numbers = [place for place, token in enumerate(tokens) if token.kind == "number" and 1 <= token.value <= 5]
    boxes = [place for place, token in enumerate(tokens) if token.kind == "box"]
    if boxes and numbers:
        step = 1 if boxes[0] < numbers[0] else -1
        ticks = [place for place in boxes if tokens[place].value == 1 and 0 <= place + step < len(tokens)]
        beside = [place + step for place in ticks if place + step in numbers]
        touching = [place for place in boxes if place + step in numbers]
        if not touching:
            return None
        return (tokens[beside[0]].value, beside[0]) if len(beside) == 1 else (0, numbers[0])
    values = [tokens[place].value for place in numbers]
    if values[:5] != [1, 2, 3, 4, 5] or numbers[4] - numbers[0] > 14:
        return None
    ringed = [place for place in numbers[:5] if place and tokens[place - 1].text == "(" and tokens[place + 1 :][:1] and tokens[place + 1].text == ")"]
    apart = {token.text for place in range(numbers[0], numbers[4]) for token in [tokens[place]]} - {"1", "2", "3", "4", "5", "(", ")"}
    crossed = [place for place in numbers[:5] if place + 1 < len(tokens) and tokens[place + 1].text == "x"]
    chosen = ringed or crossed
    if apart - {"x", "/", ",", "_", "-"}:
        return None
    return (tokens[chosen[0]].value, chosen[0]) if len(chosen) == 1 else (0, numbers[0])
