"""From night to night: finding x waiver x baseline x next run, told as the nights of one small municipality."""

import json
import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import openpyxl
import pytest
from nights import HISTORY, LATE, MISSING, STEP, WAIVER, Night, a_case_more_fails, accept, interview

from kommunecheck import checks, setup
from kommunecheck.cli import run
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.rule import Former
from kommunecheck.nightly.history import History
from kommunecheck.plugins.host import load

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path / "by")


def states(report: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in report["findings"]:
        found.setdefault(one["sag_id"], []).append(f"{one['code']} {one['state']}")
    return found


def of(report: dict[str, Any], sag_id: str) -> dict[str, Any]:
    return next(one for one in report["findings"] if one["sag_id"] == sag_id)


def test_the_first_night_as_it_is(night: Night) -> None:
    status, report = night.check()
    assert status == 1
    assert [(one["sag_id"], one["code"]) for one in report["findings"] if one["sag_id"]] == [
        (MISSING, "VT102"),
        (LATE, "VT101"),
        (STEP, "VT203"),
    ]
    assert not {"fixed", "gates"} & set(report)
    assert "after_waivers" not in report["summary"]
    assert not {"state", "waiver"} & set(report["findings"][0])


# The table: what happens between two nights, what each finding is then, what is fixed, and the exit status.


def nothing(night: Night) -> None:
    pass


def rows_move(night: Night) -> None:
    for rows in night.tables.values():
        rows.reverse()


def a_file_is_renamed(night: Night) -> None:
    night.settings += '[[sources]]\ntable = "samtaler"\nfile = "drv.csv"\n'
    night.tables["drv"] = night.tables.pop("samtaler")
    (night.folder / "samtaler.csv").unlink()


def an_amount_is_one_oere_more(night: Night) -> None:
    april = next(row for row in night.tables["udbetalinger"] if row["udbetaling_id"] == f"U-{LATE}-4")
    april["beloeb"] = "9000,07"


def an_amount_is_lower(night: Night) -> None:
    april = next(row for row in night.tables["udbetalinger"] if row["udbetaling_id"] == f"U-{LATE}-4")
    april["beloeb"] = "8999,93"


def the_loss_runs_on_a_day(night: Night) -> None:
    night.cutoff = "2007-05-11"


def the_interview_is_held(night: Night) -> None:
    night.tables["samtaler"].append(interview(MISSING, "2007-05-04"))


def the_step_is_shown_in_time(night: Night) -> None:
    night.tables["samtaler"][3]["opmaerksomhedsomraader"] = "helbred"


def an_interview_is_taken_out(night: Night) -> None:
    night.tables["samtaler"] = [row for row in night.tables["samtaler"] if row["afholdt_dato"] != "2007-04-30"]


def the_rule_is_not_shown(night: Night) -> None:
    night.settings += '[rules]\nignore = { VT203 = "afventer svar" }\n'


def a_case_is_not_in_the_export(night: Night) -> None:
    for table, rows in night.tables.items():
        night.tables[table] = [row for row in rows if row["sag_id"] != STEP]


UNCHANGED = {MISSING: ["VT102 unchanged"], LATE: ["VT101 unchanged"], STEP: ["VT203 unchanged"]}


@pytest.mark.parametrize(
    ("happens", "then", "fixed", "status"),
    [
        pytest.param(nothing, {}, [], 0, id="nothing happens"),
        pytest.param(rows_move, {}, [], 0, id="rows move"),
        pytest.param(a_file_is_renamed, {}, [], 0, id="a file is renamed"),
        pytest.param(
            an_amount_is_one_oere_more, {LATE: ["VT101 changed"]}, [], 1, id="an amount is corrected by some øre"
        ),
        pytest.param(an_amount_is_lower, {LATE: ["VT101 changed"]}, [], 0, id="an amount is corrected downwards"),
        pytest.param(the_loss_runs_on_a_day, {MISSING: ["VT102 changed"]}, [], 0, id="a loss grows because it runs on"),
        pytest.param(the_interview_is_held, {MISSING: ["VT101 changed"]}, [], 0, id="the interview is held at last"),
        pytest.param(the_step_is_shown_in_time, {STEP: None}, ["VT203"], 0, id="a finding is fixed"),
        pytest.param(an_interview_is_taken_out, {LATE: ["VT102 changed"]}, [], 1, id="a known matter gets worse"),
        pytest.param(a_case_more_fails, {"S4": ["VT102 new"]}, [], 1, id="a case more fails"),
        pytest.param(the_rule_is_not_shown, {STEP: None}, [], 0, id="the rule is not shown"),
        pytest.param(a_case_is_not_in_the_export, {STEP: None}, [], 0, id="a case is not in the export"),
    ],
)
def test_the_second_night(
    night: Night,
    happens: Callable[[Night], None],
    then: dict[str, list[str] | None],
    fixed: list[str],
    status: int,
) -> None:
    assert night.keep("create") == 0
    happens(night)
    got, report = night.check()
    expected = {sag_id: said for sag_id, said in (UNCHANGED | then).items() if said is not None}
    found = {sag_id: said for sag_id, said in states(report).items() if sag_id}
    assert found == expected
    assert [one["code"] for one in report["fixed"]] == fixed
    assert got == status


def renamed(monkeypatch: pytest.MonkeyPatch, code: str, now: str, name: str) -> None:
    """The rule of a code under another code and name."""
    before = next(check for check in checks.CHECKS if check.RULE.code == code)
    rule = before.RULE
    rule = replace(rule, code=now, name=name, formerly=(*rule.formerly, Former(rule.code, rule.name)))
    found: Any = before.check
    after: Any = SimpleNamespace(
        RULE=rule,
        JUDGES=before.JUDGES,
        NEEDS=before.NEEDS,
        EXPLAIN=before.EXPLAIN,
        check=lambda *given: (one._replace(rule=rule) for one in found(*given)),
    )
    monkeypatch.setattr(checks, "CHECKS", tuple(after if one is before else one for one in checks.CHECKS))


@pytest.mark.usefixtures("asked_anew")
def test_a_finding_of_a_rule_that_is_renamed_stays_known(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    night.keep("create")
    before = next(one for one in night.check()[1]["findings"] if one["code"] == "VT405")
    accept(night, WAIVER | {"codes": ["VT405"], "fingerprint": before["fingerprint"], "sag_id": None})
    renamed(monkeypatch, "VT405", "VT495", "ingen-forretningsgang")
    _, report = night.check()
    now = next(one for one in report["findings"] if one["code"] == "VT495")
    assert (now["state"], now["fingerprint"]) == ("unchanged", before["fingerprint"])
    assert now["waiver"]["id"] == "A1", "and what was accepted of it is so still"
    assert report["fixed"] == []
    renamed(monkeypatch, "VT495", "VT496", "uden-forretningsgang")
    night.settings += '[municipality.procedures]\nvisitation = "Forretningsgang"\n'
    assert [one["code"] for one in night.check()[1]["fixed"]] == ["VT496"], "the rule ran, whatever it was called"


@pytest.mark.usefixtures("asked_anew")
def test_the_history_knows_a_rule_that_is_renamed(
    night: Night, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    night.settings = HISTORY
    night.check()
    renamed(monkeypatch, "VT405", "VT495", "ingen-forretningsgang")
    _, report = night.check()
    assert ("VT495", "unchanged") in {(one["code"], one["state"]) for one in report["findings"]}
    capsys.readouterr()
    assert run(["diff", "1", "2", str(night.folder)]) == 0
    assert "4 fund er uændrede." in capsys.readouterr().out
    run(["trend", str(night.folder)])
    assert "VT405" not in capsys.readouterr().out


def test_no_rule_of_ours_has_a_code_that_another_one_had() -> None:
    rules = load().rules
    codes = [code for rule in rules for code in (rule.code, *(former.code for former in rule.formerly))]
    assert len(codes) == len(set(codes))


def test_a_finding_that_comes_back_is_reopened(night: Night) -> None:
    night.keep("create")
    step = night.tables["samtaler"][3]
    step["opmaerksomhedsomraader"] = "helbred"
    assert night.keep("update") == 0
    step["opmaerksomhedsomraader"] = ""
    status, report = night.check()
    assert states(report)[STEP] == ["VT203 reopened"]
    assert status == 1


def test_what_the_run_did_not_look_at_stays_known(night: Night) -> None:
    night.keep("create")
    before = (night.folder / "baseline.json").read_bytes()
    for table in ("sager", "samtaler", "udbetalinger"):
        night.tables[table] = [row for row in night.tables[table] if row["sag_id"] != STEP]
    assert night.keep("update") == 0
    assert (night.folder / "baseline.json").read_bytes() == before


def test_new_findings_are_taken_along(night: Night) -> None:
    night.keep("create")
    a_case_more_fails(night)
    night.keep("update")
    status, report = night.check()
    assert states(report)["S4"] == ["VT102 unchanged"]
    assert status == 0


def test_a_change_tells_from_what(night: Night) -> None:
    night.keep("create")
    the_interview_is_held(night)
    found = of(night.check()[1], MISSING)
    assert found["before"]["code"] == "VT102"
    assert (found["before"]["to"], found["to"]) == ("2007-05-10", "2007-05-03")
    assert found["before"]["days"] == 26


def test_the_baseline_has_no_rows_and_no_texts(night: Night) -> None:
    night.keep("create")
    content = (night.folder / "baseline.json").read_text(encoding="utf-8")
    assert set(json.loads(content)["findings"][0]) == {
        "sag_id", "code", "date", "step", "from", "to", "days", "paid_oere", "refund_lost_oere", "runs", "kind",
        "subject", "fingerprint",
    }  # fmt: skip


def test_the_same_findings_give_the_same_baseline(night: Night) -> None:
    night.keep("create")
    before = (night.folder / "baseline.json").read_bytes()
    (night.folder / "baseline.json").unlink()
    rows_move(night)
    night.keep("create")
    assert (night.folder / "baseline.json").read_bytes() == before


def test_a_baseline_is_not_made_over_another(night: Night, capsys: Capture) -> None:
    night.keep("create")
    assert night.keep("create") == 2
    assert "baseline.json findes i forvejen." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "baseline.json findes ikke. Lav den med: kommunecheck baseline create."),
        ("", "baseline.json er ikke en baseline, som denne version kan læse."),
        ('{"schema": "kommunecheck/baseline/2"}', "baseline.json er ikke en baseline, som denne version kan læse."),
        ("[" * 100_000, "baseline.json er ikke en baseline, som denne version kan læse."),
    ],
)
def test_a_baseline_that_cannot_be_read(night: Night, capsys: Capture, content: str | None, said: str) -> None:
    night.keep("create")
    file = night.folder / "baseline.json"
    file.unlink() if content is None else file.write_text(content)
    assert run(["check", str(night.folder)]) == 2
    assert said in capsys.readouterr().err


