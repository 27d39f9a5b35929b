"""The reconciliation: each figure as the contract has it, what is found, and what the workbook says."""

import csv
import io
import json
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from test_excel_report import block, cells, opened, rows, same_when_reopened

from kommunecheck import app
from kommunecheck.audit.reconcile import Claimed, reconciled
from kommunecheck.audit.rules import RULES
from kommunecheck.auditing import reconciliation_of
from kommunecheck.cli import run
from kommunecheck.domain.days import Day, Days, Period, day_of, union, within
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.money import half_up
from kommunecheck.domain.reconciliation import Figures, Reconciled, Reconciliation, sum_of
from kommunecheck.domain.records import Payment
from kommunecheck.domain.report import Report
from kommunecheck.exposure import lines
from kommunecheck.reports.basis import reservations_in_lines
from kommunecheck.reports.excel import book
from kommunecheck.reports.reconciliation import console, excel
from kommunecheck.reports.reconciliation import json as as_json
from kommunecheck.reports.reconciliation.reasons import reasons_of
from kommunecheck.reports.schema_audit import Reconciliation as Shape
from kommunecheck.testing import the_law

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
COLUMNS = (
    "udbetaling_id", "sag_id", "fra", "til", "beloeb", "ydelsestype", "i_tilbud", "anmeldt_refusion",
    "berigtiget_refusion", "konto",
)  # fmt: skip
LATE = "2007-04-12"
"""S1 was to have an interview on 2 April 2007 and had it this day: ten days, 2-11 April, are lost."""


