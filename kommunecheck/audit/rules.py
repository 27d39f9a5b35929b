"""VT501-VT504: the rules of the reconciliation, found by ``reconcile`` alone."""

from dataclasses import dataclass

from kommunecheck.domain.rule import Explanation, Rule, Severity

_NEEDS = ("udbetalinger.anmeldt_refusion", "udbetalinger.berigtiget_refusion")
_CITED = ("BEK 1714/2006 § 5, stk. 3", "BEK 1714/2006 § 5, stk. 4")


@dataclass(frozen=True, slots=True)
class Stated:
    """A rule with its explanation; it has no function of its own, for a payment is looked at once for all of them."""

    RULE: Rule
    EXPLAIN: Explanation
    NEEDS: tuple[str, ...] = _NEEDS


def _rule(code: str, name: str, title: str) -> Rule:
    return Rule(code, name, title, Severity.ERROR, _CITED, waivable=False)


_BLIND = (
    "Afstemningen ser kun de beløb, der står på udbetalingens egen række. En berigtigelse, der er bogført samlet eller "
    "på en anden række, ser den ikke, medmindre sagens udbetalinger går lige op imod hinanden."
)

NOT_CORRECTED = Stated(
    _rule("VT501", "ikke-berigtiget", "Refusion for tabte dage er anmeldt og ikke berigtiget"),
    Explanation(
        says=(
            "Kommunen må ikke anmelde refusion for dage, hvor den har mistet retten til den, og den skal berigtige "
            "det, den allerede har anmeldt. Her er der anmeldt refusion for dage med forventet tab, og intet er "
            "berigtiget."
        ),
        fails=(
            "Der er udbetalt 10.000,00 kr. for april og anmeldt 3.500,00 kr. Samtalen blev holdt 10 dage for sent, og "
            "1.166,67 kr. er tabt. Intet er berigtiget: 1.166,67 kr. mangler."
        ),
        passes="Der er anmeldt 3.500,00 kr. og berigtiget 1.166,67 kr. Det er netop det tabte.",
        costs="Det beløb, der mangler at blive berigtiget. Tabet selv står ved den regel, der fandt de tabte dage.",
        remedy="Bogfør berigtigelsen på kontoen. Berigtigelseslisten i Excel har beløbet.",
        blind=_BLIND,
    ),
)
WRONGLY_CORRECTED = Stated(
    _rule("VT502", "forkert-berigtiget", "Refusion for tabte dage er berigtiget med et forkert beløb"),
    Explanation(
        says=(
            "Det, kommunen har mistet og allerede har anmeldt, skal berigtiges: hverken med mindre eller med mere. En "
            "berigtigelse regnes først til de tabte dage. Er der berigtiget for meget, er fundet en advarsel."
        ),
        fails="Der er tabt 1.166,67 kr. af det anmeldte, men kun berigtiget 1.000,00 kr. Der mangler 166,67 kr.",
        passes=(
            "Der er berigtiget 1.400,00 kr., hvoraf 1.166,67 kr. er forventet tab og resten er tab, som direktoratet "
            "kan se bort fra. Kommunen må gerne berigtige det, så det er ikke for meget."
        ),
        costs="Det, der mangler. Det, der er berigtiget for meget, står for sig og er kommunens egne penge.",
        remedy="Bogfør forskellen. Er der berigtiget for meget, kan refusionen anmeldes igen.",
        blind=f"{_BLIND} I en sag, der ikke er fuldt vurderet, kaldes intet for meget.",
    ),
)
WRONG_RATE = Stated(
    _rule("VT503", "forkert-refusionssats", "Refusionen er anmeldt med en forkert sats"),
    Explanation(
        says=(
            "Refusionssatsen følger af datoen og af, om borgeren var i tilbud. Det anmeldte beløb svarer præcis til "
            "udbetalingen med en anden af satserne. Er der anmeldt for lidt, er fundet en advarsel uden beløb."
        ),
        fails="Der er udbetalt 10.000,00 kr. uden for tilbud og anmeldt 6.500,00 kr. Det er satsen for tilbud, 65 %.",
        passes="Der er anmeldt 3.500,00 kr. af de 10.000,00 kr., altså 35 %.",
        costs="Det, der er anmeldt for meget og endnu ikke er berigtiget.",
        remedy="Ret satsen, og berigtig forskellen. Se efter, om fejlen går igen på kontoen.",
        blind=f"{_BLIND} Om borgeren virkelig var i tilbud, ved kun kolonnen i_tilbud.",
    ),
)
GROUNDLESS = Stated(
    _rule("VT504", "anmeldt-uden-grundlag", "Refusion er anmeldt uden grundlag"),
    Explanation(
        says=(
            "Der er anmeldt mere refusion, end udbetalingen giver ret til, og ingen af satserne forklarer beløbet. Det "
            "samme gælder en anmeldelse på en udbetaling på 0,00 kr. eller uden for sagens periode. Har en dag ingen "
            "sats, kan udbetalingen ikke afstemmes; da er fundet en advarsel."
        ),
        fails="Der er udbetalt 10.000,00 kr. og anmeldt 4.000,00 kr. Satsen giver 3.500,00 kr.",
        passes="Der er anmeldt 3.500,00 kr., eller de 500,00 kr. for meget er berigtiget.",
        costs="Det, der er anmeldt over det, satsen giver, og endnu ikke er berigtiget.",
        remedy="Find bilaget bag det anmeldte, og berigtig det, der ikke er grundlag for.",
        blind=_BLIND,
    ),
)
RULES = (NOT_CORRECTED, WRONGLY_CORRECTED, WRONG_RATE, GROUNDLESS)
"""In order of code."""
