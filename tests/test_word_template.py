"""A municipality's own Word template: its paper, header and styles, and none of its text."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor

from kommunecheck import app
from kommunecheck.cli import run
from kommunecheck.demo import write_demo
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.report import Fact, Report
from kommunecheck.reports import word

LILLEBY = Path(__file__).parent.parent / "examples" / "lilleby"
DANISH = {
    "Heading1": "Overskrift1", "Heading2": "Overskrift2", "Heading3": "Overskrift3", "Title": "Titel",
    "Subtitle": "Undertitel", "ListBullet": "Opstilling-punkttegn", "Strong": "Strk",
}  # fmt: skip
"""What a Danish Word calls its own styles inside the file."""


@cache
def template(*, lacking: tuple[str, ...] = (), header: str = "Lilleby Kommune") -> bytes:
    """A template as a Danish Word saves it, with text that is to be taken away."""
    document = docx.Document()
    document.add_heading("Skriv titlen her", 1)
    document.add_paragraph("Skriv teksten her.")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(4)
    if header:
        section.header.paragraphs[0].text = header
    styles: Any = document.styles
    styles["Heading 1"].font.color.rgb = RGBColor(0x00, 0x70, 0x40)
    for style in list(styles.element.findall(qn("w:style"))):
        known = style.get(qn("w:styleId"))
        if known in lacking:
            styles.element.remove(style)
        elif known in DANISH:
            style.set(qn("w:styleId"), DANISH[known])
    made = BytesIO()
    document.save(made)
    return made.getvalue()


@cache
def lilleby() -> Report:
    return app.check(LILLEBY, app.Options(facts=frozenset(Fact)))


def with_template(content: bytes) -> bytes:
    return b"".join(word.write(replace(lilleby(), word_template=content)))


@cache
def document_with(content: bytes) -> Any:
    """The document on a template; nobody may change it."""
    return opened(with_template(content))


def opened(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def texts(document: Any) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))]


def test_the_text_is_ours_and_none_of_the_template() -> None:
    ours = opened(b"".join(word.write(lilleby())))
    theirs = document_with(template())
    assert texts(theirs) == texts(ours)


def test_the_styles_are_those_of_the_template() -> None:
    document = document_with(template())
    used = {one.get(qn("w:val")) for one in document.element.body.iter(qn("w:pStyle"), qn("w:rStyle"))}
    assert set(DANISH.values()) <= used
    assert not set(DANISH) & used
    there = {style.style_id for style in document.styles}
    assert used <= there
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(0x00, 0x70, 0x40)


def test_the_paper_and_the_header_are_those_of_the_template_and_tables_fit_it() -> None:
    document = document_with(template())
    section = document.sections[0]
    assert abs(section.left_margin - Cm(4)) < Cm(0.01)
    assert section.header.paragraphs[0].text == "Lilleby Kommune"
    assert "OPDIGTEDE TAL" in "".join(paragraph.text for paragraph in section.header.paragraphs)
    room = (section.page_width - section.left_margin - section.right_margin) / Cm(1)
    for table in document.tables:
        assert int(table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))) / 567 <= room + 0.1


def test_a_template_without_header_and_footer_gets_ours() -> None:
    section = opened(with_template(template(header=""))).sections[0]
    assert "visitationstilsynet" in section.header.paragraphs[0].text
    assert "Opgjort pr." in section.footer.paragraphs[0].text


def test_styles_that_are_lacking_are_replaced_and_a_list_keeps_its_signs() -> None:
    document = opened(with_template(template(lacking=("ListBullet", "Subtitle", "Heading3", "Title"))))
    used = {one.get(qn("w:val")) for one in document.element.body.iter(qn("w:pStyle"), qn("w:rStyle"))}
    assert used <= {style.style_id for style in document.styles}
    assert any(text.startswith("–\u00a0") for text in texts(document))


def test_the_same_template_gives_the_same_bytes() -> None:
    assert with_template(template()) == with_template(template())


def municipality(folder: Path, content: bytes | None) -> Path:
    write_demo(folder, 20, 1)
    with (folder / "kommunecheck.toml").open("a", encoding="utf-8") as file:
        file.write('\n[report]\nword_template = "skabelon.docx"\n')
    if content is not None:
        (folder / "skabelon.docx").write_bytes(content)
    return folder


def test_the_configuration_names_it(tmp_path: Path) -> None:
    folder = municipality(tmp_path / "lilleby", template())
    assert run(["check", str(folder), "-o", str(tmp_path / "r.docx")]) == 1
    assert abs(docx.Document(str(tmp_path / "r.docx")).sections[0].left_margin - Cm(4)) < Cm(0.01)


def test_it_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = municipality(tmp_path / "lilleby", template())
    assert run(["check", str(folder), "-o", str(folder / "skabelon.docx")]) == 2
    assert "bliver ikke overskrevet" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"", b"no document", b"PK\x03\x04rest"])
def test_what_is_no_template_is_refused_before_any_case_is_read(content: bytes | None, tmp_path: Path) -> None:
    folder = municipality(tmp_path / "lilleby", content)
    with pytest.raises(UserError, match="word_template"):
        app.set_up(folder)


def test_a_document_that_cannot_be_written_in_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import zipfile

    broken = BytesIO()
    with zipfile.ZipFile(broken, "w") as parts:
        parts.writestr("word/document.xml", "<not-word/>")
    folder = municipality(tmp_path / "lilleby", broken.getvalue())
    assert run(["check", str(folder), "-o", str(tmp_path / "r.docx")]) == 2
    assert "skabelonen kan ikke bruges" in capsys.readouterr().err
    assert not (tmp_path / "r.docx").exists()
