"""The questions that a person must judge, the file of judgements, and what is lost when they are followed.

The reading chosen: an accepted discretionary loss falls away, and one that is refused is expected; a note that is
accepted proves its step, and one that is refused proves nothing, so that its days are expected. A special case is only
the directorate's to grant (guidance to § 5, stk. 1): an expected loss that is accepted as one becomes discretionary.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

import orjson
from pydantic import Field, ValidationError

from kommunecheck.config import Date, Section
from kommunecheck.domain.assessment import LETTERS, Judged, Judgement, Question, Verdict
from kommunecheck.domain.days import Day, Days, Period, danish, day_of, iso, minus, union, within
from kommunecheck.domain.errors import UserError, why
from kommunecheck.domain.finding import Finding, Subject, fingerprint
from kommunecheck.domain.report import Assessed, CaseResult, Placed, Recounted, Report, Stands
from kommunecheck.domain.rule import SUPERVISION, Certainty
from kommunecheck.exposure import recounted
from kommunecheck.totals import remaining

Text = Annotated[str, Field(min_length=1)]


class Line(Section):
    """A line of the file: what was judged, on which evidence, and who judged it when and why."""

    id: Text
    sag_id: Text
    code: Text
    kind: Literal["expected", "discretionary", "documentation"]
    evidence: Text
    through: Date
    verdict: Verdict
    by: Text
    date: Date
    why: Text

    @property
    def judgement(self) -> Judgement:
        """The judgement without whose it is, and why."""
        return Judgement(self.id, self.evidence, day_of(self.through), self.verdict, day_of(self.date))


def read_lines(path: Path) -> tuple[Line, ...]:
    """All that was ever judged, the oldest first; nothing where there is no file yet. Raises ``UserError``."""
    if path.exists() and not path.is_file() and not path.is_dir():  # a pipe would never end
        raise UserError(f"[assessments] file: {path.name} er ikke en almindelig fil. Skriv stien til en fil.")
    try:
        content = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise UserError(f"[assessments] file: {path.name} {why(error)}.") from None
    lines = []
    for number, text in enumerate(content.splitlines(), 1):
        try:
            lines.append(Line.model_validate_json(text))
        except ValidationError:
            raise UserError(
                f"{path.name}, linje {number}: det er ikke en vurdering, som denne version kan læse. Filen skrives kun "
                "af kommunecheck assess read; hent en ældre udgave af den."
            ) from None
    return tuple(lines)


def with_more(path: Path, more: Iterable[Line]) -> tuple[bytes, int]:
    """The file's content with the lines that say something new at its end, and how many these are.

    What stands in the file already is never changed, nor said once more: an old list that is read again says nothing
    new. Raises ``UserError`` as ``read_lines``.
    """
    before = read_lines(path)
    said = set(before)
    new = [line for line in more if line not in said]
    content = path.read_bytes() if before else b""
    if content and not content.endswith(b"\n"):
        content += b"\n"
    return content + b"".join(orjson.dumps(line.model_dump(mode="json")) + b"\n" for line in new), len(new)


def questions_of(case: CaseResult, cutoff: Day) -> list[Question]:
    """What there is to judge in a case: each kind of lost days of each matter, in the order of its findings."""
    matters: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in case.findings:
        if finding.rule.supervision == SUPERVISION and finding.lost:
            matters[_matter(finding, case.sag_id)].append(finding)
    made = []
    for (code, mark), findings in matters.items():
        for kind, letter in LETTERS.items():
            days = union(period for finding in findings for period in of_kind(finding, kind))
            if days:
                facts = [_facts(finding, kind, cutoff) for finding in findings]
                evidence = hashlib.sha256(orjson.dumps(facts)).hexdigest()[:16]
                name = f"{code}-{letter}-{mark}"
                made.append(Question(name, case.sag_id, case.team, kind, tuple(findings), evidence, days))
    return made


def of_kind(finding: Finding, kind: Certainty) -> Days:
    """The days of a finding that are lost in this way."""
    days = {
        Certainty.EXPECTED: finding.expected,
        Certainty.DISCRETIONARY: finding.discretionary,
        Certainty.DOCUMENTATION: finding.documentation,
    }
    return days[kind]


def _matter(finding: Finding, sag_id: str) -> tuple[str, str]:
    return finding.rule.first_code, fingerprint(finding, finding.subject or Subject("sag", sag_id))


_TOLD = re.compile(r"\d+\. \w+ \d{4}|[\d.]+ dage?\b|\d+")
"""The dates, counts of days and other numbers of a sentence."""


def _facts(finding: Finding, kind: Certainty, cutoff: Day) -> list[object]:
    """What a judgement rests on. Rows may move, texts be reworded, and a loss that runs run on: none of it is new."""
    days = [[iso(first), iso(last)] for first, last in of_kind(finding, kind)]
    told = sorted(_TOLD.findall(finding.message))
    if finding.lost[-1].last == cutoff:
        told = [one for one in told if one != danish(cutoff) and "dag" not in one]
    if days and days[-1][1] == iso(cutoff):
        days[-1].pop()
    cells = [[cell.column, cell.value] for cell in finding.evidence]
    return [finding.date and iso(finding.date), finding.step, told, days, cells]


def with_judgements(report: Report, judgements: Sequence[Judgement]) -> Report:
    """The report with how each judgement stands, and beside its own amounts what is lost when they are followed."""
    latest = latest_of(judgements)
    asked = {case.sag_id: questions_of(case, report.run.cutoff) for case in report.cases if case.findings}
    anew: dict[str, Recounted] = {}
    stands: dict[str, Stands] = {}
    marks: dict[tuple[str, str, str], tuple[Judged, ...]] = {}
    for case in report.cases:
        questions = asked.get(case.sag_id)
        if not questions:
            continue
        holding = {one.id: latest[one.id] for one in questions if _holds(one, latest)}
        stands[case.sag_id] = _stands(questions, latest, holding)
        for question in questions:
            judged = standing_of(question, latest)
            if judged is not None:
                key = (case.sag_id, *_matter(question.findings[0], case.sag_id))
                marks[key] = (*marks.get(key, ()), judged)
        if holding:
            anew[case.sag_id] = recounted(case, list(_as_judged(case, questions, holding)), report.run.cutoff)
    names = {question.id for questions in asked.values() for question in questions}
    gone = len(latest.keys() - names)
    findings = report.findings
    if marks:
        findings = tuple(one._replace(judged=_marks(one, marks)) for one in findings)
    total = remaining(report.cases, anew, report.summary.paid_known)
    made = Assessed(total, MappingProxyType(anew), MappingProxyType(stands), gone)
    return replace(report, findings=findings, assessed=made)


def latest_of(judgements: Sequence[Judgement]) -> dict[str, Judgement]:
    """The judgement that counts of each question: of the latest day the last, unless it takes the others back.

    Lists may be read in another order than they were filled in.
    """
    latest = {one.question: one for one in sorted(judgements, key=lambda one: one.day)}
    return {name: one for name, one in latest.items() if one.verdict is not Verdict.WITHDRAWN}


def _holds(question: Question, latest: Mapping[str, Judgement]) -> bool:
    """Whether there is an answer to the question as it is now."""
    given = latest.get(question.id)
    return given is not None and given.evidence == question.evidence


def standing_of(question: Question, latest: Mapping[str, Judgement]) -> Judged | None:
    """How the answer to a question stands; ``None`` where there is none."""
    given = latest.get(question.id)
    return None if given is None else Judged(question.kind, given.verdict, given.day, _holds(question, latest))


def _stands(questions: Sequence[Question], latest: Mapping[str, Judgement], holding: Mapping[str, Judgement]) -> Stands:
    verdicts = [one.verdict for one in holding.values()]
    given = [one for one in questions if one.id in latest]
    unjudged = [one for one in questions if one.kind is not Certainty.EXPECTED and one.id not in holding]
    return Stands(
        verdicts.count(Verdict.ACCEPTED), verdicts.count(Verdict.REFUSED), len(given) - len(holding), len(unjudged)
    )


def _marks(placed: Placed, marks: Mapping[tuple[str, str, str], tuple[Judged, ...]]) -> tuple[Judged, ...]:
    if placed.sag_id is None or placed.finding.rule.supervision != SUPERVISION:
        return ()
    return marks.get((placed.sag_id, *_matter(placed.finding, placed.sag_id)), ())


def _as_judged(case: CaseResult, questions: Sequence[Question], holding: Mapping[str, Judgement]) -> Iterator[Finding]:
    """The findings of a case with their days where the judgements that hold put them."""
    answers: dict[tuple[str, str], dict[Certainty, Judgement]] = defaultdict(dict)
    for question in questions:
        if question.id in holding:
            answers[_matter(question.findings[0], case.sag_id)][question.kind] = holding[question.id]
    for finding in case.findings:
        if finding.rule.supervision == SUPERVISION:
            yield moved(finding, answers.get(_matter(finding, case.sag_id), {}))


def moved(finding: Finding, answers: Mapping[Certainty, Judgement]) -> Finding:
    """A finding with its days as they are judged, by the kind that was asked about. Days not judged stay."""
    judged: dict[Certainty, Days] = {}
    for kind, given in answers.items():
        judged[kind] = within(of_kind(finding, kind), (Period(0, given.through),))
    special = answers.get(Certainty.EXPECTED)
    granted = judged[Certainty.EXPECTED] if special and special.verdict is Verdict.ACCEPTED else ()
    refused = [
        judged[kind]
        for kind in (Certainty.DISCRETIONARY, Certainty.DOCUMENTATION)
        if kind in answers and answers[kind].verdict is Verdict.REFUSED
    ]
    return finding._replace(
        expected=union(period for days in (minus(finding.expected, granted), *refused) for period in days),
        discretionary=union((*minus(finding.discretionary, judged.get(Certainty.DISCRETIONARY, ())), *granted)),
        documentation=minus(finding.documentation, judged.get(Certainty.DOCUMENTATION, ())),
    )
