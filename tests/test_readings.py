"""Each reading one step stricter and looser: what is told is what a run with that number comes to."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from alone import lilleby_alone
from random_cases import random_tables
from test_against_reference import SIZES, configuration, write_tables

from kommunecheck import app
from kommunecheck.config import Parameters, read_law
from kommunecheck.domain.report import Fact, Report
from kommunecheck.testing import the_law

LILLEBY = lilleby_alone()
ASKED = frozenset({Fact.READINGS})


def as_told(report: Report) -> dict[tuple[str, object], tuple[object, object]]:
    """What each number and value is said to come to."""
    return {
        (reading.name, stepped.value): (stepped.expected, stepped.discretionary)
        for reading in report.readings or ()
        for stepped in (reading.stricter, reading.looser)
        if stepped is not None
    }


def test_in_lilleby_each_step_is_what_a_run_with_it_comes_to(tmp_path: Path) -> None:
    told = as_told(app.check(LILLEBY, app.Options(facts=ASKED)))
    assert len(told) == 12
    folder = tmp_path / "lilleby"
    shutil.copytree(LILLEBY, folder)
    config = folder / "kommunecheck.toml"
    before = config.read_text(encoding="utf-8")
    for (name, value), amounts in told.items():
        config.write_text(f"{before}\n[parameters]\n{name} = {value}\n", encoding="utf-8")
        summary = app.check(folder).summary
        assert amounts == (summary.expected, summary.discretionary), (name, value)


@pytest.mark.parametrize("seed", range(5))
def test_on_the_boundaries_each_step_is_what_a_run_with_it_comes_to(seed: int, tmp_path: Path) -> None:
    tables, first, to, cutoff, parameters = random_tables(seed, SIZES)
    write_tables(tables, tmp_path)
    config = tmp_path / "kommunecheck.toml"
    config.write_text(configuration(parameters), encoding="utf-8")
    options = app.Options(first, to, cutoff)
    for (name, value), amounts in as_told(app.check(tmp_path, app.Options(first, to, cutoff, facts=ASKED))).items():
        other = date.fromisoformat(value) if isinstance(value, str) else value
        config.write_text(configuration({**parameters, name: other}), encoding="utf-8")
        summary = app.check(tmp_path, options).summary
        assert amounts == (summary.expected, summary.discretionary), (name, value)


def test_a_step_is_data_beside_the_number_and_every_reading_has_one() -> None:
    for parameter in read_law().parameters.values():
        assert parameter.step is not None
        assert parameter.step.size > 0
        assert parameter.step.stricter in (1, -1)


def test_a_number_that_is_no_reading_is_not_stepped_unless_the_municipality_set_it() -> None:
    assert "interval_months" not in {name for name, _ in as_told(app.check(LILLEBY, app.Options(facts=ASKED)))}
    law = read_law(Parameters(interval_months=2))
    assert law.parameters["interval_months"].certainty == "unverified"


def test_no_step_goes_further_than_there_is() -> None:
    none_left = the_law(registration_workdays=0).parameters["registration_workdays"]
    assert none_left.stepped(stricter=True) is None
    looser = none_left.stepped(stricter=False)
    assert looser is not None
    assert looser.value == 1
    one_month = the_law(first_interview_months=1).parameters["first_interview_months"]
    assert one_month.stepped(stricter=True) is None


def test_stricter_is_never_cheaper_in_lilleby() -> None:
    report = app.check(LILLEBY, app.Options(facts=ASKED))
    lost = report.summary.expected.refund_lost
    assert lost is not None
    for reading in report.readings or ():
        for stepped, sign in ((reading.stricter, 1), (reading.looser, -1)):
            assert stepped is not None
            assert stepped.expected.refund_lost is not None
            assert (stepped.expected.refund_lost - lost) * sign >= 0, reading.name


def test_without_payments_days_are_told_and_no_amounts(tmp_path: Path) -> None:
    folder = tmp_path / "lilleby"
    shutil.copytree(LILLEBY, folder)
    (folder / "udbetalinger.csv").unlink()
    report = app.check(folder, app.Options(facts=ASKED))
    for reading in report.readings or ():
        assert reading.stricter is not None
        assert reading.stricter.expected.refund_lost is None
        assert reading.stricter.expected.days > 0
