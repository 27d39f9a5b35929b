"""Which files there are, and opening them. A source that cannot be used is left out, and the report says so."""

import difflib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain, groupby, islice
from pathlib import Path
from typing import NamedTuple

import polars as pl

from kommunecheck.config import SourceFile
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.wording import column_letters, place_of, whole
from kommunecheck.domain.wording import number as number_of
from kommunecheck.intake.read import File, OpenedFile, Typed, find_columns, is_heading, read_table
from kommunecheck.intake.tables import REQUIRED, TABLES
from kommunecheck.intake.values import fold, read_yes_no
from kommunecheck.ports import Adapter, TableShape, TextTable, Wanted

MOST_FILES = 100_000
"""Files a pattern may stand for; more is a mistake in the pattern."""

MOST_TOLD = 12
"""Columns of one file that are told one by one."""


class LeftOut(NamedTuple):
    """A file that could not be read, and what the report must say of it."""

    file: str
    reason: str


@dataclass(slots=True)
class Opened:
    """What became of the sources, each by its number: its place among those there are to open."""

    tables: set[str] = field(default_factory=set)
    """The tables that there are sources of."""
    files: dict[int, OpenedFile] = field(default_factory=dict)
    """Those that were read."""
    left_out: dict[tuple[int, str], LeftOut] = field(default_factory=dict)
    """Those that could not be; and, by its name, each sheet with the headings of one that was."""
    unknown_headings: dict[int, str] = field(default_factory=dict)
    """What the report must say about them."""
    beside: dict[int, int] = field(default_factory=dict)
    """How many texts stand beside the cells, in those that have any."""

    @property
    def warnings(self) -> list[str]:
        """What the report must say, in the order of the sources."""
        said = {place: left.reason for place, left in self.left_out.items()}
        said |= {(number, ""): told for number, told in self.unknown_headings.items()}
        return [*(said[place] for place in sorted(said)), *self._beside()]

    def _beside(self) -> Iterator[str]:
        if self.beside:
            others = len(self.beside) - 1
            where = self.files[min(self.beside)].name
            if others:
                where += f" og {number_of(others, 'fil', 'filer')} mere"
            texts = number_of(sum(self.beside.values()), "kommentar eller fodnote", "kommentarer og fodnoter")
            yield (f"{where}: {texts} er ikke læst. Viser de, at et skridt er taget, så skriv det i selve notatet.")


def find_sources(
    folder: Path,
    given: list[SourceFile],
    shapes: Mapping[str, TableShape],
    adapters: Mapping[str, Adapter],
    further: Collection[str] = (),
) -> list[SourceFile]:
    """The configured sources, one for each file, and for tables without one what in the folder has the table's name.

    That is a file, a sheet of a workbook, or a folder of files. ``further`` are the tables of supervisions that can be
    run without the visitationstilsyn's. Raises ``UserError`` when a configured table is unknown, a file is named
    twice, or a table that must be there is nowhere to be found.
    """
    for source in given:
        _known_table(source, shapes)
        _known_columns(source, shapes[source.table])
        _known_codes(source, shapes[source.table])
    sources = [one for source in given for one in _spread(folder, source)]
    _named_once(sources)
    named = {source.table for source in given}
    sheets = cache(partial(_sheets, adapters))  # a workbook is opened once, and only if its sheets are asked for
    for name in shapes:
        if name not in named:
            sources += next(_called(folder, name, adapters, sheets), [])
    there = {source.table for source in sources}
    for name in required(there, shapes, further):
        if name not in there:
            raise UserError(
                f"{name}.csv findes ikke i mappen. Læg filen dér, eller skriv i kommunecheck.toml under [[sources]], "
                f'hvilken fil der er {name}: table = "{name}" og file = "...".' + "".join(_unopened(folder, adapters))
            )
    order = list(shapes)
    return sorted(sources, key=lambda source: (order.index(source.table), source.file, source.sheet or ""))


