"""What can be told of cases column by column, so that most of them need not be laid out.

Most cases of most municipalities are sound: every interview held in time and registered at once with every step,
benefit paid throughout. To see that takes no more than comparing days, and the days are measured by the law's own
functions, once for each distinct day. What is not plain goes the long way, case by case; a test compares reports made
with and without this short cut, byte for byte.
"""

from collections.abc import Callable, Collection
from itertools import product
from typing import NamedTuple

import polars as pl

from kommunecheck.domain.case import NOTHING_SETTLED, Settled
from kommunecheck.domain.days import Day, Days, minus, run_of, sunday_of
from kommunecheck.domain.records import Circumstance
from kommunecheck.intake.records import Audited, Records
from kommunecheck.law.calendar import due_date, months_after, workdays_after
from kommunecheck.law.exclusions import EXCLUDING, excluded_days
from kommunecheck.law.law import Law
from kommunecheck.law.measure import BENEFITS

_NEVER = 1 << 30
"""A day after every other."""

_SETTLED = {flags: Settled(*flags) for flags in product((False, True), repeat=len(Settled._fields))}

UNTOLD, SOUND, WITHDRAWN, OUTSIDE = range(4)
"""What a case is told to be: nothing yet, or sound, or withdrawn without a contact interview in the window, or without
a day of benefit in the window."""


class Screened(NamedTuple):
    """For each case, by number: what it is told to be, and what is already settled of one that is laid out."""

    told: list[int]
    settled: list[Settled]


def unscreened(cases: int) -> Screened:
    """Nothing is told of any case."""
    return Screened([UNTOLD] * cases, [NOTHING_SETTLED] * cases)


def screen(records: Records, audit: Audited, law: Law) -> Screened:
    """What is plain about each case.

    Sound: no deadline broken, no step missed, every interview on a day of benefit, none on an excluded day.
    """
    if records.samtaler is None:
        return unscreened(len(records.names))
    excluded = excluded_of(records, law)
    courses = courses_of(records, audit, law, excluded)
    rows = held_rows(records, courses, law, excluded)
    judged = pl.col("afholdt_dato").is_between(*audit.window) & (pl.col("limit") <= audit.cutoff)
    done = pl.col("complete") & (pl.col("registreret_dato").fill_null(0) <= pl.col("limit"))
    judged_days = pl.col("afholdt_dato").filter(judged)
    kept = (
        rows.set_sorted("case")
        .group_by("case")
        .agg(
            (pl.col("afholdt_dato") <= pl.col("kept_until")).all().alias("in_time"),
            pl.col("next_until").last().alias("next_until"),
            (done | ~judged).all().alias("done"),
            judged_days.min().fill_null(_NEVER).alias("first_judged"),
            judged_days.max().fill_null(0).alias("last_judged"),
        )
    )
    cases = courses.join(kept, on="case", how="left", maintain_order="left")
    plain = ~pl.col("odd")
    in_time = plain & pl.col("in_time") & (pl.col("next_until") > pl.col("last"))
    done_each = plain & pl.col("done")
    paid = pl.lit(value=True)
    if records.paid is not None:
        paid = (pl.col("paid_from") <= pl.col("first_judged")) & (pl.col("last_judged") <= pl.col("paid_to"))
    paid = plain & paid
    sound = pl.col("target") & in_time & done_each & paid & ~pl.col("on_excluded_day")
    withdrawn = plain & ~pl.col("target") & ~pl.col("contact_in_window")
    told = pl.when(~pl.col("in_window")).then(OUTSIDE).when(withdrawn).then(WITHDRAWN).when(sound).then(SOUND)
    answers = cases.select(
        told.otherwise(UNTOLD).alias("told"),
        *(
            flag.fill_null(value=False).alias(name)
            for name, flag in (("deadlines", in_time), ("steps", done_each), ("unpaid", paid))
        ),
    )
    settled = [_SETTLED[flags] for flags in answers.select(Settled._fields).iter_rows()]
    return Screened(answers["told"].to_list(), settled)


