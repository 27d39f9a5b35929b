"""Where one statement ends and the next begins with no mark between, as in hurried notes.

*har søgt 6 job match 3 opm pkt helbred er tilm AF ny tid i maj*: the words that a statement begins with tell.
"""

from kommunecheck.journal.tokens import Token

_LEADS = frozenset(
    {"er", "nu", "fastholdelse", "vurdering", "indplacering", "aendring", "borger", "pronomen", "match", "negation",
     "fortid", "rettelse", "klart", "kategori", "aarsag", "myndighed", "besluttet", "forholdsord", "plads", "tvivl",
     "plan", "forslag", "kilde", "andre", "flere", "fagperson", "betingelse", "grov", "andet", "tale", "senere",
     "verbum", "ledsaetning", "kontrast", "udslag", "borgergenitiv", "overskrift", "tages_tilbage", "sikkert",
     "registreret"}
)  # fmt: skip
"""A word before the match word that belongs with it: no statement begins between."""
_LEADS_TO_AREAS = _LEADS - {"tale", "nu", "match", "borger"}
_ANSWERS = frozenset({"ja", "nej", "ok"})
_AFTER_CATEGORY = frozenset({"borger", "myndighed", "opm", "registreret", "soegende", "registrering", "stop_omraade"})
_AFTER_CATEGORY_WORDS = frozenset({"ny", "nyt", "naeste", "aftalt", "cv", "opmaerksomhed", "samtale", "kontakt"})
_AUXILIARY = frozenset({"er", "ej", "ikke", "var", "blev", "bliver", "skal", "ikk", "ikke laengere"})
_SUBJECT = frozenset({"borger", "pronomen", "myndighed", "andre", "verbum", "aarsag", "betingelse", "kilde"})
_BEFORE_REGISTERED = _SUBJECT | {"plan", "forsoeg", "er", "ledsaetning", "navnemaade"}
_SAYS = frozenset({"er", "verbum", "indplacering", "fastholdelse", "vurdering", "aendring"})
_THEREFORE = frozenset({"match", "nu", "verbum", "borger", "indplacering", "aendring", "vurdering"})
_JOINS = frozenset(
    {"og", "samt", "med", "som", "et", "en", "af", "til", "m", "uden", "intet", "ingen", "nye", "+", "/", "&"}
)
BEGINNERS = _AFTER_CATEGORY | {"opm", "nu", "match", "verbum"}
BEGINNING = _AFTER_CATEGORY_WORDS | _AUXILIARY | {"derfor", "han", "hun"}
"""The groups and the words that a statement begins with: no other needs looking at."""


def begins_statement(tokens: tuple[Token, ...], at: int, first: int, loose: bool) -> bool:
    """Whether a statement begins at the word. ``loose``: the sentence begins without a capital."""
    if at <= first or at + 1 >= len(tokens):
        return False
    token, before, after = tokens[at], tokens[at - 1], tokens[at + 1]
    if before.kind not in ("word", "number") or before.text in _JOINS:
        return False
    if _is_category(tokens, at - 1):
        return _follows_category(tokens, at)
    if token.text == "derfor":
        return bool(after.groups & _THEREFORE)
    if "opm" in token.groups:
        return at > first + 1 and not before.groups & _LEADS_TO_AREAS
    if _registers(tokens, at):
        near = tokens[max(first, at - 3) : at]
        helped = any(one.text in _AUXILIARY or "verbum" in one.groups for one in near)
        return not before.groups & _BEFORE_REGISTERED and not helped
    if before.groups & {"soegende", "formidling"} and "verbum" in token.groups:
        return True
    if at < first + 2 or before.groups & _LEADS:
        return loose and "match" in token.groups and before.text in _ANSWERS
    if token.groups & {"borger", "myndighed", "nu"} or token.text in ("han", "hun"):
        return bool(after.groups & (_SAYS if "nu" not in token.groups else _SAYS | {"match", "borger"}))
    return loose and "match" in token.groups


def _is_category(tokens: tuple[Token, ...], at: int) -> bool:
    number = 1 <= tokens[at].value <= 5 or any(group.startswith(("tal_", "romertal_")) for group in tokens[at].groups)
    return number and at > 0 and bool(tokens[at - 1].groups & {"match", "kategori"})


def _follows_category(tokens: tuple[Token, ...], at: int) -> bool:
    """What cannot be said of the category before it: *match 3 borger enig*, *match 3 er tilmeldt AF*."""
    token = tokens[at]
    if token.groups & _AFTER_CATEGORY or token.text in _AFTER_CATEGORY_WORDS:
        return "flere" not in token.groups and not ("registreret" in token.groups and not _registers(tokens, at))
    return token.text in _AUXILIARY and _registers(tokens, at)


def _registers(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether words of registration begin here: *tilm AF*, *er tilmeldt som arbejdssøgende*."""
    verb = at + 1 if tokens[at].text in _AUXILIARY else at
    if verb >= len(tokens) or "registreret" not in tokens[verb].groups:
        return False
    return any(token.groups & {"soegende", "formidling"} for token in tokens[verb : verb + 4])
