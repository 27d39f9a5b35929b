"""The trend as a page: twelve months, with a month without a run told as such, and nobody kept from reading it."""

from pathlib import Path
from typing import Any

import html5lib
import pytest
from nights import HISTORY, Night
from test_html_report import opened, violations

from kommunecheck.cli import run
from kommunecheck.domain.days import day_of
from kommunecheck.domain.standing import Ruled, StoredRun
from kommunecheck.nightly.trend import months_of
from kommunecheck.reports.html.trend import trend_page


def stored(number: int, cutoff: str, **other: Any) -> StoredRun:
    lost = number * 100_050
    rules = (Ruled("VT101", number, lost), Ruled("VT102", 1, None))
    teams = (Ruled("Team <Nord>", number, lost), Ruled(None, 0, 0))
    plain = StoredRun(
        number, f"{number}", "0.1.0", day_of("2007-01-01"), day_of(cutoff), day_of(cutoff), True, True, 200, number * 3,
        lost, number * 700, rules, teams, ("VT101", "VT102", "VT103"),
    )  # fmt: skip
    return plain._replace(**other)


RUNS = [stored(1, "2006-09-30"), stored(2, "2007-03-31"), stored(3, "2007-05-10", complete=False, rules=())]


@pytest.fixture(scope="module")
def page() -> bytes:
    return trend_page(months_of(RUNS), "Lilleby")


@pytest.fixture(scope="module")
def tables(page: bytes) -> dict[str, list[list[str]]]:
    """The rows of each table, by its caption."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return {
        table.find("caption").text: [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
        for table in tree.iter("table")
    }


def test_every_month_is_told_also_one_without_a_run(tables: dict[str, list[list[str]]]) -> None:
    rows = tables["Måned for måned: den sidste kørsel i hver"][1:]
    assert [row[0] for row in rows][:3] == ["juni 2006", "juli 2006", "august 2006"]
    assert len(rows) == 12
    assert rows[-2] == ["april 2007", "–", "–", "–", "–", "–"]
    assert [cell.replace("\xa0", " ") for cell in rows[-1]] == [
        "maj 2007",
        "200",
        "9",
        "4,5 %",
        "3.001,50 kr.",
        "21,00 kr.",
    ]


def test_a_rule_that_found_nothing_is_told_from_one_that_did_not_run(tables: dict[str, list[list[str]]]) -> None:
    found = {row[0]: row[1:] for row in tables["Fund efter regel, måned for måned"]}
    lost = {row[0]: row[1:] for row in tables["Tabt refusion efter regel, måned for måned, i hele kroner"]}
    assert found["VT101"] == ["–", "–", "–", "1", "–", "–", "–", "–", "–", "2", "–", "0"]
    assert "VT103" not in found, "it never found anything"
    assert lost["VT102"][3] == "ukendt"
    assert lost["VT101"][9] == "2.001"


def test_it_says_what_moved_what_is_made_up_and_what_is_incomplete(page: bytes) -> None:
    text = page.decode().replace("\xa0", " ")
    assert "<strong>3.001,50 kr.</strong> <span>1.000,50 kr. i september 2006</span>" in text
    assert "Opdigtede tal." in text
    assert "I kørslen for maj 2007 kunne noget ikke læses" in text
    assert "Team &lt;Nord&gt;" in text


def test_the_same_runs_give_the_same_bytes_and_nothing_is_fetched(page: bytes) -> None:
    assert trend_page(months_of(RUNS[::-1]), "Lilleby") == page
    assert b"http" not in page.replace(b"http-equiv", b"")


def test_of_one_run_nothing_is_said_to_have_moved() -> None:
    text = trend_page(months_of(RUNS[:1]), None).decode()
    assert "Kommunen" in text
    assert " i september 2006" not in text


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_axe_finds_nothing(browser: Any, page: bytes, tmp_path: Path, width: int, scheme: str) -> None:
    file = tmp_path / "trend.html"
    file.write_bytes(page)
    shown = opened(browser, file, width, color_scheme=scheme, bypass_csp=True)
    assert violations(shown, "colours" if scheme == "dark" else "all") == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    shown.context.close()


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    night = Night(tmp_path / "by", settings=HISTORY + '[municipality]\nname = "Lilleby"\n')
    file = tmp_path / "trend.html"
    night.write()
    assert run(["trend", str(night.folder), "-o", str(file)]) == 2
    assert "Der er ingen kørsler endnu" in capsys.readouterr().err
    night.check()
    assert run(["trend", str(night.folder), "-o", str(file)]) == 0
    assert "Lilleby" in file.read_text(encoding="utf-8")
    assert run(["trend", str(night.folder), "-o", str(tmp_path / "trend.pdf")]) == 2
    assert "-o trend.pdf: udviklingen kan kun skrives som .html." in capsys.readouterr().err