def open_until(records: Records, audit: Audited, law: Law) -> pl.DataFrame:
    """For each case, by number, the last day in time for the interview it waits for, and whether illness may matter.

    ``until`` is null for a case that has ended by the cutoff, has no day in the window, or is withdrawn; it is measured
    with the rows that can be used. ``ill`` tells of illness anywhere in the case's rows.
    """
    excluded = excluded_of(records, law)
    courses = courses_of(records, audit, law, excluded)
    rows = held_rows(records, courses, law, excluded)
    latest = rows.group_by("case").agg(pl.col("next_until").last())
    cases = courses.join(latest, on="case", how="left", maintain_order="left")
    waits = pl.col("in_window") & pl.col("target") & (pl.col("last") == audit.cutoff)
    return cases.select(
        pl.when(waits).then(pl.coalesce("next_until", "first_until")).alias("until"),
        pl.col("case").is_in(ill(records).implode()).alias("ill"),
    )


def ill(records: Records) -> pl.Series:
    """The cases with a period of illness, or an interview that illness kept from being held."""
    return pl.concat([with_circumstance(records, {"sygdom"}), with_status(records, "sygdom")]).unique()


def with_circumstance(records: Records, types: Collection[str]) -> pl.Series:
    """The cases with a period of one of these types."""
    if records.perioder is None:
        return pl.Series([], dtype=pl.UInt32)
    return records.perioder.frame.filter(pl.col("type").is_in(list(types)))["case"].unique()


def with_status(records: Records, status: str) -> pl.Series:
    """The cases with an interview of this status."""
    if records.samtaler is None:
        return pl.Series([], dtype=pl.UInt32)
    frame = records.samtaler.frame
    such = pl.Series([content.status == status for content in records.contents], dtype=pl.Boolean)
    return frame["case"].filter(such.gather(frame["content"])).unique()


def excluded_of(records: Records, law: Law) -> dict[int, Days]:
    """The excluded days of each case that has any."""
    if records.perioder is None:
        return {}
    rows = records.perioder.frame.filter(pl.col("type").is_in(list(EXCLUDING)))
    found: dict[int, list[Circumstance]] = {}
    for case, *circumstance in rows.select("case", *Circumstance._fields).iter_rows():
        found.setdefault(case, []).append(Circumstance(*circumstance))
    days = {case: excluded_days(tuple(circumstances), law) for case, circumstances in found.items()}
    return {case: own for case, own in days.items() if own}


def courses_of(records: Records, audit: Audited, law: Law, excluded: dict[int, Days]) -> pl.DataFrame:
    """The cases: their last day, when their first interview is late, in the window, in the target group, and oddities.

    ``odd`` is a case with rows that could not be used.
    """
    numbers = pl.int_range(len(records.names), dtype=pl.UInt32, eager=True)
    last = pl.min_horizontal(pl.col("ophoersdato"), pl.lit(audit.cutoff))
    courses = records.sager.with_columns(last.alias("last"), numbers.alias("case"))
    with_problems = [name for name in records.problems if name is not None]
    odd = pl.Series(records.names).is_in(with_problems) if with_problems else numbers.is_in([])
    begins = pl.max_horizontal("anmodningsdato", pl.lit(audit.window.first))
    ends = pl.min_horizontal("last", pl.lit(audit.window.last))
    courses = courses.with_columns(begins.alias("begins"), ends.alias("ends"), odd.alias("odd"))
    spans = courses[list(excluded)].select("case", "begins", "ends").iter_rows()
    withdrawn = [case for case, first, to in spans if not minus(run_of(first, to), excluded[case])]
    on_excluded_day, in_window = _contacts(records, audit, excluded)
    first_months = law.number("first_interview_months")
    first_until = _until(courses["anmodningsdato"], numbers, first_months, excluded)
    courses = courses.with_columns(
        (pl.col("begins") <= pl.col("ends")).fill_null(value=True).alias("in_window"),
        (pl.col("ydelsestype").is_in(list(BENEFITS)) & ~pl.col("case").is_in(withdrawn)).alias("target"),
        pl.col("case").is_in(on_excluded_day.implode()).alias("on_excluded_day"),
        pl.col("case").is_in(in_window.implode()).alias("contact_in_window"),
        first_until.alias("first_until"),
    )
    if records.paid is None:
        return courses
    runs = records.paid.frame.group_by("case").agg(
        pl.col("first").first().alias("paid_from"), pl.col("last").first().alias("paid_to"), pl.len().alias("runs")
    )
    return courses.join(runs.filter(pl.col("runs") == 1), on="case", how="left", maintain_order="left")


