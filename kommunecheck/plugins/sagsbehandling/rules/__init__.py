"""The rules of the supervision, one module a rule. Those of an application look at one course, the others at all."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from kommunecheck.domain.days import Period
from kommunecheck.domain.finding import Finding
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course
from kommunecheck.plugins.sagsbehandling.rules import (
    dead_period,
    late_decision,
    low_share,
    missing_deadline,
    missing_guidance,
    missing_hearing,
    missing_note,
    missing_notice,
    missing_reasons,
    missing_receipt,
    notice_without_day,
    notices,
    oral_decision,
    promise_not_kept,
)
from kommunecheck.ports import Check


class ApplicationRule(Check, Protocol):
    """Looks at one application, as it was known on the cutoff. Which findings lie in the window is told later."""

    def check(self, course: Course, law: Law) -> Iterator[Finding]:
        """The breaches of the rule in this application."""


class MunicipalityRule(Check, Protocol):
    """Looks at all applications that were received by the cutoff."""

    def check(self, courses: Sequence[Course], window: Period, law: Law) -> Iterator[Finding]:
        """The breaches of the rule by the municipality."""


OF_APPLICATIONS: tuple[ApplicationRule, ...] = (
    late_decision,
    missing_notice,
    notice_without_day,
    promise_not_kept,
    missing_receipt,
    dead_period,
    missing_hearing,
    missing_reasons,
    missing_guidance,
    oral_decision,
    missing_note,
)
OF_THE_MUNICIPALITY: tuple[MunicipalityRule, ...] = (low_share, notices, missing_deadline)
RULES: tuple[Check, ...] = (*OF_APPLICATIONS, *OF_THE_MUNICIPALITY)
