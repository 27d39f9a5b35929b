"""Lilleby's tables under the headings and in the words that a municipality's own systems use."""

import csv
from pathlib import Path

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"

Rows = list[dict[str, str]]

HEADINGS = {
    "sager": {
        "sag_id": "Sagsnr.",
        "cpr": "Cpr-nr.",
        "ydelsestype": "Ydelse",
        "anmodningsdato": "Ansøgt den",
        "ophoersdato": "Ophørt",
        "team": "Afdeling",
        "sagsbehandler": "Rådgiver",
    },
    "samtaler": {
        "samtale_id": "Samtale nr.",
        "sag_id": "Sags-id",
        "type": "Samtaletype",
        "status": "Udfald",
        "indkaldt_dato": "Indkaldt",
        "planlagt_dato": "Planlagt til",
        "afholdt_dato": "Afholdt den",
        "opfoelgning_dato": "Opf. dato",
        "matchkategori": "Matchgr.",
        "grovmatch": "Grovmatch?",
        "opmaerksomhedsomraader": "Opm. områder",
        "registreret_dato": "Reg. dato",
        "arbejdssoegende": "Arb.søg.",
        "fritagelsesaarsag": "Fritaget pga.",
        "kontaktform": "Form",
        "team": "Enhed",
        "sagsbehandler": "Sagsbeh.",
    },
    "perioder": {"sag_id": "Sag", "type": "Fraværstype", "fra": "F.o.m.", "til": "T.o.m.", "dokumenteret": "Dok."},
    "udbetalinger": {
        "udbetaling_id": "Bilagsnr.",
        "sag_id": "SAGSNUMMER",
        "fra": "Fra dato",
        "til": "Til dato",
        "beloeb": "Beløb (kr.)",
        "ydelsestype": "Ydelsesart",
        "i_tilbud": "Aktiv/passiv",
        "anmeldt_refusion": "Anm. refusion",
        "berigtiget_refusion": "Berigtigelse",
        "konto": "Kontonr.",
    },
    "journal": {
        "notat_id": "Notat-id",
        "sag_id": "Sagsnr.",
        "dato": "Notatdato",
        "registreret_dato": "Indtastet",
        "tekst": "Notat",
        "forfatter": "Skrevet af",
    },
}
"""Ours = theirs."""

BENEFITS = {
    "kontanthjaelp": "KTH",
    "starthjaelp": "Starthjælp",
    "introduktionsydelse": "INTRO",
    "revalidering": "Reva",
    "foertidspension": "Førtidspension",
    "anden": "Andet",
}

WORDS = {
    "sager": {"ydelsestype": BENEFITS},
    "samtaler": {
        "type": {"foerste_henvendelse": "1. henvendelse", "kontaktsamtale": "KS", "cv_samtale": "CV", "anden": "Andet"},
        "status": {
            "afholdt": "Gennemført",
            "udeblevet": "Mødte ikke",
            "sygdom": "Syg",
            "aflyst": "Aflyst af kommunen",
            "planlagt": "Booket",
        },
        "matchkategori": {str(n): f"Match {n}" for n in range(1, 6)},
        "grovmatch": {"ja": "Y", "nej": "N"},
        "arbejdssoegende": {"ja": "Tilmeldt", "nej": "Ikke tilmeldt"},
    },
    "perioder": {
        "type": {
            "sygdom": "Sygemeldt",
            "loentilskud": "Job med løntilskud",
            "orlovsydelse": "Orlov",
            "barsel": "På barsel",
        },
        "dokumenteret": {"ja": "Modtaget", "nej": "Mangler"},
    },
    "udbetalinger": {"ydelsestype": BENEFITS, "i_tilbud": {"ja": "Aktiv", "nej": "Passiv"}},
    "journal": {},
}
"""Our codes = what stands in their place."""

UNKNOWN = {"gennemført": "ombestilt"}
"""A code in Lilleby that is meant to be unknown, but that anybody would know, and one in its place that nobody does."""


def lilleby(table: str) -> Rows:
    """The rows of a table of Lilleby."""
    with (LILLEBY / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [{column: UNKNOWN.get(value, value) for column, value in row.items()} for row in rows]


def renamed(rows: Rows, table: str) -> Rows:
    """The rows under other headings."""
    return [{HEADINGS[table].get(ours, ours): value for ours, value in row.items()} for row in rows]


def reworded(rows: Rows, table: str) -> Rows:
    """The rows with other words for our codes."""
    words = WORDS[table]
    return [{column: words.get(column, {}).get(value, value) for column, value in row.items()} for row in rows]


def odd(table: str) -> Rows:
    """A table of Lilleby as another system writes it."""
    return renamed(reworded(lilleby(table), table), table)


def written(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ";", above: str = "") -> Path:
    """The rows as a file, below what stands above the headings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(above)
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path