def write(folder: Path, payments: Sequence[str], columns: Sequence[str] = COLUMNS, config: str = "") -> Path:
    """A municipality with the case S1, which loses ten days of April, and S2, which loses none."""
    sager = ["sag_id;ydelsestype;anmodningsdato;ophoersdato", "S1;kontanthjaelp;2007-01-02;2007-06-30"]
    sager += ["S2;kontanthjaelp;2007-04-01;2007-06-15", "S3;introduktionsydelse;2007-01-01;"]
    samtaler = [
        "samtale_id;sag_id;type;status;planlagt_dato;afholdt_dato;registreret_dato;matchkategori;grovmatch;"
        "opmaerksomhedsomraader;arbejdssoegende;fritagelsesaarsag;indkaldt_dato;opfoelgning_dato",
        f"1;S1;kontaktsamtale;afholdt;;{LATE};;4;nej;helbred;nej;;;",
        "2;S1;kontaktsamtale;planlagt;2007-08-01;;;;;;;;;",
    ]
    (folder / "sager.csv").write_text("\n".join(sager), encoding="utf-8")
    (folder / "samtaler.csv").write_text("\n".join(samtaler), encoding="utf-8")
    with (folder / "udbetalinger.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(columns)
        writer.writerows(one.split(";") for one in payments)
    (folder / "kommunecheck.toml").write_text(
        f"[audit]\ncutoff = 2007-06-30\nfrom = 2007-06-01\n{config}", encoding="utf-8"
    )
    return folder


def done(folder: Path, *payments: str, config: str = "") -> tuple[Report, Reconciliation]:
    return reconciliation_of(write(folder, payments, config=config), app.Options())


def only(made: Reconciliation) -> Reconciled:
    (one,) = made.payments
    return one


APRIL = "A;S1;2007-04-01;2007-04-30;3000,00;;nej"
"""3,000 kr. for April: 1,050.00 may be claimed at 35 %, of which 350.00 is lost."""


def test_what_is_claimed_of_lost_days_and_not_corrected_remains(tmp_path: Path) -> None:
    report, made = done(tmp_path, f"{APRIL};1050,00;;5.57")
    one = only(made)
    assert one.figures == Figures(claimable=105000, claimed=105000, lost=35000, remaining=35000)
    assert one.codes == (("VT501", 35000),)
    (placed,) = made.findings
    assert (placed.severity, placed.finding.certainty, placed.sag_id) == ("error", "expected", "S1")
    assert placed.finding.date == day_of("2007-04-01")
    assert placed.finding.days == (day_of("2007-04-02"), day_of("2007-04-11"))
    assert "first_interview_months" in placed.finding.rests_on
    assert report.summary.expected.refund_lost == 35000
    assert [(one.oere, one.netted) for one in made.bookings] == [(35000, False)]


@pytest.mark.parametrize(
    ("claim", "correction", "codes", "figures"),
    [
        ("1050,00", "350,00", (), {"remaining": 0}),
        ("1050,00", "300,00", (("VT502", 5000),), {"remaining": 5000}),
        ("1050,00", "400,00", (("VT502", 0),), {"corrected_too_much": 5000}),
        ("700,00", "", (), {"remaining": 0, "unclaimed": 0}),
        ("900,00", "", (("VT501", 20000),), {"remaining": 20000}),
        ("1100,00", "", (("VT501", 35000), ("VT504", 5000)), {"remaining": 40000}),
        ("1100,00", "350,00", (("VT504", 5000),), {"remaining": 5000}),
        ("1950,00", "350,00", (("VT503", 90000),), {"remaining": 90000}),
        ("1950,00", "100,00", (("VT502", 25000), ("VT503", 90000)), {"remaining": 115000}),
        ("600,00", "", (("VT503", 0),), {"unclaimed": 10000}),
        ("500,00", "", (), {"unclaimed": 20000}),
        ("", "", (), {"unclaimed": 70000}),
        ("-100,00", "", (), {"unclaimed": 80000}),
    ],
)
def test_the_figures_and_findings_of_a_payment(
    tmp_path: Path, claim: str, correction: str, codes: tuple[tuple[str, int], ...], figures: dict[str, int]
) -> None:
    """600.00 is 30 % of the 20 days that are not lost: a rate of another time explains it."""
    _, made = done(tmp_path, f"{APRIL};{claim};{correction};")
    one = only(made)
    assert one.codes == codes
    assert {name: getattr(one.figures, name) for name in figures} == figures
    assert {placed.finding.rule.code for placed in made.findings} == {code for code, _ in codes}
    serious = {oere > 0 for _, oere in codes}
    assert {placed.severity == "error" for placed in made.findings} == serious
    assert all(
        placed.finding.certainty == ("expected" if placed.severity == "error" else "none") for placed in made.findings
    )


def test_a_claim_on_nothing_and_on_a_payment_outside_its_case_has_no_ground(tmp_path: Path) -> None:
    _, made = done(
        tmp_path, "A;S2;2007-05-01;2007-05-31;0,00;;nej;10,00;;", "B;S2;2007-08-01;2007-08-31;100,00;;nej;35,00;5,00;"
    )
    assert [one.codes for one in made.payments] == [(("VT504", 1000),), (("VT504", 3000),)]
    assert [one.figures.claimable for one in made.payments] == [0, 0]
    assert (made.rows, len(made.not_reconciled)) == (2, 0)


def test_a_payment_with_an_unpriced_day_is_not_judged(tmp_path: Path) -> None:
    _, made = done(
        tmp_path, "A;S3;2007-05-01;2007-05-31;100,00;;nej;35,00;5,00;", "B;S3;2007-06-01;2007-06-02;1,00;;nej;;;"
    )
    one, blank = made.payments
    assert one.figures == Figures(claimed=3500, corrected=500, unpriced_claimed=3500)
    assert one.codes == (("VT504", 0),)
    assert blank.codes == ()
    (placed,) = made.findings
    assert (placed.severity, placed.finding.certainty) == ("warning", "none")
    assert "kan ikke afstemmes: ingen sats" in placed.finding.message


def test_a_negative_payment_is_judged_with_the_one_it_takes_back(tmp_path: Path) -> None:
    _, made = done(
        tmp_path,
        "A;S2;2007-05-01;2007-05-31;100,00;;nej;35,00;;",
        "B;S2;2007-05-01;2007-05-31;-100,00;kontanthjaelp;nej;-30,00;;",
        "C;S2;2007-05-01;2007-05-30;-100,00;;nej;-35,00;;",
        "D;S2;2007-05-01;2007-05-31;-100,00;;ja;;;",
    )
    first, second = made.payments
    assert first.figures == Figures(claimed=500, remaining=500)
    assert first.codes == (("VT504", 500),)
    assert second.figures == Figures()
    assert [(one.row, one.claimed) for one in made.not_reconciled] == [(4, -3500), (5, None)]
    assert "modpost" in made.not_reconciled[0].reason


def test_rows_in_are_rows_reconciled_and_rows_not_reconciled(tmp_path: Path) -> None:
    _, made = done(
        tmp_path,
        f"{APRIL};1050,00;;5.57",
        "B;S9;2007-05-01;2007-05-31;100,00;;nej;35,00;;",
        "C;S2;2007-05-31;2007-05-01;100,00;;nej;36,00;;",
        "D;S2;2007-05-01;2007-05-31;hundrede;;nej;37,00;;",
        "E;S2;2007-05-01;2007-05-31;100,00;;nej;mange;;",
        "F;S2;2007-05-01;2007-05-31;100,00;;nej;38,00;-1,00;",
        "G;S2;2007-05-01;2007-05-31;100,00;;nej;1,00;;",
        "G;S2;2007-05-01;2007-05-31;200,00;;nej;2,00;;",
        "H;S2;2007-05-01",
    )
    assert made.rows == 9
    assert len(made.payments) == 1
    found = [(one.row, one.claimed) for one in made.not_reconciled]
    assert found == [(3, 3500), (4, 3600), (5, 3700), (6, None), (7, 3800), (8, 100), (9, 200), (10, None)]
    assert all(one.reason for one in made.not_reconciled)
    told = [(placed.finding.rule.code, cell.row) for placed in made.findings for cell in placed.finding.evidence[:1]]
    assert set(told) == {("VT501", 2), ("DQ003", 5), ("DQ003", 6), ("DQ003", 7), ("DQ003", 10)}
    assert "hundrede" not in as_json.write(_, made).decode()


@pytest.mark.parametrize("cells", ["x;;", "35,00;x;"])
def test_a_claim_or_correction_that_cannot_be_read_is_found_as_check_finds_it(tmp_path: Path, cells: str) -> None:
    write(tmp_path, [f"A;S2;2007-05-01;2007-05-31;100,00;;nej;{cells}"])
    report, made = reconciliation_of(tmp_path, app.Options())
    (placed,) = made.findings
    assert placed in app.check(tmp_path, app.Options(compare=False)).findings
    assert placed.finding.rule.code == "DQ003"
    assert [one.reason for one in made.not_reconciled] == [
        f"en værdi kan ikke læses ({placed.finding.evidence[0].column})"
    ]
    assert [one["code"] for one in json.loads(as_json.write(report, made))["findings"]] == ["DQ003"]
    assert run(["reconcile", str(tmp_path)]) == 1


def test_data_findings_follow_the_configuration_too(tmp_path: Path) -> None:
    rules = '[rules]\nseverity = { DQ003 = "warning" }\n'
    _, made = done(tmp_path, "A;S2;2007-05-01;2007-05-31;100,00;;nej;x;;", config=rules)
    assert [(one.finding.rule.code, one.severity) for one in made.findings] == [("DQ003", "warning")]
    assert run(["reconcile", str(tmp_path)]) == 0


def test_a_difference_within_the_tolerance_is_no_finding_but_is_shown(tmp_path: Path) -> None:
    payment = f"{APRIL};1050,00;349,95;"
    _, made = done(tmp_path, payment, config="[reconcile]\ntolerance_oere = 5\n")
    assert only(made).figures.remaining == 5
    assert only(made).codes == made.findings == made.bookings == ()
    _, made = done(tmp_path, payment, config="[reconcile]\ntolerance_oere = 4\n")
    assert only(made).codes == (("VT502", 5),)


def test_a_case_that_is_even_says_so_and_names_the_other_payment(tmp_path: Path) -> None:
    _, made = done(tmp_path, f"{APRIL};1050,00;;5.57", "M;S1;2007-05-01;2007-05-31;1000,00;;nej;350,00;350,00;5.58")
    (case,) = made.cases
    assert case.even
    assert [(one.oere, one.netted) for one in case.bookings] == [(35000, True), (-35000, True)]
    by_code = {placed.finding.rule.code: placed.finding.message for placed in made.findings}
    assert "Sagen går op: forskellen modsvares af udbetaling M, række 3 (350,00 kr. for lidt)." in by_code["VT501"]
    assert "udbetaling A, række 2 (350,00 kr. for meget)" in by_code["VT502"]


def test_in_a_case_that_is_not_fully_assessed_nothing_is_called_too_much(tmp_path: Path) -> None:
    write(tmp_path, [f"{APRIL};1050,00;500,00;"])
    file = tmp_path / "samtaler.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("2007-08-01", "engang"), encoding="utf-8")
    _, made = reconciliation_of(tmp_path, app.Options())
    assert not only(made).fully
    assert only(made).figures.corrected_too_much == 0


def test_months_are_running_totals_and_rates_follow_the_date(tmp_path: Path) -> None:
    _, made = done(tmp_path, "A;S1;2007-03-01;2007-04-30;6100,00;;nej;2135,00;;")
    one = only(made)
    assert [one.figures.claimable, one.figures.lost, one.figures.remaining] == [213500, 35000, 35000]
    march, april = (figures for _, figures in one.by_month)
    assert (march.claimable, april.claimable) == (half_up(213500 * 31, 61), 213500 - half_up(213500 * 31, 61))
    assert (march.lost, march.remaining, april.lost, april.remaining) == (0, 0, 35000, 35000)


def test_blank_claims_are_counted_and_said(tmp_path: Path) -> None:
    report, made = done(tmp_path, f"{APRIL};;;", "M;S1;2007-05-01;2007-05-31;1000,00;;nej;350,00;;5.58")
    assert (made.blank_claims, made.blank_corrections) == (1, 2)
    assert "anmeldt_refusion er blank på 1 udbetaling og regnes som 0,00 kr." in report.run.warnings
    assert [konto for konto, _ in made.by_account] == ["5.58", "uden konto"]


def test_every_figure_that_is_not_nought_has_its_reason(tmp_path: Path) -> None:
    _, made = done(tmp_path, f"{APRIL};1950,00;100,00;")
    said = " ".join(reasons_of(only(made), made.cases[0]))
    assert "Kan anmeldes 1.050,00 kr.: 3.000,00 kr. × 35 %." in said
    assert "Tabt ifølge fundene 350,00 kr.: 2. april 2007 til 11. april 2007 (10 dage) (VT101)." in said
    assert "Mangler at blive berigtiget 1.150,00 kr.: anmeldt 1.950,00 kr. minus berigtiget 100,00 kr. minus" in said
    assert "kr.." not in said


@pytest.mark.parametrize("column", ["anmeldt_refusion", "berigtiget_refusion"])
def test_without_claims_or_corrections_there_is_nothing_to_reconcile(
    tmp_path: Path, column: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, [";".join("x" * (len(COLUMNS) - 1))], [one for one in COLUMNS if one != column])
    assert run(["reconcile", str(tmp_path)]) == 2
    assert f"Afstemningen kræver {column} i udbetalinger." in capsys.readouterr().err


def test_payments_without_amounts_are_not_told_to_be_a_table_that_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, [";".join("x" * (len(COLUMNS) - 1))], [one for one in COLUMNS if one != "beloeb"])
    assert run(["reconcile", str(tmp_path)]) == 2
    assert "udbetalinger med sag_id, fra, til og beloeb" in capsys.readouterr().err


