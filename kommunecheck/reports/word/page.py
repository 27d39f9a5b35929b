"""The empty document: paper size, styles, header and footer, facts about the file, and its bytes."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Emu, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from kommunecheck.domain.days import danish
from kommunecheck.domain.report import Report
from kommunecheck.reports.phrases import named, safe
from kommunecheck.reports.word.paper import Bold, Part, add, add_field, put

FONT = "Calibri"
MARGIN = 2.2
WIDTH = 21 - 2 * MARGIN
"""What is left for the text, in centimetres."""
INK, RED, GREY = RGBColor(0x1F, 0x38, 0x64), RGBColor(0x9C, 0x1C, 0x1C), RGBColor(0x59, 0x59, 0x59)


def blank(report: Report, title: str) -> Document:
    """A document without text, dressed and named for this report."""
    document = docx.Document()
    _without_what_the_template_brings(document)
    _styles(document)
    _bullets(document)
    _settings(document)
    _paper(document, report, title)
    facts(document, report, title)
    return document


def as_bytes(document: Document) -> bytes:
    """The document's file: the parts in one order, and each with the same time."""
    made = BytesIO()
    document.save(made)
    ordered = BytesIO()
    with ZipFile(made) as parts, ZipFile(ordered, "w") as target:
        for name in sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            target.writestr(entry, parts.read(name))
    return ordered.getvalue()


def _without_what_the_template_brings(document: Document) -> None:
    """Take the template's picture, unused parts, table styles and facts about a program away."""
    package: Any = document.part.package
    for part in (package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/thumbnail", "/customXml", "/stylesWithEffects")):
                del part.rels[key]
            elif relation.reltype.endswith("/extended-properties"):
                relation.target_part._blob = _PROGRAM
    styles = document.styles.element
    for style in list(styles):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) != "1":
            styles.remove(style)


_PROGRAM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>kommunecheck</Application></Properties>"
)


def _styles(document: Document) -> None:
    """Danish, one typeface, and sizes that make the number the first thing seen."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    defaults.find(qn("w:lang")).set(qn("w:val"), "da-DK")
    _typeface(defaults)
    _style(document, "Normal", 10.5, after=6, line=1.12)
    _style(document, "Title", 26, bold=True, color=INK, after=2)
    _style(document, "Subtitle", 13, color=GREY, after=10)
    for level, size, before in ((1, 18, 20), (2, 12.5, 16), (3, 11, 10)):
        _style(document, f"Heading {level}", size, bold=True, color=INK, before=before, after=5, keep=True)
    _style(document, "List Bullet", 10.5, after=3, line=1.1)
    _style(document, "List Number", 10.5, after=6, line=1.1)
    _style(document, "toc 1", 11, after=3, new=True)
    for own in OWN_STYLES:
        add_own_style(document, own)
        _typeface(document.styles[own.called].element.get_or_add_rPr())
    link: Any = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor(0x0B, 0x4F, 0x9E), True
    document.styles.element.append(parse_xml(TABLE))


def _bullets(document: Document) -> None:
    """Bullets in the text's own typeface: the template's are signs of a typeface that not every machine has."""
    for level in document.part.numbering_part.element.iter(qn("w:lvl")):
        text, run = level.find(qn("w:lvlText")), level.find(qn("w:rPr"))
        if level.find(qn("w:numFmt")).get(qn("w:val")) == "bullet":
            text.set(qn("w:val"), "•")
            if run is not None:
                level.remove(run)


class OwnStyle(NamedTuple):
    """A style of ours that Word does not have: its name, its size, and what sets it apart."""

    called: str
    size: float
    bold: bool = False
    color: RGBColor | None = None
    before: float = 0
    after: float = 0
    line: float = 1.0


OWN_STYLES = (
    OwnStyle("Indholdsoverskrift", 13, bold=True, color=INK, before=14, after=6),
    OwnStyle("Kommunens tal", 19, bold=True, color=INK, after=4),
    OwnStyle("Nøgletal", 16, bold=True, color=INK),
    OwnStyle("Tæt", 10.5, after=4, line=1.1),
    OwnStyle("Boks", 11, bold=True, color=RED, before=4, after=10),
    OwnStyle("Tabeltekst", 9.5),
    OwnStyle("Tabeltekst lille", 8),
    OwnStyle("Billedtitel", 10.5, bold=True, before=10, after=4),
    OwnStyle("Småt", 8.5, color=GREY, before=4, after=4),
)


def add_own_style(document: Document, own: OwnStyle) -> None:
    """Add a style of ours to a document, in the document's own typeface."""
    name, size, bold, color, before, after, line = own
    shape = {"bold": bold, "color": color, "before": before, "after": after, "line": line}
    _style(document, name, size, new=True, typeface=False, **shape)  # type: ignore[arg-type] # each is of its own type
    if name == "Boks":
        box = document.styles["Boks"].element.get_or_add_pPr()
        box.insert_element_before(parse_xml(_BOX), *_AFTER_BORDERS)
        box.insert_element_before(parse_xml(_BOX_SHADE), *_AFTER_BORDERS[1:])
        edge = document.styles["Boks"].paragraph_format
        edge.left_indent = edge.right_indent = Cm(0.25)


def _style(
    document: Document,
    called: str,
    size: float,
    *,
    bold: bool = False,
    color: RGBColor | None = None,
    before: float = 0,
    after: float = 0,
    line: float = 1.0,
    keep: bool = False,
    new: bool = False,
    typeface: bool = True,
) -> None:
    styles = document.styles
    style: Any = styles.add_style(called, WD_STYLE_TYPE.PARAGRAPH) if new else styles[called]
    if new:
        style.base_style = styles["Normal"]
        style.element.set(qn("w:styleId"), style_id(called))
    if typeface:
        _typeface(style.element.get_or_add_rPr())
    style.font.size, style.font.bold = Pt(size), bold
    style.font.italic = False
    for spaced in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spaced)
    if color is not None:
        style.font.color.rgb = color
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
    shape.widow_control = True
    if keep:
        shape.keep_with_next = shape.keep_together = True
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)


