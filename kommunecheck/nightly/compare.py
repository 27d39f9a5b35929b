"""What is new, what has moved and what is gone, between what was known and what was found.

A matter is known by its fingerprint. Several findings may share one (each step only a note proves, each unreadable cell
of a file): they are matched one for one, those that are equal first.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kommunecheck.domain.days import Day, Period
from kommunecheck.domain.finding import SOURCE
from kommunecheck.domain.standing import Remembered, Standing, State


class Known(NamedTuple):
    """What was known before: the findings there were, and the fingerprints of those that were gone again."""

    findings: tuple[Remembered, ...]
    gone: frozenset[str] = frozenset()


class Looked(NamedTuple):
    """What a run has looked at: the rules that ran, the cases it saw and the days it judged (``None``: not known).

    ``cutoff`` is the last day it knew of. What it did not look at cannot be gone.
    """

    rules: frozenset[str]
    cases: frozenset[str] | None
    window: Period | None = None
    cutoff: Day | None = None

    def saw(self, finding: Remembered) -> bool:
        """Whether the run would have found the matter again. Faults of the files are found on whatever day they are."""
        here = finding.sag_id is None or self.cases is None or finding.sag_id in self.cases
        day, window = _judged_by(finding), self.window
        over = day is None or window is None or day <= window.last
        return self.looked_for(finding) and here and over and not self._still_to_come(finding)

    def _still_to_come(self, finding: Remembered) -> bool:
        """Whether the matter, or some of what it was known to cost, lies after the last day the run knew of."""
        if self.cutoff is None or _judged_by(finding) is None:
            return False
        return any(day is not None and day > self.cutoff for day in (finding.date, finding.last))

    def looked_for(self, finding: Remembered) -> bool:
        """Whether the run looked for such a matter, if only its day or its case was still to come."""
        day, window = _judged_by(finding), self.window
        return finding.code in self.rules and (day is None or window is None or day >= window.first)


def _judged_by(finding: Remembered) -> Day | None:
    """The day that must lie in the window for the matter to be found; ``None`` if it is found whatever the window."""
    return None if finding.code.startswith("DQ") else finding.date


class Compared(NamedTuple):
    """How each finding stands, in the order given; what is ``fixed``, and what was ``not_seen``."""

    standings: tuple[Standing, ...]
    fixed: tuple[Remembered, ...]
    not_seen: tuple[Remembered, ...]


def compare(found: Sequence[Remembered], known: Known, looked: Looked) -> Compared:
    """How the findings of a run stand against what was known."""
    before = _by_fingerprint(known.findings)
    standings: list[Standing] = [Standing(State.NEW)] * len(found)
    left: list[Remembered] = []
    groups = defaultdict(list)
    for place, finding in enumerate(found):
        groups[finding.fingerprint].append(place)
    for fingerprint, places in groups.items():
        pairs, rest = _pairs([found[place] for place in places], before.pop(fingerprint, []))
        for place, then in zip(places, pairs, strict=True):
            standings[place] = _standing(found[place], then, fingerprint in known.gone)
        left += rest
    left += [finding for findings in before.values() for finding in findings]
    left.sort(key=_order)
    fixed = tuple(finding for finding in left if looked.saw(finding))
    return Compared(tuple(standings), fixed, tuple(finding for finding in left if not looked.saw(finding)))


def _by_fingerprint(findings: Iterable[Remembered]) -> dict[str, list[Remembered]]:
    groups: dict[str, list[Remembered]] = {}
    for finding in findings:
        groups.setdefault(finding.fingerprint, []).append(finding)
    return groups


def _pairs(now: Sequence[Remembered], then: Sequence[Remembered]) -> tuple[list[Remembered | None], list[Remembered]]:
    """For each finding of now the one of then it is, and those of then that are left over.

    Those that are equal find each other first, then those of the same rule and day, then any.
    """
    left = sorted(then, key=_order)
    pairs: list[Remembered | None] = [None] * len(now)
    for alike in (_content, _rule_and_day, _matter):
        waiting: dict[object, deque[Remembered]] = {}
        for one in left:
            waiting.setdefault(alike(one), deque()).append(one)
        unpaired = [place for place, pair in enumerate(pairs) if pair is None]
        for place in sorted(unpaired, key=lambda place: _order(now[place])):
            if matches := waiting.get(alike(now[place])):
                pairs[place] = matches.popleft()
        left = sorted((one for matches in waiting.values() for one in matches), key=_order)
    return pairs, left


def _content(finding: Remembered) -> object:
    """All that a change of makes it another; a file may get another name."""
    return finding._replace(runs=False, subject="" if finding.kind == SOURCE else finding.subject)


def _rule_and_day(finding: Remembered) -> object:
    return finding.code, finding.date, finding.step


def _matter(finding: Remembered) -> object:
    return finding.fingerprint


def _order(finding: Remembered) -> tuple[object, ...]:
    """Any fixed order; the rows' own does not come into it."""
    return tuple((value is not None, value) for value in finding)


def _standing(now: Remembered, then: Remembered | None, was_gone: bool) -> Standing:
    if then is None:
        return Standing(State.REOPENED if was_gone else State.NEW)
    if _content(now) == _content(then):
        return Standing(State.UNCHANGED)
    return Standing(State.CHANGED, then, _is_worse(now, then))


def _is_worse(now: Remembered, then: Remembered) -> bool:
    """Whether a known matter costs more than was known.

    A loss that was known to run and only has run on is no worse: it was accepted with that in view.
    """
    if now.runs and then.runs and (now.code, now.first) == (then.code, then.first):
        return False
    return now.days > then.days or (now.refund_lost or 0) > (then.refund_lost or 0)
