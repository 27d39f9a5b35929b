"""Lilleby's applications, with their steps, and complaints: each rule of casework broken once and nearly broken once.

What must be found was reasoned out by hand from the contract, day by day, and stands beside each application and in
``forventet_sagsbehandling.csv``: a row for each application and code, or ``ingen`` where nothing may be found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

Row = dict[str, str]

CUTOFF = date(2007, 12, 31)
AIDS, HOUSING, EXTRA, PENSION, SINGLE = "Hjælpemidler", "Boligstøtte", "Merudgifter", "Førtidspension", "Enkeltydelser"
DEADLINES = {AIDS: 56, HOUSING: 28, EXTRA: 42, PENSION: 90, SINGLE: 28}
"""Days; Lilleby has set none for single benefits, where 28 is only how long a sound one may take."""
UNITS = ("Center Nord", "Center Syd", "Center Øst")
GROUPS = {AIDS: "handicappede", HOUSING: "almindelige_ydelser", EXTRA: "boernefamilier",
          PENSION: "voksne_saerlige_behov", SINGLE: "almindelige_ydelser"}  # fmt: skip

COLUMNS = {
    "ansoegninger": "ansoegning_id sagstype modtaget_dato kvittering_dato kvittering_frist underretning_dato "
    "forventet_dato afgoerelse_dato udfald partshoering_kraevet partshoering_dato begrundelse klagevejledning "
    "skriftlig maalgruppe enhed sagsbehandler",
    "sagsskridt": "ansoegning_id dato aktoer type aarsag",
    "klager": "klage_id modtaget_dato kanal kategori enhed sagstype maalgruppe",
    "forventet_sagsbehandling": "ansoegning_id kode begrundelse",
}

CONFIGURATION = """\

[sagsbehandling.deadlines]
"Hjælpemidler" = 56
"Boligstøtte" = 28
"Merudgifter" = [{ days = 42, to = 2007-06-30 }, { days = 28, from = 2007-07-01 }]
"Førtidspension" = 90
"""


EXPECTED = (
    *((f"SB{code}", "Se forventet_sagsbehandling.csv.") for code in (*range(101, 107), *range(201, 206))),
    ("DQ005", "Se forventet_sagsbehandling.csv."),
    ("DQ002", "Et skridt hører til ansøgning A999, som ikke findes."),
    (
        "SB301",
        "Af 38 ansøgninger om hjælpemidler er 26 afgjort i tide, 68,4 %. Boligstøtte når 12 af 15, præcis 80 %.",
    ),
    ("SB302", "16 frister er overskredet, i 13 af sagerne fik borgeren inden fristen besked med en dag."),
    ("SB303", "Der er ingen frist for enkeltydelser."),
)
"""What must be found of no case, each code once."""


def days_after(day: str, days: int) -> str:
    """The day so many days later."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


