"""Whose statement it is where a clause does not say: *hans bror, der bor her, er nu match 2*."""

from kommunecheck.journal.clauses import Clause, Link
from kommunecheck.journal.tokens import Token

_VERBS = frozenset({"verbum", "er", "indplacering"})
_CITIZEN = frozenset({"borger", "pronomen", "myndighed"})
_GOES_ON = frozenset({Link.COMMA, Link.AND, Link.BUT, Link.RESUME})

_BESIDE = frozenset({Link.THAT, Link.COMMA, Link.AND})


def inherited(clauses: list[Clause], number: int) -> tuple[Token, ...]:
    """The words of the subject that a clause without one goes on from; none where that is the citizen."""
    clause = clauses[number]
    first = 1 if clause.tokens[0].groups & {"kontrast"} and len(clause.tokens) > 1 else 0
    if clause.link not in _GOES_ON or not clause.tokens[first].groups & _VERBS or _turned(clause):
        return ()
    found: tuple[Token, ...] = ()
    back = number - 1
    while back >= 0:
        other = clauses[back]
        if any(token.text in ("som", "der", "hvor") for token in other.tokens[:2]) and other.link in _BESIDE:
            back -= 1
            continue
        verb = next((at for at, token in enumerate(other.tokens) if token.groups & {"verbum", "er"}), None)
        found = (*other.tokens[:verb], *found)
        if verb or other.link not in _GOES_ON:
            break
        back -= 1
    someone = any("andre" in token.groups for token in found)
    return () if not someone and any(token.groups & _CITIZEN for token in found) else found


def _turned(clause: Clause) -> bool:
    """Whether the subject stands after the verb: *indplaceres borger i match 3*."""
    return any(token.groups & _CITIZEN for token in clause.tokens[1:4])
