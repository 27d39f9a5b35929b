"""The table ``kontrolsager``: one row for each stay of a case on the list that Den Fælles Dataenhed hands out."""

from typing import Final, NamedTuple

from kommunecheck.domain.days import Day
from kommunecheck.ports import Column, TableShape

NAME: Final = "kontrolsager"

TRIN: Final = ("2", "3")
"""Løbende sagsopfølgning, and dybdegående ydelseskontrol."""

BENEFITS: Final = ("kontanthjaelp", "sygedagpenge", "oekonomisk_friplads")

OF_TRIN: Final = {"2": BENEFITS[:1], "3": BENEFITS}
"""The benefits whose cases each kontroltrin can have."""


class Kontrolsag(NamedTuple):
    """A row of ``kontrolsager``. Amounts are øre; ``unread`` names the columns that could not be read."""

    kontrolsag_id: str
    kontroltrin: str
    ydelse: str
    udstillet_dato: Day
    udtaget_dato: Day | None
    visiteret_dato: Day | None
    fjernet_dato: Day | None
    oprettet_dato: Day | None
    afsluttet_dato: Day | None
    tilbagebetalingskrav: int | None
    mindreudgift: int | None
    unread: str
    source: int
    row: int

    @property
    def fits(self) -> bool:
        """Whether its kontroltrin has cases of its benefit."""
        return self.ydelse in OF_TRIN[self.kontroltrin]

    @property
    def with_result(self) -> bool | None:
        """Whether it came to a claim for repayment or to a reduced spending.

        ``None`` where neither is over nothing and one of them cannot be read: then nobody knows.
        """
        if (self.tilbagebetalingskrav or 0) > 0 or (self.mindreudgift or 0) > 0:
            return True
        return False if set(AMOUNTS).isdisjoint(self.unread.split()) else None


AMOUNTS: Final = ("tilbagebetalingskrav", "mindreudgift")
"""What a case may have come to; one over nothing is a result."""

DAYS: Final = (
    "udstillet_dato",
    "udtaget_dato",
    "visiteret_dato",
    "fjernet_dato",
    "oprettet_dato",
    "afsluttet_dato",
)

KONTROLSAGER = TableShape(
    NAME,
    (
        Column(
            "kontrolsag_id",
            "key",
            required=True,
            also=("Kontrolsags-id", "Kontrolsagsnr.", "Kontrolsagsnummer", "Undringssag", "Undringssags-id", "Sags-id"),
        ),
        Column(
            "kontroltrin",
            "code",
            required=True,
            codes=frozenset(TRIN),
            also=("Trin", "Kontrol trin", "Kontroltype", "Type kontrol"),
            also_codes=(
                ("Trin 2", "2"), ("Kontroltrin 2", "2"), ("Løbende", "2"), ("Løbende ydelseskontrol", "2"),
                ("Løbende sagsopfølgning", "2"), ("Trin 3", "3"), ("Kontroltrin 3", "3"), ("Bagudgående", "3"),
                ("Dybdegående", "3"), ("Dybdegående ydelseskontrol", "3"), ("Bagudgående ydelseskontrol", "3"),
            ),
        ),
        Column(
            "ydelse",
            "code",
            required=True,
            codes=frozenset(BENEFITS),
            also=("Ydelsesområde", "Ydelsestype", "Område", "Kontrolområde"),
            also_codes=(
                ("Kontanthjælpsområdet", "kontanthjaelp"), ("Kontanthjælpsydelser", "kontanthjaelp"),
                ("KTH", "kontanthjaelp"), ("SDP", "sygedagpenge"), ("Dagpenge ved sygdom", "sygedagpenge"),
                ("Friplads", "oekonomisk_friplads"), ("Fripladstilskud", "oekonomisk_friplads"),
                ("Økonomisk fripladstilskud", "oekonomisk_friplads"),
            ),
        ),
        Column(
            "udstillet_dato",
            "date",
            required=True,
            also=("Udstillet", "Udstillet den", "Udstillingsdato", "Dato for udstilling", "På bruttoliste",
                  "Bruttolistedato", "Modtaget fra UDK"),
        ),
        Column(
            "udtaget_dato",
            "date",
            vital=True,
            also=("Udtaget", "Udtaget den", "Udtagningsdato", "Trukket", "Trukket den", "Udtrukket",
                  "Til prioriteringsliste", "På prioriteringsliste", "Prioriteret"),
        ),
        Column(
            "visiteret_dato",
            "date",
            also=("Visiteret", "Visiteret den", "Visitationsdato", "Visiteringsdato", "Screenet", "Screeningsdato"),
        ),
        Column(
            "fjernet_dato",
            "date",
            vital=True,
            also=("Fjernet", "Fjernet den", "Frasorteret", "Bortfaldet", "Udgået", "Udløbet", "Taget af listen"),
        ),
        Column(
            "oprettet_dato",
            "date",
            vital=True,
            also=("Oprettet", "Oprettet den", "Oprettelsesdato", "Kontrolsag oprettet", "Sag oprettet"),
        ),
        Column(
            "afsluttet_dato",
            "date",
            vital=True,
            also=("Afsluttet", "Afsluttet den", "Afslutningsdato", "Lukket", "Lukket den", "Kontrolsag afsluttet"),
        ),
        Column(
            "tilbagebetalingskrav",
            "amount",
            also=("Krav", "Tilbagebetaling", "Krav om tilbagebetaling", "Tilbagebetalingsbeløb", "Kravbeløb"),
        ),
        Column(
            "mindreudgift",
            "amount",
            also=("Mindreudgifter", "Beregnet mindreudgift", "Beregnede mindreudgifter", "Besparelse"),
        ),
    ),
    key="kontrolsag_id",
    days=("udstillet_dato",),
    record=Kontrolsag,
    also=("kontrolsag", "bruttoliste", "prioriteringsliste", "undringssag", "dataenhed"),
)  # fmt: skip
