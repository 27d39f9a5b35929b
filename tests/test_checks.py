"""All checks, one by one and together: what the contract says of them, and a case for each that it finds and passes."""

import inspect
import re
import tomllib
from dataclasses import fields
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from as_files import EVERY_COLUMN, report_on

from kommunecheck.checks import CHECKS
from kommunecheck.domain.case import Case, Municipality
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.records import Interview
from kommunecheck.domain.rule import Certainty, Severity
from kommunecheck.engine import choose, municipality_findings, row_findings
from kommunecheck.intake.tables import TABLES
from kommunecheck.testing import (
    a_case,
    circumstance,
    codes_of,
    findings_of,
    first_contact,
    held,
    judged,
    no_show,
    note,
    payment,
    reported_ill,
    the_law,
)

CONTRACT = {
    "VT101": ("sen-samtale", "error"),
    "VT102": ("manglende-samtale", "error"),
    "VT103": ("sen-indkaldelse", "error"),
    "VT104": ("udeblivelse-uden-opfoelgning", "error"),
    "VT105": ("udeblivelse-fulgt-op", "warning"),
    "VT106": ("sen-samtale-efter-sygdom", "error"),
    "VT107": ("kun-foerste-henvendelse", "info"),
    "VT201": ("manglende-matchkategori", "error"),
    "VT202": ("grovmatch-ved-samtale", "error"),
    "VT203": ("manglende-opmaerksomhedsomraader", "error"),
    "VT204": ("sen-registrering", "error"),
    "VT205": ("kun-dokumenteret-i-journal", "warning"),
    "VT206": ("ugyldig-matchkategori", "error"),
    "VT301": ("manglende-arbejdssoegende-registrering", "error"),
    "VT401": ("ydelse-ikke-oplyst", "warning"),
    "VT402": ("ikke-i-drv", "warning"),
    "VT403": ("uden-for-maalgruppe", "info"),
    "VT405": ("manglende-forretningsgang", "info"),
    "DQ001": ("ugyldigt-cpr", "warning"),
    "DQ002": ("ukendt-sag", "error"),
    "DQ003": ("ulaeselig-vaerdi", "error"),
    "DQ004": ("dublet", "error"),
    "DQ005": ("umulig-datofoelge", "warning"),
    "DQ006": ("overlappende-udbetalinger", "warning"),
    "DQ007": ("udbetaling-uden-for-sag", "warning"),
    "DQ008": ("ukendt-kode", "error"),
}
"""Code, rule and severity as they stand in the contract, in its order."""

CERTAINTY = {
    "VT101": "expected", "VT102": "expected", "VT103": "expected", "VT104": "expected", "VT105": "discretionary",
    "VT106": "expected", "VT107": "none", "VT201": "expected", "VT202": "expected", "VT203": "expected",
    "VT204": "expected", "VT205": "documentation", "VT206": "expected", "VT301": "expected", "VT401": "none",
    "VT402": "none", "VT403": "none",
}  # fmt: skip
"""How sure the loss of a plain case of each rule is."""


def due_9_may(*rows: Interview, **told: Any) -> Case:
    """A case whose interview is due Wednesday 9 May 2007; its falduge ends Sunday 13 May."""
    return a_case("2007-01-09", interviews=[held("2007-02-09"), *rows], **{"cutoff": "2007-07-31"} | told)


def interview(**told: Any) -> Case:
    """A case with the one interview that is due, held on Tuesday 12 June 2007."""
    notes = told.pop("notes", ())
    rows = [held("2007-06-12", **told)]
    return a_case("2007-05-01", interviews=rows, notes=notes, cutoff="2007-08-31")


