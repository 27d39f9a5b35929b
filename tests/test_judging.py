"""Who judges a case makes no difference: this process, a helper, or this process because the helper is gone."""

import os
import signal
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kommunecheck import app, commanding, judging
from kommunecheck.demo import write_demo
from kommunecheck.domain.timeline import Timeline
from kommunecheck.intake import cases
from kommunecheck.judging import Helpers
from kommunecheck.reports import json


class Gone(Executor):
    """Takes everything and answers nothing, as a process does that was killed."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        """A future that has failed."""
        future: Future[Any] = Future()
        future.set_exception(BrokenExecutor())
        return future


class Refusing(Executor):
    """Takes nothing more, as a pool does when one of its processes was killed."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        """Refuses."""
        raise BrokenExecutor


class Counting(Executor):
    """Hands everything on to two processes, and remembers what was asked of them."""

    def __init__(self) -> None:
        self._processes, self.asked = commanding.started(2), list[Future[Any]]()

    def submit(self, *given: Any, **named: Any) -> Future[Any]:
        """Handed on."""
        self.asked.append(self._processes.submit(*given, **named))
        return self.asked[-1]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the two processes."""
        self._processes.shutdown(wait, cancel_futures=cancel_futures)


def no_process_to_be_had() -> Executor:
    raise OSError(11, "Resource temporarily unavailable")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    write_demo(folder, 1500, 11)
    return folder


@pytest.fixture
def many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a small municipality be shared out as a large one is."""
    monkeypatch.setattr(cases, "CASES", 100)
    monkeypatch.setattr(judging, "WORTH_SHARING", 1)


@cache
def alone_in(town: Path) -> bytes:
    return report(town, None)


def report(town: Path, helpers: Helpers | None) -> bytes:
    options = app.Options()
    return b"".join(json.write(app.run(app.set_up(town), options, helpers=helpers)))


@pytest.mark.usefixtures("many_pieces")
@pytest.mark.parametrize(
    "helpers",
    [
        pytest.param(Helpers(1, lambda: ThreadPoolExecutor(1)), id="one thread"),
        pytest.param(Helpers(3, lambda: ThreadPoolExecutor(3)), id="three threads"),
        pytest.param(Helpers(1, Gone), id="a helper that is gone"),
        pytest.param(Helpers(1, Refusing), id="helpers that take nothing more"),
        pytest.param(Helpers(1, no_process_to_be_had), id="no helper to be had"),
        pytest.param(Helpers(2, lambda: commanding.started(2)), id="two processes"),
    ],
)
def test_the_report_is_the_same_whoever_judges(town: Path, helpers: Helpers) -> None:
    assert report(town, helpers) == alone_in(town)


@pytest.mark.usefixtures("many_pieces")
def test_the_courses_of_cases_come_back_from_another_process_as_they_were(town: Path) -> None:
    def drawn(helpers: Helpers | None) -> list[Timeline | None]:
        made = app.run(app.set_up(town), app.Options(), helpers=helpers, timelines=True)
        return [case.timeline for case in made.cases]

    alone = drawn(None)
    assert sum(one is not None for one in alone) > 100
    assert drawn(Helpers(2, lambda: commanding.started(2))) == alone


@pytest.mark.usefixtures("many_pieces")
def test_what_is_handed_over_is_judged_there(town: Path) -> None:
    processes = Counting()
    assert report(town, Helpers(2, lambda: processes))
    assert processes.asked
    assert all(future.exception() is None for future in processes.asked)


def test_few_cases_are_not_shared(town: Path) -> None:
    def never() -> Executor:
        raise AssertionError("a helper was started for a small municipality")

    assert report(town, Helpers(1, never))


@pytest.mark.usefixtures("many_pieces")
def test_progress_ends_at_the_number_of_cases(town: Path) -> None:
    told: list[tuple[int, int]] = []
    app.run(app.set_up(town), app.Options(), lambda *word: told.append(word), helpers=Helpers(1, Gone))
    assert told[-1][0] == told[-1][1] >= 1500


@pytest.mark.skipif(os.name == "nt", reason="only POSIX sends a signal to one process alone")
def test_a_helper_that_is_interrupted_while_it_starts_goes_on() -> None:
    before = signal.getsignal(signal.SIGINT)
    with commanding.started(1) as helpers:
        for helper in list(helpers._processes):  # type: ignore[attr-defined]
            os.kill(helper, signal.SIGINT)
        assert helpers.submit(abs, -3).result() == 3
    assert signal.getsignal(signal.SIGINT) == before
