"""Registration as job seeker with the state, or the reason why not for the time being (labels 21-23)."""

from collections.abc import Iterator

from kommunecheck.domain.statement import Statement
from kommunecheck.journal.scope import Reason, Scene
from kommunecheck.journal.tokens import Token

TRIGGERS = frozenset({"soegende", "formidling", "registreret", "registrering", "fritaget"})
"""A sentence without such a word tells nothing of registration."""

_NEAR = 7
"""Words that may stand between *registreret* and *arbejdssøgende*."""


def registrations(scene: Scene, text: str) -> Iterator[Statement]:
    """What the sentence says of registration."""
    tokens = scene.sentence.tokens
    seeking = [place for place, token in enumerate(tokens) if _is_target(tokens, place, text)]
    exempt = [place for place, token in enumerate(tokens) if "fritaget" in token.groups]
    if not seeking and not exempt:
        return
    place = seeking[0] if seeking else exempt[0]
    excused = _excused(scene, place, bool(seeking), bool(exempt))
    if excused is not None:
        yield _statement(scene, place, place, excused)
        return
    for first, last in _told(scene, seeking):
        reason = _against(scene, first, last)
        if reason and reason.group == "negation" and tokens[last].kind == "box":
            reason = None  # the answer that is not ticked
        yield _statement(scene, first, last, reason.told if reason else "Registreret", reason is None)


def _statement(scene: Scene, first: int, last: int, told: str, accepted: bool = True) -> Statement:
    sentence = scene.sentence
    at, to = sentence.tokens[first].start, sentence.tokens[last].end
    return Statement("jobseeker", "ja", accepted, told, sentence.start, sentence.end, at, to)


def _is_target(tokens: tuple[Token, ...], place: int, text: str) -> bool:
    """Arbejdssøgende, or the authority one registers with; *af* only where it is a name."""
    token = tokens[place]
    if "soegende" in token.groups:
        return True
    if "formidling" not in token.groups:
        return False
    before = (
        tokens[place - 1].groups | (tokens[place - 2].groups if place > 1 else frozenset()) if place else frozenset()
    )
    if place + 2 < len(tokens) and tokens[place + 1].text == ":":
        return bool(tokens[place + 2].groups & {"registreret", "ja"})
    named = (
        token.text != "af"
        or text[token.start : token.end].upper() == text[token.start : token.end]
        or place + 1 == len(tokens)
    )
    return named and bool(before & {"registreret", "registrering"})


def _told(scene: Scene, seeking: list[int]) -> Iterator[tuple[int, int]]:
    """Where the sentence says that the citizen is registered: a verb with what it is about, or a filled field."""
    tokens = scene.sentence.tokens
    for place in seeking:
        near = [
            at for at in range(max(0, place - _NEAR), min(len(tokens), place + 4)) if "registreret" in tokens[at].groups
        ]
        near = [at for at in near if scene.clause_at(at) == scene.clause_at(place)]
        if near and not _unanswered(tokens, place) and not _unticked(tokens, min(near[0], place)):
            yield min(near[0], place), max(near[0], place)
            return
        answer = _answer(tokens, place)
        if answer is not None:
            yield place, answer
            return
        noun = [
            at
            for at in range(max(0, place - _NEAR), min(len(tokens), place + 3))
            if "registrering" in tokens[at].groups
        ]
        done = [at for at in range(place + 1, min(len(tokens), place + 5)) if "udfoert" in tokens[at].groups]
        if noun and done:
            yield min(noun[0], place), done[0]
            return


def _unticked(tokens: tuple[Token, ...], first: int) -> bool:
    """``[ ] tilmeldt som arbejdssøgende``."""
    return first > 0 and tokens[first - 1].kind == "box" and tokens[first - 1].value != 1


