"""Which provisions a case worker has written as the legal basis of a sanction, and whether the supervision covers them.

``LAS § 38 a, stk. 2``, ``§§ 38 a-41``, ``jf. aktivlovens §13``, ``paragraf 39 i lov om aktiv socialpolitik``: the
provisions stand after a sign, ranges and lists too, and each belongs to the act that is named nearest. An act between
two provisions is named with the one it is closer joined to: ``§ 12 LAS, § 39 i LAB``, but ``LAS § 12, LAB § 39``. Parts
of a provision (``stk. 2, nr. 1``) are passed over. What stands in a text beside that is not read.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final, Literal, NamedTuple

Act = Literal["LAS", "integrationsloven", "other"]

LAS: Final = "LAS"
INTEGRATION: Final = "integrationsloven"


class Number(NamedTuple):
    """A provision's own number and letter. The order is that of the law: 38, 38 a, 38 b, 39."""

    number: int
    letter: str = ""


class Provision(NamedTuple):
    """A provision, or a range of them with both ends included, and the act it is said to be of; ``None`` if unsaid."""

    first: Number
    last: Number
    act: Act | None


COVERED: dict[str, tuple[tuple[Number, Number], ...]] = {
    LAS: ((Number(13), Number(13, "c")), (Number(38, "a"), Number(41))),
    INTEGRATION: ((Number(25), Number(25, "a")), (Number(30), Number(31))),
}
"""BEK 1404/2006 § 2, both ends included."""

LONGEST = 1000
"""Signs of a text that are read: what is longer is a letter that has come into the wrong column."""

_SIGN = r"(?:§+|paragraf(?:fer|fen|ferne|s)?\b)"
_LETTER = r"[a-h](?!\w|\.[a-zæøå]|\.\s*\d)"
_NUMBER = rf"\d+(?!\d)(?:\s*{_LETTER})?"
_TO = r"\s*(?:-|–|—|\btil\b)\s*"
_AND = r"\s*(?:(?:,\s*)*\b(?:og|eller|samt)\b|,(?:\s*,)*|&|/)\s*"
_NEXT = rf"(?:{_TO}(?:{_SIGN}\s*)?|{_AND})(?:{_NUMBER}|{_LETTER}(?!\.))"
_GROUP = re.compile(rf"{_SIGN}\s*{_NUMBER}(?:{_NEXT})*")
_PIECE = re.compile(rf"(?P<to>{_TO})?(?:{_AND})?(?:{_SIGN}\s*)?(?:(?P<number>\d+)\s*)?(?P<letter>{_LETTER})?")

_FEW = r"\d(?!\d)"
"""A part of a provision: more of them are listed than the nine that one digit can tell only by mistake."""
_PARTS = re.compile(
    rf",?\s*(?:\b(?:stk|stykke|nr|pkt|punkt|led)\b\.?\s*\d\d?(?!\d)(?:\s*(?:-|–|,|\bog\b|\btil\b|\beller\b)\s*{_FEW}(?!\s*{_LETTER}))*"
    rf"|\blitra\s+[a-zæøå]\b)|,?\s*\b\d+\.\s*(?:pkt|punktum|led)\b"
)
"""``stk. 2``, ``nr. 1-3``, ``2. pkt.``, ``litra a``: inside a provision, and no provisions themselves."""

_NUMBERED = {1009: LAS, 1460: LAS, 946: LAS, 902: INTEGRATION}
"""The consolidated acts of the time by their numbers (legal facts, 5.1)."""

_OTHERS = "lab|sel|rsl|rtl|fvl|ofl|sdpl|dpl|pensl|btl|bsl|alfl|asl|rpl|strfl"
"""Short names of other acts that case workers use; no word of Danish is spelt as one of them."""

_ACTS: tuple[tuple[re.Pattern[str], Act | None], ...] = (
    (re.compile(r"\b(?:l\.?a\.?s|akl)\b|\baktiv-?lov\w*|\b(?:lov\s+om\s+)?aktiv\s*soc\w*\.?\s*-?pol\w*"), "LAS"),
    (re.compile(r"\b(?:inl|intl)\b|\bintegrationslov\w*|\blov\s+om\s+integration\b"), "integrationsloven"),
    (
        re.compile(r"\b(?:lov|lbk|lovbek|lovbekendtgørelse|bek|bekendtgørelse)\.?\s*(?:nr\.?\s*)?(?P<number>\d{2,4})\b"),
        None,
    ),
    (re.compile(r"\blov\s+om\s+(?!aktiv\s*soc|integration\b)\w+|[a-zæøå]+lov(?:en|ens)?\b|[a-zæøå]+(?:gørelsen|ledning)\w*"),
     "other"),
    (re.compile(rf"\b(?:l\.a\.b|{_OTHERS})\b"), "other"),
)  # fmt: skip
_SHORT = re.compile(r"\b[A-ZÆØÅ]{2,5}\b")
"""The short name of an act that is not listed here: ``KSL``."""
_SHORT_BEFORE = re.compile(r"\b[A-ZÆØÅ]{2,5}(?=\s*§)")
_NO_ACTS = frozenset(
    {"IHT", "STK", "NR", "PKT", "JF", "OG", "LITRA", "ELLER", "AF", "EFTER", "SAMT", "TIL", "JFR", "CPR", "CV"}
)

