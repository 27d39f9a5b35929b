"""The workbook: what stands in it is what the report says, every sum can be redone, and nothing in it is dangerous."""

import dataclasses
import io
import os
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from alone import FURTHER, LOSES, OF_VISITATION, WITHOUT_SAMTALER, everything_of, lilleby_alone, report_without_samtaler
from alone import LILLEBY as WHOLE
from as_files import rows_of, write_rows
from hypothesis import given
from hypothesis import strategies as st

from kommunecheck import app
from kommunecheck.cli import run
from kommunecheck.comparing import compare_teams
from kommunecheck.demo import write_demo
from kommunecheck.domain.days import Period, day_of, iso, union
from kommunecheck.domain.money import half_up
from kommunecheck.domain.records import Payment
from kommunecheck.domain.report import CaseResult, Exposure, Fact, Line, Loss, Outcome, Reader, Report, loss_of
from kommunecheck.domain.rule import DATA
from kommunecheck.reports import excel
from kommunecheck.reports.excel import book
from kommunecheck.reports.excel.names import EXPECTED, losses
from kommunecheck.reports.running import still_running
from kommunecheck.totals import summarise

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl reads the workbook back")

LILLEBY = lilleby_alone()
ASKED = app.Options(facts=frozenset(Fact))
"""Everything a workbook shows."""
TABLES = ("sager", "samtaler", "perioder", "udbetalinger", "journal")
SHEETS = [
    "Resumé",
    "Diagrammer",
    "Løbende tab",
    "Frister",
    "Sager",
    "Fund",
    "Tabslinjer",
    "Berigtigelse",
    "Tabte dage",
    "Årsager",
    "Måneder",
    "Læsninger",
    "Regler",
    "Kontrolregnskab",
    "Grundlag",
]
KINDS = {"Forventet": "expected", "Muligt": "discretionary", "Journal": "documentation"}
OUTCOMES = {
    "Fejl med forventet tab": Outcome.ERROR_WITH_LOSS,
    "Fejl uden forventet tab": Outcome.ERROR_WITHOUT_LOSS,
    "Ikke fuldt vurderet": Outcome.NOT_ASSESSED,
    "Uden kritik": Outcome.NO_CRITICISM,
    "Udgået": Outcome.WITHDRAWN,
}
Workbook = Any
Row = dict[str, Any]


class Twice(NamedTuple):
    """A workbook of ours, and what LibreOffice makes of it."""

    ours: bytes
    theirs: Workbook


Redone = dict[str, Twice]


def written(report: Report) -> bytes:
    return b"".join(excel.write(report))


def opened(content: bytes, *, formulas: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)


@cache
def lilleby() -> Report:
    return everything_of(LILLEBY)


@cache
def lilleby_book(formulas: bool = False) -> Workbook:
    return opened(written(lilleby()), formulas=formulas)


def rows(workbook: Workbook, sheet: str, table: str | None = None) -> list[Row]:
    """The rows of a table as dictionaries by heading; the sheet's own table if no other is named."""
    found = workbook[sheet].tables[table or sheet.replace(" ", "_")]
    heads, *body = [[cell.value for cell in row] for row in workbook[sheet][found.ref]]
    return [dict(zip(heads, row, strict=True)) for row in body]


def block(workbook: Workbook, sheet: str, heading: str) -> list[Row]:
    """The rows of a block of one of the two sheets that have several."""
    (name,) = [name for name in workbook[sheet].tables if name.lower() == f"{sheet}_{heading}".lower()]
    return rows(workbook, sheet, name)


def kroner(oere: int | None) -> float | None:
    return None if oere is None else oere / 100


def a_day(day: int | None) -> Any:
    return None if day is None else date.fromordinal(day)


def as_date(value: Any) -> Any:
    return None if value is None else value.date()


def cells(workbook: Workbook) -> Iterator[tuple[str, Any]]:
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                yield f"{sheet.title}!{cell.coordinate}", cell


# What stands there


def test_the_workbook_has_its_sheets_in_danish() -> None:
    assert lilleby_book().sheetnames == SHEETS


def test_every_sheet_of_rows_is_one_table_with_filters_frozen_headings_and_a_print_setup() -> None:
    for name in SHEETS[2:-1]:
        sheet = lilleby_book()[name]
        (table,) = sheet.tables.values()
        assert table.autoFilter is not None
        assert sheet.freeze_panes.endswith("5")
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_view.showGridLines is False


def test_made_up_numbers_are_marked_on_every_sheet() -> None:
    for sheet in lilleby_book():
        assert "OPDIGTEDE TAL" in f"{sheet['A1'].value} {sheet['A2'].value}"
        assert "OPDIGTEDE TAL" in sheet.oddFooter.left.text
    real = dataclasses.replace(lilleby(), run=dataclasses.replace(lilleby().run, synthetic=False))
    content = zipfile.ZipFile(io.BytesIO(written(real)))
    assert not any(b"OPDIGTEDE" in content.read(name) for name in content.namelist())


def test_the_first_amount_is_what_is_expected_lost() -> None:
    sheet = lilleby_book()["Resumé"]
    values = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]
    assert values[0] == kroner(lilleby().summary.expected.refund_lost)
    assert sheet["B4"].value.date() == a_day(lilleby().run.cutoff)


