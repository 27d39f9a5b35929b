"""The drawn cases on the screen, as JSON and as a workbook: the list, the deadlines, and whom to tell (§ 5)."""

from collections.abc import Iterator, Sequence

import orjson

from kommunecheck.domain.days import danish, iso, with_weekday
from kommunecheck.domain.names import BENEFITS
from kommunecheck.domain.report import Report
from kommunecheck.domain.wording import number, span, whole
from kommunecheck.law.answering import ANSWER_DAYS
from kommunecheck.plugins.raadighed.account import Drawable
from kommunecheck.plugins.raadighed.sample import TITLES, Deadline, Sample, deadlines, within
from kommunecheck.reports.excel.book import Book, Column, Row, Table
from kommunecheck.reports.excel.page import Page
from kommunecheck.reports.json import run_as_json

SCHEMA = "kommunecheck/raadighed-sample/1"

TO_TELL = (
    "Sagerne er eller har været i ankesystemet og udgår. Er en af dem udtaget, skal kommunen give direktoratet besked "
    "(BEK 1404/2006 § 5)."
)
ORDER = "Listen ordnes efter SHA-256 af »frø:sag«, og de første tages."


def as_text(report: Report, sample: Sample) -> Iterator[str]:
    """What the screen tells."""
    account = sample.account
    yield f"{report.run.municipality_name or 'Kommunen'}: udtagne sager til {TITLES[sample.way]}"
    if report.run.synthetic:
        yield "OPDIGTEDE TAL"
    yield f"Hændelser i perioden {span(report.run.window)}."
    yield ""
    yield f"Udtaget {number(len(sample.drawn), 'sag', 'sager')} af {whole(len(account.drawable))}, der kan udtages:"
    yield ", ".join(one.case.sag_id for one in sample.drawn)
    yield ""
    yield within(sample)
    for one in deadlines(sample):
        if one.day is not None:
            yield f"Senest {danish(one.day)}: {_small(one.what)} ({one.citation}).{_counted(one)}"
    yield ""
    if account.appealed:
        yield f"Giv direktoratet besked (§ 5): {', '.join(one.sag_id for one in account.appealed)}. {TO_TELL}"
    if told := appeals_unknown(report):
        yield told
    if account.unknown:
        yield (
            f"{number(len(account.unknown), 'sag er', 'sager er')} ikke med, fordi det er uvist, om borgeren er "
            "registreret som arbejdssøgende eller er i målgruppen, eller om sagen er i ankesystemet."
        )
    yield f"Udtag dem igen med frøet {sample.seed}. {ORDER} Listens SHA-256: {sample.list_hash}"


def appeals_unknown(report: Report) -> str:
    """That nobody knows which cases are under appeal, where the extract does not say it; nothing where it does."""
    if "RT110" not in dict(report.run.not_run):
        return ""
    return (
        "Udtrækket siger ikke, hvilke sager der er i ankesystemet (afgoerelser.ankesag), så de kan være blandt de "
        "udtagne. Undersøg det, og giv direktoratet besked om dem (BEK 1404/2006 § 5)."
    )


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def as_json(report: Report, sample: Sample) -> bytes:
    """The same for programs, as UTF-8; version 1."""
    account = sample.account
    told = {
        "schema": SCHEMA,
        "run": run_as_json(report.run),
        "for": sample.way,
        "day": None if sample.day is None else iso(sample.day),
        "seed": sample.seed,
        "size_asked": sample.asked,
        "list_sha256": sample.list_hash,
        "population": len(account.drawable),
        "drawn": [{"sag_id": one.case.sag_id, "team": one.case.team, "order": one.order} for one in sample.drawn],
        "deadlines": [
            {
                "what": one.what,
                "day": None if one.day is None else iso(one.day),
                "last_day": None if one.by is None else iso(one.by.last),
                "citation": one.citation,
            }
            for one in deadlines(sample)
        ],
        "unknown": [one.sag_id for one in account.unknown],
        "not_registered": len(account.others),
        "appealed": [one.sag_id for one in account.appealed] if not appeals_unknown(report) else None,
    }
    return orjson.dumps(told) + b"\n"


def as_workbook(report: Report, sample: Sample) -> bytes:
    """The case list, the deadlines and how it was drawn, the cases to tell of, and all that can be drawn."""
    run, account = report.run, sample.account
    book = Book(f"{run.municipality_name or 'Kommunen'}: {TITLES[sample.way]}", run.version, run.cutoff, run.synthetic)
    columns = [Column("Nr.", "count", 6), *_COLUMNS]
    rows: list[Row] = [(place, *_row(one.case)) for place, one in enumerate(sample.drawn, start=1)]
    book.table_sheets(Table("Sagsliste", columns, rows), f"Sagerne er udtaget til {TITLES[sample.way]}.")
    _facts(book, report, sample)
    book.table_sheets(Table("Besked", list(_COLUMNS), _rows(account.appealed)), TO_TELL)
    book.table_sheets(
        Table("Uvist", list(_COLUMNS), _rows(account.unknown)),
        "Sager, hvor det er uvist, om borgeren er registreret som arbejdssøgende eller er i målgruppen, eller om sagen "
        "er i ankesystemet.",
    )
    book.table_sheets(Table("Listen", list(_COLUMNS), _rows(account.drawable)), "Alle sager, der kunne udtages.")
    return book.bytes()


_COLUMNS = (Column("Sag", "text", 16), Column("Team", "text", 22), Column("Ydelse", "text", 20))


def _row(one: Drawable) -> Row:
    return one.sag_id, one.team, BENEFITS.get(one.benefit, one.benefit)


def _rows(cases: Sequence[Drawable]) -> list[Row]:
    return [_row(one) for one in cases]


def _facts(book: Book, report: Report, sample: Sample) -> None:
    run = report.run
    page = Page(book, "Frister og udtagning", (46, 60))
    page.line(f"{run.municipality_name or 'Kommunen'}: {TITLES[sample.way]}", "title")
    if run.synthetic:
        page.line("OPDIGTEDE TAL", "mark")
    page.texts(
        "Frister", [f"{_when(one.day)}: {one.what} ({one.citation}).{_counted(one)}" for one in deadlines(sample)]
    )
    page.facts(
        "Sådan er sagerne udtaget",
        [
            ("Hændelser i perioden", span(run.window)),
            ("Opgjort pr.", danish(run.cutoff)),
            ("Udtaget", f"{len(sample.drawn)} af {len(sample.account.drawable)}"),
            ("Frø", sample.seed),
            ("Listens SHA-256", sample.list_hash),
        ],
    )
    sorted_ids = "Listens SHA-256 er af id'erne på arket Listen, sorteret."
    page.texts("Læs det sådan", filter(None, (appeals_unknown(report), within(sample), ORDER, sorted_ids)))


def _counted(one: Deadline) -> str:
    """What is to be said of a deadline that ends on a day on which nothing is sent: as ``dossier`` says it."""
    if one.by is None or not one.by.why:
        return ""
    return f" {ANSWER_DAYS} dage efter er {with_weekday(one.by.last)}. {one.by.why}"


def _when(day: int | None) -> str:
    return "Dagen er ikke oplyst" if day is None else f"Senest {danish(day)}"
