"""A few words in which a test can tell a case: builders for our own tests and for those of plugin authors.

    case = a_case(
        "2007-01-02",
        ended="2007-09-30",
        interviews=[held("2007-04-02"), no_show("2007-07-02", followed_up="2007-07-03"), held("2007-07-12")],
        circumstances=[wage_subsidy("2007-07-10", "2007-07-31")],
    )
    assert codes_of(case) == ["VT105"]
    assert spans(judged(case).exposure.discretionary.periods) == [("2007-07-02", "2007-07-09")]

The words build the values a run is made of, and no file is read. What is not said is sound: an interview has every
step in order, and a case is paid 100 kr. for each of its days. Days are ISO texts, dates, or days as ``domain.days``
counts them; amounts are written as a Danish reader writes them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from kommunecheck import engine
from kommunecheck.checks import CHECKS
from kommunecheck.config import Parameters, read_law
from kommunecheck.domain.case import Case, Municipality
from kommunecheck.domain.days import NO_END, Day, Days, Period, day_of, iso, union
from kommunecheck.domain.finding import Finding
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.records import Circumstance, Content, Interview, Note, Payment
from kommunecheck.domain.report import CaseResult
from kommunecheck.domain.supervision import Material
from kommunecheck.exposure import expose
from kommunecheck.intake.tables import TABLES
from kommunecheck.intake.values import read_amount
from kommunecheck.law.course import course
from kommunecheck.law.law import Law
from kommunecheck.law.measure import laid_out
from kommunecheck.ports import AnyCheck, Supervision, TableShape
from kommunecheck.supervising import Ruling, rule_on

When = str | date | Day
"""A day: ``"2007-03-31"``, ``date(2007, 3, 31)``, or the day's number."""

PAID_PER_DAY = 100_00
"""What a case is paid for each day, in øre, when its payments are not told."""


def a_case(
    began: When,
    *,
    ended: When | None = None,
    benefit: str = "kontanthjaelp",
    interviews: Iterable[Interview] = (),
    circumstances: Iterable[Circumstance] = (),
    payments: Iterable[Payment] | None = None,
    notes: Iterable[Note] = (),
    window: tuple[When, When] = ("2007-01-01", "2007-12-31"),
    cutoff: When | None = None,
    sag_id: str = "S1",
    team: str | None = None,
) -> Case:
    """A course of benefit with its rows, as the intake hands it to the engine.

    ``began`` and ``ended`` are ``anmodningsdato`` and ``ophoersdato``; ``cutoff`` is the window's last day unless
    told. Rows get their place in the order given as row number, and an interview without an id its place as id.
    ``payments=None`` pays 100 kr. a day as long as the case runs; ``payments=[]`` pays nothing.
    """
    first, to = _day(window[0]), _day(window[1])
    known_to = to if cutoff is None else _day(cutoff)
    begins, ends = _day(began), None if ended is None else _day(ended)
    last = known_to if ends is None else min(ends, known_to)
    if payments is None:
        payments = [Payment(begins, last, None, (last - begins + 1) * PAID_PER_DAY, None, False, 3, 0)]
    paid = sorted(
        payment._replace(row=row)
        for row, payment in enumerate(payments, start=2)
        if payment.til >= begins and (ends is None or payment.fra <= ends) and payment.fra <= payment.til
    )
    return Case(
        sag_id=sag_id,
        team=team,
        ydelsestype=benefit,
        anmodningsdato=begins,
        ophoersdato=ends,
        last=last,
        window=Period(first, to),
        cutoff=known_to,
        interviews=tuple(
            one._replace(row=row, samtale_id=one.samtale_id or f"{sag_id}-{row:03}")
            for row, one in enumerate(interviews, start=2)
        ),
        circumstances=tuple(one._replace(row=row) for row, one in enumerate(circumstances, start=2)),
        payments=paid,
        paid=union(Period(payment.fra, payment.til) for payment in paid),
        notes=tuple(one._replace(row=row) for row, one in enumerate(notes, start=2)),
        source=0,
        row=2,
    )


def held(
    day: When,
    *,
    category: str | None = "3",
    rough: bool = False,
    areas: str | None = "helbred",
    job_seeker: bool | None = True,
    exempt: str | None = None,
    form: str | None = None,
    registered: When | None = None,
    summoned: When | None = None,
    planned: When | None = None,
    type: str = "kontaktsamtale",  # noqa: A002 - the column's name
    status: str = "afholdt",
    id: str = "",  # noqa: A002 - what a reader calls it
) -> Interview:
    """A contact interview that was held, with every step in order unless told otherwise.

    ``rough`` marks the category as a grovmatch, ``exempt`` is the ``fritagelsesaarsag``,
    ``form`` the ``kontaktform``.
    """
    said = Content(type, status, category, rough, areas, job_seeker, exempt, form, source=1)
    return Interview(id, _maybe(summoned), _maybe(planned), _day(day), None, _maybe(registered), 0, said)


