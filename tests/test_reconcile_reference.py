"""The reconciliation agrees with the independent slow reading on random cases with random claims."""

import os
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from random_cases import random_tables
from reference import FIGURES, reconcile
from test_against_reference import configuration, write_tables

from kommunecheck import app
from kommunecheck.auditing import reconciliation_of
from kommunecheck.domain.days import day_of
from kommunecheck.domain.money import half_up

SEEDS = int(os.environ.get("KOMMUNECHECK_SEEDS", "40"))
"""Municipalities; raise it to look harder."""
SIZES = (4, 6, 8, 10)
"""Cases in each, some 280 together: most of what a run takes is the same however few they are."""
BATCH = 20
Record = dict[str, Any]


def with_claims(tables: dict[str, list[Record]], chance: random.Random) -> None:
    """Claims as municipalities make them: right, at another rate, a part of it, too much, blank; some taken back."""
    for row in list(tables["udbetalinger"]):
        if row["beloeb"] > 0 and chance.random() < 0.08:
            tables["udbetalinger"].append(row | {"udbetaling_id": None, "beloeb": -row["beloeb"]})
    for row in tables["udbetalinger"]:
        rate = chance.choice([Fraction(n, 100) for n in (35, 35, 35, 65, 65, 50, 50, 30, 17)])
        claim = half_up(row["beloeb"] * rate.numerator, rate.denominator)
        claim = chance.choice([claim, claim, claim, claim + chance.choice((-1, 1, 100)), claim // 2, 0, None])
        row["anmeldt_refusion"] = claim
        row["berigtiget_refusion"] = chance.choice([None, None, 0, claim, (claim or 0) // 3, 100, 12345])
        if (row["berigtiget_refusion"] or 0) < 0:
            row["berigtiget_refusion"] = None
        row["konto"] = chance.choice(["5.57.73", "5.57.75", None])
    chance.shuffle(tables["udbetalinger"])


def as_written(tables: dict[str, list[Record]]) -> dict[str, list[Record]]:
    def kroner(oere: int | None) -> str | None:
        return None if oere is None else f"{'-' if oere < 0 else ''}{abs(oere) // 100},{abs(oere) % 100:02d}"

    columns = ("anmeldt_refusion", "berigtiget_refusion")
    rows = [row | {name: kroner(row[name]) for name in columns} for row in tables["udbetalinger"]]
    return tables | {"udbetalinger": rows}


def compare(seed: int, folder: Path) -> int:
    tables, _, _, cutoff, parameters = random_tables(seed, SIZES)
    if not tables.get("udbetalinger") or "samtaler" not in tables:
        return 0
    chance = random.Random(seed)
    with_claims(tables, chance)
    tolerance = chance.choice((0, 0, 1, 150))
    folder.mkdir()
    write_tables(as_written(tables), folder)
    text = configuration(parameters) + f"\n[reconcile]\ntolerance_oere = {tolerance}\n"
    (folder / "kommunecheck.toml").write_text(text, encoding="utf-8")
    report, made = reconciliation_of(folder, app.Options(cutoff=cutoff))
    assert not report.run.crashes
    fully = {case.sag_id: case.fully_assessed for case in report.cases}
    expected, left = reconcile(tables, cutoff, parameters, tolerance, fully)
    ours = {one.payment.row - 2: one for one in made.payments}
    assert {one.row - 2 for one in made.not_reconciled} == left
    assert set(ours) == set(expected)
    for place, reading in expected.items():
        one = ours[place]
        assert one.figures._asdict() == reading.figures, place
        assert list(one.codes) == reading.codes, place
        months = {day: figures._asdict() for day, figures in one.by_month}
        assert months == {day_of(month): figures for month, figures in reading.months.items()}, place
        if one.figures.remaining > tolerance:
            assert sum(oere for _, oere in one.codes) == one.figures.remaining
    for name in FIGURES:
        total = sum(one.figures[name] for one in expected.values())
        assert getattr(made.total, name) == total
        assert sum(getattr(figures, name) for _, figures in made.by_month) == total
        assert sum(getattr(figures, name) for _, figures in made.by_account) == total
        assert sum(getattr(case.figures, name) for case in made.cases) == total
    assert made.rows == len(tables["udbetalinger"]) == len(made.payments) + len(made.not_reconciled)
    return len(ours)


@pytest.mark.parametrize("start", range(0, SEEDS, BATCH))
def test_the_reconciliation_and_the_reference_agree(start: int, tmp_path: Path) -> None:
    compared = 0
    for seed in range(start, min(start + BATCH, SEEDS)):
        try:
            compared += compare(seed, tmp_path / str(seed))
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
    assert compared > BATCH
