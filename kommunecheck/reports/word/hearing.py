"""A draft answer to a hearing about one case (§ 6, stk. 2-3), for a person to finish."""

from collections.abc import Iterator, Mapping, Sequence

from kommunecheck.domain.cost import cost_of
from kommunecheck.domain.days import Days, Period, count, danish, union
from kommunecheck.domain.finding import Finding, with_quotes
from kommunecheck.domain.report import CaseResult, Loss, Report, Source
from kommunecheck.domain.rule import SUPERVISION
from kommunecheck.domain.wording import kroner, number, span, spans, value, whole
from kommunecheck.law.answering import AnswerBy
from kommunecheck.law.excuses import Excuse, Weight
from kommunecheck.law.hearing import Hearing, Point, Stance
from kommunecheck.law.steps import STEP_NAMES
from kommunecheck.reports.lines import where
from kommunecheck.reports.phrases import amount, cost, days, name, named
from kommunecheck.reports.word.binding import bound
from kommunecheck.reports.word.cases import loss_lines
from kommunecheck.reports.word.letters import (
    SOURCE,
    deadline,
    marks,
    person,
    said,
    sourced,
    to_enclose,
    unusable,
)
from kommunecheck.reports.word.page import WIDTH
from kommunecheck.reports.word.paper import Bold, Cell, Column, Paper, ToFill

TITLE = "Svar på høring"
_RULE = "Kommunen har 14 dage til at komme med bemærkninger"

STANCES = {
    Stance.CONCEDED: "Medgives",
    Stance.PARTLY: "Medgives delvist; resten efter direktoratets skøn",
    Stance.DISCRETION: "Efter direktoratets skøn",
    Stance.DOCUMENTED: "Dokumenteret i journalen; direktoratet afgør",
    Stance.NO_LOSS: "Oplyses; koster ingen refusion",
}
"""What is proposed to be answered, in short."""

KINDS = ("Medgives", "Efter direktoratets skøn", "Kun dokumenteret i journalen")
"""The three kinds of loss as an answer names them."""


def hearing_document(report: Report, case: CaseResult, hearing: Hearing, by: AnswerBy) -> bytes:
    """The draft's bytes."""
    title = f"{TITLE} · udkast · sag {name(hearing.sag_id)}"
    return bound(report, title, lambda paper: _fill(paper, report, case, hearing, by))


def _fill(paper: Paper, report: Report, case: CaseResult, hearing: Hearing, by: AnswerBy) -> None:
    _front(paper, report, hearing, by)
    if hearing.outside:
        _outside(paper, report, hearing)
    else:
        _in_short(paper, case, hearing)
        _course(paper, hearing, report.run.sources)
        _points(paper, case, hearing, report.run.sources)
        _excuses(paper, hearing, report.run.sources)
        _amounts(paper, report, case)
        _reservations(paper, report, case, hearing)
    _signature(paper)


def _front(paper: Paper, report: Report, hearing: Hearing, by: AnswerBy) -> None:
    run = report.run
    paper.paragraph(TITLE, style="Title")
    paper.paragraph(
        f"{named(report)} · sag {name(hearing.sag_id)} · {span(run.window)} · opgjort pr. {danish(run.cutoff)}",
        style="Subtitle",
    )
    paper.paragraph(
        "UDKAST, der ikke må sendes, som det er. Læs hver linje efter, udfyld de gule felter, og slet denne boks og "
        "fristen. Det, der medgives, er kun foreslået efter registreringerne: kommunen afgør det.",
        style="Boks",
    )
    marks(paper, report, [hearing.sag_id])
    deadline(paper, by, "Svar", _RULE, "BEK 1714/2006 § 6, stk. 2")
    _facts(
        paper,
        [
            ("Til", "Arbejdsdirektoratet"),
            ("Direktoratets sagsnr.", ToFill("direktoratets sagsnr. og brevets dato")),
            ("Borger", person(report, hearing.sag_id)),
            ("Kommunens sag", name(hearing.sag_id)),
            (
                "Direktoratets vurdering",
                ToFill("hvad direktoratet mener, og for hvilken periode"),
            ),
        ],
        "Hvad svaret er på",
    )


def _facts(paper: Paper, rows: Sequence[tuple[str, Cell]], about: str) -> None:
    """Names and values, two and two."""
    paper.table([Column("Sagen", 4.6), Column("", WIDTH - 4.6)], [[Bold(title), cell] for title, cell in rows], about)


