"""The table ``opkald``: what the municipality rang about."""

from typing import NamedTuple

from kommunecheck.ports import Column, TableShape


class Call(NamedTuple):
    """A row of ``opkald``. ``dato`` is a day as ``kommunecheck.domain.days`` counts them."""

    dato: int
    emne: str
    source: int
    row: int


CALLS = TableShape(
    "opkald",
    (
        Column("sag_id", "key", required=True),
        Column("dato", "date", required=True),
        Column("emne", "code", required=True, codes=frozenset({"samtale", "andet"})),
    ),
    days=("dato",),
    record=Call,
)
