"""The rådighedstilsyn rule by rule: examples worked out by hand, and each limit from both sides."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from kommunecheck import app, cli
from kommunecheck.domain.case import Case
from kommunecheck.domain.days import day_of, iso
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.records import Interview
from kommunecheck.domain.report import CaseResult, Placed, Report, Supervised
from kommunecheck.law.law import Law
from kommunecheck.plugins import host
from kommunecheck.plugins.raadighed.account import Account
from kommunecheck.plugins.raadighed.supervision import SUPERVISION
from kommunecheck.plugins.raadighed.tables import TABLES, Act, Handling
from kommunecheck.plugins.raadighed.texts import TEXTS
from kommunecheck.reports import json
from kommunecheck.supervising import Ruling
from kommunecheck.testing import a_case, circumstance, held, no_show, payment, ruled, spans, the_law, wage_subsidy

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
PLACED = held("2007-02-01")
"""The interview that puts the citizen of these tests in match category 3, as a registered job seeker."""


def law(**changed: int) -> Law:
    base = the_law()
    numbers = {one.name: one for one in TEXTS.parameters}
    numbers |= {name: replace(numbers[name], value=value) for name, value in changed.items()}
    return replace(base, parameters={**base.parameters, **numbers})


def an_act(day: str, kind: str = "afslag_tilbud", known: str | None = None, id: str = "H1") -> Act:  # noqa: A002
    return Act(id, day_of(day), kind, None if known is None else day_of(known), "", 6, 2)


def a_row(id: str = "A1", act: str = "H1", unread: str = "", **columns: Any) -> Handling:  # noqa: A002
    days = {name: day_of(value) for name, value in columns.items() if name.endswith(("_dato", "_fra", "_til"))}
    blank = dict.fromkeys(Handling._fields) | {"afgoerelse_id": id, "haendelse_id": act, "source": 7, "row": 2}
    return Handling(**(blank | columns | days | {"unread": unread}))


def sanctioned(day: str, what: str = "nedsaettelse", **columns: Any) -> Handling:
    """A sanction that lacks nothing, of an act of 4 June 2007."""
    sound = {
        "vejledt_dato": "2007-06-03",
        "partshoering_dato": "2007-06-04",
        "afgoerelse_dato": day,
        "sanktion": what,
        "hjemmel": "§ 39",
        "begrundelse": True,
        "klagevejledning": True,
    }
    return a_row(**(sound | columns))


def case_of(*rows: Handling, act: Act | None = None, **more: Any) -> Case:
    given = {"interviews": [PLACED], "window": ("2007-01-01", "2007-12-31")} | more
    case = a_case(given.pop("began", "2007-01-02"), **given)
    return case._replace(rows={"haendelser": (act or an_act("2007-06-04"),), "afgoerelser": rows})


def ruling(*cases: Case, **more: Any) -> Ruling:
    given = {"tables": TABLES, "procedures": {"raadighed": "Forretningsgang"}} | more
    return ruled(SUPERVISION, cases, given.pop("law", law()), **given)


def result(case: Case, **more: Any) -> CaseResult | None:
    cases = ruling(case, **more).supervised.cases
    assert cases is not None
    return cases[0] if cases else None


def codes(case: Case, **more: Any) -> list[str]:
    found = result(case, **more)
    return [] if found is None else [one.rule.code for one in found.findings]


def finding(case: Case, code: str, **more: Any) -> Finding:
    found = result(case, **more)
    assert found is not None
    (one,) = [one for one in found.findings if one.rule.code == code]
    return one


# Which acts


@pytest.mark.parametrize(
    ("day", "more", "judged"),
    [
        ("2007-01-02", {}, True),
        ("2007-01-01", {}, False),
        ("2007-09-30", {"ended": "2007-09-30"}, True),
        ("2007-10-01", {"ended": "2007-09-30"}, False),
        ("2007-03-01", {"window": ("2007-03-01", "2007-12-31")}, True),
        ("2007-02-28", {"window": ("2007-03-01", "2007-12-31")}, False),
        ("2007-09-30", {"window": ("2007-01-01", "2007-09-30"), "cutoff": "2007-12-31"}, True),
        ("2007-10-01", {"window": ("2007-01-01", "2007-09-30"), "cutoff": "2007-12-31"}, False),
        ("2007-10-01", {"cutoff": "2007-10-01"}, True),
        ("2007-10-02", {"cutoff": "2007-10-01"}, False),
        ("2007-05-01", {"circumstances": [circumstance("revalidering", "2007-05-01", "2007-05-01")]}, False),
        ("2007-05-02", {"circumstances": [circumstance("revalidering", "2007-05-01", "2007-05-01")]}, True),
        ("2007-05-01", {"circumstances": [wage_subsidy("2007-05-01", "2007-05-01")]}, True),
        ("2007-05-01", {"benefit": "starthjaelp"}, True),
        ("2007-05-01", {"benefit": "introduktionsydelse"}, True),
        ("2007-05-01", {"benefit": "revalidering"}, False),
    ],
)
def test_which_acts_are_looked_at(day: str, more: dict[str, Any], judged: bool) -> None:
    case = case_of(act=an_act(day), **more)
    assert (result(case) is not None) == judged


def test_acts_before_the_order_was_in_force_are_not_looked_at() -> None:
    before = {"began": "2006-05-01", "window": ("2006-01-01", "2007-12-31"), "interviews": [held("2006-08-01")]}
    assert result(case_of(act=an_act("2006-12-31"), **before)) is None
    assert codes(case_of(act=an_act("2007-01-01"), **before)) == ["RT101"]


@pytest.mark.parametrize(
    ("interviews", "found"),
    [
        ([held("2007-02-01", category="3")], []),
        ([held("2007-02-01", category="4")], ["RT201"]),
        ([held("2007-06-04", category="5")], ["RT201"]),
        ([held("2007-02-01"), held("2007-06-05", category="5")], []),
        ([held("2007-02-01", category="4"), held("2007-05-01", category="2")], []),
        ([held("2007-02-01", category="4"), held("2007-05-01", category="2", rough=True)], ["RT201"]),
        ([held("2007-02-01", category="4"), held("2007-05-01", category=None)], ["RT201"]),
        ([held("2007-02-01", category="4", registered="2007-12-31")], ["RT201"]),
        ([held("2007-02-01", category="4", registered="2008-01-01")], ["RT202"]),
        ([held("2007-02-01", rough=True)], ["RT202"]),
        ([held("2007-02-01", category="7")], ["RT202"]),
        ([held("2007-02-01", type="cv_samtale")], ["RT202"]),
        ([], ["RT202"]),
    ],
)
def test_the_target_group_follows_from_the_last_placement(interviews: list[Interview], found: list[str]) -> None:
    sound = a_row(vurdering_dato="2007-06-05", vurdering="raadig")
    assert codes(case_of(sound, interviews=interviews)) == found


def partly_read(interview: Interview, *columns: str) -> Interview:
    """The interview with something in these columns that cannot be read."""
    return interview._replace(content=replace(interview.content, unread=" ".join(columns)))


@pytest.mark.parametrize("column", ["afholdt_dato", "matchkategori", "grovmatch"])
@pytest.mark.parametrize(
    ("categories", "found"),
    [
        (["4"], ["RT202"]),
        (["3"], ["RT202"]),
        (["4", "3"], ["RT202"]),
        (["3", "4"], ["RT202"]),
        (["2", "3"], []),
        (["4", "5"], ["RT201"]),
        (["4", "7"], ["RT201"]),
    ],
)
def test_what_cannot_be_read_of_the_last_interview_places_nobody(
    column: str, categories: list[str], found: list[str]
) -> None:
    days = ["2007-02-01", "2007-05-01"]
    rows = [held(day, category=category) for day, category in zip(days, categories, strict=False)]
    last = partly_read(rows[-1], column)
    if column == "afholdt_dato":
        last = last._replace(afholdt_dato=None)
    if column == "matchkategori":  # then it may be any
        last = last._replace(content=replace(last.content, matchkategori=None))
        found = ["RT202"]
    sound = a_row(vurdering_dato="2007-06-05", vurdering="raadig")
    assert codes(case_of(sound, interviews=[*rows[:-1], last])) == found


def test_a_later_interview_that_can_be_read_places_whatever_was_before_it() -> None:
    interviews = [partly_read(held("2007-02-01", category="3"), "grovmatch"), held("2007-05-01", category="4")]
    assert codes(case_of(interviews=interviews)) == ["RT201"]
    rough = partly_read(held("2007-05-01", category=None, rough=True), "matchkategori")
    assert codes(case_of(interviews=[held("2007-02-01", category="4"), rough])) == ["RT201"]
    late = partly_read(held("2007-05-01", category="4"), "registreret_dato")
    assert codes(case_of(interviews=[PLACED, late])) == ["RT201"]


def test_an_act_outside_the_target_group_is_asked_nothing_else() -> None:
    wrong = a_row(afgoerelse_dato="2007-12-01", sanktion="ophoer", ankesag=True)
    case = case_of(wrong, interviews=[held("2007-02-01", category="4")])
    found = result(case)
    assert found is not None
    assert codes(case) == ["RT201"]
    assert found.outcome == "withdrawn"


# RT101


@pytest.mark.parametrize(
    ("assessed", "found"),
    [("2007-07-02", []), ("2007-07-03", ["RT101"])],
)
def test_an_assessment_is_due_28_days_after_the_act(assessed: str, found: list[str]) -> None:
    assert codes(case_of(a_row(vurdering_dato=assessed, vurdering="raadig"))) == found


def test_it_is_counted_from_the_day_the_municipality_knew() -> None:
    late = a_row(vurdering_dato="2007-07-10", vurdering="ikke_raadig")
    assert "RT101" in codes(case_of(late, act=an_act("2007-06-04", known="2007-06-11")))
    assert "RT101" not in codes(case_of(late, act=an_act("2007-06-04", known="2007-06-12")))
    assert "RT101" in codes(case_of(late, act=an_act("2007-06-04", known="2007-05-20")))
    one = finding(case_of(late, act=an_act("2007-06-04", known="2007-06-11")), "RT101")
    assert (iso(one.date or 0), spans(one.discretionary)) == ("2007-07-09", [("2007-06-04", "2007-07-09")])


def test_it_is_not_judged_until_its_limit_is_past() -> None:
    assert codes(case_of(cutoff="2007-07-01")) == []
    one = finding(case_of(cutoff="2007-07-02"), "RT101")
    assert spans(one.discretionary) == [("2007-06-04", "2007-07-02")]
    assert one.rests_on == ("assessment_days",)


def test_leaving_before_the_limit_does_not_cancel_it_and_ends_the_days() -> None:
    one = finding(case_of(ended="2007-06-10"), "RT101")
    assert spans(one.discretionary) == [("2007-06-04", "2007-06-10")]
    assert not one.runs_on(day_of("2007-12-31"))


def test_a_late_positive_assessment_stands_without_days() -> None:
    one = finding(case_of(a_row(vurdering_dato="2007-07-03", vurdering="rimelig_grund")), "RT101")
    assert one.certainty == "none"


def test_a_sanction_counts_as_an_assessment_on_its_own_day() -> None:
    assert codes(case_of(sanctioned("2007-07-02"))) == []
    assert "RT101" in codes(case_of(sanctioned("2007-07-03")))


@pytest.mark.parametrize(
    ("days", "column"),
    [
        ({"afgoerelse_dato": "2007-02-20"}, "afgoerelse_dato"),
        ({"sanktion_fra": "2007-02-20"}, "sanktion_fra"),
        ({"afgoerelse_dato": "2007-02-28", "sanktion_fra": "2007-03-05"}, "afgoerelse_dato"),
    ],
)
def test_a_sanction_before_its_act_is_no_assessment_of_it(days: dict[str, str], column: str) -> None:
    complete = {"hjemmel": "§ 39", "begrundelse": True, "klagevejledning": True}
    case = case_of(a_row(sanktion="fradrag", **complete, **days), act=an_act("2007-03-01"))
    one = finding(case, "RT101")
    assert spans(one.discretionary) == [("2007-03-01", "2007-12-31")]
    assert one.runs_on(case.cutoff)
    assert sorted(codes(case)) == ["RT101", "RT104", "RT107"]
    found = ruling(case)
    assert [(odd.code, odd.evidence[0].column, odd.sag_id) for odd in found.oddities] == [("DQ005", column, "S1")]
    (own,) = found.supervised.cases or ()
    assert not own.fully_assessed


def test_a_sanction_on_the_day_of_its_act_is_an_assessment_of_it() -> None:
    case = case_of(sanctioned("2007-06-04"))
    assert codes(case) == ["RT104"]
    assert ruling(case).oddities == ()


def test_an_assessment_after_a_sanction_that_is_before_the_act_is_the_first() -> None:
    assessed = a_row("A2", vurdering_dato="2007-07-10", vurdering="ikke_rimelig_grund")
    one = finding(case_of(sanctioned("2007-06-01"), assessed), "RT101")
    assert spans(one.discretionary) == [("2007-06-04", "2007-07-09")]


def test_days_with_a_wage_subsidy_and_excluded_days_are_never_lost() -> None:
    away = [wage_subsidy("2007-06-10", "2007-06-12"), circumstance("revalidering", "2007-06-20", "2007-06-21")]
    one = finding(case_of(ended="2007-06-30", circumstances=away), "RT101")
    assert spans(one.discretionary) == [
        ("2007-06-04", "2007-06-09"), ("2007-06-13", "2007-06-19"), ("2007-06-22", "2007-06-30")
    ]  # fmt: skip


@pytest.mark.parametrize("column", ["vurdering", "vurdering_dato", "sanktion", "afgoerelse_dato"])
def test_what_cannot_be_read_is_not_taken_for_blank(column: str) -> None:
    assert codes(case_of(a_row(unread=column))) == []


def test_a_step_after_the_cutoff_is_not_known() -> None:
    assert codes(case_of(a_row(vurdering_dato="2007-07-02", vurdering="raadig"), cutoff="2007-07-02")) == []
    late = a_row(vurdering_dato="2007-07-03", vurdering="raadig")
    assert spans(finding(case_of(late, cutoff="2007-07-02"), "RT101").discretionary) == [("2007-06-04", "2007-07-02")]


# RT102


def negative(day: str = "2007-06-05") -> Handling:
    return a_row("A0", vurdering_dato=day, vurdering="ikke_raadig")


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (sanctioned("2007-07-03"), []),
        (sanctioned("2007-07-04"), ["RT102"]),
        (a_row(vurdering_dato="2007-07-03", vurdering="raadig"), []),
        (a_row(vurdering_dato="2007-07-04", vurdering="raadig"), ["RT102"]),
        (a_row(vurdering_dato="2007-06-05", vurdering="raadig"), ["RT102"]),
        (a_row(afgoerelse_dato="2007-06-20", sanktion="ingen"), ["RT102"]),
        (a_row(vurdering_dato="2007-06-20", vurdering="ikke_raadig"), ["RT102"]),
    ],
)
def test_a_negative_assessment_is_answered_within_28_days(answer: Handling, found: list[str]) -> None:
    assert codes(case_of(negative(), answer)) == found


def test_the_days_of_a_late_decision_run_to_the_day_before_it() -> None:
    one = finding(case_of(negative(), sanctioned("2007-07-20")), "RT102")
    assert (iso(one.date or 0), spans(one.discretionary)) == ("2007-07-03", [("2007-06-05", "2007-07-19")])


def test_a_sanction_in_another_row_with_only_its_first_day_answers() -> None:
    assert codes(case_of(negative(), sanctioned("2007-07-01", afgoerelse_dato="2008-02-01"))) == ["RT102"]
    undated = a_row(sanktion="fradrag", sanktion_fra="2007-07-01", vejledt_dato="2007-06-01", begrundelse=True,
                    partshoering_dato="2007-06-20", klagevejledning=True, hjemmel="§ 39")  # fmt: skip
    assert codes(case_of(negative(), undated)) == []


# RT103 to RT107 and RT111


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"hjemmel": "§ 38"}, ["RT103"]),
        ({"hjemmel": None}, ["RT103"]),
        ({"hjemmel": "efter sagen"}, ["RT103"]),
        ({"partshoering_dato": "2007-06-29"}, []),
        ({"partshoering_dato": "2007-06-30"}, ["RT104"]),
        ({"begrundelse": False}, ["RT105"]),
        ({"begrundelse": None}, ["RT105"]),
        ({"klagevejledning": False}, ["RT106"]),
        ({"vejledt_dato": "2007-06-04"}, ["RT107"]),
        ({"begrundelse": False, "klagevejledning": None}, ["RT105", "RT106"]),
        ({"begrundelse": None, "unread": "begrundelse"}, []),
        ({"hjemmel": None, "unread": "hjemmel"}, []),
        ({"vurdering": "raadig", "vurdering_dato": "2007-06-30"}, ["RT111"]),
        ({"vurdering": "raadig", "vurdering_dato": "2007-07-01"}, []),
    ],
)
def test_what_a_sanction_of_30_june_must_have(changed: dict[str, Any], found: list[str]) -> None:
    assert codes(case_of(sanctioned("2007-06-30", **changed))) == found


def test_a_hearing_before_the_act_is_none_and_one_of_another_row_counts() -> None:
    assert codes(case_of(sanctioned("2007-06-30", partshoering_dato="2007-06-03"))) == ["RT104"]
    row = sanctioned("2007-06-30")._replace(partshoering_dato=None, vejledt_dato=None)
    other = a_row("A2", partshoering_dato="2007-06-10", vejledt_dato="2007-05-01")
    assert codes(case_of(row, other)) == []


def test_provisions_are_held_against_the_list_until_16_august_2009() -> None:
    more = {"began": "2009-01-05", "window": ("2009-01-01", "2009-12-31"), "interviews": [held("2009-02-02")]}
    sound = {"vejledt_dato": "2009-06-01", "partshoering_dato": "2009-08-03", "hjemmel": "§ 38"}
    act = an_act("2009-08-03")
    assert codes(case_of(sanctioned("2009-08-16", **sound), act=act, **more)) == ["RT103"]
    assert codes(case_of(sanctioned("2009-08-17", **sound), act=act, **more)) == []
    nothing = sound | {"hjemmel": "ja"}
    assert codes(case_of(sanctioned("2009-08-17", **nothing), act=act, **more)) == ["RT103"]


def test_one_finding_for_each_sanction_and_code() -> None:
    rows = [sanctioned("2007-06-25", id="A1", begrundelse=None), sanctioned("2007-06-30", id="A2", begrundelse=None)]
    assert codes(case_of(*rows)) == ["RT105", "RT105"]


def test_of_two_assessments_the_last_decides_whether_a_sanction_is_against_it() -> None:
    first = a_row("A0", vurdering_dato="2007-06-10", vurdering="rimelig_grund")
    second = a_row("A2", vurdering_dato="2007-06-20", vurdering="ikke_rimelig_grund")
    assert codes(case_of(first, sanctioned("2007-06-30"))) == ["RT111"]
    assert codes(case_of(first, second, sanctioned("2007-06-30"))) == []


# RT108


def stopped(first: str | None, last: str | None = None, **columns: Any) -> Handling:
    days = {"sanktion_fra": first, "sanktion_til": last}
    return sanctioned("2007-06-30", "ophoer", **({k: v for k, v in days.items() if v is not None} | columns))


def test_benefit_paid_for_days_on_which_it_had_stopped_is_expected_lost() -> None:
    one = finding(case_of(stopped("2007-07-01", "2007-07-14")), "RT108")
    assert (spans(one.expected), iso(one.date or 0)) == ([("2007-07-01", "2007-07-14")], "2007-07-01")
    found = result(case_of(stopped("2007-07-01", "2007-07-14")))
    assert found is not None
    assert (found.outcome, found.exposure.expected.paid, found.exposure.expected.refund_lost) == (
        "error_with_loss", 14 * 100_00, 14 * 35_00
    )  # fmt: skip


def test_only_days_that_a_payment_covers_are_lost() -> None:
    payments = [payment("2007-06-01", "2007-07-03", "3300,00"), payment("2007-07-10", "2007-07-31", "2200,00")]
    one = finding(case_of(stopped("2007-07-01", "2007-07-14"), payments=payments), "RT108")
    assert spans(one.expected) == [("2007-07-01", "2007-07-03"), ("2007-07-10", "2007-07-14")]
    assert codes(case_of(stopped("2007-07-01", "2007-07-14"), payments=payments[:1]))
    assert codes(case_of(stopped("2007-07-04", "2007-07-14"), payments=payments[:1])) == []


def test_a_blank_first_day_is_the_decisions_and_a_blank_last_one_runs_on() -> None:
    case = case_of(stopped(None))
    one = finding(case, "RT108")
    assert spans(one.expected) == [("2007-06-30", "2007-12-31")]
    found = result(case)
    assert found is not None
    assert (one.runs_on(case.cutoff), found.exposure.running_per_day) == (True, 35_00)


def test_one_that_ends_on_the_cutoff_does_not_run() -> None:
    case = case_of(stopped("2007-07-01", "2007-12-31"))
    found = result(case)
    assert found is not None
    assert found.exposure.running_per_day == 0
    longer = result(case_of(stopped("2007-07-01", "2008-01-01")))
    assert longer is not None
    assert longer.exposure.running_per_day == 35_00


def test_days_that_all_fall_away_leave_the_finding() -> None:
    one = finding(
        case_of(stopped("2007-07-01", "2007-07-02"), circumstances=[wage_subsidy("2007-07-01", "2007-07-31")]), "RT108"
    )
    assert (one.certainty, iso(one.date or 0)) == ("none", "2007-07-01")


def test_what_runs_at_discretion_costs_by_the_day_and_is_no_expected_loss() -> None:
    found = result(case_of())
    assert found is not None
    assert (found.outcome, found.exposure.expected.days, found.exposure.running_per_day) == (
        "error_without_loss", 0, 35_00
    )  # fmt: skip


# RT109, RT110 and RT301


@pytest.mark.parametrize(
    ("registered", "kind", "cutoff", "found"),
    [
        ("2007-09-03", "udeblivelse_samtale", "2007-09-20", []),
        ("2007-09-10", "udeblivelse_samtale", "2007-09-20", []),
        ("2007-09-11", "udeblivelse_samtale", "2007-09-20", ["RT109"]),
        ("2007-09-02", "udeblivelse_samtale", "2007-09-20", ["RT109"]),
        ("2007-09-03", "andet", "2007-09-20", ["RT109"]),
        ("2007-09-03", "andet", "2007-09-10", ["RT109"]),
        ("2007-09-03", "andet", "2007-09-09", []),
    ],
)
def test_a_no_show_of_3_september_is_registered(registered: str, kind: str, cutoff: str, found: list[str]) -> None:
    interviews = [PLACED, no_show("2007-09-03")]
    assert codes(case_of(act=an_act(registered, kind), interviews=interviews, cutoff=cutoff)) == found


def test_a_no_show_outside_the_target_group_is_not_missed() -> None:
    case = case_of(interviews=[held("2007-02-01", category="4"), no_show("2007-09-03")])._replace(rows={})
    assert result(case) is None
    case = case_of(interviews=[no_show("2007-09-03")])._replace(rows={})
    assert codes(case) == ["RT109"]


def test_where_rough_matches_cannot_be_told_a_no_show_is_treated_as_an_act_would_be() -> None:
    case = case_of(interviews=[held("2007-02-01", category="4"), no_show("2007-09-03")])._replace(rows={})
    assert codes(case, without=["samtaler.grovmatch"]) == ["RT109"]


def test_a_case_under_appeal_has_one_finding_and_no_days() -> None:
    rows = [stopped("2007-07-01", "2007-07-14", begrundelse=False), a_row("A2", ankesag=True)]
    case = case_of(*rows, interviews=[PLACED, no_show("2007-09-03")])
    found = result(case)
    assert found is not None
    assert (codes(case), found.outcome, found.exposure.expected.days) == (["RT110"], "withdrawn", 0)


def test_a_case_of_which_it_cannot_be_read_whether_it_is_under_appeal_is_not_assessed() -> None:
    unsure = a_row("A2", unread="ankesag")
    case = case_of(stopped("2007-07-01", "2007-07-14"), unsure, interviews=[PLACED, no_show("2007-09-03")])
    told = ruling(case).supervised
    (found,) = told.cases or ()
    assert (found.findings, found.outcome, found.fully_assessed) == ((), "not_assessed", False)
    assert isinstance(told.beside, Account)
    assert [one.follows for one in told.beside.decisions] == [None]
    assert [one.sag_id for one in told.beside.unknown] == ["S1"]
    assert told.beside.drawable == ()


def test_another_row_can_tell_that_the_case_is_under_appeal() -> None:
    assert codes(case_of(a_row(unread="ankesag"), a_row("A2", ankesag=True))) == ["RT110"]


def test_an_unreadable_appeal_of_an_act_that_is_not_judged_decides_nothing() -> None:
    acts = (an_act("2007-06-04"), an_act("2006-12-31", id="H0"))
    case = case_of(a_row(act="H0", unread="ankesag"), began="2006-12-01")
    assert codes(case._replace(rows=dict(case.rows) | {"haendelser": acts})) == ["RT101"]
    outside = case_of(a_row(unread="ankesag"), interviews=[held("2007-02-01", category="4")])
    assert codes(outside) == ["RT201"]


def test_a_missing_procedure_is_the_municipalitys() -> None:
    assert ruling(case_of()).findings == ()
    (one,) = ruling(case_of(), procedures={"visitation": "x", "raadighed": " "}).findings
    assert (one.rule.code, one.subject) == ("RT301", ("kommune", ""))


# What the files do not hold


def test_what_is_absent_is_not_blank() -> None:
    case = case_of(sanctioned("2007-06-30", hjemmel=None))
    assert codes(case, without=["afgoerelser.hjemmel"]) == []
    assert codes(case_of(), without=["haendelser.underrettet_dato"]) == []
    assert codes(case_of(), without=["afgoerelser"]) == []
    outside = case_of(interviews=[held("2007-02-01", category="4")])
    assert codes(outside, without=["samtaler"]) == ["RT101"]
    found = result(case, without=["afgoerelser.hjemmel"])
    assert found is not None
    assert found.outcome == "not_assessed"


def test_without_payments_days_are_found_and_amounts_are_not() -> None:
    found = result(case_of(), without=["udbetalinger"])
    assert found is not None
    assert (found.exposure.discretionary.days, found.exposure.discretionary.paid) == (211, None)


def test_the_municipalitys_own_numbers_are_used() -> None:
    assert codes(case_of(a_row(vurdering_dato="2007-07-02", vurdering="raadig")), law=law(assessment_days=27)) == [
        "RT101"
    ]
    assert codes(case_of(negative(), sanctioned("2007-07-04")), law=law(decision_days=29)) == []


def a_folder(folder: Path, **tables: str) -> Path:
    """A municipality with the case S1 and an act that is assessed, but for the tables told."""
    given = {
        "sager": "sag_id;ydelsestype;anmodningsdato;ophoersdato\nS1;kontanthjaelp;2007-01-02;",
        "samtaler": placing("3", "nej"),
        "haendelser": "haendelse_id;sag_id;dato;type;underrettet_dato\nH1;S1;2007-06-04;afslag_tilbud;",
        "afgoerelser": f"{HANDLINGS}\nA1;H1;S1;;;2007-06-05;raadig;;;;;;;;nej",
    }
    for name, text in (given | tables).items():
        (folder / f"{name}.csv").write_text(f"{text}\n", encoding="utf-8")
    (folder / "kommunecheck.toml").write_text(
        "[audit]\nfrom = 2007-01-01\nto = 2007-12-31\ncutoff = 2007-12-31\n"
        '[municipality]\nprocedures = { raadighed = "x" }\n'
    )
    return folder


def placing(category: str, rough: str) -> str:
    """The table ``samtaler`` with one interview."""
    columns = "samtale_id;sag_id;type;status;afholdt_dato;planlagt_dato;registreret_dato;matchkategori;grovmatch"
    return f"{columns}\n1;S1;kontaktsamtale;afholdt;2007-02-01;;;{category};{rough}"


HANDLINGS = (
    "afgoerelse_id;haendelse_id;sag_id;vejledt_dato;partshoering_dato;vurdering_dato;vurdering;afgoerelse_dato;"
    "sanktion;sanktion_fra;sanktion_til;hjemmel;begrundelse;klagevejledning;ankesag"
)


def told_of(folder: Path) -> tuple[list[str], str]:
    """The codes of the findings that are not of the visitationstilsyn, and how the case came out."""
    found = as_json(folder)
    (case,) = found["supervisions"]["raadighed"]["cases"]
    assert case["fully_assessed"] is False
    return [one["code"] for one in found["findings"] if one["code"][:2] != "VT"], case["outcome"]


def test_a_grovmatch_or_an_appeal_that_cannot_be_read_is_not_taken_for_no(tmp_path: Path) -> None:
    assert told_of(a_folder(tmp_path, samtaler=placing("4", "zz"))) == (["DQ003", "RT202"], "not_assessed")
    appeal = f"{HANDLINGS}\nA1;H1;S1;;;;;;;;;;;;zz"
    assert told_of(a_folder(tmp_path, afgoerelser=appeal)) == (["DQ003"], "not_assessed")


def test_a_row_of_an_act_that_could_not_be_used_is_no_strangers(tmp_path: Path) -> None:
    """One act has no day, one stands twice and says two things; of the others one is not there, one another case's."""
    acts = "haendelse_id;sag_id;dato;type;underrettet_dato"
    unusable = "H1;S1;zz;andet;\nH2;S1;2007-06-04;andet;\nH2;S1;2007-06-05;andet;"
    rows = "\n".join(f"A{n};H{n};S1;;;2007-06-05;raadig;;;;;;;;nej" for n in (1, 2, 3, 4, 5))
    folder = a_folder(
        tmp_path,
        sager="sag_id;ydelsestype;anmodningsdato;ophoersdato\nS1;kontanthjaelp;2007-01-02;\nS2;kontanthjaelp;2007-01-02;",
        haendelser=f"{acts}\n{unusable}\nH4;S2;zz;andet;\nH5;S1;2007-06-04;andet;",
        afgoerelser=f"{HANDLINGS}\n{rows}",
    )
    found = as_json(folder)
    strangers = [one for one in found["findings"] if one["code"] == "DQ002"]
    assert [(one["sag_id"], one["evidence"][0]["row"]) for one in strangers] == [(None, 4), (None, 5)]
    assert {one["sag_id"] for one in found["findings"] if one["code"] in ("DQ003", "DQ004")} == {"S1", "S2"}
    (case,) = found["supervisions"]["raadighed"]["cases"]
    assert (case["sag_id"], case["outcome"], case["fully_assessed"]) == ("S1", "not_assessed", False)
    (source,) = [one for one in found["run"]["sources"] if one["table"] == "afgoerelser"]
    assert source["rows"] == source["rows_used"] + source["rows_reported"] == 5