def test_the_summary_tells_every_total_of_the_report() -> None:
    workbook, summary = lilleby_book(), lilleby().summary
    for row, kind in zip(block(workbook, "Resumé", "Tab"), KINDS.values(), strict=True):
        amounts = getattr(summary, kind)
        assert list(row.values())[1:] == [amounts.days, kroner(amounts.paid), kroner(amounts.refund_lost)]
    counts = {row["Sager"]: row["Antal"] for row in block(workbook, "Resumé", "Sager")}
    full = sum(case.fully_assessed for case in lilleby().cases)
    with_loss, without = summary.outcomes[Outcome.ERROR_WITH_LOSS], summary.outcomes[Outcome.ERROR_WITHOUT_LOSS]
    assert counts == {
        "Udtaget": summary.cases,
        "Med fejl": with_loss + without,
        "– heraf med forventet tab": with_loss,
        "Uden kritik": summary.outcomes[Outcome.NO_CRITICISM],
        "Udgået": summary.outcomes[Outcome.WITHDRAWN],
        "Ikke fuldt vurderet": summary.outcomes[Outcome.NOT_ASSESSED],
        "Fuldt vurderet, uanset udfald": full,
    }
    days = block(workbook, "Resumé", "LøbendeTabOgDageUdenPris")
    assert [row["Kroner om dagen"] or row["Dage"] for row in days] == [
        kroner(summary.running_per_day),
        summary.unpaid_days,
        summary.unpriced_days,
    ]
    readings = block(workbook, "Resumé", "SåMegetAfDetForventedeTabHvilerPåEnLæsningAfReglerne")
    assert [(row["Parameter"], row["Dage"], row["Udbetalt"], row["Tabt refusion"]) for row in readings] == [
        (name, amounts.days, kroner(amounts.paid), kroner(amounts.refund_lost)) for name, amounts in summary.rests_on
    ]
    teams = block(workbook, "Resumé", "Team")
    assert [tuple(row.values()) for row in teams] == [
        (team.team, team.cases, team.error_with_loss, kroner(team.refund_lost)) for team in summary.by_team
    ]
    causes = {row["Kode"]: row for row in block(workbook, "Resumé", "Årsager")}
    assert {code: list(row.values())[2:] for code, row in causes.items()} == {
        one.code: [
            one.findings,
            one.cases,
            one.alone_days,
            kroner(one.alone_refund),
            one.touched_days,
            kroner(one.touched_refund),
        ]
        for one in summary.by_code
    }
    assert all(row["Forskel"] == 0 for row in block(workbook, "Resumé", "Kontrol"))


def test_every_case_has_its_row() -> None:
    found = rows(lilleby_book(), "Sager")
    for number, (row, case) in enumerate(zip(found, lilleby().cases, strict=True), 1):
        assert (row["Nr"], row["Sag"], row["Team"]) == (number, case.sag_id, case.team)
        assert OUTCOMES[row["Udfald"]] is case.outcome
        assert row["Fuldt vurderet"] == ("ja" if case.fully_assessed else "nej")
        for name, kind in KINDS.items():
            loss: Loss = getattr(case.exposure, kind)
            shown = [row[f"{name} {what}"] for what in ("dage", "udbetalt", "tabt refusion")]
            assert shown == [loss.days, kroner(loss.paid), kroner(loss.refund_lost)]
        assert row["Løber om dagen"] == kroner(case.exposure.running_per_day)
        assert row["Dage uden udbetaling"] == case.exposure.unpaid_days
        assert row["Dage uden sats"] == case.exposure.unpriced_days


def test_every_line_of_every_case_has_its_row() -> None:
    report, found = lilleby(), iter(rows(lilleby_book(), "Tabslinjer"))
    for case in report.cases:
        for name, kind in KINDS.items():
            for line in getattr(case.exposure, kind).lines:
                row, payment = next(found), line.payment
                source = report.run.sources[payment.source]
                assert (row["Sag"], row["Tab"], row["Udbetaling"]) == (case.sag_id, name, payment.udbetaling_id)
                assert (row["Fil"], row["Ark"], row["Række"]) == (source.file, source.sheet, payment.row)
                assert as_date(row["Udbetalt fra"]) == a_day(payment.fra)
                assert as_date(row["Udbetalt til"]) == a_day(payment.til)
                assert row["Beløb"] == kroner(payment.beloeb)
                assert row["Udbetalingens dage"] == payment.til - payment.fra + 1
                assert as_date(row["Tabt fra"]) == a_day(line.first)
                assert as_date(row["Tabt til"]) == a_day(line.last)
                assert row["Tabte dage"] == line.days
                assert row["I tilbud"] == {True: "ja", False: "nej", None: None}[payment.i_tilbud]
                assert row["Sats"] == (None if line.rate is None else float(line.rate))
                assert row["Udbetalt i dagene"] == kroner(line.paid)
                assert row["Tabt refusion"] == kroner(line.refund_lost)
    assert next(found, None) is None


def test_every_finding_has_its_row_with_the_cells_it_rests_on() -> None:
    report = lilleby()
    for row, placed in zip(rows(lilleby_book(), "Fund"), report.findings, strict=True):
        finding = placed.finding
        assert (row["Kode"], row["Regel"], row["Fundet"]) == (finding.rule.code, finding.rule.title, finding.message)
        assert (row["Sag"], row["Team"]) == (placed.about, placed.team)
        assert as_date(row["Dato"]) == a_day(finding.date)
        days = finding.days or (None, None)
        assert (as_date(row["Første dag"]), as_date(row["Sidste dag"])) == tuple(map(a_day, days))
        assert row["Hjemmel"] == "; ".join(finding.rule.citations)
        first = finding.evidence[0] if finding.evidence else None
        if first is not None:
            assert (row["Fil"], row["Række"]) == (report.run.sources[first.source].file, first.row)
            told = f"{row['Kolonner']} {row['Øvrige steder']}"
            assert all(cell.column in told for cell in finding.evidence)


