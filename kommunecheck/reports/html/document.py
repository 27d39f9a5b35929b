"""The whole report: what stands on the first page, and the cases on it or in pages of their own."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from kommunecheck.domain.report import Reader, Report
from kommunecheck.domain.wording import whole as counted
from kommunecheck.ports import Pages, folder_beside
from kommunecheck.reports.assessed import FOLLOW
from kommunecheck.reports.causes import costliest
from kommunecheck.reports.further import title_of
from kommunecheck.reports.html.basis import basis
from kommunecheck.reports.html.cases import Without, anchor, view, without_findings
from kommunecheck.reports.html.facts import facts
from kommunecheck.reports.html.front import front
from kommunecheck.reports.html.losses import losses
from kommunecheck.reports.html.order import FROM_PLUGINS, TITLES, order_for, tells_cases
from kommunecheck.reports.html.page import Column, Table, link, render
from kommunecheck.reports.html.search import choices
from kommunecheck.reports.ledger import LEDGER
from kommunecheck.reports.method import HOW_SURE
from kommunecheck.reports.phrases import named, whose_cases
from kommunecheck.reports.readings import ANEW
from kommunecheck.reports.section import only_further, sections_after
from kommunecheck.reports.telling import ToldCase, cases_to_tell

ON_A_PAGE = 200
"""Cases on a page."""

TOLD_AT_MOST = 100
"""The cases told in a file that stands alone and has no room for all."""

NOT_LISTED = 20_000
"""More cases without findings than this are counted and not named."""


def whole(report: Report) -> bytes:
    """The report in one file, the dearest cases first; some of them where there are too many."""
    from kommunecheck.reports.html import ONE_FILE

    told = _dearest_first(report, cases_to_tell(report)) if tells_cases(report.reader) else []
    some = told if len(report.cases) <= ONE_FILE else told[:TOLD_AT_MOST]
    places = {one.sag_id: f"#{anchor(one)}" for one in some}
    return _first(report, places, told, shown=some)


class Page(NamedTuple):
    """A page of cases: its name, and the cases on it."""

    name: str
    cases: Sequence[ToldCase]


def split(report: Report, file: str) -> Pages:
    """The first page, and the cases by their id in pages of ``ON_A_PAGE``.

    Capital letters make no difference to the order, so that a reader who goes to a case need not know of them.
    """
    told = sorted(cases_to_tell(report), key=lambda one: (one.sag_id.lower(), one.sag_id))
    starts = range(0, len(told), ON_A_PAGE)
    digits = len(str(len(starts)))
    pages = [
        Page(f"side-{number:0{digits}}.html", told[start : start + ON_A_PAGE]) for number, start in enumerate(starts, 1)
    ]
    folder = quote(folder_beside(file))
    places = {one.sag_id: f"{folder}/{page.name}#{anchor(one)}" for page in pages for one in page.cases}
    first = _first(report, places, told, pages=[Page(f"{folder}/{page.name}", page.cases) for page in pages])
    return Pages((first,), ((page.name, _page(report, file, pages, place)) for place, page in enumerate(pages)))


def _page(report: Report, file: str, pages: Sequence[Page], place: int) -> Iterator[bytes]:
    page = pages[place]
    yield render(
        "cases_page.html",
        heading=f"{title_of(report)}, {named(report)}",
        run=report.run,
        report_file=quote(file),
        cases=[view(report, one) for one in page.cases],
        choices=choices(page.cases, report),
        place=place,
        pages=pages,
    )


def _dearest_first(report: Report, told: Sequence[ToldCase]) -> list[ToldCase]:
    """Those with lost days, the dearest first, and then the others by their id."""
    rank = {case.sag_id: place for place, case in enumerate(costliest(report))}
    return sorted(told, key=lambda one: (rank.get(one.sag_id, len(rank)), one.sag_id))


def _first(
    report: Report,
    places: dict[str, str],
    told: Sequence[ToldCase],
    shown: Sequence[ToldCase] = (),
    pages: Sequence[Page] = (),
) -> bytes:
    made = facts(report, places)
    lost = losses(report, places)
    further = only_further(report)
    there = {
        "frister": made.ahead is not None,
        "maaneder": made.months is not None,
        "sager": not further or bool(told) or lost.others is not None,
    }
    order = [section for section in order_for(report) if there.get(section, True)]
    return render(
        "report.html",
        report=report,
        order=order,
        contents=list(_places(report, order)),
        title_of=TITLES,
        in_short=report.reader is Reader.LEADER,
        in_full=report.reader in (None, Reader.AUDITOR),
        whose=whose_cases(report),
        run=report.run,
        heading=title_of(report),
        further=further,
        paid_known=report.summary.paid_known,
        how_sure=HOW_SURE,
        named=named(report),
        front=front(report),
        losses=lost,
        facts=made,
        told=told,
        shown=[view(report, one) for one in shown],
        choices=choices(shown, report),
        pages=_contents(pages) if pages else None,
        ends=[(page.name, page.cases[-1].sag_id.lower()) for page in pages],
        without=_without(report, told),
        basis=basis(report, places),
        counted_in=LEDGER,
        anew=ANEW,
        follow=FOLLOW,
        only_some=bool(shown) and len(shown) < len(told),
    )


def _places(report: Report, order: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Where each section stands on the page, and its title."""
    for section in order:
        if section == FROM_PLUGINS:
            yield from ((f"{FROM_PLUGINS}-{number}", one.title) for number, one in enumerate(sections_after(report), 1))
        else:
            yield section, TITLES[section]


def _contents(pages: Sequence[Page]) -> Table:
    """The pages of cases: which cases each has."""
    columns = [Column("Side"), Column("Fra sag"), Column("Til sag"), Column("Sager", True)]
    rows: list[list[str | Markup]] = [
        [link(f"Side {number}", page.name), page.cases[0].sag_id, page.cases[-1].sag_id, counted(len(page.cases))]
        for number, page in enumerate(pages, 1)
    ]
    return Table("Siderne med sager", columns, rows, quiet=True)


def _without(report: Report, told: Sequence[ToldCase]) -> list[Without]:
    return without_findings(report, {one.sag_id for one in told}, NOT_LISTED)
