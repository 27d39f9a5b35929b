"""The guidance's own examples, told in its own order. Every test's docstring says which example it is.

The guidance to BEK 1714/2006, the text to § 2, § 4, § 5, § 6 and § 7. In these cases the citizen gets 100 kr. a day.
"""

from fractions import Fraction
from typing import Any

import pytest
from as_files import EVERY_COLUMN

from kommunecheck.checks import CHECKS
from kommunecheck.domain.case import Case, Municipality
from kommunecheck.domain.records import Interview
from kommunecheck.domain.report import Outcome
from kommunecheck.domain.rule import Certainty, Severity
from kommunecheck.engine import choose, municipality_findings
from kommunecheck.testing import (
    a_case,
    circumstance,
    codes_of,
    findings_of,
    first_contact,
    held,
    illness,
    judged,
    no_show,
    note,
    payment,
    reported_ill,
    spans,
    the_law,
    wage_subsidy,
)
from kommunecheck.totals import summarise

SPRING_2006 = ("2006-04-01", "2006-06-30")
YEAR_2007 = ("2007-01-01", "2007-12-31")


def the_interview_due(day: str, *rows: Interview, **told: Any) -> Case:
    """A case whose interview is due on the given 3 or 7 May 2006: the one before it was three months earlier."""
    before = held(day.replace("-05-", "-02-"))
    return a_case("2006-01-02", interviews=[before, *rows], window=SPRING_2006, cutoff="2006-06-30", **told)


def due_4_june(*rows: Interview, **told: Any) -> Case:
    """A case whose interview is due Monday 4 June 2007 (the falduge ends Sunday 10 June)."""
    told = {"window": YEAR_2007, "cutoff": "2007-08-31"} | told
    return a_case("2007-02-01", interviews=[held("2007-03-04"), *rows], **told)


# Til § 5, stk. 1: Samtalen er holdt rettidigt


def test_due_wednesday_3_may_held_friday_5_may_is_in_time() -> None:
    """»hvis samtalen skulle være holdt onsdag den 3. maj, men den først holdes fredag den 5. maj«: rettidigt."""
    assert codes_of(the_interview_due("2006-05-03", held("2006-05-05"))) == []


def test_due_sunday_7_may_held_monday_8_may_is_late() -> None:
    """»skulle være holdt søndag den 7. maj, men først holdes mandag den 8. maj«: ikke rettidigt, og én dag mistes."""
    case = the_interview_due("2006-05-07", held("2006-05-08"))
    (finding,) = findings_of(case)
    assert finding.rule.code == "VT101"
    assert spans(finding.expected) == [("2006-05-07", "2006-05-07")]


@pytest.mark.parametrize("day", [f"2006-05-0{day}" for day in range(1, 8)])
def test_every_day_from_1_to_7_may_is_in_time(day: str) -> None:
    """»For at have været holdt rettidigt, skal samtalen have været holdt i perioden den 1. til den 7. maj.«"""
    assert codes_of(the_interview_due("2006-05-03", held(day))) == []


def test_the_loss_runs_from_the_due_date_and_not_from_the_end_of_the_week() -> None:
    """»ikke ret til refusion fra samtalen skulle være holdt og frem til dagen før, samtalen rent faktisk holdes«."""
    result = judged(the_interview_due("2006-05-03", held("2006-05-09")))
    assert spans(result.exposure.expected.periods) == [("2006-05-03", "2006-05-08")]
    assert result.outcome is Outcome.ERROR_WITH_LOSS


def test_an_interview_never_held_costs_the_refund_until_the_last_known_day() -> None:
    """The same rule for an interview that was not held at all: the loss still runs on the export's last day."""
    result = judged(the_interview_due("2006-05-03"))
    assert [finding.rule.code for finding in result.findings] == ["VT102"]
    assert spans(result.exposure.expected.periods) == [("2006-05-03", "2006-06-30")]
    assert result.exposure.running_per_day == 50_00


