"""What persons have judged, and what is lost when they are followed: the same words wherever it is told.

It always stands beside the run's own amounts and never in their place.
"""

from kommunecheck.domain.assessment import Judged
from kommunecheck.domain.days import danish
from kommunecheck.domain.names import KINDS, VERDICTS, capital
from kommunecheck.domain.report import Assessed, Report
from kommunecheck.domain.wording import kroner, number, whole

AFTER = "Efter vurdering"
"""What the figures are called."""
FOLLOW = "Vores egne tal står uændret alle andre steder i rapporten; vurderingerne flytter kun tallene her."
"""What must be said where they stand."""
HEADINGS = ("Tabets art", "Vores egne tal", "Efter vurdering", "Dage", "Dage efter")
"""Of ``after_rows``."""


def after_rows(report: Report, assessed: Assessed) -> list[list[str]]:
    """Each kind of loss by our own count, and after the judgements; the refund first, and then the days."""
    rows = []
    for kind, own, after in zip(KINDS, report.summary.kinds, assessed.after.kinds, strict=True):
        refunds = kroner(own.refund_lost), kroner(after.refund_lost)
        rows.append([capital(kind.full), *refunds, whole(own.days), whole(after.days)])
    own_runs, runs = report.summary.running_per_day, assessed.after.running_per_day
    if own_runs or runs:
        rows.append(["Løber om dagen", kroner(own_runs), kroner(runs), "", ""])
    return rows


def how_judged(assessed: Assessed) -> str:
    """How many judgements there are, and what became of those that do not count."""
    total = assessed.total
    holding = total.accepted + total.refused
    said = [f"{number(holding, 'vurdering gælder', 'vurderinger gælder')}"]
    if holding:
        said[0] += f" ({whole(total.accepted)} accepteret, {whole(total.refused)} ikke accepteret)"
    if total.expired:
        said.append(f"{number(total.expired, 'er udløbet', 'er udløbet')}, fordi grundlaget er ændret")
    if assessed.gone:
        said.append(f"{number(assessed.gone, 'er om et fund', 'er om fund')}, som denne kørsel ikke har")
    return f"{'; '.join(said)}. {number(total.open, 'skøn eller notat', 'skøn og notater')} er ikke vurderet."


def judged_as(judged: Judged | None) -> str:
    """What was judged, when, and whether it still holds; nothing where nobody has."""
    if judged is None:
        return ""
    over = "" if judged.holds else "; udløbet, grundlaget er ændret"
    return f"{VERDICTS[judged.verdict]} {danish(judged.day)}{over}"
