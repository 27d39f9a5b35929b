"""A report divided by team: each part with its team's own cases, findings and deadlines, and their own totals."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from kommunecheck.comparing import by_month
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.report import Assessed, CaseResult, OnlyTeam, People, Reader, Report, Supervised
from kommunecheck.supervising import combine
from kommunecheck.totals import remaining, summarise

MOST = 500
"""A column of teams with more in it holds something else."""


def by_team(report: Report) -> Mapping[str | None, Report]:
    """The part of each team, in order of name; the cases without a team last.

    Whatever is about the municipality as a whole is left out: measures, plugins' sections, how teams compare.
    Raises ``UserError`` where the column of teams cannot be that.
    """
    teams = sorted({case.team for case in report.cases}, key=lambda team: (team is None, team or ""))
    if len(teams) > MOST:
        raise UserError(f"--split team: kolonnen team har over {MOST} forskellige værdier. Er det den rigtige kolonne?")
    return {team: _part(report, team) for team in teams}


def _part(report: Report, team: str | None) -> Report:
    cases = tuple(case for case in report.cases if case.team == team)
    own = {case.sag_id for case in cases}
    findings = tuple(placed for placed in report.findings if placed.sag_id in own)
    paid_known = report.summary.paid_known
    summary, ahead = summarise(cases, paid_known), report.upcoming
    supervisions = tuple(_supervised(one, own, paid_known) for one in report.supervisions if one.cases is not None)
    if ahead is not None:
        ahead = ahead._replace(deadlines=tuple(one for one in ahead.deadlines if one.sag_id in own))
    crashes = tuple((code, sag_id) for code, sag_id in report.run.crashes if sag_id is None or sag_id in own)
    return replace(
        report,
        run=replace(report.run, crashes=crashes, cases_outside_window=0),
        summary=summary,
        cases=cases,
        findings=findings,
        combined=combine([cases, *(one.cases or () for one in supervisions)], paid_known),
        supervisions=supervisions,
        sections=(),
        nightly=None,
        assessed=_assessed(report.assessed, cases, paid_known),
        upcoming=ahead,
        ledger=None,
        teams=None,
        months=None if report.months is None else by_month(findings, cases),
        readings=None,
        reader=report.reader or Reader.CASE_WORKER,
        word_cases=len(cases),
        team=OnlyTeam(team),
        people=_people(report.people, own),
    )


def _supervised(supervised: Supervised, own: Set[str], paid_known: bool) -> Supervised:
    """What a further supervision came to in these cases; its measures are of the whole municipality."""
    cases = tuple(case for case in supervised.cases or () if case.sag_id in own)
    return Supervised(supervised.name, supervised.title, summarise(cases, paid_known), cases, {})


def _assessed(assessed: Assessed | None, cases: Sequence[CaseResult], paid_known: bool) -> Assessed | None:
    """What is lost in these cases when the judgements are followed; judgements of nothing belong to no team."""
    if assessed is None:
        return None
    own = {case.sag_id for case in cases}
    anew = {sag_id: one for sag_id, one in assessed.cases.items() if sag_id in own}
    stands = {sag_id: one for sag_id, one in assessed.stands.items() if sag_id in own}
    return Assessed(remaining(cases, anew, paid_known), anew, stands, 0)


def _people(people: People | None, own: Set[str]) -> People | None:
    if people is None:
        return None
    return people._replace(cpr={sag_id: cpr for sag_id, cpr in people.cpr.items() if sag_id in own})


LONGEST = 60
"""The characters of a team's name that stand in a file's name."""


def file_names(teams: Mapping[str | None, Report]) -> dict[str | None, str]:
    """What the file of each team can be called, without its ending: plain letters, and no two the same."""
    names: dict[str | None, str] = {}
    for team in teams:
        wanted = name = _plain(team)
        number = 1
        while name in names.values():
            number += 1
            name = f"{wanted}-{number}"
        names[team] = name
    return names


def _plain(team: str | None) -> str:
    """The team in small letters and digits, beginning with ``team`` so that no system keeps the name for itself.

    What only looks like a CPR number without its other signs is masked here.
    """
    if team is None:
        return "uden-team"
    letters = team.lower().translate(_DANISH)
    parts = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in letters).split()
    name = masked("-".join(parts))[:LONGEST].strip("-")
    return name if name.startswith("team") else f"team-{name or 'andet'}"


_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "é": "e"})