def _unanswered(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether it is a field, and the answer is not yes."""
    at = (
        max([place, *(at for at in range(place, min(place + 3, len(tokens))) if "registreret" in tokens[at].groups)])
        + 1
    )
    if at >= len(tokens) or tokens[at].text not in (":", "="):
        return False
    return _answer(tokens, place) is None


def _answer(tokens: tuple[Token, ...], place: int) -> int | None:
    """The place of the *ja* or of the tick after a field's name."""
    at = place + 1
    texts = [token.text for token in tokens[at : at + 3]]
    if texts[:1] == [":"] and "registreret" in tokens[at + 1 : at + 2][0].groups if len(texts) > 1 else False:
        return at + 1 if texts[2:] != [":"] else None
    while at < len(tokens) and (
        tokens[at].text in (":", "=", "-", "(", ")", "hos", "i", "med")
        or tokens[at].groups & {"registrering", "registreret"}
        or (tokens[at].groups & {"formidling"} and tokens[at].text in ("af", "jobcenter", "jobcentret"))
    ):
        at += 1
    if at >= len(tokens):
        return _box_before(tokens, place)
    if tokens[at].kind == "box":
        word = tokens[at + 1] if at + 1 < len(tokens) else None
        if word is None or word.text not in ("ja", "nej"):
            return at if tokens[at].value == 1 else None
        return at if tokens[at].value == 1 and word.text == "ja" else None
    if "ja" in tokens[at].groups and at > place + 0:
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        either = following is not None and following.text in ("/", "nej", "eller")
        boxed = following is not None and following.kind == "box"
        if boxed and following is not None:
            return at if following.value == 1 else None
        return None if either else at
    return _box_before(tokens, place)


def _box_before(tokens: tuple[Token, ...], place: int) -> int | None:
    return place if place and tokens[place - 1].kind == "box" and tokens[place - 1].value == 1 else None


def _against(scene: Scene, first: int, last: int) -> Reason | None:
    clause = scene.clauses[scene.clause_at(first)]
    for at, token in enumerate(clause.tokens, start=clause.first):
        before = scene.sentence.tokens[at - 1]
        elsewhere = (
            at <= last or "forholdsord" in before.groups or before.text in ("i", "paa", "til", "ved", "som", "-")
        )
        if "ikke_register" in token.groups and token.text != "jobnet" and elsewhere:
            return Reason("ikke_register", token.text)
    denied = next((token for token in scene.sentence.tokens[first:last] if "negation" in token.groups), None)
    return Reason("negation", denied.text) if denied else scene.against(first, last)


def _excused(scene: Scene, place: int, seeking: bool, exempt: bool) -> str | None:
    """The reason why the citizen is not registered for the time being, if the sentence gives one."""
    if scene.sentence.question or scene.heading or scene.subject_is_other:
        return None
    tokens = scene.sentence.tokens
    own = scene.clauses[scene.clause_at(place)]
    denied = [at for at, token in enumerate(tokens) if token.groups & {"ikke_gjort", "fritaget"}]
    if not denied or (exempt and not seeking and not _is_field(tokens, place)):
        return None
    if any(token.groups & {"andre", "betingelse", "kilde"} for token in own.tokens) or (
        own.groups & {"fortid"} and "nu" not in own.groups
    ):
        return None
    denial = min(denied, key=lambda at: abs(at - place))
    for at, token in enumerate(tokens):
        clause = scene.clauses[scene.clause_at(at)]
        others = any("andre" in one.groups and "fravaer" not in one.groups for one in clause.tokens)
        if "fravaer" not in token.groups or others or clause.groups & {"tvivl", "betingelse"}:
            continue
        if _gives_reason(scene, at, min(denial, place), max(denial, place)):
            return f"Grunden til, at borgeren ikke er registreret - »{token.text}«"
    return None


def _gives_reason(scene: Scene, at: int, first: int, last: int) -> bool:
    """Whether the absence at one place is told as the reason for what is denied between two others."""
    tokens = scene.sentence.tokens
    if at > first:
        ahead = tokens[max(0, at - 4) : at]
        return any("grund" in token.groups or token.text in (":", "(", ",", "-", "er") for token in ahead)
    before = scene.clauses[scene.clause_at(at)].tokens[0]
    return "grund" in before.groups or any("derfor" in token.groups for token in tokens[at:last])


def _is_field(tokens: tuple[Token, ...], place: int) -> bool:
    return tokens[place].text.startswith("fritagelse") or any(
        token.groups & {"registreret", "registrering"} for token in tokens
    )
