"""How teams and months compare, in words. Every format that tells of them tells the same."""

from datetime import date

from kommunecheck.domain.days import MONTHS, Day
from kommunecheck.domain.names import NO_TEAM
from kommunecheck.domain.report import Report, TeamShare
from kommunecheck.domain.wording import number

UNCERTAIN = (
    "Andelen er sager med fejl af de sager, der ikke er udgået. Var sagerne tilfældigt udvalgt, lå teamets egentlige "
    "andel med 95 % sikkerhed i intervallet (Wilson). Ligger hele intervallet over eller under kommunens andel, er "
    "forskellen næppe tilfældig."
)
SMALL = "Teams med færre end 5 sager er lagt sammen, om nødvendigt med det næstmindste, så ingen af dem kan regnes ud."
BY_MONTH = (
    "Fund efter den måned, hvor skridtet skulle være taget. I de seneste måneder kan fund mangle, fordi fristen ikke "
    "var udløbet. »Tabte dage« er dage med forventet tab i måneden; ingen dag er talt to gange."
)


def called(share: TeamShare) -> str:
    """The team, or how many are joined."""
    if len(share.teams) > 1:
        return f"{number(len(share.teams), 'team', 'teams')} lagt sammen"
    (team,) = share.teams or (None,)
    return NO_TEAM if team is None else team


def position(share: TeamShare, whole: TeamShare) -> str:
    """Where a team lies beside the municipality, if chance alone is not likely to have put it there."""
    if share.low * whole.cases > whole.errors:
        return "over kommunens andel"
    if share.high * whole.cases < whole.errors:
        return "under kommunens andel"
    return "kan være tilfældigt"


def differs(report: Report) -> bool:
    """Whether there is more than one team to compare."""
    return report.teams is not None and len(report.teams.whole.teams) > 1


def in_short(month: Day) -> str:
    """A month as a narrow column has it: ``jan 07``."""
    day = date.fromordinal(month)
    return f"{MONTHS[day.month - 1][:3]} {day.year % 100:02d}"
