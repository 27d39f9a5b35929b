"""Write Lilleby once more, as the untidy exports a real municipality has, with the configuration that reads them.

Run ``python examples/make_untidy_lilleby.py [FOLDER]``; without a folder the files go to ``lilleby-raa`` beside this
script. It reads ``lilleby``, where the tables stand in our own layout, and changes how they are written and nothing of
what they say: ``kommunecheck check`` finds the same cases, days and kroner in both folders.

What is untidy, and why:

- ``DRV udtræk samtaler.csv``: Windows-1252 and CRLF, as older systems write them, with three lines of title above the
  headings. Headings in ordinary Danish, days before months, codes as words, yes and no as J and N.
- ``Sager og perioder.xlsx``: a workbook that people have worked in. Titles and merged headings stand above the real
  ones, some dates are dates and others text, and CPR numbers are numbers.
- ``udbetalinger/udbetaling-2006.csv`` and ``-2007.csv``: UTF-8 with a byte order mark, commas, and amounts in quotes,
  because the payments come from another system. That system does not know the case, only the person: a row belongs to
  the course of that CPR number in ``sager`` which covers the payment's first day, ``fra``.
- ``udbetalinger/rettelser.csv``: the few payments of which that cannot be told, by ``sag_id`` in our own layout.
- ``journal/*.docx``: notes in Word, in the three ways people keep them: a document for each case with dated headings,
  one document for several cases, and a table.

Values that are wrong in ``lilleby`` are as wrong here. The same bytes come out every time: fixed dates, and packages
that are stored and not compressed, because compression differs from one machine to another.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import lilleby_sagsbehandling as casework
import xlsxwriter
from docx.document import Document

Row = dict[str, str]
Names = Mapping[str, str]

LILLEBY = Path(__file__).parent / "lilleby"
MADE = datetime(2008, 1, 2, tzinfo=UTC)
KEY = "opdigtet-noegle-til-lilleby-kun-til-proever-og-ikke-hemmelig"
SUFFIX_OF_DOUBT = "?"

DRV, WORKBOOK = "DRV udtræk samtaler.csv", "Sager og perioder.xlsx"
TITLES = ("Udtræk fra DRV, Lilleby Kommune", "Dannet 02-01-2008 kl. 07.15", "")
GROUPS = (("Borger", 2), ("Ydelse", 3), ("Jobcenter", 2))
"""The merged headings above the real ones in the list of cases, each with the number of columns it spans."""

HEADINGS: dict[str, Names] = {
    "sager": {
        "sag_id": "Sagsnr.",
        "cpr": "Cpr-nr.",
        "ydelsestype": "Hjælp efter",
        "anmodningsdato": "Ansøgt",
        "ophoersdato": "Sidste dag",
        "team": "Team",
        "sagsbehandler": "Sagsbehandler",
    },
    "samtaler": {
        "samtale_id": "Samtale nr.",
        "sag_id": "Sagsnr.",
        "type": "Samtaletype",
        "status": "Status",
        "indkaldt_dato": "Indkaldt den",
        "planlagt_dato": "Planlagt den",
        "afholdt_dato": "Afholdt den",
        "opfoelgning_dato": "Opf. dato",
        "matchkategori": "Matchgr.",
        "grovmatch": "Grovmatch?",
        "opmaerksomhedsomraader": "Opmærksomhedspunkter",
        "registreret_dato": "Reg. i DRV",
        "arbejdssoegende": "Arb.søg.",
        "fritagelsesaarsag": "Fritaget pga.",
        "kontaktform": "Form",
        "team": "Team",
        "sagsbehandler": "Sagsbehandler",
    },
    "perioder": {
        "sag_id": "Sagsnr.",
        "type": "Forhold",
        "fra": "Fra og med",
        "til": "Til og med",
        "dokumenteret": "Dok.",
    },
    "udbetalinger": {
        "udbetaling_id": "Bilagsnr.",
        "cpr": "Cpr-nr.",
        "fra": "Fra dato",
        "til": "Til dato",
        "beloeb": "Beløb",
        "ydelsestype": "Ydelse",
        "i_tilbud": "Aktiv/passiv",
        "anmeldt_refusion": "Anmeldt ref.",
        "berigtiget_refusion": "Berigtiget ref.",
        "konto": "Konto",
    },
}
"""What each export calls our columns, in the export's own order."""

TABLE_OF_NOTES = {"dato": "Dato", "forfatter": "Sagsbehandler", "tekst": "Notat"}
"""The headings of a table in Word. They are found without the configuration."""

