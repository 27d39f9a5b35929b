"""RT101: the citizen's availability was not assessed, or too late."""

from collections.abc import Iterator

from kommunecheck.domain.days import danish, minus, run_of
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import Judged, seen
from kommunecheck.plugins.raadighed.texts import ASSESSMENT_DAYS
from kommunecheck.plugins.raadighed.words import at_discretion, kind_of

RULE = Rule(
    code="RT101",
    name="manglende-raadighedsvurdering",
    title="Rådigheden er ikke vurderet, eller for sent",
    severity=Severity.ERROR,
    citations=(
        "BEK 1404/2006 § 6, stk. 1",
        "BEK 1404/2006 § 13, stk. 2, nr. 1",
    ),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "haendelser.underrettet_dato",
    "afgoerelser.vurdering",
    "afgoerelser.vurdering_dato",
    "afgoerelser.sanktion",
    "afgoerelser.afgoerelse_dato",
    "afgoerelser.sanktion_fra",
    "sager.ophoersdato",
)

EXPLAIN = Explanation(
    says=(
        "Når borgeren har handlet på en måde, der giver kommunen pligt til at vurdere rådigheden, skal "
        "vurderingen være i sagen. Bekendtgørelsen har ingen frist. Vi regner med 28 dage, fra kommunen fik "
        "kendskab til hændelsen."
    ),
    fails=("Borgeren udeblev fra en samtale 4. juni 2007. Der er ingen vurdering i sagen 2. juli 2007."),
    passes=(
        "Borgeren udeblev 4. juni 2007, og rådigheden er vurderet 2. juli 2007, på den 28. dag. En sanktion "
        "tæller også som en vurdering."
    ),
    costs=(
        "Et muligt tab, som direktoratet skønner over: fra hændelsen til dagen før vurderingen, eller så længe "
        "sagen løber. Er den sene vurdering positiv, intet."
    ),
    remedy=(
        "Vurdér rådigheden nu, og skriv dag og resultat i sagen. Er borgeren ikke til rådighed, så partshør og afgør."
    ),
    blind=("Fristen på 28 dage er en læsning og kan ændres i opsætningen. Tjekket ser ikke, om vurderingen er rigtig."),
    over=(
        "Der løber ikke mere på. Skriv i sagen, hvorfor rådigheden blev vurderet for sent eller slet ikke: "
        "direktoratet skønner over de dage."
    ),
    stops=("Vurdér rådigheden"),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """A finding when nothing tells by the limit that the act was assessed, and the limit is past."""
    case, act, first = judged.case, judged.act, judged.first_assessed
    limit = judged.known + law.number(ASSESSMENT_DAYS)
    if limit > case.cutoff or (first is not None and first <= limit) or judged.doubtful or act.unread:
        return
    told = judged.assessed
    spared = told is not None and told.day == first and told.positive
    until = case.last if first is None else min(first - 1, case.last)
    days = () if spared else minus(run_of(act.dato, until), case.never_lost)
    late = "men er det ikke" if first is None else f"men blev det først {danish(first)}"
    end = (
        "Vurderingen faldt ud til borgerens fordel, så ingen dage er et muligt tab." if spared else at_discretion(days)
    )
    shown = () if told is None else (seen(told.row, "vurdering_dato"), seen(told.row, "vurdering"))
    yield Finding(
        RULE,
        f"Rådigheden skulle vurderes senest {danish(limit)} efter {kind_of(act)} {danish(act.dato)}, {late}. {end}",
        date=limit,
        arose=act.dato,
        discretionary=days,
        evidence=(judged.seen(), judged.seen("type"), *shown),
        rests_on=law.unverified(ASSESSMENT_DAYS),
        runs=first is None and case.last == case.cutoff,
    )
