"""The order of the sheets for each reader, and those that are hidden from some: the sums need them all."""

from collections.abc import Mapping

from kommunecheck.domain.report import Reader

SHEETS = (
    ("Diagrammer", "Tallene tegnet: hvor sikkert tabet er, hvordan sagerne faldt ud, regler, team og måneder."),
    ("Løbende tab", "Begynd her: de tab, der stadig vokser, og det skridt, der standser hvert af dem."),
    ("Frister", "De samtaler, der skal holdes snart og ikke er booket; de er ikke fejl."),
    ("Sager", "Hver sag med udfald, tabte dage og beløb."),
    ("Efter vurdering", "Sagerne, som personers vurderinger flytter dage i, før og efter."),
    ("Vurderingslinjer", "Hver linje i de sager, som de er efter vurderingerne."),
    ("Fund", "Hvert fund med regel, hjemmel og det sted i filerne, det hviler på."),
    ("Tabslinjer", "Hver linje, beløbene er lagt sammen af, med udbetalingens fil og række."),
    ("Tilsynslinjer", "Hver linje i de øvrige tilsyn, der er kørt, med udbetalingens fil og række."),
    ("Berigtigelse", "Det forventede tab efter udbetalingernes måned og sats: det, refusionen skal berigtiges med."),
    ("Tabte dage", "De tabte dage i hver sag, også dem uden udbetaling."),
    ("Årsager", "Hvad hver regel koster i hver sag."),
    ("Måneder", "Fundene og de tabte dage måned for måned."),
    ("Læsninger", "Hvad der hviler på et tal, vi har måttet vælge."),
    ("Regler", "Alle regler: hvad de siger, om de er kontrolleret, og hvordan fejlen rettes."),
    ("Kontrolregnskab", "Hvad hver regel kom til i hver sag, også hvor der intet var at se på."),
    ("Grundlag", "Metode, lovens tal og hvor sikre de er, filerne med fingeraftryk og antal rækker."),
)
"""The other sheets, and what stands in each."""

ORDERS: Mapping[Reader | None, tuple[str, ...]] = {
    None: ("Resumé", *(name for name, _ in SHEETS[:-1])),
    Reader.LEADER: (
        "Resumé", "Diagrammer", "Løbende tab", "Frister", "Måneder", "Sager", "Fund", "Regler", "Grundlag",
    ),
    Reader.AUDITOR: (
        "Resumé", "Grundlag", "Kontrolregnskab", "Tabslinjer", "Tilsynslinjer", "Berigtigelse", "Sager", "Tabte dage",
        "Fund", "Årsager", "Læsninger", "Regler", "Måneder", "Løbende tab", "Frister", "Diagrammer",
    ),
    Reader.CASE_WORKER: ("Løbende tab", "Frister", "Fund", "Sager", "Regler", "Resumé", "Diagrammer"),
}  # fmt: skip
"""Those that are not named, of sections among them, keep their order, after the others."""

HIDDEN: Mapping[Reader | None, tuple[str, ...]] = {
    Reader.LEADER: (
        "Tabslinjer", "Tilsynslinjer", "Berigtigelse", "Tabte dage", "Årsager", "Læsninger", "Kontrolregnskab",
    ),
    Reader.CASE_WORKER: (
        "Tabslinjer", "Tilsynslinjer", "Berigtigelse", "Tabte dage", "Årsager", "Måneder", "Læsninger",
        "Kontrolregnskab", "Grundlag",
    ),
}  # fmt: skip
"""What the reader seldom wants. The first sheet names them and says how to see them."""

OF_FURTHER: Mapping[Reader, tuple[str, ...]] = {
    Reader.LEADER: (),
    Reader.AUDITOR: ("Resumé", "Grundlag", "Kontrolregnskab", "Tilsynslinjer", "Fund", "Regler"),
    Reader.CASE_WORKER: ("Fund", "Regler", "Resumé"),
}
"""The order where only further supervisions were run; those that are not named keep theirs, after the others."""
