"""What comes soon: the interviews that must be held in the next weeks and are not booked."""

from collections.abc import Mapping

from kommunecheck.domain.report import Report
from kommunecheck.domain.wording import whole
from kommunecheck.reports.phrases import ELSEWHERE, team
from kommunecheck.reports.upcoming import NOTHING_STOPS, SOON, about, by_team, deadline_cells, in_all
from kommunecheck.reports.word.losses import TEAMS, case_link
from kommunecheck.reports.word.paper import Column, Paper

SHOWN = 40
"""How many of the deadlines are shown; it is said of how many."""


def upcoming(paper: Paper, report: Report, places: Mapping[str, str], shown: int = SHOWN) -> None:
    """The deadlines, the soonest first, and how many there are in each team; nothing where nobody asked for them."""
    ahead = report.upcoming
    if ahead is None or not ahead.days:
        return
    paper.heading("Kommende frister", 1)
    if ahead.not_told is not None:
        paper.paragraph(f"De kommende frister kan ikke ses: {ahead.not_told}.")
        return
    teams = by_team(report, ahead.deadlines)
    paper.paragraph(about(ahead), " ", NOTHING_STOPS, keep=len(teams) > 1)
    if not ahead.deadlines:
        paper.paragraph("Der er ingen.")
        return
    if len(teams) > 1:
        _teams(paper, teams)
    many = len(ahead.deadlines)
    said = "1 frist." if many == 1 else f"{whole(many)} frister, de nærmeste først."
    if many > shown:
        said = f"De {whole(shown)} nærmeste af {whole(many)} frister. {ELSEWHERE.replace('JSON', 'kalender (.ics)')}"
    paper.heading("Samtalerne", 2)
    paper.paragraph(said, keep=True)
    paper.table(
        [
            Column("Senest", 3.1),
            Column("Sag", 2.6),
            Column("Team", 2.7),
            Column("Forfalder", 2.9),
            Column("Regnet fra", 5.3),
        ],
        [deadline_cells(one, case_link(one.sag_id, places)) for one in ahead.deadlines[:shown]],
        "Samtaler, der skal holdes snart og ikke er booket",
    )


def _teams(paper: Paper, teams: list[tuple[str | None, list[int]]]) -> None:
    paper.table(
        [Column("Team", 6), *(Column(title, 2.6, True) for title in SOON)],
        [[team(one), *map(whole, counts)] for one, counts in teams[:TEAMS]],
        "Kommende frister efter team og efter, hvor snart de kommer",
        total=["I alt", *map(whole, in_all(teams))],
    )