def _outside(paper: Paper, report: Report, hearing: Hearing) -> None:
    paper.heading("1. Kommunens svar", 1)
    paper.paragraph(
        "Efter kommunens registreringer er borgeren ikke omfattet af § 2, stk. 2, i perioden. Kommunen mener derfor, "
        "at sagen ikke skal indgå i tilsynet (vejl. til § 3, stk. 2)."
    )
    paper.table(
        [Column("Det, der er registreret", WIDTH - SOURCE), Column("Kilde", SOURCE)],
        [[one.text, sourced(one, report.run.sources)] for one in hearing.outside],
        "Hvorfor sagen ikke hører under tilsynet",
    )
    paper.heading("2. Beløb (§ 6, stk. 3)", 1)
    paper.paragraph("Der er intet beløb opgjort, fordi sagen ikke hører under tilsynet.")
    paper.paragraph(ToFill("kommunens samlede svar"))


def _in_short(paper: Paper, case: CaseResult, hearing: Hearing) -> None:
    """Each finding with what is proposed, and what it comes to."""
    paper.heading("1. Kommunens svar i kort form", 1)
    if not case.fully_assessed:
        paper.paragraph(
            Bold("Sagen er ikke fuldt vurderet."),
            " Noget i dens rækker kan ikke læses, og udkastet foreslår intet om det. Se afsnit 6.",
        )
    if not hearing.points and case.fully_assessed:
        paper.paragraph(
            Bold("Forslag til svar: "),
            "kommunens registreringer viser ingen fejl i perioden, og kommunen medgiver ikke, at refusion mistes.",
        )
    if hearing.points:
        paper.table(
            [
                Column("Nr.", 1, True),
                Column("Det, registreringerne viser", 5.2),
                Column("Forslag til svar", 4.4),
                Column("Medgives", 2.6, True),
                Column("Direktoratet afgør", WIDTH - 13.2, True),
            ],
            [_short(place, point, case) for place, point in enumerate(hearing.points, 1)],
            "Punkterne med forslag til svar og den refusion, de gælder",
        )
        if len(hearing.points) > 1:
            paper.paragraph(
                "Punkterne kan dække de samme dage og kan ikke lægges sammen. I afsnit 5 tæller hver dag én gang.",
                style="Smaat",
            )
    paper.heading("Samlet svar", 2)
    if case.exposure.running_per_day:
        paper.paragraph(
            Bold(f"Tabet løber stadig med {kroner(case.exposure.running_per_day)} om dagen."),
            " Beløbene er opgjort til og med den sidste dag, udtrækket kender.",
        )
        paper.paragraph(ToFill("beløbene opgjort igen, når skridtet er taget"))
    paper.paragraph(ToFill("kommunens samlede svar, og hvad direktoratets vurdering eventuelt har overset"))


def _short(place: int, point: Point, case: CaseResult) -> list[Cell]:
    one = point.finding
    open_days = union((*one.discretionary, *one.documentation))
    return [
        str(place),
        f"{one.rule.title} ({one.rule.code}){_of_what(one)}",
        STANCES[point.stance],
        _cost(one.expected, case),
        _cost(open_days, case),
    ]


def _of_what(finding: Finding) -> str:
    """Which interview, step or deadline a finding is about: several may be of one rule."""
    if finding.date is None:
        return ""
    if finding.step is not None:
        return f": {STEP_NAMES[finding.step]} {danish(finding.date)}"
    return f": {danish(finding.date)}"


def _cost(lost: Days, case: CaseResult) -> str:
    """What days cost in refund, with how many they are; the days alone where the amount is not known."""
    refund = cost_of(lost, case)[1]
    told = cost(refund, count(lost))
    return told if refund is None or not lost else f"{told} ({days(count(lost))})"


def _course(paper: Paper, hearing: Hearing, sources: Mapping[int, Source]) -> None:
    paper.heading("2. Sagens forløb efter registreringerne", 1)
    paper.table(
        [Column("Dato", 3), Column("Det, der skete", WIDTH - 3 - SOURCE), Column("Kilde", SOURCE)],
        [[danish(one.day), said(one.told), sourced(one.told, sources)] for one in hearing.events],
        "Sagens forløb dag for dag med kilder",
    )


