"""Where the money goes: what still runs, what each rule costs, and whose cases they are."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kommunecheck.domain.days import count, danish
from kommunecheck.domain.names import SEVERITIES
from kommunecheck.domain.report import Placed, Report
from kommunecheck.domain.section import Section, SectionTable
from kommunecheck.domain.wording import number, share, whole
from kommunecheck.reports.causes import (
    DAYS_LOST,
    LOSING,
    RuleTotal,
    costliest,
    dearest_cases,
    findings_by_code,
    lost_by_rule,
    of_no_case,
    rule_totals,
)
from kommunecheck.reports.comparing import TeamRow, shown_as, team_rows, team_shares
from kommunecheck.reports.html import order
from kommunecheck.reports.html.front import place_of_rule
from kommunecheck.reports.html.page import Cell, Column, Table, link
from kommunecheck.reports.lines import refund_of
from kommunecheck.reports.phrases import ELSEWHERE, amount, cases, cost, name
from kommunecheck.reports.pictures.of_report import rules, rules_title
from kommunecheck.reports.pictures.of_report import teams as teams_picture
from kommunecheck.reports.pictures.of_section import drawn, titled
from kommunecheck.reports.pictures.svg import Drawn
from kommunecheck.reports.running import UNTIL, Running, none_runs, still_running, taking
from kommunecheck.reports.section import is_number, only_further, sections_after, shown, together
from kommunecheck.reports.telling import stands

MOST = 50
"""How many running losses a table shows; it says of how many."""

DEAREST = 20
"""The same for the dearest cases, before all are told."""

TEAMS = 100
"""The same for teams."""

RULE_CASES = 12
"""How many of a rule's cases are named; it says how many more there are."""

RULE_TEAMS = 10
"""The same for the teams under each rule."""

OTHERS = 500
"""How many findings of no case are shown."""


class RuleTold(NamedTuple):
    """A rule with findings, as it is shown."""

    code: str
    place: str
    title: str
    found: str
    says: str
    citations: str
    costs: str
    remedy: str
    cases: tuple[Cell, ...]
    more_cases: int
    teams: Table | None


class SectionTold(NamedTuple):
    """A section on further supervisions or that a plugin adds, or a part of one."""

    title: str
    paragraphs: tuple[str, ...]
    picture_title: str
    picture: Drawn | None
    table: Table | None
    parts: "tuple[SectionTold, ...]" = ()


class Losses(NamedTuple):
    """What still runs, the rules, the teams, the dearest cases, what is found of no case, and plugins' sections.

    ``together`` has all supervisions beside one another, where the summary tells of further ones alone.
    """

    running: Table | None
    running_said: str
    rules: Table | None
    rules_picture: Drawn | None
    rules_title: str
    rules_told: tuple[RuleTold, ...]
    teams: Table | None
    teams_picture: Drawn | None
    teams_said: str
    dearest_title: str
    dearest: Table | None
    dearest_said: str
    others: Table | None
    others_said: str
    together: Table | None
    sections: tuple[SectionTold, ...]


def losses(report: Report, places: Mapping[str, str]) -> Losses:
    """All of it; ``places`` is where a case is told."""
    running = [] if only_further(report) else still_running(report)
    totals = rule_totals(report)
    return Losses(
        _running(running[: _most(report)], places) if running else None,
        _running_said(report, running),
        _rules(totals) if totals else None,
        rules(report, key=False),
        rules_title(report),
        tuple(_rules_told(report, totals, places)),
        *_teams(report),
        dearest_cases(report),
        *_dearest(report, places),
        *_others(report),
        _together(report),
        tuple(_told(one, f"afsnit-{place}-b") for place, one in enumerate(sections_after(report), 1)),
    )


def case_link(sag_id: str, places: Mapping[str, str]) -> Cell:
    """The case's id, leading to where the case is told."""
    return link(name(sag_id), places[sag_id]) if sag_id in places else name(sag_id)


def _running_said(report: Report, running: Sequence[Running]) -> str:
    if not running:
        return none_runs(report)
    said = f"{taking(report, running)} {UNTIL}"
    return said + _of_how_many(len(running), _most(report), "sager")


def _most(report: Report) -> int:
    return order.RUNNING.get(report.reader, MOST)


def _of_how_many(there_are: int, most: int, what: str) -> str:
    if there_are <= most:
        return ""
    return f" Tabellen viser de {whole(most)} dyreste af {whole(there_are)} {what}. {ELSEWHERE}"


