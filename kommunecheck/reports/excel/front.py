"""The first sheet: the amount, the counts of § 7, what the amount rests on, and whose it is. All of it is sums."""

from collections.abc import Sequence

from kommunecheck.domain.names import COUNTS, ERRORS, KINDS, NO_TEAM, Kind, capital
from kommunecheck.domain.report import Amounts, Outcome, Report, Summary, TeamShare
from kommunecheck.domain.wording import number, span
from kommunecheck.reports.assessed import AFTER, FOLLOW, HEADINGS, how_judged
from kommunecheck.reports.basis import unplaced
from kommunecheck.reports.causes import by_cost
from kommunecheck.reports.comparing import SMALL, UNCERTAIN, called, differs, position
from kommunecheck.reports.excel.assessed import After, sums
from kommunecheck.reports.excel.basis import number_used
from kommunecheck.reports.excel.book import Book, Cell, Column, Formula, Link, Row
from kommunecheck.reports.excel.charts import Place
from kommunecheck.reports.excel.figures import CUTOFF, Figures
from kommunecheck.reports.excel.names import EXPECTED, NO, OUTCOMES, YES, losses, short, yes_no
from kommunecheck.reports.excel.order import HIDDEN, SHEETS
from kommunecheck.reports.excel.page import Page
from kommunecheck.reports.excel.sections import sections
from kommunecheck.reports.ledger import account
from kommunecheck.reports.loss import NOT_EXAMINED, is_examined, may_be_less, with_further
from kommunecheck.reports.phrases import cases, listed, shows_people
from kommunecheck.reports.readings import ANEW, step_rows
from kommunecheck.reports.running import cost_per_day, still_running
from kommunecheck.reports.section import judged_by, losing, named_in_sentence, only_further
from kommunecheck.reports.since import kept_in_view, since_last

WIDTHS = (48, 22, 15, 15, 15, 15, 15, 15)


def front(book: Book, report: Report, figures: Figures, judged: After | None = None) -> dict[str, Place]:
    """Write the sheet, and those of the sections, which it leads to. Gives where its blocks stand."""
    page = Page(book, "Resumé", WIDTHS)
    own = sections(book, report)
    heading(page, report)
    _amounts(page, report, figures)
    _days(page, report, figures)
    how_it_stands(page, report)
    _after(page, report, figures, judged)
    _counts(page, report, figures)
    other_sheets(page, report, own)
    _causes(page, report, figures)
    _teams(page, report.summary, figures)
    _error_shares(page, report, figures)
    _offers(page, report, figures)
    _readings(page, report, figures)
    _steps(page, report, figures)
    reservations(page, report)
    _control(page, report.summary, figures)
    return {title: Place(page.name, *rows) for title, rows in page.blocks.items()}


def other_sheets(page: Page, report: Report, own: Sequence[tuple[str, str]]) -> None:
    """The other sheets, with links to those that are not hidden from the reader; ``own`` are those of the sections.

    Where only further supervisions were run they are what there is to read, and come first.
    """
    hidden = HIDDEN.get(report.reader, ())
    told = [(name, about) for name, about in SHEETS if name not in left_out(report)]
    named = [(name, f"Afsnittet »{title}«.") for name, title in own]
    every = [*named, *told] if only_further(report) else [*told[:-1], *named, *told[-1:]]
    page.leads("Arkene i filen", [(Link(name, name, "A1"), about) for name, about in every if name not in hidden])
    away = [name for name, _ in told if name in hidden]
    if away:
        page.paragraphs([f"Skjulte ark: {', '.join(away)}. Højreklik på en fane, og vælg Vis for at se dem."])


def has_further_lines(report: Report) -> bool:
    """Whether a further supervision has priced a lost day."""
    cases = (case for one in report.supervisions for case in one.cases or ())
    return any(loss.lines for case in cases for loss in case.exposure.kinds)


def left_out(report: Report) -> frozenset[str]:
    """The sheets that this report has nothing to write in: nobody asked for it, or nobody judged it."""
    if only_further(report):
        kept = {"Fund", "Regler", "Grundlag", *(["Kontrolregnskab"] if account(report) else [])}
        kept |= {"Tilsynslinjer"} if has_further_lines(report) else set()
        return frozenset(name for name, _ in SHEETS if name not in kept)
    there = {
        "Efter vurdering": report.assessed is not None,
        "Vurderingslinjer": report.assessed is not None,
        "Diagrammer": report.summary.cases > 0,
        "Frister": report.upcoming is not None and report.upcoming.days > 0,
        "Måneder": report.months is not None and bool(report.months.months),
        "Kontrolregnskab": report.ledger is not None,
        "Tilsynslinjer": has_further_lines(report),
    }
    return frozenset(name for name, is_there in there.items() if not is_there)