def _points(paper: Paper, case: CaseResult, hearing: Hearing, sources: Mapping[int, Source]) -> None:
    paper.heading("3. Punkt for punkt", 1)
    if not hearing.points:
        paper.paragraph("Der er ingen fejl at svare på i det, der kunne vurderes.")
    for place, point in enumerate(hearing.points, 1):
        finding = point.finding
        paper.heading(f"Punkt {place}: {finding.rule.title} ({finding.rule.code})", 2)
        paper.paragraph(_shown(point))
        paper.paragraph(Bold("Forslag til svar: "), _answer(point, case.fully_assessed))
        if point.weighed:
            paper.table(
                [Column("Sådan er fristen regnet og prøvet", WIDTH - 4.6), Column("Grundlag", 4.6)],
                [[one.found, one.citation] for one in point.weighed],
                f"Fristen i punkt {place}",
            )
        paper.paragraph(f"Kilde: {where(finding.evidence, sources)}.", style="Smaat")
        paper.paragraph(ToFill("kommunens bemærkninger til punktet"))


def _shown(point: Point) -> str:
    """What the registrations show; of a step that only a note shows, just that and the note's own sentence."""
    finding = point.finding
    if point.stance is not Stance.DOCUMENTED or finding.step is None or finding.date is None:
        return with_quotes(finding)
    what = f"Ved samtalen {danish(finding.date)} viser registreringen ikke {STEP_NAMES[finding.step]} i tide."
    return with_quotes(finding._replace(message=what))


def _answer(point: Point, fully_assessed: bool) -> str:
    """What is proposed, and no more than the files show."""
    one = point.finding
    conceded = (
        f"Kommunen medgiver, at refusionen mistes {spans(one.expected)}. Registreringerne viser intet, der undskylder "
        f"det{'' if fully_assessed else ', men ikke alle rækker i sagen kunne læses'}."
    )
    judged = (
        f"Kommunen beder direktoratet vurdere, at refusionen ikke mistes {spans(one.discretionary)}: borgeren "
        "udeblev. Det, der er gjort ved det, står i afsnit 4. Om det er nok, er direktoratets skøn."
    )
    if point.stance is Stance.PARTLY:
        return f"{conceded} {judged}"
    if point.stance is Stance.CONCEDED:
        return conceded
    if point.stance is Stance.DISCRETION:
        return judged
    if point.stance is Stance.DOCUMENTED:
        return (
            "Kommunen henviser til notatet som dokumentation for skridtet. Det viser ikke mere, end der står i det. "
            f"Direktoratet afgør, om det er nok for {spans(one.documentation)}."
        )
    return "Forholdet oplyses. Ingen dage mister refusion."


def _excuses(paper: Paper, hearing: Hearing, sources: Mapping[int, Source]) -> None:
    """What is invoked, what is left to the directorate, and what was looked at and is not invoked."""
    paper.heading("4. Undtagelser og dokumentation", 1)
    for title, weight, none in (
        ("Kommunen påberåber sig", Weight.HOLDS, "Registreringerne viser ingen undtagelse, der følger af reglerne."),
        ("Kommunen beder direktoratet vurdere", Weight.DISCRETION, ""),
        ("Set på, men ikke påberåbt", Weight.FAILS, ""),
    ):
        found = hearing.weighing(weight)
        if found or none:
            paper.heading(title, 2)
        if found:
            _excuse_table(paper, title, found, sources)
        elif none:
            paper.paragraph(none)
    paper.heading("Særlige tilfælde", 2)
    paper.paragraph(
        "I særlige tilfælde kan direktoratet vurdere, at en fejl ikke koster refusion (vejl. til § 5, stk. 1). Det kan "
        "registreringerne ikke vise: ",
        ToFill("særlige forhold i sagen, og hvad der dokumenterer dem; ellers slettes afsnittet"),
    )


def _excuse_table(paper: Paper, title: str, found: Sequence[Excuse], sources: Mapping[int, Source]) -> None:
    paper.table(
        [
            Column("Hvad", 2.5),
            Column("Det, der er registreret", 4.9),
            Column("Betydning", WIDTH - 7.4 - SOURCE),
            Column("Kilde", SOURCE),
        ],
        [[one.name, said(one.told), f"{one.effect} ({one.citation})", sourced(one.told, sources)] for one in found],
        title,
    )


