"""The sections of the page, in the order in which its reader wants them; each is a template of the same name."""

from collections.abc import Mapping, Sequence

from kommunecheck.domain.report import Reader, Report
from kommunecheck.reports.section import only_further

TITLES = {
    "resume": "Ledelsesresumé",
    "anbefalinger": "Anbefalinger",
    "loeber": "Det løber stadig",
    "frister": "Kommende frister",
    "regler": "Fund efter regel",
    "team": "Efter team",
    "maaneder": "Måned for måned",
    "sager": "Sager",
    "hviler": "Hvad tallene hviler på",
    "metode": "Metode",
    "ikke-set": "Hvad der ikke er set på",
    "kilder": "Kilder",
    "ord": "Ord i rapporten",
}
"""The place of each section on the page, and its title."""

FROM_PLUGINS = "afsnit"
"""Where the sections that plugins add stand."""

EVERYBODY = (
    "resume", "anbefalinger", "loeber", "frister", "regler", "team", "maaneder", "sager", FROM_PLUGINS, "metode",
    "ikke-set", "kilder", "ord",
)  # fmt: skip
ORDERS: Mapping[Reader | None, Sequence[str]] = {
    None: EVERYBODY,
    Reader.LEADER: (
        "resume", "anbefalinger", "team", "maaneder", "loeber", "frister", "regler", FROM_PLUGINS, "hviler", "ikke-set",
        "kilder", "ord",
    ),
    Reader.AUDITOR: (
        "resume", "kilder", "metode", "ikke-set", "regler", "sager", "team", "maaneder", FROM_PLUGINS, "loeber",
        "frister", "ord",
    ),
    Reader.CASE_WORKER: ("loeber", "frister", "sager", "regler", "ikke-set", "ord"),
}  # fmt: skip
"""As in Word: first what the reader acts upon."""

OF_FURTHER: Mapping[Reader | None, Sequence[str]] = {
    None: ("resume", "anbefalinger", FROM_PLUGINS, "regler", "sager", "metode", "ikke-set", "kilder", "ord"),
    Reader.LEADER: ("resume", "anbefalinger", FROM_PLUGINS, "regler", "ikke-set", "kilder", "ord"),
    Reader.AUDITOR: ("resume", "kilder", "metode", "ikke-set", "regler", "sager", FROM_PLUGINS, "ord"),
    Reader.CASE_WORKER: ("sager", FROM_PLUGINS, "regler", "ikke-set", "ord"),
}
"""The same where the visitationstilsyn was not run: without the sections that are about it alone."""


def order_for(report: Report) -> Sequence[str]:
    """The sections of the page."""
    return (OF_FURTHER if only_further(report) else ORDERS)[report.reader]


DEADLINES: Mapping[Reader | None, int] = {Reader.LEADER: 10, Reader.CASE_WORKER: 1_000}
RUNNING: Mapping[Reader | None, int] = {Reader.CASE_WORKER: 1_000}
"""How many of the deadlines that come, and of the losses that run, are shown where it is not the usual number."""


def tells_cases(reader: Reader | None) -> bool:
    """Whether the page tells the cases one by one."""
    return "sager" in ORDERS[reader]