def test_the_first_sheet_leads_to_every_other() -> None:
    links = [cell.hyperlink for _, cell in cells(lilleby_book()) if cell.parent.title == "Resumé" and cell.hyperlink]
    assert sorted(link.location for link in links) == sorted(f"'{name}'!A1" for name in SHEETS[1:])


def test_ids_and_names_of_ordinary_length_are_not_cut() -> None:
    long = "Beskæftigelsesteam Nord"
    report = dataclasses.replace(lilleby(), cases=tuple(one._replace(team=long) for one in lilleby().cases))
    assert opened(written(report))["Sager"].column_dimensions["C"].width > len(long)


def test_a_finding_leads_to_the_row_of_its_case() -> None:
    workbook = lilleby_book()
    sheet, links = workbook["Fund"], 0
    heads = [cell.value for cell in sheet[4]]
    for row in sheet.iter_rows(min_row=5):
        cell = row[heads.index("Sag")]
        if cell.hyperlink is not None:
            links += 1
            name, place = re.fullmatch(r"'(.+)'!(\w+)", cell.hyperlink.location).groups()  # type: ignore[union-attr]
            assert workbook[name][place].value == cell.value
    cases = {case.sag_id for case in lilleby().cases}
    assert links == sum(placed.sag_id in cases for placed in lilleby().findings)


def test_running_losses_stand_with_the_dearest_first_and_what_stops_them() -> None:
    found = rows(lilleby_book(), "Løbende tab")
    assert [(row["Sag"], row["Løber om dagen"], row["Koder"], row["Stop tabet"]) for row in found] == [
        (one.sag_id, kroner(one.per_day), ", ".join(one.codes), one.told) for one in still_running(lilleby())
    ]
    assert found


def test_running_losses_say_since_when() -> None:
    found = rows(lilleby_book(), "Løbende tab")
    assert [as_date(row["Løber siden"]) for row in found] == [a_day(one.since) for one in still_running(lilleby())]


def test_the_deadlines_that_come_soon_stand_with_the_soonest_first() -> None:
    ahead = lilleby().upcoming
    assert ahead is not None
    found = rows(lilleby_book(), "Frister")
    assert [(row["Sag"], row["Team"], as_date(row["Holdes senest"]), row["Dage til"]) for row in found] == [
        (one.sag_id, one.team, a_day(one.last_day), one.last_day - lilleby().run.cutoff) for one in ahead.deadlines
    ]
    assert found


def test_the_account_of_what_was_checked_adds_up_for_every_rule() -> None:
    report, found = lilleby(), rows(lilleby_book(), "Kontrolregnskab")
    assert report.ledger is not None
    assert [(row["Kode"], *list(row.values())[3:8]) for row in found] == [
        (one.code, *one.counts) for one in report.ledger
    ]
    assert all(row["Sager"] == row["I alt"] == report.summary.cases and row["Forskel"] == 0 for row in found)


def test_rows_read_are_rows_used_and_rows_reported() -> None:
    (row,) = block(lilleby_book(), "Grundlag", "Rækkeregnskab")
    assert row["Rækker"] == row["Brugt"] + row["Meldt"] == sum(one.rows for one in lilleby().run.sources.values())
    assert row["Forskel"] == 0


def test_the_share_of_errors_stands_with_its_uncertainty_for_each_team() -> None:
    teams = lilleby().teams
    assert teams is not None
    found = block(lilleby_book(), "Resumé", "FejlandelEfterTeam")
    assert [list(row.values())[:6] for row in found] == [
        [one.teams[0], one.cases, one.errors, one.errors / one.cases, one.low, one.high] for one in teams.shares
    ]
    (whole,) = block(lilleby_book(), "Resumé", "FejlandelIAlt")
    assert list(whole.values())[:3] == ["Kommunen", teams.whole.cases, teams.whole.errors]


def of_small_teams() -> Report:
    report = lilleby()
    small = [case._replace(team=f"Lille {place % 2}") if place < 6 else case for place, case in enumerate(report.cases)]
    teams = compare_teams(small)
    return dataclasses.replace(report, cases=tuple(small), summary=summarise(small, paid_known=True), teams=teams)


def test_small_teams_stand_joined_and_no_formula_names_them(redone: Redone) -> None:
    teams, content = of_small_teams().teams, redone["small teams"].ours
    joined = block(opened(content), "Resumé", "FejlandelIAlt")[0]
    assert teams is not None
    assert teams.joined is not None
    assert list(joined.values())[:3] == ["2 teams lagt sammen", 6, teams.joined.errors]
    for place, cell in cells(opened(content, formulas=True)):
        assert cell.data_type != "f" or "Lille" not in cell.value, place
    assert same(redone["small teams"]) > 1000


def test_months_tell_findings_and_lost_days() -> None:
    report, found = lilleby(), rows(lilleby_book(), "Måneder")
    assert report.months is not None
    assert [as_date(row["Måned"]) for row in found] == [a_day(month) for month in report.months.months]
    for cause in report.months.causes:
        assert [row[cause.code] for row in found] == list(cause.findings)
    assert [row["Tabte dage"] for row in found] == list(report.months.lost_days)


