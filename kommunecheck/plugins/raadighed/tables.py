"""The two tables of the supervision, and what their rows become."""

from typing import NamedTuple

from kommunecheck.domain.days import Day
from kommunecheck.ports import Column, TableShape

STAYED_AWAY = "udeblivelse_samtale"
OTHER = "andet"

KINDS = {
    STAYED_AWAY: "udeblivelse fra samtale",
    "udeblivelse_tilbud": "udeblivelse fra tilbud",
    "afslag_tilbud": "afslag på tilbud",
    "ophoer_tilbud": "ophør i tilbud",
    "afslag_arbejde": "afslag på arbejde",
    "ophoer_arbejde": "ophør i arbejde",
    "ikke_aktivt_soegende": "ikke aktivt søgende",
    "intet_cv": "intet cv",
    "sygemelding": "sygemelding",
    OTHER: "andet",
}
"""What can give the municipality a duty to assess availability, and what a Danish reader calls it."""

POSITIVE = {"raadig": "rådig", "rimelig_grund": "rimelig grund"}
NEGATIVE = {"ikke_raadig": "ikke rådig", "ikke_rimelig_grund": "ikke rimelig grund"}
ASSESSED = POSITIVE | NEGATIVE
"""What an assessment can say."""

NO_SANCTION = "ingen"
STOP = "ophoer"
SANCTIONS = {"fradrag": "fradrag", "nedsaettelse": "nedsættelse", STOP: "ophør"}
"""The sanctions; ``ingen`` is none of them."""


class Act(NamedTuple):
    """A row of ``haendelser``: something the citizen did on ``dato``; see ``TableShape`` for ``unread``."""

    haendelse_id: str
    dato: Day
    type: str
    underrettet_dato: Day | None
    unread: str
    source: int
    row: int


class Handling(NamedTuple):
    """A row of ``afgoerelser``: what the municipality did about one act."""

    afgoerelse_id: str
    haendelse_id: str
    vejledt_dato: Day | None
    partshoering_dato: Day | None
    vurdering_dato: Day | None
    vurdering: str | None
    afgoerelse_dato: Day | None
    sanktion: str | None
    sanktion_fra: Day | None
    sanktion_til: Day | None
    hjemmel: str | None
    begrundelse: bool | None
    klagevejledning: bool | None
    ankesag: bool | None
    unread: str
    source: int
    row: int

    def unreadable(self, *columns: str) -> bool:
        """Whether any of the columns holds something that cannot be read."""
        return not set(columns).isdisjoint(self.unread.split())


HAENDELSER = TableShape(
    "haendelser",
    (
        Column("haendelse_id", "key", required=True, also=("Hændelsesnr.", "Hændelsesnummer", "Hændelse nr.")),
        Column("sag_id", "key", required=True),
        Column(
            "dato",
            "date",
            required=True,
            also=("Hændelsesdato", "Dato for hændelse", "Hændelse den", "Sket den", "Hændt", "Fraværsdato"),
        ),
        Column(
            "type",
            "code",
            required=True,
            codes=frozenset(KINDS),
            otherwise=OTHER,
            also=("Hændelsestype", "Hændelse", "Hændelsens art", "Type hændelse", "Forhold", "Rådighedsforhold"),
            also_codes=(
                ("Udeblevet fra samtale", STAYED_AWAY),
                ("Udeblivelse fra jobsamtale", STAYED_AWAY),
                ("Udeblevet fra tilbud", "udeblivelse_tilbud"),
                ("Udeblivelse fra aktivering", "udeblivelse_tilbud"),
                ("Fravær fra tilbud", "udeblivelse_tilbud"),
                ("Afvist tilbud", "afslag_tilbud"),
                ("Afvisning af tilbud", "afslag_tilbud"),
                ("Ophørt i tilbud", "ophoer_tilbud"),
                ("Afbrudt tilbud", "ophoer_tilbud"),
                ("Afvist arbejde", "afslag_arbejde"),
                ("Ophørt i arbejde", "ophoer_arbejde"),
                ("Selvforskyldt ledig", "ophoer_arbejde"),
                ("Ikke aktivt jobsøgende", "ikke_aktivt_soegende"),
                ("Manglende jobsøgning", "ikke_aktivt_soegende"),
                ("Mangler CV", "intet_cv"),
                ("Manglende CV", "intet_cv"),
                ("Sygemeldt", "sygemelding"),
                ("Øvrigt", OTHER),
                *((said, code) for code, said in KINDS.items()),
            ),
        ),
        Column(
            "underrettet_dato",
            "date",
            also=("Underrettet", "Underrettet den", "Underretning", "Underretningsdato", "Kendskab", "Modtaget den"),
        ),
    ),
    key="haendelse_id",
    days=("dato",),
    record=Act,
    also=("hændelse", "rådighed"),
)

