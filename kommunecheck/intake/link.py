"""Rows are put to their cases, and the oddities of whole rows are found: unknown cases, doubles, impossible dates.

Column by column and not row by row: a municipality has millions of rows and few oddities.
"""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import polars as pl

from kommunecheck.domain.days import iso
from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.problem import Problem
from kommunecheck.domain.wording import number as number_of
from kommunecheck.intake.keys import Cases
from kommunecheck.intake.read import Cell, OpenedFile, Ragged, Typed, unread
from kommunecheck.intake.values import is_plain_replacement, valid_cpr

_EXPECTED = {
    "date": "en dato som 2007-03-31 eller 31-03-2007",
    "amount": "et beløb som 8.959,00 med højst to decimaler",
    "yes_no": "ja eller nej",
    "code": "en af koderne {codes}",
    "cpr": "et CPR-nummer",
}
"""What a reader is told that a column of each kind holds."""

_JUDGED = ("date", "yes_no")
"""Kinds of column that checks always look at: a value that cannot be read there leaves the case not fully assessed."""

MOST_RAGGED = 100
"""Rows of one file with too few or too many cells that are told one by one."""

Row = dict[str, Any]


class Linked:
    """A table whose rows know the number of their case, with the problems found in it.

    ``frame`` is the typed frame with a column ``case`` (null: unknown); rows marked ``aside`` are not used.
    """

    def __init__(self, typed: Typed, cases: Cases, files: Mapping[int, OpenedFile]) -> None:
        self.shape, self.present, self.cases, self._files = typed.shape, typed.present, cases, files
        self.frame = typed.frame.with_columns(cases.of(typed).alias("case"))
        self.ragged = typed.ragged
        self.problems: list[Problem] = []
        self._doubles: list[int] = []
        self._report_cells(typed.cells)
        self._report_ragged()
        self._report_doubles(typed.cells)

    def used(self, *columns: str) -> pl.DataFrame:
        """These columns of the rows that are used."""
        frame, aside = self.frame.select(columns), self.frame["aside"]
        return frame.filter(~aside) if aside.any() else frame

    def unused(self, *columns: str) -> pl.DataFrame:
        """These columns of the rows that are not used, but for doubles of one that is."""
        rows = self.frame.with_row_index("place").filter(pl.col("aside") & ~pl.col("place").is_in(self._doubles))
        return rows.select(columns)

    def unread(self, column: str) -> pl.Expr:
        """Whether a row's value in the column could not be read."""
        return unread(self.frame, column)

    def places(self, condition: pl.Expr) -> list[int]:
        """The places in the frame of the rows not yet set aside for which ``condition`` holds."""
        holds = (~pl.col("aside") & condition).fill_null(value=False)
        return self.frame.select(holds.arg_true()).to_series().to_list()

    def report(
        self, code: str, kind: str, condition: pl.Expr, *columns: str, set_aside: bool = False, assessable: bool = True
    ) -> None:
        """A problem for each row for which ``condition`` holds, shown in ``columns``."""
        places = self.places(condition)
        if not places:  # as a rule
            return
        for row in self.frame[places].iter_rows(named=True):
            self.problems.append(self.problem(code, kind, [row], columns, set_aside, assessable))
        if set_aside:
            self.set_aside(places)

    def set_aside(self, places: list[int]) -> None:
        """Rows, by their place in the frame, that are not used."""
        if places:
            self.frame = self.frame.with_columns(self.frame["aside"].clone().scatter(places, True))

    def problem(
        self,
        code: str,
        kind: str,
        rows: list[Row],
        columns: tuple[str, ...],
        set_aside: bool,
        assessable: bool,
        facts: dict[str, str] | None = None,
    ) -> Problem:
        """What is wrong with a row, or with several that belong together, and the columns it shows in."""
        first = rows[0]
        evidence = tuple(
            Evidence(row["source"], row["row"], column, None if kind == "otherwise" else self._value(row, column))
            for row in rows
            for column in columns
        )
        day = next((first[column] for column in self.shape.days if first[column] is not None), None)
        name = None if first["case"] is None else self.cases.names[first["case"]]
        file = self._files[first["source"]]
        return Problem(
            code, kind, self.shape.name, file.name, evidence, name, day, set_aside, assessable, facts or {}, file.sheet
        )

    def _value(self, row: Row, column: str) -> str | None:
        """A cell's value as evidence shows it: a date, a code, or yes or no. Never what tells who somebody is."""
        value, kind = row[column], self.shape.column(column).kind
        if value is None:
            return None
        if kind == "yes_no":
            return "ja" if value else "nej"
        return iso(value) if kind == "date" else str(value) if kind == "code" else None

    def _report_cells(self, cells: list[Cell]) -> None:
        """``DQ003`` and ``DQ008``: the cells that could not be read."""
        for cell in cells:
            column = self.shape.column(cell.column)
            aside = (column.required or column.vital) and cell.kind != "otherwise"
            codes = ", ".join(sorted(column.codes))
            facts = {"expected": _EXPECTED.get(column.kind, "en tekst").format(codes=codes), "codes": codes}
            facts |= {"otherwise": column.otherwise or ""}
            code = "DQ008" if cell.kind in ("unknown", "otherwise") else "DQ003"
            kind = "cell_unused" if cell.kind == "unknown" and not aside else cell.kind
            rows = [self.frame.row(cell.place, named=True)]
            judged = column.judged or column.known_only or column.kind in _JUDGED
            self.problems.append(self.problem(code, kind, rows, (cell.column,), aside, not (aside or judged), facts))

    def _report_ragged(self) -> None:
        """``DQ003``: rows whose cells cannot be told apart, the first of each file one by one, and the others together.

        Whose they are cannot be told either. Many are one mistake: a separator, a quote, a program that broke lines.
        """
        for _, of_file in groupby(self.ragged, key=lambda ragged: ragged.source):
            rows = list(of_file)
            for ragged in rows[:MOST_RAGGED]:
                facts = {
                    "cells": number_of(ragged.cells, "celle", "celler"),
                    "headings": number_of(ragged.headings, "overskrift", "overskrifter"),
                }
                self._report_unknown("ragged", [ragged], facts)
            if others := rows[MOST_RAGGED:]:
                facts = {"rows": number_of(len(others), "række", "rækker"), "last": str(others[-1].row)}
                self._report_unknown("many_ragged", [others[0], others[-1]], facts)

    def _report_unknown(self, kind: str, rows: list[Ragged], facts: dict[str, str]) -> None:
        """``DQ003``: something about rows of nobody knows what."""
        file = self._files[rows[0].source]
        column = self.shape.columns[0].name
        cells = tuple(Evidence(row.source, row.row, column) for row in rows)
        self.problems.append(
            Problem(
                "DQ003", kind, self.shape.name, file.name, cells, None, set_aside=True, facts=facts, sheet=file.sheet
            )
        )

    def _report_doubles(self, cells: list[Cell]) -> None:
        """``DQ004``: of equal rows one counts; rows that differ under one key are all set aside."""
        aside: list[int] = []
        doubled = self._doubled()
        places = {row["place"] for rows in doubled for row in rows}
        unread = {(cell.place, cell.column): cell.said for cell in cells if cell.place in places}
        for rows in doubled:
            equal = len({self._says(row, unread) for row in rows}) == 1
            facts = {"rows": str(len(rows))}
            key = self.shape.keys
            for case in sorted({row["case"] for row in rows}):
                ordered = sorted(rows, key=lambda row: (row["case"] != case, self._content(row), row["row"]))
                kind = "equal" if equal else "differing"
                self.problems.append(self.problem("DQ004", kind, ordered, key, True, equal, facts))
            aside += [row["place"] for row in (rows[1:] if equal else rows)]
            self._doubles += [row["place"] for row in rows[1:]] if equal else []
        self.set_aside(aside)

    def _says(self, row: Row, unread: Mapping[tuple[int, str], int]) -> tuple[object, ...]:
        """What the row says, to be held against others: a blank yes or no is no, and what is unread is as it stands."""
        own = {column.name: row[column.name] or False for column in self.shape.columns if column.kind == "yes_no"}
        read = [own.get(column.name, row[column.name]) for column in self.shape.columns]
        return (*read, *(unread.get((row["place"], column.name)) for column in self.shape.columns))

    def _content(self, row: Row) -> list[str]:
        """What the row says, to be put in an order that the rows' own order does not change."""
        return [str(row[column.name]) for column in self.shape.columns]

    def _doubled(self) -> list[list[Row]]:
        """The rows that share a key, together. Different hashes are different keys, and hashes are quick to compare."""
        keys = self.shape.keys
        if not keys:
            return []
        hashes = self.frame[keys[0]].hash() if len(keys) == 1 else self.frame.select(keys).hash_rows()
        in_order = hashes.sort()
        twice = in_order.filter(in_order == in_order.shift(1)).unique()
        if twice.is_empty():
            return []
        places = hashes.is_in(twice.implode()).arg_true()
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in self.frame[places].with_columns(places.alias("place")).iter_rows(named=True):
            key = tuple(row[name] for name in keys)
            if None not in key and (row["case"] is not None or not self.shape.of_cases):
                groups.setdefault(key, []).append(row)
        ordered = (groups[one] for one in sorted(groups))
        return [sorted(rows, key=lambda row: (row["source"], row["row"])) for rows in ordered if len(rows) > 1]

    def with_bounds(self) -> None:
        """Give each row its case's first and last day, ``began`` and ``ended``, for comparing."""
        cases = self.frame["case"]
        self.frame = self.frame.with_columns(
            self.cases.began.gather(cases).alias("began"), self.cases.ended.gather(cases).alias("ended")
        )