def _contacts(records: Records, audit: Audited, excluded: dict[int, Days]) -> tuple[pl.Series, pl.Series]:
    """The cases with a row of a contact interview on an excluded day, and those with one in the window."""
    assert records.samtaler is not None  # noqa: S101 - the caller has looked
    frame = records.samtaler.frame
    contact = pl.Series([content.type == "kontaktsamtale" for content in records.contents], dtype=pl.Boolean)
    day = pl.coalesce("afholdt_dato", "planlagt_dato").alias("day")
    rows = frame.filter(contact.gather(frame["content"])).select("case", day)
    periods = [(case, first, last) for case, days in excluded.items() for first, last in days]
    schema = {"case": pl.UInt32, "first": pl.Int32, "last": pl.Int32}
    met = rows.join(pl.DataFrame(periods, schema=schema, orient="row"), on="case", how="inner")
    window = rows.filter(pl.col("day").is_between(*audit.window))
    return met.filter(pl.col("day").is_between("first", "last"))["case"].unique(), window["case"].unique()


def held_rows(records: Records, courses: pl.DataFrame, law: Law, excluded: dict[int, Days]) -> pl.DataFrame:
    """The held contact interviews of each case in order, each with the last day on which it was in time.

    On equal days the order is by id; it changes nothing here, where either both are sound or the case is not.
    """
    assert records.samtaler is not None  # noqa: S101 - the caller has looked
    frame = records.samtaler.frame
    held = pl.Series([content.held for content in records.contents], dtype=pl.Boolean)
    complete = pl.Series([content.complete for content in records.contents], dtype=pl.Boolean)
    case = frame["case"]
    frame = frame.select("case", "afholdt_dato", "registreret_dato").with_columns(
        held.gather(frame["content"]).alias("held"),
        complete.gather(frame["content"]).alias("complete"),
        courses["anmodningsdato"].gather(case).alias("request"),
        courses["last"].gather(case).alias("last"),
        courses["first_until"].gather(case).alias("first_until"),
    )
    rows = frame.filter(pl.col("held") & pl.col("afholdt_dato").is_between("request", "last"))
    allowed = law.number("registration_workdays")
    rows = rows.with_columns(
        _until(rows["afholdt_dato"], rows["case"], law.number("interval_months"), excluded).alias("next_until"),
        each_day(rows["afholdt_dato"], lambda day: workdays_after(day, allowed)).alias("limit"),
    )
    first = (pl.col("case") != pl.col("case").shift(1)).fill_null(value=True)
    until = pl.when(first).then("first_until").otherwise(pl.col("next_until").shift(1))
    return rows.with_columns(until.alias("kept_until"))


def _until(starts: pl.Series, cases: pl.Series, months: int, excluded: dict[int, Days]) -> pl.Series:
    """The last day in time for an interview due ``months`` after each start: the Sunday of its falduge."""
    until = each_day(starts, lambda day: sunday_of(months_after(day, months)))
    apart = (cases.is_in(list(excluded)) & starts.is_not_null()).arg_true()
    dues = [due_date(day, months, excluded[case]) for day, case in zip(starts[apart], cases[apart], strict=True)]
    return until.scatter(apart, [_NEVER if due is None else sunday_of(due) for due in dues])


def each_day(days: pl.Series, measure: Callable[[Day], Day]) -> pl.Series:
    """What the law makes of each day, worked out once for each distinct one."""
    distinct = days.unique().drop_nulls()
    made = pl.Series([measure(day) for day in distinct], dtype=pl.Int32)
    return days.replace_strict(distinct, made, default=None, return_dtype=pl.Int32)
