"""How pictures look, wherever they are shown: the colours, what each class is drawn with, the marks and patterns."""

import re
from functools import cache
from importlib.resources import files


@cache
def part(name: str) -> str:
    """A file beside this one, with one kind of line break on every machine."""
    return (files("kommunecheck.reports.pictures") / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def colours() -> str:
    """The colours by their names, for light and for dark. A whole page is dressed in them, not the pictures alone."""
    return part("colours.css")


@cache
def _light() -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]+);", colours().partition("@media")[0]))


def light(name: str) -> str:
    """A colour as it is on a white page: ``#rrggbb``. Raises ``KeyError`` for one that there is not."""
    value = _light()[name]
    return value if len(value) == 7 else "#" + "".join(sign * 2 for sign in value[1:])


def style() -> str:
    """What the classes of a picture are drawn with, by the names of the colours."""
    return part("pictures.css")


def marks() -> str:
    """The marks and patterns that pictures point to: once on every page that has a picture."""
    return part("marks.svg")