def test_ignored_rules_and_their_seriousness_follow_the_configuration(tmp_path: Path) -> None:
    rules = '[rules]\nignore = { VT501 = "bogføres samlet" }\nseverity = { VT504 = "warning" }\n'
    report, made = done(tmp_path, f"{APRIL};1100,00;;", config=rules)
    assert only(made).codes == (("VT501", 35000), ("VT504", 5000))
    assert [(one.finding.rule.code, one.severity) for one in made.findings] == [("VT504", "warning")]
    assert report.run.ignored == (("VT501", "bogføres samlet"),)
    assert "VT501 vises ikke: bogføres samlet." in reservations_in_lines(report)


def test_rules_that_are_not_among_the_selected_are_named(tmp_path: Path) -> None:
    report, made = done(tmp_path, f"{APRIL};1100,00;;", config='[rules]\nselect = ["VT1", "VT504"]\n')
    assert [one.finding.rule.code for one in made.findings] == ["VT504"]
    named = dict(report.run.ignored)
    assert all(named[code] == "ikke blandt de valgte regler" for code in ("VT501", "VT502", "VT503", "VT201"))
    assert not named.keys() & {"VT504", "VT101"}


# The figures do not depend on how the payments are cut

FIRST = day_of("2007-03-01")
A_YEAR = 200