def heading(page: Page, report: Report) -> None:
    """What the workbook is about, whose it is, what must be known first, and the days."""
    run = report.run
    page.line(f"{capital(judged_by(report))} · {run.municipality_name or 'Kommunen'}", "title")
    if run.synthetic:
        page.line("OPDIGTEDE TAL", "mark")
    if not run.complete:
        page.line("RAPPORTEN ER UFULDSTÆNDIG: se Forbehold", "mark")
    if report.people is not None and "Sager" not in left_out(report):  # where they stand
        page.line(shows_people(report.people), "mark")
    page.line(f"Perioden {span(run.window)}. Alle beløb er i kroner.")
    page.book.name(CUTOFF, page.fact("Opgjort pr.", run.cutoff, "plain day"))
    page.space()


def _amounts(page: Page, report: Report, figures: Figures) -> None:
    """The amount expected lost first, and then what each kind of loss comes to."""
    summary = report.summary
    expected = summary.expected.refund_lost
    if expected is None:
        page.amount(capital(KINDS[0].full), "ukendt beløb", "big text")
        page.paragraphs(
            ["Der er ingen udbetalinger i udtrækket. Dagene er talt; beløbene kendes ikke, og deres felter er tomme."]
        )
    else:
        title = f"{EXPECTED} tabt refusion"
        page.amount(capital(KINDS[0].full), Formula(figures.cases.sum(title), expected), "big money")
    if said := [*filter(None, (with_further(report), may_be_less(report)))]:
        page.paragraphs(said)
    columns = [
        Column("Tabets art"),
        Column("Dage", "count"),
        Column("Udbetalt i dagene", "money"),
        Column("Tabt refusion", "money"),
    ]
    rows = [
        (
            capital(kind.full),
            _sum(figures, f"{short(kind)} dage", amounts.days),
            _sum(figures, f"{short(kind)} udbetalt", amounts.paid),
            _sum(figures, f"{short(kind)} tabt refusion", amounts.refund_lost),
        )
        if is_examined(report, kind)
        else (f"{capital(kind.full)}: {NOT_EXAMINED}", None, None, None)
        for kind, amounts in _kinds(summary)
    ]
    note = (
        "Ingen dag tæller to gange: en dag med forventet tab er ikke med i skønnet, og ingen af dem er med i journalen."
    )
    page.block("Tab", columns, rows, note)


def _kinds(summary: Summary) -> list[tuple[Kind, Amounts]]:
    return list(zip(KINDS, summary.kinds, strict=True))


def _sum(figures: Figures, title: str, value: int | None) -> Formula | None:
    """A sum over the cases; blank where the amounts are not known."""
    return None if value is None else Formula(figures.cases.sum(title), value)


def _counts(page: Page, report: Report, figures: Figures) -> None:
    cases, outcomes = figures.cases, report.summary.outcomes
    total = report.summary.cases
    whole = "+".join(f"COUNT({name}[Nr])" for name, _ in cases.parts())
    full = sum(case.fully_assessed for case in report.cases)
    counted = [("Udtaget", Formula(f"={whole}", total), total)]
    for one in COUNTS[1:]:
        title = f"– {one.title}" if one.within else capital(one.title)
        formulas = [cases.count_if(("Udfald", f'"{OUTCOMES[outcome]}"')) for outcome in one.outcomes]
        value = sum(outcomes[outcome] for outcome in one.outcomes)
        counted.append((title, Formula("+".join(formulas).replace("+=", "+"), value), value))
    own = cases.count_if(("Fuldt vurderet", f'"{YES}"'))
    counted.append(("Fuldt vurderet, uanset udfald", Formula(own, full), full))
    rows: list[Row] = [
        (name, count, Formula(f"=IF(({whole})=0,0,[@Antal]/({whole}))", value / total if total else 0))
        for name, count, value in counted
    ]
    outside = report.run.cases_outside_window
    note = f"{number(outside, 'sag', 'sager')} uden ydelse i perioden er ikke talt med." if outside else None
    page.block("Sager", [Column("Sager"), Column("Antal", "count"), Column("Andel", "share")], rows, note)


