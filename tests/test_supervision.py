"""A supervision of its own from a plugin: run when its tables are there, judged on its own, counted with the others."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import orjson
import pluggy
import pytest
from alone import LILLEBY as EXAMPLES
from alone import lilleby_alone
from test_plugins import Package

from kommunecheck import app, cli
from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Period, count, danish, day_of, iso, minus, run_of, union, within
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding, Subject
from kommunecheck.domain.names import KINDS
from kommunecheck.domain.report import Amounts, Report
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.supervision import JudgedCase, Judgement, Material, Oddity
from kommunecheck.domain.wording import kroner, whole
from kommunecheck.law.law import Law
from kommunecheck.plugins import host
from kommunecheck.ports import Column, Supervision, TableShape
from kommunecheck.reports import digest, html, json, word
from kommunecheck.reports.advice import advice
from kommunecheck.reports.causes import rule_totals
from kommunecheck.reports.html.cases import view
from kommunecheck.reports.html.document import whole as whole_page
from kommunecheck.reports.loss import loss_told
from kommunecheck.reports.schema import Report as Shape
from kommunecheck.reports.telling import cases_to_tell
from kommunecheck.testing import a_case, held, ruled

LILLEBY = lilleby_alone()
hookimpl = pluggy.HookimplMarker("kommunecheck")
EXPLAIN = Explanation("a", "b", "c", "d", "e", "f")


class Visit(NamedTuple):
    """A row of ``besoeg``: the municipality was to visit on ``dato``, and did on ``besoegt_dato``."""

    besoeg_id: str
    dato: int
    besoegt_dato: int | None
    source: int
    row: int


VISITS = TableShape(
    "besoeg",
    (
        Column("besoeg_id", "key", required=True),
        Column("sag_id", "key", required=True),
        Column("dato", "date", required=True),
        Column("besoegt_dato", "date"),
    ),
    key="besoeg_id",
    days=("dato",),
    record=Visit,
)

LATE = Rule("BX101", "sent-besoeg", "Besøget er aflagt for sent", Severity.ERROR, (), "besoeg")


def judge_visits(material: Material, _: Law) -> Judgement:
    """Lost: from the day of the visit to the day before it was paid, or to the case's last day."""
    cases = []
    for case in material.cases:
        visits = case.rows.get("besoeg", ())
        if visits:
            cases.append(JudgedCase(case, tuple(late_visits(case, visits))))
    return Judgement(tuple(cases), measures={"besoeg_i_alt": sum(len(one.case.rows["besoeg"]) for one in cases)})


def late_visits(case: Case, visits: tuple[Visit, ...]) -> Iterator[Finding]:
    for visit in visits:
        until = case.last if visit.besoegt_dato is None else visit.besoegt_dato - 1
        lost = minus(run_of(visit.dato, until), case.never_lost)
        if lost:
            cell = Evidence(visit.source, visit.row, "dato", iso(visit.dato))
            message = f"Besøget {danish(visit.dato)} kom for sent."
            yield Finding(LATE, message, date=visit.dato, arose=visit.dato, expected=lost, evidence=(cell,))


class Application(NamedTuple):
    """A row of ``proevesager``: a table whose rows belong to no case."""

    proevesag_id: str
    modtaget_dato: int
    afgjort_dato: int | None
    unread: str
    source: int
    row: int


APPLICATIONS = TableShape(
    "proevesager",
    (
        Column("proevesag_id", "key", required=True),
        Column("modtaget_dato", "date", required=True),
        Column("afgjort_dato", "date"),
    ),
    key="proevesag_id",
    days=("modtaget_dato",),
    record=Application,
)

SLOW = Rule("PX101", "langsom-sag", "Sagen er afgjort for sent", Severity.WARNING, (), "proevesager")


def judge_applications(material: Material, _: Law) -> Judgement:
    """More than 30 days is late; what cannot be read is not judged."""
    findings = []
    rows: tuple[Application, ...] = material.rows["proevesager"]
    for one in rows:
        decided = material.cutoff if one.afgjort_dato is None else one.afgjort_dato
        if decided - one.modtaget_dato > 30 and not one.unread:
            cell = Evidence(one.source, one.row, "modtaget_dato", iso(one.modtaget_dato))
            subject = Subject("ansoegning", one.proevesag_id)
            message = f"{one.proevesag_id} er afgjort for sent."
            findings.append(Finding(SLOW, message, one.modtaget_dato + 31, subject=subject, evidence=(cell,)))
    return Judgement(findings=tuple(findings), measures={"antal": len(rows), "sene": len(findings), "andel": None})


def a_supervision(name: str, rule: Rule, judge: Callable[[Material, Law], Judgement], **more: Any) -> Supervision:
    stated = SimpleNamespace(RULE=rule, EXPLAIN=EXPLAIN, NEEDS=(f"{name}.{more.pop('needs', 'dato')}",))
    return Supervision(name, more.pop("title", name.title()), (name,), (stated,), judge, **more)