AFGOERELSER = TableShape(
    "afgoerelser",
    (
        Column("afgoerelse_id", "key", required=True, also=("Afgørelsesnr.", "Afgørelsesnummer", "Afgørelse nr.")),
        Column(
            "haendelse_id", "key", required=True, also=("Hændelsesnr.", "Hændelsesnummer", "Hændelse nr.", "Hændelse")
        ),
        Column("sag_id", "key", required=True),
        Column("vejledt_dato", "date", also=("Vejledt", "Vejledt den", "Vejledning", "Vejledningsdato")),
        Column(
            "partshoering_dato", "date", also=("Partshøring", "Partshørt", "Partshørt den", "Høring", "Høringsdato")
        ),
        Column("vurdering_dato", "date", also=("Vurderet", "Vurderet den", "Vurderingsdato", "Dato for vurdering")),
        Column(
            "vurdering",
            "code",
            codes=frozenset(ASSESSED),
            known_only=True,
            also=("Rådighedsvurdering", "Vurdering af rådighed", "Vurderingens resultat"),
            also_codes=(
                ("Til rådighed", "raadig"),
                ("Står til rådighed", "raadig"),
                ("Ikke til rådighed", "ikke_raadig"),
                ("Står ikke til rådighed", "ikke_raadig"),
                ("God grund", "rimelig_grund"),
                ("Ingen rimelig grund", "ikke_rimelig_grund"),
                ("Uden rimelig grund", "ikke_rimelig_grund"),
            ),
        ),
        Column("afgoerelse_dato", "date", also=("Afgjort", "Afgjort den", "Afgørelsesdato", "Dato for afgørelse")),
        Column(
            "sanktion",
            "code",
            codes=frozenset((NO_SANCTION, *SANCTIONS)),
            known_only=True,
            also=("Sanktionstype", "Sanktionens art", "Konsekvens"),
            also_codes=(
                ("Ingen sanktion", NO_SANCTION),
                ("Fradrag i hjælpen", "fradrag"),
                ("Nedsat hjælp", "nedsaettelse"),
                ("Hjælpen nedsat", "nedsaettelse"),
                ("Hjælpen ophørt", STOP),
                ("Ophør af hjælpen", STOP),
            ),
        ),
        Column("sanktion_fra", "date", also=("Sanktion fra", "Sanktion fra den", "Virkning fra", "Sanktionsstart")),
        Column("sanktion_til", "date", also=("Sanktion til", "Sanktion til den", "Virkning til", "Sanktionsslut")),
        Column("hjemmel", "text", also=("Lovhjemmel", "Paragraf", "Bestemmelse", "Hjemmel for sanktion")),
        Column("begrundelse", "yes_no", also=("Begrundet", "Begrundelse givet", "Er begrundet")),
        Column("klagevejledning", "yes_no", also=("Klagevejledning givet", "Klagevejledt", "Vejledt om klage")),
        Column("ankesag", "yes_no", also=("Anket", "Anke", "Klagesag", "Påklaget", "Under anke")),
    ),
    key=("afgoerelse_id", "haendelse_id"),
    days=("afgoerelse_dato", "vurdering_dato", "partshoering_dato", "vejledt_dato"),
    record=Handling,
    also=("afgørelse", "sanktion"),
)

TABLES = (HAENDELSER, AFGOERELSER)