EXACTLY = {
    "VT101": (due_9_may(held("2007-05-14")), due_9_may(held("2007-05-13"))),
    "VT102": (due_9_may(), due_9_may(cutoff="2007-05-12")),
    "VT103": (
        due_9_may(no_show("2007-05-14", followed_up="2007-05-15"), held("2007-05-24")),
        due_9_may(no_show("2007-05-08", followed_up="2007-05-08"), held("2007-05-13")),
    ),
    "VT104": (
        due_9_may(no_show("2007-05-09", followed_up="2007-05-18"), held("2007-05-24")),
        due_9_may(no_show("2007-05-09"), held("2007-05-13")),
    ),
    "VT105": (
        due_9_may(no_show("2007-05-13", followed_up="2007-05-14"), held("2007-05-24")),
        due_9_may(no_show("2007-05-11", followed_up="2007-05-11"), held("2007-05-13")),
    ),
    "VT106": (
        due_9_may(reported_ill("2007-05-09"), held("2007-05-25")),
        due_9_may(reported_ill("2007-05-09"), held("2007-05-24")),
    ),
    "VT107": (
        a_case("2007-05-01", interviews=[first_contact("2007-05-01")], cutoff="2007-07-31"),
        a_case("2007-05-01", interviews=[first_contact("2007-05-01"), held("2007-07-30")], cutoff="2007-07-31"),
    ),
    "VT201": (interview(category=None), interview(category="5")),
    "VT202": (
        interview(rough=True),
        a_case("2007-05-01", interviews=[first_contact("2007-05-01", category="3"), held("2007-06-12")],
               cutoff="2007-08-31"),
    ),
    "VT203": (interview(category="2", areas=None), interview(category="1", areas=None)),
    "VT204": (interview(registered="2007-06-14"), interview(registered="2007-06-13")),
    "VT205": (
        interview(category=None, notes=[note("2007-06-13", placed="3")]),
        interview(category="3", notes=[note("2007-06-13", placed="3")]),
    ),
    "VT206": (interview(category="6"), interview(category="1")),
    "VT301": (interview(category="3", job_seeker=False), interview(category="4", job_seeker=False)),
    "VT401": (
        a_case("2007-05-01", interviews=[held("2007-06-12")], payments=[payment("2007-06-13", "2007-06-30", "9,00")],
               cutoff="2007-08-31"),
        a_case("2007-05-01", interviews=[held("2007-06-12")], payments=[payment("2007-06-12", "2007-06-30", "9,00")],
               cutoff="2007-08-31"),
    ),
    "VT402": (
        a_case("2007-03-01", payments=[payment("2007-01-01", "2007-04-01", "9,00")], cutoff="2007-04-30"),
        a_case("2007-03-01", payments=[payment("2007-01-01", "2007-03-31", "9,00")], cutoff="2007-04-30"),
    ),
    "VT403": (
        a_case("2007-05-01", interviews=[held("2007-06-12")],
               circumstances=[circumstance("revalidering", "2007-06-12", "2007-06-30")], cutoff="2007-08-31"),
        a_case("2007-05-01", interviews=[held("2007-06-12")],
               circumstances=[circumstance("revalidering", "2007-06-13", "2007-06-30")], cutoff="2007-08-31"),
    ),
}  # fmt: skip
"""For each rule over a case: one that breaks it and no other, and one just on the right side that breaks none."""

ALL_COLUMNS = {name: frozenset(column.name for column in shape.columns) for name, shape in TABLES.items()}
BY_CODE = {check.RULE.code: check for check in CHECKS}
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.RULE.code)


def acts() -> tuple[str, ...]:
    texts = tomllib.loads((files("kommunecheck.law") / "texts.toml").read_text(encoding="utf-8"))
    return tuple(texts["acts"])


# The collection


def test_the_rules_are_those_of_the_contract_by_code_name_and_severity() -> None:
    assert {check.RULE.code: (check.RULE.name, str(check.RULE.severity)) for check in CHECKS} == CONTRACT


def test_every_code_stands_once_and_in_the_contracts_order() -> None:
    assert [check.RULE.code for check in CHECKS] == list(CONTRACT)


def test_every_name_and_title_stands_once() -> None:
    assert len({check.RULE.name for check in CHECKS}) == len(CHECKS)
    assert len({check.RULE.title for check in CHECKS}) == len(CHECKS)


@each_check
def test_a_rule_belongs_to_the_supervision_or_to_the_data(check: ModuleType) -> None:
    assert check.RULE.supervision == ("data" if check.RULE.code.startswith("DQ") else "visitation")


@each_check
def test_a_rule_cites_acts_that_the_law_files_name(check: ModuleType) -> None:
    assert check.RULE.citations
    for citation in check.RULE.citations:
        assert citation.startswith(acts()), citation


@each_check
def test_a_rule_of_the_supervision_cites_the_order_itself(check: ModuleType) -> None:
    if check.RULE.supervision == "visitation":
        assert any(citation.startswith("BEK 1714/2006 § ") for citation in check.RULE.citations)


@each_check
def test_a_title_is_one_line_of_danish_without_a_period(check: ModuleType) -> None:
    title = check.RULE.title
    assert title[0].isupper()
    assert not title.endswith(".")
    assert "\n" not in title
    assert len(title) <= 80


DANISH = re.compile(r"\b(?:er|og|ikke|en|et|der|den|det|på|til|af|for|kan|har|fra|før|i|intet)\b", re.IGNORECASE)


