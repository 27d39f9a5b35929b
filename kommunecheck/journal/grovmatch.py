"""A grovmatch places nobody, whatever number is on it; what takes its place does (label 11)."""

from kommunecheck.journal.categories import Category
from kommunecheck.journal.clauses import Link
from kommunecheck.journal.scope import Scene


def grovmatch(scene: Scene, one: Category, grov_before: bool) -> str | None:
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
    following = words[place + 1 : place + 2] or [
        token.text for one in clauses[number + 1 : number + 2] for token in one.tokens[:1]
    ]
    boxes = [token for token in clauses[number].tokens[max(0, place - 1) : place + 2] if token.kind == "box"]
    denied = bool(following) and following[0] in ("nej", "n", "-", "0", "ikke", "ingen", "ej")
    return denied or (bool(boxes) and not any(box.value == 1 for box in boxes))


def is_rough(scene: Scene) -> bool:
    """Whether the sentence leaves the citizen with a grovmatch: *erstattes af en egentlig indplacering* does not."""
    for number, clause in enumerate(scene.clauses):
        if "grov" in clause.groups and not is_denied(scene, number):
            replaced = "aendring" in clause.groups and "negation" not in clause.groups
            if not replaced:
                return True
    return False
