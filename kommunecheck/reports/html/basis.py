"""What the numbers rest on: the law and the readings of it, what was not looked at, and the files."""

from collections.abc import Mapping
from typing import NamedTuple

from kommunecheck.domain.names import capital
from kommunecheck.domain.report import Report
from kommunecheck.domain.wording import whole
from kommunecheck.reports.basis import (
    NAMED,
    NOT_ASSESSED,
    Unused,
    crashed,
    others_told,
    own_told,
    reservations,
    unassessed,
    unused,
)
from kommunecheck.reports.further import words
from kommunecheck.reports.html.losses import case_link
from kommunecheck.reports.html.page import Column, Table
from kommunecheck.reports.method import (
    FILES,
    RESTING,
    cutoff_told,
    example,
    files_told,
    files_total,
    fingerprint,
    parameters,
    period_judged,
    rates,
    resting,
    resting_told,
)
from kommunecheck.reports.phrases import name
from kommunecheck.reports.section import summaries


class Basis(NamedTuple):
    """The sections on method, on what was not looked at, on the files, and on our words."""

    method: tuple[str, ...]
    parameters: Table
    rates: Table | None
    readings_said: str
    readings: Table | None
    counting: bool
    example: str
    acts: Table
    not_seen: tuple[str, ...]
    groups: tuple[Unused, ...]
    unassessed_said: str
    unassessed: Table | None
    sources: Table | None
    sources_said: str
    fingerprint: str
    words: tuple[tuple[str, str], ...]


def basis(report: Report, places: Mapping[str, str]) -> Basis:
    """All of it."""
    return Basis(
        (period_judged(report), *cutoff_told(report.run)),
        _parameters(report),
        _rates(report),
        *_readings(report),
        bool(summaries(report)),
        example(report),
        _acts(report),
        tuple(reservations(report)),
        tuple(filter(None, (*unused(report), crashed(report)))),
        *_unassessed(report, places),
        *_sources(report),
        fingerprint(report, _hash(report.run.digest)),
        tuple((word, capital(meaning)) for word, meaning in words(report)),
    )


def _parameters(report: Report) -> Table:
    columns = [Column("Tal"), Column("Værdi", True), Column("Sikkerhed"), Column("Kilde")]
    rows = parameters(report)
    return Table("Tal, reglerne regnes med, med sikkerhed og kilde", columns, rows, tall=True, quiet=True)


def _rates(report: Report) -> Table | None:
    rows = rates(report)
    columns = [
        Column("Ydelse"),
        Column("Gælder"),
        Column("Passiv", True),
        Column("I tilbud", True),
        Column("Sikkerhed"),
        Column("Kilde"),
    ]
    if not rows:
        return None
    return Table("Refusionssatser: statens andel af den udbetalte ydelse", columns, rows, tall=True, quiet=True)


def _readings(report: Report) -> tuple[str, Table | None]:
    """How much of the expected loss rests on each reading."""
    rows = resting(report)
    columns = [Column("Læsning"), Column("Værdi", True), Column("Dage", True), Column("Refusion", True)]
    return resting_told(report), Table(RESTING, columns, rows, tall=True, quiet=True) if rows else None


def _acts(report: Report) -> Table:
    columns = [Column("Kort navn"), Column("Titel")]
    return Table("Love og vejledninger", columns, list(report.acts.items()), tall=True, quiet=True)


def _unassessed(report: Report, places: Mapping[str, str]) -> tuple[str, Table | None]:
    own, others = unassessed(report)
    said = f"{others_told(others)} " if others else ""
    if not own:
        return said, None
    rows = [[case_link(case.sag_id, places), name(case.team), reason] for case, reason in own[:NAMED]]
    columns = [Column("Sag"), Column("Team"), Column("Hvad der stod i vejen")]
    return said + own_told(len(own)), Table(NOT_ASSESSED, columns, rows, tall=True, quiet=True)


def _sources(report: Report) -> tuple[Table | None, str]:
    """The files, with the control totals: every row is used or reported."""
    files = list(report.run.sources.values())
    if not files:
        return None, files_told(report)
    columns = [
        Column("Tabel"),
        Column("Fil"),
        Column("Rækker", True),
        Column("Brugt", True),
        Column("Meldt", True),
        Column("SHA-256"),
    ]
    rows = [
        [one.table, name(one.place), whole(one.rows), whole(one.rows_used), whole(one.rows_reported), _hash(one.sha256)]
        for one in files[:NAMED]
    ]
    total = files_total(report)
    return Table(FILES, columns, rows, total, tall=True, quiet=True, small=True), files_told(report)


def _hash(text: str) -> str:
    return " ".join(text[place : place + 8] for place in range(0, len(text), 8))
