"""The HTML report: what it tells, that it is sound and self-contained, that anybody can read it, and its privacy."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

import html5lib
import pytest
from alone import FURTHER, LOSES, OF_VISITATION, WITHOUT_SAMTALER, report_without_samtaler
from as_files import report_on, rows_of, write_rows
from test_word_report import HOSTILE, LILLEBY, named, plant

from kommunecheck import app
from kommunecheck.cli import run
from kommunecheck.demo import write_demo
from kommunecheck.domain.days import day_of
from kommunecheck.domain.report import Fact, Outcome, Report
from kommunecheck.domain.section import Section, SectionTable
from kommunecheck.domain.wording import kroner, whole
from kommunecheck.plugins.host import load
from kommunecheck.reports import html
from kommunecheck.reports.advice import advice, mend
from kommunecheck.reports.causes import cause_of, cost_of_cause, costliest, dearest_causes
from kommunecheck.reports.html import document
from kommunecheck.reports.lines import NO_RATE, in_words
from kommunecheck.reports.pictures import look
from kommunecheck.reports.running import still_running
from kommunecheck.reports.telling import cases_to_tell
from kommunecheck.testing import (
    a_case,
    cancelled,
    circumstance,
    held,
    illness,
    no_show,
    planned,
    reported_ill,
    wage_subsidy,
)
from kommunecheck.writing import folder_of

SECTIONS = [
    "Ledelsesresumé",
    "Anbefalinger",
    "Det løber stadig",
    "Kommende frister",
    "Fund efter regel",
    "Efter team",
    "Måned for måned",
    "Sager",
    "Metode",
    "Hvad der ikke er set på",
    "Kilder",
    "Ord i rapporten",
]
STYLE = look.colours()


SHOWN = {"L077", "L068", "L026", "L033", "L048", "L093"}
"""Cases that show every kind of finding, mark and loss between them."""


EVERYTHING = app.Options(facts=frozenset(Fact))
"""All the further facts a format can ask for."""


@pytest.fixture(scope="module")
def report() -> Report:
    return app.check(LILLEBY, EVERYTHING, timelines=True)


@pytest.fixture(scope="module")
def lilleby(report: Report) -> Any:
    return parsed(file_of(report))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A municipality of more cases than one file holds, written to a file and to pages of few cases."""
    folder = tmp_path_factory.mktemp("many")
    write_demo(folder / "kommune", 160, seed=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "ONE_FILE", 120)
        patch.setattr(document, "ON_A_PAGE", 15)
        assert run(["check", str(folder / "kommune"), "-o", str(folder / "r #1.html")]) == 1
        yield folder / "r #1.html"


@pytest.fixture(scope="module")
def pages(many: Path) -> dict[Path, Any]:
    """The pages of cases, by their place."""
    return {page: parsed(page.read_bytes()) for page in sorted(folder_of(many).glob("*.html"))}


def file_of(report: Report) -> bytes:
    return b"".join(html.write(report))


def few(report: Report) -> Report:
    """The report with few cases: what looks at each element of a page is then soon done."""
    cases = tuple(case for case in report.cases if case.sag_id in SHOWN)
    findings = tuple(one for one in report.findings if one.sag_id is None or one.sag_id in SHOWN)
    return replace(report, cases=cases, findings=findings)


