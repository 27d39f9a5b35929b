"""Bad input (domain.md sections 2, 4 and 8): one clear Danish sentence each, the rest judged, and nothing else told.

Every case spoils a copy of one small municipality: K1 is spoiled, and K2 and K3 must come out as they always do.
"""

import contextlib
import io
import itertools
import json
import os
import re
import signal
import string
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from kommunecheck.cli import run

GOOD = {
    "sager": """\
sag_id;cpr;ydelsestype;anmodningsdato;ophoersdato;team;sagsbehandler
K2;6902580028;kontanthjaelp;2007-01-08;;Team Nord;Kanarie Navnesen
K3;7103590037;kontanthjaelp;2007-01-15;;Team Syd;Kanarie Navnesen
K1;6801570019;kontanthjaelp;2007-01-08;;Team Nord;Kanarie Navnesen
""",
    "samtaler": """\
samtale_id;sag_id;type;status;indkaldt_dato;planlagt_dato;afholdt_dato;matchkategori;grovmatch;registreret_dato;\
arbejdssoegende;opmaerksomhedsomraader;fritagelsesaarsag;opfoelgning_dato;kontaktform;team;sagsbehandler
S21;K2;kontaktsamtale;afholdt;2007-04-10;2007-04-23;2007-04-23;1;nej;2007-04-23;ja;;;;Kanarie;Team Nord;Kanarie Navnesen
S22;K2;kontaktsamtale;afholdt;2007-06-15;2007-06-29;2007-06-29;1;nej;2007-06-29;ja;;;;Kanarie;Team Nord;Kanarie Navnesen
S31;K3;kontaktsamtale;afholdt;2007-02-01;2007-02-12;2007-02-12;1;nej;2007-02-12;ja;;;;Kanarie;Team Syd;Kanarie Navnesen
S11;K1;kontaktsamtale;afholdt;2007-03-20;2007-04-03;2007-04-03;1;nej;2007-04-03;ja;;;;Kanarie;Team Nord;Kanarie Navnesen
S12;K1;kontaktsamtale;afholdt;2007-06-14;2007-06-28;2007-06-28;1;nej;2007-06-28;ja;;;;Kanarie;Team Nord;Kanarie Navnesen
""",
    "perioder": """\
sag_id;type;fra;til;dokumenteret
K2;sygdom;2007-02-05;2007-02-09;nej
K1;sygdom;2007-02-05;2007-02-09;nej
""",
    "udbetalinger": """\
udbetaling_id;sag_id;fra;til;beloeb;ydelsestype;i_tilbud;anmeldt_refusion;berigtiget_refusion;konto
U21;K2;2007-01-08;2007-03-31;26877,00;kontanthjaelp;nej;;;Kanariekonto
U22;K2;2007-04-01;2007-06-30;26877,00;kontanthjaelp;nej;;;Kanariekonto
U31;K3;2007-01-15;2007-03-31;24800,00;kontanthjaelp;nej;;;Kanariekonto
U32;K3;2007-04-01;2007-06-30;26877,00;kontanthjaelp;nej;;;Kanariekonto
U11;K1;2007-01-08;2007-03-31;26877,00;kontanthjaelp;nej;;;Kanariekonto
U12;K1;2007-04-01;2007-06-30;26877,00;kontanthjaelp;nej;;;Kanariekonto
""",
    "journal": """\
notat_id;sag_id;dato;registreret_dato;tekst;forfatter
N21;K2;2007-02-13;;Kanarietekst om borgerens forhold.;Kanarie Navnesen
N11;K1;2007-02-12;;Kanarietekst om borgerens forhold.;Kanarie Navnesen
""",
}
CONFIGURATION = """\
[municipality]
name = "Prøveby"
synthetic = true
procedures = { visitation = "Forretningsgang" }

[audit]
from = 2007-01-01
to = 2007-06-30

[rules]
severity = { VT101 = "warning", VT102 = "warning" }
"""
"""What K2 and K3 did wrong is shown as warnings, so that the good municipality ends with 0."""

OTHERS = {"K2": ({"VT101"}, 15), "K3": ({"VT102"}, 49)}
"""What is found in the other cases, and the days they lose."""

TABLES = tuple(GOOD)
MUST_BE_THERE = ("sager", "samtaler")
ONE_OF_EACH = ("sager", "udbetalinger")
"""A table that must be there, and one that need not."""

LAST = {table: text.count("\n") for table, text in GOOD.items()}
"""The last row of each table as a person counts it; it is K1's."""

REQUIRED = {
    "sager": ("sag_id", "ydelsestype", "anmodningsdato"),
    "samtaler": ("samtale_id", "sag_id", "type", "status"),
    "perioder": ("sag_id", "type", "fra"),
    "udbetalinger": ("sag_id", "fra", "til", "beloeb"),
    "journal": ("sag_id", "dato", "tekst"),
}
"""The columns a table cannot do without."""

KEYS = {"sager": "sag_id", "samtaler": "samtale_id", "udbetalinger": "udbetaling_id", "journal": "notat_id"}
"""The column whose value only one row may have."""

FIRST_COLUMN = {table: KEYS.get(table, "sag_id") for table in TABLES}
"""The column that a row is told of in when its cells cannot be told apart."""

SECRET = re.compile("Kanarie|680157|690258|710359", re.IGNORECASE)
"""Names, notes, texts and CPR numbers of the municipality: they are told to nobody."""

FOREIGN = re.compile(
    r"Traceback|Intern fejl|Error|Exception|polars|calamine|lxml|zipfile|codec|errno|No such|Permission|invalid"
    r"|unexpected|\bline \d|\bcolumn\b|\.py\b|\bNone\b",
    re.IGNORECASE,
)
"""What does not belong in a Danish sentence for a user."""

FOLLOWS = ("Tabellen ", "Kolonnen i_tilbud ", "I sager er der ")
"""How the warnings begin that tell what follows from a table, a column or an id that is not there."""


@dataclass(frozen=True)
class Place:
    """The copy that is spoiled, and the table whose file it is mostly done to."""

    folder: Path
    table: str
    patch: pytest.MonkeyPatch

    @property
    def file(self) -> Path:
        return self.folder / f"{self.table}.csv"


Spoil = Callable[[Place], object]
Report = dict[str, Any]


@dataclass(frozen=True)
class Bad:
    """One way to spoil the municipality, and all that must be told of it.

    ``says`` are the sentences: after ``Fejl: `` where no report is written, else the warnings and the findings of data.
    ``unused`` counts the rows that are read and not used. ``others`` tells that K2 and K3 come out as ever. A run with
    ``seconds`` has a process of its own and that much processor time. ``known`` is the defect that makes it fail today;
    where it ``hangs`` it is not run.
    """

    table: str
    name: str
    spoil: Spoil
    status: int
    says: tuple[str, ...] = ()
    unused: int = 0
    others: bool = True
    seconds: int = 0
    known: str = ""
    hangs: bool = False


def municipality(folder: Path) -> None:
    """The good municipality."""
    folder.mkdir()
    for table, lines in GOOD.items():
        (folder / f"{table}.csv").write_text(lines, encoding="utf-8")
    (folder / "kommunecheck.toml").write_text(CONFIGURATION, encoding="utf-8")


# How a file is spoiled


def recoded(change: Callable[[bytes], bytes]) -> Spoil:
    """The file's bytes become something else."""
    return lambda place: place.file.write_bytes(change(place.file.read_bytes()))


def holds(raw: bytes) -> Spoil:
    """The file holds this and nothing else."""
    return recoded(lambda _: raw)


def text(change: Callable[[str], str]) -> Spoil:
    return recoded(lambda raw: change(raw.decode()).encode())


def replaced(old: str, new: str, count: int = -1) -> Spoil:
    return text(lambda lines: lines.replace(old, new, count))


def each_line(ending: str) -> Spoil:
    """The same at the end of every line."""
    return replaced("\n", f"{ending}\n")


def above(lines: str) -> Spoil:
    return text(lambda before: lines + before)


def below(lines: str) -> Spoil:
    return text(lambda before: before + lines)


def below_the_heading(lines: str) -> Spoil:
    return text(lambda before: before.replace("\n", f"\n{lines}", 1))


def cell(column: str, value: str) -> Spoil:
    """K1's cell in the last row."""

    def change(lines: str) -> str:
        heading, *rows, last = lines.splitlines()
        cells = last.split(";")
        cells[heading.split(";").index(column)] = value
        return "\n".join([heading, *rows, ";".join(cells), ""])

    return text(change)


def again(old: str = "", new: str = "") -> Spoil:
    """The last row once more, perhaps with something else in it."""
    return text(lambda lines: lines + lines.splitlines()[-1].replace(old, new) + "\n")