def test_each_reading_stands_a_step_stricter_and_looser_with_the_difference() -> None:
    report = lilleby()
    found = block(lilleby_book(), "Resumé", "EtTrinStrengereEllerLempeligere")
    steps = [(one.name, step) for one in report.readings or () for step in (one.stricter, one.looser)]
    now = report.summary.expected.refund_lost
    assert now is not None
    for row, (name, step) in zip(found, steps, strict=True):
        assert step is not None
        assert step.expected.refund_lost is not None
        assert row["Parameter"] == name
        assert row["Forventet tab"] == kroner(step.expected.refund_lost)
        assert row["Forskel"] == pytest.approx(kroner(step.expected.refund_lost - now))
        assert row["Muligt tab"] == kroner(step.discretionary.refund_lost)


def test_what_nobody_asked_for_has_no_sheet_and_no_link() -> None:
    workbook = opened(written(app.check(LILLEBY)))
    assert not {"Frister", "Måneder", "Kontrolregnskab"} & set(workbook.sheetnames)
    links = [cell.hyperlink.location for row in workbook["Resumé"].iter_rows() for cell in row if cell.hyperlink]
    assert {link.split("!")[0].strip("'") for link in links} <= set(workbook.sheetnames)


def test_every_rule_stands_with_whether_it_was_checked_and_shown(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "udbetalinger.csv").unlink()
    report = app.check(folder, app.Options(ignore=("VT2",)))
    found = {row["Kode"]: row for row in rows(opened(written(report)), "Regler")}
    assert list(found) == [rule.code for rule in report.rules]
    for code, reason in report.run.not_run:
        assert (found[code]["Kontrol"], found[code]["Fund"]) == (f"Ikke kontrolleret: {reason}", None)
    assert found["VT201"]["Kontrol"] == "Vises ikke: fravalgt på kommandolinjen"
    assert found["VT101"]["Fund"] == sum(placed.finding.rule.code == "VT101" for placed in report.findings)
    causes = {row["Kode"]: row for row in block(opened(written(report)), "Resumé", "Årsager")}
    assert causes["VT201"]["Fund"] > 0
    assert causes["VT201"]["Regel"].endswith("(fundene vises ikke)")


def test_every_rule_is_explained_and_every_act_named() -> None:
    found = {row["Kode"]: row for row in rows(lilleby_book(), "Regler")}
    for code, explained in lilleby().explanations.items():
        assert (found[code]["Hvad reglen siger"], found[code]["Sådan rettes det"]) == (explained.says, explained.remedy)
    told = {cell.value for _, cell in cells(lilleby_book()) if cell.parent.title == "Grundlag"}
    assert {text for act in lilleby().acts.items() for text in act} <= told


def test_the_basis_tells_parameters_sources_and_digest() -> None:
    workbook, run_ = lilleby_book(), lilleby().run
    parameters = block(workbook, "Grundlag", "Parametre")
    assert [row["Navn"] for row in parameters] == [one.name for one in run_.parameters]
    assert "En læsning, ikke bekræftet" in {row["Sikkerhed"] for row in parameters}
    sources = block(workbook, "Grundlag", "Kilder")
    assert [tuple(row.values())[2:] for row in sources] == [
        (one.table, one.rows, one.rows_used, one.rows_reported, one.sha256) for one in run_.sources.values()
    ]
    assert run_.digest in {cell.value for _, cell in cells(workbook)}
    assert len(block(workbook, "Grundlag", "Refusionssatser")) == 6


# Without payments


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "kommune"
    shutil.copytree(LILLEBY, folder)
    return folder


def test_without_payments_amounts_are_blank_and_never_zero(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "udbetalinger.csv").unlink()
    report = app.check(folder)
    workbook = opened(written(report))
    money = "udbetalt", "refusion", "løber om dagen", "kroner om dagen"
    seen = 0
    for sheet in workbook:
        for table in sheet.tables:
            for row in rows(workbook, sheet.title, table):
                for title, value in row.items():
                    if any(word in title.lower() for word in money):
                        seen += 1
                        assert value is None, (sheet.title, title)
    assert seen
    assert [row["Forventet dage"] for row in rows(workbook, "Sager")] == [
        case.exposure.expected.days for case in report.cases
    ]
    texts = " ".join(cell.value for _, cell in cells(workbook) if isinstance(cell.value, str))
    assert "ukendt beløb" in texts
    assert "Der er ingen udbetalinger i udtrækket" in workbook["Sager"]["A2"].value
    assert still_running(report)
    assert len(rows(workbook, "Løbende tab")) == len(still_running(report))


def test_a_municipality_without_findings_or_cases_makes_a_whole_workbook() -> None:
    empty = dataclasses.replace(lilleby(), cases=(), findings=(), summary=summarise((), paid_known=True))
    workbook = opened(written(empty))
    assert workbook.sheetnames == [name for name in SHEETS if name != "Diagrammer"]
    assert all(value is None for value in rows(workbook, "Sager")[0].values())
    assert workbook["Fund"]["A2"].value.endswith("Ingen rækker.")
    assert not lilleby_book()["Fund"]["A2"].value.endswith("Ingen rækker.")


# The bytes