def parsed(content: bytes) -> Any:
    """The page as a tree. Raises for anything that is not valid HTML."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content, transport_encoding="utf-8")


def text_of(element: Any) -> str:
    """What a reader sees of an element, on one line."""
    return " ".join("".join(element.itertext()).replace("\u00a0", " ").replace("\u2011", "-").split())


def by_id(page: Any, name: str) -> Any:
    found = [one for one in page.iter() if one.get("id") == name]
    assert len(found) == 1, name
    return found[0]


def tags(page: Any) -> Iterator[Any]:
    return (one for one in page.iter() if isinstance(one.tag, str))


def cases_of(page: Any) -> dict[str, Any]:
    return {one.get("data-id"): one for one in page.iter("article") if one.get("data-id") is not None}


# The sections and their numbers


def test_the_sections_stand_in_the_order_of_the_states_own_reports(lilleby: Any) -> None:
    assert [text_of(one) for one in lilleby.iter("h2")] == SECTIONS


def test_the_format_is_offered_by_its_suffix_and_draws_courses() -> None:
    offered = next(one for one in load().formats if one.name == "html")
    assert offered.suffix == ".html"
    assert offered.timelines
    assert not any(one.timelines for one in load().formats if one.name != "html")


def test_the_summary_has_the_number_first_then_what_runs_then_the_counts(lilleby: Any, report: Report) -> None:
    summary, outcomes = report.summary, report.summary.outcomes
    said = text_of(by_id(lilleby, "resume"))
    wrong = outcomes[Outcome.ERROR_WITH_LOSS] + outcomes[Outcome.ERROR_WITHOUT_LOSS]
    told = [
        f"Forventet tab af refusion {kroner(summary.expected.refund_lost)}",
        f"Løber stadig, om dagen {kroner(summary.running_per_day)}",
        f"Sager med fejl {wrong} af {summary.cases}",
        f"Kommunen står til at miste {kroner(summary.expected.refund_lost)} i refusion.",
        f"Tabet vokser med {kroner(summary.running_per_day)} om dagen i {len(still_running(report))} sager.",
        "Sådan faldt sagerne ud",
        f"Muligt tab: {kroner(summary.discretionary.refund_lost)}",
        f"Hviler på journalen: {kroner(summary.documentation.refund_lost)}",
    ]
    places = [spaced(said).find(spaced(sentence)) for sentence in told]
    assert -1 not in places
    assert places == sorted(places)
    for one in (f"Udtaget {summary.cases}", f"Med fejl {wrong}", f"Uden kritik {outcomes[Outcome.NO_CRITICISM]}"):
        assert spaced(one) in spaced(said)
    assert f"Udgået{outcomes[Outcome.WITHDRAWN]}" in spaced(said)


def test_the_dearest_causes_are_named_in_words_and_each_is_a_recommendation(lilleby: Any, report: Report) -> None:
    said, advice = text_of(by_id(lilleby, "resume")), text_of(by_id(lilleby, "anbefalinger"))
    causes = dearest_causes(report)
    titles = {rule.code: rule.title for rule in report.rules}
    assert len(causes) == 3
    for cause in causes:
        assert f"{titles[cause.code]} ({cause.code})" in said
        assert f"{titles[cause.code]}: {mend(report, cause.code)}" in advice


def test_what_a_rule_may_cost_is_not_said_to_be_lost(lilleby: Any, report: Report) -> None:
    (total,) = (total for total in report.summary.by_code if total.code == "VT103")
    cause = cause_of(report, total)
    assert [kind.refund_lost for kind in cause.alone] == [1_075_20, 1_881_60, 0]
    assert cost_of_cause(cause) == "1.075,20 kr. i 1 sag og 1.881,60 kr. muligt tab"
    assert "Heraf 1.881,60 kr. muligt tab." in text_of(by_id(lilleby, "regel-VT103"))
    assert "Alt sammen muligt tab." in text_of(by_id(lilleby, "regel-VT105"))
    (alone,) = (one for one in advice(app.check(LILLEBY, app.Options(select=("VT103",)))) if one.code == "VT103")
    assert alone.worth == "1.075,20 kr. tabt og 1.881,60 kr. muligt tab"


def test_what_runs_stands_dearest_first_with_the_step_that_stops_it(lilleby: Any, report: Report) -> None:
    rows = [" ".join(map(text_of, row)) for row in by_id(lilleby, "loeber").iter("tr")][1:]
    running = still_running(report)
    assert [row.split()[0] for row in rows] == [one.sag_id for one in running]
    for row, one in zip(rows, running, strict=True):
        assert kroner(one.per_day) in row
        assert one.told in row


def test_every_rule_with_findings_has_its_law_its_remedy_and_its_cases(lilleby: Any, report: Report) -> None:
    section = by_id(lilleby, "regler")
    for code in sorted({placed.finding.rule.code for placed in report.findings}):
        told = text_of(by_id(section, f"regel-{code}"))
        rule = next(rule for rule in report.rules if rule.code == code)
        assert "; ".join(rule.citations) in told
        assert report.explanations[code].remedy in told
        ids = {placed.sag_id for placed in report.findings if placed.finding.rule.code == code} - {None}
        assert all(str(sag_id) in told for sag_id in ids)


def test_every_case_with_findings_is_told_with_its_findings_and_every_line(lilleby: Any, report: Report) -> None:
    told = cases_of(lilleby)
    assert set(told) == {placed.sag_id for placed in report.findings} - {None}
    for placed in report.findings:
        if placed.sag_id is not None:
            said = text_of(told[placed.sag_id])
            assert placed.finding.message in said
            assert f"{placed.finding.rule.code} {placed.finding.rule.title}" in said
    for case in report.cases:
        for loss in case.exposure.kinds:
            if loss.days:
                assert in_words(loss) in text_of(told[case.sag_id])
                rows = [text_of(row) for row in told[case.sag_id].iter("tr")]
                for line in loss.lines or ():
                    lost = NO_RATE if line.rate is None else kroner(line.refund_lost)
                    amounts = f"{kroner(line.paid)} {lost} {line.payment.row}".replace("kr.", "")
                    assert any(row.replace("|", "").endswith(spaced(amounts)) for row in map(spaced, rows))


def spaced(text: str) -> str:
    """Text without spaces: the cells of a row have none between them."""
    return text.replace(" ", "")


def test_the_dearest_cases_come_first(lilleby: Any, report: Report) -> None:
    dearest = [case.sag_id for case in costliest(report)]
    assert list(cases_of(lilleby))[: len(dearest)] == dearest


def test_every_case_that_was_judged_has_its_course_as_a_picture_and_in_words(lilleby: Any, report: Report) -> None:
    told = cases_of(lilleby)
    drawn = [case for case in report.cases if case.timeline is not None]
    assert len(drawn) > 40
    for case in drawn:
        article = told[case.sag_id]
        pictures = [one for one in tags(article) if one.get("class") == "course"]
        assert len(pictures) == 1
        assert pictures[0].get("role") == "img"
        assert f"Forløbet i sag {case.sag_id}" in text_of(by_id(article, pictures[0].get("aria-labelledby")))
        words = [one for one in article.iter("table") if one.get("class") == "events"]
        lost = sum(loss.days for loss in case.exposure.kinds)
        assert len(words) == 1
        assert ("dage: fund " in text_of(words[0])) >= (lost > 1)


def test_a_case_with_nothing_but_odd_data_has_its_course_too_or_is_told_why_not(lilleby: Any, report: Report) -> None:
    judged = {case.sag_id for case in report.cases if case.findings}
    odd = {placed.sag_id for placed in report.findings if placed.sag_id} - judged
    told = cases_of(lilleby)
    drawn = {sag_id for sag_id in odd if any(one.get("class") == "course" for one in tags(told[sag_id]))}
    why = {sag_id: text_of(told[sag_id]) for sag_id in odd - drawn}
    assert len(drawn) >= 4
    assert all("Forløbet kan ikke tegnes" in text or "Forløbet er ikke tegnet" in text for text in why.values())


def test_the_lost_days_are_drawn_in_the_fill_of_their_kind(lilleby: Any, report: Report) -> None:
    told = cases_of(lilleby)
    for case in report.cases:
        if case.timeline is not None:
            picture = next(one for one in tags(told[case.sag_id]) if one.get("class") == "course")
            fills = {one.get("class") for one in tags(picture)} & {"k0", "k1", "k2"}
            assert fills == {f"k{place}" for place, loss in enumerate(case.exposure.kinds) if loss.days}


def test_the_sources_stand_with_their_rows_and_hashes(lilleby: Any, report: Report) -> None:
    said = spaced(text_of(by_id(lilleby, "kilder")))
    for source in report.run.sources.values():
        assert source.sha256 in said
        assert f"{source.file}{source.rows}".replace(" ", "") in said.replace(".", "") or whole(source.rows) in said


def test_the_findings_of_no_case_are_told_too(lilleby: Any, report: Report) -> None:
    said = text_of(by_id(lilleby, "sager"))
    for placed in report.findings:
        if placed.sag_id is None:
            assert placed.finding.message in said


def test_the_cases_without_findings_are_named(lilleby: Any, report: Report) -> None:
    said = text_of(by_id(lilleby, "sager"))
    assert all(case.sag_id in said for case in report.cases)


def test_a_plugins_section_is_shown(report: Report) -> None:
    table = SectionTable(("Team", "Antal"), (("Nord", 1204), ("Syd", Decimal("2.50"))))
    page = parsed(file_of(replace(few(report), sections=(Section("Telefon <b>", ("En sætning.",), table),))))
    said = text_of(by_id(page, "afsnit-1"))
    assert said == "Telefon <b> En sætning. Telefon <b> Team Antal Nord1.204 Syd2,50"


def test_without_payments_days_are_told_and_no_amount_is_zero(tmp_path: Path) -> None:
    folder = tmp_path / "lilleby"
    shutil.copytree(LILLEBY, folder)
    (folder / "udbetalinger.csv").unlink()
    page = parsed(file_of(app.check(folder, timelines=True)))
    said = text_of(page)
    assert "Beløbet kan ikke regnes ud, fordi udtrækket er uden udbetalinger." in said
    assert "0,00 kr." not in said


@pytest.mark.parametrize(
    ("without", "why"),
    [
        ("perioder", "sygdom, løntilskud og dage uden for målgruppen er ikke trukket fra, fordi perioder ikke er med"),
        ("journal", "skridt, der kun står i notater, er regnet som ikke taget, fordi journalen ikke er med"),
    ],
)
def test_a_loss_that_a_table_might_have_saved_is_said_to_be_perhaps_less(
    without: str, why: str, tmp_path: Path, lilleby: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "lilleby"
    shutil.copytree(LILLEBY, folder)
    (folder / f"{without}.csv").unlink()
    page = parsed(file_of(app.check(folder, timelines=True)))
    assert f"Tabet kan være mindre: {why}." in text_of(by_id(page, "resume"))
    assert "Tabet kan være mindre" not in text_of(lilleby)
    run(["check", str(folder)])
    shown = capsys.readouterr().out
    assert "Tabet kan være mindre" in shown
    assert ("ikke undersøgt" in shown) is (without == "journal")


def test_a_loss_that_runs_without_a_rate_is_not_said_to_cost_nothing(tmp_path: Path) -> None:
    shutil.copytree(LILLEBY, tmp_path / "lilleby")
    rows = rows_of(tmp_path / "lilleby", "udbetalinger")
    write_rows(tmp_path / "lilleby", "udbetalinger", [row | {"ydelsestype": "introduktionsydelse"} for row in rows])
    report = app.check(tmp_path / "lilleby")
    assert {one.daily for one in still_running(report)} == {"uden sats"}


def test_a_municipality_without_findings_reads_sensibly(report: Report) -> None:
    nothing = report.summary._replace(
        outcomes=dict.fromkeys(Outcome, 0), cases=0, by_code=(), by_team=(), rests_on=(), running_per_day=0
    )
    none = nothing.expected._replace(days=0, paid=0, refund_lost=0)
    nothing = nothing._replace(expected=none, discretionary=none, documentation=none)
    page = parsed(file_of(replace(report, summary=nothing, cases=(), findings=())))
    said = text_of(page)
    assert "Der er ikke fundet fejl, der koster refusion." in said
    assert "Der er ingen fund." in said
    assert "Der er ingen sager med fund." in said


def test_a_case_of_another_supervision_alone_is_told_with_its_findings(report: Report) -> None:
    others = replace(few(report), cases=())
    told = cases_of(parsed(file_of(others)))
    assert set(told) == SHOWN
    assert "ikke talt med i tilsynet" in text_of(told["L077"])
    assert all(not list(one.iter("svg")) or "VT" in text_of(one) for one in told.values())


def test_an_incomplete_report_and_a_made_up_one_say_so_first(report: Report) -> None:
    torn = parsed(file_of(replace(few(report), run=replace(report.run, complete=False))))
    said = text_of(next(torn.iter("header")))
    assert "Rapporten er ufuldstændig." in said
    assert "Opdigtede tal" in said
    real = parsed(file_of(replace(few(report), run=replace(report.run, synthetic=False))))
    assert "Opdigtede tal" not in text_of(real)


# One file, that needs nothing else


def test_it_is_one_small_file(report: Report) -> None:
    assert len(file_of(report)) < 1_000_000


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert file_of(report) == file_of(app.check(LILLEBY, EVERYTHING, timelines=True))


def test_nothing_is_fetched(report: Report, lilleby: Any) -> None:
    content = file_of(report).decode()
    assert "http:" not in content
    assert "https:" not in content
    assert re.findall(r"url\((?!#)", content) == []
    assert "@import" not in content
    for one in tags(lilleby):
        assert one.tag not in ("link", "img", "iframe", "object", "embed", "base", "audio", "video"), one.tag
        for name in ("href", "src", "action", "{http://www.w3.org/1999/xlink}href"):
            assert (one.get(name) or "#").startswith("#")
        assert not any(name.startswith("on") or name == "style" for name in one.attrib)


def test_the_policy_allows_its_own_style_and_script_and_nothing_else(lilleby: Any) -> None:
    policy = next(one.get("content") for one in lilleby.iter("meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_every_link_leads_somewhere_and_every_id_is_the_only_one(lilleby: Any) -> None:
    ids = [one.get("id") for one in tags(lilleby) if one.get("id")]
    assert len(ids) == len(set(ids))
    for one in tags(lilleby):
        for name in ("href", "for", "aria-labelledby"):
            if one.get(name) is not None:
                assert one.get(name).lstrip("#") in ids, one.get(name)
    for name in set(re.findall(r"url\(#(\w+)\)", STYLE)):
        assert name in ids


def test_without_scripts_all_is_there_and_what_needs_them_is_not(lilleby: Any) -> None:
    forms = list(lilleby.iter("form"))
    assert forms
    assert all(form.get("hidden") is not None for form in forms)
    hidden = [one for one in tags(lilleby) if one.get("hidden") is not None and one.tag != "form"]
    assert hidden == []


def test_headings_skip_no_level_and_every_table_has_a_caption_and_headings(lilleby: Any) -> None:
    levels = [int(one.tag[1]) for one in tags(lilleby) if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in lilleby.iter("table"):
        assert text_of(next(table.iter("caption")))
        assert all(one.get("scope") in ("col", "row") for one in table.iter("th"))


# Many cases


def test_of_many_cases_the_pages_stand_in_a_folder(many: Path, pages: dict[Path, Any]) -> None:
    first = parsed(many.read_bytes())
    told = [sag_id for page in pages.values() for sag_id in cases_of(page)]
    assert [len(cases_of(page)) for page in pages.values()][:-1] == [15] * (len(pages) - 1)
    assert len(pages) > 2
    assert told == sorted(told)
    assert told == [one.sag_id for one in cases_to_tell(app.check(many.parent / "kommune"))]
    assert not cases_of(first)
    assert f"{len(told)} sager har fund." in text_of(first)


def test_every_link_between_the_pages_leads_to_its_place(many: Path, pages: dict[Path, Any]) -> None:
    whole_report = {many: parsed(many.read_bytes()), **pages}
    ids = {page: {one.get("id") for one in tags(tree)} for page, tree in whole_report.items()}
    followed = 0
    for page, tree in whole_report.items():
        for one in tree.iter("a"):
            to, _, place = one.get("href").partition("#")
            target = (page.parent / unquote(to)).resolve() if to else page
            assert target in ids, one.get("href")
            assert not place or place in ids[target]
            followed += bool(to)
            if page == many and place.startswith("sag-"):
                assert cases_of(pages[target])[text_of(one)].get("id") == place
    assert followed > 50


def test_the_same_files_give_the_same_pages(many: Path, tmp_path: Path) -> None:
    again = tmp_path / many.name
    run(["check", str(many.parent / "kommune"), "-o", str(again)])
    assert again.read_bytes() == many.read_bytes()
    for page in folder_of(many).iterdir():
        assert (folder_of(again) / page.name).read_bytes() == page.read_bytes()


def test_on_the_screen_many_cases_are_told_as_far_as_they_are_dearest(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "TOLD_AT_MOST", 10)
    report = app.check(many.parent / "kommune")
    page = parsed(file_of(report))
    assert list(cases_of(page)) == [case.sag_id for case in costliest(report)][:10]
    assert "Her er de 10 dyreste." in text_of(page)


def test_a_smaller_report_in_the_place_of_a_larger_one_leaves_no_pages(many: Path, tmp_path: Path) -> None:
    file = tmp_path / "r.html"
    run(["check", str(many.parent / "kommune"), "-o", str(file)])
    assert folder_of(file).is_dir()
    run(["check", str(LILLEBY), "-o", str(file)])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.html"]


def test_a_folder_with_a_source_in_it_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "r-sager"
    shutil.copytree(LILLEBY, folder)
    assert run(["check", str(folder), "-o", str(tmp_path / "r.html")]) == 2
    assert "er en af kilderne" in capsys.readouterr().err


# Hostile text, and privacy


@pytest.mark.parametrize("text", [*HOSTILE, "<script>alert(1)</script>", '" onload="x', "{{ 7*7 }}", "</style><b>"])
def test_hostile_ids_and_teams_stay_text(report: Report, text: str) -> None:
    hostile = named(few(report), text, "L077")
    page = parsed(file_of(hostile))
    assert [text_of(one) for one in page.iter("h2")] == SECTIONS
    assert len(list(page.iter("script"))) == len(list(page.iter("style"))) == 1
    assert not list(page.iter("b"))
    assert not any(name.startswith("on") for one in tags(page) for name in one.attrib)
    assert "49" not in text_of(next(page.iter("h1")))


@pytest.mark.parametrize(
    ("value", "without"),
    [
        ("Team 010170-1234", frozenset()),
        ("Team 0101701234", frozenset()),
        ("Kanarie Fuglsang har sklerose 010170 1234", frozenset({"team"})),
    ],
)
def test_nothing_secret_in_any_column_reaches_the_page(value: str, without: frozenset[str], tmp_path: Path) -> None:
    folder = tmp_path / "lilleby"
    shutil.copytree(LILLEBY, folder)
    plant(folder, value, without)
    content = file_of(app.check(folder, timelines=True)).decode().lower()
    secrets = ("0101701234", "010170-1234", "010170 1234", "010170\u00a01234", "kanarie", "fuglsang", "sklerose")
    assert [secret for secret in secrets if secret in content] == []


# For everybody to read


def variables(text: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]+);", text))


LIGHT = variables(STYLE[: STYLE.index("@media")])
DARK = variables(STYLE[STYLE.index("@media") :])


def luminance(colour: str) -> float:
    short = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(short[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_and_every_mark_can_be_told_from_its_ground(colours: dict[str, str]) -> None:
    assert set(LIGHT) == set(DARK)
    for ground in ("bg", "panel", "after"):
        for text in ("text", "muted", "link", "bad"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for mark in ("k0", "k1", "k2", "own", "ok", "bad", "warn", "strong", "offer"):
        assert contrast(colours[mark], colours["bg"]) >= 3, mark
    for ground in ("bg", "panel", "after"):
        assert contrast(colours["strong"], colours[ground]) >= 3, f"the outline of a payment on {ground}"
    assert contrast(colours["offer"], colours["pay"]) >= 3
    assert contrast(colours["on"], colours["ok"]) >= 3
    assert contrast(colours["on"], colours["bad"]) >= 3
    assert contrast(colours["k1"], colours["k1b"]) >= 3
    assert contrast(colours["k2"], colours["k2b"]) >= 3


@pytest.fixture(scope="module")
def small(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of few cases."""
    file = tmp_path_factory.mktemp("small") / "r.html"
    file.write_bytes(file_of(few(report)))
    return file


