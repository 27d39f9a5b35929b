"""The short cut past plainly sound cases changes nothing: reports made with and without it are the same bytes."""

from pathlib import Path

import pytest
from test_against_reference import random_municipality

from kommunecheck import app, engine
from kommunecheck.demo import write_demo
from kommunecheck.intake.cases import lay_out, pieces, untold
from kommunecheck.intake.screen import OUTSIDE, SOUND, WITHDRAWN, screen
from kommunecheck.reading import read_records
from kommunecheck.reports import json

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"


def with_and_without(folder: Path, options: app.Options, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, bytes]:
    quick = b"".join(json.write(app.check(folder, options)))
    with monkeypatch.context() as patch:
        patch.setattr(engine, "looks_at_plain_cases", lambda _: True)
        slow = b"".join(json.write(app.check(folder, options)))
    return quick, slow


def test_lilleby_is_the_same_with_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow = with_and_without(LILLEBY, app.Options(), monkeypatch)
    assert quick == slow


def test_a_demo_is_the_same_with_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_demo(tmp_path, 1000, 7)
    quick, slow = with_and_without(tmp_path, app.Options(), monkeypatch)
    assert quick == slow


def test_most_cases_of_a_demo_are_told(tmp_path: Path) -> None:
    write_demo(tmp_path, 2000, 3)
    setup = app.set_up(tmp_path)
    _, records, audit = read_records(setup, app.Options())
    screened = screen(records, audit, setup.law)
    assert screened.told.count(SOUND) > 1000
    assert screened.told.count(WITHDRAWN) > 0
    assert screened.told.count(OUTSIDE) > 0
    wanted = untold(records, screened)
    laid_out = {laid.case.sag_id for make in pieces(records, audit, screened, wanted) for laid in lay_out(make())}
    for name, told in zip(records.names, screened.told, strict=True):
        assert (name in laid_out) == (not told) or name in records.problems


@pytest.mark.parametrize("start", [0, 8])
def test_cases_on_the_boundaries_are_the_same_with_and_without(
    start: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(start, start + 8):
        folder, options = random_municipality(seed, tmp_path)
        quick, slow = with_and_without(folder, options, monkeypatch)
        assert quick == slow, f"seed {seed}"
