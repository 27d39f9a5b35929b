"""The cases judged and priced, in one process or several.

A case is examined alone, so it makes no difference which process it is examined in.
"""

import copyreg
import gc
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from importlib import import_module
from itertools import chain
from types import MappingProxyType, ModuleType
from typing import Any, NamedTuple

import polars as pl

from kommunecheck.domain.case import Case
from kommunecheck.domain.days import Period
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding, Subject
from kommunecheck.domain.records import Payment
from kommunecheck.domain.report import CaseResult, Exposure, Line, Loss, Share
from kommunecheck.domain.timeline import Due, Meeting, Paid, Spell, Timeline
from kommunecheck.engine import Checks, judge
from kommunecheck.exposure import expose
from kommunecheck.intake.cases import LaidOut, MakePiece, Piece, lay_out, pieces
from kommunecheck.intake.records import Audited, Records
from kommunecheck.intake.screen import unscreened
from kommunecheck.law.course import course
from kommunecheck.law.law import Law
from kommunecheck.law.measure import measure


class Helpers(NamedTuple):
    """What takes part in the judging beside the process that runs: how many, and what starts them."""

    processes: int
    start: Callable[[], Executor]


WORTH_SHARING = 60_000
"""Cases from which another process saves more time than it takes to start one."""

IN_HAND = 2
"""Pieces a helper has at a time: one that it judges, and the next."""

TURN = 0.001
"""Seconds that a thread may work on while another waits to take what a helper has made.

It is taken in some ten parts, and the helper waits till it has handed over them all: with Python's own 0.005 seconds
it would be idle a third of the time.
"""


class Others(NamedTuple):
    """Helpers that were started, and how many pieces they have at a time together."""

    executor: Executor
    most: int


class Bench(NamedTuple):
    """What every case is judged with. ``paid_known``: whether there are any payments to price the days by.

    ``timelines``: whether the course of a case with findings is wanted, to be drawn.
    """

    checks: Checks
    law: Law
    paid_known: bool
    timelines: bool = False


@contextmanager
def with_helpers(helpers: Helpers | None, cases: int) -> Iterator[Others | None]:
    """The helpers, who start up while we get the pieces ready; ``None`` where cases are few or no helper is to be had.

    ``cases`` is how many the municipality has.
    """
    if helpers is None or cases < WORTH_SHARING:
        yield None
        return
    try:
        executor = helpers.start()
    except (OSError, ImportError, NotImplementedError):  # the machine allows no further process
        yield None
        return
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        with executor:
            yield Others(executor, IN_HAND * helpers.processes)
            executor.shutdown(wait=False)  # nobody needs them any more: they end while we go on
    finally:
        sys.setswitchinterval(usual)


def judge_all(pieces: Sequence[MakePiece], bench: Bench, others: Others | None = None) -> Iterator[CaseResult | None]:
    """The result of each case in the pieces, in order; ``None`` for a case without a day of benefit in the window."""
    if others is None:
        for make in pieces:
            yield from judge_piece(make(), bench)
    else:
        yield from _share(deque(pieces), bench, others)


def _share(left: deque[MakePiece], bench: Bench, others: Others) -> Iterator[CaseResult | None]:
    """We take the pieces from the first on, the others from the last, until we meet."""
    given: deque[tuple[Piece, Future[list[CaseResult | None]]]] = deque()
    last: list[list[CaseResult | None]] = []
    while left:
        while left and len(given) < others.most:
            piece = left.pop()()
            given.append((piece, _hand_over(piece, bench, others.executor)))
        if left:
            yield from judge_piece(left.popleft()(), bench)
        while given and (not left or given[0][1].done()):
            last.append(_result(*given.popleft(), bench))
    for results in reversed(last):
        yield from results


def _hand_over(piece: Piece, bench: Bench, executor: Executor) -> Future[list[CaseResult | None]]:
    """What will be the results of a piece. Helpers that are gone take nothing more: then it has failed already."""
    try:
        return executor.submit(judge_piece, piece, bench)
    except Exception as error:
        failed: Future[list[CaseResult | None]] = Future()
        failed.set_exception(error)
        return failed


def _result(piece: Piece, future: Future[list[CaseResult | None]], bench: Bench) -> list[CaseResult | None]:
    """What a helper made of a piece. If the helper is gone or could not be handed the piece, it is done here."""
    try:
        return future.result()
    except Exception:
        return judge_piece(piece, bench)


def judge_piece(piece: Piece, bench: Bench) -> list[CaseResult | None]:
    """What each case of a piece came out as and costs."""
    with no_cyclic_gc():
        return [_judge(laid, bench) for laid in lay_out(piece)]


def _judge(laid: LaidOut, bench: Bench) -> CaseResult | None:
    verdict = judge(laid.case, laid.assessable, bench.checks, bench.law, laid.settled)
    if verdict is None:
        return None
    case, outcome, fully, findings, crashed = verdict
    exposure = expose(findings, case, bench.law, bench.paid_known)
    timeline = course(case, bench.law) if bench.timelines and (findings or laid.odd) else None
    return CaseResult(case.sag_id, case.team, outcome, fully, findings, exposure, crashed, timeline)


def laid_out_anew(
    records: Records, audit: Audited, names: Collection[str], law: Law, steps: frozenset[int]
) -> dict[str, Case]:
    """The cases of these ids once more, as the law measures them; one whose own row cannot be used is not there."""
    usable = records.sager["anmodningsdato"].is_not_null()
    wanted = pl.Series(records.names, dtype=pl.String).is_in(list(names)) & usable
    every = pieces(records, audit, unscreened(len(records.names)), wanted)
    laid = chain.from_iterable(lay_out(make()) for make in every)
    return {one.case.sag_id: measure(one.case, law, steps) for one in laid}


@contextmanager
def no_cyclic_gc() -> Iterator[None]:
    """A run makes millions of values that hold no cycles; looking for cycles among them takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _make_quick_to_hand_over(kind: type[Any]) -> None:
    """Let named tuples be pickled as the tuples they are: by themselves they take twice as long."""
    make = kind._make
    copyreg.pickle(kind, lambda value: (make, (tuple(value),)))


_HANDED_OVER = (CaseResult, Evidence, Exposure, Finding, Line, Loss, Payment, Period, Share, Subject)
_DRAWN = (Due, Meeting, Paid, Spell, Timeline)

for _kind in (*_HANDED_OVER, *_DRAWN):
    _make_quick_to_hand_over(_kind)


def _mapping(given: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """A mapping that cannot be changed: its own type has no name that another process could find it by."""
    return MappingProxyType(given)


copyreg.pickle(MappingProxyType, lambda given: (_mapping, (dict(given),)))  # the law's numbers
copyreg.pickle(ModuleType, lambda module: (import_module, (module.__name__,)))  # checks are modules
