"""The rule in the words of the agreement, and the case just on the right side."""

from kommunecheck_telefon import by_telephone
from kommunecheck_telefon.calls import Call

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import day_of
from kommunecheck.testing import a_case, held, judged


def found(case: Case) -> list[str]:
    return [finding.rule.code for finding in judged(case, checks=[by_telephone]).findings]


def rung_about(case: Case, day: str) -> Case:
    return case._replace(rows={"opkald": (Call(day_of(day), "samtale", 0, 2),)})


BY_TELEPHONE = a_case("2007-04-02", interviews=[held("2007-06-04", form="telefonisk")])


def test_an_interview_by_telephone_is_found() -> None:
    assert found(BY_TELEPHONE) == ["TE101"]


def test_one_that_the_citizen_rang_about_is_not() -> None:
    assert found(rung_about(BY_TELEPHONE, "2007-06-04")) == []


def test_a_call_on_another_day_is_no_excuse() -> None:
    assert found(rung_about(BY_TELEPHONE, "2007-06-05")) == ["TE101"]


def test_an_interview_face_to_face_is_not_found() -> None:
    assert found(a_case("2007-04-02", interviews=[held("2007-06-04", form="personligt")])) == []
