"""Where the money goes: what still runs, what each rule costs, and whose cases they are."""

from collections.abc import Mapping, Sequence

from kommunecheck.domain.days import danish
from kommunecheck.domain.names import SEVERITIES
from kommunecheck.domain.report import Placed, Report
from kommunecheck.domain.wording import number, share, whole
from kommunecheck.reports.causes import RuleTotal, findings_by_code, lost_by_rule, of_no_case, rule_totals
from kommunecheck.reports.comparing import (
    BY_MONTH,
    SMALL,
    UNCERTAIN,
    called,
    differs,
    in_short,
    position,
    share_row,
    shown_as,
    team_rows,
    team_shares,
)
from kommunecheck.reports.phrases import ELSEWHERE, amount, cases, cost, name, of_how_many
from kommunecheck.reports.pictures.of_report import BY_MONTH as MONTHS_PICTURE
from kommunecheck.reports.pictures.of_report import TEAMS_LOSE, months, rules, rules_title
from kommunecheck.reports.pictures.of_report import teams as teams_picture
from kommunecheck.reports.running import UNTIL, Running, none_runs, still_running, taking
from kommunecheck.reports.since import mark
from kommunecheck.reports.telling import stands
from kommunecheck.reports.word.page import WIDTH
from kommunecheck.reports.word.paper import Bold, Cell, Column, Link, Paper, Part

RUNNING = 20
"""How many of the running losses are shown; it is said of how many."""
TEAMS = 100
"""The same for teams: a column used for something else than teams must not fill the document."""
RULE_TEAMS = 10
"""The same for the teams under each rule."""
OF_NO_CASE = 200
"""The same for the findings of no case."""


def still_runs(
    paper: Paper, report: Report, places: Mapping[str, str], shown: int = RUNNING, *, new_page: bool = False
) -> None:
    """The losses that can be stopped, the dearest first, with the step that stops each."""
    running = still_running(report)
    paper.heading("Det løber stadig", 1, new_page=new_page)
    if not running:
        paper.paragraph(none_runs(report))
        return
    paper.paragraph(Bold(taking(report, running)), f" {UNTIL}", keep=True)
    if len(running) > shown:
        paper.paragraph(of_how_many(len(running), shown, "sager"), keep=True)
    paper.table(
        [
            Column("Sag", 2.6),
            Column("Team", 2.8),
            Column("Refusion om dagen", 2.7, True),
            Column("Løber siden", 3.3),
            Column("Stop tabet", 5.2),
        ],
        [_running_row(one, places) for one in running[:shown]],
        "Sager, hvor tabet stadig løber, de dyreste først",
    )


def _running_row(one: Running, places: Mapping[str, str]) -> list[Cell]:
    steps = one.told or "Se sagen"
    codes = f" ({', '.join(one.codes)})" if one.codes else ""
    return [
        case_link(one.sag_id, places),
        name(one.team),
        one.daily,
        danish(one.since),
        steps + codes,
    ]


def case_link(sag_id: str, places: Mapping[str, str]) -> Part:
    """The case's id, leading to the case where it is told in full."""
    return Link(name(sag_id), places[sag_id]) if sag_id in places else name(sag_id)


def by_rule(paper: Paper, report: Report, *, in_full: bool = True) -> None:
    """Every rule with findings: in a table, and then, ``in_full``, one by one with the law and the remedy."""
    paper.heading("Fund efter regel", 1)
    totals = rule_totals(report)
    if not totals:
        paper.paragraph("Der er ingen fund.")
        return
    paper.paragraph(
        "Fund overlapper: den samme dag kan være tabt af flere grunde. »Alene« er de dage, ingen anden regel rammer. "
        "»I alt« er alle de dage, reglen rammer, og kan ikke lægges sammen på tværs af regler. Også muligt tab og "
        "dage, der kun hviler på journalen, er regnet med her.",
        keep=True,
    )
    paper.table(
        [
            Column("Kode", 1.6),
            Column("Regel", 6.4),
            Column("Fund", 1.4, True),
            Column("Sager", 1.4, True),
            Column("Tab, alene", 2.9, True),
            Column("Tab, i alt", 2.9, True),
        ],
        [_total_row(total, in_full) for total in totals],
        "Regler med fund: antal fund og sager, og hvad de koster",
    )
    drawn = rules(report, key=True)
    if drawn is not None:
        paper.picture(rules_title(report), drawn, WIDTH)
    if not in_full:
        paper.paragraph("Skriv »kommunecheck explain KODE« for at læse mere om en regel.", style="Smaat")
        return
    grouped = findings_by_code(report.findings)
    shares = team_shares(report)
    for total in totals:
        _rule(paper, report, total, grouped[total.rule.code], shares)
    _of_no_case(paper, report)