@dataclass
class Application:
    """One application, told in a few words, unless something else is said, everything about it is sound.

    A receipt is sent after three days, a note is made after seven, a letter is sent every fortnight until it is
    decided, and it is granted in full, in writing, a week before its deadline.
    """

    row: Row
    steps: list[Row] = field(default_factory=list)
    expected: list[Row] = field(default_factory=list)
    regular: bool = True

    @property
    def received(self) -> str:
        """The day it came in."""
        return self.row["modtaget_dato"]

    def after(self, days: int) -> str:
        """The day so many days after it came in."""
        return days_after(self.received, days)

    def decided(self, days: int, outcome: str = "medhold", **columns: str) -> Application:
        """Decide it so many days after it came in."""
        return self.says(afgoerelse_dato=self.after(days), udfald=outcome, **columns)

    def undecided(self, **columns: str) -> Application:
        """Leave it undecided."""
        return self.says(afgoerelse_dato="", udfald="", begrundelse="", klagevejledning="", skriftlig="", **columns)

    def noticed(self, days: int, promised: int | None) -> Application:
        """Send a notice so many days after it came in, and promise a day."""
        return self.says(
            underretning_dato=self.after(days), forventet_dato="" if promised is None else self.after(promised)
        )

    def says(self, **columns: str) -> Application:
        """Say something else in these columns."""
        self.row |= columns
        return self

    def step(self, days: int, actor: str, kind: str, reason: str = "") -> Application:
        """Take a step so many days after it came in, and none but those told."""
        self.regular = False
        day = self.after(days)
        self.steps.append(
            {"ansoegning_id": self.row["ansoegning_id"], "dato": day, "aktoer": actor, "type": kind, "aarsag": reason}
        )
        return self

    def expect(self, *codes: str, why: str) -> None:
        """Say which codes must be found, and why."""
        self.expected += [
            {"ansoegning_id": self.row["ansoegning_id"], "kode": code, "begrundelse": why}
            for code in codes or ("ingen",)
        ]

    def silent(self, why: str) -> None:
        """Say why nothing may be found."""
        self.expect(why=why)

    def finish(self) -> None:
        """Take the regular steps where no others are told."""
        if not self.regular:
            return
        end = self.row["afgoerelse_dato"] or (CUTOFF + timedelta(1)).isoformat()
        self.step(7, "kommune", "notat")
        days = 21
        while self.after(days) < end:
            self.step(days, "kommune", "brev")
            days += 14


class Desk:
    """Lilleby's applications and complaints."""

    def __init__(self) -> None:
        self.applications: list[Application] = []
        self.complaints: list[Row] = []
        self.strays: list[Row] = []

    def application(self, kind: str, received: str) -> Application:
        """Take in a sound application."""
        place = len(self.applications) + 1
        days = DEADLINES[kind] - 7
        made = Application(
            {
                "ansoegning_id": f"A{place:03d}",
                "sagstype": kind,
                "modtaget_dato": received,
                "kvittering_dato": days_after(received, 3),
                "kvittering_frist": "ja" if place % 4 else "nej",
                "partshoering_kraevet": "nej",
                "begrundelse": "ja",
                "klagevejledning": "ja",
                "skriftlig": "ja",
                "maalgruppe": GROUPS[kind],
                "enhed": UNITS[place % len(UNITS)],
                "sagsbehandler": f"SB{place % 7 + 1}",
            }
        )
        self.applications.append(made.decided(days))
        return made


def deadlines(desk: Desk) -> None:
    """Tell of SB101: 56 days for aids."""
    late = "Fristen er 56 dage. "
    desk.application(AIDS, "2007-03-01").noticed(50, 60).decided(57).expect(
        "SB101", why=late + "Afgjort dagen efter fristen, underretning og lovet dag er i orden."
    )
    desk.application(AIDS, "2007-03-01").decided(56).silent(late + "Afgjort på fristens sidste dag.")
    desk.application(AIDS, "2007-10-01").noticed(50, 120).undecided().expect(
        "SB101", why=late + "Den udløb 26. november 2007, og sagen er ikke afgjort."
    )
    desk.application(AIDS, "2007-11-05").undecided().silent(late + "Den udløber 31. december 2007, på opgørelsesdagen.")
    desk.application(AIDS, "2007-04-02").noticed(50, 80).decided(70, "frafaldet").expect(
        "SB101", why=late + "Frafaldet efter fristen."
    )
    desk.application(AIDS, "2007-04-02").decided(56, "frafaldet").silent("Frafaldet på fristens sidste dag.")
    desk.application(EXTRA, "2007-06-30").decided(42).silent("Fristen var 42 dage for ansøgninger til og med 30. juni.")
    desk.application(EXTRA, "2007-07-01").noticed(27, 45).decided(42).expect(
        "SB101", why="Fristen er 28 dage for ansøgninger fra 1. juli 2007."
    )
    desk.application(AIDS, "2006-10-01").noticed(50, 200).decided(150).silent("Fristen udløb i 2006, før perioden.")