@each_check
@pytest.mark.parametrize("part", ["says", "fails", "passes", "costs", "remedy", "blind"])
def test_an_explanation_has_its_six_parts_in_danish_sentences(check: ModuleType, part: str) -> None:
    text = getattr(check.EXPLAIN, part)
    assert text == " ".join(text.split())
    assert text[0].isupper()
    assert text.endswith(".")
    assert DANISH.search(text), text


def test_an_explanation_has_no_part_that_is_not_asked_for_here() -> None:
    parts = {"says", "fails", "passes", "costs", "remedy", "blind", "over", "stops"}
    assert {one.name for one in fields(CHECKS[0].EXPLAIN)} == parts


@each_check
def test_what_to_do_of_a_loss_that_is_over_asks_for_no_step_that_would_stop_it(check: ModuleType) -> None:
    over = check.EXPLAIN.over
    assert not over or (over.endswith(".") and DANISH.search(over) and not re.search(r"\bnu\b", over))


@each_check
def test_a_module_is_named_in_english_for_the_breach_and_says_so_first(check: ModuleType) -> None:
    name = check.__name__.rpartition(".")[2]
    assert re.fullmatch(r"[a-z]+(?:_[a-z]+)+", name)
    danish = {"sen", "samtale", "manglende", "sag", "ukendt", "ydelse", "udeblivelse", "indkaldelse", "dublet", "kode"}
    assert not danish & set(name.split("_"))
    assert check.__doc__.startswith(f"{check.RULE.code}: ")
    assert check.__doc__.rstrip().endswith(".")


@each_check
def test_what_a_check_needs_are_columns_of_the_tables(check: ModuleType) -> None:
    for need in check.NEEDS:
        table, _, column = need.partition(".")
        shape = TABLES[table.removesuffix("?")]
        assert column in {one.name for one in shape.columns}, need


@each_check
def test_a_table_that_may_lack_altogether_is_not_one_that_must_be_there(check: ModuleType) -> None:
    optional = {need.partition("?")[0] for need in check.NEEDS if "?" in need}
    assert not optional & {"sager", "samtaler"}


@each_check
def test_a_check_module_is_short_and_has_one_function_to_call(check: ModuleType) -> None:
    assert list(inspect.signature(check.check).parameters) in (["case", "law"], ["problem"], ["municipality", "law"])
    assert inspect.getdoc(check.check)
    assert len(inspect.getsource(check).splitlines()) <= 80


def test_no_check_knows_another() -> None:
    for check in CHECKS:
        assert "kommunecheck.checks" not in inspect.getsource(check)


# Every rule over cases: exactly it, and a near miss


def test_every_rule_over_cases_has_its_two_cases_here() -> None:
    assert set(EXACTLY) == {code for code in CONTRACT if code.startswith("VT")} - {"VT405"}


@pytest.mark.parametrize("code", EXACTLY)
def test_a_case_that_breaks_exactly_this_rule(code: str) -> None:
    assert set(codes_of(EXACTLY[code][0])) == {code}


@pytest.mark.parametrize("code", EXACTLY)
def test_a_case_just_on_the_right_side_of_this_rule(code: str) -> None:
    assert codes_of(EXACTLY[code][1]) == []


@pytest.mark.parametrize("code", EXACTLY)
def test_a_plain_case_of_the_rule_has_the_contracts_certainty(code: str) -> None:
    for finding in findings_of(EXACTLY[code][0]):
        assert finding.certainty is Certainty(CERTAINTY[code])


@pytest.mark.parametrize("code", EXACTLY)
def test_a_finding_is_a_danish_sentence_with_evidence_that_points_to_a_row(code: str) -> None:
    for finding in findings_of(EXACTLY[code][0]):
        assert finding.message[0].isupper()
        assert finding.message.endswith(".")
        assert DANISH.search(finding.message)
        assert finding.date is not None
        assert finding.evidence
        columns = {column.name for shape in TABLES.values() for column in shape.columns}
        assert all(one.row >= 2 and one.column in columns for one in finding.evidence)


@pytest.mark.parametrize("code", [code for code in EXACTLY if code != "VT402"])
def test_a_rule_is_not_checked_where_a_column_it_needs_lacks(code: str) -> None:
    """And it stands in the report with the reason."""
    for need in BY_CODE[code].NEEDS:
        table, _, column = need.partition(".")
        lacking = f"{table.removesuffix('?')}.{column}"
        assert code not in {one.rule.code for one in judged(EXACTLY[code][0], without=[lacking]).findings}, need


