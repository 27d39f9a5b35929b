"""Which case a line, or the document as a whole, is about: the id behind a label, as it stands."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kommunecheck.adapters.word.body import Line
from kommunecheck.adapters.word.dating import BETWEEN, LOOKED_AT, read_dated

_NUMBERED = (
    r"(?:(?:kmd|esdh)[- ]?)?(?:sag(?:s|ens)?[-. ]{0,2}(?:nr|nummer|id|nøgle|reference|ref)"
    r"|journal[-. ]{0,2}(?:nr|nummer)|j\. ?nr|jnr|forløbs?[-. ]{0,2}(?:nr|nummer|id))\b\.?"
)
_ID = r"(?P<id>(?!\d{1,2}[-./]\d{1,2}[-./]\d|\d{4}-\d{1,2}-\d)(?=[\w./-]{0,60}\d)\w[\w./-]*)"
"""A word with a digit in it that is no date."""

_LABEL = rf"(?P<label>(?P<told>{_NUMBERED}\s?[:=]?|sag(?:en)?\s?[:=])|sag(?:en)?\s(?!(?:19|20)\d\d(?![./-]?\w)))\s*"
"""What an id comes after. The word ``sag`` alone may begin a sentence too, and a year after it is no id."""

_CASE_LINE = re.compile(
    r"(?:(?:journal|notat|samtale)\w*\s|vedr(?:ørende|\.)?\s?|ang(?:ående|\.)?\s?)?(?:(?:for|i|til|fra|vedr\.?)\s)?"
    + _LABEL
    + _ID,
    re.IGNORECASE,
)
_CASE_IN_HEADING = re.compile(rf"(?<!\w){_LABEL}{_ID}", re.IGNORECASE)
_ID_ALONE = re.compile(r"(?!(?:19|20)\d\d\b)(?:[^\W\d_]{1,4}[./-]?\d|\d{4})[\w./-]*")
"""A heading that is nothing but an id: a few letters and a number, or a number that is no year."""

_CASE_NAME = re.compile(rf"(?:{_NUMBERED}|sag(?:en)?)\s?:?", re.IGNORECASE)

_CPR_NAME = r"(?i:cpr(?:[-. ]?(?:nr|nummer))?|person(?:nr|nummer))[.:]{0,2}"
_NAMES = rf"[\s,;()/–—-]*(?:(?:[A-ZÆØÅ][\w.'’]*|{_CPR_NAME}|\d{{6}}[ -]?\d{{4}})[\s,;()/–—-]*){{0,6}}"
"""What stands after an id on its line when it is only whose case it is."""

_WHOSE = re.compile(_NAMES)
_ABOUT = (
    r"(?:(?:borger(?:en)?s?[- ]?)?(?:navn|cpr|cpr[-. ]?nr|cpr[-. ]?nummer|personnr|personnummer|adresse)|født"
    r"|fødselsdato|bopæl|telefon|telefonnummer|tlf|mobil|e-?mail|team|afdeling|jobcenter|kommune|sagsbehandler|rådgiver"
    r"|kontaktperson|ydelse|ydelsestype|udskrevet|udskriftsdato|side)\.?"
)
_ABOUT_NAME = re.compile(rf"(?:{_ABOUT}|borger)\s?:?", re.IGNORECASE)
_ABOUT_LINE = re.compile(rf"(?i:{_ABOUT}\s?:.{{0,60}})|(?i:borger)\s?:{_NAMES}")
_TITLE = re.compile(
    r"(?:(?:journal|sagsnotat|samtalenotat|notat|dagbog|udskrift|kontaktforløb)\w*\b[^.:?!\d]{0,60})?"
    r"(?:(?:19|20)\d\d)?",
    re.IGNORECASE,
)

LONGEST_LABEL = 100
"""Characters of a label or its value; more is prose."""


class Case(NamedTuple):
    """A line that names a case: the id as it stands, what kind of label it has, and what else the line says."""

    id: str
    kind: str
    rest: str


def case_of_line(line: Line) -> Case | None:
    """The case a line names: at its beginning, or anywhere in a heading."""
    text = line.text[:LOOKED_AT]
    if line.heading:
        found = _CASE_IN_HEADING.search(text)
        if found is None:
            return None
        before, after = line.text[: found.start()], line.text[found.end() :]
        rest = before.rstrip(BETWEEN) + ("" if _is_whose(after) else after)
        return Case(_ids(text), kind_of(found["label"]), rest.lstrip(BETWEEN))
    found = _CASE_LINE.match(text)
    if found is None:
        return None
    rest = line.text[found.end() :]
    if _is_whose(rest):
        return Case(_bare(found), kind_of(found["label"]), "")
    if found["told"] is None or (rest.lstrip()[:1].isalnum() and not read_dated(rest.lstrip(), heading=False)):
        return None  # a sentence about a case, and no label
    return Case(_bare(found), kind_of(found["label"]), rest.lstrip(BETWEEN))


def id_alone(line: Line) -> Case | None:
    """The case that a heading names by being nothing but an id."""
    found = _ID_ALONE.fullmatch(line.text.rstrip(BETWEEN)) if line.heading else None
    return None if found is None else Case(found[0], kind_of("sag"), "")


def _is_whose(rest: str) -> bool:
    """Whether what stands after an id is nothing, or only tells whose case it is."""
    rest = rest.rstrip(BETWEEN)
    return len(rest) <= LONGEST_LABEL and _WHOSE.fullmatch(rest) is not None


def _bare(found: re.Match[str]) -> str:
    return found["id"].rstrip("./-")


def _ids(text: str) -> str:
    """All ids that have a label: a letterhead may have the archive's number as well as the case's."""
    return " ".join(_bare(found) for found in _CASE_IN_HEADING.finditer(text))


def kind_of(label: str) -> str:
    """Whether a label is of a ``sag``, a ``journal``, a ``forløb``, or another system's: by its first letter."""
    return label[0].lower()


def case_of_document(texts: Sequence[str], first_table: str | None, stem: str) -> str:
    """What the document as a whole says of its case, the nearest first, a line each.

    A text that names the case ("Sagsnr. L001") ends the search. One that does not (a letterhead, a title that came
    along from another document) may hold the id or not: so the texts behind it are handed on too, and the intake takes
    none where two of them disagree.
    """
    said: list[str] = []
    for text in texts:
        if ids := _ids(text):
            return "\n".join([*said, ids])
        if text:
            said.append(text)
    return "\n".join(dict.fromkeys([*said, first_table or stem]))


def is_case_label(text: str) -> bool:
    """Whether a text is nothing but what an id comes after: ``Sagsnr.``."""
    return _CASE_NAME.fullmatch(text) is not None


def is_label_about(text: str) -> bool:
    """Whether a text is a label of whom or what the document is about: ``Navn``, ``Team``."""
    return _ABOUT_NAME.fullmatch(text) is not None


def is_title(text: str) -> bool:
    """Whether a text is a title in plain letters, or tells who the document is about."""
    return _ABOUT_LINE.fullmatch(text) is not None or _TITLE.fullmatch(text) is not None
