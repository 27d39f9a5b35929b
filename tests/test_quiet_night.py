"""A night on which nothing is new is answered with what the night before wrote, and only then."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from nights import HISTORY, STEP, WAIVER, Night, accept

from kommunecheck import app, grounds
from kommunecheck.cli import run
from kommunecheck.plugins import host

Capture = pytest.CaptureFixture[str]
FORMATS = (".json", ".xlsx", ".docx", ".html", ".sarif", ".xml", ".csv", ".md", ".ics")


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path / "by", settings=HISTORY)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One for each time that the cases are judged."""
    counted: list[None] = []
    judge = app.run

    def counting(*given: Any, **named: Any) -> Any:
        counted.append(None)
        return judge(*given, **named)

    monkeypatch.setattr(app, "run", counting)
    return counted


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_format_is_answered_byte_for_byte(
    night: Night, runs: list[None], tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kommunecheck.reports.html.ONE_FILE", 1)  # in pages, in a folder beside it
    said = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        files = [str(tmp_path / name / f"r{suffix}") for suffix in FORMATS]
        night.arguments = tuple(part for file in files for part in ("-o", file))
        assert night.check()[0] == 1
        said.append(capsys.readouterr())
    assert len(runs) == 1
    assert written(tmp_path / "a") == written(tmp_path / "b")
    assert "side-1.html" in written(tmp_path / "b")
    assert said[0].out == said[1].out
    assert re.fullmatch(
        r"kommunecheck: kørsel 1, opgjort pr. 10. maj 2007, 3 sager, 4 fund, forventet tab 12.298,55 kr., "
        r"afslutningskode 1, uændret og besvaret fra historikken, \d+,\d s.\n",
        said[1].err,
    )


def test_the_log_says_what_is_new_and_no_case(night: Night, capsys: Capture) -> None:
    night.check()
    night.cutoff = "2007-05-11"
    night.check()
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("kommunecheck: kørsel 2, opgjort pr. 11. maj 2007, 3 sager, 4 fund, 0 nye, forventet tab")
    assert STEP not in last


def a_row_less(night: Night) -> None:
    night.tables["udbetalinger"].pop()


def rows_in_another_order(night: Night) -> None:
    night.tables["samtaler"].reverse()


def another_parameter(night: Night) -> None:
    night.settings += "[parameters]\nregistration_workdays = 2\n"


def a_rule_not_shown(night: Night) -> None:
    night.arguments = ("--ignore", "VT101")


def for_another_reader(night: Night) -> None:
    night.arguments = ("--for", "revisor")


def shown_otherwise(night: Night) -> None:
    night.arguments = ("--format", "subject")


def a_file_more_that_could_be_a_table(night: Night) -> None:
    (night.folder / "perioder.csv").write_text("sag_id;type;fra;til;dokumenteret\n", encoding="utf-8")


def asked_to(night: Night) -> None:
    night.arguments = ("--no-cache",)


def the_answer_is_gone(night: Night) -> None:
    (night.folder / "h.sqlite.svar").unlink()


def the_answer_is_half(night: Night) -> None:
    file = night.folder / "h.sqlite.svar"
    file.write_bytes(file.read_bytes()[:-100])


def the_history_is_gone(night: Night) -> None:
    (night.folder / "h.sqlite").unlink()


@pytest.mark.parametrize(
    "happens",
    [
        a_row_less, rows_in_another_order, another_parameter, a_rule_not_shown, for_another_reader, shown_otherwise,
        a_file_more_that_could_be_a_table, asked_to, the_answer_is_gone, the_answer_is_half, the_history_is_gone,
    ],
    ids=lambda happens: happens.__name__.replace("_", " "),
)  # fmt: skip
def test_whatever_changes_is_run_in_full(night: Night, runs: list[None], happens: Callable[[Night], None]) -> None:
    night.check()
    happens(night)
    night.check()
    assert len(runs) == 2


def test_another_version_of_a_rule_is_run_in_full(
    night: Night, runs: list[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    night.check()
    monkeypatch.setattr(grounds, "_stated", lambda check: f"another {check.RULE.code}")
    night.check()
    assert len(runs) == 2


def test_a_plugin_changed_in_place_is_run_in_full(
    night: Night, runs: list[None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin = tmp_path / "kommuneproeve_stille.py"
    plugin.write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    point = host.EntryPoint("proeve", "kommuneproeve_stille", "kommunecheck")
    monkeypatch.setattr(host, "entry_points", lambda group: [point] if group == "kommunecheck" else [])
    night.check()
    night.check()
    assert len(runs) == 1
    plugin.write_text("OTHERWISE = True\n", encoding="utf-8")
    night.check()
    assert len(runs) == 2


def test_a_day_is_another_night_only_where_it_is_asked_for(night: Night, runs: list[None]) -> None:
    night.check()
    night.today = "2007-05-12"
    night.check()
    assert len(runs) == 1
    accept(night, WAIVER)
    night.check()
    night.today = "2007-05-13"
    _, report = night.check()
    assert len(runs) == 3
    assert report["run"]["today"] == "2007-05-13"


def test_a_repeated_night_is_answered_as_it_was_the_first_time(night: Night, runs: list[None]) -> None:
    night.check()
    night.cutoff = "2007-05-11"
    second = night.check()
    assert night.check() == second
    assert len(runs) == 2
    night.arguments = ("--no-cache",)
    assert night.check() == second


@pytest.mark.parametrize("shown", ["quote_notes = true", 'cpr = "masked"', 'cpr = "full"'])
def test_notes_and_cpr_numbers_are_never_kept_where_reports_show_them(
    night: Night, runs: list[None], shown: str
) -> None:
    night.settings += f"[privacy]\n{shown}\n"
    night.check()
    night.check()
    assert len(runs) == 2
    assert not (night.folder / "h.sqlite.svar").exists()


def test_an_incomplete_run_is_run_again(night: Night, runs: list[None]) -> None:
    night.write()
    (night.folder / "perioder.csv").write_bytes(b"\x00\x01")
    assert night.check()[0] == 3
    assert night.check()[0] == 3
    assert len(runs) == 2


def test_an_answer_is_written_over_no_source(night: Night, capsys: Capture) -> None:
    night.check()
    sources = written(night.folder)
    night.arguments = ("--format", "console", "-o", str(night.folder / "sager.csv"))
    night.write()
    for _ in range(2):
        assert (
            run(["check", str(night.folder), "--from", "2007-01-01", "--cutoff", "2007-05-10", *night.arguments]) == 2
        )
        assert "filen er en af kilderne" in capsys.readouterr().err
    assert written(night.folder) == sources


def test_a_report_beside_the_tables_is_no_change(night: Night, runs: list[None]) -> None:
    night.arguments = ("-o", str(night.folder / "rapport.xlsx"))
    night.check()
    night.check()
    assert len(runs) == 1


def test_nothing_is_said_of_a_quiet_night_where_that_is_asked_for(
    night: Night, runs: list[None], capsys: Capture
) -> None:
    night.check()
    night.cutoff, night.arguments = "2007-05-11", ("--quiet-if-unchanged",)
    for _ in range(2):
        capsys.readouterr()
        assert night.check()[0] == 0
        assert capsys.readouterr() == ("", "")
    assert len(runs) == 2


# One run at a time


def test_a_run_waits_for_another_and_says_so(night: Night, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    night.check()
    with closing(sqlite3.connect(night.folder / "h.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("kommunecheck.nightly.history.time.sleep", lambda _: other.execute("ROLLBACK"))
        capsys.readouterr()
        night.cutoff = "2007-05-11"
        assert night.check()[0] == 0
    assert "Venter på en anden kørsel, som bruger historikken.\n" in capsys.readouterr().err


def test_a_run_that_waits_too_long_gives_up_and_writes_nothing(
    night: Night, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    night.check()
    monkeypatch.setattr("kommunecheck.nightly.history.TURN", 0.0)
    (night.folder.parent / "r.json").unlink()
    with closing(sqlite3.connect(night.folder / "h.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        dates = ("--from", "2007-01-01", "--cutoff", "2007-05-11")
        assert run(["check", str(night.folder), *dates, "-o", str(night.folder.parent / "r.json")]) == 2
    assert "h.sqlite bruges af en anden kørsel. Vent, og kør igen." in capsys.readouterr().err
    assert not (night.folder.parent / "r.json").exists()


def test_the_history_can_be_read_while_a_run_is_under_way(night: Night, capsys: Capture) -> None:
    night.check()
    with closing(sqlite3.connect(night.folder / "h.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        capsys.readouterr()
        assert run(["history", str(night.folder)]) == 0
        assert "10. maj 2007" in capsys.readouterr().out


def test_a_run_that_fails_leaves_the_history_as_it_was(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    night.check()
    before = (night.folder / "h.sqlite").read_bytes()
    monkeypatch.setattr(app, "run", lambda *_, **__: 1 / 0)
    assert run(["check", str(night.folder), "--cutoff", "2007-05-11"]) == 2
    assert (night.folder / "h.sqlite").read_bytes() == before
