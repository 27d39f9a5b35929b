"""Plugins from outside: each on its own, and one that fails takes nothing else down with it."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple
from zipfile import ZipFile

import click
import docx
import openpyxl
import orjson
import pluggy
import polars as pl
import pytest
from alone import lilleby_alone, lilleby_without_samtaler
from docx.enum.text import WD_ALIGN_PARAGRAPH
from pydantic import BaseModel, ConfigDict

from kommunecheck import app, cli
from kommunecheck.demo import write_demo
from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Period, day_of
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding, Subject, seen
from kommunecheck.domain.report import Report
from kommunecheck.domain.rule import Explanation, Former, Rule, Severity
from kommunecheck.domain.section import Bars, Columns, Lane, Lanes, Section, SectionTable, plain
from kommunecheck.law.law import Law, LawTexts, Parameter
from kommunecheck.plugins import commands, host
from kommunecheck.ports import Column, Pages, ReportFormat, ReportSection, TableShape, TextTable, Wanted
from kommunecheck.reports import json
from kommunecheck.reports.schema import Report as Shape

LILLEBY = lilleby_alone()
hookimpl = pluggy.HookimplMarker("kommunecheck")


class Package:
    """An installed package, as it tells of itself."""

    def __init__(self, name: str, version: str) -> None:
        self.name = name
        self.metadata = {"Name": name, "Version": version}


class Point:
    """An entry point that gives what it was made with, or raises it."""

    def __init__(self, name: str, given: object) -> None:
        self.dist = Package(f"pakke-{name}", "1.2")
        self.name, self._given = name, given

    def load(self) -> object:
        if isinstance(self._given, BaseException):
            raise self._given
        return self._given


def a_check(code: str, *, crashes: bool = False, supervision: str = "proeve") -> ModuleType:
    """A check module that finds every held interview of a case."""
    module = ModuleType(code)
    module.RULE = Rule(code, f"regel-{code.lower()}", "Prøve", Severity.INFO, (), supervision)  # type: ignore[attr-defined]
    module.EXPLAIN = Explanation("a", "b", "c", "d", "e", "f")  # type: ignore[attr-defined]
    module.NEEDS = ()  # type: ignore[attr-defined]
    module.JUDGES = "case"  # type: ignore[attr-defined]

    def check(case: Case, _: Law) -> Iterator[Finding]:
        if crashes:
            raise RuntimeError("6202560037")
        for row in case.held:
            yield Finding(module.RULE, "Fundet.", date=row.afholdt_dato, evidence=(seen(row, "afholdt_dato"),))

    module.check = check  # type: ignore[attr-defined]
    return module


def judging(aspect: str) -> ModuleType:
    module = a_check("XX001")
    module.JUDGES = aspect  # type: ignore[attr-defined]
    return module


def stating(**fields: Any) -> ModuleType:
    module = a_check("XX001")
    module.RULE = replace(module.RULE, **fields)  # type: ignore[attr-defined]
    return module


def explained(remedy: Any) -> ModuleType:
    module = a_check("XX001")
    module.EXPLAIN = replace(module.EXPLAIN, remedy=remedy)  # type: ignore[attr-defined]
    return module


def a_plugin(*checks: ModuleType) -> object:
    class Plugin:
        @hookimpl
        def kommunecheck_checks(self) -> tuple[ModuleType, ...]:
            return checks

    return Plugin()


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Say which plugins are installed."""

    def install(**plugins: object) -> None:
        points = [Point(name, given) for name, given in plugins.items()]
        monkeypatch.setattr(host, "entry_points", lambda group: points if group == "kommunecheck" else [])

    return install


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A municipality of a few cases."""
    write_demo(tmp_path / "lille", 5, 1)
    return tmp_path / "lille"


def failure(plugins: host.Plugins) -> str:
    (sentence,) = plugins.failures
    return sentence


def codes(plugins: host.Plugins) -> set[str]:
    return {check.RULE.code for check in plugins.checks}


OURS = codes(host.load())


def test_a_check_from_outside_is_run_and_named(installed: Any) -> None:
    installed(proeve=a_plugin(a_check("XX001")))
    report = app.check(LILLEBY)
    assert ("proeve", "1.2") in report.run.plugins
    assert "XX001" in report.run.rules_run
    assert any(one.finding.rule.code == "XX001" for one in report.findings)
    assert report.run.complete


def test_a_check_from_outside_changes_no_figure_of_the_visitationstilsyn(installed: Any) -> None:
    before = app.check(LILLEBY)
    installed(proeve=a_plugin(a_check("XX001")))
    after = app.check(LILLEBY)
    assert after.summary == before.summary
    assert [(case.sag_id, case.outcome, case.exposure) for case in after.cases] == [
        (case.sag_id, case.outcome, case.exposure) for case in before.cases
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (ImportError("6202560037"), "det kunne ikke indlæses (ImportError)."),
        (SystemExit(0), "det kunne ikke indlæses (SystemExit)."),
        (SimpleNamespace(), None),
        (a_plugin(a_check("XX001", supervision="visitation")), "siger, at den hører til tilsynet visitation"),
        (a_plugin(ModuleType("tom")), "det bringer noget, der ikke kan bruges (AttributeError)."),
        (a_plugin(judging("intet")), "XX001 har JUDGES »intet«, som ikke findes."),
        (a_plugin(a_check("VT101")), "koden VT101 hører allerede til kommunecheck."),
        (BaseException("6202560037"), "det kunne ikke indlæses (BaseException)."),
        (a_plugin(stating(code="6202560037")), "en regels kode er ikke en tekst, der kan vises."),
        (a_plugin(stating(title="\x1b[31m")), "XX001 har en RULE eller NEEDS, hvor noget er af en forkert slags."),
        (a_plugin(stating(citations="BEK § 1")), "XX001 har en RULE eller NEEDS, hvor noget er af en forkert slags."),
        (
            a_plugin(stating(formerly=(Former("VT101", "sen-samtale"),))),
            "koden VT101 hører allerede til kommunecheck.",
        ),
        (a_plugin(stating(formerly=("XX000",))), "XX001 har formerly, der ikke er en tuple af Former."),
        (a_plugin(explained(None)), "XX001 har en EXPLAIN, hvor noget ikke er en tekst, der kan vises."),
    ],
)
def test_a_plugin_that_fails_is_named_and_left_out(
    installed: Any, given: object, said: str | None, small: Path
) -> None:
    installed(proeve=given)
    plugins = host.load()
    assert codes(plugins) == OURS
    if said is not None:
        assert said in failure(plugins)
        assert "6202560037" not in failure(plugins)
        assert not app.check(small).run.complete


def test_a_misspelt_hook_is_refused(installed: Any) -> None:
    class Plugin:
        @hookimpl
        def kommunecheck_cheks(self) -> tuple[()]:
            return ()

    installed(proeve=Plugin())
    assert "krog, der ikke findes" in failure(host.load())


def test_a_plugin_that_fails_when_asked_is_left_out_whole(installed: Any) -> None:
    class Plugin:
        @hookimpl
        def kommunecheck_checks(self) -> tuple[ModuleType, ...]:
            return (a_check("XX001"),)

        @hookimpl
        def kommunecheck_tables(self) -> tuple[()]:
            raise ValueError("6202560037")

    installed(proeve=Plugin(), anden=a_plugin(a_check("XX002")))
    plugins = host.load()
    assert codes(plugins) == OURS | {"XX002"}
    assert "da det blev spurgt (ValueError)" in failure(plugins)


def test_two_plugins_with_one_code_are_not_both_used(installed: Any) -> None:
    installed(a=a_plugin(a_check("XX001")), b=a_plugin(a_check("XX001"), a_check("XX002")))
    plugins = host.load()
    assert codes(plugins) == OURS | {"XX001"}
    assert "koden XX001 hører allerede til a." in failure(plugins)


def test_a_check_that_crashes_is_named_with_its_case_and_the_rest_stands(installed: Any) -> None:
    before = app.check(LILLEBY)
    installed(proeve=a_plugin(a_check("XX001", crashes=True)))
    report = app.check(LILLEBY)
    assert {code for code, _ in report.run.crashes} == {"XX001"}
    assert not report.run.complete
    assert [one.finding for one in report.findings] == [one.finding for one in before.findings]
    assert report.summary == before.summary
    assert b"6202560037" not in b"".join(json.write(report))


def told_by(check: Callable[[Finding], Finding]) -> ModuleType:
    """A check whose findings are changed before they are handed on."""
    module = a_check("XX001")
    found = module.check
    module.check = lambda case, law: map(check, found(case, law))  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda one: one._replace(evidence=(Evidence(99, 1, "dato"),)), id="evidence in no file"),
        pytest.param(lambda one: one._replace(rule=replace(one.rule, code="VT101")), id="another's rule"),
        pytest.param(lambda _: "fundet", id="no finding"),
        pytest.param(lambda one: one._replace(message=None), id="no sentence"),
        pytest.param(lambda one: one._replace(date=date(2007, 6, 4)), id="a date that is no day"),
        pytest.param(lambda one: one._replace(arose=0), id="a day before the first"),
        pytest.param(lambda one: one._replace(step="et"), id="a step that is no number"),
        pytest.param(lambda one: one._replace(duty=3), id="a duty that is no text"),
        pytest.param(lambda one: one._replace(rests_on="first_interview_months"), id="a text for a tuple"),
        pytest.param(lambda one: one._replace(subject="sag"), id="no subject"),
        pytest.param(lambda one: one._replace(subject=Subject("sag", 7)), id="a subject that is a number"),  # type: ignore[arg-type]
        pytest.param(lambda one: one._replace(expected=[Period(1, 2)]), id="days in a list"),
        pytest.param(lambda one: one._replace(expected=((1, 2),)), id="days that are no periods"),
        pytest.param(lambda one: one._replace(expected=(Period(5, 6), Period(1, 2))), id="days that are not sorted"),
        pytest.param(lambda one: one._replace(expected=(Period(1, 3), Period(2, 4))), id="days that overlap"),
        pytest.param(lambda one: one._replace(expected=(Period(1, 10**9),)), id="days after the last there is"),
        pytest.param(lambda one: one._replace(evidence=["celle"]), id="evidence in a list"),
        pytest.param(lambda one: one._replace(evidence=((0, 1, "dato", None),)), id="evidence that is none"),
        pytest.param(lambda one: one._replace(evidence=(one.evidence[0]._replace(row=10**30),)), id="a row too far"),
        pytest.param(lambda one: one._replace(evidence=(one.evidence[0]._replace(column=None),)), id="no column"),
        pytest.param(lambda one: one._replace(evidence=(one.evidence[0]._replace(value=7),)), id="a value no text"),
    ],
)
def test_findings_no_report_could_hold_are_a_crash_of_their_check(
    spoil: Callable[[Finding], Finding], installed: Any, small: Path
) -> None:
    installed(proeve=a_plugin(told_by(spoil)))
    report = app.check(small)
    assert {code for code, _ in report.run.crashes} == {"XX001"}
    assert not any(one.finding.rule.code == "XX001" for one in report.findings)
    assert not report.run.complete


def test_a_report_with_a_crash_is_written_in_every_format_that_can_hold_findings(installed: Any, small: Path) -> None:
    installed(proeve=a_plugin(told_by(lambda one: one._replace(message=None))))
    files = [str(small / name) for name in ("r.json", "r.docx", "r.xlsx")]
    assert cli.run(["check", str(small), *(word for file in files for word in ("-o", file))]) == 3
    report = orjson.loads(Path(files[0]).read_bytes())
    assert {one["code"] for one in report["run"]["crashes"]} == {"XX001"}
    assert not any(one["code"] == "XX001" for one in report["findings"])
    assert all(Path(file).stat().st_size for file in files)


def test_cpr_numbers_and_signs_that_cannot_be_shown_are_replaced_in_what_a_plugin_finds(installed: Any) -> None:
    hostile = "Borgeren 6202560037 \x1b[31m\ud800 mangler."
    installed(
        proeve=a_plugin(
            told_by(
                lambda one: one._replace(
                    message=hostile,
                    subject=Subject("borger", hostile),
                    evidence=(one.evidence[0]._replace(value=hostile),),
                )
            )
        )
    )
    report = app.check(LILLEBY)
    found = next(one.finding for one in report.findings if one.finding.rule.code == "XX001")
    said = "Borgeren xxxxxx-xxxx \ufffd[31m\ufffd mangler."
    assert (found.message, found.subject, found.evidence[0].value) == (said, Subject("borger", said), said)
    assert b"6202560037" not in b"".join(json.write(report))


@pytest.mark.parametrize("aspect", ["case", "municipality"])
@pytest.mark.parametrize("raised", [SystemExit(0), GeneratorExit(), BaseException("6202560037")])
def test_a_check_that_would_end_the_run_is_a_crash_of_its_own(
    installed: Any, aspect: str, raised: BaseException
) -> None:
    module = judging(aspect)

    def check(*_: object) -> Iterator[Finding]:
        raise raised

    module.check = check  # type: ignore[attr-defined]
    installed(proeve=a_plugin(module))
    report = app.check(LILLEBY)
    assert {code for code, _ in report.run.crashes} == {"XX001"}
    assert not report.run.complete


class Broken:
    """An adapter that fails, or hands on what is no table of text."""

    SUFFIXES = (".prv",)

    def __init__(self, table: TextTable | None) -> None:
        self._table = table

    def sheets(self, _: Path) -> tuple[str, ...]:
        return ()

    def read(self, _: Path, __: Wanted) -> TextTable:
        if self._table is None:
            raise RuntimeError("6202560037")
        return self._table


NUMBERS = pl.DataFrame({"row": [1], "0": [7]}, schema={"row": pl.UInt32, "0": pl.Int64})


@pytest.mark.parametrize(
    ("table", "error"), [(None, "RuntimeError"), (TextTable(("sag_id",), 1, NUMBERS, (), ""), "TypeError")]
)
def test_an_adapter_that_breaks_leaves_its_file_out(
    table: TextTable | None, error: str, installed: Any, tmp_path: Path
) -> None:
    class Plugin:
        @hookimpl
        def kommunecheck_adapters(self) -> tuple[Broken, ...]:
            return (Broken(table),)

    folder = tmp_path / "lilleby"
    shutil.copytree(LILLEBY, folder)
    (folder / "perioder.csv").rename(folder / "perioder.prv")
    installed(proeve=Plugin())
    report = app.check(folder)
    (said,) = [warning for warning in report.run.warnings if "perioder.prv" in warning]
    assert said.startswith("Kilden perioder.prv er udeladt: perioder.prv kan ikke læses: pluginet proeve gik i stykker")
    assert error in said
    assert not report.run.complete


def test_plugins_are_listed_with_what_they_bring(installed: Any, capsys: pytest.CaptureFixture[str]) -> None:
    installed(proeve=a_plugin(a_check("XX001")), gaaet=ImportError())
    assert cli.run(["plugins"]) == 3
    shown = capsys.readouterr().out
    assert "regler: XX001" in shown
    assert "UDELADT: det kunne ikke indlæses (ImportError)." in shown


def test_disabled_plugins_are_not_loaded(installed: Any) -> None:
    installed(a=ImportError(), b=a_plugin(a_check("XX002")))
    assert host.load(disable=["a"]).failures == ()
    assert codes(host.load(allow=["b"])) == OURS | {"XX002"}
    assert codes(host.load(allow=[])) == OURS


def test_a_plugin_that_is_turned_off_may_keep_its_section_also_for_commands_beside_the_run(
    installed: Any, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(broken=ImportError())
    settings = '[municipality]\ncode = "901"\n\n[plugins]\ndisable = ["broken"]\n\n[broken]\nx = 1\n'
    (small / "kommunecheck.toml").write_text(settings, encoding="utf-8")
    monkeypatch.chdir(small)
    for quarter, first, last in (("a", "2007-04-01", "2007-06-30"), ("b", "2007-07-01", "2007-09-30")):
        assert cli.run(["check", "--from", first, "--to", last, "-o", f"{quarter}.json"]) in (0, 1)
    assert cli.run(["journal", "read", "journal.csv"]) == 0
    assert cli.run(["benchmark", "a.json", "b.json"]) == 0


def test_what_a_plugin_prints_while_it_is_loaded_is_in_no_output(
    installed: Any, small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Loud:
        @hookimpl
        def kommunecheck_checks(self) -> tuple[ModuleType, ...]:
            print("SIGER NOGET")
            return ()

        @hookimpl
        def kommunecheck_commands(self) -> tuple[click.Command, ...]:
            print("SIGER NOGET")
            return ()

    installed(loud=Loud())
    monkeypatch.setattr(commands, "entry_points", host.entry_points)
    for words in (["check", str(small), "--format", "json"], ["rules"], ["--help"]):
        assert cli.run(words) in (0, 1)
        shown = capsys.readouterr()
        assert "SIGER NOGET" not in shown.out
        assert "SIGER NOGET" in shown.err


def test_a_plugin_from_outside_takes_nothing_from_those_that_come_with_us(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Point("raadighed", a_plugin(a_check("XX900")))
    ours.dist = Package("kommunecheck", "1")
    points = [Point("aaa", a_plugin(a_check("XX900"))), ours]
    monkeypatch.setattr(host, "entry_points", lambda group: points if group == "kommunecheck" else [])
    assert host.load().failures == (failure(host.load()),)
    assert failure(host.load()).startswith("Pluginet aaa er udeladt: koden XX900 hører allerede til raadighed.")


def test_a_plugin_that_is_allowed_but_not_installed_is_missed(installed: Any) -> None:
    installed()
    assert "det er ikke installeret" in failure(host.load(allow=["proeve"]))


def test_of_two_plugins_with_one_name_the_second_is_named_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [Point("proeve", a_plugin(a_check("XX009"))), Point("proeve", a_plugin(a_check("XX008")))]
    monkeypatch.setattr(host, "entry_points", lambda group: points if group == "kommunecheck" else [])
    plugins = host.load()
    assert "et andet plugin hedder det samme" in failure(plugins)
    assert codes(plugins) & {"XX008", "XX009"} == {"XX009"}


def test_a_plugin_that_is_turned_off_and_not_there_is_told_with_the_one_that_was_meant(installed: Any) -> None:
    installed(proeve=a_plugin(a_check("XX009")))
    assert host.load(disable=["proeve"]).remarks == ()
    (said,) = host.load(disable=["prøve"]).remarks
    assert said.startswith("[plugins] disable: pluginet »prøve« er ikke installeret. Mente du »proeve«?")
    (said,) = host.load(disable=["noget andet"]).remarks
    assert said == "[plugins] disable: pluginet »noget andet« er ikke installeret."


def test_the_entry_points_are_found_by_their_group(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("proeve", "test_plugins:PLUGIN", "kommunecheck")
    monkeypatch.setattr(host, "entry_points", lambda group: [point] if group == "kommunecheck" else [])
    assert "XX009" in codes(host.load())


PLUGIN = a_plugin(a_check("XX009"))


class Call(NamedTuple):
    """A row of a table of our own."""

    ringet: int | None
    varede: str | None
    source: int
    row: int


CALLS = TableShape(
    "opkald",
    (
        Column("sag_id", "key", required=True),
        Column("ringet", "date", required=True),
        Column("varede", "text"),
    ),
    days=("ringet",),
    record=Call,
)


def calls_check() -> ModuleType:
    module = a_check("XX001")
    module.NEEDS = ("opkald.ringet",)  # type: ignore[attr-defined]

    def check(case: Case, _: Law) -> Iterator[Finding]:
        for call in case.rows.get("opkald", ()):
            evidence = Evidence(call.source, call.row, "ringet")
            yield Finding(module.RULE, f"Ringet: {call.varede}.", date=call.ringet, evidence=(evidence,))

    module.check = check  # type: ignore[attr-defined]
    return module


class CallPlugin:
    """A plugin with a table, and a check of it."""

    @hookimpl
    def kommunecheck_tables(self) -> tuple[TableShape, ...]:
        return (CALLS,)

    @hookimpl
    def kommunecheck_checks(self) -> tuple[ModuleType, ...]:
        return (calls_check(),)


def test_a_table_of_its_own_reaches_the_check_case_by_case_in_order_of_day(installed: Any, tmp_path: Path) -> None:
    shutil.copytree(LILLEBY, tmp_path / "l")
    (tmp_path / "l" / "opkald.csv").write_text(
        "sag_id;ringet;varede\nL002;04-06-2007;kort\nL001;2007-05-02;langt\nL001;2007-05-01;kort\n"
        "L001;i går;kort\nL999;2007-05-01;kort\n",
        encoding="utf-8",
    )
    installed(opkald=CallPlugin())
    report = app.check(tmp_path / "l")
    own = [one for one in report.findings if one.finding.rule.code == "XX001"]
    assert [(one.sag_id, one.finding.message, one.finding.evidence[0].row) for one in own] == [
        ("L001", "Ringet: kort.", 4),
        ("L001", "Ringet: langt.", 3),
        ("L002", "Ringet: kort.", 2),
    ]
    source = next(one for one in report.run.sources.values() if one.table == "opkald")
    assert (source.rows, source.rows_used) == (5, 3)
    assert [one.finding.rule.code for one in report.findings if "opkald.csv" in one.finding.message] == [
        "DQ002",
        "DQ003",
    ]


def test_a_table_may_have_a_key_of_several_columns(installed: Any, tmp_path: Path) -> None:
    keyed = replace(CALLS, columns=(Column("opkald_id", "key"), *CALLS.columns), key=("opkald_id", "sag_id"))
    shutil.copytree(LILLEBY, tmp_path / "l")
    (tmp_path / "l" / "opkald.csv").write_text(
        "opkald_id;sag_id;ringet;varede\nO1;L001;2007-05-01;kort\nO1;L002;2007-05-01;kort\n"
        "O2;L001;2007-05-02;kort\nO2;L001;2007-05-03;langt\nO3;L001;2007-05-04;kort\nO3;L001;2007-05-04;kort\n",
        encoding="utf-8",
    )

    class Plugin(CallPlugin):
        @hookimpl
        def kommunecheck_tables(self) -> tuple[TableShape, ...]:
            return (keyed,)

    installed(opkald=Plugin())
    report = app.check(tmp_path / "l")
    own = [one for one in report.findings if one.finding.rule.code == "XX001"]
    assert [(one.sag_id, one.finding.evidence[0].row) for one in own] == [("L001", 2), ("L001", 6), ("L002", 3)]
    doubles = [one.finding for one in report.findings if "opkald.csv" in one.finding.message]
    assert [(one.rule.code, [(cell.row, cell.column) for cell in one.evidence]) for one in doubles] == [
        ("DQ004", [(4, "opkald_id"), (4, "sag_id"), (5, "opkald_id"), (5, "sag_id")]),
        ("DQ004", [(6, "opkald_id"), (6, "sag_id"), (7, "opkald_id"), (7, "sag_id")]),
    ]


def test_a_table_says_what_becomes_of_a_code_that_is_not_on_its_list(installed: Any, tmp_path: Path) -> None:
    codes = frozenset({"kort", "langt"})
    shutil.copytree(LILLEBY, tmp_path / "l")

    def found(column: Column) -> tuple[list[str], str, bool]:
        """What is read, the rule of what is said of it, and whether it is said that the row is used all the same."""

        class Plugin(CallPlugin):
            @hookimpl
            def kommunecheck_tables(self) -> tuple[TableShape, ...]:
                return (replace(CALLS, columns=(*CALLS.columns[:2], column)),)

        installed(opkald=Plugin())
        (tmp_path / "l" / "opkald.csv").write_text("sag_id;ringet;varede\nL001;2007-05-01;måske\n", encoding="utf-8")
        report = app.check(tmp_path / "l")
        told = [one.finding.message for one in report.findings if one.finding.rule.code == "XX001"]
        (odd,) = [one.finding for one in report.findings if "opkald.csv" in one.finding.message]
        is_used = any(words in odd.message for words in ("læses som", "Rækken er brugt"))
        return told, odd.rule.code, is_used

    assert found(Column("varede", "code", codes=codes)) == (["Ringet: None."], "DQ008", True)
    assert found(Column("varede", "code", required=True, codes=codes)) == ([], "DQ008", False)
    read_as = Column("varede", "code", required=True, codes=codes, otherwise="kort")
    assert found(read_as) == (["Ringet: kort."], "DQ008", True)
    assert found(Column("varede", "code", codes=codes, known_only=True)) == (["Ringet: None."], "DQ003", False)


def test_without_the_table_the_check_is_not_run_and_nothing_else_is_noticed(installed: Any) -> None:
    before = app.check(LILLEBY)
    installed(opkald=CallPlugin())
    report = app.check(LILLEBY)
    assert ("XX001", "tabellen opkald er ikke med") in report.run.not_run
    assert report.cases == before.cases


class Limits(BaseModel):
    """A section of our own."""

    model_config = ConfigDict(extra="forbid")
    most_calls: int = 3


class LimitPlugin:
    """A plugin with a section of the configuration, an act, and a parameter."""

    @hookimpl
    def kommunecheck_settings(self) -> dict[str, type[BaseModel]]:
        return {"opkald": Limits}

    @hookimpl
    def kommunecheck_law_texts(self) -> tuple[LawTexts, ...]:
        calls = Parameter("opkaldsdage", "Dage til at ringe op", 2, False, None, None, "unverified", "Ringeaftalen § 1")
        return (LawTexts({"Ringeaftalen": "Aftale om at ringe tilbage"}, (calls,)),)


def set_up_with(folder: Path, text: str) -> app.Setup:
    (folder / "kommunecheck.toml").write_text(text, encoding="utf-8")
    return app.set_up(folder)


def test_a_section_of_its_own_reaches_the_checks(installed: Any, tmp_path: Path) -> None:
    installed(opkald=LimitPlugin())
    assert set_up_with(tmp_path, "").law.settings["opkald"] == Limits(most_calls=3)
    assert set_up_with(tmp_path, "[opkald]\nmost_calls = 5").law.settings["opkald"] == Limits(most_calls=5)


def test_a_mistake_in_its_section_is_one_sentence(installed: Any, tmp_path: Path) -> None:
    installed(opkald=LimitPlugin())
    with pytest.raises(UserError, match=r"»opkald\.most_cals« findes ikke\. Mente du »most_calls«\?"):
        set_up_with(tmp_path, "[opkald]\nmost_cals = 5")


def test_without_the_plugin_its_section_is_unknown_and_left_unread_where_it_is_turned_off(
    installed: Any, tmp_path: Path
) -> None:
    installed(opkald=LimitPlugin())
    off = set_up_with(tmp_path, '[plugins]\ndisable = ["opkald"]\n[opkald]\nmost_calls = 5')
    assert "opkald" not in off.law.settings
    installed()
    with pytest.raises(UserError, match="»opkald« findes ikke"):
        set_up_with(tmp_path, "[opkald]\nmost_calls = 5")


def citing(title: str) -> object:
    class Plugin:
        @hookimpl
        def kommunecheck_law_texts(self) -> tuple[LawTexts, ...]:
            return (LawTexts({"Ringeaftalen": title}),)

    return Plugin()


def test_two_plugins_may_cite_an_act_that_they_call_the_same(installed: Any) -> None:
    installed(en=citing("Aftale om at ringe"), to=citing("Aftale om at ringe"))
    assert host.load().failures == ()
    installed(en=citing("Aftale om at ringe"), to=citing("En anden aftale"))
    (failure,) = host.load().failures
    assert "loven Ringeaftalen hører allerede til en." in failure


def test_its_acts_and_parameters_stand_beside_ours(installed: Any) -> None:
    installed(opkald=LimitPlugin())
    law = app.set_up(LILLEBY).law
    assert law.acts["Ringeaftalen"] == "Aftale om at ringe tilbage"
    assert law.number("opkaldsdage") == 2
    assert "opkaldsdage" in {one.name for one in app.check(LILLEBY).run.parameters}


@pytest.mark.parametrize(
    ("section", "act", "parameter", "said"),
    [
        ("audit", "X", "x", "afsnittet [audit] hører allerede til kommunecheck."),
        ("x", "BEK 1714/2006", "x", "loven BEK 1714/2006 hører allerede til kommunecheck."),
        ("x", "X", "interval_months", "parameteren interval_months hører allerede til kommunecheck."),
    ],
)
def test_what_is_ours_cannot_be_brought_again(
    installed: Any, section: str, act: str, parameter: str, said: str
) -> None:
    class Plugin:
        @hookimpl
        def kommunecheck_settings(self) -> dict[str, type[BaseModel]]:
            return {section: Limits}

        @hookimpl
        def kommunecheck_law_texts(self) -> tuple[LawTexts, ...]:
            return (LawTexts({act: "y"}, (Parameter(parameter, "y", 1, False, None, None, "found", f"{act} § 1"),)),)

    installed(proeve=Plugin())
    assert said in failure(host.load())


TABLE = SectionTable(("Team", "=Antal", "Andel"), (("=1+1", 1204, Decimal("0.5")), (None, 3, None)))
SECTION = Section("Kommunens [eget] afsnit: 010180-1234", ("Det gik godt.", "=2+2"), TABLE)


def a_writing_plugin(write: Callable[[Report], Any]) -> object:
    """A plugin with a section of the report."""

    class Plugin:
        @hookimpl
        def kommunecheck_report_sections(self) -> tuple[ReportSection, ...]:
            return (ReportSection("eget", write),)

    return Plugin()


def test_a_section_of_its_own_stands_in_every_format(
    installed: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(proeve=a_writing_plugin(lambda _: SECTION))
    written = [tmp_path / f"r.{ending}" for ending in ("json", "docx", "xlsx")]
    assert cli.run(["check", str(LILLEBY), *(word for file in written for word in ("-o", str(file)))]) == 1
    shown = capsys.readouterr().out
    assert "Kommunens [eget] afsnit: xxxxxx-xxxx" in shown
    assert "1.204" in shown
    assert "0,50" in shown
    found = orjson.loads(written[0].read_bytes())
    Shape.model_validate(found)
    assert found["sections"] == [
        {
            "title": "Kommunens [eget] afsnit: xxxxxx-xxxx",
            "paragraphs": ["Det gik godt.", "=2+2"],
            "table": {"headings": ["Team", "=Antal", "Andel"], "rows": [["=1+1", 1204, "0.5"], [None, 3, None]]},
        }
    ]
    document = docx.Document(str(written[1]))
    assert "Kommunens [eget] afsnit: xxxxxx-xxxx" in [paragraph.text for paragraph in document.paragraphs]
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert ["=1+1", "1.204", "0,50"] in cells
    sheet = openpyxl.load_workbook(written[2])["Kommunens eget afsnit xxxxxx-xx"]
    values = list(sheet.iter_rows(values_only=True))
    assert ("Team", "=Antal", "Andel") in values
    assert ("=1+1", 1204, 0.5) in values
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


MEASURED = SectionTable(
    ("Enhed", "Holdt", "Tid", "Ændring", "Blandet"),
    (("Nord", "80,5 %", "1.204 dage", "+2", "5 %"), ("Syd", "", "over 1.500 dage", "-1", "5 dage")),
)


def test_texts_that_tell_a_number_are_one_in_excel_and_stand_to_the_right_in_every_format(
    installed: Any, small: Path, tmp_path: Path
) -> None:
    installed(proeve=a_writing_plugin(lambda _: Section("Målt", table=MEASURED)))
    json_file, html_file, word_file, excel_file = (tmp_path / f"r.{one}" for one in ("json", "html", "docx", "xlsx"))
    outputs = [word for file in (json_file, html_file, word_file, excel_file) for word in ("-o", str(file))]
    assert cli.run(["check", str(small), *outputs]) in (0, 1)
    sheet = openpyxl.load_workbook(excel_file)["Målt"]
    _, nord, syd = [row[:5] for row in sheet.iter_rows() if row[0].value in ("Enhed", "Nord", "Syd")]
    assert [cell.value for cell in nord] == ["Nord", 0.805, 1204, 2, "5 %"]
    assert [cell.value for cell in syd] == ["Syd", None, "over 1.500 dage", -1, "5 dage"]
    assert [cell.number_format for cell in nord[1:4]] == ["0.0 %", '[=1]0 "dag";#,##0 "dage"', "+0;-0;+0"]
    assert [cell.alignment.horizontal for cell in syd] == ["left", "right", "right", "right", "left"]
    (table,) = [one for one in docx.Document(str(word_file)).tables if one.cell(0, 0).text == "Enhed"]
    aligned = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert aligned == [None, *[WD_ALIGN_PARAGRAPH.RIGHT] * 3, None]
    page = html_file.read_text(encoding="utf-8")
    assert all(f'class="r" role="cell" data-label="{title}"' in page for title in ("Holdt", "Tid", "Ændring"))
    told = orjson.loads(json_file.read_bytes())["sections"][0]["table"]["rows"][0]
    assert told == list(MEASURED.rows[0])


DAYS = Period(day_of("2007-01-02"), day_of("2007-02-28"))
LANES = Lanes(
    "Hvor tiden gik", ("kommunen", "borgeren"), (Lane("A1", ((DAYS, 1),), ((day_of("2007-03-05"), "kvittering"),)),)
)
PICTURES = Section(
    "Billeder",
    picture=Bars("Holdt frist", "%", (("Hjælp", Decimal("85.50")), ("Tilskud", 40)), 80),
    parts=(
        Section("Måned for måned", picture=Columns("Udtaget", "%", ("jan 2025", "feb"), (("Trin 2", (31, None)),), 30)),
        Section("Sagernes gang", ("De længste.",), picture=LANES),
    ),
)


def test_pictures_stand_in_every_format_and_are_told_in_words(
    installed: Any, small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(proeve=a_writing_plugin(lambda _: PICTURES))
    json_file, html_file, word_file, excel_file = (tmp_path / f"r.{one}" for one in ("json", "html", "docx", "xlsx"))
    outputs = [word for file in (json_file, html_file, word_file, excel_file) for word in ("-o", str(file))]
    assert cli.run(["check", str(small), *outputs]) in (0, 1)
    screen = " ".join(capsys.readouterr().out.split())
    assert (
        "Læs videre i rapporten som HTML, Word eller Excel (fx -o rapport.html): Måned for måned · Sagernes gang"
        in screen
    )
    assert "De længste." not in screen
    found = orjson.loads(json_file.read_bytes())
    Shape.model_validate(found)
    (told,) = found["sections"]
    bars = [{"title": "Hjælp", "value": "85.50"}, {"title": "Tilskud", "value": 40}]
    assert told["picture"] == {"kind": "bars", "title": "Holdt frist", "unit": "%", "least": 80, "bars": bars}
    assert told["parts"][1]["picture"]["lanes"][0]["spans"] == [
        {"from": "2007-01-02", "to": "2007-02-28", "kind": "borgeren"}
    ]
    said = (
        "Holdt frist (mindst 80 %). Hjælp: 85,5 %; Tilskud: 40 %.",
        "Udtaget (mindst 30 %). Trin 2: jan 2025 31 %, feb intet tal.",
        "Hvor tiden gik. A1: borgeren 2. januar 2007 til 28. februar 2007, kvittering 5. marts 2007.",
    )
    page = " ".join(html_file.read_text(encoding="utf-8").split())
    assert [words in page for words in said] == [True] * 3
    drawings = [shape._inline.docPr.get("descr") for shape in docx.Document(str(word_file)).inline_shapes]
    assert set(said) <= {" ".join(words.split()) for words in drawings}
    with ZipFile(excel_file) as book:
        charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
        drawn = "".join(book.read(name).decode() for name in book.namelist() if "drawings/drawing" in name)
    assert len(charts) >= 2
    assert [words in " ".join(drawn.split()) for words in said] == [True] * 3
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(excel_file)["Billeder"].iter_rows()]
    assert ["Hjælp", 85.5] in [row[:2] for row in cells]
    assert ["%", "Trin 2", "mindst"] in [row[:3] for row in cells]
    assert ["jan 2025", 31, 30] in [row[:3] for row in cells]


@pytest.mark.parametrize(
    "picture",
    [
        Bars("Holdt frist", "%", ()),
        Bars("Holdt frist", "%", (("Hjælp", -1),)),
        Bars("", "%", (("Hjælp", 1),)),
        Columns("Udtaget", "%", ("jan",), (("Trin 2", (1, 2)),)),
        Lanes("Tid", ("a",), (Lane("A1", ()),)),
        Lanes("Tid", ("a",), (Lane("A1", ((DAYS, 1),)),)),
        Lanes("Tid", ("a",), (Lane("A1", ((DAYS, 0), (DAYS, 0))),)),
        "et billede",
    ],
)
def test_a_picture_that_cannot_be_drawn_is_refused(picture: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        plain(Section("Billede", picture=picture))


def test_parts_have_no_parts() -> None:
    with pytest.raises(ValueError, match="a part has parts"):
        plain(Section("a", parts=(Section("b", parts=(Section("c"),)),)))


@click.command("ringeliste", help="Skriv en ringeliste.")
def call_list() -> int:
    click.echo("Ring til ingen.")
    return 0


class WithCommand:
    """A plugin with a command."""

    @hookimpl
    def kommunecheck_commands(self) -> tuple[click.Command, ...]:
        return (call_list,)


def test_a_command_of_its_own_is_listed_and_carried_out(
    monkeypatch: pytest.MonkeyPatch, installed: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(ring=WithCommand())
    monkeypatch.setattr(commands, "entry_points", host.entry_points)
    for words, said in ((["--help"], "ringeliste"), (["ringeliste"], "Ring til ingen."), (["plugins"], "ringeliste")):
        assert cli.run(words) == 0
        assert said in capsys.readouterr().out


def test_a_plugin_whose_commands_cannot_be_had_leaves_ours_alone(
    monkeypatch: pytest.MonkeyPatch, installed: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        @hookimpl
        def kommunecheck_commands(self) -> tuple[click.Command, ...]:
            raise SystemExit(0)

    installed(ring=Broken())
    monkeypatch.setattr(commands, "entry_points", host.entry_points)
    assert cli.run(["--help"]) == 0
    assert "reconcile" in capsys.readouterr().out
    assert cli.run(["ringelist"]) == 2


def test_a_plugin_without_sections_adds_no_key() -> None:
    assert b'"sections"' not in b"".join(json.write(app.check(LILLEBY)))


def crash(_: Report) -> Any:
    raise ValueError("6202560037")


@pytest.mark.parametrize(
    "write",
    [
        crash,
        lambda _: "en tekst",
        lambda _: Section(" "),
        lambda _: Section("Andel", (), SectionTable(("Andel",), ((0.5,),))),  # type: ignore[arg-type]
        lambda _: Section("Andel", (), SectionTable(("Andel",), ((1, 2),))),
        lambda _: Section("Andel", "Et afsnit, der ikke er i en tuple."),  # type: ignore[arg-type]
        lambda _: Section("Andel", (), SectionTable(("Andel",), ((2**70,),))),
        lambda _: Section("Andel", (), SectionTable(("Andel",), ((Decimal("NaN"),),))),
        lambda _: Section("Andel", (), SectionTable(("Andel",), ((Decimal("1e400"),),))),
        lambda _: Section("Andel", (), SectionTable(("x",) * 64, ())),
    ],
)
def test_a_section_that_fails_is_named_and_all_else_stands(
    installed: Any, write: Callable[[Report], Any], small: Path
) -> None:
    before = app.check(small)
    installed(proeve=a_writing_plugin(write), godt=a_writing_plugin(lambda _: None))
    report = app.check(small)
    assert report.sections == ()
    assert (report.summary, report.cases, report.findings) == (before.summary, before.cases, before.findings)
    assert not report.run.complete
    (said,) = [one for one in report.run.warnings if "Afsnittet eget fra pluginet proeve er udeladt" in one]
    assert "6202560037" not in said


def test_signs_that_cannot_be_shown_are_replaced_in_a_section(installed: Any, tmp_path: Path) -> None:
    hostile = "a\x00\x1b\ud800"
    section = Section(hostile, (hostile,), SectionTable((hostile,), ((hostile,),)))
    installed(proeve=a_writing_plugin(lambda _: section))
    files = [str(tmp_path / name) for name in ("r.json", "r.docx", "r.xlsx")]
    assert cli.run(["check", str(LILLEBY), *(word for file in files for word in ("-o", file))]) == 1
    (told,) = orjson.loads(Path(files[0]).read_bytes())["sections"]
    assert told["title"] == "a\ufffd\ufffd\ufffd"


def test_two_sections_of_one_title_and_those_named_as_our_sheets_have_a_sheet_each(
    installed: Any, tmp_path: Path
) -> None:
    titles = ("Fund", "fund", "Fund 2", "Grundlag", "History", "x" * 40, "x" * 40)

    class Plugin:
        @hookimpl
        def kommunecheck_report_sections(self) -> tuple[ReportSection, ...]:
            return tuple(ReportSection(f"eget{n}", lambda _, t=t: Section(t)) for n, t in enumerate(titles))

    installed(proeve=Plugin())
    for folder in (LILLEBY, lilleby_without_samtaler("raadighed")):
        cli.run(["check", str(folder), "-o", str(tmp_path / "r.xlsx")])
        workbook = openpyxl.load_workbook(tmp_path / "r.xlsx")
        names = workbook.sheetnames
        assert len({name.lower() for name in names}) == len(names)
        assert {"Fund (2)", "fund (3)", "Fund 2 (2)", "Grundlag (2)", "History (2)"} <= set(names)
        links = {cell.hyperlink.location for row in workbook["Resumé"] for cell in row if cell.hyperlink}
        assert {f"'{name}'!A1" for name in names[1:]} <= links


class BrokenFormat:
    """A plugin whose report format fails."""

    @hookimpl
    def kommunecheck_report_formats(self) -> tuple[ReportFormat, ...]:
        return (ReportFormat("liste", ".liste", crash),)


def test_a_format_that_fails_is_named_in_the_others_and_they_are_written(
    installed: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(proeve=BrokenFormat())
    files = [tmp_path / "r.json", tmp_path / "r.liste", tmp_path / "r.xlsx"]
    assert cli.run(["check", str(LILLEBY), *(word for file in files for word in ("-o", str(file)))]) == 3
    out, err = capsys.readouterr()
    assert "r.liste er ikke skrevet: formatet liste gik i stykker." in err
    assert "Formatet liste fra pluginet proeve er udeladt" in out
    assert [file.exists() for file in files] == [True, False, True]
    run = orjson.loads(files[0].read_bytes())["run"]
    assert not run["complete"]
    assert any("Formatet liste fra pluginet proeve er udeladt" in one for one in run["warnings"])
    assert "6202560037" not in out + err
    assert cli.run(["check", str(LILLEBY), "--format", "liste"]) == 3


def writes_pages(report: Report, file: str) -> Pages | None:
    """A file with a page beside it, of as many courses as there are cases with findings."""
    drawn = sum(case.timeline is not None for case in report.cases)
    return Pages((file.encode(),), [("side-1.txt", (str(drawn).encode(),))])


def a_format_of_pages(pages: Callable[[Report, str], Pages | None]) -> object:
    return bringing("report_formats", (ReportFormat("bog", ".bog", lambda _: (b"alene",), True, pages),))


def test_a_plugins_format_may_draw_the_courses_and_take_a_folder(installed: Any, tmp_path: Path) -> None:
    installed(proeve=a_format_of_pages(writes_pages))
    assert cli.run(["check", str(LILLEBY), "-o", str(tmp_path / "a.bog"), "-o", str(tmp_path / "b.bog")]) == 1
    assert (tmp_path / "a.bog").read_bytes() == b"a.bog"
    assert (tmp_path / "b.bog").read_bytes() == b"b.bog"
    drawn = sum(case.timeline is not None for case in app.check(LILLEBY, timelines=True).cases)
    assert (tmp_path / "a-sager" / "side-1.txt").read_text() == (tmp_path / "b-sager" / "side-1.txt").read_text()
    assert (tmp_path / "a-sager" / "side-1.txt").read_text() == str(drawn)


def test_a_plugins_format_takes_no_folder_where_it_says_so_and_none_on_the_screen(
    installed: Any, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    installed(proeve=a_format_of_pages(lambda _, __: None))
    assert cli.run(["check", str(LILLEBY), "-o", str(tmp_path / "a.bog"), "--format", "bog"]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.bog"]
    assert (tmp_path / "a.bog").read_bytes() == b"alene"
    assert capfdbinary.readouterr().out == b"alene"


@pytest.mark.parametrize("name", ["../r.json", "a/b.txt", ".skjult", "", "side 1.txt", "x" * 3])
def test_a_file_beside_a_report_stands_in_its_folder_and_nowhere_else(
    installed: Any, tmp_path: Path, name: str
) -> None:
    installed(proeve=a_format_of_pages(lambda _, __: Pages((b"x",), [(name, (b"x",))])))
    assert cli.run(["check", str(LILLEBY), "-o", str(tmp_path / "a.bog")]) == 3
    assert list(tmp_path.iterdir()) == []


def bringing(hook: str, given: Any) -> object:
    """A plugin with one hook."""
    return type("Plugin", (), {f"kommunecheck_{hook}": hookimpl(lambda _: given)})()


DATED = (Column("opkald_id", "key", required=True), Column("ringet", "date"))


class Need(BaseModel):
    """A section with a key that must be written."""

    most: int


@pytest.mark.parametrize(
    ("hook", "given", "said"),
    [
        ("tables", [TableShape("../opkald", DATED)], "en tabels navn er ikke"),
        ("tables", [TableShape("opkald", ("ringet",))], "har columns, der ikke er"),  # type: ignore[arg-type]
        ("tables", [TableShape("opkald", (*DATED, Column("row", "key")))], "hvis navn, kind eller codes ikke kan"),
        ("tables", [TableShape("opkald", (*DATED, Column("tid", "klokken")))], "hvis navn, kind eller codes ikke kan"),  # type: ignore[arg-type]
        ("tables", [TableShape("opkald", DATED + DATED)], "har to kolonner med samme navn."),
        ("tables", [TableShape("opkald", DATED[1:])], "har ingen kolonne, der er required."),
        ("tables", [TableShape("opkald", (*DATED, Column("sag_id", "text")))], "har en sag_id, der ikke er af slagsen"),
        ("tables", [TableShape("opkald", DATED, key="ringet")], "har en key, der ikke er en kolonne"),
        ("tables", [TableShape("opkald", DATED, key=())], "har en key, der ikke er en kolonne"),
        ("tables", [TableShape("opkald", DATED, days=("findes",))], "har days, der ikke er"),
        ("tables", [TableShape("opkald", DATED, days="ringet")], "har days, der ikke er"),  # type: ignore[arg-type]
        ("tables", [TableShape("opkald", DATED, record=dict)], "har en record, der ikke er en NamedTuple."),
        ("tables", [TableShape("opkald", DATED, record=Call)], "med felter, der ikke er kolonner: varede."),
        ("adapters", [SimpleNamespace(SUFFIXES=".prv")], "har SUFFIXES, der ikke er en tuple"),
        ("adapters", [SimpleNamespace(SUFFIXES=(".prv",), sheets=None, read=None)], "har en sheets eller read"),
        ("report_formats", [ReportFormat("console", None, json.write)], "et formats navn kan ikke bruges."),
        ("report_formats", [ReportFormat("liste", "liste", json.write)], "har en suffix, der ikke er en endelse"),
        ("report_formats", [ReportFormat("w", ".docx", json.write)], "rapporter med endelsen .docx hører allerede til"),
        ("report_sections", "tekst", "et afsnit er ikke en ReportSection."),
        ("report_formats", [ReportFormat("w", ".w", json.write, pages="")], "har en pages, der hverken"),  # type: ignore[arg-type]
        ("report_formats", [ReportFormat("w", ".w", json.write, timelines=1)], "har en timelines, der ikke"),  # type: ignore[arg-type]
        ("report_sections", [ReportSection("eget", None)], "har en write, der ikke er en funktion."),  # type: ignore[arg-type]
        ("settings", {"opkald": dict}, "afsnittet [opkald] er ikke en pydantic-model."),
        ("settings", {"opkald": Need}, "afsnittet [opkald] har en nøgle uden standardværdi."),
        ("settings", {"sections": Limits}, "afsnittet [sections] hører allerede til kommunecheck."),
        ("law_texts", [LawTexts({"A": 3})], "en lovs navn er ikke en tekst"),  # type: ignore[dict-item]
        ("law_texts", [LawTexts({}, ("dage",))], "en parameter er ikke en Parameter."),  # type: ignore[arg-type]
        (
            "law_texts",
            [LawTexts({}, (Parameter("x", "X", 1.5, False, None, None, "found", "A § 1"),))],  # type: ignore[arg-type]
            "det bringer noget, der ikke kan bruges (TypeError).",
        ),
    ],
)
def test_what_is_not_as_its_type_says_is_refused_with_the_reason(
    installed: Any, hook: str, given: Any, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    installed(proeve=bringing(hook, given))
    assert said in failure(host.load())
    assert cli.run(["plugins"]) == 3
    assert "UDELADT" in capsys.readouterr().out


def test_what_a_plugin_prints_and_the_folder_it_goes_to_do_not_touch_the_report(
    installed: Any, tmp_path: Path, capfdbinary: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wander(_: Report) -> None:
        print("hej")
        os.chdir("/")

    monkeypatch.chdir(tmp_path)
    installed(proeve=a_writing_plugin(wander))
    assert cli.run(["check", str(LILLEBY), "--format", "json", "-o", "r.json"]) == 1
    out, err = capfdbinary.readouterr()
    assert out == (tmp_path / "r.json").read_bytes()
    assert b"hej" in err


def test_what_is_shown_to_a_plugin_cannot_be_changed_by_it(installed: Any) -> None:
    def clear(law: Law) -> Iterator[Finding]:
        for held in (law.acts, law.parameters, law.rates, law.settings):
            with pytest.raises(AttributeError):
                held.clear()  # type: ignore[attr-defined]
        yield from ()

    def clear_report(report: Report) -> None:
        for held in (report.run.sources, report.summary.outcomes, report.explanations, report.acts):
            with pytest.raises(AttributeError):
                held.clear()  # type: ignore[attr-defined]

    module = a_check("XX001")
    module.check = lambda _, law: clear(law)  # type: ignore[attr-defined]
    before = app.check(LILLEBY)
    installed(proeve=a_plugin(module), afsnit=a_writing_plugin(clear_report))
    after = app.check(LILLEBY)
    assert (after.summary, after.findings) == (before.summary, before.findings)
    assert after.run.complete
