"""Whether a category is said of the citizen, or only named: *om match 3*, *projekt for match 4* (labels 7 and 14)."""

from kommunecheck.journal.categories import Category
from kommunecheck.journal.clauses import Clause, Link
from kommunecheck.journal.scope import Scene
from kommunecheck.journal.tokens import Token

_NAMED = "Afvist: matchkategorien er kun nævnt"


_LEADS_IN = frozenset(
    {"er", "nu", "fastholdelse", "vurdering", "indplacering", "aendring", "borger", "match", "negation", "fortid",
     "rettelse", "klart", "kategori", "aarsag", "myndighed", "besluttet"}
)  # fmt: skip


_NEUTRAL = frozenset(
    {"og", "samt", "eller", "en", "et", "at", "ok", "afholdt", "holdt", "moedt", "fremmoedt", "gennemfoert",
     "borgerens", "rette", "rigtige",
     "korrekte", "aktuelle", "endelige", "samlede", "hans", "hendes", "dit", "din", "af", "den", "det", "han", "hun"}
)  # fmt: skip


_PLACES = frozenset({"indplacering", "vurdering", "fastholdelse"})


_KNOWN_AFTER = _PLACES | {
    "er",
    "nu",
    "enhed",
    "opm",
    "klart",
    "aarsag",
    "udslag",
    "aendring",
    "efter_tal",
    "grov_afloest",
}


_VERBS = frozenset({"tale", "forslag", "kilde", "plan", "verbum"})


def unasserted(scene: Scene, one: Category) -> str | None:
    """A category that is only named: *om match 3*, *projekt for match 4*, *match 2 borgere*."""
    tokens = scene.sentence.tokens
    own = scene.clause_at(one.first)
    clause = scene.clauses[own]
    if "andet" in clause.groups or _counted(tokens, one):
        return "Afvist: ikke en matchkategori"
    if _named_in_passing(tokens, one, clause) or _to_be_done(scene, own, one) or _told_of(tokens, one, clause):
        return _NAMED
    number = scene.clause_at(one.place) + 1
    if (
        number < len(scene.clauses)
        and scene.clauses[number].link is Link.THAT
        and "fastholdelse" in scene.clauses[number].groups
    ):
        return None
    if one.first == clause.first or tokens[one.place - 1].text in (":", "="):
        return None
    before = tokens[one.first - 1]
    if before.text in ("den", "denne") and "match" in tokens[one.first].groups:
        return _NAMED
    if _decided_on(before, clause) or (scene.correction and before.text in ("staa", "staaet", "vaere")):
        return None
    if "forholdsord" in before.groups and "nu" not in before.groups:
        return _NAMED
    if before.text in ("til", "i", "som", "paa", "fra"):
        return None if _belongs(scene, own, one, before.text) else _NAMED
    if before.groups & _LEADS_IN or before.kind != "word" or before.text in _NEUTRAL:
        return None
    return _NAMED if before.text.endswith(("er", "te", "t", "ede", "es", "aa")) or before.groups & _VERBS else None


def _decided_on(before: Token, clause: Clause) -> bool:
    """*Enige om match 3*, *grovmatchet erstattes af match 3*, *vi endte på match 3*."""
    groups = clause.groups
    return (
        (before.text == "om" and bool(groups & {"besluttet", "sikkert"}))
        or (before.text == "af" and {"grov", "grov_afloest"} <= groups)
        or (before.text == "af" and any(token.text.startswith(("afloes", "erstat")) for token in clause.tokens))
        or (before.text in ("paa", "med", "ved", "i") and "ender" in groups)
    )


def _counted(tokens: tuple[Token, ...], one: Category) -> bool:
    """``3. match``: the match is counted, and no category."""
    if one.place < one.first:
        return False
    before = tokens[one.first - 1] if one.first else None
    if one.first > 1 and tokens[one.first - 2].text in ("/", "-", "."):
        return False  # a date
    return before is not None and before.kind == "number" and one.direct and before.end + 2 >= tokens[one.first].start


def _named_in_passing(tokens: tuple[Token, ...], one: Category, clause: Clause) -> bool:
    """What follows at once makes it a name or the subject of something else: *match 2 borgere*, *match 3 kræver*."""
    if one.place + 1 >= clause.end:
        return False
    after = tokens[one.place + 1]
    if after.kind != "word" or after.groups & _KNOWN_AFTER:
        return False
    return (bool(after.groups & {"ikke_register", "flere"}) and after.text not in ("cv", "jobnet")) or (
        len(after.text) > 4 and after.text.endswith(("es", "er", "erne"))
    )


def _told_of(tokens: tuple[Token, ...], one: Category, clause: Clause) -> bool:
    """What is said of a category that is the subject must put somebody there: *match 5 er en stor ting* does not."""
    ahead, after = clause.tokens[: max(0, one.first - clause.first)], tokens[one.place + 1 : clause.end]
    if (
        not one.place
        or not after
        or not after[0].groups & {"verbum", "er"}
        or any("verbum" in token.groups for token in ahead)
    ):
        return False
    if len(after) > 1 and after[1].groups & {"borger", "pronomen"}:
        return False
    puts = _PLACES | {"nu", "besluttet", "klart", "opm", "aendring", "registreret", "kategori"}
    return not any(token.groups & puts for token in (after if after[0].groups & _PLACES else after[1:]))


def _to_be_done(scene: Scene, own: int, one: Category) -> bool:
    """*at indplacere i match 3*: an infinitive says that it was done only after a decision."""
    clause = scene.clauses[own]
    at = next(
        (
            at
            for at, token in enumerate(clause.tokens)
            if "navnemaade" in token.groups and clause.first + at < one.place and token.text != "rette"
        ),
        None,
    )
    if at is None or any(token.groups & {"verbum"} for token in clause.tokens[:at]):
        return False
    governing = scene.clauses[own - 1].groups if own else frozenset()
    return "besluttet" not in governing | clause.groups


def _belongs(scene: Scene, own: int, one: Category, preposition: str) -> bool:
    """Whether a verb puts the citizen *i*, *til* or *som* the category."""
    clause = scene.clauses[own]
    if clause.resumes is not None:
        return True
    if clause.link is Link.RESUME and own > 1:
        clause = scene.clauses[own - 2]  # what the parenthesis stands in
    governing = (
        scene.clauses[own - 1].groups
        if own and clause.link in (Link.THAT, Link.COLON, Link.BUT, Link.FREE)
        else frozenset()
    )
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
        if not token.groups & {
            "nu",
            "klart",
            "borger",
            "pronomen",
            "er",
            "fastholdelse",
            "negation",
            "fortid",
            "tvivl",
            "plan",
        }:
            break
    return preposition == "i" and not clause.has_verb and "flere" not in clause.groups