_LINK = r"(?:\b(?:i|af|efter|den|det|medfør|henhold\s+til)\b\s*+)*+"
_JOINED = re.compile(rf"[\s:(]*+{_LINK}[\s:()]*+")
"""What may stand between an act and a provision that are named together."""
_SET_OFF = re.compile(rf"[\s:(),/]*+{_LINK}[\s:(),/]*+")
_FAR = 3
"""How loosely an act is joined to a provision that is not beside it."""


class _Named(NamedTuple):
    """An act that the text names. ``forwards``: it is named with what stands after it, and not before."""

    begins: int
    ends: int
    act: Act
    forwards: bool = True


class _Group(NamedTuple):
    """The provisions of one sign: ``§§ 38 a-39, 41``. They are of one act."""

    begins: int
    ends: int
    text: str


def provisions(text: str) -> tuple[Provision, ...]:
    """The provisions in the text, in its order; none where none can be read."""
    text = text[:LONGEST]
    plain = _PARTS.sub(lambda part: "," if part[0].startswith(",") else " ", " ".join(text.split()).lower())
    groups = [_Group(*group.span(), group[0]) for group in _GROUP.finditer(plain)]
    named = _directed(_acts(text, plain), groups, plain)
    found: list[Provision] = []
    for group in groups:
        act = _nearest(named, group, plain)
        found += (Provision(first, last, act) for first, last in _ranges(group.text))
    return tuple(found)


def covers(act: str, provision: Provision) -> bool:
    """Whether the supervision covers the provision, in a case whose benefit rests on ``act``: both ends of a range."""
    if provision.act not in (None, act):
        return False
    return all(any(first <= end <= last for first, last in COVERED[act]) for end in (provision.first, provision.last))


def _ranges(group: str) -> Iterator[tuple[Number, Number]]:
    """The provisions of one sign. A letter alone is of the number before it: ``13 a-c``."""
    found: list[tuple[Number, Number]] = []
    for piece in _PIECE.finditer(group):
        if piece["number"] is None and piece["letter"] is None:
            continue
        number = int(piece["number"]) if piece["number"] else found[-1][1].number
        own = Number(number, piece["letter"] or "")
        if piece["to"] and found:
            found[-1] = found[-1][0], own
        else:
            found.append((own, own))
    yield from found


def _acts(text: str, plain: str) -> list[_Named]:
    """The acts that are named, in their order; of two names in one place the one that is known best."""
    found: list[_Named] = []
    for one in chain(_known(plain), _unknown(text, plain)):
        if not any(other.begins < one.ends and one.begins < other.ends for other in found):
            found.append(one)
    return sorted(found)


def _known(plain: str) -> Iterator[_Named]:
    for pattern, act in _ACTS:
        for match in pattern.finditer(plain):
            yield _Named(*match.span(), act or _numbered(int(match["number"])))


def _numbered(number: int) -> Act:
    known = _NUMBERED.get(number)
    return "LAS" if known == LAS else "integrationsloven" if known == INTEGRATION else "other"


def _unknown(text: str, plain: str) -> Iterator[_Named]:
    """Acts by a short name that we do not know. In a text of capitals alone they stand right before the sign."""
    pattern = _SHORT_BEFORE if text.upper() == text else _SHORT
    for short in dict.fromkeys(pattern.findall(text)):
        if short not in _NO_ACTS:
            for match in re.finditer(rf"\b{short.lower()}\b", plain):
                yield _Named(*match.span(), "other")


def _directed(named: list[_Named], groups: list[_Group], plain: str) -> list[_Named]:
    """The acts, each named with what it is closer joined to of what stands beside it; if equally, as the act before."""
    found: list[_Named] = []
    items: list[_Named | _Group] = sorted([*named, *groups], key=lambda item: item.begins)
    forwards = False
    for before, one, after in zip([None, *items], items, [*items[1:], None], strict=False):
        if isinstance(one, _Named):
            left = _apart(plain[before.ends : one.begins]) if isinstance(before, _Group) else _FAR
            right = _apart(plain[one.ends : after.begins]) if isinstance(after, _Group) else _FAR
            forwards = right < left or (right == left and forwards)
            found.append(one._replace(forwards=forwards))
    return found


def _apart(between: str) -> int:
    """How loosely an act and a provision are joined by what stands between them."""
    return 0 if _JOINED.fullmatch(between) else 1 if _SET_OFF.fullmatch(between) else 2


def _nearest(named: list[_Named], group: _Group, plain: str) -> Act | None:
    """The act named nearest to the provisions, of those named with what stands on that side; where none is, of all.

    What only joins them is no distance. Of two as near, it is the one before.
    """
    before = [(_far(plain[one.ends : group.begins]), 0, one) for one in named if one.ends <= group.begins]
    after = [(_far(plain[group.ends : one.begins]), 1, one) for one in named if group.ends <= one.begins]
    own = [one for one in before if one[2].forwards] + [one for one in after if not one[2].forwards]
    found = min(own or before + after, default=None)
    return None if found is None else found[2].act


def _far(between: str) -> int:
    return 0 if _apart(between) == 0 else len(between)