def test_the_same_report_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(lilleby())
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "C")
    assert written(app.check(LILLEBY, ASKED)) == first
    assert b"2007-12-31T00:00:00Z" in zipfile.ZipFile(io.BytesIO(first)).read("docProps/core.xml")


def test_the_command_writes_it_by_its_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("KOMMUNECHECK_")]:
        monkeypatch.delenv(name)
    file = tmp_path / "r.xlsx"
    assert run(["check", str(LILLEBY), "-o", str(file)]) == 1
    assert file.read_bytes() == written(lilleby())


# Text that would be something else


HOSTILE = [
    '=HYPERLINK("http://x.dk","klik")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "007",
    "1e5",
    "http://x.dk/?a=b",
    "internal:Sager!A1",
    "mailto:a@b.dk",
    "{=1+1}",
    "_x0041_",
    "<b>&amp;</b>",
    "*",
    "?",
    "~",
    ">0",
    "",
    "TRUE",
    "bell\x07null\x00esc\x1b",
    "\ufffe\ud800",
    "&A&P",
]


def hostile() -> Report:
    """Lilleby, where every text from the files is one that a spreadsheet would take for something else."""
    report, number = lilleby(), iter(range(10_000))

    def text() -> str:
        return HOSTILE[next(number) % len(HOSTILE)]

    def line(one: Line) -> Line:
        return one._replace(payment=one.payment._replace(udbetaling_id=text()))

    def loss(one: Loss) -> Loss:
        return one._replace(lines=one.lines and tuple(map(line, one.lines)))

    cases = []
    for place, case in enumerate(report.cases):
        kinds = {kind: loss(getattr(case.exposure, kind)) for kind in KINDS.values()}
        sag_id = f"{HOSTILE[place % len(HOSTILE)]}{place}"
        cases.append(case._replace(sag_id=sag_id, team=text(), exposure=case.exposure._replace(**kinds)))
    renamed = {old.sag_id: new.sag_id for old, new in zip(report.cases, cases, strict=True)}
    findings = tuple(
        one._replace(
            sag_id=renamed.get(one.sag_id or "", one.sag_id),
            team=text(),
            finding=one.finding._replace(message=text(), rests_on=(text(),)),
        )
        for one in report.findings
    )
    sources = {key: one._replace(file=text(), sheet=text()) for key, one in report.run.sources.items()}
    facts = dataclasses.replace(
        report.run, municipality_name="=1+1 & Søn&P", sources=sources, warnings=tuple(HOSTILE), plugins=(("=1", "+2"),)
    )
    assert report.upcoming is not None
    soon = tuple(
        one._replace(sag_id=renamed[one.sag_id], team=text(), booked=one.due) for one in report.upcoming.deadlines
    )
    return dataclasses.replace(
        report,
        run=facts,
        cases=tuple(cases),
        findings=findings,
        summary=summarise(cases, paid_known=True),
        upcoming=report.upcoming._replace(deadlines=soon),
        teams=compare_teams(cases),
    )


def test_no_text_of_the_files_becomes_a_formula_a_link_or_a_number() -> None:
    report = hostile()
    content = written(report)
    own = {cell.value for _, cell in cells(opened(written(lilleby()), formulas=True)) if cell.data_type == "f"}
    for place, cell in cells(opened(content, formulas=True)):
        if cell.data_type == "f":
            assert cell.value in own or "Resumé" in place or "SUM" in cell.value, place
            assert not any(text and text in cell.value for text in HOSTILE[:5]), place
        if cell.hyperlink is not None:
            assert cell.hyperlink.target is None
            assert re.fullmatch(r"'Sager'!B\d+|'[\w ]+'!A1", cell.hyperlink.location)
    teams = [row["Team"] for row in rows(opened(content), "Sager")]
    assert all(team is None or isinstance(team, str) for team in teams)
    assert {"007", "1e5", "TRUE", "+1+1", "*"} <= set(teams)
    for name in zipfile.ZipFile(io.BytesIO(content)).namelist():
        assert "externalLink" not in name


def test_text_that_looks_like_a_formula_stays_text_when_it_is_edited() -> None:
    sheet = opened(written(hostile()))["Sager"]
    for row in sheet.iter_rows(min_row=5, min_col=2, max_col=3):
        for cell in row:
            if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                assert cell.value == "" or cell.quotePrefix


def test_too_long_a_text_is_cut_visibly_and_signs_no_cell_can_hold_are_replaced() -> None:
    assert book.safe("a" * 32_767) == "a" * 32_767
    assert book.safe("a" * 32_768) == "a" * 32_766 + "…"
    cut = book.safe("😀" * 20_000)
    assert cut.endswith("…")
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert book.safe("a\x00b\x0bc\ud800d\ufffe") == "a\ufffdb\ufffdc\ufffdd\ufffd"
    assert book.safe("Team\u202etxt") == "Team\ufffdtxt"
    assert book.safe("sag 010170-1234") == "sag xxxxxx-xxxx"


# Privacy


NUMBER, HYPHENED = "0101701234", "010170-1234"
SECRETS = (NUMBER, HYPHENED, "kanarie", "sklerose", "fuglsang")
SENTENCE = f"Kanarie Fuglsang, {HYPHENED}, har sklerose."


def plant(folder: Path) -> None:
    """Put a person into every column of every table, each time in another row."""
    for table in TABLES:
        changed = rows_of(folder, table)
        assert len(changed) > len(changed[0])
        for row, column in zip(changed, list(changed[0]), strict=False):
            if (table, column) == ("sager", "sag_id"):
                continue  # an id that is a CPR number needs a key
            shown = column in ("team", "sag_id", "cpr") or column.endswith("_id")  # a name here is no person's
            row[column] = NUMBER if shown else SENTENCE
        write_rows(folder, table, changed)