BY_VISITS = a_supervision("besoeg", LATE, judge_visits, title="Besøg", done=("besoeg.besoegt_dato",))
BY_APPLICATIONS = a_supervision(
    "proevesager", SLOW, judge_applications, needs="afgjort_dato", done=("proevesager.afgjort_dato",)
)


def a_plugin(table: TableShape, supervision: Supervision) -> object:
    class Plugin:
        @hookimpl
        def kommunecheck_tables(self) -> tuple[TableShape, ...]:
            return (table,)

        @hookimpl
        def kommunecheck_supervisions(self) -> tuple[Supervision, ...]:
            return (supervision,)

    return Plugin()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Say which plugins are installed."""

    def install(**plugins: object) -> None:
        points = [
            SimpleNamespace(
                name=name,
                dist=Package(name, "1.0"),
                load=lambda given=given: given,
            )
            for name, given in plugins.items()
        ]
        monkeypatch.setattr(host, "entry_points", lambda **_: points)

    return install


@pytest.fixture
def lilleby(tmp_path: Path) -> Path:
    shutil.copytree(LILLEBY, tmp_path / "lilleby")
    return tmp_path / "lilleby"


def with_visits(folder: Path, *rows: str) -> Path:
    lines = ["besoeg_id;sag_id;dato;besoegt_dato", *rows]
    (folder / "besoeg.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def with_applications(folder: Path, *rows: str) -> Path:
    lines = ["proevesag_id;modtaget_dato;afgjort_dato", *rows]
    (folder / "proevesager.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def as_json(report: Report) -> dict[str, Any]:
    found = orjson.loads(b"".join(json.write(report)))
    Shape.model_validate(found)
    return found


@cache
def untouched() -> dict[str, Any]:
    """What is said of Lilleby with no plugin."""
    return as_json(app.check(LILLEBY))


def figures(found: dict[str, Any]) -> dict[str, Any]:
    """What is the visitationstilsyn's alone."""
    return {"summary": found["summary"], "cases": found["cases"]}


def lossy_and_sound(folder: Path) -> tuple[Any, Any]:
    """A case with an expected loss that is paid, and one that the visitationstilsyn finds nothing in."""
    cases = app.check(folder).cases
    lossy = next(case for case in cases if case.exposure.expected.days > 20 and case.exposure.expected.refund_lost)
    return lossy, next(case for case in cases if not case.findings and case.fully_assessed)


def test_it_stands_under_its_name_and_changes_nothing_of_the_visitationstilsyn(installed: Any, lilleby: Path) -> None:
    before = as_json(app.check(lilleby))
    lossy, sound = lossy_and_sound(lilleby)
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    with_visits(lilleby, f"B2;{sound.sag_id};2007-05-01;2007-05-11", f"B1;{lossy.sag_id};2007-05-01;2007-05-01")
    after = as_json(app.check(lilleby))
    assert figures(after) == figures(before)
    own = after["supervisions"]["besoeg"]
    assert list(own) == ["summary", "cases", "besoeg_i_alt"]
    assert own["besoeg_i_alt"] == 2
    assert {case["sag_id"]: case["outcome"] for case in own["cases"]} == {
        lossy.sag_id: "no_criticism",
        sound.sag_id: "error_with_loss",
    }
    assert own["summary"]["expected"]["days"] == 10
    (found,) = [one for one in after["findings"] if one["supervision"] == "besoeg"]
    assert (found["sag_id"], found["from"], found["to"]) == (sound.sag_id, "2007-05-01", "2007-05-10")
    assert [one["sag_id"] or "" for one in after["findings"]] == sorted(
        one["sag_id"] or "" for one in after["findings"]
    )
    assert "BX101" in after["run"]["rules_run"]
    assert after["run"]["complete"]


def test_the_days_a_finding_is_about_are_shown_and_cost_nothing(installed: Any, tmp_path: Path) -> None:
    def judge(_: Material, __: Law) -> Judgement:
        about = Period(day_of("2007-01-01"), day_of("2007-02-28"))
        return Judgement(findings=(Finding(SLOW, "x", subject=Subject("kommune", "a"), period=about),))

    installed(proevesager=a_plugin(APPLICATIONS, a_supervision("proevesager", SLOW, judge, done=BY_APPLICATIONS.done)))
    (found,) = as_json(app.check(with_applications(tmp_path, "P1;2007-01-02;2007-03-05")))["findings"]
    assert (found["from"], found["to"], found["days"]) == ("2007-01-01", "2007-02-28", 0)
    assert found["certainty"] == "none"


def test_without_its_tables_it_is_not_run_and_nothing_is_said(installed: Any) -> None:
    before = app.check(LILLEBY)
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    after = app.check(LILLEBY)
    assert after.supervisions == ()
    assert (after.rules, after.run.not_run, after.findings) == (before.rules, before.run.not_run, before.findings)