def required(there: Collection[str], shapes: Mapping[str, TableShape], further: Collection[str]) -> tuple[str, ...]:
    """The tables that must be there: the visitationstilsyn's; for further ones alone ``sager``, if all are of cases."""
    own = [name for name in there if name in further]
    if not own:
        return REQUIRED
    return REQUIRED[:1] if all(shapes[name].of_cases for name in own) else ()


def _known_table(source: SourceFile, shapes: Mapping[str, TableShape]) -> None:
    """Raises ``UserError`` when the configuration names a table that there is none of."""
    if source.table not in shapes:
        raise UserError(
            f"[[sources]]: tabellen »{masked(source.table)}« findes ikke. {_meant(source.table, shapes, 'tabeller')}"
        )


def _meant(given: str, possible: Collection[str], called: str) -> str:
    """Which of those there are was probably meant, or else all of them; ``called`` is what they are."""
    near = difflib.get_close_matches(given, possible, n=1)
    return f"Mente du »{near[0]}«?" if near else f"Mulige {called}: {', '.join(possible)}."


def _known_columns(source: SourceFile, shape: TableShape) -> None:
    """Raises ``UserError`` when the configuration maps a column that the table does not have, or a key of no case."""
    if source.case_key == "cpr" and not shape.of_cases:
        raise UserError(
            f'[[sources]] for {shape.name}: rækkerne hører ikke til sager, og `case_key = "cpr"` kan ikke bruges. '
            "Fjern det for kilden."
        )
    columns = [column.name for column in shape.columns]
    for name in (*source.columns, *source.codes):
        if name not in columns and not (name == "cpr" and source.case_key == "cpr"):
            meant = _meant(name, columns, "kolonner")
            raise UserError(f"[[sources]] for {shape.name}: kolonnen »{masked(name)}« findes ikke. {meant}")


def _known_codes(source: SourceFile, shape: TableShape) -> None:
    """Raises ``UserError`` when the configuration puts a code that there is none of in place of somebody's word.

    A blank one says that the word means nothing.
    """
    for column in shape.columns:
        ours = {"code": sorted(column.codes), "yes_no": ["ja", "nej"]}.get(column.kind, [])
        known = set(map(fold, ours))
        for code in source.codes.get(column.name, {}).values() if ours else ():
            means = fold(code) in known if column.kind == "code" else read_yes_no(code) is not None
            if code.strip() and not means:
                meant = _meant(code, ours, "koder")
                raise UserError(
                    f"[[sources]] for {shape.name}: codes.{column.name}: koden »{masked(code)}« findes ikke. {meant}"
                )


def _spread(folder: Path, source: SourceFile) -> list[SourceFile]:
    """The source once for each file its pattern stands for; as it is when it names a file, or nothing matches."""
    if not set("*?[") & set(source.file) or (folder / source.file).exists():
        return [source]
    there = sorted(path.relative_to(folder).as_posix() for path in _matching(folder, source.file))
    return [source.model_copy(update={"file": name}) for name in there] or [source]


def _matching(folder: Path, pattern: str) -> list[Path]:
    try:
        found = [path for path in folder.glob(pattern) if path.is_file() and not is_hidden(path)]
    except (NotImplementedError, ValueError):
        raise UserError(
            f"[[sources]]: mønstret »{masked(pattern)}« kan ikke bruges. Skriv det i forhold til mappen med "
            "kommunecheck.toml, fx udbetalinger/*.csv."
        ) from None
    if len(found) > MOST_FILES:
        raise UserError(f"[[sources]]: mønstret »{masked(pattern)}« passer på for mange filer. Gør det snævrere.")
    return found


def _named_once(sources: Iterable[SourceFile]) -> None:
    """Raises ``UserError`` when rows would be read twice."""
    counted = Counter((source.table, Path(source.file).as_posix(), source.sheet) for source in sources)
    for (table, file, _), times in counted.items():
        if times > 1:
            raise UserError(
                f"[[sources]]: {masked(file)} er nævnt {times} gange for {table}, og hver række ville tælle {times} "
                "gange. Fjern de overflødige, eller gør mønstrene snævrere."
            )


