"""What a rule is: its code, how serious a breach is, the law it rests on, and its explanation in Danish."""

from dataclasses import dataclass
from enum import StrEnum

SUPERVISION = "visitation"
"""The visitationstilsyn, whose findings decide outcomes and money."""

DATA = "data"
"""What findings about the files themselves belong to; they decide no outcome and cost nothing."""


class Severity(StrEnum):
    """How serious a finding is; ``INFO`` is the mildest."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    def at_least(self, bound: "Severity") -> bool:
        """Whether this is as serious as ``bound`` or more so."""
        order = list(Severity)
        return order.index(self) >= order.index(bound)


class Certainty(StrEnum):
    """Which kind of loss a finding carries."""

    EXPECTED = "expected"
    DISCRETIONARY = "discretionary"
    DOCUMENTATION = "documentation"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be broken, as it stands in the contract.

    ``code`` and ``name`` never change once published; ``title`` is one line of Danish; ``citations`` name the
    act or the guidance and the paragraph, each beginning with an act of ``law/texts.toml``.
    """

    code: str
    name: str
    title: str
    severity: Severity
    citations: tuple[str, ...]
    supervision: str = SUPERVISION
    waivable: bool = True
    """Whether a municipality may accept a finding of it. What could not be read cannot be accepted."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What ``kommunecheck explain`` prints of a rule, in Danish; plain text, one paragraph a field."""

    says: str
    """What the law says, in our own words."""
    fails: str
    """A case that breaks the rule."""
    passes: str
    """A case just on the right side."""
    costs: str
    """What a breach costs."""
    remedy: str
    """How to put it right."""
    blind: str
    """What the check cannot see."""