def _days(page: Page, report: Report, figures: Figures) -> None:
    """What still runs, and the lost days that have no amount."""
    summary, beside = report.summary, [one for one in still_running(report) if one.beside]
    own = " i visitationstilsynet" if beside else ""
    running = _sum(figures, "Løber om dagen", summary.running_per_day)
    unpaid = _sum(figures, "Dage uden udbetaling", summary.unpaid_days)
    unpriced = _sum(figures, "Dage uden sats", summary.unpriced_days)
    rows: list[Row] = [
        (f"Tab, der stadig løber{own}: refusion, der mistes om dagen", None, running),
        ("Tabte dage, som ingen udbetaling dækker; de koster intet", unpaid, None),
        ("Tabte dage, der er udbetalt, men uden refusionssats", unpriced, None),
    ]
    if beside:
        where = listed(map(named_in_sentence, losing(report)))
        rows.insert(1, (f"Det samme i {where}, i {cases(len(beside))}", None, cost_per_day(beside)))
    page.block(
        "Løbende tab og dage uden pris",
        [Column("Forhold", "long"), Column("Dage", "count"), Column("Kroner om dagen", "money")],
        rows,
    )


def how_it_stands(page: Page, report: Report) -> None:
    """The gates that broke, what is accepted and what is left without it, and what is new since last."""
    said = [*kept_in_view(report), *since_last(report)]
    if said:
        page.texts("Grænser, accepter og siden sidst", said)


def _after(page: Page, report: Report, figures: Figures, judged: After | None) -> None:
    """What is lost when the judgements of persons are followed, beside our own count."""
    if report.assessed is None or judged is None:
        return
    forms = ("text", "money", "money", "count", "count")
    columns = [Column(title, form) for title, form in zip(HEADINGS, forms, strict=True)]
    rows = sums(report, report.assessed, judged, figures)
    page.block(AFTER, columns, rows, f"{how_judged(report.assessed)} {FOLLOW}")


def _offers(page: Page, report: Report, figures: Figures) -> None:
    """The expected loss by whether the citizen was in an offer, as § 6, stk. 3 asks for it."""
    if report.summary.expected.paid is None:
        return
    sums = {offer: [0, 0, 0] for offer in (YES, NO, None)}
    for case in report.cases:
        for line in losses(case)[0][1].lines or ():
            own = sums[yes_no(line.payment.i_tilbud)]
            for place, value in enumerate((line.days, line.paid, line.refund_lost)):
                own[place] += value
    titles = {YES: "I tilbud", NO: "Ikke i tilbud", None: "Ikke oplyst"}
    rows: list[Row] = []
    for offer, values in sums.items():
        own_lines = ("Tab", f'"{EXPECTED}"'), ("I tilbud", f'"{offer or "="}"')
        columns = "Tabte dage", "Udbetalt i dagene", "Tabt refusion"
        cells = [
            Formula(figures.lines.sum_if(column, *own_lines), value)
            for column, value in zip(columns, values, strict=True)
        ]
        rows.append((titles[offer], *cells))
    page.block(
        "Forventet tab i og uden for tilbud",
        [
            Column("Tilbud"),
            Column("Linjernes dage", "count"),
            Column("Udbetalt i dagene", "money"),
            Column("Tabt refusion", "money"),
        ],
        rows,
        "Dagene er linjernes: en dag med to udbetalinger står i to linjer, og en dag uden udbetaling i ingen.",
    )


def _readings(page: Page, report: Report, figures: Figures) -> None:
    parameters = {one.name: one for one in report.run.parameters}
    rows: list[Row] = []
    for name, amounts in report.summary.rests_on:
        one = parameters.get(name)
        values = zip(("Dage", "Udbetalt", "Tabt refusion"), amounts, strict=True)
        sums = [_own(figures.readings.sum_if(title, ("Parameter", "[@Parameter]")), value) for title, value in values]
        rows.append((one.title if one else None, name, None if one is None else number_used(one.value), *sums))
    columns = [
        Column("Læsning", "long"),
        Column("Parameter"),
        Column("Værdi", "value"),
        Column("Dage", "count"),
        Column("Udbetalt", "money"),
        Column("Tabt refusion", "money"),
    ]
    note = "Læsningerne overlapper og kan ikke lægges sammen."
    page.block("Så meget af det forventede tab hviler på en læsning af reglerne", columns, rows, note)


def _own(formula: str, value: int | None) -> Formula | None:
    return None if value is None else Formula(formula, value)