def _called(
    folder: Path, table: str, adapters: Mapping[str, Adapter], sheets: Callable[[Path], tuple[str, ...]]
) -> Iterator[list[SourceFile]]:
    """What in the folder has the table's name: files, then sheets of workbooks, then a folder of files.

    The first is the table. What has the name and an ending of ours is taken whatever it is: reading tells of a link to
    nowhere, or a device.
    """
    files = readable(folder, adapters)
    for path in files:
        if fold(path.stem) == table:
            yield [SourceFile(table=table, file=path.name)]
    for path in files:
        if fold(path.stem) != table and path.is_file():
            yield from (
                [SourceFile(table=table, file=path.name, sheet=one)] for one in sheets(path) if fold(one) == table
            )
    inside = folder / table
    if inside.is_dir():
        found = (path.relative_to(folder) for path in inside.rglob("*") if path.is_file() and _is_read(path, adapters))
        some = sorted(path.as_posix() for path in found)
        if some:
            yield [SourceFile(table=table, file=name) for name in some]


def readable(folder: Path, adapters: Mapping[str, Adapter]) -> list[Path]:
    """What in the folder has an ending that can be read, in the order of the adapters."""
    endings = list(adapters)
    found = (path for path in folder.iterdir() if _is_read(path, adapters))
    return sorted(found, key=lambda path: (endings.index(path.suffix.lower()), path.name))


def _is_read(path: Path, adapters: Mapping[str, Adapter]) -> bool:
    """Whether its name is one of those that are read: no hidden file, and none that a spreadsheet has open."""
    return path.suffix.lower() in adapters and not is_hidden(path)


def is_hidden(path: Path) -> bool:
    """Whether its name is one that a system or an open program gives, and no person."""
    return path.name.startswith((".", "~$"))


def _unopened(folder: Path, adapters: Mapping[str, Adapter]) -> Iterator[str]:
    """Why workbooks in which a missing table may be could not be opened."""
    for path in filter(Path.is_file, readable(folder, adapters)):
        try:
            adapters[path.suffix.lower()].sheets(path)
        except UserError as error:
            yield f" {error}"


def _sheets(adapters: Mapping[str, Adapter], path: Path) -> tuple[str, ...]:
    """The workbook's sheets; none where it cannot be opened: that is told of later, if a table is not found."""
    try:
        return adapters[path.suffix.lower()].sheets(path)
    except UserError:
        return ()


def _closed(folder: Path, sources: Sequence[SourceFile], adapters: Mapping[str, Adapter]) -> Iterator[LeftOut]:
    """What to say of workbooks that cannot be opened and may hold a table that was not found.

    Whether they do cannot be known; where all tables were found, they are nobody's business. Plugins' tables do not
    count: most municipalities have none of them.
    """
    absent = [name for name in TABLES if name not in {source.table for source in sources}]
    named = {folder / source.file for source in sources}
    for path in filter(Path.is_file, readable(folder, adapters) if absent else ()):
        if path not in named:
            try:
                adapters[path.suffix.lower()].sheets(path)
            except UserError as error:
                reason = (
                    f"Kilden {path.name} er udeladt: {error} Filen kan indeholde {' eller '.join(absent)}, som ikke "
                    "er fundet. Hører den ikke til udtrækket, så flyt den."
                )
                yield LeftOut(path.relative_to(folder).as_posix(), masked(reason))


Opener = Callable[[], Typed | None]
"""Reads a table; ``None`` if none of its files can be read."""


def _also_called(
    folder: Path, given: Collection[str], sources: Sequence[SourceFile], shapes: Mapping[str, TableShape],
    adapters: Mapping[str, Adapter],
) -> Iterator[LeftOut]:  # fmt: skip
    """What else in the folder has the name, the headings and rows of a table that is not among the ``given``.

    It may be the other half of the year, or a copy: only the municipality knows, and the report is not whole.
    """
    sheets = cache(partial(_sheets, adapters))
    for table, shape in shapes.items():
        own = [source for source in sources if source.table == table]
        if table in given or not own:
            continue
        for other in islice(_called(folder, table, adapters, sheets), 1, None):
            for one in other:
                adapter = adapters[Path(one.file).suffix.lower()]
                wanted = Wanted(table, partial(is_heading, shape, {}))
                if _is_alike(folder / one.file, one.sheet, adapter, wanted, unreadable=True):
                    yield _unread(one, place_of(masked(own[0].file), own[0].sheet))