# Waivers


@pytest.mark.parametrize(
    ("waiver", "covers"),
    [
        pytest.param({}, True, id="the case and the rule"),
        pytest.param({"date": "2007-01-15"}, True, id="and the day"),
        pytest.param({"date": "2007-01-16"}, False, id="another day"),
        pytest.param({"sag_id": LATE}, False, id="another case"),
        pytest.param({"codes": ["VT202"]}, False, id="another rule"),
        pytest.param({"codes": ["VT202", "VT203"]}, True, id="several rules"),
        pytest.param({"sag_id": None, "from": "2007-01-15", "to": "2007-01-15"}, True, id="a period of that day"),
        pytest.param({"sag_id": None, "from": "2007-01-16", "to": "2007-02-15"}, False, id="a period after"),
        pytest.param({"sag_id": None, "from": "2006-01-01", "to": "2007-01-14"}, False, id="a period before"),
        pytest.param({"expires": "2007-05-11"}, True, id="expires today"),
        pytest.param({"expires": "2007-05-10"}, False, id="expired yesterday"),
    ],
)
def test_what_a_waiver_covers(night: Night, waiver: dict[str, Any], covers: bool) -> None:
    accept(night, WAIVER | waiver)
    _, report = night.check()
    expires = waiver.get("expires", "2007-12-31")
    assert of(report, STEP)["waiver"] == ({"id": "A1", "expires": expires} if covers else None)
    assert report["run"]["today"] == "2007-05-11"


def test_by_its_fingerprint(night: Night) -> None:
    found = of(night.check()[1], STEP)["fingerprint"]
    accept(night, WAIVER | {"sag_id": None, "fingerprint": found})
    assert of(night.check()[1], STEP)["waiver"]["id"] == "A1"