def test_a_day_that_two_supervisions_expect_lost_is_counted_once(installed: Any, lilleby: Path) -> None:
    lossy, _ = lossy_and_sound(lilleby)
    first = lossy.exposure.expected.periods[0].first
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    with_visits(lilleby, f"B1;{lossy.sag_id};{iso(first - 5)};{iso(first + 10)}")
    report = app.check(lilleby)
    (own,) = report.supervisions
    assert own.cases is not None
    (case,) = own.cases
    theirs = within(case.exposure.expected.periods, lossy.exposure.expected.periods)
    assert report.combined.shared_days == count(theirs) > 0
    alone = report.summary.expected.days + case.exposure.expected.days
    assert report.combined.expected.days == alone - count(theirs)
    together = union((*case.exposure.expected.periods, *lossy.exposure.expected.periods))
    rest = report.summary.expected.days - lossy.exposure.expected.days
    assert report.combined.expected.days == rest + count(together)
    assert (
        report.combined.expected.refund_lost < report.summary.expected.refund_lost + case.exposure.expected.refund_lost
    )


def test_without_payments_days_are_counted_and_amounts_are_unknown(installed: Any, lilleby: Path) -> None:
    _, sound = lossy_and_sound(lilleby)
    (lilleby / "udbetalinger.csv").unlink()
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    found = as_json(app.check(with_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;2007-05-11")))
    assert found["supervisions"]["besoeg"]["summary"]["expected"] == {"days": 10, "paid": None, "refund_lost": None}
    assert found["combined"]["expected"]["refund_lost"] is None


def test_it_is_run_alone_with_sager_and_without_samtaler(installed: Any, lilleby: Path) -> None:
    _, sound = lossy_and_sound(lilleby)
    (lilleby / "samtaler.csv").unlink()
    (lilleby / "kommunecheck.toml").unlink()
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    found = as_json(app.check(with_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;2007-05-11")))
    assert found["summary"]["cases"] == 0
    assert found["run"]["cutoff"] == "2007-05-11"
    assert found["run"]["cutoff_from"] == {"file": "besoeg.csv", "sheet": None, "row": 2, "column": "besoegt_dato"}
    assert [case["sag_id"] for case in found["supervisions"]["besoeg"]["cases"]] == [sound.sag_id]
    assert found["supervisions"]["besoeg"]["summary"]["expected"] == found["combined"]["expected"]
    reasons = {one["code"]: one["reason"] for one in found["run"]["not_run"]}
    assert reasons["VT101"] == "tabellen samtaler er ikke med"
    assert not any(code.startswith("VT") for code in found["run"]["rules_run"])
    assert any("Visitationstilsynet er ikke med" in warning for warning in found["run"]["warnings"])
    assert found["run"]["complete"]


def test_without_sager_what_is_of_no_case_is_judged_and_the_rest_is_left_out(tmp_path: Path) -> None:
    for name in ("ansoegninger", "sagsskridt", "haendelser", "afgoerelser"):
        shutil.copy(EXAMPLES / f"{name}.csv", tmp_path)
    found = as_json(app.check(tmp_path))
    assert [one["table"] for one in found["run"]["sources"]] == ["ansoegninger", "sagsskridt"]
    assert list(found["supervisions"]) == ["sagsbehandling"]
    for name in ("haendelser", "afgoerelser"):
        said = f"Kilden {name}.csv er udeladt: uden tabellen sager hører rækkerne ikke til nogen sag."
        assert said in found["run"]["warnings"]
    assert not found["run"]["complete"]


def test_a_row_that_is_not_used_is_reported_and_counted_as_that() -> None:
    found = as_json(app.check(EXAMPLES))
    strangers = [one for one in found["findings"] if one["code"] == "DQ002" and one["subject"]["kind"] == "kilde"]
    for table in ("afgoerelser", "sagsskridt"):
        (source,) = (one for one in found["run"]["sources"] if one["table"] == table)
        told = {cell["row"] for one in strangers for cell in one["evidence"] if cell["file"] == source["file"]}
        assert source["rows_reported"] == len(told) == 1
        assert source["rows"] == source["rows_used"] + source["rows_reported"]


def test_what_nobody_judged_is_not_said_to_cost_nothing(
    installed: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(proevesager=a_plugin(APPLICATIONS, BY_APPLICATIONS))
    with_applications(tmp_path, "P1;2007-01-02;2007-03-05")
    for shape in ("console", "markdown", "subject"):
        cli.run(["check", str(tmp_path), "--format", shape])
        told = capsys.readouterr().out
        assert "0,00 kr." not in told, shape
        assert "visitationstilsyn," not in told, shape


def test_only_the_supervisions_that_are_wanted_are_run(installed: Any, lilleby: Path) -> None:
    _, sound = lossy_and_sound(lilleby)
    installed(besoeg=a_plugin(VISITS, BY_VISITS), proevesager=a_plugin(APPLICATIONS, BY_APPLICATIONS))
    with_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;2007-05-11")
    with_applications(lilleby, "P1;2007-01-02;2007-03-31")
    config = lilleby / "kommunecheck.toml"
    before = config.read_text(encoding="utf-8")

    def run(names: str) -> list[str]:
        config.write_text(before.replace("[audit]", f"[audit]\nsupervisions = {names}"), encoding="utf-8")
        return [one.name for one in app.check(lilleby).supervisions]

    assert run('["visitation", "besoeg"]') == ["besoeg"]
    assert run('["visitation"]') == []
    with pytest.raises(UserError, match="Mente du »besoeg«"):
        run('["visitation", "besøg"]')
    with pytest.raises(UserError, match="der ses altid på visitation"):
        run('["besoeg"]')


def test_a_procedure_of_no_supervision_is_refused_but_of_one_that_is_turned_off_it_may_stay(lilleby: Path) -> None:
    config = lilleby / "kommunecheck.toml"
    before = config.read_text(encoding="utf-8")
    config.write_text(before.replace("visitation =", "visitasjon ="), encoding="utf-8")
    with pytest.raises(UserError, match="Mente du »visitation«"):
        app.check(lilleby)
    off = before.replace("visitation =", 'raadighed = "Forretningsgang", visitation =')
    config.write_text(f'{off}\n[plugins]\ndisable = ["raadighed"]\n', encoding="utf-8")
    assert app.check(lilleby).run.complete


def test_without_samtaler_each_is_dated_by_what_its_own_tables_say_was_done(installed: Any, lilleby: Path) -> None:
    """The application is undecided for 30 days when its own table ends, and for years when the visits do."""
    _, sound = lossy_and_sound(lilleby)
    (lilleby / "samtaler.csv").unlink()
    (lilleby / "kommunecheck.toml").unlink()
    installed(besoeg=a_plugin(VISITS, BY_VISITS), proevesager=a_plugin(APPLICATIONS, BY_APPLICATIONS))
    with_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;2007-05-11")
    with_applications(lilleby, "P1;2007-01-02;2007-01-31", "P2;2007-01-02;")
    found = as_json(app.check(lilleby))
    assert found["run"]["cutoff"] == "2007-05-11"
    assert found["supervisions"]["proevesager"]["sene"] == 0
    assert found["supervisions"]["besoeg"]["summary"]["expected"]["days"] == 10
    given = as_json(app.check(lilleby, app.Options(cutoff=date(2007, 5, 11))))
    assert given["supervisions"]["proevesager"]["sene"] == 1


def test_it_is_run_on_rows_that_belong_to_no_case_without_any_other_table(installed: Any, tmp_path: Path) -> None:
    installed(proevesager=a_plugin(APPLICATIONS, BY_APPLICATIONS))
    twice = "P1;2007-01-02;2007-03-05"
    with_applications(tmp_path, "P3;2007-01-01;2007-01-05", twice, "P2;2007-01-03;måske", twice)
    found = as_json(app.check(tmp_path))
    assert found["supervisions"] == {"proevesager": {"antal": 3, "sene": 1, "andel": None}}
    assert [(one["code"], one["subject"]["kind"]) for one in found["findings"]] == [
        ("DQ004", "kilde"),
        ("DQ003", "kilde"),
        ("PX101", "ansoegning"),
    ]
    assert (found["run"]["from"], found["run"]["cutoff"]) == ("2007-01-05", "2007-03-05")
    assert found["run"]["sources"][0]["rows_used"] == 3
    assert found["cases"] == []


def test_rows_in_another_order_change_nothing_but_row_numbers(installed: Any, tmp_path: Path) -> None:
    installed(proevesager=a_plugin(APPLICATIONS, BY_APPLICATIONS))
    rows = ["P1;2007-01-02;2007-03-05", "P2;2007-01-02;2007-03-05", "P3;2007-01-01;2007-03-01"]
    one, other = (app.check(with_applications(tmp_path, *some)) for some in (rows, rows[::-1]))
    assert [(p.subject, p.finding.message) for p in one.findings] == [
        (p.subject, p.finding.message) for p in other.findings
    ]
    assert one.supervisions == other.supervisions


def test_a_table_with_cases_needs_sager(installed: Any, tmp_path: Path) -> None:
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    with pytest.raises(UserError, match=r"sager\.csv findes ikke"):
        app.check(with_visits(tmp_path, "B1;S1;2007-05-01;2007-05-11"))


def test_a_key_that_is_a_cpr_number_is_not_shown(installed: Any, tmp_path: Path) -> None:
    installed(proevesager=a_plugin(APPLICATIONS, BY_APPLICATIONS))
    with_applications(tmp_path, "010180-1234;2007-01-02;2007-03-05")
    with pytest.raises(UserError, match="proevesager: proevesag_id ligner CPR-numre"):
        app.check(tmp_path)
    (tmp_path / "noegle").write_text("k" * 32)
    (tmp_path / "kommunecheck.toml").write_text('[privacy]\nkey_file = "noegle"\n')
    assert b"010180" not in b"".join(json.write(app.check(tmp_path)))


def crashing(_: Material, __: Law) -> Judgement:
    raise ValueError("010180-1234")


def a_float(_: Material, __: Law) -> Judgement:
    return Judgement(measures={"andel": 0.5})


def a_summary_of_its_own(_: Material, __: Law) -> Judgement:
    return Judgement(measures={"summary": 1})


def a_strangers_rule(_: Material, __: Law) -> Judgement:
    return Judgement(findings=(Finding(SLOW, "x", subject=Subject("sag", "1")),))


def a_finding_of_nothing(_: Material, __: Law) -> Judgement:
    return Judgement(findings=(Finding(LATE, "x"),))


def evidence_of_no_file(_: Material, __: Law) -> Judgement:
    cell = Evidence(99, 2, "dato")
    return Judgement(findings=(Finding(LATE, "x", subject=Subject("sag", "1"), evidence=(cell,)),))


def the_same_case_twice(material: Material, _: Law) -> Judgement:
    case = next(iter(material.cases))
    return Judgement((JudgedCase(case), JudgedCase(case)))


def ending(_: Material, __: Law) -> Judgement:
    raise SystemExit(0)


def no_judgement(_: Material, __: Law) -> Any:
    return None


def no_number_json_has(_: Material, __: Law) -> Judgement:
    return Judgement(measures={"antal": 2**70})


def a_warning_that_is_no_text(_: Material, __: Law) -> Any:
    return Judgement(warnings=(3,))  # type: ignore[arg-type]


def a_date_that_is_no_day(_: Material, __: Law) -> Judgement:
    return Judgement(findings=(Finding(LATE, "x", date=date(2007, 1, 1), subject=Subject("x", "1")),))  # type: ignore[arg-type]


def days_in_disorder(material: Material, _: Law) -> Judgement:
    days = (Period(day_of("2007-06-01"), day_of("2007-06-02")), Period(day_of("2007-05-01"), day_of("2007-05-02")))
    return Judgement((JudgedCase(next(iter(material.cases)), (Finding(LATE, "x", expected=days),)),))


def a_case_that_is_not_judged(material: Material, _: Law) -> Any:
    return Judgement((next(iter(material.cases)),))  # type: ignore[arg-type]


def a_case_called_by_a_cpr_number(material: Material, _: Law) -> Judgement:
    return Judgement((JudgedCase(next(iter(material.cases))._replace(sag_id="010180-1234")),))


def an_oddity_without_a_sentence(_: Material, __: Law) -> Any:
    return Judgement(oddities=(Oddity("DQ002", None, (Evidence(0, 2, "dato"),)),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "judge",
    [
        ending,
        no_judgement,
        no_number_json_has,
        a_warning_that_is_no_text,
        a_date_that_is_no_day,
        days_in_disorder,
        a_case_that_is_not_judged,
        a_case_called_by_a_cpr_number,
        an_oddity_without_a_sentence,
        crashing,
        a_float,
        a_summary_of_its_own,
        a_strangers_rule,
        a_finding_of_nothing,
        evidence_of_no_file,
        the_same_case_twice,
    ],
)
def test_one_that_fails_is_named_and_all_else_is_intact(
    installed: Any, lilleby: Path, judge: Callable[[Material, Law], Judgement], capsys: pytest.CaptureFixture[str]
) -> None:
    before = untouched()
    installed(
        besoeg=a_plugin(VISITS, a_supervision("besoeg", LATE, judge)),
        proevesager=a_plugin(APPLICATIONS, BY_APPLICATIONS),
    )
    with_visits(with_applications(lilleby, "P1;2007-01-02;2007-03-05"), "B1;L001;2007-05-01;2007-05-11")
    report = app.check(lilleby)
    after = as_json(report)
    assert figures(after) == figures(before)
    assert list(after["supervisions"]) == ["proevesager"]
    assert any("Tilsynet besoeg er udeladt: det gik i stykker" in one for one in after["run"]["warnings"])
    assert {"code": "BX101", "reason": "tilsynet besoeg gik i stykker"} in after["run"]["not_run"]
    assert not after["run"]["complete"]
    assert cli.run(["check", str(lilleby)]) == 3
    shown = capsys.readouterr().out
    assert "Tilsynet besoeg er udeladt" in shown
    assert "010180" not in shown


def test_a_rule_whose_column_is_missing_is_not_run_and_no_case_is_called_fully_assessed(
    installed: Any, lilleby: Path
) -> None:
    stated = SimpleNamespace(RULE=LATE, EXPLAIN=EXPLAIN, NEEDS=("besoeg.besoegt_dato",))
    seen = []

    def judge(material: Material, _: Law) -> Judgement:
        seen.append(material.rules)
        return Judgement(tuple(JudgedCase(case) for case in material.cases if case.rows["besoeg"]))

    installed(besoeg=a_plugin(VISITS, Supervision("besoeg", "Besøg", ("besoeg",), (stated,), judge)))
    (lilleby / "besoeg.csv").write_text("besoeg_id;sag_id;dato\nB1;L001;2007-05-01\n", encoding="utf-8")
    found = as_json(app.check(lilleby))
    assert seen == [frozenset()]
    assert {"code": "BX101", "reason": "kolonnen besoegt_dato mangler i besoeg"} in found["run"]["not_run"]
    assert [case["outcome"] for case in found["supervisions"]["besoeg"]["cases"]] == ["not_assessed"]


def test_what_cannot_be_read_in_its_table_leaves_its_own_case_not_fully_assessed_and_no_other(
    installed: Any, lilleby: Path
) -> None:
    before = as_json(app.check(lilleby))
    _, sound = lossy_and_sound(lilleby)
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    found = as_json(app.check(with_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;måske")))
    assert figures(found) == figures(before)
    assert [case["fully_assessed"] for case in found["supervisions"]["besoeg"]["cases"]] == [False]


def test_rows_that_do_not_fit_together_are_findings_about_the_data(installed: Any, lilleby: Path) -> None:
    def judge(material: Material, _: Law) -> Judgement:
        visited = [case for case in material.cases if case.rows["besoeg"]]
        odd = [
            Oddity("DQ005", "Besøget er aflagt, før det skulle. Ret datoerne.",
                   (Evidence(row.source, row.row, "besoegt_dato"),), case.sag_id, row.dato)
            for case in visited for row in case.rows["besoeg"] if row.besoegt_dato < row.dato
        ]  # fmt: skip
        return Judgement(tuple(map(JudgedCase, visited)), oddities=tuple(odd))

    installed(besoeg=a_plugin(VISITS, a_supervision("besoeg", LATE, judge)))
    found = as_json(app.check(with_visits(lilleby, "B1;L001;2007-05-11;2007-05-01")))
    (own,) = [one for one in found["findings"] if one["evidence"] and one["evidence"][0]["file"] == "besoeg.csv"]
    assert (own["code"], own["sag_id"], own["date"]) == ("DQ005", "L001", "2007-05-11")
    assert own["message"] == (
        "besoeg.csv, række 2, kolonne besoegt_dato: Besøget er aflagt, før det skulle. Ret datoerne."
    )
    assert [case["fully_assessed"] for case in found["supervisions"]["besoeg"]["cases"]] == [False]


def test_a_supervision_is_told_which_rows_could_not_be_used(installed: Any, tmp_path: Path) -> None:
    def judge(material: Material, _: Law) -> Judgement:
        aside = [one.proevesag_id for one in material.aside["proevesager"]]
        return Judgement(measures={"brugt": len(material.rows["proevesager"]), "til_side": aside})

    installed(proevesager=a_plugin(APPLICATIONS, a_supervision("proevesager", SLOW, judge, done=BY_APPLICATIONS.done)))
    twice, differing = ["P1;2007-01-02;2007-03-05"] * 2, ["P2;2007-01-02;", "P2;2007-01-03;"]
    with_applications(tmp_path, *twice, *differing, "P3;måske;", "P4;2007-01-02", "P5;2007-01-02;måske")
    found = as_json(app.check(tmp_path))
    assert found["supervisions"]["proevesager"] == {"brugt": 2, "til_side": ["P3", "P2", "P2", None]}
    (source,) = found["run"]["sources"]
    assert (source["rows"], source["rows_used"]) == (7, 2)


def test_a_supervision_is_told_which_rows_of_a_case_could_not_be_used(installed: Any, lilleby: Path) -> None:
    def judge(material: Material, _: Law) -> Judgement:
        assert material.aside == {}
        aside = {
            f"{sag_id} {table}": [one.besoeg_id for one in rows]
            for sag_id, tables in material.aside_of_cases.items()
            for table, rows in tables.items()
        }
        return Judgement((), measures={"til_side": aside})

    installed(besoeg=a_plugin(VISITS, a_supervision("besoeg", LATE, judge)))
    twice, differing = ["B1;L001;2007-05-01;"] * 2, ["B2;L002;2007-05-01;", "B2;L002;2007-05-02;"]
    with_visits(lilleby, *twice, *differing, "B3;L002;måske;", "B4;L999;2007-05-01;", "B5;L001", "B6;L001;2007-05-01;")
    found = as_json(app.check(lilleby))
    assert found["supervisions"]["besoeg"]["til_side"] == {"L002 besoeg": ["B3", "B2", "B2"]}


def test_a_row_that_a_supervision_sets_aside_is_counted_as_not_used(installed: Any, tmp_path: Path) -> None:
    def judge(material: Material, _: Law) -> Judgement:
        rows = material.rows["proevesager"]
        odd = [
            Oddity("DQ008", "De to koder hører ikke sammen.", (Evidence(row.source, row.row, "proevesag_id"),),
                   set_aside=row.proevesag_id == "P1")
            for row in rows
        ]  # fmt: skip
        return Judgement(oddities=tuple(odd))

    installed(proevesager=a_plugin(APPLICATIONS, a_supervision("proevesager", SLOW, judge, done=BY_APPLICATIONS.done)))
    found = as_json(app.check(with_applications(tmp_path, "P1;2007-01-02;2007-03-05", "P2;2007-01-02;2007-03-05")))
    assert [(one["code"], one["subject"]["kind"]) for one in found["findings"]] == [("DQ008", "kilde")] * 2
    (source,) = found["run"]["sources"]
    assert (source["rows"], source["rows_used"], source["rows_reported"]) == (2, 1, 1)


def test_it_stands_on_the_screen_with_what_all_cost_together(
    installed: Any, lilleby: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, sound = lossy_and_sound(lilleby)
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    with_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;2007-05-11")
    assert cli.run(["check", str(lilleby)]) == 1
    shown = capsys.readouterr().out
    assert "Tilsynene under ét" in shown
    assert "Visitationstilsyn" in shown
    assert "Alle tilsyn tilsammen: forventet tab" in shown
    assert "Besøget er aflagt for sent" in shown


def test_every_report_begins_with_what_it_comes_to_with_the_others(installed: Any, lilleby: Path) -> None:
    _, sound = lossy_and_sound(lilleby)
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    with_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;2007-05-11")
    report = app.check(lilleby, timelines=True)
    together = report.combined.expected
    assert report.summary.expected.refund_lost != together.refund_lost
    said = f"Med besøg er det {kroner(together.refund_lost)} for {whole(together.days)} dage."
    assert loss_told(report)[1].endswith(said)
    for content in (b"".join(digest.write(report)).decode(), whole_page(report).decode()):
        assert said.replace("\u00a0", " ") in unescape(content).replace("\\", "").replace("\u00a0", " ")


def test_a_case_tells_what_another_supervision_expects_with_its_lines_and_days(installed: Any, lilleby: Path) -> None:
    lossy, sound = lossy_and_sound(lilleby)
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    with_visits(lilleby, *(f"B{one.sag_id};{one.sag_id};2007-05-01;2007-05-11" for one in (sound, lossy)))
    report = app.check(lilleby, timelines=True)
    (own,) = report.supervisions
    for sag_id, case in {case.sag_id: case for case in own.cases or ()}.items():
        told = next(one for one in cases_to_tell(report) if one.sag_id == sag_id)
        assert [one.result for one in told.beside] == [case]
        shown = view(report, told)
        assert f"Forventet tab i {told.beside[0].where}" in [one.title for one in shown.sums]
        (lines,) = [table for title, table, _ in shown.losses if told.beside[0].where in title]
        assert lines is not None
        assert len(lines.rows) == len(case.exposure.expected.lines or ())
        assert count(told.lost[0]) == count(
            union((*case.exposure.expected.periods, *(told.result.exposure.expected.periods if told.result else ())))
        )
        runs = [what for _, what in shown.events if what.startswith(KINDS[0].full.capitalize())]
        assert len(runs) >= len(told.lost[0])


def test_its_rules_cost_what_they_cost_and_are_among_the_recommendations(installed: Any, lilleby: Path) -> None:
    _, sound = lossy_and_sound(lilleby)
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    with_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;2007-05-11")
    report = app.check(lilleby)
    (total,) = [one for one in rule_totals(report) if one.rule == LATE]
    (own,) = report.supervisions
    assert own.summary is not None
    assert (total.lost.touched_days, total.lost.touched_refund) == (10, own.summary.expected.refund_lost)
    assert LATE.code in [one.code for one in advice(report)]


def test_its_rules_are_listed_explained_and_accounted_for(
    installed: Any, lilleby: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, sound = lossy_and_sound(lilleby)
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    with_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;2007-05-11")
    for words in (["rules"], ["plugins"], ["explain", "BX101"]):
        assert cli.run(words) == 0
        assert "BX101" in capsys.readouterr().out
    assert cli.run(["explain", "BX101", "--case", sound.sag_id, str(lilleby)]) == 0
    assert "Besøget 1. maj 2007 kom for sent." in capsys.readouterr().out


def test_its_findings_are_turned_off_as_any_others_and_count_all_the_same(installed: Any, lilleby: Path) -> None:
    _, sound = lossy_and_sound(lilleby)
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    with_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;2007-05-11")
    report = app.check(lilleby, app.Options(ignore=("BX",)))
    assert not [one for one in report.findings if one.finding.rule == LATE]
    assert report.supervisions[0].summary is not None
    assert report.supervisions[0].summary.expected.days == 10


@pytest.mark.parametrize(
    ("supervision", "said"),
    [
        (
            Supervision("visitation", "X", ("besoeg",), (), crashing),
            "tilsynet visitation hører allerede til kommunecheck.",
        ),
        (a_supervision("proeve", LATE, crashing), "koden BX101 siger ikke, at den hører til tilsynet proeve."),
        (Supervision("x", "X", ("perioder",), (), crashing), "har ikke selv en tabel perioder med en record."),
        (Supervision("x", "X", ("besoeg",), (), crashing, ("besoeg.ringet",)), "mangler ringet, source eller row."),
    ],
)
def test_one_that_does_not_hang_together_is_refused(installed: Any, supervision: Supervision, said: str) -> None:
    installed(proeve=a_plugin(VISITS, supervision))
    (failure,) = host.load().failures
    assert said in failure


def test_nothing_lost_anywhere_is_nothing_together(installed: Any, tmp_path: Path) -> None:
    installed(proevesager=a_plugin(APPLICATIONS, BY_APPLICATIONS))
    report = app.check(with_applications(tmp_path, "P1;2007-01-02;2007-01-05"))
    assert report.combined == (Amounts(0, None, None), 0)  # there are no payments to price days by


@pytest.mark.parametrize(
    ("kind", "runs", "per_day"),
    [("expected", None, 35_00), ("expected", False, 0), ("discretionary", None, 0), ("discretionary", True, 35_00)],
)
def test_a_finding_can_say_whether_its_loss_runs_on(kind: str, runs: bool | None, per_day: int) -> None:
    case = a_case("2007-04-02")

    def judge(_: Material, __: Law) -> Judgement:
        lost = run_of(case.cutoff - 4, case.cutoff)
        return Judgement((JudgedCase(case, (Finding(LATE, "x", runs=runs, **{kind: lost}),)),))  # type: ignore[arg-type]

    ruling = ruled(a_supervision("besoeg", LATE, judge), [case], tables=[VISITS])
    assert ruling.supervised.summary is not None
    assert ruling.supervised.summary.running_per_day == per_day


def test_an_author_can_test_one_without_a_file() -> None:
    case = a_case("2007-04-02", interviews=[held("2007-06-04")])
    visited = case._replace(rows={"besoeg": (Visit("B1", day_of("2007-05-01"), day_of("2007-05-11"), 5, 2),)})
    ruling = ruled(BY_VISITS, [visited], tables=[VISITS])
    assert ruling.supervised.summary is not None
    assert ruling.supervised.summary.expected.paid == 10 * 100_00
    late = Application("P1", day_of("2007-01-02"), None, "", 5, 2)
    ruling = ruled(BY_APPLICATIONS, rows={"proevesager": (late,)}, tables=[APPLICATIONS])
    assert [finding.subject for finding in ruling.findings] == [Subject("ansoegning", "P1")]
    with pytest.raises(ValueError, match="010180"):
        ruled(a_supervision("besoeg", LATE, crashing), tables=[VISITS])


# First in a report where the visitationstilsyn was not run

CHECKED = Rule("TX101", "sent-tjek", "Tjekket er for sent", Severity.ERROR, (), "tjek")


def judge_checks(material: Material, _: Law) -> Judgement:
    """The same as of visits, by another name: two supervisions of the same days."""
    cases = [case for case in material.cases if case.rows.get("tjek", ())]
    judged = [
        JudgedCase(case, tuple(one._replace(rule=CHECKED) for one in late_visits(case, case.rows["tjek"])))
        for case in cases
    ]
    return Judgement(tuple(judged))


def only_visits(folder: Path, *rows: str) -> Path:
    """Lilleby without what the visitationstilsyn judges by, and with these visits."""
    (folder / "samtaler.csv").unlink()
    return with_visits(folder, *rows)


def as_text(report: Report) -> str:
    shown = b"".join(html.write(report)).decode().replace("\u00a0", " ")
    return " ".join(re.sub(r"<[^>]*>", " ", shown).split())


def test_without_samtaler_no_error_that_costs_is_said_only_of_who_counts_refund(installed: Any, lilleby: Path) -> None:
    _, sound = lossy_and_sound(lilleby)
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    said = as_text(app.check(only_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;2007-05-01")))
    assert "Før-tilsyn: besøg" in said
    assert "Forventet tab af refusion 0,00 kr. Fund 0" in said
    assert "Der er ikke fundet fejl, der koster refusion." in said


def test_without_samtaler_and_payments_days_are_told_first(installed: Any, lilleby: Path) -> None:
    _, sound = lossy_and_sound(lilleby)
    (lilleby / "udbetalinger.csv").unlink()
    installed(besoeg=a_plugin(VISITS, BY_VISITS))
    said = as_text(app.check(only_visits(lilleby, f"B1;{sound.sag_id};2007-05-01;2007-05-11")))
    assert "Forventet tab af refusion 10 dage i 1 sag" in said
    assert "Kommunen står til at miste refusion for 10 dage i 1 sag." in said
    assert "0,00 kr." not in said


def test_without_samtaler_a_day_that_two_supervisions_expect_lost_is_told_once(
    installed: Any, lilleby: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, sound = lossy_and_sound(lilleby)
    checks = replace_shape(VISITS, "tjek")
    installed(besoeg=a_plugin(VISITS, BY_VISITS), tjek=a_plugin(checks, a_supervision("tjek", CHECKED, judge_checks)))
    row = f"B1;{sound.sag_id};2007-05-01;2007-05-11"
    only_visits(lilleby, row)
    shutil.copy(lilleby / "besoeg.csv", lilleby / "tjek.csv")
    report = app.check(lilleby)
    one, other = report.supervisions
    assert one.summary is not None
    assert other.summary is not None
    assert one.summary.expected == other.summary.expected == report.combined.expected
    lost = kroner(report.combined.expected.refund_lost)
    said = as_text(report)
    assert f"Forventet tab af refusion {lost} for 10 dage i 1 sag" in said
    assert f"beløbet er statens andel af det. 10 dage ({lost}) rammes af flere tilsyn og er kun talt én gang." in said
    assert (
        f"hvor reglerne i besøg og tjek ikke er fulgt. Der er i alt udbetalt {kroner(report.combined.expected.paid)}"
        in said
    )
    assert b"".join(word.write(report))
    assert cli.run(["check", str(lilleby), "--format", "subject"]) == 1
    assert f"{lost} forventet tab" in capsys.readouterr().out


def replace_shape(shape: TableShape, name: str) -> TableShape:
    return TableShape(name, shape.columns, key=shape.key, days=shape.days, record=shape.record)
