"""VT402: benefit was paid for longer than an interval, and there is no row at all in the register of interviews."""

from collections.abc import Iterator
from typing import Final

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Period, count, danish, iso, within
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.calendar import months_after
from kommunecheck.law.law import Law

RULE = Rule(
    code="VT402",
    name="ikke-i-drv",
    title="Borgeren får ydelse, men står slet ikke i DRV",
    severity=Severity.WARNING,
    citations=(
        "BEK 1714/2006 § 3, stk. 1",
        "vejl. til § 3, stk. 1",
    ),
)

JUDGES: Final = "absence"
NEEDS: tuple[str, ...] = (
    "samtaler.sag_id",
    "udbetalinger.fra",
)

EXPLAIN = Explanation(
    says=(
        "Kontaktsamtaler skal registreres i DRV. Direktoratet kan udtage personer, som har fået hjælp i en periode, "
        "hvor der burde være holdt en samtale, også når de slet ikke står der."
    ),
    fails=("Borgeren har fået kontanthjælp i fem måneder af perioden, og der er ingen rækker i samtaler på sagen."),
    passes=("Borgeren har fået kontanthjælp i netop tre måneder. Så er den første samtale endnu ikke forfaldet."),
    costs=("Intet i sig selv. En overskredet frist står under VT102."),
    remedy=("Undersøg, om samtalerne er holdt uden at blive registreret. Registrér dem, eller indkald borgeren."),
    blind=("Tjekket kan ikke se, om sagen mangler i udtrækket eller i DRV."),
)


def check(case: Case, law: Law) -> Iterator[Finding]:
    """One finding if payments cover more than an interval of the window and there is no row of interviews at all."""
    if case.withdrawn or case.interviews or case.in_register or not case.paid or case.window.first > case.cutoff:
        return
    known = (Period(case.window.first, min(case.window.last, case.cutoff)),)
    covered = within(case.paid, known)
    if not covered:
        return
    first = covered[0].first
    if count(covered) > months_after(first, law.number("interval_months")) - first:
        payment = next(one for one in case.payments if one.fra <= known[0].last and one.til >= known[0].first)
        message = (
            f"Borgeren har fået ydelse i {count(covered)} dage af perioden, først {danish(first)}, "
            "men der er ingen rækker om samtaler på sagen."
        )
        evidence = Evidence(payment.source, payment.row, "fra", iso(payment.fra))
        yield Finding(RULE, message, date=payment.fra, arose=case.anmodningsdato, evidence=(evidence,))