def test_both_exposures_are_there_and_nothing_is_hidden(night: Night) -> None:
    _, before = night.check()
    accept(night, WAIVER)
    status, report = night.check()
    assert status == 1
    assert report["summary"]["expected"] == before["summary"]["expected"]
    assert [one["code"] for one in report["findings"]] == [one["code"] for one in before["findings"]]
    of_step = next(one for one in before["cases"] if one["sag_id"] == STEP)["expected"]
    after, whole = report["summary"]["after_waivers"]["expected"], before["summary"]["expected"]
    assert after["days"] == whole["days"] - of_step["days"]
    assert oere(after["refund_lost"]) == oere(whole["refund_lost"]) - oere(of_step["refund_lost"])


def oere(text: str) -> int:
    return int(text.replace(".", ""))


def test_when_all_is_accepted_nothing_counts(night: Night) -> None:
    accept(
        night, WAIVER | {"sag_id": None, "codes": ["VT101", "VT102", "VT203"], "from": "2007-01-01", "to": "2007-12-31"}
    )
    status, report = night.check()
    assert status == 0
    assert report["summary"]["after_waivers"]["expected"] == {"days": 0, "paid": "0.00", "refund_lost": "0.00"}
    assert report["summary"]["after_waivers"]["running_per_day"] == "0.00"
    assert report["summary"]["error_with_loss"] == 3


def test_a_waived_day_that_another_finding_covers_is_still_lost(night: Night) -> None:
    night.tables["samtaler"][3]["arbejdssoegende"] = ""
    night.tables["samtaler"][3]["matchkategori"] = "3"
    _, before = night.check()
    assert states(before | {"findings": [one | {"state": None} for one in before["findings"]]})[STEP] == [
        "VT203 None",
        "VT301 None",
    ]
    accept(night, WAIVER)
    assert night.check()[1]["summary"]["after_waivers"]["expected"] == before["summary"]["expected"]


def test_waived_and_known(night: Night) -> None:
    night.keep("create")
    accept(night, WAIVER)
    status, report = night.check()
    assert (of(report, STEP)["state"], of(report, STEP)["waiver"]["id"]) == ("unchanged", "A1")
    assert status == 0


TODAY, YESTERDAY = {"expires": "2007-05-11"}, {"expires": "2007-05-10"}


@pytest.mark.parametrize(
    ("happens", "waiver", "state", "accepted", "status"),
    [
        (nothing, {"sag_id": STEP} | TODAY, "VT203 unchanged", True, 0),
        (nothing, {"sag_id": STEP} | YESTERDAY, "VT203 unchanged", False, 0),
        (a_case_more_fails, {"sag_id": "S4"} | TODAY, "VT102 new", True, 0),
        (a_case_more_fails, {"sag_id": "S4"} | YESTERDAY, "VT102 new", False, 1),
        (an_interview_is_taken_out, {"sag_id": LATE} | TODAY, "VT102 changed", True, 0),
        (an_interview_is_taken_out, {"sag_id": LATE} | YESTERDAY, "VT102 changed", False, 1),
        (the_loss_runs_on_a_day, {"sag_id": MISSING} | TODAY, "VT102 changed", True, 0),
        (the_loss_runs_on_a_day, {"sag_id": MISSING} | YESTERDAY, "VT102 changed", False, 0),
        (the_step_is_shown_in_time, {"sag_id": STEP} | TODAY, None, False, 0),
        (a_case_is_not_in_the_export, {"sag_id": STEP} | TODAY, None, False, 0),
    ],
)
def test_known_and_accepted_and_what_happens(
    night: Night,
    happens: Callable[[Night], None],
    waiver: dict[str, Any],
    state: str | None,
    accepted: bool,
    status: int,
) -> None:
    night.keep("create")
    happens(night)
    accept(night, WAIVER | {"codes": ["VT101", "VT102", "VT203"]} | waiver)
    got, report = night.check()
    found = [one for one in report["findings"] if one["sag_id"] == waiver["sag_id"]]
    assert [f"{one['code']} {one['state']}" for one in found] == ([state] if state else [])
    assert [one["waiver"] is not None for one in found] == ([accepted] if state else [])
    assert got == status


def test_what_was_accepted_counts_again_the_night_after_the_last_day_though_it_is_not_new(night: Night) -> None:
    night.settings = HISTORY
    every = WAIVER | {"codes": ["VT101", "VT102", "VT203"], "from": "2007-01-01", "to": "2007-12-31"} | TODAY
    accept(night, {key: value for key, value in every.items() if key != "sag_id"})
    statuses = []
    for day in ("2007-05-10", "2007-05-11", "2007-05-12", "2007-05-13"):
        night.today = night.cutoff = day
        status, report = night.check()
        statuses.append(status)
    assert statuses == [0, 0, 1, 1]
    assert {one["state"] for one in report["findings"]} == {"unchanged", "changed"}
    assert not any(one["worse"] for one in report["findings"])


@pytest.mark.parametrize(
    ("waiver", "settings", "said"),
    [
        ({"expires": "2007-05-10"}, "", "Accepten A1 udløb 10. maj 2007: 1 fund er ikke længere accepteret."),
        (
            {"expires": "2007-05-10", "sag_id": "S9"},
            "",
            "Accepten A1 udløb 10. maj 2007: den dækker intet mere. Fjern den.",
        ),
        ({"sag_id": "S9"}, "", "Accepten A1 dækker intet: dens regler er kørt og har ikke fundet det. Fjern den."),
        ({}, '[rules]\nignore = { VT203 = "afventer" }\n', "Accepten A1 hviler: ingen af dens regler (VT203) er kørt."),
    ],
)
def test_a_waiver_that_does_nothing_is_told_of(night: Night, waiver: dict[str, Any], settings: str, said: str) -> None:
    night.settings = settings
    accept(night, WAIVER | waiver)
    assert said in night.check()[1]["run"]["warnings"]


