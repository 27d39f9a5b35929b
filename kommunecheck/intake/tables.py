"""The canonical tables of the visitationstilsyn, as data."""

from kommunecheck.law.exclusions import CIRCUMSTANCES
from kommunecheck.ports import Column, TableShape

BENEFITS = frozenset(
    {"kontanthjaelp", "starthjaelp", "introduktionsydelse", "revalidering", "foertidspension", "anden"}
)

SAGER = TableShape(
    "sager",
    (
        Column("sag_id", "key", required=True),
        Column("cpr", "cpr"),
        Column("ydelsestype", "code", required=True, codes=BENEFITS),
        Column("anmodningsdato", "date", required=True),
        Column("ophoersdato", "date", vital=True),
        Column("team", "text"),
        Column("sagsbehandler", "person"),
    ),
    key="sag_id",
    days=("anmodningsdato",),
)

SAMTALER = TableShape(
    "samtaler",
    (
        Column("samtale_id", "key", required=True),
        Column("sag_id", "key", required=True),
        Column(
            "type",
            "code",
            required=True,
            codes=frozenset({"foerste_henvendelse", "kontaktsamtale", "cv_samtale", "anden"}),
        ),
        Column(
            "status",
            "code",
            required=True,
            codes=frozenset({"afholdt", "udeblevet", "sygdom", "aflyst", "planlagt"}),
        ),
        Column("indkaldt_dato", "date"),
        Column("planlagt_dato", "date"),
        Column("afholdt_dato", "date"),
        Column("opfoelgning_dato", "date"),
        Column("matchkategori", "text", judged=True),
        Column("grovmatch", "yes_no"),
        Column("opmaerksomhedsomraader", "text", judged=True),
        Column("registreret_dato", "date"),
        Column("arbejdssoegende", "yes_no"),
        Column("fritagelsesaarsag", "text", judged=True),
        Column("kontaktform", "text"),
        Column("team", "text"),
        Column("sagsbehandler", "person"),
    ),
    key="samtale_id",
    days=("afholdt_dato", "planlagt_dato", "indkaldt_dato"),
)

PERIODER = TableShape(
    "perioder",
    (
        Column("sag_id", "key", required=True),
        Column("type", "code", required=True, codes=CIRCUMSTANCES),
        Column("fra", "date", required=True),
        Column("til", "date", vital=True),
        Column("dokumenteret", "yes_no"),
    ),
    days=("fra",),
)

UDBETALINGER = TableShape(
    "udbetalinger",
    (
        Column("udbetaling_id", "key"),
        Column("sag_id", "key", required=True),
        Column("fra", "date", required=True),
        Column("til", "date", required=True),
        Column("beloeb", "amount", required=True),
        Column("ydelsestype", "code", vital=True, codes=BENEFITS),
        Column("i_tilbud", "yes_no"),
        Column("anmeldt_refusion", "amount"),
        Column("berigtiget_refusion", "amount"),
        Column("konto", "text"),
    ),
    key="udbetaling_id",
    days=("fra",),
)

JOURNAL = TableShape(
    "journal",
    (
        Column("notat_id", "key"),
        Column("sag_id", "key", required=True),
        Column("dato", "date", required=True),
        Column("registreret_dato", "date", vital=True),
        Column("tekst", "text", required=True),
        Column("forfatter", "person"),
    ),
    key="notat_id",
    days=("dato",),
)

TABLES = {shape.name: shape for shape in (SAGER, SAMTALER, PERIODER, UDBETALINGER, JOURNAL)}
REQUIRED = ("sager", "samtaler")
