"""The report after the supervision (BEK 1714/2006 § 7), from files to values: the form, and what comes back in it."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

from kommunecheck import app
from kommunecheck.adapters.files import read_named
from kommunecheck.asked import Material, cases_with, may_matter
from kommunecheck.audit.decisions import by_rule, compared, fit_of
from kommunecheck.audit.draw import hash_of_list
from kommunecheck.domain.days import Day, Period, danish, iso
from kommunecheck.domain.decisions import DUTIES, Comparison, Decision, Fit, Result
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.forms import Answer
from kommunecheck.domain.report import CaseResult, Report
from kommunecheck.domain.wording import number
from kommunecheck.filled import after_today, column_in, made_from, read_answers
from kommunecheck.judging import laid_out_anew
from kommunecheck.law.law import Parameter
from kommunecheck.reports.decisions import excel as form
from kommunecheck.reports.decisions.words import DUTY_NAMES, RESULTS
from kommunecheck.reports.excel.form import LIST
from kommunecheck.setup import Options


class Sent(NamedTuple):
    """The run, the cases that the form is for, and the hash of the list of them."""

    report: Report
    cases: tuple[CaseResult, ...]
    list_hash: str


def form_for(path: Path, options: Options, wanted: Path | None) -> Sent:
    """The cases of the audit, or those that stand in the file ``wanted``, one a line.

    Raises ``UserError`` as ``app.check``, and for a line that is no case of the audit.
    """
    report = app.check(path, options)
    cases = report.cases if wanted is None else tuple(_those(report, wanted))
    if not cases:
        raise UserError("Der er ingen sager i tilsynet at udfylde afgørelser for.")
    return Sent(report, cases, hash_of_list(form.key_of(case.sag_id) for case in cases))


def _those(report: Report, wanted: Path) -> list[CaseResult]:
    try:
        lines = read_named(wanted, f"--cases {wanted.name}: filen").decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UserError(f"--cases {wanted.name}: filen er ikke en tekstfil i UTF-8 med en sag på hver linje.") from None
    cases = {case.sag_id: case for case in report.cases}
    named = {line.strip(): place for place, line in reversed(list(enumerate(lines, 1))) if line.strip()}
    unknown = sorted(place for line, place in named.items() if line not in cases)
    if unknown:
        told = ", ".join(map(str, unknown[:10])) + (" ..." if len(unknown) > 10 else "")
        raise UserError(
            f"--cases {wanted.name}: {number(len(unknown), 'linje', 'linjer')} er ingen sag i tilsynet (linje {told}). "
            "Skriv sagen, som rapporten viser den."
        )
    return [case for sag_id, case in cases.items() if sag_id in named]


def comparison_of(file: Path, path: Path, today: date) -> tuple[Report, Comparison]:
    """The directorate's decisions in a filled-in workbook held against our own run of the same period.

    Nothing is decided after ``today``, and no day is lost that comes after it was decided. Raises
    ``UserError`` with a sentence for each thing that is wrong with the workbook; then nothing is read.
    """
    facts, options = made_from(file, form.FACTS, form.DECISIONS)
    keys = column_in(file, form.LISTED, form.FORM.key)
    if facts.get(LIST) != hash_of_list(keys):
        raise UserError(f"{file.name}: arket {form.LISTED} er ændret. Skriv det tilbage, eller hent listen igen.")
    setup = app.set_up(path, options)
    report, material = app.work(setup, options)
    wrong = partial(_wrong, begins=_begins(material), today=today)
    answers = read_answers(file, form.FORM, form.sent(keys), wrong)
    answered = {key: given for key, given in answers.items() if given[form.RESULT] is not None}
    if not answered:
        raise UserError(f"{file.name}: {form.RESULT} er ikke udfyldt i nogen række. Der er intet at læse ind.")
    cases = {case.sag_id: case for case in report.cases}
    by_key = {form.key_of(sag_id): sag_id for sag_id in cases}
    gone = sorted(key for key in answered if key not in by_key)
    if gone:
        told = ", ".join(gone[:10]) + (" ..." if len(gone) > 10 else "")
        raise UserError(
            f"{file.name}: {number(len(gone), 'sag', 'sager')} er ikke med i tilsynet i dette udtræk: {told}. Brug det "
            "udtræk og den opsætning, listen er skrevet af."
        )
    laid = laid_out_anew(material.records, material.audit, [by_key[key] for key in answered], setup.law, frozenset())
    never_lost = {sag_id: case.never_lost for sag_id, case in laid.items()}
    decisions = [
        _decision(by_key[key], given)._replace(never_lost=never_lost.get(by_key[key], ()))
        for key, given in answered.items()
    ]
    decisions.sort(key=lambda one: one.sag_id)
    rules, unshared = by_rule(decisions, cases)
    now = fit_of(decisions, cases)
    return report, Comparison(compared(decisions, cases), rules, unshared, now, _fits(decisions, cases, material))


def _fits(decisions: list[Decision], cases: Mapping[str, CaseResult], material: Material) -> tuple[Fit, ...]:
    """How each number that is a reading fits one step stricter and one looser: the decided cases judged anew."""
    if material.records.samtaler is None:
        return ()
    decided = {one.sag_id for one in decisions}
    wanted = pl.Series([name in decided for name in material.records.names], dtype=pl.Boolean)
    fit = partial(_fit, decisions=decisions, cases=cases, wanted=wanted, material=material)
    unsure = [one for one in material.setup.law.parameters.values() if one.certainty == "unverified"]
    made = (fit(one, stricter) for one in unsure for stricter in (True, False))
    return tuple(one for one in made if one is not None)


def _fit(
    parameter: Parameter,
    stricter: bool,
    decisions: list[Decision],
    cases: Mapping[str, CaseResult],
    wanted: pl.Series,
    material: Material,
) -> Fit | None:
    stepped = parameter.stepped(stricter=stricter)
    if stepped is None:
        return None
    matters = wanted & may_matter(parameter.name, material.records)
    touched = set(pl.Series(material.records.names).filter(matters))
    anew = {case.sag_id: case for case in cases_with(stepped, matters, material, plain=True)}
    results = {sag_id: case for sag_id, case in cases.items() if sag_id not in touched} | anew
    value = iso(stepped.value) if stepped.is_date else stepped.value
    return fit_of(decisions, results, parameter.name, stricter, value)


_RESULTS = {name: result for result, name in RESULTS.items()}
_SAID = {form.LOSS: Result.LOSS, form.ERROR: Result.ERROR, form.IN_ORDER: Result.NONE}
_WORST = (Result.LOSS, Result.ERROR, Result.NONE)


def _begins(material: Material) -> dict[str, Day]:
    """The first day of each case, by its key in the form."""
    records = material.records
    days = zip(records.names, records.sager["anmodningsdato"].to_list(), strict=True)
    return {form.key_of(name): day for name, day in days if day is not None}


def _wrong(key: str, given: Mapping[str, Answer], begins: Mapping[str, Day], today: date) -> str | None:
    """What is wrong with the answers of a case, in Danish."""
    said = given[form.RESULT]
    others = [
        title for title, answer in given.items() if answer is not None and title not in (form.RESULT, form.REMARK)
    ]
    if said is None:
        return f"»{form.RESULT}« er ikke udfyldt, men {_titles(others)} er." if others else None
    result, duties = _RESULTS[str(said)], _duties(given)
    worst = next((one for one in _WORST if one in duties.values()), None)
    if worst is not None and worst is not result:
        return f"»{form.RESULT}« er {said}, og det passer ikke med {_titles(DUTY_NAMES[duty] for duty in duties)}."
    if result is not Result.LOSS and any(given[title] for title in (form.FIRST, form.LAST, form.REFUND)):
        return f"»{form.RESULT}« er {said}, men der er mistet refusion eller dage."
    return _wrong_days(given, begins.get(key), today)


def _wrong_days(given: Mapping[str, Answer], begins: Day | None, today: date) -> str | None:
    """What is wrong with the days of a case's decision, in Danish. ``begins`` is the case's first day."""
    first, last, day = (given[title] for title in (form.FIRST, form.LAST, form.DAY))
    if (first is None) != (last is None):
        return f"»{form.FIRST}« og »{form.LAST}« skal være udfyldt begge."
    if isinstance(first, int) and isinstance(last, int) and last < first:
        return f"»{form.LAST}« ligger før »{form.FIRST}«."
    if isinstance(first, int) and isinstance(day, int) and day < first:
        return f"»{form.DAY}« ligger før »{form.FIRST}«."
    if isinstance(first, int) and begins is not None and first < begins:
        return f"»{form.FIRST}« ligger før sagens første dag, {danish(begins)}. Se efter, om året er rigtigt."
    if isinstance(last, int) and isinstance(day, int) and last > day:
        return f"»{form.LAST}« ligger efter »{form.DAY}«. Se efter, om året er rigtigt."
    return after_today(form.DAY, day, today) or after_today(form.LAST, last, today)


def _titles(titles: Iterable[str]) -> str:
    return ", ".join(f"»{title}«" for title in titles)


def _duties(given: Mapping[str, Answer]) -> dict[str, Result]:
    """What was said of each duty that something was said of."""
    told = {duty: given[DUTY_NAMES[duty]] for duty in DUTIES}
    return {duty: _SAID[str(said)] for duty, said in told.items() if said is not None}


def _decision(sag_id: str, given: Mapping[str, Answer]) -> Decision:
    first, last, refund = (given[title] for title in (form.FIRST, form.LAST, form.REFUND))
    lost = Period(first, last) if isinstance(first, int) and isinstance(last, int) else None
    result = _RESULTS[str(given[form.RESULT])]
    return Decision(sag_id, result, _duties(given), lost, refund if isinstance(refund, int) else None)
