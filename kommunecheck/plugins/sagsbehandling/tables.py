"""The tables of the supervision: applications, the steps taken in them, and complaints. No row belongs to a case."""

from typing import NamedTuple

from kommunecheck.domain.days import Day
from kommunecheck.ports import Column, TableShape

GRANTED, PARTLY, REFUSED, WITHDRAWN = "medhold", "delvis", "afslag", "frafaldet"
OUTCOMES = frozenset({GRANTED, PARTLY, REFUSED, WITHDRAWN})

MUNICIPALITY, CITIZEN, THIRD_PARTY = "kommune", "borger", "tredjepart"
"""Who took a step; and who a period without steps is put down to."""
PARTIES = (MUNICIPALITY, CITIZEN, THIRD_PARTY)

NOTE, WAIT_ENDS = "notat", "venter_slut"
WAITS = {"venter_borger": CITIZEN, "venter_tredjepart": THIRD_PARTY}
"""The kinds of step that begin a wait, and for whom."""
STEPS = frozenset({NOTE, "brev", "moede", "underretning", *WAITS, WAIT_ENDS, "andet"})

CAUSES = (
    "lov", "retningslinjer", "redskaber", "borger", "tredjepart", "organisation", "tilrettelaeggelse", "andet",
)  # fmt: skip
"""Why a case stood still after a step, as the office of 2006 divides it."""

GROUPS = ("voksne_saerlige_behov", "handicappede", "boernefamilier", "almindelige_ydelser")
CHANNELS = ("borgmester", "borgerraadgiver", "andet")
MERITS = "realitet"
"""The complaints about what was decided: another body's to judge, and shown apart."""
CATEGORIES = ("sagsbehandling", "sagsbehandlingstid", "retssikkerhed", MERITS)

_TARGET = (
    ("Voksne med særlige behov", GROUPS[0]),
    ("Særlige behov", GROUPS[0]),
    ("Handicap", GROUPS[1]),
    ("Børnefamilier med særlige behov", GROUPS[2]),
    ("Børn og familier", GROUPS[2]),
    ("Almindelige serviceydelser", GROUPS[3]),
    ("Almindelige", GROUPS[3]),
)


class Application(NamedTuple):
    """A row of ``ansoegninger``."""

    ansoegning_id: str
    sagstype: str
    modtaget_dato: Day | None
    kvittering_dato: Day | None
    kvittering_frist: bool | None
    underretning_dato: Day | None
    forventet_dato: Day | None
    afgoerelse_dato: Day | None
    udfald: str | None
    partshoering_kraevet: bool | None
    partshoering_dato: Day | None
    begrundelse: bool | None
    klagevejledning: bool | None
    skriftlig: bool | None
    maalgruppe: str | None
    enhed: str | None
    unread: str
    source: int
    row: int


class Step(NamedTuple):
    """A row of ``sagsskridt``."""

    ansoegning_id: str
    dato: Day
    aktoer: str
    type: str
    aarsag: str | None
    unread: str
    source: int
    row: int


class Complaint(NamedTuple):
    """A row of ``klager``."""

    klage_id: str
    modtaget_dato: Day
    kanal: str
    kategori: str
    enhed: str | None
    unread: str
    source: int
    row: int


_ID = ("Ansøgning", "Ansøgnings-id", "Ansøgningsnr.", "Ansøgningsnummer", "Sags-id", "Sagsnr.", "Sagsnummer", "Sag")
_TYPE = ("Sagstype", "Sagens art", "Sagsart", "Emne", "KLE-emne", "Ydelse", "Sagsområde")
_UNIT = ("Enhed", "Center", "Socialcenter", "Afdeling", "Team", "Kontor", "Organisatorisk enhed")
_GROUP = ("Målgruppe", "Borgergruppe", "Borgerens målgruppe")
_DONE = (("Givet medhold", GRANTED), ("Bevilget", GRANTED), ("Bevilling", GRANTED), ("Fuldt medhold", GRANTED),
         ("Delvist medhold", PARTLY), ("Delvis bevilling", PARTLY), ("Ikke medhold", REFUSED), ("Afvist", REFUSED),
         ("Trukket tilbage", WITHDRAWN), ("Tilbagekaldt", WITHDRAWN), ("Bortfaldet", WITHDRAWN))  # fmt: skip