def test_a_timely_summons_with_a_no_show_that_was_followed_up_is_for_the_directorate_to_weigh() -> None:
    """»indkaldt en borger rettidigt ..., og borgeren udebliver, kan direktoratet vurdere«: intet forventet tab."""
    result = judged(due_4_june(no_show("2007-06-05", followed_up="2007-06-06"), held("2007-06-20")))
    assert [finding.rule.code for finding in result.findings] == ["VT105"]
    assert result.exposure.expected.days == 0
    assert spans(result.exposure.discretionary.periods) == [("2007-06-04", "2007-06-19")]
    assert result.outcome is Outcome.ERROR_WITHOUT_LOSS


def test_a_timely_summons_with_a_no_show_that_nobody_acted_upon_costs_the_whole_period() -> None:
    """»Hvis kommunen ... slet ikke foretager sig noget på grund af udeblivelsen«: tabt, frem til samtalen er holdt."""
    result = judged(due_4_june(no_show("2007-06-05"), held("2007-06-20")))
    assert [finding.rule.code for finding in result.findings] == ["VT104"]
    assert spans(result.exposure.expected.periods) == [("2007-06-04", "2007-06-19")]
    assert result.exposure.discretionary.days == 0


def test_a_no_show_that_was_not_acted_upon_at_once_costs_the_whole_period() -> None:
    """»Hvis kommunen ikke straks ... foretager sig noget«: ny indkaldelse først efter to uger."""
    result = judged(due_4_june(no_show("2007-06-05"), held("2007-06-26", summoned="2007-06-19", planned="2007-06-26")))
    assert [finding.rule.code for finding in result.findings] == ["VT104"]
    assert spans(result.exposure.expected.periods) == [("2007-06-04", "2007-06-25")]


def test_a_new_summons_at_once_is_the_needful_after_a_no_show() -> None:
    """»herunder taget skridt til at indkalde borgeren til en ny samtale så hurtigt som muligt«."""
    rows = (no_show("2007-06-05"), held("2007-06-20", summoned="2007-06-06", planned="2007-06-20"))
    assert codes_of(due_4_june(*rows)) == ["VT105"]


def test_a_summons_too_late_costs_until_the_interview_is_held() -> None:
    """»Hvis kommunen har indkaldt en borger for sent til samtalen«, og borgeren møder."""
    result = judged(due_4_june(held("2007-06-14", summoned="2007-06-07", planned="2007-06-14")))
    assert [finding.rule.code for finding in result.findings] == ["VT101"]
    assert spans(result.exposure.expected.periods) == [("2007-06-04", "2007-06-13")]


def test_a_no_show_after_a_late_summons_costs_until_the_day_before_the_planned_day() -> None:
    """»Hvis borgeren udebliver fra den for sent indkaldte samtale«, og der er gjort det fornødne."""
    result = judged(due_4_june(no_show("2007-06-14", followed_up="2007-06-14"), held("2007-06-28")))
    assert [finding.rule.code for finding in result.findings] == ["VT103"]
    assert spans(result.exposure.expected.periods) == [("2007-06-04", "2007-06-13")]
    assert spans(result.exposure.discretionary.periods) == [("2007-06-14", "2007-06-27")]


def test_a_no_show_after_a_late_summons_that_nobody_acted_upon_costs_until_it_is_held() -> None:
    """»Hvis kommunen ikke straks eller slet ikke foretager sig noget«, også når indkaldelsen var for sen."""
    result = judged(due_4_june(no_show("2007-06-14"), held("2007-06-28")))
    assert [finding.rule.code for finding in result.findings] == ["VT104"]
    assert spans(result.exposure.expected.periods) == [("2007-06-04", "2007-06-27")]


def test_illness_with_an_interview_as_soon_as_possible_afterwards_costs_nothing() -> None:
    """»fordi borgeren på grund af sygdom ikke er i stand til at gennemføre denne, mister kommunen ikke retten«."""
    case = due_4_june(
        reported_ill("2007-06-06"), held("2007-06-20"), circumstances=[illness("2007-06-05", "2007-06-15")]
    )
    assert codes_of(case) == []
    assert judged(case).outcome is Outcome.NO_CRITICISM


def test_illness_without_an_interview_as_soon_as_possible_afterwards_costs_the_days_since() -> None:
    """»Det forudsættes, at kommunen afholder samtalen hurtigst muligt efter sygdommens ophør.«"""
    case = due_4_june(
        reported_ill("2007-06-06"), held("2007-07-20"), circumstances=[illness("2007-06-05", "2007-06-15")]
    )
    result = judged(case)
    assert [finding.rule.code for finding in result.findings] == ["VT106"]
    assert spans(result.exposure.expected.periods) == [("2007-06-16", "2007-07-19")]


