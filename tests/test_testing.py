"""The builders themselves: what they say is sound is sound, and a mistake in a test is not swallowed."""

import textwrap
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from kommunecheck import testing
from kommunecheck.checks import CHECKS
from kommunecheck.domain.case import Case
from kommunecheck.domain.days import day_of
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.report import Outcome
from kommunecheck.domain.rule import Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.testing import a_case, codes_of, findings_of, held, illness, judged, note, payment, spans, the_law

OWN_RULE = Rule("XX101", "egen-regel", "En regel af vores egen", Severity.ERROR, ("BEK 1714/2006 § 1",))


def a_check(check: Any) -> Any:
    """A check module of a plugin author's, made of one function."""
    return SimpleNamespace(RULE=OWN_RULE, NEEDS=("sager.team",), JUDGES="case", EXPLAIN=None, check=check)


def test_the_example_in_the_docstring_is_true() -> None:
    lines = (testing.__doc__ or "").splitlines()
    code = textwrap.dedent("\n".join(line for line in lines if line.startswith("    ")))
    assert "assert" in code
    exec(code, vars(testing) | {})  # noqa: S102 - it is our own docstring


def test_a_case_told_in_no_words_is_sound() -> None:
    result = judged(a_case("2007-12-01"))
    assert (result.outcome, result.findings, result.fully_assessed) == (Outcome.NO_CRITICISM, (), True)


def test_an_interview_told_in_no_words_has_every_step_in_order() -> None:
    assert codes_of(a_case("2007-10-01", interviews=[held("2007-12-03")])) == []


def test_a_case_is_paid_100_kroner_a_day_as_long_as_it_runs() -> None:
    (paid,) = a_case("2007-12-01", ended="2007-12-10").payments
    assert (paid.fra, paid.til, paid.beloeb) == (day_of("2007-12-01"), day_of("2007-12-10"), 1_000_00)
    assert list(a_case("2007-12-01", payments=[]).payments) == []


def test_a_day_is_a_text_a_date_or_a_number() -> None:
    told = [a_case(day, interviews=[held(day)]) for day in ("2007-12-03", date(2007, 12, 3), day_of("2007-12-03"))]
    assert told[0] == told[1] == told[2]


def test_a_payment_wholly_outside_the_case_counts_nowhere() -> None:
    paid = [payment("2007-11-01", "2007-11-30", "1,00"), payment("2007-11-30", "2007-12-01", "1,00")]
    assert spans(a_case("2007-12-01", payments=paid).paid) == [("2007-11-30", "2007-12-01")]


def test_rows_know_their_place_and_interviews_have_an_id_each() -> None:
    case = a_case(
        "2007-01-08",
        interviews=[held("2007-03-05"), held("2007-06-04", id="B"), held("2007-09-03")],
        circumstances=[illness("2007-02-01")],
        notes=[note("2007-03-05"), note("2007-03-06")],
    )
    assert [(row.row, row.samtale_id) for row in case.interviews] == [(2, "S1-002"), (3, "B"), (4, "S1-004")]
    assert [row.row for row in case.circumstances] == [2]
    assert [row.row for row in case.notes] == [2, 3]


def test_an_amount_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no amount"):
        payment("2007-01-01", "2007-01-31", "ca. 9000")


def test_a_parameter_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="interval_month"):
        the_law(interval_month=3)


def test_a_case_outside_the_window_is_not_judged() -> None:
    with pytest.raises(LookupError, match="window"):
        judged(a_case("2008-01-01", cutoff="2008-12-31"))


def test_a_check_of_ones_own_is_run_beside_ours_or_alone() -> None:
    def every_case(case: Case, law: Law) -> Iterator[Finding]:  # noqa: ARG001 - what every check is given
        yield Finding(OWN_RULE, "Sagen er set.", date=case.anmodningsdato)

    case, own = a_case("2007-12-01", team="Nord"), a_check(every_case)
    assert [finding.rule.code for finding in judged(case, checks=[own]).findings] == ["XX101"]
    assert [finding.rule.code for finding in judged(case, checks=[*CHECKS, own]).findings] == ["XX101"]
    assert judged(case, checks=[own], without=["sager.team"]).findings == ()


def test_a_check_that_crashes_is_a_mistake_in_a_test() -> None:
    def crash(case: Case, law: Law) -> Iterator[Finding]:  # noqa: ARG001 - what every check is given
        raise ZeroDivisionError

    with pytest.raises(RuntimeError, match="XX101"):
        judged(a_case("2007-12-01"), checks=[a_check(crash)])


def test_findings_are_found_by_the_beginning_of_their_code() -> None:
    case = a_case("2007-01-08", interviews=[held("2007-03-05", category=None)], payments=[])
    assert codes_of(case) == ["VT201", "VT401", "VT102"]
    assert [finding.rule.code for finding in findings_of(case, "VT1")] == ["VT102"]
    assert [finding.rule.code for finding in findings_of(case, "VT401")] == ["VT401"]
