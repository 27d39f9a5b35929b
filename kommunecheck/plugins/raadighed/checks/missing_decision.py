"""RT102: a negative assessment was not answered by a decision."""

from collections.abc import Iterator

from kommunecheck.domain.days import danish, minus, run_of
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import Judged, seen
from kommunecheck.plugins.raadighed.tables import ASSESSED
from kommunecheck.plugins.raadighed.texts import DECISION_DAYS
from kommunecheck.plugins.raadighed.words import at_discretion

RULE = Rule(
    code="RT102",
    name="manglende-afgoerelse",
    title="En negativ vurdering er ikke fulgt af en afgørelse",
    severity=Severity.ERROR,
    citations=(
        "BEK 1404/2006 § 2",
        "BEK 1404/2006 § 13, stk. 2, nr. 1",
    ),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "afgoerelser.vurdering",
    "afgoerelser.vurdering_dato",
    "afgoerelser.sanktion",
    "afgoerelser.afgoerelse_dato",
    "afgoerelser.sanktion_fra",
    "sager.ophoersdato",
)

EXPLAIN = Explanation(
    says=(
        "Vurderer kommunen, at borgeren ikke står til rådighed eller ikke har en rimelig grund, skal der følge en"
        " afgørelse om konsekvensen. Bekendtgørelsen har ingen frist. Vi regner med 28 dage fra vurderingen."
    ),
    fails=("Rådigheden er vurderet 5. juni 2007 til »ikke rådig«. Der er ingen sanktion i sagen 3. juli 2007."),
    passes=(
        "Vurderingen er negativ 5. juni 2007, og hjælpen er nedsat ved afgørelse 3. juli 2007. En senere positiv "
        "vurdering er også et svar."
    ),
    costs=(
        "Et muligt tab, som direktoratet skønner over: fra vurderingen til dagen før svaret, eller så længe sagen"
        " løber."
    ),
    remedy=("Træf afgørelsen, efter at borgeren er hørt, eller vurdér igen, hvis forholdene er andre."),
    blind=(
        "Fristen på 28 dage er en læsning og kan ændres i opsætningen. En afgørelse om ingen sanktion er ikke et "
        "svar på en negativ vurdering."
    ),
    over=(
        "Der løber ikke mere på. Skriv i sagen, hvorfor afgørelsen kom for sent eller slet ikke: direktoratet "
        "skønner over de dage."
    ),
    stops=("Træf afgørelsen"),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """A finding when neither a sanction nor a later positive assessment answers the first negative one by the limit."""
    case = judged.case
    negative = next((one for one in judged.assessments if not one.positive), None)
    if negative is None or judged.doubtful:
        return
    answers = [one.day for one in judged.sanctions]
    answers += [one.day for one in judged.assessments if one.positive and one.day > negative.day]
    answered = min(answers, default=None)
    limit = negative.day + law.number(DECISION_DAYS)
    if limit > case.cutoff or (answered is not None and answered <= limit):
        return
    until = case.last if answered is None else min(answered - 1, case.last)
    days = minus(run_of(negative.day, until), case.never_lost)
    late = "men er det ikke" if answered is None else f"men blev det først {danish(answered)}"
    said = ASSESSED[negative.row.vurdering or ""]
    yield Finding(
        RULE,
        f"Vurderingen »{said}« {danish(negative.day)} skulle være fulgt af en afgørelse senest {danish(limit)}, "
        f"{late}. {at_discretion(days)}",
        date=limit,
        arose=negative.day,
        discretionary=days,
        evidence=(seen(negative.row, "vurdering_dato"), seen(negative.row, "vurdering"), judged.seen()),
        rests_on=law.unverified(DECISION_DAYS),
        runs=answered is None and case.last == case.cutoff,
    )
