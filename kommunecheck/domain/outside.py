"""What plugins hand on, looked over before a report holds it: no format may break on it or show what must not be shown.

Each function raises ``TypeError`` or ``ValueError`` for what is not as its type says.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from kommunecheck.domain.days import NO_END, Day, Days, Period, union
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.finding import Finding, Subject
from kommunecheck.domain.privacy import masked
from kommunecheck.domain.wording import printable

MOST = 2**53
"""Whole numbers up to here mean the same to every program that reads the report."""


def text(given: object) -> str:
    """The text without CPR numbers and signs that cannot be shown."""
    if not isinstance(given, str):
        raise TypeError("no text")
    return _safe(given)


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    """The text, looked over once: the measures of a long time say a few names and words a million times."""
    return printable(masked(text))


def whole(given: object) -> int:
    """The whole number."""
    if not isinstance(given, int) or isinstance(given, bool):
        raise TypeError("no whole number")
    if abs(given) > MOST:
        raise ValueError("too large a number")
    return given


def texts(given: Iterable[object]) -> tuple[str, ...]:
    """The tuple of texts."""
    if not isinstance(given, tuple):
        raise TypeError("no tuple")
    return tuple(map(text, given))


def finding(given: object) -> Finding:
    """The finding."""
    if not isinstance(given, Finding):
        raise TypeError("no finding")
    if given.runs is not None and not isinstance(given.runs, bool):
        raise TypeError("neither yes nor no")
    return given._replace(
        message=text(given.message),
        date=day(given.date),
        step=None if given.step is None else whole(given.step),
        duty=text(given.duty),
        arose=day(given.arose),
        expected=_days(given.expected),
        discretionary=_days(given.discretionary),
        documentation=_days(given.documentation),
        evidence=evidence(given.evidence),
        rests_on=texts(given.rests_on),
        subject=_subject(given.subject),
        period=_period(given.period),
    )


def evidence(given: object) -> tuple[Evidence, ...]:
    """The cells."""
    if not isinstance(given, tuple):
        raise TypeError("no tuple")
    return tuple(map(_cell, given))


def day(given: object) -> Day | None:
    """The day, if there is one."""
    if given is None:
        return None
    found = whole(given)
    if not 1 <= found <= NO_END:
        raise ValueError("no day")
    return found


def measure(given: object) -> object:
    """A measure of a supervision: text, whole number, yes or no, nothing, and lists and dictionaries of these."""
    if given is None or isinstance(given, bool):
        return given
    if isinstance(given, int):
        return whole(given)
    if isinstance(given, list | tuple):
        return [measure(one) for one in given]
    if isinstance(given, Mapping):
        return {text(name): measure(one) for name, one in given.items()}
    return text(given)


def _cell(given: object) -> Evidence:
    if not isinstance(given, Evidence):
        raise TypeError("no evidence")
    value = None if given.value is None else text(given.value)
    quote = None if given.quote is None else text(given.quote)
    return Evidence(whole(given.source), whole(given.row), text(given.column), value, quote)


def _subject(given: object) -> Subject | None:
    if given is not None and not isinstance(given, Subject):
        raise TypeError("no subject")
    return given and Subject(text(given.kind), text(given.id))


def _period(given: object) -> Period | None:
    if given is None:
        return None
    if not isinstance(given, Period) or day(given.first) is None or day(given.last) is None or given.last < given.first:
        raise ValueError("no period")
    return given


def _days(given: object) -> Days:
    """A set of days in the one form that it has."""
    if not isinstance(given, tuple) or not all(isinstance(period, Period) for period in given):
        raise TypeError("no set of days")
    if any(day(first) is None or day(last) is None for first, last in given) or union(given) != given:
        raise ValueError("periods that are not sorted, overlap, touch or are empty")
    return given
