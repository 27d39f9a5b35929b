"""Which table a file looks like, and which of its columns are ours: guesses for a person to look at.

Only ``inspect`` and ``init`` guess. ``check`` reads what the configuration says and our own names, and nothing else.

A heading is known by our own name or a common one for it, then by an abbreviation or as a longer form of one, and last
by the values under it. No heading is used twice, and what more than one thing fits is left alone.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Literal

import polars as pl

from kommunecheck.domain.privacy import has_cpr
from kommunecheck.intake.forms import WHOLE_KRONER, amount_form, looks_like_amount, looks_like_date
from kommunecheck.intake.values import fold, read_yes_no, valid_cpr
from kommunecheck.intake.vocabulary import By, abbreviates, bare, vocabulary
from kommunecheck.ports import UNREADABLE, Column, TableShape

SAMPLE = 1000
"""Distinct texts of a column that are looked at to see what it holds."""

MOST_CODES = 50
"""Distinct texts a column of codes may have."""

WEIGHTS = {By.OUR_NAME: 1.0, By.NAME: 1.0, By.OTHER_NAME: 0.7, By.ABBREVIATION: 0.7, By.VALUES: 0.2}
"""How much a column says about the table, by what it is known by."""

_IN_OERE = re.compile(r"(^|[^a-z]|i)oere\W*$")
"""A heading, folded, of amounts in øre: ours are in kroner, and they would be a hundred times too large."""

Key = Literal["sag_id", "cpr"]

PERSON = Column("cpr", "cpr")
"""In a table of cases without their ids, the person's number can stand for them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A column of ours: its place in the file, and what it is known by."""

    place: int
    by: By

    @property
    def sure(self) -> bool:
        """Whether the heading hardly means anything else."""
        return self.by <= By.NAME


@dataclass(frozen=True, slots=True)
class Guess:
    """A table the file can be. ``partly`` are yes/no columns that tell only a part of one of ours."""

    shape: TableShape
    sure: bool
    found: Mapping[str, Found]
    by_cpr: bool = False
    partly: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[Column, ...]:
        """The columns of ours that are not in the file."""
        key = {"sag_id"} if self.by_cpr else set()
        return tuple(one for one in self.shape.columns if one.name not in self.found and one.name not in key)


class Texts:
    """What stands in one column of a file, each text once; cells that are blank or hold an error are left out."""

    def __init__(self, column: pl.Series) -> None:
        self._column = column

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows have each text, the most common first."""
        texts = self._column.str.strip_chars().rename("text")
        texts = texts.filter((texts != "") & (texts != UNREADABLE))
        counted = texts.value_counts(name="rows").sort("rows", "text", descending=[True, False])
        return dict(counted.iter_rows())

    @cached_property
    def sample(self) -> list[str]:
        """Some of the texts."""
        texts = self._column.unique(maintain_order=True).drop_nulls().head(SAMPLE)
        return [text for one in texts if (text := one.strip()) and text != UNREADABLE]

    def share(self, test: Callable[[str], object]) -> float:
        """How many of the texts pass the test; 0 where there are none."""
        return sum(1 for text in self.sample if test(text)) / len(self.sample) if self.sample else 0.0

    def every(self, test: Callable[[str], object]) -> bool:
        """Whether there are texts, and all of them pass the test."""
        return bool(self.sample) and all(map(test, self.sample))


# Headings


def is_row_of_data(cells: Sequence[str]) -> bool:
    """Whether a row has so many dates, amounts and CPR numbers that it is no heading, whatever else stands in it."""
    data = sum(1 for cell in cells if looks_like_date(cell) or looks_like_amount(cell) or _is_cpr(cell.strip()))
    return data > 1 and data * 4 >= len(cells)


def known_headings(shapes: Iterable[TableShape], cells: Sequence[str]) -> int:
    """How many cells of a row are names of columns, in the table where most are."""
    bared = {bare(cell) for cell in cells}
    return max(sum(1 for names in names_of(shape).values() if not bared.isdisjoint(names)) for shape in shapes)


def is_whole_heading(shapes: Iterable[TableShape], cells: Sequence[str]) -> bool:
    """Whether everything that one of the tables cannot do without is named in the row, beyond doubt."""
    bared = {bare(cell) for cell in cells}
    for shape in shapes:
        names = names_of(shape)
        needed = [names[column.name] for column in shape.columns if column.required]
        if all(any(one in bared and by <= By.NAME for one, (by, _) in known.items()) for known in needed):
            return True
    return False


@lru_cache(maxsize=32)
def names_of(shape: TableShape) -> dict[str, dict[str, tuple[By, int]]]:
    """What each column of a table is called, and the person's number too."""
    return {column.name: vocabulary().names(shape.name, column) for column in _columns(shape)}