def notices(desk: Desk) -> None:
    """Tell of SB102-SB104."""
    desk.application(AIDS, "2007-02-01").noticed(57, 80).decided(75).expect(
        "SB101", "SB102", why="Underrettet dagen efter fristen på 56 dage."
    )
    desk.application(AIDS, "2007-02-01").noticed(56, 80).decided(75).expect(
        "SB101", why="Underrettet på fristens sidste dag."
    )
    desk.application(AIDS, "2007-05-02").decided(60).expect("SB101", "SB102", why="Aldrig underrettet.")
    desk.application(AIDS, "2007-05-02").noticed(50, None).decided(60).expect(
        "SB101", "SB103", why="Underretningen siger ikke hvornår."
    )
    desk.application(HOUSING, "2007-05-02").noticed(20, None).decided(28).expect(
        "SB103", why="Underretningen siger ikke hvornår, men fristen er holdt."
    )
    desk.application(HOUSING, "2007-05-03").noticed(20, 28).decided(28).silent("Underretningen lover en dag.")
    desk.application(AIDS, "2007-06-01").noticed(50, 70).decided(71).expect(
        "SB101", "SB104", why="Afgjort dagen efter den lovede dag."
    )
    desk.application(AIDS, "2007-06-01").noticed(50, 70).decided(70).expect("SB101", why="Afgjort på den lovede dag.")
    desk.application(AIDS, "2007-10-01").noticed(50, 90).undecided().expect(
        "SB101", "SB104", why="Den lovede dag var 30. december 2007, og sagen er ikke afgjort."
    )
    desk.application(AIDS, "2007-10-01").noticed(50, 91).undecided().expect(
        "SB101", why="Den lovede dag er 31. december 2007, opgørelsesdagen."
    )
    desk.application(AIDS, "2007-06-04").noticed(50, 60).decided(65, "frafaldet").expect(
        "SB101", why="Frafaldet efter den lovede dag er hverken afgjort eller uafgjort."
    )


def receipts(desk: Desk) -> None:
    """Tell of SB105: ten days."""
    desk.application(HOUSING, "2007-03-05").says(kvittering_dato="2007-03-16").expect(
        "SB105", why="Kvitteret på den ellevte dag."
    )
    desk.application(HOUSING, "2007-03-05").says(kvittering_dato="2007-03-15").silent("Kvitteret på den tiende dag.")
    desk.application(HOUSING, "2007-03-06").says(kvittering_dato="", kvittering_frist="").decided(11).expect(
        "SB105", why="Afgjort på den ellevte dag uden kvittering."
    )
    desk.application(HOUSING, "2007-03-06").says(kvittering_dato="", kvittering_frist="").decided(10).silent(
        "Afgjort på den tiende dag, da kræves ingen kvittering."
    )


