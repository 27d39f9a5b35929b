"""What persons judge, from files to values: the list of questions, and the answers that come back in a workbook."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kommunecheck import app
from kommunecheck.audit.assessments import Line, latest_of, questions_of, standing_of, with_judgements, with_more
from kommunecheck.audit.draw import hash_of_list
from kommunecheck.domain.assessment import LETTERS, Asked, Question
from kommunecheck.domain.cost import cost_of
from kommunecheck.domain.days import danish
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.forms import Answer
from kommunecheck.domain.names import VERDICTS
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.report import Report
from kommunecheck.filled import after_today, made_from, read_answers
from kommunecheck.reports.assessment import excel as form
from kommunecheck.reports.excel.form import LIST
from kommunecheck.setup import Options, Setup


class Asking(NamedTuple):
    """All there is to judge in a run, and the hash of the list with what each question rests on."""

    setup: Setup
    report: Report
    asked: tuple[Asked, ...]
    list_hash: str


def questions_for(path: Path, options: Options) -> Asking:
    """What there is to judge: what is at discretion first, then what rests on notes, then what may be a special case.

    Raises ``UserError`` as ``app.check``, and where there is nothing to judge.
    """
    setup = app.set_up(path, options)
    report = app.run(setup, options)
    cases = {case.sag_id: case for case in report.cases}
    found = [question for case in report.cases for question in questions_of(case, report.run.cutoff)]
    if not found:
        raise UserError("Der er intet at vurdere: ingen fund har tabte dage.")
    order = list(LETTERS)
    found.sort(key=lambda one: (order.index(one.kind), one.sag_id, one.days, one.id))
    latest = latest_of(setup.judgements or ())
    asked = [Asked(one, cost_of(one.days, cases[one.sag_id])[1], standing_of(one, latest)) for one in found]
    return Asking(setup, report, tuple(asked), hash_of_list(f"{one.id} {one.evidence}" for one in found))


class Read(NamedTuple):
    """The judgements of a workbook: the file they belong in and its new content, how many are new, how many were read.

    ``report`` is the run with all of them.
    """

    report: Report
    file: Path
    content: bytes
    new: int
    read: int


def judgements_in(file: Path, path: Path, today: date) -> Read:
    """The judgements that stand in a filled-in workbook; the list is made once more to see that it is the same.

    No judgement is of a day after ``today``: the latest counts, and one of a year that was typed wrong would for ever.
    Raises ``UserError`` with a sentence for each thing that is wrong with the workbook; then nothing is read.
    """
    facts, options = made_from(file, form.FACTS, form.LIST_OF_QUESTIONS)
    asking = questions_for(path, options)
    kept = asking.setup.config.assessments.file
    if kept is None:
        raise UserError(
            'Skriv i kommunecheck.toml, hvor vurderingerne skal stå: [assessments] file = "vurderinger.jsonl".'
        )
    if facts.get(LIST) != asking.list_hash:
        raise UserError(
            f"{file.name}: fundene er ikke dem, listen blev skrevet af. Brug det samme udtræk og den samme opsætning "
            "som dengang, eller skriv en ny liste med: kommunecheck assess draw."
        )
    questions = [one.question for one in asking.asked]
    told = form.sent(questions)
    answers = read_answers(file, form.FORM, told, lambda _, given: _wrong(given, asking.report, today))
    lines = [_line(one, answers[key]) for one, key in zip(questions, told, strict=True) if answers[key][form.VERDICT]]
    if not lines:
        raise UserError(f"{file.name}: ingen rækker er udfyldt. Der er intet at læse ind.")
    place = asking.setup.folder / kept
    content, new = with_more(place, lines)
    judged = with_judgements(asking.report, [*(asking.setup.judgements or ()), *(line.judgement for line in lines)])
    return Read(judged, place, content, new, len(lines))


def _wrong(given: Mapping[str, Answer], report: Report, today: date) -> str | None:
    """What is wrong with the answers of a row, in Danish."""
    titles = (form.VERDICT, form.BY, form.DAY, form.WHY)
    blank = [f"»{title}«" for title in titles if given[title] is None]
    if blank and len(blank) < len(titles):
        return f"{', '.join(blank)} er ikke udfyldt. Udfyld alle fire felter, eller ingen af dem."
    day = given[form.DAY]
    if isinstance(day, int) and day < report.run.cutoff:
        return f"»{form.DAY}« ligger før opgørelsesdagen {danish(report.run.cutoff)}. Se efter, om året er rigtigt."
    if late := after_today(form.DAY, day, today):
        return late
    numbers = [f"»{title}«" for title in (form.BY, form.WHY) if masked(str(given[title])) != str(given[title])]
    if numbers:
        return f"under {' og '.join(numbers)} står noget, der ligner et CPR-nummer. Skriv det uden."
    return None


_VERDICTS = {name: verdict for verdict, name in VERDICTS.items()}


def _line(question: Question, given: Mapping[str, Answer]) -> Line:
    day = given[form.DAY]
    return Line(
        id=question.id,
        sag_id=question.sag_id,
        code=question.code,
        kind=question.kind.value,
        evidence=question.evidence,
        through=date.fromordinal(question.days[-1].last),
        verdict=_VERDICTS[str(given[form.VERDICT])],
        by=str(given[form.BY]),
        date=date.fromordinal(int(day or 0)),
        why=str(given[form.WHY]),
    )