STRAYS = frozenset({"thumbs.db", "desktop.ini"})
"""What a machine puts in folders of its own accord."""


def _of_other_kinds(folder: Path, tables: Iterable[str], adapters: Mapping[str, Adapter]) -> Iterator[LeftOut]:
    """The files in a table's own folder that nothing here can read: notes in an older format, scans, letters."""
    for path in chain.from_iterable(sorted((folder / table).rglob("*")) for table in sorted(tables)):
        its_own = not is_hidden(path) and path.name.lower() not in STRAYS
        if its_own and path.is_file() and path.suffix.lower() not in adapters:
            name = path.relative_to(folder).as_posix()
            reason = (
                f"Kilden {name} er udeladt: filer af den slags kan ikke læses. Gem den som "
                f"{', '.join(sorted(adapters))}, eller flyt den, hvis den ikke hører til udtrækket."
            )
            yield LeftOut(masked(name), masked(reason))


def _unread(source: SourceFile, read: str) -> LeftOut:
    place = place_of(masked(source.file), source.sheet)
    reason = (
        f"Kilden {place} er udeladt: den kan også være {source.table}, men kun {read} er læst. Skal begge med, så "
        "skriv dem under [[sources]] i kommunecheck.toml. Ellers flyt eller omdøb den."
    )
    return LeftOut(place, reason)


def open_sources(
    folder: Path,
    sources: list[SourceFile],
    shapes: Mapping[str, TableShape],
    adapters: Mapping[str, Adapter],
    opened: Opened,
    given: Collection[str] = TABLES,
) -> dict[str, Opener]:
    """The tables in the order of ``shapes``, each to be read when it is asked for; ``opened`` tells of the files.

    ``given`` are the tables whose sources somebody has chosen; the others were found by their names.
    """
    opened.tables.update(source.table for source in sources)
    left_out = chain(
        _closed(folder, sources, adapters),
        _also_called(folder, given, sources, shapes, adapters),
        _of_other_kinds(folder, shapes.keys() - set(given), adapters),
    )
    for number, left in enumerate(left_out, start=len(sources)):
        opened.left_out[number, ""] = left
    tables = groupby(enumerate(sources), key=lambda numbered: numbered[1].table)
    return {table: partial(_open_table, folder, list(files), shapes, adapters, opened) for table, files in tables}


def without_cases(
    tables: Mapping[str, Opener], sources: Sequence[SourceFile], shapes: Mapping[str, TableShape], opened: Opened
) -> dict[str, Opener]:
    """The tables that can be used where there is no ``sager``: those of cases are left out, and named."""
    for number, source in enumerate(sources):
        if shapes[source.table].of_cases:
            said = f"Kilden {source.file} er udeladt: uden tabellen sager hører rækkerne ikke til nogen sag."
            opened.left_out[number, ""] = LeftOut(source.file, masked(said))
    return {name: opener for name, opener in tables.items() if not shapes[name].of_cases}


def _open_table(
    folder: Path,
    files: list[tuple[int, SourceFile]],
    shapes: Mapping[str, TableShape],
    adapters: Mapping[str, Adapter],
    opened: Opened,
) -> Typed | None:
    """The rows of all the table's files. Raises ``UserError`` when ``sager`` or ``samtaler`` cannot be read."""
    typed: Typed | None = None
    also_read: dict[str, set[str | None]] = {}
    for _, source in files:
        also_read.setdefault(source.file, set()).add(source.sheet)
    for number, source in files:
        try:
            one = _open(folder, number, source, shapes, adapters, opened, also_read[source.file])
        except UserError as error:
            if source.table in REQUIRED:
                raise
            opened.left_out[number, ""] = LeftOut(source.file, masked(f"Kilden {source.file} er udeladt: {error}"))
            continue
        typed = one if typed is None else typed.joined_with(one)
    return typed


