"""Which case a row belongs to: by its ``sag_id``, by a known id inside a text, or by a CPR number and a day."""

import re
from collections.abc import Collection

import polars as pl

from kommunecheck.domain.days import NO_END
from kommunecheck.domain.errors import UserError
from kommunecheck.domain.privacy import has_cpr, pseudonym
from kommunecheck.intake.read import EPOCH, Typed
from kommunecheck.ports import TableShape

_BEGUN = re.compile(r" (\d{4})-(\d{2})-(\d{2})$")
"""The day a course began, behind whose it is."""

_NINE = re.compile(r"\d{5}[- ]?\d{4}")
"""A CPR number whose zero a spreadsheet has dropped: only beside others that are whole can it be told from a number."""

_DIGITS = 9
"""An id with fewer digits holds no CPR number."""

_WORD = re.compile(r"[^\W_][\w./-]*")
"""A word in which an id can stand: in a file's name, a title, a heading."""

_REMARK = r"(?i)\s|^\W*(?:ialt|(?:sub)?total|sum|antal)\W*$"
"""What is no id: it has blanks in it, or is a word for a total."""


class Cases:
    """The cases that ``sager`` names. ``names`` are as every output shows them, in order; the place is the number."""

    def __init__(self, sager: Typed | None, key: bytes | None) -> None:
        """Raises ``UserError`` when an id looks like a CPR number and there is no key to hide it with.

        Without ``sager`` there are no cases.
        """
        given = pl.Series(dtype=pl.String) if sager is None else sager.frame["sag_id"]
        ids = given.unique().drop_nulls().sort()
        self.names: list[str] = ids.to_list()
        hidden = _pseudonyms(ids, key, "sager: sag_id", _keyed_by_person(sager))
        if hidden:
            shown = sorted((hidden.get(one, one), one) for one in self.names)
            self.names, ids = [name for name, _ in shown], pl.Series([one for _, one in shown])
        self.keys = pl.DataFrame({"sag_id": ids}, schema={"sag_id": pl.String}).with_row_index("case")
        self.began = self.ended = pl.Series(dtype=pl.Int32)
        self._courses = pl.DataFrame()

    def set_bounds(self, sager: pl.DataFrame) -> None:
        """Take the days each case runs from and to, and whose it is, from the usable rows of ``sager``."""
        rows = self.keys.select("case").join(sager, on="case", how="left", maintain_order="left")
        self.began, self.ended = rows["anmodningsdato"], rows["ophoersdato"]
        self._courses = rows.filter(pl.col("cpr").is_not_null()).with_columns(plain_cpr(pl.col("cpr")).alias("cpr"))

    def persons(self) -> list[int | None]:
        """A number for the person of each case, the same for cases of one CPR number; ``None`` where it is not known.

        The numbers tell nothing of the CPR numbers: they are counted in the order of the cases.
        """
        numbers: dict[str, int] = {}
        found: list[int | None] = [None] * len(self.names)
        for case, cpr in self._courses.select("case", "cpr").iter_rows():
            found[case] = numbers.setdefault(cpr, len(numbers))
        return found

    def of(self, typed: Typed) -> pl.Series:
        """The number of each row's case; null where it belongs to none that is known."""
        frame = typed.frame
        if not typed.shape.of_cases:
            return pl.Series("case", [None], dtype=pl.UInt32).new_from_index(0, frame.height)
        if typed.ids_inside:
            inside = frame["source"].is_in(list(typed.ids_inside))
            texts = frame["sag_id"].filter(inside).unique().drop_nulls()
            known = set(self.keys["sag_id"])
            found = pl.Series([_known_inside(text, known) for text in texts], dtype=pl.String)
            ids = frame["sag_id"].replace_strict(texts, found, default=None, return_dtype=pl.String)
            frame = frame.with_columns(pl.when(inside).then(ids).otherwise("sag_id").alias("sag_id"))
        case = frame.select("sag_id").join(self.keys, on="sag_id", how="left", maintain_order="left")["case"]
        if not typed.by_cpr or typed.shape.name == "sager":
            return case
        rows = frame.with_columns(case.alias("case")).with_row_index("place")
        keyed = rows.filter(pl.col("source").is_in(list(typed.by_cpr)))
        found_by_cpr = self._by_cpr(keyed, typed.shape.days)
        return (
            case.to_frame()
            .with_row_index("place")
            .join(found_by_cpr, on="place", how="left", maintain_order="left")
            .select(
                pl.when(pl.col("place").is_in(keyed["place"].implode())).then("by_cpr").otherwise("case").alias("case")
            )["case"]
        )

    def _by_cpr(self, rows: pl.DataFrame, days: tuple[str, ...]) -> pl.DataFrame:
        """The one course of each row's CPR number that covers the row's day; a row without a day has the only course.

        ``place`` and ``by_cpr``; rows that no course covers, or more than one, are not there.
        """
        persons = rows.select("place", plain_cpr(pl.col("sag_id")).alias("cpr"), _day(days).alias("day"))
        covers = (pl.col("anmodningsdato") <= pl.col("day")) & (
            pl.col("day") <= pl.col("ophoersdato").fill_null(NO_END)
        )
        met = persons.join(self._courses, on="cpr", how="inner").filter(covers | pl.col("day").is_null())
        return met.group_by("place").agg(pl.col("case").first().alias("by_cpr"), pl.len()).filter(pl.col("len") == 1)