YES_NO: dict[str, Names] = {
    "grovmatch": {"J": "ja", "N": "nej"},
    "arbejdssoegende": {"J": "ja", "N": "nej"},
    "dokumenteret": {"Ja": "ja", "Nej": "nej"},
}
"""Yes and no are read however they are written, so the configuration need not tell of these."""

WORDS: dict[str, dict[str, Names]] = {
    "sager": {
        "ydelsestype": {
            "Kontanthjælp": "kontanthjaelp",
            "Starthjælp": "starthjaelp",
            "Introduktionsydelse": "introduktionsydelse",
            "Revalidering": "revalidering",
        },
    },
    "samtaler": {
        "type": {
            "Første henvendelse": "foerste_henvendelse",
            "Kontaktsamtale": "kontaktsamtale",
            "CV-samtale": "cv_samtale",
            "Andet": "anden",
        },
        "status": {
            "Gennemført": "afholdt",
            "Udeblevet": "udeblevet",
            "Sygdom": "sygdom",
            "Aflyst": "aflyst",
            "Planlagt": "planlagt",
        },
        "opmaerksomhedsomraader": {
            "Helbred": "helbred",
            "Helbred, økonomi og netværk": "helbred|oekonomi_netvaerk",
            "Faglige og praktiske kvalifikationer, personlige kompetencer": (
                "faglige_praktiske_kvalifikationer|personlige_kompetencer"
            ),
        },
    },
    "perioder": {
        "type": {
            "Syg": "sygdom",
            "Løntilskud": "loentilskud",
            "Orlov": "orlovsydelse",
            "Barselsorlov": "barsel",
            "Revalidering": "revalidering",
            "Forrevalidering": "forrevalidering",
        },
    },
    "udbetalinger": {
        "ydelsestype": {
            "KTH": "kontanthjaelp",
            "STH": "starthjaelp",
            "INTRO": "introduktionsydelse",
            "REVA": "revalidering",
        },
        "i_tilbud": {"Aktiv": "ja", "Passiv": "nej"},
    },
}
"""What each export writes in place of our codes, theirs = ours."""

DAYS = {
    "sager": ("anmodningsdato", "ophoersdato"),
    "samtaler": ("indkaldt_dato", "planlagt_dato", "afholdt_dato", "opfoelgning_dato", "registreret_dato"),
    "perioder": ("fra", "til"),
    "udbetalinger": ("fra", "til"),
}
AMOUNTS = ("beloeb", "anmeldt_refusion", "berigtiget_refusion")

CORRECTIONS = """\
# Enkelte rækker i {table} kan ikke skrives sådan, fx en udbetaling efter sagens ophør, for intet forløb dækker dens
# første dag. De står for sig, med sagens nummer og vores egne overskrifter.
[[sources]]
table = "{table}"
file = "{table}/rettelser.csv"

"""

CASEWORK_SOURCE = """
[[sources]]
table = "{table}"
file = "{file}"

{names}"""

CONTROL = "Bruttoliste fra Dataenheden.csv"

CONTROL_HEADINGS = {
    "kontrolsag_id": "Kontrolsagsnr.",
    "kontroltrin": "Trin",
    "ydelse": "Ydelsesområde",
    "udstillet_dato": "Udstillet",
    "udtaget_dato": "Til prioriteringsliste",
    "visiteret_dato": "Visiteret",
    "fjernet_dato": "Fjernet",
    "oprettet_dato": "Oprettet",
    "afsluttet_dato": "Afsluttet",
    "tilbagebetalingskrav": "Krav",
    "mindreudgift": "Mindreudgift",
}

CONTROL_WORDS = {
    "kontroltrin": {"Løbende": "2", "Bagudgående": "3"},
    "ydelse": {"KTH": "kontanthjaelp", "SDP": "sygedagpenge", "Friplads": "oekonomisk_friplads"},
}

CONTROL_SOURCE = """
# Kontrolsagerne, som Den Fælles Dataenhed har udstillet dem.
[[sources]]
table = "kontrolsager"
file = "{file}"

{names}"""

AVAILABILITY = {"haendelser": "Rådighed hændelser.csv", "afgoerelser": "Rådighed afgørelser.csv"}