def _of_no_case(paper: Paper, report: Report) -> None:
    """The findings that belong to no case, one by one: nowhere else could they be found again."""
    found = of_no_case(report)
    if not found:
        return
    paper.heading("Fund, der ikke hører til en sag", 2)
    some = f"De første {whole(OF_NO_CASE)} af {whole(len(found))} fund. {ELSEWHERE}" if len(found) > OF_NO_CASE else ""
    if some:
        paper.paragraph(some, keep=True)
    paper.table(
        [
            Column("Dato", 2.5),
            Column("Kode", 1.5),
            Column("Gælder", 2.4),
            Column("Fundet", 6.9),
            Column("Står i", 3.3),
        ],
        [
            [
                "" if placed.finding.date is None else danish(placed.finding.date),
                Link(placed.finding.rule.code, place_of(placed.finding.rule.code)),
                name(placed.about),
                placed.finding.message + mark(placed),
                stands(placed.finding, report.run.sources),
            ]
            for placed in found[:OF_NO_CASE]
        ],
        "Fund, der ikke hører til en sag, og hvor de står",
        style="Tabeltekstlille",
    )


def _total_row(total: RuleTotal, with_link: bool) -> list[Cell]:
    code, lost = total.rule.code, total.lost
    sums = [cost(lost.alone_refund, lost.alone_days), cost(lost.touched_refund, lost.touched_days)]
    named: Part = Link(code, place_of(code)) if with_link else code
    in_cases = whole(total.cases) if total.cases else ""
    return [named, total.rule.title, whole(total.findings), in_cases, *sums]


def place_of(code: str) -> str:
    """The bookmark of a rule's own heading."""
    return "regel_" + "".join(sign if sign.isascii() and sign.isalnum() else f"_{ord(sign):x}_" for sign in code)


def _rule(
    paper: Paper,
    report: Report,
    total: RuleTotal,
    found: Sequence[Placed],
    shares: Mapping[tuple[str, str], int | None],
) -> None:
    """One rule: what the law says, what was found, what it costs, how to put it right, and in which teams."""
    rule, explanation = total.rule, report.explanations.get(total.rule.code)
    paper.heading(f"{rule.code} {rule.title}", 2, place_of(rule.code))
    where = f" i {cases(total.cases)}" if total.cases else ""
    found_here = f"{number(total.findings, 'fund', 'fund')}{where} (alvor: {SEVERITIES[found[0].severity]})."
    paper.paragraph(Bold("Fundet: "), f"{found_here} {lost_by_rule(report, total.lost)}", style="Taet", keep=True)
    law = f"{explanation.says} " if explanation else ""
    paper.paragraph(Bold("Reglen: "), f"{law}({'; '.join(rule.citations)})", style="Taet", keep=explanation is not None)
    teams: dict[str, list[Placed]] = {}
    for placed in found:
        teams.setdefault(shown_as(report, placed.team), []).append(placed)
    if explanation is not None:
        paper.paragraph(Bold("Det koster: "), explanation.costs, style="Taet", keep=True)
        paper.paragraph(Bold("Gør sådan: "), explanation.remedy, style="Taet", keep=len(teams) > 1)
    if len(teams) > 1:
        costs = total.lost.touched_days > 0 and total.lost.alone_refund is not None
        _teams_of_rule(paper, rule.code, teams, shares if costs else None)


def _teams_of_rule(
    paper: Paper,
    code: str,
    teams: Mapping[str, Sequence[Placed]],
    shares: Mapping[tuple[str, str], int | None] | None,
) -> None:
    """The teams a rule was broken in, with what it costs there where it costs at all."""
    lost = {one: shares.get((code, one), 0) for one in teams} if shares else {}
    ranked = sorted(teams, key=lambda one: (-(lost.get(one) or 0), -len(teams[one]), one))
    columns = [Column("Team", 6), Column("Fund", 2, True), Column("Sager", 2, True)]
    rows: list[list[Cell]] = [
        [one, whole(len(teams[one])), whole(len({placed.sag_id for placed in teams[one]} - {None}))]
        for one in ranked[:RULE_TEAMS]
    ]
    if lost:
        columns.append(Column("Tab, alene", 3, True))
        rows = [[*row, amount(lost[one])] for row, one in zip(rows, ranked, strict=False)]
    paper.table(columns, rows, f"Fund af {code} efter team")
    if len(teams) > RULE_TEAMS:
        paper.paragraph(of_how_many(len(teams), RULE_TEAMS, "teams"), style="Smaat")