def with_danish_letters(raw: bytes) -> bytes:
    """One more column, with æ, ø and å in every row."""
    heading, *rows = raw.decode().splitlines()
    return "\n".join([f"{heading};Bemærkning", *(f"{row};på Ærø" for row in rows), ""]).encode()


def cut_in_a_letter(raw: bytes) -> bytes:
    return with_danish_letters(raw)[: -len("\n") - 1]


def with_an_odd_row(raw: bytes) -> bytes:
    """The first row is in Windows-1252, and all others in UTF-8."""
    heading, first, *rows = with_danish_letters(raw).split(b"\n")
    return b"\n".join([heading, first.decode().encode("cp1252"), *rows])


def in_windows_1252(raw: bytes) -> bytes:
    return with_danish_letters(raw).decode().encode("cp1252")


def with_other_rows(lines: str) -> str:
    """The headings are separated by ``;`` and the rows by ``|``."""
    heading, rows = lines.split("\n", 1)
    return f"{heading}\n{rows.replace(';', '|')}"


def truncated(raw: bytes) -> bytes:
    """The end of the last row is not there."""
    return raw[:-25]


def in_place_of_the_file(put: Callable[[Path], object]) -> Spoil:
    def spoil(place: Place) -> None:
        place.file.unlink()
        put(place.file)

    return spoil


def nothing(_: Path) -> None:
    """Nothing comes in place of the file."""


def pipe(file: Path) -> None:
    os.mkfifo(file)


def zeros(file: Path) -> None:
    file.symlink_to("/dev/zero")


def nowhere(file: Path) -> None:
    file.symlink_to("ingen steder.csv")


def huge(file: Path) -> None:
    """5 GB that take no room on the disk."""
    file.touch()
    os.truncate(file, 5 << 30)


def while_it_is_read(happens: Callable[[Path], object]) -> Spoil:
    """Something happens to the file after it was looked at, and before its bytes are read."""

    def spoil(place: Place) -> None:
        plain = Path.read_bytes

        def read_bytes(path: Path) -> bytes:
            if path.name == place.file.name:
                happens(path)
            return plain(path)

        place.patch.setattr(Path, "read_bytes", read_bytes)

    return spoil


def shorter(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 1)


def longer(file: Path) -> None:
    with file.open("ab") as opened:
        opened.write(b"x")


def forbidden(_: Path) -> NoReturn:
    raise PermissionError


# Workbooks and documents, made by hand so that each can be spoiled by hand


def package(parts: dict[str, str]) -> bytes:
    """A zip file with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, part in parts.items():
            opened.writestr(name, part)
    return made.getvalue()


def parts_of(main: str, kind: str, content: str) -> dict[str, str]:
    """The parts of an Office file: the main one, and what leads to it."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    office = "vnd.openxmlformats-officedocument"
    return {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="application/{office}.{kind}.main+xml"/></Types>',
        "_rels/.rels": relations("officeDocument", main),
        main: content,
    }


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {one} '{f'&{before};' * 10}'>" for before, one in itertools.pairwise("abcdefghij")
) + "]>"  # fmt: skip
"""Entities that would be thousands of millions of letters."""


def sheet(cells: dict[str, str], more: str = "") -> str:
    """A sheet of a workbook. Cells are texts, or XML where they begin with ``<``."""
    rows: dict[int, list[str]] = {}
    for place, value in cells.items():
        plain = f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
        own = value.replace("<c", f'<c r="{place}"', 1)
        rows.setdefault(int(place.lstrip(string.ascii_uppercase)), []).append(own if value.startswith("<") else plain)
    body = "".join(f'<row r="{row}">{"".join(found)}</row>' for row, found in rows.items())
    return f'<worksheet xmlns="{SHEETS}"><sheetData>{body}</sheetData>{more}</worksheet>'


def cells_of(table: str) -> dict[str, str]:
    lines = [line.split(";") for line in GOOD[table].splitlines()]
    return {f"{chr(65 + x)}{y}": text for y, line in enumerate(lines, start=1) for x, text in enumerate(line) if text}


def book(sheet_1: str, name: str) -> dict[str, str]:
    """The parts of a workbook with one sheet."""
    content = (
        f'<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}"><sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>"
    )
    styles = f'<styleSheet xmlns="{SHEETS}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    return parts_of("xl/workbook.xml", "spreadsheetml.sheet", content) | {
        "xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet_1,
        "xl/styles.xml": styles,
    }


def workbook(
    change: Callable[[bytes], bytes] = bytes,
    xml: Callable[[str], str] = str,
    more: str = "",
    ending: str = "xlsx",
    **cells: str,
) -> Spoil:
    """The table as a workbook, with other cells here and there; its file or the XML of its sheet can be changed."""

    def spoil(place: Place) -> None:
        place.file.unlink()
        made = package(book(xml(sheet(cells_of(place.table) | cells, more)), place.table))
        place.file.with_suffix(f".{ending}").write_bytes(change(made))

    return spoil


def renamed_to_one_book(place: Place) -> None:
    place.file.with_suffix(".xlsx").rename(place.folder / "udtræk.xlsx")


def of_something_else(place: Place) -> None:
    """The workbook holds the payroll, whatever that is."""
    file = place.file.with_suffix(".xlsx")
    file.unlink()
    (place.folder / "andet.xlsx").write_bytes(package(book(sheet({"A1": "Kanarie", "A2": "6801570019"}), "Løn")))


def other_book(change: Callable[[bytes], bytes]) -> Spoil:
    return lambda place: (place.folder / "andet.xlsx").write_bytes(change(b""))


def without_journal(place: Place) -> None:
    (place.folder / "journal.csv").unlink()