def _teams(page: Page, summary: Summary, figures: Figures) -> None:
    """Teams are compared sign by sign: in a condition of SUMIFS their names could be read as patterns."""
    rows: list[Row] = []
    names = [name for name, _ in figures.cases.parts()]
    for team in summary.by_team:
        test = '({0}[Team]="")' if team.team is None else "EXACT({0}[Team],[@Team])"
        with_loss = f'({{0}}[Udfald]="{OUTCOMES[Outcome.ERROR_WITH_LOSS]}")'
        products = f"--{test}", f"{test}*{with_loss}", f"{test}*{{0}}[{EXPECTED} tabt refusion]"
        formulas = ["=" + "+".join(f"SUMPRODUCT({one.format(name)})" for name in names) for one in products]
        values = team.cases, team.error_with_loss, team.refund_lost
        cells = [_own(formula, value) for formula, value in zip(formulas, values, strict=True)]
        rows.append((NO_TEAM if team.team is None else team.team, *cells))
    columns = [
        Column("Team", "long"),
        Column("Sager", "count"),
        Column("Fejl med forventet tab", "count"),
        Column("Tabt refusion", "money"),
    ]
    page.block("Team", columns, rows)


def _error_shares(page: Page, report: Report, figures: Figures) -> None:
    """The share of cases with errors in each team, with its uncertainty; and of those joined, and of all.

    What is joined is all less the others, so that no formula tells what each of them has.
    """
    teams = report.teams
    if teams is None or not differs(report):
        return
    names = [name for name, _ in figures.cases.parts()]
    wrong = "+".join(f'({{0}}[Udfald]="{OUTCOMES[one]}")' for one in ERRORS)
    examined = f'({{0}}[Nr]<>"")*({{0}}[Udfald]<>"{OUTCOMES[Outcome.WITHDRAWN]}")'
    rows: list[Row] = []
    for one in teams.shares:
        own = '({0}[Team]="")' if one.teams[0] is None else "EXACT({0}[Team],[@Team])"
        sums = _over(names, f"{own}*{examined}"), _over(names, f"{own}*({wrong})")
        rows.append((called(one), *_share_cells(one, *sums), capital(position(one, teams.whole))))
    page.block(SHARES, [*_share_columns("Team"), Column("Forskel")], rows, UNCERTAIN)
    everything = _over(names, examined), _over(names, f"({{0}}[Nr]<>0)*({wrong})")
    rows = []
    if teams.joined is not None:
        table = f"Resumé_{SHARES.title().replace(' ', '')}"
        taken = [f"-SUM({table}[{title}])" if teams.shares else "" for title in ("Sager", "Med fejl")]
        less = [f"{sums}{minus}" for sums, minus in zip(everything, taken, strict=True)]
        rows.append((called(teams.joined), *_share_cells(teams.joined, less[0], less[1])))
    rows.append(("Kommunen", *_share_cells(teams.whole, *everything)))
    page.block("Fejlandel i alt", _share_columns("Hvem"), rows, SMALL if teams.joined else None)


SHARES = "Fejlandel efter team"


def _over(names: Sequence[str], product: str) -> str:
    """The formula for a sum of products over the parts of a table."""
    return "=" + "+".join(f"SUMPRODUCT({product.format(name)})" for name in names)


def _share_columns(first: str) -> list[Column]:
    return [
        Column(first, "long"),
        Column("Sager", "count"),
        Column("Med fejl", "count"),
        Column("Andel", "share"),
        Column("Mindst", "share"),
        Column("Højst", "share"),
    ]


def _share_cells(one: TeamShare, cases: str, errors: str) -> Row:
    """The counts by their formulas, and the share and its interval from them."""
    share, spread = "[@Med fejl]/[@Sager]", "NORMSINV(0.975)^2/[@Sager]"
    half = f"NORMSINV(0.975)*SQRT({share}*(1-{share})/[@Sager]+{spread}/(4*[@Sager]))"
    ends = [f"=({share}+{spread}/2{sign}{half})/(1+{spread})" for sign in "-+"]
    return (
        Formula(cases, one.cases),
        Formula(errors, one.errors),
        Formula(f"={share}", one.errors / one.cases),
        Formula(ends[0], one.low),
        Formula(ends[1], one.high),
    )


