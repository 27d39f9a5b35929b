"""SB104: the day that was promised was not kept either."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.days import Period, danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.sagsbehandling.course import Course, State
from kommunecheck.plugins.sagsbehandling.texts import LEGAL_SECURITY

RULE = Rule(
    code="SB104",
    name="ny-frist-overskredet",
    title="Den lovede dag er heller ikke overholdt",
    severity=Severity.ERROR,
    citations=(f"{LEGAL_SECURITY} § 3, stk. 2",),
    supervision="sagsbehandling",
)

JUDGES: Final = "application"
NEEDS = (
    "ansoegninger.afgoerelse_dato",
    "ansoegninger.underretning_dato",
    "ansoegninger.forventet_dato",
)

EXPLAIN = Explanation(
    says=("Borgeren skal have besked om, hvornår der kan ventes en afgørelse, og må kunne indrette sig på den dag."),
    fails=(
        "Fristen var 26. april 2007. Borgeren er lovet en afgørelse senest 15. maj 2007, og den er truffet 16. maj"
        " 2007."
    ),
    passes="Afgørelsen er truffet 15. maj 2007, den lovede dag.",
    costs="Ingen penge. Borgeren venter, og tallet indgår i kommunens egen måling.",
    remedy="Afgør sagen, og underret igen med en ny dag, før den gamle er gået.",
    blind=(
        "Tjekket ser kun den sidste dag, der er lovet. Er der lovet flere dage undervejs, ses de tidligere ikke. "
        "En ansøgning, der er frafaldet, er ikke med."
    ),
)


def check(course: Course, law: Law) -> Iterator[Finding]:
    """One finding where SB101 is found, a notice was sent, and the day it promised has passed."""
    promised = course.promised
    if not course.overdue or course.notice is None or promised is None:
        return
    if not course.knows("underretning_dato", "forventet_dato") or course.state not in (State.OPEN, State.DECIDED):
        return
    if course.last <= promised:
        return
    when = "er ikke truffet" if course.end is None else f"er truffet {danish(course.end)}"
    yield Finding(
        RULE,
        f"Borgeren er lovet en afgørelse senest {danish(promised)}. Den {when}.",
        date=promised,
        arose=course.received,
        evidence=course.seen("underretning_dato", "forventet_dato", "afgoerelse_dato"),
        subject=course.subject,
        period=Period(promised + 1, course.last),
    )
