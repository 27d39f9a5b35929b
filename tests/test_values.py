"""One cell of text to one value: every way of writing that the contract names, and nothing guessed."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunecheck.domain.days import Day, day_of, iso
from kommunecheck.intake.values import fold, read_amount, read_date, read_text, read_yes_no, valid_cpr

# Dates


@pytest.mark.parametrize(
    "written",
    [
        "2007-03-31", "31-03-2007", "31.03.2007", "31/03/2007", "20070331",
        "2007-03-31 00:00:00", "2007-03-31T00:00:00", "2007-03-31 08:15", "31-03-2007 08:15", "2007-03-31 00:00:00.000",
        "31-03-2007 08.15", "31-03-2007 00.00.00",
        "  2007-03-31  ",
    ],
)  # fmt: skip
def test_the_ways_to_write_a_date_are_read(written: str) -> None:
    assert read_date(written) == day_of("2007-03-31")


@pytest.mark.parametrize(
    "written",
    [
        "31-02-2007", "29-02-2007", "2007-13-01", "2007-00-10", "00-01-2007", "32.01.2007",
        "03/31/2007", "31-03-07", "070331", "31-03.2007", "2007-03", "2007", "31. marts 2007", "2007/31/03",
        "ca. 2007-03-31", "2007-03-31 eller senere", "#N/A", "39172", "-", "ukendt", "2007-03-31 25 minutter",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_guessed(written: str) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize(("written", "read"), [("29-02-2008", "2008-02-29"), ("28-02-2007", "2007-02-28")])
def test_the_last_day_of_february_follows_the_year(written: str, read: str) -> None:
    assert iso(read_date(written)) == read


WAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%Y%m%d", "%Y-%m-%d 00:00:00", "%Y-%m-%dT23:59:59")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(WAYS))
def test_every_date_comes_back_from_every_way_of_writing(day: date, way: str) -> None:
    assert read_date(day.strftime(way)) == day.toordinal()


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1900, 2099), st.sampled_from("-./"))
def test_three_numbers_are_a_date_or_nothing(day: int, month: int, year: int, separator: str) -> None:
    read = read_date(f"{day:02}{separator}{month:02}{separator}{year}")
    try:
        assert read == date(year, month, day).toordinal()
    except ValueError:
        assert read is None


# Amounts


@pytest.mark.parametrize(
    ("written", "oere"),
    [
        ("8.959,00", 895900), ("8959,00", 895900), ("8959.00", 895900), ("8 959,00", 895900), ("8959", 895900),
        ("8\u00a0959,00", 895900), ("1.234.567,89", 123456789), ("0,00", 0), ("0", 0), ("0,01", 1), ("0.01", 1),
        ("-100,50", -10050), ("-1.234,00", -123400), (" 8.959,00 ", 895900), ("12345678,90", 1234567890),
    ],
)  # fmt: skip
def test_the_ways_to_write_an_amount_are_read(written: str, oere: int) -> None:
    assert read_amount(written) == oere


@pytest.mark.parametrize(
    "written",
    [
        "ca. 9000", "9000 kr.", "8,959.00", "8.95,00", "89.59,00", "8.9590,00", "8959,001", "8959,", ",50", ".", "-",
        "1,2,3", "1.2.3", "8959.0000", "--5", "5-", "1e3", "NaN", "#N/A", "8.959;00", "9 9", "1234.567,00",
        "0.125", "00.125", "0.500", "01.234,00", "0 123",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_not_guessed(written: str) -> None:
    assert read_amount(written) is None


def grouped(kroner: int, separator: str) -> str:
    return f"{kroner:,}".replace(",", separator)


@given(st.integers(0, 99_999_999_99), st.sampled_from([".", " ", "\u00a0", ""]), st.booleans())
def test_every_amount_comes_back_as_a_danish_reader_writes_it(oere: int, separator: str, negative: bool) -> None:
    written = f"{'-' if negative else ''}{grouped(oere // 100, separator)},{oere % 100:02}"
    assert read_amount(written) == (-oere if negative else oere)


@given(st.integers(0, 99_999_999_99))
def test_every_amount_comes_back_with_a_decimal_point(oere: int) -> None:
    assert read_amount(f"{oere // 100}.{oere % 100:02}") == oere


# Yes and no


@pytest.mark.parametrize("written", ["ja", "j", "1", "true", "x", "JA", "Ja", "X", "True", " ja "])
def test_the_ways_to_write_yes(written: str) -> None:
    assert read_yes_no(written) is True


@pytest.mark.parametrize("written", ["nej", "n", "0", "false", "NEJ", "Nej", "False", " nej "])
def test_the_ways_to_write_no(written: str) -> None:
    assert read_yes_no(written) is False


@pytest.mark.parametrize("written", ["måske", "ja?", "2", "-1", "jaja", "#N/A", "yes", "ja nej", "?"])
def test_what_is_neither_yes_nor_no_is_not_guessed(written: str) -> None:
    assert read_yes_no(written) is None


# Text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("3.0", "3"),
        ("3", "3"),
        ("v1.0", "v1.0"),
        ("3.10", "3.10"),
        ("3.00", "3.00"),
        (" helbred ", "helbred"),
        ("1.0.0", "1.0.0"),
    ],
)
def test_a_number_in_a_text_column_loses_a_trailing_point_nought(written: str, read: str) -> None:
    assert read_text(written) == read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Samtale-ID", "samtale_id"), ("SAG ID", "sag_id"), ("Opmærksomhedsområder", "opmaerksomhedsomraader"),
        ("Ophørsdato", "ophoersdato"), ("  beløb ", "beloeb"), ("ARBEJDSSØGENDE", "arbejdssoegende"),
        ("Første henvendelse", "foerste_henvendelse"),
    ],
)  # fmt: skip
def test_headings_and_codes_are_compared_without_case_spaces_hyphens_and_danish_letters(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_headings_that_differ_otherwise_are_different() -> None:
    assert fold("afholdt_dato") != fold("planlagt_dato")


# CPR numbers. Those here are made up; most have day + 60, which no person has.

BEFORE, FROM_2007 = day_of("2007-09-30"), day_of("2007-10-01")
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def control(digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11


births = st.dates(date(1937, 1, 1), date(1999, 12, 31))
"""Dates that a seventh digit of 0 to 3 tells the century of."""


@st.composite
def numbers(draw: st.DrawFn, plus: int = 0) -> str:
    """Ten digits that begin with a date, its day raised by ``plus``."""
    born = draw(births)
    return f"{born.day + plus:02}{born:%m%y}{draw(st.integers(0, 3999)):04}"


@given(numbers(plus=60), st.sampled_from([None, BEFORE, FROM_2007]))
def test_a_date_with_sixty_added_to_the_day_is_a_number_whatever_its_control(number: str, began: Day | None) -> None:
    assert valid_cpr(number, began)


@given(numbers())
def test_before_october_2007_a_number_with_a_true_date_is_asked_for_its_control(number: str) -> None:
    assert valid_cpr(number, BEFORE) == (control(number) == 0)


@given(numbers(), st.sampled_from([FROM_2007, day_of("2010-01-01"), None]))
def test_from_october_2007_or_when_the_beginning_is_unknown_it_is_not(number: str, began: Day | None) -> None:
    assert valid_cpr(number, began)


@given(st.integers(0, 99), st.integers(0, 99), st.integers(37, 99), st.integers(0, 3999))
def test_six_digits_are_a_date_or_a_date_with_sixty_added_or_no_number(
    day: int, month: int, year: int, rest: int
) -> None:
    def is_date(day: int) -> bool:
        try:
            return bool(date(1900 + year, month, day))
        except ValueError:
            return False

    assert valid_cpr(f"{day:02}{month:02}{year:02}{rest:04}", FROM_2007) == (is_date(day) or is_date(day - 60))


@given(numbers(plus=60))
def test_a_hyphen_or_a_space_changes_nothing(number: str) -> None:
    assert valid_cpr(f"{number[:6]}-{number[6:]}", FROM_2007)
    assert valid_cpr(f"{number[:6]} {number[6:]}", FROM_2007)


@pytest.mark.parametrize(("number", "sound"), [("101700101", True), ("321700101", False)])
def test_a_number_of_nine_digits_gets_its_nought_back(number: str, sound: bool) -> None:
    """A spreadsheet drops the nought of 01-01-70 and leaves 10170; 32 is no day with a nought in front either."""
    assert valid_cpr(number, FROM_2007) is sound


@pytest.mark.parametrize(
    "number",
    ["", "610170", "61017001", "61017001010", "6101700A01", "abcdefghij", "61-01-70-0101x", "0000000000", "9999999999"],
)
def test_what_has_not_ten_digits_or_no_date_is_no_number(number: str) -> None:
    assert not valid_cpr(number, FROM_2007)


@pytest.mark.parametrize(
    ("number", "sound"),
    [
        pytest.param("2902680001", True, id="29 February 1968, a leap year"),
        pytest.param("2902670001", False, id="29 February 1967"),
        pytest.param("2902000001", False, id="29 February 1900, no leap year"),
        pytest.param("2902004001", True, id="29 February 2000, a leap year"),
        pytest.param("8902680001", True, id="the same with day + 60"),
        pytest.param("8902670001", False, id="and in 1967"),
    ],
)
def test_29_february_is_a_date_in_a_leap_year(number: str, sound: bool) -> None:
    assert valid_cpr(number, FROM_2007) is sound


# Through the files: keys are text too

SAGER = "sag_id;cpr;ydelsestype;anmodningsdato\n"
SAMTALER = "samtale_id;sag_id;type;status;afholdt_dato\n"


def codes_of_files(folder: Path, sager: str, samtaler: str) -> set[str]:
    from kommunecheck import app

    (folder / "sager.csv").write_text(SAGER + sager, encoding="utf-8")
    (folder / "samtaler.csv").write_text(SAMTALER + samtaler, encoding="utf-8")
    report = app.check(folder, app.Options(date(2007, 1, 1), date(2007, 3, 31), date(2007, 3, 31)))
    return {placed.finding.rule.code for placed in report.findings} - {"VT405"}


def test_a_key_that_a_spreadsheet_made_a_number_of_is_the_same_key(tmp_path: Path) -> None:
    """»A number in a text column loses a trailing .0«: sag_id is a text column."""
    found = codes_of_files(tmp_path, "1001;;kontanthjaelp;2007-01-08\n", "1;1001.0;kontaktsamtale;afholdt;2007-03-05\n")
    assert "DQ002" not in found


def test_a_cpr_number_that_a_spreadsheet_made_a_number_of_is_the_same_number(tmp_path: Path) -> None:
    found = codes_of_files(
        tmp_path, "A;6101700101.0;kontanthjaelp;2007-01-08\n", "1;A;kontaktsamtale;afholdt;2007-03-05\n"
    )
    assert "DQ001" not in found


@pytest.mark.parametrize(
    ("cpr", "began", "found"),
    [
        pytest.param("0101700000", "2007-01-08", {"DQ001"}, id="a false control before October 2007"),
        pytest.param("6101700000", "2007-01-08", set(), id="day + 60"),
        pytest.param("4501700000", "2007-01-08", {"DQ001"}, id="no date at all"),
        pytest.param("", "2007-01-08", set(), id="blank"),
    ],
)
def test_a_number_that_cannot_be_right_is_told_and_the_case_is_judged_all_the_same(
    tmp_path: Path, cpr: str, began: str, found: set[str]
) -> None:
    row = "1;A;kontaktsamtale;afholdt;2007-03-05\n"
    assert codes_of_files(tmp_path, f"A;{cpr};kontanthjaelp;{began}\n", row) & {"DQ001"} == found
