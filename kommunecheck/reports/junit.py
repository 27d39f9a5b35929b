"""The report as JUnit XML, for servers that show tests: each rule and each source is a test case.

A rule that found nothing in a source has passed there. Findings fail it, unless all of them are accepted: then it is
skipped, with the waivers as the reason. A rule that did not run or whose findings are not shown is skipped too, for
green would say that it was looked for; one that crashed is an error. Each gate that broke is a test case that fails.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from kommunecheck.domain.days import danish
from kommunecheck.domain.report import Broken, Placed, Report, Run, Source
from kommunecheck.domain.rule import Rule
from kommunecheck.domain.wording import number, printable

MOST_TOLD = 100
"""Findings of one rule in one source that are told one by one."""


class _Group(NamedTuple):
    failing: list[Placed]
    accepted: list[Placed]


def write(report: Report) -> Iterator[bytes]:
    """The report in pieces of UTF-8; one suite for each source."""
    groups: dict[tuple[str, int | None], _Group] = {}
    for placed in report.findings:
        evidence = placed.finding.evidence
        of_rule = placed.finding.rule.code, evidence[0].source if evidence else None
        group = groups.setdefault(of_rule, _Group([], []))
        (group.failing if placed.standing.accepted is None else group.accepted).append(placed)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kommunecheck">\n'
    sources: list[tuple[int | None, Source | None]] = [*report.run.sources.items()]
    if any(source is None for _, source in groups):
        sources.append((None, None))
    for key, source in sources:
        yield _suite(report, key, source, groups).encode()
    if report.nightly is not None and report.nightly.broken:
        yield _gates(report.nightly.broken).encode()
    yield b"</testsuites>\n"


def _suite(report: Report, key: int | None, source: Source | None, groups: dict[tuple[str, int | None], _Group]) -> str:
    place = "kommunen" if source is None else source.place
    reasons = _reasons(report.run)
    crashed = {code for code, _ in report.run.crashes}
    cases: list[str] = []
    failures = errors = skipped = 0
    for rule in report.rules:
        group = groups.get((rule.code, key), _Group([], []))
        inside = ""
        if rule.code in crashed:
            errors, inside = errors + 1, f"<error message={_quoted('Reglen gik i stykker.')}/>"
        elif group.failing:
            failures, inside = failures + 1, _failure(rule, group.failing)
        elif group.accepted:
            skipped, inside = skipped + 1, f"<skipped message={_quoted(_waivers(group.accepted))}/>"
        elif rule.code in reasons:
            skipped, inside = skipped + 1, f"<skipped message={_quoted(reasons[rule.code])}/>"
        cases.append(_case(place, f"{rule.code} {rule.title}", inside + _accepted(group.accepted)))
    return _as_suite(place, cases, f'failures="{failures}" errors="{errors}" skipped="{skipped}"')


def _reasons(run: Run) -> dict[str, str]:
    """Why a rule without findings here has not passed: its findings are not shown, or it did not run."""
    return {code: f"Vises ikke: {why}" for code, why in run.ignored} | dict(run.not_run)


def _gates(broken: Sequence[Broken]) -> str:
    """A suite of the gates that broke. Those that held are not in the report."""
    cases = [
        _case("[gate]", f"Grænsen {one.gate}", f"<failure type={_quoted(one.gate)} message={_quoted(one.sentence)}/>")
        for one in broken
    ]
    return _as_suite("[gate]", cases, f'failures="{len(cases)}" errors="0" skipped="0"')


def _case(place: str, name: str, inside: str) -> str:
    return f'<testcase classname={_quoted(place)} name={_quoted(name)} time="0">{inside}</testcase>'


def _as_suite(name: str, cases: Sequence[str], counts: str) -> str:
    begins = f'<testsuite name={_quoted(name)} tests="{len(cases)}" {counts} time="0">\n'
    return begins + "\n".join(cases) + "\n</testsuite>\n"


def _failure(rule: Rule, findings: Sequence[Placed]) -> str:
    message = _quoted(number(len(findings), "fund", "fund"))
    return f"<failure type={_quoted(rule.code)} message={message}>{_told(findings)}</failure>"


def _accepted(findings: Sequence[Placed]) -> str:
    """What is accepted, by whose waiver and until when: nobody may think that it is gone."""
    return f"<system-out>{_told(findings)}</system-out>" if findings else ""


def _told(findings: Sequence[Placed]) -> str:
    """The findings line by line, each with the waiver that accepts it."""
    lines = [_line(placed) for placed in findings[:MOST_TOLD]]
    if len(findings) > MOST_TOLD:
        lines.append(f"... og {number(len(findings) - MOST_TOLD, 'fund', 'fund')} mere, se rapporten.")
    return escape(printable("\n".join(lines)), quote=False)


def _line(placed: Placed) -> str:
    said, by = f"{placed.sag_id or placed.subject.id}: {placed.finding.message}", placed.standing.accepted
    return said if by is None else f"Accepteret med {by.id} til og med {danish(by.expires)}: {said}"


def _waivers(findings: Sequence[Placed]) -> str:
    by = {one.standing.accepted for one in findings if one.standing.accepted is not None}
    return "; ".join(f"Accepten {one.id} ({one.legal_basis}), til og med {danish(one.expires)}" for one in sorted(by))


def _quoted(text: str) -> str:
    return f'"{escape(printable(text))}"'
