"""The Danish names of what the report counts and weighs, as the workbook's cells and formulas have them."""

from kommunecheck.domain.report import CaseResult, Loss, Outcome
from kommunecheck.domain.rule import Certainty

OUTCOMES = {
    Outcome.ERROR_WITH_LOSS: "Fejl med tab",
    Outcome.ERROR_WITHOUT_LOSS: "Fejl uden tab",
    Outcome.NOT_ASSESSED: "Ikke vurderet",
    Outcome.NO_CRITICISM: "Uden kritik",
    Outcome.WITHDRAWN: "Udgået",
}
"""The outcomes in the order of the guidance's § 7."""

KINDS = ("Forventet", "Skøn", "Journal")
"""The kinds of loss, in the order ``losses`` gives them."""

KINDS_IN_FULL = {
    "Forventet": "Forventet tab af refusion",
    "Skøn": "Muligt tab efter direktoratets skøn",
    "Journal": "Hviler alene på journalnotater",
}

CERTAINTIES = {
    Certainty.EXPECTED: "Forventet tab",
    Certainty.DISCRETIONARY: "Efter skøn",
    Certainty.DOCUMENTATION: "Kun i journal",
    Certainty.NONE: "Intet tab",
}

SURENESS = {"seed": "Står i reglerne", "found": "Fundet i en kilde", "unverified": "En læsning, ikke bekræftet"}
"""How sure a number of the law is."""

BENEFITS = {"kontanthjaelp": "kontanthjælp", "starthjaelp": "starthjælp"}
"""Benefits whose code is not their name as it is spelt."""

YES, NO = "ja", "nej"


def yes_no(value: bool | None) -> str | None:
    """Yes or no in Danish; blank where it is not known."""
    return None if value is None else YES if value else NO


def losses(case: CaseResult) -> tuple[tuple[str, Loss], ...]:
    """The three kinds of loss of a case, each with its name."""
    exposure = case.exposure
    return tuple(zip(KINDS, (exposure.expected, exposure.discretionary, exposure.documentation), strict=True))
