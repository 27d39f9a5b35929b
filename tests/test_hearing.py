"""The draft answer to a hearing: what is proposed to each finding, what can be invoked, and the amounts."""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from kommunecheck import documenting
from kommunecheck.cli import run
from kommunecheck.domain.case import Case
from kommunecheck.domain.days import day_of
from kommunecheck.domain.report import CaseResult, Report
from kommunecheck.law.answering import answer_by
from kommunecheck.law.excuses import Weight
from kommunecheck.law.hearing import Hearing, Stance, hearing_of
from kommunecheck.law.measure import measure
from kommunecheck.reports.word.hearing import hearing_document
from kommunecheck.setup import Options
from kommunecheck.testing import (
    a_case,
    cancelled,
    circumstance,
    held,
    illness,
    judged,
    no_show,
    note,
    payment,
    planned,
    reported_ill,
    the_law,
    wage_subsidy,
)

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
BEGAN, FIRST = "2007-01-09", held("2007-02-09")
"""The next interview is due on Wednesday 9 May 2007, in time until Sunday the 13th."""


def hearing(case: Case) -> Hearing:
    return hearing_of(measure(case, the_law(), frozenset({1, 2, 3})), judged(case).findings, the_law())


def answered(*rows: Any, cutoff: str = "2007-06-30", **more: Any) -> Hearing:
    return hearing(a_case(BEGAN, interviews=[FIRST, *rows], cutoff=cutoff, **more))


def weighed(made: Hearing) -> list[tuple[str, Weight]]:
    return [(one.name, one.weight) for one in made.excuses]


# What is proposed


@pytest.mark.parametrize(
    ("rows", "code", "stance"),
    [
        ([held("2007-05-16")], "VT101", Stance.CONCEDED),
        ([], "VT102", Stance.CONCEDED),
        ([no_show("2007-05-16", followed_up="2007-05-16"), held("2007-05-30")], "VT103", Stance.PARTLY),
        ([no_show("2007-05-09"), held("2007-06-06")], "VT104", Stance.CONCEDED),
        ([no_show("2007-05-09", followed_up="2007-05-10"), held("2007-05-21")], "VT105", Stance.DISCRETION),
        ([held("2007-05-09", category=None)], "VT201", Stance.CONCEDED),
    ],
)
def test_what_is_proposed_follows_how_sure_the_loss_is(rows: Sequence[Any], code: str, stance: Stance) -> None:
    (point,) = answered(*rows).points
    assert (point.finding.rule.code, point.stance) == (code, stance)
    assert bool(point.weighed) == (code != "VT201")


def test_a_step_that_only_a_note_shows_is_documented_and_no_more() -> None:
    read = note("2007-05-09", placed="3")._replace(quotes=("Match 3.", None, None))
    made = answered(held("2007-05-09", category=None), notes=[read])
    (point,) = made.points
    assert (point.finding.rule.code, point.stance) == ("VT205", Stance.DOCUMENTED)
    (shown,) = made.weighing(Weight.DISCRETION)
    assert shown.told.quote == "Match 3."
    assert "direktoratet afgør" in shown.effect


def test_a_note_that_ended_the_loss_is_left_to_the_directorate_once() -> None:
    made = answered(held("2007-05-09", category=None), notes=[note("2007-05-20", placed="3")])
    assert not made.weighing(Weight.HOLDS)
    (shown,) = made.weighing(Weight.DISCRETION)
    assert shown.effect == (
        "Kun notatet viser skridtet, fra 20. maj 2007. De tabte dage er regnet til dagen før, og direktoratet afgør, "
        "om notatet er nok."
    )


def test_a_finding_that_costs_nothing_is_only_told() -> None:
    away = [wage_subsidy("2007-05-01", "2007-06-30")]
    (point,) = answered(held("2007-05-16"), circumstances=away).points
    assert (point.finding.rule.code, point.stance) == ("VT101", Stance.NO_LOSS)


# What can be invoked


def test_the_falduge_is_invoked_where_it_was_needed() -> None:
    made = answered(held("2007-05-11"))
    assert not made.points
    (one,) = made.excuses
    assert (one.name, one.weight) == ("Falduge", Weight.HOLDS)
    assert one.told.text == "Samtalen forfaldt onsdag den 9. maj 2007 og blev holdt fredag den 11. maj 2007."
    assert not answered(held("2007-05-09")).excuses


def test_whoever_left_before_the_falduge_was_over_is_told() -> None:
    (one,) = answered(ended="2007-05-11").excuses
    assert one.effect.startswith("Ydelsen ophørte, før faldugen sluttede søndag den 13. maj 2007")


def test_illness_excuses_with_the_rows_that_show_it() -> None:
    sick = [illness("2007-05-08", "2007-05-15", documented=True)]
    (one,) = answered(reported_ill("2007-05-09"), held("2007-05-21"), circumstances=sick).excuses
    assert (one.name, one.weight) == ("Sygdom", Weight.HOLDS)
    assert one.told.text == (
        "Samtalen 9. maj 2007 er registreret som ikke holdt på grund af sygdom; sygdom 8. maj 2007 til 15. maj 2007, "
        "dokumenteret."
    )
    assert [cell.column for cell in one.told.cells] == ["planlagt_dato", "status", "type", "fra", "til", "dokumenteret"]
    assert one.effect == "Samtalen skulle så holdes senest 31. maj 2007. Ingen refusion mistes."