def _columns(shape: TableShape) -> tuple[Column, ...]:
    own = not shape.of_cases or any(one.name == PERSON.name for one in shape.columns)
    return shape.columns if own else (*shape.columns, PERSON)


# Values


def _holds(column: Column, table: str, texts: Texts) -> bool:
    """Whether what stands under a heading can be what the column of ours holds; nothing at all can be."""
    if not texts.sample:
        return True
    if column.kind == "date":
        return texts.share(looks_like_date) >= 0.5
    if column.kind == "amount":
        return texts.share(looks_like_amount) >= 0.5 and texts.share(_is_cpr) < 0.5
    if column.kind == "cpr":
        return texts.share(_is_cpr) >= 0.5
    if column.kind == "yes_no":
        return _holds_yes_no(column, table, texts)
    if texts.share(looks_like_date) >= 0.5:
        return False
    if column.kind == "code":
        return len(texts.sample) <= MOST_CODES and texts.share(_is_cpr) < 0.5 and not _is_plain_yes_no(texts)
    return True


def _fits(by: By, column: Column, table: str, texts: Texts) -> bool:
    """Whether the values agree with the heading. One that may mean something else too must have codes that we know."""
    if not _holds(column, table, texts):
        return False
    if by <= By.NAME or column.kind != "code" or not texts.sample:
        return True
    known = vocabulary().codes(table, column)
    return texts.share(lambda text: bare(text) in known) > 0


def _holds_yes_no(column: Column, table: str, texts: Texts) -> bool:
    known = vocabulary().codes(table, column)
    return texts.share(lambda text: read_yes_no(text) is not None or bare(text) in known) >= 0.5


def _is_plain_yes_no(texts: Texts) -> bool:
    return texts.every(lambda text: read_yes_no(text) is not None)


def _is_cpr(text: str) -> bool:
    """Whether the text is a CPR number, also one whose first zero a spreadsheet has dropped."""
    return len(text) >= 9 and valid_cpr(text, None)


def _are_plainly(column: Column, table: str, texts: Texts) -> bool:
    """Whether the values alone tell what the column is: all we look at are dates, CPR numbers or codes of ours."""
    if column.kind == "date":
        return texts.every(looks_like_date)
    if column.kind == "cpr":
        return texts.every(_is_cpr)
    if column.kind == "amount":
        return texts.every(looks_like_amount) and not texts.every(lambda text: amount_form(text) == WHOLE_KRONER)
    if column.kind != "code":
        return False
    known = vocabulary().codes(table, column)
    return texts.every(lambda text: bare(text) in known)


# Columns


def _find(shape: TableShape, headings: Sequence[str], texts: Sequence[Texts]) -> dict[str, Found]:
    """The columns of a table among the headings."""
    folded = [fold(heading) for heading in headings]
    free = {place for place, one in enumerate(folded) if one and folded.count(one) == 1 and not _IN_OERE.search(one)}
    found: dict[str, Found] = {}

    def take(candidates: Iterable[tuple[By, int, int, str]]) -> None:
        for by, _, place, name in sorted(candidates):
            if name not in found and place in free:
                found[name] = Found(place, by)
                free.discard(place)

    named = list(_by_name(shape, headings, texts))
    take(named)
    for by, _, place, name in named:
        own = found.get(name)
        if own is not None and by is By.NAME and place in free and headings[own.place].strip() != name:
            found[name] = Found(own.place, max(own.by, By.OTHER_NAME))  # that one may be meant: a person must say
    take(_only_one(_by_abbreviation(shape, headings, texts, free), found))
    take(_only_one(_by_values(shape, texts, free), found))
    return found