# Lilleby


def test_in_lilleby_exactly_what_is_expected_is_found(lilleby: Report) -> None:
    text = (LILLEBY / "forventet_raadighed.csv").read_text(encoding="utf-8")
    expected = [line.split(";")[:2] for line in text.splitlines()[1:]]
    own = [
        one for one in lilleby.findings if one.finding.rule.supervision == "raadighed" or _of_its_tables(one, lilleby)
    ]
    found = {(one.sag_id or "", one.finding.rule.code) for one in own}
    assert found == {(sag_id, code) for sag_id, code in expected if code != "ingen"}
    of_acts = {case.sag_id: {one.rule.code for one in case.findings} for case in _own(lilleby).cases or ()}
    several = {sag_id for sag_id, code in expected if code != "ingen"}
    for sag_id in {sag_id for sag_id, code in expected if code == "ingen"} - several:
        assert not of_acts.get(sag_id)
    assert {code for _, code in expected} >= {rule.RULE.code for rule in SUPERVISION.rules}


def _own(report: Report) -> Supervised:
    return next(one for one in report.supervisions if one.name == "raadighed")


def _of_its_tables(one: Placed, report: Report) -> bool:
    cells = one.finding.evidence
    return (
        bool(cells)
        and report.run.sources[cells[0].source].table in SUPERVISION.tables
        and one.finding.rule.code[:2] == "DQ"
    )


