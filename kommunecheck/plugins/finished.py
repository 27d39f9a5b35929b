"""What plugins make of a finished report: sections in it, and formats it is written in. One that fails is named."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from kommunecheck.domain.report import Report
from kommunecheck.domain.section import plain
from kommunecheck.plugins.host import Plugins
from kommunecheck.ports import Pages

_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.[a-z0-9]+")
"""What a file beside a report may be called: it is put in a folder of ours, and nowhere else."""

Wanted = tuple[str, str | None]
"""The name of a format, and of the file it is written to; ``None`` is: to the screen."""


def with_sections(report: Report, plugins: Plugins) -> Report:
    """The report with the sections that plugins add."""
    sections, failures = [], []
    for name, one in plugins.sections:
        try:
            section = one.write(report)
            if section is not None:
                sections.append(plain(section))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin may raise anything, also what would end the run
            failures.append(_failed("Afsnittet", one.name, name, error))
    return replace(_incomplete(report, failures), sections=tuple(sections))


def made_by_plugins(
    report: Report, wanted: Collection[Wanted], plugins: Plugins
) -> tuple[Report, dict[Wanted, Pages | None]]:
    """What the plugins among the wanted formats make of the report; ``None`` of one that fails.

    The report that comes back names those that failed.
    """
    made: dict[Wanted, Pages | None] = {}
    failures: dict[str, None] = {}
    for name, one in plugins.formats_from_outside:
        for asked in (asked for asked in wanted if asked[0] == one.name):
            try:
                made[asked] = _whole(one.made(report, asked[1]))
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # a plugin may raise anything, also what would end the run
                made[asked] = None
                failures[_failed("Formatet", one.name, name, error)] = None
    return _incomplete(report, tuple(failures)), made


def _whole(pages: Pages) -> Pages:
    """The pages with all their bytes. Raises ``ValueError`` or ``TypeError`` for what cannot be written."""
    beside = tuple((name, (b"".join(pieces),)) for name, pieces in pages.beside)
    names = [name for name, _ in beside]
    if len(set(names)) < len(names) or not all(_FILE_NAME.fullmatch(name) for name in names):
        raise ValueError("a file beside the report cannot be called so")
    return Pages((b"".join(pages.first),), beside)


def _failed(what: str, called: str, plugin: str, error: BaseException) -> str:
    return f"{what} {called} fra pluginet {plugin} er udeladt: det gik i stykker ({type(error).__name__})."


def _incomplete(report: Report, failures: Sequence[str]) -> Report:
    """The report, incomplete because of what the sentences name."""
    if not failures:
        return report
    run = replace(report.run, warnings=(*report.run.warnings, *failures), complete=False)
    return replace(report, run=run)
