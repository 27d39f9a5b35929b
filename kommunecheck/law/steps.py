"""The steps that must be taken at each interview, the evidence for each, and the days lost without it.

§ 4, stk. 2, nr. 4-5, and the guidance to § 5, stk. 1, "Beskæftigelsespotentiale og matchkategori": the match category,
the opmærksomhedsområder, and the registration as job seeker, at every interview even if nothing changed.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kommunecheck.domain.case import Case, Lapse, Proof
from kommunecheck.domain.days import Day, minus, run_of
from kommunecheck.domain.records import Content, Interview, Note
from kommunecheck.law.calendar import workdays_after
from kommunecheck.law.exclusions import touches_reform
from kommunecheck.law.law import Law

MATCH, AREAS, JOB_SEEKER = 1, 2, 3

STEP_NAMES = {
    MATCH: "indplacering i matchkategori",
    AREAS: "opmærksomhedsområder",
    JOB_SEEKER: "registrering som arbejdssøgende",
}
"""The steps as a Danish reader calls them."""

MISSING = {MATCH: "VT201", AREAS: "VT203", JOB_SEEKER: "VT301"}
"""The code of a step that nothing is registered of. Where that cannot be judged, nothing about the step can."""

STEP_COLUMNS = ("registreret_dato", "grovmatch", "arbejdssoegende", "matchkategori", "opmaerksomhedsomraader")
"""Columns without which a row says nothing certain about a step."""


class Asked(NamedTuple):
    """A step that an interview asks for, the code of its breach, and the earliest evidence that it was done, if any."""

    step: int
    code: str
    proof: Proof | None


def lapses(case: Case, law: Law, steps: frozenset[int]) -> Iterator[Lapse]:
    """The steps of ``steps`` that were not done in time at the case's judged interviews; at most one a step and kind.

    Judged once with the journal notes and once without: what only the notes prove is ``VT205``. A note can prove a
    step from the day of the interview to the case's last day.
    """
    allowed = law.number("registration_workdays")
    for interview in case.judged:
        limit = workdays_after(interview.held_on, allowed)
        said = interview.content
        if said.complete and (interview.registreret_dato or 0) <= limit:
            continue  # the row itself shows every step in time
        if any(column in said.unread for column in STEP_COLUMNS):
            continue
        later = case.held[case.held.index(interview) + 1 :]
        notes = _notes_of(case, interview)
        documented = {lapse.step: lapse for lapse in _judge(case, interview, limit, later, notes, law)}
        bare = documented
        if notes:
            bare = {lapse.step: lapse for lapse in _judge(case, interview, limit, later, (), law)}
        for step in sorted(steps):
            if step in documented:
                yield _net(case, documented[step])
            if bare is not documented and step in bare:
                yield from _only_in_notes(case, documented.get(step), bare[step])


def _judge(
    case: Case, row: Interview, limit: Day, later: tuple[Interview, ...], notes: tuple[Note, ...], law: Law
) -> Iterator[Lapse]:
    """The steps at one interview that were not done by ``limit``."""
    for step, code, proof in _asked(case, row, limit, later, notes):
        yield from _lapse(case, row, step, code, limit, proof, law)


def asked_at(case: Case, row: Interview, law: Law) -> tuple[Asked, ...]:
    """The steps that a held interview asks for, each with the evidence that it was done, from rows and notes alike."""
    limit = workdays_after(row.held_on, law.number("registration_workdays"))
    later = case.held[case.held.index(row) + 1 :]
    return tuple(_asked(case, row, limit, later, _notes_of(case, row)))


def _notes_of(case: Case, row: Interview) -> tuple[Note, ...]:
    """The notes that can prove a step at an interview."""
    return tuple([note for note in case.notes if row.held_on <= note.dato <= case.last])


def _asked(
    case: Case, row: Interview, limit: Day, later: tuple[Interview, ...], notes: tuple[Note, ...]
) -> Iterator[Asked]:
    """The steps that are asked for at one interview; without a category, only the first is."""
    said = row.content
    placed = _first(case, row, limit, _placements(row, later, notes))
    yield Asked(MATCH, _match_code(said), placed)
    category = said.matchkategori if said.placed else placed and placed.category
    if category is not None and category in "2345":
        code = "VT204" if said.placed and said.opmaerksomhedsomraader is not None else MISSING[AREAS]
        yield Asked(AREAS, code, _first(case, row, limit, _area_proofs(row, later, notes)))
    if category is not None and category in "123":
        code = "VT204" if said.job_seeker else MISSING[JOB_SEEKER]
        yield Asked(JOB_SEEKER, code, _first(case, row, limit, _job_seeker_proofs(row, later, notes)))


def _match_code(said: Content) -> str:
    if said.placed:
        return "VT204"
    if said.grovmatch:
        return "VT202"
    return MISSING[MATCH] if said.matchkategori is None else "VT206"


Candidates = Iterator[tuple[int, Day, str | None, Interview | Note]]
"""Evidence as it is found: its rank, its day, the category it places in, and the row or note."""


def _placements(row: Interview, later: tuple[Interview, ...], notes: tuple[Note, ...]) -> Candidates:
    if row.content.placed:
        yield 0, row.drv_day, row.content.matchkategori, row
    yield from ((1, note.day, note.placed, note) for note in notes if note.placed)
    yield from ((2, next_.drv_day, next_.content.matchkategori, next_) for next_ in later if next_.content.placed)


def _area_proofs(row: Interview, later: tuple[Interview, ...], notes: tuple[Note, ...]) -> Candidates:
    if row.content.opmaerksomhedsomraader is not None:
        yield 0, row.drv_day, None, row
    yield from ((1, note.day, None, note) for note in notes if note.areas)
    for next_ in later:
        said = next_.content
        if said.placed and (said.matchkategori == "1" or said.opmaerksomhedsomraader is not None):
            yield 2, next_.drv_day, None, next_


def _job_seeker_proofs(row: Interview, later: tuple[Interview, ...], notes: tuple[Note, ...]) -> Candidates:
    if row.content.job_seeker:
        yield 0, row.drv_day, None, row
    yield from ((1, note.day, None, note) for note in notes if note.job_seeker)
    yield from ((2, next_.drv_day, None, next_) for next_ in later if next_.content.job_seeker)


def _first(case: Case, row: Interview, limit: Day, candidates: Candidates) -> Proof | None:
    """The earliest evidence known at the cutoff. A day up to ``limit`` counts as the day of the interview.

    On equal days the row goes before a note before a later interview; notes among themselves by their own day, then
    by id; later interviews in the order they were held.
    """
    held = row.held_on
    found = [
        (held if day <= limit else day, rank, _tie(rank, day, place, shown_by), day, category, shown_by)
        for place, (rank, day, category, shown_by) in enumerate(candidates)
        if day <= case.cutoff
        and not (isinstance(shown_by, Interview) and "registreret_dato" in shown_by.content.unread)
    ]
    if not found:
        return None
    counts_from, rank, _, day, category, shown_by = min(found, key=lambda item: item[:3])
    return Proof(counts_from, rank, day, category, shown_by)


def _tie(rank: int, day: Day, place: int, shown_by: Interview | Note) -> tuple[int, str, str]:
    if isinstance(shown_by, Note):
        return (day, shown_by.notat_id or "", shown_by.placed or "")
    return (place if rank == 2 else 0, "", "")


def _lapse(
    case: Case, row: Interview, step: int, code: str, limit: Day, proof: Proof | None, law: Law
) -> Iterator[Lapse]:
    """The lapse of a step that was not done by ``limit``: lost from the interview to the day before it was done."""
    held = row.held_on
    if proof is not None and proof.counts_from == held:
        return
    to = case.last if proof is None else min(proof.counts_from - 1, case.last)
    rests = ("registration_workdays",) if proof is not None and _turns_on_limit(row, proof, law) else ()
    if touches_reform(case, held, to, law):
        rests = (*rests, "reform_exclusions_from")
    yield Lapse(row, step, code, limit, run_of(held, to), (), proof, law.unverified(*rests))


def _turns_on_limit(row: Interview, proof: Proof, law: Law) -> bool:
    """Whether it matters how soon a step must be registered: not where a later interview came well after that."""
    return proof.rank < 2 or proof.day <= workdays_after(row.held_on, law.number("registration_workdays") + 1)


def _net(case: Case, lapse: Lapse) -> Lapse:
    return lapse._replace(expected=minus(lapse.expected, case.never_lost))


def _only_in_notes(case: Case, documented: Lapse | None, bare: Lapse) -> Iterator[Lapse]:
    """The days that would be lost if no note counted."""
    days = minus(bare.expected, documented.expected if documented else ())
    if days:
        yield bare._replace(code="VT205", expected=(), documentation=minus(days, case.never_lost))