def open_document(row: str, xml: Callable[[str], str] = str) -> Spoil:
    """The table as a sheet of LibreOffice with this row and nothing else."""

    def spoil(place: Place) -> None:
        place.file.unlink()
        names = "".join(f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("table", "text"))
        office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        content = (
            f'<office:document-content xmlns:office="{office}"{names}><office:body><office:spreadsheet>'
            f'<table:table table:name="{place.table}">{row}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>"
        )
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        made = package({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": xml(content)})
        place.file.with_suffix(".ods").write_bytes(made)

    return spoil


def document(
    *lines: str, change: Callable[[bytes], bytes] = bytes, xml: Callable[[str], str] = str, more: str = ""
) -> Spoil:
    """The table as a document with these paragraphs; its file or its XML can be changed."""

    def spoil(place: Place) -> None:
        place.file.unlink()
        body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
        content = f'<w:document xmlns:w="{WORDS}"><w:body>{body}{more}</w:body></w:document>'
        made = package(parts_of("word/document.xml", "wordprocessingml.document", xml(content)))
        place.file.with_suffix(".docx").write_bytes(change(made))

    return spoil


def broken_off(xml: str) -> str:
    return xml[: len(xml) * 2 // 3]


def laughing(xml: str) -> str:
    return LAUGHS + xml


def defining(xml: str) -> str:
    return "<!DOCTYPE x [<!ENTITY j 'Kanarie'>]>" + xml


def half(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def locked(_: bytes) -> bytes:
    """How a file with a password begins."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)


def with_a_locked_part(raw: bytes) -> bytes:
    """The first part says that it is encrypted."""
    place = raw.index(b"PK\x01\x02")
    return raw[: place + 8] + b"\1" + raw[place + 9 :]


def with_a_bomb(raw: bytes) -> bytes:
    """One more part, of 70 MB that take no room."""
    made = io.BytesIO(raw)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("bombe.xml", bytes(70 << 20))
    return made.getvalue()


def with_a_lie(raw: bytes) -> bytes:
    """The largest part says that it ends after its first 100 bytes, and has the checksum of those."""
    with zipfile.ZipFile(io.BytesIO(raw)) as opened:
        largest = max(opened.infolist(), key=lambda member: member.file_size)
        lie = struct.pack("<I", zlib.crc32(opened.read(largest)[:100])), struct.pack("<I", 100)
    truth = struct.pack("<I", largest.CRC), struct.pack("<I", largest.file_size)
    told = struct.pack("<I", largest.compress_size).join(truth)
    assert raw.count(told) == 2
    return raw.replace(told, struct.pack("<I", largest.compress_size).join(lie))


def packed_otherwise(raw: bytes) -> bytes:
    """The parts are packed as no Office program does it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as opened, zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as other:
        for name in opened.namelist():
            other.writestr(name, opened.read(name))
    return made.getvalue()


# What the configuration says


def configured(lines: str) -> Spoil:
    def spoil(place: Place) -> None:
        with (place.folder / "kommunecheck.toml").open("a", encoding="utf-8") as opened:
            opened.write(f"\n{lines}\n")

    return spoil


def source(file: str = "{table}.csv", **settings: object) -> Spoil:
    """The file is named in the configuration, with more settings."""

    def spoil(place: Place) -> None:
        named = {"table": place.table, "file": file.format(table=place.table)} | settings
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in named.items()]
        configured("\n".join(["[[sources]]", *lines]))(place)

    return spoil


def key_file(letters: str) -> Spoil:
    def spoil(place: Place) -> None:
        (place.folder / "noegle.txt").write_text(letters, encoding="utf-8")
        configured('[privacy]\nkey_file = "noegle.txt"')(place)

    return spoil


def renamed(to: str) -> Spoil:
    return lambda place: place.file.rename(place.folder / to.format(table=place.table))


def all_of(*spoils: Spoil) -> Spoil:
    def spoil(place: Place) -> None:
        for one in spoils:
            one(place)

    return spoil


# The sentences


EMPTY = "{file} er tom. Der ventes en linje med overskrifter og en linje for hver række."
NO_HEADING = (
    "{file}, række {row}: der mangler overskrift for {missing}. Ret overskriften i filen, eller skriv i "
    'kommunecheck.toml under [[sources]], hvad kolonnen hedder: columns = {{ {first} = "..." }}.'
)
NO_ROW_FITS = (
    "{file}: ingen række har {headings} celler, som der er overskrifter i række 1. "
    "Kontrollér, at rækkerne er adskilt af samme tegn som overskrifterne."
)
TWICE = "{file}, række 1: overskriften sag_id findes 2 gange. Lad kun én af kolonnerne hedde sådan."
BLANK_ABOVE = (
    "{file}: de første 50 rækker er tomme. Slet de tomme rækker over overskrifterne, eller skriv `header_row` for "
    "kilden i kommunecheck.toml."
)
NO_HEADER_ROW = "{file} har ingen overskrifter i række {row}. Ret `header_row` for kilden i kommunecheck.toml."
SPREADSHEET = (
    "{file} er ikke en tekstfil, men ligner et regneark. Giv filen regnearkets endelse, eller gem den som CSV."
)
NUL = (
    "{file} består mest af nul-tegn: filen er beskadiget eller gemt som UTF-16 uden BOM. Hent udtrækket igen, "
    "gem filen som CSV i UTF-8, eller skriv `encoding` for kilden i kommunecheck.toml."
)
NO_TEXT = (
    "{file} kan ikke læses som tekst. Gem filen som CSV i UTF-8 eller Windows-1252, "
    "eller skriv `encoding` for kilden i kommunecheck.toml."
)
NOT_THE_ENCODING = (
    "{file} kan ikke læses som tekst. Gem filen som CSV i UTF-8 eller Windows-1252, "
    "eller ret `encoding` for kilden i kommunecheck.toml."
)
NO_ENCODING = "{file}: `encoding` for kilden i kommunecheck.toml kendes ikke. Skriv fx utf-8, utf-16 eller cp1252."
BROKEN = (
    "{file}, række {row}: filen er gemt i UTF-8, men her står noget andet, eller filen er ikke hel. "
    "Hent udtrækket igen, eller gem hele filen i UTF-8."
)
QUOTE = (
    "{file} kan ikke læses fra omkring række {row}: et anførselstegn er ikke lukket, eller der står noget efter det. "
    "Ret rækken i filen, eller hent udtrækket igen."
)
NOT_THE_DELIMITER = (
    "{file}, række 1: overskrifterne er adskilt af et andet tegn end det, der står som `delimiter` for kilden i "
    "kommunecheck.toml. Ret eller fjern det."
)
NO_DELIMITER = "{file}: `delimiter` for kilden i kommunecheck.toml skal være ét tegn, fx ; eller , eller |."
NO_SHEET = "{file} er en tekstfil og har ingen ark. Fjern `sheet` for kilden i kommunecheck.toml."
ABSENT = "{file} findes ikke. Læg filen dér, eller ret stien i kommunecheck.toml."
FOLDER = "{file} er en mappe. Skriv stien til en fil."
DEVICE = "{file} er ikke en almindelig fil. Skriv stien til en fil."
FORBIDDEN = "{file} må ikke åbnes; luk den, hvis den er åben i et andet program, eller få adgang til den."
CHANGED = "{file} blev ændret, mens den blev læst. Vent, til filen er skrevet færdig, og kør igen."
TOO_LARGE = "{file} fylder mere end 4 GB. Del filen i flere, og skriv dem alle under [[sources]]."
ENDING = "{file} har en filendelse, der ikke kan læses. Mulige: .csv, .docx, .ods, .tsv, .txt, .xls, .xlsm, .xlsx."
NO_MATCH = (
    "Der findes ikke en fil, der passer på mønstret »udtræk/*.csv«. "
    "Læg filerne dér, eller ret mønstret i kommunecheck.toml."
)


def in_(table: str, row: int | str, column: str, sentence: str) -> str:
    """The sentence with its place before it, as findings have it."""
    return f"{table}.csv, række {row}, kolonne {column}: {sentence}"


DATE = "Værdien kan ikke læses. Der ventes en dato som 2007-03-31 eller 31-03-2007. Ret den, og kør igen."
AMOUNT = "Værdien kan ikke læses. Der ventes et beløb som 8.959,00 med højst to decimaler. Ret den, og kør igen."
TEXT = "Værdien kan ikke læses. Der ventes en tekst. Ret den, og kør igen."
YES_NO = "Værdien kan ikke læses. Der ventes ja eller nej. Ret den, og kør igen."
BLANK = "Der mangler en værdi i kolonnen, og rækken er ikke brugt. Udfyld den, og kør igen."
ONE_OF_THE_STATUSES = (
    "Værdien kan ikke læses. Der ventes en af koderne afholdt, aflyst, planlagt, sygdom, udeblevet. "
    "Ret den, og kør igen."
)
ONE_OF_THE_BENEFITS = (
    "Værdien kan ikke læses. Der ventes en af koderne anden, foertidspension, introduktionsydelse, kontanthjaelp, "
    "revalidering, starthjaelp. Ret den, og kør igen."
)
CODE = "Koden er ikke på listen, og rækken er ikke brugt. Mulige koder: {codes}. Ret den, eller oversæt den."
BENEFITS = CODE.format(codes="anden, foertidspension, introduktionsydelse, kontanthjaelp, revalidering, starthjaelp")
STATUSES = CODE.format(codes="afholdt, aflyst, planlagt, sygdom, udeblevet")
KINDS = CODE.format(codes="anden, cv_samtale, foerste_henvendelse, kontaktsamtale")
CIRCUMSTANCES = CODE.format(
    codes="anden_ydelse, barsel, barsel_inden_4_uger, foertidspension, forrevalidering, job_inden_4_uger, "
    "langvarig_behandling, loentilskud, orlovsydelse, revalidering, sygdom, under_18, venter_foertidspension, "
    "venter_folkepension"
)
NO_CASE_NAMED = (
    "Notatet kan ikke bruges: det kan ikke ses, hvilken sag i sager det handler om. Dokumentet nævner ingen af dem, "
    "eller mere end én. Skriv sagens id i filens navn eller på en linje over notaterne."
)
UNKNOWN_CASE = "Sagen findes ikke i sager, så rækken kan ikke bruges. Hent begge udtræk fra samme dag."
BACKWARDS = "Perioden slutter, før den begynder, og rækken er ikke brugt. Ret datoerne."
EQUAL = "2 ens rækker har samme nøgle. De tæller én gang. Fjern de overflødige fra udtrækket."
DIFFERING = "2 forskellige rækker har samme nøgle, og ingen af dem er brugt. Ret udtrækket, så én gælder."
ENDED_EARLY = "Ophørsdatoen er før anmodningsdatoen, så sagen kan ikke vurderes. Ret datoerne."
HELD_EARLY = "Samtalen er holdt, før borgeren bad om hjælp, og møder derfor ingen frist i sagen."
PAID_OUTSIDE = "Udbetalingen ligger helt uden for sagen og er ikke regnet med. Kontrollér ophørsdatoen."
NO_CPR = "CPR-nummeret kan ikke være rigtigt: det er ingen dato, eller kontrolcifret passer ikke. Ret det."
REGISTERED_EARLY = "Samtalen er registreret, før den blev holdt. Den regnes som registreret samme dag."
RAGGED = (
    "Rækken har {cells}, men der er {headings} overskrifter, og den er ikke brugt. "
    "Ret dens skilletegn og anførselstegn."
)
HEADING_AGAIN = "Overskrifterne står her igen, og rækken er ikke brugt. Slet den, og kør igen."
LATE_CUTOFF = (
    "Opgørelsesdagen {day} kommer fra samtaler.csv, række 6, kolonne {column}. Den næstseneste dag er 2007-06-29. "
    "Er det en tastefejl, så ret cellen, eller skriv dagen: --cutoff 2007-06-29."
)
LOST = tuple(
    in_(table, row, "sag_id", UNKNOWN_CASE)
    for table, rows in {"samtaler": (5, 6), "perioder": (3,), "udbetalinger": (6, 7), "journal": (3,)}.items()
    for row in rows
)
"""What is said of K1's rows when ``sager`` does not name it."""

NOT_BEGUN = (
    *(in_("samtaler", row, "afholdt_dato", HELD_EARLY) for row in (5, 6)),
    *(in_("udbetalinger", row, "fra", PAID_OUTSIDE) for row in (6, 7)),
)
"""What is said of K1's rows when its case begins after all of them."""


# Files that cannot be used: no report without ``sager`` and ``samtaler``, and a report without each of the others


def facts_of(table: str) -> dict[str, object]:
    """What a sentence can be filled with; ``column`` is the one after the table's own."""
    headings = GOOD[table].split("\n", 1)[0].count(";") + 1
    return {
        "table": table,
        "file": f"{table}.csv",
        "row": 1,
        "last": LAST[table],
        "next": LAST[table] + 1,
        "missing": ", ".join(REQUIRED[table]),
        "first": REQUIRED[table][0],
        "headings": headings,
        "column": f"{headings + 1} ({chr(ord('A') + headings)})",
    }


def each(name: str, spoil: Spoil, sentence: str, *tables: str, known: str = "", **facts: object) -> Iterator[Bad]:
    """The same for one table of each kind, or for some. The sentence is filled with what is so of it, and ``facts``."""
    for table in tables or ONE_OF_EACH:
        own = facts_of(table) | facts
        told = sentence.format_map(own)
        if table in MUST_BE_THERE:
            yield Bad(table, name, spoil, 2, (told,), known=known)
        else:
            yield Bad(table, name, spoil, 3, (f"Kilden {own['file']} er udeladt: {told}",), known=known)


NO_PERMISSION = "no permission to read the file"

FILES = [
    # What is no table
    *each("empty", holds(b""), EMPTY, *TABLES),
    *each("only blank lines", holds(b"\n \n\t\r\n"), EMPTY),
    *each("only a BOM", holds(b"\xef\xbb\xbf"), EMPTY),
    *each("only a BOM of UTF-16", holds(b"\xff\xfe"), EMPTY),
    *each("a spreadsheet", holds(b"PK\x03\x04" + bytes(range(256))), SPREADSHEET),
    *each("an old spreadsheet", holds(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)), SPREADSHEET),
    *each("a web page", holds(b"<html>\n<body>Kanarie 6801570019</body>\n"), NO_HEADING),
    *each("JSON", holds(b'[{"sag_id": "Kanarie"}]'), NO_HEADING),
    *each("a picture", holds(b"\x89PNG\r\n\x1a\n\0\0\0\x0d\x81\x8d"), NO_TEXT),
    *each("nothing but NUL", recoded(lambda raw: bytes(len(raw))), NUL),
    # Headings
    *each("no headings", text(lambda lines: lines.split("\n", 1)[1]), NO_HEADING),
    *each(
        "a heading is missing", replaced("sag_id", "sagen", 1), NO_HEADING, *TABLES, missing="sag_id", first="sag_id"
    ),
    *each("a heading twice", each_line(";Sag-ID"), TWICE, *TABLES),
    *each("60 lines above the headings", above("Udtræk\n" * 60), NO_HEADING),
    *each("60 blank lines above the headings", above("\n" * 60), BLANK_ABOVE),
    *each("header_row beyond the end", source(header_row=40), NO_HEADER_ROW, row=40),
    *each("header_row far beyond the end", source(header_row=10**18), NO_HEADER_ROW, row=10**18),
    *each("header_row is a row of data", source(header_row=2), NO_HEADING, row=2),
    # Separators and quotes
    *each("another separator configured", source(delimiter=","), NOT_THE_DELIMITER),
    *each("a separator of two signs", source(delimiter=";;"), NO_DELIMITER),
    *each("a separator of no sign", source(delimiter=""), NO_DELIMITER),
    *each("a quote for a separator", source(delimiter='"'), NO_DELIMITER),
    *each("a separator outside ASCII", source(delimiter="§"), NO_DELIMITER),
    *each("rows with another separator than the headings", text(with_other_rows), NO_ROW_FITS),
    *each("an open quote above the headings", above('"'), QUOTE, row=1),
    *each("an open quote in the first row", below_the_heading('"'), QUOTE, row=2),
    *each("an open quote in the last row", below('K1;"\n'), QUOTE.replace("{row}", "{next}")),
    *each("letters after a quote", below('"K1" og K2;x\n'), QUOTE.replace("{row}", "{next}")),
    # Encodings
    *each("UTF-16 without BOM", recoded(lambda raw: raw.decode().encode("utf-16-le")), NUL),
    *each("UTF-16 the other way round without BOM", recoded(lambda raw: raw.decode().encode("utf-16-be")), NUL),
    *each("UTF-32", recoded(lambda raw: raw.decode().encode("utf-32")), NUL),
    *each("UTF-16 cut in a letter", recoded(lambda raw: raw.decode().encode("utf-16")[:-1]), NO_TEXT),
    *each("a byte that Windows-1252 has not", recoded(lambda raw: raw + b"K1\x81"), NO_TEXT),
    *each("UTF-8 cut in a letter", recoded(cut_in_a_letter), BROKEN.replace("{row}", "{last}")),
    *each("a row of Windows-1252 in UTF-8", recoded(with_an_odd_row), BROKEN, row=2),
    *each("an encoding that is not there", source(encoding="utf-9"), NO_ENCODING),
    *each("an encoding that is no text", source(encoding="zlib"), NOT_THE_ENCODING),
    *each("an encoding that always fails", source(encoding="undefined"), NOT_THE_ENCODING),
    *each("ASCII configured", all_of(recoded(with_danish_letters), source(encoding="ascii")), NOT_THE_ENCODING),
    *each("UTF-8 configured for another", all_of(recoded(in_windows_1252), source(encoding="utf-8")), NOT_THE_ENCODING),
    # What is no file
    *each("configured and not there", all_of(in_place_of_the_file(nothing), source()), ABSENT),
    *each("configured, a folder", all_of(in_place_of_the_file(Path.mkdir), source()), FOLDER),
    *each("configured, a pipe", all_of(in_place_of_the_file(pipe), source()), DEVICE),
    *each("configured, a device", all_of(in_place_of_the_file(zeros), source()), DEVICE),
    *each("configured, a link to nowhere", all_of(in_place_of_the_file(nowhere), source()), ABSENT),
    *each("a folder", in_place_of_the_file(Path.mkdir), FOLDER),
    *each("a pipe", in_place_of_the_file(pipe), DEVICE),
    *each("a device", in_place_of_the_file(zeros), DEVICE),
    *each("a link to nowhere", in_place_of_the_file(nowhere), ABSENT),
    *each("a name no file can have", source("a\0.csv"), ABSENT, file="a\0.csv"),
    *each(
        "an ending that cannot be read",
        all_of(renamed("sager.pdf"), source("sager.pdf")),
        ENDING,
        "sager",
        file="sager.pdf",
    ),
    *each("an ending that cannot be read", all_of(renamed("a.pdf"), source("a.pdf")), ENDING, "journal", file="a.pdf"),
    *each("a pattern that fits nothing", source("udtræk/*.csv"), NO_MATCH, file="udtræk/*.csv"),
    *each("a sheet of a text file", source(sheet="Ark1"), NO_SHEET),
    *each("5 GB", in_place_of_the_file(huge), TOO_LARGE),
    # What happens meanwhile
    *each("a file that shrinks while it is read", while_it_is_read(shorter), CHANGED),
    *each("a file that grows while it is read", while_it_is_read(longer), CHANGED),
    *each("a file that goes away while it is read", while_it_is_read(Path.unlink), ABSENT),
    *each("a file that may not be read", while_it_is_read(forbidden), FORBIDDEN),
    *each(NO_PERMISSION, lambda place: place.file.chmod(0), FORBIDDEN),
]


# Rows and values that cannot be used: told one by one, and the rest is judged


def once(table: str, column: str, value: str, sentence: str, status: int = 1, unused: int = 0, known: str = "") -> Bad:
    """A value in K1's last row, told in its own cell."""
    shown = repr(value if len(value) < 20 else value[:20] + "...")
    says = (in_(table, LAST[table], column, sentence),)
    return Bad(table, f"{column} is {shown}", cell(column, value), status, says, unused, known=known)


def ragged(table: str, name: str, spoil: Spoil, row: int, cells: str, *more: str, known: str = "") -> Bad:
    """A row whose cells cannot be told apart."""
    headings = facts_of(table)["headings"]
    says = (in_(table, row, FIRST_COLUMN[table], RAGGED.format(cells=cells, headings=headings)), *more)
    return Bad(table, name, spoil, 1, says, len(says), known=known)


def in_tables(name: str, spoil: Spoil, sentence: str = "", *tables: str, known: str = "", **told: Any) -> Iterator[Bad]:
    """What is read all the same, in every table or in some; the sentence, if there is one, is filled as in ``each``."""
    for table in tables or TABLES:
        says = (sentence.format_map(facts_of(table)),) if sentence else ()
        yield Bad(table, name, spoil, **{"status": 0, "says": says, "known": known} | told)


UNKNOWN_HEADING = (
    "{file}, række 1, kolonne {column}: overskriften kendes ikke, og kolonnen er ikke brugt. Skal den bruges, så skriv "
    'i kommunecheck.toml under [[sources]], hvad den hedder hos jer: columns = {{ vores = "jeres" }}.'
)
UNKNOWN_HEADINGS = (
    "{file}, række 1, kolonne {columns}: overskrifterne kendes ikke, og kolonnerne er ikke brugt. Skal en af dem "
    'bruges, så skriv i kommunecheck.toml under [[sources]], hvad den hedder hos jer: columns = {{ vores = "jeres" }}.'
)
NO_ROWS = "sager har ingen rækker under overskrifterne. Hent udtrækket igen."
NO_CUTOFF = (
    "samtaler har ingen datoer, som kan fortælle, til hvilken dag udtrækket er opgjort. Skriv den: --cutoff 2007-12-31."
)


def with_a_remark(lines: str) -> str:
    """One more column, with a text in K1's last row and nothing else."""
    *before, last = lines.splitlines()
    return "".join(f"{line};\n" for line in before) + f"{last};Kanarie\n"


def headings_alone(lines: str) -> str:
    return lines.split("\n", 1)[0] + "\n"


def headings_again(lines: str) -> str:
    return lines + headings_alone(lines)


ROWS = [
    # Rows
    *in_tables("headings alone", text(headings_alone), "", "perioder", "journal"),
    *each("headings alone", text(headings_alone), NO_ROWS, "sager"),
    *each("headings alone", text(headings_alone), NO_CUTOFF, "samtaler"),
    *in_tables(
        "the headings once more",
        text(headings_again),
        in_("{table}", "{next}", "{first}", HEADING_AGAIN),
        status=1,
        unused=1,
    ),
    *in_tables("an unknown column", each_line(";Kanarie"), UNKNOWN_HEADING, *TABLES),
    *in_tables("a column of blanks without a heading", each_line("; "), "", *ONE_OF_EACH),
    *in_tables("a column without a heading", text(with_a_remark), UNKNOWN_HEADING, *ONE_OF_EACH),
    *in_tables(
        "two unknown columns",
        each_line(";Kanarie;6801570019"),
        UNKNOWN_HEADINGS.replace("{columns}", "8 (H) og 9 (I)"),
        "sager",
    ),
    *in_tables(
        "40 unknown columns",
        each_line(";Kanarie" * 40),
        UNKNOWN_HEADINGS.replace(
            "{columns}",
            "8 (H), 9 (I), 10 (J), 11 (K), 12 (L), 13 (M), 14 (N), 15 (O), 16 (P), 17 (Q), 18 (R), 19 (S) og 28 andre",
        ),
        "sager",
    ),
    *in_tables("Windows-1252", recoded(in_windows_1252), UNKNOWN_HEADING, *ONE_OF_EACH),
    *(ragged(table, "a short row", below("K1;x\n"), LAST[table] + 1, "2 celler") for table in TABLES),
    *(ragged(table, "a long row", below("x;" * 29 + "x\n"), LAST[table] + 1, "30 celler") for table in ONE_OF_EACH),
    *(
        ragged(table, "a row with commas", below("K1,2007-02-05,x\n"), LAST[table] + 1, "1 celle")
        for table in ONE_OF_EACH
    ),
    ragged("sager", "NUL at the end", below("\0" * 50), 5, "1 celle"),
    ragged("sager", "a sign for the end of the file", below("\x1a"), 5, "1 celle"),
    ragged("sager", "cut in the last row", recoded(truncated), 4, "6 celler", *LOST),
    ragged("samtaler", "cut in the last row", recoded(truncated), 6, "16 celler"),
    ragged("perioder", "cut in the last row", recoded(truncated), 3, "3 celler"),
    ragged("udbetalinger", "cut in the last row", recoded(truncated), 7, "6 celler"),
    ragged("journal", "cut in the last row", recoded(truncated), 3, "5 celler"),
    *in_tables("a line break in quotes", replaced("K1", '"K1\n"'), "", *ONE_OF_EACH),
    *in_tables("quotes inside a cell", replaced("Team Nord", 'Team "Nord"'), "", "sager", "samtaler"),
    *in_tables("blank lines between the rows", replaced("\n", "\n\n"), "", *ONE_OF_EACH),
    *in_tables("rows of separators alone", below(f"{';' * 40}\n;\n"), "", *ONE_OF_EACH),
    Bad(
        "udbetalinger",
        "a row with the sum",
        below("I alt;;;;159185,00;;;;;\n"),
        1,
        tuple(in_("udbetalinger", 8, column, BLANK) for column in ("sag_id", "fra", "til")),
        1,
    ),
    # Keys
    *(
        Bad(table, "a row twice", again(), 1, (in_(table, LAST[table], column, EQUAL),), 1)
        for table, column in KEYS.items()
    ),
    *(
        Bad(table, "two rows with one key", again(old, new), 1, (in_(table, LAST[table], KEYS[table], DIFFERING),), 2)
        for table, old, new in (
            ("sager", "2007-01-08", "2007-01-09"),
            ("samtaler", ";1;nej", ";2;nej"),
            ("udbetalinger", "26877", "26878"),
            ("journal", "2007-02-12", "2007-02-13"),
        )
    ),
    *(once(table, "sag_id", "K99", UNKNOWN_CASE, unused=1) for table in TABLES if table != "sager"),
    once("udbetalinger", "sag_id", "6801570019", UNKNOWN_CASE, unused=1),
    # Blank cells where there may be none
    Bad("sager", "sag_id is ''", cell("sag_id", ""), 1, (in_("sager", 4, "sag_id", BLANK), *LOST), 7),
    *(
        once(table, column, "", BLANK, unused=1)
        for table, columns in REQUIRED.items()
        for column in columns
        if (table, column) != ("sager", "sag_id")
    ),
    # Dates
    once("sager", "anmodningsdato", "2007-02-30", DATE, unused=1),
    once("sager", "ophoersdato", "løbende", DATE, unused=1),
    *(
        once("samtaler", "afholdt_dato", value, DATE)
        for value in ("31-02-2007", "04/13/2007", "0207-06-28", "1899-06-28", "10000-01-01", "39261", "2-7-07", "0")
    ),
    *(
        once("samtaler", "afholdt_dato", value, DATE)
        for value in ("２００７-０６-２８", "٢٨-٠٦-٢٠٠٧", "٢٠٠٧٠٦٢٨", "2007-06-28 ١٠:٠٠")
    ),
    once("samtaler", "registreret_dato", "i går", DATE),
    once("perioder", "fra", "februar", DATE, unused=1),
    once("perioder", "til", "?", DATE, unused=1),
    once("udbetalinger", "til", "30-06-07", DATE, unused=1),
    once("journal", "dato", "12. februar", DATE, unused=1),
    once("sager", "ophoersdato", "2006-01-01", ENDED_EARLY, status=0, unused=1),
    once("perioder", "til", "2007-02-04", BACKWARDS, status=0, unused=1),
    once("udbetalinger", "til", "2007-03-31", BACKWARDS, status=0, unused=1),
    Bad("sager", "ophoersdato is 9999-12-31", cell("ophoersdato", "9999-12-31"), 0),
    Bad("perioder", "til is 9999-12-31", cell("til", "9999-12-31"), 0),
    *(
        Bad("sager", f"anmodningsdato is {day}", cell("anmodningsdato", day), 0, NOT_BEGUN, 2)
        for day in ("2070-01-08", "9999-12-31")
    ),
    *(
        Bad(
            "samtaler",
            f"registreret_dato is {day}",
            cell("registreret_dato", day),
            1,
            (LATE_CUTOFF.format(day=day, column="registreret_dato"),),
            others=False,
        )
        for day in ("2070-03-31", "9999-12-31")
    ),
    *(
        Bad(
            "samtaler",
            f"afholdt_dato is {day}",
            cell("afholdt_dato", day),
            0,
            (
                LATE_CUTOFF.format(day=day, column="afholdt_dato"),
                in_("samtaler", 6, "registreret_dato", REGISTERED_EARLY),
            ),
            others=False,
        )
        for day in ("2070-03-31", "9999-12-31")
    ),
    # Amounts, answers, codes, CPR numbers
    *(
        once("udbetalinger", "beloeb", value, AMOUNT, unused=1)
        for value in ("1.234.56", "12,345", "1e5", "NaN", "9" * 400, "²", "ca. 9000", "#I/T")
    ),
    *(once("udbetalinger", "beloeb", value, AMOUNT, unused=1) for value in ("２６８７７,00", "٢٦٨٧٧", "26877.٠٠")),
    once("udbetalinger", "anmeldt_refusion", "1e5", AMOUNT),
    once("samtaler", "grovmatch", "måske", YES_NO),
    once("perioder", "dokumenteret", "måske", YES_NO),
    once("udbetalinger", "i_tilbud", "måske", YES_NO),
    once("sager", "ydelsestype", "dagpenge", BENEFITS, unused=1),
    once("samtaler", "status", "mødt", STATUSES, unused=1),
    once("samtaler", "type", "x" * 200_000, KINDS, unused=1),
    once("perioder", "type", "ferie", CIRCUMSTANCES, unused=1),
    once("udbetalinger", "ydelsestype", "dagpenge", BENEFITS, unused=1),
    once("sager", "cpr", "4513702345", NO_CPR, status=0),
    # Long texts, and cells with a NUL in them
    Bad("journal", "tekst of 200.000 letters", cell("tekst", "x" * 200_000), 0),
    Bad("journal", "tekst of 200.000 letters in quotes", cell("tekst", '"' + "x" * 200_000 + '"'), 0),
    once("samtaler", "afholdt_dato", "2007-06-28\0", DATE),
    once("udbetalinger", "beloeb", "26877,00\0", AMOUNT, unused=1),
    once("perioder", "dokumenteret", "\0", YES_NO),
    once("perioder", "sag_id", "K1\0", TEXT, unused=1),
    once("sager", "team", "Team\0", TEXT),
    once("samtaler", "status", "afholdt\0", ONE_OF_THE_STATUSES, unused=1),
]


# What the configuration and the key say, and files of many cells


NOT_TWICE = (
    "[[sources]]: {table}.csv er nævnt 2 gange for {table}, og hver række ville tælle 2 gange. "
    "Fjern de overflødige, eller gør mønstrene snævrere."
)
CPR_AS_ID = (
    "sager: sag_id ligner CPR-numre. Læg en nøgle (mindst 16 tilfældige tegn) i en fil uden for udtrækket, og skriv "
    'den i kommunecheck.toml: [privacy] key_file = "noegle.txt". Så vises sagerne med et pseudonym.'
)
CPR_AS_KEY = (
    '[[sources]]: case_key = "cpr" kræver en nøgle, så ingen CPR-numre vises. Læg mindst 16 tilfældige tegn i en fil '
    'uden for udtrækket, og skriv den i kommunecheck.toml: [privacy] key_file = "noegle.txt".'
)
NO_KEY = "[privacy] key_file: nøglefilen kan ikke læses. Kontrollér stien i kommunecheck.toml."
SHORT_KEY = "[privacy] key_file: nøglen er for kort. Brug mindst 16 tilfældige tegn."
ABSENT_BY_NAME = (
    "{table}.csv findes ikke i mappen. Læg filen dér, eller skriv i kommunecheck.toml under [[sources]], hvilken fil "
    'der er {table}: table = "{table}" og file = "...".'
)


def copied(place: Place) -> None:
    """The payments without ids, and the same file once more under another name."""
    lines = place.file.read_text(encoding="utf-8").splitlines()
    for name in (place.file.name, "kopi.csv"):
        (place.folder / name).write_text("".join(line.split(";", 1)[1] + "\n" for line in lines), encoding="utf-8")


def key_is_a_pipe(place: Place) -> None:
    os.mkfifo(place.folder / "noegle.txt")
    configured('[privacy]\nkey_file = "noegle.txt"')(place)


def configuration_is_a_pipe(place: Place) -> None:
    (place.folder / "kommunecheck.toml").unlink()
    os.mkfifo(place.folder / "kommunecheck.toml")


CONFIGURED = [
    *(
        Bad(table, "not there", in_place_of_the_file(nothing), 2, (ABSENT_BY_NAME.format(table=table),))
        for table in MUST_BE_THERE
    ),
    *(Bad(table, "not there", in_place_of_the_file(nothing), 0) for table in TABLES if table not in MUST_BE_THERE),
    *(Bad(table, "named twice", all_of(source(), source()), 2, (NOT_TWICE.format(table=table),)) for table in TABLES),
    *(
        Bad(
            table,
            "named twice otherwise",
            all_of(source(), source("./{table}.c*")),
            2,
            (NOT_TWICE.format(table=table),),
        )
        for table in TABLES
    ),
    Bad(
        "udbetalinger",
        "one file under two names",
        all_of(copied, source(), source("kopi.csv")),
        3,
        ("Kilden udbetalinger.csv er udeladt: udbetalinger.csv har samme indhold som kopi.csv. Fjern den ene.",),
    ),
    Bad(
        "perioder",
        "header_row before the first",
        source(header_row=0),
        2,
        ("kommunecheck.toml: »sources.0.header_row«: tallet er for lille.",),
    ),
    Bad(
        "perioder",
        "no name of a file",
        source(""),
        2,
        ("kommunecheck.toml: »sources.0.file«: der ventes en tekst, som ikke er tom.",),
    ),
    Bad("sager", "a CPR number as id, no key", cell("sag_id", "6801570019"), 2, (CPR_AS_ID,)),
    *(Bad(table, "CPR numbers as keys, no key file", source(case_key="cpr"), 2, (CPR_AS_KEY,)) for table in TABLES),
    *each(
        "CPR numbers as keys and no such column",
        all_of(replaced("sag_id", "sagen", 1), key_file("seksten tegn eller flere"), source(case_key="cpr")),
        NO_HEADING,
        "samtaler",
        "perioder",
        "udbetalinger",
        "journal",
        missing="cpr",
        first="cpr",
    ),
    Bad("sager", "a key file that is not there", configured('[privacy]\nkey_file = "x"'), 2, (NO_KEY,)),
    Bad("sager", "a key file that is a folder", configured('[privacy]\nkey_file = "."'), 2, (NO_KEY,)),
    Bad(
        "sager",
        "a key file with a name no file can have",
        configured('[privacy]\nkey_file = "a\\u0000"'),
        2,
        (NO_KEY,),
    ),
    Bad("sager", "a key of 15 letters", key_file("x" * 15), 2, (SHORT_KEY,)),
    Bad("sager", "a key of blanks", key_file(" " * 99), 2, (SHORT_KEY,)),
    Bad("sager", "a key that is a pipe", key_is_a_pipe, 2, (NO_KEY,)),
    Bad(
        "sager",
        "a configuration that is a pipe",
        configuration_is_a_pipe,
        2,
        ("kommunecheck.toml er ikke en almindelig fil. Skriv stien til en fil.",),
    ),
]

# Workbooks, and the journal as a document

EXCEL = "Excel eller LibreOffice"
OLD = (
    "{file} er beskyttet med en adgangskode eller gemt i et ældre format. Åbn filen i {program}, fjern adgangskoden, "
    "og gem den igen."
)
LOCKED = "{file} er beskyttet med en adgangskode. Fjern den i {program}, og gem filen igen."
NO_PACKAGE = "{file} er beskadiget og kan ikke åbnes. Åbn filen i {program}, og gem den igen, eller hent den på ny."
TEXT_AS_BOOK = "{file} er en tekstfil, selv om den er kaldt et regneark. Åbn den i {program}, og gem den som .xlsx."
BOMB = (
    "{file} fylder mere, end en rigtig fil gør, når den pakkes ud, og er ikke åbnet. Åbn filen i {program}, og gem den "
    "igen, eller hent den på ny."
)
NO_WORKBOOK = (
    "{file} er beskadiget eller ikke et regneark og kan ikke læses. Åbn filen i {program}, og gem den igen, eller hent "
    "den på ny."
)
NO_DOCUMENT = (
    "{file} er beskadiget eller ikke et Word-dokument. Åbn filen i Word, og gem den som Word-dokument (.docx), eller "
    "hent den på ny."
)
ENTITIES = (
    "{file} indeholder definitioner, som et Word-dokument ikke har, og er ikke læst. Åbn filen i Word, og gem den "
    "igen, eller hent den på ny."
)
OTHER_FILES = (
    "{file} indeholder tekst fra en anden fil, som først sættes ind, når dokumentet åbnes i Word. Åbn filen i Word, "
    "gem den, og kør igen."
)
NO_CELLS = "{file} er tom. Der ventes en række med overskrifter og derunder en række for hver linje."
NO_SUCH_SHEET = (
    "{file} har intet ark med navnet »Ark7«. Filen har 1 ark: »{table}«. Ret `sheet` for kilden i kommunecheck.toml."
)
FAR_OUT = (
    "{file} har en celle langt ude: et ark går til kolonne {column} og række {row}, men er næsten tomt. "
    "Slet kolonnerne til højre for tabellen og rækkerne under den, og gem filen igen."
)
NO_HEADER_ROW_IN_SHEET = (
    "{file}, arket »{table}«, har ingen overskrifter i række 40. Ret `header_row` for kilden i kommunecheck.toml."
)
BLANK_ABOVE_IN_SHEET = (
    "{file}, arket »Ark1«: de første 50 rækker er tomme. Slet de tomme rækker over overskrifterne, eller skriv "
    "`header_row` for kilden i kommunecheck.toml."
)
TEXT_ALONE = "{file} er {kind} og læses uden {settings}. Fjern det for kilden i kommunecheck.toml."
NOTE = "Borgeren er mødt op. Kanarie."


def each_book(name: str, spoil: Spoil, sentence: str, **facts: str) -> Iterator[Bad]:
    """As ``each``, for tables that are workbooks."""
    for table in ONE_OF_EACH:
        own = {"file": "{table}.xlsx", "program": EXCEL, "kind": "et regneark", "settings": "`encoding`"} | facts
        own["file"] = own["file"].format(table=table)
        yield from each(name, spoil, sentence, table, **own)


def in_book(name: str, cells: dict[str, str], row: int, column: str, sentence: str, **told: Any) -> Bad:
    """Spoiled cells in the payments as a workbook; what is said of K1's cell, or of its row."""
    says = (f"udbetalinger.xlsx, ark udbetalinger, række {row}, kolonne {column}: {sentence}",)
    return Bad("udbetalinger", f"workbook, {name}", workbook(**cells), 1, says, **told)


def in_word(name: str, spoil: Spoil, sentence: str, **facts: str) -> Iterator[Bad]:
    yield from each(f"Word, {name}", spoil, sentence, "journal", file="journal.docx", program="Word", **facts)


MANY_TIMES = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" '
    'table:number-columns-repeated="1000"><text:p>sag_id</text:p></table:table-cell></table:table-row>'
)
ERROR = '<c t="e"><v>#N/A</v></c>'
FORMULA = "<c><f>E2*2</f></c>"

PACKAGES = [
    *each_book("workbook, empty", workbook(lambda _: b""), NO_PACKAGE),
    *each_book("workbook, cut in half", workbook(half), NO_PACKAGE),
    *each_book("workbook, a text file", workbook(lambda _: b"sag_id;cpr\nKanarie;6801570019\n"), TEXT_AS_BOOK),
    *each_book("workbook, text in UTF-16", workbook(lambda _: "sag_id\tcpr\nKanarie".encode("utf-16")), TEXT_AS_BOOK),
    *each_book("workbook, a web page", workbook(lambda _: b"<html>\n<table>Kanarie"), TEXT_AS_BOOK),
    *each_book("workbook, a password", workbook(locked), OLD),
    *each_book("workbook, a locked part", workbook(with_a_locked_part), LOCKED),
    Bad(
        "sager",
        "workbook, all tables in one with a password",
        all_of(workbook(locked), renamed_to_one_book),
        2,
        (f"{ABSENT_BY_NAME.format(table='sager')} {OLD.format(file='udtræk.xlsx', program=EXCEL)}",),
    ),
    *(
        Bad(
            "perioder",
            f"workbook, tables that need not be there in one {what}",
            all_of(workbook(change), renamed_to_one_book, *more),
            3,
            (
                f"Kilden udtræk.xlsx er udeladt: {why.format(file='udtræk.xlsx', program=EXCEL)} Filen kan indeholde "
                f"{absent}, som ikke er fundet. Hører den ikke til udtrækket, så flyt den.",
            ),
        )
        for what, change, why, absent, more in (
            ("with a password", locked, OLD, "perioder", ()),
            ("that is damaged", half, NO_PACKAGE, "perioder eller journal", (without_journal,)),
        )
    ),
    Bad("perioder", "workbook, another one with a password beside the tables", other_book(locked), 0),
    Bad("perioder", "workbook, another one and no such table", all_of(workbook(), of_something_else), 0),
    *each_book("workbook, a zip bomb", workbook(with_a_bomb), BOMB),
    *each_book("workbook, a part larger than it says", workbook(with_a_lie), NO_PACKAGE),
    *each_book("workbook, parts packed otherwise", workbook(packed_otherwise), NO_PACKAGE),
    *each_book("workbook, an entity bomb", workbook(xml=laughing, A1="&j;"), NO_WORKBOOK),
    *each_book("workbook, a zip without sheets", workbook(lambda _: package({"a.txt": "Kanarie"})), NO_WORKBOOK),
    *each_book("workbook, XML that breaks off", workbook(xml=broken_off), NO_WORKBOOK),
    *each_book("workbook, no cells", workbook(lambda _: package(book(sheet({}), "Ark1"))), NO_CELLS),
    *each_book("workbook, no such sheet", all_of(workbook(), source("{table}.xlsx", sheet="Ark7")), NO_SUCH_SHEET),
    *each_book(
        "workbook, header_row beyond the end",
        all_of(workbook(), source("{table}.xlsx", header_row=40)),
        NO_HEADER_ROW_IN_SHEET,
    ),
    *each_book(
        "workbook, 60 blank rows above the headings",
        workbook(lambda _: package(book(sheet({"A70": "sag_id"}), "Ark1"))),
        BLANK_ABOVE_IN_SHEET,
    ),
    *each_book(
        "workbook, an encoding configured", all_of(workbook(), source("{table}.xlsx", encoding="utf-8")), TEXT_ALONE
    ),
    *each_book(
        "workbook, encoding and delimiter configured",
        all_of(workbook(), source("{table}.xlsx", encoding="utf-8", delimiter=";")),
        TEXT_ALONE,
        settings="`encoding` og `delimiter`",
    ),
    *each_book("workbook, a cell far out", workbook(XFD1048576="x"), FAR_OUT, column="XFD", row="1048576"),
    in_book("an error for an amount", {"E7": ERROR}, 7, "beloeb", AMOUNT, unused=1),
    in_book("an error for a day", {"C7": ERROR}, 7, "fra", DATE, unused=1),
    in_book("an error for an id", {"B7": ERROR}, 7, "sag_id", TEXT, unused=1),
    in_book("an error for an account", {"J7": ERROR}, 7, "konto", TEXT),
    in_book("an error for a code", {"F7": ERROR}, 7, "ydelsestype", ONE_OF_THE_BENEFITS, unused=1),
    in_book("a formula never worked out", {"E7": FORMULA}, 7, "beloeb", AMOUNT, unused=1),
    in_book("a number for a day", {"C7": "<c><v>1e300</v></c>"}, 7, "fra", DATE, unused=1),
    in_book("a number for a day, shown as a day", {"C7": '<c s="1"><v>-1e12</v></c>'}, 7, "fra", DATE, unused=1),
    in_book("a blank cell", {"E7": "<c/>"}, 7, "beloeb", BLANK, unused=1),
    Bad("udbetalinger", "workbook, macros", workbook(ending="xlsm"), 0),
    Bad(
        "udbetalinger",
        "workbook, merged cells",
        workbook(more='<mergeCells count="1"><mergeCell ref="B6:B7"/></mergeCells>', B7="<c/>"),
        1,
        (f"udbetalinger.xlsx, ark udbetalinger, række 7, kolonne sag_id: {BLANK}",),
        1,
    ),
    *each_book("an old workbook, damaged", workbook(locked, ending="xls"), NO_WORKBOOK, file="{table}.xls"),
    *each_book(
        "LibreOffice, an entity bomb",
        open_document(
            "<table:table-row><table:table-cell><text:p>&j;</text:p></table:table-cell></table:table-row>", laughing
        ),
        NO_WORKBOOK,
        file="{table}.ods",
    ),
    *each_book(
        "LibreOffice, a cell a thousand million times",
        open_document(MANY_TIMES),
        FAR_OUT,
        file="{table}.ods",
        column="ALL",
        row="1000000",
    ),
    *in_word(
        "settings of a table configured",
        all_of(document(NOTE), source("journal.docx", header_row=3, delimiter=",")),
        TEXT_ALONE,
        kind="et Word-dokument",
        settings="`header_row` og `delimiter`",
    ),
    *in_word("empty", document(change=lambda _: b""), NO_PACKAGE),
    *in_word("cut in half", document(NOTE, change=half), NO_PACKAGE),
    *in_word("a password", document(NOTE, change=locked), OLD),
    *in_word("a locked part", document(NOTE, change=with_a_locked_part), LOCKED),
    *in_word("a zip bomb", document(NOTE, change=with_a_bomb), BOMB),
    *in_word("a part larger than it says", document(NOTE * 9, change=with_a_lie), NO_PACKAGE),
    *in_word("an entity bomb", document("&j;", xml=laughing), NO_DOCUMENT),
    *in_word("an entity", document("&j;", xml=defining), ENTITIES),
    *in_word("no document", document(NOTE, change=lambda _: package({"a.txt": "Kanarie"})), NO_DOCUMENT),
    *in_word("XML that breaks off", document(NOTE, xml=broken_off), NO_DOCUMENT),
    *in_word("text of another file", document(NOTE, more="<w:altChunk/>"), OTHER_FILES),
    Bad(
        "journal",
        "Word, no dates",
        document("Sagsnr. K1", NOTE),
        1,
        (f"journal.docx, række 2, kolonne dato: {BLANK}",),
        1,
    ),
    Bad(
        "journal",
        "Word, a day that is not there",
        document("Sagsnr. K1", f"31-02-2007: {NOTE}"),
        1,
        (f"journal.docx, række 2, kolonne dato: {DATE}",),
        1,
    ),
    Bad(
        "journal",
        "Word, no case",
        document(f"12-02-2007: {NOTE}"),
        1,
        (f"journal.docx, række 1, kolonne sag_id: {NO_CASE_NAMED}",),
        1,
    ),
    Bad(
        "udbetalinger",
        "Word, another table",
        all_of(document(NOTE), source("udbetalinger.docx")),
        3,
        (
            "Kilden udbetalinger.docx er udeladt: udbetalinger.docx er et Word-dokument, og kun journalen kan læses "
            "fra Word. Gem tabellen som CSV.",
        ),
    ),
]

MANY = 3_000_000
MOST_MEMORY = 600_000
"""Kilobytes that a run may take."""

MANY_CELLS = "{table}.csv, række 1: rækken har {cells} og kan ikke være overskrifter. Hent udtrækket igen."

MANY_RAGGED = (
    "Herfra og til række {last} har yderligere {rows} et andet antal celler, end der er overskrifter, og de er ikke "
    "brugt. Kontrollér skilletegn og anførselstegn, eller hent udtrækket igen."
)


def many_ragged(table: str, rows: int, mark: int, *, seconds: int = 0) -> Bad:
    """So many rows with two cells: the first 100 are told one by one. ``mark`` is the row with the first of them."""
    headings = facts_of(table)["headings"]
    each_row = RAGGED.format(cells="2 celler", headings=headings)
    says = [in_(table, mark + place, FIRST_COLUMN[table], each_row) for place in range(min(rows, 100))]
    if rows > 100:
        others = f"{rows - 100:,} {'række' if rows == 101 else 'rækker'}".replace(",", ".")
        others = MANY_RAGGED.format(last=mark + rows - 1, rows=others)
        says.append(in_(table, mark + 100, FIRST_COLUMN[table], others))
    spoil = below_the_heading("K1;x\n" * rows) if mark == 2 else below("K1;x\n" * rows)
    used = LAST[table] - 1
    of = f"{rows + used:,}".replace(",", ".")
    says.append(
        f"Kun {used} af {of} rækker i {table} er brugt, så tallene her kan ikke bruges endnu. "
        "Fundene om data siger, hvad der er galt."
    )
    return Bad(table, f"{rows} short rows", spoil, 1, tuple(says), rows, seconds=seconds)


LARGE = [
    *(many_ragged("udbetalinger", rows, LAST["udbetalinger"] + 1) for rows in (100, 101, 300)),
    many_ragged("udbetalinger", 200_000, 2, seconds=10),
    replace(
        ragged(
            "samtaler",
            "3 million cells in the last row",
            below("abcd;" * MANY + "x\n"),
            7,
            "3.000.001 celler",
        ),
        seconds=10,
    ),
    replace(
        ragged(
            "samtaler",
            "3 million cells in the first row",
            below_the_heading("ab;" * MANY + "x\n"),
            2,
            "3.000.001 celler",
        ),
        seconds=10,
    ),
    Bad(
        "samtaler",
        "3 million cells in the heading",
        replaced("\n", ";abcd" * MANY + "\n", 1),
        2,
        (MANY_CELLS.format(table="samtaler", cells="3.000.017 celler"),),
        seconds=10,
    ),
    Bad("samtaler", "3 million cells in quotes above the heading", above('"x";' * MANY + "\n"), 0, seconds=10),
    Bad(
        "samtaler",
        "50 million letters in an open quote",
        below('"' + "x" * 50_000_000),
        2,
        (QUOTE.format(file="samtaler.csv", row=7),),
        seconds=10,
    ),
    Bad("samtaler", "a million blank lines at the end", below("\n" * 1_000_000), 0, seconds=10),
]


ROOT_READS_ALL = os.geteuid() == 0
CASES = [
    bad for bad in (*FILES, *ROWS, *CONFIGURED, *PACKAGES, *LARGE) if not (ROOT_READS_ALL and bad.name == NO_PERMISSION)
]


def marked(bad: Bad) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=bad.known, run=not bad.hangs)] if bad.known else []
    return pytest.param(bad, id=f"{bad.table}: {bad.name}", marks=marks)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KOMMUNECHECK_")]:
        monkeypatch.delenv(name)