def dead_periods(desk: Desk) -> None:
    """Tell of SB106: more than 21 days in a row without a step, put down to the municipality."""
    desk.application(AIDS, "2007-03-01").step(7, "kommune", "notat", "organisation").step(
        30, "kommune", "brev"
    ).decided(49).expect("SB106", why="Dag 8-29 er 22 dage uden skridt, dag 31-48 er 18.")
    desk.application(AIDS, "2007-03-01").step(7, "kommune", "notat").step(29, "kommune", "brev").decided(49).silent(
        "Dag 8-28 er 21 dage uden skridt."
    )
    desk.application(AIDS, "2007-03-02").step(7, "kommune", "notat").step(8, "kommune", "venter_borger", "borger").step(
        40, "borger", "brev"
    ).decided(49).silent("Dag 9-39 er der ventet på borgeren.")
    desk.application(AIDS, "2007-03-02").step(7, "kommune", "notat", "tilrettelaeggelse").step(
        30, "kommune", "venter_borger", "borger"
    ).step(54, "borger", "brev").decided(55).expect(
        "SB106", why="Dag 8-29 er kommunens, ventetiden, der begynder dag 30, er borgerens."
    )
    desk.application(AIDS, "2007-03-02").step(7, "kommune", "notat").step(
        25, "kommune", "venter_borger", "borger"
    ).step(50, "borger", "brev").decided(52).silent(
        "Dag 8-24 er 17 dage, ventetiden begynder midt i, hvad der ellers var 42 dage uden skridt."
    )
    desk.application(PENSION, "2007-03-05").step(5, "kommune", "notat").step(
        6, "kommune", "venter_tredjepart", "tredjepart"
    ).step(40, "kommune", "venter_slut").step(63, "kommune", "moede").decided(80).expect(
        "SB106", why="Ventetiden på speciallægen sluttede dag 40, dag 41-62 er 22 dage."
    )
    desk.application(PENSION, "2007-03-05").step(5, "kommune", "notat").step(
        6, "kommune", "venter_tredjepart", "tredjepart"
    ).step(50, "tredjepart", "brev").step(70, "kommune", "moede").decided(88).silent(
        "Dag 7-49 er der ventet på speciallægen, bagefter er der højst 19 dage."
    )
    desk.application(PENSION, "2007-04-10").step(5, "kommune", "notat").step(
        10, "kommune", "venter_tredjepart", "lov"
    ).step(12, "kommune", "venter_borger", "borger").step(45, "tredjepart", "brev").step(75, "borger", "brev").decided(
        85
    ).silent("To ventetider: dag 13-44 er tredjeparts, som begyndte først, og dag 46-74 er borgerens.")
    desk.application(AIDS, "2007-11-20").step(7, "kommune", "notat", "redskaber").undecided().expect(
        "SB106", why="Dag 8 til opgørelsesdagen er 34 dage uden skridt."
    )


def safeguards(desk: Desk) -> None:
    """Tell of SB201-SB205."""
    heard = {"partshoering_kraevet": "ja"}
    case = desk.application(AIDS, "2007-08-01").decided(40, "afslag", **heard)
    case.says(partshoering_dato=case.after(40)).expect("SB201", why="Partshørt samme dag, som der er afgjort.")
    case = desk.application(AIDS, "2007-08-01").decided(40, "afslag", **heard)
    case.says(partshoering_dato=case.after(39)).silent("Partshørt dagen før.")
    desk.application(AIDS, "2007-08-02").decided(40, "delvis", **heard).expect("SB201", why="Aldrig partshørt.")
    desk.application(AIDS, "2007-08-02").decided(40, "medhold", **heard).silent("Fuldt medhold: høring var unødvendig.")
    desk.application(AIDS, "2007-08-03").decided(40, "afslag", begrundelse="nej").expect(
        "SB202", why="Et skriftligt afslag uden begrundelse."
    )
    desk.application(AIDS, "2007-08-03").decided(40, "medhold", begrundelse="nej").silent(
        "Fuldt medhold behøver ingen begrundelse."
    )
    desk.application(AIDS, "2007-08-06").decided(40, "delvis", klagevejledning="nej").expect(
        "SB203", why="Delvist medhold uden klagevejledning."
    )
    desk.application(AIDS, "2007-08-06").decided(40, "medhold", klagevejledning="nej").silent(
        "Fuldt medhold behøver ingen klagevejledning."
    )
    oral = {"skriftlig": "nej", "begrundelse": "nej", "klagevejledning": "nej"}
    desk.application(AIDS, "2007-08-07").decided(40, "afslag", **oral).expect(
        "SB204", why="Et mundtligt afslag, da spørges der ikke om begrundelse og klagevejledning."
    )
    desk.application(AIDS, "2007-08-07").decided(40, "medhold", **oral).silent("Mundtligt medhold.")
    desk.application(AIDS, "2007-08-08").step(5, "kommune", "brev").step(20, "borger", "moede").decided(35).expect(
        "SB205", why="Intet notat i sagen."
    )
    desk.application(AIDS, "2007-08-08").step(5, "kommune", "brev").step(20, "borger", "moede").step(
        36, "kommune", "notat"
    ).decided(35).silent("Notatet er skrevet dagen efter afgørelsen.")
    desk.application(AIDS, "2007-12-01").says(afgoerelse_dato="2008-01-04", udfald="afslag", begrundelse="nej").step(
        7, "kommune", "notat"
    ).step(21, "kommune", "brev").silent("Afgjort efter opgørelsesdagen: den 31. december var den ikke afgjort.")


