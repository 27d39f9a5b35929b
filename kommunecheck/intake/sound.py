"""Plainly sound cases, told column by column, so that nobody need lay them out.

Most cases of most municipalities are sound: no excluded days, every interview held in time and registered at once
with every step, benefit paid throughout. To see that takes no more than comparing days, and the days are measured by
the law's own functions, once for each distinct day. Whatever is not plain goes the long way, case by case; a test
compares reports made with and without this short cut, byte for byte.
"""

from collections.abc import Callable

import polars as pl

from kommunecheck.domain.days import Day, sunday_of
from kommunecheck.intake.records import Audited, Records
from kommunecheck.law.calendar import months_after, workdays_after
from kommunecheck.law.exclusions import EXCLUDING
from kommunecheck.law.law import Law
from kommunecheck.law.measure import BENEFITS

_NEVER = 1 << 30
"""A day after every other."""


def plainly_sound(records: Records, audit: Audited, law: Law) -> pl.Series:
    """For each case, by number, whether it is plainly sound: no deadline broken, no step missed, every day paid."""
    if records.samtaler is None:
        return pl.Series([False]).new_from_index(0, len(records.names))
    courses = _courses(records, audit, law)
    rows = _held_rows(records, courses, law)
    window_first, window_last = audit.window
    judged = pl.col("afholdt_dato").is_between(window_first, window_last) & (pl.col("limit") <= audit.cutoff)
    done = pl.col("complete") & (pl.col("registreret_dato").fill_null(0) <= pl.col("limit"))
    judged_days = pl.col("afholdt_dato").filter(judged)
    kept = rows.group_by("case").agg(
        (pl.col("afholdt_dato") <= pl.col("kept_until")).all().alias("in_time"),
        pl.col("next_until").last().alias("next_until"),
        (done | ~judged).all().alias("done"),
        judged_days.min().fill_null(_NEVER).alias("first_judged"),
        judged_days.max().fill_null(0).alias("last_judged"),
    )
    cases = courses.join(kept, on="case", how="left", maintain_order="left")
    still_time = pl.col("next_until") > pl.col("last")
    paid = (pl.col("paid_from") <= pl.col("first_judged")) & (pl.col("last_judged") <= pl.col("paid_to"))
    sound = pl.col("plain") & pl.col("in_time") & pl.col("done") & still_time
    if records.paid is not None:
        sound = sound & paid
    return cases.select(sound.fill_null(value=False)).to_series()


def _courses(records: Records, audit: Audited, law: Law) -> pl.DataFrame:
    """The cases with their last day, when their first interview is late, and whether anything about them is unusual."""
    numbers = pl.int_range(len(records.names), dtype=pl.UInt32, eager=True)
    last = pl.min_horizontal(pl.col("ophoersdato"), pl.lit(audit.cutoff))
    courses = records.sager.with_columns(last.alias("last"), numbers.alias("case"))
    unusual = [name for name in records.problems if name is not None]
    named = pl.Series(records.names).is_in(unusual) if unusual else pl.repeat(False, len(numbers), eager=True)
    apart = named | numbers.is_in(_with_excluded_days(records).implode())
    begins = pl.max_horizontal("anmodningsdato", pl.lit(audit.window.first))
    in_window = begins <= pl.min_horizontal("last", pl.lit(audit.window.last))
    plain = pl.col("ydelsestype").is_in(list(BENEFITS)) & in_window & ~pl.lit(apart)
    first_months = law.number("first_interview_months")
    courses = courses.with_columns(
        plain.alias("plain"),
        _each_day(courses["anmodningsdato"], lambda day: sunday_of(months_after(day, first_months))).alias(
            "first_until"
        ),
    )
    if records.paid is None:
        return courses
    runs = records.paid.frame.group_by("case").agg(
        pl.col("first").first().alias("paid_from"), pl.col("last").first().alias("paid_to"), pl.len().alias("runs")
    )
    return courses.join(runs.filter(pl.col("runs") == 1), on="case", how="left", maintain_order="left")


def _with_excluded_days(records: Records) -> pl.Series:
    """The cases with days outside the target group. Illness and wage subsidy matter only where something is lost."""
    if records.perioder is None:
        return pl.Series(dtype=pl.UInt32)
    return records.perioder.frame.filter(pl.col("type").is_in(list(EXCLUDING)))["case"].unique()


def _held_rows(records: Records, courses: pl.DataFrame, law: Law) -> pl.DataFrame:
    """The held contact interviews of each case in order, each with the last day on which it was in time.

    On equal days the order is by id; it changes nothing here, where either both are sound or the case is not.
    """
    assert records.samtaler is not None  # noqa: S101 - the caller has looked
    frame = records.samtaler.frame
    held = pl.Series([content.held for content in records.contents])
    complete = pl.Series([content.complete for content in records.contents])
    case = frame["case"]
    frame = frame.select("case", "afholdt_dato", "registreret_dato").with_columns(
        held.gather(frame["content"]).alias("held"),
        complete.gather(frame["content"]).alias("complete"),
        courses["anmodningsdato"].gather(case).alias("request"),
        courses["last"].gather(case).alias("last"),
        courses["first_until"].gather(case).alias("first_until"),
    )
    rows = frame.filter(pl.col("held") & pl.col("afholdt_dato").is_between("request", "last"))
    interval, allowed = law.number("interval_months"), law.number("registration_workdays")
    rows = rows.with_columns(
        _each_day(rows["afholdt_dato"], lambda day: sunday_of(months_after(day, interval))).alias("next_until"),
        _each_day(rows["afholdt_dato"], lambda day: workdays_after(day, allowed)).alias("limit"),
    )
    first = (pl.col("case") != pl.col("case").shift(1)).fill_null(value=True)
    until = pl.when(first).then("first_until").otherwise(pl.col("next_until").shift(1))
    return rows.with_columns(until.alias("kept_until"))


def _each_day(days: pl.Series, measure: Callable[[Day], Day]) -> pl.Series:
    """What the law makes of each day, worked out once for each distinct one."""
    distinct = days.unique().drop_nulls()
    made = pl.Series([measure(day) for day in distinct], dtype=pl.Int32)
    return days.replace_strict(distinct, made, default=None, return_dtype=pl.Int32)