def link_sager(typed: Typed, cases: Cases, files: Mapping[int, OpenedFile]) -> Linked:
    """``sager``, with courses that end before they begin (``DQ005``) and impossible CPR numbers (``DQ001``)."""
    sager = Linked(typed, cases, files)
    backwards = pl.col("ophoersdato") < pl.col("anmodningsdato")
    columns = ("ophoersdato", "anmodningsdato")
    sager.report("DQ005", "ends_before_request", backwards, *columns, set_aside=True, assessable=False)
    cpr = sager.frame["cpr"]
    doubtful = (cpr.is_not_null() & ~is_plain_replacement(cpr)).arg_true()
    numbers = sager.frame[doubtful].select("cpr", "anmodningsdato").iter_rows()
    wrong = [place for place, (text, began) in zip(doubtful, numbers, strict=True) if not valid_cpr(text, began)]
    for row in sager.frame[wrong].iter_rows(named=True):
        sager.problems.append(sager.problem("DQ001", "invalid", [row], ("cpr",), set_aside=False, assessable=True))
    bounds = sager.used("case", "anmodningsdato", "ophoersdato", "cpr")
    cases.set_bounds(bounds.filter(pl.col("case").is_not_null()))
    return sager


def link(typed: Typed, cases: Cases, files: Mapping[int, OpenedFile]) -> Linked:
    """Another table, with rows of no known case (``DQ002``) and what is odd about its own kind of rows."""
    table = Linked(typed, cases, files)
    if typed.shape.of_cases:
        unknown = pl.col("case").is_null() & pl.col("sag_id").is_not_null()
        if typed.by_cpr:
            person = pl.col("source").is_in(list(typed.by_cpr))
            table.report("DQ002", "no_course", unknown & person, "sag_id", set_aside=True)
        document = pl.col("source").is_in(list(typed.ids_inside))
        table.report("DQ002", "in_document", unknown & document, "sag_id", set_aside=True)
        table.report("DQ002", "unknown", unknown, "sag_id", set_aside=True)
    if typed.shape.name == "samtaler":
        _odd_interviews(table)
    if {"fra", "til"} <= typed.present:
        backwards = pl.col("til") < pl.col("fra")
        table.report("DQ005", "ends_before_it_begins", backwards, "til", "fra", set_aside=True, assessable=False)
    if typed.shape.name == "udbetalinger":
        table.with_bounds()
        outside = (pl.col("til") < pl.col("began")) | (pl.col("fra") > pl.col("ended"))
        table.report("DQ007", "outside", outside, "fra", "til", set_aside=True)
    return table


