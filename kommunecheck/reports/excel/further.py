"""The first sheet where only further supervisions were run, and after it what each of them says.

It has the amount, the number of findings and all supervisions beside one another. The sheets that sum up what the
visitationstilsyn came to are left out: they would be empty, and their zeros would be believed.
"""

from collections.abc import Sequence

from kommunecheck.domain.report import Report
from kommunecheck.domain.section import Section, SectionTable
from kommunecheck.reports.basis import NOT_IN_LOSS, may_come
from kommunecheck.reports.excel.book import Book, Column, Formula
from kommunecheck.reports.excel.front import WIDTHS, heading, how_it_stands, other_sheets, reservations
from kommunecheck.reports.excel.page import Page
from kommunecheck.reports.excel.sections import form, rows_of, sections
from kommunecheck.reports.further import KeyFigure, in_a_sentence, key_figures, made_of, own_findings
from kommunecheck.reports.section import together


def front(book: Book, report: Report) -> None:
    """Write the sheets: the first leads to the others by the names they are given."""
    page = Page(book, "Resumé", WIDTHS)
    own = sections(book, report)
    beside = together(report)
    heading(page, report)
    _amounts(page, report, list(key_figures(report)), beside)
    page.space()
    page.paragraphs(text for text in (in_a_sentence(report), made_of(report)) if text)
    if beside is not None and beside.table is not None:
        _together(page, beside.title, beside.table)
    how_it_stands(page, report)
    items = may_come(report)
    if items:
        page.texts(NOT_IN_LOSS, [f"{what} {text}" for what, text in items])
    other_sheets(page, report, own)
    reservations(page, report)


def _amounts(page: Page, report: Report, figures: Sequence[KeyFigure], beside: Section | None) -> None:
    """The expected loss of all supervisions, where any of them counts refund, and how much was found."""
    lost, found = report.combined.expected.refund_lost, len(own_findings(report))
    for figure in figures[:-1]:
        known = lost is not None
        page.amount(figure.title, lost if known else figure.figure, "big money" if known else "big text")
    summed = found if beside is None else Formula(f"=SUM({page.called(beside.title)}[Fund])", found)
    page.amount(figures[-1].title, summed, "big count")


def _together(page: Page, title: str, told: SectionTable) -> None:
    """All supervisions beside one another. Their losses are not summed: the same day may be lost in several."""
    columns = [Column(title, form(told, place)) for place, title in enumerate(told.headings)]
    page.block(title, columns, rows_of(told))
