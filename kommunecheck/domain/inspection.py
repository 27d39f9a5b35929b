"""What was seen in a file before it is read in earnest, and what it is guessed to be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Form(NamedTuple):
    """A way to write a date or an amount, how many rows use it, and whether we can read it."""

    name: str
    rows: int
    readable: bool


class UnknownCode(NamedTuple):
    """A value that is none of our codes and that we do not know what means. It looks like no person."""

    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column of ours as it was found. ``theirs`` is the heading as it stands in the file, and can be shown.

    ``least`` and ``most`` are days or amounts in øre. ``codes`` are theirs = ours. ``hidden`` counts the values that
    are none of our codes and are not shown, and ``hidden_rows`` are rows where some of them stand.
    """

    ours: str
    kind: str
    required: bool
    theirs: str
    sure: bool
    is_named_as_ours: bool
    forms: tuple[Form, ...] = ()
    least: int | None = None
    most: int | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[UnknownCode, ...] = ()
    hidden: int = 0
    hidden_rows: tuple[int, ...] = ()
    blank: bool = False


class Parts(NamedTuple):
    """The headings of yes/no columns that each tell a part of one of our columns, and the codes that one must have."""

    headings: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSeen:
    """The table a file is guessed to hold.

    ``needed`` and ``missing`` are columns of ours that are not there; the former cannot be done without, and for the
    latter stand the codes of the rules that are not checked then. ``parts`` are yes/no columns that each tell a part of
    one of ours. ``unreadable`` are the rows with something that cannot be used.
    ``by_cpr`` is whether CPR numbers stand for the cases' ids, and ``needs_key`` whether any must be hidden.
    """

    name: str
    sure: bool
    columns: tuple[ColumnSeen, ...]
    missing: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    parts: Mapping[str, "Parts"]
    by_cpr: bool
    needs_key: bool
    rows: int
    unreadable: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file, or one sheet of it. ``name`` can be shown; ``file`` is its real name, as the configuration wants it.

    ``encoding`` and ``delimiter`` are named only where the file is text. What ``must_say`` holds has to stand in the
    configuration, because it is not found otherwise. ``unused`` are the headings that are none of ours, and ``twice``
    those that stand more than once; both can be shown. ``is_hidden`` is whether the sheet is not seen by who opens the
    file.
    """

    name: str
    file: str
    sha256: str
    header_row: int
    headings: int
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    must_say: Mapping[str, str | int] = field(default_factory=dict)
    table: TableSeen | None = None
    unused: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    is_hidden: bool = False
    files: int = 1
    """How many files it stands for, where the name is a pattern."""


@dataclass(frozen=True, slots=True)
class FolderSeen:
    """What was seen in a folder. ``sources`` each hold a table, in the order of the tables.

    ``strange`` are files that look like no table, ``copies`` those whose very bytes stand in another, and ``refused``
    sentences on those that cannot be read. ``missing`` are tables that cannot be done without, ``absent`` those that
    can. ``keyless`` are the sources whose rows are known by CPR number alone, when ``sager`` has none to find them by.
    """

    sources: tuple[FileSeen, ...]
    strange: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    keyless: tuple[str, ...] = ()

    @property
    def needs_key(self) -> bool:
        """Whether CPR numbers must be hidden."""
        return any(one.table is not None and one.table.needs_key for one in self.sources)

    @property
    def is_enough(self) -> bool:
        """Whether ``check`` can do with what there is."""
        lacking = any(one.table is not None and one.table.needed for one in self.sources)
        return not (lacking or self.missing or self.keyless)
