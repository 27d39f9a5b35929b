"""Plugins from outside: each on its own, and one that fails takes nothing else down with it."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pluggy
import pytest

from kommunecheck import app
from kommunecheck.domain.case import Case
from kommunecheck.domain.finding import Finding, seen
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins import host
from kommunecheck.reports import json

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
hookimpl = pluggy.HookimplMarker("kommunecheck")


class Point:
    """An entry point that gives what it was made with, or raises it."""

    def __init__(self, name: str, given: object) -> None:
        self.name, self.dist, self._given = name, SimpleNamespace(name=f"pakke-{name}", version="1.2"), given

    def load(self) -> object:
        if isinstance(self._given, Exception):
            raise self._given
        return self._given


def a_check(code: str, *, crashes: bool = False, supervision: str = "proeve") -> ModuleType:
    """A check module that finds every held interview of a case."""
    module = ModuleType(code)
    module.RULE = Rule(code, f"regel-{code.lower()}", "Prøve", (), Severity.INFO, supervision)  # type: ignore[attr-defined]
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
        (SimpleNamespace(), None),
        (a_plugin(a_check("XX001", supervision="visitation")), "siger, at den hører til visitationstilsynet"),
        (a_plugin(a_check("VT101")), "koden VT101 hører allerede til kommunecheck."),
    ],
)
def test_a_plugin_that_fails_is_named_and_left_out(installed: Any, given: object, said: str | None) -> None:
    installed(proeve=given)
    plugins = host.load()
    assert codes(plugins) == OURS
    if said is not None:
        assert said in failure(plugins)
        assert "6202560037" not in failure(plugins)
        assert not app.check(LILLEBY).run.complete


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
    assert b"6202560037" not in b"".join(json.write(report))


def test_disabled_plugins_are_not_loaded(installed: Any) -> None:
    installed(a=ImportError(), b=a_plugin(a_check("XX002")))
    assert host.load(disable=["a"]).failures == ()
    assert codes(host.load(allow=["b"])) == OURS | {"XX002"}
    assert codes(host.load(allow=[])) == OURS


def test_a_plugin_that_is_allowed_but_not_installed_is_missed(installed: Any) -> None:
    installed()
    assert "det er ikke installeret" in failure(host.load(allow=["proeve"]))


def test_the_entry_points_are_found_by_their_group(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("proeve", "test_plugins:PLUGIN", "kommunecheck")
    monkeypatch.setattr(host, "entry_points", lambda group: [point] if group == "kommunecheck" else [])
    assert "XX009" in codes(host.load())


PLUGIN = a_plugin(a_check("XX009"))
