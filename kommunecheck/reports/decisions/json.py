"""The directorate's decisions and ours for programs, version 1."""

from kommunecheck.domain.days import iso
from kommunecheck.domain.decisions import Compared, Comparison, Fit, Relation
from kommunecheck.domain.report import Report
from kommunecheck.reports.json import amount, run_as_json, sealed

SCHEMA = "kommunecheck/after-supervision/1"


def write(report: Report, made: Comparison) -> bytes:
    """The comparison as UTF-8."""
    run = run_as_json(report.run)
    told: dict[str, object] = {
        "schema": SCHEMA,
        "run": run,
        "decided": len(made.cases),
        **{relation.value: made.count(relation) for relation in Relation},
        "by_rule": [row._asdict() for row in made.rules],
        "without_duty": made.unshared,
        "readings": {"now": _fit(made.now), "steps": [_fit(fit) for fit in made.fits]},
        "better": [{"name": fit.name, "stricter": fit.stricter} for fit in made.better],
        "cases": [_case(one) for one in made.cases],
    }
    return sealed(told, run)


def _fit(fit: Fit) -> dict[str, object]:
    own = {} if fit.name is None else {"name": fit.name, "stricter": fit.stricter, "value": fit.value}
    return {**own, "agreed": fit.agreed, "disagreed": fit.disagreed, "days": fit.days}


def _case(one: Compared) -> dict[str, object]:
    decision = one.decision
    return {
        "sag_id": decision.sag_id,
        "team": one.team,
        "ours": one.ours,
        "theirs": decision.result,
        "relation": one.relation,
        "codes": one.codes,
        "duties": decision.duties,
        "from": decision.lost and iso(decision.lost.first),
        "to": decision.lost and iso(decision.lost.last),
        "refund_lost": amount(one.refund_lost),
        "refund_lost_theirs": amount(decision.refund_lost),
        "days_only_ours": one.only_ours,
        "days_only_theirs": one.only_theirs,
    }
