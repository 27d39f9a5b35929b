"""The order of the sheets for each reader, and those that are hidden from some: the sums need them all."""

from collections.abc import Mapping

from kommunecheck.domain.report import Reader

ORDERS: Mapping[Reader, tuple[str, ...]] = {
    Reader.LEADER: (
        "Resumé", "Diagrammer", "Løbende tab", "Frister", "Måneder", "Sager", "Fund", "Regler", "Grundlag",
    ),
    Reader.AUDITOR: (
        "Resumé", "Grundlag", "Kontrolregnskab", "Tabslinjer", "Tilsynslinjer", "Berigtigelse", "Sager", "Tabte dage",
        "Fund", "Årsager", "Læsninger", "Regler", "Måneder", "Løbende tab", "Frister", "Diagrammer",
    ),
    Reader.CASE_WORKER: ("Løbende tab", "Frister", "Fund", "Sager", "Regler", "Resumé", "Diagrammer"),
}  # fmt: skip

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
