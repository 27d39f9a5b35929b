"""What a rule is: its code, how serious a breach is, the law it rests on, and its explanation in Danish."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

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


class Former(NamedTuple):
    """What a rule was called before."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be broken, as it stands in the contract.

    Where ``code`` or ``name`` must change once they are published, ``formerly`` says what they were. ``title`` is one
    line of Danish; ``citations`` name the act or the guidance and the paragraph, each beginning with an act of
    ``law/texts.toml``.
    """

    code: str
    name: str
    title: str
    severity: Severity
    citations: tuple[str, ...]
    supervision: str = SUPERVISION
    waivable: bool = True
    """Whether a municipality may accept a finding of it. What could not be read cannot be accepted."""
    formerly: tuple[Former, ...] = ()
    """What it was called before, the oldest first: what was known and accepted of it then is so still."""

    @property
    def first_code(self) -> str:
        """The code it was first published under."""
        return self.formerly[0].code if self.formerly else self.code

    @property
    def first_name(self) -> str:
        """The name it was first published under, which a matter is known by for ever."""
        return self.formerly[0].name if self.formerly else self.name


def codes_now(rules: Iterable[Rule]) -> dict[str, str]:
    """The code that each former code has become."""
    return {former.code: rule.code for rule in rules for former in rule.formerly}


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
    over: str = ""
    """What to do about a loss that no longer runs; nothing where that is the remedy too."""
    stops: str = ""
    """The step that stops a loss that still runs, in a few words that follow no sentence; nothing where none runs."""