def test_long_illness_that_is_documented_excuses() -> None:
    """»Kommunen skal ved længerevarende sygdom sørge for dokumentation for den fortsatte sygemelding«: det er sket."""
    long = illness("2007-06-04", "2007-07-20", documented=True)
    assert codes_of(due_4_june(held("2007-07-25"), circumstances=[long])) == []


def test_long_illness_without_documentation_excuses_nothing() -> None:
    """The same illness, and no documentation."""
    case = due_4_june(held("2007-07-25"), circumstances=[illness("2007-06-04", "2007-07-20")])
    assert codes_of(case) == ["VT101"]
    assert spans(judged(case).exposure.expected.periods) == [("2007-06-04", "2007-07-24")]


# Til § 5, stk. 1: Beskæftigelsespotentiale og matchkategori. § 4, stk. 2, nr. 4-5

FIRST, SECOND, AFTER = "2007-03-05", "2007-06-04", "2007-09-03"
"""Three interviews in time, so that only the steps are in question; the last is there to end a loss."""


def three_interviews(**second: Any) -> Case:
    notes = second.pop("notes", ())
    rows = [held(FIRST), held(SECOND, **second), held(AFTER)]
    return a_case("2007-01-08", interviews=rows, notes=notes, cutoff="2007-11-30")


MISSING = {
    "no match category": ({"category": None}, ["VT201"]),
    "no area behind category 2-5": ({"category": "2", "areas": None}, ["VT203"]),
    "not registered as job seeker and no reason": ({"category": "3", "job_seeker": None}, ["VT301"]),
}


@pytest.mark.parametrize(("second", "codes"), MISSING.values(), ids=MISSING)
def test_each_step_is_asked_for_at_each_interview_even_if_nothing_has_changed(
    second: dict[str, Any], codes: list[str]
) -> None:
    """»Kommunen skal foretage disse sagsbehandlingsskridt, selv om der ikke er sket ændringer siden sidste samtale.«"""
    case = three_interviews(**second)
    assert codes_of(case) == codes
    assert spans(judged(case).exposure.expected.periods) == [(SECOND, "2007-09-02")]


def test_three_interviews_with_every_step_in_order_are_without_criticism() -> None:
    """The same case with nothing missing."""
    assert judged(three_interviews()).outcome is Outcome.NO_CRITICISM


def test_areas_are_asked_for_in_category_2_to_5_only() -> None:
    """»hvilke opmærksomhedsområder, der har været udslagsgivende for indplaceringen i matchkategori 2-5«."""
    assert codes_of(three_interviews(category="1", areas=None)) == []
    for category in "2345":
        assert codes_of(three_interviews(category=category, areas=None)) == ["VT203"]


def test_registration_as_job_seeker_is_asked_for_in_category_1_to_3_only() -> None:
    """§ 4, stk. 2, nr. 5: »hvis indplaceringen er sket i matchkategori 1-3«."""
    for category in "123":
        assert codes_of(three_interviews(category=category, job_seeker=None)) == ["VT301"]
    for category in "45":
        assert codes_of(three_interviews(category=category, job_seeker=None)) == []


def test_the_reason_why_the_citizen_is_not_registered_for_the_time_being_is_enough() -> None:
    """§ 4, stk. 2, nr. 5: »eller hvis den pågældende midlertidigt ikke skal være registreret ..., årsagen hertil«."""
    assert codes_of(three_interviews(job_seeker=False, exempt="barns sygdom")) == []


def test_a_grovmatch_is_not_accepted_at_an_interview() -> None:
    """»Hvis kommunen har foretaget en grovmatch af personen, accepteres dette ikke som en indplacering«."""
    case = three_interviews(category="3", rough=True)
    assert codes_of(case) == ["VT202"]
    assert spans(judged(case).exposure.expected.periods) == [(SECOND, "2007-09-02")]


def test_a_grovmatch_at_the_first_contact_is_right_and_never_reported() -> None:
    """»der alene kan foretages en grovmatch ved 1. henvendelse i kommunen«."""
    rows = [first_contact("2007-01-08", category="3", rough=True), held(FIRST), held(SECOND)]
    assert codes_of(a_case("2007-01-08", interviews=rows, cutoff="2007-08-31")) == []