@pytest.mark.parametrize(
    ("waiver", "said"),
    [
        ({"reason": None}, "waivers.toml: »waivers.0.reason«: nøglen mangler; skriv den."),
        ({"reason": ""}, "waivers.toml: »waivers.0.reason«: der ventes en tekst, som ikke er tom."),
        ({"resaon": "x"}, "waivers.toml: nøglen »waivers.0.resaon« findes ikke. Mente du »reason«?"),
        ({"approved_by": "Fagkoordinator "}, "waivers.toml, A1: author og approved_by er den samme."),
        (
            {"author": "Anna Berg", "approved_by": " anna \u00a0Berg"},
            "waivers.toml, A1: author og approved_by er den samme.",
        ),
        ({"expires": "2008-05-12"}, "waivers.toml, A1: expires ligger mere end 366 dage ude i fremtiden."),
        ({"codes": ["VT999"]}, "waivers.toml, A1: koden VT999 findes ikke."),
        ({"codes": ["DQ003"]}, "waivers.toml, A1: DQ003 kan ikke accepteres. Ret det, reglen fandt."),
        ({"codes": []}, "waivers.toml: »waivers.0.codes«: listen skal have mindst én værdi."),
        ({"sag_id": None}, "waivers.toml, A1: skriv ét af: fingerprint; sag_id"),
        ({"from": "2007-01-01", "to": "2007-02-01"}, "waivers.toml, A1: skriv ét af: fingerprint; sag_id"),
        ({"sag_id": None, "from": "2007-01-01"}, "waivers.toml, A1: from og to skal stå der begge."),
        ({"sag_id": None, "from": "2007-02-01", "to": "2007-01-01"}, "waivers.toml, A1: to ligger før from."),
        ({"expires": 3}, "waivers.toml: »waivers.0.expires«: der ventes en dato som 2007-03-31"),
    ],
)
def test_a_broken_waiver_stops_the_run_before_any_case_is_read(
    night: Night, capsys: Capture, waiver: dict[str, Any], said: str
) -> None:
    accept(night, WAIVER | waiver)
    night.write()
    (night.folder / "sager.csv").write_bytes(b"\x00")  # would be complained of, were it read
    assert run(["check", str(night.folder), "--today", "2007-05-11"]) == 2
    complaint = capsys.readouterr().err
    assert said in complaint
    assert "sager" not in complaint.replace("sager.csv", "")


def test_the_same_id_twice(night: Night, capsys: Capture) -> None:
    accept(night, WAIVER, WAIVER)
    night.write()
    assert run(["check", str(night.folder), "--today", "2007-05-11"]) == 2
    assert "waivers.toml: id »A1« står flere gange. Giv hver sin." in capsys.readouterr().err


ADDED = (
    "--id", "A2", "--code", "VT102", "--case", MISSING, "--reason", 'Sagt "nej"', "--legal-basis", "vejl. til § 5",
    "--author", "en", "--approved-by", "en anden", "--expires", "2007-12-31", "--today", "2007-05-11",
)  # fmt: skip


def test_a_waiver_is_added_listed_and_checked(night: Night, capsys: Capture) -> None:
    accept(night, WAIVER)
    night.write()
    before = (night.folder / "waivers.toml").read_text(encoding="utf-8")
    assert run(["waiver", "add", str(night.folder), *ADDED]) == 0
    assert (night.folder / "waivers.toml").read_text(encoding="utf-8").startswith(before)
    assert of(night.check()[1], MISSING)["waiver"]["id"] == "A2"
    capsys.readouterr()
    assert run(["waiver", "list", str(night.folder), "--today", "2007-12-02", "--expiring-in", "30"]) == 0
    listed = capsys.readouterr().out
    assert "A1" in listed
    assert "29" in listed
    assert run(["waiver", "list", str(night.folder), "--today", "2007-11-30", "--expiring-in", "30"]) == 0
    assert capsys.readouterr().out.strip() == "Ingen."
    assert run(["waiver", "check", str(night.folder), "--today", "2007-05-11"]) == 0
    assert "Accepten A2 dækker 1 fund til og med 31. december 2007." in capsys.readouterr().out


def test_a_waiver_that_is_over_before_it_is_made_is_not_written(night: Night, capsys: Capture) -> None:
    accept(night, WAIVER)
    night.write()
    before = (night.folder / "waivers.toml").read_bytes()
    said = "waivers.toml, A2: expires ligger før i dag, 11. maj 2007, så accepten dækker intet. Skriv en senere dag."
    assert run(["waiver", "add", str(night.folder), *ADDED, "--expires", "2007-05-10"]) == 2
    assert said in capsys.readouterr().err
    assert (night.folder / "waivers.toml").read_bytes() == before
    assert run(["waiver", "add", str(night.folder), *ADDED, "--expires", "2007-05-11"]) == 0


