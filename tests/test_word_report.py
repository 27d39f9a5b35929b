"""The Word report: its sections, its numbers against the report's own, its craft, its sameness and its privacy."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from alone import FURTHER, LOSES, OF_VISITATION, WITHOUT_SAMTALER, everything_of, lilleby_alone, report_without_samtaler
from as_files import report_on
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table

from kommunecheck import app
from kommunecheck.checks import CHECKS
from kommunecheck.demo import write_demo
from kommunecheck.domain.days import danish, day_of
from kommunecheck.domain.report import Fact, Outcome, Report, Upcoming
from kommunecheck.domain.section import Section, SectionTable
from kommunecheck.domain.wording import kroner
from kommunecheck.plugins.host import load
from kommunecheck.reports import word
from kommunecheck.reports.advice import mend
from kommunecheck.reports.lines import NO_RATE, in_kroner, in_words, total_of
from kommunecheck.reports.phrases import safe
from kommunecheck.reports.running import still_running
from kommunecheck.testing import a_case, held, planned

LILLEBY = lilleby_alone()
ASKED = app.Options(facts=frozenset(Fact))
"""Everything a document shows."""
EXPLAINED = {check.RULE.code: check.EXPLAIN for check in CHECKS}
ADVICE = "Anbefalinger, de vigtigste først, og hvad hver er værd"
SECTIONS = [
    "Ledelsesresumé",
    "Anbefalinger",
    "Det løber stadig",
    "Kommende frister",
    "Fund efter regel",
    "Efter team",
    "Måned for måned",
    "De dyreste sager",
    "Metode",
    "Hvad der ikke er set på",
    "Kilder",
    "Ord i rapporten",
]
ASKED_FOR = ("Kommende frister", "Måned for måned")
UNASKED = [section for section in SECTIONS if section not in ASKED_FOR]


@pytest.fixture(scope="module")
def report() -> Report:
    return everything_of(LILLEBY)


@pytest.fixture(scope="module")
def content(report: Report) -> bytes:
    return file_of(report)


@pytest.fixture(scope="module")
def lilleby(content: bytes) -> Document:
    """The document as it is read; nobody may change it."""
    return docx.Document(BytesIO(content))


@pytest.fixture(scope="module")
def without_payments(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("unpaid") / "lilleby"
    shutil.copytree(LILLEBY, folder)
    (folder / "udbetalinger.csv").unlink()
    return app.check(folder, ASKED)


@pytest.fixture(scope="module")
def unpaid(without_payments: Report) -> Document:
    return opened(without_payments)


def file_of(report: Report) -> bytes:
    return b"".join(word.write(report))


def opened(report: Report) -> Document:
    return docx.Document(BytesIO(file_of(report)))


def plain(text: str) -> str:
    """Text without the signs that only keep a line together."""
    return text.replace("\u00a0", " ").replace("\u2011", "-")


def texts(document: Document) -> list[str]:
    """Every paragraph, those in tables too, in order."""
    return [plain("".join(t.text or "" for t in p.iter(qn("w:t")))) for p in document.element.body.iter(qn("w:p"))]


def headings(document: Document, level: int) -> list[str]:
    return [plain(p.text) for p in document.paragraphs if p.style is not None and p.style.name == f"Heading {level}"]


def table_of(document: Document, caption: str) -> Table:
    """The table whose text for a screen reader begins so."""
    return next(table for table in document.tables if caption_of(table).startswith(caption))


def caption_of(table: Table) -> str:
    return plain(str(table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))))


def rows_of(table: Table) -> list[list[str]]:
    return [
        ["".join(plain(t.text or "") for t in cell.iter(qn("w:t"))) for cell in row.findall(qn("w:tc"))]
        for row in table._tbl.findall(qn("w:tr"))
    ]


# The sections and their numbers


def test_the_sections_stand_in_the_order_they_are_read(lilleby: Document) -> None:
    assert headings(lilleby, 1) == SECTIONS


def test_the_format_is_offered_by_its_suffix(report: Report, content: bytes) -> None:
    offered = next(one for one in load().formats if one.name == "word")
    assert offered.suffix == ".docx"
    assert b"".join(offered.write(report)) == content


def test_the_front_says_whose_which_period_and_the_number(lilleby: Document, report: Report) -> None:
    front = texts(lilleby)[: texts(lilleby).index("Indhold")]
    assert front[0] == "Før-tilsyn: visitationstilsynet"
    assert front[1] == "Lilleby · 1. januar 2007 til 31. december 2007 · opgjort pr. 31. december 2007"
    assert any(line.startswith("OPDIGTEDE TAL") for line in front)
    assert kroner(report.summary.expected.refund_lost) in front
    assert "41 af 106" in front


def test_a_report_on_real_numbers_does_not_call_them_made_up(report: Report) -> None:
    real = replace(report, run=replace(report.run, synthetic=False))
    whole_file = " ".join(all_text(file_of(real)))
    assert "OPDIGTEDE" not in whole_file


def test_an_incomplete_report_says_so_before_the_numbers(report: Report, lilleby: Document) -> None:
    torn = opened(replace(report, run=replace(report.run, complete=False)))
    said = texts(torn)
    assert any(line.startswith("RAPPORTEN ER UFULDSTÆNDIG") for line in said[: said.index("Indhold")])
    assert not any("UFULDSTÆNDIG" in line for line in texts(lilleby))


def test_the_summary_gives_the_loss_and_the_counts_of_the_guidance(lilleby: Document, report: Report) -> None:
    said = texts(lilleby)
    figures, outcomes = report.summary, report.summary.outcomes
    assert f"Kommunen står til at miste {kroner(figures.expected.refund_lost)} i refusion." in said
    assert any(f"Der er i alt udbetalt {kroner(figures.expected.paid)} for de dage" in line for line in said)
    assert any(kroner(figures.running_per_day) in line and line.startswith("Tabet vokser") for line in said)
    assert any(line.startswith(f"Muligt tab: {kroner(figures.discretionary.refund_lost)}") for line in said)
    assert any(line.startswith(f"Hviler på journalen: {kroner(figures.documentation.refund_lost)}") for line in said)
    counted = {row[0]: row[1] for row in rows_of(table_of(lilleby, "Sagerne talt op"))[1:]}
    with_loss = outcomes[Outcome.ERROR_WITH_LOSS]
    assert counted == {
        "Udtaget": str(figures.cases),
        "Med fejl": str(with_loss + outcomes[Outcome.ERROR_WITHOUT_LOSS]),
        "– heraf med forventet tab": str(with_loss),
        "Uden kritik": str(outcomes[Outcome.NO_CRITICISM]),
        "Udgået": str(outcomes[Outcome.WITHDRAWN]),
        "Ikke fuldt vurderet": str(outcomes[Outcome.NOT_ASSESSED]),
    }


def test_the_three_causes_are_the_dearest_of_the_expected_loss_and_each_remedy_is_recommended(
    lilleby: Document, report: Report
) -> None:
    causes = [line for line in texts(lilleby) if re.match(r"\d\. [A-ZÆØÅ].* \(VT\d{3}\): ", line)]
    advice = [plain(row[1]) for row in rows_of(table_of(lilleby, ADVICE))]
    expected = {one.finding.rule.code for one in report.findings if one.finding.expected}
    dearest = sorted(
        (total for total in report.summary.by_code if total.code in expected),
        key=lambda total: (-(total.alone_refund or 0), -total.alone_days, total.code),
    )[:3]
    assert len(causes) == 3
    for line, total in zip(causes, dearest, strict=True):
        assert f"({total.code})" in line
        assert kroner(total.alone_refund) in line
        assert any(mend(report, total.code) in one for one in advice)


def test_the_recommendations_say_what_each_is_worth_and_where_to_begin(lilleby: Document) -> None:
    told = rows_of(table_of(lilleby, ADVICE))
    assert [plain(row[0]) for row in told[1:3]] == ["500,31 kr. om dagen", "57.388,73 kr. tabt"]
    assert "Begynd i Team Nord, hvor det koster 25.401,60 kr." in plain(told[2][1])
    assert [row[2] for row in told[2:5]] == ["VT102", "VT201", "VT203"]


def test_what_runs_stands_with_the_step_that_stops_it(lilleby: Document, report: Report) -> None:
    running = still_running(report)
    shown = rows_of(table_of(lilleby, "Sager, hvor tabet stadig løber"))[1:]
    assert [(row[0], row[2]) for row in shown] == [(one.sag_id, kroner(one.per_day)) for one in running]
    for row, one in zip(shown, running, strict=True):
        assert row[4].startswith(one.told)


def test_the_acts_of_supervisions_that_were_not_run_are_not_listed(lilleby: Document) -> None:
    listed = texts(lilleby)[texts(lilleby).index("Love og vejledninger") :]
    assert any(one.startswith("BEK 1714/2006: ") for one in listed)
    others = ("KK-notat 2006", "STAR, benchmarking", "integrationsloven", "retssikkerhedsloven", "BEK 1404/2006")
    assert not any(one.startswith(others) for one in listed)


def test_only_the_summary_begins_a_page_so_that_none_is_left_nearly_empty(lilleby: Document) -> None:
    begin = [one.text for one in lilleby.paragraphs if one.paragraph_format.page_break_before]
    assert begin == ["Ledelsesresumé"]


def test_what_leads_to_a_table_stands_on_its_page_and_a_small_table_is_kept_together(report: Report) -> None:
    added = Section("Et afsnit", ("Det står her.",), SectionTable(("Sag",), (("L001",),)))
    made = opened(replace(report, sections=(added,)))
    body = [one for one in made.element.body if one.tag in (qn("w:p"), qn("w:tbl"))]
    for title in ("Det løber stadig", "Kommende frister", "Et afsnit"):
        (*_, place) = (at for at, one in enumerate(body) if "".join(t.text or "" for t in one.iter(qn("w:t"))) == title)
        to_table = next(at for at in range(place, len(body)) if body[at].tag == qn("w:tbl"))
        assert all(one.find(f".//{qn('w:keepNext')}") is not None for one in body[place + 1 : to_table]), title
    small = table_of(made, "Teams med sager")
    rows = [[cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells] for row in small.rows]
    assert all(all(row) for row in rows[:-1])


def test_no_line_breaks_within_the_numbers_of_the_match_categories(lilleby: Document) -> None:
    said = " ".join(paragraph.text for paragraph in lilleby.paragraphs)
    assert "matchkategori\u00a01\u20115" in said
    assert "matchkategori 1-5" in plain(said)
    assert safe("Sag 2007-0012") == "Sag 2007-0012", "an id is copied and searched for"


def test_of_many_running_losses_the_dearest_are_shown_and_it_is_said_of_how_many(tmp_path: Path) -> None:
    cases = [a_case("2007-01-02", sag_id=f"S{number:02}", team="A") for number in range(25)]
    document = opened(report_on(cases, tmp_path))
    assert len(rows_of(table_of(document, "Sager, hvor tabet"))) == 21
    assert any("de 20 dyreste af 25 sager" in line for line in texts(document))


def test_the_deadlines_that_come_soon_are_shown_with_the_soonest_first(lilleby: Document, report: Report) -> None:
    ahead = report.upcoming
    assert ahead is not None
    shown = rows_of(table_of(lilleby, "Samtaler, der skal holdes snart"))[1:]
    assert [(row[0], row[1]) for row in shown] == [
        (danish(one.last_day), one.sag_id) for one in ahead.deadlines[: len(shown)]
    ]
    if len(shown) < len(ahead.deadlines):
        assert any(f"De {len(shown)} nærmeste af {len(ahead.deadlines)} frister" in line for line in texts(lilleby))
    counted = rows_of(table_of(lilleby, "Kommende frister efter team"))
    assert counted[-1][-1] == str(len(ahead.deadlines))


def test_deadlines_that_cannot_be_told_are_not_said_to_be_none(report: Report) -> None:
    for ahead, said in (
        (Upcoming(28, (), "kolonnen ophoersdato mangler i sager"), "kolonnen ophoersdato mangler i sager"),
        (Upcoming(28, ()), "Der er ingen."),
    ):
        assert any(said in line for line in texts(opened(replace(report, upcoming=ahead))))
    for nothing in (None, Upcoming(0, ())):
        assert "Kommende frister" not in headings(opened(replace(report, upcoming=nothing)), 1)


def test_the_account_of_what_was_checked_stands_with_what_was_not_looked_at(lilleby: Document, report: Report) -> None:
    shown = rows_of(table_of(lilleby, "Hvad hver regel kom til"))[1:]
    assert report.ledger is not None
    assert [(row[0], [int(cell) for cell in row[1:]]) for row in shown] == [
        (one.code, [*one.counts, one.cases]) for one in report.ledger
    ]


def test_each_reading_is_told_a_step_stricter_and_looser(lilleby: Document, report: Report) -> None:
    shown = rows_of(table_of(lilleby, "Det forventede tab, når hver læsning"))[1:]
    steps = [step for one in report.readings or () for step in (one.stricter, one.looser)]
    assert [row[3] for row in shown] == [kroner(step.expected.refund_lost) for step in steps if step is not None]
    assert any(row[4].startswith("+") for row in shown)
    assert any(row[4].startswith("-") for row in shown)


def test_each_rule_with_findings_has_its_counts_and_its_own_heading(lilleby: Document, report: Report) -> None:
    shown = {row[0]: row[1:] for row in rows_of(table_of(lilleby, "Regler med fund"))[1:]}
    found = {one.finding.rule.code for one in report.findings}
    assert set(shown) == found
    for total in report.summary.by_code:
        counts = [str(total.findings), str(total.cases)]
        sums = [kroner(total.alone_refund), kroner(total.touched_refund)] if total.touched_days else ["–", "–"]
        assert shown[total.code][1:] == counts + sums
    titles = {rule.code: rule.title for rule in report.rules}
    assert {f"{code} {titles[code]}" for code in found} <= set(headings(lilleby, 2))


def test_each_rule_tells_the_law_and_the_remedy(lilleby: Document, report: Report) -> None:
    said = " ".join(texts(lilleby))
    for rule in {one.finding.rule for one in report.findings}:
        assert EXPLAINED[rule.code].says in said
        assert EXPLAINED[rule.code].remedy in said
        assert "; ".join(rule.citations) in said


def test_the_rule_of_a_plugin_is_told_as_ours_are(report: Report) -> None:
    placed = report.findings[-1]
    rule = replace(placed.finding.rule, code="TE101", citations=("Telefonaftalen § 1",), supervision="telefon")
    explained = replace(EXPLAINED["VT101"], says="Aftalen siger det.", remedy="Ring.")
    other = replace(
        report,
        findings=(*report.findings, placed._replace(finding=placed.finding._replace(rule=rule))),
        explanations={**report.explanations, "TE101": explained},
        acts={**report.acts, "Telefonaftalen": "Kommunens egen aftale"},
    )
    said = texts(opened(other))
    assert "Reglen: Aftalen siger det. (Telefonaftalen § 1)" in said
    assert "Gør sådan: Ring." in said
    assert "Telefonaftalen: Kommunens egen aftale" in said


def test_a_rule_without_an_explanation_is_told_by_its_title_and_citations(report: Report) -> None:
    document = opened(replace(report, explanations={}))
    assert headings(document, 1) == SECTIONS
    assert not any("Gør sådan" in line for line in texts(document))


def test_the_teams_add_up(lilleby: Document, report: Report) -> None:
    _, *teams, total = rows_of(table_of(lilleby, "Teams med sager"))
    expected = {one.team: one for one in report.summary.by_team}
    assert {row[0] for row in teams} == set(expected)
    for row in teams:
        one = expected[row[0]]
        assert row[1:3] == [str(one.cases), str(one.error_with_loss)]
        assert row[4] == kroner(one.refund_lost)
    assert (total[0], total[1], total[4]) == (
        "I alt", str(report.summary.cases), kroner(report.summary.expected.refund_lost)
    )  # fmt: skip


def test_the_costliest_cases_show_every_line_with_its_row(lilleby: Document, report: Report) -> None:
    for case in report.cases:
        for title, loss in (
            ("Forventet tab af refusion", case.exposure.expected),
            ("Muligt tab efter direktoratets skøn", case.exposure.discretionary),
            ("Hviler alene på journalnotater", case.exposure.documentation),
        ):
            if not loss.lines:
                continue
            first, *rows, total = rows_of(table_of(lilleby, f"{title} i sagen {case.sag_id},"))
            assert len(rows) == len(loss.lines)
            for row, line in zip(rows, loss.lines, strict=True):
                assert row[:3] == [danish(line.first), danish(line.last), str(line.days)]
                assert f"{row[3]} kr." == kroner(line.payment.beloeb)
                assert row[4] == str(line.payment.til - line.payment.fra + 1)
                lost = NO_RATE if line.rate is None else in_kroner(line.refund_lost)
                assert row[6:8] == [in_kroner(line.paid), lost]
                assert row[8] == str(line.payment.row), "as the program that shows the file has it"
            assert total[6:8] == [in_kroner(loss.paid), total_of(loss)]
            assert first[6:8] == ["Udbetalt, kr.", "Tabt refusion, kr."]
            assert f"{title}: {in_words(loss)}" in headings(lilleby, 3)


def test_both_steps_of_a_reading_name_it(lilleby: Document) -> None:
    _, *rows = rows_of(table_of(lilleby, "Det forventede tab, når hver læsning"))
    names = [row[0] for row in rows]
    assert names == [name for name in names[::2] for _ in ("strengere", "lempeligere")]
    assert all(": nu " in name for name in names)


def test_the_number_of_cases_told_can_be_chosen_and_is_said(report: Report, lilleby: Document) -> None:
    few = opened(replace(report, word_cases=3))
    assert len([title for title in headings(few, 2) if title.startswith("Sag L")]) == 3
    said = [line for line in texts(few) if "de 3 dyreste af 44 sager" in line]
    assert len(said) == 2
    summarised = said[0]
    assert all("Excel" in line and "JSON" in line for line in said), "where the rest are"
    assert texts(few).index(summarised) < texts(few).index("De årsager, der koster mest"), "beside the number"
    assert not any("44 sager" in line for line in texts(lilleby)[:40])
    none = opened(replace(report, word_cases=0))
    assert headings(none, 1) == SECTIONS


def test_the_configuration_says_how_many_cases_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "lilleby"
    shutil.copytree(LILLEBY, folder)
    with (folder / "kommunecheck.toml").open("a", encoding="utf-8") as file:
        file.write("\n[report]\nword_cases = 2\n")
    document = opened(app.check(folder))
    assert len([title for title in headings(document, 2) if title.startswith("Sag L")]) == 2


def test_the_method_shows_every_number_of_the_law_and_how_sure_it_is(lilleby: Document, report: Report) -> None:
    shown = {row[0]: row for row in rows_of(table_of(lilleby, "Parametre"))[1:]}
    words = {"seed": "læst i kilden", "found": "fundet i en anden tekst", "unverified": "en læsning, ikke bekræftet"}
    numbers = [one for one in report.run.parameters if one.name != "refund_rates"]
    assert len(shown) == len(numbers)
    for one in numbers:
        assert shown[one.title][2] == words[one.certainty]
    assert shown[next(one.title for one in numbers if one.name == "reform_exclusions_from")][1] == "1. marts 2007"
    assert len(rows_of(table_of(lilleby, "Refusionssatser"))) == 7
    rests = rows_of(table_of(lilleby, "Forventet tab, der hviler"))[1:]
    assert sorted(row[3] for row in rests) == sorted(kroner(one.refund_lost) for _, one in report.summary.rests_on)


def test_a_number_the_municipality_has_changed_is_said_to_be_so(report: Report) -> None:
    own = tuple(replace_of(one) for one in report.run.parameters)
    document = opened(replace(report, run=replace(report.run, parameters=own)))
    shown = [row[2] for row in rows_of(table_of(document, "Parametre"))[1:]]
    assert "ændret af kommunen, ikke bekræftet" in shown


def replace_of(one: Any) -> Any:
    return one._replace(overridden=one.name == "followup_workdays")


def test_the_example_of_a_line_can_be_redone(lilleby: Document) -> None:
    example = next(line for line in texts(lilleby) if line.startswith("Eksempel:"))
    found = re.search(r": ([\d.,]+) kr\. × (\d+) / (\d+) × ([\d,]+) % = ([\d.,]+) kr\.", example)
    assert found is not None
    amount, days, of, rate, result = (float(part.replace(".", "").replace(",", ".")) for part in found.groups())
    assert round(amount * days / of * rate / 100, 2) == result


def test_what_was_not_looked_at_is_told(report: Report) -> None:
    run = replace(
        report.run,
        not_run=(("VT301", "kolonnen arbejdssoegende mangler"), ("VT204", "kolonnen arbejdssoegende mangler")),
        ignored=(("VT107", "aftalt med revisor"),),
        crashes=(("VT101", "L013"), ("VT405", None)),
        warnings=("Tabellen perioder er ikke med.",),
        complete=False,
    )
    said = texts(opened(replace(report, run=run)))
    assert "VT301, VT204: kolonnen arbejdssoegende mangler." in said
    assert "VT107: aftalt med revisor." in said
    assert "VT101: 1 sted: L013" in said
    assert "VT405: 1 sted: kommunens egne forhold" in said
    assert "Tabellen perioder er ikke med." in said
    assert any(line.startswith("7 tabte dage er ikke dækket") for line in said)
    assert any(line.startswith("13 tabte dage er udbetalt") for line in said)


def test_the_cases_that_could_not_be_assessed_are_named_with_what_stood_in_the_way(
    lilleby: Document, report: Report
) -> None:
    shown = {row[0]: row[2] for row in rows_of(table_of(lilleby, "Sager, der ikke er fuldt vurderet"))[1:]}
    expected = {one.sag_id for one in report.cases if not one.fully_assessed and one.outcome is not Outcome.WITHDRAWN}
    assert set(shown) == expected
    assert all("DQ" in reason for reason in shown.values())


def test_the_sources_stand_with_their_control_totals_and_whole_hashes(lilleby: Document, report: Report) -> None:
    _, *rows, total = rows_of(table_of(lilleby, "Filerne"))
    for row, source in zip(rows, report.run.sources.values(), strict=True):
        counts = [int(cell.replace(".", "")) for cell in row[2:5]]
        assert counts == [source.rows, source.rows_used, source.rows_reported]
        assert row[5].replace(" ", "") == source.sha256
    assert int(total[2].replace(".", "")) == sum(source.rows for source in report.run.sources.values())


# Municipalities of another kind


def test_without_payments_days_are_told_and_no_amount_is_zero(unpaid: Document) -> None:
    said = texts(unpaid)
    without = ["Sagerne med flest tabte dage" if title == "De dyreste sager" else title for title in SECTIONS]
    assert headings(unpaid, 1) == without
    assert "De årsager, der giver flest tabte dage" in said
    assert "Beløbet kan ikke regnes ud, fordi udtrækket er uden udbetalinger." in said
    assert not any("0,00 kr." in line for line in said)
    assert any(title.endswith("ukendt beløb") for title in headings(unpaid, 3))


def test_what_must_be_known_before_the_number_is_believed_is_in_the_summary(
    without_payments: Report, unpaid: Document
) -> None:
    said = texts(unpaid)
    summary = said[said.index("Ledelsesresumé", said.index("Ord i rapporten")) : said.index("Fund efter regel", 40)]
    assert without_payments.run.warnings
    assert set(without_payments.run.warnings) <= set(summary)
    assert any(line.endswith("regler er ikke kontrolleret.") for line in summary)


def test_a_municipality_without_findings_reads_sensibly(tmp_path: Path) -> None:
    sound = a_case("2007-01-02", ended="2007-05-01", interviews=[held("2007-04-02")], team="Team Nord")
    clean = report_on([sound], tmp_path)
    clean = replace(clean, findings=())
    document = opened(clean)
    said = texts(document)
    assert headings(document, 1) == UNASKED
    for sentence in (
        "Der er ikke fundet fejl, der koster refusion.",
        "Intet tab løber videre efter 31. december 2007.",
        "Der er ingen fund.",
        "Ingen sager har tabte dage.",
        "Intet af det forventede tab hviler på en læsning, der ikke er bekræftet.",
    ):
        assert sentence in said


def test_a_rule_that_is_ignored_is_neither_a_section_nor_a_cause(tmp_path: Path) -> None:
    shutil.copytree(LILLEBY, tmp_path / "lilleby")
    document = opened(app.check(tmp_path / "lilleby", app.Options(ignore=("VT102",))))
    assert not any(title.startswith("VT102") for title in headings(document, 2))
    assert not any(line.startswith("1. ") and "VT102" in line for line in texts(document))
    assert any(line.startswith("VT102:") for line in texts(document))


# The craft


def test_every_table_repeats_its_heading_and_splits_no_row(lilleby: Document) -> None:
    assert len(lilleby.tables) > 50
    for table in lilleby.tables:
        first, *rest = table._tbl.findall(qn("w:tr"))
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert rest
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (first, *rest))
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in rest)
        assert caption_of(table)


def test_no_table_is_wider_than_the_text(lilleby: Document) -> None:
    section = lilleby.sections[0]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    for table in lilleby.tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert sum(widths) * 635 <= room + 635 * len(widths), caption_of(table)


def test_the_contents_are_filled_in_and_lead_to_the_sections(lilleby: Document) -> None:
    entries = [p for p in lilleby.paragraphs if p.style is not None and p.style.name == "toc 1"]
    assert [plain("".join(t.text or "" for t in p._p.iter(qn("w:t")))) for p in entries] == SECTIONS
    kinds = [one.get(qn("w:fldCharType")) for p in entries for one in p._p.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert all(p._p.findall(qn("w:hyperlink")) for p in entries)


def test_every_link_leads_to_a_bookmark_and_every_bookmark_is_the_only_one(lilleby: Document) -> None:
    body = lilleby.element.body
    names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    ids = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd")))
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert len(links) > 50
    assert links <= set(names)


def test_headings_skip_no_level_and_no_paragraph_is_empty(lilleby: Document) -> None:
    levels = [
        int(p.style.name[-1])
        for p in lilleby.paragraphs
        if p.style is not None and str(p.style.name).startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for paragraph in lilleby.paragraphs:
        assert any(t.text for t in paragraph._p.iter(qn("w:t"))) or list(paragraph._p.iter(qn("w:drawing")))


def test_every_style_that_is_used_is_there_and_danish(lilleby: Document) -> None:
    styles = {style.style_id for style in lilleby.styles}
    body = lilleby.element.body
    used = {one.get(qn("w:val")) for tag in ("pStyle", "rStyle", "tblStyle") for one in body.iter(qn(f"w:{tag}"))}
    assert used <= styles
    languages = {one.get(qn("w:val")) for one in lilleby.styles.element.iter(qn("w:lang"))}
    assert languages == {"da-DK"}


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
}
"""The order in which the standard wants these elements' children; Word refuses a file where it is another."""


