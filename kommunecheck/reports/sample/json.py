"""A sample, and what the judged one tells, for programs; version 1 of each."""

from fractions import Fraction

from kommunecheck.domain.evaluation import Bounded, Evaluation, Part
from kommunecheck.domain.money import decimals, half_up
from kommunecheck.domain.report import Report
from kommunecheck.domain.sampling import Drawn, Sample
from kommunecheck.reports.json import amount, run_as_json, sealed
from kommunecheck.reports.sample.words import plain

SAMPLE, EVALUATION = "kommunecheck/sample/1", "kommunecheck/sample-evaluation/1"


def write_sample(report: Report, sample: Sample) -> bytes:
    """The sample as UTF-8: what was drawn, and all that is needed to draw it again."""
    run = run_as_json(report.run)
    return sealed({"schema": SAMPLE, "run": run, "sample": _sample(sample)}, run)


def _sample(sample: Sample) -> dict[str, object]:
    design = sample.design
    return {
        "method": design.method,
        "by": design.by,
        "seed": design.seed,
        "list_sha256": sample.list_hash,
        "population": sample.population,
        "unregistered": sample.unregistered,
        "confidence": plain(design.confidence),
        "expected": plain(design.expected),
        "tolerable": plain(design.tolerable),
        "size": len(sample.drawn),
        "size_asked": design.size,
        "planned": {"hypergeometric": sample.planned.hypergeometric, "poisson": sample.planned.poisson, "sided": "one"},
        "weighed_by": sample.weighed_by,
        "total": amount(sample.total),
        "interval": amount(sample.interval),
        "start": amount(sample.start),
        "apart": sample.apart,
        "unused_rows": sample.unused,
        "strata": [
            {"name": one.name, "population": one.population, "drawn": [_drawn(each) for each in one.drawn]}
            for one in sample.strata
        ],
    }


def _drawn(one: Drawn) -> dict[str, object]:
    told: dict[str, object] = {"id": one.id, "sag_id": one.sag_id, "order": one.order}
    if one.item is not None:
        told |= {"amount": amount(one.item.oere), "row": one.item.row, "sure": one.sure}
    return told


def write_evaluation(report: Report, made: Evaluation) -> bytes:
    """What the judged sample tells, as UTF-8. Shares have six decimals; the bounds are two-sided."""
    whole = made.whole
    run = run_as_json(report.run)
    told: dict[str, object] = {
        "schema": EVALUATION,
        "run": run,
        "sample": _sample(made.sample),
        "bounds": {"sided": "two", "confidence": plain(made.sample.design.confidence)},
        "total": _part(made.total),
        "strata": [_part(part) for part in made.parts],
        "whole": {
            "wrong": whole.wrong,
            "share": _share(whole.share),
            "amount": amount(whole.oere),
            "share_within": whole.share_within,
            "amount_within": whole.oere_within,
            "hidden": _share(whole.hidden),
            "as_few": None if whole.as_few is None else _share(whole.as_few),
            "agreed": whole.agreed,
            "stricter": whole.stricter,
            "milder": whole.milder,
        },
    }
    return sealed(told, run)


def _part(part: Part) -> dict[str, object]:
    return {
        "name": part.name,
        "population": part.population,
        "drawn": part.drawn,
        "wrong": part.wrong,
        "withdrawn": part.left,
        "share": dict(zip(Bounded._fields, map(_share, part.share), strict=True)),
        "amount": dict(zip(Bounded._fields, map(_oere, part.oere), strict=True)),
    }


def _oere(value: Fraction) -> str | None:
    return amount(half_up(*value.as_integer_ratio()))


def _share(value: Fraction) -> str:
    return decimals(*value.as_integer_ratio(), 6)
