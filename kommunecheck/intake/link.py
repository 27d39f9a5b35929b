"""Rows are put to their cases, and the oddities of whole rows are found: unknown cases, doubles, impossible dates.

Column by column and not row by row: a municipality has millions of rows and few oddities.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from kommunecheck.domain.errors import UserError
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.privacy import looks_like_cpr, pseudonym
from kommunecheck.domain.problem import Problem
from kommunecheck.intake.read import Typed
from kommunecheck.intake.values import valid_cpr

_DAY_COLUMNS = {
    "sager": ("anmodningsdato",),
    "samtaler": ("afholdt_dato", "planlagt_dato", "indkaldt_dato"),
    "perioder": ("fra",),
    "udbetalinger": ("fra",),
    "journal": ("dato",),
}
"""The columns that give a row its day, the first that is not blank."""


_EXPECTED = {
    "date": "en dato som 2007-03-31 eller 31-03-2007",
    "amount": "et beløb som 8.959,00",
    "yes_no": "ja eller nej",
}
"""What a reader is told that a column of each kind holds."""


@dataclass(slots=True)
class Linked:
    """A table whose rows know their case: ``case`` is the case's place in the order of ``sag_id``, null if unknown."""

    typed: Typed
    problems: list[Problem] = field(default_factory=list)

    @property
    def used(self) -> pl.DataFrame:
        """The rows that are used."""
        return self.typed.frame.filter(~pl.col("aside"))


def _shown(ids: list[str], key: bytes | None) -> list[str]:
    """The ids as every output shows them: one that looks like a CPR number is replaced by its pseudonym."""
    if any(looks_like_cpr(one) for one in ids) and key is None:
        raise UserError(
            "sager: sag_id ligner CPR-numre. Læg en nøgle (mindst 16 tilfældige tegn) i en fil uden for udtrækket, "
            'og skriv den i kommunecheck.toml: [privacy] key_file = "noegle.txt". Så vises sagerne med et pseudonym.'
        )
    return [pseudonym(one, key) if key is not None and looks_like_cpr(one) else one for one in ids]


class Linker:
    """Puts the rows of one table after another to the cases of ``sager``, and reports what it cannot use.

    ``names`` are the cases as every output shows them, in order; a case's place there is its number.
    """

    def __init__(self, sager: Typed, files: Mapping[int, str], key: bytes | None) -> None:
        self.files = files
        ids: list[str] = sager.frame["sag_id"].unique().drop_nulls().to_list()
        shown = sorted(zip(_shown(ids, key), ids, strict=True))
        self.names = [name for name, _ in shown]
        self.keys = pl.DataFrame({"sag_id": [one for _, one in shown]}, schema={"sag_id": pl.String}).with_row_index(
            "case"
        )
        self.sager = self._link(sager)
        frame = self.sager.typed.frame
        rows = frame.filter(~pl.col("aside") & pl.col("case").is_not_null())
        self.bounds = rows.select("case", "anmodningsdato", "ophoersdato")

    def link(self, typed: Typed) -> Linked:
        """The rows of a table other than ``sager``, put to their cases."""
        linked = self._link(typed)
        unknown = linked.typed.frame.with_row_index("place").filter(
            pl.col("sag_id").is_not_null() & pl.col("case").is_null()
        )
        for row in unknown.iter_rows(named=True):
            linked.problems.append(self.problem("DQ002", "unknown", typed, row, ("sag_id",), assessable=True))
        self.set_aside(linked, unknown["place"].to_list())
        return linked

    def _link(self, typed: Typed) -> Linked:
        typed.frame = typed.frame.join(self.keys, on="sag_id", how="left", maintain_order="left")
        linked = Linked(typed)
        for cell in typed.cells:
            row = typed.frame.row(cell.index, named=True)
            column = typed.shape.column(cell.column)
            code = "DQ008" if cell.kind == "unknown" else "DQ003"
            aside = column.required or column.vital
            judged = column.kind in ("date", "yes_no")
            linked.problems.append(
                self.problem(
                    code,
                    cell.kind,
                    typed,
                    row,
                    (cell.column,),
                    set_aside=aside,
                    assessable=not (aside or judged),
                    facts={"expected": _EXPECTED.get(column.kind, ""), "codes": ", ".join(sorted(column.codes))},
                )
            )
        for ragged in typed.ragged:
            facts = {"cells": str(ragged.cells), "headings": str(ragged.headings)}
            place = (Evidence(ragged.source, ragged.row, typed.shape.columns[0].name),)
            file = self.files[ragged.source]
            linked.problems.append(
                Problem("DQ003", "ragged", typed.shape.name, file, place, None, set_aside=True, facts=facts)
            )
        self._doubles(linked)
        return linked

    def _doubles(self, linked: Linked) -> None:
        """``DQ004``: of equal rows one counts; rows that differ under one key are all set aside."""
        typed = linked.typed
        key = typed.shape.key
        if key is None or not typed.frame.height:
            return
        doubled = typed.frame.with_row_index("place").filter(
            pl.col(key).is_not_null() & pl.col("case").is_not_null() & pl.col(key).is_duplicated()
        )
        groups: dict[str, list[dict[str, object]]] = {}
        for row in doubled.sort(key, "source", "row").iter_rows(named=True):
            groups.setdefault(row[key], []).append(row)
        columns = [column.name for column in typed.shape.columns]
        for rows in groups.values():
            if len(rows) < 2:
                continue
            equal = len({tuple(row[name] for name in columns) for row in rows}) == 1 and not any(
                r["unread"] for r in rows
            )
            for case in sorted({row["case"] for row in rows}, key=str):
                own = [row for row in rows if row["case"] == case]
                found = self.problem(
                    "DQ004", "equal" if equal else "differing", typed, own[0], (key,), set_aside=True, assessable=equal,
                    facts={"rows": str(len(rows))}, rows=rows,
                )  # fmt: skip
                linked.problems.append(found)
            self.set_aside(linked, [row["place"] for row in (rows[1:] if equal else rows)])

    def odd(self, linked: Linked, condition: pl.Expr, kind: str, columns: tuple[str, ...], *, usable: bool) -> None:
        """``DQ005`` for the rows where ``condition`` holds; without ``usable`` the case is not fully assessed."""
        frame = linked.typed.frame.with_row_index("place").filter(~pl.col("aside") & condition)
        for row in frame.iter_rows(named=True):
            linked.problems.append(self.problem("DQ005", kind, linked.typed, row, columns, assessable=usable))

    def set_aside_where(self, linked: Linked, condition: pl.Expr) -> None:
        """Rows that cannot be used at all."""
        frame = linked.typed.frame.with_row_index("place").filter(~pl.col("aside") & condition)
        self.set_aside(linked, frame["place"].to_list())

    def with_bounds(self, linked: Linked) -> None:
        """Give each row its case's ``anmodningsdato`` and ``ophoersdato``, for comparing."""
        bounds = self.bounds.rename({"anmodningsdato": "began", "ophoersdato": "ended"})
        linked.typed.frame = linked.typed.frame.join(bounds, on="case", how="left", maintain_order="left")

    def set_aside(self, linked: Linked, places: list[int]) -> None:
        """Rows, by their place in the frame, that are not used."""
        if places:
            frame = linked.typed.frame
            linked.typed.frame = frame.with_columns(frame["aside"].scatter(places, True))

    def problem(
        self,
        code: str,
        kind: str,
        typed: Typed,
        row: dict[str, object],
        columns: tuple[str, ...],
        *,
        set_aside: bool = False,
        assessable: bool = True,
        facts: dict[str, str] | None = None,
        rows: list[dict[str, object]] | None = None,
    ) -> Problem:
        """What is wrong with a row (or with several, ``rows``), with the columns it shows in."""
        evidence = tuple(Evidence(one["source"], one["row"], c) for one in rows or [row] for c in columns)
        case = row.get("case")
        day = next((row[c] for c in _DAY_COLUMNS.get(typed.shape.name, ()) if row[c] is not None), None)
        return Problem(
            code, kind, typed.shape.name, self.files[row["source"]], evidence,
            None if case is None else self.names[case], day, set_aside, assessable, facts or {},
        )  # fmt: skip