def _by_name(shape: TableShape, headings: Sequence[str], texts: Sequence[Texts]) -> Iterator[tuple[By, int, int, str]]:
    """What is known by its name. Our own is believed, as ``check`` does; under any other the values must fit too."""
    for column in _columns(shape):
        names = names_of(shape)[column.name]
        for place, heading in enumerate(headings):
            by, order = names.get(bare(heading), (None, 0))
            if by is None:
                continue
            is_ours = fold(heading) == fold(column.name)
            if is_ours or _fits(by, column, shape.name, texts[place]):
                yield by, order, place, column.name


def _by_abbreviation(
    shape: TableShape, headings: Sequence[str], texts: Sequence[Texts], free: set[int]
) -> Iterator[tuple[By, int, int, str]]:
    for column in _columns(shape):
        names = names_of(shape)[column.name]
        for place in free:
            is_short = texts[place].sample and abbreviates(headings[place], names)
            if is_short and _fits(By.ABBREVIATION, column, shape.name, texts[place]):
                yield By.ABBREVIATION, 0, place, column.name


def _by_values(shape: TableShape, texts: Sequence[Texts], free: set[int]) -> Iterator[tuple[By, int, int, str]]:
    """What cannot be done without, and codes and CPR numbers, which look like nothing else."""
    for column in _columns(shape):
        if column.required or column.kind in ("code", "cpr"):
            for place in free:
                if _are_plainly(column, shape.name, texts[place]):
                    yield By.VALUES, 0, place, column.name


def _only_one(
    candidates: Iterable[tuple[By, int, int, str]], found: Mapping[str, Found]
) -> list[tuple[By, int, int, str]]:
    """The candidates where a column still sought and a place have only each other."""
    some = [one for one in candidates if one[3] not in found]
    places, names = [one[2] for one in some], [one[3] for one in some]
    return [one for one in some if places.count(one[2]) == 1 and names.count(one[3]) == 1]


def _planned_not_held(
    shape: TableShape, found: dict[str, Found], frame: pl.DataFrame, codes: Mapping[str, str]
) -> dict[str, Found]:
    """A day that also stands at interviews that were not held is the planned day, whatever we took it for."""
    held, status = found.get("afholdt_dato"), found.get("status")
    if shape.name != "samtaler" or held is None or held.sure or status is None or "planlagt_dato" in found:
        return found
    said = frame.select(pl.col(str(status.place)).alias("status"), pl.col(str(held.place)).alias("day"))
    texts = said["status"].unique().drop_nulls().to_list()
    not_held = [text for text in texts if codes.get(bare(text), "afholdt") != "afholdt"]
    rows = said.filter(pl.col("status").is_in(not_held))
    if not rows.height or rows["day"].null_count() * 2 >= rows.height:
        return found
    moved = {name: one for name, one in found.items() if name != "afholdt_dato"}
    return moved | {"planlagt_dato": Found(held.place, By.OTHER_NAME)}


# Tables


def guess_table(
    shapes: Iterable[TableShape], name: str, headings: Sequence[str], frame: pl.DataFrame, key: Key | None = None
) -> Guess | None:
    """The table the file or sheet of that name looks most like; ``None`` if it looks like none.

    ``key`` is what tells the case, where that is known.
    """
    texts = [Texts(frame[str(place)]) for place in range(len(headings))]
    guesses = [_guess(shape, headings, texts, frame, key) for shape in shapes]
    scored = sorted(((_score(one, name), -place, one) for place, one in enumerate(guesses)), key=lambda one: one[:2])
    best, second = scored[-1], scored[-2] if len(scored) > 1 else (-99.0, 0, None)
    guess = best[2]
    if not _is_like(guess, guesses, headings, name):
        return None
    needed = {one.name for one in guess.shape.columns if one.required}
    needed = (needed - {"sag_id"}) | {"cpr"} if guess.by_cpr else needed
    whole = all(name in guess.found and guess.found[name].sure for name in needed)
    return replace(guess, sure=whole and best[0] - second[0] >= 1)