@contextlib.contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    """What waits for ever is ended, and fails."""

    def stop(*_: object) -> NoReturn:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def in_a_process(bad: Bad, arguments: list[str], folder: Path) -> tuple[int, str, str]:
    """The exit status, and what was printed, of a run that may take neither long nor much memory.

    Processor time is measured, so that other programs on the machine make no difference.
    """
    with (folder / "out").open("w+b") as out, (folder / "err").open("w+b") as err:
        process = subprocess.Popen([sys.executable, "-m", "kommunecheck", *arguments], stdout=out, stderr=err)  # noqa: S603
        _, ended, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(ended)
    assert usage.ru_utime + usage.ru_stime < bad.seconds
    assert usage.ru_maxrss < MOST_MEMORY
    printed = [(folder / name).read_text(encoding="utf-8") for name in ("out", "err")]
    for name in ("out", "err"):
        (folder / name).unlink()
    return process.returncode, printed[0], printed[1]


def told(report: Report) -> list[str]:
    """What the report says of the input: warnings, but for those that only follow, and findings of data."""
    warnings = [warning for warning in report["run"]["warnings"] if not warning.startswith(FOLLOWS)]
    return warnings + [one["message"] for one in report["findings"] if one["code"].startswith("DQ")]


def every_row_is_used_or_told_of(report: Report, unused: int) -> None:
    sources = report["run"]["sources"]
    for one in sources:
        assert one["rows"] == one["rows_used"] + one["rows_reported"]
    assert sum(one["rows_reported"] for one in sources) == unused


