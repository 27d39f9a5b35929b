"""The made-up municipalities: always the same, of the promised size, and with nobody real in them."""

import csv
import re
import runpy
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from kommunecheck.demo import write_demo

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = ["journal.csv", "kommunecheck.toml", "perioder.csv", "sager.csv", "samtaler.csv", "udbetalinger.csv"]
CASES = 3_000
RULES = {
    *("VT101", "VT102", "VT103", "VT104", "VT105", "VT106", "VT107"),
    *("VT201", "VT202", "VT203", "VT204", "VT205", "VT206", "VT301", "VT401", "VT402", "VT403"),
    *("SB101", "SB102", "SB103", "SB104", "SB105", "SB106", "SB201", "SB202", "SB203", "SB204", "SB205"),
    *("SB301", "SB302", "SB303"),
    *("DQ001", "DQ002", "DQ003", "DQ004", "DQ005", "DQ006", "DQ007", "DQ008"),
    *("KS101", "KS102", "KS103"),
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, CASES, 1)
    return folder


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def lilleby(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.setattr(sys, "argv", ["make_lilleby.py", str(folder)])
    monkeypatch.syspath_prepend(EXAMPLES)  # as when the script is run by itself
    runpy.run_path(str(EXAMPLES / "make_lilleby.py"), run_name="__main__")
    return contents(folder)


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_demo(tmp_path / name, 200, 7)
    assert sorted(contents(tmp_path / "one")) == FILES
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_another_seed_gives_another_municipality(tmp_path: Path) -> None:
    write_demo(tmp_path / "one", 50, 1)
    write_demo(tmp_path / "other", 50, 2)
    assert contents(tmp_path / "one")["sager.csv"] != contents(tmp_path / "other")["sager.csv"]


def test_how_many_cases_are_put_aside_at_a_time_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_demo(tmp_path / "at once", 200, 7)
    monkeypatch.setattr("kommunecheck.demo._CHUNK", 30)
    write_demo(tmp_path / "in pieces", 200, 7)
    assert contents(tmp_path / "at once") == contents(tmp_path / "in pieces")


def test_no_cases_give_empty_tables(tmp_path: Path) -> None:
    write_demo(tmp_path, 0, 1)
    assert all(len(text.splitlines()) == 1 for name, text in contents(tmp_path).items() if name.endswith(".csv"))


@pytest.mark.parametrize(
    ("table", "per_case"), [("sager", 1), ("samtaler", 5), ("udbetalinger", 12), ("journal", 1), ("perioder", 0.3)]
)
def test_the_tables_have_the_promised_size(demo: Path, table: str, per_case: float) -> None:
    assert len(rows(demo, table)) / CASES == pytest.approx(per_case, rel=0.1)


def test_interviews_and_payments_are_in_order_of_date(demo: Path) -> None:
    held = [row["afholdt_dato"] or row["planlagt_dato"] for row in rows(demo, "samtaler")]
    begun = [row["fra"] for row in rows(demo, "udbetalinger") if row["fra"] <= row["til"]]
    assert held == sorted(held)
    out_of_order = sum(later < earlier for earlier, later in pairwise(begun))
    assert out_of_order < len(begun) * 0.001  # only those with a data error


def test_payments_cover_whole_months(demo: Path) -> None:
    lasts = [date.fromisoformat(row["til"]) for row in rows(demo, "udbetalinger")]
    month_ends = sum((day + timedelta(1)).day == 1 for day in lasts)
    assert month_ends / len(lasts) > 0.9


def test_few_rows_have_data_errors(demo: Path) -> None:
    known = {row["sag_id"] for row in rows(demo, "sager")}
    samtaler, udbetalinger = rows(demo, "samtaler"), rows(demo, "udbetalinger")
    strangers = [row for row in samtaler + udbetalinger if row["sag_id"] not in known]
    twice = len(samtaler) - len({row["samtale_id"] for row in samtaler})
    amounts = [row for row in udbetalinger if not re.fullmatch(r"\d+,\d\d", row["beloeb"])]
    for kind in (len(strangers), twice, len(amounts)):
        assert 0 < kind < (len(samtaler) + len(udbetalinger)) * 0.01


def test_notes_are_plain_text_on_one_line(demo: Path) -> None:
    for line in (demo / "journal.csv").read_text(encoding="utf-8").splitlines():
        assert line.count(";") == 5
        assert '"' not in line


def test_no_cpr_number_is_a_real_one(demo: Path) -> None:
    for folder in (demo, EXAMPLES / "lilleby"):
        numbers = [row["cpr"] for row in rows(folder, "sager")]
        assert len(set(numbers)) == len(numbers)
        for path in folder.iterdir():
            looks_like_cpr = re.findall(r"\b\d{6}-?\d{4}\b", path.read_text(encoding="utf-8"))
            assert all(61 <= int(number[:2]) <= 91 for number in looks_like_cpr)


def test_the_committed_lilleby_is_what_the_script_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lilleby(tmp_path, monkeypatch) == contents(EXAMPLES / "lilleby")


def test_lilleby_breaks_every_rule_and_says_what_is_expected_of_every_case() -> None:
    expected = rows(EXAMPLES / "lilleby", "forventet")
    assert {row["kode"] for row in expected} - {"ingen"} == RULES
    assert {row["sag_id"] for row in expected} - {""} == {row["sag_id"] for row in rows(EXAMPLES / "lilleby", "sager")}
    assert all(row["begrundelse"].endswith(".") for row in expected)
    silent = {row["sag_id"] for row in expected if row["kode"] == "ingen"}
    assert not silent & {row["sag_id"] for row in expected if row["kode"] != "ingen"}