def _guess(
    shape: TableShape, headings: Sequence[str], texts: Sequence[Texts], frame: pl.DataFrame, key: Key | None
) -> Guess:
    found = _find(shape, headings, texts)
    status = next((one for one in shape.columns if one.name == "status"), None)
    if status is not None:
        found = _planned_not_held(shape, found, frame, vocabulary().codes(shape.name, status))
    found, by_cpr = _keyed(shape, found, texts, key)
    return Guess(shape, False, found, by_cpr, _parts(shape, found, headings, texts))


def _keyed(
    shape: TableShape, found: dict[str, Found], texts: Sequence[Texts], key: Key | None
) -> tuple[dict[str, Found], bool]:
    """Whether a CPR number must stand for the case's id. It is then the only key; else a number we need not have.

    Numbers under a heading that promises ids are CPR numbers all the same.
    """
    sag, person = found.get("sag_id"), found.get("cpr")
    others = {name: one for name, one in found.items() if name not in ("sag_id", "cpr")}
    if key != "sag_id" and sag is not None and texts[sag.place].share(_is_cpr) >= 0.9:
        return others | {"cpr": person or sag}, True
    if person is not None and (sag is None or key == "cpr"):
        return others | {"cpr": person}, True
    if sag is not None and all(one.name != "cpr" for one in shape.columns):
        return others | {"sag_id": sag}, False
    return found, False


def _parts(
    shape: TableShape, found: Mapping[str, Found], headings: Sequence[str], texts: Sequence[Texts]
) -> dict[str, tuple[int, ...]]:
    """For each code that no column tells: the yes/no columns that tell a part of it."""
    used = {one.place for one in found.values()}
    parts = {}
    for column in shape.columns:
        if column.kind == "code" and column.name not in found:
            places = tuple(
                place
                for place, heading in enumerate(headings)
                if place not in used
                and vocabulary().is_part(shape.name, column.name, heading)
                and (not texts[place].sample or _is_plain_yes_no(texts[place]))
            )
            if places:
                parts[column.name] = places
    return parts


def _score(guess: Guess, name: str) -> float:
    """How much speaks for a table: what is found of it, what it cannot do without, and what the file is called."""
    score = 2.0 if vocabulary().hints(guess.shape, name) else 0.0
    for column in _columns(guess.shape):
        found = guess.found.get(column.name)
        if found is not None:
            score += WEIGHTS[found.by] * (3 if column.required else 1)
        elif column.name in guess.partly:
            score += WEIGHTS[By.OTHER_NAME]
        elif column.required and not (guess.by_cpr and column.name == "sag_id"):
            score -= 2
    return score


def _is_like(guess: Guess, guesses: Sequence[Guess], headings: Sequence[str], name: str) -> bool:
    """Whether there is enough to say so: all it needs, or two columns and something that no other table has."""
    if not any(one.required for one in guess.missing):
        return True
    named = [one for one in guess.found.values() if one.by <= By.OTHER_NAME]
    if len(named) < 2:
        return False
    others = [one for one in guesses if one is not guess]
    own = [one for one in named if not any(_is_name(other.shape, headings[one.place]) for other in others)]
    return bool(own) or vocabulary().hints(guess.shape, name)


def _is_name(shape: TableShape, heading: str) -> bool:
    return any(bare(heading) in names for names in names_of(shape).values())


# Codes


def translate(table: str, column: Column, texts: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """What to put in place of the texts that are none of our codes, and those we do not know.

    A free text has no list, so nothing in it is unknown; only what is surely a code is put in place. A word with a
    question mark is somebody's doubt, and is left alone.
    """
    known = vocabulary().codes(table, column)
    ours = {fold(code) for code in column.codes}
    mapped, unknown = {}, []
    for text in texts:
        if fold(text) in ours or (column.kind == "yes_no" and read_yes_no(text) is not None):
            continue
        if bare(text) in known and "?" not in text:
            mapped[text] = known[bare(text)]
        elif column.kind in ("code", "yes_no"):
            unknown.append(text)
    return mapped, unknown


def has_codes(table: str, column: Column) -> bool:
    """Whether the column's values may have to be put in our words."""
    return column.kind in ("code", "yes_no") or bool(vocabulary().codes(table, column))


def holds_cpr_numbers(texts: Texts) -> bool:
    """Whether any of the ids would need a key to hide it."""
    return any(has_cpr(text) for text in texts.counts)
