"""The commands that plugins bring, found without asking the plugins anything else: a command line starts at once."""

import sys
from contextlib import redirect_stdout
from importlib.metadata import EntryPoint, entry_points

import click

GROUP = "kommunecheck"
"""The entry point group in which a package says that it has a plugin."""


def commands() -> dict[str, click.Command]:
    """The commands of the installed plugins, by name.

    Those of a plugin that fails are not there; ``host.load`` says why. Of two with one name the first plugin's is used,
    and ours are first.
    """
    found: dict[str, click.Command] = {}
    for point in sorted(entry_points(group=GROUP), key=_turn):
        try:
            with redirect_stdout(sys.stderr):  # what a plugin prints is no part of any output
                brought: list[click.Command] = list(getattr(point.load(), "kommunecheck_commands", tuple)())
        except KeyboardInterrupt:
            raise
        except BaseException:  # noqa: S112 - a plugin may raise anything, and load tells of it
            continue
        for command in brought:
            found.setdefault(str(command.name), command)
    return found


def _turn(point: EntryPoint) -> tuple[bool, str]:
    return point.dist is None or point.dist.name != GROUP, point.name