def _running(running: Sequence[Running], places: Mapping[str, str]) -> Table:
    rows = [
        [
            case_link(one.sag_id, places),
            one.daily,
            (one.told or "Se sagen") + (f" ({', '.join(one.codes)})" if one.codes else ""),
            danish(one.since),
            name(one.team),
        ]
        for one in running
    ]
    columns = [Column("Sag"), Column("Om dagen", True), Column("Stop tabet"), Column("Løber siden"), Column("Team")]
    return Table("Sager, hvor tabet stadig løber, de dyreste først", columns, rows, tall=True, quiet=True)


def _rules(totals: Sequence[RuleTotal]) -> Table:
    rows = [
        [
            link(total.rule.code, f"#{place_of_rule(total.rule.code)}"),
            total.rule.title,
            whole(total.findings),
            whole(total.cases) if total.cases else "",
            cost(total.lost.alone_refund, total.lost.alone_days),
            cost(total.lost.touched_refund, total.lost.touched_days),
        ]
        for total in totals
    ]
    columns = [
        Column("Kode"),
        Column("Regel"),
        Column("Fund", True),
        Column("Sager", True),
        Column("Tab, alene", True),
        Column("Tab, i alt", True),
    ]
    return Table("Regler med fund: antal fund og sager, og hvad de koster", columns, rows, tall=True)


def _rules_told(report: Report, totals: Sequence[RuleTotal], places: Mapping[str, str]) -> list[RuleTold]:
    grouped = findings_by_code(report.findings)
    shares = team_shares(report)
    return [_rule(report, total, grouped[total.rule.code], shares, places) for total in totals]


def _rule(
    report: Report,
    total: RuleTotal,
    found: Sequence[Placed],
    shares: Mapping[tuple[str, str], int | None],
    places: Mapping[str, str],
) -> RuleTold:
    rule, explained = total.rule, report.explanations.get(total.rule.code)
    where = f" i {cases(total.cases)}" if total.cases else ""
    ids = _costliest_first(found)
    said = f"{number(total.findings, 'fund', 'fund')}{where} (alvor: {SEVERITIES[found[0].severity]})."
    return RuleTold(
        rule.code,
        place_of_rule(rule.code),
        rule.title,
        f"{said} {lost_by_rule(report, total.lost)}",
        explained.says if explained else "",
        "; ".join(rule.citations),
        explained.costs if explained else "",
        explained.remedy if explained else "",
        tuple(case_link(sag_id, places) for sag_id in ids[:RULE_CASES]),
        max(len(ids) - RULE_CASES, 0),
        _teams_of_rule(report, total, found, shares),
    )


def _costliest_first(found: Sequence[Placed]) -> list[str]:
    """The cases of a rule's findings, those with most lost days first."""
    lost: dict[str, int] = {}
    for placed in found:
        one = placed.finding
        if placed.sag_id is not None:
            days = count((*one.expected, *one.discretionary, *one.documentation))
            lost[placed.sag_id] = lost.get(placed.sag_id, 0) + days
    return sorted(lost, key=lambda sag_id: (-lost[sag_id], sag_id))


def _teams_of_rule(
    report: Report, total: RuleTotal, found: Sequence[Placed], shares: Mapping[tuple[str, str], int | None]
) -> Table | None:
    """The teams a rule was broken in, with what it costs there where it costs at all."""
    teams: dict[str, list[Placed]] = {}
    for placed in found:
        teams.setdefault(shown_as(report, placed.team), []).append(placed)
    if len(teams) < 2:
        return None
    code = total.rule.code
    costs = total.lost.touched_days > 0 and total.lost.alone_refund is not None
    lost = {one: shares.get((code, one), 0) for one in teams} if costs else {}
    ranked = sorted(teams, key=lambda one: (-(lost.get(one) or 0), -len(teams[one]), one))[:RULE_TEAMS]
    columns = [Column("Team"), Column("Fund", True), Column("Sager", True)]
    rows = [
        [one, whole(len(teams[one])), whole(len({placed.sag_id for placed in teams[one]} - {None}))] for one in ranked
    ]
    if lost:
        columns.append(Column("Tab, alene", True))
        rows = [[*row, amount(lost[one])] for row, one in zip(rows, ranked, strict=True)]
    some = f" De {RULE_TEAMS} første af {whole(len(teams))} teams." if len(teams) > RULE_TEAMS else ""
    return Table(f"Fund af {code} efter team.{some}", columns, rows, small=True)


