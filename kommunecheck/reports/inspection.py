"""What ``inspect`` and ``init`` show on the screen: what a file seems to hold, and what is missing."""

from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from kommunecheck.domain.days import danish
from kommunecheck.domain.inspection import ColumnSeen, FileSeen, FolderSeen, Form, Parts, TableSeen
from kommunecheck.domain.wording import kroner, number, whole
from kommunecheck.reports.configuration import hidden_values, source_block
from kommunecheck.reports.console import screen

ROWS_NAMED = 5
MOST_RULES = 4
"""Rules that are named one by one."""

DELIMITERS = {";": "semikolon", ",": "komma", "\t": "tabulator", "|": "lodret streg"}


def print_seen(seen: FileSeen, tables: Sequence[str], console: Console | None = None) -> None:
    """Everything that was seen of a file or a sheet, and the lines that make ``check`` read it."""
    console = console or screen()
    console.print(name_of(seen), style="bold")
    table = seen.table
    if table is None:
        _unknown(seen, tables, console)
        return
    _facts(seen, table, console)
    console.print(_columns(table))
    for line in remarks(seen, table):
        console.print(line)
    console.print()
    console.print("Indsæt i kommunecheck.toml", style="bold")
    console.print(source_block(seen), soft_wrap=True)


def name_of(seen: FileSeen) -> str:
    """The file, and the sheet if it has any; that it is hidden, for a person may not know that it is there."""
    if seen.sheet is None:
        return seen.name
    return f"{seen.name}, arket {seen.sheet}{' (skjult)' if seen.is_hidden else ''}"


def _unknown(seen: FileSeen, tables: Sequence[str], console: Console) -> None:
    console.print(f"Ligner ingen af tabellerne: {', '.join(tables)}.")
    console.print(
        f"Række {seen.header_row} har {number(seen.headings, 'celle', 'celler')}. De vises ikke, for de kan handle om "
        "personer. Har filen ingen overskrifter, så sæt dem ind."
    )
    console.print()


def _facts(seen: FileSeen, table: TableSeen, console: Console) -> None:
    facts = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    facts.add_row("Tabel", f"{table.name} ({_sureness(table.sure)})")
    if seen.encoding is not None and seen.delimiter is not None:
        facts.add_row("Skrevet", f"{seen.encoding}, {DELIMITERS.get(seen.delimiter, 'et andet skilletegn')}")
    if seen.header_row:
        facts.add_row("Overskrifter", f"række {seen.header_row}")
    facts.add_row("Rækker", _rows(table))
    if table.by_cpr:
        facts.add_row("Nøgle", "CPR-nummeret, for der er intet sagsnummer")
    console.print(facts)
    console.print()


def _rows(table: TableSeen) -> str:
    bad = len(table.unreadable)
    if not bad:
        return f"{_count(table.rows)}, som alle kan læses"
    rows = ", ".join(str(row) for row in table.unreadable[:ROWS_NAMED])
    more = ", ..." if bad > ROWS_NAMED else ""
    return f"{_count(table.rows)}, og i {_count(bad)} er der noget, som ikke kan læses: række {rows}{more}"


def _columns(table: TableSeen) -> Table:
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column in ("Vores kolonne", "Jeres overskrift", "Gæt", "Indhold"):
        shown.add_column(column, overflow="fold")
    for seen in table.columns:
        shown.add_row(seen.ours, " ".join(seen.theirs.split()), _sureness(seen.sure), "\n".join(_content(seen)))
    return shown


def _sureness(sure: bool) -> str:
    return "sikker" if sure else "formodet"


def _content(column: ColumnSeen) -> Iterator[str]:
    """How the values are understood; never a value of a key, a text or a person."""
    if column.blank:
        yield "tom"
    readable = [form for form in column.forms if form.readable]
    if readable:
        yield _forms(readable)
    if column.least is not None and column.most is not None:
        yield _span(column.kind, column.least, column.most)
    unreadable = [form for form in column.forms if not form.readable]
    if unreadable:
        yield f"kan ikke læses: {_forms(unreadable, counted=True)}"
    if column.codes:
        yield f"{number(len(column.codes), 'ord oversat', 'ord oversat')}"
    unknown = len(column.unknown) + column.hidden
    if unknown:
        yield f"{number(unknown, 'ord ukendt', 'ord ukendt')}"


def _forms(forms: Sequence[Form], counted: bool = False) -> str:
    if len(forms) == 1 and not counted:
        return forms[0].name
    return ", ".join(f"{form.name} ({_count(form.rows)})" for form in forms)


def _span(kind: str, least: int, most: int) -> str:
    if kind == "date":
        return danish(least) if least == most else f"{danish(least)} til {danish(most)}"
    return kroner(least) if least == most else f"{kroner(least)} til {kroner(most)}"


def remarks(seen: FileSeen, table: TableSeen) -> Iterator[str]:
    """What a person must look at: what is missing, doubtful or not used."""
    for name in table.needed:
        yield f"Mangler: {name} skal være der. {_parts(table.parts.get(name))}".rstrip()
    yield from _unchecked(table)
    idle = [name for name, rules in table.missing.items() if not rules]
    if idle:
        yield f"Ikke fundet, og kan undværes: {', '.join(idle)}."
    if seen.unused:
        yield f"Ikke brugt: {', '.join(seen.unused)}."
    for heading in seen.twice:
        yield f"Overskriften {heading} findes flere gange og kan ikke bruges. Giv kolonnerne hver sit navn."
    for column in table.columns:
        yield from _doubts(column)


