"""The account of what was checked: every rule adds up to the cases, and what is said of a case is so."""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from alone import LILLEBY as WHOLE_LILLEBY
from alone import lilleby_alone
from test_against_reference import random_municipality

from kommunecheck import app
from kommunecheck.checks import late_interview
from kommunecheck.demo import write_demo
from kommunecheck.domain.report import Fact, LedgerRow, Outcome, Report
from kommunecheck.intake.applicable import aspects_of
from kommunecheck.intake.cases import lay_out, pieces
from kommunecheck.intake.screen import unscreened
from kommunecheck.law.deadlines import chain as deadlines
from kommunecheck.law.measure import measure
from kommunecheck.reading import read_records

LILLEBY = lilleby_alone()
ASKED = app.Options(facts=frozenset({Fact.LEDGER}))


@cache
def lilleby() -> Report:
    return app.check(LILLEBY, ASKED)


def account(report: Report) -> dict[str, LedgerRow]:
    assert report.ledger is not None
    return {row.code: row for row in report.ledger}


def test_every_rule_adds_up_to_the_cases() -> None:
    report = lilleby()
    rows = account(report)
    assert all(sum(row.counts) == row.cases == report.summary.cases for row in rows.values())
    assert set(rows) == {rule.code for rule in report.rules} - {"VT405"}  # which is asked of the municipality


def test_what_is_found_is_what_the_findings_say() -> None:
    report = lilleby()
    cases = {(one.finding.rule.code, one.sag_id) for one in report.findings if one.sag_id is not None}
    found = Counter(code for code, _ in cases)
    assert {code: row.found for code, row in account(report).items() if row.found} == dict(found)


def test_of_a_further_supervision_a_case_that_fell_out_or_was_not_assessed_is_not_one_with_nothing_found() -> None:
    report = app.check(WHOLE_LILLEBY, ASKED)
    own = next(one.summary for one in report.supervisions if one.name == "raadighed")
    rows = {code: row for code, row in account(report).items() if code.startswith("RT")}
    assert own is not None
    assert all(sum(row.counts) == row.cases == own.cases for row in rows.values())
    assert rows["RT108"].not_applicable == own.outcomes[Outcome.WITHDRAWN] > 0
    assert rows["RT108"].not_assessable == own.outcomes[Outcome.NOT_ASSESSED] > 0
    assert "RT301" not in rows, "which is asked of the municipality"


def test_a_rule_that_is_not_shown_is_counted_all_the_same() -> None:
    hidden = app.check(LILLEBY, replace(ASKED, ignore=("VT1",)))
    assert account(hidden) == account(lilleby())


def test_a_rule_that_is_not_run_can_be_assessed_nowhere_and_says_why(tmp_path: Path) -> None:
    write_demo(tmp_path, 60, 2)
    (tmp_path / "udbetalinger.csv").unlink()
    row = account(app.check(tmp_path, ASKED))["VT401"]
    assert row.not_assessable == row.cases > 0
    assert row.reason == "tabellen udbetalinger er ikke med"


def test_a_rule_that_crashes_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    before = account(lilleby())["VT101"]

    def crash(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(late_interview, "check", crash)
    row = account(app.check(LILLEBY, ASKED))["VT101"]
    assert row.crashed > 0 == row.found
    assert row.not_applicable == before.not_applicable
    assert sum(row.counts) == row.cases


def test_a_case_that_cannot_be_measured_has_been_checked_by_no_rule_of_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("kommunecheck.engine.measure", crash)
    rows = account(app.check(LILLEBY, ASKED))
    assert rows["VT101"].crashed == rows["VT403"].crashed > 10
    assert rows["DQ003"].crashed == 0


def test_nobody_asks_for_it_for_a_json_report() -> None:
    assert app.check(LILLEBY).ledger is None


@pytest.mark.parametrize("start", [0, 10])
def test_what_there_is_to_look_at_is_told_by_column_as_it_would_be_case_by_case(start: int, tmp_path: Path) -> None:
    for seed in range(start, start + 10):
        folder, options = random_municipality(seed, tmp_path)
        options = replace(options, facts=ASKED.facts)
        setup = app.set_up(folder, options)
        _, records, audit = read_records(setup, options)
        told = dict(zip(records.names, aspects_of(records, audit, setup.law), strict=True))
        usable = records.sager["anmodningsdato"].is_not_null()
        for laid in chain.from_iterable(
            lay_out(make()) for make in pieces(records, audit, unscreened(len(records.names)), usable)
        ):
            if not laid.case.in_window:
                continue
            case = measure(laid.case, setup.law, frozenset({1, 2, 3}))
            due = [
                one
                for one in deadlines(case, setup.law)
                if audit.window.first <= one.due <= audit.window.last and (one.held or one.sunday <= case.last)
            ]
            expected = {"case"} | ({"exclusion"} if case.withdrawn or case.excluded else set())
            if not case.withdrawn:
                expected |= {"deadlines"} if due else set()
                expected |= {"steps", "unpaid"} if case.judged else {*()}
                expected |= {"absence"} if not case.held else set()
            assert told[case.sag_id] == expected, f"seed {seed}"
        report = app.run(setup, options)
        assert report.ledger is not None
        assert all(sum(row.counts) == row.cases == report.summary.cases for row in report.ledger)


def test_a_finding_is_always_of_something_there_was_to_look_at(tmp_path: Path) -> None:
    write_demo(tmp_path, 400, 9)
    setup = app.set_up(tmp_path)
    _, records, audit = read_records(setup, app.Options())
    told = dict(zip(records.names, aspects_of(records, audit, setup.law), strict=True))
    looks_at = {check.RULE.code: check.JUDGES for check in setup.plugins.checks}
    report = app.check(tmp_path)
    for case in report.cases:
        for finding in case.findings:
            assert looks_at[finding.rule.code] in told[case.sag_id], (finding.rule.code, case.sag_id)