def _open(
    folder: Path,
    number: int,
    source: SourceFile,
    shapes: Mapping[str, TableShape],
    adapters: Mapping[str, Adapter],
    opened: Opened,
    also_read: Collection[str | None],
) -> Typed:
    """One file or sheet. ``also_read`` are the sheets of the same file that other sources of the table name."""
    name, shape = masked(source.file), shapes[source.table]
    if set("*?[") & set(source.file) and not (folder / source.file).exists():
        raise UserError(
            f"Der findes ikke en fil, der passer på mønstret »{name}«. "
            "Læg filerne dér, eller ret mønstret i kommunecheck.toml."
        )
    adapter = adapters.get(Path(source.file).suffix.lower())
    if adapter is None:
        raise UserError(f"{name} har en filendelse, der ikke kan læses. Mulige: {', '.join(sorted(adapters))}.")
    by_cpr = source.case_key == "cpr"
    columns = _with_cpr_as_key(source.columns) if by_cpr else source.columns
    wanted = Wanted(
        shape.name, partial(is_heading, shape, columns), source.header_row, source.sheet, source.encoding,
        source.delimiter,
    )  # fmt: skip
    text = adapter.read(folder / source.file, wanted)
    if by_cpr and text.ids_inside:
        raise UserError(_NO_CPR_INSIDE.format(name=name))
    typed = read_table(shape, File(number, source.table, name, text, columns, source.codes, by_cpr))
    sheet = None if text.sheet is None else masked(text.sheet)
    if typed.frame.height and not text.ids_inside:
        twin = next(
            (
                one
                for one in opened.files.values()
                if (one.table, one.sheet, one.sha256) == (source.table, sheet, text.sha256)
            ),
            None,
        )
        if twin is not None:
            raise UserError(f"{name} har samme indhold som {twin.name}. Fjern den ene.")
    opened.files[number] = OpenedFile(source.table, name, sheet, text.sha256)
    if source.sheet is None or fold(source.sheet) == source.table:  # else somebody has chosen it
        others = [one for one in text.others if fold(one) not in shapes and one not in also_read]
        for one in (one for one in others if _is_alike(folder / source.file, one, adapter, wanted)):
            opened.left_out[number, one] = _unread_sheet(name, sheet, masked(one))
    if text.beside:
        opened.beside[number] = text.beside
    where = f"{place_of(name, sheet)}, række {text.header_row}"
    said = [f"{where}, {_not_used(typed.unknown)}"] if typed.unknown else []
    told = (*_not_there(source, shape, text), *_unread_columns(typed), *_garbled(typed))
    said += [f"{where}: {one}" for one in (*told, *_nothing_said(typed))]
    if said:
        opened.unknown_headings[number] = " ".join(said)
    return typed


_NO_CPR_INSIDE = (
    '{name}: i et dokument findes sagen ved det id, der står i det, og `case_key = "cpr"` kan ikke bruges. Fjern det '
    "for kilden i kommunecheck.toml, og skriv sagens id i filens navn eller på en linje over notaterne."
)
"""Why the rows of a document cannot be put to their cases by CPR number."""


def _not_there(source: SourceFile, shape: TableShape, text: TextTable) -> Iterator[str]:
    """The headings that the configuration names and the file does not have."""
    found = find_columns(shape, text.headings, source.columns) if source.columns else {}
    for ours, theirs in source.columns.items():
        if ours not in found and ours != "cpr":
            yield f"opsætningen siger, at {ours} hedder »{masked(theirs)}«, men ingen overskrift hedder det."


TELLING = 10
"""Values from which it is said of a column that most cannot be read, and rows from which it is of a table."""


def _unread_columns(typed: Typed) -> Iterator[str]:
    """Columns of which most values cannot be read: what is wrong is wrong with the export, and not with its rows."""
    unread = Counter(cell.column for cell in typed.cells if cell.kind == "unreadable")
    useless = []
    for column in typed.shape.columns:
        wrong = unread[column.name]
        there = wrong + typed.frame.height - typed.frame[column.name].null_count()
        if wrong >= TELLING and 2 * wrong > there:
            useless.append(f"{column.name} ({whole(wrong)} af {whole(there)})")
    if useless:
        yield (
            f"de fleste værdier kan ikke læses i {', '.join(useless)}, så tallene kan ikke bruges endnu. Fundene om "
            "data siger, hvad der er galt."
        )


