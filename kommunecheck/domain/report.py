"""The report as values: what every format is written from.

Money is integer øre; ``None`` means that no payments were given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from kommunecheck.domain.assessment import Judged
from kommunecheck.domain.days import Day, Days, Period, count
from kommunecheck.domain.finding import Finding, Subject
from kommunecheck.domain.records import Payment
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.section import Section
from kommunecheck.domain.standing import Remembered, Standing, Use
from kommunecheck.domain.timeline import Timeline
from kommunecheck.domain.wording import place_of


class Line(NamedTuple):
    """One payment, one refund rate and one unbroken run of lost days: the unit that can be redone by hand.

    ``rate`` is ``None`` where the day has no rate: then the line is paid but unpriced and ``refund_lost`` is 0.
    """

    payment: Payment
    first: Day
    last: Day
    rate: Fraction | None
    paid: int
    refund_lost: int

    @property
    def days(self) -> int:
        """The lost days of the line, both ends included."""
        return self.last - self.first + 1


class Loss(NamedTuple):
    """Lost days of one kind and what they cost: the sums of the lines, in øre, are worked out once, by ``loss_of``."""

    periods: Days
    lines: tuple[Line, ...] | None
    days: int
    paid: int | None
    refund_lost: int | None


def loss_of(periods: Days, lines: tuple[Line, ...] | None) -> Loss:
    """The days with their lines, and what these add up to; no amounts where no payments were given."""
    if lines is None:
        return Loss(periods, None, count(periods), None, None)
    return Loss(
        periods, lines, count(periods), sum([line.paid for line in lines]), sum([line.refund_lost for line in lines])
    )


NO_LOSS, UNKNOWN_LOSS = loss_of((), ()), loss_of((), None)
"""No days: with payments known, and without."""


class Outcome(StrEnum):
    """How a case came out, § 7 of the guidance; in the order in which they are tried."""

    WITHDRAWN = "withdrawn"
    ERROR_WITH_LOSS = "error_with_loss"
    ERROR_WITHOUT_LOSS = "error_without_loss"
    NOT_ASSESSED = "not_assessed"
    NO_CRITICISM = "no_criticism"


class Share(NamedTuple):
    """What one cause touches in one case, and what it alone touches: days and øre."""

    days: int
    refund_lost: int | None
    alone_days: int
    alone_refund_lost: int | None


class Exposure(NamedTuple):
    """What the findings of one case cost together, no day counted twice."""

    expected: Loss
    discretionary: Loss
    documentation: Loss
    running_per_day: int | None
    unpaid_days: int | None
    unpriced_days: int | None
    by_code: tuple[tuple[str, Share], ...] = ()
    rests_on: tuple[tuple[str, Loss], ...] = ()

    @property
    def kinds(self) -> tuple[Loss, Loss, Loss]:
        """The three kinds of loss, the surest first."""
        return self.expected, self.discretionary, self.documentation


NO_EXPOSURE = Exposure(NO_LOSS, NO_LOSS, NO_LOSS, 0, 0, 0)
UNKNOWN_EXPOSURE = Exposure(UNKNOWN_LOSS, UNKNOWN_LOSS, UNKNOWN_LOSS, None, None, None)
"""Nothing lost: with payments known, and without."""


def nothing_lost(paid_known: bool) -> Exposure:
    """The exposure where no day is lost. Without payments no amount is known, not even that it is 0.00."""
    return NO_EXPOSURE if paid_known else UNKNOWN_EXPOSURE


class CaseResult(NamedTuple):
    """A judged case: its outcome, its findings and what they cost. ``crashed`` are the rules that failed on it.

    ``timeline`` is there for a case with findings, data findings too, when a format that is wanted draws it.
    """

    sag_id: str
    team: str | None
    outcome: Outcome
    fully_assessed: bool
    findings: tuple[Finding, ...]
    exposure: Exposure
    crashed: tuple[str, ...] = ()
    timeline: Timeline | None = None


class Placed(NamedTuple):
    """A finding with what the run adds to it: whose it is and how serious this municipality takes it to be.

    ``judged`` are the judgements that a person has given of it, one for each kind of its lost days.
    """

    finding: Finding
    subject: Subject
    sag_id: str | None
    team: str | None
    severity: Severity
    standing: Standing = Standing()
    judged: tuple[Judged, ...] = ()

    @property
    def about(self) -> str | None:
        """The id of what it is about in the municipality's own files: the case, or a plugin's own, as an application.

        ``None`` where it is about the municipality itself or a file.
        """
        own = self.sag_id is None and self.subject.kind not in ("kommune", "kilde")
        return self.subject.id if own else self.sag_id


class Reader(StrEnum):
    """For whom a document is written: the same facts, in another order and depth."""

    LEADER = "leder"
    AUDITOR = "revisor"
    CASE_WORKER = "sagsbehandler"


class Fact(StrEnum):
    """What a report tells beyond the findings and their cost. Each is worked out only when a format shows it."""

    UPCOMING = "upcoming"
    LEDGER = "ledger"
    TEAMS = "teams"
    MONTHS = "months"
    READINGS = "readings"


class ComingDeadline(NamedTuple):
    """An interview that must be held soon, in a case where none is booked in time. It is no finding.

    ``due`` is counted from ``start``: the previous interview, or the request for help where it is the ``first``.
    ``last_day`` is the last day in time: the Sunday of the due date's week or, ``after_illness``, the day by which an
    interview that illness put off must be held. ``booked`` is the day of a booking that comes too late, if any.
    """

    sag_id: str
    team: str | None
    start: Day
    due: Day
    last_day: Day
    first: bool
    after_illness: bool = False
    booked: Day | None = None


class Upcoming(NamedTuple):
    """The deadlines whose last day in time is one of the next ``days`` days after the cutoff, the soonest first.

    ``not_told`` is why they cannot be told, in Danish, where a column is missing.
    """

    days: int
    deadlines: tuple[ComingDeadline, ...]
    not_told: str | None = None


class LedgerRow(NamedTuple):
    """What one rule came to in the cases it is asked of: the five counts add up to ``cases``.

    ``not_applicable``: there was nothing of the kind the rule looks at, or the case is withdrawn. ``not_assessable``:
    something in the case's rows could not be read, or the rule was not run at all, for the ``reason`` given.
    """

    code: str
    cases: int
    found: int
    nothing_found: int
    not_applicable: int
    not_assessable: int
    crashed: int
    reason: str | None

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """The five counts, in their order."""
        return self.found, self.nothing_found, self.not_applicable, self.not_assessable, self.crashed


class TeamShare(NamedTuple):
    """The cases of one or more teams, withdrawn ones apart, and those with errors.

    The share behind them lies between ``low`` and ``high`` with 95 % confidence, were the cases drawn at random.
    """

    teams: tuple[str | None, ...]
    cases: int
    errors: int
    low: float
    high: float


class Teams(NamedTuple):
    """The share of cases with errors in each team, the largest first.

    ``joined`` are the teams with so few cases that none of them is shown by itself, and what had to be joined with them
    so that they cannot be found by subtraction; ``None`` where there are none. ``whole`` is all of them.
    """

    shares: tuple[TeamShare, ...]
    joined: TeamShare | None
    whole: TeamShare

    def shown_as(self, team: str | None) -> tuple[str | None, ...]:
        """The teams that a team is shown together with; itself alone if it is shown by itself."""
        return self.joined.teams if self.joined is not None and team in self.joined.teams else (team,)


class MonthlyCause(NamedTuple):
    """How many findings of a rule there are in each month of ``Months.months``."""

    code: str
    findings: tuple[int, ...]


class Months(NamedTuple):
    """The causes month by month: ``months`` are first days of months, ``lost_days`` the days of expected loss in each.

    A finding belongs to the month in which the step should have been taken, a lost day to its own.
    """

    months: tuple[Day, ...]
    causes: tuple[MonthlyCause, ...]
    lost_days: tuple[int, ...]


class Source(NamedTuple):
    """A file that was read. Every one of its ``rows`` is either used or reported."""

    table: str
    file: str
    sheet: str | None
    sha256: str
    rows: int
    rows_used: int

    @property
    def place(self) -> str:
        """The file, and the sheet in it, as a Danish reader is told."""
        return place_of(self.file, self.sheet)

    @property
    def rows_reported(self) -> int:
        """The rows that are not used; a data finding tells of each."""
        return self.rows - self.rows_used


class ParameterUsed(NamedTuple):
    """A number of the law as it was used: its dates, how sure it is, its source, and whether it was overridden."""

    name: str
    title: str
    value: object
    first: Day | None
    last: Day | None
    certainty: str
    citation: str
    overridden: bool


class CodeTotal(NamedTuple):
    """What one rule found over all cases. Findings overlap: ``touched`` does not add up, ``alone`` is its own only."""

    code: str
    findings: int
    cases: int
    touched_days: int
    touched_refund: int | None
    alone_days: int
    alone_refund: int | None


class TeamTotal(NamedTuple):
    """One team's cases, cases with an expected loss, and the refund it is expected to lose."""

    team: str | None
    cases: int
    error_with_loss: int
    refund_lost: int | None