Looked = Literal["all", "colours", "build"]
"""What axe-core looks at. The contrast of colours takes it several times as long as how the page is built."""


@pytest.mark.parametrize(
    ("width", "scheme", "looked_at"), [(360, "light", "build"), (1440, "light", "colours"), (768, "dark", "colours")]
)
def test_axe_finds_nothing_that_keeps_anybody_from_reading(
    browser: Any, small: Path, width: int, scheme: str, looked_at: Looked
) -> None:
    """WCAG 2.1 AA and what is good practice beside it. A phone shows no element or colour that a desk does not."""
    page = opened(browser, small, width, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert violations(page, looked_at) == []
    page.context.close()


def test_axe_finds_nothing_on_the_pages_of_many_cases(browser: Any, many: Path, pages: dict[Path, Any]) -> None:
    """The page of cases for all it looks at; the front, which has the colours of a page of few cases, for its build."""
    looks: tuple[tuple[Path, Looked], ...] = ((many, "build"), (max(pages), "all"))
    for file, looked_at in looks:
        page = opened(browser, file, 768, bypass_csp=True)
        assert violations(page, looked_at) == []
        page.context.close()


def violations(page: Any, looked_at: Looked = "all") -> list[tuple[str, str, str]]:
    """What axe-core finds wrong: the rule, the first element, and what is the matter with it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if looked_at == "colours":
        options["runOnly"] = {"type": "rule", "values": ["color-contrast"]}
    elif looked_at == "build":
        options["rules"] = {"color-contrast": {"enabled": False}}
    found = axe.run(page, options=options).response["violations"]
    return [(one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"]) for one in found]


def opened(browser: Any, file: Path, width: int, **options: Any) -> Any:
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    page.set_default_timeout(60_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    assert said == []
    return page


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of a case where very much happens in three years, and one with a very long name and many attempts."""
    folder = tmp_path_factory.mktemp("crowded")
    times: dict[str, Any] = {"window": ("2007-01-01", "2009-12-31"), "cutoff": "2009-12-31"}
    busy = a_case(
        "2006-10-09",
        interviews=[held(day, registered=day + 9) for day in range(day_of("2007-01-15"), day_of("2008-12-01"), 60)],
        circumstances=[
            illness("2007-02-01", "2007-02-20"),
            illness("2007-02-10", "2007-03-20", documented=True),
            circumstance("barsel", "2007-06-01", "2007-09-01"),
            wage_subsidy("2007-08-01", "2007-10-01"),
            circumstance("revalidering", "2009-09-01"),
        ],
        sag_id="travl",
        team="Et team med et meget langt navn, der fylder det hele og lidt til",
        **times,
    )
    long = a_case(
        "2009-06-01",
        interviews=[
            no_show("2009-09-02", followed_up="2009-09-03"),
            reported_ill("2009-09-20"),
            cancelled("2009-09-25"),
            no_show("2009-10-05"),
            planned("2010-01-10"),
        ],
        sag_id="x" * 80,
        **times,
    )
    report = report_on([busy, long], folder, timelines=True)
    file = folder / "r.html"
    file.write_bytes(file_of(report))
    assert len(report.findings) > 30
    return file


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("shown", ["small", "crowded"])
def test_no_page_must_be_moved_sideways_and_no_text_of_a_picture_reaches_beyond_it(
    browser: Any, shown: str, width: int, request: pytest.FixtureRequest
) -> None:
    page = opened(browser, request.getfixturevalue(shown), width)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    wide = page.evaluate("document.documentElement.scrollWidth")
    beyond = page.evaluate(
        """() => [...document.querySelectorAll('svg text')].filter(one => {
            const box = one.getBoundingClientRect();
            return box.width && (box.left < 0 || box.right > innerWidth);
        }).map(one => one.textContent)"""
    )
    page.context.close()
    assert wide <= width
    assert beyond == []


def test_the_cases_can_be_searched_and_filtered(browser: Any, small: Path) -> None:
    page = opened(browser, small, 1440)
    state, shown = page.locator("#s-state"), page.locator(".case:visible")
    assert state.inner_text() == f"Viser {len(SHOWN)} af {len(SHOWN)}."
    page.fill("#s-text", "L077")
    page.locator("#s-state", has_text="Viser 1 af").wait_for()
    assert shown.get_attribute("data-id") == "L077"
    page.click("button[type=reset]")
    page.locator("#s-state", has_text=f"Viser {len(SHOWN)} af").wait_for()
    page.select_option("#s-rule", "VT205")
    assert [one.get_attribute("data-id") for one in shown.all()] == ["L068"]
    page.select_option("#s-rule", "")
    page.select_option("#s-cost", "loeber")
    assert [one.get_attribute("data-id") for one in shown.all()] == ["L077"]
    page.context.close()


def test_a_link_to_a_case_the_filter_hides_resets_it_says_so_and_leads_there(browser: Any, small: Path) -> None:
    page = opened(browser, small, 1440)
    ids, state = parsed(small.read_bytes()), page.locator("#s-state")
    page.fill("#s-text", "L077")
    page.locator("#s-state", has_text="Viser 1 af").wait_for()
    hidden = cases_of(ids)["L093"].get("id")
    for lead in ("document.querySelector(`a[href='#${id}']`).click()", "location.hash = id"):
        page.fill("#s-text", "L077")
        page.locator("#s-state", has_text="Viser 1 af").wait_for()
        page.evaluate(f"id => {{ history.replaceState(null, '', '#'); {lead}; }}", hidden)
        page.locator("#s-state", has_text="Filteret er nulstillet.").wait_for()
        assert state.inner_text() == f"Filteret er nulstillet. Viser {len(SHOWN)} af {len(SHOWN)}."
        assert page.input_value("#s-text") == ""
        assert page.evaluate("document.activeElement.id") == hidden
        assert page.evaluate("id => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 300", hidden)
    page.context.close()


def test_a_search_that_finds_nothing_says_that_cases_without_findings_are_not_there(browser: Any, small: Path) -> None:
    page = opened(browser, small, 1440)
    page.fill("#s-text", "L001")
    page.locator("#s-state", has_text="Viser 0 af").wait_for()
    said = "Ingen sag her svarer til søgningen. Sager uden fund er ikke med."
    assert page.locator("#s-state").inner_text() == f"Viser 0 af {len(SHOWN)}. {said}"
    page.context.close()


def test_from_the_first_of_many_pages_a_case_is_found_by_its_id_in_small_letters_too(
    browser: Any, many: Path, pages: dict[Path, Any]
) -> None:
    wanted = list(cases_of(list(pages.values())[1]))[3]
    assert wanted != wanted.lower()
    for typed in (wanted, wanted.lower()):
        page = opened(browser, many, 1440)
        page.fill("#j-id", typed)
        page.keyboard.press("Enter")
        page.wait_for_selector("#cases")
        assert [one.get_attribute("data-id") for one in page.locator(".case:visible").all()] == [wanted]
        page.context.close()


def test_capital_letters_make_no_difference_to_the_order_of_the_pages(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "ON_A_PAGE", 2)
    some = few(report)
    for sag_id, other in (("L026", "b2"), ("L033", "D1"), ("L048", "a1")):
        some = named(some, other, sag_id)
    made = document.split(some, "r.html")
    told = [sag_id for _, parts in made.beside for sag_id in cases_of(parsed(b"".join(parts)))]
    assert told == ["a1", "b2", "D1", "L068", "L077", "L093"]


def test_without_scripts_every_case_is_read(browser: Any, small: Path) -> None:
    page = opened(browser, small, 1440, java_script_enabled=False)
    assert page.locator(".case:visible").count() == len(SHOWN)
    assert page.locator("form:visible").count() == 0
    page.context.close()


def test_printed_it_has_the_sums_line_by_line_and_no_search(browser: Any, small: Path, tmp_path: Path) -> None:
    page = opened(browser, small, 1440, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("form:visible").count() == 0
    page.pdf(path=tmp_path / "r.pdf", prefer_css_page_size=True)
    page.context.close()
    assert (tmp_path / "r.pdf").stat().st_size > 20_000


def test_it_tells_the_further_facts(report: Report) -> None:
    page = file_of(report).decode().replace("\xa0", " ")
    for said in (
        "Kontaktsamtaler, der skal holdes inden for de næste 28 dage",
        "Andelen af sager med fejl",
        "29,8 % og 62,0 %",
        "Måned for måned",
        "Et trin strengere eller lempeligere",
        "Regnskab over kontrollen",
    ):
        assert said in page


# Without the visitationstilsyn


@cache
def without_samtaler(*supervisions: str) -> Any:
    """The page of these further supervisions alone; nobody may change it."""
    return parsed(file_of(report_without_samtaler(*supervisions)))


@pytest.mark.parametrize(("supervisions", "title", "first"), WITHOUT_SAMTALER)
def test_without_samtaler_the_page_tells_first_what_the_further_supervisions_came_to(
    supervisions: tuple[str, ...], title: str, first: str
) -> None:
    report = report_without_samtaler(*supervisions)
    page = without_samtaler(*supervisions)
    assert text_of(next(page.iter("h1"))) == f"Før-tilsyn: {title}"
    said, words = (text_of(by_id(page, name)) for name in ("resume", "ord"))
    assert first in said
    assert not [one for one in OF_VISITATION if one in said or one in words]
    assert ("Forventet tab af refusion5.047,70 kr. for 43 dage i 3 sager" in said) == (first == LOSES)
    sections = [text_of(one) for one in page.iter("h2")]
    own = [one.title for one in report.supervisions]
    rest = ["Fund efter regel", "Sager", "Metode", "Hvad der ikke er set på", "Kilder", "Ord i rapporten"]
    assert sections == ["Ledelsesresumé", "Anbefalinger", *own, *rest]
    assert "Sådan læses et forløb" not in text_of(page)


def test_without_samtaler_each_supervision_stands_in_the_summary_with_its_own_numbers() -> None:
    page = without_samtaler(*FURTHER)
    said = text_of(by_id(page, "resume"))
    assert "Fund59 53 i 48 sager og 6 om kommunen selv" in said
    assert "De fordeler sig med 3 i kontrolsager, 19 i rådighedstilsynet og 37 i sagsbehandling." in said
    assert "Kontrolsager og sagsbehandling regner ikke på refusion" in said
    assert "Muligt tab: 63.319,54 kr. for 775 dage, hvor det er et skøn, om refusionen mistes." in said
    assert "borgeren udeblev" not in said
    assert "Rådighedstilsyn37165.047,704363.319,5419" in spaced(said)
    advice = [text_of(one) for one in by_id(page, "anbefalinger").iter("li")]
    assert advice[0].startswith("101,15 kr. om dagen")
    assert advice[1].startswith("5.047,70 kr. tabt")
    assert "RT108" in advice[1]
    assert [one for one in advice if one.startswith("16 fund") and "SB101" in one]
    assert advice[-1].startswith("21 regler")


def test_without_samtaler_a_rule_costs_what_its_supervision_counts() -> None:
    page = without_samtaler(*FURTHER)
    assert "5.047,70 kr. for 43 dage, som ingen anden regel rammer." in text_of(by_id(page, "regel-RT108"))
