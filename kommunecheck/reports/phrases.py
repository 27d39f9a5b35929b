"""Numbers and names as they stand in the reports that a person reads."""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from kommunecheck.domain.names import NO_TEAM
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.report import Amounts, People, Report
from kommunecheck.domain.wording import kroner, number, printable, whole
from kommunecheck.reports.json import decimal

TITLE = "Før-tilsyn: visitationstilsynet"
"""What the report is called."""
NOT_COUNTED = "ikke talt med i tilsynet"
"""What is said of a case with findings that no supervision counts."""
WHOSE = "Sager, fejl og beløb er visitationstilsynets."
"""What the stored runs tell of: the other supervisions' totals are not kept."""
NAME_LENGTH = 80
"""The signs of an id, a team or a file's name that are shown; one of more is visibly cut."""
ELSEWHERE = "Alle er med, når rapporten skrives som Excel (.xlsx) eller JSON."
"""Where the reader finds what the document has no room for."""
WORDS = (
    (
        "Forventet tab",
        "statens andel af ydelsen for de dage, hvor refusionen mistes efter reglerne, når intet undskylder fejlen.",
    ),
    (
        "Muligt tab",
        "dage, hvor direktoratet skønner, om refusionen mistes, fx fordi borgeren udeblev, og kommunen fulgte op.",
    ),
    ("Hviler på journalen", "dage, der kun er reddet af et journalnotat. Holder notatet ikke, mistes refusionen."),
    ("Falduge", "den uge, mandag til søndag, som fristen for samtalen udløber i. Samtalen skal holdes senest søndag."),
    ("Løber stadig", "tab, der vokser hver dag, til skridtet er taget."),
    (
        "VT102, DQ003 …",
        "reglernes numre: VT er visitationstilsynets, RT rådighedstilsynets, KS kontrolsagernes, SB sagsbehandlingens, "
        "og DQ er regler om, hvorvidt udtrækket kan læses. Hver regel med fund står i »Fund efter regel«.",
    ),
    ("DRV", "statens register over kontaktsamtaler."),
)
"""What a reader must know of our words."""

_KEPT_TOGETHER = re.compile(
    r"(?<=\d) (?=kr\.|%|dage?\b|sag(?:er)?\b)"
    r"|(?<=\d\.) (?=(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b)"
    r"|(?<=§) (?=\d)|(?<=\bstk\.) (?=\d)|(?<=\bnr\.) (?=\d)|(?<=\bBEK) (?=\d)"
    r"|(?<=kategori) (?=\d)|(?<=kategorierne) (?=\d)"
)
"""Where a line may not break: between a number and what it counts, a day and its month, in a citation."""

_RANGE = re.compile(r"(?:(?<=kategori\u00a0\d)|(?<=kategorierne\u00a0\d)|(?<=nr\.\u00a0\d))-(?=\d\b)")
"""The hyphen of a few numbers, which no line breaks at. Others stay as they are: ids are copied and searched for."""


@lru_cache(maxsize=1 << 14)
def safe(text: str) -> str:
    """Text as a paragraph can hold it: CPR numbers masked, unprintable signs replaced, on one line."""
    shown = printable(masked(text.translate(_ONE_LINE)))
    return _RANGE.sub("\u2011", _KEPT_TOGETHER.sub("\u00a0", shown))


_ONE_LINE = str.maketrans("\t\r\n\u2028\u2029", "     ")


def per_cent(rate: Fraction) -> str:
    """A refund rate: ``35 %``."""
    return decimal(rate * 100).replace(".", ",") + " %"


def days(how_many: int) -> str:
    """A count of days."""
    return number(how_many, "dag", "dage")


def cases(how_many: int) -> str:
    """A count of cases."""
    return number(how_many, "sag", "sager")


def all_cases(how_many: int) -> str:
    """All the cases there are of a kind: ``alle 41 sager``, ``den ene sag``."""
    return "den ene sag" if how_many == 1 else f"alle {cases(how_many)}"


def amount(oere: int | None) -> str:
    """An amount in a table, where ``ukendt beløb`` in every row would be in the way."""
    return "ukendt" if oere is None else kroner(oere)


def amount_or_days(amounts: Amounts) -> str:
    """What is lost of one kind: the amount, or the days where it is not known."""
    return days(amounts.days) if amounts.refund_lost is None else kroner(amounts.refund_lost)


def cost(oere: int | None, lost: int) -> str:
    """What lost days cost, in a table: the amount, the days where it is not known, and a dash where none are lost."""
    if not lost:
        return "–"
    return days(lost) if oere is None else kroner(oere)


def name(text: str | None) -> str:
    """An id, a team or a file's name; one that fills a page is visibly cut."""
    shown = safe(text or "")  # before it is cut: half a CPR number is not known for one
    return shown if len(shown) <= NAME_LENGTH else shown[: NAME_LENGTH - 1] + "…"


def named(report: Report) -> str:
    """The municipality as a reader knows it."""
    return name(report.run.municipality_name) or "Kommunen"


def team(text: str | None) -> str:
    """A team, or that there is none."""
    return name(text) or NO_TEAM


def whose_cases(report: Report) -> str:
    """The one team whose cases a part of a report tells; nothing where it tells all."""
    if report.team is None:
        return ""
    return f"Kun sagerne i {name(report.team.name)}." if report.team.name else "Kun sagerne uden team."


def shows_people(people: People) -> str:
    """What whoever holds a document with CPR numbers in it must know first."""
    what = "fulde CPR-numre" if people.in_full else "CPR-numre uden de sidste fire cifre"
    return f"RAPPORTEN VISER BORGERNES {what.upper()}. Del den kun med dem, der må se dem, og slet den efter brug."


def of_how_many(there_are: int, shown: int, what: str, first: str = "dyreste") -> str:
    """How many of all are told, and where the rest are: said where the number stands. Nothing where all are told."""
    if there_are <= shown:
        return ""
    return f"Rapporten viser de {whole(shown)} {first} af {whole(there_are)} {what}. {ELSEWHERE}"


def listed(items: Iterable[str]) -> str:
    """Items as in a sentence: ``a, b og c``."""
    *first, last = items
    return f"{', '.join(first)} og {last}" if first else last