AVAILABILITY_HEADINGS: dict[str, Names] = {
    "haendelser": {
        "haendelse_id": "Hændelse nr.",
        "sag_id": "Sagsnr.",
        "dato": "Sket den",
        "type": "Hændelse",
        "underrettet_dato": "Underrettet den",
    },
    "afgoerelser": {
        "afgoerelse_id": "Afgørelse nr.",
        "haendelse_id": "Hændelse nr.",
        "sag_id": "Sagsnr.",
        "vejledt_dato": "Vejledt den",
        "partshoering_dato": "Partshørt den",
        "vurdering_dato": "Vurderet den",
        "vurdering": "Rådighedsvurdering",
        "afgoerelse_dato": "Afgjort den",
        "sanktion": "Sanktion",
        "sanktion_fra": "Virkning fra",
        "sanktion_til": "Virkning til",
        "hjemmel": "Lovhjemmel",
        "begrundelse": "Begrundet",
        "klagevejledning": "Klagevejledt",
        "ankesag": "Anket",
    },
}

AVAILABILITY_WORDS: dict[str, dict[str, Names]] = {
    "haendelser": {
        "type": {
            "Udeblevet fra samtale": "udeblivelse_samtale",
            "Udeblevet fra tilbud": "udeblivelse_tilbud",
            "Afvist tilbud": "afslag_tilbud",
            "Afbrudt tilbud": "ophoer_tilbud",
            "Afvist arbejde": "afslag_arbejde",
            "Ikke aktivt jobsøgende": "ikke_aktivt_soegende",
            "Mangler CV": "intet_cv",
            "Sygemeldt": "sygemelding",
        }
    },
    "afgoerelser": {
        "vurdering": {
            "Til rådighed": "raadig",
            "Ikke til rådighed": "ikke_raadig",
            "God grund": "rimelig_grund",
            "Ingen rimelig grund": "ikke_rimelig_grund",
        },
        "sanktion": {
            "Ingen sanktion": "ingen",
            "Fradrag i hjælpen": "fradrag",
            "Hjælpen nedsat": "nedsaettelse",
            "Hjælpen ophørt": "ophoer",
        },
    },
}

AVAILABILITY_SOURCE = """
# Rådighed: {title}.
[[sources]]
table = "{table}"
file = "{file}"

{names}"""

CONFIGURATION = """\
# Lilleby igen, men i de udtræk en kommune har i virkeligheden. Her står, hvad filerne hedder, hvad kolonnerne hedder,
# og hvilke ord der er skrevet i dem. Under columns står vores navn til venstre og filens til højre; under codes står
# filens ord til venstre og vores til højre.

{lilleby}
# Udbetalingerne kender kun CPR-numre. Nøglen her er opdigtet; en rigtig hører ikke hjemme ved siden af udtrækket.
[privacy]
key_file = "noegle.txt"

# Projektmappen med sager og perioder: ét ark for hver tabel, og titler over overskrifterne.
[[sources]]
table = "sager"
file = "{workbook}"
sheet = "Sagsliste"

{sager}
[[sources]]
table = "perioder"
file = "{workbook}"
sheet = "Perioder"

{perioder}
# Samtalerne fra DRV. Tegnsættet og de tre linjer over overskrifterne findes af sig selv.
[[sources]]
table = "samtaler"
file = "{drv}"

{samtaler}
# Udbetalingerne, en fil for hvert år. En række hører til det forløb for CPR-nummeret, som dækker dens første dag.
[[sources]]
table = "udbetalinger"
file = "udbetalinger/udbetaling-*.csv"
case_key = "cpr"

{udbetalinger}
{corrections}# Journalen: alle Word-dokumenter i mappen. Hvad der er sag, dato og notat i dem, findes af sig selv.
[[sources]]
table = "journal"
file = "journal/*.docx"
"""


# Ours to theirs


def untidy(table: str, row: Row) -> Row:
    """The row as its export writes it, still under our names; a value that has no such form stays as it is."""
    written = dict(row)
    for column, words in (YES_NO | WORDS[table]).items():
        if column in row:
            written[column] = _word(row[column], words)
    for column in DAYS[table]:
        written[column] = _day_first(row[column])
    for column in AMOUNTS:
        if column in row:
            written[column] = _with_dots(row[column])
    return written


def _word(ours: str, words: Names) -> str:
    """The export's word for our code. A code that is none of ours must not by chance be one of theirs."""
    theirs = {code: word for word, code in words.items()}
    if ours in theirs:
        return theirs[ours]
    return ours + SUFFIX_OF_DOUBT if ours.lower() in {word.lower() for word in words} else ours


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day_first(text: str) -> str:
    day = _iso(text)
    return text if day is None else f"{day:%d-%m-%Y}"


