"""All payments of a municipality reconciled, or named as not reconciled with the reason."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from kommunecheck.audit.found import as_finding, bookings, evened_out, found, is_even
from kommunecheck.audit.reconcile import Claimed, explaining_rate, in_pairs, reconciled, taken_back
from kommunecheck.domain.days import Day
from kommunecheck.domain.finding import Subject, in_order
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.reconciliation import (
    NO_ACCOUNT,
    NO_LINES,
    Figures,
    Lines,
    NotReconciled,
    Reconciled,
    ReconciledCase,
    Reconciliation,
    Run,
    sum_of,
)
from kommunecheck.domain.records import Payment
from kommunecheck.domain.report import CaseResult, Line, Placed
from kommunecheck.intake.records import Claims, Records
from kommunecheck.law.law import Law

Place = tuple[int, int]
"""A row: the number of its file in the run, and the row as a person counts it."""

NO_PARTNER = "negativ udbetaling uden en modpost med samme sag, dage, ydelse, tilbud og beløb"

_REASONS = {
    "DQ002": "sagen er ikke i sager",
    "DQ003": "en værdi kan ikke læses ({columns})",
    "DQ004": "flere rækker har samme nøgle; lige rækker tæller én gang, forskellige slet ikke",
    "DQ005": "til ligger før fra",
    "DQ008": "en kode er ikke på listen ({columns})",
}


class Unjudged(NamedTuple):
    """A case and its findings, before they are placed."""

    case: ReconciledCase
    placed: list[Placed]


def reconcile(
    records: Records, cases: Sequence[CaseResult], law: Law, tolerance: int, wrong: Sequence[Placed] = ()
) -> Reconciliation:
    """Every row of ``udbetalinger``, reconciled or not. ``cases`` are as the run judged them.

    ``tolerance`` is in øre, for each payment and difference. ``wrong`` are findings about the rows themselves that
    stand among ours. The claims must have been read (``Records.claims``).
    """
    claims = records.claims
    assert claims is not None  # noqa: S101 - whoever reconciles has asked for them
    reasons = _reasons(records)
    rows: dict[int, list[Claimed]] = defaultdict(list)
    left: list[NotReconciled] = []
    begins, benefits, teams = (records.sager[name].to_list() for name in ("anmodningsdato", "ydelsestype", "team"))
    offers_told = "i_tilbud" in records.present["udbetalinger"]
    for row in _claims(claims):
        case, payment, reason = row.case, row.payment, _unusable(row, reasons, begins)
        if reason is not None:
            left.append(NotReconciled(payment.udbetaling_id, payment.source, payment.row, reason, row.claim))
        elif case is not None:
            rows[case].append(_claimed(row, benefits[case], offers_told))
    left += [
        NotReconciled(None, one.source, one.row, "rækken har et andet antal celler end overskrifter", None)
        for one in claims.ragged
    ]
    results = {case.sag_id: case for case in cases}
    made: list[ReconciledCase] = []
    placed = list(wrong)
    for number in sorted(rows):
        units, alone = in_pairs(sorted(rows.pop(number), key=_by_day))
        left += [_not_reconciled(row, NO_PARTNER) for row in alone]
        name = records.names[number]
        own = _case(name, units, results.get(name), _fully(records, results, name), law, tolerance)
        made.append(own.case)
        placed += [one._replace(team=teams[number]) for one in own.placed]
    left.sort(key=lambda one: (one.source, one.row))
    placed.sort(key=lambda one: (one.sag_id is not None, one.sag_id or "", in_order(one.finding, one.subject)))
    return _together(tolerance, claims.frame.height + len(claims.ragged), made, left, placed)


def _reasons(records: Records) -> dict[Place, tuple[str, str]]:
    """Of each row of ``udbetalinger`` that a problem is about: the problem's code, and why the row is not used."""
    found: dict[Place, tuple[str, str]] = {}
    for problems in records.problems.values():
        for problem in problems:
            if problem.table == "udbetalinger" and problem.code in ("DQ007", *_REASONS):
                columns = ", ".join(dict.fromkeys(one.column for one in problem.evidence))
                said = _REASONS.get(problem.code, "").format(columns=columns)
                for one in problem.evidence:
                    if problem.set_aside or (one.source, one.row) not in found:
                        found[one.source, one.row] = problem.code, said
    return found


class Claim(NamedTuple):
    """A row of ``udbetalinger`` with what was claimed for it, as it was read."""

    case: int | None
    aside: bool
    unread: Sequence[str]
    payment: Payment
    claim: int | None
    correction: int | None
    konto: str | None


def _claims(claims: Claims) -> Iterator[Claim]:
    """The rows one by one."""
    places = claims.frame.columns.index(Payment._fields[0])
    ends = places + len(Payment._fields)
    for row in claims.frame.iter_rows():
        case, aside, unread = row[:places]
        yield Claim(case, aside, unread.split(), Payment._make(row[places:ends]), *row[ends:])


def _unusable(row: Claim, reasons: Mapping[Place, tuple[str, str]], begins: Sequence[Day | None]) -> str | None:
    """Why a row cannot be reconciled; ``None`` if it can. ``begins`` are the first days of the cases."""
    code, said = reasons.get((row.payment.source, row.payment.row), ("", ""))
    if row.case is None:
        return said or _REASONS["DQ002"]
    if row.aside and code != "DQ007":
        return said or "rækken er ikke brugt"
    if begins[row.case] is None:
        return "sagens egen række i sager kan ikke bruges"
    for column in ("anmeldt_refusion", "berigtiget_refusion"):
        if column in row.unread:
            return f"en værdi kan ikke læses ({column})"
    if (row.correction or 0) < 0:
        return "berigtiget_refusion er negativ"
    return None