def _day(columns: tuple[str, ...]) -> pl.Expr:
    return pl.coalesce(*columns) if columns else pl.lit(None, pl.Int32)


def plain_cpr(cpr: pl.Expr) -> pl.Expr:
    """CPR numbers as ten digits, so that they can be compared: without hyphen, with the zero a spreadsheet drops."""
    digits = cpr.str.replace_all(r"[- ]", "")
    return pl.when(digits.str.len_chars() == 9).then("0" + digits).otherwise(digits)


def without_remarks(sager: Typed) -> Typed:
    """``sager`` with no id in the lines that somebody put under the table: totals, remarks, who printed it.

    Such a line says neither which benefit nor from when, and what stands in place of the id has blanks in it or is a
    word for a total. It is reported as a row that cannot be used, and what it says, a name perhaps, is not shown.
    """
    is_bare = pl.col("ydelsestype").is_null() & pl.col("anmodningsdato").is_null()
    remark = pl.col("sag_id").str.contains(_REMARK) & is_bare
    if sager.frame.select(remark.any()).item():
        sager.frame = sager.frame.with_columns(pl.when(~remark).then("sag_id").alias("sag_id"))
    return sager


def name_courses(sager: Typed) -> Typed:
    """``sager`` without ids of its own: a course is called by its CPR number and the day it began."""
    if not sager.by_cpr:
        return sager
    keyed = pl.col("source").is_in(list(sager.by_cpr))
    cpr = plain_cpr(pl.col("sag_id"))
    day = (pl.col("anmodningsdato") - EPOCH).cast(pl.Date).dt.to_string("%Y-%m-%d")
    sager.frame = sager.frame.with_columns(
        pl.when(keyed).then(cpr + " " + day).otherwise("sag_id").alias("sag_id"),
        pl.when(keyed).then(cpr).otherwise("cpr").alias("cpr"),
    )
    return sager


def _keyed_by_person(sager: Typed | None) -> set[str]:
    """The ids that stand for a person's CPR number, however it is written or mistyped."""
    if sager is None or not sager.by_cpr:
        return set()
    keyed = sager.frame.filter(pl.col("source").is_in(list(sager.by_cpr)))
    return set(keyed["sag_id"].drop_nulls())


def _known_inside(text: str, known: set[str]) -> str | None:
    """The known id that stands in the text as a word of its own; ``None`` if there is none, or more than one."""
    if text in known:
        return text
    words = {word.strip("./-") for word in _WORD.findall(text)}
    parts = {part for word in words for part in re.split(r"[_./ ]", word)}
    found = (words | parts) & known
    return found.pop() if len(found) == 1 else None


def with_hidden_keys(typed: Typed, key: bytes | None) -> Typed:
    """A table besides ``sager``, with what every output shows in place of its own keys that are CPR numbers.

    Raises ``UserError`` when there is no key to hide them with.
    """
    for name in shown_keys(typed.shape):
        values = typed.frame[name]
        hidden = _pseudonyms(values.unique().drop_nulls(), key, f"{typed.shape.name}: {name}")
        if hidden:
            typed.frame = typed.frame.with_columns(values.replace(list(hidden), list(hidden.values())).alias(name))
    return typed


def shown_keys(shape: TableShape) -> list[str]:
    """The columns whose ids outputs show: the cases' own, and those of rows that belong to no case."""
    if shape.of_cases:
        return ["sag_id"] if shape.name == "sager" else []
    return [column.name for column in shape.columns if column.kind == "key"]


def _pseudonyms(ids: pl.Series, key: bytes | None, where: str, persons: Collection[str] = ()) -> dict[str, str]:
    """What every output shows in place of the ids that are CPR numbers, alone or with the day a course began.

    ``persons`` are ids that stand for a person whatever they look like.
    """
    long_enough = ids.filter(ids.str.count_matches(r"\d") >= _DIGITS)  # told quickly, and few are left to look at
    found = {one for one in long_enough if has_cpr(one)}.union(persons)
    if found:
        found |= {one for one in long_enough if _NINE.fullmatch(one) and has_cpr(f"0{one}")}
    if found and key is None:
        raise UserError(
            f"{where} ligner CPR-numre. Læg en nøgle (mindst 16 tilfældige tegn) i en fil uden for udtrækket, "
            'og skriv den i kommunecheck.toml: [privacy] key_file = "noegle.txt". Så vises sagerne med et pseudonym.'
        )
    return {one: _pseudonym(one, key) for one in found if key is not None}


def _pseudonym(one: str, key: bytes) -> str:
    """What stands for an id that must not be shown; the day a course began is kept behind it."""
    begun = _BEGUN.search(one)
    if begun is None:
        return pseudonym(one, key)
    return f"{pseudonym(one[: begun.start()], key)}-{''.join(begun.groups())}"