def test_no_cpr_number_name_or_note_is_in_the_workbook(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    plant(folder)
    report = app.check(folder, ASKED)
    assert {"DQ003", "DQ008"} <= {one.finding.rule.code for one in report.findings}
    content = zipfile.ZipFile(io.BytesIO(written(report)))
    for name in content.namelist():
        text = content.read(name).decode("utf-8").lower()
        assert not [secret for secret in SECRETS if secret in text], name


# The sums


def test_every_computed_cell_is_a_formula_with_its_value() -> None:
    plain, formulas = lilleby_book(), lilleby_book(formulas=True)
    with_formula = {place for place, cell in cells(formulas) if cell.data_type == "f"}
    for place in with_formula:
        sheet, cell = place.split("!")
        assert plain[sheet][cell].value is not None, place
    lost = [case for case in lilleby().cases if any(getattr(case.exposure, kind).periods for kind in KINDS.values())]
    lines = len(rows(plain, "Tabslinjer"))
    assert sum(place.startswith("Sager!") for place in with_formula) == 10 * len(lost)
    assert sum(place.startswith("Tabslinjer!") for place in with_formula) == 5 * lines
    assert len(with_formula) > 1000


def test_the_adjustment_is_the_expected_loss_by_month_and_rate() -> None:
    found = rows(lilleby_book(), "Berigtigelse")
    lines = [line for case in lilleby().cases for line in case.exposure.expected.lines or () if line.rate is not None]
    assert sum(row["Linjer"] for row in found) == len(lines)
    expected = lilleby().summary.expected
    assert round(sum(row["Refusion at berigtige"] for row in found), 2) == kroner(expected.refund_lost)
    sheet, formulas = lilleby_book()["Berigtigelse"], lilleby_book(formulas=True)["Berigtigelse"]
    total = dict(zip([cell.value for cell in sheet[4]], [cell.value for cell in sheet[3]], strict=True))
    assert (total["Måned"], total["Refusion at berigtige"]) == ("I alt", kroner(expected.refund_lost))
    assert formulas["F3"].value == "=SUM(Berigtigelse[Refusion at berigtige])"
    assert len({(row["Måned"], row["Sats"]) for row in found}) == len(found) > 3
    (row, *_) = [row for row in found if (row["Måned"].year, row["Måned"].month) == (2007, 5) and row["Sats"] == 0.35]
    own = [line for line in lines if iso(line.payment.fra)[:7] == "2007-05" and line.rate == Fraction(35, 100)]
    assert row["Refusion at berigtige"] == kroner(sum(line.refund_lost for line in own))
    assert row["Tabte dage"] == sum(line.days for line in own)


def test_what_is_not_in_the_adjustment_is_named_with_its_amount() -> None:
    report = app.check(WHOLE, ASKED)
    said = opened(written(report))["Berigtigelse"]["A2"].value
    assert said.endswith("Tabet i rådighedstilsynet (5.047,70 kr. for 43 dage) står i Tilsynslinjer og er ikke med.")
    assert "Tilsynslinjer" not in lilleby_book()["Berigtigelse"]["A2"].value


def test_the_properties_of_the_workbook_say_what_it_is() -> None:
    assert lilleby_book().properties.title == "Før-tilsyn: visitationstilsynet, Lilleby"


def test_two_cases_that_a_spreadsheet_would_confuse_have_their_own_sums() -> None:
    """``007`` equals ``7`` and ``*`` equals everything in a condition, so sums go by number and not by name."""
    for _, cell in cells(lilleby_book(formulas=True)):
        if cell.data_type == "f":
            assert "[Sag]" not in cell.value


def office() -> str:
    """LibreOffice; without it the test is skipped."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip(
            "LibreOffice (soffice) is not on PATH, so no formula is worked out anew; the README says how to install it"
        )
    return program


def recalculated(contents: Mapping[str, bytes], folder: Path) -> dict[str, Workbook]:
    """The workbooks as LibreOffice makes them, which works out every formula where the values are taken away."""
    program = office()
    bare, out = folder / "bare", folder / "out"
    bare.mkdir()
    for name, content in contents.items():
        (bare / f"{name}.xlsx").write_bytes(without_values(content))
    profile = f"-env:UserInstallation={(folder.parent / 'libreoffice').as_uri()}"  # the first start makes it
    files = sorted(map(str, bare.iterdir()))
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603 - our own files
    return {name: openpyxl.load_workbook(out / f"{name}.xlsx", data_only=True) for name in contents}


def without_values(content: bytes) -> bytes:
    """The workbook with no value stored beside any formula, and without its pictures, which are of no account here."""
    stripped = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stripped, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.startswith("xl/worksheets/sheet"):
                data, found = re.subn(rb"</f><v>[^<]*</v>", b"</f>", data)
                assert found == data.count(b"</f>")
                data = re.sub(rb"<drawing [^>]*/>", b"", data)
            new.writestr(part, data)
    return stripped.getvalue()


def same(workbook: Twice) -> int:
    """Compare every computed cell with what LibreOffice makes of it. Gives how many there were."""
    ours, theirs, compared = opened(workbook.ours), workbook.theirs, 0
    for place, cell in cells(opened(workbook.ours, formulas=True)):
        if cell.data_type == "f":
            sheet, at = place.split("!")
            mine, redone = ours[sheet][at].value, theirs[sheet][at].value
            if isinstance(mine, datetime):
                mine, redone = mine.toordinal(), redone.toordinal()
            assert isinstance(redone, int | float), (place, mine, redone, cell.value)
            assert abs(mine - redone) < 1e-6, (place, mine, redone, cell.value)
            compared += 1
    return compared


def same_when_reopened(content: bytes, folder: Path) -> int:
    """Compare every computed cell of one workbook. Gives how many there were."""
    return same(Twice(content, recalculated({"workbook": content}, folder)["workbook"]))


@pytest.fixture(scope="module")
def redone(tmp_path_factory: pytest.TempPathFactory) -> Redone:
    """The workbooks of the tests below, all worked out at once, for LibreOffice takes seconds to start."""
    office()  # before the workbooks are made, which takes seconds too
    folder = tmp_path_factory.mktemp("redone")
    contents = {
        "made up, in another order": written(dataclasses.replace(made_up(folder), reader=Reader.CASE_WORKER)),
        "without payments": written(without_payments(folder)),
        "hostile names": written(hostile()),
        "small teams": written(of_small_teams()),
        "several sheets": on_several_sheets(),
        "halves": written(with_lines(many_lines(800), 8)),
        **{title: written(report_without_samtaler(*supervisions)) for supervisions, title, _ in WITHOUT_SAMTALER},
    }
    worked_out = recalculated(contents, folder)
    return {name: Twice(content, worked_out[name]) for name, content in contents.items()}


def made_up(folder: Path) -> Report:
    write_demo(folder / "demo", 50, 1)
    return app.check(folder / "demo", ASKED)


def without_payments(parent: Path) -> Report:
    folder = copied(parent)
    (folder / "udbetalinger.csv").unlink()
    return app.check(folder, app.Options(ignore=("VT1",), facts=ASKED.facts))


def on_several_sheets() -> bytes:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(book, "ROWS", 44)
        patched.setattr(book, "LINKS", 30)
        return written(lilleby())


def test_in_a_made_up_municipality_with_sheets_in_another_order_every_formula_gives_our_value(redone: Redone) -> None:
    assert same(redone["made up, in another order"]) > 500


def test_without_payments_every_formula_gives_our_value(redone: Redone) -> None:
    assert same(redone["without payments"]) > 250


def test_with_hostile_names_every_formula_gives_our_value(redone: Redone) -> None:
    assert same(redone["hostile names"]) > 1000


def test_tables_that_need_several_sheets_add_up_all_the_same(redone: Redone) -> None:
    workbook = opened(redone["several sheets"].ours)
    assert {"Sager 3", "Tabslinjer 2", "Fund 2"} <= set(workbook.sheetnames)
    assert len(rows(workbook, "Sager")) == 40
    assert rows(workbook, "Sager 3")[-1]["Nr"] == len(lilleby().cases)
    linked = [cell for cell in workbook["Fund"]["F"] if cell.hyperlink is not None]
    assert len(linked) == 30
    for cell in linked:
        sheet, place = re.fullmatch(r"'(.+)'!(\w+)", cell.hyperlink.location).groups()  # type: ignore[union-attr]
        assert workbook[sheet][place].value == cell.value
    assert any("65.530" in str(cell.value) for _, cell in cells(workbook))
    assert same(redone["several sheets"]) > 1000


RATES = [Fraction(text) for text in ("0.35", "0.65", "0.5", "0.3", "1", "0.333", "0.295", "0")]


def priced(beloeb: int, length: int, days: int, rate: Fraction | None, **more: Any) -> Line:
    first = day_of("2007-01-01")
    payment = Payment(first, first + length - 1, "U", beloeb, None, more.get("i_tilbud", False), 0, 2)
    start = first + length - days
    refund = 0 if rate is None else half_up(beloeb * days * rate.numerator, length * rate.denominator)
    return Line(payment, start, first + length - 1, rate, half_up(beloeb * days, length), refund)


def many_lines(how_many: int) -> list[Line]:
    """Lines of all sizes; a third of them fall on exactly half an øre, in what is paid or in the refund."""
    chance, made = random.Random(1), []
    while len(made) < how_many:
        length = chance.choice((1, 7, 8, 14, 20, 28, 30, 31, 40, 60, 62, 90, 92, 182, 365, 366))
        days, beloeb = chance.randint(1, length), chance.choice((chance.randint(1, 5_000_000), chance.randint(1, 999)))
        rate = chance.choice((*RATES, None))
        sign = chance.choice((1, 1, 1, 1, -1))
        line = priced(sign * beloeb, length, days, rate, i_tilbud=chance.choice((True, False, None)))
        halves = (2 * beloeb * days) % (2 * length) == length
        if rate is not None:
            over, under = beloeb * days * rate.numerator, length * rate.denominator
            halves = halves or (2 * over) % (2 * under) == under
        if halves or len(made) % 3:
            made.append(line)
    return made


def with_lines(lines: list[Line], a_case: int) -> Report:
    """Lilleby with these lines instead of its own, so many to a case, all running on the last day of each payment."""
    report = app.check(LILLEBY)
    cutoff = day_of("2007-01-31")
    cases = []
    for place in range(0, len(lines), a_case):
        own = tuple(lines[place : place + a_case])
        periods = union([Period(line.first, line.last) for line in own])
        runs = [line for line in own if line.last == cutoff and line.rate is not None]
        per_day = sum(half_up(one.payment.beloeb * one.rate.numerator, 31 * one.rate.denominator) for one in runs)  # type: ignore[union-attr]
        nothing = loss_of((), ())
        exposure = Exposure(loss_of(periods, own), nothing, nothing, per_day, 0, 0)
        cases.append(CaseResult(f"S{place}", None, Outcome.ERROR_WITH_LOSS, True, (), exposure))
    facts = dataclasses.replace(report.run, cutoff=cutoff)
    return dataclasses.replace(
        report, run=facts, cases=tuple(cases), findings=(), summary=summarise(cases, paid_known=True)
    )


def test_a_spreadsheet_rounds_every_line_as_we_do_halves_included(redone: Redone) -> None:
    assert same(redone["halves"]) > 5 * 800


def rounded(kroner: float) -> int:
    """A spreadsheet's ROUND to two decimals, half away from zero, of the 15 digits it can show; in øre."""
    return int(Decimal(f"{kroner:.15g}").quantize(Decimal("0.01"), ROUND_HALF_UP) * 100)


@given(st.integers(-50_000_000, 50_000_000), st.integers(1, 1100), st.integers(1, 1100), st.integers(0, 200))
def test_the_formulas_round_as_we_do(beloeb: int, length: int, days: int, halves: int) -> None:
    """The formulas of a line in the numbers a spreadsheet has, for amounts to half a million and rates to 0.5 %."""
    days, rate = min(days, length), Fraction(halves, 200)
    amount, share = beloeb / 100, float(rate)
    assert rounded(amount * days / length) == half_up(beloeb * days, length)
    assert rounded(amount * days / length * share) == half_up(beloeb * days * rate.numerator, length * rate.denominator)


# Without the visitationstilsyn


@pytest.mark.parametrize(("supervisions", "title", "first"), WITHOUT_SAMTALER)
def test_without_samtaler_the_first_sheet_is_of_the_further_supervisions(
    supervisions: tuple[str, ...], title: str, first: str, redone: Redone
) -> None:
    report = report_without_samtaler(*supervisions)
    workbook = opened(redone[title].ours)
    own = [one.title for one in report.supervisions]
    ledger = ["Kontrolregnskab"] if "raadighed" in supervisions else []
    lines = ["Tilsynslinjer"] if "raadighed" in supervisions else []
    assert workbook.sheetnames == ["Resumé", *own, "Fund", *lines, "Regler", *ledger, "Grundlag"]
    sheet = workbook["Resumé"]
    assert sheet["A1"].value.lower() == f"{title.removesuffix('et')} · lilleby"
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert first in values
    numbers = [value for value in values if isinstance(value, int | float)]
    assert numbers[0] == (5047.70 if first == LOSES else len(rows(workbook, "Fund")) - about_data(report))
    assert 0 not in numbers
    assert not [one for one in OF_VISITATION if any(one in value for value in values if isinstance(value, str))]
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in workbook.sheetnames[1:]]
    assert same(redone[title]) > 10


