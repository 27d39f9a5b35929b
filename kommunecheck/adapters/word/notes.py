"""The notes of a document, put together from its lines and tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kommunecheck.adapters.word.body import Block, Line, Row, Table
from kommunecheck.adapters.word.cases import (
    Case,
    case_of_line,
    form_of,
    id_alone,
    id_beside,
    is_case_label,
    is_title,
    kind_of,
)
from kommunecheck.adapters.word.dating import (
    BETWEEN,
    Dated,
    date_of_cell,
    days_within,
    is_same_day,
    points_elsewhere,
    read_dated,
    read_registered,
)
from kommunecheck.adapters.word.tables import (
    AUTHOR_NAMES,
    OF_A_NOTE,
    Layout,
    case_of_table,
    is_headed,
    is_label,
    is_like_label,
    layout_of,
    plain,
)


@dataclass(slots=True)
class Note:
    """A note: the number of its first paragraph, what is said of its case and date, its lines, and who wrote it.

    ``registreret`` is the day it was entered, where it says that. ``case`` is blank where there is a place for it with
    nothing in it. ``doubts`` are ids of cases it may be about as well.
    """

    row: int
    case: str | None
    dato: str | None
    lines: list[str] = field(default_factory=list)
    forfatter: str | None = None
    registreret: str | None = None
    doubts: list[str] = field(default_factory=list)
    headed: bool = False
    """Whether it began with a heading."""
    next: Line | None = None
    """The heading that says the next interview's date, if it is the last of what the note says."""


class Notes:
    """The notes of a document, put together from its lines and tables in their order."""

    def __init__(self, title: str) -> None:
        self.first_table: str | None = None
        """The case that the document's first table names."""
        self._title = title
        self._tables = 0
        self._notes: list[Note] = []
        self._open: Note | None = None
        """The note that lines without a date belong to."""
        self._labels: dict[str, str] = {}
        """What stands after the labels that name the case, by the labels' kind."""
        self._doubts: list[str] = []
        """Words in headings that may be ids of cases, since the last label."""
        self._forms: set[str] = set()
        """What the ids look like that the document has named."""
        self._told = False
        """Whether a note has begun since."""
        self._passed: list[Line] = []
        """Titles and labels."""
        self._has_table = False

    def kept(self) -> list[Note]:
        """The notes. A document with titles and labels only has those as one, unless its table of notes is empty."""
        if self._notes or not self._passed or self._has_table:
            return self._notes
        return [Note(self._passed[0].row, self._case, None, [line.text for line in self._passed])]

    def add(self, block: Block) -> None:
        """The next line or table."""
        if isinstance(block, Line):
            self._line(block)
            return
        self._tables += 1
        if case := case_of_table(block):
            self._small(block, case)
        elif layout := layout_of(block):
            self._table(block, layout)
        else:
            self._loose(block)

    def _small(self, table: Table, case: str) -> None:
        """A small table that names a case. It may be part of the open note; else it begins what is about that case."""
        if self._tables == 1:
            self.first_table = case  # and so the case of the whole document, the note above it too
        is_own = self._is_own(case) or (self._tables == 1 and not self._labels)
        if self._open is not None and is_own and not is_headed(table):
            self._labels = self._labels or {kind_of("sag"): case}
            self._loose(table)
            return
        self._passed += [Line(row.row, row.text, False) for row in table.rows if row.text]
        self._enter(case, kind_of("sag"))

    def _line(self, line: Line) -> None:
        dated = read_dated(line.text, line.heading)
        if dated and not (dated.sentence and not line.heading and self._open and self._open.headed):
            self._begin(line, dated)
        elif case := case_of_line(line) or id_alone(line) or self._case_beside(line):
            self._passed.append(line)
            self._enter(case.id, case.kind)
            if case.rest:
                self._line(line._replace(text=case.rest))
        elif self._open is not None:
            self._go_on(self._open, line)
        elif self._is_title(line):
            self._passed.append(line)
        else:
            self._open = self._put(Note(line.row, self._case, None, [line.text]))

    def _go_on(self, note: Note, line: Line) -> None:
        """One more line without a date of its own.

        A heading that holds another date than the note's may have the next note below it, and nobody can tell of which
        day: that is handed on with the heading for its date. The date of the next interview is only a line if it ends
        the note.
        """
        has_other = _has_other_date(line, note)
        is_next = has_other and points_elsewhere(line.text)
        above = None if is_next else line if has_other else note.next
        if above is not None:
            note = self._open = self._put(Note(above.row, self._case, above.text, headed=True))
        note.next = line if is_next else None
        self._add_to(note, line)

    def _add_to(self, note: Note, line: Line) -> None:
        """One more line. It may say when the note was entered; a heading with text above it is about what follows."""
        if note.dato and not (line.heading and note.lines):
            note.registreret = note.registreret or read_registered(line.text, line.heading)
        note.lines.append(line.text)

    def _put(self, note: Note) -> Note:
        note.doubts += self._doubts
        self._notes.append(note)
        self._told = True
        return note

    def _begin(self, line: Line, dated: Dated) -> None:
        """Begin a note; one of which nothing but the same date has been said is gone on with."""
        note = self._open
        if note is None or note.lines or not is_same_day(note.dato, dated.dato):
            note = self._open = self._put(Note(line.row, self._case, dated.dato, headed=line.heading))
        note.registreret = note.registreret or read_registered(dated.after, line.heading)
        rest = dated.after.lstrip(BETWEEN)
        if case := case_of_line(Line(line.row, rest, heading=False)):
            self._enter(case.id, case.kind)
            rest = case.rest
        elif (found := id_beside(line._replace(text=rest))) and not self._is_own(found[0]):
            note.doubts.append(found[0])
        rest = f"{dated.kind} {rest}".strip()
        if rest:
            note.lines.append(rest)

    def _case_beside(self, line: Line) -> Case | None:
        """The case that a heading names by an id beside a name, if ids in this document look like that.

        Any other word that may be an id is handed on too: the intake takes no case if both are known.
        """
        found = id_beside(line)
        if found is None or self._is_own(found[0]):
            return None
        case, is_beside_name = found
        if is_beside_name and form_of(case) in self._forms:
            return Case(case, kind_of("sag"), "")
        if is_beside_name and not self._notes:
            self._forms.add(form_of(case))
        self._doubts.append(case)
        if self._open is not None:
            self._open.doubts.append(case)
        return None

    @property
    def _case(self) -> str | None:
        """The ids of the labels that apply now."""
        return " ".join(self._labels.values()) or None

    def _is_own(self, case: str) -> bool:
        """Whether these ids are of the case that applies now."""
        return set(case.split()) <= set((self._case or "").split())

    def _enter(self, case: str, kind: str) -> None:
        """What follows is about this case. A note of which only the date has been said is too; others have ended.

        Labels of different kinds with no note between them are all about one case.
        """
        self._forms.update(form_of(one) for one in case.split())
        self._doubts = []
        if self._is_own(case):
            return
        if self._told or kind in self._labels:
            self._labels = {}
        self._labels[kind] = case
        self._told = False
        if self._open is not None and self._open.dato and not self._open.lines:
            self._open.case = self._case
        else:
            self._open = None

    def _is_title(self, line: Line) -> bool:
        """Whether a line before a note is only a title, or tells who it is about."""
        text = line.text
        if text == self._title or is_title(text):
            return True
        return line.heading and not text.endswith((".", "!", "?"))  # a sentence is prose, however bold

    def _table(self, table: Table, layout: Layout) -> None:
        """A table of notes. Every row is a note of its own, and what comes after it is not part of it."""
        columns = max((len(row.cells) for row in table.rows), default=0)
        carried: dict[int, str] = {}
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
            for column in (layout.dato, layout.sag):
                cell = None if column is None else row.cells.get(column)
                if column is not None and (cell is None or cell.text or not cell.merged):
                    carried[column] = texts.get(column, "")
            self._put(_note_of(row.row, texts | carried, layout, self._case))
        self._open = None

    def _row_of_lines(self, row: Row) -> None:
        for cell in row.cells.values():
            for block in cell.blocks:
                self.add(block)

    def _loose(self, table: Table) -> None:
        """Any other table: its cells one after another, and a label together with what it is the label of."""
        for row in table.rows:
            cells = iter(row.cells.values())
            for cell in cells:
                value = next(cells, None) if is_label(cell.text) or _is_labelled(row) else None
                if value is None or not value.text:
                    self._row_of_lines(Row(row.row, {0: cell}))
                elif is_case_label(cell.text):
                    self._enter(value.text, kind_of(cell.text))
                elif plain(cell.text) in OF_A_NOTE:
                    self._row_of_lines(Row(row.row, {0: value}))
                elif plain(cell.text) in AUTHOR_NAMES and self._open is not None:
                    self._open.forfatter = value.text
                else:
                    self._line(Line(row.row, f"{cell.text.rstrip(':')}: {value.text}", False))