def _causes(page: Page, report: Report, figures: Figures) -> None:
    """Every rule that costs days, the dearest first by what it alone costs. Rules that are not shown count as well."""
    titles, ignored = {rule.code: rule.title for rule in report.rules}, dict(report.run.ignored)
    own = ("Kode", "[@Kode]")
    rows: list[Row] = []
    for total in sorted(report.summary.by_code, key=by_cost):
        sums = {
            "Fund": total.findings,
            "Alene dage": total.alone_days,
            "Alene refusion": total.alone_refund,
            "Berørte dage": total.touched_days,
            "Berørt refusion": total.touched_refund,
        }
        cells = [_own(figures.causes.sum_if(title, own), value) for title, value in sums.items()]
        title = titles.get(total.code, total.code) + (" (fundene vises ikke)" if total.code in ignored else "")
        cases = Formula(figures.causes.count_if(own), total.cases)
        rows.append((title, total.code, cells[0], cases, *cells[1:]))
    columns = [
        Column("Regel", "long"),
        Column("Kode"),
        Column("Fund", "count"),
        Column("Sager", "count"),
        Column("Alene dage", "count"),
        Column("Alene refusion", "money"),
        Column("Berørte dage", "count"),
        Column("Berørt refusion", "money"),
    ]
    note = (
        "Fund overlapper. »Alene« er de dage, ingen anden regel rammer. »Berørt« er alle dage, reglens fund dækker, "
        "og kan ikke lægges sammen."
    )
    page.block("Årsager", columns, rows, f"Kun visitationstilsynet. {note}" if report.supervisions else note)


def _steps(page: Page, report: Report, figures: Figures) -> None:
    """What the total would be with each reading one step stricter and looser. Only judging anew can tell."""
    title = f"{EXPECTED} tabt refusion"
    now, total = report.summary.expected.refund_lost, figures.cases.sum(title)[1:]
    rows: list[Row] = []
    for one in step_rows(report):
        told: Row = (None,) * 4
        if one.stepped is not None:
            value, expected, possible = one.stepped
            more: Cell | Formula = None
            if now is not None and expected.refund_lost is not None:
                more = Formula(f"=[@Forventet tab]-({total})", expected.refund_lost - now)
            told = (number_used(value), expected.refund_lost, more, possible.refund_lost)
        days = None if one.stepped is None else one.stepped.expected.days
        rows.append((one.title, one.name, one.way, *told, days))
    columns = [
        Column("Læsning", "long"),
        Column("Parameter"),
        Column("Trin"),
        Column("Værdi", "value"),
        Column("Forventet tab", "money"),
        Column("Forskel", "money"),
        Column("Muligt tab", "money"),
        Column("Forventede dage", "count"),
    ]
    page.block("Et trin strengere eller lempeligere", columns, rows, ANEW)


def reservations(page: Page, report: Report) -> None:
    """What must be known before the numbers are believed."""
    run = report.run
    texts = [*unplaced(report), *run.warnings]
    if run.not_run:
        texts.append(f"{number(len(run.not_run), 'regel', 'regler')} er ikke kontrolleret. Se arket Regler.")
    if run.ignored:
        texts.append(f"{number(len(run.ignored), 'regel', 'regler')} vises ikke. Se arket Regler.")
    if run.crashes:
        texts.append(f"{number(len(run.crashes), 'kontrol', 'kontroller')} gik i stykker. Se arket Grundlag.")
    if not run.complete:
        texts.append("Rapporten er ufuldstændig.")
    if texts:
        page.texts("Forbehold", texts)


def _control(page: Page, summary: Summary, figures: Figures) -> None:
    """The sheet's own sums beside the program's, which were made without the sheet."""
    if summary.expected.paid is None:
        return
    told: list[tuple[str, str, int | None]] = []
    for kind, amounts in _kinds(summary):
        for title, value in (("Udbetalt i dagene", amounts.paid), ("Tabt refusion", amounts.refund_lost)):
            formula = figures.lines.sum_if(title, ("Tab", f'"{short(kind)}"'))
            told.append((f"{capital(kind.full)}: {title.lower()}", formula, value))
    told.append(("Løber om dagen", figures.lines.sum("Løber om dagen"), summary.running_per_day))
    rows: list[Row] = [
        (name, Formula(formula, value), value, Formula("=ROUND([@Linjerne]-[@Programmet],2)", 0))
        for name, formula, value in told
    ]
    columns = [
        Column("Beløb", "long"),
        Column("Linjerne", "money"),
        Column("Programmet", "money"),
        Column("Forskel", "money"),
    ]
    page.block("Kontrol", columns, rows, "Summen af Tabslinjer holdt op mod det beløb, programmet selv nåede til.")
