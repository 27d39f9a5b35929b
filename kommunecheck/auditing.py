"""The revisor's tools from files to values: the run they are made from is that of ``check``, and so are its figures."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import polars as pl

from kommunecheck import app
from kommunecheck.audit.bounds import size_by_hypergeometric, size_by_poisson
from kommunecheck.audit.draw import divider, draw_cases, draw_money, hash_of_list
from kommunecheck.audit.evaluate import Known, evaluate
from kommunecheck.audit.population import items_of, one_a_person, units_of, unused_of
from kommunecheck.audit.reconciliation import reconcile
from kommunecheck.audit.rules import RULES
from kommunecheck.checks import unreadable_value
from kommunecheck.config import Audit, Rules
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.evaluation import WRONG, Evaluation, Judged
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Subject, of_problem
from kommunecheck.domain.forms import Answer
from kommunecheck.domain.names import ERRORS
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.reconciliation import Reconciliation
from kommunecheck.domain.report import Placed, Report, Run
from kommunecheck.domain.sampling import METHODS, MONEY, STRATA, Design, Item, Planned, Sample
from kommunecheck.domain.wording import number
from kommunecheck.facts import ignored
from kommunecheck.filled import after_today, made_from, read_answers
from kommunecheck.intake.cases import lay_out, pieces, untold
from kommunecheck.intake.records import Claims, Records
from kommunecheck.intake.screen import unscreened
from kommunecheck.law.law import Law
from kommunecheck.reports.excel.book import safe
from kommunecheck.reports.excel.form import LIST
from kommunecheck.reports.sample import excel as form
from kommunecheck.reports.sample.json import SAMPLE
from kommunecheck.setup import Options

CLAIMS = ("anmeldt_refusion", "berigtiget_refusion")


def reconciliation_of(path: Path, options: Options) -> tuple[Report, Reconciliation]:
    """The run and its reconciliation. The audited period is the whole of the files: every deadline is judged.

    Raises ``UserError`` as ``app.check``, and where the files do not say what was claimed and corrected.
    """
    setup = app.set_up(path, options)
    dated = Audit(cutoff=setup.config.audit.cutoff, supervisions=setup.config.audit.supervisions)
    setup = replace(setup, config=setup.config.model_copy(update={"audit": dated}))
    report, material = app.work(setup, replace(options, first=None, to=None), for_audit=True)
    _require(material.records)
    tolerance = setup.config.reconcile.tolerance_oere
    records = material.records
    wrong = [*_unreadable(report), *_negative(records.claims, records.names, report.run)]
    made = reconcile(records, report.cases, setup.law, tolerance, wrong)
    rules, own = setup.config.rules, [one.RULE for one in RULES]
    hidden = ignored(rules, options, own)
    made = made._replace(findings=_shown(made.findings, rules, dict(hidden)), fail_on=rules.fail_on)
    run = replace(
        report.run,
        rules_run=tuple(sorted((*report.run.rules_run, *(rule.code for rule in own)))),
        ignored=tuple(sorted((*report.run.ignored, *hidden))),
        warnings=(*report.run.warnings, *_blank(made)),
    )
    return replace(report, run=run), made


def _blank(made: Reconciliation) -> Iterator[str]:
    """What is to be said of payments that do not say what was claimed or corrected."""
    for how_many, column in ((made.blank_claims, CLAIMS[0]), (made.blank_corrections, CLAIMS[1])):
        if how_many:
            yield f"{column} er blank på {number(how_many, 'udbetaling', 'udbetalinger')} og regnes som 0,00 kr."


class Drawing(NamedTuple):
    """A drawn sample with the run it was drawn from, and what that run says of every item of the population."""

    report: Report
    sample: Sample
    known: Known


def sample_of(path: Path, options: Options, design: Design) -> Drawing:
    """A sample of the cases, or of their payments, and what our own run says of the population.

    Raises ``UserError`` as ``app.check``, and where there is nothing to draw from or no size can be planned.
    """
    setup = app.set_up(path, options)
    report, material = app.work(setup, options, for_audit=True)
    records, audit = material.records, material.audit
    if "samtaler" not in records.present or records.claims is None:
        raise UserError("En stikprøve kræver tabellerne samtaler og udbetalinger: sager på listen har fået ydelse.")
    screened = unscreened(len(records.names))
    laid = chain.from_iterable(lay_out(make()) for make in pieces(records, audit, screened, untold(records, screened)))
    numbers = {name: number for number, name in enumerate(records.names)}
    units = list(units_of((one.case for one in laid), numbers, records.persons, setup.law))
    if not units:
        raise UserError(
            "Der er ingen sager at udtage: ingen har i perioden både fået ydelse og haft en frist eller en samtale."
        )
    items, column = items_of(records, units, audit.window)
    if design.method == MONEY:
        return _by_money(report, records, setup.law, design, [one for one in items if one.oere > 0], items, column)
    kept, apart = one_a_person(units)
    planned = _planned(design, len(kept))
    strata = draw_cases(kept, design, design.size or planned.hypergeometric or planned.poisson)
    sample = Sample(
        design, audit.window, audit.cutoff, planned, hash_of_list(unit.id for unit in kept), strata,
        tuple(sorted(unit.id for unit in apart)), sum(not unit.registered for unit in kept),
    )  # fmt: skip
    part_of = divider(design)
    parts: dict[str, list[str]] = {stratum.name: [] for stratum in strata}
    for unit in kept:
        parts[part_of(unit)].append(unit.id)
    weights: dict[str, int] = defaultdict(int)
    for item in items:
        weights[item.sag_id] += max(0, item.oere)
    results = {case.sag_id: case for case in report.cases}
    wrong = [unit.id for unit in kept if unit.id in results and results[unit.id].outcome in ERRORS]
    oere = {name: results[name].exposure.expected.refund_lost or 0 for name in wrong}
    for name in wrong:
        weights[name] = max(weights[name], oere[name])  # a loss may lie outside the window
    return Drawing(report, sample, Known(parts, frozenset(wrong), oere, weights))


def _by_money(
    report: Report, records: Records, law: Law, design: Design, items: list[Item], every: list[Item], column: str
) -> Drawing:
    """A sample of payments, by what they weigh."""
    if not items:
        raise UserError(f"Der er ingen udbetalinger at udtage: {column} er ikke over 0 på nogen af dem.")
    planned = _planned(design, None)
    stratum, interval, start = draw_money(items, design.size or planned.poisson, design.seed)
    apart = tuple(item.id for item in every if item.oere <= 0)
    total = sum(item.oere for item in items)
    sample = Sample(
        design, report.run.window, report.run.cutoff, planned, hash_of_list(item.id for item in items), (stratum,),
        apart, 0, column, total, interval, start, unused_of(records, column),
    )  # fmt: skip
    rows = {(one.payment.source, one.payment.row): one for one in reconcile(records, report.cases, law, 0).payments}
    oere: dict[str, int] = {}
    for item in items:
        one = rows.get((item.source, item.row))
        if one is not None:
            paid = sum(line.paid for line in one.lines[0])
            oere[item.id] = min(item.oere, one.figures.remaining if column == CLAIMS[0] else paid)
    wrong = [name for name, much in oere.items() if much > 0]
    parts = {stratum.name: [item.id for item in items]}
    return Drawing(report, sample, Known(parts, frozenset(wrong), oere, {item.id: item.oere for item in items}, items))


def evaluation_of(file: Path, path: Path, today: date) -> tuple[Report, Evaluation]:
    """What a judged sample tells, drawn once more from the same files to see that it is the same.

    Nothing is judged on a day after ``today``. Raises ``UserError`` with a sentence for each thing that is wrong with
    the workbook; then nothing is read.
    """
    facts, options = made_from(file, form.FACTS, SAMPLE)
    design = _design(file, facts)
    drawing = sample_of(path, options, design)
    sample = drawing.sample
    if facts.get(LIST) != sample.list_hash:
        raise UserError(
            f"{file.name}: stikprøven er udtaget af en anden liste. Brug det samme udtræk og den samme opsætning, "
            "som da den blev udtaget."
        )
    answers = read_answers(
        file, form.form_of(sample), form.sent(sample), lambda _, given: after_today(form.DAY, given[form.DAY], today)
    )
    judged = {one.id: _judged(one.id, answers[safe(one.id).strip()]) for one in sample.drawn}
    for what, names in _wrong_amounts(answers, judged, drawing).items():
        if names:
            raise UserError(f"{file.name} er ikke læst ind: {what} ved {', '.join(names)}.")
    return drawing.report, evaluate(sample, judged, drawing.known)


def _wrong_amounts(
    answers: Mapping[str, Mapping[str, Answer]], judged: Mapping[str, Judged], drawing: Drawing
) -> dict[str, list[str]]:
    """The rows whose amount cannot be meant, by what is wrong: each would move the whole estimate."""
    weights, strata = drawing.known.weights, drawing.known.strata
    most = {
        one.id: weights[one.id] if one.item is not None else max(weights.get(name, 0) for name in strata[one.stratum])
        for one in drawing.sample.drawn
    }
    marked = [(name, one[form.AMOUNT], one[form.VERDICT] == WRONG) for name, one in answers.items()]
    return {
        "der er et beløb uden fejl": [name for name, amount, is_wrong in marked if amount and not is_wrong],
        "der mangler et beløb (skriv 0, hvis fejlen intet koster)": [
            name for name, amount, is_wrong in marked if is_wrong and amount is None
        ],
        "beløbet er større end det, der kan være betalt eller anmeldt,": [
            name for name, one in judged.items() if one.oere > most[name]
        ],
    }


def _judged(name: str, answers: Mapping[str, Answer]) -> Judged:
    verdict, amount, judge, day = (answers[title] for title in (form.VERDICT, form.AMOUNT, form.JUDGE, form.DAY))
    return Judged(name, str(verdict), int(amount or 0), str(judge), int(day or 0))


def _design(file: Path, facts: Mapping[str, str]) -> Design:
    """How the sample was drawn, as its workbook says. Raises ``UserError`` where it does not."""
    try:
        if facts[form.DRAWN_BY] not in METHODS:
            raise ValueError("no sample of ours")
        by, size = (None if facts[name] == "-" else facts[name] for name in (form.BY, form.SIZE))
        shares = [Fraction(facts[name]) / 100 for name in (form.CONFIDENCE, form.EXPECTED, form.TOLERABLE)]
        if by not in (None, *STRATA) or not 0 < shares[0] < 1 or not 0 <= shares[1] < shares[2] <= 1:
            raise ValueError("no design of ours")
        return Design(facts[form.DRAWN_BY], by, facts[form.SEED], None if size is None else int(size), *shares)
    except (KeyError, ValueError, ZeroDivisionError):
        raise UserError(
            f"{file.name}, ark {form.FACTS}: det, der står om, hvordan stikprøven er udtaget, er ændret. Skriv det "
            "tilbage."
        ) from None


def _planned(design: Design, population: int | None) -> Planned:
    """The sizes that suffice. Raises ``UserError`` where none does."""
    shares = design.expected, design.tolerable, design.confidence
    try:
        exact = None if population is None else size_by_hypergeometric(population, *shares)
        return Planned(exact, size_by_poisson(*shares))
    except ValueError:
        raise UserError(
            "Ingen stikprøve af rimelig størrelse er nok: --expected ligger for tæt på --tolerable. Sæt --tolerable op."
        ) from None


def _require(records: Records) -> None:
    """Raises ``UserError`` where there is nothing to hold against each other."""
    if "samtaler" not in records.present:
        raise UserError("Afstemningen kræver tabellen samtaler: uden den er der ingen tabte dage at holde op imod.")
    if records.claims is None:
        raise UserError(
            "Afstemningen kræver tabellen udbetalinger med sag_id, fra, til og beloeb. Læg den i mappen, eller skriv i "
            "kommunecheck.toml, hvad kolonnerne hedder."
        )
    missing = [name for name in CLAIMS if name not in records.present["udbetalinger"]]
    if missing:
        raise UserError(
            f"Afstemningen kræver {' og '.join(missing)} i udbetalinger. Hent dem med ud, eller skriv i "
            "kommunecheck.toml, hvad kolonnerne hedder."
        )


def _unreadable(report: Report) -> Iterator[Placed]:
    """What ``check`` finds of payments that cannot be read whole: whoever only looks at the exit status must know."""
    sources = report.run.sources
    for placed in report.findings:
        tables = {sources[cell.source].table for cell in placed.finding.evidence}
        if placed.finding.rule == unreadable_value.RULE and tables == {"udbetalinger"}:
            yield placed


def _negative(claims: Claims | None, names: Sequence[str], run: Run) -> Iterator[Placed]:
    """``DQ003``: corrections below 0. They are only looked at here: elsewhere nothing rests on them."""
    rows = [] if claims is None else claims.frame.filter(pl.col("berigtiget_refusion") < 0).iter_rows(named=True)
    for row in rows:
        name = None if row["case"] is None else names[row["case"]]
        cell, source = Evidence(row["source"], row["row"], "berigtiget_refusion"), run.sources[row["source"]]
        problem = Problem(
            unreadable_value.RULE.code, "negative", source.table, source.file, (cell,), name, row["fra"], True,
            sheet=source.sheet,
        )  # fmt: skip
        finding = of_problem(
            unreadable_value.RULE,
            problem,
            "En berigtigelse skrives som det positive beløb, der er taget tilbage. Ret fortegnet; rækken er ikke "
            "afstemt.",
        )
        subject = finding.subject or Subject("sag", name or "")
        yield Placed(finding, subject, name, None, unreadable_value.RULE.severity)


def _shown(placed: Iterable[Placed], rules: Rules, hidden: Collection[str]) -> tuple[Placed, ...]:
    """The findings as this municipality shows them: as serious as it takes them, and none with a ``hidden`` code."""
    kept = (one for one in placed if one.finding.rule.code not in hidden)
    return tuple(
        one._replace(severity=rules.severity.get(one.finding.rule.code, one.severity))
        if one.severity is one.finding.rule.severity
        else one
        for one in kept
    )