def _has_other_date(line: Line, note: Note) -> bool:
    """Whether a line is a heading with a date that is not the note's, nor the day it was entered."""
    if not line.heading or line.text.endswith((".", "!", "?")) or read_registered(line.text, heading=True):
        return False  # a sentence is prose, however bold
    return any(not is_same_day(note.dato, day) for day in days_within(line.text))


def _is_labelled(row: Row) -> bool:
    """Whether a row is a label, known or not, and a value: no sentence, and neither a date nor a case of its own."""
    if len(row.cells) != 2:
        return False
    label, value = row.cells.values()
    if not is_like_label(label.text) or len(value.blocks) != 1 or isinstance(value.blocks[0], Table):
        return False
    if value.text.endswith((".", "!", "?")) or read_dated(value.text, heading=True):
        return False
    return case_of_line(Line(row.row, value.text, False)) is None


def _note_of(row: int, texts: Mapping[int, str], layout: Layout, case: str | None) -> Note:
    """The note in a row of a table. The text comes first, then what stands in columns that are not known."""
    dato, rest = date_of_cell(texts[layout.dato]) or (texts[layout.dato], "")
    known = (layout.dato, layout.tekst, layout.forfatter, layout.sag, layout.registreret)
    lines = [texts.get(layout.tekst, ""), rest]
    for column, text in texts.items():
        if column not in known and text:
            heading = layout.headings.get(column)
            lines.append(f"{heading}: {text}" if heading else text)
    author, entered = (
        "" if place is None else texts.get(place, "") for place in (layout.forfatter, layout.registreret)
    )
    entered = (date_of_cell(entered) or (entered,))[0]
    own = case if layout.sag is None else texts.get(layout.sag, "")
    return Note(row, own, dato or None, [line for line in lines if line], author or None, entered or None)
