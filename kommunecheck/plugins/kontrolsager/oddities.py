"""Rows that cannot be as they are: a kontroltrin without that benefit, and days in an order that cannot be."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from kommunecheck.domain.evidence import Evidence
from kommunecheck.domain.supervision import Oddity
from kommunecheck.plugins.kontrolsager.table import Kontrolsag

ORDER = ("udstillet_dato", "udtaget_dato", "oprettet_dato", "afsluttet_dato")
"""The days of a case, in the only order in which they can come."""

_UNFIT = "Kontroltrin 2 har kun sager om kontanthjælp, og rækken er ikke brugt. Ret kontroltrinnet eller ydelsen."
_NOT_BEFORE = "{later} er før {earlier}. Rækken er talt med de datoer, der står. Ret den forkerte dato."
_NOT_WITHOUT = (
    "Der er en {later}, men ingen {earlier}. Rækken er talt med de datoer, der står. Skriv den manglende dato."
)


def unfit(rows: Iterable[Kontrolsag]) -> Iterator[Oddity]:
    """``DQ008`` for each row whose kontroltrin has no cases of its benefit."""
    for row in rows:
        if not row.fits:
            cells = tuple(Evidence(row.source, row.row, column) for column in ("ydelse", "kontroltrin"))
            yield Oddity("DQ008", _UNFIT, cells, date=row.udstillet_dato, set_aside=True)


def out_of_order(rows: Iterable[Kontrolsag], present: frozenset[str]) -> Iterator[Oddity]:
    """``DQ005``, one for each row that has any such fault, told of the first."""
    for row in rows:
        fault = next(_faults(row, present), None)
        if fault is not None:
            sentence, later, earlier = fault
            cells = tuple(Evidence(row.source, row.row, column) for column in (later, earlier))
            said = sentence.format(later=later, earlier=earlier)
            yield Oddity("DQ005", said, cells, date=row.udstillet_dato, assessable=True)


def _faults(row: Kontrolsag, present: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the days: the sentence, the later day's column and the earlier's."""
    for earlier, later in (*combinations(ORDER, 2), ("udtaget_dato", "fjernet_dato")):
        one, other = getattr(row, earlier), getattr(row, later)
        if one is not None and other is not None and other < one:
            yield _NOT_BEFORE, later, earlier
    for earlier, later in (("udtaget_dato", "oprettet_dato"), ("oprettet_dato", "afsluttet_dato")):
        lacking = getattr(row, earlier) is None and earlier in present
        if lacking and getattr(row, later) is not None:
            yield _NOT_WITHOUT, later, earlier
