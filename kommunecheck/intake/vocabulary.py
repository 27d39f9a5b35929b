"""What others call our tables, columns and codes: ``headings.toml``, and how a text is compared with it."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from kommunecheck.intake.values import fold
from kommunecheck.ports import Column, TableShape

LEAST_SHARED = 5
"""Letters a heading and a known one must share for the one to be the beginning of the other."""


class By(IntEnum):
    """What a column is known by, the surest first."""

    OUR_NAME = 0
    NAME = 1
    OTHER_NAME = 2
    ABBREVIATION = 3
    VALUES = 4


class Vocabulary:
    """What others call our tables, columns and codes (``headings.toml``)."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._tables: Mapping[str, Sequence[str]] = given["tables"]
        self._headings: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]] = given["headings"]
        self._partly: Mapping[str, Mapping[str, Sequence[str]]] = given["partly"]
        self._codes: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]] = given["codes"]
        self._yes_no: Mapping[str, Sequence[str]] = given["yes_no"]

    def names(self, table: str, column: Column) -> dict[str, tuple[By, int]]:
        """Everything the column is called, with how well it is known by that and its place in order of preference."""
        own = self._headings.get(table, {}).get(column.name, {})
        common = self._headings["any"].get(column.name, {})
        known = {bare(column.name): (By.OUR_NAME, 0)}
        for name in column.also:
            known.setdefault(bare(name), (By.NAME, len(known)))
        for by, level in ((By.NAME, "sure"), (By.OTHER_NAME, "maybe")):
            for name in (*own.get(level, ()), *common.get(level, ())):
                known.setdefault(bare(name), (by, len(known)))
        return known

    def is_part(self, table: str, column: str, heading: str) -> bool:
        """Whether the heading names something that tells a part of the column."""
        return bare(heading) in {bare(name) for name in self._partly.get(table, {}).get(column, ())}

    def hints(self, shape: TableShape, name: str) -> bool:
        """Whether the name of a file or a sheet tells of the table."""
        words = [fold(word) for word in re.findall(r"[^\W\d_]+", name)]
        beginnings = tuple(fold(word) for word in (*self._tables.get(shape.name, ()), *shape.also))
        return any(word.startswith(beginnings) for word in words)

    def codes(self, table: str, column: Column) -> dict[str, str]:
        """What stands for each code, by how it is compared."""
        known = {bare(code): code for code in column.codes}
        for theirs, ours in column.also_codes:
            known.setdefault(bare(theirs), ours)
        given = [self._codes.get(table, {}).get(column.name, {}), self._codes["any"].get(column.name, {})]
        if column.kind == "yes_no":
            given.append(self._yes_no)
        for words in given:
            for code, names in words.items():
                for name in names:
                    known.setdefault(bare(name), code)
        return known

    def knows(self, word: str) -> bool:
        """Whether a word is one of the trade's, or begins or ends with one: then it is no person's name."""
        folded = bare(word)
        return folded in self._words or any(
            len(one) >= LEAST_SHARED and (folded.startswith(one) or folded.endswith(one)) for one in self._words
        )

    @cached_property
    def _words(self) -> frozenset[str]:
        given = (self._tables, self._headings, self._partly, self._codes, self._yes_no)
        return frozenset(bare(word) for text in _texts_in(given) for word in re.findall(r"[^\W\d_]+", text))


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts_in(inner)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary we bring."""
    return Vocabulary(tomllib.loads((files("kommunecheck.intake") / "headings.toml").read_text(encoding="utf-8")))


@lru_cache(maxsize=1 << 13)  # the words we know are compared with every heading, and with every cell's
def bare(text: str) -> str:
    """The text folded, and without anything but letters and digits: ``T.o.m.`` as ``tom``, ``Cpr-nr.`` as ``cprnr``."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def abbreviates(heading: str, known: Iterable[str]) -> bool:
    """Whether the heading is short for a known one, or a longer form of it."""
    words = re.findall(r"([^\W_]+)(\.?)", heading)
    whole = bare(heading)
    if any(dot for _, dot in words) and len(whole) >= LEAST_SHARED - 2:
        shape = "".join(bare(word) + ("[a-z]*" if dot else "") for word, dot in words)
        if any(re.fullmatch(shape, name) for name in known):
            return True
    return len(whole) >= LEAST_SHARED and any(
        name.startswith(whole) or (len(name) >= LEAST_SHARED and whole.startswith(name)) for name in known
    )