def figures_of(cuts: Sequence[int], daily: int, claimed: int, corrected: int, lost: Days, in_offer: bool) -> Figures:
    """The figures of the same days, cut into payments at ``cuts``; claims and corrections by the day, as it is paid.

    The correction of a day stands with the days that are lost, and is no more than what was lost on it.
    """
    law, parts = the_law(), []
    for begins, ends in pairwise(cuts):
        first, last = FIRST + begins, FIRST + ends - 1
        payment = Payment(first, last, None, daily * (ends - begins), None, in_offer, 0, begins)
        own = within(lost, (Period(first, last),))
        correction = corrected * sum(end - begin + 1 for begin, end in own)
        row = Claimed(payment, "kontanthjaelp", claimed * (ends - begins), correction, None, True)
        parts.append(reconciled(row, None, (lines(own, "kontanthjaelp", [payment], law), (), ()), True, law).figures)
    return sum_of(parts)


@given(
    st.lists(st.integers(1, A_YEAR - 1), max_size=8, unique=True),
    st.integers(1, 100_000),
    st.integers(0, 3000),
    st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1)]),
    st.lists(st.tuples(st.integers(0, A_YEAR - 1), st.integers(0, 30)), max_size=4),
    st.booleans(),
)
def test_splitting_and_merging_payments_changes_nothing_but_rounding(
    cuts: list[int], daily: int, more: int, share: Fraction, spans: list[tuple[int, int]], in_offer: bool
) -> None:
    rate = Fraction(65 if in_offer else 35, 100)
    claimed = -(-(daily * rate.numerator) // rate.denominator) + more  # at least what the rate gives
    corrected = int(daily * rate * share)
    lost = union(Period(FIRST + begin, min(FIRST + begin + length, FIRST + A_YEAR - 1)) for begin, length in spans)
    whole = figures_of([0, A_YEAR], daily, claimed, corrected, lost, in_offer)
    split = figures_of([0, *sorted(cuts), A_YEAR], daily, claimed, corrected, lost, in_offer)
    pieces = len(cuts) + len(lost) + 1  # each line is rounded once, by half an øre at most
    for name in Figures._fields:
        assert abs(getattr(whole, name) - getattr(split, name)) <= 2 * pieces, name


@given(st.integers(-10_000, 10_000), st.integers(0, 100), st.integers(0, 400))
def test_the_months_of_a_payment_add_up_to_it(claim: int, begins: Day, length: int) -> None:
    payment = Payment(FIRST + begins, FIRST + begins + length, None, 12_345, None, False, 0, 2)
    one = reconciled(Claimed(payment, "kontanthjaelp", claim, 17, None, True), None, ((), (), ()), True, the_law())
    assert sum_of([figures for _, figures in one.by_month]) == one.figures


# What is written


def varied(folder: Path) -> tuple[Report, Reconciliation]:
    """A bit of everything."""
    return done(
        folder,
        f"{APRIL};1050,00;;5.57",
        "=1+1;S1;2007-05-01;2007-06-30;1000,01;;nej;350,33;350,00;5.58",
        "C;S2;2007-04-15;2007-05-31;99,99;;ja;35,55;2,20;*",
        "D;S2;2007-05-01;2007-05-31;-99,99;;ja;-35,00;;7",
        "E;S2;2007-05-01;2007-05-31;99,99;;ja;64,99;;007",
        "F;S3;2007-05-01;2007-06-30;500,00;;ja;250,00;;",
        "G;S2;2007-08-01;2007-08-31;100,00;;nej;35,00;5,00;",
        "H;S1;2006-06-20;2006-07-10;2100,00;;nej;700,00;;",
        "I;S1;2007-01-20;2007-03-10;2100,00;;nej;734,99;;",
        "J;S9;2007-01-20;2007-03-10;2100,00;;nej;734,99;;",
        *(f"K{n};S1;2007-0{n}-11;2007-0{n}-20;{n}1,0{n};;nej;{n}5,00;;5.5{n}" for n in range(1, 7)),
    )


def test_every_formula_of_the_workbook_gives_our_value_also_over_several_sheets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "ROWS", 15)  # eleven rows to a sheet
    report, made = varied(tmp_path)
    assert {"Udbetalinger 2", "Månedslinjer"} <= set(opened(excel.write(report, made)).sheetnames)
    (tmp_path / "office").mkdir()
    assert same_when_reopened(excel.write(report, made), tmp_path / "office") > 150