def test_illness_excuses_only_to_its_end_where_the_interview_came_too_late_after_it() -> None:
    made = answered(reported_ill("2007-05-09"), held("2007-06-20"))
    assert made.points[0].finding.rule.code == "VT106"
    (one,) = made.excuses
    assert one.effect.startswith("Til og med 9. maj 2007 mistes ingen refusion.")


def test_long_illness_without_documentation_is_not_invoked() -> None:
    made = answered(held("2007-06-20"), circumstances=[illness("2007-05-01", "2007-06-15")])
    assert weighed(made) == [("Sygdom", Weight.FAILS)]


def test_a_no_show_is_invoked_only_where_it_was_followed_up() -> None:
    acted = answered(no_show("2007-05-09", followed_up="2007-05-10"), held("2007-05-21"))
    ignored = answered(no_show("2007-05-09"), held("2007-06-06"))
    assert weighed(acted) == [("Udeblivelse, fulgt op", Weight.DISCRETION)]
    assert weighed(ignored) == [("Udeblivelse", Weight.FAILS)]
    assert ignored.excuses[0].effect == "Undskylder ikke: intet skridt er registreret senest 16. maj 2007."


def test_a_no_show_that_can_still_be_followed_up_is_not_said_to_be() -> None:
    made = answered(no_show("2007-05-11"), cutoff="2007-05-14")
    ((name, weight),) = weighed(made)
    assert (name, weight) == ("Udeblivelse", Weight.DISCRETION)
    assert made.excuses[0].told.text == "Borgeren udeblev 11. maj 2007. Intet skridt er registreret."
    assert made.excuses[0].effect.startswith("Der kan følges op til og med 21. maj 2007.")


def test_a_cancellation_and_a_booking_that_came_to_nothing_excuse_nothing() -> None:
    made = answered(cancelled("2007-05-09"), planned("2007-05-20"), held("2007-06-06"))
    assert weighed(made) == [("Aflysning", Weight.FAILS), ("Aflysning", Weight.FAILS)]


def test_days_outside_the_target_group_and_wage_subsidy_are_invoked() -> None:
    away = [
        circumstance("barsel", "2007-02-20", "2007-03-20"),
        circumstance("barsel", "2007-02-10", "2007-02-15"),
        wage_subsidy("2007-05-01", "2007-05-05"),
        circumstance("revalidering", "2006-01-01", "2006-02-01"),
    ]
    made = answered(held("2007-05-28"), circumstances=away)
    assert weighed(made)[-3:] == [
        ("Uden for målgruppen", Weight.HOLDS), ("Uden for målgruppen", Weight.FAILS), ("Løntilskud", Weight.HOLDS),
    ]  # fmt: skip
    assert "fra 1. marts 2007" in made.excuses[-3].effect


# The course


def test_the_course_tells_the_deadlines_and_each_row_with_its_cells_and_nothing_after_the_cutoff() -> None:
    rows = (no_show("2007-05-09", followed_up="2007-05-10", summoned="2007-04-20"), planned("2007-07-20"))
    made = answered(*rows)
    told = [one.told.text for one in made.events]
    assert told == [
        "Anmodning om hjælp.",
        "Kontaktsamtale holdt.",
        "Frist for kontaktsamtale. Rettidig til og med søndag den 15. april 2007.",
        "Frist for kontaktsamtale, ikke overholdt. Rettidig til og med søndag den 13. maj 2007.",
        "Kontaktsamtale, borgeren udeblev: indkaldt 20. april 2007, fulgt op 10. maj 2007.",
        "Kontaktsamtale planlagt.",
    ]
    assert made.events[0].told.cells[0].column == "anmodningsdato"


def test_a_withdrawn_case_is_answered_with_why_and_no_points() -> None:
    made = hearing(a_case(BEGAN, benefit="revalidering", interviews=[FIRST]))
    assert [one.text for one in made.outside] == ["Sagens ydelse er revalidering."]
    assert not made.points


# The document


def texts(content: bytes) -> str:
    body: Any = docx.Document(io.BytesIO(content)).element.body
    lines = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
    return "\n".join(lines).replace("\u00a0", " ").replace("\u2011", "-")


def amounts(content: bytes) -> list[list[str]]:
    """The table of § 6, stk. 3, row by row."""
    document = docx.Document(io.BytesIO(content))
    (table,) = (one for one in document.tables if one.rows[0].cells[-1].text == "Mistet refusion")
    return [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in table.rows[1:]]


@cache
def of_lilleby(sag_id: str) -> tuple[Report, CaseResult, Hearing]:
    return documenting.hearing_for(LILLEBY, Options(compare=False), sag_id)