@pytest.mark.parametrize("code", EXACTLY)
def test_a_rule_that_cannot_be_checked_is_named_with_the_reason(code: str) -> None:
    need = next(need for need in BY_CODE[code].NEEDS if "?" not in need)
    table, _, column = need.partition(".")
    without_column = {name: frozenset(c.name for c in shape.columns) - {column} for name, shape in TABLES.items()}
    assert dict(choose(CHECKS, without_column).not_run)[code] == f"kolonnen {column} mangler i {table}"
    without_table = {name: columns for name, columns in without_column.items() if name != table}
    reason = dict(choose(CHECKS, without_table).not_run)[code]
    assert reason.startswith("tabellen ")
    assert reason.endswith(" er ikke med")


def test_a_table_a_municipality_does_not_keep_stops_no_check_that_only_looks_there_if_it_can() -> None:
    result = judged(EXACTLY["VT101"][0], without=["perioder"])
    assert [finding.rule.code for finding in result.findings] == ["VT101"]


def test_a_case_whose_only_interview_is_set_aside_is_in_the_register_all_the_same(tmp_path: Path) -> None:
    """VT402 is for a case with no row at all in samtaler; this one has a row, only with a status nobody knows."""
    case = EXACTLY["VT402"][0]
    assert "VT402" in codes_on_files(case, tmp_path)
    row = held("2007-03-20", status="Gennemført")
    assert codes_on_files(case._replace(interviews=(row,)), tmp_path) == {"VT405", "DQ008"}


def codes_on_files(case: Case, folder: Path) -> set[str]:
    """The codes the whole program finds when the case stands in files."""
    return {placed.finding.rule.code for placed in report_on([case], folder).findings}


@pytest.mark.parametrize("code", EXACTLY)
def test_the_whole_program_finds_the_same_in_files(tmp_path: Path, code: str) -> None:
    """And nothing else but that this municipality has no procedure."""
    for name, case in zip(("broken", "kept"), EXACTLY[code], strict=True):
        (tmp_path / name).mkdir()
        found = codes_on_files(case, tmp_path / name)
        assert found == ({code, "VT405"} if name == "broken" else {"VT405"})


# The rule over the municipality


@pytest.mark.parametrize(
    "named", [{}, {"raadighed": "Arbejdsgang"}, {"visitation": " "}], ids=["none", "another", "blank"]
)
def test_a_municipality_without_a_procedure_for_the_interviews_is_told_so_once(named: dict[str, str]) -> None:
    (finding,) = municipality_findings(Municipality(named), choose(CHECKS, EVERY_COLUMN), the_law()).findings
    assert (finding.rule.code, finding.certainty) == ("VT405", Certainty.NONE)
    assert finding.message.endswith(".")


def test_a_municipality_with_a_procedure_is_told_nothing() -> None:
    named = Municipality({"visitation": "Forretningsgang for kontaktsamtaler"})
    assert municipality_findings(named, choose(CHECKS, EVERY_COLUMN), the_law()).findings == []


# The rules over rows

FACTS = {
    "expected": "en dato",
    "codes": "ja, nej",
    "cells": "3",
    "headings": "4",
    "rows": "2",
    "last": "9",
    "otherwise": "andet",
}
KINDS = [
    pytest.param(code, kind, id=f"{code} {kind}")
    for code, check in BY_CODE.items()
    if code.startswith("DQ")
    for kind in check._SENTENCES
]


@pytest.mark.parametrize(("code", "kind"), KINDS)
def test_a_problem_is_told_with_its_place_and_what_to_do(code: str, kind: str) -> None:
    place = (Evidence(0, 17, "afholdt_dato"),)
    problem = Problem(code, kind, "samtaler", "samtaler.csv", place, "S1", facts=FACTS)
    (finding,) = row_findings([problem], choose(CHECKS, EVERY_COLUMN)).findings
    assert finding.rule.code == code
    assert finding.message.startswith("samtaler.csv, række 17, kolonne afholdt_dato: ")
    assert finding.message.endswith(".")
    assert "{" not in finding.message
    assert DANISH.search(finding.message)
    assert finding.subject is None


@pytest.mark.parametrize(("code", "kind"), KINDS)
def test_a_problem_of_no_case_is_about_its_file(code: str, kind: str) -> None:
    problem = Problem(code, kind, "samtaler", "samtaler.csv", (Evidence(0, 17, "sag_id"),), None, facts=FACTS)
    (finding,) = row_findings([problem], choose(CHECKS, EVERY_COLUMN)).findings
    assert (finding.subject.kind, finding.subject.id) == ("kilde", "samtaler.csv")


# Severity


def test_severities_are_ordered_from_the_mildest() -> None:
    for mild, serious in pairwise(Severity):
        assert serious.at_least(mild)
        assert not mild.at_least(serious)
        assert mild.at_least(mild)
