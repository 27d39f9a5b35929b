"""The commands that plugins bring, found without asking the plugins anything else: a command line starts at once."""

from importlib.metadata import entry_points

import click

GROUP = "kommunecheck"
"""The entry point group in which a package says that it has a plugin."""


def commands() -> dict[str, click.Command]:
    """The commands of the installed plugins, by name.

    Those of a plugin that fails are not there; ``host.load`` says why. Of two with one name the first plugin's is used.
    """
    found: dict[str, click.Command] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            brought: list[click.Command] = list(getattr(point.load(), "kommunecheck_commands", tuple)())
        except KeyboardInterrupt:
            raise
        except BaseException:  # noqa: S112 - a plugin may raise anything, and load tells of it
            continue
        for command in brought:
            found.setdefault(str(command.name), command)
    return found