@pytest.mark.parametrize("report", [lambda: report_without_samtaler("raadighed"), lambda: everything_of(WHOLE)])
def test_the_lines_of_further_supervisions_add_up_to_what_they_expect(report: Callable[[], Report]) -> None:
    made = report()
    (own,) = [one for one in made.supervisions if one.name == "raadighed"]
    found = rows(opened(written(made)), "Tilsynslinjer")
    assert {row["Tilsyn"] for row in found} == {"Rådighedstilsyn"}
    for case in own.cases or ():
        for kind, loss in losses(case):
            mine = [row for row in found if row["Sag"] == case.sag_id and row["Tab"] == kind]
            assert len(mine) == len(loss.lines or ())
            assert round(100 * sum(row["Tabt refusion"] for row in mine)) == loss.refund_lost
    assert own.summary is not None
    expected = [row for row in found if row["Tab"] == EXPECTED]
    assert round(100 * sum(row["Tabt refusion"] for row in expected)) == own.summary.expected.refund_lost == 504770
    assert all(row["Fil"] == "udbetalinger.csv" and row["Række"] > 1 for row in found)


def test_where_no_further_supervision_loses_anything_there_are_no_lines_of_them() -> None:
    assert "Tilsynslinjer" not in opened(written(lilleby())).sheetnames


def test_without_samtaler_the_account_is_of_the_rules_that_were_asked_of_cases() -> None:
    report = report_without_samtaler(*FURTHER)
    found = rows(opened(written(report)), "Kontrolregnskab")
    assert {row["Kode"][:2] for row in found} == {"RT"}
    assert all(row["Sager"] == 37 and row["Forskel"] == 0 for row in found)


def about_data(report: Report) -> int:
    return sum(placed.finding.rule.supervision == DATA for placed in report.findings)


def test_without_samtaler_the_supervisions_stand_beside_one_another() -> None:
    workbook = opened(written(report_without_samtaler(*FURTHER)))
    found = block(workbook, "Resumé", "TilsyneneUnderÉt")
    assert [(row["Tilsyn"], row["Forventet tab, kr."], row["Fund"]) for row in found] == [
        ("Kontrolsager", None, 3),
        ("Rådighedstilsyn", 5047.70, 19),
        ("Sagsbehandling", None, 37),
    ]
