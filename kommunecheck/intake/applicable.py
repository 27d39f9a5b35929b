"""What there is to look at in each case, told column by column: deadlines, interviews, neither, days outside the group.

For the account of what was not checked: that nothing was found means little where there was nothing to look at.
"""

from itertools import product

import polars as pl

from kommunecheck.domain.days import Days, contains
from kommunecheck.intake.records import Audited, Records
from kommunecheck.intake.screen import courses_of, each_day, excluded_of, held_rows
from kommunecheck.law.calendar import due_date, months_after
from kommunecheck.law.law import Law
from kommunecheck.ports import CaseAspect

_FLAGS: tuple[tuple[CaseAspect, ...], ...] = (
    ("deadlines",),
    ("steps", "unpaid"),
    ("absence",),
    ("exclusion",),
)
"""What each of the flags that are told of a case says there is to look at."""

_ASPECTS = {
    flags: frozenset({"case", *(one for flag, some in zip(flags, _FLAGS, strict=True) if flag for one in some)})
    for flags in product((False, True), repeat=len(_FLAGS))
}


def aspects_of(records: Records, audit: Audited, law: Law) -> list[frozenset[str]]:
    """For each case, by number, what of it there is to look at; of a withdrawn one its exclusion, and the case itself.

    ``deadlines``: at least one is judged; ``steps`` and ``unpaid``: at least one interview is; ``absence``: no
    interview was held; ``exclusion``: days are excluded, or the case is withdrawn.
    """
    excluded = excluded_of(records, law)
    courses = courses_of(records, audit, law, excluded)
    months, first_months = law.number("interval_months"), law.number("first_interview_months")
    first_due = _dues(courses["anmodningsdato"], courses["case"], first_months, excluded)
    courses = courses.with_columns(first_due.alias("first_due"))
    rows = held_rows(records, courses, law, excluded)
    rows = rows.with_columns(
        _dues(rows["afholdt_dato"], rows["case"], months, excluded).alias("next_due"),
        courses["first_due"].gather(rows["case"]).alias("first_due"),
        pl.Series(
            [contains(excluded.get(case, ()), day) for case, day in rows.select("case", "afholdt_dato").iter_rows()]
            if excluded
            else [False] * rows.height,
            dtype=pl.Boolean,
        ).alias("away"),
    )
    first = (pl.col("case") != pl.col("case").shift(1)).fill_null(value=True)
    due = pl.when(first).then("first_due").otherwise(pl.col("next_due").shift(1))
    in_window = due.is_between(*audit.window)
    judged = pl.col("afholdt_dato").is_between(*audit.window) & (pl.col("limit") <= audit.cutoff) & ~pl.col("away")
    rows = rows.with_columns(in_window.fill_null(value=False).alias("due_in_window"), judged.alias("judged"))
    told = rows.group_by("case").agg(
        pl.col("due_in_window").any(),
        pl.col("judged").any(),
        pl.col("next_due").last(),
        pl.col("next_until").last(),
    )
    cases = courses.join(told, on="case", how="left", maintain_order="left")
    open_due, open_until = pl.coalesce("next_due", "first_due"), pl.coalesce("next_until", "first_until")
    missed = open_due.is_between(*audit.window) & (open_until <= pl.col("last"))
    target, held = pl.col("target"), pl.col("judged").is_not_null()
    flags = cases.select(
        (target & (pl.col("due_in_window").fill_null(value=False) | missed)).fill_null(value=False),
        (target & pl.col("judged").fill_null(value=False)).alias("steps"),
        (target & ~held).fill_null(value=False).alias("absence"),
        (~target | pl.col("case").is_in(list(excluded))).fill_null(value=False).alias("exclusion"),
    )
    return [_ASPECTS[row] for row in flags.iter_rows()]


def _dues(starts: pl.Series, cases: pl.Series, months: int, excluded: dict[int, Days]) -> pl.Series:
    """The due date ``months`` after each start; null where it never comes."""
    dues = each_day(starts, lambda day: months_after(day, months))
    apart = (cases.is_in(list(excluded)) & starts.is_not_null()).arg_true()
    found = [due_date(day, months, excluded[case]) for day, case in zip(starts[apart], cases[apart], strict=True)]
    return dues.scatter(apart, found)
