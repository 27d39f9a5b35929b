"""What was found and what to do: the findings with their places in the files, what still runs, and the rules."""

from collections import Counter
from collections.abc import Mapping, Sequence

from kommunecheck.domain.days import count
from kommunecheck.domain.evidence import Evidence, by_row
from kommunecheck.domain.finding import with_quotes
from kommunecheck.domain.names import SEVERITIES, STATE, capital, kind_of_loss
from kommunecheck.domain.report import LedgerRow, Placed, Report, Source, Upcoming
from kommunecheck.domain.standing import Standing
from kommunecheck.reports.assessed import judged_as
from kommunecheck.reports.excel.book import Column, Given, Link, Row, Table
from kommunecheck.reports.excel.figures import CUTOFF, Figures
from kommunecheck.reports.excel.names import EXPECTED
from kommunecheck.reports.ledger import COUNTED
from kommunecheck.reports.running import still_running
from kommunecheck.reports.upcoming import remark


def findings(report: Report, figures: Figures) -> Table:
    """One row per finding, with a link to its case and the cells it rests on."""
    columns = [
        Column("Kode", "text", 8),
        Column("Regel", "long", 24),
        Column("Alvor", "text", 10),
        Column("Tabets art", "text", 16),
        Column("Nr", "plain number", 7),
        Column("Sag", "text", 13),
        Column("Team", "text", 12),
        Column("Dato", "day", 11),
        Column("Første dag", "day", 11),
        Column("Sidste dag", "day", 11),
        Column("Tabte dage", "count", 8),
        Column("Fundet", "long", 62),
        Column("Hjemmel", "long", 28),
        Column("Hviler på læsninger", "long", 20),
        Column("Fil", "text", 16),
        Column("Ark", "text", 9),
        Column("Række", "plain number", 8),
        Column("Kolonner", "long", 18),
        Column("Øvrige steder", "long", 36),
    ]
    if report.nightly is not None:
        columns += [Column("Tilstand", "text", 11), Column("Accepteret til", "day", 13), Column("Accept", "text", 13)]
    if report.assessed is not None:
        columns.append(Column("Vurderet", "long", 22))
    return Table("Fund", columns, [_finding(placed, report, figures) for placed in report.findings])


def _finding(placed: Placed, report: Report, figures: Figures) -> Row:
    finding, rule, sag_id = placed.finding, placed.finding.rule, placed.sag_id
    first, last = finding.days or (None, None)
    number, case = (None, placed.about) if sag_id is None else _case(sag_id, figures)
    return (
        rule.code,
        rule.title,
        capital(SEVERITIES[placed.severity]),
        capital(kind_of_loss(finding)),
        number,
        case,
        placed.team,
        finding.date,
        first,
        last,
        count(finding.lost),
        with_quotes(finding),
        "; ".join(rule.citations),
        ", ".join(finding.rests_on) or None,
        *_places(finding.evidence, report.run.sources),
        *(() if report.nightly is None else _standing(placed.standing)),
        *(() if report.assessed is None else ("; ".join(map(judged_as, placed.judged)) or None,)),
    )


def _standing(standing: Standing) -> Row:
    """How the finding stands against what was known, and what accepts it."""
    by = standing.accepted
    state = None if standing.state is None else capital(STATE[standing.state])
    return (state, None, None) if by is None else (state, by.expires, by.id)


def _case(sag_id: str, figures: Figures) -> tuple[int | None, str | Link]:
    """A case's number and a link to its row; its id alone where it is not among the cases."""
    number = figures.numbers.get(sag_id)
    return number, sag_id if number is None else Link(sag_id, *figures.cases.place(number - 1, 1))


def _places(evidence: tuple[Evidence, ...], sources: Mapping[int, Source]) -> Row:
    """File, sheet, row and columns of the first row of the evidence, and in words the other rows."""
    if not evidence:
        return (None,) * 5
    columns = [(place, [cell.column for cell in own]) for place, own in by_row(evidence).items()]
    (source, row), named = columns[0]
    others = [f"{sources[other].place}, række {line}: {', '.join(theirs)}" for (other, line), theirs in columns[1:]]
    return (sources[source].file, sources[source].sheet, row, ", ".join(named), "; ".join(others) or None)


