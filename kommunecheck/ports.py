"""The shapes a plugin can add to kommunecheck, and which the built-in parts have themselves."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from kommunecheck.domain.case import Case, Municipality
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.report import Fact, Report
from kommunecheck.domain.rule import Explanation, Rule
from kommunecheck.domain.section import Section
from kommunecheck.domain.supervision import Judgement, Material
from kommunecheck.law.law import Law, LawTexts

if TYPE_CHECKING:
    import click
    import polars as pl
    from pydantic import BaseModel

WRITTEN_BY = "kommunecheck "
"""What the author of every workbook that we write begins with: by it one is known, and is never read as an export."""

Kind = Literal["key", "text", "person", "cpr", "date", "amount", "yes_no", "code"]
"""How a column is read. Values of ``text``, ``person`` and ``cpr`` are never shown in an output."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a canonical table.

    A ``required`` one may neither be missing nor blank. A ``vital`` one may be blank, but blank means something (a
    period that still runs): a value that cannot be read there sets the whole row aside, as in a required column.

    A code that is not among ``codes`` is reported (``DQ008``) and read as ``otherwise``, if that is given. With
    ``known_only`` it is a value that cannot be read (``DQ003``), and its case is not fully assessed. So is one where a
    text cannot be read that checks look at: ``judged``. Dates and yes or no are, all of them.
    ``also`` are what others call the column and ``also_codes`` what they call its codes (theirs, ours): ``inspect``
    and ``init`` go by them, and ``check`` never does.
    """

    name: str
    kind: Kind
    required: bool = False
    vital: bool = False
    codes: frozenset[str] = frozenset()
    otherwise: str | None = None
    known_only: bool = False
    judged: bool = False
    also: tuple[str, ...] = ()
    also_codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table. ``key`` is the column whose value only one row may have, or the columns that only one may have together.

    ``days`` are the columns that give a row its day, the first that is not blank; rows come to a case in that order.
    ``record`` is the named tuple that a plugin's own table becomes: its fields are columns of the table, with
    ``source`` and ``row`` if it wants to show where a row stands, and ``unread`` (the columns, with spaces between,
    that hold something that cannot be read). A check finds them in ``case.rows[name]``. Rows of a table without a
    column ``sag_id`` belong to no case: only a supervision sees them, in ``material.rows[name]``.
    ``also`` are beginnings of words in the names of files and sheets that tell which table they hold.
    """

    name: str
    columns: tuple[Column, ...]
    key: str | tuple[str, ...] | None = None
    days: tuple[str, ...] = ()
    record: type[Any] | None = None
    also: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name. Raises ``KeyError``."""
        return {column.name: column for column in self.columns}[name]

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of the key; none where rows have no key."""
        return (self.key,) if isinstance(self.key, str) else self.key or ()

    @property
    def of_cases(self) -> bool:
        """Whether its rows belong to cases."""
        return any(column.name == CASE_KEY for column in self.columns)


CASE_KEY = "sag_id"
"""The column that tells which case a row belongs to."""


UNREADABLE = "\x00"
"""What an adapter puts in a cell that holds something without a value: an error, or a formula that was never worked
out. It is reported as unreadable, whatever the column."""

HEAD_ROWS = 50
"""The heading stands in one of a file's first rows; titles and blank rows may come before it."""

MOST_COLUMNS = 16_384
"""As many as a spreadsheet has; a row with more is no heading."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of an adapter: the rows of one table out of a file. ``None`` is: find out.

    ``is_heading`` tells whether a row of cells can be the table's heading. The first such row among ``HEAD_ROWS`` is
    it; where there is none, the first that is not blank.
    """

    table: str
    is_heading: Callable[[Sequence[str]], bool]
    header_row: int | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True)
class TextTable:
    """A file, or one sheet of it, as an adapter hands it on: every cell as text, nothing interpreted.

    ``frame`` has a column ``row`` (the row as a person counts it in the file) and one text column a heading, in the
    file's order, named ``0``, ``1``, ...; a blank cell is null. ``ragged`` are rows that do not have as many cells
    as there are headings: (row, cells found). They are not in ``frame``. With ``ids_inside``, the case's id stands
    somewhere in the text of ``sag_id``, as in a file's name. ``beside`` counts the texts that are in no cell, such
    as comments and footnotes: a reader is told that they are not looked at. ``is_hidden`` is whether the sheet is one
    that nobody sees who opens the file, and ``others`` are the names of the other sheets that anybody sees.
    """

    headings: tuple[str, ...]
    header_row: int
    frame: "pl.DataFrame"
    ragged: tuple[tuple[int, int], ...]
    sha256: str
    sheet: str | None = None
    ids_inside: bool = False
    beside: int = 0
    is_hidden: bool = False
    others: tuple[str, ...] = ()


class Adapter(Protocol):
    """A module that reads one kind of file. ``SUFFIXES`` are the file endings it reads, in lower case."""

    @property
    def SUFFIXES(self) -> tuple[str, ...]:  # noqa: N802 - the name a module gives its constant
        """The file endings, with their dot."""

    def sheets(self, path: Path) -> tuple[str, ...]:
        """The names of the sheets in the file, if it is of a kind that has them. Raises ``UserError`` as ``read``."""

    def read(self, path: Path, wanted: Wanted) -> TextTable:
        """The table's cells as text. Raises ``UserError`` with a Danish sentence when they cannot be read."""


