"""The supervision of control cases: both sides of every limit, what is set aside, and what a reader is told."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest

from kommunecheck import app
from kommunecheck.cli import run
from kommunecheck.config import read_law
from kommunecheck.domain.days import day_of
from kommunecheck.domain.section import Columns, Section
from kommunecheck.law.law import Law
from kommunecheck.plugins.kontrolsager.judging import SUPERVISION
from kommunecheck.plugins.kontrolsager.law import LAW_TEXTS
from kommunecheck.plugins.kontrolsager.section import REASONS
from kommunecheck.plugins.kontrolsager.settings import Settings
from kommunecheck.plugins.kontrolsager.table import DAYS, KONTROLSAGER, Kontrolsag
from kommunecheck.reports import json
from kommunecheck.setup import Options
from kommunecheck.supervising import Ruling
from kommunecheck.testing import ruled

COLUMNS = [column.name for column in KONTROLSAGER.columns]
LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"


def law(**settings: Any) -> Law:
    return read_law(texts_besides=(LAW_TEXTS,), settings={"kontrolsager": Settings.model_validate(settings)})


def a_case(number: int, issued: str, trin: str = "3", ydelse: str = "kontanthjaelp", **more: Any) -> Kontrolsag:
    """A case by the first words of its columns: ``udtaget="2022-01-01"``."""
    days = {
        f"{name}_dato": None if day is None else day_of(day) for name, day in more.items() if f"{name}_dato" in DAYS
    }
    amounts = {name: more.get(name) for name in ("tilbagebetalingskrav", "mindreudgift")}
    every = dict.fromkeys(DAYS) | {"udstillet_dato": day_of(issued)} | days | amounts
    return Kontrolsag(
        kontrolsag_id=f"K{number}", kontroltrin=trin, ydelse=ydelse, unread=more.get("unread", ""), source=0,
        row=number, **every,
    )  # fmt: skip


def cases(issued: str, drawn: int, left: int, on: str | None = None, trin: str = "3") -> list[Kontrolsag]:
    """So many cases of one day, some of them drawn, that day or on another."""
    return [
        a_case(number, issued, trin, udtaget=(on or issued) if number < drawn else None)
        for number in range(drawn + left)
    ]


def judged(
    rows: list[Kontrolsag], known_to: str | None = None, without: tuple[str, ...] = (), **settings: Any
) -> Ruling:
    lacking = tuple(f"kontrolsager.{name}" for name in without)
    return ruled(
        SUPERVISION, law=law(**settings), tables=[KONTROLSAGER], rows={"kontrolsager": tuple(rows)}, cutoff=known_to,
        without=lacking,
    )  # fmt: skip


def codes(ruling: Ruling) -> list[str]:
    return sorted(one.rule.code for one in ruling.findings)


def at(ruling: Ruling, month: str, trin: str = "3", ydelse: str = "alle") -> dict[str, Any]:
    months: Any = ruling.supervised.measures["months"]
    (found,) = [one for one in months if (one["month"], one["kontroltrin"], one["ydelse"]) == (month, trin, ydelse)]
    return dict(found)


def trin_of(ruling: Ruling, trin: str = "3") -> dict[str, Any]:
    told: Any = ruling.supervised.measures["trin"]
    return next(dict(one) for one in told if one["kontroltrin"] == trin)


# The threshold


@pytest.mark.parametrize(
    ("drawn", "left", "low"),
    [(3, 7, False), (299, 701, True), (2, 5, True), (30, 70, False), (0, 1, True), (1, 0, False)],
)
def test_exactly_thirty_per_cent_is_not_under(drawn: int, left: int, low: bool) -> None:
    ruling = judged(cases("2022-01-03", drawn, left), "2022-01-31")
    assert ("KS102" in codes(ruling)) is low


def test_a_share_that_is_shown_as_thirty_may_be_under() -> None:
    # 2999 of 9997 is 29.99899... per cent, and is shown as 30.00.
    ruling = judged(cases("2022-01-03", 2999, 6998), "2022-01-31")
    assert at(ruling, "2022-01")["share"] == "30.00"
    assert codes(ruling) == ["KS102"]


def test_nothing_drawn_and_nothing_left_is_no_share_and_ends_a_run() -> None:
    # Under in January and February; taken off in March, no share; under again in April.
    rows = [a_case(1, "2022-01-03", fjernet="2022-03-31"), a_case(2, "2022-04-01")]
    ruling = judged(rows, "2022-04-30")
    assert at(ruling, "2022-03")["share"] is None
    assert trin_of(ruling)["months_low"] == 1
    assert codes(judged(rows, "2022-03-31")) == []


def test_there_is_no_threshold_before_the_day_it_was_published() -> None:
    # The value on a month's last day decides: April 2021 has none, May 2021 has it on its very last day.
    rows = cases("2021-04-01", 0, 5)
    april, may = judged(rows, "2021-04-30"), judged(rows, "2021-05-31")
    assert (codes(april), codes(may)) == ([], ["KS102"])
    assert (trin_of(april)["to_draw"], trin_of(april)["to_draw_next"]) == (None, 2)
    assert trin_of(may)["months_low"] == 1


def test_a_later_threshold_holds_from_its_day_on() -> None:
    rows = cases("2022-01-03", 2, 5)  # 28.57 per cent
    changed = [{"from": date(2022, 2, 28), "per_cent": 25}]
    assert codes(judged(rows, "2022-01-31", thresholds=changed)) == ["KS102"]
    ruling = judged(rows, "2022-02-28", thresholds=changed)
    assert codes(ruling) == []
    assert ruling.supervised.measures["thresholds"] == [
        {"from": "2021-05-31", "to": "2022-02-27", "per_cent": 30},
        {"from": "2022-02-28", "to": None, "per_cent": 25},
    ]


# Windows and months


def test_a_draw_leaves_the_window_with_its_month() -> None:
    rows = [*cases("2021-01-01", 1, 1, on="2021-01-31")]
    assert at(judged(rows, "2021-12-31"), "2021-12")["drawn"] == 1
    ruling = judged(rows, "2022-01-31")
    assert at(ruling, "2022-01")["drawn"] == 0
    assert at(ruling, "2022-01")["left"] == 1


def test_months_with_an_incomplete_window_do_not_count_towards_ks101() -> None:
    # The register begins 1 January 2022. December's window is the first that is complete; May is the sixth.
    rows = cases("2022-01-31", 0, 3)
    assert codes(judged(rows, "2023-04-30")) == ["KS102"]
    ruling = judged(rows, "2023-05-31")
    assert codes(ruling) == ["KS101"]
    assert (trin_of(ruling)["months_low"], trin_of(ruling)["months_low_complete"]) == (17, 6)


def test_the_register_can_be_said_to_have_begun_earlier_or_later() -> None:
    rows = cases("2022-01-31", 0, 3)
    assert codes(judged(rows, "2022-06-30", register_from=date(2021, 2, 1))) == ["KS101"]
    assert codes(judged(rows, "2022-06-30", register_from=date(2021, 2, 2))) == ["KS102"]
    assert codes(judged(rows, "2023-05-31", register_from=date(2022, 1, 2))) == ["KS102"]


def test_the_default_cutoff_is_the_last_day_of_the_latest_month_with_anything() -> None:
    rows = [a_case(1, "2022-01-03", udtaget="2022-01-04", oprettet="2022-02-01", afsluttet="2022-02-02")]
    assert judged(rows).supervised.measures["cutoff"] == "2022-02-28"


def test_a_given_cutoff_on_the_last_day_of_a_month_judges_that_month() -> None:
    rows = cases("2022-01-03", 0, 3)
    whole, short = judged(rows, "2022-02-28"), judged(rows, "2022-02-27")
    assert (trin_of(whole)["months_low"], trin_of(short)["months_low"]) == (2, 1)
    assert whole.supervised.measures["provisional"] == []
    provisional: Any = short.supervised.measures["provisional"]
    assert [(one["month"], one["to_draw"]) for one in provisional if one["kontroltrin"] == "3"] == [("2022-02", 1)]


def test_its_own_cutoff_goes_before_that_of_the_run_and_one_before_all_cases_is_not_its() -> None:
    rows = cases("2022-01-03", 0, 3)
    assert judged(rows, "2022-03-15", cutoff=date(2022, 2, 28)).supervised.measures["cutoff"] == "2022-02-28"
    assert judged(rows, "2007-12-31").supervised.measures["cutoff"] == "2022-01-31"
    assert judged(rows, "2022-01-03").supervised.measures["cutoff"] == "2022-01-03"


def test_nothing_that_happened_after_the_cutoff_is_used() -> None:
    rows = [a_case(1, "2022-01-03", udtaget="2022-01-04", visiteret="2022-06-01"), a_case(2, "2022-06-01")]
    assert codes(judged(rows, "2022-05-31")) == ["KS103"]
    assert codes(judged(rows, "2022-06-30")) == []


# How rows are counted


def test_once_drawn_it_stays_drawn() -> None:
    rows = [a_case(1, "2022-01-03", udtaget="2022-01-10", fjernet="2022-01-10"), a_case(2, "2022-01-03")]
    assert at(judged(rows, "2022-02-28"), "2022-02")["drawn"] == 1


def test_removed_before_it_was_drawn_is_odd_and_counts_by_its_own_days() -> None:
    rows = [a_case(1, "2022-01-03", udtaget="2022-02-10", fjernet="2022-01-20")]
    ruling = judged(rows, "2022-02-28")
    assert [one.code for one in ruling.oddities] == ["DQ005"]
    assert (at(ruling, "2022-01")["left"], at(ruling, "2022-02")["drawn"]) == (0, 1)


def test_opened_but_never_drawn_counts_in_measure_2_and_as_left_until_removed() -> None:
    rows = [a_case(1, "2022-01-03", oprettet="2022-01-10", fjernet="2022-02-01")]
    ruling = judged(rows, "2022-02-28")
    january, february = at(ruling, "2022-01"), at(ruling, "2022-02")
    assert (january["drawn"], january["left"], january["opened"], january["opened_in_window"]) == (0, 1, 0, 1)
    assert (february["left"], february["not_closed"]) == (0, 1)
    assert [one.code for one in ruling.oddities] == ["DQ005"]


@pytest.mark.parametrize(
    ("days", "odd"),
    [
        ({"udtaget": "2022-01-03", "oprettet": "2022-01-03", "afsluttet": "2022-01-03"}, 0),
        ({"udtaget": "2022-01-02"}, 1),
        ({"udtaget": "2022-01-10", "oprettet": "2022-01-09"}, 1),
        ({"udtaget": "2022-01-10", "oprettet": "2022-01-10", "afsluttet": "2022-01-09"}, 1),
        ({"udtaget": "2022-01-10", "fjernet": "2022-01-10"}, 0),
        ({"udtaget": "2022-01-10", "fjernet": "2022-01-09"}, 1),
        ({"oprettet": "2022-01-10"}, 1),
        ({"udtaget": "2022-01-10", "afsluttet": "2022-01-11"}, 1),
        ({"udtaget": "2022-01-10", "visiteret": "2022-01-09"}, 0),
        ({"fjernet": "2022-01-03"}, 0),
    ],
)
def test_days_that_cannot_follow_each_other_are_told_once_a_row(days: dict[str, str], odd: int) -> None:
    ruling = judged([a_case(1, "2022-01-03", **days)], "2022-01-31")
    assert [one.code for one in ruling.oddities] == ["DQ005"] * odd
    assert ruling.supervised.measures["set_aside"] == 0


@pytest.mark.parametrize(
    ("amounts", "result"),
    [
        ({}, 0),
        ({"tilbagebetalingskrav": 0, "mindreudgift": 0}, 0),
        ({"mindreudgift": 1}, 1),
        ({"tilbagebetalingskrav": 1}, 1),
    ],
)
def test_a_result_is_an_amount_over_nothing(amounts: dict[str, int], result: int) -> None:
    row = a_case(1, "2022-01-03", udtaget="2022-01-03", oprettet="2022-01-03", afsluttet="2022-01-03", **amounts)
    month = at(judged([row], "2022-01-31"), "2022-01")
    assert (month["closed"], month["closed_with_result"]) == (1, result)


@pytest.mark.parametrize(
    ("amounts", "result", "unknown"),
    [
        ({"unread": "mindreudgift"}, None, 1),
        ({"unread": "tilbagebetalingskrav", "mindreudgift": 0}, None, 1),
        ({"unread": "mindreudgift tilbagebetalingskrav"}, None, 1),
        ({"unread": "tilbagebetalingskrav", "mindreudgift": 1}, 2, 0),
        ({"unread": "visiteret_dato"}, 1, 0),
    ],
)
def test_an_amount_that_cannot_be_read_is_not_taken_for_no_result(
    amounts: dict[str, Any], result: int | None, unknown: int
) -> None:
    days = {"udtaget": "2022-01-03", "oprettet": "2022-01-03", "afsluttet": "2022-01-03"}
    sure = a_case(1, "2022-01-03", tilbagebetalingskrav=1, **days)
    unsure = a_case(2, "2022-01-03", ydelse="sygedagpenge", **days, **amounts)
    ruling = judged([sure, unsure], "2022-01-31")
    every, other = at(ruling, "2022-01"), at(ruling, "2022-01", ydelse="kontanthjaelp")
    assert (every["drawn"], every["opened"], every["closed"], every["not_closed"]) == (2, 2, 2, 0)
    assert every["closed_with_result"] == result
    assert other["closed_with_result"] == 1, "what does not hold the case is known"
    assert ruling.supervised.measures["result_unknown"] == unknown


# Ninety days to be screened


@pytest.mark.parametrize(
    ("days", "cutoff", "found"),
    [
        ({}, "2022-04-01", 1),  # drawn 1 January: the 90th day is 1 April
        ({}, "2022-03-31", 0),
        ({"visiteret": "2022-04-01"}, "2022-04-01", 0),
        ({"visiteret": "2022-04-02"}, "2022-04-01", 1),
        ({"fjernet": "2022-01-01"}, "2022-04-01", 0),
        ({"fjernet": "2021-12-31"}, "2022-04-01", 1),  # gone before the draw is not dropped at visitering
        ({"oprettet": "2022-02-01"}, "2022-04-01", 0),
        ({"afsluttet": "2022-02-01"}, "2022-04-01", 0),
        ({"unread": "visiteret_dato"}, "2022-04-01", 0),
    ],
)
def test_a_drawn_case_must_be_looked_at_within_ninety_days(days: dict[str, str], cutoff: str, found: int) -> None:
    ruling = judged([a_case(1, "2021-12-01", udtaget="2022-01-01", **days)], cutoff)
    assert codes(ruling).count("KS103") == found


def test_the_municipalitys_own_numbers_are_used_and_shown(tmp_path: Path) -> None:
    folder = in_files(tmp_path, *cases("2022-01-03", 0, 3), *cases("2022-01-03", 0, 1, trin="2"))
    toml = "[kontrolsager]\nlow_months = 2\ncutoff = 2022-03-31\nregister_from = 2021-01-01\nscreening_days = 10\n"
    (folder / "kommunecheck.toml").write_text(toml, encoding="utf-8")
    report = app.check(folder)
    assert [one.finding.rule.code for one in report.findings] == ["KS101", "KS101"]
    used = {one.name: one for one in report.run.parameters}
    assert (used["low_months"].value, used["low_months"].overridden) == (2, True)
    assert used["draw_denominator"].value == "drawn+left"


# Files


def as_text(row: Kontrolsag) -> list[str]:
    cells = row._asdict()
    days = {name: "" if cells[name] is None else date.fromordinal(cells[name]).isoformat() for name in DAYS}
    return [str((cells | days)[name] or "") for name in COLUMNS]


def in_files(folder: Path, *rows: Kontrolsag, more: str = "") -> Path:
    told = [[f"N{place}", *as_text(row)[1:]] for place, row in enumerate(rows)]
    lines = "".join(";".join(line) + "\n" for line in [COLUMNS, *told])
    (folder / "kontrolsager.csv").write_text(lines + more, encoding="utf-8")
    return folder


def report_of(folder: Path, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(b"".join(json.write(app.check(folder, Options(**options)))))
    return found


ODD_ROWS = """\
X1;2;sygedagpenge;2022-01-04;;;;;;;
X2;4;kontanthjaelp;2022-01-04;;;;;;;
X3;3;boligsikring;2022-01-04;;;;;;;
X4;3;kontanthjaelp;2022-01-04;måske;;;;;;
X5;3;kontanthjaelp;;2022-01-04;;;;;;
X6;2;kontanthjaelp;2022-01-05;;;;;;;
X6;2;kontanthjaelp;2022-01-06;;;;;;;
X7;3;kontanthjaelp;2022-01-05;;;;;;;
X7;3;kontanthjaelp;2022-01-05;;;;;;;
X8;3
"""


def test_rows_that_cannot_be_used_count_nowhere_and_the_section_says_how_many_of_which_trin(tmp_path: Path) -> None:
    # Set aside: X1 (trin 2), X2 (no known trin), X3 X4 X5 (trin 3), X6 twice (trin 2), X8 (nobody knows). X7 counts.
    found = report_of(in_files(tmp_path, *cases("2022-01-03", 1, 1), more=ODD_ROWS))
    own = found["supervisions"]["kontrolsager"]
    assert own["set_aside"] == 8
    assert own["set_aside_by_trin"] == [
        {"kontroltrin": "2", "rows": 3},
        {"kontroltrin": "3", "rows": 3},
        {"kontroltrin": None, "rows": 2},
    ]
    (source,) = found["run"]["sources"]
    assert (source["rows"], source["rows_used"], source["rows_reported"]) == (12, 3, 9)
    january = [one for one in own["months"] if one["month"] == "2022-01"]
    assert (january[0]["drawn"], january[0]["left"], january[4]["left"]) == (1, 2, 0)
    told = found["sections"][0]["paragraphs"]
    assert any(
        "8 rækker er lagt til side og tæller ikke med (3 på trin 2, 3 på trin 3, 2 uden kendt trin)" in one
        for one in told
    )


def test_what_is_absent_is_unknown_and_not_nothing(tmp_path: Path) -> None:
    lines = "kontrolsag_id;kontroltrin;ydelse;udstillet_dato;udtaget_dato\nA;3;kontanthjaelp;2022-01-03;\n"
    (tmp_path / "kontrolsager.csv").write_text(lines, encoding="utf-8")
    found = report_of(tmp_path)
    month = found["supervisions"]["kontrolsager"]["months"][0]
    assert month["drawn"] == 0
    names = ("left", "share", "opened", "closed", "closed_with_result", "opened_in_window", "not_closed")
    assert [month[name] for name in names] == [None] * 7
    reasons = {one["code"]: one["reason"] for one in found["run"]["not_run"]}
    assert reasons["KS101"] == "kolonnen fjernet_dato mangler i kontrolsager"
    assert found["supervisions"]["kontrolsager"]["trin"] == []
    assert run(["check", str(tmp_path)]) == 0


def test_a_table_of_nothing_has_no_months(tmp_path: Path) -> None:
    in_files(tmp_path, more="X1;2;sygedagpenge;2022-01-04;;;;;;;\n")
    own = report_of(tmp_path, cutoff=date(2022, 1, 31), first=date(2022, 1, 1))["supervisions"]["kontrolsager"]
    assert (own["months"], own["trin"], own["cutoff"], own["set_aside"]) == ([], [], None, 1)


def test_a_workbook_gives_the_same_as_a_text_file(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    text, book = tmp_path / "a", tmp_path / "b"
    text.mkdir()
    book.mkdir()
    shutil.copy(LILLEBY / "kontrolsager.csv", text)
    frame = pl.read_csv(LILLEBY / "kontrolsager.csv", separator=";", infer_schema=False).with_columns(
        pl.col("kontroltrin").cast(pl.Int64), *(pl.col(name).str.to_date() for name in DAYS)
    )
    frame.write_excel(book / "kontrolsager.xlsx", worksheet="kontrolsager")
    assert report_of(book)["supervisions"] == report_of(text)["supervisions"]


def test_nothing_else_changes_by_it(tmp_path: Path) -> None:
    shutil.copytree(LILLEBY, tmp_path / "lilleby")
    report = app.check(LILLEBY)
    (tmp_path / "lilleby" / "kontrolsager.csv").unlink()
    without = app.check(tmp_path / "lilleby")
    assert (report.summary, report.cases, report.combined) == (without.summary, without.cases, without.combined)
    assert (report.run.window, report.run.cutoff, report.run.warnings) == (
        without.run.window, without.run.cutoff, without.run.warnings,
    )  # fmt: skip
    assert "kontrolsager" not in {one.name for one in without.supervisions}
    assert "Kontrolsager" not in {one.title for one in without.sections}


def test_it_can_be_disabled_whole(tmp_path: Path) -> None:
    shutil.copytree(LILLEBY, tmp_path / "lilleby")
    toml = tmp_path / "lilleby" / "kommunecheck.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + '\n[plugins]\ndisable = ["kontrolsager"]\n', encoding="utf-8")
    report = app.check(tmp_path / "lilleby")
    assert "kontrolsager" not in {one.name for one in report.supervisions}
    assert not any(one.name == "low_months" for one in report.run.parameters)
    assert not any(rule.code.startswith("KS") for rule in report.rules)
    assert report.run.complete


def test_it_is_part_of_kommunecheck_and_no_plugin_from_outside() -> None:
    report = app.check(LILLEBY)
    assert report.run.plugins == ()
    assert report.run.complete


@pytest.mark.parametrize("code", ["KS101", "KS102", "KS103"])
def test_its_rules_are_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", code]) == 0
    assert code in capsys.readouterr().out


def test_an_unknown_key_of_its_section_is_refused_with_the_one_that_was_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_files(tmp_path, *cases("2022-01-03", 1, 1))
    (tmp_path / "kommunecheck.toml").write_text("[kontrolsager]\nlow_month = 3\n", encoding="utf-8")
    assert run(["check", str(tmp_path)]) == 2
    assert "Mente du »low_months«?" in capsys.readouterr().err


def test_inspect_and_init_know_the_table_by_what_others_call_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    headings = (
        "Cpr-nr.;Kontrolsagsnr.;Trin;Ydelsesområde;Udstillet;Til prioriteringsliste;Screenet;Frasorteret;Oprettet;"
        "Afsluttet"
    )
    rows = (
        "610170-1234;A1;Bagudgående;Kontanthjælpsområdet;03-01-2022;04-01-2022;;;;\n"
        "620170-1234;A2;Løbende;KTH;03-01-2022;;;;;\n"
    )
    (tmp_path / "Bruttoliste.csv").write_text(f"{headings};Krav;Besparelse\n{rows.replace(chr(10), ';;' + chr(10))}")
    assert run(["init", str(tmp_path)]) == 0
    capsys.readouterr()
    assert not (tmp_path / "noegle.txt").exists()  # its rows belong to no case, so no number stands for one
    own = report_of(tmp_path)["supervisions"]["kontrolsager"]
    last = {one["kontroltrin"]: one for one in own["months"] if one["ydelse"] == "alle"}
    assert (last["3"]["drawn"], last["2"]["left"]) == (1, 1)


# The section


def section(folder: Path, **options: Any) -> Section:
    (found,) = [one for one in app.check(folder, Options(**options)).sections if one.title == "Kontrolsager"]
    return found


def test_the_section_leads_with_what_must_be_drawn() -> None:
    found = section(LILLEBY)
    assert found.paragraphs[0].startswith(
        "1 sag på trin 3 og 3 sager på trin 2: så mange skal kommunen mindst udtage i "
    )
    assert [part.title for part in found.parts] == [
        "Trin 3 i alt",
        "Trin 3: kontanthjælp",
        "Trin 3: sygedagpenge",
        "Trin 3: økonomisk friplads",
        "Trin 2",
        "Trin 2 og 3 tilsammen (vores egen sum)",
        "Afsluttede kontrolsager",
        "Materiale til svaret til STAR",
        "Sådan er kontrolsagerne talt",
    ]
    pictures = [part.picture for part in found.parts if isinstance(part.picture, Columns)]
    assert [one.least for one in pictures] == [30, 30, 30, 30, 30, None]
    assert all(len(one.heads) == 12 for one in pictures)


def test_where_nothing_must_be_drawn_it_is_said(tmp_path: Path) -> None:
    in_files(tmp_path, *cases("2022-01-03", 5, 1))
    assert (
        section(tmp_path).paragraphs[0].startswith("0 sager: kommunen ligger på 30 % eller derover ved udgangen af feb")
    )


def test_both_denominators_are_shown_and_the_judged_one_is_said() -> None:
    found = section(LILLEBY)
    table = found.parts[0].table
    assert table is not None
    last = dict(zip(table.headings, table.rows[-1], strict=True))
    assert (str(last["Andel, %"]), str(last["Af tilbage, %"])) == ("29.27", "41.38")  # 12 of 41, and 12 to 29
    told = [
        part for part in found.parts if any("»Af tilbage, %« er udtaget / tilbage." in one for one in part.paragraphs)
    ]
    assert told == [found.parts[0]], "over the first table that has it"
    method = " ".join(found.parts[-1].paragraphs)
    assert "Andel = udtaget / (udtaget + tilbage)" in method
    assert "ingen regel dømmer efter den" in method


def test_stars_own_reasons_are_there_only_where_use_is_low(tmp_path: Path) -> None:
    in_files(tmp_path, *cases("2022-01-03", 5, 1))
    assert "Materiale til svaret til STAR" not in [part.title for part in section(tmp_path).parts]
    for reason in ("forskellige kontrolstrategier og snydmønstre", "dårlig »hitrate«", "andre kilder til kontrolsager"):
        assert reason in REASONS


@pytest.mark.parametrize("lacking", ["udtaget_dato", "fjernet_dato"])
def test_a_share_that_cannot_be_counted_is_not_told_as_an_empty_list(tmp_path: Path, lacking: str) -> None:
    in_files(tmp_path, *cases("2022-01-03", 1, 9))
    without(lacking, tmp_path)
    assert section(tmp_path).paragraphs[0].startswith("Andelen kan ikke regnes ud, for tabellen har ikke både")


def test_a_hit_rate_that_lacks_a_column_is_not_told_as_nothing_closed(tmp_path: Path) -> None:
    in_files(tmp_path, *cases("2022-01-03", 0, 9), a_case(9, "2022-01-03", afsluttet="2022-01-04"))
    without("mindreudgift", tmp_path)
    (answer,) = [part for part in section(tmp_path).parts if part.title == "Materiale til svaret til STAR"]
    assert answer.paragraphs[-1].endswith("kan ikke regnes ud, for tabellen mangler en kolonne, den hviler på.")


def test_an_amount_that_cannot_be_read_is_told_where_the_hit_rate_would_stand(tmp_path: Path) -> None:
    more = "X1;3;kontanthjaelp;2022-01-03;;;;;2022-01-04;mange;\n"
    told = section(in_files(tmp_path, *cases("2022-01-03", 0, 9), more=more))
    assert any(one.startswith("1 afsluttet sag har et beløb, der ikke kan læses.") for one in told.paragraphs)
    (answer,) = [part for part in told.parts if part.title == "Materiale til svaret til STAR"]
    assert answer.paragraphs[-1].endswith("hitraten kan ikke regnes ud, for et beløb kan ikke læses.")
    (closed,) = [part for part in told.parts if part.title == "Afsluttede kontrolsager"]
    assert closed.table is not None
    assert closed.table.rows[0][:4] == ("Trin 3 i alt", 1, None, None)


def without(column: str, folder: Path) -> None:
    """Take the column out of the table."""
    file = folder / "kontrolsager.csv"
    pl.read_csv(file, separator=";", infer_schema=False).drop(column).write_csv(file, separator=";")


def test_a_provisional_month_is_told_with_what_it_still_takes(tmp_path: Path) -> None:
    in_files(tmp_path, *cases("2022-01-03", 0, 10))
    told = section(tmp_path, cutoff=date(2022, 2, 15)).paragraphs
    assert any(
        "Foreløbigt, trin 3 pr. 15. februar 2022: 0 udtaget, 10 tilbage, 0,00 %. Udtag 3 sager mere" in one
        for one in told
    )


def test_no_whole_month_is_said_so(tmp_path: Path) -> None:
    in_files(tmp_path, *cases("2022-01-03", 0, 10))
    assert "ingen hel måned" in section(tmp_path, cutoff=date(2022, 1, 15)).paragraphs[0]


def test_a_single_mistyped_year_is_told(tmp_path: Path) -> None:
    shutil.copytree(LILLEBY, tmp_path / "lilleby")
    file = tmp_path / "lilleby" / "kontrolsager.csv"
    file.write_text(file.read_text(encoding="utf-8") + "Z;3;sygedagpenge;2033-01-02;;;;;;;\n", encoding="utf-8")
    assert any("den seneste dato er 2. januar 2033" in one for one in app.check(tmp_path / "lilleby").run.warnings)


def test_an_early_mistyped_year_and_a_day_before_the_beginning_are_told(tmp_path: Path) -> None:
    rows = cases("2022-01-03", 2, 2)
    rows[0] = rows[0]._replace(udstillet_dato=day_of("2002-01-03"), udtaget_dato=None)
    rows[1] = rows[1]._replace(udtaget_dato=None, fjernet_dato=day_of("2021-01-03"))
    told = app.check(in_files(tmp_path, *rows)).run.warnings
    assert any("den tidligste udstillet_dato er 3. januar 2002, i række 2," in one for one in told)
    assert any("fjernet_dato er før udstillet_dato i række 3." in one for one in told)