def _unchecked(table: TableSeen) -> Iterator[str]:
    """The columns that can be done without, but not for all rules."""
    for name, rules in table.missing.items():
        if rules:
            what = f"{rules[0]} til {rules[-1]}" if len(rules) > MOST_RULES else ", ".join(rules)
            without = f"Uden den kontrolleres {number(len(rules), 'regel', 'regler')} ikke ({what})."
            yield f"Ikke fundet: {name}. {without} {_parts(table.parts.get(name))}".rstrip()


def _parts(parts: Parts | None) -> str:
    """That columns of yes and no do not tell a code, and what would."""
    if parts is None:
        return ""
    told = " og ".join(f"»{heading}«" for heading in parts.headings)
    verb = "er ja/nej og siger" if len(parts.headings) == 1 else "er ja/nej og siger hver for sig"
    return f"{told} {verb} kun noget af det. Der skal være én kolonne med koden: {', '.join(parts.codes)}."


def _doubts(column: ColumnSeen) -> Iterator[str]:
    if column.unknown:
        words = ", ".join(f"»{code.text}« ({number(code.rows, 'række', 'rækker')})" for code in column.unknown)
        yield f"{column.ours}: ukendte ord: {words}."
    if column.hidden:
        yield f"{column.ours}: {hidden_values(column)}"
    if any(form.name.startswith("mm") for form in column.forms):
        yield (
            f"{column.ours}: nogle datoer har måneden først og kan ikke læses. Så er de andre måske læst forkert: "
            "træk filen ud igen med dagen først."
        )


# A whole folder


def print_folder(folder: str, seen: FolderSeen, written: Sequence[str]) -> None:
    """What was found in a folder, what is missing, what was written, and what to do next."""
    console = screen()
    console.print(f"Fundet i {folder}", style="bold")
    console.print(_sources(seen))
    console.print()
    _section(console, "Mangler", _lacking(seen))
    _section(console, "Se efter", _doubtful(seen))
    _section(console, "Ikke brugt", _left_out(seen))
    _section(console, "Skrevet", [WRITTEN.get(name, name) for name in written])


WRITTEN = {
    "kommunecheck.toml": "kommunecheck.toml: opsætningen. Læs den igennem; det, der er gættet, er mærket.",
    "noegle.txt": "noegle.txt: en tilfældig nøgle, som skjuler CPR-numre. Den må ikke følge med rapporter. Mistes den, "
    "får sagerne nye mærker, så gem en kopi et sikkert sted.",
    "kontroller.cmd": "kontroller.cmd: dobbeltklik på den for at kontrollere mappen.",
}


def _sources(seen: FolderSeen) -> Table:
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column in ("Tabel", "Fil", "Rækker", "Gæt"):
        shown.add_column(column, overflow="fold", justify="right" if column == "Rækker" else "left")
    for one in seen.sources:
        if one.table is not None:
            files = f" ({_count(one.files)} filer)" if one.files > 1 else ""
            shown.add_row(one.table.name, name_of(one) + files, _count(one.table.rows), _sureness(one.table.sure))
    return shown


def _section(console: Console, title: str, lines: Iterable[str]) -> None:
    said = list(lines)
    if said:
        console.print(title, style="bold")
        for line in said:
            console.print(f"- {line}")
        console.print()


def _lacking(seen: FolderSeen) -> Iterator[str]:
    """What ``check`` cannot do without."""
    for name in seen.missing:
        yield f"{name}: ingen fil ligner tabellen, og uden den kan intet kontrolleres."
    for one in seen.sources:
        if one.table is not None:
            for name in one.table.needed:
                yield f"{name_of(one)}: kolonnen {name}. {_parts(one.table.parts.get(name))}".rstrip()
    for name in seen.keyless:
        yield f"{name}: sager har ikke den nøgle, som rækkerne her skal føres til en sag med (sagsnummer eller CPR)."


def _doubtful(seen: FolderSeen) -> Iterator[str]:
    for one in seen.sources:
        if one.table is None:
            continue
        if not one.table.sure:
            yield f"{name_of(one)}: er det {one.table.name}?"
        if len(one.table.unreadable) * 2 > one.table.rows:
            rows = number(one.table.rows, "række", "rækker")
            yield (
                f"{name_of(one)}: {whole(len(one.table.unreadable))} af {rows} har en værdi, der ikke kan læses. Se "
                f"hvilke: kommunecheck inspect {one.file}."
            )
        for column in one.table.columns:
            if not column.sure:
                yield f"{name_of(one)}: er »{' '.join(column.theirs.split())}« vores {column.ours}?"
            yield from (f"{name_of(one)}: {doubt}" for doubt in _doubts(column))
        yield from (f"{name_of(one)}: {sentence}" for sentence in _unchecked(one.table))


def _left_out(seen: FolderSeen) -> Iterator[str]:
    for name in seen.absent:
        yield f"{name}: ingen fil ligner tabellen. Den kan undværes."
    for name in seen.strange:
        yield f"{name}: ligner ingen af tabellerne."
    for name in seen.copies:
        yield f"{name}: er magen til en anden fil."
    yield from seen.refused


def _count(value: int) -> str:
    return f"{value:,}".replace(",", ".")