def running(report: Report, figures: Figures) -> Table:
    """The losses that can still be stopped, the dearest first."""
    since = ("Nr", "[@Nr]"), ("Tab", f'"{EXPECTED}"'), ("Til", CUTOFF)  # only one of a case's periods runs to that day
    columns = [
        Column("Plads", "plain number", 8),
        Column("Nr", "plain number", 7),
        Column("Sag", "text", 16),
        Column("Team", "text", 18),
        Column("Løber om dagen", "money", 14, figures.lines.sum_if("Løber om dagen", ("Nr", "[@Nr]"))),
        Column("Løber siden", "day", 12, figures.days.sum_if("Fra", *since)),
        Column("Koder", "text", 24),
        Column("Stop tabet", "long", 60),
    ]
    rows: list[Row] = []
    for place, one in enumerate(still_running(report), 1):
        by_line = (Given(one.per_day), Given(one.since)) if one.beside else (one.per_day, one.since)
        told = ", ".join(one.codes), one.told or None
        rows.append((place, *_case(one.sag_id, figures), one.team, *by_line, *told))
    return Table("Løbende tab", columns, rows)


def upcoming(report: Report, ahead: Upcoming, figures: Figures) -> Table:
    """The interviews that must be held soon and are not booked, the soonest first."""
    columns = [
        Column("Nr", "plain number", 7),
        Column("Sag", "text", 16),
        Column("Team", "text", 18),
        Column("Holdes senest", "day", 13),
        Column("Dage til", "count", 9, f"=[@Holdes senest]-{CUTOFF}"),
        Column("Forfalder", "day", 12),
        Column("Regnet fra", "day", 12),
        Column("Begynder med", "text", 22),
        Column("Booket for sent til", "day", 12),
        Column("Bemærk", "long", 44),
    ]
    rows: list[Row] = []
    for one in ahead.deadlines:
        days = one.last_day, one.last_day - report.run.cutoff, one.due, one.start
        begins = "Anmodningen om hjælp" if one.first else "Den forrige samtale"
        rows.append((*_case(one.sag_id, figures), one.team, *days, begins, one.booked, capital(remark(one)) or None))
    return Table("Frister", columns, rows)


def rules(report: Report, found: Table) -> Table:
    """Every rule: whether it was checked and shown, and how often it was broken."""
    not_run, ignored = dict(report.run.not_run), dict(report.run.ignored)
    counted = Counter(placed.finding.rule.code for placed in report.findings)
    columns = [
        Column("Kode", "text", 9),
        Column("Regel", "long", 32),
        Column("Alvor", "text", 11),
        Column("Fund", "count", 9, found.count_if(("Kode", "[@Kode]"))),
        Column("Kontrol", "long", 24),
        Column("Hvad reglen siger", "long", 54),
        Column("Sådan rettes det", "long", 40),
        Column("Hjemmel", "long", 30),
    ]
    rows: list[Row] = []
    for rule in report.rules:
        code = rule.code
        told = "Kontrolleret"
        if code in ignored:
            told = f"Vises ikke: {ignored[code]}"
        if code in not_run:
            told = f"Ikke kontrolleret: {not_run[code]}"
        hidden = code in not_run or code in ignored
        explained = report.explanations.get(code)
        texts = (None, None) if explained is None else (explained.says, explained.remedy)
        names = code, rule.title, capital(SEVERITIES[rule.severity]), None if hidden else counted[code]
        rows.append((*names, told, *texts, "; ".join(rule.citations)))
    return Table("Regler", columns, rows)


def ledger(report: Report, account: Sequence[LedgerRow]) -> Table:
    """What each rule came to in the cases: the counts add up to the cases it was asked of."""
    titles = {rule.code: rule.title for rule in report.rules}
    summed = "+".join(f"[@{title}]" for title in COUNTED)
    columns = [
        Column("Kode", "text", 9),
        Column("Regel", "long", 40),
        Column("Sager", "count", 9),
        *(Column(title, "count", 12) for title in COUNTED),
        Column("I alt", "count", 9, f"={summed}"),
        Column("Forskel", "count", 9, "=[@I alt]-[@Sager]"),
        Column("Hvorfor ikke", "long", 40),
    ]
    rows: list[Row] = [
        (one.code, titles.get(one.code), one.cases, *one.counts, sum(one.counts), 0, one.reason) for one in account
    ]
    return Table("Kontrolregnskab", columns, rows)