def _claimed(row: Claim, benefit: str, offers_told: bool) -> Claimed:
    """The row as it is reconciled. ``benefit`` is the case's; ``offers_told``: whether ``i_tilbud`` is there at all."""
    payment = row.payment
    if offers_told and payment.i_tilbud is None and "i_tilbud" not in row.unread:
        payment = payment._replace(i_tilbud=False)  # a blank cell means no
    konto = None if row.konto is None else masked(row.konto)
    counts = not row.aside  # the only rows set aside that come here lie outside their case
    return Claimed(payment, payment.ydelsestype or benefit, row.claim, row.correction, konto, counts)


def _by_day(row: Claimed) -> tuple[object, ...]:
    payment = row.payment
    said = payment.fra, payment.til, payment.udbetaling_id or "", payment.beloeb, bool(payment.i_tilbud)
    return (*said, row.claim or 0, row.correction or 0, row.konto or "", payment.source, payment.row)


def _not_reconciled(row: Claimed, reason: str) -> NotReconciled:
    payment = row.payment
    return NotReconciled(payment.udbetaling_id, payment.source, payment.row, reason, row.claim)


def _fully(records: Records, results: Mapping[str, CaseResult], name: str) -> bool:
    """Whether the case is fully assessed; one without a day in the window where nothing of it was unreadable."""
    result = results.get(name)
    if result is not None:
        return result.fully_assessed and not result.crashed
    return all(one.assessable for one in records.problems.get(name, ()))


def _case(
    name: str,
    units: Sequence[tuple[Claimed, Claimed | None]],
    result: CaseResult | None,
    fully: bool,
    law: Law,
    tolerance: int,
) -> Unjudged:
    """A case with its payments in order of day, its findings and what to book."""
    lost, findings = _lines(result), () if result is None else result.findings
    payments: list[Reconciled] = []
    benefits: dict[Place, str] = {}
    for row, partner in units:
        place = row.payment.source, row.payment.row
        benefits[place] = row.benefit
        payments.append(reconciled(row, partner, lost.get(place, NO_LINES), fully, law))
        if partner is not None:
            payments.append(taken_back(partner, row.payment))
    payments.sort(key=lambda one: (one.payment.fra, one.payment.til, one.payment.source, one.payment.row))
    even = is_even(payments, tolerance)
    placed: list[Placed] = []
    for number, one in enumerate(payments):
        place = one.payment.source, one.payment.row
        explained = partial(explaining_rate, benefit=benefits.get(place, ""), law=law, tolerance=tolerance)
        of_one = list(found(one, explained, tolerance))
        if not of_one:
            continue
        beside = evened_out(one, payments) if even and one.difference else ""
        placed += [
            Placed(as_finding(one, each, beside, findings), Subject("sag", name), name, None, each.severity)
            for each in of_one
        ]
        codes = tuple((each.stated.RULE.code, each.oere) for each in of_one)
        payments[number] = one._replace(codes=codes, beside=beside)
    total = sum_of([one.figures for one in payments])
    made = ReconciledCase(name, total, tuple(payments), tuple(bookings(payments, even, tolerance)), even, findings)
    return Unjudged(made, placed)


def _lines(result: CaseResult | None) -> dict[Place, Lines]:
    """The lost lines of a case by the row of their payment."""
    by_row: dict[Place, list[list[Line]]] = {}
    for kind, loss in enumerate(() if result is None else result.exposure.kinds):
        for line in loss.lines or ():
            place = line.payment.source, line.payment.row
            by_row.setdefault(place, [[], [], []])[kind].append(line)
    return {place: (tuple(one), tuple(two), tuple(three)) for place, (one, two, three) in by_row.items()}


def _together(
    tolerance: int, rows: int, cases: list[ReconciledCase], left: list[NotReconciled], placed: list[Placed]
) -> Reconciliation:
    months: dict[Day, list[Figures]] = defaultdict(list)
    accounts: dict[str, list[Figures]] = defaultdict(list)
    payments = [one for case in cases for one in case.payments]
    for one in payments:
        accounts[one.konto or NO_ACCOUNT].append(one.figures)
        for month, figures in one.by_month:
            months[month].append(figures)
    return Reconciliation(
        tolerance,
        rows,
        sum_of([Figures(), *(one.figures for one in cases)]),
        tuple((month, sum_of(some)) for month, some in sorted(months.items())),
        tuple((konto, sum_of(accounts[konto])) for konto in sorted(accounts, key=_account)),
        tuple(cases),
        tuple(left),
        tuple(placed),
        (
            _exactly((one.payment, run) for one in payments for run in one.runs),
            _exactly((one.payment, line) for one in payments for line in one.lines[0]),
        ),
        sum(one.claim is None for one in payments),
        sum(one.correction is None for one in payments),
    )


def _exactly(runs: Iterable[tuple[Payment, Run | Line]]) -> Fraction:
    """The refund for runs of days of payments, not rounded, in øre."""
    oere: Counter[tuple[int, Fraction | None]] = Counter()
    for payment, run in runs:
        oere[payment.til - payment.fra + 1, run.rate] += payment.beloeb * (run.last - run.first + 1)
    return sum((Fraction(paid, length) * (rate or 0) for (length, rate), paid in oere.items()), Fraction(0))


def _account(konto: str) -> tuple[bool, str]:
    return konto == NO_ACCOUNT, konto