def attempt(
    status: str,
    day: When,
    *,
    followed_up: When | None = None,
    summoned: When | None = None,
    type: str = "kontaktsamtale",  # noqa: A002 - the column's name
) -> Interview:
    """An interview planned for the day and not held; ``status`` says why."""
    return Interview(
        "", _maybe(summoned), _day(day), None, _maybe(followed_up), None, 0, Content(type, status, source=1)
    )


def no_show(day: When, *, followed_up: When | None = None, summoned: When | None = None) -> Interview:
    """A contact interview planned for the day, from which the citizen stayed away."""
    return attempt("udeblevet", day, followed_up=followed_up, summoned=summoned)


def reported_ill(day: When, *, summoned: When | None = None) -> Interview:
    """A contact interview planned for the day, which illness kept from being held (status ``sygdom``)."""
    return attempt("sygdom", day, summoned=summoned)


def cancelled(day: When, *, summoned: When | None = None) -> Interview:
    """A contact interview planned for the day and cancelled by the municipality."""
    return attempt("aflyst", day, summoned=summoned)


def planned(day: When, *, summoned: When | None = None) -> Interview:
    """A contact interview planned for the day, of which nothing more is known."""
    return attempt("planlagt", day, summoned=summoned)


def first_contact(day: When, *, category: str | None = None, rough: bool = True) -> Interview:
    """A citizen's first contact with the municipality, where a grovmatch is right."""
    return held(day, type="foerste_henvendelse", category=category, rough=rough, areas=None, job_seeker=None)


def circumstance(type: str, first: When, last: When | None = None, *, documented: bool = False) -> Circumstance:  # noqa: A002 - the column's name
    """A row of ``perioder``; without ``last`` it is still running."""
    return Circumstance(type, _day(first), NO_END if last is None else _day(last), documented, 2, 0)


def illness(first: When, last: When | None = None, *, documented: bool = False) -> Circumstance:
    """A period of illness; without ``last`` it is still running."""
    return circumstance("sygdom", first, last, documented=documented)


def wage_subsidy(first: When, last: When | None = None) -> Circumstance:
    """A period in a job with a wage subsidy (``loentilskud``), where refund cannot be taken."""
    return circumstance("loentilskud", first, last)


def payment(
    first: When,
    last: When,
    amount: str,
    *,
    in_offer: bool | None = False,
    benefit: str | None = None,
    id: str | None = None,  # noqa: A002 - what a reader calls it
) -> Payment:
    """A payment of ``amount`` (``"8.959,00"``) for the days from ``first`` to ``last``.

    ``in_offer=None`` is a municipality whose file does not say. Raises ``ValueError`` for an amount that is none.
    """
    oere = read_amount(amount)
    if oere is None:
        raise ValueError(f"no amount: {amount}")
    return Payment(_day(first), _day(last), id, oere, benefit, in_offer, 3, 0)


def note(
    day: When,
    *,
    placed: str | None = None,
    areas: bool = False,
    job_seeker: bool = False,
    registered: When | None = None,
    id: str | None = None,  # noqa: A002 - what a reader calls it
) -> Note:
    """A journal note as the reader has understood it: what it says of the three steps."""
    dated = _day(day)
    return Note(dated, max(dated, _maybe(registered) or 0), id, placed, areas, job_seeker, 4, 0)


def the_law(**parameters: Any) -> Law:
    """The law, with numbers of one's own by the names of ``[parameters]``: ``the_law(interval_months=1)``.

    Dates may be ISO texts here too. Raises ``ValueError`` for what the configuration would refuse.
    """
    return _default_law() if not parameters else read_law(Parameters.model_validate(_with_dates(parameters)))