def test_every_figure_in_the_workbook_is_a_formula_unless_it_is_given_or_nothing(tmp_path: Path) -> None:
    report, made = varied(tmp_path)
    content = excel.write(report, made)
    formulas, plain = opened(content, formulas=True), opened(content)
    for row, shown in zip(rows(formulas, "Udbetalinger"), rows(plain, "Udbetalinger"), strict=True):
        for title in ("Kan anmeldes", "Tabt ifølge fundene", "Mangler at blive berigtiget", "Berigtiget for meget"):
            assert shown[title] == 0 or str(row[title]).startswith("="), (row["Udbetaling"], title)
    for sheet in ("Sager", "Konti", "Måneder"):
        for row in rows(formulas, sheet):
            assert all(str(row[title]).startswith("=") for title in ("Kan anmeldes", "Anmeldt", "Ikke anmeldt"))
    assert {row["Forskel"] for row in block(plain, "Afstemning", "Tallene")} == {0}
    booked = sum(row["Beløb"] for row in rows(plain, "Berigtigelser"))
    assert round(booked * 100) == sum(one.oere for one in made.bookings)
    for place, cell in cells(formulas):
        assert cell.data_type != "f" or "1+1" not in cell.value, place
    assert plain["Udbetalinger"].data_validations.dataValidation