def test_a_reconciliation_is_the_same_whenever_it_is_made(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    accept(night, WAIVER)
    for row in night.tables["udbetalinger"]:
        row |= {"anmeldt_refusion": "3150,00", "berigtiget_refusion": ""}
    night.write()
    made = []
    for day in (date(2007, 12, 31), date(2008, 1, 1)):
        monkeypatch.setattr(setup, "the_day_it_is", lambda day=day: day)
        file = night.folder.parent / f"{day}.json"
        assert run(["reconcile", str(night.folder), "-o", str(file)]) == 1
        made.append(file.read_bytes())
    assert made[0] == made[1]


def test_a_waiver_is_added_behind_those_that_an_editor_has_marked(night: Night, capsys: Capture) -> None:
    accept(night, WAIVER)
    night.write()
    file = night.folder / "waivers.toml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert run(["waiver", "add", str(night.folder), *ADDED]) == 0
    assert len(tomllib.loads(file.read_text(encoding="utf-8-sig"))["waivers"]) == 2
    file.write_text("waivers = []\n", encoding="utf-8")
    assert run(["waiver", "add", str(night.folder), *ADDED]) == 2
    assert "accepterne står som en liste" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "waivers = []\n"


def test_a_waiver_with_a_mistake_is_not_added(night: Night, capsys: Capture) -> None:
    accept(night, WAIVER)
    night.write()
    before = (night.folder / "waivers.toml").read_bytes()
    assert run(["waiver", "add", str(night.folder), *ADDED, "--id", "A1"]) == 2
    assert "id »A1« står flere gange" in capsys.readouterr().err
    assert run(["waiver", "add", str(night.folder), *ADDED, "--reason", "Borger 6101700001"]) == 2
    assert "reason har et CPR-nummer" in capsys.readouterr().err
    assert run(["waiver", "add", str(night.folder), *ADDED, "--approved-by", " "]) == 2
    assert "approved_by er tom" in capsys.readouterr().err
    assert run(["waiver", "add", str(night.folder), *ADDED, "--code", "VT501"]) == 2
    assert "VT501 kan ikke accepteres." in capsys.readouterr().err
    assert (night.folder / "waivers.toml").read_bytes() == before


# Gates


@pytest.mark.parametrize(
    ("gate", "said"),
    [
        ("max_findings = 3", None),
        ("max_findings = 2", "Der er 3 fund, som tæller; der må højst være 2."),
        ("min_cases = 3", None),
        ("min_cases = 4", "Udtrækket har 3 sager; der skal være mindst 4."),
        ('must_run = ["VT205"]', "VT205 er ikke kørt."),
        ('must_run = ["VT101"]', None),
        ("max_export_age_days = 1", None),
        ("max_export_age_days = 0", "Udtrækket er 1 dag gammelt; det må højst være 0."),
        ("max_error_share = 100", None),
        ("max_error_share = 99.9", "3 af 3 sager har fejl, 100,0 %; det må højst være 99,9 %."),
        ("max_error_share = 99.95", "3 af 3 sager har fejl, 100,0 %; det må højst være 99,95 %."),
        ("max_expected_loss = 100000", None),
        ("max_expected_loss = 1", "Det forventede tab er "),
        ("max_new = 0", None),
        ("max_new_loss = 0", None),
    ],
)
def test_a_gate_breaks_by_name(night: Night, gate: str, said: str | None) -> None:
    night.keep("create")
    night.settings += f"[gate]\n{gate}\n"
    status, report = night.check()
    assert [one["gate"] for one in report["gates"]] == ([gate.split()[0]] if said else [])
    assert said is None or report["gates"][0]["sentence"].startswith(said)
    assert status == (1 if said else 0)


def test_what_is_new_breaks_a_gate(night: Night) -> None:
    night.keep("create")
    a_case_more_fails(night)
    night.settings += "[gate]\nmax_new = 0\nmax_new_loss = 0\n"
    gates = {one["gate"]: one["sentence"] for one in night.check()[1]["gates"]}
    assert gates["max_new"] == "Der er 1 nyt fund; der må højst være 0."
    assert gates["max_new_loss"] == "Det nye tab er 2.696,13 kr.; det må højst være 0,00 kr."


def test_a_gate_for_what_is_new_needs_something_known(night: Night, capsys: Capture) -> None:
    night.settings = "[gate]\nmax_new = 0\n"
    night.write()
    assert run(["check", str(night.folder)]) == 2
    assert "[gate] max_new og max_new_loss kræver noget at sammenligne med." in capsys.readouterr().err


# History


def test_without_a_baseline_the_run_before_is_what_is_known(night: Night) -> None:
    night.settings = HISTORY
    status, report = night.check()
    assert (status, {one["state"] for one in report["findings"]}) == (1, {None})
    night.cutoff, night.today = "2007-05-11", "2007-05-12"
    a_case_more_fails(night)
    status, report = night.check()
    found = {sag_id: said for sag_id, said in states(report).items() if sag_id}
    assert found == UNCHANGED | {MISSING: ["VT102 changed"], "S4": ["VT102 new"]}
    assert status == 1


def test_what_comes_back_after_nights_is_reopened(night: Night) -> None:
    night.settings = HISTORY
    step = night.tables["samtaler"][3]
    for day, areas in (("10", ""), ("11", "helbred"), ("12", "helbred"), ("13", "")):
        step["opmaerksomhedsomraader"] = areas
        night.cutoff = f"2007-05-{day}"
        _, report = night.check()
    assert states(report)[STEP] == ["VT203 reopened"]


def test_a_run_that_is_repeated_is_stored_once_and_says_the_same(night: Night) -> None:
    night.settings = HISTORY
    night.check()
    night.cutoff = "2007-05-11"
    night.check()
    night.cutoff = "2007-05-12"
    last = night.check()
    night.cutoff = "2007-05-11"
    night.check()
    night.cutoff = "2007-05-12"
    assert night.check() == last


def test_what_was_mended_and_comes_back_with_the_same_files_is_reopened(night: Night) -> None:
    """The files of the third night are those of the first, sign for sign; and the third is held against the second."""
    night.settings = HISTORY + "[gate]\nmax_new = 0\n"
    step = night.tables["samtaler"][3]
    again = (["VT203 reopened"], ["max_new"])
    nights = (("", (["VT203 None"], [])), ("helbred", (None, [])), ("", again), ("helbred", (None, [])), ("", again))
    for areas, told in (*nights, nights[-1]):  # the last one twice
        step["opmaerksomhedsomraader"] = areas
        _, report = night.check()
        assert (states(report).get(STEP), [one["gate"] for one in report["gates"]]) == told
    assert len(History(night.folder / "h.sqlite", {}).runs()) == len(nights)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE runs SET rules = 'x'",
        "UPDATE runs SET rules = '[1]'",
        'UPDATE runs SET rules = \'[["VT101", "x", 1]]\'',
        "UPDATE runs SET teams = '{\"a\": 1}'",
        "UPDATE runs SET cutoff = -5",
        "UPDATE runs SET cutoff = 99999999999",
        "UPDATE runs SET version = CAST(X'FF' AS TEXT)",
        "DROP TABLE runs",
    ],
)
def test_a_history_with_a_value_that_is_damaged_is_said_to_be(night: Night, capsys: Capture, damage: str) -> None:
    night.settings = HISTORY
    night.check()
    with closing(sqlite3.connect(night.folder / "h.sqlite")) as base:
        for table in ("run", "finding"):
            base.execute(f"DROP TRIGGER no_{table}_is_changed")
            base.execute(f"DROP TRIGGER no_{table}_is_deleted")
        base.execute(damage)
        base.commit()
    capsys.readouterr()
    for command in ("history", "trend"):
        assert run([command, str(night.folder)]) == 2
        assert "h.sqlite er ikke en historik, eller den er beskadiget." in capsys.readouterr().err