def _with_dots(text: str) -> str:
    """``8466,77`` as ``8.466,77``; what is no amount stays as it is."""
    kroner, _, oere = text.partition(",")
    return f"{int(kroner):,}".replace(",", ".") + f",{oere}" if kroner.isdigit() and oere.isdigit() else text


# What cannot be told in these exports


def told_by_cpr(payment: Row, sager: list[Row]) -> bool:
    """Whether the payment's CPR number and first day tell its case: of that person's courses, only its own covers it.

    Not so when its case is unknown or has no CPR number, when its day cannot be read, or when it lies outside its case.
    """
    own = next((sag for sag in sager if sag["sag_id"] == payment["sag_id"]), None)
    if own is None or not own["cpr"]:
        return False
    courses = [sag for sag in sager if sag["cpr"] == own["cpr"] and _covers(sag, payment["fra"])]
    return courses == [own]


def _covers(sag: Row, text: str) -> bool:
    day, first, last = _iso(text), _iso(sag["anmodningsdato"]), _iso(sag["ophoersdato"] or date.max.isoformat())
    return day is not None and first is not None and last is not None and first <= day <= last


def told_in_word(note: Row, notes: list[Row], sager: list[Row]) -> bool:
    """Whether a note can stand in Word, where it has a case, a day and a text, and no id or day of registration."""
    known = note["sag_id"] in {sag["sag_id"] for sag in sager}
    alone = [other["notat_id"] for other in notes].count(note["notat_id"]) == 1
    entered_at_once = note["registreret_dato"] in ("", note["dato"])
    return known and alone and entered_at_once and _iso(note["dato"]) is not None and bool(note["tekst"].strip())


def sort_out(rows: list[Row], told: Callable[[Row], bool]) -> tuple[list[Row], list[Row]]:
    """The rows that can be told and those that cannot."""
    return [row for row in rows if told(row)], [row for row in rows if not told(row)]


# Text files


def write_csv(path: Path, rows: Iterable[Iterable[str]], delimiter: str, encoding: str, title: str = "") -> None:
    """Lines that end as Windows ends them."""
    text = io.StringIO(newline="")
    text.write(title)
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode(encoding))


def write_interviews(path: Path, samtaler: list[Row]) -> None:
    """The export from DRV."""
    names = HEADINGS["samtaler"]
    rows = [[untidy("samtaler", row)[column] for column in names] for row in samtaler]
    title = "".join(f"{line}\r\n" for line in TITLES)
    write_csv(path, [names.values(), *rows], ";", "cp1252", title)


def write_payments(folder: Path, udbetalinger: list[Row], sager: list[Row]) -> None:
    """A file for each year, in the order the money was paid out and not by case."""
    names = HEADINGS["udbetalinger"]
    cpr_of = {sag["sag_id"]: f"{sag['cpr'][:6]}-{sag['cpr'][6:]}" for sag in sager}
    in_order = sorted(udbetalinger, key=lambda row: (row["fra"], row["til"], row["udbetaling_id"]))
    for year in sorted({row["fra"][:4] for row in in_order}):
        paid = [
            untidy("udbetalinger", row) | {"cpr": cpr_of[row["sag_id"]]} for row in in_order if row["fra"][:4] == year
        ]
        rows = [[row[column] for column in names] for row in paid]
        write_csv(folder / f"udbetaling-{year}.csv", [names.values(), *rows], ",", "utf-8-sig")


def write_corrections(folder: Path, table: str, rows: list[Row]) -> str:
    """What the other files cannot tell, in our own layout, and the source that reads it; nothing if there are none."""
    if not rows:
        return ""
    write_csv(folder / table / "rettelser.csv", [rows[0], *(row.values() for row in rows)], ";", "utf-8")
    return CORRECTIONS.format(table=table)


# The workbook


