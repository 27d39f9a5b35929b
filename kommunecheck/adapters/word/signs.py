"""What a document shows without letters: boxes to tick, lists to choose from, and symbols from a typeface of signs."""

from kommunecheck.adapters.word.markup import VALUE, Element, W, is_on

SYMBOL, CHECKBOX, DROPDOWN = W + "sym", W + "checkBox", W + "ddList"

_EMPTY, _TICKED = "☐", "☒"
_DRAWN = {
    "wingdings": {
        **dict.fromkeys((0x6F, 0x70, 0x71, 0x72, 0xA1, 0xA8), _EMPTY),
        **dict.fromkeys((0x78, 0xFD, 0xFE), _TICKED),
        0xFC: "✓",
        **dict.fromkeys((0xE0, 0xE8), "→"),  # what Word makes of --> and ==>
    },
    "wingdings 2": {
        0xA3: _EMPTY,
        **dict.fromkeys((0x51, 0x52, 0x53, 0x54), _TICKED),
        0x50: "✓",
    },
    "webdings": {0x63: _EMPTY, 0x61: "✓"},
}
"""What the codes of a typeface of signs look like; the other signs prove nothing."""

_APART = 0xF000
"""What Word adds to the codes of such typefaces, to keep them apart from letters."""

_AS_TYPED = {
    **{font: {base + code: sign for base in (0, _APART) for code, sign in of.items()} for font, of in _DRAWN.items()},
    "symbol": {},
}
_USUAL = {_APART + code: sign for code, sign in _DRAWN["wingdings"].items()}
"""A sign set apart from letters is one of Wingdings, unless another such typeface is named."""


def sign_of(element: Element) -> str:
    """What a symbol, a box to tick or a list to choose from shows."""
    if element.tag == CHECKBOX:
        return _TICKED if _is_ticked(element) else _EMPTY
    if element.tag == DROPDOWN:
        return _chosen(element)
    code = element.get(W + "char", "")
    drawn = _DRAWN.get(element.get(W + "font", "").lower(), {})
    return drawn.get(int(code, 16) & 0xFF, "") if _is_code(code) else ""


def as_drawn(text: str, font: str) -> str:
    """A text as its typeface shows it: an ``o`` in Wingdings is an empty box. What is no known sign stays as it is."""
    return text.translate(_AS_TYPED.get(font.lower(), _USUAL))


def _is_ticked(box: Element) -> bool:
    """Whether a box is ticked, by somebody or from the beginning."""
    switches = (box.find(W + "checked"), box.find(W + "default"))
    return next((is_on(switch) for switch in switches if switch is not None), False)


def _chosen(dropdown: Element) -> str:
    """What is chosen in a list, by somebody or from the beginning; else what stands first in it."""
    said = [found.get(VALUE, "") for name in ("result", "default") if (found := dropdown.find(W + name)) is not None]
    place = int(said[0]) if said and said[0].isdecimal() and len(said[0]) < 5 else 0
    entries = [entry.get(VALUE, "") for entry in dropdown.findall(W + "listEntry")]
    return entries[place] if place < len(entries) else ""


def _is_code(code: str) -> bool:
    return 0 < len(code) <= 4 and all(digit in "0123456789abcdefABCDEF" for digit in code)