class Amounts(NamedTuple):
    """Days and øre of one kind of loss over all cases."""

    days: int
    paid: int | None
    refund_lost: int | None


class Stepped(NamedTuple):
    """What all cases come to when they are judged anew with another value of a number, as ``ParameterUsed`` has it."""

    value: object
    expected: Amounts
    discretionary: Amounts


class Reading(NamedTuple):
    """A number of the law that is a reading, one step stricter and one looser; ``None`` where there is no such step."""

    name: str
    stricter: Stepped | None
    looser: Stepped | None


class Summary(NamedTuple):
    """The municipality as a whole: § 7's counts and the exposure. Every total is a sum of lines."""

    cases: int
    outcomes: Mapping[Outcome, int]
    expected: Amounts
    discretionary: Amounts
    documentation: Amounts
    running_per_day: int | None
    unpaid_days: int | None
    unpriced_days: int | None
    by_code: tuple[CodeTotal, ...]
    by_team: tuple[TeamTotal, ...]
    rests_on: tuple[tuple[str, Amounts], ...]

    @property
    def kinds(self) -> tuple[Amounts, Amounts, Amounts]:
        """The three kinds of loss, the surest first."""
        return self.expected, self.discretionary, self.documentation

    @property
    def paid_known(self) -> bool:
        """Whether there are any payments to price days by."""
        return self.expected.paid is not None


