"""KS102: too few cases were drawn, but not for so long yet that STAR may ask why."""

from kommunecheck.domain.finding import Finding
from kommunecheck.domain.rule import Explanation, Rule, Severity
from kommunecheck.law.law import Law
from kommunecheck.plugins.kontrolsager.found import of_run
from kommunecheck.plugins.kontrolsager.law import CRITERION
from kommunecheck.plugins.kontrolsager.use import Run
from kommunecheck.plugins.kontrolsager.words import lacks, low_use_of

RULE = Rule(
    code="KS102",
    name="lav-udtagning-paa-vej",
    title="For få kontrolsager er udtaget lige nu",
    severity=Severity.WARNING,
    citations=(CRITERION,),
    supervision="kontrolsager",
)

NEEDS = ("kontrolsager.udtaget_dato", "kontrolsager.fjernet_dato")

EXPLAIN = Explanation(
    says=(
        "STAR ser på kommuner, der kontinuerligt (over 6 måneder) har udtaget under 30 % af de tilgængelige sager. "
        "Ligger et kontroltrin under grænsen ved udgangen af den seneste hele måned, er det på vej dertil."
    ),
    fails="På trin 2 er der ved udgangen af juni udtaget 2 af 9 sager: 22,22 %. I maj var andelen over 30 %.",
    passes="På trin 2 er der ved udgangen af juni udtaget 3 af 10 sager. Præcis 30 % er ikke under grænsen.",
    costs="Intet endnu. Fortsætter det i 6 hele måneder, kan STAR tage kontakt.",
    remedy="Udtag det antal sager, rapporten nævner, til prioriteringslisten i den kommende måned.",
    blind=(
        "Dækker registret ikke alle 12 måneder, kan andelen være for lav eller for høj. Den er vist, men tæller ikke "
        "med i de 6 måneder."
    ),
)


def finding(trin: str, run: Run, to_draw: int, law: Law) -> Finding:
    """The finding for a kontroltrin that is under now; ``to_draw`` cases would lift it to the threshold."""
    message = f"{low_use_of(trin, run)} {lacks(to_draw)}"
    return of_run(RULE, message, trin, run, law)
