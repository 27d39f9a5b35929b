"""The pictures: drawn once, and shown alike on a page, in Word as PNG and in Excel as charts over cells."""

import re
import struct
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from alone import everything_of, lilleby_alone
from docx.oxml.ns import qn

from kommunecheck.domain.days import Period
from kommunecheck.domain.report import Report
from kommunecheck.domain.section import Columns, Lane, Lanes
from kommunecheck.reports import excel, word
from kommunecheck.reports.pictures import look, of_report, of_section
from kommunecheck.reports.pictures.bars import bars, whole_bar
from kommunecheck.reports.pictures.columns import Row, columns
from kommunecheck.reports.pictures.png import png
from kommunecheck.reports.pictures.svg import Drawn

LILLEBY = lilleby_alone()


def lilleby() -> Report:
    return everything_of(LILLEBY)


def all_of(report: Report) -> list[Drawn | None]:
    return [
        of_report.how_sure(report),
        of_report.outcomes(report, key=True),
        of_report.rules(report, key=True),
        of_report.teams(report),
        of_report.months(report),
    ]


def size(content: bytes) -> tuple[int, int]:
    """The width and height of a PNG, from its header."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", content[16:24])


def test_every_picture_of_lilleby_becomes_a_png_and_the_same_one_twice() -> None:
    for drawn in all_of(lilleby()):
        assert drawn is not None
        made = png(drawn)
        assert size(made.content) == (1920, drawn.height * 3)
        assert made.ratio == drawn.height / 640
        assert png(drawn) == made


def test_text_is_drawn_without_any_typeface_of_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "none.conf"))
    shown = {text: png(bars("b", "", [whole_bar(text, "", 1, "own")])).content for text in ("", "æøå § »1«", "ÆØÅ")}
    assert len(set(shown.values())) == 3


def test_every_class_that_is_drawn_with_has_a_look() -> None:
    style = (Path(of_report.__file__).parent / "pictures.css").read_text(encoding="utf-8")
    for drawn in all_of(lilleby()):
        assert drawn is not None
        for css in re.findall(r'class="([^"]+)"', drawn.svg):
            for one in set(css.split()) - {"tx", "alt", "parts", "bars"}:
                assert f".{one}" in style, one


def test_columns_are_as_tall_as_their_counts_and_say_them() -> None:
    drawn = columns("c", "", [("jan", "2007"), ("feb", "")], [Row("R", (4, 0), 4, "own"), Row("S", (1, 2), 4, "own")])
    heights = [int(one) for one in re.findall(r'<rect [^>]*height="(\d+)"', drawn.svg)]
    assert heights == [30, 8, 15]
    assert re.findall(r">([^<>]+)</text>", drawn.svg) == ["R", "4", "S", "1", "2", "jan", "2007", "feb"]


def test_nothing_is_drawn_of_a_column_of_none_and_its_zero_is_said() -> None:
    drawn = of_section.drawn("c", Columns("Klager", "", ("1. kvt.", "2. kvt."), (("Realitet", (0, 3)),)))
    assert re.findall(r'<rect [^>]*height="(\d+)"', drawn.svg) == ["30"]
    assert re.findall(r">([^<>]+)</text>", drawn.svg)[1:3] == ["0", "3"]


HAPPENED = ("frist", "underrettet", "afgjort", "klaget", "hjemvist")


@pytest.mark.parametrize("many", [0, 1, 4, 5])
def test_what_happened_on_a_day_has_a_mark_of_its_own_that_the_key_tells(many: int) -> None:
    """Of five things none could be told from the others, and the key would be longer than the picture."""
    lane = Lane("A1", ((Period(1, 30), 0),), tuple((1 + day, what) for day, what in enumerate(HAPPENED[:many])))
    drawn = of_section.drawn("c", Lanes("Hvor tiden gik", ("kommunen",), (lane, lane)))
    said = re.findall(r">([^<>]+)</text>", drawn.svg)
    marks = re.findall(r'<use href="#m-(\w+)" [^>]*/>|<use [^>]*href="#m-(\w+)"[^>]*><title>([^<]+)', drawn.svg)
    in_key = [alone for alone, _, _ in marks if alone]
    on_days = {told.rpartition(": ")[2]: mark for _, mark, told in marks if mark}
    if many <= 4:
        assert said[1 : 1 + many] == list(HAPPENED[:many])
        assert in_key == [on_days[what] for what in HAPPENED[:many]]
        assert len(set(in_key)) == many
    else:
        assert not in_key
        assert set(on_days.values()) == {"other"}
    known = set(re.findall(r'id="m-(\w+)"', look.marks()))
    assert set(on_days.values()) <= known


def test_the_months_show_the_most_frequent_rules_and_the_lost_days() -> None:
    report = lilleby()
    assert report.months is not None
    drawn = of_report.months(report)
    assert drawn is not None
    total = {one.code: sum(one.findings[-12:]) for one in report.months.causes}
    (_, _, *told) = re.split(r"\. |; ", drawn.about.replace("jul 07", "jul"))
    assert len(told) >= 4
    assert f"{max(total, key=lambda code: total[code])} " in drawn.about
    assert f"{sum(report.months.lost_days[-12:]):,}".replace(",", ".") in drawn.about


def test_of_one_month_or_of_nothing_there_is_no_picture() -> None:
    report = lilleby()
    assert report.months is not None
    one = report.months._replace(
        months=report.months.months[:1],
        causes=tuple(cause._replace(findings=cause.findings[:1]) for cause in report.months.causes),
        lost_days=report.months.lost_days[:1],
    )
    assert of_report.months(replace(report, months=one)) is None
    assert of_report.months(replace(report, months=None)) is None


# In Word


def test_word_shows_them_with_what_they_show_in_words() -> None:
    document = docx.Document(BytesIO(b"".join(word.write(lilleby()))))
    found = list(document.element.body.iter(qn("wp:docPr")))
    about = [drawn.about for drawn in all_of(lilleby()) if drawn is not None]
    assert sorted(one.get("descr").replace("\u00a0", " ") for one in found) == sorted(about)
    assert len({one.get("id") for one in found}) == len(found) == 5
    width = document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
    for extent in document.element.body.iter(qn("wp:extent")):
        assert abs(int(extent.get("cx")) - width) < 1000


def test_a_report_without_losses_has_no_empty_picture() -> None:
    report = lilleby()
    empty = replace(report, findings=(), cases=(), months=None)
    summary = report.summary
    nothing = summary.expected._replace(days=0, paid=0, refund_lost=0)
    kinds = {"expected": nothing, "discretionary": nothing, "documentation": nothing}
    empty = replace(empty, summary=summary._replace(cases=0, by_team=(), by_code=(), rests_on=(), **kinds))
    document = docx.Document(BytesIO(b"".join(word.write(empty))))
    assert not list(document.element.body.iter(qn("wp:docPr")))
    assert "Diagrammer" not in openpyxl.load_workbook(BytesIO(b"".join(excel.write(empty)))).sheetnames


# In Excel


def charts(report: Report) -> dict[str, str]:
    """The charts of its workbook by their titles, as they stand in the file."""
    found: dict[str, str] = {}
    with ZipFile(BytesIO(b"".join(excel.write(report)))) as parts:
        for name in parts.namelist():
            if name.startswith("xl/charts/chart"):
                text = parts.read(name).decode()
                found["".join(re.findall(r"<a:t>([^<]*)</a:t>", text.split("<c:plotArea>")[0]))] = text
    return found


def values(workbook: Any, formula: str) -> list[Any]:
    sheet, cells = formula.replace("'", "").replace("$", "").split("!")
    return [cell.value for row in workbook[sheet][cells] for cell in row]


def test_excel_draws_them_from_the_cells_that_hold_the_figures() -> None:
    report = lilleby()
    made = charts(report)
    assert list(made) == [
        of_report.HOW_SURE,
        of_report.CAME_OUT,
        of_report.RULES_COST,
        of_report.TEAMS_LOSE,
        f"{of_report.BY_MONTH}, og tabte dage",
    ]
    workbook = openpyxl.load_workbook(BytesIO(b"".join(excel.write(report))), data_only=True)
    drawn = {
        title: [values(workbook, one) for one in re.findall(r"<c:val>.*?<c:f>([^<]+)</c:f>", text)]
        for title, text in made.items()
    }
    assert drawn[of_report.HOW_SURE] == [[(kind.refund_lost or 0) / 100 for kind in report.summary.kinds]]
    assert drawn[of_report.TEAMS_LOSE] == [[(one.refund_lost or 0) / 100 for one in report.summary.by_team]]
    named = [values(workbook, one) for one in re.findall(r"<c:cat>.*?<c:f>([^<]+)</c:f>", made[of_report.CAME_OUT])]
    assert [(named[0][0], drawn[of_report.CAME_OUT][0][0]), named[0][-1]] == [("Med fejl", 41), "Ikke fuldt vurderet"]
    assert report.months is not None
    *causes, lost = drawn[f"{of_report.BY_MONTH}, og tabte dage"]
    assert lost == list(report.months.lost_days[-12:])
    assert [tuple(one) for one in causes] == [counts for _, counts in of_report.most_frequent(report.months)]


def test_lost_days_in_months_without_findings_to_show_are_a_chart_of_their_own() -> None:
    """A chart without series is one that no workbook can be written with."""
    report = lilleby()
    assert report.months is not None
    unseen = tuple(one._replace(findings=(0,) * len(one.findings)) for one in report.months.causes)
    for causes in ((), unseen):
        shown = replace(report, months=report.months._replace(causes=causes))
        made = charts(shown)["Tabte dage, måned for måned"]
        assert "<c:lineChart>" in made
        assert "<c:barChart>" not in made
        (cells,) = re.findall(r"<c:val>.*?<c:f>([^<]+)</c:f>", made)
        workbook = openpyxl.load_workbook(BytesIO(b"".join(excel.write(shown))), data_only=True)
        assert values(workbook, cells) == list(report.months.lost_days[-12:])


def test_no_two_rules_of_a_chart_are_told_apart_by_their_colour_alone() -> None:
    months = charts(lilleby())[f"{of_report.BY_MONTH}, og tabte dage"]
    (bars,) = re.findall(r"<c:barChart>.*</c:barChart>", months)
    looks = re.findall(r"<c:ser>.*?<c:spPr>(<a:solidFill>|<a:pattFill prst=\"[^\"]*\">)", bars)
    assert len(looks) == len(set(looks)) > 2


def test_every_chart_is_told_in_words() -> None:
    with ZipFile(BytesIO(b"".join(excel.write(lilleby())))) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert [bool(one) for one in re.findall(r'<xdr:cNvPr [^>]*descr="([^"]*)"', drawing)] == [True] * 5
