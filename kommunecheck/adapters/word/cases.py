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

_BEFORE = (
    r"(?:(?:journal|notat|samtale)\w*\s|vedr(?:ørende|\.)?\s?|ang(?:ående|\.)?\s?)?(?:(?:for|i|til|fra|vedr\.?)\s)?"
)
_BEFORE_LABEL = re.compile(_BEFORE, re.IGNORECASE)
_CASE_LINE = re.compile(_BEFORE + _LABEL + _ID, re.IGNORECASE)
_LABELLED = re.compile(rf"(?<!\w){_LABEL}{_ID}", re.IGNORECASE)
_REFERS = re.compile(
    r"\b(?:se|også|jf|jævnfør|henvis\w*|overført|flyttet|lukket|afsluttet|ægtefælle\w*|samlever\w*|hustru\w*|partner\w*"
    r"|datter\w*|søn(?:nen)?s?|barn\w*|børn\w*|forældre\w*)\b",
    re.IGNORECASE,
)
"""What says that a case is only referred to, or is another person's."""

_ID_ALONE = re.compile(r"(?!(?:19|20)\d\d\b)(?:[^\W\d_]{1,4}[./-]?\d|\d{4})[\w./-]*")
"""A heading that is nothing but an id: a few letters and a number, or a number that is no year."""

_ID_BESIDE = re.compile(
    r"[^\W\d_]{1,4}[./-]?\d{2,}(?:[./-]\w+)*|(?!(?:19|20)\d\d\b)(?!\d{6}-?\d{4}$)\d{4,}(?:[./-]\w+)*"
)
"""An id that may stand beside a name: what is a year or a CPR number is none."""

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
    """The case a line names: at its beginning, or, in a heading, also after whose it is or what the document is."""
    found = _labels_of_heading(line.text) if line.heading else _CASE_LINE.match(line.text[:LOOKED_AT])
    if found is None:
        return None
    rest = line.text[found.end() :]
    if _REFERS.search(line.text, 0, found.end()) or _is_remark(rest):
        return None
    case = Case(_ids(line.text[: found.end()]), kind_of(found["label"]), "")
    if _is_whose(rest) or (line.heading and _TITLE.fullmatch(rest.strip(BETWEEN))):
        return case
    is_told = found["told"] is not None or (line.heading and rest.startswith(":"))
    if not is_told or (rest.lstrip()[:1].isalnum() and not read_dated(rest.lstrip(), heading=False)):
        return None  # a sentence about a case, and no label
    return case._replace(rest=rest.lstrip(BETWEEN))


def _labels_of_heading(text: str) -> re.Match[str] | None:
    """The last of a heading's labels, where nothing stands before them but whose case it is, or what the document is.

    A heading that mentions a case among other words is not about it.
    """
    found = None
    for one in _LABELLED.finditer(text[:LOOKED_AT]):
        before = text[: one.start()] if found is None else text[found.end() : one.start()]
        if not (_BEFORE_LABEL.fullmatch(before.lstrip(BETWEEN)) or _introduces(before)):
            return None
        found = one
    return found


def _is_remark(rest: str) -> bool:
    """Whether what stands after an id tells that the case is another's, or where to look: ``(ægtefælle)``."""
    rest = rest.lstrip(BETWEEN + "(")
    return len(rest) <= LONGEST_REMARK and _REFERS.match(rest) is not None


LONGEST_REMARK = 40
"""Characters; what is longer is a note on the case itself."""


def _introduces(text: str) -> bool:
    """Whether a text before a label says whose the case is, or what the document is."""
    ends = text.rstrip()[-1:] in _SEPARATES
    return (_is_whose(text) and (ends or len(text.split()) > 1)) or (
        ends and _TITLE.fullmatch(text.rstrip(BETWEEN)) is not None
    )


_SEPARATES = tuple(",;:–—-/(")
"""What may stand between whose a case is and its label."""


