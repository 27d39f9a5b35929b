"""``[gate]``: what must not pass in silence. Each gate that breaks is named, with its figure."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from kommunecheck.config import Gate
from kommunecheck.domain.days import Day
from kommunecheck.domain.report import Broken, Outcome, Report
from kommunecheck.domain.wording import kroner, number, rate, share, whole


class Counted(NamedTuple):
    """What the gates look at beside the report: the findings that nobody has accepted, and what is new of them.

    ``expected`` is the expected loss after waivers and ``new_loss`` what new findings and growth cost, in øre.
    """

    findings: int
    new: int
    expected: int | None
    new_loss: int | None


def broken_gates(gate: Gate, report: Report, counted: Counted, today: Day | None) -> tuple[Broken, ...]:
    """The gates that broke, in the order of the configuration's keys."""
    return tuple(_broken(gate, report, counted, today))


def _broken(gate: Gate, report: Report, counted: Counted, today: Day | None) -> Iterator[Broken]:
    yield from _at_most("max_findings", gate.max_findings, counted.findings, "fund, som tæller", "fund, som tæller")
    yield from _at_most("max_new", gate.max_new, counted.new, "nyt fund", "nye fund")
    yield from _costs("max_expected_loss", gate.max_expected_loss, counted.expected, "Det forventede tab")
    yield from _costs("max_new_loss", gate.max_new_loss, counted.new_loss, "Det nye tab")
    outcomes, cases = report.summary.outcomes, report.summary.cases
    errors = outcomes[Outcome.ERROR_WITH_LOSS] + outcomes[Outcome.ERROR_WITHOUT_LOSS]
    if gate.max_error_share is not None and cases and Fraction(errors, cases) > gate.max_error_share:
        told = f"{whole(errors)} af {number(cases, 'sag', 'sager')} har fejl, {share(errors, cases)}"
        yield Broken("max_error_share", f"{told}; det må højst være {rate(gate.max_error_share)}.")
    seen = cases + report.run.cases_outside_window
    if gate.min_cases is not None and seen < gate.min_cases:
        yield Broken(
            "min_cases", f"Udtrækket har {number(seen, 'sag', 'sager')}; der skal være mindst {gate.min_cases}."
        )
    absent = [code for code in gate.must_run if code not in report.run.rules_run]
    if absent:
        yield Broken("must_run", f"{', '.join(absent)} er ikke kørt.")
    if gate.max_export_age_days is not None and today is not None:
        age = today - report.run.cutoff
        if age > gate.max_export_age_days:
            yield Broken(
                "max_export_age_days",
                f"Udtrækket er {number(age, 'dag', 'dage')} gammelt; det må højst være {gate.max_export_age_days}.",
            )


def _at_most(gate: str, most: int | None, got: int, one: str, more: str) -> Iterator[Broken]:
    if most is not None and got > most:
        yield Broken(gate, f"Der er {number(got, one, more)}; der må højst være {most}.")


def _costs(gate: str, most: int | None, got: int | None, what: str) -> Iterator[Broken]:
    if most is None:
        return
    if got is None:
        yield Broken(gate, f"{what} kendes ikke, for der er ingen udbetalinger med.")
    elif got > most:
        yield Broken(gate, f"{what} er {kroner(got)}; det må højst være {kroner(most)}")
