"""Findings: what a check found, where it stands in the municipality's own files, and what it costs in days."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from kommunecheck.domain.case import Breach, Case, Lapse
from kommunecheck.domain.days import Day, Days, Period, iso, minus, together
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.records import Interview, Note
from kommunecheck.domain.rule import Certainty, Rule
from kommunecheck.domain.wording import place_of


class Subject(NamedTuple):
    """What a finding is about: ``kind`` is ``sag``, ``kommune``, ``kilde`` or a plugin's own."""

    kind: str
    id: str


class Finding(NamedTuple):
    """A breach of a rule.

    ``date`` is the day the step should have been taken. ``duty`` and ``arose`` (the day the duty arose) are what
    makes two findings the same matter from run to run. The three sets of days are what this finding alone covers,
    after the days that are never lost are taken away. ``rests_on`` names the unverified parameters it turns on.
    """

    rule: Rule
    message: str
    date: Day | None = None
    step: int | None = None
    duty: str = ""
    arose: Day | None = None
    expected: Days = ()
    discretionary: Days = ()
    documentation: Days = ()
    evidence: tuple[Evidence, ...] = ()
    rests_on: tuple[str, ...] = ()
    subject: Subject | None = None
    """``None`` means the case the check was given."""
    runs: bool | None = None
    """Whether its days go on being lost until somebody acts, where that is not just what an expected loss does."""
    period: Period | None = None
    """The days that a finding without lost days is about."""

    @property
    def certainty(self) -> Certainty:
        """The strongest kind of loss the finding carries; ``none`` when every day fell away."""
        if self.expected:
            return Certainty.EXPECTED
        if self.discretionary:
            return Certainty.DISCRETIONARY
        return Certainty.DOCUMENTATION if self.documentation else Certainty.NONE

    @property
    def lost(self) -> Days:
        """The lost days of all three kinds."""
        return together((self.expected, self.discretionary, self.documentation))

    def runs_on(self, cutoff: Day) -> bool:
        """Whether the loss still ran on the cutoff: what the finding says, else whether expected days reach it."""
        days = self.expected if self.runs is None else self.lost if self.runs else ()
        return bool(days) and days[-1].last >= cutoff

    @property
    def days(self) -> tuple[Day, Day] | None:
        """The first and the last lost day, or of the days it is about; ``None`` where there are none."""
        all_days = self.expected + self.discretionary + self.documentation
        if not all_days:
            return self.period
        if len(all_days) == 1:
            return all_days[0]
        return min([first for first, _ in all_days]), max([last for _, last in all_days])


def of_kinds(findings: Sequence[Finding]) -> tuple[Days, Days, Days]:
    """Expected, discretionary and documentation days of all findings together, no day in two of them."""
    expected = together([finding.expected for finding in findings])
    discretionary = minus(together([finding.discretionary for finding in findings]), expected)
    documentation = together([finding.documentation for finding in findings])
    if documentation:
        documentation = minus(documentation, together([expected, discretionary]))
    return expected, discretionary, documentation


SOURCE = "kilde"
"""The kind of subject that is a file."""


def fingerprint(finding: Finding, subject: Subject) -> str:
    """What stays the same while a matter changes: supervision, subject, duty and the day the duty arose.

    Not the code, a row, the text or an amount: a missing interview that is held late is still the same matter.
    """
    arose = "" if finding.arose is None else iso(finding.arose)
    own = "" if subject.kind == SOURCE else subject.id  # a file may get another name: the duty says its table
    parts = (finding.rule.supervision, subject.kind, own, finding.duty or finding.rule.first_name, arose)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def in_order(finding: Finding, subject: Subject) -> tuple[object, ...]:
    """The key that orders the findings of one case: date, code, step, first day, fingerprint; what is blank first."""
    days = finding.days
    first = days[0] if days else 0
    return (finding.date or 0, finding.rule.code, finding.step or 0, first, fingerprint(finding, subject))


def broken_deadline(rule: Rule, case: Case, breach: Breach, message: str, *rows: Evidence) -> Finding:
    """The finding for a deadline that was not kept, with the rows it was counted from and ended by."""
    deadline = breach.deadline
    if deadline.previous is None:
        start = Evidence(case.source, case.row, "anmodningsdato", iso(case.anmodningsdato))
    else:
        start = seen(deadline.previous, "afholdt_dato")
    end = (seen(deadline.held, "afholdt_dato"),) if deadline.held else ()
    return Finding(
        rule,
        message,
        date=deadline.due,
        duty="deadline",
        arose=deadline.start,
        expected=breach.expected,
        discretionary=breach.discretionary,
        evidence=(start, *rows, *end),
        rests_on=breach.rests_on,
    )


def missed_step(rule: Rule, lapse: Lapse, message: str, *columns: str) -> Finding:
    """The finding for a step that was not done in time, with the columns of the interview's row that show it."""
    proof = lapse.proof
    shown: tuple[Evidence, ...] = ()
    if proof is not None and proof.shown_by is not lapse.interview:
        later = proof.shown_by
        column = "dato" if isinstance(later, Note) else "afholdt_dato"
        shown = (Evidence(later.source, later.row, column, iso(proof.day)),)
    return Finding(
        rule,
        message,
        date=lapse.interview.afholdt_dato,
        step=lapse.step,
        duty=f"step{lapse.step}",
        arose=lapse.interview.afholdt_dato,
        expected=lapse.expected,
        documentation=lapse.documentation,
        evidence=(*(seen(lapse.interview, column) for column in ("afholdt_dato", *columns)), *shown),
        rests_on=lapse.rests_on,
    )


def with_quotes(finding: Finding) -> str:
    """What a finding says, with the sentences of notes it rests on where the configuration asks for them."""
    quotes = [cell.quote for cell in finding.evidence if cell.quote]
    return " ".join((finding.message, *(f"I notatet står: »{masked(quote)}«" for quote in dict.fromkeys(quotes))))


def seen(row: Interview, column: str) -> Evidence:
    """A cell of an interview's row as evidence; its value is told only where it is a date, a code or yes/no."""
    value = getattr(row, column) if column.endswith("_dato") else getattr(row.content, column)
    if column.endswith("_dato"):
        text = None if value is None else iso(value)
    elif isinstance(value, bool):
        text = "ja" if value else "nej"
    else:
        text = value if column in ("type", "status") else None
    return Evidence(row.source, row.row, column, text)


def of_problem(rule: Rule, problem: Problem, sentence: str) -> Finding:
    """The finding for a row or value that could not be used: where it stands, and what to do.

    A row of no case is a finding about its file.
    """
    first = problem.evidence[0]
    place = f"{place_of(problem.file, problem.sheet)}, række {first.row}, kolonne {first.column}: "
    found = Finding(rule, place + sentence, date=problem.date, evidence=problem.evidence)
    if problem.sag_id is not None:
        return found
    return found._replace(subject=Subject(SOURCE, problem.file), duty=f"{rule.first_name} {problem.table}")