def test_the_json_holds_the_contract_and_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    report, made = varied(tmp_path)
    first = as_json.write(report, made)
    told: dict[str, Any] = json.loads(first)
    Shape.model_validate(told)
    figures = list(Figures._fields)
    assert list(told["total"]) == figures
    assert [list(one) for one in told["by_month"]] == [["month", *figures]] * len(made.by_month)
    assert {"payment", "row", "from", "to", "konto", "paid", *figures, "codes", "reasons"} <= set(
        told["cases"][0]["payments"][0]
    )
    assert told["rows"]["in"] == told["rows"]["reconciled"] + told["rows"]["not_reconciled"]
    assert [one["code"] for one in told["findings"]] == [one.finding.rule.code for one in made.findings]
    again = reconciliation_of(tmp_path, app.Options())
    assert as_json.write(*again) == first
    assert excel.write(*again) == excel.write(report, made)


@pytest.mark.parametrize("width", [80, 140])
def test_the_screen_tells_the_total_and_fits(tmp_path: Path, width: int) -> None:
    report, made = varied(tmp_path)
    screen = Console(width=width, record=True, file=io.StringIO())
    console.print_reconciliation(report, made, screen)
    text = screen.export_text()
    assert "Mangler at blive berigtiget" in text
    assert "16 udbetalinger: 14 afstemt, 1 uden sats, 1 ikke afstemt." in text
    assert max(map(len, text.splitlines())) <= width
    assert text.encode("cp850")