def document(sag_id: str) -> bytes:
    return hearing_document(*of_lilleby(sag_id), answer_by(day_of("2008-03-14")))


def test_the_amounts_are_those_of_check_in_an_offer_and_not() -> None:
    assert amounts(document("L033")) == [
        ["Medgives, ikke i tilbud", "8", "3.072,00 kr.", "1.075,20 kr."],
        ["Medgives, i tilbud", "0", "0,00 kr.", "0,00 kr."],
        ["Medgives, i alt", "8", "3.072,00 kr.", "1.075,20 kr."],
        ["Efter direktoratets skøn, ikke i tilbud", "14", "5.376,00 kr.", "1.881,60 kr."],
        ["Efter direktoratets skøn, i alt", "14", "5.376,00 kr.", "1.881,60 kr."],
    ]


def test_days_without_a_payment_stand_apart_and_the_days_add_up() -> None:
    rows = amounts(document("L021"))
    assert ["Medgives, dage uden udbetaling", "7", "–", "–"] in rows
    assert [row[1] for row in rows] == ["13", "0", "7", "20"]


def test_days_in_an_offer_stand_apart() -> None:
    report, _, _ = of_lilleby("L033")
    paid = [payment("2007-05-01", "2007-05-10", "100,00"), payment("2007-05-11", "2007-05-31", "210,00", in_offer=True)]
    case = a_case(BEGAN, interviews=[FIRST, held("2007-05-16")], payments=paid, cutoff="2007-06-30")
    made = hearing_document(report, judged(case), hearing(case), answer_by(day_of("2008-03-14")))
    assert amounts(made) == [
        ["Medgives, ikke i tilbud", "2", "20,00 kr.", "7,00 kr."],
        ["Medgives, i tilbud", "5", "50,00 kr.", "32,50 kr."],
        ["Medgives, i alt", "7", "70,00 kr.", "39,50 kr."],
    ]


def test_the_draft_says_that_it_is_one_and_proposes_by_how_sure_the_loss_is() -> None:
    text = texts(document("L033"))
    assert "UDKAST, der ikke må sendes, som det er." in text
    assert "Svar senest fredag den 28. marts 2008" in text
    assert "Kommunen medgiver, at refusionen mistes 1. maj 2007 til 8. maj 2007." in text
    assert "vurdere, at refusionen ikke mistes 9. maj 2007 til 22. maj 2007" in text
    assert "[kommunens bemærkninger til punktet]" in text
    discretion = texts(document("L036"))
    assert "Kommunen medgiver" not in discretion
    assert "Om det er nok, er direktoratets skøn." in discretion
    assert "Hviler på en læsning, der ikke er bekræftet: Arbejdsdage til at følge op" in discretion


def test_a_note_is_quoted_as_it_stands_and_claimed_for_no_more() -> None:
    text = texts(document("L066"))
    assert "»Borgeren er indplaceret i matchkategori 3«" in text
    assert "Det viser ikke mere, end der står i det." in text
    assert "Kommunen medgiver" not in text


def test_a_case_without_faults_and_one_that_could_not_be_read_are_not_told_alike() -> None:
    assert "kommunen medgiver ikke, at refusion mistes" in texts(document("L046"))
    unread = texts(document("L093"))
    assert "Sagen er ikke fuldt vurderet." in unread
    assert "medgiver ikke" not in unread
    assert "samtaler.csv, række 356, kolonne planlagt_dato" in unread


def test_a_loss_that_runs_and_a_withdrawn_case_are_told() -> None:
    assert "Tabet løber stadig med 65,18 kr. om dagen." in texts(document("L077"))
    assert "Der er intet beløb opgjort" in texts(document("L088"))


# The command


def test_the_command_writes_one_document_twice_the_same_and_over_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "svar.docx", tmp_path / "igen.docx"
    words = ["hearing", "L068", str(LILLEBY), "--received", "2008-03-14", "-o"]
    assert run([*words, str(one)]) == 0
    assert capsys.readouterr().out == "Skrev udkastet svar.docx. Svar senest fredag den 28. marts 2008.\n"
    assert run([*words, str(two)]) == 0
    assert one.read_bytes() == two.read_bytes()
    assert run([*words, str(one)]) == 2
    assert "der kan være skrevet videre i det" in capsys.readouterr().err


def test_bad_input_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "svar.docx")
    received = ["--received", "2008-03-14"]
    for words, expected in (
        (["L068", str(LILLEBY), "-o", out], "Skriv, hvilken dag direktoratets brev kom"),
        (["L068", str(LILLEBY), *received, "-o", str(tmp_path / "svar.pdf")], "udkastet skrives som Word"),
        (["0101701234", str(LILLEBY), *received, "-o", out], "skrevet som et CPR-nummer"),
        (["L999", str(LILLEBY), *received, "-o", out], "Sagen findes ikke i sager."),
    ):
        assert run(["hearing", *words]) == 2
        told = capsys.readouterr().err
        assert expected in told
        assert "010170" not in told
        assert "L999" not in told
    assert not list(tmp_path.iterdir())
