"""An HTML page from its template: its style and script in it, and a policy that lets it fetch nothing."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kommunecheck.domain.wording import whole
from kommunecheck.reports.phrases import safe
from kommunecheck.reports.pictures import look, of_report
from kommunecheck.reports.pictures.intervals import key
from kommunecheck.reports.pictures.svg import swatch

Cell = str | Markup


class Column(NamedTuple):
    """A column of a table: its heading, and whether it holds numbers, which stand to the right.

    What stands in a ``fixed`` one is kept on one line. ``label`` stands before its cells where they are set up row
    under row, if that is not the heading: a drawn one has no place there.
    """

    title: str
    right: bool = False
    fixed: bool = False
    label: str = ""


class Table(NamedTuple):
    """A table with its caption. The first cell of a row is its heading.

    The caption of a ``quiet`` one is only read aloud: what it says stands above it. A ``tall`` one is set up row under
    row on a narrow screen; others are moved sideways, and ``about`` is what a screen reader then calls what is moved.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None
    tall: bool = False
    quiet: bool = False
    small: bool = False
    about: str = ""


def link(text: str, to: str) -> Markup:
    """A link to a place in this page or in one of the report's own."""
    return Markup('<a href="{}">{}</a>').format(to, safe(text))


def render(template: str, **given: object) -> bytes:
    """A page from its template, with what it tells."""
    text = _environment().get_template(template).render(given)
    return text.encode("utf-8", errors="replace")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kommunecheck.reports.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_text,
    )
    style, script = f"\n{look.colours()}{look.style()}{_part('style.css')}", _part("script.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; "
        "form-action 'none'"
    )
    environment.globals.update(swatch=swatch, key=key, whole=whole, titles=of_report)
    environment.globals.update(style=Markup(style), script=Markup(script), policy=Markup(policy))  # noqa: S704 - ours
    environment.globals.update(marks=Markup(look.marks()))  # noqa: S704 - ours
    return environment


def _text(value: object) -> object:
    """What a template is to show: text without CPR numbers and signs that cannot be shown; then it is escaped."""
    return safe(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _part(name: str) -> str:
    """A file beside the templates, with one kind of line break on every machine."""
    return (files("kommunecheck.reports.html") / "templates" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