def _teams(report: Report) -> tuple[Table | None, Drawn | None, str]:
    """The teams, those that lose most first, and what they add up to."""
    summary = report.summary
    if not summary.by_team:
        return None, None, "Der er ingen sager."
    teams = sorted(team_rows(report), key=lambda one: (-(one.refund_lost or 0), -one.error_with_loss, one.called))
    if all(one.team is None for one in summary.by_team):
        return None, None, "Udtrækket siger ikke, hvilket team sagerne hører til."
    with_loss = sum(one.error_with_loss for one in teams)
    columns = [
        Column("Team"),
        Column("Sager", True),
        Column("Med tab", True),
        Column("Andel med tab", True),
        Column("Tabt refusion", True),
    ]
    total = ["I alt", whole(summary.cases), whole(with_loss), share(with_loss, summary.cases)]
    table = Table(
        "Teams med sager, sager med tab og tabt refusion",
        columns,
        [_team_row(one) for one in teams[:TEAMS]],
        [*total, amount(summary.expected.refund_lost)],
        tall=True,
        quiet=True,
    )
    said = "Beløbene er det forventede tab, og hver sag hører til ét team." + _of_how_many(len(teams), TEAMS, "teams")
    return table, teams_picture(report), said


def _team_row(one: TeamRow) -> list[str]:
    shares = share(one.error_with_loss, one.cases)
    return [one.called, whole(one.cases), whole(one.error_with_loss), shares, amount(one.refund_lost)]


def _dearest(report: Report, places: Mapping[str, str]) -> tuple[Table | None, str]:
    """The dearest cases in a table, each leading to where it is told."""
    with_loss = costliest(report)
    if not with_loss:
        return None, "Ingen sager har tabte dage."
    rows = []
    for place, case in enumerate(with_loss[:DEAREST], 1):
        sums = [refund_of(loss) for loss in case.exposure.kinds]
        lost = whole(sum(loss.days for loss in case.exposure.kinds))
        rows.append([whole(place), case_link(case.sag_id, places), name(case.team), lost, *sums])
    columns = [
        Column("Nr.", True),
        Column("Sag"),
        Column("Team"),
        Column(DAYS_LOST, True),
        Column("Forventet tab", True),
        Column("Muligt tab", True),
        Column("Journal", True),
    ]
    said = ""
    if len(with_loss) > DEAREST:
        first = "dyreste" if report.summary.paid_known else "første"
        said = f"De {DEAREST} {first} af {whole(len(with_loss))} {LOSING}."
    return Table(f"{dearest_cases(report)}: dage og beløb", columns, rows, quiet=True, tall=True), said


def _others(report: Report) -> tuple[Table | None, str]:
    """The findings that belong to no case: of the municipality itself, of files, and of what is no case."""
    found = of_no_case(report)
    if not found:
        return None, ""
    rows = [
        [
            placed.finding.rule.code,
            name(placed.about),
            SEVERITIES[placed.severity],
            placed.finding.message,
            stands(placed.finding, report.run.sources),
        ]
        for placed in found[:OTHERS]
    ]
    some = f"De første {whole(OTHERS)} af {whole(len(found))} fund. {ELSEWHERE}" if len(found) > OTHERS else ""
    columns = [Column("Kode"), Column("Om"), Column("Alvor"), Column("Fundet"), Column("Står i")]
    return Table("Fund, der ikke hører til en sag", columns, rows, tall=True, quiet=True), some


def _together(report: Report) -> Table | None:
    beside = together(report)
    return None if beside is None else _section(beside.title, beside.table)


def _told(section: Section, name: str) -> SectionTold:
    """The section; ``name`` begins the names of its pictures."""
    title, picture = ("", None) if section.picture is None else (titled(section.picture), drawn(name, section.picture))
    parts = tuple(_told(part, f"{name}{place}") for place, part in enumerate(section.parts, 1))
    return SectionTold(section.title, section.paragraphs, title, picture, _section(section.title, section.table), parts)


FIT = 3
"""Columns that a phone has room for beside one another; a row of more is set up value under value there."""


def _section(title: str, table: SectionTable | None) -> Table | None:
    if table is None:
        return None
    columns = [Column(heading, is_number(table, place)) for place, heading in enumerate(table.headings)]
    rows: list[list[Cell]] = [[shown(cell) for cell in row] for row in table.rows]
    return Table(title, columns, rows, tall=len(columns) > FIT, quiet=True)
