"""KS101: so few cases were drawn for so long that STAR may ask why."""

from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.kontrolsager.found import of_run
from kommunecheck.plugins.kontrolsager.law import CRITERION
from kommunecheck.plugins.kontrolsager.use import Run
from kommunecheck.plugins.kontrolsager.words import lacks, low_use_of

RULE = Rule(
    code="KS101",
    name="lav-udtagning",
    title="For få kontrolsager er udtaget i for lang tid",
    severity=Severity.ERROR,
    citations=(CRITERION,),
    supervision="kontrolsager",
)

NEEDS = ("kontrolsager.udtaget_dato", "kontrolsager.fjernet_dato")

EXPLAIN = Explanation(
    says=(
        "STAR kan tage kontakt til en kommune, der kontinuerligt (over 6 måneder) har udtaget under 30 % af de sager, "
        "Udbetaling Danmark stiller til rådighed, på enten kontroltrin 2 eller 3. Andelen er de udtagne sager i de "
        "seneste 12 måneder ud af dem og dem, der står tilbage på bruttolisten. Vi læser »over 6 måneder« som under "
        "grænsen ved udgangen af hver af de seneste 6 hele måneder, hvis 12 måneder er dækket af registret."
    ),
    fails=(
        "På trin 3 er der ved udgangen af januar til juni 2024 hver gang udtaget 7 af 24 sager i de seneste "
        "12 måneder: 29,17 %."
    ),
    passes="På trin 3 er der ved udgangen af april udtaget 6 af 20 sager. Præcis 30 % er ikke under grænsen.",
    costs="Ingen refusion. STAR beder kommunen begrunde, hvorfor sagerne ikke bliver brugt.",
    remedy=(
        "Udtag det antal sager, rapporten nævner, til prioriteringslisten, eller hav begrundelsen klar: STAR nævner "
        "selv kontrolstrategi, dårlig hitrate og andre kilder til kontrolsager."
    ),
    blind=(
        "Tjekket ser kun den tabel, kommunen har givet det. STARs egne tal kan være opgjort en anden dag, og STAR kan "
        "regne andelen på en anden måde."
    ),
)


def finding(trin: str, run: Run, to_draw: int, law: Law) -> Finding:
    """The finding for a kontroltrin whose ``run`` is long enough; ``to_draw`` cases would lift it to the threshold."""
    message = f"{low_use_of(trin, run)} STAR kan tage kontakt. {lacks(to_draw)}"
    return of_run(RULE, message, trin, run, law)