def test_a_possible_loss_that_runs_on_is_no_worse(night: Night) -> None:
    night.settings = HISTORY
    night.tables["samtaler"].append(
        interview(MISSING, "", samtale_id="udeblev", status="udeblevet", planlagt_dato="2007-04-16",
                  opfoelgning_dato="2007-04-16", registreret_dato="2007-04-16")
    )  # fmt: skip
    night.check()
    night.cutoff, night.today = "2007-05-11", "2007-05-12"
    own = [one for one in night.check()[1]["findings"] if one["subject"]["id"] == MISSING]
    assert [(one["code"], one["state"], one["worse"]) for one in own] == [("VT103", "changed", False)]


def test_the_history_is_told_and_held_against_itself(night: Night, capsys: Capture) -> None:
    night.settings = HISTORY
    night.check()
    the_interview_is_held(night)
    the_step_is_shown_in_time(night)
    a_case_more_fails(night)
    night.check()
    capsys.readouterr()
    assert run(["history", str(night.folder)]) == 0
    *runs, whose = capsys.readouterr().out.splitlines()[2:]
    assert [line.split()[0] for line in runs] == ["1", "2"]
    assert whose == "Sager, fejl og beløb er visitationstilsynets."
    assert run(["diff", "1", "2", str(night.folder)]) == 1
    said = capsys.readouterr().out
    assert "Kommet" in said
    assert "Løst" in said
    assert "VT102 > VT101" in said
    assert "Forventet tab i visitationstilsynet: 12.298,55 kr. er blevet til 6.255,97 kr.: 6.042,58 kr. mindre." in said
    assert run(["diff", "2", "2", str(night.folder)]) == 0
    assert run(["diff", "2", "7", str(night.folder)]) == 2
    assert "Der er ingen kørsel 7." in capsys.readouterr().err


@pytest.mark.parametrize("narrower", [("--select", "VT2"), ("--ignore", "VT102"), ("--from", "2007-03-01")])
def test_a_run_is_held_against_the_latest_that_looked_at_as_much(night: Night, narrower: tuple[str, ...]) -> None:
    night.settings = HISTORY
    night.check()
    night.cutoff, night.arguments = "2007-05-11", narrower
    _, report = night.check()
    assert {one["state"] for one in report["findings"]} <= {"unchanged", "changed"}
    assert not report["fixed"]
    night.cutoff, night.arguments = "2007-05-12", ()
    assert {one["state"] for one in night.check()[1]["findings"]} <= {"unchanged", "changed"}


@pytest.mark.parametrize("aside", [("--to", "2007-02-28"), ("--known-on", "2007-04-30")])
def test_a_run_that_saw_fewer_days_does_not_make_the_next_night_new(night: Night, aside: tuple[str, ...]) -> None:
    night.settings = HISTORY
    night.check()
    night.arguments = aside
    assert not night.check()[1]["fixed"]
    night.cutoff, night.arguments = "2007-05-12", ()
    assert {one["state"] for one in night.check()[1]["findings"]} <= {"unchanged", "changed"}


def test_a_run_of_earlier_days_than_all_before_it_is_held_against_nothing(night: Night) -> None:
    night.settings = HISTORY
    night.check()
    night.cutoff = "2007-05-09"
    status, report = night.check()
    assert status == 1
    assert {one["state"] for one in report["findings"]} == {None}
    assert not report["fixed"]


def test_a_year_typed_wrong_for_one_night_makes_nothing_new_when_it_is_put_right(night: Night) -> None:
    night.settings = HISTORY
    night.check()
    night.cutoff = "2070-05-11"
    night.check()
    night.cutoff = "2007-05-12"
    assert {one["state"] for one in night.check()[1]["findings"]} <= {"unchanged", "changed"}


def test_what_lies_after_the_last_day_a_run_knows_of_is_not_mended(night: Night, capsys: Capture) -> None:
    assert night.keep("create") == 0
    night.cutoff = "2007-04-16"  # before what was found came to be
    capsys.readouterr()
    _, report = night.check()
    assert report["fixed"] == []
    night.cutoff = "2007-05-10"
    _, report = night.check()
    assert {one["state"] for one in report["findings"]} == {"unchanged"}


def test_what_lies_outside_the_period_is_not_mended(night: Night, capsys: Capture) -> None:
    night.keep("create")
    night.arguments = ("--from", "2007-03-01")
    _, report = night.check()
    assert STEP not in {one["sag_id"] for one in report["findings"]}, "its interview was in January"
    assert not report["fixed"]
    assert "ikke set efter" in capsys.readouterr().out


def test_a_file_that_gets_another_name_makes_nothing_new(night: Night) -> None:
    stranger = interview("S9", "2007-02-01")
    night.tables["samtaler"].append(stranger)
    night.keep("create")
    night.settings += '[[sources]]\ntable = "samtaler"\nfile = "samtaler-*.csv"\n'
    night.tables["samtaler-2007-05-10"] = night.tables.pop("samtaler")
    (night.folder / "samtaler.csv").unlink()
    _, report = night.check()
    assert "DQ002" in {one["code"] for one in report["findings"]}
    assert {one["state"] for one in report["findings"]} == {"unchanged"}
    assert not report["fixed"]


def test_two_reports_are_held_against_each_other_as_two_runs_are(night: Night, tmp_path: Path, capsys: Capture) -> None:
    night.settings = HISTORY
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    for file in files:
        night.arguments = ("-o", str(file))
        night.check()
        the_interview_is_held(night)
        the_step_is_shown_in_time(night)
        a_case_more_fails(night)
    capsys.readouterr()
    said = []
    for arguments in (("1", "2", str(night.folder)), tuple(map(str, files))):
        assert run(["diff", *arguments]) == 1
        said.append(capsys.readouterr().out.splitlines())
    assert said[1][0] == "Fra a.json (10. maj 2007) til b.json (10. maj 2007)"
    assert said[0][1:] == said[1][1:]
    assert run(["diff", str(files[1]), str(files[1])]) == 0


@pytest.mark.parametrize("narrower", [("--select", "VT2"), ("--ignore", "VT102"), ("--from", "2007-03-01")])
def test_what_one_of_two_runs_did_not_look_at_has_not_come_and_is_not_gone(
    night: Night, narrower: tuple[str, ...], tmp_path: Path, capsys: Capture
) -> None:
    files = [tmp_path / "all.json", tmp_path / "narrow.json"]
    night.settings = HISTORY
    for file, arguments in zip(files, ((), narrower), strict=True):
        night.arguments = ("-o", str(file), *arguments)
        night.check()
    for first, second, said in ((0, 1, "Ikke set efter nu"), (1, 0, "Ikke set efter før")):
        for told in ((str(files[first]), str(files[second])), (str(first + 1), str(second + 1), str(night.folder))):
            capsys.readouterr()
            assert run(["diff", *told]) == 0
            heads = {line.split("  ")[0] for line in capsys.readouterr().out.splitlines()}
            assert heads & {"Kommet", "Løst", "Ikke set efter nu", "Ikke set efter før"} == {said}


