"""Word documents: the journal as people write it, one row for each note.

A note begins at a dated heading, at a line whose first words are a date, or as a row of a table with a column of dates;
lines without a date belong to the note above. Nothing is guessed: what has no date is handed on without one, a date
that is not whole is handed on as it stands, and of the case's id only the text in which it stands is handed on.

The document's XML is walked directly: python-docx opens the package, but leaves out text boxes and content controls.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, repeat
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import polars as pl

from kommunecheck.adapters.files import open_package, read_whole, refuse_settings
from kommunecheck.domain.errors import UserError
from kommunecheck.ports import TextTable, Wanted

SUFFIXES = (".docx",)
HEADINGS = ("sag_id", "dato", "tekst", "forfatter")

Element: TypeAlias = Any  # lxml's, which has no types


def sheets(_: Path) -> tuple[str, ...]:
    """A document has none."""
    return ()


def read(path: Path, wanted: Wanted) -> TextTable:
    """The document's notes, a row each, in the document's order.

    ``row`` is the number of the note's first paragraph, counted from 1 through the body, blank ones too. Each row of a
    table counts as one paragraph, however much stands in it, and a text box belongs to the paragraph it hangs on. Page
    headers, footers, footnotes and comments are not counted.

    ``sag_id`` is what stands after the nearest line above that names a case ("Sag: L001"). A note without one has what
    the whole document says of its case: its title, its page header, its first table and its file's name, a line each;
    those behind one that names the case are left out. ``tekst`` has a line for each line of the note.

    Raises ``UserError`` when another table than the journal is asked for, or the file is no sound Word document.
    """
    _as_configured(path.name, wanted)
    raw, sha256 = read_whole(path)
    document = _opened(raw, path.name)
    notes = _Notes(document.title)
    for block in _blocks(document.body, count(1), document.styles):
        notes.add(block)
    return TextTable(HEADINGS, 0, _frame(notes, document, path.stem), (), sha256, ids_inside=True)


def _as_configured(name: str, wanted: Wanted) -> None:
    """Raises ``UserError`` when something is asked of the file that a document does not have."""
    if wanted.table != "journal":
        raise UserError(f"{name} er et Word-dokument, og kun journalen kan læses fra Word. Gem tabellen som CSV.")
    if wanted.sheet is not None:
        raise UserError(f"{name} er et Word-dokument og har ingen ark. Fjern `sheet` for kilden i kommunecheck.toml.")
    others = {"header_row": wanted.header_row, "encoding": wanted.encoding, "delimiter": wanted.delimiter}
    refuse_settings(name, "et Word-dokument", others)


def _frame(notes: "_Notes", document: "_Document", stem: str) -> pl.DataFrame:
    everywhere = _case_of_document((document.title, document.header), notes.first_table, stem)
    kept = notes.kept()
    columns: dict[str, list[str | None]] = {
        "0": [note.case or everywhere or None for note in kept],
        "1": [note.dato for note in kept],
        "2": ["\n".join(note.lines) or None for note in kept],
        "3": [note.forfatter for note in kept],
    }
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return frame.with_columns(pl.Series("row", [note.row for note in kept], dtype=pl.UInt32))


# The package


class _Style(NamedTuple):
    """What is asked of a style: whether its text is a heading, is bold, or is a table of contents."""

    heading: bool = False
    bold: bool = False
    contents: bool = False


class _Document(NamedTuple):
    body: Element
    styles: Mapping[str, _Style]
    title: str
    header: str


def _opened(raw: bytes, name: str) -> _Document:
    """Raises ``UserError`` when it is no sound Word document, or holds what only Word can put together."""
    open_package(raw, name, "Word").close()
    import docx  # slow to start, and few runs read Word

    try:
        part = docx.Document(io.BytesIO(raw)).part
        styles = _related(part, "/styles")
        headers = [part.rels[one.get(_RELATION)].target_part for one in part.element.body.iter(_HEADER)]
        about = _related(part.package, "/core-properties")
        document = _Document(
            part.element.body,
            _styles(styles[0].element) if styles else {},
            (about[0].core_properties.title if about else "").strip(),
            _text_of_headers([header.element for header in headers]),
        )
        parts = [one.element for one in (part, *styles, *headers, *about)]
    except Exception:  # python-docx and lxml fail in a dozen ways on what is not as they expect it
        raise UserError(
            f"{name} er beskadiget eller ikke et Word-dokument. Åbn filen i Word, og gem den som Word-dokument "
            "(.docx), eller hent den på ny."
        ) from None
    _nothing_missing(name, document.body, parts)
    return document


def _nothing_missing(name: str, body: Element, parts: Sequence[Element]) -> None:
    """Raises ``UserError`` when some of the text stands elsewhere: in entities, or in other files put into this one."""
    if any(part.getroottree().docinfo.internalDTD is not None for part in parts):
        raise UserError(
            f"{name} indeholder definitioner, som et Word-dokument ikke har, og er ikke læst. "
            "Åbn filen i Word, og gem den igen, eller hent den på ny."
        )
    if next(body.iter(*_FOREIGN), None) is not None:
        raise UserError(
            f"{name} indeholder tekst fra en anden fil, som først sættes ind, når dokumentet åbnes i Word. "
            "Åbn filen i Word, gem den, og kør igen."
        )


def _related(part: Any, kind: str) -> list[Any]:
    """The parts of that kind that a part or the package leads to."""
    return [one.target_part for one in part.rels.values() if one.reltype.endswith(kind) and not one.is_external]


def _text_of_headers(headers: Sequence[Element]) -> str:
    lines = [block.text for header in headers for block in _blocks(header, repeat(0), {})]
    return " ".join(dict.fromkeys(lines))


def _styles(element: Element) -> dict[str, _Style]:
    """The document's styles by their ids, each with what it takes over from those it is based on."""
    own: dict[str, tuple[_Style, str | None]] = {}
    for style in element.iter(_W + "style"):
        name, based = style.find(_W + "name"), style.find(_W + "basedOn")
        called = "" if name is None else name.get(_VALUE, "").lower()
        level, bold = style.find(f"{_W}pPr/{_W}outlineLvl"), style.find(f"{_W}rPr/{_W}b")
        found = _Style(
            called.startswith(("heading ", "title", "subtitle")) or level is not None,
            bold is not None and _is_on(bold),
            called.startswith(("toc ", "table of ")),
        )
        own[style.get(_W + "styleId", "")] = (found, None if based is None else based.get(_VALUE))
    return {name: _inherited(name, own) for name in own}


