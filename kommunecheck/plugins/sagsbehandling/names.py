"""What codes are called where a person reads them."""

from collections.abc import Mapping

from kommunecheck.plugins.sagsbehandling import tables

GROUPS = dict(
    zip(
        tables.GROUPS,
        ("Voksne med særlige behov", "Handicappede", "Børnefamilier med særlige behov", "Almindelige serviceydelser"),
        strict=True,
    )
)
PARTIES = {
    tables.MUNICIPALITY: "kommunen",
    tables.CITIZEN: "venter på borgeren",
    tables.THIRD_PARTY: "venter på tredjepart",
}
CAUSES = dict(
    zip(
        tables.CAUSES,
        ("lovens krav", "retningslinjer", "redskaber", "borgerens forhold", "tredjeparts forhold", "organisation",
         "tilrettelæggelse", "andet"),
        strict=True,
    )
)  # fmt: skip
CATEGORIES = dict(
    zip(tables.CATEGORIES, ("Sagsbehandling", "Sagsbehandlingstid", "Retssikkerhed", "Realitet"), strict=True)
)
CHANNELS = dict(zip(tables.CHANNELS, ("Borgmesteren", "Borgerrådgiveren", "Andet"), strict=True))


def named(names: Mapping[str, str], code: str | None) -> str:
    """What a code is called; what is blank is said so."""
    return "uden målgruppe" if code is None else names[code]