def write_workbook(path: Path, sager: list[Row], perioder: list[Row]) -> None:
    """Two sheets, as a person keeps them."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        book.set_properties({"title": "Sager og perioder", "author": "Lilleby Kommune", "created": MADE})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd-mm-yyyy"})
        _write_cases(book.add_worksheet("Sagsliste"), sager, bold, day)
        _write_circumstances(book.add_worksheet("Perioder"), perioder, bold, day)
    path.write_bytes(stored(packed.getvalue()))


def _write_cases(sheet: xlsxwriter.worksheet.Worksheet, sager: list[Row], bold: object, day: object) -> None:
    """A title, a blank row, merged headings, the real headings, and then the cases."""
    names = HEADINGS["sager"]
    sheet.write(0, 0, "Sagsliste, Lilleby Kommune, pr. 31-12-2007", bold)
    column = 0
    for group, wide in GROUPS:
        sheet.merge_range(2, column, 2, column + wide - 1, group, bold)
        column += wide
    sheet.write_row(3, 0, names.values(), bold)
    sheet.freeze_panes(4, 0)
    for place, sag in enumerate(sager):
        for column, name in enumerate(names):
            # Every third case was pasted in from somewhere else, and its dates are text.
            pasted = place % 3 == 1
            _write_cell(sheet, 4 + place, column, "sager", name, sag, None if pasted else day)
    sheet.set_column(0, len(names) - 1, 15)


def _write_circumstances(sheet: xlsxwriter.worksheet.Worksheet, perioder: list[Row], bold: object, day: object) -> None:
    names = HEADINGS["perioder"]
    sheet.write_row(0, 0, names.values(), bold)
    for place, row in enumerate(perioder, start=1):
        for column, name in enumerate(names):
            _write_cell(sheet, place, column, "perioder", name, row, day)
    sheet.set_column(0, len(names) - 1, 15)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, table: str, name: str, values: Row, day: object
) -> None:
    """One cell: a date where there is a format for it, a CPR number as a number, all else as text."""
    found = _iso(values[name]) if name in DAYS[table] else None
    if found is not None and day is not None:
        sheet.write_datetime(row, column, found, day)
    elif name == "cpr" and values[name]:
        sheet.write_number(row, column, int(values[name]))
    else:
        sheet.write_string(row, column, untidy(table, values)[name]) if values[name] else None


# The journal


def write_journal(folder: Path, notes: list[Row]) -> None:
    """The first three cases have a document each, the last one has a table, and the others share a document."""
    cases: dict[str, list[Row]] = {}
    for note in notes:
        cases.setdefault(note["sag_id"], []).append(note)
    in_order = sorted(cases)
    folder.mkdir(parents=True, exist_ok=True)
    for sag_id in in_order[:3]:
        save(_dated_headings(sag_id, cases[sag_id]), folder / f"Journal {sag_id}.docx")
    save(_several_cases({sag_id: cases[sag_id] for sag_id in in_order[3:-1]}), folder / "Notater fra samtaler.docx")
    for sag_id in in_order[3:][-1:]:
        save(_table(cases[sag_id]), folder / f"{sag_id} notater i skema.docx")


def _dated_headings(sag_id: str, notes: list[Row]) -> Document:
    document = docx.Document()
    document.add_heading(f"Journal for sag {sag_id}", 1)
    for note in notes:
        document.add_heading(_day_first(note["dato"]), 2)
        document.add_paragraph(note["tekst"])
    return document


def _several_cases(cases: dict[str, list[Row]]) -> Document:
    document = docx.Document()
    document.add_heading("Notater fra samtaler", 1)
    for sag_id, notes in cases.items():
        document.add_heading(f"Sag: {sag_id}", 2)
        for note in notes:
            document.add_paragraph(f"{_day_first(note['dato'])} {note['tekst']}")
    return document


def _table(notes: list[Row]) -> Document:
    """No title: whose notes they are stands in the file's name alone."""
    document = docx.Document()
    names = TABLE_OF_NOTES
    table = document.add_table(rows=1, cols=len(names))
    table.style = "Table Grid"
    for cell, heading in zip(table.rows[0].cells, names.values(), strict=True):
        cell.text = heading
    for note in notes:
        written = note | {"dato": _day_first(note["dato"])}
        for cell, column in zip(table.add_row().cells, names, strict=True):
            cell.text = written[column]
    return document


USED_STYLES = ("Normal", "heading 1", "heading 2", "Table Grid", "Normal Table", "Default Paragraph Font")


def save(document: Document, path: Path) -> None:
    """Write the document without what python-docx's template brings along and nobody here uses: 900 kB of styles."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = "Lilleby Kommune"
    properties.created = properties.modified = MADE
    properties.title = properties.comments = ""
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.name_val not in USED_STYLES:
            styles.remove(style)
    _drop(document.part.rels, "stylesWithEffects")
    _drop(document.part.package.rels, "thumbnail")
    packed = io.BytesIO()
    document.save(packed)
    path.write_bytes(stored(packed.getvalue()))


def _drop(relations: dict[str, object], kind: str) -> None:
    for name in [name for name, relation in relations.items() if str(relation.reltype).endswith(kind)]:
        del relations[name]


def stored(package: bytes) -> bytes:
    """The same package with fixed times, in a fixed order and not compressed: the same bytes on every machine."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (2008, 1, 2, 0, 0, 0))
            member.create_system = 0  # otherwise it tells which operating system wrote it
            new.writestr(member, old.read(name))
    return again.getvalue()


