"""The ends of the calendar: 9999-12-31, the usual word for an open end, and the first day there is."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alone import lilleby_alone
from hypothesis import given
from hypothesis import strategies as st
from test_kontrolsager import a_case as a_control_case
from test_kontrolsager import in_files, judged, trin_of
from test_upcoming import coming

from kommunecheck.benchmark.fitting import length
from kommunecheck.cli import run
from kommunecheck.comparing import by_month
from kommunecheck.domain.days import NO_END, Period, day_of, iso, union
from kommunecheck.domain.months import whole_months
from kommunecheck.domain.report import NO_EXPOSURE, NO_LOSS, CaseResult, Outcome
from kommunecheck.domain.section import Lane, Lanes
from kommunecheck.law.calendar import months_after
from kommunecheck.plugins.sagsbehandling.complaints import quarter_of, quarters
from kommunecheck.reports.benchmark.words import period
from kommunecheck.reports.pictures.of_section import drawn
from kommunecheck.testing import a_case

LILLEBY = lilleby_alone()
FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"


def losing(*runs: Period) -> CaseResult:
    """A case that loses the days of these runs."""
    exposure = NO_EXPOSURE._replace(expected=NO_LOSS._replace(periods=union(runs)))
    return CaseResult("S", None, Outcome.ERROR_WITH_LOSS, True, (), exposure)


def days_from(first: str, last: str) -> Period:
    return Period(day_of(first), day_of(last))


RUNS = st.builds(
    lambda first, many: Period(first, min(first + many, NO_END)), st.integers(NO_END - 900, NO_END), st.integers(0, 400)
)


@given(st.lists(st.lists(RUNS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_lost_days_stand_in_their_months_to_the_last_day_there_is(given: list[list[Period]]) -> None:
    cases = [losing(*runs) for runs in given]
    told = by_month((), cases)
    runs = [run for case in cases for run in case.exposure.expected.periods]
    counted = Counter(iso(day)[:7] for run in runs for day in range(run.first, run.last + 1))
    shown = dict(zip((iso(month)[:7] for month in told.months), told.lost_days, strict=True))
    assert {month: many for month, many in shown.items() if many} == counted
    assert (min(shown), max(shown)) == (min(counted), max(counted))


def test_many_long_losses_take_no_longer_than_the_months_there_are() -> None:
    """Month by month in each case it would be half a billion."""
    told = by_month((), [losing(days_from("2007-05-03", LAST_DAY))] * 5000)
    assert (len(told.months), told.lost_days[0], told.lost_days[-1]) == (95_912, 29 * 5000, 31 * 5000)


def test_months_are_counted_to_both_ends() -> None:
    assert months_after(day_of("9999-11-30"), 3) == NO_END
    assert iso(months_after(day_of("0001-01-31"), -1)) == FIRST_DAY


@given(st.integers(day_of("2003-01-01"), day_of("2009-01-01")), st.integers(1, 800))
def test_a_period_is_whole_months_where_the_day_after_it_is_of_the_same_date(first: int, many: int) -> None:
    begins, after = date.fromordinal(first), date.fromordinal(first + many)
    months = (after.year - begins.year) * 12 + after.month - begins.month
    expected = months if begins.day == after.day else None
    assert whole_months(Period(first, first + many - 1)) == expected


def test_periods_to_the_last_day_have_their_length_and_name() -> None:
    assert length(days_from("9999-01-01", LAST_DAY)) == ("months", 12)
    assert period(days_from("9999-10-01", LAST_DAY)) == "4. kvartal 9999"


def test_the_last_quarter_has_its_days() -> None:
    assert quarter_of(NO_END).days == days_from("9999-10-01", LAST_DAY)
    assert [one.name for one in quarters(days_from("9999-07-15", LAST_DAY))] == ["9999-Q3", "9999-Q4"]


def test_a_deadline_after_the_last_day_does_not_come() -> None:
    """The Sunday of the week it is due in lies in the year 10000."""
    assert coming(a_case("9999-09-21", cutoff="9999-12-20")) is not None
    assert coming(a_case("9999-09-29", cutoff="9999-12-20")) is None


# Pictures


def lanes(first: str, last: str) -> str:
    return str(drawn("b", Lanes("Tid", ("dage",), (Lane("A", ((days_from(first, last), 0),)),))).svg)


def test_a_picture_of_days_goes_to_the_last_one() -> None:
    assert ">9999</text>" in lanes("9999-06-01", LAST_DAY)


def test_a_picture_of_thousands_of_years_names_as_many_as_there_is_room_for() -> None:
    svg = lanes("2007-01-01", LAST_DAY)
    assert [str(year) in svg for year in range(4000, 9000, 2000)] == [True] * 3
    assert len(svg) < 5000
    assert ">2010</text>" in lanes("2007-01-01", "2040-01-01")


# Kontrolsager


def test_control_cases_of_the_last_month_are_judged_and_no_month_comes_after_it(tmp_path: Path) -> None:
    rows = [a_control_case(number, "9999-11-03") for number in range(3)]
    rows.append(a_control_case(3, "9999-11-03", fjernet=LAST_DAY))
    ruling = judged(rows)
    assert ruling.supervised.measures["cutoff"] == LAST_DAY
    assert (trin_of(ruling)["to_draw"], trin_of(ruling)["to_draw_next"]) == (1, None)
    page = tmp_path / "r.html"
    assert run(["check", str(in_files(tmp_path, *rows)), "-o", str(page)]) == 0
    assert "Trin 3" in page.read_text(encoding="utf-8")


def test_the_cell_that_adds_years_of_months_is_named() -> None:
    rows = [a_control_case(1, "2022-01-03"), a_control_case(7, "2022-01-04", fjernet="2041-12-31")]
    (warning,) = judged(rows).warnings
    assert "31. december 2041, i række 7, kolonne fjernet_dato, og den næstseneste er 4. januar 2022" in warning


# The whole program


@pytest.fixture
def open_ended(tmp_path: Path) -> Path:
    """Lilleby where an interview was registered on the last day there is, and nobody gives a cutoff."""
    folder = tmp_path / "lilleby"
    folder.mkdir()
    for file in LILLEBY.glob("*.csv"):
        if file.stem in ("sager", "samtaler", "udbetalinger"):
            (folder / file.name).write_bytes(file.read_bytes())
    rows = (folder / "samtaler.csv").read_text(encoding="utf-8").split("\n")
    cells = rows[2].split(";")
    cells[rows[0].split(";").index("registreret_dato")] = LAST_DAY
    rows[2] = ";".join(cells)
    (folder / "samtaler.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_every_report_is_written_and_names_the_cell(open_ended: Path, capsys: Any) -> None:
    files = [open_ended.parent / f"r.{ending}" for ending in ("html", "docx", "md", "json", "ics")]
    assert run(["check", str(open_ended), *(word for file in files for word in ("-o", str(file)))]) == 1
    assert all(file.exists() for file in files)
    told = [" ".join(capsys.readouterr().out.split())]
    told += [(open_ended.parent / f"r.{ending}").read_text(encoding="utf-8") for ending in ("html", "md", "json")]
    for one in told:
        assert f"Opgørelsesdagen {LAST_DAY} kommer fra samtaler.csv, række 3, kolonne registreret" in one


@pytest.mark.parametrize("asked", [(LAST_DAY, "30"), ("2007-06-01", "99999999999")])
def test_waivers_are_listed_to_the_last_day(tmp_path: Path, asked: tuple[str, str]) -> None:
    folder = in_files(tmp_path, a_control_case(1, "2022-01-03"))
    (folder / "kommunecheck.toml").write_text('[waivers]\nfile = "waivers.toml"\n', encoding="utf-8")
    waiver = 'id="A1"\ncodes=["VT203"]\nsag_id="S1"\nreason="x"\nlegal_basis="x"\nauthor="a"\napproved_by="b"\n'
    (folder / "waivers.toml").write_text(f"[[waivers]]\n{waiver}expires=2007-12-31\n", encoding="utf-8")
    assert run(["waiver", "list", str(folder), "--today", asked[0], "--expiring-in", asked[1]]) == 0