def _amounts(paper: Paper, report: Report, case: CaseResult) -> None:
    """§ 6, stk. 3: what was paid and what refund is lost, in an offer and not, each with its lines."""
    paper.heading("5. Beløb (§ 6, stk. 3)", 1)
    exposure = case.exposure
    if exposure.expected.lines is None:
        paper.paragraph(
            "Udtrækket er uden udbetalinger, så beløbene kan ikke opgøres: ",
            ToFill("udbetalt i perioden og mistet refusion, i tilbud og ikke i tilbud"),
        )
    else:
        _offers(paper, exposure.kinds)
    shown = [(kind, loss) for kind, loss in zip(KINDS, exposure.kinds, strict=True) if loss.days]
    for kind, loss in shown:
        loss_lines(paper, case, kind, loss, report.run.sources)
    if any(loss.lines for _, loss in shown):
        paper.paragraph(
            "En linje regnes sådan: udbetalt = udbetaling × tabte dage / dage, den dækker. Tabt refusion = "
            "udbetaling × tabte dage / dage, den dækker × sats. Hvert tal rundes af til nærmeste øre til sidst, og "
            "summerne er linjernes.",
            style="Smaat",
        )
    if exposure.unpriced_days:
        paper.paragraph(f"{number(exposure.unpriced_days, 'tabt dag', 'tabte dage')} har ingen kendt sats.")
    if exposure.expected.days:
        paper.paragraph(
            "Er den medgivne refusion anmeldt, skal anmeldelsen berigtiges (§ 5, stk. 3): ",
            ToFill("berigtiget hvornår og med hvilket beløb, eller hvornår det sker"),
        )


def _offers(paper: Paper, kinds: Sequence[Loss]) -> None:
    """The sums by kind, in an offer and not; of what is conceded always both, as the order asks for them."""
    rows: list[list[Cell]] = []
    for place, (kind, loss) in enumerate(zip(KINDS, kinds, strict=True)):
        if place and not loss.days:
            continue
        for offer, where_paid in ((False, "ikke i tilbud"), (True, "i tilbud"), (None, "ukendt, om i tilbud")):
            lines = [line for line in loss.lines or () if line.payment.i_tilbud is offer]
            if not lines and (place or offer is None):
                continue
            covered = count(union([Period(line.first, line.last) for line in lines]))
            sums = (sum(line.paid for line in lines), sum(line.refund_lost for line in lines))
            rows.append([f"{kind}, {where_paid}", whole(covered), *map(amount, sums)])
        unpaid = loss.days - count(union([Period(line.first, line.last) for line in loss.lines or ()]))
        if unpaid:
            rows.append([f"{kind}, dage uden udbetaling", whole(unpaid), "–", "–"])
        rows.append(
            [Bold(f"{kind}, i alt"), Bold(whole(loss.days)), Bold(amount(loss.paid)), Bold(amount(loss.refund_lost))]
        )
    paper.table(
        [
            Column("", WIDTH - 8.6),
            Column("Dage", 1.8, True),
            Column("Udbetalt i perioden", 3.4, True),
            Column("Mistet refusion", 3.4, True),
        ],
        rows,
        "Udbetalt i perioden og mistet refusion, i tilbud og ikke i tilbud",
    )


def _reservations(paper: Paper, report: Report, case: CaseResult, hearing: Hearing) -> None:
    """What the draft rests on that is not certain, and what was not looked at."""
    paper.heading("6. Forbehold", 1)
    paper.bullets(_doubts(report, case, [point.finding for point in hearing.points]))


def _doubts(report: Report, case: CaseResult, findings: Sequence[Finding]) -> Iterator[str]:
    yield (
        f"Svaret bygger kun på kommunens registreringer, som udtrækket viser dem {danish(report.run.cutoff)}. Det, der "
        "står andre steder i sagen, er ikke set."
    )
    rests_on = {name for one in findings for name in one.rests_on}
    for parameter in report.run.parameters:
        if parameter.name in rests_on:
            yield f"Hviler på en læsning, der ikke er bekræftet: {parameter.title} = {value(parameter.value)}."
    if not case.fully_assessed:
        yield "Ikke alt i sagen kunne vurderes."
    yield from unusable(report, case.sag_id)
    own = {rule.code for rule in report.rules if rule.supervision == SUPERVISION}
    yield from (f"{code} er ikke kontrolleret: {reason}." for code, reason in report.run.not_run if code in own)


def _signature(paper: Paper) -> None:
    paper.heading("Bilag og underskrift", 1)
    to_enclose(paper)
    paper.paragraph(ToFill("bilag, der sendes med"), keep=True)
    paper.paragraph(ToFill("dato, navn og stilling"))
