"""What is asked of a finding that a person judges, and what to look at, as the guidance to § 5 has it."""

from kommunecheck.domain.assessment import Question
from kommunecheck.domain.rule import Certainty

KINDS = {
    Certainty.DISCRETIONARY: "skøn",
    Certainty.DOCUMENTATION: "journal",
    Certainty.EXPECTED: "særligt tilfælde",
}
"""What each kind of question is called."""

MEANS = (
    "Skøn: Direktoratet kan lade refusionen være, når borgeren var indkaldt og udeblev, og kommunen straks fulgte op. "
    "»accepteret« er, at tabet falder væk; »ikke accepteret« er, at det ventes.",
    "Journal: Skridtet står kun i et notat. »accepteret« er, at notatet kan bruges som dokumentation, og tabet falder "
    "væk; »ikke accepteret« er, at det ikke kan, og tabet ventes.",
    "Særligt tilfælde: Tabet ventes efter reglerne. »accepteret« er, at der er særlige grunde, som filerne ikke viser. "
    "Kun direktoratet kan se bort fra tabet, så det flyttes til skønnet. »ikke accepteret« er, at der ingen er.",
    "»tilbagekaldt« tager en tidligere vurdering tilbage. En række uden svar er ikke vurderet, og så gælder vores egne "
    "tal.",
)
"""What an answer does to each kind of loss."""

_NOTES = {
    1: "Står matchkategorien (1-5) i notatet selv, og er den sat ved samtalen eller straks efter?",
    2: "Står det i notatet selv, hvilke opmærksomhedsområder der har været udslagsgivende?",
    3: "Står det i notatet selv, at borgeren er registreret som arbejdssøgende, eller hvorfor ikke for tiden?",
}

_SPECIAL_STEP = (
    "Er der en særlig grund til, at skridtet ikke er registreret rigtigt, fx et nedbrud, og kan det vises på anden vis?"
)
_SPECIAL_INTERVIEW = "Er der en særlig grund til, at samtalen ikke er holdt i tide, og er den skrevet ned i sagen?"


def consider(question: Question) -> str:
    """What whoever judges should look at."""
    finding = question.findings[0]
    if question.kind is Certainty.DOCUMENTATION:
        return f"Læs notatet. {_NOTES.get(finding.step or 0, '')} Kan det sendes til direktoratet for sig?".strip()
    if question.kind is Certainty.DISCRETIONARY:
        return (
            "Er indkaldelsen i sagen, og nåede den frem i tide? Er det fornødne gjort ved udeblivelsen, og er borgeren "
            "indkaldt igen så hurtigt som muligt? Havde borgeren en rimelig grund?"
        )
    return _SPECIAL_INTERVIEW if finding.step is None else _SPECIAL_STEP
