"""RT110: a case under appeal leaves the supervision, and the directorate must be told."""

from collections.abc import Iterator

from kommunecheck.domain.days import danish
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.raadighed.acts import Judged, seen

RULE = Rule(
    code="RT110",
    name="ankesag",
    title="Sagen er i ankesystemet og udgår af tilsynet",
    severity=Severity.INFO,
    citations=("BEK 1404/2006 § 5",),
    supervision="raadighed",
)

NEEDS = (
    "haendelser.dato",
    "afgoerelser.ankesag",
)

EXPLAIN = Explanation(
    says=(
        "Har en udtaget sag været, er eller kommer den under behandling i ankesystemet, skal kommunen give "
        "direktoratet besked. Sagen udgår derefter af tilsynet."
    ),
    fails=("I ankesag står »ja« ved en af hændelsens afgørelser."),
    passes=("I ankesag står »nej«, eller cellen er tom."),
    costs=("Intet: sagen har ingen andre fund i tilsynet og ingen tabte dage."),
    remedy=(
        "Giv direktoratet besked, hvis sagen er udtaget. Listen over sager, der skal gives besked om, står i rapporten."
    ),
    blind=(
        "Tjekket ser kun det, der er registreret. Ankenævnets afgørelse kender det ikke. Kan cellen ikke læses, er det "
        "uvist, om sagen er udgået, og den bliver ikke vurderet."
    ),
)


def check(judged: Judged, law: Law) -> Iterator[Finding]:
    """The finding of an act of which any row is under appeal."""
    row = next((row for row in judged.rows if row.ankesag), None)
    if row is not None:
        yield Finding(
            RULE,
            f"En afgørelse om hændelsen {danish(judged.act.dato)} er eller har været i ankesystemet. Sagen udgår, og "
            "direktoratet skal have besked, hvis den er udtaget.",
            date=judged.act.dato,
            arose=judged.act.dato,
            evidence=(seen(row, "ankesag"), judged.seen()),
        )
