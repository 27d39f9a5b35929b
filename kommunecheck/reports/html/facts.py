"""What comes soon, how teams and months compare, what other readings would cost, and what was checked."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kommunecheck.domain.report import ComingDeadline, Report
from kommunecheck.domain.wording import number, whole
from kommunecheck.reports.comparing import BY_MONTH, SMALL, UNCERTAIN, called, differs, in_short, position, share_row
from kommunecheck.reports.html import order
from kommunecheck.reports.html.losses import TEAMS, case_link
from kommunecheck.reports.html.page import Column, Table
from kommunecheck.reports.ledger import COUNTED, account
from kommunecheck.reports.phrases import ELSEWHERE, name, team
from kommunecheck.reports.pictures.of_report import months
from kommunecheck.reports.pictures.svg import Drawn
from kommunecheck.reports.readings import step_cells, step_rows
from kommunecheck.reports.upcoming import NOTHING_STOPS, SOON, about, by_team, deadline_cells, in_all

DEADLINES = 40
"""How many of the coming deadlines a table shows; it says of how many."""

MONTHS = 12
"""The same for months, the latest."""


class Ahead(NamedTuple):
    """The interviews that must be held soon and are not booked."""

    said: str
    teams: Table | None
    deadlines: Table | None


class Told(NamedTuple):
    """A table and what stands over it."""

    said: str
    table: Table


class Facts(NamedTuple):
    """What the report tells beyond the findings; ``None`` where nobody asked for it or there is nothing to tell."""

    ahead: Ahead | None
    shares: Told | None
    months: Told | None
    months_picture: Drawn | None
    steps: Table | None
    ledger: Table | None


def facts(report: Report, places: Mapping[str, str]) -> Facts:
    """All of it; ``places`` is where a case is told."""
    ahead, shares, in_figures = _ahead(report, places), _shares(report), _months(report)
    return Facts(ahead, shares, in_figures, months(report), _steps(report), _ledger(report))


def _ahead(report: Report, places: Mapping[str, str]) -> Ahead | None:
    ahead = report.upcoming
    if ahead is None or not ahead.days:
        return None
    if ahead.not_told is not None:
        return Ahead(f"De kommende frister kan ikke ses: {ahead.not_told}.", None, None)
    said = f"{about(ahead)} {NOTHING_STOPS}"
    many = len(ahead.deadlines)
    if not many:
        return Ahead(f"{said} Der er ingen.", None, None)
    most = order.DEADLINES.get(report.reader, DEADLINES)
    if many > most:
        more = ELSEWHERE.replace("JSON", "kalender (.ics)")
        said += f" Her er de {whole(most)} nærmeste af {whole(many)} frister. {more}"
    columns = [
        Column("Senest", fixed=True),
        Column("Sag"),
        Column("Team", fixed=True),
        Column("Forfalder", fixed=True),
        Column("Regnet fra"),
    ]
    rows = [deadline_cells(one, case_link(one.sag_id, places)) for one in ahead.deadlines[:most]]
    table = Table("Samtaler, der skal holdes snart og ikke er booket", columns, rows, tall=True, quiet=True)
    return Ahead(said, _ahead_by_team(report, ahead.deadlines), table)


def _ahead_by_team(report: Report, deadlines: Sequence[ComingDeadline]) -> Table | None:
    teams = by_team(report, deadlines)
    if len(teams) < 2:
        return None
    return Table(
        "Kommende frister efter team og efter, hvor snart de kommer",
        [Column("Team"), *(Column(title, True) for title in SOON)],
        [[team(one), *map(whole, counts)] for one, counts in teams[:TEAMS]],
        ["I alt", *map(whole, in_all(teams))],
        tall=True,
    )


def _shares(report: Report) -> Told | None:
    """The share of cases with errors in each team, with its uncertainty."""
    teams = report.teams
    if teams is None or not differs(report):
        return None
    shown = [*teams.shares[:TEAMS], *([teams.joined] if teams.joined else [])]
    columns = [
        Column("Team"),
        Column("Sager", True),
        Column("Med fejl", True),
        Column("Andel", True),
        Column("Mellem", True),
        Column("Forskel"),
    ]
    table = Table(
        "Andelen af sager med fejl i hvert team, med usikkerhed",
        columns,
        [[*share_row(name(called(one)), one), position(one, teams.whole)] for one in shown],
        [*share_row("Kommunen", teams.whole), ""],
        tall=True,
        quiet=True,
    )
    return Told(f"{UNCERTAIN} {SMALL}" if teams.joined else UNCERTAIN, table)


def _months(report: Report) -> Told | None:
    """The causes over the latest months."""
    told = report.months
    if told is None or not told.months:
        return None
    said, many = BY_MONTH, len(told.months)
    if many > MONTHS:
        said += f" Tabellen viser de seneste {MONTHS} af {whole(many)} måneder. Alle er med i Excel (.xlsx)."
    rows = [
        [one.code, *(whole(count) if count else "–" for count in one.findings[-MONTHS:])]
        for one in told.causes
        if any(one.findings[-MONTHS:])
    ]
    table = Table(
        "Fund efter regel og måned, og tabte dage",
        [Column("Kode"), *(Column(in_short(month), True) for month in told.months[-MONTHS:])],
        rows,
        ["Tabte dage", *map(whole, told.lost_days[-MONTHS:])],
        quiet=True,
        small=True,
        about="Fund måned for måned",
    )
    return Told(said, table)


def _steps(report: Report) -> Table | None:
    """What the total would be with each reading one step stricter and looser."""
    rows = [step_cells(row, report) for row in step_rows(report)]
    if not rows:
        return None
    columns = [
        Column("Læsning"),
        Column("Trin"),
        Column("Værdi", True),
        Column("Forventet tab", True),
        Column("Forskel", True),
    ]
    return Table("Det forventede tab, når hver læsning er et trin anderledes", columns, rows, tall=True, quiet=True)


def _ledger(report: Report) -> Table | None:
    """What each rule came to in the cases, so that to have found nothing says something."""
    told = account(report)
    if not told:
        return None
    rows = [[one.code, *map(whole, one.counts), whole(one.cases)] for one in told]
    columns = [Column("Kode"), *(Column(title, True) for title in COUNTED), Column("Sager", True)]
    many = number(len(told), "regel", "regler")
    return Table(f"Hvad {many} kom til i hver sag", columns, rows, tall=True, quiet=True)