def style_id(called: str) -> str:
    """What a style is called inside the file: Word knows its own by these ids, and they hold plain letters only."""
    return "TOC1" if called == "toc 1" else called.translate(_PLAIN)


_PLAIN = str.maketrans({" ": "", "æ": "ae", "ø": "oe", "å": "aa"})


def _typeface(properties: Any) -> None:
    """One typeface for all scripts, in place of the theme's."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = properties.makeelement(qn("w:rFonts"), {})
        properties.insert(0, fonts)
    for theme in list(fonts.attrib):
        del fonts.attrib[theme]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


_AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
_BOX = f"<w:pBdr {nsdecls('w')}>" + "".join(
    f'<w:{side} w:val="single" w:sz="12" w:space="6" w:color="9C1C1C"/>' for side in ("top", "left", "bottom", "right")
) + "</w:pBdr>"  # fmt: skip
_BOX_SHADE = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="FDF1F0"/>'
_LINE = 'w:val="single" w:sz="{}" w:space="0" w:color="{}"'
TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Kommunetabel">
  <w:name w:val="Kommunetabel"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:tblPr>
    <w:tblBorders><w:top {_LINE.format(8, "1F3864")}/><w:bottom {_LINE.format(8, "1F3864")}/>
      <w:insideH {_LINE.format(4, "C9CFD9")}/></w:tblBorders>
    <w:tblCellMar><w:top w:w="45" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
      <w:bottom w:w="45" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {_LINE.format(8, "1F3864")}/></w:tcBorders>
    <w:shd w:val="clear" w:color="auto" w:fill="E6EBF3"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
  <w:tblStylePr w:type="lastRow"><w:tcPr><w:tcBorders><w:top {_LINE.format(8, "1F3864")}/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>"""


def _settings(document: Document) -> None:
    """Danish signs, today's layout, and nothing of the template's maker."""
    settings: Any = document.settings.element
    for tag in ("savePreviewPicture", "rsids", "proofState", "doNotAutoCompressPictures"):
        for found in settings.findall(qn(f"w:{tag}")):
            settings.remove(found)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    language = settings.find(qn("w:themeFontLang"))
    language.set(qn("w:val"), "da-DK")
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")
    compatible = settings.find(qn("w:compat"))
    compatible.remove(compatible.find(qn("w:useFELayout")))
    compatible.find(qn("w:compatSetting")).set(qn("w:val"), "15")


def _paper(document: Document, report: Report, title: str) -> None:
    """A4, upright; the municipality above every page but the first, and page numbers below all."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    section.different_first_page_header_footer = True
    bands(document, section, report, title)


def bands(document: Document, section: Section, report: Report, title: str, *, keep: bool = False) -> None:
    """The municipality above every page but the first, and page numbers below all.

    ``keep`` leaves a header or a footer that has text as it is; made-up numbers are marked there all the same.
    """
    run = report.run
    if keep and _says_something(section.header):
        if run.synthetic:
            _band(document, section, section.header.add_paragraph(), ["\t", Bold("OPDIGTEDE TAL")])
    else:
        above: list[Part] = [f"{title} · {named(report)}"]
        if run.synthetic:
            above += ["\t", Bold("OPDIGTEDE TAL")]
        _band(document, section, section.header.paragraphs[0], above)
    first = [section.first_page_footer] if section.different_first_page_header_footer else []
    for footer in (section.footer, *first):
        if keep and _says_something(footer):
            continue
        paragraph = footer.paragraphs[0]
        _band(
            document,
            section,
            paragraph,
            [f"Opgjort pr. {danish(run.cutoff)} · kommunecheck {run.version}", "\t", "Side "],
        )
        add_field(paragraph._p, "PAGE", "1")
        put(paragraph._p, " af ")
        add_field(paragraph._p, "NUMPAGES", "1")


def width_of(section: Section) -> Length:
    """What a page leaves for the text."""
    across = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    return Emu(across) if across > 0 else Cm(WIDTH)


def _says_something(part: Any) -> bool:
    """Whether a header or footer holds a text, a picture or a table."""
    return next(part._element.iter(qn("w:t"), qn("w:drawing"), qn("w:pict"), qn("w:tbl")), None) is not None


def _band(document: Document, section: Section, paragraph: Any, parts: list[Part]) -> None:
    """The small line above or below a page, with what comes after the tab to the right."""
    style = document.styles["Småt"]
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - tells mypy what kind of style it is
    paragraph.style = style
    paragraph.paragraph_format.tab_stops.add_tab_stop(width_of(section), WD_TAB_ALIGNMENT.RIGHT)
    for part in parts:
        if part == "\t":
            add(add(paragraph._p, "r"), "tab")
        else:
            put(paragraph._p, part)


def facts(document: Document, report: Report, title: str) -> None:
    """What the file says of itself; dated by the cutoff day, since there is no clock."""
    day = date.fromordinal(report.run.cutoff)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    facts = document.core_properties
    facts.title = safe(f"{title}, {named(report)}")[:255]
    facts.subject = f"Opgjort pr. {danish(report.run.cutoff)}"
    facts.author = facts.last_modified_by = "kommunecheck"
    facts.comments = facts.keywords = facts.category = ""
    facts.language = "da-DK"
    facts.revision = 1
    facts.created = facts.modified = moment