def by_team(paper: Paper, report: Report) -> None:
    """The teams, those that lose most first, and what they add up to."""
    paper.heading("Efter team", 1)
    summary = report.summary
    if not summary.by_team:
        paper.paragraph("Der er ingen sager.")
        return
    if all(one.team is None for one in summary.by_team):
        paper.paragraph("Udtrækket siger ikke, hvilket team sagerne hører til.")
        return
    teams = sorted(team_rows(report), key=lambda one: (-(one.refund_lost or 0), -one.error_with_loss, one.called))
    about = "Beløbene er det forventede tab, og hver sag hører til ét team. "
    paper.paragraph(about + of_how_many(len(teams), TEAMS, "teams"), keep=True)
    drawn = teams_picture(report)
    if drawn is not None:
        paper.picture(TEAMS_LOSE, drawn, WIDTH)
    with_loss = sum(one.error_with_loss for one in teams)
    paper.table(
        [
            Column("Team", 5.6),
            Column("Sager", 2.2, True),
            Column("Med tab", 2.2, True),
            Column("Andel med tab", 2.8, True),
            Column("Tabt refusion", 3.8, True),
        ],
        [
            [
                one.called,
                whole(one.cases),
                whole(one.error_with_loss),
                share(one.error_with_loss, one.cases),
                amount(one.refund_lost),
            ]
            for one in teams[:TEAMS]
        ],
        "Teams med sager, sager med tab og tabt refusion",
        total=[
            "I alt",
            whole(summary.cases),
            whole(with_loss),
            share(with_loss, summary.cases),
            amount(summary.expected.refund_lost),
        ],
    )
    _shares(paper, report)


def _shares(paper: Paper, report: Report) -> None:
    """The share of cases with errors in each team, with its uncertainty."""
    teams = report.teams
    if teams is None or not differs(report):
        return
    paper.heading("Andelen af sager med fejl", 2)
    paper.paragraph(f"{UNCERTAIN} {SMALL}" if teams.joined else UNCERTAIN, keep=True)
    told = [*teams.shares[:TEAMS], *([teams.joined] if teams.joined else [])]
    paper.table(
        [
            Column("Team", 4.6),
            Column("Sager", 1.7, True),
            Column("Med fejl", 1.8, True),
            Column("Andel", 1.9, True),
            Column("Mellem", 3, True),
            Column("Forskel", 3.6),
        ],
        [[*share_row(name(called(one)), one), position(one, teams.whole)] for one in told],
        "Andelen af sager med fejl i hvert team, med usikkerhed",
        total=[*share_row("Kommunen", teams.whole), ""],
    )


MONTHS_SHOWN = 12
"""How many months are shown, the latest; it is said of how many."""


def by_month(paper: Paper, report: Report) -> None:
    """The causes over the latest months; nothing where nobody asked, or where nothing was found."""
    told = report.months
    if told is None or not told.months:
        return
    paper.heading("Måned for måned", 1)
    drawn = months(report)
    if drawn is not None:
        paper.picture(MONTHS_PICTURE, drawn, WIDTH)
    many = len(told.months)
    about = BY_MONTH
    if many > MONTHS_SHOWN:
        about += f" Tabellen viser de seneste {MONTHS_SHOWN} af {whole(many)} måneder. Alle er med i Excel (.xlsx)."
    paper.paragraph(about, keep=True)
    titles = [in_short(month) for month in told.months[-MONTHS_SHOWN:]]
    rows = [[one.code, *_counts(one.findings)] for one in told.causes if any(one.findings[-MONTHS_SHOWN:])]
    paper.table(
        [Column("Kode", 2.2), *(Column(title, 1.2, True) for title in titles)],
        rows,
        "Fund efter regel og måned, og tabte dage",
        total=["Tabte dage", *map(whole, told.lost_days[-MONTHS_SHOWN:])],
        style="Tabeltekstlille",
    )


def _counts(findings: Sequence[int]) -> list[str]:
    return [whole(count) if count else "–" for count in findings[-MONTHS_SHOWN:]]