# As a plugin


def as_json(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(b"".join(json.write(app.check(folder))))
    return found


@pytest.fixture(scope="module")
def lilleby() -> Report:
    return app.check(LILLEBY)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(LILLEBY, tmp_path / "l")
    return tmp_path / "l"


def configured(folder: Path, text: str) -> Path:
    file = folder / "kommunecheck.toml"
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
    return folder


def test_without_the_plugin_every_figure_of_the_visitationstilsyn_is_the_same(copy: Path) -> None:
    before = as_json(copy)
    after = as_json(configured(copy, '\n[plugins]\ndisable = ["raadighed"]\n'))
    assert "raadighed" in before["supervisions"]
    assert "raadighed" not in after["supervisions"]
    for part in ("summary", "cases"):
        assert orjson.dumps(before[part]) == orjson.dumps(after[part])
    of_others = [one for one in before["findings"] if one["code"][:2] == "VT"]
    assert orjson.dumps(of_others) == orjson.dumps([one for one in after["findings"] if one["code"][:2] == "VT"])
    assert before["run"]["plugins"] == after["run"]["plugins"] == []
    assert not any("RT" in code for code in after["run"]["rules_run"])


def test_a_municipality_without_its_tables_notices_nothing(copy: Path) -> None:
    for name in ("haendelser", "afgoerelser"):
        (copy / f"{name}.csv").unlink()
    with_it = as_json(copy)
    without = as_json(configured(copy, '\n[plugins]\ndisable = ["raadighed"]\n'))
    for found in (with_it, without):
        del found["run"]["digest"], found["run"]["grounds"]  # the configuration is another
    assert with_it == without


def test_in_json_it_has_summary_and_cases_and_no_more(lilleby: Report) -> None:
    found = orjson.loads(b"".join(json.write(lilleby)))
    assert list(found["supervisions"]["raadighed"]) == ["summary", "cases"]
    assert found["combined"]["shared_days"] == 7
    assert found["run"]["parameters"]["assessment_days"]["certainty"] == "unverified"


def test_the_configuration_sets_its_numbers_and_the_report_says_so(copy: Path) -> None:
    found = as_json(configured(copy, "\n[raadighed]\nassessment_days = 29\nprovisions_until = 2007-09-23\n"))
    own = found["run"]["parameters"]["assessment_days"]
    assert (own["value"], own["overridden"]) == (29, True)
    told = {(one["sag_id"], one["code"]) for one in found["findings"]}
    assert ("L013", "RT101") not in told
    assert ("L061", "RT103") not in told


@pytest.mark.parametrize(
    "line", ["assessment_days = 400", 'provisions_until = "i går"', "provisions_until = 3", "frist = 1"]
)
def test_a_mistake_in_its_section_is_a_sentence(copy: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", str(configured(copy, f"\n[raadighed]\n{line}\n"))]) == 2
    assert "kommunecheck.toml" in capsys.readouterr().err


def test_rows_that_fit_no_act_or_whose_days_cannot_follow_are_data_findings(lilleby: Report) -> None:
    told = {(one.sag_id, one.finding.rule.code) for one in lilleby.findings if _of_its_tables(one, lilleby)}
    assert told == {(None, "DQ002"), ("L043", "DQ008"), ("L048", "DQ003"), ("L065", "DQ005")}


def test_without_samtaler_the_cutoff_is_the_latest_of_what_was_done(copy: Path) -> None:
    kept = {f"{name}.csv" for name in ("sager", "perioder", "udbetalinger", "haendelser", "afgoerelser")}
    for file in copy.iterdir():
        if file.name not in kept:
            file.unlink()
    found = as_json(copy)
    assert found["run"]["cutoff"] == "2007-12-13"
    assert found["run"]["cutoff_from"]["file"] == "haendelser.csv"
    assert not any(one["code"] in ("RT201", "RT202") for one in found["findings"])


def test_its_rules_are_explained_with_and_without_a_case(capsys: pytest.CaptureFixture[str]) -> None:
    for rule in SUPERVISION.rules:
        assert cli.run(["explain", rule.RULE.code]) == 0
        assert rule.EXPLAIN.says[:20] in " ".join(capsys.readouterr().out.split())
    assert cli.run(["explain", "RT108", "--case", "L021", str(LILLEBY)]) == 0
    assert "Hjælpen var ophørt fra 1. oktober 2007" in " ".join(capsys.readouterr().out.split())


def test_a_rule_of_a_supervision_that_is_not_chosen_is_said_to_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(LILLEBY, tmp_path / "lilleby")
    file = copy / "kommunecheck.toml"
    file.write_text(
        file.read_text("utf-8").replace("[audit]", '[audit]\nsupervisions = ["visitation"]'), encoding="utf-8"
    )
    assert cli.run(["explain", "RT108", "--case", "L021", str(copy)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "tilsynet raadighed er ikke valgt under [audit] supervisions" in said


def test_every_citation_begins_with_an_act_that_is_brought() -> None:
    plugins = host.load()
    acts = {act for one in plugins.law_texts for act in one.acts}
    for rule in SUPERVISION.rules:
        assert all(citation.startswith(tuple(acts)) for citation in rule.RULE.citations), rule.RULE.code


def test_explain_tells_of_a_finding_about_data_that_only_this_supervision_sees(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (own,) = [one for one in app.check(LILLEBY).findings if (one.finding.rule.code, one.sag_id) == ("DQ005", "L065")]
    assert own.team == "Jobteam"
    assert cli.run(["explain", "DQ005", "--case", "L065", str(LILLEBY)]) == 0
    assert own.finding.message in " ".join(capsys.readouterr().out.split())
