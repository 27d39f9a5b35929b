"""The benchmark for programs, version 1. What is withheld is null, wherever it would stand."""

from collections.abc import Mapping
from fractions import Fraction

import orjson

from kommunecheck.domain.benchmark import (
    Benchmark,
    Compared,
    Control,
    ControlFigures,
    Figures,
    Group,
    KindOfError,
    Rate,
    Row,
)
from kommunecheck.domain.days import Period, iso
from kommunecheck.domain.money import decimals
from kommunecheck.reports.json import amount, sealed

SCHEMA = "kommunecheck/benchmark/1"


def write(made: Benchmark) -> bytes:
    """The benchmark as UTF-8. ``digest`` is the SHA-256 of the document with this value empty."""
    said: dict[str, object] = {
        "schema": SCHEMA,
        "digest": "",
        "version": made.version,
        "synthetic": made.synthetic,
        "ruleset": made.ruleset,
        "parameters": {one.name: orjson.Fragment(one.told) for one in made.parameters},
        "reports": made.reports,
        "municipalities": made.municipalities,
        "periods": [_period(one) for one in made.periods],
        "supervisions": {one.name: _compared(one) for one in made.compared},
        "kontrolsager": None if made.control is None else _control(made.control),
        "apart": [
            {
                "file": one.file,
                "municipality": one.name,
                **_period(one.window),
                "reason": one.reason,
                "error_share": {name: rate and _rate(rate) for name, rate in one.rates.items()},
            }
            for one in made.apart
        ],
        "refused": [{"file": one.file, "reason": one.reason} for one in made.refused],
        "notes": made.notes,
    }
    return sealed(said, said)


def _period(window: Period) -> dict[str, str]:
    return {"from": iso(window.first), "to": iso(window.last)}


def _rate(one: Rate) -> dict[str, object]:
    """A share in per cent with two decimals, its count, and its interval of 95 % after Wilson."""
    return {
        "part": one.part,
        "of": one.of,
        "share": decimals(one.part * 100, one.of, 2),
        "low": f"{one.low * 100:.2f}",
        "high": f"{one.high * 100:.2f}",
    }


def _per_cent(share: Fraction) -> str:
    return decimals(share.numerator * 100, share.denominator, 2)


def _compared(one: Compared) -> dict[str, object]:
    return {
        "periods": [_period(window) for window in one.periods],
        "group": [_group(group) for group in one.groups],
        "municipalities": [_row(row) for row in one.rows],
        "kinds": [_kind(kind) for kind in one.kinds],
        "best": one.best,
    }


def _group(one: Group) -> dict[str, object]:
    days = one.days_per_case
    return {
        "municipalities": one.municipalities,
        "error_share": one.rate and _rate(one.rate),
        "loss_per_case": amount(one.per_case),
        "lost_days_per_case": None if days is None else decimals(*days.as_integer_ratio(), 2),
        "loss_per_day": amount(one.per_day),
        "goal": None if one.goal is None else _per_cent(one.goal),
        "goal_reached": one.reached,
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "change": row.change,
        "periods": [None if one is None else _figures(one) for one in row.figures],
    }


def _figures(one: Figures) -> dict[str, object]:
    """One municipality in one period; nothing but that it is withheld where it is."""
    counts = one.counts
    if counts is None or one.rate is None:
        return {"standing": one.standing}
    days = one.lost_days
    return {
        "standing": one.standing,
        "error_share": _rate(one.rate),
        "withdrawn": counts.withdrawn,
        "not_assessed": counts.not_assessed,
        "loss_per_case": amount(one.per_case),
        "lost_days_per_case": None if days is None else decimals(days, one.rate.of, 2),
        "loss_per_day": amount(one.per_day),
        "surely_fewer_errors_than": one.surely_fewer,
        "surely_more_errors_than": one.surely_more,
        "goal_reached": one.goal,
        "kinds": {code: _rate(rate) for code, rate in sorted((one.kinds or {}).items())},
    }


def _kind(one: KindOfError) -> dict[str, object]:
    return {
        "code": one.code,
        "group": _rate(one.group),
        "best": one.best and _rate(one.best),
        "others": one.others and _rate(one.others),
        "the_best_do_not": one.the_best_do_not,
    }


def _control(control: Control) -> dict[str, object]:
    return {
        "month": control.month,
        "views": [
            {
                "kontroltrin": view.step,
                "ydelse": view.benefit,
                "group": view.group and _rate(view.group),
                "municipalities": [_control_row(row) for row in view.rows],
            }
            for view in control.views
        ],
    }


def _control_row(row: ControlFigures) -> Mapping[str, object]:
    measures = {"drawn": row.drawn, "opened": row.opened, "closed_with_result": row.with_result}
    measures |= {"not_closed": row.not_closed}
    shown = {name: rate and _rate(rate) for name, rate in measures.items()}
    return {"name": row.name, "complete_window": row.complete, "standing": row.standing, **shown}