# All of it


def configuration(corrections: str) -> str:
    """``kommunecheck.toml``: Lilleby's own sections, and every source with its headings and words."""
    lilleby = (LILLEBY / "kommunecheck.toml").read_text(encoding="utf-8")
    tables = {table: _names(HEADINGS[table], WORDS[table]) for table in HEADINGS}
    own = CONFIGURATION.format(lilleby=lilleby, workbook=WORKBOOK, drv=DRV, corrections=corrections, **tables)
    own += CONTROL_SOURCE.format(file=CONTROL, names=_names(CONTROL_HEADINGS, CONTROL_WORDS))
    titles = {"haendelser": "det, borgerne har gjort", "afgoerelser": "det, kommunen har gjort ved det"}
    for table, file in AVAILABILITY.items():
        names = _names(AVAILABILITY_HEADINGS[table], AVAILABILITY_WORDS[table])
        own += AVAILABILITY_SOURCE.format(title=titles[table], table=table, file=file, names=names)
    return own + "".join(
        CASEWORK_SOURCE.format(table=table, file=file, names=_names(casework.HEADINGS[table], casework.WORDS[table]))
        for table, file in casework.FILES.items()
    )


def _names(headings: Names, words: Mapping[str, Names]) -> str:
    """The headings and words of one source, in TOML."""
    lines = ["[sources.columns]", *(f'{ours} = "{theirs}"' for ours, theirs in headings.items()), ""]
    for column, codes in words.items():
        lines += [f"[sources.codes.{column}]", *(f'"{theirs}" = "{ours}"' for theirs, ours in codes.items()), ""]
    return "\n".join(lines).strip() + "\n"


def write_untidy_lilleby(folder: Path) -> None:
    """Write the exports, ``noegle.txt`` and ``kommunecheck.toml`` into ``folder``."""
    sager, samtaler, perioder, udbetalinger, journal = (
        read(table) for table in ("sager", "samtaler", "perioder", "udbetalinger", "journal")
    )
    paid, stray_payments = sort_out(udbetalinger, lambda row: told_by_cpr(row, sager))
    noted, stray_notes = sort_out(journal, lambda row: told_in_word(row, journal, sager))
    folder.mkdir(parents=True, exist_ok=True)
    write_interviews(folder / DRV, samtaler)
    write_workbook(folder / WORKBOOK, sager, perioder)
    write_payments(folder / "udbetalinger", paid, sager)
    write_journal(folder / "journal", noted)
    write_exported(folder / CONTROL, read("kontrolsager"), CONTROL_HEADINGS, CONTROL_WORDS)
    for table, file in AVAILABILITY.items():
        write_exported(folder / file, read(table), AVAILABILITY_HEADINGS[table], AVAILABILITY_WORDS[table])
    for name, text in casework.untidy_files().items():
        (folder / name).write_text(text, encoding="cp1252", newline="\r\n")
    # A payment that lies outside its case belongs to no course by its day; its finding (DQ007) must come all the same.
    corrections = write_corrections(folder, "udbetalinger", stray_payments)
    corrections += write_corrections(folder, "journal", stray_notes)
    (folder / "noegle.txt").write_text(KEY + "\n", encoding="utf-8", newline="\n")
    (folder / "kommunecheck.toml").write_text(configuration(corrections), encoding="utf-8", newline="\n")


def write_exported(file: Path, rows: list[Row], headings: Names, words: Mapping[str, Names]) -> None:
    """Write a table as somebody saved it from a spreadsheet."""
    lines = [list(headings.values())]
    for row in rows:
        coded = row | {column: _word(row[column], known) for column, known in words.items()}
        lines.append([_day_first(coded[column]) for column in headings])
    file.write_text("".join(";".join(line) + "\n" for line in lines), encoding="cp1252", newline="\r\n")


def read(table: str) -> list[Row]:
    """The rows of a table of Lilleby."""
    with (LILLEBY / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


if __name__ == "__main__":
    write_untidy_lilleby(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "lilleby-raa")