@pytest.mark.parametrize(
    "spoiled", [{"days": []}, {"days": "x"}, {"days": -1}, {"step": {}}, {"paid": 1.5}, {"from": "nej"}]
)
def test_a_report_that_was_changed_by_hand_is_refused(
    night: Night, spoiled: dict[str, Any], tmp_path: Path, capsys: Capture
) -> None:
    files = [tmp_path / "a.json", tmp_path / "x.json"]
    for file in files:
        night.arguments = ("-o", str(file))
        night.check()
        a_case_more_fails(night)
    report = json.loads(files[1].read_bytes())
    report["findings"][0] |= spoiled
    files[1].write_text(json.dumps(report), encoding="utf-8")
    capsys.readouterr()
    assert run(["diff", *map(str, files)]) == 2
    assert "x.json er ikke en rapport, som denne version kan sammenligne." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "x.json findes ikke. Skriv to rapporter (.json), eller numre fra kommunecheck history."),
        (b"{", "x.json er ikke en rapport, som denne version kan sammenligne."),
        (b'{"schema":"kommunecheck/report/2"}', "x.json er ikke en rapport, som denne version kan sammenligne."),
        (b"[]", "x.json er ikke en rapport, som denne version kan sammenligne."),
    ],
)
def test_what_is_no_report_is_held_against_nothing(
    tmp_path: Path, capsys: Capture, content: bytes | None, said: str
) -> None:
    file = tmp_path / "x.json"
    if content is not None:
        file.write_bytes(content)
    assert run(["diff", str(file), str(file)]) == 2
    assert said in capsys.readouterr().err


def test_reports_of_two_municipalities_are_not_held_against_each_other(
    night: Night, tmp_path: Path, capsys: Capture
) -> None:
    files = {code: tmp_path / f"{code}.json" for code in ("901", "902", None)}
    night.arguments = ("-o", str(files[None]))
    night.check()
    report = json.loads(files[None].read_bytes())
    for code in ("901", "902"):
        report["run"]["municipality"]["code"] = code
        files[code].write_text(json.dumps(report), encoding="utf-8")
    own, other, unnamed = map(str, files.values())
    capsys.readouterr()
    assert (run(["diff", own, other]), run(["diff", own, unnamed])) == (2, 0)
    assert "901.json og 902.json er fra hver sin kommune." in capsys.readouterr().err


def test_a_number_and_a_report_are_not_held_against_each_other(night: Night, capsys: Capture) -> None:
    night.write()
    assert run(["diff", "1", "r.json", str(night.folder)]) == 2
    assert "Skriv to numre" in capsys.readouterr().err


def test_a_stored_run_cannot_be_changed(night: Night) -> None:
    night.settings = HISTORY
    night.check()
    with closing(sqlite3.connect(night.folder / "h.sqlite")) as base:
        for table in ("runs", "findings"):
            for order in ("UPDATE {} SET rowid = rowid + 1", "DELETE FROM {}"):
                with pytest.raises(sqlite3.IntegrityError, match="never"):
                    base.execute(order.format(table))


def test_a_run_that_cannot_be_stored_does_not_deny_the_report_it_has_written(
    night: Night, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise UserError("[history] database: h.sqlite kan ikke skrives.")

    night.settings = HISTORY
    monkeypatch.setattr(History, "store", full)
    status, report = night.check()
    assert (status, report["run"]["complete"]) == (3, True)
    assert capsys.readouterr().err == "Fejl: [history] database: h.sqlite kan ikke skrives. r.json er skrevet.\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no database", "h.sqlite er ikke en historik, eller den er beskadiget."),
        (None, "h.sqlite er skrevet af en nyere version. Opdatér kommunecheck."),
    ],
)
def test_a_history_that_cannot_be_read(night: Night, capsys: Capture, content: bytes | None, said: str) -> None:
    night.settings = HISTORY
    night.write()
    file = night.folder / "h.sqlite"
    if content is None:
        with closing(sqlite3.connect(file)) as base:
            base.execute("PRAGMA user_version = 99")
    else:
        file.write_bytes(content)
    assert run(["check", str(night.folder), "--cutoff", "2007-05-10"]) == 2
    assert said in capsys.readouterr().err


def test_no_person_and_no_row_stands_in_the_history(night: Night) -> None:
    night.settings = HISTORY
    for row in night.tables["samtaler"]:
        row["sagsbehandler"] = "Kanariefugl"
    night.check()
    assert b"Kanariefugl" not in (night.folder / "h.sqlite").read_bytes()


