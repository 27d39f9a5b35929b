"""Opmærksomhedsområder: which of the five of the dialogue guide a sentence names as such (labels 17-20)."""

from collections.abc import Iterator
from itertools import pairwise

from kommunecheck.domain.statement import Statement
from kommunecheck.journal.clauses import Link
from kommunecheck.journal.scope import Reason, Scene
from kommunecheck.journal.tokens import Token

AREAS = {
    "omraade_a": "arbejdsmarkedsperspektiv",
    "omraade_f": "faglige_praktiske_kvalifikationer",
    "omraade_h": "helbred",
    "omraade_o": "oekonomi_netvaerk",
    "omraade_p": "personlige_kompetencer",
}
"""The areas by the group of words that name them."""

_GROUPS = frozenset(AREAS)
TRIGGERS = frozenset({"opm", "udslag", "fokus"})
"""A sentence without such a word names no area."""

_AGAINST = frozenset({"negation", "fortid", "tvivl", "ok", "senere", "andre", "forslag", "plan"})
_BETWEEN = frozenset({"er", "vurdering", "fastholdelse", "nu", "opm", "udslag"})
_BETWEEN_WORDS = frozenset(
    {
        "som",
        "staar som",
        "=",
        "et",
        "en",
        "og",
        ":",
        "(",
        "-",
        ",",
        "til",
        "registreret",
        "eneste",
        "fortsat",
        "/",
        "ogsaa",
    }
)


_SAYS_OF = frozenset({"negation", "fortid", "tvivl", "plan", "forslag", "myndighed", "borger", "enhed"})
_UNKNOWN, _UNKNOWN_BEFORE_AS = 3, 8
"""Words that may stand between a name and the verb: *gæld til kommunen er opm.punkt*; more before *som*."""
_EXCEPT = frozenset({"ud over", "udover", "andet end", "andre end", "foruden", "undtagen", "bortset fra"})
_KEPT = frozenset({"have", "staa", "staar", "staar som", "fortsat", "stadig", "fastholdes", "bevares", "holdes"})


def areas(scene: Scene) -> Iterator[Statement]:
    """The areas the sentence names, and those it only seems to name."""
    tokens = scene.sentence.tokens
    trigger = _trigger(tokens)
    if trigger is None:
        return
    named = dict.fromkeys((*_named_before(tokens, trigger), *_named_after(scene, trigger)))
    if not named:
        return
    last = max(trigger, *named) if max(named) < scene.clauses[scene.clause_at(trigger)].end else trigger
    reason = scene.against(trigger, last, skip=_kept(tokens) | _apart_from(tokens, trigger))
    if reason is not None and (reason.word == "mangler" or reason.word in {tokens[place].text for place in named}):
        reason = None  # what is missing is the area, and *familien* is one
    general = _general(tokens, trigger)
    for place in named:
        own = (
            (reason if reason is None or not _instead(scene, reason, place) else None)
            or general
            or _against_name(scene, trigger, place)
        )
        told = own.told if own else "Nævnt som opmærksomhedsområde"
        for group in sorted(tokens[place].groups & _GROUPS):
            if group == "omraade_p" and place and tokens[place - 1].groups & {"omraade_f"}:
                continue  # faglige kompetencer
            yield Statement(
                "areas", AREAS[group], own is None, told, scene.sentence.start, scene.sentence.end,
                tokens[place].start, tokens[place].end,
            )  # fmt: skip


def _apart_from(tokens: tuple[Token, ...], trigger: int) -> frozenset[int]:
    """The places of what is denied where something is excepted: *ingen opm.punkter ud over helbredet*."""
    if not any(token.text in _EXCEPT for token in tokens[trigger:]):
        return frozenset()
    return frozenset(place for place, token in enumerate(tokens) if "negation" in token.groups)


def _kept(tokens: tuple[Token, ...]) -> frozenset[int]:
    """The places of *skal* where it says that the area is one: *skal vi have opmærksomhed på*, *skal stå som*."""
    if not any(token.text in _KEPT for token in tokens) or any("senere" in token.groups for token in tokens):
        return frozenset()
    return frozenset(place for place, token in enumerate(tokens) if token.text in ("skal", "boer"))


def _instead(scene: Scene, reason: Reason, place: int) -> bool:
    """*Ikke længere opm. på helbred, men på økonomi*: what stands after *men* is not denied."""
    clause = scene.clauses[scene.clause_at(place)]
    if clause.link is not Link.BUT or "negation" in clause.groups:
        return False
    return reason.group == "negation" or (reason.group == "fortid" and "nu" in clause.groups)


def _trigger(tokens: tuple[Token, ...]) -> int | None:
    for place, token in enumerate(tokens):
        if "opm" in token.groups:
            return place
        if "udslag" in token.groups and (
            token.text.startswith("udslag") or any("match" in one.groups for one in tokens)
        ):
            return place
        if "fokus" in token.groups and token.text != "fokus" and any("match" in one.groups for one in tokens):
            return place
    return None


