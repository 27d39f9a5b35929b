"""Case times as the office measures them: the share of deadlines kept, and how long it takes, also of what waits."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from kommunecheck.domain.days import Period
from kommunecheck.plugins.sagsbehandling.course import Course, State, decided

HALF, NINE_TENTHS = Fraction(1, 2), Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a group of applications came to. Shares are counts of ``due``; days are calendar days.

    ``overdue_with_notice`` is ``None`` where the files do not tell of notices. ``notice_unknown`` are the overdue ones
    of which it cannot be told. ``survival_*`` count those undecided, up to the cutoff; they and ``median`` and ``p90``
    are ``None`` where they are not reached, and then ``observed`` is the longest that any was followed.
    """

    due: int
    kept: int
    overdue: int
    overdue_with_notice: int | None
    notice_unknown: int
    decided: int
    undecided: int
    median: int | None
    p90: int | None
    survival_median: int | None
    survival_p90: int | None
    observed: int


def measured(courses: Sequence[Course], window: Period) -> Measured:
    """The measurement of a group of applications received by the cutoff."""
    due = [one for one in courses if is_due(one, window)]
    overdue = [one for one in due if one.overdue]
    told = [one for one in overdue if one.knows("underretning_dato", "forventet_dato")]
    times = sorted(one.last - one.received for one in decided(courses, *window))
    observed = [one for one in courses if one.state not in (State.UNKNOWN, State.ENDED)]
    followed = [(one.last - one.received, one.state is State.DECIDED) for one in observed]
    return Measured(
        due=len(due),
        kept=len(due) - len(overdue),
        overdue=len(overdue),
        overdue_with_notice=sum(map(has_dated_notice, told)) if told or not overdue else None,
        notice_unknown=len(overdue) - len(told),
        decided=len(times),
        undecided=sum(one.state is State.OPEN for one in courses),
        median=within(times, HALF),
        p90=within(times, NINE_TENTHS),
        survival_median=survival(followed, HALF),
        survival_p90=survival(followed, NINE_TENTHS),
        observed=max((days for days, _ in followed), default=0),
    )


def is_due(course: Course, window: Period) -> bool:
    """Whether it counts in the share of deadlines kept: its deadline lies in the window and is past, or was met.

    Withdrawn by its deadline it is left out; so it is where that cannot be told.
    """
    deadline = course.deadline
    if deadline is None or course.state is State.UNKNOWN or not window.first <= deadline <= window.last:
        return False
    if course.overdue:
        return True
    return course.state is State.DECIDED


def has_dated_notice(course: Course) -> bool:
    """Whether a notice that promises a day was sent on or before the deadline."""
    if course.notice is None or course.deadline is None:
        return False
    return course.promised is not None and course.notice <= course.deadline


def within(times: Sequence[int], share: Fraction) -> int | None:
    """The smallest number of days within which at least that share is; ``times`` are sorted. ``None`` of nothing."""
    if not times:
        return None
    return times[-(-share.numerator * len(times) // share.denominator) - 1]


def survival(followed: Iterable[tuple[int, bool]], share: Fraction) -> int | None:
    """The same from the estimate of Kaplan and Meier, which also counts those that are not decided.

    Each is followed so many days, at the end of which it was decided or not. One that was not counts among those
    that might have been decided on its last day. ``None`` where the estimate does not reach the share.
    """
    followed = list(followed)
    ended, events = Counter(days for days, _ in followed), Counter(days for days, event in followed if event)
    at_risk, left = len(followed), Fraction(1)
    for days in sorted(ended):
        if events[days]:
            left *= Fraction(at_risk - events[days], at_risk)
            if left <= 1 - share:
                return days
        at_risk -= ended[days]
    return None


Key = TypeVar("Key")


def by(courses: Iterable[Course], key: Callable[[Course], Key]) -> Mapping[Key, list[Course]]:
    """The applications by what they have in common."""
    groups: dict[Key, list[Course]] = {}
    for one in courses:
        groups.setdefault(key(one), []).append(one)
    return groups
