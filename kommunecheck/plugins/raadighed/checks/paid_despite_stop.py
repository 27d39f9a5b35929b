"""RT108: benefit was paid for days on which it had stopped."""

from collections.abc import Iterator

from kommunecheck.domain.days import danish, minus, run_of, within
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.domain.wording import days_lost
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import Judged, seen
from kommunecheck.plugins.raadighed.tables import STOP

RULE = Rule(
    code="RT108",
    name="udbetalt-trods-ophoer",
    title="Der er udbetalt hjælp for dage, hvor den var ophørt",
    severity=Severity.ERROR,
    citations=("BEK 1404/2006 § 13, stk. 2, nr. 2",),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "afgoerelser.sanktion",
    "afgoerelser.afgoerelse_dato",
    "afgoerelser.sanktion_fra",
    "afgoerelser.sanktion_til",
    "sager.ophoersdato",
    "udbetalinger.fra",
    "udbetalinger.til",
)

EXPLAIN = Explanation(
    says=(
        "Er der udbetalt ydelser fejlagtigt, skal refusionen berigtiges. Er hjælpen ophørt som sanktion, må der "
        "ikke være udbetalt hjælp for de dage, sanktionen varer."
    ),
    fails=("Hjælpen er ophørt fra 1. til 14. juli 2007, og udbetalingen for juli dækker hele måneden."),
    passes=("Hjælpen er ophørt fra 1. til 14. juli 2007, og den næste udbetaling begynder 15. juli."),
    costs=("Forventet tab: refusionen af de dage, sanktionen varer, og som en udbetaling dækker."),
    remedy=("Stands udbetalingen, så længe sanktionen varer. Berigtig refusionen af det, der er udbetalt."),
    blind=(
        "Tjekket ser kun, hvilke dage en udbetaling dækker, og ikke, om beløbet er sat ned. Fradrag og "
        "nedsættelser kan det ikke efterregne."
    ),
    over=("Der løber ikke mere på. Berigtig refusionen af det, der er udbetalt for de dage."),
    stops=("Stands udbetalingen"),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """A finding for each sanction that stopped the benefit, with the paid days it held, by the case's last day."""
    case = judged.case
    for sanction in judged.sanctions:
        row = sanction.row
        if row.sanktion != STOP or row.unreadable("sanktion_fra", "sanktion_til"):
            continue
        first = sanction.day if row.sanktion_fra is None else row.sanktion_fra
        until = case.last if row.sanktion_til is None else min(row.sanktion_til, case.last)
        paid = within(run_of(first, until), case.paid)
        if not paid:
            continue
        lost = minus(paid, case.never_lost)
        still = row.sanktion_til is None or row.sanktion_til > case.cutoff
        ends = "indtil videre" if row.sanktion_til is None else f"til {danish(row.sanktion_til)}"
        yield Finding(
            RULE,
            f"Hjælpen var ophørt fra {danish(first)} {ends}, men der er udbetalt for dage i den tid. {days_lost(lost)}",
            date=(lost or paid)[0].first,
            arose=first,
            expected=lost,
            evidence=(seen(row, "sanktion"), seen(row, "sanktion_fra"), seen(row, "sanktion_til"), judged.seen()),
            runs=still and case.last == case.cutoff,
        )
