"""The names that the workbook's cells and formulas have in common."""

from kommunecheck.domain.names import KINDS, Kind, capital
from kommunecheck.domain.names import OUTCOMES as OUTCOME_NAMES
from kommunecheck.domain.report import CaseResult, Loss

OUTCOMES = {outcome: capital(name) for outcome, name in OUTCOME_NAMES.items()}

YES, NO = "ja", "nej"


def yes_no(value: bool | None) -> str | None:
    """Yes or no in Danish; blank where it is not known."""
    return None if value is None else YES if value else NO


def short(kind: Kind) -> str:
    """A kind of loss as a line names it."""
    return capital(kind.short)


EXPECTED = short(KINDS[0])


def losses(case: CaseResult) -> tuple[tuple[str, Loss], ...]:
    """The three kinds of loss of a case, each with its name."""
    return tuple((short(kind), loss) for kind, loss in zip(KINDS, case.exposure.kinds, strict=True))
