"""The reconciliation as values: what was claimed for each payment, what may be claimed, and what is to be corrected.

BEK 1714/2006 § 5, stk. 3-4: the municipality must not claim what it has lost, and must correct what it has claimed.
Money is integer øre.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from kommunecheck.domain.days import Day, Days, Period, union
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.records import Payment
from kommunecheck.domain.report import Line, Placed
from kommunecheck.domain.rule import Severity

NO_ACCOUNT = "uden konto"
"""Where the rows stand that name no account."""


class Figures(NamedTuple):
    """The figures of a payment, a case, a month or an account, in øre.

    ``lost`` is the expected loss alone. ``remaining`` is what still is to be corrected, ``unclaimed`` what may be
    claimed and was not. ``unpriced_claimed`` is the part of ``claimed`` that no rate can be held against.
    """

    claimable: int = 0
    claimed: int = 0
    lost: int = 0
    discretionary: int = 0
    documentation: int = 0
    corrected: int = 0
    remaining: int = 0
    corrected_too_much: int = 0
    unclaimed: int = 0
    unpriced_claimed: int = 0

    def named(self) -> Iterable[tuple[str, int]]:
        """Each figure with its name."""
        return zip(self._fields, self, strict=True)

    @property
    def may_claim(self) -> int:
        """What may be claimed when the expected loss is taken away; of one payment, never below 0."""
        return max(0, self.claimable - self.lost)

    @property
    def losses(self) -> int:
        """All three kinds of loss."""
        return self.lost + self.discretionary + self.documentation


def sum_of(figures: Iterable[Figures]) -> Figures:
    """The figures added up, one by one."""
    return Figures(*map(sum, zip(*figures, strict=True)))


Lines = tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]
"""The lost lines of a payment: expected, discretionary, documentation."""

NO_LINES: Lines = ((), (), ())

OF_LOSS = {"discretionary": 1, "documentation": 2, "lost": 0, "corrected": 0, "remaining": 0, "corrected_too_much": 0}
"""The figures that are divided over the months by the days of a loss, with its place among the kinds.

What is done about a loss follows the expected one. The other figures are divided by all days of the payment.
"""


def days_of_lines(lines: Iterable[Line]) -> Days:
    """The lost days of some lines."""
    return union([Period(line.first, line.last) for line in lines])


def divided_by(payment: Payment, lines: Lines) -> dict[str, Days]:
    """The days by which each figure of a payment is divided over the months; all its days where none is lost."""
    whole: Days = (Period(payment.fra, payment.til),)
    lost = [days_of_lines(own) or whole for own in lines]
    return dict.fromkeys(Figures._fields, whole) | {name: lost[kind] for name, kind in OF_LOSS.items()}


class Run(NamedTuple):
    """An unbroken run of a payment's days at one rate, both ends included, and what may be claimed for it."""

    first: Day
    last: Day
    rate: Fraction
    claimable: int


class Reconciled(NamedTuple):
    """A payment held against what was claimed for it.

    ``claim`` and ``correction`` are what the row says (``None``: blank, reckoned as 0). ``runs`` are what may be
    claimed run by run, ``lines`` the lost lines of each kind. ``partner`` is the payment of the opposite amount that it
    is judged as one with: the figures of both stand at the positive one. ``counts`` is false for a payment outside its
    case, ``judged`` for one with a day that has no rate, ``fully`` for one in a case that is not fully assessed.
    ``codes`` are its findings, each with its part of what remains; ``beside`` says in Danish what evens them out.
    """

    payment: Payment
    konto: str | None
    claim: int | None
    correction: int | None
    figures: Figures
    by_month: tuple[tuple[Day, Figures], ...]
    runs: tuple[Run, ...] = ()
    lines: Lines = NO_LINES
    partner: Payment | None = None
    counts: bool = True
    judged: bool = True
    fully: bool = True
    codes: tuple[tuple[str, int], ...] = ()
    beside: str = ""

    @property
    def difference(self) -> int:
        """What was claimed, less corrections, over (positive) or under (negative) what may be claimed."""
        figures = self.figures
        return figures.claimed - figures.corrected - figures.may_claim if self.judged else 0

    @property
    def silent(self) -> bool:
        """Whether its figures stand at the payment it is judged as one with."""
        return self.partner is not None and self.payment.beloeb < 0


class Booking(NamedTuple):
    """A line of the correction list: what to book on an account, positive where refund is given back to the state.

    ``why`` says it in Danish. A line that is ``netted`` is evened out by others of the same case.
    """

    reconciled: Reconciled
    oere: int
    why: str
    netted: bool


class ReconciledCase(NamedTuple):
    """A case with its payments in order of day. ``even``: what is wrong in one payment is evened out by another.

    ``findings`` are those of the run, by which its days are lost.
    """

    sag_id: str
    figures: Figures
    payments: tuple[Reconciled, ...]
    bookings: tuple[Booking, ...]
    even: bool
    findings: tuple[Finding, ...]


class NotReconciled(NamedTuple):
    """A row of ``udbetalinger`` that could not be reconciled, why, and what it claims where that can be read."""

    udbetaling_id: str | None
    source: int
    row: int
    reason: str
    claimed: int | None


class Reconciliation(NamedTuple):
    """All payments reconciled or named as not. ``rows`` counts every row of ``udbetalinger``.

    ``cases`` are in order of ``sag_id``, ``by_account`` by account with those without one last.
    ``exact`` is ``claimable`` and ``lost`` in øre as they would be without rounding. ``blank_claims`` and
    ``blank_corrections`` count the reconciled rows that say nothing there.
    """

    tolerance: int
    rows: int
    total: Figures
    by_month: tuple[tuple[Day, Figures], ...]
    by_account: tuple[tuple[str, Figures], ...]
    cases: tuple[ReconciledCase, ...]
    not_reconciled: tuple[NotReconciled, ...]
    findings: tuple[Placed, ...]
    exact: tuple[Fraction, Fraction]
    blank_claims: int
    blank_corrections: int
    fail_on: Severity = Severity.ERROR
    """How serious a finding must be to decide the exit status."""

    @property
    def payments(self) -> tuple[Reconciled, ...]:
        """The payments of all cases, in their order."""
        return tuple(one for case in self.cases for one in case.payments)

    @property
    def bookings(self) -> tuple[Booking, ...]:
        """The correction list of all cases, in their order."""
        return tuple(one for case in self.cases for one in case.bookings)
