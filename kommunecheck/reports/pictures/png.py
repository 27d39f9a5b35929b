"""A picture as PNG, for formats that cannot draw: in light colours, on white.

The typeface comes with a dependency and those of the machine are not looked at, so that every machine draws the same
bytes, one without any typeface too.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from kommunecheck.reports.pictures import look
from kommunecheck.reports.pictures.svg import Drawn

WIDTH = 640
"""The width a picture is drawn at, in its own pixels: what text keeps its size by."""

SHARPNESS = 3
"""The PNG's pixels for each of them: about 300 to the inch across a page of text."""


class Png(NamedTuple):
    """The file's bytes, and how high the picture is beside its width."""

    content: bytes
    ratio: float


@lru_cache(maxsize=64)
def png(drawn: Drawn) -> Png:
    """The picture as a file. That takes a tenth of a second, and the last are kept: a report may be written twice."""
    import fontpkg  # type: ignore[import-untyped] # the library has no py.typed
    import resvg_py

    family = "Open Sans"
    page = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{drawn.height}">'
    content = resvg_py.svg_to_bytes(
        svg_string=f"{page}{_marks()}{drawn.svg}</svg>",
        style_sheet=_style(family),
        background="#fff",
        zoom=SHARPNESS,
        skip_system_fonts=True,
        font_files=[str(fontpkg.path(family))],
        font_family=family,
    )
    return Png(bytes(content), drawn.height / WIDTH)


@cache
def _style(family: str) -> str:
    """The style with each colour in the place of its name, and our typeface in the place of the reader's."""
    style = re.sub(r"var\(--(\w+)\)", lambda found: look.light(found[1]), look.style())
    return re.sub(r"system-ui[^;]*", f'"{family}"', style)


def _marks() -> str:
    """The marks and patterns without the element that keeps them out of sight on a page."""
    found = re.search(r"<defs>.*</defs>", look.marks(), re.DOTALL)
    return found[0] if found else ""