_GARBLED = "Ã[¦¸¥†˜…]|[a-z][¾¿Œ][a-z]"
"""Danish letters in the signs they become where a text was saved in UTF-8 twice, or on an old Mac."""


def _garbled(typed: Typed) -> Iterator[str]:
    """Notes whose words are not to be recognised: what they prove is not seen."""
    if "tekst" in typed.present:
        texts = typed.frame["tekst"].drop_nulls().cast(pl.String)
        wrong = int(texts.str.contains(_GARBLED).sum())
        if wrong:
            rows = number_of(wrong, "række", "rækker")
            yield (
                f"tekst har tegn som Ã¦, ¾ eller ¿ i stedet for æ, ø og å i {rows}, og det, de viser, er ikke set. Gem "
                "udtrækket igen i UTF-8, eller skriv `encoding` for kilden i kommunecheck.toml."
            )


_NOTHING = frozenset({"-", "--", ".", "0", "null", "none", "nan", "n/a", "#n/a", "ingen", "intet", "(tom)", "tom"})
"""Words, in small letters, that somebody may have put where there is nothing to say."""


def _nothing_said(typed: Typed) -> Iterator[str]:
    """Texts that are there and may mean that nothing is, in columns where any text shows that a step was taken."""
    judged = [one.name for one in typed.shape.columns if one.kind == "text" and one.judged]
    for column in judged:
        if column in typed.present:
            said = typed.frame[column].drop_nulls()
            empty = sorted(one for one in map(str, said.unique()) if one.strip().lower() in _NOTHING)
            for word in empty:
                rows = number_of(int((said == word).sum()), "række", "rækker")
                yield (
                    f"{column} siger »{word}« i {rows}, og det tæller som udfyldt. Betyder det, at der intet står, så "
                    f'skriv for kilden i kommunecheck.toml: codes.{column} = {{ "{word}" = "" }}.'
                )


def _is_alike(path: Path, sheet: str | None, adapter: Adapter, wanted: Wanted, *, unreadable: bool = False) -> bool:
    """Whether a file, or a sheet of one, has the table's headings, with rows under them.

    ``unreadable`` is what is said of one where nobody can know.
    """
    try:
        text = adapter.read(path, replace(wanted, sheet=sheet))
    except UserError:
        return unreadable
    return bool(text.frame.height) and wanted.is_heading(text.headings)


def _unread_sheet(name: str, read: str | None, sheet: str) -> LeftOut:
    reason = (
        f"Kilden {place_of(name, sheet)} er udeladt: arket har de samme overskrifter som »{read}«, men kun det er "
        "læst. Skriv hvert ark under [[sources]] i kommunecheck.toml med sheet, eller skjul det, der ikke skal læses."
    )
    return LeftOut(place_of(name, sheet), reason)


def _not_used(columns: Sequence[int]) -> str:
    """Which columns have a heading that is not known, and what to do. A heading may hold a name, and is not told."""
    told = [f"{number} ({column_letters(number)})" for number in columns[:MOST_TOLD]]
    more = len(columns) - len(told)
    if more:
        told.append(number_of(more, "anden", "andre"))
    one = len(columns) == 1
    listed = told[0] if one else f"{', '.join(told[:-1])} og {told[-1]}"
    unknown = "overskriften kendes ikke, og kolonnen" if one else "overskrifterne kendes ikke, og kolonnerne"
    wanted = "Skal den bruges" if one else "Skal en af dem bruges"
    return (
        f"kolonne {listed}: {unknown} er ikke brugt. {wanted}, så skriv i kommunecheck.toml under [[sources]], "
        'hvad den hedder hos jer: columns = { vores = "jeres" }.'
    )


def _with_cpr_as_key(columns: Mapping[str, str]) -> dict[str, str]:
    """What the columns are called when the one with CPR numbers stands in for ``sag_id``."""
    return {**columns, "sag_id": columns.get("sag_id") or columns.get("cpr", "cpr")}