def judged(
    case: Case,
    law: Law | None = None,
    *,
    problems: Sequence[Problem] = (),
    without: Iterable[str] = (),
    checks: Iterable[AnyCheck] = CHECKS,
    tables: Iterable[TableShape] = (),
) -> CaseResult:
    """What the engine makes of the case, and its course.

    ``without`` names tables and columns the municipality's files lack: ``"udbetalinger"``,
    ``"samtaler.fritagelsesaarsag"``; ``tables`` are those that a plugin brings.

    Raises ``LookupError`` for a case without a day of benefit in the window, and ``RuntimeError`` when a check crashed:
    in a run that is a value in the report, in a test it is a mistake.
    """
    lacking = frozenset(without)
    present = _present(lacking, tables)
    law, assessable = law or the_law(), all(problem.assessable for problem in problems)
    verdict = engine.judge(case, assessable, engine.choose(tuple(checks), present), law)
    if verdict is None:
        raise LookupError("the case has no day of benefit in the window")
    measured, outcome, fully, findings, crashed = verdict
    if crashed:
        raise RuntimeError(f"crashed: {', '.join(crashed)}")
    exposure = expose(findings, measured, law, paid_known="udbetalinger" not in lacking)
    drawn = course(measured, law)
    return CaseResult(case.sag_id, case.team, outcome, fully, findings, exposure, timeline=drawn)


def ruled(
    supervision: Supervision,
    cases: Iterable[Case] = (),
    law: Law | None = None,
    *,
    tables: Sequence[TableShape],
    rows: Mapping[str, tuple[Any, ...]] = MappingProxyType({}),
    aside: Mapping[str, tuple[Any, ...]] = MappingProxyType({}),
    aside_of_cases: Mapping[str, Mapping[str, tuple[Any, ...]]] = MappingProxyType({}),
    files: Mapping[str, bytes | None] = MappingProxyType({}),
    window: tuple[When, When] = ("2007-01-01", "2007-12-31"),
    cutoff: When | None = None,
    procedures: Mapping[str, str] = MappingProxyType({}),
    without: Iterable[str] = (),
) -> Ruling:
    """What a plugin's supervision makes of the cases, and of the ``rows`` of its tables that belong to none.

    ``ruled(...).supervised`` is what the report says of it, ``ruled(...).findings`` what it found of no case. Raises
    what the supervision raises, and ``ValueError`` or ``TypeError`` for a judgement that the report cannot hold.
    """
    law, lacking = law or the_law(), frozenset(without)
    first, to = _day(window[0]), _day(window[1])
    present = _present(lacking, tables)
    material = Material(
        Period(first, to),
        to if cutoff is None else _day(cutoff),
        cutoff is not None,
        Municipality(dict(procedures)),
        tuple(laid_out(case, law) for case in cases),
        {table.name: rows.get(table.name, ()) for table in tables if not table.of_cases},
        present,
        frozenset(rule.RULE.code for rule in supervision.rules if not engine.missing(rule.NEEDS, present)),
        {table.name: aside.get(table.name, ()) for table in tables if not table.of_cases},
        files,
        aside_of_cases,
    )
    return rule_on(supervision, material, law, range(1000), {}, paid_known="udbetalinger" not in lacking)


def _present(lacking: frozenset[str], tables: Iterable[TableShape]) -> dict[str, frozenset[str]]:
    """The columns that the municipality's files hold, by table."""
    shapes = (*TABLES.values(), *tables)
    return {
        shape.name: frozenset(column.name for column in shape.columns if f"{shape.name}.{column.name}" not in lacking)
        for shape in shapes
        if shape.name not in lacking
    }


def findings_of(case: Case, code: str = "", law: Law | None = None) -> tuple[Finding, ...]:
    """The case's findings whose code begins with ``code``, in the report's order."""
    return tuple(finding for finding in judged(case, law).findings if finding.rule.code.startswith(code))


def codes_of(case: Case, law: Law | None = None) -> list[str]:
    """The codes of the case's findings, in the report's order."""
    return [finding.rule.code for finding in findings_of(case, law=law)]


def spans(days: Days) -> list[tuple[str, str]]:
    """A set of days as ISO texts: the first and the last day of each unbroken run."""
    return [(iso(first), iso(last)) for first, last in days]


@cache
def _default_law() -> Law:
    return read_law()


def _with_dates(value: Any) -> Any:
    """The same parameters with ISO texts as the dates that a configuration file holds."""
    if isinstance(value, dict):
        return {
            key: date.fromisoformat(one) if key in _DATES and isinstance(one, str) else _with_dates(one)
            for key, one in value.items()
        }
    return [_with_dates(one) for one in value] if isinstance(value, list) else value


_DATES = frozenset({"reform_exclusions_from", "from", "to"})


def _day(when: When) -> Day:
    return when if isinstance(when, int) else day_of(when)


def _maybe(when: When | None) -> Day | None:
    return None if when is None else _day(when)