def the_other_cases_come_out_as_ever(report: Report) -> None:
    cases = {case["sag_id"]: case for case in report["cases"]}
    for sag_id, (codes, days) in OTHERS.items():
        assert {one["code"] for one in report["findings"] if one["sag_id"] == sag_id} == codes
        assert (cases[sag_id]["outcome"], cases[sag_id]["fully_assessed"]) == ("error_with_loss", True)
        assert cases[sag_id]["expected"]["days"] == days


@pytest.mark.parametrize("bad", [marked(bad) for bad in CASES])
def test_bad_input(
    bad: Bad, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kommune"
    municipality(folder)
    bad.spoil(Place(folder, bad.table, monkeypatch))
    written = tmp_path / "r.json"
    arguments = ["check", str(folder), "-o", str(written)]
    with no_longer_than(120):
        if bad.seconds:
            status, out, err = in_a_process(bad, arguments, tmp_path)
        else:
            status = run(arguments)
            out, err = capsys.readouterr()
    kept = written.read_text(encoding="utf-8") if written.exists() else ""
    assert not SECRET.search(out + err + kept)
    assert not FOREIGN.search(out + err)
    if bad.status == 2:
        assert (status, out, err) == (2, "", "".join(f"Fejl: {sentence}\n" for sentence in bad.says))
        assert list(tmp_path.iterdir()) == [folder]
        return
    report = json.loads(kept)
    assert not FOREIGN.search(" ".join(told(report)))
    assert sorted(told(report)) == sorted(bad.says)
    assert (status, err) == (bad.status, "")
    assert (report["run"]["complete"], report["run"]["crashes"]) == (status != 3, [])
    every_row_is_used_or_told_of(report, bad.unused)
    if bad.others:
        the_other_cases_come_out_as_ever(report)


def test_the_good_municipality_has_nothing_but_what_the_others_did_wrong(tmp_path: Path) -> None:
    municipality(tmp_path / "kommune")
    assert run(["check", str(tmp_path / "kommune"), "-o", str(tmp_path / "r.json")]) == 0
    report = json.loads((tmp_path / "r.json").read_bytes())
    assert told(report) == []
    assert {one["sag_id"] for one in report["findings"]} == set(OTHERS)
    assert report["run"]["cutoff"] == "2007-06-29"
    every_row_is_used_or_told_of(report, 0)
    the_other_cases_come_out_as_ever(report)


def test_the_sentences_are_whole_and_of_one_kind() -> None:
    for bad in CASES:
        for sentence in bad.says:
            assert sentence.endswith(".")
            assert not FOREIGN.search(sentence)
