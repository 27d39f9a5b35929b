"""What the findings about a run of months have in common."""

from kommunecheck.domain.finding import Finding, Subject
from kommunecheck.domain.rule import Rule
from kommunecheck.law.law import Law
from kommunecheck.plugins.kontrolsager.use import Run


def of_run(rule: Rule, message: str, trin: str, run: Run, law: Law) -> Finding:
    """The finding for a kontroltrin that is under the threshold.

    It is one matter from the first month of the run on, whichever of the rules finds it.
    """
    return Finding(
        rule,
        message,
        date=run.period.last,
        duty="udtagning",
        arose=run.period.first,
        rests_on=law.unverified("low_months", "draw_denominator"),
        subject=Subject("kommune", f"trin {trin}"),
        period=run.period,
    )
