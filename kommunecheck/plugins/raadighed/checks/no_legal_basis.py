"""RT103: a sanction without a provision that the supervision covers."""

from collections.abc import Iterator

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import ACT_OF, Judged, seen
from kommunecheck.plugins.raadighed.provisions import covers, provisions
from kommunecheck.plugins.raadighed.texts import PROVISIONS_UNTIL
from kommunecheck.plugins.raadighed.words import sanction_of

RULE = Rule(
    code="RT103",
    name="sanktion-uden-hjemmel",
    title="Sanktionen nævner ingen hjemmel, der er omfattet af tilsynet",
    severity=Severity.ERROR,
    citations=(
        "BEK 1404/2006 § 2",
        "forvaltningsloven § 24",
    ),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "afgoerelser.sanktion",
    "afgoerelser.afgoerelse_dato",
    "afgoerelser.sanktion_fra",
    "afgoerelser.hjemmel",
)

EXPLAIN = Explanation(
    says=(
        "Afgørelsen skal nævne den bestemmelse, den hviler på. Tilsynet omfatter §§ 13-13 c og 38 a-41 i lov om "
        "aktiv socialpolitik og, for introduktionsydelse, §§ 25-25 a og 30-31 i integrationsloven."
    ),
    fails=("Hjælpen er sat ned 3. juli 2007, og i hjemmel står »§ 38«, som ikke er blandt bestemmelserne i § 2."),
    passes=(
        "I hjemmel står »§ 38 a, stk. 2«, »LAS §§ 38 a-41« eller »jf. aktivlovens § 39«. Én omfattet bestemmelse "
        "er nok."
    ),
    costs=("Intet i sig selv."),
    remedy=("Skriv den rigtige bestemmelse i sagen. Er sanktionen givet uden hjemmel, må afgørelsen tages op igen."),
    blind=(
        "Tjekket læser kun bestemmelsens nummer og ikke, om den passer på hændelsen. En bestemmelse uden for "
        "listen kan være lovlig; den er blot ikke omfattet af § 2. Afgørelser efter 16. august 2009 holdes ikke "
        "op imod listen, fordi loven blev ændret."
    ),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """A finding for each sanction that names no provision, or none that § 2 has for the case's benefit."""
    act = ACT_OF[judged.case.ydelsestype]
    for sanction in judged.sanctions:
        if sanction.row.unreadable("hjemmel"):
            continue
        named = provisions(sanction.row.hjemmel or "")
        known = sanction.day <= law.number(PROVISIONS_UNTIL)
        if named and (not known or any(covers(act, one) for one in named)):
            continue
        if named:
            what = "nævner ingen bestemmelse, der er omfattet af BEK 1404/2006 § 2 for denne ydelse"
        elif sanction.row.hjemmel is None:
            what = "nævner ingen hjemmel"
        else:
            what = "har en hjemmel, hvor ingen bestemmelse kan læses"
        yield Finding(
            RULE,
            f"Afgørelsen {danish(sanction.day)} om {sanction_of(sanction.row)} {what}.",
            date=sanction.day,
            arose=sanction.day,
            evidence=(seen(sanction.row, "hjemmel"), seen(sanction.row, "sanktion"), judged.seen()),
            rests_on=law.unverified(PROVISIONS_UNTIL) if named else (),
        )
