"""The report as JUnit XML, for servers that show tests: each rule and each source is a test case.

A rule that found nothing in a source has passed there. Findings fail it, unless all of them are accepted: then it is
skipped, with the waivers as the reason. A rule that did not run is skipped too, and one that crashed is an error.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from kommunecheck.domain.days import danish
from kommunecheck.domain.report import Placed, Report, Source
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
    yield b"</testsuites>\n"


def _suite(report: Report, key: int | None, source: Source | None, groups: dict[tuple[str, int | None], _Group]) -> str:
    place = "kommunen" if source is None else source.place
    not_run = dict(report.run.not_run)
    crashed = {code for code, _ in report.run.crashes}
    lines: list[str] = []
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
        elif rule.code in not_run:
            skipped, inside = skipped + 1, f"<skipped message={_quoted(not_run[rule.code])}/>"
        name = _quoted(f"{rule.code} {rule.title}")
        lines.append(f'<testcase classname={_quoted(place)} name={name} time="0">{inside}</testcase>')
    counts = f'tests="{len(lines)}" failures="{failures}" errors="{errors}" skipped="{skipped}" time="0"'
    return f"<testsuite name={_quoted(place)} {counts}>\n" + "\n".join(lines) + "\n</testsuite>\n"


def _failure(rule: Rule, findings: Sequence[Placed]) -> str:
    told = [f"{placed.sag_id or placed.subject.id}: {placed.finding.message}" for placed in findings[:MOST_TOLD]]
    if len(findings) > MOST_TOLD:
        told.append(f"... og {number(len(findings) - MOST_TOLD, 'fund', 'fund')} mere, se rapporten.")
    text = escape(printable("\n".join(told)), quote=False)
    return (
        f"<failure type={_quoted(rule.code)} message={_quoted(number(len(findings), 'fund', 'fund'))}>{text}</failure>"
    )


def _waivers(findings: Sequence[Placed]) -> str:
    by = {one.standing.accepted for one in findings if one.standing.accepted is not None}
    return "; ".join(f"Accepten {one.id} ({one.legal_basis}), til og med {danish(one.expires)}" for one in sorted(by))


def _quoted(text: str) -> str:
    return f'"{escape(printable(text))}"'
