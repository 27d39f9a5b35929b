"""The Danish names of what is counted and weighed: one name for a thing, whoever tells of it.

Names are written as they stand inside a sentence; ``capital`` makes one that begins a cell or a line.
"""

from typing import NamedTuple

from kommunecheck.domain.assessment import Verdict
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.report import Outcome
from kommunecheck.domain.rule import Certainty, Severity
from kommunecheck.domain.standing import State

OUTCOMES = {
    Outcome.ERROR_WITH_LOSS: "fejl med forventet tab",
    Outcome.ERROR_WITHOUT_LOSS: "fejl uden forventet tab",
    Outcome.NO_CRITICISM: "uden kritik",
    Outcome.WITHDRAWN: "udgået",
    Outcome.NOT_ASSESSED: "ikke fuldt vurderet",
}


class Counted(NamedTuple):
    """A count of cases: those with one of the outcomes. One ``within`` another is a part of the count above it."""

    title: str
    outcomes: tuple[Outcome, ...]
    within: bool = False


COUNTS = (
    Counted("udtaget", tuple(Outcome)),
    Counted("med fejl", (Outcome.ERROR_WITH_LOSS, Outcome.ERROR_WITHOUT_LOSS)),
    Counted("heraf med forventet tab", (Outcome.ERROR_WITH_LOSS,), within=True),
    Counted("uden kritik", (Outcome.NO_CRITICISM,)),
    Counted("udgået", (Outcome.WITHDRAWN,)),
    Counted("ikke fuldt vurderet", (Outcome.NOT_ASSESSED,)),
)
"""What the guidance's § 7 wants counted, and beside it what could not be assessed."""


ERRORS = COUNTS[1].outcomes
"""How a case with an error comes out."""


class Kind(NamedTuple):
    """A kind of loss: in a word, and in full."""

    short: str
    full: str


JOURNAL = Kind("journal", "hviler alene på journalnotater")
KINDS = (
    Kind("forventet", "forventet tab af refusion"),
    Kind("muligt", "muligt tab efter direktoratets skøn"),
    JOURNAL,
)
"""The kinds of loss, in the order in which an ``Exposure`` and a ``Summary`` have them."""

STATES = {
    State.NEW: "nye",
    State.REOPENED: "genopståede",
    State.CHANGED: "ændrede",
    State.UNCHANGED: "uændrede",
}
"""How findings stand against what was known before, of several."""

STATE = {
    State.NEW: "nyt",
    State.REOPENED: "genopstået",
    State.CHANGED: "ændret",
    State.UNCHANGED: "uændret",
}
"""How one finding stands against what was known before."""

CERTAINTIES = {
    Certainty.EXPECTED: "forventet tab",
    Certainty.DISCRETIONARY: "muligt tab",
    Certainty.DOCUMENTATION: "hviler på journalen",
    Certainty.NONE: "intet tab",
}
"""What a finding may cost."""


def kind_of_loss(finding: Finding) -> str:
    """What a finding may cost, also where only some of its days are expected to be lost."""
    return "forventet og muligt tab" if finding.expected and finding.discretionary else CERTAINTIES[finding.certainty]


VERDICTS = {
    Verdict.ACCEPTED: "accepteret",
    Verdict.REFUSED: "ikke accepteret",
    Verdict.WITHDRAWN: "tilbagekaldt",
}
"""What a person has judged of a finding."""

SEVERITIES = {Severity.ERROR: "fejl", Severity.WARNING: "advarsel", Severity.INFO: "oplysning"}

BENEFITS = {"kontanthjaelp": "kontanthjælp", "starthjaelp": "starthjælp", "foertidspension": "førtidspension"}
"""The benefits whose code is not how they are written."""

CIRCUMSTANCES = {
    "revalidering": "revalidering",
    "forrevalidering": "forrevalidering",
    "foertidspension": "førtidspension",
    "orlovsydelse": "orlovsydelse",
    "anden_ydelse": "anden ydelse",
    "venter_folkepension": "venter på folkepension",
    "venter_foertidspension": "venter på førtidspension",
    "under_18": "under 18 år",
    "barsel": "barsel",
    "langvarig_behandling": "langvarig behandling",
    "job_inden_4_uger": "job inden 4 uger",
    "barsel_inden_4_uger": "barsel inden 4 uger",
    "sygdom": "sygdom",
    "loentilskud": "løntilskud",
}
"""What a period of ``perioder`` is called."""

AREAS = {
    "arbejdsmarkedsperspektiv": "arbejdsmarkedsperspektiv",
    "faglige_praktiske_kvalifikationer": "faglige og praktiske kvalifikationer",
    "personlige_kompetencer": "personlige kompetencer",
    "oekonomi_netvaerk": "økonomi og netværk",
    "helbred": "helbred",
}
"""The areas of the dialogue guide, by the codes that stand for them."""

MEETINGS = {
    "kontaktsamtale": "kontaktsamtale",
    "foerste_henvendelse": "første henvendelse",
    "cv_samtale": "cv-samtale",
    "anden": "anden samtale",
}
"""What a row of ``samtaler`` is called."""

NO_TEAM = "(intet team)"

_SURENESS = {"seed": "læst i kilden", "found": "fundet i en anden tekst", "unverified": "en læsning, ikke bekræftet"}


def sureness(certainty: str, overridden: bool = False) -> str:
    """How sure a number of the law is: read in the rules, read elsewhere, or chosen by us; or set by the municipality.

    A number of the municipality's own is not confirmed, whatever the one it replaces was.
    """
    return "ændret af kommunen, ikke bekræftet" if overridden else _SURENESS[certainty]


def capital(text: str) -> str:
    """The name as it begins a cell or a line."""
    return text[:1].upper() + text[1:]