@dataclass(frozen=True, slots=True)
class Run:
    """The facts of the run: what was read, with which law, and what was not checked and why."""

    version: str
    digest: str
    synthetic: bool
    municipality_code: str | None
    municipality_name: str | None
    ruleset: str
    window: Period
    cutoff: Day
    cutoff_from: tuple[Source, int, str] | None
    """Source, row and column of the value that set the cutoff; ``None`` if it was given."""
    parameters: tuple[ParameterUsed, ...]
    sources: Mapping[int, Source]
    """The files that were read, each by the number that rows and evidence know it by; in order."""
    left_out: tuple[str, ...]
    """The files that could not be read; ``warnings`` say why."""
    plugins: tuple[tuple[str, str], ...]
    rules_run: tuple[str, ...]
    not_run: tuple[tuple[str, str], ...]
    ignored: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    crashes: tuple[tuple[str, str | None], ...]
    cases_outside_window: int
    complete: bool

    @property
    def rules_shown(self) -> frozenset[str]:
        """The rules that were run and whose findings are shown."""
        return frozenset(self.rules_run) - {code for code, _ in self.ignored}


class Supervised(NamedTuple):
    """What a further supervision came to, by its name. ``summary`` and ``cases`` are ``None`` where it judges no cases.

    ``measures`` are plain values that stand beside them in the JSON report. ``beside`` is what the supervision hands
    on to its own plugin's sections and commands.
    """

    name: str
    title: str
    summary: Summary | None
    cases: tuple[CaseResult, ...] | None
    measures: Mapping[str, object]
    beside: object = None


class Combined(NamedTuple):
    """All supervisions together: the expected loss, no day counted twice, and the days that more than one expects."""

    expected: Amounts
    shared_days: int


class Remaining(NamedTuple):
    """What is lost by another count than the run's own: the three kinds, and øre a day still running."""

    expected: Amounts
    discretionary: Amounts
    documentation: Amounts
    running_per_day: int | None

    @property
    def kinds(self) -> tuple[Amounts, Amounts, Amounts]:
        """The three kinds of loss, the surest first."""
        return self.expected, self.discretionary, self.documentation


class Recounted(NamedTuple):
    """What a case loses by another count than the run's own; ``running_per_day`` in øre."""

    kinds: tuple[Loss, Loss, Loss]
    running_per_day: int | None


