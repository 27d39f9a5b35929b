"""``kommunecheck.toml`` as text: the ``[[sources]]`` for a file that was seen, and the whole that ``init`` writes."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from kommunecheck.domain.inspection import ColumnSeen, FileSeen, Parts, TableSeen
from kommunecheck.domain.wording import number

GUESSED = "formodet: se efter"
WIDTH = 110
COLUMN_OF_NOTES = 44
"""Where a remark behind a line begins, if the line is not longer."""

HEAD = """\
# Opsætning af kommunecheck, skrevet af »kommunecheck init« efter et kig på filerne i mappen.
#
# Læs den igennem. Det, der er mærket »formodet«, er et gæt. Linjer med # lige foran et navn eller en klamme er til at
# udfylde: fjern tegnet, og skriv jeres egen værdi. Alle nøgler er forklaret i config.example.toml.


# Hvem rapporten handler om.
[municipality]
#name = "Kommunens navn"
#code = "Kommunens nummer"

# Navnet på den skriftlige forretningsgang. Uden den meldes VT405.
#procedures = { visitation = "Forretningsgang for kontaktsamtaler" }


# Perioden. Uden linjerne går den fra den tidligste anmodningsdato til den seneste afholdt_dato eller registreret_dato.
[audit]
#from = 2007-01-01
#to = 2007-12-31
#cutoff = 2007-12-31
"""

PRIVACY = """

# Nøglen skjuler CPR-numre, som står i stedet for sagsnumre. Hold den hemmelig, og behold den: en ny nøgle giver sagerne
# nye mærker.
[privacy]
key_file = {key_file}
"""

NOT_FOUND = """
# MANGLER: {table} er ikke fundet, og uden den kan intet kontrolleres. Fjern tegnene, og skriv, hvilken fil det er.
#[[sources]]
#table = "{table}"
#file = "{table}.csv"
"""

LEFT_OUT = """
# {table} er ikke fundet. Har I den, så fjern tegnene, og skriv, hvilken fil det er.
#[[sources]]
#table = "{table}"
#file = "{table}.csv"
"""


def configuration(
    sources: Sequence[FileSeen], missing: Sequence[str], absent: Sequence[str], key_file: str | None
) -> str:
    """The whole file. ``missing`` are tables that cannot be done without, ``absent`` those that can."""
    parts = [HEAD]
    if key_file is not None:
        parts.append(PRIVACY.format(key_file=quoted(key_file)))
    parts.append("\n\n# Filerne: hvad de hedder, og hvad der står i dem.\n")
    parts += [NOT_FOUND.format(table=table) for table in missing]
    parts += [f"\n{source_block(seen)}" for seen in sources]
    parts += [LEFT_OUT.format(table=table) for table in absent]
    return "".join(parts)


def source_block(seen: FileSeen) -> str:
    """The ``[[sources]]`` that lets ``check`` read the file, as far as it was understood."""
    table = seen.table
    assert table is not None  # noqa: S101 - only what looks like a table is given a source
    return "\n".join([*_source(seen, table), *_columns(table), *_codes(table)]) + "\n"


def _source(seen: FileSeen, table: TableSeen) -> Iterator[str]:
    if not table.sure:
        yield f"# Formodet: filen ligner {table.name}, men se efter, om den er det."
    if seen.is_hidden:
        yield "# Arket er skjult i filen: se efter, om det er det rigtige."
    yield "[[sources]]"
    yield f"table = {quoted(table.name)}"
    yield f"file = {quoted(seen.file)}"
    for key, value in seen.must_say.items():
        yield f"{key} = {value if isinstance(value, int) else quoted(value)}"
    if table.by_cpr:
        yield _noted('case_key = "cpr"', "CPR-nummeret står i stedet for sagens nummer")


def _columns(table: TableSeen) -> Iterator[str]:
    lines = [_column(column) for column in table.columns if not column.is_named_as_ours]
    lines += [_lacking(name, table.parts.get(name)) for name in table.needed]
    if lines:
        yield ""
        yield _noted("[sources.columns]", "vores navn = jeres overskrift")
        yield from lines
    if table.missing:
        yield from wrap(f"Ikke fundet: {', '.join(table.missing)}.", WIDTH, initial_indent="# ", subsequent_indent="# ")


def _column(column: ColumnSeen) -> str:
    line = f"{column.ours} = {quoted(column.theirs)}"
    return line if column.sure else _noted(line, GUESSED)


def _lacking(name: str, parts: Parts | None) -> str:
    why = "mangler, og filen kan ikke bruges uden"
    if parts is not None:
        told = " og ".join(f"»{heading}«" for heading in parts.headings)
        why = f"mangler; {told} siger kun noget af det"
    return _noted(f'#{name} = "?"', why)


def _codes(table: TableSeen) -> Iterator[str]:
    for column in table.columns:
        if not column.codes and not column.unknown and not column.hidden:
            continue
        yield ""
        yield _noted(f"[sources.codes.{column.ours}]", "jeres ord = vores")
        for theirs, ours in column.codes.items():
            yield f"{quoted(theirs)} = {quoted(ours)}"
        for code in column.unknown:
            yield _noted(f'# {quoted(code.text)} = "?"', f"ukendt, i {number(code.rows, 'række', 'rækker')}")
        if column.hidden:
            yield f"# {hidden_values(column)}"


def hidden_values(column: ColumnSeen) -> str:
    """That some values are not shown, and where they stand."""
    rows = ", ".join(str(row) for row in column.hidden_rows)
    if column.hidden == 1:
        seen = "Se" if len(column.hidden_rows) == 1 else "Se fx"
        return f"en ukendt værdi vises ikke, fordi den kan handle om en person. {seen} række {rows}."
    return f"{column.hidden} ukendte værdier vises ikke, fordi de kan handle om personer. Se fx række {rows}."


def _noted(line: str, remark: str) -> str:
    return f"{line.ljust(COLUMN_OF_NOTES)}  # {remark}"


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """The text as a basic string of TOML."""
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    return sign if sign.isprintable() else f"\\U{ord(sign):08X}"