def impossible_orders(linker: Linker, tables: dict[str, Linked]) -> None:
    """``DQ005`` over all tables: dates that cannot follow each other, and a status that its date denies."""
    c = pl.col
    ends = c("ophoersdato") < c("anmodningsdato")
    linker.odd(linker.sager, ends, "ends_before_request", ("ophoersdato", "anmodningsdato"), usable=False)
    linker.set_aside_where(linker.sager, ends)
    for name in ("perioder", "udbetalinger"):
        if name in tables:
            backwards = c("til") < c("fra")
            linker.odd(tables[name], backwards, "ends_before_it_begins", ("til", "fra"), usable=False)
            linker.set_aside_where(tables[name], backwards)
    if "samtaler" not in tables:
        return
    rows = tables["samtaler"]
    linker.with_bounds(rows)
    held, known = c("afholdt_dato"), rows.typed.present
    linker.odd(rows, held < c("indkaldt_dato"), "held_before_summons", ("afholdt_dato", "indkaldt_dato"), usable=True)
    linker.odd(rows, held < c("began"), "held_before_request", ("afholdt_dato",), usable=True)
    linker.odd(
        rows, c("registreret_dato") < held, "registered_before_held", ("registreret_dato", "afholdt_dato"), usable=True
    )
    if "afholdt_dato" in known:
        undated = (c("status") == "afholdt") & held.is_null() & ~c("unread").str.contains("afholdt_dato", literal=True)
        linker.odd(rows, undated, "held_without_date", ("status", "afholdt_dato"), usable=False)
        dated = (c("status") != "afholdt") & held.is_not_null()
        linker.odd(rows, dated, "dated_but_not_held", ("status", "afholdt_dato"), usable=False)


def odd_payments(linker: Linker, payments: Linked) -> None:
    """``DQ007``: a payment wholly outside its case. ``DQ006``: payments of one case that share days."""
    linker.with_bounds(payments)
    outside = (pl.col("til") < pl.col("began")) | (pl.col("fra") > pl.col("ended"))
    frame = payments.typed.frame.with_row_index("place").filter(~pl.col("aside") & outside)
    for row in frame.iter_rows(named=True):
        payments.problems.append(
            linker.problem("DQ007", "outside", payments.typed, row, ("fra", "til"), set_aside=True)
        )
    linker.set_aside(payments, frame["place"].to_list())


def overlapping(linker: Linker, payments: Linked, ordered: pl.DataFrame) -> Iterator[Problem]:
    """The payments, of those in order of case and first day, that begin before an earlier one has ended."""
    shared = ordered.with_row_index("place").filter(pl.col("fra_key") <= pl.col("reach"))
    for row in shared.iter_rows(named=True):
        yield linker.problem("DQ006", "overlap", payments.typed, row, ("fra", "til"))


def bad_cprs(linker: Linker) -> Iterator[Problem]:
    """``DQ001``: CPR numbers that cannot be right. The number itself goes nowhere."""
    frame = linker.sager.typed.frame.filter(pl.col("cpr").is_not_null())
    for place, (cpr, began) in enumerate(frame.select("cpr", "anmodningsdato").iter_rows()):
        if not valid_cpr(cpr, began):
            yield linker.problem("DQ001", "invalid", linker.sager.typed, frame.row(place, named=True), ("cpr",))
