"""The reconciliation for programs, version 1."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import orjson

from kommunecheck.domain.days import iso
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.reconciliation import (
    NO_ACCOUNT,
    Figures,
    NotReconciled,
    Reconciled,
    ReconciledCase,
    Reconciliation,
)
from kommunecheck.domain.report import Report, Source
from kommunecheck.reports.json import amount, finding_as_json, run_as_json, seal
from kommunecheck.reports.reconciliation.reasons import reasons_of

SCHEMA = "kommunecheck/reconcile/1"


def write(report: Report, made: Reconciliation) -> bytes:
    """The reconciliation as UTF-8. The same files give the same bytes; ``digest`` is of all of them but itself."""
    return b"".join(seal(_unsealed(report, made)))


def _unsealed(report: Report, made: Reconciliation) -> Iterator[bytes]:
    """The reconciliation case by case, with an empty digest."""
    sources = report.run.sources
    before: dict[str, object] = {
        "schema": SCHEMA,
        "run": run_as_json(report.run),
        "tolerance_oere": made.tolerance,
        "rows": {"in": made.rows, "reconciled": len(made.payments), "not_reconciled": len(made.not_reconciled)},
        "rounding_oere": {
            "claimable": _rounding(made.total.claimable, made.exact[0]),
            "lost": _rounding(made.total.lost, made.exact[1]),
        },
        "total": _figures(made.total),
        "by_month": [{"month": iso(month)[:7], **_figures(figures)} for month, figures in made.by_month],
        "by_account": [{"konto": konto, **_figures(figures)} for konto, figures in made.by_account],
    }
    after: dict[str, object] = {
        "not_reconciled": [_not_reconciled(one, sources) for one in made.not_reconciled],
        "not_reconciled_claimed": amount(sum(one.claimed or 0 for one in made.not_reconciled)),
        "findings": [orjson.Fragment(finding_as_json(placed, None, report)) for placed in made.findings],
    }
    yield orjson.dumps(before)[:-1] + b',"cases":['
    for number, case in enumerate(made.cases):
        yield (b"," if number else b"") + orjson.dumps(_case(case, sources))
    yield b"]," + orjson.dumps(after)[1:] + b"\n"


def _rounding(oere: int, exact: Fraction) -> str:
    """What rounding every line has added, in øre with four decimals."""
    parts = round((oere - exact) * 10_000)
    sign = "-" if parts < 0 else ""
    return f"{sign}{abs(parts) // 10_000}.{abs(parts) % 10_000:04d}"


def _figures(figures: Figures) -> dict[str, str | None]:
    return {name: amount(oere) for name, oere in zip(Figures._fields, figures, strict=True)}


def _case(case: ReconciledCase, sources: Mapping[int, Source]) -> dict[str, object]:
    payments = [_payment(one, case, sources) for one in case.payments]
    return {"sag_id": case.sag_id, **_figures(case.figures), "payments": payments}


def _payment(one: Reconciled, case: ReconciledCase, sources: Mapping[int, Source]) -> dict[str, object]:
    payment = one.payment
    return {
        **_row(payment.udbetaling_id, sources[payment.source], payment.row),
        "from": iso(payment.fra),
        "to": iso(payment.til),
        "konto": one.konto or NO_ACCOUNT,
        "paid": amount(payment.beloeb),
        **_figures(one.figures),
        "codes": [{"code": code, "amount": amount(oere)} for code, oere in one.codes],
        "reasons": reasons_of(one, case),
    }


def _not_reconciled(one: NotReconciled, sources: Mapping[int, Source]) -> dict[str, object]:
    return {
        **_row(one.udbetaling_id, sources[one.source], one.row),
        "reason": one.reason,
        "claimed": amount(one.claimed),
    }


def _row(payment: str | None, source: Source, row: int) -> dict[str, object]:
    name = None if payment is None else masked(payment)
    return {"payment": name, "file": source.file, "sheet": source.sheet, "row": row}