def test_the_step_is_lost_until_the_day_before_it_is_taken() -> None:
    """»fra den skulle have indplaceret personen i en matchkategori, og frem til dagen før det er sket«."""
    case = three_interviews(registered="2007-06-20")
    assert set(codes_of(case)) == {"VT204"}
    assert spans(judged(case).exposure.expected.periods) == [(SECOND, "2007-06-19")]


def test_registration_straight_after_the_interview_is_in_time() -> None:
    """»Registreringen skal ske under samtalen eller straks efter, at samtalen er afholdt.«"""
    assert codes_of(three_interviews(registered="2007-06-05")) == []


def test_a_journal_note_documents_a_step_that_was_not_registered() -> None:
    """»Kommunen kan fx dokumentere dette via et journalnotat«: intet forventet tab, men det hviler på notatet."""
    proof = note(SECOND, placed="3", areas=True, job_seeker=True)
    case = three_interviews(category=None, areas=None, job_seeker=None, notes=[proof])
    result = judged(case)
    assert set(codes_of(case)) == {"VT205"}
    assert result.exposure.expected.days == 0
    assert spans(result.exposure.documentation.periods) == [(SECOND, "2007-09-02")]
    assert result.outcome is Outcome.NO_CRITICISM


def test_a_note_on_the_category_does_not_stand_for_the_areas() -> None:
    """»og hvilke opmærksomhedspunkter, der har været udslagsgivende for indplaceringen i match 2-5«."""
    case = three_interviews(category=None, areas=None, notes=[note(SECOND, placed="4")])
    assert codes_of(case) == ["VT203", "VT205"]


def test_a_late_note_ends_the_loss_the_day_before_it() -> None:
    """A note two weeks after the interview: the step was taken then, and what goes before is lost."""
    case = three_interviews(category=None, notes=[note("2007-06-18", placed="3")])
    result = judged(case)
    assert codes_of(case) == ["VT201", "VT205"]
    assert spans(result.exposure.expected.periods) == [(SECOND, "2007-06-17")]
    assert spans(result.exposure.documentation.periods) == [("2007-06-18", "2007-09-02")]


def test_a_step_registered_too_late_is_saved_by_a_note_from_the_interview() -> None:
    """»ikke har foretaget registrering i umiddelbar forlængelse af samtalen, skal den på anden vis dokumentere«."""
    proof = note(SECOND, placed="3", areas=True, job_seeker=True)
    case = three_interviews(registered="2007-06-20", notes=[proof])
    result = judged(case)
    assert result.exposure.expected.days == 0
    assert spans(result.exposure.documentation.periods) == [(SECOND, "2007-06-19")]


def test_a_step_that_nothing_documents_is_lost_to_the_last_day() -> None:
    """»Hvis kommunen ikke kan dokumentere oplysningerne, mister den retten til refusion.«"""
    rows = [held(FIRST), held(SECOND, category=None)]
    case = a_case("2007-01-08", ended="2007-08-31", interviews=rows)
    assert spans(judged(case).exposure.expected.periods) == [(SECOND, "2007-08-31")]


# Til § 2, stk. 2


def test_during_a_wage_subsidy_the_error_stands_but_costs_nothing() -> None:
    """»Direktoratet kan dog ikke fratage kommunen retten ... hvor personen er ansat med løntilskud.«"""
    case = due_4_june(held("2007-06-20"), circumstances=[wage_subsidy("2007-05-01", "2007-07-31")])
    result = judged(case)
    assert [(finding.rule.code, finding.certainty) for finding in result.findings] == [("VT101", Certainty.NONE)]
    assert result.exposure.expected.days == 0
    assert result.exposure.expected.refund_lost == 0
    assert result.outcome is Outcome.ERROR_WITHOUT_LOSS


ALWAYS_OUTSIDE = ["revalidering", "forrevalidering", "foertidspension", "orlovsydelse", "anden_ydelse"]
OUTSIDE_SINCE_THE_REFORM = [
    "venter_folkepension", "venter_foertidspension", "under_18", "barsel", "langvarig_behandling",
    "job_inden_4_uger", "barsel_inden_4_uger",
]  # fmt: skip


