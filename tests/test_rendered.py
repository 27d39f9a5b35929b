"""Every page of every report as a reader meets it: on paper from Word, Excel and the browser, and on three screens.

A page fails where a typeface is missing, where something reaches beyond its edge, or where next to nothing is on it.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from test_privacy import lilleby_in

from kommunecheck import app
from kommunecheck.domain.report import Fact
from kommunecheck.reports import excel, html, word

SCREENS = [(360, "light"), (768, "dark"), (1440, "light")]
WHITE, MARGIN, LEAST = 235, 0.02, 0.05
"""What is no ink; the part of a page at either side that is kept free of it; the part of its lines that have some."""

DOTS = 36
"""To the inch: enough to see whether there is anything."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of a few cases in all three forms, with all that they can tell."""
    made = tmp_path_factory.mktemp("rendered")
    report = app.check(lilleby_in(made / "lilleby"), app.Options(facts=frozenset(Fact)), timelines=True)
    for name, form in (("word.docx", word), ("excel.xlsx", excel), ("page.html", html)):
        (made / name).write_bytes(b"".join(form.write(report)))
    return made


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on PATH, so no page is looked at; the README says how to install it")
    return found


def told(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=300).stdout  # noqa: S603 - our own


@pytest.fixture(scope="module")
def printed(folder: Path) -> Path:
    """Word and Excel as PDF, both from one start of LibreOffice."""
    files = [str(folder / name) for name in ("word.docx", "excel.xlsx")]
    profile = f"-env:UserInstallation={(folder / 'libreoffice').as_uri()}"
    told(program("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files)
    return folder


class Page(NamedTuple):
    """A page in shades of grey, line by line."""

    name: str
    lines: list[bytes]

    def problems(self) -> Iterator[str]:
        edge = max(1, round(len(self.lines[0]) * MARGIN))
        if any(min(line[:edge] + line[-edge:]) < WHITE for line in self.lines):
            yield f"{self.name}: something reaches beyond the edge"
        if sum(min(line) < WHITE for line in self.lines) < LEAST * len(self.lines):
            yield f"{self.name}: next to nothing on it"


def pages(file: Path) -> list[Page]:
    """The pages of a PDF, without header and footer: they are on empty pages too."""
    place = file.with_suffix("")
    told(program("pdftoppm"), "-r", str(DOTS), "-gray", str(file), str(place))
    return [grey(one) for one in sorted(file.parent.glob(f"{place.name}-*.pgm"))]


def grey(file: Path) -> Page:
    kind, size, _, dots = file.read_bytes().split(b"\n", 3)
    assert kind == b"P5"
    width, height = map(int, size.split())
    head = round(height * 0.065)
    return Page(file.stem, [dots[at * width : (at + 1) * width] for at in range(head, height - head)])


def without_embedding(file: Path) -> list[str]:
    """The typefaces that are not in the file: another machine would show others, or nothing."""
    _, _, *fonts = told(program("pdffonts"), str(file)).splitlines()
    assert fonts, "there is no text at all"
    return [font for font in fonts if font.split()[EMBEDDED] != "yes"]


EMBEDDED = -5
"""The column that tells of it, counted from the right: names of kinds may have blanks in them."""


def problems(file: Path, least: int) -> list[str]:
    """What is wrong with the pages of a PDF, of which there are at least so many."""
    shown = pages(file)
    text = told(program("pdftotext"), str(file), "-")
    signs = [sign for sign in text if sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff"]
    assert len(shown) >= least
    assert "æ" in text
    return [one for page in shown for one in page.problems()] + without_embedding(file) + signs


MIDDLE = [(line, 30) for line in range(10, 30)]


@pytest.mark.parametrize(
    ("dark", "said"),
    [
        ([], ["next to nothing on it"]),
        ([(10, 30), (11, 30)], ["next to nothing on it"]),
        (MIDDLE, []),
        ([*MIDDLE, (40, 0)], ["something reaches beyond the edge"]),
        ([*MIDDLE, (40, 59)], ["something reaches beyond the edge"]),
    ],
)
def test_a_page_that_is_not_as_it_should_be_is_seen(dark: list[tuple[int, int]], said: list[str]) -> None:
    lines = [bytearray(b"\xff" * 60) for _ in range(80)]
    for line, dot in dark:
        lines[line][dot] = 0
    assert list(Page("p", [*map(bytes, lines)]).problems()) == [f"p: {one}" for one in said]


@pytest.mark.parametrize(("name", "least"), [("word", 8), ("excel", 10)])
def test_on_paper_from_word_and_excel(name: str, least: int, printed: Path) -> None:
    assert problems(printed / f"{name}.pdf", least) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_from_the_browser(browser: Any, folder: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto((folder / "page.html").as_uri())
    file = folder / f"page-{scheme}.pdf"
    page.pdf(path=file, prefer_css_page_size=True, print_background=False)
    page.close()
    assert problems(file, 5) == []


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_on_a_screen(width: int, scheme: str, browser: Any, folder: Path) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto((folder / "page.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(BEYOND) == []
    assert page.evaluate(EMPTY) == []
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
    page.close()


BEYOND = """() => [...document.querySelectorAll('main *')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > innerWidth + 1 && !one.closest('.scroll, .vh');
}).map(one => one.outerHTML.slice(0, 80))"""
"""What reaches beyond the screen, apart from tables that are moved sideways by themselves."""

EMPTY = """() => [...document.querySelectorAll('main > section, figure, .drawn > svg')].filter(
    one => one.getBoundingClientRect().height < 20).map(one => one.outerHTML.slice(0, 80))"""
"""Parts with next to nothing in them."""
