"""What plugins make of a finished report: sections in it, and formats it is written in. One that fails is named."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from kommunecheck.domain.report import Report
from kommunecheck.domain.section import plain
from kommunecheck.plugins.host import Plugins


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
    report: Report, wanted: Collection[str], plugins: Plugins
) -> tuple[Report, dict[str, bytes | None]]:
    """What the plugins among the wanted formats make of the report, by the format's name; ``None`` of one that fails.

    The report that comes back names those that failed.
    """
    made: dict[str, bytes | None] = {}
    failures = []
    for name, one in plugins.formats_from_outside:
        if one.name not in wanted:
            continue
        try:
            made[one.name] = b"".join(one.write(report))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a plugin may raise anything, also what would end the run
            made[one.name] = None
            failures.append(_failed("Formatet", one.name, name, error))
    return _incomplete(report, failures), made


def _failed(what: str, called: str, plugin: str, error: BaseException) -> str:
    return f"{what} {called} fra pluginet {plugin} er udeladt: det gik i stykker ({type(error).__name__})."


def _incomplete(report: Report, failures: Sequence[str]) -> Report:
    """The report, incomplete because of what the sentences name."""
    if not failures:
        return report
    run = replace(report.run, warnings=(*report.run.warnings, *failures), complete=False)
    return replace(report, run=run)