def test_the_parts_are_in_the_order_that_word_insists_on(lilleby: Document) -> None:
    parts = [lilleby.element, lilleby.styles.element, lilleby.sections[0].header._element]
    for parent, order in ORDER.items():
        places = {qn(f"w:{name}"): place for place, name in enumerate(order.split())}
        for element in (found for part in parts for found in part.iter(qn(f"w:{parent}"))):
            children = [places[child.tag] for child in element if child.tag in places]
            assert children == sorted(children), [child.tag for child in element]
            assert {child.tag for child in element} <= set(places), [child.tag for child in element]


def test_pages_are_numbered_and_nothing_is_asked_when_it_is_opened(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as parts:
        footers = [parts.read(name).decode() for name in parts.namelist() if name.startswith("word/footer")]
        settings = parts.read("word/settings.xml").decode()
        names = parts.namelist()
    assert len(footers) == 2
    assert all("PAGE</w:instrText>" in footer and "NUMPAGES</w:instrText>" in footer for footer in footers)
    assert "updateFields" not in settings
    assert not any("thumbnail" in name or "customXml" in name for name in names)


# Sameness


def test_the_same_report_gives_the_same_bytes(report: Report, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert file_of(report) == content
    assert file_of(app.check(LILLEBY, ASKED)) == content


def test_the_file_is_dated_by_the_cutoff_day(report: Report, content: bytes) -> None:
    facts = docx.Document(BytesIO(content)).core_properties
    assert facts.created is not None
    assert facts.created.date().toordinal() == report.run.cutoff == day_of("2007-12-31")
    assert facts.modified == facts.created
    with ZipFile(BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.namelist()[0] == "[Content_Types].xml"


# Hostile text, and privacy

HOSTILE = [
    '=HYPERLINK("http://x")',
    '</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/>',
    "TOC \\o { INCLUDETEXT c:\\x }",
    "a\x01b\x0bc\ufffed\ud800",
    "\u202egnirts",
    "x" * 5000,
    "linje\r\nto\tre",
    "&amp; <b> ]]> '\"",
]


def all_text(content: bytes) -> Iterator[str]:
    """All text of all parts, and the names of the parts."""
    with ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            yield name
            yield parts.read(name).decode("utf-8", "replace")


def named(report: Report, text: str, renamed_case: str) -> Report:
    """The report with a text in place of every name, of one case's id, and in its warnings."""

    def renamed(sag_id: str | None) -> str | None:
        return text if sag_id == renamed_case else sag_id

    return replace(
        report,
        run=replace(
            report.run,
            municipality_name=text,
            warnings=(text,),
            ignored=(("VT403", text),),
            sources={key: one._replace(file=text, sheet=text) for key, one in report.run.sources.items()},
            crashes=(("VT101", text),),
        ),
        summary=report.summary._replace(by_team=tuple(one._replace(team=text) for one in report.summary.by_team)),
        cases=tuple(one._replace(sag_id=renamed(one.sag_id) or "", team=text) for one in report.cases),
        findings=tuple(one._replace(sag_id=renamed(one.sag_id), team=text) for one in report.findings),
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_ids_and_teams_stay_text(report: Report, text: str) -> None:
    hostile = named(replace(report, word_cases=5), text, "L027")  # the dearest
    document = opened(hostile)
    assert headings(document, 1) == SECTIONS
    told = {part.split()[0] for part in instructions(document)}
    assert told == {"TOC"}
    links = {link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))}
    assert None not in links
    assert not document.part.rels or all(not rel.is_external for rel in document.part.rels.values())


def instructions(document: Document) -> list[str]:
    return [one.text or "" for one in document.element.body.iter(qn("w:instrText"))]


NUMBER, HYPHENED, SPACED = "0101701234", "010170-1234", "010170 1234"
SECRETS = (NUMBER, HYPHENED, SPACED, "010170\u00a01234", "kanarie", "fuglsang", "sklerose")


def plant(folder: Path, value: str, without: frozenset[str]) -> None:
    """Put the value in every column of every table, each time in another row."""
    for table in ("sager", "samtaler", "perioder", "udbetalinger", "journal"):
        file = folder / f"{table}.csv"
        heading, *rows = [line.split(";") for line in file.read_text(encoding="utf-8-sig").splitlines()]
        columns = [place for place, column in enumerate(heading) if column != "sag_id" and column not in without]
        for row, place in enumerate(columns):
            rows[row % len(rows)][place] = value
        file.write_text("".join(";".join(row) + "\n" for row in (heading, *rows)), encoding="utf-8")


@pytest.mark.parametrize(
    ("value", "without"),
    [
        (f"Team {HYPHENED}", frozenset()),
        (f"Team {NUMBER}", frozenset()),
        (SPACED, frozenset()),
        (f"Kanarie Fuglsang har sklerose {SPACED}", frozenset({"team"})),
    ],
)
def test_nothing_secret_in_any_column_reaches_the_document(value: str, without: frozenset[str], tmp_path: Path) -> None:
    folder = tmp_path / "lilleby"
    shutil.copytree(LILLEBY, folder)
    plant(folder, value, without)
    told = app.check(folder, ASKED)
    assert {"DQ003", "DQ008"} <= {one.finding.rule.code for one in told.findings}
    assert leaks(file_of(replace(told, word_cases=1000))) == []


def leaks(content: bytes) -> list[str]:
    found = "\n".join(all_text(content)).lower()
    return [secret for secret in SECRETS if secret in found]


def test_a_cpr_number_broken_over_a_line_or_cut_with_a_long_name_is_masked(report: Report) -> None:
    teams = {"Team Nord": "Nord 010170\n1234", "Team Syd": "x" * 72 + f" {NUMBER}"}
    split = replace(
        report,
        summary=report.summary._replace(
            by_team=tuple(one._replace(team=teams.get(one.team or "", one.team)) for one in report.summary.by_team)
        ),
        cases=tuple(one._replace(team=teams.get(one.team or "", one.team)) for one in report.cases),
        findings=tuple(one._replace(team=teams.get(one.team or "", one.team)) for one in report.findings),
    )
    content = file_of(split)
    assert leaks(content) == []
    assert "0101701" not in "".join(all_text(content))


# Size


def test_many_cases_make_a_document_no_larger_than_fewer_do(tmp_path: Path) -> None:
    quick = app.Options(facts=ASKED.facts - {Fact.READINGS})  # as many lines however many cases, and they take long
    contents = []
    for cases in (500, 2000):
        write_demo(tmp_path / str(cases), cases, 1)
        contents.append(file_of(app.check(tmp_path / str(cases), quick)))
        assert any("de 50 dyreste af" in line for line in texts(docx.Document(BytesIO(contents[-1]))))
    fewer, many = map(len, contents)
    assert many < 1.5 * fewer


def test_a_case_with_a_future_interview_is_told_too(tmp_path: Path) -> None:
    case = a_case("2007-01-02", interviews=[planned("2008-01-15")], cutoff="2007-12-31", team="A")
    assert headings(opened(report_on([case], tmp_path)), 1) == UNASKED


# As it is printed


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on PATH; the README says how to install it"
)
@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler (pdftotext) is not on PATH; the README says how to install it"
)
def test_it_prints_on_several_pages_and_none_is_empty(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "rapport.docx"
    file.write_bytes(file_of(replace(report, word_cases=5)))
    office = [
        "soffice",
        f"-env:UserInstallation={(tmp_path.parent / 'libreoffice').as_uri()}",
        *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)),
    ]
    subprocess.run(office, check=True, capture_output=True, timeout=180)  # noqa: S603 - our own file
    printed = subprocess.run(  # noqa: S603 - the same
        ["pdftotext", "-layout", str(tmp_path / "rapport.pdf"), "-"],  # noqa: S607 - where the machine has it
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    pages = printed.rstrip("\f\n").split("\f")
    assert len(pages) > 3
    for page in pages:
        own = [line for line in page.splitlines() if line.strip() and "Side " not in line and "OPDIGTEDE" not in line]
        assert len(own) > 2, page
    assert f"Side {len(pages)} af {len(pages)}" in plain(pages[-1])
    starts = [line for line in plain(pages[1]).splitlines() if line.strip()]
    assert starts[1].strip() == "Ledelsesresumé"
    assert any(line.strip() == "Det løber stadig" for line in plain(pages[2]).splitlines()), "the summary is one page"


# Without the visitationstilsyn


@pytest.mark.parametrize(("supervisions", "title", "first"), WITHOUT_SAMTALER)
def test_without_samtaler_the_first_pages_are_of_the_further_supervisions(
    supervisions: tuple[str, ...], title: str, first: str
) -> None:
    report = report_without_samtaler(*supervisions)
    document = opened(report)
    said = texts(document)
    assert said[0] == f"Før-tilsyn: {title}"
    assert document.core_properties.title.startswith(said[0])
    sections, own = headings(document, 1), [one.title for one in report.supervisions]
    assert sections[: 3 + len(own)] == ["Ledelsesresumé", "Anbefalinger", *own, "Fund efter regel"]
    assert sections[-4:] == ["Metode", "Hvad der ikke er set på", "Kilder", "Ord i rapporten"]
    summary = said.index(first)
    assert said[summary - 1] == "Ledelsesresumé"
    front = "\n".join(said[: said.index("Anbefalinger", summary)])
    assert not [one for one in OF_VISITATION if one in front]
    titles, figures = rows_of(document.tables[0])
    assert titles == (["Forventet tab af refusion", "Fund"] if first == LOSES else ["Fund"])
    assert (figures[0] == "5.047,70 kr.") == (first == LOSES)


def test_without_samtaler_the_supervisions_stand_in_the_summary_and_not_once_more() -> None:
    document = opened(report_without_samtaler(*FURTHER))
    assert texts(document).count("Tilsynene under ét") == 1
    rows = rows_of(table_of(document, "Tilsynene under ét"))
    assert rows[2] == ["Rådighedstilsyn", "37", "16", "5.047,70", "43", "63.319,54", "19"]
    assert [row[-1] for row in rows[1:]] == ["3", "19", "37"]
    advice = rows_of(table_of(document, ADVICE))
    assert advice[1] == ["101,15 kr. om dagen", "Stop det, der løber: stands udbetalingen (1 sag).", ""]
    assert advice[2][::2] == ["5.047,70 kr. tabt", "RT108"]
    assert advice[-1][0] == "21 regler"


def test_the_cases_of_the_one_supervision_that_judges_cases_are_told_line_by_line() -> None:
    document = opened(report_without_samtaler("raadighed"))
    assert "De dyreste sager" in headings(document, 1)
    lines = [table for table in document.tables if caption_of(table).startswith("Forventet tab af refusion i sagen")]
    lost = [rows_of(table)[-1][-2].removesuffix(" kr.") for table in lines]
    assert sum(Decimal(one.replace(".", "").replace(",", ".")) for one in lost) == Decimal("5047.70")