def id_alone(line: Line) -> Case | None:
    """The case that a heading names by being nothing but an id."""
    found = _ID_ALONE.fullmatch(line.text.rstrip(BETWEEN)) if line.heading else None
    return None if found is None else Case(found[0], kind_of("sag"), "")


def id_beside(line: Line) -> tuple[str, bool] | None:
    """A word in a heading that may be the id of the case below, and whether nothing but a name stands beside it.

    ``L001 Hansen``; not where a sentence, or a remark on another case, holds it.
    """
    text = line.text
    if not line.heading or text.endswith((".", "!", "?")) or _REFERS.search(text):
        return None
    words = text.split()
    if 1 < len(words) <= MOST_WORDS:
        if found := _ID_BESIDE.fullmatch(words[0].strip(BETWEEN + "(")):
            return found[0], _is_whose(" ".join(words[1:]))
        if found := _ID_BESIDE.fullmatch(words[-1].strip(BETWEEN + "(")):
            return found[0], _introduces(text[: text.rindex(found[0])])
    labelled = _LABELLED.search(text[:LOOKED_AT])
    return None if labelled is None else (_bare(labelled), False)


MOST_WORDS = 6
"""Of a heading that may be an id beside a name."""


def form_of(case: str) -> str:
    """What ids like this one look like, whatever their number."""
    return re.sub(r"\d+", "1", case)


def _is_whose(rest: str) -> bool:
    """Whether what stands after an id is nothing, or only tells whose case it is."""
    rest = rest.rstrip(BETWEEN)
    return len(rest) <= LONGEST_LABEL and _WHOSE.fullmatch(rest) is not None


def _bare(found: re.Match[str]) -> str:
    return found["id"].rstrip("./-")


def _ids(text: str) -> str:
    """All ids that have a label: a letterhead may have the archive's number as well as the case's."""
    return " ".join(_bare(found) for found in _LABELLED.finditer(text))


def kind_of(label: str) -> str:
    """Whether a label is of a ``sag``, a ``journal``, a ``forløb``, or another system's: by its first letter."""
    return label[0].lower()


def case_of_document(texts: Sequence[str], first_table: str | None, stem: str) -> str:
    """What the document as a whole says of its case, the nearest first, a line each.

    Of a text that names the case ("Sagsnr. L001") only the ids. One that does not (a letterhead, a title that came
    along from another document) may hold the id or not. All are handed on, and the intake takes none where two of them
    disagree; but where the case is named, what holds no other word that may be an id says nothing more.
    """
    named = [*(ids for text in texts if (ids := _ids(text))), *([first_table] if first_table else [])]
    if not named:
        return "\n".join(dict.fromkeys(text for text in (*texts, stem) if text))
    known = " ".join(named).split()
    said = [_ids(text) or (text if _may_name_another(text, known) else "") for text in texts]
    said += [first_table or "", stem if _may_name_another(stem, known) else ""]
    return "\n".join(dict.fromkeys(text for text in said if text))


def _may_name_another(text: str, known: Sequence[str]) -> bool:
    """Whether a text holds a word that may be the id of another case than those named."""
    words = {word.strip("./-") for word in re.findall(r"[^\W_]+(?:[./-][^\W_]+)*", text)}
    return any(_ID_BESIDE.fullmatch(word) for word in words.difference(known))


def is_case_label(text: str) -> bool:
    """Whether a text is nothing but what an id comes after: ``Sagsnr.``."""
    return _CASE_NAME.fullmatch(text) is not None


def is_label_about(text: str) -> bool:
    """Whether a text is a label of whom or what the document is about: ``Navn``, ``Team``."""
    return _ABOUT_NAME.fullmatch(text) is not None


def is_title(text: str) -> bool:
    """Whether a text is a title in plain letters, or tells who the document is about."""
    return _ABOUT_LINE.fullmatch(text) is not None or _TITLE.fullmatch(text) is not None