def _inherited(name: str | None, own: Mapping[str, tuple[_Style, str | None]]) -> _Style:
    """What a style and all those it is based on say together, even if they go in a ring."""
    found = _Style()
    seen = set()
    while name is not None and name in own and name not in seen:
        seen.add(name)
        style, name = own[name]
        found = _Style(*(ours or theirs for ours, theirs in zip(found, style, strict=True)))
    return found


# The body, as lines and tables

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_VALUE, _HEADER = _W + "val", _W + "headerReference"
_PARAGRAPH, _TABLE, _ROW, _CELL, _BOX = _W + "p", _W + "tbl", _W + "tr", _W + "tc", _W + "txbxContent"
_RUN, _TEXT = _W + "r", _W + "t"
_FOREIGN = (_W + "altChunk", _W + "subDoc")

_SIGNS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_READ = frozenset({_PARAGRAPH, _TABLE, _ROW, _CELL, _BOX, _RUN, _TEXT, *_SIGNS})
"""The elements that are looked at. All others (hyperlinks, content controls, inserted text, ...) only wrap them."""

_GONE = frozenset(_W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr"))
"""What has been taken out, and what is about a text and not text."""

MOST_COLUMNS = 63
"""As many as a table in Word has."""


class _Line(NamedTuple):
    """A line of a paragraph: its number in the body, its text, and whether it stands out as a heading."""

    row: int
    text: str
    heading: bool


class _Cell(NamedTuple):
    """A cell of a table. ``merged`` is one that the cell above reaches down into."""

    blocks: tuple["_Line | _Table", ...]
    text: str
    merged: bool


class _Row(NamedTuple):
    """A row of a table: its number in the body, and its cells, each by the column in which it begins."""

    row: int
    cells: Mapping[int, _Cell]

    @property
    def text(self) -> str:
        """Everything in it."""
        return "\n".join(cell.text for cell in self.cells.values() if cell.text)


class _Table(NamedTuple):
    """A table."""

    rows: tuple[_Row, ...]

    @property
    def text(self) -> str:
        """Everything in it."""
        return "\n".join(row.text for row in self.rows if row.text)


_Block = _Line | _Table


def _within(element: Element) -> Iterator[Element]:
    """What is looked at inside an element, whatever it is wrapped in.

    What is there in two versions (a text box, for new and for old programs) is read in the first.
    """
    for child in element:
        tag = child.tag
        if tag in _READ:
            yield child
        elif tag == _MC + "AlternateContent":
            version = next(child.iter(_MC + "Choice", _MC + "Fallback"), None)
            yield from () if version is None else _within(version)
        elif tag == _W + "sdt" and child.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
            continue  # the program's own words: "Klik her for at angive tekst"
        elif tag not in _GONE:
            yield from _within(child)


def _blocks(element: Element, numbers: Iterator[int], styles: Mapping[str, _Style]) -> Iterator[_Block]:
    """The lines and tables inside an element; each paragraph, and each row of a table, takes one of the numbers."""
    for inner in _within(element):
        if inner.tag == _PARAGRAPH:
            yield from _lines(inner, next(numbers), styles)
        elif inner.tag == _TABLE:
            yield _Table(tuple(_row(row, next(numbers), styles) for row in _within(inner) if row.tag == _ROW))


def _lines(paragraph: Element, number: int, styles: Mapping[str, _Style]) -> Iterator[_Block]:
    """A paragraph's lines that are not blank, and then what stands in its text boxes."""
    named = paragraph.find(f"{_W}pPr/{_W}pStyle")
    style = styles.get("" if named is None else named.get(_VALUE), _Style())
    if style.contents:  # says the headings once more
        return
    parts: list[str] = []
    boxes: list[Element] = []
    bold = True
    for run in _within(paragraph):
        said = _text_of(run, boxes)
        bold = bold and (_is_bold(run, style, styles) or not said.strip())
        parts.append(said)
    text = "".join(parts)
    level = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    heading = (style.heading or level is not None or bold) and len(text) <= LONGEST_HEADING
    for line in text.split("\n"):
        if stripped := line.strip(_BLANK):
            yield _Line(number, stripped, heading)
    for box in boxes:
        yield from _blocks(box, repeat(number), styles)


def _text_of(run: Element, boxes: list[Element]) -> str:
    """A run's text; the text boxes in it are put with the others."""
    parts: list[str] = []
    for inner in _within(run):
        if inner.tag == _BOX:
            boxes.append(inner)
        elif inner.tag == _RUN:
            parts.append(_text_of(inner, boxes))
        else:
            parts.append(_SIGNS.get(inner.tag) or (inner.text or "").replace("\n", " "))
    return "".join(parts)


def _row(row: Element, number: int, styles: Mapping[str, _Style]) -> _Row:
    """A row of a table; one that has been taken out is blank."""
    cells: dict[int, _Cell] = {}
    if row.find(f"{_W}trPr/{_W}del") is not None:
        return _Row(number, cells)
    column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    for cell in _within(row):
        blocks = tuple(_blocks(cell, repeat(number), styles))
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        merged = merge is not None and merge.get(_VALUE, "continue") == "continue"
        cells[column] = _Cell(blocks, "\n".join(block.text for block in blocks), merged)
        column += _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
    return _Row(number, cells)


def _number(element: Element, otherwise: int) -> int:
    value = "" if element is None else element.get(_VALUE, "")
    return min(int(value), MOST_COLUMNS) if value.isdecimal() and len(value) < 5 else otherwise


def _is_bold(run: Element, style: _Style, styles: Mapping[str, _Style]) -> bool:
    bold = run.find(f"{_W}rPr/{_W}b")
    if bold is not None:
        return _is_on(bold)
    named = run.find(f"{_W}rPr/{_W}rStyle")
    return style.bold or (named is not None and styles.get(named.get(_VALUE), style).bold)


def _is_on(switch: Element) -> bool:
    return switch.get(_VALUE, "1") not in ("0", "false", "off", "none")


# Dates

LONGEST_HEADING = 120
"""Characters; a longer paragraph is prose, whatever its style."""

_LOOKED_AT = 120
"""Characters of a line in which a date or a label must have ended."""

_BLANK = " \t\r\u00a0\u200b\ufeff"
_BETWEEN = _BLANK + ":;,.)]|–—-"
"""What may stand between a date or a label and the text after it."""

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = (
    r"(?:januar|jan|februar|feb|marts|mar|april|apr|maj|juni|jun|juli|jul|august|aug|september|sept|sep|oktober|okt"
    r"|november|nov|december|dec)\b\.?"
)
_DM = r"(?:0?[1-9]|[12]\d|3[01])\s*(?P<mark>[-./])\s*(?:0?[1-9]|1[0-2])"

_DATE = (
    r"(?:(?P<iso>\d{4}-\d{1,2}-\d{1,2}|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!-\d{4}))"
    r"|(?P<day>\d{1,2})\s*(?P<sign>[-./–])\s*(?P<month>\d{1,2})(?:\s*(?P<again>[-./–])\s*|\s+)(?P<year>\d{4})"
    rf"|(?P<day_said>\d{{1,2}})\.?\s*(?P<month_said>{_MONTH})\s*(?P<year_said>\d{{4}})"
    rf"|(?P<part>{_DM}\s*(?:(?P=mark)|[-/])\s*'?\d\d(?![-./]\d)|\d{{1,2}}\.?\s*{_MONTH}\s*'?\d\d"
    rf"|(?:\d{{1,2}}/\d{{1,2}}|\d{{1,2}}\.?\s*{_MONTH})(?=\s*(?::|$)))"
    r")(?!\d)"
)
"""A date, whole or in ``part``: without a century, or, where nothing but a colon comes after it, without a year."""

_LEAD = (
    r"[\s•*·(\[–-]*(?:(?:notat|journal)?dato\s*:?\s*)?(?:(?:man|tirs|ons|tors|fre|lør|søn)(?:dag|\.)?,?\s+)?"
    r"(?P<den>d(?:en|\.)\s*)?"
)
_TIME = (
    r"(?:T\d\d:\d\d(?::\d\d)?|[,\s]*kl\.?\s*\d{1,2}(?:[.:]\d\d)?(?:\s*[-–]\s*\d{1,2}(?:[.:]\d\d)?)?(?!\d)"
    r"|\s+\d{1,2}:\d\d(?::\d\d)?(?!\d))?"
)
_KIND = (
    r"(?P<kind>[\w-]*(?:notat|samtale|møde|besøg|opkald|henvendelse)\w*)"
    r"[\s,:–-]+(?:(?:af|fra|afholdt|holdt)\s+)?"
)

_BEGINS_DATED = re.compile(_LEAD + _DATE + _TIME, re.IGNORECASE)
_HEADED_DATED = re.compile(_KIND + _LEAD + _DATE + _TIME, re.IGNORECASE)
"""A heading may say what kind of note it is before it says the date: "Kontaktsamtale den 12. marts 2007"."""


class _Dated(NamedTuple):
    """A line that begins with a date: the date, what else it says, and whether it reads on as a sentence would."""

    dato: str
    rest: str
    sentence: bool


def _dated(text: str, heading: bool) -> _Dated | None:
    """What a line says if it begins with a date."""
    begins = text[:_LOOKED_AT]
    found = _BEGINS_DATED.match(begins)
    kind = ""
    if found is None and heading and (found := _HEADED_DATED.match(begins)):
        kind = found["kind"]
    if found is None:
        return None
    rest = text[found.end() :]
    sentence = found["den"] is not None and rest[:1] == " " and rest[1:2].islower()
    return _Dated(_dato(found), f"{kind} {rest.lstrip(_BETWEEN)}".strip(), sentence)


def _dato(found: re.Match[str]) -> str:
    """The date as the intake reads dates; one that is not whole is left as it stands."""
    if year := found["year"]:
        day, month, sign = found["day"], found["month"], found["sign"]
        if sign == found["again"] and sign != "–":
            return f"{day}{sign}{month}{sign}{year}"
        return f"{year}-{month:0>2}-{day:0>2}"
    if year := found["year_said"]:
        month = str(_MONTHS.index(found["month_said"][:3].lower()) + 1)
        return f"{year}-{month:0>2}-{found['day_said']:0>2}"
    return found["iso"] or found["part"]


def _date_of_cell(text: str) -> tuple[str, str] | None:
    """The date in a cell that holds one and no other number, and what else it holds."""
    found = _dated(" ".join(text.split()), heading=False)
    return None if found is None or any(sign.isdecimal() for sign in found.rest) else (found.dato, found.rest)


# Labels

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

_NAMES = r"[\s,;()/–—-]*(?:(?:[A-ZÆØÅ][\w.'’]*|\d{6}-?\d{4})[\s,;()/–—-]*){0,6}"
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
"""A title in plain letters, or a year that stands above the notes of that year."""

DATE_NAMES = (
    "dato", "notatdato", "datofornotat", "notatetsdato", "journaldato", "aktdato", "samtaledato", "hændelsesdato",
    "dag", "notatdag", "datoogtid", "tidspunkt", "skrevet", "skrevetden", "journalført", "journalførtden",
)  # fmt: skip
TEXT_NAMES = (
    "tekst", "notat", "notattekst", "notatetstekst", "journalnotat", "journaltekst", "notater", "notatindhold",
    "indhold", "fritekst", "referat", "journal", "beskrivelse", "bemærkninger", "bemærkning", "kommentar", "note",
)  # fmt: skip
AUTHOR_NAMES = (
    "sagsbehandler", "sagsbeh", "forfatter", "skrevetaf", "forfattetaf", "udarbejdetaf", "oprettetaf",
    "journalførtaf", "medarbejder", "rådgiver", "socialrådgiver", "jobkonsulent", "konsulent", "initialer", "init",
)  # fmt: skip
"""What the columns of a table of notes are called, without blanks and signs, the surest first."""


OF_A_NOTE = frozenset({*DATE_NAMES, *TEXT_NAMES})
"""What says that a date or a text is a note's, and not the document's."""


def _name(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


class _Case(NamedTuple):
    """A line that names a case: the id as it stands, what kind of label it has, and what else the line says."""

    id: str
    kind: str
    rest: str


def _case_of_line(line: _Line) -> _Case | None:
    """The case a line names: at its beginning, or anywhere in a heading."""
    text = line.text[:_LOOKED_AT]
    if line.heading:
        found = _CASE_IN_HEADING.search(text)
        if found is None:
            return None
        before, after = line.text[: found.start()], line.text[found.end() :]
        rest = before.rstrip(_BETWEEN) + ("" if _is_whose(after) else after)
        return _Case(_ids(text), _kind(found["label"]), rest.lstrip(_BETWEEN))
    found = _CASE_LINE.match(text)
    if found is None:
        return None
    rest = line.text[found.end() :]
    if _is_whose(rest):
        return _Case(_bare(found), _kind(found["label"]), "")
    if found["told"] is None or (rest.lstrip()[:1].isalnum() and not _dated(rest.lstrip(), heading=False)):
        return None  # a sentence about a case, and no label
    return _Case(_bare(found), _kind(found["label"]), rest.lstrip(_BETWEEN))


def _id_alone(line: _Line) -> _Case | None:
    found = _ID_ALONE.fullmatch(line.text.rstrip(_BETWEEN)) if line.heading else None
    return None if found is None else _Case(found[0], _kind("sag"), "")


def _is_whose(rest: str) -> bool:
    """Whether what stands after an id is nothing, or only tells whose case it is."""
    rest = rest.rstrip(_BETWEEN)
    return len(rest) <= LONGEST_LABEL and _WHOSE.fullmatch(rest) is not None


def _bare(found: re.Match[str]) -> str:
    return found["id"].rstrip("./-")


def _ids(text: str) -> str:
    """All ids that have a label: a letterhead may have the archive's number as well as the case's."""
    return " ".join(_bare(found) for found in _CASE_IN_HEADING.finditer(text))


def _kind(label: str) -> str:
    """Whether a label is of a ``sag``, a ``journal``, a ``forløb``, or another system's."""
    return label[0].lower()


def _case_of_document(texts: Sequence[str], first_table: str | None, stem: str) -> str:
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


# Tables


class _Layout(NamedTuple):
    """What stands where in a table of notes: the rows ``above`` it, the place of the ``first`` note, the columns."""

    above: int
    first: int
    dato: int
    tekst: int
    forfatter: int | None
    sag: int | None
    headings: Mapping[int, str]


def _layout(table: _Table) -> _Layout | None:
    """The columns of a table of notes; ``None`` if it is another table."""
    for place, row in enumerate(table.rows[:HEAD_ROWS]):
        headings = {column: cell.text for column, cell in row.cells.items()}
        dato, tekst = _called(headings, DATE_NAMES), _called(headings, TEXT_NAMES)
        if dato is not None and tekst is not None:
            forfatter, sag = _called(headings, AUTHOR_NAMES), _case_column(headings)
            return _Layout(place, place + 1, dato, tekst, forfatter, sag, headings)
    return _layout_by_dates(table)


HEAD_ROWS = 5
"""The headings stand in one of a table's first rows; a title may come before them."""


def _layout_by_dates(table: _Table) -> _Layout | None:
    """The columns of a table with a date at the beginning of every row, but for a title and headings perhaps.

    The text is in the column that holds most of it.
    """
    filled = [(place, row) for place, row in enumerate(table.rows) if row.text]
    if filled and len(filled[0][1].cells) == 1:
        filled = filled[1:]
    begins = 1 if filled and _are_headings(filled[0][1]) else 0
    if not filled[begins:] or not all(_is_dated(row) for _, row in filled[begins:]):
        return None
    headings = {column: cell.text for column, cell in filled[0][1].cells.items()} if begins else {}
    forfatter, sag = _called(headings, AUTHOR_NAMES), _case_column(headings)
    written: Counter[int] = Counter()
    for _, row in filled[begins:]:
        written.update({column: len(cell.text) for column, cell in row.cells.items()})
    others = [column for column in written if column not in (0, forfatter, sag)]
    if not others:
        return None
    tekst = max(others, key=lambda column: written[column])
    return _Layout(filled[0][0], filled[begins][0], 0, tekst, forfatter, sag, headings)


def _is_dated(row: _Row) -> bool:
    return 0 in row.cells and _date_of_cell(row.cells[0].text) is not None


def _are_headings(row: _Row) -> bool:
    """Whether a row can be headings that are not known: words, one in each column, and no sentence."""
    texts = [cell.text for cell in row.cells.values()]
    return all(0 < len(text) <= LONGEST_NAME and not re.search(r"\d|[.!?]$", text) for text in texts)


LONGEST_NAME = 30
"""Characters of a column's heading."""


def _called(headings: Mapping[int, str], known: Sequence[str]) -> int | None:
    """The column whose heading stands first among those known."""
    columns = {_name(text): column for column, text in reversed(list(headings.items()))}
    return next((columns[name] for name in known if name in columns), None)


def _case_column(headings: Mapping[int, str]) -> int | None:
    return next((column for column, text in headings.items() if _CASE_NAME.fullmatch(text)), None)


def _is_label(text: str) -> bool:
    """Whether a cell says what the cell beside it holds."""
    return _name(text) in (*OF_A_NOTE, *AUTHOR_NAMES) or bool(_CASE_NAME.fullmatch(text) or _ABOUT_NAME.fullmatch(text))


def _case_of_table(table: _Table) -> str | None:
    """The case that a small table of labels and values is about.

    Beside each other or above each other. ``None`` if it is another table: one that holds a note's date or text is.
    """
    rows = [[cell.text for cell in row.cells.values()] for row in table.rows if row.text]
    if len(rows) > MOST_LABELS or any(len(text) > LONGEST_LABEL for row in rows for text in row):
        return None
    if len(rows) == 2 and all(_is_label(text) for text in rows[0] if text):
        pairs = list(zip(*rows, strict=False))
    elif all(len(row) == 1 or len(row) % 2 == 0 for row in rows):
        pairs = [pair for row in rows for pair in zip(row[::2], row[1::2], strict=False)]
    else:
        return None
    if any(_name(label) in OF_A_NOTE for label, _ in pairs):
        return None
    return " ".join(value for label, value in pairs if value and _CASE_NAME.fullmatch(label)) or None


MOST_LABELS = 15
"""Rows of a table of labels and values."""

LONGEST_LABEL = 100
"""Characters of a label or its value; more is prose."""


# Notes


@dataclass(slots=True)
class _Note:
    row: int
    case: str | None
    dato: str | None
    lines: list[str] = field(default_factory=list)
    forfatter: str | None = None
    headed: bool = False
    """Whether it began with a heading."""


class _Notes:
    """The notes of a document, put together from its lines and tables in their order."""

    def __init__(self, title: str) -> None:
        self.first_table: str | None = None
        """The case that the document's first table names."""
        self._title = title
        self._tables = 0
        self._notes: list[_Note] = []
        self._open: _Note | None = None
        """The note that lines without a date belong to."""
        self._labels: dict[str, str] = {}
        """What stands after the labels that name the case, by the labels' kind."""
        self._told = False
        """Whether a note has begun since."""
        self._passed: list[_Line] = []
        """Titles and labels."""
        self._has_table = False

    def kept(self) -> list[_Note]:
        """The notes. A document with titles and labels only has those as one, unless its table of notes is empty."""
        if self._notes or not self._passed or self._has_table:
            return self._notes
        return [_Note(self._passed[0].row, self._case, None, [line.text for line in self._passed])]

    def add(self, block: _Block) -> None:
        """The next line or table."""
        if isinstance(block, _Line):
            self._line(block)
            return
        self._tables += 1
        if case := _case_of_table(block):
            self.first_table = case if self._tables == 1 else self.first_table
            self._passed += [_Line(row.row, row.text, False) for row in block.rows if row.text]
            self._enter(case, _kind("sag"))
        elif layout := _layout(block):
            self._table(block, layout)
        else:
            self._loose(block)

    def _line(self, line: _Line) -> None:
        dated = _dated(line.text, line.heading)
        if dated and not (dated.sentence and not line.heading and self._open and self._open.headed):
            self._begin(line, dated)
        elif case := _case_of_line(line) or _id_alone(line):
            self._passed.append(line)
            self._enter(case.id, case.kind)
            if case.rest and not line.heading:
                self._line(_Line(line.row, case.rest, False))
        elif self._open is not None:
            self._open.lines.append(line.text)
        elif self._is_title(line):
            self._passed.append(line)
        else:
            self._open = self._put(_Note(line.row, self._case, None, [line.text]))

    def _put(self, note: _Note) -> _Note:
        self._notes.append(note)
        self._told = True
        return note

    def _begin(self, line: _Line, dated: _Dated) -> None:
        """Begin a note; one of which nothing but the same date has been said is gone on with."""
        note = self._open
        if note is None or note.lines or note.dato != dated.dato:
            note = self._open = self._put(_Note(line.row, self._case, dated.dato, headed=line.heading))
        rest = dated.rest
        if case := _case_of_line(line._replace(text=rest)):
            self._enter(case.id, case.kind)
            rest = case.rest
        if rest:
            note.lines.append(rest)

    @property
    def _case(self) -> str | None:
        """The ids of the labels that apply now."""
        return " ".join(self._labels.values()) or None

    def _enter(self, case: str, kind: str) -> None:
        """What follows is about this case. A note of which only the date has been said is too; others have ended.

        Labels of different kinds with no note between them are all about one case.
        """
        if self._labels.get(kind) == case:
            return
        if self._told or kind in self._labels:
            self._labels = {}
        self._labels[kind] = case
        self._told = False
        if self._open is not None and self._open.dato and not self._open.lines:
            self._open.case = self._case
        else:
            self._open = None

    def _is_title(self, line: _Line) -> bool:
        """Whether a line before a note is only a title, or tells who it is about."""
        text = line.text
        if text == self._title or _ABOUT_LINE.fullmatch(text) or _TITLE.fullmatch(text):
            return True
        return line.heading and not text.endswith((".", "!", "?"))  # a sentence is prose, however bold

    def _table(self, table: _Table, layout: _Layout) -> None:
        """A table of notes. Every row is a note of its own, and what comes after it is not part of it."""
        columns = max((len(row.cells) for row in table.rows), default=0)
        last: str | None = None
        self._has_table = True
        for row in table.rows[: layout.above]:
            self._row_of_lines(row)
        for row in table.rows[layout.first :]:
            self._open = None
            if len(row.cells) == 1 < columns:
                self._row_of_lines(row)
                continue
            texts = {column: cell.text for column, cell in row.cells.items()}
            if not any(texts.values()) or texts == layout.headings:
                continue
            date_cell = row.cells.get(layout.dato)
            if date_cell is None or not (date_cell.merged and not date_cell.text):
                last = texts.get(layout.dato)
            self._put(_note_of(row.row, texts | {layout.dato: last or ""}, layout, self._case))
        self._open = None

    def _row_of_lines(self, row: _Row) -> None:
        for cell in row.cells.values():
            for block in cell.blocks:
                self.add(block)

    def _loose(self, table: _Table) -> None:
        """Any other table: its cells one after another, and a label together with what it is the label of."""
        for row in table.rows:
            cells = iter(row.cells.values())
            for cell in cells:
                value = next(cells, None) if _is_label(cell.text) else None
                if value is None or not value.text:
                    self._row_of_lines(_Row(row.row, {0: cell}))
                elif _CASE_NAME.fullmatch(cell.text):
                    self._enter(value.text, _kind(cell.text))
                elif _name(cell.text) in OF_A_NOTE:
                    self._row_of_lines(_Row(row.row, {0: value}))
                elif _name(cell.text) in AUTHOR_NAMES and self._open is not None:
                    self._open.forfatter = value.text
                else:
                    self._line(_Line(row.row, f"{cell.text.rstrip(':')}: {value.text}", False))


def _note_of(row: int, texts: Mapping[int, str], layout: _Layout, case: str | None) -> _Note:
    """The note in a row of a table. The text comes first, then what stands in columns that are not known."""
    dato, rest = _date_of_cell(texts[layout.dato]) or (texts[layout.dato], "")
    known = (layout.dato, layout.tekst, layout.forfatter, layout.sag)
    lines = [texts.get(layout.tekst, ""), rest]
    for column, text in texts.items():
        if column not in known and text:
            heading = layout.headings.get(column)
            lines.append(f"{heading}: {text}" if heading else text)
    own = texts.get(layout.sag, "") if layout.sag is not None else ""
    author = texts.get(layout.forfatter, "") if layout.forfatter is not None else ""
    return _Note(row, own or case, dato or None, [line for line in lines if line], author or None)