def test_twelve_months_are_told_with_the_last_run_of_each(night: Night, capsys: Capture) -> None:
    night.settings = HISTORY
    for cutoff in ("2007-03-20", "2007-03-31", "2007-05-10"):
        night.cutoff = cutoff
        night.check()
    capsys.readouterr()
    assert run(["trend", str(night.folder)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    months = [line for line in lines if line[1:2] in (["2006"], ["2007"])]
    assert [" ".join(line[:2]) for line in months] == [
        "juni 2006", "juli 2006", "august 2006", "september 2006", "oktober 2006", "november 2006", "december 2006",
        "januar 2007", "februar 2007", "marts 2007", "april 2007", "maj 2007",
    ]  # fmt: skip
    assert months[-2][2:] == ["ingen", "kørsel"]
    assert months[-1][-1] == "█" * 24
    assert "VT102" in {line[0] for line in lines if line}


def test_a_trend_of_nothing(night: Night, capsys: Capture) -> None:
    night.settings = HISTORY
    night.write()
    assert run(["trend", str(night.folder)]) == 0
    assert capsys.readouterr().out == "Der er ingen kørsler endnu.\n"
    assert not (night.folder / "h.sqlite").exists()


# As it was known


def test_a_row_registered_later_does_not_cure_the_past(night: Night) -> None:
    night.tables["samtaler"].append(interview(MISSING, "2007-04-10", registreret_dato="2007-05-05"))
    night.cutoff = "2007-05-10"
    assert MISSING not in {one["sag_id"] for one in night.check()[1]["findings"] if one["code"] == "VT102"}
    night.arguments = ("--known-on", "2007-05-04")
    _, report = night.check()
    assert of(report, MISSING)["code"] == "VT102"
    assert report["run"]["cutoff"] == "2007-05-04"
    assert of(report, MISSING)["to"] == "2007-05-04"
    said = "Vurderet, som det var kendt 4. maj 2007: 1 række i samtaler er registreret senere og er ikke brugt."
    assert said in report["run"]["warnings"]
    samtaler = next(one for one in report["run"]["sources"] if one["table"] == "samtaler")
    assert (samtaler["rows"], samtaler["rows_used"], samtaler["rows_reported"]) == (5, 4, 1)


@pytest.mark.parametrize(("known_on", "row_counts"), [("2007-05-04", False), ("2007-05-05", True)])
def test_the_day_itself_was_known(night: Night, known_on: str, row_counts: bool) -> None:
    night.tables["samtaler"].append(interview(MISSING, "2007-04-10", registreret_dato="2007-05-05"))
    night.arguments = ("--known-on", known_on)
    samtaler = next(one for one in night.check()[1]["run"]["sources"] if one["table"] == "samtaler")
    assert (samtaler["rows_used"] == samtaler["rows"]) == row_counts


def test_an_interview_without_a_day_of_registration_was_registered_when_it_was_held(night: Night) -> None:
    night.tables["samtaler"].append(interview(MISSING, "2007-05-05", registreret_dato=""))
    night.arguments = ("--known-on", "2007-05-04")
    samtaler = next(one for one in night.check()[1]["run"]["sources"] if one["table"] == "samtaler")
    assert samtaler["rows_used"] == samtaler["rows"] - 1


def test_the_cutoff_is_the_earlier_of_what_was_known_and_of_all_that_the_files_tell(
    night: Night, tmp_path: Path
) -> None:
    night.tables["samtaler"].append(interview(MISSING, "2007-06-20"))
    night.write()
    for known_on, cutoff in (("2007-05-10", "2007-05-10"), ("2007-07-01", "2007-06-20"), ("2007-01-10", "2007-01-10")):
        file = tmp_path / "known.json"
        assert run(["check", str(night.folder), "--known-on", known_on, "-o", str(file)]) in (0, 1)
        assert json.loads(file.read_text(encoding="utf-8"))["run"]["cutoff"] == cutoff


def test_what_was_known_ends_the_period_too_where_nothing_else_does(night: Night) -> None:
    night.arguments = ("--known-on", "2007-05-04")
    run = night.check()[1]["run"]
    assert (run["to"], run["cutoff"]) == ("2007-05-04", "2007-05-04")


def test_a_day_after_the_cutoff_changes_nothing_but_what_is_said(night: Night) -> None:
    _, before = night.check()
    night.arguments = ("--known-on", "2007-06-30")
    _, after = night.check()
    assert after["findings"] == before["findings"]
    assert after["run"]["cutoff"] == before["run"]["cutoff"]
    assert "Vurderet, som det var kendt 30. juni 2007. Ingen rækker er registreret senere." in after["run"]["warnings"]


# In what people read


def test_every_report_marks_what_is_new_and_what_is_accepted(night: Night, tmp_path: Path) -> None:
    night.keep("create")
    a_case_more_fails(night)
    the_interview_is_held(night)
    accept(night, WAIVER)
    night.settings += "[gate]\nmax_findings = 0\n"
    files = [tmp_path / f"r{suffix}" for suffix in (".docx", ".xlsx", ".html", ".md", ".csv")]
    night.arguments = tuple(part for file in files for part in ("-o", str(file)))
    night.check()
    word = "\n".join(
        cell.text for table in docx.Document(str(files[0])).tables for row in table.rows for cell in row.cells
    ) + "\n".join(paragraph.text for paragraph in docx.Document(str(files[0])).paragraphs)
    page = files[2].read_text(encoding="utf-8")
    for said in (word.replace("\xa0", " "), page.replace("\xa0", " ")):
        assert "Siden sidst" in said
        assert "1 nyt, 1 ændret og 3 uændrede." in said
        assert "S4: Samtalen " in said
        assert "1 fund er accepteret. Uden det er det forventede tab" in said
        assert "Accepteret til og med 31. december 2007 (A1)." in said
        assert "Ændret: før VT102 med 26 tabte dage og 2.696,13 kr." in said
        assert " Nyt." in said
    book = openpyxl.load_workbook(files[1])
    first = "\n".join(str(cell) for row in book["Resumé"].values for cell in row if cell is not None)
    assert "Grænsen max_findings er brudt." in first
    assert "1 fund er accepteret. Uden det er det forventede tab" in first
    assert "1 nyt, 1 ændret og 3 uændrede." in first
    rows = list(book["Fund"].values)
    heading = next(number for number, row in enumerate(rows) if "Tilstand" in row)
    at = [rows[heading].index(name) for name in ("Kode", "Tilstand", "Accept")]
    assert ("VT203", "Uændret", "A1") in {tuple(row[place] for place in at) for row in rows}


def test_a_case_worker_is_told_too_what_is_new_and_what_is_accepted(night: Night, tmp_path: Path) -> None:
    night.keep("create")
    a_case_more_fails(night)
    accept(night, WAIVER)
    file = tmp_path / "r.docx"
    night.arguments = ("--for", "sagsbehandler", "-o", str(file))
    night.check()
    tables = docx.Document(str(file)).tables
    said = "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    assert "Accepteret til og med 31. december 2007 (A1)." in said.replace("\xa0", " ")
    assert " Nyt." in said


def test_a_quiet_night_says_nothing_but_writes_its_files(night: Night, capsys: Capture) -> None:
    night.arguments = ("--quiet-if-unchanged",)
    night.check()
    assert capsys.readouterr().out, "there is nothing to compare with"
    night.keep("create")
    capsys.readouterr()
    status, report = night.check()
    assert (status, capsys.readouterr().out) == (0, "")
    assert report["findings"]
    a_case_more_fails(night)
    assert night.check()[0] == 1
    assert "Siden sidst: 1 nyt og " in capsys.readouterr().out