def data(desk: Desk) -> None:
    """Tell of rows that do not fit together (DQ002, DQ005)."""
    desk.application(EXTRA, "2007-02-05").says(udfald="").expect(
        "DQ005", why="Der er en afgørelsesdag, men intet udfald."
    )
    desk.application(EXTRA, "2007-02-06").says(afgoerelse_dato="").expect(
        "DQ005", why="Der er et udfald, men ingen afgørelsesdag."
    )
    desk.strays.append(
        {"ansoegning_id": "A999", "dato": "2007-05-01", "aktoer": "kommune", "type": "notat", "aarsag": ""}
    )


def shares(desk: Desk) -> None:
    """Fill up to 120: housing lands on exactly 80 %, aids stay under, and single benefits have no deadline."""
    for place in range(3):
        desk.application(HOUSING, f"2007-04-{2 + place:02d}").noticed(27, 40).decided(35).expect(
            "SB101", why="Afgjort efter fristen på 28 dage, underretning og lovet dag er i orden."
        )
    kinds = (EXTRA, PENSION, SINGLE, EXTRA, AIDS, PENSION, SINGLE, EXTRA)
    first = date(2007, 1, 3)
    housing = 6
    while len(desk.applications) < 120:
        place = len(desk.applications)
        kind = HOUSING if housing else kinds[place % len(kinds)]
        housing = max(0, housing - 1)
        received = (first + timedelta(place * 5 % 240)).isoformat()
        case = desk.application(kind, received)
        if kind == EXTRA:
            case.decided(20)
        case.silent("Kvitteret, noteret og afgjort i tide.")


CHAPTERS = (deadlines, notices, receipts, dead_periods, safeguards, data, shares)

COMPLAINED = (  # quarter, category, channel, unit (by number), how many
    *(("2007-01", "sagsbehandlingstid", "borgmester", 0, 4), ("2007-01", "sagsbehandling", "borgerraadgiver", 1, 2)),
    *(("2007-02", "sagsbehandlingstid", "borgmester", 0, 5), ("2007-02", "realitet", "andet", 2, 3)),
    *(("2007-05", "sagsbehandlingstid", "borgmester", 0, 7), ("2007-05", "retssikkerhed", "borgerraadgiver", 1, 1)),
    *(("2007-06", "sagsbehandling", "andet", 2, 2), ("2007-08", "sagsbehandlingstid", "borgmester", 0, 3)),
    *(("2007-08", "retssikkerhed", "borgerraadgiver", 1, 2), ("2007-09", "realitet", "andet", 0, 2)),
    *(("2007-11", "sagsbehandlingstid", "borgerraadgiver", 2, 4), ("2007-11", "sagsbehandling", "borgmester", 1, 3)),
    ("2006-12", "sagsbehandlingstid", "borgmester", 0, 2),
)


def complaints(desk: Desk) -> None:
    """Tell of what citizens complained of."""
    for month, category, channel, unit, many in COMPLAINED:
        for day in range(many):
            desk.complaints.append(
                {
                    "klage_id": f"K{len(desk.complaints) + 1:03d}",
                    "modtaget_dato": f"{month}-{day * 3 + 2:02d}",
                    "kanal": channel,
                    "kategori": category,
                    "enhed": UNITS[unit],
                    "sagstype": AIDS,
                    "maalgruppe": GROUPS[AIDS],
                }
            )


