"""How teams and months compare, in words. Every format that tells of them tells the same."""

from datetime import date
from typing import NamedTuple

from kommunecheck.domain.days import MONTHS, Day
from kommunecheck.domain.names import NO_TEAM
from kommunecheck.domain.report import Report, TeamShare
from kommunecheck.domain.wording import number, per_cent_of, share, whole
from kommunecheck.reports.phrases import team
from kommunecheck.reports.section import every_case

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


class TeamRow(NamedTuple):
    """A team, or several joined, with its cases and what is expected lost."""

    called: str
    cases: int
    error_with_loss: int
    refund_lost: int | None


def team_rows(report: Report) -> list[TeamRow]:
    """What each team comes to, with the small ones joined."""
    rows: dict[str, TeamRow] = {}
    for one in report.summary.by_team:
        called = shown_as(report, one.team)
        before = rows.get(called) or TeamRow(called, 0, 0, 0)
        lost = None
        if before.refund_lost is not None and one.refund_lost is not None:
            lost = before.refund_lost + one.refund_lost
        sums = before.cases + one.cases, before.error_with_loss + one.error_with_loss
        rows[called] = TeamRow(called, *sums, lost)
    return list(rows.values())


def shown_as(report: Report, one: str | None) -> str:
    """The name that a team is counted under: its own, unless it is so small that it is joined with others."""
    together = (one,) if report.teams is None else report.teams.shown_as(one)
    return team(one) if len(together) == 1 else f"{number(len(together), 'team', 'teams')} lagt sammen"


def share_row(label: str, one: TeamShare) -> list[str]:
    """Cases, those with errors, their share, and what it lies between."""
    between = f"{per_cent_of(one.low)} og {per_cent_of(one.high)}"
    return [label, whole(one.cases), whole(one.errors), share(one.errors, one.cases), between]


def team_shares(report: Report) -> dict[tuple[str, str], int | None]:
    """What each rule of any supervision alone costs in each team, by the name it is counted under."""
    shares: dict[tuple[str, str], int | None] = {}
    for case in every_case(report):
        for code, one in case.exposure.by_code:
            called = shown_as(report, case.team)
            before = shares.get((code, called), 0)
            known = before is not None and one.alone_refund_lost is not None
            shares[code, called] = (before or 0) + (one.alone_refund_lost or 0) if known else None
    return shares