def _odd_interviews(table: Linked) -> None:
    """``DQ005``: dates that cannot follow each other, and a status that its date denies."""
    table.with_bounds()
    held, status = pl.col("afholdt_dato"), pl.col("status")
    table.report("DQ005", "held_before_summons", held < pl.col("indkaldt_dato"), "afholdt_dato", "indkaldt_dato")
    table.report("DQ005", "held_before_request", held < pl.col("began"), "afholdt_dato")
    early = pl.col("registreret_dato") < held
    table.report("DQ005", "registered_before_held", early, "registreret_dato", "afholdt_dato")
    if "afholdt_dato" in table.present:
        undated = (status == "afholdt") & held.is_null() & ~table.unread("afholdt_dato")
        table.report("DQ005", "held_without_date", undated, "status", "afholdt_dato", assessable=False)
        dated = (status != "afholdt") & held.is_not_null()
        table.report("DQ005", "dated_but_not_held", dated, "status", "afholdt_dato", assessable=False)


def report_overlaps(payments: Linked, ordered: pl.DataFrame) -> None:
    """``DQ006``: the payments, of those in order of case and first day, that begin before an earlier one has ended."""
    shared = ordered.filter(pl.col("fra_key") <= pl.col("reach"))
    for row in shared.iter_rows(named=True):
        payments.problems.append(payments.problem("DQ006", "overlap", [row], ("fra", "til"), False, assessable=True))