def test_a_loss_above_that_of_check_is_explained_where_it_is_told(tmp_path: Path) -> None:
    """The configuration audits June alone; the ten days of April are lost all the same."""
    report, made = done(tmp_path, f"{APRIL};1050,00;;")
    assert app.check(tmp_path).summary.expected.refund_lost == 0
    assert made.total.lost == 35000
    screen = Console(width=300, record=True, file=io.StringIO())
    console.print_reconciliation(report, made, screen)
    said = "Derfor kan »Tabt ifølge fundene« her være større end det forventede tab i check."
    assert said in screen.export_text()
    front = " ".join(str(cell.value) for _, cell in cells(opened(excel.write(report, made))))
    assert said in front


def test_the_command_writes_its_files_and_its_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder, [f"{APRIL};1050,00;350,00;"])
    assert run(["reconcile", str(folder), "-o", str(out / "a.json"), "-o", str(out / "a.xlsx")]) == 0
    assert sorted(one.name for one in out.iterdir()) == ["a.json", "a.xlsx"]
    write(folder, [f"{APRIL};1050,00;;"])
    assert run(["reconcile", str(folder), "--format", "json"]) == 1
    capsys.readouterr()
    assert run(["reconcile", str(folder), "-o", str(out / "a.docx")]) == 2
    assert run(["reconcile", str(folder), "-o", str(folder / "nej" / "a.json")]) == 2
    assert "a.docx: endelsen kendes ikke" in capsys.readouterr().err


def test_no_report_is_written_over_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, [f"{APRIL};1050,00;;"], config='[[sources]]\ntable = "sager"\nfile = "sager.json"\n')
    (tmp_path / "sager.csv").rename(tmp_path / "sager.json")
    assert run(["reconcile", str(tmp_path), "-o", str(tmp_path / "sager.json")]) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize("stated", RULES, ids=lambda stated: stated.RULE.code)
def test_each_rule_can_be_explained(stated: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", stated.RULE.code]) == 0
    assert stated.RULE.title in capsys.readouterr().out
    assert run(["explain", stated.RULE.code, "--case", "L011", str(LILLEBY)]) == 2
    assert "kommunecheck reconcile" in capsys.readouterr().err


def test_no_cpr_number_stands_anywhere(tmp_path: Path) -> None:
    report, made = done(
        tmp_path,
        "120345-1234;S1;2007-04-01;2007-04-30;3000,00;;nej;1050,00;;010203-1234",
        "1203451235;S1;2007-05-01;2007-05-31;1000,00;;nej;350,00;350,00;5.58",
        "1203451236;S9;2007-05-01;2007-05-31;1000,00;;nej;350,00;;5.58",
    )
    workbook = opened(excel.write(report, made))
    screen = Console(width=140, record=True, file=io.StringIO())
    console.print_reconciliation(report, made, screen)
    told = as_json.write(report, made).decode() + screen.export_text()
    told += " ".join(str(cell.value) for _, cell in cells(workbook))
    for number in ("120345-1234", "1203451234", "1203451235", "1203451236", "010203-1234"):
        assert number not in told


def test_lilleby_adds_up() -> None:
    report, made = reconciliation_of(LILLEBY, app.Options())
    assert made.total.lost == report.summary.expected.refund_lost
    assert made.total == sum_of([figures for _, figures in made.by_month]) == sum_of([f for _, f in made.by_account])
    assert made.rows == len(made.payments) + len(made.not_reconciled)


def test_no_payments_and_a_payment_to_the_end_of_time_are_no_trouble(tmp_path: Path) -> None:
    report, made = done(tmp_path)
    assert (made.rows, made.total) == (0, Figures())
    assert excel.write(report, made)
    _, made = done(tmp_path, "A;S3;2007-05-01;9999-12-31;100,00;;nej;35,00;5,00;")
    assert sum_of([figures for _, figures in made.by_month]).claimed == 3500


def test_samtaler_must_be_there(tmp_path: Path) -> None:
    write(tmp_path, [f"{APRIL};1050,00;;"])
    (tmp_path / "samtaler.csv").unlink()
    with pytest.raises(UserError):
        reconciliation_of(tmp_path, app.Options())
