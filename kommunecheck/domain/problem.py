"""What could not be read or used of the municipality's files. The data checks turn each into a finding."""

from dataclasses import dataclass, field

from kommunecheck.domain.days import Day
from kommunecheck.domain.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or a value in it, that the reading stumbled over.

    ``code`` is the data rule it belongs to, ``kind`` which of that rule's troubles it is, ``facts`` what the
    sentence needs (never a value that could be a person's). ``sag_id`` is ``None`` when the row belongs to no case.
    ``set_aside`` tells that the row is not used; ``assessable`` is false when the case is no longer fully assessed.
    """

    code: str
    kind: str
    table: str
    file: str
    evidence: tuple[Evidence, ...]
    sag_id: str | None
    date: Day | None = None
    set_aside: bool = False
    assessable: bool = True
    facts: dict[str, str] = field(default_factory=dict)
    sheet: str | None = None