class Check(Protocol):
    """A module that states a rule. What its ``check`` function is given follows from ``JUDGES``, see below.

    ``NEEDS`` names the columns without which the check is not run, as ``table.column``; ``table?.column`` is needed
    only where the municipality has that table at all.
    """

    @property
    def RULE(self) -> Rule:  # noqa: N802 - the name a check module gives its constant
        """The rule that is checked."""

    @property
    def EXPLAIN(self) -> Explanation:  # noqa: N802 - as above
        """The explanation a person reads."""

    @property
    def NEEDS(self) -> tuple[str, ...]:  # noqa: N802 - as above
        """The columns the check reads."""


CaseAspect = Literal["deadlines", "steps", "absence", "exclusion", "unpaid", "case"]


class CaseCheck(Check, Protocol):
    """Looks at one case, and is spared the cases it has nothing to look at in: most are sound.

    ``deadlines``: cases with a broken deadline; ``steps``: with a step not done in time; ``absence``: without a held
    contact interview; ``exclusion``: with excluded days, or withdrawn; ``unpaid``: with an interview on a day that no
    payment covers; ``case``: every case, which makes every case be laid out and takes longer.
    """

    @property
    def JUDGES(self) -> CaseAspect:  # noqa: N802 - as above
        """What of a case it looks at."""

    def check(self, case: Case, law: Law) -> Iterator[Finding]:
        """The breaches of the rule in this case. Pure: no file, clock or console, and nothing is changed."""


class RowCheck(Check, Protocol):
    """Turns what the reading stumbled over into findings."""

    @property
    def JUDGES(self) -> Literal["rows"]:  # noqa: N802 - as above
        """Always ``rows``."""

    def check(self, problem: Problem) -> Iterator[Finding]:
        """The finding for a problem with this rule's code."""


class MunicipalityCheck(Check, Protocol):
    """Looks at the municipality and not at a case."""

    @property
    def JUDGES(self) -> Literal["municipality"]:  # noqa: N802 - as above
        """Always ``municipality``."""

    def check(self, municipality: Municipality, law: Law) -> Iterator[Finding]:
        """The breaches of the rule by the municipality."""


AnyCheck = CaseCheck | RowCheck | MunicipalityCheck


@dataclass(frozen=True, slots=True)
class Supervision:
    """A supervision beside the visitationstilsyn, judged on its own when any of its ``tables`` is among the sources.

    ``name`` stands in the JSON report, ``title`` is what a Danish reader calls it. ``tables`` are brought by the same
    plugin. ``rules`` are modules with ``RULE``, ``NEEDS`` and ``EXPLAIN``; ``judge`` finds the breaches of those whose
    columns are there (``material.rules``). It is pure: no file, clock or console, and nothing is changed.
    ``done`` names the fields (``table.column``) that tell of something done, never of something promised: where there
    is no ``samtaler``, the latest of them is the cutoff. ``files`` names the keys (``section.key``) of the plugin's own
    settings that name a file: what stands in it is in ``material.files``.
    """

    name: str
    title: str
    tables: tuple[str, ...]
    rules: tuple[Check, ...]
    judge: Callable[[Material, Law], Judgement]
    done: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section of its own in the report. ``write`` makes it from the finished report; ``None`` is: nothing to say."""

    name: str
    write: Callable[[Report], Section | None]


class Pages(NamedTuple):
    """A report that is too much for one file: the file itself, and files by name in a folder beside it, in pieces."""

    first: Iterable[bytes]
    beside: Iterable[tuple[str, Iterable[bytes]]]


def folder_beside(file: str) -> str:
    """The name of the folder that a report of more than one file takes: ``r-sager`` for ``r.html``."""
    return f"{Path(file).stem}-sager"


WITH_CPR = frozenset({".docx", ".xlsx"})
"""The formats in which CPR numbers may stand where the municipality asks for them. No other is given any."""


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A way to write the report: ``suffix`` chooses it for ``-o``, ``name`` for ``--format``.

    ``shows`` are the facts it tells that take time to work out; the report has no others but those that are asked for.
    ``pages`` is for a format that may take more than one file: given the report and the file's name, the file and what
    stands in the folder that ``folder_beside`` names; ``None`` where one file is enough. With ``timelines``, the cases
    with findings have their course in the report, see ``domain.timeline``.
    """

    name: str
    suffix: str | None
    write: Callable[[Report], Iterable[bytes]]
    timelines: bool = False
    pages: Callable[[Report, str], Pages | None] | None = None
    shows: frozenset[Fact] = frozenset()

    def made(self, report: Report, file: str | None) -> Pages:
        """The report in this format, in one file unless it is too much for one; ``file`` is ``None`` on a screen."""
        if self.suffix not in WITH_CPR:
            report = replace(report, people=None)
        paged = self.pages(report, file) if self.pages is not None and file is not None else None
        return Pages(self.write(report), ()) if paged is None else paged


class Brought(NamedTuple):
    """One plugin and what it adds. ``origin`` is the package it comes in; ``failed`` is why it is left out."""

    name: str
    version: str
    origin: str
    tables: tuple[TableShape, ...] = ()
    checks: tuple[AnyCheck, ...] = ()
    adapters: tuple[Adapter, ...] = ()
    formats: tuple[ReportFormat, ...] = ()
    law_texts: tuple[LawTexts, ...] = ()
    settings: "Mapping[str, type[BaseModel]]" = MappingProxyType({})
    supervisions: tuple[Supervision, ...] = ()
    sections: tuple[ReportSection, ...] = ()
    commands: "tuple[click.Command, ...]" = ()
    failed: str | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule it states, of its checks and of its supervisions."""
        of_supervisions = (rule for one in self.supervisions for rule in one.rules)
        return tuple(check.RULE for check in (*self.checks, *of_supervisions))