def _named_after(scene: Scene, trigger: int) -> Iterator[int]:
    """The places of names after the trigger: up to a reason, a new label, or a clause that tells something else."""
    tokens = scene.sentence.tokens
    own = scene.clause_at(trigger)
    for number in range(own, len(scene.clauses)):
        clause = scene.clauses[number]
        instead = clause.link is Link.BUT and "nu" in clause.groups
        tells = clause.has_verb and not instead
        if number > own and (clause.link in (Link.FREE, Link.IF) or "stop_omraade" in clause.groups or tells):
            return
        if number > own + 1 and clause.end < len(tokens) and tokens[clause.end].text == ":":
            named = any(token.groups & _GROUPS for token in clause.tokens)
            if not named:
                return
        for place in range(max(clause.first, trigger + 1), clause.end):
            if "stop_omraade" in tokens[place].groups:
                return
            if tokens[place].groups & _GROUPS and not _unticked(tokens, place):
                yield place


def _unticked(tokens: tuple[Token, ...], place: int) -> bool:
    """In a list with boxes, only what is ticked is named."""
    boxes = [at for at, token in enumerate(tokens) if token.kind == "box"]
    if not boxes:
        return False
    names = [at for at, token in enumerate(tokens) if token.groups & _GROUPS]
    before = boxes[0] < names[0]
    near = [at for at in boxes if (at < place if before else at > place)]
    if not near:
        return True
    return tokens[near[-1] if before else near[0]].value != 1


def _named_before(tokens: tuple[Token, ...], trigger: int) -> Iterator[int]:
    """The places of names before the trigger: *helbred er opm.punkt*, *gæld (opm.)*."""
    told = tokens[trigger].groups & {"udslag"} or trigger == 0
    place, said, found, unknown = trigger - 1, bool(told), [], 0
    most = _UNKNOWN_BEFORE_AS if place >= 0 and tokens[place].text.endswith("som") else _UNKNOWN
    while place >= 0:
        token = tokens[place]
        if token.groups & _GROUPS:
            if not said:
                return
            found.append(place)
        elif token.groups & _BETWEEN or token.text in _BETWEEN_WORDS:
            said = (
                said
                or bool(token.groups & {"er", "vurdering", "fastholdelse"})
                or token.text in ("som", "staar som", "=", ":", "(", "-")
            )
        elif not token.groups & _SAYS_OF:
            unknown += 1
            describes = place == trigger - 1
            near = said or describes or unknown < _UNKNOWN
            if found or not near or unknown > most or token.kind not in ("word", "other"):
                break
        place -= 1
    yield from reversed(found)


def _general(tokens: tuple[Token, ...], trigger: int) -> Reason | None:
    """The areas of the guide, told of in general."""
    for token in tokens:
        if "flere" in token.groups and token.text not in ("alle", "oevrige"):
            return Reason("flere", token.text)
    for one, two in pairwise(tokens[trigger : trigger + 4]):
        if one.text in ("for", "hos", "til") and "andre" in two.groups:
            return Reason("andre", two.text)
    before = tokens[trigger - 1].text if trigger else ""
    if trigger > 1 and "match" in tokens[trigger - 2].groups:
        return None  # match fem
    return Reason("flere", before) if before in ("fem", "alle", "de") else None


def _against_name(scene: Scene, trigger: int, place: int) -> Reason | None:
    """What stands in the name's own fragment against it: *ikke økonomi*, *(tidl. netværk)*, *helbred: ok*."""
    number = scene.clause_at(place)
    clause = scene.clauses[number]
    tokens = scene.sentence.tokens
    if place and tokens[place - 1].text == "fra":
        return Reason("fortid", "fra")
    first = max(clause.first, trigger + 1) if number == scene.clause_at(trigger) else clause.first
    for at in range(first, clause.end):
        for group in sorted(tokens[at].groups & _AGAINST):
            if tokens[at].text == "mangler" or _lacks(tokens, at, place):
                continue
            if group == "fortid" and ("nu" in clause.groups or "fastholdelse" in clause.groups):
                continue
            return Reason("negation" if group == "ok" else group, tokens[at].text)
    return _answered(scene, number)


def _lacks(tokens: tuple[Token, ...], at: int, place: int) -> bool:
    """*Ingen uddannelse*, *intet netværk*: what is lacking is the area."""
    lacked = "omraade_f" in tokens[place].groups or tokens[place].text.startswith("netvaerk")
    return at == place - 1 and lacked and tokens[at].text in ("ingen", "intet", "uden")


def _answered(scene: Scene, number: int) -> Reason | None:
    """What comes after the name's fragment against it: *helbred: ok*, *netværk (tidligere)*."""
    clause, tokens = scene.clauses[number], scene.sentence.tokens
    if clause.end < len(tokens) and tokens[clause.end].text == ":" and number + 1 < len(scene.clauses):
        answer = scene.clauses[number + 1].tokens[0]
        if answer.groups & {"ok", "negation"} or answer.text in ("-", "0"):
            return Reason("negation", answer.text)
    if number + 1 < len(scene.clauses) and scene.clauses[number + 1].link is Link.PAREN:
        after = scene.clauses[number + 1]
        if len(after.tokens) < 3 and not after.groups & _GROUPS:
            for token in after.tokens:
                for group in sorted(token.groups & (_AGAINST - {"andre"})):
                    return Reason("negation" if group == "ok" else group, token.text)
    return None