@pytest.mark.parametrize("group", [*ALWAYS_OUTSIDE, *OUTSIDE_SINCE_THE_REFORM])
def test_the_groups_outside_the_supervision_leave_it(group: str) -> None:
    """»Følgende persongrupper ... indgår derfor ikke i tilsynet«, and those of L 105, here well after 1 March 2007."""
    case = a_case("2007-04-02", circumstances=[circumstance(group, "2007-04-02")])
    assert judged(case).outcome is Outcome.WITHDRAWN
    assert codes_of(case) == []


@pytest.mark.parametrize("benefit", ["introduktionsydelse", "revalidering", "foertidspension", "anden"])
def test_people_with_another_benefit_leave_the_supervision(benefit: str) -> None:
    """»Personer, der ikke modtager kontant- eller starthjælp.«"""
    assert judged(a_case("2007-01-08", benefit=benefit)).outcome is Outcome.WITHDRAWN


@pytest.mark.parametrize("benefit", ["kontanthjaelp", "starthjaelp"])
def test_people_with_kontanthjaelp_and_starthjaelp_are_in_it(benefit: str) -> None:
    """§ 2, stk. 2: »personer, der søger om eller får kontanthjælp eller starthjælp«."""
    assert judged(a_case("2007-01-08", benefit=benefit)).outcome is Outcome.ERROR_WITH_LOSS


# § 6, stk. 3


def test_both_the_amount_paid_and_the_refund_lost_are_told_with_and_without_an_offer() -> None:
    """»det beløb, som den har udbetalt ... samt ... det mistede refusionsbeløb ..., i tilbud eller ej«."""
    paid = [
        payment("2007-06-01", "2007-06-10", "3.000,00"),
        payment("2007-06-11", "2007-06-30", "6.000,00", in_offer=True),
        payment("2007-01-08", "2007-05-31", "43.200,00"),
    ]
    result = judged(due_4_june(held("2007-06-15"), payments=paid))
    lines = [(line.payment.i_tilbud, line.days, line.rate) for line in result.exposure.expected.lines]
    assert lines == [(False, 7, Fraction(35, 100)), (True, 4, Fraction(65, 100))]
    assert [(line.paid, line.refund_lost) for line in result.exposure.expected.lines] == [
        (2_100_00, 735_00),
        (1_200_00, 780_00),
    ]
    assert (result.exposure.expected.paid, result.exposure.expected.refund_lost) == (3_300_00, 1_515_00)


# § 7


def test_the_four_counts_of_the_report_are_told() -> None:
    """»udtaget til tilsyn«, »fejl i«, »ikke er udtalt kritik i« and »udgået af tilsynet«."""
    cases = [
        judged(due_4_june(held("2007-06-20"))),
        judged(due_4_june(held("2007-06-20"), circumstances=[wage_subsidy("2007-05-01", "2007-07-31")])),
        judged(due_4_june(held("2007-06-05"))),
        judged(due_4_june(held("2007-06-04"))),
        judged(a_case("2007-01-08", benefit="revalidering")),
    ]
    summary = summarise(cases, paid_known=True)
    assert summary.cases == 5
    assert summary.outcomes[Outcome.ERROR_WITH_LOSS] == 1
    assert summary.outcomes[Outcome.ERROR_WITHOUT_LOSS] == 1
    assert summary.outcomes[Outcome.NO_CRITICISM] == 2
    assert summary.outcomes[Outcome.WITHDRAWN] == 1
    assert summary.outcomes[Outcome.NOT_ASSESSED] == 0


@pytest.mark.parametrize(("named", "found"), [({}, ["VT405"]), ({"visitation": "Forretningsgang, 2007"}, [])])
def test_a_municipality_without_a_written_procedure_is_told_so(named: dict[str, str], found: list[str]) -> None:
    """§ 7, stk. 3: »Foreligger der ikke retningslinjer eller beskrivelser af forretningsgange«."""
    findings = municipality_findings(Municipality(named), choose(CHECKS, EVERY_COLUMN), the_law()).findings
    assert [finding.rule.code for finding in findings] == found
    assert all(finding.rule.severity is Severity.INFO for finding in findings)