class Stands(NamedTuple):
    """How the questions to a person stand. The evidence of ``expired`` judgements has changed since.

    ``open`` questions are those of discretion and of notes that nobody has judged, or not as they are now.
    """

    accepted: int
    refused: int
    expired: int
    open: int


class Assessed(NamedTuple):
    """What is lost when the judgements of persons are followed: ``after``, and of each case they move days in.

    ``stands`` has the cases with a question or a judgement; ``gone`` judgements are of findings this run has not.
    """

    after: Remaining
    cases: Mapping[str, Recounted]
    stands: Mapping[str, Stands]
    gone: int

    @property
    def total(self) -> Stands:
        """How the questions of all cases stand."""
        return Stands(*map(sum, zip(Stands(0, 0, 0, 0), *self.stands.values(), strict=True)))


class Broken(NamedTuple):
    """A gate that broke: its key in ``[gate]``, and a Danish sentence with its figure."""

    gate: str
    sentence: str


class KeptRun(NamedTuple):
    """A run as the history keeps it: what it is known by, and its findings in the report's order."""

    key: str
    findings: tuple[Remembered, ...]


@dataclass(frozen=True, slots=True)
class Nightly:
    """How the report stands against what was known and accepted before.

    ``today`` is the day waivers and gates were judged by, where any were. ``after_waivers`` is ``None`` without
    waivers; ``compared`` tells whether there was anything known to compare with. ``fixed`` are known findings that are
    gone, ``not_seen`` those this run did not look for; ``uses`` tells what became of each waiver. ``run`` is what the
    history keeps, where there is one.
    """

    today: Day | None
    compared: bool
    after_waivers: Remaining | None
    fixed: tuple[Remembered, ...]
    not_seen: tuple[Remembered, ...]
    uses: tuple[Use, ...]
    broken: tuple[Broken, ...]
    run: KeptRun | None = None


class OnlyTeam(NamedTuple):
    """The team that a part of a report is about; ``None`` is the cases without one."""

    name: str | None


class People(NamedTuple):
    """Whose cases they are: the CPR number of each case that has one, ``in_full`` or by its first six digits."""

    in_full: bool
    cpr: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a format needs. ``cases`` are in order of ``sag_id``, ``findings`` in the contract's order.

    ``summary`` and ``cases`` are the visitationstilsyn's alone; ``supervisions`` are the further ones that were run, in
    order of their names, and ``combined`` is all of them together.
    """

    run: Run
    summary: Summary
    cases: tuple[CaseResult, ...]
    findings: tuple[Placed, ...]
    rules: tuple[Rule, ...]
    explanations: Mapping[str, Explanation]
    """What is told of each rule, by its code; those of plugins too."""
    acts: Mapping[str, str]
    """The short name of each act and guidance that is cited, and its full title; those of plugins whose supervisions
    were run too."""
    word_cases: int
    """How many of the costliest cases the Word report tells line by line."""
    combined: Combined
    supervisions: tuple[Supervised, ...] = ()
    sections: tuple[Section, ...] = ()
    nightly: Nightly | None = None
    """How it stands against yesterday; ``None`` where the configuration asks for nothing of the kind."""
    assessed: Assessed | None = None
    """What is lost when the judgements of persons are followed; ``None`` where there is no file of them."""
    upcoming: Upcoming | None = None
    """The deadlines that come soon; ``None`` where no format that is written shows them (``Fact.UPCOMING``)."""
    ledger: tuple[LedgerRow, ...] | None = None
    """What each rule came to in each case, in order of code (``Fact.LEDGER``)."""
    teams: Teams | None = None
    """How the teams compare (``Fact.TEAMS``)."""
    months: Months | None = None
    """The causes month by month (``Fact.MONTHS``)."""
    readings: tuple[Reading, ...] | None = None
    """What the total would be with each number that is a reading one step stricter and looser (``Fact.READINGS``)."""
    word_template: bytes | None = None
    """The municipality's own document, whose paper and styles Word is written with; ``None`` is ours."""
    reader: Reader | None = None
    """Whom Word, Excel and HTML are written for; ``None`` is everybody."""
    team: "OnlyTeam | None" = None
    """The one team whose cases these are, where a report is divided; its totals are those of its cases alone."""
    people: People | None = field(default=None, repr=False)
    """The CPR numbers, where ``[privacy] cpr`` asks for them; formats that may not show them are not given them."""