APPLICATIONS = TableShape(
    "ansoegninger",
    (
        Column("ansoegning_id", "key", required=True, also=_ID),
        Column("sagstype", "text", required=True, also=_TYPE),
        Column("modtaget_dato", "date", required=True, also=("Modtaget", "Modtaget den", "Modtagelsesdato",
               "Ansøgt", "Ansøgningsdato", "Ansøgning modtaget")),
        Column("kvittering_dato", "date", also=("Kvittering", "Kvittering sendt", "Kvitteringsbrev",
               "Bekræftelse sendt")),
        Column("kvittering_frist", "yes_no", also=("Frist oplyst", "Frist i kvittering", "Oplyst frist")),
        Column("underretning_dato", "date", also=("Underretning", "Underretning sendt", "Underrettet",
               "Besked om forsinkelse", "Forsinkelsesbrev")),
        Column("forventet_dato", "date", also=("Forventet afgørelse", "Forventet afgørelsesdato", "Lovet dato",
               "Forventet svar", "Ny frist")),
        Column("afgoerelse_dato", "date", also=("Afgørelse", "Afgjort", "Afgjort den", "Afgørelsesdato", "Afsluttet",
               "Afsluttet den")),
        Column("udfald", "code", codes=OUTCOMES, also=("Resultat", "Afgørelsens udfald", "Afgørelsestype"),
               also_codes=_DONE),
        Column("partshoering_kraevet", "yes_no", also=("Partshøring krævet", "Skal partshøres", "Høringspligt",
               "Partshøringspligt")),
        Column("partshoering_dato", "date", also=("Partshøring", "Partshørt", "Partshørt den", "Høring sendt",
               "Partshøringsdato")),
        Column("begrundelse", "yes_no", also=("Begrundet", "Afgørelse begrundet")),
        Column("klagevejledning", "yes_no", also=("Klagevejledning givet", "Klagevejledt")),
        Column("skriftlig", "yes_no", also=("Skriftlig afgørelse", "Skriftligt", "Meddelt skriftligt")),
        Column("maalgruppe", "code", codes=frozenset(GROUPS), also=_GROUP, also_codes=_TARGET),
        Column("enhed", "text", also=_UNIT),
        Column("sagsbehandler", "person"),
    ),
    key="ansoegning_id",
    days=("modtaget_dato",),
    record=Application,
    also=("ansøgning", "sagsbehandlingstid", "sagstid", "ansoegning"),
)  # fmt: skip

CASE_STEPS = TableShape(
    "sagsskridt",
    (
        Column("ansoegning_id", "key", required=True, also=_ID),
        Column("dato", "date", required=True, also=("Dato", "Udført", "Udført den", "Skridtdato", "Hændelsesdato")),
        Column("aktoer", "code", required=True, codes=frozenset(PARTIES), also=("Aktør", "Hvem", "Udført af part"),
               also_codes=(("Kommunen", MUNICIPALITY), ("Forvaltningen", MUNICIPALITY), ("Sagsbehandler", MUNICIPALITY),
                           ("Borgeren", CITIZEN), ("Ansøger", CITIZEN), ("Tredje part", THIRD_PARTY),
                           ("Læge", THIRD_PARTY))),
        Column("type", "code", required=True, codes=STEPS, also=("Skridt", "Skridttype", "Handling", "Aktivitet"),
               also_codes=(("Journalnotat", NOTE), ("Møde", "moede"), ("Samtale", "moede"),
                           ("Afventer borger", "venter_borger"), ("Venter på borger", "venter_borger"),
                           ("Afventer tredjepart", "venter_tredjepart"), ("Venter på tredjepart", "venter_tredjepart"),
                           ("Venten slut", WAIT_ENDS))),
        Column("aarsag", "code", codes=frozenset(CAUSES), also=("Årsag", "Ventegrund", "Årsag til stilstand"),
               also_codes=(("Lovgivning", "lov"), ("IT", "redskaber"), ("Interne retningslinjer", "retningslinjer"),
                           ("Tilrettelæggelse", "tilrettelaeggelse"))),
    ),
    days=("dato",),
    record=Step,
    also=("sagsskridt", "skridt", "sagsgang", "hændelseslog"),
)  # fmt: skip

COMPLAINTS = TableShape(
    "klager",
    (
        Column("klage_id", "key", required=True, also=("Klage", "Klage-id", "Klagenr.", "Klagenummer")),
        Column("modtaget_dato", "date", required=True, also=("Modtaget", "Modtaget den", "Klage modtaget",
               "Klagedato")),
        Column("kanal", "code", required=True, codes=frozenset(CHANNELS), also=("Kanal", "Modtaget via", "Klaget til"),
               also_codes=(("Borgmesteren", CHANNELS[0]), ("Borgerrådgiveren", CHANNELS[1]),
                           ("Direkte", CHANNELS[2]), ("Forvaltningen", CHANNELS[2]))),
        Column("kategori", "code", required=True, codes=frozenset(CATEGORIES), also=("Kategori", "Klageemne",
               "Klagetype"), also_codes=(("Lang sagsbehandlingstid", CATEGORIES[1]), ("Ventetid", CATEGORIES[1]),
                                         ("Sagsbehandleren", CATEGORIES[0]), ("Retssikkerhedsgaranti", CATEGORIES[2]),
                                         ("Afgørelsens indhold", MERITS))),
        Column("enhed", "text", also=_UNIT),
        Column("sagstype", "text", also=_TYPE),
        Column("maalgruppe", "code", codes=frozenset(GROUPS), also=_GROUP, also_codes=_TARGET),
    ),
    key="klage_id",
    days=("modtaget_dato",),
    record=Complaint,
    also=("klage",),
)  # fmt: skip

TABLES = (APPLICATIONS, CASE_STEPS, COMPLAINTS)

DONE = (
    *(f"ansoegninger.{name}_dato" for name in ("modtaget", "kvittering", "underretning", "partshoering", "afgoerelse")),
    "sagsskridt.dato",
    "klager.modtaget_dato",
)
"""The days something was done; never those that were promised."""