def tables() -> dict[str, list[Row]]:
    """Every table of this part of Lilleby, by name."""
    desk = Desk()
    for chapter in (*CHAPTERS, complaints):
        chapter(desk)
    for application in desk.applications:
        application.finish()
    return {
        "ansoegninger": [one.row for one in desk.applications],
        "sagsskridt": [*(step for one in desk.applications for step in one.steps), *desk.strays],
        "klager": desk.complaints,
        "forventet_sagsbehandling": [row for one in desk.applications for row in one.expected],
    }


# The same as a municipality's own system writes it

HEADINGS = {
    "ansoegninger": {
        "ansoegning_id": "Ansøgningsnr.", "sagstype": "KLE-emne", "modtaget_dato": "Modtaget",
        "kvittering_dato": "Kvittering sendt", "kvittering_frist": "Frist oplyst", "underretning_dato": "Underrettet",
        "forventet_dato": "Lovet dato", "afgoerelse_dato": "Afgjort", "udfald": "Resultat",
        "partshoering_kraevet": "Høringspligt", "partshoering_dato": "Partshørt", "begrundelse": "Begrundet",
        "klagevejledning": "Klagevejledt", "skriftlig": "Meddelt skriftligt", "maalgruppe": "Målgruppe",
        "enhed": "Socialcenter", "sagsbehandler": "Sagsbehandler",
    },
    "sagsskridt": {
        "ansoegning_id": "Ansøgningsnr.", "dato": "Udført", "aktoer": "Aktør", "type": "Handling", "aarsag": "Årsag",
    },
    "klager": {
        "klage_id": "Klagenr.", "modtaget_dato": "Modtaget", "kanal": "Klaget til", "kategori": "Klageemne",
        "enhed": "Socialcenter", "sagstype": "KLE-emne", "maalgruppe": "Målgruppe",
    },
}  # fmt: skip
WORDS = {
    "ansoegninger": {
        "udfald": {"Bevilget": "medhold", "Delvist": "delvis", "Afslag": "afslag", "Bortfaldet": "frafaldet"},
    },
    "sagsskridt": {
        "aktoer": {"Kommunen": "kommune", "Borgeren": "borger", "Tredje part": "tredjepart"},
        "type": {
            "Journalnotat": "notat", "Brev": "brev", "Møde": "moede", "Afventer borger": "venter_borger",
            "Afventer tredjepart": "venter_tredjepart", "Afventer ikke længere": "venter_slut",
        },
    },
    "klager": {
        "kanal": {"Borgmesteren": "borgmester", "Borgerrådgiveren": "borgerraadgiver", "Andre": "andet"},
        "kategori": {"Ventetid": "sagsbehandlingstid"},
    },
}  # fmt: skip
FILES = {
    "ansoegninger": "Ansøgninger 2007.csv", "sagsskridt": "Sagsgang.csv", "klager": "Klager til borgmester m.fl.csv",
}  # fmt: skip


def _untidy(column: str, cell: str, words: dict[str, dict[str, str]]) -> str:
    """A cell as the other system writes it."""
    if column.endswith("dato") and cell:
        year, month, day = cell.split("-")
        return f"{day}.{month}.{year}"
    return {ours: theirs for theirs, ours in words.get(column, {}).items()}.get(cell, cell)


def untidy_files() -> dict[str, str]:
    """The text of each file, by its name."""
    files = {}
    every = tables()
    for table, file in FILES.items():
        headings, words = HEADINGS[table], WORDS[table]
        lines = [list(headings.values())]
        lines += [[_untidy(column, row.get(column, ""), words) for column in headings] for row in every[table]]
        files[file] = "".join(";".join(line) + "\n" for line in lines)
    return files
